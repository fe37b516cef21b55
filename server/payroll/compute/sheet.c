/* One paysheet, in the order in which its figures depend on one another. */
#include "server/payroll/compute/compute-private.h"

#include <string.h>

#define NONE G_MININT64

static const char *const line_kind_names[ARMMS_N_LINE_KINDS] = {
  "earning", "adjustment", "benefit", "statutory", "tax", "obligation", "employer", "accrual", "net",
};

static const char *const employer_codes[ARMMS_N_SCHEMES] = { "sss_employer", "philhealth_employer", "hdmf_employer" };

const char *
armms_line_kind_name (ArmmsLineKind kind)
{
  g_return_val_if_fail ((guint) kind < ARMMS_N_LINE_KINDS, NULL);

  return line_kind_names[kind];
}

/* ---- lines ---------------------------------------------------------------------------------------------------- */

ArmmsPayLine
armms_pay_line (ArmmsLineKind kind, const char *code, gint64 amount)
{
  return (ArmmsPayLine) {
    .kind = kind, .code = code, .minutes = NONE, .rate = NONE, .rate_minutes = NONE, .multiplier = NONE,
    .due = NONE, .waived = NONE, .deferred = NONE, .amount = amount, .basic = NONE,
  };
}

void
armms_sheet_add_line (ArmmsComputation *c, const ArmmsPayLine *line, const ArmmsTrace *trace)
{
  g_string_append_c (c->set->traces, c->sheet->n_lines == 0 ? '[' : ',');
  armms_trace_append_json (trace, c->set->traces);
  g_array_append_val (c->set->lines, *line);
  c->sheet->n_lines++;
}

