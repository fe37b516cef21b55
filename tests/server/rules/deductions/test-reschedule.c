/* What is deferred is never lost. */
#include "../law-case.h"
#include "../trace-read.h"

#include "server/rules/deductions/reschedule.h"

static GArray *
plan_of (const char *first, ...)
{
  GArray *open = g_array_new (FALSE, TRUE, sizeof (ArmmsInstalment));
  va_list dates;

  va_start (dates, first);
  for (const char *date = first; date != NULL; date = va_arg (dates, const char *))
    {
      ArmmsInstalment instalment = { .id = armms_id_new (), .period_from = law_date (date), .amount = { va_arg (dates, int) } };

      g_array_append_val (open, instalment);
    }
  va_end (dates);
  return open;
}

static gint64
sum_of (const GArray *open)
{
  gint64 sum = 0;

  for (guint i = 0; i < open->len; i++)
    sum += g_array_index (open, ArmmsInstalment, i).amount.centavos;
  return sum;
}

static void
assert_at (const GArray *open, guint i, const char *date, gint64 amount, gboolean changed)
{
  const ArmmsInstalment *instalment = &g_array_index (open, ArmmsInstalment, i);

  g_assert_cmpuint (i, <, open->len);
  g_assert_cmpint (instalment->period_from.days, ==, law_date (date).days);
  g_assert_cmpint (instalment->amount.centavos, ==, amount);
  g_assert_cmpint (instalment->changed, ==, changed);
}

static gboolean
follow (GArray *open, const char *period, gint64 deferred, ArmmsFollowUpPlan plan, GError **error)
{
  return armms_reschedule (open, law_date (period), ARMMS_PERIOD_SEMI_MONTHLY, ARMMS_DATE_NONE, ARMMS_MONEY (deferred), &plan, error);
}

static void
test_carry (void)
{
  g_autoptr(GArray) open = plan_of ("2026-05-16", 50000, "2026-06-01", 50000, NULL);
  g_autoptr(GArray) none = plan_of (NULL);

  g_assert_true (follow (open, "2026-05-01", 50000, (ArmmsFollowUpPlan) { ARMMS_FOLLOW_UP_CARRY }, NULL));
  g_assert_cmpuint (open->len, ==, 2);
  assert_at (open, 0, "2026-05-16", 100000, TRUE);
  assert_at (open, 1, "2026-06-01", 50000, FALSE);
  g_assert_true (follow (none, "2026-05-16", 50000, (ArmmsFollowUpPlan) { ARMMS_FOLLOW_UP_CARRY }, NULL));
  assert_at (none, 0, "2026-06-01", 50000, TRUE);
  g_assert_true (armms_id_is_nil (&g_array_index (none, ArmmsInstalment, 0).id));
}

static void
test_respread (void)
{
  g_autoptr(GArray) open = plan_of ("2026-05-16", 50000, "2026-06-16", 50000, NULL);

  g_assert_true (follow (open, "2026-05-01", 50000, (ArmmsFollowUpPlan) { ARMMS_FOLLOW_UP_RESPREAD, .periods = 3 }, NULL));
  g_assert_cmpuint (open->len, ==, 3);
  assert_at (open, 0, "2026-05-16", 66667, TRUE);
  assert_at (open, 1, "2026-06-01", 16667, TRUE);
  assert_at (open, 2, "2026-06-16", 66666, TRUE);
}

static void
test_respread_a_centavo (void)
{
  g_autoptr(GArray) open = plan_of (NULL);

  g_assert_true (follow (open, "2026-05-01", 1, (ArmmsFollowUpPlan) { ARMMS_FOLLOW_UP_RESPREAD, .periods = 12 }, NULL));
  g_assert_cmpuint (open->len, ==, 1);
  assert_at (open, 0, "2026-05-16", 1, TRUE);
}

static void
test_append (void)
{
  g_autoptr(GArray) open = plan_of ("2026-05-16", 50000, "2026-12-16", 50000, NULL);

  g_assert_true (follow (open, "2026-05-01", 50000, (ArmmsFollowUpPlan) { ARMMS_FOLLOW_UP_APPEND }, NULL));
  g_assert_cmpuint (open->len, ==, 3);
  assert_at (open, 2, "2027-01-01", 50000, TRUE);
}

