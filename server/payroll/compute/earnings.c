/* An employee's timesheets as the rules want them, priced; what could not be priced, told with the names that people know. */
#include "server/payroll/compute/compute-private.h"

#include "server/rules/pay/cola.h"
#include "server/rules/pay/minimum.h"

#include <string.h>

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

  g_ptr_array_add (c->set->kept, kept);
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

/* ---- posts ---------------------------------------------------------------------------------------------------- */

static ArmmsPayClass
class_of_paid (const ArmmsPaidLine *paid)
{
  for (guint pay_class = 0; pay_class < ARMMS_N_PAY_CLASSES; pay_class++)
    if (g_strcmp0 (paid->pay_class, armms_pay_class_name ((ArmmsPayClass) pay_class)) == 0)
      return (ArmmsPayClass) pay_class;
  return ARMMS_PAY_CLASS_BASIC;
}

static void
take_paid (ArmmsComputation *c, const ArmmsPaySource *source, ArmmsPost *post)
{
  ArmmsRetroEntry *entries;

  if (source->paid == NULL || source->role != ARMMS_POST_CORRECTION)
    return;
  entries = g_new (ArmmsRetroEntry, source->paid->len);
  g_ptr_array_add (c->set->kept, entries);
  for (guint i = 0; i < source->paid->len; i++)
    {
      const ArmmsPaidLine *paid = &g_array_index (source->paid, ArmmsPaidLine, i);

      entries[i] = (ArmmsRetroEntry) {
        .post_id = source->timesheet_id, .code = paid->code, .pay_class = class_of_paid (paid), .minutes = paid->minutes,
        .amount = { paid->amount }, .basic = { paid->basic },
      };
    }
  post->paid = entries;
  post->n_paid = source->paid->len;
}

/* Managers and field personnel, while they have a salary. */
static gboolean
is_exempt (const ArmmsComputation *c, const ArmmsPaySource *source, const ArmmsPost *post)
{
  const ArmmsPosition *position = c->payrun->positions != NULL ? armms_hr_find_position (c->payrun->positions, &source->position_id) : NULL;

  return position != NULL && position->exempt && post->n_cards > 0 && post->cards[0].salaried;
}

static void
add_post (ArmmsComputation *c, const ArmmsPaySource *source)
{
  const ArmmsEmployee *employee = c->facts->employee;
  ArmmsPost post = {
    .role = source->role, .post_id = source->timesheet_id, .version = source->version, .period = source->period,
    .duty_dates = (const ArmmsDate *) (gpointer) source->duty_dates->data, .cells = (const gint64 *) (gpointer) source->cells->data,
    .minutes = (const gint64 *) (gpointer) source->minutes->data, .n = source->cells->len, .region = source->region, .city = source->city,
    .employed_from = employee != NULL ? employee->hired_on : ARMMS_DATE_NONE,
    .employed_to = employee != NULL ? employee->separated_on : ARMMS_DATE_NONE,
  };

  post.cards = cards_of (c, source, &post.n_cards);
  post.exempt = is_exempt (c, source, &post);
  take_paid (c, source, &post);
  g_array_append_val (c->set->posts, post);
}

