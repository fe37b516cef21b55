/* Files of worked examples against the rules: every figure that is expected, one by one. */
#include "server/statutory/rulebook/rulebook-private.h"

#include "server/statutory/law/csv.h"

#include <string.h>

static JsonNode *
read_object (const char *text)
{
  JsonNode *node = json_from_string (text, NULL);

  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    g_clear_pointer (&node, json_node_unref);
  return node;
}

static void
report_mismatch (GString *report, const char *id, const char *key, JsonNode *wanted, JsonNode *got)
{
  g_autofree char *wanted_text = json_to_string (wanted, FALSE);
  g_autofree char *got_text = got != NULL ? json_to_string (got, FALSE) : g_strdup ("no such figure");

  g_string_append_printf (report, "%s %s: expected %s, got %s\n", id, key, wanted_text, got_text);
}

/* A special working day is an ordinary day: an example may call the lines of one either way. */
static gboolean
is_same_line_name (JsonNode *wanted, JsonNode *got)
{
  const char *name = json_node_get_string (wanted), *ours = json_node_get_string (got);

  return name != NULL && ours != NULL && g_str_has_prefix (name, "ordinary") && g_str_has_prefix (ours, "special_working")
         && g_str_equal (name + strlen ("ordinary"), ours + strlen ("special_working"));
}

/* Lists element by element: lines are lists of a name, minutes and an amount. */
static gboolean
is_same (JsonNode *wanted, JsonNode *got)
{
  if (!JSON_NODE_HOLDS_ARRAY (wanted) || !JSON_NODE_HOLDS_ARRAY (got))
    return json_node_equal (wanted, got);
  if (json_array_get_length (json_node_get_array (wanted)) != json_array_get_length (json_node_get_array (got)))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (wanted)); i++)
    {
      JsonNode *left = json_array_get_element (json_node_get_array (wanted), i);
      JsonNode *right = json_array_get_element (json_node_get_array (got), i);

      if (!is_same (left, right)
          && !(JSON_NODE_HOLDS_VALUE (left) && JSON_NODE_HOLDS_VALUE (right) && is_same_line_name (left, right)))
        return FALSE;
    }
  return TRUE;
}

/* Members of an object are compared one by one under "key.member"; all else is equal or not. */
static guint
compare (const char *id, const char *key, JsonNode *wanted, JsonNode *got, GString *report)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  guint mismatches = 0;

  if (!JSON_NODE_HOLDS_OBJECT (wanted) || got == NULL || !JSON_NODE_HOLDS_OBJECT (got))
    {
      if (got != NULL && is_same (wanted, got))
        return 0;
      report_mismatch (report, id, key, wanted, got);
      return 1;
    }
  json_object_iter_init_ordered (&iter, json_node_get_object (wanted));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *member = *key != '\0' ? g_strconcat (key, ".", name, NULL) : g_strdup (name);

      mismatches += compare (id, member, value, json_object_get_member (json_node_get_object (got), name), report);
    }
  return mismatches;
}

/* An example that names a figure which its area never has would be wrong for ever, however the rules change. */
static gboolean
check_keys (const ArmmsRulebookArea *area, const char *id, JsonObject *wanted, GString *report)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  guint n = 0;

  json_object_iter_init_ordered (&iter, wanted);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!armms_rulebook_has_word (area->figures, name))
      {
        g_string_append_printf (report, "%s %s: expected a figure that %s does not have; it has %s\n", id, name, area->area, area->figures);
        return FALSE;
      }
    else
      n++;
  if (n == 0)
    g_string_append_printf (report, "%s: expects nothing\n", id);
  return n > 0;
}

/* Every mismatch of one example is a line of @report. */
static gboolean
check_example (ArmmsRulebook *book, ArmmsCsv *csv, GString *report)
{
  const char *id = armms_csv_text (csv, "id");
  g_autoptr(JsonNode) inputs = read_object (armms_csv_text (csv, "inputs"));
  g_autoptr(JsonNode) wanted = read_object (armms_csv_text (csv, "expected"));
  ArmmsDate on_date = ARMMS_DATE_NONE;
  g_autoptr(JsonNode) got = NULL;
  g_autoptr(GError) error = NULL;
  const ArmmsRulebookArea *area = armms_rulebook_find_area (armms_csv_text (csv, "area"), &error);

  if (inputs == NULL || wanted == NULL)
    g_string_append_printf (report, "%s %s: expected a JSON object\n", id, inputs == NULL ? "inputs" : "expected");
  else if (!armms_date_parse (armms_csv_text (csv, "on_date"), &on_date))
    g_string_append_printf (report, "%s on_date: expected a date\n", id);
  else if (area == NULL)
    g_string_append_printf (report, "%s area: %s\n", id, error->message);
  else if (check_keys (area, id, json_node_get_object (wanted), report))
    {
      got = armms_rulebook_explain (book, area->area, on_date, json_node_get_object (inputs), NULL, &error);
      if (got != NULL)
        return compare (id, "", wanted, got, report) == 0;
      g_string_append_printf (report, "%s: expected %s, got the error: %s\n", id, armms_csv_text (csv, "expected"), error->message);
    }
  return FALSE;
}

/* Spreadsheets leave rows of nothing but commas behind. */
static gboolean
is_blank (ArmmsCsv *csv)
{
  static const char *const columns[] = { "id", "area", "on_date", "inputs", "expected" };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (*armms_csv_text (csv, columns[i]) != '\0')
      return FALSE;
  return TRUE;
}

gboolean
armms_rulebook_check (ArmmsRulebook *book, const char *path, GString *report, guint *ret_passed, guint *ret_failed, GError **error)
{
  g_autoptr(ArmmsCsv) csv = armms_csv_new_from_file (path, error);
  guint passed = 0, failed = 0;

  if (csv == NULL)
    return FALSE;
  while (armms_csv_next (csv))
    {
      if (is_blank (csv))
        continue;
      if (check_example (book, csv, report))
        passed++;
      else
        failed++;
    }
  if (!armms_csv_finish (csv, error))
    return FALSE;
  *ret_passed = passed;
  *ret_failed = failed;
  return TRUE;
}
