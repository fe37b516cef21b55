/* The better of law and contract. */
#include "../law-case.h"

#include "server/rules/premium/better.h"

/* A row of regular holidays: unworked, first 8 hours, overtime, and both at night, in hundredths. */
static ArmmsPremiumRow
row_of (const char *source, const char *from, const char *to, const gint64 hundredths[5])
{
  return (ArmmsPremiumRow) {
    .day_type = ARMMS_DAY_REGULAR, .unworked = { hundredths[0] * 10000 }, .first8 = { hundredths[1] * 10000 },
    .overtime = { hundredths[2] * 10000 }, .first8_night = { hundredths[3] * 10000 }, .overtime_night = { hundredths[4] * 10000 },
    .from = law_date (from), .to = law_date (to), .source = source, .row = 7,
  };
}

static const gint64 LAW[5] = { 100, 200, 260, 220, 286 };

/* Each cell by itself: below, equal, above the law. */
static const struct {
  const char *name;
  gint64 contract[5], paid[5];
  gboolean contract_wins[5];
} cells[] = {
  { "a contract below the law pays the law", { 0, 100, 125, 110, 138 }, { 100, 200, 260, 220, 286 }, { FALSE } },
  { "one hundredth below is below", { 99, 199, 259, 219, 285 }, { 100, 200, 260, 220, 286 }, { FALSE } },
  { "equal is the law's", { 100, 200, 260, 220, 286 }, { 100, 200, 260, 220, 286 }, { FALSE } },
  { "one hundredth above is the contract's", { 101, 201, 261, 221, 287 }, { 101, 201, 261, 221, 287 }, { TRUE, TRUE, TRUE, TRUE, TRUE } },
  { "better by day, worse at night", { 150, 250, 300, 210, 280 }, { 150, 250, 300, 220, 286 }, { TRUE, TRUE, TRUE, FALSE, FALSE } },
  { "better in overtime only", { 100, 200, 270, 220, 286 }, { 100, 200, 270, 220, 286 }, { FALSE, FALSE, TRUE, FALSE, FALSE } },
};

static const char *const names[5] = { "regular_unworked", "regular", "regular_ot", "regular_nd", "regular_ot_nd" };

static void
test_cells (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  ArmmsPremiumRow law = row_of ("the law", "2018-01-01", NULL, LAW);
  ArmmsPremiumRow contract = row_of ("agreement", NULL, NULL, cells[i].contract);
  ArmmsPremiumRow row = armms_premium_better (&law, &contract);

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    {
      ArmmsCell cell = law_cell (names[k]);

      g_assert_cmpint (armms_premium_multiplier (&row, cell, ARMMS_PREMIUM_FULL).millionths, ==, cells[i].paid[k] * 10000);
      g_assert_true (armms_premium_winner (&row, cell) == (cells[i].contract_wins[k] ? &contract : &law));
    }
  g_assert_cmpint (row.from.days, ==, law.from.days);
  g_assert_true (armms_date_is_none (row.to));
}

/* Where a night that a contract forgot is not above the day it raised, the night adds nothing, and takes nothing. */
static void
test_night_never_takes (void)
{
  static const gint64 day_only[5] = { 100, 300, 350, 0, 0 };
  ArmmsPremiumRow law = row_of ("the law", NULL, NULL, LAW), contract = row_of ("agreement", NULL, NULL, day_only);
  ArmmsPremiumRow row = armms_premium_better (&law, &contract);

  g_assert_cmpint (armms_premium_multiplier (&row, law_cell ("regular_nd"), ARMMS_PREMIUM_NIGHT_ONLY).millionths, ==, 0);
  g_assert_cmpint (armms_premium_multiplier (&row, law_cell ("regular_nd"), ARMMS_PREMIUM_FULL).millionths, ==, 2200000);
}

/* -- whole tables ----------------------------------------------------------------------------------------------- */

static const gint64 BETTER[5] = { 100, 210, 260, 220, 286 }, WORSE[5] = { 0, 100, 100, 100, 100 };

typedef struct {
  const char *from, *to;
  gint64 first8;           /* hundredths */
  const char *won;         /* source of the first 8 hours */
} Piece;

