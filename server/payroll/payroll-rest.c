/* The calls of this room: decode, one use case, encode. And the room's row. */
#include "server/payroll/payroll-private.h"

#include "common/wire/payroll/journal-posting.h"
#include "server/platform/resource/resource.h"

#include <libsoup/soup.h>
#include <string.h>

/* ---- periods -------------------------------------------------------------------------------------------------- */

static const ArmmsResource periods = {
  .type = &armms_pay_period_type, .what = "pay_period", .path = "/v1/pay-periods", .id_field = "pay_period_id", .default_sort = "period_from",
  .page = "payroll/periods-page", .filters = (const char *const[]) { "period_from", "kind", "state", NULL },
};

static ArmmsReply *
list_periods (ArmmsRequest *request, GError **error)
{
  return armms_resource_list (&periods, request, error);
}

static ArmmsReply *
get_period (ArmmsRequest *request, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsPayPeriod *period;
  ArmmsReply *reply;
  ArmmsParams *params;
  ArmmsId id;

  if (!armms_request_get_id (request, "pay_period", &id, error))
    return NULL;
  params = armms_params_date (armms_params_id (armms_params_new (), &id), ARMMS_DATE_NONE);
  rows = armms_work_query_one (armms_request_get_work (request), "payroll/period-one", params, "pay_period", error);
  if (rows == NULL)
    return NULL;
  period = armms_rows_record (rows, 0, &armms_pay_period_type);
  reply = armms_reply_new_record (SOUP_STATUS_OK, &armms_pay_period_type, period);
  armms_reply_set_version (reply, period->version);
  armms_record_free (&armms_pay_period_type, period);
  return reply;
}

/* Opens the periods of the calendar that touch the days given; answers with all of those, the old ones as well. */
static ArmmsReply *
open_periods (ArmmsRequest *request, GError **error)
{
  const ArmmsPayPeriodOpening *opening = armms_request_get_body (request);
  ArmmsWork *work = armms_request_get_work (request);
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) records = NULL;

  if (!armms_payroll_open_periods (work, opening->from, opening->to, opening->pay_after_days, error))
    return NULL;
  rows = armms_work_query (work, "payroll/periods-between", armms_params_date (armms_params_date (armms_params_new (), opening->from), opening->to), error);
  if (rows == NULL)
    return NULL;
  records = armms_rows_records (rows, &armms_pay_period_type);
  return armms_reply_new_list (&armms_pay_period_type, records, records->len, "period_from", "pay_period_id");
}

/* ---- payruns -------------------------------------------------------------------------------------------------- */

static const ArmmsResource payruns = {
  .type = &armms_payrun_type, .what = "payrun", .path = "/v1/payruns", .id_field = "payrun_id", .default_sort = "period_from",
  .page = "payroll/payruns-page", .one = "payroll/payrun-one", .filters = (const char *const[]) { "pay_period_id", "period_from", "kind", "state", NULL },
};

static ArmmsReply *
list_payruns (ArmmsRequest *request, GError **error)
{
  return armms_resource_list (&payruns, request, error);
}

static ArmmsReply *
get_payrun (ArmmsRequest *request, GError **error)
{
  return armms_resource_get (&payruns, request, "payrun", error);
}

/* Takes @payrun. */
static ArmmsReply *
reply_payrun (guint status, ArmmsPayrun *payrun)
{
  ArmmsReply *reply;

  if (payrun == NULL)
    return NULL;
  reply = armms_reply_new_record (status, &armms_payrun_type, payrun);
  armms_reply_set_version (reply, payrun->version);
  if (status == SOUP_STATUS_CREATED)
    {
      g_autofree char *id = armms_id_to_string (&payrun->payrun_id);
      g_autofree char *location = g_strconcat ("/v1/payruns/", id, NULL);

      armms_reply_set_location (reply, location);
    }
  armms_record_free (&armms_payrun_type, payrun);
  return reply;
}

