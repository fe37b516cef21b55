#include "server/rules/statutory/equivalent.h"

#define MILLION 1000000
#define MONTHS_PER_YEAR 12

gboolean
armms_leave_conversion (ArmmsMultiplier days, ArmmsMoney daily, ArmmsMoney *ret_amount, GError **error)
{
  return armms_money_mul_div (daily, days.millionths, MILLION, ARMMS_ROUND_HALF_AWAY, ret_amount, error);
}

gboolean
armms_equivalent_monthly (ArmmsMoney daily, ArmmsMultiplier factor, ArmmsMoney *ret_monthly, GError **error)
{
  return armms_money_mul_div (daily, factor.millionths, (gint64) MONTHS_PER_YEAR * MILLION, ARMMS_ROUND_HALF_AWAY, ret_monthly, error);
}
