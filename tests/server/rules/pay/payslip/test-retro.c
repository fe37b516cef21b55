/* Differences between two versions of a priced period. */
#include "pay-case.h"
#include "trace-case.h"

#define ENTRIES 12
#define ROUNDS 400

static const char *const codes[] = { "ordinary", "ordinary_ot", "ordinary_nd", "regular", "salary" };

static ArmmsRetroEntry
entry (guint8 post, const char *code, ArmmsPayClass pay_class, gint64 minutes, gint64 amount, gint64 basic)
{
  return (ArmmsRetroEntry) { { .bytes = { post } }, code, pay_class, minutes, { amount }, { basic } };
}

static GArray *
diff (const ArmmsRetroEntry *before, gsize n_before, const ArmmsRetroEntry *after, gsize n_after)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (ArmmsRetroLine));
  g_autoptr(GError) error = NULL;

  g_assert_true (armms_retro_difference (before, n_before, after, n_after, lines, &error));
  g_assert_no_error (error);
  return lines;
}

#define LINE(lines, i) (&g_array_index (lines, ArmmsRetroLine, i))

static void
test_table (void)
{
  const ArmmsRetroEntry before[] = {
    entry (1, "ordinary", ARMMS_PAY_CLASS_BASIC, 480, 69500, 69500), entry (1, "ordinary_ot", ARMMS_PAY_CLASS_OVERTIME, 240, 43438, 0),
    entry (2, "ordinary", ARMMS_PAY_CLASS_BASIC, 480, 69500, 69500), entry (1, "late", ARMMS_PAY_CLASS_BASIC, 10, -1448, -1448),
  };
  const ArmmsRetroEntry after[] = {
    entry (2, "ordinary", ARMMS_PAY_CLASS_BASIC, 480, 69500, 69500),      /* as before */
    entry (1, "ordinary", ARMMS_PAY_CLASS_BASIC, 480, 75500, 75500),      /* a wage order reached back */
    entry (1, "ordinary_ot_nd", ARMMS_PAY_CLASS_OVERTIME, 240, 51906, 0), /* by night after all */
  };
  g_autoptr(GArray) lines = diff (before, G_N_ELEMENTS (before), after, G_N_ELEMENTS (after));
  ArmmsTrace trace;

  g_assert_cmpuint (lines->len, ==, 4);
  g_assert_cmpstr (LINE (lines, 0)->code, ==, "late");
  g_assert_cmpint (LINE (lines, 0)->amount.centavos, ==, 1448);
  g_assert_cmpstr (LINE (lines, 1)->code, ==, "ordinary");
  g_assert_cmpint (LINE (lines, 1)->amount.centavos, ==, 6000);
  g_assert_cmpint (LINE (lines, 1)->basic.centavos, ==, 6000);
  g_assert_cmpint (LINE (lines, 2)->amount.centavos, ==, -43438);
  g_assert_cmpint (LINE (lines, 2)->minutes_after, ==, 0);
  g_assert_cmpint (LINE (lines, 3)->amount.centavos, ==, 51906);
  g_assert_cmpint (LINE (lines, 3)->pay_class, ==, ARMMS_PAY_CLASS_OVERTIME);
  for (guint i = 0; i < lines->len; i++)
    {
      armms_retro_line_trace (LINE (lines, i), &trace);
      trace_case_check (&trace);
    }
}

/* Tax sees a difference as it saw the pay: one code in two classes is two lines. */
static void
test_classes (void)
{
  const ArmmsRetroEntry before[] = { entry (1, "regular", ARMMS_PAY_CLASS_HOLIDAY, 480, 1000, 500) };
  const ArmmsRetroEntry after[] = { entry (1, "regular", ARMMS_PAY_CLASS_BASIC, 480, 1000, 500) };
  g_autoptr(GArray) lines = diff (before, 1, after, 1);

  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpint (LINE (lines, 0)->amount.centavos + LINE (lines, 1)->amount.centavos, ==, 0);
  g_assert_cmpint (LINE (lines, 0)->pay_class, !=, LINE (lines, 1)->pay_class);
}

