/* From clock events to finalised timesheets. Minutes only: no money stands here.
 *
 * Tables timekeeping.devices, clock_events (append-only, by month) with clock_event_keys and clock_event_quarantine; derived:
 *        time_logs, dtr_lines, anomalies, timesheets; decided by people: anomaly_resolutions, adjustments,
 *        timesheet_snapshots, timesheet_reopenings; sweeps; working_times (the law's hours by date).
 * Law    domain.md §2 and §3: clock events are the truth, the rest can be made again from them at any time.
 * Events tells armms.timekeeping.ClockEventRecorded.v1, TimeLogCreated.v1, TimeLogAdjusted.v1, DTRLineReady.v1, TimesheetDrafted.v1,
 *        TimesheetValidated.v1, TimesheetFinalized.v1, WorkingTimeChanged.v1 (which it hears itself); hears of plans, holidays, policies and people.
 */
#pragma once

#include "common/wire/timekeeping/device.h"
#include "common/wire/timekeeping/timesheet.h"
#include "server/room.h"
#include "server/rules/time/working-time.h"
#include "server/timekeeping/derive/derive.h"
#include "server/timekeeping/ingest/ingest.h"

G_BEGIN_DECLS

extern const ArmmsRoom armms_timekeeping_room;

/* Sets in, for the first filling of a tenant: ids are filled in where nil. @devices: of ArmmsDevice. */
gboolean armms_timekeeping_insert_devices (ArmmsWork *work, const GPtrArray *devices, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/**
 * armms_timekeeping_import_working_times:
 * @rows: (array length=n): the law's hours of all dates, without gap or overlap: who reads the files has seen to it
 * @ret_changed: (out): rows that came, went or end on another day; 0 when all stood
 *
 * Puts the law's hours into the tenant's table. Days whose figures may differ are judged again.
 *
 * Returns: %FALSE with CONFLICT "statutory.changed_past" when a row that is in force would read otherwise
 */
gboolean armms_timekeeping_import_working_times (ArmmsWork *work, const ArmmsWorkingTime *rows, gsize n, gint64 *ret_changed,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The tenant's law of working hours, all rows by date: what a day of work is, for who prices it. (transfer full): of ArmmsWorkingTime */
GArray *armms_timekeeping_load_working_times (ArmmsWork *work, GError **error);
#define ARMMS_EVENT_WORKING_TIME_CHANGED "armms.timekeeping.WorkingTimeChanged.v1"
/* The nightly closing of days, for the unit's tenant. */
gboolean armms_timekeeping_schedule (ArmmsWork *work, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Makes everything derived again, for all employees of the tenant or those named, in units of its own; COMPARE only counts what
 * differs. @figures: added to. */
gboolean armms_timekeeping_recompute (ArmmsDb *db, const ArmmsActor *actor, ArmmsDeriveMode mode, ArmmsDeriveFigures *figures,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
