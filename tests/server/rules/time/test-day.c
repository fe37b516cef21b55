#include "time-world.h"

#include "common/base/period.h"

/* Which day and which period a duty belongs to, what the day is called at each minute, and what is counted together. */
static const TimeCase cases[] = {
  /* Over midnight: the calendar date names the minute, the policy may keep the duty date. */
  { "into a regular holiday: it changes at midnight", "holidays=05-05:regular", "05-04 18:00 12 a", "in 05-04 18:00@a, out 05-05 06:00@a",
    "05-04 COMPLETE of 720: ordinary 240, ordinary_nd 120, regular_nd 120, regular_ot_nd 240" },
  { "into a special day", "holidays=05-05:special", "05-04 18:00 12 a", "in 05-04 18:00@a, out 05-05 06:00@a",
    "05-04 COMPLETE of 720: ordinary 240, ordinary_nd 120, special_nd 120, special_ot_nd 240" },
  { "into a double holiday", "holidays=05-05:double_regular", "05-04 18:00 12 a", "in 05-04 18:00@a, out 05-05 06:00@a",
    "05-04 COMPLETE of 720: ordinary 240, ordinary_nd 120, double_regular_nd 120, double_regular_ot_nd 240" },
  { "into the rest day", "rest=05-05", "05-04 18:00 12 a", "in 05-04 18:00@a, out 05-05 06:00@a",
    "05-04 COMPLETE of 720: ordinary 240, ordinary_nd 120, ordinary_rest_nd 120, ordinary_rest_ot_nd 240" },
  { "out of a special day", "holidays=05-04:special", "05-04 18:00 12 a", "in 05-04 18:00@a, out 05-05 06:00@a",
    "05-04 COMPLETE of 720: ordinary_nd 120, ordinary_ot_nd 240, special 240, special_nd 120" },
  { "out of a regular holiday", "holidays=05-04:regular", "05-04 18:00 12 a", "in 05-04 18:00@a, out 05-05 06:00@a",
    "05-04 COMPLETE of 720: ordinary_nd 120, ordinary_ot_nd 240, regular 240, regular_nd 120" },
  { "into a holiday, by the duty date's policy", "holidays=05-05:regular dutyday", "05-04 18:00 12 a", "in 05-04 18:00@a, out 05-05 06:00@a",
    "05-04 COMPLETE of 720: ordinary 240, ordinary_nd 240, ordinary_ot_nd 240" },
  { "out of a holiday on the rest day, by the duty date's policy", "holidays=05-04:regular rest=05-04 dutyday", "05-04 18:00 12 a",
    "in 05-04 18:00@a, out 05-05 06:00@a", "05-04 COMPLETE of 720: regular_rest 240, regular_rest_nd 240, regular_rest_ot_nd 240" },
  { "a rest day that is a double holiday", "holidays=05-04:double_regular rest=05-04", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: double_regular_rest 480, double_regular_rest_ot 240" },
  { "a regular holiday worked on the rest day, gone after eight hours", "holidays=05-04:regular rest=05-04", "05-04 06:00 12 a",
    "in 05-04 06:00@a, out 05-04 14:00@a", "05-04 COMPLETE of 720: regular_rest 480; undertime 240; UNDERTIME" },
  { "a special working day is an ordinary one", "holidays=05-04:special_working", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "the minute at midnight is of the new day", "holidays=05-05:regular late", "05-04 16:00 8 a", "in 05-04 16:00@a, out 05-05 00:01@a",
    "05-04 COMPLETE of 480: ordinary 360, ordinary_nd 120, regular_ot_nd 1" },
  { "the minute before it of the old one", "holidays=05-05:regular early", "05-05 00:00 8 a", "in 05-04 23:59@a, out 05-05 08:00@a",
    "05-05 COMPLETE of 480: ordinary_nd 1, regular 119, regular_nd 360, regular_ot 1" },

  /* Outside of his employment nobody is absent or on leave, whatever the plan says. */
  { "planned after the last day", "separated=05-04 closed=05-05", "05-04 06:00 12 a, 05-05 06:00 12 a", "", "05-04 ABSENT of 720; absent 720" },
  { "planned before the first day", "hired=05-05 closed=05-05", "05-04 06:00 12 a, 05-05 06:00 12 a", "", "05-05 ABSENT of 720; absent 720" },
  { "leave after the last day", "separated=05-04 leave=05-05:paid", "05-05 06:00 12 a", "", "" },
  { "worked after the last day: it counts, and a person has to look", "separated=05-03 closed=05-04", "05-04 06:00 12 a",
    "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240 / #1 VALID INACTIVE_EMPLOYEE / #2 VALID INACTIVE_EMPLOYEE" },

  /* Twenty-four hours. */
  { "twenty-four hours on one post, into a holiday", "holidays=05-27:regular", "05-26 06:00 24 a", "in 05-26 06:00@a, out 05-27 06:00@a",
    "05-26 COMPLETE of 1440: ordinary 480, ordinary_ot 480, ordinary_ot_nd 120, regular_ot_nd 360" },
  { "twenty-four hours, an automatic break in the middle", "break=auto:60", "05-26 06:00 24 a", "in 05-26 06:00@a, out 05-27 06:00@a",
    "05-26 COMPLETE of 1380: ordinary 480, ordinary_ot 420, ordinary_ot_nd 480; breaks 60" },
  { "twenty-four hours, paid late by policy, longer than planned", "late", "05-26 06:00 24 a", "in 05-26 06:00@a, out 05-27 06:01@a",
    "05-26 COMPLETE of 1440: ordinary 480, ordinary_ot 481, ordinary_ot_nd 480; TOO_LONG" },

  /* Two duties in a day: each has its own first eight hours. */
  { "two duties of eight hours in a day have no overtime", "", "05-04 06:00 8 a, 05-04 16:00 8 b",
    "in 05-04 06:00@a, out 05-04 14:00@a, in 05-04 16:00@b, out 05-05 00:00@b",
    "05-04 COMPLETE of 480: ordinary 480 / 05-04 COMPLETE of 480: ordinary 360, ordinary_nd 120" },
  { "the same at one site in two shifts", "", "05-04 06:00 8 a day, 05-04 16:00 8 a evening",
    "in 05-04 06:00@a, out 05-04 14:00@a, in 05-04 16:00@a, out 05-05 00:00@a",
    "05-04 COMPLETE of 480: ordinary 480 / 05-04 COMPLETE of 480: ordinary 360, ordinary_nd 120" },
  { "day and night shift in a row, clocked out and in between", "", "05-04 06:00 12 a day, 05-04 18:00 12 a night",
    "in 05-04 06:00@a, out 05-04 18:00@a, in 05-04 18:00@a, out 05-05 06:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240 / 05-04 COMPLETE of 720: ordinary 240, ordinary_nd 240, ordinary_ot_nd 240" },
  { "day and night shift in a row, not clocked between", "closed=05-04", "05-04 06:00 12 a day, 05-04 18:00 12 a night",
    "in 05-04 06:00@a, out 05-05 06:00@a",
    "05-04 COMPLETE of 720; absent 720; MISSING_OUT / 05-04 COMPLETE of 720; absent 720; MISSING_IN / #1 VALID MISSING_OUT / "
    "#2 INVALID MISSING_IN" },
  { "a relief beside his own duty has its own count", "", "05-04 06:00 8 a, 05-04 14:00 8 a relief",
    "in 05-04 06:00@a, out 05-04 14:00@a, in 05-04 14:00@a, out 05-04 22:00@a",
    "05-04 COMPLETE of 480: ordinary 480 / 05-04 COMPLETE of 480: ordinary 480" },

  /* A duty in parts: somebody else stood the time between. One line, one count. */
  { "relieved from ten to twelve: one count of eight hours", "", "05-04 06:00 4 a, 05-04 12:00 6 a",
    "in 05-04 06:00@a, out 05-04 10:00@a, in 05-04 12:00@a, out 05-04 18:00@a", "05-04 COMPLETE of 600: ordinary 480, ordinary_ot 120" },
  { "the first part was eight hours: all of the second is overtime", "", "05-04 06:00 8 a, 05-04 16:00 2 a",
    "in 05-04 06:00@a, out 05-04 14:00@a, in 05-04 16:00@a, out 05-04 18:00@a", "05-04 COMPLETE of 600: ordinary 480, ordinary_ot 120" },
  { "a minute short of eight hours, the second part begins with it", "grace=0", "05-04 06:00 8 a, 05-04 16:00 2 a",
    "in 05-04 06:00@a, out 05-04 13:59@a, in 05-04 16:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 600: ordinary 480, ordinary_ot 119; undertime 1; UNDERTIME" },
  { "relieved twice", "", "05-04 06:00 3 a, 05-04 10:00 3 a, 05-04 14:00 4 a",
    "in 05-04 06:00@a, out 05-04 09:00@a, in 05-04 10:00@a, out 05-04 13:00@a, in 05-04 14:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 600: ordinary 480, ordinary_ot 120" },
  { "relieved at night, the second part after midnight", "", "05-04 18:00 4 a, 05-05 00:00 6 b", "in 05-04 18:00@a, out 05-04 22:00@a",
    "05-04 COMPLETE of 240: ordinary 240" },
  { "between the parts he stood elsewhere: that has its own count", "", "05-04 06:00 4 a, 05-04 10:00 2 b, 05-04 12:00 6 a",
    "in 05-04 06:00@a, out 05-04 10:00@a, in 05-04 10:00@b, out 05-04 12:00@b, in 05-04 12:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 600: ordinary 480, ordinary_ot 120 / 05-04 COMPLETE of 120: ordinary 120" },
  { "came only for the second part", "closed=05-04", "05-04 06:00 4 a, 05-04 12:00 6 a", "in 05-04 12:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 600: ordinary 360; absent 240" },
  { "went after the first part", "closed=05-04", "05-04 06:00 4 a, 05-04 12:00 6 a", "in 05-04 06:00@a, out 05-04 10:00@a",
    "05-04 COMPLETE of 600: ordinary 240; absent 360" },
  { "the second part is still open", "", "05-04 06:00 4 a, 05-04 12:00 6 a", "in 05-04 06:00@a, out 05-04 10:00@a, in 05-04 12:00@a",
    "05-04 OPEN of 600: ordinary 240" },
  { "neither part was stood", "closed=05-04", "05-04 06:00 4 a, 05-04 12:00 6 a", "", "05-04 ABSENT of 600; absent 600" },
  { "the first part is still open, the second one complete", "", "05-04 06:00 4 a, 05-04 12:00 6 a",
    "in 05-04 06:00@a, in 05-04 12:00@a, out 05-04 18:00@a", "05-04 OPEN of 600: ordinary 360" },
  { "a break too long in both parts", "", "05-04 06:00 4 a, 05-04 12:00 6 a",
    "in 05-04 06:00@a, rest 05-04 08:00@a, back 05-04 09:05@a, out 05-04 10:00@a, in 05-04 12:00@a, rest 05-04 14:00@a, back 05-04 15:10@a, "
    "out 05-04 18:00@a",
    "05-04 COMPLETE of 600: ordinary 480, ordinary_ot 105; undertime 15; breaks 135; overrun 15; UNDERTIME BREAK_OVERRUN" },
  { "too long only in both parts together", "late longest=600", "05-04 06:00 4 a, 05-04 12:00 6 a",
    "in 05-04 06:00@a, out 05-04 10:01@a, in 05-04 12:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 600: ordinary 480, ordinary_ot 121; TOO_LONG" },
  { "not too long at the plan of both parts", "late longest=300", "05-04 06:00 4 a, 05-04 12:00 6 a",
    "in 05-04 06:00@a, out 05-04 10:00@a, in 05-04 12:00@a, out 05-04 18:00@a", "05-04 COMPLETE of 600: ordinary 480, ordinary_ot 120" },
  { "tomorrow's duty at the same post is another one", "", "05-04 06:00 8 a, 05-05 06:00 8 a",
    "in 05-04 06:00@a, out 05-04 14:00@a, in 05-05 06:00@a, out 05-05 14:00@a",
    "05-04 COMPLETE of 480: ordinary 480 / 05-05 COMPLETE of 480: ordinary 480" },

  /* The duty date decides the period. */
  { "the night of the 15th belongs to the first half", "judge=05-01..05-15", "05-15 18:00 12 a", "in 05-15 18:00@a, out 05-16 06:00@a",
    "05-15 COMPLETE of 720: ordinary 240, ordinary_nd 240, ordinary_ot_nd 240" },
  { "and has nothing in the second", "judge=05-16..05-31", "05-15 18:00 12 a", "in 05-15 18:00@a, out 05-16 06:00@a", "" },
  { "over year end into New Year's Day", "holidays=2027-01-01:regular judge=12-16..12-31", "12-31 18:00 12 a", "in 12-31 18:00@a, out 2027-01-01 06:00@a",
    "12-31 COMPLETE of 720: ordinary 240, ordinary_nd 120, regular_nd 120, regular_ot_nd 240" },
  { "New Year's Day has nothing of it", "holidays=2027-01-01:regular judge=2027-01-01..2027-01-15", "12-31 18:00 12 a",
    "in 12-31 18:00@a, out 2027-01-01 06:00@a", "" },
  { "over the end of a February of 28 days", "holidays=2027-03-01:special judge=2027-02-16..2027-02-28", "2027-02-28 18:00 12 a",
    "in 2027-02-28 18:00@a, out 2027-03-01 06:00@a",
    "2027-02-28 COMPLETE of 720: ordinary 240, ordinary_nd 120, special_nd 120, special_ot_nd 240" },
  { "in a leap year the 29th comes between", "holidays=2028-03-01:special judge=2028-02-16..2028-02-29", "2028-02-28 18:00 12 a",
    "in 2028-02-28 18:00@a, out 2028-02-29 06:00@a", "2028-02-28 COMPLETE of 720: ordinary 240, ordinary_nd 240, ordinary_ot_nd 240" },
  { "over the end of a February of 29 days", "holidays=2028-03-01:special judge=2028-02-16..2028-02-29", "2028-02-29 18:00 12 a",
    "in 2028-02-29 18:00@a, out 2028-03-01 06:00@a",
    "2028-02-29 COMPLETE of 720: ordinary 240, ordinary_nd 120, special_nd 120, special_ot_nd 240" },
  { "over the end of a month of 30 days", "rest=05-01 judge=04-16..04-30", "04-30 18:00 12 a", "in 04-30 18:00@a, out 05-01 06:00@a",
    "04-30 COMPLETE of 720: ordinary 240, ordinary_nd 120, ordinary_rest_nd 120, ordinary_rest_ot_nd 240" },
};

/* Every night of three years, the leap day among them: whole in the period of its duty date, nothing in the next; the holiday of the
 * day after from midnight on. */
static void
test_every_night (void)
{
  ArmmsDate last = armms_date_from_ymd (2028, 12, 31);

  for (ArmmsDate date = armms_date_from_ymd (2026, 1, 1); date.days <= last.days; date = armms_date_add_days (date, 1))
    {
      g_autofree TimeWorld *world = time_world_new ("");
      g_autoptr(GArray) lines = NULL, others = NULL;
      ArmmsPeriod period = armms_period_of (ARMMS_PERIOD_SEMI_MONTHLY, ARMMS_DATE_NONE, date);
      ArmmsPeriod next = armms_period_of (ARMMS_PERIOD_SEMI_MONTHLY, ARMMS_DATE_NONE, armms_date_add_days (period.to, 1));
      ArmmsDuty *duty = time_world_add_duty (world, "05-04 18:00 12 a");
      const ArmmsDayLine *line;

      duty->duty_date = date;
      duty->starts_at = armms_zone_instant (world->facts.zone, date, 18 * 60);
      duty->ends_at = armms_zone_instant (world->facts.zone, date, 30 * 60);
      time_world_add_punch (world, "in 05-04 18:00@a");
      time_world_add_punch (world, "out 05-05 06:00@a");
      world->punches[0].at = duty->starts_at;
      world->punches[1].at = duty->ends_at;
      world->day_types[date.days + 1 - world->calendar.first.days] = ARMMS_DAY_REGULAR;
      world->facts.from = period.from;
      world->facts.to = period.to;
      lines = time_world_judge (world);
      g_assert_cmpuint (lines->len, ==, 1);
      line = &g_array_index (lines, ArmmsDayLine, 0);
      g_assert_cmpint (line->duty_date.days, ==, date.days);
      g_assert_cmpint (line->cells[ARMMS_CELL (ARMMS_DAY_ORDINARY, FALSE, FALSE, FALSE)], ==, 240);
      g_assert_cmpint (line->cells[ARMMS_CELL (ARMMS_DAY_ORDINARY, FALSE, FALSE, TRUE)], ==, 120);
      g_assert_cmpint (line->cells[ARMMS_CELL (ARMMS_DAY_REGULAR, FALSE, FALSE, TRUE)], ==, 120);
      g_assert_cmpint (line->cells[ARMMS_CELL (ARMMS_DAY_REGULAR, FALSE, TRUE, TRUE)], ==, 240);
      world->facts.from = next.from;
      world->facts.to = next.to;
      others = time_world_judge (world);
      g_assert_cmpuint (others->len, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  time_cases_add ("/time/day", cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/time/day/every night of three years is of its duty date's period", test_every_night);
  return g_test_run ();
}
