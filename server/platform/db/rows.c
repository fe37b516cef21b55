#include "server/platform/db/rows.h"

#include "server/platform/db/pg-types.h"
#include "server/platform/db/rows-private.h"

#include <string.h>

#define NAME_CACHE 16

struct _ArmmsRows
{
  PGresult *result; /* owned */
  struct
  {
    const char *name; /* borrowed: compared by address first */
    int column;
  } cache[NAME_CACHE];
};

ArmmsRows *
armms_rows_new (PGresult *result)
{
  ArmmsRows *rows = g_new0 (ArmmsRows, 1);

  rows->result = result;
  return rows;
}

void
armms_rows_free (ArmmsRows *rows)
{
  if (rows == NULL)
    return;
  PQclear (rows->result);
  g_free (rows);
}

guint
armms_rows_count (const ArmmsRows *rows)
{
  return (guint) PQntuples (rows->result);
}

int
armms_rows_column (ArmmsRows *rows, const char *column)
{
  gsize place = ((gsize) column >> 3) % NAME_CACHE;
  int found;

  /* The same literal has the same address; a buffer that was used again does not fool us, the name is compared. */
  if (rows->cache[place].name == column && strcmp (PQfname (rows->result, rows->cache[place].column), column) == 0)
    return rows->cache[place].column;
  found = -1;
  for (int i = 0; i < PQnfields (rows->result) && found < 0; i++)
    if (strcmp (PQfname (rows->result, i), column) == 0)
      found = i;
  if (found >= 0)
    {
      rows->cache[place].name = column;
      rows->cache[place].column = found;
    }
  return found;
}

static int
need (ArmmsRows *rows, const char *column)
{
  int found = armms_rows_column (rows, column);

  if (found < 0)
    g_error ("an answer has no column %s", column);
  return found;
}

static const char *
bytes_at (ArmmsRows *rows, guint row, int column, int *ret_length)
{
  g_assert (row < (guint) PQntuples (rows->result));
  if (PQgetisnull (rows->result, (int) row, column))
    return NULL;
  *ret_length = PQgetlength (rows->result, (int) row, column);
  return PQgetvalue (rows->result, (int) row, column);
}

static G_GNUC_NORETURN void
wrong_type (ArmmsRows *rows, int column, const char *wanted)
{
  g_error ("column %s is of type %u, not %s", PQfname (rows->result, column), PQftype (rows->result, column), wanted);
}

static inline gint16
get_16 (const char *bytes)
{
  guint16 wire;

  memcpy (&wire, bytes, 2);
  return (gint16) GUINT16_FROM_BE (wire);
}

static inline gint32
get_32 (const char *bytes)
{
  guint32 wire;

  memcpy (&wire, bytes, 4);
  return (gint32) GUINT32_FROM_BE (wire);
}

static inline gint64
get_64 (const char *bytes)
{
  guint64 wire;

  memcpy (&wire, bytes, 8);
  return (gint64) GUINT64_FROM_BE (wire);
}

/* sum(bigint) is numeric: base-10000 digits. Only whole numbers that fit are taken. */
static gint64
integer_of_numeric (ArmmsRows *rows, int column, const char *bytes)
{
  int n = get_16 (bytes), weight = get_16 (bytes + 2);
  guint16 sign = (guint16) get_16 (bytes + 4);
  gint64 value = 0;

  if (sign != 0 && sign != 0x4000)
    wrong_type (rows, column, "a number");
  for (int i = 0; i <= MAX (weight, n - 1); i++)
    {
      int digit = i < n ? get_16 (bytes + 8 + 2 * i) : 0;

      if (i > weight)
        {
          if (digit != 0)
            wrong_type (rows, column, "a whole number");
          continue;
        }
      if (__builtin_mul_overflow (value, (gint64) 10000, &value) || __builtin_add_overflow (value, (gint64) digit, &value))
        wrong_type (rows, column, "a number of 64 bit");
    }
  return sign == 0x4000 ? -value : value;
}

