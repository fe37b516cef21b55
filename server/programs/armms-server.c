/* armms-server: the duties of the server, one process each. */
#include "server/programs/subcommand.h"

#include <string.h>

#ifndef ARMMS_VERSION
#define ARMMS_VERSION "0"
#endif

static const ArmmsSubcommand subcommands[] = {
  { "serve", "answer the REST API of all rooms", armms_serve_run_subcommand },
  { "ingest", "take in clock events, and nothing else", armms_ingest_run_subcommand },
  { "work", "run streams, subscriptions and jobs of all rooms", armms_work_run_subcommand },
  { NULL },
};

static void
print_help (void)
{
  g_print ("Usage: armms-server COMMAND [OPTION...]\n\nCommands:\n");
  for (const ArmmsSubcommand *command = subcommands; command->name != NULL; command++)
    g_print ("  %-8s %s\n", command->name, command->summary);
  g_print ("\nEvery command knows --help and --config FILE (else $ARMMS_CONFIG, else /etc/armms/armms.conf).\n");
}

int
main (int argc, char **argv)
{
  if (argc < 2 || g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") || g_str_equal (argv[1], "help"))
    {
      print_help ();
      return argc < 2 ? ARMMS_EXIT_USAGE : 0;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("armms-server %s\n", ARMMS_VERSION);
      return 0;
    }
  for (const ArmmsSubcommand *command = subcommands; command->name != NULL; command++)
    if (g_str_equal (argv[1], command->name))
      {
        g_autofree char *name = g_strdup_printf ("armms-server-%s", command->name);

        g_set_prgname (name);
        return command->run (argc - 1, argv + 1);
      }
  g_printerr ("armms-server: there is no command %s; see armms-server --help\n", argv[1]);
  return ARMMS_EXIT_USAGE;
}
