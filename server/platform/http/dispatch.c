#include "server/platform/http/http-private.h"

#include "server/platform/work/work.h"

#include <sodium.h>
#include <string.h>

#define MAX_REQUEST_ID 64

/* Head of a request: ids and traces */

static gboolean
is_plain_id (const char *text)
{
  gsize size = strlen (text);

  return size > 0 && size <= MAX_REQUEST_ID && strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-") == size;
}

static gboolean
is_traceparent (const char *text)
{
  static const guint8 dashes[] = { 2, 35, 52 };

  if (strlen (text) != 55)
    return FALSE;
  for (guint i = 0; i < 55; i++)
    if (memchr (dashes, (int) i, sizeof dashes) != NULL ? text[i] != '-' : !(g_ascii_isdigit (text[i]) || (text[i] >= 'a' && text[i] <= 'f')))
      return FALSE;
  return TRUE;
}

static void
read_ids (ArmmsRequest *request)
{
  const char *given = armms_request_get_header (request, "X-Request-Id");
  const char *trace = armms_request_get_header (request, "traceparent");
  const char *reason = armms_request_get_header (request, "X-Reason");
  ArmmsId fresh = armms_id_new ();

  request->request_id = given != NULL && is_plain_id (given) ? g_strdup (given) : armms_id_to_string (&fresh);
  if (trace != NULL && is_traceparent (trace))
    {
      /* The same trace, a span of our own. */
      char span[17];

      sodium_bin2hex (span, sizeof span, fresh.bytes + 8, 8);
      request->trace = g_strdup_printf ("%.36s%s%s", trace, span, trace + 52);
    }
  if (reason != NULL && strlen (reason) <= 1500)
    request->reason = g_uri_unescape_string (reason, NULL);
}

/* A proxy on this machine says whom it speaks for, last in its list; nobody else is believed. */
static char *
source_of (SoupServerMessage *message)
{
  const char *peer = soup_server_message_get_remote_host (message);
  const char *list = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "X-Forwarded-For");
  const char *last = list != NULL ? strrchr (list, ',') : NULL;
  g_autofree char *forwarded = list != NULL ? g_strstrip (g_strdup (last != NULL ? last + 1 : list)) : NULL;

  if (forwarded != NULL && peer != NULL && (g_str_has_prefix (peer, "127.") || strcmp (peer, "::1") == 0) && g_hostname_is_ip_address (forwarded))
    return g_steal_pointer (&forwarded);
  return g_strdup (peer != NULL ? peer : "");
}