static gint64
integer_of (ArmmsRows *rows, int column, Oid type, const char *bytes)
{
  switch (type)
    {
    case PG_INT8:
    case PG_XID8:
      return get_64 (bytes);
    case PG_INT4:
      return get_32 (bytes);
    case PG_INT2:
      return get_16 (bytes);
    case PG_OID:
      return (guint32) get_32 (bytes);
    case PG_NUMERIC:
      return integer_of_numeric (rows, column, bytes);
    default:
      wrong_type (rows, column, "an integer");
    }
}

gint64
armms_rows_integer_at (ArmmsRows *rows, guint row, int column)
{
  int length;
  const char *bytes = bytes_at (rows, row, column, &length);

  return bytes == NULL ? 0 : integer_of (rows, column, PQftype (rows->result, column), bytes);
}

ArmmsId
armms_rows_id_at (ArmmsRows *rows, guint row, int column)
{
  int length;
  const char *bytes = bytes_at (rows, row, column, &length);
  ArmmsId id = ARMMS_ID_NIL;

  if (bytes == NULL)
    return id;
  if (PQftype (rows->result, column) != PG_UUID)
    wrong_type (rows, column, "uuid");
  memcpy (id.bytes, bytes, 16);
  return id;
}

const char *
armms_rows_text_at (ArmmsRows *rows, guint row, int column)
{
  int length;
  const char *bytes = bytes_at (rows, row, column, &length);

  if (bytes == NULL)
    return NULL;
  switch (PQftype (rows->result, column))
    {
    case PG_TEXT:
    case PG_VARCHAR:
    case PG_BPCHAR:
    case PG_NAME:
    case PG_CHAR:
    case PG_JSON:
    case PG_UNKNOWN:
      return bytes;
    case PG_JSONB:
      return bytes + 1; /* the version of the form */
    default:
      wrong_type (rows, column, "text");
    }
}

ArmmsDate
armms_rows_date_at (ArmmsRows *rows, guint row, int column)
{
  int length;
  const char *bytes = bytes_at (rows, row, column, &length);
  gint32 days;

  if (bytes == NULL)
    return ARMMS_DATE_NONE;
  if (PQftype (rows->result, column) != PG_DATE)
    wrong_type (rows, column, "date");
  days = get_32 (bytes);
  return days == G_MAXINT32 || days == G_MININT32 ? ARMMS_DATE_NONE : (ArmmsDate) { days + PG_EPOCH_DAYS };
}

ArmmsInstant
armms_rows_instant_at (ArmmsRows *rows, guint row, int column)
{
  int length;
  const char *bytes = bytes_at (rows, row, column, &length);
  gint64 us;

  if (bytes == NULL)
    return ARMMS_INSTANT_NONE;
  if (PQftype (rows->result, column) != PG_TIMESTAMPTZ)
    wrong_type (rows, column, "timestamptz");
  us = get_64 (bytes);
  return us == G_MAXINT64 || us == G_MININT64 ? ARMMS_INSTANT_NONE : (ArmmsInstant) { us + PG_EPOCH_US };
}

static gboolean
boolean_at (ArmmsRows *rows, guint row, int column)
{
  int length;
  const char *bytes = bytes_at (rows, row, column, &length);

  if (bytes == NULL)
    return FALSE;
  if (PQftype (rows->result, column) != PG_BOOL)
    wrong_type (rows, column, "boolean");
  return *bytes != 0;
}

gboolean
armms_rows_is_null (ArmmsRows *rows, guint row, const char *column)
{
  return PQgetisnull (rows->result, (int) row, need (rows, column));
}

ArmmsId
armms_rows_id (ArmmsRows *rows, guint row, const char *column)
{
  return armms_rows_id_at (rows, row, need (rows, column));
}

const char *
armms_rows_text (ArmmsRows *rows, guint row, const char *column)
{
  return armms_rows_text_at (rows, row, need (rows, column));
}

gint64
armms_rows_integer (ArmmsRows *rows, guint row, const char *column)
{
  return armms_rows_integer_at (rows, row, need (rows, column));
}

gboolean
armms_rows_boolean (ArmmsRows *rows, guint row, const char *column)
{
  return boolean_at (rows, row, need (rows, column));
}

