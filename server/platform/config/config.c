#include "server/platform/config/config.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

/* Every group and key there is: a word that is not here is a slip of the pen and is refused. */
static const struct
{
  const char *group;
  const char *keys; /* space separated; "*": any */
} known[] = {
  { "server", "listen port tls-certificate tls-key public threads queue max-connections max-connections-per-peer header-seconds body-seconds "
              "idle-seconds answer-seconds drain-seconds ingest-port metrics-port" },
  { "limits", "default-per-second sign-in-per-minute ingest-per-second report-per-minute" },
  { "database", "main payroll main-read payroll-read user owner pool read-pool wait-ms statement-timeout-ms lock-timeout-ms idle-timeout-ms" },
  { "schemas", "*" },
  { "worker", "threads slots poll-ms grace-seconds batch" },
  { "ingest", "batch wait-ms flushes queue" },
  { "auth", "issuer audience access-minutes refresh-days argon2-mib argon2-passes lock-after" },
  { "log", "level" },
  { "paths", "exports statutory migrations" },
};

static const char *const secret_names[] = { "jwt-key", "jwt-key-previous", "master-key", "cursor-key", "database-password", "owner-password" };

struct _ArmmsConfig
{
  gatomicrefcount refs;
  GKeyFile *file;      /* owned */
  GHashTable *texts;   /* "group/key" -> text in force; owned */
  GHashTable *secrets; /* name -> Secret; owned */
  GMutex lock;
};

typedef struct
{
  guint8 *bytes; /* sodium_malloc: locked, wiped when freed */
  gsize size;
} Secret;

static void
secret_free (gpointer data)
{
  Secret *secret = data;

  sodium_free (secret->bytes);
  g_free (secret);
}

/* ARMMS_DATABASE_MAIN_READ for [database] main-read. */
static char *
environment_name (const char *group, const char *key)
{
  g_autofree char *joined = group != NULL ? g_strdup_printf ("ARMMS_%s_%s", group, key) : g_strdup_printf ("ARMMS_%s", key);
  char *upper = g_ascii_strup (joined, -1);

  return g_strdelimit (upper, "-.", '_');
}

static gboolean
check_words (GKeyFile *file, const char *path, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_auto (GStrv) keys = g_key_file_get_keys (file, groups[i], NULL, NULL);
      const char *allowed = NULL;

      for (gsize k = 0; k < G_N_ELEMENTS (known); k++)
        if (g_str_equal (known[k].group, groups[i]))
          allowed = known[k].keys;
      if (allowed == NULL)
        {
          armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.unknown_group", "%s: there is no group [%s]", path, groups[i]);
          return FALSE;
        }
      if (g_str_equal (allowed, "*"))
        continue;
      g_auto (GStrv) words = g_strsplit (allowed, " ", -1);
      for (gsize k = 0; keys[k] != NULL; k++)
        {
          for (gsize s = 0; s < G_N_ELEMENTS (secret_names); s++)
            if (g_str_equal (keys[k], secret_names[s]))
              {
                armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.secret_in_file",
                                 "%s: the secret %s may not stand in the file; give it as a credential or a file of its own", path, keys[k]);
                return FALSE;
              }
          if (!g_strv_contains ((const char *const *) words, keys[k]))
            {
              armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.unknown_key", "%s: [%s] has no key %s", path, groups[i], keys[k]);
              return FALSE;
            }
        }
    }
  return TRUE;
}

ArmmsConfig *
armms_config_load (const char *path, GError **error)
{
  g_autoptr (ArmmsConfig) config = NULL;
  const char *from = path != NULL ? path : g_getenv ("ARMMS_CONFIG");
  gboolean wanted = from != NULL;
  GError *local = NULL;

  if (sodium_init () < 0)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "config.sodium", "libsodium does not start");
      return NULL;
    }
  config = g_new0 (ArmmsConfig, 1);
  g_atomic_ref_count_init (&config->refs);
  g_mutex_init (&config->lock);
  config->file = g_key_file_new ();
  config->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  config->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, secret_free);
  if (from == NULL)
    from = "/etc/armms/armms.conf";
  if (!g_key_file_load_from_file (config->file, from, G_KEY_FILE_NONE, &local))
    {
      /* Without a file everything may come from the environment; a file that was named must be there. */
      if (wanted || !g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        {
          armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.unreadable", "reading %s: %s", from, local->message);
          g_clear_error (&local);
          return NULL;
        }
      g_clear_error (&local);
    }
  if (!check_words (config->file, from, error))
    return NULL;
  return g_steal_pointer (&config);
}

ArmmsConfig *
armms_config_ref (ArmmsConfig *config)
{
  g_atomic_ref_count_inc (&config->refs);
  return config;
}

