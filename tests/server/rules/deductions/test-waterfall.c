/* Who may take how much from a guard's pay. */
#include "../law-case.h"

#define N_MAX 12

static const ArmmsFloorPolicy larger = { ARMMS_FLOOR_LARGER, 3000, { 150000 }, /* partial= */ TRUE, FALSE, 2000 };
static const ArmmsFloorPolicy whole = { ARMMS_FLOOR_LARGER, 3000, { 150000 }, /* partial= */ FALSE, FALSE, 2000 };
static const ArmmsFloorPolicy generous = { ARMMS_FLOOR_LARGER, 3000, { 150000 }, TRUE, /* defer_statutory= */ TRUE, 2000 };
static const ArmmsFloorPolicy none = { ARMMS_FLOOR_NONE, 0, { 0 }, TRUE, FALSE, 0 };

static ArmmsDeduction
statutory (gint32 priority, gint64 due)
{
  return (ArmmsDeduction) { .kind = ARMMS_DEDUCTION_STATUTORY, .priority = priority, .due = { due } };
}

static ArmmsDeduction
tax (gint64 due)
{
  return (ArmmsDeduction) { .kind = ARMMS_DEDUCTION_TAX, .due = { due } };
}

static ArmmsDeduction
loan (gint32 priority, gint64 due)
{
  return (ArmmsDeduction) { .kind = ARMMS_DEDUCTION_OBLIGATION, .priority = priority, .due = { due } };
}

