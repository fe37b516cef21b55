/* What is told late about people and posts (relief, leave, separation, a break worked through) judges their days again. */
#include "tk-story.h"

/* Three guards by day at the site; 12 and 13, who have no post, and 7, a guard by night, stand in for them. */
enum { ABSENT = 0, ON_LEAVE = 6, SWAPPED = 10 };

static void
assert_holidays (TkWorld *world)
{
  /* The duty is the reliever's; it is the other one's to be absent from, or on leave, but not where it was agreed upon. */
  tk_assert_line (world, ABSENT, "2026-04-30", "ABSENT 0");
  tk_assert_line (world, ON_LEAVE, "2026-04-30", "LEAVE 0");
  tk_assert_line (world, SWAPPED, "2026-04-30", "");
  tk_assert_line (world, 12, "2026-04-30", "COMPLETE 0");
  /* Absent before the holiday: an absence as well. */
  tk_assert_line (world, ABSENT, "2026-05-01", "ABSENT 0");
  tk_assert_line (world, ON_LEAVE, "2026-05-01", "HOLIDAY 480");
  tk_assert_line (world, SWAPPED, "2026-05-01", "HOLIDAY 480");
  tk_assert_no_difference (tk_world_recompute (world, ARMMS_DERIVE_COMPARE));
}

/* On the 30th three guards do not come, and others stand for them; the 1st is Labor Day. Told before, or long after. */
static void
test_relieved_before_holiday (void)
{
  TkWorld world;
  g_autofree char *after = NULL, *before = NULL, *plain = NULL;
  const guint guards[] = { ABSENT, ON_LEAVE, SWAPPED };

  tk_world_set_up (&world);
  for (guint i = 0; i < G_N_ELEMENTS (guards); i++)
    tk_tell_day (&world, guards[i], "2026-04-29");
  tk_tell_day (&world, 12, "2026-04-30");
  plain = tk_tell_plainly (&world);
  for (guint i = 0; i < G_N_ELEMENTS (guards); i++)
    {
      tk_assert_line (&world, guards[i], "2026-04-30", "ABSENT 0");
      tk_assert_line (&world, guards[i], "2026-05-01", "ABSENT 0");
    }
  tk_put_relief (&world, 12, ABSENT, "2026-04-30", "ABSENT");
  tk_put_relief (&world, 13, ON_LEAVE, "2026-04-30", "SICK");
  tk_put_relief (&world, 7, SWAPPED, "2026-04-30", "REST_DAY");
  tk_hear_of (&world, "timekeeping.reliever-assigned");
  tk_assert_line (&world, ON_LEAVE, "2026-05-01", "ABSENT 0");
  tk_put_leave (&world, ON_LEAVE, "2026-04-30", /* paid= */ TRUE);
  assert_holidays (&world);
  after = tk_world_dump (&world);
  tk_world_forget (&world, TRUE);
  before = tk_tell_plainly (&world);
  assert_holidays (&world);
  tk_assert_same_dump (before, after);
  tk_world_tear_down (&world);
}

/* Somebody whose every duty is stood by another, who never clocked: his days are closed and made again all the same. */
static void
test_relieved_always (void)
{
  TkWorld world;
  g_autofree char *plain = NULL, *again = NULL;

  tk_world_set_up (&world);
  tk_put_assignment (&world, 13, "2026-04-29", "2026-04-30");
  tk_put_relief (&world, 12, 13, "2026-04-29", "ABSENT");
  tk_put_relief (&world, 12, 13, "2026-04-30", "SICK");
  tk_tell_day (&world, 12, "2026-04-29");
  tk_tell_day (&world, 12, "2026-04-30");
  plain = tk_tell_plainly (&world);
  tk_assert_line (&world, 13, "2026-04-29", "ABSENT 0");
  tk_assert_line (&world, 13, "2026-04-30", "ABSENT 0");
  tk_assert_sums (&world, 12, "scheduled 1440, absent 0, paid leave 0, worked 1440");
  tk_assert_sums (&world, 13, "scheduled 1440, absent 1440, paid leave 0, worked 0");
  tk_put_leave (&world, 13, "2026-04-30", /* paid= */ TRUE);
  tk_assert_sums (&world, 13, "scheduled 1440, absent 720, paid leave 720, worked 0");
  g_clear_pointer (&plain, g_free);
  plain = tk_world_dump (&world);
  tk_world_forget (&world, FALSE);
  tk_world_recompute (&world, ARMMS_DERIVE_WRITE);
  again = tk_world_dump (&world);
  tk_assert_same_dump (plain, again);
  tk_assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  tk_world_tear_down (&world);
}

