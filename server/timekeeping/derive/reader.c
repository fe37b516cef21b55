#define G_LOG_DOMAIN "armms-timekeeping"

#include "server/timekeeping/derive/reader.h"

#include "server/hr/hr.h"
#include "server/timekeeping/derive/columns.h"

#include <string.h>

/* A portion: large enough that a burst shares its statements, small enough to be undone and done again. */
#define MOST_EVENTS 4000

/* One tenant's part of a portion. */
typedef struct {
  ArmmsId tenant_id;
  GArray *touches;    /* of ArmmsTouch */
  GArray *stray_ids;  /* of ArmmsId: events that came without an employee */
  GArray *stray_at;   /* of ArmmsInstant */
  GArray *strays;     /* of ArmmsStrayEvent, borrowing from rows */
  ArmmsRows *rows;
  GHashTable *signs;
} Share;

static void
share_free (gpointer data)
{
  Share *share = data;

  g_clear_pointer (&share->rows, armms_rows_free);
  g_array_unref (share->touches);
  g_array_unref (share->stray_ids);
  g_array_unref (share->stray_at);
  g_array_unref (share->strays);
  g_hash_table_unref (share->signs);
  g_free (share);
}

static Share *
share_new (const ArmmsId *tenant_id)
{
  Share *share = g_new0 (Share, 1);

  share->tenant_id = *tenant_id;
  share->touches = g_array_new (FALSE, TRUE, sizeof (ArmmsTouch));
  share->stray_ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  share->stray_at = g_array_new (FALSE, FALSE, sizeof (ArmmsInstant));
  share->strays = g_array_new (FALSE, TRUE, sizeof (ArmmsStrayEvent));
  share->signs = g_hash_table_new_full (armms_id_hash, armms_id_equal_func, /* key_destroy= */ NULL, g_free);
  return share;
}

typedef struct {
  ArmmsStreamSlot *slot;
  guint64 xid;       /* the last one of the portion */
  ArmmsId id;
  GPtrArray *shares; /* of Share, in order of appearance */
  guint count;
} Portion;

static Share *
share_of (Portion *portion, const ArmmsId *tenant_id)
{
  for (guint i = portion->shares->len; i-- > 0;)
    {
      Share *share = g_ptr_array_index (portion->shares, i);

      if (armms_id_equal (&share->tenant_id, tenant_id))
        return share;
    }
  g_ptr_array_add (portion->shares, share_new (tenant_id));
  return g_ptr_array_index (portion->shares, portion->shares->len - 1);
}

/* ---- one tenant's share ----------------------------------------------------------------------------------------- */

typedef struct {
  ArmmsId device_id;
  ArmmsInstant seen_at;
  gint64 offset;
} Sign;

static void
note_sign (GHashTable *signs, const ArmmsId *device_id, ArmmsInstant seen_at, gint64 offset)
{
  Sign *sign = g_hash_table_lookup (signs, device_id);

  if (sign == NULL)
    {
      sign = g_new (Sign, 1);
      *sign = (Sign) { *device_id, seen_at, offset };
      g_hash_table_insert (signs, &sign->device_id, sign);
    }
  else if (seen_at.us >= sign->seen_at.us)
    {
      sign->seen_at = seen_at;
      sign->offset = offset;
    }
}

static int
compare_signs (gconstpointer a, gconstpointer b)
{
  return armms_id_compare (&((const Sign *) a)->device_id, &((const Sign *) b)->device_id);
}

static gboolean
store_signs (ArmmsWork *work, GHashTable *signs, GError **error)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (Sign));
  ArmmsParams *params = armms_params_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, signs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_array_append_vals (rows, value, 1);
  /* Slots run beside one another and share devices: one order for all. */
  g_array_sort (rows, compare_signs);
  ARMMS_COLUMN_IDS (params, rows, Sign, row->device_id);
  ARMMS_COLUMN_INSTANTS (params, rows, Sign, row->seen_at);
  ARMMS_COLUMN_INTEGERS (params, rows, Sign, row->offset);
  return armms_work_execute (work, "timekeeping/device-signs-put", params, /* ret_count= */ NULL, error);
}

