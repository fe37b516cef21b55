/* SSS, PhilHealth and HDMF: both sides of every edge. */
#include "../law-case.h"

#include <string.h>

typedef struct {
  const char *name;
  ArmmsScheme scheme;
  const char *month;
  gint64 compensation, base, employee, employer;
} Case;

#define SSS ARMMS_SCHEME_SSS
#define PHIC ARMMS_SCHEME_PHILHEALTH
#define HDMF ARMMS_SCHEME_HDMF

static const Case cases[] = {
  { "sss: lowest bracket from a centavo", SSS, "2026-05-01", 1, 500000, 25000, 51000 },
  { "sss: last centavo of the lowest bracket", SSS, "2026-05-31", 524999, 500000, 25000, 51000 },
  { "sss: first centavo of the second", SSS, "2026-05-31", 525000, 550000, 27500, 56000 },
  { "sss: EC 10 up to a credit of 14,500", SSS, "2026-05-31", 1474999, 1450000, 72500, 146000 },
  { "sss: EC 30 from a credit of 15,000", SSS, "2026-05-31", 1475000, 1500000, 75000, 153000 },
  { "sss: no MPF at a credit of 20,000", SSS, "2026-05-31", 2024999, 2000000, 100000, 203000 },
  { "sss: MPF above it", SSS, "2026-05-31", 2025000, 2050000, 102500, 208000 },
  { "sss: last centavo below the top", SSS, "2026-05-31", 3474999, 3450000, 172500, 348000 },
  { "sss: the top", SSS, "2026-05-31", 3475000, 3500000, 175000, 353000 },
  { "sss: far above", SSS, "2026-05-31", 99999999, 3500000, 175000, 353000 },
  { "sss: last month of the old schedule", SSS, "2024-12-31", 3000000, 3000000, 135000, 288000 },
  { "sss: first month of the new one", SSS, "2025-01-01", 3000000, 3000000, 150000, 303000 },
  { "philhealth: below the floor", PHIC, "2026-05-01", 1, 1000000, 25000, 25000 },
  { "philhealth: at the floor", PHIC, "2026-05-01", 1000000, 1000000, 25000, 25000 },
  { "philhealth: above the floor", PHIC, "2026-05-01", 1000100, 1000100, 25002, 25003 },
  { "philhealth: the odd centavo is the employer's", PHIC, "2026-05-01", 2250100, 2250100, 56252, 56253 },
  { "philhealth: published 618.75", PHIC, "2018-04-30", 2250000, 2250000, 30937, 30938 },
  { "philhealth: at the ceiling", PHIC, "2026-05-01", 10000000, 10000000, 250000, 250000 },
  { "philhealth: above the ceiling", PHIC, "2026-05-01", 10000001, 10000000, 250000, 250000 },
  { "philhealth: last month of 4 %", PHIC, "2023-12-31", 2500000, 2500000, 50000, 50000 },
  { "philhealth: first month of 5 %", PHIC, "2024-01-01", 2500000, 2500000, 62500, 62500 },
  { "hdmf: 1 % up to 1,500", HDMF, "2026-05-01", 150000, 150000, 1500, 3000 },
  { "hdmf: 2 % above it", HDMF, "2026-05-01", 150001, 150001, 3000, 3000 },
  { "hdmf: below the fund's ceiling", HDMF, "2026-05-01", 999950, 999950, 19999, 19999 },
  { "hdmf: at the ceiling", HDMF, "2026-05-01", 1000000, 1000000, 20000, 20000 },
  { "hdmf: above the ceiling", HDMF, "2026-05-01", 5000000, 1000000, 20000, 20000 },
  { "hdmf: last month of the old ceiling", HDMF, "2024-01-31", 1200000, 500000, 10000, 10000 },
  { "hdmf: first month of the new one", HDMF, "2024-02-01", 1200000, 1000000, 20000, 20000 },
};

