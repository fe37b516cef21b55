/* Making obligations, waiving and planning anew, and marking what a closed payrun took. */
#include "server/obligations/obligations-private.h"

#include "common/wire/events/payrun-closed.h"
#include "common/wire/json.h"
#include "server/approvals/approvals.h"

#include <string.h>

/* Who comes first when it is not told: what the law orders for others, then what was lent, then the rest. */
static const struct { const char *kind; gint64 priority; const char *title; } kinds[] = {
  { "sss_loan", 10, "SSS loan" },
  { "hdmf_loan", 20, "HDMF loan" },
  { "company_loan", 30, "Company loan" },
  { "cash_advance", 40, "Cash advance" },
  { "uniform", 50, "Uniform" },
  { "damage", 60, "Loss or damage" },
  { "other", 70, "Other deduction" },
};

/* ---- due instalments ------------------------------------------------------------------------------------------ */

GArray *
armms_obligations_load_instalments (ArmmsWork *work, ArmmsPeriod period, const ArmmsId *employees, gsize n, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params = armms_params_date (armms_params_new (), period.from);
  GArray *due;

  rows = armms_work_query (work, "obligations/due-instalments", armms_params_ids (params, employees, n), error);
  if (rows == NULL)
    return NULL;
  due = g_array_sized_new (FALSE, TRUE, sizeof (ArmmsDueInstalment), armms_rows_count (rows));
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsDueInstalment instalment = {
        .instalment_id = armms_rows_id (rows, i, "instalment_id"),
        .obligation_id = armms_rows_id (rows, i, "obligation_id"),
        .employee_id = armms_rows_id (rows, i, "employee_id"),
        .period_from = armms_rows_date (rows, i, "period_from"),
        .kind = g_intern_string (armms_rows_text (rows, i, "kind")),
        .title = g_intern_string (armms_rows_text (rows, i, "title")),
        .due = armms_rows_money (rows, i, "due_centavos"),
        .waived = armms_rows_money (rows, i, "waived_centavos"),
        .priority = (gint32) armms_rows_integer (rows, i, "priority"),
        .whole_only = armms_rows_boolean (rows, i, "whole_only"),
      };

      instalment.loss_or_damage = strcmp (instalment.kind, "damage") == 0;
      g_array_append_val (due, instalment);
    }
  return due;
}

void
armms_due_instalments_free (GArray *instalments)
{
  g_array_unref (instalments);
}

gboolean
armms_obligations_count_unsettled (ArmmsWork *work, const ArmmsId *payruns, gsize n, gint64 *ret_missing, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "obligations/unsettled-count", armms_params_ids (armms_params_new (), payruns, n), error);

  if (rows == NULL)
    return FALSE;
  *ret_missing = armms_rows_integer (rows, 0, "missing");
  return TRUE;
}

/* ---- making --------------------------------------------------------------------------------------------------- */

static void
fill_in (ArmmsObligation *obligation)
{
  guint kind = G_N_ELEMENTS (kinds) - 1;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, obligation->kind) == 0)
      kind = i;
  if (armms_id_is_nil (&obligation->obligation_id))
    obligation->obligation_id = armms_id_new ();
  if (obligation->title == NULL)
    obligation->title = g_strdup (kinds[kind].title);
  if (obligation->priority == 0)
    obligation->priority = kinds[kind].priority;
  if (obligation->frequency == NULL)
    obligation->frequency = g_strdup ("every_period");
  if (obligation->deferral_follow_up == NULL)
    obligation->deferral_follow_up = g_strdup ("carry_forward");
  if (obligation->instalment.centavos == 0 && obligation->periods > 0)
    obligation->instalment = ARMMS_MONEY ((obligation->principal.centavos + obligation->periods - 1) / obligation->periods);
  if (obligation->instalment.centavos > obligation->principal.centavos)
    obligation->instalment = obligation->principal;
}

