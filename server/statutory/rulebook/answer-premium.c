/* What hours are worth on their day, and what a salary is worth with days taken from it. */
#include "server/statutory/rulebook/rulebook-private.h"

#include <string.h>

#define HOURS_MAX 1000

static ArmmsPremiumPart
read_part (ArmmsQuestion *question)
{
  const char *pay = armms_question_text_or (question, "pay", "full");

  if (strcmp (pay, "premium_only") == 0)
    return ARMMS_PREMIUM_ABOVE_ONE;
  if (strcmp (pay, "nd_only") == 0)
    return ARMMS_PREMIUM_NIGHT_ONLY;
  if (strcmp (pay, "full") != 0)
    armms_question_refuse (question, "pay", "is none of full, premium_only, nd_only");
  return ARMMS_PREMIUM_FULL;
}

/* Hours that are no whole minutes ("0.33") keep their fraction in the rate. */
static gint64
read_minutes (ArmmsQuestion *question, ArmmsRate *rate)
{
  gint64 scaled = armms_question_decimal (question, "hours").millionths * ARMMS_MINUTES_PER_HOUR;
  gint64 scale = 1;

  if (scaled > (gint64) HOURS_MAX * ARMMS_MINUTES_PER_HOUR * ARMMS_MILLION)
    {
      armms_question_refuse (question, "hours", "is out of range");
      return 0;
    }
  while (scaled % ARMMS_MILLION != 0)
    {
      scaled *= 10;
      scale *= 10;
    }
  if (scaled / ARMMS_MILLION > G_MAXINT32)
    {
      armms_question_refuse (question, "hours", "is too fine");
      return 0;
    }
  rate->minutes *= scale;
  return scaled / ARMMS_MILLION;
}

void
armms_answer_premium (ArmmsQuestion *question)
{
  ArmmsRate rate = armms_question_rate (question);
  ArmmsDayType day_type = armms_question_day_type (question, armms_question_text (question, "day_type"));
  ArmmsCell cell = ARMMS_CELL (day_type, armms_question_flag (question, "rest_day"), armms_question_flag (question, "ot"),
                               armms_question_flag (question, "nd"));
  ArmmsPremiumPart part = read_part (question);
  gint64 minutes = read_minutes (question, &rate);

  armms_question_price (question, "amount_c", cell, part, rate, minutes);
}

void
armms_answer_holiday_unworked (ArmmsQuestion *question)
{
  ArmmsRate rate = armms_question_rate (question);
  ArmmsDayType day_type = armms_question_day_type (question, armms_question_text (question, "day_type"));
  gboolean qualified = armms_question_flag (question, "qualified");

  /* Only regular holidays are paid when not worked. */
  if (!qualified || day_type < ARMMS_DAY_REGULAR)
    armms_question_tell (question, "amount_c", ARMMS_MONEY (0));
  else
    armms_question_price (question, "amount_c",
                          day_type == ARMMS_DAY_REGULAR ? ARMMS_CELL_REGULAR_UNWORKED : ARMMS_CELL_DOUBLE_REGULAR_UNWORKED,
                          ARMMS_PREMIUM_FULL, rate, armms_question_working_time (question, question->on_date)->unworked_holiday_minutes);
}

/* What the days without pay cost: days, or hours of them, at a daily rate or at salary x periods / factor. */
static gboolean
lost_pay (ArmmsQuestion *question, const char *salary_name, ArmmsMoney salary, ArmmsMoney *ret_lost)
{
  const char *lost_name = armms_question_one_of (question, "lwop_days days absent_days lwop_hours hours");
  gboolean in_hours = g_str_has_suffix (lost_name, "hours");
  ArmmsMultiplier lost = armms_question_decimal (question, lost_name);
  gint64 lost_unit = in_hours ? ARMMS_MINUTES_PER_HOUR : 1;
  gint64 per_day = in_hours ? armms_question_working_time (question, question->on_date)->regular_minutes : 1;
  gint64 periods = strcmp (salary_name, "period_salary_c") == 0 || armms_question_has (question, "periods_per_year")
                     ? armms_question_integer (question, "periods_per_year", 1, 366) : 12;
  ArmmsMultiplier factor;

  if (armms_question_has (question, "daily_rate_c"))
    {
      ArmmsMoney daily = armms_question_money (question, "daily_rate_c");

      return question->error == NULL
             && armms_money_mul_div (daily, lost_unit * lost.millionths, per_day * ARMMS_MILLION, ARMMS_ROUND_HALF_AWAY, ret_lost,
                                     &question->error);
    }
  factor = armms_question_decimal (question, armms_question_one_of (question, "factor_days factor"));
  if (factor.millionths <= 0)
    armms_question_refuse (question, "factor_days", "is not above zero");
  return question->error == NULL
         && armms_money_mul_div (salary, periods * lost_unit * lost.millionths, per_day * factor.millionths, ARMMS_ROUND_HALF_AWAY, ret_lost,
                                 &question->error);
}

/* A salary less days without pay: the salary's line and the absence's, each rounded once. */
void
armms_answer_basic_less_lwop (ArmmsQuestion *question)
{
  const char *salary_name = armms_question_one_of (question, "monthly_basic_c period_salary_c monthly_salary_c basic_c");
  ArmmsMoney salary = armms_question_money (question, salary_name);
  ArmmsMoney lost;

  if (!lost_pay (question, salary_name, salary, &lost))
    return;
  armms_question_tell (question, "deduction_c", lost);
  armms_question_tell (question, "amount_c", ARMMS_MONEY (salary.centavos - lost.centavos));
}

void
armms_answer_eemr (ArmmsQuestion *question)
{
  ArmmsMultiplier factor = armms_question_decimal (question, "factor");
  ArmmsMoney daily = armms_question_money (question, "daily_rate_c");
  ArmmsMoney monthly;

  if (question->error == NULL && armms_equivalent_monthly (daily, factor, &monthly, &question->error))
    armms_question_tell (question, "monthly_c", monthly);
}
