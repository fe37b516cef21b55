/* Periods and payruns: who may do which step, and what it needs. */
#include "server/payroll/payroll-private.h"

#include "server/approvals/approvals.h"
#include "server/tenant/tenant.h"

#include <string.h>

#define MOST_DAYS 400
#define DEFAULT_PAY_AFTER_DAYS 5

/* ---- periods -------------------------------------------------------------------------------------------------- */

/* Which cut of the month a period is: 1 the first, 2 the last, 0 neither. */
static gint64
cut_off_of (ArmmsPeriodKind kind, ArmmsPeriod period)
{
  int year, month, day, next_year, next_month, next_day;
  ArmmsPeriod next;

  if (kind == ARMMS_PERIOD_MONTHLY)
    return 2;
  armms_date_to_ymd (period.to, &year, &month, &day);
  next = armms_period_of (kind, ARMMS_DATE_NONE, armms_date_add_days (period.to, 1));
  armms_date_to_ymd (next.to, &next_year, &next_month, &next_day);
  if (next_month != month)
    return 2;
  next = armms_period_of (kind, ARMMS_DATE_NONE, armms_date_add_days (period.from, -1));
  armms_date_to_ymd (next.to, &next_year, &next_month, &next_day);
  return next_month != month ? 1 : 0;
}

gboolean
armms_payroll_open_periods (ArmmsWork *work, ArmmsDate from, ArmmsDate to, gint64 pay_after_days, GError **error)
{
  const ArmmsTenantSettings *settings = armms_tenant_get_settings (work, error);
  g_autofree char *kind_name = NULL;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId)), cuts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) firsts = g_array_new (FALSE, FALSE, sizeof (ArmmsDate)), lasts = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  g_autoptr(GArray) pay_dates = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  ArmmsPeriodKind kind;
  ArmmsPeriod period;
  ArmmsParams *params;

  if (settings == NULL)
    return FALSE;
  if (to.days < from.days || to.days - from.days > MOST_DAYS)
    {
      armms_error_add_field (error, "to", "out_of_range", "the last day is not before the first, and at most %d days after it", MOST_DAYS);
      return FALSE;
    }
  kind_name = g_ascii_strdown (settings->pay_period_kind, -1);
  if (!armms_period_kind_parse (kind_name, &kind))
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "tenant.pay_period_kind", "the tenant's pay period kind %s is unknown", kind_name);
      return FALSE;
    }
  for (period = armms_period_of (kind, ARMMS_DATE_NONE, from); period.from.days <= to.days;
       period = armms_period_of (kind, ARMMS_DATE_NONE, armms_date_add_days (period.to, 1)))
    {
      ArmmsId id = armms_id_new ();
      gint64 cut_off = cut_off_of (kind, period);
      ArmmsDate pay_date = armms_date_add_days (period.to, (int) (pay_after_days > 0 ? pay_after_days : DEFAULT_PAY_AFTER_DAYS));

      g_array_append_val (ids, id);
      g_array_append_val (firsts, period.from);
      g_array_append_val (lasts, period.to);
      g_array_append_val (pay_dates, pay_date);
      g_array_append_val (cuts, cut_off);
    }
  params = armms_params_ids (armms_params_new (), (const ArmmsId *) (gpointer) ids->data, ids->len);
  armms_params_text (params, kind_name);
  armms_params_dates (params, (const ArmmsDate *) (gpointer) firsts->data, firsts->len);
  armms_params_dates (params, (const ArmmsDate *) (gpointer) lasts->data, lasts->len);
  armms_params_dates (params, (const ArmmsDate *) (gpointer) pay_dates->data, pay_dates->len);
  return armms_work_execute (work, "payroll/periods-open", armms_params_integers (params, (const gint64 *) (gpointer) cuts->data, cuts->len), NULL, error);
}

/* ---- payruns -------------------------------------------------------------------------------------------------- */

