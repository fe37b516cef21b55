/* What the minutes of an employee's timesheets are worth, under the cards and wage orders in force on each day. */
#include "server/payroll/compute/compute-private.h"

#include "server/rules/pay/cola.h"
#include "server/rules/pay/minimum.h"

#include <stdlib.h>
#include <string.h>

#define DAYS_PER_WEEK 7

/* New money of one code of one timesheet, to be compared with what was paid. */
typedef struct {
  const char *code, *pay_class;
  gint64 minutes, amount, basic;
} CodeSum;

static const char *
code_of_detachment (const ArmmsPayrunFacts *payrun, const ArmmsId *id)
{
  const ArmmsDetachment *found = payrun->detachments != NULL ? armms_hr_find_detachment (payrun->detachments, id) : NULL;

  return found != NULL ? found->code : "?";
}

static void
tell_problems (ArmmsComputation *c, const ArmmsPaySource *source)
{
  const ArmmsPosition *position = c->payrun->positions != NULL ? armms_hr_find_position (c->payrun->positions, &source->position_id) : NULL;
  const ArmmsShift *shift = c->payrun->shifts != NULL ? armms_hr_find_shift (c->payrun->shifts, &source->shift_id) : NULL;

  for (guint i = 0; i < c->set->problems->len; i++)
    {
      const ArmmsPayProblem *problem = &g_array_index (c->set->problems, ArmmsPayProblem, i);
      char from[ARMMS_DATE_TEXT_SIZE], to[ARMMS_DATE_TEXT_SIZE];

      armms_sheet_add_problem (c, "%s: %s to %s, %d entries, first %s; detachment %s, shift %s, position %s", problem->code,
                               armms_date_format (problem->from, from), armms_date_format (problem->to, to), problem->count,
                               armms_cell_name (problem->cell), code_of_detachment (c->payrun, &source->detachment_id),
                               shift != NULL ? shift->code : "?", position != NULL ? position->code : "?");
    }
  g_array_set_size (c->set->problems, 0);
}

/* ---- cards ---------------------------------------------------------------------------------------------------- */

static ArmmsDate
later (ArmmsDate a, ArmmsDate b)
{
  return a.days > b.days ? a : b; /* an open beginning is the smallest */
}

static ArmmsDate
sooner (ArmmsDate a, ArmmsDate b)
{
  if (armms_date_is_none (a))
    return b;
  if (armms_date_is_none (b))
    return a;
  return a.days < b.days ? a : b;
}

/* Lines borrow their card until the traces are written: what is handed out stays as long as the sheet. */
static const ArmmsPayCard *
keep_cards (ArmmsComputation *c, const GArray *cards, gsize *ret_n)
{
  ArmmsPayCard *kept = g_memdup2 (cards->data, cards->len * sizeof (ArmmsPayCard));

  g_ptr_array_add (c->set->titles, kept);
  *ret_n = cards->len;
  return kept;
}

/* A salary of his own stands in the place of the post's, for as long as his employment says so. */
static const ArmmsPayCard *
own_cards_of (ArmmsComputation *c, const ArmmsPaySource *source, gsize *ret_n)
{
  const ArmmsPayCard *cards = armms_rate_card_set_find (c->payrun->cards, &source->detachment_id, &source->shift_id, &source->position_id, ret_n);
  GArray *own = c->set->cards;

  if (c->facts->n_employments == 0 || cards == NULL)
    return cards;
  for (gsize i = 0; i < *ret_n; i++)
    if (cards[i].basis != ARMMS_BASIS_MONTHLY)
      return cards;
  g_array_set_size (own, 0);
  for (gsize e = 0; e < c->facts->n_employments; e++)
    for (gsize i = 0; i < *ret_n; i++)
      {
        const ArmmsEmployment *employment = c->facts->employments[e];
        ArmmsPayCard card = cards[i];

        card.from = later (card.from, employment->valid_from);
        card.to = sooner (card.to, employment->valid_to);
        if (!armms_date_is_none (card.to) && !armms_date_is_none (card.from) && card.to.days < card.from.days)
          continue;
        if (g_strcmp0 (employment->pay_basis, "MONTHLY") == 0 && employment->monthly_rate.centavos > 0)
          {
            card.amount = employment->monthly_rate;
            card.source = "the employee's own monthly rate";
          }
        g_array_append_val (own, card);
      }
  return own->len > 0 ? keep_cards (c, own, ret_n) : cards;
}

