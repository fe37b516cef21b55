/* The plan of an obligation: its instalments, what becomes of them, and that not a centavo is lost on the way. */
#include "server/obligations/obligations-private.h"

#include "server/tenant/tenant.h"

#include <string.h>

gboolean
armms_obligations_calendar (ArmmsWork *work, ArmmsPeriodKind *ret_kind, ArmmsDate *ret_anchor, GError **error)
{
  const ArmmsTenantSettings *settings = armms_tenant_get_settings (work, error);
  g_autofree char *kind = NULL;

  if (settings == NULL)
    return FALSE;
  kind = g_ascii_strdown (settings->pay_period_kind, -1);
  *ret_anchor = ARMMS_DATE_NONE;
  if (!armms_period_kind_parse (kind, ret_kind))
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "tenant.pay_period_kind", "the tenant's pay period kind %s is unknown", kind);
      return FALSE;
    }
  return TRUE;
}

void
armms_plan_clear (ArmmsPlan *plan)
{
  g_clear_pointer (&plan->rows, g_array_unref);
}

gboolean
armms_plan_load (ArmmsWork *work, const ArmmsId *instalments, gsize n, const ArmmsId *obligations, gsize n_obligations, ArmmsPlan *ret_plan,
                 GError **error)
{
  g_auto(ArmmsPlan) plan = { g_array_new (FALSE, TRUE, sizeof (ArmmsPlanRow)), ARMMS_PERIOD_SEMI_MONTHLY, ARMMS_DATE_NONE };
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params;

  if (!armms_obligations_calendar (work, &plan.kind, &plan.anchor, error))
    return FALSE;
  params = armms_params_ids (armms_params_new (), instalments, n);
  rows = armms_work_query (work, "obligations/instalments-of", armms_params_ids (params, obligations, n_obligations), error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsPlanRow row = {
        .instalment_id = armms_rows_id (rows, i, "instalment_id"),
        .obligation_id = armms_rows_id (rows, i, "obligation_id"),
        .employee_id = armms_rows_id (rows, i, "employee_id"),
        .seq_no = armms_rows_integer (rows, i, "seq_no"),
        .last_no = armms_rows_integer (rows, i, "last_no"),
        .period_from = armms_rows_date (rows, i, "period_from"),
        .period_to = armms_rows_date (rows, i, "period_to"),
        .due = armms_rows_integer (rows, i, "due_centavos"),
        .waived = armms_rows_integer (rows, i, "waived_centavos"),
        .taken = armms_rows_integer (rows, i, "taken_centavos"),
        .status = g_intern_string (armms_rows_text (rows, i, "status")),
        .origin = g_intern_string (armms_rows_text (rows, i, "origin")),
      };

      if (!armms_follow_up_parse (armms_rows_text (rows, i, "deferral_follow_up"), &row.deferral_follow_up))
        row.deferral_follow_up = ARMMS_FOLLOW_UP_CARRY;
      if (!armms_frequency_parse (armms_rows_text (rows, i, "frequency"), &row.frequency))
        row.frequency = ARMMS_FREQUENCY_EVERY_PERIOD;
      g_array_append_val (plan.rows, row);
    }
  *ret_plan = plan;
  plan.rows = NULL;
  return TRUE;
}

ArmmsPlanRow *
armms_plan_find (ArmmsPlan *plan, const ArmmsId *instalment_id)
{
  for (guint i = 0; i < plan->rows->len; i++)
    if (armms_id_equal (&g_array_index (plan->rows, ArmmsPlanRow, i).instalment_id, instalment_id))
      return &g_array_index (plan->rows, ArmmsPlanRow, i);
  return NULL;
}

static gboolean
is_open (const ArmmsPlanRow *row)
{
  return strcmp (row->status, "PLANNED") == 0;
}

static int
compare_instalments (gconstpointer a, gconstpointer b)
{
  const ArmmsInstalment *left = a, *right = b;

  return (left->period_from.days > right->period_from.days) - (left->period_from.days < right->period_from.days);
}

