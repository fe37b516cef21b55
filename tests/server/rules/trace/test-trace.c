/* A trace as people and as programs read it: each kind of item, the row, the fraction, the rounding. */
#include "server/rules/trace/trace.h"

#include <json-glib/json-glib.h>

static char *
text_of (const ArmmsTrace *trace)
{
  GString *out = g_string_new (NULL);

  armms_trace_append_text (trace, out);
  return g_string_free (out, FALSE);
}

static char *
json_of (const ArmmsTrace *trace)
{
  GString *out = g_string_new (NULL);

  armms_trace_append_json (trace, out);
  return g_string_free (out, FALSE);
}

static ArmmsDate
day (int year, int month, int day_of_month)
{
  return armms_date_from_ymd (year, month, day_of_month);
}

static void
fill (ArmmsTrace *trace)
{
  armms_trace_init (trace, "pay.cell");
  armms_trace_text (trace, "cell", "ordinary_ot");
  armms_trace_minutes (trace, "minutes", 240);
  armms_trace_rate (trace, "rate", (ArmmsRate) { 69500, 480 });
  armms_trace_multiplier (trace, "multiplier", (ArmmsMultiplier) { 1250000 });
  armms_trace_money (trace, "card", ARMMS_MONEY (-5));
  armms_trace_count (trace, "days", -3);
  armms_trace_date (trace, "from", day (2026, 5, 1));
  armms_trace_flag (trace, "rest_day", TRUE);
  armms_trace_flag (trace, "late", FALSE);
  armms_trace_row (trace, "premium", 2, day (2018, 1, 1), "Labor Code art. 87");
  armms_trace_fraction (trace, (__int128) 240 * 69500 * 1250000, (__int128) 480 * 1000000);
  trace->rounding = "half away from zero, once";
  trace->result = ARMMS_MONEY (43438);
}

static void
test_text (void)
{
  ArmmsTrace trace;
  g_autofree char *text = NULL;

  fill (&trace);
  text = text_of (&trace);
  g_assert_cmpstr (text, ==,
                   "pay.cell: cell=ordinary_ot minutes=240 rate=695.00/480 multiplier=1.25 card=-0.05 days=-3 from=2026-05-01 "
                   "rest_day=true late=false | premium row 2 from 2018-01-01 (Labor Code art. 87) | 86875/2 -> 434.38 "
                   "half away from zero, once");
}

static void
test_json (void)
{
  ArmmsTrace trace;
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) node = NULL;

  fill (&trace);
  text = json_of (&trace);
  g_assert_cmpstr (text, ==,
                   "{\"rule\":\"pay.cell\",\"in\":{\"cell\":\"ordinary_ot\",\"minutes\":240,\"rate\":\"695.00/480\",\"multiplier\":\"1.25\","
                   "\"card\":\"-0.05\",\"days\":-3,\"from\":\"2026-05-01\",\"rest_day\":true,\"late\":false},"
                   "\"row\":{\"table\":\"premium\",\"row\":2,\"from\":\"2018-01-01\",\"source\":\"Labor Code art. 87\"},"
                   "\"exact\":\"86875/2\",\"rounding\":\"half away from zero, once\",\"result\":\"434.38\"}");
  node = json_from_string (text, NULL);
  g_assert_nonnull (node);
}

/* Nothing is said of what is not there. */
static void
test_bare (void)
{
  ArmmsTrace trace;
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;

  armms_trace_init (&trace, "pay.salary");
  text = text_of (&trace);
  json = json_of (&trace);
  g_assert_cmpstr (text, ==, "pay.salary: | -> 0.00");
  g_assert_cmpstr (json, ==, "{\"rule\":\"pay.salary\",\"in\":{},\"result\":\"0.00\"}");
  armms_trace_row (&trace, "tax", 0, ARMMS_DATE_NONE, NULL);
  g_free (text);
  g_free (json);
  text = text_of (&trace);
  json = json_of (&trace);
  g_assert_cmpstr (text, ==, "pay.salary: | tax | -> 0.00");
  g_assert_cmpstr (json, ==, "{\"rule\":\"pay.salary\",\"in\":{},\"row\":{\"table\":\"tax\"},\"result\":\"0.00\"}");
}

/* Whatever stands in a document's name, the JSON can be read and says the same. */
static void
test_escapes (void)
{
  static const char source[] = "Order \"5\" \\ line\none\ttab \x01 and Ni\xc3\xb1o";
  ArmmsTrace trace;
  g_autofree char *json = NULL;
  g_autoptr(JsonNode) node = NULL;

  armms_trace_init (&trace, "tax.table");
  armms_trace_text (&trace, "said", source);
  armms_trace_row (&trace, "tax", 1, ARMMS_DATE_NONE, source);
  json = json_of (&trace);
  node = json_from_string (json, NULL);
  g_assert_nonnull (node);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (json_node_get_object (node), "row"), "source"), ==, source);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (json_node_get_object (node), "in"), "said"), ==, source);
}

