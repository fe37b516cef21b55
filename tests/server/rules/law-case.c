#include "law-case.h"

const ArmmsStatutoryTables *
law_tables (void)
{
  static ArmmsStatutoryTables *tables;

  if (tables == NULL)
    {
      g_autofree char *folder = g_build_filename (g_getenv ("ARMMS_SOURCE_ROOT"), "data", "statutory", "ph", NULL);
      g_autoptr(GError) error = NULL;

      tables = armms_statutory_tables_new_from_folder (folder, &error);
      g_assert_no_error (error);
      if (!armms_statutory_tables_settle (tables, law_date ("2026-05-31"), &error))
        g_error ("%s", error->message);
    }
  return tables;
}

ArmmsDate
law_date (const char *text)
{
  ArmmsDate date = ARMMS_DATE_NONE;

  g_assert_true (text == NULL || armms_date_parse (text, &date));
  return date;
}

ArmmsCell
law_cell (const char *name)
{
  ArmmsCell cell = 0;

  g_assert_true (armms_cell_parse (name, &cell));
  return cell;
}
