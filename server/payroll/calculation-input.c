/* From tables to facts: one statement per kind of fact and span of employees. */
#include "server/payroll/calculation.h"

#include "server/tenant/tenant.h"

#include <string.h>

#define DAYS_BACK 400 /* cards of periods that are paid late */

/* ---- what all share ------------------------------------------------------------------------------------------- */

void
armms_calculation_free (ArmmsCalculation *calculation)
{
  if (calculation == NULL)
    return;
  armms_record_free (&armms_payrun_type, calculation->payrun);
  g_clear_pointer (&calculation->cards, armms_rate_card_set_free);
  g_clear_pointer (&calculation->premiums, armms_rates_premiums_free);
  g_clear_pointer (&calculation->tables, armms_statutory_tables_free);
  g_clear_pointer (&calculation->detachments, g_ptr_array_unref);
  g_clear_pointer (&calculation->positions, g_ptr_array_unref);
  g_clear_pointer (&calculation->shifts, g_ptr_array_unref);
  g_free (calculation);
}

static void
set_period_kind (ArmmsPayrunFacts *facts, const char *kind)
{
  static const struct { const char *kind; gint32 periods; ArmmsTaxPeriod tax; } kinds[] = {
    { "semi_monthly", 24, ARMMS_TAX_SEMI_MONTHLY },
    { "monthly", 12, ARMMS_TAX_MONTHLY },
    { "weekly", 52, ARMMS_TAX_WEEKLY },
    { "biweekly", 26, ARMMS_TAX_SEMI_MONTHLY }, /* no table of its own is published */
  };

  facts->periods_per_year = kinds[0].periods;
  facts->tax_period = kinds[0].tax;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      {
        facts->periods_per_year = kinds[i].periods;
        facts->tax_period = kinds[i].tax;
      }
}

/* "FIRST", "SECOND", "BOTH" against the cut-off of the period; an uncut month takes everything. */
static gboolean
is_due (const char *setting, gint64 cut_off, gint32 periods_per_year)
{
  if (periods_per_year == 12 || g_strcmp0 (setting, "BOTH") == 0)
    return TRUE;
  return cut_off == (g_strcmp0 (setting, "FIRST") == 0 ? 1 : 2);
}

static gboolean
set_policies (ArmmsCalculation *calculation, const ArmmsTenantSettings *settings, GError **error)
{
  ArmmsPayrunFacts *facts = &calculation->facts;
  const ArmmsPayrun *payrun = calculation->payrun;
  g_autofree char *floor = g_ascii_strdown (settings->net_floor_kind != NULL ? settings->net_floor_kind : "none", -1);
  int year, month, day;

  facts->floor = calculation->tables->settings.floor;
  if (!armms_floor_kind_parse (floor, &facts->floor.kind))
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "tenant.net_floor_kind", "the tenant's net floor kind %s is unknown", floor);
      return FALSE;
    }
  facts->floor.percent_bp = (gint32) settings->net_floor_percent_bp;
  facts->floor.amount = settings->net_floor_amount;
  facts->floor.partial = settings->partial_deferral;
  facts->due[ARMMS_SCHEME_SSS] = is_due (settings->sss_cut_off, payrun->cut_off, facts->periods_per_year);
  facts->due[ARMMS_SCHEME_PHILHEALTH] = is_due (settings->philhealth_cut_off, payrun->cut_off, facts->periods_per_year);
  facts->due[ARMMS_SCHEME_HDMF] = is_due (settings->hdmf_cut_off, payrun->cut_off, facts->periods_per_year);
  armms_date_to_ymd (payrun->period_to, &year, &month, &day);
  facts->last_of_year = !facts->off_cycle && month == 12 && day == 31;
  return TRUE;
}

