#include "server/platform/db/db-private.h"

#include <string.h>

/* Types of the server, as its catalogue numbers them. */
enum {
  TYPE_BOOL = 16, TYPE_BYTEA = 17, TYPE_CHAR = 18, TYPE_NAME = 19, TYPE_INT8 = 20, TYPE_INT2 = 21, TYPE_INT4 = 23, TYPE_TEXT = 25, TYPE_OID = 26,
  TYPE_JSON = 114, TYPE_BPCHAR = 1042, TYPE_VARCHAR = 1043, TYPE_DATE = 1082, TYPE_TIMESTAMP = 1114, TYPE_TIMESTAMPTZ = 1184, TYPE_UUID = 2950,
  TYPE_JSONB = 3802, TYPE_XID8 = 5069,
  TYPE_JSON_ARRAY = 199, TYPE_BOOL_ARRAY = 1000, TYPE_BYTEA_ARRAY = 1001, TYPE_NAME_ARRAY = 1003, TYPE_INT2_ARRAY = 1005, TYPE_INT4_ARRAY = 1007, TYPE_TEXT_ARRAY = 1009,
  TYPE_VARCHAR_ARRAY = 1015, TYPE_INT8_ARRAY = 1016, TYPE_DATE_ARRAY = 1182, TYPE_TIMESTAMPTZ_ARRAY = 1185, TYPE_UUID_ARRAY = 2951,
  TYPE_JSONB_ARRAY = 3807, TYPE_XID8_ARRAY = 271,
};

#define DAYS_TO_2000 10957
#define US_TO_2000 G_GINT64_CONSTANT (946684800000000)

typedef struct {
  Oid type;     /* the natural one; 0: an untyped null */
  gboolean null;
  gsize offset; /* into data */
  gsize size;
} Param;

struct _ArmmsParams {
  GArray *params;   /* Param */
  GByteArray *data; /* what travels, in the natural type's binary form */
};

ArmmsParams *
armms_params_new (void)
{
  ArmmsParams *params = g_new (ArmmsParams, 1);

  params->params = g_array_sized_new (FALSE, FALSE, sizeof (Param), 8);
  params->data = g_byte_array_sized_new (256);
  return params;
}

void
armms_params_free (ArmmsParams *params)
{
  if (params == NULL)
    return;
  g_array_unref (params->params);
  g_byte_array_unref (params->data);
  g_free (params);
}

guint
armms_params_count (const ArmmsParams *params)
{
  return params != NULL ? params->params->len : 0;
}

/* --- writing --- */

static void
put_16 (GByteArray *data, gint16 value)
{
  guint16 wire = GUINT16_TO_BE ((guint16) value);

  g_byte_array_append (data, (const guint8 *) &wire, sizeof wire);
}

static void
put_32 (GByteArray *data, gint32 value)
{
  guint32 wire = GUINT32_TO_BE ((guint32) value);

  g_byte_array_append (data, (const guint8 *) &wire, sizeof wire);
}

static void
put_64 (GByteArray *data, gint64 value)
{
  guint64 wire = GUINT64_TO_BE ((guint64) value);

  g_byte_array_append (data, (const guint8 *) &wire, sizeof wire);
}

static gint32
get_32 (const guint8 *bytes)
{
  guint32 wire;

  memcpy (&wire, bytes, sizeof wire);
  return (gint32) GUINT32_FROM_BE (wire);
}

static gint64
get_64 (const guint8 *bytes)
{
  guint64 wire;

  memcpy (&wire, bytes, sizeof wire);
  return (gint64) GUINT64_FROM_BE (wire);
}

/* A whole parameter. */
static ArmmsParams *
add_bytes (ArmmsParams *params, Oid type, gconstpointer bytes, gsize size)
{
  Param param = { type, bytes == NULL, params->data->len, size };

  if (bytes != NULL)
    g_byte_array_append (params->data, bytes, size);
  g_array_append_val (params->params, param);
  return params;
}

static ArmmsParams *
add_integer (ArmmsParams *params, Oid type, gint64 value)
{
  guint64 wire = GUINT64_TO_BE ((guint64) value);

  return add_bytes (params, type, &wire, sizeof wire);
}

