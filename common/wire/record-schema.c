/* Field table to JSON Schema (2020-12, as OpenAPI 3.1 wants it). */
#include "common/wire/record-private.h"

#include <string.h>

#define MONEY_PATTERN "^-?(0|[1-9][0-9]{0,12})\\.[0-9]{2}$"
#define MULTIPLIER_PATTERN "^(0|[1-9][0-9]{0,8})(\\.[0-9]{1,6})?$"

static char *
camel_case (const char *kebab)
{
  GString *out = g_string_new (NULL);
  gboolean start = TRUE;

  for (; *kebab != '\0'; kebab++)
    if (*kebab == '-')
      start = TRUE;
    else
      {
        g_string_append_c (out, start ? g_ascii_toupper (*kebab) : *kebab);
        start = FALSE;
      }
  return g_string_free (out, FALSE);
}

static JsonObject *
reference_to (const ArmmsRecordType *type)
{
  JsonObject *schema = json_object_new ();
  g_autofree char *name = camel_case (type->name);
  g_autofree char *reference = g_strconcat ("#/components/schemas/", name, NULL);

  json_object_set_string_member (schema, "$ref", reference);
  return schema;
}

static void
set_type (JsonObject *schema, const char *type, gboolean nullable)
{
  JsonArray *types;

  if (!nullable)
    {
      json_object_set_string_member (schema, "type", type);
      return;
    }
  types = json_array_new ();
  json_array_add_string_element (types, type);
  json_array_add_string_element (types, "null");
  json_object_set_array_member (schema, "type", types);
}

static void
set_words (JsonObject *schema, const char *words, gboolean nullable)
{
  g_auto(GStrv) list = g_strsplit (words, "|", -1);
  JsonArray *array = json_array_new ();

  for (guint i = 0; list[i] != NULL; i++)
    json_array_add_string_element (array, list[i]);
  if (nullable)
    json_array_add_null_element (array);
  json_object_set_array_member (schema, "enum", array);
}

static void
set_text (JsonObject *schema, const ArmmsField *field, gboolean nullable)
{
  const ArmmsFormat *format;
  gint64 min, max;

  set_type (schema, "string", nullable);
  if (armms_format_is_words (field->format))
    {
      set_words (schema, field->format, nullable);
      return;
    }
  armms_field_get_bounds (field, &min, &max);
  if (min > 0)
    json_object_set_int_member (schema, "minLength", min);
  json_object_set_int_member (schema, "maxLength", max);
  format = armms_format_find (field->format);
  if (format != NULL)
    json_object_set_string_member (schema, "pattern", format->pattern);
}

static void
set_number (JsonObject *schema, const ArmmsField *field, gboolean nullable)
{
  gint64 min, max;

  armms_field_get_bounds (field, &min, &max);
  set_type (schema, "integer", nullable);
  json_object_set_string_member (schema, "format", field->kind == ARMMS_FIELD_MINUTES ? "int32" : "int64");
  if (min != G_MININT64 && min != G_MININT32)
    json_object_set_int_member (schema, "minimum", min);
  if (max != G_MAXINT64 && max != G_MAXINT32)
    json_object_set_int_member (schema, "maximum", max);
}

static void
set_string_of (JsonObject *schema, const char *keyword, const char *value, gboolean nullable)
{
  set_type (schema, "string", nullable);
  json_object_set_string_member (schema, keyword, value);
}

static void
set_array (JsonObject *schema, const ArmmsField *field, JsonObject *items, gboolean nullable)
{
  gint64 min, max;

  armms_field_get_bounds (field, &min, &max);
  set_type (schema, "array", nullable);
  json_object_set_object_member (schema, "items", items);
  if (min > 0)
    json_object_set_int_member (schema, "minItems", min);
  json_object_set_int_member (schema, "maxItems", max);
}

static void
set_record (JsonObject *schema, const ArmmsField *field, gboolean nullable)
{
  JsonArray *choices;
  JsonObject *null_schema;

  if (!nullable)
    {
      g_autofree char *name = camel_case (field->record->name);
      g_autofree char *reference = g_strconcat ("#/components/schemas/", name, NULL);
      json_object_set_string_member (schema, "$ref", reference);
      return;
    }
  choices = json_array_new ();
  null_schema = json_object_new ();
  json_object_set_string_member (null_schema, "type", "null");
  json_array_add_object_element (choices, reference_to (field->record));
  json_array_add_object_element (choices, null_schema);
  json_object_set_array_member (schema, "anyOf", choices);
}