static gboolean
read_positions (ArmmsWork *work, Portion *portion, guint limit, GError **error)
{
  const ArmmsStreamSlot *slot = portion->slot;
  ArmmsParams *params = armms_params_integer (armms_params_integer (armms_params_new (), slot->slot), (gint64) slot->after_xid);
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "timekeeping/stream-next",
                                                armms_params_integer (armms_params_id (params, &slot->after_id), limit), error);
  int tenant, employee, ts, id, device, received, offset;

  if (rows == NULL)
    return FALSE;
  portion->count = armms_rows_count (rows);
  tenant = armms_rows_column (rows, "tenant_id");
  employee = armms_rows_column (rows, "employee_id");
  ts = armms_rows_column (rows, "event_ts");
  id = armms_rows_column (rows, "id");
  device = armms_rows_column (rows, "device_id");
  received = armms_rows_column (rows, "received_at");
  offset = armms_rows_column (rows, "clock_offset_seconds");
  for (guint i = 0; i < portion->count; i++)
    {
      ArmmsId tenant_id = armms_rows_id_at (rows, i, tenant), device_id = armms_rows_id_at (rows, i, device);
      ArmmsTouch touch = { .employee_id = armms_rows_id_at (rows, i, employee), .at = armms_rows_instant_at (rows, i, ts) };
      Share *share = share_of (portion, &tenant_id);

      note_sign (share->signs, &device_id, armms_rows_instant_at (rows, i, received), armms_rows_integer_at (rows, i, offset));
      portion->id = armms_rows_id_at (rows, i, id);
      if (!armms_id_is_nil (&touch.employee_id))
        g_array_append_val (share->touches, touch);
      else
        {
          g_array_append_val (share->stray_ids, portion->id);
          g_array_append_val (share->stray_at, touch.at);
        }
    }
  if (portion->count > 0)
    portion->xid = (guint64) armms_rows_integer (rows, portion->count - 1, "xid");
  return TRUE;
}

/* What came without an employee may be somebody's by now. */
static gboolean
read_strays (ArmmsWork *work, Share *share, GError **error)
{
  ArmmsParams *params;

  if (share->stray_ids->len == 0)
    return TRUE;
  params = armms_params_instants (armms_params_new (), (const ArmmsInstant *) (gpointer) share->stray_at->data, share->stray_at->len);
  armms_params_ids (params, (const ArmmsId *) (gpointer) share->stray_ids->data, share->stray_ids->len);
  share->rows = armms_work_query (work, "timekeeping/stream-strays", params, error);
  if (share->rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (share->rows); i++)
    {
      ArmmsTouch touch = { .employee_id = armms_rows_id (share->rows, i, "employee_id"), .at = armms_rows_instant (share->rows, i, "event_ts") };
      ArmmsStrayEvent stray = {
        .clock_event_id = armms_rows_id (share->rows, i, "clock_event_id"), .device_id = armms_rows_id (share->rows, i, "device_id"),
        .event_id = armms_rows_id (share->rows, i, "event_id"), .detachment_id = armms_rows_id (share->rows, i, "detachment_id"),
        .event_ts = touch.at, .type = armms_rows_text (share->rows, i, "type"), .employee_ref = armms_rows_text (share->rows, i, "employee_ref"),
      };

      if (armms_id_is_nil (&touch.employee_id))
        g_array_append_val (share->strays, stray);
      else
        g_array_append_val (share->touches, touch);
    }
  return TRUE;
}

static gboolean
lock_touched (ArmmsWork *work, const GArray *touches, GError **error)
{
  g_autofree ArmmsId *ids = g_new (ArmmsId, touches->len);

  if (touches->len == 0)
    return TRUE;
  for (guint i = 0; i < touches->len; i++)
    ids[i] = g_array_index (touches, ArmmsTouch, i).employee_id;
  return armms_derive_lock (work, ids, touches->len, error);
}

gboolean
armms_derive_touched (ArmmsWork *work, GArray *touches, ArmmsDeriveMode mode, ArmmsDeriveFigures *figures, GError **error)
{
  ArmmsTimekeepingSettings settings;

  return lock_touched (work, touches, error) && armms_timekeeping_settings_load (work, &settings, error)
         && armms_derive (work, &settings, touches, mode, figures, error);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
numbers_of_strays (const Share *share)
{
  GPtrArray *numbers = g_ptr_array_new ();

  for (guint i = 0; i < share->strays->len; i++)
    {
      const char *number = g_array_index (share->strays, ArmmsStrayEvent, i).employee_ref;

      if (number != NULL)
        g_ptr_array_add (numbers, (gpointer) number);
    }
  g_ptr_array_sort (numbers, compare_numbers);
  return numbers;
}

static void
drop_adopted (Share *share, GHashTable *adopted)
{
  guint kept = 0;

  for (guint i = 0; i < share->strays->len; i++)
    {
      const ArmmsStrayEvent *stray = &g_array_index (share->strays, ArmmsStrayEvent, i);

      if (stray->employee_ref == NULL || !g_hash_table_contains (adopted, stray->employee_ref))
        g_array_index (share->strays, ArmmsStrayEvent, kept++) = *stray;
    }
  g_array_set_size (share->strays, kept);
}

/* Numbers that are keys: whose they are, added to @employees under that number. */
static gboolean
add_named_by_key (ArmmsWork *work, const GPtrArray *numbers, GPtrArray *employees, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GPtrArray) found = NULL;
  ArmmsId id;

  for (guint i = 0; i < numbers->len; i++)
    if (armms_id_parse (g_ptr_array_index (numbers, i), &id))
      g_array_append_val (ids, id);
  if (ids->len == 0)
    return TRUE;
  found = armms_hr_load_employees (work, (const ArmmsId *) (gpointer) ids->data, ids->len, error);
  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      ArmmsEmployee *employee = armms_record_new (&armms_employee_type);

      employee->employee_id = ((const ArmmsEmployee *) g_ptr_array_index (found, i))->employee_id;
      employee->employee_no = armms_id_to_string (&employee->employee_id);
      g_ptr_array_add (employees, employee);
    }
  return TRUE;
}

