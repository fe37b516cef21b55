#define G_LOG_DOMAIN "armms-server"

#include "server/programs/serve/serving.h"

#include "server/platform/doorbell/doorbell.h"
#include "server/platform/log/log.h"
#include "server/platform/metrics/metrics.h"
#include "server/platform/migrate/migrate.h"
#include "server/platform/work/work.h"
#include "server/room.h"

#include <signal.h>

struct _ArmmsServing {
  ArmmsDb *db;
  ArmmsServer *server;
};

static ArmmsWork *
begin_reading (ArmmsDb *db, GError **error)
{
  ArmmsActor nobody = { 0 };

  return armms_work_begin (db, "platform", ARMMS_WORK_READ_FRESH, &nobody, error);
}

/* Can a unit be opened, has every database been migrated, and is every table guarded? */
static gboolean
check_database (gpointer data, char **ret_detail, GError **error)
{
  g_autoptr(ArmmsWork) work = begin_reading (data, error);
  g_autoptr(ArmmsRows) rows = NULL;

  if (work == NULL || !armms_migrate_check (data, error))
    return FALSE;
  rows = armms_work_query_one (work, "http/migrations-applied", /* params= */ NULL, "migrations", error);
  if (rows != NULL)
    *ret_detail = g_strdup (armms_rows_text (rows, 0, "latest"));
  return rows != NULL;
}

/* How long the oldest job waits: shown, and no reason to answer nobody; the worker is another process. */
static gboolean
check_queue (gpointer data, char **ret_detail, GError **error)
{
  g_autoptr(ArmmsWork) work = begin_reading (data, error);
  g_autoptr(ArmmsRows) rows = work != NULL ? armms_work_query (work, "queue/queue-depths", /* params= */ NULL, error) : NULL;
  gint64 waiting = 0, oldest = 0;

  if (rows == NULL)
    return FALSE;
  for (guint row = 0; row < armms_rows_count (rows); row++)
    {
      g_autofree char *labels = g_strdup_printf ("queue=\"%s\"", armms_rows_text (rows, row, "name"));

      waiting += armms_rows_integer (rows, row, "waiting");
      oldest = MAX (oldest, armms_rows_integer (rows, row, "oldest_seconds"));
      armms_metric_set (armms_metrics_gauge ("armms_queue_waiting", labels, "Jobs that wait."), armms_rows_integer (rows, row, "waiting"));
      armms_metric_set (armms_metrics_gauge ("armms_queue_oldest_seconds", labels, "How long the oldest job waits."), armms_rows_integer (rows, row, "oldest_seconds"));
    }
  *ret_detail = g_strdup_printf ("%" G_GINT64_FORMAT " jobs wait, the oldest %" G_GINT64_FORMAT " s", waiting, oldest);
  return TRUE;
}

/* Before each GET /metrics: the queue's figures; a database that is away leaves the last ones. */
static void
collect_queue (gpointer data)
{
  g_autofree char *detail = NULL;

  if (!check_queue (data, &detail, /* error= */ NULL))
    g_debug ("the queue's figures cannot be had");
}

static gboolean
is_named (const char *const *rooms, const char *name)
{
  return rooms == NULL || g_strv_contains (rooms, name);
}

ArmmsServing *
armms_serving_new (ArmmsConfig *config, const char *const *rooms, GError **error)
{
  g_autoptr(ArmmsServing) serving = g_new0 (ArmmsServing, 1);

  serving->db = armms_db_new (config, /* as_owner= */ FALSE, error);
  if (serving->db == NULL)
    return NULL;
  armms_rooms_register (serving->db);
  serving->server = armms_server_new (config, serving->db, error);
  if (serving->server == NULL)
    return NULL;
  armms_server_add_ready_check (serving->server, "database", check_database, serving->db);
  armms_server_add_ready_check (serving->server, "queue", check_queue, serving->db);
  armms_metrics_add_collector (collect_queue, serving->db);
  for (const ArmmsRoom *room = armms_rooms (); room->name != NULL; room++)
    {
      /* iam is who tells the callers apart: it always serves, also where its routes do not. */
      gboolean named = is_named (rooms, room->name);

      if ((named || g_str_equal (room->name, "iam")) && room->serve != NULL && !room->serve (serving->server, config, serving->db, error))
        {
          g_prefix_error (error, "room %s: ", room->name);
          return NULL;
        }
      if (named)
        armms_server_add_routes (serving->server, room->name, room->schema, room->routes);
    }
  return g_steal_pointer (&serving);
}

void
armms_serving_free (ArmmsServing *serving)
{
  if (serving == NULL)
    return;
  armms_metrics_remove_collector (serving->db);
  armms_server_free (serving->server);
  if (serving->db != NULL)
    armms_doorbell_stop (serving->db);
  armms_db_free (serving->db);
  g_free (serving);
}

ArmmsServer *
armms_serving_get_server (ArmmsServing *serving)
{
  return serving->server;
}

ArmmsDb *
armms_serving_get_db (ArmmsServing *serving)
{
  return serving->db;
}

static int
fail (const char *program, const GError *error)
{
  g_printerr ("%s: %s\n", program, error->message);
  return 1;
}

int
armms_serving_run (const char *program, const char *role, const char *config_path, const char *const *rooms)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsConfig) config = armms_config_load (config_path, &error);
  g_autoptr(ArmmsServing) serving = NULL;

  signal (SIGPIPE, SIG_IGN);
  if (config == NULL)
    return fail (program, error);
  armms_config_set_default (config, "database", "user", role);
  armms_log_init (program, config);
  serving = armms_serving_new (config, rooms, &error);
  if (serving == NULL || !armms_server_start (serving->server, &error))
    return fail (program, error);
  g_message ("listening on port %u", armms_server_get_port (serving->server));
  armms_server_run (serving->server, /* signals= */ TRUE);
  g_message ("stopped");
  return 0;
}
