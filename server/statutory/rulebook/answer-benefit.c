/* 13th month, leave in money, small benefits, the minimum wage. */
#include "server/statutory/rulebook/rulebook-private.h"

void
armms_answer_thirteenth (ArmmsQuestion *question)
{
  ArmmsMoney basic = armms_question_money (question, "basic_earned_c");
  ArmmsMoney other = armms_question_money_or_none (question, "other_benefits_c");
  ArmmsMoney amount, pool, exempt, taxable;

  if (question->error != NULL || !armms_thirteenth_month (basic, &amount, &question->error)
      || !armms_money_add (amount, other, &pool, &question->error))
    return;
  armms_benefit_pool_split (pool, question->tables->settings.benefit_pool, &exempt, &taxable);
  armms_question_tell (question, "amount_c", amount);
  armms_question_tell (question, "exempt_c", exempt);
  armms_question_tell (question, "taxable_c", taxable);
}

void
armms_answer_sil (ArmmsQuestion *question)
{
  ArmmsMultiplier days = armms_question_decimal (question, "days");
  ArmmsMoney daily = armms_question_money (question, "daily_rate_c");
  ArmmsMoney amount;

  if (question->error == NULL && armms_leave_conversion (days, daily, &amount, &question->error))
    armms_question_tell (question, "amount_c", amount);
}

void
armms_answer_deminimis (ArmmsQuestion *question)
{
  const char *benefit = armms_question_text (question, "benefit");
  ArmmsMoney amount = armms_question_money (question, "amount_c");
  ArmmsMoney wage = armms_question_money_or_none (question, "region_min_wage_c");
  const ArmmsDeMinimisRow *row;
  ArmmsMoney exempt, excess;

  if (question->error != NULL
      || !armms_de_minimis_split (&question->tables->de_minimis, benefit, question->on_date, amount, wage, &exempt, &excess, &row,
                                  &question->error))
    return;
  if (row->of_minimum_wage.millionths != 0 && wage.centavos <= 0)
    armms_question_refuse (question, "region_min_wage_c", "is missing: the ceiling is a share of it");
  if (g_strcmp0 (armms_question_text_or (question, "per", row->per), row->per) != 0)
    armms_question_refuse (question, "per", "is not the span of that ceiling");
  armms_question_tell (question, "exempt_c", exempt);
  armms_question_tell (question, "excess_c", excess);
}

void
armms_answer_min_wage (ArmmsQuestion *question)
{
  const char *region = armms_question_text (question, "region");
  const char *sector = armms_question_text_or (question, "sector", question->tables->settings.wage_sector);
  const char *area = armms_question_text_or (question, "area", NULL);
  ArmmsMinimumWage wage;
  ArmmsTrace trace;
  char buffer[ARMMS_DATE_TEXT_SIZE];

  if (question->error != NULL)
    return;
  wage = armms_minimum_wage_find (&question->tables->wages, region, area, sector, question->on_date);
  if (wage.lowest == NULL)
    {
      armms_error_set (&question->error, ARMMS_ERROR_NOT_FOUND, "statutory.no_table", "no wage order of region %s is in force on %s for %s",
                       region, armms_date_format (question->on_date, buffer), sector);
      return;
    }
  armms_trace_init (&trace, "statutory.minimum_wage");
  armms_trace_text (&trace, "region", region);
  armms_trace_text (&trace, "sector", wage.lowest->sector);
  armms_trace_text (&trace, "order", wage.lowest->order);
  armms_trace_money (&trace, "highest", wage.highest->daily);
  armms_trace_row (&trace, "minimum-wage", wage.lowest->row, wage.lowest->from, wage.lowest->source);
  trace.result = wage.lowest->daily;
  armms_question_trace (question, &trace);
  armms_question_tell (question, "daily_rate_c", wage.lowest->daily);
  armms_question_tell (question, "highest_rate_c", wage.highest->daily);
}
