#include "server/statutory/rulebook/rulebook.h"

#include "server/statutory/statutory.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* The first byte names the area, the two after it a day of ten years, the rest is its inputs: never crashes, and gives figures or
 * an error, not both. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static ArmmsRulebook *book;
  static guint n_areas;
  const char *const *areas = armms_rulebook_get_areas ();
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) inputs = NULL;
  g_autoptr(JsonNode) figures = NULL;
  g_autoptr(GString) traces = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  ArmmsDate date;

  if (book == NULL)
    {
      g_autofree char *folder = armms_statutory_find_folder ();

      book = armms_rulebook_new (folder, NULL);
      n_areas = g_strv_length ((char **) areas);
    }
  if (size < 3)
    return 0;
  text = g_strndup ((const char *) data + 3, size - 3);
  inputs = json_from_string (text, NULL);
  if (inputs == NULL || !JSON_NODE_HOLDS_OBJECT (inputs))
    return 0;
  date = armms_date_add_days (armms_date_from_ymd (2018, 1, 1), (data[1] * 256 + data[2]) % 3652);
  figures = armms_rulebook_explain (book, areas[data[0] % n_areas], date, json_node_get_object (inputs), traces, &error);
  g_assert_true ((figures == NULL) == (error != NULL));
  return 0;
}
