/* armms-server serve: the REST API as a process. */
#include "server/programs/serve/serving.h"
#include "server/programs/subcommand.h"
#include "server/room.h"

/* Needs no configuration and no database: the routes are tables. */
static int
print_openapi (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsConfig) config = armms_config_new ();
  g_autoptr(ArmmsServer) server = armms_server_new (config, /* db= */ NULL, &error);
  g_autofree char *text = NULL;

  if (server == NULL)
    {
      g_printerr ("armms-server serve: %s\n", error->message);
      return ARMMS_EXIT_FAILED;
    }
  for (const ArmmsRoom *room = armms_rooms (); room->name != NULL; room++)
    armms_server_add_routes (server, room->name, room->schema, room->routes);
  text = armms_server_openapi (server);
  g_print ("%s\n", text);
  return 0;
}

int
armms_serve_run_subcommand (int argc, char **argv)
{
  g_autofree char *config_path = NULL;
  gboolean openapi = FALSE;
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &config_path, "the configuration", "FILE" },
    { "openapi", 0, 0, G_OPTION_ARG_NONE, &openapi, "print the OpenAPI document of all rooms and end", NULL },
    { NULL },
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("- answer the REST API of all rooms");
  g_autoptr(GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context,
    "[server] of the configuration says where: listen (127.0.0.1), port (8443), tls-certificate, tls-key; public=true allows an\n"
    "address that is not loopback. Secrets jwt-key, cursor-key and master-key come from the environment or systemd credentials.\n"
    "SIGTERM finishes what runs, then ends. GET /health, /ready, /metrics and /openapi.json need no sign-in.\n");
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1)
    {
      g_printerr ("armms-server serve: %s\n", error != NULL ? error->message : "too many words; see --help");
      return ARMMS_EXIT_USAGE;
    }
  if (openapi)
    return print_openapi ();
  return armms_serving_run ("armms-server", "armms_server", config_path, /* rooms= */ NULL);
}
