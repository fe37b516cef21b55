/* A job, as people see it: what it does, how far it is, what it left out. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId job_id;
  char *kind;
  char *state;          /* QUEUED, RUNNING, RETRYING, DONE, FAILED, CANCELLED, ARCHIVED */
  gint64 total, done, failed;
  gint64 rate;          /* items a second */
  gint64 attempts, max_attempts;
  gboolean cancel_requested;
  char *result;         /* JSON, by the kind of job */
  char *problems;       /* JSON: [{item, code, message}] */
  char *last_error;
  char *payload;        /* JSON */
  ArmmsInstant created_at;
  ArmmsId created_by;
  ArmmsInstant started_at;
  ArmmsInstant ended_at;
} ArmmsJobInfo;

extern const ArmmsRecordType armms_job_info_type;

/* Is it over, well or not? */
gboolean armms_job_info_is_over (const ArmmsJobInfo *job);

G_END_DECLS
