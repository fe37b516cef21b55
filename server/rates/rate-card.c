#include "server/rates/rates-private.h"

#include "server/approvals/approvals.h"
#include "server/hr/hr.h"
#include "server/timekeeping/timekeeping.h"

#include <string.h>

#define EVENT_RATE_CARD_UPDATED "armms.rates.RateCardUpdated.v1"
#define DUTY_OVERTIME_MINUTES 240

/* -- cards -- */

gboolean
armms_rate_card_complete (ArmmsRateCard *card, GError **error)
{
  gboolean monthly = g_strcmp0 (card->basis, "monthly") == 0;
  GError *wrong = NULL;

  if (monthly && card->factor.millionths <= 0)
    armms_error_add_field (&wrong, "factor", "required", "a monthly rate needs the days paid in a year");
  if (!monthly && card->factor.millionths != 0)
    armms_error_add_field (&wrong, "factor", "not_applicable", "only a monthly rate has a factor");
  if (!monthly && card->salaried)
    armms_error_add_field (&wrong, "salaried", "not_applicable", "only a monthly rate can be a salary");
  if (!armms_date_is_none (card->valid_to) && card->valid_to.days < card->valid_from.days)
    armms_error_add_field (&wrong, "valid_to", "out_of_range", "ends before it begins");
  if (wrong != NULL)
    {
      g_propagate_error (error, wrong);
      return FALSE;
    }
  card->covers_rest_days = card->covers_special_days = FALSE;
  if (card->salaried)
    armms_statutory_factor_cover (card->factor, &card->covers_rest_days, &card->covers_special_days);
  return TRUE;
}

static ArmmsPayCard
pay_card_of (const ArmmsRateCard *card, gint32 day_minutes)
{
  ArmmsPayCard pay = {
    .rate_card_id = card->rate_card_id, .from = card->valid_from, .to = card->valid_to, .amount = card->amount, .factor = card->factor,
    .salaried = card->salaried, .covers_rest_days = card->covers_rest_days, .covers_special_days = card->covers_special_days,
    .day_minutes = day_minutes,
  };

  if (!armms_rate_basis_parse (card->basis, &pay.basis))
    pay.basis = ARMMS_BASIS_DAILY;
  return pay;
}

static const ArmmsRateCard *
card_on (const GPtrArray *cards, ArmmsDate date)
{
  for (guint i = 0; i < cards->len; i++)
    {
      const ArmmsRateCard *card = cards->pdata[i];

      if (card->valid_from.days <= date.days && (armms_date_is_none (card->valid_to) || date.days <= card->valid_to.days))
        return card;
    }
  return NULL;
}

static void
add_copy (GPtrArray *cards, const ArmmsRateCard *card, ArmmsId id, ArmmsDate from, ArmmsDate to)
{
  ArmmsRateCard *copy = armms_record_copy (&armms_rate_card_type, card);

  copy->rate_card_id = id;
  copy->valid_from = from;
  copy->valid_to = to;
  g_ptr_array_add (cards, copy);
}

static int
compare_cards (gconstpointer a, gconstpointer b)
{
  const ArmmsRateCard *left = *(const ArmmsRateCard *const *) a, *right = *(const ArmmsRateCard *const *) b;

  return (left->valid_from.days > right->valid_from.days) - (left->valid_from.days < right->valid_from.days);
}

GPtrArray *
armms_rate_cards_replan (const GPtrArray *before, const ArmmsRateCard *wanted)
{
  GPtrArray *after = armms_records_new (&armms_rate_card_type);
  gint32 from = wanted->valid_from.days;
  gint32 to = armms_date_is_none (wanted->valid_to) ? G_MAXINT32 : wanted->valid_to.days;

  for (guint i = 0; i < before->len; i++)
    {
      const ArmmsRateCard *card = before->pdata[i];
      gint32 card_to = armms_date_is_none (card->valid_to) ? G_MAXINT32 : card->valid_to.days;
      gboolean stands_before = card->valid_from.days < from;

      if (card_to < from || card->valid_from.days > to)
        {
          add_copy (after, card, card->rate_card_id, card->valid_from, card->valid_to);
          continue;
        }
      if (stands_before)
        add_copy (after, card, card->rate_card_id, card->valid_from, armms_date_add_days (wanted->valid_from, -1));
      if (card_to > to)
        add_copy (after, card, stands_before ? armms_id_new () : card->rate_card_id, armms_date_add_days (wanted->valid_to, 1), card->valid_to);
    }
  add_copy (after, wanted, wanted->rate_card_id, wanted->valid_from, wanted->valid_to);
  g_ptr_array_sort (after, compare_cards);
  return after;
}

