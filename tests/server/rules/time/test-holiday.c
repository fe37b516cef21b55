#include "server/rules/time/holiday.h"
#include "time-world.h"

#include <string.h>

/* Each letter is a day from 11-20 on: w worked 06:00-18:00, n worked 18:00-06:00, a planned and not worked, l paid leave, u unpaid
 * leave, . nothing planned, r rest day. Somebody else stood his duty: x he was absent, X so from one of two duties, s excused, L and U
 * excused and on leave with and without pay, G absent, then given leave. Which regular holidays are paid although he did not work
 * them. */
typedef struct {
  const char *about;
  const char *words;
  const char *days;      /* of 11-20 .. 11-30 */
  const char *unworked;
} Case;

static const Case cases[] = {
  /* Rule IV s.6: worked, or on paid leave, on the working day immediately before. */
  { "worked the day before", "holidays=11-30:regular", "wwwwwwwwww.", "11-30" },
  { "absent the day before", "holidays=11-30:regular", "wwwwwwwwwa.", "" },
  { "absent the day before, however often he worked before that", "holidays=11-30:regular", "wwwwwwwwwaa", "" },
  { "absent two days before, worked the day before", "holidays=11-30:regular", "wwwwwwwwaw.", "11-30" },
  { "on paid leave the day before", "holidays=11-30:regular", "wwwwwwwwwl.", "11-30" },
  { "on unpaid leave the day before", "holidays=11-30:regular", "wwwwwwwwwu.", "" },
  { "a rest day between, worked before it", "holidays=11-30:regular", "wwwwwwwwwr.", "11-30" },
  { "a rest day between, absent before it", "holidays=11-30:regular", "wwwwwwwwar.", "" },
  { "a rest day between, on paid leave before it", "holidays=11-30:regular", "wwwwwwwwlr.", "11-30" },
  { "two days off between, absent on the last working day", "holidays=11-30:regular", "wwwwwwwa...", "" },
  { "the holiday falls on his rest day", "holidays=11-30:regular", "wwwwwwwwwwr", "11-30" },
  { "planned but not worked himself", "holidays=11-30:regular", "wwwwwwwwwwa", "11-30" },
  { "worked holidays are not paid unworked", "holidays=11-30:regular", "wwwwwwwwwww", "" },
  { "an unworked special day is not paid", "holidays=11-30:special", "wwwwwwwwww.", "" },
  { "the night before reached into it: he worked it", "holidays=11-30:regular", "wwwwwwwwwn.", "" },
  { "the night before keeps its day by policy: he did not", "holidays=11-30:regular dutyday", "wwwwwwwwwn.", "11-30" },

  /* Special days between are non-working days. */
  { "a special day that was not worked is skipped", "holidays=11-29:special,11-30:regular", "wwwwwwwwwa.", "11-30" },
  { "a special day without a plan is skipped", "holidays=11-29:special,11-30:regular", "wwwwwwwww..", "11-30" },
  { "a special day between, absent before it", "holidays=11-29:special,11-30:regular", "wwwwwwwwaa.", "" },
  { "a special day between, worked by him, absent before it", "holidays=11-29:special,11-30:regular", "wwwwwwwwaw.", "11-30" },
  { "a special day and a rest day between, absent before both", "holidays=11-28:special,11-30:regular", "wwwwwwwaar.", "" },
  { "a special day and a rest day between, worked before both", "holidays=11-28:special,11-30:regular", "wwwwwwwwar.", "11-30" },
  { "absent on a special working day, which is an ordinary one", "holidays=11-29:special_working,11-30:regular", "wwwwwwwwwa.", "" },

  /* s.10: successive holidays. */
  { "of two in a row, worked before", "holidays=11-29:regular,11-30:regular", "wwwwwwwww..", "11-29 11-30" },
  { "of two in a row, absent before", "holidays=11-29:regular,11-30:regular", "wwwwwwwwa..", "" },
  { "of two in a row, planned on both and absent before", "holidays=11-29:regular,11-30:regular", "wwwwwwwwaaa", "" },
  { "of two in a row, the first worked restores the second", "holidays=11-29:regular,11-30:regular", "wwwwwwwwaw.", "11-30" },
  { "of two in a row, only the second worked restores nothing", "holidays=11-29:regular,11-30:regular", "wwwwwwwwa.w", "" },
  { "of two in a row, on paid leave before", "holidays=11-29:regular,11-30:regular", "wwwwwwwwl..", "11-29 11-30" },
  { "of three in a row, the second worked restores the third", "holidays=11-28:regular,11-29:regular,11-30:regular", "wwwwwwwaaw.", "11-30" },
  { "a special day between two holidays, worked before them", "holidays=11-28:regular,11-29:special,11-30:regular", "wwwwwwww...", "11-28 11-30" },
  { "a double holiday is paid twice", "holidays=11-30:double_regular", "wwwwwwwwww.", "11-30*2" },

  /* How far back it is looked. */
  { "eight days without a plan between, the ninth worked", "holidays=11-30:regular", ".w.........", "" },
  { "worked eight days before, nothing planned since", "holidays=11-30:regular", "..w........", "11-30" },
  { "no duty at all", "holidays=11-30:regular", "...........", "" },
  { "planned on the holiday alone", "holidays=11-30:regular", "..........a", "" },

  /* Leave and employment on the day itself. */
  { "unpaid leave on the holiday took the holiday's pay", "holidays=11-30:regular", "wwwwwwwwwwu", "11-30" },
  { "paid leave on the holiday is pay for that day already", "holidays=11-30:regular", "wwwwwwwwwwl", "" },
  { "separated on the holiday", "holidays=11-30:regular separated=11-30", "wwwwwwwwww.", "11-30" },
  { "separated the day before", "holidays=11-30:regular separated=11-29", "wwwwwwwwww.", "" },
  { "separated the day before, and planned still", "holidays=11-30:regular separated=11-29", "wwwwwwwwwwa", "" },
  { "hired on the holiday, worked before as somebody's help", "holidays=11-30:regular hired=11-30", "wwwwwwwwww.", "11-30" },
  { "hired the day after", "holidays=11-30:regular hired=12-01", "wwwwwwwwww.", "" },

  /* Somebody else stood his duty. */
  { "relieved because he was absent the day before", "holidays=11-30:regular", "wwwwwwwwwx.", "" },
  { "relieved because he was absent, rest days between", "holidays=11-30:regular", "wwwwwwwx...", "" },
  { "relieved because he was absent, and worked since", "holidays=11-30:regular", "wwwwwwwwxw.", "11-30" },
  { "relieved because he was absent, but worked another duty that day", "holidays=11-30:regular", "wwwwwwwwaX.", "11-30" },
  { "relieved because he was absent on a special day", "holidays=11-29:special,11-30:regular", "wwwwwwwwwx.", "11-30" },
  { "his rest day was changed: skipped back to work", "holidays=11-30:regular", "wwwwwwwwws.", "11-30" },
  { "his rest day was changed: skipped back to absence", "holidays=11-30:regular", "wwwwwwwwas.", "" },
  { "relieved for leave with pay, absent before it", "holidays=11-30:regular", "wwwwwwwwaL.", "11-30" },
  { "relieved for leave without pay", "holidays=11-30:regular", "wwwwwwwwwU.", "" },
  { "relieved as absent, but the leave with pay was granted", "holidays=11-30:regular", "wwwwwwwwwG.", "11-30" },
  { "relieved on the holiday itself, worked before", "holidays=11-30:regular", "wwwwwwwwwwx", "11-30" },
};

