/* Inside of the computation only: what is known of one sheet on the way. */
#pragma once

#include "server/payroll/compute/compute.h"

G_BEGIN_DECLS

typedef struct {
  const ArmmsPayrunFacts *payrun;
  const ArmmsPayFacts *facts;
  ArmmsSheetSet *set;              /* its scratch is this sheet's */
  ArmmsSheet *sheet;
  ArmmsPostTerms post_terms;
  const ArmmsPayCard *principal;   /* of the post where most was earned; NULL: none */
  ArmmsMoney minimum_daily;        /* of that post's region */
} ArmmsComputation;

void armms_sheet_add_problem (ArmmsComputation *c, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Prices every timesheet into @c->set->earnings, and tells what could not be priced. */
gboolean armms_compute_earnings (ArmmsComputation *c, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* @c->set->weeks: the wages of each week, where somebody owes for loss or damage. */
gboolean armms_compute_weeks (ArmmsComputation *c, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
