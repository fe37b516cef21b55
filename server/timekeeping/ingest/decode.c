#include "server/timekeeping/ingest/decode.h"

#include "server/platform/http/json-scan.h"

#include <string.h>

#define MOST_TOKENS (ARMMS_INGEST_MOST_EVENTS * 64)
#define MOST_DEPTH 12
#define LONGEST_REF 64
#define LONGEST_PAYLOAD 4096

/* Over text that the scanner has passed. */
typedef struct {
  const char *at, *end;
  GStringChunk *texts;
} Reader;

typedef struct {
  const char *start; /* after the quote */
  gsize size;
  gboolean escaped;
} Text;

static void
skip_space (Reader *reader)
{
  while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\t' || *reader->at == '\n' || *reader->at == '\r'))
    reader->at++;
}

static gboolean
take (Reader *reader, char c)
{
  skip_space (reader);
  if (reader->at >= reader->end || *reader->at != c)
    return FALSE;
  reader->at++;
  return TRUE;
}

static Text
read_text (Reader *reader)
{
  Text text = { .start = ++reader->at };

  while (*reader->at != '"')
    {
      if (*reader->at == '\\')
        {
          text.escaped = TRUE;
          reader->at++;
        }
      reader->at++;
    }
  text.size = (gsize) (reader->at - text.start);
  reader->at++;
  return text;
}

/* Any value, whole. */
static void
skip_value (Reader *reader)
{
  guint depth = 0;

  skip_space (reader);
  do
    {
      char c = *reader->at;

      if (c == '"')
        read_text (reader);
      else
        {
          if (c == '{' || c == '[')
            depth++;
          else if (c == '}' || c == ']')
            depth--;
          reader->at++;
        }
      /* A bare word or number ends where its neighbour begins. */
      while (depth == 0 && reader->at < reader->end && c != '"' && c != '}' && c != ']' && strchr (",]} \t\r\n", *reader->at) == NULL)
        reader->at++;
    }
  while (depth > 0);
}

static gboolean
is_text (const Text *text, const char *word)
{
  return !text->escaped && strlen (word) == text->size && memcmp (text->start, word, text->size) == 0;
}

static guint
hex_value (char c)
{
  return (guint) g_ascii_xdigit_value (c);
}

static gunichar
read_unit (const char **at)
{
  gunichar unit = (hex_value ((*at)[0]) << 12) | (hex_value ((*at)[1]) << 8) | (hex_value ((*at)[2]) << 4) | hex_value ((*at)[3]);

  *at += 4;
  return unit;
}

static void
append_escape (GString *out, const char **at)
{
  static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
  char c = *(*at)++;
  const char *known = strchr (from, c);
  gunichar unit;

  if (c != 'u')
    {
      g_string_append_c (out, known != NULL ? to[known - from] : c);
      return;
    }
  unit = read_unit (at);
  if (unit >= 0xd800 && unit < 0xdc00)
    {
      *at += 2; /* the scanner has seen that its other half follows */
      unit = 0x10000 + ((unit - 0xd800) << 10) + (read_unit (at) - 0xdc00);
    }
  g_string_append_unichar (out, unit);
}

/* (transfer none): of the chunk */
static const char *
copy_text (Reader *reader, const Text *text)
{
  g_autoptr(GString) plain = NULL;
  const char *at = text->start, *end = text->start + text->size;

  if (!text->escaped)
    return g_string_chunk_insert_len (reader->texts, text->start, (gssize) text->size);
  plain = g_string_sized_new (text->size);
  while (at < end)
    if (*at == '\\')
      {
        at++;
        append_escape (plain, &at);
      }
    else
      g_string_append_c (plain, *at++);
  return g_string_chunk_insert_len (reader->texts, plain->str, (gssize) plain->len);
}

/* ---- one event -------------------------------------------------------------------------------------------------- */

static void
refuse (ArmmsIngestEvent *event, const char *field, const char *code)
{
  if (event->bad_field != NULL)
    return;
  event->bad_field = field;
  event->bad_code = code;
}