static void
add_day (TimeWorld *world, char what, int day)
{
  ArmmsDate date = armms_date_from_ymd (2026, 11, day);
  char text[32];

  if (what == 'r')
    world->rest_days[world->facts.n_rest_days++] = date;
  if (strchr ("luLUG", what) != NULL)
    world->leaves[world->facts.n_leaves++] = (ArmmsLeave) { date, strchr ("lLG", what) != NULL, 0 };
  if (strchr (".r", what) != NULL)
    return;
  if (strchr ("xsLUG", what) == NULL)
    {
      g_snprintf (text, sizeof text, "11-%02d %s 12 a", day, what == 'n' ? "18:00" : "06:00");
      time_world_add_duty (world, text);
    }
  if (strchr ("xXsLUG", what) != NULL)
    {
      g_snprintf (text, sizeof text, "11-%02d 18:00 12 b %s", day, strchr ("xXG", what) != NULL ? "absent" : "excused");
      time_world_add_duty (world, text);
    }
  if (strchr ("wnX", what) == NULL)
    return;
  g_snprintf (text, sizeof text, "in 11-%02d %s@a", day, what == 'n' ? "18:00" : "06:00");
  time_world_add_punch (world, text);
  g_snprintf (text, sizeof text, "out 11-%02d %s@a", what == 'n' ? day + 1 : day, what == 'n' ? "06:00" : "18:00");
  time_world_add_punch (world, text);
}