ArmmsParams *
armms_params_id (ArmmsParams *params, const ArmmsId *id)
{
  return add_bytes (params, TYPE_UUID, id == NULL || armms_id_is_nil (id) ? NULL : id->bytes, 16);
}

ArmmsParams *
armms_params_text (ArmmsParams *params, const char *text)
{
  return add_bytes (params, TYPE_TEXT, text, text != NULL ? strlen (text) : 0);
}

ArmmsParams *
armms_params_integer (ArmmsParams *params, gint64 value)
{
  return add_integer (params, TYPE_INT8, value);
}

ArmmsParams *
armms_params_boolean (ArmmsParams *params, gboolean value)
{
  guint8 wire = value ? 1 : 0;

  return add_bytes (params, TYPE_BOOL, &wire, 1);
}

ArmmsParams *
armms_params_money (ArmmsParams *params, ArmmsMoney money)
{
  return add_integer (params, TYPE_INT8, money.centavos);
}

ArmmsParams *
armms_params_date (ArmmsParams *params, ArmmsDate date)
{
  guint32 wire = GUINT32_TO_BE ((guint32) date.days - (guint32) DAYS_TO_2000);

  return add_bytes (params, TYPE_DATE, armms_date_is_none (date) ? NULL : &wire, sizeof wire);
}

ArmmsParams *
armms_params_instant (ArmmsParams *params, ArmmsInstant instant)
{
  guint64 wire = GUINT64_TO_BE ((guint64) instant.us - (guint64) US_TO_2000);

  return add_bytes (params, TYPE_TIMESTAMPTZ, armms_instant_is_none (instant) ? NULL : &wire, sizeof wire);
}

ArmmsParams *
armms_params_json (ArmmsParams *params, const char *json)
{
  Param param = { TYPE_JSONB, json == NULL, params->data->len, 0 };

  if (json != NULL)
    {
      g_byte_array_append (params->data, (const guint8 *) "\001", 1); /* version of the form */
      g_byte_array_append (params->data, (const guint8 *) json, strlen (json));
      param.size = params->data->len - param.offset;
    }
  g_array_append_val (params->params, param);
  return params;
}

ArmmsParams *
armms_params_bytes (ArmmsParams *params, GBytes *bytes)
{
  gsize size = 0;
  gconstpointer data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  return add_bytes (params, TYPE_BYTEA, bytes != NULL && data == NULL ? "" : data, size);
}

ArmmsParams *
armms_params_null (ArmmsParams *params)
{
  return add_bytes (params, 0, NULL, 0);
}

/* --- arrays --- */

/* One-dimensional, counted from 1; close_array() writes the size and whether there are nulls. */
static gsize
open_array (ArmmsParams *params, Oid element, gsize n)
{
  gsize start = params->data->len;

  put_32 (params->data, n > 0 ? 1 : 0);
  put_32 (params->data, 0);
  put_32 (params->data, element);
  if (n > 0)
    {
      put_32 (params->data, n);
      put_32 (params->data, 1);
    }
  return start;
}

static ArmmsParams *
close_array (ArmmsParams *params, Oid type, gsize start, gboolean has_nulls)
{
  Param param = { type, FALSE, start, params->data->len - start };

  params->data->data[start + 7] = has_nulls ? 1 : 0;
  g_array_append_val (params->params, param);
  return params;
}

static gboolean
put_element (ArmmsParams *params, gconstpointer bytes, gsize size)
{
  if (bytes == NULL)
    {
      put_32 (params->data, -1);
      return TRUE;
    }
  put_32 (params->data, size);
  g_byte_array_append (params->data, bytes, size);
  return FALSE;
}

static gboolean
put_json_element (ArmmsParams *params, const char *json)
{
  if (json == NULL)
    return put_element (params, NULL, 0);
  put_32 (params->data, strlen (json) + 1);
  g_byte_array_append (params->data, (const guint8 *) "\001", 1);
  g_byte_array_append (params->data, (const guint8 *) json, strlen (json));
  return FALSE;
}

static gboolean
put_integer_element (ArmmsParams *params, gint64 value)
{
  put_32 (params->data, 8);
  put_64 (params->data, value);
  return FALSE;
}

