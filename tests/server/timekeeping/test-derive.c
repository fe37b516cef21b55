/* Whatever the order, the portions, the repeats and the lateness: the same rows. */
#include "tk-world.h"

#include "common/wire/json.h"
#include "server/hr/hr-private.h"
#include "server/scheduling/scheduling.h"

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

static guint *
in_order (guint n)
{
  guint *order = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  return order;
}

static void
assert_same_dump (const char *a, const char *b)
{
  g_auto(GStrv) left = NULL, right = NULL;

  if (strcmp (a, b) == 0)
    return;
  left = g_strsplit (a, "\n", -1);
  right = g_strsplit (b, "\n", -1);
  for (guint i = 0, j = 0, told = 0; told < 6 && (left[i] != NULL || right[j] != NULL);)
    {
      int cmp = left[i] == NULL ? 1 : right[j] == NULL ? -1 : strcmp (left[i], right[j]);

      if (cmp == 0)
        i++, j++;
      else if (cmp < 0)
        g_test_message ("only in the first:  %s", left[i++]), told++;
      else
        g_test_message ("only in the second: %s", right[j++]), told++;
    }
  g_test_fail ();
}

static void
assert_no_difference (ArmmsDeriveFigures figures)
{
  g_assert_cmpuint (figures.judged, >, 0);
  g_assert_cmpuint (figures.logs + figures.lines + figures.lines_gone + figures.anomalies + figures.anomalies_gone + figures.timesheets, ==, 0);
}

/* Told at once, in order. */
static char *
tell_plainly (TkWorld *world)
{
  g_autofree guint *order = in_order (world->events->len);

  tk_world_store (world, order, 0, world->events->len);
  tk_world_derive (world);
  tk_world_sweep (world, "2026-05-09");
  return tk_world_dump (world);
}

/* Told in portions of any size, in any order, some of it twice, read whenever, days closed in between. */
static char *
tell_wildly (TkWorld *world)
{
  guint n = world->events->len, stored = 0;
  g_autofree guint *order = in_order (n);

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
  plain = tell_plainly (&world);
  g_assert_cmpuint (strlen (plain), >, 1000);
  assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  for (guint i = 0; i < runs; i++)
    {
      g_autofree char *wild = NULL;

      tk_world_forget (&world, TRUE);
      wild = tell_wildly (&world);
      assert_same_dump (plain, wild);
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
  before = tell_plainly (&world);
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
  assert_same_dump (before, after);
  tk_world_tear_down (&world);
}

static const ArmmsSubscription *
subscription (const char *name)
{
  for (const ArmmsSubscription *s = armms_timekeeping_subscriptions; s->name != NULL; s++)
    if (g_str_equal (s->name, name))
      return s;
  g_assert_not_reached ();
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
  if (!subscription ("timekeeping.employee-onboarded")->on_events (work, events, &error))
    g_error ("onboarded: %s", error->message);
  commit (work);
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select count(*) from timekeeping.anomalies"), ==, 0);
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select sum(worked_minutes) from timekeeping.dtr_lines"), ==, 720);
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select count(*) from timekeeping.time_logs where status = 'VALID'"), ==, 2);
  assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  tk_world_tear_down (&world);
}

/* @starts_at NULL: from the shift's begin. */
static void
put_relief_from (TkWorld *world, guint reliever, guint relieved, const char *date, const char *reason, const char *starts_at)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) one = armms_records_new (&armms_reliever_type);
  ArmmsReliever *relief = armms_record_new (&armms_reliever_type);
  ArmmsWork *work = begin (&world->agency, "scheduling");

  relief->duty_date = day (date);
  relief->detachment_id = world->agency.site_id;
  relief->shift_id = world->agency.day_id;
  relief->position_id = world->agency.guard_id;
  relief->reliever_id = world->employees[reliever];
  relief->relieved_id = world->employees[relieved];
  relief->reason = g_strdup (reason);
  if (starts_at != NULL)
    relief->starts_at = at (starts_at);
  g_ptr_array_add (one, relief);
  if (!armms_scheduling_insert_relievers (work, world->zone, one, &error))
    g_error ("relief: %s", error->message);
  commit (work);
}

