#include "tests/server/hr/agency.h"

#include "server/approvals/approvals.h"
#include "server/platform/resource/resource.h"
#include "server/scheduling/scheduling-private.h"
#include "server/tenant/tenant.h"

static const ArmmsRoom *const rooms[] = { &armms_tenant_room, &armms_approvals_room, &armms_hr_room, &armms_scheduling_room, NULL };

typedef struct {
  Agency agency;
  ArmmsId alba, bono, cruz, dizon; /* ALBA and CRUZ by day, BONO by night; DIZON has no post */
  ArmmsDate date;                  /* a Friday to come */
  ArmmsId instance;                /* its day shift */
  ArmmsId past_instance;           /* that of a Friday gone by */
} Fixture;

static ArmmsId
hire (Agency *agency, const char *no, const char *hired_on)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) one = armms_records_new (&armms_employee_type);
  ArmmsEmployee *employee = new_employee (no, no, hired_on);
  ArmmsId id = employee->employee_id;
  ArmmsWork *work = begin (agency, "hr_core");

  g_ptr_array_add (one, employee);
  if (!armms_hr_insert_employees (work, one, &error))
    g_error ("%s", error->message);
  commit (work);
  return id;
}

static ArmmsAssignment *
new_assignment (Fixture *f, ArmmsId employee, ArmmsId shift)
{
  ArmmsAssignment *assignment = armms_record_new (&armms_assignment_type);

  assignment->employee_id = employee;
  assignment->detachment_id = f->agency.site_id;
  assignment->shift_id = shift;
  assignment->position_id = f->agency.guard_id;
  assignment->valid_from = day ("2020-01-01");
  assignment->rest_weekdays = g_strdup ("SUN");
  return assignment;
}

static void
found_tenant (Agency *agency)
{
  g_autoptr(GError) error = NULL;
  ArmmsTenant *tenant = armms_record_new (&armms_tenant_type);
  ArmmsWork *work = begin (agency, "tenant");

  tenant->tenant_id = agency->actor.tenant_id;
  tenant->code = g_strdup_printf ("t%02x%02x", tenant->tenant_id.bytes[14], tenant->tenant_id.bytes[15]);
  tenant->name = g_strdup ("Test Agency");
  if (!armms_tenant_insert (work, tenant, &error))
    g_error ("%s", error->message);
  commit (work);
  armms_record_free (&armms_tenant_type, tenant);
}

static ArmmsId
day_shift_on (Fixture *f, ArmmsDate date)
{
  char text[ARMMS_DATE_TEXT_SIZE];
  g_autofree char *question = g_strdup_printf ("select i.shift_instance_id from scheduling.shift_instances as i join hr_core.shifts as s using (shift_id)"
                                               " where s.code = 'DAY' and i.duty_date = '%s'", armms_date_format (date, text));
  g_autofree char *found = armms_test_database_value (f->agency.database, question);
  ArmmsId id = ARMMS_ID_NIL;

  g_assert_true (armms_id_parse (found, &id));
  return id;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) assignments = armms_records_new (&armms_assignment_type);
  ArmmsDate past = friday (-4);
  gint64 made = 0;
  ArmmsWork *work;

  agency_set_up (&f->agency, rooms);
  found_tenant (&f->agency);
  f->date = friday (4);
  f->alba = hire (&f->agency, "ALBA", "2019-01-01");
  f->bono = hire (&f->agency, "BONO", "2019-01-01");
  f->cruz = hire (&f->agency, "CRUZ", "2019-01-01");
  f->dizon = hire (&f->agency, "DIZON", "2019-01-01");
  g_ptr_array_add (assignments, new_assignment (f, f->alba, f->agency.day_id));
  g_ptr_array_add (assignments, new_assignment (f, f->bono, f->agency.night_id));
  g_ptr_array_add (assignments, new_assignment (f, f->cruz, f->agency.day_id));
  work = begin (&f->agency, "scheduling");
  if (!armms_scheduling_insert_assignments (work, assignments, &error)
      || !armms_scheduling_plan_instances (work, past, past, &made, &error)
      || !armms_scheduling_plan_instances (work, f->date, armms_date_add_days (f->date, 1), &made, &error))
    g_error ("%s", error->message);
  g_assert_cmpint (made, ==, 4);
  if (!armms_scheduling_plan_instances (work, f->date, armms_date_add_days (f->date, 1), &made, &error))
    g_error ("%s", error->message);
  g_assert_cmpint (made, ==, 0);
  commit (work);
  f->instance = day_shift_on (f, f->date);
  f->past_instance = day_shift_on (f, past);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  agency_tear_down (&f->agency);
}

