#include "server/rules/statutory/tax.h"

#include <stdlib.h>

#define MILLION 1000000
#define MAX_EARLIER_PERIODS 366 /* a pay period is a day or longer */

static const char *const period_names[ARMMS_N_TAX_PERIODS] = { "daily", "weekly", "semi_monthly", "monthly", "annual" };
static const char *const method_names[] = { "table", "regular", "cumulative", "annualised" };
static const char *const rule_names[] = { "tax.table", "tax.regular", "tax.cumulative", "tax.annualised" };

const char *
armms_tax_period_name (ArmmsTaxPeriod period)
{
  g_return_val_if_fail ((guint) period < ARMMS_N_TAX_PERIODS, NULL);

  return period_names[period];
}

gboolean
armms_tax_period_parse (const char *name, ArmmsTaxPeriod *ret_period)
{
  for (guint period = 0; period < ARMMS_N_TAX_PERIODS; period++)
    if (g_strcmp0 (name, period_names[period]) == 0)
      {
        *ret_period = (ArmmsTaxPeriod) period;
        return TRUE;
      }
  return FALSE;
}

const char *
armms_tax_method_name (ArmmsTaxMethod method)
{
  g_return_val_if_fail ((guint) method < G_N_ELEMENTS (method_names), NULL);

  return method_names[method];
}

gboolean
armms_tax_method_parse (const char *name, ArmmsTaxMethod *ret_method)
{
  for (guint method = 0; method < G_N_ELEMENTS (method_names); method++)
    if (g_strcmp0 (name, method_names[method]) == 0)
      {
        *ret_method = (ArmmsTaxMethod) method;
        return TRUE;
      }
  return FALSE;
}

static int
compare_rows (const void *a, const void *b)
{
  const ArmmsTaxRow *left = a, *right = b;

  if (left->period != right->period)
    return left->period < right->period ? -1 : 1;
  if (left->from.days != right->from.days)
    return left->from.days < right->from.days ? -1 : 1;
  return (left->over.centavos > right->over.centavos) - (left->over.centavos < right->over.centavos);
}

void
armms_tax_table_index (ArmmsTaxTable *table, ArmmsTaxRow *rows, gsize n_rows)
{
  if (n_rows > 0)
    qsort (rows, n_rows, sizeof *rows, compare_rows);
  table->rows = rows;
  table->n_rows = n_rows;
}

/* The bracket that @amount is over; the first one when it is over none. */
static const ArmmsTaxRow *
find_row (const ArmmsTaxTable *table, ArmmsTaxPeriod period, ArmmsDate paid_on, gint64 amount, GError **error)
{
  const ArmmsTaxRow *found = NULL;
  char buffer[ARMMS_DATE_TEXT_SIZE];

  for (gsize i = 0; i < table->n_rows; i++)
    {
      const ArmmsTaxRow *row = &table->rows[i];

      if (row->period != period
          || (!armms_date_is_none (row->from) && row->from.days > paid_on.days)
          || (!armms_date_is_none (row->to) && paid_on.days > row->to.days))
        continue;
      if (found == NULL || row->over.centavos < amount)
        found = row;
    }
  if (found == NULL)
    armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "statutory.no_table", "no %s tax table is in force on %s",
                     period_names[period], armms_date_format (paid_on, buffer));
  return found;
}

static gboolean
tax_in_row (const ArmmsTaxRow *row, gint64 taxable, ArmmsMoney *ret_tax, GError **error)
{
  ArmmsMoney part;

  if (taxable <= row->over.centavos)
    {
      *ret_tax = taxable > 0 ? row->base : ARMMS_MONEY (0);
      return TRUE;
    }
  return armms_money_mul_div (ARMMS_MONEY (taxable - row->over.centavos), row->rate.millionths, MILLION, ARMMS_ROUND_HALF_AWAY,
                              &part, error)
         && armms_money_add (row->base, part, ret_tax, error);
}