ArmmsCalculation *
armms_calculation_new (ArmmsWork *work, const ArmmsId *payrun_id, GError **error)
{
  g_autoptr(ArmmsCalculation) calculation = g_new0 (ArmmsCalculation, 1);
  g_autoptr(ArmmsRows) rows = armms_work_query_one (work, "payroll/payrun-one", armms_params_id (armms_params_new (), payrun_id), "payrun", error);
  const ArmmsTenantSettings *settings;
  ArmmsPayrunFacts *facts = &calculation->facts;
  ArmmsDate from;

  if (rows == NULL)
    return NULL;
  calculation->payrun = armms_rows_record (rows, 0, &armms_payrun_type);
  facts->payrun_id = *payrun_id;
  facts->period = (ArmmsPeriod) { calculation->payrun->period_from, calculation->payrun->period_to };
  facts->pay_date = calculation->payrun->pay_date;
  facts->off_cycle = g_strcmp0 (calculation->payrun->kind, "off_cycle") == 0;
  set_period_kind (facts, armms_rows_text (rows, 0, "period_kind"));

  from = armms_date_add_days (facts->period.from, -DAYS_BACK);
  settings = armms_tenant_get_settings (work, error);
  if (settings == NULL
      || (calculation->cards = armms_rates_load_cards (work, from, facts->period.to, error)) == NULL
      || (calculation->premiums = armms_rates_load_premiums (work, from, facts->period.to, error)) == NULL
      || (calculation->tables = armms_statutory_load_tables (work, ARMMS_DATE_NONE, error)) == NULL
      || !armms_statutory_tables_settle (calculation->tables, facts->pay_date, error)
      || (calculation->detachments = armms_hr_load_detachments (work, error)) == NULL
      || (calculation->positions = armms_hr_load_positions (work, error)) == NULL
      || (calculation->shifts = armms_hr_load_shifts (work, error)) == NULL
      || !set_policies (calculation, settings, error))
    return NULL;
  facts->cards = calculation->cards;
  facts->premiums = calculation->premiums;
  facts->tables = calculation->tables;
  facts->detachments = calculation->detachments;
  facts->positions = calculation->positions;
  facts->shifts = calculation->shifts;
  {
    ArmmsDigest *digest = armms_digest_new ();

    armms_digest_payrun (digest, facts);
    armms_digest_finish (digest, calculation->hash);
  }
  return g_steal_pointer (&calculation);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return armms_id_compare (a, b);
}

/* Benefits end with the employment, whatever their plan says. */
static gboolean
has_left (const ArmmsEmployee *employee, ArmmsPeriod period)
{
  return employee != NULL && !armms_date_is_none (employee->separated_on) && employee->separated_on.days < period.from.days;
}

/* Who has benefits in the period and is still there. */
static gboolean
add_beneficiaries (ArmmsWork *work, ArmmsPeriod period, GArray *all, GError **error)
{
  GArray *benefits = armms_benefits_load_instalments (work, period, NULL, 0, error);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GPtrArray) employees = NULL;

  if (benefits == NULL)
    return FALSE;
  for (guint i = 0; i < benefits->len; i++)
    {
      const ArmmsId *id = &g_array_index (benefits, ArmmsDueBenefit, i).employee_id;

      if (ids->len == 0 || !armms_id_equal (&g_array_index (ids, ArmmsId, ids->len - 1), id))
        g_array_append_val (ids, *id);
    }
  g_array_unref (benefits);
  if (ids->len == 0)
    return TRUE;
  employees = armms_hr_load_employees (work, (const ArmmsId *) (gpointer) ids->data, ids->len, error);
  if (employees == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!has_left (armms_hr_find_employee (employees, &g_array_index (ids, ArmmsId, i)), period))
      g_array_append_val (all, g_array_index (ids, ArmmsId, i));
  return TRUE;
}

static void
find_month (const ArmmsPayrunFacts *payrun, ArmmsDate *ret_from, ArmmsDate *ret_to)
{
  int year, month, day;

  armms_date_to_ymd (payrun->period.to, &year, &month, &day);
  *ret_from = armms_date_from_ymd (year, month, 1);
  *ret_to = armms_date_from_ymd (year, month, armms_date_days_in_month (year, month));
}

