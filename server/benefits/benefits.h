/* Benefits: what is added to pay on a schedule or once: allowances, bonuses, rewards, reimbursements, 13th month.
 *
 * Tables benefits.benefits, instalments, settlements.
 * Law    small benefits are free of tax up to their ceilings, 13th month and other benefits up to a yearly pool (NIRC s.32(B)(7)(e),
 *        RR 29-2025): server/rules/statutory; which benefit is of which kind is said here.
 * Units  centavos; a pay period is named by its first day.
 * Events hears armms.payroll.PayrunClosed.v1.
 * Doors  subject "benefit" of room approvals.
 */
#pragma once

#include "common/base/period.h"
#include "common/wire/benefits/benefit.h"
#include "server/room.h"

G_BEGIN_DECLS

extern const ArmmsRoom armms_benefits_room;

/* One payment that a payrun must make. */
typedef struct {
  ArmmsId instalment_id;
  ArmmsId benefit_id;
  ArmmsId employee_id;
  const char *kind;           /* interned */
  const char *title;          /* interned */
  const char *tax_class;      /* interned: regular, supplementary, pool */
  const char *de_minimis_kind;/* interned; NULL: none */
  gboolean taxable;
  ArmmsMoney due;
} ArmmsDueBenefit;

/* What is planned for @period and employees (n=0: all), sorted by employee, benefit. (element-type ArmmsDueBenefit) (transfer full) */
GArray *armms_benefits_load_instalments (ArmmsWork *work, ArmmsPeriod period, const ArmmsId *employees, gsize n, GError **error);

/* Have all parts of these closed payruns been heard? */
gboolean armms_benefits_count_unsettled (ArmmsWork *work, const ArmmsId *payruns, gsize n, gint64 *ret_missing, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sets, for the first filling of a tenant: of ArmmsBenefit, active at once, with their instalments. Ids are filled in where nil,
 * words that are NULL get their default. Needs employee_id, title, amount, valid_from. */
gboolean armms_benefits_insert (ArmmsWork *work, const GPtrArray *benefits, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
