/* The calls of this room: decode, one use case, encode. Allowances and all else that is added are one record under two names. */
#include "server/benefits/benefits-private.h"

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
    ids[i] = ((ArmmsBenefit *) g_ptr_array_index (records, i))->employee_id;
  employees = armms_hr_load_employees (work, ids, records->len, error);
  if (employees == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      ArmmsBenefit *benefit = g_ptr_array_index (records, i);
      const ArmmsEmployee *employee = armms_hr_find_employee (employees, &benefit->employee_id);

      if (employee == NULL)
        continue;
      g_free (benefit->employee_no);
      benefit->employee_no = g_strdup (employee->employee_no);
      g_free (benefit->employee_name);
      benefit->employee_name = armms_employee_name (employee);
    }
  return TRUE;
}

static const ArmmsResource benefits = {
  .type = &armms_benefit_type, .what = "benefit", .path = "/v1/allowances", .id_field = "benefit_id", .default_sort = "employee_no",
  .page = "benefits/benefits-page", .one = "benefits/benefit-one", .filters = (const char *const[]) { "employee_id", "kind", "state", NULL },
  .complete = complete,
};

static ArmmsReply *list_benefits (ArmmsRequest *request, GError **error) { return armms_resource_list (&benefits, request, error); }
static ArmmsReply *get_allowance (ArmmsRequest *request, GError **error) { return armms_resource_get (&benefits, request, "allowance", error); }
static ArmmsReply *get_bonus (ArmmsRequest *request, GError **error) { return armms_resource_get (&benefits, request, "bonus", error); }

static ArmmsReply *
reply_benefit (guint status, const char *path, ArmmsBenefit *benefit)
{
  g_autofree char *id = NULL, *location = NULL;
  ArmmsReply *reply;

  if (benefit == NULL)
    return NULL;
  reply = armms_reply_new_record (status, &armms_benefit_type, benefit);
  id = armms_id_to_string (&benefit->benefit_id);
  location = g_strconcat (path, id, NULL);
  armms_reply_set_location (reply, location);
  armms_reply_set_version (reply, benefit->version);
  armms_record_free (&armms_benefit_type, benefit);
  return reply;
}

static ArmmsReply *
create_allowance (ArmmsRequest *request, GError **error)
{
  return reply_benefit (SOUP_STATUS_CREATED, "/v1/allowances/",
                        armms_benefits_create (armms_request_get_work (request), armms_request_get_body (request), "allowance", error));
}

static ArmmsReply *
create_bonus (ArmmsRequest *request, GError **error)
{
  return reply_benefit (SOUP_STATUS_CREATED, "/v1/bonuses/",
                        armms_benefits_create (armms_request_get_work (request), armms_request_get_body (request), "bonus", error));
}

static ArmmsReply *
end_allowance (ArmmsRequest *request, GError **error)
{
  ArmmsId id;

  if (!armms_request_get_id (request, "allowance", &id, error))
    return NULL;
  return reply_benefit (SOUP_STATUS_OK, "/v1/allowances/",
                        armms_benefits_end (armms_request_get_work (request), &id, armms_request_get_version (request), armms_request_get_body (request), error));
}

static ArmmsReply *
list_schedule (ArmmsRequest *request, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) instalments = NULL;
  ArmmsId id;

  if (!armms_request_get_id (request, "allowance", &id, error))
    return NULL;
  rows = armms_work_query (armms_request_get_work (request), "benefits/schedule", armms_params_id (armms_params_new (), &id), error);
  if (rows == NULL)
    return NULL;
  instalments = armms_rows_records (rows, &armms_benefit_instalment_type);
  return armms_reply_new_list (&armms_benefit_instalment_type, instalments, instalments->len, "period_from", "instalment_id");
}

const ArmmsRoute armms_benefits_routes[] = {
  { "GET", "/v1/allowances", "benefits:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_LIST, NULL, &armms_benefit_type, list_benefits,
    "Allowances and other benefits" },
  { "POST", "/v1/allowances", "benefits:update", ARMMS_ACCESS_WRITE, 0, &armms_benefit_type, &armms_benefit_type, create_allowance,
    "Ask for an allowance: it is approved by somebody else" },
  { "GET", "/v1/allowances/{allowance}", "benefits:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_VERSIONED, NULL, &armms_benefit_type, get_allowance,
    "One allowance" },
  { "GET", "/v1/allowances/{allowance}/schedule", "benefits:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_LIST, NULL, &armms_benefit_instalment_type,
    list_schedule, "Its instalments" },
  { "POST", "/v1/allowances/{allowance}/end", "benefits:update", ARMMS_ACCESS_WRITE, ARMMS_ROUTE_VERSIONED, &armms_benefit_end_type, &armms_benefit_type,
    end_allowance, "Give it a last day" },
  { "GET", "/v1/bonuses", "benefits:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_LIST, NULL, &armms_benefit_type, list_benefits,
    "Bonuses, rewards and reimbursements: filter by kind" },
  { "POST", "/v1/bonuses", "benefits:update", ARMMS_ACCESS_WRITE, 0, &armms_benefit_type, &armms_benefit_type, create_bonus,
    "Ask for a bonus, a reward or a reimbursement: it is approved by somebody else" },
  { "GET", "/v1/bonuses/{bonus}", "benefits:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_VERSIONED, NULL, &armms_benefit_type, get_bonus, "One of them" },
  { 0 }
};
