#include "tk-world.h"

#include "server/queue/queue.h"
#include "server/scheduling/scheduling.h"
#include "server/tenant/tenant.h"

#include <string.h>

static const ArmmsRoom *const rooms[] = { &armms_tenant_room, &armms_hr_room, &armms_scheduling_room, &armms_timekeeping_room, NULL };

static void
lease_slots (TkWorld *world)
{
  const ArmmsStreamReader *reader = armms_timekeeping_room.readers;

  armms_test_database_exec (world->agency.database,
                            "insert into platform.stream_slots (reader, slot, lease_owner, lease_no, lease_until)"
                            " select 'timekeeping.derive', s, 'test', 1, 'infinity' from generate_series (0, 15) as s"
                            " on conflict (reader, slot) do update set cursor_xid = '0', cursor_id = default, lease_until = 'infinity'");
  for (guint i = 0; i < ARMMS_DERIVE_SLOTS; i++)
    world->slots[i] = (ArmmsStreamSlot) { .db = world->worker, .reader = reader, .slot = i, .lease_no = 1, .owner = "test" };
}

static void
insert_tenant (TkWorld *world)
{
  g_autoptr(GError) error = NULL;
  ArmmsTenant tenant = { .tenant_id = world->agency.actor.tenant_id, .code = (char *) "test", .name = (char *) "Test Agency", .status = (char *) "ACTIVE" };
  ArmmsWork *work = begin (&world->agency, "tenant");

  if (!armms_tenant_insert (work, &tenant, &error)
      || !armms_tenant_change_settings (work, "{\"event_max_age_days\":3660}", &error))
    g_error ("tenant: %s", error->message);
  commit (work);
}

void
tk_world_load_law (TkWorld *world, const ArmmsWorkingTime *rows, gsize n)
{
  g_autoptr(GError) error = NULL;
  gint64 changed;
  ArmmsWork *work = begin (&world->agency, "timekeeping");

  if (!armms_timekeeping_import_working_times (work, rows, n, &changed, &error))
    g_error ("law: %s", error->message);
  commit (work);
}

/* As data/statutory/ph/working-time.csv has it, from 1 November 1974 on. */
const ArmmsWorkingTime tk_world_law = {
  .from = { 1765 }, .to = ARMMS_DATE_NONE, .regular_minutes = 480, .night_from = 1320, .night_to = 360, .meal_break_minutes = 60,
  .paid_break_up_to = 20, .unworked_holiday_minutes = 480, .row = 1, .source = "Labor Code",
};

static void
insert_people (TkWorld *world)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) employees = armms_records_new (&armms_employee_type);
  ArmmsWork *work = begin (&world->agency, "hr_core");

  for (guint i = 0; i < TK_EMPLOYEES; i++)
    {
      g_autofree char *number = g_strdup_printf ("G-%03u", i);
      ArmmsEmployee *employee = new_employee (number, number, "2026-01-01");

      employee->position_id = world->agency.guard_id;
      world->employees[i] = employee->employee_id;
      g_ptr_array_add (employees, employee);
    }
  if (!armms_hr_insert_employees (work, employees, &error))
    g_error ("employees: %s", error->message);
  commit (work);
}

