#include "server/rules/pay/payslip/payslip.h"

#include "server/rules/statutory/thirteenth-month.h"

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

ArmmsPayslip *
armms_payslip_new (void)
{
  ArmmsPayslip *payslip = g_new0 (ArmmsPayslip, 1);

  payslip->lines = g_array_new (FALSE, FALSE, sizeof (ArmmsPayslipLine));
  payslip->benefits = g_array_new (FALSE, FALSE, sizeof (ArmmsBenefitTax));
  payslip->deductions = g_array_new (FALSE, FALSE, sizeof (ArmmsDeduction));
  return payslip;
}

void
armms_payslip_free (ArmmsPayslip *payslip)
{
  if (payslip == NULL)
    return;
  g_array_unref (payslip->lines);
  g_array_unref (payslip->benefits);
  g_array_unref (payslip->deductions);
  g_free (payslip);
}

static void
clear (ArmmsPayslip *payslip)
{
  ArmmsPayslip empty = { .lines = payslip->lines, .benefits = payslip->benefits, .deductions = payslip->deductions };

  g_array_set_size (payslip->lines, 0);
  g_array_set_size (payslip->benefits, 0);
  g_array_set_size (payslip->deductions, 0);
  *payslip = empty;
}

static void
add_line (ArmmsPayslip *payslip, ArmmsLineKind kind, guint index, const char *code, ArmmsMoney amount)
{
  ArmmsPayslipLine line = { kind, index, code, amount };

  g_array_append_val (payslip->lines, line);
}

static gboolean
add_to (ArmmsMoney *sum, ArmmsMoney amount, GError **error)
{
  return armms_money_add (*sum, amount, sum, error);
}

/* ---- 1 earnings ----------------------------------------------------------------------------------------------- */

static ArmmsMoney *
class_of (ArmmsTaxPay *pay, ArmmsPayClass pay_class)
{
  return pay_class == ARMMS_PAY_CLASS_OVERTIME  ? &pay->overtime
         : pay_class == ARMMS_PAY_CLASS_NIGHT   ? &pay->night
         : pay_class == ARMMS_PAY_CLASS_HOLIDAY ? &pay->holiday
                                                : &pay->basic;
}

static gboolean
add_earning (ArmmsPayslip *payslip, guint index, GError **error)
{
  const ArmmsPostLine *earning = &payslip->facts->earnings[index];
  ArmmsPayslipTotals *totals = &payslip->totals;
  gboolean late = earning->role != ARMMS_POST_PERIOD;
  ArmmsMoney premium;

  add_line (payslip, late ? ARMMS_LINE_ADJUSTMENT : ARMMS_LINE_EARNING, index, earning->code, earning->amount);
  totals->worked_minutes += armms_post_line_worked (earning);
  if (!add_to (&totals->gross, earning->amount, error) || !add_to (&totals->basic, earning->basic, error)
      || (late && !add_to (&totals->adjustments, earning->amount, error)))
    return FALSE;
  if (earning->minimum_wage)
    return add_to (&totals->exempt_earned, earning->amount, error);
  return armms_money_subtract (earning->amount, earning->basic, &premium, error)
         && add_to (&payslip->tax_pay.basic, earning->basic, error)
         && add_to (class_of (&payslip->tax_pay, earning->pay_class), premium, error);
}

/* ---- 2, 3 benefits, gross ------------------------------------------------------------------------------------- */

static gboolean
add_benefit (const ArmmsBenefitYear *year, ArmmsPayslip *payslip, guint index, GError **error)
{
  const ArmmsPayBenefit *benefit = &payslip->facts->benefits[index];
  ArmmsPayslipTotals *totals = &payslip->totals;
  ArmmsBenefitTax tax;

  if (!armms_benefit_tax (year, payslip->benefits, benefit, &tax, error))
    return FALSE;
  g_array_append_val (payslip->benefits, tax);
  add_line (payslip, ARMMS_LINE_BENEFIT, index, benefit->code, benefit->amount);
  if (!add_to (&totals->allowances, benefit->amount, error))
    return FALSE;
  if (benefit->paid_back)
    return add_to (&totals->paid_back, benefit->amount, error);
  if (benefit->no_remuneration)
    totals->no_remuneration.centavos += benefit->amount.centavos; /* part of the gross, which is checked */
  return add_to (&totals->gross, benefit->amount, error)
         && add_to (&totals->exempt, tax.exempt, error)
         && add_to (&totals->pool, tax.pooled, error)
         && add_to (&payslip->tax_pay.other_regular, tax.regular, error)
         && add_to (&payslip->tax_pay.other_supplementary, tax.supplementary, error);
}

