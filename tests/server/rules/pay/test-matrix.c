/* Every cell of the premium matrix under every basis of pay. */
#include "price-case.h"

#define DAY 48000 /* centavos: 480 minutes at 1.00 */

enum { BY_THE_MINUTE, SALARY_305, SALARY_313, SALARY_365, N_WAYS };

typedef struct {
  const char *cell;
  gint64 centavos[N_WAYS]; /* of 480 minutes at 1.00 a minute */
} Case;

/* Paid by the minute whole; in a salary without rest and special days, without rest days, and of every day of the year. */
static const Case cases[] = {
  { "ordinary", { 48000, 0, 0, 0 } },
  { "ordinary_nd", { 52800, 4800, 4800, 4800 } },
  { "ordinary_ot", { 60000, 60000, 60000, 60000 } },
  { "ordinary_ot_nd", { 66000, 66000, 66000, 66000 } },
  { "ordinary_rest", { 62400, 62400, 62400, 14400 } },
  { "ordinary_rest_nd", { 68640, 68640, 68640, 20640 } },
  { "ordinary_rest_ot", { 81120, 81120, 81120, 81120 } },
  { "ordinary_rest_ot_nd", { 89232, 89232, 89232, 89232 } },
  { "special", { 62400, 62400, 14400, 14400 } },
  { "special_nd", { 68640, 68640, 20640, 20640 } },
  { "special_ot", { 81120, 81120, 81120, 81120 } },
  { "special_ot_nd", { 89232, 89232, 89232, 89232 } },
  { "special_rest", { 72000, 72000, 72000, 24000 } },
  { "special_rest_nd", { 79200, 79200, 79200, 31200 } },
  { "special_rest_ot", { 93600, 93600, 93600, 93600 } },
  { "special_rest_ot_nd", { 102960, 102960, 102960, 102960 } },
  { "double_special", { 72000, 72000, 24000, 24000 } },
  { "double_special_nd", { 79200, 79200, 31200, 31200 } },
  { "double_special_ot", { 93600, 93600, 93600, 93600 } },
  { "double_special_ot_nd", { 102960, 102960, 102960, 102960 } },
  { "double_special_rest", { 93600, 93600, 93600, 45600 } },
  { "double_special_rest_nd", { 102960, 102960, 102960, 54960 } },
  { "double_special_rest_ot", { 121680, 121680, 121680, 121680 } },
  { "double_special_rest_ot_nd", { 133848, 133848, 133848, 133848 } },
  { "regular", { 96000, 48000, 48000, 48000 } },
  { "regular_nd", { 105600, 57600, 57600, 57600 } },
  { "regular_ot", { 124800, 124800, 124800, 124800 } },
  { "regular_ot_nd", { 137280, 137280, 137280, 137280 } },
  { "regular_rest", { 124800, 124800, 124800, 76800 } },
  { "regular_rest_nd", { 137280, 137280, 137280, 89280 } },
  { "regular_rest_ot", { 162240, 162240, 162240, 162240 } },
  { "regular_rest_ot_nd", { 178464, 178464, 178464, 178464 } },
  { "double_regular", { 144000, 96000, 96000, 96000 } },
  { "double_regular_nd", { 158400, 110400, 110400, 110400 } },
  { "double_regular_ot", { 187200, 187200, 187200, 187200 } },
  { "double_regular_ot_nd", { 205920, 205920, 205920, 205920 } },
  { "double_regular_rest", { 187200, 187200, 187200, 139200 } },
  { "double_regular_rest_nd", { 205920, 205920, 205920, 157920 } },
  { "double_regular_rest_ot", { 243360, 243360, 243360, 243360 } },
  { "double_regular_rest_ot_nd", { 267696, 267696, 267696, 267696 } },
  { "regular_unworked", { 48000, 0, 0, 0 } },
  { "double_regular_unworked", { 96000, 48000, 48000, 48000 } },
  { "leave_paid", { 48000, 0, 0, 0 } },
  { "leave_unpaid", { 0, -48000, -48000, -48000 } },
  { "absent", { 0, -48000, -48000, -48000 } },
  { "late", { 0, -48000, -48000, -48000 } },
  { "undertime", { 0, -48000, -48000, -48000 } },
};