static void
test_due (gconstpointer data)
{
  const Case *one = data;
  ArmmsContribution due;
  g_autoptr(GError) error = NULL;
  gboolean ok = armms_contribution_due (&law_tables ()->contributions, one->scheme, ARMMS_MONEY (one->compensation), law_date (one->month), &due, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  g_assert_cmpint (due.base.centavos, ==, one->base);
  g_assert_cmpint (due.employee.centavos, ==, one->employee);
  g_assert_cmpint (due.employer.centavos, ==, one->employer);
}

static void
test_no_earnings (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  ArmmsContribution due;
  ArmmsTrace trace;

  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    {
      g_assert_true (armms_contribution_due (&law_tables ()->contributions, scheme, ARMMS_MONEY (0), law_date ("2026-05-31"), &due, NULL));
      g_assert_cmpint (due.employee.centavos, ==, 0);
      g_assert_cmpint (due.employer.centavos, ==, 0);
      armms_contribution_trace (&due, &trace);
    }
  armms_trace_append_text (&trace, text);
  g_assert_nonnull (strstr (text->str, "no earnings in the month"));
}

static void
test_no_table (void)
{
  ArmmsContribution due;
  g_autoptr(GError) error = NULL;

  g_assert_false (armms_contribution_due (&law_tables ()->contributions, SSS, ARMMS_MONEY (1000000), law_date ("2022-12-31"), &due, &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_NOT_FOUND);
  g_assert_cmpstr (armms_error_get_code (error), ==, "statutory.no_table");
}

/* The second cut-off takes what the month is due less what the first took; a correction may give back. */
static void
test_difference (void)
{
  ArmmsContribution first, whole, difference;

  g_assert_true (armms_contribution_due (&law_tables ()->contributions, SSS, ARMMS_MONEY (1100000), law_date ("2026-05-15"), &first, NULL));
  g_assert_true (armms_contribution_due (&law_tables ()->contributions, SSS, ARMMS_MONEY (2310000), law_date ("2026-05-31"), &whole, NULL));
  g_assert_true (armms_contribution_subtract (&whole, &first, &difference, NULL));
  g_assert_cmpint (difference.employee.centavos, ==, 115000 - 55000);
  g_assert_cmpint (difference.employee_mpf.centavos, ==, 15000);
  g_assert_cmpint (difference.employer.centavos, ==, 233000 - 111000);
  g_assert_true (armms_contribution_subtract (&first, &whole, &difference, NULL));
  g_assert_cmpint (difference.employee.centavos, ==, -60000);
}

/* Every row of both SSS tables at its lowest and its highest centavo, and one beyond: the printed amounts, and the rates they come
 * from (Circulars 2022-033 and 2024-006), computed here once more. */
static const struct { const char *month; gint64 employee_tenths, employer_tenths; guint n; gint64 lowest, highest; } sss_tables[] = {
  { "2024-12-31", 45, 95, 53, 400000, 3000000 },
  { "2025-01-01", 50, 100, 61, 500000, 3500000 },
};

static ArmmsContribution
sss_of (guint i, gint64 compensation)
{
  g_autoptr(GError) error = NULL;
  ArmmsContribution due;
  gboolean ok = armms_contribution_due (&law_tables ()->contributions, SSS, ARMMS_MONEY (compensation), law_date (sss_tables[i].month), &due, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  return due;
}

static void
assert_sss (guint i, const ArmmsContribution *due, gint64 credit)
{
  gint64 mpf = MAX (credit - 2000000, 0), regular = credit - mpf, ec = credit < 1500000 ? 1000 : 3000;

  g_assert_cmpint (due->base.centavos, ==, credit);
  g_assert_cmpint (due->employee_mpf.centavos, ==, mpf * sss_tables[i].employee_tenths / 1000);
  g_assert_cmpint (due->employee.centavos, ==, (regular + mpf) * sss_tables[i].employee_tenths / 1000);
  g_assert_cmpint (due->employer_mpf.centavos, ==, mpf * sss_tables[i].employer_tenths / 1000);
  g_assert_cmpint (due->employer_ec.centavos, ==, ec);
  g_assert_cmpint (due->employer.centavos, ==, (regular + mpf) * sss_tables[i].employer_tenths / 1000 + ec);
}

static void
test_every_sss_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data), n = 0;

  for (gint64 credit = sss_tables[i].lowest; credit <= sss_tables[i].highest; credit += 50000, n++)
    {
      gboolean first = credit == sss_tables[i].lowest, last = credit == sss_tables[i].highest;
      gint64 least = first ? 1 : credit - 25000, most = last ? 1000000000 : credit + 24999;
      ArmmsContribution at_least = sss_of (i, least), at_most = sss_of (i, most);

      assert_sss (i, &at_least, credit);
      assert_sss (i, &at_most, credit);
      g_assert_true (at_least.row == at_most.row);
      if (!first)
        {
          ArmmsContribution before = sss_of (i, least - 1);
          assert_sss (i, &before, credit - 50000);
        }
      if (!last)
        {
          ArmmsContribution beyond = sss_of (i, most + 1);
          assert_sss (i, &beyond, credit + 50000);
        }
    }
  g_assert_cmpuint (n, ==, sss_tables[i].n);
}

/* Floors and ceilings of each period of PhilHealth, a centavo beside each, and the halving all along. */
static void
test_every_philhealth_row (void)
{
  static const struct { const char *month; gint64 rate_bp, ceiling; } periods[] = {
    { "2018-01-01", 275, 4000000 }, { "2019-11-30", 275, 4000000 }, { "2019-12-01", 275, 5000000 }, { "2019-12-31", 275, 5000000 },
    { "2020-01-01", 300, 6000000 }, { "2021-12-31", 300, 6000000 }, { "2022-01-01", 400, 8000000 }, { "2023-12-31", 400, 8000000 },
    { "2024-01-01", 500, 10000000 }, { "2026-12-31", 500, 10000000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    for (gint64 basic = 999999; basic <= periods[i].ceiling + 2; basic += basic < 1000002 || basic >= periods[i].ceiling - 2 ? 1 : MIN (9973, periods[i].ceiling - 2 - basic))
      {
        gint64 base = CLAMP (basic, 1000000, periods[i].ceiling);
        gint64 premium = (base * periods[i].rate_bp * 2 + 10000) / 20000, employer = (premium + 1) / 2;
        ArmmsContribution due;

        g_assert_true (armms_contribution_due (&law_tables ()->contributions, PHIC, ARMMS_MONEY (basic), law_date (periods[i].month), &due, NULL));
        g_assert_cmpint (due.base.centavos, ==, base);
        g_assert_cmpint (due.premium.centavos, ==, premium);
        g_assert_cmpint (due.employer.centavos, ==, employer);
        g_assert_cmpint (due.employee.centavos, ==, premium - employer);
      }
}

/* Each fund looks at its own base: the same guard, the same month. */
static void
test_own_bases (void)
{
  static const struct { ArmmsScheme scheme; gint64 base, employee; } funds[] = {
    { SSS, 2310000, 115000 },  /* gross of both cut-offs, overtime and allowances included */
    { PHIC, 1980000, 49500 },  /* monthly basic, not reduced by absence */
    { HDMF, 1980000, 20000 },  /* monthly equivalent */
  };

  for (guint i = 0; i < G_N_ELEMENTS (funds); i++)
    {
      ArmmsContribution due;

      g_assert_true (armms_contribution_due (&law_tables ()->contributions, funds[i].scheme, ARMMS_MONEY (funds[i].base), law_date ("2026-05-31"), &due, NULL));
      g_assert_cmpint (due.compensation.centavos, ==, funds[i].base);
      g_assert_cmpint (due.employee.centavos, ==, funds[i].employee);
    }
}

static ArmmsContribution
due_of (ArmmsScheme scheme, const char *month, gint64 compensation)
{
  ArmmsContribution due;

  g_assert_true (armms_contribution_due (&law_tables ()->contributions, scheme, ARMMS_MONEY (compensation), law_date (month), &due, NULL));
  return due;
}

/* A closed month is corrected by its own table, whenever that is paid: December 2024 at 14 % in January 2025. */
static void
test_closed_month (void)
{
  ArmmsContribution taken = due_of (SSS, "2024-12-31", 2000000), whole = due_of (SSS, "2024-12-31", 2100000), difference;

  g_assert_true (armms_contribution_subtract (&whole, &taken, &difference, NULL));
  g_assert_cmpint (difference.employee.centavos, ==, 4500);
  g_assert_cmpint (difference.employee_mpf.centavos, ==, 4500);
  g_assert_cmpint (difference.employer.centavos, ==, 9500);
  g_assert_cmpint (difference.employer_mpf.centavos, ==, 9500);
  g_assert_cmpint (difference.employer_ec.centavos, ==, 0);
  g_assert_cmpint (difference.taken_employee.centavos, ==, 90000);
  g_assert_cmpint (difference.taken_employer.centavos, ==, 193000);
  /* By the table of the month of payment it would be another figure. */
  g_assert_cmpint (due_of (SSS, "2025-01-31", 2100000).employee.centavos - taken.employee.centavos, !=, difference.employee.centavos);

  /* The pay is taken back whole: so is the contribution. */
  whole = due_of (SSS, "2024-12-31", 0);
  g_assert_true (armms_contribution_subtract (&whole, &taken, &difference, NULL));
  g_assert_cmpint (difference.employee.centavos, ==, -90000);
  g_assert_cmpint (difference.employer.centavos, ==, -193000);
  g_assert_cmpint (difference.employer_ec.centavos, ==, -3000);
}

/* Whatever the first cut-off was, the month comes out as the month. */
static void
test_cut_offs (void)
{
  for (guint round = 0; round < 300; round++)
    for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
      {
        gint64 first = g_test_rand_int_range (0, 3000000), second = g_test_rand_int_range (0, 3000000);
        ArmmsContribution half = due_of (scheme, "2026-05-15", first), whole = due_of (scheme, "2026-05-31", first + second), rest;

        g_assert_true (armms_contribution_subtract (&whole, &half, &rest, NULL));
        g_assert_cmpint (half.employee.centavos + rest.employee.centavos, ==, whole.employee.centavos);
        g_assert_cmpint (half.employer.centavos + rest.employer.centavos, ==, whole.employer.centavos);
        g_assert_cmpint (half.employee_mpf.centavos + rest.employee_mpf.centavos, ==, whole.employee_mpf.centavos);
        g_assert_cmpint (half.employer_mpf.centavos + rest.employer_mpf.centavos, ==, whole.employer_mpf.centavos);
        g_assert_cmpint (half.employer_ec.centavos + rest.employer_ec.centavos, ==, whole.employer_ec.centavos);
      }
}

static void
test_overflow (void)
{
  ArmmsContributionRow rows[] = {
    { .scheme = SSS, .from = ARMMS_DATE_NONE, .to = ARMMS_DATE_NONE, .below = G_MAXINT64, .employee = { G_MAXINT64 }, .employee_mpf = { 1 } },
    { .scheme = PHIC, .from = ARMMS_DATE_NONE, .to = ARMMS_DATE_NONE, .below = G_MAXINT64, .employee_rate = { 1500000 }, .employer_rate = { 1500000 } },
    { .scheme = HDMF, .from = ARMMS_DATE_NONE, .to = ARMMS_DATE_NONE, .below = G_MAXINT64, .employee_rate = { 1500000 }, .employer_rate = { 1500000 } },
  };
  ArmmsContribution due, small = { .employee = { G_MININT64 + 1 } }, large = { .employee = { G_MAXINT64 } };
  ArmmsContributionTable table;

  armms_contribution_table_index (&table, rows, G_N_ELEMENTS (rows));
  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (armms_contribution_due (&table, scheme, ARMMS_MONEY (G_MAXINT64 - 1), law_date ("2026-05-31"), &due, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
    }
  {
    g_autoptr(GError) error = NULL;

    g_assert_false (armms_contribution_subtract (&large, &small, &due, &error));
    g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
  }
}

static void
test_names (void)
{
  ArmmsScheme scheme;

  for (guint i = 0; i < ARMMS_N_SCHEMES; i++)
    {
      g_assert_true (armms_scheme_parse (armms_scheme_name (i), &scheme));
      g_assert_cmpint (scheme, ==, i);
    }
  g_assert_true (armms_scheme_parse ("pagibig", &scheme));
  g_assert_cmpint (scheme, ==, HDMF);
  g_assert_false (armms_scheme_parse ("gsis", &scheme));
}

static void
test_empty_table (void)
{
  ArmmsContributionTable table;
  ArmmsContribution due;

  armms_contribution_table_index (&table, NULL, 0);
  g_assert_false (armms_contribution_due (&table, SSS, ARMMS_MONEY (1), law_date ("2026-05-31"), &due, NULL));
}

/* More pay never means less contribution, and a centavo more never jumps by more than one bracket. */
static void
test_monotonic (gconstpointer data)
{
  ArmmsScheme scheme = GPOINTER_TO_UINT (data);
  gint64 before = 0, before_employer = 0;

  for (gint64 compensation = 100; compensation < 12000000; compensation += 24997)
    {
      ArmmsContribution due;

      g_assert_true (armms_contribution_due (&law_tables ()->contributions, scheme, ARMMS_MONEY (compensation), law_date ("2026-05-31"), &due, NULL));
      g_assert_cmpint (due.employee.centavos, >=, before);
      g_assert_cmpint (due.employer.centavos, >=, before_employer);
      g_assert_cmpint (due.employee.centavos, >, 0);
      if (scheme == PHIC)
        {
          g_assert_cmpint (due.employer.centavos - due.employee.centavos, >=, 0);
          g_assert_cmpint (due.employer.centavos - due.employee.centavos, <=, 1);
        }
      before = due.employee.centavos;
      before_employer = due.employer.centavos;
    }
}

static void
test_trace (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  ArmmsContribution due;
  ArmmsTrace trace;

  g_assert_true (armms_contribution_due (&law_tables ()->contributions, PHIC, ARMMS_MONEY (2250100), law_date ("2026-05-31"), &due, NULL));
  armms_contribution_trace (&due, &trace);
  armms_trace_append_text (&trace, text);
  g_assert_cmpstr (text->str, ==,
                   "statutory.philhealth: compensation=22501.00 base=22501.00 base_floor=10000.00 ceiling=100000.00 employee_rate=0.025 employer_rate=0.025"
                   " premium=1125.05 employer=562.53"
                   " | contribution row 1 from 2024-01-01 (RA 11223 s.10; PhilHealth Circular 2020-0005; Advisory 2025-0002 (CY 2025); Advisory 2026-0042 (CY 2026))"
                   " | 112505/1 -> 562.52 premium half away from zero, the employer half of it half away from zero, the employee the rest");
}

static void
test_trace_of_difference (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  ArmmsContribution taken = due_of (SSS, "2026-05-15", 1100000), whole = due_of (SSS, "2026-05-31", 2310000), rest;
  ArmmsTrace trace;

  g_assert_true (armms_contribution_subtract (&whole, &taken, &rest, NULL));
  armms_contribution_trace (&rest, &trace);
  armms_trace_append_text (&trace, text);
  g_assert_cmpstr (text->str, ==,
                   "statutory.sss: compensation=23100.00 salary_credit=23000.00 at_least=22750.00 not_over=23249.99 employee_ss=1000.00 employee_mpf=150.00"
                   " employer_ss=2000.00 employer_mpf=300.00 employer_ec=30.00 taken_employee=550.00 taken_employer=1110.00 employer=1220.00"
                   " | contribution row 37 from 2025-01-01 (SSS Circular 2024-006 (RA 11199; SSC Resolution 560-s.2024)) | -> 600.00");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (cases[i].name), " :/", '-');
      g_autofree char *path = g_strconcat ("/rules/contribution/", name, NULL);
      g_test_add_data_func (path, &cases[i], test_due);
    }
  g_test_add_func ("/rules/contribution/nothing-earned-nothing-due", test_no_earnings);
  g_test_add_func ("/rules/contribution/no-table-no-figure", test_no_table);
  g_test_add_func ("/rules/contribution/the-month-less-what-was-taken", test_difference);
  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    {
      g_autofree char *path = g_strconcat ("/rules/contribution/never-falls/", armms_scheme_name (scheme), NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (scheme), test_monotonic);
    }
  for (guint i = 0; i < G_N_ELEMENTS (sss_tables); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/contribution/every-sss-row/", sss_tables[i].month, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_every_sss_row);
    }
  g_test_add_func ("/rules/contribution/every-philhealth-row", test_every_philhealth_row);
  g_test_add_func ("/rules/contribution/each-fund-its-own-base", test_own_bases);
  g_test_add_func ("/rules/contribution/a-closed-month-by-its-own-table", test_closed_month);
  g_test_add_func ("/rules/contribution/cut-offs-add-up", test_cut_offs);
  g_test_add_func ("/rules/contribution/overflow-is-an-error", test_overflow);
  g_test_add_func ("/rules/contribution/names", test_names);
  g_test_add_func ("/rules/contribution/an-empty-table", test_empty_table);
  g_test_add_func ("/rules/contribution/a-share-explains-itself", test_trace);
  g_test_add_func ("/rules/contribution/a-difference-explains-itself", test_trace_of_difference);
  return g_test_run ();
}
