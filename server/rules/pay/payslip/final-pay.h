/* Final pay: all that is between employer and employee when employment ends, in one last payslip.
 *
 * Law    Labor Advisory 06-2020: last wages, pro-rated 13th month (PD 851), unused service incentive leave in money (Labor Code
 *        art. 95), separation or retirement pay (RA 7641), deposits given back (art. 115), tax settled for the year (RR 2-98
 *        s.2.79(B)(5)(b), as amended by RR 11-2018); within so many days of separation, the certificate of employment within so many
 *        days of being asked for. Days and shares are rows of data/statutory/ph/final-pay.csv. What he owes is taken as far as the
 *        pay bears it (arts. 113-116); there is no next pay day that a floor would have to last for.
 * Units  centavos; days of leave, and of pay for a year of service, in millionths.
 * Shape  an ordinary payslip (payslip.h) whose benefits are what the law adds at the end. Always: gross + what is paid back -
 *        deductions = net - overpaid, and net is never below 0; of each obligation, taken + waived + still owed = before.
 */
#pragma once

#include "server/rules/pay/payslip/payslip.h"

G_BEGIN_DECLS

typedef struct {
  gint32 release_within_days;          /* of separation */
  gint32 certificate_within_days;      /* of being asked for */
  ArmmsMultiplier retirement_days_per_year;
  gint32 retirement_after_years;       /* of service, completed */
  gint32 retirement_fraction_months;   /* of a year not completed: from so many on it counts whole */
  ArmmsDate from, to;                  /* separated on, inclusive; NONE: open */
  const char *source;                  /* interned */
  gint32 row;
} ArmmsFinalPayRow;

typedef struct {
  const ArmmsFinalPayRow *rows;        /* borrowed */
  gsize n_rows;
} ArmmsFinalPayTable;

/* (transfer none): NULL with NOT_FOUND "statutory.no_table" when no row is in force. */
const ArmmsFinalPayRow *armms_final_pay_find (const ArmmsFinalPayTable *table, ArmmsDate separated_on, GError **error);

typedef enum {
  ARMMS_SEPARATION_NONE,        /* he left: nothing is due for it */
  ARMMS_SEPARATION_GIVEN,       /* separation or retirement pay as agreed, or as another rule found */
  ARMMS_SEPARATION_RETIREMENT,  /* by RA 7641 */
} ArmmsSeparation;

typedef struct {
  ArmmsDate hired_on, separated_on;
  ArmmsDate certificate_asked_on;      /* NONE: not asked for */
  ArmmsMoney daily;                    /* his last: leave and retirement */
  ArmmsMultiplier unused_leave_days;
  ArmmsMultiplier free_leave_days;     /* of them free of tax as monetised leave: what is left of the year's days */
  ArmmsMoney thirteenth_paid;          /* of this year's 13th month, already */
  ArmmsSeparation separation;
  ArmmsMoney separation_pay;           /* GIVEN */
  gboolean separation_exempt;          /* free of tax: NIRC s.32(B)(6)(a), (b) */
  ArmmsMoney deposits;                 /* cash that the employer holds */
  ArmmsPayslipFacts pay;               /* last wages, other benefits, the year; obligations with all that is open. @last is set here */
} ArmmsFinalPayFacts;

typedef struct {
  ArmmsPayslip *payslip;               /* owned */
  GArray *benefits;                    /* owned; of ArmmsPayBenefit */
  ArmmsPayslipFacts pay;
  const ArmmsFinalPayFacts *facts;     /* borrowed */
  const ArmmsFinalPayRow *row;         /* borrowed */
  gint32 service_years;                /* as they count for retirement; 0: not asked */
  ArmmsMoney basic_now;                /* in the last wages */
  ArmmsMoney thirteenth_month, leave, separation;
  ArmmsMoney net;                      /* >= 0 */
  ArmmsMoney owed;                     /* obligations that pay did not bear */
  ArmmsMoney thirteenth_overpaid;      /* more was paid than was earned: still owed too */
  ArmmsMoney overpaid;                 /* corrections took more than there was: still owed too */
  ArmmsDate release_by;
  ArmmsDate certificate_by;            /* NONE: not asked for */
} ArmmsFinalPay;

ArmmsFinalPay *armms_final_pay_new (void);
void armms_final_pay_free (ArmmsFinalPay *final_pay);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsFinalPay, armms_final_pay_free)

/**
 * armms_final_pay_assemble:
 * @final_pay: cleared first; borrows from @facts as long as it is read
 *
 * Returns: %FALSE with INVALID_INPUT "final_pay.invalid" (dates that run backwards, figures below 0), "final_pay.retirement" (too
 *   few years of service), or as armms_payslip_assemble(); @final_pay is then of no use
 */
gboolean armms_final_pay_assemble (const ArmmsFinalPayTable *table, const ArmmsPayslipTerms *terms, const ArmmsFinalPayFacts *facts,
                                   ArmmsFinalPay *final_pay, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Of a line of @final_pay->payslip. */
void armms_final_pay_line_trace (const ArmmsFinalPay *final_pay, const ArmmsPayslipLine *line, ArmmsTrace *trace);

G_END_DECLS
