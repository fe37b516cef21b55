#define G_LOG_DOMAIN "armms-queue"

#include "server/queue/queue.h"

#define SEAL_ROWS 5000
#define FORGET_ROWS 10000

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static gboolean
run_redrive (ArmmsJob *job, GError **error)
{
  JsonObject *payload = armms_job_get_payload (job);
  const char *name = text_member (payload, "subscription"), *key = text_member (payload, "partition_key");
  const ArmmsSubscription *subscription = armms_subscription_find (name);

  if (subscription == NULL || key == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "subscription.unknown", "no subscription %s here", name != NULL ? name : "without a name");
      return FALSE;
    }
  return armms_subscription_redrive (armms_job_get_db (job), subscription, armms_job_get_actor (job), key, error);
}

/* One call of a maintenance function; its first row's @column. */
static gboolean
call (ArmmsJob *job, const char *statement, ArmmsParams *params, const char *column, gint64 *ret_value, GError **error)
{
  g_autoptr(ArmmsWork) work = armms_work_begin (armms_job_get_db (job), armms_job_get_schema (job), ARMMS_WORK_WRITE,
                                                armms_job_get_actor (job), error);
  g_autoptr(ArmmsRows) rows = NULL;

  if (work == NULL)
    {
      armms_params_free (params);
      return FALSE;
    }
  rows = armms_work_query (work, statement, params, error);
  if (rows == NULL)
    return FALSE;
  *ret_value = armms_rows_count (rows) > 0 ? armms_rows_integer (rows, 0, column) : 0;
  for (guint i = 0; g_str_equal (column, "made") && i < armms_rows_count (rows); i++)
    if (armms_rows_integer (rows, i, "strays") > 0)
      armms_job_add_problem (job, NULL, "months.strays", armms_rows_text (rows, i, "table_name"));
  return armms_work_commit (work, error);
}

static gboolean
run_months (ArmmsJob *job, GError **error)
{
  gint64 made;

  return call (job, "queue/months", NULL, "made", &made, error);
}

/* In slices, each its own unit, so that no lock is held for long. */
static gboolean
run_slices (ArmmsJob *job, const char *statement, gint64 slice, const char *column, gboolean give_slice, GError **error)
{
  gint64 count = slice;

  while (count >= slice)
    {
      ArmmsParams *params = give_slice ? armms_params_integer (armms_params_new (), slice) : NULL;

      if (armms_job_should_stop (job))
        {
          armms_error_set (error, ARMMS_ERROR_CANCELLED, "job.stopped", "asked to stop");
          return FALSE;
        }
      if (!call (job, statement, params, column, &count, error))
        return FALSE;
      armms_job_advance (job, count, 0);
    }
  return TRUE;
}

static gboolean
run_retention (ArmmsJob *job, GError **error)
{
  return run_slices (job, "queue/forget-keys", FORGET_ROWS, "gone", FALSE, error);
}

static gboolean
run_seal (ArmmsJob *job, GError **error)
{
  return run_slices (job, "queue/seal", SEAL_ROWS, "sealed", TRUE, error);
}

const ArmmsJobKind armms_queue_jobs[] = {
  { .kind = "queue.redrive", .run = run_redrive },
  { .kind = "queue.months", .run = run_months },
  { .kind = "queue.retention", .run = run_retention },
  { .kind = "queue.seal", .run = run_seal, .lease_seconds = 120 },
  { NULL },
};
