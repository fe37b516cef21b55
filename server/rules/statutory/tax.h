/* Withholding tax on compensation.
 *
 * Law    NIRC ss. 24, 32, 79 as amended by RA 10963; RR 2-98 s.2.79 as amended by RR 11-2018. Brackets by pay period and
 *        date of payment in data/statutory/ph/withholding-tax.csv; no number stands here.
 * Units  centavos; rates in millionths.
 * Shape  four methods, each a function; armms_tax_withhold() chooses. TABLE, on the whole, is the default; which one the
 *        client's accountant wants is a setting of the tenant.
 */
#pragma once

#include "server/rules/trace/trace.h"

G_BEGIN_DECLS

typedef enum {
  ARMMS_TAX_DAILY, ARMMS_TAX_WEEKLY, ARMMS_TAX_SEMI_MONTHLY, ARMMS_TAX_MONTHLY, ARMMS_TAX_ANNUAL, ARMMS_N_TAX_PERIODS
} ArmmsTaxPeriod;

const char *armms_tax_period_name (ArmmsTaxPeriod period);
gboolean armms_tax_period_parse (const char *name, ArmmsTaxPeriod *ret_period) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  ArmmsTaxPeriod period;
  ArmmsDate from, to;       /* paid on, inclusive; NONE: open */
  gint32 row;               /* bracket, from 1 */
  ArmmsMoney over;          /* tax = base + rate x (taxable - over) */
  ArmmsMoney base;
  ArmmsMultiplier rate;
  const char *source;       /* interned */
} ArmmsTaxRow;

typedef struct {
  const ArmmsTaxRow *rows;  /* borrowed; sorted by (period, from, over) */
  gsize n_rows;
} ArmmsTaxTable;

void armms_tax_table_index (ArmmsTaxTable *table, ArmmsTaxRow *rows, gsize n_rows); /* sorts @rows in place */

typedef enum {
  ARMMS_TAX_METHOD_TABLE,      /* the table of the pay period on the whole taxable amount */
  ARMMS_TAX_METHOD_REGULAR,    /* bracket by regular pay, its rate on regular and supplementary */
  ARMMS_TAX_METHOD_CUMULATIVE, /* average of the year so far, less what was withheld */
  ARMMS_TAX_METHOD_ANNUALISED, /* the year's tax less what was withheld: December, separation */
} ArmmsTaxMethod;

const char *armms_tax_method_name (ArmmsTaxMethod method);
gboolean armms_tax_method_parse (const char *name, ArmmsTaxMethod *ret_method) G_GNUC_WARN_UNUSED_RESULT;

/* What a period's pay is in the eyes of the tax law. */
typedef struct {
  ArmmsMoney basic, holiday, overtime, night; /* earnings by class (ArmmsPayClass) */
  ArmmsMoney other_regular;       /* taxable fixed allowances */
  ArmmsMoney other_supplementary; /* taxable bonuses, commissions, the excess over ceilings */
  ArmmsMoney contributions;       /* employee shares taken, and union dues */
  gboolean minimum_wage_earner;
  gboolean premiums_are_supplementary; /* setting; holiday and night pay beside overtime */
} ArmmsTaxPay;

typedef struct {
  ArmmsMoney regular, supplementary; /* taxable, never below 0 */
  ArmmsMoney exempt;                 /* of a minimum wage earner */
} ArmmsTaxable;

/* Splits pay into regular and supplementary. Contributions come off the regular part first. Of a minimum wage earner basic,
 * holiday, overtime and night pay are exempt; other taxable pay is taxed on its own (G.R. 184450). INVALID_INPUT
 * "tax.contributions" when they are below zero, "money.overflow" */
gboolean armms_tax_split (const ArmmsTaxPay *pay, ArmmsTaxable *ret_taxable, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is known of the year before this period. */
typedef struct {
  ArmmsMoney taxable;            /* regular and supplementary of the year so far, this employer */
  ArmmsMoney withheld;           /* by this employer */
  ArmmsMoney taxable_elsewhere, withheld_elsewhere; /* by an earlier employer of the same year */
  gint32 periods;                /* that they cover, this one not counted */
  gboolean cumulative;           /* on the cumulative method since an earlier period of this year: stays on it */
  gboolean other_employer;       /* hired this year from another employer */
} ArmmsTaxYear;

typedef struct {
  ArmmsTaxMethod method;         /* the one used */
  ArmmsMoney taxable;            /* what it was applied to */
  ArmmsMoney regular, supplementary;
  ArmmsMoney average, cumulative_tax; /* CUMULATIVE: each rounded to the centavo; ANNUALISED: the year's taxable and its tax */
  ArmmsMoney withheld_before;    /* in the year, by all employers */
  ArmmsMoney withheld_here;      /* of it by this one: the most that can be refunded */
  gint32 periods;
  ArmmsMoney tax;                /* to withhold now; negative only with ANNUALISED: to refund, at most what was withheld here */
  const ArmmsTaxRow *row;        /* borrowed */
  ArmmsDate paid_on;
} ArmmsTax;

/* base + rate x (taxable - over), rounded once. NOT_FOUND "statutory.no_table", which names period and date, when no row is in
 * force; INVALID_INPUT "tax.periods" for a number of earlier periods that no year has; "money.overflow". So all of these. */
gboolean armms_tax_by_table (const ArmmsTaxTable *table, ArmmsTaxPeriod period, ArmmsDate paid_on, ArmmsMoney taxable,
                             ArmmsTax *ret_tax, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_tax_regular (const ArmmsTaxTable *table, ArmmsTaxPeriod period, ArmmsDate paid_on, const ArmmsTaxable *taxable,
                            ArmmsTax *ret_tax, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_tax_cumulative (const ArmmsTaxTable *table, ArmmsTaxPeriod period, ArmmsDate paid_on, const ArmmsTaxable *taxable,
                               const ArmmsTaxYear *year, ArmmsTax *ret_tax, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_tax_annualised (const ArmmsTaxTable *table, ArmmsDate paid_on, const ArmmsTaxable *taxable,
                               const ArmmsTaxYear *year, ArmmsTax *ret_tax, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * armms_tax_withhold:
 * @method: the tenant's: TABLE, or REGULAR, which turns to CUMULATIVE where the rules require it (regular pay below the first
 *   taxable bracket with supplementary pay; supplementary not less than regular; another employer in the year; already on it)
 * @annualise: last pay of the year, or of the employment
 */
gboolean armms_tax_withhold (const ArmmsTaxTable *table, ArmmsTaxMethod method, ArmmsTaxPeriod period, ArmmsDate paid_on,
                             const ArmmsTaxable *taxable, const ArmmsTaxYear *year, gboolean annualise,
                             ArmmsTax *ret_tax, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void armms_tax_trace (const ArmmsTax *tax, ArmmsTrace *trace);

G_END_DECLS