/* -- store -- */

ArmmsRateCard *
armms_rates_load_card (ArmmsWork *work, const ArmmsId *rate_card_id, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query_one (work, "rates/rate-card-by-id", armms_params_id (armms_params_new (), rate_card_id),
                                                    "rate_card", error);

  return rows != NULL ? armms_rows_record (rows, 0, &armms_rate_card_type) : NULL;
}

static ArmmsParams *
params_of_post (const ArmmsRateCard *post)
{
  return armms_params_record (armms_params_new (), &armms_rate_card_type, post, "detachment_id", "shift_id", "position_id", NULL);
}

GPtrArray *
armms_rates_load_post (ArmmsWork *work, const ArmmsRateCard *post, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "rates/rate-cards-of-post", params_of_post (post), error);

  return rows != NULL ? armms_rows_records (rows, &armms_rate_card_type) : NULL;
}

static gboolean
store_cards (ArmmsWork *work, const GPtrArray *cards, GError **error)
{
  ArmmsParams *params = armms_params_columns (armms_params_new (), &armms_rate_card_type, cards, "rate_card_id", "detachment_id", "shift_id",
                                              "position_id", "basis", "amount", "factor", "salaried", "covers_rest_days",
                                              "covers_special_days", "valid_from", "valid_to", "reason", NULL);

  return armms_work_execute (work, "rates/rate-cards-insert", params, NULL, error);
}

static char *
payload_of (const ArmmsRateCard *card)
{
  GString *payload = g_string_new (NULL);

  armms_record_append_json (&armms_rate_card_type, card, /* scopes= */ NULL, payload);
  return g_string_free (payload, FALSE);
}

static gboolean
tell (ArmmsWork *work, const GPtrArray *cards, GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);

  for (guint i = 0; i < cards->len; i++)
    {
      const ArmmsRateCard *card = cards->pdata[i];

      g_ptr_array_add (events, armms_event_new (EVENT_RATE_CARD_UPDATED, "rate-card", &card->rate_card_id, MAX (card->version, 1),
                                                &card->detachment_id, payload_of (card)));
    }
  return events->len == 0 || armms_outbox_append (work, "finance_rates", events, error);
}

gboolean
armms_rates_insert_cards (ArmmsWork *work, const GPtrArray *cards, GError **error)
{
  const ArmmsActor *actor = armms_work_get_actor (work);

  if (cards->len == 0)
    return TRUE;
  for (guint i = 0; i < cards->len; i++)
    {
      ArmmsRateCard *card = cards->pdata[i];

      if (armms_id_is_nil (&card->rate_card_id))
        card->rate_card_id = armms_id_new ();
      if (card->reason == NULL)
        card->reason = g_strdup (actor->reason != NULL ? actor->reason : "first filling");
      if (!armms_rate_card_complete (card, error))
        return FALSE;
    }
  return store_cards (work, cards, error) && tell (work, cards, error);
}

static const ArmmsRateCard *
find_by_id (const GPtrArray *cards, const ArmmsId *id)
{
  for (guint i = 0; i < cards->len; i++)
    if (armms_id_equal (&((const ArmmsRateCard *) cards->pdata[i])->rate_card_id, id))
      return cards->pdata[i];
  return NULL;
}

static gboolean
delete_gone (ArmmsWork *work, const GPtrArray *before, const GPtrArray *after, GError **error)
{
  g_autoptr(GArray) gone = g_array_new (FALSE, FALSE, sizeof (ArmmsId));

  for (guint i = 0; i < before->len; i++)
    {
      const ArmmsRateCard *card = before->pdata[i];

      if (find_by_id (after, &card->rate_card_id) == NULL)
        g_array_append_val (gone, card->rate_card_id);
    }
  return gone->len == 0
         || armms_work_execute (work, "rates/rate-cards-delete",
                                armms_params_ids (armms_params_new (), (const ArmmsId *) gone->data, gone->len), NULL, error);
}

