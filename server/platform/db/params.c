#include "server/platform/db/params.h"

#include "server/platform/db/params-private.h"
#include "server/platform/db/pg-types.h"

#include <stdarg.h>
#include <string.h>

struct _ArmmsParams
{
  GByteArray *bytes; /* all values, one after another; owned */
  GArray *offsets;   /* gssize: where each begins, -1 for null; owned */
  GArray *lengths;   /* int; owned */
  GArray *types;     /* Oid; owned */
  GArray *values;    /* const char *, filled by get; owned */
  GArray *formats;   /* int, all 1; owned */
};

ArmmsParams *
armms_params_new (void)
{
  ArmmsParams *params = g_new0 (ArmmsParams, 1);

  params->bytes = g_byte_array_sized_new (256);
  params->offsets = g_array_new (FALSE, FALSE, sizeof (gssize));
  params->lengths = g_array_new (FALSE, FALSE, sizeof (int));
  params->types = g_array_new (FALSE, FALSE, sizeof (Oid));
  params->values = g_array_new (FALSE, FALSE, sizeof (char *));
  params->formats = g_array_new (FALSE, FALSE, sizeof (int));
  return params;
}

void
armms_params_free (ArmmsParams *params)
{
  if (params == NULL)
    return;
  g_byte_array_unref (params->bytes);
  g_array_unref (params->offsets);
  g_array_unref (params->lengths);
  g_array_unref (params->types);
  g_array_unref (params->values);
  g_array_unref (params->formats);
  g_free (params);
}

guint
armms_params_get (ArmmsParams *params, const Oid **ret_types, const char *const **ret_values, const int **ret_lengths, const int **ret_formats)
{
  static const int binary = 1;

  g_array_set_size (params->values, 0);
  g_array_set_size (params->formats, 0);
  for (guint i = 0; i < params->offsets->len; i++)
    {
      gssize offset = g_array_index (params->offsets, gssize, i);
      const char *value = offset < 0 ? NULL : (const char *) params->bytes->data + offset;

      /* An empty value needs an address that is not NULL. */
      if (offset >= 0 && value == NULL)
        value = "";
      g_array_append_val (params->values, value);
      g_array_append_val (params->formats, binary);
    }
  *ret_types = (const Oid *) params->types->data;
  *ret_values = (const char *const *) params->values->data;
  *ret_lengths = (const int *) params->lengths->data;
  *ret_formats = (const int *) params->formats->data;
  return params->offsets->len;
}

static void
begin (ArmmsParams *params, Oid type)
{
  gssize offset = params->bytes->len;
  int length = 0;

  g_array_append_val (params->types, type);
  g_array_append_val (params->offsets, offset);
  g_array_append_val (params->lengths, length);
}

static void
end (ArmmsParams *params)
{
  guint last = params->offsets->len - 1;

  g_array_index (params->lengths, int, last) = (int) (params->bytes->len - g_array_index (params->offsets, gssize, last));
}

static ArmmsParams *
add_null (ArmmsParams *params, Oid type)
{
  begin (params, type);
  g_array_index (params->offsets, gssize, params->offsets->len - 1) = -1;
  return params;
}

static inline void
put (ArmmsParams *params, gconstpointer bytes, gsize n)
{
  g_byte_array_append (params->bytes, bytes, n);
}

static inline void
put_32 (ArmmsParams *params, gint32 value)
{
  guint32 wire = GUINT32_TO_BE ((guint32) value);

  put (params, &wire, 4);
}

static inline void
put_64 (ArmmsParams *params, gint64 value)
{
  guint64 wire = GUINT64_TO_BE ((guint64) value);

  put (params, &wire, 8);
}

ArmmsParams *
armms_params_null (ArmmsParams *params)
{
  return add_null (params, 0);
}

ArmmsParams *
armms_params_id (ArmmsParams *params, const ArmmsId *id)
{
  if (id == NULL || armms_id_is_nil (id))
    return add_null (params, PG_UUID);
  begin (params, PG_UUID);
  put (params, id->bytes, 16);
  end (params);
  return params;
}

ArmmsParams *
armms_params_text (ArmmsParams *params, const char *text)
{
  if (text == NULL)
    return add_null (params, PG_TEXT);
  begin (params, PG_TEXT);
  put (params, text, strlen (text));
  end (params);
  return params;
}

ArmmsParams *
armms_params_integer (ArmmsParams *params, gint64 value)
{
  begin (params, PG_INT8);
  put_64 (params, value);
  end (params);
  return params;
}

