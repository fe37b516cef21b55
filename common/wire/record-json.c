/* JSON to record: every wrong field is told at once, nothing is guessed. */
#include "common/wire/json.h"
#include "common/wire/record-private.h"

#include <string.h>

#define VALUE ARMMS_FIELD_VALUE
#define ERRORS_MAX 100   /* enough for any form; a flood of wrong members is not answered in full */
#define FIELDS_MAX 128

/* One decoding: where wrong fields are gathered, and under which names. */
typedef struct {
  ArmmsDecodeMode mode;
  GError *error;
} Decoder;

static void decode_object (Decoder *decoder, const ArmmsRecordType *type, gpointer record, JsonObject *object, const char *path);

static void add_error (Decoder *decoder, const char *path, const char *name, const char *code, const char *format, ...) G_GNUC_PRINTF (5, 6);

static void
add_error (Decoder *decoder, const char *path, const char *name, const char *code, const char *format, ...)
{
  GPtrArray *fields = armms_error_get_fields (decoder->error);
  g_autofree char *field = NULL;
  g_autofree char *message = NULL;
  va_list args;

  if (fields != NULL && fields->len >= ERRORS_MAX)
    return;
  field = path == NULL ? g_strdup (name) : name == NULL ? g_strdup (path) : g_strconcat (path, ".", name, NULL);
  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  armms_error_add_field (&decoder->error, field, code, "%s", message);
}

static const char *
get_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gboolean
get_integer (JsonNode *node, gint64 *ret_value)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *ret_value = json_node_get_int (node);
  return TRUE;
}

/* A control letter but tab and line ends has no business in a name. */
static gboolean
is_clean (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (((guchar) *c < 0x20 && *c != '\t' && *c != '\n' && *c != '\r') || *c == 0x7f)
      return FALSE;
  return g_utf8_validate (text, -1, NULL);
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\r\n")] == '\0';
}

