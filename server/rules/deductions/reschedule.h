/* What follows when an instalment is waived or deferred: the rest of the plan, without losing a centavo.
 *
 * Law    what is deferred is never lost: instalments applied and open always add up to the obligation.
 * Units  centavos; a period is named by its first day.
 * Shape  the open part of a plan in, the same part re-planned out; the caller stores it.
 */
#pragma once

#include "server/rules/deductions/schedule.h"
#include "server/rules/trace/trace.h"

G_BEGIN_DECLS

typedef enum {
  ARMMS_FOLLOW_UP_CARRY,    /* the next instalment of the plan takes both; where none is left, the next period */
  ARMMS_FOLLOW_UP_RESPREAD, /* over the next @periods periods that take instalments, odd centavos first */
  ARMMS_FOLLOW_UP_APPEND,   /* one more instalment in the period after the last */
  ARMMS_FOLLOW_UP_MANUAL,   /* dates and amounts given */
} ArmmsFollowUp;

const char *armms_follow_up_name (ArmmsFollowUp follow_up); /* "carry_forward", "respread", "append", "manual" */
gboolean armms_follow_up_parse (const char *name, ArmmsFollowUp *ret_follow_up) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  ArmmsFollowUp follow_up;
  gint32 periods;                    /* RESPREAD: 1 .. 120 */
  const ArmmsInstalment *manual;     /* MANUAL: period_from and amount; must add up to what is deferred */
  gsize n_manual;
  ArmmsFrequency frequency;          /* of the obligation: which periods CARRY, RESPREAD and APPEND may choose */
} ArmmsFollowUpPlan;

/**
 * armms_reschedule:
 * @open: (element-type ArmmsInstalment): later instalments that are still open, after @period; sorted; changed in place
 * @period: first day of the period in which @deferred was not taken
 * @kind, @anchor: the tenant's calendar of pay periods
 *
 * Returns: %FALSE with INVALID_INPUT "reschedule.invalid" when manual amounts do not add up, lie in the past, or @periods is out
 *   of range; "money.overflow"; @open is then as it was
 */
gboolean armms_reschedule (GArray                  *open,
                           ArmmsDate                period,
                           ArmmsPeriodKind          kind,
                           ArmmsDate                anchor,
                           ArmmsMoney               deferred,
                           const ArmmsFollowUpPlan *plan,
                           GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * armms_reschedule_trace:
 * @before, @after: (element-type ArmmsInstalment): the open plan as armms_reschedule() got and left it
 * @text: what the trace borrows: must live as long as @trace; the plans stand in it as "2026-05-16 500.00, 2026-06-01 500.00"
 *
 * What is open afterwards is the result; the plan after it follows from the plan before it, the calendar and the follow-up.
 */
void armms_reschedule_trace (const GArray            *before,
                             const GArray            *after,
                             ArmmsDate                period,
                             ArmmsPeriodKind          kind,
                             ArmmsDate                anchor,
                             ArmmsMoney               deferred,
                             const ArmmsFollowUpPlan *plan,
                             GString                 *text,
                             ArmmsTrace              *trace);

G_END_DECLS
