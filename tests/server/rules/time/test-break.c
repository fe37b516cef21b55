#include "time-world.h"

/* Breaks. Labor Code art. 85, Book III Rule I s.7: the meal hour is not worked unless he could not leave the post; a rest of up to
 * twenty minutes is working time. */
static const TimeCase cases[] = {
  /* Paid: an hour is allowed. */
  { "paid: a break within its hour costs nothing", "", "05-04 06:00 12 a",
    "in 05-04 06:00@a, rest 05-04 12:00@a, back 05-04 13:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240; breaks 60" },
  { "paid: a minute more is overrun and taken out", "", "05-04 06:00 12 a",
    "in 05-04 06:00@a, rest 05-04 12:00@a, back 05-04 13:01@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 239; undertime 1; breaks 61; overrun 1; UNDERTIME BREAK_OVERRUN" },
  { "paid: what passes the hour is taken out", "", "05-04 06:00 12 a",
    "in 05-04 06:00@a, rest 05-04 12:00@a, back 05-04 13:25@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 215; undertime 25; breaks 85; overrun 25; UNDERTIME BREAK_OVERRUN" },
  { "paid: two breaks share the hour", "", "05-04 06:00 12 a",
    "in 05-04 06:00@a, rest 05-04 10:00@a, back 05-04 10:40@a, rest 05-04 15:00@a, back 05-04 15:30@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 230; undertime 10; breaks 70; overrun 10; UNDERTIME BREAK_OVERRUN" },
  { "paid: a meal of half an hour by agreement", "break=paid:30", "05-04 08:00 8:30 a",
    "in 05-04 08:00@a, rest 05-04 12:00@a, back 05-04 12:30@a, out 05-04 16:30@a",
    "05-04 COMPLETE of 510: ordinary 480, ordinary_ot 30; breaks 30" },
  { "paid: where no break is allowed all of it is taken out", "break=paid:0", "05-04 08:00 8 a",
    "in 05-04 08:00@a, rest 05-04 12:00@a, back 05-04 12:30@a, out 05-04 16:00@a",
    "05-04 COMPLETE of 480: ordinary 450; undertime 30; breaks 30; overrun 30; UNDERTIME BREAK_OVERRUN" },

  /* Automatic: an hour is unpaid, clocked or not. */
  { "automatic: taken out at its hour", "break=auto:60@12:00", "05-04 08:00 16 a", "in 05-04 08:00@a, out 05-05 00:00@a",
    "05-04 COMPLETE of 900: ordinary 480, ordinary_ot 300, ordinary_ot_nd 120; breaks 60" },
  { "automatic: without an hour of its own it stands in the middle", "break=auto:60", "05-04 08:00 9 a", "in 05-04 08:00@a, out 05-04 12:30@a",
    "05-04 COMPLETE of 480: ordinary 240; undertime 240; breaks 30; UNDERTIME" },
  { "automatic: gone before it, nothing is taken out", "break=auto:60@12:00", "05-04 08:00 9 a", "in 05-04 08:00@a, out 05-04 12:00@a",
    "05-04 COMPLETE of 480: ordinary 240; undertime 240; UNDERTIME" },
  { "automatic: a minute into it, that minute is", "break=auto:60@12:00", "05-04 08:00 9 a", "in 05-04 08:00@a, out 05-04 12:01@a",
    "05-04 COMPLETE of 480: ordinary 240; undertime 240; breaks 1; UNDERTIME" },
  { "automatic: clocked at its hour it is taken out once", "break=auto:60@12:00", "05-04 08:00 9 a",
    "in 05-04 08:00@a, rest 05-04 12:00@a, back 05-04 13:00@a, out 05-04 17:00@a", "05-04 COMPLETE of 480: ordinary 480; breaks 60" },
  { "automatic: clocked at another hour it is taken out there", "break=auto:60@22:00", "05-04 18:00 9 a",
    "in 05-04 18:00@a, rest 05-04 20:00@a, back 05-04 21:00@a, out 05-05 03:00@a",
    "05-04 COMPLETE of 480: ordinary 180, ordinary_nd 300; breaks 60" },
  { "automatic: clocked shorter, the rest is taken out at its hour", "break=auto:60@12:00", "05-04 08:00 9 a",
    "in 05-04 08:00@a, rest 05-04 12:10@a, back 05-04 12:50@a, out 05-04 17:00@a", "05-04 COMPLETE of 480: ordinary 480; breaks 60" },
  { "automatic: clocked shorter elsewhere, the rest is taken out at its hour", "break=auto:60@12:00", "05-04 08:00 9 a",
    "in 05-04 08:00@a, rest 05-04 10:00@a, back 05-04 10:40@a, out 05-04 17:00@a", "05-04 COMPLETE of 480: ordinary 480; breaks 60" },
  { "automatic: half an hour too long at its hour was paid for", "break=auto:60@12:00", "05-04 08:00 9 a",
    "in 05-04 08:00@a, rest 05-04 11:00@a, back 05-04 12:30@a, out 05-04 17:00@a",
    "05-04 COMPLETE of 480: ordinary 450; undertime 30; breaks 90; overrun 30; UNDERTIME BREAK_OVERRUN" },
  { "automatic: a minute too long", "break=auto:60@12:00", "05-04 08:00 9 a",
    "in 05-04 08:00@a, rest 05-04 12:00@a, back 05-04 13:01@a, out 05-04 17:00@a",
    "05-04 COMPLETE of 480: ordinary 479; undertime 1; breaks 61; overrun 1; UNDERTIME BREAK_OVERRUN" },
  { "automatic: a break was clocked and he left before its hour", "break=auto:60@12:00", "05-04 08:00 9 a",
    "in 05-04 08:00@a, rest 05-04 09:00@a, back 05-04 10:00@a, out 05-04 12:00@a",
    "05-04 COMPLETE of 480: ordinary 180; undertime 300; breaks 60; UNDERTIME" },
  { "automatic: out over its hour, it is not taken out of the rest", "break=auto:60@12:00", "05-04 08:00 9 a",
    "in 05-04 08:00@a, out 05-04 11:50@a, in 05-04 13:00@a, out 05-04 17:00@a",
    "05-04 COMPLETE of 480: ordinary 470; undertime 10; UNDERTIME" },
  { "automatic: worked through because nobody relieved him, it is paid", "break=auto:60@12:00 through", "05-04 06:00 12 a",
    "in 05-04 06:00@a, out 05-04 18:00@a", "05-04 COMPLETE of 660: ordinary 480, ordinary_ot 240" },
  { "worked through, a clocked hour is paid as well", "break=auto:60@12:00 through", "05-04 06:00 12 a",
    "in 05-04 06:00@a, rest 05-04 12:00@a, back 05-04 13:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 660: ordinary 480, ordinary_ot 240; breaks 60" },
  { "worked through, more than the hour is overrun", "break=auto:60@12:00 through", "05-04 06:00 12 a",
    "in 05-04 06:00@a, rest 05-04 12:00@a, back 05-04 13:10@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 660: ordinary 480, ordinary_ot 230; breaks 70; overrun 10; BREAK_OVERRUN" },

  /* Punched: unpaid as it was clocked. */
  { "punched: taken out as clocked", "break=punched:60", "05-04 08:00 9 a",
    "in 05-04 08:00@a, rest 05-04 12:00@a, back 05-04 13:00@a, out 05-04 17:00@a", "05-04 COMPLETE of 480: ordinary 480; breaks 60" },
  { "punched: a quarter not used is worked", "break=punched:60", "05-04 08:00 9 a",
    "in 05-04 08:00@a, rest 05-04 12:00@a, back 05-04 12:45@a, out 05-04 17:00@a",
    "05-04 COMPLETE of 480: ordinary 480, ordinary_ot 15; breaks 45" },
  { "punched: a minute too long", "break=punched:60", "05-04 08:00 9 a",
    "in 05-04 08:00@a, rest 05-04 12:00@a, back 05-04 13:01@a, out 05-04 17:00@a",
    "05-04 COMPLETE of 480: ordinary 479; undertime 1; breaks 61; overrun 1; UNDERTIME BREAK_OVERRUN" },
  { "punched: none clocked, none taken out", "break=punched:60", "05-04 08:00 9 a", "in 05-04 08:00@a, out 05-04 17:00@a",
    "05-04 COMPLETE of 480: ordinary 480, ordinary_ot 60" },
  { "punched: worked through although it was clocked", "break=punched:60 through", "05-04 08:00 9 a",
    "in 05-04 08:00@a, rest 05-04 12:00@a, back 05-04 13:00@a, out 05-04 17:00@a",
    "05-04 COMPLETE of 480: ordinary 480, ordinary_ot 60; breaks 60" },

  /* A short rest is working time, in every mode. */
  { "punched: twenty minutes are working time", "break=punched:60 short=20", "05-04 08:00 9 a",
    "in 05-04 08:00@a, rest 05-04 10:00@a, back 05-04 10:20@a, rest 05-04 12:00@a, back 05-04 13:00@a, out 05-04 17:00@a",
    "05-04 COMPLETE of 480: ordinary 480; breaks 80" },
  { "punched: twenty-one minutes are not", "break=punched:60 short=20", "05-04 08:00 9 a",
    "in 05-04 08:00@a, rest 05-04 10:00@a, back 05-04 10:21@a, rest 05-04 12:00@a, back 05-04 13:00@a, out 05-04 17:00@a",
    "05-04 COMPLETE of 480: ordinary 459; undertime 21; breaks 81; overrun 21; UNDERTIME BREAK_OVERRUN" },
  { "punched: without the rule twenty minutes are taken out", "break=punched:60", "05-04 08:00 9 a",
    "in 05-04 08:00@a, rest 05-04 10:00@a, back 05-04 10:20@a, rest 05-04 12:00@a, back 05-04 13:00@a, out 05-04 17:00@a",
    "05-04 COMPLETE of 480: ordinary 460; undertime 20; breaks 80; overrun 20; UNDERTIME BREAK_OVERRUN" },
  { "paid: twenty minutes use up nothing of the hour", "short=20", "05-04 06:00 12 a",
    "in 05-04 06:00@a, rest 05-04 10:00@a, back 05-04 10:20@a, rest 05-04 12:00@a, back 05-04 13:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240; breaks 80" },
  { "paid: twenty-one minutes do", "short=20", "05-04 06:00 12 a",
    "in 05-04 06:00@a, rest 05-04 10:00@a, back 05-04 10:21@a, rest 05-04 12:00@a, back 05-04 13:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 219; undertime 21; breaks 81; overrun 21; UNDERTIME BREAK_OVERRUN" },
  { "automatic: twenty minutes are working time beside the hour", "break=auto:60@12:00 short=20", "05-04 08:00 9 a",
    "in 05-04 08:00@a, rest 05-04 10:00@a, back 05-04 10:20@a, out 05-04 17:00@a", "05-04 COMPLETE of 480: ordinary 480; breaks 80" },
  { "automatic: twenty-one minutes are a part of the hour", "break=auto:60@12:00 short=20", "05-04 08:00 9 a",
    "in 05-04 08:00@a, rest 05-04 10:00@a, back 05-04 10:21@a, out 05-04 17:00@a", "05-04 COMPLETE of 480: ordinary 480; breaks 60" },

  /* Late and the unpaid break. */
  { "came when the meal hour was over and lost the hour as well", "break=auto:60@12:00", "05-04 08:00 9 a",
    "in 05-04 13:00@a, out 05-04 17:00@a", "05-04 COMPLETE of 480: ordinary 240; late 240; LATE" },
  { "came within the meal hour", "break=auto:60@12:00", "05-04 08:00 9 a", "in 05-04 12:30@a, out 05-04 17:00@a",
    "05-04 COMPLETE of 480: ordinary 240; late 240; breaks 30; LATE" },
  { "came a minute before it", "break=auto:60@12:00", "05-04 08:00 9 a", "in 05-04 11:59@a, out 05-04 17:00@a",
    "05-04 COMPLETE of 480: ordinary 241; late 239; breaks 60; LATE" },
  { "punched: came after the middle of the day", "break=punched:60", "05-04 08:00 9 a", "in 05-04 13:00@a, out 05-04 17:00@a",
    "05-04 COMPLETE of 480: ordinary 240; late 240; LATE" },
  { "paid: the meal hour is working time, so it was missed", "", "05-04 08:00 9 a", "in 05-04 13:00@a, out 05-04 17:00@a",
    "05-04 COMPLETE of 540: ordinary 240; late 300; LATE" },
  { "half a day's leave covers the morning", "break=auto:60@12:00 leave=05-04:paid:240", "05-04 08:00 9 a",
    "in 05-04 13:00@a, out 05-04 17:00@a", "05-04 COMPLETE of 480: ordinary 240; paid leave 240" },

  /* Breaks that do not come out, and odd plans. */
  { "a break without its end", "", "05-04 06:00 12 a", "in 05-04 06:00@a, rest 05-04 12:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240; UNPAIRED_BREAK" },
  { "a break without its begin", "", "05-04 06:00 12 a", "in 05-04 06:00@a, back 05-04 12:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240; UNPAIRED_BREAK / #2 INVALID UNPAIRED_BREAK" },
  { "a break begun twice: the first counts", "", "05-04 06:00 12 a",
    "in 05-04 06:00@a, rest 05-04 12:00@a, rest 05-04 12:30@a, back 05-04 13:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240; breaks 60; UNPAIRED_BREAK / #3 INVALID UNPAIRED_BREAK" },
  { "a break before he was in", "", "05-04 06:00 12 a", "rest 05-04 05:50@a, in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240; UNPAIRED_BREAK / #1 INVALID UNPAIRED_BREAK" },
  { "on a break when the day was closed", "closed=05-04", "05-04 06:00 12 a", "in 05-04 06:00@a, rest 05-04 12:00@a",
    "05-04 COMPLETE of 720; absent 720; MISSING_OUT UNPAIRED_BREAK / #1 VALID MISSING_OUT" },
  { "a break before the duty took its hour from the meal", "", "05-04 06:00 12 a",
    "in 05-04 05:00@a, rest 05-04 05:05@a, back 05-04 05:50@a, rest 05-04 12:00@a, back 05-04 13:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240; breaks 105" },
  { "a duty shorter than its break has nothing scheduled", "break=punched:60", "05-04 06:00 0:30 a", "in 05-04 06:00@a, out 05-04 06:30@a",
    "05-04 COMPLETE: ordinary 30" },
  { "late beyond a break that is planned outside of the duty", "break=auto:60@19:00", "05-04 06:00 12 a", "in 05-04 17:30@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 660: ordinary 30; late 660; LATE" },
  { "twelve breaks are read, the thirteenth is odd", "break=punched:60 short=0", "05-04 06:00 12 a",
    "in 05-04 06:00@a, rest 05-04 07:00@a, back 05-04 07:01@a, rest 05-04 07:10@a, back 05-04 07:11@a, rest 05-04 07:20@a, back 05-04 07:21@a, "
    "rest 05-04 07:30@a, back 05-04 07:31@a, rest 05-04 07:40@a, back 05-04 07:41@a, rest 05-04 07:50@a, back 05-04 07:51@a, "
    "rest 05-04 08:00@a, back 05-04 08:01@a, rest 05-04 08:10@a, back 05-04 08:11@a, rest 05-04 08:20@a, back 05-04 08:21@a, "
    "rest 05-04 08:30@a, back 05-04 08:31@a, rest 05-04 08:40@a, back 05-04 08:41@a, rest 05-04 08:50@a, back 05-04 08:51@a, "
    "rest 05-04 09:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 660: ordinary 480, ordinary_ot 228; breaks 12; UNPAIRED_BREAK / #26 INVALID UNPAIRED_BREAK" },
};

