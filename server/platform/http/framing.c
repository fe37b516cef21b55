#include "server/platform/http/framing.h"

#include <string.h>

enum { CHUNK_NONE, CHUNK_SIZE, CHUNK_SIZE_LF, CHUNK_DATA, CHUNK_DATA_CR, CHUNK_DATA_LF, CHUNK_END_CR, CHUNK_END_LF };

/* Headers that may stand once only: a second one is an attempt to be read twice. */
static const char *const single_headers[] = {
  "host", "content-length", "transfer-encoding", "content-type", "content-encoding", "authorization", "expect",
  "idempotency-key", "if-match", "if-none-match", "x-request-id", "traceparent", "range", "upgrade", "te", "trailer",
};

typedef struct {
  char *method, *target;   /* inside the copy of the head */
  gboolean old;            /* HTTP/1.0 */
  guint seen;              /* bits of single_headers */
  guint64 length;
  gboolean has_length, chunked;
  guint count;
} Head;

enum { SEEN_HOST = 1 << 0 };

static gboolean
refuse (ArmmsFraming *framing, guint status, const char *code, const char *detail)
{
  framing->state = ARMMS_FRAMING_REFUSED;
  framing->refusal = (ArmmsRefusal) { status, code, detail };
  return FALSE;
}

static gboolean
is_token_char (guint8 c)
{
  return g_ascii_isalnum (c) || (c != 0 && strchr ("!#$%&'*+-.^_`|~", c) != NULL);
}

