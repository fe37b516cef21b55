/* Clients, departments, detachments, positions, shifts: what is checked, loaded and stored of them. */
#include "server/hr/hr-private.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS(...) (const char *const[]) { __VA_ARGS__, NULL }

static gboolean
check_client (ArmmsWork *work, gconstpointer before, gpointer record, GError **error)
{
  ArmmsClientCompany *client = record;

  armms_resource_default (&client->status, "ACTIVE");
  return TRUE;
}

static gboolean
check_department (ArmmsWork *work, gconstpointer before, gpointer record, GError **error)
{
  ArmmsDepartment *department = record;

  armms_resource_default (&department->status, "ACTIVE");
  return TRUE;
}

static gboolean
check_detachment (ArmmsWork *work, gconstpointer before, gpointer record, GError **error)
{
  ArmmsDetachment *detachment = record;

  armms_resource_default (&detachment->kind, "SITE");
  armms_resource_default (&detachment->meal_break, "SHIFT");
  armms_resource_default (&detachment->status, "ACTIVE");
  if (!armms_date_is_none (detachment->opened_on) && !armms_date_is_none (detachment->closed_on)
      && detachment->closed_on.days < detachment->opened_on.days)
    {
      armms_error_add_field (error, "closed_on", "out_of_range", "must not be before it was opened");
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_position (ArmmsWork *work, gconstpointer before, gpointer record, GError **error)
{
  ArmmsPosition *position = record;

  armms_resource_default (&position->kind, "FIELD");
  armms_resource_default (&position->status, "ACTIVE");
  return TRUE;
}

/* What was worked on a shift would change with it: name and status are all that may. */
static gboolean
check_shift_unchanged (const ArmmsShift *before, const ArmmsShift *shift, GError **error)
{
  static const char *const fixed[] = { "code", "start_minute", "end_minute", "break_mode", "break_minutes", "break_start_minute",
                                       "grace_in_minutes", "grace_out_minutes" };
  gboolean good = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    {
      const ArmmsField *field = armms_record_type_find (&armms_shift_type, fixed[i]);
      g_autofree char *was = armms_field_to_display (field, before);
      g_autofree char *is = armms_field_to_display (field, shift);

      if (strcmp (was, is) == 0)
        continue;
      armms_error_add_field (error, field->name, "fixed", "never changes once the shift is made: make another shift");
      good = FALSE;
    }
  return good;
}

static gboolean
check_shift (ArmmsWork *work, gconstpointer before, gpointer record, GError **error)
{
  ArmmsShift *shift = record;
  gint32 start = shift->start_minute.count, end = shift->end_minute.count, break_start = shift->break_start_minute.count;
  gboolean good = TRUE;

  armms_resource_default (&shift->break_mode, "PAID");
  armms_resource_default (&shift->status, "ACTIVE");
  if (before != NULL)
    return check_shift_unchanged (before, shift, error);
  if (end <= start || end - start > ARMMS_MINUTES_PER_DAY)
    {
      armms_error_add_field (error, "end_minute", "out_of_range",
                             "must be after the start, at most a day: add 1440 when the shift ends on the next day");
      good = FALSE;
    }
  if (break_start != 0 && (break_start < start || break_start + shift->break_minutes.count > end))
    {
      armms_error_add_field (error, "break_start_minute", "out_of_range", "must lie within the shift");
      good = FALSE;
    }
  return good;
}

const ArmmsResource armms_hr_clients = {
  .type = &armms_client_company_type, .what = "client", .path = "/v1/clients", .id_field = "client_id", .default_sort = "code",
  .page = "hr/clients-page", .one = "hr/clients-one", .insert = "hr/clients-insert", .change = "hr/clients-change",
  .filters = COLUMNS ("code", "status"),
  .columns = COLUMNS ("code", "name", "status", "contact", "address"),
  .check = check_client,
};

const ArmmsResource armms_hr_departments = {
  .type = &armms_department_type, .what = "department", .path = "/v1/departments", .id_field = "department_id", .default_sort = "code",
  .page = "hr/departments-page", .one = "hr/departments-one", .insert = "hr/departments-insert", .change = "hr/departments-change",
  .filters = COLUMNS ("code", "status"),
  .columns = COLUMNS ("code", "name", "status"),
  .check = check_department,
};

const ArmmsResource armms_hr_detachments = {
  .type = &armms_detachment_type, .what = "detachment", .path = "/v1/detachments", .id_field = "detachment_id", .default_sort = "code",
  .page = "hr/detachments-page", .one = "hr/detachments-one", .insert = "hr/detachments-insert", .change = "hr/detachments-change",
  .filters = COLUMNS ("code", "client_id", "kind", "region", "city", "status"),
  .columns = COLUMNS ("code", "name", "client_id", "kind", "region", "city", "address", "meal_break", "status", "opened_on", "closed_on"),
  .check = check_detachment,
};

const ArmmsResource armms_hr_positions = {
  .type = &armms_position_type, .what = "position", .path = "/v1/positions", .id_field = "position_id", .default_sort = "code",
  .page = "hr/positions-page", .one = "hr/positions-one", .insert = "hr/positions-insert", .change = "hr/positions-change",
  .filters = COLUMNS ("code", "kind", "status"),
  .columns = COLUMNS ("code", "name", "kind", "rank", "exempt", "status"),
  .check = check_position,
};

const ArmmsResource armms_hr_shifts = {
  .type = &armms_shift_type, .what = "shift", .path = "/v1/shifts", .id_field = "shift_id", .default_sort = "code",
  .page = "hr/shifts-page", .one = "hr/shifts-one", .insert = "hr/shifts-insert", .change = "hr/shifts-change",
  .filters = COLUMNS ("code", "status"),
  .columns = COLUMNS ("code", "name", "start_minute", "end_minute", "break_mode", "break_minutes", "break_start_minute",
                      "grace_in_minutes", "grace_out_minutes", "status"),
  .change_columns = COLUMNS ("name", "status"),
  .check = check_shift,
};

static GPtrArray *
load_all (ArmmsWork *work, const char *statement, const ArmmsRecordType *type, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, statement, /* params= */ NULL, error);

  return rows != NULL ? armms_rows_records (rows, type) : NULL;
}

GPtrArray *
armms_hr_load_clients (ArmmsWork *work, GError **error)
{
  return load_all (work, "hr/clients-all", &armms_client_company_type, error);
}

GPtrArray *
armms_hr_load_departments (ArmmsWork *work, GError **error)
{
  return load_all (work, "hr/departments-all", &armms_department_type, error);
}

GPtrArray *
armms_hr_load_detachments (ArmmsWork *work, GError **error)
{
  return load_all (work, "hr/detachments-all", &armms_detachment_type, error);
}

GPtrArray *
armms_hr_load_positions (ArmmsWork *work, GError **error)
{
  return load_all (work, "hr/positions-all", &armms_position_type, error);
}

GPtrArray *
armms_hr_load_shifts (ArmmsWork *work, GError **error)
{
  return load_all (work, "hr/shifts-all", &armms_shift_type, error);
}

/* The id is the first member of every record that is looked up. */
static int
compare_id (gconstpointer key, gconstpointer element)
{
  return armms_id_compare (key, *(const ArmmsId *const *) element);
}

static gconstpointer
find (const GPtrArray *records, const ArmmsId *id)
{
  gconstpointer *found;

  if (records == NULL || records->len == 0 || id == NULL)
    return NULL;
  found = bsearch (id, records->pdata, records->len, sizeof (gpointer), compare_id);
  return found != NULL ? *found : NULL;
}

G_STATIC_ASSERT (G_STRUCT_OFFSET (ArmmsEmployee, employee_id) == 0);
G_STATIC_ASSERT (G_STRUCT_OFFSET (ArmmsDetachment, detachment_id) == 0);
G_STATIC_ASSERT (G_STRUCT_OFFSET (ArmmsPosition, position_id) == 0);
G_STATIC_ASSERT (G_STRUCT_OFFSET (ArmmsShift, shift_id) == 0);

const ArmmsEmployee *
armms_hr_find_employee (const GPtrArray *employees, const ArmmsId *id)
{
  return find (employees, id);
}

const ArmmsDetachment *
armms_hr_find_detachment (const GPtrArray *detachments, const ArmmsId *id)
{
  return find (detachments, id);
}

const ArmmsPosition *
armms_hr_find_position (const GPtrArray *positions, const ArmmsId *id)
{
  return find (positions, id);
}

const ArmmsShift *
armms_hr_find_shift (const GPtrArray *shifts, const ArmmsId *id)
{
  return find (shifts, id);
}

gboolean
armms_hr_insert_clients (ArmmsWork *work, const GPtrArray *clients, GError **error)
{
  return armms_resource_insert (&armms_hr_clients, work, clients, error);
}

gboolean
armms_hr_insert_departments (ArmmsWork *work, const GPtrArray *departments, GError **error)
{
  return armms_resource_insert (&armms_hr_departments, work, departments, error);
}

gboolean
armms_hr_insert_detachments (ArmmsWork *work, const GPtrArray *detachments, GError **error)
{
  return armms_resource_insert (&armms_hr_detachments, work, detachments, error);
}

gboolean
armms_hr_insert_positions (ArmmsWork *work, const GPtrArray *positions, GError **error)
{
  return armms_resource_insert (&armms_hr_positions, work, positions, error);
}

gboolean
armms_hr_insert_shifts (ArmmsWork *work, const GPtrArray *shifts, GError **error)
{
  return armms_resource_insert (&armms_hr_shifts, work, shifts, error);
}
