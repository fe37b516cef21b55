/* What is added to pay beside earnings, and how much of it the tax leaves free.
 *
 * Law    NIRC s.32(B)(7)(e): 13th month and other benefits are free up to the year's pool; s.33(C) and RR 2-98 s.2.78.1(A)(3)
 *        (small benefits): free up to a ceiling each, the excess joins the pool (RR 11-2018, 29-2025). Ceilings and their spans are
 *        rows of data/statutory/ph/de-minimis.csv, the pool is a setting. What is paid back to the employee (reimbursements,
 *        deposits) is no compensation.
 * Units  centavos.
 * Shape  one benefit after the other, in the order of the payslip: what the pool and a ceiling hold already matters.
 */
#pragma once

#include "server/rules/statutory/de-minimis.h"

G_BEGIN_DECLS

/* How its taxable part is taxed. */
typedef enum {
  ARMMS_BENEFIT_REGULAR,       /* fixed allowances */
  ARMMS_BENEFIT_SUPPLEMENTARY, /* bonuses, commissions */
  ARMMS_BENEFIT_POOL,          /* 13th month and other benefits: free up to the pool, then supplementary */
} ArmmsBenefitClass;

const char *armms_benefit_class_name (ArmmsBenefitClass benefit_class); /* "regular", "supplementary", "pool" */

typedef struct {
  const char *code;            /* "allowance", "thirteenth_month"; interned or static */
  ArmmsMoney amount;           /* >= 0 */
  ArmmsBenefitClass tax_class;
  const char *small_kind;      /* of de-minimis.csv; NULL: no small benefit */
  ArmmsMoney free;             /* of the amount: free by a rule that the caller has applied (monetised leave within its days) */
  gboolean exempt;             /* free of tax altogether */
  gboolean no_remuneration;    /* for no work (separation, retirement): no base of contributions */
  gboolean paid_back;          /* the employee's own money: outside gross, never deducted from */
  gpointer tag;                /* the caller's */
} ArmmsPayBenefit;

/* Small benefits of one kind paid before, in the month, the half-year and the year. */
typedef struct {
  const char *kind;            /* interned */
  ArmmsMoney month, semester, year;
} ArmmsDeMinimisPaid;

/* What the year holds before this benefit. */
typedef struct {
  const ArmmsDeMinimisTable *ceilings;      /* borrowed */
  const ArmmsDeMinimisPaid *paid;           /* borrowed: in earlier payslips */
  gsize n_paid;
  ArmmsDate paid_on;
  gint32 meal_days;            /* of the payslip, with overtime or night work: each has a ceiling a day of its own; below 0: not known, one */
  ArmmsMoney minimum_daily;    /* where the post is: for ceilings that are a share of it */
  ArmmsMoney pool;             /* free of tax in a year */
  ArmmsMoney pool_before;      /* used in earlier payslips */
} ArmmsBenefitYear;

typedef struct {
  const ArmmsPayBenefit *benefit; /* borrowed */
  ArmmsMoney exempt, regular, supplementary; /* their sum is the amount */
  ArmmsMoney pooled;              /* what of it fell into the pool, free or not */
  ArmmsDeMinimis small;           /* under its ceiling; its row NULL: no small benefit */
  ArmmsBenefitPool pool;          /* where something fell into it */
} ArmmsBenefitTax;

/**
 * armms_benefit_tax:
 * @earlier: (element-type ArmmsBenefitTax): benefits of the same payslip before this one
 *
 * A meal allowance is small on account of overtime or night work: with none in the payslip it is another benefit, of the pool.
 *
 * Returns: %FALSE with NOT_FOUND "statutory.no_table" when a small benefit has no ceiling in force; "money.overflow";
 *   INVALID_INPUT "benefit.invalid" for an amount below 0 or less than what of it is free, or as armms_de_minimis()
 */
gboolean armms_benefit_tax (const ArmmsBenefitYear *year, const GArray *earlier, const ArmmsPayBenefit *benefit, ArmmsBenefitTax *ret_tax,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

void armms_benefit_tax_trace (const ArmmsBenefitTax *tax, ArmmsTrace *trace);
/* How the amount is taxed, added to the trace of the amount itself. */
void armms_benefit_tax_trace_items (const ArmmsBenefitTax *tax, ArmmsTrace *trace);

G_END_DECLS
