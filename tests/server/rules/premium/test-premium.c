/* What an hour is worth on its day. */
#include "../law-case.h"

typedef struct {
  const char *cell;
  gint64 millionths;
} Case;

/* Labor Code arts. 86-94, DOLE-BWC Handbook: every worked cell and the unworked holidays. */
static const Case cases[] = {
  { "ordinary", 1000000 }, { "ordinary_ot", 1250000 }, { "ordinary_nd", 1100000 }, { "ordinary_ot_nd", 1375000 },
  { "ordinary_rest", 1300000 }, { "ordinary_rest_ot", 1690000 }, { "ordinary_rest_nd", 1430000 }, { "ordinary_rest_ot_nd", 1859000 },
  { "special", 1300000 }, { "special_ot", 1690000 }, { "special_nd", 1430000 }, { "special_ot_nd", 1859000 },
  { "special_rest", 1500000 }, { "special_rest_ot", 1950000 }, { "special_rest_nd", 1650000 }, { "special_rest_ot_nd", 2145000 },
  { "double_special", 1500000 }, { "double_special_ot", 1950000 }, { "double_special_nd", 1650000 }, { "double_special_ot_nd", 2145000 },
  { "double_special_rest", 1950000 }, { "double_special_rest_ot", 2535000 }, { "double_special_rest_nd", 2145000 }, { "double_special_rest_ot_nd", 2788500 },
  { "regular", 2000000 }, { "regular_ot", 2600000 }, { "regular_nd", 2200000 }, { "regular_ot_nd", 2860000 },
  { "regular_rest", 2600000 }, { "regular_rest_ot", 3380000 }, { "regular_rest_nd", 2860000 }, { "regular_rest_ot_nd", 3718000 },
  { "double_regular", 3000000 }, { "double_regular_ot", 3900000 }, { "double_regular_nd", 3300000 }, { "double_regular_ot_nd", 4290000 },
  { "double_regular_rest", 3900000 }, { "double_regular_rest_ot", 5070000 }, { "double_regular_rest_nd", 4290000 }, { "double_regular_rest_ot_nd", 5577000 },
  { "regular_unworked", 1000000 }, { "double_regular_unworked", 2000000 },
};

static void
test_matrix (gconstpointer data)
{
  const Case *one = data;
  ArmmsCell cell = law_cell (one->cell);
  const ArmmsPremiumRow *row = armms_premium_find (&law_tables ()->premiums, cell, law_date ("2026-05-01"));

  g_assert_nonnull (row);
  g_assert_cmpint (armms_premium_multiplier (row, cell, ARMMS_PREMIUM_FULL).millionths, ==, one->millionths);
  g_assert_cmpint (armms_premium_multiplier (row, cell, ARMMS_PREMIUM_ABOVE_ONE).millionths, ==, one->millionths - 1000000);
}

static void
test_names (void)
{
  ArmmsCell cell;
  ArmmsDayType day_type;

  for (guint i = 0; i < ARMMS_N_CELLS; i++)
    g_assert_cmpint (law_cell (armms_cell_name ((ArmmsCell) i)), ==, i);
  g_assert_null (armms_cell_name (ARMMS_N_CELLS));
  g_assert_false (armms_cell_parse ("ordinary_nd_ot", &cell));
  g_assert_false (armms_cell_parse ("", &cell));
  g_assert_true (armms_day_type_parse ("special_working", &day_type));
  g_assert_cmpint (day_type, ==, ARMMS_DAY_ORDINARY);
  g_assert_false (armms_day_type_parse ("holiday", &day_type));
}

