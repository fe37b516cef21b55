#include "server/timekeeping/adjustment.h"

#include "server/approvals/approvals.h"
#include "server/platform/outbox/outbox.h"
#include "server/timekeeping/derive/reader.h"

#define DAY_US (ARMMS_MINUTES_PER_DAY * ARMMS_US_PER_MINUTE)

ArmmsAdjustment *
armms_adjustment_load (ArmmsWork *work, const ArmmsId *adjustment_id, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query_one (work, "timekeeping/adjustments-one", armms_params_id (armms_params_new (), adjustment_id),
                                                    "adjustment", error);

  return rows != NULL ? armms_rows_record (rows, 0, &armms_adjustment_type) : NULL;
}

/* Of a correction or a voiding: whose event it is, and when. */
static gboolean
find_log (ArmmsWork *work, ArmmsAdjustment *adjustment, ArmmsInstant *ret_event_ts, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;

  *ret_event_ts = ARMMS_INSTANT_NONE;
  if (armms_id_is_nil (&adjustment->time_log_id))
    return TRUE;
  rows = armms_work_query_one (work, "timekeeping/time-logs-one", armms_params_id (armms_params_new (), &adjustment->time_log_id), "time_log", error);
  if (rows == NULL)
    return FALSE;
  *ret_event_ts = armms_rows_instant (rows, 0, "ts");
  adjustment->employee_id = armms_rows_id (rows, 0, "employee_id");
  return TRUE;
}

static gboolean
is_kind (const ArmmsAdjustment *adjustment, const char *kind)
{
  return g_str_equal (adjustment->kind, kind);
}

static gboolean
check (const ArmmsAdjustment *adjustment, ArmmsInstant event_ts, GError **error)
{
  g_autoptr(GError) wrong = NULL;

  if ((is_kind (adjustment, "correct") || is_kind (adjustment, "void")) && armms_instant_is_none (event_ts))
    armms_error_add_field (&wrong, "time_log_id", "required", "which time log is to be changed?");
  if (armms_id_is_nil (&adjustment->employee_id))
    armms_error_add_field (&wrong, "employee_id", "required", "whose is it? an event of nobody cannot be adjusted");
  if (is_kind (adjustment, "add") && (armms_instant_is_none (adjustment->ts) || adjustment->type == NULL))
    armms_error_add_field (&wrong, armms_instant_is_none (adjustment->ts) ? "ts" : "type", "required", "a missed punch needs its time and its type");
  if (is_kind (adjustment, "correct") && armms_instant_is_none (adjustment->ts) && adjustment->type == NULL
      && armms_id_is_nil (&adjustment->detachment_id))
    armms_error_add_field (&wrong, "ts", "required", "what shall count instead: another time, type or detachment?");
  if (is_kind (adjustment, "correct") && !armms_instant_is_none (adjustment->ts) && !armms_instant_is_none (event_ts)
      && ABS (adjustment->ts.us - event_ts.us) > DAY_US)
    armms_error_add_field (&wrong, "ts", "out_of_range", "at most a day from the clock event: void it and add another one instead");
  if (wrong == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&wrong));
  return FALSE;
}

/* The day it is told under: of the instant that shall count, else of the event; that of a duty is named. */
static gboolean
settle_day (ArmmsWork *work, ArmmsAdjustment *adjustment, ArmmsInstant event_ts, GError **error)
{
  ArmmsTimekeepingSettings settings;

  if (is_kind (adjustment, "leave") || is_kind (adjustment, "break_worked"))
    return TRUE;
  if (!armms_timekeeping_settings_load (work, &settings, error))
    return FALSE;
  adjustment->duty_date = armms_zone_date (settings.zone, armms_instant_is_none (adjustment->ts) ? event_ts : adjustment->ts);
  return TRUE;
}

static gboolean
ask (ArmmsWork *work, const ArmmsAdjustment *adjustment, GError **error)
{
  GString *change = g_string_new ("{\"after\":");
  g_autofree char *json = NULL;
  ArmmsId request_id;

  armms_record_append_json (&armms_adjustment_type, adjustment, /* scopes= */ NULL, change);
  g_string_append_c (change, '}');
  json = g_string_free (change, FALSE);
  return armms_approvals_request (work, ARMMS_ADJUSTMENT_SUBJECT, &adjustment->adjustment_id, json, adjustment->reason, &request_id, error)
         && armms_work_execute (work, "timekeeping/adjustment-ask",
                                armms_params_id (armms_params_id (armms_params_new (), &adjustment->adjustment_id), &request_id),
                                /* ret_count= */ NULL, error);
}

