#include "server/rules/statutory/tax.h"

#include <stdlib.h>

#define MILLION 1000000

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

gboolean
armms_tax_split (const ArmmsTaxPay *pay, ArmmsTaxable *ret_taxable, GError **error)
{
  ArmmsTaxable taxable = { 0 };
  gint64 premiums = pay->holiday.centavos + pay->night.centavos;
  gint64 earned;

  if (pay->contributions.centavos < 0)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "tax.contributions", "contributions taken are below zero");
      return FALSE;
    }
  if (pay->minimum_wage_earner)
    {
      /* The contributions stay with the exempt pay that they come from. */
      earned = pay->basic.centavos + premiums + pay->overtime.centavos;
      taxable.exempt = ARMMS_MONEY (MAX (earned, 0));
      taxable.regular = ARMMS_MONEY (MAX (pay->other_regular.centavos, 0));
      taxable.supplementary = ARMMS_MONEY (MAX (pay->other_supplementary.centavos, 0));
      *ret_taxable = taxable;
      return TRUE;
    }
  taxable.regular = ARMMS_MONEY (pay->basic.centavos + pay->other_regular.centavos - pay->contributions.centavos);
  taxable.supplementary = ARMMS_MONEY (pay->overtime.centavos + pay->other_supplementary.centavos);
  if (pay->premiums_are_supplementary)
    taxable.supplementary.centavos += premiums;
  else
    taxable.regular.centavos += premiums;
  if (taxable.regular.centavos < 0)
    {
      taxable.supplementary.centavos += taxable.regular.centavos;
      taxable.regular.centavos = 0;
    }
  taxable.supplementary.centavos = MAX (taxable.supplementary.centavos, 0);
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

/* Everything taxable of the year, this period's included. */
static gboolean
taxable_of_year (const ArmmsTaxable *taxable, const ArmmsTaxYear *year, ArmmsMoney *ret_sum, GError **error)
{
  return armms_money_add (year->taxable, year->taxable_elsewhere, ret_sum, error)
         && armms_money_add (*ret_sum, taxable->regular, ret_sum, error)
         && armms_money_add (*ret_sum, taxable->supplementary, ret_sum, error);
}

gboolean
armms_tax_cumulative (const ArmmsTaxTable *table, ArmmsTaxPeriod period, ArmmsDate paid_on, const ArmmsTaxable *taxable,
                      const ArmmsTaxYear *year, ArmmsTax *ret_tax, GError **error)
{
  ArmmsTax tax = {
    .method = ARMMS_TAX_METHOD_CUMULATIVE, .regular = taxable->regular, .supplementary = taxable->supplementary,
    .withheld_before = ARMMS_MONEY (year->withheld.centavos + year->withheld_elsewhere.centavos),
    .periods = year->periods + 1, .paid_on = paid_on,
  };
  ArmmsMoney on_average;

  if (year->periods < 0)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "tax.periods", "a year of %d earlier periods", year->periods);
      return FALSE;
    }
  if (!taxable_of_year (taxable, year, &tax.taxable, error)
      || !armms_money_mul_div (tax.taxable, 1, tax.periods, ARMMS_ROUND_HALF_AWAY, &tax.average, error))
    return FALSE;
  tax.row = find_row (table, period, paid_on, tax.average.centavos, error);
  if (tax.row == NULL
      || !tax_in_row (tax.row, tax.average.centavos, &on_average, error)
      || !armms_money_mul_div (on_average, tax.periods, 1, ARMMS_ROUND_HALF_AWAY, &tax.cumulative_tax, error))
    return FALSE;
  tax.tax = ARMMS_MONEY (MAX (tax.cumulative_tax.centavos - tax.withheld_before.centavos, 0));
  *ret_tax = tax;
  return TRUE;
}

gboolean
armms_tax_annualised (const ArmmsTaxTable *table, ArmmsDate paid_on, const ArmmsTaxable *taxable, const ArmmsTaxYear *year,
                      ArmmsTax *ret_tax, GError **error)
{
  ArmmsTax tax = {
    .method = ARMMS_TAX_METHOD_ANNUALISED, .regular = taxable->regular, .supplementary = taxable->supplementary,
    .withheld_before = ARMMS_MONEY (year->withheld.centavos + year->withheld_elsewhere.centavos),
    .periods = year->periods + 1, .paid_on = paid_on,
  };

  if (!taxable_of_year (taxable, year, &tax.taxable, error))
    return FALSE;
  tax.average = tax.taxable;
  tax.row = find_row (table, ARMMS_TAX_ANNUAL, paid_on, tax.taxable.centavos, error);
  if (tax.row == NULL || !tax_in_row (tax.row, tax.taxable.centavos, &tax.cumulative_tax, error))
    return FALSE;
  /* What an earlier employer withheld is not ours to give back. */
  tax.tax = ARMMS_MONEY (MAX (tax.cumulative_tax.centavos - tax.withheld_before.centavos, -year->withheld.centavos));
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
