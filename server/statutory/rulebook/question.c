#include "server/statutory/rulebook/rulebook-private.h"

#include <string.h>

/* Beyond it no sum of a dozen inputs can pass 64 bits, and no payroll has it: ten trillion. */
#define MONEY_MAX G_GINT64_CONSTANT (1000000000000000)
#define DECIMAL_MAX 1000000 /* days, hours, factors */
#define SALARY_MAX G_GINT64_CONSTANT (1000000000000) /* x 366 periods x 1000 is within 64 bits */
#define THOUSANDTH (ARMMS_MILLION / 1000)

gboolean
armms_rulebook_has_word (const char *words, const char *name)
{
  gsize length = strlen (name);

  for (const char *at = words; length > 0 && (at = strstr (at, name)) != NULL; at += length)
    if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
      return TRUE;
  return FALSE;
}

void
armms_question_refuse (ArmmsQuestion *question, const char *name, const char *why)
{
  if (question->error == NULL)
    armms_error_set (&question->error, ARMMS_ERROR_INVALID_INPUT, "rules.input", "input %s %s", name, why);
}

JsonNode *
armms_question_find (ArmmsQuestion *question, const char *name)
{
  JsonNode *node = json_object_get_member (question->inputs, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

gboolean
armms_question_has (ArmmsQuestion *question, const char *name)
{
  return armms_question_find (question, name) != NULL;
}

const char *
armms_question_one_of (ArmmsQuestion *question, const char *names)
{
  g_auto(GStrv) list = g_strsplit (names, " ", -1);
  const char *found = NULL;

  for (guint i = 0; list[i] != NULL; i++)
    if (armms_question_has (question, list[i]))
      {
        if (found != NULL)
          armms_question_refuse (question, list[i], "says again what another input says");
        else
          found = g_intern_string (list[i]);
      }
  return found != NULL ? found : g_intern_string (list[0]);
}

ArmmsMoney
armms_question_sum (ArmmsQuestion *question, const char *names)
{
  g_auto(GStrv) list = g_strsplit (names, " ", -1);
  ArmmsMoney sum = ARMMS_MONEY (0);

  for (guint i = 0; list[i] != NULL; i++)
    sum.centavos += armms_question_money_or_none (question, list[i]).centavos;
  return sum;
}

static gboolean
holds_type (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

/* 80000, or the same as text: spreadsheets write either. */
static gboolean
read_integer (JsonNode *node, gint64 *ret_value)
{
  if (holds_type (node, G_TYPE_STRING))
    return g_ascii_string_to_signed (json_node_get_string (node), 10, G_MININT64, G_MAXINT64, ret_value, NULL);
  *ret_value = json_node_get_int (node);
  return holds_type (node, G_TYPE_INT64);
}

gint64
armms_question_integer (ArmmsQuestion *question, const char *name, gint64 at_least, gint64 at_most)
{
  JsonNode *node = armms_question_find (question, name);
  gint64 value;

  if (node == NULL || !read_integer (node, &value))
    {
      armms_question_refuse (question, name, node == NULL ? "is missing" : "is no whole number");
      return at_least;
    }
  if (value < at_least || value > at_most)
    armms_question_refuse (question, name, "is out of range");
  return CLAMP (value, at_least, at_most);
}

ArmmsMoney
armms_question_money (ArmmsQuestion *question, const char *name)
{
  return ARMMS_MONEY (armms_question_integer (question, name, -MONEY_MAX, MONEY_MAX));
}

ArmmsMoney
armms_question_money_or_none (ArmmsQuestion *question, const char *name)
{
  return armms_question_has (question, name) ? armms_question_money (question, name) : ARMMS_MONEY (0);
}

const char *
armms_question_text (ArmmsQuestion *question, const char *name)
{
  JsonNode *node = armms_question_find (question, name);

  if (node != NULL && holds_type (node, G_TYPE_STRING))
    return json_node_get_string (node);
  armms_question_refuse (question, name, node == NULL ? "is missing" : "is no text");
  return "";
}

const char *
armms_question_text_or (ArmmsQuestion *question, const char *name, const char *fallback)
{
  return armms_question_has (question, name) ? armms_question_text (question, name) : fallback;
}

gboolean
armms_question_flag (ArmmsQuestion *question, const char *name)
{
  JsonNode *node = armms_question_find (question, name);

  if (node == NULL)
    return FALSE;
  if (holds_type (node, G_TYPE_BOOLEAN))
    return json_node_get_boolean (node);
  return armms_question_integer (question, name, 0, 1) != 0;
}

ArmmsMultiplier
armms_question_decimal (ArmmsQuestion *question, const char *name)
{
  JsonNode *node = armms_question_find (question, name);
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  ArmmsMultiplier value = { 0 };
  const char *text = number;

  if (node != NULL && holds_type (node, G_TYPE_INT64))
    return (ArmmsMultiplier) { armms_question_integer (question, name, 0, DECIMAL_MAX) * ARMMS_MILLION };
  /* The fifteen digits of a floating number that are as they were written; more decimals than a millionth has are refused below. */
  if (node != NULL && holds_type (node, G_TYPE_DOUBLE))
    g_ascii_formatd (number, sizeof number, "%.15g", json_node_get_double (node));
  else
    text = armms_question_text (question, name);
  if (!armms_multiplier_parse (text, &value))
    armms_question_refuse (question, name, "is no number of at most six decimals");
  else if (value.millionths < 0 || value.millionths > (gint64) DECIMAL_MAX * ARMMS_MILLION)
    armms_question_refuse (question, name, "is out of range");
  else
    return value;
  return (ArmmsMultiplier) { 0 };
}

JsonObject *
armms_question_object (ArmmsQuestion *question, const char *name)
{
  JsonNode *node = armms_question_find (question, name);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  armms_question_refuse (question, name, node == NULL ? "is missing" : "is no object");
  return NULL;
}

ArmmsDate
armms_question_month (ArmmsQuestion *question)
{
  g_autofree char *first = NULL;
  ArmmsDate month = question->on_date;
  const char *text;

  if (!armms_question_has (question, "month"))
    return month;
  text = armms_question_text (question, "month");
  first = g_strconcat (text, "-01", NULL);
  if (!armms_date_parse (first, &month) && !armms_date_parse (text, &month))
    armms_question_refuse (question, "month", "is no month");
  return month;
}

ArmmsTaxPeriod
armms_question_tax_period (ArmmsQuestion *question)
{
  ArmmsTaxPeriod period = ARMMS_TAX_MONTHLY;

  if (!armms_tax_period_parse (armms_question_text (question, "period"), &period))
    armms_question_refuse (question, "period", "is no pay period");
  return period;
}

ArmmsDayType
armms_question_day_type (ArmmsQuestion *question, const char *text)
{
  ArmmsDayType day_type = ARMMS_DAY_ORDINARY;

  if (text == NULL || !armms_day_type_parse (text, &day_type))
    armms_question_refuse (question, "day_type", "is no kind of day");
  return day_type;
}

const ArmmsWorkingTime *
armms_question_working_time (ArmmsQuestion *question, ArmmsDate date)
{
  static const ArmmsWorkingTime harmless = { .regular_minutes = 1 };
  const ArmmsWorkingTime *law = armms_working_time_find (&question->tables->working_time, date,
                                                         question->error == NULL ? &question->error : NULL);

  return law != NULL ? law : &harmless;
}

/* What a day of a salary is worth, so that the price of a minute can be followed from the salary on. */
static void
trace_salary (ArmmsQuestion *question, gint64 salary, gint64 periods, ArmmsMultiplier factor)
{
  ArmmsMoney daily = ARMMS_MONEY (0);
  ArmmsTrace trace;

  if (question->error != NULL
      || !armms_money_mul_div (ARMMS_MONEY (salary), periods * ARMMS_MILLION, factor.millionths, ARMMS_ROUND_HALF_AWAY, &daily, &question->error))
    return;
  armms_trace_init (&trace, "pay.daily_of_salary");
  armms_trace_money (&trace, "salary", ARMMS_MONEY (salary));
  armms_trace_count (&trace, "periods_per_year", periods);
  armms_trace_multiplier (&trace, "factor", factor);
  armms_trace_fraction (&trace, (__int128) salary * periods * ARMMS_MILLION, factor.millionths);
  trace.rounding = "shown only: the fraction is not rounded before it is multiplied";
  trace.result = daily;
  armms_question_trace (question, &trace);
}

/* A salary of a period over the paid days of its factor, to a thousandth of a day. */
static ArmmsRate
salary_rate (ArmmsQuestion *question)
{
  gint64 salary = armms_question_integer (question, "period_salary_c", -SALARY_MAX, SALARY_MAX);
  gint64 periods = armms_question_integer (question, "periods_per_year", 1, 366);
  ArmmsMultiplier factor = armms_question_decimal (question, "factor_days");

  if (factor.millionths <= 0 || factor.millionths % THOUSANDTH != 0)
    {
      armms_question_refuse (question, "factor_days", factor.millionths <= 0 ? "is not above zero" : "has more than three decimals");
      factor.millionths = ARMMS_MILLION;
    }
  trace_salary (question, salary, periods, factor);
  return (ArmmsRate) { salary * periods * (ARMMS_MILLION / THOUSANDTH),
                       factor.millionths / THOUSANDTH * armms_question_working_time (question, question->on_date)->regular_minutes };
}

ArmmsRate
armms_question_rate (ArmmsQuestion *question)
{
  if (armms_question_has (question, "daily_rate_c"))
    return (ArmmsRate) { armms_question_money (question, "daily_rate_c").centavos,
                         armms_question_working_time (question, question->on_date)->regular_minutes };
  if (armms_question_has (question, "hourly_rate_c"))
    return (ArmmsRate) { armms_question_money (question, "hourly_rate_c").centavos, ARMMS_MINUTES_PER_HOUR };
  if (armms_question_has (question, "period_salary_c"))
    return salary_rate (question);
  armms_question_refuse (question, "daily_rate_c", "is missing");
  return (ArmmsRate) { 0, ARMMS_MINUTES_PER_HOUR };
}

void
armms_question_tell (ArmmsQuestion *question, const char *name, ArmmsMoney figure)
{
  json_object_set_int_member (question->figures, name, figure.centavos);
}

void
armms_question_trace (ArmmsQuestion *question, const ArmmsTrace *trace)
{
  if (question->traces == NULL)
    return;
  armms_trace_append_text (trace, question->traces);
  g_string_append_c (question->traces, '\n');
}

ArmmsMoney
armms_question_price (ArmmsQuestion *question, const char *name, ArmmsCell cell, ArmmsPremiumPart part, ArmmsRate rate, gint64 minutes)
{
  const ArmmsPremiumRow *row = armms_premium_find (&question->tables->premiums, cell, question->on_date);
  ArmmsMoney pay = ARMMS_MONEY (0);
  ArmmsMultiplier multiplier;
  ArmmsTrace trace;
  char buffer[ARMMS_DATE_TEXT_SIZE];

  if (question->error != NULL)
    return pay;
  if (row == NULL)
    {
      armms_error_set (&question->error, ARMMS_ERROR_NOT_FOUND, "statutory.no_table", "no premium table is in force on %s for %s",
                       armms_date_format (question->on_date, buffer), armms_cell_name (cell));
      return pay;
    }
  multiplier = armms_premium_multiplier (row, cell, part);
  if (!armms_rate_pay (rate, ARMMS_MINUTES ((gint32) minutes), multiplier, &pay, &question->error))
    return ARMMS_MONEY (0);
  armms_trace_init (&trace, "pay.cell");
  armms_trace_text (&trace, "cell", armms_cell_name (cell));
  armms_trace_minutes (&trace, "minutes", minutes);
  armms_trace_rate (&trace, "rate", rate);
  if (part != ARMMS_PREMIUM_FULL)
    armms_trace_text (&trace, "part", part == ARMMS_PREMIUM_NIGHT_ONLY ? "nd_only" : "premium_only");
  armms_trace_multiplier (&trace, "multiplier", multiplier);
  armms_trace_row (&trace, "premium", row->row, row->from, row->source);
  armms_trace_fraction (&trace, (__int128) minutes * rate.centavos * multiplier.millionths, (__int128) rate.minutes * ARMMS_MILLION);
  trace.rounding = "half away from zero, once";
  trace.result = pay;
  armms_question_trace (question, &trace);
  if (name != NULL)
    armms_question_tell (question, name, pay);
  return pay;
}
