/* A trace alone is enough to compute the figure again: nothing but its JSON is read here. */
#include "price-case.h"

#include "server/rules/pay/minimum.h"
#include "server/rules/premium/better.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define ROUNDS 300
#define N_ENTRIES 20
#define ROUNDED_ONCE "half away from zero, once"

typedef struct {
  JsonParser *parser;  /* owned */
  JsonObject *trace, *in;
} Story;

static void
story_clear (Story *story)
{
  g_clear_object (&story->parser);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Story, story_clear)

static Story
read_story (const ArmmsTrace *trace)
{
  Story story = { json_parser_new (), NULL, NULL };
  g_autoptr(GString) json = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  armms_trace_append_json (trace, json);
  json_parser_load_from_data (story.parser, json->str, (gssize) json->len, &error);
  g_assert_no_error (error);
  story.trace = json_node_get_object (json_parser_get_root (story.parser));
  story.in = json_object_get_object_member (story.trace, "in");
  return story;
}

static gboolean
has (const Story *story, const char *name)
{
  return json_object_has_member (story->in, name);
}

static gint64
count (const Story *story, const char *name)
{
  g_assert_true (has (story, name));
  return json_object_get_int_member (story->in, name);
}

static gint64
money_of (JsonObject *object, const char *name)
{
  ArmmsMoney money = { 0 };
  const char *text = json_object_get_string_member (object, name);

  /* Negative amounts: the sign apart, the rest as it is printed. */
  g_assert_true (armms_money_parse (text[0] == '-' ? text + 1 : text, &money));
  return text[0] == '-' ? -money.centavos : money.centavos;
}

static gint64
millionths (const Story *story, const char *name)
{
  ArmmsMultiplier multiplier = { 0 };

  g_assert_true (armms_multiplier_parse (json_object_get_string_member (story->in, name), &multiplier));
  return multiplier.millionths;
}

/* "695.00/480": centavos over minutes. */
static void
rate_of (const Story *story, gint64 *ret_centavos, gint64 *ret_minutes)
{
  g_auto(GStrv) parts = g_strsplit (json_object_get_string_member (story->in, "rate"), "/", 2);
  ArmmsMoney money = { 0 };

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  g_assert_true (armms_money_parse (parts[0], &money));
  *ret_centavos = money.centavos;
  *ret_minutes = g_ascii_strtoll (parts[1], NULL, 10);
}

/* The fraction before the one rounding is the one that the inputs give, and the result is that fraction rounded. */
static void
assert_result (const Story *story, __int128 numerator, __int128 denominator)
{
  const char *exact = json_object_get_string_member (story->trace, "exact");
  g_auto(GStrv) parts = g_strsplit (exact, "/", 2);
  gint64 above = g_ascii_strtoll (parts[0], NULL, 10), below = g_ascii_strtoll (parts[1], NULL, 10);

  g_assert_true (above * denominator == numerator * below);
  g_assert_cmpstr (json_object_get_string_member (story->trace, "rounding"), ==, ROUNDED_ONCE);
  g_assert_cmpint (money_of (story->trace, "result"), ==, pay_half_away (numerator, denominator));
}

/* The price of a minute from the card: an hour over 60, a day over 480, a month x 12 / factor / 480. */
static void
price_of_card (const Story *story, __int128 *ret_above, __int128 *ret_below)
{
  const char *basis = json_object_get_string_member (story->in, "basis");
  gint64 card = money_of (story->in, "card");

  *ret_above = card;
  if (strcmp (basis, "hourly") == 0)
    *ret_below = 60;
  else if (strcmp (basis, "daily") == 0)
    *ret_below = 480;
  else
    {
      g_assert_cmpstr (basis, ==, "monthly");
      *ret_above = (__int128) card * count (story, "months_per_year") * 1000000;
      *ret_below = (__int128) millionths (story, "factor") * count (story, "day_minutes");
    }
}

static void
recompute_minutes (const Story *story, int sign)
{
  gint64 centavos, over, multiplier = millionths (story, "multiplier");
  __int128 above, below;

  rate_of (story, &centavos, &over);
  price_of_card (story, &above, &below);
  g_assert_true (centavos * below == above * over);
  if (has (story, "part"))
    {
      g_assert_cmpstr (json_object_get_string_member (story->in, "part"), ==, "above_one");
      g_assert_cmpint (multiplier, ==, millionths (story, "whole") - 1000000);
    }
  if (has (story, "won"))
    {
      gint64 law = millionths (story, "law"), contract = millionths (story, "contract");

      g_assert_cmpint (has (story, "whole") ? millionths (story, "whole") : multiplier, ==, MAX (law, contract));
      g_assert_cmpstr (json_object_get_string_member (story->in, "won"), ==, contract > law ? "contract" : "law");
    }
  assert_result (story, (__int128) sign * count (story, "minutes") * centavos * multiplier, (__int128) over * 1000000);
}