/* As many stretches as a duty can have: twelve stays, a break in each, and the automatic one cuts once more. */
static void
test_most_stretches (void)
{
  g_autofree TimeWorld *world = time_world_new ("window=0 grace=0 break=auto:60@16:30");
  g_autoptr(GArray) lines = NULL;
  g_autofree char *told = NULL;

  time_world_add_duty (world, "05-04 06:00 12 a");
  for (guint i = 0; i < 12; i++)
    {
      /* 06:00-06:50 and so on by the hour, a break of a minute in each; the last one runs to the end. */
      g_autofree char *in = g_strdup_printf ("in 05-04 %02u:00@a", 6 + i);
      g_autofree char *rest = g_strdup_printf ("rest 05-04 %02u:10@a", 6 + i);
      g_autofree char *back = g_strdup_printf ("back 05-04 %02u:11@a", 6 + i);
      g_autofree char *out = g_strdup_printf ("out 05-04 %02u:%02u@a", i < 11 ? 6 + i : 18, i < 11 ? 50 : 0);

      time_world_add_punch (world, in);
      time_world_add_punch (world, rest);
      time_world_add_punch (world, back);
      time_world_add_punch (world, out);
    }
  lines = time_world_judge (world);
  told = time_world_tell (world, lines);
  /* 11 x 50 + 60 minutes in, 12 of break clocked, 48 more at 16:30: of these 20 of the stay until 16:50 and 28 after 17:00,
   * 10 of them before the break at 17:10 and 18 after it. */
  g_assert_cmpstr (told, ==, "05-04 COMPLETE of 660: ordinary 480, ordinary_ot 70; undertime 110; breaks 60; UNDERTIME");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  time_cases_add ("/time/break", cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/time/break/twelve stays with a break in each, and the automatic one", test_most_stretches);
  return g_test_run ();
}
