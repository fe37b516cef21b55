#include "server/rules/pay/earnings.h"

#include "server/rules/pay/cola.h"
#include "server/rules/pay/pay-private.h"

#define MINUTES_PER_CALENDAR_DAY 1440

/* What pricing does with one cell under one card. */
typedef enum { PRICE_NOTHING, PRICE_MINUTES, PRICE_ABSENCE } Pricing;

/* One call of armms_pay_price() on its way. */
typedef struct {
  const ArmmsPayCard *cards;
  gsize n_cards;
  const ArmmsPremiumTable *premiums;
  GArray *lines, *problems;
  GArray *cola; /* ArmmsColaMinutes; NULL until a card has an allowance */
  guint first_line, first_problem;
} Run;

static gboolean
is_taken_from_salary (ArmmsCell cell)
{
  return cell >= ARMMS_CELL_LEAVE_UNPAID && cell <= ARMMS_CELL_UNDERTIME;
}

/* Are the first 8 hours of this day in the salary already? */
static gboolean
is_covered (const ArmmsPayCard *card, ArmmsCell cell)
{
  ArmmsDayType day_type = ARMMS_CELL_DAY_TYPE (cell);

  if (cell & ARMMS_CELL_OVERTIME)
    return FALSE;
  if (cell & ARMMS_CELL_REST)
    return card->covers_rest_days;
  if (day_type == ARMMS_DAY_SPECIAL || day_type == ARMMS_DAY_DOUBLE_SPECIAL)
    return card->covers_special_days;
  return TRUE;
}

static Pricing
pricing_of (const ArmmsPayCard *card, ArmmsCell cell, ArmmsPremiumPart *ret_part)
{
  *ret_part = ARMMS_PREMIUM_FULL;
  if (is_taken_from_salary (cell))
    return card->salaried ? PRICE_ABSENCE : PRICE_NOTHING;
  if (!card->salaried)
    return PRICE_MINUTES;
  if (cell == ARMMS_CELL_LEAVE_PAID)
    return PRICE_NOTHING;
  /* Of a regular holiday not worked the salary holds the first day's pay, of a double one the second comes on top. */
  if (!armms_cell_is_worked (cell) || is_covered (card, cell))
    *ret_part = ARMMS_PREMIUM_ABOVE_ONE;
  return PRICE_MINUTES;
}

static ArmmsPayClass
class_of (ArmmsCell cell)
{
  if (!armms_cell_is_worked (cell))
    return cell <= ARMMS_CELL_DOUBLE_REGULAR_UNWORKED ? ARMMS_PAY_CLASS_HOLIDAY : ARMMS_PAY_CLASS_BASIC;
  if (cell & ARMMS_CELL_OVERTIME)
    return ARMMS_PAY_CLASS_OVERTIME;
  if (ARMMS_CELL_DAY_TYPE (cell) != ARMMS_DAY_ORDINARY || (cell & ARMMS_CELL_REST))
    return ARMMS_PAY_CLASS_HOLIDAY;
  return (cell & ARMMS_CELL_NIGHT) ? ARMMS_PAY_CLASS_NIGHT : ARMMS_PAY_CLASS_BASIC;
}

void
armms_pay_problem_add (GArray *problems, guint first, const char *code, ArmmsDate date, ArmmsCell cell)
{
  ArmmsPayProblem problem = { code, date, date, cell, 1 };

  for (guint i = first; i < problems->len; i++)
    {
      ArmmsPayProblem *seen = &g_array_index (problems, ArmmsPayProblem, i);

      if (!g_str_equal (seen->code, code))
        continue;
      if (date.days < seen->from.days || (date.days == seen->from.days && cell < seen->cell))
        {
          seen->from = date;
          seen->cell = cell;
        }
      seen->to.days = MAX (seen->to.days, date.days);
      seen->count++;
      return;
    }
  g_array_append_val (problems, problem);
}

void
armms_earning_line_add (GArray *lines, guint first, const ArmmsEarningLine *minutes)
{
  for (guint i = first; i < lines->len; i++)
    {
      ArmmsEarningLine *seen = &g_array_index (lines, ArmmsEarningLine, i);

      if (seen->cell == minutes->cell && seen->card == minutes->card && seen->premium == minutes->premium && seen->kind == minutes->kind)
        {
          seen->minutes += minutes->minutes;
          return;
        }
    }
  g_array_append_vals (lines, minutes, 1);
}

static void
find_multiplier (ArmmsEarningLine *line)
{
  if (line->kind == ARMMS_EARNING_CELL)
    line->multiplier = armms_premium_multiplier (line->premium, line->cell, line->part);
  else if (line->kind == ARMMS_EARNING_COLA)
    line->multiplier = armms_cola_multiplier (line->premium, line->cell);
  else
    line->multiplier = ARMMS_MULTIPLIER_ONE;
}

/* What of the line is basic pay is rounded by itself: it is a base, not an amount paid. */
static gboolean
find_basic (ArmmsEarningLine *line, ArmmsMinutes minutes, GError **error)
{
  if (line->kind == ARMMS_EARNING_COLA || line->part != ARMMS_PREMIUM_FULL
      || (armms_cell_is_worked (line->cell) && (line->cell & ARMMS_CELL_OVERTIME)))
    line->basic = ARMMS_MONEY (0);
  else if (line->multiplier.millionths <= ARMMS_MULTIPLIER_ONE.millionths)
    line->basic = line->amount;
  else
    return armms_rate_pay (line->rate, minutes, ARMMS_MULTIPLIER_ONE, &line->basic, error);
  return TRUE;
}

