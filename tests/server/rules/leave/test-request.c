/* May this leave be had? Both sides of every limit, and everything that is wrong at once. */
#include "../law-case.h"
#include "../trace-read.h"

#include "server/rules/leave/request.h"

/* Asked for on 4 May 2026 by somebody who joined on 1 February 2026; every day counts, 10 days are left. */
typedef struct {
  ArmmsLeaveRequest request;
  ArmmsLeavePolicy policy;
} Asked;

static const ArmmsLeaveCalendar every_day = { .rule = ARMMS_LEAVE_EVERY_DAY };

static ArmmsLeaveSpan
span_of (const char *from, const char *to)
{
  return (ArmmsLeaveSpan) { law_date (from), law_date (to), ARMMS_LEAVE_WHOLE, ARMMS_LEAVE_WHOLE };
}

static Asked
ask (const char *from, const char *to)
{
  return (Asked) {
    .request = {
      .span = span_of (from, to), .calendar = &every_day, .asked_on = law_date ("2026-05-04"), .joined_on = law_date ("2026-02-01"),
      .left_on = ARMMS_DATE_NONE, .balance = ARMMS_LEAVE_DAYS (10),
    },
    .policy = ARMMS_LEAVE_POLICY_DEFAULT,
  };
}

/* "from before_joining, days balance"; "" when it may be had. (transfer full) */
static char *
answer (const Asked *asked)
{
  g_autoptr(GError) error = NULL;
  GString *text = g_string_new (NULL);
  ArmmsLeaveCount count = { .n_dates = 777 };
  gboolean ok = armms_leave_check (&asked->request, &asked->policy, &count, &error);
  GPtrArray *fields = ok ? NULL : armms_error_get_fields (error);

  g_assert_true (ok == (error == NULL));
  g_assert_true (ok == (count.n_dates != 777));
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const ArmmsFieldError *field = g_ptr_array_index (fields, i);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", field->field, field->code);
    }
  return g_string_free (text, FALSE);
}

static void
expect (const Asked *asked, const char *wanted)
{
  g_autofree char *got = answer (asked);

  g_assert_cmpstr (got, ==, wanted);
}

static void
test_fine (void)
{
  Asked asked = ask ("2026-06-01", "2026-06-10");

  expect (&asked, "");
}

static void
test_joining (void)
{
  Asked on_the_day = ask ("2026-02-01", "2026-02-02"), before = ask ("2026-01-31", "2026-02-02");

  expect (&on_the_day, "");
  expect (&before, "from before_joining");
}

static void
test_separation (void)
{
  Asked last = ask ("2026-06-29", "2026-06-30"), after = ask ("2026-06-30", "2026-07-01");

  last.request.left_on = after.request.left_on = law_date ("2026-06-30");
  expect (&last, "");
  expect (&after, "to after_separation");
}

static void
test_ahead (void)
{
  Asked last = ask ("2027-05-04", "2027-05-04"), beyond = ask ("2027-05-04", "2027-05-05"), leap = ask ("2029-02-28", "2029-02-28");

  expect (&last, "");
  expect (&beyond, "to too_far_ahead");
  beyond.policy.months_ahead = 0;
  expect (&beyond, "");
  leap.request.asked_on = law_date ("2028-02-29");
  expect (&leap, "");
}

static void
test_in_a_row (void)
{
  Asked thirty = ask ("2026-06-01", "2026-06-30"), more = ask ("2026-06-01", "2026-07-01");

  thirty.request.balance = more.request.balance = ARMMS_LEAVE_DAYS (100);
  expect (&thirty, "");
  expect (&more, "to too_long");
  more.policy.max_consecutive_days = 105;
  expect (&more, "");
  more.policy.max_consecutive_days = 0;
  expect (&more, "");
}

