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
    {
      ArmmsTrace trace;

      armms_trace_init (&trace, "time.holiday_unworked");
      armms_trace_text (&trace, "day_type", armms_day_type_name (day_type));
      armms_trace_flag (&trace, "qualifies", qualified);
      armms_question_trace (question, &trace);
      armms_question_tell (question, "amount_c", ARMMS_MONEY (0));
    }
  else
    armms_question_price (question, "amount_c",
                          day_type == ARMMS_DAY_REGULAR ? ARMMS_CELL_REGULAR_UNWORKED : ARMMS_CELL_DOUBLE_REGULAR_UNWORKED,
                          ARMMS_PREMIUM_FULL, rate, armms_question_working_time (question, question->on_date)->unworked_holiday_minutes);
}

/* What days without pay cost: @unit x @lost (days, or hours of a day of @per_day minutes) at a rate of @yearly / @factor a day. */
typedef struct {
  ArmmsMoney daily;                    /* given; or, when 0: */
  ArmmsMoney salary;
  gint64 periods;
  ArmmsMultiplier factor;
  ArmmsMultiplier lost;
  gint64 lost_unit, per_day;           /* minutes of one hour and of a day; 1, 1 where days are given */
} Lost;

static Lost
read_lost (ArmmsQuestion *question)
{
  const char *salary_name = armms_question_one_of (question, SALARY);
  const char *lost_name = armms_question_one_of (question, LOST);
  gboolean in_hours = g_str_has_suffix (lost_name, "hours");
  Lost lost = {
    .salary = armms_question_money (question, salary_name),
    .lost = armms_question_decimal (question, lost_name),
    .lost_unit = in_hours ? ARMMS_MINUTES_PER_HOUR : 1,
    .per_day = in_hours ? armms_question_working_time (question, question->on_date)->regular_minutes : 1,
    .periods = 12,
    .factor = { ARMMS_MILLION },
  };

  if (strcmp (salary_name, "period_salary_c") == 0 || armms_question_has (question, "periods_per_year"))
    lost.periods = armms_question_integer (question, "periods_per_year", 1, 366);
  if (armms_question_has (question, "daily_rate_c"))
    lost.daily = armms_question_money (question, "daily_rate_c");
  else
    lost.factor = armms_question_decimal (question, armms_question_one_of (question, FACTOR));
  if (lost.factor.millionths <= 0)
    armms_question_refuse (question, "factor", "is not above zero");
  return lost;
}

static gboolean
price_lost (ArmmsQuestion *question, const Lost *lost, ArmmsMoney *ret_amount)
{
  gint64 numerator = lost->lost_unit * lost->lost.millionths * (lost->daily.centavos != 0 ? 1 : lost->periods);
  gint64 denominator = lost->per_day * (lost->daily.centavos != 0 ? ARMMS_MILLION : lost->factor.millionths);
  ArmmsMoney base = lost->daily.centavos != 0 ? lost->daily : lost->salary;
  ArmmsTrace trace;

  if (question->error != NULL || !armms_money_mul_div (base, numerator, denominator, ARMMS_ROUND_HALF_AWAY, ret_amount, &question->error))
    return FALSE;
  armms_trace_init (&trace, "pay.absence");
  armms_trace_multiplier (&trace, lost->lost_unit > 1 ? "hours" : "days", lost->lost);
  if (lost->lost_unit > 1)
    armms_trace_minutes (&trace, "minutes_a_day", lost->per_day);
  if (lost->daily.centavos != 0)
    armms_trace_money (&trace, "daily", lost->daily);
  else
    {
      armms_trace_money (&trace, "salary", lost->salary);
      armms_trace_count (&trace, "periods_per_year", lost->periods);
      armms_trace_multiplier (&trace, "factor", lost->factor);
    }
  armms_trace_fraction (&trace, (__int128) base.centavos * numerator, denominator);
  trace.rounding = "half away from zero, once";
  trace.result = *ret_amount;
  armms_question_trace (question, &trace);
  return TRUE;
}

/* What the absence costs: given as an amount, or as days or hours to be priced. */
static gboolean
read_absence (ArmmsQuestion *question, ArmmsMoney *ret_amount)
{
  const char *name = armms_question_one_of (question, LOST " " LOST_AMOUNT);
  Lost lost;

  if (g_str_has_suffix (name, "_c"))
    {
      *ret_amount = armms_question_money (question, name);
      return question->error == NULL;
    }
  lost = read_lost (question);
  return price_lost (question, &lost, ret_amount);
}

/* A salary, of one month or of several, less days without pay: the salary's line and the absence's, each rounded once. */
void
armms_answer_basic_less_lwop (ArmmsQuestion *question)
{
  ArmmsMoney salary = armms_question_money (question, armms_question_one_of (question, SALARY));
  ArmmsMultiplier months = { ARMMS_MILLION };
  ArmmsMoney earned, absence;
  ArmmsTrace trace;

  if (armms_question_has (question, "months"))
    months = armms_question_decimal (question, "months");
  if (question->error != NULL || !read_absence (question, &absence)
      || !armms_money_mul_div (salary, months.millionths, ARMMS_MILLION, ARMMS_ROUND_HALF_AWAY, &earned, &question->error))
    return;
  armms_trace_init (&trace, "pay.basic_less_absence");
  armms_trace_money (&trace, "salary", salary);
  armms_trace_multiplier (&trace, "months", months);
  armms_trace_money (&trace, "earned", earned);
  armms_trace_money (&trace, "absence", absence);
  trace.result = ARMMS_MONEY (earned.centavos - absence.centavos);
  armms_question_trace (question, &trace);
  armms_question_tell (question, "deduction_c", absence);
  armms_question_tell (question, "amount_c", trace.result);
}

void
armms_answer_eemr (ArmmsQuestion *question)
{
  ArmmsMultiplier factor = armms_question_decimal (question, armms_question_one_of (question, FACTOR));
  ArmmsMoney daily = armms_question_money (question, "daily_rate_c");
  ArmmsMoney monthly;
  ArmmsTrace trace;

  if (question->error != NULL || !armms_equivalent_monthly (daily, factor, &monthly, &question->error))
    return;
  armms_equivalent_monthly_trace (daily, factor, monthly, &trace);
  armms_question_trace (question, &trace);
  armms_question_tell (question, "monthly_c", monthly);
}