gboolean
armms_payroll_need_whole_tenant (ArmmsWork *work, GError **error)
{
  if (armms_work_get_actor (work)->n_detachments == 0)
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_FORBIDDEN, "payrun.whole_tenant", "a payrun concerns all detachments, and you see only some of them");
  return FALSE;
}

ArmmsPayrun *
armms_payroll_load_payrun (ArmmsWork *work, const ArmmsId *payrun_id, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query_one (work, "payroll/payrun-one", armms_params_id (armms_params_new (), payrun_id), "payrun", error);

  return rows != NULL ? armms_rows_record (rows, 0, &armms_payrun_type) : NULL;
}

ArmmsPayrun *
armms_payrun_hold (ArmmsWork *work, const ArmmsId *payrun_id, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query_one (work, "payroll/payrun-held", armms_params_id (armms_params_new (), payrun_id), "payrun", error);

  return rows != NULL ? armms_rows_record (rows, 0, &armms_payrun_type) : NULL;
}

gboolean
armms_payrun_tell (ArmmsWork *work, const char *event, const ArmmsId *payrun_id, gint64 version, char *payload, GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);

  g_ptr_array_add (events, armms_event_new (event, "payrun", payrun_id, version, payrun_id, payload));
  return armms_outbox_append (work, "payroll", events, error);
}

ArmmsPayrun *
armms_payroll_create_payrun (ArmmsWork *work, const ArmmsPayrun *wanted, GError **error)
{
  const char *kind = wanted->kind != NULL ? wanted->kind : "regular";
  gboolean off_cycle = strcmp (kind, "off_cycle") == 0;
  ArmmsParams *params = armms_params_id (armms_params_new (), &wanted->pay_period_id);
  g_autoptr(ArmmsRows) rows = armms_work_query_one (work, "payroll/period-one", armms_params_date (params, wanted->period_from), "pay_period", error);
  ArmmsPayPeriod *period;
  g_autofree char *title = NULL;
  ArmmsId id = armms_id_new (), period_id;
  char from[ARMMS_DATE_TEXT_SIZE], to[ARMMS_DATE_TEXT_SIZE];
  gboolean closed;

  if (rows == NULL || !armms_payroll_need_whole_tenant (work, error))
    return NULL;
  period = armms_rows_record (rows, 0, &armms_pay_period_type);
  period_id = period->pay_period_id;
  closed = strcmp (period->state, "CLOSED") == 0;
  title = wanted->title != NULL ? g_strdup (wanted->title)
                                : g_strdup_printf ("%s to %s%s", armms_date_format (period->period_from, from), armms_date_format (period->period_to, to),
                                                   off_cycle ? ", off cycle" : "");
  armms_record_free (&armms_pay_period_type, period);
  if (closed && !off_cycle)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "pay_period.closed", "the pay period is closed: what comes late goes into the next one, or off cycle");
      return NULL;
    }
  params = armms_params_id (armms_params_id (armms_params_new (), &id), &period_id);
  armms_params_text (armms_params_text (params, kind), title);
  if (!armms_work_execute (work, "payroll/payrun-insert", params, NULL, error)
      || !armms_payrun_tell (work, "armms.payroll.PayrunOpened.v1", &id, 1, g_strdup_printf ("{\"kind\":\"%s\"}", kind), error))
    return NULL;
  return armms_payroll_load_payrun (work, &id, error);
}

static gboolean
need_state (const ArmmsPayrun *payrun, const char *step, const char *first, ...)
{
  va_list states;
  gboolean found = FALSE;

  va_start (states, first);
  for (const char *state = first; state != NULL && !found; state = va_arg (states, const char *))
    found = strcmp (payrun->state, state) == 0;
  va_end (states);
  return found;
}

