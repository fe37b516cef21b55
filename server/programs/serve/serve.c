/* armms-server serve: the REST API as a process. */
#include "server/programs/serve/serving.h"
#include "server/programs/subcommand.h"

int
armms_serve_run_subcommand (int argc, char **argv)
{
  g_autofree char *config_path = NULL;
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &config_path, "the configuration", "FILE" },
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
  return armms_serving_run ("armms-server", "armms_server", config_path, /* rooms= */ NULL);
}