static void
put_relief (TkWorld *world, guint reliever, guint relieved, const char *date, const char *reason)
{
  put_relief_from (world, reliever, relieved, date, reason, /* starts_at= */ NULL);
}

/* What a room has told is heard, all of it again each time. */
static void
hear_of (TkWorld *world, const char *subscription_name)
{
  const ArmmsSubscription *hears = subscription (subscription_name);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);
  g_autofree char *sql = g_strdup_printf ("select string_agg(payload::text, E'\n' order by event_id) from %s.%s_outbox where event = '%s'",
                                          hears->source_schema, hears->source_schema, hears->event);
  g_autofree char *payloads = armms_test_database_value (world->agency.database, sql);
  g_auto(GStrv) each = g_strsplit (payloads, "\n", -1);
  ArmmsId nobody = armms_id_new ();
  ArmmsWork *work = begin (&world->agency, "timekeeping");

  for (guint i = 0; each[i] != NULL; i++)
    g_ptr_array_add (events, armms_event_new (hears->event, "test", &nobody, 1, &nobody, g_strdup (each[i])));
  if (!hears->on_events (work, events, &error))
    g_error ("%s: %s", subscription_name, error->message);
  commit (work);
}

/* An approved adjustment of a duty date; heard of as its approval would have it. */
static void
put_adjustment (TkWorld *world, guint employee, const char *date, const char *kind, gboolean paid, const ArmmsId *detachment)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) touches = g_array_new (FALSE, TRUE, sizeof (ArmmsTouch));
  ArmmsTouch touch = { .employee_id = world->employees[employee], .at = ARMMS_INSTANT_NONE, .from = day (date), .to = day (date) };
  ArmmsId id = armms_id_new ();
  ArmmsDeriveFigures figures = { 0 };
  char tenant[ARMMS_ID_TEXT_SIZE], adjustment[ARMMS_ID_TEXT_SIZE], who[ARMMS_ID_TEXT_SIZE], where[ARMMS_ID_TEXT_SIZE] = "";
  g_autofree char *sql = g_strdup_printf ("insert into timekeeping.adjustments (tenant_id, adjustment_id, employee_id, duty_date, kind, state, paid,"
    " detachment_id, reason) values ('%s', '%s', '%s', '%s', '%s', 'APPROVED', %s, nullif('%s', '')::uuid, 'asked for')",
    armms_id_format (&world->agency.actor.tenant_id, tenant), armms_id_format (&id, adjustment), armms_id_format (&touch.employee_id, who), date,
    kind, paid ? "true" : "false", detachment != NULL ? armms_id_format (detachment, where) : where);
  ArmmsWork *work;

  armms_test_database_exec (world->agency.database, sql);
  g_array_append_val (touches, touch);
  work = begin (&world->agency, "timekeeping");
  if (!armms_derive_touched (work, touches, ARMMS_DERIVE_WRITE, &figures, &error))
    g_error ("%s: %s", kind, error->message);
  commit (work);
}

static void
put_leave (TkWorld *world, guint employee, const char *date, gboolean paid)
{
  put_adjustment (world, employee, date, "leave", paid, /* detachment= */ NULL);
}

/* Minutes of his timesheets of April. */
static void
assert_sums (TkWorld *world, guint employee, const char *expected)
{
  char who[ARMMS_ID_TEXT_SIZE];
  g_autofree char *sql = g_strdup_printf ("select 'scheduled ' || sum(scheduled_minutes) || ', absent ' || sum(absent_minutes) || ', paid leave '"
    " || sum(leave_paid_minutes) || ', worked ' || sum(worked_minutes) from timekeeping.timesheets where employee_id = '%s'"
    " and period_from <= '2026-04-30'", armms_id_format (&world->employees[employee], who));
  g_autofree char *sums = armms_test_database_value (world->agency.database, sql);

  g_assert_cmpstr (sums, ==, expected);
}