static gboolean
is_method (const char *text)
{
  static const char *const methods[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (strcmp (methods[i], text) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
method_has_body (const char *method)
{
  return strcmp (method, "POST") == 0 || strcmp (method, "PUT") == 0 || strcmp (method, "PATCH") == 0;
}

/* "." and "..", however they are written, and what could end a path early. */
static gboolean
check_segment (const char *start, const char *end)
{
  gsize dots = 0, letters = 0;

  for (const char *p = start; p < end; letters++)
    {
      gboolean encoded = *p == '%';
      int c = encoded ? g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2]) : *p;

      if (encoded && (c == '/' || c == '\\'))
        return FALSE;
      dots += c == '.';
      p += encoded ? 3 : 1;
    }
  return letters == 0 || letters != dots || letters > 2;
}

static gboolean
check_target (ArmmsFraming *framing, const char *target)
{
  gboolean query = FALSE;
  const char *segment = target + 1;
  const char *p;

  if (*target != '/')
    return refuse (framing, 400, "request.target", "the target must be a path");
  if (strlen (target) > ARMMS_FRAMING_MAX_TARGET)
    return refuse (framing, 414, "request.target_too_long", "the target is longer than 4096 bytes");
  for (p = target; *p != '\0'; p++)
    {
      if (*p == '%')
        {
          int high = g_ascii_xdigit_value (p[1]), low = high < 0 ? -1 : g_ascii_xdigit_value (p[2]);

          if (low < 0 || (high * 16 + low) < 0x20 || (high * 16 + low) == 0x7f)
            return refuse (framing, 400, "request.target", "the target holds a malformed or control escape");
        }
      else if (!g_ascii_isalnum (*p) && strchr ("-._~!$&'()*+,;=:@/?", *p) == NULL)
        return refuse (framing, 400, "request.target", "the target holds a byte that no URI has");
      if (!query && (*p == '/' || *p == '?'))
        {
          if (p >= segment && !check_segment (segment, p))
            return refuse (framing, 400, "request.target", "the target holds a dot segment or an encoded slash");
          segment = p + 1;
          query = *p == '?';
        }
    }
  if (!query && !check_segment (segment, p))
    return refuse (framing, 400, "request.target", "the target holds a dot segment or an encoded slash");
  return TRUE;
}

static gboolean
check_request_line (ArmmsFraming *framing, char *line, Head *head)
{
  char *space = strchr (line, ' ');
  char *second = space != NULL ? strchr (space + 1, ' ') : NULL;

  if (second == NULL || strchr (second + 1, ' ') != NULL || space == line)
    return refuse (framing, 400, "request.line", "the request line is not METHOD SP target SP version");
  *space = *second = '\0';
  head->method = line;
  head->target = space + 1;
  for (const char *p = line; *p != '\0'; p++)
    if (!is_token_char (*p))
      return refuse (framing, 400, "request.line", "the method is no token");
  if (!is_method (line))
    return refuse (framing, 501, "request.method_unknown", "the method is not known here");
  if (strcmp (second + 1, "HTTP/1.1") != 0 && strcmp (second + 1, "HTTP/1.0") != 0)
    return refuse (framing, strncmp (second + 1, "HTTP/", 5) == 0 ? 505 : 400, "request.version", "only HTTP/1.1 is spoken here");
  head->old = second[8] == '0';
  return check_target (framing, head->target);
}

static gboolean
check_host (ArmmsFraming *framing, const char *value)
{
  const char *p = value;

  if (*p == '[')
    for (p++; *p != '\0' && (g_ascii_isxdigit (*p) || *p == ':' || *p == '.'); p++)
      ;
  else
    for (; g_ascii_isalnum (*p) || *p == '.' || *p == '-' || *p == '_'; p++)
      ;
  if (*value == '[')
    {
      if (*p != ']' || p == value + 1)
        return refuse (framing, 400, "request.host", "the Host header is malformed");
      p++;
    }
  else if (p == value)
    return refuse (framing, 400, "request.host", "the Host header is malformed");
  if (*p == ':')
    {
      gsize digits = strspn (p + 1, "0123456789");

      if (digits == 0 || digits > 5 || p[1 + digits] != '\0')
        return refuse (framing, 400, "request.host", "the Host header is malformed");
      return TRUE;
    }
  return *p == '\0' || refuse (framing, 400, "request.host", "the Host header is malformed");
}

static gboolean
check_connection (ArmmsFraming *framing, const char *value)
{
  g_auto(GStrv) tokens = g_strsplit (value, ",", -1);

  /* A name listed here would be taken out of the message on its way: only the harmless ones. */
  for (gsize i = 0; tokens[i] != NULL; i++)
    {
      static const char *const known[] = { "close", "keep-alive", "upgrade", "te", "http2-settings", NULL };
      g_autofree char *token = g_ascii_strdown (g_strstrip (tokens[i]), -1);

      if (!g_strv_contains (known, token))
        return refuse (framing, 400, "request.connection", "the Connection header names a header of the message");
    }
  return TRUE;
}

static gboolean
check_header_value (ArmmsFraming *framing, const char *name, const char *value, Head *head)
{
  if (strcmp (name, "host") == 0)
    return check_host (framing, value);
  if (strcmp (name, "connection") == 0)
    return check_connection (framing, value);
  if (strcmp (name, "content-length") == 0)
    {
      gsize digits = strspn (value, "0123456789");

      if (digits == 0 || digits > 15 || value[digits] != '\0')
        return refuse (framing, 400, "request.length", "the Content-Length is no plain number");
      head->length = g_ascii_strtoull (value, NULL, 10);
      head->has_length = TRUE;
    }
  else if (strcmp (name, "transfer-encoding") == 0)
    {
      if (g_ascii_strcasecmp (value, "chunked") != 0)
        return refuse (framing, 501, "request.transfer_encoding", "only the transfer coding chunked is known here");
      head->chunked = TRUE;
    }
  else if (strcmp (name, "content-encoding") == 0)
    {
      if (g_ascii_strcasecmp (value, "identity") != 0)
        return refuse (framing, 415, "request.content_encoding", "bodies are not compressed here");
    }
  else if (strcmp (name, "expect") == 0)
    {
      if (g_ascii_strcasecmp (value, "100-continue") != 0)
        return refuse (framing, 417, "request.expect", "only 100-continue can be expected");
    }
  else if (strcmp (name, "trailer") == 0)
    return refuse (framing, 400, "request.trailer", "trailers are not read here");
  return TRUE;
}

static gboolean
check_header (ArmmsFraming *framing, char *line, Head *head)
{
  g_autofree char *name = NULL;
  char *colon = strchr (line, ':');
  char *value;
  gsize size;

  if (*line == ' ' || *line == '\t')
    return refuse (framing, 400, "request.folded", "a header is folded");
  if (colon == NULL || colon == line)
    return refuse (framing, 400, "request.header", "a header has no name");
  for (const char *p = line; p < colon; p++)
    if (!is_token_char (*p))
      return refuse (framing, 400, "request.header", "a header's name is no token");
  if (++head->count > ARMMS_FRAMING_MAX_HEADERS)
    return refuse (framing, 431, "request.headers_too_many", "more than 100 headers");
  *colon = '\0';
  name = g_ascii_strdown (line, -1);
  for (value = colon + 1; *value == ' ' || *value == '\t'; value++)
    ;
  for (size = strlen (value); size > 0 && (value[size - 1] == ' ' || value[size - 1] == '\t'); size--)
    ;
  value[size] = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (single_headers); i++)
    if (strcmp (single_headers[i], name) == 0)
      {
        if (head->seen & (1u << i))
          return refuse (framing, 400, "request.header_repeated", "a header that may stand once stands twice");
        head->seen |= 1u << i;
      }
  return check_header_value (framing, name, value, head);
}

