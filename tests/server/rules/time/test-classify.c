#include "server/rules/time/classify.h"
#include "time-world.h"

#include <string.h>

/* The facts of a minute-by-minute count, kept apart from the rule's own: Manila is eight hours before Greenwich, a day has 1440
 * minutes, and what a date is called stands in two plain arrays. */
#define FIRST_DAY 20000 /* 2024-10-04 */
#define DAYS 12

typedef struct {
  guint8 types[DAYS];
  gboolean rest[DAYS];
  gboolean of_duty_date;
  gint32 regular, night_from, night_to;
} Facts;

static const Facts plain = { .regular = 480, .night_from = 1320, .night_to = 360 };

/* Slow, and plainly right: one minute, asked on its own. @nth: how many were worked before it. */
static guint
cell_of_minute (const Facts *facts, gint64 minute, gint64 nth, gint32 duty_day)
{
  gint64 local = minute + 8 * 60;
  gint32 day = (gint32) (local / 1440), of_day = (gint32) (local % 1440);
  gint32 named = (facts->of_duty_date ? duty_day : day) - FIRST_DAY;
  gboolean night = facts->night_from > facts->night_to ? of_day >= facts->night_from || of_day < facts->night_to
                                                       : of_day >= facts->night_from && of_day < facts->night_to;
  guint cell = facts->types[named] * 8u;

  if (facts->rest[named])
    cell += 4;
  if (nth >= facts->regular)
    cell += 2;
  return night ? cell + 1 : cell;
}

static void
count_minutes (const Facts *facts, const ArmmsStretch *worked, guint n, gint64 before, gint32 duty_day, gint32 *cells)
{
  for (guint i = 0; i < n; i++)
    for (gint64 minute = worked[i].from; minute < worked[i].to; minute++)
      cells[cell_of_minute (facts, minute, before++, duty_day)]++;
}

/* The same facts as the rule is told them. */
typedef struct {
  ArmmsTimePolicy policy;
  ArmmsCalendar calendar;
  ArmmsDuty duty;
  ArmmsDate rest_days[DAYS];
  gsize n_rest_days;
} Told;

static void
tell (const Facts *facts, gint32 duty_day, Told *told)
{
  memset (told, 0, sizeof *told);
  told->policy = armms_time_policy_default;
  told->policy.regular_minutes = facts->regular;
  told->policy.night_from = facts->night_from;
  told->policy.night_to = facts->night_to;
  told->policy.day_type_of_duty = facts->of_duty_date;
  told->calendar = (ArmmsCalendar) { { FIRST_DAY }, DAYS, facts->types };
  told->duty = (ArmmsDuty) { .duty_date = { duty_day }, .policy = &told->policy, .calendar = &told->calendar };
  for (gint32 i = 0; i < DAYS; i++)
    if (facts->rest[i])
      told->rest_days[told->n_rest_days++].days = FIRST_DAY + i;
}

static void
classify (const Told *told, const ArmmsStretch *worked, guint n, gint64 before, gint32 *cells)
{
  armms_classify (worked, n, before, &told->duty, told->rest_days, told->n_rest_days, time_case_zone (), cells);
}

static gint64
minute_of_day (gint32 day, gint32 minute)
{
  return (gint64) (FIRST_DAY + day) * 1440 + minute - 8 * 60;
}

/* All lengths of a duty that starts at @start, each a minute longer: counted on, and classified anew. */
static void
compare_lengths (const Facts *facts, gint32 start, gint32 longest, gint32 step)
{
  ArmmsStretch worked = { minute_of_day (2, start), 0 };
  gint32 expected[ARMMS_N_CELLS] = { 0 };
  Told told;

  tell (facts, FIRST_DAY + 2, &told);
  for (gint32 length = 1; length <= longest; length++)
    {
      gint32 cells[ARMMS_N_CELLS] = { 0 };

      expected[cell_of_minute (facts, worked.from + length - 1, length - 1, FIRST_DAY + 2)]++;
      if (length % step > 1 && length % step < step - 1)
        continue;
      worked.to = worked.from + length;
      classify (&told, &worked, 1, 0, cells);
      if (memcmp (cells, expected, sizeof cells) != 0)
        {
          g_autofree char *got = time_case_cells (cells), *want = time_case_cells (expected);

          g_error ("from minute %d for %d: %s, expected %s", start, length, got, want);
        }
    }
}

/* Every start and every length of a day, by the minute: from a special day into a regular holiday on the rest day. */
static void
test_every_start_and_length (void)
{
  Facts facts = plain;

  facts.types[2] = ARMMS_DAY_SPECIAL;
  facts.types[3] = ARMMS_DAY_REGULAR;
  facts.rest[3] = TRUE;
  for (gint32 start = 0; start < 1440; start++)
    compare_lengths (&facts, start, 1440, 1);
}

/* Every pair of days, holiday by holiday and rest day or not, before and after midnight: starts beside every edge, lengths beside
 * every quarter of an hour. */