typedef struct {
  const char *name;
  ArmmsRateBasis basis;
  gint64 even;           /* centavos that make 1.00 a minute */
  const char *even_factor;
  gint64 odd;            /* centavos that do not divide */
  const char *odd_factor;
  guint way;
} Basis;

static const Basis bases[] = {
  { "hourly", ARMMS_BASIS_HOURLY, 6000, NULL, 6713, NULL, BY_THE_MINUTE },
  { "daily", ARMMS_BASIS_DAILY, 48000, NULL, 53701, NULL, BY_THE_MINUTE },
  { "monthly by the minute", ARMMS_BASIS_MONTHLY, 1252000, "313", 2475771, "393.5", BY_THE_MINUTE },
  { "salary, special days unpaid", ARMMS_BASIS_MONTHLY, 1220000, "305", 2610001, "253", SALARY_305 },
  { "salary, six-day week", ARMMS_BASIS_MONTHLY, 1252000, "313", 2610001, "261", SALARY_313 },
  { "salary, every day paid", ARMMS_BASIS_MONTHLY, 1460000, "365", 2475771, "393.5", SALARY_365 },
};

static ArmmsPayCard
card_of (const Basis *basis, gboolean even)
{
  ArmmsPayCard card = pay_card (basis->basis, even ? basis->even : basis->odd, even ? basis->even_factor : basis->odd_factor);

  card.salaried = basis->way != BY_THE_MINUTE;
  card.covers_rest_days = basis->way == SALARY_365;
  card.covers_special_days = basis->way >= SALARY_313;
  return card;
}

static void
test_even (gconstpointer data)
{
  const Basis *basis = data;
  ArmmsPayCard card = card_of (basis, /* even= */ TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PayEntry entry = { "2026-05-04", cases[i].cell, 480 };
      g_auto(Paid) paid = pay_price (&card, 1, &entry, 1);
      gint64 wanted = cases[i].centavos[basis->way];

      g_assert_cmpuint (paid.problems->len, ==, 0);
      g_assert_cmpuint (paid.lines->len, ==, wanted != 0 ? 1 : 0);
      g_assert_cmpint (paid_total (&paid), ==, wanted);
    }
}

/* One rounding, at a rate that no minute divides; one minute, both sides of 8 hours, a whole day. */
static void
test_odd (gconstpointer data)
{
  static const gint64 minutes[] = { 1, 7, 479, 480, 481, 719, 1440 };
  const Basis *basis = data;
  ArmmsPayCard card = card_of (basis, /* even= */ FALSE);
  gint64 rate, over;

  pay_rate_by_hand (&card, &rate, &over);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint k = 0; k < G_N_ELEMENTS (minutes); k++)
      {
        PayEntry entry = { "2026-05-04", cases[i].cell, minutes[k] };
        g_auto(Paid) paid = pay_price (&card, 1, &entry, 1);
        __int128 exact = (__int128) minutes[k] * rate * cases[i].centavos[basis->way];

        g_assert_cmpint (paid_total (&paid), ==, pay_half_away (exact, (__int128) over * DAY));
      }
}

/* No more and no fewer cells than there are. */
static void
test_complete (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (cases), ==, ARMMS_N_CELLS);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (law_cell (cases[i].cell), ==, i);
}

/* What counts as basic pay for the 13th month: 1.00 of the first 8 hours, nothing of overtime and of what only comes on top. */
static void
test_basic (gconstpointer data)
{
  const Basis *basis = data;
  ArmmsPayCard card = card_of (basis, /* even= */ TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PayEntry entry = { "2026-05-04", cases[i].cell, 480 };
      g_auto(Paid) paid = pay_price (&card, 1, &entry, 1);
      gint64 amount = cases[i].centavos[basis->way], basic = amount < 0 ? -DAY : DAY;
      gboolean overtime = i < ARMMS_N_WORKED_CELLS && (i & ARMMS_CELL_OVERTIME);

      if (amount == 0)
        continue;
      if (overtime || (amount > 0 && amount != cases[i].centavos[BY_THE_MINUTE]))
        basic = 0;
      g_assert_cmpint (paid_line (&paid, 0)->basic.centavos, ==, basic);
    }
}

