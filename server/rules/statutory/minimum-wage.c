#include "server/rules/statutory/minimum-wage.h"

#include <string.h>

/* How closely a row names what was asked for. */
typedef enum { NAMED_NOT, NAMED_WITH_ALL, NAMED_BY_WORD, NAMED_BY_PART, NAMED_IN_FULL } Named;

/* Where the part that begins at @at ends, and where the next one begins (NULL: none). */
static const char *
end_of_part (const char *at, const char **ret_next)
{
  const char *semicolon = strstr (at, "; "), *and = strstr (at, " and ");

  if (semicolon != NULL && (and == NULL || semicolon < and))
    {
      *ret_next = semicolon + strlen ("; ");
      return semicolon;
    }
  *ret_next = and != NULL ? and + strlen (" and ") : NULL;
  return and != NULL ? and : at + strlen (at);
}

static Named
named_in_list (const char *list, const char *word)
{
  gsize length = strlen (word);
  Named named = NAMED_NOT;
  const char *next;

  if (strcmp (list, word) == 0)
    return NAMED_IN_FULL;
  for (const char *at = list; at != NULL && length > 0; at = next)
    {
      const char *end = end_of_part (at, &next);

      if (strncmp (at, word, length) != 0)
        continue;
      if (at + length == end)
        return NAMED_BY_PART;
      if (at[length] == ' ')
        named = NAMED_BY_WORD;
    }
  return named;
}

static Named
named_as_sector (const ArmmsMinimumWageRow *row, const char *sector)
{
  Named named = named_in_list (row->sector, sector);

  if (named == NAMED_NOT && (named_in_list (row->sector, "all") != NAMED_NOT || g_str_has_suffix (row->sector, " tier")))
    return NAMED_WITH_ALL;
  return named;
}

static gboolean
is_in_force (const ArmmsMinimumWageRow *row, ArmmsDate date)
{
  return row->in_force && (armms_date_is_none (row->from) || row->from.days <= date.days)
         && (armms_date_is_none (row->to) || date.days <= row->to.days);
}

static void
widen (ArmmsMinimumWage *wage, const ArmmsMinimumWageRow *row)
{
  if (wage->lowest == NULL || row->daily.centavos < wage->lowest->daily.centavos)
    wage->lowest = row;
  if (wage->highest == NULL || row->daily.centavos > wage->highest->daily.centavos)
    wage->highest = row;
}

ArmmsMinimumWage
armms_minimum_wage_find (const ArmmsMinimumWageTable *table, const char *region, const char *area, const char *sector, ArmmsDate date)
{
  ArmmsMinimumWage in_area = { 0 }, in_region = { 0 };
  Named closest = NAMED_WITH_ALL;

  g_return_val_if_fail (sector != NULL, in_region);

  for (gsize i = 0; i < table->n_rows; i++)
    {
      const ArmmsMinimumWageRow *row = &table->rows[i];
      Named named;

      if (g_strcmp0 (row->region, region) != 0 || !is_in_force (row, date))
        continue;
      named = named_as_sector (row, sector);
      if (named < closest)
        continue;
      if (named > closest)
        in_area = in_region = (ArmmsMinimumWage) { 0 };
      closest = named;
      widen (&in_region, row);
      if (area != NULL && named_in_list (row->area, area) != NAMED_NOT)
        widen (&in_area, row);
    }
  return in_area.lowest != NULL ? in_area : in_region;
}

gboolean
armms_minimum_wage_in_force (const ArmmsMinimumWageTable *table, const char *region, const char *area, const char *sector,
                             ArmmsDate date, ArmmsMinimumWage *ret_wage, GError **error)
{
  ArmmsMinimumWage wage = armms_minimum_wage_find (table, region, area, sector, date);
  char buffer[ARMMS_DATE_TEXT_SIZE];

  if (wage.lowest == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "statutory.no_table", "no minimum wage of region %s for %s is in force on %s",
                       region != NULL ? region : "(none)", sector, armms_date_format (date, buffer));
      return FALSE;
    }
  *ret_wage = wage;
  return TRUE;
}

gboolean
armms_minimum_wage_earner (const ArmmsMinimumWage *wage, ArmmsMoney daily)
{
  return wage->lowest != NULL && daily.centavos <= wage->lowest->daily.centavos;
}

gboolean
armms_minimum_wage_undercut (const ArmmsMinimumWage *wage, ArmmsMoney daily)
{
  return wage->lowest != NULL && daily.centavos < wage->lowest->daily.centavos;
}

gboolean
armms_minimum_wage_is_certain (const ArmmsMinimumWageRow *row)
{
  return g_strcmp0 (row->confidence, ARMMS_WAGE_PUBLISHED) == 0;
}

static void
add_doubt (GArray *doubts, const ArmmsMinimumWageRow *row)
{
  if (row == NULL || armms_minimum_wage_is_certain (row))
    return;
  for (guint i = 0; i < doubts->len; i++)
    if (g_array_index (doubts, const ArmmsMinimumWageRow *, i) == row)
      return;
  g_array_append_val (doubts, row);
}

void
armms_minimum_wage_doubts (const ArmmsMinimumWageTable *table, const char *region, const char *area, const char *sector,
                           const ArmmsDate *dates, gsize n, GArray *doubts)
{
  for (gsize i = 0; i < n; i++)
    {
      ArmmsMinimumWage wage;

      if (i > 0 && dates[i].days == dates[i - 1].days) /* as the days of a post's cells are */
        continue;
      wage = armms_minimum_wage_find (table, region, area, sector, dates[i]);
      add_doubt (doubts, wage.lowest);
      add_doubt (doubts, wage.highest);
    }
}

void
armms_minimum_wage_trace (const ArmmsMinimumWage *wage, const char *sector, ArmmsTrace *trace)
{
  const ArmmsMinimumWageRow *row = wage->lowest;

  armms_trace_init (trace, "statutory.minimum_wage");
  armms_trace_text (trace, "region", row->region);
  armms_trace_text (trace, "area", row->area);
  armms_trace_text (trace, "asked", sector);
  armms_trace_text (trace, "sector", row->sector);
  armms_trace_text (trace, "order", row->order);
  if (!armms_minimum_wage_is_certain (row))
    armms_trace_text (trace, "confidence", row->confidence != NULL ? row->confidence : "");
  armms_trace_money (trace, "cola", row->cola);
  armms_trace_money (trace, "highest", wage->highest->daily);
  armms_trace_row (trace, "minimum-wage", row->row, row->from, row->source);
  trace->result = row->daily;
}