static void
test_manual (void)
{
  g_autoptr(GArray) open = plan_of ("2026-05-16", 50000, NULL);
  ArmmsInstalment manual[] = { { .period_from = law_date ("2026-07-01"), .amount = { 20000 } }, { .period_from = law_date ("2026-05-16"), .amount = { 30000 } } };

  g_assert_true (follow (open, "2026-05-01", 50000, (ArmmsFollowUpPlan) { ARMMS_FOLLOW_UP_MANUAL, .manual = manual, .n_manual = 2 }, NULL));
  g_assert_cmpuint (open->len, ==, 2);
  assert_at (open, 0, "2026-05-16", 80000, TRUE);
  assert_at (open, 1, "2026-07-01", 20000, TRUE);
}

static void
test_refusals (void)
{
  const struct { const char *why; ArmmsFollowUpPlan plan; ArmmsInstalment manual; } cases[] = {
    { "amounts do not add up", { ARMMS_FOLLOW_UP_MANUAL }, { .period_from = law_date ("2026-06-01"), .amount = { 49999 } } },
    { "in the past", { ARMMS_FOLLOW_UP_MANUAL }, { .period_from = law_date ("2026-05-01"), .amount = { 50000 } } },
    { "not the first day of a period", { ARMMS_FOLLOW_UP_MANUAL }, { .period_from = law_date ("2026-06-02"), .amount = { 50000 } } },
    { "not above zero", { ARMMS_FOLLOW_UP_MANUAL }, { .period_from = law_date ("2026-06-01"), .amount = { 0 } } },
    { "no period", { ARMMS_FOLLOW_UP_RESPREAD, .periods = 0 }, { .period_from = ARMMS_DATE_NONE } },
    { "too many periods", { ARMMS_FOLLOW_UP_RESPREAD, .periods = 121 }, { .period_from = ARMMS_DATE_NONE } },
    { "no date", { ARMMS_FOLLOW_UP_MANUAL }, { .period_from = ARMMS_DATE_NONE, .amount = { 50000 } } },
    { "unknown follow-up", { (ArmmsFollowUp) 4 }, { .period_from = ARMMS_DATE_NONE } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GArray) open = plan_of ("2026-05-16", 50000, NULL);
      g_autoptr(GError) error = NULL;
      ArmmsFollowUpPlan plan = cases[i].plan;

      plan.manual = &cases[i].manual;
      plan.n_manual = 1;
      g_assert_false (follow (open, "2026-05-01", 50000, plan, &error));
      g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT);
      g_assert_cmpuint (open->len, ==, 1);
      assert_at (open, 0, "2026-05-16", 50000, FALSE);
    }
}

