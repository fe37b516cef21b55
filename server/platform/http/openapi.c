#include "server/platform/http/http-private.h"

#include <string.h>

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  json_object_set_string_member (object, name, text);
}

static JsonObject *
set_object (JsonObject *object, const char *name)
{
  JsonObject *member = json_object_new ();

  json_object_set_object_member (object, name, member);
  return member;
}

/* "time-log" -> "TimeLog" */
static char *
schema_name (const ArmmsRecordType *type)
{
  GString *name = g_string_new (NULL);
  gboolean capital = TRUE;

  for (const char *p = type->name; *p != '\0'; p++)
    if (*p == '-' || *p == '_')
      capital = TRUE;
    else
      {
        g_string_append_c (name, capital ? g_ascii_toupper (*p) : *p);
        capital = FALSE;
      }
  return g_string_free (name, FALSE);
}

static void
add_schema (JsonObject *schemas, const ArmmsRecordType *type)
{
  g_autofree char *name = NULL;

  if (type == NULL)
    return;
  name = schema_name (type);
  if (json_object_has_member (schemas, name))
    return;
  json_object_set_member (schemas, name, armms_record_schema (type));
  for (const ArmmsField *field = type->fields; field->name != NULL; field++)
    add_schema (schemas, field->record);
}

static JsonObject *
ref_to (const ArmmsRecordType *type)
{
  g_autofree char *name = schema_name (type);
  g_autofree char *ref = g_strdup_printf ("#/components/schemas/%s", name);
  JsonObject *object = json_object_new ();

  set_text (object, "$ref", ref);
  return object;
}

static JsonObject *
array_of (JsonObject *items)
{
  JsonObject *schema = json_object_new ();

  set_text (schema, "type", "array");
  json_object_set_object_member (schema, "items", items);
  return schema;
}

static JsonObject *
schema_of_kind (ArmmsFieldKind kind, const char *format)
{
  JsonObject *schema = json_object_new ();

  switch (kind)
    {
    case ARMMS_FIELD_ID: set_text (schema, "type", "string"); set_text (schema, "format", "uuid"); break;
    case ARMMS_FIELD_DATE: set_text (schema, "type", "string"); set_text (schema, "format", "date"); break;
    case ARMMS_FIELD_INSTANT: set_text (schema, "type", "string"); set_text (schema, "format", "date-time"); break;
    case ARMMS_FIELD_BOOLEAN: set_text (schema, "type", "boolean"); break;
    case ARMMS_FIELD_INTEGER:
    case ARMMS_FIELD_MINUTES: set_text (schema, "type", "integer"); break;
    default: set_text (schema, "type", "string"); break;
    }
  if (kind == ARMMS_FIELD_TEXT && format != NULL && strchr (format, '|') != NULL)
    {
      g_auto(GStrv) words = g_strsplit (format, "|", -1);
      JsonArray *list = json_array_new ();

      for (gsize i = 0; words[i] != NULL; i++)
        json_array_add_string_element (list, words[i]);
      json_object_set_array_member (schema, "enum", list);
    }
  return schema;
}

static JsonObject *
add_parameter (JsonArray *parameters, const char *where, const char *name, JsonObject *schema, gboolean required, const char *about)
{
  JsonObject *parameter = json_object_new ();

  set_text (parameter, "name", name);
  set_text (parameter, "in", where);
  if (required)
    json_object_set_boolean_member (parameter, "required", TRUE);
  if (about != NULL)
    set_text (parameter, "description", about);
  json_object_set_object_member (parameter, "schema", schema);
  json_array_add_object_element (parameters, parameter);
  return parameter;
}

static void
add_page_parameters (JsonArray *parameters, const ArmmsRoute *route)
{
  JsonObject *limit = schema_of_kind (ARMMS_FIELD_INTEGER, NULL);
  GString *sorts = g_string_new (NULL);

  json_object_set_int_member (limit, "minimum", 1);
  json_object_set_int_member (limit, "maximum", 500);
  json_object_set_int_member (limit, "default", 50);
  add_parameter (parameters, "query", "limit", limit, FALSE, "Rows on one page.");
  add_parameter (parameters, "query", "cursor", schema_of_kind (ARMMS_FIELD_TEXT, NULL), FALSE, "next_cursor of the page before.");
  add_parameter (parameters, "query", "q", schema_of_kind (ARMMS_FIELD_TEXT, NULL), FALSE, "Free text.");
  for (const ArmmsField *field = route->response->fields; field->name != NULL; field++)
    {
      if (field->flags & ARMMS_FIELD_FILTER)
        add_parameter (parameters, "query", field->name, schema_of_kind (field->kind, field->format), FALSE, field->about);
      if (field->flags & ARMMS_FIELD_SORT)
        g_string_append_printf (sorts, "%s%s|-%s", sorts->len > 0 ? "|" : "", field->name, field->name);
    }
  if (sorts->len > 0)
    add_parameter (parameters, "query", "sort", schema_of_kind (ARMMS_FIELD_TEXT, sorts->str), FALSE, "Order; a minus turns it round.");
  g_string_free (sorts, TRUE);
}

