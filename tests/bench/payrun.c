/* How fast is a payrun? Guards with about twenty paysheet lines each, traces and journal written.
 *
 * Usage: bench-payrun [GUARDS ...]     on the cluster of $ARMMS_TEST_SOCKET, $ARMMS_TEST_PORT; 1200 and 12000 when none is named
 *        RUNS=3                            medians of so many
 * Prints one line of JSON per size: seconds of calculation and of closing, medians of the runs.
 */
#include "tests/server/payroll/pay-world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_RUNS 9
#define BATCH 256

/* Night duties of twelve hours, one of them on a rest day, one into a holiday, two by day. */
static const char days[] =
  "2026-05-16 ordinary=240 ordinary_nd=240 ordinary_ot_nd=240;2026-05-18 ordinary=240 ordinary_nd=240 ordinary_ot_nd=240;"
  "2026-05-19 ordinary=240 ordinary_nd=240 ordinary_ot_nd=240;2026-05-20 ordinary=240 ordinary_nd=240 ordinary_ot_nd=240;"
  "2026-05-21 ordinary=480 ordinary_ot=240;2026-05-22 ordinary=480 ordinary_ot=240;"
  "2026-05-24 ordinary_rest=480 ordinary_rest_ot=240;"
  "2026-05-26 ordinary=240 ordinary_nd=120 regular_nd=120 regular_ot_nd=240;2026-05-27 regular=480;"
  "2026-05-28 ordinary=240 ordinary_nd=240 ordinary_ot_nd=240 late=15;2026-05-30 ordinary=240 ordinary_nd=240 ordinary_ot_nd=240";

static void
fill (PayWorld *w, guint guards)
{
  g_autoptr(GPtrArray) employees = armms_records_new (&armms_employee_type);
  g_autoptr(GPtrArray) obligations = armms_records_new (&armms_obligation_type);
  g_autoptr(GPtrArray) benefits = armms_records_new (&armms_benefit_type);
  g_autoptr(GError) error = NULL;
  ArmmsWork *work;

  for (guint i = 0; i < guards; i++)
    {
      ArmmsEmployee *employee = armms_record_new (&armms_employee_type);

      employee->employee_id = armms_id_new ();
      employee->employee_no = g_strdup_printf ("G%06u", i + 1);
      employee->family_name = g_strdup_printf ("Family%u", i % 997);
      employee->given_name = g_strdup ("Juan");
      employee->hired_on = pay_day ("2024-01-01");
      employee->position_id = w->guard_id;
      g_ptr_array_add (employees, employee);
      for (guint k = 0; k < 2; k++)
        {
          ArmmsObligation *obligation = armms_record_new (&armms_obligation_type);

          obligation->employee_id = employee->employee_id;
          obligation->kind = g_strdup (k == 0 ? "sss_loan" : "cash_advance");
          obligation->principal = ARMMS_MONEY (200000);
          obligation->instalment = ARMMS_MONEY (50000);
          obligation->starts_on = pay_day ("2026-05-16");
          g_ptr_array_add (obligations, obligation);
        }
      {
        ArmmsBenefit *benefit = armms_record_new (&armms_benefit_type);

        benefit->employee_id = employee->employee_id;
        benefit->title = g_strdup ("Rice subsidy");
        benefit->amount = ARMMS_MONEY (100000);
        benefit->taxable = TRUE;
        benefit->de_minimis_kind = g_strdup ("rice_subsidy");
        benefit->valid_from = pay_day ("2026-05-16");
        benefit->valid_to = pay_day ("2026-06-30");
        g_ptr_array_add (benefits, benefit);
      }
    }
  work = pay_begin (w, "hr_core", &w->system);
  if (!armms_hr_insert_employees (work, employees, &error))
    g_error ("%s", error->message);
  pay_commit (work);
  work = pay_begin (w, "obligations", &w->system);
  if (!armms_obligations_insert (work, obligations, &error))
    g_error ("%s", error->message);
  pay_commit (work);
  work = pay_begin (w, "benefits", &w->system);
  if (!armms_benefits_insert (work, benefits, &error))
    g_error ("%s", error->message);
  pay_commit (work);
  pay_world_set_card (w, &w->mall_id, &w->night_id, &w->guard_id, "daily", 80000, NULL, FALSE);
  for (guint from = 0; from < guards; from += BATCH)
    {
      g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);

      for (guint i = from; i < MIN (from + BATCH, guards); i++)
        {
          const ArmmsEmployee *employee = g_ptr_array_index (employees, i);
          ArmmsId timesheet = ARMMS_ID_NIL;
          ArmmsEvent *event = pay_world_timesheet (w, &timesheet, 1, &employee->employee_id, employee->employee_no, "2026-05-16", "2026-05-31",
                                                   &w->mall_id, &w->night_id, &w->guard_id, days);

          event->event_id = armms_id_new ();
          g_ptr_array_add (events, event);
        }
      work = pay_begin (w, "payroll", &w->system);
      if (!armms_payroll_on_timesheets_finalized (work, events, &error))
        g_error ("%s", error->message);
      pay_commit (work);
    }
}

