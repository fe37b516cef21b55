#include "server/rules/statutory/contribution.h"

#include <stdlib.h>

#define MILLION 1000000

static const char *const scheme_names[ARMMS_N_SCHEMES] = { "sss", "philhealth", "hdmf" };
static const char *const rule_names[ARMMS_N_SCHEMES] = { "statutory.sss", "statutory.philhealth", "statutory.hdmf" };

const char *
armms_scheme_name (ArmmsScheme scheme)
{
  g_return_val_if_fail ((guint) scheme < ARMMS_N_SCHEMES, NULL);

  return scheme_names[scheme];
}

gboolean
armms_scheme_parse (const char *name, ArmmsScheme *ret_scheme)
{
  if (g_strcmp0 (name, "pagibig") == 0)
    name = scheme_names[ARMMS_SCHEME_HDMF];
  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    if (g_strcmp0 (name, scheme_names[scheme]) == 0)
      {
        *ret_scheme = (ArmmsScheme) scheme;
        return TRUE;
      }
  return FALSE;
}

static int
compare_rows (const void *a, const void *b)
{
  const ArmmsContributionRow *left = a, *right = b;

  if (left->scheme != right->scheme)
    return left->scheme < right->scheme ? -1 : 1;
  if (left->from.days != right->from.days)
    return left->from.days < right->from.days ? -1 : 1;
  return (left->at_least > right->at_least) - (left->at_least < right->at_least);
}

void
armms_contribution_table_index (ArmmsContributionTable *table, ArmmsContributionRow *rows, gsize n_rows)
{
  if (n_rows > 0)
    qsort (rows, n_rows, sizeof *rows, compare_rows);
  table->rows = rows;
  table->n_rows = n_rows;
}

static const ArmmsContributionRow *
find_row (const ArmmsContributionTable *table, ArmmsScheme scheme, gint64 compensation, ArmmsDate applicable)
{
  for (gsize i = 0; i < table->n_rows; i++)
    {
      const ArmmsContributionRow *row = &table->rows[i];

      if (row->scheme == scheme
          && compensation >= row->at_least && compensation < row->below
          && (armms_date_is_none (row->from) || row->from.days <= applicable.days)
          && (armms_date_is_none (row->to) || applicable.days <= row->to.days))
        return row;
    }
  return NULL;
}

static gboolean
share_of (ArmmsMoney base, gint64 rate, ArmmsMoney *ret_share, GError **error)
{
  return armms_money_mul_div (base, rate, MILLION, ARMMS_ROUND_HALF_AWAY, ret_share, error);
}

/* One premium, halved: the employer bears the odd centavo. */
static gboolean
share_philhealth (ArmmsContribution *due, GError **error)
{
  return share_of (due->base, due->row->employee_rate.millionths + due->row->employer_rate.millionths, &due->premium, error)
         && armms_money_mul_div (due->premium, 1, 2, ARMMS_ROUND_HALF_AWAY, &due->employer, error)
         && armms_money_subtract (due->premium, due->employer, &due->employee, error);
}

static gboolean
share_hdmf (ArmmsContribution *due, GError **error)
{
  return share_of (due->base, due->row->employee_rate.millionths, &due->employee, error)
         && share_of (due->base, due->row->employer_rate.millionths, &due->employer, error);
}

/* SSS: as printed in the row. */
static gboolean
share_sss (ArmmsContribution *due, GError **error)
{
  const ArmmsContributionRow *row = due->row;

  due->base = row->credit;
  due->employee_mpf = row->employee_mpf;
  due->employer_mpf = row->employer_mpf;
  due->employer_ec = row->employer_ec;
  return armms_money_add (row->employee, row->employee_mpf, &due->employee, error)
         && armms_money_add (row->employer, row->employer_mpf, &due->employer, error)
         && armms_money_add (due->employer, row->employer_ec, &due->employer, error);
}

static gboolean (*const share[ARMMS_N_SCHEMES]) (ArmmsContribution *due, GError **error) = { share_sss, share_philhealth, share_hdmf };