static void
test_every_pair_of_days (gconstpointer data)
{
  static const gint32 starts[] = { 0, 1, 359, 360, 361, 840, 959, 960, 961, 1319, 1320, 1321, 1438, 1439 };
  Facts facts = plain;

  facts.of_duty_date = GPOINTER_TO_INT (data);
  for (guint pair = 0; pair < 4 * ARMMS_N_DAY_TYPES * ARMMS_N_DAY_TYPES; pair++)
    {
      facts.types[2] = (guint8) (pair / 4 % ARMMS_N_DAY_TYPES);
      facts.types[3] = (guint8) (pair / 4 / ARMMS_N_DAY_TYPES);
      facts.rest[2] = pair & 1;
      facts.rest[3] = (pair & 2) != 0;
      for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
        compare_lengths (&facts, starts[i], 1500, 15);
    }
}

static gint32
pick (gint32 from, gint32 to)
{
  return g_test_rand_int_range (from, to + 1);
}

/* A duty in up to eight stretches over four days, after some minutes of earlier parts, in a calendar of anything. */
static guint
make_random (Facts *facts, gint32 *duty_day, gint64 *before, ArmmsStretch worked[8])
{
  guint n = (guint) pick (1, 8);
  gint64 at;

  *facts = plain;
  for (gint32 i = 0; i < DAYS; i++)
    {
      facts->types[i] = (guint8) (g_test_rand_bit () ? ARMMS_DAY_ORDINARY : pick (0, ARMMS_N_DAY_TYPES - 1));
      facts->rest[i] = pick (0, 3) == 0;
    }
  facts->of_duty_date = pick (0, 3) == 0;
  if (pick (0, 3) == 0)
    {
      facts->regular = pick (0, 700);
      facts->night_from = pick (0, 1439);
      facts->night_to = pick (0, 1439);
    }
  *duty_day = FIRST_DAY + pick (1, 4);
  *before = g_test_rand_bit () ? 0 : pick (0, 600);
  at = minute_of_day (*duty_day - FIRST_DAY, pick (0, 1439));
  for (guint i = 0; i < n; i++)
    {
      worked[i].from = at + pick (0, 300);
      worked[i].to = at = worked[i].from + pick (0, 500);
    }
  return n;
}

static void
assert_cells (const gint32 *cells, const gint32 *expected)
{
  g_autofree char *got = time_case_cells (cells), *want = time_case_cells (expected);

  g_assert_cmpstr (got, ==, want);
}

static void
test_random_duties (void)
{
  for (guint run = 0; run < 4000; run++)
    {
      Facts facts;
      Told told;
      ArmmsStretch worked[8];
      gint32 duty_day, cells[ARMMS_N_CELLS] = { 0 }, expected[ARMMS_N_CELLS] = { 0 };
      gint64 before, minutes = 0, sum = 0;
      guint n = make_random (&facts, &duty_day, &before, worked);

      tell (&facts, duty_day, &told);
      classify (&told, worked, n, before, cells);
      count_minutes (&facts, worked, n, before, duty_day, expected);
      assert_cells (cells, expected);
      /* Every minute is in exactly one cell. */
      for (guint i = 0; i < n; i++)
        minutes += worked[i].to - worked[i].from;
      for (guint cell = 0; cell < ARMMS_N_CELLS; cell++)
        sum += cells[cell];
      g_assert_cmpint (sum, ==, minutes);
    }
}

/* Cut anywhere, in stretches or in parts of a duty, it comes to the same; and what is in the cells before is added to. */
static void
test_cutting (void)
{
  for (guint run = 0; run < 2000; run++)
    {
      Facts facts;
      Told told;
      ArmmsStretch worked[9];
      gint32 duty_day, whole[ARMMS_N_CELLS] = { 0 }, cut[ARMMS_N_CELLS] = { 0 }, parts[ARMMS_N_CELLS] = { 0 };
      gint64 before, at, earlier;
      guint n = make_random (&facts, &duty_day, &before, worked), which = (guint) pick (0, (gint32) n - 1);

      tell (&facts, duty_day, &told);
      classify (&told, worked, n, before, whole);
      at = worked[which].from + pick (0, (gint32) (worked[which].to - worked[which].from));
      memmove (&worked[which + 1], &worked[which], (n - which) * sizeof (ArmmsStretch));
      worked[which].to = worked[which + 1].from = at;
      classify (&told, worked, n + 1, before, cut);
      assert_cells (cut, whole);
      earlier = before;
      for (guint i = 0; i <= which; i++)
        earlier += worked[i].to - worked[i].from;
      classify (&told, worked, which + 1, before, parts);
      classify (&told, &worked[which + 1], n - which, earlier, parts);
      assert_cells (parts, whole);
    }
}

/* The edges by name. */
typedef struct {
  const char *about;
  gint32 from, to; /* minutes from midnight of the duty date, an ordinary day; the day after is a regular holiday */
  gint64 before;
  const char *cells;
} Edge;