static ArmmsRequest *
new_request (ArmmsServer *server, SoupServerMessage *message)
{
  ArmmsRequest *request = g_new0 (ArmmsRequest, 1);
  GUri *uri = soup_server_message_get_uri (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  request->server = server;
  request->message = g_object_ref (message);
  request->started_us = g_get_monotonic_time ();
  request->path = g_strdup (g_uri_get_path (uri));
  request->query = g_strdup (g_uri_get_query (uri));
  request->peer = source_of (message);
  request->path_values = g_ptr_array_new_with_free_func (g_free);
  request->bytes = soup_message_body_flatten (body);
  read_ids (request);
  return request;
}

/* The answer */

static void
count_answer (ArmmsRequest *request, guint status)
{
  gint64 took_us = g_get_monotonic_time () - request->started_us;

  if (request->entry == NULL)
    return;
  armms_metric_observe (request->entry->duration, took_us);
  armms_metric_add (request->entry->answers[MIN (status / 100, 5)], 1);
}

static void
log_answer (ArmmsRequest *request, guint status)
{
  char tenant[ARMMS_ID_TEXT_SIZE], user[ARMMS_ID_TEXT_SIZE], duration[24];

  /* The fast door has thousands a second: its good answers are counted, not told one by one. */
  if (request->entry != NULL && request->entry->route->async_handler != NULL && status < 400)
    return;
  g_snprintf (duration, sizeof duration, "%" G_GINT64_FORMAT, g_get_monotonic_time () - request->started_us);
  g_log_structured (G_LOG_DOMAIN, status == 500 ? G_LOG_LEVEL_WARNING : status > 500 ? G_LOG_LEVEL_MESSAGE : G_LOG_LEVEL_INFO,
                    "ARMMS_REQUEST_ID", request->request_id, "ARMMS_TENANT_ID", armms_id_format (&request->actor.tenant_id, tenant),
                    "ARMMS_USER_ID", armms_id_format (&request->actor.user_id, user), "ARMMS_DURATION_US", duration,
                    "MESSAGE", "%s %s %u", soup_server_message_get_method (request->message), request->path, status);
}

static gboolean
is_not_modified (ArmmsRequest *request, const char *tag)
{
  const char *known = armms_request_get_header (request, "If-None-Match");

  return known != NULL && strcmp (known, tag) == 0 && strcmp (soup_server_message_get_method (request->message), "GET") == 0;
}

static guint
write_headers (ArmmsRequest *request, ArmmsReply *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  guint status = reply->status;
  char number[24];

  soup_message_headers_append (headers, "X-Request-Id", request->request_id);
  soup_message_headers_append (headers, "Cache-Control", "no-store");
  soup_message_headers_append (headers, "X-Content-Type-Options", "nosniff");
  if (request->trace != NULL)
    soup_message_headers_append (headers, "traceparent", request->trace);
  if (request->replayed)
    soup_message_headers_append (headers, "Idempotency-Replayed", "true");
  if (request->limit > 0)
    {
      g_snprintf (number, sizeof number, "%u", request->limit);
      soup_message_headers_append (headers, "RateLimit-Limit", number);
      g_snprintf (number, sizeof number, "%u", request->remaining);
      soup_message_headers_append (headers, "RateLimit-Remaining", number);
      g_snprintf (number, sizeof number, "%u", request->reset);
      soup_message_headers_append (headers, "RateLimit-Reset", number);
      if (status == 429)
        soup_message_headers_append (headers, "Retry-After", number);
    }
  if (reply->version > 0)
    {
      g_snprintf (number, sizeof number, "\"%" G_GINT64_FORMAT "\"", reply->version);
      soup_message_headers_append (headers, "ETag", number);
      if (status == 200 && is_not_modified (request, number))
        status = 304;
    }
  for (guint i = 0; reply->headers != NULL && i + 1 < reply->headers->len; i += 2)
    soup_message_headers_append (headers, reply->headers->pdata[i], reply->headers->pdata[i + 1]);
  if (request->server->stopping)
    soup_message_headers_append (headers, "Connection", "close");
  return status;
}

/* In the server's thread, once per request. */
void
armms_dispatch_deliver (ArmmsRequest *request)
{
  ArmmsReply *reply = request->reply;
  SoupMessageBody *body;
  guint status;

  request->server->in_flight--;
  if (!request->gone)
    {
      status = write_headers (request, reply);
      /* libsoup cuts ranges out of a 200 by itself; it is not to. */
      soup_message_headers_remove (soup_server_message_get_request_headers (request->message), "Range");
      soup_server_message_set_status (request->message, status, armms_status_title (status));
      body = soup_server_message_get_response_body (request->message);
      if (reply->content_type != NULL && status != 304)
        soup_message_headers_set_content_type (soup_server_message_get_response_headers (request->message), reply->content_type, NULL);
      if (reply->body != NULL && status != 304)
        soup_message_body_append_bytes (body, reply->body);
      soup_message_body_complete (body);
      count_answer (request, status);
      log_answer (request, status);
      soup_server_message_unpause (request->message);
    }
  g_signal_handlers_disconnect_by_data (request->message, request);
  armms_request_free (request);
}

static void
on_message_finished_cb (SoupServerMessage *message, gpointer user_data)
{
  ArmmsRequest *request = user_data;

  request->gone = TRUE;
}

static void
take_error (ArmmsRequest *request, GError *error)
{
  if (error->domain != ARMMS_ERROR || g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_INTERNAL))
    g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "ARMMS_REQUEST_ID", request->request_id,
                      "MESSAGE", "%s %s: %s", request->entry->route->method, request->path, error->message);
  request->reply = armms_reply_new_problem (error, request->request_id);
  g_error_free (error);
}

