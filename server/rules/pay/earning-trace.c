#include "server/rules/pay/earnings.h"

#include "server/rules/pay/pay-private.h"
#include "server/rules/premium/better.h"

static const char *const class_names[ARMMS_N_PAY_CLASSES] = { "basic", "holiday", "overtime", "night" };
static const char *const part_names[] = { "full", "above_one", "night_only" };
static const char *const rule_names[] = { "pay.cell", "pay.salary", "pay.absence", "pay.cola" };

#define TITLES_OF_DAY(day) \
  day, day ", night", day ", overtime", day ", overtime, night", \
  day " on rest day", day " on rest day, night", day " on rest day, overtime", day " on rest day, overtime, night"

/* In the order of the cells' numbers. */
static const char *const cell_titles[ARMMS_N_CELLS] = {
  "Basic pay", "Basic pay, night", "Overtime", "Overtime, night",
  "Rest day", "Rest day, night", "Rest day, overtime", "Rest day, overtime, night",
  TITLES_OF_DAY ("Special day"),
  TITLES_OF_DAY ("Double special day"),
  TITLES_OF_DAY ("Regular holiday"),
  TITLES_OF_DAY ("Double regular holiday"),
  "Regular holiday, not worked", "Double regular holiday, not worked",
  "Paid leave", "Unpaid leave", "Absent", "Late", "Undertime",
};

const char *
armms_pay_class_name (ArmmsPayClass pay_class)
{
  g_return_val_if_fail ((guint) pay_class < ARMMS_N_PAY_CLASSES, NULL);

  return class_names[pay_class];
}

const char *
armms_earning_line_title (const ArmmsEarningLine *line)
{
  switch (line->kind)
    {
    case ARMMS_EARNING_SALARY:
      return "Salary";
    case ARMMS_EARNING_COLA:
      return "Cost-of-living allowance";
    case ARMMS_EARNING_CELL:
    case ARMMS_EARNING_ABSENCE:
    default:
      return cell_titles[line->cell];
    }
}

const char *
armms_earning_line_code (const ArmmsEarningLine *line)
{
  switch (line->kind)
    {
    case ARMMS_EARNING_SALARY:
      return "salary";
    case ARMMS_EARNING_COLA:
      return "cola";
    case ARMMS_EARNING_CELL:
    case ARMMS_EARNING_ABSENCE:
    default:
      return armms_cell_name (line->cell);
    }
}

static void
trace_salary (const ArmmsEarningLine *line, ArmmsTrace *trace)
{
  armms_trace_money (trace, "monthly", line->card->amount);
  armms_trace_count (trace, "months_per_year", ARMMS_MONTHS_PER_YEAR);
  armms_trace_count (trace, "periods_per_year", line->periods_per_year);
  armms_trace_count (trace, "days", line->days);
  armms_trace_count (trace, "period_days", line->period_days);
  armms_trace_fraction (trace, (__int128) line->card->amount.centavos * ARMMS_MONTHS_PER_YEAR * line->days,
                        (__int128) line->periods_per_year * line->period_days);
}

static void
trace_minutes (const ArmmsEarningLine *line, ArmmsTrace *trace)
{
  int sign = line->kind == ARMMS_EARNING_ABSENCE ? -1 : 1;

  armms_trace_text (trace, "cell", armms_cell_name (line->cell));
  armms_trace_minutes (trace, "minutes", line->minutes);
  armms_trace_rate (trace, "rate", line->rate);
  armms_trace_multiplier (trace, "multiplier", line->multiplier);
  if (line->part != ARMMS_PREMIUM_FULL)
    {
      armms_trace_text (trace, "part", part_names[line->part]);
      armms_trace_multiplier (trace, "whole", armms_premium_multiplier (line->premium, line->cell, ARMMS_PREMIUM_FULL));
    }
  armms_trace_fraction (trace, sign * (__int128) line->minutes * line->rate.centavos * line->multiplier.millionths,
                        (__int128) line->rate.minutes * ARMMS_MILLION);
}

static void
trace_card_source (const ArmmsPayCard *card, ArmmsTrace *trace)
{
  if (card->source != NULL)
    armms_trace_text (trace, "rate_card", card->source);
  if (!armms_date_is_none (card->from))
    armms_trace_date (trace, "rate_card_from", card->from);
}

void
armms_pay_card_trace (const ArmmsPayCard *card, ArmmsTrace *trace)
{
  armms_trace_text (trace, "basis", armms_rate_basis_name (card->basis));
  armms_trace_money (trace, "card", card->amount);
  if (card->basis == ARMMS_BASIS_MONTHLY)
    {
      armms_trace_count (trace, "months_per_year", ARMMS_MONTHS_PER_YEAR);
      armms_trace_multiplier (trace, "factor", card->factor);
      armms_trace_minutes (trace, "day_minutes", card->day_minutes);
    }
  trace_card_source (card, trace);
}

static void
trace_cola (const ArmmsEarningLine *line, ArmmsTrace *trace)
{
  trace_minutes (line, trace);
  armms_trace_money (trace, "cola", line->card->cola);
  if (line->card->cola_source != NULL)
    armms_trace_text (trace, "order", line->card->cola_source);
  trace_card_source (line->card, trace);
  if (line->premium != NULL)
    armms_premium_trace (line->premium->law != NULL ? line->premium->law : line->premium, line->cell, trace);
}

void
armms_earning_line_trace (const ArmmsEarningLine *line, ArmmsTrace *trace)
{
  armms_trace_init (trace, rule_names[line->kind]);
  if (line->kind == ARMMS_EARNING_SALARY)
    {
      trace_salary (line, trace);
      trace_card_source (line->card, trace);
    }
  else if (line->kind == ARMMS_EARNING_COLA)
    trace_cola (line, trace);
  else
    {
      trace_minutes (line, trace);
      armms_pay_card_trace (line->card, trace);
      if (line->premium != NULL)
        armms_premium_trace (line->premium, line->cell, trace);
    }
  trace->rounding = "half away from zero, once";
  trace->result = line->amount;
}
