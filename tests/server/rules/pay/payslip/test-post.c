/* One timesheet's worth. */
#include "pay-case.h"
#include "trace-case.h"

#include <string.h>

#define LINE(lines, i) (&g_array_index (lines, ArmmsPostLine, i))

static gint64
sum_of (const GArray *lines)
{
  gint64 sum = 0;

  for (guint i = 0; i < lines->len; i++)
    sum += LINE (lines, i)->amount.centavos;
  return sum;
}

static void
check_traces (const GArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      ArmmsTrace trace;

      armms_post_line_trace (LINE (lines, i), &trace);
      g_assert_cmpint (trace.result.centavos, ==, LINE (lines, i)->amount.centavos);
      trace_case_check (&trace);
    }
}

static void
test_daily (void)
{
  const PayEntry entries[] = { { "2026-09-16", "ordinary", 480 }, { "2026-09-16", "ordinary_ot", 240 }, { "2026-09-17", "late", 15 },
                               { "2026-09-18", "regular", 480 } };
  PayPost post;
  g_autoptr(GArray) lines = NULL;

  pay_case_post (&post, 80000, entries, 4);
  lines = pay_case_price (&post.post, 1);
  g_assert_cmpuint (lines->len, ==, 3);
  g_assert_cmpint (sum_of (lines), ==, 80000 + 50000 + 160000);
  g_assert_cmpint (LINE (lines, 2)->basic.centavos, ==, 80000);
  g_assert_cmpint (armms_post_line_worked (LINE (lines, 1)), ==, 240);
  g_assert_false (LINE (lines, 0)->minimum_wage);
  check_traces (lines);
}

/* NCR-28: 755.00 from 26 September on; before it 695.00. A guard of 755.00 becomes a minimum wage earner in between. */
static void
test_status_changes (void)
{
  const PayEntry entries[] = { { "2026-09-25", "ordinary", 480 }, { "2026-09-26", "ordinary", 480 }, { "2026-09-27", "ordinary_ot", 240 } };
  PayPost post;
  g_autoptr(GArray) lines = NULL;

  pay_case_post (&post, 75500, entries, 3);
  lines = pay_case_price (&post.post, 1);
  g_assert_cmpuint (lines->len, ==, 3);
  g_assert_true (LINE (lines, 0)->minimum_wage);
  g_assert_true (LINE (lines, 1)->minimum_wage);
  g_assert_false (LINE (lines, 2)->minimum_wage);
  g_assert_cmpint (LINE (lines, 2)->amount.centavos, ==, 75500);
  check_traces (lines);
}

/* And the other way: a raise ends it. */
static void
test_status_ends (void)
{
  const PayEntry entries[] = { { "2026-09-16", "ordinary", 480 }, { "2026-09-25", "ordinary", 480 } };
  PayPost post;
  g_autoptr(GArray) lines = NULL;

  pay_case_post (&post, 69500, entries, 2);
  post.cards[0].to = law_date ("2026-09-19");
  post.cards[1] = post.cards[0];
  post.cards[1].from = law_date ("2026-09-20");
  post.cards[1].to = ARMMS_DATE_NONE;
  post.cards[1].amount = ARMMS_MONEY (90000);
  post.post.n_cards = 2;
  lines = pay_case_price (&post.post, 1);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_false (LINE (lines, 0)->minimum_wage);
  g_assert_cmpint (LINE (lines, 0)->amount.centavos, ==, 90000);
  g_assert_true (LINE (lines, 1)->minimum_wage);
  g_assert_cmpint (LINE (lines, 1)->amount.centavos, ==, 69500);
}

/* Who is exempt cannot be told without the wage order of a known region; where nobody knows the region nobody is. */
static void
test_wage_orders (void)
{
  ArmmsPostTerms terms = pay_case_post_terms ();
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (ArmmsPostLine)), problems = g_array_new (FALSE, FALSE, sizeof (ArmmsPayProblem));
  g_autoptr(GError) error = NULL;
  ArmmsPostWage wage;
  PayPost post;

  pay_case_post (&post, 70000, NULL, 0);
  g_assert_true (armms_post_price (&terms, &post.post, 0, lines, problems, &wage, &error));
  g_assert_cmpint (wage.daily.centavos, ==, 70000);
  g_assert_cmpint (wage.minimum.lowest->daily.centavos, ==, 75500);
  post.post.n_cards = 0;
  g_assert_true (armms_post_price (&terms, &post.post, 0, lines, problems, &wage, &error));
  g_assert_null (wage.minimum.lowest);

  pay_case_post (&post, 70000, (const PayEntry[]) { { "2026-09-16", "ordinary", 480 } }, 1);
  post.post.region = NULL;
  g_assert_true (armms_post_price (&terms, &post.post, 0, lines, problems, &wage, &error));
  g_assert_null (wage.minimum.lowest);
  g_assert_false (LINE (lines, 0)->minimum_wage);
  post.post.region = "XIV";
  g_assert_false (armms_post_price (&terms, &post.post, 0, lines, problems, &wage, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "statutory.no_table");
  g_assert_nonnull (strstr (error->message, "XIV"));
}

