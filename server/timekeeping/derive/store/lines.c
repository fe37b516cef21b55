/* Lines of the daily time record. */
#include "server/timekeeping/derive/store/store-private.h"

#include "server/timekeeping/derive/columns.h"

static const char *
cells_text (ArmmsStore *store, const gint32 *cells)
{
  char text[2048], *end = text;

  *end++ = '{';
  for (guint cell = 0; cell < ARMMS_N_CELLS; cell++)
    if (cells[cell] != 0)
      end += g_snprintf (end, (gulong) (text + sizeof text - end), "%s\"%s\":%d", end == text + 1 ? "" : ",",
                         armms_cell_name ((ArmmsCell) cell), cells[cell]);
  *end++ = '}';
  *end = '\0';
  return g_string_chunk_insert_const (store->texts, text);
}

static gint64
hash_line (const ArmmsLineRow *line)
{
  const ArmmsDayLine *l = line->line;
  guint64 hash = armms_derive_mix_id (2, &line->id);

  hash = armms_derive_mix (armms_derive_mix_id (hash, &line->duty->assignment_id), (guint64) l->state);
  hash = armms_derive_mix (armms_derive_mix (hash, l->unplanned ? 0 : (guint64) line->duty->starts_at.us), l->unplanned ? 0 : (guint64) line->duty->ends_at.us);
  hash = armms_derive_mix (armms_derive_mix (hash, (guint64) l->in_at.us), (guint64) l->out_at.us);
  hash = armms_derive_mix (hash, ((guint64) l->scheduled << 40) ^ ((guint64) l->worked << 20) ^ (guint64) l->night);
  hash = armms_derive_mix (hash, ((guint64) l->late << 40) ^ ((guint64) l->undertime << 20) ^ (guint64) l->absent);
  hash = armms_derive_mix (hash, ((guint64) l->leave_paid << 40) ^ ((guint64) l->leave_unpaid << 20) ^ (guint64) l->breaks);
  hash = armms_derive_mix (hash, ((guint64) l->holiday_unworked << 1) ^ (guint64) (l->rest_day != FALSE));
  for (guint cell = 0; cell < ARMMS_N_CELLS; cell++)
    if (l->cells[cell] != 0)
      hash = armms_derive_mix (hash, ((guint64) cell << 32) ^ (guint64) l->cells[cell]);
  return (gint64) armms_derive_mix (hash, l->codes);
}

/* What punches of the line's duty told already is not told again by the line. */
static guint32
codes_told (const ArmmsPass *pass, const ArmmsUnit *unit, const ArmmsDayLine *line)
{
  guint32 told = 0;

  for (guint i = 0; i < unit->n_punches; i++)
    {
      const ArmmsPunch *punch = &g_array_index (pass->punches, ArmmsPunch, unit->first_punch + i);

      if (punch->duty == line->duty)
        told |= punch->codes;
    }
  return told;
}

void
armms_store_add_line (ArmmsStore *store, const ArmmsUnit *unit, const ArmmsDayLine *day)
{
  ArmmsPass *pass = store->pass;
  const ArmmsId own_post = ARMMS_ID_NIL;
  ArmmsLineRow line = { .employee_id = unit->employee_id, .line = day };
  ArmmsKnownRow *known;

  line.duty = &g_array_index (pass->duties, ArmmsDuty, unit->first_duty + (guint) day->duty);
  line.id = armms_line_id (&line.employee_id, day->duty_date, line.duty, day->unplanned ? &own_post : &line.duty->relief_id);
  line.hash = hash_line (&line);
  if (day->codes != 0)
    armms_store_add_line_anomalies (store, &line, day->unplanned ? 0 : codes_told (pass, unit, day));
  known = g_hash_table_lookup (store->known_lines, &line.id);
  if (known != NULL)
    known->seen = TRUE;
  if (known != NULL && known->hash == line.hash)
    return;
  line.fresh = known == NULL && day->duty_date.days >= unit->from.days && day->duty_date.days <= unit->to.days;
  line.codes = armms_store_codes_text (store, day->codes);
  line.cells = cells_text (store, day->cells);
  g_array_append_val (store->lines, line);
  armms_store_touch_sheet (store, &line.employee_id, day->duty_date, &line.duty->detachment_id, &line.duty->shift_id, &line.duty->position_id);
}

