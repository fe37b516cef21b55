/* The calendar of holidays, and the policies by which clocks are read. */
#include "server/scheduling/scheduling-private.h"

#include <string.h>

#define COLUMNS(...) (const char *const[]) { __VA_ARGS__, NULL }
#define TIME_COLUMNS "early_margin_minutes", "late_margin_minutes", "duplicate_window_minutes", "rounding_step_minutes", "rounding", \
  "longest_duty_minutes", "skew_tolerance_minutes", "pay_before_start", "pay_after_end", "day_type_of_duty", "regular_minutes", \
  "night_from_minute", "night_to_minute"

/* A policy's own hours before overtime, when it has any. */
#define SHORTEST_DAY 60

static gboolean
is_scope (const char *scope)
{
  return strcmp (scope, "national") == 0 || (g_str_has_prefix (scope, "region:") && scope[strlen ("region:")] != '\0')
         || (g_str_has_prefix (scope, "city:") && scope[strlen ("city:")] != '\0');
}

static gboolean
check_holiday (ArmmsWork *work, gconstpointer before, gpointer record, GError **error)
{
  ArmmsHoliday *holiday = record;

  armms_resource_default (&holiday->status, "ACTIVE");
  if (is_scope (holiday->scope))
    return TRUE;
  armms_error_add_field (error, "scope", "bad_format", "must be national, region:<region> or city:<city>");
  return FALSE;
}

static gboolean
tell_holidays (ArmmsWork *work, gconstpointer before, const GPtrArray *holidays, GError **error)
{
  g_autoptr(GPtrArray) events = armms_scheduling_events_new ();
  const ArmmsHoliday *was = before;

  for (guint i = 0; i < holidays->len; i++)
    {
      const ArmmsHoliday *h = holidays->pdata[i];
      ArmmsDate from = h->on_date, to = h->on_date;

      if (was != NULL && was->on_date.days < from.days)
        from = was->on_date;
      if (was != NULL && was->on_date.days > to.days)
        to = was->on_date;
      g_ptr_array_add (events, armms_scheduling_event ("armms.scheduling.HolidayChanged.v1", &armms_holiday_type, h, &h->holiday_id,
                                                       was != NULL ? was->version + 1 : 1, NULL, 0, from, to));
    }
  return armms_scheduling_tell (work, events, error);
}

const ArmmsResource armms_scheduling_holidays = {
  .type = &armms_holiday_type, .what = "holiday", .path = "/v1/holidays", .id_field = "holiday_id", .default_sort = "on_date",
  .page = "scheduling/holidays-page", .one = "scheduling/holidays-one",
  .insert = "scheduling/holidays-insert", .change = "scheduling/holidays-change",
  .filters = COLUMNS ("day_type", "scope", "status", "from", "to"),
  .columns = COLUMNS ("on_date", "name", "day_type", "scope", "source", "status"),
  .check = check_holiday, .stored = tell_holidays,
};

