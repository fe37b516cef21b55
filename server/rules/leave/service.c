#include "server/rules/leave/service.h"

#define MONTHS_PER_YEAR 12

ArmmsDate
armms_service_add_months (ArmmsDate date, gint32 months)
{
  int year, month, day, at;

  armms_date_to_ymd (date, &year, &month, &day);
  at = year * MONTHS_PER_YEAR + month - 1 + months;
  year = at / MONTHS_PER_YEAR;
  month = at % MONTHS_PER_YEAR + 1;
  return armms_date_from_ymd (year, month, MIN (day, armms_date_days_in_month (year, month)));
}

gint32
armms_service_months (ArmmsDate hired, ArmmsDate until)
{
  int from_year, from_month, to_year, to_month, day;
  gint32 months;

  if (until.days <= hired.days)
    return 0;
  armms_date_to_ymd (hired, &from_year, &from_month, &day);
  armms_date_to_ymd (until, &to_year, &to_month, &day);
  months = (to_year - from_year) * MONTHS_PER_YEAR + to_month - from_month;
  /* The month that runs is not complete before its day has come. */
  return armms_service_add_months (hired, months).days <= until.days ? months : months - 1;
}

ArmmsLeaveDays
armms_service_twelfths (ArmmsLeaveDays a_year, gint32 months, ArmmsLeaveDays unit)
{
  gint64 years = months / MONTHS_PER_YEAR, rest = months % MONTHS_PER_YEAR;
  gint64 step = MAX (unit.millionths, 1);
  gint64 over = MONTHS_PER_YEAR * step;
  gint64 steps = (a_year.millionths * rest + over / 2) / over; /* over is even: exactly half goes up */

  /* A grant that is no multiple of the unit may round up past itself before the year is over. */
  return (ArmmsLeaveDays) { a_year.millionths * years + MIN (steps * step, a_year.millionths) };
}

gboolean
armms_incentive_leave (ArmmsLeaveDays a_year, gint32 after_months, ArmmsDate hired, ArmmsDate until,
                       ArmmsIncentiveLeave *ret_leave, GError **error)
{
  ArmmsIncentiveLeave leave = { .hired = hired, .until = until, .a_year = a_year, .after_months = after_months };

  if (a_year.millionths < 0 || a_year.millionths > ARMMS_LEAVE_DAYS_MAX.millionths || after_months < 0
      || armms_date_is_none (hired) || armms_date_is_none (until))
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "leave.figures", "days, months or dates of service are out of range");
      return FALSE;
    }
  leave.months = armms_service_months (hired, until);
  if (leave.months >= after_months)
    {
      gint32 in_years = leave.months - leave.months % MONTHS_PER_YEAR;

      leave.whole_years = armms_service_twelfths (a_year, in_years, /* unit= */ (ArmmsLeaveDays) { 0 });
      leave.earned = armms_service_twelfths (a_year, leave.months, /* unit= */ (ArmmsLeaveDays) { 0 });
      leave.part_year.millionths = leave.earned.millionths - leave.whole_years.millionths;
    }
  *ret_leave = leave;
  return TRUE;
}

void
armms_incentive_leave_trace (const ArmmsIncentiveLeave *leave, ArmmsTrace *trace)
{
  armms_trace_init (trace, "leave.incentive");
  armms_trace_date (trace, "hired", leave->hired);
  armms_trace_date (trace, "until", leave->until);
  armms_trace_multiplier (trace, "a_year", leave->a_year);
  armms_trace_count (trace, "after_months", leave->after_months);
  armms_trace_count (trace, "months", leave->months);
  armms_trace_multiplier (trace, "whole_years", leave->whole_years);
  armms_trace_multiplier (trace, "part_year", leave->part_year);
  trace->rounding = "half away from zero to a millionth of a day, once";
  armms_trace_days (trace, leave->earned);
}
