/* A payslip, put together in the order of the law: each step needs what the ones before it found.
 *
 *   1 earnings        what the minutes of the period are worth, and differences of earlier ones (post.h, retro.h)
 *   2 benefits        each with how much of it is free of tax: NIRC s.32(B)(7)(e), s.33(C) (benefit.h)
 *   3 gross           earnings and benefits; what is paid back to the employee stands outside
 *   4 contributions   on their cut-off, each on its own base: SSS on all of the month's pay (RA 11199 s.8(f)), PhilHealth on the
 *                     monthly basic (RA 11223 s.10), HDMF on the monthly equivalent (RA 9679); always the whole month's due less
 *                     what earlier payslips of the month asked for, so that corrections and last pays need no rule of their own
 *   5 taxable         less the employee's shares (NIRC s.32(B)(7)(f)) and what a minimum wage earner earns (s.24(A)(2))
 *   6 tax             NIRC s.79, RR 11-2018
 *   7 obligations     what others take, by priority (Labor Code arts. 113-116)
 *   8 floor, deferral what pay cannot bear, or what the floor keeps from being taken, is deferred and never lost
 *   9 net             gross less what was taken, and what is paid back; then what the employer bears, and what accrues (PD 851)
 *
 * Units  centavos.
 * Shape  facts in, lines out, in the order of the payslip. A line says which result it shows; its trace is written from that
 *        result by armms_payslip_line_trace(), so that nothing is paid for a trace that nobody writes down. A payslip is
 *        cleared and used again; it borrows from its facts as long as it is read.
 */
#pragma once

#include "server/rules/deductions/waterfall.h"
#include "server/rules/pay/payslip/benefit.h"
#include "server/rules/pay/payslip/post.h"
#include "server/rules/statutory/hdmf-base.h"
#include "server/rules/statutory/tax.h"

G_BEGIN_DECLS

/* What all payslips of a payrun share. */
typedef struct {
  ArmmsPeriod period;
  ArmmsDate paid_on;
  ArmmsTaxPeriod tax_period;
  gboolean due[ARMMS_N_SCHEMES];   /* taken on this cut-off */
  gboolean off_cycle;              /* contributions: only corrects what the month has */
  gboolean last_of_year;           /* tax is annualised */
  ArmmsFloorPolicy floor;
  const ArmmsContributionTable *contributions; /* borrowed */
  const ArmmsTaxTable *taxes;                  /* borrowed */
  const ArmmsDeMinimisTable *ceilings;         /* borrowed */
  ArmmsTaxMethod tax_method;
  gboolean premiums_are_supplementary;
  ArmmsMultiplier equivalent_factor;           /* HDMF, of daily-paid guards */
  ArmmsMultiplier philhealth_factor;
  ArmmsHdmfPartMonthBase hdmf_part_month_base;
  ArmmsMoney benefit_pool;
} ArmmsPayslipTerms;

/* One scheme in this month, before this payslip. */
typedef struct {
  ArmmsContribution before;   /* what earlier payslips of the month asked for */
  ArmmsMoney carried;         /* employee share of earlier months, to recover in this one */
  ArmmsMoney waived;          /* of the employee share, by approved waivers; more than is due: all of it */
} ArmmsPayslipMonth;

typedef struct {
  ArmmsId id;
  const char *code, *title;   /* borrowed; title nullable */
  gint32 priority;            /* low numbers are taken first and deferred last */
  ArmmsMoney due, waived;
  gboolean loss_or_damage, whole_only;
} ArmmsPayslipObligation;

typedef struct {
  const ArmmsPostLine *earnings; gsize n_earnings;             /* borrowed, as all below */
  const ArmmsPayBenefit *benefits; gsize n_benefits;
  const ArmmsPayslipObligation *obligations; gsize n_obligations;
  const ArmmsMoney *weekly_wages; gsize n_weeks;               /* for the cap on loss and damage; none: the gross is one week's */
  const ArmmsPayCard *principal;      /* of the post where most was earned; NULL: none */
  ArmmsMoney minimum_daily;           /* of that post's region */
  gboolean last;                      /* last pay of the employment: settles month and year */
  gboolean part_month;                /* hired or separated within the month */
  ArmmsPayslipMonth month[ARMMS_N_SCHEMES];
  ArmmsMoney month_gross;             /* of the month, before */
  ArmmsTaxYear year;
  ArmmsMoney basic, pool;             /* of the year, before */
  const ArmmsDeMinimisPaid *small; gsize n_small;
  gint32 meal_days;                   /* with overtime or night work; below 0: not known */
} ArmmsPayslipFacts;

