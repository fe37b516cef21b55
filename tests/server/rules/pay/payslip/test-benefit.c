/* What of a benefit is free of tax. */
#include "pay-case.h"
#include "trace-case.h"

typedef struct {
  const char *name;
  ArmmsPayBenefit benefit;
  gint64 pool_before, span_before;
  gint64 exempt, regular, supplementary, pooled;
} Case;

static const Case cases[] = { /* October 2026: rice 2,500 a month, the pool 90,000 a year */
  { "a fixed allowance is regular pay", { .code = "allowance", .amount = { 150000 } }, 0, 0, 0, 150000, 0, 0 },
  { "a bonus is supplementary", { .code = "bonus", .amount = { 150000 }, .tax_class = ARMMS_BENEFIT_SUPPLEMENTARY }, 0, 0, 0, 0, 150000, 0 },
  { "what is exempt is free", { .code = "bonus", .amount = { 150000 }, .exempt = TRUE }, 0, 0, 150000, 0, 0, 0 },
  { "what is paid back is free", { .code = "reimbursement", .amount = { 150000 }, .paid_back = TRUE }, 0, 0, 150000, 0, 0, 0 },
  { "13th month fills the pool to the centavo", { .code = "thirteenth_month", .amount = { 9000000 }, .tax_class = ARMMS_BENEFIT_POOL },
    0, 0, 9000000, 0, 0, 9000000 },
  { "a centavo above the pool is taxed", { .code = "thirteenth_month", .amount = { 9000000 }, .tax_class = ARMMS_BENEFIT_POOL },
    1, 0, 8999999, 0, 1, 9000000 },
  { "the pool was full", { .code = "bonus", .amount = { 100 }, .tax_class = ARMMS_BENEFIT_POOL }, 9500000, 0, 0, 0, 100, 100 },
  { "rice up to its ceiling", { .code = "allowance", .amount = { 250000 }, .small_kind = "rice_subsidy" }, 0, 0, 250000, 0, 0, 0 },
  { "rice above it goes into the pool", { .code = "allowance", .amount = { 250000 }, .small_kind = "rice_subsidy" }, 0, 100000, 250000, 0, 0, 100000 },
  { "rice above it, the pool full", { .code = "allowance", .amount = { 250000 }, .small_kind = "rice_subsidy" }, 9000000, 100000, 150000, 0, 100000,
    100000 },
  { "a small benefit has its ceiling though it be exempt", { .code = "allowance", .amount = { 260000 }, .small_kind = "rice_subsidy", .exempt = TRUE },
    9000000, 0, 250000, 0, 10000, 10000 },
  { "meals are a share of the minimum wage: 30 % of 755.00", { .code = "allowance", .amount = { 22651 }, .small_kind = "meal_ot_night" },
    9000000, 0, 22650, 0, 1, 1 },
  { "of monetised leave the free days, the rest into the pool",
    { .code = "leave_conversion", .amount = { 280000 }, .free = { 160000 }, .tax_class = ARMMS_BENEFIT_POOL }, 8900000, 0, 260000, 0, 20000, 120000 },
};

static ArmmsBenefitYear
year_of (gint64 pool_before)
{
  return (ArmmsBenefitYear) {
    .ceilings = &law_tables ()->de_minimis, .paid_on = law_date ("2026-10-05"), .minimum_daily = { 75500 }, .pool = { 9000000 }, .meal_days = -1,
    .pool_before = { pool_before },
  };
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  ArmmsBenefitYear year = year_of (test->pool_before);
  ArmmsDeMinimisPaid paid = { "rice_subsidy", { test->span_before }, { 7777777 }, { 7777777 } };
  g_autoptr(GArray) earlier = g_array_new (FALSE, FALSE, sizeof (ArmmsBenefitTax));
  g_autoptr(GError) error = NULL;
  ArmmsBenefitTax tax;
  ArmmsTrace trace;

  year.paid = &paid;
  year.n_paid = 1;
  g_assert_true (armms_benefit_tax (&year, earlier, &test->benefit, &tax, &error));
  g_assert_no_error (error);
  g_assert_cmpint (tax.exempt.centavos, ==, test->exempt);
  g_assert_cmpint (tax.regular.centavos, ==, test->regular);
  g_assert_cmpint (tax.supplementary.centavos, ==, test->supplementary);
  g_assert_cmpint (tax.pooled.centavos, ==, test->pooled);
  g_assert_cmpint (tax.exempt.centavos + tax.regular.centavos + tax.supplementary.centavos, ==, test->benefit.amount.centavos);
  armms_benefit_tax_trace (&tax, &trace);
  trace_case_check (&trace);
}

