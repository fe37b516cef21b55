/* What months of service earn: by the tenant's policy, and by the law. */
#include "../law-case.h"
#include "../trace-read.h"

#include "server/rules/leave/accrual.h"

static void
test_add_months (void)
{
  const struct { const char *from; gint32 months; const char *to; } cases[] = {
    { "2026-01-31", 1, "2026-02-28" }, { "2028-01-31", 1, "2028-02-29" }, { "2028-02-29", 12, "2029-02-28" }, { "2028-02-29", 48, "2032-02-29" },
    { "2026-12-31", 1, "2027-01-31" }, { "2026-03-31", 1, "2026-04-30" }, { "2026-05-15", 0, "2026-05-15" }, { "2026-11-30", 3, "2027-02-28" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (armms_service_add_months (law_date (cases[i].from), cases[i].months).days, ==, law_date (cases[i].to).days);
}

static void
test_months (void)
{
  const struct { const char *hired, *until; gint32 months; } cases[] = {
    { "2025-05-01", "2025-05-01", 0 },  { "2025-05-01", "2025-04-30", 0 },  { "2025-05-01", "2025-05-31", 0 },  { "2025-05-01", "2025-06-01", 1 },
    { "2025-05-01", "2026-04-30", 11 }, { "2025-05-01", "2026-05-01", 12 }, { "2025-05-01", "2026-05-02", 12 }, { "2025-05-15", "2026-05-14", 11 },
    { "2025-05-15", "2026-05-15", 12 }, { "2025-05-31", "2025-06-29", 0 },  { "2025-05-31", "2025-06-30", 1 },  { "2025-05-31", "2025-07-30", 1 },
    { "2024-02-29", "2025-02-27", 11 }, { "2024-02-29", "2025-02-28", 12 }, { "2024-02-29", "2028-02-28", 47 }, { "2024-02-29", "2028-02-29", 48 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (armms_service_months (law_date (cases[i].hired), law_date (cases[i].until)), ==, cases[i].months);
}

/* Five days a year after a year of service; twelfths of five for the months since. */
static void
test_incentive (void)
{
  const struct { const char *hired, *until; gint64 years, part; } cases[] = {
    { "2025-05-01", "2026-04-30", 0, 0 },             { "2025-05-01", "2026-05-01", 5000000, 0 },       { "2025-05-01", "2026-05-31", 5000000, 0 },
    { "2025-05-01", "2026-06-01", 5000000, 416667 },  { "2025-05-01", "2026-07-01", 5000000, 833333 },  { "2025-05-01", "2026-08-01", 5000000, 1250000 },
    { "2025-05-01", "2027-04-30", 5000000, 4583333 }, { "2025-05-01", "2027-05-01", 10000000, 0 },      { "2016-01-01", "2026-01-01", 50000000, 0 },
    { "2026-05-01", "2026-04-01", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ArmmsIncentiveLeave leave;

      g_assert_true (armms_incentive_leave (ARMMS_LEAVE_DAYS (5), 12, law_date (cases[i].hired), law_date (cases[i].until), &leave, NULL));
      g_assert_cmpint (leave.whole_years.millionths, ==, cases[i].years);
      g_assert_cmpint (leave.part_year.millionths, ==, cases[i].part);
      g_assert_cmpint (leave.earned.millionths, ==, cases[i].years + cases[i].part);
    }
}

static void
test_incentive_refused (void)
{
  const ArmmsDate day = law_date ("2026-05-01");
  const struct { gint64 a_year; gint32 after; ArmmsDate hired, until; } bad[] = {
    { -1, 12, day, day }, { ARMMS_LEAVE_DAYS_MAX.millionths + 1, 12, day, day }, { 5000000, -1, day, day }, { 5000000, 12, ARMMS_DATE_NONE, day },
    { 5000000, 12, day, ARMMS_DATE_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      ArmmsIncentiveLeave leave;

      g_assert_false (armms_incentive_leave ((ArmmsLeaveDays) { bad[i].a_year }, bad[i].after, bad[i].hired, bad[i].until, &leave, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "leave.figures");
    }
}

typedef struct {
  const char *name;
  ArmmsAccrualKind kind;
  gint64 a_year, unit;
  gint32 after_months, counts_to;
  const char *hired, *until;
  gint64 days;
} Case;

/* The leave year is 2026. */
static const Case cases[] = {
  { "before-the-year", 0, 15000000, 0, 0, 15, "2020-01-01", "2026-01-01", 0 },
  { "january-not-over", 0, 15000000, 0, 0, 15, "2020-01-01", "2026-01-31", 0 },
  { "january", 0, 15000000, 0, 0, 15, "2020-01-01", "2026-02-01", 1250000 },
  { "half-the-year", 0, 15000000, 0, 0, 15, "2020-01-01", "2026-07-01", 7500000 },
  { "the-year", 0, 15000000, 0, 0, 15, "2020-01-01", "2027-01-01", 15000000 },
  { "long-after-the-year", 0, 15000000, 0, 0, 15, "2020-01-01", "2029-01-01", 15000000 },
  { "a-twelfth-of-five", 0, 5000000, 0, 0, 15, "2020-01-01", "2026-02-01", 416667 },
  { "two-twelfths-of-five", 0, 5000000, 0, 0, 15, "2020-01-01", "2026-03-01", 833333 },
  { "in-half-days", 0, 5000000, 500000, 0, 15, "2020-01-01", "2026-02-01", 500000 },
  { "in-half-days-two-months", 0, 5000000, 500000, 0, 15, "2020-01-01", "2026-03-01", 1000000 },
  { "in-half-days-a-quarter-rounds-up", 0, 3000000, 500000, 0, 15, "2020-01-01", "2026-02-01", 500000 },
  { "in-half-days-below-a-quarter", 0, 2999999, 500000, 0, 15, "2020-01-01", "2026-02-01", 0 },
  { "in-half-days-the-year-is-exact", 0, 2999999, 500000, 0, 15, "2020-01-01", "2027-01-01", 2999999 },
  { "hired-on-the-first", 0, 12000000, 0, 0, 15, "2026-07-01", "2027-01-01", 6000000 },
  { "hired-on-the-15th", 0, 12000000, 0, 0, 15, "2026-07-15", "2027-01-01", 6000000 },
  { "hired-on-the-16th", 0, 12000000, 0, 0, 15, "2026-07-16", "2027-01-01", 5000000 },
  { "whole-months-only", 0, 12000000, 0, 0, 1, "2026-07-02", "2027-01-01", 5000000 },
  { "any-day-is-a-month", 0, 12000000, 0, 0, 31, "2026-07-31", "2027-01-01", 6000000 },
  { "hired-in-the-month", 0, 12000000, 0, 0, 15, "2026-07-01", "2026-08-01", 1000000 },
  { "hired-late-in-december", 0, 12000000, 0, 0, 15, "2026-12-16", "2027-01-01", 0 },
  { "hired-after-the-year", 0, 12000000, 0, 0, 15, "2027-03-01", "2027-01-01", 0 },
  { "six-months-of-service-first", 0, 12000000, 0, 6, 15, "2026-01-01", "2027-01-01", 6000000 },
  { "separated-in-september", 0, 12000000, 0, 0, 15, "2020-01-01", "2026-09-16", 8000000 },
  { "at-once-the-day-before", 1, 15000000, 0, 0, 15, "2020-01-01", "2026-01-01", 0 },
  { "at-once-on-the-first-day", 1, 15000000, 0, 0, 15, "2020-01-01", "2026-01-02", 15000000 },
  { "at-once-hired-in-july", 1, 12000000, 0, 0, 15, "2026-07-10", "2026-07-11", 6000000 },
  { "at-once-not-yet-hired", 1, 12000000, 0, 0, 15, "2026-07-10", "2026-07-10", 0 },
  { "at-once-in-half-days", 1, 5000000, 500000, 0, 15, "2026-08-01", "2027-01-01", 2000000 }, /* 5 - 2.9167, which is 3 */
};

static ArmmsAccrualPolicy
policy_of (const Case *c)
{
  return (ArmmsAccrualPolicy) { c->kind, { c->a_year }, { c->unit }, c->after_months, c->counts_to };
}

static void
test_accrue (gconstpointer data)
{
  const Case *c = data;
  ArmmsAccrualPolicy policy = policy_of (c);
  ArmmsAccrual accrual;

  g_assert_true (armms_leave_accrue (&policy, law_date (c->hired), law_date ("2026-01-01"), law_date (c->until), &accrual, NULL));
  g_assert_cmpint (accrual.days.millionths, ==, c->days);
}

static void
test_refusals (void)
{
  const ArmmsAccrualPolicy good = ARMMS_ACCRUAL_POLICY_DEFAULT;
  const ArmmsDate day = law_date ("2026-01-01");
  struct { ArmmsAccrualPolicy policy; ArmmsDate hired, year_from, until; } bad[11];

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      bad[i].policy = good;
      bad[i].hired = bad[i].year_from = bad[i].until = day;
    }
  bad[0].policy.a_year.millionths = -1;
  bad[1].policy.a_year.millionths = ARMMS_LEAVE_DAYS_MAX.millionths + 1;
  bad[2].policy.unit.millionths = -1;
  bad[3].policy.after_months = -1;
  bad[4].policy.after_months = 601;
  bad[5].policy.month_counts_to = 0;
  bad[6].policy.month_counts_to = 32;
  bad[7].hired = ARMMS_DATE_NONE;
  bad[8].year_from = ARMMS_DATE_NONE;
  bad[9].until = ARMMS_DATE_NONE;
  bad[10].year_from = law_date ("2026-01-02");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      ArmmsAccrual accrual;

      g_assert_false (armms_leave_accrue (&bad[i].policy, bad[i].hired, bad[i].year_from, bad[i].until, &accrual, &error));
      g_assert_cmpstr (armms_error_get_code (error), ==, "leave.accrual");
    }
}

/* Month by month the year adds up to the grant, never falls, and a late comer never earns more than who was there before. */
static void
test_adds_up (void)
{
  for (guint round = 0; round < 1000; round++)
    {
      ArmmsAccrualPolicy policy = {
        ARMMS_ACCRUAL_MONTHLY, { g_test_rand_int_range (0, 40000000) }, { g_test_rand_int_range (0, 3) * 250000 }, 0, g_test_rand_int_range (1, 32),
      };
      ArmmsDate year_from = armms_service_add_months (law_date ("2026-01-01"), g_test_rand_int_range (0, 24));
      ArmmsDate late = armms_date_add_days (year_from, g_test_rand_int_range (0, 400));
      gint64 before = 0, sum = 0;

      for (gint32 month = 1; month <= 12; month++)
        {
          ArmmsAccrual early, later;

          g_assert_true (armms_leave_accrue (&policy, law_date ("2010-01-01"), year_from, armms_service_add_months (year_from, month), &early, NULL));
          g_assert_true (armms_leave_accrue (&policy, late, year_from, armms_service_add_months (year_from, month), &later, NULL));
          g_assert_cmpint (early.days.millionths, >=, before);
          g_assert_cmpint (later.days.millionths, <=, early.days.millionths);
          sum += early.days.millionths - before;
          before = early.days.millionths;
        }
      g_assert_cmpint (sum, ==, policy.a_year.millionths);
    }
}

/* -- from the trace alone -- */

static gint64
twelfths_again (gint64 a_year, gint64 months, gint64 unit)
{
  gint64 step = MAX (unit, 1), whole = months / 12 * a_year, rest = months % 12;
  gint64 quotient = a_year * rest / (12 * step), remainder = a_year * rest % (12 * step);

  return whole + MIN ((quotient + (2 * remainder >= 12 * step ? 1 : 0)) * step, a_year);
}

static void
test_recompute (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      ArmmsAccrualPolicy policy = {
        (ArmmsAccrualKind) g_test_rand_int_range (0, 2), { g_test_rand_int_range (0, 40000000) }, { g_test_rand_int_range (0, 3) * 250000 },
        g_test_rand_int_range (0, 13), g_test_rand_int_range (1, 32),
      };
      ArmmsDate hired = armms_date_add_days (law_date ("2025-01-01"), g_test_rand_int_range (0, 900));
      ArmmsDate until = armms_date_add_days (law_date ("2026-01-01"), g_test_rand_int_range (0, 500));
      g_auto(TraceRead) read = { NULL }, law = { NULL };
      ArmmsIncentiveLeave leave;
      ArmmsAccrual accrual;
      ArmmsTrace trace;
      gint64 first, done, a_year, unit, months;

      g_assert_true (armms_leave_accrue (&policy, hired, law_date ("2026-01-01"), until, &accrual, NULL));
      armms_leave_accrual_trace (&accrual, &trace);
      read = trace_read (&trace);
      first = trace_number (&read, "first");
      done = trace_number (&read, "done");
      a_year = trace_millionths (&read, "a_year");
      unit = trace_millionths (&read, "unit");
      g_assert_cmpint (trace_result_millionths (&read), ==, done > first ? twelfths_again (a_year, done, unit) - twelfths_again (a_year, first, unit) : 0);
      g_assert_cmpint (trace_result_millionths (&read), ==, accrual.days.millionths);

      g_assert_true (armms_incentive_leave (policy.a_year, 12, hired, until, &leave, NULL));
      armms_incentive_leave_trace (&leave, &trace);
      law = trace_read (&trace);
      months = armms_service_months (trace_date (&law, "hired"), trace_date (&law, "until"));
      g_assert_cmpint (trace_number (&law, "months"), ==, months);
      g_assert_cmpint (trace_result_millionths (&law), ==, months >= trace_number (&law, "after_months") ? twelfths_again (trace_millionths (&law, "a_year"), months, 1) : 0);
      g_assert_cmpint (trace_millionths (&law, "whole_years") + trace_millionths (&law, "part_year"), ==, trace_result_millionths (&law));
    }
}

static void
test_names (void)
{
  for (ArmmsAccrualKind kind = ARMMS_ACCRUAL_MONTHLY; kind <= ARMMS_ACCRUAL_FRONT_LOADED; kind++)
    {
      ArmmsAccrualKind parsed = 9;

      g_assert_true (armms_accrual_kind_parse (armms_accrual_kind_name (kind), &parsed));
      g_assert_cmpint (parsed, ==, kind);
    }
  g_assert_false (armms_accrual_kind_parse ("yearly", &(ArmmsAccrualKind) { 0 }));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/leave/service/the-same-day-months-on", test_add_months);
  g_test_add_func ("/rules/leave/service/complete-months", test_months);
  g_test_add_func ("/rules/leave/incentive/after-a-year", test_incentive);
  g_test_add_func ("/rules/leave/incentive/refusals", test_incentive_refused);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/leave/accrual/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_accrue);
    }
  g_test_add_func ("/rules/leave/accrual/refusals", test_refusals);
  g_test_add_func ("/rules/leave/accrual/a-year-adds-up", test_adds_up);
  g_test_add_func ("/rules/leave/accrual/computed-again-from-its-trace", test_recompute);
  g_test_add_func ("/rules/leave/accrual/names", test_names);
  return g_test_run ();
}
