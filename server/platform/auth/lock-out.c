#include "server/platform/auth/lock-out.h"

#define FREE_GUESSES 5
#define FIRST_WAIT_SECONDS 2
#define LONGEST_WAIT_SECONDS 900
#define FORGET_US (24 * 3600 * (gint64) G_USEC_PER_SEC)
#define MAX_ENTRIES 100000

typedef struct {
  guint failures;
  gint64 last_us, until_us;
} Entry;

struct _ArmmsLockOut {
  GMutex lock;
  GHashTable *entries; /* text -> Entry */
};

/* Fixed length, so that a long login makes no long key. */
static char *
key_of (const char *login, const char *source, const char *proof)
{
  g_autofree char *lower = g_utf8_casefold (login, -1);
  g_autofree char *text = proof != NULL ? g_strdup_printf ("proof\n%s\n%s", lower, proof) : g_strdup_printf ("source\n%s\n%s", lower, source);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

ArmmsLockOut *
armms_lock_out_new (void)
{
  ArmmsLockOut *lock_out = g_new0 (ArmmsLockOut, 1);

  g_mutex_init (&lock_out->lock);
  lock_out->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return lock_out;
}

void
armms_lock_out_free (ArmmsLockOut *lock_out)
{
  if (lock_out == NULL)
    return;
  g_hash_table_unref (lock_out->entries);
  g_mutex_clear (&lock_out->lock);
  g_free (lock_out);
}

gboolean
armms_lock_out_check (ArmmsLockOut *lock_out, const char *login, const char *source, const char *proof, GError **error)
{
  g_autofree char *key = key_of (login, source, proof);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&lock_out->lock);
  Entry *entry = g_hash_table_lookup (lock_out->entries, key);
  gint64 left_us = entry != NULL ? entry->until_us - g_get_monotonic_time () : 0;

  if (left_us <= 0)
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_RATE_LIMITED, "auth.locked", "too many wrong passwords; try again in %" G_GINT64_FORMAT " seconds",
                   left_us / G_USEC_PER_SEC + 1);
  return FALSE;
}

static gboolean
is_old (gpointer key, gpointer value, gpointer now_us)
{
  return *(gint64 *) now_us - ((Entry *) value)->last_us > FORGET_US;
}

void
armms_lock_out_failed (ArmmsLockOut *lock_out, const char *login, const char *source, const char *proof)
{
  char *key = key_of (login, source, proof);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&lock_out->lock);
  gint64 now_us = g_get_monotonic_time ();
  Entry *entry = g_hash_table_lookup (lock_out->entries, key);
  guint doublings;

  if (entry != NULL && is_old (NULL, entry, &now_us))
    entry->failures = 0;
  if (entry == NULL)
    {
      if (g_hash_table_size (lock_out->entries) >= MAX_ENTRIES)
        g_hash_table_foreach_remove (lock_out->entries, is_old, &now_us);
      if (g_hash_table_size (lock_out->entries) >= MAX_ENTRIES)
        g_hash_table_remove_all (lock_out->entries);
      entry = g_new0 (Entry, 1);
      g_hash_table_insert (lock_out->entries, g_steal_pointer (&key), entry);
    }
  g_free (key);
  entry->failures++;
  entry->last_us = now_us;
  if (entry->failures < FREE_GUESSES)
    return;
  doublings = MIN (entry->failures - FREE_GUESSES, 10);
  entry->until_us = now_us + (gint64) MIN ((guint) FIRST_WAIT_SECONDS << doublings, LONGEST_WAIT_SECONDS) * G_USEC_PER_SEC;
}

void
armms_lock_out_succeeded (ArmmsLockOut *lock_out, const char *login, const char *source, const char *proof)
{
  g_autofree char *key = key_of (login, source, proof);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&lock_out->lock);

  g_hash_table_remove (lock_out->entries, key);
}