/* The day's allowance stands beside the wage, and is no basic pay. */
static void
test_cola (void)
{
  const PayEntry entries[] = { { "2026-09-16", "ordinary", 480 }, { "2026-09-17", "ordinary", 240 } };
  PayPost post;
  g_autoptr(GArray) lines = NULL;

  pay_case_post (&post, 80000, entries, 2);
  post.cards[0].cola = ARMMS_MONEY (1000);
  lines = pay_case_price (&post.post, 1);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpstr (LINE (lines, 1)->code, ==, "cola");
  g_assert_cmpint (LINE (lines, 1)->amount.centavos, ==, 1000 + 500);
  g_assert_cmpint (LINE (lines, 1)->basic.centavos, ==, 0);
  check_traces (lines);
}

static void
test_meal_days (void)
{
  const PayEntry entries[] = { { "2026-09-18", "ordinary_nd", 60 }, { "2026-09-16", "ordinary", 480 }, { "2026-09-17", "ordinary_ot", 60 },
                               { "2026-09-17", "ordinary_ot_nd", 60 }, { "2026-09-19", "ordinary_ot", 0 }, { "2026-09-20", "absent", 480 } };
  PayPost post;
  ArmmsPost posts[3];

  pay_case_post (&post, 80000, entries, G_N_ELEMENTS (entries));
  posts[0] = posts[1] = posts[2] = post.post;
  posts[1].role = ARMMS_POST_LATE;
  posts[2].role = ARMMS_POST_CORRECTION;
  g_assert_cmpint (armms_post_meal_days (posts, 0), ==, 0);
  g_assert_cmpint (armms_post_meal_days (posts, 1), ==, 2);
  g_assert_cmpint (armms_post_meal_days (posts, 2), ==, 2); /* the same days */
  g_assert_cmpint (armms_post_meal_days (&posts[2], 1), ==, 0);
}

/* A salary of 26,000.00 less absences; and absences take no more than there is. */
static void
test_salary (void)
{
  const PayEntry entries[] = { { "2026-09-16", "absent", 480 }, { "2026-09-17", "regular", 480 } };
  PayEntry gone[16];
  PayPost post, nothing;
  g_autoptr(GArray) lines = NULL, none = NULL, late = NULL;

  pay_case_salary (&post, 2600000, entries, 2);
  lines = pay_case_price (&post.post, 1);
  g_assert_cmpuint (lines->len, ==, 3);
  g_assert_cmpint (LINE (lines, 0)->amount.centavos, ==, 1300000);
  g_assert_cmpint (LINE (lines, 1)->amount.centavos, ==, -99681); /* 26,000.00 x 12 / 313 */
  g_assert_cmpint (LINE (lines, 2)->amount.centavos, ==, 99681);  /* the second day's pay of the holiday */
  g_assert_cmpint (armms_post_line_worked (LINE (lines, 0)), ==, 0);
  check_traces (lines);

  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    gone[i] = (PayEntry) { i % 2 == 0 ? "2026-09-16" : "2026-09-17", "absent", 480 };
  pay_case_salary (&nothing, 2600000, gone, G_N_ELEMENTS (gone));
  none = pay_case_price (&nothing.post, 1);
  g_assert_cmpint (sum_of (none), ==, 0);
  g_assert_cmpint (LINE (none, none->len - 1)->kind, ==, ARMMS_POST_LINE_LIMIT);
  g_assert_cmpint (LINE (none, none->len - 1)->amount.centavos, ==, 294888); /* 16 days of 26,000.00 x 12 / 313, less the salary */
  check_traces (none);

  nothing.post.role = ARMMS_POST_LATE; /* of an earlier period too: this one's pay does not answer for it */
  late = pay_case_price (&nothing.post, 1);
  g_assert_cmpint (sum_of (late), ==, 0);
}

/* A manager earns no overtime and no holiday; absences count. */
static void
test_exempt (void)
{
  const PayEntry entries[] = { { "2026-09-16", "ordinary_ot", 240 }, { "2026-09-17", "regular", 480 }, { "2026-09-18", "absent", 480 } };
  PayPost post;
  g_autoptr(GArray) lines = NULL;

  pay_case_salary (&post, 2600000, entries, 3);
  post.post.exempt = TRUE;
  lines = pay_case_price (&post.post, 1);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpint (sum_of (lines), ==, 1300000 - 99681);
}

