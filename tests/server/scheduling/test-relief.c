#include "tests/server/hr/agency.h"

#include "server/platform/resource/resource.h"
#include "server/scheduling/scheduling-private.h"
#include "server/tenant/tenant.h"

static const ArmmsRoom *const rooms[] = { &armms_tenant_room, &armms_hr_room, &armms_scheduling_room, NULL };

typedef struct {
  Agency agency;
  ArmmsId alba, bono, cruz, dizon; /* ALBA and CRUZ by day, BONO by night; DIZON has no post */
  ArmmsId instance;                /* the day shift of Friday, 1 May 2026 */
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
  assignment->valid_from = day ("2026-01-01");
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

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) assignments = armms_records_new (&armms_assignment_type);
  g_autofree char *instance = NULL;
  gint64 made = 0;
  ArmmsWork *work;

  agency_set_up (&f->agency, rooms);
  found_tenant (&f->agency);
  f->alba = hire (&f->agency, "ALBA", "2025-01-01");
  f->bono = hire (&f->agency, "BONO", "2025-01-01");
  f->cruz = hire (&f->agency, "CRUZ", "2025-01-01");
  f->dizon = hire (&f->agency, "DIZON", "2025-01-01");
  g_ptr_array_add (assignments, new_assignment (f, f->alba, f->agency.day_id));
  g_ptr_array_add (assignments, new_assignment (f, f->bono, f->agency.night_id));
  g_ptr_array_add (assignments, new_assignment (f, f->cruz, f->agency.day_id));
  work = begin (&f->agency, "scheduling");
  if (!armms_scheduling_insert_assignments (work, assignments, &error)
      || !armms_scheduling_plan_instances (work, day ("2026-05-01"), day ("2026-05-02"), &made, &error))
    g_error ("%s", error->message);
  g_assert_cmpint (made, ==, 4);
  if (!armms_scheduling_plan_instances (work, day ("2026-05-01"), day ("2026-05-02"), &made, &error))
    g_error ("%s", error->message);
  g_assert_cmpint (made, ==, 0);
  commit (work);
  instance = armms_test_database_value (f->agency.database,
    "select i.shift_instance_id from scheduling.shift_instances as i join hr_core.shifts as s using (shift_id)"
    " where s.code = 'DAY' and i.duty_date = '2026-05-01'");
  g_assert_true (armms_id_parse (instance, &f->instance));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  agency_tear_down (&f->agency);
}