static gboolean
put_date_element (ArmmsParams *params, ArmmsDate date)
{
  if (armms_date_is_none (date))
    return put_element (params, NULL, 0);
  put_32 (params->data, 4);
  put_32 (params->data, date.days - DAYS_TO_2000);
  return FALSE;
}

static gboolean
put_instant_element (ArmmsParams *params, ArmmsInstant instant)
{
  if (armms_instant_is_none (instant))
    return put_element (params, NULL, 0);
  return put_integer_element (params, instant.us - US_TO_2000);
}

ArmmsParams *
armms_params_ids (ArmmsParams *params, const ArmmsId *ids, gsize n)
{
  gsize start = open_array (params, TYPE_UUID, n);
  gboolean nulls = FALSE;

  for (gsize i = 0; i < n; i++)
    nulls |= put_element (params, armms_id_is_nil (&ids[i]) ? NULL : ids[i].bytes, 16);
  return close_array (params, TYPE_UUID_ARRAY, start, nulls);
}

ArmmsParams *
armms_params_texts (ArmmsParams *params, const char *const *texts, gsize n)
{
  gsize start = open_array (params, TYPE_TEXT, n);
  gboolean nulls = FALSE;

  for (gsize i = 0; i < n; i++)
    nulls |= put_element (params, texts[i], texts[i] != NULL ? strlen (texts[i]) : 0);
  return close_array (params, TYPE_TEXT_ARRAY, start, nulls);
}

ArmmsParams *
armms_params_integers (ArmmsParams *params, const gint64 *values, gsize n)
{
  gsize start = open_array (params, TYPE_INT8, n);

  for (gsize i = 0; i < n; i++)
    put_integer_element (params, values[i]);
  return close_array (params, TYPE_INT8_ARRAY, start, FALSE);
}

ArmmsParams *
armms_params_booleans (ArmmsParams *params, const gboolean *values, gsize n)
{
  gsize start = open_array (params, TYPE_BOOL, n);

  for (gsize i = 0; i < n; i++)
    put_element (params, values[i] ? "\001" : "\000", 1);
  return close_array (params, TYPE_BOOL_ARRAY, start, FALSE);
}

ArmmsParams *
armms_params_dates (ArmmsParams *params, const ArmmsDate *dates, gsize n)
{
  gsize start = open_array (params, TYPE_DATE, n);
  gboolean nulls = FALSE;

  for (gsize i = 0; i < n; i++)
    nulls |= put_date_element (params, dates[i]);
  return close_array (params, TYPE_DATE_ARRAY, start, nulls);
}

ArmmsParams *
armms_params_instants (ArmmsParams *params, const ArmmsInstant *instants, gsize n)
{
  gsize start = open_array (params, TYPE_TIMESTAMPTZ, n);
  gboolean nulls = FALSE;

  for (gsize i = 0; i < n; i++)
    nulls |= put_instant_element (params, instants[i]);
  return close_array (params, TYPE_TIMESTAMPTZ_ARRAY, start, nulls);
}

ArmmsParams *
armms_params_jsons (ArmmsParams *params, const char *const *jsons, gsize n)
{
  gsize start = open_array (params, TYPE_JSONB, n);
  gboolean nulls = FALSE;

  for (gsize i = 0; i < n; i++)
    nulls |= put_json_element (params, jsons[i]);
  return close_array (params, TYPE_JSONB_ARRAY, start, nulls);
}

ArmmsParams *
armms_params_bytes_array (ArmmsParams *params, GBytes *const *bytes, gsize n)
{
  gsize start = open_array (params, TYPE_BYTEA, n);
  gboolean nulls = FALSE;

  for (gsize i = 0; i < n; i++)
    {
      gsize size = 0;
      gconstpointer data = bytes[i] != NULL ? g_bytes_get_data (bytes[i], &size) : NULL;

      nulls |= put_element (params, bytes[i] != NULL && data == NULL ? "" : data, size);
    }
  return close_array (params, TYPE_BYTEA_ARRAY, start, nulls);
}

/* --- records --- */