ArmmsMoney
armms_rows_money (ArmmsRows *rows, guint row, const char *column)
{
  return ARMMS_MONEY (armms_rows_integer_at (rows, row, need (rows, column)));
}

ArmmsDate
armms_rows_date (ArmmsRows *rows, guint row, const char *column)
{
  return armms_rows_date_at (rows, row, need (rows, column));
}

ArmmsInstant
armms_rows_instant (ArmmsRows *rows, guint row, const char *column)
{
  return armms_rows_instant_at (rows, row, need (rows, column));
}

GBytes *
armms_rows_bytes (ArmmsRows *rows, guint row, const char *column)
{
  int place = need (rows, column), length;
  const char *bytes = bytes_at (rows, row, place, &length);

  if (bytes == NULL)
    return NULL;
  if (PQftype (rows->result, place) != PG_BYTEA)
    wrong_type (rows, place, "bytea");
  return g_bytes_new (bytes, (gsize) length);
}

/* --- arrays --- */

typedef void (*TakeElement) (ArmmsRows *rows, int column, Oid type, const char *bytes, int length, gpointer into);

/* Calls @take for each element (bytes NULL: a null element); FALSE when the column is null. */
static gboolean
each_element (ArmmsRows *rows, guint row, int column, TakeElement take, gpointer into)
{
  int length, dimensions, n;
  const char *bytes = bytes_at (rows, row, column, &length);
  Oid type;

  if (bytes == NULL)
    return FALSE;
  dimensions = get_32 (bytes);
  type = (Oid) get_32 (bytes + 8);
  if (dimensions == 0)
    return TRUE;
  if (dimensions != 1)
    wrong_type (rows, column, "an array of one dimension");
  n = get_32 (bytes + 12);
  bytes += 20;
  for (int i = 0; i < n; i++)
    {
      int size = get_32 (bytes);

      bytes += 4;
      take (rows, column, type, size < 0 ? NULL : bytes, size, into);
      bytes += MAX (size, 0);
    }
  return TRUE;
}

static void
take_integer (ArmmsRows *rows, int column, Oid type, const char *bytes, int length, gpointer into)
{
  gint64 value = bytes == NULL ? 0 : integer_of (rows, column, type, bytes);

  g_array_append_val ((GArray *) into, value);
}

static void
take_id (ArmmsRows *rows, int column, Oid type, const char *bytes, int length, gpointer into)
{
  ArmmsId id = ARMMS_ID_NIL;

  if (type != PG_UUID)
    wrong_type (rows, column, "uuid[]");
  if (bytes != NULL)
    memcpy (id.bytes, bytes, 16);
  g_array_append_val ((GArray *) into, id);
}

static void
take_date (ArmmsRows *rows, int column, Oid type, const char *bytes, int length, gpointer into)
{
  ArmmsDate date = ARMMS_DATE_NONE;

  if (type != PG_DATE)
    wrong_type (rows, column, "date[]");
  if (bytes != NULL)
    date.days = get_32 (bytes) + PG_EPOCH_DAYS;
  g_array_append_val ((GArray *) into, date);
}

static void
take_text (ArmmsRows *rows, int column, Oid type, const char *bytes, int length, gpointer into)
{
  if (type != PG_TEXT && type != PG_VARCHAR && type != PG_NAME)
    wrong_type (rows, column, "text[]");
  g_ptr_array_add (into, bytes == NULL ? g_strdup ("") : g_strndup (bytes, (gsize) length));
}

GArray *
armms_rows_integers (ArmmsRows *rows, guint row, const char *column)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (gint64));

  return each_element (rows, row, need (rows, column), take_integer, values) ? g_steal_pointer (&values) : NULL;
}

GArray *
armms_rows_ids (ArmmsRows *rows, guint row, const char *column)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (ArmmsId));

  return each_element (rows, row, need (rows, column), take_id, values) ? g_steal_pointer (&values) : NULL;
}

GArray *
armms_rows_dates (ArmmsRows *rows, guint row, const char *column)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));

  return each_element (rows, row, need (rows, column), take_date, values) ? g_steal_pointer (&values) : NULL;
}