static gboolean
refuse_state (const ArmmsPayrun *payrun, const char *step, GError **error)
{
  armms_error_set (error, ARMMS_ERROR_CONFLICT, "payrun.state", "a payrun that is %s cannot be %s", payrun->state,
                   strcmp (step, "submit") == 0   ? "submitted"
                   : strcmp (step, "verify") == 0 ? "verified"
                   : strcmp (step, "close") == 0  ? "closed"
                   : strcmp (step, "cancel") == 0 ? "cancelled"
                   : strcmp (step, "reject") == 0 ? "rejected"
                   : strcmp (step, "approve") == 0 ? "approved"
                                                   : "calculated");
  return FALSE;
}

gboolean
armms_payroll_start_calculation (ArmmsWork *work, const ArmmsId *payrun_id, const ArmmsId *job_id, GError **error)
{
  ArmmsPayrun *payrun;
  g_autoptr(ArmmsRows) earlier = NULL;
  gboolean fine;

  if (!armms_payroll_need_whole_tenant (work, error))
    return FALSE;
  payrun = armms_payrun_hold (work, payrun_id, error);
  if (payrun == NULL)
    return FALSE;
  fine = need_state (payrun, "calculate", "OPEN", "CALCULATED", "REJECTED", NULL) || refuse_state (payrun, "calculate", error);
  if (fine && job_id != NULL && armms_id_equal (&payrun->job_id, job_id))
    {
      /* Asked for twice: the one job that lives does it. */
      armms_record_free (&armms_payrun_type, payrun);
      return TRUE;
    }
  if (fine)
    {
      earlier = armms_work_query (work, "payroll/payruns-earlier-open", armms_params_date (armms_params_new (), payrun->period_from), error);
      fine = earlier != NULL;
    }
  if (fine && armms_rows_count (earlier) > 0)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "payrun.earlier_open", "the payrun %s is not closed yet, and this one builds on it",
                       armms_rows_text (earlier, 0, "title"));
      fine = FALSE;
    }
  armms_record_free (&armms_payrun_type, payrun);
  return fine && armms_work_execute (work, "payroll/payrun-start", armms_params_id (armms_params_id (armms_params_new (), payrun_id), job_id), NULL, error);
}

/* ---- steps ---------------------------------------------------------------------------------------------------- */

static gboolean
note (ArmmsWork *work, const ArmmsId *payrun_id, const GArray *paysheets, gint64 line_no, const char *step, const char *reason, GError **error)
{
  guint n = paysheets != NULL ? paysheets->len : 1;
  g_autofree ArmmsId *ids = g_new (ArmmsId, n), *whole = g_new0 (ArmmsId, n);
  ArmmsParams *params = armms_params_id (armms_params_new (), payrun_id);

  for (guint i = 0; i < n; i++)
    ids[i] = armms_id_new ();
  armms_params_ids (params, ids, n);
  armms_params_ids (params, paysheets != NULL ? (const ArmmsId *) (gpointer) paysheets->data : whole, n);
  armms_params_integer (params, line_no);
  armms_params_text (armms_params_text (params, step), reason);
  return armms_work_execute (work, "payroll/decisions-insert", params, NULL, error);
}

static gboolean
move (ArmmsWork *work, const ArmmsId *payrun_id, const char *state, const ArmmsId *change_id, const char *reason, GError **error)
{
  ArmmsParams *params = armms_params_text (armms_params_id (armms_params_new (), payrun_id), state);

  return armms_work_execute (work, "payroll/payrun-move", armms_params_text (armms_params_id (params, change_id), reason), NULL, error);
}

static gboolean
need_fresh (ArmmsWork *work, const ArmmsId *payrun_id, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "payroll/sheets-stale", armms_params_id (armms_params_new (), payrun_id), error);

  if (rows == NULL)
    return FALSE;
  if (armms_rows_integer (rows, 0, "newer") == 0 && armms_rows_integer (rows, 0, "paid") == 0)
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_CONFLICT, "payrun.stale", "of %" G_GINT64_FORMAT " timesheets a newer version has come: calculate it again",
                   armms_rows_integer (rows, 0, "newer") + armms_rows_integer (rows, 0, "paid"));
  return FALSE;
}