static gboolean
check (const ArmmsObligation *obligation, GError **error)
{
  GError *local = NULL;

  if (obligation->instalment.centavos <= 0)
    armms_error_add_field (&local, "instalment", "required", "an instalment or a number of periods is needed");
  if (armms_date_is_none (obligation->starts_on))
    armms_error_add_field (&local, "starts_on", "required", "the first pay period is needed");
  if (obligation->principal.centavos <= 0)
    armms_error_add_field (&local, "principal", "out_of_range", "the principal is above zero");
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
insert (ArmmsWork *work, const GPtrArray *obligations, const char *state, GError **error)
{
  ArmmsParams *params = armms_params_new ();

  armms_params_columns (params, &armms_obligation_type, obligations, "obligation_id", "employee_id", "kind", "title", "reference_no", "principal",
                        "instalment", "starts_on", "frequency", "priority", "whole_only", "deferral_follow_up", "reason", NULL);
  return armms_work_execute (work, "obligations/obligations-insert", armms_params_text (params, state), NULL, error);
}

static gboolean
insert_schedules (ArmmsWork *work, const GPtrArray *obligations, GError **error)
{
  g_auto(ArmmsPlan) plan = { g_array_new (FALSE, TRUE, sizeof (ArmmsPlanRow)), ARMMS_PERIOD_SEMI_MONTHLY, ARMMS_DATE_NONE };

  if (!armms_obligations_calendar (work, &plan.kind, &plan.anchor, error))
    return FALSE;
  for (guint i = 0; i < obligations->len; i++)
    if (!armms_obligations_plan_schedule (g_ptr_array_index (obligations, i), plan.kind, plan.anchor, plan.rows, error))
      return FALSE;
  return armms_plan_store (work, &plan, error);
}

static char *
payload_of (const ArmmsObligation *obligation)
{
  GString *json = g_string_new (NULL);

  armms_record_append_json (&armms_obligation_type, obligation, NULL, json);
  return g_string_free (json, FALSE);
}

gboolean
armms_obligations_tell (ArmmsWork *work, const char *event, const ArmmsId *obligation_id, const ArmmsId *employee_id, gint64 version, char *payload,
                        GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);

  g_ptr_array_add (events, armms_event_new (event, "obligation", obligation_id, version, employee_id, payload));
  return armms_outbox_append (work, "obligations", events, error);
}

gboolean
armms_obligations_insert (ArmmsWork *work, const GPtrArray *obligations, GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);

  if (obligations->len == 0)
    return TRUE;
  for (guint i = 0; i < obligations->len; i++)
    {
      ArmmsObligation *obligation = g_ptr_array_index (obligations, i);

      fill_in (obligation);
      if (!check (obligation, error))
        return FALSE;
      g_ptr_array_add (events, armms_event_new ("armms.obligations.LoanScheduled.v1", "obligation", &obligation->obligation_id, 1,
                                                &obligation->employee_id, payload_of (obligation)));
    }
  return insert (work, obligations, "ACTIVE", error)
         && insert_schedules (work, obligations, error)
         && armms_outbox_append (work, "obligations", events, error);
}

ArmmsObligation *
armms_obligations_load (ArmmsWork *work, const ArmmsId *id, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query_one (work, "obligations/obligation-one", armms_params_id (armms_params_new (), id), "obligation", error);

  return rows != NULL ? armms_rows_record (rows, 0, &armms_obligation_type) : NULL;
}

static gboolean
set_state (ArmmsWork *work, const ArmmsId *id, const char *from, const char *to, const ArmmsId *change_id, GError **error)
{
  ArmmsParams *params = armms_params_ids (armms_params_new (), id, 1);
  gint64 count = 0;

  armms_params_text (armms_params_text (params, from), to);
  if (!armms_work_execute (work, "obligations/obligations-state", armms_params_id (params, change_id), &count, error))
    return FALSE;
  if (count == 1)
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_CONFLICT, "obligation.state", "the obligation is not %s any more", from);
  return FALSE;
}

ArmmsObligation *
armms_obligations_create (ArmmsWork *work, const ArmmsObligation *wanted, GError **error)
{
  g_autoptr(GPtrArray) one = armms_records_new (&armms_obligation_type);
  ArmmsObligation *obligation = armms_record_copy (&armms_obligation_type, wanted);
  g_autofree char *change = NULL;
  g_autoptr(GArray) rows = g_array_new (FALSE, TRUE, sizeof (ArmmsPlanRow));
  ArmmsPeriodKind kind;
  ArmmsDate anchor;
  ArmmsId change_id;

  g_ptr_array_add (one, obligation);
  fill_in (obligation);
  if (!check (obligation, error)
      || !armms_obligations_calendar (work, &kind, &anchor, error)
      || !armms_obligations_plan_schedule (obligation, kind, anchor, rows, error)
      || !insert (work, one, "PENDING", error))
    return NULL;
  change = payload_of (obligation);
  if (!armms_approvals_request (work, "obligation", &obligation->obligation_id, change, obligation->reason, &change_id, error)
      || !set_state (work, &obligation->obligation_id, "PENDING", "PENDING", &change_id, error))
    return NULL;
  return armms_obligations_load (work, &obligation->obligation_id, error);
}

