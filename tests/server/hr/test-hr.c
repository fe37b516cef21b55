#include "tests/server/hr/agency.h"

#include "common/wire/json.h"
#include "server/hr/hr-private.h"

static const ArmmsRoom *const rooms[] = { &armms_hr_room, NULL };

static ArmmsEmployee *
add_employee (Agency *agency, const char *no, const char *hired_on)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) employees = g_ptr_array_new ();
  ArmmsEmployee *employee = new_employee (no, "Cruz", hired_on);
  ArmmsWork *work = begin (agency, "hr_core");

  employee->position_id = agency->guard_id;
  g_ptr_array_add (employees, employee);
  if (!armms_hr_insert_employees (work, employees, &error))
    g_error ("%s", error->message);
  commit (work);
  return employee;
}

static void
test_sets (void)
{
  Agency agency;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) employees = armms_records_new (&armms_employee_type);
  g_autoptr(GPtrArray) all = NULL, two = NULL, named = NULL, detachments = NULL, shifts = NULL;
  g_autofree char *name = NULL;
  const char *const nos[] = { "G-0007", "G-0001", "nobody" };
  ArmmsId ids[2];
  ArmmsWork *work;

  agency_set_up (&agency, rooms);
  for (int i = 0; i < 300; i++)
    {
      g_autofree char *no = g_strdup_printf ("G-%04d", i);
      ArmmsEmployee *employee = new_employee (no, "Cruz", "2025-01-01");

      employee->middle_name = g_strdup ("Ñato");
      employee->position_id = agency.guard_id;
      g_ptr_array_add (employees, employee);
    }
  work = begin (&agency, "hr_core");
  if (!armms_hr_insert_employees (work, employees, &error))
    g_error ("%s", error->message);
  commit (work);

  work = begin (&agency, "hr_core");
  all = armms_hr_load_employees (work, NULL, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 300);
  for (guint i = 0; i < employees->len; i++)
    {
      const ArmmsEmployee *put = employees->pdata[i];
      const ArmmsEmployee *found = armms_hr_find_employee (all, &put->employee_id);

      g_assert_nonnull (found);
      g_assert_cmpstr (found->employee_no, ==, put->employee_no);
      g_assert_cmpstr (found->position_code, ==, "GUARD");
      g_assert_cmpstr (found->pay_basis, ==, "DAILY");
      g_assert_cmpint (found->effective_on.days, ==, put->hired_on.days);
    }
  name = armms_employee_name (all->pdata[0]);
  g_assert_cmpstr (name, ==, "Cruz, Juan Ñ.");
  ids[0] = ((ArmmsEmployee *) employees->pdata[5])->employee_id;
  ids[1] = armms_id_new ();
  two = armms_hr_load_employees (work, ids, 2, &error);
  g_assert_cmpuint (two->len, ==, 1);
  named = armms_hr_load_employees_by_no (work, nos, G_N_ELEMENTS (nos), &error);
  g_assert_cmpuint (named->len, ==, 2);
  detachments = armms_hr_load_detachments (work, &error);
  g_assert_cmpuint (detachments->len, ==, 2);
  g_assert_cmpstr (armms_hr_find_detachment (detachments, &agency.site_id)->client_code, ==, "ACME");
  g_assert_cmpstr (armms_hr_find_detachment (detachments, &agency.site_id)->meal_break, ==, "SHIFT");
  g_assert_null (armms_hr_find_detachment (detachments, &ids[1]));
  shifts = armms_hr_load_shifts (work, &error);
  g_assert_cmpint (armms_hr_find_shift (shifts, &agency.night_id)->end_minute.count, ==, 1800);
  g_assert_cmpint (armms_hr_find_shift (shifts, &agency.office_shift_id)->break_start_minute.count, ==, 720);
  commit (work);

  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from hr_core.hr_core_outbox"), ==, 300);
  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from audit.audit_log where table_name = 'employees'"), ==, 300);
  agency_tear_down (&agency);
}

static gboolean
insert_one (Agency *agency, ArmmsEmployee *employee, GError **error)
{
  g_autoptr(GPtrArray) one = armms_records_new (&armms_employee_type);
  g_autoptr(ArmmsWork) work = begin (agency, "hr_core");

  g_ptr_array_add (one, employee);
  return armms_hr_insert_employees (work, one, error);
}