static gboolean
add_all (const ArmmsMoney *amounts, gsize n, ArmmsMoney *ret_sum, GError **error)
{
  *ret_sum = ARMMS_MONEY (0);
  for (gsize i = 0; i < n; i++)
    if (!armms_money_add (*ret_sum, amounts[i], ret_sum, error))
      return FALSE;
  return TRUE;
}

/* Basic, holiday, overtime and night pay are exempt; the contributions stay with the exempt pay that they come from. */
static gboolean
split_minimum_wage (const ArmmsTaxPay *pay, ArmmsTaxable *taxable, GError **error)
{
  const ArmmsMoney earned[] = { pay->basic, pay->holiday, pay->night, pay->overtime };

  if (!add_all (earned, G_N_ELEMENTS (earned), &taxable->exempt, error))
    return FALSE;
  taxable->exempt.centavos = MAX (taxable->exempt.centavos, 0);
  taxable->regular = ARMMS_MONEY (MAX (pay->other_regular.centavos, 0));
  taxable->supplementary = ARMMS_MONEY (MAX (pay->other_supplementary.centavos, 0));
  return TRUE;
}

static gboolean
split_taxable (const ArmmsTaxPay *pay, ArmmsTaxable *taxable, GError **error)
{
  const ArmmsMoney none = ARMMS_MONEY (0);
  gboolean beside = pay->premiums_are_supplementary;
  const ArmmsMoney regular[] = {
    pay->basic, pay->other_regular, beside ? none : pay->holiday, beside ? none : pay->night, ARMMS_MONEY (-pay->contributions.centavos),
  };
  const ArmmsMoney supplementary[] = {
    pay->overtime, pay->other_supplementary, beside ? pay->holiday : none, beside ? pay->night : none,
  };

  if (!add_all (regular, G_N_ELEMENTS (regular), &taxable->regular, error)
      || !add_all (supplementary, G_N_ELEMENTS (supplementary), &taxable->supplementary, error))
    return FALSE;
  if (taxable->regular.centavos < 0)
    {
      if (!armms_money_add (taxable->supplementary, taxable->regular, &taxable->supplementary, error))
        return FALSE;
      taxable->regular.centavos = 0;
    }
  taxable->supplementary.centavos = MAX (taxable->supplementary.centavos, 0);
  return TRUE;
}

gboolean
armms_tax_split (const ArmmsTaxPay *pay, ArmmsTaxable *ret_taxable, GError **error)
{
  ArmmsTaxable taxable = { 0 };

  if (pay->contributions.centavos < 0)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "tax.contributions", "contributions taken are below zero");
      return FALSE;
    }
  if (!(pay->minimum_wage_earner ? split_minimum_wage : split_taxable) (pay, &taxable, error))
    return FALSE;
  *ret_taxable = taxable;
  return TRUE;
}

gboolean
armms_tax_by_table (const ArmmsTaxTable *table, ArmmsTaxPeriod period, ArmmsDate paid_on, ArmmsMoney taxable, ArmmsTax *ret_tax,
                    GError **error)
{
  ArmmsTax tax = { .method = ARMMS_TAX_METHOD_TABLE, .taxable = taxable, .paid_on = paid_on };

  tax.row = find_row (table, period, paid_on, taxable.centavos, error);
  if (tax.row == NULL || !tax_in_row (tax.row, taxable.centavos, &tax.tax, error))
    return FALSE;
  *ret_tax = tax;
  return TRUE;
}

gboolean
armms_tax_regular (const ArmmsTaxTable *table, ArmmsTaxPeriod period, ArmmsDate paid_on, const ArmmsTaxable *taxable,
                   ArmmsTax *ret_tax, GError **error)
{
  ArmmsTax tax = {
    .method = ARMMS_TAX_METHOD_REGULAR, .regular = taxable->regular, .supplementary = taxable->supplementary, .paid_on = paid_on,
  };

  /* The bracket is chosen by regular pay alone; its rate then applies to all of it. */
  tax.row = find_row (table, period, paid_on, taxable->regular.centavos, error);
  if (tax.row == NULL
      || !armms_money_add (taxable->regular, taxable->supplementary, &tax.taxable, error)
      || !tax_in_row (tax.row, tax.taxable.centavos, &tax.tax, error))
    return FALSE;
  *ret_tax = tax;
  return TRUE;
}