static JsonObject *
text_items (const ArmmsField *field)
{
  JsonObject *items = json_object_new ();
  ArmmsField item = { .name = field->name, .kind = ARMMS_FIELD_TEXT, .format = field->format };

  set_text (items, &item, /* nullable= */ FALSE);
  return items;
}

static JsonObject *
id_items (void)
{
  JsonObject *items = json_object_new ();

  set_string_of (items, "format", "uuid", /* nullable= */ FALSE);
  return items;
}

static gboolean
is_nullable (const ArmmsField *field)
{
  if (field->flags & ARMMS_FIELD_REQUIRED)
    return FALSE;
  switch (field->kind)
    {
    case ARMMS_FIELD_INTEGER:
    case ARMMS_FIELD_MONEY:
    case ARMMS_FIELD_MULTIPLIER:
    case ARMMS_FIELD_MINUTES:
      return (field->flags & ARMMS_FIELD_OPTIONAL_ZERO) != 0;
    case ARMMS_FIELD_BOOLEAN:
    case ARMMS_FIELD_RECORDS:
      return FALSE;
    default:
      return TRUE;
    }
}

static JsonObject *
field_schema (const ArmmsField *field)
{
  JsonObject *schema = json_object_new ();
  gboolean nullable = is_nullable (field);

  switch (field->kind)
    {
    case ARMMS_FIELD_ID: set_string_of (schema, "format", "uuid", nullable); break;
    case ARMMS_FIELD_TEXT: set_text (schema, field, nullable); break;
    case ARMMS_FIELD_INTEGER:
    case ARMMS_FIELD_MINUTES: set_number (schema, field, nullable); break;
    case ARMMS_FIELD_BOOLEAN: set_type (schema, "boolean", nullable); break;
    case ARMMS_FIELD_MONEY: set_string_of (schema, "pattern", MONEY_PATTERN, nullable); break;
    case ARMMS_FIELD_MULTIPLIER: set_string_of (schema, "pattern", MULTIPLIER_PATTERN, nullable); break;
    case ARMMS_FIELD_DATE: set_string_of (schema, "format", "date", nullable); break;
    case ARMMS_FIELD_INSTANT: set_string_of (schema, "format", "date-time", nullable); break;
    case ARMMS_FIELD_JSON: break; /* anything */
    case ARMMS_FIELD_TEXTS: set_array (schema, field, text_items (field), nullable); break;
    case ARMMS_FIELD_IDS: set_array (schema, field, id_items (), nullable); break;
    case ARMMS_FIELD_RECORD: set_record (schema, field, nullable); break;
    case ARMMS_FIELD_RECORDS: set_array (schema, field, reference_to (field->record), nullable); break;
    }
  if (field->about != NULL)
    json_object_set_string_member (schema, "description", field->about);
  if (field->title != NULL)
    json_object_set_string_member (schema, "title", field->title);
  if (field->flags & ARMMS_FIELD_READ_ONLY)
    json_object_set_boolean_member (schema, "readOnly", TRUE);
  if (field->flags & ARMMS_FIELD_WRITE_ONLY)
    json_object_set_boolean_member (schema, "writeOnly", TRUE);
  if (field->scope != NULL)
    json_object_set_string_member (schema, "x-scope", field->scope);
  return schema;
}

JsonNode *
armms_record_schema (const ArmmsRecordType *type)
{
  JsonObject *schema = json_object_new ();
  JsonObject *properties = json_object_new ();
  JsonArray *required = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (const ArmmsField *field = type->fields; field->name != NULL; field++)
    {
      json_object_set_object_member (properties, field->name, field_schema (field));
      if (field->flags & ARMMS_FIELD_REQUIRED)
        json_array_add_string_element (required, field->name);
    }
  json_object_set_string_member (schema, "type", "object");
  json_object_set_object_member (schema, "properties", properties);
  if (json_array_get_length (required) > 0)
    json_object_set_array_member (schema, "required", required);
  else
    json_array_unref (required);
  json_object_set_boolean_member (schema, "additionalProperties", FALSE);
  json_node_take_object (node, schema);
  return node;
}