static char *
change_of (const ArmmsPayrun *payrun)
{
  char gross[ARMMS_MONEY_TEXT_SIZE], net[ARMMS_MONEY_TEXT_SIZE], deferred[ARMMS_MONEY_TEXT_SIZE];

  return g_strdup_printf ("{\"calculation_no\":%" G_GINT64_FORMAT ",\"paysheets\":%" G_GINT64_FORMAT ",\"gross\":\"%s\",\"net\":\"%s\",\"deferred\":\"%s\"}",
                          payrun->calculation_no, payrun->paysheets, armms_money_format (payrun->gross, gross), armms_money_format (payrun->net, net),
                          armms_money_format (payrun->deferred, deferred));
}

static gboolean
submit (ArmmsWork *work, const ArmmsPayrun *payrun, const ArmmsPayrunDecision *decision, GError **error)
{
  g_autofree char *change = change_of (payrun);
  ArmmsId change_id;

  if (!need_state (payrun, "submit", "CALCULATED", NULL))
    return refuse_state (payrun, "submit", error);
  if (payrun->paysheets == 0)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "payrun.empty", "the payrun holds no paysheet");
      return FALSE;
    }
  if (payrun->errors > 0 && (decision == NULL || !decision->leave_out_errors))
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "payrun.errors", "%" G_GINT64_FORMAT " paysheets could not be calculated: mend them, or leave them out",
                       payrun->errors);
      return FALSE;
    }
  if (payrun->errors > 0
      && (!armms_work_execute (work, "payroll/sheets-leave-out", armms_params_id (armms_params_new (), &payrun->payrun_id), NULL, error)
          || !note (work, &payrun->payrun_id, NULL, 0, "leave_out", decision->reason, error)))
    return FALSE;
  return need_fresh (work, &payrun->payrun_id, error)
         && armms_approvals_request (work, "payrun", &payrun->payrun_id, change, decision != NULL ? decision->reason : NULL, &change_id, error)
         && note (work, &payrun->payrun_id, NULL, 0, "submit", decision != NULL ? decision->reason : NULL, error)
         && move (work, &payrun->payrun_id, "SUBMITTED", &change_id, NULL, error);
}

/* Small agencies may let one person stand at two gates; others must not pay by the time they wrote down themselves. */
static gboolean
need_another_person (ArmmsWork *work, const ArmmsId *payrun_id, GError **error)
{
  const ArmmsTenantSettings *settings = armms_tenant_get_settings (work, error);
  g_autoptr(ArmmsRows) rows = NULL;
  const ArmmsId *who = &armms_work_get_actor (work)->user_id;

  if (settings == NULL)
    return FALSE;
  if (settings->same_person_two_gates || armms_id_is_nil (who))
    return TRUE;
  rows = armms_work_query (work, "payroll/finalisers-count", armms_params_id (armms_params_id (armms_params_new (), payrun_id), who), error);
  if (rows == NULL)
    return FALSE;
  if (armms_rows_integer (rows, 0, "own") == 0)
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_FORBIDDEN, "payrun.same_person", "who finalised timesheets of a payrun does not decide about it");
  return FALSE;
}

