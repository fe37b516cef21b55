/* A guard's half-month of September 2026 in few words: what a test does not say is ordinary. */
#pragma once

#include "../../law-case.h"

#include "server/rules/pay/payslip/final-pay.h"

G_BEGIN_DECLS

typedef struct { const char *date, *cell; gint64 minutes; } PayEntry;

/* A post with a daily card; its arrays live as long as the case. */
typedef struct {
  ArmmsPayCard cards[4];
  ArmmsDate dates[64];
  gint64 cells[64], minutes[64];
  ArmmsPost post;
} PayPost;

ArmmsPostTerms pay_case_post_terms (void);
/* 16 to 30 September 2026, SSS and PhilHealth due, tax by table, no floor. */
ArmmsPayslipTerms pay_case_terms (void);
/* From 2026-01-01 on, @centavos a day. */
void pay_case_post (PayPost *post, gint64 centavos, const PayEntry *entries, gsize n);
void pay_case_salary (PayPost *post, gint64 monthly_centavos, const PayEntry *entries, gsize n);
/* (element-type ArmmsPostLine) (transfer full) */
GArray *pay_case_price (const ArmmsPost *posts, gsize n);
ArmmsPostLine pay_case_line (ArmmsPayClass pay_class, gint64 amount, gint64 basic, gboolean minimum_wage);
/* Every trace of the payslip computed again, and its sums. */
void pay_case_check (const ArmmsPayslip *payslip);
/* "sss 875.00, withholding_tax 12.00" of the lines of @kind. (transfer full) */
char *pay_case_lines (const ArmmsPayslip *payslip, ArmmsLineKind kind);

G_END_DECLS
