#include "time-case.h"

#include <string.h>

/* One employee, duties of 12 hours at a; what he punched; what the line of the duty date says. */
typedef struct {
  const char *about;
  const char *duty;          /* start */
  const char *punches[8];
  gboolean closed;
  const char *holiday;       /* "05-05=regular,05-06=special" */
  const char *rest_day;
  const char *state;
  const char *cells;
  const char *codes;
  int late, undertime, absent;
} Case;

static const Case cases[] = {
  { "a day duty of twelve hours, meal break paid", "05-04 06:00", { "in 05-04 06:00@a", "out 05-04 18:00@a" }, FALSE, "", "",
    "COMPLETE", "ordinary 480, ordinary_ot 240", "", 0, 0, 0 },
  { "a night duty: four hours before, four at night, four of overtime at night", "05-04 18:00",
    { "in 05-04 18:00@a", "out 05-05 06:00@a" }, FALSE, "", "", "COMPLETE", "ordinary 240, ordinary_nd 240, ordinary_ot_nd 240", "", 0, 0, 0 },
  { "a night duty into a regular holiday changes at midnight", "05-04 18:00", { "in 05-04 18:00@a", "out 05-05 06:00@a" }, FALSE,
    "05-05=regular", "", "COMPLETE", "ordinary 240, ordinary_nd 120, regular_nd 120, regular_ot_nd 240", "", 0, 0, 0 },
  { "a night duty out of a special day", "05-04 18:00", { "in 05-04 18:00@a", "out 05-05 06:00@a" }, FALSE,
    "05-04=special", "", "COMPLETE", "ordinary_nd 120, ordinary_ot_nd 240, special 240, special_nd 120", "", 0, 0, 0 },
  { "a night duty into the rest day", "05-04 18:00", { "in 05-04 18:00@a", "out 05-05 06:00@a" }, FALSE, "", "05-05",
    "COMPLETE", "ordinary 240, ordinary_nd 120, ordinary_rest_nd 120, ordinary_rest_ot_nd 240", "", 0, 0, 0 },
  { "a rest day that is a double holiday", "05-04 06:00", { "in 05-04 06:00@a", "out 05-04 18:00@a" }, FALSE,
    "05-04=double_regular", "05-04", "COMPLETE", "double_regular_rest 480, double_regular_rest_ot 240", "", 0, 0, 0 },
  { "early and late minutes are not paid", "05-04 06:00", { "in 05-04 05:31@a", "out 05-04 18:47@a" }, FALSE, "", "",
    "COMPLETE", "ordinary 480, ordinary_ot 240", "", 0, 0, 0 },
  { "within the grace time he is punctual", "05-04 06:00", { "in 05-04 06:05@a", "out 05-04 18:00@a" }, FALSE, "", "",
    "COMPLETE", "ordinary 480, ordinary_ot 240", "", 0, 0, 0 },
  { "a minute after it he is late by all of it", "05-04 06:00", { "in 05-04 06:06@a", "out 05-04 18:00@a" }, FALSE, "", "",
    "COMPLETE", "ordinary 480, ordinary_ot 234", "LATE", 6, 0, 0 },
  { "seconds are dropped", "05-04 06:00", { "in 05-04 06:05:59@a", "out 05-04 18:00:59@a" }, FALSE, "", "",
    "COMPLETE", "ordinary 480, ordinary_ot 240", "", 0, 0, 0 },
  { "leaving early is undertime", "05-04 06:00", { "in 05-04 06:00@a", "out 05-04 13:00@a" }, FALSE, "", "",
    "COMPLETE", "ordinary 420", "UNDERTIME", 0, 300, 0 },
  { "away in the middle is undertime", "05-04 06:00", { "in 05-04 06:00@a", "out 05-04 09:00@a", "in 05-04 10:30@a", "out 05-04 18:00@a" },
    FALSE, "", "", "COMPLETE", "ordinary 480, ordinary_ot 150", "UNDERTIME", 0, 90, 0 },
  { "twice in: the second does not count", "05-04 06:00", { "in 05-04 06:00@a", "in 05-04 07:00@a", "out 05-04 18:00@a" }, FALSE, "", "",
    "COMPLETE", "ordinary 480, ordinary_ot 240", "OUT_OF_ORDER", 0, 0, 0 },
  { "twice out: the first counts", "05-04 06:00", { "in 05-04 06:00@a", "out 05-04 17:00@a", "out 05-04 18:00@a" }, FALSE, "", "",
    "COMPLETE", "ordinary 480, ordinary_ot 180", "OUT_OF_ORDER UNDERTIME", 0, 60, 0 },
  { "an in alone is open while the day is", "05-04 06:00", { "in 05-04 06:00@a" }, FALSE, "", "", "OPEN", "", "", 0, 0, 0 },
  { "an in alone misses its out when the day is closed", "05-04 06:00", { "in 05-04 06:00@a" }, TRUE, "", "",
    "COMPLETE", "", "MISSING_OUT", 0, 0, 720 },
  { "an out alone misses its in", "05-04 06:00", { "out 05-04 18:00@a" }, FALSE, "", "", "COMPLETE", "", "MISSING_IN", 0, 0, 0 },
  { "nothing at all is absence when the day is closed", "05-04 06:00", { NULL }, TRUE, "", "", "ABSENT", "", "", 0, 0, 720 },
  { "nothing at all is nothing before", "05-04 06:00", { NULL }, FALSE, "", "", "", "", "", 0, 0, 0 },
  { "a reader without keys", "05-04 06:00", { "? 05-04 05:58@a", "? 05-04 18:01@a" }, FALSE, "", "",
    "COMPLETE", "ordinary 480, ordinary_ot 240", "", 0, 0, 0 },
  { "a paid break within its hour costs nothing", "05-04 06:00",
    { "in 05-04 06:00@a", "rest 05-04 12:00@a", "back 05-04 13:00@a", "out 05-04 18:00@a" }, FALSE, "", "",
    "COMPLETE", "ordinary 480, ordinary_ot 240", "", 0, 0, 0 },
  { "what passes the hour is taken out", "05-04 06:00",
    { "in 05-04 06:00@a", "rest 05-04 12:00@a", "back 05-04 13:25@a", "out 05-04 18:00@a" }, FALSE, "", "",
    "COMPLETE", "ordinary 480, ordinary_ot 215", "UNDERTIME BREAK_OVERRUN", 0, 25, 0 },
  { "a break without its end", "05-04 06:00", { "in 05-04 06:00@a", "rest 05-04 12:00@a", "out 05-04 18:00@a" }, FALSE, "", "",
    "COMPLETE", "ordinary 480, ordinary_ot 240", "UNPAIRED_BREAK", 0, 0, 0 },
  { "a break without its begin", "05-04 06:00", { "in 05-04 06:00@a", "back 05-04 12:00@a", "out 05-04 18:00@a" }, FALSE, "", "",
    "COMPLETE", "ordinary 480, ordinary_ot 240", "UNPAIRED_BREAK", 0, 0, 0 },
  { "clocked at another site he was not here", "05-04 06:00", { "in 05-04 06:00@c", "out 05-04 18:00@c" }, TRUE, "", "",
    "ABSENT", "", "", 0, 0, 720 },
  { "a regular holiday worked on the rest day", "05-04 06:00", { "in 05-04 06:00@a", "out 05-04 14:00@a" }, FALSE,
    "05-04=regular", "05-04", "COMPLETE", "regular_rest 480", "UNDERTIME", 0, 240, 0 },
  { "a special working day is an ordinary one", "05-04 06:00", { "in 05-04 06:00@a", "out 05-04 18:00@a" }, FALSE,
    "05-04=special_working", "", "COMPLETE", "ordinary 480, ordinary_ot 240", "", 0, 0, 0 },
};