void
armms_request_complete (ArmmsRequest *request, ArmmsReply *reply, GError *error)
{
  g_return_if_fail ((reply == NULL) != (error == NULL));
  if (reply != NULL)
    request->reply = reply;
  else
    take_error (request, error);
  armms_server_completed (request->server, request);
}

/* The checks before a handler */

static void
become (ArmmsRequest *request, ArmmsCaller *caller)
{
  request->caller = caller;
  request->actor = (ArmmsActor) {
    .tenant_id = caller->tenant_id,
    .user_id = caller->user_id,
    .request_id = request->request_id,
    .reason = request->reason,
    .scopes = (const char *const *) caller->scopes,
    .detachments = caller->detachments,
    .n_detachments = caller->n_detachments,
  };
}

/* Asks the authenticator; may query. */
static gboolean
authenticate (ArmmsRequest *request, GError **error)
{
  const ArmmsAuthenticator *authenticator = &request->server->authenticator;
  const char *authorization = armms_request_get_header (request, "Authorization");
  ArmmsCaller *caller;

  if (authorization == NULL || authenticator->authenticate == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_UNAUTHENTICATED, "auth.missing", "sign in first: the Authorization header is missing");
      return FALSE;
    }
  caller = authenticator->authenticate (authenticator->data, authorization, error);
  if (caller == NULL)
    return FALSE;
  become (request, caller);
  return TRUE;
}

