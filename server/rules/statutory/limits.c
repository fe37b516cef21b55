#include "server/rules/statutory/limits.h"

#include "common/base/error.h"

static const char *const unit_names[ARMMS_N_LIMIT_UNITS] = { "centavos", "basis_points", "days", "months" };

const char *
armms_limit_unit_name (ArmmsLimitUnit unit)
{
  g_return_val_if_fail ((guint) unit < ARMMS_N_LIMIT_UNITS, NULL);

  return unit_names[unit];
}

gboolean
armms_limit_unit_parse (const char *name, ArmmsLimitUnit *ret_unit)
{
  for (guint unit = 0; unit < ARMMS_N_LIMIT_UNITS; unit++)
    if (g_strcmp0 (name, unit_names[unit]) == 0)
      {
        *ret_unit = (ArmmsLimitUnit) unit;
        return TRUE;
      }
  return FALSE;
}

const ArmmsLimitRow *
armms_limit_find (const ArmmsLimitTable *table, const char *name, ArmmsLimitUnit unit, ArmmsDate date, GError **error)
{
  char buffer[ARMMS_DATE_TEXT_SIZE];

  for (gsize i = 0; i < table->n_rows; i++)
    {
      const ArmmsLimitRow *row = &table->rows[i];

      if (g_strcmp0 (row->name, name) != 0
          || (!armms_date_is_none (row->from) && row->from.days > date.days)
          || (!armms_date_is_none (row->to) && date.days > row->to.days))
        continue;
      if (row->unit == unit)
        return row;
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "statutory.unit", "the limit %s counts in %s, not in %s", name,
                       unit_names[row->unit], armms_limit_unit_name (unit));
      return NULL;
    }
  armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "statutory.no_table", "no limit %s is in force on %s", name,
                   armms_date_format (date, buffer));
  return NULL;
}
