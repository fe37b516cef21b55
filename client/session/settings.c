/* g_keyfile_settings_backend_new() is declared for those who ask for it by name. */
#define G_SETTINGS_ENABLE_BACKEND

#include "client/session/settings.h"

#include <gio/gsettingsbackend.h>

#define SCHEMA_ID "org.armms.Armms"
#define ROOT_PATH "/org/armms/Armms/"

static GSettingsSchema *
find_in (const char *folder)
{
  g_autoptr(GSettingsSchemaSource) source = g_settings_schema_source_new_from_directory (folder, g_settings_schema_source_get_default (),
                                                                                         FALSE, /* error= */ NULL);

  return source != NULL ? g_settings_schema_source_lookup (source, SCHEMA_ID, FALSE) : NULL;
}

static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *usual = g_settings_schema_source_get_default ();
  g_autofree char *program = g_file_read_link ("/proc/self/exe", /* error= */ NULL);
  const char *named = g_getenv ("ARMMS_SCHEMA_DIR");
  GSettingsSchema *schema = usual != NULL ? g_settings_schema_source_lookup (usual, SCHEMA_ID, TRUE) : NULL;

  if (schema == NULL && named != NULL)
    schema = find_in (named);
  /* A program that was built but not installed: build/client/armms and build/data. */
  if (schema == NULL && program != NULL)
    {
      g_autofree char *dir = g_path_get_dirname (program);
      g_autofree char *folder = g_build_filename (dir, "..", "data", NULL);

      schema = find_in (folder);
    }
  return schema;
}

GSettings *
armms_settings_new (void)
{
  g_autoptr(GSettingsSchema) schema = find_schema ();
  g_autoptr(GSettingsBackend) backend = NULL;

  if (schema == NULL)
    return NULL;

  if (g_strcmp0 (g_getenv ("GSETTINGS_BACKEND"), "memory") == 0)
    backend = g_memory_settings_backend_new ();
  else
    {
      g_autofree char *file = g_build_filename (g_get_user_config_dir (), "armms", "settings.ini", NULL);
      backend = g_keyfile_settings_backend_new (file, ROOT_PATH, "settings");
    }
  return g_settings_new_full (schema, backend, NULL);
}