static void
recompute_cola (const Story *story)
{
  gint64 centavos, over;

  rate_of (story, &centavos, &over);
  g_assert_cmpint (centavos, ==, money_of (story->in, "cola"));
  g_assert_cmpint (over, ==, 480);
  assert_result (story, (__int128) count (story, "minutes") * centavos * millionths (story, "multiplier"), (__int128) over * 1000000);
}

static void
recompute_salary (const Story *story)
{
  assert_result (story, (__int128) money_of (story->in, "monthly") * count (story, "months_per_year") * count (story, "days"),
                 (__int128) count (story, "periods_per_year") * count (story, "period_days"));
}

/* The row of the matrix is named where one was read: table, number, beginning and document. */
static void
assert_row (const Story *story, const ArmmsEarningLine *line)
{
  JsonObject *row;

  g_assert_cmpint (json_object_has_member (story->trace, "row"), ==, line->premium != NULL);
  if (line->premium == NULL)
    return;
  row = json_object_get_object_member (story->trace, "row");
  g_assert_cmpstr (json_object_get_string_member (row, "table"), ==, "premium");
  g_assert_cmpint (json_object_get_int_member (row, "row"), >, 0);
  g_assert_true (json_object_has_member (row, "from") && json_object_has_member (row, "source"));
}

static void
recompute (const ArmmsEarningLine *line, guint seen[4])
{
  g_auto(Story) story = { 0 };
  ArmmsTrace trace;
  const char *rule;

  armms_earning_line_trace (line, &trace);
  story = read_story (&trace);
  rule = json_object_get_string_member (story.trace, "rule");
  g_assert_cmpint (money_of (story.trace, "result"), ==, line->amount.centavos);
  if (strcmp (rule, "pay.cell") == 0)
    recompute_minutes (&story, 1);
  else if (strcmp (rule, "pay.absence") == 0)
    recompute_minutes (&story, -1);
  else if (strcmp (rule, "pay.cola") == 0)
    recompute_cola (&story);
  else
    {
      g_assert_cmpstr (rule, ==, "pay.salary");
      recompute_salary (&story);
    }
  assert_row (&story, line);
  seen[line->kind]++;
}

static ArmmsPayCard
random_card (void)
{
  static const char *const factors[] = { "393.5", "313", "261", "365", "392.5", "393.8" };
  ArmmsRateBasis basis = (ArmmsRateBasis) g_test_rand_int_range (0, 3);
  const char *factor = basis == ARMMS_BASIS_MONTHLY ? factors[g_test_rand_int_range (0, G_N_ELEMENTS (factors))] : NULL;
  ArmmsPayCard card = pay_card (basis, g_test_rand_int_range (5000, basis == ARMMS_BASIS_MONTHLY ? 9000000 : 300000), factor);

  card.salaried = basis == ARMMS_BASIS_MONTHLY && g_test_rand_bit ();
  card.covers_rest_days = card.salaried && g_test_rand_bit ();
  card.covers_special_days = card.covers_rest_days || (card.salaried && g_test_rand_bit ());
  card.cola = ARMMS_MONEY (g_test_rand_bit () ? 0 : g_test_rand_int_range (1, 20000));
  card.cola_source = g_test_rand_bit () ? "NCR-X" : NULL;
  card.source = g_test_rand_bit () ? "NCR-01/\"DAY\"/GUARD" : NULL;
  card.from = g_test_rand_bit () ? law_date ("2026-01-01") : ARMMS_DATE_NONE;
  return card;
}

/* The shipped matrix, for half of the kinds of day beside a contract. */
static void
join_contract (ArmmsPremiumRow contract[ARMMS_N_DAY_TYPES * 2], ArmmsPremiumTable *contracts, GArray *rows, ArmmsPremiumTable *joined)
{
  const ArmmsPremiumTable *law = &law_tables ()->premiums;
  guint n = 0;

  for (gsize i = 0; i < law->n_rows; i++)
    {
      if (g_test_rand_bit ())
        continue;
      contract[n] = law->rows[i];
      contract[n].first8.millionths += g_test_rand_int_range (-5, 6) * 10000;
      contract[n].overtime.millionths += g_test_rand_int_range (-5, 6) * 10000;
      contract[n].overtime_night.millionths += g_test_rand_int_range (-5, 6) * 10000;
      contract[n].source = "agreement";
      n++;
    }
  armms_premium_table_index (contracts, contract, n);
  armms_premium_join (law, contracts, rows);
  armms_premium_table_index (joined, (ArmmsPremiumRow *) (gpointer) rows->data, rows->len);
}

