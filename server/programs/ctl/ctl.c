#include "server/programs/ctl/ctl.h"

ArmmsConfig *
armms_ctl_load_config (ArmmsCtl *ctl)
{
  g_autoptr(GError) error = NULL;
  ArmmsConfig *config = armms_config_load (ctl->config_path, &error);

  if (config == NULL)
    {
      g_printerr ("armmsctl: %s\n", error->message);
      return NULL;
    }
  armms_config_set_default (config, "database", "user", "armms_worker");
  return config;
}

ArmmsDb *
armms_ctl_open_db (ArmmsCtl *ctl, gboolean as_owner)
{
  g_autoptr(ArmmsConfig) config = armms_ctl_load_config (ctl);
  g_autoptr(GError) error = NULL;
  ArmmsDb *db;

  if (config == NULL)
    return NULL;
  db = armms_db_new (config, as_owner, &error);
  if (db == NULL)
    g_printerr ("armmsctl: %s\n", error->message);
  return db;
}

int
armms_ctl_fail (const char *command, GError *error)
{
  g_printerr ("armmsctl %s: %s\n", command, error != NULL ? error->message : "it failed");
  g_clear_error (&error);
  return ARMMS_CTL_FAILED;
}

gboolean
armms_ctl_parse (const ArmmsCtlCommand *command, const GOptionEntry *entries, int *argc, char ***argv, int *ret_code)
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;
  gboolean help = FALSE;
  const GOptionEntry help_entry[] = { { "help", 'h', 0, G_OPTION_ARG_NONE, &help, NULL, NULL }, { NULL } };

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, help_entry, NULL);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      g_printerr ("armmsctl %s: %s\nUsage: armmsctl %s %s\n", command->name, error->message, command->name, command->usage);
      *ret_code = ARMMS_CTL_USAGE;
      return FALSE;
    }
  if (help)
    {
      g_print ("%s: %s\n\nUsage: armmsctl [--config FILE] [--json] %s %s\n\n%s\n", command->name, command->summary, command->name, command->usage,
               command->help);
      *ret_code = ARMMS_CTL_DONE;
      return FALSE;
    }
  return TRUE;
}