/* NULL and the error's code, or field and code, in @ret_wrong; the transaction is rolled back then. */
static ArmmsReliever *
try_relief (Fixture *f, ArmmsId reliever, ArmmsId relieved, const char *starts_at, char **ret_wrong)
{
  g_autoptr(GError) error = NULL;
  ArmmsReliever *wanted = armms_record_new (&armms_reliever_type);
  ArmmsReliever *relief;
  ArmmsWork *work = begin (&f->agency, "scheduling");

  wanted->reliever_id = reliever;
  wanted->relieved_id = relieved;
  wanted->reason = g_strdup ("ABSENT");
  if (starts_at != NULL)
    wanted->starts_at = at (starts_at);
  relief = armms_scheduling_assign_reliever (work, &f->instance, wanted, &error);
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

static void
assert_refused (Fixture *f, ArmmsId reliever, ArmmsId relieved, const char *starts_at, const char *wrong)
{
  g_autofree char *found = NULL;

  g_assert_null (try_relief (f, reliever, relieved, starts_at, &found));
  g_assert_cmpstr (found, ==, wrong);
}

static void
test_assigned_and_released (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL, again = NULL;
  g_autofree char *payload = NULL, *alba = armms_id_to_string (&f->alba), *dizon = armms_id_to_string (&f->dizon);
  ArmmsReliever *relief = try_relief (f, f->dizon, f->alba, NULL, NULL);
  ArmmsReliever *released;
  ArmmsWork *work;

  g_assert_cmpstr (relief->status, ==, "ASSIGNED");
  g_assert_cmpstr (relief->reliever_no, ==, "DIZON");
  g_assert_cmpstr (relief->relieved_no, ==, "ALBA");
  g_assert_true (relief->after_the_fact);
  g_assert_true (armms_id_equal (&relief->position_id, &f->agency.guard_id));
  g_assert_cmpint (relief->starts_at.us, ==, at ("2026-05-01T06:00:00+08:00").us);

  payload = armms_test_database_value (f->agency.database,
    "select payload::jsonb -> 'employee_ids' || jsonb_build_array(payload -> 'from', payload -> 'to') from scheduling.scheduling_outbox"
    " where event = 'armms.scheduling.RelieverAssigned.v1'");
  g_assert_nonnull (strstr (payload, alba));
  g_assert_nonnull (strstr (payload, dizon));
  g_assert_nonnull (strstr (payload, "\"2026-05-01\", \"2026-05-01\""));

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
  armms_record_free (&armms_reliever_type, try_relief (f, f->dizon, f->alba, NULL, NULL));
}

static void
test_refusals (Fixture *f, gconstpointer data)
{
  ArmmsId late = hire (&f->agency, "LATE", "2026-05-02");

  assert_refused (f, armms_id_new (), f->alba, NULL, "reliever_id:unknown_reference");
  assert_refused (f, late, f->alba, NULL, "reliever_id:not_employed");
  assert_refused (f, f->dizon, armms_id_new (), NULL, "relieved_id:unknown_reference");
  assert_refused (f, f->dizon, f->dizon, NULL, "relieved_id:out_of_range");
  assert_refused (f, f->dizon, f->bono, NULL, "relieved_id:not_planned");
  assert_refused (f, f->dizon, ARMMS_ID_NIL, NULL, "position_id:required");
  assert_refused (f, f->dizon, f->alba, "2026-05-01T05:00:00+08:00", "starts_at:out_of_range");
  assert_refused (f, f->cruz, f->alba, NULL, "relief.overlaps"); /* stands at a post of his own */

  /* two for one post, and one at two posts */
  armms_record_free (&armms_reliever_type, try_relief (f, f->dizon, f->alba, NULL, NULL));
  assert_refused (f, f->bono, f->alba, NULL, "overlaps");
  assert_refused (f, f->dizon, f->cruz, NULL, "relief.overlaps");
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
  assert_refused (f, f->dizon, f->alba, NULL, "shift_instance.cancelled");
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

  armms_record_free (&armms_reliever_type, try_relief (f, f->dizon, f->alba, NULL, NULL));
  work = begin (&f->agency, "scheduling");
  roster = armms_scheduling_roster (work, zone, day ("2026-05-01"), &f->agency.site_id, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < roster->len; i++)
    g_string_append_printf (keys, "%s ", ((ArmmsRosterRow *) roster->pdata[i])->roster_key);
  g_assert_cmpstr (keys->str, ==, "MALL|DAY|ALBA|RELIEVED MALL|DAY|CRUZ|POST MALL|DAY|DIZON|RELIEF MALL|NIGHT|BONO|POST ");
  sunday = armms_scheduling_roster (work, zone, day ("2026-05-03"), &f->agency.site_id, &error);
  g_assert_cmpuint (sunday->len, ==, 3);
  for (guint i = 0; i < sunday->len; i++)
    g_assert_cmpstr (((ArmmsRosterRow *) sunday->pdata[i])->duty, ==, "REST");
  elsewhere = armms_scheduling_roster (work, zone, day ("2026-05-01"), &f->agency.office_id, &error);
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
  g_assert_null (try_relief (f, f->dizon, f->alba, NULL, &wrong));
  g_assert_cmpstr (wrong, ==, "shift_instance.unknown");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/scheduling/relief/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("is told with whose days it changes, and taken back", test_assigned_and_released);
  ADD ("is refused where it cannot be", test_refusals);
  ADD ("is refused on a cancelled shift instance", test_cancelled);
  ADD ("is on the roster", test_roster);
  ADD ("is not seen from another detachment", test_limited_to_a_detachment);
  ADD ("is not there for another tenant", test_other_tenant);
  return g_test_run ();
}
