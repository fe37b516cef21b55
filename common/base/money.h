/* Money, rates and multipliers: exact, wrapped so that the compiler refuses a mix.
 *
 * Units  ArmmsMoney is centavos. ArmmsRate is a fraction, centavos over minutes (755.00 a day of 8 hours is
 *        75500/480): never rounded on the way. ArmmsMultiplier is millionths (1.859 = 1859000).
 * Law    a pay line is minutes x rate x multiplier, computed exactly and rounded once, half away from zero,
 *        to the centavo; a total is the sum of rounded lines (reference §1).
 * Shape  128-bit products; overflow is an error (ARMMS_ERROR_INTERNAL "money.overflow"), never a wrap.
 */
#pragma once

#include "common/base/error.h"
#include "common/base/minutes.h"

G_BEGIN_DECLS

typedef struct { gint64 centavos; } ArmmsMoney;
typedef struct { gint64 centavos; gint64 minutes; } ArmmsRate; /* minutes > 0 */
typedef struct { gint64 millionths; } ArmmsMultiplier;

#define ARMMS_MONEY(c) ((ArmmsMoney) { (c) })
#define ARMMS_MULTIPLIER_ONE ((ArmmsMultiplier) { 1000000 })
#define ARMMS_MONEY_TEXT_SIZE 32

typedef enum {
  ARMMS_ROUND_HALF_AWAY, /* 0.5 -> 1, -0.5 -> -1: the rule of pay lines */
  ARMMS_ROUND_DOWN,      /* toward zero */
} ArmmsRounding;

/* Sums: TRUE and *ret set, or FALSE with "money.overflow". */
gboolean armms_money_add (ArmmsMoney a, ArmmsMoney b, ArmmsMoney *ret_sum, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_money_subtract (ArmmsMoney a, ArmmsMoney b, ArmmsMoney *ret_difference, GError **error) G_GNUC_WARN_UNUSED_RESULT;
int armms_money_compare (ArmmsMoney a, ArmmsMoney b);

/* @amount x @numerator / @denominator, rounded once. @denominator is not 0. */
gboolean armms_money_mul_div (ArmmsMoney amount, gint64 numerator, gint64 denominator, ArmmsRounding rounding,
                              ArmmsMoney *ret_money, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @minutes x @rate x @multiplier, rounded once, half away from zero. */
gboolean armms_rate_pay (ArmmsRate rate, ArmmsMinutes minutes, ArmmsMultiplier multiplier,
                         ArmmsMoney *ret_money, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "1234.56", "-0.05": exactly two decimals, no grouping, no sign but '-', at most 15 digits. */
gboolean armms_money_parse (const char *text, ArmmsMoney *ret_money) G_GNUC_WARN_UNUSED_RESULT;
const char *armms_money_format (ArmmsMoney money, char buffer[ARMMS_MONEY_TEXT_SIZE]);

/* "1.859", up to six decimals. */
gboolean armms_multiplier_parse (const char *text, ArmmsMultiplier *ret_multiplier) G_GNUC_WARN_UNUSED_RESULT;
const char *armms_multiplier_format (ArmmsMultiplier multiplier, char buffer[ARMMS_MONEY_TEXT_SIZE]); /* no trailing zeros */

G_END_DECLS
