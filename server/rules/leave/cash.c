#include "server/rules/leave/cash.h"

#include "server/rules/statutory/equivalent.h"

#define MILLION 1000000

gboolean
armms_leave_cash (ArmmsLeaveDays days, ArmmsMoney daily, ArmmsLeaveDays exempt_a_year, ArmmsLeaveDays exempt_before,
                  ArmmsLeaveCash *ret_cash, GError **error)
{
  ArmmsLeaveCash cash = { .days = days, .daily = daily, .exempt_a_year = exempt_a_year, .exempt_before = exempt_before };

  if (days.millionths < 0 || daily.centavos < 0 || exempt_a_year.millionths < 0 || exempt_before.millionths < 0)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "leave.cash", "days or the daily rate are below zero");
      return FALSE;
    }
  cash.exempt_days.millionths = MIN (days.millionths, MAX (exempt_a_year.millionths - exempt_before.millionths, 0));
  if (!armms_leave_conversion (days, daily, &cash.amount, error)
      || !armms_leave_conversion (cash.exempt_days, daily, &cash.exempt, error)
      || !armms_money_subtract (cash.amount, cash.exempt, &cash.taxable, error))
    return FALSE;
  *ret_cash = cash;
  return TRUE;
}

void
armms_leave_cash_trace (const ArmmsLeaveCash *cash, ArmmsTrace *trace)
{
  armms_trace_init (trace, "leave.cash");
  armms_trace_multiplier (trace, "days", cash->days);
  armms_trace_money (trace, "daily", cash->daily);
  armms_trace_multiplier (trace, "exempt_a_year", cash->exempt_a_year);
  armms_trace_multiplier (trace, "exempt_before", cash->exempt_before);
  armms_trace_multiplier (trace, "exempt_days", cash->exempt_days);
  armms_trace_money (trace, "exempt", cash->exempt);
  armms_trace_money (trace, "taxable", cash->taxable);
  armms_trace_fraction (trace, (__int128) cash->days.millionths * cash->daily.centavos, MILLION);
  trace->rounding = "half away from zero, once";
  trace->result = cash->amount;
}
