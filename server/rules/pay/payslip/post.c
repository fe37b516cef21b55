#include "server/rules/pay/payslip/post.h"

#define DAYS_PER_WEEK 7

/* Which entries of the columns are priced. */
typedef enum { DAYS_ALL, DAYS_MINIMUM, DAYS_OTHER } Days;

/* One pricing under way. */
typedef struct {
  const ArmmsPostTerms *terms;
  const ArmmsPost *post;
  guint number;
  GArray *earnings; /* ArmmsEarningLine */
  GArray *problems; /* ArmmsPayProblem */
  GArray *lines;    /* ArmmsPostLine */
  guint first_problem;
} Pricing;

/* ---- minimum wage --------------------------------------------------------------------------------------------- */

static gboolean
find_wage (const ArmmsPostTerms *terms, const ArmmsPost *post, ArmmsDate date, ArmmsPostWage *ret_wage, GError **error)
{
  const ArmmsPayCard *card = armms_pay_card_find (post->cards, post->n_cards, date);
  ArmmsPostWage wage = { 0 };

  if (card != NULL)
    {
      if (post->region != NULL
          && !armms_minimum_wage_in_force (terms->wages, post->region, post->city, terms->wage_sector, date, &wage.minimum, error))
        return FALSE;
      if (!armms_pay_card_daily (card, &wage.daily, error))
        return FALSE;
    }
  *ret_wage = wage;
  return TRUE;
}

static gboolean
is_minimum (const ArmmsPostWage *wage)
{
  return armms_minimum_wage_earner (&wage->minimum, wage->daily);
}

/* ---- pricing -------------------------------------------------------------------------------------------------- */

static gboolean
is_wanted (const Pricing *p, gsize entry, Days days, ArmmsPeriod within, gboolean *ret_wanted, GError **error)
{
  ArmmsDate date = p->post->duty_dates[entry];
  ArmmsPostWage wage;

  *ret_wanted = date.days >= within.from.days && date.days <= within.to.days
                && !(p->post->exempt && p->post->cells[entry] < ARMMS_CELL_LEAVE_PAID);
  if (!*ret_wanted || days == DAYS_ALL)
    return TRUE;
  if (!find_wage (p->terms, p->post, date, &wage, error))
    return FALSE;
  *ret_wanted = is_minimum (&wage) == (days == DAYS_MINIMUM);
  return TRUE;
}

static gboolean
price_some (Pricing *p, Days days, ArmmsPeriod within, GError **error)
{
  const ArmmsPost *post = p->post;
  g_autofree ArmmsDate *dates = g_new (ArmmsDate, post->n + 1);
  g_autofree gint64 *cells = g_new (gint64, post->n + 1), *minutes = g_new (gint64, post->n + 1);
  gsize kept = 0;

  for (gsize i = 0; i < post->n; i++)
    {
      gboolean wanted;

      if (!is_wanted (p, i, days, within, &wanted, error))
        return FALSE;
      if (!wanted)
        continue;
      dates[kept] = post->duty_dates[i];
      cells[kept] = post->cells[i];
      minutes[kept++] = post->minutes[i];
    }
  return armms_pay_price (post->cards, post->n_cards, p->terms->premiums, dates, cells, minutes, kept, p->earnings, p->problems, error);
}

static gboolean
price_cells (Pricing *p, Days days, GError **error)
{
  const ArmmsPost *post = p->post;
  ArmmsPeriod always = { { G_MININT32 }, { G_MAXINT32 } };

  if (days != DAYS_ALL || post->exempt)
    return price_some (p, days, always, error);
  return armms_pay_price (post->cards, post->n_cards, p->terms->premiums, post->duty_dates, post->cells, post->minutes, post->n, p->earnings,
                          p->problems, error);
}

static gboolean
price_salary (Pricing *p, GError **error)
{
  const ArmmsPost *post = p->post;
  gboolean salaried = FALSE;

  for (gsize i = 0; i < post->n_cards; i++)
    salaried = salaried || post->cards[i].salaried;
  if (!salaried)
    return TRUE;
  return armms_pay_salary (post->cards, post->n_cards, post->period, p->terms->periods_per_year, post->employed_from, post->employed_to,
                           p->earnings, p->problems, error);
}

/* ---- lines ---------------------------------------------------------------------------------------------------- */

