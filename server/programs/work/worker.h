/* The worker: runs the stream readers, subscriptions and jobs of all rooms until it is stopped.
 *
 * Shape  several may run at once, on one machine or many: slots and jobs are leased, and whoever holds a lease that has
 *        run out finds his last commit refused. Stream threads serve slots, job threads serve jobs, a keeper thread
 *        renews leases, stores progress, shares slots out between the workers that live, and lets the clock tick.
 * End    a stop lets each pass and each job come to its next safe point, hands back the rest, and gives up all leases.
 * Config [worker] stream-threads (2), job-threads (2), grace-seconds (25).
 */
#pragma once

#include "server/room.h"

G_BEGIN_DECLS

typedef struct _ArmmsWorker ArmmsWorker;

typedef struct {
  guint stream_threads;   /* 0: 2 */
  guint job_threads;      /* 0: 2 */
  guint grace_seconds;    /* 0: 25 */
  gboolean no_schedule;   /* the clock does not tick here (tests) */
} ArmmsWorkerOptions;

/* @rooms: closed by a NULL name, borrowed. Statements must have been registered with @db. */
ArmmsWorker *armms_worker_new (ArmmsDb *db, const ArmmsRoom *rooms, const ArmmsWorkerOptions *options);
/* Refuses (STALE "stream.rebase_needed") when a reader's cursor speaks of another cluster's transaction ids. */
gboolean armms_worker_start (ArmmsWorker *worker, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void armms_worker_stop (ArmmsWorker *worker); /* returns when all has come to rest */
void armms_worker_free (ArmmsWorker *worker); /* stops it first */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsWorker, armms_worker_free)

typedef struct {
  guint64 passes, pass_failures, jobs_done, jobs_failed;
  guint slots_held, jobs_running;
} ArmmsWorkerFigures;
void armms_worker_get_figures (ArmmsWorker *worker, ArmmsWorkerFigures *ret_figures);
/* Since the keeper last came round, in microseconds: for the watchdog. */
gint64 armms_worker_get_silence (ArmmsWorker *worker);

G_END_DECLS
