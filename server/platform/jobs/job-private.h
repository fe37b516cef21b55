/* The inside of a running job: for the worker, which claims, renews and ends it. */
#pragma once

#include "server/platform/jobs/job.h"

G_BEGIN_DECLS

typedef enum {
  ARMMS_JOB_GO_ON,
  ARMMS_JOB_CANCELLED,  /* a person wants it to stop */
  ARMMS_JOB_LEASE_LOST, /* somebody else has it: leave no trace */
  ARMMS_JOB_ENDING,     /* the worker ends: hand it back */
} ArmmsJobStop;

struct _ArmmsJob {
  gatomicrefcount references;
  ArmmsDb *db;               /* borrowed */
  const char *schema;        /* interned: a schema of the database that holds the job */
  const ArmmsJobKind *kind;  /* borrowed */
  ArmmsId job_id;
  ArmmsActor actor;
  char *request_id, *reason; /* owned: the actor's */
  JsonObject *payload;       /* owned */
  gint64 attempt, max_attempts, lease_no;

  GMutex lock;               /* guards what follows */
  gint64 total, done, failed;
  GString *problems;         /* not stored yet: JSON objects, comma separated */
  char *result;
  gboolean changed;
  gint64 stored_at;          /* monotonic */
  gint stop;                 /* ArmmsJobStop, atomic */
};

ArmmsJob *armms_job_new (ArmmsDb *db, const char *schema, const ArmmsJobKind *kind, ArmmsRows *rows, guint row);
ArmmsJob *armms_job_ref (ArmmsJob *job);
void armms_job_unref (ArmmsJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsJob, armms_job_unref)

guint armms_job_kind_lease (const ArmmsJobKind *kind);
/* Heartbeat and progress; when not @force only when a fifth of a second has gone by and something changed, or the lease
 * is a third over. Sets the stop reason. */
void armms_job_beat (ArmmsJob *job, gboolean force);
void armms_job_set_stop (ArmmsJob *job, ArmmsJobStop stop);
/* Runs it and stores how it ended: history, another try, dead letter or handed back. */
void armms_job_execute (ArmmsJob *job);
/* It was never begun: as if it had not been claimed. */
void armms_job_hand_back (ArmmsJob *job);

G_END_DECLS
