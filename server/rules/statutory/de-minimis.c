#include "server/rules/statutory/de-minimis.h"

#define MILLION 1000000

const ArmmsDeMinimisRow *
armms_de_minimis_find (const ArmmsDeMinimisTable *table, const char *benefit, ArmmsDate date, GError **error)
{
  char buffer[ARMMS_DATE_TEXT_SIZE];

  for (gsize i = 0; i < table->n_rows; i++)
    {
      const ArmmsDeMinimisRow *row = &table->rows[i];

      if (g_strcmp0 (row->benefit, benefit) == 0
          && (armms_date_is_none (row->from) || row->from.days <= date.days)
          && (armms_date_is_none (row->to) || date.days <= row->to.days))
        return row;
    }
  armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "statutory.no_table", "no de minimis ceiling of %s is in force on %s", benefit,
                   armms_date_format (date, buffer));
  return NULL;
}

/* Of what a span holds before and after, how much lies within the ceiling that did not lie within it before. */
static gboolean
part_within (const char *what, gint64 before, gint64 now, gint64 ceiling, gint64 *ret_within, GError **error)
{
  ArmmsMoney after;

  if (!armms_money_add (ARMMS_MONEY (before), ARMMS_MONEY (now), &after, error))
    return FALSE;
  if (before < 0 || after.centavos < 0 || ceiling < 0)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "benefit.invalid", "%s: more is taken back than was given", what);
      return FALSE;
    }
  *ret_within = MIN (after.centavos, ceiling) - MIN (before, ceiling);
  return TRUE;
}

static gboolean
find_ceiling (const ArmmsDeMinimisRow *row, const ArmmsDeMinimisGift *gift, ArmmsMoney *ret_ceiling, GError **error)
{
  gboolean daily = g_strcmp0 (row->per, "day") == 0;
  gint64 days = daily && gift->days.millionths > 0 ? gift->days.millionths : MILLION;
  ArmmsMoney share;

  *ret_ceiling = row->ceiling;
  if (row->of_minimum_wage.millionths == 0)
    return days == MILLION || armms_money_mul_div (row->ceiling, days, MILLION, ARMMS_ROUND_HALF_AWAY, ret_ceiling, error);
  /* A share of a day's wage, on each of the days: one product, rounded once. */
  if (!armms_money_mul_div (ARMMS_MONEY (row->of_minimum_wage.millionths), days, MILLION, ARMMS_ROUND_HALF_AWAY, &share, error))
    return FALSE;
  return armms_money_mul_div (gift->minimum_wage, share.centavos, MILLION, ARMMS_ROUND_HALF_AWAY, ret_ceiling, error);
}

/* Of monetised days those within the ceiling are exempt, at what each was paid. */
static gboolean
split_days (ArmmsDeMinimis *result, GError **error)
{
  const ArmmsDeMinimisGift *gift = &result->gift;
  gint64 within;

  if (gift->days.millionths == 0)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "benefit.invalid", "%s: its ceiling is in days, and the days are missing", gift->benefit);
      return FALSE;
    }
  return part_within (gift->benefit, gift->days_before.millionths, gift->days.millionths, result->row->days.millionths, &within, error)
         && armms_money_mul_div (gift->amount, within, gift->days.millionths, ARMMS_ROUND_HALF_AWAY, &result->exempt, error);
}

static gboolean
split_amount (ArmmsDeMinimis *result, GError **error)
{
  const ArmmsDeMinimisGift *gift = &result->gift;

  return find_ceiling (result->row, gift, &result->ceiling, error)
         && part_within (gift->benefit, gift->before.centavos, gift->amount.centavos, result->ceiling.centavos,
                         &result->exempt.centavos, error);
}

gboolean
armms_de_minimis (const ArmmsDeMinimisTable *table, const ArmmsDeMinimisGift *gift, ArmmsDeMinimis *ret_result, GError **error)
{
  ArmmsDeMinimis result = { .gift = *gift };

  result.row = armms_de_minimis_find (table, gift->benefit, gift->given_on, error);
  if (result.row == NULL)
    return FALSE;
  if (!(result.row->days.millionths > 0 ? split_days (&result, error) : split_amount (&result, error))
      || !armms_money_subtract (gift->amount, result.exempt, &result.excess, error))
    return FALSE;
  *ret_result = result;
  return TRUE;
}

