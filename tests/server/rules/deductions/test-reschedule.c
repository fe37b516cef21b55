/* What is deferred is never lost. */
#include "../law-case.h"

static GArray *
plan_of (const char *first, ...)
{
  GArray *open = g_array_new (FALSE, TRUE, sizeof (ArmmsInstalment));
  va_list dates;

  va_start (dates, first);
  for (const char *date = first; date != NULL; date = va_arg (dates, const char *))
    {
      ArmmsInstalment instalment = { .id = armms_id_new (), .period_from = law_date (date), .amount = { va_arg (dates, int) } };

      g_array_append_val (open, instalment);
    }
  va_end (dates);
  return open;
}

static gint64
sum_of (const GArray *open)
{
  gint64 sum = 0;

  for (guint i = 0; i < open->len; i++)
    sum += g_array_index (open, ArmmsInstalment, i).amount.centavos;
  return sum;
}

static void
assert_at (const GArray *open, guint i, const char *date, gint64 amount, gboolean changed)
{
  const ArmmsInstalment *instalment = &g_array_index (open, ArmmsInstalment, i);

  g_assert_cmpuint (i, <, open->len);
  g_assert_cmpint (instalment->period_from.days, ==, law_date (date).days);
  g_assert_cmpint (instalment->amount.centavos, ==, amount);
  g_assert_cmpint (instalment->changed, ==, changed);
}

static gboolean
follow (GArray *open, const char *period, gint64 deferred, ArmmsFollowUpPlan plan, GError **error)
{
  return armms_reschedule (open, law_date (period), ARMMS_PERIOD_SEMI_MONTHLY, ARMMS_DATE_NONE, ARMMS_MONEY (deferred), &plan, error);
}

static void
test_carry (void)
{
  g_autoptr(GArray) open = plan_of ("2026-05-16", 50000, "2026-06-01", 50000, NULL);
  g_autoptr(GArray) none = plan_of (NULL);

  g_assert_true (follow (open, "2026-05-01", 50000, (ArmmsFollowUpPlan) { ARMMS_FOLLOW_UP_CARRY }, NULL));
  g_assert_cmpuint (open->len, ==, 2);
  assert_at (open, 0, "2026-05-16", 100000, TRUE);
  assert_at (open, 1, "2026-06-01", 50000, FALSE);
  g_assert_true (follow (none, "2026-05-16", 50000, (ArmmsFollowUpPlan) { ARMMS_FOLLOW_UP_CARRY }, NULL));
  assert_at (none, 0, "2026-06-01", 50000, TRUE);
  g_assert_true (armms_id_is_nil (&g_array_index (none, ArmmsInstalment, 0).id));
}

static void
test_respread (void)
{
  g_autoptr(GArray) open = plan_of ("2026-05-16", 50000, "2026-06-16", 50000, NULL);

  g_assert_true (follow (open, "2026-05-01", 50000, (ArmmsFollowUpPlan) { ARMMS_FOLLOW_UP_RESPREAD, .periods = 3 }, NULL));
  g_assert_cmpuint (open->len, ==, 3);
  assert_at (open, 0, "2026-05-16", 66667, TRUE);
  assert_at (open, 1, "2026-06-01", 16667, TRUE);
  assert_at (open, 2, "2026-06-16", 66666, TRUE);
}

static void
test_respread_a_centavo (void)
{
  g_autoptr(GArray) open = plan_of (NULL);

  g_assert_true (follow (open, "2026-05-01", 1, (ArmmsFollowUpPlan) { ARMMS_FOLLOW_UP_RESPREAD, .periods = 12 }, NULL));
  g_assert_cmpuint (open->len, ==, 1);
  assert_at (open, 0, "2026-05-16", 1, TRUE);
}

static void
test_append (void)
{
  g_autoptr(GArray) open = plan_of ("2026-05-16", 50000, "2026-12-16", 50000, NULL);

  g_assert_true (follow (open, "2026-05-01", 50000, (ArmmsFollowUpPlan) { ARMMS_FOLLOW_UP_APPEND }, NULL));
  g_assert_cmpuint (open->len, ==, 3);
  assert_at (open, 2, "2027-01-01", 50000, TRUE);
}

