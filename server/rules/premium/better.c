#include "server/rules/premium/better.h"

/* An open end is the largest day there is. */
static gint32
last_day (const ArmmsPremiumRow *row)
{
  return armms_date_is_none (row->to) ? G_MAXINT32 : row->to.days;
}

static ArmmsDate
end_of (gint32 last)
{
  return last == G_MAXINT32 ? ARMMS_DATE_NONE : (ArmmsDate) { last };
}

static ArmmsMultiplier
larger (ArmmsMultiplier law, ArmmsMultiplier contract)
{
  return contract.millionths > law.millionths ? contract : law;
}

static gboolean
says_the_same (const ArmmsPremiumRow *a, const ArmmsPremiumRow *b)
{
  return a->unworked.millionths == b->unworked.millionths && a->first8.millionths == b->first8.millionths
         && a->overtime.millionths == b->overtime.millionths && a->first8_night.millionths == b->first8_night.millionths
         && a->overtime_night.millionths == b->overtime_night.millionths;
}

ArmmsPremiumRow
armms_premium_better (const ArmmsPremiumRow *law, const ArmmsPremiumRow *contract)
{
  ArmmsPremiumRow row = *law;

  row.from.days = MAX (law->from.days, contract->from.days); /* an open beginning is the smallest day there is */
  row.to = end_of (MIN (last_day (law), last_day (contract)));
  row.unworked = larger (law->unworked, contract->unworked);
  row.first8 = larger (law->first8, contract->first8);
  row.overtime = larger (law->overtime, contract->overtime);
  row.first8_night = larger (law->first8_night, contract->first8_night);
  row.overtime_night = larger (law->overtime_night, contract->overtime_night);
  row.law = law;
  row.contract = contract;
  return row;
}

/* The days from @from to @last on which the law stands alone. */
static void
append_law (const ArmmsPremiumRow *law, gint64 from, gint64 last, GArray *rows)
{
  ArmmsPremiumRow row = *law;

  if (from > last)
    return;
  row.from.days = (gint32) from;
  row.to = end_of ((gint32) last);
  row.law = law;
  g_array_append_val (rows, row);
}

/* Cuts the days of @law where a contract of its @kind of day is in force. */
static void
join_row (const ArmmsPremiumRow *law, const ArmmsPremiumTable *contract, guint kind, GArray *rows)
{
  gint64 at = law->from.days;

  for (guint i = contract->first[kind]; i < contract->first[kind + 1]; i++)
    {
      ArmmsPremiumRow row = armms_premium_better (law, &contract->rows[i]);
      gint64 from = MAX (at, row.from.days);

      if (from > last_day (&row) || says_the_same (law, row.contract))
        continue;
      append_law (law, at, from - 1, rows);
      row.from.days = (gint32) from;
      g_array_append_val (rows, row);
      at = (gint64) last_day (&row) + 1;
    }
  append_law (law, at, last_day (law), rows);
}

void
armms_premium_join (const ArmmsPremiumTable *law, const ArmmsPremiumTable *contract, GArray *rows)
{
  for (guint kind = 0; kind < ARMMS_N_DAY_TYPES * 2; kind++)
    for (guint i = law->first[kind]; i < law->first[kind + 1]; i++)
      join_row (&law->rows[i], contract, kind, rows);
}

const ArmmsPremiumRow *
armms_premium_winner (const ArmmsPremiumRow *row, ArmmsCell cell)
{
  if (row->law == NULL)
    return row;
  if (row->contract == NULL)
    return row->law;
  return armms_premium_multiplier (row->contract, cell, ARMMS_PREMIUM_FULL).millionths
             > armms_premium_multiplier (row->law, cell, ARMMS_PREMIUM_FULL).millionths
           ? row->contract
           : row->law;
}

void
armms_premium_trace (const ArmmsPremiumRow *row, ArmmsCell cell, ArmmsTrace *trace)
{
  const ArmmsPremiumRow *winner = armms_premium_winner (row, cell);

  if (row->contract != NULL)
    {
      armms_trace_multiplier (trace, "law", armms_premium_multiplier (row->law, cell, ARMMS_PREMIUM_FULL));
      armms_trace_multiplier (trace, "contract", armms_premium_multiplier (row->contract, cell, ARMMS_PREMIUM_FULL));
      armms_trace_text (trace, "won", winner == row->contract ? "contract" : "law");
    }
  armms_trace_row (trace, "premium", winner->row, winner->from, winner->source);
}