typedef enum {
  ARMMS_LINE_EARNING, ARMMS_LINE_ADJUSTMENT, ARMMS_LINE_BENEFIT, ARMMS_LINE_STATUTORY, ARMMS_LINE_TAX, ARMMS_LINE_OBLIGATION,
  ARMMS_LINE_EMPLOYER, ARMMS_LINE_ACCRUAL, ARMMS_LINE_NET, ARMMS_N_LINE_KINDS
} ArmmsLineKind;

const char *armms_line_kind_name (ArmmsLineKind kind); /* "earning", "adjustment", ... */

typedef struct {
  ArmmsLineKind kind;
  guint index;        /* EARNING, ADJUSTMENT: of the facts' earnings; BENEFIT: of benefits; STATUTORY, TAX, OBLIGATION: of deductions;
                         EMPLOYER: the scheme; ACCRUAL, NET: 0 */
  const char *code;   /* "regular_ot", "sss", "net_pay" */
  ArmmsMoney amount;
} ArmmsPayslipLine;

typedef struct {
  gboolean in_force;                 /* asked for in this payslip */
  ArmmsRetroContribution month;      /* due, taken before, and the difference asked for now */
  ArmmsMoney carried;
  ArmmsMoney taken, recovered;       /* from pay: of the difference, and of earlier months' */
} ArmmsPayslipShare;

typedef struct {
  ArmmsMoney gross, basic, allowances, adjustments;
  ArmmsMoney paid_back;              /* outside gross */
  ArmmsMoney no_remuneration;        /* of gross: no base of contributions */
  ArmmsMoney exempt_earned;          /* as a minimum wage earner */
  ArmmsMoney exempt;                 /* of gross: all that is free of tax */
  ArmmsMoney pool;                   /* benefits that fell into the year's pool */
  ArmmsMoney contributed;            /* employee shares asked for, less what was waived */
  ArmmsMoney employer, thirteenth_month, deductions;
  gint64 worked_minutes;
  gboolean minimum_wage_earner;      /* all that was earned */
} ArmmsPayslipTotals;

typedef struct {
  GArray *lines;                     /* owned; of ArmmsPayslipLine */
  GArray *benefits;                  /* owned; of ArmmsBenefitTax */
  GArray *deductions;                /* owned; of ArmmsDeduction in the order of the waterfall */
  ArmmsPayslipShare shares[ARMMS_N_SCHEMES];
  ArmmsTaxPay tax_pay;
  ArmmsTaxable taxable;
  ArmmsTax tax;
  ArmmsWaterfall waterfall;
  ArmmsPayslipTotals totals;
  ArmmsFloorPolicy floor;
  const ArmmsPayslipFacts *facts;    /* borrowed */
} ArmmsPayslip;

ArmmsPayslip *armms_payslip_new (void);
void armms_payslip_free (ArmmsPayslip *payslip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsPayslip, armms_payslip_free)

/**
 * armms_payslip_assemble:
 * @payslip: cleared first
 *
 * Returns: %FALSE with NOT_FOUND "statutory.no_table" for a date that a table does not cover, INVALID_INPUT "benefit.invalid",
 *   "deduction.invalid", "tax.contributions", or "money.overflow"; @payslip is then of no use
 */
gboolean armms_payslip_assemble (const ArmmsPayslipTerms *terms, const ArmmsPayslipFacts *facts, ArmmsPayslip *payslip,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a deduction stands for. */
ArmmsScheme armms_payslip_deduction_scheme (const ArmmsDeduction *deduction);                        /* STATUTORY only */
const ArmmsPayslipObligation *armms_payslip_deduction_obligation (const ArmmsDeduction *deduction);  /* OBLIGATION only */

void armms_payslip_line_trace (const ArmmsPayslip *payslip, const ArmmsPayslipLine *line, ArmmsTrace *trace);

G_END_DECLS