static void
test_refusals (void)
{
  Agency agency;
  ArmmsEmployee *first, *employee;
  g_autofree char *fields = NULL, *rate = NULL, *hired = NULL;
  g_autoptr(GError) again = NULL, salary = NULL, no_salary = NULL, position = NULL, early = NULL;

  agency_set_up (&agency, rooms);
  first = add_employee (&agency, "G-1", "2025-01-01");

  g_assert_false (insert_one (&agency, new_employee ("G-1", "Reyes", "2025-01-01"), &again));
  g_assert_error (again, ARMMS_ERROR, ARMMS_ERROR_CONFLICT);

  employee = new_employee ("G-2", "Reyes", "2025-01-01");
  employee->pay_basis = g_strdup ("MONTHLY");
  g_assert_false (insert_one (&agency, employee, &no_salary));
  fields = wrong_fields (no_salary);
  g_assert_cmpstr (fields, ==, "monthly_rate:required");

  employee = new_employee ("G-2", "Reyes", "2025-01-01");
  employee->monthly_rate = ARMMS_MONEY (100);
  g_assert_false (insert_one (&agency, employee, &salary));
  rate = wrong_fields (salary);
  g_assert_cmpstr (rate, ==, "monthly_rate:out_of_range");

  employee = new_employee ("G-2", "Reyes", "2025-01-01");
  employee->effective_on = day ("2024-12-31");
  g_assert_false (insert_one (&agency, employee, &early));
  hired = wrong_fields (early);
  g_assert_cmpstr (hired, ==, "effective_on:out_of_range");

  employee = new_employee ("G-2", "Reyes", "2025-01-01");
  employee->position_id = armms_id_new ();
  g_assert_false (insert_one (&agency, employee, &position));
  g_assert_error (position, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT);

  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(*) from hr_core.employees"), ==, 1);
  armms_record_free (&armms_employee_type, first);
  agency_tear_down (&agency);
}

/* Changes @json of an employee; the answer, or NULL with the error. */
static ArmmsEmployee *
change (Agency *agency, const ArmmsId *id, gint64 version, const char *json, GError **error)
{
  g_autoptr(JsonNode) node = armms_json_parse (json, NULL);
  ArmmsWork *work = begin (agency, "hr_core");
  ArmmsEmployee *changed = armms_hr_change_employee (work, id, version, node, error);

  if (changed != NULL)
    commit (work);
  else
    armms_work_free (work);
  return changed;
}

