/* Obligations: what is taken from pay on a schedule, and what follows when an instalment is waived or put off.
 *
 * Tables obligations.obligations, instalments, waivers, settlements.
 * Law    instalments applied and open always add up to the obligation: the database holds it at the end of every transaction.
 *        Deductions that no law orders need the employee's written word (Labor Code arts. 113, 116); loss and damage stand under a
 *        weekly cap (art. 114): see server/rules/deductions.
 * Units  centavos; a pay period is named by its first day.
 * Events tells armms.obligations.LoanScheduled.v1, LoanWaived.v1, LoanRescheduled.v1; hears armms.payroll.PayrunClosed.v1.
 * Doors  subjects "obligation", "obligation-waiver", "obligation-reschedule" of room approvals.
 */
#pragma once

#include "common/wire/obligations/obligation.h"
#include "common/wire/payroll/paysheet-waiver.h"
#include "server/rules/deductions/reschedule.h"
#include "server/room.h"

G_BEGIN_DECLS

extern const ArmmsRoom armms_obligations_room;

/* One taking that a payrun must try: of its own period, or left over from an earlier one. */
typedef struct {
  ArmmsId instalment_id;
  ArmmsId obligation_id;
  ArmmsId employee_id;
  ArmmsDate period_from;
  const char *kind;          /* interned: "company_loan" ... */
  const char *title;         /* owned by the list */
  ArmmsMoney due, waived;
  gint32 priority;
  gboolean loss_or_damage, whole_only;
} ArmmsDueInstalment;

/* What is open up to @period for @employees (n=0: all), sorted by employee, priority, instalment.
 * (element-type ArmmsDueInstalment) (transfer full): free with armms_due_instalments_free(). */
GArray *armms_obligations_load_instalments (ArmmsWork *work, ArmmsPeriod period, const ArmmsId *employees, gsize n, GError **error);
void armms_due_instalments_free (GArray *instalments);

/* Have all parts of these closed payruns been heard? @ret_missing: (out): how many payruns have not. */
gboolean armms_obligations_count_unsettled (ArmmsWork *work, const ArmmsId *payruns, gsize n, gint64 *ret_missing, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sets, for the first filling of a tenant: of ArmmsObligation, active at once, with their schedules. Ids are filled in where
 * nil, words that are NULL get their default. Needs employee_id, kind, principal, starts_on, and instalment or periods. */
gboolean armms_obligations_insert (ArmmsWork *work, const GPtrArray *obligations, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Asks for a waiver of one instalment. @waiver->preview: only computes. The unit writes obligations. (transfer full) */
ArmmsObligationPlan *armms_obligations_request_waiver (ArmmsWork *work, const ArmmsObligationWaiver *waiver, GError **error);

G_END_DECLS
