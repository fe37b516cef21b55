#include "client/api/query.h"

#include <stdarg.h>

typedef struct { char *name; char *value; } Pair;

struct _ArmmsQuery
{
  char *path;
  GArray *pairs; /* of Pair, in the order of setting */
};

static void
pair_clear (Pair *pair)
{
  g_free (pair->name);
  g_free (pair->value);
}

static guint
find (const ArmmsQuery *query, const char *name)
{
  guint i;

  for (i = 0; i < query->pairs->len; i++)
    if (g_str_equal (g_array_index (query->pairs, Pair, i).name, name))
      break;
  return i;
}

ArmmsQuery *
armms_query_new (const char *path_format, ...)
{
  ArmmsQuery *query = g_new0 (ArmmsQuery, 1);
  va_list args;

  va_start (args, path_format);
  query->path = g_strdup_vprintf (path_format, args);
  va_end (args);
  query->pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  g_array_set_clear_func (query->pairs, (GDestroyNotify) pair_clear);
  return query;
}

ArmmsQuery *
armms_query_copy (const ArmmsQuery *query)
{
  ArmmsQuery *copy = armms_query_new ("%s", query->path);

  for (guint i = 0; i < query->pairs->len; i++)
    armms_query_set (copy, g_array_index (query->pairs, Pair, i).name, g_array_index (query->pairs, Pair, i).value);
  return copy;
}

void
armms_query_free (ArmmsQuery *query)
{
  if (query == NULL)
    return;
  g_free (query->path);
  g_array_unref (query->pairs);
  g_free (query);
}

void
armms_query_set (ArmmsQuery *query, const char *name, const char *value)
{
  guint i = find (query, name);

  if (value == NULL || *value == '\0')
    {
      if (i < query->pairs->len)
        g_array_remove_index (query->pairs, i);
    }
  else if (i < query->pairs->len)
    {
      Pair *pair = &g_array_index (query->pairs, Pair, i);
      char *kept = g_strdup (value);
      g_free (pair->value);
      pair->value = kept;
    }
  else
    {
      Pair pair = { g_strdup (name), g_strdup (value) };
      g_array_append_val (query->pairs, pair);
    }
}

void
armms_query_set_integer (ArmmsQuery *query, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  armms_query_set (query, name, text);
}

const char *
armms_query_get (const ArmmsQuery *query, const char *name)
{
  guint i = find (query, name);

  return i < query->pairs->len ? g_array_index (query->pairs, Pair, i).value : NULL;
}

const char *
armms_query_get_path (const ArmmsQuery *query)
{
  return query->path;
}

gboolean
armms_query_equal (const ArmmsQuery *a, const ArmmsQuery *b)
{
  if (g_strcmp0 (a->path, b->path) != 0 || a->pairs->len != b->pairs->len)
    return FALSE;
  for (guint i = 0; i < a->pairs->len; i++)
    if (g_strcmp0 (armms_query_get (b, g_array_index (a->pairs, Pair, i).name), g_array_index (a->pairs, Pair, i).value) != 0)
      return FALSE;
  return TRUE;
}

char *
armms_query_to_string (const ArmmsQuery *query)
{
  GString *text = g_string_new (query->path);

  for (guint i = 0; i < query->pairs->len; i++)
    {
      const Pair *pair = &g_array_index (query->pairs, Pair, i);
      g_autofree char *value = g_uri_escape_string (pair->value, NULL, /* allow_utf8= */ FALSE);
      g_string_append_printf (text, "%c%s=%s", i == 0 ? '?' : '&', pair->name, value);
    }
  return g_string_free (text, FALSE);
}