/* NULL and the error's code, or field and code, in @ret_wrong; the transaction is rolled back then. */
static ArmmsReliever *
try_relief_on (Fixture *f, const ArmmsId *instance, ArmmsId reliever, ArmmsId relieved, int start_minute, char **ret_wrong)
{
  g_autoptr(ArmmsZone) zone = armms_zone_new ("Asia/Manila");
  g_autoptr(GError) error = NULL;
  ArmmsReliever *wanted = armms_record_new (&armms_reliever_type);
  ArmmsReliever *relief;
  ArmmsWork *work = begin (&f->agency, "scheduling");

  wanted->reliever_id = reliever;
  wanted->relieved_id = relieved;
  wanted->reason = g_strdup ("ABSENT");
  if (start_minute >= 0)
    wanted->starts_at = armms_zone_instant (zone, f->date, start_minute);
  relief = armms_scheduling_assign_reliever (work, instance, wanted, &error);
  armms_record_free (&armms_reliever_type, wanted);
  if (relief != NULL)
    commit (work);
  else
    armms_work_free (work);
  if (ret_wrong != NULL && relief == NULL)
    *ret_wrong = armms_error_get_fields (error) != NULL ? wrong_fields (error) : g_strdup (armms_error_get_code (error));
  else if (relief == NULL)
    g_error ("%s", error->message);
  return relief;
}

static ArmmsReliever *
try_relief (Fixture *f, ArmmsId reliever, ArmmsId relieved)
{
  return try_relief_on (f, &f->instance, reliever, relieved, -1, NULL);
}

static void
assert_refused (Fixture *f, ArmmsId reliever, ArmmsId relieved, int start_minute, const char *wrong)
{
  g_autofree char *found = NULL;

  g_assert_null (try_relief_on (f, &f->instance, reliever, relieved, start_minute, &found));
  g_assert_cmpstr (found, ==, wrong);
}