static gboolean
add_benefits (const ArmmsPayslipTerms *terms, ArmmsPayslip *payslip, GError **error)
{
  const ArmmsPayslipFacts *facts = payslip->facts;
  ArmmsBenefitYear year = {
    .ceilings = terms->ceilings, .paid = facts->small, .n_paid = facts->n_small, .paid_on = terms->paid_on,
    .meal_days = facts->meal_days, .minimum_daily = facts->minimum_daily, .pool = terms->benefit_pool, .pool_before = facts->pool,
  };

  for (guint i = 0; i < facts->n_benefits; i++)
    if (!add_benefit (&year, payslip, i, error))
      return FALSE;
  return TRUE;
}

/* ---- 4 contributions ------------------------------------------------------------------------------------------ */

/* SSS: all that was earned in the month, both cut-offs. PhilHealth and HDMF: the month's worth of the rate, HDMF of a part month
 * as the tenant chose. */
static gboolean
base_of (const ArmmsPayslipTerms *terms, const ArmmsPayslip *payslip, ArmmsScheme scheme, ArmmsMoney *ret_base, GError **error)
{
  const ArmmsPayCard *principal = payslip->facts->principal;
  ArmmsMoney earned, monthly;

  if (!armms_money_add (payslip->facts->month_gross, payslip->totals.gross, &earned, error)
      || !armms_money_subtract (earned, payslip->totals.no_remuneration, &earned, error))
    return FALSE;
  *ret_base = ARMMS_MONEY (scheme == ARMMS_SCHEME_SSS ? earned.centavos : 0);
  if (scheme == ARMMS_SCHEME_SSS || earned.centavos <= 0 || principal == NULL)
    return TRUE;
  if (!armms_pay_card_monthly (principal, scheme == ARMMS_SCHEME_PHILHEALTH ? terms->philhealth_factor : terms->equivalent_factor, &monthly, error))
    return FALSE;
  *ret_base = scheme == ARMMS_SCHEME_HDMF ? armms_hdmf_base (terms->hdmf_part_month_base, payslip->facts->part_month, monthly, earned) : monthly;
  return TRUE;
}

static gboolean
is_due (const ArmmsPayslipTerms *terms, const ArmmsPayslipFacts *facts, ArmmsScheme scheme)
{
  const ArmmsContribution *before = &facts->month[scheme].before;

  if (facts->last)
    return TRUE; /* the last pay settles the month */
  if (terms->off_cycle)
    return before->employee.centavos != 0 || before->employer.centavos != 0;
  return terms->due[scheme];
}

static gboolean
add_share (const ArmmsPayslipTerms *terms, ArmmsPayslip *payslip, ArmmsScheme scheme, GError **error)
{
  const ArmmsPayslipMonth *month = &payslip->facts->month[scheme];
  ArmmsPayslipShare *share = &payslip->shares[scheme];
  ArmmsDeduction deduction = { .kind = ARMMS_DEDUCTION_STATUTORY, .priority = (gint32) scheme + 1, .tag = GINT_TO_POINTER ((gint) scheme + 1) };
  ArmmsMoney base;

  if (!is_due (terms, payslip->facts, scheme))
    return TRUE;
  if (!base_of (terms, payslip, scheme, &base, error)
      || !armms_retro_contribution (terms->contributions, scheme, base, terms->period.to, &month->before, &share->month, error)
      || !armms_money_add (share->month.difference.employee, month->carried, &deduction.due, error))
    return FALSE;
  share->carried = month->carried;
  deduction.waived = ARMMS_MONEY (CLAMP (deduction.due.centavos, 0, MAX (month->waived.centavos, 0)));
  share->in_force = deduction.due.centavos != 0 || share->month.difference.employer.centavos != 0;
  if (!share->in_force)
    return TRUE;
  g_array_append_val (payslip->deductions, deduction);
  return add_to (&payslip->totals.employer, share->month.difference.employer, error)
         && add_to (&payslip->totals.contributed, ARMMS_MONEY (deduction.due.centavos - deduction.waived.centavos), error);
}