static gboolean
is_cola_granted (const ArmmsMinimumWageTable *wages)
{
  for (gsize i = 0; i < wages->n_rows; i++)
    if (wages->rows[i].in_force && wages->rows[i].cola.centavos > 0)
      return TRUE;
  return FALSE;
}

/* The cards of the post with the allowance of the wage orders. What is wrong with a card is said where it is priced. */
static const ArmmsPayCard *
cards_of (ArmmsComputation *c, const ArmmsPaySource *source, gsize *ret_n)
{
  const ArmmsPayCard *cards = own_cards_of (c, source, ret_n);
  const ArmmsStatutoryTables *tables = c->payrun->tables;
  GArray *cut = c->set->cards;

  if (!is_cola_granted (&tables->wages))
    return cards;
  g_array_set_size (cut, 0);
  if (!armms_cola_cards (cards, *ret_n, &tables->wages, source->region, source->city, tables->settings.wage_sector, source->period.from,
                         source->period.to, cut, /* error= */ NULL))
    return cards;
  return cut->len > 0 ? keep_cards (c, cut, ret_n) : cards;
}

/* ---- minimum wage --------------------------------------------------------------------------------------------- */

static gboolean
is_minimum (ArmmsComputation *c, const ArmmsPaySource *source, const ArmmsPayCard *cards, gsize n_cards, ArmmsDate date,
            gboolean *ret_minimum, GError **error)
{
  const ArmmsPayCard *card = armms_pay_card_find (cards, n_cards, date);
  ArmmsMinimumWage wage;
  ArmmsMoney daily;

  *ret_minimum = FALSE;
  if (card == NULL)
    return TRUE;
  wage = armms_minimum_wage_find (&c->payrun->tables->wages, source->region, source->city, c->payrun->tables->settings.wage_sector, date);
  if (!armms_pay_card_daily (card, &daily, error))
    return FALSE;
  *ret_minimum = armms_minimum_wage_earner (&wage, daily);
  if (wage.lowest != NULL && date.days == source->period.to.days)
    c->minimum_daily = wage.lowest->daily;
  return TRUE;
}

/* People decide what to do about a rate below the law: the sheet says it, by wage order and card. */
static gboolean
warn_of_undercuts (ArmmsComputation *c, const ArmmsPaySource *source, const ArmmsPayCard *cards, gsize n_cards, GError **error)
{
  g_autoptr(GArray) undercuts = g_array_new (FALSE, FALSE, sizeof (ArmmsWageUndercut));
  const ArmmsStatutoryTables *tables = c->payrun->tables;

  if (!armms_pay_check_minimum (cards, n_cards, &tables->wages, source->region, source->city, tables->settings.wage_sector,
                                (const ArmmsDate *) (gpointer) source->duty_dates->data, source->duty_dates->len, undercuts, error))
    return FALSE;
  for (guint i = 0; i < undercuts->len; i++)
    {
      const ArmmsWageUndercut *undercut = &g_array_index (undercuts, ArmmsWageUndercut, i);
      char daily[ARMMS_MONEY_TEXT_SIZE], required[ARMMS_MONEY_TEXT_SIZE], from[ARMMS_DATE_TEXT_SIZE], to[ARMMS_DATE_TEXT_SIZE];

      g_ptr_array_add (c->sheet->warnings,
                       g_strdup_printf (ARMMS_WAGE_UNDERCUT ": %s to %s, duty days %d, at %s: %s a day, the law asks for %s (%s)",
                                        armms_date_format (undercut->from, from), armms_date_format (undercut->to, to), undercut->count,
                                        code_of_detachment (c->payrun, &source->detachment_id), armms_money_format (undercut->daily, daily),
                                        armms_money_format (undercut->required, required), undercut->order->order));
    }
  return TRUE;
}

/* ---- lines ---------------------------------------------------------------------------------------------------- */

