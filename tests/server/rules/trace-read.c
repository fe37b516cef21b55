#include "trace-read.h"

TraceRead
trace_read (const ArmmsTrace *trace)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  TraceRead read = { .parser = json_parser_new () };

  armms_trace_append_json (trace, text);
  json_parser_load_from_data (read.parser, text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
  read.root = json_node_get_object (json_parser_get_root (read.parser));
  read.in = json_object_get_object_member (read.root, "in");
  g_assert_cmpuint (json_object_get_size (read.in), ==, trace->n_items); /* no name stands twice */
  return read;
}

void
trace_read_clear (TraceRead *read)
{
  g_clear_object (&read->parser);
}

gboolean
trace_has (const TraceRead *read, const char *name)
{
  return json_object_has_member (read->in, name);
}

const char *
trace_text (const TraceRead *read, const char *name)
{
  return json_object_get_string_member_with_default (read->in, name, "");
}

static gint64
read_centavos (const char *text)
{
  ArmmsMoney money = ARMMS_MONEY (0);

  g_assert_true (*text == '\0' || armms_money_parse (text, &money));
  return money.centavos;
}

static gint64
read_millionths (const char *text)
{
  ArmmsMultiplier value = { 0 };
  gboolean negative = *text == '-';

  g_assert_true (*text == '\0' || armms_multiplier_parse (text + negative, &value));
  return negative ? -value.millionths : value.millionths;
}

gint64
trace_centavos (const TraceRead *read, const char *name)
{
  return read_centavos (trace_text (read, name));
}

gint64
trace_millionths (const TraceRead *read, const char *name)
{
  return read_millionths (trace_text (read, name));
}

gint64
trace_number (const TraceRead *read, const char *name)
{
  return json_object_get_int_member_with_default (read->in, name, 0);
}

gboolean
trace_flag (const TraceRead *read, const char *name)
{
  return json_object_get_boolean_member_with_default (read->in, name, FALSE);
}

ArmmsDate
trace_date (const TraceRead *read, const char *name)
{
  ArmmsDate date = ARMMS_DATE_NONE;

  g_assert_true (!trace_has (read, name) || armms_date_parse (trace_text (read, name), &date));
  return date;
}

gint64
trace_result_centavos (const TraceRead *read)
{
  return read_centavos (json_object_get_string_member (read->root, "result"));
}

gint64
trace_result_millionths (const TraceRead *read)
{
  return read_millionths (json_object_get_string_member (read->root, "result"));
}
