#include "common/wire/queue/job.h"

#define MADE ARMMS_FIELD_READ_ONLY
#define F(member, Kind, ...) ARMMS_FIELD (ArmmsJobInfo, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (job_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (kind, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .about = "What it does: payroll.calculate"),
  F (state, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "QUEUED|RUNNING|RETRYING|DONE|FAILED|CANCELLED|ARCHIVED", .about = "How it stands"),
  F (total, INTEGER, .flags = MADE | ARMMS_FIELD_OPTIONAL_ZERO, .about = "Items to do, when that is known"),
  F (done, INTEGER, .flags = MADE, .about = "Items done"),
  F (failed, INTEGER, .flags = MADE, .about = "Items that were left out: see problems"),
  F (rate, INTEGER, .flags = MADE | ARMMS_FIELD_OPTIONAL_ZERO, .about = "Items a second"),
  F (attempts, INTEGER, .flags = MADE, .about = "Times it was begun"),
  F (max_attempts, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Times it is begun before it is given up"),
  F (cancel_requested, BOOLEAN, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Somebody asked it to stop"),
  F (result, JSON, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "What came out, by kind"),
  F (problems, JSON, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Items that were left out: item, code, message"),
  F (last_error, TEXT, .flags = MADE, .about = "Why it failed last", .title = "Last error"),
  F (payload, JSON, .flags = MADE | ARMMS_FIELD_HIDDEN, .scope = "admin:queues", .about = "What it was asked to do"),
  F (created_at, INSTANT, .flags = MADE | ARMMS_FIELD_SORT, .about = "When it was sent", .title = "Sent"),
  F (created_by, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Who sent it"),
  F (started_at, INSTANT, .flags = MADE, .about = "When it was begun first", .title = "Begun"),
  F (ended_at, INSTANT, .flags = MADE, .about = "When it ended", .title = "Ended"),
  { NULL }
};

const ArmmsRecordType armms_job_info_type = { "job", sizeof (ArmmsJobInfo), fields };

gboolean
armms_job_info_is_over (const ArmmsJobInfo *job)
{
  return g_strcmp0 (job->state, "DONE") == 0 || g_strcmp0 (job->state, "FAILED") == 0 || g_strcmp0 (job->state, "CANCELLED") == 0
         || g_strcmp0 (job->state, "ARCHIVED") == 0;
}