/* "11-29 11-30*2": in the order of the days; (transfer full) */
static char *
tell_unworked (const GArray *lines)
{
  GString *text = g_string_new (NULL);

  for (gint day = 20; day <= 30; day++)
    for (guint i = 0; i < lines->len; i++)
      {
        const ArmmsDayLine *line = &g_array_index (lines, ArmmsDayLine, i);
        gint32 single = line->cells[ARMMS_CELL_REGULAR_UNWORKED], twice = line->cells[ARMMS_CELL_DOUBLE_REGULAR_UNWORKED];

        g_assert_cmpint (line->holiday_unworked, ==, single + twice);
        g_assert_cmpint (line->state == ARMMS_DAY_HOLIDAY, ==, single + twice > 0);
        if (line->duty_date.days != armms_date_from_ymd (2026, 11, day).days || line->state != ARMMS_DAY_HOLIDAY)
          continue;
        g_assert_cmpint (single + twice, ==, 480);
        g_assert_cmpint (line->absent + line->leave_unpaid, ==, 0);
        g_string_append_printf (text, "%s11-%d%s", text->len > 0 ? " " : "", day, twice > 0 ? "*2" : "");
      }
  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree TimeWorld *world = time_world_new (c->words);
  g_autoptr(GArray) lines = NULL, open = NULL;
  g_autofree char *told = NULL, *told_open = NULL;

  for (int i = 0; c->days[i] != '\0'; i++)
    add_day (world, c->days[i], 20 + i);
  world->facts.closed_through = time_case_date ("11-30");
  lines = time_world_judge_days (world, "11-20", "11-30");
  told = tell_unworked (lines);
  g_assert_cmpstr (told, ==, c->unworked);
  /* Before the days are closed no holiday is unworked. */
  world->facts.closed_through = ARMMS_DATE_NONE;
  open = time_world_judge_days (world, "11-20", "11-30");
  told_open = tell_unworked (open);
  g_assert_cmpstr (told_open, ==, "");
}