static const struct { const char *name; gint64 centavos; const char *text; } amounts[] = {
  { "nothing", 0, "0.00" },
  { "a-centavo", 1, "0.01" },
  { "ninety-nine", 99, "0.99" },
  { "a-peso", 100, "1.00" },
  { "less-than-nothing", -101, "-1.01" },
  { "the-most", G_MAXINT64, "92233720368547758.07" },
  { "the-least", G_MININT64, "-92233720368547758.08" },
};

static void
test_amount (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  ArmmsTrace trace;
  g_autofree char *text = NULL;
  g_autofree char *wanted = g_strdup_printf ("tax.table: a=%s | -> %s", amounts[i].text, amounts[i].text);

  armms_trace_init (&trace, "tax.table");
  armms_trace_money (&trace, "a", ARMMS_MONEY (amounts[i].centavos));
  trace.result = ARMMS_MONEY (amounts[i].centavos);
  text = text_of (&trace);
  g_assert_cmpstr (text, ==, wanted);
}

static const struct { const char *name; gint64 millionths; const char *text; } multipliers[] = {
  { "one", 1000000, "1" },
  { "a-millionth", 1, "0.000001" },
  { "no-trailing-zeros", 1859000, "1.859" },
  { "below-nothing", -1500000, "-1.5" },
};

static void
test_multiplier (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  ArmmsTrace trace;
  g_autofree char *text = NULL;
  g_autofree char *wanted = g_strdup_printf ("tax.table: a=%s | -> 0.00", multipliers[i].text);

  armms_trace_init (&trace, "tax.table");
  armms_trace_multiplier (&trace, "a", (ArmmsMultiplier) { multipliers[i].millionths });
  text = text_of (&trace);
  g_assert_cmpstr (text, ==, wanted);
}

/* The fraction is reduced; one that does not fit is left out rather than told wrong. */
static void
test_fraction (void)
{
  ArmmsTrace trace;
  __int128 huge = (__int128) G_MAXINT64 * 3;

  armms_trace_init (&trace, "tax.table");
  armms_trace_fraction (&trace, -6, 4);
  g_assert_cmpint (trace.numerator, ==, -3);
  g_assert_cmpint (trace.denominator, ==, 2);
  armms_trace_fraction (&trace, 0, 7);
  g_assert_cmpint (trace.numerator, ==, 0);
  g_assert_cmpint (trace.denominator, ==, 1);
  armms_trace_fraction (&trace, huge, 3);
  g_assert_cmpint (trace.numerator, ==, G_MAXINT64);
  g_assert_cmpint (trace.denominator, ==, 1);
  armms_trace_fraction (&trace, huge, 2);
  g_assert_cmpint (trace.denominator, ==, 0);
  armms_trace_fraction (&trace, 1, huge);
  g_assert_cmpint (trace.denominator, ==, 0);
  armms_trace_fraction (&trace, 1, 0);
  g_assert_cmpint (trace.denominator, ==, 0);
}

/* Leave is counted in days: halves and less, not centavos. */
static void
test_days (void)
{
  ArmmsTrace trace;
  g_autofree char *text = NULL, *json = NULL;

  armms_trace_init (&trace, "leave.balance");
  armms_trace_multiplier (&trace, "granted", (ArmmsMultiplier) { 5000000 });
  armms_trace_days (&trace, (ArmmsMultiplier) { 4500000 });
  text = text_of (&trace);
  json = json_of (&trace);
  g_assert_cmpstr (text, ==, "leave.balance: granted=5 | -> 4.5 days");
  g_assert_cmpstr (json, ==, "{\"rule\":\"leave.balance\",\"in\":{\"granted\":\"5\"},\"result\":\"4.5\"}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace/one-line-for-people", test_text);
  g_test_add_func ("/trace/the-same-for-programs", test_json);
  g_test_add_func ("/trace/nothing-is-said-of-what-is-not-there", test_bare);
  g_test_add_func ("/trace/any-document-name-can-be-read-back", test_escapes);
  g_test_add_func ("/trace/the-fraction-is-reduced-or-left-out", test_fraction);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autofree char *path = g_strconcat ("/trace/amount/", amounts[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_amount);
    }
  for (guint i = 0; i < G_N_ELEMENTS (multipliers); i++)
    {
      g_autofree char *path = g_strconcat ("/trace/multiplier/", multipliers[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_multiplier);
    }
  g_test_add_func ("/trace/days", test_days);
  return g_test_run ();
}
