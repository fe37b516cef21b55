/* Planning benefits, and marking what a closed payrun paid. */
#include "server/benefits/benefits-private.h"

#include "common/wire/events/payrun-closed.h"
#include "common/wire/json.h"
#include "server/approvals/approvals.h"
#include "server/rules/deductions/schedule.h"
#include "server/tenant/tenant.h"

#include <string.h>

#define MONTHS_AHEAD 12
#define DAYS_AHEAD (MONTHS_AHEAD * 31)

static gboolean
find_calendar (ArmmsWork *work, ArmmsPeriodKind *ret_kind, GError **error)
{
  const ArmmsTenantSettings *settings = armms_tenant_get_settings (work, error);
  g_autofree char *kind = NULL;

  if (settings == NULL)
    return FALSE;
  kind = g_ascii_strdown (settings->pay_period_kind, -1);
  if (armms_period_kind_parse (kind, ret_kind))
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_INTERNAL, "tenant.pay_period_kind", "the tenant's pay period kind %s is unknown", kind);
  return FALSE;
}

/* ---- due payments --------------------------------------------------------------------------------------------- */

GArray *
armms_benefits_load_instalments (ArmmsWork *work, ArmmsPeriod period, const ArmmsId *employees, gsize n, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params = armms_params_date (armms_params_new (), period.from);
  GArray *due;

  rows = armms_work_query (work, "benefits/due-instalments", armms_params_ids (params, employees, n), error);
  if (rows == NULL)
    return NULL;
  due = g_array_sized_new (FALSE, TRUE, sizeof (ArmmsDueBenefit), armms_rows_count (rows));
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsDueBenefit benefit = {
        .instalment_id = armms_rows_id (rows, i, "instalment_id"),
        .benefit_id = armms_rows_id (rows, i, "benefit_id"),
        .employee_id = armms_rows_id (rows, i, "employee_id"),
        .kind = g_intern_string (armms_rows_text (rows, i, "kind")),
        .title = g_intern_string (armms_rows_text (rows, i, "title")),
        .tax_class = g_intern_string (armms_rows_text (rows, i, "tax_class")),
        .de_minimis_kind = g_intern_string (armms_rows_text (rows, i, "de_minimis_kind")),
        .taxable = armms_rows_boolean (rows, i, "taxable"),
        .due = armms_rows_money (rows, i, "due_centavos"),
      };

      g_array_append_val (due, benefit);
    }
  return due;
}

gboolean
armms_benefits_count_unsettled (ArmmsWork *work, const ArmmsId *payruns, gsize n, gint64 *ret_missing, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "benefits/unsettled-count", armms_params_ids (armms_params_new (), payruns, n), error);

  if (rows == NULL)
    return FALSE;
  *ret_missing = armms_rows_integer (rows, 0, "missing");
  return TRUE;
}

/* ---- planning ------------------------------------------------------------------------------------------------- */