static void
test_only_minutes_or_basic (void)
{
  const ArmmsRetroEntry before[] = { entry (1, "ordinary", ARMMS_PAY_CLASS_BASIC, 480, 1000, 500), entry (2, "ordinary", ARMMS_PAY_CLASS_BASIC, 480, 1000, 500) };
  const ArmmsRetroEntry after[] = { entry (1, "ordinary", ARMMS_PAY_CLASS_BASIC, 481, 1000, 500), entry (2, "ordinary", ARMMS_PAY_CLASS_BASIC, 480, 1000, 600) };
  g_autoptr(GArray) lines = diff (before, 2, after, 2);

  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpint (LINE (lines, 1)->basic.centavos, ==, 100);
}

static gsize
draw (GRand *chance, ArmmsRetroEntry *entries)
{
  gsize n = (gsize) g_rand_int_range (chance, 0, ENTRIES + 1);

  for (gsize i = 0; i < n; i++)
    {
      gint code = g_rand_int_range (chance, 0, G_N_ELEMENTS (codes));

      entries[i] = entry ((guint8) g_rand_int_range (chance, 1, 3), codes[code], (ArmmsPayClass) (code % ARMMS_N_PAY_CLASSES),
                          g_rand_int_range (chance, -5, 6), g_rand_int_range (chance, -3, 4), g_rand_int_range (chance, -2, 3));
    }
  return n;
}

static gint64
gross (const ArmmsRetroEntry *entries, gsize n)
{
  gint64 sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += entries[i].amount.centavos;
  return sum;
}

/* Lines as an array over every key that there is, so that lines of nought count as lines that are not there. */
typedef struct { gint64 minutes, amount, basic; } Cell;

static void
spread (const GArray *lines, gint64 sign, Cell *cells)
{
  for (guint i = 0; i < lines->len; i++)
    for (guint code = 0; code < G_N_ELEMENTS (codes); code++)
      if (g_str_equal (LINE (lines, i)->code, codes[code]))
        {
          Cell *at = &cells[(LINE (lines, i)->post_id.bytes[0] - 1) * G_N_ELEMENTS (codes) + code];

          at->minutes += sign * (LINE (lines, i)->minutes_after - LINE (lines, i)->minutes_before);
          at->amount += sign * LINE (lines, i)->amount.centavos;
          at->basic += sign * LINE (lines, i)->basic.centavos;
        }
}

static void
assert_nothing (const Cell *cells)
{
  for (guint i = 0; i < 2 * G_N_ELEMENTS (codes); i++)
    {
      g_assert_cmpint (cells[i].minutes, ==, 0);
      g_assert_cmpint (cells[i].amount, ==, 0);
      g_assert_cmpint (cells[i].basic, ==, 0);
    }
}

static void
test_properties (void)
{
  g_autoptr(GRand) chance = g_rand_new_with_seed (7641);

  for (guint round = 0; round < ROUNDS; round++)
    {
      ArmmsRetroEntry a[ENTRIES], b[ENTRIES], c[ENTRIES], turned[ENTRIES];
      gsize n_a = draw (chance, a), n_b = draw (chance, b), n_c = draw (chance, c);
      g_autoptr(GArray) ab = diff (a, n_a, b, n_b), ba = diff (b, n_b, a, n_a), bc = diff (b, n_b, c, n_c), ac = diff (a, n_a, c, n_c);
      g_autoptr(GArray) aa = diff (a, n_a, a, n_a), again = NULL;
      Cell there_and_back[2 * G_N_ELEMENTS (codes)] = { 0 }, chain[2 * G_N_ELEMENTS (codes)] = { 0 };
      gint64 sum = 0;

      for (guint i = 0; i < ab->len; i++)
        sum += LINE (ab, i)->amount.centavos;
      g_assert_cmpint (sum, ==, gross (b, n_b) - gross (a, n_a));
      g_assert_cmpuint (aa->len, ==, 0);
      spread (ab, 1, there_and_back);
      spread (ba, 1, there_and_back);
      assert_nothing (there_and_back);
      spread (ab, 1, chain);
      spread (bc, 1, chain);
      spread (ac, -1, chain);
      assert_nothing (chain);

      for (gsize i = 0; i < n_a; i++)
        turned[i] = a[n_a - 1 - i];
      again = diff (turned, n_a, b, n_b);
      g_assert_cmpuint (again->len, ==, ab->len);
      for (guint i = 0; i < ab->len; i++)
        {
          g_assert_cmpstr (LINE (again, i)->code, ==, LINE (ab, i)->code);
          g_assert_cmpint (LINE (again, i)->amount.centavos, ==, LINE (ab, i)->amount.centavos);
        }
    }
}

