/* What of a year's leave has been earned: month by month, or at once.
 *
 * Law    the tenant's policy; what the law gives besides is service.h.
 * Units  days in millionths. The first n months of a year give n twelfths of the grant, rounded; a month gives what the sum grows by:
 *        so twelve months give exactly the grant.
 * Shape  what has been earned since the year began; what the ledger granted before is the caller's to take off.
 */
#pragma once

#include "server/rules/leave/service.h"

G_BEGIN_DECLS

typedef enum {
  ARMMS_ACCRUAL_MONTHLY,      /* each month when it is over */
  ARMMS_ACCRUAL_FRONT_LOADED, /* the year's on its first day; who comes later gets his months' share on that day */
} ArmmsAccrualKind;

const char *armms_accrual_kind_name (ArmmsAccrualKind kind); /* "monthly", "front_loaded" */
gboolean armms_accrual_kind_parse (const char *name, ArmmsAccrualKind *ret_kind) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  ArmmsAccrualKind kind;
  ArmmsLeaveDays a_year;
  ArmmsLeaveDays unit;     /* rounded to multiples of it: half days, say; 0: a millionth */
  gint32 after_months;     /* of service, before anything is earned */
  gint32 month_counts_to;  /* 1 .. 31: who begins on that day of the month or before earns the month */
} ArmmsAccrualPolicy;

/* Half of the month or more is a month. */
#define ARMMS_ACCRUAL_POLICY_DEFAULT ((ArmmsAccrualPolicy) { ARMMS_ACCRUAL_MONTHLY, { 0 }, { 0 }, 0, 15 })

typedef struct {
  ArmmsAccrualPolicy policy;
  ArmmsDate hired, year_from, until;
  gint32 first;            /* months of the year before the first that counts: 0 .. 12 */
  gint32 done;             /* months of the year that are credited: 0 .. 12 */
  ArmmsLeaveDays days;     /* earned since @year_from */
} ArmmsAccrual;

/**
 * armms_leave_accrue:
 * @year_from: first day of the leave year: the first of a month
 * @until: the day after the last day that counts: of the leave year, of the month, or of the service
 *
 * Returns: %FALSE with INVALID_INPUT "leave.accrual" when the policy is out of range, a date is missing, or @year_from is not the
 *   first of a month
 */
gboolean armms_leave_accrue (const ArmmsAccrualPolicy *policy, ArmmsDate hired, ArmmsDate year_from, ArmmsDate until,
                             ArmmsAccrual *ret_accrual, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void armms_leave_accrual_trace (const ArmmsAccrual *accrual, ArmmsTrace *trace);

G_END_DECLS