/* Instalments of @benefits from valid_from to valid_to, of open ones to @horizon. */
static gboolean
plan_instalments (ArmmsWork *work, const GPtrArray *benefits, ArmmsDate horizon, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId)), owners = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GArray) employees = g_array_new (FALSE, FALSE, sizeof (ArmmsId)), due = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) from = g_array_new (FALSE, FALSE, sizeof (ArmmsDate)), to = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  g_autoptr(GArray) planned_ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId)), planned_to = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  ArmmsParams *params;
  ArmmsPeriodKind kind;

  if (!find_calendar (work, &kind, error))
    return FALSE;
  for (guint i = 0; i < benefits->len; i++)
    {
      const ArmmsBenefit *benefit = g_ptr_array_index (benefits, i);
      gboolean once = g_strcmp0 (benefit->frequency, "once") == 0;
      ArmmsFrequency frequency = ARMMS_FREQUENCY_EVERY_PERIOD;
      ArmmsPeriod period = armms_period_of (kind, ARMMS_DATE_NONE, benefit->valid_from);
      ArmmsDate last = !armms_date_is_none (benefit->valid_to)            ? benefit->valid_to
                       : horizon.days > benefit->valid_from.days ? horizon
                                                                 : armms_date_add_days (benefit->valid_from, DAYS_AHEAD);
      ArmmsDate end = benefit->valid_from;

      if (!once && !armms_frequency_parse (benefit->frequency, &frequency))
        frequency = ARMMS_FREQUENCY_EVERY_PERIOD;
      for (; period.from.days <= last.days; period = armms_period_of (kind, ARMMS_DATE_NONE, armms_date_add_days (period.to, 1)))
        {
          ArmmsId id = armms_id_new ();

          end = period.to;
          if (!armms_frequency_takes (frequency, kind, period.from))
            continue;
          g_array_append_val (ids, id);
          g_array_append_val (owners, benefit->benefit_id);
          g_array_append_val (employees, benefit->employee_id);
          g_array_append_val (from, period.from);
          g_array_append_val (to, period.to);
          g_array_append_val (due, benefit->amount.centavos);
          if (once)
            break;
        }
      g_array_append_val (planned_ids, benefit->benefit_id);
      g_array_append_val (planned_to, end);
    }
  params = armms_params_new ();
  armms_params_ids (params, (const ArmmsId *) (gpointer) ids->data, ids->len);
  armms_params_ids (params, (const ArmmsId *) (gpointer) owners->data, owners->len);
  armms_params_ids (params, (const ArmmsId *) (gpointer) employees->data, employees->len);
  armms_params_dates (params, (const ArmmsDate *) (gpointer) from->data, from->len);
  armms_params_dates (params, (const ArmmsDate *) (gpointer) to->data, to->len);
  armms_params_integers (params, (const gint64 *) (gpointer) due->data, due->len);
  if (!armms_work_execute (work, "benefits/instalments-insert", params, NULL, error))
    return FALSE;
  params = armms_params_ids (armms_params_new (), (const ArmmsId *) (gpointer) planned_ids->data, planned_ids->len);
  armms_params_dates (params, (const ArmmsDate *) (gpointer) planned_to->data, planned_to->len);
  return armms_work_execute (work, "benefits/benefits-planned", params, NULL, error);
}

static ArmmsDate
horizon_of (ArmmsWork *work)
{
  gint64 days = armms_work_get_now (work).us / (ARMMS_US_PER_MINUTE * ARMMS_MINUTES_PER_DAY);

  return (ArmmsDate) { (gint32) days + DAYS_AHEAD };
}

/* ---- making --------------------------------------------------------------------------------------------------- */

static void
fill_in (ArmmsBenefit *benefit)
{
  if (armms_id_is_nil (&benefit->benefit_id))
    benefit->benefit_id = armms_id_new ();
  if (benefit->kind == NULL)
    benefit->kind = g_strdup ("allowance");
  if (benefit->frequency == NULL)
    benefit->frequency = g_strdup (strcmp (benefit->kind, "allowance") == 0 ? "every_period" : "once");
  if (benefit->tax_class == NULL)
    benefit->tax_class = g_strdup (strcmp (benefit->kind, "allowance") == 0 ? "regular"
                                   : strcmp (benefit->kind, "thirteenth_month") == 0 ? "pool" : "supplementary");
}

static gboolean
insert (ArmmsWork *work, const GPtrArray *benefits, const char *state, GError **error)
{
  ArmmsParams *params = armms_params_new ();

  armms_params_columns (params, &armms_benefit_type, benefits, "benefit_id", "employee_id", "kind", "title", "amount", "frequency", "valid_from",
                        "valid_to", "taxable", "tax_class", "de_minimis_kind", "reason", NULL);
  return armms_work_execute (work, "benefits/benefits-insert", armms_params_text (params, state), NULL, error);
}

gboolean
armms_benefits_insert (ArmmsWork *work, const GPtrArray *benefits, GError **error)
{
  if (benefits->len == 0)
    return TRUE;
  for (guint i = 0; i < benefits->len; i++)
    fill_in (g_ptr_array_index (benefits, i));
  return insert (work, benefits, "ACTIVE", error) && plan_instalments (work, benefits, horizon_of (work), error);
}

ArmmsBenefit *
armms_benefits_load (ArmmsWork *work, const ArmmsId *id, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query_one (work, "benefits/benefit-one", armms_params_id (armms_params_new (), id), "benefit", error);

  return rows != NULL ? armms_rows_record (rows, 0, &armms_benefit_type) : NULL;
}