/* One whole head, with its closing empty line. */
static gboolean
check_head (ArmmsFraming *framing, const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size - 2);
  Head head = { 0 };
  char *line = text;

  for (guint number = 0; *line != '\0'; number++)
    {
      char *end = strstr (line, "\r\n");

      *end = '\0';
      if (!(number == 0 ? check_request_line (framing, line, &head) : check_header (framing, line, &head)))
        return FALSE;
      line = end + 2;
    }
  if (head.method == NULL)
    return refuse (framing, 400, "request.line", "the request line is empty");
  if (!(head.seen & SEEN_HOST))
    return refuse (framing, 400, "request.host", "the Host header is missing");
  if (head.has_length && head.chunked)
    return refuse (framing, 400, "request.length_and_coding", "a length and a transfer coding exclude one another");
  if (head.chunked && head.old)
    return refuse (framing, 400, "request.transfer_encoding", "HTTP/1.0 has no transfer coding");
  if ((head.chunked || head.length > 0) && !method_has_body (head.method))
    return refuse (framing, 400, "request.body_unexpected", "this method has no body here");

  framing->max_body = framing->cap != NULL ? framing->cap (head.method, head.target, framing->cap_data) : 256 * 1024;
  if (head.length > framing->max_body)
    return refuse (framing, 413, "request.too_large", "the body is larger than this route takes");
  framing->left = head.length;
  framing->chunk = head.chunked ? CHUNK_SIZE : CHUNK_NONE;
  framing->chunk_digits = 0;
  framing->body_seen = 0;
  framing->state = head.chunked || head.length > 0 ? ARMMS_FRAMING_BODY : ARMMS_FRAMING_DONE;
  return TRUE;
}

/* Looks for the end of the head; what cannot be part of any head is refused as soon as it is seen. */
static gsize
scan_head (ArmmsFraming *framing, const guint8 *data, gsize size)
{
  for (gsize i = framing->scanned; i < size; i++)
    {
      guint8 c = data[i];

      if (c == '\n' && (i == 0 || data[i - 1] != '\r'))
        return refuse (framing, 400, "request.line_end", "a line ends without CR");
      if (c != '\n' && i > 0 && data[i - 1] == '\r')
        return refuse (framing, 400, "request.line_end", "a CR stands inside a line");
      if ((c < 0x20 && c != '\r' && c != '\n' && c != '\t') || c >= 0x7f)
        return refuse (framing, 400, "request.control", "the head holds a control byte or one that is not ASCII");
      if (i >= ARMMS_FRAMING_MAX_HEAD)
        return refuse (framing, 431, "request.head_too_large", "the head is larger than 32 KiB");
      if (c == '\n' && i == 1)
        return refuse (framing, 400, "request.line", "the request line is empty");
      if (c == '\n' && i >= 3 && data[i - 2] == '\n')
        return check_head (framing, data, i + 1) ? i + 1 : 0;
    }
  framing->scanned = size;
  return 0;
}

