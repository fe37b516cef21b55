/* 13th month, and what days are worth. */
#include "../law-case.h"

/* What accrues in each period adds up to the twelfth of the year, to the centavo. */
static void
test_accruals (void)
{
  for (guint round = 0; round < 100; round++)
    {
      gint64 basic = 0, accrued = 0;
      ArmmsMoney amount;

      for (guint period = 0; period < 24; period++)
        {
          gint64 now = g_test_rand_int_range (0, 1500000);

          g_assert_true (armms_thirteenth_month_accrual (ARMMS_MONEY (basic), ARMMS_MONEY (now), &amount, NULL));
          g_assert_cmpint (amount.centavos, >=, 0);
          accrued += amount.centavos;
          basic += now;
        }
      g_assert_true (armms_thirteenth_month (ARMMS_MONEY (basic), &amount, NULL));
      g_assert_cmpint (accrued, ==, amount.centavos);
    }
}

static const struct { const char *name; gint64 basic, amount; } cases[] = {
  { "nothing earned", 0, 0 },
  { "a whole year at 20,000", 24000000, 2000000 },
  { "six centavos are half a centavo: up", 6, 1 },
  { "five centavos are less than half", 5, 0 },
  { "a correction downward rounds away from zero too", -6, -1 },
};

static void
test_amount (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  ArmmsMoney amount;

  g_assert_true (armms_thirteenth_month (ARMMS_MONEY (cases[i].basic), &amount, NULL));
  g_assert_cmpint (amount.centavos, ==, cases[i].amount);
}

static void
test_overflow (void)
{
  g_autoptr(GError) error = NULL;
  ArmmsMoney amount;

  g_assert_false (armms_thirteenth_month_accrual (ARMMS_MONEY (G_MAXINT64), ARMMS_MONEY (1), &amount, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
}

static void
test_days (void)
{
  ArmmsMoney amount;

  g_assert_true (armms_leave_conversion ((ArmmsMultiplier) { 5000000 }, ARMMS_MONEY (75500), &amount, NULL));
  g_assert_cmpint (amount.centavos, ==, 377500);
  g_assert_true (armms_leave_conversion ((ArmmsMultiplier) { 416667 }, ARMMS_MONEY (75500), &amount, NULL));
  g_assert_cmpint (amount.centavos, ==, 31458); /* 5/12 of a month: 31458.36 */
  g_assert_true (armms_equivalent_monthly (ARMMS_MONEY (60000), (ArmmsMultiplier) { 313000000 }, &amount, NULL));
  g_assert_cmpint (amount.centavos, ==, 1565000);
  g_assert_true (armms_equivalent_monthly (ARMMS_MONEY (61000), (ArmmsMultiplier) { 313000000 }, &amount, NULL));
  g_assert_cmpint (amount.centavos, ==, 1591083);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/thirteenth-month/", cases[i].name, NULL);
      g_test_add_data_func (g_strdelimit (path, " :,", '-'), GUINT_TO_POINTER (i), test_amount);
    }
  g_test_add_func ("/rules/thirteenth-month/accruals-add-up", test_accruals);
  g_test_add_func ("/rules/thirteenth-month/overflow-is-an-error", test_overflow);
  g_test_add_func ("/rules/equivalent/days-in-money", test_days);
  return g_test_run ();
}