static const ArmmsField *
find_field (const ArmmsRecordType *type, const char *name)
{
  for (const ArmmsField *field = type->fields; field->name != NULL; field++)
    if (g_str_equal (field->name, name))
      return field;
  g_error ("the record %s has no field %s", type->name, name);
}

/* Numbers of every kind as what SQL holds. */
static gint64
number_of (const ArmmsField *field, gconstpointer record)
{
  gconstpointer member = (const char *) record + field->offset;

  switch (field->kind)
    {
    case ARMMS_FIELD_INTEGER: return *(const gint64 *) member;
    case ARMMS_FIELD_MONEY: return ((const ArmmsMoney *) member)->centavos;
    case ARMMS_FIELD_MULTIPLIER: return ((const ArmmsMultiplier *) member)->millionths;
    case ARMMS_FIELD_MINUTES: return ((const ArmmsMinutes *) member)->count;
    default: g_assert_not_reached ();
    }
}

static gboolean
number_is_null (const ArmmsField *field, gint64 value)
{
  return value == 0 && (field->flags & ARMMS_FIELD_OPTIONAL_ZERO) != 0;
}

static void
add_field (ArmmsParams *params, const ArmmsField *field, gconstpointer record)
{
  gconstpointer member = (const char *) record + field->offset;

  switch (field->kind)
    {
    case ARMMS_FIELD_ID: armms_params_id (params, member); return;
    case ARMMS_FIELD_TEXT: armms_params_text (params, *(char *const *) member); return;
    case ARMMS_FIELD_JSON: armms_params_json (params, *(char *const *) member); return;
    case ARMMS_FIELD_BOOLEAN: armms_params_boolean (params, *(const gboolean *) member); return;
    case ARMMS_FIELD_DATE: armms_params_date (params, *(const ArmmsDate *) member); return;
    case ARMMS_FIELD_INSTANT: armms_params_instant (params, *(const ArmmsInstant *) member); return;
    case ARMMS_FIELD_INTEGER:
    case ARMMS_FIELD_MONEY:
    case ARMMS_FIELD_MULTIPLIER:
    case ARMMS_FIELD_MINUTES:
      if (number_is_null (field, number_of (field, record)))
        add_bytes (params, TYPE_INT8, NULL, 0);
      else
        armms_params_integer (params, number_of (field, record));
      return;
    case ARMMS_FIELD_TEXTS:
      {
        GStrv texts = *(const GStrv *) member;

        if (texts == NULL)
          add_bytes (params, TYPE_TEXT_ARRAY, NULL, 0);
        else
          armms_params_texts (params, (const char *const *) texts, g_strv_length (texts));
        return;
      }
    case ARMMS_FIELD_IDS:
      {
        GArray *ids = *(GArray *const *) member;

        if (ids == NULL)
          add_bytes (params, TYPE_UUID_ARRAY, NULL, 0);
        else
          armms_params_ids (params, (const ArmmsId *) (gpointer) ids->data, ids->len);
        return;
      }
    case ARMMS_FIELD_RECORD:
    case ARMMS_FIELD_RECORDS:
    default:
      g_error ("the field %s cannot be a parameter", field->name);
    }
}

static gboolean
put_field (ArmmsParams *params, const ArmmsField *field, gconstpointer record)
{
  gconstpointer member = (const char *) record + field->offset;

  switch (field->kind)
    {
    case ARMMS_FIELD_ID:
      return put_element (params, armms_id_is_nil (member) ? NULL : member, 16);
    case ARMMS_FIELD_TEXT:
      {
        const char *text = *(char *const *) member;

        return put_element (params, text, text != NULL ? strlen (text) : 0);
      }
    case ARMMS_FIELD_JSON: return put_json_element (params, *(char *const *) member);
    case ARMMS_FIELD_BOOLEAN: return put_element (params, *(const gboolean *) member ? "\001" : "\000", 1);
    case ARMMS_FIELD_DATE: return put_date_element (params, *(const ArmmsDate *) member);
    case ARMMS_FIELD_INSTANT: return put_instant_element (params, *(const ArmmsInstant *) member);
    case ARMMS_FIELD_INTEGER:
    case ARMMS_FIELD_MONEY:
    case ARMMS_FIELD_MULTIPLIER:
    case ARMMS_FIELD_MINUTES:
      if (number_is_null (field, number_of (field, record)))
        return put_element (params, NULL, 0);
      return put_integer_element (params, number_of (field, record));
    case ARMMS_FIELD_TEXTS:
    case ARMMS_FIELD_IDS:
    case ARMMS_FIELD_RECORD:
    case ARMMS_FIELD_RECORDS:
    default:
      g_error ("the field %s cannot be a column of a set", field->name);
    }
}