static gsize
check_chunks (ArmmsFraming *framing, const guint8 *data, gsize size)
{
  gsize i = 0;

  while (i < size && framing->state == ARMMS_FRAMING_BODY)
    {
      guint8 c = data[i];

      switch (framing->chunk)
        {
        case CHUNK_SIZE:
          if (g_ascii_isxdigit (c))
            {
              if (++framing->chunk_digits > 8)
                return refuse (framing, 413, "request.too_large", "a chunk is larger than this route takes");
              framing->left = framing->left * 16 + (guint) g_ascii_xdigit_value (c);
            }
          else if (c == '\r' && framing->chunk_digits > 0)
            framing->chunk = CHUNK_SIZE_LF;
          else
            return refuse (framing, 400, "request.chunk", "a chunk's size is malformed");
          i++;
          break;
        case CHUNK_SIZE_LF:
          if (c != '\n')
            return refuse (framing, 400, "request.chunk", "a chunk's size line does not end in CR LF");
          framing->body_seen += framing->left;
          if (framing->body_seen > framing->max_body)
            return refuse (framing, 413, "request.too_large", "the body is larger than this route takes");
          framing->chunk = framing->left > 0 ? CHUNK_DATA : CHUNK_END_CR;
          i++;
          break;
        case CHUNK_DATA:
          {
            gsize part = MIN (framing->left, size - i);

            framing->left -= part;
            i += part;
            if (framing->left == 0)
              framing->chunk = CHUNK_DATA_CR;
          }
          break;
        case CHUNK_DATA_CR:
        case CHUNK_END_CR:
          if (c != '\r')
            return refuse (framing, 400, "request.chunk", framing->chunk == CHUNK_END_CR ? "trailers are not read here" : "a chunk does not end in CR LF");
          framing->chunk++;
          i++;
          break;
        case CHUNK_DATA_LF:
        case CHUNK_END_LF:
        default:
          if (c != '\n')
            return refuse (framing, 400, "request.chunk", "a chunk does not end in CR LF");
          if (framing->chunk == CHUNK_END_LF)
            framing->state = ARMMS_FRAMING_DONE;
          framing->chunk = CHUNK_SIZE;
          framing->chunk_digits = 0;
          framing->left = 0;
          i++;
          break;
        }
    }
  return i;
}

void
armms_framing_init (ArmmsFraming *framing, ArmmsBodyCap cap, gpointer cap_data)
{
  memset (framing, 0, sizeof *framing);
  framing->cap = cap;
  framing->cap_data = cap_data;
}

void
armms_framing_next (ArmmsFraming *framing)
{
  g_return_if_fail (framing->state == ARMMS_FRAMING_DONE);
  armms_framing_init (framing, framing->cap, framing->cap_data);
}

gsize
armms_framing_check (ArmmsFraming *framing, const guint8 *data, gsize size)
{
  gsize part;

  switch (framing->state)
    {
    case ARMMS_FRAMING_IDLE:
    case ARMMS_FRAMING_HEAD:
      if (size == 0)
        return 0;
      framing->state = ARMMS_FRAMING_HEAD;
      return scan_head (framing, data, size);
    case ARMMS_FRAMING_BODY:
      if (framing->chunk != CHUNK_NONE)
        return check_chunks (framing, data, size);
      part = MIN (framing->left, size);
      framing->left -= part;
      if (framing->left == 0)
        framing->state = ARMMS_FRAMING_DONE;
      return part;
    case ARMMS_FRAMING_DONE:
    case ARMMS_FRAMING_REFUSED:
    default:
      return 0;
    }
}

static const char *
reason_of (guint status)
{
  switch (status)
    {
    case 400: return "Bad Request";
    case 408: return "Request Timeout";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 431: return "Request Header Fields Too Large";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Error";
    }
}

char *
armms_refusal_to_answer (const ArmmsRefusal *refusal, const char *request_id)
{
  g_autofree char *body = g_strdup_printf ("{\"type\":\"urn:armms:error:%s\",\"title\":\"%s\",\"status\":%u,\"detail\":\"%s\","
                                           "\"code\":\"%s\",\"request_id\":\"%s\"}",
                                           refusal->code, reason_of (refusal->status), refusal->status, refusal->detail,
                                           refusal->code, request_id);

  return g_strdup_printf ("HTTP/1.1 %u %s\r\nContent-Type: application/problem+json\r\nContent-Length: %zu\r\n"
                          "X-Request-Id: %s\r\nCache-Control: no-store\r\n%sConnection: close\r\n\r\n%s",
                          refusal->status, reason_of (refusal->status), strlen (body), request_id,
                          refusal->status == 503 ? "Retry-After: 2\r\n" : "", body);
}