/* ---- 5, 6 taxable, tax ---------------------------------------------------------------------------------------- */

/* Contributions of a month's exempt pay stay with it, all of them where taxed pay is taken back; of a refund there is nothing to
 * take off. */
static gboolean
find_contributions (ArmmsPayslip *payslip, ArmmsMoney earned, GError **error)
{
  ArmmsMoney contributed = payslip->totals.contributed, exempt = payslip->totals.exempt_earned, all;

  if (earned.centavos == 0 || contributed.centavos <= 0 || (earned.centavos < 0 && exempt.centavos > 0))
    return TRUE;
  payslip->tax_pay.contributions = contributed;
  if (exempt.centavos <= 0)
    return TRUE;
  return armms_money_add (earned, exempt, &all, error)
         && armms_money_mul_div (contributed, earned.centavos, all.centavos, ARMMS_ROUND_HALF_AWAY, &payslip->tax_pay.contributions, error);
}

static gboolean
find_taxable (const ArmmsPayslipTerms *terms, ArmmsPayslip *payslip, GError **error)
{
  ArmmsTaxPay *pay = &payslip->tax_pay;
  ArmmsMoney earned = pay->basic, exempt = payslip->totals.exempt_earned;
  gboolean ok;

  if (!add_to (&earned, pay->holiday, error) || !add_to (&earned, pay->overtime, error) || !add_to (&earned, pay->night, error))
    return FALSE;
  pay->premiums_are_supplementary = terms->premiums_are_supplementary;
  pay->minimum_wage_earner = earned.centavos == 0 && exempt.centavos != 0;
  payslip->totals.minimum_wage_earner = pay->minimum_wage_earner;
  ok = find_contributions (payslip, earned, error) && armms_tax_split (pay, &payslip->taxable, error)
       && add_to (&payslip->totals.exempt, exempt, error);
  payslip->taxable.exempt = exempt;
  return ok;
}

static gboolean
add_tax (const ArmmsPayslipTerms *terms, ArmmsPayslip *payslip, GError **error)
{
  ArmmsDeduction deduction = { .kind = ARMMS_DEDUCTION_TAX, .priority = 1 };

  if (!armms_tax_withhold (terms->taxes, terms->tax_method, terms->tax_period, terms->paid_on, &payslip->taxable, &payslip->facts->year,
                           terms->last_of_year || payslip->facts->last, &payslip->tax, error))
    return FALSE;
  deduction.due = payslip->tax.tax;
  if (deduction.due.centavos != 0)
    g_array_append_val (payslip->deductions, deduction);
  return TRUE;
}

/* ---- 7, 8 obligations, floor ---------------------------------------------------------------------------------- */

static void
add_obligations (ArmmsPayslip *payslip)
{
  for (gsize i = 0; i < payslip->facts->n_obligations; i++)
    {
      const ArmmsPayslipObligation *obligation = &payslip->facts->obligations[i];
      ArmmsDeduction deduction = {
        .kind = ARMMS_DEDUCTION_OBLIGATION, .id = obligation->id, .priority = obligation->priority, .due = obligation->due,
        .waived = obligation->waived, .loss_or_damage = obligation->loss_or_damage, .whole_only = obligation->whole_only,
        .tag = (gpointer) obligation,
      };

      g_array_append_val (payslip->deductions, deduction);
    }
}

ArmmsScheme
armms_payslip_deduction_scheme (const ArmmsDeduction *deduction)
{
  return (ArmmsScheme) (GPOINTER_TO_INT (deduction->tag) - 1);
}

const ArmmsPayslipObligation *
armms_payslip_deduction_obligation (const ArmmsDeduction *deduction)
{
  return deduction->tag;
}

/* This month's share first, then what earlier months left open. */
static void
take_share (ArmmsPayslipShare *share, const ArmmsDeduction *deduction)
{
  share->taken = ARMMS_MONEY (MIN (deduction->taken.centavos, share->month.difference.employee.centavos));
  share->recovered = ARMMS_MONEY (deduction->taken.centavos - share->taken.centavos);
}