static void
test_overflow (void)
{
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (ArmmsRetroLine));
  g_autoptr(GError) error = NULL;
  const ArmmsRetroEntry small[] = { entry (1, "ordinary", ARMMS_PAY_CLASS_BASIC, 1, 1, 1), entry (1, "regular", ARMMS_PAY_CLASS_BASIC, 1, -2, 1) };
  const ArmmsRetroEntry large[] = { entry (1, "regular", ARMMS_PAY_CLASS_BASIC, 1, G_MAXINT64, 1), entry (1, "regular", ARMMS_PAY_CLASS_BASIC, 1, 1, 1) };

  g_assert_false (armms_retro_difference (small, 2, large, 2, lines, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
  g_clear_error (&error);
  g_assert_false (armms_retro_difference (small, 2, large, 1, lines, &error));
  g_assert_cmpuint (lines->len, ==, 0);
}

/* A wage order that reaches back, on the earnings themselves. */
static void
test_earnings (void)
{
  const PayEntry entries[] = { { "2026-09-16", "ordinary", 480 }, { "2026-09-16", "ordinary_ot", 240 }, { "2026-09-17", "ordinary", 480 } };
  PayPost old, new;
  g_autoptr(GArray) before = NULL, after = NULL, lines = NULL;
  ArmmsRetroEntry was[2], is[2];

  pay_case_post (&old, 69500, entries, 3);
  pay_case_post (&new, 75500, entries, 3);
  before = pay_case_price (&old.post, 1);
  after = pay_case_price (&new.post, 1);
  for (guint i = 0; i < 2; i++)
    {
      was[i] = armms_retro_entry_of (&old.post.post_id, &g_array_index (before, ArmmsPostLine, i).earning);
      is[i] = armms_retro_entry_of (&old.post.post_id, &g_array_index (after, ArmmsPostLine, i).earning);
    }
  lines = diff (was, 2, is, 2);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpint (LINE (lines, 0)->amount.centavos, ==, 2 * 6000);
  g_assert_cmpint (LINE (lines, 1)->amount.centavos, ==, 47188 - 43438); /* 755.00 / 2 x 1.25 less 695.00 / 2 x 1.25 */
}

/* Of a closed month: what is due on the corrected base less what was taken. */
static void
test_contribution (void)
{
  const ArmmsContributionTable *table = &law_tables ()->contributions;
  ArmmsDate month = law_date ("2026-08-31");
  ArmmsContribution taken;
  ArmmsRetroContribution result;
  g_autoptr(GError) error = NULL;
  ArmmsTrace trace;

  g_assert_true (armms_contribution_due (table, ARMMS_SCHEME_SSS, ARMMS_MONEY (2000000), month, &taken, &error));
  g_assert_true (armms_retro_contribution (table, ARMMS_SCHEME_SSS, ARMMS_MONEY (2100000), month, &taken, &result, &error));
  g_assert_cmpint (result.difference.employee.centavos, ==, 5000); /* two steps of 500 at 5 % */
  g_assert_cmpint (result.difference.employer.centavos, ==, 10000);
  armms_retro_contribution_trace (&result, &trace);
  trace_case_check (&trace);
  g_assert_cmpint (trace_case_get (&trace, "before"), ==, 100000);
  g_assert_true (armms_retro_contribution (table, ARMMS_SCHEME_SSS, ARMMS_MONEY (0), month, &taken, &result, &error));
  g_assert_cmpint (result.difference.employee.centavos, ==, -100000); /* nothing was earned after all */
  g_assert_false (armms_retro_contribution (table, ARMMS_SCHEME_SSS, ARMMS_MONEY (1), law_date ("1990-01-01"), &taken, &result, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "statutory.no_table");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/pay/retro/two-versions-of-a-period", test_table);
  g_test_add_func ("/rules/pay/retro/the-class-is-kept", test_classes);
  g_test_add_func ("/rules/pay/retro/minutes-or-basic-alone-are-a-difference", test_only_minutes_or_basic);
  g_test_add_func ("/rules/pay/retro/sums-signs-chains-and-order", test_properties);
  g_test_add_func ("/rules/pay/retro/an-overflow-leaves-nothing", test_overflow);
  g_test_add_func ("/rules/pay/retro/a-wage-order-reaches-back", test_earnings);
  g_test_add_func ("/rules/pay/retro/a-closed-month-is-settled", test_contribution);
  return g_test_run ();
}
