#include "server/rules/statutory/wage.h"

#include <string.h>

#define MILLION 1000000
#define MONTHS_PER_YEAR 12

/* Is @word one of "a; b; c"? A longer entry counts when it goes on after a blank: "non-agriculture and retail ...". */
static gboolean
list_holds (const char *list, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = list; at != NULL && *at != '\0';)
    {
      if (strncmp (at, word, length) == 0 && (at[length] == '\0' || at[length] == ';' || at[length] == ' '))
        return TRUE;
      at = strstr (at, "; ");
      if (at != NULL)
        at += 2;
    }
  return FALSE;
}

/* Orders whose tiers were published without saying who is in which serve every sector. */
static gboolean
serves_sector (const ArmmsMinimumWageRow *row, const char *sector)
{
  return list_holds (row->sector, "all") || g_str_has_suffix (row->sector, " tier") || list_holds (row->sector, sector);
}

static gboolean
is_in_force (ArmmsDate from, ArmmsDate to, ArmmsDate date)
{
  return (armms_date_is_none (from) || from.days <= date.days) && (armms_date_is_none (to) || date.days <= to.days);
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

  for (gsize i = 0; i < table->n_rows; i++)
    {
      const ArmmsMinimumWageRow *row = &table->rows[i];

      if (!row->in_force || !is_in_force (row->from, row->to, date)
          || g_strcmp0 (row->region, region) != 0 || !serves_sector (row, sector))
        continue;
      widen (&in_region, row);
      if (area != NULL && list_holds (row->area, area))
        widen (&in_area, row);
    }
  return in_area.lowest != NULL ? in_area : in_region;
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
armms_thirteenth_month (ArmmsMoney basic_earned, ArmmsMoney *ret_amount, GError **error)
{
  return armms_money_mul_div (basic_earned, 1, MONTHS_PER_YEAR, ARMMS_ROUND_HALF_AWAY, ret_amount, error);
}

gboolean
armms_thirteenth_month_accrual (ArmmsMoney basic_before, ArmmsMoney basic_now, ArmmsMoney *ret_accrual, GError **error)
{
  ArmmsMoney after, twelfth_before, twelfth_after;

  return armms_money_add (basic_before, basic_now, &after, error)
         && armms_thirteenth_month (basic_before, &twelfth_before, error)
         && armms_thirteenth_month (after, &twelfth_after, error)
         && armms_money_subtract (twelfth_after, twelfth_before, ret_accrual, error);
}

void
armms_benefit_pool_split (ArmmsMoney benefits, ArmmsMoney pool, ArmmsMoney *ret_exempt, ArmmsMoney *ret_taxable)
{
  gint64 exempt = CLAMP (benefits.centavos, 0, MAX (pool.centavos, 0));

  *ret_exempt = ARMMS_MONEY (exempt);
  *ret_taxable = ARMMS_MONEY (MAX (benefits.centavos, 0) - exempt);
}

gboolean
armms_leave_conversion (ArmmsMultiplier days, ArmmsMoney daily, ArmmsMoney *ret_amount, GError **error)
{
  return armms_money_mul_div (daily, days.millionths, MILLION, ARMMS_ROUND_HALF_AWAY, ret_amount, error);
}

gboolean
armms_equivalent_monthly (ArmmsMoney daily, ArmmsMultiplier factor, ArmmsMoney *ret_monthly, GError **error)
{
  return armms_money_mul_div (daily, factor.millionths, (gint64) MONTHS_PER_YEAR * MILLION, ARMMS_ROUND_HALF_AWAY, ret_monthly, error);
}

gboolean
armms_de_minimis_split (const ArmmsDeMinimisTable *table, const char *benefit, ArmmsDate date, ArmmsMoney amount,
                        ArmmsMoney minimum_wage, ArmmsMoney *ret_exempt, ArmmsMoney *ret_excess, const ArmmsDeMinimisRow **ret_row,
                        GError **error)
{
  for (gsize i = 0; i < table->n_rows; i++)
    {
      const ArmmsDeMinimisRow *row = &table->rows[i];
      ArmmsMoney ceiling = row->ceiling;

      if (g_strcmp0 (row->benefit, benefit) != 0 || !is_in_force (row->from, row->to, date))
        continue;
      if (row->of_minimum_wage.millionths != 0
          && !armms_money_mul_div (minimum_wage, row->of_minimum_wage.millionths, MILLION, ARMMS_ROUND_HALF_AWAY, &ceiling, error))
        return FALSE;
      armms_benefit_pool_split (amount, ceiling, ret_exempt, ret_excess);
      if (ret_row != NULL)
        *ret_row = row;
      return TRUE;
    }
  armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "statutory.no_table", "no ceiling of %s is in force on that date", benefit);
  return FALSE;
}