ArmmsParams *
armms_params_boolean (ArmmsParams *params, gboolean value)
{
  guint8 wire = value ? 1 : 0;

  begin (params, PG_BOOL);
  put (params, &wire, 1);
  end (params);
  return params;
}

ArmmsParams *
armms_params_money (ArmmsParams *params, ArmmsMoney money)
{
  return armms_params_integer (params, money.centavos);
}

ArmmsParams *
armms_params_date (ArmmsParams *params, ArmmsDate date)
{
  if (armms_date_is_none (date))
    return add_null (params, PG_DATE);
  begin (params, PG_DATE);
  put_32 (params, date.days - PG_EPOCH_DAYS);
  end (params);
  return params;
}

ArmmsParams *
armms_params_instant (ArmmsParams *params, ArmmsInstant instant)
{
  if (armms_instant_is_none (instant))
    return add_null (params, PG_TIMESTAMPTZ);
  begin (params, PG_TIMESTAMPTZ);
  put_64 (params, instant.us - PG_EPOCH_US);
  end (params);
  return params;
}

static void
put_json (ArmmsParams *params, const char *json)
{
  static const guint8 version = 1;

  put (params, &version, 1);
  put (params, json, strlen (json));
}

ArmmsParams *
armms_params_json (ArmmsParams *params, const char *json)
{
  if (json == NULL)
    return add_null (params, PG_JSONB);
  begin (params, PG_JSONB);
  put_json (params, json);
  end (params);
  return params;
}

ArmmsParams *
armms_params_bytes (ArmmsParams *params, GBytes *bytes)
{
  gsize size;
  gconstpointer data;

  if (bytes == NULL)
    return add_null (params, PG_BYTEA);
  data = g_bytes_get_data (bytes, &size);
  begin (params, PG_BYTEA);
  put (params, data, size);
  end (params);
  return params;
}

/* --- arrays: dimensions, has-null flag, element type, length, lower bound, then length and bytes of each element --- */

static void
begin_array (ArmmsParams *params, Oid array_type, Oid element_type, gsize n)
{
  begin (params, array_type);
  put_32 (params, n > 0 ? 1 : 0);
  put_32 (params, 1); /* nulls are possible: costs nothing */
  put_32 (params, (gint32) element_type);
  if (n > 0)
    {
      put_32 (params, (gint32) n);
      put_32 (params, 1);
    }
}

static inline void
element_null (ArmmsParams *params)
{
  put_32 (params, -1);
}

static inline void
element_id (ArmmsParams *params, const ArmmsId *id)
{
  if (armms_id_is_nil (id))
    {
      element_null (params);
      return;
    }
  put_32 (params, 16);
  put (params, id->bytes, 16);
}

static inline void
element_text (ArmmsParams *params, const char *text)
{
  gsize n;

  if (text == NULL)
    {
      element_null (params);
      return;
    }
  n = strlen (text);
  put_32 (params, (gint32) n);
  put (params, text, n);
}

static inline void
element_64 (ArmmsParams *params, gint64 value)
{
  put_32 (params, 8);
  put_64 (params, value);
}

static inline void
element_boolean (ArmmsParams *params, gboolean value)
{
  guint8 wire = value ? 1 : 0;

  put_32 (params, 1);
  put (params, &wire, 1);
}

static inline void
element_date (ArmmsParams *params, ArmmsDate date)
{
  if (armms_date_is_none (date))
    {
      element_null (params);
      return;
    }
  put_32 (params, 4);
  put_32 (params, date.days - PG_EPOCH_DAYS);
}

static inline void
element_instant (ArmmsParams *params, ArmmsInstant instant)
{
  if (armms_instant_is_none (instant))
    element_null (params);
  else
    element_64 (params, instant.us - PG_EPOCH_US);
}

static inline void
element_json (ArmmsParams *params, const char *json)
{
  if (json == NULL)
    {
      element_null (params);
      return;
    }
  put_32 (params, (gint32) strlen (json) + 1);
  put_json (params, json);
}

ArmmsParams *
armms_params_ids (ArmmsParams *params, const ArmmsId *ids, gsize n)
{
  begin_array (params, PG_UUID_ARRAY, PG_UUID, n);
  for (gsize i = 0; i < n; i++)
    element_id (params, &ids[i]);
  end (params);
  return params;
}