static void
count_line (ArmmsComputation *c, const char *pay_class, gint64 amount, gint64 basic, gboolean minimum)
{
  gint64 premium = amount - basic;

  c->sheet->gross += amount;
  c->sheet->basic += basic;
  if (minimum)
    {
      c->exempt_earned += amount;
      return;
    }
  c->tax_pay.basic.centavos += basic;
  if (g_str_equal (pay_class, "overtime"))
    c->tax_pay.overtime.centavos += premium;
  else if (g_str_equal (pay_class, "night"))
    c->tax_pay.night.centavos += premium;
  else if (g_str_equal (pay_class, "holiday"))
    c->tax_pay.holiday.centavos += premium;
  else
    c->tax_pay.basic.centavos += premium;
}

static void
add_earning (ArmmsComputation *c, const ArmmsPaySource *source, const ArmmsEarningLine *earning, gboolean minimum)
{
  ArmmsPayLine line = armms_pay_line (source->role == ARMMS_SOURCE_PERIOD ? ARMMS_LINE_EARNING : ARMMS_LINE_ADJUSTMENT,
                                      armms_earning_line_code (earning), earning->amount.centavos);
  ArmmsTrace trace;

  line.pay_class = armms_pay_class_name (earning->pay_class);
  line.minutes = earning->minutes;
  if (earning->kind == ARMMS_EARNING_SALARY)
    line.rate = earning->card->amount.centavos;
  else
    {
      line.rate = earning->rate.centavos;
      line.rate_minutes = earning->rate.minutes;
      line.multiplier = earning->multiplier.millionths;
    }
  line.basic = earning->basic.centavos;
  line.source_id = source->timesheet_id;
  line.detachment_id = source->detachment_id;
  armms_earning_line_trace (earning, &trace);
  armms_sheet_add_line (c, &line, &trace);
  count_line (c, line.pay_class, line.amount, line.basic, minimum);
  if (source->role != ARMMS_SOURCE_PERIOD)
    c->sheet->adjustments += line.amount;
  if (earning->kind == ARMMS_EARNING_CELL && armms_cell_is_worked (earning->cell))
    c->sheet->worked_minutes += earning->minutes;
}

static CodeSum *
sum_of (GArray *sums, const char *code, const char *pay_class)
{
  for (guint i = 0; i < sums->len; i++)
    if (g_strcmp0 (g_array_index (sums, CodeSum, i).code, code) == 0)
      return &g_array_index (sums, CodeSum, i);
  g_array_append_val (sums, ((CodeSum) { .code = code, .pay_class = pay_class }));
  return &g_array_index (sums, CodeSum, sums->len - 1);
}

/* What this version is worth less what was paid for the one before, code by code. */
static void
add_correction (ArmmsComputation *c, const ArmmsPaySource *source, guint first, gboolean minimum)
{
  g_autoptr(GArray) sums = g_array_new (FALSE, TRUE, sizeof (CodeSum));

  for (guint i = first; i < c->set->earnings->len; i++)
    {
      const ArmmsEarningLine *earning = &g_array_index (c->set->earnings, ArmmsEarningLine, i);
      CodeSum *sum = sum_of (sums, armms_earning_line_code (earning), armms_pay_class_name (earning->pay_class));

      sum->minutes += earning->minutes;
      sum->amount += earning->amount.centavos;
      sum->basic += earning->basic.centavos;
    }
  for (guint i = 0; source->paid != NULL && i < source->paid->len; i++)
    {
      const ArmmsPaidLine *paid = &g_array_index (source->paid, ArmmsPaidLine, i);

      sum_of (sums, paid->code, paid->pay_class); /* also what the new version does not hold any more */
    }
  for (guint i = 0; i < sums->len; i++)
    {
      CodeSum *sum = &g_array_index (sums, CodeSum, i);
      gint64 paid_minutes = 0, paid_amount = 0, paid_basic = 0;
      ArmmsPayLine line;
      ArmmsTrace trace;

      for (guint j = 0; source->paid != NULL && j < source->paid->len; j++)
        {
          const ArmmsPaidLine *paid = &g_array_index (source->paid, ArmmsPaidLine, j);

          if (g_strcmp0 (paid->code, sum->code) != 0)
            continue;
          paid_minutes += paid->minutes;
          paid_amount += paid->amount;
          paid_basic += paid->basic;
        }
      if (sum->amount == paid_amount && sum->minutes == paid_minutes)
        continue;
      line = armms_pay_line (ARMMS_LINE_ADJUSTMENT, sum->code, sum->amount - paid_amount);
      line.pay_class = sum->pay_class;
      line.minutes = sum->minutes - paid_minutes;
      line.basic = sum->basic - paid_basic;
      line.source_id = source->timesheet_id;
      line.detachment_id = source->detachment_id;
      armms_trace_init (&trace, "pay.adjustment");
      armms_trace_date (&trace, "period_from", source->period.from);
      armms_trace_count (&trace, "timesheet_version", source->version);
      armms_trace_minutes (&trace, "minutes_now", sum->minutes);
      armms_trace_minutes (&trace, "minutes_paid", paid_minutes);
      armms_trace_money (&trace, "now", ARMMS_MONEY (sum->amount));
      armms_trace_money (&trace, "paid", ARMMS_MONEY (paid_amount));
      trace.result = ARMMS_MONEY (line.amount);
      armms_sheet_add_line (c, &line, &trace);
      count_line (c, line.pay_class, line.amount, line.basic, minimum);
      c->sheet->adjustments += line.amount;
    }
}