static gboolean
read_small_text (Reader *reader, char *buffer, gsize size)
{
  Text text;

  skip_space (reader);
  if (*reader->at != '"')
    {
      skip_value (reader);
      return FALSE;
    }
  text = read_text (reader);
  if (text.escaped || text.size >= size)
    return FALSE;
  memcpy (buffer, text.start, text.size);
  buffer[text.size] = '\0';
  return TRUE;
}

static void
read_id (Reader *reader, ArmmsIngestEvent *event, const char *field, ArmmsId *ret_id)
{
  char buffer[ARMMS_ID_TEXT_SIZE];

  if (!read_small_text (reader, buffer, sizeof buffer) || !armms_id_parse (buffer, ret_id) || armms_id_is_nil (ret_id))
    refuse (event, field, "bad_format");
}

static void
read_instant (Reader *reader, ArmmsIngestEvent *event)
{
  char buffer[ARMMS_INSTANT_TEXT_SIZE];

  if (!read_small_text (reader, buffer, sizeof buffer) || !armms_instant_parse (buffer, &event->ts))
    refuse (event, "ts", "bad_format");
}

static void
read_type (Reader *reader, ArmmsIngestEvent *event)
{
  static const char *const types[] = { "IN", "OUT", "BREAK_START", "BREAK_END", "UNKNOWN" };
  Text text;

  skip_space (reader);
  if (*reader->at != '"')
    {
      skip_value (reader);
      refuse (event, "type", "bad_format");
      return;
    }
  text = read_text (reader);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (is_text (&text, types[i]))
      {
        event->type = types[i];
        return;
      }
  refuse (event, "type", "unknown");
}

static void
read_ref (Reader *reader, ArmmsIngestEvent *event)
{
  Text text;

  skip_space (reader);
  if (*reader->at != '"')
    {
      skip_value (reader);
      refuse (event, "employee_no", "bad_format");
      return;
    }
  text = read_text (reader);
  if (text.size == 0 || text.size > LONGEST_REF)
    refuse (event, "employee_no", text.size == 0 ? "required" : "too_long");
  else
    event->employee_ref = copy_text (reader, &text);
}

static void
read_seq (Reader *reader, ArmmsIngestEvent *event)
{
  gint64 value = 0;
  const char *start;

  skip_space (reader);
  start = reader->at;
  skip_value (reader);
  for (const char *at = start; at < reader->at; at++)
    {
      value = g_ascii_isdigit (*at) && value <= G_MAXINT32 ? value * 10 + (*at - '0') : G_MAXINT64 / 16;
      if (value > G_MAXINT32)
        {
          refuse (event, "seq", "out_of_range");
          return;
        }
    }
  event->seq = (gint32) value;
}

static void
read_payload (Reader *reader, ArmmsIngestEvent *event)
{
  const char *start;

  skip_space (reader);
  start = reader->at;
  skip_value (reader);
  if (reader->at - start > LONGEST_PAYLOAD)
    refuse (event, "payload", "too_long");
  else
    event->payload = g_string_chunk_insert_len (reader->texts, start, reader->at - start);
}

static gboolean
is_null (Reader *reader)
{
  skip_space (reader);
  return *reader->at == 'n';
}

static void
read_member (Reader *reader, ArmmsIngestEvent *event, const Text *name)
{
  if (is_null (reader))
    skip_value (reader);
  else if (is_text (name, "event_id"))
    read_id (reader, event, "event_id", &event->event_id);
  else if (is_text (name, "device_id"))
    read_id (reader, event, "device_id", &event->device_id);
  else if (is_text (name, "ts"))
    read_instant (reader, event);
  else if (is_text (name, "type"))
    read_type (reader, event);
  else if (is_text (name, "employee_no"))
    read_ref (reader, event);
  else if (is_text (name, "employee_id"))
    read_id (reader, event, "employee_id", &event->employee_id);
  else if (is_text (name, "guard_id"))
    read_id (reader, event, "guard_id", &event->employee_id);
  else if (is_text (name, "detachment_id"))
    read_id (reader, event, "detachment_id", &event->detachment_id);
  else if (is_text (name, "seq"))
    read_seq (reader, event);
  else if (is_text (name, "payload"))
    read_payload (reader, event);
  else
    skip_value (reader);
}

