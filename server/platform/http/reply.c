#include "server/platform/http/http-private.h"

#include <string.h>

static ArmmsReply *
new_reply (guint status, const char *content_type, GBytes *body)
{
  ArmmsReply *reply = g_new0 (ArmmsReply, 1);

  reply->status = status;
  reply->content_type = g_strdup (content_type);
  reply->body = body;
  return reply;
}

static const char *const *
scopes_of_reader (void)
{
  ArmmsRequest *request = armms_request_current ();

  return request != NULL && request->caller != NULL ? (const char *const *) request->caller->scopes : NULL;
}

void
armms_reply_free (ArmmsReply *reply)
{
  if (reply == NULL)
    return;
  g_free (reply->content_type);
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_clear_pointer (&reply->headers, g_ptr_array_unref);
  g_free (reply);
}

ArmmsReply *
armms_reply_new_record (guint status, const ArmmsRecordType *type, gconstpointer record)
{
  GString *out = g_string_sized_new (512);

  armms_record_append_json (type, record, scopes_of_reader (), out);
  return new_reply (status, "application/json", g_string_free_to_bytes (out));
}

/* The sort key of a row as SQL reads it back by a cast. (transfer full) */
static char *
key_of (const ArmmsField *field, gconstpointer record)
{
  gconstpointer at = (const char *) record + field->offset;
  char buffer[64];

  switch (field->kind)
    {
    case ARMMS_FIELD_ID: return armms_id_to_string (at);
    case ARMMS_FIELD_TEXT: return g_strdup (*(char *const *) at);
    case ARMMS_FIELD_INTEGER: return g_strdup_printf ("%" G_GINT64_FORMAT, *(const gint64 *) at);
    case ARMMS_FIELD_BOOLEAN: return g_strdup (*(const gboolean *) at ? "true" : "false");
    case ARMMS_FIELD_MONEY: return g_strdup_printf ("%" G_GINT64_FORMAT, ((const ArmmsMoney *) at)->centavos);
    case ARMMS_FIELD_MULTIPLIER: return g_strdup_printf ("%" G_GINT64_FORMAT, ((const ArmmsMultiplier *) at)->millionths);
    case ARMMS_FIELD_MINUTES: return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) *(const gint32 *) at);
    case ARMMS_FIELD_DATE: return g_strdup (armms_date_format (*(const ArmmsDate *) at, buffer));
    case ARMMS_FIELD_INSTANT: return g_strdup (armms_instant_format (*(const ArmmsInstant *) at, buffer));
    default: return NULL;
    }
}

ArmmsReply *
armms_reply_new_list (const ArmmsRecordType *type, const GPtrArray *records, guint limit, const char *sort_field, const char *id_field)
{
  const char *const *scopes = scopes_of_reader ();
  ArmmsRequest *request = armms_request_current ();
  GString *out = g_string_sized_new (256 + 256 * records->len);
  guint shown = MIN (records->len, limit);

  g_string_append (out, "{\"items\":[");
  for (guint i = 0; i < shown; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      armms_record_append_json (type, records->pdata[i], scopes, out);
    }
  g_string_append (out, "],\"next_cursor\":");
  if (records->len > limit && limit > 0 && request != NULL)
    {
      const ArmmsField *sort = armms_record_type_find (type, sort_field);
      const ArmmsField *id = armms_record_type_find (type, id_field);
      gconstpointer last = records->pdata[limit - 1];
      g_autofree char *key = sort != NULL ? key_of (sort, last) : NULL;
      g_autofree char *cursor = armms_cursor_sign (request, request->page.sort, request->page.descending, key,
                                                   (const ArmmsId *) ((const char *) last + id->offset));

      g_string_append_printf (out, "\"%s\"}", cursor);
    }
  else
    g_string_append (out, "null}");
  return new_reply (SOUP_STATUS_OK, "application/json", g_string_free_to_bytes (out));
}

ArmmsReply *
armms_reply_new_json (guint status, JsonNode *node)
{
  char *text = json_to_string (node, /* pretty= */ FALSE);

  json_node_unref (node);
  return armms_reply_new_text (status, "application/json", text, strlen (text));
}

ArmmsReply *
armms_reply_new_text (guint status, const char *content_type, char *text, gsize size)
{
  return new_reply (status, content_type, g_bytes_new_take (text, size));
}