/* Whoever took the event may not have heard of a new employee yet: here he is known, or his onboarding is still to be read. */
static gboolean
adopt_strays (ArmmsWork *work, Share *share, GError **error)
{
  g_autoptr(GPtrArray) numbers = numbers_of_strays (share), employees = NULL;
  g_autoptr(GHashTable) adopted = g_hash_table_new (g_str_hash, g_str_equal);

  if (numbers->len == 0)
    return TRUE;
  employees = armms_hr_load_employees_by_no (work, (const char *const *) numbers->pdata, numbers->len, error);
  if (employees == NULL || !add_named_by_key (work, numbers, employees, error))
    return FALSE;
  if (employees->len == 0)
    return TRUE;
  if (!armms_derive_link (work, employees, share->touches, error))
    return FALSE;
  for (guint i = 0; i < employees->len; i++)
    g_hash_table_add (adopted, ((ArmmsEmployee *) g_ptr_array_index (employees, i))->employee_no);
  drop_adopted (share, adopted);
  return TRUE;
}

static gboolean
take_share (ArmmsWork *work, Share *share, GError **error)
{
  ArmmsTimekeepingSettings settings;
  ArmmsDeriveFigures figures = { 0 };

  return armms_work_switch_tenant (work, &share->tenant_id, error) && read_strays (work, share, error) && adopt_strays (work, share, error)
         && lock_touched (work, share->touches, error) && armms_timekeeping_settings_load (work, &settings, error)
         && armms_derive (work, &settings, share->touches, ARMMS_DERIVE_WRITE, &figures, error)
         && armms_derive_strays (work, &settings, (const ArmmsStrayEvent *) (gpointer) share->strays->data, share->strays->len,
                                 ARMMS_DERIVE_WRITE, &figures, error)
         && store_signs (work, share->signs, error);
}

static gboolean
take_portion (ArmmsWork *work, Portion *portion, GError **error)
{
  for (guint i = 0; i < portion->shares->len; i++)
    if (!take_share (work, g_ptr_array_index (portion->shares, i), error))
      return FALSE;
  return armms_stream_advance (work, portion->slot, portion->xid, &portion->id, error) && armms_work_commit (work, error);
}

/* What cannot be derived, one by one, is put aside with its reason; what stands around it goes on. */
static gboolean
park (Portion *portion, const GError *cause, GError **error)
{
  const ArmmsActor actor = { .request_id = portion->slot->reader->name };
  g_autoptr(ArmmsWork) work = armms_work_begin (portion->slot->db, "timekeeping", ARMMS_WORK_WRITE, &actor, error);
  const ArmmsId *tenant_id = &((const Share *) g_ptr_array_index (portion->shares, 0))->tenant_id;
  char text[ARMMS_ID_TEXT_SIZE];
  g_autofree char *message = g_strdup_printf ("{\"clock_event_id\":\"%s\"}", armms_id_format (&portion->id, text));

  return work != NULL && armms_work_switch_tenant (work, tenant_id, error)
         && armms_stream_park (work, portion->slot, &portion->id, text, message, cause, error)
         && armms_stream_advance (work, portion->slot, portion->xid, &portion->id, error) && armms_work_commit (work, error);
}

gboolean
armms_derive_on_slot (ArmmsStreamSlot *slot, gboolean careful, gboolean *ret_more, GError **error)
{
  const ArmmsActor actor = { .request_id = slot->reader->name };
  g_autoptr(GPtrArray) shares = g_ptr_array_new_with_free_func (share_free);
  Portion portion = { .slot = slot, .shares = shares };
  g_autoptr(ArmmsWork) work = armms_work_begin (slot->db, "timekeeping", ARMMS_WORK_WRITE, &actor, error);
  g_autoptr(GError) cause = NULL;
  guint limit = careful ? 1 : MOST_EVENTS;

  *ret_more = FALSE;
  if (work == NULL || !read_positions (work, &portion, limit, error))
    return FALSE;
  if (portion.count == 0)
    return TRUE;
  if (!take_portion (work, &portion, &cause))
    {
      g_clear_pointer (&work, armms_work_free);
      if (!careful || armms_stream_error_is_transient (cause))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      if (!park (&portion, cause, error))
        return FALSE;
    }
  *ret_more = portion.count == limit || careful;
  return TRUE;
}