static void
test_correction (void)
{
  const PayEntry entries[] = { { "2026-09-16", "ordinary", 480 }, { "2026-09-16", "ordinary_ot", 120 } };
  PayPost post;
  ArmmsRetroEntry paid[] = { { { .bytes = { 1 } }, "ordinary", ARMMS_PAY_CLASS_BASIC, 480, { 80000 }, { 80000 } },
                             { { .bytes = { 1 } }, "ordinary_ot", ARMMS_PAY_CLASS_OVERTIME, 240, { 50000 }, { 0 } } };
  g_autoptr(GArray) lines = NULL;
  ArmmsTrace trace;

  pay_case_post (&post, 80000, entries, 2);
  post.post.role = ARMMS_POST_CORRECTION;
  post.post.version = 2;
  post.post.paid = paid;
  post.post.n_paid = 2;
  lines = pay_case_price (&post.post, 1);
  g_assert_cmpuint (lines->len, ==, 1);
  g_assert_cmpint (LINE (lines, 0)->amount.centavos, ==, -25000);
  g_assert_cmpint (LINE (lines, 0)->minutes, ==, -120);
  g_assert_cmpint (LINE (lines, 0)->pay_class, ==, ARMMS_PAY_CLASS_OVERTIME);
  check_traces (lines);
  armms_post_line_trace (LINE (lines, 0), &trace);
  g_assert_cmpint (trace_case_get (&trace, "timesheet_version"), ==, 2);
}

/* What a person saw: a correction of a timesheet whose absences had passed the salary took back what the limit had given. */
static void
test_correction_keeps_limit (void)
{
  PayEntry gone[16];
  PayPost post;
  ArmmsRetroEntry paid[3];
  g_autoptr(GArray) first = NULL, again = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    gone[i] = (PayEntry) { "2026-09-16", "absent", 480 };
  pay_case_salary (&post, 2600000, gone, G_N_ELEMENTS (gone));
  first = pay_case_price (&post.post, 1);
  g_assert_cmpuint (first->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    paid[i] = (ArmmsRetroEntry) { post.post.post_id, LINE (first, i)->code, LINE (first, i)->pay_class, LINE (first, i)->minutes, LINE (first, i)->amount,
                                  LINE (first, i)->basic };
  post.post.role = ARMMS_POST_CORRECTION;
  post.post.paid = paid;
  post.post.n_paid = 3;
  again = pay_case_price (&post.post, 1);
  g_assert_cmpuint (again->len, ==, 0);
}

static void
test_problems (void)
{
  const PayEntry entries[] = { { "2025-12-31", "ordinary", 480 }, { "2026-09-16", "ordinary", 480 } };
  ArmmsPostTerms terms = pay_case_post_terms ();
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (ArmmsPostLine)), problems = g_array_new (FALSE, FALSE, sizeof (ArmmsPayProblem));
  g_autoptr(GError) error = NULL;
  ArmmsPostWage wage;
  PayPost post;

  pay_case_post (&post, 80000, entries, 2);
  g_assert_true (armms_post_price (&terms, &post.post, 0, lines, problems, &wage, &error));
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpuint (lines->len, ==, 1);
  post.post.role = ARMMS_POST_CORRECTION;
  g_assert_true (armms_post_price (&terms, &post.post, 0, lines, problems, &wage, &error));
  g_assert_cmpuint (problems->len, ==, 2);
  g_assert_cmpuint (lines->len, ==, 1); /* no difference of something that cannot be priced */
}

/* One salary a day: the second post pays from its first duty on; the third has no salary. */
static void
test_two_posts (void)
{
  const PayEntry first[] = { { "2026-09-16", "ordinary", 480 } }, second[] = { { "2026-09-22", "ordinary", 480 } };
  PayPost a, b, c, d;
  ArmmsPost posts[4];
  g_autoptr(GArray) lines = NULL;
  gsize number = 9;

  pay_case_salary (&a, 3000000, second, 1);
  pay_case_salary (&b, 3000000, first, 1);
  pay_case_post (&c, 80000, second, 1);
  pay_case_salary (&d, 3000000, second, 1);
  posts[0] = a.post;
  posts[1] = b.post;
  posts[2] = c.post;
  posts[3] = d.post;
  posts[3].post_id.bytes[0] = 2; /* begins on the same day as the first: the smaller id pays */
  armms_post_share_salary (posts, 4);
  lines = pay_case_price (posts, 2);
  g_assert_cmpint (posts[1].employed_to.days, ==, law_date ("2026-09-21").days);
  g_assert_cmpint (posts[0].employed_from.days, ==, law_date ("2026-09-22").days);
  g_assert_cmpint (posts[0].employed_to.days, ==, law_date ("2026-09-21").days);
  g_assert_cmpint (posts[3].employed_from.days, ==, law_date ("2026-09-22").days);
  g_assert_true (armms_date_is_none (posts[3].employed_to));
  g_assert_cmpint (LINE (lines, 0)->amount.centavos, ==, 600000); /* 6 of 15 days of 15,000.00: his other post */
  g_assert_true (armms_post_find_principal (posts, 4, &number) == posts[0].cards);
  g_assert_cmpuint (number, ==, 0);
}

