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
  ArmmsMoney premium;

  if (!share_of (due->base, due->row->employee_rate.millionths + due->row->employer_rate.millionths, &premium, error)
      || !armms_money_mul_div (premium, 1, 2, ARMMS_ROUND_HALF_AWAY, &due->employer, error))
    return FALSE;
  due->employee = ARMMS_MONEY (premium.centavos - due->employer.centavos);
  return TRUE;
}

static void
share_printed (ArmmsContribution *due)
{
  const ArmmsContributionRow *row = due->row;

  due->base = row->credit;
  due->employee_mpf = row->employee_mpf;
  due->employer_mpf = row->employer_mpf;
  due->employer_ec = row->employer_ec;
  due->employee = ARMMS_MONEY (row->employee.centavos + row->employee_mpf.centavos);
  due->employer = ARMMS_MONEY (row->employer.centavos + row->employer_mpf.centavos + row->employer_ec.centavos);
}

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

  if (scheme == ARMMS_SCHEME_SSS)
    share_printed (&due);
  else if (scheme == ARMMS_SCHEME_PHILHEALTH)
    {
      if (!share_philhealth (&due, error))
        return FALSE;
    }
  else if (!share_of (due.base, due.row->employee_rate.millionths, &due.employee, error)
           || !share_of (due.base, due.row->employer_rate.millionths, &due.employer, error))
    return FALSE;
  *ret_contribution = due;
  return TRUE;
}

void
armms_contribution_subtract (const ArmmsContribution *due, const ArmmsContribution *taken, ArmmsContribution *ret_difference)
{
  ArmmsContribution difference = *due;

  difference.employee.centavos -= taken->employee.centavos;
  difference.employer.centavos -= taken->employer.centavos;
  difference.employee_mpf.centavos -= taken->employee_mpf.centavos;
  difference.employer_mpf.centavos -= taken->employer_mpf.centavos;
  difference.employer_ec.centavos -= taken->employer_ec.centavos;
  *ret_difference = difference;
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
    {
      armms_trace_money (trace, "employee_mpf", contribution->employee_mpf);
      armms_trace_money (trace, "employer_mpf", contribution->employer_mpf);
      armms_trace_money (trace, "employer_ec", contribution->employer_ec);
    }
  else
    {
      armms_trace_multiplier (trace, "employee_rate", row->employee_rate);
      armms_trace_multiplier (trace, "employer_rate", row->employer_rate);
      armms_trace_fraction (trace, (__int128) contribution->base.centavos * row->employee_rate.millionths, MILLION);
      trace->rounding = contribution->scheme == ARMMS_SCHEME_PHILHEALTH
                          ? "premium half up, employer half of it half up, employee the rest"
                          : "half away from zero, once";
    }
  armms_trace_money (trace, "employer", contribution->employer);
  armms_trace_row (trace, "contribution", row->row, row->from, row->source);
}