static ArmmsReply *
create_payrun (ArmmsRequest *request, GError **error)
{
  const ArmmsPayrun *wanted = armms_request_get_body (request);

  if (armms_id_is_nil (&wanted->pay_period_id) && armms_date_is_none (wanted->period_from))
    {
      armms_error_add_field (error, "period_from", "required", "say which period: pay_period_id or period_from");
      return NULL;
    }
  return reply_payrun (SOUP_STATUS_CREATED, armms_payroll_create_payrun (armms_request_get_work (request), wanted, error));
}

static ArmmsReply *
send_job (ArmmsRequest *request, const char *kind, gboolean start, GError **error)
{
  ArmmsWork *work = armms_request_get_work (request);
  g_autofree char *payload = NULL, *key = NULL;
  char text[ARMMS_ID_TEXT_SIZE];
  ArmmsId payrun_id, job_id;

  if (!armms_request_get_id (request, "payrun", &payrun_id, error))
    return NULL;
  armms_id_format (&payrun_id, text);
  payload = g_strdup_printf ("{\"payrun_id\":\"%s\"}", text);
  key = g_strconcat (kind, ":", text, NULL);
  if (!armms_jobs_send (work, kind, payload, key, &job_id, error)
      || (start && !armms_payroll_start_calculation (work, &payrun_id, &job_id, error)))
    return NULL;
  return armms_reply_new_job (&job_id);
}

static ArmmsReply *
calculate_payrun (ArmmsRequest *request, GError **error)
{
  return send_job (request, "payroll.calculate", TRUE, error);
}

static ArmmsReply *
make_payslips (ArmmsRequest *request, GError **error)
{
  ArmmsPayrun *payrun;
  ArmmsId payrun_id;

  if (!armms_request_get_id (request, "payrun", &payrun_id, error))
    return NULL;
  payrun = armms_payroll_load_payrun (armms_request_get_work (request), &payrun_id, error);
  if (payrun == NULL)
    return NULL;
  armms_record_free (&armms_payrun_type, payrun);
  return send_job (request, "payroll.payslips", FALSE, error);
}

static ArmmsReply *
step (ArmmsRequest *request, const char *name, GError **error)
{
  ArmmsId id;

  if (!armms_request_get_id (request, "payrun", &id, error))
    return NULL;
  return reply_payrun (SOUP_STATUS_OK, armms_payroll_decide (armms_request_get_work (request), &id, armms_request_get_version (request), name,
                                                             armms_request_get_body (request), error));
}

static ArmmsReply *submit_payrun (ArmmsRequest *request, GError **error) { return step (request, "submit", error); }
static ArmmsReply *verify_payrun (ArmmsRequest *request, GError **error) { return step (request, "verify", error); }
static ArmmsReply *approve_payrun (ArmmsRequest *request, GError **error) { return step (request, "approve", error); }
static ArmmsReply *reject_payrun (ArmmsRequest *request, GError **error) { return step (request, "reject", error); }
static ArmmsReply *close_payrun (ArmmsRequest *request, GError **error) { return step (request, "close", error); }
static ArmmsReply *cancel_payrun (ArmmsRequest *request, GError **error) { return step (request, "cancel", error); }

static ArmmsReply *
simulate_payrun (ArmmsRequest *request, GError **error)
{
  ArmmsSimulation *simulation;
  ArmmsReply *reply;
  ArmmsId id;

  if (!armms_request_get_id (request, "payrun", &id, error))
    return NULL;
  simulation = armms_payroll_simulate (armms_request_get_work (request), &id, armms_request_get_body (request), error);
  if (simulation == NULL)
    return NULL;
  reply = armms_reply_new_record (SOUP_STATUS_OK, &armms_simulation_type, simulation);
  armms_record_free (&armms_simulation_type, simulation);
  return reply;
}

static ArmmsReply *
get_register (ArmmsRequest *request, GError **error)
{
  g_autoptr(GBytes) csv = NULL;
  g_autofree char *name = NULL;
  ArmmsPayrun *payrun;
  char to[ARMMS_DATE_TEXT_SIZE];
  ArmmsId id;

  if (!armms_request_get_id (request, "payrun", &id, error))
    return NULL;
  payrun = armms_payroll_load_payrun (armms_request_get_work (request), &id, error);
  if (payrun == NULL)
    return NULL;
  name = g_strdup_printf ("register-%s.csv", armms_date_format (payrun->period_to, to));
  armms_record_free (&armms_payrun_type, payrun);
  csv = armms_register_csv (armms_request_get_work (request), &id, error);
  return csv != NULL ? armms_reply_new_bytes (SOUP_STATUS_OK, "text/csv; charset=utf-8", csv, name) : NULL;
}

