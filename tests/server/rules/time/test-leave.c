#include "time-world.h"

/* Leave stands for what was not worked of the plan: absence, then undertime, then late. */
static const TimeCase cases[] = {
  { "a day of paid leave", "leave=05-04:paid closed=05-04", "05-04 06:00 12 a", "", "05-04 LEAVE of 720; paid leave 720" },
  { "a day of unpaid leave", "leave=05-04:unpaid closed=05-04", "05-04 06:00 12 a", "", "05-04 LEAVE of 720; unpaid leave 720" },
  { "leave is known before the day is closed", "leave=05-04:unpaid", "05-04 06:00 12 a", "", "05-04 LEAVE of 720; unpaid leave 720" },
  { "leave on a day without a duty is nothing here", "leave=05-05:paid closed=05-05", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "he came all the same: what he worked counts, and a person has to look", "leave=05-04:unpaid", "05-04 06:00 12 a",
    "in 05-04 06:00@a, out 05-04 18:00@a", "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240; ON_LEAVE" },
  { "on leave and in, not out yet", "leave=05-04:paid", "05-04 06:00 12 a", "in 05-04 06:00@a", "05-04 OPEN of 720; paid leave 720" },
  { "on leave and in, never out", "leave=05-04:paid closed=05-04", "05-04 06:00 12 a", "in 05-04 06:00@a",
    "05-04 COMPLETE of 720; paid leave 720; MISSING_OUT / #1 VALID MISSING_OUT" },
  { "half a day's leave excuses the missing half", "leave=05-04:paid:360", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 12:00@a",
    "05-04 COMPLETE of 720: ordinary 360; paid leave 360" },
  { "a minute more was missed than given", "grace=0 leave=05-04:paid:360", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 11:59@a",
    "05-04 COMPLETE of 720: ordinary 359; undertime 1; paid leave 360; UNDERTIME" },
  { "a minute less was missed than given", "grace=0 leave=05-04:paid:360", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 12:01@a",
    "05-04 COMPLETE of 720: ordinary 361; paid leave 359" },
  { "a morning's leave excuses the late hours", "leave=05-04:paid:360", "05-04 06:00 12 a", "in 05-04 12:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 360; paid leave 360" },
  { "undertime is excused before lateness", "leave=05-04:paid:60", "05-04 06:00 12 a", "in 05-04 07:00@a, out 05-04 17:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 120; late 60; paid leave 60; LATE" },
  { "half a day's leave, and the other half absent", "leave=05-04:paid:360 closed=05-04", "05-04 06:00 12 a", "",
    "05-04 LEAVE of 720; absent 360; paid leave 360" },
  { "before the day is over nobody is absent for the other half", "leave=05-04:paid:360", "05-04 06:00 12 a", "",
    "05-04 OPEN of 720; paid leave 360" },
  { "half paid, half unpaid", "leave=05-04:paid:360 leave=05-04:unpaid:360 closed=05-04", "05-04 06:00 12 a", "",
    "05-04 LEAVE of 720; paid leave 360; unpaid leave 360" },
  { "six hours of leave were given in both parts of a relieved duty", "leave=05-04:paid:360 closed=05-04", "05-04 06:00 4 a, 05-04 12:00 6 a", "",
    "05-04 LEAVE of 600; absent 240; paid leave 360" },
  { "a whole day's leave covers both parts", "leave=05-04:paid closed=05-04", "05-04 06:00 4 a, 05-04 12:00 6 a", "",
    "05-04 LEAVE of 600; paid leave 600" },
  { "a whole day's unpaid leave covers both parts", "leave=05-04:unpaid closed=05-04", "05-04 06:00 4 a, 05-04 12:00 6 a", "",
    "05-04 LEAVE of 600; unpaid leave 600" },
  { "a whole day's leave covers two duties", "leave=05-04:paid closed=05-04", "05-04 06:00 8 a, 05-04 16:00 8 b", "",
    "05-04 LEAVE of 480; paid leave 480 / 05-04 LEAVE of 480; paid leave 480" },
  { "leave for the first part, worked the second", "leave=05-04:paid:240", "05-04 06:00 4 a, 05-04 12:00 6 a", "in 05-04 12:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 600: ordinary 360; paid leave 240" },

  /* Somebody else stood it: it is never worked, but it is his to be absent from, or on leave. */
  { "relieved because he did not come: absent", "closed=05-04", "05-04 06:00 12 a absent", "", "05-04 ABSENT of 720; absent 720" },
  { "not before the day is over", "", "05-04 06:00 12 a absent", "", "" },
  { "relieved by agreement: nothing of his", "closed=05-04", "05-04 06:00 12 a excused", "", "" },
  { "relieved for paid leave", "leave=05-04:paid", "05-04 06:00 12 a excused", "", "05-04 LEAVE of 720; paid leave 720" },
  { "relieved for unpaid leave", "leave=05-04:unpaid closed=05-04", "05-04 06:00 12 a excused", "", "05-04 LEAVE of 720; unpaid leave 720" },
  { "relieved as absent, then given leave", "leave=05-04:paid closed=05-04", "05-04 06:00 12 a absent", "", "05-04 LEAVE of 720; paid leave 720" },
  { "relieved as absent, and half a day's leave", "leave=05-04:paid:360 closed=05-04", "05-04 06:00 12 a absent", "",
    "05-04 LEAVE of 720; absent 360; paid leave 360" },
  { "relieved by agreement, and half a day's leave", "leave=05-04:paid:360 closed=05-04", "05-04 06:00 12 a excused", "",
    "05-04 LEAVE of 720; paid leave 360" },
  { "fell ill at noon", "closed=05-04", "05-04 06:00 6 a, 05-04 12:00 6 a absent", "in 05-04 06:00@a, out 05-04 12:00@a",
    "05-04 COMPLETE of 720: ordinary 360; absent 360" },
  { "stood for until he came", "closed=05-04", "05-04 06:00 4 a absent, 05-04 10:00 8 a", "in 05-04 10:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480; absent 240" },
  { "sent to a training at noon", "closed=05-04", "05-04 06:00 6 a, 05-04 12:00 6 a excused", "in 05-04 06:00@a, out 05-04 12:00@a",
    "05-04 COMPLETE of 360: ordinary 360" },
  { "relieved for an afternoon's leave: it is not worked in spite of it", "leave=05-04:paid:360", "05-04 06:00 6 a, 05-04 12:00 6 a excused",
    "in 05-04 06:00@a, out 05-04 12:00@a", "05-04 COMPLETE of 720: ordinary 360; paid leave 360" },
  { "the morning's leave is not the training's of the afternoon", "leave=05-04:paid:360 closed=05-04", "05-04 06:00 6 a, 05-04 12:00 6 a excused", "",
    "05-04 LEAVE of 360; paid leave 360" },
  { "relieved from the middle of twenty-four hours: not too long, not undone", "closed=05-04", "05-04 06:00 8 a, 05-04 14:00 8 a absent, 05-04 22:00 8 a",
    "in 05-04 06:00@a, out 05-04 14:00@a, in 05-04 22:00@a, out 05-05 06:00@a",
    "05-04 COMPLETE of 1440: ordinary 480, ordinary_ot_nd 480; absent 480" },
  { "clocked on a duty that is another's by now", "closed=05-04", "05-04 06:00 12 a absent", "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 ABSENT of 720; absent 720 / #1 UNMATCHED NO_ASSIGNMENT / #2 UNMATCHED NO_ASSIGNMENT" },
  { "relieved after his last day", "separated=05-03 closed=05-04", "05-04 06:00 12 a absent", "", "" },
};

/* A line that has all three is excused in this order, and the leave has that much less to give. */
static void
test_order (void)
{
  ArmmsDayLine line = { .scheduled = 100, .absent = 10, .undertime = 20, .late = 30 };
  gint32 left = 45;

  armms_day_line_apply_leave (&line, /* paid= */ TRUE, &left);
  g_assert_cmpint (line.absent, ==, 0);
  g_assert_cmpint (line.undertime, ==, 0);
  g_assert_cmpint (line.late, ==, 15);
  g_assert_cmpint (line.leave_paid, ==, 45);
  g_assert_cmpint (left, ==, 0);
  left = 20;
  armms_day_line_apply_leave (&line, /* paid= */ FALSE, &left);
  g_assert_cmpint (line.late, ==, 0);
  g_assert_cmpint (line.leave_unpaid, ==, 15);
  g_assert_cmpint (left, ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  time_cases_add ("/time/leave", cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/time/leave/absence is excused first, then undertime, then late", test_order);
  return g_test_run ();
}
