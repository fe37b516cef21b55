/* Which days of a leave count. May 2026: the 1st is Labor Day, a Friday; Saturdays are 2, 9, 16, 23, 30. */
#include "../law-case.h"
#include "../trace-read.h"

#include "server/rules/leave/days.h"

typedef struct {
  const char *name;
  ArmmsLeaveRule rule;
  const char *from, *to;
  ArmmsLeavePart first, last;
  const char *dates; /* one letter a date */
  gint64 millionths;
} Case;

/* The guard's rest days: 3, 10, 17 and 24 May; holidays: 1 and 28 May. */
static const Case cases[] = {
  { "a-working-day", ARMMS_LEAVE_BY_ROSTER, "2026-05-04", "2026-05-04", 0, 0, "D", 1000000 },
  { "a-week-with-a-rest-day", ARMMS_LEAVE_BY_ROSTER, "2026-05-04", "2026-05-10", 0, 0, "DDDDDDr", 6000000 },
  { "a-guard-works-on-saturday", ARMMS_LEAVE_BY_ROSTER, "2026-05-09", "2026-05-09", 0, 0, "D", 1000000 },
  { "an-office-does-not", ARMMS_LEAVE_BY_WEEKEND, "2026-05-08", "2026-05-11", 0, 0, "DwwD", 2000000 },
  { "an-office-knows-no-roster", ARMMS_LEAVE_BY_WEEKEND, "2026-05-25", "2026-05-27", 0, 0, "DDD", 3000000 },
  { "a-holiday", ARMMS_LEAVE_BY_ROSTER, "2026-04-30", "2026-05-02", 0, 0, "DhD", 2000000 },
  { "a-holiday-for-the-office", ARMMS_LEAVE_BY_WEEKEND, "2026-05-27", "2026-05-29", 0, 0, "DhD", 2000000 },
  { "calendar-days", ARMMS_LEAVE_EVERY_DAY, "2026-05-01", "2026-05-04", 0, 0, "DDDD", 4000000 },
  { "a-morning", ARMMS_LEAVE_BY_ROSTER, "2026-05-04", "2026-05-04", ARMMS_LEAVE_MORNING, ARMMS_LEAVE_MORNING, "M", 500000 },
  { "an-afternoon", ARMMS_LEAVE_BY_ROSTER, "2026-05-04", "2026-05-04", ARMMS_LEAVE_AFTERNOON, ARMMS_LEAVE_AFTERNOON, "A", 500000 },
  { "from-noon-to-noon", ARMMS_LEAVE_BY_ROSTER, "2026-05-04", "2026-05-06", ARMMS_LEAVE_AFTERNOON, ARMMS_LEAVE_MORNING, "ADM", 2000000 },
  { "half-of-a-rest-day-is-nothing", ARMMS_LEAVE_BY_ROSTER, "2026-05-09", "2026-05-10", 0, ARMMS_LEAVE_MORNING, "Dr", 1000000 },
  { "half-of-a-holiday-is-nothing", ARMMS_LEAVE_BY_ROSTER, "2026-05-28", "2026-05-29", ARMMS_LEAVE_AFTERNOON, 0, "hD", 1000000 },
  { "only-rest", ARMMS_LEAVE_BY_ROSTER, "2026-05-10", "2026-05-10", 0, 0, "r", 0 },
  { "over-the-month", ARMMS_LEAVE_BY_WEEKEND, "2026-05-29", "2026-06-01", 0, 0, "DwwD", 2000000 },
  { "over-the-year", ARMMS_LEAVE_EVERY_DAY, "2026-12-31", "2027-01-01", 0, 0, "DD", 2000000 },
  { "over-a-leap-day", ARMMS_LEAVE_EVERY_DAY, "2028-02-28", "2028-03-01", 0, 0, "DDD", 3000000 },
  { "no-leap-day", ARMMS_LEAVE_EVERY_DAY, "2026-02-28", "2026-03-01", 0, 0, "DD", 2000000 },
};

static const char *const rest_texts[] = { "2026-05-03", "2026-05-10", "2026-05-17", "2026-05-24" };
static const char *const holiday_texts[] = { "2026-05-01", "2026-05-28" };

static ArmmsLeaveCalendar
calendar_of (ArmmsLeaveRule rule)
{
  static ArmmsDate rest_days[4], holidays[2];

  for (guint i = 0; i < G_N_ELEMENTS (rest_days); i++)
    rest_days[i] = law_date (rest_texts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (holidays); i++)
    holidays[i] = law_date (holiday_texts[i]);
  return (ArmmsLeaveCalendar) { rule, rest_days, G_N_ELEMENTS (rest_days), ARMMS_LEAVE_WEEKEND_DEFAULT, holidays, G_N_ELEMENTS (holidays) };
}