/* ---- one timesheet -------------------------------------------------------------------------------------------- */

/* Managers and field personnel are outside of overtime, rest day, night and holiday rules: of their cells only what takes
 * from a salary counts. */
static gboolean
is_exempt (const ArmmsComputation *c, const ArmmsPaySource *source, const ArmmsPayCard *cards, gsize n_cards)
{
  const ArmmsPosition *position = c->payrun->positions != NULL ? armms_hr_find_position (c->payrun->positions, &source->position_id) : NULL;

  return position != NULL && position->exempt && n_cards > 0 && cards[0].salaried;
}

/* Prices the days whose minimum-wage status is @wanted; all of them when it does not change within the timesheet. */
static gboolean
price_cells (ArmmsComputation *c, const ArmmsPaySource *source, const ArmmsPayCard *cards, gsize n_cards, gboolean split, gboolean wanted,
             GError **error)
{
  const ArmmsDate *dates = (const ArmmsDate *) (gpointer) source->duty_dates->data;
  const gint64 *cells = (const gint64 *) (gpointer) source->cells->data;
  const gint64 *minutes = (const gint64 *) (gpointer) source->minutes->data;
  gboolean exempt = is_exempt (c, source, cards, n_cards);
  gsize n = source->cells->len, kept = 0;
  g_autofree ArmmsDate *some_dates = NULL;
  g_autofree gint64 *some_cells = NULL, *some_minutes = NULL;

  if (!split && !exempt)
    return armms_pay_price (cards, n_cards, c->payrun->premiums, dates, cells, minutes, n, c->set->earnings, c->set->problems, error);
  some_dates = g_new (ArmmsDate, n);
  some_cells = g_new (gint64, n);
  some_minutes = g_new (gint64, n);
  for (gsize i = 0; i < n; i++)
    {
      gboolean minimum = wanted;

      if (exempt && cells[i] < ARMMS_CELL_LEAVE_PAID)
        continue;
      if (split && !is_minimum (c, source, cards, n_cards, dates[i], &minimum, error))
        return FALSE;
      if (minimum != wanted)
        continue;
      some_dates[kept] = dates[i];
      some_cells[kept] = cells[i];
      some_minutes[kept] = minutes[i];
      kept++;
    }
  return armms_pay_price (cards, n_cards, c->payrun->premiums, some_dates, some_cells, some_minutes, kept, c->set->earnings, c->set->problems,
                          error);
}

/* One salary a day, though there be two posts in the period: each post pays from its first duty to the day before the next one's. */
static void
salary_span (ArmmsComputation *c, const ArmmsPaySource *source, ArmmsDate *ret_from, ArmmsDate *ret_to)
{
  const ArmmsEmployee *employee = c->facts->employee;
  ArmmsDate mine = source->duty_dates->len > 0 ? g_array_index (source->duty_dates, ArmmsDate, 0) : source->period.from;
  gboolean first = TRUE;

  *ret_from = employee != NULL ? employee->hired_on : ARMMS_DATE_NONE;
  *ret_to = employee != NULL ? employee->separated_on : ARMMS_DATE_NONE;
  for (guint i = 0; i < c->facts->sources->len; i++)
    {
      const ArmmsPaySource *other = g_ptr_array_index (c->facts->sources, i);
      ArmmsDate his;
      gsize n;
      const ArmmsPayCard *cards;

      if (other == source || other->period.from.days != source->period.from.days || other->duty_dates->len == 0)
        continue;
      cards = armms_rate_card_set_find (c->payrun->cards, &other->detachment_id, &other->shift_id, &other->position_id, &n);
      if (cards == NULL || n == 0 || !cards[0].salaried)
        continue;
      his = g_array_index (other->duty_dates, ArmmsDate, 0);
      if (his.days < mine.days || (his.days == mine.days && armms_id_compare (&other->timesheet_id, &source->timesheet_id) < 0))
        first = FALSE;
      else
        *ret_to = sooner (*ret_to, armms_date_add_days (his, -1));
    }
  if (!first)
    *ret_from = later (*ret_from, mine);
}