ArmmsParams *
armms_params_texts (ArmmsParams *params, const char *const *texts, gsize n)
{
  begin_array (params, PG_TEXT_ARRAY, PG_TEXT, n);
  for (gsize i = 0; i < n; i++)
    element_text (params, texts[i]);
  end (params);
  return params;
}

ArmmsParams *
armms_params_integers (ArmmsParams *params, const gint64 *values, gsize n)
{
  begin_array (params, PG_INT8_ARRAY, PG_INT8, n);
  for (gsize i = 0; i < n; i++)
    element_64 (params, values[i]);
  end (params);
  return params;
}

ArmmsParams *
armms_params_booleans (ArmmsParams *params, const gboolean *values, gsize n)
{
  begin_array (params, PG_BOOL_ARRAY, PG_BOOL, n);
  for (gsize i = 0; i < n; i++)
    element_boolean (params, values[i]);
  end (params);
  return params;
}

ArmmsParams *
armms_params_dates (ArmmsParams *params, const ArmmsDate *dates, gsize n)
{
  begin_array (params, PG_DATE_ARRAY, PG_DATE, n);
  for (gsize i = 0; i < n; i++)
    element_date (params, dates[i]);
  end (params);
  return params;
}

ArmmsParams *
armms_params_instants (ArmmsParams *params, const ArmmsInstant *instants, gsize n)
{
  begin_array (params, PG_TIMESTAMPTZ_ARRAY, PG_TIMESTAMPTZ, n);
  for (gsize i = 0; i < n; i++)
    element_instant (params, instants[i]);
  end (params);
  return params;
}

ArmmsParams *
armms_params_jsons (ArmmsParams *params, const char *const *jsons, gsize n)
{
  begin_array (params, PG_JSONB_ARRAY, PG_JSONB, n);
  for (gsize i = 0; i < n; i++)
    element_json (params, jsons[i]);
  end (params);
  return params;
}

ArmmsParams *
armms_params_bytes_array (ArmmsParams *params, GBytes *const *bytes, gsize n)
{
  begin_array (params, PG_BYTEA_ARRAY, PG_BYTEA, n);
  for (gsize i = 0; i < n; i++)
    {
      gsize size;
      gconstpointer data;

      if (bytes[i] == NULL)
        {
          element_null (params);
          continue;
        }
      data = g_bytes_get_data (bytes[i], &size);
      put_32 (params, (gint32) size);
      put (params, data, size);
    }
  end (params);
  return params;
}

/* --- by field table --- */

#define MEMBER(Type, record, field) (*(Type const *) ((const guint8 *) (record) + (field)->offset))

static const ArmmsField *
find (const ArmmsRecordType *type, const char *name)
{
  const ArmmsField *field = armms_record_type_find (type, name);

  if (field == NULL)
    g_error ("%s has no field %s", type->name, name);
  return field;
}

static void
add_field (ArmmsParams *params, const ArmmsField *field, gconstpointer record)
{
  switch (field->kind)
    {
    case ARMMS_FIELD_ID:
      armms_params_id (params, &MEMBER (ArmmsId, record, field));
      return;
    case ARMMS_FIELD_TEXT:
      armms_params_text (params, MEMBER (char *, record, field));
      return;
    case ARMMS_FIELD_JSON:
      armms_params_json (params, MEMBER (char *, record, field));
      return;
    case ARMMS_FIELD_INTEGER:
    case ARMMS_FIELD_MONEY:
    case ARMMS_FIELD_MULTIPLIER:
      if ((field->flags & ARMMS_FIELD_OPTIONAL_ZERO) != 0 && MEMBER (gint64, record, field) == 0)
        add_null (params, PG_INT8);
      else
        armms_params_integer (params, MEMBER (gint64, record, field));
      return;
    case ARMMS_FIELD_MINUTES:
      if ((field->flags & ARMMS_FIELD_OPTIONAL_ZERO) != 0 && MEMBER (gint32, record, field) == 0)
        add_null (params, PG_INT8);
      else
        armms_params_integer (params, MEMBER (gint32, record, field));
      return;
    case ARMMS_FIELD_BOOLEAN:
      armms_params_boolean (params, MEMBER (gboolean, record, field));
      return;
    case ARMMS_FIELD_DATE:
      armms_params_date (params, MEMBER (ArmmsDate, record, field));
      return;
    case ARMMS_FIELD_INSTANT:
      armms_params_instant (params, MEMBER (ArmmsInstant, record, field));
      return;
    case ARMMS_FIELD_TEXTS:
      {
        GStrv texts = MEMBER (GStrv, record, field);

        if (texts == NULL)
          add_null (params, PG_TEXT_ARRAY);
        else
          armms_params_texts (params, (const char *const *) texts, g_strv_length (texts));
        return;
      }
    case ARMMS_FIELD_IDS:
      {
        GArray *ids = MEMBER (GArray *, record, field);

        if (ids == NULL)
          add_null (params, PG_UUID_ARRAY);
        else
          armms_params_ids (params, (const ArmmsId *) ids->data, ids->len);
        return;
      }
    case ARMMS_FIELD_RECORD:
    case ARMMS_FIELD_RECORDS:
      break;
    }
  g_error ("%s is no parameter of SQL", field->name);
}