/* Goes, is cut, comes: in this order no two cards of the post overlap in between. */
static gboolean
store_timeline (ArmmsWork *work, const GPtrArray *before, const GPtrArray *after, GError **error)
{
  g_autoptr(GPtrArray) made = g_ptr_array_new ();
  g_autoptr(GPtrArray) cut = g_ptr_array_new ();

  for (guint i = 0; i < after->len; i++)
    {
      ArmmsRateCard *card = after->pdata[i];
      const ArmmsRateCard *was = find_by_id (before, &card->rate_card_id);

      if (was == NULL)
        g_ptr_array_add (made, card);
      else if (was->valid_from.days != card->valid_from.days || was->valid_to.days != card->valid_to.days)
        {
          card->version = was->version + 1;
          g_ptr_array_add (cut, card);
        }
    }
  if (!delete_gone (work, before, after, error))
    return FALSE;
  if (cut->len > 0
      && !armms_work_execute (work, "rates/rate-cards-cut",
                              armms_params_columns (armms_params_new (), &armms_rate_card_type, cut, "rate_card_id", "valid_from", "valid_to", NULL),
                              NULL, error))
    return FALSE;
  return store_cards (work, made, error) && tell (work, cut, error) && tell (work, made, error);
}

/* -- preview -- */

/* What the ordinary hours of a day, and a duty of 12 by day, are worth under @card. */
static gboolean
price_duty (const ArmmsRateCard *card, gint32 day_minutes, const ArmmsPremiumTable *premiums, ArmmsDate date, ArmmsMoney *ret_day, ArmmsMoney *ret_duty,
            GError **error)
{
  ArmmsPayCard pay = pay_card_of (card, day_minutes);
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (ArmmsEarningLine));
  g_autoptr(GArray) problems = g_array_new (FALSE, FALSE, sizeof (ArmmsPayProblem));
  const ArmmsDate dates[] = { date, date };
  const gint64 cells[] = { ARMMS_CELL (ARMMS_DAY_ORDINARY, FALSE, FALSE, FALSE), ARMMS_CELL (ARMMS_DAY_ORDINARY, FALSE, TRUE, FALSE) };
  const gint64 minutes[] = { day_minutes, DUTY_OVERTIME_MINUTES };
  ArmmsEarningTotals totals;

  pay.salaried = FALSE;
  pay.from = pay.to = ARMMS_DATE_NONE;
  if (!armms_pay_card_daily (&pay, ret_day, error)
      || !armms_pay_price (&pay, 1, premiums, dates, cells, minutes, 2, lines, problems, error)
      || !armms_earnings_sum (lines, 0, &totals, error))
    return FALSE;
  *ret_duty = totals.gross;
  return TRUE;
}

/* People decide whether a rate below the minimum wage is a mistake; they must have been told. */
static gboolean
add_warnings (ArmmsWork *work, const ArmmsRateCard *wanted, ArmmsMoney daily, ArmmsRateCardPreview *preview, GError **error)
{
  g_autoptr(GStrvBuilder) warnings = g_strv_builder_new ();
  g_autoptr(GPtrArray) detachments = armms_hr_load_detachments (work, error);
  g_autoptr(ArmmsStatutoryTables) tables = detachments != NULL ? armms_statutory_load_tables (work, wanted->valid_from, error) : NULL;
  const ArmmsDetachment *detachment;
  ArmmsMinimumWage wage;
  char daily_text[ARMMS_MONEY_TEXT_SIZE], wage_text[ARMMS_MONEY_TEXT_SIZE];

  if (tables == NULL)
    return FALSE;
  detachment = armms_hr_find_detachment (detachments, &wanted->detachment_id);
  if (detachment == NULL)
    {
      armms_error_add_field (error, "detachment_id", "unknown", "there is no such detachment");
      return FALSE;
    }
  wage = armms_minimum_wage_find (&tables->wages, detachment->region, detachment->city, tables->settings.wage_sector, wanted->valid_from);
  if (armms_minimum_wage_undercut (&wage, daily))
    {
      g_autofree char *warning = g_strdup_printf ("minimum_wage.below: %s a day is below %s (%s, %s)", armms_money_format (daily, daily_text),
                                                  armms_money_format (wage.lowest->daily, wage_text), wage.lowest->order, detachment->region);
      g_strv_builder_add (warnings, warning);
    }
  else if (wage.lowest == NULL)
    g_strv_builder_add (warnings, "minimum_wage.unknown: no wage order is known for the detachment's region on that day");
  preview->warnings = g_strv_builder_end (warnings);
  return TRUE;
}

