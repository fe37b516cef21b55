/* The cost-of-living allowance. */
#include "price-case.h"

#include "server/rules/pay/cola.h"

#define COLA 5000 /* centavos a day */

static ArmmsPayCard
card_with_cola (void)
{
  ArmmsPayCard card = pay_between (pay_card (ARMMS_BASIS_DAILY, 69500, NULL), "2018-01-01", NULL);

  card.cola = ARMMS_MONEY (COLA);
  return card;
}

static gint64
cola_of (const Paid *paid)
{
  gint64 total = 0;

  for (guint i = 0; i < paid->lines->len; i++)
    if (paid_line (paid, i)->kind == ARMMS_EARNING_COLA)
      total += paid_line (paid, i)->amount.centavos;
  return total;
}

/* Of 480 minutes, 50.00 a day. Labor Advisories 13-2016, 13-2020: a rest day raises the basic of a holiday, not its COLA. */
static const struct {
  const char *cell;
  gint64 minutes, centavos;
} cells[] = {
  { "ordinary", 480, 5000 }, { "ordinary_nd", 480, 5000 }, { "ordinary_ot", 480, 0 }, { "ordinary_ot_nd", 480, 0 },
  { "ordinary_rest", 480, 5000 }, { "ordinary_rest_nd", 480, 5000 }, { "ordinary_rest_ot", 480, 0 }, { "ordinary_rest_ot_nd", 480, 0 },
  { "special", 480, 5000 }, { "special_nd", 480, 5000 }, { "special_ot", 480, 0 }, { "special_ot_nd", 480, 0 },
  { "special_rest", 480, 5000 }, { "special_rest_nd", 480, 5000 }, { "special_rest_ot", 480, 0 }, { "special_rest_ot_nd", 480, 0 },
  { "double_special", 480, 5000 }, { "double_special_nd", 480, 5000 }, { "double_special_ot", 480, 0 }, { "double_special_ot_nd", 480, 0 },
  { "double_special_rest", 480, 5000 }, { "double_special_rest_nd", 480, 5000 }, { "double_special_rest_ot", 480, 0 },
  { "double_special_rest_ot_nd", 480, 0 },
  { "regular", 480, 10000 }, { "regular_nd", 480, 10000 }, { "regular_ot", 480, 0 }, { "regular_ot_nd", 480, 0 },
  { "regular_rest", 480, 10000 }, { "regular_rest_nd", 480, 10000 }, { "regular_rest_ot", 480, 0 }, { "regular_rest_ot_nd", 480, 0 },
  { "double_regular", 480, 15000 }, { "double_regular_nd", 480, 15000 }, { "double_regular_ot", 480, 0 }, { "double_regular_ot_nd", 480, 0 },
  { "double_regular_rest", 480, 15000 }, { "double_regular_rest_nd", 480, 15000 }, { "double_regular_rest_ot", 480, 0 },
  { "double_regular_rest_ot_nd", 480, 0 },
  { "regular_unworked", 480, 5000 }, { "double_regular_unworked", 480, 10000 }, { "leave_paid", 480, 5000 },
  { "leave_unpaid", 480, 0 }, { "absent", 480, 0 }, { "late", 480, 0 }, { "undertime", 480, 0 },
  /* Less than 8 hours: in proportion. More: once a day. */
  { "ordinary", 240, 2500 }, { "ordinary", 1, 10 }, { "ordinary", 479, 4990 }, { "ordinary", 481, 5000 }, { "ordinary", 1440, 5000 },
  { "regular", 240, 5000 }, { "regular", 479, 9979 }, { "regular_unworked", 960, 5000 }, { "leave_paid", 240, 2500 },
};

static void
test_cell (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  ArmmsPayCard cards[] = { card_with_cola (), card_with_cola () };
  PayEntry entry = { "2026-05-04", cells[i].cell, cells[i].minutes };

  cards[1].basis = ARMMS_BASIS_MONTHLY;
  cards[1].factor = (ArmmsMultiplier) { 365000000 };
  cards[1].salaried = cards[1].covers_rest_days = cards[1].covers_special_days = TRUE;
  for (guint k = 0; k < G_N_ELEMENTS (cards); k++)
    {
      g_auto(Paid) paid = pay_price (&cards[k], 1, &entry, 1);
      const ArmmsEarningLine *last = paid.lines->len > 0 ? paid_line (&paid, paid.lines->len - 1) : NULL;

      g_assert_cmpint (cola_of (&paid), ==, cells[i].centavos);
      if (cells[i].centavos == 0)
        continue;
      g_assert_cmpint (last->kind, ==, ARMMS_EARNING_COLA);
      g_assert_cmpint (last->basic.centavos, ==, 0);
      g_assert_cmpint (last->pay_class, ==, ARMMS_PAY_CLASS_BASIC);
      g_assert_cmpstr (armms_earning_line_code (last), ==, "cola");
      g_assert_cmpstr (armms_earning_line_title (last), ==, "Cost-of-living allowance");
    }
}

