/* The calls of this room: decode, one use case, encode. */
#include "server/obligations/obligations-private.h"

#include "server/hr/hr.h"
#include "server/platform/resource/resource.h"

#include <libsoup/soup.h>

/* Whose: names stand in room hr. */
static gboolean
complete (ArmmsWork *work, GPtrArray *records, GError **error)
{
  g_autofree ArmmsId *ids = g_new (ArmmsId, MAX (records->len, 1));
  g_autoptr(GPtrArray) employees = NULL;

  if (records->len == 0)
    return TRUE;
  for (guint i = 0; i < records->len; i++)
    ids[i] = ((ArmmsObligation *) g_ptr_array_index (records, i))->employee_id;
  employees = armms_hr_load_employees (work, ids, records->len, error);
  if (employees == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      ArmmsObligation *obligation = g_ptr_array_index (records, i);
      const ArmmsEmployee *employee = armms_hr_find_employee (employees, &obligation->employee_id);

      if (employee == NULL)
        continue;
      g_free (obligation->employee_no);
      obligation->employee_no = g_strdup (employee->employee_no);
      g_free (obligation->employee_name);
      obligation->employee_name = armms_employee_name (employee);
    }
  return TRUE;
}

static const ArmmsResource obligations = {
  .type = &armms_obligation_type, .what = "obligation", .path = "/v1/obligations", .id_field = "obligation_id", .default_sort = "employee_no",
  .page = "obligations/obligations-page", .one = "obligations/obligation-one",
  .filters = (const char *const[]) { "employee_id", "kind", "state", NULL }, .complete = complete,
};

static ArmmsReply *
list_obligations (ArmmsRequest *request, GError **error)
{
  return armms_resource_list (&obligations, request, error);
}

static ArmmsReply *
get_obligation (ArmmsRequest *request, GError **error)
{
  return armms_resource_get (&obligations, request, "obligation", error);
}

static ArmmsReply *
create_obligation (ArmmsRequest *request, GError **error)
{
  ArmmsObligation *obligation = armms_obligations_create (armms_request_get_work (request), armms_request_get_body (request), error);
  g_autofree char *id = NULL, *location = NULL;
  ArmmsReply *reply;

  if (obligation == NULL)
    return NULL;
  reply = armms_reply_new_record (SOUP_STATUS_CREATED, &armms_obligation_type, obligation);
  id = armms_id_to_string (&obligation->obligation_id);
  location = g_strconcat ("/v1/obligations/", id, NULL);
  armms_reply_set_location (reply, location);
  armms_reply_set_version (reply, obligation->version);
  armms_record_free (&armms_obligation_type, obligation);
  return reply;
}

static ArmmsReply *
list_schedule (ArmmsRequest *request, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) instalments = NULL;
  ArmmsId id;

  if (!armms_request_get_id (request, "obligation", &id, error))
    return NULL;
  rows = armms_work_query_one (armms_request_get_work (request), "obligations/schedule", armms_params_id (armms_params_new (), &id), "obligation", error);
  if (rows == NULL)
    return NULL;
  instalments = armms_rows_records (rows, &armms_obligation_instalment_type);
  /* A schedule is short: it is one page. */
  return armms_reply_new_list (&armms_obligation_instalment_type, instalments, instalments->len, "period_from", "instalment_id");
}

static ArmmsReply *
reply_plan (ArmmsObligationPlan *plan)
{
  ArmmsReply *reply;

  if (plan == NULL)
    return NULL;
  reply = armms_reply_new_record (armms_id_is_nil (&plan->change_id) ? SOUP_STATUS_OK : SOUP_STATUS_ACCEPTED, &armms_obligation_plan_type, plan);
  armms_record_free (&armms_obligation_plan_type, plan);
  return reply;
}

static ArmmsReply *
waive_instalment (ArmmsRequest *request, GError **error)
{
  return reply_plan (armms_obligations_request_waiver (armms_request_get_work (request), armms_request_get_body (request), error));
}

static ArmmsReply *
reschedule (ArmmsRequest *request, GError **error)
{
  ArmmsId id;

  if (!armms_request_get_id (request, "obligation", &id, error))
    return NULL;
  return reply_plan (armms_obligations_request_reschedule (armms_request_get_work (request), &id, armms_request_get_body (request), error));
}

const ArmmsRoute armms_obligations_routes[] = {
  { "GET", "/v1/obligations", "obligations:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_LIST, NULL, &armms_obligation_type, list_obligations,
    "Loans, advances and other obligations" },
  { "POST", "/v1/obligations", "obligations:update", ARMMS_ACCESS_WRITE, 0, &armms_obligation_type, &armms_obligation_type, create_obligation,
    "Ask for an obligation: it is approved by somebody else" },
  { "GET", "/v1/obligations/{obligation}", "obligations:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_VERSIONED, NULL, &armms_obligation_type, get_obligation,
    "One obligation" },
  { "GET", "/v1/obligations/{obligation}/schedule", "obligations:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_LIST, NULL, &armms_obligation_instalment_type,
    list_schedule, "Its instalments" },
  { "POST", "/v1/obligations/{obligation}/waive", "payroll:waive", ARMMS_ACCESS_WRITE, 0, &armms_obligation_waiver_type, &armms_obligation_plan_type,
    waive_instalment, "Ask that an instalment is not taken, and say what follows" },
  { "POST", "/v1/obligations/{obligation}/reschedule", "obligations:update", ARMMS_ACCESS_WRITE, 0, &armms_obligation_reschedule_type,
    &armms_obligation_plan_type, reschedule, "Ask that all that is open is planned anew" },
  { 0 }
};