static void
add_deduction_lines (ArmmsPayslip *payslip)
{
  for (guint i = 0; i < payslip->deductions->len; i++)
    {
      const ArmmsDeduction *deduction = &g_array_index (payslip->deductions, ArmmsDeduction, i);

      if (deduction->kind == ARMMS_DEDUCTION_STATUTORY)
        {
          ArmmsScheme scheme = armms_payslip_deduction_scheme (deduction);

          take_share (&payslip->shares[scheme], deduction);
          add_line (payslip, ARMMS_LINE_STATUTORY, i, armms_scheme_name (scheme), deduction->taken);
        }
      else if (deduction->kind == ARMMS_DEDUCTION_TAX)
        add_line (payslip, ARMMS_LINE_TAX, i, "withholding_tax", deduction->taken);
      else
        add_line (payslip, ARMMS_LINE_OBLIGATION, i, armms_payslip_deduction_obligation (deduction)->code, deduction->taken);
    }
}

static gboolean
run_waterfall (ArmmsPayslip *payslip, GError **error)
{
  const ArmmsPayslipFacts *facts = payslip->facts;
  ArmmsWaterfallPay pay = {
    .gross = payslip->totals.gross, .untouchable = payslip->totals.paid_back, .weekly_wages = facts->weekly_wages, .n_weeks = facts->n_weeks,
  };
  ArmmsWaterfall *result = &payslip->waterfall;

  add_obligations (payslip);
  if (!armms_waterfall (&payslip->floor, &pay, (ArmmsDeduction *) (gpointer) payslip->deductions->data, payslip->deductions->len, result, error))
    return FALSE;
  add_deduction_lines (payslip);
  return armms_money_add (result->statutory, result->tax, &payslip->totals.deductions, error)
         && add_to (&payslip->totals.deductions, result->obligations, error);
}

/* ---- 9 net ---------------------------------------------------------------------------------------------------- */

static void
add_employer_lines (ArmmsPayslip *payslip)
{
  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    {
      const ArmmsPayslipShare *share = &payslip->shares[scheme];
      gint64 compensation = share->month.difference.employer_ec.centavos;
      gint64 own = share->month.difference.employer.centavos - compensation;

      if (share->in_force && own != 0)
        add_line (payslip, ARMMS_LINE_EMPLOYER, scheme, employer_codes[scheme], ARMMS_MONEY (own));
      if (share->in_force && compensation != 0)
        add_line (payslip, ARMMS_LINE_EMPLOYER, scheme, "sss_ec", ARMMS_MONEY (compensation));
    }
}

static gboolean
add_thirteenth_month (ArmmsPayslip *payslip, GError **error)
{
  ArmmsMoney *accrual = &payslip->totals.thirteenth_month;

  if (!armms_thirteenth_month_accrual (payslip->facts->basic, payslip->totals.basic, accrual, error))
    return FALSE;
  if (accrual->centavos != 0)
    add_line (payslip, ARMMS_LINE_ACCRUAL, 0, "thirteenth_month", *accrual);
  return TRUE;
}

gboolean
armms_payslip_assemble (const ArmmsPayslipTerms *terms, const ArmmsPayslipFacts *facts, ArmmsPayslip *payslip, GError **error)
{
  clear (payslip);
  payslip->facts = facts;
  payslip->floor = terms->floor;
  for (guint i = 0; i < facts->n_earnings; i++)
    if (!add_earning (payslip, i, error))
      return FALSE;
  if (!add_benefits (terms, payslip, error))
    return FALSE;
  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    if (!add_share (terms, payslip, (ArmmsScheme) scheme, error))
      return FALSE;
  if (!find_taxable (terms, payslip, error) || !add_tax (terms, payslip, error) || !run_waterfall (payslip, error))
    return FALSE;
  add_employer_lines (payslip);
  if (!add_thirteenth_month (payslip, error))
    return FALSE;
  add_line (payslip, ARMMS_LINE_NET, 0, "net_pay", payslip->waterfall.net);
  return TRUE;
}
