#include "server/rules/pay/earnings.h"

#define MINUTES_PER_CALENDAR_DAY 1440

static const char *const class_names[ARMMS_N_PAY_CLASSES] = { "basic", "holiday", "overtime", "night" };

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

/* What pricing does with one cell under one card. */
typedef enum { PRICE_NOTHING, PRICE_MINUTES, PRICE_ABSENCE } Pricing;

const char *
armms_pay_class_name (ArmmsPayClass pay_class)
{
  g_return_val_if_fail ((guint) pay_class < ARMMS_N_PAY_CLASSES, NULL);

  return class_names[pay_class];
}

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

static void
add_problem (GArray *problems, guint first, const char *code, ArmmsDate date, ArmmsCell cell)
{
  ArmmsPayProblem problem = { code, date, date, cell, 1 };

  for (guint i = first; i < problems->len; i++)
    {
      ArmmsPayProblem *seen = &g_array_index (problems, ArmmsPayProblem, i);

      if (seen->code != code)
        continue;
      seen->from.days = MIN (seen->from.days, date.days);
      seen->to.days = MAX (seen->to.days, date.days);
      seen->count++;
      return;
    }
  g_array_append_val (problems, problem);
}

static void
add_minutes (GArray *lines, guint first, const ArmmsPayCard *card, const ArmmsPremiumRow *premium, ArmmsCell cell,
             ArmmsEarningKind kind, ArmmsPremiumPart part, gint64 minutes)
{
  ArmmsEarningLine line;

  for (guint i = first; i < lines->len; i++)
    {
      ArmmsEarningLine *seen = &g_array_index (lines, ArmmsEarningLine, i);

      if (seen->cell == cell && seen->card == card && seen->premium == premium)
        {
          seen->minutes += minutes;
          return;
        }
    }
  line = (ArmmsEarningLine) {
    .kind = kind, .card = card, .premium = premium, .cell = cell, .part = part, .minutes = minutes, .pay_class = class_of (cell),
  };
  g_array_append_val (lines, line);
}

/* The one rounding of the line. What of it is basic pay is rounded by itself: it is a base, not an amount paid. */
static gboolean
price_line (ArmmsEarningLine *line, GError **error)
{
  ArmmsMinutes minutes = ARMMS_MINUTES ((gint32) line->minutes);

  if (!armms_pay_card_rate (line->card, &line->rate, error))
    return FALSE;
  if (line->kind == ARMMS_EARNING_ABSENCE)
    {
      line->multiplier = ARMMS_MULTIPLIER_ONE;
      if (!armms_rate_pay (line->rate, minutes, line->multiplier, &line->amount, error))
        return FALSE;
      line->amount.centavos = -line->amount.centavos;
      line->basic = line->amount;
      return TRUE;
    }
  line->multiplier = armms_premium_multiplier (line->premium, line->cell, line->part);
  if (!armms_rate_pay (line->rate, minutes, line->multiplier, &line->amount, error))
    return FALSE;
  if (line->part != ARMMS_PREMIUM_FULL || (armms_cell_is_worked (line->cell) && (line->cell & ARMMS_CELL_OVERTIME)))
    line->basic = ARMMS_MONEY (0);
  else if (line->multiplier.millionths <= ARMMS_MULTIPLIER_ONE.millionths)
    line->basic = line->amount;
  else
    return armms_rate_pay (line->rate, minutes, ARMMS_MULTIPLIER_ONE, &line->basic, error);
  return TRUE;
}

/* Finds what one entry of the columns is, or says why it cannot be priced. */
static void
take_entry (const ArmmsPayCard *cards, gsize n_cards, const ArmmsPremiumTable *premiums, ArmmsDate date, gint64 cell_number,
            gint64 minutes, GArray *lines, guint first_line, GArray *problems, guint first_problem)
{
  ArmmsCell cell = (ArmmsCell) cell_number;
  const ArmmsPayCard *card;
  const ArmmsPremiumRow *premium = NULL;
  ArmmsPremiumPart part;
  Pricing pricing;

  if (cell_number < 0 || cell_number >= ARMMS_N_CELLS)
    {
      add_problem (problems, first_problem, "cell.unknown", date, 0);
      return;
    }
  if (minutes < 0 || minutes > MINUTES_PER_CALENDAR_DAY)
    {
      add_problem (problems, first_problem, "minutes.out_of_range", date, cell);
      return;
    }
  card = armms_pay_card_find (cards, n_cards, date);
  if (card == NULL)
    {
      add_problem (problems, first_problem, "rate_card.missing", date, cell);
      return;
    }
  pricing = pricing_of (card, cell, &part);
  if (pricing == PRICE_NOTHING)
    return;
  if (cell <= ARMMS_CELL_DOUBLE_REGULAR_UNWORKED)
    {
      premium = armms_premium_find (premiums, cell, date);
      if (premium == NULL)
        {
          add_problem (problems, first_problem, "premium.missing", date, cell);
          return;
        }
      if (armms_premium_multiplier (premium, cell, part).millionths == 0)
        return;
    }
  add_minutes (lines, first_line, card, premium, cell, pricing == PRICE_ABSENCE ? ARMMS_EARNING_ABSENCE : ARMMS_EARNING_CELL,
               part, minutes);
}

