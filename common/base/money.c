#include "common/base/money.h"

#include <string.h>

#define MONEY_DIGITS_MAX 15
#define MULTIPLIER_WHOLE_DIGITS_MAX 9
#define MULTIPLIER_DECIMALS 6
#define MILLIONTHS 1000000

typedef __int128 Wide;

static gboolean
set_overflow (GError **error, const char *what)
{
  armms_error_set (error, ARMMS_ERROR_INTERNAL, "money.overflow", "%s does not fit into 64 bits of centavos", what);
  return FALSE;
}

/* @denominator > 0. Rounded once, then narrowed. */
static gboolean
divide (Wide numerator, Wide denominator, ArmmsRounding rounding, gint64 *ret)
{
  Wide quotient = numerator / denominator;
  Wide rest = numerator % denominator;

  if (rest < 0)
    rest = -rest;
  /* rest >= denominator - rest is "at least a half" without doubling, which could overflow */
  if (rounding == ARMMS_ROUND_HALF_AWAY && rest != 0 && rest >= denominator - rest)
    quotient += numerator < 0 ? -1 : 1;
  if (quotient > G_MAXINT64 || quotient < G_MININT64)
    return FALSE;
  *ret = (gint64) quotient;
  return TRUE;
}

gboolean
armms_money_add (ArmmsMoney a, ArmmsMoney b, ArmmsMoney *ret_sum, GError **error)
{
  gint64 sum;

  if (__builtin_add_overflow (a.centavos, b.centavos, &sum))
    return set_overflow (error, "a sum");
  ret_sum->centavos = sum;
  return TRUE;
}

gboolean
armms_money_subtract (ArmmsMoney a, ArmmsMoney b, ArmmsMoney *ret_difference, GError **error)
{
  gint64 difference;

  if (__builtin_sub_overflow (a.centavos, b.centavos, &difference))
    return set_overflow (error, "a difference");
  ret_difference->centavos = difference;
  return TRUE;
}

int
armms_money_compare (ArmmsMoney a, ArmmsMoney b)
{
  return (a.centavos > b.centavos) - (a.centavos < b.centavos);
}

gboolean
armms_money_mul_div (ArmmsMoney amount, gint64 numerator, gint64 denominator, ArmmsRounding rounding,
                     ArmmsMoney *ret_money, GError **error)
{
  Wide product = (Wide) amount.centavos * numerator;
  Wide divisor = denominator;
  gint64 centavos;

  g_return_val_if_fail (denominator != 0, FALSE);
  if (divisor < 0)
    {
      product = -product;
      divisor = -divisor;
    }
  if (!divide (product, divisor, rounding, &centavos))
    return set_overflow (error, "a share of an amount");
  ret_money->centavos = centavos;
  return TRUE;
}

gboolean
armms_rate_pay (ArmmsRate rate, ArmmsMinutes minutes, ArmmsMultiplier multiplier, ArmmsMoney *ret_money, GError **error)
{
  Wide product = (Wide) rate.centavos * minutes.count;
  gint64 centavos;

  g_return_val_if_fail (rate.minutes > 0, FALSE);
  if (__builtin_mul_overflow (product, (Wide) multiplier.millionths, &product)
      || !divide (product, (Wide) rate.minutes * MILLIONTHS, ARMMS_ROUND_HALF_AWAY, &centavos))
    return set_overflow (error, "a pay line");
  ret_money->centavos = centavos;
  return TRUE;
}

gboolean
armms_money_parse (const char *text, ArmmsMoney *ret_money)
{
  gboolean negative;
  const char *at = text;
  gint64 centavos = 0;
  int whole = 0;

  if (text == NULL)
    return FALSE;
  negative = *at == '-';
  at += negative;
  if (at[0] == '0' && g_ascii_isdigit (at[1]))
    return FALSE;
  for (; g_ascii_isdigit (*at); at++)
    {
      if (++whole > MONEY_DIGITS_MAX - 2)
        return FALSE;
      centavos = centavos * 10 + (*at - '0');
    }
  if (whole == 0 || at[0] != '.' || !g_ascii_isdigit (at[1]) || !g_ascii_isdigit (at[2]) || at[3] != '\0')
    return FALSE;
  centavos = centavos * 100 + (at[1] - '0') * 10 + (at[2] - '0');
  ret_money->centavos = negative ? -centavos : centavos;
  return TRUE;
}

/* Decimal digits of @value, at least @least, ending before @end. Returns their start. */
static char *
write_digits (char *end, guint64 value, int least)
{
  for (int n = 0; value != 0 || n < least; n++, value /= 10)
    *--end = (char) ('0' + value % 10);
  return end;
}

static guint64
magnitude (gint64 value)
{
  return value < 0 ? 0 - (guint64) value : (guint64) value;
}

const char *
armms_money_format (ArmmsMoney money, char buffer[ARMMS_MONEY_TEXT_SIZE])
{
  char text[ARMMS_MONEY_TEXT_SIZE];
  char *end = text + sizeof text - 1;
  char *start;
  guint64 size = magnitude (money.centavos);

  *end = '\0';
  start = write_digits (end, size % 100, 2);
  *--start = '.';
  start = write_digits (start, size / 100, 1);
  if (money.centavos < 0)
    *--start = '-';
  return memcpy (buffer, start, (gsize) (end - start) + 1);
}

gboolean
armms_multiplier_parse (const char *text, ArmmsMultiplier *ret_multiplier)
{
  const char *at = text;
  gint64 millionths = 0;
  int whole = 0, decimals = 0;

  if (text == NULL || (at[0] == '0' && g_ascii_isdigit (at[1])))
    return FALSE;
  for (; g_ascii_isdigit (*at); at++)
    {
      if (++whole > MULTIPLIER_WHOLE_DIGITS_MAX)
        return FALSE;
      millionths = millionths * 10 + (*at - '0');
    }
  if (whole == 0)
    return FALSE;
  if (*at == '.')
    for (at++; g_ascii_isdigit (*at) && decimals < MULTIPLIER_DECIMALS; at++, decimals++)
      millionths = millionths * 10 + (*at - '0');
  if (*at != '\0' || at[-1] == '.')
    return FALSE;
  for (; decimals < MULTIPLIER_DECIMALS; decimals++)
    millionths *= 10;
  ret_multiplier->millionths = millionths;
  return TRUE;
}

const char *
armms_multiplier_format (ArmmsMultiplier multiplier, char buffer[ARMMS_MONEY_TEXT_SIZE])
{
  char text[ARMMS_MONEY_TEXT_SIZE];
  char *end = text + sizeof text - 1;
  char *start;
  guint64 size = magnitude (multiplier.millionths);
  guint64 part = size % MILLIONTHS;
  int decimals = MULTIPLIER_DECIMALS;

  *end = '\0';
  start = end;
  if (part != 0)
    {
      for (; part % 10 == 0; part /= 10)
        decimals--;
      start = write_digits (start, part, decimals);
      *--start = '.';
    }
  start = write_digits (start, size / MILLIONTHS, 1);
  if (multiplier.millionths < 0)
    *--start = '-';
  return memcpy (buffer, start, (gsize) (end - start) + 1);
}