static const Edge edges[] = {
  { "21:59 is day", 1319, 1320, 0, "ordinary 1" },
  { "22:00 is night", 1320, 1321, 0, "ordinary_nd 1" },
  { "05:59 is night", 359, 360, 0, "ordinary_nd 1" },
  { "06:00 is day", 360, 361, 0, "ordinary 1" },
  { "23:59 is of the duty date", 1439, 1440, 0, "ordinary_nd 1" },
  { "00:00 is of the day after", 1440, 1441, 0, "regular_nd 1" },
  { "05:59 of the day after is night", 1799, 1800, 0, "regular_nd 1" },
  { "06:00 of the day after is day", 1800, 1801, 0, "regular 1" },
  { "the 480th minute is regular", 600, 601, 479, "ordinary 1" },
  { "the 481st is overtime", 600, 601, 480, "ordinary_ot 1" },
  { "eight hours have no overtime", 480, 960, 0, "ordinary 480" },
  { "a minute more is overtime", 480, 961, 0, "ordinary 480, ordinary_ot 1" },
  { "overtime and night begin in one minute", 840, 1321, 0, "ordinary 480, ordinary_ot_nd 1" },
  { "overtime and the holiday begin in one minute", 960, 1441, 0, "ordinary 360, ordinary_nd 120, regular_ot_nd 1" },
  { "a stretch of nothing is nothing", 600, 600, 0, "" },
};

static void
test_edge (gconstpointer data)
{
  const Edge *edge = data;
  Facts facts = plain;
  ArmmsStretch worked = { minute_of_day (2, edge->from), minute_of_day (2, edge->to) };
  gint32 cells[ARMMS_N_CELLS] = { 0 };
  g_autofree char *told_cells = NULL;
  Told told;

  facts.types[3] = ARMMS_DAY_REGULAR;
  tell (&facts, FIRST_DAY + 2, &told);
  classify (&told, &worked, 1, edge->before, cells);
  told_cells = time_case_cells (cells);
  g_assert_cmpstr (told_cells, ==, edge->cells);
}

/* A night that lies within one day, and none at all. */
static void
test_other_nights (void)
{
  Facts facts = plain;

  facts.night_from = 0;
  facts.night_to = 360;
  for (gint32 start = 0; start < 1440; start += 7)
    compare_lengths (&facts, start, 1440, 15);
  facts.night_to = 0;
  compare_lengths (&facts, 0, 1440, 1);
}

/* Where clocks are put back or forward at night a local day has 25 or 23 hours; each minute asked of the zone alone. */
static void
test_summer_time (void)
{
  g_autoptr(ArmmsZone) zone = armms_zone_new ("America/New_York");
  const ArmmsDate changes[] = { armms_date_from_ymd (2026, 3, 8), armms_date_from_ymd (2026, 11, 1) };
  Told told;
  ArmmsDuty duty;

  tell (&plain, FIRST_DAY, &told);
  duty = (ArmmsDuty) { .policy = &told.policy };
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    for (gint32 hour = 0; hour < 24; hour++)
      {
        gint64 from = armms_zone_instant (zone, armms_date_add_days (changes[i], -1), hour * 60).us / ARMMS_US_PER_MINUTE;
        ArmmsStretch worked = { from, from + 1440 };
        gint32 cells[ARMMS_N_CELLS] = { 0 }, expected[ARMMS_N_CELLS] = { 0 };

        for (gint64 minute = worked.from; minute < worked.to; minute++)
          {
            ArmmsInstant at = { minute * ARMMS_US_PER_MINUTE };
            gint32 of_day = armms_zone_minute_of_day (zone, at);
            gboolean rest = armms_zone_date (zone, at).days == changes[i].days;

            expected[(rest ? 4 : 0) + (minute - worked.from >= 480 ? 2 : 0) + (of_day >= 1320 || of_day < 360 ? 1 : 0)]++;
          }
        armms_classify (&worked, 1, /* before= */ 0, &duty, &changes[i], 1, zone, cells);
        assert_cells (cells, expected);
      }
}

static void
test_rest_days (void)
{
  const ArmmsDate days[] = { { 3 }, { 5 }, { 9 } };

  for (gint32 day = 0; day < 12; day++)
    g_assert_cmpint (armms_is_rest_day (days, G_N_ELEMENTS (days), (ArmmsDate) { day }), ==, day == 3 || day == 5 || day == 9);
  g_assert_false (armms_is_rest_day (NULL, 0, (ArmmsDate) { 3 }));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      g_autofree char *name = g_strdup_printf ("/time/classify/%s", edges[i].about);

      g_test_add_data_func (name, &edges[i], test_edge);
    }
  g_test_add_func ("/time/classify/every start and every length of a day, minute by minute", test_every_start_and_length);
  g_test_add_data_func ("/time/classify/every pair of days, split at midnight", GINT_TO_POINTER (FALSE), test_every_pair_of_days);
  g_test_add_data_func ("/time/classify/every pair of days, all by the duty date", GINT_TO_POINTER (TRUE), test_every_pair_of_days);
  g_test_add_func ("/time/classify/random duties in stretches, after earlier parts", test_random_duties);
  g_test_add_func ("/time/classify/cut anywhere it comes to the same", test_cutting);
  g_test_add_func ("/time/classify/a night within one day, and none", test_other_nights);
  g_test_add_func ("/time/classify/days of 23 and 25 hours", test_summer_time);
  g_test_add_func ("/time/classify/a rest day is found among them", test_rest_days);
  return g_test_run ();
}