/* He fell ill at noon, and another stood the rest: both halves are one line, whichever was told first. */
static void
test_relieved_at_noon (void)
{
  TkWorld world;
  g_autofree char *plain = NULL, *after = NULL, *again = NULL;

  tk_world_set_up (&world);
  tk_put_assignment (&world, 13, "2026-04-29", "2026-04-30");
  tk_world_tell (&world, 13, NULL, at ("2026-04-30T06:00:00+08:00"), "IN", &world.agency.site_id, TRUE);
  tk_world_tell (&world, 13, NULL, at ("2026-04-30T12:00:00+08:00"), "OUT", &world.agency.site_id, TRUE);
  tk_world_tell (&world, 12, NULL, at ("2026-04-30T12:00:00+08:00"), "IN", &world.agency.site_id, TRUE);
  tk_world_tell (&world, 12, NULL, at ("2026-04-30T18:00:00+08:00"), "OUT", &world.agency.site_id, TRUE);
  tk_tell_day (&world, 13, "2026-04-29");
  plain = tk_tell_plainly (&world);
  tk_put_relief_from (&world, 12, 13, "2026-04-30", "SICK", "2026-04-30T12:00:00+08:00");
  tk_hear_of (&world, "timekeeping.reliever-assigned");
  tk_assert_line (&world, 13, "2026-04-30", "COMPLETE 0");
  tk_assert_sums (&world, 13, "scheduled 1440, absent 360, paid leave 0, worked 1080");
  tk_assert_sums (&world, 12, "scheduled 360, absent 0, paid leave 0, worked 360");
  tk_assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  after = tk_world_dump (&world);
  tk_world_forget (&world, TRUE);
  again = tk_tell_plainly (&world);
  tk_assert_same_dump (again, after);
  tk_world_tear_down (&world);
}

/* The first day of which anything is told is the holiday's; what decides it lies before. */
static void
test_relieved_before_everything (void)
{
  TkWorld world;
  g_autofree char *plain = NULL;

  tk_world_set_up (&world);
  tk_put_relief (&world, 12, ABSENT, "2026-04-28", "LEAVE");
  tk_put_leave (&world, ABSENT, "2026-04-28", /* paid= */ TRUE);
  tk_put_relief (&world, 12, ABSENT, "2026-04-30", "REST_DAY");
  tk_tell_day (&world, SWAPPED, "2026-05-02");
  plain = tk_tell_plainly (&world);
  tk_assert_line (&world, ABSENT, "2026-05-01", "ABSENT 0");
  tk_put_relief (&world, 12, ABSENT, "2026-04-29", "REST_DAY");
  tk_hear_of (&world, "timekeeping.reliever-assigned");
  tk_assert_line (&world, ABSENT, "2026-05-01", "HOLIDAY 480");
  tk_assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  tk_world_tear_down (&world);
}

/* His last day is the one before the holiday; it is told ten days later. The plan goes on, and once he comes all the same. */
static void
test_separated (void)
{
  TkWorld world;
  g_autofree char *plain = NULL, *after = NULL, *again = NULL;

  tk_world_set_up (&world);
  tk_tell_day (&world, 0, "2026-04-30");
  tk_tell_day (&world, 0, "2026-05-04");
  tk_world_tell (&world, 0, NULL, at ("2026-05-05T23:00:00+08:00"), "IN", &world.agency.site_id, TRUE);
  plain = tk_tell_plainly (&world);
  tk_assert_line (&world, 0, "2026-05-01", "HOLIDAY 480");
  tk_assert_line (&world, 0, "2026-05-02", "ABSENT 0");
  tk_assert_inactive (&world, 0);
  tk_change_employment (&world, 0, "{\"status\":\"SEPARATED\",\"separated_on\":\"2026-04-30\"}");
  tk_hear_of (&world, "timekeeping.employee-changed");
  tk_assert_line (&world, 0, "2026-04-30", "COMPLETE 0");
  tk_assert_line (&world, 0, "2026-05-01", "");
  tk_assert_line (&world, 0, "2026-05-02", "");
  tk_assert_line (&world, 0, "2026-05-04", "COMPLETE 0");
  tk_assert_inactive (&world, 3);
  tk_assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  after = tk_world_dump (&world);
  tk_world_forget (&world, TRUE);
  again = tk_tell_plainly (&world);
  tk_assert_same_dump (again, after);
  tk_change_employment (&world, 0, "{\"status\":\"ACTIVE\",\"separated_on\":null}");
  tk_hear_of (&world, "timekeeping.employee-changed");
  tk_assert_line (&world, 0, "2026-05-01", "HOLIDAY 480");
  tk_assert_inactive (&world, 0);
  tk_assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  tk_world_tear_down (&world);
}