gboolean
armms_obligations_on_approved (ArmmsWork *work, const ArmmsId *id, const char *change, GError **error)
{
  g_autoptr(GPtrArray) one = armms_records_new (&armms_obligation_type);
  g_autoptr(JsonNode) node = armms_json_parse (change, error);
  ArmmsObligation *obligation;

  if (node == NULL)
    return FALSE;
  /* The change holds how many periods were asked for, the row only what that made of the instalment. */
  obligation = armms_record_from_json (&armms_obligation_type, node, ARMMS_DECODE_ANSWER, NULL, error);
  if (obligation == NULL)
    return FALSE;
  g_ptr_array_add (one, obligation);
  obligation->obligation_id = *id;
  return set_state (work, id, "PENDING", "ACTIVE", NULL, error)
         && insert_schedules (work, one, error)
         && armms_obligations_tell (work, "armms.obligations.LoanScheduled.v1", id, &obligation->employee_id, 1, payload_of (obligation), error);
}

gboolean
armms_obligations_on_rejected (ArmmsWork *work, const ArmmsId *id, const char *change, const char *reason, GError **error)
{
  return set_state (work, id, "PENDING", "REJECTED", NULL, error);
}

/* ---- waiving -------------------------------------------------------------------------------------------------- */

static gboolean
waive (ArmmsPlan *plan, const ArmmsId *instalment_id, gint64 amount, const ArmmsFollowUpPlan *follow_up, gint64 *ret_waived, ArmmsPlanRow *ret_row,
       GError **error)
{
  ArmmsPlanRow *row = armms_plan_find (plan, instalment_id);
  ArmmsPlanRow before;
  gint64 open;

  if (row == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "instalment.unknown", "there is no such instalment");
      return FALSE;
    }
  open = row->due - row->waived;
  if (strcmp (row->status, "PLANNED") != 0 || open <= 0)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "instalment.not_open", "the instalment is %s and cannot be waived any more", row->status);
      return FALSE;
    }
  if (amount == 0)
    amount = open;
  if (amount > open)
    {
      armms_error_add_field (error, "amount", "out_of_range", "more than what is open");
      return FALSE;
    }
  row->waived += amount;
  row->changed = TRUE;
  if (row->waived == row->due)
    row->status = "WAIVED";
  before = *row;
  if (!armms_plan_follow_up (plan, &before.obligation_id, before.period_from, amount, follow_up, armms_follow_up_name (follow_up->follow_up), error))
    return FALSE;
  *ret_waived = amount;
  *ret_row = before;
  return TRUE;
}

static gboolean
take_follow_up (const char *name, gint64 periods, const GPtrArray *given, GArray *manual, ArmmsFollowUpPlan *ret_plan, GError **error)
{
  ArmmsFollowUpPlan plan = { .periods = (gint32) periods };

  if (!armms_follow_up_parse (name, &plan.follow_up))
    {
      armms_error_add_field (error, "follow_up", "unknown", "no such follow-up");
      return FALSE;
    }
  for (guint i = 0; given != NULL && i < given->len; i++)
    {
      const ArmmsWaiverInstalment *instalment = g_ptr_array_index (given, i);

      g_array_append_val (manual, ((ArmmsInstalment) { ARMMS_ID_NIL, instalment->period_from, instalment->amount, FALSE }));
    }
  plan.manual = (const ArmmsInstalment *) (gpointer) manual->data;
  plan.n_manual = manual->len;
  *ret_plan = plan;
  return TRUE;
}

