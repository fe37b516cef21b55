#include "server/programs/ctl/ctl.h"
#include "server/programs/ctl/commands.h"

#include "server/platform/migrate/migrate.h"

#include <json-glib/json-glib.h>

static void
on_file_started_cb (const char *database, const char *file, gpointer data)
{
  g_printerr ("%s: %s\n", database, file);
}

static void
print_status (const GPtrArray *list, gboolean json)
{
  g_autoptr(JsonBuilder) builder = NULL;
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) root = NULL;

  if (!json)
    {
      for (guint i = 0; i < list->len; i++)
        {
          const ArmmsMigration *migration = list->pdata[i];

          g_print ("%-8s %-40s %-8s %s\n", migration->database, migration->file, migration->state,
                   migration->applied_at != NULL ? migration->applied_at : "");
        }
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; i < list->len; i++)
    {
      const ArmmsMigration *migration = list->pdata[i];

      json_builder_begin_object (builder);
      json_builder_add_string_value (json_builder_set_member_name (builder, "database"), migration->database);
      json_builder_add_string_value (json_builder_set_member_name (builder, "file"), migration->file);
      json_builder_add_string_value (json_builder_set_member_name (builder, "state"), migration->state);
      json_builder_set_member_name (builder, "applied_at");
      if (migration->applied_at != NULL)
        json_builder_add_string_value (builder, migration->applied_at);
      else
        json_builder_add_null_value (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_print ("%s\n", text);
}

static int
show_status (ArmmsCtl *ctl, ArmmsDb *db, const char *folder)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = armms_migrate_status (db, folder, &error);
  int code = ARMMS_CTL_DONE;

  if (list == NULL)
    return armms_ctl_fail ("migrate", g_steal_pointer (&error));
  print_status (list, ctl->json);
  for (guint i = 0; i < list->len; i++)
    if (!g_str_equal (((ArmmsMigration *) list->pdata[i])->state, "applied"))
      code = ARMMS_CTL_FOUND;
  return code;
}

static int
run_migrate (ArmmsCtl *ctl, int argc, char **argv)
{
  gboolean status = FALSE;
  g_autofree char *folder = NULL;
  const GOptionEntry entries[] = {
    { "status", 0, 0, G_OPTION_ARG_NONE, &status, NULL, NULL },
    { "folder", 0, 0, G_OPTION_ARG_FILENAME, &folder, NULL, NULL },
    { NULL },
  };
  g_autoptr(ArmmsDb) db = NULL;
  g_autoptr(GError) error = NULL;
  guint applied = 0;
  int code;

  if (!armms_ctl_parse (&armms_ctl_migrate, entries, &argc, &argv, &code))
    return code;
  db = armms_ctl_open_db (ctl, TRUE);
  if (db == NULL)
    return ARMMS_CTL_FAILED;
  if (status)
    return show_status (ctl, db, folder);
  if (!armms_migrate_run (db, folder, on_file_started_cb, NULL, &applied, &error))
    return armms_ctl_fail ("migrate", g_steal_pointer (&error));
  if (ctl->json)
    g_print ("{\"applied\":%u}\n", applied);
  else
    g_print (applied > 0 ? "%u migrations applied\n" : "nothing to migrate\n", applied);
  return ARMMS_CTL_DONE;
}

const ArmmsCtlCommand armms_ctl_migrate = {
  .name = "migrate",
  .summary = "bring the databases to the shape that this version needs",
  .usage = "[--status] [--folder DIR]",
  .help = "Applies what is missing, in order, one transaction each; safe to repeat, and when two start at once. Runs as the role\n"
          "[database] owner of the configuration, or as you; a superuser makes the roles, any other finds them made.\n\n"
          "  --status      only list the files and what has become of them; ends with 3 when something is pending or wrong\n"
          "  --folder DIR  read the files there instead of the ones that the program carries\n\n"
          "A past that reads otherwise than it was applied is refused: add a new file instead of changing an old one.",
  .run = run_migrate,
};
