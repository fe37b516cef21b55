/* Rows to records: every field that has a column of its name. */
#include "server/platform/db/rows.h"

static int
column_of_field (ArmmsRows *rows, const ArmmsField *field)
{
  int column = armms_rows_column (rows, field->name);

  if (column < 0 && field->kind == ARMMS_FIELD_MONEY)
    {
      g_autofree char *name = g_strconcat (field->name, "_centavos", NULL);

      column = armms_rows_column (rows, name);
    }
  return column;
}

static void
read_field (ArmmsRows *rows, guint row, const ArmmsField *field, int column, gpointer record)
{
  gpointer member = (char *) record + field->offset;

  switch (field->kind)
    {
    case ARMMS_FIELD_ID: *(ArmmsId *) member = armms_rows_id_at (rows, row, column); return;
    case ARMMS_FIELD_TEXT:
    case ARMMS_FIELD_JSON: *(char **) member = g_strdup (armms_rows_text_at (rows, row, column)); return;
    case ARMMS_FIELD_INTEGER: *(gint64 *) member = armms_rows_integer_at (rows, row, column); return;
    case ARMMS_FIELD_MONEY: ((ArmmsMoney *) member)->centavos = armms_rows_integer_at (rows, row, column); return;
    case ARMMS_FIELD_MULTIPLIER: ((ArmmsMultiplier *) member)->millionths = armms_rows_integer_at (rows, row, column); return;
    case ARMMS_FIELD_MINUTES: ((ArmmsMinutes *) member)->count = armms_rows_integer_at (rows, row, column); return;
    case ARMMS_FIELD_BOOLEAN: *(gboolean *) member = armms_rows_boolean (rows, row, field->name); return;
    case ARMMS_FIELD_DATE: *(ArmmsDate *) member = armms_rows_date_at (rows, row, column); return;
    case ARMMS_FIELD_INSTANT: *(ArmmsInstant *) member = armms_rows_instant_at (rows, row, column); return;
    case ARMMS_FIELD_TEXTS:
      if (!armms_rows_is_null (rows, row, field->name))
        *(GStrv *) member = armms_rows_texts (rows, row, field->name);
      return;
    case ARMMS_FIELD_IDS:
      if (!armms_rows_is_null (rows, row, field->name))
        *(GArray **) member = armms_rows_ids (rows, row, field->name);
      return;
    case ARMMS_FIELD_RECORD:
    case ARMMS_FIELD_RECORDS:
    default:
      return; /* not in SQL: their owner reads them apart */
    }
}

static GArray *
columns_of_type (ArmmsRows *rows, const ArmmsRecordType *type)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (int));

  for (const ArmmsField *field = type->fields; field->name != NULL; field++)
    {
      int column = column_of_field (rows, field);

      g_array_append_val (columns, column);
    }
  return columns;
}

static gpointer
read_record (ArmmsRows *rows, guint row, const ArmmsRecordType *type, const GArray *columns)
{
  gpointer record = armms_record_new (type);

  for (guint i = 0; i < columns->len; i++)
    if (g_array_index (columns, int, i) >= 0)
      read_field (rows, row, &type->fields[i], g_array_index (columns, int, i), record);
  return record;
}

gpointer
armms_rows_record (ArmmsRows *rows, guint row, const ArmmsRecordType *type)
{
  g_autoptr(GArray) columns = columns_of_type (rows, type);

  return read_record (rows, row, type, columns);
}

GPtrArray *
armms_rows_records (ArmmsRows *rows, const ArmmsRecordType *type)
{
  g_autoptr(GArray) columns = columns_of_type (rows, type);
  GPtrArray *records = armms_records_new (type);

  for (guint row = 0; row < armms_rows_count (rows); row++)
    g_ptr_array_add (records, read_record (rows, row, type, columns));
  return records;
}
