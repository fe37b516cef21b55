/* armms-server ingest: only the door of clock events, as a process of its own. */
#define G_LOG_DOMAIN "armms-server"

#include "server/platform/log/log.h"
#include "server/programs/serve/serving.h"
#include "server/programs/subcommand.h"
#include "server/timekeeping/ingest/ingest.h"

#include <signal.h>

static int
fail (const GError *error)
{
  g_printerr ("armms-server ingest: %s\n", error->message);
  return ARMMS_EXIT_FAILED;
}

static int
run (const char *config_path, gint port)
{
  const char *const no_rooms[] = { NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsConfig) config = armms_config_load (config_path, &error);
  g_autoptr(ArmmsServing) serving = NULL;
  ArmmsServer *server;

  signal (SIGPIPE, SIG_IGN);
  if (config == NULL)
    return fail (error);
  armms_config_set_default (config, "database", "user", "armms_ingest");
  if (port > 0)
    {
      g_autofree char *text = g_strdup_printf ("%d", port);

      armms_config_set_default (config, "server", "port", text);
    }
  armms_log_init ("armms-ingest", config);
  serving = armms_serving_new (config, no_rooms, &error);
  if (serving == NULL)
    return fail (error);
  server = armms_serving_get_server (serving);
  armms_ingest_serve (armms_ingest_new (config, armms_serving_get_db (serving)), server);
  armms_server_add_routes (server, "timekeeping", "timekeeping", armms_ingest_routes);
  if (!armms_server_start (server, &error))
    return fail (error);
  g_message ("listening on port %u", armms_server_get_port (server));
  armms_server_run (server, /* signals= */ TRUE);
  g_message ("stopped");
  return 0;
}

int
armms_ingest_run_subcommand (int argc, char **argv)
{
  g_autofree char *config_path = NULL;
  gint port = 0;
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &config_path, "the configuration", "FILE" },
    { "port", 'p', 0, G_OPTION_ARG_INT, &port, "the port, where the configuration names none", "PORT" },
    { NULL },
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("- take in clock events, and nothing else");
  g_autoptr(GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context,
    "Answers POST /v1/clock-events of devices, and /health, /ready, /metrics. [server] of the configuration says where; [ingest]\n"
    "flushers, queue and linger-ms how events are joined into commits. It logs in as armms_ingest, which sees no pay and changes\n"
    "no plans. SIGTERM writes what has been taken, answers, then ends.\n");
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1)
    {
      g_printerr ("armms-server ingest: %s\n", error != NULL ? error->message : "too many words; see --help");
      return ARMMS_EXIT_USAGE;
    }
  return run (config_path, port);
}
