/* Single figures, holidays and hours of work, row by row. */
#include "server/statutory/law/law-files.h"

#include <string.h>

#define MILLION 1000000

void
armms_law_read_limit_row (ArmmsCsv *csv, ArmmsLawFiles *files)
{
  ArmmsMultiplier value = armms_csv_multiplier (csv, "value");
  ArmmsLimitRow row = {
    .name = armms_csv_interned (csv, "name"),
    .value = value.millionths,
    .from = armms_csv_date (csv, "effective_from"),
    .to = armms_csv_date (csv, "effective_to"),
    .reviewed_on = armms_csv_date (csv, "reviewed_on"),
    .source = armms_csv_interned (csv, "source"),
    .row = (gint32) files->limits->len + 1,
  };

  if (!armms_limit_unit_parse (armms_csv_text (csv, "unit"), &row.unit))
    armms_csv_refuse (csv, "unit", "is no unit of a limit");
  if (value.millionths <= 0)
    armms_csv_refuse (csv, "value", "is not above nothing");
  /* Days may be parts of days; all else is whole. */
  if (row.unit != ARMMS_LIMIT_DAYS)
    {
      if (value.millionths % MILLION != 0)
        armms_csv_refuse (csv, "value", "is not whole");
      row.value = value.millionths / MILLION;
    }
  if (*row.name == '\0')
    armms_csv_refuse (csv, "name", "is empty");
  g_array_append_val (files->limits, row);
}

static gboolean
is_scope (const char *scope)
{
  return strcmp (scope, "national") == 0
         || (g_str_has_prefix (scope, "region:") && scope[strlen ("region:")] != '\0')
         || (g_str_has_prefix (scope, "city:") && scope[strlen ("city:")] != '\0');
}

void
armms_law_read_holiday_row (ArmmsCsv *csv, ArmmsLawFiles *files)
{
  ArmmsHolidayRow row = {
    .date = armms_csv_date (csv, "date"),
    .name = armms_csv_interned (csv, "name"),
    .day_type = armms_csv_interned (csv, "day_type"),
    .scope = armms_csv_interned (csv, "scope"),
    .source = armms_csv_interned (csv, "source"),
    .row = (gint32) files->holidays->len + 1,
  };

  if (armms_date_is_none (row.date))
    armms_csv_refuse (csv, "date", "is empty");
  if (*row.name == '\0')
    armms_csv_refuse (csv, "name", "is empty");
  if (!armms_holiday_row_is_known (row.day_type))
    armms_csv_refuse (csv, "day_type", "is no kind of holiday");
  if (!is_scope (row.scope))
    armms_csv_refuse (csv, "scope", "is none of national, region:..., city:...");
  g_array_append_val (files->holidays, row);
}

/* "22:00" in minutes of the day. */
static gint32
read_time_of_day (ArmmsCsv *csv, const char *column)
{
  const char *text = armms_csv_text (csv, column);

  if (g_regex_match_simple ("^([01][0-9]|2[0-3]):[0-5][0-9]$", text, 0, 0))
    return (g_ascii_digit_value (text[0]) * 10 + g_ascii_digit_value (text[1])) * ARMMS_MINUTES_PER_HOUR
           + g_ascii_digit_value (text[3]) * 10 + g_ascii_digit_value (text[4]);
  armms_csv_refuse (csv, column, "is no time of the day (22:00)");
  return 0;
}

/* A minute count of a day. */
static gint32
read_minutes (ArmmsCsv *csv, const char *column)
{
  gint64 minutes = armms_csv_integer (csv, column);

  if (minutes >= 0 && minutes <= ARMMS_MINUTES_PER_DAY)
    return (gint32) minutes;
  armms_csv_refuse (csv, column, "is more than a day, or less than nothing");
  return 0;
}

void
armms_law_read_working_time_row (ArmmsCsv *csv, ArmmsLawFiles *files)
{
  ArmmsWorkingTime row = {
    .from = armms_csv_date (csv, "effective_from"),
    .to = armms_csv_date (csv, "effective_to"),
    .regular_minutes = read_minutes (csv, "regular_minutes"),
    .night_from = read_time_of_day (csv, "night_from"),
    .night_to = read_time_of_day (csv, "night_to"),
    .meal_break_minutes = read_minutes (csv, "meal_break_minutes"),
    .paid_break_up_to = read_minutes (csv, "paid_break_up_to"),
    .unworked_holiday_minutes = read_minutes (csv, "unworked_holiday_minutes"),
    .row = (gint32) files->working_times->len + 1,
    .source = armms_csv_interned (csv, "source"),
  };

  g_array_append_val (files->working_times, row);
}

void
armms_law_read_final_pay_row (ArmmsCsv *csv, ArmmsLawFiles *files)
{
  ArmmsFinalPayRow row = {
    .release_within_days = (gint32) armms_csv_integer (csv, "release_within_days"),
    .certificate_within_days = (gint32) armms_csv_integer (csv, "certificate_within_days"),
    .retirement_days_per_year = armms_csv_multiplier (csv, "retirement_days_per_year"),
    .retirement_after_years = (gint32) armms_csv_integer (csv, "retirement_after_years"),
    .retirement_fraction_months = (gint32) armms_csv_integer (csv, "retirement_fraction_months"),
    .from = armms_csv_date (csv, "effective_from"),
    .to = armms_csv_date (csv, "effective_to"),
    .source = armms_csv_interned (csv, "source"),
    .row = (gint32) files->final_pay->len + 1,
  };

  g_array_append_val (files->final_pay, row);
}
