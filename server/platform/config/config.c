#include "server/platform/config/config.h"

#include <glib/gstdio.h>
#include <sodium.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Groups and their keys; "*" takes any. */
static const struct {
  const char *group;
  const char *keys;
} known[] = {
  { "server", "listen|port|public|tls-certificate|tls-key|threads|queue|max-connections|max-connections-per-peer|"
              "header-seconds|body-seconds|idle-seconds|answer-seconds|drain-seconds|ingest-port|metrics-port" },
  { "limits", "*" },
  { "database", "*" }, /* names of databases, and the keys that db.c lists */
  { "schemas", "*" },
  { "worker", "*" },
  { "ingest", "*" },
  { "auth", "*" },
  { "paths", "*" },
  { "log", "level|format" },
};

static const char *const secret_names[] = {
  "jwt-key", "jwt-key-previous", "master-key", "master-key-previous", "cursor-key", "database-password", "owner-password",
};

typedef struct {
  guint8 *bytes; /* sodium memory: locked, guarded, wiped */
  gsize size;
} Secret;

struct _ArmmsConfig {
  gatomicrefcount references;
  GHashTable *values;  /* "group/key" -> text, owned */
  GHashTable *secrets; /* name -> Secret */
  GMutex mutex;        /* guards secrets and texts */
  GHashTable *texts;   /* what the environment or a file said: interned for the life of the config */
};

static void
secret_free (gpointer data)
{
  Secret *secret = data;

  sodium_free (secret->bytes);
  g_free (secret);
}

static Secret *
secret_new (const guint8 *bytes, gsize size)
{
  Secret *secret = g_new0 (Secret, 1);

  secret->bytes = sodium_malloc (MAX (size, 1));
  g_assert (secret->bytes != NULL);
  memcpy (secret->bytes, bytes, size);
  secret->size = size;
  sodium_mprotect_readonly (secret->bytes);
  return secret;
}

static gboolean
word_in (const char *words, const char *word)
{
  g_auto(GStrv) list = g_strsplit (words, "|", -1);

  return g_strcmp0 (words, "*") == 0 || g_strv_contains ((const char *const *) list, word);
}

static const char *
keys_of_group (const char *group)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].group, group))
      return known[i].keys;
  return NULL;
}

static gboolean
is_secret_name (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (secret_names); i++)
    if (g_str_equal (secret_names[i], key))
      return TRUE;
  return g_str_has_suffix (key, "password");
}

static char *
environment_name (const char *group, const char *key)
{
  g_autofree char *name = group != NULL ? g_strconcat ("ARMMS_", group, "_", key, NULL) : g_strconcat ("ARMMS_", key, NULL);

  for (char *c = name; *c != '\0'; c++)
    *c = *c == '-' ? '_' : g_ascii_toupper (*c);
  return g_steal_pointer (&name);
}

/* A value that a file or the environment gave, kept as long as the configuration. */
static const char *
keep_text (ArmmsConfig *config, char *text)
{
  const char *kept;

  g_mutex_lock (&config->mutex);
  kept = g_hash_table_lookup (config->texts, text);
  if (kept == NULL)
    {
      g_hash_table_add (config->texts, text);
      kept = text;
    }
  else
    {
      g_free (text);
    }
  g_mutex_unlock (&config->mutex);
  return kept;
}

ArmmsConfig *
armms_config_new (void)
{
  ArmmsConfig *config;

  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  config = g_new0 (ArmmsConfig, 1);
  g_atomic_ref_count_init (&config->references);
  g_mutex_init (&config->mutex);
  config->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  config->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, secret_free);
  config->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return config;
}

static gboolean
take_key (ArmmsConfig *config, GKeyFile *file, const char *path, const char *group, const char *key, GError **error)
{
  const char *keys = keys_of_group (group);
  g_autofree char *value = NULL;
  g_autofree char *base = NULL;

  if (is_secret_name (key))
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.secret_in_file",
                       "%s: [%s] %s is a secret: give it as a credential or in the environment", path, group, key);
      return FALSE;
    }
  base = g_strdup (key);
  if (g_str_has_suffix (base, "-file"))
    base[strlen (base) - strlen ("-file")] = '\0';
  if (keys == NULL || (!word_in (keys, key) && !word_in (keys, base)))
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.unknown_key", "%s: [%s] %s is not known", path, group, key);
      return FALSE;
    }
  value = g_key_file_get_string (file, group, key, error);
  if (value == NULL)
    return FALSE;
  if (g_str_equal (group, "database") && strstr (value, "password=") != NULL)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.secret_in_file",
                       "%s: [database] %s holds a password: give it as a credential or in the environment", path, key);
      return FALSE;
    }
  armms_config_set (config, group, key, value);
  return TRUE;
}