gboolean
armms_plan_follow_up (ArmmsPlan *plan, const ArmmsId *obligation_id, ArmmsDate period, gint64 amount, const ArmmsFollowUpPlan *follow_up,
                      const char *origin, GError **error)
{
  g_autoptr(GArray) open = g_array_new (FALSE, TRUE, sizeof (ArmmsInstalment));
  ArmmsFollowUpPlan own = *follow_up;
  ArmmsId employee_id = ARMMS_ID_NIL;
  gint64 last_no = 0;

  for (guint i = 0; i < plan->rows->len; i++)
    {
      const ArmmsPlanRow *row = &g_array_index (plan->rows, ArmmsPlanRow, i);

      if (!armms_id_equal (&row->obligation_id, obligation_id))
        continue;
      employee_id = row->employee_id;
      own.frequency = row->frequency;
      last_no = MAX (last_no, MAX (row->last_no, row->seq_no));
      if (is_open (row) && row->period_from.days > period.days)
        g_array_append_val (open, ((ArmmsInstalment) { row->instalment_id, row->period_from, { row->due - row->waived }, FALSE }));
    }
  g_array_sort (open, compare_instalments);
  if (!armms_reschedule (open, period, plan->kind, plan->anchor, ARMMS_MONEY (amount), &own, error))
    return FALSE;
  for (guint i = 0; i < open->len; i++)
    {
      const ArmmsInstalment *instalment = &g_array_index (open, ArmmsInstalment, i);
      ArmmsPlanRow *row = armms_id_is_nil (&instalment->id) ? NULL : armms_plan_find (plan, &instalment->id);

      if (!instalment->changed)
        continue;
      if (row != NULL)
        {
          row->due = instalment->amount.centavos + row->waived;
          row->changed = TRUE;
        }
      else
        {
          ArmmsPlanRow made = {
            .instalment_id = armms_id_new (), .obligation_id = *obligation_id, .employee_id = employee_id, .seq_no = ++last_no, .last_no = last_no,
            .period_from = instalment->period_from, .period_to = armms_period_of (plan->kind, plan->anchor, instalment->period_from).to,
            .due = instalment->amount.centavos, .status = "PLANNED", .origin = origin, .frequency = own.frequency, .is_new = TRUE,
          };

          g_array_append_val (plan->rows, made);
        }
    }
  return TRUE;
}

/* ---- storing -------------------------------------------------------------------------------------------------- */

static gboolean
store_new (ArmmsWork *work, const ArmmsPlan *plan, guint n, GError **error)
{
  g_autofree ArmmsId *ids = g_new (ArmmsId, n), *obligations = g_new (ArmmsId, n), *employees = g_new (ArmmsId, n);
  g_autofree gint64 *numbers = g_new (gint64, n), *due = g_new (gint64, n);
  g_autofree ArmmsDate *from = g_new (ArmmsDate, n), *to = g_new (ArmmsDate, n);
  g_autofree const char **origins = g_new (const char *, n);
  ArmmsParams *params = armms_params_new ();
  guint at = 0;

  for (guint i = 0; i < plan->rows->len; i++)
    {
      const ArmmsPlanRow *row = &g_array_index (plan->rows, ArmmsPlanRow, i);

      if (!row->is_new)
        continue;
      ids[at] = row->instalment_id;
      obligations[at] = row->obligation_id;
      employees[at] = row->employee_id;
      numbers[at] = row->seq_no;
      from[at] = row->period_from;
      to[at] = row->period_to;
      due[at] = row->due;
      origins[at] = row->origin;
      at++;
    }
  armms_params_ids (params, ids, n);
  armms_params_ids (params, obligations, n);
  armms_params_ids (params, employees, n);
  armms_params_integers (params, numbers, n);
  armms_params_dates (params, from, n);
  armms_params_dates (params, to, n);
  armms_params_integers (params, due, n);
  armms_params_texts (params, origins, n);
  return armms_work_execute (work, "obligations/instalments-insert", params, NULL, error);
}

static gboolean
store_changed (ArmmsWork *work, const ArmmsPlan *plan, guint n, GError **error)
{
  g_autofree ArmmsId *ids = g_new (ArmmsId, n), *payruns = g_new (ArmmsId, n);
  g_autofree gint64 *due = g_new (gint64, n), *waived = g_new (gint64, n), *taken = g_new (gint64, n);
  g_autofree const char **statuses = g_new (const char *, n);
  ArmmsParams *params = armms_params_new ();
  guint at = 0;

  for (guint i = 0; i < plan->rows->len; i++)
    {
      const ArmmsPlanRow *row = &g_array_index (plan->rows, ArmmsPlanRow, i);

      if (row->is_new || !row->changed)
        continue;
      ids[at] = row->instalment_id;
      due[at] = row->due;
      waived[at] = row->waived;
      taken[at] = row->taken;
      statuses[at] = row->status;
      payruns[at] = row->payrun_id;
      at++;
    }
  armms_params_ids (params, ids, n);
  armms_params_integers (params, due, n);
  armms_params_integers (params, waived, n);
  armms_params_integers (params, taken, n);
  armms_params_texts (params, statuses, n);
  armms_params_ids (params, payruns, n);
  return armms_work_execute (work, "obligations/instalments-change", params, NULL, error);
}