/* Who was paid in the month and may have no timesheet now: the agency owes both shares of the month all the same (RA 11199 ss. 18-19,
 * RA 11223 s.10, RA 9679 s.7). */
static gboolean
add_unsettled (ArmmsWork *work, const ArmmsPayrunFacts *payrun, GArray *all, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params;
  ArmmsDate from, to;
  gboolean any = FALSE;
  int column;

  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    any = any || payrun->due[scheme];
  if (!any)
    return TRUE;
  find_month (payrun, &from, &to);
  params = armms_params_id (armms_params_date (armms_params_date (armms_params_new (), from), to), &payrun->payrun_id);
  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    armms_params_boolean (params, payrun->due[scheme]);
  rows = armms_work_query (work, "payroll/run-unsettled", params, error);
  if (rows == NULL)
    return FALSE;
  column = armms_rows_column (rows, "employee_id");
  for (guint i = 0; i < armms_rows_count (rows); i++)
    g_array_append_val (all, ((ArmmsId[]) { armms_rows_id_at (rows, i, column) }));
  return TRUE;
}

GArray *
armms_calculation_load_employees (ArmmsWork *work, const ArmmsCalculation *calculation, GError **error)
{
  const ArmmsPayrunFacts *facts = &calculation->facts;
  g_autoptr(GArray) all = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  GArray *unique = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params = armms_params_date (armms_params_new (), facts->period.from);
  int column;

  armms_params_boolean (armms_params_date (params, facts->period.to), facts->off_cycle);
  rows = armms_work_query (work, "payroll/run-employees", params, error);
  if (rows == NULL)
    {
      g_array_unref (unique);
      return NULL;
    }
  column = armms_rows_column (rows, "employee_id");
  for (guint i = 0; i < armms_rows_count (rows); i++)
    g_array_append_val (all, ((ArmmsId[]) { armms_rows_id_at (rows, i, column) }));
  if (!facts->off_cycle && (!add_beneficiaries (work, facts->period, all, error) || !add_unsettled (work, facts, all, error)))
    {
      g_array_unref (unique);
      return NULL;
    }
  g_array_sort (all, compare_ids);
  for (guint i = 0; i < all->len; i++)
    if (i == 0 || !armms_id_equal (&g_array_index (all, ArmmsId, i - 1), &g_array_index (all, ArmmsId, i)))
      g_array_append_val (unique, g_array_index (all, ArmmsId, i));
  return unique;
}

/* ---- a span of employees -------------------------------------------------------------------------------------- */

void
armms_fact_set_free (ArmmsFactSet *set)
{
  if (set == NULL)
    return;
  for (guint i = 0; set->facts != NULL && i < set->facts->len; i++)
    armms_pay_facts_clear (&g_array_index (set->facts, ArmmsPayFacts, i));
  g_clear_pointer (&set->facts, g_array_unref);
  g_clear_pointer (&set->employees, g_ptr_array_unref);
  g_clear_pointer (&set->employments, g_ptr_array_unref);
  g_clear_pointer (&set->employments_by_employee, g_ptr_array_unref);
  g_clear_pointer (&set->benefits, g_array_unref);
  g_clear_pointer (&set->instalments, g_array_unref);
  g_clear_pointer (&set->schedules, g_array_unref);
  g_free (set);
}

/* The facts of an employee; NULL when he is not in the span. The rows come by employee, so the search goes on from @at. */
static ArmmsPayFacts *
find_facts (ArmmsFactSet *set, const ArmmsId *employee_id, guint *at)
{
  for (guint tried = 0; tried < set->facts->len; tried++)
    {
      ArmmsPayFacts *facts;

      if (*at >= set->facts->len)
        *at = 0;
      facts = &g_array_index (set->facts, ArmmsPayFacts, *at);
      if (armms_id_equal (&facts->employee_id, employee_id))
        return facts;
      (*at)++;
    }
  return NULL;
}

