#include "server/rules/pay/earnings.h"

#include "server/rules/pay/pay-private.h"

static const char *const basis_names[] = { "hourly", "daily", "monthly" };

/* Of two numbers above 0. */
static gint64
common_divisor (gint64 a, gint64 b)
{
  while (b != 0)
    {
      gint64 rest = a % b;
      a = b;
      b = rest;
    }
  return a;
}

const char *
armms_rate_basis_name (ArmmsRateBasis basis)
{
  g_return_val_if_fail ((guint) basis < G_N_ELEMENTS (basis_names), NULL);

  return basis_names[basis];
}

gboolean
armms_rate_basis_parse (const char *name, ArmmsRateBasis *ret_basis)
{
  for (guint basis = 0; basis < G_N_ELEMENTS (basis_names); basis++)
    if (g_strcmp0 (name, basis_names[basis]) == 0)
      {
        *ret_basis = (ArmmsRateBasis) basis;
        return TRUE;
      }
  return FALSE;
}

/* A month in a card is paid on days that the factor counts: centavos a minute = monthly x 12 / (factor x minutes of a day). */
static gboolean
monthly_rate (const ArmmsPayCard *card, ArmmsRate *ret_rate, GError **error)
{
  gint64 factor = card->factor.millionths;
  gint64 scale = common_divisor (factor, ARMMS_MILLION);
  gint64 centavos, minutes, divisor;

  if (factor <= 0)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "rate_card.factor", "a monthly rate card has no factor of paid days a year");
      return FALSE;
    }
  if (__builtin_mul_overflow (card->amount.centavos, (gint64) ARMMS_MONTHS_PER_YEAR * (ARMMS_MILLION / scale), &centavos)
      || __builtin_mul_overflow (factor / scale, (gint64) card->day_minutes, &minutes))
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "money.overflow", "a monthly rate passes 64 bits");
      return FALSE;
    }
  divisor = common_divisor (centavos, minutes);
  *ret_rate = (ArmmsRate) { centavos / divisor, minutes / divisor };
  return TRUE;
}

gboolean
armms_pay_card_check (const ArmmsPayCard *card, GError **error)
{
  if (card->amount.centavos <= 0)
    armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "rate_card.amount", "a rate card pays nothing or less");
  else if (card->day_minutes <= 0)
    armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "rate_card.day_minutes", "a rate card does not say how long a day of work is");
  else
    return TRUE;
  return FALSE;
}

gboolean
armms_pay_card_rate (const ArmmsPayCard *card, ArmmsRate *ret_rate, GError **error)
{
  if (!armms_pay_card_check (card, error))
    return FALSE;
  if (card->basis == ARMMS_BASIS_MONTHLY)
    return monthly_rate (card, ret_rate, error);
  *ret_rate = (ArmmsRate) { card->amount.centavos, card->basis == ARMMS_BASIS_HOURLY ? ARMMS_MINUTES_PER_HOUR : card->day_minutes };
  return TRUE;
}

const ArmmsPayCard *
armms_pay_card_find (const ArmmsPayCard *cards, gsize n_cards, ArmmsDate date)
{
  for (gsize i = n_cards; i > 0; i--)
    {
      const ArmmsPayCard *card = &cards[i - 1];

      if (!armms_date_is_none (card->from) && card->from.days > date.days)
        continue;
      if (armms_date_is_none (card->to) || date.days <= card->to.days)
        return card;
    }
  return NULL;
}

gboolean
armms_pay_card_daily (const ArmmsPayCard *card, ArmmsMoney *ret_daily, GError **error)
{
  ArmmsRate rate;

  if (!armms_pay_card_rate (card, &rate, error))
    return FALSE;
  return armms_rate_pay (rate, ARMMS_MINUTES (card->day_minutes), ARMMS_MULTIPLIER_ONE, ret_daily, error);
}

gboolean
armms_pay_card_monthly (const ArmmsPayCard *card, ArmmsMultiplier factor, ArmmsMoney *ret_monthly, GError **error)
{
  ArmmsMoney daily;

  if (card->basis == ARMMS_BASIS_MONTHLY)
    {
      *ret_monthly = card->amount;
      return armms_pay_card_check (card, error);
    }
  if (!armms_pay_card_daily (card, &daily, error))
    return FALSE;
  return armms_money_mul_div (daily, factor.millionths, (gint64) ARMMS_MONTHS_PER_YEAR * ARMMS_MILLION, ARMMS_ROUND_HALF_AWAY,
                              ret_monthly, error);
}
