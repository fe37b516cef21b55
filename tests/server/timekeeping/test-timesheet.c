/* Sealing: what may be, what is left out and why, and that the seal holds. */
#include "tk-world.h"

#include "common/wire/json.h"
#include "server/approvals/approvals.h"
#include "server/timekeeping/adjustment.h"
#include "server/timekeeping/timesheet.h"

static void
tell_day (TkWorld *world, guint employee, const char *date, const char *in, const char *out)
{
  g_autofree char *from = g_strdup_printf ("%sT%s:00+08:00", date, in), *to = g_strdup_printf ("%sT%s:00+08:00", date, out == NULL ? in : out);

  tk_world_tell (world, employee, NULL, at (from), "IN", &world->agency.site_id, TRUE);
  if (out != NULL)
    tk_world_tell (world, employee, NULL, at (to), "OUT", &world->agency.site_id, TRUE);
}

static void
store_told (TkWorld *world, guint first)
{
  g_autofree guint *order = g_new (guint, world->items->len);

  for (guint i = 0; i < world->items->len; i++)
    order[i] = i;
  tk_world_store (world, order, first, world->items->len - first);
}

static ArmmsId
sheet_of (TkWorld *world, guint employee)
{
  char text[ARMMS_ID_TEXT_SIZE];
  g_autofree char *sql = g_strdup_printf ("select timesheet_id from timekeeping.timesheets where employee_id = '%s' and period_from = '2026-05-01'",
                                          armms_id_format (&world->employees[employee], text));
  g_autofree char *value = armms_test_database_value (world->agency.database, sql);
  ArmmsId id;

  g_assert_true (armms_id_parse (value, &id));
  return id;
}

/* "sealed", or the code that it was left out with. */
static char *
seal (TkWorld *world, const ArmmsId *id)
{
  g_autoptr(GArray) left_out = armms_timesheet_left_out_new ();
  g_autoptr(GError) error = NULL;
  ArmmsActor actor = world->agency.actor;
  g_autoptr(ArmmsWork) work = armms_work_begin (world->worker, "timekeeping", ARMMS_WORK_WRITE, &actor, &error);
  guint sealed = 0;

  g_assert_no_error (error);
  if (!armms_timesheet_seal (work, id, 1, 0, left_out, &sealed, &error) || !armms_work_commit (work, &error))
    g_error ("seal: %s", error->message);
  g_assert_cmpuint (sealed + left_out->len, ==, 1);
  return g_strdup (sealed == 1 ? "sealed" : g_array_index (left_out, ArmmsTimesheetLeftOut, 0).code);
}

static void
assert_seal (TkWorld *world, const ArmmsId *id, const char *expected)
{
  g_autofree char *got = seal (world, id);

  g_assert_cmpstr (got, ==, expected);
}

/* The checksum is of the canonical JSON without itself, and the event carries the same letters. */
static void
assert_seal_holds (TkWorld *world)
{
  g_autofree char *payload = armms_test_database_value (world->agency.database, "select payload from timekeeping.timesheet_snapshots order by version desc limit 1");
  g_autofree char *told = armms_test_database_value (world->agency.database,
    "select payload::text from timekeeping.timekeeping_outbox where event like '%TimesheetFinalized%' order by event_id desc limit 1");
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = armms_json_parse (payload, &error);
  g_autofree char *sha256 = NULL, *whole = NULL, *without = NULL, *checksum = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (payload, ==, told);
  whole = armms_json_to_canonical (node);
  g_assert_cmpstr (whole, ==, payload);
  sha256 = g_strdup (json_object_get_string_member (json_node_get_object (node), "sha256"));
  json_object_remove_member (json_node_get_object (node), "sha256");
  without = armms_json_to_canonical (node);
  checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, without, -1);
  g_assert_cmpstr (checksum, ==, sha256);
}

static void
exec_as_person (TkWorld *world, const char *statement, ArmmsParams *params)
{
  g_autoptr(GError) error = NULL;
  ArmmsWork *work = begin (&world->agency, "timekeeping");
  gint64 count = 0;

  if (!armms_work_execute (work, statement, params, &count, &error))
    g_error ("%s: %s", statement, error->message);
  g_assert_cmpint (count, >, 0);
  commit (work);
}

