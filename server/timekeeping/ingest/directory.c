#include "server/timekeeping/ingest/directory.h"

#include "server/hr/hr.h"
#include "server/timekeeping/settings.h"

#define KEEP_US (60 * G_USEC_PER_SEC)
#define RENEW_US (1 * G_USEC_PER_SEC)

typedef struct {
  ArmmsInstant from, to;
} Month;

struct _ArmmsDirectory
{
  gatomicrefcount references;
  gint64 made_at;             /* monotonic */
  GPtrArray *employees;       /* owned, of ArmmsEmployee: keys of the tables */
  GHashTable *by_number;      /* employee_no -> ArmmsEmployee */
  GHashTable *by_id;          /* id -> ArmmsEmployee */
  GHashTable *devices;        /* id -> ArmmsDirectoryDevice */
  GArray *months;             /* of Month */
  ArmmsTimekeepingSettings settings;
  gint64 oldest_before_us;    /* how far before now the oldest event may be */
};

static GMutex lock;
static GHashTable *directories = NULL; /* tenant -> ArmmsDirectory */

void
armms_directory_unref (ArmmsDirectory *directory)
{
  if (directory == NULL || !g_atomic_ref_count_dec (&directory->references))
    return;
  g_clear_pointer (&directory->by_number, g_hash_table_unref);
  g_clear_pointer (&directory->by_id, g_hash_table_unref);
  g_clear_pointer (&directory->devices, g_hash_table_unref);
  g_clear_pointer (&directory->employees, g_ptr_array_unref);
  g_clear_pointer (&directory->months, g_array_unref);
  g_free (directory);
}

static ArmmsDirectory *
directory_ref (ArmmsDirectory *directory)
{
  g_atomic_ref_count_inc (&directory->references);
  return directory;
}

static gboolean
load_employees (ArmmsDirectory *directory, ArmmsWork *work, GError **error)
{
  directory->employees = armms_hr_load_employees (work, /* ids= */ NULL, 0, error);
  if (directory->employees == NULL)
    return FALSE;
  directory->by_number = g_hash_table_new (g_str_hash, g_str_equal);
  directory->by_id = g_hash_table_new (armms_id_hash, armms_id_equal_func);
  for (guint i = 0; i < directory->employees->len; i++)
    {
      ArmmsEmployee *employee = g_ptr_array_index (directory->employees, i);

      g_hash_table_insert (directory->by_number, employee->employee_no, employee);
      g_hash_table_insert (directory->by_id, &employee->employee_id, employee);
    }
  return TRUE;
}

static gboolean
load_devices (ArmmsDirectory *directory, ArmmsWork *work, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "timekeeping/directory-devices", /* params= */ NULL, error);

  if (rows == NULL)
    return FALSE;
  directory->devices = g_hash_table_new_full (armms_id_hash, armms_id_equal_func, /* key_destroy= */ NULL, g_free);
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsDirectoryDevice *device = g_new (ArmmsDirectoryDevice, 1);

      *device = (ArmmsDirectoryDevice) { armms_rows_id (rows, i, "device_id"), armms_rows_id (rows, i, "detachment_id"),
                                         armms_rows_boolean (rows, i, "active") };
      g_hash_table_insert (directory->devices, &device->device_id, device);
    }
  return TRUE;
}

static gboolean
load_months (ArmmsDirectory *directory, ArmmsWork *work, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "timekeeping/directory-months", /* params= */ NULL, error);

  if (rows == NULL)
    return FALSE;
  directory->months = g_array_new (FALSE, FALSE, sizeof (Month));
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      Month month = { armms_rows_instant (rows, i, "from_ts"), armms_rows_instant (rows, i, "to_ts") };

      g_array_append_val (directory->months, month);
    }
  return TRUE;
}

