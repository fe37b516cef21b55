#include "server/platform/db/db-private.h"

#include <string.h>

#define DAYS_TO_2000 10957
#define US_TO_2000 G_GINT64_CONSTANT (946684800000000)
#define CACHED_COLUMNS 32

struct _ArmmsRows {
  PGresult *result;      /* owned */
  char *statement;       /* owned: for messages */
  guint n_rows;
  GHashTable *columns;   /* name -> number + 1; made at first use */
  struct { const char *name; int column; } cache[CACHED_COLUMNS]; /* by the address of a literal */
};

ArmmsRows *
armms_rows_new (PGresult *result, const char *statement)
{
  ArmmsRows *rows = g_new0 (ArmmsRows, 1);

  rows->result = result;
  rows->statement = g_strdup (statement);
  rows->n_rows = PQntuples (result);
  return rows;
}

void
armms_rows_free (ArmmsRows *rows)
{
  if (rows == NULL)
    return;
  PQclear (rows->result);
  g_clear_pointer (&rows->columns, g_hash_table_unref);
  g_free (rows->statement);
  g_free (rows);
}

guint
armms_rows_count (const ArmmsRows *rows)
{
  return rows->n_rows;
}

int
armms_rows_column (ArmmsRows *rows, const char *column)
{
  if (rows->columns == NULL)
    {
      rows->columns = g_hash_table_new (g_str_hash, g_str_equal);
      for (int i = PQnfields (rows->result) - 1; i >= 0; i--)
        g_hash_table_insert (rows->columns, PQfname (rows->result, i), GINT_TO_POINTER (i + 1));
    }
  return GPOINTER_TO_INT (g_hash_table_lookup (rows->columns, column)) - 1;
}

/* Callers pass literals, so the address tells the name again. A name in reused memory is caught by the comparison. */
static int
column_of (ArmmsRows *rows, const char *column)
{
  gsize slot = ((gsize) column >> 3 ^ (gsize) column >> 9) % CACHED_COLUMNS;
  int found;

  if (rows->cache[slot].name == column && strcmp (PQfname (rows->result, rows->cache[slot].column), column) == 0)
    return rows->cache[slot].column;
  found = armms_rows_column (rows, column);
  if (found < 0)
    {
      g_critical ("%s gives no column %s", rows->statement, column);
      return -1;
    }
  rows->cache[slot].name = column;
  rows->cache[slot].column = found;
  return found;
}

static const char *
value_at (ArmmsRows *rows, guint row, int column)
{
  if (column < 0)
    return NULL;
  if (row >= rows->n_rows)
    {
      g_critical ("%s gave %u rows, not %u", rows->statement, rows->n_rows, row + 1);
      return NULL;
    }
  return PQgetisnull (rows->result, row, column) ? NULL : PQgetvalue (rows->result, row, column);
}

static void
wrong_type (ArmmsRows *rows, int column, const char *wanted)
{
  g_critical ("%s: column %s has type %u, which is no %s", rows->statement, PQfname (rows->result, column), PQftype (rows->result, column), wanted);
}

static gint64
get_64 (const char *value)
{
  guint64 wire;

  memcpy (&wire, value, sizeof wire);
  return (gint64) GUINT64_FROM_BE (wire);
}

static gint32
get_32 (const char *value)
{
  guint32 wire;

  memcpy (&wire, value, sizeof wire);
  return (gint32) GUINT32_FROM_BE (wire);
}

static gint16
get_16 (const char *value)
{
  guint16 wire;

  memcpy (&wire, value, sizeof wire);
  return (gint16) GUINT16_FROM_BE (wire);
}

/* sum() of bigints is numeric: whole ones are taken. Digits of base 10,000. */
static gboolean
whole_numeric (const char *value, gint64 *ret_value)
{
  int n = get_16 (value);
  int weight = get_16 (value + 2);
  guint16 sign = (guint16) get_16 (value + 4);
  gint64 sum = 0;

  if ((sign != 0 && sign != 0x4000) || n > weight + 1)
    return FALSE;
  for (int i = 0; i <= weight; i++)
    {
      gint64 digit = i < n ? get_16 (value + 8 + 2 * i) : 0;

      if (__builtin_mul_overflow (sum, 10000, &sum) || __builtin_add_overflow (sum, digit, &sum))
        return FALSE;
    }
  *ret_value = sign == 0x4000 ? -sum : sum;
  return TRUE;
}