/* "ABSENT 0", or "HOLIDAY 480": the line of a day and what of it is an unworked holiday; "" without a line. */
static char *
line_of (TkWorld *world, guint employee, const char *date)
{
  char who[ARMMS_ID_TEXT_SIZE];
  g_autofree char *sql = g_strdup_printf ("select string_agg(state || ' ' || holiday_unworked_minutes, ', ') from timekeeping.dtr_lines"
    " where employee_id = '%s' and duty_date = '%s'", armms_id_format (&world->employees[employee], who), date);

  return armms_test_database_value (world->agency.database, sql);
}

static void
assert_line (TkWorld *world, guint employee, const char *date, const char *expected)
{
  g_autofree char *line = line_of (world, employee, date);

  g_assert_cmpstr (line, ==, expected);
}

static void
tell_day (TkWorld *world, guint employee, const char *date)
{
  g_autofree char *in = g_strconcat (date, "T06:00:00+08:00", NULL), *out = g_strconcat (date, "T18:00:00+08:00", NULL);

  tk_world_tell (world, employee, NULL, at (in), "IN", &world->agency.site_id, TRUE);
  tk_world_tell (world, employee, NULL, at (out), "OUT", &world->agency.site_id, TRUE);
}

/* Three guards by day at the site; 12 and 13, who have no post, and 7, a guard by night, stand in for them. */
enum { ABSENT = 0, ON_LEAVE = 6, SWAPPED = 10 };

static void
assert_holidays (TkWorld *world)
{
  /* The duty is the reliever's; it is the other one's to be absent from, or on leave, but not where it was agreed upon. */
  assert_line (world, ABSENT, "2026-04-30", "ABSENT 0");
  assert_line (world, ON_LEAVE, "2026-04-30", "LEAVE 0");
  assert_line (world, SWAPPED, "2026-04-30", "");
  assert_line (world, 12, "2026-04-30", "COMPLETE 0");
  /* Absent before the holiday: an absence as well. */
  assert_line (world, ABSENT, "2026-05-01", "ABSENT 0");
  assert_line (world, ON_LEAVE, "2026-05-01", "HOLIDAY 480");
  assert_line (world, SWAPPED, "2026-05-01", "HOLIDAY 480");
  assert_no_difference (tk_world_recompute (world, ARMMS_DERIVE_COMPARE));
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
    tell_day (&world, guards[i], "2026-04-29");
  tell_day (&world, 12, "2026-04-30");
  plain = tell_plainly (&world);
  for (guint i = 0; i < G_N_ELEMENTS (guards); i++)
    {
      assert_line (&world, guards[i], "2026-04-30", "ABSENT 0");
      assert_line (&world, guards[i], "2026-05-01", "ABSENT 0");
    }
  put_relief (&world, 12, ABSENT, "2026-04-30", "ABSENT");
  put_relief (&world, 13, ON_LEAVE, "2026-04-30", "SICK");
  put_relief (&world, 7, SWAPPED, "2026-04-30", "REST_DAY");
  hear_of (&world, "timekeeping.reliever-assigned");
  assert_line (&world, ON_LEAVE, "2026-05-01", "ABSENT 0");
  put_leave (&world, ON_LEAVE, "2026-04-30", /* paid= */ TRUE);
  assert_holidays (&world);
  after = tk_world_dump (&world);
  tk_world_forget (&world, TRUE);
  before = tell_plainly (&world);
  assert_holidays (&world);
  assert_same_dump (before, after);
  tk_world_tear_down (&world);
}

