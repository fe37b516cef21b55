/* The calls of this room: decode, one use case, encode. */
#include "server/timekeeping/timekeeping-rest.h"

#include "common/wire/timekeeping/anomaly.h"
#include "common/wire/timekeeping/clock-event-verdict.h"
#include "common/wire/timekeeping/clock-event.h"
#include "common/wire/timekeeping/dtr-line.h"
#include "common/wire/timekeeping/timesheet-finding.h"
#include "server/timekeeping/adjustment.h"
#include "server/timekeeping/derive/reader.h"
#include "server/timekeeping/lists.h"
#include "server/timekeeping/timesheet.h"

#include <libsoup/soup.h>

static ArmmsReply *list_clock_events (ArmmsRequest *request, GError **error) { return armms_resource_list (&armms_timekeeping_clock_events, request, error); }
static ArmmsReply *list_time_logs (ArmmsRequest *request, GError **error) { return armms_resource_list (&armms_timekeeping_time_logs, request, error); }
static ArmmsReply *get_time_log (ArmmsRequest *request, GError **error) { return armms_resource_get (&armms_timekeeping_time_logs, request, "time-log", error); }
static ArmmsReply *list_dtr (ArmmsRequest *request, GError **error) { return armms_resource_list (&armms_timekeeping_dtr_lines, request, error); }
static ArmmsReply *list_anomalies (ArmmsRequest *request, GError **error) { return armms_resource_list (&armms_timekeeping_anomalies, request, error); }
static ArmmsReply *get_anomaly (ArmmsRequest *request, GError **error) { return armms_resource_get (&armms_timekeeping_anomalies, request, "anomaly", error); }
static ArmmsReply *list_adjustments (ArmmsRequest *request, GError **error) { return armms_resource_list (&armms_timekeeping_adjustments, request, error); }
static ArmmsReply *get_adjustment (ArmmsRequest *request, GError **error) { return armms_resource_get (&armms_timekeeping_adjustments, request, "adjustment", error); }
static ArmmsReply *list_timesheets (ArmmsRequest *request, GError **error) { return armms_resource_list (&armms_timekeeping_timesheets, request, error); }
static ArmmsReply *list_devices (ArmmsRequest *request, GError **error) { return armms_resource_list (&armms_timekeeping_devices, request, error); }
static ArmmsReply *get_device (ArmmsRequest *request, GError **error) { return armms_resource_get (&armms_timekeeping_devices, request, "device", error); }
static ArmmsReply *create_device (ArmmsRequest *request, GError **error) { return armms_resource_create (&armms_timekeeping_devices, request, error); }
static ArmmsReply *change_device (ArmmsRequest *request, GError **error) { return armms_resource_change (&armms_timekeeping_devices, request, "device", error); }

/* ---- anomalies and adjustments ---------------------------------------------------------------------------------- */

static ArmmsReply *
resolve_anomaly (ArmmsRequest *request, GError **error)
{
  const ArmmsAnomalyResolution *resolution = armms_request_get_body (request);
  ArmmsWork *work = armms_request_get_work (request);
  ArmmsParams *params;
  gint64 count = 0;
  ArmmsId id;

  if (!armms_request_get_id (request, "anomaly", &id, error))
    return NULL;
  params = armms_params_text (armms_params_text (armms_params_id (armms_params_new (), &id), resolution->action), resolution->reason);
  if (!armms_work_execute (work, "timekeeping/anomaly-resolve", params, &count, error))
    return NULL;
  /* Zero rows: unknown, and the reading answers so. */
  return armms_resource_get (&armms_timekeeping_anomalies, request, "anomaly", error);
}

/* Takes @adjustment. */
static ArmmsReply *
reply_adjustment (ArmmsAdjustment *adjustment)
{
  ArmmsReply *reply = armms_reply_new_record (SOUP_STATUS_CREATED, &armms_adjustment_type, adjustment);
  g_autofree char *id = armms_id_to_string (&adjustment->adjustment_id);
  g_autofree char *location = g_strconcat ("/v1/adjustments/", id, NULL);

  armms_reply_set_location (reply, location);
  armms_record_free (&armms_adjustment_type, adjustment);
  return reply;
}