/* (basic + COLA) x 200 %, and on a rest day 30 % of the doubled basic: the published sums of 404.00 and 22.00. */
static void
test_published (void)
{
  ArmmsPayCard card = card_with_cola ();
  PayEntry worked = { "2026-05-01", "regular", 480 }, rest = { "2026-05-01", "regular_rest", 480 }, not_worked = { "2026-05-01", "regular_unworked", 480 };
  g_auto(Paid) of_worked = paid_new (), of_rest = paid_new (), of_none = paid_new ();

  card.amount = ARMMS_MONEY (40400);
  card.cola = ARMMS_MONEY (2200);
  paid_clear (&of_worked), of_worked = pay_price (&card, 1, &worked, 1);
  paid_clear (&of_rest), of_rest = pay_price (&card, 1, &rest, 1);
  paid_clear (&of_none), of_none = pay_price (&card, 1, &not_worked, 1);
  g_assert_cmpint (paid_total (&of_worked), ==, 85200);
  g_assert_cmpint (paid_total (&of_rest), ==, 85200 + 24240);
  g_assert_cmpint (paid_total (&of_none), ==, 42600);
}

/* A duty over midnight into a holiday: each part of the 8 hours by its own day; overtime carries none. */
static void
test_over_midnight (void)
{
  ArmmsPayCard card = card_with_cola ();
  PayEntry entries[] = { { "2026-04-30", "ordinary", 240 }, { "2026-04-30", "ordinary_nd", 120 }, { "2026-04-30", "regular_nd", 120 },
                         { "2026-04-30", "regular_ot_nd", 240 } };
  g_auto(Paid) paid = pay_price (&card, 1, entries, G_N_ELEMENTS (entries));

  g_assert_cmpint (cola_of (&paid), ==, 3750 + 2500);
  g_assert_cmpuint (paid.lines->len, ==, 4 + 2); /* night and day of ordinary days are one allowance */
}

/* Two duties on one date, and a holiday both worked and paid unworked: 8 hours' allowance, of the better day first. */
static void
test_once_a_day (void)
{
  ArmmsPayCard card = card_with_cola ();
  PayEntry entries[] = { { "2026-05-01", "ordinary", 300 }, { "2026-05-01", "regular", 300 }, { "2026-05-01", "regular_unworked", 480 },
                         { "2026-05-02", "ordinary", 480 } };
  g_auto(Paid) paid = pay_price (&card, 1, entries, G_N_ELEMENTS (entries));
  const ArmmsEarningLine *regular = paid_line (&paid, 3), *ordinary = paid_line (&paid, 4);

  g_assert_cmpint (regular->kind, ==, ARMMS_EARNING_COLA);
  g_assert_cmpint (regular->minutes, ==, 300);
  g_assert_cmpint (regular->amount.centavos, ==, 6250);
  g_assert_cmpint (ordinary->minutes, ==, 180 + 480);
  g_assert_cmpint (cola_of (&paid), ==, 6250 + 6875);
}

/* The half-centavo is rounded once for the period. */
static void
test_rounded_once (void)
{
  ArmmsPayCard card = card_with_cola ();
  PayEntry entries[] = { { "2026-05-04", "ordinary", 1 }, { "2026-05-05", "ordinary", 1 }, { "2026-05-06", "ordinary", 1 } };
  g_auto(Paid) paid = paid_new ();

  card.cola = ARMMS_MONEY (240); /* half a centavo a minute */
  paid_clear (&paid), paid = pay_price (&card, 1, entries, 3);
  g_assert_cmpint (cola_of (&paid), ==, 2);
}

