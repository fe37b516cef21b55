#include "server/rules/leave/days.h"

static const char *const part_names[] = { "whole", "morning", "afternoon" };
static const char *const rule_names[] = { "roster", "weekend", "every_day" };

static gboolean
find_name (const char *const *names, guint n, const char *name, guint *ret_at)
{
  for (guint at = 0; at < n; at++)
    if (g_strcmp0 (name, names[at]) == 0)
      {
        *ret_at = at;
        return TRUE;
      }
  return FALSE;
}

const char *
armms_leave_part_name (ArmmsLeavePart part)
{
  g_return_val_if_fail ((guint) part < G_N_ELEMENTS (part_names), NULL);

  return part_names[part];
}

gboolean
armms_leave_part_parse (const char *name, ArmmsLeavePart *ret_part)
{
  return find_name (part_names, G_N_ELEMENTS (part_names), name, (guint *) ret_part);
}

const char *
armms_leave_rule_name (ArmmsLeaveRule rule)
{
  g_return_val_if_fail ((guint) rule < G_N_ELEMENTS (rule_names), NULL);

  return rule_names[rule];
}

gboolean
armms_leave_rule_parse (const char *name, ArmmsLeaveRule *ret_rule)
{
  return find_name (rule_names, G_N_ELEMENTS (rule_names), name, (guint *) ret_rule);
}

static const char *
wrong (const char *field, const char *code, const char *text, const char **ret_field, const char **ret_code)
{
  *ret_field = field;
  *ret_code = code;
  return text;
}

const char *
armms_leave_span_problem (const ArmmsLeaveSpan *span, const char **ret_field, const char **ret_code)
{
  if (armms_date_is_none (span->from) || armms_date_is_none (span->to))
    return wrong (armms_date_is_none (span->from) ? "from" : "to", "required", "the day is not given", ret_field, ret_code);
  if (span->to.days < span->from.days)
    return wrong ("to", "out_of_range", "the last day is before the first", ret_field, ret_code);
  if ((gint64) span->to.days - span->from.days >= ARMMS_LEAVE_DATES_MAX)
    return wrong ("to", "out_of_range", "a leave is at most 366 days long", ret_field, ret_code);
  if (span->from.days == span->to.days && span->first != span->last)
    return wrong ("last", "half_day", "a leave of one day is a whole day, a morning or an afternoon", ret_field, ret_code);
  if (span->from.days != span->to.days && span->first == ARMMS_LEAVE_MORNING)
    return wrong ("first", "half_day", "a leave of several days begins with a whole day or an afternoon", ret_field, ret_code);
  if (span->from.days != span->to.days && span->last == ARMMS_LEAVE_AFTERNOON)
    return wrong ("last", "half_day", "a leave of several days ends with a whole day or a morning", ret_field, ret_code);
  return NULL;
}

static gboolean
refuse (GError **error, const char *code, const char *why)
{
  armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, code, "%s", why);
  return FALSE;
}

static gboolean
check_rising (const ArmmsDate *dates, gsize n, GError **error)
{
  for (gsize i = 1; i < n; i++)
    if (dates[i].days <= dates[i - 1].days)
      return refuse (error, "leave.calendar", "rest days and holidays do not stand in the order of time");
  return TRUE;
}

static gboolean
holds (const ArmmsDate *dates, gsize n, ArmmsDate date)
{
  gsize low = 0, high = n;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (dates[middle].days == date.days)
        return TRUE;
      if (dates[middle].days < date.days)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

static char
day_of_part (ArmmsLeavePart part)
{
  return part == ARMMS_LEAVE_WHOLE ? ARMMS_LEAVE_DAY_WHOLE : part == ARMMS_LEAVE_MORNING ? ARMMS_LEAVE_DAY_MORNING : ARMMS_LEAVE_DAY_AFTERNOON;
}

static char
judge (const ArmmsLeaveSpan *span, const ArmmsLeaveCalendar *calendar, ArmmsDate date)
{
  if (calendar->rule != ARMMS_LEAVE_EVERY_DAY && holds (calendar->holidays, calendar->n_holidays, date))
    return ARMMS_LEAVE_DAY_HOLIDAY;
  if (calendar->rule == ARMMS_LEAVE_BY_ROSTER && holds (calendar->rest_days, calendar->n_rest_days, date))
    return ARMMS_LEAVE_DAY_REST;
  if (calendar->rule == ARMMS_LEAVE_BY_WEEKEND && (calendar->weekend >> (armms_date_weekday (date) - 1) & 1) != 0)
    return ARMMS_LEAVE_DAY_WEEKEND;
  if (date.days == span->from.days)
    return day_of_part (span->first);
  return day_of_part (date.days == span->to.days ? span->last : ARMMS_LEAVE_WHOLE);
}

static gint64
worth (char day)
{
  if (day == ARMMS_LEAVE_DAY_WHOLE)
    return ARMMS_LEAVE_DAYS (1).millionths;
  return day == ARMMS_LEAVE_DAY_MORNING || day == ARMMS_LEAVE_DAY_AFTERNOON ? ARMMS_LEAVE_HALF_DAY.millionths : 0;
}

gboolean
armms_leave_count (const ArmmsLeaveSpan *span, const ArmmsLeaveCalendar *calendar, ArmmsLeaveCount *ret_count, GError **error)
{
  ArmmsLeaveCount count = { .span = *span, .rule = calendar->rule };
  const char *field, *code, *problem = armms_leave_span_problem (span, &field, &code);

  if (problem != NULL)
    return refuse (error, "leave.span", problem);
  if (!check_rising (calendar->rest_days, calendar->n_rest_days, error) || !check_rising (calendar->holidays, calendar->n_holidays, error))
    return FALSE;
  for (ArmmsDate date = span->from; date.days <= span->to.days; date.days++)
    {
      char day = judge (span, calendar, date);

      count.dates[count.n_dates++] = day;
      count.days.millionths += worth (day);
    }
  *ret_count = count;
  return TRUE;
}

ArmmsLeaveDays
armms_leave_count_between (const ArmmsLeaveCount *count, ArmmsDate from, ArmmsDate to)
{
  ArmmsLeaveDays days = { 0 };

  for (guint i = 0; i < count->n_dates; i++)
    {
      gint32 date = count->span.from.days + (gint32) i;

      if (date >= from.days && date <= to.days)
        days.millionths += worth (count->dates[i]);
    }
  return days;
}

void
armms_leave_count_trace (const ArmmsLeaveCount *count, ArmmsTrace *trace)
{
  armms_trace_init (trace, "leave.days");
  armms_trace_date (trace, "from", count->span.from);
  armms_trace_date (trace, "to", count->span.to);
  armms_trace_text (trace, "first", armms_leave_part_name (count->span.first));
  armms_trace_text (trace, "last", armms_leave_part_name (count->span.last));
  armms_trace_text (trace, "rule", armms_leave_rule_name (count->rule));
  armms_trace_text (trace, "dates", count->dates);
  armms_trace_days (trace, count->days);
}
