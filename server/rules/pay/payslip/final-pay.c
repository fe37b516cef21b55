#include "server/rules/pay/payslip/final-pay.h"

#include "server/rules/statutory/equivalent.h"
#include "server/rules/statutory/thirteenth-month.h"

#define MILLION 1000000
#define MONTHS_PER_YEAR 12

/* Known by their address: a caller's benefit of the same word is another one. */
static const char code_thirteenth_month[] = "thirteenth_month";
static const char code_leave[] = "leave_conversion";
static const char code_separation[] = "separation_pay";
static const char code_retirement[] = "retirement_pay";
static const char code_deposit[] = "deposit_refund";

const ArmmsFinalPayRow *
armms_final_pay_find (const ArmmsFinalPayTable *table, ArmmsDate separated_on, GError **error)
{
  char buffer[ARMMS_DATE_TEXT_SIZE];

  for (gsize i = 0; i < table->n_rows; i++)
    {
      const ArmmsFinalPayRow *row = &table->rows[i];

      if ((armms_date_is_none (row->from) || row->from.days <= separated_on.days)
          && (armms_date_is_none (row->to) || separated_on.days <= row->to.days))
        return row;
    }
  armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "statutory.no_table", "no final pay table is in force on %s",
                   armms_date_format (separated_on, buffer));
  return NULL;
}

ArmmsFinalPay *
armms_final_pay_new (void)
{
  ArmmsFinalPay *final_pay = g_new0 (ArmmsFinalPay, 1);

  final_pay->payslip = armms_payslip_new ();
  final_pay->benefits = g_array_new (FALSE, FALSE, sizeof (ArmmsPayBenefit));
  return final_pay;
}

void
armms_final_pay_free (ArmmsFinalPay *final_pay)
{
  if (final_pay == NULL)
    return;
  armms_payslip_free (final_pay->payslip);
  g_array_unref (final_pay->benefits);
  g_free (final_pay);
}

static gboolean
check (const ArmmsFinalPayFacts *facts, GError **error)
{
  if (!armms_date_is_none (facts->hired_on) && !armms_date_is_none (facts->separated_on)
      && facts->hired_on.days <= facts->separated_on.days && facts->daily.centavos >= 0 && facts->unused_leave_days.millionths >= 0
      && facts->free_leave_days.millionths >= 0 && facts->thirteenth_paid.centavos >= 0 && facts->deposits.centavos >= 0)
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "final_pay.invalid", "final pay from dates that run backwards, or figures below zero");
  return FALSE;
}

/* All that he owes fits: so does any part of it. */
static gboolean
check_owed (const ArmmsPayslipFacts *pay, GError **error)
{
  ArmmsMoney sum = ARMMS_MONEY (0);

  for (gsize i = 0; i < pay->n_obligations; i++)
    if (!armms_money_add (sum, pay->obligations[i].due, &sum, error))
      return FALSE;
  return TRUE;
}

/* ---- what the law adds at the end ----------------------------------------------------------------------------- */

static void
add_benefit (ArmmsFinalPay *f, ArmmsPayBenefit benefit)
{
  if (benefit.amount.centavos != 0)
    g_array_append_val (f->benefits, benefit);
}

/* PD 851: a twelfth of the basic pay of the year, less what was paid of it. */
static gboolean
add_thirteenth_month (ArmmsFinalPay *f, GError **error)
{
  ArmmsMoney basic, earned, rest;

  for (gsize i = 0; i < f->pay.n_earnings; i++)
    if (!armms_money_add (f->basic_now, f->pay.earnings[i].basic, &f->basic_now, error))
      return FALSE;
  if (!armms_money_add (f->pay.basic, f->basic_now, &basic, error)
      || !armms_thirteenth_month (basic, &earned, error)
      || !armms_money_subtract (earned, f->facts->thirteenth_paid, &rest, error))
    return FALSE;
  f->thirteenth_month = ARMMS_MONEY (MAX (rest.centavos, 0));
  f->thirteenth_overpaid = ARMMS_MONEY (MAX (-rest.centavos, 0));
  add_benefit (f, (ArmmsPayBenefit) { .code = code_thirteenth_month, .amount = f->thirteenth_month, .tax_class = ARMMS_BENEFIT_POOL });
  return TRUE;
}

/* Art. 95. The free days are rounded by themselves: they are a bound, not an amount paid. */
static gboolean
add_leave (ArmmsFinalPay *f, GError **error)
{
  const ArmmsFinalPayFacts *facts = f->facts;
  ArmmsMultiplier free_days = { MIN (facts->free_leave_days.millionths, facts->unused_leave_days.millionths) };
  ArmmsPayBenefit benefit = { .code = code_leave, .tax_class = ARMMS_BENEFIT_POOL };

  if (!armms_leave_conversion (facts->unused_leave_days, facts->daily, &benefit.amount, error)
      || !armms_leave_conversion (free_days, facts->daily, &benefit.free, error))
    return FALSE;
  f->leave = benefit.amount;
  add_benefit (f, benefit);
  return TRUE;
}

