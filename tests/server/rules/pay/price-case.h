/* Short words for tests of pay: entries priced under cards by the shipped matrix. */
#pragma once

#include "../law-case.h"

#include "server/rules/pay/earnings.h"

G_BEGIN_DECLS

typedef struct {
  const char *date;
  const char *cell;
  gint64 minutes;
} PayEntry;

typedef struct {
  GArray *lines;    /* owned: ArmmsEarningLine */
  GArray *problems; /* owned: ArmmsPayProblem */
} Paid;

void paid_clear (Paid *paid);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Paid, paid_clear)

Paid paid_new (void);
Paid pay_price (const ArmmsPayCard *cards, gsize n_cards, const PayEntry *entries, gsize n);
const ArmmsEarningLine *paid_line (const Paid *paid, guint i);
const ArmmsPayProblem *paid_problem (const Paid *paid, guint i);
gint64 paid_total (const Paid *paid); /* centavos of all lines */

ArmmsPayCard pay_card (ArmmsRateBasis basis, gint64 centavos, const char *factor /* nullable */); /* in force always */
ArmmsPayCard pay_salary_card (gint64 centavos, const char *factor, gboolean covers_rest_days, gboolean covers_special_days);
ArmmsPayCard pay_between (ArmmsPayCard card, const char *from, const char *to);

/* The price of a minute by hand: centavos over minutes, not reduced. */
void pay_rate_by_hand (const ArmmsPayCard *card, gint64 *ret_centavos, gint64 *ret_minutes);
/* @numerator / @denominator, half away from zero, another way than the rules do it. */
gint64 pay_half_away (__int128 numerator, __int128 denominator);

G_END_DECLS
