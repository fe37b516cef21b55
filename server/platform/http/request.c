#include "server/platform/http/http-private.h"

#include "server/platform/http/json-scan.h"

#include <sodium.h>
#include <string.h>

#define DEFAULT_LIMIT 50
#define MAX_LIMIT 500
#define MAC_SIZE 16

static GPrivate current_request;

ArmmsRequest *
armms_request_current (void)
{
  return g_private_get (&current_request);
}

void
armms_request_set_current (ArmmsRequest *request)
{
  g_private_set (&current_request, request);
}

static void
free_body (ArmmsRequest *request)
{
  gpointer body = g_steal_pointer (&request->body);

  if (body == NULL)
    return;
  if (request->entry->route->flags & ARMMS_ROUTE_MANY)
    g_ptr_array_unref (body);
  else
    armms_record_free (request->entry->route->request, body);
}

void
armms_request_free (ArmmsRequest *request)
{
  if (request == NULL)
    return;
  free_body (request);
  g_clear_object (&request->message);
  g_clear_pointer (&request->path_values, g_ptr_array_unref);
  g_clear_pointer (&request->bytes, g_bytes_unref);
  g_clear_pointer (&request->caller, armms_caller_unref);
  g_clear_object (&request->parser);
  g_clear_pointer (&request->parameters, g_hash_table_unref);
  armms_reply_free (request->reply);
  g_free (request->path);
  g_free (request->query);
  g_free (request->request_id);
  g_free (request->trace);
  g_free (request->peer);
  g_free (request->reason);
  g_free (request->cursor);
  g_free (request->key);
  g_free (request);
}

/* Cursors */

static void
sign (ArmmsRequest *request, const char *payload, gsize size, guint8 mac[MAC_SIZE])
{
  crypto_generichash_state state;
  const ArmmsId *tenant = &request->actor.tenant_id;

  crypto_generichash_init (&state, request->server->cursor_key, sizeof request->server->cursor_key, MAC_SIZE);
  crypto_generichash_update (&state, (const guint8 *) request->entry->route->path, strlen (request->entry->route->path) + 1);
  crypto_generichash_update (&state, tenant->bytes, sizeof tenant->bytes);
  crypto_generichash_update (&state, (const guint8 *) payload, size);
  crypto_generichash_final (&state, mac, MAC_SIZE);
}