static void
add_parameters (JsonObject *operation, const ArmmsRouteEntry *entry)
{
  const ArmmsRoute *route = entry->route;
  JsonArray *parameters = json_array_new ();
  gboolean has_id = FALSE;

  for (gsize i = 0; entry->parts[i] != NULL; i++)
    if (*entry->parts[i] == '{')
      {
        g_autofree char *name = g_strndup (entry->parts[i] + 1, strlen (entry->parts[i]) - 2);

        has_id = TRUE;
        add_parameter (parameters, "path", name, schema_of_kind (ARMMS_FIELD_TEXT, NULL), TRUE, NULL);
      }
  if (route->flags & ARMMS_ROUTE_LIST)
    add_page_parameters (parameters, route);
  for (const ArmmsParameter *parameter = route->parameters; parameter != NULL && parameter->name != NULL; parameter++)
    add_parameter (parameters, "query", parameter->name, schema_of_kind (parameter->kind, parameter->format), parameter->required, parameter->about);
  if (route->access == ARMMS_ACCESS_WRITE && !(route->flags & ARMMS_ROUTE_NO_KEY))
    add_parameter (parameters, "header", "Idempotency-Key", schema_of_kind (ARMMS_FIELD_TEXT, NULL), TRUE, "A repeated call of the same key gets the first answer.");
  if (route->access == ARMMS_ACCESS_WRITE && has_id && (route->flags & ARMMS_ROUTE_VERSIONED))
    add_parameter (parameters, "header", "If-Match", schema_of_kind (ARMMS_FIELD_TEXT, NULL), TRUE, "The ETag that was read.");
  if (json_array_get_length (parameters) > 0)
    json_object_set_array_member (operation, "parameters", parameters);
  else
    json_array_unref (parameters);
}

static void
add_content (JsonObject *holder, const char *type, JsonObject *schema)
{
  JsonObject *content = set_object (holder, "content");
  JsonObject *media = set_object (content, type);

  json_object_set_object_member (media, "schema", schema);
}

static JsonObject *
list_schema (const ArmmsRecordType *type)
{
  JsonObject *schema = json_object_new ();
  JsonObject *properties, *cursor;
  JsonArray *types = json_array_new (), *required = json_array_new ();

  set_text (schema, "type", "object");
  json_array_add_string_element (required, "items");
  json_array_add_string_element (required, "next_cursor");
  json_object_set_array_member (schema, "required", required);
  properties = set_object (schema, "properties");
  json_object_set_object_member (properties, "items", array_of (ref_to (type)));
  cursor = set_object (properties, "next_cursor");
  json_array_add_string_element (types, "string");
  json_array_add_string_element (types, "null");
  json_object_set_array_member (cursor, "type", types);
  return schema;
}

static void
add_responses (JsonObject *operation, const ArmmsRoute *route)
{
  JsonObject *responses = set_object (operation, "responses");
  JsonObject *good = set_object (responses, "2XX");
  JsonObject *bad = set_object (responses, "4XX");
  JsonObject *problem = json_object_new ();

  set_text (good, "description", "Done.");
  if (route->response != NULL)
    add_content (good, "application/json", (route->flags & ARMMS_ROUTE_LIST) ? list_schema (route->response) : ref_to (route->response));
  set_text (bad, "description", "Refused; says why.");
  set_text (problem, "$ref", "#/components/schemas/Problem");
  add_content (bad, "application/problem+json", problem);
}

static void
add_body (JsonObject *operation, const ArmmsRoute *route)
{
  JsonObject *body;

  if (route->request == NULL && !(route->flags & ARMMS_ROUTE_RAW))
    return;
  body = set_object (operation, "requestBody");
  if (route->request != NULL)
    add_content (body, "application/json", (route->flags & ARMMS_ROUTE_MANY) ? array_of (ref_to (route->request)) : ref_to (route->request));
  else
    {
      JsonObject *schema = json_object_new ();

      set_text (schema, "type", "string");
      set_text (schema, "contentEncoding", "binary");
      add_content (body, "application/octet-stream", schema);
    }
}

static void
add_security (JsonObject *operation, const ArmmsRoute *route)
{
  JsonArray *security = json_array_new ();
  static const char *const schemes[] = { "bearer", "device" };

  for (gsize i = 0; !(route->flags & ARMMS_ROUTE_OPEN) && i < ((route->flags & ARMMS_ROUTE_DEVICE) ? 2 : 1); i++)
    {
      JsonObject *row = json_object_new ();

      json_object_set_array_member (row, schemes[i], json_array_new ());
      json_array_add_object_element (security, row);
    }
  json_object_set_array_member (operation, "security", security);
}