static ArmmsReply *
adjust_time_log (ArmmsRequest *request, GError **error)
{
  ArmmsAdjustment *adjustment;
  ArmmsId id;

  if (!armms_request_get_id (request, "time-log", &id, error))
    return NULL;
  adjustment = armms_adjustment_request_for_log (armms_request_get_work (request), &id, armms_request_get_body (request), error);
  return adjustment != NULL ? reply_adjustment (adjustment) : NULL;
}

static ArmmsReply *
create_adjustment (ArmmsRequest *request, GError **error)
{
  ArmmsWork *work = armms_request_get_work (request);
  ArmmsAdjustment *wanted = armms_record_copy (&armms_adjustment_type, armms_request_get_body (request)), *stored = NULL;

  if (armms_adjustment_request (work, wanted, error))
    stored = armms_adjustment_load (work, &wanted->adjustment_id, error);
  armms_record_free (&armms_adjustment_type, wanted);
  return stored != NULL ? reply_adjustment (stored) : NULL;
}

/* ---- timesheets ------------------------------------------------------------------------------------------------- */

static ArmmsReply *
reply_timesheet (ArmmsRequest *request, const ArmmsId *id, GError **error)
{
  ArmmsTimesheet *timesheet = armms_resource_load (&armms_timekeeping_timesheets, armms_request_get_work (request), id, error);
  ArmmsReply *reply;

  if (timesheet == NULL)
    return NULL;
  reply = armms_reply_new_record (SOUP_STATUS_OK, &armms_timesheet_type, timesheet);
  armms_reply_set_version (reply, timesheet->revision);
  armms_record_free (&armms_timesheet_type, timesheet);
  return reply;
}

static ArmmsReply *
get_timesheet (ArmmsRequest *request, GError **error)
{
  ArmmsId id;

  return armms_request_get_id (request, "timesheet", &id, error) ? reply_timesheet (request, &id, error) : NULL;
}

/* What was sealed, letter for letter: its checksum is in it. */
static ArmmsReply *
get_snapshot (ArmmsRequest *request, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GBytes) bytes = NULL;
  const char *payload;
  ArmmsId id;

  if (!armms_request_get_id (request, "timesheet", &id, error))
    return NULL;
  rows = armms_work_query_one (armms_request_get_work (request), "timekeeping/snapshots-one", armms_params_id (armms_params_new (), &id),
                               "snapshot", error);
  if (rows == NULL)
    return NULL;
  payload = armms_rows_text (rows, 0, "payload");
  bytes = g_bytes_new (payload, strlen (payload));
  return armms_reply_new_bytes (SOUP_STATUS_OK, "application/json", bytes, /* file_name= */ NULL);
}

static ArmmsReply *
validate_timesheet (ArmmsRequest *request, GError **error)
{
  ArmmsTimesheetValidation *validation;
  ArmmsReply *reply;
  ArmmsId id;

  if (!armms_request_get_id (request, "timesheet", &id, error))
    return NULL;
  validation = armms_timesheet_validate (armms_request_get_work (request), &id, error);
  if (validation == NULL)
    return NULL;
  reply = armms_reply_new_record (SOUP_STATUS_OK, &armms_timesheet_validation_type, validation);
  armms_reply_set_version (reply, validation->revision);
  armms_record_free (&armms_timesheet_validation_type, validation);
  return reply;
}

/* The days of its period are closed first, in units of their own. */
static gboolean
close_period (ArmmsRequest *request, const ArmmsId *id, GError **error)
{
  ArmmsTimesheet *timesheet = armms_resource_load (&armms_timekeeping_timesheets, armms_request_get_work (request), id, error);
  gboolean closed;

  if (timesheet == NULL)
    return FALSE;
  closed = armms_timekeeping_sweep (armms_request_get_db (request), armms_request_get_actor (request), timesheet->period_from,
                                    timesheet->period_to, /* should_stop= */ NULL, /* data= */ NULL, error);
  armms_record_free (&armms_timesheet_type, timesheet);
  return closed;
}