static void
test_seal (void)
{
  TkWorld world;
  ArmmsId clean, blocked;
  guint told;
  g_autofree char *anomaly = NULL;
  ArmmsId anomaly_id;

  tk_world_set_up (&world);
  tell_day (&world, 0, "2026-05-04", "06:00", "18:00");
  tell_day (&world, 6, "2026-05-04", "06:00", NULL);
  store_told (&world, 0);
  tk_world_derive (&world);
  tk_world_sweep (&world, "2026-05-15");
  clean = sheet_of (&world, 0);
  blocked = sheet_of (&world, 6);

  assert_seal (&world, &blocked, "timesheet.blocked");
  assert_seal (&world, &clean, "sealed");
  assert_seal (&world, &clean, "timesheet.finalized");
  assert_seal_holds (&world);

  /* A late event changes the days, never the sealed copy. */
  told = world.items->len;
  tell_day (&world, 0, "2026-05-05", "06:00", "18:00");
  store_told (&world, told);
  tk_world_derive (&world);
  assert_seal (&world, &clean, "timesheet.changed");
  {
    g_autoptr(GError) error = NULL;
    ArmmsWork *work = begin (&world.agency, "timekeeping");

    g_assert_true (armms_timesheet_reopen (work, &clean, "a late event", &error));
    commit (work);
  }
  assert_seal (&world, &clean, "sealed");
  assert_seal_holds (&world);
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select max(version) from timekeeping.timesheet_snapshots"), ==, 2);

  /* A person accepts what blocked; the figures stand. Recomputing keeps the decision. */
  anomaly = armms_test_database_value (world.agency.database, "select anomaly_id from timekeeping.anomalies where code = 'MISSING_OUT'");
  g_assert_true (armms_id_parse (anomaly, &anomaly_id));
  exec_as_person (&world, "timekeeping/anomaly-resolve",
                  armms_params_text (armms_params_text (armms_params_id (armms_params_new (), &anomaly_id), "accept"), "he went home ill"));
  tk_world_forget (&world, FALSE);
  tk_world_recompute (&world, ARMMS_DERIVE_WRITE);
  assert_seal (&world, &blocked, "sealed");
  tk_world_tear_down (&world);
}

/* The stream has not come to it yet: what is sealed has it all the same. */
static void
test_seal_ahead_of_stream (void)
{
  TkWorld world;
  ArmmsId id;

  tk_world_set_up (&world);
  tk_world_sweep (&world, "2026-05-15");
  tell_day (&world, 0, "2026-05-04", "06:00", "18:00");
  store_told (&world, 0);
  id = sheet_of (&world, 0);
  assert_seal (&world, &id, "sealed");
  g_assert_cmpint (armms_test_database_integer (world.agency.database,
                   "select (payload::json->'totals'->>'worked')::bigint from timekeeping.timesheet_snapshots"), ==, 720);
  tk_world_derive (&world);
  g_assert_cmpint (armms_test_database_integer (world.agency.database,
                   "select count(*) from timekeeping.timesheets where state = 'FINALIZED' and sealed_hash <> content_hash"), ==, 0);
  tk_world_tear_down (&world);
}

static ArmmsWork *
begin_as (TkWorld *world, const ArmmsId *user)
{
  g_autoptr(GError) error = NULL;
  ArmmsActor actor = world->agency.actor;
  ArmmsWork *work;

  actor.user_id = *user;
  work = armms_work_begin (world->agency.db, "timekeeping", ARMMS_WORK_WRITE, &actor, &error);
  g_assert_no_error (error);
  return work;
}

static gint64
minutes_worked (TkWorld *world)
{
  return armms_test_database_integer (world->agency.database, "select coalesce(sum(worked_minutes), 0) from timekeeping.dtr_lines");
}

/* A break worked through is of the duty date that was named, and changes nothing before it is approved. */
static void
test_break_worked (void)
{
  static ArmmsRoom rooms[2];
  TkWorld world;
  g_autoptr(GError) error = NULL;
  ArmmsId asks = armms_id_new (), approves = armms_id_new ();
  ArmmsAdjustment *wanted = armms_record_new (&armms_adjustment_type);
  ArmmsWork *work;

  tk_world_set_up (&world);
  rooms[0] = armms_timekeeping_room;
  armms_approvals_set_rooms (rooms);
  armms_db_add_statements (world.agency.db, armms_approvals_room.name, armms_approvals_room.schema, armms_approvals_room.statements);
  tell_day (&world, 4, "2026-05-04", "08:00", "17:00");
  store_told (&world, 0);
  tk_world_derive (&world);
  wanted->kind = g_strdup ("break_worked");
  wanted->employee_id = world.employees[4];
  wanted->duty_date = day ("2026-05-04");
  wanted->reason = g_strdup ("nobody came at noon");
  work = begin_as (&world, &asks);
  if (!armms_adjustment_request (work, wanted, &error))
    g_error ("request: %s", error->message);
  commit (work);
  g_assert_cmpint (minutes_worked (&world), ==, 480);
  work = begin_as (&world, &approves);
  if (!armms_approvals_decide (work, ARMMS_ADJUSTMENT_SUBJECT, &wanted->adjustment_id, "approve", NULL, &error))
    g_error ("approve: %s", error->message);
  commit (work);
  g_assert_cmpint (minutes_worked (&world), ==, 540);
  armms_record_free (&armms_adjustment_type, wanted);
  tk_world_tear_down (&world);
}