static ArmmsPostLine *
add_line (Pricing *p, ArmmsPostLineKind kind, gboolean minimum, const char *code, ArmmsPayClass pay_class, ArmmsMoney amount, ArmmsMoney basic)
{
  guint at = p->lines->len;
  ArmmsPostLine *line;

  g_array_set_size (p->lines, at + 1);
  line = &g_array_index (p->lines, ArmmsPostLine, at);
  line->kind = kind;
  line->role = p->post->role;
  line->number = p->number;
  line->period_from = p->post->period.from;
  line->version = p->post->version;
  line->minimum_wage = minimum;
  line->code = code;
  line->pay_class = pay_class;
  line->minutes = 0;
  line->amount = amount;
  line->basic = basic;
  return line;
}

static void
add_earnings (Pricing *p, guint from, guint to, gboolean minimum)
{
  for (guint i = from; i < to; i++)
    {
      const ArmmsEarningLine *earning = &g_array_index (p->earnings, ArmmsEarningLine, i);
      ArmmsPostLine *line = add_line (p, ARMMS_POST_LINE_EARNING, minimum, armms_earning_line_code (earning), earning->pay_class,
                                      earning->amount, earning->basic);

      line->minutes = earning->minutes;
      line->earning = *earning;
    }
}

/* Salary and absences of the earnings, for the trace of what is given back. */
static void
find_limit (const Pricing *p, ArmmsMoney *ret_salary, ArmmsMoney *ret_absences)
{
  ArmmsMoney salary = ARMMS_MONEY (0), absences = ARMMS_MONEY (0);

  for (guint i = 0; i < p->earnings->len; i++)
    {
      const ArmmsEarningLine *earning = &g_array_index (p->earnings, ArmmsEarningLine, i);

      if (earning->kind == ARMMS_EARNING_SALARY)
        salary.centavos += earning->amount.centavos;
      else if (earning->kind == ARMMS_EARNING_ABSENCE)
        absences.centavos += earning->amount.centavos;
    }
  *ret_salary = salary;
  *ret_absences = absences;
}

static const char limit_code[] = "absence_limit";

static gboolean
add_limit (Pricing *p, gboolean minimum, GError **error)
{
  ArmmsMoney shortfall;
  ArmmsPostLine *line;

  if (!armms_pay_salary_shortfall (p->earnings, 0, &shortfall, error))
    return FALSE;
  if (shortfall.centavos == 0)
    return TRUE;
  line = add_line (p, ARMMS_POST_LINE_LIMIT, minimum, limit_code, ARMMS_PAY_CLASS_BASIC, shortfall, shortfall);
  find_limit (p, &line->salary, &line->absences);
  return TRUE;
}

/* What this version is worth less what was paid for the ones before. */
static gboolean
add_differences (Pricing *p, gboolean minimum, GError **error)
{
  g_autoptr(GArray) now = g_array_new (FALSE, FALSE, sizeof (ArmmsRetroEntry));
  g_autoptr(GArray) differences = g_array_new (FALSE, FALSE, sizeof (ArmmsRetroLine));
  ArmmsMoney shortfall;
  ArmmsRetroEntry entry;

  if (!armms_pay_salary_shortfall (p->earnings, 0, &shortfall, error))
    return FALSE;
  for (guint i = 0; i < p->earnings->len; i++)
    {
      entry = armms_retro_entry_of (&p->post->post_id, &g_array_index (p->earnings, ArmmsEarningLine, i));
      g_array_append_val (now, entry);
    }
  entry = (ArmmsRetroEntry) { p->post->post_id, limit_code, ARMMS_PAY_CLASS_BASIC, 0, shortfall, shortfall };
  g_array_append_val (now, entry);
  if (!armms_retro_difference (p->post->paid, p->post->n_paid, (const ArmmsRetroEntry *) (gpointer) now->data, now->len, differences, error))
    return FALSE;
  for (guint i = 0; i < differences->len; i++)
    {
      const ArmmsRetroLine *difference = &g_array_index (differences, ArmmsRetroLine, i);
      ArmmsPostLine *line = add_line (p, ARMMS_POST_LINE_DIFFERENCE, minimum, difference->code, difference->pay_class, difference->amount,
                                      difference->basic);

      line->minutes = difference->minutes_after - difference->minutes_before;
      line->difference = *difference;
    }
  return TRUE;
}