static const TimeCase lines[] = {
  { "an unplanned holiday has a line of its own, on the last duty's keys", "holidays=05-05:regular closed=05-05", "05-04 06:00 12 a",
    "in 05-04 06:00@a, out 05-04 18:00@a", "05-05 HOLIDAY: regular_unworked 480 / 05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "a planned one is the duty's line, without absence", "holidays=05-05:regular closed=05-05", "05-04 06:00 12 a, 05-05 06:00 12 a",
    "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240 / 05-05 HOLIDAY of 720: regular_unworked 480" },
  { "planned in two parts it is one holiday, and no absence", "holidays=05-05:regular closed=05-05",
    "05-04 06:00 12 a, 05-05 06:00 4 a, 05-05 12:00 6 a", "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240 / 05-05 HOLIDAY of 600: regular_unworked 480" },
  { "with two duties planned it is one holiday, and no absence", "holidays=05-05:regular closed=05-05",
    "05-04 06:00 12 a, 05-05 06:00 6 a, 05-05 14:00 6 b", "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240 / 05-05 HOLIDAY of 360: regular_unworked 480 / 05-05 HOLIDAY of 360" },
  { "half unpaid, half paid leave on the holiday is paid leave", "holidays=05-05:regular closed=05-05 leave=05-05:unpaid:360 leave=05-05:paid:360",
    "05-04 06:00 12 a, 05-05 06:00 12 a", "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240 / 05-05 LEAVE of 720; paid leave 360; unpaid leave 360" },
  { "not entitled, it is an absence", "holidays=05-05:regular closed=05-05", "05-04 06:00 12 a, 05-05 06:00 12 a", "",
    "05-04 ABSENT of 720; absent 720 / 05-05 ABSENT of 720; absent 720" },
  { "relieved on the holiday because he did not come: as if nobody had stood it", "holidays=05-05:regular closed=05-05",
    "05-04 06:00 12 a, 05-05 06:00 12 a absent", "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240 / 05-05 HOLIDAY of 720: regular_unworked 480" },
  { "relieved on the holiday by agreement: it has a line of its own", "holidays=05-05:regular closed=05-05",
    "05-04 06:00 12 a, 05-05 06:00 12 a excused", "in 05-04 06:00@a, out 05-04 18:00@a",
    "05-05 HOLIDAY: regular_unworked 480 / 05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240" },
  { "his own duty on the holiday worked, the other not", "holidays=05-05:regular closed=05-05",
    "05-04 06:00 12 a, 05-05 06:00 6 a, 05-05 14:00 6 b", "in 05-04 06:00@a, out 05-04 18:00@a, in 05-05 06:00@a, out 05-05 12:00@a",
    "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 240 / 05-05 COMPLETE of 360: regular 360 / 05-05 ABSENT of 360; absent 360" },
};

/* The duty before the holiday stood under one law, the holiday stands under the next: its own decides. */
static void
test_under_new_law (void)
{
  ArmmsWorkingTime laws[2] = { time_case_law, time_case_law };
  g_autofree TimeWorld *world = time_world_new ("holidays=05-05:regular closed=05-05");
  g_autoptr(GArray) told = NULL;

  laws[0].to = time_case_date ("05-04");
  laws[1].from = time_case_date ("05-05");
  laws[1].unworked_holiday_minutes = 420;
  world->facts.law = (ArmmsWorkingTimeTable) { laws, 2 };
  time_world_add_duty (world, "05-04 06:00 12 a");
  time_world_add_punch (world, "in 05-04 06:00@a");
  time_world_add_punch (world, "out 05-04 18:00@a");
  told = time_world_judge_days (world, "05-05", "05-05");
  g_assert_cmpuint (told->len, ==, 1);
  g_assert_cmpint (g_array_index (told, ArmmsDayLine, 0).holiday_unworked, ==, 420);
  g_assert_cmpint (g_array_index (told, ArmmsDayLine, 0).cells[ARMMS_CELL_REGULAR_UNWORKED], ==, 420);
}

/* The rule alone: what became of the days before, the nearest first. "w" worked, "l" paid leave, "a" absent, "." not planned; a
 * capital A is absent on a day that is no ordinary one. */
typedef struct {
  const char *before;
  gboolean paid;
} Rule;

static const Rule rules[] = {
  { "", FALSE }, { "w", TRUE }, { "l", TRUE }, { "a", FALSE }, { ".", FALSE }, { "..w", TRUE }, { "..a", FALSE }, { "aw", FALSE },
  { "wa", TRUE }, { "Aw", TRUE }, { "Aa", FALSE }, { "A", FALSE }, { ".A.w", TRUE }, { "AAl", TRUE }, { "........", FALSE },
};