/* Whole months from the first day of employment to the last one, both worked. */
static gint32
months_of_service (const ArmmsFinalPayFacts *facts)
{
  int from_year, from_month, from_day, to_year, to_month, to_day;

  armms_date_to_ymd (facts->hired_on, &from_year, &from_month, &from_day);
  armms_date_to_ymd (armms_date_add_days (facts->separated_on, 1), &to_year, &to_month, &to_day);
  return (to_year - from_year) * MONTHS_PER_YEAR + to_month - from_month - (to_day < from_day ? 1 : 0);
}

static gboolean
find_retirement (ArmmsFinalPay *f, ArmmsMoney *ret_pay, GError **error)
{
  const ArmmsFinalPayRow *row = f->row;
  gint32 months = months_of_service (f->facts);

  if (months < row->retirement_after_years * MONTHS_PER_YEAR)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "final_pay.retirement", "retirement pay by law needs %d years of service, there are %d months",
                       row->retirement_after_years, months);
      return FALSE;
    }
  f->service_years = months / MONTHS_PER_YEAR + (months % MONTHS_PER_YEAR >= row->retirement_fraction_months ? 1 : 0);
  return armms_money_mul_div (f->facts->daily, row->retirement_days_per_year.millionths * f->service_years, MILLION, ARMMS_ROUND_HALF_AWAY,
                              ret_pay, error);
}

static gboolean
add_separation (ArmmsFinalPay *f, GError **error)
{
  gboolean retirement = f->facts->separation == ARMMS_SEPARATION_RETIREMENT;
  ArmmsPayBenefit benefit = {
    .code = retirement ? code_retirement : code_separation, .tax_class = ARMMS_BENEFIT_SUPPLEMENTARY, .exempt = f->facts->separation_exempt,
    .no_remuneration = TRUE,
  };

  if (f->facts->separation == ARMMS_SEPARATION_GIVEN)
    benefit.amount = f->facts->separation_pay;
  else if (retirement && !find_retirement (f, &benefit.amount, error))
    return FALSE;
  f->separation = benefit.amount;
  add_benefit (f, benefit);
  return TRUE;
}

static gboolean
add_benefits (ArmmsFinalPay *f, GError **error)
{
  const ArmmsPayslipFacts *pay = &f->facts->pay;

  if (!add_thirteenth_month (f, error) || !add_leave (f, error) || !add_separation (f, error))
    return FALSE;
  if (pay->n_benefits > 0)
    g_array_append_vals (f->benefits, pay->benefits, (guint) pay->n_benefits);
  add_benefit (f, (ArmmsPayBenefit) { .code = code_deposit, .amount = f->facts->deposits, .paid_back = TRUE });
  f->pay.benefits = (const ArmmsPayBenefit *) (gpointer) f->benefits->data;
  f->pay.n_benefits = f->benefits->len;
  return TRUE;
}

/* ---- whole ---------------------------------------------------------------------------------------------------- */

/* All that pay can bear is taken, in part where it must be: there is no later period to defer it to. The cap on loss and damage
 * stays. */
static ArmmsPayslipTerms
last_terms (const ArmmsPayslipTerms *terms)
{
  ArmmsPayslipTerms last = *terms;

  last.floor.kind = ARMMS_FLOOR_NONE;
  last.floor.partial = TRUE;
  return last;
}

static void
clear (ArmmsFinalPay *f)
{
  ArmmsFinalPay empty = { .payslip = f->payslip, .benefits = f->benefits };

  g_array_set_size (f->benefits, 0);
  *f = empty;
}

static void
settle (ArmmsFinalPay *f)
{
  const ArmmsFinalPayFacts *facts = f->facts;
  GArray *deductions = f->payslip->deductions;
  gint64 net = f->payslip->waterfall.net.centavos;

  for (guint i = 0; i < deductions->len; i++)
    {
      const ArmmsDeduction *deduction = &g_array_index (deductions, ArmmsDeduction, i);

      if (deduction->kind == ARMMS_DEDUCTION_OBLIGATION)
        f->owed.centavos += deduction->deferred.centavos;
    }
  f->net = ARMMS_MONEY (MAX (net, 0));
  f->overpaid = ARMMS_MONEY (MAX (-net, 0));
  g_array_index (f->payslip->lines, ArmmsPayslipLine, f->payslip->lines->len - 1).amount = f->net;
  f->release_by = armms_date_add_days (facts->separated_on, f->row->release_within_days);
  f->certificate_by = armms_date_is_none (facts->certificate_asked_on)
                        ? ARMMS_DATE_NONE : armms_date_add_days (facts->certificate_asked_on, f->row->certificate_within_days);
}