gboolean
armms_pay_price (const ArmmsPayCard *cards, gsize n_cards, const ArmmsPremiumTable *premiums, const ArmmsDate *duty_dates,
                 const gint64 *cells, const gint64 *minutes, gsize n, GArray *lines, GArray *problems, GError **error)
{
  guint first_line = lines->len;
  guint first_problem = problems->len;

  for (gsize i = 0; i < n; i++)
    if (minutes[i] != 0)
      take_entry (cards, n_cards, premiums, duty_dates[i], cells[i], minutes[i], lines, first_line, problems, first_problem);
  for (guint i = first_line; i < lines->len; i++)
    if (!price_line (&g_array_index (lines, ArmmsEarningLine, i), error))
      return FALSE;
  return TRUE;
}

gboolean
armms_earnings_sum (const GArray *lines, guint first, ArmmsEarningTotals *ret_totals, GError **error)
{
  ArmmsEarningTotals totals = { 0 };

  for (guint i = first; i < lines->len; i++)
    {
      const ArmmsEarningLine *line = &g_array_index (lines, ArmmsEarningLine, i);
      gint64 rest = line->amount.centavos - line->basic.centavos;

      if (!armms_money_add (totals.gross, line->amount, &totals.gross, error)
          || !armms_money_add (totals.basic, line->basic, &totals.basic, error)
          || !armms_money_add (totals.by_class[line->pay_class], ARMMS_MONEY (rest), &totals.by_class[line->pay_class], error))
        return FALSE;
      if (armms_cell_is_worked (line->cell) && line->kind == ARMMS_EARNING_CELL)
        totals.minutes += line->minutes;
    }
  if (!armms_money_add (totals.by_class[ARMMS_PAY_CLASS_BASIC], totals.basic, &totals.by_class[ARMMS_PAY_CLASS_BASIC], error))
    return FALSE;
  *ret_totals = totals;
  return TRUE;
}

const char *
armms_earning_line_title (const ArmmsEarningLine *line)
{
  return line->kind == ARMMS_EARNING_SALARY ? "Salary" : cell_titles[line->cell];
}

const char *
armms_earning_line_code (const ArmmsEarningLine *line)
{
  return line->kind == ARMMS_EARNING_SALARY ? "salary" : armms_cell_name (line->cell);
}

static void
trace_salary (const ArmmsEarningLine *line, ArmmsTrace *trace)
{
  armms_trace_init (trace, "pay.salary");
  armms_trace_money (trace, "monthly", line->card->amount);
  armms_trace_count (trace, "periods_per_year", line->rate.minutes);
  armms_trace_count (trace, "days", line->days);
  armms_trace_count (trace, "period_days", line->period_days);
  armms_trace_fraction (trace, (__int128) line->card->amount.centavos * 12 * line->days,
                        (__int128) line->rate.minutes * line->period_days);
}

void
armms_earning_line_trace (const ArmmsEarningLine *line, ArmmsTrace *trace)
{
  static const char *const part_names[] = { "full", "above_one", "night_only" };
  const ArmmsPayCard *card = line->card;

  if (line->kind == ARMMS_EARNING_SALARY)
    trace_salary (line, trace);
  else
    {
      armms_trace_init (trace, line->kind == ARMMS_EARNING_ABSENCE ? "pay.absence" : "pay.cell");
      armms_trace_text (trace, "cell", armms_cell_name (line->cell));
      armms_trace_minutes (trace, "minutes", line->minutes);
      armms_trace_rate (trace, "rate", line->rate);
      armms_trace_multiplier (trace, "multiplier", line->multiplier);
      if (line->part != ARMMS_PREMIUM_FULL)
        armms_trace_text (trace, "part", part_names[line->part]);
      armms_trace_fraction (trace,
                            (line->kind == ARMMS_EARNING_ABSENCE ? -1 : 1)
                              * (__int128) line->minutes * line->rate.centavos * line->multiplier.millionths,
                            (__int128) line->rate.minutes * 1000000);
    }
  armms_trace_text (trace, "basis", armms_rate_basis_name (card->basis));
  if (line->kind != ARMMS_EARNING_SALARY)
    armms_trace_money (trace, "card", card->amount);
  if (card->basis == ARMMS_BASIS_MONTHLY)
    armms_trace_multiplier (trace, "factor", card->factor);
  if (card->source != NULL)
    armms_trace_text (trace, "rate_card", card->source);
  if (!armms_date_is_none (card->from))
    armms_trace_date (trace, "rate_card_from", card->from);
  if (line->premium != NULL)
    armms_trace_row (trace, "premium", line->premium->row, line->premium->from, line->premium->source);
  trace->rounding = "half away from zero, once";
  trace->result = line->amount;
}