static void
assert_pieces (ArmmsPremiumRow *law, guint n_law, ArmmsPremiumRow *contract, guint n_contract, const Piece *pieces, guint n)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (ArmmsPremiumRow));
  ArmmsPremiumTable law_table, contract_table;

  armms_premium_table_index (&law_table, law, n_law);
  armms_premium_table_index (&contract_table, contract, n_contract);
  armms_premium_join (&law_table, &contract_table, rows);
  g_assert_cmpuint (rows->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      const ArmmsPremiumRow *row = &g_array_index (rows, ArmmsPremiumRow, i);

      g_assert_cmpint (row->from.days, ==, law_date (pieces[i].from).days);
      g_assert_cmpint (row->to.days, ==, law_date (pieces[i].to).days);
      g_assert_cmpint (row->first8.millionths, ==, pieces[i].first8 * 10000);
      g_assert_cmpstr (armms_premium_winner (row, law_cell ("regular"))->source, ==, pieces[i].won);
    }
}

static void
test_no_contract (void)
{
  ArmmsPremiumRow law[] = { row_of ("the law", "2018-01-01", NULL, LAW) };

  assert_pieces (law, 1, NULL, 0, (const Piece[]) { { "2018-01-01", NULL, 200, "the law" } }, 1);
}

static void
test_same_contract (void)
{
  ArmmsPremiumRow law[] = { row_of ("the law", "2018-01-01", NULL, LAW) };
  ArmmsPremiumRow contract[] = { row_of ("agreement", "2025-01-01", "2025-12-31", LAW) };

  assert_pieces (law, 1, contract, 1, (const Piece[]) { { "2018-01-01", NULL, 200, "the law" } }, 1);
}

static void
test_contract_within (void)
{
  ArmmsPremiumRow law[] = { row_of ("the law", "2018-01-01", NULL, LAW) };
  ArmmsPremiumRow contract[] = { row_of ("agreement", "2025-03-01", "2025-06-30", BETTER), row_of ("worse", "2025-07-01", NULL, WORSE) };
  const Piece pieces[] = {
    { "2018-01-01", "2025-02-28", 200, "the law" }, { "2025-03-01", "2025-06-30", 210, "agreement" }, { "2025-07-01", NULL, 200, "the law" },
  };

  assert_pieces (law, 1, contract, 2, pieces, G_N_ELEMENTS (pieces));
}

/* A contract over two laws is compared with each; where the law has no row, the contract is worth nothing. */
static void
test_law_changes (void)
{
  static const gint64 raised[5] = { 100, 230, 300, 253, 330 };
  ArmmsPremiumRow law[] = { row_of ("the law", "2018-01-01", "2025-12-31", LAW), row_of ("new law", "2026-01-01", "2026-12-31", raised) };
  ArmmsPremiumRow contract[] = { row_of ("agreement", NULL, NULL, BETTER) };
  const Piece pieces[] = { { "2018-01-01", "2025-12-31", 210, "agreement" }, { "2026-01-01", "2026-12-31", 230, "new law" } };

  assert_pieces (law, 2, contract, 1, pieces, G_N_ELEMENTS (pieces));
}

/* Open on all sides; and of two contracts on a day the one that began first. */
static void
test_open_and_overlapping (void)
{
  static const gint64 best[5] = { 100, 300, 390, 330, 429 };
  ArmmsPremiumRow law[] = { row_of ("the law", NULL, NULL, LAW) };
  ArmmsPremiumRow contract[] = { row_of ("agreement", NULL, "2025-06-30", BETTER), row_of ("second", "2025-06-01", "2025-07-31", best),
                                 row_of ("hidden", "2025-06-15", "2025-06-20", best) };
  const Piece pieces[] = {
    { NULL, "2025-06-30", 210, "agreement" }, { "2025-07-01", "2025-07-31", 300, "second" }, { "2025-08-01", NULL, 200, "the law" },
  };

  assert_pieces (law, 1, contract, 3, pieces, G_N_ELEMENTS (pieces));
}

