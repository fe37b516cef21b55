#include "server/rules/statutory/thirteenth-month.h"

#define MONTHS_PER_YEAR 12

gboolean
armms_thirteenth_month (ArmmsMoney basic_earned, ArmmsMoney *ret_amount, GError **error)
{
  return armms_money_mul_div (basic_earned, 1, MONTHS_PER_YEAR, ARMMS_ROUND_HALF_AWAY, ret_amount, error);
}

gboolean
armms_thirteenth_month_accrual (ArmmsMoney basic_before, ArmmsMoney basic_now, ArmmsMoney *ret_accrual, GError **error)
{
  ArmmsMoney after, twelfth_before, twelfth_after;

  return armms_money_add (basic_before, basic_now, &after, error)
         && armms_thirteenth_month (basic_before, &twelfth_before, error)
         && armms_thirteenth_month (after, &twelfth_after, error)
         && armms_money_subtract (twelfth_after, twelfth_before, ret_accrual, error);
}

void
armms_thirteenth_month_trace (ArmmsMoney basic_before, ArmmsMoney basic_now, ArmmsMoney accrual, ArmmsTrace *trace)
{
  armms_trace_init (trace, "statutory.thirteenth_month");
  armms_trace_money (trace, "basic_before", basic_before);
  armms_trace_money (trace, "basic_now", basic_now);
  armms_trace_count (trace, "months", MONTHS_PER_YEAR);
  trace->rounding = "the twelfth after less the twelfth before, each half away from zero";
  trace->result = accrual;
}