static void
array_types (ArmmsFieldKind kind, Oid *ret_element, Oid *ret_array)
{
  static const struct { ArmmsFieldKind kind; Oid element, array; } types[] = {
    { ARMMS_FIELD_ID, TYPE_UUID, TYPE_UUID_ARRAY }, { ARMMS_FIELD_TEXT, TYPE_TEXT, TYPE_TEXT_ARRAY },
    { ARMMS_FIELD_JSON, TYPE_JSONB, TYPE_JSONB_ARRAY }, { ARMMS_FIELD_BOOLEAN, TYPE_BOOL, TYPE_BOOL_ARRAY },
    { ARMMS_FIELD_DATE, TYPE_DATE, TYPE_DATE_ARRAY }, { ARMMS_FIELD_INSTANT, TYPE_TIMESTAMPTZ, TYPE_TIMESTAMPTZ_ARRAY },
  };

  *ret_element = TYPE_INT8;
  *ret_array = TYPE_INT8_ARRAY;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].kind == kind)
      {
        *ret_element = types[i].element;
        *ret_array = types[i].array;
      }
}

ArmmsParams *
armms_params_record (ArmmsParams *params, const ArmmsRecordType *type, gconstpointer record, const char *first_field, ...)
{
  va_list list;

  va_start (list, first_field);
  for (const char *name = first_field; name != NULL; name = va_arg (list, const char *))
    add_field (params, find_field (type, name), record);
  va_end (list);
  return params;
}

ArmmsParams *
armms_params_columns (ArmmsParams *params, const ArmmsRecordType *type, const GPtrArray *records, const char *first_field, ...)
{
  va_list list;

  va_start (list, first_field);
  for (const char *name = first_field; name != NULL; name = va_arg (list, const char *))
    {
      const ArmmsField *field = find_field (type, name);
      gboolean nulls = FALSE;
      Oid element, array;
      gsize start;

      array_types (field->kind, &element, &array);
      start = open_array (params, element, records->len);
      for (guint i = 0; i < records->len; i++)
        nulls |= put_field (params, field, records->pdata[i]);
      close_array (params, array, start, nulls);
    }
  va_end (list);
  return params;
}

/* --- what the server wants --- */

static Oid
element_of (Oid type)
{
  switch (type)
    {
    case TYPE_JSON_ARRAY: return TYPE_JSON;
    case TYPE_BOOL_ARRAY: return TYPE_BOOL;
    case TYPE_BYTEA_ARRAY: return TYPE_BYTEA;
    case TYPE_NAME_ARRAY: return TYPE_NAME;
    case TYPE_INT2_ARRAY: return TYPE_INT2;
    case TYPE_INT4_ARRAY: return TYPE_INT4;
    case TYPE_TEXT_ARRAY: return TYPE_TEXT;
    case TYPE_VARCHAR_ARRAY: return TYPE_VARCHAR;
    case TYPE_INT8_ARRAY: return TYPE_INT8;
    case TYPE_DATE_ARRAY: return TYPE_DATE;
    case TYPE_TIMESTAMPTZ_ARRAY: return TYPE_TIMESTAMPTZ;
    case TYPE_UUID_ARRAY: return TYPE_UUID;
    case TYPE_JSONB_ARRAY: return TYPE_JSONB;
    case TYPE_XID8_ARRAY: return TYPE_XID8;
    default: return 0;
    }
}

static gboolean
is_texty (Oid type)
{
  return type == TYPE_TEXT || type == TYPE_VARCHAR || type == TYPE_BPCHAR || type == TYPE_NAME || type == TYPE_JSON;
}