static const char *
intern_or_null (const char *text)
{
  return text != NULL && text[0] != '\0' ? g_intern_string (text) : NULL;
}

/* What the snapshot says. (transfer full) */
static ArmmsPaySource *
read_source (ArmmsRows *rows, guint i)
{
  ArmmsPaySource *source = g_new0 (ArmmsPaySource, 1);

  source->timesheet_id = armms_rows_id (rows, i, "timesheet_id");
  source->snapshot_id = armms_rows_id (rows, i, "snapshot_id");
  source->version = armms_rows_integer (rows, i, "version");
  source->period = (ArmmsPeriod) { armms_rows_date (rows, i, "period_from"), armms_rows_date (rows, i, "period_to") };
  source->detachment_id = armms_rows_id (rows, i, "detachment_id");
  source->shift_id = armms_rows_id (rows, i, "shift_id");
  source->position_id = armms_rows_id (rows, i, "position_id");
  source->region = intern_or_null (armms_rows_text (rows, i, "region"));
  source->city = intern_or_null (armms_rows_text (rows, i, "city"));
  source->duty_dates = armms_rows_dates (rows, i, "duty_dates");
  source->cells = armms_rows_integers (rows, i, "cells");
  source->minutes = armms_rows_integers (rows, i, "minutes");
  return source;
}

static gboolean
load_sources (ArmmsWork *work, const ArmmsCalculation *calculation, ArmmsFactSet *set, const ArmmsId *first, const ArmmsId *last,
              GPtrArray *corrections, GError **error)
{
  const ArmmsPayrunFacts *payrun = &calculation->facts;
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params = armms_params_date (armms_params_new (), payrun->period.from);
  guint at = 0;

  armms_params_boolean (armms_params_date (params, payrun->period.to), payrun->off_cycle);
  rows = armms_work_query (work, "payroll/run-sources", armms_params_id (armms_params_id (params, first), last), error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId employee_id = armms_rows_id (rows, i, "employee_id");
      ArmmsPayFacts *facts = find_facts (set, &employee_id, &at);
      ArmmsPaySource *source;

      if (facts == NULL)
        continue;
      source = read_source (rows, i);
      source->role = armms_rows_boolean (rows, i, "own_period")              ? ARMMS_POST_PERIOD
                     : armms_rows_integer (rows, i, "paid_version") > 0 ? ARMMS_POST_CORRECTION
                                                                            : ARMMS_POST_LATE;
      g_ptr_array_add (facts->sources, source);
      if (source->role == ARMMS_POST_CORRECTION)
        g_ptr_array_add (corrections, source);
    }
  return TRUE;
}

/* Those without a timesheet here have the post of their last pay of the month: what PhilHealth and HDMF are a share of. */
static gboolean
load_before (ArmmsWork *work, const ArmmsCalculation *calculation, ArmmsFactSet *set, GError **error)
{
  const ArmmsPayrunFacts *payrun = &calculation->facts;
  g_autoptr(GArray) idle = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params;
  ArmmsDate from, to;
  guint at = 0;

  for (guint i = 0; i < set->facts->len; i++)
    if (g_array_index (set->facts, ArmmsPayFacts, i).sources->len == 0)
      g_array_append_val (idle, g_array_index (set->facts, ArmmsPayFacts, i).employee_id);
  if (idle->len == 0 || payrun->off_cycle)
    return TRUE;
  find_month (payrun, &from, &to);
  params = armms_params_id (armms_params_date (armms_params_date (armms_params_new (), from), to), &payrun->payrun_id);
  rows = armms_work_query (work, "payroll/run-before", armms_params_ids (params, (const ArmmsId *) (gpointer) idle->data, idle->len), error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId employee_id = armms_rows_id (rows, i, "employee_id");
      ArmmsPayFacts *facts = find_facts (set, &employee_id, &at);
      ArmmsPaySource *source = read_source (rows, i);

      source->role = ARMMS_POST_PERIOD;
      g_ptr_array_add (facts->before, source);
    }
  return TRUE;
}

