#include "server/rules/leave/request.h"

#include "server/rules/leave/service.h"

/* Half days since the epoch: the first that a leave takes, and the first that it does not. */
static gint64
begin_of (const ArmmsLeaveSpan *span)
{
  return 2 * (gint64) span->from.days + (span->first == ARMMS_LEAVE_AFTERNOON ? 1 : 0);
}

static gint64
end_of (const ArmmsLeaveSpan *span)
{
  return 2 * (gint64) span->to.days + (span->last == ARMMS_LEAVE_MORNING ? 1 : 2);
}

static gint64
date_of (gint64 half)
{
  return half >= 0 ? half / 2 : -((-half + 1) / 2);
}

static gboolean
counts (const ArmmsLeaveRequest *request, const ArmmsLeaveTaken *other)
{
  return other->approved || request->stage == ARMMS_LEAVE_AT_REQUEST;
}

gint32
armms_leave_days_in_a_row (const ArmmsLeaveRequest *request)
{
  gint64 begin = begin_of (&request->span), end = end_of (&request->span);
  gboolean grew;

  do
    {
      grew = FALSE;
      for (gsize i = 0; i < request->n_others; i++)
        {
          const ArmmsLeaveTaken *other = &request->others[i];
          gint64 other_begin = begin_of (&other->span), other_end = end_of (&other->span);

          if (!other->same_type || !counts (request, other) || (other_end != begin && other_begin != end))
            continue;
          begin = MIN (begin, other_begin);
          end = MAX (end, other_end);
          grew = TRUE;
        }
    }
  while (grew);
  return (gint32) (date_of (end - 1) - date_of (begin) + 1);
}

/* ---- one reason each ------------------------------------------------------------------------------------------ */

static void
check_dates (const ArmmsLeaveRequest *request, const ArmmsLeavePolicy *policy, GError **error)
{
  const ArmmsLeaveSpan *span = &request->span;
  ArmmsDate furthest = policy->months_ahead > 0 ? armms_service_add_months (request->asked_on, policy->months_ahead) : ARMMS_DATE_NONE;
  char date[ARMMS_DATE_TEXT_SIZE];

  if (span->from.days < request->joined_on.days)
    armms_error_add_field (error, "from", "before_joining", "the leave begins before the joining date, %s", armms_date_format (request->joined_on, date));
  if (!armms_date_is_none (request->left_on) && span->to.days > request->left_on.days)
    armms_error_add_field (error, "to", "after_separation", "the leave ends after the last day of employment, %s", armms_date_format (request->left_on, date));
  if (!armms_date_is_none (furthest) && span->to.days > furthest.days)
    armms_error_add_field (error, "to", "too_far_ahead", "leave can be asked for up to %s", armms_date_format (furthest, date));
  if (!policy->half_days && span->first != ARMMS_LEAVE_WHOLE)
    armms_error_add_field (error, "first", "half_day", "this leave is taken in whole days");
  if (!policy->half_days && span->last != ARMMS_LEAVE_WHOLE && span->from.days != span->to.days)
    armms_error_add_field (error, "last", "half_day", "this leave is taken in whole days");
}

static void
check_row (const ArmmsLeaveRequest *request, const ArmmsLeavePolicy *policy, GError **error)
{
  gint32 days = armms_leave_days_in_a_row (request);

  if (policy->max_consecutive_days > 0 && days > policy->max_consecutive_days)
    armms_error_add_field (error, "to", "too_long", "%d days in a row, at most %d are allowed", days, policy->max_consecutive_days);
}

static void
check_overlap (const ArmmsLeaveRequest *request, GError **error)
{
  for (gsize i = 0; i < request->n_others; i++)
    {
      const ArmmsLeaveTaken *other = &request->others[i];
      char from[ARMMS_DATE_TEXT_SIZE], to[ARMMS_DATE_TEXT_SIZE];

      if (counts (request, other) && begin_of (&other->span) < end_of (&request->span) && begin_of (&request->span) < end_of (&other->span))
        armms_error_add_field (error, "from", "overlap", "there is other leave from %s to %s", armms_date_format (other->span.from, from),
                               armms_date_format (other->span.to, to));
    }
}

static gint64
left_for (const ArmmsLeaveRequest *request)
{
  return request->balance.millionths - (request->stage == ARMMS_LEAVE_AT_REQUEST ? request->waiting.millionths : 0);
}

