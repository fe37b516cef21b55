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
  armms_contribution_subtract (&whole, &first, &difference);
  g_assert_cmpint (difference.employee.centavos, ==, 115000 - 55000);
  g_assert_cmpint (difference.employee_mpf.centavos, ==, 15000);
  g_assert_cmpint (difference.employer.centavos, ==, 233000 - 111000);
  armms_contribution_subtract (&first, &whole, &difference);
  g_assert_cmpint (difference.employee.centavos, ==, -60000);
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
                   "statutory.philhealth: compensation=22501.00 base=22501.00 employee_rate=0.025 employer_rate=0.025 employer=562.53"
                   " | contribution row 1 from 2024-01-01 (RA 11223 s.10; PhilHealth Circular 2020-0005; Advisory 2025-0002 (CY 2025); Advisory 2026-0042 (CY 2026))"
                   " | 112505/2 -> 562.52 premium half up, employer half of it half up, employee the rest");
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
  g_test_add_func ("/rules/contribution/a-share-explains-itself", test_trace);
  return g_test_run ();
}
