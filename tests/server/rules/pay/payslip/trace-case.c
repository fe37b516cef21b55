#include "trace-case.h"

#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>

#define MILLION 1000000

typedef struct {
  JsonParser *parser;
  JsonObject *in;     /* borrowed */
  const char *rule;   /* borrowed */
  gint64 result;
} Told;

/* "-12.34" scaled by @unit: 100 for centavos, a million for rates. */
static gint64
scaled (const char *text, gint64 unit)
{
  gint64 sign = text[0] == '-' ? -1 : 1, whole = 0, part = 0, weight = unit;
  const char *at = text + (sign < 0);

  for (; g_ascii_isdigit (*at); at++)
    whole = whole * 10 + (*at - '0');
  if (*at == '.')
    for (at++; g_ascii_isdigit (*at); at++)
      part += (*at - '0') * (weight /= 10);
  return sign * (whole * unit + part);
}

static const char *
text_of (const Told *told, const char *name)
{
  return json_object_get_string_member_with_default (told->in, name, "0");
}

static gint64
money (const Told *told, const char *name)
{
  return scaled (text_of (told, name), 100);
}

static gint64
rate (const Told *told, const char *name)
{
  return scaled (text_of (told, name), MILLION);
}

static gint64
count (const Told *told, const char *name)
{
  return json_object_get_int_member_with_default (told->in, name, 0);
}

static gboolean
has (const Told *told, const char *name)
{
  return json_object_has_member (told->in, name);
}

static gint64
round_half_away (__int128 numerator, __int128 denominator)
{
  __int128 size = numerator < 0 ? -numerator : numerator;
  __int128 rounded = (2 * size + denominator) / (2 * denominator);

  return (gint64) (numerator < 0 ? -rounded : rounded);
}

static gint64
cell (const Told *told)
{
  g_auto(GStrv) parts = g_strsplit (text_of (told, "rate"), "/", 2);
  __int128 pay = (__int128) count (told, "minutes") * scaled (parts[0], 100) * rate (told, "multiplier");

  return round_half_away (g_str_equal (told->rule, "pay.absence") ? -pay : pay, (__int128) g_ascii_strtoll (parts[1], NULL, 10) * MILLION);
}

static gint64
salary (const Told *told)
{
  return round_half_away ((__int128) money (told, "monthly") * 12 * count (told, "days"),
                          (__int128) count (told, "periods_per_year") * count (told, "period_days"));
}

static gint64
filled (gint64 bound, gint64 before, gint64 amount)
{
  return CLAMP (before + amount, 0, bound) - CLAMP (before, 0, bound);
}

/* What of @amount is free of tax, as the trace says it. */
static void
check_exempt (const Told *told, gint64 amount)
{
  gint64 free = money (told, "free"), pooled = amount;

  if (has (told, "of_minimum_wage"))
    g_assert_cmpint (money (told, "ceiling"), ==,
                     round_half_away ((__int128) money (told, "minimum_wage") * rate (told, "of_minimum_wage")
                                        * (has (told, "ceiling_days") ? rate (told, "ceiling_days") : MILLION), (__int128) MILLION * MILLION));
  if (has (told, "de_minimis"))
    free = filled (money (told, "ceiling"), money (told, "span_before"), amount);
  pooled = amount - free;
  if (has (told, "pool"))
    free += filled (money (told, "pool"), money (told, "pool_before"), pooled);
  if (g_str_equal (text_of (told, "tax_class"), "exempt") || g_str_equal (text_of (told, "tax_class"), "paid_back"))
    free = amount;
  g_assert_cmpint (free, ==, money (told, "exempt"));
}