static gboolean
decide (ArmmsWork *work, const ArmmsPayrun *payrun, const char *step, const ArmmsPayrunDecision *decision, GError **error)
{
  const char *reason = decision != NULL ? decision->reason : NULL;

  if (!need_state (payrun, step, "SUBMITTED", "VERIFIED", NULL))
    return refuse_state (payrun, step, error);
  if (strcmp (step, "reject") != 0 && !need_another_person (work, &payrun->payrun_id, error))
    return FALSE;
  /* Marks go first: the callback counts them. */
  if (strcmp (step, "reject") == 0 && decision != NULL && decision->paysheet_ids != NULL && decision->paysheet_ids->len > 0)
    {
      ArmmsParams *params = armms_params_id (armms_params_new (), &payrun->payrun_id);
      gint64 count = 0;

      armms_params_ids (params, (const ArmmsId *) (gpointer) decision->paysheet_ids->data, decision->paysheet_ids->len);
      armms_params_text (armms_params_text (params, "REJECTED"), reason);
      if (!armms_work_execute (work, "payroll/sheets-mark", params, &count, error))
        return FALSE;
      if (count != decision->paysheet_ids->len)
        {
          armms_error_add_field (error, "paysheet_ids", "unknown", "some of them are not paysheets of this payrun");
          return FALSE;
        }
      if (!note (work, &payrun->payrun_id, decision->paysheet_ids, 0, "reject", reason, error))
        return FALSE;
    }
  return armms_approvals_decide (work, "payrun", &payrun->payrun_id, step, reason, error);
}

ArmmsPayrun *
armms_payroll_decide (ArmmsWork *work, const ArmmsId *payrun_id, gint64 version, const char *step, const ArmmsPayrunDecision *decision, GError **error)
{
  ArmmsPayrun *payrun;
  gboolean fine = FALSE;

  if (!armms_payroll_need_whole_tenant (work, error))
    return NULL;
  payrun = armms_payrun_hold (work, payrun_id, error);
  if (payrun == NULL)
    return NULL;
  if (version != 0 && payrun->version != version)
    armms_error_set (error, ARMMS_ERROR_STALE, "payrun.stale_version", "the payrun has changed since it was read");
  else if ((strcmp (step, "reject") == 0 || strcmp (step, "cancel") == 0) && (decision == NULL || decision->reason == NULL))
    armms_error_add_field (error, "reason", "required", "say why");
  else if (decision != NULL && decision->reason != NULL && !armms_work_set_reason (work, decision->reason, error))
    fine = FALSE;
  else if (strcmp (step, "submit") == 0)
    fine = submit (work, payrun, decision, error);
  else if (strcmp (step, "close") == 0)
    fine = need_state (payrun, step, "APPROVED", NULL)
             ? armms_payrun_close (work, payrun, error) && note (work, payrun_id, NULL, 0, "close", NULL, error) && move (work, payrun_id, "CLOSED", NULL, NULL, error)
             : refuse_state (payrun, step, error);
  else if (strcmp (step, "cancel") == 0)
    fine = need_state (payrun, step, "OPEN", "CALCULATED", "REJECTED", NULL)
             ? note (work, payrun_id, NULL, 0, "cancel", decision->reason, error) && move (work, payrun_id, "CANCELLED", NULL, decision->reason, error)
             : refuse_state (payrun, step, error);
  else
    fine = decide (work, payrun, step, decision, error);
  armms_record_free (&armms_payrun_type, payrun);
  return fine ? armms_payroll_load_payrun (work, payrun_id, error) : NULL;
}

/* ---- called back by approvals --------------------------------------------------------------------------------- */

gboolean
armms_payrun_on_verified (ArmmsWork *work, const ArmmsId *payrun_id, const char *change, GError **error)
{
  return need_another_person (work, payrun_id, error)
         && note (work, payrun_id, NULL, 0, "verify", NULL, error) && move (work, payrun_id, "VERIFIED", NULL, NULL, error);
}

gboolean
armms_payrun_on_approved (ArmmsWork *work, const ArmmsId *payrun_id, const char *change, GError **error)
{
  return need_another_person (work, payrun_id, error)
         && note (work, payrun_id, NULL, 0, "approve", NULL, error) && move (work, payrun_id, "APPROVED", NULL, NULL, error);
}