static gboolean
load_paid (ArmmsWork *work, const GPtrArray *corrections, GError **error)
{
  g_autofree ArmmsId *timesheets = g_new (ArmmsId, MAX (corrections->len, 1));
  g_autoptr(ArmmsRows) rows = NULL;

  if (corrections->len == 0)
    return TRUE;
  for (guint i = 0; i < corrections->len; i++)
    timesheets[i] = ((ArmmsPaySource *) g_ptr_array_index (corrections, i))->timesheet_id;
  rows = armms_work_query (work, "payroll/run-paid", armms_params_ids (armms_params_new (), timesheets, corrections->len), error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId timesheet_id = armms_rows_id (rows, i, "timesheet_id");
      ArmmsPaidLine paid = {
        .code = g_intern_string (armms_rows_text (rows, i, "code")),
        .pay_class = g_intern_string (armms_rows_text (rows, i, "pay_class")),
        .minutes = armms_rows_integer (rows, i, "minutes"),
        .amount = armms_rows_integer (rows, i, "amount"),
        .basic = armms_rows_integer (rows, i, "basic"),
      };

      for (guint j = 0; j < corrections->len; j++)
        {
          ArmmsPaySource *source = g_ptr_array_index (corrections, j);

          if (!armms_id_equal (&source->timesheet_id, &timesheet_id))
            continue;
          if (source->paid == NULL)
            source->paid = g_array_new (FALSE, FALSE, sizeof (ArmmsPaidLine));
          g_array_append_val (source->paid, paid);
        }
    }
  return TRUE;
}

static gboolean
load_history (ArmmsWork *work, const ArmmsCalculation *calculation, ArmmsFactSet *set, const ArmmsId *first, const ArmmsId *last, GError **error)
{
  const ArmmsPayrunFacts *payrun = &calculation->facts;
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params = armms_params_id (armms_params_id (armms_params_new (), first), last);
  int year, month, day, paid_year, paid_month, paid_day;
  ArmmsDate from, to;
  guint at = 0;

  find_month (payrun, &from, &to);
  armms_date_to_ymd (from, &year, &month, &day);
  armms_date_to_ymd (payrun->pay_date, &paid_year, &paid_month, &paid_day);
  armms_params_date (params, armms_date_from_ymd (year, 1, 1));
  armms_params_date (params, from);
  armms_params_date (params, to);
  armms_params_id (params, &payrun->payrun_id);
  armms_params_date (params, armms_date_from_ymd (paid_year, 1, 1));
  rows = armms_work_query (work, "payroll/run-history", params, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId employee_id = armms_rows_id (rows, i, "employee_id");
      ArmmsPayFacts *facts = find_facts (set, &employee_id, &at);
      g_autoptr(GArray) statutory = NULL;

      if (facts == NULL)
        continue;
      facts->history.year.taxable = ARMMS_MONEY (armms_rows_integer (rows, i, "taxable"));
      facts->history.year.withheld = ARMMS_MONEY (armms_rows_integer (rows, i, "withheld"));
      facts->history.year.periods = (gint32) armms_rows_integer (rows, i, "periods");
      facts->history.year.cumulative = armms_rows_boolean (rows, i, "cumulative");
      facts->history.basic = armms_rows_integer (rows, i, "basic");
      facts->history.pool = armms_rows_integer (rows, i, "pool");
      facts->history.month_gross = armms_rows_integer (rows, i, "month_gross");
      facts->history.previous_net = armms_rows_integer (rows, i, "previous_net");
      if (armms_rows_is_null (rows, i, "statutory"))
        continue;
      statutory = armms_rows_integers (rows, i, "statutory");
      for (guint n = 0; n < statutory->len && n < ARMMS_N_SCHEMES * ARMMS_STATUTORY_FIGURES; n++)
        facts->history.statutory[n / ARMMS_STATUTORY_FIGURES][n % ARMMS_STATUTORY_FIGURES] = g_array_index (statutory, gint64, n);
    }
  return TRUE;
}

