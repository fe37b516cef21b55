#include "time-world.h"

/* One duty of twelve hours, and what he punched: pairs, grace, late, undertime, absence. */
static const TimeCase cases[] = {
  { "a day duty of twelve hours, meal break paid", "", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "a night duty: four hours before, four at night, four of overtime at night", "", "05-04 18:00 12 a",
    "in 05-04 18:00@a, out 05-05 06:00@a", "05-04 COMPLETE of 720: ordinary 240, ordinary_nd 240, ordinary_ot_nd 240" },
  { "early and late minutes are not paid", "", "05-04 06:00 12 a", "in 05-04 05:31@a, out 05-04 18:47@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "seconds are dropped", "", "05-04 06:00 12 a", "in 05-04 06:05:59@a, out 05-04 18:00:59@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "a reader without keys", "", "05-04 06:00 12 a", "? 05-04 05:58@a, ? 05-04 18:01@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "before 1970 a second is of its own minute too", "", "1969-05-05 06:00 12 a", "in 1969-05-05 06:05:59@a, out 1969-05-05 18:00:59@a",
    "1969-05-05 COMPLETE of 720: ordinary 480, ordinary_ot 240" },

  /* Grace: five minutes on both sides, and both sides of it. */
  { "within the grace time he is punctual", "", "05-04 06:00 12 a", "in 05-04 06:05@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "a minute after it he is late by all of it", "", "05-04 06:00 12 a", "in 05-04 06:06@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 234; late 6; LATE" },
  { "left within the grace time he stayed to the end", "", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 17:55@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "left a minute before it he misses all of it", "", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 17:54@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 234; undertime 6; UNDERTIME" },
  { "without a grace time a minute is a minute", "grace=0", "05-04 06:00 12 a", "in 05-04 06:01@a, out 05-04 17:59@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 238; late 1; undertime 1; LATE UNDERTIME" },
  { "coming back is not graced", "", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 09:00@a, in 05-04 09:04@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 236; undertime 4; UNDERTIME" },
  { "looked in before the duty, left, and came within the grace time", "", "05-04 06:00 12 a",
    "in 05-04 04:00@a, out 05-04 05:00@a, in 05-04 06:04@a, out 05-04 18:00@a", "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "looked in before the duty, left, and came late", "", "05-04 06:00 12 a",
    "in 05-04 04:00@a, out 05-04 05:00@a, in 05-04 07:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 180; late 60; LATE" },
  { "went within the grace time, and came back after the duty", "", "05-04 06:00 12 a",
    "in 05-04 06:00@a, out 05-04 17:56@a, in 05-04 19:00@a, out 05-04 19:30@a", "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },

  { "went within the grace time, and came back as the duty ended", "", "05-04 06:00 12 a",
    "in 05-04 06:00@a, out 05-04 17:56@a, in 05-04 18:00@a, out 05-04 18:30@a", "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "was here until the duty began, and came back within the grace time", "early", "05-04 06:00 12 a",
    "in 05-04 05:00@a, out 05-04 06:00@a, in 05-04 06:04@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 420, ordinary_nd 60, ordinary_ot 300" },

  /* What is missed. Time outside of the plan does not make up for it: Art. 88. */
  { "leaving early is undertime", "", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 13:00@a",
    "05-04 COMPLETE of 720: ordinary 420; undertime 300; UNDERTIME" },
  { "away in the middle is undertime", "", "05-04 06:00 12 a",
    "in 05-04 06:00@a, out 05-04 09:00@a, in 05-04 10:30@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 150; undertime 90; UNDERTIME" },
  { "an hour stayed longer does not make up for an hour late", "late", "05-04 06:00 12 a", "in 05-04 07:00@a, out 05-04 19:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240; late 60; LATE" },
  { "an hour come earlier does not make up for an hour left earlier", "early", "05-04 06:00 12 a", "in 05-04 05:00@a, out 05-04 17:00@a",
    "05-04 COMPLETE of 720: ordinary 420, ordinary_nd 60, ordinary_ot 240; undertime 60; UNDERTIME" },
  { "overtime of one day does not make up for undertime of the day before", "late", "05-04 06:00 12 a, 05-05 06:00 12 a",
    "in 05-04 06:00@a, out 05-04 17:00@a, in 05-05 06:00@a, out 05-05 19:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 180; undertime 60; UNDERTIME / 05-05 COMPLETE of 720: ordinary 480, ordinary_ot 300" },
  { "here only before the duty he worked none of it", "closed=05-04", "05-04 06:00 12 a", "in 05-04 04:00@a, out 05-04 05:00@a",
    "05-04 COMPLETE of 720; absent 720" },
  { "here only after the duty he worked none of it", "closed=05-04", "05-04 06:00 12 a", "in 05-04 18:30@a, out 05-04 19:30@a",
    "05-04 COMPLETE of 720; absent 720" },
  { "here only after the duty, paid by policy, he was late for all of it", "closed=05-04 late", "05-04 06:00 12 a",
    "in 05-04 18:30@a, out 05-04 19:30@a", "05-04 COMPLETE of 720: ordinary 60; late 720; LATE" },
  { "here only before the duty, paid by policy, he missed all of it", "closed=05-04 early", "05-04 06:00 12 a",
    "in 05-04 04:00@a, out 05-04 05:00@a", "05-04 COMPLETE of 720: ordinary_nd 60; undertime 720; UNDERTIME" },

  /* Pairs that do not come out. */
  { "twice in: the second does not count", "", "05-04 06:00 12 a", "in 05-04 06:00@a, in 05-04 07:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240; OUT_OF_ORDER / #2 INVALID OUT_OF_ORDER" },
  { "twice out: the first counts", "", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 17:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 180; undertime 60; OUT_OF_ORDER UNDERTIME / #3 INVALID OUT_OF_ORDER" },
  { "an unknown one in the middle was the out, so the out is odd", "", "05-04 06:00 12 a",
    "in 05-04 06:00@a, ? 05-04 12:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 360; undertime 360; OUT_OF_ORDER UNDERTIME / #3 INVALID OUT_OF_ORDER" },
  { "an unknown one after the pair came back, and misses its out", "closed=05-04", "05-04 06:00 12 a",
    "in 05-04 06:00@a, out 05-04 12:00@a, ? 05-04 13:00@a",
    "05-04 COMPLETE of 720: ordinary 360; undertime 360; MISSING_OUT UNDERTIME / #3 VALID MISSING_OUT" },
  { "an in alone is open while the day is", "", "05-04 06:00 12 a", "in 05-04 06:00@a", "05-04 OPEN of 720" },
  { "an in alone misses its out when the day is closed", "closed=05-04", "05-04 06:00 12 a", "in 05-04 06:00@a",
    "05-04 COMPLETE of 720; absent 720; MISSING_OUT / #1 VALID MISSING_OUT" },
  { "back from an outing and not out yet: open, with what is known", "", "05-04 06:00 12 a",
    "in 05-04 06:00@a, out 05-04 09:00@a, in 05-04 10:00@a", "05-04 OPEN of 720: ordinary 180" },
  { "an out alone misses its in", "", "05-04 06:00 12 a", "out 05-04 18:00@a", "05-04 COMPLETE of 720; MISSING_IN / #1 INVALID MISSING_IN" },
  { "nothing at all is absence when the day is closed", "closed=05-04", "05-04 06:00 12 a", "", "05-04 ABSENT of 720; absent 720" },
  { "nothing at all is nothing before", "", "05-04 06:00 12 a", "", "" },
  { "of three days the two that were closed are absences", "closed=05-05..05-06", "05-04 06:00 12 a, 05-05 06:00 12 a, 05-06 06:00 12 a", "",
    "05-05 ABSENT of 720; absent 720 / 05-06 ABSENT of 720; absent 720" },
  { "the day after the closed one is not closed", "closed=05-03 judge=05-04..05-04", "05-04 06:00 12 a", "", "" },
  { "clocked at another site he was not here", "closed=05-04", "05-04 06:00 12 a", "in 05-04 06:00@c, out 05-04 18:00@c",
    "05-04 ABSENT of 720; absent 720 / #1 INVALID WRONG_DETACHMENT / #2 INVALID WRONG_DETACHMENT" },
  { "twelve times in and out are read, the thirteenth is odd", "grace=0 window=0", "05-04 06:00 12 a",
    "in 05-04 06:00@a, out 05-04 06:10@a, in 05-04 06:20@a, out 05-04 06:30@a, in 05-04 06:40@a, out 05-04 06:50@a, "
    "in 05-04 07:00@a, out 05-04 07:10@a, in 05-04 07:20@a, out 05-04 07:30@a, in 05-04 07:40@a, out 05-04 07:50@a, "
    "in 05-04 08:00@a, out 05-04 08:10@a, in 05-04 08:20@a, out 05-04 08:30@a, in 05-04 08:40@a, out 05-04 08:50@a, "
    "in 05-04 09:00@a, out 05-04 09:10@a, in 05-04 09:20@a, out 05-04 09:30@a, in 05-04 09:40@a, out 05-04 09:50@a, "
    "in 05-04 10:00@a",
    "05-04 COMPLETE of 720: ordinary 120; undertime 600; OUT_OF_ORDER UNDERTIME / #25 INVALID OUT_OF_ORDER" },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  time_cases_add ("/time/duty", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
