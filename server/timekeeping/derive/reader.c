#define G_LOG_DOMAIN "armms-timekeeping"

#include "server/timekeeping/derive/reader.h"

#include "server/hr/hr.h"
#include "server/timekeeping/derive/columns.h"

#include <string.h>

/* A portion: large enough that a burst shares its statements, small enough to be undone and done again. */
#define MOST_EVENTS 4000

typedef struct {
  ArmmsStreamSlot *slot;
  guint64 xid;   /* the last one of the portion */
  ArmmsId id;
  GArray *tenants; /* of ArmmsId, in order of appearance */
  guint count;
} Portion;

static ArmmsParams *
range_params (const ArmmsStreamSlot *slot)
{
  return armms_params_id (armms_params_integer (armms_params_integer (armms_params_new (), slot->slot), (gint64) slot->after_xid),
                          &slot->after_id);
}

static gboolean
read_positions (ArmmsWork *work, Portion *portion, guint limit, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "timekeeping/stream-next",
                                                armms_params_integer (range_params (portion->slot), limit), error);
  int tenant, n;

  if (rows == NULL)
    return FALSE;
  n = (int) armms_rows_count (rows);
  portion->count = (guint) n;
  tenant = armms_rows_column (rows, "tenant_id");
  for (int i = 0; i < n; i++)
    {
      ArmmsId id = armms_rows_id_at (rows, (guint) i, tenant);
      gboolean known = FALSE;

      for (guint j = portion->tenants->len; j-- > 0 && !known;)
        known = armms_id_equal (&g_array_index (portion->tenants, ArmmsId, j), &id);
      if (!known)
        g_array_append_val (portion->tenants, id);
    }
  if (n > 0)
    {
      portion->xid = (guint64) armms_rows_integer (rows, (guint) n - 1, "xid");
      portion->id = armms_rows_id (rows, (guint) n - 1, "id");
    }
  return TRUE;
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

typedef struct {
  ArmmsRows *rows;
  GArray *touches; /* of ArmmsTouch */
  GArray *strays;  /* of ArmmsStrayEvent, borrowing from rows */
  GHashTable *signs;
} Share;

static void
share_clear (Share *share)
{
  g_clear_pointer (&share->rows, armms_rows_free);
  g_array_unref (share->touches);
  g_array_unref (share->strays);
  g_hash_table_unref (share->signs);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Share, share_clear)

static void
sort_events (Share *share)
{
  ArmmsRows *rows = share->rows;
  int employee = armms_rows_column (rows, "employee_id"), ts = armms_rows_column (rows, "event_ts");
  int device = armms_rows_column (rows, "device_id"), received = armms_rows_column (rows, "received_at");
  int offset = armms_rows_column (rows, "clock_offset_seconds"), detachment = armms_rows_column (rows, "detachment_id");
  int event = armms_rows_column (rows, "event_id"), id = armms_rows_column (rows, "clock_event_id");
  int type = armms_rows_column (rows, "type"), ref = armms_rows_column (rows, "employee_ref");

  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId device_id = armms_rows_id_at (rows, i, device), employee_id = armms_rows_id_at (rows, i, employee);

      note_sign (share->signs, &device_id, armms_rows_instant_at (rows, i, received), armms_rows_integer_at (rows, i, offset));
      if (armms_id_is_nil (&employee_id))
        {
          ArmmsStrayEvent stray = {
            .clock_event_id = armms_rows_id_at (rows, i, id), .device_id = device_id, .event_id = armms_rows_id_at (rows, i, event),
            .detachment_id = armms_rows_id_at (rows, i, detachment), .event_ts = armms_rows_instant_at (rows, i, ts),
            .type = armms_rows_text_at (rows, i, type), .employee_ref = armms_rows_text_at (rows, i, ref),
          };

          g_array_append_val (share->strays, stray);
        }
      else
        {
          ArmmsTouch touch = { .employee_id = employee_id, .at = armms_rows_instant_at (rows, i, ts) };

          g_array_append_val (share->touches, touch);
        }
    }
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

/* Whoever took the event may not have heard of a new employee yet: here he is known, or his onboarding is still to be read. */
static gboolean
adopt_strays (ArmmsWork *work, Share *share, GError **error)
{
  g_autoptr(GPtrArray) numbers = numbers_of_strays (share), employees = NULL;
  g_autoptr(GHashTable) adopted = g_hash_table_new (g_str_hash, g_str_equal);

  if (numbers->len == 0)
    return TRUE;
  employees = armms_hr_load_employees_by_no (work, (const char *const *) numbers->pdata, numbers->len, error);
  if (employees == NULL)
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
take_share (ArmmsWork *work, const Portion *portion, const ArmmsId *tenant_id, GError **error)
{
  g_auto(Share) share = {
    .touches = g_array_new (FALSE, TRUE, sizeof (ArmmsTouch)),
    .strays = g_array_new (FALSE, TRUE, sizeof (ArmmsStrayEvent)),
    .signs = g_hash_table_new_full (armms_id_hash, armms_id_equal_func, /* key_destroy= */ NULL, g_free),
  };
  ArmmsTimekeepingSettings settings;
  ArmmsDeriveFigures figures = { 0 };
  ArmmsParams *params = range_params (portion->slot);

  if (!armms_work_switch_tenant (work, tenant_id, error))
    {
      armms_params_free (params);
      return FALSE;
    }
  armms_params_id (armms_params_integer (params, (gint64) portion->xid), &portion->id);
  share.rows = armms_work_query (work, "timekeeping/stream-events", params, error);
  if (share.rows == NULL)
    return FALSE;
  sort_events (&share);
  return adopt_strays (work, &share, error) && lock_touched (work, share.touches, error) && armms_timekeeping_settings_load (work, &settings, error)
         && armms_derive (work, &settings, share.touches, ARMMS_DERIVE_WRITE, &figures, error)
         && armms_derive_strays (work, &settings, (const ArmmsStrayEvent *) (gpointer) share.strays->data, share.strays->len,
                                 ARMMS_DERIVE_WRITE, &figures, error)
         && store_signs (work, share.signs, error);
}

static gboolean
take_portion (ArmmsWork *work, Portion *portion, GError **error)
{
  for (guint i = 0; i < portion->tenants->len; i++)
    if (!take_share (work, portion, &g_array_index (portion->tenants, ArmmsId, i), error))
      return FALSE;
  return armms_stream_advance (work, portion->slot, portion->xid, &portion->id, error) && armms_work_commit (work, error);
}

/* What cannot be derived, one by one, is put aside with its reason; what stands around it goes on. */
static gboolean
park (Portion *portion, const GError *cause, GError **error)
{
  const ArmmsActor actor = { .request_id = portion->slot->reader->name };
  g_autoptr(ArmmsWork) work = armms_work_begin (portion->slot->db, "timekeeping", ARMMS_WORK_WRITE, &actor, error);
  const ArmmsId *tenant_id = &g_array_index (portion->tenants, ArmmsId, 0);
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
  g_autoptr(GArray) tenants = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  Portion portion = { .slot = slot, .tenants = tenants };
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