static gboolean
load_small (ArmmsWork *work, const ArmmsCalculation *calculation, ArmmsFactSet *set, const ArmmsId *first, const ArmmsId *last, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params;
  gboolean any = FALSE;
  int year, month, day;
  guint at = 0;

  for (guint i = 0; i < set->benefits->len; i++)
    any = any || g_array_index (set->benefits, ArmmsDueBenefit, i).de_minimis_kind != NULL;
  if (!any)
    return TRUE;
  armms_date_to_ymd (calculation->facts.period.to, &year, &month, &day);
  params = armms_params_id (armms_params_id (armms_params_new (), first), last);
  armms_params_date (params, armms_date_from_ymd (year, month, 1));
  armms_params_date (params, armms_date_from_ymd (year, month <= 6 ? 1 : 7, 1));
  rows = armms_work_query (work, "payroll/run-small", armms_params_date (params, armms_date_from_ymd (year, 1, 1)), error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId employee_id = armms_rows_id (rows, i, "employee_id");
      ArmmsPayFacts *facts = find_facts (set, &employee_id, &at);
      ArmmsDeMinimisPaid paid = {
        .kind = g_intern_string (armms_rows_text (rows, i, "kind")),
        .month = { armms_rows_integer (rows, i, "month") },
        .semester = { armms_rows_integer (rows, i, "semester") },
        .year = { armms_rows_integer (rows, i, "year") },
      };

      if (facts == NULL)
        continue;
      if (facts->history.de_minimis == NULL)
        facts->history.de_minimis = g_array_new (FALSE, FALSE, sizeof (ArmmsDeMinimisPaid));
      g_array_append_val (facts->history.de_minimis, paid);
    }
  return TRUE;
}

/* Salaries of their own: only of those who have one. */
static gboolean
load_employments (ArmmsWork *work, const ArmmsCalculation *calculation, ArmmsFactSet *set, GError **error)
{
  g_autoptr(GArray) salaried = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  guint at = 0;

  for (guint i = 0; i < set->employees->len; i++)
    {
      const ArmmsEmployee *employee = g_ptr_array_index (set->employees, i);

      if (g_strcmp0 (employee->pay_basis, "MONTHLY") == 0)
        g_array_append_val (salaried, employee->employee_id);
    }
  if (salaried->len == 0)
    return TRUE;
  set->employments = armms_hr_load_employments (work, (const ArmmsId *) (gpointer) salaried->data, salaried->len,
                                                calculation->facts.period.from, calculation->facts.period.to, error);
  if (set->employments == NULL)
    return FALSE;
  for (guint i = 0; i < set->employments->len;)
    {
      const ArmmsEmployment *employment = g_ptr_array_index (set->employments, i);
      ArmmsPayFacts *facts = find_facts (set, &employment->employee_id, &at);
      guint n = 0;

      while (i + n < set->employments->len
             && armms_id_equal (&((ArmmsEmployment *) g_ptr_array_index (set->employments, i + n))->employee_id, &employment->employee_id))
        n++;
      if (facts != NULL)
        {
          facts->employments = (const ArmmsEmployment *const *) (gpointer) &set->employments->pdata[i];
          facts->n_employments = n;
        }
      i += n;
    }
  return TRUE;
}

#define SHARE_OUT(array, Type, member) G_STMT_START { \
  guint share_at = 0; \
  for (guint share_i = 0; share_i < (array)->len;) \
    { \
      const Type *share_first = &g_array_index (array, Type, share_i); \
      ArmmsPayFacts *share_facts = find_facts (set, &share_first->employee_id, &share_at); \
      guint share_n = 0; \
      while (share_i + share_n < (array)->len && armms_id_equal (&g_array_index (array, Type, share_i + share_n).employee_id, &share_first->employee_id)) \
        share_n++; \
      if (share_facts != NULL) \
        { \
          share_facts->member = share_first; \
          share_facts->n_##member = share_n; \
        } \
      share_i += share_n; \
    } \
} G_STMT_END

