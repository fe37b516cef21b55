#include "server/statutory/law/law-files.h"

#include <string.h>

#define MILLION 1000000
#define PRINTED_BASE_SLACK 100 /* centavos: the tables of 2018 were printed with bases that miss by up to 0.21 */

static gboolean
refuse (GError **error, const char *code, const char *subject, ArmmsDate date, const char *why)
{
  char buffer[ARMMS_DATE_TEXT_SIZE];

  armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, code, "%s from %s: %s", subject,
                   armms_date_is_none (date) ? "the beginning" : armms_date_format (date, buffer), why);
  return FALSE;
}

/* The spans of one subject follow one another without a day between or in two of them, and the last one is open. */
static gboolean
check_spans (const GArray *spans, GError **error)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const ArmmsLawSpan *span = &g_array_index (spans, ArmmsLawSpan, i);
      gboolean has_next = FALSE;

      if (!armms_date_is_none (span->to) && !armms_date_is_none (span->from) && span->to.days < span->from.days)
        return refuse (error, "statutory.overlap", span->subject, span->from, "ends before it begins");
      for (guint k = 0; k < spans->len; k++)
        {
          const ArmmsLawSpan *other = &g_array_index (spans, ArmmsLawSpan, k);

          if (k == i || other->subject != span->subject)
            continue;
          if (other->from.days >= span->from.days && (armms_date_is_none (span->to) || other->from.days <= span->to.days))
            return refuse (error, "statutory.overlap", span->subject, other->from, "begins while another table is in force");
          if (!armms_date_is_none (span->to) && other->from.days == span->to.days + 1)
            has_next = TRUE;
        }
      if (!armms_date_is_none (span->to) && !has_next)
        return refuse (error, "statutory.gap", span->subject, span->from, "no table follows it");
    }
  return TRUE;
}

/* From nothing to no end without a centavo between two rows. */
static gboolean
check_contribution_rows (const ArmmsLawFiles *files, const ArmmsLawSpan *span, GError **error)
{
  const ArmmsContributionRow *rows = &g_array_index (files->contributions, ArmmsContributionRow, span->first);

  if (rows[0].at_least != 0)
    return refuse (error, "statutory.bracket", span->subject, span->from, "does not begin at nothing");
  for (guint i = 1; i < span->n_rows; i++)
    if (rows[i].at_least != rows[i - 1].below)
      return refuse (error, "statutory.bracket", span->subject, span->from, "rows do not join");
  if (rows[span->n_rows - 1].below != G_MAXINT64)
    return refuse (error, "statutory.bracket", span->subject, span->from, "the last row is not open");
  return TRUE;
}

/* Rising brackets whose taxes join: where the tax would jump by more than printed bases do, a digit is wrong. */
static gboolean
check_tax_rows (const ArmmsLawFiles *files, const ArmmsLawSpan *span, GError **error)
{
  const ArmmsTaxRow *rows = &g_array_index (files->taxes, ArmmsTaxRow, span->first);

  if (rows[0].over.centavos != 0 || rows[0].base.centavos != 0)
    return refuse (error, "statutory.bracket", span->subject, span->from, "does not begin at nothing");
  for (guint i = 1; i < span->n_rows; i++)
    {
      ArmmsMoney part;

      if (rows[i].over.centavos <= rows[i - 1].over.centavos || rows[i].rate.millionths <= rows[i - 1].rate.millionths)
        return refuse (error, "statutory.bracket", span->subject, span->from, "brackets do not rise");
      if (!armms_money_mul_div (ARMMS_MONEY (rows[i].over.centavos - rows[i - 1].over.centavos), rows[i - 1].rate.millionths,
                                MILLION, ARMMS_ROUND_HALF_AWAY, &part, error))
        return FALSE;
      if (ABS (rows[i - 1].base.centavos + part.centavos - rows[i].base.centavos) > PRINTED_BASE_SLACK)
        return refuse (error, "statutory.bracket", span->subject, span->from, "the tax jumps where two brackets meet");
    }
  return TRUE;
}

