/* Which days of a leave count: working days by the employee's roster or by the weekend, without holidays.
 *
 * Law    the tenant's policy. Leave that the law gives in calendar days (maternity, RA 11210) counts every day.
 * Units  days of leave in millionths (a half day is 500000): sums of halves are exact, and they multiply with a daily rate.
 * Shape  dates in, one letter a date out: why each counts or does not. Nothing is allocated.
 */
#pragma once

#include "server/rules/trace/trace.h"

G_BEGIN_DECLS

typedef ArmmsMultiplier ArmmsLeaveDays;

#define ARMMS_LEAVE_DAYS(n) ((ArmmsLeaveDays) { (n) * G_GINT64_CONSTANT (1000000) })
#define ARMMS_LEAVE_HALF_DAY ((ArmmsLeaveDays) { 500000 })
#define ARMMS_LEAVE_DAYS_MAX ARMMS_LEAVE_DAYS (10000) /* nobody has more: what passes it is a slip of the pen */
#define ARMMS_LEAVE_DATES_MAX 366

typedef enum { ARMMS_LEAVE_WHOLE, ARMMS_LEAVE_MORNING, ARMMS_LEAVE_AFTERNOON } ArmmsLeavePart;

const char *armms_leave_part_name (ArmmsLeavePart part); /* "whole", "morning", "afternoon" */
gboolean armms_leave_part_parse (const char *name, ArmmsLeavePart *ret_part) G_GNUC_WARN_UNUSED_RESULT;

/* Without a gap: a leave of several days begins with a whole day or an afternoon and ends with a whole day or a morning; a leave of
 * one day has one part, said twice. */
typedef struct {
  ArmmsDate from, to;         /* inclusive */
  ArmmsLeavePart first, last;
} ArmmsLeaveSpan;

/* (transfer none) (nullable): what is wrong with @span, in the user's words, with the field and its code; NULL: nothing */
const char *armms_leave_span_problem (const ArmmsLeaveSpan *span, const char **ret_field, const char **ret_code);

typedef enum {
  ARMMS_LEAVE_BY_ROSTER,   /* the employee's own rest days and holidays do not count */
  ARMMS_LEAVE_BY_WEEKEND,  /* the tenant's weekend and holidays do not count */
  ARMMS_LEAVE_EVERY_DAY,   /* calendar days */
} ArmmsLeaveRule;

const char *armms_leave_rule_name (ArmmsLeaveRule rule); /* "roster", "weekend", "every_day" */
gboolean armms_leave_rule_parse (const char *name, ArmmsLeaveRule *ret_rule) G_GNUC_WARN_UNUSED_RESULT;

#define ARMMS_LEAVE_WEEKEND_DEFAULT 0x60 /* Saturday and Sunday: bit 0 is Monday */

typedef struct {
  ArmmsLeaveRule rule;
  const ArmmsDate *rest_days; gsize n_rest_days; /* borrowed; rising; read by BY_ROSTER */
  guint weekend;                                 /* read by BY_WEEKEND */
  const ArmmsDate *holidays; gsize n_holidays;   /* borrowed; rising; of the detachment */
} ArmmsLeaveCalendar;

typedef enum {
  ARMMS_LEAVE_DAY_WHOLE = 'D',
  ARMMS_LEAVE_DAY_MORNING = 'M',
  ARMMS_LEAVE_DAY_AFTERNOON = 'A',
  ARMMS_LEAVE_DAY_REST = 'r',    /* rest day of the roster: does not count */
  ARMMS_LEAVE_DAY_WEEKEND = 'w', /* does not count */
  ARMMS_LEAVE_DAY_HOLIDAY = 'h', /* does not count, whatever else it is */
} ArmmsLeaveDay;

typedef struct {
  ArmmsLeaveSpan span;
  ArmmsLeaveRule rule;
  guint n_dates;
  char dates[ARMMS_LEAVE_DATES_MAX + 1]; /* an ArmmsLeaveDay for each date from the first on; closed by NUL */
  ArmmsLeaveDays days;                   /* that count */
} ArmmsLeaveCount;

/**
 * armms_leave_count:
 *
 * Returns: %FALSE with INVALID_INPUT "leave.span" when the dates or the parts make no leave, or more than ARMMS_LEAVE_DATES_MAX
 *   dates; "leave.calendar" when rest days or holidays do not rise
 */
gboolean armms_leave_count (const ArmmsLeaveSpan *span, const ArmmsLeaveCalendar *calendar, ArmmsLeaveCount *ret_count, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What of it lies in @from .. @to, inclusive: the part of one leave year. */
ArmmsLeaveDays armms_leave_count_between (const ArmmsLeaveCount *count, ArmmsDate from, ArmmsDate to);

/* The letters stand in the trace, borrowed from @count: D is a day, M and A are halves, the rest is nothing. */
void armms_leave_count_trace (const ArmmsLeaveCount *count, ArmmsTrace *trace);

G_END_DECLS