static gboolean
check_text (Decoder *decoder, const ArmmsField *field, const char *path, const char *text)
{
  const ArmmsFormat *format;
  gint64 min, max;
  glong letters;

  if (decoder->mode == ARMMS_DECODE_ANSWER)
    return TRUE;
  if (!is_clean (text))
    {
      add_error (decoder, path, field->name, "bad_format", "must not hold control letters");
      return FALSE;
    }
  armms_field_get_bounds (field, &min, &max);
  letters = g_utf8_strlen (text, -1);
  if ((field->flags & ARMMS_FIELD_REQUIRED) && is_blank (text))
    add_error (decoder, path, field->name, "required", "must not be empty");
  else if (letters < min)
    add_error (decoder, path, field->name, "too_short", "must have at least %" G_GINT64_FORMAT " letters", min);
  else if (letters > max)
    add_error (decoder, path, field->name, "too_long", "must have at most %" G_GINT64_FORMAT " letters", max);
  else if (armms_format_is_words (field->format) && !armms_format_has_word (field->format, text))
    add_error (decoder, path, field->name, "not_one_of", "must be one of %s", field->format);
  else if ((format = armms_format_find (field->format)) != NULL && !format->check (text))
    add_error (decoder, path, field->name, "bad_format", "%s", format->message);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_range (Decoder *decoder, const ArmmsField *field, const char *path, gint64 value)
{
  gint64 min, max;

  armms_field_get_bounds (field, &min, &max);
  if ((decoder->mode == ARMMS_DECODE_ANSWER && field->kind != ARMMS_FIELD_MINUTES) || (value >= min && value <= max))
    return TRUE;
  if (field->kind == ARMMS_FIELD_MONEY)
    {
      char low[ARMMS_MONEY_TEXT_SIZE], high[ARMMS_MONEY_TEXT_SIZE];

      add_error (decoder, path, field->name, "out_of_range", "must be from %s to %s",
                 armms_money_format (ARMMS_MONEY (min), low), armms_money_format (ARMMS_MONEY (max), high));
    }
  else if (field->kind == ARMMS_FIELD_MULTIPLIER)
    {
      char low[ARMMS_MONEY_TEXT_SIZE], high[ARMMS_MONEY_TEXT_SIZE];

      add_error (decoder, path, field->name, "out_of_range", "must be from %s to %s",
                 armms_multiplier_format ((ArmmsMultiplier) { min }, low), armms_multiplier_format ((ArmmsMultiplier) { max }, high));
    }
  else if (max == G_MAXINT64 || (field->kind == ARMMS_FIELD_MINUTES && max == G_MAXINT32))
    add_error (decoder, path, field->name, "out_of_range", "must be at least %" G_GINT64_FORMAT, min);
  else
    add_error (decoder, path, field->name, "out_of_range", "must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, min, max);
  return FALSE;
}

static gboolean
check_items (Decoder *decoder, const ArmmsField *field, const char *path, guint items)
{
  gint64 min, max;

  armms_field_get_bounds (field, &min, &max);
  if (decoder->mode == ARMMS_DECODE_ANSWER || (items >= min && items <= max))
    return TRUE;
  add_error (decoder, path, field->name, items < min ? "too_short" : "too_long",
             "must have from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " items", min, max);
  return FALSE;
}

static void
decode_text (Decoder *decoder, const ArmmsField *field, gpointer record, const char *text, const char *path)
{
  if (text == NULL)
    add_error (decoder, path, field->name, "bad_type", "must be a text");
  else if (check_text (decoder, field, path, text))
    VALUE (char *, field, record) = g_strdup (text);
}

static void
decode_number (Decoder *decoder, const ArmmsField *field, gpointer record, JsonNode *node, const char *path)
{
  gint64 value;

  if (!get_integer (node, &value))
    {
      add_error (decoder, path, field->name, "bad_type", "must be a whole number");
      return;
    }
  if (!check_range (decoder, field, path, value))
    return;
  if (field->kind == ARMMS_FIELD_MINUTES)
    VALUE (ArmmsMinutes, field, record).count = (gint32) value;
  else
    VALUE (gint64, field, record) = value;
}

static void
decode_amount (Decoder *decoder, const ArmmsField *field, gpointer record, const char *text, const char *path)
{
  gint64 value;
  ArmmsMoney money;
  ArmmsMultiplier multiplier;

  if (field->kind == ARMMS_FIELD_MONEY)
    {
      if (!armms_money_parse (text, &money))
        {
          add_error (decoder, path, field->name, "bad_format", "must be an amount in quotes with two decimals, like \"1234.56\"");
          return;
        }
      value = money.centavos;
    }
  else
    {
      if (!armms_multiplier_parse (text, &multiplier))
        {
          add_error (decoder, path, field->name, "bad_format", "must be a factor in quotes with up to six decimals, like \"1.25\"");
          return;
        }
      value = multiplier.millionths;
    }
  if (!check_range (decoder, field, path, value))
    return;
  if (field->kind == ARMMS_FIELD_MONEY)
    VALUE (ArmmsMoney, field, record).centavos = value;
  else
    VALUE (ArmmsMultiplier, field, record).millionths = value;
}

static void
decode_parsed (Decoder *decoder, const ArmmsField *field, gpointer record, const char *text, const char *path)
{
  if (field->kind == ARMMS_FIELD_ID)
    {
      if (!armms_id_parse (text, &VALUE (ArmmsId, field, record)))
        add_error (decoder, path, field->name, "bad_format", "must be an id like 018f3a6c-7b1d-7000-8000-000000000001");
    }
  else if (field->kind == ARMMS_FIELD_DATE)
    {
      if (!armms_date_parse (text, &VALUE (ArmmsDate, field, record)))
        add_error (decoder, path, field->name, "bad_format", "must be a date like 2026-05-01");
    }
  else if (!armms_instant_parse (text, &VALUE (ArmmsInstant, field, record)))
    add_error (decoder, path, field->name, "bad_format", "must be an instant like 2026-05-01T06:00:00+08:00");
}

static void
decode_free_json (Decoder *decoder, const ArmmsField *field, gpointer record, JsonNode *node, const char *path)
{
  g_autofree char *text = armms_json_to_canonical (node);
  gint64 min, max;

  armms_field_get_bounds (field, &min, &max);
  if (decoder->mode != ARMMS_DECODE_ANSWER && strlen (text) > (gsize) max)
    add_error (decoder, path, field->name, "too_long", "must be at most %" G_GINT64_FORMAT " bytes", max);
  else
    VALUE (char *, field, record) = g_steal_pointer (&text);
}

static void
decode_texts (Decoder *decoder, const ArmmsField *field, gpointer record, JsonArray *array, const char *path)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  guint n = json_array_get_length (array);

  if (!check_items (decoder, field, path, n))
    return;
  for (guint i = 0; i < n; i++)
    {
      const char *text = get_string (json_array_get_element (array, i));
      g_autofree char *name = g_strdup_printf ("%s[%u]", field->name, i);
      ArmmsField item = { .name = name, .kind = ARMMS_FIELD_TEXT, .format = field->format };

      if (text == NULL)
        add_error (decoder, path, name, "bad_type", "must be a text");
      else if (check_text (decoder, &item, path, text))
        g_strv_builder_add (builder, text);
    }
  VALUE (GStrv, field, record) = g_strv_builder_end (builder);
}

static void
decode_ids (Decoder *decoder, const ArmmsField *field, gpointer record, JsonArray *array, const char *path)
{
  guint n = json_array_get_length (array);
  g_autoptr(GArray) ids = NULL;

  if (!check_items (decoder, field, path, n))
    return;
  ids = g_array_sized_new (FALSE, FALSE, sizeof (ArmmsId), n);
  for (guint i = 0; i < n; i++)
    {
      ArmmsId id;

      if (armms_id_parse (get_string (json_array_get_element (array, i)), &id))
        g_array_append_val (ids, id);
      else
        {
          g_autofree char *name = g_strdup_printf ("%s[%u]", field->name, i);
          add_error (decoder, path, name, "bad_format", "must be an id");
        }
    }
  VALUE (GArray *, field, record) = g_steal_pointer (&ids);
}

static char *
join_path (const char *path, const char *name)
{
  return path == NULL ? g_strdup (name) : g_strconcat (path, ".", name, NULL);
}

/* What stands inside a changed record is given whole. */
static void
decode_inner (Decoder *decoder, const ArmmsRecordType *type, gpointer record, JsonObject *object, const char *path)
{
  ArmmsDecodeMode mode = decoder->mode;

  if (mode == ARMMS_DECODE_CHANGE)
    decoder->mode = ARMMS_DECODE_CREATE;
  decode_object (decoder, type, record, object, path);
  decoder->mode = mode;
}

static void
decode_records (Decoder *decoder, const ArmmsField *field, gpointer record, JsonArray *array, const char *path)
{
  guint n = json_array_get_length (array);
  GPtrArray *records;

  if (!check_items (decoder, field, path, n))
    return;
  records = VALUE (GPtrArray *, field, record) = armms_records_new (field->record);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autofree char *name = g_strdup_printf ("%s[%u]", field->name, i);
      g_autofree char *inner = join_path (path, name);
      gpointer item;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          add_error (decoder, inner, NULL, "bad_type", "must be an object");
          continue;
        }
      item = armms_record_new (field->record);
      g_ptr_array_add (records, item);
      decode_inner (decoder, field->record, item, json_node_get_object (node), inner);
    }
}