static void
test_principal (void)
{
  const PayEntry little[] = { { "2026-09-16", "ordinary", 100 } }, much[] = { { "2026-09-16", "ordinary", 200 } };
  PayPost a, b, late;
  ArmmsPost posts[4];
  gsize number = 9;

  pay_case_post (&late, 1, much, 1);
  pay_case_post (&a, 2, little, 1);
  pay_case_post (&b, 3, much, 1);
  late.post.role = ARMMS_POST_LATE;
  b.cards[0].to = law_date ("2026-09-20"); /* its last card, though it ended */
  posts[0] = late.post;
  posts[0].n_cards = 0;
  posts[1] = late.post;
  posts[2] = a.post;
  posts[3] = b.post;
  g_assert_null (armms_post_find_principal (posts, 1, &number));
  g_assert_cmpuint (number, ==, 9);
  g_assert_cmpint (armms_post_find_principal (posts, 2, &number)->amount.centavos, ==, 1);
  g_assert_cmpint (armms_post_find_principal (posts, 3, &number)->amount.centavos, ==, 2);
  g_assert_cmpint (armms_post_find_principal (posts, 4, &number)->amount.centavos, ==, 3);
  g_assert_cmpuint (number, ==, 3);
}

/* 16 September 2026 is a Wednesday: weeks of 5, 7 and 3 days. */
static void
test_weeks (void)
{
  const PayEntry entries[] = { { "2026-09-16", "ordinary", 480 }, { "2026-09-20", "ordinary", 480 }, { "2026-09-21", "ordinary", 480 },
                               { "2026-09-30", "ordinary_ot", 240 } };
  ArmmsPostTerms terms = pay_case_post_terms ();
  ArmmsPeriod period = { law_date ("2026-09-16"), law_date ("2026-09-30") };
  g_autoptr(GArray) weeks = g_array_new (FALSE, FALSE, sizeof (ArmmsMoney));
  g_autoptr(GError) error = NULL;
  PayPost post;
  ArmmsPost posts[2];

  pay_case_post (&post, 80000, entries, 4);
  posts[0] = posts[1] = post.post;
  posts[1].role = ARMMS_POST_LATE; /* no week of this period */
  g_assert_true (armms_post_week_wages (&terms, posts, 2, period, ARMMS_MONEY (150000), weeks, &error));
  g_assert_cmpuint (weeks->len, ==, 3);
  g_assert_cmpint (g_array_index (weeks, ArmmsMoney, 0).centavos, ==, 160000 + 50000);
  g_assert_cmpint (g_array_index (weeks, ArmmsMoney, 1).centavos, ==, 80000 + 70000);
  g_assert_cmpint (g_array_index (weeks, ArmmsMoney, 2).centavos, ==, 50000 + 30000);
}