gboolean
armms_payrun_on_rejected (ArmmsWork *work, const ArmmsId *payrun_id, const char *change, const char *reason, GError **error)
{
  return note (work, payrun_id, NULL, 0, "reject", reason, error) && move (work, payrun_id, "REJECTED", NULL, reason, error);
}

/* ---- one paysheet --------------------------------------------------------------------------------------------- */

ArmmsPaysheet *
armms_paysheet_load (ArmmsWork *work, const ArmmsId *paysheet_id, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query_one (work, "payroll/sheet-one", armms_params_id (armms_params_new (), paysheet_id), "paysheet", error);

  return rows != NULL ? armms_rows_record (rows, 0, &armms_paysheet_type) : NULL;
}

static gboolean
mark (ArmmsWork *work, const ArmmsPaysheet *paysheet, const char *state, const char *step, const ArmmsPaysheetDecision *decision, GError **error)
{
  g_autoptr(GArray) one = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autofree char *reason = NULL;
  ArmmsParams *params = armms_params_id (armms_params_new (), &paysheet->payrun_id);
  gint64 count = 0;

  if (decision != NULL && decision->reason != NULL)
    reason = decision->line_no > 0 ? g_strdup_printf ("line %" G_GINT64_FORMAT ": %s", decision->line_no, decision->reason) : g_strdup (decision->reason);
  g_array_append_val (one, paysheet->paysheet_id);
  armms_params_ids (params, &paysheet->paysheet_id, 1);
  armms_params_text (armms_params_text (params, state), strcmp (step, "reject") == 0 ? reason : NULL);
  if (!armms_work_execute (work, "payroll/sheets-mark", params, &count, error))
    return FALSE;
  if (count != 1)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "paysheet.state", "a paysheet that is %s is not decided about", paysheet->state);
      return FALSE;
    }
  return note (work, &paysheet->payrun_id, one, decision != NULL ? decision->line_no : 0, step, decision != NULL ? decision->reason : NULL, error);
}

/* The first paysheet that is sent back takes the payrun with it to the officer; others can be marked until it is calculated again. */
static gboolean
decide_sheet (ArmmsWork *work, const ArmmsPaysheet *paysheet, const ArmmsPayrun *payrun, const char *step, const ArmmsPaysheetDecision *decision, GError **error)
{
  gboolean reject = strcmp (step, "reject") == 0;
  const char *reason = decision != NULL ? decision->reason : NULL;

  if (reject && reason == NULL)
    {
      armms_error_add_field (error, "reason", "required", "say why");
      return FALSE;
    }
  if (decision != NULL && decision->line_no > paysheet->lines)
    {
      armms_error_add_field (error, "line_no", "out_of_range", "the paysheet has no such line");
      return FALSE;
    }
  if (!(need_state (payrun, step, "SUBMITTED", "VERIFIED", NULL) || (reject && need_state (payrun, step, "REJECTED", NULL))))
    return refuse_state (payrun, step, error);
  if (!reject && !need_another_person (work, &payrun->payrun_id, error))
    return FALSE;
  if (!mark (work, paysheet, reject ? "REJECTED" : "APPROVED", step, decision, error))
    return FALSE;
  if (!reject)
    return TRUE;
  if (strcmp (payrun->state, "REJECTED") == 0)
    return move (work, &payrun->payrun_id, "REJECTED", NULL, payrun->reason, error); /* counts again */
  return armms_approvals_decide (work, "payrun", &payrun->payrun_id, "reject", reason, error);
}

ArmmsPaysheet *
armms_paysheet_decide (ArmmsWork *work, const ArmmsId *paysheet_id, const char *step, const ArmmsPaysheetDecision *decision, GError **error)
{
  ArmmsPaysheet *paysheet = armms_paysheet_load (work, paysheet_id, error);
  ArmmsPayrun *payrun;
  gboolean fine;

  if (paysheet == NULL)
    return NULL;
  payrun = armms_payrun_hold (work, &paysheet->payrun_id, error);
  fine = payrun != NULL && decide_sheet (work, paysheet, payrun, step, decision, error);
  armms_record_free (&armms_paysheet_type, paysheet);
  if (payrun != NULL)
    armms_record_free (&armms_payrun_type, payrun);
  return fine ? armms_paysheet_load (work, paysheet_id, error) : NULL;
}