#define CALENDAR_FIRST "04-01"
#define CALENDAR_DAYS 91

typedef struct {
  ArmmsTimeFacts facts;
  ArmmsCalendar calendar;
  guint8 day_types[CALENDAR_DAYS];
  ArmmsDate rest_days[32];
  ArmmsDuty duties[40];
  ArmmsPunch punches[80];
  ArmmsLeave leaves[4];
  ArmmsRelieved relieved[4];
  ArmmsTimePolicy policy;
} World;

static World *
world_new (const char *holidays, const char *rest_days)
{
  World *world = g_new0 (World, 1);
  g_auto(GStrv) days = g_strsplit (holidays, ",", -1);
  g_auto(GStrv) rests = g_strsplit (rest_days, ",", -1);

  world->policy = armms_time_policy_default;
  armms_working_time_apply (&time_case_law, &world->policy);
  world->facts.law = (ArmmsWorkingTimeTable) { &time_case_law, 1 };
  world->calendar = (ArmmsCalendar) { time_case_date (CALENDAR_FIRST), CALENDAR_DAYS, world->day_types };
  for (guint i = 0; days[i] != NULL; i++)
    {
      g_auto(GStrv) pair = g_strsplit (days[i], "=", 2);
      ArmmsDayType type;

      g_assert_true (armms_day_type_parse (pair[1], &type));
      world->day_types[time_case_date (pair[0]).days - world->calendar.first.days] = (guint8) type;
    }
  for (guint i = 0; rests[i] != NULL; i++)
    world->rest_days[world->facts.n_rest_days++] = time_case_date (rests[i]);
  world->facts.zone = time_case_zone ();
  world->facts.policy = &world->policy;
  world->facts.closed_from = world->facts.closed_through = world->facts.hired_on = world->facts.separated_on = ARMMS_DATE_NONE;
  world->facts.punches = world->punches;
  world->facts.duties = world->duties;
  world->facts.rest_days = world->rest_days;
  world->facts.leaves = world->leaves;
  world->facts.relieved = world->relieved;
  return world;
}