void
armms_sheet_add_problem (ArmmsComputation *c, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (c->sheet->problems, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* ---- benefits ------------------------------------------------------------------------------------------------- */

static gint64
paid_of_span (const ArmmsPayHistory *history, const char *kind, const char *span)
{
  for (guint i = 0; history->de_minimis != NULL && i < history->de_minimis->len; i++)
    {
      const ArmmsDeMinimisPaid *paid = &g_array_index (history->de_minimis, ArmmsDeMinimisPaid, i);

      if (g_str_equal (paid->kind, kind))
        return g_str_equal (span, "year") ? paid->year : g_str_equal (span, "semester") ? paid->semester : paid->month;
    }
  return 0;
}

static const char *
span_of (const ArmmsDeMinimisTable *table, const char *kind)
{
  for (gsize i = 0; i < table->n_rows; i++)
    if (g_str_equal (table->rows[i].benefit, kind))
      return table->rows[i].per;
  return "month";
}

/* What of a small benefit is within its ceiling, given what its span holds already. */
static gboolean
split_small (ArmmsComputation *c, const ArmmsDueBenefit *benefit, gint64 *ret_exempt, const ArmmsDeMinimisRow **ret_row, GError **error)
{
  const ArmmsDeMinimisTable *table = &c->payrun->tables->de_minimis;
  gint64 before = paid_of_span (&c->facts->history, benefit->de_minimis_kind, span_of (table, benefit->de_minimis_kind));
  ArmmsMoney exempt_before, exempt_with, excess, wage = c->minimum_daily;
  ArmmsDate date = c->payrun->pay_date;

  for (guint i = 0; i < c->small->len; i++)
    {
      const ArmmsDeMinimisPaid *now = &g_array_index (c->small, ArmmsDeMinimisPaid, i);

      if (g_str_equal (now->kind, benefit->de_minimis_kind))
        before += now->month;
    }
  if (!armms_de_minimis_split (table, benefit->de_minimis_kind, date, ARMMS_MONEY (before), wage, &exempt_before, &excess, ret_row, error)
      || !armms_de_minimis_split (table, benefit->de_minimis_kind, date, ARMMS_MONEY (before + benefit->due.centavos), wage, &exempt_with,
                                  &excess, ret_row, error))
    return FALSE;
  *ret_exempt = exempt_with.centavos - exempt_before.centavos;
  g_array_append_val (c->small, ((ArmmsDeMinimisPaid) { benefit->de_minimis_kind, benefit->due.centavos, 0, 0 }));
  return TRUE;
}

static gboolean
add_benefit (ArmmsComputation *c, const ArmmsDueBenefit *benefit, GError **error)
{
  ArmmsPayLine line = armms_pay_line (ARMMS_LINE_BENEFIT, benefit->kind, benefit->due.centavos);
  const ArmmsDeMinimisRow *row = NULL;
  gboolean reimbursement = g_str_equal (benefit->kind, "reimbursement");
  gint64 amount = benefit->due.centavos, exempt = 0, pooled = 0;
  ArmmsTrace trace;

  armms_trace_init (&trace, "pay.benefit");
  armms_trace_money (&trace, "due", benefit->due);
  if (reimbursement || (!benefit->taxable && benefit->de_minimis_kind == NULL))
    exempt = amount;
  else if (benefit->de_minimis_kind != NULL)
    {
      if (!split_small (c, benefit, &exempt, &row, error))
        return FALSE;
      pooled = amount - exempt;
      armms_trace_text (&trace, "de_minimis", benefit->de_minimis_kind);
      if (row != NULL)
        {
          armms_trace_money (&trace, "ceiling", row->ceiling);
          armms_trace_row (&trace, "de-minimis", row->row, row->from, row->source);
        }
    }
  else if (g_str_equal (benefit->tax_class, "pool"))
    pooled = amount;
  else if (g_str_equal (benefit->tax_class, "regular"))
    c->tax_pay.other_regular.centavos += amount;
  else
    c->tax_pay.other_supplementary.centavos += amount;

  if (pooled > 0)
    {
      ArmmsMoney before, with, rest, pool = c->payrun->tables->settings.benefit_pool;
      gint64 used = c->facts->history.pool + c->sheet->pool;

      armms_benefit_pool_split (ARMMS_MONEY (used), pool, &before, &rest);
      armms_benefit_pool_split (ARMMS_MONEY (used + pooled), pool, &with, &rest);
      c->sheet->pool += pooled;
      c->tax_pay.other_supplementary.centavos += pooled - (with.centavos - before.centavos);
      exempt += with.centavos - before.centavos;
      armms_trace_money (&trace, "pool_before", ARMMS_MONEY (used));
      armms_trace_money (&trace, "pool", pool);
    }
  armms_trace_money (&trace, "exempt", ARMMS_MONEY (exempt));
  armms_trace_text (&trace, "tax_class", benefit->tax_class);
  trace.result = benefit->due;

  c->sheet->allowances += amount;
  c->sheet->exempt += reimbursement ? 0 : exempt;
  if (reimbursement)
    c->sheet->untouchable += amount;
  else
    c->sheet->gross += amount;
  line.title = benefit->title;
  line.pay_class = exempt == amount ? "exempt" : benefit->tax_class;
  line.source_id = benefit->instalment_id;
  armms_sheet_add_line (c, &line, &trace);
  return TRUE;
}

static gboolean
add_benefits (ArmmsComputation *c, GError **error)
{
  for (gsize i = 0; i < c->facts->n_benefits; i++)
    if (!add_benefit (c, &c->facts->benefits[i], error))
      return FALSE;
  if (c->small->len > 0)
    {
      g_autoptr(GString) json = g_string_new ("{");

      for (guint i = 0; i < c->small->len; i++)
        {
          const ArmmsDeMinimisPaid *now = &g_array_index (c->small, ArmmsDeMinimisPaid, i);
          gint64 sum = 0;
          gboolean first = TRUE;

          for (guint j = 0; j < c->small->len; j++)
            if (g_str_equal (g_array_index (c->small, ArmmsDeMinimisPaid, j).kind, now->kind))
              {
                first = first && j >= i;
                sum += g_array_index (c->small, ArmmsDeMinimisPaid, j).month;
              }
          if (first)
            g_string_append_printf (json, "%s\"%s\":%" G_GINT64_FORMAT, json->len > 1 ? "," : "", now->kind, sum);
        }
      g_string_append_c (json, '}');
      c->sheet->de_minimis = g_strdup (json->str);
    }
  return TRUE;
}

/* ---- contributions -------------------------------------------------------------------------------------------- */

static const ArmmsStatutorySchedule *
schedule_of (const ArmmsPayFacts *facts, ArmmsScheme scheme)
{
  for (gsize i = 0; i < facts->n_schedules; i++)
    if (facts->schedules[i].scheme == scheme)
      return &facts->schedules[i];
  return NULL;
}

/* SSS: all that was earned in the month, both cut-offs. PhilHealth and HDMF: the month's worth of the rate. */
static gboolean
base_of (ArmmsComputation *c, ArmmsScheme scheme, ArmmsMoney *ret_base, GError **error)
{
  gint64 earned = c->facts->history.month_gross + c->sheet->gross;

  if (scheme == ARMMS_SCHEME_SSS || earned <= 0 || c->principal == NULL)
    {
      *ret_base = ARMMS_MONEY (scheme == ARMMS_SCHEME_SSS ? earned : 0);
      return TRUE;
    }
  return armms_pay_card_monthly (c->principal, c->payrun->tables->settings.equivalent_factor, ret_base, error);
}

static gboolean
is_due (const ArmmsComputation *c, ArmmsScheme scheme)
{
  const gint64 *before = c->facts->history.statutory[scheme];
  const ArmmsEmployee *employee = c->facts->employee;

  if (employee != NULL && !armms_date_is_none (employee->separated_on) && employee->separated_on.days <= c->payrun->period.to.days)
    return TRUE; /* the last pay settles the month */
  if (c->payrun->off_cycle)
    return before[0] != 0 || before[1] != 0; /* only corrects what the month has */
  return c->payrun->due[scheme];
}

static gboolean
find_contribution (ArmmsComputation *c, ArmmsScheme scheme, GError **error)
{
  const gint64 *before = c->facts->history.statutory[scheme];
  const ArmmsStatutorySchedule *schedule = schedule_of (c->facts, scheme);
  ArmmsContribution whole, taken = {
    .employee = { before[0] }, .employer = { before[1] }, .employee_mpf = { before[2] }, .employer_mpf = { before[3] }, .employer_ec = { before[4] },
  };
  ArmmsContribution *due = &c->contributions[scheme];
  gint64 *figures = c->sheet->statutory[scheme];
  ArmmsDeduction deduction = { .kind = ARMMS_DEDUCTION_STATUTORY, .priority = (gint32) scheme + 1 };
  ArmmsMoney base;

  if (!is_due (c, scheme))
    return TRUE;
  if (!base_of (c, scheme, &base, error)
      || !armms_contribution_due (&c->payrun->tables->contributions, scheme, base, c->payrun->period.to, &whole, error))
    return FALSE;
  *due = whole;
  if (!armms_contribution_subtract (&whole, &taken, due, error))
    return FALSE;
  figures[0] = due->employee.centavos;
  figures[1] = due->employer.centavos;
  figures[2] = due->employee_mpf.centavos;
  figures[3] = due->employer_mpf.centavos;
  figures[4] = due->employer_ec.centavos;
  figures[ARMMS_FIGURE_BASE] = due->base.centavos;
  c->carried[scheme] = schedule != NULL ? schedule->carried.centavos : 0;
  deduction.due = ARMMS_MONEY (due->employee.centavos + c->carried[scheme]);
  if (schedule != NULL && schedule->waived.centavos > 0)
    deduction.waived = ARMMS_MONEY (MIN (schedule->waived.centavos, MAX (deduction.due.centavos, 0)));
  if (deduction.due.centavos == 0 && due->employer.centavos == 0)
    return TRUE;
  deduction.tag = GINT_TO_POINTER ((gint) scheme + 1);
  c->sheet->employer += due->employer.centavos;
  c->contributed += deduction.due.centavos - deduction.waived.centavos;
  c->in_force[scheme] = TRUE;
  g_array_append_val (c->set->deductions, deduction);
  return TRUE;
}

/* ---- tax ------------------------------------------------------------------------------------------------------ */

static gboolean
find_tax (ArmmsComputation *c, GError **error)
{
  const ArmmsStatutorySettings *settings = &c->payrun->tables->settings;
  const ArmmsEmployee *employee = c->facts->employee;
  gboolean last = c->payrun->last_of_year
                  || (employee != NULL && !armms_date_is_none (employee->separated_on)
                      && employee->separated_on.days <= c->payrun->period.to.days);
  gboolean taxed = c->tax_pay.basic.centavos + c->tax_pay.holiday.centavos + c->tax_pay.overtime.centavos + c->tax_pay.night.centavos != 0;
  ArmmsDeduction deduction = { .kind = ARMMS_DEDUCTION_TAX, .priority = 1 };

  c->tax_pay.premiums_are_supplementary = settings->premiums_are_supplementary;
  c->tax_pay.minimum_wage_earner = !taxed && c->exempt_earned != 0;
  /* Contributions of a month's exempt pay stay with it; of a refund there is nothing to take off. */
  if (taxed && c->contributed > 0)
    {
      gint64 earned = c->tax_pay.basic.centavos + c->tax_pay.holiday.centavos + c->tax_pay.overtime.centavos + c->tax_pay.night.centavos;

      if (c->exempt_earned <= 0)
        c->tax_pay.contributions = ARMMS_MONEY (c->contributed);
      else if (!armms_money_mul_div (ARMMS_MONEY (c->contributed), earned, earned + c->exempt_earned, ARMMS_ROUND_HALF_AWAY,
                                     &c->tax_pay.contributions, error))
        return FALSE;
    }
  if (!armms_tax_split (&c->tax_pay, &c->taxable, error))
    return FALSE;
  c->taxable.exempt.centavos += taxed ? c->exempt_earned : 0;
  if (c->tax_pay.minimum_wage_earner)
    c->taxable.exempt = ARMMS_MONEY (c->exempt_earned);
  if (!armms_tax_withhold (&c->payrun->tables->taxes, settings->tax_method, c->payrun->tax_period, c->payrun->pay_date, &c->taxable,
                           &c->facts->history.year, last, &c->tax, error))
    return FALSE;
  c->sheet->minimum_wage_earner = c->exempt_earned != 0 && !taxed;
  c->sheet->regular = c->taxable.regular.centavos;
  c->sheet->supplementary = c->taxable.supplementary.centavos;
  c->sheet->taxable = c->sheet->regular + c->sheet->supplementary;
  c->sheet->exempt += c->taxable.exempt.centavos;
  c->sheet->tax_method = armms_tax_method_name (c->tax.method);
  if (c->tax.tax.centavos == 0)
    return TRUE;
  deduction.due = c->tax.tax;
  g_array_append_val (c->set->deductions, deduction);
  return TRUE;
}

/* ---- the waterfall -------------------------------------------------------------------------------------------- */

static void
add_obligations (ArmmsComputation *c)
{
  for (gsize i = 0; i < c->facts->n_instalments; i++)
    {
      const ArmmsDueInstalment *instalment = &c->facts->instalments[i];
      ArmmsDeduction deduction = {
        .kind = ARMMS_DEDUCTION_OBLIGATION, .id = instalment->instalment_id, .priority = instalment->priority,
        .due = instalment->due, .waived = instalment->waived, .loss_or_damage = instalment->loss_or_damage,
        .whole_only = instalment->whole_only, .tag = (gpointer) instalment,
      };

      g_array_append_val (c->set->deductions, deduction);
    }
}

static ArmmsPayLine
deduction_line (ArmmsLineKind kind, const char *code, const ArmmsDeduction *deduction)
{
  ArmmsPayLine line = armms_pay_line (kind, code, deduction->taken.centavos);

  line.due = deduction->due.centavos;
  line.waived = deduction->waived.centavos;
  line.deferred = deduction->deferred.centavos;
  return line;
}

static void
add_statutory_line (ArmmsComputation *c, const ArmmsDeduction *deduction, const ArmmsWaterfall *waterfall)
{
  ArmmsScheme scheme = (ArmmsScheme) (GPOINTER_TO_INT (deduction->tag) - 1);
  ArmmsPayLine line = deduction_line (ARMMS_LINE_STATUTORY, armms_scheme_name (scheme), deduction);
  gint64 *figures = c->sheet->statutory[scheme];
  ArmmsTrace trace;

  armms_contribution_trace (&c->contributions[scheme], &trace);
  if (c->facts->history.statutory[scheme][0] != 0)
    armms_trace_money (&trace, "before", ARMMS_MONEY (c->facts->history.statutory[scheme][0]));
  if (c->carried[scheme] != 0)
    armms_trace_money (&trace, "carried", ARMMS_MONEY (c->carried[scheme]));
  armms_deduction_trace_limits (deduction, waterfall, &trace);
  c->sheet->taken[scheme] = deduction->taken.centavos;
  /* This month's share first, then what earlier months left open. */
  figures[ARMMS_FIGURE_TAKEN] = MIN (deduction->taken.centavos, figures[ARMMS_FIGURE_EMPLOYEE]);
  figures[ARMMS_FIGURE_RECOVERED] = deduction->taken.centavos - figures[ARMMS_FIGURE_TAKEN];
  armms_sheet_add_line (c, &line, &trace);
}

static void
add_deduction_lines (ArmmsComputation *c, const ArmmsWaterfall *waterfall)
{
  for (guint i = 0; i < c->set->deductions->len; i++)
    {
      const ArmmsDeduction *deduction = &g_array_index (c->set->deductions, ArmmsDeduction, i);
      ArmmsTrace trace;

      if (deduction->kind == ARMMS_DEDUCTION_STATUTORY)
        add_statutory_line (c, deduction, waterfall);
      else if (deduction->kind == ARMMS_DEDUCTION_TAX)
        {
          ArmmsPayLine line = deduction_line (ARMMS_LINE_TAX, "withholding_tax", deduction);

          armms_tax_trace (&c->tax, &trace);
          armms_deduction_trace_limits (deduction, waterfall, &trace);
          armms_sheet_add_line (c, &line, &trace);
        }
      else
        {
          const ArmmsDueInstalment *instalment = deduction->tag;
          ArmmsPayLine line = deduction_line (ARMMS_LINE_OBLIGATION, instalment->kind, deduction);

          armms_deduction_trace (deduction, waterfall, &trace);
          line.title = instalment->title;
          line.source_id = instalment->instalment_id;
          armms_sheet_add_line (c, &line, &trace);
        }
    }
}

static void
add_employer_lines (ArmmsComputation *c)
{
  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    {
      const ArmmsContribution *due = &c->contributions[scheme];
      gint64 shares[2] = { due->employer.centavos - due->employer_ec.centavos, due->employer_ec.centavos };

      for (guint part = 0; c->in_force[scheme] && part < 2; part++)
        {
          ArmmsPayLine line = armms_pay_line (ARMMS_LINE_EMPLOYER, part == 0 ? employer_codes[scheme] : "sss_ec", shares[part]);
          ArmmsTrace trace;

          if (shares[part] == 0)
            continue;
          armms_trace_init (&trace, scheme == ARMMS_SCHEME_SSS ? "statutory.sss" : scheme == ARMMS_SCHEME_PHILHEALTH ? "statutory.philhealth" : "statutory.hdmf");
          armms_trace_money (&trace, "compensation", due->compensation);
          armms_trace_money (&trace, "base", due->base);
          if (due->row != NULL)
            armms_trace_row (&trace, "contribution", due->row->row, due->row->from, due->row->source);
          trace.result = ARMMS_MONEY (shares[part]);
          armms_sheet_add_line (c, &line, &trace);
        }
    }
}

static gboolean
add_thirteenth_month (ArmmsComputation *c, GError **error)
{
  gint64 before = c->facts->history.basic;
  ArmmsPayLine line;
  ArmmsMoney accrual;
  ArmmsTrace trace;

  if (!armms_thirteenth_month_accrual (ARMMS_MONEY (before), ARMMS_MONEY (c->sheet->basic), &accrual, error))
    return FALSE;
  c->sheet->thirteenth_month = accrual.centavos;
  if (accrual.centavos == 0)
    return TRUE;
  line = armms_pay_line (ARMMS_LINE_ACCRUAL, "thirteenth_month", accrual.centavos);
  line.basic = c->sheet->basic;
  armms_trace_init (&trace, "pay.thirteenth_month");
  armms_trace_money (&trace, "basic_before", ARMMS_MONEY (before));
  armms_trace_money (&trace, "basic_now", ARMMS_MONEY (c->sheet->basic));
  trace.rounding = "a twelfth of the year after less a twelfth before, each half away from zero";
  trace.result = accrual;
  armms_sheet_add_line (c, &line, &trace);
  return TRUE;
}

static gboolean
run_waterfall (ArmmsComputation *c, GError **error)
{
  GArray *deductions = c->set->deductions;
  ArmmsWaterfallPay pay = { .gross = { c->sheet->gross }, .untouchable = { c->sheet->untouchable } };
  ArmmsWaterfall waterfall;
  ArmmsPayLine line;
  ArmmsTrace trace;

  add_obligations (c);
  if (c->weeks->len > 0)
    {
      pay.weekly_wages = (const ArmmsMoney *) (gpointer) c->weeks->data;
      pay.n_weeks = c->weeks->len;
    }
  if (!armms_waterfall (&c->payrun->floor, &pay, (ArmmsDeduction *) (gpointer) deductions->data, deductions->len, &waterfall, error))
    return FALSE;
  add_deduction_lines (c, &waterfall);
  add_employer_lines (c);
  if (!add_thirteenth_month (c, error))
    return FALSE;

  c->sheet->tax = waterfall.tax.centavos;
  c->sheet->obligations = waterfall.obligations.centavos;
  c->sheet->deductions = waterfall.statutory.centavos + waterfall.tax.centavos + waterfall.obligations.centavos;
  c->sheet->net = waterfall.net.centavos;
  c->sheet->floor = waterfall.floor.centavos;
  c->sheet->deferred = waterfall.deferred.centavos;
  c->sheet->waived = waterfall.waived.centavos;
  c->sheet->receivable = waterfall.receivable.centavos;
  c->sheet->tax_short = waterfall.tax_short.centavos;
  c->sheet->floor_missed = waterfall.floor_missed;
  line = armms_pay_line (ARMMS_LINE_NET, "net_pay", waterfall.net.centavos);
  armms_waterfall_trace (&waterfall, &c->payrun->floor, &trace);
  armms_sheet_add_line (c, &line, &trace);
  return TRUE;
}

/* ---- whole ---------------------------------------------------------------------------------------------------- */

/* A paysheet that cannot be calculated shows why, and no figure. */
static void
strip (ArmmsComputation *c)
{
  ArmmsSheet *sheet = c->sheet;
  ArmmsSheet bare = {
    .paysheet_id = sheet->paysheet_id, .employee_id = sheet->employee_id, .employee_no = sheet->employee_no,
    .employee_name = sheet->employee_name, .detachment_id = sheet->detachment_id, .position_id = sheet->position_id,
    .first_line = sheet->first_line, .problems = sheet->problems, .warnings = sheet->warnings, .previous_net = sheet->previous_net,
    .worked_minutes = sheet->worked_minutes,
  };

  g_free (sheet->de_minimis);
  g_array_set_size (c->set->lines, sheet->first_line);
  g_string_truncate (c->set->traces, 0);
  *sheet = bare;
}

static void
add_warnings (ArmmsComputation *c)
{
  char a[ARMMS_MONEY_TEXT_SIZE], b[ARMMS_MONEY_TEXT_SIZE];
  ArmmsSheet *sheet = c->sheet;

  if (sheet->net < 0)
    armms_sheet_add_problem (c, "net.negative: corrections take more than was earned, net pay would be %s", armms_money_format (ARMMS_MONEY (sheet->net), a));
  if (sheet->floor_missed)
    g_ptr_array_add (sheet->warnings, g_strdup_printf ("floor.missed: net pay is %s, the floor %s: what the law takes alone passes it",
                                                       armms_money_format (ARMMS_MONEY (sheet->net), a), armms_money_format (ARMMS_MONEY (sheet->floor), b)));
  if (sheet->receivable > 0)
    g_ptr_array_add (sheet->warnings, g_strdup_printf ("statutory.receivable: %s of employee shares was not taken from pay; the agency remits it all the same",
                                                       armms_money_format (ARMMS_MONEY (sheet->receivable), a)));
  if (sheet->tax_short > 0)
    g_ptr_array_add (sheet->warnings, g_strdup_printf ("tax.short: pay could not bear %s of tax; the agency remits it", armms_money_format (ARMMS_MONEY (sheet->tax_short), a)));
}

static gboolean
compute (ArmmsComputation *c, GError **error)
{
  if (c->facts->employee == NULL)
    armms_sheet_add_problem (c, "employee.unknown: there is no such employee");
  if (!armms_compute_earnings (c, error))
    return FALSE;
  if (c->sheet->problems->len > 0)
    return TRUE;
  if (!add_benefits (c, error))
    return FALSE;
  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    if (!find_contribution (c, (ArmmsScheme) scheme, error))
      return FALSE;
  if (!find_tax (c, error) || !run_waterfall (c, error))
    return FALSE;
  add_warnings (c);
  return TRUE;
}

gboolean
armms_compute_sheet (const ArmmsPayrunFacts *payrun, const ArmmsPayFacts *facts, ArmmsSheetSet *set, GError **error)
{
  g_autoptr(GArray) small = g_array_new (FALSE, FALSE, sizeof (ArmmsDeMinimisPaid));
  g_autoptr(GArray) weeks = g_array_new (FALSE, FALSE, sizeof (ArmmsMoney));
  ArmmsSheet *sheet = g_new0 (ArmmsSheet, 1);
  ArmmsComputation c = { .payrun = payrun, .facts = facts, .set = set, .sheet = sheet, .small = small, .weeks = weeks };
  g_autoptr(GError) local = NULL;

  sheet->problems = g_ptr_array_new_with_free_func (g_free);
  sheet->warnings = g_ptr_array_new_with_free_func (g_free);
  sheet->employee_id = facts->employee_id;
  sheet->paysheet_id = armms_paysheet_id_of (&payrun->payrun_id, &facts->employee_id);
  sheet->employee_no = g_strdup (facts->employee != NULL ? facts->employee->employee_no : "?");
  sheet->employee_name = facts->employee != NULL ? armms_employee_name (facts->employee) : g_strdup ("?");
  sheet->first_line = set->lines->len;
  sheet->previous_net = facts->history.previous_net;
  g_ptr_array_add (set->sheets, sheet);
  g_array_set_size (set->deductions, 0);
  g_string_truncate (set->traces, 0);

  if (!compute (&c, &local))
    {
      /* A table that is missing concerns this employee's date and pay: it is shown on his sheet, the others go on. */
      if (!g_error_matches (local, ARMMS_ERROR, ARMMS_ERROR_NOT_FOUND) && !g_error_matches (local, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT))
        {
          g_propagate_prefixed_error (error, g_steal_pointer (&local), "employee %s: ", sheet->employee_no);
          return FALSE;
        }
      armms_sheet_add_problem (&c, "%s: %s", armms_error_get_code (local), local->message);
    }
  if (sheet->problems->len > 0)
    strip (&c);
  g_string_append (set->traces, sheet->n_lines > 0 ? "]" : "[]");
  sheet->traces = g_strndup (set->traces->str, set->traces->len);
  armms_sheet_seal (sheet, &g_array_index (set->lines, ArmmsPayLine, sheet->first_line));
  return TRUE;
}