char *
armms_cursor_sign (ArmmsRequest *request, const char *sort, gboolean descending, const char *key, const ArmmsId *id)
{
  char id_text[ARMMS_ID_TEXT_SIZE];
  g_autoptr(GString) bytes = g_string_new (NULL);
  guint8 mac[MAC_SIZE];
  char *text;

  g_string_append_printf (bytes, "%s\n%c\n%s\n%s", sort != NULL ? sort : "", descending ? '-' : '+', armms_id_format (id, id_text),
                          key != NULL ? key : "");
  sign (request, bytes->str, bytes->len, mac);
  g_string_prepend_len (bytes, (const char *) mac, MAC_SIZE);
  text = g_malloc (sodium_base64_ENCODED_LEN (bytes->len, sodium_base64_VARIANT_URLSAFE_NO_PADDING));
  return sodium_bin2base64 (text, sodium_base64_ENCODED_LEN (bytes->len, sodium_base64_VARIANT_URLSAFE_NO_PADDING),
                            (const guint8 *) bytes->str, bytes->len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

gboolean
armms_cursor_read (ArmmsRequest *request, const char *cursor, GError **error)
{
  gsize room = strlen (cursor) + 1, size = 0;
  g_autofree guint8 *bytes = g_malloc0 (room + 1);
  guint8 mac[MAC_SIZE];
  g_auto(GStrv) parts = NULL;
  gboolean good;

  good = sodium_base642bin (bytes, room, cursor, strlen (cursor), NULL, &size, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0
         && size > MAC_SIZE;
  if (good)
    {
      sign (request, (const char *) bytes + MAC_SIZE, size - MAC_SIZE, mac);
      good = sodium_memcmp (mac, bytes, MAC_SIZE) == 0;
    }
  if (good)
    {
      parts = g_strsplit ((const char *) bytes + MAC_SIZE, "\n", 4);
      good = g_strv_length (parts) == 4 && strcmp (parts[0], request->page.sort != NULL ? request->page.sort : "") == 0
             && (*parts[1] == '-') == !!request->page.descending && armms_id_parse (parts[2], &request->page.after_id);
    }
  if (!good)
    {
      armms_error_set (error, ARMMS_ERROR_MALFORMED, "parameter.cursor", "the cursor is not one that this list gave, in this order");
      return FALSE;
    }
  g_free (request->cursor);
  request->cursor = g_strdup (parts[3]);
  request->page.after_key = request->cursor;
  return TRUE;
}

ArmmsParams *
armms_page_append_params (const ArmmsPage *page, ArmmsParams *params)
{
  armms_params_text (params, page->after_key);
  armms_params_id (params, &page->after_id);
  return armms_params_integer (params, (gint64) page->limit + 1);
}

/* Query parameters */

static gboolean
is_one_of (const char *words, const char *text)
{
  g_auto(GStrv) list = g_strsplit (words, "|", -1);

  return g_strv_contains ((const char *const *) list, text);
}

static gboolean
check_parameter (const char *name, ArmmsFieldKind kind, const char *format, const char *text, GError **error)
{
  ArmmsId id;
  ArmmsDate date;
  ArmmsInstant instant;
  gboolean good = TRUE;
  const char *wanted = "";

  switch (kind)
    {
    case ARMMS_FIELD_ID: good = armms_id_parse (text, &id); wanted = "an id"; break;
    case ARMMS_FIELD_DATE: good = armms_date_parse (text, &date); wanted = "a date (2026-05-01)"; break;
    case ARMMS_FIELD_INSTANT: good = armms_instant_parse (text, &instant); wanted = "an instant (RFC 3339)"; break;
    case ARMMS_FIELD_BOOLEAN: good = is_one_of ("true|false", text); wanted = "true or false"; break;
    case ARMMS_FIELD_INTEGER:
    case ARMMS_FIELD_MINUTES:
      good = g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, NULL, NULL);
      wanted = "a whole number";
      break;
    case ARMMS_FIELD_TEXT:
      good = format == NULL || strchr (format, '|') == NULL || is_one_of (format, text);
      wanted = format;
      break;
    default:
      break;
    }
  if (!good)
    armms_error_add_field (error, name, "bad_format", "must be %s", wanted);
  return good;
}

static gboolean
check_limit (ArmmsRequest *request, const char *text, GError **error)
{
  guint64 limit = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 1, MAX_LIMIT, &limit, NULL))
    {
      armms_error_add_field (error, "limit", "out_of_range", "must be 1 to %d", MAX_LIMIT);
      return FALSE;
    }
  request->page.limit = (guint) limit;
  return TRUE;
}

static gboolean
check_sort (ArmmsRequest *request, const char *text, GError **error)
{
  const ArmmsField *field;

  request->page.descending = *text == '-';
  field = request->entry->route->response != NULL ? armms_record_type_find (request->entry->route->response, text + request->page.descending) : NULL;
  if (field == NULL || !(field->flags & ARMMS_FIELD_SORT))
    {
      armms_error_add_field (error, "sort", "unknown", "the list cannot be sorted by \"%s\"", text);
      return FALSE;
    }
  request->page.sort = field->name;
  return TRUE;
}

/* What @name may be; FALSE when the route has no such parameter. */
static gboolean
check_named (ArmmsRequest *request, const char *name, const char *text, GError **error)
{
  const ArmmsRoute *route = request->entry->route;
  const ArmmsField *field;

  for (const ArmmsParameter *parameter = route->parameters; parameter != NULL && parameter->name != NULL; parameter++)
    if (strcmp (parameter->name, name) == 0)
      return check_parameter (name, parameter->kind, parameter->format, text, error);
  if (route->flags & ARMMS_ROUTE_LIST)
    {
      if (strcmp (name, "limit") == 0)
        return check_limit (request, text, error);
      if (strcmp (name, "sort") == 0)
        return check_sort (request, text, error);
      if (strcmp (name, "cursor") == 0 || strcmp (name, "q") == 0)
        return TRUE;
      field = armms_record_type_find (route->response, name);
      if (field != NULL && (field->flags & ARMMS_FIELD_FILTER))
        return check_parameter (name, field->kind, field->format, text, error);
    }
  armms_error_add_field (error, name, "unknown", "this call has no such parameter");
  return FALSE;
}