gboolean
armms_contribution_due (const ArmmsContributionTable *table, ArmmsScheme scheme, ArmmsMoney compensation, ArmmsDate applicable,
                        ArmmsContribution *ret_contribution, GError **error)
{
  ArmmsContribution due = { .scheme = scheme, .compensation = compensation };
  char buffer[ARMMS_DATE_TEXT_SIZE];

  g_return_val_if_fail ((guint) scheme < ARMMS_N_SCHEMES, FALSE);

  if (compensation.centavos <= 0)
    {
      *ret_contribution = due;
      return TRUE;
    }
  due.row = find_row (table, scheme, compensation.centavos, applicable);
  if (due.row == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "statutory.no_table", "no %s table is in force on %s",
                       scheme_names[scheme], armms_date_format (applicable, buffer));
      return FALSE;
    }
  due.base = compensation;
  if (due.base.centavos < due.row->floor.centavos)
    due.base = due.row->floor;
  if (due.row->ceiling.centavos > 0 && due.base.centavos > due.row->ceiling.centavos)
    due.base = due.row->ceiling;

  if (!share[scheme] (&due, error))
    return FALSE;
  *ret_contribution = due;
  return TRUE;
}

gboolean
armms_contribution_subtract (const ArmmsContribution *due, const ArmmsContribution *taken, ArmmsContribution *ret_difference,
                             GError **error)
{
  ArmmsContribution difference = *due;

  difference.taken_employee = taken->employee;
  difference.taken_employer = taken->employer;
  if (!armms_money_subtract (due->employee, taken->employee, &difference.employee, error)
      || !armms_money_subtract (due->employer, taken->employer, &difference.employer, error)
      || !armms_money_subtract (due->employee_mpf, taken->employee_mpf, &difference.employee_mpf, error)
      || !armms_money_subtract (due->employer_mpf, taken->employer_mpf, &difference.employer_mpf, error)
      || !armms_money_subtract (due->employer_ec, taken->employer_ec, &difference.employer_ec, error))
    return FALSE;
  *ret_difference = difference;
  return TRUE;
}

/* The printed row, part by part: its shares add up to what is due. */
static void
trace_sss (const ArmmsContribution *contribution, ArmmsTrace *trace)
{
  const ArmmsContributionRow *row = contribution->row;

  armms_trace_money (trace, "at_least", ARMMS_MONEY (row->at_least));
  if (row->below != G_MAXINT64)
    armms_trace_money (trace, "not_over", ARMMS_MONEY (row->below - 1));
  armms_trace_money (trace, "employee_ss", row->employee);
  armms_trace_money (trace, "employee_mpf", row->employee_mpf);
  armms_trace_money (trace, "employer_ss", row->employer);
  armms_trace_money (trace, "employer_mpf", row->employer_mpf);
  armms_trace_money (trace, "employer_ec", row->employer_ec);
}

static void
trace_rates (const ArmmsContribution *contribution, ArmmsTrace *trace)
{
  const ArmmsContributionRow *row = contribution->row;
  gboolean halved = contribution->scheme == ARMMS_SCHEME_PHILHEALTH;
  gint64 rate = row->employee_rate.millionths + (halved ? row->employer_rate.millionths : 0);

  if (row->floor.centavos > 0)
    armms_trace_money (trace, "base_floor", row->floor);
  if (row->ceiling.centavos > 0)
    armms_trace_money (trace, "ceiling", row->ceiling);
  armms_trace_multiplier (trace, "employee_rate", row->employee_rate);
  armms_trace_multiplier (trace, "employer_rate", row->employer_rate);
  if (halved)
    armms_trace_money (trace, "premium", contribution->premium);
  armms_trace_fraction (trace, (__int128) contribution->base.centavos * rate, MILLION);
  trace->rounding = halved ? "premium half away from zero, the employer half of it half away from zero, the employee the rest"
                           : "half away from zero, once";
}

void
armms_contribution_trace (const ArmmsContribution *contribution, ArmmsTrace *trace)
{
  const ArmmsContributionRow *row = contribution->row;

  armms_trace_init (trace, rule_names[contribution->scheme]);
  armms_trace_money (trace, "compensation", contribution->compensation);
  armms_trace_money (trace, contribution->scheme == ARMMS_SCHEME_SSS ? "salary_credit" : "base", contribution->base);
  trace->result = contribution->employee;
  if (row == NULL)
    {
      armms_trace_text (trace, "remark", "no earnings in the month");
      return;
    }
  if (contribution->scheme == ARMMS_SCHEME_SSS)
    trace_sss (contribution, trace);
  else
    trace_rates (contribution, trace);
  if (contribution->taken_employee.centavos != 0 || contribution->taken_employer.centavos != 0)
    {
      armms_trace_money (trace, "taken_employee", contribution->taken_employee);
      armms_trace_money (trace, "taken_employer", contribution->taken_employer);
    }
  armms_trace_money (trace, "employer", contribution->employer);
  armms_trace_row (trace, "contribution", row->row, row->from, row->source);
}