/* Both shares of the month by the rates of the table; SSS prints them. */
static void
check_shares (const Told *told)
{
  gint64 base = money (told, has (told, "base") ? "base" : "salary_credit"), employee, employer;

  if (!has (told, "employee_rate"))
    return;
  if (g_str_equal (told->rule, "statutory.philhealth"))
    {
      gint64 premium = round_half_away ((__int128) base * (rate (told, "employee_rate") + rate (told, "employer_rate")), MILLION);

      employer = round_half_away (premium, 2);
      employee = premium - employer;
    }
  else
    {
      employer = round_half_away ((__int128) base * rate (told, "employer_rate"), MILLION);
      employee = round_half_away ((__int128) base * rate (told, "employee_rate"), MILLION);
    }
  g_assert_cmpint (employer, ==, money (told, "employer"));
  if (has (told, "employee"))
    g_assert_cmpint (employee, ==, money (told, "employee"));
}

static gboolean
flag (const Told *told, const char *name)
{
  return json_object_get_boolean_member_with_default (told->in, name, FALSE);
}

static gint64
cut (gint64 asked, gint64 room, gboolean parts)
{
  return asked <= MAX (room, 0) ? asked : parts ? MAX (room, 0) : 0;
}

/* What was taken of what was due, held by pay, the weekly cap and the floor in this order. */
static gint64
left_of (const Told *told, gint64 due)
{
  gint64 asked = due - money (told, "waived"), taken = asked;

  g_assert_cmpint (due, ==, money (told, "due"));
  if (has (told, "pay") && due >= 0)
    taken = cut (taken, money (told, "pay"), TRUE);
  if (has (told, "weekly_room"))
    taken = cut (taken, money (told, "weekly_room"), flag (told, "parts"));
  if (has (told, "room"))
    taken = cut (taken, money (told, "room"), flag (told, "parts"));
  g_assert_cmpint (asked - taken, ==, money (told, "deferred"));
  return taken;
}

static gint64
statutory (const Told *told)
{
  gint64 due;

  check_shares (told);
  if (!has (told, "employee"))
    return money (told, "employer") - money (told, "before");
  due = money (told, "employee") - money (told, "before") + money (told, "carried");
  return has (told, "due") ? left_of (told, due) : due;
}

static void
check_taxable (const Told *told)
{
  gint64 premiums = money (told, "holiday") + money (told, "night");
  gboolean apart = flag (told, "premiums_are_supplementary");
  gint64 earned = money (told, "basic") + money (told, "overtime") + premiums, exempt = money (told, "exempt_earned");
  gint64 contributed = money (told, "contributed");
  /* Contributions of exempt pay stay with it; of a refund there is nothing to take off. */
  gint64 taken_off = contributed <= 0 || earned == 0 || (earned < 0 && exempt > 0) ? 0 : exempt > 0 ? round_half_away ((__int128) contributed * earned, earned + exempt) : contributed;
  gint64 regular = money (told, "basic") + money (told, "other_regular") - taken_off + (apart ? 0 : premiums);
  gint64 supplementary = money (told, "overtime") + money (told, "other_supplementary") + (apart ? premiums : 0);

  if (has (told, "minimum_wage_earner"))
    {
      regular = money (told, "other_regular");
      supplementary = money (told, "other_supplementary");
    }
  else
    g_assert_cmpint (taken_off, ==, money (told, "contributions"));
  g_assert_cmpint (MAX (regular, 0), ==, money (told, "regular"));
  g_assert_cmpint (MAX (supplementary + MIN (regular, 0), 0), ==, money (told, "supplementary"));
}

static gint64
in_bracket (const Told *told, gint64 taxable)
{
  gint64 over = taxable - money (told, "over");

  return money (told, "base") + (over > 0 ? round_half_away ((__int128) over * rate (told, "rate"), MILLION) : 0);
}

static gint64
tax (const Told *told)
{
  gint64 now = money (told, "regular") + money (told, "supplementary"), taxable = money (told, "taxable"), of_year, due;

  check_taxable (told);
  g_assert_cmpint (taxable, ==, now + money (told, "taxable_before") + money (told, "taxable_elsewhere"));
  if (g_str_equal (told->rule, "tax.table") || g_str_equal (told->rule, "tax.regular"))
    return left_of (told, in_bracket (told, taxable));
  if (g_str_equal (told->rule, "tax.cumulative"))
    {
      g_assert_cmpint (money (told, "average"), ==, round_half_away (taxable, count (told, "periods")));
      of_year = in_bracket (told, money (told, "average")) * count (told, "periods");
      due = MAX (of_year - money (told, "withheld_before"), 0);
    }
  else
    {
      of_year = in_bracket (told, taxable);
      due = MAX (of_year - money (told, "withheld_before"), -money (told, "withheld_here"));
    }
  g_assert_cmpint (of_year, ==, money (told, "tax_of_year"));
  return left_of (told, due);
}