static char *
decode (const char *text)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (text), "+", ' ');
  char *plain = g_uri_unescape_string (spaced, NULL);

  if (plain != NULL && !g_utf8_validate (plain, -1, NULL))
    g_clear_pointer (&plain, g_free);
  return plain;
}

static void
read_pair (ArmmsRequest *request, const char *pair, GError **error)
{
  g_auto(GStrv) halves = g_strsplit (pair, "=", 2);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (halves[0] == NULL)
    return;
  name = decode (halves[0]);
  text = decode (halves[1] != NULL ? halves[1] : "");
  if (name == NULL || text == NULL || strlen (text) > 1000)
    armms_error_add_field (error, name != NULL ? name : "?", "bad_format", "is not readable text of at most 1000 bytes");
  else if (g_hash_table_contains (request->parameters, name))
    armms_error_add_field (error, name, "repeated", "stands twice");
  else if (check_named (request, name, text, error))
    g_hash_table_insert (request->parameters, g_steal_pointer (&name), g_steal_pointer (&text));
}

/* Wrong parameters are a malformed call (400), told field by field all the same. */
static gboolean
give_parameter_error (GError *problem, GError **error)
{
  GPtrArray *fields = armms_error_get_fields (problem);
  GError *given = armms_error_new (ARMMS_ERROR_MALFORMED, "parameter.invalid", "a parameter of the call is wrong");

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      ArmmsFieldError *field = fields->pdata[i];

      armms_error_add_field (&given, field->field, field->code, "%s", field->message);
    }
  g_error_free (problem);
  g_propagate_error (error, given);
  return FALSE;
}

gboolean
armms_request_read_parameters (ArmmsRequest *request, GError **error)
{
  const ArmmsRoute *route = request->entry->route;
  g_auto(GStrv) pairs = g_strsplit (request->query != NULL ? request->query : "", "&", -1);
  GError *problem = NULL;
  const char *cursor;

  request->page.limit = DEFAULT_LIMIT;
  if (request->parameters == NULL)
    request->parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (gsize i = 0; pairs[i] != NULL; i++)
    if (*pairs[i] != '\0')
      read_pair (request, pairs[i], &problem);
  for (const ArmmsParameter *parameter = route->parameters; parameter != NULL && parameter->name != NULL; parameter++)
    if (parameter->required && !g_hash_table_contains (request->parameters, parameter->name))
      armms_error_add_field (&problem, parameter->name, "required", "is needed");
  if (problem != NULL)
    return give_parameter_error (problem, error);
  request->page.q = g_hash_table_lookup (request->parameters, "q");
  if (request->page.q != NULL && *request->page.q == '\0')
    request->page.q = NULL;
  cursor = (route->flags & ARMMS_ROUTE_LIST) ? g_hash_table_lookup (request->parameters, "cursor") : NULL;
  return cursor == NULL || armms_cursor_read (request, cursor, error);
}

/* The body */

static gpointer
decode_many (const ArmmsRoute *route, JsonNode *node, GError **error)
{
  g_autoptr(GPtrArray) records = armms_records_new (route->request);
  JsonArray *array;
  GError *all = NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "request.no_array", "the body must be an array");
      return NULL;
    }
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *path = g_strdup_printf ("[%u]", i);
      g_autoptr(GError) one = NULL;
      gpointer record = armms_record_from_json (route->request, json_array_get_element (array, i), route->decode, path, &one);
      GPtrArray *fields = one != NULL ? armms_error_get_fields (one) : NULL;

      if (record != NULL)
        g_ptr_array_add (records, record);
      else if (fields == NULL)
        armms_error_add_field (&all, path, "bad_format", "%s", one->message);
      for (guint f = 0; fields != NULL && f < fields->len; f++)
        armms_error_add_field (&all, ((ArmmsFieldError *) fields->pdata[f])->field, ((ArmmsFieldError *) fields->pdata[f])->code, "%s",
                               ((ArmmsFieldError *) fields->pdata[f])->message);
    }
  if (all == NULL)
    return g_steal_pointer (&records);
  g_propagate_error (error, all);
  return NULL;
}