gboolean
armms_plan_store (ArmmsWork *work, ArmmsPlan *plan, GError **error)
{
  guint made = 0, changed = 0;

  for (guint i = 0; i < plan->rows->len; i++)
    {
      const ArmmsPlanRow *row = &g_array_index (plan->rows, ArmmsPlanRow, i);

      made += row->is_new ? 1 : 0;
      changed += !row->is_new && row->changed ? 1 : 0;
    }
  return (made == 0 || store_new (work, plan, made, error)) && (changed == 0 || store_changed (work, plan, changed, error));
}

static int
compare_records (gconstpointer a, gconstpointer b)
{
  const ArmmsObligationInstalment *left = *(const ArmmsObligationInstalment *const *) a, *right = *(const ArmmsObligationInstalment *const *) b;

  if (left->period_from.days != right->period_from.days)
    return left->period_from.days < right->period_from.days ? -1 : 1;
  return (left->seq_no > right->seq_no) - (left->seq_no < right->seq_no);
}

ArmmsObligationPlan *
armms_plan_to_record (const ArmmsPlan *plan, const ArmmsId *obligation_id)
{
  ArmmsObligationPlan *record = armms_record_new (&armms_obligation_plan_type);

  record->obligation_id = *obligation_id;
  record->instalments = armms_records_new (&armms_obligation_instalment_type);
  for (guint i = 0; i < plan->rows->len; i++)
    {
      const ArmmsPlanRow *row = &g_array_index (plan->rows, ArmmsPlanRow, i);
      ArmmsObligationInstalment *instalment;

      if (!is_open (row) || !armms_id_equal (&row->obligation_id, obligation_id))
        continue;
      instalment = armms_record_new (&armms_obligation_instalment_type);
      instalment->instalment_id = row->is_new ? ARMMS_ID_NIL : row->instalment_id;
      instalment->obligation_id = row->obligation_id;
      instalment->seq_no = row->seq_no;
      instalment->period_from = row->period_from;
      instalment->period_to = row->period_to;
      instalment->due = ARMMS_MONEY (row->due);
      instalment->waived = ARMMS_MONEY (row->waived);
      instalment->status = g_strdup (row->status);
      instalment->origin = g_strdup (row->origin);
      record->open.centavos += row->due - row->waived;
      g_ptr_array_add (record->instalments, instalment);
    }
  g_ptr_array_sort (record->instalments, compare_records);
  return record;
}

/* ---- the first schedule --------------------------------------------------------------------------------------- */

gboolean
armms_obligations_plan_schedule (const ArmmsObligation *obligation, ArmmsPeriodKind kind, ArmmsDate anchor, GArray *rows, GError **error)
{
  g_autoptr(GArray) instalments = g_array_new (FALSE, FALSE, sizeof (ArmmsInstalment));
  ArmmsScheduleTerms terms = {
    .amount = obligation->principal, .periods = obligation->periods, .instalment = obligation->instalment, .starts_on = obligation->starts_on,
    .kind = kind, .anchor = anchor,
  };

  if (!armms_frequency_parse (obligation->frequency, &terms.frequency))
    terms.frequency = ARMMS_FREQUENCY_EVERY_PERIOD;
  if (!armms_schedule_split (&terms, instalments, error))
    return FALSE;
  for (guint i = 0; i < instalments->len; i++)
    {
      const ArmmsInstalment *instalment = &g_array_index (instalments, ArmmsInstalment, i);
      ArmmsPlanRow row = {
        .instalment_id = armms_id_new (), .obligation_id = obligation->obligation_id, .employee_id = obligation->employee_id, .seq_no = i + 1,
        .period_from = instalment->period_from, .period_to = armms_period_of (kind, anchor, instalment->period_from).to,
        .due = instalment->amount.centavos, .status = "PLANNED", .origin = "schedule", .frequency = terms.frequency, .is_new = TRUE,
      };

      g_array_append_val (rows, row);
    }
  return TRUE;
}
