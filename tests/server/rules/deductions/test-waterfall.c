/* Who may take how much from a guard's pay. */
#include "../law-case.h"
#include "../trace-read.h"

#include "server/rules/deductions/waterfall.h"

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

/* One loan against a floor of 3,000.00, centavo by centavo. */
static const struct {
  const char *name;
  gint64 gross, due;
  gboolean partial;
  gint64 taken;
} edges[] = {
  { "a-centavo-below-the-floor", 1000000, 699999, TRUE, 699999 },
  { "on-the-floor", 1000000, 700000, TRUE, 700000 },
  { "a-centavo-above", 1000000, 700001, TRUE, 700000 },
  { "a-centavo-above-whole", 1000000, 700001, FALSE, 0 },
  { "on-the-floor-whole", 1000000, 700000, FALSE, 700000 },
  { "floor-rounds-up", 1000005, 700003, TRUE, 700003 },       /* 3,000.015 -> 3,000.02 */
  { "floor-rounds-up-a-centavo-above", 1000005, 700004, TRUE, 700003 },
  { "floor-rounds-down", 1000001, 700001, TRUE, 700001 },     /* 3,000.003 -> 3,000.00 */
  { "floor-rounds-down-a-centavo-above", 1000001, 700002, TRUE, 700001 },
  { "amount-is-the-larger", 499999, 349999, TRUE, 349999 },
  { "amount-is-the-larger-a-centavo-above", 499999, 350000, TRUE, 349999 },
  { "gross-is-the-amount", 150000, 1, TRUE, 0 },
  { "gross-a-centavo-above-the-amount", 150001, 2, TRUE, 1 },
  { "gross-below-the-amount", 149999, 1, TRUE, 0 },
  { "no-gross", 0, 1, TRUE, 0 },
  { "nothing-due", 0, 0, TRUE, 0 },
};

static void
test_edge (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  ArmmsDeduction deductions[] = { loan (1, edges[i].due) };
  ArmmsWaterfall result = fall (edges[i].partial ? &larger : &whole, edges[i].gross, deductions, 1);

  g_assert_cmpint (deductions[0].taken.centavos, ==, edges[i].taken);
  g_assert_cmpint (result.net.centavos, ==, edges[i].gross - edges[i].taken);
  g_assert_cmpstr (deductions[0].reason, ==, edges[i].taken < edges[i].due ? "floor" : NULL);
}

/* Loss and damage against 20 % of a week's 1,000.00, centavo by centavo; 50.00 were taken in it before. */
static const struct {
  const char *name;
  gint64 wages, taken, due;
  gboolean whole;
  gint64 now;
} week_edges[] = {
  { "a-centavo-below", 100000, 5000, 14999, FALSE, 14999 },
  { "on-the-cap", 100000, 5000, 15000, FALSE, 15000 },
  { "a-centavo-above", 100000, 5000, 15001, FALSE, 15000 },
  { "on-the-cap-whole", 100000, 5000, 15000, TRUE, 15000 },
  { "a-centavo-above-whole", 100000, 5000, 15001, TRUE, 0 },
  { "a-fifth-is-rounded-down", 100004, 5000, 15001, FALSE, 15000 },
  { "the-fifth-centavo-counts", 100005, 5000, 15001, FALSE, 15001 },
  { "used-up", 100000, 20000, 1, FALSE, 0 },
  { "a-centavo-left", 100000, 19999, 2, FALSE, 1 },
  { "passed-already", 100000, 20001, 1, FALSE, 0 },
  { "a-week-without-wages", 0, 0, 1, FALSE, 0 },
  { "a-correction-below-nothing", -100000, 0, 1, FALSE, 0 },
};

static void
test_week_edge (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  ArmmsMoney wages[] = { { week_edges[i].wages } }, taken[] = { { week_edges[i].taken } };
  ArmmsWaterfallPay pay = { .gross = { 1000000 }, .weekly_wages = wages, .weekly_taken = taken, .n_weeks = 1 };
  ArmmsDeduction deductions[] = { loan (1, week_edges[i].due) };
  ArmmsWaterfall result;

  deductions[0].loss_or_damage = TRUE;
  deductions[0].whole_only = week_edges[i].whole;
  g_assert_true (armms_waterfall (&larger, &pay, deductions, 1, &result, NULL));
  g_assert_cmpint (deductions[0].taken.centavos, ==, week_edges[i].now);
  g_assert_cmpstr (deductions[0].reason, ==, week_edges[i].now < week_edges[i].due ? "weekly_cap" : NULL);
}