gboolean
armms_adjustment_request (ArmmsWork *work, ArmmsAdjustment *adjustment, GError **error)
{
  ArmmsInstant event_ts;
  ArmmsParams *params;

  if (!find_log (work, adjustment, &event_ts, error) || !check (adjustment, event_ts, error) || !settle_day (work, adjustment, event_ts, error))
    return FALSE;
  adjustment->adjustment_id = armms_id_new ();
  params = armms_params_id (armms_params_id (armms_params_new (), &adjustment->adjustment_id), &adjustment->employee_id);
  armms_params_text (armms_params_date (params, adjustment->duty_date), adjustment->kind);
  armms_params_instant (armms_params_instant (armms_params_id (params, &adjustment->time_log_id), event_ts), adjustment->ts);
  armms_params_id (armms_params_text (params, adjustment->type), &adjustment->detachment_id);
  armms_params_integer (armms_params_boolean (params, adjustment->paid), adjustment->minutes.count);
  armms_params_text (params, adjustment->reason);
  return armms_work_execute (work, "timekeeping/adjustment-insert", params, /* ret_count= */ NULL, error) && ask (work, adjustment, error);
}

ArmmsAdjustment *
armms_adjustment_request_for_log (ArmmsWork *work, const ArmmsId *time_log_id, const ArmmsTimeLogChange *change, GError **error)
{
  ArmmsAdjustment *adjustment = armms_record_new (&armms_adjustment_type);

  adjustment->kind = g_strdup (change->action);
  adjustment->time_log_id = *time_log_id;
  adjustment->reason = g_strdup (change->reason);
  if (g_str_equal (change->action, "correct"))
    {
      adjustment->ts = change->ts;
      adjustment->type = g_strdup (change->type);
      adjustment->detachment_id = change->detachment_id;
    }
  if (armms_adjustment_request (work, adjustment, error))
    {
      ArmmsId id = adjustment->adjustment_id;

      armms_record_free (&armms_adjustment_type, adjustment);
      return armms_adjustment_load (work, &id, error);
    }
  armms_record_free (&armms_adjustment_type, adjustment);
  return NULL;
}

/* ---- decided ---------------------------------------------------------------------------------------------------- */

static void
add_instant (GArray *touches, const ArmmsId *employee_id, ArmmsInstant at)
{
  ArmmsTouch touch = { .employee_id = *employee_id, .at = at };

  if (!armms_instant_is_none (at))
    g_array_append_val (touches, touch);
}

static gboolean
judge_again (ArmmsWork *work, const ArmmsId *adjustment_id, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query_one (work, "timekeeping/adjustments-one", armms_params_id (armms_params_new (), adjustment_id),
                                                    "adjustment", error);
  g_autoptr(GArray) touches = g_array_new (FALSE, TRUE, sizeof (ArmmsTouch));
  ArmmsDeriveFigures figures = { 0 };
  ArmmsTouch day = { .at = ARMMS_INSTANT_NONE };

  if (rows == NULL)
    return FALSE;
  day.employee_id = armms_rows_id (rows, 0, "employee_id");
  day.from = day.to = armms_rows_date (rows, 0, "duty_date");
  g_array_append_val (touches, day);
  add_instant (touches, &day.employee_id, armms_rows_instant (rows, 0, "event_ts"));
  add_instant (touches, &day.employee_id, armms_rows_instant (rows, 0, "ts"));
  return armms_derive_touched (work, touches, ARMMS_DERIVE_WRITE, &figures, error);
}

static gboolean
tell_adjusted (ArmmsWork *work, const ArmmsId *adjustment_id, const char *change_json, GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);

  g_ptr_array_add (events, armms_event_new ("armms.timekeeping.TimeLogAdjusted.v1", "adjustment", adjustment_id, 1, adjustment_id,
                                            g_strdup (change_json)));
  return armms_outbox_append (work, "timekeeping", events, error);
}

static gboolean
decide (ArmmsWork *work, const ArmmsId *adjustment_id, const char *state, GError **error)
{
  gint64 count = 0;

  if (!armms_work_execute (work, "timekeeping/adjustment-decide",
                           armms_params_text (armms_params_id (armms_params_new (), adjustment_id), state), &count, error))
    return FALSE;
  if (count == 1)
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_CONFLICT, "adjustment.decided", "the adjustment has been decided already");
  return FALSE;
}

static gboolean
on_approved (ArmmsWork *work, const ArmmsId *adjustment_id, const char *change_json, GError **error)
{
  return decide (work, adjustment_id, "APPROVED", error) && judge_again (work, adjustment_id, error)
         && tell_adjusted (work, adjustment_id, change_json, error);
}

static gboolean
on_rejected (ArmmsWork *work, const ArmmsId *adjustment_id, const char *change_json, const char *reason, GError **error)
{
  return decide (work, adjustment_id, "REJECTED", error);
}

const ArmmsApprovalSubject armms_adjustment_subjects[] = {
  { .subject = ARMMS_ADJUSTMENT_SUBJECT, .request_scope = "timekeeping:adjust", .approve_scope = "timekeeping:approve",
    .on_approved = on_approved, .on_rejected = on_rejected },
  { 0 }
};
