/* From minutes to earnings: what one timesheet's cells are worth under the rate cards in force on each duty day.
 *
 * Law    minutes x rate x multiplier, exactly, rounded once per line half away from zero; a total is the sum of its
 *        rounded lines. Daily over the minutes of a day (Labor Code art. 83), monthly by the equivalent factor of its card
 *        (monthly x 12 / factor / minutes of a day). Salaried staff have the basic in the salary: art. 82-94 then add only
 *        the part above 1.00.
 * Units  minutes whole, money centavos, factors millionths of a day (393.5 = 393500000).
 * Shape  columns in (duty dates, cells, minutes side by side), lines out, appended to an array that the caller keeps
 *        and reuses. A day without a card is a problem of that paysheet, never a zero and never an error of the run.
 */
#pragma once

#include "common/base/id.h"
#include "common/base/period.h"
#include "server/rules/premium/premium.h"

G_BEGIN_DECLS

typedef enum {
  ARMMS_BASIS_HOURLY,
  ARMMS_BASIS_DAILY,
  ARMMS_BASIS_MONTHLY,
} ArmmsRateBasis;

const char *armms_rate_basis_name (ArmmsRateBasis basis);
gboolean armms_rate_basis_parse (const char *name, ArmmsRateBasis *ret_basis) G_GNUC_WARN_UNUSED_RESULT;

/* The price of a post in one span of time. */
typedef struct {
  ArmmsId rate_card_id;
  ArmmsDate from, to;      /* inclusive; NONE: open */
  ArmmsRateBasis basis;
  ArmmsMoney amount;       /* an hour, a day of 8 hours, a month */
  gint32 day_minutes;      /* that a day's pay is for: the regular hours of a day, Labor Code art. 83 (working-time.csv) */
  ArmmsMultiplier factor;  /* MONTHLY: paid days a year; else 0 */
  gboolean salaried;       /* MONTHLY: the salary is paid whole, less absences; else by the minute */
  gboolean covers_rest_days, covers_special_days; /* salaried: days inside the factor, so that only the part above 1.00 is added */
  ArmmsMoney cola;         /* cost-of-living allowance of a day of 8 hours, beside the amount; 0: none. Rules: cola.h */
  const char *source;      /* "rate card NCR-01/DAY/GUARD"; interned or NULL */
  const char *cola_source; /* the wage order that the allowance comes from; interned; NULL: the card's own */
} ArmmsPayCard;

/* The card's price of a minute as an exact fraction. INVALID_INPUT "rate_card.amount" for an amount that is not above 0,
 * "rate_card.factor" for a monthly card without a factor. */