static void
test_assigned_and_released (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL, again = NULL;
  char date[ARMMS_DATE_TEXT_SIZE];
  g_autofree char *dates = NULL;
  g_autofree char *payload = NULL, *alba = armms_id_to_string (&f->alba), *dizon = armms_id_to_string (&f->dizon);
  ArmmsReliever *relief = try_relief (f, f->dizon, f->alba);
  ArmmsReliever *released;
  ArmmsWork *work;

  g_assert_cmpstr (relief->status, ==, "ASSIGNED");
  g_assert_cmpstr (relief->reliever_no, ==, "DIZON");
  g_assert_cmpstr (relief->relieved_no, ==, "ALBA");
  g_assert_false (relief->after_the_fact);
  g_assert_true (armms_id_equal (&relief->position_id, &f->agency.guard_id));
  g_assert_cmpint (relief->ends_at.us - relief->starts_at.us, ==, 720 * ARMMS_US_PER_MINUTE);

  payload = armms_test_database_value (f->agency.database,
    "select payload::jsonb -> 'employee_ids' || jsonb_build_array(payload -> 'from', payload -> 'to') from scheduling.scheduling_outbox"
    " where event = 'armms.scheduling.RelieverAssigned.v1'");
  g_assert_nonnull (strstr (payload, alba));
  g_assert_nonnull (strstr (payload, dizon));
  dates = g_strdup_printf ("\"%s\", \"%s\"", armms_date_format (f->date, date), date);
  g_assert_nonnull (strstr (payload, dates));

  work = begin (&f->agency, "scheduling");
  released = armms_scheduling_release_reliever (work, &relief->relief_id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (released->status, ==, "RELEASED");
  g_assert_null (armms_scheduling_release_reliever (work, &relief->relief_id, &again));
  g_assert_cmpstr (armms_error_get_code (again), ==, "relief.released");
  commit (work);
  g_assert_cmpint (armms_test_database_integer (f->agency.database,
    "select count(*) from scheduling.scheduling_outbox where event = 'armms.scheduling.RelieverReleased.v1'"), ==, 1);
  armms_record_free (&armms_reliever_type, released);
  armms_record_free (&armms_reliever_type, relief);

  /* and may be relieved anew */
  armms_record_free (&armms_reliever_type, try_relief (f, f->dizon, f->alba));
}

static void
test_refusals (Fixture *f, gconstpointer data)
{
  char next_day[ARMMS_DATE_TEXT_SIZE];
  ArmmsId late = hire (&f->agency, "LATE", armms_date_format (armms_date_add_days (f->date, 1), next_day));

  assert_refused (f, armms_id_new (), f->alba, -1, "reliever_id:unknown_reference");
  assert_refused (f, late, f->alba, -1, "reliever_id:not_employed");
  assert_refused (f, f->dizon, armms_id_new (), -1, "relieved_id:unknown_reference");
  assert_refused (f, f->dizon, f->dizon, -1, "relieved_id:out_of_range");
  assert_refused (f, f->dizon, f->bono, -1, "relieved_id:not_planned");
  assert_refused (f, f->dizon, ARMMS_ID_NIL, -1, "position_id:required");
  assert_refused (f, f->dizon, f->alba, 300, "starts_at:out_of_range");
  assert_refused (f, f->cruz, f->alba, -1, "relief.overlaps"); /* stands at a post of his own */

  /* two for one post, and one at two posts */
  armms_record_free (&armms_reliever_type, try_relief (f, f->dizon, f->alba));
  assert_refused (f, f->bono, f->alba, -1, "overlaps");
  assert_refused (f, f->dizon, f->cruz, -1, "relief.overlaps");
}

static void
decide (Fixture *f, const ArmmsId *relief_id, const char *step, const ArmmsId *by, const char *wrong)
{
  g_autoptr(GError) error = NULL;
  ArmmsId who = f->agency.actor.user_id;
  ArmmsWork *work;
  gboolean good;

  f->agency.actor.user_id = *by;
  work = begin (&f->agency, "scheduling");
  good = armms_approvals_decide (work, "relief", relief_id, step, "seen on camera", &error);
  f->agency.actor.user_id = who;
  g_assert_cmpstr (good ? NULL : armms_error_get_code (error), ==, wrong);
  if (good)
    commit (work);
  else
    armms_work_free (work);
}

static char *
status_of (Fixture *f, const ArmmsId *relief_id)
{
  char id[ARMMS_ID_TEXT_SIZE];
  g_autofree char *question = g_strdup_printf ("select status from scheduling.relievers where relief_id = '%s'", armms_id_format (relief_id, id));

  return armms_test_database_value (f->agency.database, question);
}

/* Told when it was over: it counts once somebody else agrees, and never when he does not. */
static void
test_after_the_fact (Fixture *f, gconstpointer data)
{
  static const char told[] = "select count(*) from scheduling.scheduling_outbox where event = 'armms.scheduling.RelieverAssigned.v1'";
  g_autoptr(GError) error = NULL;
  g_autofree char *approved = NULL, *rejected = NULL;
  ArmmsReliever *relief, *second;
  ArmmsId other = armms_id_new ();
  ArmmsWork *work;

  relief = try_relief_on (f, &f->past_instance, f->dizon, f->alba, -1, NULL);
  g_assert_true (relief->after_the_fact);
  g_assert_cmpstr (relief->status, ==, "REQUESTED");
  g_assert_cmpint (armms_test_database_integer (f->agency.database, told), ==, 0);
  work = begin (&f->agency, "scheduling");
  g_assert_null (armms_scheduling_release_reliever (work, &relief->relief_id, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "relief.requested");
  armms_work_free (work);

  decide (f, &relief->relief_id, "approve", &f->agency.actor.user_id, "approvals.same_person");
  decide (f, &relief->relief_id, "approve", &other, NULL);
  approved = status_of (f, &relief->relief_id);
  g_assert_cmpstr (approved, ==, "ASSIGNED");
  g_assert_cmpint (armms_test_database_integer (f->agency.database, told), ==, 1);

  second = try_relief_on (f, &f->past_instance, f->bono, f->cruz, -1, NULL);
  decide (f, &second->relief_id, "reject", &other, NULL);
  rejected = status_of (f, &second->relief_id);
  g_assert_cmpstr (rejected, ==, "REJECTED");
  g_assert_cmpint (armms_test_database_integer (f->agency.database, told), ==, 1);
  armms_record_free (&armms_reliever_type, relief);
  armms_record_free (&armms_reliever_type, second);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  ArmmsWork *work = begin (&f->agency, "scheduling");
  ArmmsShiftInstance *before = armms_resource_load (&armms_scheduling_instances, work, &f->instance, &error);
  ArmmsShiftInstance *after = armms_record_copy (&armms_shift_instance_type, before);

  g_assert_no_error (error);
  g_assert_cmpint (before->headcount, ==, 2);
  g_assert_cmpint (before->planned, ==, 2);
  g_free (after->status);
  after->status = g_strdup ("CANCELLED");
  g_assert_true (armms_resource_store (&armms_scheduling_instances, work, before, after, 1, &error));
  commit (work);
  assert_refused (f, f->dizon, f->alba, -1, "shift_instance.cancelled");
  armms_record_free (&armms_shift_instance_type, before);
  armms_record_free (&armms_shift_instance_type, after);
}

static void
test_roster (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsZone) zone = armms_zone_new ("Asia/Manila");
  g_autoptr(GPtrArray) roster = NULL, sunday = NULL, elsewhere = NULL;
  g_autoptr(GString) keys = g_string_new (NULL);
  ArmmsWork *work;

  armms_record_free (&armms_reliever_type, try_relief (f, f->dizon, f->alba));
  work = begin (&f->agency, "scheduling");
  roster = armms_scheduling_roster (work, zone, f->date, &f->agency.site_id, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < roster->len; i++)
    g_string_append_printf (keys, "%s ", ((ArmmsRosterRow *) roster->pdata[i])->roster_key);
  g_assert_cmpstr (keys->str, ==, "MALL|DAY|ALBA|RELIEVED MALL|DAY|CRUZ|POST MALL|DAY|DIZON|RELIEF MALL|NIGHT|BONO|POST ");
  sunday = armms_scheduling_roster (work, zone, armms_date_add_days (f->date, 2), &f->agency.site_id, &error);
  g_assert_cmpuint (sunday->len, ==, 3);
  for (guint i = 0; i < sunday->len; i++)
    g_assert_cmpstr (((ArmmsRosterRow *) sunday->pdata[i])->duty, ==, "REST");
  elsewhere = armms_scheduling_roster (work, zone, f->date, &f->agency.office_id, &error);
  g_assert_cmpuint (elsewhere->len, ==, 0);
  commit (work);
}

/* Who is limited to the office sees nothing of the mall. */
static void
test_limited_to_a_detachment (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  ArmmsWork *work;

  f->agency.actor.detachments = &f->agency.office_id;
  f->agency.actor.n_detachments = 1;
  work = begin (&f->agency, "scheduling");
  g_assert_null (armms_resource_load (&armms_scheduling_instances, work, &f->instance, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "shift_instance.unknown");
  armms_work_free (work);
}

static void
test_other_tenant (Fixture *f, gconstpointer data)
{
  g_autofree char *wrong = NULL;

  f->agency.actor.tenant_id = armms_id_new ();
  found_tenant (&f->agency);
  g_assert_null (try_relief_on (f, &f->instance, f->dizon, f->alba, -1, &wrong));
  g_assert_cmpstr (wrong, ==, "shift_instance.unknown");
}

int
main (int argc, char **argv)
{
  static const ArmmsRoom *const *room = rooms;
  static ArmmsRoom table[G_N_ELEMENTS (rooms)];

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; room[i] != NULL; i++)
    table[i] = *room[i];
  armms_approvals_set_rooms (table);
#define ADD(path, test) g_test_add ("/scheduling/relief/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("is told with whose days it changes, and taken back", test_assigned_and_released);
  ADD ("told after the fact waits for somebody else", test_after_the_fact);
  ADD ("is refused where it cannot be", test_refusals);
  ADD ("is refused on a cancelled shift instance", test_cancelled);
  ADD ("is on the roster", test_roster);
  ADD ("is not seen from another detachment", test_limited_to_a_detachment);
  ADD ("is not there for another tenant", test_other_tenant);
  return g_test_run ();
}
