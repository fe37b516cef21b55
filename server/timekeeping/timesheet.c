#include "server/timekeeping/timesheet.h"

#include "server/platform/outbox/outbox.h"
#include "server/rules/time/anomaly.h"
#include "server/timekeeping/derive/reader.h"

#include <json-glib/json-glib.h>

/* Sealed in one unit: what it holds of the slots it gives back soon. */
#define PORTION 300

static int
code_index (const char *code)
{
  for (int i = 0; i < ARMMS_N_ANOMALY_CODES; i++)
    if (g_str_equal (armms_anomaly_code_name ((ArmmsAnomalyCode) i), code))
      return i;
  return -1;
}

static void
add_finding (ArmmsTimesheetValidation *validation, const char *code, const char *severity, const char *message)
{
  ArmmsTimesheetFinding *finding = armms_record_new (&armms_timesheet_finding_type);

  finding->code = g_strdup (code);
  finding->severity = g_strdup (severity);
  finding->message = g_strdup (message);
  g_ptr_array_add (validation->findings, finding);
}

static gboolean
add_anomalies (ArmmsWork *work, ArmmsTimesheetValidation *validation, guint *ret_blocking, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "timekeeping/timesheet-findings",
                                                armms_params_id (armms_params_new (), &validation->timesheet_id), error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      const char *code = armms_rows_text (rows, i, "code"), *severity = armms_rows_text (rows, i, "severity");
      int index = code_index (code);
      ArmmsTimesheetFinding *finding;

      add_finding (validation, code, severity, index < 0 ? code : armms_anomaly_advice ((ArmmsAnomalyCode) index));
      finding = g_ptr_array_index (validation->findings, validation->findings->len - 1);
      finding->duty_date = armms_rows_date (rows, i, "duty_date");
      finding->anomaly_id = armms_rows_id (rows, i, "anomaly_id");
      finding->time_log_id = armms_rows_id (rows, i, "time_log_id");
      *ret_blocking += g_str_equal (severity, "blocking");
    }
  return TRUE;
}

static gboolean
add_open_days (ArmmsWork *work, ArmmsTimesheetValidation *validation, ArmmsRows *sheet, guint *ret_blocking, GError **error)
{
  ArmmsSwept swept;

  if (!armms_derive_load_swept (work, &swept, error))
    return FALSE;
  if (armms_date_is_none (swept.through) || swept.through.days < armms_rows_date (sheet, 0, "period_to").days)
    {
      add_finding (validation, "OPEN_DAY", "warning", "the last days of the period are not closed yet: absences may still be missing");
      if (armms_rows_integer (sheet, 0, "open_days") > 0)
        {
          add_finding (validation, "OPEN_DAY", "blocking", "somebody is still on duty: wait for the out, or add it");
          (*ret_blocking)++;
        }
    }
  if (armms_rows_boolean (sheet, 0, "changed_since"))
    add_finding (validation, "CHANGED", "warning", "its days have changed since it was finalised: open it again to seal them anew");
  return TRUE;
}

static gboolean
tell_validated (ArmmsWork *work, const ArmmsTimesheetValidation *validation, const ArmmsId *employee_id, GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);
  char text[ARMMS_ID_TEXT_SIZE];

  g_ptr_array_add (events, armms_event_new ("armms.timekeeping.TimesheetValidated.v1", "timesheet", &validation->timesheet_id, validation->revision,
                                            employee_id, g_strdup_printf ("{\"state\":\"%s\",\"timesheet_id\":\"%s\"}", validation->state,
                                                                          armms_id_format (&validation->timesheet_id, text))));
  return armms_outbox_append (work, "timekeeping", events, error);
}

ArmmsTimesheetValidation *
armms_timesheet_validate (ArmmsWork *work, const ArmmsId *timesheet_id, GError **error)
{
  ArmmsTimesheetValidation *validation;
  g_autoptr(ArmmsRows) sheet = NULL;
  guint blocking = 0;
  gint64 marked = 0;
  ArmmsId employee_id;

  sheet = armms_work_query (work, "timekeeping/seal-sheets", armms_params_ids (armms_params_new (), timesheet_id, 1), error);
  if (sheet == NULL)
    return NULL;
  if (armms_rows_count (sheet) == 0)
    {
      armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "timesheet.unknown", "there is no such timesheet");
      return NULL;
    }
  employee_id = armms_rows_id (sheet, 0, "employee_id");
  validation = armms_record_new (&armms_timesheet_validation_type);
  validation->timesheet_id = *timesheet_id;
  validation->findings = armms_records_new (&armms_timesheet_finding_type);
  validation->revision = armms_rows_integer (sheet, 0, "revision");
  if (!add_anomalies (work, validation, &blocking, error) || !add_open_days (work, validation, sheet, &blocking, error)
      || !armms_work_execute (work, "timekeeping/timesheet-mark",
                              armms_params_boolean (armms_params_id (armms_params_new (), timesheet_id), blocking == 0), &marked, error))
    goto failed;
  validation->revision += marked;
  validation->state = g_strdup (g_str_equal (armms_rows_text (sheet, 0, "state"), "FINALIZED") ? "FINALIZED" : blocking == 0 ? "READY" : "DRAFT");
  if (!tell_validated (work, validation, &employee_id, error))
    goto failed;
  return validation;

