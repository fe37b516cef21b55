#include "server/rules/pay/benefit.h"

#include <string.h>

#define MILLION 1000000

static const char *const class_names[] = { "regular", "supplementary", "pool" };

const char *
armms_benefit_class_name (ArmmsBenefitClass benefit_class)
{
  g_return_val_if_fail ((guint) benefit_class < G_N_ELEMENTS (class_names), NULL);

  return class_names[benefit_class];
}

static const char *
span_of (const ArmmsDeMinimisTable *table, const char *kind)
{
  for (gsize i = 0; i < table->n_rows; i++)
    if (g_str_equal (table->rows[i].benefit, kind))
      return table->rows[i].per;
  return "month";
}

/* What the ceiling's span holds of this kind: earlier payslips, and this one so far. */
static gboolean
find_small_before (const ArmmsBenefitYear *year, const GArray *earlier, const char *kind, ArmmsMoney *ret_before, GError **error)
{
  const char *span = span_of (year->ceilings, kind);
  ArmmsMoney before = ARMMS_MONEY (0);

  for (gsize i = 0; i < year->n_paid; i++)
    if (g_str_equal (year->paid[i].kind, kind))
      before = g_str_equal (span, "year") ? year->paid[i].year : g_str_equal (span, "semester") ? year->paid[i].semester : year->paid[i].month;
  for (guint i = 0; i < earlier->len; i++)
    {
      const ArmmsBenefitTax *other = &g_array_index (earlier, ArmmsBenefitTax, i);

      if (other->row != NULL && g_str_equal (other->benefit->small_kind, kind) && !armms_money_add (before, other->benefit->amount, &before, error))
        return FALSE;
    }
  *ret_before = before;
  return TRUE;
}

/* What is free of @benefit under its ceiling: the free part with it less the free part without it. */
static gboolean
split_small (const ArmmsBenefitYear *year, const GArray *earlier, const ArmmsPayBenefit *benefit, ArmmsBenefitTax *tax, GError **error)
{
  ArmmsMoney without, with, excess, together;

  tax->minimum_daily = year->minimum_daily;
  if (!find_small_before (year, earlier, benefit->small_kind, &tax->small_before, error)
      || !armms_money_add (tax->small_before, benefit->amount, &together, error)
      || !armms_de_minimis_split (year->ceilings, benefit->small_kind, year->paid_on, tax->small_before, year->minimum_daily, &without, &excess,
                                  &tax->row, error)
      || !armms_de_minimis_split (year->ceilings, benefit->small_kind, year->paid_on, together, year->minimum_daily, &with, &excess, &tax->row,
                                  error))
    return FALSE;
  tax->exempt = ARMMS_MONEY (with.centavos - without.centavos);
  tax->pooled = ARMMS_MONEY (benefit->amount.centavos - tax->exempt.centavos);
  tax->ceiling = tax->row->ceiling;
  return tax->row->of_minimum_wage.millionths == 0
         || armms_money_mul_div (year->minimum_daily, tax->row->of_minimum_wage.millionths, MILLION, ARMMS_ROUND_HALF_AWAY, &tax->ceiling, error);
}

/* The pool is filled in the order of the payslip; what it cannot hold is supplementary pay. */
static gboolean
fill_pool (const ArmmsBenefitYear *year, const GArray *earlier, ArmmsBenefitTax *tax, GError **error)
{
  ArmmsMoney without, with, rest, together;

  tax->pool = year->pool;
  tax->pool_before = year->pool_before;
  for (guint i = 0; i < earlier->len; i++)
    if (!armms_money_add (tax->pool_before, g_array_index (earlier, ArmmsBenefitTax, i).pooled, &tax->pool_before, error))
      return FALSE;
  if (!armms_money_add (tax->pool_before, tax->pooled, &together, error))
    return FALSE;
  armms_benefit_pool_split (tax->pool_before, year->pool, &without, &rest);
  armms_benefit_pool_split (together, year->pool, &with, &rest);
  tax->exempt.centavos += with.centavos - without.centavos;
  tax->supplementary = ARMMS_MONEY (tax->pooled.centavos - (with.centavos - without.centavos));
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

  if (tax->row != NULL)
    {
      armms_trace_text (trace, "de_minimis", benefit->small_kind);
      if (tax->row->of_minimum_wage.millionths != 0)
        {
          armms_trace_money (trace, "minimum_wage", tax->minimum_daily);
          armms_trace_multiplier (trace, "of_minimum_wage", tax->row->of_minimum_wage);
        }
      armms_trace_money (trace, "ceiling", tax->ceiling);
      armms_trace_money (trace, "span_before", tax->small_before);
      armms_trace_row (trace, "de-minimis", tax->row->row, tax->row->from, tax->row->source);
    }
  if (benefit->free.centavos != 0)
    armms_trace_money (trace, "free", benefit->free);
  if (tax->pooled.centavos > 0)
    {
      armms_trace_money (trace, "pool_before", tax->pool_before);
      armms_trace_money (trace, "pool", tax->pool);
    }
  armms_trace_money (trace, "exempt", tax->exempt);
  armms_trace_text (trace, "tax_class", benefit->paid_back ? "paid_back" : benefit->exempt && tax->row == NULL ? "exempt" : class_names[benefit->tax_class]);
}

void
armms_benefit_tax_trace (const ArmmsBenefitTax *tax, ArmmsTrace *trace)
{
  armms_trace_init (trace, "pay.benefit");
  armms_trace_money (trace, "due", tax->benefit->amount);
  armms_benefit_tax_trace_items (tax, trace);
  trace->result = tax->benefit->amount;
}
