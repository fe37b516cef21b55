#include "server/rules/pay/earnings.h"

#define MONTHS_PER_YEAR 12

static gint32
days_between (ArmmsDate from, ArmmsDate to)
{
  return to.days < from.days ? 0 : to.days - from.days + 1;
}

static ArmmsDate
later (ArmmsDate a, ArmmsDate b)
{
  return a.days > b.days ? a : b; /* NONE, an open beginning, is the smallest */
}

static ArmmsDate
sooner (ArmmsDate end, ArmmsDate b)
{
  return armms_date_is_none (b) || end.days <= b.days ? end : b;
}

static gboolean
append_salary (const ArmmsPayCard *card, gint32 days, gint32 period_days, gint32 periods_per_year, GArray *lines, GError **error)
{
  ArmmsEarningLine line = {
    .kind = ARMMS_EARNING_SALARY, .card = card, .days = days, .period_days = period_days,
    .cell = ARMMS_CELL (ARMMS_DAY_ORDINARY, FALSE, FALSE, FALSE),
    .rate = { card->amount.centavos * MONTHS_PER_YEAR, periods_per_year },
    .multiplier = ARMMS_MULTIPLIER_ONE, .pay_class = ARMMS_PAY_CLASS_BASIC,
  };

  if (!armms_money_mul_div (card->amount, (gint64) MONTHS_PER_YEAR * days, (gint64) periods_per_year * period_days,
                            ARMMS_ROUND_HALF_AWAY, &line.amount, error))
    return FALSE;
  line.basic = line.amount;
  g_array_append_val (lines, line);
  return TRUE;
}

gboolean
armms_pay_salary (const ArmmsPayCard *cards, gsize n_cards, ArmmsPeriod period, gint32 periods_per_year, ArmmsDate employed_from,
                  ArmmsDate employed_to, GArray *lines, GArray *problems, GError **error)
{
  gint32 period_days = days_between (period.from, period.to);
  ArmmsDate from = later (period.from, employed_from);
  ArmmsDate to = sooner (period.to, employed_to);
  gint32 priced_days = 0;
  gboolean any = FALSE;

  g_return_val_if_fail (periods_per_year > 0 && period_days > 0, FALSE);

  for (gsize i = 0; i < n_cards; i++)
    {
      gint32 days = days_between (later (from, cards[i].from), sooner (to, cards[i].to));

      priced_days += days;
      if (days == 0 || !cards[i].salaried)
        continue;
      any = TRUE;
      if (!append_salary (&cards[i], days, period_days, periods_per_year, lines, error))
        return FALSE;
    }
  if (any && priced_days < days_between (from, to))
    {
      ArmmsPayProblem problem = {
        "rate_card.missing", from, to, ARMMS_CELL (ARMMS_DAY_ORDINARY, FALSE, FALSE, FALSE), days_between (from, to) - priced_days,
      };
      g_array_append_val (problems, problem);
    }
  return TRUE;
}

ArmmsMoney
armms_pay_salary_shortfall (const GArray *lines, guint first)
{
  gint64 sum = 0;

  for (guint i = first; i < lines->len; i++)
    {
      const ArmmsEarningLine *line = &g_array_index (lines, ArmmsEarningLine, i);

      if (line->kind != ARMMS_EARNING_CELL)
        sum += line->amount.centavos;
    }
  return ARMMS_MONEY (sum < 0 ? -sum : 0);
}