gboolean
armms_rows_is_null (ArmmsRows *rows, guint row, const char *column)
{
  return value_at (rows, row, column_of (rows, column)) == NULL;
}

ArmmsId
armms_rows_id_at (ArmmsRows *rows, guint row, int column)
{
  const char *value = value_at (rows, row, column);
  ArmmsId id = ARMMS_ID_NIL;

  if (value == NULL)
    return id;
  if (PQftype (rows->result, column) != 2950)
    wrong_type (rows, column, "uuid");
  else
    memcpy (id.bytes, value, 16);
  return id;
}

const char *
armms_rows_text_at (ArmmsRows *rows, guint row, int column)
{
  const char *value = value_at (rows, row, column);

  if (value == NULL)
    return NULL;
  switch (PQftype (rows->result, column))
    {
    case 18: case 19: case 25: case 114: case 1042: case 1043: case 705:
      return value;
    case 3802:
      return value + 1; /* behind the version of the form */
    default:
      wrong_type (rows, column, "text");
      return NULL;
    }
}

gint64
armms_rows_integer_at (ArmmsRows *rows, guint row, int column)
{
  const char *value = value_at (rows, row, column);
  gint64 whole;

  if (value == NULL)
    return 0;
  switch (PQftype (rows->result, column))
    {
    case 20: case 5069: return get_64 (value);
    case 23: return get_32 (value);
    case 21: return get_16 (value);
    case 26: case 28: return (guint32) get_32 (value);
    case 1700:
      if (whole_numeric (value, &whole))
        return whole;
      G_GNUC_FALLTHROUGH;
    default:
      wrong_type (rows, column, "integer");
      return 0;
    }
}

ArmmsDate
armms_rows_date_at (ArmmsRows *rows, guint row, int column)
{
  const char *value = value_at (rows, row, column);
  gint32 days;

  if (value == NULL)
    return ARMMS_DATE_NONE;
  if (PQftype (rows->result, column) != 1082)
    {
      wrong_type (rows, column, "date");
      return ARMMS_DATE_NONE;
    }
  days = get_32 (value);
  return days == G_MAXINT32 || days == G_MININT32 ? ARMMS_DATE_NONE : (ArmmsDate) { days + DAYS_TO_2000 };
}

ArmmsInstant
armms_rows_instant_at (ArmmsRows *rows, guint row, int column)
{
  const char *value = value_at (rows, row, column);
  gint64 us;

  if (value == NULL)
    return ARMMS_INSTANT_NONE;
  if (PQftype (rows->result, column) != 1184 && PQftype (rows->result, column) != 1114)
    {
      wrong_type (rows, column, "timestamptz");
      return ARMMS_INSTANT_NONE;
    }
  us = get_64 (value);
  return us == G_MAXINT64 || us == G_MININT64 ? ARMMS_INSTANT_NONE : (ArmmsInstant) { us + US_TO_2000 };
}

ArmmsId
armms_rows_id (ArmmsRows *rows, guint row, const char *column)
{
  return armms_rows_id_at (rows, row, column_of (rows, column));
}

const char *
armms_rows_text (ArmmsRows *rows, guint row, const char *column)
{
  return armms_rows_text_at (rows, row, column_of (rows, column));
}

gint64
armms_rows_integer (ArmmsRows *rows, guint row, const char *column)
{
  return armms_rows_integer_at (rows, row, column_of (rows, column));
}

gboolean
armms_rows_boolean (ArmmsRows *rows, guint row, const char *column)
{
  int number = column_of (rows, column);
  const char *value = value_at (rows, row, number);

  if (value == NULL)
    return FALSE;
  if (PQftype (rows->result, number) != 16)
    {
      wrong_type (rows, number, "boolean");
      return FALSE;
    }
  return *value != 0;
}

ArmmsMoney
armms_rows_money (ArmmsRows *rows, guint row, const char *column)
{
  return ARMMS_MONEY (armms_rows_integer (rows, row, column));
}

ArmmsDate
armms_rows_date (ArmmsRows *rows, guint row, const char *column)
{
  return armms_rows_date_at (rows, row, column_of (rows, column));
}

ArmmsInstant
armms_rows_instant (ArmmsRows *rows, guint row, const char *column)
{
  return armms_rows_instant_at (rows, row, column_of (rows, column));
}

