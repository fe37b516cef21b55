#include "server/rules/leave/carry.h"

#include "server/rules/leave/service.h"

#define VALID_MONTHS_MAX 120

static const char *const excess_names[] = { "expires", "converts" };

const char *
armms_leave_excess_name (ArmmsLeaveExcess excess)
{
  g_return_val_if_fail ((guint) excess < G_N_ELEMENTS (excess_names), NULL);

  return excess_names[excess];
}

gboolean
armms_leave_excess_parse (const char *name, ArmmsLeaveExcess *ret_excess)
{
  for (guint excess = 0; excess < G_N_ELEMENTS (excess_names); excess++)
    if (g_strcmp0 (name, excess_names[excess]) == 0)
      {
        *ret_excess = (ArmmsLeaveExcess) excess;
        return TRUE;
      }
  return FALSE;
}

gboolean
armms_leave_carry_over (const ArmmsCarryPolicy *policy, ArmmsLeaveDays left, ArmmsDate next_year, ArmmsCarryOver *ret_carry, GError **error)
{
  ArmmsCarryOver carry = { .policy = *policy, .next_year = next_year, .left = left, .expires_on = ARMMS_DATE_NONE };
  gint64 rest;

  if (policy->cap.millionths < 0 || policy->valid_months < 0 || policy->valid_months > VALID_MONTHS_MAX || left.millionths < 0
      || armms_date_is_none (next_year))
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "leave.carry", "days or months of the carry-over are out of range, or its year is not given");
      return FALSE;
    }
  carry.carried.millionths = MIN (left.millionths, policy->cap.millionths);
  rest = left.millionths - carry.carried.millionths;
  *(policy->excess == ARMMS_LEAVE_EXCESS_CONVERTS ? &carry.converted : &carry.expired) = (ArmmsLeaveDays) { rest };
  if (policy->valid_months > 0)
    carry.expires_on = armms_date_add_days (armms_service_add_months (next_year, policy->valid_months), -1);
  *ret_carry = carry;
  return TRUE;
}

void
armms_leave_carry_trace (const ArmmsCarryOver *carry, ArmmsTrace *trace)
{
  armms_trace_init (trace, "leave.carry_over");
  armms_trace_multiplier (trace, "left", carry->left);
  armms_trace_multiplier (trace, "cap", carry->policy.cap);
  armms_trace_text (trace, "excess", armms_leave_excess_name (carry->policy.excess));
  armms_trace_multiplier (trace, "expired", carry->expired);
  armms_trace_multiplier (trace, "converted", carry->converted);
  armms_trace_date (trace, "next_year", carry->next_year);
  armms_trace_count (trace, "valid_months", carry->policy.valid_months);
  if (!armms_date_is_none (carry->expires_on))
    armms_trace_date (trace, "expires_on", carry->expires_on);
  armms_trace_days (trace, carry->carried);
}