failed:
  armms_record_free (&armms_timesheet_validation_type, validation);
  return NULL;
}

gboolean
armms_timesheet_reopen (ArmmsWork *work, const ArmmsId *timesheet_id, const char *reason, GError **error)
{
  gint64 opened = 0;

  if (!armms_work_execute (work, "timekeeping/timesheet-reopen",
                           armms_params_text (armms_params_id (armms_params_new (), timesheet_id), reason), &opened, error))
    return FALSE;
  if (opened == 1)
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_CONFLICT, "timesheet.not_finalized", "cannot open the timesheet again: it is not finalised");
  return FALSE;
}

/* ---- in bulk, as a job ------------------------------------------------------------------------------------------ */

static ArmmsTimesheetSelection *
read_selection (ArmmsJob *job, GError **error)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), armms_job_get_payload (job));

  return armms_record_from_json (&armms_timesheet_selection_type, node, ARMMS_DECODE_ANSWER, /* path= */ NULL, error);
}

static gboolean
should_stop (gpointer job)
{
  return armms_job_should_stop (job);
}

static gboolean
find_selected (ArmmsJob *job, const ArmmsTimesheetSelection *selection, GArray *ids, GError **error)
{
  g_autoptr(ArmmsWork) work = armms_work_begin (armms_job_get_db (job), "timekeeping", ARMMS_WORK_READ_FRESH, armms_job_get_actor (job), error);
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params;

  if (work == NULL)
    return FALSE;
  params = armms_params_id (armms_params_date (armms_params_date (armms_params_new (), selection->period_from), selection->period_to),
                            &selection->detachment_id);
  if (selection->timesheet_ids == NULL)
    armms_params_null (params);
  else
    armms_params_ids (params, (const ArmmsId *) (gpointer) selection->timesheet_ids->data, selection->timesheet_ids->len);
  rows = armms_work_query (work, "timekeeping/timesheets-selected", params, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId id = armms_rows_id (rows, i, "timesheet_id");

      g_array_append_val (ids, id);
    }
  return armms_work_commit (work, error);
}

typedef struct {
  ArmmsJob *job;
  const ArmmsId *ids;
  gsize n;
  GArray *left_out;
  guint sealed;
} Portion;

static gboolean
seal_portion (ArmmsWork *work, gpointer user_data, GError **error)
{
  Portion *portion = user_data;

  g_array_set_size (portion->left_out, 0);
  return armms_job_fence (portion->job, work, error)
         && armms_timesheet_seal (work, portion->ids, portion->n, /* revision= */ 0, portion->left_out, &portion->sealed, error);
}

static gboolean
seal_all (ArmmsJob *job, const GArray *ids, guint *ret_sealed, guint *ret_left_out, GError **error)
{
  for (guint first = 0; first < ids->len; first += PORTION)
    {
      g_autoptr(GArray) left_out = armms_timesheet_left_out_new ();
      Portion portion = { .job = job, .ids = &g_array_index (ids, ArmmsId, first), .n = MIN (PORTION, ids->len - first), .left_out = left_out };

      if (armms_job_should_stop (job))
        {
          armms_error_set (error, ARMMS_ERROR_CANCELLED, "job.stopped", "finalising was stopped");
          return FALSE;
        }
      if (!armms_work_run (armms_job_get_db (job), "timekeeping", ARMMS_WORK_WRITE, armms_job_get_actor (job), seal_portion, &portion, error))
        return FALSE;
      for (guint i = 0; i < left_out->len; i++)
        {
          const ArmmsTimesheetLeftOut *one = &g_array_index (left_out, ArmmsTimesheetLeftOut, i);

          armms_job_add_problem (job, &one->timesheet_id, one->code, one->message);
        }
      *ret_sealed += portion.sealed;
      *ret_left_out += left_out->len;
      armms_job_advance (job, portion.sealed, left_out->len);
    }
  return TRUE;
}

gboolean
armms_timesheet_finalize_job (ArmmsJob *job, GError **error)
{
  ArmmsTimesheetSelection *selection = read_selection (job, error);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autofree char *result = NULL;
  guint sealed = 0, left_out = 0;
  gboolean done;

  if (selection == NULL)
    return FALSE;
  done = armms_timekeeping_sweep (armms_job_get_db (job), armms_job_get_actor (job), selection->period_from, selection->period_to, should_stop, job,
                                  error)
         && find_selected (job, selection, ids, error);
  armms_record_free (&armms_timesheet_selection_type, selection);
  if (!done)
    return FALSE;
  armms_job_set_total (job, ids->len);
  if (!seal_all (job, ids, &sealed, &left_out, error))
    return FALSE;
  result = g_strdup_printf ("{\"finalized\":%u,\"left_out\":%u}", sealed, left_out);
  armms_job_set_result (job, result);
  return TRUE;
}
