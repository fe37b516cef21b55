#include "client/session/problem.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* The request id travels inside the message, after a mark that no message holds by itself: a GError has no
 * room for it, and whoever copies the error must not lose it. */
#define REQUEST_MARK "\x1f" "request "
#define WAIT_MARK "\x1f" "wait "

static ArmmsErrorKind
kind_of_status (guint status)
{
  switch (status)
    {
    case 400: return ARMMS_ERROR_MALFORMED;
    case 401: return ARMMS_ERROR_UNAUTHENTICATED;
    case 403: return ARMMS_ERROR_FORBIDDEN;
    case 404: return ARMMS_ERROR_NOT_FOUND;
    case 409: return ARMMS_ERROR_CONFLICT;
    case 412: return ARMMS_ERROR_STALE;
    case 413: return ARMMS_ERROR_TOO_LARGE;
    case 422: return ARMMS_ERROR_INVALID_INPUT;
    case 428: return ARMMS_ERROR_PRECONDITION_REQUIRED;
    case 429: return ARMMS_ERROR_RATE_LIMITED;
    case 499: return ARMMS_ERROR_CANCELLED;
    case 502:
    case 503: return ARMMS_ERROR_UNAVAILABLE;
    case 504: return ARMMS_ERROR_TIMED_OUT;
    default: return status < 500 ? ARMMS_ERROR_MALFORMED : ARMMS_ERROR_INTERNAL;
    }
}

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static JsonObject *
parse_object (JsonParser *parser, GBytes *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  JsonNode *root;

  if (size == 0 || !json_parser_load_from_data (parser, data, (gssize) size, /* error= */ NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

static void
add_fields (GError **error, JsonObject *problem)
{
  JsonNode *node = json_object_get_member (problem, "errors");
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      JsonObject *field;

      if (!JSON_NODE_HOLDS_OBJECT (item))
        continue;
      field = json_node_get_object (item);
      armms_error_add_field (error,
                             text_member (field, "field") ? text_member (field, "field") : "",
                             text_member (field, "code") ? text_member (field, "code") : "wrong",
                             "%s", text_member (field, "message") ? text_member (field, "message") : "");
    }
}

GError *
armms_problem_to_error (guint status, GBytes *body, const char *request_id, guint retry_after)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  JsonObject *problem = parse_object (parser, body);
  g_autoptr(GString) message = g_string_new (NULL);
  const char *code = NULL, *detail = NULL;
  GError *error = NULL;

  if (problem != NULL)
    {
      code = text_member (problem, "code");
      detail = text_member (problem, "detail");
      if (detail == NULL)
        detail = text_member (problem, "title");
      if (text_member (problem, "request_id") != NULL)
        request_id = text_member (problem, "request_id");
    }

  if (detail != NULL)
    g_string_append (message, detail);
  else
    g_string_append_printf (message, "the server answered %u without saying why", status);
  if (retry_after > 0)
    g_string_append_printf (message, WAIT_MARK "%u", retry_after);
  if (request_id != NULL && *request_id != '\0')
    g_string_append_printf (message, REQUEST_MARK "%s", request_id);

  error = armms_error_new (kind_of_status (status), code != NULL ? code : "client.bad-answer", "%s", message->str);
  if (problem != NULL)
    add_fields (&error, problem);
  /* Adding fields may have put a summary in the place of the message. */
  g_free (error->message);
  error->message = g_strdup (message->str);
  return error;
}

static char *
marked (const GError *error, const char *mark)
{
  const char *found = error != NULL ? strstr (error->message, mark) : NULL;

  if (found == NULL)
    return NULL;
  found += strlen (mark);
  return g_strndup (found, strcspn (found, "\x1f"));
}

guint
armms_problem_get_retry_after (const GError *error)
{
  g_autofree char *seconds = marked (error, WAIT_MARK);

  return seconds != NULL ? (guint) g_ascii_strtoull (seconds, NULL, 10) : 0;
}

gboolean
armms_problem_is_passing (const GError *error)
{
  return g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_UNAVAILABLE) ||
         g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_TIMED_OUT) ||
         g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_RATE_LIMITED);
}

