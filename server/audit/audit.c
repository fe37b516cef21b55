#include "server/audit/audit.h"

#include "server/platform/db/schemas.h"

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

const ArmmsRoom armms_audit_room = {
  .name = "audit",
  .schema = "audit",
  .statements = armms_audit_statements,
  .routes = routes,
};
