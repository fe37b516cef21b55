/* The plan of an obligation: its instalments, what becomes of them, and that not a centavo is lost on the way. */
#include "server/obligations/obligations-private.h"

#include "server/tenant/tenant.h"

#include <string.h>

#define MOST_INSTALMENTS 480

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
  ArmmsId employee_id = ARMMS_ID_NIL;
  gint64 last_no = 0;

  for (guint i = 0; i < plan->rows->len; i++)
    {
      const ArmmsPlanRow *row = &g_array_index (plan->rows, ArmmsPlanRow, i);

      if (!armms_id_equal (&row->obligation_id, obligation_id))
        continue;
      employee_id = row->employee_id;
      last_no = MAX (last_no, MAX (row->last_no, row->seq_no));
      if (is_open (row) && row->period_from.days > period.days)
        g_array_append_val (open, ((ArmmsInstalment) { row->instalment_id, row->period_from, { row->due - row->waived }, FALSE }));
    }
  g_array_sort (open, compare_instalments);
  if (!armms_reschedule (open, period, plan->kind, plan->anchor, ARMMS_MONEY (amount), follow_up, error))
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
            .due = instalment->amount.centavos, .status = "PLANNED", .origin = origin, .is_new = TRUE,
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

static gboolean
takes_in (const char *frequency, ArmmsPeriodKind kind, ArmmsDate period_from)
{
  int year, month, day;

  if (kind != ARMMS_PERIOD_SEMI_MONTHLY || g_strcmp0 (frequency, "first_cut_off") != 0)
    {
      if (kind != ARMMS_PERIOD_SEMI_MONTHLY || g_strcmp0 (frequency, "second_cut_off") != 0)
        return TRUE;
      armms_date_to_ymd (period_from, &year, &month, &day);
      return day != 1;
    }
  armms_date_to_ymd (period_from, &year, &month, &day);
  return day == 1;
}

gboolean
armms_obligations_plan_schedule (const ArmmsObligation *obligation, ArmmsPeriodKind kind, ArmmsDate anchor, GArray *rows, GError **error)
{
  ArmmsPeriod period = armms_period_of (kind, anchor, obligation->starts_on);
  gint64 rest = obligation->principal.centavos, seq_no = 0;
  gint64 periods = obligation->periods, share = obligation->instalment.centavos;
  gint64 odd = 0;

  if (periods > 0)
    {
      share = rest / periods;
      odd = rest % periods;
    }
  if (share <= 0 && odd == 0)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "obligation.instalment", "an obligation needs an instalment or a number of periods");
      return FALSE;
    }
  while (rest > 0)
    {
      ArmmsPlanRow row = {
        .instalment_id = armms_id_new (), .obligation_id = obligation->obligation_id, .employee_id = obligation->employee_id,
        .period_from = period.from, .period_to = period.to, .status = "PLANNED", .origin = "schedule", .is_new = TRUE,
      };

      if (takes_in (obligation->frequency, kind, period.from))
        {
          row.seq_no = ++seq_no;
          row.due = MIN (share + (seq_no <= odd ? 1 : 0), rest);
          if (row.due == 0)
            break;
          rest -= row.due;
          g_array_append_val (rows, row);
        }
      if (seq_no > MOST_INSTALMENTS)
        {
          armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "obligation.too_long", "the obligation would take more than %d instalments", MOST_INSTALMENTS);
          return FALSE;
        }
      period = armms_period_of (kind, anchor, armms_date_add_days (period.to, 1));
    }
  return TRUE;
}
