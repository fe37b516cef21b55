/* An amount split over pay periods, and in which of them it is taken. */
#include "../law-case.h"

#include "server/rules/deductions/schedule.h"

typedef struct {
  const char *name;
  ArmmsPeriodKind kind;
  const char *anchor; /* NULL: none */
  ArmmsFrequency frequency;
  const char *starts_on;
  gint64 amount, periods, instalment;
  const char *plan;
} Case;

static const Case cases[] = {
  { "three-even", ARMMS_PERIOD_SEMI_MONTHLY, NULL, 0, "2026-05-01", 30000, 3, 0, "2026-05-01 10000, 2026-05-16 10000, 2026-06-01 10000" },
  { "odd-centavo-first", ARMMS_PERIOD_SEMI_MONTHLY, NULL, 0, "2026-05-01", 10001, 3, 0, "2026-05-01 3334, 2026-05-16 3334, 2026-06-01 3333" },
  { "one-odd-centavo", ARMMS_PERIOD_SEMI_MONTHLY, NULL, 0, "2026-05-01", 10000, 3, 0, "2026-05-01 3334, 2026-05-16 3333, 2026-06-01 3333" },
  { "fewer-centavos-than-periods", ARMMS_PERIOD_MONTHLY, NULL, 0, "2026-01-01", 2, 5, 0, "2026-01-01 1, 2026-02-01 1" },
  { "one-period", ARMMS_PERIOD_MONTHLY, NULL, 0, "2026-01-01", 777, 1, 0, "2026-01-01 777" },
  { "instalment-fits", ARMMS_PERIOD_MONTHLY, NULL, 0, "2026-01-01", 20000, 0, 10000, "2026-01-01 10000, 2026-02-01 10000" },
  { "last-takes-the-rest", ARMMS_PERIOD_MONTHLY, NULL, 0, "2026-01-01", 20001, 0, 10000, "2026-01-01 10000, 2026-02-01 10000, 2026-03-01 1" },
  { "instalment-above-the-amount", ARMMS_PERIOD_MONTHLY, NULL, 0, "2026-01-01", 9999, 0, 10000, "2026-01-01 9999" },
  { "periods-before-instalment", ARMMS_PERIOD_MONTHLY, NULL, 0, "2026-01-01", 100, 2, 10, "2026-01-01 50, 2026-02-01 50" },
  { "starts-inside-a-period", ARMMS_PERIOD_SEMI_MONTHLY, NULL, 0, "2026-05-15", 2, 2, 0, "2026-05-01 1, 2026-05-16 1" },
  { "the-16th-is-the-second-half", ARMMS_PERIOD_SEMI_MONTHLY, NULL, 0, "2026-05-16", 2, 2, 0, "2026-05-16 1, 2026-06-01 1" },
  { "first-cut-off-only", ARMMS_PERIOD_SEMI_MONTHLY, NULL, ARMMS_FREQUENCY_FIRST_CUT_OFF, "2026-05-16", 2, 2, 0, "2026-06-01 1, 2026-07-01 1" },
  { "second-cut-off-only", ARMMS_PERIOD_SEMI_MONTHLY, NULL, ARMMS_FREQUENCY_SECOND_CUT_OFF, "2026-05-01", 2, 2, 0, "2026-05-16 1, 2026-06-16 1" },
  { "a-month-has-no-cut-offs", ARMMS_PERIOD_MONTHLY, NULL, ARMMS_FREQUENCY_SECOND_CUT_OFF, "2026-05-01", 2, 2, 0, "2026-05-01 1, 2026-06-01 1" },
  { "over-february", ARMMS_PERIOD_SEMI_MONTHLY, NULL, 0, "2026-02-16", 2, 2, 0, "2026-02-16 1, 2026-03-01 1" },
  { "over-a-leap-february", ARMMS_PERIOD_SEMI_MONTHLY, NULL, 0, "2028-02-29", 2, 2, 0, "2028-02-16 1, 2028-03-01 1" },
  { "over-the-year", ARMMS_PERIOD_SEMI_MONTHLY, NULL, 0, "2026-12-31", 2, 2, 0, "2026-12-16 1, 2027-01-01 1" },
  { "weeks-from-monday", ARMMS_PERIOD_WEEKLY, NULL, 0, "2026-12-30", 2, 2, 0, "2026-12-28 1, 2027-01-04 1" },
  { "fortnights-from-their-anchor", ARMMS_PERIOD_BIWEEKLY, "2026-01-03", 0, "2026-01-16", 2, 2, 0, "2026-01-03 1, 2026-01-17 1" },
};