static void
test_history (void)
{
  Agency agency;
  ArmmsEmployee *employee, *changed;
  g_autoptr(GError) error = NULL, undated = NULL, stale = NULL, early = NULL;
  g_autoptr(GPtrArray) history = NULL;
  g_autofree char *json = NULL, *fields = NULL, *early_fields = NULL, *clerk = NULL;
  ArmmsWork *work;

  agency_set_up (&agency, rooms);
  employee = add_employee (&agency, "G-1", "2025-01-01");
  clerk = armms_id_to_string (&agency.clerk_id);

  /* a name needs no day */
  changed = change (&agency, &employee->employee_id, 1, "{\"given_name\":\"Juana\"}", &error);
  g_assert_no_error (error);
  g_assert_cmpint (changed->version, ==, 2);
  g_assert_cmpstr (changed->given_name, ==, "Juana");
  armms_record_free (&armms_employee_type, changed);

  /* pay does */
  g_assert_null (change (&agency, &employee->employee_id, 2, "{\"pay_basis\":\"HOURLY\"}", &undated));
  fields = wrong_fields (undated);
  g_assert_cmpstr (fields, ==, "effective_on:required");

  json = g_strdup_printf ("{\"position_id\":\"%s\",\"pay_basis\":\"MONTHLY\",\"monthly_rate\":\"20000.00\",\"effective_on\":\"2025-06-16\"}", clerk);
  changed = change (&agency, &employee->employee_id, 2, json, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (changed->position_code, ==, "CLERK");
  armms_record_free (&armms_employee_type, changed);

  /* the same day again corrects it, a day between splits what was there */
  changed = change (&agency, &employee->employee_id, 3, "{\"monthly_rate\":\"21000.00\",\"effective_on\":\"2025-06-16\"}", &error);
  g_assert_no_error (error);
  armms_record_free (&armms_employee_type, changed);
  changed = change (&agency, &employee->employee_id, 4, "{\"minimum_wage_earner\":true,\"pay_basis\":\"DAILY\",\"monthly_rate\":null,\"effective_on\":\"2025-03-01\"}", &error);
  g_assert_no_error (error);
  armms_record_free (&armms_employee_type, changed);

  g_assert_null (change (&agency, &employee->employee_id, 4, "{\"given_name\":\"Late\"}", &stale));
  g_assert_error (stale, ARMMS_ERROR, ARMMS_ERROR_STALE);
  g_assert_null (change (&agency, &employee->employee_id, 5, "{\"minimum_wage_earner\":true,\"monthly_rate\":null,\"pay_basis\":\"DAILY\",\"effective_on\":\"2024-12-31\"}", &early));
  early_fields = wrong_fields (early);
  g_assert_cmpstr (early_fields, ==, "effective_on:out_of_range");

  work = begin (&agency, "hr_core");
  history = armms_hr_load_employments (work, &employee->employee_id, 1, day ("2025-01-01"), day ("2025-12-31"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 3);
  g_assert_false (armms_hr_employment_on (history, &employee->employee_id, day ("2025-02-28"))->minimum_wage_earner);
  g_assert_true (armms_hr_employment_on (history, &employee->employee_id, day ("2025-03-01"))->minimum_wage_earner);
  g_assert_true (armms_hr_employment_on (history, &employee->employee_id, day ("2025-06-15"))->minimum_wage_earner);
  g_assert_cmpint (armms_hr_employment_on (history, &employee->employee_id, day ("2025-06-16"))->monthly_rate.centavos, ==, 2100000);
  g_assert_null (armms_hr_employment_on (history, &employee->employee_id, day ("2024-12-31")));
  g_assert_null (armms_hr_employment_on (history, &agency.site_id, day ("2025-06-16")));
  commit (work);
  g_assert_cmpint (armms_test_database_integer (agency.database,
    "select count(*) from hr_core.hr_core_outbox where event = 'armms.hr.EmployeeChanged.v1'"), ==, 4);
  armms_record_free (&armms_employee_type, employee);
  agency_tear_down (&agency);
}

/* What is sealed comes back to its reader, lies closed in the table, and opens in no other row. */
static void
test_sealed (void)
{
  Agency agency;
  g_autoptr(GError) error = NULL, moved = NULL;
  ArmmsEmployee *first = new_employee ("G-1", "Cruz", "2025-01-01"), *second = new_employee ("G-2", "Reyes", "2025-01-01"), *read;
  g_autofree char *stored = NULL;
  g_autoptr(GPtrArray) list = NULL;
  ArmmsWork *work;

  agency_set_up (&agency, rooms);
  first->sss_no = g_strdup ("34-1234567-8");
  first->tin = g_strdup ("123-456-789-000");
  first->birth_on = day ("1990-02-28");
  first->address = g_strdup ("1 Mabini, Ermita");
  second->sss_no = g_strdup ("3412345678");
  work = begin (&agency, "hr_core");
  {
    g_autoptr(GPtrArray) both = g_ptr_array_new ();

    g_ptr_array_add (both, first);
    g_ptr_array_add (both, second);
    if (!armms_hr_insert_employees (work, both, &error))
      g_error ("%s", error->message);
  }
  commit (work);

  work = begin (&agency, "hr_core");
  read = armms_hr_load_employee (work, &first->employee_id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->sss_no, ==, "34-1234567-8");
  g_assert_cmpstr (read->tin, ==, "123-456-789-000");
  g_assert_cmpstr (read->address, ==, "1 Mabini, Ermita");
  g_assert_cmpint (read->birth_on.days, ==, first->birth_on.days);
  g_assert_null (read->hdmf_no);
  armms_record_free (&armms_employee_type, read);
  list = armms_hr_load_employees (work, NULL, 0, &error);
  g_assert_null (((ArmmsEmployee *) list->pdata[0])->sss_no);
  commit (work);

  stored = armms_test_database_value (agency.database, "select encode(sss_no_sealed || tin_sealed, 'escape') from hr_core.employees where employee_no = 'G-1'");
  g_assert_null (strstr (stored, "1234567"));
  /* written otherwise, the same number */
  g_assert_cmpint (armms_test_database_integer (agency.database, "select count(distinct sss_no_hash) from hr_core.employees"), ==, 1);
  g_assert_cmpint (armms_test_database_integer (agency.database,
    "select count(*) from audit.audit_log where table_name = 'employees' and after->>'sss_no_sealed' is distinct from '***'"), ==, 0);

  read = change (&agency, &first->employee_id, 1, "{\"tin\":null,\"birth_on\":\"1991-02-28\"}", &error);
  g_assert_no_error (error);
  g_assert_null (read->tin);
  g_assert_cmpint (read->birth_on.days, ==, day ("1991-02-28").days);
  g_assert_cmpstr (read->sss_no, ==, "34-1234567-8");
  armms_record_free (&armms_employee_type, read);

  armms_test_database_exec (agency.database, "update hr_core.employees as e set sss_no_sealed = o.sss_no_sealed from hr_core.employees as o where o.employee_no = 'G-1' and e.employee_no = 'G-2'");
  work = begin (&agency, "hr_core");
  g_assert_null (armms_hr_load_employee (work, &second->employee_id, &moved));
  g_assert_cmpstr (armms_error_get_code (moved), ==, "crypto.broken_seal");
  armms_work_free (work);
  armms_record_free (&armms_employee_type, first);
  armms_record_free (&armms_employee_type, second);
  agency_tear_down (&agency);
}

static void
test_other_tenant (void)
{
  Agency agency;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) all = NULL, detachments = NULL;
  ArmmsEmployee *employee;
  ArmmsWork *work;

  agency_set_up (&agency, rooms);
  employee = add_employee (&agency, "G-1", "2025-01-01");
  agency.actor.tenant_id = armms_id_new ();
  work = begin (&agency, "hr_core");
  all = armms_hr_load_employees (work, &employee->employee_id, 1, NULL);
  g_assert_cmpuint (all->len, ==, 0);
  detachments = armms_hr_load_detachments (work, NULL);
  g_assert_cmpuint (detachments->len, ==, 0);
  g_assert_null (armms_hr_load_employee (work, &employee->employee_id, &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_NOT_FOUND);
  g_assert_cmpstr (armms_error_get_code (error), ==, "employee.unknown");
  armms_work_free (work);
  armms_record_free (&armms_employee_type, employee);
  agency_tear_down (&agency);
}

static void
test_shift_is_fixed (void)
{
  Agency agency;
  g_autoptr(GError) error = NULL, wrong = NULL;
  g_autofree char *fields = NULL;
  ArmmsShift *before, *after;
  ArmmsWork *work;

  agency_set_up (&agency, rooms);
  work = begin (&agency, "hr_core");
  before = armms_resource_load (&armms_hr_shifts, work, &agency.day_id, &error);
  after = armms_record_copy (&armms_shift_type, before);
  after->start_minute = ARMMS_MINUTES (300);
  after->grace_in_minutes = ARMMS_MINUTES (5);
  g_assert_false (armms_resource_store (&armms_hr_shifts, work, before, after, 1, &wrong));
  fields = wrong_fields (wrong);
  g_assert_cmpstr (fields, ==, "start_minute:fixed grace_in_minutes:fixed");
  armms_record_free (&armms_shift_type, after);

  after = armms_record_copy (&armms_shift_type, before);
  g_free (after->name);
  after->name = g_strdup ("Day shift");
  g_assert_true (armms_resource_store (&armms_hr_shifts, work, before, after, 1, &error));
  g_assert_no_error (error);
  g_clear_error (&wrong);
  g_assert_false (armms_resource_store (&armms_hr_shifts, work, before, after, 1, &wrong));
  g_assert_error (wrong, ARMMS_ERROR, ARMMS_ERROR_STALE);
  armms_work_free (work);
  armms_record_free (&armms_shift_type, before);
  armms_record_free (&armms_shift_type, after);
  agency_tear_down (&agency);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hr/a set goes in and comes out", test_sets);
  g_test_add_func ("/hr/what is wrong is refused", test_refusals);
  g_test_add_func ("/hr/pay and position have a day from which they hold", test_history);
  g_test_add_func ("/hr/personal data is sealed to its row", test_sealed);
  g_test_add_func ("/hr/another tenant's people are not there", test_other_tenant);
  g_test_add_func ("/hr/the times of a shift never change", test_shift_is_fixed);
  return g_test_run ();
}