static gboolean
price_salary (ArmmsComputation *c, const ArmmsPaySource *source, const ArmmsPayCard *cards, gsize n_cards, GError **error)
{
  ArmmsDate from, to;
  gboolean salaried = FALSE;

  for (gsize i = 0; i < n_cards; i++)
    salaried = salaried || cards[i].salaried;
  if (!salaried)
    return TRUE;
  salary_span (c, source, &from, &to);
  if (!armms_date_is_none (to) && to.days < later (from, source->period.from).days)
    return TRUE;
  return armms_pay_salary (cards, n_cards, source->period, c->payrun->periods_per_year, from, to, c->set->earnings, c->set->problems, error);
}

static gboolean
add_salary_floor (ArmmsComputation *c, const ArmmsPaySource *source, guint first, gboolean minimum, GError **error)
{
  ArmmsMoney shortfall;
  ArmmsPayLine line;
  ArmmsTrace trace;

  if (!armms_pay_salary_shortfall (c->set->earnings, first, &shortfall, error))
    return FALSE;
  if (shortfall.centavos == 0 || source->role != ARMMS_SOURCE_PERIOD)
    return TRUE;
  line = armms_pay_line (ARMMS_LINE_EARNING, "absence_limit", shortfall.centavos);
  line.pay_class = "basic";
  line.basic = shortfall.centavos;
  line.source_id = source->timesheet_id;
  line.detachment_id = source->detachment_id;
  armms_trace_init (&trace, "pay.absence_limit");
  armms_trace_text (&trace, "remark", "absences take no more than the salary");
  trace.result = shortfall;
  armms_sheet_add_line (c, &line, &trace);
  count_line (c, line.pay_class, line.amount, line.basic, minimum);
  return TRUE;
}

static void
consider_principal (ArmmsComputation *c, const ArmmsPaySource *source, const ArmmsPayCard *cards, gsize n_cards)
{
  const ArmmsPayCard *card = armms_pay_card_find (cards, n_cards, source->period.to);
  gint64 minutes = 0;

  for (guint i = 0; i < source->minutes->len; i++)
    minutes += g_array_index (source->minutes, gint64, i);
  if (card == NULL && n_cards > 0)
    card = &cards[n_cards - 1];
  if (card == NULL || (c->principal != NULL && (source->role != ARMMS_SOURCE_PERIOD || minutes <= c->principal_minutes)))
    return;
  c->principal_card = *card;
  c->principal = &c->principal_card;
  c->principal_minutes = source->role == ARMMS_SOURCE_PERIOD ? minutes : 0;
  c->sheet->detachment_id = source->detachment_id;
  c->sheet->position_id = source->position_id;
}