static ArmmsReply *
get_payslips (ArmmsRequest *request, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GBytes) pdf = NULL;
  ArmmsId id;

  if (!armms_request_get_id (request, "payrun", &id, error))
    return NULL;
  rows = armms_work_query_one (armms_request_get_work (request), "payroll/payslip-file-one", armms_params_id (armms_params_new (), &id), "payslips", error);
  if (rows == NULL)
    return NULL;
  pdf = armms_rows_bytes (rows, 0, "pdf");
  return armms_reply_new_bytes (SOUP_STATUS_OK, "application/pdf", pdf, "payslips.pdf");
}

static ArmmsReply *
list_journal (ArmmsRequest *request, GError **error)
{
  const ArmmsPage *page = armms_request_get_page (request);
  ArmmsParams *params = armms_params_new ();
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) records = NULL;
  ArmmsId id, employee_id = armms_request_get_id_parameter (request, "employee_id");

  if (!armms_request_get_id (request, "payrun", &id, error))
    {
      armms_params_free (params);
      return NULL;
    }
  armms_params_id (armms_params_id (params, &id), &employee_id);
  armms_params_text (armms_params_text (params, armms_request_get_text (request, "account")), page->q);
  armms_params_boolean (armms_params_text (params, page->sort), page->descending);
  rows = armms_work_query (armms_request_get_work (request), "payroll/journal-page", armms_page_append_params (page, params), error);
  if (rows == NULL)
    return NULL;
  records = armms_rows_records (rows, &armms_journal_posting_type);
  return armms_reply_new_list (&armms_journal_posting_type, records, page->limit, "employee_no", "posting_id");
}

static ArmmsReply *
reply_decisions (ArmmsRequest *request, const ArmmsId *payrun_id, const ArmmsId *paysheet_id, GError **error)
{
  ArmmsParams *params = armms_params_id (armms_params_id (armms_params_new (), payrun_id), paysheet_id);
  g_autoptr(ArmmsRows) rows = armms_work_query (armms_request_get_work (request), "payroll/decisions-of", params, error);
  g_autoptr(GPtrArray) records = NULL;

  if (rows == NULL)
    return NULL;
  records = armms_rows_records (rows, &armms_paysheet_decided_type);
  return armms_reply_new_list (&armms_paysheet_decided_type, records, records->len, "decided_at", "decision_id");
}

static ArmmsReply *
list_decisions (ArmmsRequest *request, GError **error)
{
  ArmmsId id;

  return armms_request_get_id (request, "payrun", &id, error) ? reply_decisions (request, &id, NULL, error) : NULL;
}

/* ---- paysheets ------------------------------------------------------------------------------------------------ */

static ArmmsReply *
list_sheets (ArmmsRequest *request, const ArmmsId *payrun_id, GError **error)
{
  const ArmmsPage *page = armms_request_get_page (request);
  ArmmsId employee_id = armms_request_get_id_parameter (request, "employee_id"), detachment_id = armms_request_get_id_parameter (request, "detachment_id");
  ArmmsParams *params = armms_params_id (armms_params_new (), payrun_id);
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) records = NULL;

  armms_params_id (armms_params_id (params, &employee_id), &detachment_id);
  armms_params_text (armms_params_text (params, armms_request_get_text (request, "state")), armms_request_get_text (request, "only"));
  armms_params_text (params, page->q);
  armms_params_boolean (armms_params_text (params, page->sort), page->descending);
  rows = armms_work_query (armms_request_get_work (request), "payroll/sheets-page", armms_page_append_params (page, params), error);
  if (rows == NULL)
    return NULL;
  records = armms_rows_records (rows, &armms_paysheet_type);
  return armms_reply_new_list (&armms_paysheet_type, records, page->limit, "employee_no", "paysheet_id");
}

