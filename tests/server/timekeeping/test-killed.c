/* The worker dies wherever it is, again and again: the rows are the same as if it had not. */
#include "tk-world.h"

#include "server/hr/hr.h"
#include "server/queue/queue.h"
#include "server/scheduling/scheduling.h"
#include "server/tenant/tenant.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *self_path;

static void
read_cursors (PGconn *connection, ArmmsStreamSlot *slots)
{
  PGresult *result = PQexec (connection, "select slot, cursor_xid::text, cursor_id from platform.stream_slots where reader = 'timekeeping.derive'");

  for (int i = 0; i < PQntuples (result); i++)
    {
      ArmmsStreamSlot *slot = &slots[atoi (PQgetvalue (result, i, 0))];

      slot->after_xid = g_ascii_strtoull (PQgetvalue (result, i, 1), NULL, 10);
      g_assert_true (armms_id_parse (PQgetvalue (result, i, 2), &slot->after_id));
    }
  PQclear (result);
}

/* What a worker does, until somebody kills it. */
static void
run_child (const char *config_path)
{
  static const ArmmsRoom *const rooms[] = { &armms_tenant_room, &armms_hr_room, &armms_scheduling_room, &armms_timekeeping_room, NULL };
  g_autoptr(GError) error = NULL;
  ArmmsConfig *config = armms_config_load (config_path, &error);
  ArmmsDb *db = config == NULL ? NULL : armms_db_new (config, FALSE, &error);
  ArmmsStreamSlot slots[ARMMS_DERIVE_SLOTS];
  PGconn *connection;

  if (db == NULL)
    g_error ("child: %s", error->message);
  for (guint i = 0; rooms[i] != NULL; i++)
    {
      armms_db_add_statements (db, rooms[i]->name, rooms[i]->schema, rooms[i]->statements);
      armms_outbox_register (db, rooms[i]->schema);
    }
  armms_db_add_statements (db, "queue", "queue", armms_queue_statements);
  for (guint i = 0; i < ARMMS_DERIVE_SLOTS; i++)
    slots[i] = (ArmmsStreamSlot) { .db = db, .reader = armms_timekeeping_room.readers, .slot = i, .lease_no = 1, .owner = "test" };
  connection = armms_db_connect (db, "main", &error);
  if (connection == NULL)
    g_error ("child: %s", error->message);
  for (;;)
    {
      read_cursors (connection, slots);
      for (guint i = 0; i < ARMMS_DERIVE_SLOTS; i++)
        {
          gboolean more;

          /* A serialization failure or a wait is the dispatcher's to repeat. */
          if (!armms_derive_on_slot (&slots[i], FALSE, &more, &error))
            g_clear_error (&error);
        }
    }
}

static GPid
start_child (const char *config_path)
{
  const char *argv[] = { self_path, "--child", config_path, NULL };
  g_autoptr(GError) error = NULL;
  GPid pid;

  if (!g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error))
    g_error ("%s", error->message);
  return pid;
}

static void
test_killed (void)
{
  TkWorld world;
  g_autofree char *plain = NULL, *after = NULL;
  g_autofree guint *order = NULL;
  const char *config_path;
  guint n, stored = 0, kills = 0, patience = 1;

  tk_world_set_up (&world);
  tk_world_make_story (&world, "2026-04-28", "2026-05-09");
  n = world.events->len;
  order = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    order[i] = i;
  tk_world_store (&world, order, 0, n);
  tk_world_derive (&world);
  tk_world_sweep (&world, "2026-05-09");
  plain = tk_world_dump (&world);

  tk_world_forget (&world, TRUE);
  config_path = armms_test_database_config_file (world.agency.database, "armms_worker");
  while (stored < n)
    {
      GPid pid = start_child (config_path);
      guint some = MIN (40, n - stored);

      tk_world_store (&world, order, stored, some);
      stored += some;
      g_usleep ((gulong) g_test_rand_int_range (20000, 160000) * patience);
      kill (pid, SIGKILL);
      g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
      g_spawn_close_pid (pid);
      kills++;
      /* On a busy machine a child may be killed before it has done anything: then the next lives longer. */
      if (patience < 64 && armms_test_database_integer (world.agency.database, "select count(*) from timekeeping.time_logs") == 0)
        patience *= 2;
    }
  g_assert_cmpuint (kills, >, 4);
  g_assert_cmpint (armms_test_database_integer (world.agency.database, "select count(*) from timekeeping.time_logs"), >, 0); /* they did work */
  read_cursors (armms_test_database_owner (world.agency.database, "main"), world.slots);
  tk_world_derive (&world);
  tk_world_sweep (&world, "2026-05-09");
  after = tk_world_dump (&world);
  g_assert_true (strcmp (plain, after) == 0);
  tk_world_tear_down (&world);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--child"))
    run_child (argv[2]);
  self_path = g_file_read_link ("/proc/self/exe", NULL);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timekeeping/derive/a worker that is killed again and again changes nothing", test_killed);
  return g_test_run ();
}