ArmmsRateCardPreview *
armms_rates_preview (ArmmsWork *work, ArmmsRateCard *wanted, GError **error)
{
  ArmmsRateCardPreview *preview = armms_record_new (&armms_rate_card_preview_type);
  g_autoptr(GArray) working_times = armms_timekeeping_load_working_times (work, error);
  ArmmsPremiumTable *premiums = NULL;
  const ArmmsRateCard *was;
  gint32 day_minutes;
  gboolean ok = FALSE;

  if (armms_id_is_nil (&wanted->rate_card_id))
    wanted->rate_card_id = armms_id_new ();
  preview->rate_card_id = wanted->rate_card_id;
  if (working_times != NULL
      && armms_rate_card_complete (wanted, error)
      && armms_rates_day_minutes (working_times, wanted->valid_from, &day_minutes, error)
      && (preview->before = armms_rates_load_post (work, wanted, error)) != NULL
      && (premiums = armms_rates_load_premiums (work, wanted->valid_from, wanted->valid_from, error)) != NULL)
    {
      preview->after = armms_rate_cards_replan (preview->before, wanted);
      was = card_on (preview->before, wanted->valid_from);
      ok = (was == NULL || price_duty (was, day_minutes, premiums, wanted->valid_from, &preview->day_before, &preview->duty_before, error))
           && price_duty (wanted, day_minutes, premiums, wanted->valid_from, &preview->day_after, &preview->duty_after, error)
           && add_warnings (work, wanted, preview->day_after, preview, error);
    }
  armms_rates_premiums_free (premiums);
  if (ok)
    return preview;
  armms_record_free (&armms_rate_card_preview_type, preview);
  return NULL;
}

/* -- the change -- */

static char *
change_json_of (const ArmmsRateCardPreview *preview, const ArmmsRateCard *wanted)
{
  GString *json = g_string_new ("{\"wanted\":");

  armms_record_append_json (&armms_rate_card_type, wanted, /* scopes= */ NULL, json);
  g_string_append (json, ",\"before\":[");
  for (guint i = 0; i < preview->before->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      armms_record_append_json (&armms_rate_card_type, preview->before->pdata[i], /* scopes= */ NULL, json);
    }
  g_string_append (json, "],\"after\":[");
  for (guint i = 0; i < preview->after->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      armms_record_append_json (&armms_rate_card_type, preview->after->pdata[i], /* scopes= */ NULL, json);
    }
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}

ArmmsRateCardPreview *
armms_rates_request (ArmmsWork *work, ArmmsRateCard *wanted, GError **error)
{
  ArmmsRateCardPreview *preview = armms_rates_preview (work, wanted, error);
  g_autofree char *change = NULL;

  if (preview == NULL)
    return NULL;
  change = change_json_of (preview, wanted);
  if (armms_approvals_request (work, ARMMS_RATE_CARD_SUBJECT, &wanted->rate_card_id, change, wanted->reason, &preview->change_id, error))
    return preview;
  armms_record_free (&armms_rate_card_preview_type, preview);
  return NULL;
}

gboolean
armms_rates_on_approved (ArmmsWork *work, const ArmmsId *rate_card_id, const char *change_json, GError **error)
{
  g_autoptr(JsonNode) node = json_from_string (change_json, error);
  JsonNode *wanted_node = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), "wanted") : NULL;
  g_autoptr(GPtrArray) wanted = armms_records_new (&armms_rate_card_type);
  g_autoptr(GPtrArray) before = NULL;
  g_autoptr(GPtrArray) after = NULL;
  ArmmsRateCard *card;

  if (wanted_node == NULL)
    {
      if (error != NULL && *error == NULL)
        armms_error_set (error, ARMMS_ERROR_INTERNAL, "rate_card.change", "the change of a rate card does not say what is wanted");
      return FALSE;
    }
  card = armms_record_from_json (&armms_rate_card_type, wanted_node, ARMMS_DECODE_ANSWER, NULL, error);
  if (card == NULL)
    return FALSE;
  g_ptr_array_add (wanted, card);
  card->rate_card_id = *rate_card_id;
  /* Planned anew on the timeline as it stands now: another change may have come between. */
  if (!armms_work_execute (work, "rates/rate-cards-lock", params_of_post (card), NULL, error))
    return FALSE;
  before = armms_rates_load_post (work, card, error);
  if (before == NULL)
    return FALSE;
  after = armms_rate_cards_replan (before, card);
  return store_timeline (work, before, after, error);
}
