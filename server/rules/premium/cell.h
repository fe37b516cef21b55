/* The cells that worked minutes fall into, and the columns of a day that are not work.
 *
 * Shape  a cell is one small number, stored in the compact arrays of a snapshot; its name is what the JSON of a
 *        timesheet says: {ordinary|special|double_special|regular|double_regular}[_rest][_ot][_nd]. The numbers are
 *        stored: they never change. A special working day is an ordinary day and has no cell of its own.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  ARMMS_DAY_ORDINARY = 0,
  ARMMS_DAY_SPECIAL = 1,
  ARMMS_DAY_DOUBLE_SPECIAL = 2,
  ARMMS_DAY_REGULAR = 3,
  ARMMS_DAY_DOUBLE_REGULAR = 4,
} ArmmsDayType;
#define ARMMS_N_DAY_TYPES 5

typedef guint8 ArmmsCell;

#define ARMMS_CELL_NIGHT ((ArmmsCell) 1)
#define ARMMS_CELL_OVERTIME ((ArmmsCell) 2)
#define ARMMS_CELL_REST ((ArmmsCell) 4)
#define ARMMS_CELL(day_type, rest, ot, nd) \
  ((ArmmsCell) (((day_type) << 3) | ((rest) ? ARMMS_CELL_REST : 0) | ((ot) ? ARMMS_CELL_OVERTIME : 0) | ((nd) ? ARMMS_CELL_NIGHT : 0)))
#define ARMMS_CELL_DAY_TYPE(cell) ((ArmmsDayType) ((cell) >> 3))

#define ARMMS_N_WORKED_CELLS 40
/* Beyond work: */
#define ARMMS_CELL_REGULAR_UNWORKED ((ArmmsCell) 40)        /* a day of minutes when the guard qualifies */
#define ARMMS_CELL_DOUBLE_REGULAR_UNWORKED ((ArmmsCell) 41)
#define ARMMS_CELL_LEAVE_PAID ((ArmmsCell) 42)
#define ARMMS_CELL_LEAVE_UNPAID ((ArmmsCell) 43)            /* 43 .. 46 take from a salary and pay a daily-paid guard nothing */
#define ARMMS_CELL_ABSENT ((ArmmsCell) 44)
#define ARMMS_CELL_LATE ((ArmmsCell) 45)
#define ARMMS_CELL_UNDERTIME ((ArmmsCell) 46)
#define ARMMS_N_CELLS 47

static inline gboolean
armms_cell_is_worked (ArmmsCell cell)
{
  return cell < ARMMS_N_WORKED_CELLS;
}

const char *armms_cell_name (ArmmsCell cell);                               /* static; NULL: no such cell */
gboolean armms_cell_parse (const char *name, ArmmsCell *ret_cell) G_GNUC_WARN_UNUSED_RESULT;
const char *armms_day_type_name (ArmmsDayType day_type);
/* "special_working" is read as ordinary. */
gboolean armms_day_type_parse (const char *name, ArmmsDayType *ret_day_type) G_GNUC_WARN_UNUSED_RESULT;
/* What a regular holiday and a special day on one date come to. No general rule was found: a choice of the tenant. */
typedef enum {
  ARMMS_HOLIDAY_CLASH_REGULAR, /* the regular holiday counts, and a person should look */
  ARMMS_HOLIDAY_CLASH_DOUBLE,  /* as two regular holidays */
} ArmmsHolidayClash;
gboolean armms_day_types_clash (ArmmsDayType a, ArmmsDayType b);
/* Two entries on one date, in any order: two of a kind make the double one. */
ArmmsDayType armms_day_type_join (ArmmsHolidayClash clash, ArmmsDayType a, ArmmsDayType b);

G_END_DECLS
