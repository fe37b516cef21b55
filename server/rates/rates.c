#include "server/rates/rates-private.h"

/* Refused: nothing was stored, so nothing is undone; the trail keeps the reason. */
static gboolean
on_rejected (ArmmsWork *work, const ArmmsId *rate_card_id, const char *change_json, const char *reason, GError **error)
{
  return TRUE;
}

static const ArmmsApprovalSubject subjects[] = {
  { ARMMS_RATE_CARD_SUBJECT, "rates:update", NULL, "rates:approve", armms_rates_on_approved, on_rejected },
  { NULL },
};

const ArmmsRoom armms_rates_room = {
  .name = "rates",
  .schema = "finance_rates",
  .statements = armms_rates_statements,
  .routes = armms_rates_routes,
  .subjects = subjects,
};
