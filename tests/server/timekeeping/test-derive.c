/* Whatever the order, the portions, the repeats and the lateness: the same rows. */
#include "tk-story.h"

#include "server/scheduling/scheduling.h"
#include "server/tenant/tenant.h"

#include <string.h>

static void
shuffle (guint *order, guint n)
{
  for (guint i = n; i > 1; i--)
    {
      guint j = (guint) g_test_rand_int_range (0, (gint32) i), swap = order[i - 1];

      order[i - 1] = order[j];
      order[j] = swap;
    }
}

/* Told in portions of any size, in any order, some of it twice, read whenever, days closed in between. */
static char *
tell_wildly (TkWorld *world)
{
  guint n = world->events->len, stored = 0;
  g_autofree guint *order = tk_in_order (n);

  shuffle (order, n);
  while (stored < n)
    {
      guint some = (guint) g_test_rand_int_range (1, 60);

      some = MIN (some, n - stored);
      tk_world_store (world, order, stored, some);
      stored += some;
      if (g_test_rand_int_range (0, 3) == 0)
        {
          guint again = (guint) g_test_rand_int_range (0, (gint32) stored);

          tk_world_store (world, order, again, MIN (10, stored - again));
        }
      for (guint i = 0; i < 6; i++)
        tk_world_derive_slot (world, (guint) g_test_rand_int_range (0, ARMMS_DERIVE_SLOTS));
      if (g_test_rand_int_range (0, 8) == 0)
        tk_world_sweep (world, g_test_rand_bit () ? "2026-05-02" : "2026-05-05");
    }
  tk_world_derive (world);
  tk_world_sweep (world, "2026-05-09");
  return tk_world_dump (world);
}

static void
test_order (void)
{
  TkWorld world;
  g_autofree char *plain = NULL;
  guint runs = g_test_thorough () ? 60 : 8;

  tk_world_set_up (&world);
  tk_world_make_story (&world, "2026-04-28", "2026-05-09");
  plain = tk_tell_plainly (&world);
  g_assert_cmpuint (strlen (plain), >, 1000);
  tk_assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  for (guint i = 0; i < runs; i++)
    {
      g_autofree char *wild = NULL;

      tk_world_forget (&world, TRUE);
      wild = tell_wildly (&world);
      tk_assert_same_dump (plain, wild);
    }
  tk_world_tear_down (&world);
}

static void
test_recompute (void)
{
  TkWorld world;
  g_autofree char *before = NULL, *after = NULL;
  ArmmsDeriveFigures figures;

  tk_world_set_up (&world);
  tk_world_make_story (&world, "2026-04-28", "2026-05-09");
  before = tk_tell_plainly (&world);
  /* A row that was tampered with is found. */
  armms_test_database_exec (world.agency.database, "update timekeeping.dtr_lines set worked_minutes = worked_minutes + 1, regular_minutes = regular_minutes + 1,"
                            " row_hash = row_hash + 1 where dtr_line_id = (select dtr_line_id from timekeeping.dtr_lines order by 1 limit 1)");
  figures = tk_world_recompute (&world, ARMMS_DERIVE_COMPARE);
  g_assert_cmpuint (figures.lines, ==, 1);
  g_assert_cmpuint (figures.timesheets, ==, 1);
  /* All of it lost: made again as it was. */
  tk_world_forget (&world, FALSE);
  tk_world_recompute (&world, ARMMS_DERIVE_WRITE);
  after = tk_world_dump (&world);
  tk_assert_same_dump (before, after);
  tk_world_tear_down (&world);
}

