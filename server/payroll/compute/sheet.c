/* One paysheet: facts become the rules' values, the payslip that they give becomes a row and its lines. */
#include "server/payroll/compute/compute-private.h"

#include <string.h>

#define NONE G_MININT64

void
armms_sheet_add_problem (ArmmsComputation *c, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (c->sheet->problems, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* ---- facts of the rules --------------------------------------------------------------------------------------- */

static ArmmsPayslipTerms
terms_of (const ArmmsPayrunFacts *payrun)
{
  const ArmmsStatutoryTables *tables = payrun->tables;
  ArmmsPayslipTerms terms = {
    .period = payrun->period, .paid_on = payrun->pay_date, .tax_period = payrun->tax_period, .off_cycle = payrun->off_cycle,
    .last_of_year = payrun->last_of_year, .floor = payrun->floor, .contributions = &tables->contributions, .taxes = &tables->taxes,
    .ceilings = &tables->de_minimis, .tax_method = tables->settings.tax_method,
    .premiums_are_supplementary = tables->settings.premiums_are_supplementary,
    .equivalent_factor = tables->settings.equivalent_factor, .philhealth_factor = tables->settings.philhealth_factor,
    .hdmf_part_month_base = tables->settings.hdmf_part_month_base, .benefit_pool = tables->settings.benefit_pool,
  };

  memcpy (terms.due, payrun->due, sizeof terms.due);
  return terms;
}

static ArmmsBenefitClass
class_of_benefit (const char *name)
{
  return g_str_equal (name, "pool") ? ARMMS_BENEFIT_POOL : g_str_equal (name, "regular") ? ARMMS_BENEFIT_REGULAR : ARMMS_BENEFIT_SUPPLEMENTARY;
}

static void
take_benefits (ArmmsComputation *c, ArmmsPayslipFacts *facts)
{
  for (gsize i = 0; i < c->facts->n_benefits; i++)
    {
      const ArmmsDueBenefit *due = &c->facts->benefits[i];
      ArmmsPayBenefit benefit = {
        .code = due->kind, .amount = due->due, .tax_class = class_of_benefit (due->tax_class), .small_kind = due->de_minimis_kind,
        .exempt = !due->taxable, .paid_back = g_str_equal (due->kind, "reimbursement"), .tag = (gpointer) due,
      };

      g_array_append_val (c->set->benefits, benefit);
    }
  facts->benefits = (const ArmmsPayBenefit *) (gpointer) c->set->benefits->data;
  facts->n_benefits = c->set->benefits->len;
}

static void
take_obligations (ArmmsComputation *c, ArmmsPayslipFacts *facts)
{
  for (gsize i = 0; i < c->facts->n_instalments; i++)
    {
      const ArmmsDueInstalment *instalment = &c->facts->instalments[i];
      ArmmsPayslipObligation obligation = {
        .id = instalment->instalment_id, .code = instalment->kind, .title = instalment->title, .priority = instalment->priority,
        .due = instalment->due, .waived = instalment->waived, .loss_or_damage = instalment->loss_or_damage,
        .whole_only = instalment->whole_only,
      };

      g_array_append_val (c->set->obligations, obligation);
    }
  facts->obligations = (const ArmmsPayslipObligation *) (gpointer) c->set->obligations->data;
  facts->n_obligations = c->set->obligations->len;
}

static void
take_month (const ArmmsPayFacts *facts, ArmmsPayslipMonth *months)
{
  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    {
      const gint64 *before = facts->history.statutory[scheme];

      months[scheme].before = (ArmmsContribution) {
        .scheme = (ArmmsScheme) scheme, .employee = { before[0] }, .employer = { before[1] }, .employee_mpf = { before[2] },
        .employer_mpf = { before[3] }, .employer_ec = { before[4] },
      };
    }
  for (gsize i = 0; i < facts->n_schedules; i++)
    {
      months[facts->schedules[i].scheme].carried = facts->schedules[i].carried;
      months[facts->schedules[i].scheme].waived = facts->schedules[i].waived;
    }
}

static void
take_facts (ArmmsComputation *c, ArmmsPayslipFacts *facts)
{
  const ArmmsPayHistory *history = &c->facts->history;
  const ArmmsEmployee *employee = c->facts->employee;

  *facts = (ArmmsPayslipFacts) {
    .earnings = (const ArmmsPostLine *) (gpointer) c->set->earnings->data, .n_earnings = c->set->earnings->len,
    .weekly_wages = (const ArmmsMoney *) (gpointer) c->set->weeks->data, .n_weeks = c->set->weeks->len,
    .principal = c->principal, .minimum_daily = c->minimum_daily,
    .last = employee != NULL && !armms_date_is_none (employee->separated_on) && employee->separated_on.days <= c->payrun->period.to.days,
    .part_month = employee != NULL && armms_is_part_month (employee->hired_on, employee->separated_on, c->payrun->period.to),
    .month_gross = { history->month_gross }, .year = history->year, .basic = { history->basic }, .pool = { history->pool },
    .meal_days = c->set->posts->len > 0 ? armms_post_meal_days ((const ArmmsPost *) (gpointer) c->set->posts->data, c->set->posts->len) : -1,
  };
  if (history->de_minimis != NULL)
    {
      facts->small = (const ArmmsDeMinimisPaid *) (gpointer) history->de_minimis->data;
      facts->n_small = history->de_minimis->len;
    }
  take_benefits (c, facts);
  take_obligations (c, facts);
  take_month (c->facts, facts->month);
}

/* ---- rows ----------------------------------------------------------------------------------------------------- */

static void
show_earning (const ArmmsComputation *c, const ArmmsPostLine *earning, ArmmsPayLine *line)
{
  const ArmmsPaySource *source = g_ptr_array_index (c->facts->sources, earning->number);

  line->pay_class = armms_pay_class_name (earning->pay_class);
  line->basic = earning->basic.centavos;
  line->source_id = source->timesheet_id;
  line->detachment_id = source->detachment_id;
  if (earning->kind != ARMMS_POST_LINE_LIMIT)
    line->minutes = earning->minutes;
  if (earning->kind != ARMMS_POST_LINE_EARNING)
    return;
  if (earning->earning.kind == ARMMS_EARNING_SALARY)
    {
      line->rate = earning->earning.card->amount.centavos;
      return;
    }
  line->rate = earning->earning.rate.centavos;
  line->rate_minutes = earning->earning.rate.minutes;
  line->multiplier = earning->earning.multiplier.millionths;
}

static void
show_benefit (const ArmmsBenefitTax *tax, ArmmsPayLine *line)
{
  const ArmmsDueBenefit *due = tax->benefit->tag;

  line->title = due->title;
  line->pay_class = tax->exempt.centavos == due->due.centavos ? "exempt" : due->tax_class;
  line->source_id = due->instalment_id;
}

static void
show_deduction (const ArmmsDeduction *deduction, ArmmsPayLine *line)
{
  line->due = deduction->due.centavos;
  line->waived = deduction->waived.centavos;
  line->deferred = deduction->deferred.centavos;
  if (deduction->kind != ARMMS_DEDUCTION_OBLIGATION)
    return;
  line->title = armms_payslip_deduction_obligation (deduction)->title;
  line->source_id = deduction->id;
}

static ArmmsPayLine
show_line (const ArmmsComputation *c, const ArmmsPayslipLine *shown)
{
  const ArmmsPayslip *payslip = c->set->payslip;
  ArmmsPayLine line = {
    .kind = shown->kind, .code = shown->code, .minutes = NONE, .rate = NONE, .rate_minutes = NONE, .multiplier = NONE,
    .due = NONE, .waived = NONE, .deferred = NONE, .amount = shown->amount.centavos, .basic = NONE,
  };

  switch (shown->kind)
    {
    case ARMMS_LINE_EARNING:
    case ARMMS_LINE_ADJUSTMENT:
      show_earning (c, &payslip->facts->earnings[shown->index], &line);
      break;
    case ARMMS_LINE_BENEFIT:
      show_benefit (&g_array_index (payslip->benefits, ArmmsBenefitTax, shown->index), &line);
      break;
    case ARMMS_LINE_STATUTORY:
    case ARMMS_LINE_TAX:
    case ARMMS_LINE_OBLIGATION:
      show_deduction (&g_array_index (payslip->deductions, ArmmsDeduction, shown->index), &line);
      break;
    case ARMMS_LINE_ACCRUAL:
      line.basic = payslip->totals.basic.centavos;
      break;
    case ARMMS_LINE_EMPLOYER:
    case ARMMS_LINE_NET:
    case ARMMS_N_LINE_KINDS:
    default:
      break;
    }
  return line;
}

static void
add_lines (ArmmsComputation *c)
{
  const ArmmsPayslip *payslip = c->set->payslip;

  for (guint i = 0; i < payslip->lines->len; i++)
    {
      const ArmmsPayslipLine *shown = &g_array_index (payslip->lines, ArmmsPayslipLine, i);
      ArmmsPayLine line = show_line (c, shown);
      ArmmsTrace trace;

      armms_payslip_line_trace (payslip, shown, &trace);
      g_string_append_c (c->set->traces, i == 0 ? '[' : ',');
      armms_trace_append_json (&trace, c->set->traces);
      g_array_append_val (c->set->lines, line);
    }
  c->sheet->n_lines = payslip->lines->len;
}

static void
show_shares (const ArmmsPayslip *payslip, ArmmsSheet *sheet)
{
  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    {
      const ArmmsPayslipShare *share = &payslip->shares[scheme];
      const ArmmsContribution *due = &share->month.difference;
      gint64 *figures = sheet->statutory[scheme];

      figures[ARMMS_FIGURE_EMPLOYEE] = due->employee.centavos;
      figures[ARMMS_FIGURE_EMPLOYER] = due->employer.centavos;
      figures[ARMMS_FIGURE_EMPLOYEE_MPF] = due->employee_mpf.centavos;
      figures[ARMMS_FIGURE_EMPLOYER_MPF] = due->employer_mpf.centavos;
      figures[ARMMS_FIGURE_EMPLOYER_EC] = due->employer_ec.centavos;
      figures[ARMMS_FIGURE_TAKEN] = share->taken.centavos;
      figures[ARMMS_FIGURE_RECOVERED] = share->recovered.centavos;
      figures[ARMMS_FIGURE_BASE] = due->base.centavos;
      sheet->taken[scheme] = share->taken.centavos + share->recovered.centavos;
    }
}

static void
show_totals (const ArmmsPayslip *payslip, ArmmsSheet *sheet)
{
  const ArmmsPayslipTotals *totals = &payslip->totals;
  const ArmmsWaterfall *waterfall = &payslip->waterfall;

  sheet->worked_minutes = totals->worked_minutes;
  sheet->gross = totals->gross.centavos;
  sheet->basic = totals->basic.centavos;
  sheet->allowances = totals->allowances.centavos;
  sheet->adjustments = totals->adjustments.centavos;
  sheet->untouchable = totals->paid_back.centavos;
  sheet->regular = payslip->taxable.regular.centavos;
  sheet->supplementary = payslip->taxable.supplementary.centavos;
  sheet->taxable = sheet->regular + sheet->supplementary;
  sheet->exempt = totals->exempt.centavos;
  sheet->pool = totals->pool.centavos;
  sheet->minimum_wage_earner = totals->minimum_wage_earner;
  sheet->tax_method = armms_tax_method_name (payslip->tax.method);
  sheet->tax = waterfall->tax.centavos;
  sheet->obligations = waterfall->obligations.centavos;
  sheet->deductions = totals->deductions.centavos;
  sheet->net = waterfall->net.centavos;
  sheet->floor = waterfall->floor.centavos;
  sheet->deferred = waterfall->deferred.centavos;
  sheet->waived = waterfall->waived.centavos;
  sheet->receivable = waterfall->receivable.centavos;
  sheet->tax_short = waterfall->tax_short.centavos;
  sheet->floor_missed = waterfall->floor_missed;
  sheet->employer = totals->employer.centavos;
  sheet->thirteenth_month = totals->thirteenth_month.centavos;
}

/* {"rice_subsidy": centavos}: what later payslips must know of small benefits; kinds in order of first payment. */
static void
show_small (const ArmmsPayslip *payslip, ArmmsSheet *sheet)
{
  g_autoptr(GString) json = g_string_new ("{");

  for (guint i = 0; i < payslip->benefits->len; i++)
    {
      const ArmmsBenefitTax *tax = &g_array_index (payslip->benefits, ArmmsBenefitTax, i);
      const char *kind = tax->small.row != NULL ? tax->benefit->small_kind : NULL;
      gint64 sum = 0;
      gboolean first = kind != NULL;

      for (guint k = 0; kind != NULL && k < payslip->benefits->len; k++)
        {
          const ArmmsBenefitTax *other = &g_array_index (payslip->benefits, ArmmsBenefitTax, k);

          if (other->small.row == NULL || !g_str_equal (other->benefit->small_kind, kind))
            continue;
          first = first && k >= i;
          sum += other->benefit->amount.centavos;
        }
      if (first)
        g_string_append_printf (json, "%s\"%s\":%" G_GINT64_FORMAT, json->len > 1 ? "," : "", kind, sum);
    }
  if (json->len > 1)
    sheet->de_minimis = g_strconcat (json->str, "}", NULL);
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
  ArmmsPayslipTerms terms = terms_of (c->payrun);
  ArmmsPayslipFacts facts;

  if (c->facts->employee == NULL)
    armms_sheet_add_problem (c, "employee.unknown: there is no such employee");
  if (!armms_compute_earnings (c, error))
    return FALSE;
  if (c->sheet->problems->len > 0)
    return TRUE;
  if (!armms_compute_weeks (c, error))
    return FALSE;
  take_facts (c, &facts);
  if (!armms_payslip_assemble (&terms, &facts, c->set->payslip, error))
    return FALSE;
  show_totals (c->set->payslip, c->sheet);
  show_shares (c->set->payslip, c->sheet);
  show_small (c->set->payslip, c->sheet);
  add_lines (c);
  add_warnings (c);
  return TRUE;
}

static gboolean
came_to_nothing (const ArmmsPayFacts *facts, const ArmmsSheet *sheet)
{
  gboolean nothing = facts->sources->len == 0 && facts->n_benefits == 0 && sheet->problems->len == 0 && sheet->tax == 0 && sheet->tax_short == 0;

  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    nothing = nothing && sheet->statutory[scheme][ARMMS_FIGURE_EMPLOYEE] == 0 && sheet->statutory[scheme][ARMMS_FIGURE_EMPLOYER] == 0;
  return nothing;
}

static void
clear_scratch (ArmmsSheetSet *set)
{
  g_array_set_size (set->posts, 0);
  g_array_set_size (set->earnings, 0);
  g_array_set_size (set->benefits, 0);
  g_array_set_size (set->obligations, 0);
  g_array_set_size (set->weeks, 0);
  g_array_set_size (set->problems, 0);
  g_ptr_array_set_size (set->kept, 0);
  g_string_truncate (set->traces, 0);
}

gboolean
armms_compute_sheet (const ArmmsPayrunFacts *payrun, const ArmmsPayFacts *facts, ArmmsSheetSet *set, GError **error)
{
  ArmmsSheet *sheet = g_new0 (ArmmsSheet, 1);
  ArmmsComputation c = {
    .payrun = payrun, .facts = facts, .set = set, .sheet = sheet,
    .post_terms = { payrun->premiums, &payrun->tables->wages, payrun->tables->settings.wage_sector, payrun->periods_per_year },
  };
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
  clear_scratch (set);

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
  if (came_to_nothing (facts, sheet))
    {
      g_array_set_size (set->lines, sheet->first_line);
      g_ptr_array_set_size (set->sheets, (gint) set->sheets->len - 1);
      return TRUE;
    }
  g_string_append (set->traces, sheet->n_lines > 0 ? "]" : "[]");
  sheet->traces = g_strndup (set->traces->str, set->traces->len);
  armms_sheet_seal (sheet, &g_array_index (set->lines, ArmmsPayLine, sheet->first_line));
  return TRUE;
}