static ArmmsWaterfall
fall (const ArmmsFloorPolicy *policy, gint64 gross, ArmmsDeduction *deductions, gsize n)
{
  ArmmsWaterfallPay pay = { .gross = { gross } };
  g_autoptr(GError) error = NULL;
  ArmmsWaterfall result;
  gboolean ok = armms_waterfall (policy, &pay, deductions, n, &result, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpint (deductions[i].due.centavos, ==, deductions[i].waived.centavos + deductions[i].taken.centavos + deductions[i].deferred.centavos);
  return result;
}

static void
test_floor_amount (void)
{
  const struct { ArmmsFloorKind kind; gint64 gross, floor; } cases[] = {
    { ARMMS_FLOOR_NONE, 1000000, 0 }, { ARMMS_FLOOR_PERCENT, 1000000, 300000 }, { ARMMS_FLOOR_PERCENT, 1001, 300 },
    { ARMMS_FLOOR_PERCENT, 1005, 302 }, { ARMMS_FLOOR_AMOUNT, 1000000, 150000 }, { ARMMS_FLOOR_AMOUNT, 100000, 100000 },
    { ARMMS_FLOOR_LARGER, 1000000, 300000 }, { ARMMS_FLOOR_LARGER, 500000, 150000 }, { ARMMS_FLOOR_LARGER, 499999, 150000 },
    { ARMMS_FLOOR_LARGER, 500100, 150030 }, { ARMMS_FLOOR_LARGER, 0, 0 }, { ARMMS_FLOOR_LARGER, -100, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ArmmsFloorPolicy policy = larger;
      ArmmsMoney floor;

      policy.kind = cases[i].kind;
      g_assert_true (armms_floor_amount (&policy, ARMMS_MONEY (cases[i].gross), &floor, NULL));
      g_assert_cmpint (floor.centavos, ==, cases[i].floor);
    }
}

static void
test_all_taken (void)
{
  ArmmsDeduction deductions[] = { loan (5, 100000), tax (68745), statutory (1, 75000), statutory (2, 31250) };
  ArmmsWaterfall result = fall (&larger, 1500000, deductions, G_N_ELEMENTS (deductions));

  g_assert_cmpint (result.net.centavos, ==, 1500000 - 100000 - 68745 - 75000 - 31250);
  g_assert_cmpint (result.statutory.centavos, ==, 106250);
  g_assert_cmpint (result.deferred.centavos, ==, 0);
  g_assert_cmpint (deductions[0].kind, ==, ARMMS_DEDUCTION_STATUTORY);
  g_assert_cmpint (deductions[2].kind, ==, ARMMS_DEDUCTION_TAX);
  g_assert_cmpint (deductions[3].priority, ==, 5);
}

/* The floor to the centavo: just met, just missed. */
static void
test_floor_edges (void)
{
  ArmmsDeduction met[] = { loan (1, 500000), loan (2, 200000) };
  ArmmsDeduction missed[] = { loan (1, 500000), loan (2, 200001) };
  ArmmsDeduction missed_whole[] = { loan (1, 500000), loan (2, 200001) };

  g_assert_cmpint (fall (&larger, 1000000, met, 2).net.centavos, ==, 300000);
  g_assert_cmpint (met[1].deferred.centavos, ==, 0);
  g_assert_cmpint (fall (&larger, 1000000, missed, 2).net.centavos, ==, 300000);
  g_assert_cmpint (missed[1].deferred.centavos, ==, 1);
  g_assert_cmpstr (missed[1].reason, ==, "floor");
  g_assert_cmpint (fall (&whole, 1000000, missed_whole, 2).net.centavos, ==, 500000);
  g_assert_cmpint (missed_whole[1].deferred.centavos, ==, 200001);
  g_assert_cmpint (missed_whole[0].taken.centavos, ==, 500000);
}

/* The lowest priority is deferred first, and the next only for what still lacks. */
static void
test_priority (void)
{
  ArmmsDeduction deductions[] = { loan (3, 100000), loan (1, 400000), loan (2, 300000) };
  ArmmsWaterfall result = fall (&larger, 1000000, deductions, 3);

  g_assert_cmpint (result.net.centavos, ==, 300000);
  g_assert_cmpint (deductions[0].taken.centavos, ==, 400000);
  g_assert_cmpint (deductions[1].taken.centavos, ==, 300000);
  g_assert_cmpint (deductions[2].taken.centavos, ==, 0);
  g_assert_cmpint (deductions[2].deferred.centavos, ==, 100000);
}

static void
test_whole_only (void)
{
  ArmmsDeduction deductions[] = { loan (1, 500000), loan (2, 300000) };

  deductions[1].whole_only = TRUE;
  g_assert_cmpint (fall (&larger, 1000000, deductions, 2).net.centavos, ==, 500000);
}

/* By law first: statutory and tax are taken though the floor is missed; the screen must say so. */
static void
test_law_passes_floor (void)
{
  ArmmsDeduction deductions[] = { statutory (1, 700000), tax (100000), loan (1, 50000) };
  ArmmsWaterfall result = fall (&larger, 1000000, deductions, 3);

  g_assert_cmpint (result.net.centavos, ==, 200000);
  g_assert_true (result.floor_missed);
  g_assert_cmpint (result.receivable.centavos, ==, 0);
  g_assert_cmpint (deductions[2].deferred.centavos, ==, 50000);
}

/* Deferred from pay is not deferred for the agency: the difference is a receivable. Tax is never touched. */
static void
test_statutory_deferred (void)
{
  ArmmsDeduction deductions[] = { statutory (1, 500000), statutory (2, 200000), tax (100000), loan (1, 50000) };
  ArmmsWaterfall result = fall (&generous, 1000000, deductions, 4);

  g_assert_cmpint (result.net.centavos, ==, 300000);
  g_assert_false (result.floor_missed);
  g_assert_cmpint (deductions[1].deferred.centavos, ==, 100000);
  g_assert_cmpint (result.receivable.centavos, ==, 100000);
  g_assert_cmpint (result.tax.centavos, ==, 100000);
}

static void
test_waived_statutory (void)
{
  ArmmsDeduction deductions[] = { statutory (1, 75000) };
  ArmmsWaterfall result;

  deductions[0].waived = ARMMS_MONEY (75000);
  result = fall (&larger, 1000000, deductions, 1);
  g_assert_cmpint (result.net.centavos, ==, 1000000);
  g_assert_cmpint (result.waived.centavos, ==, 75000);
  g_assert_cmpint (result.receivable.centavos, ==, 75000);
}

/* Five days' work, a month's dues: net is never below nothing, what lacks is told. */
static void
test_no_pay (void)
{
  ArmmsDeduction deductions[] = { statutory (1, 75000), tax (50000), loan (1, 30000) };
  ArmmsWaterfall result = fall (&none, 100000, deductions, 3);

  g_assert_cmpint (result.net.centavos, ==, 0);
  g_assert_cmpint (result.tax_short.centavos, ==, 25000);
  g_assert_cmpstr (deductions[1].reason, ==, "no_pay");
  g_assert_cmpint (deductions[2].deferred.centavos, ==, 30000);
  result = fall (&larger, 0, deductions, 3);
  g_assert_cmpint (result.net.centavos, ==, 0);
  g_assert_cmpint (result.receivable.centavos, ==, 75000);
}

static void
test_refund (void)
{
  ArmmsDeduction deductions[] = { tax (-50000), loan (1, 20000) };

  g_assert_cmpint (fall (&larger, 100000, deductions, 2).net.centavos, ==, 130000);
}

static void
test_untouchable (void)
{
  ArmmsWaterfallPay pay = { .gross = { 100000 }, .untouchable = { 40000 } };
  ArmmsDeduction deductions[] = { loan (1, 100000) };
  ArmmsWaterfall result;

  g_assert_true (armms_waterfall (&none, &pay, deductions, 1, &result, NULL));
  g_assert_cmpint (result.net.centavos, ==, 40000);
}

/* Labor Advisory 11-14: loss and damage at most 20 % of a week's wages, week by week. */
static void
test_weekly_cap (void)
{
  const ArmmsMoney wages[] = { { 400000 }, { 100000 }, { 0 } };
  const ArmmsMoney taken[] = { { 50000 }, { 30000 }, { 0 } };
  ArmmsWaterfallPay pay = { .gross = { 500000 }, .weekly_wages = wages, .weekly_taken = taken, .n_weeks = 3 };
  ArmmsDeduction deductions[] = { loan (1, 50000), loan (2, 20000), loan (3, 10000) };
  ArmmsWaterfall result;

  deductions[0].loss_or_damage = deductions[1].loss_or_damage = TRUE;
  deductions[1].due = ARMMS_MONEY (20000);
  deductions[0].due = ARMMS_MONEY (25000);
  g_assert_true (armms_waterfall (&larger, &pay, deductions, 3, &result, NULL));
  g_assert_cmpint (result.weekly_cap.centavos, ==, 30000); /* 80,000 - 50,000; the second week is over already */
  g_assert_cmpint (deductions[0].taken.centavos, ==, 25000);
  g_assert_cmpint (deductions[1].taken.centavos, ==, 5000);
  g_assert_cmpstr (deductions[1].reason, ==, "weekly_cap");
  g_assert_cmpint (deductions[2].taken.centavos, ==, 10000);
  pay.n_weeks = 0;
  g_assert_true (armms_waterfall (&larger, &pay, deductions, 3, &result, NULL));
  g_assert_cmpint (result.weekly_cap.centavos, ==, 100000);
  g_assert_cmpint (deductions[1].taken.centavos, ==, 20000);
}

static void
test_refusals (void)
{
  ArmmsWaterfallPay pay = { .gross = { 100000 } };
  ArmmsDeduction bad[] = { loan (1, -1), loan (1, 100), loan (1, 100), tax (100) };
  ArmmsWaterfall result;

  bad[1].waived = ARMMS_MONEY (101);
  bad[2].waived = ARMMS_MONEY (-1);
  bad[3].waived = ARMMS_MONEY (1);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (armms_waterfall (&larger, &pay, &bad[i], 1, &result, &error));
      g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT);
      g_assert_cmpstr (armms_error_get_code (error), ==, "deduction.invalid");
    }
}