GBytes *
armms_rows_bytes (ArmmsRows *rows, guint row, const char *column)
{
  int number = column_of (rows, column);
  const char *value = value_at (rows, row, number);

  if (value == NULL)
    return NULL;
  if (PQftype (rows->result, number) != 17)
    {
      wrong_type (rows, number, "bytea");
      return NULL;
    }
  return g_bytes_new (value, PQgetlength (rows->result, row, number));
}

/* --- arrays --- */

typedef struct {
  const char *at; /* the next element */
  gint32 left;
  Oid element;
} ArrayReader;

/* A null array reads as an empty one; more dimensions than one are our own bug. */
static ArrayReader
open_array (ArmmsRows *rows, guint row, int column)
{
  const char *value = value_at (rows, row, column);
  ArrayReader reader = { 0 };

  if (value == NULL || get_32 (value) == 0)
    return reader;
  if (get_32 (value) != 1)
    {
      wrong_type (rows, column, "one-dimensional array");
      return reader;
    }
  reader.element = (guint32) get_32 (value + 8);
  reader.left = get_32 (value + 12);
  reader.at = value + 20;
  return reader;
}

/* *@ret_value NULL: a null element. */
static gboolean
next_element (ArrayReader *reader, const char **ret_value, gint32 *ret_size)
{
  if (reader->left-- <= 0)
    return FALSE;
  *ret_size = get_32 (reader->at);
  reader->at += 4;
  *ret_value = *ret_size < 0 ? NULL : reader->at;
  if (*ret_size > 0)
    reader->at += *ret_size;
  return TRUE;
}

static gboolean
check_element (ArmmsRows *rows, int column, const ArrayReader *reader, Oid a, Oid b, Oid c, const char *wanted)
{
  if (reader->left == 0 || reader->element == a || reader->element == b || reader->element == c)
    return TRUE;
  wrong_type (rows, column, wanted);
  return FALSE;
}

GArray *
armms_rows_integers (ArmmsRows *rows, guint row, const char *column)
{
  int number = column_of (rows, column);
  ArrayReader reader = open_array (rows, row, number);
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (gint64), MAX (reader.left, 0));
  const char *value;
  gint32 size;

  if (!check_element (rows, number, &reader, 20, 21, 23, "array of integers"))
    return array;
  while (next_element (&reader, &value, &size))
    {
      gint64 integer = value == NULL ? 0 : size == 8 ? get_64 (value) : size == 4 ? get_32 (value) : get_16 (value);

      g_array_append_val (array, integer);
    }
  return array;
}

GArray *
armms_rows_ids (ArmmsRows *rows, guint row, const char *column)
{
  int number = column_of (rows, column);
  ArrayReader reader = open_array (rows, row, number);
  GArray *array = g_array_sized_new (FALSE, TRUE, sizeof (ArmmsId), MAX (reader.left, 0));
  const char *value;
  gint32 size;

  if (!check_element (rows, number, &reader, 2950, 2950, 2950, "array of uuids"))
    return array;
  while (next_element (&reader, &value, &size))
    {
      ArmmsId id = ARMMS_ID_NIL;

      if (value != NULL)
        memcpy (id.bytes, value, 16);
      g_array_append_val (array, id);
    }
  return array;
}

GArray *
armms_rows_dates (ArmmsRows *rows, guint row, const char *column)
{
  int number = column_of (rows, column);
  ArrayReader reader = open_array (rows, row, number);
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (ArmmsDate), MAX (reader.left, 0));
  const char *value;
  gint32 size;

  if (!check_element (rows, number, &reader, 1082, 1082, 1082, "array of dates"))
    return array;
  while (next_element (&reader, &value, &size))
    {
      ArmmsDate date = ARMMS_DATE_NONE;

      if (value != NULL && get_32 (value) != G_MAXINT32 && get_32 (value) != G_MININT32)
        date.days = get_32 (value) + DAYS_TO_2000;
      g_array_append_val (array, date);
    }
  return array;
}

GStrv
armms_rows_texts (ArmmsRows *rows, guint row, const char *column)
{
  int number = column_of (rows, column);
  ArrayReader reader = open_array (rows, row, number);
  GPtrArray *array = g_ptr_array_sized_new (MAX (reader.left, 0) + 1);
  const char *value;
  gint32 size;

  if (check_element (rows, number, &reader, 25, 1043, 19, "array of texts"))
    while (next_element (&reader, &value, &size))
      g_ptr_array_add (array, value == NULL ? g_strdup ("") : g_strndup (value, size));
  g_ptr_array_add (array, NULL);
  return (GStrv) g_ptr_array_free (array, FALSE);
}