static ArmmsDuty *
world_add_duty (World *world, const char *start, int hours, const char *site)
{
  ArmmsDuty *duty = &world->duties[world->facts.n_duties++];

  *duty = time_case_duty (start, hours, site, &world->policy);
  duty->grace_in = duty->grace_out = 5;
  duty->calendar = &world->calendar;
  return duty;
}

static void
world_add_punch (World *world, const char *text)
{
  world->punches[world->facts.n_punches] = time_case_punch (text, (guint) world->facts.n_punches);
  world->facts.n_punches++;
}

/* (transfer full) of ArmmsDayLine */
static GArray *
world_judge (World *world, const char *from, const char *to)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (ArmmsDayLine));

  world->facts.from = time_case_date (from);
  world->facts.to = time_case_date (to);
  armms_time_judge (&world->facts, lines);
  return lines;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree World *world = world_new (c->holiday, c->rest_day);
  g_autoptr(GArray) lines = NULL;
  g_autofree char *cells = NULL, *codes = NULL;
  const ArmmsDayLine *line;

  world_add_duty (world, c->duty, 12, "a");
  for (guint i = 0; c->punches[i] != NULL; i++)
    world_add_punch (world, c->punches[i]);
  if (c->closed)
    world->facts.closed_through = world->duties[0].duty_date;
  lines = world_judge (world, "05-04", "05-04");
  if (c->state[0] == '\0')
    {
      g_assert_cmpuint (lines->len, ==, 0);
      return;
    }
  g_assert_cmpuint (lines->len, ==, 1);
  line = &g_array_index (lines, ArmmsDayLine, 0);
  cells = time_case_cells (line->cells);
  codes = time_case_codes (line->codes);
  g_assert_cmpstr (armms_day_state_name (line->state), ==, c->state);
  g_assert_cmpstr (cells, ==, c->cells);
  g_assert_cmpstr (codes, ==, c->codes);
  g_assert_cmpint (line->late, ==, c->late);
  g_assert_cmpint (line->undertime, ==, c->undertime);
  g_assert_cmpint (line->absent, ==, c->absent);
  g_assert_cmpint (line->worked, ==, line->regular + line->overtime);
}

/* Breaks, rounding and the other policies, on one duty. */
typedef struct {
  const char *about;
  ArmmsBreakMode break_mode;
  const char *break_at;
  ArmmsTimeRounding rounding;
  int step;
  gboolean early, late, duty_day_type;
  const char *start;
  int hours;
  const char *punches[6];
  const char *cells;
} Policy;

static const Policy policies[] = {
  { "an unpaid break at noon is taken out", ARMMS_BREAK_AUTO, "05-04 12:00", 0, 0, FALSE, FALSE, FALSE, "05-04 08:00", 16,
    { "in 05-04 08:00@a", "out 05-05 00:00@a" }, "ordinary 480, ordinary_ot 300, ordinary_ot_nd 120" },
  { "without an hour of its own it stands in the middle", ARMMS_BREAK_AUTO, NULL, 0, 0, FALSE, FALSE, FALSE, "05-04 08:00", 9,
    { "in 05-04 08:00@a", "out 05-04 12:00@a" }, "ordinary 240" },
  { "a clocked unpaid break counts as it was", ARMMS_BREAK_PUNCHED, NULL, 0, 0, FALSE, FALSE, FALSE, "05-04 08:00", 9,
    { "in 05-04 08:00@a", "rest 05-04 12:00@a", "back 05-04 12:45@a", "out 05-04 17:00@a" }, "ordinary 480, ordinary_ot 15" },
  { "rounding inward", ARMMS_BREAK_PAID, NULL, ARMMS_ROUND_TIME_INWARD, 15, FALSE, FALSE, FALSE, "05-04 06:00", 12,
    { "in 05-04 06:16@a", "out 05-04 13:59@a" }, "ordinary 435" },
  { "rounding outward", ARMMS_BREAK_PAID, NULL, ARMMS_ROUND_TIME_OUTWARD, 15, FALSE, FALSE, FALSE, "05-04 06:00", 12,
    { "in 05-04 06:16@a", "out 05-04 13:59@a" }, "ordinary 465" },
  { "rounding to the nearest step", ARMMS_BREAK_PAID, NULL, ARMMS_ROUND_TIME_NEAREST, 15, FALSE, FALSE, FALSE, "05-04 06:00", 12,
    { "in 05-04 06:22@a", "out 05-04 13:53@a" }, "ordinary 465" },
  { "early and late minutes paid by policy", ARMMS_BREAK_PAID, NULL, 0, 0, TRUE, TRUE, FALSE, "05-04 06:00", 12,
    { "in 05-04 05:30@a", "out 05-04 18:45@a" }, "ordinary 450, ordinary_nd 30, ordinary_ot 315" },
  { "the duty date's day type all night by policy", ARMMS_BREAK_PAID, NULL, 0, 0, FALSE, FALSE, TRUE, "05-26 18:00", 12,
    { "in 05-26 18:00@a", "out 05-27 06:00@a" }, "ordinary 240, ordinary_nd 240, ordinary_ot_nd 240" },
  { "twenty-four hours on one post", ARMMS_BREAK_PAID, NULL, 0, 0, FALSE, FALSE, FALSE, "05-26 06:00", 24,
    { "in 05-26 06:00@a", "out 05-27 06:00@a" }, "ordinary 480, ordinary_ot 480, ordinary_ot_nd 120, regular_ot_nd 360" },
};