static ArmmsReply *
finalize_timesheet (ArmmsRequest *request, GError **error)
{
  g_autoptr(GArray) left_out = armms_timesheet_left_out_new ();
  guint sealed;
  ArmmsId id;

  if (!armms_request_get_id (request, "timesheet", &id, error) || !close_period (request, &id, error)
      || !armms_timesheet_seal (armms_request_get_work (request), &id, 1, armms_request_get_version (request), left_out, &sealed, error))
    return NULL;
  if (left_out->len > 0)
    {
      const ArmmsTimesheetLeftOut *why = &g_array_index (left_out, ArmmsTimesheetLeftOut, 0);

      armms_error_set (error, ARMMS_ERROR_CONFLICT, why->code, "cannot finalise the timesheet: %s", why->message);
      return NULL;
    }
  return reply_timesheet (request, &id, error);
}

static ArmmsReply *
reopen_timesheet (ArmmsRequest *request, GError **error)
{
  const ArmmsTimesheetReopening *reopening = armms_request_get_body (request);
  ArmmsId id;

  if (!armms_request_get_id (request, "timesheet", &id, error)
      || !armms_timesheet_reopen (armms_request_get_work (request), &id, reopening->reason, error))
    return NULL;
  return reply_timesheet (request, &id, error);
}

static ArmmsReply *
finalize_timesheets (ArmmsRequest *request, GError **error)
{
  const ArmmsTimesheetSelection *selection = armms_request_get_body (request);
  g_autoptr(GString) payload = g_string_new (NULL);
  ArmmsId job_id;

  armms_record_append_json (&armms_timesheet_selection_type, selection, /* scopes= */ NULL, payload);
  if (!armms_jobs_send (armms_request_get_work (request), "timekeeping.finalize", payload->str, /* unique_key= */ NULL, &job_id, error))
    return NULL;
  return armms_reply_new_job (&job_id);
}

/* ---- the table -------------------------------------------------------------------------------------------------- */

static const ArmmsParameter days[] = {
  { "from", ARMMS_FIELD_DATE, .about = "First day" },
  { "to", ARMMS_FIELD_DATE, .about = "Last day" },
  { 0 }
};

static const ArmmsParameter oddities[] = {
  { "with_anomalies", ARMMS_FIELD_BOOLEAN, .about = "Only those with open anomalies" },
  { 0 }
};

#define SEND_EVENTS \
  { .method = "POST", .path = "/v1/clock-events", .scope = "clock-events:send", .access = ARMMS_ACCESS_NONE, \
    .flags = ARMMS_ROUTE_NO_KEY | ARMMS_ROUTE_DEVICE | ARMMS_ROUTE_RAW, .request = &armms_clock_event_type, \
    .response = &armms_clock_event_verdicts_type, .async_handler = armms_ingest_handle, \
    .summary = "Send one clock event, or an array of at most 1,000", .rate_class = ARMMS_RATE_INGEST, .max_body = 1024 * 1024 }
#define LIST(path_, type_, handler_, summary_, parameters_) \
  { .method = "GET", .path = path_, .scope = "timekeeping:read", .access = ARMMS_ACCESS_READ, .flags = ARMMS_ROUTE_LIST, .response = type_, \
    .handler = handler_, .summary = summary_, .parameters = parameters_ }
#define GET(path_, type_, handler_, summary_) \
  { .method = "GET", .path = path_, .scope = "timekeeping:read", .access = ARMMS_ACCESS_READ, .response = type_, .handler = handler_, \
    .summary = summary_ }
#define POST(path_, scope_, request_, response_, handler_, summary_, ...) \
  { .method = "POST", .path = path_, .scope = scope_, .access = ARMMS_ACCESS_WRITE, .request = request_, .response = response_, \
    .handler = handler_, .summary = summary_, __VA_ARGS__ }

const ArmmsRoute armms_ingest_routes[] = { SEND_EVENTS, { 0 } };

