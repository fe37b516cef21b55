/* Who is to stand where, and when: assignments, relief, the calendar, and how clocks are read.
 *
 * Tables scheduling.assignments (effective-dated, no two of one employee overlap), shift_instances, relievers, holidays,
 *        attendance_policies (effective-dated).
 * Law    a duty belongs to the local day on which it starts. A weekly rest day has no duty of one's own. Who is relieved has
 *        none for the relieved time; the reliever has one. A cancelled shift instance has no duties at all.
 *        A relief told when the shift has begun waits for approval (subject "relief"): until then it changes nothing.
 * Shape  sets in, sets out: whatever the number of employees and days, a load is a handful of statements.
 * Events tells armms.scheduling.AssignmentPlanned.v1, AssignmentChanged.v1, RelieverAssigned.v1, RelieverReleased.v1,
 *        ShiftInstanceChanged.v1, HolidayChanged.v1, AttendancePolicyChanged.v1. Each payload has "employee_ids" (null:
 *        everybody), "from" and "to" (null: open): whose days are to be judged again.
 */
#pragma once

#include "common/wire/scheduling/assignment.h"
#include "common/wire/scheduling/attendance-policy.h"
#include "common/wire/scheduling/holiday.h"
#include "common/wire/scheduling/reliever.h"
#include "common/wire/scheduling/shift-instance.h"
#include "server/room.h"

G_BEGIN_DECLS

extern const ArmmsRoom armms_scheduling_room;

typedef enum {
  ARMMS_PLANNED_BREAK_PAID,    /* break_minutes is what is allowed */
  ARMMS_PLANNED_BREAK_AUTO,    /* taken out: break_minutes from break_at, in the middle when that is NONE */
  ARMMS_PLANNED_BREAK_PUNCHED, /* taken out as clocked; break_minutes is what is allowed */
} ArmmsPlannedBreak;

/* One planned duty. Plain value. */
typedef struct {
  ArmmsId employee_id;
  ArmmsDate duty_date;
  ArmmsId assignment_id;       /* nil: a relief */
  ArmmsId relief_id;           /* nil: own post */
  ArmmsId shift_instance_id;   /* of a relief; else nil */
  ArmmsId detachment_id, shift_id, position_id;
  ArmmsInstant starts_at, ends_at;
  gboolean rest_day;           /* the duty date is the employee's own rest day */
  ArmmsPlannedBreak break_mode;
  gint32 break_minutes;        /* of a part: those of the planned break that fall into it */
  ArmmsInstant break_at;       /* when it is planned; NONE: in the middle */
  gint32 grace_in_minutes, grace_out_minutes;
  ArmmsId policy_id;           /* in force at the detachment on the duty date; nil: none, the default holds */
} ArmmsPlannedDuty;

typedef struct {
  ArmmsId employee_id;
  ArmmsDate date;
} ArmmsRestDay;

/* The employee's own duty, or the part of it, that somebody else stood. */
typedef struct {
  ArmmsPlannedDuty duty;
  gboolean absent; /* because he did not come (ABSENT, SICK); else he was excused: leave, a changed rest day, training ... */
} ArmmsRelievedDuty;

/* The duties of @employees (@n 0: everybody's) with a duty date in @from..@to, sorted by employee and start; the relieved
 * parts are left out. @zone: the tenant's. @ret_rest_days: (out) (optional) (transfer full): of ArmmsRestDay, by employee and
 * date, from the weekly rest days of the assignments. @ret_relieved: (out) (optional) (transfer full): of
 * ArmmsRelievedDuty, by employee and start. Returns: (transfer full): of ArmmsPlannedDuty. */
GArray *armms_scheduling_load_duties (ArmmsWork *work, const ArmmsZone *zone, const ArmmsId *employees, gsize n, ArmmsDate from,
                                      ArmmsDate to, GArray **ret_rest_days, GArray **ret_relieved, GError **error);

/* Of ArmmsHoliday, the active ones of @from..@to, by date; armms_holiday_applies() says where. (transfer full) */
GPtrArray *armms_scheduling_load_holidays (ArmmsWork *work, ArmmsDate from, ArmmsDate to, GError **error);
/* Of ArmmsAttendancePolicy, in force on some day of @from..@to, sorted by id. (transfer full) */
GPtrArray *armms_scheduling_load_policies (ArmmsWork *work, ArmmsDate from, ArmmsDate to, GError **error);
/* The one that holds at @detachment (nil: the tenant's) on @date: its own, else the tenant's; NULL: none. (transfer none) */
const ArmmsAttendancePolicy *armms_scheduling_policy_on (const GPtrArray *policies, const ArmmsId *detachment, ArmmsDate date);

/* Sets in, as those of hr.h: all or nothing, ids filled in where nil, events told.
 * Reliefs name detachment_id, shift_id and duty_date; their shift instances are made where they are missing. */
gboolean armms_scheduling_insert_assignments (ArmmsWork *work, const GPtrArray *assignments, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_scheduling_insert_holidays (ArmmsWork *work, const GPtrArray *holidays, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The shipped calendar (of ArmmsHoliday): what is missing is added, also to the past, for proclamations come late; what a person
 * entered or cancelled stays. Repeating it changes nothing. CONFLICT "statutory.changed_past" when a day that has passed reads as another kind. */
gboolean armms_scheduling_import_holidays (ArmmsWork *work, const GPtrArray *holidays, gint64 *ret_rows, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_scheduling_insert_policies (ArmmsWork *work, const GPtrArray *policies, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_scheduling_insert_relievers (ArmmsWork *work, const ArmmsZone *zone, const GPtrArray *relievers, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The shift instances of @from..@to that assignments want and that are not there yet, with the heads assigned. */
gboolean armms_scheduling_plan_instances (ArmmsWork *work, ArmmsDate from, ArmmsDate to, gint64 *ret_made, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
