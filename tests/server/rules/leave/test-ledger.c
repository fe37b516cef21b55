/* The book of leave: what is left, until when, what is carried over, what is paid out. */
#include "../law-case.h"
#include "../trace-read.h"

#include "server/rules/leave/carry.h"
#include "server/rules/leave/cash.h"
#include "server/rules/leave/ledger.h"

static ArmmsLeaveEntry
entry (ArmmsLeaveEntryKind kind, const char *on, gint64 millionths, const char *expires_on)
{
  return (ArmmsLeaveEntry) { kind, law_date (on), { millionths }, law_date (expires_on) };
}

static void
run (const ArmmsLeaveEntry *entries, gsize n, const char *on, ArmmsLeaveBook *book)
{
  g_autoptr(GError) error = NULL;
  gboolean ok = armms_leave_book_run (entries, n, law_date (on), book, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

/* Two days carried over until March, five granted for good: the carried ones go first, wherever they stand. */
static void
test_first_to_expire_first (void)
{
  const ArmmsLeaveEntry entries[] = {
    entry (ARMMS_LEAVE_GRANTED, "2026-01-01", 5000000, NULL), entry (ARMMS_LEAVE_CARRIED, "2026-01-01", 2000000, "2026-03-31"),
    entry (ARMMS_LEAVE_TAKEN, "2026-02-10", 1500000, NULL),
  };
  g_auto(ArmmsLeaveBook) book = { 0 }, last = { 0 }, after = { 0 };

  run (entries, 3, "2026-02-28", &book);
  g_assert_cmpint (book.balance.millionths, ==, 5500000);
  g_assert_cmpuint (book.lots->len, ==, 2);
  g_assert_cmpint (g_array_index (book.lots, ArmmsLeaveLot, 0).left.millionths, ==, 500000);
  g_assert_cmpint (armms_leave_book_left_on (&book, law_date ("2026-03-31")).millionths, ==, 5500000);
  g_assert_cmpint (armms_leave_book_left_on (&book, law_date ("2026-04-01")).millionths, ==, 5000000);
  run (entries, 3, "2026-03-31", &last);
  g_assert_cmpint (last.balance.millionths, ==, 5500000);
  run (entries, 3, "2026-04-01", &after);
  g_assert_cmpint (after.balance.millionths, ==, 5000000);
  g_assert_cmpint (after.sums[ARMMS_LEAVE_EXPIRED].millionths, ==, 500000);
}

/* Leave on the last day still uses what expires that evening; a day later it is gone. */
static void
test_last_day (void)
{
  const ArmmsLeaveEntry in_time[] = { entry (ARMMS_LEAVE_CARRIED, "2026-01-01", 1000000, "2026-03-31"), entry (ARMMS_LEAVE_TAKEN, "2026-03-31", 1000000, NULL) };
  const ArmmsLeaveEntry late[] = { entry (ARMMS_LEAVE_CARRIED, "2026-01-01", 1000000, "2026-03-31"), entry (ARMMS_LEAVE_TAKEN, "2026-04-01", 1000000, NULL) };
  g_auto(ArmmsLeaveBook) book = { 0 }, none = { 0 };
  g_autoptr(GError) error = NULL;

  run (in_time, 2, "2026-12-31", &book);
  g_assert_cmpint (book.sums[ARMMS_LEAVE_EXPIRED].millionths, ==, 0);
  g_assert_false (armms_leave_book_run (late, 2, law_date ("2026-12-31"), &none, &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_CONFLICT);
  g_assert_cmpstr (armms_error_get_code (error), ==, "leave.balance");
  g_assert_cmpstr (error->message, ==, "1 days are taken on 2026-04-01, 0 are left");
  g_assert_null (none.lots);
}

static void
test_every_kind (void)
{
  const ArmmsLeaveEntry entries[] = {
    entry (ARMMS_LEAVE_CARRIED, "2026-01-01", 3000000, "2026-06-30"),  entry (ARMMS_LEAVE_GRANTED, "2026-01-31", 1250000, NULL),
    entry (ARMMS_LEAVE_ADJUSTED, "2026-02-01", 500000, NULL),          entry (ARMMS_LEAVE_ADJUSTED, "2026-02-02", -250000, NULL),
    entry (ARMMS_LEAVE_TAKEN, "2026-03-01", 1000000, NULL),            entry (ARMMS_LEAVE_EXPIRED, "2026-04-01", 500000, NULL),
    entry (ARMMS_LEAVE_CONVERTED, "2026-05-01", 750000, NULL),         entry (ARMMS_LEAVE_GRANTED, "2027-01-01", 9000000, NULL),
  };
  g_auto(ArmmsLeaveBook) book = { 0 };
  g_autoptr(GString) text = g_string_new (NULL);
  ArmmsTrace trace;

  run (entries, G_N_ELEMENTS (entries), "2026-05-31", &book); /* what comes in 2027 is not there yet */
  g_assert_cmpint (book.balance.millionths, ==, 3000000 + 1250000 + 250000 - 1000000 - 500000 - 750000);
  armms_leave_book_trace (&book, &trace);
  armms_trace_append_text (&trace, text);
  g_assert_cmpstr (text->str, ==,
                   "leave.balance: on=2026-05-31 granted=1.25 carried=3 adjusted=0.25 taken=1 expired=0.5 converted=0.75"
                   " next_expires_on=2026-06-30 next_to_expire=0.5 | -> 2.25 days");
}

static void
test_refusals (void)
{
  const ArmmsLeaveEntry bad[] = {
    entry (ARMMS_LEAVE_N_ENTRY_KINDS, "2026-01-01", 1000000, NULL), entry (ARMMS_LEAVE_GRANTED, "2026-01-01", 0, NULL),
    entry (ARMMS_LEAVE_GRANTED, "2026-01-01", -1, NULL),            entry (ARMMS_LEAVE_TAKEN, "2026-01-01", -1, NULL),
    entry (ARMMS_LEAVE_ADJUSTED, "2026-01-01", 0, NULL),            entry (ARMMS_LEAVE_GRANTED, "2026-01-01", ARMMS_LEAVE_DAYS_MAX.millionths + 1, NULL),
    entry (ARMMS_LEAVE_ADJUSTED, "2026-01-01", -ARMMS_LEAVE_DAYS_MAX.millionths - 1, NULL), entry (ARMMS_LEAVE_GRANTED, NULL, 1, NULL),
    entry (ARMMS_LEAVE_GRANTED, "2026-01-01", 1, "2025-12-31"),
  };
  const ArmmsLeaveEntry falling[] = { entry (ARMMS_LEAVE_GRANTED, "2026-01-02", 1, NULL), entry (ARMMS_LEAVE_GRANTED, "2026-01-01", 1, NULL) };
  g_auto(ArmmsLeaveBook) book = { 0 };
  g_autoptr(GError) disorder = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (armms_leave_book_run (&bad[i], 1, law_date ("2026-12-31"), &book, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "leave.entry");
    }
  g_assert_false (armms_leave_book_run (falling, 2, law_date ("2026-12-31"), &book, &disorder));
  g_assert_cmpstr (armms_error_get_code (disorder), ==, "leave.entry");
}

static void
test_cap (void)
{
  g_assert_cmpint (armms_leave_above_cap (ARMMS_LEAVE_DAYS (20), ARMMS_LEAVE_DAYS (0)).millionths, ==, 0);
  g_assert_cmpint (armms_leave_above_cap (ARMMS_LEAVE_DAYS (20), ARMMS_LEAVE_DAYS (20)).millionths, ==, 0);
  g_assert_cmpint (armms_leave_above_cap ((ArmmsLeaveDays) { 20000001 }, ARMMS_LEAVE_DAYS (20)).millionths, ==, 1);
  g_assert_cmpint (armms_leave_above_cap (ARMMS_LEAVE_DAYS (3), ARMMS_LEAVE_DAYS (20)).millionths, ==, 0);
}

/* ---- any sequence --------------------------------------------------------------------------------------------- */

/* A book kept the slow way: every day of leave is a row of its own, in half days. */
typedef struct { gint32 since, expires; gint64 left; } Slow;

static int
compare_slow (gconstpointer a, gconstpointer b)
{
  const Slow *left = a, *right = b;

  return left->expires != right->expires ? (left->expires < right->expires ? -1 : 1) : left->since - right->since;
}

static gint64
slow_left (GArray *rows, gint32 day)
{
  gint64 left = 0;

  for (guint i = 0; i < rows->len; i++)
    left += g_array_index (rows, Slow, i).expires >= day ? g_array_index (rows, Slow, i).left : 0;
  return left;
}

static void
slow_take (GArray *rows, gint32 day, gint64 days)
{
  g_array_sort (rows, compare_slow);
  for (guint i = 0; i < rows->len; i++)
    {
      Slow *row = &g_array_index (rows, Slow, i);
      gint64 part = row->expires >= day ? MIN (row->left, days) : 0;

      row->left -= part;
      days -= part;
    }
  g_assert_cmpint (days, ==, 0);
}

static ArmmsLeaveEntry
random_entry (ArmmsDate on)
{
  ArmmsLeaveEntry made = {
    (ArmmsLeaveEntryKind) g_test_rand_int_range (0, ARMMS_LEAVE_N_ENTRY_KINDS), on, { g_test_rand_int_range (1, 12) * 500000 }, ARMMS_DATE_NONE,
  };

  if (made.kind == ARMMS_LEAVE_ADJUSTED && g_test_rand_bit ())
    made.days.millionths = -made.days.millionths;
  if (g_test_rand_bit ())
    made.expires_on = armms_date_add_days (on, g_test_rand_int_range (0, 200));
  return made;
}

static gboolean
is_coming (const ArmmsLeaveEntry *one)
{
  return one->kind <= ARMMS_LEAVE_CARRIED || (one->kind == ARMMS_LEAVE_ADJUSTED && one->days.millionths > 0);
}

static void
check_book (const ArmmsLeaveBook *book, GArray *rows, ArmmsDate on)
{
  ArmmsTrace trace;
  g_auto(TraceRead) read = { NULL };
  gint64 lots = 0;

  armms_leave_book_trace (book, &trace);
  read = trace_read (&trace);
  g_assert_cmpint (trace_millionths (&read, "granted") + trace_millionths (&read, "carried") + trace_millionths (&read, "adjusted")
                     - trace_millionths (&read, "taken") - trace_millionths (&read, "expired") - trace_millionths (&read, "converted"),
                   ==, book->balance.millionths);
  g_assert_cmpint (trace_result_millionths (&read), ==, book->balance.millionths);
  g_assert_cmpint (book->balance.millionths, >=, 0);
  g_assert_cmpint (book->balance.millionths, ==, slow_left (rows, on.days));
  for (guint i = 0; i < book->lots->len; i++)
    {
      g_assert_cmpint (g_array_index (book->lots, ArmmsLeaveLot, i).left.millionths, >, 0);
      lots += g_array_index (book->lots, ArmmsLeaveLot, i).left.millionths;
    }
  g_assert_cmpint (lots, ==, book->balance.millionths);
}

/* Whatever comes and goes: the sums make the balance, the lots make it too, and nothing is ever below zero. */
static void
test_any_sequence (void)
{
  for (guint round = 0; round < 400; round++)
    {
      g_autoptr(GArray) entries = g_array_new (FALSE, FALSE, sizeof (ArmmsLeaveEntry)), rows = g_array_new (FALSE, FALSE, sizeof (Slow));
      ArmmsDate on = law_date ("2026-01-01");

      for (guint step = 0; step < 40; step++)
        {
          ArmmsLeaveEntry one;
          g_auto(ArmmsLeaveBook) book = { 0 };
          g_autoptr(GError) error = NULL;

          on = armms_date_add_days (on, g_test_rand_int_range (0, 30));
          one = random_entry (on);
          g_array_append_val (entries, one);
          if (!is_coming (&one) && ABS (one.days.millionths) > slow_left (rows, on.days))
            {
              g_assert_false (armms_leave_book_run ((const ArmmsLeaveEntry *) (gpointer) entries->data, entries->len, on, &book, &error));
              g_assert_cmpstr (armms_error_get_code (error), ==, "leave.balance");
              g_array_remove_index (entries, entries->len - 1);
              continue;
            }
          if (is_coming (&one))
            {
              Slow row = { on.days * 64 + (gint32) step, armms_date_is_none (one.expires_on) ? G_MAXINT32 : one.expires_on.days, one.days.millionths };

              g_array_append_val (rows, row);
            }
          else
            slow_take (rows, on.days, ABS (one.days.millionths));
          g_assert_true (armms_leave_book_run ((const ArmmsLeaveEntry *) (gpointer) entries->data, entries->len, on, &book, NULL));
          check_book (&book, rows, on);
        }
    }
}

/* ---- the end of the year -------------------------------------------------------------------------------------- */

static void
test_carry (void)
{
  const struct { gint64 left, cap; gint32 months; ArmmsLeaveExcess excess; gint64 carried, expired, converted; const char *expires_on; } cases[] = {
    { 5000000, 5000000, 3, ARMMS_LEAVE_EXCESS_EXPIRES, 5000000, 0, 0, "2027-03-31" },
    { 5000001, 5000000, 3, ARMMS_LEAVE_EXCESS_EXPIRES, 5000000, 1, 0, "2027-03-31" },
    { 4999999, 5000000, 3, ARMMS_LEAVE_EXCESS_EXPIRES, 4999999, 0, 0, "2027-03-31" },
    { 5500000, 5000000, 12, ARMMS_LEAVE_EXCESS_CONVERTS, 5000000, 0, 500000, "2027-12-31" },
    { 5000000, 0, 0, ARMMS_LEAVE_EXCESS_CONVERTS, 0, 0, 5000000, NULL },
    { 2000000, 5000000, 2, ARMMS_LEAVE_EXCESS_EXPIRES, 2000000, 0, 0, "2027-02-28" },
    { 0, 5000000, 0, ARMMS_LEAVE_EXCESS_EXPIRES, 0, 0, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ArmmsCarryPolicy policy = { { cases[i].cap }, cases[i].months, cases[i].excess };
      g_auto(TraceRead) read = { NULL };
      ArmmsCarryOver carry;
      ArmmsTrace trace;
      gint64 rest;

      g_assert_true (armms_leave_carry_over (&policy, (ArmmsLeaveDays) { cases[i].left }, law_date ("2027-01-01"), &carry, NULL));
      g_assert_cmpint (carry.carried.millionths, ==, cases[i].carried);
      g_assert_cmpint (carry.expired.millionths, ==, cases[i].expired);
      g_assert_cmpint (carry.converted.millionths, ==, cases[i].converted);
      g_assert_cmpint (carry.expires_on.days, ==, law_date (cases[i].expires_on).days);
      armms_leave_carry_trace (&carry, &trace);
      read = trace_read (&trace);
      rest = MAX (trace_millionths (&read, "left") - trace_millionths (&read, "cap"), 0);
      g_assert_cmpint (trace_result_millionths (&read), ==, trace_millionths (&read, "left") - rest);
      g_assert_cmpint (trace_millionths (&read, g_str_equal (trace_text (&read, "excess"), "converts") ? "converted" : "expired"), ==, rest);
      g_assert_cmpint (trace_date (&read, "expires_on").days, ==, law_date (cases[i].expires_on).days);
    }
}

static void
test_carry_refused (void)
{
  const ArmmsDate year = law_date ("2027-01-01");
  const struct { ArmmsCarryPolicy policy; gint64 left; ArmmsDate year; } bad[] = {
    { { { -1 }, 0, 0 }, 0, year }, { { { 0 }, -1, 0 }, 0, year }, { { { 0 }, 121, 0 }, 0, year }, { { { 0 }, 0, 0 }, -1, year },
    { ARMMS_CARRY_POLICY_DEFAULT, 0, ARMMS_DATE_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      ArmmsCarryOver carry;

      g_assert_false (armms_leave_carry_over (&bad[i].policy, (ArmmsLeaveDays) { bad[i].left }, bad[i].year, &carry, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "leave.carry");
    }
}

/* What one year ends with, the next begins with. */
static void
test_from_year_to_year (void)
{
  const ArmmsLeaveEntry old[] = { entry (ARMMS_LEAVE_GRANTED, "2026-01-01", 15000000, NULL), entry (ARMMS_LEAVE_TAKEN, "2026-06-01", 8500000, NULL) };
  g_auto(ArmmsLeaveBook) ended = { 0 }, begun = { 0 };
  ArmmsCarryPolicy policy = ARMMS_CARRY_POLICY_DEFAULT;
  ArmmsLeaveEntry next[2];
  ArmmsCarryOver carry;

  run (old, 2, "2026-12-31", &ended);
  g_assert_true (armms_leave_carry_over (&policy, ended.balance, law_date ("2027-01-01"), &carry, NULL));
  g_assert_cmpint (carry.expired.millionths, ==, 1500000);
  next[0] = (ArmmsLeaveEntry) { ARMMS_LEAVE_CARRIED, law_date ("2027-01-01"), carry.carried, carry.expires_on };
  next[1] = entry (ARMMS_LEAVE_GRANTED, "2027-01-01", 15000000, NULL);
  run (next, 2, "2027-03-31", &begun);
  g_assert_cmpint (begun.balance.millionths, ==, 20000000);
  g_assert_cmpint (armms_leave_book_left_on (&begun, law_date ("2027-04-01")).millionths, ==, 15000000);
}

/* ---- in money ------------------------------------------------------------------------------------------------- */

static void
test_cash (void)
{
  const struct { gint64 days, daily, ceiling, before, amount, exempt, taxable; } cases[] = {
    { 5000000, 69500, 0, 0, 347500, 0, 347500 },
    { 5000000, 69500, 12000000, 0, 347500, 347500, 0 },
    { 12000000, 69500, 12000000, 0, 834000, 834000, 0 },
    { 12500000, 69500, 12000000, 0, 868750, 834000, 34750 },
    { 5000000, 69500, 12000000, 10000000, 347500, 139000, 208500 },
    { 5000000, 69500, 12000000, 12000000, 347500, 0, 347500 },
    { 5000000, 69500, 12000000, 13000000, 347500, 0, 347500 },
    { 416667, 75500, 12000000, 0, 31458, 31458, 0 },      /* 31,458.36: down */
    { 500000, 75501, 0, 0, 37751, 0, 37751 },             /* 37,750.5: away from zero */
    { 1500000, 75501, 500000, 0, 113252, 37751, 75501 },
    { 0, 75500, 12000000, 0, 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(TraceRead) read = { NULL };
      gint64 exempt_days, days, daily;
      ArmmsLeaveCash cash;
      ArmmsTrace trace;

      g_assert_true (armms_leave_cash ((ArmmsLeaveDays) { cases[i].days }, ARMMS_MONEY (cases[i].daily), (ArmmsLeaveDays) { cases[i].ceiling },
                                       (ArmmsLeaveDays) { cases[i].before }, &cash, NULL));
      g_assert_cmpint (cash.amount.centavos, ==, cases[i].amount);
      g_assert_cmpint (cash.exempt.centavos, ==, cases[i].exempt);
      g_assert_cmpint (cash.taxable.centavos, ==, cases[i].taxable);
      armms_leave_cash_trace (&cash, &trace);
      read = trace_read (&trace);
      days = trace_millionths (&read, "days");
      daily = trace_centavos (&read, "daily");
      exempt_days = MIN (days, MAX (trace_millionths (&read, "exempt_a_year") - trace_millionths (&read, "exempt_before"), 0));
      g_assert_cmpint (exempt_days, ==, trace_millionths (&read, "exempt_days"));
      g_assert_cmpint (trace_result_centavos (&read), ==, (days * daily + 500000) / 1000000);
      g_assert_cmpint (trace_centavos (&read, "exempt"), ==, (exempt_days * daily + 500000) / 1000000);
      g_assert_cmpint (trace_centavos (&read, "taxable"), ==, trace_result_centavos (&read) - trace_centavos (&read, "exempt"));
    }
}

static void
test_cash_refused (void)
{
  const gint64 bad[][4] = { { -1, 1, 1, 1 }, { 1, -1, 1, 1 }, { 1, 1, -1, 1 }, { 1, 1, 1, -1 }, { G_MAXINT64, G_MAXINT64, 0, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      ArmmsLeaveCash cash;

      g_assert_false (armms_leave_cash ((ArmmsLeaveDays) { bad[i][0] }, ARMMS_MONEY (bad[i][1]), (ArmmsLeaveDays) { bad[i][2] }, (ArmmsLeaveDays) { bad[i][3] }, &cash, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, i < 4 ? "leave.cash" : "money.overflow");
    }
}

static void
test_names (void)
{
  ArmmsLeaveEntryKind kind;
  ArmmsLeaveExcess excess;

  for (guint i = 0; i < ARMMS_LEAVE_N_ENTRY_KINDS; i++)
    {
      g_assert_true (armms_leave_entry_kind_parse (armms_leave_entry_kind_name ((ArmmsLeaveEntryKind) i), &kind));
      g_assert_cmpuint (kind, ==, i);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (armms_leave_excess_parse (armms_leave_excess_name ((ArmmsLeaveExcess) i), &excess));
      g_assert_cmpuint (excess, ==, i);
    }
  g_assert_false (armms_leave_entry_kind_parse ("lost", &kind));
  g_assert_false (armms_leave_excess_parse ("stays", &excess));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/leave/book/first-to-expire-first", test_first_to_expire_first);
  g_test_add_func ("/rules/leave/book/the-last-day-counts", test_last_day);
  g_test_add_func ("/rules/leave/book/every-kind", test_every_kind);
  g_test_add_func ("/rules/leave/book/refusals", test_refusals);
  g_test_add_func ("/rules/leave/book/cap", test_cap);
  g_test_add_func ("/rules/leave/book/any-sequence-adds-up", test_any_sequence);
  g_test_add_func ("/rules/leave/carry/cap-and-expiry", test_carry);
  g_test_add_func ("/rules/leave/carry/refusals", test_carry_refused);
  g_test_add_func ("/rules/leave/carry/from-year-to-year", test_from_year_to_year);
  g_test_add_func ("/rules/leave/cash/days-in-money", test_cash);
  g_test_add_func ("/rules/leave/cash/refusals", test_cash_refused);
  g_test_add_func ("/rules/leave/names", test_names);
  return g_test_run ();
}