GStrv
armms_rows_texts (ArmmsRows *rows, guint row, const char *column)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  if (!each_element (rows, row, need (rows, column), take_text, texts))
    return NULL;
  g_ptr_array_add (texts, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&texts), FALSE);
}

/* --- by field table --- */

#define MEMBER(Type, record, field) (*(Type *) ((guint8 *) (record) + (field)->offset))

/* Which column fills which field; found once for an answer, however many rows. */
static int *
plan (ArmmsRows *rows, const ArmmsRecordType *type, guint *ret_n)
{
  guint n = 0;
  int *columns;

  while (type->fields[n].name != NULL)
    n++;
  columns = g_new (int, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      const ArmmsField *field = &type->fields[i];
      gboolean nested = field->kind == ARMMS_FIELD_RECORD || field->kind == ARMMS_FIELD_RECORDS;

      columns[i] = nested ? -1 : armms_rows_column (rows, field->name);
      if (columns[i] < 0 && field->kind == ARMMS_FIELD_MONEY)
        {
          g_autofree char *name = g_strconcat (field->name, "_centavos", NULL);

          columns[i] = armms_rows_column (rows, name);
        }
    }
  *ret_n = n;
  return columns;
}

static void
fill (ArmmsRows *rows, guint row, const ArmmsField *field, int column, gpointer record)
{
  if (PQgetisnull (rows->result, (int) row, column))
    return; /* stays as armms_record_new() left it */
  switch (field->kind)
    {
    case ARMMS_FIELD_ID:
      MEMBER (ArmmsId, record, field) = armms_rows_id_at (rows, row, column);
      return;
    case ARMMS_FIELD_TEXT:
    case ARMMS_FIELD_JSON:
      MEMBER (char *, record, field) = g_strdup (armms_rows_text_at (rows, row, column));
      return;
    case ARMMS_FIELD_INTEGER:
    case ARMMS_FIELD_MONEY:
    case ARMMS_FIELD_MULTIPLIER:
      MEMBER (gint64, record, field) = armms_rows_integer_at (rows, row, column);
      return;
    case ARMMS_FIELD_MINUTES:
      MEMBER (gint32, record, field) = (gint32) armms_rows_integer_at (rows, row, column);
      return;
    case ARMMS_FIELD_BOOLEAN:
      MEMBER (gboolean, record, field) = boolean_at (rows, row, column);
      return;
    case ARMMS_FIELD_DATE:
      MEMBER (ArmmsDate, record, field) = armms_rows_date_at (rows, row, column);
      return;
    case ARMMS_FIELD_INSTANT:
      MEMBER (ArmmsInstant, record, field) = armms_rows_instant_at (rows, row, column);
      return;
    case ARMMS_FIELD_TEXTS:
      MEMBER (GStrv, record, field) = armms_rows_texts (rows, row, field->name);
      return;
    case ARMMS_FIELD_IDS:
      MEMBER (GArray *, record, field) = armms_rows_ids (rows, row, field->name);
      return;
    case ARMMS_FIELD_RECORD:
    case ARMMS_FIELD_RECORDS:
      return;
    }
}

static gpointer
make (ArmmsRows *rows, guint row, const ArmmsRecordType *type, const int *columns, guint n)
{
  gpointer record = armms_record_new (type);

  for (guint i = 0; i < n; i++)
    if (columns[i] >= 0)
      fill (rows, row, &type->fields[i], columns[i], record);
  return record;
}

gpointer
armms_rows_record (ArmmsRows *rows, guint row, const ArmmsRecordType *type)
{
  guint n;
  g_autofree int *columns = plan (rows, type, &n);

  return make (rows, row, type, columns, n);
}

GPtrArray *
armms_rows_records (ArmmsRows *rows, const ArmmsRecordType *type)
{
  guint n;
  g_autofree int *columns = plan (rows, type, &n);
  GPtrArray *records = armms_records_new (type);

  for (guint row = 0; row < armms_rows_count (rows); row++)
    g_ptr_array_add (records, make (rows, row, type, columns, n));
  return records;
}
