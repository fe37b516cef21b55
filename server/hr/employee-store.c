/* Employees and employments as rows. Sealed columns are made and opened in employee-seal.c. */
#include "server/hr/employee-seal.h"
#include "server/hr/hr-private.h"

static GPtrArray *
load (ArmmsWork *work, const char *statement, ArmmsParams *params, const ArmmsRecordType *type, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, statement, params, error);

  return rows != NULL ? armms_rows_records (rows, type) : NULL;
}

GPtrArray *
armms_hr_load_employees (ArmmsWork *work, const ArmmsId *ids, gsize n, GError **error)
{
  if (n == 0)
    return load (work, "hr/employees-load-all", /* params= */ NULL, &armms_employee_type, error);
  return load (work, "hr/employees-load", armms_params_ids (armms_params_new (), ids, n), &armms_employee_type, error);
}

GArray *
armms_hr_load_employment_days (ArmmsWork *work, const ArmmsId *ids, gsize n, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "hr/employment-days-load", armms_params_ids (armms_params_new (), ids, n), error);
  GArray *days;

  if (rows == NULL)
    return NULL;
  days = g_array_sized_new (FALSE, FALSE, sizeof (ArmmsEmploymentDays), armms_rows_count (rows));
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsEmploymentDays one = { armms_rows_id (rows, i, "employee_id"), armms_rows_date (rows, i, "hired_on"),
                                  armms_rows_date (rows, i, "separated_on") };

      g_array_append_val (days, one);
    }
  return days;
}

GPtrArray *
armms_hr_load_employees_by_no (ArmmsWork *work, const char *const *employee_nos, gsize n, GError **error)
{
  return load (work, "hr/employees-by-no", armms_params_texts (armms_params_new (), employee_nos, n), &armms_employee_type, error);
}

GPtrArray *
armms_hr_load_employments (ArmmsWork *work, const ArmmsId *ids, gsize n, ArmmsDate from, ArmmsDate to, GError **error)
{
  ArmmsParams *params = armms_params_new ();

  if (n > 0)
    armms_params_ids (params, ids, n);
  armms_params_date (armms_params_date (params, from), to);
  return load (work, n > 0 ? "hr/employments-load" : "hr/employments-load-all", params, &armms_employment_type, error);
}

GArray *
armms_hr_search_employees (ArmmsWork *work, const char *words, guint limit, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  GArray *ids;

  rows = armms_work_query (work, "hr/employees-search", armms_params_integer (armms_params_text (armms_params_new (), words), limit), error);
  if (rows == NULL)
    return NULL;
  ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId id = armms_rows_id (rows, i, "employee_id");
      g_array_append_val (ids, id);
    }
  return ids;
}

ArmmsEmployee *
armms_hr_store_read_employee (ArmmsWork *work, const ArmmsId *employee_id, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsEmployee *employee;

  rows = armms_work_query_one (work, "hr/employee-one", armms_params_id (armms_params_new (), employee_id), "employee", error);
  if (rows == NULL)
    return NULL;
  employee = armms_rows_record (rows, 0, &armms_employee_type);
  if (armms_hr_open_sealed (work, rows, employee, error))
    return employee;
  armms_record_free (&armms_employee_type, employee);
  return NULL;
}

static ArmmsParams *
bind_sealed_columns (ArmmsParams *params, const GPtrArray *sealed)
{
  g_autofree GBytes **column = g_new (GBytes *, sealed->len);

  for (guint c = 0; c < ARMMS_HR_SEALED_COLUMNS; c++)
    {
      for (guint i = 0; i < sealed->len; i++)
        column[i] = ((const ArmmsSealedEmployee *) sealed->pdata[i])->columns[c];
      armms_params_bytes_array (params, column, sealed->len);
    }
  return params;
}