/* Decodes anew each time: a repeated unit must find the body as it came. */
gboolean
armms_request_read_body (ArmmsRequest *request, GError **error)
{
  const ArmmsRoute *route = request->entry->route;
  ArmmsJsonLimits limits = { .max_tokens = route->max_tokens };
  gsize size;
  const char *text = g_bytes_get_data (request->bytes, &size);

  free_body (request);
  if ((route->flags & ARMMS_ROUTE_RAW) || (route->request == NULL && size == 0))
    return TRUE;
  if (size == 0)
    {
      /* "No body" means an object without members: what is required is then told by name. */
      text = (route->flags & ARMMS_ROUTE_MANY) ? "[]" : "{}";
      size = 2;
    }
  if (request->parser == NULL)
    {
      g_autoptr(JsonParser) parser = json_parser_new_immutable ();

      if (!armms_json_scan (text, size, &limits, error))
        return FALSE;
      if (!json_parser_load_from_data (parser, text, (gssize) size, /* error= */ NULL))
        {
          armms_error_set (error, ARMMS_ERROR_MALFORMED, "json.syntax", "the JSON text cannot be read");
          return FALSE;
        }
      request->parser = g_steal_pointer (&parser);
    }
  if (route->request == NULL)
    return TRUE;
  request->body = (route->flags & ARMMS_ROUTE_MANY)
                  ? decode_many (route, json_parser_get_root (request->parser), error)
                  : armms_record_from_json (route->request, json_parser_get_root (request->parser), route->decode, /* path= */ NULL, error);
  return request->body != NULL;
}

/* If-Match and Idempotency-Key */

static gboolean
is_change_of_one (const ArmmsRoute *route)
{
  return route->access == ARMMS_ACCESS_WRITE && strchr (route->path, '{') != NULL;
}

gboolean
armms_request_read_conditions (ArmmsRequest *request, GError **error)
{
  const ArmmsRoute *route = request->entry->route;
  const char *match = armms_request_get_header (request, "If-Match");
  const char *key = armms_request_get_header (request, "Idempotency-Key");

  if (match != NULL)
    {
      gsize size = strlen (match);
      g_autofree char *number = size > 2 && match[0] == '"' && match[size - 1] == '"' ? g_strndup (match + 1, size - 2) : NULL;

      if (number == NULL || !g_ascii_string_to_signed (number, 10, 1, G_MAXINT64, &request->version, NULL))
        {
          armms_error_set (error, ARMMS_ERROR_STALE, "request.if_match", "If-Match holds no version that was ever given: %s", match);
          return FALSE;
        }
    }
  else if ((route->flags & ARMMS_ROUTE_VERSIONED) && is_change_of_one (route))
    {
      armms_error_set (error, ARMMS_ERROR_PRECONDITION_REQUIRED, "request.if_match", "send If-Match with the version that was read");
      return FALSE;
    }
  if (route->access != ARMMS_ACCESS_WRITE || (route->flags & ARMMS_ROUTE_NO_KEY))
    return TRUE;
  if (key == NULL || *key == '\0' || strlen (key) > 128)
    {
      armms_error_set (error, ARMMS_ERROR_MALFORMED, "request.idempotency_key", "send an Idempotency-Key of 1 to 128 characters with every write");
      return FALSE;
    }
  g_free (request->key);
  request->key = g_strdup (key);
  return TRUE;
}

/* What handlers see */

ArmmsWork *
armms_request_get_work (ArmmsRequest *request)
{
  return request->work;
}

ArmmsDb *
armms_request_get_db (ArmmsRequest *request)
{
  return request->server->db;
}

const ArmmsActor *
armms_request_get_actor (ArmmsRequest *request)
{
  return &request->actor;
}

gpointer
armms_request_get_body (ArmmsRequest *request)
{
  return request->body;
}