static void
put_assignment (TkWorld *world, guint employee, const char *from, const char *to)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) one = armms_records_new (&armms_assignment_type);
  ArmmsAssignment *assignment = armms_record_new (&armms_assignment_type);
  ArmmsWork *work = begin (&world->agency, "scheduling");

  assignment->employee_id = world->employees[employee];
  assignment->detachment_id = world->agency.site_id;
  assignment->shift_id = world->agency.day_id;
  assignment->position_id = world->agency.guard_id;
  assignment->valid_from = day (from);
  assignment->valid_to = day (to);
  g_ptr_array_add (one, assignment);
  if (!armms_scheduling_insert_assignments (work, one, &error))
    g_error ("assignment: %s", error->message);
  commit (work);
}

/* Somebody whose every duty is stood by another, who never clocked: his days are closed and made again all the same. */
static void
test_relieved_always (void)
{
  TkWorld world;
  g_autofree char *plain = NULL, *again = NULL;

  tk_world_set_up (&world);
  put_assignment (&world, 13, "2026-04-29", "2026-04-30");
  put_relief (&world, 12, 13, "2026-04-29", "ABSENT");
  put_relief (&world, 12, 13, "2026-04-30", "SICK");
  tell_day (&world, 12, "2026-04-29");
  tell_day (&world, 12, "2026-04-30");
  plain = tell_plainly (&world);
  assert_line (&world, 13, "2026-04-29", "ABSENT 0");
  assert_line (&world, 13, "2026-04-30", "ABSENT 0");
  assert_sums (&world, 12, "scheduled 1440, absent 0, paid leave 0, worked 1440");
  assert_sums (&world, 13, "scheduled 1440, absent 1440, paid leave 0, worked 0");
  put_leave (&world, 13, "2026-04-30", /* paid= */ TRUE);
  assert_sums (&world, 13, "scheduled 1440, absent 720, paid leave 720, worked 0");
  g_clear_pointer (&plain, g_free);
  plain = tk_world_dump (&world);
  tk_world_forget (&world, FALSE);
  tk_world_recompute (&world, ARMMS_DERIVE_WRITE);
  again = tk_world_dump (&world);
  assert_same_dump (plain, again);
  assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  tk_world_tear_down (&world);
}

/* He fell ill at noon, and another stood the rest: both halves are one line, whichever was told first. */
static void
test_relieved_at_noon (void)
{
  TkWorld world;
  g_autofree char *plain = NULL, *after = NULL, *again = NULL;

  tk_world_set_up (&world);
  put_assignment (&world, 13, "2026-04-29", "2026-04-30");
  tk_world_tell (&world, 13, NULL, at ("2026-04-30T06:00:00+08:00"), "IN", &world.agency.site_id, TRUE);
  tk_world_tell (&world, 13, NULL, at ("2026-04-30T12:00:00+08:00"), "OUT", &world.agency.site_id, TRUE);
  tk_world_tell (&world, 12, NULL, at ("2026-04-30T12:00:00+08:00"), "IN", &world.agency.site_id, TRUE);
  tk_world_tell (&world, 12, NULL, at ("2026-04-30T18:00:00+08:00"), "OUT", &world.agency.site_id, TRUE);
  tell_day (&world, 13, "2026-04-29");
  plain = tell_plainly (&world);
  put_relief_from (&world, 12, 13, "2026-04-30", "SICK", "2026-04-30T12:00:00+08:00");
  hear_of (&world, "timekeeping.reliever-assigned");
  assert_line (&world, 13, "2026-04-30", "COMPLETE 0");
  assert_sums (&world, 13, "scheduled 1440, absent 360, paid leave 0, worked 1080");
  assert_sums (&world, 12, "scheduled 360, absent 0, paid leave 0, worked 360");
  assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  after = tk_world_dump (&world);
  tk_world_forget (&world, TRUE);
  again = tell_plainly (&world);
  assert_same_dump (again, after);
  tk_world_tear_down (&world);
}

