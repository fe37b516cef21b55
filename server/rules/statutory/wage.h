/* Minimum wage, 13th month, service incentive leave, equivalent monthly rate, de minimis: the smaller rules of pay.
 *
 * Law    wage orders under RA 6727; PD 851; Labor Code art. 95; NIRC s.32(B)(7)(e), RR 29-2025. Rows by date in
 *        data/statutory/ph/{minimum-wage,de-minimis}.csv.
 * Units  centavos; factors and days in millionths.
 */
#pragma once

#include "server/rules/trace/trace.h"

G_BEGIN_DECLS

typedef struct {
  const char *region, *area, *sector; /* interned; area and sector may list several, parted by "; " */
  ArmmsMoney daily, cola;
  ArmmsDate from, to;                 /* inclusive; NONE: open */
  gboolean in_force;                  /* FALSE: published, but stopped by a court */
  const char *order, *source;         /* interned */
  gint32 row;
} ArmmsMinimumWageRow;

typedef struct {
  const ArmmsMinimumWageRow *rows;    /* borrowed */
  gsize n_rows;
} ArmmsMinimumWageTable;

/* Where an area is not known, orders may differ inside a region: the lowest and the highest that may apply. Both are NULL
 * when no order is in force. A row whose sector is "all" serves every sector. */
typedef struct {
  const ArmmsMinimumWageRow *lowest, *highest; /* borrowed */
} ArmmsMinimumWage;

ArmmsMinimumWage armms_minimum_wage_find (const ArmmsMinimumWageTable *table, const char *region, const char *area /* nullable */,
                                          const char *sector, ArmmsDate date);
/* Is @daily the pay of a minimum wage earner? Where the area is not known, not above the lowest. */
gboolean armms_minimum_wage_earner (const ArmmsMinimumWage *wage, ArmmsMoney daily);
/* Is @daily below what the law asks? Where the area is not known, below the lowest. */
gboolean armms_minimum_wage_undercut (const ArmmsMinimumWage *wage, ArmmsMoney daily);

/* 13th month: a twelfth of the basic pay earned in the calendar year. */
gboolean armms_thirteenth_month (ArmmsMoney basic_earned, ArmmsMoney *ret_amount, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What accrues in this period: the twelfth after it less the twelfth before it, so that the year adds up to the centavo. */
gboolean armms_thirteenth_month_accrual (ArmmsMoney basic_before, ArmmsMoney basic_now, ArmmsMoney *ret_accrual, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of 13th month and other benefits together, what is within the year's @pool and what is taxable. */
void armms_benefit_pool_split (ArmmsMoney benefits, ArmmsMoney pool, ArmmsMoney *ret_exempt, ArmmsMoney *ret_taxable);

/* Unused days of service incentive leave in money: @days in millionths. */
gboolean armms_leave_conversion (ArmmsMultiplier days, ArmmsMoney daily, ArmmsMoney *ret_amount, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Estimated equivalent monthly rate: daily x factor / 12. */
gboolean armms_equivalent_monthly (ArmmsMoney daily, ArmmsMultiplier factor, ArmmsMoney *ret_monthly, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A small benefit's yearly, monthly or daily ceiling. */
typedef struct {
  const char *benefit, *per;          /* "rice_subsidy", "month"; interned */
  ArmmsMoney ceiling;                 /* or, when 0: */
  ArmmsMultiplier of_minimum_wage;    /* share of the region's daily minimum wage */
  ArmmsDate from, to;
  const char *source;
  gint32 row;
} ArmmsDeMinimisRow;

typedef struct { const ArmmsDeMinimisRow *rows; gsize n_rows; } ArmmsDeMinimisTable;

/* Splits @amount, all of the ceiling's span, at the ceiling in force. NOT_FOUND "statutory.no_table" for an unknown benefit. */
gboolean armms_de_minimis_split (const ArmmsDeMinimisTable *table, const char *benefit, ArmmsDate date, ArmmsMoney amount,
                                 ArmmsMoney minimum_wage, ArmmsMoney *ret_exempt, ArmmsMoney *ret_excess,
                                 const ArmmsDeMinimisRow **ret_row, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
