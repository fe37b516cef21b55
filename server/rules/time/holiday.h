/* Whether a regular holiday that was not worked is paid.
 *
 * Law    Omnibus Rules Book III Rule IV s.6: paid when the employee worked, or was on paid leave, on the working day
 *        immediately before; rest days and other non-working days before it are skipped back to the last scheduled working
 *        day. s.10: of two successive holidays neither is paid after an absence, unless the first is worked.
 *        A special day before it that was not worked is a non-working day and is skipped as well. A day on which somebody
 *        else stood his duty was a working day of his: without pay when he was absent, skipped when he was excused.
 */
#pragma once

#include "server/rules/time/facts.h"
#include "server/rules/trace/trace.h"

G_BEGIN_DECLS

/* What became of the days before the holiday. */
typedef enum {
  ARMMS_ATTENDED_NOT_PLANNED, /* rest day, or nothing was scheduled */
  ARMMS_ATTENDED_WORKED,
  ARMMS_ATTENDED_PAID_LEAVE,
  ARMMS_ATTENDED_ABSENT,      /* scheduled, not worked, not paid */
} ArmmsAttended;

#define ARMMS_HOLIDAY_LOOK_BACK 8 /* days: how far back the last scheduled working day is looked for */

/* @attended[i], @day_types[i]: of the day i + 1 days before the holiday, @n of them. */
gboolean armms_holiday_qualifies (const ArmmsAttended *attended, const ArmmsDayType *day_types, gsize n);
/* How many days before the holiday the day stands that decides it; 0: none does, and the holiday is not paid. */
gsize armms_holiday_decided_by (const ArmmsAttended *attended, const ArmmsDayType *day_types, gsize n);

const char *armms_attended_name (ArmmsAttended attended); /* "worked", "paid_leave", "absent_unpaid", "not_planned" */
/* Why a holiday is paid or not; the result is what it then pays. */
void armms_holiday_trace (ArmmsDate holiday, const ArmmsAttended *attended, const ArmmsDayType *day_types, gsize n, ArmmsMoney pay,
                          ArmmsTrace *trace);

G_END_DECLS