/* -- properties -- */

static gsize
random_deductions (ArmmsDeduction deductions[N_MAX])
{
  gsize n = (gsize) g_test_rand_int_range (1, N_MAX);

  for (gsize i = 0; i < n; i++)
    {
      gint kind = g_test_rand_int_range (0, 5);
      gint64 due = g_test_rand_int_range (0, 400000);

      deductions[i] = kind == 0 ? tax (due) : kind == 1 ? statutory (g_test_rand_int_range (0, 4), due) : loan (g_test_rand_int_range (0, 4), due);
      deductions[i].id = armms_id_new ();
      if (kind != 0 && g_test_rand_int_range (0, 4) == 0)
        deductions[i].waived = ARMMS_MONEY (g_test_rand_int_range (0, (gint32) due + 1));
      deductions[i].loss_or_damage = kind > 1 && g_test_rand_bit ();
      deductions[i].whole_only = kind > 1 && g_test_rand_int_range (0, 6) == 0;
    }
  return n;
}

/* Nothing is lost or made: gross = net + taken; due = waived + taken + deferred; the floor holds unless the law passes it. */
static void
test_conservation (void)
{
  const ArmmsFloorPolicy *policies[] = { &larger, &whole, &generous, &none };

  for (guint round = 0; round < 5000; round++)
    {
      const ArmmsFloorPolicy *policy = policies[round % G_N_ELEMENTS (policies)];
      ArmmsDeduction deductions[N_MAX];
      gsize n = random_deductions (deductions);
      gint64 gross = g_test_rand_int_range (0, 2000000), taken = 0, by_law = 0;
      ArmmsWaterfall result = fall (policy, gross, deductions, n);

      for (gsize i = 0; i < n; i++)
        {
          g_assert_cmpint (deductions[i].taken.centavos, >=, 0);
          g_assert_cmpint (deductions[i].deferred.centavos, >=, 0);
          g_assert_true ((deductions[i].deferred.centavos > 0) == (deductions[i].reason != NULL));
          taken += deductions[i].taken.centavos;
          if (deductions[i].kind != ARMMS_DEDUCTION_OBLIGATION)
            by_law += deductions[i].taken.centavos;
        }
      g_assert_cmpint (result.net.centavos, ==, gross - taken);
      g_assert_cmpint (result.net.centavos, >=, 0);
      if (result.net.centavos < result.floor.centavos)
        {
          g_assert_true (result.floor_missed);
          g_assert_cmpint (taken, ==, by_law);
        }
      else
        g_assert_false (result.floor_missed);
    }
}

