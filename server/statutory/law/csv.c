#include "server/statutory/law/csv.h"

#include <errno.h>
#include <string.h>

struct _ArmmsCsv {
  char *name;            /* owned: for messages */
  GPtrArray *rows;       /* owned: of GPtrArray of char *, the first is the heading */
  GArray *lines;         /* owned: guint, where each row begins */
  GHashTable *columns;   /* owned: name (borrowed from the heading) -> number + 1 */
  guint row;             /* the one being read; 0: before the first */
  GError *error;         /* owned: the first wrong cell */
};

void
armms_csv_free (ArmmsCsv *csv)
{
  if (csv == NULL)
    return;
  g_clear_pointer (&csv->columns, g_hash_table_unref);
  g_clear_pointer (&csv->rows, g_ptr_array_unref);
  g_clear_pointer (&csv->lines, g_array_unref);
  g_clear_error (&csv->error);
  g_free (csv->name);
  g_free (csv);
}

/* One cell from @at on; leaves @at on the comma, the line end or the end. FALSE: a quote that never closes. */
static gboolean
read_cell (const char **at, guint *line, GString *cell)
{
  const char *p = *at;

  g_string_truncate (cell, 0);
  if (*p != '"')
    {
      while (*p != '\0' && *p != ',' && *p != '\n' && *p != '\r')
        g_string_append_c (cell, *p++);
      *at = p;
      return TRUE;
    }
  for (p++; *p != '\0'; p++)
    {
      if (*p == '"' && p[1] == '"')
        p++;
      else if (*p == '"')
        {
          *at = p + 1;
          return TRUE;
        }
      if (*p == '\n')
        (*line)++;
      g_string_append_c (cell, *p);
    }
  return FALSE;
}

static gboolean
refuse_file (const ArmmsCsv *csv, ArmmsErrorKind kind, const char *code, guint line, const char *why, GError **error)
{
  armms_error_set (error, kind, code, "%s:%u: %s", csv->name, line, why);
  return FALSE;
}

/* One row from @at on, to the beginning of the next. */
static gboolean
read_row (ArmmsCsv *csv, const char **at, guint *line, GString *cell, GError **error)
{
  GPtrArray *row = g_ptr_array_new_with_free_func (g_free);
  guint began = *line;

  g_ptr_array_add (csv->rows, row);
  g_array_append_val (csv->lines, began);
  for (;;)
    {
      if (!read_cell (at, line, cell))
        return refuse_file (csv, ARMMS_ERROR_MALFORMED, "csv.quote", began, "a quote is never closed", error);
      if (row->len == ARMMS_CSV_COLUMNS_MAX)
        return refuse_file (csv, ARMMS_ERROR_TOO_LARGE, "csv.too_large", began, "too many columns", error);
      g_ptr_array_add (row, g_strdup (cell->str));
      if (**at != ',')
        break;
      (*at)++;
    }
  if (**at == '\r')
    (*at)++;
  if (**at == '\n')
    {
      (*at)++;
      (*line)++;
    }
  else if (**at != '\0')
    return refuse_file (csv, ARMMS_ERROR_MALFORMED, "csv.quote", *line, "text after a closing quote, or a carriage return alone", error);
  return TRUE;
}