JsonNode *
armms_request_get_json (ArmmsRequest *request)
{
  return request->parser != NULL ? json_parser_get_root (request->parser) : NULL;
}

GBytes *
armms_request_get_bytes (ArmmsRequest *request)
{
  return request->bytes;
}

const ArmmsCaller *
armms_request_get_caller (ArmmsRequest *request)
{
  return request->caller;
}

const char *
armms_request_get_source (ArmmsRequest *request)
{
  return request->peer;
}

const char *
armms_request_get_request_id (ArmmsRequest *request)
{
  return request->request_id;
}

const char *
armms_request_get_path_text (ArmmsRequest *request, const char *name)
{
  guint hole = 0;

  for (gsize i = 0; request->entry->parts[i] != NULL; i++)
    {
      const char *part = request->entry->parts[i];
      gsize size = strlen (part);

      if (*part != '{')
        continue;
      if (strncmp (part + 1, name, size - 2) == 0 && name[size - 2] == '\0')
        return request->path_values->pdata[hole];
      hole++;
    }
  g_critical ("the route %s has no {%s}", request->entry->route->path, name);
  return NULL;
}

gboolean
armms_request_get_id (ArmmsRequest *request, const char *name, ArmmsId *ret_id, GError **error)
{
  const char *text = armms_request_get_path_text (request, name);

  if (text != NULL && armms_id_parse (text, ret_id))
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "not_found", "there is no %s of this id", name);
  return FALSE;
}

gint64
armms_request_get_version (ArmmsRequest *request)
{
  return request->version;
}

gboolean
armms_request_has_scope (ArmmsRequest *request, const char *scope)
{
  return request->caller != NULL && armms_caller_has_scope (request->caller, scope);
}

const char *
armms_request_get_header (ArmmsRequest *request, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (request->message), name);
}

const char *
armms_request_get_text (ArmmsRequest *request, const char *name)
{
  return request->parameters != NULL ? g_hash_table_lookup (request->parameters, name) : NULL;
}

ArmmsId
armms_request_get_id_parameter (ArmmsRequest *request, const char *name)
{
  const char *text = armms_request_get_text (request, name);
  ArmmsId id = ARMMS_ID_NIL;

  return text != NULL && armms_id_parse (text, &id) ? id : ARMMS_ID_NIL;
}

ArmmsDate
armms_request_get_date (ArmmsRequest *request, const char *name)
{
  const char *text = armms_request_get_text (request, name);
  ArmmsDate date = ARMMS_DATE_NONE;

  return text != NULL && armms_date_parse (text, &date) ? date : ARMMS_DATE_NONE;
}

gint64
armms_request_get_integer (ArmmsRequest *request, const char *name, gint64 fallback)
{
  const char *text = armms_request_get_text (request, name);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : fallback;
}

gboolean
armms_request_get_boolean (ArmmsRequest *request, const char *name, gboolean fallback)
{
  const char *text = armms_request_get_text (request, name);

  return text != NULL ? strcmp (text, "true") == 0 : fallback;
}

const ArmmsPage *
armms_request_get_page (ArmmsRequest *request)
{
  return &request->page;
}

gpointer
armms_request_get_service (ArmmsRequest *request, const char *name)
{
  gpointer *service = g_hash_table_lookup (request->server->services, name);

  return service != NULL ? service[0] : NULL;
}

/* Callers */

ArmmsCaller *
armms_caller_new (void)
{
  ArmmsCaller *caller = g_new0 (ArmmsCaller, 1);

  g_atomic_ref_count_init (&caller->references);
  return caller;
}

ArmmsCaller *
armms_caller_ref (ArmmsCaller *caller)
{
  g_atomic_ref_count_inc (&caller->references);
  return caller;
}

void
armms_caller_unref (ArmmsCaller *caller)
{
  if (caller == NULL || !g_atomic_ref_count_dec (&caller->references))
    return;
  g_strfreev (caller->scopes);
  g_free (caller->detachments);
  g_free (caller->name);
  g_free (caller);
}

gboolean
armms_caller_has_scope (const ArmmsCaller *caller, const char *scope)
{
  return caller->scopes != NULL && g_strv_contains ((const char *const *) caller->scopes, scope);
}