/* What the year holds with this period: everything taxable, what was withheld, how many periods. */
static gboolean
take_year (const ArmmsTaxable *taxable, const ArmmsTaxYear *year, ArmmsTax *tax, GError **error)
{
  const ArmmsMoney amounts[] = { year->taxable, year->taxable_elsewhere, taxable->regular, taxable->supplementary };

  if (year->periods < 0 || year->periods > MAX_EARLIER_PERIODS)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "tax.periods", "a year of %d earlier periods", year->periods);
      return FALSE;
    }
  tax->regular = taxable->regular;
  tax->supplementary = taxable->supplementary;
  tax->withheld_here = year->withheld;
  tax->periods = year->periods + 1;
  return add_all (amounts, G_N_ELEMENTS (amounts), &tax->taxable, error)
         && armms_money_add (year->withheld, year->withheld_elsewhere, &tax->withheld_before, error);
}

gboolean
armms_tax_cumulative (const ArmmsTaxTable *table, ArmmsTaxPeriod period, ArmmsDate paid_on, const ArmmsTaxable *taxable,
                      const ArmmsTaxYear *year, ArmmsTax *ret_tax, GError **error)
{
  ArmmsTax tax = { .method = ARMMS_TAX_METHOD_CUMULATIVE, .paid_on = paid_on };
  ArmmsMoney on_average;

  if (!take_year (taxable, year, &tax, error)
      || !armms_money_mul_div (tax.taxable, 1, tax.periods, ARMMS_ROUND_HALF_AWAY, &tax.average, error))
    return FALSE;
  tax.row = find_row (table, period, paid_on, tax.average.centavos, error);
  if (tax.row == NULL
      || !tax_in_row (tax.row, tax.average.centavos, &on_average, error)
      || !armms_money_mul_div (on_average, tax.periods, 1, ARMMS_ROUND_HALF_AWAY, &tax.cumulative_tax, error)
      || !armms_money_subtract (tax.cumulative_tax, tax.withheld_before, &tax.tax, error))
    return FALSE;
  tax.tax.centavos = MAX (tax.tax.centavos, 0);
  *ret_tax = tax;
  return TRUE;
}

gboolean
armms_tax_annualised (const ArmmsTaxTable *table, ArmmsDate paid_on, const ArmmsTaxable *taxable, const ArmmsTaxYear *year,
                      ArmmsTax *ret_tax, GError **error)
{
  ArmmsTax tax = { .method = ARMMS_TAX_METHOD_ANNUALISED, .paid_on = paid_on };

  if (!take_year (taxable, year, &tax, error))
    return FALSE;
  tax.average = tax.taxable;
  tax.row = find_row (table, ARMMS_TAX_ANNUAL, paid_on, tax.taxable.centavos, error);
  if (tax.row == NULL
      || !tax_in_row (tax.row, tax.taxable.centavos, &tax.cumulative_tax, error)
      || !armms_money_subtract (tax.cumulative_tax, tax.withheld_before, &tax.tax, error))
    return FALSE;
  /* What an earlier employer withheld is not ours to give back. */
  tax.tax.centavos = MAX (tax.tax.centavos, -MAX (tax.withheld_here.centavos, 0));
  *ret_tax = tax;
  return TRUE;
}

