#include "server/rules/pay/earnings.h"

#include <string.h>

#define MINUTES_PER_DUTY_DAY 480
#define MONTHS_PER_YEAR 12
#define MILLION 1000000

static const char *const basis_names[] = { "hourly", "daily", "monthly" };

static gint64
common_divisor (gint64 a, gint64 b)
{
  while (b != 0)
    {
      gint64 rest = a % b;
      a = b;
      b = rest;
    }
  return a < 0 ? -a : a;
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

/* A month in a card is paid on days that the factor counts: centavos a minute = monthly x 12 / (factor x 480). */
static gboolean
monthly_rate (const ArmmsPayCard *card, ArmmsRate *ret_rate, GError **error)
{
  gint64 factor = card->factor.millionths;
  gint64 scale = common_divisor (factor, MILLION);
  gint64 centavos, minutes, divisor;

  if (factor <= 0)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "rate_card.factor", "a monthly rate card has no factor of paid days a year");
      return FALSE;
    }
  if (__builtin_mul_overflow (card->amount.centavos, (gint64) MONTHS_PER_YEAR * (MILLION / scale), &centavos)
      || __builtin_mul_overflow (factor / scale, (gint64) MINUTES_PER_DUTY_DAY, &minutes))
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "money.overflow", "a monthly rate passes 64 bits");
      return FALSE;
    }
  divisor = common_divisor (centavos, minutes);
  *ret_rate = (ArmmsRate) { centavos / divisor, minutes / divisor };
  return TRUE;
}

gboolean
armms_pay_card_rate (const ArmmsPayCard *card, ArmmsRate *ret_rate, GError **error)
{
  switch (card->basis)
    {
    case ARMMS_BASIS_HOURLY:
      *ret_rate = (ArmmsRate) { card->amount.centavos, ARMMS_MINUTES_PER_HOUR };
      return TRUE;
    case ARMMS_BASIS_DAILY:
      *ret_rate = (ArmmsRate) { card->amount.centavos, MINUTES_PER_DUTY_DAY };
      return TRUE;
    case ARMMS_BASIS_MONTHLY:
      return monthly_rate (card, ret_rate, error);
    default:
      g_return_val_if_reached (FALSE);
    }
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
  return armms_rate_pay (rate, ARMMS_MINUTES (MINUTES_PER_DUTY_DAY), ARMMS_MULTIPLIER_ONE, ret_daily, error);
}

gboolean
armms_pay_card_monthly (const ArmmsPayCard *card, ArmmsMultiplier factor, ArmmsMoney *ret_monthly, GError **error)
{
  gint64 daily = card->amount.centavos;

  if (card->basis == ARMMS_BASIS_MONTHLY)
    {
      *ret_monthly = card->amount;
      return TRUE;
    }
  if (card->basis == ARMMS_BASIS_HOURLY)
    daily *= MINUTES_PER_DUTY_DAY / ARMMS_MINUTES_PER_HOUR;
  return armms_money_mul_div (ARMMS_MONEY (daily), factor.millionths, (gint64) MONTHS_PER_YEAR * MILLION, ARMMS_ROUND_HALF_AWAY,
                              ret_monthly, error);
}
