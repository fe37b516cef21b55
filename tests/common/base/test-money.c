#include "common/base/money.h"

typedef struct { const char *name; ArmmsRate rate; int minutes; gint64 millionths; gint64 centavos; } PayCase;

static const PayCase pays[] = {
  { "8 hours at 755.00 a day are 755.00", { 75500, 480 }, 480, 1000000, 75500 },
  { "one minute of 755.00 a day is 1.57", { 75500, 480 }, 1, 1000000, 157 },
  { "half a centavo goes up", { 1, 2 }, 1, 1000000, 1 },
  { "half a centavo taken back goes down", { -1, 2 }, 1, 1000000, -1 },
  { "just below a half is nothing", { 499999, 1000000 }, 1, 1000000, 0 },
  { "overtime of 3 hours at 1.25", { 75500, 480 }, 180, 1250000, 35391 }, /* 35390.625 */
  { "a regular holiday's overtime at night, 2.86", { 75500, 480 }, 120, 2860000, 53983 }, /* 53982.5 */
  { "no minutes, no pay", { 75500, 480 }, 0, 2000000, 0 },
  { "a product past 64 bits is exact", { G_GINT64_CONSTANT (900000000000000), 480 }, 480, 3380000, G_GINT64_CONSTANT (3042000000000000) },
};

static void
test_pay (gconstpointer data)
{
  const PayCase *c = data;
  g_autoptr(GError) error = NULL;
  ArmmsMoney money = { 0 };

  g_assert_true (armms_rate_pay (c->rate, ARMMS_MINUTES (c->minutes), (ArmmsMultiplier) { c->millionths }, &money, &error));
  g_assert_no_error (error);
  g_assert_cmpint (money.centavos, ==, c->centavos);
}

typedef struct { const char *name; gint64 amount, numerator, denominator; ArmmsRounding rounding; gint64 centavos; } ShareCase;

static const ShareCase shares[] = {
  { "a third of 1.00", 100, 1, 3, ARMMS_ROUND_HALF_AWAY, 33 },
  { "two thirds of 1.00", 100, 2, 3, ARMMS_ROUND_HALF_AWAY, 67 },
  { "two thirds of 1.00, down", 100, 2, 3, ARMMS_ROUND_DOWN, 66 },
  { "two thirds of -1.00, toward zero", -100, 2, 3, ARMMS_ROUND_DOWN, -66 },
  { "half of 0.01 goes away from zero", 1, 1, 2, ARMMS_ROUND_HALF_AWAY, 1 },
  { "half of -0.01 goes away from zero", -1, 1, 2, ARMMS_ROUND_HALF_AWAY, -1 },
  { "a negative denominator", 1, 1, -2, ARMMS_ROUND_HALF_AWAY, -1 },
  { "the largest amount times one", G_MAXINT64, 1, 1, ARMMS_ROUND_HALF_AWAY, G_MAXINT64 },
  { "the smallest amount times one", G_MININT64, 1, 1, ARMMS_ROUND_HALF_AWAY, G_MININT64 },
  { "through 128 bits and back", G_MAXINT64, G_MAXINT64, G_MAXINT64, ARMMS_ROUND_HALF_AWAY, G_MAXINT64 },
};

static void
test_share (gconstpointer data)
{
  const ShareCase *c = data;
  g_autoptr(GError) error = NULL;
  ArmmsMoney money = { 0 };

  g_assert_true (armms_money_mul_div (ARMMS_MONEY (c->amount), c->numerator, c->denominator, c->rounding, &money, &error));
  g_assert_no_error (error);
  g_assert_cmpint (money.centavos, ==, c->centavos);
}

static void
test_overflow (void)
{
  ArmmsMoney money = { 42 };
  struct { gboolean done; } ok;
  g_autoptr(GError) sum = NULL, difference = NULL, share = NULL, pay = NULL, wide = NULL;

  ok.done = armms_money_add (ARMMS_MONEY (G_MAXINT64), ARMMS_MONEY (1), &money, &sum);
  g_assert_false (ok.done);
  g_assert_error (sum, ARMMS_ERROR, ARMMS_ERROR_INTERNAL);
  g_assert_cmpstr (armms_error_get_code (sum), ==, "money.overflow");
  ok.done = armms_money_subtract (ARMMS_MONEY (G_MININT64), ARMMS_MONEY (1), &money, &difference);
  g_assert_false (ok.done);
  g_assert_cmpstr (armms_error_get_code (difference), ==, "money.overflow");
  ok.done = armms_money_mul_div (ARMMS_MONEY (G_MAXINT64), 2, 1, ARMMS_ROUND_HALF_AWAY, &money, &share);
  g_assert_false (ok.done);
  g_assert_cmpstr (armms_error_get_code (share), ==, "money.overflow");
  ok.done = armms_rate_pay ((ArmmsRate) { G_MAXINT64, 1 }, ARMMS_MINUTES (2), ARMMS_MULTIPLIER_ONE, &money, &pay);
  g_assert_false (ok.done);
  g_assert_cmpstr (armms_error_get_code (pay), ==, "money.overflow");
  /* the product itself passes 128 bits */
  ok.done = armms_rate_pay ((ArmmsRate) { G_MAXINT64, 1 }, ARMMS_MINUTES (G_MAXINT32), (ArmmsMultiplier) { G_MAXINT64 }, &money, &wide);
  g_assert_false (ok.done);
  g_assert_cmpstr (armms_error_get_code (wide), ==, "money.overflow");
  g_assert_cmpint (money.centavos, ==, 42);
}