static void
test_split (gconstpointer data)
{
  const Case *c = data;
  ArmmsScheduleTerms terms = { { c->amount }, c->periods, { c->instalment }, law_date (c->starts_on), c->frequency, c->kind, law_date (c->anchor) };
  g_autoptr(GArray) plan = g_array_new (FALSE, FALSE, sizeof (ArmmsInstalment));
  g_autoptr(GString) text = g_string_new (NULL);

  g_assert_true (armms_schedule_split (&terms, plan, NULL));
  for (guint i = 0; i < plan->len; i++)
    {
      const ArmmsInstalment *instalment = &g_array_index (plan, ArmmsInstalment, i);
      char date[ARMMS_DATE_TEXT_SIZE];

      g_assert_true (instalment->changed && armms_id_is_nil (&instalment->id));
      g_string_append_printf (text, "%s%s %" G_GINT64_FORMAT, i > 0 ? ", " : "", armms_date_format (instalment->period_from, date), instalment->amount.centavos);
    }
  g_assert_cmpstr (text->str, ==, c->plan);
}

static void
test_refusals (void)
{
  const ArmmsScheduleTerms good = { { 480 }, 480, { 1 }, law_date ("2026-05-01"), 0, ARMMS_PERIOD_MONTHLY, ARMMS_DATE_NONE };
  ArmmsScheduleTerms bad[] = { good, good, good, good, good, good };
  g_autoptr(GArray) plan = g_array_new (FALSE, FALSE, sizeof (ArmmsInstalment));

  bad[0].amount = ARMMS_MONEY (0);
  bad[1].starts_on = ARMMS_DATE_NONE;
  bad[2].periods = 0;
  bad[2].instalment = ARMMS_MONEY (0);
  bad[3].periods = 481;
  bad[3].amount = ARMMS_MONEY (481);
  bad[4].periods = 0;
  bad[4].amount = ARMMS_MONEY (481);
  bad[5].periods = 0;
  bad[5].amount = ARMMS_MONEY (G_MAXINT64);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (armms_schedule_split (&bad[i], plan, &error));
      g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT);
      g_assert_cmpstr (armms_error_get_code (error), ==, "schedule.invalid");
      g_assert_cmpuint (plan->len, ==, 0);
    }
  g_assert_true (armms_schedule_split (&good, plan, NULL)); /* 480 is the last that is allowed */
  g_assert_cmpuint (plan->len, ==, 480);
}

/* Whatever the terms: the plan adds up, one instalment a period, the largest at most a centavo above the smallest. */
static void
test_adds_up (void)
{
  for (guint round = 0; round < 3000; round++)
    {
      ArmmsScheduleTerms terms = {
        .amount = { g_test_rand_int_range (1, 5000000) }, .periods = g_test_rand_int_range (0, 100),
        .instalment = { g_test_rand_int_range (50000, 200000) },
        .starts_on = armms_date_add_days (law_date ("2026-01-01"), g_test_rand_int_range (0, 800)),
        .frequency = (ArmmsFrequency) g_test_rand_int_range (0, 3), .kind = (ArmmsPeriodKind) g_test_rand_int_range (0, 4), .anchor = ARMMS_DATE_NONE,
      };
      g_autoptr(GArray) plan = g_array_new (FALSE, FALSE, sizeof (ArmmsInstalment));
      gint64 sum = 0;

      g_assert_true (armms_schedule_split (&terms, plan, NULL));
      for (guint i = 0; i < plan->len; i++)
        {
          const ArmmsInstalment *one = &g_array_index (plan, ArmmsInstalment, i), *before = i > 0 ? one - 1 : NULL;

          g_assert_cmpint (one->amount.centavos, >, 0);
          g_assert_true (armms_frequency_takes (terms.frequency, terms.kind, one->period_from));
          g_assert_cmpint (armms_period_of (terms.kind, terms.anchor, one->period_from).from.days, ==, one->period_from.days);
          g_assert_true (before == NULL || before->period_from.days < one->period_from.days);
          if (terms.periods > 0)
            g_assert_cmpint (plan->len > 0 ? g_array_index (plan, ArmmsInstalment, 0).amount.centavos - one->amount.centavos : 0, <=, 1);
          sum += one->amount.centavos;
        }
      g_assert_cmpint (sum, ==, terms.amount.centavos);
    }
}

static void
test_names (void)
{
  for (ArmmsFrequency frequency = ARMMS_FREQUENCY_EVERY_PERIOD; frequency <= ARMMS_FREQUENCY_SECOND_CUT_OFF; frequency++)
    {
      ArmmsFrequency parsed = 9;

      g_assert_true (armms_frequency_parse (armms_frequency_name (frequency), &parsed));
      g_assert_cmpint (parsed, ==, frequency);
    }
  g_assert_false (armms_frequency_parse ("monthly", &(ArmmsFrequency) { 0 }));
  g_assert_false (armms_frequency_parse (NULL, &(ArmmsFrequency) { 0 }));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/schedule/split/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_split);
    }
  g_test_add_func ("/rules/schedule/refusals", test_refusals);
  g_test_add_func ("/rules/schedule/adds-up", test_adds_up);
  g_test_add_func ("/rules/schedule/names", test_names);
  return g_test_run ();
}
