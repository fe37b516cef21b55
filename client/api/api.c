#include "client/api/api.h"

#include "client/session/problem.h"

#include <glib/gi18n.h>
#include <string.h>

#define RETRIES 3
#define RETRY_WAIT_MS 400
#define RETRY_WAIT_MAX_MS 15000

struct _ArmmsApi
{
  GObject parent_instance;

  ArmmsSession *session; /* owned */
  guint retry_wait_ms;
};

G_DEFINE_FINAL_TYPE (ArmmsApi, armms_api, G_TYPE_OBJECT)

/* Task data: what is asked, and how often it was. */
typedef struct
{
  char *method;
  char *path;
  GBytes *body;                /* nullable */
  char *if_match;
  char *key;
  char *accept;
  const ArmmsRecordType *type; /* nullable */
  guint tries;
  gboolean refreshed;
} Call;

static void send_call (GTask *task);

static void
call_free (Call *call)
{
  g_free (call->method);
  g_free (call->path);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_free (call->if_match);
  g_free (call->key);
  g_free (call->accept);
  g_free (call);
}

void
armms_api_result_free (ArmmsApiResult *result)
{
  if (result == NULL)
    return;
  if (result->record != NULL)
    armms_record_free (result->type, result->record);
  g_free (result->etag);
  g_free (result->job);
  g_free (result);
}

void
armms_api_page_free (ArmmsApiPage *page)
{
  if (page == NULL)
    return;
  g_clear_pointer (&page->records, g_ptr_array_unref);
  g_free (page->next_cursor);
  g_free (page);
}

static gboolean
on_retry_due_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (!g_task_return_error_if_cancelled (task))
    send_call (g_object_ref (task));
  return G_SOURCE_REMOVE;
}

static guint
wait_before_retry (ArmmsApi *self, const Call *call, const GError *error)
{
  guint asked = armms_problem_get_retry_after (error) * 1000;
  guint own = self->retry_wait_ms << (call->tries - 1);

  /* Up to half as long again, so that a hundred desks do not come back in the same instant. */
  own += (guint) g_random_int_range (0, (gint32) (own / 2 + 1));
  return MAX (asked, own);
}

static void
on_refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (!armms_session_refresh_finish (ARMMS_SESSION (source), result, &error))
    g_task_return_error (task, error);
  else if (!g_task_return_error_if_cancelled (task))
    send_call (g_steal_pointer (&task));
}

static void
on_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  ArmmsApi *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsAnswer) answer = armms_transport_send_finish (ARMMS_TRANSPORT (source), result, &error);
  guint wait;

  if (answer != NULL)
    {
      g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) armms_answer_free);
      return;
    }

  if (g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_UNAUTHENTICATED) && !call->refreshed)
    {
      GCancellable *cancellable = g_task_get_cancellable (task);
      call->refreshed = TRUE;
      armms_session_refresh_async (self->session, cancellable, on_refreshed_cb, g_steal_pointer (&task));
      return;
    }

  /* A certificate does not become good by waiting. */
  if (armms_problem_is_passing (error) && call->tries <= RETRIES && g_strcmp0 (armms_error_get_code (error), "client.certificate") != 0)
    {
      wait = wait_before_retry (self, call, error);
      if (wait <= RETRY_WAIT_MAX_MS)
        {
          g_timeout_add_full (G_PRIORITY_DEFAULT, wait, on_retry_due_cb, g_object_ref (task), g_object_unref);
          return;
        }
    }
  g_task_return_error (task, g_steal_pointer (&error));
}

/* Takes the reference to @task. */
static void
send_call (GTask *task)
{
  ArmmsApi *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  ArmmsExchange exchange = {
    .method = call->method,
    .path = call->path,
    .body = call->body,
    .bearer = armms_session_get_access_token (self->session),
    .idempotency_key = call->key,
    .if_match = call->if_match,
    .accept = call->accept,
  };

  call->tries++;
  armms_transport_send_async (armms_session_get_transport (self->session), &exchange, g_task_get_cancellable (task), on_answered_cb, task);
}

static void
begin_call (ArmmsApi *self, gpointer tag, Call *call, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  send_call (task);
}

static JsonNode *
parse_answer (const ArmmsAnswer *answer, JsonParser *parser, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (answer->body, &size);
  g_autoptr(GError) cause = NULL;

  if (!json_parser_load_from_data (parser, data, (gssize) size, &cause) || json_parser_get_root (parser) == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "client.bad-answer", _("the server's answer cannot be read: %s"),
                       cause != NULL ? cause->message : _("it is empty"));
      return NULL;
    }
  return json_parser_get_root (parser);
}

static ArmmsApiPage *
page_from_json (JsonNode *root, const ArmmsRecordType *type, GError **error)
{
  g_autoptr(ArmmsApiPage) page = g_new0 (ArmmsApiPage, 1);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *items = object != NULL ? json_object_get_member (object, "items") : NULL;
  JsonNode *next = object != NULL ? json_object_get_member (object, "next_cursor") : NULL;
  JsonArray *array;

  if (items == NULL || !JSON_NODE_HOLDS_ARRAY (items))
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "client.bad-answer", _("the server's answer is no list"));
      return NULL;
    }

  array = json_node_get_array (items);
  page->records = armms_records_new (type);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      gpointer record = armms_record_from_json (type, json_array_get_element (array, i), ARMMS_DECODE_ANSWER, NULL, error);
      if (record == NULL)
        return NULL;
      g_ptr_array_add (page->records, record);
    }
  if (next != NULL && JSON_NODE_HOLDS_VALUE (next))
    page->next_cursor = g_strdup (json_node_get_string (next));
  return g_steal_pointer (&page);
}

