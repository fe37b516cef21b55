/* Inside of the computation only: what is known of one sheet on the way. */
#pragma once

#include "server/payroll/compute/compute.h"

G_BEGIN_DECLS

typedef struct {
  const ArmmsPayrunFacts *payrun;
  const ArmmsPayFacts *facts;
  ArmmsSheetSet *set;
  ArmmsSheet *sheet;
  const ArmmsPayCard *principal;   /* of the post where most was earned; NULL: none */
  ArmmsPayCard principal_card;     /* where it is a copy */
  gint64 principal_minutes;
  ArmmsMoney minimum_daily;        /* of the principal post's region */
  ArmmsTaxPay tax_pay;             /* what is not exempt as a minimum wage earner's */
  gint64 exempt_earned;            /* what is */
  ArmmsContribution contributions[ARMMS_N_SCHEMES];
  gboolean in_force[ARMMS_N_SCHEMES];
  gint64 carried[ARMMS_N_SCHEMES];
  gint64 contributed;              /* employee shares asked for, less what was waived */
  ArmmsTaxable taxable;
  ArmmsTax tax;
  GArray *small;                   /* ArmmsDeMinimisPaid: .month is what this sheet pays */
  GArray *weeks;                   /* ArmmsMoney: wages of each week, when the weekly cap matters */
} ArmmsComputation;

ArmmsPayLine armms_pay_line (ArmmsLineKind kind, const char *code, gint64 amount);
void armms_sheet_add_line (ArmmsComputation *c, const ArmmsPayLine *line, const ArmmsTrace *trace);
void armms_sheet_add_problem (ArmmsComputation *c, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Everything that minutes are worth: lines, gross, basic, the tax classes. */
gboolean armms_compute_earnings (ArmmsComputation *c, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