static void
test_policy (gconstpointer data)
{
  const Policy *c = data;
  g_autofree World *world = world_new ("05-27=regular", "");
  g_autoptr(GArray) lines = NULL;
  g_autofree char *cells = NULL;
  ArmmsDuty *duty;

  world->policy.rounding = c->rounding;
  world->policy.rounding_step = c->step;
  world->policy.pay_before_start = c->early;
  world->policy.pay_after_end = c->late;
  world->policy.day_type_of_duty = c->duty_day_type;
  duty = world_add_duty (world, c->start, c->hours, "a");
  duty->break_mode = c->break_mode;
  duty->break_at = c->break_at == NULL ? ARMMS_INSTANT_NONE : time_case_instant (c->break_at);
  for (guint i = 0; i < 6 && c->punches[i] != NULL; i++)
    world_add_punch (world, c->punches[i]);
  lines = world_judge (world, "05-01", "05-31");
  g_assert_cmpuint (lines->len, ==, 1);
  cells = time_case_cells (g_array_index (lines, ArmmsDayLine, 0).cells);
  g_assert_cmpstr (cells, ==, c->cells);
}

/* Each letter is a day from 11-20 on: w worked, a absent, l paid leave, . rest day;
 * somebody else stood his duty: see add_relieved_day(). What the 30th (and 29th) are paid. */
typedef struct {
  const char *about;
  const char *days;      /* of 11-20 .. 11-30 */
  const char *holidays;
  const char *unworked;  /* dates that are paid unworked */
} Holiday;

static const Holiday holidays[] = {
  { "worked the day before", "wwwwwwwwww.", "11-30=regular", "11-30" },
  { "absent on the last working day, a rest day between", "wwwwwwwwa..", "11-30=regular", "" },
  { "on paid leave the day before", "wwwwwwwwwl.", "11-30=regular", "11-30" },
  { "planned but not worked himself", "wwwwwwwwwwa", "11-30=regular", "11-30" },
  { "worked holidays are not paid unworked", "wwwwwwwwwww", "11-30=regular", "" },
  { "of two in a row, worked before", "wwwwwwwww..", "11-29=regular,11-30=regular", "11-29 11-30" },
  { "of two in a row, absent before", "wwwwwwwwa..", "11-29=regular,11-30=regular", "" },
  { "of two in a row, the first worked restores the second", "wwwwwwwwaw.", "11-29=regular,11-30=regular", "11-30" },
  { "a special day that was not worked is skipped", "wwwwwwwwwa.", "11-29=special,11-30=regular", "11-30" },
  { "an unworked special day is not paid", "wwwwwwwwww.", "11-30=special", "" },
  { "nothing planned for more than a week", "w..........", "11-30=regular", "" },
  { "relieved because he was absent the day before", "wwwwwwwwwx.", "11-30=regular", "" },
  { "relieved because he was absent, rest days between", "wwwwwwwx...", "11-30=regular", "" },
  { "relieved because he was absent, and worked since", "wwwwwwwwxw.", "11-30=regular", "11-30" },
  { "relieved because he was absent, but worked another duty that day", "wwwwwwwwaX.", "11-30=regular", "11-30" },
  { "relieved because he was absent on a special day", "wwwwwwwwwx.", "11-29=special,11-30=regular", "11-30" },
  { "his rest day was changed: skipped back to work", "wwwwwwwwws.", "11-30=regular", "11-30" },
  { "his rest day was changed: skipped back to absence", "wwwwwwwwas.", "11-30=regular", "" },
  { "relieved for leave with pay, absent before it", "wwwwwwwwaL.", "11-30=regular", "11-30" },
  { "relieved for leave without pay", "wwwwwwwwwU.", "11-30=regular", "" },
  { "relieved as absent, but the leave with pay was granted", "wwwwwwwwwG.", "11-30=regular", "11-30" },
  { "relieved on the holiday itself, worked before", "wwwwwwwwwwx", "11-30=regular", "11-30" },
};

