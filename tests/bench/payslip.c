/* How long does one guard's half-month take on one core, without a database? Fifteen duties judged from their punches, minutes in cells,
 * priced, contributed, taxed, deducted, every trace written (tests/server/rules/pay/half-month.c; its figures are held by
 * test-half-month.c).
 *
 * Usage: bench-payslip [BATCHES [ROUNDS]]     25 batches of 400
 * Prints one line of JSON: microseconds a guard, the median and the best of the batches.
 */
#include "tests/server/rules/pay/payslip/half-month.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_BATCHES 1000

static int
compare_doubles (const void *a, const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
measure (HalfMonth *h, int rounds)
{
  gint64 began = g_get_monotonic_time ();

  for (int round = 0; round < rounds; round++)
    {
      g_autoptr(GError) error = NULL;

      if (!half_month_run (h, &error))
        g_error ("%s", error->message);
    }
  return (double) (g_get_monotonic_time () - began) / rounds;
}

int
main (int argc, char **argv)
{
  int batches = CLAMP (argc > 1 ? atoi (argv[1]) : 25, 1, MOST_BATCHES), rounds = MAX (argc > 2 ? atoi (argv[2]) : 400, 1);
  g_autofree char *folder = armms_statutory_find_folder ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsStatutoryTables) tables = armms_statutory_tables_new_from_folder (folder, &error);
  g_autoptr(HalfMonth) h = NULL;
  double micros[MOST_BATCHES];

  if (tables == NULL || !armms_statutory_tables_settle (tables, armms_date_from_ymd (2026, 5, 31), &error))
    g_error ("%s", error->message);
  h = half_month_new (tables);
  measure (h, rounds); /* caches warm */
  for (int batch = 0; batch < batches; batch++)
    micros[batch] = measure (h, rounds);
  qsort (micros, (size_t) batches, sizeof *micros, compare_doubles);
  printf ("{\"batches\":%d,\"rounds\":%d,\"duties\":%d,\"lines\":%u,\"trace_bytes\":%zu,\"microseconds_per_guard\":%.2f,\"best_microseconds\":%.2f}\n",
          batches, rounds, HALF_MONTH_DUTIES, half_month_get_payslip (h)->lines->len, strlen (half_month_get_traces (h)), micros[batches / 2], micros[0]);
  return 0;
}
