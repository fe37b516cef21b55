#include "server/statutory/statutory-private.h"

#include "server/approvals/approvals.h"

#include <string.h>

#define EVENT_SHARE_WAIVED "armms.statutory.ShareWaived.v1"

/* One schedule, one id, before it has a row: so that two waivers of one share are one resource to the approvers. */
static ArmmsId
schedule_id_of (ArmmsWork *work, const ArmmsId *employee_id, ArmmsScheme scheme, ArmmsDate month)
{
  char employee[ARMMS_ID_TEXT_SIZE], date[ARMMS_DATE_TEXT_SIZE];
  g_autofree char *name = g_strjoin ("/", "statutory-schedule", armms_id_format (employee_id, employee), armms_date_format (month, date),
                                     armms_scheme_name (scheme), NULL);

  return armms_id_from_name (&armms_work_get_actor (work)->tenant_id, name);
}

static gboolean
is_first_of_month (ArmmsDate date)
{
  int year, month, day;

  if (armms_date_is_none (date))
    return FALSE;
  armms_date_to_ymd (date, &year, &month, &day);
  return day == 1;
}

/* A plan of recovery would be promised in vain where the tenant recovers nothing. */
static gboolean
check_recovery (ArmmsWork *work, const ArmmsFollowUpPlan *plan, GError **error)
{
  ArmmsStatutorySettings settings;

  if (plan->follow_up == ARMMS_FOLLOW_UP_CARRY)
    return TRUE;
  if (!armms_statutory_load_choices (work, &settings, error))
    return FALSE;
  if (settings.recover_deferred_share)
    return TRUE;
  armms_error_add_field (error, "follow_up", "not_recovered", "nothing is recovered: recover_deferred_share is never");
  return FALSE;
}

static gboolean
check_waiver (ArmmsWork *work, const ArmmsId *employee_id, ArmmsScheme scheme, ArmmsDate month, ArmmsMoney amount,
              const ArmmsFollowUpPlan *plan, GError **error)
{
  GError *wrong = NULL;
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params;

  if (armms_id_is_nil (employee_id))
    armms_error_add_field (&wrong, "employee_id", "required", "whose share is waived is not said");
  if (!is_first_of_month (month))
    armms_error_add_field (&wrong, "month", "bad_format", "a month is named by its first day");
  if (amount.centavos <= 0)
    armms_error_add_field (&wrong, "amount", "out_of_range", "is not above zero");
  if (plan->follow_up == ARMMS_FOLLOW_UP_RESPREAD && (plan->periods < 1 || plan->periods > 120))
    armms_error_add_field (&wrong, "periods", "out_of_range", "is not between 1 and 120");
  if (plan->follow_up == ARMMS_FOLLOW_UP_MANUAL && plan->n_manual == 0)
    armms_error_add_field (&wrong, "instalments", "required", "dates and amounts are not given");
  for (gsize i = 0; i < plan->n_manual; i++)
    if (!is_first_of_month (plan->manual[i].period_from) || plan->manual[i].period_from.days <= month.days || plan->manual[i].amount.centavos <= 0)
      armms_error_add_field (&wrong, "instalments", "out_of_range", "a month is not later, or an amount not above zero");
  if (wrong != NULL)
    {
      g_propagate_error (error, wrong);
      return FALSE;
    }
  if (!check_recovery (work, plan, error))
    return FALSE;
  params = armms_params_date (armms_params_id (armms_params_new (), employee_id), month);
  rows = armms_work_query (work, "statutory/schedule-taken", armms_params_text (params, armms_scheme_name (scheme)), error);
  if (rows == NULL)
    return FALSE;
  if (armms_rows_count (rows) == 0)
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_CONFLICT, "statutory.month_taken", "the %s of that month has been paid out already", armms_scheme_name (scheme));
  return FALSE;
}

