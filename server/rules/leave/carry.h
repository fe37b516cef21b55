/* What becomes of leave that is left when its year ends.
 *
 * Law    the tenant's policy; service incentive leave that was not used is paid out: Labor Code art. 95.
 * Units  days in millionths: carried + expired + converted = left, always.
 */
#pragma once

#include "server/rules/leave/days.h"

G_BEGIN_DECLS

typedef enum { ARMMS_LEAVE_EXCESS_EXPIRES, ARMMS_LEAVE_EXCESS_CONVERTS } ArmmsLeaveExcess;

const char *armms_leave_excess_name (ArmmsLeaveExcess excess); /* "expires", "converts" */
gboolean armms_leave_excess_parse (const char *name, ArmmsLeaveExcess *ret_excess) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  ArmmsLeaveDays cap;      /* so many days are carried at most; 0: none */
  gint32 valid_months;     /* of the next year: then what was carried expires; 0: never */
  ArmmsLeaveExcess excess; /* what becomes of the rest */
} ArmmsCarryPolicy;

/* Five days, for a quarter; the rest is lost. Paying the rest out is what art. 95 asks for service incentive leave. */
#define ARMMS_CARRY_POLICY_DEFAULT ((ArmmsCarryPolicy) { { 5000000 }, 3, ARMMS_LEAVE_EXCESS_EXPIRES })

typedef struct {
  ArmmsCarryPolicy policy;
  ArmmsDate next_year;     /* its first day */
  ArmmsLeaveDays left, carried, expired, converted;
  ArmmsDate expires_on;    /* of what is carried; NONE: never */
} ArmmsCarryOver;

/* FALSE with INVALID_INPUT "leave.carry" when days or months are below zero or too many, or the year is not given. */
gboolean armms_leave_carry_over (const ArmmsCarryPolicy *policy, ArmmsLeaveDays left, ArmmsDate next_year, ArmmsCarryOver *ret_carry, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The result is what is carried. */
void armms_leave_carry_trace (const ArmmsCarryOver *carry, ArmmsTrace *trace);

G_END_DECLS