static char *
manual_json (const GPtrArray *instalments)
{
  GString *json;

  if (instalments == NULL || instalments->len == 0)
    return NULL;
  json = g_string_new ("[");
  for (guint i = 0; i < instalments->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      armms_record_append_json (&armms_waiver_instalment_type, g_ptr_array_index (instalments, i), NULL, json);
    }
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

ArmmsObligationPlan *
armms_obligations_request_waiver (ArmmsWork *work, const ArmmsObligationWaiver *waiver, GError **error)
{
  g_autoptr(GArray) manual = g_array_new (FALSE, TRUE, sizeof (ArmmsInstalment));
  g_auto(ArmmsPlan) plan = { 0 };
  g_autofree char *manual_text = manual_json (waiver->instalments);
  g_autoptr(GString) change = g_string_new (NULL);
  ArmmsFollowUpPlan follow_up;
  ArmmsObligationPlan *record;
  ArmmsId waiver_id = armms_id_new ();
  ArmmsParams *params;
  ArmmsPlanRow row;
  gint64 amount;

  if (!take_follow_up (waiver->follow_up, waiver->periods, waiver->instalments, manual, &follow_up, error)
      || !armms_plan_load (work, &waiver->instalment_id, 1, NULL, 0, &plan, error)
      || !waive (&plan, &waiver->instalment_id, waiver->amount.centavos, &follow_up, &amount, &row, error))
    return NULL;
  record = armms_plan_to_record (&plan, &row.obligation_id);
  if (waiver->preview)
    return record;

  params = armms_params_id (armms_params_new (), &waiver_id);
  armms_params_id (params, &row.obligation_id);
  armms_params_id (params, &row.instalment_id);
  armms_params_integer (params, amount);
  armms_params_text (params, waiver->reason_code);
  armms_params_text (params, waiver->reason);
  armms_params_text (params, waiver->follow_up);
  armms_params_integer (params, waiver->periods);
  armms_params_json (params, manual_text);
  armms_record_append_json (&armms_obligation_plan_type, record, NULL, change);
  if (!armms_work_execute (work, "obligations/waiver-insert", params, NULL, error)
      || !armms_approvals_request (work, "obligation-waiver", &waiver_id, change->str, waiver->reason, &record->change_id, error)
      || !armms_work_execute (work, "obligations/waiver-decide",
                              armms_params_id (armms_params_text (armms_params_id (armms_params_new (), &waiver_id), "REQUESTED"), &record->change_id),
                              NULL, error))
    {
      armms_record_free (&armms_obligation_plan_type, record);
      return NULL;
    }
  return record;
}

static gboolean
decide_waiver (ArmmsWork *work, const ArmmsId *id, const char *state, GError **error)
{
  ArmmsParams *params = armms_params_text (armms_params_id (armms_params_new (), id), state);

  return armms_work_execute (work, "obligations/waiver-decide", armms_params_null (params), NULL, error);
}

gboolean
armms_waiver_on_approved (ArmmsWork *work, const ArmmsId *id, const char *change, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query_one (work, "obligations/waiver-one", armms_params_id (armms_params_new (), id), "waiver", error);
  g_autoptr(GArray) manual = g_array_new (FALSE, TRUE, sizeof (ArmmsInstalment));
  g_autoptr(GPtrArray) given = armms_records_new (&armms_waiver_instalment_type);
  g_autoptr(JsonNode) node = NULL;
  g_auto(ArmmsPlan) plan = { 0 };
  ArmmsFollowUpPlan follow_up;
  ArmmsId instalment_id;
  ArmmsPlanRow row;
  gint64 amount;
  char id_text[ARMMS_ID_TEXT_SIZE], instalment_text[ARMMS_ID_TEXT_SIZE], employee_text[ARMMS_ID_TEXT_SIZE], date[ARMMS_DATE_TEXT_SIZE];
  char *payload;

  if (rows == NULL)
    return FALSE;
  instalment_id = armms_rows_id (rows, 0, "instalment_id");
  amount = armms_rows_integer (rows, 0, "amount_centavos");
  if (!armms_rows_is_null (rows, 0, "manual"))
    {
      JsonArray *array;

      node = armms_json_parse (armms_rows_text (rows, 0, "manual"), error);
      if (node == NULL)
        return FALSE;
      array = json_node_get_array (node);
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          gpointer instalment = armms_record_from_json (&armms_waiver_instalment_type, json_array_get_element (array, i), ARMMS_DECODE_ANSWER, NULL, error);

          if (instalment == NULL)
            return FALSE;
          g_ptr_array_add (given, instalment);
        }
    }
  if (!take_follow_up (armms_rows_text (rows, 0, "follow_up"), armms_rows_integer (rows, 0, "periods"), given, manual, &follow_up, error)
      || !armms_plan_load (work, &instalment_id, 1, NULL, 0, &plan, error)
      || !waive (&plan, &instalment_id, amount, &follow_up, &amount, &row, error)
      || !armms_plan_store (work, &plan, error)
      || !decide_waiver (work, id, "APPROVED", error))
    return FALSE;
  payload = g_strdup_printf ("{\"waiver_id\":\"%s\",\"instalment_id\":\"%s\",\"employee_id\":\"%s\",\"period_from\":\"%s\",\"amount\":%" G_GINT64_FORMAT
                             ",\"follow_up\":\"%s\"}",
                             armms_id_format (id, id_text), armms_id_format (&instalment_id, instalment_text),
                             armms_id_format (&row.employee_id, employee_text), armms_date_format (row.period_from, date), amount,
                             armms_follow_up_name (follow_up.follow_up));
  return armms_obligations_tell (work, "armms.obligations.LoanWaived.v1", &row.obligation_id, &row.employee_id, row.last_no, payload, error);
}