static ArmmsReply *
list_paysheets_of_payrun (ArmmsRequest *request, GError **error)
{
  ArmmsId id;

  return armms_request_get_id (request, "payrun", &id, error) ? list_sheets (request, &id, error) : NULL;
}

static ArmmsReply *
list_paysheets (ArmmsRequest *request, GError **error)
{
  ArmmsId payrun_id = armms_request_get_id_parameter (request, "payrun_id");

  return list_sheets (request, &payrun_id, error);
}

/* Takes @paysheet. */
static ArmmsReply *
reply_paysheet (ArmmsPaysheet *paysheet)
{
  ArmmsReply *reply;

  if (paysheet == NULL)
    return NULL;
  reply = armms_reply_new_record (SOUP_STATUS_OK, &armms_paysheet_type, paysheet);
  armms_reply_set_version (reply, paysheet->version);
  armms_record_free (&armms_paysheet_type, paysheet);
  return reply;
}

static ArmmsReply *
get_paysheet (ArmmsRequest *request, GError **error)
{
  ArmmsId id;

  return armms_request_get_id (request, "paysheet", &id, error) ? reply_paysheet (armms_paysheet_load (armms_request_get_work (request), &id, error)) : NULL;
}

static ArmmsReply *
list_lines (ArmmsRequest *request, GError **error)
{
  ArmmsWork *work = armms_request_get_work (request);
  g_autoptr(GPtrArray) lines = NULL, detachments = NULL;
  ArmmsPaysheet *paysheet;
  ArmmsId id;

  if (!armms_request_get_id (request, "paysheet", &id, error))
    return NULL;
  paysheet = armms_paysheet_load (work, &id, error);
  if (paysheet == NULL)
    return NULL;
  detachments = armms_hr_load_detachments (work, error);
  if (detachments != NULL)
    lines = armms_paysheet_load_lines (work, &paysheet->paysheet_id, &paysheet->period_to, 1, detachments, error);
  armms_record_free (&armms_paysheet_type, paysheet);
  if (lines == NULL || !armms_paysheet_add_traces (work, &id, lines, error))
    return NULL;
  /* A paysheet is short: its lines are one page. */
  return armms_reply_new_list (&armms_paysheet_line_type, lines, lines->len, "line_no", "paysheet_line_id");
}

static ArmmsReply *
decide_paysheet (ArmmsRequest *request, const char *name, GError **error)
{
  ArmmsId id;

  if (!armms_request_get_id (request, "paysheet", &id, error))
    return NULL;
  return reply_paysheet (armms_paysheet_decide (armms_request_get_work (request), &id, name, armms_request_get_body (request), error));
}

static ArmmsReply *approve_paysheet (ArmmsRequest *request, GError **error) { return decide_paysheet (request, "approve", error); }
static ArmmsReply *reject_paysheet (ArmmsRequest *request, GError **error) { return decide_paysheet (request, "reject", error); }

static ArmmsReply *
waive_line (ArmmsRequest *request, GError **error)
{
  ArmmsPaysheetWaived *waived;
  ArmmsReply *reply;
  ArmmsId id;

  if (!armms_request_get_id (request, "paysheet", &id, error))
    return NULL;
  waived = armms_payroll_waive (armms_request_get_db (request), armms_request_get_actor (request), &id, armms_request_get_body (request), error);
  if (waived == NULL)
    return NULL;
  reply = armms_reply_new_record (armms_id_is_nil (&waived->change_id) ? SOUP_STATUS_OK : SOUP_STATUS_ACCEPTED, &armms_paysheet_waived_type, waived);
  armms_record_free (&armms_paysheet_waived_type, waived);
  return reply;
}

