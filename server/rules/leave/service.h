/* Months of service, and the leave that the law gives for them.
 *
 * Law    service incentive leave, Labor Code art. 95: so many days a year after one year of service; of a year that is not over, a
 *        twelfth a month. Both figures are rows of data/statutory/ph and come in as arguments.
 * Units  days in millionths, rounded once, half away from zero.
 */
#pragma once

#include "server/rules/leave/days.h"

G_BEGIN_DECLS

/* The same day so many months on; the last day of a month that is too short for it. */
ArmmsDate armms_service_add_months (ArmmsDate date, gint32 months);
/* Complete months from @hired until the day before @until; 0 when it is earlier. */
gint32 armms_service_months (ArmmsDate hired, ArmmsDate until);

/* @a_year x @months / 12, to multiples of @unit (0: a millionth), half away from zero, a year's part never above @a_year; the twelfth
 * month completes @a_year whatever the unit. @a_year within ARMMS_LEAVE_DAYS_MAX, @months above zero may pass a year. */
ArmmsLeaveDays armms_service_twelfths (ArmmsLeaveDays a_year, gint32 months, ArmmsLeaveDays unit);

typedef struct {
  ArmmsDate hired, until;
  ArmmsLeaveDays a_year;
  gint32 after_months;
  gint32 months;              /* complete months of service */
  ArmmsLeaveDays whole_years; /* for the complete years: what may be taken */
  ArmmsLeaveDays part_year;   /* for the months since: what is paid besides at separation */
  ArmmsLeaveDays earned;      /* both, since @hired */
} ArmmsIncentiveLeave;

/**
 * armms_incentive_leave:
 * @a_year, @after_months: the law's figures on that day
 * @until: the day after the last day of service that counts
 *
 * Returns: %FALSE with INVALID_INPUT "leave.figures" when days or months are below zero or too many, or a date is missing
 */
gboolean armms_incentive_leave (ArmmsLeaveDays a_year, gint32 after_months, ArmmsDate hired, ArmmsDate until,
                                ArmmsIncentiveLeave *ret_leave, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void armms_incentive_leave_trace (const ArmmsIncentiveLeave *leave, ArmmsTrace *trace);

G_END_DECLS