/* The last two are assigned to nothing. */
static void
insert_plans (TkWorld *world)
{
  Agency *agency = &world->agency;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) assignments = armms_records_new (&armms_assignment_type);
  g_autoptr(GPtrArray) holidays = armms_records_new (&armms_holiday_type);
  const char *const rests[] = { "SUN", "MON", "SAT,SUN", NULL };
  const struct { const char *date, *name, *type, *scope; } days[] = {
    { "2026-05-01", "Labor Day", "regular", "national" },
    { "2026-05-06", "City Day", "special", "city:Manila" },
  };
  ArmmsWork *work = begin (agency, "scheduling");

  for (guint i = 0; i + 2 < TK_EMPLOYEES; i++)
    {
      ArmmsAssignment *assignment = armms_record_new (&armms_assignment_type);

      assignment->employee_id = world->employees[i];
      assignment->detachment_id = i % 3 == 2 ? agency->office_id : agency->site_id;
      assignment->shift_id = i % 5 == 4 ? agency->office_shift_id : i % 2 == 0 ? agency->day_id : agency->night_id;
      assignment->position_id = agency->guard_id;
      assignment->valid_from = day ("2026-04-01");
      assignment->rest_weekdays = g_strdup (rests[i % G_N_ELEMENTS (rests)]);
      g_ptr_array_add (assignments, assignment);
    }
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      ArmmsHoliday *holiday = armms_record_new (&armms_holiday_type);

      holiday->on_date = day (days[i].date);
      holiday->name = g_strdup (days[i].name);
      holiday->day_type = g_strdup (days[i].type);
      holiday->scope = g_strdup (days[i].scope);
      g_ptr_array_add (holidays, holiday);
    }
  if (!armms_scheduling_insert_assignments (work, assignments, &error) || !armms_scheduling_insert_holidays (work, holidays, &error))
    g_error ("plans: %s", error->message);
  commit (work);
}

static void
insert_device (TkWorld *world)
{
  char tenant[ARMMS_ID_TEXT_SIZE], device[ARMMS_ID_TEXT_SIZE], site[ARMMS_ID_TEXT_SIZE];
  g_autofree char *sql = NULL;

  world->device_id = armms_id_new ();
  world->stranger_device_id = armms_id_new ();
  sql = g_strdup_printf ("insert into timekeeping.devices (tenant_id, device_id, name, detachment_id) values ('%s', '%s', 'gate', '%s')",
                         armms_id_format (&world->agency.actor.tenant_id, tenant), armms_id_format (&world->device_id, device),
                         armms_id_format (&world->agency.site_id, site));
  armms_test_database_exec (world->agency.database, sql);
}

void
tk_world_set_up (TkWorld *world)
{
  g_autoptr(ArmmsConfig) config = NULL;
  g_autoptr(GError) error = NULL;

  memset (world, 0, sizeof *world);
  agency_set_up (&world->agency, rooms);
  armms_db_add_statements (world->agency.db, "queue", "queue", armms_queue_statements);
  config = armms_test_database_config (world->agency.database, "armms_worker");
  world->worker = armms_db_new (config, FALSE, &error);
  g_assert_no_error (error);
  for (guint i = 0; rooms[i] != NULL; i++)
    {
      armms_db_add_statements (world->worker, rooms[i]->name, rooms[i]->schema, rooms[i]->statements);
      armms_outbox_register (world->worker, rooms[i]->schema);
    }
  armms_db_add_statements (world->worker, "queue", "queue", armms_queue_statements);
  world->zone = armms_zone_new ("Asia/Manila");
  world->events = g_array_new (FALSE, TRUE, sizeof (ArmmsIngestEvent));
  world->items = g_array_new (FALSE, TRUE, sizeof (ArmmsIngestItem));
  insert_tenant (world);
  tk_world_load_law (world, &tk_world_law, 1);
  insert_people (world);
  insert_plans (world);
  insert_device (world);
  lease_slots (world);
}

void
tk_world_tear_down (TkWorld *world)
{
  armms_zone_free (world->zone);
  g_array_unref (world->events);
  g_array_unref (world->items);
  armms_directory_forget_all ();
  armms_db_free (world->worker);
  agency_tear_down (&world->agency);
}