void
armms_config_unref (ArmmsConfig *config)
{
  if (config == NULL || !g_atomic_ref_count_dec (&config->refs))
    return;
  g_clear_pointer (&config->file, g_key_file_unref);
  g_clear_pointer (&config->texts, g_hash_table_unref);
  g_clear_pointer (&config->secrets, g_hash_table_unref);
  g_mutex_clear (&config->lock);
  g_free (config);
}

const char *
armms_config_text (ArmmsConfig *config, const char *group, const char *key, const char *fallback)
{
  g_autofree char *name = g_strconcat (group, "/", key, NULL);
  g_autofree char *variable = environment_name (group, key);
  const char *text;

  g_mutex_lock (&config->lock);
  text = g_hash_table_lookup (config->texts, name);
  if (text == NULL)
    {
      char *value = g_strdup (g_getenv (variable));

      if (value == NULL)
        value = g_key_file_get_string (config->file, group, key, NULL);
      if (value != NULL)
        {
          g_hash_table_insert (config->texts, g_steal_pointer (&name), value);
          text = value;
        }
    }
  g_mutex_unlock (&config->lock);
  return text != NULL ? text : fallback;
}

gint64
armms_config_integer (ArmmsConfig *config, const char *group, const char *key, gint64 min, gint64 max, gint64 fallback)
{
  const char *text = armms_config_text (config, group, key, NULL);
  gint64 value;

  if (text == NULL)
    return fallback;
  if (!g_ascii_string_to_signed (text, 10, min, max, &value, NULL))
    {
      g_warning ("[%s] %s=%s is no number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT "; %" G_GINT64_FORMAT " is used", group, key, text,
                 min, max, fallback);
      return fallback;
    }
  return value;
}

gboolean
armms_config_boolean (ArmmsConfig *config, const char *group, const char *key, gboolean fallback)
{
  const char *text = armms_config_text (config, group, key, NULL);

  if (text == NULL)
    return fallback;
  return g_strv_contains ((const char *const[]) { "true", "yes", "on", "1", NULL }, text);
}

/* Where a secret may lie: a systemd credential, a file named by the environment, the environment itself. */
static gboolean
read_secret (const char *name, char **ret_text, gsize *ret_size, GError **error)
{
  g_autofree char *variable = environment_name (NULL, name);
  g_autofree char *file_variable = g_strconcat (variable, "_FILE", NULL);
  const char *directory = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *path = NULL;
  struct stat facts;

  if (directory != NULL)
    path = g_build_filename (directory, name, NULL);
  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_free (path);
      path = g_strdup (g_getenv (file_variable));
    }
  if (path != NULL)
    {
      g_autoptr (GError) local = NULL;

      if (stat (path, &facts) == 0 && (facts.st_mode & 0077) != 0)
        {
          armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.secret_open", "%s may be read by others: chmod 600 it", path);
          return FALSE;
        }
      if (!g_file_get_contents (path, ret_text, ret_size, &local))
        {
          armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.secret_unreadable", "reading the secret %s: %s", name, local->message);
          return FALSE;
        }
      return TRUE;
    }
  if (g_getenv (variable) != NULL)
    {
      *ret_text = g_strdup (g_getenv (variable));
      *ret_size = strlen (*ret_text);
      return TRUE;
    }
  armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.secret_missing", "the secret %s is missing: give it as a credential or by %s_FILE", name,
                   variable);
  return FALSE;
}

const guint8 *
armms_config_secret (ArmmsConfig *config, const char *name, gsize min_bytes, gsize *ret_size, GError **error)
{
  g_autofree char *text = NULL;
  gsize size = 0, decoded = 0;
  Secret *secret;

  g_mutex_lock (&config->lock);
  secret = g_hash_table_lookup (config->secrets, name);
  g_mutex_unlock (&config->lock);
  if (secret == NULL)
    {
      if (!read_secret (name, &text, &size, error))
        return NULL;
      while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == '\r'))
        size--;
      secret = g_new0 (Secret, 1);
      secret->bytes = sodium_malloc (MAX (size, 1));
      /* Keys are base64; passwords and the like are taken as they are. */
      if (g_str_has_suffix (name, "-key")
          && sodium_base642bin (secret->bytes, size, text, size, NULL, &decoded, NULL, sodium_base64_VARIANT_ORIGINAL) == 0 && decoded >= min_bytes)
        secret->size = decoded;
      else
        {
          memcpy (secret->bytes, text, size);
          secret->size = size;
        }
      sodium_memzero (text, size);
      g_mutex_lock (&config->lock);
      if (g_hash_table_contains (config->secrets, name))
        {
          secret_free (secret);
          secret = g_hash_table_lookup (config->secrets, name);
        }
      else
        g_hash_table_insert (config->secrets, g_strdup (name), secret);
      g_mutex_unlock (&config->lock);
    }
  if (secret->size < min_bytes)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.secret_short", "the secret %s is shorter than %" G_GSIZE_FORMAT " bytes", name, min_bytes);
      return NULL;
    }
  if (ret_size != NULL)
    *ret_size = secret->size;
  return secret->bytes;
}
