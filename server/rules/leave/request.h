/* May this leave be had? Every reason against it at once, in the employee's words.
 *
 * Law    the tenant's policy, for each type of leave; what the law grants (maternity, RA 11210, ...) is a type with its own policy.
 * Units  days in millionths; dates inclusive.
 * Shape  the request with what is known of the employee in; the days it takes out, or an error with one field entry per reason.
 */
#pragma once

#include "server/rules/leave/days.h"

G_BEGIN_DECLS

typedef struct {
  gint32 max_consecutive_days; /* calendar days in a row, with leave of the same type that adjoins; 0: no limit */
  gint32 months_ahead;         /* its last day at most so many months after the day of asking; 0: no limit */
  gboolean half_days;          /* mornings and afternoons may be asked for */
  gboolean needs_balance;      /* FALSE: unpaid leave, or leave that the law gives per event */
  ArmmsLeaveDays cap_a_year;   /* taken in one leave year at most; 0: no limit */
} ArmmsLeavePolicy;

#define ARMMS_LEAVE_POLICY_DEFAULT ((ArmmsLeavePolicy) { 30, 12, TRUE, TRUE, { 0 } })

/* Another leave of the same employee, of any type. */
typedef struct {
  ArmmsLeaveSpan span;
  gboolean same_type;
  gboolean approved;           /* FALSE: asked for, not decided */
} ArmmsLeaveTaken;

/* A leave year that the request may touch, and what was taken of the type in it. */
typedef struct {
  ArmmsDate from, to;
  ArmmsLeaveDays taken;
} ArmmsLeaveYear;

typedef enum {
  ARMMS_LEAVE_AT_REQUEST,  /* what waits for a decision counts as if it were given */
  ARMMS_LEAVE_AT_APPROVAL, /* only what is approved counts: who is approved first has it */
} ArmmsLeaveStage;

typedef struct {
  ArmmsLeaveStage stage;
  ArmmsLeaveSpan span;
  const ArmmsLeaveCalendar *calendar;            /* borrowed */
  ArmmsDate asked_on;
  ArmmsDate joined_on;
  ArmmsDate left_on;                             /* last day of employment; NONE: open */
  const ArmmsLeaveTaken *others; gsize n_others; /* borrowed; any order; not this one */
  const ArmmsLeaveYear *years; gsize n_years;    /* borrowed; read when the policy caps a year */
  ArmmsLeaveDays balance;                        /* armms_leave_book_left_on() its last day */
  ArmmsLeaveDays waiting;                        /* of the type, asked for and not decided: taken off at request */
} ArmmsLeaveRequest;

/* Calendar days in a row that the request makes with the leave of its type that adjoins it, to the half day. */
gint32 armms_leave_days_in_a_row (const ArmmsLeaveRequest *request);

/**
 * armms_leave_check:
 *
 * Returns: %FALSE with INVALID_INPUT and all that is wrong by field ("from", "to", "first", "last", "days") and code: "required",
 *   "out_of_range", "half_day", "before_joining", "after_separation", "too_far_ahead", "too_long", "overlap", "no_working_day",
 *   "balance", "cap"; "leave.calendar" for a broken calendar
 */
gboolean armms_leave_check (const ArmmsLeaveRequest *request, const ArmmsLeavePolicy *policy, ArmmsLeaveCount *ret_count, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the check knew; the result is what is left after it. */
void armms_leave_check_trace (const ArmmsLeaveRequest *request, const ArmmsLeavePolicy *policy, const ArmmsLeaveCount *count, ArmmsTrace *trace);

G_END_DECLS