void
tk_world_tell (TkWorld *world, guint employee, const char *ref, ArmmsInstant ts, const char *type, const ArmmsId *detachment,
               gboolean known_device)
{
  ArmmsIngestEvent event = { .event_id = armms_id_new (), .device_id = known_device ? world->device_id : world->stranger_device_id,
                             .ts = ts, .employee_ref = ref, .type = type, .seq = -1, .body_hash = g_random_int () };
  ArmmsIngestItem item = { .tenant_id = world->agency.actor.tenant_id, .clock_event_id = armms_id_new (), .received_at = { ts.us + 5000000 },
                           .device_known = known_device, .detachment_id = *detachment, .local_day = armms_zone_date (world->zone, ts) };

  if (ref == NULL)
    item.employee_id = world->employees[employee];
  item.slot = armms_stream_slot_of (ref == NULL ? &item.employee_id : &event.device_id, ARMMS_DERIVE_SLOTS);
  g_array_append_val (world->events, event);
  g_array_append_val (world->items, item);
}

static ArmmsInstant
later (ArmmsInstant instant, int minutes)
{
  return (ArmmsInstant) { instant.us + minutes * ARMMS_US_PER_MINUTE + g_test_rand_int_range (0, 59) * 1000000 };
}

static void
tell_duty (TkWorld *world, guint employee, const ArmmsPlannedDuty *duty)
{
  const Agency *agency = &world->agency;
  const ArmmsId *other = armms_id_equal (&duty->detachment_id, &agency->site_id) ? &agency->office_id : &agency->site_id;
  const ArmmsId *site = g_test_rand_int_range (0, 15) == 0 ? other : &duty->detachment_id;
  gboolean known = g_test_rand_int_range (0, 10) != 0;
  int fate = g_test_rand_int_range (0, 12);
  ArmmsInstant in = later (duty->starts_at, g_test_rand_int_range (-40, 12));
  ArmmsInstant out = later (duty->ends_at, g_test_rand_int_range (-12, 30));

  if (fate == 0)
    return;
  if (fate != 1)
    tk_world_tell (world, employee, NULL, in, "IN", site, known);
  if (fate == 2)
    tk_world_tell (world, employee, NULL, later (in, g_test_rand_int_range (0, 8)), "IN", site, known);
  if (fate == 3)
    {
      tk_world_tell (world, employee, NULL, later (in, 200), "BREAK_START", site, known);
      tk_world_tell (world, employee, NULL, later (in, 200 + g_test_rand_int_range (20, 90)), "BREAK_END", site, known);
    }
  if (fate != 4)
    tk_world_tell (world, employee, NULL, out, fate == 5 ? "UNKNOWN" : "OUT", site, known);
  if (fate == 6)
    tk_world_tell (world, employee, NULL, later (out, g_test_rand_int_range (0, 9)), "OUT", site, known);
}

void
tk_world_make_story (TkWorld *world, const char *from, const char *to)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) duties = NULL;
  ArmmsWork *work = begin (&world->agency, "scheduling");

  duties = armms_scheduling_load_duties (work, world->zone, NULL, 0, day (from), day (to), NULL, NULL, &error);
  g_assert_no_error (error);
  commit (work);
  g_assert_cmpuint (duties->len, >, 20);
  for (guint i = 0; i < duties->len; i++)
    {
      const ArmmsPlannedDuty *duty = &g_array_index (duties, ArmmsPlannedDuty, i);

      for (guint j = 0; j < TK_EMPLOYEES; j++)
        if (armms_id_equal (&world->employees[j], &duty->employee_id))
          tell_duty (world, j, duty);
    }
  /* Somebody without a duty, on two days; and a number that nobody has. */
  tk_world_tell (world, TK_EMPLOYEES - 1, NULL, at ("2026-05-01T06:00:00+08:00"), "IN", &world->agency.site_id, TRUE);
  tk_world_tell (world, TK_EMPLOYEES - 1, NULL, at ("2026-05-04T06:00:00+08:00"), "IN", &world->agency.site_id, TRUE);
  tk_world_tell (world, 0, "X-999", at ("2026-05-04T06:00:00+08:00"), "IN", &world->agency.site_id, TRUE);
}

