/* A trace is complete: from its items alone, as they are written down, the result comes out again. */
#include "../law-case.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define ROUNDS 400

typedef struct {
  JsonNode *node;   /* owned */
  JsonObject *in;   /* borrowed from it */
  gint64 result;
} Written;

static void
written_clear (Written *written)
{
  g_clear_pointer (&written->node, json_node_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Written, written_clear)

static Written
write_down (const ArmmsTrace *trace, const char *rule)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  Written written = { 0 };
  JsonObject *object;
  ArmmsMoney result;

  armms_trace_append_json (trace, text);
  written.node = json_from_string (text->str, &error);
  g_assert_no_error (error);
  object = json_node_get_object (written.node);
  g_assert_cmpstr (json_object_get_string_member (object, "rule"), ==, rule);
  written.in = json_object_get_object_member (object, "in");
  g_assert_true (armms_money_parse (json_object_get_string_member (object, "result"), &result));
  written.result = result.centavos;
  return written;
}

static gint64
money (const Written *written, const char *name)
{
  ArmmsMoney value;

  if (!json_object_has_member (written->in, name))
    return 0;
  g_assert_true (armms_money_parse (json_object_get_string_member (written->in, name), &value));
  return value.centavos;
}

static gint64
millionths (const Written *written, const char *name)
{
  ArmmsMultiplier value;

  if (!json_object_has_member (written->in, name))
    return 0;
  g_assert_true (armms_multiplier_parse (json_object_get_string_member (written->in, name), &value));
  return value.millionths;
}

static gint64
count (const Written *written, const char *name)
{
  return json_object_get_int_member (written->in, name);
}

/* Half away from zero, written once more. */
static gint64
divide (__int128 numerator, __int128 denominator)
{
  __int128 twice = (numerator < 0 ? -numerator : numerator) * 2 + denominator;
  gint64 whole = (gint64) (twice / (denominator * 2));

  return numerator < 0 ? -whole : whole;
}

static void
test_contribution (gconstpointer data)
{
  static const char *const rules[] = { "statutory.sss", "statutory.philhealth", "statutory.hdmf" };
  ArmmsScheme scheme = GPOINTER_TO_UINT (data);

  for (guint round = 0; round < ROUNDS; round++)
    {
      ArmmsDate month = armms_date_from_ymd (g_test_rand_int_range (2023, 2027), g_test_rand_int_range (1, 13), 28);
      ArmmsContribution due, before = { .scheme = scheme };
      gint64 compensation = g_test_rand_int_range (1, 12000000), employee, employer;
      g_auto(Written) w = { 0 };
      ArmmsTrace trace;

      g_assert_true (armms_contribution_due (&law_tables ()->contributions, scheme, ARMMS_MONEY (compensation), month, &due, NULL));
      if (round % 2 == 1)
        {
          g_assert_true (armms_contribution_due (&law_tables ()->contributions, scheme, ARMMS_MONEY (compensation / 3), month, &before, NULL));
          g_assert_true (armms_contribution_subtract (&due, &before, &due, NULL));
        }
      armms_contribution_trace (&due, &trace);
      w = write_down (&trace, rules[scheme]);
      g_assert_cmpint (money (&w, "compensation"), ==, compensation);
      if (scheme == ARMMS_SCHEME_SSS)
        {
          g_assert_cmpint (compensation, >=, money (&w, "at_least"));
          if (json_object_has_member (w.in, "not_over"))
            g_assert_cmpint (compensation, <=, money (&w, "not_over"));
          employee = money (&w, "employee_ss") + money (&w, "employee_mpf");
          employer = money (&w, "employer_ss") + money (&w, "employer_mpf") + money (&w, "employer_ec");
        }
      else
        {
          gint64 base = MAX (compensation, money (&w, "base_floor"));

          base = MIN (base, money (&w, "ceiling"));
          g_assert_cmpint (base, ==, money (&w, "base"));
          employee = divide ((__int128) base * millionths (&w, "employee_rate"), 1000000);
          employer = divide ((__int128) base * millionths (&w, "employer_rate"), 1000000);
          if (scheme == ARMMS_SCHEME_PHILHEALTH)
            {
              gint64 premium = divide ((__int128) base * (millionths (&w, "employee_rate") + millionths (&w, "employer_rate")), 1000000);

              g_assert_cmpint (premium, ==, money (&w, "premium"));
              employer = divide (premium, 2);
              employee = premium - employer;
            }
        }
      g_assert_cmpint (employee - money (&w, "taken_employee"), ==, w.result);
      g_assert_cmpint (employer - money (&w, "taken_employer"), ==, money (&w, "employer"));
    }
}

