/* Why each line of a payslip is what it is: complete enough to compute the line again from its trace alone. */
#include "server/rules/pay/payslip/payslip.h"

/* A figure that is nought says nothing: a reader takes what is not there for nought. */
static void
add_money (ArmmsTrace *trace, const char *name, ArmmsMoney value)
{
  if (value.centavos != 0)
    armms_trace_money (trace, name, value);
}

static void
trace_share (const ArmmsPayslip *payslip, const ArmmsDeduction *deduction, ArmmsTrace *trace)
{
  const ArmmsPayslipShare *share = &payslip->shares[armms_payslip_deduction_scheme (deduction)];

  armms_retro_contribution_trace (&share->month, trace);
  add_money (trace, "carried", share->carried);
  armms_deduction_trace_limits (deduction, &payslip->waterfall, trace);
}

/* The taxable amount from its parts, then the tax on it. */
static void
trace_tax (const ArmmsPayslip *payslip, const ArmmsDeduction *deduction, ArmmsTrace *trace)
{
  const ArmmsTaxPay *pay = &payslip->tax_pay;
  const ArmmsTaxYear *year = &payslip->facts->year;
  gboolean over_year = payslip->tax.method == ARMMS_TAX_METHOD_CUMULATIVE || payslip->tax.method == ARMMS_TAX_METHOD_ANNUALISED;

  armms_tax_trace (&payslip->tax, trace);
  if (over_year)
    {
      add_money (trace, "taxable_before", year->taxable);
      add_money (trace, "taxable_elsewhere", year->taxable_elsewhere);
    }
  if (pay->minimum_wage_earner)
    armms_trace_flag (trace, "minimum_wage_earner", TRUE);
  else
    {
      add_money (trace, "basic", pay->basic);
      add_money (trace, "holiday", pay->holiday);
      add_money (trace, "overtime", pay->overtime);
      add_money (trace, "night", pay->night);
      if (pay->premiums_are_supplementary)
        armms_trace_flag (trace, "premiums_are_supplementary", TRUE);
      add_money (trace, "exempt_earned", payslip->totals.exempt_earned);
      add_money (trace, "contributed", payslip->totals.contributed);
      add_money (trace, "contributions", pay->contributions);
    }
  add_money (trace, "other_regular", pay->other_regular);
  add_money (trace, "other_supplementary", pay->other_supplementary);
  armms_deduction_trace_limits (deduction, &payslip->waterfall, trace);
}

static void
trace_employer (const ArmmsPayslip *payslip, const ArmmsPayslipLine *line, ArmmsTrace *trace)
{
  static const char *const rules[ARMMS_N_SCHEMES] = { "statutory.sss", "statutory.philhealth", "statutory.hdmf" };
  const ArmmsRetroContribution *month = &payslip->shares[line->index].month;
  const ArmmsContribution *due = &month->due, *taken = &month->taken;
  gboolean compensation = g_str_equal (line->code, "sss_ec");

  armms_trace_init (trace, rules[line->index]);
  armms_trace_money (trace, "compensation", due->compensation);
  armms_trace_money (trace, "base", due->base);
  if (due->row != NULL)
    {
      if (line->index != ARMMS_SCHEME_SSS)
        {
          armms_trace_multiplier (trace, "employee_rate", due->row->employee_rate);
          armms_trace_multiplier (trace, "employer_rate", due->row->employer_rate);
        }
      armms_trace_row (trace, "contribution", due->row->row, due->row->from, due->row->source);
    }
  armms_trace_money (trace, "employer", compensation ? due->employer_ec : ARMMS_MONEY (due->employer.centavos - due->employer_ec.centavos));
  armms_trace_money (trace, "before", compensation ? taken->employer_ec : ARMMS_MONEY (taken->employer.centavos - taken->employer_ec.centavos));
  trace->result = line->amount;
}

static void
trace_thirteenth_month (const ArmmsPayslip *payslip, ArmmsTrace *trace)
{
  armms_trace_init (trace, "pay.thirteenth_month");
  armms_trace_money (trace, "basic_before", payslip->facts->basic);
  armms_trace_money (trace, "basic_now", payslip->totals.basic);
  trace->rounding = "a twelfth of the year after less a twelfth before, each half away from zero";
  trace->result = payslip->totals.thirteenth_month;
}

void
armms_payslip_line_trace (const ArmmsPayslip *payslip, const ArmmsPayslipLine *line, ArmmsTrace *trace)
{
  const ArmmsDeduction *deductions = (const ArmmsDeduction *) (gpointer) payslip->deductions->data;

  switch (line->kind)
    {
    case ARMMS_LINE_EARNING:
    case ARMMS_LINE_ADJUSTMENT:
      armms_post_line_trace (&payslip->facts->earnings[line->index], trace);
      return;
    case ARMMS_LINE_BENEFIT:
      armms_benefit_tax_trace (&g_array_index (payslip->benefits, ArmmsBenefitTax, line->index), trace);
      return;
    case ARMMS_LINE_STATUTORY:
      trace_share (payslip, &deductions[line->index], trace);
      return;
    case ARMMS_LINE_TAX:
      trace_tax (payslip, &deductions[line->index], trace);
      return;
    case ARMMS_LINE_OBLIGATION:
      armms_deduction_trace (&deductions[line->index], &payslip->waterfall, trace);
      return;
    case ARMMS_LINE_EMPLOYER:
      trace_employer (payslip, line, trace);
      return;
    case ARMMS_LINE_ACCRUAL:
      trace_thirteenth_month (payslip, trace);
      return;
    case ARMMS_LINE_NET:
    case ARMMS_N_LINE_KINDS:
    default:
      armms_waterfall_trace (&payslip->waterfall, &payslip->floor, trace);
    }
}
