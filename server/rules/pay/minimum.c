#include "server/rules/pay/minimum.h"

#include "server/rules/pay/pay-private.h"

#include <stdlib.h>

static int
compare_dates (const void *a, const void *b)
{
  const ArmmsDate *left = a, *right = b;

  return (left->days > right->days) - (left->days < right->days);
}

static void
add_day (GArray *undercuts, guint first, const ArmmsWageUndercut *day)
{
  for (guint i = first; i < undercuts->len; i++)
    {
      ArmmsWageUndercut *seen = &g_array_index (undercuts, ArmmsWageUndercut, i);

      if (seen->card == day->card && seen->order == day->order)
        {
          seen->to = day->to;
          seen->count++;
          return;
        }
    }
  g_array_append_vals (undercuts, day, 1);
}

gboolean
armms_pay_check_minimum (const ArmmsPayCard *cards, gsize n_cards, const ArmmsMinimumWageTable *wages, const char *region,
                         const char *area, const char *sector, const ArmmsDate *duty_dates, gsize n, GArray *undercuts, GError **error)
{
  g_autofree ArmmsDate *dates = g_new (ArmmsDate, n);
  guint first = undercuts->len;

  for (gsize i = 0; i < n; i++)
    dates[i] = duty_dates[i];
  if (n > 0)
    qsort (dates, n, sizeof *dates, compare_dates);
  for (gsize i = 0; i < n; i++)
    {
      ArmmsWageUndercut day = { .from = dates[i], .to = dates[i], .count = 1 };
      ArmmsMinimumWage wage;

      if (i > 0 && dates[i].days == dates[i - 1].days)
        continue;
      day.card = armms_pay_card_find (cards, n_cards, dates[i]);
      if (day.card == NULL)
        continue;
      if (!armms_pay_card_daily (day.card, &day.daily, error))
        {
          g_array_set_size (undercuts, first);
          return FALSE;
        }
      wage = armms_minimum_wage_find (wages, region, area, sector, dates[i]);
      if (!armms_minimum_wage_undercut (&wage, day.daily))
        continue;
      day.order = wage.lowest;
      day.required = wage.lowest->daily;
      add_day (undercuts, first, &day);
    }
  return TRUE;
}

void
armms_wage_undercut_trace (const ArmmsWageUndercut *undercut, ArmmsTrace *trace)
{
  armms_trace_init (trace, "pay.minimum_wage");
  armms_trace_date (trace, "from", undercut->from);
  armms_trace_date (trace, "to", undercut->to);
  armms_trace_count (trace, "days", undercut->count);
  armms_pay_card_trace (undercut->card, trace);
  armms_trace_money (trace, "daily", undercut->daily);
  armms_trace_money (trace, "required", undercut->required);
  armms_trace_text (trace, "order", undercut->order->order);
  armms_trace_row (trace, "minimum-wage", undercut->order->row, undercut->order->from, undercut->order->source);
  trace->rounding = "the day's wage half away from zero, once";
  trace->result = ARMMS_MONEY (undercut->required.centavos - undercut->daily.centavos);
}