/* tax = base + rate x (taxable - over) */
static gint64
tax_in (const Written *w, gint64 taxable)
{
  gint64 over = money (w, "over");

  return taxable <= over ? money (w, "base") : money (w, "base") + divide ((__int128) (taxable - over) * millionths (w, "rate"), 1000000);
}

static void
test_tax (gconstpointer data)
{
  static const char *const rules[] = { "tax.table", "tax.regular", "tax.cumulative", "tax.annualised" };
  ArmmsTaxMethod method = GPOINTER_TO_UINT (data);

  for (guint round = 0; round < ROUNDS; round++)
    {
      ArmmsDate paid_on = armms_date_from_ymd (g_test_rand_int_range (2018, 2028), 6, 15);
      ArmmsTaxable taxable = { .regular = { g_test_rand_int_range (1100000, 9000000) }, .supplementary = { g_test_rand_int_range (0, 1000000) } };
      ArmmsTaxYear year = { .taxable = { g_test_rand_int_range (0, 90000000) }, .withheld = { g_test_rand_int_range (0, 9000000) },
                            .taxable_elsewhere = { g_test_rand_int_range (0, 90000000) }, .withheld_elsewhere = { g_test_rand_int_range (0, 9000000) },
                            .periods = g_test_rand_int_range (0, 24) };
      g_auto(Written) w = { 0 };
      ArmmsTrace trace;
      ArmmsTax tax;
      gint64 again;

      g_assert_true (armms_tax_withhold (&law_tables ()->taxes, method, ARMMS_TAX_SEMI_MONTHLY, paid_on, &taxable, &year, FALSE, &tax, NULL));
      g_assert_cmpint (tax.method, ==, method);
      armms_tax_trace (&tax, &trace);
      w = write_down (&trace, rules[method]);
      if (method == ARMMS_TAX_METHOD_TABLE || method == ARMMS_TAX_METHOD_REGULAR)
        {
          g_assert_cmpint (money (&w, "regular") + money (&w, "supplementary"), ==, money (&w, "taxable"));
          again = tax_in (&w, money (&w, "taxable"));
        }
      else if (method == ARMMS_TAX_METHOD_CUMULATIVE)
        {
          g_assert_cmpint (divide (money (&w, "taxable"), count (&w, "periods")), ==, money (&w, "average"));
          g_assert_cmpint (tax_in (&w, money (&w, "average")) * count (&w, "periods"), ==, money (&w, "tax_of_year"));
          again = MAX (money (&w, "tax_of_year") - money (&w, "withheld_before"), 0);
        }
      else
        {
          g_assert_cmpint (tax_in (&w, money (&w, "taxable")), ==, money (&w, "tax_of_year"));
          again = MAX (money (&w, "tax_of_year") - money (&w, "withheld_before"), -money (&w, "withheld_here"));
        }
      g_assert_cmpint (again, ==, w.result);
    }
}

static gint64
within (gint64 before, gint64 now, gint64 ceiling)
{
  return MIN (before + now, ceiling) - MIN (before, ceiling);
}

static void
test_de_minimis (void)
{
  const ArmmsDeMinimisTable *table = &law_tables ()->de_minimis;

  for (guint round = 0; round < ROUNDS; round++)
    {
      const ArmmsDeMinimisRow *row = &table->rows[g_test_rand_int_range (0, table->n_rows)];
      ArmmsDeMinimisGift gift = { .benefit = row->benefit, .given_on = row->from, .before = { g_test_rand_int_range (0, 1000000) },
                                  .amount = { g_test_rand_int_range (0, 1000000) }, .minimum_wage = { g_test_rand_int_range (30000, 80000) },
                                  .days_before = { g_test_rand_int_range (0, 14000000) }, .days = { 1000000 * g_test_rand_int_range (1, 14) } };
      g_auto(Written) w = { 0 };
      ArmmsDeMinimis split;
      ArmmsTrace trace;
      gint64 exempt;

      if (row->days.millionths == 0 && strcmp (row->per, "day") != 0)
        gift.days.millionths = 0;
      g_assert_true (armms_de_minimis (table, &gift, &split, NULL));
      armms_de_minimis_trace (&split, &trace);
      w = write_down (&trace, "statutory.de_minimis");
      if (json_object_has_member (w.in, "days_ceiling"))
        exempt = divide ((__int128) money (&w, "amount") * within (millionths (&w, "days_before"), millionths (&w, "days"), millionths (&w, "days_ceiling")),
                         millionths (&w, "days"));
      else
        {
          if (json_object_has_member (w.in, "of_minimum_wage"))
            g_assert_cmpint (divide ((__int128) money (&w, "minimum_wage") * millionths (&w, "of_minimum_wage") * millionths (&w, "days"),
                                     (__int128) 1000000 * 1000000), ==, money (&w, "ceiling"));
          exempt = within (money (&w, "before"), money (&w, "amount"), money (&w, "ceiling"));
        }
      g_assert_cmpint (exempt, ==, w.result);
      g_assert_cmpint (money (&w, "amount") - exempt, ==, money (&w, "excess"));
    }
}