static void
decode_array (Decoder *decoder, const ArmmsField *field, gpointer record, JsonNode *node, const char *path)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      add_error (decoder, path, field->name, "bad_type", "must be an array");
      return;
    }
  array = json_node_get_array (node);
  if (field->kind == ARMMS_FIELD_TEXTS)
    decode_texts (decoder, field, record, array, path);
  else if (field->kind == ARMMS_FIELD_IDS)
    decode_ids (decoder, field, record, array, path);
  else
    decode_records (decoder, field, record, array, path);
}

static void
decode_nested (Decoder *decoder, const ArmmsField *field, gpointer record, JsonNode *node, const char *path)
{
  g_autofree char *inner = join_path (path, field->name);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      add_error (decoder, inner, NULL, "bad_type", "must be an object");
      return;
    }
  VALUE (gpointer, field, record) = armms_record_new (field->record);
  decode_inner (decoder, field->record, VALUE (gpointer, field, record), json_node_get_object (node), inner);
}

/* null takes a value away, where there may be none. */
static void
decode_null (Decoder *decoder, const ArmmsField *field, const char *path)
{
  gboolean number = field->kind == ARMMS_FIELD_INTEGER || field->kind == ARMMS_FIELD_MONEY || field->kind == ARMMS_FIELD_MINUTES
                    || field->kind == ARMMS_FIELD_MULTIPLIER || field->kind == ARMMS_FIELD_BOOLEAN;

  if (decoder->mode == ARMMS_DECODE_ANSWER)
    return;
  if (field->flags & ARMMS_FIELD_REQUIRED)
    add_error (decoder, path, field->name, "required", "must be there");
  else if (number && !(field->flags & ARMMS_FIELD_OPTIONAL_ZERO))
    add_error (decoder, path, field->name, "bad_type", "must not be null");
}