/* He clocks by his number and by his key before anybody has entered him; then he is onboarded and assigned. */
static void
test_before_onboarding (void)
{
  TkWorld world;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) employees = armms_records_new (&armms_employee_type), assignments = armms_records_new (&armms_assignment_type);
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);
  ArmmsEmployee *employee = new_employee ("G-777", "Late", "2026-05-01");
  ArmmsAssignment *assignment = armms_record_new (&armms_assignment_type);
  char key[ARMMS_ID_TEXT_SIZE];
  guint order[] = { 0, 1 };
  ArmmsWork *work;

  tk_world_set_up (&world);
  armms_id_format (&employee->employee_id, key);
  tk_world_tell (&world, 0, "G-777", at ("2026-05-04T06:00:00+08:00"), "IN", &world.agency.site_id, TRUE);
  tk_world_tell (&world, 0, key, at ("2026-05-04T18:00:00+08:00"), "OUT", &world.agency.site_id, TRUE);
  tk_world_store (&world, order, 0, 2);
  tk_world_derive (&world);
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select count(*) from timekeeping.anomalies where code = 'UNKNOWN_EMPLOYEE'"), ==, 2);
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select count(*) from timekeeping.dtr_lines"), ==, 0);

  employee->position_id = world.agency.guard_id;
  g_ptr_array_add (employees, employee);
  assignment->employee_id = employee->employee_id;
  assignment->detachment_id = world.agency.site_id;
  assignment->shift_id = world.agency.day_id;
  assignment->position_id = world.agency.guard_id;
  assignment->valid_from = day ("2026-05-01");
  g_ptr_array_add (assignments, assignment);
  work = begin (&world.agency, "hr_core");
  g_assert_true (armms_hr_insert_employees (work, employees, &error));
  g_assert_true (armms_scheduling_insert_assignments (work, assignments, &error));
  commit (work);
  g_ptr_array_add (events, armms_event_new ("armms.hr.EmployeeOnboarded.v1", "employee", &employee->employee_id, 1, &employee->employee_id,
                                            g_strdup_printf ("{\"employee_id\":\"%s\",\"employee_no\":\"G-777\"}", key)));
  work = begin (&world.agency, "timekeeping");
  if (!tk_subscription ("timekeeping.employee-onboarded")->on_events (work, events, &error))
    g_error ("onboarded: %s", error->message);
  commit (work);
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select count(*) from timekeeping.anomalies"), ==, 0);
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select sum(worked_minutes) from timekeeping.dtr_lines"), ==, 720);
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select count(*) from timekeeping.time_logs where status = 'VALID'"), ==, 2);
  tk_assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  tk_world_tear_down (&world);
}

/* Seven hours a day and a night from 21:00 on hold from 6 May on; told of on 10 May. Whoever began on the 5th has the old law. */
static void
test_new_law (void)
{
  TkWorld world;
  ArmmsWorkingTime laws[2] = { tk_world_law, tk_world_law };
  g_autofree char *plain = NULL, *after = NULL, *again = NULL;

  laws[0].to = day ("2026-05-05");
  laws[1].from = day ("2026-05-06");
  laws[1].regular_minutes = 420;
  laws[1].night_from = 1260;
  tk_world_set_up (&world);
  tk_world_tell (&world, 1, NULL, at ("2026-05-05T18:00:00+08:00"), "IN", &world.agency.site_id, TRUE);
  tk_world_tell (&world, 1, NULL, at ("2026-05-06T06:00:00+08:00"), "OUT", &world.agency.site_id, TRUE);
  tk_world_tell (&world, 1, NULL, at ("2026-05-06T18:00:00+08:00"), "IN", &world.agency.site_id, TRUE);
  tk_world_tell (&world, 1, NULL, at ("2026-05-07T06:00:00+08:00"), "OUT", &world.agency.site_id, TRUE);
  plain = tk_tell_plainly (&world);
  tk_assert_minutes (&world, 1, "2026-05-05", "480 240 480");
  tk_assert_minutes (&world, 1, "2026-05-06", "480 240 480");
  tk_world_load_law (&world, laws, 2);
  tk_hear_of (&world, "timekeeping.working-time-changed");
  tk_assert_minutes (&world, 1, "2026-05-05", "480 240 480");
  tk_assert_minutes (&world, 1, "2026-05-06", "420 300 540");
  tk_assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  after = tk_world_dump (&world);
  tk_world_forget (&world, TRUE);
  again = tk_tell_plainly (&world);
  tk_assert_same_dump (again, after);
  tk_world_tear_down (&world);
}

static void
put_special_day (TkWorld *world, const char *date, const char *name)
{
  g_autoptr(GPtrArray) holidays = armms_records_new (&armms_holiday_type);
  g_autoptr(GError) error = NULL;
  ArmmsHoliday *holiday = armms_record_new (&armms_holiday_type);
  ArmmsWork *work = begin (&world->agency, "scheduling");

  holiday->on_date = day (date);
  holiday->name = g_strdup (name);
  holiday->day_type = g_strdup ("special");
  holiday->scope = g_strdup ("national");
  g_ptr_array_add (holidays, holiday);
  if (!armms_scheduling_insert_holidays (work, holidays, &error))
    g_error ("holiday: %s", error->message);
  commit (work);
}