static gboolean
write_rows (ArmmsWork *work, const char *statement, const GArray *lines, GError **error)
{
  ArmmsParams *params;

  if (lines->len == 0)
    return TRUE;
  params = armms_params_new ();
  ARMMS_COLUMN_IDS (params, lines, ArmmsLineRow, row->employee_id);
  ARMMS_COLUMN_DATES (params, lines, ArmmsLineRow, row->line->duty_date);
  ARMMS_COLUMN_IDS (params, lines, ArmmsLineRow, row->duty->detachment_id);
  ARMMS_COLUMN_IDS (params, lines, ArmmsLineRow, row->duty->shift_id);
  ARMMS_COLUMN_IDS (params, lines, ArmmsLineRow, row->duty->position_id);
  ARMMS_COLUMN_IDS (params, lines, ArmmsLineRow, row->line->unplanned ? ARMMS_ID_NIL : row->duty->relief_id);
  ARMMS_COLUMN_IDS (params, lines, ArmmsLineRow, row->id);
  ARMMS_COLUMN_IDS (params, lines, ArmmsLineRow, row->duty->assignment_id);
  ARMMS_COLUMN_INSTANTS (params, lines, ArmmsLineRow, row->line->unplanned ? ARMMS_INSTANT_NONE : row->duty->starts_at);
  ARMMS_COLUMN_INSTANTS (params, lines, ArmmsLineRow, row->line->unplanned ? ARMMS_INSTANT_NONE : row->duty->ends_at);
  ARMMS_COLUMN_INSTANTS (params, lines, ArmmsLineRow, row->line->in_at);
  ARMMS_COLUMN_INSTANTS (params, lines, ArmmsLineRow, row->line->out_at);
  ARMMS_COLUMN_INTEGERS (params, lines, ArmmsLineRow, row->hash);
  ARMMS_COLUMN_INTEGERS (params, lines, ArmmsLineRow, row->line->scheduled);
  ARMMS_COLUMN_INTEGERS (params, lines, ArmmsLineRow, row->line->worked);
  ARMMS_COLUMN_INTEGERS (params, lines, ArmmsLineRow, row->line->regular);
  ARMMS_COLUMN_INTEGERS (params, lines, ArmmsLineRow, row->line->overtime);
  ARMMS_COLUMN_INTEGERS (params, lines, ArmmsLineRow, row->line->night);
  ARMMS_COLUMN_INTEGERS (params, lines, ArmmsLineRow, row->line->late);
  ARMMS_COLUMN_INTEGERS (params, lines, ArmmsLineRow, row->line->undertime);
  ARMMS_COLUMN_INTEGERS (params, lines, ArmmsLineRow, row->line->absent);
  ARMMS_COLUMN_INTEGERS (params, lines, ArmmsLineRow, row->line->leave_paid);
  ARMMS_COLUMN_INTEGERS (params, lines, ArmmsLineRow, row->line->leave_unpaid);
  ARMMS_COLUMN_INTEGERS (params, lines, ArmmsLineRow, row->line->breaks);
  ARMMS_COLUMN_INTEGERS (params, lines, ArmmsLineRow, row->line->holiday_unworked);
  ARMMS_COLUMN_BOOLEANS (params, lines, ArmmsLineRow, row->line->rest_day);
  ARMMS_COLUMN_TEXTS (params, lines, ArmmsLineRow, armms_day_state_name (row->line->state));
  ARMMS_COLUMN_JSONS (params, lines, ArmmsLineRow, row->cells);
  ARMMS_COLUMN_TEXTS (params, lines, ArmmsLineRow, row->codes);
  return armms_work_execute (work, statement, params, /* ret_count= */ NULL, error);
}

gboolean
armms_store_write_lines (ArmmsWork *work, const GArray *lines, GError **error)
{
  g_autoptr(GArray) fresh = g_array_new (FALSE, FALSE, sizeof (ArmmsLineRow)), other = g_array_new (FALSE, FALSE, sizeof (ArmmsLineRow));

  for (guint i = 0; i < lines->len; i++)
    {
      const ArmmsLineRow *line = &g_array_index (lines, ArmmsLineRow, i);

      g_array_append_vals (line->fresh ? fresh : other, line, 1);
    }
  return write_rows (work, "timekeeping/dtr-lines-insert", fresh, error) && write_rows (work, "timekeeping/dtr-lines-put", other, error);
}

gboolean
armms_store_remove_lines (ArmmsWork *work, const GArray *lines, GError **error)
{
  ArmmsParams *params;

  if (lines->len == 0)
    return TRUE;
  params = armms_params_new ();
  ARMMS_COLUMN_IDS (params, lines, ArmmsKnownRow, row->id);
  ARMMS_COLUMN_DATES (params, lines, ArmmsKnownRow, row->duty_date);
  return armms_work_execute (work, "timekeeping/dtr-lines-remove", params, /* ret_count= */ NULL, error);
}