/* A missed out is asked for by one and approved by another; then it counts, and recomputing keeps it. */
static void
test_adjustment (void)
{
  static ArmmsRoom rooms[3];
  TkWorld world;
  g_autoptr(GError) error = NULL;
  ArmmsId asks = armms_id_new (), approves = armms_id_new (), log_id;
  ArmmsAdjustment *wanted = armms_record_new (&armms_adjustment_type);
  ArmmsTimeLogChange change = { .action = (char *) "correct", .ts = at ("2026-05-04T07:00:00+08:00"), .reason = (char *) "came at seven" };
  ArmmsAdjustment *correction;
  ArmmsWork *work;
  g_autofree char *log = NULL;

  tk_world_set_up (&world);
  rooms[0] = armms_timekeeping_room;
  armms_approvals_set_rooms (rooms);
  armms_db_add_statements (world.agency.db, armms_approvals_room.name, armms_approvals_room.schema, armms_approvals_room.statements);
  tell_day (&world, 0, "2026-05-04", "06:00", NULL);
  store_told (&world, 0);
  tk_world_derive (&world);
  g_assert_cmpint (minutes_worked (&world), ==, 0);

  wanted->kind = g_strdup ("add");
  wanted->employee_id = world.employees[0];
  wanted->ts = at ("2026-05-04T18:00:00+08:00");
  wanted->type = g_strdup ("OUT");
  wanted->reason = g_strdup ("the reader was off");
  work = begin_as (&world, &asks);
  if (!armms_adjustment_request (work, wanted, &error))
    g_error ("request: %s", error->message);
  commit (work);
  g_assert_cmpint (minutes_worked (&world), ==, 0);

  work = begin_as (&world, &asks);
  g_assert_false (armms_approvals_decide (work, ARMMS_ADJUSTMENT_SUBJECT, &wanted->adjustment_id, "approve", NULL, &error));
  g_clear_error (&error);
  armms_work_free (work);
  work = begin_as (&world, &approves);
  if (!armms_approvals_decide (work, ARMMS_ADJUSTMENT_SUBJECT, &wanted->adjustment_id, "approve", NULL, &error))
    g_error ("approve: %s", error->message);
  commit (work);
  g_assert_cmpint (minutes_worked (&world), ==, 720);

  log = armms_test_database_value (world.agency.database, "select time_log_id from timekeeping.time_logs");
  g_assert_true (armms_id_parse (log, &log_id));
  work = begin_as (&world, &asks);
  correction = armms_adjustment_request_for_log (work, &log_id, &change, &error);
  if (correction == NULL)
    g_error ("correct: %s", error->message);
  commit (work);
  work = begin_as (&world, &approves);
  if (!armms_approvals_decide (work, ARMMS_ADJUSTMENT_SUBJECT, &correction->adjustment_id, "approve", NULL, &error))
    g_error ("approve: %s", error->message);
  commit (work);
  g_assert_cmpint (minutes_worked (&world), ==, 660);
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select count(*) from timekeeping.time_logs where status = 'ADJUSTED'"), ==, 1);
  /* The event itself stands as it was sent. */
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select count(*) from timekeeping.clock_events where event_ts = '2026-05-04 06:00+08'"), ==, 1);
  tk_world_forget (&world, FALSE);
  tk_world_recompute (&world, ARMMS_DERIVE_WRITE);
  g_assert_cmpint (minutes_worked (&world), ==, 660);
  armms_record_free (&armms_adjustment_type, correction);
  armms_record_free (&armms_adjustment_type, wanted);
  tk_world_tear_down (&world);
}

static void
test_not_over (void)
{
  TkWorld world;
  g_autoptr(GError) error = NULL;

  tk_world_set_up (&world);
  g_assert_false (armms_timekeeping_sweep (world.worker, &world.agency.actor, ARMMS_DATE_NONE, day ("2199-01-15"), NULL, NULL, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "timesheet.not_over");
  tk_world_tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timekeeping/timesheet/sealed, left out, changed, opened again", test_seal);
  g_test_add_func ("/timekeeping/timesheet/sealed ahead of the stream", test_seal_ahead_of_stream);
  g_test_add_func ("/timekeeping/adjustment/a meal break that was worked through", test_break_worked);
  g_test_add_func ("/timekeeping/adjustment/asked for by one, approved by another", test_adjustment);
  g_test_add_func ("/timekeeping/timesheet/days that are not over are not closed", test_not_over);
  return g_test_run ();
}
