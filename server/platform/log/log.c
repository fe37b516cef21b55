#include "server/platform/log/log.h"

#include "common/base/date.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_FIELDS 24

static char *log_program;
static GLogLevelFlags log_mask = G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING | G_LOG_LEVEL_MESSAGE;
static gboolean log_as_text;
static GPrivate log_request = G_PRIVATE_INIT (g_free);
static GRegex *log_secrets;

static const char *
level_name (GLogLevelFlags level)
{
  switch (level & G_LOG_LEVEL_MASK)
    {
    case G_LOG_LEVEL_ERROR: return "fatal";
    case G_LOG_LEVEL_CRITICAL: return "critical";
    case G_LOG_LEVEL_WARNING: return "warning";
    case G_LOG_LEVEL_MESSAGE: return "message";
    case G_LOG_LEVEL_INFO: return "info";
    default: return "debug";
    }
}

static void
append_json_text (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_printf (out, "\\%c", *c);
      else if ((guchar) *c < 0x20)
        g_string_append_printf (out, "\\u%04x", (guchar) *c);
      else
        g_string_append_c (out, *c);
    }
  g_string_append_c (out, '"');
}

static void
append_member (GString *out, const char *name, const char *value)
{
  g_autofree char *redacted = armms_log_redact (value);
  g_autofree char *valid = g_utf8_make_valid (redacted, -1);

  if (out->len > 1)
    g_string_append_c (out, ',');
  append_json_text (out, name);
  g_string_append_c (out, ':');
  append_json_text (out, valid);
}

/* GLib's own field names become short ones; what only the journal wants is left out. */
static char *
member_name (const char *key)
{
  if (g_str_equal (key, "MESSAGE"))
    return g_strdup ("message");
  if (g_str_equal (key, "GLIB_DOMAIN"))
    return g_strdup ("domain");
  if (g_str_has_prefix (key, "ARMMS_"))
    return g_ascii_strdown (key + strlen ("ARMMS_"), -1);
  return NULL;
}

static char *
field_text (const GLogField *field)
{
  return field->length < 0 ? g_strdup (field->value) : g_strndup (field->value, field->length);
}

static void
write_line (GString *line)
{
  gsize written = 0;

  g_string_append_c (line, '\n');
  while (written < line->len)
    {
      gssize n = write (STDERR_FILENO, line->str + written, line->len - written);

      if (n <= 0)
        return;
      written += n;
    }
}

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  g_autoptr(GString) line = NULL;
  char now[ARMMS_INSTANT_TEXT_SIZE];

  if ((level & log_mask) == 0)
    return G_LOG_WRITER_HANDLED;
  if (g_log_writer_is_journald (STDERR_FILENO))
    return g_log_writer_journald (level, fields, n_fields, user_data);
  armms_instant_format (armms_instant_now (), now);
  line = g_string_sized_new (256);
  if (log_as_text)
    {
      g_string_append_printf (line, "%s %-8s", now, level_name (level));
      for (gsize i = 0; i < n_fields; i++)
        {
          g_autofree char *name = member_name (fields[i].key);
          g_autofree char *text = name != NULL ? field_text (&fields[i]) : NULL;
          g_autofree char *redacted = text != NULL ? armms_log_redact (text) : NULL;

          if (redacted != NULL && g_str_equal (name, "message"))
            g_string_append_printf (line, " %s", redacted);
          else if (redacted != NULL)
            g_string_append_printf (line, " %s=%s", name, redacted);
        }
    }
  else
    {
      g_string_append_c (line, '{');
      append_member (line, "time", now);
      append_member (line, "level", level_name (level));
      if (log_program != NULL)
        append_member (line, "program", log_program);
      if (g_private_get (&log_request) != NULL)
        append_member (line, "request_id", g_private_get (&log_request));
      for (gsize i = 0; i < n_fields; i++)
        {
          g_autofree char *name = member_name (fields[i].key);
          g_autofree char *text = name != NULL ? field_text (&fields[i]) : NULL;

          if (name != NULL)
            append_member (line, name, text);
        }
      g_string_append_c (line, '}');
    }
  write_line (line);
  return G_LOG_WRITER_HANDLED;
}

void
armms_log_init (const char *program, ArmmsConfig *config)
{
  const char *level = config != NULL ? armms_config_text (config, "log", "level", "message") : "message";
  const char *format = config != NULL ? armms_config_text (config, "log", "format", "json") : "json";

  g_free (log_program);
  log_program = g_strdup (program);
  log_as_text = g_str_equal (format, "text");
  log_mask = G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING;
  if (!g_str_equal (level, "warning"))
    log_mask |= G_LOG_LEVEL_MESSAGE;
  if (g_str_equal (level, "info") || g_str_equal (level, "debug"))
    log_mask |= G_LOG_LEVEL_INFO;
  if (g_str_equal (level, "debug"))
    log_mask |= G_LOG_LEVEL_DEBUG;
  g_set_prgname (program);
  if (log_secrets == NULL)
    {
      log_secrets = g_regex_new ("(?i)((?:password|passwd|secret|token|api[_-]?key|authorization)[\"']?\\s*[:=]\\s*[\"']?(?:bearer |device )?|bearer |device [0-9a-f-]{36}:)[^\\s\"',;&]+",
                                 G_REGEX_OPTIMIZE, 0, NULL);
      g_log_set_writer_func (write_log, NULL, NULL);
    }
}

void
armms_log_set_request (const char *request_id)
{
  g_private_replace (&log_request, g_strdup (request_id));
}

const char *
armms_log_get_request (void)
{
  return g_private_get (&log_request);
}

void
armms_log_event (GLogLevelFlags level, const char *event, const char *first_field, ...)
{
  GLogField fields[MAX_FIELDS];
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gsize n = 0;
  va_list list;

  fields[n++] = (GLogField) { "MESSAGE", event, -1 };
  fields[n++] = (GLogField) { "GLIB_DOMAIN", "armms", -1 };
  fields[n++] = (GLogField) { "PRIORITY", (level & G_LOG_LEVEL_MASK) <= G_LOG_LEVEL_CRITICAL ? "3" : (level & G_LOG_LEVEL_WARNING) ? "4" : "6", -1 };
  if (g_private_get (&log_request) != NULL)
    fields[n++] = (GLogField) { "REQUEST_ID", g_private_get (&log_request), -1 };
  va_start (list, first_field);
  for (const char *name = first_field; name != NULL && n < MAX_FIELDS; name = va_arg (list, const char *))
    {
      const char *value = va_arg (list, const char *);
      char *key;

      if (value == NULL)
        continue;
      key = g_strconcat ("ARMMS_", name, NULL);
      for (char *c = key; *c != '\0'; c++)
        *c = *c == '-' ? '_' : g_ascii_toupper (*c);
      g_ptr_array_add (names, key);
      fields[n++] = (GLogField) { key, value, -1 };
    }
  va_end (list);
  g_log_structured_array (level, fields, n);
}

char *
armms_log_redact (const char *text)
{
  char *redacted;

  if (text == NULL)
    return g_strdup ("");
  if (log_secrets == NULL)
    return g_strdup (text);
  redacted = g_regex_replace (log_secrets, text, -1, 0, "\\1***", 0, NULL);
  return redacted != NULL ? redacted : g_strdup ("***");
}