/* Rate and scope; nothing here blocks. */
static gboolean
admit (ArmmsRequest *request, GError **error)
{
  const ArmmsRoute *route = request->entry->route;
  const ArmmsCaller *caller = request->caller;

  if (route->flags & ARMMS_ROUTE_OPEN)
    return TRUE;
  if (!armms_limits_take (request->server->limits, &caller->principal_id, route->rate_class, &request->limit, &request->remaining,
                          &request->reset, error))
    return FALSE;
  if (armms_id_is_nil (&caller->tenant_id) && !(route->flags & ARMMS_ROUTE_NO_TENANT))
    {
      armms_error_set (error, ARMMS_ERROR_FORBIDDEN, "auth.no_tenant", "choose a tenant first");
      return FALSE;
    }
  if (caller->device && !(route->flags & ARMMS_ROUTE_DEVICE))
    {
      armms_error_set (error, ARMMS_ERROR_FORBIDDEN, "auth.device", "a device key can only send clock events");
      return FALSE;
    }
  if (route->scope != NULL && !armms_caller_has_scope (caller, route->scope))
    {
      armms_error_set (error, ARMMS_ERROR_FORBIDDEN, "auth.scope", "the scope %s is missing", route->scope);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_content_type (ArmmsRequest *request)
{
  const char *type = armms_request_get_header (request, "Content-Type");
  g_autofree char *bare = NULL;

  if ((request->entry->route->flags & ARMMS_ROUTE_RAW) || g_bytes_get_size (request->bytes) == 0)
    return TRUE;
  bare = type != NULL ? g_ascii_strdown (type, (gssize) strcspn (type, ";")) : NULL;
  return bare != NULL && strcmp (g_strchomp (bare), "application/json") == 0;
}

/* Idempotency keys: the first answer, kept in the transaction that it tells of */

static GBytes *
fingerprint (ArmmsRequest *request)
{
  crypto_generichash_state state;
  const char *method = request->entry->route->method;
  guint8 hash[32];
  gsize size;
  const guint8 *bytes = g_bytes_get_data (request->bytes, &size);

  /* Keyed: a body may hold what is not to be guessed from the hash of it. */
  crypto_generichash_init (&state, request->server->fingerprint_key, sizeof request->server->fingerprint_key, sizeof hash);
  crypto_generichash_update (&state, (const guint8 *) method, strlen (method) + 1);
  crypto_generichash_update (&state, (const guint8 *) request->path, strlen (request->path) + 1);
  if (request->query != NULL)
    crypto_generichash_update (&state, (const guint8 *) request->query, strlen (request->query));
  crypto_generichash_update (&state, (const guint8 *) "", 1);
  crypto_generichash_update (&state, bytes, size);
  crypto_generichash_final (&state, hash, sizeof hash);
  return g_bytes_new (hash, sizeof hash);
}

/* What of an answer is kept: {"content_type", "etag", "headers": [...]}. (transfer full) */
static char *
reply_head (ArmmsReply *reply)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "content_type");
  json_builder_add_string_value (builder, reply->content_type != NULL ? reply->content_type : "");
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, reply->version);
  json_builder_set_member_name (builder, "headers");
  json_builder_begin_array (builder);
  for (guint i = 0; reply->headers != NULL && i < reply->headers->len; i++)
    json_builder_add_string_value (builder, reply->headers->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static ArmmsReply *
reply_from_rows (ArmmsRows *rows)
{
  ArmmsReply *reply = armms_reply_new_empty ((guint) armms_rows_integer (rows, 0, "status"));
  g_autoptr(JsonNode) head = json_from_string (armms_rows_text (rows, 0, "head"), NULL);
  JsonObject *object = head != NULL && JSON_NODE_HOLDS_OBJECT (head) ? json_node_get_object (head) : NULL;
  JsonArray *headers = object != NULL ? json_object_get_array_member (object, "headers") : NULL;
  const char *type = object != NULL ? json_object_get_string_member (object, "content_type") : "";

  reply->content_type = *type != '\0' ? g_strdup (type) : NULL;
  reply->version = object != NULL ? json_object_get_int_member (object, "version") : 0;
  for (guint i = 0; headers != NULL && i + 1 < json_array_get_length (headers); i += 2)
    armms_reply_set_header (reply, json_array_get_string_element (headers, i), json_array_get_string_element (headers, i + 1));
  reply->body = armms_rows_bytes (rows, 0, "body");
  return reply;
}

/* TRUE with @ret_reply NULL: the key is ours now; with a reply: it was used before, for the same call. */
static gboolean
take_key (ArmmsRequest *request, ArmmsWork *work, GBytes *print, ArmmsReply **ret_reply, GError **error)
{
  g_autoptr(ArmmsRows) taken = NULL;
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GBytes) kept = NULL;

  taken = armms_work_query (work, "http/idempotency-take",
                            armms_params_bytes (armms_params_text (armms_params_id (armms_params_new (), &request->caller->principal_id), request->key), print),
                            error);
  if (taken == NULL || armms_rows_count (taken) > 0)
    return taken != NULL;
  rows = armms_work_query_one (work, "http/idempotency-find",
                               armms_params_text (armms_params_id (armms_params_new (), &request->caller->principal_id), request->key), "key", error);
  if (rows == NULL)
    return FALSE;
  kept = armms_rows_bytes (rows, 0, "fingerprint");
  if (!g_bytes_equal (kept, print))
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "request.key_reused", "this Idempotency-Key was used for another call");
      return FALSE;
    }
  if (armms_rows_is_null (rows, 0, "status"))
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "request.in_progress", "the first call of this key is still running");
      return FALSE;
    }
  *ret_reply = reply_from_rows (rows);
  return TRUE;
}

static gboolean
keep_answer (ArmmsRequest *request, ArmmsWork *work, ArmmsReply *reply, GError **error)
{
  g_autofree char *head = reply_head (reply);
  ArmmsParams *params = armms_params_new ();

  armms_params_id (params, &request->caller->principal_id);
  armms_params_text (params, request->key);
  armms_params_integer (params, reply->status);
  armms_params_json (params, head);
  armms_params_bytes (params, reply->body);
  return armms_work_execute (work, "http/idempotency-keep", params, /* ret_count= */ NULL, error);
}