/* ---- waiving from a paysheet ---------------------------------------------------------------------------------- */

static ArmmsPaysheetWaived *
waive_obligation (ArmmsDb *db, const ArmmsActor *actor, const ArmmsPaysheetLine *line, const ArmmsPaysheetWaiver *waiver, GError **error)
{
  /* The room of the obligation may stand in another database: a unit of its own. It holds the plan, also to look at it. */
  g_autoptr(ArmmsWork) work = armms_work_begin (db, "obligations", ARMMS_WORK_WRITE, actor, error);
  ArmmsObligationWaiver wanted = {
    .instalment_id = line->source_id, .amount = waiver->amount, .reason_code = waiver->reason_code, .reason = waiver->reason,
    .follow_up = waiver->follow_up, .periods = waiver->periods, .instalments = waiver->instalments, .preview = waiver->preview,
  };
  ArmmsObligationPlan *plan;
  ArmmsPaysheetWaived *waived;

  if (work == NULL)
    return NULL;
  plan = armms_obligations_request_waiver (work, &wanted, error);
  if (plan == NULL)
    return NULL;
  if (!waiver->preview && !armms_work_commit (work, error))
    {
      armms_record_free (&armms_obligation_plan_type, plan);
      return NULL;
    }
  waived = armms_record_new (&armms_paysheet_waived_type);
  waived->change_id = plan->change_id;
  waived->instalments = armms_records_new (&armms_waiver_instalment_type);
  for (guint i = 0; i < plan->instalments->len; i++)
    {
      const ArmmsObligationInstalment *instalment = g_ptr_array_index (plan->instalments, i);
      ArmmsWaiverInstalment *open = armms_record_new (&armms_waiver_instalment_type);

      open->period_from = instalment->period_from;
      open->amount = ARMMS_MONEY (instalment->due.centavos - instalment->waived.centavos);
      g_ptr_array_add (waived->instalments, open);
    }
  armms_record_free (&armms_obligation_plan_type, plan);
  return waived;
}

static ArmmsPaysheetWaived *
waive_statutory (ArmmsDb *db, const ArmmsActor *actor, const ArmmsPaysheet *paysheet, const ArmmsPaysheetLine *line, const ArmmsPaysheetWaiver *waiver,
                 GError **error)
{
  g_autoptr(ArmmsWork) work = NULL;
  g_autoptr(GArray) manual = g_array_new (FALSE, TRUE, sizeof (ArmmsInstalment));
  ArmmsFollowUpPlan plan = { .periods = (gint32) waiver->periods };
  ArmmsPaysheetWaived *waived = armms_record_new (&armms_paysheet_waived_type);
  ArmmsScheme scheme;
  int year, month, day;

  for (guint i = 0; waiver->instalments != NULL && i < waiver->instalments->len; i++)
    {
      const ArmmsWaiverInstalment *instalment = g_ptr_array_index (waiver->instalments, i);

      g_array_append_val (manual, ((ArmmsInstalment) { ARMMS_ID_NIL, instalment->period_from, instalment->amount, FALSE }));
    }
  plan.manual = (const ArmmsInstalment *) (gpointer) manual->data;
  plan.n_manual = manual->len;
  armms_date_to_ymd (paysheet->period_to, &year, &month, &day);
  if (!armms_follow_up_parse (waiver->follow_up, &plan.follow_up) || !armms_scheme_parse (line->code, &scheme))
    armms_error_add_field (error, "follow_up", "unknown", "no such follow-up");
  else if (waiver->preview)
    return waived;
  else
    {
      work = armms_work_begin (db, "gov", ARMMS_WORK_WRITE, actor, error);
      if (work != NULL
          && armms_statutory_request_waiver (work, &paysheet->employee_id, scheme, armms_date_from_ymd (year, month, 1),
                                             waiver->amount.centavos == 0 ? ARMMS_MONEY (G_MAXINT64) : waiver->amount, &plan, waiver->reason,
                                             &waived->change_id, error)
          && armms_work_commit (work, error))
        return waived;
    }
  armms_record_free (&armms_paysheet_waived_type, waived);
  return NULL;
}