/* ---- whole ---------------------------------------------------------------------------------------------------- */

/* First the salary and the days whose status is that of the last day, then the others. A correction is a difference as a
 * whole, and is taxed as the last day is. */
static gboolean
price_parts (Pricing *p, gboolean minimum, gboolean changes, GError **error)
{
  guint first;

  if (!price_salary (p, error) || !price_cells (p, !changes ? DAYS_ALL : minimum ? DAYS_MINIMUM : DAYS_OTHER, error))
    return FALSE;
  first = p->earnings->len;
  if (changes && !price_cells (p, minimum ? DAYS_OTHER : DAYS_MINIMUM, error))
    return FALSE;
  if (p->post->role == ARMMS_POST_CORRECTION)
    return p->problems->len > p->first_problem || add_differences (p, minimum, error);
  add_earnings (p, 0, first, minimum);
  add_earnings (p, first, p->earnings->len, !minimum);
  return add_limit (p, minimum, error);
}

gboolean
armms_post_price (const ArmmsPostTerms *terms, const ArmmsPost *post, guint number, GArray *lines, GArray *problems, ArmmsPostWage *ret_wage,
                  GError **error)
{
  g_autoptr(GArray) earnings = g_array_sized_new (FALSE, FALSE, sizeof (ArmmsEarningLine), 24);
  Pricing p = { .terms = terms, .post = post, .number = number, .earnings = earnings, .problems = problems, .lines = lines,
                .first_problem = problems->len };
  ArmmsPostWage at_start, at_end;

  if (!find_wage (terms, post, post->period.from, &at_start, error) || !find_wage (terms, post, post->period.to, &at_end, error)
      || !price_parts (&p, is_minimum (&at_end), is_minimum (&at_start) != is_minimum (&at_end), error))
    return FALSE;
  *ret_wage = at_end;
  return TRUE;
}

static gboolean
is_overtime_or_night (ArmmsCell cell)
{
  return armms_cell_is_worked (cell) && (cell & (ARMMS_CELL_OVERTIME | ARMMS_CELL_NIGHT)) != 0;
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  const ArmmsDate *left = a, *right = b;

  return left->days - right->days;
}

gint32
armms_post_meal_days (const ArmmsPost *posts, gsize n_posts)
{
  g_autoptr(GArray) dates = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  gint32 days = 0;

  for (gsize i = 0; i < n_posts; i++)
    for (gsize k = 0; posts[i].role != ARMMS_POST_CORRECTION && k < posts[i].n; k++)
      if (posts[i].minutes[k] > 0 && is_overtime_or_night ((ArmmsCell) posts[i].cells[k]))
        g_array_append_val (dates, posts[i].duty_dates[k]);
  g_array_sort (dates, compare_days);
  for (guint i = 0; i < dates->len; i++)
    days += i == 0 || g_array_index (dates, ArmmsDate, i).days != g_array_index (dates, ArmmsDate, i - 1).days;
  return days;
}

gint64
armms_post_line_worked (const ArmmsPostLine *line)
{
  return line->kind == ARMMS_POST_LINE_EARNING && line->earning.kind == ARMMS_EARNING_CELL && armms_cell_is_worked (line->earning.cell)
           ? line->minutes : 0;
}

void
armms_post_line_trace (const ArmmsPostLine *line, ArmmsTrace *trace)
{
  switch (line->kind)
    {
    case ARMMS_POST_LINE_EARNING:
      armms_earning_line_trace (&line->earning, trace);
      return;
    case ARMMS_POST_LINE_LIMIT:
      armms_trace_init (trace, "pay.absence_limit");
      armms_trace_money (trace, "salary", line->salary);
      armms_trace_money (trace, "absences", line->absences);
      armms_trace_text (trace, "remark", "absences take no more than the salary");
      trace->result = line->amount;
      return;
    case ARMMS_POST_LINE_DIFFERENCE:
    default:
      armms_retro_line_trace (&line->difference, trace);
      armms_trace_date (trace, "period_from", line->period_from);
      armms_trace_count (trace, "timesheet_version", line->version);
    }
}

/* ---- several posts -------------------------------------------------------------------------------------------- */

static ArmmsDate
first_day (const ArmmsPost *post)
{
  return post->n > 0 ? post->duty_dates[0] : post->period.from;
}