/* The one rounding of the line. */
static gboolean
price_line (ArmmsEarningLine *line, GError **error)
{
  ArmmsMinutes minutes = ARMMS_MINUTES ((gint32) line->minutes);

  if (line->minutes > G_MAXINT32)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "money.overflow", "a line holds more minutes than 32 bits do");
      return FALSE;
    }
  if (line->kind == ARMMS_EARNING_COLA)
    line->rate = (ArmmsRate) { line->card->cola.centavos, line->card->day_minutes };
  else if (!armms_pay_card_rate (line->card, &line->rate, error))
    return FALSE;
  find_multiplier (line);
  if (!armms_rate_pay (line->rate, minutes, line->multiplier, &line->amount, error))
    return FALSE;
  if (line->kind == ARMMS_EARNING_ABSENCE)
    line->amount.centavos = -line->amount.centavos;
  return find_basic (line, minutes, error);
}

/* What the minutes of the cell are worth, or what they take from the salary. FALSE: they cannot be priced. */
static gboolean
take_minutes (Run *run, const ArmmsPayCard *card, ArmmsDate date, ArmmsCell cell, gint64 minutes)
{
  ArmmsEarningLine line = { .card = card, .cell = cell, .minutes = minutes, .pay_class = class_of (cell) };
  Pricing pricing = pricing_of (card, cell, &line.part);

  if (pricing == PRICE_NOTHING)
    return TRUE;
  line.kind = pricing == PRICE_ABSENCE ? ARMMS_EARNING_ABSENCE : ARMMS_EARNING_CELL;
  if (cell <= ARMMS_CELL_DOUBLE_REGULAR_UNWORKED)
    {
      line.premium = armms_premium_find (run->premiums, cell, date);
      if (line.premium == NULL)
        {
          armms_pay_problem_add (run->problems, run->first_problem, "premium.missing", date, cell);
          return FALSE;
        }
      if (armms_premium_multiplier (line.premium, cell, line.part).millionths == 0)
        return TRUE;
    }
  armms_earning_line_add (run->lines, run->first_line, &line);
  return TRUE;
}

/* Finds what one entry of the columns is, or says why it cannot be priced. */
static void
take_entry (Run *run, ArmmsDate date, gint64 cell_number, gint64 minutes)
{
  ArmmsCell cell = (ArmmsCell) cell_number;
  const ArmmsPayCard *card;

  if (cell_number < 0 || cell_number >= ARMMS_N_CELLS)
    {
      armms_pay_problem_add (run->problems, run->first_problem, "cell.unknown", date, 0);
      return;
    }
  if (minutes < 0 || minutes > MINUTES_PER_CALENDAR_DAY)
    {
      armms_pay_problem_add (run->problems, run->first_problem, "minutes.out_of_range", date, cell);
      return;
    }
  card = armms_pay_card_find (run->cards, run->n_cards, date);
  if (card == NULL)
    {
      armms_pay_problem_add (run->problems, run->first_problem, "rate_card.missing", date, cell);
      return;
    }
  if (!take_minutes (run, card, date, cell, minutes) || card->cola.centavos <= 0)
    return;
  if (run->cola == NULL)
    run->cola = g_array_new (FALSE, FALSE, sizeof (ArmmsColaMinutes));
  armms_cola_take (card, run->premiums, date, cell, minutes, run->cola, run->problems, run->first_problem);
}

gboolean
armms_pay_price (const ArmmsPayCard *cards, gsize n_cards, const ArmmsPremiumTable *premiums, const ArmmsDate *duty_dates,
                 const gint64 *cells, const gint64 *minutes, gsize n, GArray *lines, GArray *problems, GError **error)
{
  Run run = { cards, n_cards, premiums, lines, problems, NULL, lines->len, problems->len };

  for (gsize i = 0; i < n; i++)
    if (minutes[i] != 0)
      take_entry (&run, duty_dates[i], cells[i], minutes[i]);
  if (run.cola != NULL)
    armms_cola_share (run.cola, lines, run.first_line);
  g_clear_pointer (&run.cola, g_array_unref);
  for (guint i = run.first_line; i < lines->len; i++)
    if (!price_line (&g_array_index (lines, ArmmsEarningLine, i), error))
      {
        g_array_set_size (lines, run.first_line);
        g_array_set_size (problems, run.first_problem);
        return FALSE;
      }
  return TRUE;
}

gboolean
armms_earnings_sum (const GArray *lines, guint first, ArmmsEarningTotals *ret_totals, GError **error)
{
  ArmmsEarningTotals totals = { 0 };

  for (guint i = first; i < lines->len; i++)
    {
      const ArmmsEarningLine *line = &g_array_index (lines, ArmmsEarningLine, i);
      ArmmsMoney *of_class = &totals.by_class[line->pay_class];
      ArmmsMoney rest;

      if (!armms_money_subtract (line->amount, line->basic, &rest, error)
          || !armms_money_add (totals.gross, line->amount, &totals.gross, error)
          || !armms_money_add (totals.basic, line->basic, &totals.basic, error)
          || !armms_money_add (*of_class, rest, of_class, error))
        return FALSE;
      if (armms_cell_is_worked (line->cell) && line->kind == ARMMS_EARNING_CELL)
        totals.minutes += line->minutes;
    }
  if (!armms_money_add (totals.by_class[ARMMS_PAY_CLASS_BASIC], totals.basic, &totals.by_class[ARMMS_PAY_CLASS_BASIC], error))
    return FALSE;
  *ret_totals = totals;
  return TRUE;
}