ArmmsReply *
armms_reply_new_bytes (guint status, const char *content_type, GBytes *bytes, const char *file_name)
{
  ArmmsReply *reply = new_reply (status, content_type, g_bytes_ref (bytes));

  if (file_name != NULL)
    {
      g_autofree char *safe = g_str_to_ascii (file_name, "C");
      g_autofree char *value = NULL;

      g_strcanon (safe, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS ".-_ ", '_');
      value = g_strdup_printf ("attachment; filename=\"%s\"", safe);
      armms_reply_set_header (reply, "Content-Disposition", value);
    }
  return reply;
}

ArmmsReply *
armms_reply_new_empty (guint status)
{
  return new_reply (status, NULL, NULL);
}

ArmmsReply *
armms_reply_new_job (const ArmmsId *job_id)
{
  char id[ARMMS_ID_TEXT_SIZE];
  char *text = g_strdup_printf ("{\"job_id\":\"%s\"}", armms_id_format (job_id, id));
  ArmmsReply *reply = armms_reply_new_text (SOUP_STATUS_ACCEPTED, "application/json", text, strlen (text));
  g_autofree char *location = g_strdup_printf ("/v1/jobs/%s", id);

  armms_reply_set_location (reply, location);
  return reply;
}

void
armms_reply_set_version (ArmmsReply *reply, gint64 version)
{
  reply->version = version;
}

void
armms_reply_set_location (ArmmsReply *reply, const char *location)
{
  armms_reply_set_header (reply, "Location", location);
}

void
armms_reply_set_header (ArmmsReply *reply, const char *name, const char *value)
{
  if (reply->headers == NULL)
    reply->headers = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (reply->headers, g_strdup (name));
  g_ptr_array_add (reply->headers, g_strdup (value));
}

/* Problems (RFC 9457) */

const char *
armms_status_title (guint status)
{
  switch (status)
    {
    case 413: return "Content Too Large";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 499: return "Client Closed Request";
    default: return soup_status_get_phrase (status);
    }
}

static void
append_quoted (GString *out, const char *text)
{
  static const char hex[] = "0123456789abcdef";

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (out, "\\%c", *p);
    else if ((guchar) *p < 0x20)
      g_string_append_printf (out, "\\u00%c%c", hex[(guchar) *p >> 4], hex[*p & 15]);
    else
      g_string_append_c (out, *p);
  g_string_append_c (out, '"');
}

static ArmmsReply *
new_problem (guint status, const char *code, const char *detail, GPtrArray *fields, const char *request_id)
{
  GString *out = g_string_new (NULL);
  ArmmsReply *reply;

  g_string_append_printf (out, "{\"type\":\"urn:armms:error:%s\",\"title\":\"%s\",\"status\":%u,\"detail\":", code,
                          armms_status_title (status), status);
  append_quoted (out, detail);
  g_string_append_printf (out, ",\"code\":\"%s\",\"request_id\":", code);
  append_quoted (out, request_id);
  if (fields != NULL && fields->len > 0)
    {
      g_string_append (out, ",\"errors\":[");
      for (guint i = 0; i < fields->len; i++)
        {
          ArmmsFieldError *field = fields->pdata[i];

          g_string_append (out, i > 0 ? ",{\"field\":" : "{\"field\":");
          append_quoted (out, field->field);
          g_string_append (out, ",\"code\":");
          append_quoted (out, field->code);
          g_string_append (out, ",\"message\":");
          append_quoted (out, field->message);
          g_string_append_c (out, '}');
        }
      g_string_append_c (out, ']');
    }
  g_string_append_c (out, '}');
  reply = new_reply (status, "application/problem+json", g_string_free_to_bytes (out));
  reply->problem = TRUE;
  return reply;
}

ArmmsReply *
armms_reply_new_problem (const GError *error, const char *request_id)
{
  guint status = error->domain == ARMMS_ERROR ? armms_error_get_http_status (error) : 500;
  ArmmsReply *reply;

  /* What went wrong inside is for the log; the caller gets the id that finds it there. */
  if (status == 500)
    reply = new_problem (500, "internal", "something went wrong in the server; the request id names it in the log", NULL, request_id);
  else
    reply = new_problem (status, armms_error_get_code (error), error->message, armms_error_get_fields (error), request_id);
  if (status == 503)
    armms_reply_set_header (reply, "Retry-After", "2");
  if (status == 401)
    armms_reply_set_header (reply, "WWW-Authenticate", "Bearer realm=\"armms\"");
  return reply;
}

ArmmsReply *
armms_reply_new_problem_of (guint status, const char *code, const char *detail, const char *request_id)
{
  return new_problem (status, code, detail, NULL, request_id);
}