/* The first day of which anything is told is the holiday's; what decides it lies before. */
static void
test_relieved_before_everything (void)
{
  TkWorld world;
  g_autofree char *plain = NULL;

  tk_world_set_up (&world);
  put_relief (&world, 12, ABSENT, "2026-04-28", "LEAVE");
  put_leave (&world, ABSENT, "2026-04-28", /* paid= */ TRUE);
  put_relief (&world, 12, ABSENT, "2026-04-30", "REST_DAY");
  tell_day (&world, SWAPPED, "2026-05-02");
  plain = tell_plainly (&world);
  assert_line (&world, ABSENT, "2026-05-01", "ABSENT 0");
  put_relief (&world, 12, ABSENT, "2026-04-29", "REST_DAY");
  hear_of (&world, "timekeeping.reliever-assigned");
  assert_line (&world, ABSENT, "2026-05-01", "HOLIDAY 480");
  assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  tk_world_tear_down (&world);
}

/* His last or first day, as hr has it from now on. */
static void
change_employment (TkWorld *world, guint employee, const char *changes)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = armms_json_parse (changes, &error);
  ArmmsWork *work = begin (&world->agency, "hr_core");
  ArmmsEmployee *before = armms_hr_load_employee (work, &world->employees[employee], &error), *after;

  g_assert_no_error (error);
  after = armms_hr_change_employee (work, &world->employees[employee], before->version, node, &error);
  if (after == NULL)
    g_error ("employment: %s", error->message);
  armms_record_free (&armms_employee_type, before);
  armms_record_free (&armms_employee_type, after);
  commit (work);
}

static void
assert_inactive (TkWorld *world, gint64 n)
{
  g_assert_cmpint (armms_test_database_integer (world->agency.database, "select count(*) from timekeeping.anomalies where code = 'INACTIVE_EMPLOYEE'"), ==, n);
}

/* His last day is the one before the holiday; it is told ten days later. The plan goes on, and once he comes all the same. */
static void
test_separated (void)
{
  TkWorld world;
  g_autofree char *plain = NULL, *after = NULL, *again = NULL;

  tk_world_set_up (&world);
  tell_day (&world, 0, "2026-04-30");
  tell_day (&world, 0, "2026-05-04");
  tk_world_tell (&world, 0, NULL, at ("2026-05-05T23:00:00+08:00"), "IN", &world.agency.site_id, TRUE);
  plain = tell_plainly (&world);
  assert_line (&world, 0, "2026-05-01", "HOLIDAY 480");
  assert_line (&world, 0, "2026-05-02", "ABSENT 0");
  assert_inactive (&world, 0);
  change_employment (&world, 0, "{\"status\":\"SEPARATED\",\"separated_on\":\"2026-04-30\"}");
  hear_of (&world, "timekeeping.employee-changed");
  assert_line (&world, 0, "2026-04-30", "COMPLETE 0");
  assert_line (&world, 0, "2026-05-01", "");
  assert_line (&world, 0, "2026-05-02", "");
  assert_line (&world, 0, "2026-05-04", "COMPLETE 0");
  assert_inactive (&world, 3);
  assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  after = tk_world_dump (&world);
  tk_world_forget (&world, TRUE);
  again = tell_plainly (&world);
  assert_same_dump (again, after);
  change_employment (&world, 0, "{\"status\":\"ACTIVE\",\"separated_on\":null}");
  hear_of (&world, "timekeeping.employee-changed");
  assert_line (&world, 0, "2026-05-01", "HOLIDAY 480");
  assert_inactive (&world, 0);
  assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  tk_world_tear_down (&world);
}

/* The first day was entered too early: the holiday before the right one is not his. */
static void
test_hired_later (void)
{
  TkWorld world;
  g_autofree char *plain = NULL;

  tk_world_set_up (&world);
  tell_day (&world, 0, "2026-04-30");
  tell_day (&world, 0, "2026-05-02");
  plain = tell_plainly (&world);
  assert_line (&world, 0, "2026-05-01", "HOLIDAY 480");
  change_employment (&world, 0, "{\"hired_on\":\"2026-05-02\",\"effective_on\":\"2026-05-02\"}");
  hear_of (&world, "timekeeping.employee-changed");
  assert_line (&world, 0, "2026-05-01", "");
  assert_line (&world, 0, "2026-05-02", "COMPLETE 0");
  assert_inactive (&world, 2);
  assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  tk_world_tear_down (&world);
}

