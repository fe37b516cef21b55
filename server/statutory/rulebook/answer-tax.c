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

  if (question->error == NULL
      && armms_tax_by_table (&question->tables->taxes, period, question->on_date, taxable, &tax, &question->error))
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
  ArmmsTaxYear year = {
    .taxable = armms_question_money (question, "prior_taxable_c"),
    .withheld = armms_question_money (question, "prior_withheld_c"),
    .periods = (gint32) armms_question_integer (question, "periods", 1, PERIODS_MAX) - 1,
  };
  ArmmsTax tax;

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

/* The year of somebody paid the statutory minimum: his wage and its premiums are exempt, other taxable pay is taxed on its own
 * (G.R. 184450). Benefits count above the pool only. */
void
armms_answer_mwe (ArmmsQuestion *question)
{
  ArmmsMoney benefits = armms_question_money_or_none (question, "other_benefits_c");
  ArmmsMoney within, above;
  ArmmsTaxPay pay = {
    .basic = armms_question_money (question, "total_compensation_c"),
    .overtime = armms_question_money_or_none (question, "mwe_premiums_c"),
    .other_supplementary = armms_question_money_or_none (question, "other_taxable_c"),
    .contributions = armms_question_money_or_none (question, "contributions_c"),
    .minimum_wage_earner = armms_question_flag (question, "is_mwe"),
  };
  ArmmsTaxable taxable;
  ArmmsTax tax;

  if (question->error != NULL)
    return;
  armms_benefit_pool_split (benefits, question->tables->settings.benefit_pool, &within, &above);
  pay.other_supplementary.centavos += above.centavos;
  if (!armms_tax_split (&pay, &taxable, &question->error)
      || !armms_tax_by_table (&question->tables->taxes, ARMMS_TAX_ANNUAL, question->on_date,
                              ARMMS_MONEY (taxable.regular.centavos + taxable.supplementary.centavos), &tax, &question->error))
    return;
  tell_tax (question, &tax);
  armms_question_tell (question, "exempt_c", taxable.exempt);
  armms_question_tell (question, "taxable_c", tax.taxable);
}
