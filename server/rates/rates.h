/* Rates: what a post is worth and what kinds of day pay, by date.
 *
 * Tables finance_rates.rate_cards (effective-dated, no two of one post overlap), finance_rates.premiums.
 * Law    a rate below the minimum wage of its detachment's region is a warning on the change, decided by people.
 * Events tells armms.rates.RateCardUpdated.v1.
 * Doors  what an approver decides: subject "rate-card" of room approvals.
 */
#pragma once

#include "common/wire/rates/premium.h"
#include "common/wire/rates/rate-card.h"
#include "server/rules/pay/earnings.h"
#include "server/room.h"

G_BEGIN_DECLS

extern const ArmmsRoom armms_rates_room;

/* All cards of the tenant that touch a span of days, ready for pricing. Immutable: may be read from many threads. */
typedef struct _ArmmsRateCardSet ArmmsRateCardSet;

ArmmsRateCardSet *armms_rates_load_cards (ArmmsWork *work, ArmmsDate from, ArmmsDate to, GError **error); /* (transfer full) */
void armms_rate_card_set_free (ArmmsRateCardSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsRateCardSet, armms_rate_card_set_free)

/* The cards of one post, sorted by from; NULL and 0 when there are none. (transfer none) */
const ArmmsPayCard *armms_rate_card_set_find (const ArmmsRateCardSet *set, const ArmmsId *detachment_id, const ArmmsId *shift_id,
                                              const ArmmsId *position_id, gsize *ret_n_cards);
gsize armms_rate_card_set_count (const ArmmsRateCardSet *set);

/* What days pay between @from and @to: of the law's matrix and the tenant's own the better, cell by cell (rules/premium/better.h).
 * (transfer full): free with armms_rates_premiums_free(). */
ArmmsPremiumTable *armms_rates_load_premiums (ArmmsWork *work, ArmmsDate from, ArmmsDate to, GError **error);
void armms_rates_premiums_free (ArmmsPremiumTable *table);

/* Sets, for the first filling of a tenant: approved at once, with the reason of the unit. @cards: of ArmmsRateCard *;
 * ids are filled in where nil, and for a monthly basis the factor's cover where a factor is known. Events are written. */
gboolean armms_rates_insert_cards (ArmmsWork *work, const GPtrArray *cards, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The law's premium matrix from data/statutory/ph, as armms_statutory_import(). */
gboolean armms_rates_import_premiums (ArmmsWork *work, const char *folder, gint64 *ret_rows, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
