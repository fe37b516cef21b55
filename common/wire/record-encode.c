/* Record to JSON text, without a tree between; and one field as text for a screen. */
#include "common/wire/json.h"
#include "common/wire/record-private.h"

#include <string.h>

#define VALUE ARMMS_FIELD_VALUE

static void
append_quoted (GString *out, const char *plain)
{
  g_string_append_c (out, '"');
  g_string_append (out, plain);
  g_string_append_c (out, '"');
}

static void
append_texts (GString *out, const char *const *texts)
{
  g_string_append_c (out, '[');
  for (guint i = 0; texts[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      armms_json_append_string (out, texts[i]);
    }
  g_string_append_c (out, ']');
}

static void
append_ids (GString *out, const GArray *ids)
{
  char buffer[ARMMS_ID_TEXT_SIZE];

  g_string_append_c (out, '[');
  for (guint i = 0; i < ids->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_quoted (out, armms_id_format (&g_array_index (ids, ArmmsId, i), buffer));
    }
  g_string_append_c (out, ']');
}

static void
append_records (GString *out, const ArmmsRecordType *type, const GPtrArray *records, const char *const *scopes)
{
  g_string_append_c (out, '[');
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      armms_record_append_json (type, g_ptr_array_index (records, i), scopes, out);
    }
  g_string_append_c (out, ']');
}

static void
append_value (GString *out, const ArmmsField *field, gconstpointer record, const char *const *scopes)
{
  char buffer[64];

  switch (field->kind)
    {
    case ARMMS_FIELD_ID:
      append_quoted (out, armms_id_format (&VALUE (const ArmmsId, field, record), buffer));
      break;
    case ARMMS_FIELD_TEXT:
      armms_json_append_string (out, VALUE (char *const, field, record));
      break;
    case ARMMS_FIELD_INTEGER:
      armms_json_append_integer (out, VALUE (const gint64, field, record));
      break;
    case ARMMS_FIELD_BOOLEAN:
      g_string_append (out, VALUE (const gboolean, field, record) ? "true" : "false");
      break;
    case ARMMS_FIELD_MONEY:
      append_quoted (out, armms_money_format (VALUE (const ArmmsMoney, field, record), buffer));
      break;
    case ARMMS_FIELD_MULTIPLIER:
      append_quoted (out, armms_multiplier_format (VALUE (const ArmmsMultiplier, field, record), buffer));
      break;
    case ARMMS_FIELD_MINUTES:
      armms_json_append_integer (out, VALUE (const ArmmsMinutes, field, record).count);
      break;
    case ARMMS_FIELD_DATE:
      append_quoted (out, armms_date_format (VALUE (const ArmmsDate, field, record), buffer));
      break;
    case ARMMS_FIELD_INSTANT:
      append_quoted (out, armms_instant_format (VALUE (const ArmmsInstant, field, record), buffer));
      break;
    case ARMMS_FIELD_JSON:
      g_string_append (out, VALUE (char *const, field, record));
      break;
    case ARMMS_FIELD_TEXTS:
      append_texts (out, VALUE (const char *const *const, field, record));
      break;
    case ARMMS_FIELD_IDS:
      append_ids (out, VALUE (const GArray *const, field, record));
      break;
    case ARMMS_FIELD_RECORD:
      armms_record_append_json (field->record, VALUE (const gpointer, field, record), scopes, out);
      break;
    case ARMMS_FIELD_RECORDS:
      append_records (out, field->record, VALUE (const GPtrArray *const, field, record), scopes);
      break;
    }
}

static gboolean
may_see (const ArmmsField *field, const char *const *scopes)
{
  return field->scope == NULL || scopes == NULL || g_strv_contains (scopes, field->scope);
}

void
armms_record_append_json (const ArmmsRecordType *type, gconstpointer record, const char *const *scopes, GString *out)
{
  char separator = '{';

  for (const ArmmsField *field = type->fields; field->name != NULL; field++)
    {
      if ((field->flags & ARMMS_FIELD_WRITE_ONLY) || !may_see (field, scopes))
        continue;
      g_string_append_c (out, separator);
      separator = ',';
      append_quoted (out, field->name);
      g_string_append_c (out, ':');
      if (field->kind != ARMMS_FIELD_RECORDS && armms_field_is_absent (field, record))
        g_string_append_len (out, "null", 4);
      else
        append_value (out, field, record, scopes);
    }
  g_string_append (out, separator == '{' ? "{}" : "}");
}

JsonNode *
armms_record_to_json (const ArmmsRecordType *type, gconstpointer record, const char *const *scopes)
{
  g_autoptr(GString) text = g_string_sized_new (512);
  g_autoptr(GError) error = NULL;
  JsonNode *node;

  armms_record_append_json (type, record, scopes, text);
  node = json_from_string (text->str, &error);
  if (node == NULL) /* a JSON member of the record is none */
    g_critical ("a %s does not encode: %s", type->name, error->message);
  return node;
}

/* "1234567.89" -> "1,234,567.89" */
static char *
group_money (ArmmsMoney money)
{
  char plain[ARMMS_MONEY_TEXT_SIZE];
  GString *out = g_string_new (armms_money_format (money, plain));
  gssize first = out->str[0] == '-' ? 1 : 0;

  for (gssize at = (gssize) out->len - 6; at > first; at -= 3)
    g_string_insert_c (out, at, ',');
  return g_string_free (out, FALSE);
}

static char *
join_ids (const GArray *ids)
{
  GString *out = g_string_new (NULL);
  char buffer[ARMMS_ID_TEXT_SIZE];

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", armms_id_format (&g_array_index (ids, ArmmsId, i), buffer));
  return g_string_free (out, FALSE);
}

char *
armms_field_to_display (const ArmmsField *field, gconstpointer record)
{
  char buffer[64];

  if (armms_field_is_absent (field, record))
    return g_strdup ("");
  switch (field->kind)
    {
    case ARMMS_FIELD_ID: return armms_id_to_string (&VALUE (const ArmmsId, field, record));
    case ARMMS_FIELD_TEXT:
    case ARMMS_FIELD_JSON: return g_strdup (VALUE (char *const, field, record));
    case ARMMS_FIELD_INTEGER: return g_strdup_printf ("%" G_GINT64_FORMAT, VALUE (const gint64, field, record));
    case ARMMS_FIELD_BOOLEAN: return g_strdup (VALUE (const gboolean, field, record) ? "yes" : "no");
    case ARMMS_FIELD_MONEY: return group_money (VALUE (const ArmmsMoney, field, record));
    case ARMMS_FIELD_MULTIPLIER: return g_strdup (armms_multiplier_format (VALUE (const ArmmsMultiplier, field, record), buffer));
    case ARMMS_FIELD_MINUTES: return armms_minutes_to_string (VALUE (const ArmmsMinutes, field, record));
    case ARMMS_FIELD_DATE: return g_strdup (armms_date_format (VALUE (const ArmmsDate, field, record), buffer));
    case ARMMS_FIELD_INSTANT: return g_strdup (armms_instant_format (VALUE (const ArmmsInstant, field, record), buffer));
    case ARMMS_FIELD_TEXTS: return g_strjoinv (", ", VALUE (const GStrv, field, record));
    case ARMMS_FIELD_IDS: return join_ids (VALUE (const GArray *const, field, record));
    case ARMMS_FIELD_RECORD: return g_strdup ("…");
    case ARMMS_FIELD_RECORDS: return g_strdup_printf ("%u", VALUE (const GPtrArray *const, field, record)->len);
    }
  g_return_val_if_reached (NULL);
}