/* A contract's better premium raises the basic, not the allowance. */
static void
test_law_multiple (void)
{
  ArmmsPremiumRow law = { .day_type = ARMMS_DAY_REGULAR, .unworked = { 1000000 }, .first8 = { 2000000 } };
  ArmmsPremiumRow joined = law;

  joined.first8 = (ArmmsMultiplier) { 2500000 };
  joined.unworked = (ArmmsMultiplier) { 1500000 };
  g_assert_cmpint (armms_cola_multiplier (&joined, law_cell ("regular")).millionths, ==, 2500000);
  joined.law = &law;
  g_assert_cmpint (armms_cola_multiplier (&joined, law_cell ("regular")).millionths, ==, 2000000);
  g_assert_cmpint (armms_cola_multiplier (&joined, law_cell ("regular_unworked")).millionths, ==, 1000000);
  g_assert_cmpint (armms_cola_multiplier (NULL, law_cell ("special")).millionths, ==, 1000000);
}

/* A rest-day row alone prices the basic; the holiday's own row is named as missing, the allowance is not guessed. */
static void
test_missing_row (void)
{
  ArmmsPremiumRow rows[] = { { .day_type = ARMMS_DAY_REGULAR, .rest_day = TRUE, .first8 = { 2600000 }, .from = ARMMS_DATE_NONE, .to = ARMMS_DATE_NONE } };
  ArmmsPayCard card = card_with_cola ();
  const ArmmsDate date = law_date ("2026-05-01");
  const gint64 cell = law_cell ("regular_rest"), minutes = 480;
  g_auto(Paid) paid = paid_new ();
  ArmmsPremiumTable table;

  armms_premium_table_index (&table, rows, 1);
  g_assert_true (armms_pay_price (&card, 1, &table, &date, &cell, &minutes, 1, paid.lines, paid.problems, NULL));
  g_assert_cmpuint (paid.lines->len, ==, 1);
  g_assert_cmpstr (paid_problem (&paid, 0)->code, ==, "premium.missing");
}

/* -- of a wage order -------------------------------------------------------------------------------------------- */

static ArmmsMinimumWageRow
order_of (const char *name, const char *from, const char *to, gint64 daily, gint64 cola)
{
  return (ArmmsMinimumWageRow) {
    .region = "NCR", .area = "all", .sector = "non-agriculture", .daily = { daily }, .cola = { cola }, .from = law_date (from),
    .to = law_date (to), .in_force = TRUE, .order = name, .source = name, .row = 1,
  };
}

/* Due whole at the minimum wage; above it, what wage and allowance together fall short. */
static void
test_due (void)
{
  ArmmsMinimumWageRow order = order_of ("NCR-X", "2026-01-01", NULL, 69500, 1000);

  g_assert_cmpint (armms_cola_due (NULL, ARMMS_MONEY (69500)).centavos, ==, 0);
  g_assert_cmpint (armms_cola_due (&order, ARMMS_MONEY (60000)).centavos, ==, 1000);
  g_assert_cmpint (armms_cola_due (&order, ARMMS_MONEY (69500)).centavos, ==, 1000);
  g_assert_cmpint (armms_cola_due (&order, ARMMS_MONEY (69501)).centavos, ==, 999);
  g_assert_cmpint (armms_cola_due (&order, ARMMS_MONEY (70499)).centavos, ==, 1);
  g_assert_cmpint (armms_cola_due (&order, ARMMS_MONEY (70500)).centavos, ==, 0);
  g_assert_cmpint (armms_cola_due (&order, ARMMS_MONEY (90000)).centavos, ==, 0);
}