/* A special working day is an ordinary day: it has no cell of its own. */
static void
test_special_working (void)
{
  ArmmsDayType day_type;

  g_assert_true (armms_day_type_parse ("special_working", &day_type));
  for (guint way = 0; way < 8; way++)
    g_assert_cmpint (ARMMS_CELL (day_type, way & 4, way & 2, way & 1), ==, way);
}

/* The matrix begins with 2018: the day before it is refused by name, not paid by a later figure. */
static void
test_before_the_matrix (gconstpointer data)
{
  const Basis *basis = data;
  ArmmsPayCard card = card_of (basis, /* even= */ TRUE);
  PayEntry entries[] = { { "2017-12-31", "regular_ot", 60 }, { "2017-12-30", "ordinary_ot_nd", 60 }, { "2018-01-01", "regular_ot", 60 } };
  g_auto(Paid) paid = pay_price (&card, 1, entries, G_N_ELEMENTS (entries));

  g_assert_cmpuint (paid.lines->len, ==, 1);
  g_assert_cmpint (paid_line (&paid, 0)->amount.centavos, ==, 15600);
  g_assert_cmpuint (paid.problems->len, ==, 1);
  g_assert_cmpstr (paid_problem (&paid, 0)->code, ==, "premium.missing");
  g_assert_cmpint (paid_problem (&paid, 0)->from.days, ==, law_date ("2017-12-30").days);
  g_assert_cmpint (paid_problem (&paid, 0)->to.days, ==, law_date ("2017-12-31").days);
  g_assert_cmpint (paid_problem (&paid, 0)->cell, ==, law_cell ("ordinary_ot_nd"));
  g_assert_cmpint (paid_problem (&paid, 0)->count, ==, 2);
}

/* Leave and absence need no row of the matrix: a day is a day's pay. */
static void
test_leave_needs_no_matrix (void)
{
  ArmmsPayCard daily = pay_card (ARMMS_BASIS_DAILY, 48000, NULL), salary = pay_salary_card (1460000, "365", TRUE, TRUE);
  PayEntry leave = { "2017-12-31", "leave_paid", 480 }, absent = { "2017-12-31", "absent", 480 };
  g_auto(Paid) by_day = pay_price (&daily, 1, &leave, 1);
  g_auto(Paid) by_month = pay_price (&salary, 1, &absent, 1);

  g_assert_cmpint (paid_total (&by_day), ==, 48000);
  g_assert_cmpint (paid_total (&by_month), ==, -48000);
  g_assert_cmpuint (by_day.problems->len + by_month.problems->len, ==, 0);
}

static void
add (const char *what, const Basis *basis, GTestDataFunc test)
{
  g_autofree char *name = g_strdelimit (g_strdup (basis->name), " ,", '-');
  g_autofree char *path = g_strdup_printf ("/rules/pay/matrix/%s/%s", what, name);

  g_test_add_data_func (path, basis, test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      add ("eight-hours-of-every-cell", &bases[i], test_even);
      add ("rounded-once-at-odd-rates", &bases[i], test_odd);
      add ("what-is-basic", &bases[i], test_basic);
      add ("no-day-before-2018", &bases[i], test_before_the_matrix);
    }
  g_test_add_func ("/rules/pay/matrix/holds-every-cell", test_complete);
  g_test_add_func ("/rules/pay/matrix/special-working-is-ordinary", test_special_working);
  g_test_add_func ("/rules/pay/matrix/leave-needs-none", test_leave_needs_no_matrix);
  return g_test_run ();
}