static void
decode_field (Decoder *decoder, const ArmmsField *field, gpointer record, JsonNode *node, const char *path)
{
  armms_field_clear (field, record);
  if (JSON_NODE_HOLDS_NULL (node))
    {
      decode_null (decoder, field, path);
      return;
    }
  switch (field->kind)
    {
    case ARMMS_FIELD_TEXT:
      decode_text (decoder, field, record, get_string (node), path);
      break;
    case ARMMS_FIELD_INTEGER:
    case ARMMS_FIELD_MINUTES:
      decode_number (decoder, field, record, node, path);
      break;
    case ARMMS_FIELD_MONEY:
    case ARMMS_FIELD_MULTIPLIER:
      decode_amount (decoder, field, record, get_string (node), path);
      break;
    case ARMMS_FIELD_BOOLEAN:
      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
        VALUE (gboolean, field, record) = json_node_get_boolean (node);
      else
        add_error (decoder, path, field->name, "bad_type", "must be true or false");
      break;
    case ARMMS_FIELD_ID:
    case ARMMS_FIELD_DATE:
    case ARMMS_FIELD_INSTANT:
      decode_parsed (decoder, field, record, get_string (node), path);
      break;
    case ARMMS_FIELD_JSON:
      decode_free_json (decoder, field, record, node, path);
      break;
    case ARMMS_FIELD_TEXTS:
    case ARMMS_FIELD_IDS:
    case ARMMS_FIELD_RECORDS:
      decode_array (decoder, field, record, node, path);
      break;
    case ARMMS_FIELD_RECORD:
      decode_nested (decoder, field, record, node, path);
      break;
    }
}

/* Members come in any order; the table's order is the most likely one, so the search goes on from the last hit. */
static const ArmmsField *
find_from (const ArmmsRecordType *type, const ArmmsField *start, const char *name)
{
  for (const ArmmsField *field = start; field->name != NULL; field++)
    if (strcmp (field->name, name) == 0)
      return field;
  for (const ArmmsField *field = type->fields; field != start; field++)
    if (strcmp (field->name, name) == 0)
      return field;
  return NULL;
}

static void
decode_object (Decoder *decoder, const ArmmsRecordType *type, gpointer record, JsonObject *object, const char *path)
{
  gboolean seen[FIELDS_MAX] = { FALSE };
  const ArmmsField *next = type->fields;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      const ArmmsField *field = find_from (type, next, name);

      if (field == NULL)
        {
          if (decoder->mode != ARMMS_DECODE_ANSWER)
            add_error (decoder, path, name, "unknown", "is not known here");
          continue;
        }
      next = field + 1;
      g_assert (field - type->fields < FIELDS_MAX);
      seen[field - type->fields] = TRUE;
      if (decoder->mode != ARMMS_DECODE_ANSWER && (field->flags & ARMMS_FIELD_READ_ONLY))
        add_error (decoder, path, name, "read_only", "is made by the server");
      else
        decode_field (decoder, field, record, node, path);
    }
  if (decoder->mode != ARMMS_DECODE_CREATE)
    return;
  for (const ArmmsField *field = type->fields; field->name != NULL; field++)
    if ((field->flags & ARMMS_FIELD_REQUIRED) && !seen[field - type->fields])
      add_error (decoder, path, field->name, "required", "must be there");
}

static gboolean
decode_node (Decoder *decoder, const ArmmsRecordType *type, gpointer record, JsonNode *node, const char *path)
{
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      if (path != NULL)
        add_error (decoder, path, NULL, "bad_type", "must be an object");
      else
        armms_error_set (&decoder->error, ARMMS_ERROR_MALFORMED, "json.not_object", "cannot read a %s: a JSON object is wanted", type->name);
      return FALSE;
    }
  decode_object (decoder, type, record, json_node_get_object (node), path);
  return decoder->error == NULL;
}

gpointer
armms_record_from_json (const ArmmsRecordType *type, JsonNode *node, ArmmsDecodeMode mode, const char *path, GError **error)
{
  Decoder decoder = { .mode = mode };
  gpointer record = armms_record_new (type);

  if (decode_node (&decoder, type, record, node, path))
    return record;
  armms_record_free (type, record);
  g_propagate_error (error, decoder.error);
  return NULL;
}

gboolean
armms_record_update_from_json (const ArmmsRecordType *type, gpointer record, JsonNode *node, GError **error)
{
  Decoder decoder = { .mode = ARMMS_DECODE_CHANGE };
  gpointer changed = armms_record_copy (type, record);
  gboolean good = decode_node (&decoder, type, changed, node, /* path= */ NULL);

  if (good)
    {
      /* the two change places, so that the caller's pointer stays and what it held is freed */
      g_autofree guint8 *old = g_memdup2 (record, type->size);

      memcpy (record, changed, type->size);
      memcpy (changed, old, type->size);
    }
  else
    g_propagate_error (error, decoder.error);
  armms_record_free (type, changed);
  return good;
}
