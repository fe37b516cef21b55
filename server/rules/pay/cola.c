#include "server/rules/pay/cola.h"

#include "server/rules/pay/pay-private.h"
#include "server/rules/premium/better.h"

#include <stdlib.h>

static gboolean
is_regular_holiday (ArmmsCell cell)
{
  return armms_cell_is_worked (cell) && ARMMS_CELL_DAY_TYPE (cell) >= ARMMS_DAY_REGULAR;
}

static gboolean
is_unworked_holiday (ArmmsCell cell)
{
  return cell == ARMMS_CELL_REGULAR_UNWORKED || cell == ARMMS_CELL_DOUBLE_REGULAR_UNWORKED;
}

/* Days that are all the same to the allowance have one cell: one line, one rounding. */
static ArmmsCell
kind_of_day (ArmmsCell cell)
{
  if (is_regular_holiday (cell))
    return ARMMS_CELL (ARMMS_CELL_DAY_TYPE (cell), FALSE, FALSE, FALSE);
  return armms_cell_is_worked (cell) ? ARMMS_CELL (ARMMS_DAY_ORDINARY, FALSE, FALSE, FALSE) : cell;
}

ArmmsMultiplier
armms_cola_multiplier (const ArmmsPremiumRow *premium, ArmmsCell cell)
{
  if (cell > ARMMS_CELL_LEAVE_PAID || (armms_cell_is_worked (cell) && (cell & ARMMS_CELL_OVERTIME)))
    return (ArmmsMultiplier) { 0 };
  if (premium == NULL)
    return ARMMS_MULTIPLIER_ONE;
  return armms_premium_multiplier (premium->law != NULL ? premium->law : premium, kind_of_day (cell), ARMMS_PREMIUM_FULL);
}

ArmmsMoney
armms_cola_due (const ArmmsMinimumWageRow *order, ArmmsMoney daily)
{
  if (order == NULL)
    return ARMMS_MONEY (0);
  return ARMMS_MONEY (CLAMP (order->daily.centavos + order->cola.centavos - daily.centavos, 0, order->cola.centavos));
}

/* -- cards ------------------------------------------------------------------------------------------------------ */

static gboolean
card_on (const ArmmsPayCard *found, const ArmmsMinimumWageRow *order, ArmmsDate date, ArmmsPayCard *ret_card, GError **error)
{
  ArmmsMoney daily, due;

  if (!armms_pay_card_daily (found, &daily, error))
    return FALSE;
  due = armms_cola_due (order, daily);
  *ret_card = *found;
  if (due.centavos > found->cola.centavos)
    {
      ret_card->cola = due;
      ret_card->cola_source = order->order;
    }
  ret_card->from = ret_card->to = date;
  return TRUE;
}

gboolean
armms_cola_cards (const ArmmsPayCard *cards, gsize n_cards, const ArmmsMinimumWageTable *wages, const char *region, const char *area,
                  const char *sector, ArmmsDate from, ArmmsDate to, GArray *ret_cards, GError **error)
{
  const ArmmsPayCard *before = NULL;
  guint first = ret_cards->len;

  for (ArmmsDate date = from; date.days <= to.days; date.days++)
    {
      const ArmmsPayCard *found = armms_pay_card_find (cards, n_cards, date);
      ArmmsPayCard *last = ret_cards->len > first ? &g_array_index (ret_cards, ArmmsPayCard, ret_cards->len - 1) : NULL;
      ArmmsPayCard card;

      if (found != NULL
          && !card_on (found, armms_minimum_wage_find (wages, region, area, sector, date).lowest, date, &card, error))
        {
          g_array_set_size (ret_cards, first);
          return FALSE;
        }
      if (found != NULL && found == before && last->cola.centavos == card.cola.centavos && last->cola_source == card.cola_source)
        last->to = date;
      else if (found != NULL)
        g_array_append_val (ret_cards, card);
      before = found;
    }
  return TRUE;
}

/* -- pricing ---------------------------------------------------------------------------------------------------- */

void
armms_cola_take (const ArmmsPayCard *card, const ArmmsPremiumTable *premiums, ArmmsDate date, ArmmsCell cell, gint64 minutes,
                 GArray *cola, GArray *problems, guint first_problem)
{
  ArmmsColaMinutes taken = { date, card, NULL, kind_of_day (cell), minutes };

  if (is_regular_holiday (cell) || is_unworked_holiday (cell))
    {
      taken.premium = armms_premium_find (premiums, taken.cell, date);
      if (taken.premium == NULL)
        {
          armms_pay_problem_add (problems, first_problem, "premium.missing", date, cell);
          return;
        }
    }
  if (armms_cola_multiplier (taken.premium, cell).millionths > 0)
    g_array_append_val (cola, taken);
}

static int
compare_minutes (const void *a, const void *b)
{
  const ArmmsColaMinutes *left = a, *right = b;
  gint64 of_left = armms_cola_multiplier (left->premium, left->cell).millionths;
  gint64 of_right = armms_cola_multiplier (right->premium, right->cell).millionths;

  if (left->date.days != right->date.days)
    return left->date.days < right->date.days ? -1 : 1;
  if (of_left != of_right)
    return of_left > of_right ? -1 : 1;
  return (left->cell > right->cell) - (left->cell < right->cell);
}

void
armms_cola_share (GArray *cola, GArray *lines, guint first)
{
  gint64 left = 0;

  if (cola->len > 0)
    qsort (cola->data, cola->len, sizeof (ArmmsColaMinutes), compare_minutes);
  for (guint i = 0; i < cola->len; i++)
    {
      const ArmmsColaMinutes *taken = &g_array_index (cola, ArmmsColaMinutes, i);
      ArmmsEarningLine line = {
        .kind = ARMMS_EARNING_COLA, .card = taken->card, .premium = taken->premium, .cell = taken->cell, .pay_class = ARMMS_PAY_CLASS_BASIC,
      };

      if (i == 0 || g_array_index (cola, ArmmsColaMinutes, i - 1).date.days != taken->date.days)
        left = taken->card->day_minutes;
      line.minutes = MIN (left, taken->minutes);
      left -= line.minutes;
      if (line.minutes > 0)
        armms_earning_line_add (lines, first, &line);
    }
}