/* Night adds a tenth of what the hour carries already; overtime 30 % of the day's rate, 25 % on an ordinary day. */
static void
test_composition (void)
{
  for (guint day_type = 0; day_type < ARMMS_N_DAY_TYPES; day_type++)
    for (guint rest = 0; rest < 2; rest++)
      {
        const ArmmsPremiumRow *row = armms_premium_find (&law_tables ()->premiums, ARMMS_CELL (day_type, rest, 0, 0), law_date ("2026-05-01"));
        gboolean plain = day_type == ARMMS_DAY_ORDINARY && !rest;

        g_assert_cmpint (row->overtime.millionths * 100, ==, row->first8.millionths * (plain ? 125 : 130));
        g_assert_cmpint (row->first8_night.millionths * 10, ==, row->first8.millionths * 11);
        g_assert_cmpint (row->overtime_night.millionths * 10, ==, row->overtime.millionths * 11);
        g_assert_cmpint (armms_premium_multiplier (row, ARMMS_CELL (day_type, rest, 1, 1), ARMMS_PREMIUM_NIGHT_ONLY).millionths, ==,
                         row->overtime_night.millionths - row->overtime.millionths);
        g_assert_cmpint (armms_premium_multiplier (row, ARMMS_CELL (day_type, rest, 0, 0), ARMMS_PREMIUM_NIGHT_ONLY).millionths, ==, 0);
      }
}

static ArmmsPremiumRow
row_of (const char *from, const char *to, gint64 first8)
{
  return (ArmmsPremiumRow) { .day_type = ARMMS_DAY_SPECIAL, .first8 = { first8 }, .from = law_date (from), .to = law_date (to), .source = "test" };
}

/* The row of the day worked, never of today; no row where none is in force. */
static void
test_dates (void)
{
  ArmmsPremiumRow rows[] = { row_of ("2026-06-01", NULL, 1400000), row_of ("2026-01-01", "2026-05-31", 1300000) };
  ArmmsPremiumTable table;
  ArmmsCell cell = law_cell ("special");

  armms_premium_table_index (&table, rows, G_N_ELEMENTS (rows));
  g_assert_null (armms_premium_find (&table, cell, law_date ("2025-12-31")));
  g_assert_cmpint (armms_premium_find (&table, cell, law_date ("2026-01-01"))->first8.millionths, ==, 1300000);
  g_assert_cmpint (armms_premium_find (&table, cell, law_date ("2026-05-31"))->first8.millionths, ==, 1300000);
  g_assert_cmpint (armms_premium_find (&table, cell, law_date ("2026-06-01"))->first8.millionths, ==, 1400000);
  g_assert_null (armms_premium_find (&table, law_cell ("regular"), law_date ("2026-06-01")));
  g_assert_null (armms_premium_find (&table, ARMMS_CELL_ABSENT, law_date ("2026-06-01")));
  armms_premium_table_index (&table, NULL, 0);
  g_assert_null (armms_premium_find (&table, cell, law_date ("2026-06-01")));
}

/* The shipped matrix answers for every cell on every day from 2018 to 2027, and refuses the day before it begins. */
static void
test_shipped_dates (void)
{
  const ArmmsPremiumTable *table = &law_tables ()->premiums;

  for (guint cell = 0; cell <= ARMMS_CELL_DOUBLE_REGULAR_UNWORKED; cell++)
    {
      g_assert_null (armms_premium_find (table, (ArmmsCell) cell, law_date ("2017-12-31")));
      for (ArmmsDate date = law_date ("2018-01-01"); date.days <= law_date ("2027-12-31").days; date.days++)
        g_assert_nonnull (armms_premium_find (table, (ArmmsCell) cell, date));
    }
}

static void
test_not_worked (void)
{
  g_assert_cmpint (armms_premium_multiplier (NULL, ARMMS_CELL_LEAVE_PAID, ARMMS_PREMIUM_FULL).millionths, ==, 1000000);
  g_assert_cmpint (armms_premium_multiplier (NULL, ARMMS_CELL_LEAVE_UNPAID, ARMMS_PREMIUM_FULL).millionths, ==, 0);
  g_assert_cmpint (armms_premium_multiplier (NULL, ARMMS_CELL_ABSENT, ARMMS_PREMIUM_FULL).millionths, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/premium/", cases[i].cell, NULL);
      g_test_add_data_func (path, &cases[i], test_matrix);
    }
  g_test_add_func ("/rules/premium/every-cell-has-one-name", test_names);
  g_test_add_func ("/rules/premium/day-times-overtime-times-night", test_composition);
  g_test_add_func ("/rules/premium/the-row-of-the-day-worked", test_dates);
  g_test_add_func ("/rules/premium/every-day-from-2018", test_shipped_dates);
  g_test_add_func ("/rules/premium/absence-is-worth-nothing-paid-leave-one", test_not_worked);
  return g_test_run ();
}