static ArmmsDirectory *
directory_load (ArmmsDb *db, const ArmmsId *tenant_id, GError **error)
{
  const ArmmsActor actor = { .tenant_id = *tenant_id, .request_id = "timekeeping.directory" };
  g_autoptr(ArmmsDirectory) directory = g_new0 (ArmmsDirectory, 1);
  g_autoptr(ArmmsWork) work = armms_work_begin (db, "timekeeping", ARMMS_WORK_READ_FRESH, &actor, error);

  g_atomic_ref_count_init (&directory->references);
  directory->made_at = g_get_monotonic_time ();
  if (work == NULL || !armms_timekeeping_settings_load (work, &directory->settings, error) || !load_employees (directory, work, error)
      || !load_devices (directory, work, error) || !load_months (directory, work, error))
    return NULL;
  directory->oldest_before_us = armms_work_get_now (work).us - directory->settings.oldest_event.us;
  return armms_work_commit (work, error) ? g_steal_pointer (&directory) : NULL;
}

/* The one that is kept, when it is not older than @oldest (monotonic). */
static ArmmsDirectory *
find_kept (const ArmmsId *tenant_id, gint64 oldest)
{
  ArmmsDirectory *directory = NULL;

  g_mutex_lock (&lock);
  if (directories != NULL)
    directory = g_hash_table_lookup (directories, tenant_id);
  if (directory != NULL && directory->made_at >= oldest)
    directory_ref (directory);
  else
    directory = NULL;
  g_mutex_unlock (&lock);
  return directory;
}

static void
keep (const ArmmsId *tenant_id, ArmmsDirectory *directory)
{
  g_mutex_lock (&lock);
  if (directories == NULL)
    directories = g_hash_table_new_full (armms_id_hash, armms_id_equal_func, g_free, (GDestroyNotify) armms_directory_unref);
  g_hash_table_insert (directories, g_memdup2 (tenant_id, sizeof *tenant_id), directory_ref (directory));
  g_mutex_unlock (&lock);
}

static ArmmsDirectory *
get_made_after (ArmmsDb *db, const ArmmsId *tenant_id, gint64 oldest, GError **error)
{
  ArmmsDirectory *directory = find_kept (tenant_id, oldest);

  if (directory != NULL)
    return directory;
  directory = directory_load (db, tenant_id, error);
  if (directory != NULL)
    keep (tenant_id, directory);
  return directory;
}

ArmmsDirectory *
armms_directory_get (ArmmsDb *db, const ArmmsId *tenant_id, GError **error)
{
  return get_made_after (db, tenant_id, g_get_monotonic_time () - KEEP_US, error);
}

ArmmsDirectory *
armms_directory_renew (ArmmsDb *db, const ArmmsId *tenant_id, ArmmsDirectory *old, GError **error)
{
  if (g_get_monotonic_time () - old->made_at < RENEW_US)
    return directory_ref (old);
  return get_made_after (db, tenant_id, g_get_monotonic_time () - RENEW_US, error);
}

void
armms_directory_forget_all (void)
{
  g_mutex_lock (&lock);
  g_clear_pointer (&directories, g_hash_table_unref);
  g_mutex_unlock (&lock);
}

ArmmsId
armms_directory_find_number (const ArmmsDirectory *directory, const char *employee_no)
{
  const ArmmsEmployee *employee = g_hash_table_lookup (directory->by_number, employee_no);

  return employee != NULL ? employee->employee_id : ARMMS_ID_NIL;
}

gboolean
armms_directory_has_employee (const ArmmsDirectory *directory, const ArmmsId *employee_id)
{
  return g_hash_table_contains (directory->by_id, employee_id);
}

const ArmmsDirectoryDevice *
armms_directory_find_device (const ArmmsDirectory *directory, const ArmmsId *device_id)
{
  return g_hash_table_lookup (directory->devices, device_id);
}

const char *
armms_directory_judge_time (const ArmmsDirectory *directory, ArmmsInstant ts, ArmmsInstant now)
{
  if (ts.us > now.us + directory->settings.newest_event_minutes * ARMMS_US_PER_MINUTE)
    return "too_new";
  if (ts.us < now.us - directory->oldest_before_us)
    return "too_old";
  for (guint i = 0; i < directory->months->len; i++)
    {
      const Month *month = &g_array_index (directory->months, Month, i);

      if (ts.us >= month->from.us && ts.us < month->to.us)
        return NULL;
    }
  return ts.us > now.us ? "too_new" : "too_old";
}

ArmmsDate
armms_directory_local_day (const ArmmsDirectory *directory, ArmmsInstant ts)
{
  return armms_zone_date (directory->settings.zone, ts);
}
