/* What follows when an instalment is waived or deferred: the rest of the plan, without losing a centavo.
 *
 * Law    what is deferred is never lost: instalments applied and open always add up to the obligation.
 * Units  centavos; a period is named by its first day.
 * Shape  the open part of a plan in, the same part re-planned out; the caller stores it.
 */
#pragma once

#include "common/base/id.h"
#include "common/base/period.h"
#include "server/rules/trace/trace.h"

G_BEGIN_DECLS

typedef enum {
  ARMMS_FOLLOW_UP_CARRY,    /* the next period takes both */
  ARMMS_FOLLOW_UP_RESPREAD, /* over the next @periods periods, odd centavos first */
  ARMMS_FOLLOW_UP_APPEND,   /* one more instalment at the end */
  ARMMS_FOLLOW_UP_MANUAL,   /* dates and amounts given */
} ArmmsFollowUp;

const char *armms_follow_up_name (ArmmsFollowUp follow_up); /* "carry_forward", "respread", "append", "manual" */
gboolean armms_follow_up_parse (const char *name, ArmmsFollowUp *ret_follow_up) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  ArmmsId id;            /* nil: made by the follow-up */
  ArmmsDate period_from; /* first day of its pay period */
  ArmmsMoney amount;
  gboolean changed;      /* out: new, or another amount than before */
} ArmmsInstalment;

typedef struct {
  ArmmsFollowUp follow_up;
  gint32 periods;                    /* RESPREAD: 1 .. 120 */
  const ArmmsInstalment *manual;     /* MANUAL: period_from and amount; must add up to what is deferred */
  gsize n_manual;
} ArmmsFollowUpPlan;

/**
 * armms_reschedule:
 * @open: (element-type ArmmsInstalment): later instalments that are still open, after @period; sorted; changed in place
 * @period: first day of the period in which @deferred was not taken
 * @kind, @anchor: the tenant's calendar of pay periods
 *
 * Returns: %FALSE with INVALID_INPUT "reschedule.invalid" when manual amounts do not add up, lie in the past, or @periods is out
 *   of range; @open is then as it was
 */
gboolean armms_reschedule (GArray                  *open,
                           ArmmsDate                period,
                           ArmmsPeriodKind          kind,
                           ArmmsDate                anchor,
                           ArmmsMoney               deferred,
                           const ArmmsFollowUpPlan *plan,
                           GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
