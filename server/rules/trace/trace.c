#include "server/rules/trace/trace.h"

static ArmmsTraceItem *
add_item (ArmmsTrace *trace, const char *name, ArmmsTraceKind kind, gint64 value)
{
  ArmmsTraceItem *item;

  g_assert (trace->n_items < ARMMS_TRACE_ITEMS);
  item = &trace->items[trace->n_items++];
  item->name = name;
  item->kind = kind;
  item->value = value;
  item->over = 0;
  item->text = NULL;
  return item;
}

/* Integers by hand: a payrun writes a few hundred thousand traces, and printf is most of their cost. */
static void
append_integer (GString *out, gint64 value)
{
  char buffer[24];
  char *at = buffer + sizeof buffer;
  guint64 rest = value < 0 ? - (guint64) value : (guint64) value;

  do
    *--at = (char) ('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (value < 0)
    *--at = '-';
  g_string_append_len (out, at, buffer + sizeof buffer - at);
}

static void
append_money (GString *out, gint64 centavos)
{
  guint64 rest = centavos < 0 ? - (guint64) centavos : (guint64) centavos;

  if (centavos < 0)
    g_string_append_c (out, '-');
  append_integer (out, (gint64) (rest / 100));
  g_string_append_c (out, '.');
  g_string_append_c (out, (char) ('0' + rest % 100 / 10));
  g_string_append_c (out, (char) ('0' + rest % 10));
}

static void
append_millionths (GString *out, gint64 millionths)
{
  guint64 rest = millionths < 0 ? - (guint64) millionths : (guint64) millionths;
  guint64 fraction = rest % 1000000;

  if (millionths < 0)
    g_string_append_c (out, '-');
  append_integer (out, (gint64) (rest / 1000000));
  if (fraction == 0)
    return;
  g_string_append_c (out, '.');
  for (guint64 unit = 100000; fraction != 0; unit /= 10)
    {
      g_string_append_c (out, (char) ('0' + fraction / unit));
      fraction %= unit;
    }
}

static void
append_date (GString *out, ArmmsDate date)
{
  char buffer[ARMMS_DATE_TEXT_SIZE];

  g_string_append (out, armms_date_format (date, buffer));
}

/* A letter that JSON does not take as it is. */
static void
append_control (GString *out, guchar letter)
{
  static const char digits[] = "0123456789abcdef";

  g_string_append (out, "\\u00");
  g_string_append_c (out, digits[letter >> 4]);
  g_string_append_c (out, digits[letter & 15]);
}

static void
append_json_text (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *at = text; *at != '\0'; at++)
    {
      guchar letter = (guchar) *at;

      if (letter == '"' || letter == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, *at);
        }
      else if (letter < 0x20)
        append_control (out, letter);
      else
        g_string_append_c (out, *at);
    }
  g_string_append_c (out, '"');
}

static void
append_value (GString *out, const ArmmsTraceItem *item)
{
  switch (item->kind)
    {
    case ARMMS_TRACE_MONEY:
      append_money (out, item->value);
      break;
    case ARMMS_TRACE_RATE:
      append_money (out, item->value);
      g_string_append_c (out, '/');
      append_integer (out, item->over);
      break;
    case ARMMS_TRACE_MINUTES:
    case ARMMS_TRACE_COUNT:
      append_integer (out, item->value);
      break;
    case ARMMS_TRACE_MULTIPLIER:
      append_millionths (out, item->value);
      break;
    case ARMMS_TRACE_DATE:
      append_date (out, (ArmmsDate) { (gint32) item->value });
      break;
    case ARMMS_TRACE_FLAG:
      g_string_append (out, item->value ? "true" : "false");
      break;
    case ARMMS_TRACE_TEXT:
    default:
      g_string_append (out, item->text);
      break;
    }
}

void
armms_trace_init (ArmmsTrace *trace, const char *rule)
{
  trace->rule = rule;
  trace->n_items = 0;
  trace->table = NULL;
  trace->row = 0;
  trace->version = ARMMS_DATE_NONE;
  trace->source = NULL;
  trace->numerator = trace->denominator = 0;
  trace->rounding = NULL;
  trace->result = ARMMS_MONEY (0);
  trace->in_days = FALSE;
  trace->days = (ArmmsMultiplier) { 0 };
}

void
armms_trace_money (ArmmsTrace *trace, const char *name, ArmmsMoney value)
{
  add_item (trace, name, ARMMS_TRACE_MONEY, value.centavos);
}

void
armms_trace_rate (ArmmsTrace *trace, const char *name, ArmmsRate value)
{
  add_item (trace, name, ARMMS_TRACE_RATE, value.centavos)->over = value.minutes;
}

void
armms_trace_minutes (ArmmsTrace *trace, const char *name, gint64 minutes)
{
  add_item (trace, name, ARMMS_TRACE_MINUTES, minutes);
}

void
armms_trace_multiplier (ArmmsTrace *trace, const char *name, ArmmsMultiplier value)
{
  add_item (trace, name, ARMMS_TRACE_MULTIPLIER, value.millionths);
}

void
armms_trace_count (ArmmsTrace *trace, const char *name, gint64 count)
{
  add_item (trace, name, ARMMS_TRACE_COUNT, count);
}