/* A month paid at once touches six weeks: each has its own fifth, and none lends to another. */
static void
test_weeks_of_a_month (void)
{
  const ArmmsMoney wages[] = { { 100000 }, { 350000 }, { 350000 }, { 350000 }, { 350000 }, { 50000 } };
  const ArmmsMoney taken[] = { { 20000 }, { 0 }, { 90000 }, { 10000 }, { 0 }, { 0 } };
  ArmmsWaterfallPay pay = { .gross = { 1550000 }, .weekly_wages = wages, .weekly_taken = taken, .n_weeks = 6 };
  ArmmsDeduction deductions[] = { loan (1, 500000) };
  ArmmsWaterfall result;

  deductions[0].loss_or_damage = TRUE;
  g_assert_true (armms_waterfall (&larger, &pay, deductions, 1, &result, NULL));
  g_assert_cmpint (result.weekly_cap.centavos, ==, 0 + 70000 + 0 + 60000 + 70000 + 10000);
  g_assert_cmpint (deductions[0].taken.centavos, ==, 210000);
  pay.weekly_taken = NULL;
  g_assert_true (armms_waterfall (&larger, &pay, deductions, 1, &result, NULL));
  g_assert_cmpint (result.weekly_cap.centavos, ==, 310000);
}

/* A refund of tax bears a share that the gross alone could not. */
static void
test_refund_bears (void)
{
  ArmmsDeduction deductions[] = { statutory (1, 75000), tax (-50000) };
  ArmmsWaterfall result = fall (&none, 50000, deductions, 2);

  g_assert_cmpint (deductions[0].taken.centavos, ==, 75000);
  g_assert_cmpint (result.net.centavos, ==, 25000);
  g_assert_cmpint (result.receivable.centavos, ==, 0);
}

/* A share taken too much in a closed month comes back whole, and is no receivable. */
static void
test_statutory_refund (void)
{
  ArmmsDeduction deductions[] = { statutory (1, -12500), statutory (2, 20000) };
  ArmmsWaterfall result = fall (&generous, 100000, deductions, 2);

  g_assert_cmpint (deductions[0].taken.centavos, ==, -12500);
  g_assert_cmpint (deductions[1].taken.centavos, ==, 12500); /* the floor is the whole gross: only the refund stands above it */
  g_assert_cmpint (result.receivable.centavos, ==, 7500);
  g_assert_cmpint (result.net.centavos, ==, 100000);
}

static void
test_policy_refused (void)
{
  const ArmmsFloorPolicy bad[] = {
    { ARMMS_FLOOR_PERCENT, -1, { 0 }, TRUE, FALSE, 0 }, { ARMMS_FLOOR_PERCENT, 10001, { 0 }, TRUE, FALSE, 0 },
    { ARMMS_FLOOR_AMOUNT, 0, { -1 }, TRUE, FALSE, 0 }, { ARMMS_FLOOR_NONE, 0, { 0 }, TRUE, FALSE, -1 },
    { ARMMS_FLOOR_NONE, 0, { 0 }, TRUE, FALSE, 10001 },
  };
  ArmmsWaterfallPay pay = { .gross = { 100000 } };
  ArmmsWaterfall result;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (armms_waterfall (&bad[i], &pay, NULL, 0, &result, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "deduction.policy");
    }
}