static gboolean
set_state (ArmmsWork *work, const ArmmsId *id, const char *from, const char *to, const ArmmsId *change_id, GError **error)
{
  ArmmsParams *params = armms_params_id (armms_params_new (), id);
  gint64 count = 0;

  armms_params_text (armms_params_text (params, from), to);
  if (!armms_work_execute (work, "benefits/benefits-state", armms_params_id (params, change_id), &count, error))
    return FALSE;
  if (count == 1)
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_CONFLICT, "benefit.state", "the benefit is not %s any more", from);
  return FALSE;
}

ArmmsBenefit *
armms_benefits_create (ArmmsWork *work, const ArmmsBenefit *wanted, const char *kind, GError **error)
{
  g_autoptr(GPtrArray) one = armms_records_new (&armms_benefit_type);
  ArmmsBenefit *benefit = armms_record_copy (&armms_benefit_type, wanted);
  g_autoptr(GString) change = g_string_new (NULL);
  ArmmsId change_id;

  g_ptr_array_add (one, benefit);
  if (benefit->kind == NULL)
    benefit->kind = g_strdup (kind);
  fill_in (benefit);
  if (!armms_date_is_none (benefit->valid_to) && benefit->valid_to.days < benefit->valid_from.days)
    {
      armms_error_add_field (error, "valid_to", "out_of_range", "the last day is before the first");
      return NULL;
    }
  armms_record_append_json (&armms_benefit_type, benefit, NULL, change);
  if (!insert (work, one, "PENDING", error)
      || !armms_approvals_request (work, "benefit", &benefit->benefit_id, change->str, benefit->reason, &change_id, error)
      || !set_state (work, &benefit->benefit_id, "PENDING", "PENDING", &change_id, error))
    return NULL;
  return armms_benefits_load (work, &benefit->benefit_id, error);
}

ArmmsBenefit *
armms_benefits_end (ArmmsWork *work, const ArmmsId *id, gint64 version, const ArmmsBenefitEnd *end, GError **error)
{
  ArmmsParams *params = armms_params_integer (armms_params_id (armms_params_new (), id), version);
  gint64 count = 0;

  if (!armms_work_set_reason (work, end->reason, error)
      || !armms_work_execute (work, "benefits/benefit-end", armms_params_date (params, end->valid_to), &count, error))
    {
      return NULL;
    }
  if (count == 0)
    {
      ArmmsBenefit *now = armms_benefits_load (work, id, error);

      if (now == NULL)
        return NULL;
      if (now->version != version)
        armms_error_set (error, ARMMS_ERROR_STALE, "benefit.stale", "the benefit has changed since it was read");
      else
        armms_error_set (error, ARMMS_ERROR_CONFLICT, "benefit.state", "the benefit is %s, or begins after that day", now->state);
      armms_record_free (&armms_benefit_type, now);
      return NULL;
    }
  if (!armms_work_execute (work, "benefits/instalments-cut", armms_params_date (armms_params_id (armms_params_new (), id), end->valid_to), NULL, error))
    return NULL;
  return armms_benefits_load (work, id, error);
}

static gboolean
on_approved (ArmmsWork *work, const ArmmsId *id, const char *change, GError **error)
{
  g_autoptr(GPtrArray) one = armms_records_new (&armms_benefit_type);
  ArmmsBenefit *benefit = armms_benefits_load (work, id, error);

  if (benefit == NULL)
    return FALSE;
  g_ptr_array_add (one, benefit);
  return set_state (work, id, "PENDING", "ACTIVE", NULL, error) && plan_instalments (work, one, horizon_of (work), error);
}

static gboolean
on_rejected (ArmmsWork *work, const ArmmsId *id, const char *change, const char *reason, GError **error)
{
  return set_state (work, id, "PENDING", "REJECTED", NULL, error);
}

/* ---- a payrun is closed --------------------------------------------------------------------------------------- */

