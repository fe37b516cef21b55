/* Withholding tax: the tables, and the methods that use them. */
#include "server/statutory/rulebook/rulebook-private.h"

#define PERIODS_MAX 366

static void
tell_tax (ArmmsQuestion *question, const ArmmsTax *tax)
{
  ArmmsTrace trace;

  armms_tax_trace (tax, &trace);
  armms_question_trace (question, &trace);
  armms_question_tell (question, "tax_c", tax->tax);
}

static ArmmsTaxable
read_taxable (ArmmsQuestion *question)
{
  return (ArmmsTaxable) {
    .regular = armms_question_money (question, "regular_c"),
    .supplementary = armms_question_money_or_none (question, "supplementary_c"),
  };
}

static void
answer_by_table (ArmmsQuestion *question, ArmmsTaxPeriod period)
{
  ArmmsMoney taxable = armms_question_money (question, "taxable_c");
  ArmmsTax tax;

  if (question->error != NULL
      || !armms_tax_by_table (&question->tables->taxes, period, question->on_date, taxable, &tax, &question->error))
    return;
  tax.regular = taxable; /* the parts that the trace names, where there is only a whole */
  tell_tax (question, &tax);
}

void
armms_answer_wtax (ArmmsQuestion *question)
{
  answer_by_table (question, armms_question_tax_period (question));
}

void
armms_answer_annual_tax (ArmmsQuestion *question)
{
  answer_by_table (question, ARMMS_TAX_ANNUAL);
}

void
armms_answer_wtax_regular (ArmmsQuestion *question)
{
  ArmmsTaxPeriod period = armms_question_tax_period (question);
  ArmmsTaxable taxable = read_taxable (question);
  ArmmsTax tax;

  if (question->error == NULL
      && armms_tax_regular (&question->tables->taxes, period, question->on_date, &taxable, &tax, &question->error))
    tell_tax (question, &tax);
}

void
armms_answer_wtax_cumulative (ArmmsQuestion *question)
{
  ArmmsTaxPeriod period = armms_question_tax_period (question);
  ArmmsTaxable taxable = read_taxable (question);
  ArmmsTaxYear year = { .periods = (gint32) armms_question_integer (question, "periods", 1, PERIODS_MAX) - 1 };
  ArmmsTax tax;

  /* The first period of the year has nothing before it. */
  if (year.periods > 0 || armms_question_has (question, "prior_taxable_c"))
    year.taxable = armms_question_money (question, "prior_taxable_c");
  if (year.periods > 0 || armms_question_has (question, "prior_withheld_c"))
    year.withheld = armms_question_money (question, "prior_withheld_c");
  if (question->error != NULL
      || !armms_tax_cumulative (&question->tables->taxes, period, question->on_date, &taxable, &year, &tax, &question->error))
    return;
  tell_tax (question, &tax);
  armms_question_tell (question, "average_c", tax.average);
  armms_question_tell (question, "cumulative_tax_c", tax.cumulative_tax);
}

void
armms_answer_annualise (ArmmsQuestion *question)
{
  ArmmsTaxable taxable = { 0 };
  ArmmsTaxYear year = {
    .taxable = armms_question_money (question, "taxable_year_c"),
    .withheld = armms_question_money_or_none (question, "withheld_here_c"),
    .withheld_elsewhere = armms_question_money_or_none (question, "withheld_previous_c"),
  };
  ArmmsTax tax;

  if (question->error != NULL
      || !armms_tax_annualised (&question->tables->taxes, question->on_date, &taxable, &year, &tax, &question->error))
    return;
  tell_tax (question, &tax);
  armms_question_tell (question, "tax_due_c", tax.cumulative_tax);
  armms_question_tell (question, "adjustment_c", tax.tax);
}

/* Of the other taxable pay, the benefits above the pool are part. */
static void
trace_split (ArmmsQuestion *question, const ArmmsTaxPay *pay, const ArmmsTaxable *taxable)
{
  ArmmsTrace trace;

  armms_trace_init (&trace, "tax.minimum_wage_earner");
  armms_trace_flag (&trace, "is_mwe", pay->minimum_wage_earner);
  armms_trace_money (&trace, "compensation", pay->basic);
  armms_trace_money (&trace, "premiums", pay->overtime);
  armms_trace_money (&trace, "other_taxable", pay->other_supplementary);
  armms_trace_money (&trace, "contributions", pay->contributions);
  armms_trace_money (&trace, "exempt", taxable->exempt);
  armms_trace_text (&trace, "law", "NIRC s.24(A)(2); RR 11-2018; G.R. 184450");
  trace.result = ARMMS_MONEY (taxable->regular.centavos + taxable->supplementary.centavos);
  armms_question_trace (question, &trace);
}

/* The year, or another period, of somebody paid the statutory minimum: his wage and its premiums are exempt, other taxable pay is taxed on its own
 * (G.R. 184450). Benefits count above the pool only. */
void
armms_answer_mwe (ArmmsQuestion *question)
{
  ArmmsMoney benefits = armms_question_sum (question, MWE_BENEFITS);
  ArmmsTaxPeriod period = armms_question_has (question, "period") ? armms_question_tax_period (question) : ARMMS_TAX_ANNUAL;
  const ArmmsLimitRow *pool = NULL;
  ArmmsBenefitPool split;
  ArmmsTaxPay pay = {
    .basic = armms_question_money (question, armms_question_one_of (question, MWE_WAGE)),
    .overtime = armms_question_sum (question, MWE_PREMIUMS),
    .other_supplementary = armms_question_sum (question, MWE_OTHER),
    .contributions = armms_question_money_or_none (question, "contributions_c"),
    .minimum_wage_earner = armms_question_flag (question, "is_mwe"),
  };
  ArmmsTaxable taxable;
  ArmmsTrace trace;
  ArmmsTax tax;

  if (question->error == NULL)
    pool = armms_limit_find (&question->tables->limits, ARMMS_LIMIT_BENEFIT_POOL, ARMMS_LIMIT_CENTAVOS, question->on_date, &question->error);
  if (pool == NULL
      || !armms_benefit_pool_fill (ARMMS_MONEY (pool->value), pool, ARMMS_MONEY (0), benefits, &split, &question->error))
    return;
  pay.other_supplementary.centavos += split.taxable.centavos;
  if (!armms_tax_split (&pay, &taxable, &question->error)
      || !armms_tax_by_table (&question->tables->taxes, period, question->on_date,
                              ARMMS_MONEY (taxable.regular.centavos + taxable.supplementary.centavos), &tax, &question->error))
    return;
  armms_benefit_pool_trace (&split, &trace);
  armms_question_trace (question, &trace);
  trace_split (question, &pay, &taxable);
  tax.regular = taxable.regular;
  tax.supplementary = taxable.supplementary;
  tell_tax (question, &tax);
  armms_question_tell (question, "exempt_c", taxable.exempt);
  armms_question_tell (question, "taxable_c", tax.taxable);
}
