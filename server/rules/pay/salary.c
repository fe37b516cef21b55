#include "server/rules/pay/earnings.h"

#include "server/rules/pay/pay-private.h"

/* Adds a day to the line of its card. */
static void
add_day (GArray *lines, guint first, const ArmmsPayCard *card, gint32 period_days, gint32 periods_per_year)
{
  ArmmsEarningLine line = {
    .kind = ARMMS_EARNING_SALARY, .card = card, .days = 1, .period_days = period_days, .periods_per_year = periods_per_year,
    .cell = ARMMS_CELL (ARMMS_DAY_ORDINARY, FALSE, FALSE, FALSE),
    .multiplier = ARMMS_MULTIPLIER_ONE, .pay_class = ARMMS_PAY_CLASS_BASIC,
  };

  for (guint i = first; i < lines->len; i++)
    {
      ArmmsEarningLine *seen = &g_array_index (lines, ArmmsEarningLine, i);

      if (seen->card == card)
        {
          seen->days++;
          return;
        }
    }
  g_array_append_val (lines, line);
}

/* The one rounding of the line. */
static gboolean
price_salary (ArmmsEarningLine *line, GError **error)
{
  if (!armms_pay_card_check (line->card, error)
      || !armms_money_mul_div (line->card->amount, (gint64) ARMMS_MONTHS_PER_YEAR * line->days,
                               (gint64) line->periods_per_year * line->period_days, ARMMS_ROUND_HALF_AWAY, &line->amount, error))
    return FALSE;
  line->basic = line->amount;
  return TRUE;
}

gboolean
armms_pay_salary (const ArmmsPayCard *cards, gsize n_cards, ArmmsPeriod period, gint32 periods_per_year, ArmmsDate employed_from,
                  ArmmsDate employed_to, GArray *lines, GArray *problems, GError **error)
{
  guint first_line = lines->len, first_problem = problems->len;
  gint32 period_days = period.to.days - period.from.days + 1;
  gint32 last = armms_date_is_none (employed_to) ? period.to.days : MIN (period.to.days, employed_to.days);
  ArmmsDate date = { MAX (period.from.days, employed_from.days) }; /* NONE, an open beginning, is the smallest */

  g_return_val_if_fail (periods_per_year > 0 && period_days > 0, FALSE);

  /* Day by day, as minutes are priced: a day has one card, also where two overlap. */
  for (; date.days <= last; date.days++)
    {
      const ArmmsPayCard *card = armms_pay_card_find (cards, n_cards, date);

      if (card == NULL)
        armms_pay_problem_add (problems, first_problem, "rate_card.missing", date, ARMMS_CELL (ARMMS_DAY_ORDINARY, FALSE, FALSE, FALSE));
      else if (card->salaried)
        add_day (lines, first_line, card, period_days, periods_per_year);
    }
  if (lines->len == first_line)
    g_array_set_size (problems, first_problem); /* nobody here is salaried: his days are priced by the minute */
  for (guint i = first_line; i < lines->len; i++)
    if (!price_salary (&g_array_index (lines, ArmmsEarningLine, i), error))
      {
        g_array_set_size (lines, first_line);
        g_array_set_size (problems, first_problem);
        return FALSE;
      }
  return TRUE;
}

gboolean
armms_pay_salary_shortfall (const GArray *lines, guint first, ArmmsMoney *ret_shortfall, GError **error)
{
  ArmmsMoney sum = ARMMS_MONEY (0);

  for (guint i = first; i < lines->len; i++)
    {
      const ArmmsEarningLine *line = &g_array_index (lines, ArmmsEarningLine, i);

      if ((line->kind == ARMMS_EARNING_SALARY || line->kind == ARMMS_EARNING_ABSENCE)
          && !armms_money_add (sum, line->amount, &sum, error))
        return FALSE;
    }
  return armms_money_subtract (ARMMS_MONEY (0), ARMMS_MONEY (MIN (sum.centavos, 0)), ret_shortfall, error);
}
