/* HDMF of a month that is not worked whole: both sides of its first and last day, and what either choice comes to. */
#include "../law-case.h"

static const struct {
  const char *name, *hired, *separated, *date;
  gboolean part;
} months[] = {
  { "somebody of old", NULL, NULL, "2026-05-15", FALSE },
  { "hired on its first day", "2026-05-01", NULL, "2026-05-15", FALSE },
  { "hired on its second day", "2026-05-02", NULL, "2026-05-15", TRUE },
  { "hired in an earlier month", "2026-04-30", NULL, "2026-05-31", FALSE },
  { "separated on its last day", NULL, "2026-05-31", "2026-05-31", FALSE },
  { "separated a day before it", NULL, "2026-05-30", "2026-05-31", TRUE },
  { "separated in a later month", NULL, "2026-06-01", "2026-05-01", FALSE },
  { "separated on 28 February of a common year", NULL, "2026-02-28", "2026-02-15", FALSE },
  { "separated on 28 February of a leap year", NULL, "2028-02-28", "2028-02-15", TRUE },
  { "separated on the last day of the year", NULL, "2026-12-31", "2026-12-15", FALSE },
  { "hired and separated in it", "2026-12-02", "2026-12-30", "2026-12-15", TRUE },
};

static ArmmsDate
date_or_none (const char *text)
{
  return text != NULL ? law_date (text) : ARMMS_DATE_NONE;
}

static void
test_month (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  g_assert_cmpint (armms_is_part_month (date_or_none (months[i].hired), date_or_none (months[i].separated), law_date (months[i].date)), ==, months[i].part);
}

/* At 755 a day the month is worth 755 x 393.5 / 12 = 24,757.71. */
static const struct {
  const char *name;
  ArmmsHdmfPartMonthBase choice;
  gboolean part;
  gint64 earned, base, employee, employer;
} cases[] = {
  { "five days of a part month, by the equivalent", ARMMS_HDMF_BASE_EQUIVALENT, TRUE, 377500, 2475771, 20000, 20000 },
  { "five days of a part month, as earned", ARMMS_HDMF_BASE_EARNED, TRUE, 377500, 377500, 7550, 7550 },
  { "one day of a part month, as earned: 1 % of his", ARMMS_HDMF_BASE_EARNED, TRUE, 75500, 75500, 755, 1510 },
  { "five days of a whole month: the choice is not asked", ARMMS_HDMF_BASE_EARNED, FALSE, 377500, 2475771, 20000, 20000 },
  { "nothing earned", ARMMS_HDMF_BASE_EARNED, TRUE, 0, 0, 0, 0 },
  { "nothing earned, by the equivalent", ARMMS_HDMF_BASE_EQUIVALENT, FALSE, 0, 0, 0, 0 },
  { "more taken back than earned", ARMMS_HDMF_BASE_EQUIVALENT, TRUE, -1, 0, 0, 0 },
};

static void
test_base (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(GError) error = NULL;
  ArmmsMoney monthly, base;
  ArmmsContribution due;

  g_assert_true (armms_equivalent_monthly (ARMMS_MONEY (75500), law_tables ()->settings.equivalent_factor, &monthly, &error));
  base = armms_hdmf_base (cases[i].choice, cases[i].part, monthly, ARMMS_MONEY (cases[i].earned));
  g_assert_cmpint (base.centavos, ==, cases[i].base);
  g_assert_true (armms_contribution_due (&law_tables ()->contributions, ARMMS_SCHEME_HDMF, base, law_date ("2026-05-15"), &due, &error));
  g_assert_no_error (error);
  g_assert_cmpint (due.employee.centavos, ==, cases[i].employee);
  g_assert_cmpint (due.employer.centavos, ==, cases[i].employer);
}

static void
test_words (void)
{
  ArmmsHdmfPartMonthBase base = ARMMS_HDMF_BASE_EQUIVALENT;

  g_assert_true (armms_hdmf_part_month_base_parse ("earned", &base));
  g_assert_cmpint (base, ==, ARMMS_HDMF_BASE_EARNED);
  g_assert_false (armms_hdmf_part_month_base_parse ("Earned", &base));
  g_assert_false (armms_hdmf_part_month_base_parse (NULL, &base));
  g_assert_cmpint (base, ==, ARMMS_HDMF_BASE_EARNED);
  g_assert_true (armms_hdmf_part_month_base_parse ("monthly_equivalent", &base));
  g_assert_cmpint (base, ==, ARMMS_HDMF_BASE_EQUIVALENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/hdmf-base/month/", months[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_month);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/hdmf-base/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_base);
    }
  g_test_add_func ("/rules/hdmf-base/words", test_words);
  return g_test_run ();
}
