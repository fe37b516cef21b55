#include "time-world.h"

#include <string.h>

/* Each code where it arises, and beside it, where it does not. Tolerance, windows, margins and grace as the default policy has
 * them: skew 5, duplicates 5, early 180, late 240; grace 5. */
static const TimeCase cases[] = {
  /* NO_ASSIGNMENT */
  { "NO_ASSIGNMENT: a day without any duty", "", "05-04 06:00 12 a", "in 05-08 06:00@a", "#1 UNMATCHED NO_ASSIGNMENT" },
  { "NO_ASSIGNMENT: nobody has planned him at all", "judge=05-04..05-04", "", "in 05-04 06:00@a", "#1 UNMATCHED NO_ASSIGNMENT" },
  { "NO_ASSIGNMENT: the evening before an early duty", "", "05-05 06:00 12 a", "in 05-04 23:59@a", "#1 UNMATCHED NO_ASSIGNMENT" },
  { "NO_ASSIGNMENT: not with a duty at that hour", "", "05-04 06:00 12 a", "in 05-04 06:00@a", "05-04 OPEN of 720" },

  /* OUTSIDE_WINDOW */
  { "OUTSIDE_WINDOW: not at the edge of the early margin", "", "05-04 06:00 12 a", "in 05-04 03:00@a", "05-04 OPEN of 720" },
  { "OUTSIDE_WINDOW: before the early margin", "", "05-04 06:00 12 a", "in 05-04 02:59@a", "#1 UNMATCHED OUTSIDE_WINDOW" },
  { "OUTSIDE_WINDOW: not at the edge of the late margin", "", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 22:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "OUTSIDE_WINDOW: after the late margin", "", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 22:01@a",
    "05-04 OPEN of 720 / #2 UNMATCHED OUTSIDE_WINDOW" },
  { "OUTSIDE_WINDOW: out five hours after the night duty it was no stranger's punch", "", "05-04 18:00 12 a",
    "in 05-04 18:00@a, out 05-05 11:00@a", "05-04 OPEN of 720 / #2 UNMATCHED OUTSIDE_WINDOW" },
  { "OUTSIDE_WINDOW: a duty that ends at midnight does not run into the next day", "", "05-04 12:00 12 a", "out 05-05 04:01@a",
    "#1 UNMATCHED NO_ASSIGNMENT" },
  { "OUTSIDE_WINDOW: margins are the policy's", "margins=10:20 window=0", "05-04 06:00 12 a", "in 05-04 05:49@a, in 05-04 05:50@a, out 05-04 18:20@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240 / #1 UNMATCHED OUTSIDE_WINDOW" },

  /* WRONG_DETACHMENT */
  { "WRONG_DETACHMENT: at a site where he has no duty", "", "05-04 06:00 12 a", "in 05-04 06:00@c, out 05-04 18:00@a",
    "05-04 COMPLETE of 720; MISSING_IN / #1 INVALID WRONG_DETACHMENT / #2 INVALID MISSING_IN" },
  { "WRONG_DETACHMENT: not when the site is not known", "", "05-04 06:00 12 a", "in 05-04 06:00, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "WRONG_DETACHMENT: not at the other site of the day", "", "05-04 06:00 6 a, 05-04 13:00 6 b", "in 05-04 13:00@b, out 05-04 19:00@b",
    "05-04 COMPLETE of 360: ordinary 360" },

  /* DUPLICATE */
  { "DUPLICATE: at the end of the window", "", "05-04 06:00 12 a", "in 05-04 06:00@a, in 05-04 06:05@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240 / #2 DUPLICATE DUPLICATE" },
  { "DUPLICATE: not a minute after it", "", "05-04 06:00 12 a", "in 05-04 06:00@a, in 05-04 06:06@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240; OUT_OF_ORDER / #2 INVALID OUT_OF_ORDER" },
  { "DUPLICATE: not another type", "", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 06:05@a",
    "05-04 COMPLETE of 720: ordinary 5; undertime 715; UNDERTIME" },
  { "DUPLICATE: not of a voided one", "", "05-04 06:00 12 a", "in 05-04 06:00@a !void, in 05-04 06:03@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240 / #1 INVALID" },
  { "DUPLICATE: two unknown ones in a row", "", "05-04 06:00 12 a", "? 05-04 06:00@a, ? 05-04 06:02@a, ? 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240 / #2 DUPLICATE DUPLICATE" },
  { "DUPLICATE: a window of nothing knows only the same instant", "window=0", "05-04 06:00 12 a",
    "in 05-04 06:00@a, in 05-04 06:00@a, in 05-04 06:00:01@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240; OUT_OF_ORDER / #2 DUPLICATE DUPLICATE / #3 INVALID OUT_OF_ORDER" },

  /* MISSING_IN, MISSING_OUT */
  { "MISSING_IN: an out without an in", "", "05-04 06:00 12 a", "out 05-04 18:00@a", "05-04 COMPLETE of 720; MISSING_IN / #1 INVALID MISSING_IN" },
  { "MISSING_IN: not of a second out, which is out of order", "", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 18:00@a, out 05-04 18:30@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240; OUT_OF_ORDER / #3 INVALID OUT_OF_ORDER" },
  { "MISSING_OUT: an in without an out, the day closed", "closed=05-04", "05-04 06:00 12 a", "in 05-04 06:00@a",
    "05-04 COMPLETE of 720; absent 720; MISSING_OUT / #1 VALID MISSING_OUT" },
  { "MISSING_OUT: not while the day is open", "", "05-04 06:00 12 a", "in 05-04 06:00@a", "05-04 OPEN of 720" },
  { "MISSING_OUT: an out put in by an adjustment is one", "closed=05-04", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 18:00@a !adjusted",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240 / #2 ADJUSTED" },

  /* OUT_OF_ORDER: see the duties' table for each kind of row; here only its edge. */
  { "OUT_OF_ORDER: an in after the out opens again and is not odd", "", "05-04 06:00 12 a",
    "in 05-04 06:00@a, out 05-04 12:00@a, in 05-04 12:06@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 234; undertime 6; UNDERTIME" },
  { "OUT_OF_ORDER: two ins in a row", "", "05-04 06:00 12 a", "in 05-04 06:00@a, in 05-04 12:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240; OUT_OF_ORDER / #2 INVALID OUT_OF_ORDER" },

  /* OVERLAP */
  { "OVERLAP: a minute on both", "closed=05-04", "05-04 06:00 6:01 a, 05-04 12:00 6 b",
    "in 05-04 06:00@a, out 05-04 12:01@a, in 05-04 12:00@b, out 05-04 18:00@b",
    "05-04 COMPLETE of 361: ordinary 361 / 05-04 COMPLETE of 360: ordinary 360; OVERLAP" },
  { "OVERLAP: clocked six hours at two sites", "", "05-04 06:00 12 a, 05-04 12:00 12 b",
    "in 05-04 06:00@a, out 05-04 18:00@a, in 05-04 12:00@b, out 05-05 00:00@b",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240 / 05-04 COMPLETE of 720: ordinary 480, ordinary_ot 120, ordinary_ot_nd 120; OVERLAP" },
  { "OVERLAP: not from one to the next", "closed=05-04", "05-04 06:00 6 a, 05-04 12:00 6 b",
    "in 05-04 06:00@a, out 05-04 12:01@a, in 05-04 11:59@b, out 05-04 18:00@b",
    "05-04 COMPLETE of 360: ordinary 360 / 05-04 COMPLETE of 360: ordinary 360" },
  { "OVERLAP: not when he came to the earlier duty straight from the later one", "", "05-04 06:00 12 a, 05-04 12:00 2 b",
    "in 05-04 12:00@b, out 05-04 14:00@b, in 05-04 14:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 240; late 480; LATE / 05-04 COMPLETE of 120: ordinary 120" },
  { "OVERLAP: not planned at once, but stood one of them", "closed=05-04", "05-04 06:00 12 a, 05-04 12:00 12 b",
    "in 05-04 06:00@a, out 05-04 18:00@a", "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240 / 05-04 ABSENT of 720; absent 720" },

  /* LATE, UNDERTIME */
  { "LATE: not at the end of the grace", "", "05-04 06:00 8 a", "in 05-04 06:05@a, out 05-04 14:00@a", "05-04 COMPLETE of 480: ordinary 480" },
  { "LATE: a minute after it", "", "05-04 06:00 8 a", "in 05-04 06:06@a, out 05-04 14:00@a", "05-04 COMPLETE of 480: ordinary 474; late 6; LATE" },
  { "UNDERTIME: not at the end of the grace", "", "05-04 06:00 8 a", "in 05-04 06:00@a, out 05-04 13:55@a", "05-04 COMPLETE of 480: ordinary 480" },
  { "UNDERTIME: a minute beyond it", "", "05-04 06:00 8 a", "in 05-04 06:00@a, out 05-04 13:54@a",
    "05-04 COMPLETE of 480: ordinary 474; undertime 6; UNDERTIME" },

  /* BREAK_OVERRUN, UNPAIRED_BREAK: each mode in the breaks' table. */
  { "BREAK_OVERRUN: not at the full hour", "", "05-04 06:00 8 a", "in 05-04 06:00@a, rest 05-04 10:00@a, back 05-04 11:00@a, out 05-04 14:00@a",
    "05-04 COMPLETE of 480: ordinary 480; breaks 60" },
  { "BREAK_OVERRUN: a minute more", "", "05-04 06:00 8 a", "in 05-04 06:00@a, rest 05-04 10:00@a, back 05-04 11:01@a, out 05-04 14:00@a",
    "05-04 COMPLETE of 480: ordinary 479; undertime 1; breaks 61; overrun 1; UNDERTIME BREAK_OVERRUN" },
  { "UNPAIRED_BREAK: a begin alone", "", "05-04 06:00 8 a", "in 05-04 06:00@a, rest 05-04 10:00@a, out 05-04 14:00@a",
    "05-04 COMPLETE of 480: ordinary 480; UNPAIRED_BREAK" },
  { "UNPAIRED_BREAK: an end alone", "", "05-04 06:00 8 a", "in 05-04 06:00@a, back 05-04 10:00@a, out 05-04 14:00@a",
    "05-04 COMPLETE of 480: ordinary 480; UNPAIRED_BREAK / #2 INVALID UNPAIRED_BREAK" },
  { "UNPAIRED_BREAK: not of a pair", "", "05-04 06:00 8 a", "in 05-04 06:00@a, rest 05-04 10:00@a, back 05-04 10:01@a, out 05-04 14:00@a",
    "05-04 COMPLETE of 480: ordinary 480; breaks 1" },

  /* TOO_LONG: beyond the larger of plan and policy. */
  { "TOO_LONG: not at the policy's longest", "late longest=600", "05-04 06:00 8 a", "in 05-04 06:00@a, out 05-04 16:00@a",
    "05-04 COMPLETE of 480: ordinary 480, ordinary_ot 120" },
  { "TOO_LONG: a minute more", "late longest=600", "05-04 06:00 8 a", "in 05-04 06:00@a, out 05-04 16:01@a",
    "05-04 COMPLETE of 480: ordinary 480, ordinary_ot 121; TOO_LONG" },
  { "TOO_LONG: not when a longer one is planned", "late longest=600", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "TOO_LONG: a minute beyond what is planned", "late longest=600", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 18:01@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 241; TOO_LONG" },
  { "TOO_LONG: twenty-four hours as planned, the break worked through", "break=auto:60 through", "05-04 06:00 24 a",
    "in 05-04 06:00@a, out 05-05 06:00@a", "05-04 COMPLETE of 1380: ordinary 480, ordinary_ot 480, ordinary_ot_nd 480" },
  { "TOO_LONG: never, by policy", "late longest=0 margins=180:1000", "05-04 06:00 8 a", "in 05-04 06:00@a, out 05-05 02:00@a",
    "05-04 COMPLETE of 480: ordinary 480, ordinary_ot 480, ordinary_ot_nd 240" },

  /* CLOCK_SKEW, UNKNOWN_DEVICE: told of the punch, which counts all the same. */
  { "CLOCK_SKEW: not at the tolerance", "", "05-04 06:00 12 a", "in 05-04 06:00@a !skew=5, out 05-04 18:00@a !skew=-5",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "CLOCK_SKEW: a minute more, fast or slow", "", "05-04 06:00 12 a", "in 05-04 06:00@a !skew=6, out 05-04 18:00@a !skew=-6",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240 / #1 VALID CLOCK_SKEW / #2 VALID CLOCK_SKEW" },
  { "CLOCK_SKEW: the tolerance is the policy's", "skew=0", "05-04 06:00 12 a", "in 05-04 06:00@a !skew=1", "05-04 OPEN of 720 / #1 VALID CLOCK_SKEW" },
  { "UNKNOWN_DEVICE: not of a device that is", "", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "UNKNOWN_DEVICE: of a device that is not registered", "", "05-04 06:00 12 a", "in 05-04 06:00@a !unknown, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240 / #1 VALID UNKNOWN_DEVICE" },
  { "UNKNOWN_DEVICE: both, on one punch; a voided one has nothing", "", "05-04 06:00 12 a",
    "in 05-04 06:00@a !unknown !skew=9, in 05-04 07:00@a !unknown !skew=9 !void",
    "05-04 OPEN of 720 / #1 VALID CLOCK_SKEW UNKNOWN_DEVICE / #2 INVALID" },

  /* INACTIVE_EMPLOYEE: by the duty date, without a duty by the local day of the punch. */
  { "INACTIVE_EMPLOYEE: not on the first day", "hired=05-04", "05-04 06:00 12 a", "in 05-04 06:00@a", "05-04 OPEN of 720" },
  { "INACTIVE_EMPLOYEE: the day before it", "hired=05-05", "05-04 06:00 12 a", "in 05-04 06:00@a", "05-04 OPEN of 720 / #1 VALID INACTIVE_EMPLOYEE" },
  { "INACTIVE_EMPLOYEE: not on the last day", "separated=05-04", "05-04 06:00 12 a", "in 05-04 06:00@a", "05-04 OPEN of 720" },
  { "INACTIVE_EMPLOYEE: the day after it", "separated=05-03", "05-04 06:00 12 a", "in 05-04 06:00@a, in 05-04 06:02@a, in 05-04 09:00@a !void",
    "05-04 OPEN of 720 / #1 VALID INACTIVE_EMPLOYEE / #2 DUPLICATE DUPLICATE / #3 INVALID" },
  { "INACTIVE_EMPLOYEE: unplanned after the last day", "separated=05-03 judge=05-04..05-04", "05-03 06:00 12 a", "in 05-04 06:00@a",
    "#1 UNMATCHED NO_ASSIGNMENT INACTIVE_EMPLOYEE" },
  { "INACTIVE_EMPLOYEE: not when his last night ends in the morning", "separated=05-04", "05-04 18:00 12 a", "in 05-04 18:00@a, out 05-05 06:00@a",
    "05-04 COMPLETE of 720: ordinary 240, ordinary_nd 240, ordinary_ot_nd 240" },
  { "INACTIVE_EMPLOYEE: not when he is early for his first day", "hired=05-05", "05-05 00:00 8 a", "in 05-04 23:50@a, out 05-05 08:00@a",
    "05-05 COMPLETE of 480: ordinary 120, ordinary_nd 360" },

  /* ON_LEAVE */
  { "ON_LEAVE: worked a minute of a day of leave", "grace=0 leave=05-04:paid", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 06:01@a",
    "05-04 COMPLETE of 720: ordinary 1; paid leave 719; ON_LEAVE" },
  { "ON_LEAVE: not when he was only near", "grace=0 leave=05-04:paid closed=05-04", "05-04 06:00 12 a", "in 05-04 05:00@a, out 05-04 06:00@a",
    "05-04 COMPLETE of 720; paid leave 720" },
  { "ON_LEAVE: the whole day given in minutes", "leave=05-04:paid:720", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240; ON_LEAVE" },
  { "ON_LEAVE: not when a minute less is given", "leave=05-04:paid:719", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "ON_LEAVE: an unpaid break is no part of the day", "break=auto:60 leave=05-04:unpaid:480", "05-04 08:00 9 a", "in 05-04 08:00@a, out 05-04 17:00@a",
    "05-04 COMPLETE of 480: ordinary 480; breaks 60; ON_LEAVE" },
  { "ON_LEAVE: half of it paid and half unpaid", "leave=05-04:paid:360 leave=05-04:unpaid:360", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240; ON_LEAVE" },
  { "ON_LEAVE: not on the other of two duties", "leave=05-04:paid:480", "05-04 06:00 8 a, 05-04 16:00 8 b", "in 05-04 16:00@b, out 05-05 00:00@b",
    "05-04 LEAVE of 480; paid leave 480 / 05-04 COMPLETE of 480: ordinary 360, ordinary_nd 120" },
  { "ON_LEAVE: not on half a day's leave", "leave=05-04:paid:360", "05-04 06:00 12 a", "in 05-04 12:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 360; paid leave 360" },
  { "ON_LEAVE: not on the day after the leave", "leave=05-03:paid", "05-04 06:00 12 a", "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },

  /* HOLIDAY_UNPLANNED */
  { "HOLIDAY_UNPLANNED: clocked on a holiday without a plan", "holidays=05-05:regular", "05-04 06:00 8 a", "in 05-05 08:00@a",
    "#1 UNMATCHED NO_ASSIGNMENT HOLIDAY_UNPLANNED" },
  { "HOLIDAY_UNPLANNED: on a special day as well", "holidays=05-05:special", "05-06 06:00 8 a", "in 05-05 08:00@a",
    "#1 UNMATCHED NO_ASSIGNMENT HOLIDAY_UNPLANNED" },
  { "HOLIDAY_UNPLANNED: not on a special working day", "holidays=05-05:special_working", "05-04 06:00 8 a", "in 05-05 08:00@a",
    "#1 UNMATCHED NO_ASSIGNMENT" },
  { "HOLIDAY_UNPLANNED: not a minute before midnight", "holidays=05-05:regular", "05-04 06:00 8 a", "in 05-04 23:59@a",
    "#1 UNMATCHED OUTSIDE_WINDOW" },
  { "HOLIDAY_UNPLANNED: at midnight", "holidays=05-05:regular", "05-04 06:00 8 a", "in 05-05 00:00@a",
    "#1 UNMATCHED NO_ASSIGNMENT HOLIDAY_UNPLANNED" },
  { "HOLIDAY_UNPLANNED: not when it was planned", "holidays=05-05:regular", "05-05 06:00 8 a", "in 05-05 06:00@a", "05-05 OPEN of 480" },
  { "HOLIDAY_UNPLANNED: outside of the window of the holiday's duty", "holidays=05-05:regular margins=0:0", "05-05 06:00 8 a", "in 05-05 05:59@a",
    "#1 UNMATCHED OUTSIDE_WINDOW HOLIDAY_UNPLANNED" },
};

/* The calendar of the site where he clocked goes before that of the duties nearby, and needs none of them. */
static void
test_calendar_of_site (void)
{
  static const ArmmsCalendar ordinary = { 0 };
  static const struct { const char *duty; gboolean holiday_here; guint32 code; } sites[] = {
    { "05-01 06:00 8 a", TRUE, ARMMS_ANOMALY_BIT (HOLIDAY_UNPLANNED) },
    { "05-01 06:00 8 a", FALSE, 0 },
    { "05-04 06:00 8 a", TRUE, ARMMS_ANOMALY_BIT (HOLIDAY_UNPLANNED) },
    { "05-04 06:00 8 a", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sites); i++)
    {
      g_autofree TimeWorld *world = time_world_new ("holidays=05-05:regular");
      g_autoptr(GArray) lines = NULL;

      time_world_add_duty (world, sites[i].duty);
      time_world_add_punch (world, "in 05-05 08:00@b");
      world->punches[0].calendar = sites[i].holiday_here ? &world->calendar : &ordinary;
      lines = time_world_judge_days (world, "05-04", "05-05");
      g_assert_cmpuint (world->punches[0].codes, ==, ARMMS_ANOMALY_BIT (NO_ASSIGNMENT) | sites[i].code);
    }
}

/* The codes, how bad each is, and which minutes it speaks of. */
typedef struct {
  ArmmsAnomalyCode code;
  const char *name;
  const char *severity;
  gint32 minutes; /* of a line with worked 1, late 2, undertime 3, overrun 4 */
} Code;

static const Code codes[] = {
  { ARMMS_ANOMALY_NO_ASSIGNMENT, "NO_ASSIGNMENT", "blocking", 0 },
  { ARMMS_ANOMALY_WRONG_DETACHMENT, "WRONG_DETACHMENT", "blocking", 0 },
  { ARMMS_ANOMALY_DUPLICATE, "DUPLICATE", "info", 0 },
  { ARMMS_ANOMALY_MISSING_IN, "MISSING_IN", "blocking", 0 },
  { ARMMS_ANOMALY_MISSING_OUT, "MISSING_OUT", "blocking", 0 },
  { ARMMS_ANOMALY_OUT_OF_ORDER, "OUT_OF_ORDER", "blocking", 0 },
  { ARMMS_ANOMALY_OVERLAP, "OVERLAP", "blocking", 0 },
  { ARMMS_ANOMALY_OUTSIDE_WINDOW, "OUTSIDE_WINDOW", "blocking", 0 },
  { ARMMS_ANOMALY_LATE, "LATE", "info", 2 },
  { ARMMS_ANOMALY_UNDERTIME, "UNDERTIME", "info", 3 },
  { ARMMS_ANOMALY_BREAK_OVERRUN, "BREAK_OVERRUN", "warning", 4 },
  { ARMMS_ANOMALY_UNPAIRED_BREAK, "UNPAIRED_BREAK", "warning", 0 },
  { ARMMS_ANOMALY_TOO_LONG, "TOO_LONG", "blocking", 1 },
  { ARMMS_ANOMALY_CLOCK_SKEW, "CLOCK_SKEW", "warning", 0 },
  { ARMMS_ANOMALY_UNKNOWN_EMPLOYEE, "UNKNOWN_EMPLOYEE", "blocking", 0 },
  { ARMMS_ANOMALY_INACTIVE_EMPLOYEE, "INACTIVE_EMPLOYEE", "blocking", 0 },
  { ARMMS_ANOMALY_UNKNOWN_DEVICE, "UNKNOWN_DEVICE", "warning", 0 },
  { ARMMS_ANOMALY_ON_LEAVE, "ON_LEAVE", "blocking", 0 },
  { ARMMS_ANOMALY_HOLIDAY_UNPLANNED, "HOLIDAY_UNPLANNED", "warning", 0 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (codes) == ARMMS_N_ANOMALY_CODES);

static void
test_code (gconstpointer data)
{
  const Code *c = data;
  const ArmmsDayLine line = { .worked = 1, .late = 2, .undertime = 3, .overrun = 4 };

  g_assert_cmpint (c - codes, ==, c->code);
  g_assert_cmpstr (armms_anomaly_code_name (c->code), ==, c->name);
  g_assert_cmpstr (armms_severity_name (armms_anomaly_severity (c->code)), ==, c->severity);
  g_assert_cmpint (armms_day_line_code_minutes (&line, c->code), ==, c->minutes);
  g_assert_cmpuint (strlen (armms_anomaly_advice (c->code)), >, 10);
}

/* Each code that the rules make is in the table above, where it arises and where it does not. */
static void
test_complete (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      guint with = 0, without = 0;

      for (guint j = 0; j < G_N_ELEMENTS (cases); j++)
        if (g_str_has_prefix (cases[j].about, codes[i].name))
          ++*(strstr (cases[j].expected, codes[i].name) != NULL ? &with : &without);
      /* Who is not known has no facts to judge: the room tells it. */
      g_assert_cmpint (codes[i].code == ARMMS_ANOMALY_UNKNOWN_EMPLOYEE, ==, with == 0);
      g_assert_cmpint (codes[i].code == ARMMS_ANOMALY_UNKNOWN_EMPLOYEE, ==, without == 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  time_cases_add ("/time/anomaly", cases, G_N_ELEMENTS (cases));
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *name = g_strdup_printf ("/time/severity/%s is %s", codes[i].name, codes[i].severity);

      g_test_add_data_func (name, &codes[i], test_code);
    }
  g_test_add_func ("/time/anomaly/HOLIDAY_UNPLANNED: by the calendar of the site", test_calendar_of_site);
  g_test_add_func ("/time/anomaly/every code of the rules is in the table, with both sides", test_complete);
  return g_test_run ();
}
