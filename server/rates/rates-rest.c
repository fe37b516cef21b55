/* The calls of this room: decode, one use case, encode. */
#include "server/rates/rates-private.h"

#include "server/platform/resource/resource.h"

#include <libsoup/soup.h>

static const ArmmsResource rate_cards = {
  .type = &armms_rate_card_type, .what = "rate_card", .id_field = "rate_card_id", .default_sort = "valid_from",
  .page = "rates/rate-cards-page", .filters = (const char *const[]) { "detachment_id", "shift_id", "position_id", "basis", "on", NULL },
};

static const ArmmsResource premiums = {
  .type = &armms_premium_type, .what = "premium", .id_field = "premium_id", .default_sort = "row_no",
  .page = "rates/premiums-page", .filters = (const char *const[]) { "day_type", "rest_day", "on", NULL },
};

static const ArmmsParameter on_parameter[] = {
  { "on", ARMMS_FIELD_DATE, NULL, FALSE, "Only what is in force on this day" },
  { NULL },
};

static const ArmmsParameter preview_parameter[] = {
  { "preview", ARMMS_FIELD_BOOLEAN, NULL, FALSE, "true: say what would change, and store nothing" },
  { NULL },
};

static ArmmsReply *
list_rate_cards (ArmmsRequest *request, GError **error)
{
  return armms_resource_list (&rate_cards, request, error);
}

static ArmmsReply *
list_premiums (ArmmsRequest *request, GError **error)
{
  return armms_resource_list (&premiums, request, error);
}

static ArmmsReply *
get_rate_card (ArmmsRequest *request, GError **error)
{
  ArmmsRateCard *card;
  ArmmsReply *reply;
  ArmmsId id;

  if (!armms_request_get_id (request, "rate_card", &id, error))
    return NULL;
  card = armms_rates_load_card (armms_request_get_work (request), &id, error);
  if (card == NULL)
    return NULL;
  reply = armms_reply_new_record (SOUP_STATUS_OK, &armms_rate_card_type, card);
  armms_reply_set_version (reply, card->version);
  armms_record_free (&armms_rate_card_type, card);
  return reply;
}

/* 200 with a preview, 202 when the change waits for its approval. */
static ArmmsReply *
ask_for (ArmmsRequest *request, ArmmsRateCard *wanted, GError **error)
{
  ArmmsWork *work = armms_request_get_work (request);
  gboolean preview_only = armms_request_get_boolean (request, "preview", FALSE);
  ArmmsRateCardPreview *preview = preview_only ? armms_rates_preview (work, wanted, error) : armms_rates_request (work, wanted, error);
  ArmmsReply *reply;

  if (preview == NULL)
    return NULL;
  reply = armms_reply_new_record (preview_only ? SOUP_STATUS_OK : SOUP_STATUS_ACCEPTED, &armms_rate_card_preview_type, preview);
  armms_record_free (&armms_rate_card_preview_type, preview);
  return reply;
}

static ArmmsReply *
create_rate_card (ArmmsRequest *request, GError **error)
{
  ArmmsRateCard *wanted = armms_record_copy (&armms_rate_card_type, armms_request_get_body (request));
  ArmmsReply *reply = ask_for (request, wanted, error);

  armms_record_free (&armms_rate_card_type, wanted);
  return reply;
}

static ArmmsReply *
put_rate_card (ArmmsRequest *request, GError **error)
{
  const ArmmsRateCardChange *change = armms_request_get_body (request);
  ArmmsRateCard *wanted;
  ArmmsReply *reply;
  ArmmsId id;

  if (!armms_request_get_id (request, "rate_card", &id, error))
    return NULL;
  wanted = armms_rates_load_card (armms_request_get_work (request), &id, error);
  if (wanted == NULL)
    return NULL;
  if (wanted->version != armms_request_get_version (request))
    {
      armms_error_set (error, ARMMS_ERROR_STALE, "rate_card.stale", "the rate card has changed since it was read");
      armms_record_free (&armms_rate_card_type, wanted);
      return NULL;
    }
  wanted->rate_card_id = ARMMS_ID_NIL;
  wanted->version = 0;
  g_free (wanted->basis);
  wanted->basis = g_strdup (change->basis);
  wanted->amount = change->amount;
  wanted->factor = change->factor;
  wanted->salaried = change->salaried;
  wanted->valid_from = change->valid_from;
  wanted->valid_to = change->valid_to;
  g_free (wanted->reason);
  wanted->reason = g_strdup (change->reason);
  reply = ask_for (request, wanted, error);
  armms_record_free (&armms_rate_card_type, wanted);
  return reply;
}

const ArmmsRoute armms_rates_routes[] = {
  { "GET", "/v1/rate-cards", "rates:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_LIST, NULL, &armms_rate_card_type, list_rate_cards,
    "Rate cards in force and planned", .parameters = on_parameter },
  { "POST", "/v1/rate-cards", "rates:update", ARMMS_ACCESS_WRITE, 0, &armms_rate_card_type, &armms_rate_card_preview_type, create_rate_card,
    "Ask for a rate card of a post; it waits for approval", .parameters = preview_parameter },
  { "GET", "/v1/rate-cards/{rate_card}", "rates:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_VERSIONED, NULL, &armms_rate_card_type, get_rate_card,
    "One rate card" },
  { "PUT", "/v1/rate-cards/{rate_card}", "rates:update", ARMMS_ACCESS_WRITE, ARMMS_ROUTE_VERSIONED, &armms_rate_card_change_type,
    &armms_rate_card_preview_type, put_rate_card, "Ask for other terms of its post from a day on; they wait for approval",
    .parameters = preview_parameter },
  { "GET", "/v1/premiums", "rates:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_LIST, NULL, &armms_premium_type, list_premiums,
    "The premium matrix: what each kind of day pays, by date", .parameters = on_parameter },
  { NULL },
};
