/* What people tell beside the clock, and what the record says then: for tests of deriving. */
#include "tk-story.h"

#include "common/wire/json.h"
#include "server/hr/hr-private.h"
#include "server/scheduling/scheduling.h"

#include <string.h>

guint *
tk_in_order (guint n)
{
  guint *order = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  return order;
}

void
tk_assert_same_dump (const char *a, const char *b)
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

void
tk_assert_no_difference (ArmmsDeriveFigures figures)
{
  g_assert_cmpuint (figures.judged, >, 0);
  g_assert_cmpuint (figures.logs + figures.lines + figures.lines_gone + figures.anomalies + figures.anomalies_gone + figures.timesheets, ==, 0);
}

char *
tk_tell_plainly (TkWorld *world)
{
  g_autofree guint *order = tk_in_order (world->events->len);

  tk_world_store (world, order, 0, world->events->len);
  tk_world_derive (world);
  tk_world_sweep (world, "2026-05-09");
  return tk_world_dump (world);
}

const ArmmsSubscription *
tk_subscription (const char *name)
{
  for (const ArmmsSubscription *s = armms_timekeeping_subscriptions; s->name != NULL; s++)
    if (g_str_equal (s->name, name))
      return s;
  g_assert_not_reached ();
}

void
tk_put_relief_from (TkWorld *world, guint reliever, guint relieved, const char *date, const char *reason, const char *starts_at)
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

void
tk_put_relief (TkWorld *world, guint reliever, guint relieved, const char *date, const char *reason)
{
  tk_put_relief_from (world, reliever, relieved, date, reason, /* starts_at= */ NULL);
}

void
tk_hear_of (TkWorld *world, const char *subscription_name)
{
  const ArmmsSubscription *hears = tk_subscription (subscription_name);
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

void
tk_put_adjustment (TkWorld *world, guint employee, const char *date, const char *kind, gboolean paid, const ArmmsId *detachment)
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

void
tk_put_leave (TkWorld *world, guint employee, const char *date, gboolean paid)
{
  tk_put_adjustment (world, employee, date, "leave", paid, /* detachment= */ NULL);
}

void
tk_assert_sums (TkWorld *world, guint employee, const char *expected)
{
  char who[ARMMS_ID_TEXT_SIZE];
  g_autofree char *sql = g_strdup_printf ("select 'scheduled ' || sum(scheduled_minutes) || ', absent ' || sum(absent_minutes) || ', paid leave '"
    " || sum(leave_paid_minutes) || ', worked ' || sum(worked_minutes) from timekeeping.timesheets where employee_id = '%s'"
    " and period_from <= '2026-04-30'", armms_id_format (&world->employees[employee], who));
  g_autofree char *sums = armms_test_database_value (world->agency.database, sql);

  g_assert_cmpstr (sums, ==, expected);
}

static char *
line_of (TkWorld *world, guint employee, const char *date)
{
  char who[ARMMS_ID_TEXT_SIZE];
  g_autofree char *sql = g_strdup_printf ("select string_agg(state || ' ' || holiday_unworked_minutes, ', ') from timekeeping.dtr_lines"
    " where employee_id = '%s' and duty_date = '%s'", armms_id_format (&world->employees[employee], who), date);

  return armms_test_database_value (world->agency.database, sql);
}

void
tk_assert_line (TkWorld *world, guint employee, const char *date, const char *expected)
{
  g_autofree char *line = line_of (world, employee, date);

  g_assert_cmpstr (line, ==, expected);
}

void
tk_tell_day (TkWorld *world, guint employee, const char *date)
{
  g_autofree char *in = g_strconcat (date, "T06:00:00+08:00", NULL), *out = g_strconcat (date, "T18:00:00+08:00", NULL);

  tk_world_tell (world, employee, NULL, at (in), "IN", &world->agency.site_id, TRUE);
  tk_world_tell (world, employee, NULL, at (out), "OUT", &world->agency.site_id, TRUE);
}

void
tk_put_assignment (TkWorld *world, guint employee, const char *from, const char *to)
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

void
tk_change_employment (TkWorld *world, guint employee, const char *changes)
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

void
tk_assert_inactive (TkWorld *world, gint64 n)
{
  g_assert_cmpint (armms_test_database_integer (world->agency.database, "select count(*) from timekeeping.anomalies where code = 'INACTIVE_EMPLOYEE'"), ==, n);
}

void
tk_assert_minutes (TkWorld *world, guint employee, const char *date, const char *expected)
{
  char who[ARMMS_ID_TEXT_SIZE];
  g_autofree char *sql = g_strdup_printf ("select concat_ws(' ', regular_minutes, overtime_minutes, night_minutes) from timekeeping.dtr_lines"
    " where employee_id = '%s' and duty_date = '%s'", armms_id_format (&world->employees[employee], who), date);
  g_autofree char *minutes = armms_test_database_value (world->agency.database, sql);

  g_assert_cmpstr (minutes, ==, expected);
}