static ArmmsReply *
list_sheet_decisions (ArmmsRequest *request, GError **error)
{
  ArmmsPaysheet *paysheet;
  ArmmsId id, payrun_id;

  if (!armms_request_get_id (request, "paysheet", &id, error))
    return NULL;
  paysheet = armms_paysheet_load (armms_request_get_work (request), &id, error);
  if (paysheet == NULL)
    return NULL;
  payrun_id = paysheet->payrun_id;
  armms_record_free (&armms_paysheet_type, paysheet);
  return reply_decisions (request, &payrun_id, &id, error);
}

static ArmmsReply *
get_payslip (ArmmsRequest *request, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr(GBytes) pdf = NULL;
  ArmmsId id;

  if (!armms_request_get_id (request, "paysheet", &id, error))
    return NULL;
  pdf = armms_payslip_of (armms_request_get_work (request), &id, &name, error);
  return pdf != NULL ? armms_reply_new_bytes (SOUP_STATUS_OK, "application/pdf", pdf, name) : NULL;
}

static const ArmmsParameter sheet_parameters[] = {
  { "only", ARMMS_FIELD_TEXT, "problems|warnings|deferred", FALSE, "Only those with problems, warnings, or something put off or waived" },
  { 0 }
};

#define READ(path_, flags_, type_, handler_, summary_) \
  { "GET", path_, "payroll:read", ARMMS_ACCESS_READ, flags_, NULL, type_, handler_, summary_ }
#define STEP(path_, scope_, handler_, summary_) \
  { "POST", path_, scope_, ARMMS_ACCESS_WRITE, ARMMS_ROUTE_VERSIONED, &armms_payrun_decision_type, &armms_payrun_type, handler_, summary_ }