static void
step (PayWorld *w, const ArmmsActor *actor, const ArmmsId *payrun, const char *name)
{
  g_autofree char *state = pay_world_step (w, actor, payrun, name, NULL);

  if (g_str_has_prefix (state, "error:"))
    g_error ("%s: %s", name, state);
}

static int
compare_doubles (const void *a, const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static void
measure (guint guards)
{
  double calculate[MOST_RUNS], close_[MOST_RUNS];
  guint runs = CLAMP ((guint) atoi (g_getenv ("RUNS") != NULL ? g_getenv ("RUNS") : "3"), 1, MOST_RUNS);
  gint64 lines = 0, postings = 0;

  for (guint run = 0; run < runs; run++)
    {
      PayWorld w;
      ArmmsId payrun;
      gint64 began;
      g_autofree char *count = NULL, *posted = NULL;

      pay_world_set_up (&w, FALSE);
      fill (&w, guards);
      pay_exec (&w, "analyze");
      payrun = pay_world_open (&w, "2026-05-16");
      began = g_get_monotonic_time ();
      if (pay_world_calculate (&w, &payrun) != (gint64) guards)
        g_error ("not all paysheets were written");
      calculate[run] = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
      step (&w, &w.officer, &payrun, "submit");
      step (&w, &w.controller, &payrun, "verify");
      step (&w, &w.manager, &payrun, "approve");
      began = g_get_monotonic_time ();
      step (&w, &w.officer, &payrun, "close");
      close_[run] = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
      count = pay_value (&w, "select count(*) from payroll.paysheet_lines");
      posted = pay_value (&w, "select count(*) from payroll.pay_journal");
      lines = g_ascii_strtoll (count, NULL, 10);
      postings = g_ascii_strtoll (posted, NULL, 10);
      pay_world_tear_down (&w);
    }
  qsort (calculate, runs, sizeof (double), compare_doubles);
  qsort (close_, runs, sizeof (double), compare_doubles);
  printf ("{\"guards\":%u,\"lines_per_guard\":%.1f,\"postings_per_guard\":%.1f,\"calculate_seconds\":%.3f,\"close_seconds\":%.3f,\"seconds\":%.3f,"
          "\"guards_per_second\":%.0f}\n",
          guards, (double) lines / guards, (double) postings / guards, calculate[runs / 2], close_[runs / 2], calculate[runs / 2] + close_[runs / 2],
          guards / (calculate[runs / 2] + close_[runs / 2]));
  fflush (stdout);
}

int
main (int argc, char **argv)
{
  if (argc < 2)
    {
      measure (1200);
      measure (12000);
    }
  for (int i = 1; i < argc; i++)
    measure ((guint) g_ascii_strtoull (argv[i], NULL, 10));
  return 0;
}