gboolean
armms_final_pay_assemble (const ArmmsFinalPayTable *table, const ArmmsPayslipTerms *terms, const ArmmsFinalPayFacts *facts,
                          ArmmsFinalPay *final_pay, GError **error)
{
  ArmmsPayslipTerms last = last_terms (terms);

  clear (final_pay);
  if (!check (facts, error) || !check_owed (&facts->pay, error))
    return FALSE;
  final_pay->facts = facts;
  final_pay->pay = facts->pay;
  final_pay->pay.last = TRUE;
  final_pay->row = armms_final_pay_find (table, facts->separated_on, error);
  if (final_pay->row == NULL || !add_benefits (final_pay, error)
      || !armms_payslip_assemble (&last, &final_pay->pay, final_pay->payslip, error))
    return FALSE;
  settle (final_pay);
  return TRUE;
}

/* ---- traces --------------------------------------------------------------------------------------------------- */

static void
trace_thirteenth_month (const ArmmsFinalPay *f, ArmmsTrace *trace)
{
  armms_trace_init (trace, "final_pay.thirteenth_month");
  armms_trace_money (trace, "basic_before", f->pay.basic);
  armms_trace_money (trace, "basic_now", f->basic_now);
  armms_trace_money (trace, "paid_before", f->facts->thirteenth_paid);
  trace->rounding = "a twelfth of the year's basic pay half away from zero, less what was paid";
}

static void
trace_leave (const ArmmsFinalPay *f, ArmmsTrace *trace)
{
  armms_trace_init (trace, "final_pay.leave");
  armms_trace_multiplier (trace, "days", f->facts->unused_leave_days);
  armms_trace_multiplier (trace, "free_days", f->facts->free_leave_days);
  armms_trace_money (trace, "daily", f->facts->daily);
  armms_trace_fraction (trace, (__int128) f->facts->daily.centavos * f->facts->unused_leave_days.millionths, MILLION);
  trace->rounding = "half away from zero, once";
}

static void
trace_retirement (const ArmmsFinalPay *f, ArmmsTrace *trace)
{
  const ArmmsFinalPayRow *row = f->row;

  armms_trace_init (trace, "final_pay.retirement");
  armms_trace_date (trace, "hired_on", f->facts->hired_on);
  armms_trace_date (trace, "separated_on", f->facts->separated_on);
  armms_trace_count (trace, "years", f->service_years);
  armms_trace_multiplier (trace, "days_per_year", row->retirement_days_per_year);
  armms_trace_money (trace, "daily", f->facts->daily);
  armms_trace_fraction (trace, (__int128) f->facts->daily.centavos * row->retirement_days_per_year.millionths * f->service_years, MILLION);
  armms_trace_row (trace, "final-pay", row->row, row->from, row->source);
  trace->rounding = "half away from zero, once";
}

/* FALSE: a benefit of the caller. */
static gboolean
trace_own (const ArmmsFinalPay *f, const char *code, ArmmsTrace *trace)
{
  if (code == code_thirteenth_month)
    trace_thirteenth_month (f, trace);
  else if (code == code_leave)
    trace_leave (f, trace);
  else if (code == code_retirement)
    trace_retirement (f, trace);
  else if (code == code_separation || code == code_deposit)
    {
      armms_trace_init (trace, code == code_deposit ? "final_pay.deposit" : "final_pay.separation");
      armms_trace_money (trace, code == code_deposit ? "held" : "given", code == code_deposit ? f->facts->deposits : f->separation);
    }
  else
    return FALSE;
  return TRUE;
}

static void
trace_net (const ArmmsFinalPay *f, const ArmmsPayslipLine *line, ArmmsTrace *trace)
{
  armms_payslip_line_trace (f->payslip, line, trace);
  if (f->overpaid.centavos != 0)
    armms_trace_money (trace, "overpaid", f->overpaid);
  if (f->thirteenth_overpaid.centavos != 0)
    armms_trace_money (trace, "thirteenth_month_overpaid", f->thirteenth_overpaid);
  if (f->owed.centavos != 0)
    armms_trace_money (trace, "still_owed", f->owed);
  trace->result = f->net;
}

void
armms_final_pay_line_trace (const ArmmsFinalPay *final_pay, const ArmmsPayslipLine *line, ArmmsTrace *trace)
{
  if (line->kind == ARMMS_LINE_BENEFIT && trace_own (final_pay, line->code, trace))
    {
      armms_benefit_tax_trace_items (&g_array_index (final_pay->payslip->benefits, ArmmsBenefitTax, line->index), trace);
      trace->result = line->amount;
    }
  else if (line->kind == ARMMS_LINE_NET)
    trace_net (final_pay, line, trace);
  else
    armms_payslip_line_trace (final_pay->payslip, line, trace);
}
