#include "common/base/minutes.h"
#include "time-world.h"

#include <string.h>

/* What holds for every month: the order of telling, what is left out, and what each line sums up to. */

static void
assert_same_line (const ArmmsDayLine *a, const ArmmsDayLine *b)
{
  g_assert_cmpint (a->duty_date.days, ==, b->duty_date.days);
  g_assert_cmpint (a->state, ==, b->state);
  g_assert_cmpint (a->codes, ==, b->codes);
  g_assert_cmpint (a->scheduled, ==, b->scheduled);
  g_assert_cmpint (a->late, ==, b->late);
  g_assert_cmpint (a->undertime, ==, b->undertime);
  g_assert_cmpint (a->absent, ==, b->absent);
  g_assert_cmpint (a->leave_paid, ==, b->leave_paid);
  g_assert_cmpint (a->leave_unpaid, ==, b->leave_unpaid);
  g_assert_cmpint (a->breaks, ==, b->breaks);
  g_assert_cmpint (a->overrun, ==, b->overrun);
  g_assert_cmpint (a->in_at.us, ==, b->in_at.us);
  g_assert_cmpint (a->out_at.us, ==, b->out_at.us);
  g_assert_cmpmem (a->cells, sizeof a->cells, b->cells, sizeof b->cells);
}

static void
set_random_policy (TimeWorld *world)
{
  world->policy.paid_break_up_to = g_test_rand_bit () ? 20 : 0;
  world->policy.rounding = (ArmmsTimeRounding) g_test_rand_int_range (0, 4);
  world->policy.rounding_step = g_test_rand_int_range (0, 30);
  world->policy.pay_before_start = g_test_rand_bit ();
  world->policy.pay_after_end = g_test_rand_bit ();
  world->policy.day_type_of_duty = g_test_rand_int_range (0, 4) == 0;
}

/* Some nights and some days of May, some of twenty-four hours, some relieved in the middle; sixty punches of anything. */
static void
make_random_month (TimeWorld *world)
{
  const char *sites[] = { "a", "b", "" };

  for (int day = 1; day <= 20; day++)
    {
      const char *site = sites[g_test_rand_int_range (0, 2)];
      int start = g_test_rand_bit () ? 6 : 18, hours = g_test_rand_bit () ? 12 : 24, relieved = g_test_rand_int_range (0, 5);
      g_autofree char *whole = g_strdup_printf ("05-%02d %02d:00 %d %s", day, start, hours, site);
      ArmmsDuty *duty;

      if (g_test_rand_int_range (0, 6) == 0)
        continue;
      world->break_mode = (ArmmsBreakMode) g_test_rand_int_range (0, 3);
      world->break_worked_through = g_test_rand_int_range (0, 4) == 0;
      duty = time_world_add_duty (world, whole);
      if (relieved > 0)
        continue;
      duty->ends_at.us = duty->starts_at.us + 240 * ARMMS_US_PER_MINUTE;
      duty = time_world_add_duty (world, whole);
      duty->starts_at.us += 330 * ARMMS_US_PER_MINUTE;
    }
  for (guint i = 0; i < 60; i++)
    {
      time_world_add_punch (world, "in 05-01 00:00");
      world->punches[i].kind = (ArmmsPunchKind) g_test_rand_int_range (0, 5);
      world->punches[i].detachment_id = time_case_id (sites[g_test_rand_int_range (0, 3)]);
      world->punches[i].at.us += g_test_rand_int_range (0, 20 * 1440) * ARMMS_US_PER_MINUTE;
    }
  world->facts.closed_through = armms_date_from_ymd (2026, 5, g_test_rand_int_range (1, 25));
  world->day_types[time_case_date ("05-12").days - world->calendar.first.days] = ARMMS_DAY_REGULAR;
  for (guint i = 0; i < 4; i++)
    world->leaves[world->facts.n_leaves++] = (ArmmsLeave) { armms_date_from_ymd (2026, 5, g_test_rand_int_range (1, 21)), g_test_rand_bit (),
                                                            g_test_rand_bit () ? 0 : 360 };
}

