/* The files of the law and of worked examples as text: what is read, and what is refused with its line. */
#include "server/statutory/law/csv.h"

#include <string.h>

typedef struct { const char *name, *text; const char *cells; const char *error; } Case;

/* Cells are told as they were read, rows parted by '/', cells by '|'. */
static const Case cases[] = {
  { "plain", "a,b\n1,2\n3,4\n", "1|2/3|4/", NULL },
  { "no-line-end-at-the-end", "a,b\n1,2", "1|2/", NULL },
  { "carriage-returns", "a,b\r\n1,2\r\n", "1|2/", NULL },
  { "empty-lines-are-passed-over", "\na,b\n\n1,2\r\n\r\n\n3,4\n\n", "1|2/3|4/", NULL },
  { "a-byte-order-mark", "\xef\xbb\xbf" "a,b\n1,2\n", "1|2/", NULL },
  { "quotes-hold-commas-and-lines", "a,b\n\"x,\"\"y\"\"\n\",2\n", "x,\"y\"\n|2/", NULL },
  { "empty-cells", "a,b\n,\n", "|/", NULL },
  { "only-a-heading", "a,b\n", "", NULL },
  { "nothing-at-all", "", NULL, "file.csv:1: no heading" },
  { "a-cell-too-few", "a,b\n1,2\n3\n", NULL, "file.csv:3: 1 cells, the heading has 2" },
  { "a-cell-too-many", "a,b\n1,2,3\n", NULL, "file.csv:2: 3 cells, the heading has 2" },
  { "a-quote-never-closed", "a,b\n1,\"2\n", NULL, "file.csv:2: a quote is never closed" },
  { "text-after-a-quote", "a,b\n\"1\"x,2\n", NULL, "file.csv:2: text after a closing quote" },
  { "two-columns-of-one-name", "a,a\n1,2\n", NULL, "file.csv:1: two columns have one name" },
  { "no-utf-8", "a,b\n\xff,2\n", NULL, "file.csv:1: the file is no UTF-8 text" },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsCsv) csv = armms_csv_new_from_text ("file.csv", test->text, &error);
  g_autoptr(GString) cells = g_string_new (NULL);

  if (test->error != NULL)
    {
      g_assert_null (csv);
      g_assert_nonnull (strstr (error->message, test->error));
      return;
    }
  g_assert_no_error (error);
  while (armms_csv_next (csv))
    g_string_append_printf (cells, "%s|%s/", armms_csv_text (csv, "a"), armms_csv_text (csv, "b"));
  g_assert_true (armms_csv_finish (csv, &error));
  g_assert_cmpstr (cells->str, ==, test->cells);
}

static void
test_nul (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (armms_csv_new_from_bytes ("file.csv", "a,b\n1\0,2\n", 9, &error));
  g_assert_nonnull (strstr (error->message, "no UTF-8 text"));
}

static void
test_bounds (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) text = g_string_new ("a");

  for (guint i = 0; i < ARMMS_CSV_COLUMNS_MAX; i++)
    g_string_append_printf (text, ",c%u", i);
  g_assert_null (armms_csv_new_from_text ("file.csv", text->str, &error));
  g_assert_true (g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_TOO_LARGE));
  g_clear_error (&error);

  g_string_assign (text, "a\n");
  for (guint i = 0; i < ARMMS_CSV_ROWS_MAX; i++)
    g_string_append (text, "1\n");
  {
    g_autoptr(ArmmsCsv) full = armms_csv_new_from_text ("file.csv", text->str, &error);

    g_assert_no_error (error);
    g_assert_nonnull (full);
  }
  g_string_append (text, "1\n");
  g_assert_null (armms_csv_new_from_text ("file.csv", text->str, &error));
  g_assert_true (g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_TOO_LARGE));
  g_clear_error (&error);

  g_string_set_size (text, ARMMS_CSV_BYTES_MAX + 1);
  memset (text->str, 'a', text->len);
  g_assert_null (armms_csv_new_from_bytes ("file.csv", text->str, text->len, &error));
  g_assert_true (g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_TOO_LARGE));
}

/* A wrong cell names file, line and column, and ends the reading. */
static const struct { const char *name, *cell, *column, *said; } wrong[] = {
  { "a-number-with-a-letter", "12x", "number", "file.csv:3: number is no whole number" },
  { "a-number-that-is-missing", "", "number", "file.csv:3: number is empty" },
  { "a-number-past-64-bits", "9223372036854775808", "number", "file.csv:3: number is no whole number" },
  { "seven-decimals", "1.1234567", "multiplier", "file.csv:3: multiplier is no number of at most six decimals" },
  { "no-such-day", "2026-02-30", "date", "file.csv:3: date is no date" },
  { "a-column-that-is-not-there", "1", "nothing", "file.csv:3: nothing is no column" },
};

static void
test_wrong_cell (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const char *column = wrong[i].column;
  g_autofree char *text = g_strdup_printf ("%s\n\n%s%s\n1\n", strcmp (column, "nothing") == 0 ? "other" : column, wrong[i].cell,
                                           *wrong[i].cell == '\0' ? "\"\"" : "");
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsCsv) csv = armms_csv_new_from_text ("file.csv", text, &error);

  g_assert_no_error (error);
  g_assert_true (armms_csv_next (csv));
  if (strcmp (column, "multiplier") == 0)
    armms_csv_multiplier (csv, column);
  else if (strcmp (column, "date") == 0)
    armms_csv_date (csv, column);
  else if (strcmp (column, "nothing") == 0)
    g_assert_cmpstr (armms_csv_text (csv, column), ==, "");
  else
    armms_csv_integer (csv, column);
  g_assert_false (armms_csv_next (csv));
  g_assert_false (armms_csv_finish (csv, &error));
  g_assert_cmpstr (error->message, ==, wrong[i].said);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/csv/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strconcat ("/csv/wrong-cell/", wrong[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_wrong_cell);
    }
  g_test_add_func ("/csv/a-nul-is-refused", test_nul);
  g_test_add_func ("/csv/size-rows-and-columns-are-bounded", test_bounds);
  return g_test_run ();
}