const ArmmsRoute armms_timekeeping_routes[] = {
  SEND_EVENTS,
  LIST ("/v1/clock-events", &armms_clock_event_type, list_clock_events, "Clock events as they came", days),
  LIST ("/v1/time-logs", &armms_time_log_type, list_time_logs, "Clock events with what they mean", days),
  GET ("/v1/time-logs/{time-log}", &armms_time_log_type, get_time_log, "One time log"),
  POST ("/v1/time-logs/{time-log}/adjust", "timekeeping:adjust", &armms_time_log_change_type, &armms_adjustment_type, adjust_time_log,
        "Ask for a time log to be corrected or voided"),
  LIST ("/v1/dtr", &armms_dtr_line_type, list_dtr, "The daily time record", days),
  LIST ("/v1/anomalies", &armms_anomaly_type, list_anomalies, "What is odd, and what was decided about it", days),
  GET ("/v1/anomalies/{anomaly}", &armms_anomaly_type, get_anomaly, "One anomaly"),
  POST ("/v1/anomalies/{anomaly}/resolve", "timekeeping:resolve", &armms_anomaly_resolution_type, &armms_anomaly_type, resolve_anomaly,
        "Decide about an anomaly"),
  LIST ("/v1/adjustments", &armms_adjustment_type, list_adjustments, "Adjustments, asked for and decided", days),
  GET ("/v1/adjustments/{adjustment}", &armms_adjustment_type, get_adjustment, "One adjustment"),
  POST ("/v1/adjustments", "timekeeping:adjust", &armms_adjustment_type, &armms_adjustment_type, create_adjustment,
        "Ask for a missed punch, a leave or a break worked through to be added"),
  LIST ("/v1/timesheets", &armms_timesheet_type, list_timesheets, "Timesheets", oddities),
  POST ("/v1/timesheets/finalize", "timekeeping:finalize", &armms_timesheet_selection_type, NULL, finalize_timesheets,
        "Finalise the timesheets of a period, as a job"),
  { .method = "GET", .path = "/v1/timesheets/{timesheet}", .scope = "timekeeping:read", .access = ARMMS_ACCESS_READ,
    .flags = ARMMS_ROUTE_VERSIONED, .response = &armms_timesheet_type, .handler = get_timesheet, .summary = "One timesheet" },
  GET ("/v1/timesheets/{timesheet}/snapshot", NULL, get_snapshot, "What was sealed, letter for letter"),
  POST ("/v1/timesheets/{timesheet}/validate", "timekeeping:validate", NULL, &armms_timesheet_validation_type, validate_timesheet,
        "Look whether a timesheet can be finalised"),
  POST ("/v1/timesheets/{timesheet}/finalize", "timekeeping:finalize", NULL, &armms_timesheet_type, finalize_timesheet,
        "Finalise one timesheet as it was read", .flags = ARMMS_ROUTE_VERSIONED),
  POST ("/v1/timesheets/{timesheet}/reopen", "timekeeping:finalize", &armms_timesheet_reopening_type, &armms_timesheet_type, reopen_timesheet,
        "Open a finalised timesheet again: its next version"),
  LIST ("/v1/devices", &armms_device_type, list_devices, "Devices", NULL),
  { .method = "GET", .path = "/v1/devices/{device}", .scope = "timekeeping:read", .access = ARMMS_ACCESS_READ, .flags = ARMMS_ROUTE_VERSIONED,
    .response = &armms_device_type, .handler = get_device, .summary = "One device" },
  POST ("/v1/devices", "admin:devices", &armms_device_type, &armms_device_type, create_device, "Register a device"),
  { .method = "PATCH", .path = "/v1/devices/{device}", .scope = "admin:devices", .access = ARMMS_ACCESS_WRITE, .flags = ARMMS_ROUTE_VERSIONED,
    .request = &armms_device_type, .response = &armms_device_type, .handler = change_device, .summary = "Change a device",
    .decode = ARMMS_DECODE_CHANGE },
  { 0 }
};