gboolean
armms_waiver_on_rejected (ArmmsWork *work, const ArmmsId *id, const char *change, const char *reason, GError **error)
{
  return decide_waiver (work, id, "REJECTED", error);
}

/* ---- planning anew -------------------------------------------------------------------------------------------- */

/* Every open row makes way for the rows of the new plan. */
static gboolean
replan (ArmmsPlan *plan, const ArmmsObligation *obligation, const GPtrArray *given, GError **error)
{
  gint64 open = 0, sum = 0, last_no = 0;

  for (guint i = 0; i < plan->rows->len; i++)
    {
      ArmmsPlanRow *row = &g_array_index (plan->rows, ArmmsPlanRow, i);

      last_no = MAX (last_no, row->last_no);
      if (strcmp (row->status, "PLANNED") != 0)
        continue;
      open += row->due - row->waived;
      row->status = "CANCELLED";
      row->changed = TRUE;
    }
  for (guint i = 0; i < given->len; i++)
    {
      const ArmmsWaiverInstalment *instalment = g_ptr_array_index (given, i);
      ArmmsPeriod period = armms_period_of (plan->kind, plan->anchor, instalment->period_from);
      ArmmsPlanRow row = {
        .instalment_id = armms_id_new (), .obligation_id = obligation->obligation_id, .employee_id = obligation->employee_id,
        .seq_no = ++last_no, .last_no = last_no, .period_from = period.from, .period_to = period.to, .due = instalment->amount.centavos,
        .status = "PLANNED", .origin = "reschedule", .is_new = TRUE,
      };

      if (row.due <= 0)
        {
          armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "reschedule.invalid", "an instalment is not above zero");
          return FALSE;
        }
      sum += row.due;
      g_array_append_val (plan->rows, row);
    }
  if (open > 0 && sum == open)
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "reschedule.invalid",
                   open == 0 ? "nothing of the obligation is open" : "the instalments do not add up to what is open");
  return FALSE;
}

static GPtrArray *
wanted_instalments (const ArmmsObligation *obligation, const ArmmsPlan *plan, const ArmmsObligationReschedule *wanted, GError **error)
{
  g_autoptr(GPtrArray) given = armms_records_new (&armms_waiver_instalment_type);
  g_autoptr(GArray) rows = g_array_new (FALSE, TRUE, sizeof (ArmmsPlanRow));
  ArmmsObligation rest = *obligation;

  for (guint i = 0; wanted->instalments != NULL && i < wanted->instalments->len; i++)
    g_ptr_array_add (given, armms_record_copy (&armms_waiver_instalment_type, g_ptr_array_index (wanted->instalments, i)));
  if (given->len > 0)
    return g_steal_pointer (&given);
  rest.principal = obligation->open;
  rest.periods = wanted->periods;
  rest.instalment = wanted->instalment.centavos > 0 || wanted->periods > 0 ? wanted->instalment : obligation->instalment;
  rest.starts_on = armms_date_is_none (wanted->starts_on) ? obligation->next_period : wanted->starts_on;
  if (armms_date_is_none (rest.starts_on))
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "obligation.settled", "nothing of the obligation is open");
      return NULL;
    }
  if (!armms_obligations_plan_schedule (&rest, plan->kind, plan->anchor, rows, error))
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      ArmmsWaiverInstalment *instalment = armms_record_new (&armms_waiver_instalment_type);

      instalment->period_from = g_array_index (rows, ArmmsPlanRow, i).period_from;
      instalment->amount = ARMMS_MONEY (g_array_index (rows, ArmmsPlanRow, i).due);
      g_ptr_array_add (given, instalment);
    }
  return g_steal_pointer (&given);
}