ArmmsConfig *
armms_config_load (const char *path, GError **error)
{
  g_autoptr(ArmmsConfig) config = armms_config_new ();
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_auto(GStrv) groups = NULL;
  g_autoptr(GError) cause = NULL;

  if (path == NULL)
    path = g_getenv ("ARMMS_CONFIG");
  if (path == NULL)
    path = "/etc/armms/armms.conf";
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &cause))
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.unreadable", "the configuration %s cannot be read: %s", path, cause->message);
      return NULL;
    }
  groups = g_key_file_get_groups (file, NULL);
  for (gsize g = 0; groups[g] != NULL; g++)
    {
      g_auto(GStrv) keys = g_key_file_get_keys (file, groups[g], NULL, NULL);

      if (keys_of_group (groups[g]) == NULL)
        {
          armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.unknown_key", "%s: the group [%s] is not known", path, groups[g]);
          return NULL;
        }
      for (gsize k = 0; keys != NULL && keys[k] != NULL; k++)
        if (!take_key (config, file, path, groups[g], keys[k], error))
          return NULL;
    }
  return g_steal_pointer (&config);
}

ArmmsConfig *
armms_config_ref (ArmmsConfig *config)
{
  g_atomic_ref_count_inc (&config->references);
  return config;
}

void
armms_config_unref (ArmmsConfig *config)
{
  if (config == NULL || !g_atomic_ref_count_dec (&config->references))
    return;
  g_hash_table_unref (config->values);
  g_hash_table_unref (config->secrets);
  g_hash_table_unref (config->texts);
  g_mutex_clear (&config->mutex);
  g_free (config);
}

void
armms_config_set (ArmmsConfig *config, const char *group, const char *key, const char *value)
{
  char *name = g_strconcat (group, "/", key, NULL);

  if (value == NULL)
    {
      g_hash_table_remove (config->values, name);
      g_free (name);
    }
  else
    {
      g_hash_table_insert (config->values, name, g_strdup (value));
    }
}

void
armms_config_set_default (ArmmsConfig *config, const char *group, const char *key, const char *value)
{
  if (armms_config_text (config, group, key, NULL) == NULL)
    armms_config_set (config, group, key, value);
}

void
armms_config_set_secret (ArmmsConfig *config, const char *name, const guint8 *bytes, gsize size)
{
  g_mutex_lock (&config->mutex);
  g_hash_table_insert (config->secrets, g_strdup (name), secret_new (bytes, size));
  g_mutex_unlock (&config->mutex);
}

const char *
armms_config_text (ArmmsConfig *config, const char *group, const char *key, const char *fallback)
{
  g_autofree char *variable = environment_name (group, key);
  g_autofree char *name = g_strconcat (group, "/", key, NULL);
  g_autofree char *name_of_file = NULL;
  const char *value = g_getenv (variable);

  if (value != NULL)
    return keep_text (config, g_strdup (value));
  value = g_hash_table_lookup (config->values, name);
  if (value != NULL)
    return value;
  name_of_file = g_strconcat (name, "-file", NULL);
  value = g_hash_table_lookup (config->values, name_of_file);
  if (value != NULL)
    {
      char *text = NULL;
      g_autoptr(GError) error = NULL;

      if (g_file_get_contents (value, &text, NULL, &error))
        return keep_text (config, g_strchomp (text));
      g_message ("[%s] %s-file: %s", group, key, error->message);
    }
  return fallback;
}

/* A bad number at start is the administrator's to mend: going on with another one would hide it. */
static void G_GNUC_NORETURN
refuse_value (const char *group, const char *key, const char *text, const char *wanted)
{
  g_printerr ("the configuration's [%s] %s is \"%s\", but must be %s\n", group, key, text, wanted);
  exit (2);
}

