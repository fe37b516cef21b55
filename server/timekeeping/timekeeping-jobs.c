/* What the worker does for this room. */
#include "server/timekeeping/derive/reader.h"
#include "server/timekeeping/adjustment.h"
#include "server/timekeeping/lists.h"
#include "server/timekeeping/timekeeping-rest.h"
#include "server/timekeeping/timesheet.h"

extern const ArmmsStatement armms_timekeeping_statements[];

static const ArmmsStreamReader readers[] = {
  { .name = "timekeeping.derive", .schema = "timekeeping", .slots = ARMMS_DERIVE_SLOTS, .on_slot = armms_derive_on_slot, .table = "timekeeping.clock_events" },
  { 0 }
};

static gboolean
stops (gpointer job)
{
  return armms_job_should_stop (job);
}

/* Yesterday's night duties end this morning, so the day before yesterday is the last that is surely over. And nobody is told absent
 * after the last day on which anything was heard: then the readers were silent, not the guards. NONE: nothing was heard at all. */
static gboolean
find_last_day (ArmmsJob *job, ArmmsDate *ret_last, GError **error)
{
  g_autoptr(ArmmsWork) work = armms_work_begin (armms_job_get_db (job), "timekeeping", ARMMS_WORK_READ_FRESH, armms_job_get_actor (job), error);
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsTimekeepingSettings settings;

  if (work == NULL || !armms_timekeeping_settings_load (work, &settings, error))
    return FALSE;
  rows = armms_work_query (work, "timekeeping/sweep-first", /* params= */ NULL, error);
  if (rows == NULL)
    return FALSE;
  *ret_last = armms_rows_date (rows, 0, "last_day");
  ret_last->days = MIN (ret_last->days, armms_zone_date (settings.zone, armms_work_get_now (work)).days - 2);
  return armms_work_commit (work, error);
}

static gboolean
run_sweep (ArmmsJob *job, GError **error)
{
  ArmmsDate through;

  if (!find_last_day (job, &through, error))
    return FALSE;
  return armms_date_is_none (through)
         || armms_timekeeping_sweep (armms_job_get_db (job), armms_job_get_actor (job), ARMMS_DATE_NONE, through, stops, job, error);
}

static const ArmmsJobKind jobs[] = {
  { .kind = "timekeeping.finalize", .lease_seconds = 60, .run = armms_timesheet_finalize_job },
  { .kind = "timekeeping.sweep", .lease_seconds = 60, .run = run_sweep },
  { 0 }
};

gboolean
armms_timekeeping_schedule (ArmmsWork *work, GError **error)
{
  return armms_jobs_schedule (work, "timekeeping.sweep", "timekeeping.sweep", ARMMS_MINUTES_PER_DAY, 12 * ARMMS_MINUTES_PER_HOUR, "{}", error);
}

gboolean
armms_timekeeping_insert_devices (ArmmsWork *work, const GPtrArray *devices, GError **error)
{
  return armms_resource_insert (&armms_timekeeping_devices, work, devices, error);
}

static gboolean
serve (ArmmsServer *server, ArmmsConfig *config, ArmmsDb *db, GError **error)
{
  armms_ingest_serve (armms_ingest_new (config, db), server);
  return TRUE;
}

const ArmmsRoom armms_timekeeping_room = {
  .name = "timekeeping",
  .schema = "timekeeping",
  .statements = armms_timekeeping_statements,
  .routes = armms_timekeeping_routes,
  .jobs = jobs,
  .subjects = armms_adjustment_subjects,
  .subscriptions = armms_timekeeping_subscriptions,
  .readers = readers,
  .serve = serve,
};