static gint64
twelfths (const Told *told)
{
  gint64 before = money (told, "basic_before"), after = before + money (told, "basic_now");

  if (g_str_equal (told->rule, "pay.thirteenth_month"))
    return round_half_away (after, 12) - round_half_away (before, 12);
  return MAX (round_half_away (after, 12) - money (told, "paid_before"), 0);
}

static gint64
net (const Told *told)
{
  gint64 left = money (told, "gross") - money (told, "statutory") - money (told, "tax") - money (told, "obligations") + money (told, "untouchable");

  return left + money (told, "overpaid");
}

static gint64
benefit (const Told *told)
{
  gint64 amount;

  if (g_str_equal (told->rule, "final_pay.thirteenth_month"))
    amount = twelfths (told);
  else if (g_str_equal (told->rule, "final_pay.leave"))
    {
      amount = round_half_away ((__int128) money (told, "daily") * rate (told, "days"), MILLION);
      if (has (told, "free"))
        g_assert_cmpint (money (told, "free"), ==,
                         round_half_away ((__int128) money (told, "daily") * MIN (rate (told, "free_days"), rate (told, "days")), MILLION));
    }
  else if (g_str_equal (told->rule, "final_pay.retirement"))
    amount = round_half_away ((__int128) money (told, "daily") * rate (told, "days_per_year") * count (told, "years"), MILLION);
  else
    amount = money (told, "due") + money (told, "held") + money (told, "given");
  check_exempt (told, amount);
  return amount;
}

static gint64
difference (const Told *told)
{
  return money (told, "after") - money (told, "before");
}

static gint64
limit (const Told *told)
{
  return -(money (told, "salary") + money (told, "absences"));
}

static gint64
obligation (const Told *told)
{
  return left_of (told, money (told, "due"));
}

static const struct { const char *prefix; gint64 (*compute) (const Told *told); } rules[] = {
  { "pay.cell", cell }, { "pay.cola", cell }, { "pay.absence_limit", limit }, { "pay.absence", cell }, { "pay.salary", salary }, { "pay.difference", difference },
  { "pay.benefit", benefit }, { "final_pay.", benefit }, { "statutory.", statutory }, { "tax.", tax },
  { "deductions.obligation", obligation }, { "deductions.waterfall", net }, { "pay.thirteenth_month", twelfths },
};

static Told
read_trace (const ArmmsTrace *trace)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  Told told = { .parser = json_parser_new () };
  JsonObject *root;

  armms_trace_append_json (trace, text);
  g_assert_true (json_parser_load_from_data (told.parser, text->str, (gssize) text->len, &error));
  root = json_node_get_object (json_parser_get_root (told.parser));
  told.in = json_object_get_object_member (root, "in");
  told.rule = json_object_get_string_member (root, "rule");
  told.result = scaled (json_object_get_string_member (root, "result"), 100);
  return told;
}

void
trace_case_check (const ArmmsTrace *trace)
{
  Told told = read_trace (trace);

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_has_prefix (told.rule, rules[i].prefix))
      {
        g_test_message ("%s", told.rule);
        g_assert_cmpint (rules[i].compute (&told), ==, told.result);
        g_object_unref (told.parser);
        return;
      }
  g_error ("nobody knows how to compute %s again", told.rule);
}

gint64
trace_case_get (const ArmmsTrace *trace, const char *name)
{
  Told told = read_trace (trace);
  JsonNode *node = json_object_get_member (told.in, name);
  gint64 value = node == NULL ? 0 : json_node_get_value_type (node) == G_TYPE_STRING ? scaled (json_node_get_string (node), 100) : json_node_get_int (node);

  g_object_unref (told.parser);
  return value;
}