static void
test_below_nothing (void)
{
  g_autoptr(GArray) open = plan_of (NULL);
  g_autoptr(GError) error = NULL;

  g_assert_false (follow (open, "2026-05-01", -1, (ArmmsFollowUpPlan) { ARMMS_FOLLOW_UP_CARRY }, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "reschedule.invalid");
}

/* A sum that does not fit is refused, and the plan stays. */
static void
test_overflow (void)
{
  const ArmmsFollowUp follow_ups[] = { ARMMS_FOLLOW_UP_CARRY, ARMMS_FOLLOW_UP_RESPREAD, ARMMS_FOLLOW_UP_APPEND, ARMMS_FOLLOW_UP_MANUAL };
  ArmmsInstalment manual[] = { { .period_from = law_date ("2026-06-01"), .amount = { G_MAXINT64 } }, { .period_from = law_date ("2026-06-16"), .amount = { 1 } } };

  for (guint i = 0; i < G_N_ELEMENTS (follow_ups); i++)
    {
      g_autoptr(GArray) open = plan_of ("2026-05-16", 1, NULL);
      g_autoptr(GError) error = NULL;
      ArmmsFollowUpPlan plan = { follow_ups[i], .periods = 1, .manual = manual, .n_manual = 2 };

      g_assert_false (follow (open, "2026-05-01", G_MAXINT64, plan, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "money.overflow");
      g_assert_cmpuint (open->len, ==, 1);
      assert_at (open, 0, "2026-05-16", 1, FALSE);
    }
}

/* Where an instalment lands in each calendar, over the ends of months and years. */
static const struct {
  const char *name;
  ArmmsPeriodKind kind;
  const char *anchor, *period;
  ArmmsFrequency frequency;
  const char *carry, *respread[3], *append; /* nothing open: carried; over three; with 2027-03-01 (or its week) as the last */
} calendars[] = {
  { "half-months", ARMMS_PERIOD_SEMI_MONTHLY, NULL, "2026-05-01", 0, "2026-05-16", { "2026-05-16", "2026-06-01", "2026-06-16" }, "2027-03-16" },
  { "half-months-second-half", ARMMS_PERIOD_SEMI_MONTHLY, NULL, "2026-05-16", 0, "2026-06-01", { "2026-06-01", "2026-06-16", "2026-07-01" }, "2027-03-16" },
  { "half-months-february", ARMMS_PERIOD_SEMI_MONTHLY, NULL, "2026-02-16", 0, "2026-03-01", { "2026-03-01", "2026-03-16", "2026-04-01" }, "2027-03-16" },
  { "half-months-year-end", ARMMS_PERIOD_SEMI_MONTHLY, NULL, "2026-12-16", 0, "2027-01-01", { "2027-01-01", "2027-01-16", "2027-02-01" }, "2027-03-16" },
  { "first-cut-offs", ARMMS_PERIOD_SEMI_MONTHLY, NULL, "2026-11-01", ARMMS_FREQUENCY_FIRST_CUT_OFF, "2026-12-01",
    { "2026-12-01", "2027-01-01", "2027-02-01" }, "2027-04-01" },
  { "second-cut-offs", ARMMS_PERIOD_SEMI_MONTHLY, NULL, "2026-11-16", ARMMS_FREQUENCY_SECOND_CUT_OFF, "2026-12-16",
    { "2026-12-16", "2027-01-16", "2027-02-16" }, "2027-03-16" },
  { "months", ARMMS_PERIOD_MONTHLY, NULL, "2026-11-01", 0, "2026-12-01", { "2026-12-01", "2027-01-01", "2027-02-01" }, "2027-04-01" },
  { "months-have-no-cut-offs", ARMMS_PERIOD_MONTHLY, NULL, "2026-11-01", ARMMS_FREQUENCY_SECOND_CUT_OFF, "2026-12-01",
    { "2026-12-01", "2027-01-01", "2027-02-01" }, "2027-04-01" },
  { "weeks", ARMMS_PERIOD_WEEKLY, NULL, "2026-12-21", 0, "2026-12-28", { "2026-12-28", "2027-01-04", "2027-01-11" }, "2027-03-08" },
  { "weeks-from-saturday", ARMMS_PERIOD_WEEKLY, "2026-01-03", "2026-12-19", 0, "2026-12-26", { "2026-12-26", "2027-01-02", "2027-01-09" }, "2027-03-06" },
  { "fortnights", ARMMS_PERIOD_BIWEEKLY, "2026-01-05", "2026-12-21", 0, "2027-01-04", { "2027-01-04", "2027-01-18", "2027-02-01" }, "2027-03-15" },
};

static void
test_calendar (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  ArmmsDate period = law_date (calendars[i].period), anchor = law_date (calendars[i].anchor);
  ArmmsPeriodKind kind = calendars[i].kind;
  g_autoptr(GArray) carried = plan_of (NULL), spread = plan_of (NULL), appended = plan_of ("2027-03-01", 100, NULL);
  ArmmsFollowUpPlan plan = { ARMMS_FOLLOW_UP_CARRY, .periods = 3, .frequency = calendars[i].frequency };

  g_assert_true (armms_reschedule (carried, period, kind, anchor, ARMMS_MONEY (500), &plan, NULL));
  g_assert_cmpuint (carried->len, ==, 1);
  assert_at (carried, 0, calendars[i].carry, 500, TRUE);
  plan.follow_up = ARMMS_FOLLOW_UP_RESPREAD;
  g_assert_true (armms_reschedule (spread, period, kind, anchor, ARMMS_MONEY (500), &plan, NULL));
  g_assert_cmpuint (spread->len, ==, 3);
  assert_at (spread, 0, calendars[i].respread[0], 167, TRUE);
  assert_at (spread, 1, calendars[i].respread[1], 167, TRUE);
  assert_at (spread, 2, calendars[i].respread[2], 166, TRUE);
  plan.follow_up = ARMMS_FOLLOW_UP_APPEND;
  g_array_index (appended, ArmmsInstalment, 0).period_from = armms_period_of (kind, anchor, law_date ("2027-03-01")).from;
  g_assert_true (armms_reschedule (appended, period, kind, anchor, ARMMS_MONEY (500), &plan, NULL));
  g_assert_cmpuint (appended->len, ==, 2);
  assert_at (appended, 1, calendars[i].append, 500, TRUE);
}

static void
test_names (void)
{
  for (ArmmsFollowUp follow_up = ARMMS_FOLLOW_UP_CARRY; follow_up <= ARMMS_FOLLOW_UP_MANUAL; follow_up++)
    {
      ArmmsFollowUp parsed = 9;

      g_assert_true (armms_follow_up_parse (armms_follow_up_name (follow_up), &parsed));
      g_assert_cmpint (parsed, ==, follow_up);
    }
  g_assert_false (armms_follow_up_parse ("forgive", &(ArmmsFollowUp) { 0 }));
}

/* -- properties -- */

static GArray *
copy_of (const GArray *open)
{
  return g_array_append_vals (g_array_new (FALSE, TRUE, sizeof (ArmmsInstalment)), open->data, open->len);
}

static GArray *
random_plan (ArmmsPeriodKind kind, ArmmsDate period)
{
  GArray *open = plan_of (NULL);

  for (gint i = g_test_rand_int_range (0, 8); i > 0; i--)
    {
      ArmmsInstalment instalment = { .amount = { g_test_rand_int_range (1, 100000) } };

      for (gint skip = g_test_rand_int_range (1, 4); skip > 0; skip--)
        period = armms_date_add_days (armms_period_of (kind, ARMMS_DATE_NONE, period).to, 1);
      instalment.period_from = period;
      g_array_append_val (open, instalment);
    }
  return open;
}

/* The plan as a reader of the trace knows it: "2026-05-16 500.00, 2026-06-01 500.00". */
static GHashTable *
read_plan (const char *text)
{
  GHashTable *plan = g_hash_table_new (NULL, NULL);
  g_auto(GStrv) parts = g_strsplit (text, ", ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_auto(GStrv) words = g_strsplit (parts[i], " ", 2);
      ArmmsMoney amount;

      g_assert_true (armms_money_parse (words[1], &amount));
      g_hash_table_insert (plan, GINT_TO_POINTER (law_date (words[0]).days), GINT_TO_POINTER ((gint) amount.centavos));
    }
  return plan;
}

static void
add_again (GHashTable *plan, ArmmsDate date, gint64 amount)
{
  gpointer key = GINT_TO_POINTER (date.days);

  if (amount != 0)
    g_hash_table_insert (plan, key, GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (plan, key)) + (gint) amount));
}