static void
test_count (gconstpointer data)
{
  const Case *c = data;
  ArmmsLeaveSpan span = { law_date (c->from), law_date (c->to), c->first, c->last };
  ArmmsLeaveCalendar calendar = calendar_of (c->rule);
  ArmmsLeaveCount count;

  g_assert_true (armms_leave_count (&span, &calendar, &count, NULL));
  g_assert_cmpstr (count.dates, ==, c->dates);
  g_assert_cmpint (count.days.millionths, ==, c->millionths);
}

static void
test_between (void)
{
  ArmmsLeaveSpan span = { law_date ("2026-12-30"), law_date ("2027-01-02"), ARMMS_LEAVE_AFTERNOON, ARMMS_LEAVE_WHOLE };
  ArmmsLeaveCalendar calendar = calendar_of (ARMMS_LEAVE_EVERY_DAY);
  ArmmsLeaveCount count;

  g_assert_true (armms_leave_count (&span, &calendar, &count, NULL));
  g_assert_cmpint (armms_leave_count_between (&count, law_date ("2026-01-01"), law_date ("2026-12-31")).millionths, ==, 1500000);
  g_assert_cmpint (armms_leave_count_between (&count, law_date ("2027-01-01"), law_date ("2027-12-31")).millionths, ==, 2000000);
  g_assert_cmpint (armms_leave_count_between (&count, law_date ("2028-01-01"), law_date ("2028-12-31")).millionths, ==, 0);
}

static void
test_refusals (void)
{
  const struct { const char *from, *to; ArmmsLeavePart first, last; const char *field, *code; } bad[] = {
    { NULL, "2026-05-04", 0, 0, "from", "required" },
    { "2026-05-04", NULL, 0, 0, "to", "required" },
    { "2026-05-04", "2026-05-03", 0, 0, "to", "out_of_range" },
    { "2026-01-01", "2027-01-02", 0, 0, "to", "out_of_range" }, /* 367 days */
    { "2026-05-04", "2026-05-04", ARMMS_LEAVE_MORNING, ARMMS_LEAVE_AFTERNOON, "last", "half_day" },
    { "2026-05-04", "2026-05-04", ARMMS_LEAVE_MORNING, ARMMS_LEAVE_WHOLE, "last", "half_day" },
    { "2026-05-04", "2026-05-05", ARMMS_LEAVE_MORNING, ARMMS_LEAVE_WHOLE, "first", "half_day" },
    { "2026-05-04", "2026-05-05", ARMMS_LEAVE_WHOLE, ARMMS_LEAVE_AFTERNOON, "last", "half_day" },
  };
  ArmmsLeaveCalendar calendar = calendar_of (ARMMS_LEAVE_EVERY_DAY);
  ArmmsLeaveSpan longest = { law_date ("2026-01-01"), law_date ("2027-01-01"), 0, 0 };
  ArmmsLeaveCount count = { .n_dates = 7 };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      ArmmsLeaveSpan span = { law_date (bad[i].from), law_date (bad[i].to), bad[i].first, bad[i].last };
      const char *field, *code;
      g_autoptr(GError) error = NULL;

      g_assert_nonnull (armms_leave_span_problem (&span, &field, &code));
      g_assert_cmpstr (field, ==, bad[i].field);
      g_assert_cmpstr (code, ==, bad[i].code);
      g_assert_false (armms_leave_count (&span, &calendar, &count, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "leave.span");
      g_assert_cmpuint (count.n_dates, ==, 7);
    }
  g_assert_true (armms_leave_count (&longest, &calendar, &count, NULL));
  g_assert_cmpuint (count.n_dates, ==, 366);
  g_assert_cmpint (count.days.millionths, ==, 366000000);
}

