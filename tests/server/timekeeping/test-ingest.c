/* One portion with an event of every sort: the good ones are kept, each other is told what is wrong. */
#include "tk-world.h"

static ArmmsIngestItem *
item (TkWorld *world, guint index)
{
  ArmmsIngestItem *one = &g_array_index (world->items, ArmmsIngestItem, index);

  one->event = &g_array_index (world->events, ArmmsIngestEvent, index);
  return one;
}

static void
store_all (TkWorld *world)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < world->items->len; i++)
    g_ptr_array_add (items, item (world, i));
  g_ptr_array_sort (items, armms_ingest_item_compare);
  if (!armms_ingest_store (world->worker, items, &error))
    g_error ("store: %s", error->message);
}

static void
test_verdicts (void)
{
  TkWorld world;
  ArmmsInstant at_six = at ("2026-05-04T06:00:00+08:00");
  ArmmsIngestEvent *event;

  tk_world_set_up (&world);
  for (guint i = 0; i < 8; i++)
    tk_world_tell (&world, i % 4, NULL, (ArmmsInstant) { at_six.us + i * 60000000 }, "IN", &world.agency.site_id, TRUE);
  /* 1: the same event twice in one portion; 2: its key with another body; 3: a time that cannot be; 4: a type that the table refuses. */
  event = &g_array_index (world.events, ArmmsIngestEvent, 1);
  *event = g_array_index (world.events, ArmmsIngestEvent, 0);
  event = &g_array_index (world.events, ArmmsIngestEvent, 2);
  event->event_id = g_array_index (world.events, ArmmsIngestEvent, 0).event_id;
  event->body_hash = g_array_index (world.events, ArmmsIngestEvent, 0).body_hash + 1;
  item (&world, 3)->quarantined = "too_new";
  g_array_index (world.events, ArmmsIngestEvent, 4).type = "SIDEWAYS";
  store_all (&world);

  g_assert_cmpint (item (&world, 0)->outcome, ==, ARMMS_INGEST_ACCEPTED);
  g_assert_cmpint (item (&world, 1)->outcome, ==, ARMMS_INGEST_DUPLICATE);
  g_assert_true (armms_id_equal (&item (&world, 1)->clock_event_id, &item (&world, 0)->clock_event_id));
  g_assert_cmpint (item (&world, 2)->outcome, ==, ARMMS_INGEST_REJECTED);
  g_assert_cmpstr (item (&world, 2)->code, ==, "event.key_reused");
  g_assert_cmpint (item (&world, 3)->outcome, ==, ARMMS_INGEST_ACCEPTED);
  g_assert_cmpstr (item (&world, 3)->code, ==, "event.too_new");
  g_assert_cmpint (item (&world, 4)->outcome, ==, ARMMS_INGEST_REJECTED);
  g_assert_cmpstr (item (&world, 4)->code, ==, "event.refused");
  for (guint i = 5; i < 8; i++)
    g_assert_cmpint (item (&world, i)->outcome, ==, ARMMS_INGEST_ACCEPTED);
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select count(*) from timekeeping.clock_events"), ==, 4);
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select count(*) from timekeeping.clock_event_quarantine"), ==, 1);
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select count(*) from timekeeping.anomalies where code = 'CLOCK_SKEW'"), ==, 1);
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select count(*) from only timekeeping.clock_events_default"), ==, 0);

  /* All of it again, under new ids of ours: nothing is new, and each is told of the first. */
  {
    ArmmsId first = item (&world, 5)->clock_event_id, quarantined = item (&world, 3)->clock_event_id;

    g_array_index (world.events, ArmmsIngestEvent, 4).type = "OUT";
    for (guint i = 0; i < world.items->len; i++)
      item (&world, i)->clock_event_id = armms_id_new ();
    store_all (&world);
    g_assert_cmpint (item (&world, 5)->outcome, ==, ARMMS_INGEST_DUPLICATE);
    g_assert_true (armms_id_equal (&item (&world, 5)->clock_event_id, &first));
    g_assert_cmpint (item (&world, 3)->outcome, ==, ARMMS_INGEST_DUPLICATE);
    g_assert_true (armms_id_equal (&item (&world, 3)->clock_event_id, &quarantined));
    /* What was refused was not remembered: mended, it is taken. */
    g_assert_cmpint (item (&world, 4)->outcome, ==, ARMMS_INGEST_ACCEPTED);
  }
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select count(*) from timekeeping.clock_events"), ==, 5);
  tk_world_tear_down (&world);
}

static void
test_append_only (void)
{
  TkWorld world;
  PGconn *connection;
  static const char *const attempts[] = { "update timekeeping.clock_events set type = 'OUT'", "delete from timekeeping.clock_events",
                                          "delete from timekeeping.clock_event_keys", "update timekeeping.timesheet_snapshots set payload = ''" };

  tk_world_set_up (&world);
  connection = armms_test_database_connect (world.agency.database, "main", "armms_worker");
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      PGresult *result = PQexec (connection, attempts[i]);

      g_assert_cmpint (PQresultStatus (result), ==, PGRES_FATAL_ERROR);
      PQclear (result);
    }
  PQfinish (connection);
  tk_world_tear_down (&world);
}

/* Payroll is elsewhere: not one column of this schema speaks of money. */
static void
test_no_money (void)
{
  TkWorld world;

  tk_world_set_up (&world);
  g_assert_cmpint (armms_test_database_integer (world.agency.database,
                   "select count(*) from information_schema.columns where table_schema = 'timekeeping'"
                   " and (column_name ~ '(centavos|amount|rate|pay$|gross|net_|salary|price|peso)' or data_type in ('money', 'numeric', 'real', 'double precision'))"), ==, 0);
  tk_world_tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL); /* a refused event is logged as a warning */
  g_test_add_func ("/timekeeping/ingest/one portion with an event of every sort", test_verdicts);
  g_test_add_func ("/timekeeping/ingest/what was sent is never changed", test_append_only);
  g_test_add_func ("/timekeeping/no column speaks of money", test_no_money);
  return g_test_run ();
}