static gboolean
pays_salary (const ArmmsPost *post)
{
  return post->n > 0 && post->n_cards > 0 && post->cards[0].salaried;
}

static ArmmsDate
sooner (ArmmsDate a, ArmmsDate b)
{
  return armms_date_is_none (a) || b.days < a.days ? b : a;
}

void
armms_post_share_salary (ArmmsPost *posts, gsize n_posts)
{
  for (gsize i = 0; i < n_posts; i++)
    for (gsize k = 0; k < n_posts; k++)
      {
        ArmmsPost *mine = &posts[i];
        const ArmmsPost *other = &posts[k];
        gint32 days = first_day (other).days - first_day (mine).days;

        if (k == i || other->period.from.days != mine->period.from.days || !pays_salary (other))
          continue;
        if (days < 0 || (days == 0 && armms_id_compare (&other->post_id, &mine->post_id) < 0))
          mine->employed_from.days = MAX (mine->employed_from.days, first_day (mine).days); /* NONE is the smallest */
        else
          mine->employed_to = sooner (mine->employed_to, armms_date_add_days (first_day (other), -1));
      }
}

/* Work of an earlier period counts for nothing, but is better than no post at all. */
static gint64
weight_of (const ArmmsPost *post)
{
  gint64 minutes = 0;

  for (gsize i = 0; post->role == ARMMS_POST_PERIOD && i < post->n; i++)
    minutes += post->minutes[i];
  return minutes;
}

const ArmmsPayCard *
armms_post_find_principal (const ArmmsPost *posts, gsize n_posts, gsize *ret_number)
{
  const ArmmsPayCard *found = NULL;
  gint64 most = 0;

  for (gsize i = 0; i < n_posts; i++)
    {
      const ArmmsPost *post = &posts[i];
      gint64 weight = weight_of (post);

      if (post->n_cards == 0 || (found != NULL && weight <= most))
        continue;
      found = armms_pay_card_find (post->cards, post->n_cards, post->period.to);
      if (found == NULL)
        found = &post->cards[post->n_cards - 1];
      most = weight;
      *ret_number = i;
    }
  return found;
}

/* ---- weeks ---------------------------------------------------------------------------------------------------- */

static gboolean
add_week_of_post (const ArmmsPostTerms *terms, const ArmmsPost *post, ArmmsPeriod week, ArmmsMoney *wages, GError **error)
{
  g_autoptr(GArray) earnings = g_array_new (FALSE, FALSE, sizeof (ArmmsEarningLine));
  g_autoptr(GArray) problems = g_array_new (FALSE, FALSE, sizeof (ArmmsPayProblem));
  Pricing p = { .terms = terms, .post = post, .earnings = earnings, .problems = problems };

  if (!price_some (&p, DAYS_ALL, week, error))
    return FALSE;
  for (guint i = 0; i < earnings->len; i++)
    if (!armms_money_add (*wages, g_array_index (earnings, ArmmsEarningLine, i).amount, wages, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_week (const ArmmsPostTerms *terms, const ArmmsPost *posts, gsize n_posts, ArmmsPeriod week, ArmmsMoney *wages, GError **error)
{
  for (gsize i = 0; i < n_posts; i++)
    if (posts[i].role == ARMMS_POST_PERIOD && !add_week_of_post (terms, &posts[i], week, wages, error))
      return FALSE;
  return TRUE;
}

gboolean
armms_post_week_wages (const ArmmsPostTerms *terms, const ArmmsPost *posts, gsize n_posts, ArmmsPeriod period, ArmmsMoney salary, GArray *weeks,
                       GError **error)
{
  ArmmsDate monday = armms_date_add_days (period.from, 1 - armms_date_weekday (period.from));
  gint32 days = period.to.days - period.from.days + 1;

  for (; monday.days <= period.to.days; monday.days += DAYS_PER_WEEK)
    {
      ArmmsPeriod week = { monday, armms_date_add_days (monday, DAYS_PER_WEEK - 1) };
      gint32 first = MAX (week.from.days, period.from.days), last = MIN (week.to.days, period.to.days);
      ArmmsMoney wages;

      if (!armms_money_mul_div (salary, last - first + 1, days, ARMMS_ROUND_DOWN, &wages, error)
          || !add_week (terms, posts, n_posts, week, &wages, error))
        return FALSE;
      g_array_append_val (weeks, wages);
    }
  return TRUE;
}
