/* SSS, PhilHealth and HDMF (Pag-IBIG): both shares, from the table in force in the applicable month.
 *
 * Law    RA 11199 and SSS circulars; RA 11223 s.10; RA 9679 and HDMF circulars. Rows by date with their source in
 *        data/statutory/ph/{sss,philhealth,pagibig}.csv; no number stands here.
 * Units  centavos; rates in millionths.
 * Shape  one row type for the three schemes: either amounts are printed in the row (SSS), or a rate is applied to a base
 *        held between floor and ceiling (PhilHealth, HDMF). Each scheme has its own base, given by the caller:
 *        SSS the month's whole gross of both cut-offs, PhilHealth the monthly basic, HDMF the monthly equivalent.
 */
#pragma once

#include "common/base/id.h"
#include "server/rules/trace/trace.h"

G_BEGIN_DECLS

typedef enum { ARMMS_SCHEME_SSS, ARMMS_SCHEME_PHILHEALTH, ARMMS_SCHEME_HDMF, ARMMS_N_SCHEMES } ArmmsScheme;

const char *armms_scheme_name (ArmmsScheme scheme); /* "sss", "philhealth", "hdmf" */
gboolean armms_scheme_parse (const char *name, ArmmsScheme *ret_scheme) G_GNUC_WARN_UNUSED_RESULT; /* "pagibig" is hdmf */

/* One bracket of one table. */
typedef struct {
  ArmmsScheme scheme;
  ArmmsDate from, to;          /* applicable, inclusive; NONE: open */
  gint32 row;
  gint64 at_least, below;      /* compensation in centavos, [at_least, below); below G_MAXINT64: no end */
  ArmmsMoney credit;           /* SSS: the monthly salary credit */
  ArmmsMoney employee, employee_mpf, employer, employer_mpf, employer_ec; /* SSS: printed */
  ArmmsMultiplier employee_rate, employer_rate;  /* else: of the base */
  ArmmsMoney floor, ceiling;   /* of the base */
  const char *source;          /* interned */
} ArmmsContributionRow;

typedef struct {
  const ArmmsContributionRow *rows; /* borrowed; sorted by (scheme, from, at_least) */
  gsize n_rows;
} ArmmsContributionTable;

/* Sorts @rows in place. */
void armms_contribution_table_index (ArmmsContributionTable *table, ArmmsContributionRow *rows, gsize n_rows);

typedef struct {
  ArmmsScheme scheme;
  ArmmsMoney compensation;     /* as given */
  ArmmsMoney base;             /* salary credit, or compensation within floor and ceiling */
  ArmmsMoney premium;          /* PhilHealth: before it is halved; else 0 */
  ArmmsMoney employee;         /* whole share: MPF included */
  ArmmsMoney employer;         /* whole share: MPF and EC included */
  ArmmsMoney employee_mpf, employer_mpf, employer_ec; /* what of it is which */
  ArmmsMoney taken_employee, taken_employer; /* of a difference: what was taken before it */
  const ArmmsContributionRow *row; /* borrowed; NULL: no earnings in the month */
} ArmmsContribution;

/**
 * armms_contribution_due:
 * @applicable: any day of the month that the contribution is for
 *
 * What is due for the whole month. No compensation: nothing due. PhilHealth: premium half up, the employer half of it
 * half up, the odd centavo comes off the employee (Advisory 2018-0003).
 *
 * Returns: %FALSE with NOT_FOUND "statutory.no_table", which names scheme and date, when no row is in force; "money.overflow"
 */
gboolean armms_contribution_due (const ArmmsContributionTable *table,
                                 ArmmsScheme                   scheme,
                                 ArmmsMoney                    compensation,
                                 ArmmsDate                     applicable,
                                 ArmmsContribution            *ret_contribution,
                                 GError                      **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is still to take when @taken was taken already for the month: part by part, negative where too much was. The second
 * cut-off and the correction of a closed month are both this difference; @due is of the month's own table. "money.overflow" */
gboolean armms_contribution_subtract (const ArmmsContribution *due, const ArmmsContribution *taken, ArmmsContribution *ret_difference,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

void armms_contribution_trace (const ArmmsContribution *contribution, ArmmsTrace *trace);

G_END_DECLS