static ArmmsPaysheetWaived *
waive_line (ArmmsDb *db, const ArmmsActor *actor, const ArmmsPaysheet *paysheet, const ArmmsPaysheetLine *line, const ArmmsPaysheetWaiver *waiver, GError **error)
{
  gint64 asked = line->due.centavos - line->waived.centavos;
  gint64 amount = waiver->amount.centavos == 0 ? asked : waiver->amount.centavos;
  ArmmsPaysheetWaived *waived;

  if (strcmp (line->kind, "tax") == 0)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "waiver.tax", "withholding tax cannot be waived");
      return NULL;
    }
  if (strcmp (line->kind, "obligation") != 0 && strcmp (line->kind, "statutory") != 0)
    {
      armms_error_add_field (error, "line_no", "out_of_range", "the line takes nothing from pay");
      return NULL;
    }
  if (amount <= 0 || amount > asked)
    {
      armms_error_add_field (error, "amount", "out_of_range", "more than what the line asks for, or nothing");
      return NULL;
    }
  waived = strcmp (line->kind, "obligation") == 0 ? waive_obligation (db, actor, line, waiver, error)
                                                  : waive_statutory (db, actor, paysheet, line, waiver, error);
  if (waived == NULL)
    return NULL;
  waived->paysheet_id = paysheet->paysheet_id;
  waived->line_no = line->line_no;
  waived->due = line->due;
  waived->waived = ARMMS_MONEY (line->waived.centavos + amount);
  waived->net_before = paysheet->net;
  /* What was put off already does not come back to pay. */
  waived->net_after = ARMMS_MONEY (paysheet->net.centavos + MAX (line->amount.centavos - (asked - amount), 0));
  return waived;
}

ArmmsPaysheetWaived *
armms_payroll_waive (ArmmsDb *db, const ArmmsActor *actor, const ArmmsId *paysheet_id, const ArmmsPaysheetWaiver *waiver, GError **error)
{
  g_autoptr(ArmmsWork) work = armms_work_begin (db, "payroll", ARMMS_WORK_READ_FRESH, actor, error);
  g_autoptr(GPtrArray) lines = NULL;
  ArmmsPaysheet *paysheet = work != NULL ? armms_paysheet_load (work, paysheet_id, error) : NULL;
  ArmmsPaysheetWaived *waived = NULL;
  gboolean open;

  if (paysheet == NULL)
    return NULL;
  open = strcmp (paysheet->state, "COMPUTED") == 0 || strcmp (paysheet->state, "REJECTED") == 0;
  lines = armms_paysheet_load_lines (work, &paysheet->paysheet_id, &paysheet->period_to, 1, NULL, error);
  if (!open)
    armms_error_set (error, ARMMS_ERROR_CONFLICT, "paysheet.state", "of a paysheet that is %s nothing is waived any more", paysheet->state);
  else if (lines != NULL && waiver->line_no > lines->len)
    armms_error_add_field (error, "line_no", "out_of_range", "the paysheet has no such line");
  else if (lines != NULL && armms_work_commit (work, error))
    {
      g_clear_pointer (&work, armms_work_free);
      waived = waive_line (db, actor, paysheet, g_ptr_array_index (lines, waiver->line_no - 1), waiver, error);
    }
  armms_record_free (&armms_paysheet_type, paysheet);
  return waived;
}
