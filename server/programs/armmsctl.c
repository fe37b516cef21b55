/* armmsctl: what an administrator does from a terminal or a script. */
#include "server/programs/ctl/ctl.h"

#include "server/platform/log/log.h"

#include <locale.h>

#ifndef ARMMS_VERSION
#define ARMMS_VERSION "0"
#endif

static void
print_help (void)
{
  g_print ("armmsctl: administers ARMMS, time and attendance and payroll.\n\n"
           "Usage: armmsctl [--config FILE] [--json] COMMAND ...\n"
           "       armmsctl COMMAND --help\n\nCommands:\n");
  for (gsize i = 0; armms_ctl_commands[i] != NULL; i++)
    g_print ("  %-12s %s\n", armms_ctl_commands[i]->name, armms_ctl_commands[i]->summary);
  g_print ("\nOptions:\n"
           "  --config FILE  the configuration (default: $ARMMS_CONFIG, else /etc/armms/armms.conf)\n"
           "  --json         answer with one JSON value on standard output\n"
           "  --version      tell the version\n\n"
           "Exit codes: 0 done, 1 failed, 2 used wrongly, 3 done and found something wrong.\n");
}

int
main (int argc, char **argv)
{
  ArmmsCtl ctl = { 0 };
  int i = 1;

  setlocale (LC_ALL, "");
  armms_log_init ("armmsctl", NULL);
  for (; i < argc && argv[i][0] == '-'; i++)
    {
      if (g_str_equal (argv[i], "--config") && i + 1 < argc)
        ctl.config_path = argv[++i];
      else if (g_str_has_prefix (argv[i], "--config="))
        ctl.config_path = argv[i] + strlen ("--config=");
      else if (g_str_equal (argv[i], "--json"))
        ctl.json = TRUE;
      else if (g_str_equal (argv[i], "--version"))
        {
          g_print ("armmsctl %s\n", ARMMS_VERSION);
          return ARMMS_CTL_DONE;
        }
      else if (g_str_equal (argv[i], "--help") || g_str_equal (argv[i], "-h"))
        {
          print_help ();
          return ARMMS_CTL_DONE;
        }
      else
        {
          g_printerr ("armmsctl: %s is not known here; see armmsctl --help\n", argv[i]);
          return ARMMS_CTL_USAGE;
        }
    }
  if (i == argc || g_str_equal (argv[i], "help"))
    {
      print_help ();
      return i == argc ? ARMMS_CTL_USAGE : ARMMS_CTL_DONE;
    }
  for (gsize c = 0; armms_ctl_commands[c] != NULL; c++)
    if (g_str_equal (armms_ctl_commands[c]->name, argv[i]))
      return armms_ctl_commands[c]->run (&ctl, argc - i, argv + i);
  g_printerr ("armmsctl: there is no command %s; see armmsctl --help\n", argv[i]);
  return ARMMS_CTL_USAGE;
}
