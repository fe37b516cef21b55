#include "server/rules/statutory/equivalent.h"

#define MILLION 1000000
#define MONTHS_PER_YEAR 12

gboolean
armms_leave_conversion (ArmmsMultiplier days, ArmmsMoney daily, ArmmsMoney *ret_amount, GError **error)
{
  return armms_money_mul_div (daily, days.millionths, MILLION, ARMMS_ROUND_HALF_AWAY, ret_amount, error);
}

void
armms_leave_conversion_trace (ArmmsMultiplier days, ArmmsMoney daily, ArmmsMoney amount, ArmmsTrace *trace)
{
  armms_trace_init (trace, "statutory.leave_conversion");
  armms_trace_multiplier (trace, "days", days);
  armms_trace_money (trace, "daily", daily);
  armms_trace_fraction (trace, (__int128) daily.centavos * days.millionths, MILLION);
  trace->rounding = "half away from zero, once";
  trace->result = amount;
}

gboolean
armms_equivalent_monthly (ArmmsMoney daily, ArmmsMultiplier factor, ArmmsMoney *ret_monthly, GError **error)
{
  return armms_money_mul_div (daily, factor.millionths, (gint64) MONTHS_PER_YEAR * MILLION, ARMMS_ROUND_HALF_AWAY, ret_monthly, error);
}

void
armms_equivalent_monthly_trace (ArmmsMoney daily, ArmmsMultiplier factor, ArmmsMoney monthly, ArmmsTrace *trace)
{
  armms_trace_init (trace, "statutory.equivalent_monthly");
  armms_trace_money (trace, "daily", daily);
  armms_trace_multiplier (trace, "factor", factor);
  armms_trace_count (trace, "months", MONTHS_PER_YEAR);
  armms_trace_fraction (trace, (__int128) daily.centavos * factor.millionths, (__int128) MONTHS_PER_YEAR * MILLION);
  trace->rounding = "half away from zero, once";
  trace->result = monthly;
}
