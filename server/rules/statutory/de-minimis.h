/* Small benefits free of tax up to a ceiling each, and the pool of 13th month and other benefits that takes what is above.
 *
 * Law    NIRC s.32(B)(7)(e) and s.33(C); RR 11-2018, 4-2025, 29-2025: each benefit has its own ceiling a day, month, semester or
 *        year. What is above it counts as "other benefits"; these and 13th month are free up to the year's pool, the rest is
 *        taxable (supplementary). Rows by date in data/statutory/ph/{de-minimis,limits}.csv; no number stands here.
 * Units  centavos; shares and days in millionths.
 * Shape  the caller says what the span and the year hold already; corrections downward give negative parts.
 */
#pragma once

#include "server/rules/statutory/limits.h"
#include "server/rules/trace/trace.h"

G_BEGIN_DECLS

/* One benefit's ceiling: an amount, a share of the minimum wage, or days of pay. */
typedef struct {
  const char *benefit, *per;          /* "rice_subsidy"; "day", "month", "semester" or "year"; interned */
  ArmmsMoney ceiling;                 /* or, when 0: */
  ArmmsMultiplier of_minimum_wage;    /* share of the region's daily minimum wage; or, when 0: */
  ArmmsMultiplier days;               /* monetised days */
  ArmmsDate from, to;                 /* inclusive; NONE: open */
  const char *source;                 /* interned */
  gint32 row;
} ArmmsDeMinimisRow;

typedef struct { const ArmmsDeMinimisRow *rows; gsize n_rows; } ArmmsDeMinimisTable;

/* What is given, and what its span (the row's @per) holds already. */
typedef struct {
  const char *benefit;
  ArmmsDate given_on;
  ArmmsMoney before, amount;          /* given in the span before, and now; below 0 takes back */
  ArmmsMoney minimum_wage;            /* a day, at the place of work: for a share of it */
  ArmmsMultiplier days_before, days;  /* a ceiling in days: monetised before in the span, and now.
                                         A ceiling per day: @days on which @amount was given; 0: one */
} ArmmsDeMinimisGift;

typedef struct {
  ArmmsDeMinimisGift gift;
  ArmmsMoney ceiling;                 /* of the span; 0 where it is in days */
  ArmmsMoney exempt, excess;          /* of the amount; their sum is the amount */
  const ArmmsDeMinimisRow *row;       /* borrowed */
} ArmmsDeMinimis;

/* The row in force, which says what the span is. (transfer none): NULL with NOT_FOUND "statutory.no_table" */
const ArmmsDeMinimisRow *armms_de_minimis_find (const ArmmsDeMinimisTable *table, const char *benefit, ArmmsDate date, GError **error);

/**
 * armms_de_minimis:
 *
 * The ceiling in force on the day counts against all that was given in the span: a ceiling that rises within a year frees
 * the difference for what is given from then on.
 *
 * Returns: %FALSE with NOT_FOUND "statutory.no_table" when no ceiling is in force, INVALID_INPUT "benefit.invalid" when the span
 *   would hold less than nothing, or days are missing where the ceiling is in days, "money.overflow"
 */
gboolean armms_de_minimis (const ArmmsDeMinimisTable *table, const ArmmsDeMinimisGift *gift, ArmmsDeMinimis *ret_result,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

void armms_de_minimis_trace (const ArmmsDeMinimis *result, ArmmsTrace *trace);

/* Splits @amount, all of the ceiling's span, at the ceiling in force. Errors as armms_de_minimis(). */
gboolean armms_de_minimis_split (const ArmmsDeMinimisTable *table, const char *benefit, ArmmsDate date, ArmmsMoney amount,
                                 ArmmsMoney minimum_wage, ArmmsMoney *ret_exempt, ArmmsMoney *ret_excess,
                                 const ArmmsDeMinimisRow **ret_row, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Of 13th month and other benefits together, what is within the year's @pool and what is taxable. */
void armms_benefit_pool_split (ArmmsMoney benefits, ArmmsMoney pool, ArmmsMoney *ret_exempt, ArmmsMoney *ret_taxable);

typedef struct {
  ArmmsMoney pool;
  ArmmsMoney before, amount;    /* that the year holds, and now */
  ArmmsMoney exempt, taxable;   /* of the amount; their sum is the amount */
  const ArmmsLimitRow *row;     /* borrowed; NULL: the tenant's own pool */
} ArmmsBenefitPool;

/**
 * armms_benefit_pool_fill:
 * @pool: free of tax in the year
 * @row: nullable: the row of the law that @pool was read from
 * @before: 13th month, other benefits and excess of small benefits of the year so far
 *
 * Returns: %FALSE with "money.overflow", or INVALID_INPUT "benefit.invalid" when the year would hold less than nothing
 */
gboolean armms_benefit_pool_fill (ArmmsMoney pool, const ArmmsLimitRow *row, ArmmsMoney before, ArmmsMoney amount,
                                  ArmmsBenefitPool *ret_result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void armms_benefit_pool_trace (const ArmmsBenefitPool *result, ArmmsTrace *trace);

G_END_DECLS