/* The period after: by the words of the trace alone. */
static ArmmsDate
after_again (const TraceRead *read, ArmmsDate date)
{
  ArmmsPeriodKind kind;
  ArmmsFrequency frequency;

  g_assert_true (armms_period_kind_parse (trace_text (read, "calendar"), &kind));
  g_assert_true (armms_frequency_parse (trace_text (read, "frequency"), &frequency));
  do
    date = armms_date_add_days (armms_period_of (kind, trace_date (read, "anchor"), date).to, 1);
  while (!armms_frequency_takes (frequency, kind, date));
  return date;
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  return GPOINTER_TO_INT (a) - GPOINTER_TO_INT (b);
}

static GHashTable *
follow_again (const TraceRead *read)
{
  GHashTable *plan = read_plan (trace_text (read, "before"));
  g_autoptr(GList) days = g_list_sort (g_hash_table_get_keys (plan), compare_days);
  gint64 deferred = trace_centavos (read, "deferred"), periods = trace_number (read, "periods");
  const char *follow_up = trace_text (read, "follow_up");
  ArmmsDate period = trace_date (read, "period");

  if (g_str_equal (follow_up, "carry_forward"))
    add_again (plan, days != NULL ? (ArmmsDate) { GPOINTER_TO_INT (days->data) } : after_again (read, period), deferred);
  else if (g_str_equal (follow_up, "append"))
    add_again (plan, after_again (read, days != NULL ? (ArmmsDate) { GPOINTER_TO_INT (g_list_last (days)->data) } : period), deferred);
  for (gint64 i = 0; i < periods; i++)
    {
      period = after_again (read, period);
      add_again (plan, period, deferred / periods + (i < deferred % periods ? 1 : 0));
    }
  return plan;
}

static void
check_trace (const GArray *before, const GArray *after, const char *period, ArmmsPeriodKind kind, ArmmsDate anchor, gint64 deferred,
             const ArmmsFollowUpPlan *plan)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GHashTable) told = NULL, again = NULL;
  g_auto(TraceRead) read = { NULL };
  GHashTableIter iter;
  gpointer day, amount;
  ArmmsTrace trace;

  armms_reschedule_trace (before, after, law_date (period), kind, anchor, ARMMS_MONEY (deferred), plan, text, &trace);
  read = trace_read (&trace);
  g_assert_cmpint (trace_result_centavos (&read), ==, trace_centavos (&read, "open_before") + deferred);
  told = read_plan (trace_text (&read, "after"));
  again = follow_again (&read);
  if (plan->follow_up == ARMMS_FOLLOW_UP_MANUAL)
    for (gsize i = 0; i < plan->n_manual; i++)
      add_again (again, plan->manual[i].period_from, plan->manual[i].amount.centavos);
  g_assert_cmpuint (g_hash_table_size (told), ==, g_hash_table_size (again));
  g_hash_table_iter_init (&iter, told);
  while (g_hash_table_iter_next (&iter, &day, &amount))
    g_assert_cmpint (GPOINTER_TO_INT (amount), ==, GPOINTER_TO_INT (g_hash_table_lookup (again, day)));
}