static void
assert_cells (TkWorld *world, const char *date, const char *expected)
{
  char who[ARMMS_ID_TEXT_SIZE];
  g_autofree char *sql = g_strdup_printf ("select string_agg(key || ' ' || value, ', ' order by key) from timekeeping.dtr_lines, jsonb_each_text(cells)"
    " where employee_id = '%s' and duty_date = '%s'", armms_id_format (&world->employees[0], who), date);
  g_autofree char *cells = armms_test_database_value (world->agency.database, sql);

  g_assert_cmpstr (cells, ==, expected);
}

/* The tenant's own rows make a special day a double one (2 November 2026: All Souls' Day and an election), and its setting says what
 * a special day on Labor Day comes to. */
static void
test_two_holidays (void)
{
  TkWorld world;
  g_autoptr(GError) error = NULL;
  g_autofree char *plain = NULL;
  ArmmsWork *work;

  tk_world_set_up (&world);
  tk_tell_day (&world, 0, "2026-05-01");
  tk_tell_day (&world, 0, "2026-05-06");
  plain = tk_tell_plainly (&world);
  assert_cells (&world, "2026-05-01", "regular 480, regular_ot 240");
  assert_cells (&world, "2026-05-06", "special 480, special_ot 240");
  put_special_day (&world, "2026-05-01", "Plebiscite");
  put_special_day (&world, "2026-05-06", "Election day");
  tk_hear_of (&world, "timekeeping.holiday-changed");
  assert_cells (&world, "2026-05-01", "regular 480, regular_ot 240");
  assert_cells (&world, "2026-05-06", "double_special 480, double_special_ot 240");
  work = begin (&world.agency, "tenant");
  g_assert_true (armms_tenant_change_settings (work, "{\"regular_and_special\":\"DOUBLE\"}", &error));
  g_assert_no_error (error);
  commit (work);
  tk_world_recompute (&world, ARMMS_DERIVE_WRITE);
  assert_cells (&world, "2026-05-01", "double_regular 480, double_regular_ot 240");
  assert_cells (&world, "2026-05-06", "double_special 480, double_special_ot 240");
  tk_world_tear_down (&world);
}

/* Nothing is judged by figures that nobody has loaded, or that begin later: the table and the day are named, nothing is written. */
static void
test_without_law (void)
{
  TkWorld world;
  ArmmsWorkingTime late = tk_world_law;
  g_autoptr(GArray) touches = g_array_new (FALSE, TRUE, sizeof (ArmmsTouch));
  ArmmsTouch touch = { .at = at ("2026-05-04T06:00:00+08:00") };
  g_autoptr(GError) none = NULL, later = NULL;
  ArmmsDeriveFigures figures = { 0 };
  ArmmsWork *work;

  tk_world_set_up (&world);
  armms_test_database_exec (world.agency.database, "delete from timekeeping.working_times");
  touch.employee_id = world.employees[0];
  g_array_append_val (touches, touch);
  work = begin (&world.agency, "timekeeping");
  g_assert_false (armms_derive_touched (work, touches, ARMMS_DERIVE_WRITE, &figures, &none));
  g_assert_error (none, ARMMS_ERROR, ARMMS_ERROR_NOT_FOUND);
  g_assert_cmpstr (armms_error_get_code (none), ==, "statutory.no_table");
  g_assert_nonnull (strstr (none->message, "no working-time table is in force on 2026-04-18"));
  armms_work_free (work);
  late.from = day ("2026-05-04");
  tk_world_load_law (&world, &late, 1);
  work = begin (&world.agency, "timekeeping");
  g_assert_false (armms_derive_touched (work, touches, ARMMS_DERIVE_WRITE, &figures, &later));
  g_assert_cmpstr (armms_error_get_code (later), ==, "statutory.no_table");
  armms_work_free (work);
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select count(*) from timekeeping.dtr_lines"), ==, 0);
  tk_world_tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timekeeping/derive/any order, portions and repeats give the same rows", test_order);
  g_test_add_func ("/timekeeping/derive/recomputation finds what was tampered with, and makes all of it again", test_recompute);
  g_test_add_func ("/timekeeping/derive/events that came before anybody was onboarded", test_before_onboarding);
  g_test_add_func ("/timekeeping/derive/a new law holds from its first duty date on", test_new_law);
  g_test_add_func ("/timekeeping/derive/two holidays on one date", test_two_holidays);
  g_test_add_func ("/timekeeping/derive/a tenant without the law's hours", test_without_law);
  return g_test_run ();
}
