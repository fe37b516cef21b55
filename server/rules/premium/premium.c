#include "server/rules/premium/premium.h"

#include <stdlib.h>

static guint
kind_of (const ArmmsPremiumRow *row)
{
  return (guint) row->day_type * 2 + (row->rest_day ? 1 : 0);
}

static int
compare_rows (const void *a, const void *b)
{
  const ArmmsPremiumRow *left = a, *right = b;

  if (kind_of (left) != kind_of (right))
    return kind_of (left) < kind_of (right) ? -1 : 1;
  /* An open beginning is the smallest date there is. */
  return (left->from.days > right->from.days) - (left->from.days < right->from.days);
}

void
armms_premium_table_index (ArmmsPremiumTable *table, ArmmsPremiumRow *rows, gsize n_rows)
{
  gsize at = 0;

  g_return_if_fail (n_rows < G_MAXUINT16);

  if (n_rows > 0)
    qsort (rows, n_rows, sizeof *rows, compare_rows);
  table->rows = rows;
  table->n_rows = n_rows;
  for (guint kind = 0; kind < ARMMS_N_DAY_TYPES * 2; kind++)
    {
      table->first[kind] = (guint16) at;
      while (at < n_rows && kind_of (&rows[at]) == kind)
        at++;
    }
  table->first[ARMMS_N_DAY_TYPES * 2] = (guint16) at;
}

const ArmmsPremiumRow *
armms_premium_find (const ArmmsPremiumTable *table, ArmmsCell cell, ArmmsDate date)
{
  guint kind;

  if (armms_cell_is_worked (cell))
    kind = (guint) ARMMS_CELL_DAY_TYPE (cell) * 2 + ((cell & ARMMS_CELL_REST) ? 1 : 0);
  else if (cell == ARMMS_CELL_REGULAR_UNWORKED)
    kind = ARMMS_DAY_REGULAR * 2;
  else if (cell == ARMMS_CELL_DOUBLE_REGULAR_UNWORKED)
    kind = ARMMS_DAY_DOUBLE_REGULAR * 2;
  else
    return NULL;

  for (guint at = table->first[kind]; at < table->first[kind + 1]; at++)
    {
      const ArmmsPremiumRow *row = &table->rows[at];

      if ((armms_date_is_none (row->from) || row->from.days <= date.days)
          && (armms_date_is_none (row->to) || date.days <= row->to.days))
        return row;
    }
  return NULL;
}

static gint64
whole_multiplier (const ArmmsPremiumRow *row, ArmmsCell cell)
{
  if (cell == ARMMS_CELL_LEAVE_PAID)
    return ARMMS_MULTIPLIER_ONE.millionths;
  if (cell == ARMMS_CELL_REGULAR_UNWORKED || cell == ARMMS_CELL_DOUBLE_REGULAR_UNWORKED)
    return row->unworked.millionths;
  if (!armms_cell_is_worked (cell))
    return 0;
  if (cell & ARMMS_CELL_OVERTIME)
    return (cell & ARMMS_CELL_NIGHT) ? row->overtime_night.millionths : row->overtime.millionths;
  return (cell & ARMMS_CELL_NIGHT) ? row->first8_night.millionths : row->first8.millionths;
}

ArmmsMultiplier
armms_premium_multiplier (const ArmmsPremiumRow *row, ArmmsCell cell, ArmmsPremiumPart part)
{
  gint64 whole;

  g_return_val_if_fail (row != NULL || cell > ARMMS_CELL_DOUBLE_REGULAR_UNWORKED, ((ArmmsMultiplier) { 0 }));

  whole = whole_multiplier (row, cell);
  switch (part)
    {
    case ARMMS_PREMIUM_ABOVE_ONE:
      return (ArmmsMultiplier) { MAX (whole - ARMMS_MULTIPLIER_ONE.millionths, 0) };
    case ARMMS_PREMIUM_NIGHT_ONLY:
      if (!armms_cell_is_worked (cell) || !(cell & ARMMS_CELL_NIGHT))
        return (ArmmsMultiplier) { 0 };
      return (ArmmsMultiplier) { MAX (whole - whole_multiplier (row, cell & (ArmmsCell) ~ARMMS_CELL_NIGHT), 0) };
    case ARMMS_PREMIUM_FULL:
    default:
      return (ArmmsMultiplier) { whole };
    }
}