/* One value of @have as @want, appended to @data; FALSE when it does not fit. The bytes are in params->data at @offset. */
static gboolean
convert_value (GByteArray *data, gsize offset, gsize size, Oid have, Oid want)
{
  if (have == TYPE_INT8 && (want == TYPE_INT4 || want == TYPE_INT2 || want == TYPE_OID))
    {
      gint64 value = get_64 (data->data + offset);

      if (want == TYPE_INT2 && value >= G_MININT16 && value <= G_MAXINT16)
        put_16 (data, value);
      else if (want == TYPE_INT4 && value >= G_MININT32 && value <= G_MAXINT32)
        put_32 (data, value);
      else if (want == TYPE_OID && value >= 0 && value <= G_MAXUINT32)
        put_32 (data, (gint32) (guint32) value);
      else
        return FALSE;
      return TRUE;
    }
  if ((have == want) || (have == TYPE_INT8 && want == TYPE_XID8) || (is_texty (have) && is_texty (want))
      || (have == TYPE_TIMESTAMPTZ && want == TYPE_TIMESTAMP))
    {
      gsize at = data->len;

      g_byte_array_set_size (data, at + size);
      memcpy (data->data + at, data->data + offset, size);
      return TRUE;
    }
  if (have == TYPE_JSONB && is_texty (want))
    return convert_value (data, offset + 1, size - 1, TYPE_TEXT, TYPE_TEXT);
  if (is_texty (have) && want == TYPE_JSONB)
    {
      g_byte_array_append (data, (const guint8 *) "\001", 1);
      return convert_value (data, offset, size, TYPE_TEXT, TYPE_TEXT);
    }
  return FALSE;
}

static gboolean
convert_array (GByteArray *data, const Param *param, Oid have, Oid want)
{
  gboolean empty = get_32 (data->data + param->offset) == 0;
  gsize header = empty ? 12 : 20;
  gsize at = param->offset + header;
  gsize end = param->offset + param->size;
  gsize start = data->len;
  guint32 wire = GUINT32_TO_BE ((guint32) want);

  g_byte_array_set_size (data, start + header);
  memcpy (data->data + start, data->data + param->offset, header);
  memcpy (data->data + start + 8, &wire, sizeof wire);
  while (at < end)
    {
      gint32 size = get_32 (data->data + at);
      gsize size_at = data->len;

      put_32 (data, size);
      at += 4;
      if (size < 0)
        continue;
      if (!convert_value (data, at, size, have, want))
        return FALSE;
      wire = GUINT32_TO_BE ((guint32) (data->len - size_at - 4));
      memcpy (data->data + size_at, &wire, sizeof wire);
      at += size;
    }
  return TRUE;
}

static gboolean
fit_param (ArmmsParams *params, Param *param, Oid want)
{
  gsize start = params->data->len;
  gboolean fits;

  if (param->null || param->type == want)
    return TRUE;
  if (element_of (param->type) != 0)
    fits = element_of (want) != 0 && convert_array (params->data, param, element_of (param->type), element_of (want));
  else
    fits = convert_value (params->data, param->offset, param->size, param->type, want);
  param->type = want;
  param->offset = start;
  param->size = params->data->len - start;
  return fits;
}

gboolean
armms_params_encode (ArmmsParams *params, const Oid *types, int n_types, const char *statement,
                     const char **values, int *lengths, int *formats, GError **error)
{
  if ((int) armms_params_count (params) != n_types)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "db.parameters", "%s: %u parameters were given, the statement has %d",
                       statement, armms_params_count (params), n_types);
      return FALSE;
    }
  for (int i = 0; i < n_types; i++)
    {
      Param *param = &g_array_index (params->params, Param, i);

      if (!fit_param (params, param, types[i]))
        {
          armms_error_set (error, ARMMS_ERROR_INTERNAL, "db.parameters", "%s: $%d is a value of type %u, the statement wants %u",
                           statement, i + 1, param->type, types[i]);
          return FALSE;
        }
    }
  /* Pointers last: fitting may have moved the bytes. */
  for (int i = 0; i < n_types; i++)
    {
      const Param *param = &g_array_index (params->params, Param, i);

      values[i] = param->null ? NULL : param->size == 0 ? "" : (const char *) params->data->data + param->offset;
      lengths[i] = param->size;
      formats[i] = 1;
    }
  return TRUE;
}