/* What does not fit into 64 bits of centavos is an error, wherever it would happen. */
static void
test_overflow (void)
{
  const ArmmsMoney most[] = { { G_MAXINT64 }, { G_MAXINT64 } }, least[] = { { G_MININT64 }, { G_MININT64 } };
  const ArmmsFloorPolicy all = { ARMMS_FLOOR_NONE, 0, { 0 }, TRUE, FALSE, 10000 };
  const struct { ArmmsWaterfallPay pay; ArmmsDeduction deductions[2]; } cases[] = {
    { { .gross = { G_MAXINT64 } }, { loan (1, 0), loan (1, 0) } },
    { { .gross = { G_MININT64 } }, { loan (1, 0), loan (1, 0) } },
    { { .untouchable = { G_MAXINT64 } }, { loan (1, 1), loan (1, 0) } },
    { { .gross = { 0 } }, { loan (1, G_MAXINT64), loan (2, 1) } },
    { { .gross = { 0 } }, { tax (G_MININT64), loan (2, 0) } },
    { { .gross = { 0 } }, { tax (-G_MAXINT64), loan (2, 1) } },
    { { .gross = { 0 }, .weekly_wages = most, .n_weeks = 2 }, { loan (1, 0), loan (2, 0) } },
    { { .gross = { 0 }, .weekly_wages = most, .weekly_taken = least, .n_weeks = 1 }, { loan (1, 0), loan (2, 0) } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ArmmsDeduction deductions[2] = { cases[i].deductions[0], cases[i].deductions[1] };
      g_autoptr(GError) error = NULL;
      ArmmsWaterfall result;

      g_assert_false (armms_waterfall (&all, &cases[i].pay, deductions, 2, &result, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
    }
  for (guint kind = ARMMS_FLOOR_PERCENT; kind <= ARMMS_FLOOR_LARGER; kind += 2)
    {
      ArmmsFloorPolicy beyond = { (ArmmsFloorKind) kind, 10001, { 0 }, TRUE, FALSE, 0 };
      g_autoptr(GError) error = NULL;
      ArmmsMoney floor;

      g_assert_false (armms_floor_amount (&beyond, ARMMS_MONEY (G_MAXINT64), &floor, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
    }
}

static void
test_names (void)
{
  for (ArmmsFloorKind kind = ARMMS_FLOOR_NONE; kind <= ARMMS_FLOOR_LARGER; kind++)
    {
      ArmmsFloorKind parsed = 9;

      g_assert_true (armms_floor_kind_parse (armms_floor_kind_name (kind), &parsed));
      g_assert_cmpint (parsed, ==, kind);
    }
  g_assert_false (armms_floor_kind_parse ("most", &(ArmmsFloorKind) { 0 }));
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

static gint64
total_of (const ArmmsWaterfall *result)
{
  return result->statutory.centavos + result->tax.centavos + result->obligations.centavos;
}

/* Where parts may be taken, more gross never means less net, nor less taken. */
static void
test_monotonic (void)
{
  const ArmmsFloorPolicy *policies[] = { &larger, &generous, &none };

  for (guint round = 0; round < 300; round++)
    {
      ArmmsDeduction deductions[N_MAX];
      gsize n = random_deductions (deductions);
      gint64 net = 0, total = 0;

      for (gsize i = 0; i < n; i++)
        deductions[i].whole_only = FALSE;
      for (gint64 gross = 0; gross < 2000000; gross += 9973)
        {
          ArmmsWaterfall result = fall (policies[round % G_N_ELEMENTS (policies)], gross, deductions, n);

          g_assert_cmpint (result.net.centavos, >=, net);
          g_assert_cmpint (total_of (&result), >=, total);
          net = result.net.centavos;
          total = total_of (&result);
        }
    }
}

/* Whole or not at all: more gross still never takes less, where the weekly cap does not bring in another. */
static void
test_monotonic_whole (void)
{
  for (guint round = 0; round < 300; round++)
    {
      ArmmsDeduction deductions[N_MAX];
      gsize n = random_deductions (deductions);
      gint64 total = 0;

      for (gsize i = 0; i < n; i++)
        deductions[i].loss_or_damage = FALSE;
      for (gint64 gross = 0; gross < 2000000; gross += 9973)
        {
          ArmmsWaterfall result = fall (&whole, gross, deductions, n);

          g_assert_cmpint (total_of (&result), >=, total);
          total = total_of (&result);
        }
    }
}

/* Whatever else the policy says, a higher floor never takes more, and never leaves less. */
static void
test_floor_monotonic (void)
{
  for (guint round = 0; round < 600; round++)
    {
      ArmmsDeduction deductions[N_MAX];
      gsize n = random_deductions (deductions);
      ArmmsFloorPolicy policy = { ARMMS_FLOOR_LARGER, 0, { 0 }, round & 1, (round >> 1) & 1, (round >> 2) & 1 ? 2000 : 0 };
      gint64 gross = g_test_rand_int_range (0, 2000000), total = G_MAXINT64;

      for (policy.percent_bp = 0; policy.percent_bp <= 10000; policy.percent_bp += 125)
        {
          ArmmsWaterfall result = fall (&policy, gross, deductions, n);

          g_assert_cmpint (total_of (&result), <=, total);
          total = total_of (&result);
        }
      policy = (ArmmsFloorPolicy) { ARMMS_FLOOR_AMOUNT, 0, { 0 }, policy.partial, policy.defer_statutory, policy.weekly_cap_bp };
      for (total = G_MAXINT64; policy.amount.centavos <= gross + 10000; policy.amount.centavos += 12347)
        {
          ArmmsWaterfall result = fall (&policy, gross, deductions, n);

          g_assert_cmpint (total_of (&result), <=, total);
          total = total_of (&result);
        }
    }
}

/* What the agency remits is what is due: taken and receivable always add up to it, whatever floor, waiver or lack of pay. */
static void
test_remittance (void)
{
  const ArmmsFloorPolicy *policies[] = { &larger, &whole, &generous, &none };

  for (guint round = 0; round < 4000; round++)
    {
      ArmmsDeduction deductions[N_MAX];
      gsize n = random_deductions (deductions);
      ArmmsWaterfall result = fall (policies[round % G_N_ELEMENTS (policies)], g_test_rand_int_range (0, 1200000), deductions, n);
      gint64 due = 0, tax = 0;

      for (gsize i = 0; i < n; i++)
        if (deductions[i].kind == ARMMS_DEDUCTION_STATUTORY)
          due += deductions[i].due.centavos;
        else if (deductions[i].kind == ARMMS_DEDUCTION_TAX)
          tax += deductions[i].due.centavos;
      g_assert_cmpint (result.statutory.centavos + result.receivable.centavos, ==, due);
      g_assert_cmpint (result.tax.centavos + result.tax_short.centavos, ==, tax);
    }
}

/* -- from the trace alone -- */

static gint64
cut (gint64 asked, gint64 room, gboolean parts)
{
  return asked <= MAX (room, 0) ? asked : parts ? MAX (room, 0) : 0;
}

static void
check_deduction_trace (const ArmmsDeduction *deduction, const ArmmsWaterfall *result)
{
  ArmmsTrace trace;
  g_auto(TraceRead) read = { NULL };
  gint64 due, waived, taken;

  armms_deduction_trace (deduction, result, &trace);
  read = trace_read (&trace);
  due = trace_centavos (&read, "due");
  waived = trace_centavos (&read, "waived");
  taken = due - waived;
  if (trace_has (&read, "pay"))
    taken = cut (taken, trace_centavos (&read, "pay"), TRUE);
  if (trace_has (&read, "weekly_room"))
    taken = cut (taken, trace_centavos (&read, "weekly_room"), trace_flag (&read, "parts"));
  if (trace_has (&read, "room"))
    taken = cut (taken, trace_centavos (&read, "room"), trace_flag (&read, "parts"));
  g_assert_cmpint (taken, ==, deduction->taken.centavos);
  g_assert_cmpint (trace_result_centavos (&read), ==, taken);
  g_assert_cmpint (trace_centavos (&read, "deferred"), ==, due - waived - taken);
}

static gint64
floor_again (const TraceRead *read)
{
  const char *policy = trace_text (read, "floor_policy");
  gint64 gross = trace_centavos (read, "gross"), amount = trace_centavos (read, "floor_amount");
  gint64 percent = (gross * trace_number (read, "floor_percent_bp") * 2 + 10000) / 20000; /* half away from zero, gross not negative */

  g_assert_true (g_str_equal (policy, "larger") || g_str_equal (policy, "none") || g_str_equal (policy, "amount") || g_str_equal (policy, "percent"));
  return MIN (MAX (amount, percent), gross);
}

static gint64
weekly_cap_again (const TraceRead *read)
{
  gint64 bp = trace_number (read, "weekly_cap_bp"), room = trace_centavos (read, "later_weeks_room");
  gboolean any = FALSE;

  for (guint week = 1; week <= 6; week++)
    {
      g_autofree char *wages = g_strdup_printf ("week_%u_wages", week), *taken = g_strdup_printf ("week_%u_taken", week);

      any |= trace_has (read, wages);
      room += MAX (trace_centavos (read, wages) * bp / 10000 - trace_centavos (read, taken), 0);
    }
  return any ? room : trace_centavos (read, "gross") * bp / 10000;
}

static void
check_waterfall_trace (const ArmmsWaterfall *result, const ArmmsFloorPolicy *policy)
{
  ArmmsTrace trace;
  g_auto(TraceRead) read = { NULL };
  gint64 kept;

  armms_waterfall_trace (result, policy, &trace);
  read = trace_read (&trace);
  kept = trace_centavos (&read, "gross") - trace_centavos (&read, "statutory") - trace_centavos (&read, "tax") - trace_centavos (&read, "obligations");
  g_assert_cmpint (floor_again (&read), ==, trace_centavos (&read, "floor"));
  g_assert_true ((kept < trace_centavos (&read, "floor")) == trace_flag (&read, "floor_missed"));
  g_assert_cmpint (kept + trace_centavos (&read, "untouchable"), ==, result->net.centavos);
  g_assert_cmpint (trace_result_centavos (&read), ==, result->net.centavos);
  if (trace_has (&read, "weekly_cap"))
    g_assert_cmpint (weekly_cap_again (&read), ==, trace_centavos (&read, "weekly_cap"));
}

static void
test_recompute (void)
{
  ArmmsFloorPolicy percent = { ARMMS_FLOOR_PERCENT, 2500, { 0 }, TRUE, TRUE, 2000 }, amount = { ARMMS_FLOOR_AMOUNT, 0, { 200000 }, FALSE, TRUE, 1000 };
  const ArmmsFloorPolicy *policies[] = { &larger, &whole, &generous, &none, &percent, &amount };

  for (guint round = 0; round < 6000; round++)
    {
      const ArmmsFloorPolicy *policy = policies[round % G_N_ELEMENTS (policies)];
      ArmmsMoney wages[9], before[9];
      ArmmsDeduction deductions[N_MAX];
      gsize n = random_deductions (deductions);
      ArmmsWaterfallPay pay = {
        .gross = { g_test_rand_int_range (0, 2000000) }, .untouchable = { g_test_rand_int_range (0, 3) * 1234 }, .weekly_wages = wages,
        .weekly_taken = round & 8 ? before : NULL, .n_weeks = (gsize) g_test_rand_int_range (0, 10),
      };
      ArmmsWaterfall result;

      for (guint week = 0; week < G_N_ELEMENTS (wages); week++)
        {
          wages[week] = ARMMS_MONEY (g_test_rand_int_range (0, 600000));
          before[week] = ARMMS_MONEY (g_test_rand_int_range (0, 2) * g_test_rand_int_range (0, 150000));
        }
      for (gsize i = 0; i < n; i++)
        if (deductions[i].kind != ARMMS_DEDUCTION_OBLIGATION && deductions[i].waived.centavos == 0 && g_test_rand_int_range (0, 4) == 0)
          deductions[i].due.centavos = -deductions[i].due.centavos;
      g_assert_true (armms_waterfall (policy, &pay, deductions, n, &result, NULL));
      check_waterfall_trace (&result, policy);
      for (gsize i = 0; i < n; i++)
        check_deduction_trace (&deductions[i], &result);
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
  g_assert_cmpstr (text->str, ==, "deductions.obligation: priority=2 due=2000.01 room=2000.00 parts=true deferred=0.01 because=floor floor=3000.00 | -> 2000.00");
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
  g_test_add_func ("/rules/waterfall/whole-more-gross-never-less-taken", test_monotonic_whole);
  g_test_add_func ("/rules/waterfall/floor/higher-never-takes-more", test_floor_monotonic);
  g_test_add_func ("/rules/waterfall/law/taken-and-receivable-are-the-due", test_remittance);
  g_test_add_func ("/rules/waterfall/law/a-refund-bears-a-share", test_refund_bears);
  g_test_add_func ("/rules/waterfall/law/a-share-comes-back", test_statutory_refund);
  g_test_add_func ("/rules/waterfall/loss-and-damage-weeks-of-a-month", test_weeks_of_a_month);
  g_test_add_func ("/rules/waterfall/policy-refused", test_policy_refused);
  g_test_add_func ("/rules/waterfall/overflow", test_overflow);
  g_test_add_func ("/rules/waterfall/names", test_names);
  g_test_add_func ("/rules/waterfall/explains-itself", test_trace);
  g_test_add_func ("/rules/waterfall/computed-again-from-its-trace", test_recompute);
  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/waterfall/floor/", edges[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_edge);
    }
  for (guint i = 0; i < G_N_ELEMENTS (week_edges); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/waterfall/week/", week_edges[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_week_edge);
    }
  return g_test_run ();
}