/* Every kind of day and every date: never below the law, never below the contract, and law's rows where there is no contract. */
static void
test_never_below (void)
{
  const ArmmsPremiumTable *law = &law_tables ()->premiums;

  for (guint round = 0; round < 50; round++)
    {
      g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (ArmmsPremiumRow));
      ArmmsPremiumRow contract[ARMMS_N_DAY_TYPES * 2];
      ArmmsPremiumTable table, joined;
      guint n = 0;

      for (guint kind = 0; kind < ARMMS_N_DAY_TYPES * 2; kind++)
        {
          gint64 times[5];

          if (g_test_rand_int_range (0, 4) == 0)
            continue;
          for (guint k = 0; k < 5; k++)
            times[k] = g_test_rand_int_range (0, 600);
          contract[n] = row_of ("agreement", NULL, NULL, times);
          contract[n].day_type = (ArmmsDayType) (kind / 2);
          contract[n].rest_day = kind % 2;
          contract[n].from = armms_date_add_days (law_date ("2017-06-01"), g_test_rand_int_range (0, 4000));
          contract[n].to = armms_date_add_days (contract[n].from, g_test_rand_int_range (0, 1000));
          n++;
        }
      armms_premium_table_index (&table, contract, n);
      armms_premium_join (law, &table, rows);
      armms_premium_table_index (&joined, (ArmmsPremiumRow *) (gpointer) rows->data, rows->len);
      for (guint k = 0; k < 400; k++)
        {
          ArmmsDate date = armms_date_add_days (law_date ("2017-01-01"), g_test_rand_int_range (0, 4500));
          ArmmsCell cell = (ArmmsCell) g_test_rand_int_range (0, ARMMS_CELL_LEAVE_PAID);
          const ArmmsPremiumRow *of_law = armms_premium_find (law, cell, date), *of_contract = armms_premium_find (&table, cell, date);
          const ArmmsPremiumRow *paid = armms_premium_find (&joined, cell, date);
          gint64 least, promised;

          g_assert_true ((paid == NULL) == (of_law == NULL));
          if (paid == NULL)
            continue;
          least = armms_premium_multiplier (of_law, cell, ARMMS_PREMIUM_FULL).millionths;
          promised = of_contract != NULL ? armms_premium_multiplier (of_contract, cell, ARMMS_PREMIUM_FULL).millionths : 0;
          g_assert_cmpint (armms_premium_multiplier (paid, cell, ARMMS_PREMIUM_FULL).millionths, ==, MAX (least, promised));
        }
    }
}

static char *
explain (const ArmmsPremiumRow *row, const char *cell)
{
  GString *text = g_string_new (NULL);
  ArmmsTrace trace;

  armms_trace_init (&trace, "test");
  armms_premium_trace (row, law_cell (cell), &trace);
  armms_trace_append_text (&trace, text);
  return g_string_free (text, FALSE);
}

static void
test_trace (void)
{
  ArmmsPremiumRow law = row_of ("Labor Code", "2018-01-01", NULL, LAW), contract = row_of ("agreement", "2025-03-01", NULL, BETTER);
  ArmmsPremiumRow row = armms_premium_better (&law, &contract);
  g_autofree char *contract_won = explain (&row, "regular");
  g_autofree char *law_won = explain (&row, "regular_ot");
  g_autofree char *alone = explain (&law, "regular");

  g_assert_cmpstr (contract_won, ==, "test: law=2 contract=2.1 won=contract | premium row 7 from 2025-03-01 (agreement) | -> 0.00");
  g_assert_cmpstr (law_won, ==, "test: law=2.6 contract=2.6 won=law | premium row 7 from 2018-01-01 (Labor Code) | -> 0.00");
  g_assert_cmpstr (alone, ==, "test: | premium row 7 from 2018-01-01 (Labor Code) | -> 0.00");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (cells[i].name), " ,'", '-');
      g_autofree char *path = g_strconcat ("/rules/premium/better/", name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_cells);
    }
  g_test_add_func ("/rules/premium/better/the-night-never-takes", test_night_never_takes);
  g_test_add_func ("/rules/premium/better/no-contract-is-the-law", test_no_contract);
  g_test_add_func ("/rules/premium/better/a-contract-like-the-law-is-the-law", test_same_contract);
  g_test_add_func ("/rules/premium/better/a-contract-for-some-time", test_contract_within);
  g_test_add_func ("/rules/premium/better/the-law-changes-under-a-contract", test_law_changes);
  g_test_add_func ("/rules/premium/better/open-and-overlapping-contracts", test_open_and_overlapping);
  g_test_add_func ("/rules/premium/better/never-below-either", test_never_below);
  g_test_add_func ("/rules/premium/better/the-trace-says-who-won", test_trace);
  return g_test_run ();
}