/* A leave cut in two is one leave; another type, or a day's work between, parts them. */
static void
test_adjoining (void)
{
  Asked asked = ask ("2026-06-11", "2026-06-15");
  ArmmsLeaveTaken others[] = {
    { span_of ("2026-06-16", "2026-06-30"), TRUE, TRUE }, { span_of ("2026-06-01", "2026-06-10"), TRUE, TRUE }, { span_of ("2026-07-01", "2026-07-01"), TRUE, TRUE },
  };

  asked.request.others = others;
  asked.request.n_others = 2;
  g_assert_cmpint (armms_leave_days_in_a_row (&asked.request), ==, 30);
  expect (&asked, "");
  asked.request.n_others = 3;
  g_assert_cmpint (armms_leave_days_in_a_row (&asked.request), ==, 31);
  expect (&asked, "to too_long");
  others[2].same_type = FALSE;
  expect (&asked, "");
  others[2].same_type = TRUE;
  others[2].approved = FALSE;
  expect (&asked, "to too_long");
  asked.request.stage = ARMMS_LEAVE_AT_APPROVAL;
  expect (&asked, "");
  others[2].approved = TRUE;
  others[2].span.first = others[2].span.last = ARMMS_LEAVE_AFTERNOON; /* he works the morning between */
  expect (&asked, "");
}

/* Days before the epoch of our calendar count like any others. */
static void
test_long_ago (void)
{
  ArmmsLeaveRequest request = { .span = { { -3 }, { -1 }, ARMMS_LEAVE_AFTERNOON, ARMMS_LEAVE_MORNING } };

  g_assert_cmpint (armms_leave_days_in_a_row (&request), ==, 3);
  request.span = (ArmmsLeaveSpan) { { -4 }, { 1 }, ARMMS_LEAVE_WHOLE, ARMMS_LEAVE_WHOLE };
  g_assert_cmpint (armms_leave_days_in_a_row (&request), ==, 6);
}

