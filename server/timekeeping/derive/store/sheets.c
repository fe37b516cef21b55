/* The sums of lines by period and post. */
#include "server/timekeeping/derive/store/store-private.h"

#include "server/timekeeping/derive/columns.h"

void
armms_store_touch_sheet (ArmmsStore *store, const ArmmsId *employee_id, ArmmsDate duty_date, const ArmmsId *detachment_id,
                         const ArmmsId *shift_id, const ArmmsId *position_id)
{
  const ArmmsTimekeepingSettings *settings = store->pass->settings;
  ArmmsSheetRow sheet = { .employee_id = *employee_id, .detachment_id = *detachment_id, .shift_id = *shift_id, .position_id = *position_id };

  sheet.period = armms_period_of (settings->period_kind, settings->period_anchor, duty_date);
  if (store->sheets->len > 0)
    {
      const ArmmsSheetRow *last = &g_array_index (store->sheets, ArmmsSheetRow, store->sheets->len - 1);

      if (armms_id_equal (&last->employee_id, employee_id) && last->period.from.days == sheet.period.from.days
          && armms_id_equal (&last->detachment_id, detachment_id) && armms_id_equal (&last->shift_id, shift_id)
          && armms_id_equal (&last->position_id, position_id))
        return;
    }
  sheet.id = armms_timesheet_id (employee_id, sheet.period.from, detachment_id, shift_id, position_id);
  if (g_hash_table_add (store->sheet_ids, g_memdup2 (&sheet.id, sizeof sheet.id)))
    g_array_append_val (store->sheets, sheet);
}

static int
compare_sheets (gconstpointer a, gconstpointer b)
{
  return armms_id_compare (&((const ArmmsSheetRow *) a)->id, &((const ArmmsSheetRow *) b)->id);
}

gboolean
armms_store_write_sheets (ArmmsWork *work, GArray *sheets, guint64 *ret_count, GError **error)
{
  ArmmsParams *params = armms_params_new ();
  gint64 count = 0;

  g_array_sort (sheets, compare_sheets);
  ARMMS_COLUMN_IDS (params, sheets, ArmmsSheetRow, row->id);
  ARMMS_COLUMN_IDS (params, sheets, ArmmsSheetRow, row->employee_id);
  ARMMS_COLUMN_DATES (params, sheets, ArmmsSheetRow, row->period.from);
  ARMMS_COLUMN_DATES (params, sheets, ArmmsSheetRow, row->period.to);
  ARMMS_COLUMN_IDS (params, sheets, ArmmsSheetRow, row->detachment_id);
  ARMMS_COLUMN_IDS (params, sheets, ArmmsSheetRow, row->shift_id);
  ARMMS_COLUMN_IDS (params, sheets, ArmmsSheetRow, row->position_id);
  if (!armms_work_execute (work, "timekeeping/timesheets-refresh", params, &count, error))
    return FALSE;
  *ret_count += (guint64) count;
  return TRUE;
}

/* Sums of lines that are gone: zero where it was sealed once, else no row at all. */
gboolean
armms_store_empty_sheets (ArmmsStore *store, GError **error)
{
  ArmmsParams *params;

  if (store->gone_lines->len == 0)
    return TRUE;
  params = armms_params_new ();
  ARMMS_COLUMN_IDS (params, store->sheets, ArmmsSheetRow, row->id);
  return armms_work_execute (store->pass->work, "timekeeping/timesheets-empty", params, /* ret_count= */ NULL, error);
}