static void
test_cards (void)
{
  ArmmsMinimumWageRow rows[] = { order_of ("NCR-X", "2026-05-05", "2026-05-09", 69500, 1000), order_of ("NCR-Y", "2026-05-10", NULL, 69500, 6000) };
  ArmmsMinimumWageTable wages = { rows, 2 };
  ArmmsPayCard cards[] = { pay_between (card_with_cola (), "2026-01-01", "2026-05-11"), pay_between (card_with_cola (), "2026-05-13", NULL) };
  g_autoptr(GArray) cut = g_array_new (FALSE, FALSE, sizeof (ArmmsPayCard));
  static const struct { const char *from, *to; gint64 cola; const char *order; } wanted[] = {
    { "2026-05-01", "2026-05-04", 0, NULL }, { "2026-05-05", "2026-05-09", 1000, "NCR-X" }, { "2026-05-10", "2026-05-11", 6000, "NCR-Y" },
    { "2026-05-13", "2026-05-15", 6000, "NCR-Y" },
  };

  cards[0].cola = ARMMS_MONEY (0);
  g_assert_true (armms_cola_cards (cards, 2, &wages, "NCR", NULL, "non-agriculture", law_date ("2026-05-01"), law_date ("2026-05-15"), cut, NULL));
  g_assert_cmpuint (cut->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < cut->len; i++)
    {
      const ArmmsPayCard *card = &g_array_index (cut, ArmmsPayCard, i);

      g_assert_cmpint (card->from.days, ==, law_date (wanted[i].from).days);
      g_assert_cmpint (card->to.days, ==, law_date (wanted[i].to).days);
      g_assert_cmpint (card->cola.centavos, ==, wanted[i].cola);
      g_assert_cmpstr (card->cola_source, ==, wanted[i].order);
      g_assert_cmpint (card->amount.centavos, ==, 69500);
    }
  /* The card's own is kept where it is the larger, or where no order is. */
  cards[0].cola = ARMMS_MONEY (COLA);
  g_array_set_size (cut, 0);
  g_assert_true (armms_cola_cards (cards, 1, &wages, "NCR", NULL, "non-agriculture", law_date ("2026-05-01"), law_date ("2026-05-09"), cut, NULL));
  g_assert_cmpuint (cut->len, ==, 1);
  g_assert_cmpint (g_array_index (cut, ArmmsPayCard, 0).cola.centavos, ==, COLA);
  g_assert_null (g_array_index (cut, ArmmsPayCard, 0).cola_source);
}

static void
test_bad_card (void)
{
  ArmmsMinimumWageTable wages = { NULL, 0 };
  ArmmsPayCard cards[] = { pay_between (card_with_cola (), "2026-01-01", "2026-05-10"), pay_between (card_with_cola (), "2026-05-11", NULL) };
  g_autoptr(GArray) cut = g_array_new (FALSE, FALSE, sizeof (ArmmsPayCard));
  g_autoptr(GError) error = NULL;

  cards[1].amount = ARMMS_MONEY (0);
  g_array_append_val (cut, cards[0]);
  g_assert_false (armms_cola_cards (cards, 2, &wages, "NCR", NULL, "all", law_date ("2026-05-01"), law_date ("2026-05-15"), cut, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "rate_card.amount");
  g_assert_cmpuint (cut->len, ==, 1);
}

static void
test_trace (void)
{
  ArmmsPayCard card = card_with_cola ();
  PayEntry entry = { "2026-05-01", "regular_rest", 479 };
  g_auto(Paid) paid = paid_new ();
  g_autoptr(GString) text = g_string_new (NULL);
  ArmmsTrace trace;

  card.cola_source = "NCR-X";
  card.source = "NCR-01/DAY/GUARD";
  paid_clear (&paid), paid = pay_price (&card, 1, &entry, 1);
  armms_earning_line_trace (paid_line (&paid, 1), &trace);
  armms_trace_append_text (&trace, text);
  g_assert_cmpstr (text->str, ==,
                   "pay.cola: cell=regular minutes=479 rate=50.00/480 multiplier=2 cola=50.00 order=NCR-X rate_card=NCR-01/DAY/GUARD"
                   " rate_card_from=2018-01-01 | premium row 7 from 2018-01-01 (Labor Code Arts. 93-94; DOLE-BWC Handbook 2024 guide computations)"
                   " | 59875/6 -> 99.79 half away from zero, once");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rules/pay/cola/%s-%d", cells[i].cell, (int) cells[i].minutes);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_cell);
    }
  g_test_add_func ("/rules/pay/cola/a-holiday-as-published", test_published);
  g_test_add_func ("/rules/pay/cola/over-midnight", test_over_midnight);
  g_test_add_func ("/rules/pay/cola/once-a-day", test_once_a_day);
  g_test_add_func ("/rules/pay/cola/rounded-once", test_rounded_once);
  g_test_add_func ("/rules/pay/cola/the-law's-multiple", test_law_multiple);
  g_test_add_func ("/rules/pay/cola/no-row-is-a-problem", test_missing_row);
  g_test_add_func ("/rules/pay/cola/what-an-order-adds", test_due);
  g_test_add_func ("/rules/pay/cola/cards-cut-where-it-changes", test_cards);
  g_test_add_func ("/rules/pay/cola/a-card-without-price", test_bad_card);
  g_test_add_func ("/rules/pay/cola/explains-itself", test_trace);
  return g_test_run ();
}