/* A monthly card without its factor of paid days, at the first, in the middle, in a week; and sums that pass 64 bits. */
static void
test_refusals (void)
{
  const PayEntry entries[] = { { "2026-09-25", "ordinary", 480 }, { "2026-09-26", "ordinary_ot", 480 } };
  ArmmsPostTerms terms = pay_case_post_terms ();
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (ArmmsPostLine)), problems = g_array_new (FALSE, FALSE, sizeof (ArmmsPayProblem));
  g_autoptr(GArray) weeks = g_array_new (FALSE, FALSE, sizeof (ArmmsMoney));
  ArmmsRetroEntry huge = { { .bytes = { 1 } }, "ordinary", ARMMS_PAY_CLASS_BASIC, 1, { G_MININT64 }, { 0 } };
  ArmmsPostWage wage;
  PayPost post;

  for (guint from = 0; from < 3; from++)
    {
      g_autoptr(GError) error = NULL;

      pay_case_post (&post, 75500, entries, 2);
      post.cards[1] = post.cards[2] = post.cards[0];
      post.cards[0].to = law_date ("2026-09-24");
      post.cards[1].from = post.cards[1].to = law_date ("2026-09-25");
      post.cards[2].from = law_date ("2026-09-26");
      post.post.n_cards = 3;
      post.cards[from].basis = ARMMS_BASIS_MONTHLY;
      g_assert_false (armms_post_price (&terms, &post.post, 0, lines, problems, &wage, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "rate_card.factor");
      g_clear_error (&error);
      if (from > 0)
        {
          g_assert_false (armms_post_week_wages (&terms, &post.post, 1, post.post.period, ARMMS_MONEY (0), weeks, &error));
          g_assert_cmpstr (armms_error_get_code (error), ==, "rate_card.factor");
        }
    }
  {
    g_autoptr(GError) error = NULL;

    pay_case_post (&post, 80000, entries, 2);
    post.post.role = ARMMS_POST_CORRECTION;
    post.post.paid = &huge;
    post.post.n_paid = 1;
    g_assert_false (armms_post_price (&terms, &post.post, 0, lines, problems, &wage, &error));
    g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
    g_clear_error (&error);
    /* Of a timesheet in two parts, only the one before the wage order is too large. */
    pay_case_post (&post, 75500, (const PayEntry[]) { { "2026-09-25", "ordinary_ot", 480 } }, 1);
    post.cards[1] = post.cards[2] = post.cards[0];
    post.cards[0].to = law_date ("2026-09-24");
    post.cards[1].from = post.cards[1].to = law_date ("2026-09-25");
    post.cards[1].amount = ARMMS_MONEY (G_GINT64_CONSTANT (9000000000000000000));
    post.cards[2].from = law_date ("2026-09-26");
    post.post.n_cards = 3;
    g_assert_false (armms_post_price (&terms, &post.post, 0, lines, problems, &wage, &error));
    g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
    g_clear_error (&error);
    pay_case_post (&post, G_GINT64_CONSTANT (6000000000000000000), entries, 2);
    g_assert_false (armms_post_week_wages (&terms, &post.post, 1, post.post.period, ARMMS_MONEY (0), weeks, &error));
    g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
  }
}

/* A day is worth a month, 7,000,000,000,000,000.00: twelve days absent fit, and twelve late; together they do not. */
static void
test_limit_refused (void)
{
  ArmmsPostTerms terms = pay_case_post_terms ();
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (ArmmsPostLine)), problems = g_array_new (FALSE, FALSE, sizeof (ArmmsPayProblem));
  PayEntry gone[8];
  ArmmsPostWage wage;
  PayPost post;

  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    gone[i] = (PayEntry) { "2026-09-17", i < 4 ? "absent" : "late", 1440 };
  pay_case_salary (&post, G_GINT64_CONSTANT (700000000000000000), gone, G_N_ELEMENTS (gone));
  post.cards[0].factor.millionths = 12000000;
  for (guint role = ARMMS_POST_PERIOD; role <= ARMMS_POST_CORRECTION; role++)
    {
      g_autoptr(GError) error = NULL;

      post.post.role = (ArmmsPostRole) role;
      g_assert_false (armms_post_price (&terms, &post.post, 0, lines, problems, &wage, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/pay/post/minutes of a daily card", test_daily);
  g_test_add_func ("/rules/pay/post/a wage order makes a minimum wage earner within the period", test_status_changes);
  g_test_add_func ("/rules/pay/post/a raise ends it", test_status_ends);
  g_test_add_func ("/rules/pay/post/the wage order of the region", test_wage_orders);
  g_test_add_func ("/rules/pay/post/the allowance stands beside the wage", test_cola);
  g_test_add_func ("/rules/pay/post/days of overtime or night work", test_meal_days);
  g_test_add_func ("/rules/pay/post/absences take no more than the salary", test_salary);
  g_test_add_func ("/rules/pay/post/a manager has no premiums", test_exempt);
  g_test_add_func ("/rules/pay/post/a correction pays the difference", test_correction);
  g_test_add_func ("/rules/pay/post/a correction keeps the limit of absences", test_correction_keeps_limit);
  g_test_add_func ("/rules/pay/post/what cannot be priced is a problem", test_problems);
  g_test_add_func ("/rules/pay/post/one salary a day", test_two_posts);
  g_test_add_func ("/rules/pay/post/the principal post", test_principal);
  g_test_add_func ("/rules/pay/post/weeks for the cap", test_weeks);
  g_test_add_func ("/rules/pay/post/refusals", test_refusals);
  g_test_add_func ("/rules/pay/post/absences that pass 64 bits", test_limit_refused);
  return g_test_run ();
}