static void
test_manual (void)
{
  g_autoptr(GArray) open = plan_of ("2026-05-16", 50000, NULL);
  ArmmsInstalment manual[] = { { .period_from = law_date ("2026-07-01"), .amount = { 20000 } }, { .period_from = law_date ("2026-05-16"), .amount = { 30000 } } };

  g_assert_true (follow (open, "2026-05-01", 50000, (ArmmsFollowUpPlan) { ARMMS_FOLLOW_UP_MANUAL, .manual = manual, .n_manual = 2 }, NULL));
  g_assert_cmpuint (open->len, ==, 2);
  assert_at (open, 0, "2026-05-16", 80000, TRUE);
  assert_at (open, 1, "2026-07-01", 20000, TRUE);
}

static void
test_refusals (void)
{
  const struct { const char *why; ArmmsFollowUpPlan plan; ArmmsInstalment manual; } cases[] = {
    { "amounts do not add up", { ARMMS_FOLLOW_UP_MANUAL }, { .period_from = law_date ("2026-06-01"), .amount = { 49999 } } },
    { "in the past", { ARMMS_FOLLOW_UP_MANUAL }, { .period_from = law_date ("2026-05-01"), .amount = { 50000 } } },
    { "not the first day of a period", { ARMMS_FOLLOW_UP_MANUAL }, { .period_from = law_date ("2026-06-02"), .amount = { 50000 } } },
    { "not above zero", { ARMMS_FOLLOW_UP_MANUAL }, { .period_from = law_date ("2026-06-01"), .amount = { 0 } } },
    { "no period", { ARMMS_FOLLOW_UP_RESPREAD, .periods = 0 }, { .period_from = ARMMS_DATE_NONE } },
    { "too many periods", { ARMMS_FOLLOW_UP_RESPREAD, .periods = 121 }, { .period_from = ARMMS_DATE_NONE } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GArray) open = plan_of ("2026-05-16", 50000, NULL);
      g_autoptr(GError) error = NULL;
      ArmmsFollowUpPlan plan = cases[i].plan;

      plan.manual = &cases[i].manual;
      plan.n_manual = 1;
      g_assert_false (follow (open, "2026-05-01", 50000, plan, &error));
      g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT);
      g_assert_cmpuint (open->len, ==, 1);
      assert_at (open, 0, "2026-05-16", 50000, FALSE);
    }
}

/* Whatever follows, the open plan grows by exactly what was deferred, stays sorted, one instalment a period. */
static void
test_conservation (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr(GArray) open = plan_of (NULL);
      ArmmsDate period = law_date ("2026-05-01");
      gint64 deferred = g_test_rand_int_range (0, 200000), before;
      ArmmsFollowUpPlan plan = { .follow_up = (ArmmsFollowUp) g_test_rand_int_range (0, 3), .periods = g_test_rand_int_range (1, 30) };

      for (gint i = g_test_rand_int_range (0, 8); i > 0; i--)
        {
          ArmmsInstalment instalment = { .amount = { g_test_rand_int_range (1, 100000) } };

          for (gint skip = g_test_rand_int_range (1, 4); skip > 0; skip--)
            period = armms_date_add_days (armms_period_of (ARMMS_PERIOD_SEMI_MONTHLY, ARMMS_DATE_NONE, period).to, 1);
          instalment.period_from = period;
          g_array_append_val (open, instalment);
        }
      before = sum_of (open);
      g_assert_true (follow (open, "2026-05-01", deferred, plan, NULL));
      g_assert_cmpint (sum_of (open), ==, before + deferred);
      for (guint i = 1; i < open->len; i++)
        g_assert_cmpint (g_array_index (open, ArmmsInstalment, i - 1).period_from.days, <, g_array_index (open, ArmmsInstalment, i).period_from.days);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/reschedule/carry-forward", test_carry);
  g_test_add_func ("/rules/reschedule/respread", test_respread);
  g_test_add_func ("/rules/reschedule/respread-a-centavo", test_respread_a_centavo);
  g_test_add_func ("/rules/reschedule/append", test_append);
  g_test_add_func ("/rules/reschedule/manual", test_manual);
  g_test_add_func ("/rules/reschedule/refusals", test_refusals);
  g_test_add_func ("/rules/reschedule/nothing-is-lost", test_conservation);
  return g_test_run ();
}