gint64
armms_config_integer (ArmmsConfig *config, const char *group, const char *key, gint64 min, gint64 max, gint64 fallback)
{
  const char *text = armms_config_text (config, group, key, NULL);
  gint64 value;

  if (text == NULL || *text == '\0')
    return fallback;
  if (!g_ascii_string_to_signed (text, 10, min, max, &value, NULL))
    {
      g_autofree char *wanted = g_strdup_printf ("a number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, min, max);

      refuse_value (group, key, text, wanted);
    }
  return value;
}

gboolean
armms_config_boolean (ArmmsConfig *config, const char *group, const char *key, gboolean fallback)
{
  const char *text = armms_config_text (config, group, key, NULL);

  if (text == NULL || *text == '\0')
    return fallback;
  if (g_str_equal (text, "true") || g_str_equal (text, "yes") || g_str_equal (text, "1"))
    return TRUE;
  if (g_str_equal (text, "false") || g_str_equal (text, "no") || g_str_equal (text, "0"))
    return FALSE;
  refuse_value (group, key, text, "true or false");
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GStrv
armms_config_keys (ArmmsConfig *config, const char *group)
{
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *prefix = g_strconcat (group, "/", NULL);
  g_autofree char *variable_prefix = environment_name (group, "");
  g_auto(GStrv) variables = g_listenv ();
  GHashTableIter iter;
  gpointer name;
  GPtrArray *list = g_ptr_array_new ();

  g_hash_table_iter_init (&iter, config->values);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, prefix))
      g_hash_table_add (keys, g_strdup ((const char *) name + strlen (prefix)));
  for (gsize i = 0; variables[i] != NULL; i++)
    if (g_str_has_prefix (variables[i], variable_prefix) && variables[i][strlen (variable_prefix)] != '\0')
      {
        char *key = g_ascii_strdown (variables[i] + strlen (variable_prefix), -1);

        g_hash_table_add (keys, g_strdelimit (key, "_", '-'));
      }
  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (list, g_strdup (name));
  g_ptr_array_sort (list, compare_texts);
  g_ptr_array_add (list, NULL);
  return (GStrv) g_ptr_array_free (list, FALSE);
}

/* (transfer full): the file's bytes; NULL with an error when others may read it. */
static char *
read_secret_file (const char *path, mode_t forbidden, gsize *ret_size, GError **error)
{
  GStatBuf status;
  char *bytes = NULL;
  g_autoptr(GError) cause = NULL;

  if (g_stat (path, &status) == 0 && (status.st_mode & forbidden) != 0)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.secret_readable", "the key file %s can be read by others: chmod 600", path);
      return NULL;
    }
  if (!g_file_get_contents (path, &bytes, ret_size, &cause))
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.secret_unreadable", "the key file cannot be read: %s", cause->message);
      return NULL;
    }
  return bytes;
}

/* Strict base64, at least @min_bytes behind it; else the text is the secret itself. */
static Secret *
decode_secret (char *text, gsize size, gsize min_bytes)
{
  Secret *secret;
  gsize trimmed = size;
  g_autofree guint8 *bytes = g_malloc (size + 1);
  gsize n_bytes = 0;

  while (trimmed > 0 && g_ascii_isspace (text[trimmed - 1]))
    trimmed--;
  if (trimmed >= 4 && sodium_base642bin (bytes, size + 1, text, trimmed, NULL, &n_bytes, NULL, sodium_base64_VARIANT_ORIGINAL) == 0
      && n_bytes >= min_bytes)
    secret = secret_new (bytes, n_bytes);
  else
    secret = secret_new ((const guint8 *) text, trimmed);
  sodium_memzero (bytes, size + 1);
  sodium_memzero (text, size);
  return secret;
}

const guint8 *
armms_config_secret (ArmmsConfig *config, const char *name, gsize min_bytes, gsize *ret_size, GError **error)
{
  const char *folder = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *credential = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autofree char *variable = environment_name (NULL, name);
  g_autofree char *variable_of_file = g_strconcat (variable, "_FILE", NULL);
  g_autofree char *text = NULL;
  gsize size = 0;
  Secret *secret;

  g_mutex_lock (&config->mutex);
  secret = g_hash_table_lookup (config->secrets, name);
  g_mutex_unlock (&config->mutex);
  if (secret == NULL)
    {
      if (credential != NULL && g_file_test (credential, G_FILE_TEST_EXISTS))
        {
          text = read_secret_file (credential, S_IRWXO, &size, error);
          if (text == NULL)
            return NULL;
        }
      else if (g_getenv (variable_of_file) != NULL)
        {
          text = read_secret_file (g_getenv (variable_of_file), S_IRWXG | S_IRWXO, &size, error);
          if (text == NULL)
            return NULL;
        }
      else if (g_getenv (variable) != NULL)
        {
          text = g_strdup (g_getenv (variable));
          size = strlen (text);
        }
      else
        {
          armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.secret_missing",
                           "the secret \"%s\" is missing: give the credential %s, %s or %s", name, name, variable_of_file, variable);
          return NULL;
        }
      secret = decode_secret (text, size, min_bytes);
      g_mutex_lock (&config->mutex);
      if (!g_hash_table_contains (config->secrets, name))
        {
          g_hash_table_insert (config->secrets, g_strdup (name), secret);
        }
      else
        {
          secret_free (secret);
          secret = g_hash_table_lookup (config->secrets, name);
        }
      g_mutex_unlock (&config->mutex);
    }
  if (secret->size < min_bytes)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.secret_short", "the secret \"%s\" has %" G_GSIZE_FORMAT " bytes, %" G_GSIZE_FORMAT " are needed",
                       name, secret->size, min_bytes);
      return NULL;
    }
  if (ret_size != NULL)
    *ret_size = secret->size;
  return secret->bytes;
}
