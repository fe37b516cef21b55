#include "common/wire/json.h"

#include "common/base/error.h"

#include <string.h>

static const char hex_digits[] = "0123456789abcdef";

static void
append_escaped (GString *out, guchar c)
{
  switch (c)
    {
    case '"': g_string_append (out, "\\\""); break;
    case '\\': g_string_append (out, "\\\\"); break;
    case '\b': g_string_append (out, "\\b"); break;
    case '\f': g_string_append (out, "\\f"); break;
    case '\n': g_string_append (out, "\\n"); break;
    case '\r': g_string_append (out, "\\r"); break;
    case '\t': g_string_append (out, "\\t"); break;
    default:
      g_string_append (out, "\\u00");
      g_string_append_c (out, hex_digits[c >> 4]);
      g_string_append_c (out, hex_digits[c & 0x0f]);
    }
}

void
armms_json_append_string (GString *out, const char *text)
{
  const char *start, *at;

  if (text == NULL)
    {
      g_string_append_len (out, "null", 4);
      return;
    }
  g_string_append_c (out, '"');
  for (start = at = text; *at != '\0'; at++)
    {
      guchar c = (guchar) *at;

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;
      g_string_append_len (out, start, at - start);
      append_escaped (out, c);
      start = at + 1;
    }
  g_string_append_len (out, start, at - start);
  g_string_append_c (out, '"');
}

void
armms_json_append_integer (GString *out, gint64 value)
{
  char buffer[24];
  char *end = buffer + sizeof buffer;
  char *start = end;
  guint64 rest = value < 0 ? 0 - (guint64) value : (guint64) value;

  do
    *--start = (char) ('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (value < 0)
    *--start = '-';
  g_string_append_len (out, start, end - start);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
append_object (GString *out, JsonObject *object)
{
  g_autoptr(GPtrArray) names = g_ptr_array_sized_new (json_object_get_size (object));
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, (gpointer) name);
  g_ptr_array_sort (names, compare_names);
  g_string_append_c (out, '{');
  for (guint i = 0; i < names->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      armms_json_append_string (out, g_ptr_array_index (names, i));
      g_string_append_c (out, ':');
      armms_json_append_canonical (out, json_object_get_member (object, g_ptr_array_index (names, i)));
    }
  g_string_append_c (out, '}');
}

static void
append_array (GString *out, JsonArray *array)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      armms_json_append_canonical (out, json_array_get_element (array, i));
    }
  g_string_append_c (out, ']');
}

static void
append_value (GString *out, JsonNode *node)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    armms_json_append_string (out, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_INT64)
    armms_json_append_integer (out, json_node_get_int (node));
  else /* only in free-form members of strangers, which nobody computes with */
    g_string_append (out, g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (node)));
}

void
armms_json_append_canonical (GString *out, JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    g_string_append_len (out, "null", 4);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    append_object (out, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    append_array (out, json_node_get_array (node));
  else
    append_value (out, node);
}

char *
armms_json_to_canonical (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  armms_json_append_canonical (out, node);
  return g_string_free (out, FALSE);
}

JsonNode *
armms_json_parse (const char *text, GError **error)
{
  g_autoptr(GError) cause = NULL;
  JsonNode *node = text != NULL ? json_from_string (text, &cause) : NULL;

  if (node == NULL)
    armms_error_set (error, ARMMS_ERROR_MALFORMED, "json.malformed", "cannot read JSON: %s",
                     cause != NULL ? cause->message : "the text is empty");
  return node;
}