static void
test_lines (void)
{
  ArmmsPeriod period = { law_date ("2026-05-01"), law_date ("2026-05-15") };
  guint seen[4] = { 0 };

  for (guint round = 0; round < ROUNDS; round++)
    {
      ArmmsPayCard card = random_card ();
      ArmmsPremiumRow contract[ARMMS_N_DAY_TYPES * 2];
      g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (ArmmsPremiumRow));
      ArmmsPremiumTable contracts, joined;
      ArmmsDate dates[N_ENTRIES];
      gint64 cells[N_ENTRIES], minutes[N_ENTRIES];
      g_auto(Paid) paid = paid_new ();

      join_contract (contract, &contracts, rows, &joined);
      for (guint i = 0; i < N_ENTRIES; i++)
        {
          dates[i] = armms_date_add_days (period.from, g_test_rand_int_range (0, 15));
          cells[i] = g_test_rand_int_range (0, ARMMS_N_CELLS);
          minutes[i] = g_test_rand_int_range (1, 721);
        }
      g_assert_true (armms_pay_price (&card, 1, &joined, dates, cells, minutes, N_ENTRIES, paid.lines, paid.problems, NULL));
      g_assert_true (armms_pay_salary (&card, 1, period, 24, armms_date_add_days (period.from, g_test_rand_int_range (0, 15)), ARMMS_DATE_NONE,
                                       paid.lines, paid.problems, NULL));
      for (guint i = 0; i < paid.lines->len; i++)
        recompute (paid_line (&paid, i), seen);
    }
  for (guint kind = 0; kind < G_N_ELEMENTS (seen); kind++)
    g_assert_cmpuint (seen[kind], >, ROUNDS / 10);
}

static void
test_minimum (void)
{
  const ArmmsDate date = law_date ("2026-09-26");
  guint found = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      ArmmsPayCard card = random_card ();
      g_autoptr(GArray) undercuts = g_array_new (FALSE, FALSE, sizeof (ArmmsWageUndercut));
      g_auto(Story) story = { 0 };
      ArmmsTrace trace;
      __int128 above, below;

      g_assert_true (armms_pay_check_minimum (&card, 1, &law_tables ()->wages, "NCR", NULL, "non-agriculture", &date, 1, undercuts, NULL));
      if (undercuts->len == 0)
        continue;
      found++;
      armms_wage_undercut_trace (&g_array_index (undercuts, ArmmsWageUndercut, 0), &trace);
      story = read_story (&trace);
      price_of_card (&story, &above, &below);
      g_assert_cmpstr (json_object_get_string_member (story.trace, "rule"), ==, "pay.minimum_wage");
      g_assert_cmpint (money_of (story.in, "daily"), ==, pay_half_away (above * 480, below));
      g_assert_cmpint (money_of (story.in, "required"), ==, 75500);
      g_assert_cmpint (money_of (story.trace, "result"), ==, 75500 - money_of (story.in, "daily"));
      g_assert_cmpint (count (&story, "days"), ==, 1);
    }
  g_assert_cmpuint (found, >, ROUNDS / 10);
}

/* Names of lines, classes and codes. */
static void
test_words (void)
{
  ArmmsEarningLine salary = { .kind = ARMMS_EARNING_SALARY }, absent = { .kind = ARMMS_EARNING_ABSENCE, .cell = ARMMS_CELL_ABSENT };

  g_assert_cmpstr (armms_earning_line_title (&salary), ==, "Salary");
  g_assert_cmpstr (armms_earning_line_code (&salary), ==, "salary");
  g_assert_cmpstr (armms_earning_line_title (&absent), ==, "Absent");
  g_assert_cmpstr (armms_earning_line_code (&absent), ==, "absent");
  g_assert_cmpstr (armms_pay_class_name (ARMMS_PAY_CLASS_BASIC), ==, "basic");
  g_assert_cmpstr (armms_pay_class_name (ARMMS_PAY_CLASS_NIGHT), ==, "night");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/pay/explains/every-line", test_lines);
  g_test_add_func ("/rules/pay/explains/the-minimum-wage", test_minimum);
  g_test_add_func ("/rules/pay/explains/words", test_words);
  return g_test_run ();
}
