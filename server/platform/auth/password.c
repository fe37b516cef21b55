#include "server/platform/auth/password.h"

#include <sodium.h>
#include <string.h>

#define MEMORY_BYTES (46 * 1024 * 1024)
#define PASSES 1
#define QUEUE_PER_SLOT 8

static GMutex lock;
static GCond freed;
static guint running, waiting;

static gboolean
enter (GError **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&lock);
  guint slots = g_get_num_processors ();

  if (running >= slots && waiting >= slots * QUEUE_PER_SLOT)
    {
      armms_error_set (error, ARMMS_ERROR_RATE_LIMITED, "auth.busy", "too many people sign in at once; try again in a moment");
      return FALSE;
    }
  waiting++;
  while (running >= slots)
    g_cond_wait (&freed, &lock);
  waiting--;
  running++;
  return TRUE;
}

static void
leave (void)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&lock);

  running--;
  g_cond_signal (&freed);
}

gboolean
armms_password_check_rules (const char *password, const char *login, const char *field, GError **error)
{
  if (!g_utf8_validate (password, -1, NULL) || strlen (password) > ARMMS_PASSWORD_MAX_BYTES)
    {
      armms_error_add_field (error, field, "too_long", "must be at most %d bytes of text", ARMMS_PASSWORD_MAX_BYTES);
      return FALSE;
    }
  if (g_utf8_strlen (password, -1) < ARMMS_PASSWORD_MIN_LETTERS)
    {
      armms_error_add_field (error, field, "too_short", "must have at least %d letters", ARMMS_PASSWORD_MIN_LETTERS);
      return FALSE;
    }
  if (login != NULL && g_ascii_strcasecmp (password, login) == 0)
    {
      armms_error_add_field (error, field, "too_simple", "must not be the login");
      return FALSE;
    }
  return TRUE;
}

char *
armms_password_hash (const char *password, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];
  int result;

  if (!enter (error))
    return NULL;
  result = crypto_pwhash_str_alg (hash, password, strlen (password), PASSES, MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13);
  leave ();
  if (result == 0)
    return g_strdup (hash);
  armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "auth.memory", "there is no memory to hash a password");
  return NULL;
}

/* Of a password that nobody has; made once, so that an unknown login costs what a known one does. */
static const char *
dummy_hash (void)
{
  static gsize made;
  static char hash[crypto_pwhash_STRBYTES];

  if (g_once_init_enter (&made))
    {
      guint8 noise[24];
      char password[49];

      randombytes_buf (noise, sizeof noise);
      sodium_bin2hex (password, sizeof password, noise, sizeof noise);
      if (crypto_pwhash_str_alg (hash, password, strlen (password), PASSES, MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13) != 0)
        g_error ("there is no memory to hash a password");
      g_once_init_leave (&made, 1);
    }
  return hash;
}

gboolean
armms_password_verify (const char *hash, const char *password, gboolean *ret_right, gboolean *ret_weak, GError **error)
{
  const char *against = hash != NULL ? hash : dummy_hash ();
  gboolean right;

  if (strlen (password) > ARMMS_PASSWORD_MAX_BYTES)
    password = "";
  if (!enter (error))
    return FALSE;
  right = crypto_pwhash_str_verify (against, password, strlen (password)) == 0;
  leave ();
  *ret_right = right && hash != NULL;
  if (ret_weak != NULL)
    *ret_weak = *ret_right && crypto_pwhash_str_needs_rehash (hash, PASSES, MEMORY_BYTES) != 0;
  return TRUE;
}