/* A cut of @world: no more facts than the contract names for @from to @to, the punches told backwards. */
static TimeWorld *
cut_world (const TimeWorld *world, ArmmsDate from, ArmmsDate to)
{
  TimeWorld *part = g_memdup2 (world, sizeof *world);
  ArmmsDate holiday = time_case_date ("05-12");
  int back = from.days <= holiday.days && to.days >= holiday.days ? ARMMS_TIME_CONTEXT_HOLIDAY_DAYS : ARMMS_TIME_CONTEXT_DAYS;

  part->facts.punches = part->punches;
  part->facts.duties = part->duties;
  part->facts.n_punches = part->facts.n_duties = 0;
  part->facts.from = from;
  part->facts.to = to;
  for (gsize i = 0; i < world->facts.n_duties; i++)
    if (world->duties[i].duty_date.days >= from.days - back && world->duties[i].duty_date.days <= to.days + ARMMS_TIME_CONTEXT_DAYS)
      part->duties[part->facts.n_duties++] = world->duties[i];
  for (gsize i = world->facts.n_punches; i-- > 0;)
    {
      ArmmsDate day = armms_zone_date (world->facts.zone, world->punches[i].at);

      if (day.days >= from.days - back - 1 && day.days <= to.days + ARMMS_TIME_CONTEXT_DAYS)
        part->punches[part->facts.n_punches++] = world->punches[i];
    }
  return part;
}

/* Days judged alone, from no more facts than the contract names, are the days of the whole. */
static void
test_locality (void)
{
  for (guint run = 0; run < 400; run++)
    {
      g_autofree TimeWorld *world = time_world_new ("");
      g_autofree TimeWorld *part = NULL;
      g_autoptr(GArray) all = NULL, some = NULL;
      ArmmsDate from = armms_date_from_ymd (2026, 5, g_test_rand_int_range (1, 20));
      ArmmsDate to = armms_date_add_days (from, g_test_rand_int_range (0, 3));
      guint next = 0;

      set_random_policy (world);
      make_random_month (world);
      all = time_world_judge_days (world, "05-01", "05-25");
      part = cut_world (world, from, to);
      some = time_world_judge (part);
      for (guint i = 0; i < all->len; i++)
        {
          const ArmmsDayLine *line = &g_array_index (all, ArmmsDayLine, i);

          if (line->duty_date.days < from.days || line->duty_date.days > to.days)
            continue;
          g_assert_cmpuint (next, <, some->len);
          assert_same_line (line, &g_array_index (some, ArmmsDayLine, next++));
        }
      g_assert_cmpuint (next, ==, some->len);
    }
}

static void
shuffle_punches (TimeWorld *world)
{
  for (gsize i = world->facts.n_punches - 1; i > 0; i--)
    {
      gsize j = (gsize) g_test_rand_int_range (0, (gint32) i + 1);
      ArmmsPunch swap = world->punches[i];

      world->punches[i] = world->punches[j];
      world->punches[j] = swap;
    }
}

static void
test_order_of_telling (void)
{
  for (guint run = 0; run < 200; run++)
    {
      g_autofree TimeWorld *world = time_world_new ("");
      g_autoptr(GArray) first = NULL, second = NULL;

      set_random_policy (world);
      make_random_month (world);
      first = time_world_judge_days (world, "05-01", "05-25");
      shuffle_punches (world);
      second = time_world_judge_days (world, "05-01", "05-25");
      g_assert_cmpuint (first->len, ==, second->len);
      for (guint i = 0; i < first->len; i++)
        {
          time_world_check (&g_array_index (first, ArmmsDayLine, i));
          assert_same_line (&g_array_index (first, ArmmsDayLine, i), &g_array_index (second, ArmmsDayLine, i));
        }
    }
}

/* Each minute between in and out asked on its own: what cell is it? Slow, and plainly right. */
static void
count_minutes (const TimeWorld *world, gint64 from, gint64 to, gint32 *cells)
{
  gint32 n = 0;

  for (gint64 minute = from; minute < to; minute++, n++)
    {
      ArmmsInstant at = { minute * ARMMS_US_PER_MINUTE };
      ArmmsDate date = armms_zone_date (world->facts.zone, at);
      gint32 of_day = armms_zone_minute_of_day (world->facts.zone, at);
      gboolean rest = FALSE;

      for (gsize i = 0; i < world->facts.n_rest_days; i++)
        rest |= world->rest_days[i].days == date.days;
      cells[ARMMS_CELL (armms_calendar_get (&world->calendar, date), rest, n >= 480, of_day >= 1320 || of_day < 360)]++;
    }
}

#define LATEST_OUT 30 /* minutes after the end */

