/* Jobs: long or later work (payruns, exports, imports, sweeps), in schema queue under pgmq's function names.
 *
 * Shape  claimed with SKIP LOCKED in batches, fair between tenants, fenced by lease number, heartbeat while it runs, retried with
 *        jittered backoff (5 times by default), then parked as a dead letter that people see and can send again.
 */
#pragma once

#include "server/platform/db/statement.h"
#include "server/platform/work/work.h"

G_BEGIN_DECLS

typedef struct _ArmmsJob ArmmsJob;

typedef struct {
  const char *kind;        /* "payroll.calculate" */
  guint max_attempts;      /* 0: 5 */
  guint lease_seconds;     /* 0: 60; renewed by the heartbeat while @run runs */
  gboolean (*run) (ArmmsJob *job, GError **error);
} ArmmsJobKind;

/* Sends a job inside @work (committed with it). @unique_key: nullable: at most one live job of it. (returns id in @ret_id) */
gboolean armms_jobs_send (ArmmsWork *work, const char *kind, const char *payload_json, const char *unique_key,
                          ArmmsId *ret_job_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

const ArmmsId *armms_job_get_id (ArmmsJob *job);
const ArmmsActor *armms_job_get_actor (ArmmsJob *job);      /* tenant and user who sent it; all scopes */
JsonObject *armms_job_get_payload (ArmmsJob *job);
ArmmsDb *armms_job_get_db (ArmmsJob *job);
const char *armms_job_get_schema (ArmmsJob *job);           /* some schema of the database in which the job lies */
/* Progress for GET /v1/jobs/{id}: stored at most 5 times a second. */
void armms_job_set_total (ArmmsJob *job, gint64 total);
void armms_job_advance (ArmmsJob *job, gint64 done, gint64 failed);
/* An item that was left out, and why: shown with the job. */
void armms_job_add_problem (ArmmsJob *job, const ArmmsId *item, const char *code, const char *message);
void armms_job_set_result (ArmmsJob *job, const char *json);
/* Somebody cancelled it, the lease is lost or the worker is ending: stop at the next safe point and return
 * ARMMS_ERROR_CANCELLED; a resumable job goes on from what it has committed. */
gboolean armms_job_should_stop (ArmmsJob *job);
/* Inside a unit of the job's own that writes: fails when the lease was lost. */
gboolean armms_job_fence (ArmmsJob *job, ArmmsWork *work, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sends one that begins no sooner than @delay_ms from now. */
gboolean armms_jobs_send_later (ArmmsWork *work, const char *kind, const char *payload_json, const char *unique_key, gint64 delay_ms,
                                ArmmsId *ret_job_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Work that recurs for the unit's tenant: every @every_minutes, @phase_minutes after midnight in Manila. Sent by the clock, once
 * per tick however many clocks there are; one that still runs is not sent again. Again with the same id: changed. */
gboolean armms_jobs_schedule (ArmmsWork *work, const char *schedule_id, const char *kind, gint64 every_minutes, gint64 phase_minutes,
                              const char *payload_json, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The statements of the queue, streams and outboxes: room "queue", in every database. */
extern const ArmmsStatement armms_queue_statements[];

/* The tenant of the platform's own jobs (partitions, retention, audit seals): 00000000-0000-8000-8000-000000000001. */
const ArmmsId *armms_jobs_platform_tenant (void);

/* One schema of each configured database: jobs and dead letters lie in the database in which they were written.
 * (transfer container) (element-type utf8) */
GPtrArray *armms_jobs_schema_per_database (ArmmsDb *db);

G_END_DECLS