typedef struct {
  ArmmsRequest *request;
  GBytes *print;
  ArmmsReply *reply;   /* what came out */
} Unit;

static gboolean
run_in_unit (ArmmsWork *work, gpointer user_data, GError **error)
{
  Unit *unit = user_data;
  ArmmsRequest *request = unit->request;

  g_clear_pointer (&unit->reply, armms_reply_free);
  request->replayed = FALSE;
  if (request->key != NULL)
    {
      if (!take_key (request, work, unit->print, &unit->reply, error))
        return FALSE;
      request->replayed = unit->reply != NULL;
      if (request->replayed)
        return TRUE;
    }
  if (!armms_request_read_body (request, error))
    return FALSE;
  request->work = work;
  unit->reply = request->entry->route->handler (request, error);
  request->work = NULL;
  if (unit->reply == NULL)
    return FALSE;
  return request->key == NULL || keep_answer (request, work, unit->reply, error);
}

/* A refusal that will not change is an answer too: it is kept in a unit of its own, the first one was undone. */
static gboolean
keep_refusal (ArmmsWork *work, gpointer user_data, GError **error)
{
  Unit *unit = user_data;
  g_autoptr(ArmmsReply) earlier = NULL;

  if (!take_key (unit->request, work, unit->print, &earlier, error))
    return FALSE;
  return earlier != NULL || keep_answer (unit->request, work, unit->reply, error);
}

static gboolean
is_definite (const GError *error)
{
  return g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_CONFLICT) || g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT)
         || g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_NOT_FOUND);
}