/* The first day was entered too early: the holiday before the right one is not his. */
static void
test_hired_later (void)
{
  TkWorld world;
  g_autofree char *plain = NULL;

  tk_world_set_up (&world);
  tk_tell_day (&world, 0, "2026-04-30");
  tk_tell_day (&world, 0, "2026-05-02");
  plain = tk_tell_plainly (&world);
  tk_assert_line (&world, 0, "2026-05-01", "HOLIDAY 480");
  tk_change_employment (&world, 0, "{\"hired_on\":\"2026-05-02\",\"effective_on\":\"2026-05-02\"}");
  tk_hear_of (&world, "timekeeping.employee-changed");
  tk_assert_line (&world, 0, "2026-05-01", "");
  tk_assert_line (&world, 0, "2026-05-02", "COMPLETE 0");
  tk_assert_inactive (&world, 2);
  tk_assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  tk_world_tear_down (&world);
}

/* He has an hour off at noon that is taken out by plan; on two days nobody came to let him eat. */
static void
test_break_worked (void)
{
  TkWorld world;
  g_autofree char *plain = NULL, *after = NULL, *again = NULL;
  const char *const days[] = { "2026-05-04", "2026-05-05" };

  tk_world_set_up (&world);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *in = g_strconcat (days[i], "T08:00:00+08:00", NULL), *out = g_strconcat (days[i], "T17:00:00+08:00", NULL);

      tk_world_tell (&world, 4, NULL, at (in), "IN", &world.agency.site_id, TRUE);
      tk_world_tell (&world, 4, NULL, at (out), "OUT", &world.agency.site_id, TRUE);
    }
  plain = tk_tell_plainly (&world);
  tk_assert_minutes (&world, 4, "2026-05-04", "480 0 0");
  tk_put_adjustment (&world, 4, "2026-05-04", "break_worked", FALSE, /* detachment= */ NULL);
  tk_put_adjustment (&world, 4, "2026-05-05", "break_worked", FALSE, &world.agency.office_id);
  tk_assert_minutes (&world, 4, "2026-05-04", "480 60 0");
  tk_assert_minutes (&world, 4, "2026-05-05", "480 0 0");
  tk_put_adjustment (&world, 4, "2026-05-05", "break_worked", FALSE, &world.agency.site_id);
  tk_assert_minutes (&world, 4, "2026-05-05", "480 60 0");
  tk_assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  after = tk_world_dump (&world);
  tk_world_forget (&world, TRUE);
  again = tk_tell_plainly (&world);
  tk_assert_same_dump (again, after);
  tk_world_tear_down (&world);
}

/* City Day is a holiday at the mall in Manila and none at the office in Cebu: two who have no duty at all clock there. */
static void
test_holiday_of_site (void)
{
  TkWorld world;
  g_autofree char *plain = NULL, *told = NULL;
  char who[ARMMS_ID_TEXT_SIZE];

  tk_world_set_up (&world);
  tk_world_tell (&world, 12, NULL, at ("2026-05-06T06:00:00+08:00"), "IN", &world.agency.site_id, TRUE);
  tk_world_tell (&world, 13, NULL, at ("2026-05-06T06:00:00+08:00"), "IN", &world.agency.office_id, TRUE);
  plain = tk_tell_plainly (&world);
  told = armms_test_database_value (world.agency.database, "select string_agg(employee_id::text, ' ') from timekeeping.anomalies where code = 'HOLIDAY_UNPLANNED'");
  g_assert_cmpstr (told, ==, armms_id_format (&world.employees[12], who));
  tk_assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  tk_world_tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timekeeping/judged-again/who was absent and relieved before a holiday", test_relieved_before_holiday);
  g_test_add_func ("/timekeeping/judged-again/somebody whose every duty is stood by another", test_relieved_always);
  g_test_add_func ("/timekeeping/judged-again/somebody who fell ill at noon", test_relieved_at_noon);
  g_test_add_func ("/timekeeping/judged-again/reliefs on days before anything that is told", test_relieved_before_everything);
  g_test_add_func ("/timekeeping/judged-again/a meal break that was worked through", test_break_worked);
  g_test_add_func ("/timekeeping/judged-again/a holiday of the site where he clocked", test_holiday_of_site);
  g_test_add_func ("/timekeeping/judged-again/a separation that is told late", test_separated);
  g_test_add_func ("/timekeeping/judged-again/a first day that was entered too early", test_hired_later);
  return g_test_run ();
}