/* RR 11-2018: when the regular method must give way to the cumulative average. */
static gboolean
must_cumulate (const ArmmsTaxTable *table, ArmmsTaxPeriod period, ArmmsDate paid_on, const ArmmsTaxable *taxable,
               const ArmmsTaxYear *year, gboolean *ret_must, GError **error)
{
  const ArmmsTaxRow *row = find_row (table, period, paid_on, taxable->regular.centavos, error);
  gboolean supplement = taxable->supplementary.centavos > 0;

  if (row == NULL)
    return FALSE;
  *ret_must = year->cumulative || year->other_employer
              || (supplement && row->rate.millionths == 0)
              || (supplement && taxable->supplementary.centavos >= taxable->regular.centavos);
  return TRUE;
}

gboolean
armms_tax_withhold (const ArmmsTaxTable *table, ArmmsTaxMethod method, ArmmsTaxPeriod period, ArmmsDate paid_on,
                    const ArmmsTaxable *taxable, const ArmmsTaxYear *year, gboolean annualise, ArmmsTax *ret_tax, GError **error)
{
  gboolean cumulate = method == ARMMS_TAX_METHOD_CUMULATIVE;
  ArmmsMoney whole;

  if (annualise || method == ARMMS_TAX_METHOD_ANNUALISED)
    return armms_tax_annualised (table, paid_on, taxable, year, ret_tax, error);
  if (method == ARMMS_TAX_METHOD_TABLE)
    {
      ArmmsTax tax;

      if (!armms_money_add (taxable->regular, taxable->supplementary, &whole, error)
          || !armms_tax_by_table (table, period, paid_on, whole, &tax, error))
        return FALSE;
      tax.regular = taxable->regular;
      tax.supplementary = taxable->supplementary;
      *ret_tax = tax;
      return TRUE;
    }
  if (!cumulate && !must_cumulate (table, period, paid_on, taxable, year, &cumulate, error))
    return FALSE;
  if (cumulate)
    return armms_tax_cumulative (table, period, paid_on, taxable, year, ret_tax, error);
  return armms_tax_regular (table, period, paid_on, taxable, ret_tax, error);
}

void
armms_tax_trace (const ArmmsTax *tax, ArmmsTrace *trace)
{
  gboolean over_year = tax->method == ARMMS_TAX_METHOD_CUMULATIVE || tax->method == ARMMS_TAX_METHOD_ANNUALISED;
  const ArmmsTaxRow *row = tax->row;
  gint64 amount = tax->method == ARMMS_TAX_METHOD_CUMULATIVE ? tax->average.centavos : tax->taxable.centavos;

  armms_trace_init (trace, rule_names[tax->method]);
  armms_trace_money (trace, "regular", tax->regular);
  armms_trace_money (trace, "supplementary", tax->supplementary);
  armms_trace_money (trace, "taxable", tax->taxable);
  if (over_year)
    {
      armms_trace_count (trace, "periods", tax->periods);
      if (tax->method == ARMMS_TAX_METHOD_CUMULATIVE)
        armms_trace_money (trace, "average", tax->average);
      armms_trace_money (trace, "tax_of_year", tax->cumulative_tax);
      armms_trace_money (trace, "withheld_before", tax->withheld_before);
      if (tax->method == ARMMS_TAX_METHOD_ANNUALISED)
        armms_trace_money (trace, "withheld_here", tax->withheld_here);
    }
  armms_trace_text (trace, "table", armms_tax_period_name (row->period));
  armms_trace_money (trace, "over", row->over);
  armms_trace_money (trace, "base", row->base);
  armms_trace_multiplier (trace, "rate", row->rate);
  if (amount > row->over.centavos)
    armms_trace_fraction (trace, (__int128) (amount - row->over.centavos) * row->rate.millionths
                                   + (__int128) row->base.centavos * MILLION, MILLION);
  armms_trace_row (trace, "tax", row->row, row->from, row->source);
  trace->rounding = tax->method == ARMMS_TAX_METHOD_CUMULATIVE
                      ? "average and tax on it each half away from zero" : "half away from zero, once";
  trace->result = tax->tax;
}
