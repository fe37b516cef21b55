#pragma once

#include "server/programs/work/worker.h"

#include "server/platform/doorbell/doorbell.h"
#include "server/platform/jobs/job-private.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsWorker *worker;
  const char *name;                 /* interned */
  const char *schema;               /* interned: some schema that stands in it */
  ArmmsDoorbellListener *listener;  /* owned */
  guint workers;                    /* that live, ourselves included */
} Database;

typedef struct {
  const ArmmsStreamReader *reader;
  ArmmsStreamReader *owned;         /* made for a subscription; nullable */
  const char *source_schema;
  Database *database;               /* of the cursor */
  Database *source;                 /* whose rings matter */
  GPtrArray *slots;                 /* of Slot, by number */
} Reader;

typedef struct {
  ArmmsStreamSlot stream;
  Reader *reader;
  gboolean held, busy, release;
  gboolean rung;                    /* since its last pass began */
  gint64 due_at;                    /* monotonic */
  gint64 taken_at;                  /* monotonic */
  guint rechecks;                   /* looks soon after a ring: its transaction may not have been committed yet */
  guint failures;                   /* in a row, not counting what passes by itself */
  guint hiccups;                    /* in a row, of any sort: the backoff */
} Slot;

struct _ArmmsWorker {
  ArmmsDb *db;
  const ArmmsRoom *rooms;
  ArmmsWorkerOptions options;
  char *id;                         /* host:pid:random */

  GPtrArray *databases, *readers;
  GHashTable *kinds;                /* name -> const ArmmsJobKind */

  GMutex lock;                      /* guards the slots, the jobs and the figures */
  GCond slots_changed, jobs_changed;
  gboolean stopping;
  GQueue waiting;                   /* of ArmmsJob: claimed, not begun */
  GPtrArray *live;                  /* of ArmmsJob: claimed, borrowed */
  guint running;
  gboolean claiming, jobs_rung;
  gint64 claim_at;                  /* monotonic: the next look */
  gint64 mean_job_us;
  GHashTable *last_tenants;         /* database name -> ArmmsId: served last */
  ArmmsWorkerFigures figures;
  gint64 kept_at;                   /* monotonic */
  gint64 renewing_since;            /* monotonic; the keeper's */

  GPtrArray *threads;
  GThread *keeper;
  gboolean started;
};

/* Polling is the truth; rings only make it sooner. */
#define ARMMS_WORKER_POLL_US (G_USEC_PER_SEC)

/* worker-streams.c */
gboolean armms_worker_prepare_readers (ArmmsWorker *worker, GError **error);
void armms_worker_share_slots (ArmmsWorker *worker);
void armms_worker_renew_slots (ArmmsWorker *worker);
void armms_worker_release_slots (ArmmsWorker *worker);
void armms_worker_ring_slots (ArmmsWorker *worker, const Database *database, const char *topic);
gpointer armms_worker_stream_thread (gpointer data);

/* worker-jobs.c */
gpointer armms_worker_job_thread (gpointer data);
void armms_worker_keep_jobs (ArmmsWorker *worker);
void armms_worker_end_jobs (ArmmsWorker *worker);

/* worker.c */
ArmmsWork *armms_worker_begin (ArmmsWorker *worker, const Database *database, GError **error);
gint64 armms_worker_jitter (gint64 us);

G_END_DECLS