void
armms_de_minimis_trace (const ArmmsDeMinimis *result, ArmmsTrace *trace)
{
  const ArmmsDeMinimisGift *gift = &result->gift;
  const ArmmsDeMinimisRow *row = result->row;

  armms_trace_init (trace, "statutory.de_minimis");
  armms_trace_text (trace, "benefit", row->benefit);
  armms_trace_text (trace, "per", row->per);
  armms_trace_date (trace, "given_on", gift->given_on);
  if (row->days.millionths > 0)
    {
      armms_trace_multiplier (trace, "days_ceiling", row->days);
      armms_trace_multiplier (trace, "days_before", gift->days_before);
      armms_trace_multiplier (trace, "days", gift->days);
    }
  else
    {
      if (row->of_minimum_wage.millionths > 0)
        {
          armms_trace_money (trace, "minimum_wage", gift->minimum_wage);
          armms_trace_multiplier (trace, "of_minimum_wage", row->of_minimum_wage);
        }
      if (gift->days.millionths > 0)
        armms_trace_multiplier (trace, "days", gift->days);
      armms_trace_money (trace, "ceiling", result->ceiling);
      armms_trace_money (trace, "before", gift->before);
    }
  armms_trace_money (trace, "amount", gift->amount);
  armms_trace_money (trace, "excess", result->excess);
  armms_trace_row (trace, "de-minimis", row->row, row->from, row->source);
  trace->result = result->exempt;
}

gboolean
armms_de_minimis_split (const ArmmsDeMinimisTable *table, const char *benefit, ArmmsDate date, ArmmsMoney amount,
                        ArmmsMoney minimum_wage, ArmmsMoney *ret_exempt, ArmmsMoney *ret_excess, const ArmmsDeMinimisRow **ret_row,
                        GError **error)
{
  /* All of the span: there is nothing before it that could be taken back. */
  ArmmsDeMinimisGift gift = {
    .benefit = benefit, .given_on = date, .amount = { MAX (amount.centavos, 0) }, .minimum_wage = minimum_wage,
  };
  ArmmsDeMinimis result;

  if (!armms_de_minimis (table, &gift, &result, error))
    return FALSE;
  *ret_exempt = result.exempt;
  *ret_excess = result.excess;
  if (ret_row != NULL)
    *ret_row = result.row;
  return TRUE;
}

void
armms_benefit_pool_split (ArmmsMoney benefits, ArmmsMoney pool, ArmmsMoney *ret_exempt, ArmmsMoney *ret_taxable)
{
  gint64 exempt = CLAMP (benefits.centavos, 0, MAX (pool.centavos, 0));

  *ret_exempt = ARMMS_MONEY (exempt);
  *ret_taxable = ARMMS_MONEY (MAX (benefits.centavos, 0) - exempt);
}

gboolean
armms_benefit_pool_fill (ArmmsMoney pool, const ArmmsLimitRow *row, ArmmsMoney before, ArmmsMoney amount,
                         ArmmsBenefitPool *ret_result, GError **error)
{
  ArmmsBenefitPool result = { .pool = pool, .before = before, .amount = amount, .row = row };

  if (!part_within ("benefit pool", before.centavos, amount.centavos, pool.centavos, &result.exempt.centavos, error)
      || !armms_money_subtract (amount, result.exempt, &result.taxable, error))
    return FALSE;
  *ret_result = result;
  return TRUE;
}

void
armms_benefit_pool_trace (const ArmmsBenefitPool *result, ArmmsTrace *trace)
{
  armms_trace_init (trace, "statutory.benefit_pool");
  armms_trace_money (trace, "pool", result->pool);
  armms_trace_money (trace, "before", result->before);
  armms_trace_money (trace, "amount", result->amount);
  armms_trace_money (trace, "taxable", result->taxable);
  if (result->row != NULL)
    armms_trace_row (trace, "limits", result->row->row, result->row->from, result->row->source);
  trace->result = result->exempt;
}