/* x: absent, X: so from one of two duties, s: excused, L and U: excused and on leave with and without pay, G: absent, then given leave. */
static void
add_relieved_day (World *world, ArmmsDate date, char why)
{
  world->relieved[world->facts.n_relieved++] = (ArmmsRelieved) { date, strchr ("xXG", why) != NULL };
  if (strchr ("LUG", why) != NULL)
    world->leaves[world->facts.n_leaves++] = (ArmmsLeave) { date, why != 'U', 0 };
}

static void
test_holiday (gconstpointer data)
{
  const Holiday *c = data;
  g_autofree World *world = world_new ("", "");
  g_autofree guint8 *types = g_new0 (guint8, 20);
  g_auto(GStrv) days = g_strsplit (c->holidays, ",", -1);
  g_autoptr(GArray) lines = NULL;
  g_autoptr(GString) paid = g_string_new (NULL);

  world->calendar = (ArmmsCalendar) { time_case_date ("11-20"), 20, types };
  for (guint i = 0; days[i] != NULL; i++)
    {
      g_auto(GStrv) pair = g_strsplit (days[i], "=", 2);
      ArmmsDayType type;

      g_assert_true (armms_day_type_parse (pair[1], &type));
      types[time_case_date (pair[0]).days - world->calendar.first.days] = (guint8) type;
    }
  for (int i = 0; c->days[i] != '\0'; i++)
    {
      char text[32];

      if (c->days[i] == '.')
        continue;
      if (strchr ("xXsLUG", c->days[i]) != NULL)
        add_relieved_day (world, armms_date_from_ymd (2026, 11, 20 + i), c->days[i]);
      if (strchr ("xsLUG", c->days[i]) != NULL)
        continue;
      g_snprintf (text, sizeof text, "11-%d 06:00", 20 + i);
      world_add_duty (world, text, 12, "a");
      if (c->days[i] == 'l')
        world->leaves[world->facts.n_leaves++] = (ArmmsLeave) { armms_date_from_ymd (2026, 11, 20 + i), TRUE, 0 };
      if (strchr ("wX", c->days[i]) == NULL)
        continue;
      g_snprintf (text, sizeof text, "in 11-%d 06:00@a", 20 + i);
      world_add_punch (world, text);
      g_snprintf (text, sizeof text, "out 11-%d 18:00@a", 20 + i);
      world_add_punch (world, text);
    }
  world->facts.closed_through = time_case_date ("11-30");
  lines = world_judge (world, "11-29", "11-30");
  for (guint i = 0; i < lines->len; i++)
    {
      const ArmmsDayLine *line = &g_array_index (lines, ArmmsDayLine, i);
      char text[ARMMS_DATE_TEXT_SIZE];

      if (line->state != ARMMS_DAY_HOLIDAY)
        continue;
      g_assert_cmpint (line->cells[ARMMS_CELL_REGULAR_UNWORKED], ==, 480);
      g_assert_cmpint (line->absent, ==, 0);
      g_string_append_printf (paid, "%s%s", paid->len > 0 ? " " : "", armms_date_format (line->duty_date, text) + 5);
    }
  /* Before the days are closed nobody is absent and no holiday is unworked. */
  g_assert_cmpstr (paid->str, ==, c->unworked);
  world->facts.closed_through = ARMMS_DATE_NONE;
  g_array_set_size (lines, 0);
  armms_time_judge (&world->facts, lines);
  for (guint i = 0; i < lines->len; i++)
    g_assert_cmpint (g_array_index (lines, ArmmsDayLine, i).state, !=, ARMMS_DAY_HOLIDAY);
}

/* The duty before the holiday stood under one law, the holiday stands under the next: its own decides. */
static void
test_holiday_under_new_law (void)
{
  ArmmsWorkingTime laws[2] = { time_case_law, time_case_law };
  g_autofree World *world = world_new ("05-05=regular", "");
  g_autoptr(GArray) lines = NULL;

  laws[0].to = time_case_date ("05-04");
  laws[1].from = time_case_date ("05-05");
  laws[1].unworked_holiday_minutes = 420;
  world->facts.law = (ArmmsWorkingTimeTable) { laws, 2 };
  world_add_duty (world, "05-04 06:00", 12, "a");
  world_add_punch (world, "in 05-04 06:00@a");
  world_add_punch (world, "out 05-04 18:00@a");
  world->facts.closed_through = time_case_date ("05-05");
  lines = world_judge (world, "05-05", "05-05");
  g_assert_cmpuint (lines->len, ==, 1);
  g_assert_cmpint (g_array_index (lines, ArmmsDayLine, 0).holiday_unworked, ==, 420);
  g_assert_cmpint (g_array_index (lines, ArmmsDayLine, 0).cells[ARMMS_CELL_REGULAR_UNWORKED], ==, 420);
}