/* Whatever follows, the open plan grows by exactly what was deferred, stays sorted, one instalment a period, and the trace says how. */
static void
test_conservation (void)
{
  const ArmmsInstalment manual[] = { { .period_from = law_date ("2027-01-01"), .amount = { 1 } } };

  for (guint round = 0; round < 2000; round++)
    {
      ArmmsPeriodKind kind = (ArmmsPeriodKind) g_test_rand_int_range (0, 4);
      g_autoptr(GArray) open = random_plan (kind, armms_period_of (kind, ARMMS_DATE_NONE, law_date ("2026-05-01")).from);
      g_autoptr(GArray) as_it_was = copy_of (open);
      ArmmsFollowUpPlan plan = {
        .follow_up = (ArmmsFollowUp) g_test_rand_int_range (0, 3), .periods = g_test_rand_int_range (1, 30),
        .frequency = (ArmmsFrequency) g_test_rand_int_range (0, 3),
      };
      gint64 deferred = g_test_rand_int_range (0, 200000), before = sum_of (open);

      if (round % 7 == 0 && kind <= ARMMS_PERIOD_MONTHLY)
        {
          plan = (ArmmsFollowUpPlan) { ARMMS_FOLLOW_UP_MANUAL, .manual = manual, .n_manual = 1 };
          deferred = 1;
        }
      g_assert_true (armms_reschedule (open, law_date ("2026-05-01"), kind, ARMMS_DATE_NONE, ARMMS_MONEY (deferred), &plan, NULL));
      g_assert_cmpint (sum_of (open), ==, before + deferred);
      for (guint i = 1; i < open->len; i++)
        g_assert_cmpint (g_array_index (open, ArmmsInstalment, i - 1).period_from.days, <, g_array_index (open, ArmmsInstalment, i).period_from.days);
      check_trace (as_it_was, open, "2026-05-01", kind, ARMMS_DATE_NONE, deferred, &plan);
    }
}

static void
test_trace (void)
{
  g_autoptr(GArray) before = plan_of ("2026-05-18", 50000, NULL), after = copy_of (before);
  ArmmsFollowUpPlan plan = { ARMMS_FOLLOW_UP_RESPREAD, .periods = 2 };
  g_autoptr(GString) text = g_string_new (NULL), line = g_string_new (NULL);
  ArmmsDate period = law_date ("2026-05-04"), anchor = law_date ("2026-01-05");
  ArmmsTrace trace;

  g_assert_true (armms_reschedule (after, period, ARMMS_PERIOD_BIWEEKLY, anchor, ARMMS_MONEY (5001), &plan, NULL));
  armms_reschedule_trace (before, after, period, ARMMS_PERIOD_BIWEEKLY, anchor, ARMMS_MONEY (5001), &plan, text, &trace);
  armms_trace_append_text (&trace, line);
  g_assert_cmpstr (line->str, ==,
                   "deductions.reschedule: period=2026-05-04 calendar=biweekly anchor=2026-01-05 frequency=every_period open_before=500.00"
                   " deferred=50.01 follow_up=respread periods=2 before=2026-05-18 500.00 after=2026-05-11 25.01, 2026-05-18 500.00, 2026-05-25 25.00"
                   " | -> 550.01");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/reschedule/carry-forward", test_carry);
  g_test_add_func ("/rules/reschedule/respread", test_respread);
  g_test_add_func ("/rules/reschedule/respread-a-centavo", test_respread_a_centavo);
  g_test_add_func ("/rules/reschedule/append", test_append);
  g_test_add_func ("/rules/reschedule/manual", test_manual);
  g_test_add_func ("/rules/reschedule/refusals", test_refusals);
  g_test_add_func ("/rules/reschedule/nothing-is-lost", test_conservation);
  g_test_add_func ("/rules/reschedule/below-nothing", test_below_nothing);
  g_test_add_func ("/rules/reschedule/overflow", test_overflow);
  g_test_add_func ("/rules/reschedule/names", test_names);
  g_test_add_func ("/rules/reschedule/explains-itself", test_trace);
  for (guint i = 0; i < G_N_ELEMENTS (calendars); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/reschedule/calendar/", calendars[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_calendar);
    }
  return g_test_run ();
}