void
armms_trace_date (ArmmsTrace *trace, const char *name, ArmmsDate date)
{
  add_item (trace, name, ARMMS_TRACE_DATE, date.days);
}

void
armms_trace_flag (ArmmsTrace *trace, const char *name, gboolean flag)
{
  add_item (trace, name, ARMMS_TRACE_FLAG, !!flag);
}

void
armms_trace_text (ArmmsTrace *trace, const char *name, const char *text)
{
  add_item (trace, name, ARMMS_TRACE_TEXT, 0)->text = text;
}

void
armms_trace_row (ArmmsTrace *trace, const char *table, gint32 row, ArmmsDate version, const char *source)
{
  trace->table = table;
  trace->row = row;
  trace->version = version;
  trace->source = source;
}

void
armms_trace_days (ArmmsTrace *trace, ArmmsMultiplier days)
{
  trace->in_days = TRUE;
  trace->days = days;
}

void
armms_trace_fraction (ArmmsTrace *trace, __int128 numerator, __int128 denominator)
{
  __int128 a = numerator < 0 ? -numerator : numerator;
  __int128 b = denominator;

  trace->numerator = trace->denominator = 0;
  if (denominator <= 0)
    return;
  while (b != 0)
    {
      __int128 rest = a % b;
      a = b;
      b = rest;
    }
  numerator /= a;
  denominator /= a;
  if (numerator > G_MAXINT64 || numerator < -G_MAXINT64 || denominator > G_MAXINT64)
    return;
  trace->numerator = (gint64) numerator;
  trace->denominator = (gint64) denominator;
}

static void
append_result (GString *out, const ArmmsTrace *trace)
{
  if (trace->in_days)
    append_millionths (out, trace->days.millionths);
  else
    append_money (out, trace->result.centavos);
}

void
armms_trace_append_text (const ArmmsTrace *trace, GString *out)
{
  g_string_append (out, trace->rule);
  g_string_append_c (out, ':');
  for (guint i = 0; i < trace->n_items; i++)
    {
      g_string_append_c (out, ' ');
      g_string_append (out, trace->items[i].name);
      g_string_append_c (out, '=');
      append_value (out, &trace->items[i]);
    }
  if (trace->table != NULL)
    {
      g_string_append (out, " | ");
      g_string_append (out, trace->table);
      if (trace->row > 0)
        {
          g_string_append (out, " row ");
          append_integer (out, trace->row);
        }
      if (!armms_date_is_none (trace->version))
        {
          g_string_append (out, " from ");
          append_date (out, trace->version);
        }
      if (trace->source != NULL)
        {
          g_string_append (out, " (");
          g_string_append (out, trace->source);
          g_string_append_c (out, ')');
        }
    }
  g_string_append (out, " | ");
  if (trace->denominator > 0)
    {
      append_integer (out, trace->numerator);
      g_string_append_c (out, '/');
      append_integer (out, trace->denominator);
      g_string_append_c (out, ' ');
    }
  g_string_append (out, "-> ");
  append_result (out, trace);
  if (trace->in_days)
    g_string_append (out, " days");
  if (trace->rounding != NULL)
    {
      g_string_append_c (out, ' ');
      g_string_append (out, trace->rounding);
    }
}

static void
append_json_member (GString *out, const ArmmsTraceItem *item)
{
  gboolean bare = item->kind == ARMMS_TRACE_MINUTES || item->kind == ARMMS_TRACE_COUNT || item->kind == ARMMS_TRACE_FLAG;

  g_string_append_c (out, '"');
  g_string_append (out, item->name);
  g_string_append (out, "\":");
  if (item->kind == ARMMS_TRACE_TEXT)
    {
      append_json_text (out, item->text);
      return;
    }
  if (!bare)
    g_string_append_c (out, '"');
  append_value (out, item);
  if (!bare)
    g_string_append_c (out, '"');
}

void
armms_trace_append_json (const ArmmsTrace *trace, GString *out)
{
  g_string_append (out, "{\"rule\":\"");
  g_string_append (out, trace->rule);
  g_string_append (out, "\",\"in\":{");
  for (guint i = 0; i < trace->n_items; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_json_member (out, &trace->items[i]);
    }
  g_string_append_c (out, '}');
  if (trace->table != NULL)
    {
      g_string_append (out, ",\"row\":{\"table\":\"");
      g_string_append (out, trace->table);
      g_string_append_c (out, '"');
      if (trace->row > 0)
        {
          g_string_append (out, ",\"row\":");
          append_integer (out, trace->row);
        }
      if (!armms_date_is_none (trace->version))
        {
          g_string_append (out, ",\"from\":\"");
          append_date (out, trace->version);
          g_string_append_c (out, '"');
        }
      if (trace->source != NULL)
        {
          g_string_append (out, ",\"source\":");
          append_json_text (out, trace->source);
        }
      g_string_append_c (out, '}');
    }
  if (trace->denominator > 0)
    {
      g_string_append (out, ",\"exact\":\"");
      append_integer (out, trace->numerator);
      g_string_append_c (out, '/');
      append_integer (out, trace->denominator);
      g_string_append_c (out, '"');
    }
  if (trace->rounding != NULL)
    {
      g_string_append (out, ",\"rounding\":");
      append_json_text (out, trace->rounding);
    }
  g_string_append (out, ",\"result\":\"");
  append_result (out, trace);
  g_string_append (out, "\"}");
}