const ArmmsRoute armms_payroll_routes[] = {
  READ ("/v1/pay-periods", ARMMS_ROUTE_LIST, &armms_pay_period_type, list_periods, "Pay periods"),
  { "POST", "/v1/pay-periods", "payroll:calculate", ARMMS_ACCESS_WRITE, 0, &armms_pay_period_opening_type, &armms_pay_period_type, open_periods,
    "Open the periods of the calendar that touch some days" },
  READ ("/v1/pay-periods/{pay_period}", ARMMS_ROUTE_VERSIONED, &armms_pay_period_type, get_period, "One pay period"),

  READ ("/v1/payruns", ARMMS_ROUTE_LIST, &armms_payrun_type, list_payruns, "Payruns"),
  { "POST", "/v1/payruns", "payroll:calculate", ARMMS_ACCESS_WRITE, 0, &armms_payrun_type, &armms_payrun_type, create_payrun, "Open a payrun" },
  READ ("/v1/payruns/{payrun}", ARMMS_ROUTE_VERSIONED | ARMMS_ROUTE_FRESH, &armms_payrun_type, get_payrun, "One payrun"),
  { "POST", "/v1/payruns/{payrun}/calculate", "payroll:calculate", ARMMS_ACCESS_WRITE, 0, NULL, NULL, calculate_payrun,
    "Calculate all paysheets, as a job; may be repeated until it is submitted" },
  { "POST", "/v1/payruns/{payrun}/simulate", "payroll:calculate", ARMMS_ACCESS_READ, ARMMS_ROUTE_NO_KEY, &armms_simulation_request_type,
    &armms_simulation_type, simulate_payrun, "What a calculation would give, with waivers assumed; nothing is stored", ARMMS_RATE_REPORT },
  STEP ("/v1/payruns/{payrun}/submit", "payroll:submit", submit_payrun, "Put it before the controller"),
  STEP ("/v1/payruns/{payrun}/verify", "payroll:verify", verify_payrun, "It was verified"),
  STEP ("/v1/payruns/{payrun}/approve", "payroll:approve", approve_payrun, "It is approved"),
  STEP ("/v1/payruns/{payrun}/reject", NULL, reject_payrun, "Send it back to the officer, whole or for some paysheets"),
  STEP ("/v1/payruns/{payrun}/close", "payroll:close", close_payrun, "Close it: journal, payslips, events"),
  STEP ("/v1/payruns/{payrun}/cancel", "payroll:calculate", cancel_payrun, "Give it up before it is submitted"),
  { "GET", "/v1/payruns/{payrun}/paysheets", "payroll:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_LIST, NULL, &armms_paysheet_type, list_paysheets_of_payrun,
    "Its paysheets", .parameters = sheet_parameters },
  READ ("/v1/payruns/{payrun}/journal", ARMMS_ROUTE_LIST, &armms_journal_posting_type, list_journal, "Its pay journal"),
  READ ("/v1/payruns/{payrun}/decisions", ARMMS_ROUTE_LIST, &armms_paysheet_decided_type, list_decisions, "Who decided what about it, and why"),
  { "GET", "/v1/payruns/{payrun}/register.csv", "payroll:read", ARMMS_ACCESS_READ, 0, NULL, NULL, get_register, "The payroll register as CSV",
    ARMMS_RATE_REPORT },
  { "POST", "/v1/payruns/{payrun}/payslips", "payroll:read", ARMMS_ACCESS_WRITE, 0, NULL, NULL, make_payslips, "Make all payslips in one PDF, as a job" },
  { "GET", "/v1/payruns/{payrun}/payslips.pdf", "payroll:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_FRESH, NULL, NULL, get_payslips,
    "All payslips in one PDF, when they were made", ARMMS_RATE_REPORT },

  { "GET", "/v1/paysheets", "payroll:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_LIST, NULL, &armms_paysheet_type, list_paysheets, "Paysheets of all payruns",
    .parameters = sheet_parameters },
  READ ("/v1/paysheets/{paysheet}", ARMMS_ROUTE_VERSIONED, &armms_paysheet_type, get_paysheet, "One paysheet"),
  READ ("/v1/paysheets/{paysheet}/lines", ARMMS_ROUTE_LIST, &armms_paysheet_line_type, list_lines, "Its lines, each with its trace"),
  READ ("/v1/paysheets/{paysheet}/decisions", ARMMS_ROUTE_LIST, &armms_paysheet_decided_type, list_sheet_decisions, "Who decided what about it, and why"),
  { "POST", "/v1/paysheets/{paysheet}/waive", "payroll:waive", ARMMS_ACCESS_NONE, 0, &armms_paysheet_waiver_type, &armms_paysheet_waived_type, waive_line,
    "Ask that a deduction is not taken, and say what follows" },
  { "POST", "/v1/paysheets/{paysheet}/approve", "payroll:verify", ARMMS_ACCESS_WRITE, 0, &armms_paysheet_decision_type, &armms_paysheet_type,
    approve_paysheet, "It was looked at and is right" },
  { "POST", "/v1/paysheets/{paysheet}/reject", "payroll:verify", ARMMS_ACCESS_WRITE, 0, &armms_paysheet_decision_type, &armms_paysheet_type,
    reject_paysheet, "Send it back to the officer, whole or for a line; the payrun goes back with it" },
  { "GET", "/v1/paysheets/{paysheet}/payslip.pdf", "payroll:read", ARMMS_ACCESS_READ, 0, NULL, NULL, get_payslip, "Its payslip", ARMMS_RATE_REPORT },
  { 0 }
};

static const ArmmsJobKind jobs[] = {
  { "payroll.calculate", .run = armms_payroll_run_calculation },
  { "payroll.payslips", .run = armms_payslips_make },
  { 0 }
};

static const ArmmsSubscription subscriptions[] = {
  { "payroll.timesheets", "timekeeping", "payroll", "armms.timekeeping.TimesheetFinalized.v1", armms_payroll_on_timesheets_finalized },
  { "payroll.loans-waived", "obligations", "payroll", "armms.obligations.LoanWaived.v1", armms_payroll_on_loans_waived },
  { 0 }
};

static const ArmmsApprovalSubject subjects[] = {
  { "payrun", "payroll:submit", "payroll:verify", "payroll:approve", armms_payrun_on_approved, armms_payrun_on_rejected, armms_payrun_on_verified },
  { 0 }
};

extern const ArmmsStatement armms_payroll_statements[];

const ArmmsRoom armms_payroll_room = {
  .name = "payroll", .schema = "payroll", .statements = armms_payroll_statements, .routes = armms_payroll_routes, .jobs = jobs,
  .subscriptions = subscriptions, .subjects = subjects,
};
