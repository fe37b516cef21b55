#include "server/audit/audit.h"

#include "server/platform/db/schemas.h"
#include "server/platform/jobs/job.h"

extern const ArmmsStatement armms_audit_statements[];

/* The log of a room's changes lies in the room's database. */
static const char *
schema_of_log (ArmmsRequest *request)
{
  const char *room = armms_request_get_text (request, "room");
  const char *schema = room != NULL ? armms_schema_of_room (room) : NULL;

  return schema != NULL ? schema : "audit";
}

/* sort=audit_no gives the oldest first; by default the latest. */
static ArmmsReply *
list_entries (ArmmsRequest *request, GError **error)
{
  const ArmmsPage *page = armms_request_get_page (request);
  ArmmsParams *params = armms_params_new ();
  ArmmsId actor = armms_request_get_id_parameter (request, "actor_id");
  gboolean oldest_first = page->sort != NULL && !page->descending;
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) entries = NULL;

  armms_params_id (params, &actor);
  armms_params_text (params, armms_request_get_text (request, "request_id"));
  armms_params_text (params, armms_request_get_text (request, "table_name"));
  armms_params_text (params, armms_request_get_text (request, "action"));
  armms_params_text (params, armms_request_get_text (request, "row_key"));
  armms_params_date (params, armms_request_get_date (request, "from"));
  armms_params_date (params, armms_request_get_date (request, "to"));
  armms_params_integer (armms_params_id (params, &page->after_id), (gint64) page->limit + 1);
  rows = armms_work_query (armms_request_get_work (request), oldest_first ? "audit/entries-page-oldest" : "audit/entries-page", params, error);
  if (rows == NULL)
    return NULL;
  entries = armms_rows_records (rows, &armms_audit_entry_type);
  return armms_reply_new_list (&armms_audit_entry_type, entries, page->limit, "audit_no", "entry_id");
}

static const ArmmsParameter parameters[] = {
  { "from", ARMMS_FIELD_DATE, NULL, FALSE, "Not before this day (UTC)." },
  { "to", ARMMS_FIELD_DATE, NULL, FALSE, "Not after this day (UTC)." },
  { "room", ARMMS_FIELD_TEXT, NULL, FALSE, "Whose database's log, where rooms stand in databases of their own: payroll." },
  { NULL },
};

static const ArmmsRoute routes[] = {
  { "GET", "/v1/audit-log", "audit:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_LIST, .response = &armms_audit_entry_type, .handler = list_entries,
    .summary = "Who changed what, when and why, the latest first", .rate_class = ARMMS_RATE_REPORT, .parameters = parameters,
    .schema_of = schema_of_log },
  { NULL },
};

/* Looked at in the tenant's own unit. What was found is told with the job, which fails at once: a forged log does not get better. */
static gboolean
run_verify (ArmmsJob *job, GError **error)
{
  g_autoptr(ArmmsWork) work = armms_work_begin (armms_job_get_db (job), "audit", ARMMS_WORK_READ_FRESH, armms_job_get_actor (job), error);
  g_autoptr(ArmmsRows) rows = work != NULL ? armms_work_query (work, "audit/verify", /* params= */ NULL, error) : NULL;
  guint n;

  if (rows == NULL)
    return FALSE;
  n = armms_rows_count (rows);
  for (guint i = 0; i < n; i++)
    armms_job_add_problem (job, /* item= */ NULL, "audit.broken", armms_rows_text (rows, i, "problem"));
  if (n == 0)
    return armms_work_commit (work, error);
  armms_error_set (error, ARMMS_ERROR_CONFLICT, "audit.broken", "the audit log does not hold at %u places, the first one: %s (seal %" G_GINT64_FORMAT ")", n,
                   armms_rows_text (rows, 0, "problem"), armms_rows_is_null (rows, 0, "seal_no") ? 0 : armms_rows_integer (rows, 0, "seal_no"));
  return FALSE;
}

static const ArmmsJobKind jobs[] = {
  { .kind = "audit.verify", .max_attempts = 1, .lease_seconds = 300, .run = run_verify },
  { 0 }
};

gboolean
armms_audit_schedule (ArmmsWork *work, GError **error)
{
  return armms_jobs_schedule (work, "audit.verify", "audit.verify", ARMMS_MINUTES_PER_DAY, 2 * ARMMS_MINUTES_PER_HOUR, "{}", error);
}

const ArmmsRoom armms_audit_room = {
  .name = "audit",
  .schema = "audit",
  .statements = armms_audit_statements,
  .routes = routes,
  .jobs = jobs,
};