static void
test_leave (void)
{
  g_autofree World *world = world_new ("", "");
  g_autoptr(GArray) lines = NULL;
  const ArmmsDayLine *line;

  world_add_duty (world, "05-04 06:00", 12, "a");
  world->leaves[world->facts.n_leaves++] = (ArmmsLeave) { time_case_date ("05-04"), FALSE, 0 };
  lines = world_judge (world, "05-04", "05-04");
  line = &g_array_index (lines, ArmmsDayLine, 0);
  g_assert_cmpint (line->state, ==, ARMMS_DAY_LEAVE);
  g_assert_cmpint (line->leave_unpaid, ==, 720);
  g_assert_cmpint (line->absent, ==, 0);
  /* He came all the same: what he worked counts, and a person has to look. */
  world_add_punch (world, "in 05-04 06:00@a");
  world_add_punch (world, "out 05-04 18:00@a");
  g_array_set_size (lines, 0);
  armms_time_judge (&world->facts, lines);
  line = &g_array_index (lines, ArmmsDayLine, 0);
  g_assert_cmpint (line->worked, ==, 720);
  g_assert_cmpint (line->leave_unpaid, ==, 0);
  g_assert_true (line->codes & ARMMS_ANOMALY_BIT (ON_LEAVE));
  /* Half a day's leave excuses the missing half. */
  world->leaves[0].minutes = 360;
  world->leaves[0].paid = TRUE;
  world->punches[1].at = time_case_instant ("05-04 12:00");
  g_array_set_size (lines, 0);
  armms_time_judge (&world->facts, lines);
  line = &g_array_index (lines, ArmmsDayLine, 0);
  g_assert_cmpint (line->worked, ==, 360);
  g_assert_cmpint (line->leave_paid, ==, 360);
  g_assert_cmpint (line->undertime, ==, 0);
  g_assert_cmpint (line->codes, ==, 0);
}

static void
test_two_duties (void)
{
  g_autofree World *world = world_new ("", "");
  g_autoptr(GArray) lines = NULL;

  world_add_duty (world, "05-04 06:00", 12, "a");
  world_add_duty (world, "05-04 12:00", 12, "b");
  world_add_punch (world, "in 05-04 06:00@a");
  world_add_punch (world, "out 05-04 18:00@a");
  world_add_punch (world, "in 05-04 12:00@b");
  world_add_punch (world, "out 05-05 00:00@b");
  lines = world_judge (world, "05-04", "05-04");
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpint (g_array_index (lines, ArmmsDayLine, 0).codes, ==, 0);
  g_assert_cmpint (g_array_index (lines, ArmmsDayLine, 1).codes, ==, ARMMS_ANOMALY_BIT (OVERLAP));
}

/* Somebody else stood from ten to twelve: one duty in two parts, with one count of eight hours. */
static void
test_parts (void)
{
  g_autofree World *world = world_new ("", "");
  g_autoptr(GArray) lines = NULL;
  g_autofree char *cells = NULL;

  world_add_duty (world, "05-04 06:00", 4, "a");
  world_add_duty (world, "05-04 12:00", 6, "a");
  world_add_punch (world, "in 05-04 06:00@a");
  world_add_punch (world, "out 05-04 10:00@a");
  world_add_punch (world, "in 05-04 12:00@a");
  world_add_punch (world, "out 05-04 18:00@a");
  lines = world_judge (world, "05-04", "05-04");
  g_assert_cmpuint (lines->len, ==, 1);
  cells = time_case_cells (g_array_index (lines, ArmmsDayLine, 0).cells);
  g_assert_cmpstr (cells, ==, "ordinary 480, ordinary_ot 120");
  g_assert_cmpint (g_array_index (lines, ArmmsDayLine, 0).scheduled, ==, 600);
  g_assert_cmpint (g_array_index (lines, ArmmsDayLine, 0).codes, ==, 0);
}

static void
test_too_long_and_inactive (void)
{
  g_autofree World *world = world_new ("", "");
  g_autoptr(GArray) lines = NULL;

  world->policy.longest_duty = 700;
  world_add_duty (world, "05-04 06:00", 12, "a");
  world_add_punch (world, "in 05-04 06:00@a");
  world_add_punch (world, "out 05-04 18:00@a");
  world->facts.separated_on = time_case_date ("05-03");
  lines = world_judge (world, "05-04", "05-04");
  g_assert_cmpint (g_array_index (lines, ArmmsDayLine, 0).codes, ==, ARMMS_ANOMALY_BIT (TOO_LONG));
  g_assert_cmpint (world->punches[0].codes, ==, ARMMS_ANOMALY_BIT (INACTIVE_EMPLOYEE));
}