static gboolean
compute_source (ArmmsComputation *c, const ArmmsPaySource *source, GError **error)
{
  gsize n_cards = 0;
  const ArmmsPayCard *cards = cards_of (c, source, &n_cards);
  gboolean at_start, at_end;
  guint first;

  g_array_set_size (c->set->earnings, 0);
  g_array_set_size (c->set->problems, 0);
  first = 0;
  if (armms_id_is_nil (&c->sheet->detachment_id))
    {
      c->sheet->detachment_id = source->detachment_id;
      c->sheet->position_id = source->position_id;
    }
  if (!is_minimum (c, source, cards, n_cards, source->period.from, &at_start, error)
      || !is_minimum (c, source, cards, n_cards, source->period.to, &at_end, error)
      || !warn_of_undercuts (c, source, cards, n_cards, error)
      || !price_salary (c, source, cards, n_cards, error)
      || !price_cells (c, source, cards, n_cards, at_start != at_end, at_end, error))
    return FALSE;
  consider_principal (c, source, cards, n_cards);
  if (source->role == ARMMS_SOURCE_CORRECTION)
    {
      if (at_start != at_end && !price_cells (c, source, cards, n_cards, TRUE, !at_end, error))
        return FALSE;
      if (c->set->problems->len == 0)
        add_correction (c, source, first, at_end);
      tell_problems (c, source);
      return TRUE;
    }
  for (guint i = first; i < c->set->earnings->len; i++)
    add_earning (c, source, &g_array_index (c->set->earnings, ArmmsEarningLine, i), at_end);
  if (!add_salary_floor (c, source, first, at_end, error))
    return FALSE;
  if (at_start != at_end)
    {
      first = c->set->earnings->len;
      if (!price_cells (c, source, cards, n_cards, TRUE, !at_end, error))
        return FALSE;
      for (guint i = first; i < c->set->earnings->len; i++)
        add_earning (c, source, &g_array_index (c->set->earnings, ArmmsEarningLine, i), !at_end);
    }
  tell_problems (c, source);
  return TRUE;
}

/* ---- weeks ---------------------------------------------------------------------------------------------------- */

/* Wages of each calendar week of the period, for the cap on loss and damage; only where somebody owes any. */
static gboolean
find_weeks (ArmmsComputation *c, GError **error)
{
  ArmmsPeriod period = c->payrun->period;
  ArmmsDate monday = armms_date_add_days (period.from, 1 - armms_date_weekday (period.from));
  gboolean capped = FALSE;
  gint64 salary = 0;
  gint32 days = period.to.days - period.from.days + 1;

  for (guint i = c->sheet->first_line; i < c->set->lines->len; i++)
    {
      const ArmmsPayLine *line = &g_array_index (c->set->lines, ArmmsPayLine, i);

      if (line->kind == ARMMS_LINE_EARNING && g_str_equal (line->code, "salary"))
        salary += line->amount;
    }
  for (gsize i = 0; i < c->facts->n_instalments; i++)
    capped = capped || c->facts->instalments[i].loss_or_damage;
  if (!capped)
    return TRUE;
  for (; monday.days <= period.to.days; monday.days += DAYS_PER_WEEK)
    {
      gint32 first = MAX (monday.days, period.from.days), last = MIN (monday.days + DAYS_PER_WEEK - 1, period.to.days);
      ArmmsMoney wages;

      if (!armms_money_mul_div (ARMMS_MONEY (salary), last - first + 1, days, ARMMS_ROUND_DOWN, &wages, error))
        return FALSE;
      for (guint s = 0; s < c->facts->sources->len; s++)
        {
          const ArmmsPaySource *source = g_ptr_array_index (c->facts->sources, s);
          gsize n_cards = 0, n = source->cells->len;
          const ArmmsPayCard *cards = cards_of (c, source, &n_cards);
          g_autofree gint64 *minutes = g_new0 (gint64, MAX (n, 1));

          if (source->role != ARMMS_SOURCE_PERIOD)
            continue;
          for (gsize i = 0; i < n; i++)
            {
              gint32 day = g_array_index (source->duty_dates, ArmmsDate, i).days;

              minutes[i] = day >= monday.days && day < monday.days + DAYS_PER_WEEK ? g_array_index (source->minutes, gint64, i) : 0;
            }
          g_array_set_size (c->set->earnings, 0);
          g_array_set_size (c->set->problems, 0);
          if (!armms_pay_price (cards, n_cards, c->payrun->premiums, (const ArmmsDate *) (gpointer) source->duty_dates->data,
                                (const gint64 *) (gpointer) source->cells->data, minutes, n, c->set->earnings, c->set->problems, error))
            return FALSE;
          for (guint i = 0; i < c->set->earnings->len; i++)
            wages.centavos += g_array_index (c->set->earnings, ArmmsEarningLine, i).amount.centavos;
        }
      g_array_append_val (c->weeks, wages);
    }
  return TRUE;
}

gboolean
armms_compute_earnings (ArmmsComputation *c, GError **error)
{
  for (guint i = 0; i < c->facts->sources->len; i++)
    if (!compute_source (c, g_ptr_array_index (c->facts->sources, i), error))
      return FALSE;
  return c->sheet->problems->len > 0 || find_weeks (c, error);
}
