#include "server/rules/premium/cell.h"

#include <string.h>

static const char *const day_type_names[ARMMS_N_DAY_TYPES] = {
  "ordinary", "special", "double_special", "regular", "double_regular",
};

#define CELLS_OF_DAY(day) day, day "_nd", day "_ot", day "_ot_nd", day "_rest", day "_rest_nd", day "_rest_ot", day "_rest_ot_nd"

/* In the order of the cells' numbers. */
static const char *const cell_names[ARMMS_N_CELLS] = {
  CELLS_OF_DAY ("ordinary"),
  CELLS_OF_DAY ("special"),
  CELLS_OF_DAY ("double_special"),
  CELLS_OF_DAY ("regular"),
  CELLS_OF_DAY ("double_regular"),
  "regular_unworked", "double_regular_unworked", "leave_paid", "leave_unpaid", "absent", "late", "undertime",
};

const char *
armms_cell_name (ArmmsCell cell)
{
  return cell < ARMMS_N_CELLS ? cell_names[cell] : NULL;
}

gboolean
armms_cell_parse (const char *name, ArmmsCell *ret_cell)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (guint cell = 0; cell < ARMMS_N_CELLS; cell++)
    if (strcmp (name, cell_names[cell]) == 0)
      {
        *ret_cell = (ArmmsCell) cell;
        return TRUE;
      }
  return FALSE;
}

const char *
armms_day_type_name (ArmmsDayType day_type)
{
  g_return_val_if_fail ((guint) day_type < ARMMS_N_DAY_TYPES, NULL);

  return day_type_names[day_type];
}

gboolean
armms_day_type_parse (const char *name, ArmmsDayType *ret_day_type)
{
  g_return_val_if_fail (name != NULL, FALSE);

  if (strcmp (name, "special_working") == 0)
    {
      *ret_day_type = ARMMS_DAY_ORDINARY;
      return TRUE;
    }
  for (guint day_type = 0; day_type < ARMMS_N_DAY_TYPES; day_type++)
    if (strcmp (name, day_type_names[day_type]) == 0)
      {
        *ret_day_type = (ArmmsDayType) day_type;
        return TRUE;
      }
  return FALSE;
}

gboolean
armms_day_types_clash (ArmmsDayType a, ArmmsDayType b)
{
  return MIN (a, b) != ARMMS_DAY_ORDINARY && (a >= ARMMS_DAY_REGULAR) != (b >= ARMMS_DAY_REGULAR);
}

ArmmsDayType
armms_day_type_join (ArmmsHolidayClash clash, ArmmsDayType a, ArmmsDayType b)
{
  if (clash == ARMMS_HOLIDAY_CLASH_DOUBLE && armms_day_types_clash (a, b))
    return ARMMS_DAY_DOUBLE_REGULAR;
  if (a == ARMMS_DAY_REGULAR && b == ARMMS_DAY_REGULAR)
    return ARMMS_DAY_DOUBLE_REGULAR;
  if (a == ARMMS_DAY_SPECIAL && b == ARMMS_DAY_SPECIAL)
    return ARMMS_DAY_DOUBLE_SPECIAL;
  return MAX (a, b);
}