ArmmsObligationPlan *
armms_obligations_request_reschedule (ArmmsWork *work, const ArmmsId *id, const ArmmsObligationReschedule *wanted, GError **error)
{
  ArmmsObligation *obligation = armms_obligations_load (work, id, error);
  g_autoptr(GPtrArray) given = NULL;
  g_auto(ArmmsPlan) plan = { 0 };
  ArmmsObligationPlan *record = NULL;
  g_autofree char *change = NULL;

  if (obligation == NULL)
    return NULL;
  if (armms_plan_load (work, NULL, 0, id, 1, &plan, error)
      && (given = wanted_instalments (obligation, &plan, wanted, error)) != NULL
      && replan (&plan, obligation, given, error))
    record = armms_plan_to_record (&plan, id);
  armms_record_free (&armms_obligation_type, obligation);
  if (record == NULL || wanted->preview)
    return record;
  change = manual_json (given);
  if (armms_approvals_request (work, "obligation-reschedule", id, change, wanted->reason, &record->change_id, error))
    return record;
  armms_record_free (&armms_obligation_plan_type, record);
  return NULL;
}

gboolean
armms_reschedule_on_approved (ArmmsWork *work, const ArmmsId *id, const char *change, GError **error)
{
  ArmmsObligation *obligation = armms_obligations_load (work, id, error);
  g_autoptr(GPtrArray) given = armms_records_new (&armms_waiver_instalment_type);
  g_autoptr(JsonNode) node = NULL;
  g_auto(ArmmsPlan) plan = { 0 };
  gboolean fine = FALSE;

  if (obligation == NULL)
    return FALSE;
  node = armms_json_parse (change, error);
  for (guint i = 0; node != NULL && i < json_array_get_length (json_node_get_array (node)); i++)
    {
      gpointer instalment = armms_record_from_json (&armms_waiver_instalment_type, json_array_get_element (json_node_get_array (node), i),
                                                    ARMMS_DECODE_ANSWER, NULL, NULL);

      if (instalment != NULL)
        g_ptr_array_add (given, instalment);
    }
  if (node != NULL
      && armms_plan_load (work, NULL, 0, id, 1, &plan, error)
      && replan (&plan, obligation, given, error)
      && armms_plan_store (work, &plan, error))
    fine = armms_obligations_tell (work, "armms.obligations.LoanRescheduled.v1", id, &obligation->employee_id, obligation->version,
                                   g_strdup_printf ("{\"instalments\":%s}", change), error);
  armms_record_free (&armms_obligation_type, obligation);
  return fine;
}

gboolean
armms_reschedule_on_rejected (ArmmsWork *work, const ArmmsId *id, const char *change, const char *reason, GError **error)
{
  return TRUE; /* nothing had changed */
}

/* ---- a payrun is closed --------------------------------------------------------------------------------------- */

static gboolean
settle_row (ArmmsPlan *plan, const ArmmsId *instalment_id, const ArmmsId *payrun_id, ArmmsDate period, gint64 taken, GError **error)
{
  ArmmsPlanRow *row = armms_plan_find (plan, instalment_id);
  ArmmsFollowUpPlan follow_up = { 0 };
  ArmmsId obligation_id;
  gint64 rest;

  if (row == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "instalment.unknown", "a payrun took an instalment that is not known");
      return FALSE;
    }
  row->payrun_id = *payrun_id;
  row->changed = TRUE;
  if (strcmp (row->status, "WAIVED") == 0 && taken == 0)
    return TRUE;
  rest = row->due - row->waived - taken;
  if (strcmp (row->status, "PLANNED") != 0 || rest < 0)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "instalment.not_open", "a payrun took %" G_GINT64_FORMAT " centavos of an instalment that is %s",
                       taken, row->status);
      return FALSE;
    }
  row->taken = taken;
  row->status = rest == 0 ? "APPLIED" : taken > 0 ? "PARTIAL" : "DEFERRED";
  if (rest == 0)
    return TRUE;
  follow_up.follow_up = row->deferral_follow_up;
  obligation_id = row->obligation_id;
  return armms_plan_follow_up (plan, &obligation_id, period, rest, &follow_up, "deferral", error);
}

static JsonArray *
column (JsonObject *object, const char *name, guint n)
{
  JsonArray *array = object != NULL && json_object_has_member (object, name) ? json_object_get_array_member (object, name) : NULL;

  return array != NULL && json_array_get_length (array) == n ? array : NULL;
}