/* Each minute asked on its own: what cell is it? Slow, and plainly right. */
static void
count_minutes (const World *world, const ArmmsDuty *duty, gint64 from, gint64 to, gint32 *cells)
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
      cells[ARMMS_CELL (armms_calendar_get (duty->calendar, date), rest, n >= 480, of_day >= 1320 || of_day < 360)]++;
    }
}

static void
test_minute_by_minute (void)
{
  for (guint run = 0; run < 400; run++)
    {
      g_autofree World *world = world_new ("", "");
      g_autoptr(GArray) lines = NULL;
      gint32 expected[ARMMS_N_CELLS] = { 0 };
      ArmmsDuty *duty;
      gint64 from, to;

      for (guint i = 0; i < CALENDAR_DAYS; i++)
        world->day_types[i] = (guint8) (g_test_rand_bit () ? 0 : g_test_rand_int_range (0, ARMMS_N_DAY_TYPES));
      for (int day = 1; day < 10; day++)
        if (g_test_rand_int_range (0, 3) == 0)
          world->rest_days[world->facts.n_rest_days++] = armms_date_from_ymd (2026, 5, day);
      duty = world_add_duty (world, "05-04 00:00", 1, "a");
      duty->starts_at.us += g_test_rand_int_range (0, 1440) * ARMMS_US_PER_MINUTE;
      duty->ends_at.us = duty->starts_at.us + g_test_rand_int_range (1, 24 * 60) * ARMMS_US_PER_MINUTE;
      duty->grace_in = duty->grace_out = 0;
      from = duty->starts_at.us / ARMMS_US_PER_MINUTE + g_test_rand_int_range (-30, 60);
      to = duty->ends_at.us / ARMMS_US_PER_MINUTE + g_test_rand_int_range (-60, 30);
      if (to <= from + 6)
        continue;
      world_add_punch (world, "in 05-04 06:00@a");
      world_add_punch (world, "out 05-04 18:00@a");
      world->punches[0].at.us = from * ARMMS_US_PER_MINUTE;
      world->punches[1].at.us = to * ARMMS_US_PER_MINUTE + 59999999;
      lines = world_judge (world, "05-04", "05-04");
      g_assert_cmpuint (lines->len, ==, 1);
      count_minutes (world, duty, MAX (from, duty->starts_at.us / ARMMS_US_PER_MINUTE),
                     MIN (to, duty->ends_at.us / ARMMS_US_PER_MINUTE), expected);
      g_assert_cmpmem (expected, sizeof expected, g_array_index (lines, ArmmsDayLine, 0).cells, sizeof expected);
    }
}

static void
make_random_month (World *world)
{
  const char *sites[] = { "a", "b", "" };

  for (int day = 1; day <= 20; day++)
    {
      char text[32];

      if (g_test_rand_int_range (0, 6) == 0)
        continue;
      g_snprintf (text, sizeof text, "05-%02d %02d:00", day, g_test_rand_bit () ? 6 : 18);
      world_add_duty (world, text, g_test_rand_bit () ? 12 : 24, sites[g_test_rand_int_range (0, 2)]);
    }
  for (guint i = 0; i < 60; i++)
    {
      world->punches[i] = time_case_punch ("in 05-01 00:00", i);
      world->punches[i].kind = (ArmmsPunchKind) g_test_rand_int_range (0, 5);
      world->punches[i].detachment_id = time_case_id (sites[g_test_rand_int_range (0, 3)]);
      world->punches[i].at.us += g_test_rand_int_range (0, 20 * 1440) * ARMMS_US_PER_MINUTE;
    }
  world->facts.n_punches = 60;
  world->facts.closed_through = armms_date_from_ymd (2026, 5, g_test_rand_int_range (1, 25));
  world->day_types[time_case_date ("05-12").days - world->calendar.first.days] = ARMMS_DAY_REGULAR;
}

static void
assert_same_line (const ArmmsDayLine *a, const ArmmsDayLine *b)
{
  g_assert_cmpint (a->duty_date.days, ==, b->duty_date.days);
  g_assert_cmpint (a->state, ==, b->state);
  g_assert_cmpint (a->codes, ==, b->codes);
  g_assert_cmpint (a->late, ==, b->late);
  g_assert_cmpint (a->absent, ==, b->absent);
  g_assert_cmpint (a->in_at.us, ==, b->in_at.us);
  g_assert_cmpint (a->out_at.us, ==, b->out_at.us);
  g_assert_cmpmem (a->cells, sizeof a->cells, b->cells, sizeof b->cells);
}