static void
add_column (ArmmsParams *params, const ArmmsField *field, const GPtrArray *records)
{
  static const struct
  {
    Oid array, element;
  } types[] = {
    [ARMMS_FIELD_ID] = { PG_UUID_ARRAY, PG_UUID },
    [ARMMS_FIELD_TEXT] = { PG_TEXT_ARRAY, PG_TEXT },
    [ARMMS_FIELD_INTEGER] = { PG_INT8_ARRAY, PG_INT8 },
    [ARMMS_FIELD_BOOLEAN] = { PG_BOOL_ARRAY, PG_BOOL },
    [ARMMS_FIELD_MONEY] = { PG_INT8_ARRAY, PG_INT8 },
    [ARMMS_FIELD_MULTIPLIER] = { PG_INT8_ARRAY, PG_INT8 },
    [ARMMS_FIELD_MINUTES] = { PG_INT8_ARRAY, PG_INT8 },
    [ARMMS_FIELD_DATE] = { PG_DATE_ARRAY, PG_DATE },
    [ARMMS_FIELD_INSTANT] = { PG_TIMESTAMPTZ_ARRAY, PG_TIMESTAMPTZ },
    [ARMMS_FIELD_JSON] = { PG_JSONB_ARRAY, PG_JSONB },
  };
  gboolean zero_is_null = (field->flags & ARMMS_FIELD_OPTIONAL_ZERO) != 0;

  if (field->kind > ARMMS_FIELD_JSON)
    g_error ("%s is no column of a set", field->name);
  begin_array (params, types[field->kind].array, types[field->kind].element, records->len);
  for (guint i = 0; i < records->len; i++)
    {
      gconstpointer record = g_ptr_array_index (records, i);

      switch (field->kind)
        {
        case ARMMS_FIELD_ID:
          element_id (params, &MEMBER (ArmmsId, record, field));
          break;
        case ARMMS_FIELD_TEXT:
          element_text (params, MEMBER (char *, record, field));
          break;
        case ARMMS_FIELD_JSON:
          element_json (params, MEMBER (char *, record, field));
          break;
        case ARMMS_FIELD_BOOLEAN:
          element_boolean (params, MEMBER (gboolean, record, field));
          break;
        case ARMMS_FIELD_DATE:
          element_date (params, MEMBER (ArmmsDate, record, field));
          break;
        case ARMMS_FIELD_INSTANT:
          element_instant (params, MEMBER (ArmmsInstant, record, field));
          break;
        case ARMMS_FIELD_INTEGER:
        case ARMMS_FIELD_MONEY:
        case ARMMS_FIELD_MULTIPLIER:
        case ARMMS_FIELD_MINUTES:
        default:
          {
            gint64 value = field->kind == ARMMS_FIELD_MINUTES ? MEMBER (gint32, record, field) : MEMBER (gint64, record, field);

            if (zero_is_null && value == 0)
              element_null (params);
            else
              element_64 (params, value);
            break;
          }
        }
    }
  end (params);
}

ArmmsParams *
armms_params_record (ArmmsParams *params, const ArmmsRecordType *type, gconstpointer record, const char *first_field, ...)
{
  va_list names;

  va_start (names, first_field);
  for (const char *name = first_field; name != NULL; name = va_arg (names, const char *))
    add_field (params, find (type, name), record);
  va_end (names);
  return params;
}

ArmmsParams *
armms_params_columns (ArmmsParams *params, const ArmmsRecordType *type, const GPtrArray *records, const char *first_field, ...)
{
  va_list names;

  va_start (names, first_field);
  for (const char *name = first_field; name != NULL; name = va_arg (names, const char *))
    add_column (params, find (type, name), records);
  va_end (names);
  return params;
}
