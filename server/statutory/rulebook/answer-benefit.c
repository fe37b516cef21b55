/* 13th month, leave in money, small benefits, the minimum wage. */
#include "server/statutory/rulebook/rulebook-private.h"

#define MONTHS_PER_YEAR 12

void
armms_answer_thirteenth (ArmmsQuestion *question)
{
  ArmmsMoney basic = armms_question_money (question, "basic_earned_c");
  ArmmsMoney other = armms_question_money_or_none (question, "other_benefits_c");
  const ArmmsLimitRow *pool = NULL;
  ArmmsMoney amount, all;
  ArmmsBenefitPool split;
  ArmmsTrace trace;

  if (question->error == NULL)
    pool = armms_limit_find (&question->tables->limits, ARMMS_LIMIT_BENEFIT_POOL, ARMMS_LIMIT_CENTAVOS, question->on_date, &question->error);
  if (pool == NULL || !armms_thirteenth_month (basic, &amount, &question->error)
      || !armms_money_add (amount, other, &all, &question->error)
      || !armms_benefit_pool_fill (ARMMS_MONEY (pool->value), pool, ARMMS_MONEY (0), all, &split, &question->error))
    return;
  armms_thirteenth_month_trace (ARMMS_MONEY (0), basic, amount, &trace);
  armms_question_trace (question, &trace);
  armms_benefit_pool_trace (&split, &trace);
  armms_question_trace (question, &trace);
  armms_question_tell (question, "amount_c", amount);
  armms_question_tell (question, "exempt_c", split.exempt);
  armms_question_tell (question, "taxable_c", split.taxable);
}

static void
answer_sil_of_days (ArmmsQuestion *question, const char *name)
{
  ArmmsMultiplier days = armms_question_decimal (question, name);
  ArmmsMoney daily = armms_question_money (question, "daily_rate_c");
  ArmmsMoney amount;
  ArmmsTrace trace;

  if (question->error != NULL || !armms_leave_conversion (days, daily, &amount, &question->error))
    return;
  armms_leave_conversion_trace (days, daily, amount, &trace);
  armms_question_trace (question, &trace);
  armms_question_tell (question, "amount_c", amount);
}

/* Part of a year: a twelfth of the year's days for each month, not rounded before it is multiplied. */
static void
answer_sil_of_months (ArmmsQuestion *question)
{
  const gint64 denominator = (gint64) MONTHS_PER_YEAR * ARMMS_MILLION * ARMMS_MILLION;
  ArmmsMultiplier months = armms_question_decimal (question, "months");
  ArmmsMoney daily = armms_question_money (question, "daily_rate_c");
  const ArmmsLimitRow *law = NULL;
  ArmmsMoney amount;
  ArmmsTrace trace;

  if (months.millionths > MONTHS_PER_YEAR * ARMMS_MILLION)
    armms_question_refuse (question, "months", "is more than a year");
  if (question->error == NULL)
    law = armms_limit_find (&question->tables->limits, ARMMS_LIMIT_INCENTIVE_LEAVE, ARMMS_LIMIT_DAYS, question->on_date, &question->error);
  if (law == NULL
      || !armms_money_mul_div (daily, law->value * months.millionths, denominator, ARMMS_ROUND_HALF_AWAY, &amount, &question->error))
    return;
  armms_trace_init (&trace, "leave.service_of_months");
  armms_trace_multiplier (&trace, "days_a_year", (ArmmsMultiplier) { law->value });
  armms_trace_multiplier (&trace, "months", months);
  armms_trace_money (&trace, "daily", daily);
  armms_trace_row (&trace, "limits", law->row, law->from, law->source);
  armms_trace_fraction (&trace, (__int128) daily.centavos * law->value * months.millionths, denominator);
  trace.rounding = "half away from zero, once";
  trace.result = amount;
  armms_question_trace (question, &trace);
  armms_question_tell (question, "amount_c", amount);
}

void
armms_answer_sil (ArmmsQuestion *question)
{
  const char *name = armms_question_one_of (question, SIL_DAYS " months");

  if (g_str_equal (name, "months"))
    answer_sil_of_months (question);
  else
    answer_sil_of_days (question, name);
}

void
armms_answer_deminimis (ArmmsQuestion *question)
{
  ArmmsDeMinimisGift gift = {
    .benefit = armms_question_text (question, "benefit"),
    .given_on = question->on_date,
    .amount = armms_question_money (question, "amount_c"),
    .minimum_wage = armms_question_money_or_none (question, "region_min_wage_c"),
    .days = armms_question_has (question, "days") ? armms_question_decimal (question, "days") : (ArmmsMultiplier) { 0 },
  };
  ArmmsDeMinimis split;
  ArmmsTrace trace;

  if (question->error != NULL || !armms_de_minimis (&question->tables->de_minimis, &gift, &split, &question->error))
    return;
  if (split.row->of_minimum_wage.millionths != 0 && gift.minimum_wage.centavos <= 0)
    armms_question_refuse (question, "region_min_wage_c", "is missing: the ceiling is a share of it");
  if (g_strcmp0 (armms_question_text_or (question, "per", split.row->per), split.row->per) != 0)
    armms_question_refuse (question, "per", "is not the span of that ceiling");
  armms_de_minimis_trace (&split, &trace);
  armms_question_trace (question, &trace);
  armms_question_tell (question, "exempt_c", split.exempt);
  armms_question_tell (question, "excess_c", split.excess);
}

void
armms_answer_min_wage (ArmmsQuestion *question)
{
  const char *region = armms_question_text (question, "region");
  const char *sector = armms_question_text_or (question, "sector", question->tables->settings.wage_sector);
  const char *area = armms_question_text_or (question, "area", NULL);
  ArmmsMinimumWage wage;
  ArmmsTrace trace;

  if (question->error != NULL
      || !armms_minimum_wage_in_force (&question->tables->wages, region, area, sector, question->on_date, &wage, &question->error))
    return;
  armms_minimum_wage_trace (&wage, sector, &trace);
  armms_question_trace (question, &trace);
  armms_question_tell (question, "daily_rate_c", wage.lowest->daily);
  armms_question_tell (question, "highest_rate_c", wage.highest->daily);
}
