/* The minimum wage of the place, day by day. */
#include "price-case.h"

#include "server/rules/pay/minimum.h"

static GArray *
check (const ArmmsPayCard *cards, gsize n_cards, const char *region, const char *area, const char *const *dates, gsize n)
{
  GArray *undercuts = g_array_new (FALSE, FALSE, sizeof (ArmmsWageUndercut));
  g_autofree ArmmsDate *days = g_new (ArmmsDate, n);
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < n; i++)
    days[i] = law_date (dates[i]);
  g_assert_true (armms_pay_check_minimum (cards, n_cards, &law_tables ()->wages, region, area, "non-agriculture", days, n, undercuts, &error));
  g_assert_no_error (error);
  return undercuts;
}

/* One duty day: what is short, or 0. NCR: 695.00 to 25 September 2026, 755.00 from the 26th. */
static const struct {
  const char *name;
  ArmmsRateBasis basis;
  gint64 centavos;
  const char *factor, *date;
  gint64 shortfall;
} days[] = {
  { "daily at the minimum", ARMMS_BASIS_DAILY, 69500, NULL, "2026-09-25", 0 },
  { "daily a centavo below", ARMMS_BASIS_DAILY, 69499, NULL, "2026-09-25", 1 },
  { "daily above", ARMMS_BASIS_DAILY, 69501, NULL, "2026-09-25", 0 },
  { "the day a new order begins", ARMMS_BASIS_DAILY, 69500, NULL, "2026-09-26", 6000 },
  { "the new minimum", ARMMS_BASIS_DAILY, 75500, NULL, "2026-09-26", 0 },
  { "a centavo below the new minimum", ARMMS_BASIS_DAILY, 75499, NULL, "2026-09-26", 1 },
  { "the order that a court stopped does not count", ARMMS_BASIS_DAILY, 69500, NULL, "2026-07-25", 0 },
  { "hourly x 8 at the minimum", ARMMS_BASIS_HOURLY, 8688, NULL, "2026-09-25", 0 }, /* 695.04 */
  { "hourly x 8 below", ARMMS_BASIS_HOURLY, 8687, NULL, "2026-09-25", 4 },          /* 694.96 */
  { "monthly of 393.5 days as published", ARMMS_BASIS_MONTHLY, 2475771, "393.5", "2026-09-26", 0 },
  { "monthly of 393.5 days, a peso less", ARMMS_BASIS_MONTHLY, 2475671, "393.5", "2026-09-26", 3 }, /* 754.9695 a day */
  { "monthly of 313 days", ARMMS_BASIS_MONTHLY, 1969292, "313", "2026-09-26", 0 },
  { "monthly: half a centavo a day is rounded up", ARMMS_BASIS_MONTHLY, 1969279, "313", "2026-09-26", 0 }, /* 754.9950 */
  { "monthly: below half a centavo", ARMMS_BASIS_MONTHLY, 1969278, "313", "2026-09-26", 1 },               /* 754.9947 */
  { "a day before the first order known", ARMMS_BASIS_DAILY, 100, NULL, "2023-07-15", 0 },
  { "the first day of the first order", ARMMS_BASIS_DAILY, 60999, NULL, "2023-07-16", 1 },
};

static void
test_day (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  ArmmsPayCard card = pay_card (days[i].basis, days[i].centavos, days[i].factor);
  g_autoptr(GArray) undercuts = check (&card, 1, "NCR", NULL, &days[i].date, 1);
  const ArmmsWageUndercut *undercut = &g_array_index (undercuts, ArmmsWageUndercut, 0);

  g_assert_cmpuint (undercuts->len, ==, days[i].shortfall > 0 ? 1 : 0);
  if (days[i].shortfall > 0)
    g_assert_cmpint (undercut->required.centavos - undercut->daily.centavos, ==, days[i].shortfall);
}

/* Days in any order and more than once; the order that comes into force in between splits them; every day counts once. */
static void
test_split (void)
{
  ArmmsPayCard card = pay_card (ARMMS_BASIS_DAILY, 69000, NULL);
  const char *const dates[] = { "2026-09-27", "2026-09-16", "2026-09-25", "2026-09-16", "2026-09-26", "2026-09-25", "2026-09-20" };
  g_autoptr(GArray) undercuts = check (&card, 1, "NCR", NULL, dates, G_N_ELEMENTS (dates));
  const ArmmsWageUndercut *old = &g_array_index (undercuts, ArmmsWageUndercut, 0), *new = &g_array_index (undercuts, ArmmsWageUndercut, 1);

  g_assert_cmpuint (undercuts->len, ==, 2);
  g_assert_cmpint (old->from.days, ==, law_date ("2026-09-16").days);
  g_assert_cmpint (old->to.days, ==, law_date ("2026-09-25").days);
  g_assert_cmpint (old->count, ==, 3);
  g_assert_cmpint (old->daily.centavos, ==, 69000);
  g_assert_cmpint (old->required.centavos, ==, 69500);
  g_assert_cmpstr (old->order->order, ==, "NCR-26");
  g_assert_cmpint (new->from.days, ==, law_date ("2026-09-26").days);
  g_assert_cmpint (new->to.days, ==, law_date ("2026-09-27").days);
  g_assert_cmpint (new->count, ==, 2);
  g_assert_cmpint (new->required.centavos, ==, 75500);
  g_assert_cmpstr (new->order->order, ==, "NCR-28");
}