static void
test_calendar_refused (void)
{
  ArmmsDate twice[] = { law_date ("2026-05-03"), law_date ("2026-05-03") }, falling[] = { law_date ("2026-05-03"), law_date ("2026-05-02") };
  const ArmmsLeaveCalendar bad[] = {
    { ARMMS_LEAVE_BY_ROSTER, twice, 2, 0, NULL, 0 }, { ARMMS_LEAVE_BY_ROSTER, NULL, 0, 0, falling, 2 },
  };
  ArmmsLeaveSpan span = { law_date ("2026-05-04"), law_date ("2026-05-04"), 0, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      ArmmsLeaveCount count;

      g_assert_false (armms_leave_count (&span, &bad[i], &count, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "leave.calendar");
    }
}

/* Any calendar, any leave: one letter a date, the days are what a slow count makes of them, and the trace says it again. */
static void
test_recompute (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      ArmmsDate dates[2][60];
      gsize n[2] = { 0, 0 };
      ArmmsLeaveSpan span = { armms_date_add_days (law_date ("2026-01-01"), g_test_rand_int_range (0, 700)), { 0 }, 0, 0 };
      ArmmsLeaveCalendar calendar;
      ArmmsLeaveCount count;
      ArmmsTrace trace;
      g_auto(TraceRead) read = { NULL };
      gint64 again = 0;

      for (guint which = 0; which < 2; which++)
        for (gint32 day = span.from.days - 3; n[which] < 60; day += g_test_rand_int_range (1, 9))
          dates[which][n[which]++] = (ArmmsDate) { day };
      calendar = (ArmmsLeaveCalendar) { (ArmmsLeaveRule) g_test_rand_int_range (0, 3), dates[0], n[0], (guint) g_test_rand_int_range (0, 128), dates[1], n[1] };
      span.to = armms_date_add_days (span.from, g_test_rand_int_range (0, 40));
      span.first = g_test_rand_bit () ? ARMMS_LEAVE_AFTERNOON : ARMMS_LEAVE_WHOLE;
      span.last = span.from.days == span.to.days ? span.first : g_test_rand_bit () ? ARMMS_LEAVE_MORNING : ARMMS_LEAVE_WHOLE;
      g_assert_true (armms_leave_count (&span, &calendar, &count, NULL));
      g_assert_cmpuint (strlen (count.dates), ==, (guint) (span.to.days - span.from.days + 1));
      for (guint i = 0; i < count.n_dates; i++)
        {
          gint32 day = span.from.days + (gint32) i;
          gboolean holiday = FALSE, rest = FALSE, weekend = (calendar.weekend & (1u << (armms_date_weekday ((ArmmsDate) { day }) - 1))) != 0;

          for (gsize j = 0; j < 60; j++)
            {
              rest |= dates[0][j].days == day;
              holiday |= dates[1][j].days == day;
            }
          if (calendar.rule != ARMMS_LEAVE_EVERY_DAY
              && (holiday || (calendar.rule == ARMMS_LEAVE_BY_ROSTER && rest) || (calendar.rule == ARMMS_LEAVE_BY_WEEKEND && weekend)))
            g_assert_nonnull (strchr ("hrw", count.dates[i]));
          else
            g_assert_nonnull (strchr ("DMA", count.dates[i]));
        }
      armms_leave_count_trace (&count, &trace);
      read = trace_read (&trace);
      for (const char *day = trace_text (&read, "dates"); *day != '\0'; day++)
        again += *day == 'D' ? 1000000 : *day == 'M' || *day == 'A' ? 500000 : 0;
      g_assert_cmpint (again, ==, count.days.millionths);
      g_assert_cmpint (trace_result_millionths (&read), ==, again);
      g_assert_cmpint (trace_date (&read, "to").days - trace_date (&read, "from").days + 1, ==, (gint) strlen (trace_text (&read, "dates")));
    }
}

static void
test_trace (void)
{
  ArmmsLeaveSpan span = { law_date ("2026-04-30"), law_date ("2026-05-04"), ARMMS_LEAVE_AFTERNOON, ARMMS_LEAVE_MORNING };
  ArmmsLeaveCalendar calendar = calendar_of (ARMMS_LEAVE_BY_ROSTER);
  g_autoptr(GString) text = g_string_new (NULL);
  ArmmsLeaveCount count;
  ArmmsTrace trace;

  g_assert_true (armms_leave_count (&span, &calendar, &count, NULL));
  armms_leave_count_trace (&count, &trace);
  armms_trace_append_text (&trace, text);
  g_assert_cmpstr (text->str, ==, "leave.days: from=2026-04-30 to=2026-05-04 first=afternoon last=morning rule=roster dates=AhDrM | -> 2 days");
}

static void
test_names (void)
{
  ArmmsLeavePart part;
  ArmmsLeaveRule rule;

  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (armms_leave_part_parse (armms_leave_part_name ((ArmmsLeavePart) i), &part));
      g_assert_cmpuint (part, ==, i);
      g_assert_true (armms_leave_rule_parse (armms_leave_rule_name ((ArmmsLeaveRule) i), &rule));
      g_assert_cmpuint (rule, ==, i);
    }
  g_assert_false (armms_leave_part_parse ("evening", &part));
  g_assert_false (armms_leave_rule_parse (NULL, &rule));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/leave/days/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_count);
    }
  g_test_add_func ("/rules/leave/days/of-each-year", test_between);
  g_test_add_func ("/rules/leave/days/refusals", test_refusals);
  g_test_add_func ("/rules/leave/days/calendar-refused", test_calendar_refused);
  g_test_add_func ("/rules/leave/days/computed-again-from-its-trace", test_recompute);
  g_test_add_func ("/rules/leave/days/explains-itself", test_trace);
  g_test_add_func ("/rules/leave/days/names", test_names);
  return g_test_run ();
}
