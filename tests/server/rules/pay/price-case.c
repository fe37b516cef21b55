#include "price-case.h"

void
paid_clear (Paid *paid)
{
  g_clear_pointer (&paid->lines, g_array_unref);
  g_clear_pointer (&paid->problems, g_array_unref);
}

Paid
paid_new (void)
{
  return (Paid) { g_array_new (FALSE, FALSE, sizeof (ArmmsEarningLine)), g_array_new (FALSE, FALSE, sizeof (ArmmsPayProblem)) };
}

Paid
pay_price (const ArmmsPayCard *cards, gsize n_cards, const PayEntry *entries, gsize n)
{
  Paid paid = paid_new ();
  g_autofree ArmmsDate *dates = g_new (ArmmsDate, n);
  g_autofree gint64 *cells = g_new (gint64, n);
  g_autofree gint64 *minutes = g_new (gint64, n);
  g_autoptr(GError) error = NULL;
  gboolean ok;

  for (gsize i = 0; i < n; i++)
    {
      dates[i] = law_date (entries[i].date);
      cells[i] = law_cell (entries[i].cell);
      minutes[i] = entries[i].minutes;
    }
  ok = armms_pay_price (cards, n_cards, &law_tables ()->premiums, dates, cells, minutes, n, paid.lines, paid.problems, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  return paid;
}

const ArmmsEarningLine *
paid_line (const Paid *paid, guint i)
{
  g_assert_cmpuint (i, <, paid->lines->len);
  return &g_array_index (paid->lines, ArmmsEarningLine, i);
}

const ArmmsPayProblem *
paid_problem (const Paid *paid, guint i)
{
  g_assert_cmpuint (i, <, paid->problems->len);
  return &g_array_index (paid->problems, ArmmsPayProblem, i);
}

gint64
paid_total (const Paid *paid)
{
  gint64 total = 0;

  for (guint i = 0; i < paid->lines->len; i++)
    total += paid_line (paid, i)->amount.centavos;
  return total;
}

ArmmsPayCard
pay_card (ArmmsRateBasis basis, gint64 centavos, const char *factor)
{
  ArmmsPayCard card = { .basis = basis, .day_minutes = 480, .amount = { centavos }, .from = ARMMS_DATE_NONE, .to = ARMMS_DATE_NONE };

  g_assert_true (factor == NULL || armms_multiplier_parse (factor, &card.factor));
  return card;
}

ArmmsPayCard
pay_salary_card (gint64 centavos, const char *factor, gboolean covers_rest_days, gboolean covers_special_days)
{
  ArmmsPayCard card = pay_card (ARMMS_BASIS_MONTHLY, centavos, factor);

  card.salaried = TRUE;
  card.covers_rest_days = covers_rest_days;
  card.covers_special_days = covers_special_days;
  return card;
}

ArmmsPayCard
pay_between (ArmmsPayCard card, const char *from, const char *to)
{
  card.from = law_date (from);
  card.to = law_date (to);
  return card;
}

void
pay_rate_by_hand (const ArmmsPayCard *card, gint64 *ret_centavos, gint64 *ret_minutes)
{
  switch (card->basis)
    {
    case ARMMS_BASIS_HOURLY:
      *ret_centavos = card->amount.centavos;
      *ret_minutes = 60;
      break;
    case ARMMS_BASIS_DAILY:
      *ret_centavos = card->amount.centavos;
      *ret_minutes = 8 * 60;
      break;
    case ARMMS_BASIS_MONTHLY:
    default:
      /* A factor has at most one decimal. */
      g_assert_cmpint (card->factor.millionths % 100000, ==, 0);
      *ret_centavos = card->amount.centavos * 12 * 10;
      *ret_minutes = card->factor.millionths / 100000 * 8 * 60;
    }
}

gint64
pay_half_away (__int128 numerator, __int128 denominator)
{
  gboolean negative = numerator < 0;
  __int128 twice = 2 * (negative ? -numerator : numerator) + denominator;
  gint64 rounded = (gint64) (twice / (2 * denominator));

  return negative ? -rounded : rounded;
}