static void
check_days (const ArmmsLeaveRequest *request, const ArmmsLeavePolicy *policy, const ArmmsLeaveCount *count, GError **error)
{
  char asked[ARMMS_MONEY_TEXT_SIZE], left[ARMMS_MONEY_TEXT_SIZE];

  if (count->days.millionths == 0)
    armms_error_add_field (error, "days", "no_working_day", "none of these days is a working day");
  if (policy->needs_balance && count->days.millionths > left_for (request))
    armms_error_add_field (error, "days", "balance", "%s days are asked for, %s are left", armms_multiplier_format (count->days, asked),
                           armms_multiplier_format ((ArmmsMultiplier) { left_for (request) }, left));
}

static void
check_years (const ArmmsLeaveRequest *request, const ArmmsLeavePolicy *policy, const ArmmsLeaveCount *count, GError **error)
{
  for (gsize i = 0; policy->cap_a_year.millionths > 0 && i < request->n_years; i++)
    {
      const ArmmsLeaveYear *year = &request->years[i];
      ArmmsLeaveDays now = armms_leave_count_between (count, year->from, year->to);
      char from[ARMMS_DATE_TEXT_SIZE], cap[ARMMS_MONEY_TEXT_SIZE], taken[ARMMS_MONEY_TEXT_SIZE];

      if (now.millionths > 0 && year->taken.millionths + now.millionths > policy->cap_a_year.millionths)
        armms_error_add_field (error, "days", "cap", "at most %s days may be taken in the year from %s, %s have been",
                               armms_multiplier_format (policy->cap_a_year, cap), armms_date_format (year->from, from),
                               armms_multiplier_format (year->taken, taken));
    }
}

gboolean
armms_leave_check (const ArmmsLeaveRequest *request, const ArmmsLeavePolicy *policy, ArmmsLeaveCount *ret_count, GError **error)
{
  GError *problems = NULL;
  const char *field, *code, *problem = armms_leave_span_problem (&request->span, &field, &code);
  ArmmsLeaveCount count;

  if (problem != NULL)
    armms_error_add_field (&problems, field, code, "%s", problem);
  else if (!armms_leave_count (&request->span, request->calendar, &count, error))
    return FALSE;
  /* Without two days in their order nothing else can be said; a wrong half leaves the rest standing. */
  if (problem == NULL || g_str_equal (code, "half_day"))
    {
      check_dates (request, policy, &problems);
      check_row (request, policy, &problems);
      check_overlap (request, &problems);
    }
  if (problem == NULL)
    {
      check_days (request, policy, &count, &problems);
      check_years (request, policy, &count, &problems);
    }
  if (problems != NULL)
    {
      g_propagate_error (error, problems);
      return FALSE;
    }
  *ret_count = count;
  return TRUE;
}

void
armms_leave_check_trace (const ArmmsLeaveRequest *request, const ArmmsLeavePolicy *policy, const ArmmsLeaveCount *count, ArmmsTrace *trace)
{
  armms_trace_init (trace, "leave.request");
  armms_trace_text (trace, "stage", request->stage == ARMMS_LEAVE_AT_REQUEST ? "request" : "approval");
  armms_trace_date (trace, "asked_on", request->asked_on);
  armms_trace_date (trace, "joined_on", request->joined_on);
  armms_trace_date (trace, "from", count->span.from);
  armms_trace_date (trace, "to", count->span.to);
  armms_trace_count (trace, "in_a_row", armms_leave_days_in_a_row (request));
  armms_trace_count (trace, "max_in_a_row", policy->max_consecutive_days);
  armms_trace_count (trace, "months_ahead", policy->months_ahead);
  armms_trace_text (trace, "dates", count->dates);
  armms_trace_multiplier (trace, "days", count->days);
  armms_trace_flag (trace, "needs_balance", policy->needs_balance);
  armms_trace_multiplier (trace, "balance", request->balance);
  if (request->stage == ARMMS_LEAVE_AT_REQUEST)
    armms_trace_multiplier (trace, "waiting", request->waiting);
  armms_trace_days (trace, (ArmmsMultiplier) { left_for (request) - (policy->needs_balance ? count->days.millionths : 0) });
}