/* Of a day's line: minutes of the first hours, overtime and night. */
static void
assert_minutes (TkWorld *world, guint employee, const char *date, const char *expected)
{
  char who[ARMMS_ID_TEXT_SIZE];
  g_autofree char *sql = g_strdup_printf ("select concat_ws(' ', regular_minutes, overtime_minutes, night_minutes) from timekeeping.dtr_lines"
    " where employee_id = '%s' and duty_date = '%s'", armms_id_format (&world->employees[employee], who), date);
  g_autofree char *minutes = armms_test_database_value (world->agency.database, sql);

  g_assert_cmpstr (minutes, ==, expected);
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
  plain = tell_plainly (&world);
  assert_minutes (&world, 4, "2026-05-04", "480 0 0");
  put_adjustment (&world, 4, "2026-05-04", "break_worked", FALSE, /* detachment= */ NULL);
  put_adjustment (&world, 4, "2026-05-05", "break_worked", FALSE, &world.agency.office_id);
  assert_minutes (&world, 4, "2026-05-04", "480 60 0");
  assert_minutes (&world, 4, "2026-05-05", "480 0 0");
  put_adjustment (&world, 4, "2026-05-05", "break_worked", FALSE, &world.agency.site_id);
  assert_minutes (&world, 4, "2026-05-05", "480 60 0");
  assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  after = tk_world_dump (&world);
  tk_world_forget (&world, TRUE);
  again = tell_plainly (&world);
  assert_same_dump (again, after);
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
  plain = tell_plainly (&world);
  told = armms_test_database_value (world.agency.database, "select string_agg(employee_id::text, ' ') from timekeeping.anomalies where code = 'HOLIDAY_UNPLANNED'");
  g_assert_cmpstr (told, ==, armms_id_format (&world.employees[12], who));
  assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
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
  plain = tell_plainly (&world);
  assert_minutes (&world, 1, "2026-05-05", "480 240 480");
  assert_minutes (&world, 1, "2026-05-06", "480 240 480");
  tk_world_load_law (&world, laws, 2);
  hear_of (&world, "timekeeping.working-time-changed");
  assert_minutes (&world, 1, "2026-05-05", "480 240 480");
  assert_minutes (&world, 1, "2026-05-06", "420 300 540");
  assert_no_difference (tk_world_recompute (&world, ARMMS_DERIVE_COMPARE));
  after = tk_world_dump (&world);
  tk_world_forget (&world, TRUE);
  again = tell_plainly (&world);
  assert_same_dump (again, after);
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
  g_test_add_func ("/timekeeping/derive/who was absent and relieved before a holiday", test_relieved_before_holiday);
  g_test_add_func ("/timekeeping/derive/somebody whose every duty is stood by another", test_relieved_always);
  g_test_add_func ("/timekeeping/derive/somebody who fell ill at noon", test_relieved_at_noon);
  g_test_add_func ("/timekeeping/derive/reliefs on days before anything that is told", test_relieved_before_everything);
  g_test_add_func ("/timekeeping/derive/a meal break that was worked through", test_break_worked);
  g_test_add_func ("/timekeeping/derive/a holiday of the site where he clocked", test_holiday_of_site);
  g_test_add_func ("/timekeeping/derive/a separation that is told late", test_separated);
  g_test_add_func ("/timekeeping/derive/a first day that was entered too early", test_hired_later);
  g_test_add_func ("/timekeeping/derive/a new law holds from its first duty date on", test_new_law);
  g_test_add_func ("/timekeeping/derive/a tenant without the law's hours", test_without_law);
  return g_test_run ();
}