ArmmsFactSet *
armms_fact_set_load (ArmmsWork *work, const ArmmsCalculation *calculation, const ArmmsId *employees, gsize n, GError **error)
{
  const ArmmsPayrunFacts *payrun = &calculation->facts;
  g_autoptr(ArmmsFactSet) set = g_new0 (ArmmsFactSet, 1);
  g_autoptr(GPtrArray) corrections = g_ptr_array_new ();
  int year, month, day;

  set->facts = g_array_sized_new (FALSE, TRUE, sizeof (ArmmsPayFacts), (guint) n);
  for (gsize i = 0; i < n; i++)
    {
      ArmmsPayFacts facts = { .employee_id = employees[i] };

      facts.sources = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_pay_source_free);
      facts.before = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_pay_source_free);
      g_array_append_val (set->facts, facts);
    }
  if (n == 0)
    return g_steal_pointer (&set);
  armms_date_to_ymd (payrun->period.to, &year, &month, &day);
  set->employees = armms_hr_load_employees (work, employees, n, error);
  if (set->employees == NULL)
    return NULL;
  for (guint i = 0; i < set->facts->len; i++)
    g_array_index (set->facts, ArmmsPayFacts, i).employee = armms_hr_find_employee (set->employees, &employees[i]);
  if (!load_sources (work, calculation, set, &employees[0], &employees[n - 1], corrections, error)
      || !load_paid (work, corrections, error)
      || !load_before (work, calculation, set, error)
      || !load_history (work, calculation, set, &employees[0], &employees[n - 1], error)
      || !load_employments (work, calculation, set, error))
    return NULL;
  if (payrun->off_cycle)
    {
      set->benefits = g_array_new (FALSE, FALSE, sizeof (ArmmsDueBenefit));
      set->instalments = g_array_new (FALSE, FALSE, sizeof (ArmmsDueInstalment));
    }
  else
    {
      set->benefits = armms_benefits_load_instalments (work, payrun->period, employees, n, error);
      if (set->benefits == NULL)
        return NULL;
      set->instalments = armms_obligations_load_instalments (work, payrun->period, employees, n, error);
      if (set->instalments == NULL)
        return NULL;
    }
  set->schedules = armms_statutory_load_schedules (work, armms_date_from_ymd (year, month, 1), employees, n, error);
  if (set->schedules == NULL || !load_small (work, calculation, set, &employees[0], &employees[n - 1], error))
    return NULL;
  SHARE_OUT (set->benefits, ArmmsDueBenefit, benefits);
  SHARE_OUT (set->instalments, ArmmsDueInstalment, instalments);
  SHARE_OUT (set->schedules, ArmmsStatutorySchedule, schedules);
  for (guint i = 0; i < set->facts->len; i++)
    {
      ArmmsPayFacts *facts = &g_array_index (set->facts, ArmmsPayFacts, i);

      if (has_left (facts->employee, payrun->period))
        facts->n_benefits = 0;
    }
  return g_steal_pointer (&set);
}

void
armms_fact_set_digest (const ArmmsFactSet *set, const ArmmsCalculation *calculation, guint8 *ret_hash)
{
  ArmmsDigest *digest = armms_digest_new ();

  armms_digest_bytes (digest, calculation->hash, sizeof calculation->hash);
  for (guint i = 0; i < set->facts->len; i++)
    armms_digest_facts (digest, &calculation->facts, &g_array_index (set->facts, ArmmsPayFacts, i));
  armms_digest_finish (digest, ret_hash);
}

gboolean
armms_fact_set_compute (const ArmmsFactSet *set, const ArmmsCalculation *calculation, ArmmsSheetSet *sheets, GError **error)
{
  for (guint i = 0; i < set->facts->len; i++)
    if (!armms_compute_sheet (&calculation->facts, &g_array_index (set->facts, ArmmsPayFacts, i), sheets, error))
      return FALSE;
  return TRUE;
}