/* Days judged alone, from no more facts than the contract names, are the days of the whole. */
static void
test_locality (void)
{
  for (guint run = 0; run < 200; run++)
    {
      g_autofree World *world = world_new ("", "");
      g_autofree World *part = g_new0 (World, 1);
      g_autoptr(GArray) all = NULL, some = g_array_new (FALSE, FALSE, sizeof (ArmmsDayLine));
      ArmmsDate from = armms_date_from_ymd (2026, 5, g_test_rand_int_range (1, 20));
      ArmmsDate to = armms_date_add_days (from, g_test_rand_int_range (0, 3));
      gboolean holiday;
      int back;
      guint next = 0, within = 0;

      make_random_month (world);
      all = world_judge (world, "05-01", "05-25");
      *part = *world;
      part->facts.punches = part->punches;
      part->facts.duties = part->duties;
      part->facts.n_punches = part->facts.n_duties = 0;
      part->facts.from = from;
      part->facts.to = to;
      holiday = from.days <= time_case_date ("05-12").days && to.days >= time_case_date ("05-12").days;
      back = holiday ? ARMMS_TIME_CONTEXT_HOLIDAY_DAYS : ARMMS_TIME_CONTEXT_DAYS;
      for (gsize i = 0; i < world->facts.n_duties; i++)
        if (world->duties[i].duty_date.days >= from.days - back && world->duties[i].duty_date.days <= to.days + ARMMS_TIME_CONTEXT_DAYS)
          part->duties[part->facts.n_duties++] = world->duties[i];
      for (gsize i = world->facts.n_punches; i-- > 0;)
        {
          ArmmsDate day = armms_zone_date (world->facts.zone, world->punches[i].at);

          if (day.days >= from.days - back - 1 && day.days <= to.days + ARMMS_TIME_CONTEXT_DAYS)
            part->punches[part->facts.n_punches++] = world->punches[i];
        }
      armms_time_judge (&part->facts, some);
      for (guint i = 0; i < all->len; i++)
        within += g_array_index (all, ArmmsDayLine, i).duty_date.days >= from.days
                  && g_array_index (all, ArmmsDayLine, i).duty_date.days <= to.days;
      g_assert_cmpuint (some->len, ==, within);
      for (guint i = 0; i < some->len; i++)
        {
          while (g_array_index (all, ArmmsDayLine, next).duty_date.days < from.days
                 || g_array_index (all, ArmmsDayLine, next).duty_date.days > to.days)
            g_assert_cmpuint (++next, <, all->len);
          assert_same_line (&g_array_index (all, ArmmsDayLine, next++), &g_array_index (some, ArmmsDayLine, i));
        }
    }
}

static void
test_order_of_telling (void)
{
  for (guint run = 0; run < 200; run++)
    {
      g_autofree World *world = world_new ("", "");
      g_autoptr(GArray) first = NULL, second = NULL;

      make_random_month (world);
      first = world_judge (world, "05-01", "05-25");
      for (guint i = 59; i > 0; i--)
        {
          guint j = (guint) g_test_rand_int_range (0, (gint32) i + 1);
          ArmmsPunch swap = world->punches[i];

          world->punches[i] = world->punches[j];
          world->punches[j] = swap;
        }
      second = world_judge (world, "05-01", "05-25");
      g_assert_cmpuint (first->len, ==, second->len);
      for (guint i = 0; i < first->len; i++)
        assert_same_line (&g_array_index (first, ArmmsDayLine, i), &g_array_index (second, ArmmsDayLine, i));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (g_strdup_printf ("/time/duty/%s", cases[i].about), &cases[i], test_case);
  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    g_test_add_data_func (g_strdup_printf ("/time/policy/%s", policies[i].about), &policies[i], test_policy);
  for (guint i = 0; i < G_N_ELEMENTS (holidays); i++)
    g_test_add_data_func (g_strdup_printf ("/time/unworked holiday/%s", holidays[i].about), &holidays[i], test_holiday);
  g_test_add_func ("/time/unworked holiday/is worth what the law of its date says", test_holiday_under_new_law);
  g_test_add_func ("/time/leave excuses what was not worked", test_leave);
  g_test_add_func ("/time/two duties at once", test_two_duties);
  g_test_add_func ("/time/a duty in two parts", test_parts);
  g_test_add_func ("/time/too long, and no longer employed", test_too_long_and_inactive);
  g_test_add_func ("/time/every minute asked on its own", test_minute_by_minute);
  g_test_add_func ("/time/days judged alone are the days of the whole", test_locality);
  g_test_add_func ("/time/the order of telling does not matter", test_order_of_telling);
  return g_test_run ();
}
