/* A handful of people and places to test with, in a database of their own. */
#pragma once

#include "server/hr/hr.h"
#include "tests/support/test-database.h"

typedef struct {
  ArmmsTestDatabase *database;
  ArmmsDb *db;
  ArmmsActor actor;
  ArmmsId client_id, site_id, office_id, guard_id, clerk_id, day_id, night_id, office_shift_id;
} Agency;

static inline ArmmsDate
day (const char *text)
{
  ArmmsDate date = ARMMS_DATE_NONE;

  g_assert_true (armms_date_parse (text, &date));
  return date;
}

static inline ArmmsInstant
at (const char *text)
{
  ArmmsInstant instant = ARMMS_INSTANT_NONE;

  g_assert_true (armms_instant_parse (text, &instant));
  return instant;
}

/* A Friday some weeks from now: what is planned lies ahead, and no test hangs on today's date. */
static inline ArmmsDate
friday (int weeks)
{
  ArmmsDate date = { (gint32) (g_get_real_time () / G_TIME_SPAN_DAY) + 7 * weeks };

  while (armms_date_weekday (date) != 5)
    date.days++;
  return date;
}

static inline ArmmsWork *
begin (Agency *agency, const char *schema)
{
  g_autoptr(GError) error = NULL;
  ArmmsWork *work = armms_work_begin (agency->db, schema, ARMMS_WORK_WRITE, &agency->actor, &error);

  g_assert_no_error (error);
  return work;
}

static inline void
commit (ArmmsWork *work)
{
  g_autoptr(GError) error = NULL;

  if (!armms_work_commit (work, &error))
    g_error ("commit: %s", error->message);
  armms_work_free (work);
}

static inline ArmmsEmployee *
new_employee (const char *no, const char *family, const char *hired_on)
{
  ArmmsEmployee *employee = armms_record_new (&armms_employee_type);

  employee->employee_id = armms_id_new ();
  employee->employee_no = g_strdup (no);
  employee->family_name = g_strdup (family);
  employee->given_name = g_strdup ("Juan");
  employee->hired_on = day (hired_on);
  return employee;
}

static inline ArmmsShift *
new_shift (ArmmsId id, const char *code, int start, int end)
{
  ArmmsShift *shift = armms_record_new (&armms_shift_type);

  shift->shift_id = id;
  shift->code = g_strdup (code);
  shift->name = g_strdup (code);
  shift->start_minute = ARMMS_MINUTES (start);
  shift->end_minute = ARMMS_MINUTES (end);
  return shift;
}

static inline ArmmsDetachment *
new_detachment (ArmmsId id, ArmmsId client_id, const char *code, const char *region, const char *city)
{
  ArmmsDetachment *detachment = armms_record_new (&armms_detachment_type);

  detachment->detachment_id = id;
  detachment->client_id = client_id;
  detachment->code = g_strdup (code);
  detachment->name = g_strdup (code);
  detachment->region = g_strdup (region);
  detachment->city = g_strdup (city);
  return detachment;
}

static inline ArmmsPosition *
new_position (ArmmsId id, const char *code)
{
  ArmmsPosition *position = armms_record_new (&armms_position_type);

  position->position_id = id;
  position->code = g_strdup (code);
  position->name = g_strdup (code);
  return position;
}

static inline void
fill_agency (Agency *agency)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) clients = armms_records_new (&armms_client_company_type);
  g_autoptr(GPtrArray) detachments = armms_records_new (&armms_detachment_type);
  g_autoptr(GPtrArray) positions = armms_records_new (&armms_position_type);
  g_autoptr(GPtrArray) shifts = armms_records_new (&armms_shift_type);
  ArmmsClientCompany *client = armms_record_new (&armms_client_company_type);
  ArmmsShift *office = new_shift (agency->office_shift_id, "OFFICE", 480, 1020);
  ArmmsWork *work = begin (agency, "hr_core");

  client->client_id = agency->client_id;
  client->code = g_strdup ("ACME");
  client->name = g_strdup ("Acme Malls");
  g_ptr_array_add (clients, client);
  g_ptr_array_add (detachments, new_detachment (agency->site_id, agency->client_id, "MALL", "NCR", "Manila"));
  g_ptr_array_add (detachments, new_detachment (agency->office_id, agency->client_id, "HQ", "VII", "Cebu City"));
  g_ptr_array_add (positions, new_position (agency->guard_id, "GUARD"));
  g_ptr_array_add (positions, new_position (agency->clerk_id, "CLERK"));
  g_ptr_array_add (shifts, new_shift (agency->day_id, "DAY", 360, 1080));
  g_ptr_array_add (shifts, new_shift (agency->night_id, "NIGHT", 1080, 1800));
  office->break_mode = g_strdup ("AUTO");
  office->break_minutes = ARMMS_MINUTES (60);
  office->break_start_minute = ARMMS_MINUTES (720);
  g_ptr_array_add (shifts, office);
  g_assert_true (armms_hr_insert_clients (work, clients, &error));
  g_assert_true (armms_hr_insert_detachments (work, detachments, &error));
  g_assert_true (armms_hr_insert_positions (work, positions, &error));
  g_assert_true (armms_hr_insert_shifts (work, shifts, &error));
  commit (work);
}

/* @rooms: closed by NULL. */
static inline void
agency_set_up (Agency *agency, const ArmmsRoom *const *rooms)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsConfig) config = NULL;

  *agency = (Agency) {
    .client_id = armms_id_new (), .site_id = armms_id_new (), .office_id = armms_id_new (), .guard_id = armms_id_new (),
    .clerk_id = armms_id_new (), .day_id = armms_id_new (), .night_id = armms_id_new (), .office_shift_id = armms_id_new (),
  };
  agency->database = armms_test_database_new ();
  config = armms_test_database_config (agency->database, "armms_server");
  agency->db = armms_db_new (config, FALSE, &error);
  g_assert_no_error (error);
  for (; *rooms != NULL; rooms++)
    {
      armms_db_add_statements (agency->db, (*rooms)->name, (*rooms)->schema, (*rooms)->statements);
      armms_outbox_register (agency->db, (*rooms)->schema);
    }
  agency->actor = (ArmmsActor) { .tenant_id = armms_id_new (), .user_id = armms_id_new (), .request_id = "test" };
  fill_agency (agency);
}

static inline void
agency_tear_down (Agency *agency)
{
  armms_db_free (agency->db);
  armms_test_database_free (agency->database);
}

/* "field:code" of every wrong field. (transfer full) */
static inline char *
wrong_fields (const GError *error)
{
  GString *out = g_string_new (NULL);
  GPtrArray *fields = armms_error_get_fields (error);

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    g_string_append_printf (out, "%s%s:%s", i > 0 ? " " : "", ((ArmmsFieldError *) fields->pdata[i])->field,
                            ((ArmmsFieldError *) fields->pdata[i])->code);
  return g_string_free (out, FALSE);
}
