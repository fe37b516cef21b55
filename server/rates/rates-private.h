/* Between the files of this room. */
#pragma once

#include "server/rates/rates.h"
#include "server/statutory/statutory.h"

G_BEGIN_DECLS

#define ARMMS_RATE_CARD_SUBJECT "rate-card"

extern const ArmmsStatement armms_rates_statements[];
extern const ArmmsRoute armms_rates_routes[];

/* The minutes that a day's pay is for on @date, from the tenant's law (armms_timekeeping_load_working_times()): NOT_FOUND
 * "statutory.no_table" when it has no row. */
gboolean armms_rates_day_minutes (const GArray *working_times, ArmmsDate date, gint32 *ret_minutes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The timeline of a post once @wanted stands in it: cards it overlaps end before it, begin after it, or go. Both are sorted and
 * hold ArmmsRateCard *; a card that is cut in two gives its later part a new id. (transfer full) */
GPtrArray *armms_rate_cards_replan (const GPtrArray *before, const ArmmsRateCard *wanted);

/* The post's cards. (transfer full) */
GPtrArray *armms_rates_load_post (ArmmsWork *work, const ArmmsRateCard *post, GError **error);
ArmmsRateCard *armms_rates_load_card (ArmmsWork *work, const ArmmsId *rate_card_id, GError **error);

/* What @wanted would do; nothing is stored. (transfer full) */
ArmmsRateCardPreview *armms_rates_preview (ArmmsWork *work, ArmmsRateCard *wanted, GError **error);
/* Puts @wanted before an approver. (transfer full): the preview, with the change's id */
ArmmsRateCardPreview *armms_rates_request (ArmmsWork *work, ArmmsRateCard *wanted, GError **error);

/* The last step was taken: the timeline is stored as it is planned now. */
gboolean armms_rates_on_approved (ArmmsWork *work, const ArmmsId *rate_card_id, const char *change_json, GError **error);

/* Fills in what hangs on the basis; wrong fields by armms_error_add_field(). */
gboolean armms_rate_card_complete (ArmmsRateCard *card, GError **error);

G_END_DECLS