static gboolean
insert_employments (ArmmsWork *work, const GPtrArray *employees, ArmmsDate valid_to, GError **error)
{
  guint n = employees->len;
  g_autofree ArmmsId *ids = g_new (ArmmsId, n);
  g_autofree ArmmsDate *ends = g_new (ArmmsDate, n);
  ArmmsParams *params = armms_params_new ();

  for (guint i = 0; i < n; i++)
    {
      ids[i] = armms_id_new ();
      ends[i] = valid_to;
    }
  armms_params_ids (params, ids, n);
  armms_params_columns (params, &armms_employee_type, employees, "employee_id", "effective_on", NULL);
  armms_params_dates (params, ends, n);
  armms_params_columns (params, &armms_employee_type, employees, "position_id", "department_id", "pay_basis", "monthly_rate",
                        "minimum_wage_earner", NULL);
  return armms_work_execute (work, "hr/employments-insert", params, /* ret_count= */ NULL, error);
}

gboolean
armms_hr_store_insert_employees (ArmmsWork *work, const GPtrArray *employees, GError **error)
{
  g_autoptr(GPtrArray) sealed = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_sealed_employee_free);
  ArmmsParams *params;

  for (guint i = 0; i < employees->len; i++)
    {
      ArmmsSealedEmployee *one = armms_hr_seal (work, employees->pdata[i], error);

      if (one == NULL)
        return FALSE;
      g_ptr_array_add (sealed, one);
    }
  params = armms_params_columns (armms_params_new (), &armms_employee_type, employees, "employee_id", "employee_no", "family_name", "given_name",
                                 "middle_name", "status", "hired_on", "separated_on", "email", "phone", NULL);
  return armms_work_execute (work, "hr/employees-insert", bind_sealed_columns (params, sealed), /* ret_count= */ NULL, error)
         && insert_employments (work, employees, ARMMS_DATE_NONE, error);
}

gboolean
armms_hr_store_change_employee (ArmmsWork *work, const ArmmsEmployee *employee, gint64 version, gboolean *ret_stale, GError **error)
{
  ArmmsSealedEmployee *sealed = armms_hr_seal (work, employee, error);
  ArmmsParams *params;
  gint64 touched = 0;

  if (sealed == NULL)
    return FALSE;
  params = armms_params_integer (armms_params_id (armms_params_new (), &employee->employee_id), version);
  armms_params_record (params, &armms_employee_type, employee, "employee_no", "family_name", "given_name", "middle_name", "status",
                       "hired_on", "separated_on", "email", "phone", NULL);
  for (guint c = 0; c < ARMMS_HR_SEALED_COLUMNS; c++)
    armms_params_bytes (params, sealed->columns[c]);
  armms_sealed_employee_free (sealed);
  if (!armms_work_execute (work, "hr/employee-change", params, &touched, error))
    return FALSE;
  *ret_stale = touched == 0;
  return TRUE;
}

gboolean
armms_hr_store_employ (ArmmsWork *work, const ArmmsEmployee *employee, GError **error)
{
  g_autoptr(GPtrArray) one = g_ptr_array_new ();
  g_autoptr(ArmmsRows) cut = NULL;
  ArmmsParams *params;
  gint64 touched = 0;

  params = armms_params_date (armms_params_id (armms_params_new (), &employee->employee_id), employee->effective_on);
  armms_params_record (params, &armms_employee_type, employee, "position_id", "department_id", "pay_basis", "monthly_rate",
                       "minimum_wage_earner", NULL);
  if (!armms_work_execute (work, "hr/employment-change", params, &touched, error))
    return FALSE;
  if (touched > 0)
    return TRUE;

  params = armms_params_date (armms_params_id (armms_params_new (), &employee->employee_id), employee->effective_on);
  cut = armms_work_query (work, "hr/employment-cut", params, error);
  if (cut == NULL)
    return FALSE;
  if (armms_rows_count (cut) == 0)
    {
      armms_error_add_field (error, "effective_on", "out_of_range", "must not be before the first employment");
      return FALSE;
    }
  g_ptr_array_add (one, (gpointer) employee);
  return insert_employments (work, one, armms_rows_date (cut, 0, "valid_to"), error);
}