gboolean armms_pay_card_rate (const ArmmsPayCard *card, ArmmsRate *ret_rate, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The card in force on @date among @cards sorted by from: where two are, the one that began later. (transfer none) (nullable) */
const ArmmsPayCard *armms_pay_card_find (const ArmmsPayCard *cards, gsize n_cards, ArmmsDate date);
/* A day's pay: the daily amount; hourly x 8; monthly x 12 / factor. For the minimum wage and PhilHealth's base. */
gboolean armms_pay_card_daily (const ArmmsPayCard *card, ArmmsMoney *ret_daily, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A month's pay: the monthly amount; daily x @factor / 12 (estimated equivalent monthly rate). */
gboolean armms_pay_card_monthly (const ArmmsPayCard *card, ArmmsMultiplier factor, ArmmsMoney *ret_monthly, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How the tax law sees a line. */
typedef enum {
  ARMMS_PAY_CLASS_BASIC,
  ARMMS_PAY_CLASS_HOLIDAY,  /* holiday and rest day pay */
  ARMMS_PAY_CLASS_OVERTIME,
  ARMMS_PAY_CLASS_NIGHT,    /* night differential within the first 8 hours */
  ARMMS_N_PAY_CLASSES,
} ArmmsPayClass;

const char *armms_pay_class_name (ArmmsPayClass pay_class);

typedef enum {
  ARMMS_EARNING_CELL,    /* minutes of one cell */
  ARMMS_EARNING_SALARY,  /* the salary of the period, or of the part of it under this card */
  ARMMS_EARNING_ABSENCE, /* taken from the salary: absent, late, undertime, unpaid leave; negative */
  ARMMS_EARNING_COLA,    /* cost-of-living allowance: regular pay for the tax, no basic pay for the 13th month */
} ArmmsEarningKind;

/* One line of a paysheet. */
typedef struct {
  ArmmsEarningKind kind;
  const ArmmsPayCard *card;         /* borrowed */
  const ArmmsPremiumRow *premium;   /* borrowed; NULL where none applies */
  ArmmsCell cell;
  ArmmsPremiumPart part;
  gint64 minutes;                   /* SALARY: 0 */
  gint32 days, period_days, periods_per_year; /* SALARY: calendar days paid, of the period's */
  ArmmsRate rate;                   /* SALARY: none */
  ArmmsMultiplier multiplier;
  ArmmsMoney amount;                /* rounded */
  ArmmsMoney basic;                 /* what of it counts as basic pay for the 13th month */
  ArmmsPayClass pay_class;
} ArmmsEarningLine;

/* Why a day could not be priced. */
typedef struct {
  const char *code; /* "rate_card.missing", "premium.missing" (no row of the matrix on that date), "minutes.out_of_range", "cell.unknown" */
  ArmmsDate from, to; /* first and last duty date that it concerns */
  ArmmsCell cell;     /* of the first day; of several the one with the lowest number */
  gint32 count;       /* days and cells */
} ArmmsPayProblem;

/**
 * armms_pay_price:
 * @cards: of this post (detachment, shift, position), sorted by from; may be empty
 * @duty_dates, @cells, @minutes: @n entries side by side, in any order
 * @lines: (element-type ArmmsEarningLine): appended, one line per (card, premium row, cell), in order of first entry;
 *   then the allowances of the days, where a card has one
 * @problems: (element-type ArmmsPayProblem): appended, one per code
 *
 * Prices by the minute. Of a salaried card only what comes on top of the salary is priced, and what is taken from it;
 * the salary itself is armms_pay_salary().
 *
 * Returns: %FALSE when a figure passes 64 bits, or a card has no amount or no factor: then nothing is appended
 */
gboolean armms_pay_price (const ArmmsPayCard      *cards,
                          gsize                    n_cards,
                          const ArmmsPremiumTable *premiums,
                          const ArmmsDate         *duty_dates,
                          const gint64            *cells,
                          const gint64            *minutes,
                          gsize                    n,
                          GArray                  *lines,
                          GArray                  *problems,
                          GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * armms_pay_salary:
 * @cards: of this post, sorted by from
 * @period: the pay period; @periods_per_year: 24 for half-months
 * @employed_from, @employed_to: NONE: all of the period
 *
 * The salary of the period: monthly x 12 / periods a year, by calendar days where the card changes, or where employment
 * begins or ends, inside it: one line a card, each rounded once, so that the parts are off the whole by half a centavo
 * each at most. Cards that are not salaried give nothing. A day without a card beside salaried ones is a problem.
 *
 * Returns: %FALSE when a figure passes 64 bits: then nothing is appended
 */
gboolean armms_pay_salary (const ArmmsPayCard *cards,
                           gsize               n_cards,
                           ArmmsPeriod         period,
                           gint32              periods_per_year,
                           ArmmsDate           employed_from,
                           ArmmsDate           employed_to,
                           GArray             *lines,
                           GArray             *problems,
                           GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/* Salary and absences together are never below nothing: when absences pass the salary, what must be given back (>= 0). */
gboolean armms_pay_salary_shortfall (const GArray *lines, guint first, ArmmsMoney *ret_shortfall, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void armms_earning_line_trace (const ArmmsEarningLine *line, ArmmsTrace *trace);
/* "Regular holiday, overtime, night" (untranslated). */
const char *armms_earning_line_title (const ArmmsEarningLine *line);
/* Stable code for registers and journals: the cell's name, "salary", "cola", "absent", ... */
const char *armms_earning_line_code (const ArmmsEarningLine *line);

/* Sums of @lines by the law's eyes. */
typedef struct {
  ArmmsMoney gross;
  ArmmsMoney by_class[ARMMS_N_PAY_CLASSES];
  ArmmsMoney basic;
  gint64 minutes;     /* worked */
} ArmmsEarningTotals;
gboolean armms_earnings_sum (const GArray *lines, guint first, ArmmsEarningTotals *ret_totals, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