/* People decide what to do about a rate below the law: the sheet says it, by wage order and card. */
static gboolean
warn_of_undercuts (ArmmsComputation *c, const ArmmsPaySource *source, const ArmmsPost *post, GError **error)
{
  g_autoptr(GArray) undercuts = g_array_new (FALSE, FALSE, sizeof (ArmmsWageUndercut));
  const ArmmsStatutoryTables *tables = c->payrun->tables;

  if (!armms_pay_check_minimum (post->cards, post->n_cards, &tables->wages, source->region, source->city, tables->settings.wage_sector,
                                post->duty_dates, post->n, undercuts, error))
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

/* A wage order that nobody has read counts, for nothing better is known: the sheet says so, once for each order. */
static void
warn_of_doubts (ArmmsComputation *c, const ArmmsPaySource *source, const ArmmsPost *post)
{
  g_autoptr(GArray) doubts = g_array_new (FALSE, FALSE, sizeof (const ArmmsMinimumWageRow *));
  const ArmmsStatutoryTables *tables = c->payrun->tables;

  armms_minimum_wage_doubts (&tables->wages, source->region, source->city, tables->settings.wage_sector, post->duty_dates, post->n, doubts);
  for (guint i = 0; i < doubts->len; i++)
    {
      const ArmmsMinimumWageRow *order = g_array_index (doubts, const ArmmsMinimumWageRow *, i);
      char daily[ARMMS_MONEY_TEXT_SIZE];

      g_ptr_array_add (c->sheet->warnings,
                       g_strdup_printf (ARMMS_WAGE_UNCERTAIN ": at %s: %s a day of %s was not read in the order: %s",
                                        code_of_detachment (c->payrun, &source->detachment_id), armms_money_format (order->daily, daily), order->order,
                                        *order->confidence != '\0' ? order->confidence : "nobody said where it is from"));
    }
}

/* Where most was earned; without any card, the first timesheet says at least where he stood. Without any timesheet: where he stood
 * before, in this month; those posts are paid already. */
static void
find_principal (ArmmsComputation *c)
{
  const GPtrArray *sources = c->facts->sources->len > 0 ? c->facts->sources : c->facts->before;
  gsize number = 0;

  for (guint i = 0; sources == c->facts->before && i < sources->len; i++)
    add_post (c, g_ptr_array_index (sources, i));
  c->principal = armms_post_find_principal ((const ArmmsPost *) (gpointer) c->set->posts->data, c->set->posts->len, &number);
  if (sources->len > 0)
    {
      const ArmmsPaySource *source = g_ptr_array_index (sources, number);

      c->sheet->detachment_id = source->detachment_id;
      c->sheet->position_id = source->position_id;
    }
  g_array_set_size (c->set->posts, c->facts->sources->len);
}

gboolean
armms_compute_earnings (ArmmsComputation *c, GError **error)
{
  ArmmsSheetSet *set = c->set;

  for (guint i = 0; i < c->facts->sources->len; i++)
    add_post (c, g_ptr_array_index (c->facts->sources, i));
  armms_post_share_salary ((ArmmsPost *) (gpointer) set->posts->data, set->posts->len);
  find_principal (c);
  for (guint i = 0; i < set->posts->len; i++)
    {
      const ArmmsPaySource *source = g_ptr_array_index (c->facts->sources, i);
      const ArmmsPost *post = &g_array_index (set->posts, ArmmsPost, i);
      ArmmsPostWage wage;

      if (!armms_post_price (&c->post_terms, post, i, set->earnings, set->problems, &wage, error)
          || !warn_of_undercuts (c, source, post, error))
        return FALSE;
      warn_of_doubts (c, source, post);
      if (wage.minimum.lowest != NULL)
        c->minimum_daily = wage.minimum.lowest->daily;
      tell_problems (c, source);
    }
  for (guint i = 0; i < set->earnings->len; i++) /* told even of a sheet that then shows no figure */
    c->sheet->worked_minutes += armms_post_line_worked (&g_array_index (set->earnings, ArmmsPostLine, i));
  return TRUE;
}

gboolean
armms_compute_weeks (ArmmsComputation *c, GError **error)
{
  gboolean capped = FALSE;
  ArmmsMoney salary = ARMMS_MONEY (0);

  for (gsize i = 0; i < c->facts->n_instalments; i++)
    capped = capped || c->facts->instalments[i].loss_or_damage;
  if (!capped)
    return TRUE;
  for (guint i = 0; i < c->set->earnings->len; i++)
    {
      const ArmmsPostLine *line = &g_array_index (c->set->earnings, ArmmsPostLine, i);

      if (line->role == ARMMS_POST_PERIOD && line->kind == ARMMS_POST_LINE_EARNING && line->earning.kind == ARMMS_EARNING_SALARY
          && !armms_money_add (salary, line->amount, &salary, error))
        return FALSE;
    }
  return armms_post_week_wages (&c->post_terms, (const ArmmsPost *) (gpointer) c->set->posts->data, c->set->posts->len, c->payrun->period,
                                salary, c->set->weeks, error);
}