static void
test_minute_by_minute (void)
{
  for (guint run = 0; run < 400; run++)
    {
      g_autofree TimeWorld *world = time_world_new ("grace=0");
      g_autoptr(GArray) lines = NULL;
      gint32 expected[ARMMS_N_CELLS] = { 0 };
      ArmmsDuty *duty = time_world_add_duty (world, "05-04 00:00 1 a");
      gint64 from, to;
      gint32 begins;

      for (guint i = 0; i < TIME_WORLD_DAYS; i++)
        world->day_types[i] = (guint8) (g_test_rand_bit () ? 0 : g_test_rand_int_range (0, ARMMS_N_DAY_TYPES));
      for (int day = 1; day < 10; day++)
        if (g_test_rand_int_range (0, 3) == 0)
          world->rest_days[world->facts.n_rest_days++] = armms_date_from_ymd (2026, 5, day);
      begins = g_test_rand_int_range (0, ARMMS_MINUTES_PER_DAY);
      duty->starts_at.us += begins * ARMMS_US_PER_MINUTE;
      /* The latest out still lies on the day after the duty date: no window goes beyond it (match.h). */
      duty->ends_at.us = duty->starts_at.us
                         + g_test_rand_int_range (1, MIN (ARMMS_MINUTES_PER_DAY, 2 * ARMMS_MINUTES_PER_DAY - LATEST_OUT - begins)) * ARMMS_US_PER_MINUTE;
      from = duty->starts_at.us / ARMMS_US_PER_MINUTE + g_test_rand_int_range (-30, 60);
      to = MAX (from + 7, duty->ends_at.us / ARMMS_US_PER_MINUTE + g_test_rand_int_range (-60, LATEST_OUT));
      time_world_add_punch (world, "in 05-04 06:00@a");
      time_world_add_punch (world, "out 05-04 18:00@a");
      world->punches[0].at.us = from * ARMMS_US_PER_MINUTE;
      world->punches[1].at.us = to * ARMMS_US_PER_MINUTE + 59999999;
      lines = time_world_judge_days (world, "05-04", "05-04");
      g_assert_cmpuint (lines->len, ==, 1);
      count_minutes (world, MAX (from, duty->starts_at.us / ARMMS_US_PER_MINUTE), MIN (to, duty->ends_at.us / ARMMS_US_PER_MINUTE), expected);
      g_assert_cmpmem (expected, sizeof expected, g_array_index (lines, ArmmsDayLine, 0).cells, sizeof expected);
    }
}

static void
test_in_and_out (void)
{
  g_autofree TimeWorld *world = time_world_new ("round=inward:15");
  g_autoptr(GArray) lines = NULL;
  const ArmmsDayLine *line;

  time_world_add_duty (world, "05-04 06:00 4 a");
  time_world_add_duty (world, "05-04 12:00 6 a");
  time_world_add_punch (world, "in 05-04 05:51:07@a");
  time_world_add_punch (world, "out 05-04 10:03@a");
  time_world_add_punch (world, "in 05-04 11:58@a");
  time_world_add_punch (world, "out 05-04 18:07:09@a");
  lines = time_world_judge (world);
  g_assert_cmpuint (lines->len, ==, 1);
  line = &g_array_index (lines, ArmmsDayLine, 0);
  g_assert_cmpint (line->in_at.us, ==, time_case_instant ("05-04 05:51:07").us);
  g_assert_cmpint (line->out_at.us, ==, time_case_instant ("05-04 18:07:09").us);
  g_assert_cmpint (line->duty, ==, 0);
  g_assert_cmpint (line->worked, ==, 600);
}

static void
test_in_of_the_second_part (void)
{
  g_autofree TimeWorld *world = time_world_new ("closed=05-04");
  g_autoptr(GArray) lines = NULL;

  time_world_add_duty (world, "05-04 06:00 4 a");
  time_world_add_duty (world, "05-04 12:00 6 a");
  time_world_add_punch (world, "in 05-04 11:58@a");
  time_world_add_punch (world, "out 05-04 18:07@a");
  lines = time_world_judge (world);
  g_assert_cmpint (g_array_index (lines, ArmmsDayLine, 0).in_at.us, ==, time_case_instant ("05-04 11:58").us);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time/month/every minute asked on its own", test_minute_by_minute);
  g_test_add_func ("/time/month/days judged alone are the days of the whole", test_locality);
  g_test_add_func ("/time/month/the order of telling does not matter", test_order_of_telling);
  g_test_add_func ("/time/month/a line keeps the first in and the last out as they were clocked", test_in_and_out);
  g_test_add_func ("/time/month/a first part that was not stood has no in", test_in_of_the_second_part);
  return g_test_run ();
}
