/* The registry of events: every file says whose event it is, and is a schema of an object whose members are told. */
#include "common/wire/json.h"

#include <string.h>

#define SUFFIX ".schema.json"

static void
check_file (const char *folder, const char *file)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *text = NULL, *name = g_strndup (file, strlen (file) - strlen (SUFFIX));
  g_autofree char *id = g_strconcat ("urn:", name, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL;
  JsonObject *schema, *properties;
  JsonArray *required;

  g_test_message ("%s", file);
  g_assert_true (g_regex_match_simple ("^armms\\.[a-z]+\\.[A-Z][A-Za-z]+\\.v[1-9][0-9]*$", name, 0, 0));
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  node = armms_json_parse (text, &error);
  g_assert_no_error (error);
  schema = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (schema, "$id"), ==, id);
  g_assert_cmpstr (json_object_get_string_member (schema, "type"), ==, "object");
  g_assert_cmpuint (strlen (json_object_get_string_member (schema, "title")), >, 0);
  properties = json_object_get_object_member (schema, "properties");
  required = json_object_get_array_member (schema, "required");
  g_assert_cmpuint (json_array_get_length (required), >, 0);
  for (guint i = 0; i < json_array_get_length (required); i++)
    g_assert_true (json_object_has_member (properties, json_array_get_string_element (required, i)));
}

static void
test_registry (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("ARMMS_SOURCE_ROOT"), "common", "wire", "events", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = g_dir_open (folder, 0, &error);
  const char *file;
  guint checked = 0;

  g_assert_no_error (error);
  while ((file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, SUFFIX))
      {
        check_file (folder, file);
        checked++;
      }
  g_assert_cmpuint (checked, >=, 9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/events/every schema says whose event it is", test_registry);
  return g_test_run ();
}