static JsonNode *
change_of (const ArmmsId *employee_id, ArmmsScheme scheme, ArmmsDate month, ArmmsMoney amount, const ArmmsFollowUpPlan *plan)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  char employee[ARMMS_ID_TEXT_SIZE], date[ARMMS_DATE_TEXT_SIZE];

  json_builder_begin_object (builder);
  json_builder_add_string_value (json_builder_set_member_name (builder, "employee_id"), armms_id_format (employee_id, employee));
  json_builder_add_string_value (json_builder_set_member_name (builder, "scheme"), armms_scheme_name (scheme));
  json_builder_add_string_value (json_builder_set_member_name (builder, "month"), armms_date_format (month, date));
  json_builder_add_boolean_value (json_builder_set_member_name (builder, "all"), amount.centavos == G_MAXINT64);
  json_builder_add_int_value (json_builder_set_member_name (builder, "amount_centavos"), amount.centavos == G_MAXINT64 ? 0 : amount.centavos);
  json_builder_add_string_value (json_builder_set_member_name (builder, "follow_up"), armms_follow_up_name (plan->follow_up));
  json_builder_begin_object (json_builder_set_member_name (builder, "plan"));
  json_builder_add_int_value (json_builder_set_member_name (builder, "periods"), plan->periods);
  json_builder_begin_array (json_builder_set_member_name (builder, "instalments"));
  for (gsize i = 0; i < plan->n_manual; i++)
    {
      json_builder_begin_object (builder);
      json_builder_add_string_value (json_builder_set_member_name (builder, "month"), armms_date_format (plan->manual[i].period_from, date));
      json_builder_add_int_value (json_builder_set_member_name (builder, "amount_centavos"), plan->manual[i].amount.centavos);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

gboolean
armms_statutory_request_waiver (ArmmsWork *work, const ArmmsId *employee_id, ArmmsScheme scheme, ArmmsDate month, ArmmsMoney amount,
                                const ArmmsFollowUpPlan *plan, const char *reason, ArmmsId *ret_change_id, GError **error)
{
  ArmmsId schedule_id;
  g_autoptr(JsonNode) change = NULL;
  g_autofree char *text = NULL;

  if (!check_waiver (work, employee_id, scheme, month, amount, plan, error))
    return FALSE;
  schedule_id = schedule_id_of (work, employee_id, scheme, month);
  change = change_of (employee_id, scheme, month, amount, plan);
  text = json_to_string (change, /* pretty= */ FALSE);
  return armms_approvals_request (work, ARMMS_STATUTORY_WAIVER_SUBJECT, &schedule_id, text, reason, ret_change_id, error);
}

gboolean
armms_statutory_on_waiver_approved (ArmmsWork *work, const ArmmsId *schedule_id, const char *change_json, GError **error)
{
  g_autoptr(JsonNode) node = json_from_string (change_json, error);
  JsonObject *change = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);
  g_autofree char *plan = NULL;
  ArmmsParams *params;
  ArmmsId employee_id;
  ArmmsDate month;

  if (change == NULL
      || !armms_id_parse (json_object_get_string_member_with_default (change, "employee_id", ""), &employee_id)
      || !armms_date_parse (json_object_get_string_member_with_default (change, "month", ""), &month)
      || !json_object_has_member (change, "plan"))
    {
      if (error != NULL && *error == NULL)
        armms_error_set (error, ARMMS_ERROR_INTERNAL, "statutory.change", "the change of a statutory share cannot be read");
      return FALSE;
    }
  plan = json_to_string (json_object_get_member (change, "plan"), /* pretty= */ FALSE);
  params = armms_params_date (armms_params_id (armms_params_id (armms_params_new (), schedule_id), &employee_id), month);
  armms_params_text (params, json_object_get_string_member_with_default (change, "scheme", ""));
  armms_params_boolean (params, json_object_get_boolean_member_with_default (change, "all", FALSE));
  armms_params_integer (params, json_object_get_int_member_with_default (change, "amount_centavos", 0));
  armms_params_text (params, json_object_get_string_member_with_default (change, "follow_up", "carry_forward"));
  rows = armms_work_query (work, "statutory/schedule-waive", armms_params_json (params, plan), error);
  if (rows == NULL)
    return FALSE;
  if (armms_rows_count (rows) == 0)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "statutory.month_taken", "the share was taken while the waiver waited");
      return FALSE;
    }
  g_ptr_array_add (events, armms_event_new (EVENT_SHARE_WAIVED, "statutory-schedule", schedule_id, 1, &employee_id, g_strdup (change_json)));
  return armms_outbox_append (work, "gov", events, error);
}

static gboolean
read_instalments (const char *text, GArray *instalments, GError **error)
{
  g_autoptr(JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (text == NULL)
    return TRUE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      ArmmsInstalment instalment = { .period_from = ARMMS_DATE_NONE };

      if (!JSON_NODE_HOLDS_OBJECT (element)
          || !armms_date_parse (json_object_get_string_member_with_default (json_node_get_object (element), "month", ""), &instalment.period_from))
        {
          armms_error_add_field (error, "instalments", "bad_format", "is no array of months and amounts");
          return FALSE;
        }
      instalment.amount = ARMMS_MONEY (json_object_get_int_member_with_default (json_node_get_object (element), "amount_centavos", 0));
      g_array_append_val (instalments, instalment);
    }
  if (array != NULL)
    return TRUE;
  armms_error_add_field (error, "instalments", "bad_format", "is no array of months and amounts");
  return FALSE;
}

gboolean
armms_statutory_ask_waiver (ArmmsWork *work, ArmmsStatutoryWaiver *waiver, GError **error)
{
  g_autoptr(GArray) instalments = g_array_new (FALSE, FALSE, sizeof (ArmmsInstalment));
  ArmmsFollowUpPlan plan = { .periods = (gint32) waiver->periods };
  ArmmsScheme scheme;

  if (!armms_scheme_parse (waiver->scheme, &scheme) || !armms_follow_up_parse (waiver->follow_up, &plan.follow_up))
    {
      armms_error_add_field (error, "scheme", "unknown", "the fund or the follow-up is not known");
      return FALSE;
    }
  if (!read_instalments (waiver->instalments, instalments, error))
    return FALSE;
  plan.manual = (const ArmmsInstalment *) (gpointer) instalments->data;
  plan.n_manual = instalments->len;
  return armms_statutory_request_waiver (work, &waiver->employee_id, scheme, waiver->month,
                                         waiver->amount.centavos == 0 ? ARMMS_MONEY (G_MAXINT64) : waiver->amount, &plan,
                                         waiver->reason, &waiver->change_id, error);
}