/* "GET /v1/time-logs/{log}/x" -> "getTimeLogsByLogX": told apart by the whole path. */
static char *
operation_id (const ArmmsRoute *route)
{
  GString *id = g_string_new (NULL);
  gboolean capital = TRUE;

  for (const char *p = route->method; *p != '\0'; p++)
    g_string_append_c (id, g_ascii_tolower (*p));
  for (const char *p = g_str_has_prefix (route->path, "/v1/") ? route->path + 3 : route->path; *p != '\0'; p++)
    if (*p == '{')
      {
        g_string_append (id, "By");
        capital = TRUE;
      }
    else if (!g_ascii_isalnum (*p))
      capital = TRUE;
    else
      {
        g_string_append_c (id, capital ? g_ascii_toupper (*p) : *p);
        capital = FALSE;
      }
  return g_string_free (id, FALSE);
}

static void
add_operation (JsonObject *paths, const ArmmsRouteEntry *entry)
{
  const ArmmsRoute *route = entry->route;
  g_autofree char *method = g_ascii_strdown (route->method, -1);
  g_autofree char *id = operation_id (route);
  JsonObject *path = json_object_has_member (paths, route->path) ? json_object_get_object_member (paths, route->path) : set_object (paths, route->path);
  JsonObject *operation = set_object (path, method);
  JsonArray *tags = json_array_new ();

  json_array_add_string_element (tags, entry->room);
  json_object_set_array_member (operation, "tags", tags);
  set_text (operation, "operationId", id);
  set_text (operation, "summary", route->summary != NULL ? route->summary : id);
  if (route->scope != NULL)
    {
      g_autofree char *about = g_strdup_printf ("Needs the scope `%s`.", route->scope);

      set_text (operation, "description", about);
    }
  add_parameters (operation, entry);
  add_body (operation, route);
  add_responses (operation, route);
  add_security (operation, route);
}

static void
add_problem_schema (JsonObject *schemas)
{
  static const char text[] =
    "{\"type\":\"object\",\"description\":\"RFC 9457\",\"required\":[\"type\",\"title\",\"status\",\"detail\",\"code\",\"request_id\"],"
    "\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},"
    "\"detail\":{\"type\":\"string\"},\"code\":{\"type\":\"string\"},\"request_id\":{\"type\":\"string\"},"
    "\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"field\",\"code\",\"message\"],\"properties\":"
    "{\"field\":{\"type\":\"string\"},\"code\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"}}}}}}";

  json_object_set_member (schemas, "Problem", json_from_string (text, NULL));
}

static void
add_tags (JsonObject *root, ArmmsServer *server)
{
  JsonArray *tags = json_array_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < server->entries->len; i++)
    {
      ArmmsRouteEntry *entry = server->entries->pdata[i];
      JsonObject *tag;
      g_autofree char *about = NULL;

      if (!g_hash_table_add (seen, (gpointer) entry->room))
        continue;
      tag = json_object_new ();
      about = g_strdup_printf ("The room %s.", entry->room);
      set_text (tag, "name", entry->room);
      set_text (tag, "description", about);
      json_array_add_object_element (tags, tag);
    }
  json_object_set_array_member (root, "tags", tags);
}

char *
armms_server_openapi (ArmmsServer *server)
{
  g_autoptr(JsonNode) node = json_from_string (
    "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"ARMMS\",\"version\":\"1\",\"description\":\"Time, attendance and payroll for shift organisations.\","
    "\"license\":{\"name\":\"GPL-3.0-or-later\",\"identifier\":\"GPL-3.0-or-later\"}},\"servers\":[{\"url\":\"/\"}]}", NULL);
  JsonObject *root = json_node_get_object (node);
  JsonObject *paths, *components, *schemas;

  add_tags (root, server);
  paths = set_object (root, "paths");
  components = set_object (root, "components");
  json_object_set_member (components, "securitySchemes", json_from_string (
    "{\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\",\"bearerFormat\":\"JWT\"},"
    "\"device\":{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"Authorization\",\"description\":\"Device <key id>:<secret>\"}}", NULL));
  schemas = set_object (components, "schemas");
  add_problem_schema (schemas);
  for (guint i = 0; i < server->entries->len; i++)
    {
      ArmmsRouteEntry *entry = server->entries->pdata[i];

      add_schema (schemas, entry->route->request);
      add_schema (schemas, entry->route->response);
      add_operation (paths, entry);
    }
  return json_to_string (node, /* pretty= */ TRUE);
}
