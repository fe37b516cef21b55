#include "server/rules/pay/payslip/benefit.h"

#include <string.h>

#define MILLION 1000000

static const char *const class_names[] = { "regular", "supplementary", "pool" };

const char *
armms_benefit_class_name (ArmmsBenefitClass benefit_class)
{
  g_return_val_if_fail ((guint) benefit_class < G_N_ELEMENTS (class_names), NULL);

  return class_names[benefit_class];
}

/* What the ceiling's span holds of this kind: earlier payslips, and this one so far. A day has passed with its payslip. */
static gboolean
find_small_before (const ArmmsBenefitYear *year, const GArray *earlier, const ArmmsDeMinimisRow *row, ArmmsMoney *ret_before, GError **error)
{
  ArmmsMoney before = ARMMS_MONEY (0);

  for (gsize i = 0; i < year->n_paid; i++)
    if (g_str_equal (year->paid[i].kind, row->benefit))
      before = g_str_equal (row->per, "year")       ? year->paid[i].year
               : g_str_equal (row->per, "semester") ? year->paid[i].semester
               : g_str_equal (row->per, "month")    ? year->paid[i].month
                                                    : ARMMS_MONEY (0);
  for (guint i = 0; i < earlier->len; i++)
    {
      const ArmmsBenefitTax *other = &g_array_index (earlier, ArmmsBenefitTax, i);

      if (other->small.row != NULL && g_str_equal (other->benefit->small_kind, row->benefit)
          && !armms_money_add (before, other->benefit->amount, &before, error))
        return FALSE;
    }
  *ret_before = before;
  return TRUE;
}

static gboolean
split_small (const ArmmsBenefitYear *year, const GArray *earlier, const ArmmsPayBenefit *benefit, ArmmsBenefitTax *tax, GError **error)
{
  const ArmmsDeMinimisRow *row = armms_de_minimis_find (year->ceilings, benefit->small_kind, year->paid_on, error);
  ArmmsDeMinimisGift gift = {
    .benefit = benefit->small_kind, .given_on = year->paid_on, .amount = benefit->amount, .minimum_wage = year->minimum_daily,
  };
  gboolean a_day = row != NULL && g_str_equal (row->per, "day");

  if (row == NULL)
    return FALSE;
  tax->pooled = benefit->amount;
  if (a_day && year->meal_days == 0)
    return TRUE;
  if (a_day && year->meal_days > 0)
    gift.days.millionths = (gint64) year->meal_days * MILLION;
  if (!find_small_before (year, earlier, row, &gift.before, error) || !armms_de_minimis (year->ceilings, &gift, &tax->small, error))
    return FALSE;
  tax->exempt = tax->small.exempt;
  tax->pooled = tax->small.excess;
  return TRUE;
}

/* The pool is filled in the order of the payslip; what it cannot hold is supplementary pay. */
static gboolean
fill_pool (const ArmmsBenefitYear *year, const GArray *earlier, ArmmsBenefitTax *tax, GError **error)
{
  ArmmsMoney before = year->pool_before;

  for (guint i = 0; i < earlier->len; i++)
    if (!armms_money_add (before, g_array_index (earlier, ArmmsBenefitTax, i).pooled, &before, error))
      return FALSE;
  if (!armms_benefit_pool_fill (year->pool, /* row= */ NULL, before, tax->pooled, &tax->pool, error))
    return FALSE;
  tax->exempt.centavos += tax->pool.exempt.centavos;
  tax->supplementary = tax->pool.taxable;
  return TRUE;
}

gboolean
armms_benefit_tax (const ArmmsBenefitYear *year, const GArray *earlier, const ArmmsPayBenefit *benefit, ArmmsBenefitTax *ret_tax, GError **error)
{
  ArmmsBenefitTax tax = { .benefit = benefit };
  gint64 rest = benefit->amount.centavos - benefit->free.centavos;

  if (benefit->free.centavos < 0 || benefit->amount.centavos < benefit->free.centavos)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "benefit.invalid", "the benefit %s is below zero, or less than what of it is free", benefit->code);
      return FALSE;
    }
  if (benefit->paid_back || (benefit->exempt && benefit->small_kind == NULL))
    tax.exempt = benefit->amount;
  else if (benefit->small_kind != NULL)
    {
      if (!split_small (year, earlier, benefit, &tax, error))
        return FALSE;
    }
  else
    {
      tax.exempt = benefit->free;
      *(benefit->tax_class == ARMMS_BENEFIT_POOL      ? &tax.pooled
        : benefit->tax_class == ARMMS_BENEFIT_REGULAR ? &tax.regular
                                                      : &tax.supplementary) = ARMMS_MONEY (rest);
    }
  if (tax.pooled.centavos > 0 && !fill_pool (year, earlier, &tax, error))
    return FALSE;
  *ret_tax = tax;
  return TRUE;
}

void
armms_benefit_tax_trace_items (const ArmmsBenefitTax *tax, ArmmsTrace *trace)
{
  const ArmmsPayBenefit *benefit = tax->benefit;
  const ArmmsDeMinimisRow *row = tax->small.row;

  if (row != NULL)
    {
      armms_trace_text (trace, "de_minimis", benefit->small_kind);
      if (row->of_minimum_wage.millionths != 0)
        {
          armms_trace_money (trace, "minimum_wage", tax->small.gift.minimum_wage);
          armms_trace_multiplier (trace, "of_minimum_wage", row->of_minimum_wage);
        }
      if (tax->small.gift.days.millionths != 0)
        armms_trace_multiplier (trace, "ceiling_days", tax->small.gift.days);
      armms_trace_money (trace, "ceiling", tax->small.ceiling);
      armms_trace_money (trace, "span_before", tax->small.gift.before);
      armms_trace_row (trace, "de-minimis", row->row, row->from, row->source);
    }
  if (benefit->free.centavos != 0)
    armms_trace_money (trace, "free", benefit->free);
  if (tax->pooled.centavos > 0)
    {
      armms_trace_money (trace, "pool_before", tax->pool.before);
      armms_trace_money (trace, "pool", tax->pool.pool);
    }
  armms_trace_money (trace, "exempt", tax->exempt);
  armms_trace_text (trace, "tax_class", benefit->paid_back ? "paid_back" : benefit->exempt && benefit->small_kind == NULL ? "exempt" : class_names[benefit->tax_class]);
}

void
armms_benefit_tax_trace (const ArmmsBenefitTax *tax, ArmmsTrace *trace)
{
  armms_trace_init (trace, "pay.benefit");
  armms_trace_money (trace, "due", tax->benefit->amount);
  armms_benefit_tax_trace_items (tax, trace);
  trace->result = tax->benefit->amount;
}
