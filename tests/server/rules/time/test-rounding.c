#include "time-world.h"

/* The paid interval of a duty of eight hours in steps of a quarter, without grace: both sides of each step, in and out. */
static const TimeCase cases[] = {
  { "not rounded, a minute is a minute", "grace=0", "05-04 06:00 8 a", "in 05-04 06:01@a, out 05-04 13:59@a",
    "05-04 COMPLETE of 480: ordinary 478; late 1; undertime 1; LATE UNDERTIME" },
  { "a step of one minute is none", "grace=0 round=inward:1", "05-04 06:00 8 a", "in 05-04 06:01@a, out 05-04 13:59@a",
    "05-04 COMPLETE of 480: ordinary 478; late 1; undertime 1; LATE UNDERTIME" },
  { "a step without a way to round is none", "grace=0 round=none:15", "05-04 06:00 8 a", "in 05-04 06:01@a, out 05-04 13:59@a",
    "05-04 COMPLETE of 480: ordinary 478; late 1; undertime 1; LATE UNDERTIME" },

  { "inward: on the dot", "grace=0 round=inward:15", "05-04 06:00 8 a", "in 05-04 06:00@a, out 05-04 14:00@a", "05-04 COMPLETE of 480: ordinary 480" },
  { "inward: a minute late costs the quarter", "grace=0 round=inward:15", "05-04 06:00 8 a", "in 05-04 06:01@a, out 05-04 14:00@a",
    "05-04 COMPLETE of 480: ordinary 465; late 15; LATE" },
  { "inward: in at the full quarter", "grace=0 round=inward:15", "05-04 06:00 8 a", "in 05-04 06:15@a, out 05-04 14:00@a",
    "05-04 COMPLETE of 480: ordinary 465; late 15; LATE" },
  { "inward: a minute more costs the next quarter", "grace=0 round=inward:15", "05-04 06:00 8 a", "in 05-04 06:16@a, out 05-04 14:00@a",
    "05-04 COMPLETE of 480: ordinary 450; late 30; LATE" },
  { "inward: out a minute early costs the quarter", "grace=0 round=inward:15", "05-04 06:00 8 a", "in 05-04 06:00@a, out 05-04 13:59@a",
    "05-04 COMPLETE of 480: ordinary 465; undertime 15; UNDERTIME" },
  { "inward: out at the full quarter", "grace=0 round=inward:15", "05-04 06:00 8 a", "in 05-04 06:00@a, out 05-04 13:45@a",
    "05-04 COMPLETE of 480: ordinary 465; undertime 15; UNDERTIME" },
  { "inward: out a minute before it", "grace=0 round=inward:15", "05-04 06:00 8 a", "in 05-04 06:00@a, out 05-04 13:44@a",
    "05-04 COMPLETE of 480: ordinary 450; undertime 30; UNDERTIME" },
  { "inward: only full quarters of early and late work are paid", "grace=0 round=inward:15 early late", "05-04 06:00 8 a",
    "in 05-04 05:31@a, out 05-04 14:29@a", "05-04 COMPLETE of 480: ordinary 465, ordinary_nd 15, ordinary_ot 30" },

  { "outward: a begun quarter counts, late", "grace=0 round=outward:15", "05-04 06:00 8 a", "in 05-04 06:14@a, out 05-04 14:00@a",
    "05-04 COMPLETE of 480: ordinary 480" },
  { "outward: in at the full quarter", "grace=0 round=outward:15", "05-04 06:00 8 a", "in 05-04 06:15@a, out 05-04 14:00@a",
    "05-04 COMPLETE of 480: ordinary 465; late 15; LATE" },
  { "outward: out a minute after the quarter", "grace=0 round=outward:15", "05-04 06:00 8 a", "in 05-04 06:00@a, out 05-04 13:46@a",
    "05-04 COMPLETE of 480: ordinary 480" },
  { "outward: out at the full quarter", "grace=0 round=outward:15", "05-04 06:00 8 a", "in 05-04 06:00@a, out 05-04 13:45@a",
    "05-04 COMPLETE of 480: ordinary 465; undertime 15; UNDERTIME" },
  { "outward: begun quarters of early and late work are paid", "grace=0 round=outward:15 early late", "05-04 06:00 8 a",
    "in 05-04 05:59@a, out 05-04 14:01@a", "05-04 COMPLETE of 480: ordinary 465, ordinary_nd 15, ordinary_ot 30" },
  { "outward: planned time only, whatever was begun before and after", "grace=0 round=outward:15", "05-04 06:00 8 a",
    "in 05-04 05:59@a, out 05-04 14:01@a", "05-04 COMPLETE of 480: ordinary 480" },
  { "went out for less than a step and was paid twice for it", "grace=0 round=outward:15 window=0", "05-04 06:00 8 a",
    "in 05-04 06:00@a, out 05-04 09:02@a, in 05-04 09:05@a, out 05-04 14:00@a", "05-04 COMPLETE of 480: ordinary 480" },

  { "nearest: seven minutes late are none", "grace=0 round=nearest:15", "05-04 06:00 8 a", "in 05-04 06:07@a, out 05-04 14:00@a",
    "05-04 COMPLETE of 480: ordinary 480" },
  { "nearest: eight minutes late are a quarter", "grace=0 round=nearest:15", "05-04 06:00 8 a", "in 05-04 06:08@a, out 05-04 14:00@a",
    "05-04 COMPLETE of 480: ordinary 465; late 15; LATE" },
  { "nearest: out seven minutes early is none", "grace=0 round=nearest:15", "05-04 06:00 8 a", "in 05-04 06:00@a, out 05-04 13:53@a",
    "05-04 COMPLETE of 480: ordinary 480" },
  { "nearest: out eight minutes early is a quarter", "grace=0 round=nearest:15", "05-04 06:00 8 a", "in 05-04 06:00@a, out 05-04 13:52@a",
    "05-04 COMPLETE of 480: ordinary 465; undertime 15; UNDERTIME" },
  { "nearest: early and late work, seven and eight minutes", "grace=0 round=nearest:15 early late", "05-04 06:00 8 a",
    "in 05-04 05:53@a, out 05-04 14:08@a", "05-04 COMPLETE of 480: ordinary 480, ordinary_ot 15" },
  { "nearest: the middle of an even step goes to the earlier one", "grace=0 round=nearest:30", "05-04 06:00 8 a",
    "in 05-04 06:15@a, out 05-04 13:45@a", "05-04 COMPLETE of 480: ordinary 450; undertime 30; UNDERTIME" },
  { "nearest: a minute past the middle goes to the later one", "grace=0 round=nearest:30", "05-04 06:00 8 a",
    "in 05-04 06:16@a, out 05-04 13:46@a", "05-04 COMPLETE of 480: ordinary 450; late 30; LATE" },

  { "grace goes first: what it forgives is not rounded", "grace=5 round=inward:15", "05-04 06:00 8 a", "in 05-04 06:05@a, out 05-04 13:55@a",
    "05-04 COMPLETE of 480: ordinary 480" },
  { "and what it does not is", "grace=5 round=inward:15", "05-04 06:00 8 a", "in 05-04 06:06@a, out 05-04 13:54@a",
    "05-04 COMPLETE of 480: ordinary 450; late 15; undertime 15; LATE UNDERTIME" },
  { "inward an outing costs its begun quarters on both sides", "grace=0 round=inward:15", "05-04 06:00 8 a",
    "in 05-04 06:00@a, out 05-04 09:14@a, in 05-04 09:46@a, out 05-04 14:00@a",
    "05-04 COMPLETE of 480: ordinary 420; undertime 60; UNDERTIME" },
  { "a stay shorter than a step is nothing inward", "grace=0 round=inward:15 closed=05-04", "05-04 06:00 8 a",
    "in 05-04 09:02@a, out 05-04 09:12@a", "05-04 COMPLETE of 480; absent 480" },

  /* Early and late pay. */
  { "paid early only", "early", "05-04 08:00 8 a", "in 05-04 07:30@a, out 05-04 16:30@a", "05-04 COMPLETE of 480: ordinary 480, ordinary_ot 30" },
  { "paid late only", "late", "05-04 08:00 8 a", "in 05-04 07:30@a, out 05-04 16:30@a", "05-04 COMPLETE of 480: ordinary 480, ordinary_ot 30" },
  { "early and late minutes paid by policy", "early late", "05-04 06:00 12 a", "in 05-04 05:30@a, out 05-04 18:45@a",
    "05-04 COMPLETE of 720: ordinary 450, ordinary_nd 30, ordinary_ot 315" },
  { "a minute early, a minute late", "early late", "05-04 08:00 8 a", "in 05-04 07:59@a, out 05-04 16:01@a",
    "05-04 COMPLETE of 480: ordinary 480, ordinary_ot 2" },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  time_cases_add ("/time/paid interval", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