static ArmmsReply *
run_handler_in_unit (ArmmsRequest *request, GError **error)
{
  const ArmmsRoute *route = request->entry->route;
  ArmmsWorkMode mode = route->access == ARMMS_ACCESS_WRITE ? ARMMS_WORK_WRITE : (route->flags & ARMMS_ROUTE_FRESH) ? ARMMS_WORK_READ_FRESH : ARMMS_WORK_READ;
  g_autoptr(GBytes) print = request->key != NULL ? fingerprint (request) : NULL;
  g_autoptr(GError) problem = NULL;
  const char *schema = route->schema_of != NULL ? route->schema_of (request) : request->entry->schema;
  Unit unit = { request, print, NULL };

  /* Wrong input costs no transaction. */
  if (!armms_request_read_body (request, error))
    return NULL;
  if (armms_work_run (request->server->db, schema, mode, &request->actor, run_in_unit, &unit, &problem))
    return unit.reply;
  g_clear_pointer (&unit.reply, armms_reply_free);
  if (request->key != NULL && is_definite (problem) && strncmp (armms_error_get_code (problem), "request.", 8) != 0
      && strncmp (armms_error_get_code (problem), "db.", 3) != 0)
    {
      g_autoptr(GError) ignored = NULL;

      unit.reply = armms_reply_new_problem (problem, request->request_id);
      if (armms_work_run (request->server->db, schema, mode, &request->actor, keep_refusal, &unit, &ignored))
        return unit.reply;
      g_clear_pointer (&unit.reply, armms_reply_free);
    }
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static ArmmsReply *
run_route (ArmmsRequest *request, GError **error)
{
  const ArmmsRoute *route = request->entry->route;

  if (!(route->flags & ARMMS_ROUTE_OPEN) && request->caller == NULL && !authenticate (request, error))
    return NULL;
  if (!admit (request, error))
    return NULL;
  if (!armms_request_read_parameters (request, error) || !armms_request_read_conditions (request, error))
    return NULL;
  if (route->access != ARMMS_ACCESS_NONE)
    return run_handler_in_unit (request, error);
  return armms_request_read_body (request, error) ? route->handler (request, error) : NULL;
}

/* On a worker thread. */
void
armms_dispatch_run (ArmmsRequest *request)
{
  g_autoptr(GError) error = NULL;

  armms_request_set_current (request);
  if (request->entry->route->async_handler != NULL)
    {
      /* Only the caller was unknown; the rest is done in the server's thread. */
      if (authenticate (request, &error))
        {
          request->authenticated = TRUE;
          armms_request_set_current (NULL);
          armms_server_completed (request->server, request);
          return;
        }
    }
  else
    request->reply = run_route (request, &error);
  armms_request_set_current (NULL);
  if (request->reply == NULL)
    take_error (request, g_steal_pointer (&error));
  armms_server_completed (request->server, request);
}

/* In the server's thread: the fast door. */
static void
run_async (ArmmsRequest *request)
{
  g_autoptr(GError) error = NULL;

  request->authenticated = FALSE;
  if (!admit (request, &error) || !armms_request_read_parameters (request, &error))
    {
      armms_request_complete (request, /* reply= */ NULL, g_steal_pointer (&error));
      return;
    }
  armms_request_set_current (request);
  request->entry->route->async_handler (request);
  armms_request_set_current (NULL);
}

static void
answer_now (ArmmsRequest *request, guint status, const char *code, const char *detail)
{
  request->reply = armms_reply_new_problem_of (status, code, detail, request->request_id);
  if (status == 503)
    armms_reply_set_header (request->reply, "Retry-After", "1");
}

static void
push_to_worker (ArmmsRequest *request)
{
  ArmmsServer *server = request->server;

  if (g_thread_pool_unprocessed (server->pool) >= server->max_queue)
    {
      answer_now (request, 503, "server.busy", "too much is waiting; try again in a moment");
      armms_dispatch_deliver (request);
      return;
    }
  g_thread_pool_push (server->pool, request, /* error= */ NULL);
}

static void
start_async (ArmmsRequest *request)
{
  const ArmmsAuthenticator *authenticator = &request->server->authenticator;
  const char *authorization = armms_request_get_header (request, "Authorization");

  if (!(request->entry->route->flags & ARMMS_ROUTE_OPEN) && request->caller == NULL)
    {
      ArmmsCaller *caller = authorization != NULL && authenticator->peek != NULL ? authenticator->peek (authenticator->data, authorization) : NULL;

      if (caller == NULL)
        {
          push_to_worker (request);
          return;
        }
      become (request, caller);
    }
  run_async (request);
}

/* A message has arrived whole (or comes back authenticated). */
void
armms_dispatch_message (ArmmsServer *server, SoupServerMessage *message, const char *path)
{
  ArmmsRequest *request = new_request (server, message);
  g_autoptr(GString) allowed = g_string_new (NULL);
  const char *method = soup_server_message_get_method (message);

  server->in_flight++;
  soup_server_message_pause (message);
  g_signal_connect (message, "finished", G_CALLBACK (on_message_finished_cb), request);
  g_signal_connect (message, "disconnected", G_CALLBACK (on_message_finished_cb), request);

  request->entry = armms_server_find_route (server, strcmp (method, "HEAD") == 0 ? "GET" : method, request->path, request->path_values, allowed);
  if (request->entry == NULL)
    {
      if (allowed->len == 0)
        answer_now (request, 404, "route.unknown", "there is no such resource");
      else if (strcmp (method, "OPTIONS") == 0)
        request->reply = armms_reply_new_empty (204);
      else
        answer_now (request, 405, "route.method", "this resource has no such method");
      if (allowed->len > 0)
        armms_reply_set_header (request->reply, "Allow", allowed->str);
      armms_dispatch_deliver (request);
      return;
    }
  if (!check_content_type (request))
    {
      answer_now (request, 415, "request.content_type", "the body must be application/json");
      armms_dispatch_deliver (request);
      return;
    }
  if (request->entry->route->async_handler != NULL)
    start_async (request);
  else
    push_to_worker (request);
}

/* An async route whose caller a worker has found goes on here; everything else is an answer. */
void
armms_dispatch_resume (ArmmsRequest *request)
{
  if (request->authenticated && request->reply == NULL)
    run_async (request);
  else
    armms_dispatch_deliver (request);
}