/* A figure that a policy does not tell is zero; where the law has one, that one holds then. */
static gboolean
check_policy (ArmmsWork *work, gconstpointer before, gpointer record, GError **error)
{
  ArmmsAttendancePolicy *policy = record;

  armms_resource_default (&policy->rounding, "NONE");
  if (policy->regular_minutes.count != 0 && policy->regular_minutes.count < SHORTEST_DAY)
    {
      armms_error_add_field (error, "regular_minutes", "out_of_range", "must be an hour at least, or 0: as the law says");
      return FALSE;
    }
  if (!armms_date_is_none (policy->valid_to) && policy->valid_to.days < policy->valid_from.days)
    {
      armms_error_add_field (error, "valid_to", "out_of_range", "must not be before the first day");
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_policy_places (ArmmsWork *work, const GPtrArray *policies, GError **error)
{
  g_autoptr(GPtrArray) detachments = armms_hr_load_detachments (work, error);

  if (detachments == NULL)
    return FALSE;
  for (guint i = 0; i < policies->len; i++)
    {
      const ArmmsAttendancePolicy *policy = policies->pdata[i];

      if (armms_id_is_nil (&policy->detachment_id) || armms_hr_find_detachment (detachments, &policy->detachment_id) != NULL)
        continue;
      armms_error_add_field (error, "detachment_id", "unknown_reference", "is not known");
      return FALSE;
    }
  return TRUE;
}

static gboolean
tell_policies (ArmmsWork *work, gconstpointer before, const GPtrArray *policies, GError **error)
{
  g_autoptr(GPtrArray) events = armms_scheduling_events_new ();
  const ArmmsAttendancePolicy *was = before;

  for (guint i = 0; i < policies->len; i++)
    {
      const ArmmsAttendancePolicy *p = policies->pdata[i];
      ArmmsDate from = p->valid_from, to = p->valid_to;

      if (was != NULL && was->valid_from.days < from.days)
        from = was->valid_from;
      if (was != NULL && !armms_date_is_none (to) && (armms_date_is_none (was->valid_to) || was->valid_to.days > to.days))
        to = was->valid_to;
      g_ptr_array_add (events, armms_scheduling_event ("armms.scheduling.AttendancePolicyChanged.v1", &armms_attendance_policy_type, p,
                                                       &p->policy_id, was != NULL ? was->version + 1 : 1, NULL, 0, from, to));
    }
  return armms_scheduling_tell (work, events, error);
}

const ArmmsResource armms_scheduling_policies = {
  .type = &armms_attendance_policy_type, .what = "policy", .path = "/v1/attendance-policies", .id_field = "policy_id", .default_sort = "code",
  .page = "scheduling/policies-page", .one = "scheduling/policies-one",
  .insert = "scheduling/policies-insert", .change = "scheduling/policies-change",
  .filters = COLUMNS ("detachment_id"),
  .columns = COLUMNS ("code", "name", "detachment_id", "valid_from", "valid_to", TIME_COLUMNS),
  .check = check_policy, .check_set = check_policy_places, .stored = tell_policies,
};

static GPtrArray *
load_between (ArmmsWork *work, const char *statement, const ArmmsRecordType *type, ArmmsDate from, ArmmsDate to, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;

  rows = armms_work_query (work, statement, armms_params_date (armms_params_date (armms_params_new (), from), to), error);
  return rows != NULL ? armms_rows_records (rows, type) : NULL;
}

GPtrArray *
armms_scheduling_load_holidays (ArmmsWork *work, ArmmsDate from, ArmmsDate to, GError **error)
{
  return load_between (work, "scheduling/holidays-between", &armms_holiday_type, from, to, error);
}

GPtrArray *
armms_scheduling_load_policies (ArmmsWork *work, ArmmsDate from, ArmmsDate to, GError **error)
{
  return load_between (work, "scheduling/policies-between", &armms_attendance_policy_type, from, to, error);
}

const ArmmsAttendancePolicy *
armms_scheduling_policy_on (const GPtrArray *policies, const ArmmsId *detachment, ArmmsDate date)
{
  const ArmmsAttendancePolicy *general = NULL;

  for (guint i = 0; i < policies->len; i++)
    {
      const ArmmsAttendancePolicy *policy = policies->pdata[i];

      if (policy->valid_from.days > date.days || (!armms_date_is_none (policy->valid_to) && policy->valid_to.days < date.days))
        continue;
      if (armms_id_is_nil (&policy->detachment_id))
        general = policy;
      else if (detachment != NULL && armms_id_equal (&policy->detachment_id, detachment))
        return policy;
    }
  return general;
}

gboolean
armms_scheduling_insert_holidays (ArmmsWork *work, const GPtrArray *holidays, GError **error)
{
  return armms_resource_insert (&armms_scheduling_holidays, work, holidays, error);
}

gboolean
armms_scheduling_insert_policies (ArmmsWork *work, const GPtrArray *policies, GError **error)
{
  return armms_resource_insert (&armms_scheduling_policies, work, policies, error);
}
