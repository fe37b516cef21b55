#include "server/rules/leave/accrual.h"

#define MONTHS_PER_YEAR 12
#define SERVICE_MONTHS_MAX 600
#define DAYS_PER_MONTH_MAX 31

static const char *const kind_names[] = { "monthly", "front_loaded" };

const char *
armms_accrual_kind_name (ArmmsAccrualKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

gboolean
armms_accrual_kind_parse (const char *name, ArmmsAccrualKind *ret_kind)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (kind_names); kind++)
    if (g_strcmp0 (name, kind_names[kind]) == 0)
      {
        *ret_kind = (ArmmsAccrualKind) kind;
        return TRUE;
      }
  return FALSE;
}

static gboolean
refuse (GError **error, const char *why)
{
  armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "leave.accrual", "%s", why);
  return FALSE;
}

static gboolean
check (const ArmmsAccrualPolicy *policy, ArmmsDate hired, ArmmsDate year_from, ArmmsDate until, GError **error)
{
  int year, month, day;

  if (policy->a_year.millionths < 0 || policy->a_year.millionths > ARMMS_LEAVE_DAYS_MAX.millionths
      || policy->unit.millionths < 0 || policy->unit.millionths > ARMMS_LEAVE_DAYS_MAX.millionths)
    return refuse (error, "the days of a year, or the unit they are rounded to, are out of range");
  if (policy->after_months < 0 || policy->after_months > SERVICE_MONTHS_MAX)
    return refuse (error, "the months of service before anything is earned are out of range");
  if (policy->month_counts_to < 1 || policy->month_counts_to > DAYS_PER_MONTH_MAX)
    return refuse (error, "the day up to which a month counts is not between 1 and 31");
  if (armms_date_is_none (hired) || armms_date_is_none (year_from) || armms_date_is_none (until))
    return refuse (error, "the day of hiring or the leave year is not given");
  armms_date_to_ymd (year_from, &year, &month, &day);
  return day == 1 || refuse (error, "a leave year begins on the first of a month");
}

/* Months of the year that begin before @begins earns any. */
static gint32
months_before (ArmmsDate year_from, ArmmsDate begins, gint32 month_counts_to)
{
  int from_year, from_month, year, month, day;
  gint32 months;

  if (begins.days <= year_from.days)
    return 0;
  armms_date_to_ymd (year_from, &from_year, &from_month, &day);
  armms_date_to_ymd (begins, &year, &month, &day);
  months = (year - from_year) * MONTHS_PER_YEAR + month - from_month + (day > month_counts_to ? 1 : 0);
  return MIN (months, MONTHS_PER_YEAR);
}

gboolean
armms_leave_accrue (const ArmmsAccrualPolicy *policy, ArmmsDate hired, ArmmsDate year_from, ArmmsDate until,
                    ArmmsAccrual *ret_accrual, GError **error)
{
  ArmmsAccrual accrual = { .policy = *policy, .hired = hired, .year_from = year_from, .until = until };
  ArmmsDate begins;

  if (!check (policy, hired, year_from, until, error))
    return FALSE;
  begins = armms_service_add_months (hired, policy->after_months);
  accrual.first = months_before (year_from, begins, policy->month_counts_to);
  if (policy->kind == ARMMS_ACCRUAL_MONTHLY)
    accrual.done = MIN (armms_service_months (year_from, until), MONTHS_PER_YEAR);
  else
    accrual.done = until.days > MAX (year_from.days, begins.days) ? MONTHS_PER_YEAR : 0;
  if (accrual.done > accrual.first)
    accrual.days.millionths = armms_service_twelfths (policy->a_year, accrual.done, policy->unit).millionths
                              - armms_service_twelfths (policy->a_year, accrual.first, policy->unit).millionths;
  *ret_accrual = accrual;
  return TRUE;
}

void
armms_leave_accrual_trace (const ArmmsAccrual *accrual, ArmmsTrace *trace)
{
  armms_trace_init (trace, "leave.accrual");
  armms_trace_text (trace, "kind", armms_accrual_kind_name (accrual->policy.kind));
  armms_trace_multiplier (trace, "a_year", accrual->policy.a_year);
  armms_trace_multiplier (trace, "unit", accrual->policy.unit);
  armms_trace_count (trace, "after_months", accrual->policy.after_months);
  armms_trace_count (trace, "month_counts_to", accrual->policy.month_counts_to);
  armms_trace_date (trace, "hired", accrual->hired);
  armms_trace_date (trace, "year_from", accrual->year_from);
  armms_trace_date (trace, "until", accrual->until);
  armms_trace_count (trace, "first", accrual->first);
  armms_trace_count (trace, "done", accrual->done);
  trace->rounding = "twelfths done less twelfths before the first, each half away from zero to the unit";
  armms_trace_days (trace, accrual->days);
}