/* An order ends because another one of the region begins. */
static gboolean
has_successor (const GArray *wages, const ArmmsMinimumWageRow *row)
{
  for (guint i = 0; i < wages->len; i++)
    {
      const ArmmsMinimumWageRow *next = &g_array_index (wages, ArmmsMinimumWageRow, i);

      if (next->in_force && next->region == row->region && next->from.days == row->to.days + 1)
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_wages (const GArray *wages, GError **error)
{
  for (guint i = 0; i < wages->len; i++)
    {
      const ArmmsMinimumWageRow *row = &g_array_index (wages, ArmmsMinimumWageRow, i);

      if (row->daily.centavos <= 0 || armms_date_is_none (row->from)
          || (!armms_date_is_none (row->to) && row->to.days < row->from.days))
        return refuse (error, "statutory.bracket", row->order, row->from, "no amount, or no span of time");
      for (guint k = 0; k < i; k++)
        {
          const ArmmsMinimumWageRow *other = &g_array_index (wages, ArmmsMinimumWageRow, k);

          /* Texts are interned. An order that a court has stopped may lie over the one that is in force. */
          if (!row->in_force || !other->in_force || row->region != other->region || row->area != other->area
              || row->sector != other->sector)
            continue;
          if ((armms_date_is_none (other->to) || row->from.days <= other->to.days)
              && (armms_date_is_none (row->to) || other->from.days <= row->to.days))
            return refuse (error, "statutory.overlap", row->order, row->from, "two orders are in force for one area and sector");
        }
    }
  for (guint i = 0; i < wages->len; i++)
    {
      const ArmmsMinimumWageRow *row = &g_array_index (wages, ArmmsMinimumWageRow, i);

      if (row->in_force && !armms_date_is_none (row->to) && !has_successor (wages, row))
        return refuse (error, "statutory.gap", row->order, row->from, "no order of the region follows it");
    }
  return TRUE;
}

/* Every kind of day, in every span, without overlap: counted per kind and joined like tables. */
static gboolean
check_premiums (const GArray *premiums, GError **error)
{
  g_autoptr(GArray) spans = g_array_new (FALSE, TRUE, sizeof (ArmmsLawSpan));
  guint kinds = 0;

  for (guint i = 0; i < premiums->len; i++)
    {
      const ArmmsPremiumRow *row = &g_array_index (premiums, ArmmsPremiumRow, i);
      g_autofree char *subject = g_strdup_printf ("premium %s%s", armms_day_type_name (row->day_type), row->rest_day ? " on rest day" : "");
      ArmmsLawSpan span = { .subject = g_intern_string (subject), .from = row->from, .to = row->to };

      kinds |= 1u << ((guint) row->day_type * 2 + (row->rest_day ? 1 : 0));
      g_array_append_val (spans, span);
    }
  if (kinds != (1u << (ARMMS_N_DAY_TYPES * 2)) - 1)
    return refuse (error, "statutory.gap", "premium matrix", ARMMS_DATE_NONE, "a kind of day has no row");
  return check_spans (spans, error);
}

static gboolean
check_de_minimis (const GArray *rows, GError **error)
{
  g_autoptr(GArray) spans = g_array_new (FALSE, TRUE, sizeof (ArmmsLawSpan));

  for (guint i = 0; i < rows->len; i++)
    {
      const ArmmsDeMinimisRow *row = &g_array_index (rows, ArmmsDeMinimisRow, i);
      ArmmsLawSpan span = { .subject = row->benefit, .from = row->from, .to = row->to };

      g_array_append_val (spans, span);
    }
  return check_spans (spans, error);
}

static gboolean
check_working_times (const GArray *rows, GError **error)
{
  g_autoptr(GArray) spans = g_array_new (FALSE, TRUE, sizeof (ArmmsLawSpan));

  if (rows->len == 0)
    return refuse (error, "statutory.gap", "working-time", ARMMS_DATE_NONE, "there is no table");
  for (guint i = 0; i < rows->len; i++)
    {
      const ArmmsWorkingTime *row = &g_array_index (rows, ArmmsWorkingTime, i);
      ArmmsLawSpan span = { .subject = "working-time", .from = row->from, .to = row->to };

      if (armms_date_is_none (row->from) || row->regular_minutes == 0 || *row->source == '\0')
        return refuse (error, "statutory.minutes", span.subject, row->from, "no first day, no day's work, or no source");
      if (row->night_to >= row->night_from)
        return refuse (error, "statutory.minutes", span.subject, row->from, "the night does not pass midnight");
      g_array_append_val (spans, span);
    }
  return check_spans (spans, error);
}

/* A figure that a rule asks for, left out, would be found missing only on pay day. */
static gboolean
check_all_limits (const GArray *rows, GError **error)
{
  static const char *const names[] = {
    ARMMS_LIMIT_BENEFIT_POOL, ARMMS_LIMIT_LOSS_WEEKLY_CAP, ARMMS_LIMIT_INCENTIVE_LEAVE, ARMMS_LIMIT_INCENTIVE_LEAVE_AFTER,
    ARMMS_LIMIT_EQUIVALENT_FACTOR, ARMMS_LIMIT_DEPOSIT_RETURN,
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gboolean found = FALSE;

      for (guint k = 0; k < rows->len && !found; k++)
        found = strcmp (g_array_index (rows, ArmmsLimitRow, k).name, names[i]) == 0;
      if (!found)
        return refuse (error, "statutory.gap", names[i], ARMMS_DATE_NONE, "has no row");
    }
  return TRUE;
}

static gboolean
check_limits (const GArray *rows, GError **error)
{
  g_autoptr(GArray) spans = g_array_new (FALSE, TRUE, sizeof (ArmmsLawSpan));

  for (guint i = 0; i < rows->len; i++)
    {
      const ArmmsLimitRow *row = &g_array_index (rows, ArmmsLimitRow, i);
      ArmmsLawSpan span = { .subject = row->name, .from = row->from, .to = row->to };

      for (guint k = 0; k < i; k++)
        if (g_array_index (rows, ArmmsLimitRow, k).name == row->name && g_array_index (rows, ArmmsLimitRow, k).unit != row->unit)
          return refuse (error, "statutory.unit", row->name, row->from, "changes its unit");
      g_array_append_val (spans, span);
    }
  return check_all_limits (rows, error) && check_spans (spans, error);
}

/* A ceiling is one of three things; an unknown span would never be summed up. */
static gboolean
check_ceilings (const GArray *rows, GError **error)
{
  static const char *const pers[] = { "day", "month", "semester", "year", NULL };

  for (guint i = 0; i < rows->len; i++)
    {
      const ArmmsDeMinimisRow *row = &g_array_index (rows, ArmmsDeMinimisRow, i);

      if (!g_strv_contains (pers, row->per))
        return refuse (error, "statutory.bracket", row->benefit, row->from, "its ceiling is not for a day, month, semester or year");
      if (row->ceiling.centavos < 0 || row->of_minimum_wage.millionths < 0 || row->days.millionths < 0
          || (row->ceiling.centavos > 0) + (row->of_minimum_wage.millionths > 0) + (row->days.millionths > 0) != 1)
        return refuse (error, "statutory.bracket", row->benefit, row->from, "its ceiling is not one of amount, share and days");
    }
  return TRUE;
}

static int
year_of (const ArmmsHolidayRow *row)
{
  int year, month, day;

  armms_date_to_ymd (row->date, &year, &month, &day);
  return year;
}

/* Years are proclaimed whole: between the first and the last, each has national rows; no entry stands twice. */
static gboolean
check_holidays (const GArray *rows, GError **error)
{
  g_autoptr(GHashTable) national = g_hash_table_new (NULL, NULL);
  int first = G_MAXINT, last = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const ArmmsHolidayRow *row = &g_array_index (rows, ArmmsHolidayRow, i);

      first = MIN (first, year_of (row));
      last = MAX (last, year_of (row));
      if (strcmp (row->scope, "national") == 0)
        g_hash_table_add (national, GINT_TO_POINTER (year_of (row)));
      for (guint k = 0; k < i; k++)
        {
          const ArmmsHolidayRow *other = &g_array_index (rows, ArmmsHolidayRow, k);

          /* Texts are interned. */
          if (other->date.days == row->date.days && other->scope == row->scope && other->name == row->name)
            return refuse (error, "statutory.overlap", row->name, row->date, "stands twice in the calendar");
        }
    }
  for (int year = first; year <= last; year++)
    if (!g_hash_table_contains (national, GINT_TO_POINTER (year)))
      return refuse (error, "statutory.gap", "holidays", armms_date_from_ymd (year, 1, 1), "the year has no national holiday");
  return TRUE;
}

static gboolean
check_final_pay (const GArray *rows, GError **error)
{
  g_autoptr(GArray) spans = g_array_new (FALSE, TRUE, sizeof (ArmmsLawSpan));

  for (guint i = 0; i < rows->len; i++)
    {
      const ArmmsFinalPayRow *row = &g_array_index (rows, ArmmsFinalPayRow, i);
      ArmmsLawSpan span = { .subject = g_intern_static_string ("final pay"), .from = row->from, .to = row->to };

      if (row->release_within_days <= 0 || row->certificate_within_days <= 0 || row->retirement_days_per_year.millionths <= 0)
        return refuse (error, "statutory.bracket", span.subject, row->from, "days are not above zero");
      g_array_append_val (spans, span);
    }
  return check_spans (spans, error);
}

gboolean
armms_law_files_check (const ArmmsLawFiles *files, GError **error)
{
  if (!check_spans (files->contribution_spans, error) || !check_spans (files->tax_spans, error))
    return FALSE;
  for (guint i = 0; i < files->contribution_spans->len; i++)
    if (!check_contribution_rows (files, &g_array_index (files->contribution_spans, ArmmsLawSpan, i), error))
      return FALSE;
  for (guint i = 0; i < files->tax_spans->len; i++)
    if (!check_tax_rows (files, &g_array_index (files->tax_spans, ArmmsLawSpan, i), error))
      return FALSE;
  return check_wages (files->wages, error) && check_premiums (files->premiums, error) && check_de_minimis (files->de_minimis, error)
         && check_ceilings (files->de_minimis, error) && check_limits (files->limits, error) && check_holidays (files->holidays, error)
         && check_working_times (files->working_times, error) && check_final_pay (files->final_pay, error);
}
