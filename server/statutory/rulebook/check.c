/* Files of worked examples against the rules: every figure that is expected, one by one. */
#include "server/statutory/rulebook/rulebook-private.h"

#include "server/statutory/csv.h"

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
      if (got != NULL && json_node_equal (wanted, got))
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
  ArmmsDate on_date = armms_csv_date (csv, "on_date");
  g_autoptr(JsonNode) got = NULL;
  g_autoptr(GError) error = NULL;
  const ArmmsRulebookArea *area = armms_rulebook_find_area (armms_csv_text (csv, "area"), &error);

  if (inputs == NULL || wanted == NULL)
    g_string_append_printf (report, "%s %s: expected a JSON object\n", id, inputs == NULL ? "inputs" : "expected");
  else if (armms_date_is_none (on_date))
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

gboolean
armms_rulebook_check (ArmmsRulebook *book, const char *path, GString *report, guint *ret_passed, guint *ret_failed, GError **error)
{
  g_autoptr(ArmmsCsv) csv = armms_csv_new_from_file (path, error);
  guint passed = 0, failed = 0;

  if (csv == NULL)
    return FALSE;
  while (armms_csv_next (csv))
    {
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