/* Of all that was said, so that the same key with another body is noticed. FNV-1a. */
static gint64
hash_body (const ArmmsIngestEvent *event)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);
  const struct { gconstpointer bytes; gsize size; } parts[] = {
    { &event->employee_id, sizeof event->employee_id }, { &event->detachment_id, sizeof event->detachment_id },
    { &event->ts, sizeof event->ts }, { &event->seq, sizeof event->seq },
    { event->type, strlen (event->type) + 1 },
    { event->employee_ref != NULL ? event->employee_ref : "", event->employee_ref != NULL ? strlen (event->employee_ref) + 1 : 1 },
    { event->payload != NULL ? event->payload : "", event->payload != NULL ? strlen (event->payload) + 1 : 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (gsize j = 0; j < parts[i].size; j++)
      hash = (hash ^ ((const guint8 *) parts[i].bytes)[j]) * G_GUINT64_CONSTANT (1099511628211);
  return (gint64) hash;
}

static void
finish_event (ArmmsIngestEvent *event)
{
  if (armms_id_is_nil (&event->event_id))
    refuse (event, "event_id", "required");
  if (armms_id_is_nil (&event->device_id))
    refuse (event, "device_id", "required");
  if (armms_instant_is_none (event->ts))
    refuse (event, "ts", "required");
  if (event->type == NULL)
    refuse (event, "type", "required");
  if (event->employee_ref == NULL && armms_id_is_nil (&event->employee_id))
    refuse (event, "employee_no", "required");
  if (event->bad_field == NULL)
    event->body_hash = hash_body (event);
}

static void
read_event (Reader *reader, GArray *events)
{
  ArmmsIngestEvent event = { .ts = ARMMS_INSTANT_NONE, .seq = -1 };

  skip_space (reader);
  if (*reader->at != '{')
    {
      skip_value (reader);
      refuse (&event, "event", "bad_format");
      g_array_append_val (events, event);
      return;
    }
  reader->at++;
  while (!take (reader, '}'))
    {
      Text name;

      take (reader, ',');
      skip_space (reader);
      name = read_text (reader);
      take (reader, ':');
      read_member (reader, &event, &name);
    }
  finish_event (&event);
  g_array_append_val (events, event);
}

gboolean
armms_ingest_decode (const char *body, gsize size, GStringChunk *texts, GArray *events, gboolean *ret_is_array, GError **error)
{
  const ArmmsJsonLimits limits = { .max_depth = MOST_DEPTH, .max_tokens = MOST_TOKENS };
  Reader reader = { .at = body, .end = body + size, .texts = texts };
  guint first = events->len;

  if (!armms_json_scan (body, size, &limits, error))
    return FALSE;
  skip_space (&reader);
  *ret_is_array = *reader.at == '[';
  if (!*ret_is_array)
    {
      if (*reader.at != '{')
        {
          armms_error_set (error, ARMMS_ERROR_MALFORMED, "event.malformed", "neither an event nor an array of events");
          return FALSE;
        }
      read_event (&reader, events);
      return TRUE;
    }
  reader.at++;
  while (!take (&reader, ']'))
    {
      take (&reader, ',');
      if (events->len - first == ARMMS_INGEST_MOST_EVENTS)
        {
          armms_error_set (error, ARMMS_ERROR_TOO_LARGE, "event.too_many", "more than %d events in one request", ARMMS_INGEST_MOST_EVENTS);
          return FALSE;
        }
      read_event (&reader, events);
    }
  return TRUE;
}