static gboolean
settle_event (ArmmsWork *work, const ArmmsEvent *event, GError **error)
{
  g_autoptr(JsonNode) node = armms_json_parse (event->payload, error);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GHashTable) obligations = NULL;
  g_auto(ArmmsPlan) plan = { 0 };
  JsonObject *body, *part;
  JsonArray *instalments, *taken;
  ArmmsId payrun_id;
  ArmmsDate period;
  ArmmsParams *params;
  guint n;

  if (node == NULL)
    return FALSE;
  body = json_node_get_object (node);
  part = json_object_has_member (body, "obligations") ? json_object_get_object_member (body, "obligations") : NULL;
  instalments = part != NULL ? json_object_get_array_member (part, "instalment_id") : NULL;
  n = instalments != NULL ? json_array_get_length (instalments) : 0;
  taken = column (part, "taken", n);
  if (!armms_id_parse (json_object_get_string_member_with_default (body, "payrun_id", ""), &payrun_id)
      || !armms_date_parse (json_object_get_string_member_with_default (body, "period_from", ""), &period) || (n > 0 && taken == NULL))
    {
      armms_error_set (error, ARMMS_ERROR_MALFORMED, "event.malformed", "a PayrunClosed event cannot be read");
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      ArmmsId id;

      if (!armms_id_parse (json_array_get_string_element (instalments, i), &id))
        {
          armms_error_set (error, ARMMS_ERROR_MALFORMED, "event.malformed", "a PayrunClosed event names an instalment by no id");
          return FALSE;
        }
      g_array_append_val (ids, id);
    }
  if (n > 0 && !armms_plan_load (work, (const ArmmsId *) (gpointer) ids->data, n, NULL, 0, &plan, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!settle_row (&plan, &g_array_index (ids, ArmmsId, i), &payrun_id, period, json_array_get_int_element (taken, i), error))
      return FALSE;
  if (n > 0)
    {
      g_autofree ArmmsId *touched = g_new (ArmmsId, plan.rows->len);
      guint count = 0;

      if (!armms_plan_store (work, &plan, error))
        return FALSE;
      for (guint i = 0; i < plan.rows->len; i++)
        if (count == 0 || !armms_id_equal (&touched[count - 1], &g_array_index (plan.rows, ArmmsPlanRow, i).obligation_id))
          touched[count++] = g_array_index (plan.rows, ArmmsPlanRow, i).obligation_id;
      if (!armms_work_execute (work, "obligations/obligations-settled", armms_params_ids (armms_params_new (), touched, count), NULL, error))
        return FALSE;
    }
  params = armms_params_id (armms_params_new (), &payrun_id);
  armms_params_integer (params, json_object_get_int_member_with_default (body, "part", 1));
  armms_params_integer (params, json_object_get_int_member_with_default (body, "parts", 1));
  return armms_work_execute (work, "obligations/settlement-insert", armms_params_integer (params, n), NULL, error);
}

gboolean
armms_obligations_on_payrun_closed (ArmmsWork *work, const GPtrArray *events, GError **error)
{
  for (guint i = 0; i < events->len; i++)
    if (!settle_event (work, g_ptr_array_index (events, i), error))
      return FALSE;
  return TRUE;
}

static const ArmmsSubscription subscriptions[] = {
  { "obligations.payrun-closed", "payroll", "obligations", ARMMS_EVENT_PAYRUN_CLOSED, armms_obligations_on_payrun_closed },
  { 0 }
};

static const ArmmsApprovalSubject subjects[] = {
  { "obligation", "obligations:update", NULL, "payroll:approve", armms_obligations_on_approved, armms_obligations_on_rejected },
  { "obligation-waiver", "payroll:waive", "payroll:verify", "payroll:approve", armms_waiver_on_approved, armms_waiver_on_rejected },
  { "obligation-reschedule", "obligations:update", NULL, "payroll:approve", armms_reschedule_on_approved, armms_reschedule_on_rejected },
  { 0 }
};

extern const ArmmsStatement armms_obligations_statements[];

const ArmmsRoom armms_obligations_room = {
  .name = "obligations", .schema = "obligations", .statements = armms_obligations_statements, .routes = armms_obligations_routes,
  .subscriptions = subscriptions, .subjects = subjects,
};