static void
test_any_order (void)
{
  for (guint round = 0; round < 1000; round++)
    {
      ArmmsDeduction one[N_MAX], two[N_MAX];
      gsize n = random_deductions (one);
      gint64 gross = g_test_rand_int_range (0, 1500000);

      for (gsize i = 0; i < n; i++)
        two[i] = one[n - 1 - i];
      g_assert_cmpint (fall (&larger, gross, one, n).net.centavos, ==, fall (&larger, gross, two, n).net.centavos);
      for (gsize i = 0; i < n; i++)
        {
          g_assert_true (armms_id_equal (&one[i].id, &two[i].id));
          g_assert_cmpint (one[i].taken.centavos, ==, two[i].taken.centavos);
        }
    }
}

/* Where instalments may be taken in part, more gross never means less net. */
static void
test_monotonic (void)
{
  for (guint round = 0; round < 200; round++)
    {
      ArmmsDeduction deductions[N_MAX];
      gsize n = random_deductions (deductions);
      gint64 before = 0;

      for (gsize i = 0; i < n; i++)
        deductions[i].whole_only = FALSE;
      for (gint64 gross = 0; gross < 2000000; gross += 9973)
        {
          gint64 net = fall (&larger, gross, deductions, n).net.centavos;

          g_assert_cmpint (net, >=, before);
          before = net;
        }
    }
}

static void
test_trace (void)
{
  ArmmsDeduction deductions[] = { loan (1, 500000), loan (2, 200001) };
  ArmmsWaterfall result = fall (&larger, 1000000, deductions, 2);
  g_autoptr(GString) text = g_string_new (NULL);
  ArmmsTrace trace;

  armms_deduction_trace (&deductions[1], &result, &trace);
  armms_trace_append_text (&trace, text);
  g_assert_cmpstr (text->str, ==, "deductions.obligation: priority=2 due=2000.01 deferred=0.01 because=floor floor=3000.00 | -> 2000.00");
  g_string_truncate (text, 0);
  armms_waterfall_trace (&result, &larger, &trace);
  armms_trace_append_text (&trace, text);
  g_assert_cmpstr (text->str, ==,
                   "deductions.waterfall: gross=10000.00 statutory=0.00 tax=0.00 obligations=7000.00 waived=0.00 deferred=0.01 floor=3000.00"
                   " floor_policy=larger floor_percent_bp=3000 floor_amount=1500.00 floor_missed=false | -> 3000.00");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/waterfall/floor/percentage-amount-larger", test_floor_amount);
  g_test_add_func ("/rules/waterfall/enough-for-all", test_all_taken);
  g_test_add_func ("/rules/waterfall/floor/both-sides", test_floor_edges);
  g_test_add_func ("/rules/waterfall/floor/lowest-priority-first", test_priority);
  g_test_add_func ("/rules/waterfall/floor/whole-or-not-at-all", test_whole_only);
  g_test_add_func ("/rules/waterfall/law/passes-the-floor", test_law_passes_floor);
  g_test_add_func ("/rules/waterfall/law/deferred-share-is-a-receivable", test_statutory_deferred);
  g_test_add_func ("/rules/waterfall/law/waived-share-is-a-receivable", test_waived_statutory);
  g_test_add_func ("/rules/waterfall/law/net-is-never-below-nothing", test_no_pay);
  g_test_add_func ("/rules/waterfall/tax-refund", test_refund);
  g_test_add_func ("/rules/waterfall/reimbursements-are-not-touched", test_untouchable);
  g_test_add_func ("/rules/waterfall/loss-and-damage-week-by-week", test_weekly_cap);
  g_test_add_func ("/rules/waterfall/refusals", test_refusals);
  g_test_add_func ("/rules/waterfall/nothing-is-lost", test_conservation);
  g_test_add_func ("/rules/waterfall/any-order-gives-the-same", test_any_order);
  g_test_add_func ("/rules/waterfall/more-gross-never-less-net", test_monotonic);
  g_test_add_func ("/rules/waterfall/explains-itself", test_trace);
  return g_test_run ();
}