void
tk_world_store (TkWorld *world, const guint *order, guint first, guint n)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) items = g_ptr_array_new ();
  g_autofree ArmmsIngestItem *copies = g_new (ArmmsIngestItem, n);

  for (guint i = 0; i < n; i++)
    {
      copies[i] = g_array_index (world->items, ArmmsIngestItem, order[first + i]);
      copies[i].event = &g_array_index (world->events, ArmmsIngestEvent, order[first + i]);
      g_ptr_array_add (items, &copies[i]);
    }
  g_ptr_array_sort (items, armms_ingest_item_compare);
  if (!armms_ingest_store (world->worker, items, &error))
    g_error ("store: %s", error->message);
  for (guint i = 0; i < n; i++)
    g_assert_true (copies[i].outcome == ARMMS_INGEST_ACCEPTED || copies[i].outcome == ARMMS_INGEST_DUPLICATE);
}

gboolean
tk_world_derive_slot (TkWorld *world, guint slot)
{
  g_autoptr(GError) error = NULL;
  ArmmsStreamSlot *s = &world->slots[slot];
  gboolean more = FALSE;

  s->next_xid = s->after_xid;
  s->next_id = s->after_id;
  if (!armms_derive_on_slot (s, FALSE, &more, &error))
    g_error ("slot %u: %s", slot, error->message);
  s->after_xid = s->next_xid;
  s->after_id = s->next_id;
  return more;
}

/* Other tests of the cluster have transactions of their own: what is younger than the oldest of them is shown a moment later. */
void
tk_world_derive (TkWorld *world)
{
  gint64 until = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  for (;;)
    {
      for (guint i = 0; i < ARMMS_DERIVE_SLOTS; i++)
        while (tk_world_derive_slot (world, i))
          ;
      if (armms_test_database_integer (world->agency.database,
                                       "select count(*) from timekeeping.clock_events as e where not exists"
                                       " (select from timekeeping.time_logs as t where t.time_log_id = e.clock_event_id)") == 0)
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_usleep (5000);
    }
}

void
tk_world_sweep (TkWorld *world, const char *through)
{
  g_autoptr(GError) error = NULL;

  if (!armms_timekeeping_sweep (world->worker, &world->agency.actor, ARMMS_DATE_NONE, day (through), NULL, NULL, &error))
    g_error ("sweep: %s", error->message);
}

char *
tk_world_dump (TkWorld *world)
{
  return armms_test_database_value (world->agency.database,
    "select string_agg(line, E'\\n' order by line) from ("
    "select 'log ' || (to_jsonb(t) - array['created_at','created_by','updated_at','updated_by'])::text as line from timekeeping.time_logs t union all "
    "select 'dtr ' || (to_jsonb(t) - array['created_at','created_by','updated_at','updated_by'])::text from timekeeping.dtr_lines t union all "
    "select 'odd ' || (to_jsonb(t) - array['created_at','created_by','updated_at','updated_by'])::text from timekeeping.anomalies t union all "
    "select 'sum ' || (to_jsonb(t) - array['created_at','created_by','updated_at','updated_by','revision'])::text from timekeeping.timesheets t) as l");
}

void
tk_world_forget (TkWorld *world, gboolean events_too)
{
  armms_test_database_exec (world->agency.database,
                            "truncate timekeeping.time_logs, timekeeping.dtr_lines, timekeeping.anomalies, timekeeping.timesheets");
  if (!events_too)
    return;
  armms_test_database_exec (world->agency.database,
                            "set session_replication_role = replica;"
                            "truncate timekeeping.clock_events, timekeeping.clock_event_keys, timekeeping.sweeps, timekeeping.employee_links;"
                            "set session_replication_role = origin");
  lease_slots (world);
}

ArmmsDeriveFigures
tk_world_recompute (TkWorld *world, ArmmsDeriveMode mode)
{
  g_autoptr(GError) error = NULL;
  ArmmsDeriveFigures figures = { 0 };

  if (!armms_timekeeping_recompute (world->worker, &world->agency.actor, mode, &figures, &error))
    g_error ("recompute: %s", error->message);
  return figures;
}