/* Spans of a half-year and a year, and what this payslip has given already. */
static void
test_spans (void)
{
  static const struct { const char *kind; gint64 month, semester, year, exempt; } spans[] = {
    { "medical_dependents", 0, 150000, 190000, 50000 }, { "uniform", 0, 0, 750000, 50000 }, { "laundry", 30000, 0, 0, 10000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      ArmmsBenefitYear year = year_of (9000000);
      ArmmsDeMinimisPaid paid = { spans[i].kind, { spans[i].month }, { spans[i].semester }, { spans[i].year } };
      ArmmsPayBenefit benefit = { .code = "allowance", .amount = { 100000 }, .small_kind = spans[i].kind };
      g_autoptr(GArray) earlier = g_array_new (FALSE, FALSE, sizeof (ArmmsBenefitTax));
      g_autoptr(GError) error = NULL;
      ArmmsBenefitTax tax;

      year.paid = &paid;
      year.n_paid = 1;
      g_assert_true (armms_benefit_tax (&year, earlier, &benefit, &tax, &error));
      g_assert_cmpint (tax.exempt.centavos, ==, spans[i].exempt);
      g_array_append_val (earlier, tax);
      g_assert_true (armms_benefit_tax (&year, earlier, &benefit, &tax, &error));
      g_assert_cmpint (tax.exempt.centavos, ==, 0); /* the first one filled it */
    }
}

/* Split in two, a benefit is as free as it was whole. */
static void
test_parts (void)
{
  static const char *const kinds[] = { "rice_subsidy", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (gint64 part = 0; part <= 400000; part += 25000)
      {
        ArmmsBenefitYear year = year_of (8900000);
        ArmmsPayBenefit whole = { .code = "x", .amount = { 400000 }, .small_kind = kinds[i], .tax_class = ARMMS_BENEFIT_POOL }, first = whole, second = whole;
        g_autoptr(GArray) earlier = g_array_new (FALSE, FALSE, sizeof (ArmmsBenefitTax));
        g_autoptr(GError) error = NULL;
        ArmmsBenefitTax at_once, one, two;

        first.amount.centavos = part;
        second.amount.centavos -= part;
        g_assert_true (armms_benefit_tax (&year, earlier, &whole, &at_once, &error));
        g_assert_true (armms_benefit_tax (&year, earlier, &first, &one, &error));
        g_array_append_val (earlier, one);
        g_assert_true (armms_benefit_tax (&year, earlier, &second, &two, &error));
        g_assert_cmpint (one.exempt.centavos + two.exempt.centavos, ==, at_once.exempt.centavos);
      }
}

/* 30 % of 755.00 for each day with overtime or night work; what earlier payslips gave was for other days. */
static void
test_meals (void)
{
  static const struct { gint32 days; gint64 exempt; } meals[] = { { -1, 22650 }, { 0, 0 }, { 1, 22650 }, { 3, 67950 }, { 15, 300000 } };

  for (guint i = 0; i < G_N_ELEMENTS (meals); i++)
    {
      ArmmsBenefitYear year = year_of (9000000);
      ArmmsDeMinimisPaid paid = { "meal_ot_night", { 22650 }, { 22650 }, { 22650 } };
      ArmmsPayBenefit meal = { .code = "allowance", .amount = { 300000 }, .small_kind = "meal_ot_night", .exempt = TRUE };
      g_autoptr(GArray) earlier = g_array_new (FALSE, FALSE, sizeof (ArmmsBenefitTax));
      g_autoptr(GError) error = NULL;
      ArmmsBenefitTax tax;
      ArmmsTrace trace;

      year.paid = &paid;
      year.n_paid = 1;
      year.meal_days = meals[i].days;
      g_assert_true (armms_benefit_tax (&year, earlier, &meal, &tax, &error));
      g_assert_cmpint (tax.exempt.centavos, ==, meals[i].exempt);
      g_assert_cmpint (tax.pooled.centavos, ==, 300000 - meals[i].exempt);
      armms_benefit_tax_trace (&tax, &trace);
      trace_case_check (&trace);
    }
}

static void
refuse (const ArmmsPayBenefit *benefit, const ArmmsPayBenefit *before, const char *code)
{
  ArmmsBenefitYear year = year_of (0);
  ArmmsBenefitTax earlier_tax = { .benefit = before, .pooled = before != NULL ? before->amount : ARMMS_MONEY (0) };
  g_autoptr(GArray) earlier = g_array_new (FALSE, FALSE, sizeof (ArmmsBenefitTax));
  g_autoptr(GError) error = NULL;
  ArmmsBenefitTax tax;

  if (before != NULL)
    {
      earlier_tax.small.row = before->small_kind != NULL ? law_tables ()->de_minimis.rows : NULL;
      g_array_append_vals (earlier, (const ArmmsBenefitTax[]) { earlier_tax, earlier_tax }, 2);
    }
  g_assert_false (armms_benefit_tax (&year, earlier, benefit, &tax, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, code);
}

static void
test_refusals (void)
{
  const ArmmsPayBenefit huge = { .code = "x", .amount = { G_MAXINT64 }, .small_kind = "rice_subsidy" };
  const ArmmsPayBenefit pooled = { .code = "x", .amount = { G_MAXINT64 }, .tax_class = ARMMS_BENEFIT_POOL };

  refuse (&(ArmmsPayBenefit) { .code = "x", .amount = { -1 } }, NULL, "benefit.invalid");
  refuse (&(ArmmsPayBenefit) { .code = "x", .amount = { 1 }, .free = { 2 } }, NULL, "benefit.invalid");
  refuse (&(ArmmsPayBenefit) { .code = "x", .amount = { 1 }, .free = { -1 } }, NULL, "benefit.invalid");
  refuse (&(ArmmsPayBenefit) { .code = "x", .amount = { 1 }, .small_kind = "moon_dust" }, NULL, "statutory.no_table");
  refuse (&huge, &huge, "money.overflow");
  refuse (&pooled, &pooled, "money.overflow");
  refuse (&pooled, &(ArmmsPayBenefit) { .code = "x", .amount = { 1 }, .tax_class = ARMMS_BENEFIT_POOL }, "money.overflow");
}

static void
test_names (void)
{
  g_assert_cmpstr (armms_benefit_class_name (ARMMS_BENEFIT_REGULAR), ==, "regular");
  g_assert_cmpstr (armms_benefit_class_name (ARMMS_BENEFIT_POOL), ==, "pool");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rules/pay/benefit/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/rules/pay/benefit/month, half-year and year", test_spans);
  g_test_add_func ("/rules/pay/benefit/meals for each day of overtime or night work", test_meals);
  g_test_add_func ("/rules/pay/benefit/in two parts it is as free as whole", test_parts);
  g_test_add_func ("/rules/pay/benefit/refusals", test_refusals);
  g_test_add_func ("/rules/pay/benefit/names", test_names);
  return g_test_run ();
}