/* The card of the day: one that was raised is quiet from its first day; a day without a card says nothing here. */
static void
test_cards (void)
{
  ArmmsPayCard cards[] = { pay_between (pay_card (ARMMS_BASIS_DAILY, 69500, NULL), NULL, "2026-09-27"),
                           pay_between (pay_card (ARMMS_BASIS_DAILY, 75500, NULL), "2026-09-29", NULL) };
  const char *const dates[] = { "2026-09-25", "2026-09-26", "2026-09-27", "2026-09-28", "2026-09-29" };
  g_autoptr(GArray) undercuts = check (cards, 2, "NCR", NULL, dates, G_N_ELEMENTS (dates));
  const ArmmsWageUndercut *undercut = &g_array_index (undercuts, ArmmsWageUndercut, 0);

  g_assert_cmpuint (undercuts->len, ==, 1);
  g_assert_true (undercut->card == &cards[0]);
  g_assert_cmpint (undercut->from.days, ==, law_date ("2026-09-26").days);
  g_assert_cmpint (undercut->to.days, ==, law_date ("2026-09-27").days);
  g_assert_cmpint (undercut->count, ==, 2);
}

/* The area decides inside a region; without it the lowest of the region is what can be asked for. */
static void
test_area (void)
{
  ArmmsPayCard card = pay_card (ARMMS_BASIS_DAILY, 56000, NULL);
  const char *const dates[] = { "2026-05-04" };
  g_autoptr(GArray) bulacan = check (&card, 1, "III", "Bulacan", dates, 1);
  g_autoptr(GArray) aurora = check (&card, 1, "III", "Aurora", dates, 1);
  g_autoptr(GArray) unknown = check (&card, 1, "III", NULL, dates, 1);
  g_autoptr(GArray) nowhere = check (&card, 1, NULL, NULL, dates, 1);

  g_assert_cmpuint (bulacan->len, ==, 1);
  g_assert_cmpint (g_array_index (bulacan, ArmmsWageUndercut, 0).required.centavos, ==, 60000);
  g_assert_cmpuint (aurora->len + unknown->len + nowhere->len, ==, 0);
}

static void
test_no_days (void)
{
  ArmmsPayCard card = pay_card (ARMMS_BASIS_DAILY, 1, NULL);
  g_autoptr(GArray) undercuts = check (&card, 1, "NCR", NULL, NULL, 0);

  g_assert_cmpuint (undercuts->len, ==, 0);
}

static void
test_bad_card (void)
{
  ArmmsPayCard cards[] = { pay_between (pay_card (ARMMS_BASIS_DAILY, 69000, NULL), NULL, "2026-05-04"),
                           pay_between (pay_card (ARMMS_BASIS_MONTHLY, 2000000, NULL), "2026-05-05", NULL) };
  ArmmsDate dates[] = { law_date ("2026-05-04"), law_date ("2026-05-05") };
  g_autoptr(GArray) undercuts = g_array_new (FALSE, FALSE, sizeof (ArmmsWageUndercut));
  g_autoptr(GError) error = NULL;

  g_assert_false (armms_pay_check_minimum (cards, 2, &law_tables ()->wages, "NCR", NULL, "non-agriculture", dates, 2, undercuts, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "rate_card.factor");
  g_assert_cmpuint (undercuts->len, ==, 0);
}

static void
test_trace (void)
{
  ArmmsPayCard card = pay_card (ARMMS_BASIS_MONTHLY, 2475671, "393.5");
  const char *const dates[] = { "2026-09-26", "2026-09-28" };
  g_autoptr(GArray) undercuts = check (&card, 1, "NCR", NULL, dates, 2);
  g_autoptr(GString) text = g_string_new (NULL);
  ArmmsTrace trace;

  armms_wage_undercut_trace (&g_array_index (undercuts, ArmmsWageUndercut, 0), &trace);
  armms_trace_append_text (&trace, text);
  g_assert_cmpstr (text->str, ==,
                   "pay.minimum_wage: from=2026-09-26 to=2026-09-28 days=2 basis=monthly card=24756.71 months_per_year=12 factor=393.5"
                   " day_minutes=480 daily=754.97 required=755.00 order=NCR-28 | minimum-wage row 11 from 2026-09-26 (Wage Order NCR-28)"
                   " | -> 0.03 the day's wage half away from zero, once");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (days[i].name), " ,:", '-');
      g_autofree char *path = g_strconcat ("/rules/pay/minimum/", name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_day);
    }
  g_test_add_func ("/rules/pay/minimum/an-order-inside-the-period", test_split);
  g_test_add_func ("/rules/pay/minimum/the-card-of-the-day", test_cards);
  g_test_add_func ("/rules/pay/minimum/the-area-of-the-post", test_area);
  g_test_add_func ("/rules/pay/minimum/no-duty-no-finding", test_no_days);
  g_test_add_func ("/rules/pay/minimum/a-card-without-factor", test_bad_card);
  g_test_add_func ("/rules/pay/minimum/explains-itself", test_trace);
  return g_test_run ();
}
