#define G_LOG_DOMAIN "armms-server"

#include "server/programs/serve/serving.h"

#include "server/platform/doorbell/doorbell.h"
#include "server/platform/log/log.h"
#include "server/platform/migrate/migrate.h"
#include "server/platform/work/work.h"
#include "server/room.h"

#include <signal.h>

struct _ArmmsServing {
  ArmmsDb *db;
  ArmmsServer *server;
};

/* Can a unit be opened, has every database been migrated, and is every table guarded? */
static gboolean
check_database (gpointer data, GError **error)
{
  ArmmsActor nobody = { 0 };
  g_autoptr(ArmmsWork) work = armms_work_begin (data, "platform", ARMMS_WORK_READ_FRESH, &nobody, error);

  return work != NULL && armms_migrate_check (data, error) && armms_work_execute (work, "http/migrations-applied", NULL, NULL, error);
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