static gboolean
read_rows (ArmmsCsv *csv, const char *text, GError **error)
{
  g_autoptr(GString) cell = g_string_new (NULL);
  guint line = 1;

  while (*text != '\0')
    {
      if (*text == '\n' || (*text == '\r' && text[1] == '\n'))
        {
          text += *text == '\r' ? 2 : 1;
          line++;
          continue;
        }
      if (csv->rows->len > ARMMS_CSV_ROWS_MAX)
        return refuse_file (csv, ARMMS_ERROR_TOO_LARGE, "csv.too_large", line, "too many rows", error);
      if (!read_row (csv, &text, &line, cell, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
index_heading (ArmmsCsv *csv, GError **error)
{
  GPtrArray *heading;

  if (csv->rows->len == 0)
    return refuse_file (csv, ARMMS_ERROR_MALFORMED, "csv.empty", 1, "no heading", error);
  heading = g_ptr_array_index (csv->rows, 0);
  for (guint i = 0; i < heading->len; i++)
    if (!g_hash_table_insert (csv->columns, g_ptr_array_index (heading, i), GUINT_TO_POINTER (i + 1)))
      return refuse_file (csv, ARMMS_ERROR_MALFORMED, "csv.heading", 1, "two columns have one name", error);
  for (guint row = 1; row < csv->rows->len; row++)
    if (((GPtrArray *) g_ptr_array_index (csv->rows, row))->len != heading->len)
      {
        armms_error_set (error, ARMMS_ERROR_MALFORMED, "csv.cells", "%s:%u: %u cells, the heading has %u", csv->name,
                         g_array_index (csv->lines, guint, row), ((GPtrArray *) g_ptr_array_index (csv->rows, row))->len,
                         heading->len);
        return FALSE;
      }
  return TRUE;
}

ArmmsCsv *
armms_csv_new_from_bytes (const char *name, const char *bytes, gsize size, GError **error)
{
  static const char byte_order_mark[] = "\xef\xbb\xbf";
  g_autoptr(ArmmsCsv) csv = g_new0 (ArmmsCsv, 1);
  g_autofree char *text = NULL;

  csv->name = g_strdup (name);
  csv->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  csv->lines = g_array_new (FALSE, FALSE, sizeof (guint));
  csv->columns = g_hash_table_new (g_str_hash, g_str_equal);
  if (size > ARMMS_CSV_BYTES_MAX)
    {
      refuse_file (csv, ARMMS_ERROR_TOO_LARGE, "csv.too_large", 1, "the file is too large", error);
      return NULL;
    }
  if (!g_utf8_validate_len (bytes, size, NULL))
    {
      refuse_file (csv, ARMMS_ERROR_MALFORMED, "csv.text", 1, "the file is no UTF-8 text", error);
      return NULL;
    }
  text = g_strndup (bytes, size);
  if (!read_rows (csv, g_str_has_prefix (text, byte_order_mark) ? text + strlen (byte_order_mark) : text, error)
      || !index_heading (csv, error))
    return NULL;
  return g_steal_pointer (&csv);
}

ArmmsCsv *
armms_csv_new_from_text (const char *name, const char *text, GError **error)
{
  return armms_csv_new_from_bytes (name, text, strlen (text), error);
}

ArmmsCsv *
armms_csv_new_from_file (const char *path, GError **error)
{
  g_autofree char *bytes = NULL;
  g_autofree char *name = g_path_get_basename (path);
  gsize size;

  if (!g_file_get_contents (path, &bytes, &size, error))
    return NULL;
  return armms_csv_new_from_bytes (name, bytes, size, error);
}

gboolean
armms_csv_next (ArmmsCsv *csv)
{
  if (csv->error != NULL || csv->row + 1 >= csv->rows->len)
    return FALSE;
  csv->row++;
  return TRUE;
}

gboolean
armms_csv_finish (ArmmsCsv *csv, GError **error)
{
  if (csv->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&csv->error));
  return FALSE;
}

guint
armms_csv_get_line (const ArmmsCsv *csv)
{
  return g_array_index (csv->lines, guint, csv->row);
}

void
armms_csv_refuse (ArmmsCsv *csv, const char *column, const char *why)
{
  if (csv->error == NULL)
    csv->error = armms_error_new (ARMMS_ERROR_INVALID_INPUT, "csv.cell", "%s:%u: %s %s", csv->name,
                                  armms_csv_get_line (csv), column, why);
}

const char *
armms_csv_text (ArmmsCsv *csv, const char *column)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (csv->columns, column));

  if (number == 0)
    {
      armms_csv_refuse (csv, column, "is no column");
      return "";
    }
  return g_ptr_array_index ((GPtrArray *) g_ptr_array_index (csv->rows, csv->row), number - 1);
}

const char *
armms_csv_interned (ArmmsCsv *csv, const char *column)
{
  return g_intern_string (armms_csv_text (csv, column));
}

gint64
armms_csv_integer_or (ArmmsCsv *csv, const char *column, gint64 when_empty)
{
  const char *text = armms_csv_text (csv, column);
  gint64 value = 0;

  if (*text == '\0')
    return when_empty;
  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL))
    armms_csv_refuse (csv, column, "is no whole number");
  return value;
}

gint64
armms_csv_integer (ArmmsCsv *csv, const char *column)
{
  if (*armms_csv_text (csv, column) == '\0')
    armms_csv_refuse (csv, column, "is empty");
  return armms_csv_integer_or (csv, column, 0);
}

ArmmsMultiplier
armms_csv_multiplier (ArmmsCsv *csv, const char *column)
{
  const char *text = armms_csv_text (csv, column);
  ArmmsMultiplier value = { 0 };

  if (*text != '\0' && !armms_multiplier_parse (text, &value))
    armms_csv_refuse (csv, column, "is no number of at most six decimals");
  return value;
}

ArmmsDate
armms_csv_date (ArmmsCsv *csv, const char *column)
{
  const char *text = armms_csv_text (csv, column);
  ArmmsDate date = ARMMS_DATE_NONE;

  if (*text != '\0' && !armms_date_parse (text, &date))
    armms_csv_refuse (csv, column, "is no date");
  return date;
}