char *
armms_problem_title (const GError *error)
{
  const char *title = _("Something went wrong");

  if (error->domain != ARMMS_ERROR)
    return g_strdup (title);

  switch ((ArmmsErrorKind) error->code)
    {
    case ARMMS_ERROR_INVALID_INPUT: title = _("Some entries are not right"); break;
    case ARMMS_ERROR_MALFORMED: title = _("The server did not understand the request"); break;
    case ARMMS_ERROR_UNAUTHENTICATED: title = _("You are not signed in"); break;
    case ARMMS_ERROR_FORBIDDEN: title = _("You may not do this"); break;
    case ARMMS_ERROR_NOT_FOUND: title = _("It is not there"); break;
    case ARMMS_ERROR_CONFLICT: title = _("It cannot be done now"); break;
    case ARMMS_ERROR_STALE: title = _("Somebody changed it meanwhile"); break;
    case ARMMS_ERROR_PRECONDITION_REQUIRED: title = _("The server did not understand the request"); break;
    case ARMMS_ERROR_TOO_LARGE: title = _("It is too large"); break;
    case ARMMS_ERROR_RATE_LIMITED: title = _("Too many requests"); break;
    case ARMMS_ERROR_UNAVAILABLE: title = _("The server cannot be reached"); break;
    case ARMMS_ERROR_CANCELLED: title = _("It was cancelled"); break;
    case ARMMS_ERROR_TIMED_OUT: title = _("The server took too long"); break;
    case ARMMS_ERROR_INTERNAL: title = _("The server failed"); break;
    default: break;
    }
  return g_strdup (title);
}

static const char *
advice (const GError *error)
{
  if (error->domain != ARMMS_ERROR)
    return NULL;
  if (g_strcmp0 (armms_error_get_code (error), "client.certificate") == 0)
    return _("Ask your administrator for the certificate file of the server and choose it under “Server certificate” when you sign in.");
  if (g_strcmp0 (armms_error_get_code (error), "client.unreachable") == 0)
    return _("Check the network and the server address, then try again.");

  switch ((ArmmsErrorKind) error->code)
    {
    case ARMMS_ERROR_INVALID_INPUT: return _("Correct the entries named and try again.");
    case ARMMS_ERROR_UNAUTHENTICATED: return _("Sign in again to go on.");
    case ARMMS_ERROR_FORBIDDEN: return _("Ask your administrator if you need this permission.");
    case ARMMS_ERROR_NOT_FOUND: return _("It may have been removed. Refresh the list with F5.");
    case ARMMS_ERROR_STALE: return _("Refresh with F5, look at the change, then do it again.");
    case ARMMS_ERROR_RATE_LIMITED: return _("Wait a moment, then try again.");
    case ARMMS_ERROR_UNAVAILABLE:
    case ARMMS_ERROR_TIMED_OUT: return _("Nothing is lost. Try again in a moment.");
    case ARMMS_ERROR_INTERNAL: return _("Try again; if it stays so, give the request number to your administrator.");
    default: return NULL;
    }
}

static char *
sentence (const char *text)
{
  gunichar first;
  char head[7] = "";

  if (text == NULL || *text == '\0')
    return g_strdup ("");
  first = g_utf8_get_char (text);
  g_unichar_to_utf8 (g_unichar_toupper (first), head);
  return g_strconcat (head, g_utf8_next_char (text), g_str_has_suffix (text, ".") ? "" : ".", NULL);
}

char *
armms_problem_detail (const GError *error)
{
  g_autofree char *bare = g_strndup (error->message, strcspn (error->message, "\x1f"));
  g_autofree char *what = sentence (bare);
  g_autofree char *request = marked (error, REQUEST_MARK);
  GPtrArray *fields = error->domain == ARMMS_ERROR ? armms_error_get_fields (error) : NULL;
  GString *text = g_string_new (what);

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const ArmmsFieldError *field = g_ptr_array_index (fields, i);
      g_string_append_printf (text, "\n%s: %s", field->field, field->message);
    }
  if (advice (error) != NULL)
    g_string_append_printf (text, "\n%s", advice (error));
  if (request != NULL)
    {
      g_string_append_c (text, '\n');
      /* Translators: %s is the number under which the server's log knows this call */
      g_string_append_printf (text, _("Request %s"), request);
    }
  return g_string_free (text, FALSE);
}
