#include "server/statutory/law/csv.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Never crashes, whatever cells are read as; and what was read can be read again from what was told of it. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const columns[] = { "a", "id", "effective_from" };
  g_autoptr(ArmmsCsv) csv = armms_csv_new_from_bytes ("fuzz.csv", (const char *) data, size, NULL);
  guint last = 0;

  if (csv == NULL)
    return 0;
  while (armms_csv_next (csv))
    {
      g_assert_cmpuint (armms_csv_get_line (csv), >, last);
      last = armms_csv_get_line (csv);
      for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
        {
          g_assert_true (g_utf8_validate (armms_csv_text (csv, columns[i]), -1, NULL));
          armms_csv_integer_or (csv, columns[i], 0);
          armms_csv_multiplier (csv, columns[i]);
          armms_csv_date (csv, columns[i]);
        }
    }
  {
    g_autoptr(GError) error = NULL;

    /* A wrong cell ends the reading with an error, and only then. */
    g_assert_true (armms_csv_finish (csv, &error) == (error == NULL));
  }
  return 0;
}