static void
test_rule (gconstpointer data)
{
  const Rule *rule = data;
  ArmmsAttended attended[8];
  ArmmsDayType day_types[8];
  gsize n = strlen (rule->before);

  for (gsize i = 0; i < n; i++)
    {
      attended[i] = rule->before[i] == 'w' ? ARMMS_ATTENDED_WORKED : rule->before[i] == 'l' ? ARMMS_ATTENDED_PAID_LEAVE
                    : rule->before[i] == '.' ? ARMMS_ATTENDED_NOT_PLANNED : ARMMS_ATTENDED_ABSENT;
      day_types[i] = rule->before[i] == 'A' ? ARMMS_DAY_REGULAR : ARMMS_DAY_ORDINARY;
    }
  g_assert_cmpint (armms_holiday_qualifies (attended, day_types, n), ==, rule->paid);
}

/* The day that decided, and what it was, stand in the trace. */
static void
test_trace (void)
{
  static const struct { ArmmsAttended attended[3]; ArmmsDayType day_types[3]; gsize decided_by; const char *said; } traces[] = {
    { { ARMMS_ATTENDED_WORKED, ARMMS_ATTENDED_ABSENT, ARMMS_ATTENDED_ABSENT }, { 0 }, 1,
      "holiday=2026-11-30 days_looked_back=1 decided_by=2026-11-29 attendance=worked qualifies=true" },
    { { ARMMS_ATTENDED_NOT_PLANNED, ARMMS_ATTENDED_ABSENT, ARMMS_ATTENDED_WORKED }, { 0 }, 2,
      "holiday=2026-11-30 days_looked_back=2 decided_by=2026-11-28 attendance=absent_unpaid qualifies=false" },
    { { ARMMS_ATTENDED_ABSENT, ARMMS_ATTENDED_PAID_LEAVE, ARMMS_ATTENDED_WORKED }, { ARMMS_DAY_SPECIAL }, 2,
      "holiday=2026-11-30 days_looked_back=2 decided_by=2026-11-28 attendance=paid_leave qualifies=true" },
    { { ARMMS_ATTENDED_NOT_PLANNED, ARMMS_ATTENDED_NOT_PLANNED, ARMMS_ATTENDED_NOT_PLANNED }, { 0 }, 0,
      "holiday=2026-11-30 days_looked_back=3 qualifies=false" },
  };

  g_assert_cmpstr (armms_attended_name (ARMMS_ATTENDED_NOT_PLANNED), ==, "not_planned");
  for (guint i = 0; i < G_N_ELEMENTS (traces); i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      ArmmsTrace trace;

      g_assert_cmpuint (armms_holiday_decided_by (traces[i].attended, traces[i].day_types, 3), ==, traces[i].decided_by);
      armms_holiday_trace (armms_date_from_ymd (2026, 11, 30), traces[i].attended, traces[i].day_types, 3, ARMMS_MONEY (75500), &trace);
      armms_trace_append_text (&trace, text);
      g_assert_true (g_str_has_prefix (text->str, "time.holiday_unworked: "));
      g_assert_nonnull (strstr (text->str, traces[i].said));
      g_assert_true (g_str_has_suffix (text->str, "-> 755.00"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/time/unworked holiday/%s", cases[i].about);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/time/unworked holiday/is worth what the law of its date says", test_under_new_law);
  time_cases_add ("/time/unworked holiday/line", lines, G_N_ELEMENTS (lines));
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autofree char *name = g_strdup_printf ("/time/unworked holiday/rule %u: %s is %spaid", i, rules[i].before, rules[i].paid ? "" : "not ");

      g_test_add_data_func (name, &rules[i], test_rule);
    }
  g_test_add_func ("/time/holiday/the-trace-names-the-day-that-decided", test_trace);
  return g_test_run ();
}
