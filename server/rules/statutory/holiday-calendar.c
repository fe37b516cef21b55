#include "server/rules/statutory/holiday-calendar.h"

#include <string.h>

static const char special_working[] = "special_working";

gboolean
armms_holiday_row_is_known (const char *day_type)
{
  return g_strcmp0 (day_type, "regular") == 0 || g_strcmp0 (day_type, "special") == 0 || g_strcmp0 (day_type, special_working) == 0;
}

static gboolean
holds_at (const char *scope, const char *region, const char *city)
{
  if (strcmp (scope, "national") == 0)
    return TRUE;
  if (g_str_has_prefix (scope, "region:"))
    return g_strcmp0 (scope + strlen ("region:"), region) == 0;
  return g_str_has_prefix (scope, "city:") && g_strcmp0 (scope + strlen ("city:"), city) == 0;
}

static int
year_of (ArmmsDate date)
{
  int year, month, day;

  armms_date_to_ymd (date, &year, &month, &day);
  return year;
}

static gboolean
is_loaded (const ArmmsHolidayTable *table, int year)
{
  for (gsize i = 0; i < table->n_rows; i++)
    if (year_of (table->rows[i].date) == year && strcmp (table->rows[i].scope, "national") == 0)
      return TRUE;
  return FALSE;
}

static ArmmsDayType
day_type_of (const ArmmsHolidayRow *row)
{
  ArmmsDayType day_type = ARMMS_DAY_ORDINARY;

  /* Words are checked where rows are read. */
  return armms_day_type_parse (row->day_type, &day_type) ? day_type : ARMMS_DAY_ORDINARY;
}

static void
add_entry (ArmmsHolidayOnDate *day, const ArmmsHolidayRow *row)
{
  ArmmsDayType day_type = day_type_of (row);

  if (armms_day_types_clash (day->day_type, day_type))
    day->for_a_person = TRUE;
  /* The calendar as it is proclaimed: what a tenant makes of a clash is no part of it. */
  day->day_type = armms_day_type_join (ARMMS_HOLIDAY_CLASH_REGULAR, day->day_type, day_type);
  if (day->n_entries == 0)
    day->first = row;
  else if (day->n_entries == 1)
    day->second = row;
  day->n_entries++;
  /* A special working day is said to be one as long as nothing else makes the day more than ordinary. */
  day->word = day->day_type == ARMMS_DAY_ORDINARY ? special_working : armms_day_type_name (day->day_type);
}

gboolean
armms_holiday_calendar_find (const ArmmsHolidayTable *table, ArmmsDate date, const char *region, const char *city,
                             ArmmsHolidayOnDate *ret_day, GError **error)
{
  ArmmsHolidayOnDate day = { .date = date, .day_type = ARMMS_DAY_ORDINARY, .word = armms_day_type_name (ARMMS_DAY_ORDINARY) };

  if (!is_loaded (table, year_of (date)))
    {
      armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "statutory.no_table", "no holidays are loaded for the year %d", year_of (date));
      return FALSE;
    }
  for (gsize i = 0; i < table->n_rows; i++)
    if (table->rows[i].date.days == date.days && holds_at (table->rows[i].scope, region, city))
      add_entry (&day, &table->rows[i]);
  *ret_day = day;
  return TRUE;
}

void
armms_holiday_calendar_trace (const ArmmsHolidayOnDate *day, ArmmsTrace *trace)
{
  armms_trace_init (trace, "statutory.holiday");
  armms_trace_date (trace, "date", day->date);
  armms_trace_text (trace, "day_type", day->word);
  armms_trace_count (trace, "entries", day->n_entries);
  if (day->first != NULL)
    {
      armms_trace_text (trace, "name", day->first->name);
      armms_trace_text (trace, "scope", day->first->scope);
      armms_trace_row (trace, "holidays", day->first->row, day->first->date, day->first->source);
    }
  if (day->second != NULL)
    {
      armms_trace_text (trace, "and", day->second->name);
      armms_trace_text (trace, "and_scope", day->second->scope);
    }
  if (day->for_a_person)
    armms_trace_text (trace, "remark", "for a person: a regular holiday and a special day on one date");
}