static void
test_overlap (void)
{
  const struct { const char *from, *to; ArmmsLeavePart first, last; ArmmsLeavePart asked; const char *wanted; } cases[] = {
    { "2026-06-05", "2026-06-09", 0, 0, 0, "" },
    { "2026-06-05", "2026-06-10", 0, 0, 0, "from overlap" },
    { "2026-06-10", "2026-06-10", 0, 0, 0, "from overlap" },
    { "2026-06-11", "2026-06-12", 0, 0, 0, "" },
    { "2026-06-01", "2026-06-30", 0, 0, 0, "from overlap" },
    { "2026-06-10", "2026-06-10", ARMMS_LEAVE_MORNING, ARMMS_LEAVE_MORNING, ARMMS_LEAVE_AFTERNOON, "" },
    { "2026-06-10", "2026-06-10", ARMMS_LEAVE_AFTERNOON, ARMMS_LEAVE_AFTERNOON, ARMMS_LEAVE_AFTERNOON, "from overlap" },
    { "2026-06-08", "2026-06-10", 0, ARMMS_LEAVE_MORNING, ARMMS_LEAVE_AFTERNOON, "" },
    { "2026-06-08", "2026-06-10", 0, ARMMS_LEAVE_MORNING, ARMMS_LEAVE_MORNING, "from overlap" },
    { "2026-06-10", "2026-06-12", ARMMS_LEAVE_AFTERNOON, 0, ARMMS_LEAVE_MORNING, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Asked asked = ask ("2026-06-10", "2026-06-10");
      ArmmsLeaveTaken other = { { law_date (cases[i].from), law_date (cases[i].to), cases[i].first, cases[i].last }, FALSE, TRUE };

      asked.request.span.first = asked.request.span.last = cases[i].asked;
      asked.request.others = &other;
      asked.request.n_others = 1;
      expect (&asked, cases[i].wanted);
      other.approved = FALSE; /* what waits is in the way of a request, not of an approval */
      expect (&asked, cases[i].wanted);
      asked.request.stage = ARMMS_LEAVE_AT_APPROVAL;
      expect (&asked, "");
    }
}

static void
test_balance (void)
{
  Asked asked = ask ("2026-06-01", "2026-06-05");

  asked.request.balance = ARMMS_LEAVE_DAYS (5);
  expect (&asked, "");
  asked.request.balance.millionths--;
  expect (&asked, "days balance");
  asked.policy.needs_balance = FALSE;
  expect (&asked, "");
}

/* Three other days wait: at request they count, at approval only what is approved does. */
static void
test_waiting (void)
{
  Asked asked = ask ("2026-06-01", "2026-06-05");

  asked.request.balance = ARMMS_LEAVE_DAYS (7);
  asked.request.waiting = ARMMS_LEAVE_DAYS (3);
  expect (&asked, "days balance");
  asked.request.stage = ARMMS_LEAVE_AT_APPROVAL;
  expect (&asked, "");
  asked.request.balance = ARMMS_LEAVE_DAYS (4);
  expect (&asked, "days balance");
}

static void
test_halves (void)
{
  Asked asked = ask ("2026-06-01", "2026-06-01"), several = ask ("2026-06-01", "2026-06-02");

  asked.request.span.first = asked.request.span.last = ARMMS_LEAVE_MORNING;
  several.request.span.first = ARMMS_LEAVE_AFTERNOON;
  several.request.span.last = ARMMS_LEAVE_MORNING;
  expect (&asked, "");
  expect (&several, "");
  asked.policy.half_days = several.policy.half_days = FALSE;
  expect (&asked, "first half_day");
  expect (&several, "first half_day, last half_day");
}

static void
test_no_working_day (void)
{
  ArmmsDate rest[] = { law_date ("2026-06-07") };
  ArmmsLeaveCalendar roster = { .rule = ARMMS_LEAVE_BY_ROSTER, .rest_days = rest, .n_rest_days = 1 };
  Asked asked = ask ("2026-06-07", "2026-06-07");

  asked.request.calendar = &roster;
  expect (&asked, "days no_working_day");
}

/* Seven days a year, five taken in 2026, none in 2027. */
static void
test_year_cap (void)
{
  ArmmsLeaveYear years[] = {
    { law_date ("2026-01-01"), law_date ("2026-12-31"), ARMMS_LEAVE_DAYS (5) }, { law_date ("2027-01-01"), law_date ("2027-12-31"), ARMMS_LEAVE_DAYS (0) },
  };
  Asked fits = ask ("2026-12-30", "2027-01-07"), first = ask ("2026-12-29", "2027-01-01"), both = ask ("2026-12-29", "2027-01-08"), free = both;

  fits.policy.cap_a_year = first.policy.cap_a_year = both.policy.cap_a_year = ARMMS_LEAVE_DAYS (7);
  fits.request.years = first.request.years = both.request.years = free.request.years = years;
  fits.request.n_years = first.request.n_years = both.request.n_years = free.request.n_years = 2;
  both.request.balance = free.request.balance = ARMMS_LEAVE_DAYS (20);
  expect (&fits, "");
  expect (&first, "days cap");
  expect (&both, "days cap, days cap");
  expect (&free, "");
}

/* Everything at once, in words. */
static void
test_all_at_once (void)
{
  Asked asked = ask ("2026-01-15", "2027-06-01");
  ArmmsLeaveTaken other = { span_of ("2026-03-01", "2026-03-02"), TRUE, TRUE };
  ArmmsLeaveYear year = { law_date ("2026-01-01"), law_date ("2026-12-31"), ARMMS_LEAVE_DAYS (5) };
  const char *const messages[] = {
    "the leave begins before the joining date, 2026-02-01", "the leave ends after the last day of employment, 2026-11-30",
    "leave can be asked for up to 2026-06-04", "this leave is taken in whole days", "this leave is taken in whole days",
    "351 days in a row, at most 30 are allowed", "there is other leave from 2026-03-01 to 2026-03-02", "350 days are asked for, 7.5 are left",
    "at most 7 days may be taken in the year from 2026-01-01, 5 have been",
  };
  g_autoptr(GError) error = NULL;
  ArmmsLeaveCount count;

  asked.request.span = (ArmmsLeaveSpan) { law_date ("2026-01-15"), law_date ("2026-12-31"), ARMMS_LEAVE_AFTERNOON, ARMMS_LEAVE_MORNING };
  asked.request.left_on = law_date ("2026-11-30");
  asked.request.balance = (ArmmsLeaveDays) { 7500000 };
  asked.request.others = &other;
  asked.request.n_others = 1;
  asked.request.years = &year;
  asked.request.n_years = 1;
  asked.policy = (ArmmsLeavePolicy) { 30, 1, FALSE, TRUE, ARMMS_LEAVE_DAYS (7) };
  expect (&asked, "from before_joining, to after_separation, to too_far_ahead, first half_day, last half_day, to too_long, from overlap,"
                  " days balance, days cap");
  g_assert_false (armms_leave_check (&asked.request, &asked.policy, &count, &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT);
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    g_assert_cmpstr (((const ArmmsFieldError *) g_ptr_array_index (armms_error_get_fields (error), i))->message, ==, messages[i]);
}

/* Dates that make no leave leave nothing to say; a wrong half does. */
static void
test_span (void)
{
  Asked none = ask (NULL, "2026-06-01"), turned = ask ("2026-01-02", "2026-01-01"), half = ask ("2026-01-01", "2026-01-02");

  half.request.span.first = ARMMS_LEAVE_MORNING;
  expect (&none, "from required");
  expect (&turned, "to out_of_range");
  expect (&half, "first half_day, from before_joining");
}

static void
test_calendar (void)
{
  ArmmsDate twice[] = { law_date ("2026-06-07"), law_date ("2026-06-07") };
  ArmmsLeaveCalendar broken = { .rule = ARMMS_LEAVE_BY_ROSTER, .rest_days = twice, .n_rest_days = 2 };
  Asked asked = ask ("2026-06-01", "2026-06-01");
  g_autoptr(GError) error = NULL;
  ArmmsLeaveCount count;

  asked.request.calendar = &broken;
  g_assert_false (armms_leave_check (&asked.request, &asked.policy, &count, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "leave.calendar");
}

/* What is left, from the trace alone. */
static void
test_recompute (void)
{
  for (guint round = 0; round < 8; round++)
    {
      Asked asked = ask ("2026-06-01", "2026-06-03");
      g_auto(TraceRead) read = { NULL };
      ArmmsLeaveCount count;
      ArmmsTrace trace;
      gint64 days = 0, left;

      asked.request.stage = round & 1 ? ARMMS_LEAVE_AT_APPROVAL : ARMMS_LEAVE_AT_REQUEST;
      asked.request.waiting = (ArmmsLeaveDays) { round & 2 ? 1500000 : 0 };
      asked.policy.needs_balance = (round & 4) != 0;
      asked.request.span.last = ARMMS_LEAVE_MORNING;
      g_assert_true (armms_leave_check (&asked.request, &asked.policy, &count, NULL));
      armms_leave_check_trace (&asked.request, &asked.policy, &count, &trace);
      read = trace_read (&trace);
      for (const char *day = trace_text (&read, "dates"); *day != '\0'; day++)
        days += *day == 'D' ? 1000000 : *day == 'M' || *day == 'A' ? 500000 : 0;
      g_assert_cmpint (days, ==, trace_millionths (&read, "days"));
      left = trace_millionths (&read, "balance") - trace_millionths (&read, "waiting") - (trace_flag (&read, "needs_balance") ? days : 0);
      g_assert_cmpint (trace_result_millionths (&read), ==, left);
      g_assert_cmpint (trace_number (&read, "in_a_row"), ==, trace_date (&read, "to").days - trace_date (&read, "from").days + 1);
      g_assert_cmpint (trace_number (&read, "in_a_row"), <=, trace_number (&read, "max_in_a_row"));
      g_assert_true (g_str_equal (trace_text (&read, "stage"), "request") == trace_has (&read, "waiting"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/leave/request/fine", test_fine);
  g_test_add_func ("/rules/leave/request/not-before-joining", test_joining);
  g_test_add_func ("/rules/leave/request/not-after-separation", test_separation);
  g_test_add_func ("/rules/leave/request/a-year-ahead", test_ahead);
  g_test_add_func ("/rules/leave/request/thirty-days-in-a-row", test_in_a_row);
  g_test_add_func ("/rules/leave/request/cut-in-two", test_adjoining);
  g_test_add_func ("/rules/leave/request/long-ago", test_long_ago);
  g_test_add_func ("/rules/leave/request/overlap-to-the-half-day", test_overlap);
  g_test_add_func ("/rules/leave/request/balance", test_balance);
  g_test_add_func ("/rules/leave/request/what-waits", test_waiting);
  g_test_add_func ("/rules/leave/request/half-days", test_halves);
  g_test_add_func ("/rules/leave/request/no-working-day", test_no_working_day);
  g_test_add_func ("/rules/leave/request/cap-of-a-year", test_year_cap);
  g_test_add_func ("/rules/leave/request/all-at-once", test_all_at_once);
  g_test_add_func ("/rules/leave/request/no-leave-at-all", test_span);
  g_test_add_func ("/rules/leave/request/broken-calendar", test_calendar);
  g_test_add_func ("/rules/leave/request/computed-again-from-its-trace", test_recompute);
  return g_test_run ();
}