static gboolean
settle_event (ArmmsWork *work, const ArmmsEvent *event, ArmmsDate *ret_period_to, GError **error)
{
  g_autoptr(JsonNode) node = armms_json_parse (event->payload, error);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId)), paid = g_array_new (FALSE, FALSE, sizeof (gint64));
  JsonObject *body, *part;
  JsonArray *instalments = NULL, *amounts = NULL;
  ArmmsParams *params;
  ArmmsId payrun_id;

  if (node == NULL)
    return FALSE;
  body = json_node_get_object (node);
  part = json_object_has_member (body, "benefits") ? json_object_get_object_member (body, "benefits") : NULL;
  if (part != NULL)
    {
      instalments = json_object_get_array_member (part, "instalment_id");
      amounts = json_object_get_array_member (part, "paid");
    }
  if (!armms_id_parse (json_object_get_string_member_with_default (body, "payrun_id", ""), &payrun_id)
      || !armms_date_parse (json_object_get_string_member_with_default (body, "period_to", ""), ret_period_to)
      || (part != NULL && (instalments == NULL || amounts == NULL || json_array_get_length (instalments) != json_array_get_length (amounts))))
    {
      armms_error_set (error, ARMMS_ERROR_MALFORMED, "event.malformed", "a PayrunClosed event cannot be read");
      return FALSE;
    }
  for (guint i = 0; instalments != NULL && i < json_array_get_length (instalments); i++)
    {
      gint64 amount = json_array_get_int_element (amounts, i);
      ArmmsId id;

      if (!armms_id_parse (json_array_get_string_element (instalments, i), &id))
        {
          armms_error_set (error, ARMMS_ERROR_MALFORMED, "event.malformed", "a PayrunClosed event names an instalment by no id");
          return FALSE;
        }
      g_array_append_val (ids, id);
      g_array_append_val (paid, amount);
    }
  if (ids->len > 0)
    {
      gint64 count = 0;

      params = armms_params_ids (armms_params_id (armms_params_new (), &payrun_id), (const ArmmsId *) (gpointer) ids->data, ids->len);
      armms_params_integers (params, (const gint64 *) (gpointer) paid->data, paid->len);
      if (!armms_work_execute (work, "benefits/instalments-paid", params, &count, error))
        return FALSE;
      if (count != ids->len)
        {
          armms_error_set (error, ARMMS_ERROR_CONFLICT, "instalment.not_open", "a payrun paid %u benefits, of which only %" G_GINT64_FORMAT " were planned",
                           ids->len, count);
          return FALSE;
        }
    }
  params = armms_params_id (armms_params_new (), &payrun_id);
  armms_params_integer (params, json_object_get_int_member_with_default (body, "part", 1));
  armms_params_integer (params, json_object_get_int_member_with_default (body, "parts", 1));
  return armms_work_execute (work, "benefits/settlement-insert", armms_params_integer (params, ids->len), NULL, error);
}

/* Open benefits always stand planned a year ahead of the last payrun. */
static gboolean
on_payrun_closed (ArmmsWork *work, const GPtrArray *events, GError **error)
{
  ArmmsDate last = { 0 };
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) benefits = NULL;

  for (guint i = 0; i < events->len; i++)
    {
      ArmmsDate period_to;

      if (!settle_event (work, g_ptr_array_index (events, i), &period_to, error))
        return FALSE;
      last.days = MAX (last.days, period_to.days);
    }
  rows = armms_work_query (work, "benefits/benefits-to-plan",
                           armms_params_date (armms_params_new (), armms_date_add_days (last, DAYS_AHEAD / 2)), error);
  if (rows == NULL)
    return FALSE;
  if (armms_rows_count (rows) == 0)
    return TRUE;
  benefits = armms_rows_records (rows, &armms_benefit_type);
  return plan_instalments (work, benefits, armms_date_add_days (last, DAYS_AHEAD), error);
}

static const ArmmsSubscription subscriptions[] = {
  { "benefits.payrun-closed", "payroll", "benefits", ARMMS_EVENT_PAYRUN_CLOSED, on_payrun_closed },
  { 0 }
};

static const ArmmsApprovalSubject subjects[] = {
  { "benefit", "benefits:update", NULL, "payroll:approve", on_approved, on_rejected },
  { 0 }
};

extern const ArmmsStatement armms_benefits_statements[];

const ArmmsRoom armms_benefits_room = {
  .name = "benefits", .schema = "benefits", .statements = armms_benefits_statements, .routes = armms_benefits_routes,
  .subscriptions = subscriptions, .subjects = subjects,
};