static void
test_pool (void)
{
  const ArmmsLimitRow *row = armms_limit_find (&law_tables ()->limits, ARMMS_LIMIT_BENEFIT_POOL, ARMMS_LIMIT_CENTAVOS, law_date ("2026-12-15"), NULL);

  for (guint round = 0; round < ROUNDS; round++)
    {
      gint64 before = g_test_rand_int_range (0, 12000000), amount = g_test_rand_int_range (-before, 12000000);
      g_auto(Written) w = { 0 };
      ArmmsBenefitPool pool;
      ArmmsTrace trace;

      g_assert_true (armms_benefit_pool_fill (ARMMS_MONEY (row->value), round % 2 ? row : NULL, ARMMS_MONEY (before), ARMMS_MONEY (amount), &pool, NULL));
      armms_benefit_pool_trace (&pool, &trace);
      w = write_down (&trace, "statutory.benefit_pool");
      g_assert_cmpint (within (money (&w, "before"), money (&w, "amount"), money (&w, "pool")), ==, w.result);
      g_assert_cmpint (money (&w, "amount") - w.result, ==, money (&w, "taxable"));
      g_assert_cmpint (json_object_has_member (json_node_get_object (w.node), "row"), ==, round % 2);
    }
}

static void
test_thirteenth_month (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      ArmmsMoney before = ARMMS_MONEY (g_test_rand_int_range (0, 30000000)), now = ARMMS_MONEY (g_test_rand_int_range (-1000000, 3000000)), accrual;
      g_auto(Written) w = { 0 };
      ArmmsTrace trace;

      g_assert_true (armms_thirteenth_month_accrual (before, now, &accrual, NULL));
      armms_thirteenth_month_trace (before, now, accrual, &trace);
      w = write_down (&trace, "statutory.thirteenth_month");
      g_assert_cmpint (divide (money (&w, "basic_before") + money (&w, "basic_now"), count (&w, "months"))
                       - divide (money (&w, "basic_before"), count (&w, "months")), ==, w.result);
    }
}

static void
test_equivalents (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      ArmmsMultiplier factor = { g_test_rand_int_range (2530, 3950) * 100000 }, days = { g_test_rand_int_range (0, 40000000) };
      ArmmsMoney daily = ARMMS_MONEY (g_test_rand_int_range (30000, 200000)), amount;
      g_auto(Written) month = { 0 };
      g_auto(Written) leave = { 0 };
      ArmmsTrace trace;

      g_assert_true (armms_equivalent_monthly (daily, factor, &amount, NULL));
      armms_equivalent_monthly_trace (daily, factor, amount, &trace);
      month = write_down (&trace, "statutory.equivalent_monthly");
      g_assert_cmpint (divide (money (&month, "daily") * (__int128) millionths (&month, "factor"), count (&month, "months") * 1000000), ==, month.result);
      g_assert_true (armms_leave_conversion (days, daily, &amount, NULL));
      armms_leave_conversion_trace (days, daily, amount, &trace);
      leave = write_down (&trace, "statutory.leave_conversion");
      g_assert_cmpint (divide (money (&leave, "daily") * (__int128) millionths (&leave, "days"), 1000000), ==, leave.result);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    {
      g_autofree char *path = g_strconcat ("/rules/recompute/", armms_scheme_name (scheme), NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (scheme), test_contribution);
    }
  for (guint method = ARMMS_TAX_METHOD_TABLE; method <= ARMMS_TAX_METHOD_ANNUALISED; method++)
    {
      g_autofree char *path = g_strconcat ("/rules/recompute/tax-", armms_tax_method_name (method), NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (method), test_tax);
    }
  g_test_add_func ("/rules/recompute/de-minimis", test_de_minimis);
  g_test_add_func ("/rules/recompute/benefit-pool", test_pool);
  g_test_add_func ("/rules/recompute/thirteenth-month", test_thirteenth_month);
  g_test_add_func ("/rules/recompute/equivalent-rates", test_equivalents);
  return g_test_run ();
}