static ArmmsApiResult *
result_from_answer (const ArmmsAnswer *answer, const ArmmsRecordType *type, GError **error)
{
  g_autoptr(ArmmsApiResult) result = g_new0 (ArmmsApiResult, 1);
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root;

  result->type = type;
  result->etag = g_strdup (answer->etag);
  result->replayed = answer->replayed;
  if (answer->status == 202 && answer->location != NULL)
    {
      result->job = g_strdup (answer->location);
      return g_steal_pointer (&result);
    }
  if (type == NULL || answer->status == 204 || g_bytes_get_size (answer->body) == 0)
    return g_steal_pointer (&result);

  root = parse_answer (answer, parser, error);
  if (root == NULL)
    return NULL;
  result->record = armms_record_from_json (type, root, ARMMS_DECODE_ANSWER, NULL, error);
  return result->record != NULL ? g_steal_pointer (&result) : NULL;
}

static void
armms_api_dispose (GObject *object)
{
  g_clear_object (&ARMMS_API (object)->session);
  G_OBJECT_CLASS (armms_api_parent_class)->dispose (object);
}

static void
armms_api_class_init (ArmmsApiClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = armms_api_dispose;
}

static void
armms_api_init (ArmmsApi *self)
{
  self->retry_wait_ms = RETRY_WAIT_MS;
}

ArmmsApi *
armms_api_new (ArmmsSession *session)
{
  ArmmsApi *self = g_object_new (ARMMS_TYPE_API, NULL);

  self->session = g_object_ref (session);
  return self;
}

ArmmsSession *
armms_api_get_session (ArmmsApi *self)
{
  return self->session;
}

void
armms_api_set_retry_wait (ArmmsApi *self, guint milliseconds)
{
  self->retry_wait_ms = milliseconds;
}

gboolean
armms_api_is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

void
armms_api_get_async (ArmmsApi *self, const ArmmsQuery *query, const ArmmsRecordType *type,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->method = g_strdup ("GET");
  call->path = armms_query_to_string (query);
  call->type = type;
  begin_call (self, armms_api_get_async, call, cancellable, callback, user_data);
}

ArmmsApiResult *
armms_api_get_finish (ArmmsApi *self, GAsyncResult *result, GError **error)
{
  return armms_api_send_finish (self, result, error);
}

void
armms_api_list_async (ArmmsApi *self, const ArmmsQuery *query, const ArmmsRecordType *type, guint limit, const char *cursor,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(ArmmsQuery) paged = armms_query_copy (query);
  Call *call = g_new0 (Call, 1);

  if (limit > 0)
    armms_query_set_integer (paged, "limit", limit);
  armms_query_set (paged, "cursor", cursor);
  call->method = g_strdup ("GET");
  call->path = armms_query_to_string (paged);
  call->type = type;
  begin_call (self, armms_api_list_async, call, cancellable, callback, user_data);
}

ArmmsApiPage *
armms_api_list_finish (ArmmsApi *self, GAsyncResult *result, GError **error)
{
  g_autoptr(ArmmsAnswer) answer = NULL;
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  Call *call;
  JsonNode *root;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  answer = g_task_propagate_pointer (G_TASK (result), error);
  if (answer == NULL)
    return NULL;
  call = g_task_get_task_data (G_TASK (result));
  root = parse_answer (answer, parser, error);
  return root != NULL ? page_from_json (root, call->type, error) : NULL;
}

void
armms_api_send_async (ArmmsApi *self, const char *method, const ArmmsQuery *query, const char *body, const char *if_match,
                      const char *key, const ArmmsRecordType *type,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);
  ArmmsId id = armms_id_new ();

  call->method = g_strdup (method);
  call->path = armms_query_to_string (query);
  call->body = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  call->if_match = g_strdup (if_match);
  call->key = key != NULL ? g_strdup (key) : armms_id_to_string (&id);
  call->type = type;
  begin_call (self, armms_api_send_async, call, cancellable, callback, user_data);
}

ArmmsApiResult *
armms_api_send_finish (ArmmsApi *self, GAsyncResult *result, GError **error)
{
  g_autoptr(ArmmsAnswer) answer = NULL;
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  answer = g_task_propagate_pointer (G_TASK (result), error);
  if (answer == NULL)
    return NULL;
  call = g_task_get_task_data (G_TASK (result));
  return result_from_answer (answer, call->type, error);
}

void
armms_api_download_async (ArmmsApi *self, const ArmmsQuery *query, const char *accept,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->method = g_strdup ("GET");
  call->path = armms_query_to_string (query);
  call->accept = g_strdup (accept);
  begin_call (self, armms_api_download_async, call, cancellable, callback, user_data);
}

GBytes *
armms_api_download_finish (ArmmsApi *self, GAsyncResult *result, GError **error)
{
  g_autoptr(ArmmsAnswer) answer = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  answer = g_task_propagate_pointer (G_TASK (result), error);
  return answer != NULL ? g_bytes_ref (answer->body) : NULL;
}