typedef struct { const char *text; gboolean good; gint64 value; } TextCase;

static const TextCase moneys[] = {
  { "0.00", TRUE, 0 }, { "1234.56", TRUE, 123456 }, { "-0.05", TRUE, -5 }, { "9999999999999.99", TRUE, G_GINT64_CONSTANT (999999999999999) },
  { "10000000000000.00", FALSE, 0 }, { "1", FALSE, 0 }, { "1.5", FALSE, 0 }, { "1.555", FALSE, 0 }, { "1,234.56", FALSE, 0 }, { "+1.00", FALSE, 0 },
  { " 1.00", FALSE, 0 }, { "1.00 ", FALSE, 0 }, { ".50", FALSE, 0 }, { "01.00", FALSE, 0 }, { "-", FALSE, 0 }, { "", FALSE, 0 }, { "1e2", FALSE, 0 }, { "--1.00", FALSE, 0 },
};

static void
test_money_text (gconstpointer data)
{
  const TextCase *c = data;
  char buffer[ARMMS_MONEY_TEXT_SIZE];
  ArmmsMoney money = { 7 };

  g_assert_cmpint (armms_money_parse (c->text, &money), ==, c->good);
  g_assert_cmpint (money.centavos, ==, c->good ? c->value : 7);
  if (c->good)
    g_assert_cmpstr (armms_money_format (money, buffer), ==, c->text);
}

static const TextCase multipliers[] = {
  { "1.859", TRUE, 1859000 }, { "1", TRUE, 1000000 }, { "0.1", TRUE, 100000 }, { "3.38", TRUE, 3380000 }, { "0.000001", TRUE, 1 }, { "0", TRUE, 0 },
  { "1.0000001", FALSE, 0 }, { "1.", FALSE, 0 }, { ".5", FALSE, 0 }, { "-1", FALSE, 0 }, { "1,5", FALSE, 0 }, { "", FALSE, 0 }, { "01", FALSE, 0 },
};

static void
test_multiplier_text (gconstpointer data)
{
  const TextCase *c = data;
  char buffer[ARMMS_MONEY_TEXT_SIZE];
  ArmmsMultiplier multiplier = { 7 };

  g_assert_cmpint (armms_multiplier_parse (c->text, &multiplier), ==, c->good);
  g_assert_cmpint (multiplier.millionths, ==, c->good ? c->value : 7);
  if (c->good)
    g_assert_cmpstr (armms_multiplier_format (multiplier, buffer), ==, c->text);
}

static void
test_extremes (void)
{
  char buffer[ARMMS_MONEY_TEXT_SIZE];
  ArmmsMultiplier multiplier = { 0 };

  g_assert_cmpstr (armms_money_format (ARMMS_MONEY (G_MININT64), buffer), ==, "-92233720368547758.08");
  g_assert_cmpstr (armms_money_format (ARMMS_MONEY (G_MAXINT64), buffer), ==, "92233720368547758.07");
  g_assert_true (armms_multiplier_parse ("1.2500", &multiplier));
  g_assert_cmpstr (armms_multiplier_format (multiplier, buffer), ==, "1.25");
  g_assert_cmpint (armms_money_compare (ARMMS_MONEY (1), ARMMS_MONEY (2)), <, 0);
  g_assert_cmpint (armms_money_compare (ARMMS_MONEY (G_MAXINT64), ARMMS_MONEY (G_MININT64)), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pays); i++)
    {
      g_autofree char *path = g_strconcat ("/base/money/pay/", pays[i].name, NULL);
      g_test_add_data_func (path, &pays[i], test_pay);
    }
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autofree char *path = g_strconcat ("/base/money/share/", shares[i].name, NULL);
      g_test_add_data_func (path, &shares[i], test_share);
    }
  for (guint i = 0; i < G_N_ELEMENTS (moneys); i++)
    {
      g_autofree char *path = g_strdup_printf ("/base/money/text/%s “%s”", moneys[i].good ? "takes" : "refuses", moneys[i].text);
      g_test_add_data_func (path, &moneys[i], test_money_text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (multipliers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/base/multiplier/text/%s “%s”", multipliers[i].good ? "takes" : "refuses", multipliers[i].text);
      g_test_add_data_func (path, &multipliers[i], test_multiplier_text);
    }
  g_test_add_func ("/base/money/an overflow is an error and sets nothing", test_overflow);
  g_test_add_func ("/base/money/the ends of the range", test_extremes);
  return g_test_run ();
}
