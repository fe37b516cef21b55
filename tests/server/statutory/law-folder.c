#include "tests/server/statutory/law-folder.h"

#include <glib/gstdio.h>

char *
law_folder_shipped (void)
{
  return g_build_filename (g_getenv ("ARMMS_SOURCE_ROOT"), "data", "statutory", "ph", NULL);
}

void
law_folder_change (const char *folder, const char *file, const char *find, const char *replace)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *text = NULL;
  g_autoptr(GString) changed = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, find, replace, 0), >=, 1);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
}

char *
law_folder_copy (const char *file, const char *find, const char *replace)
{
  g_autofree char *from = law_folder_shipped ();
  char *to = g_dir_make_tmp ("armms-law-XXXXXX", NULL);
  g_autoptr(GDir) files = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_nonnull (files);
  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (source, &text, NULL, NULL));
      g_assert_true (g_file_set_contents (target, text, -1, NULL));
    }
  if (file != NULL)
    law_folder_change (to, file, find, replace);
  return to;
}

void
law_folder_remove (const char *folder)
{
  g_autoptr(GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}
