#include "server/platform/crypto/crypto.h"

#include "server/platform/db/db-private.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <sodium.h>

#include <string.h>

#define KEY_SIZE 32
#define MARK_SIZE 8   /* of the master key: which one wrapped */
#define NONCE_SIZE 12
#define TAG_SIZE 16
#define HEADER_SIZE 5 /* version, key number */
#define INDEX_SIZE 16
#define WRAPPED_SIZE (MARK_SIZE + NONCE_SIZE + KEY_SIZE + TAG_SIZE)
#define VERSION 1

extern const ArmmsStatement armms_crypto_statements[];

/* A tenant's key in one database. */
typedef struct {
  char *name;    /* "main/<tenant>/seal/3"; owned */
  guint8 *bytes; /* sodium memory */
} Key;

/* Hangs on the ArmmsDb. */
typedef struct {
  GMutex mutex;
  GHashTable *keys;   /* name -> Key */
  GHashTable *newest; /* "main/<tenant>/seal" -> number */
} Keyring;

static void
key_free (gpointer data)
{
  Key *key = data;

  sodium_free (key->bytes);
  g_free (key->name);
  g_free (key);
}

static void
keyring_free (gpointer data)
{
  Keyring *ring = data;

  g_hash_table_unref (ring->newest);
  g_hash_table_unref (ring->keys);
  g_mutex_clear (&ring->mutex);
  g_free (ring);
}

static gpointer
keyring_new (ArmmsDb *db)
{
  Keyring *ring = g_new0 (Keyring, 1);

  g_mutex_init (&ring->mutex);
  ring->keys = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, key_free);
  ring->newest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  armms_db_add_statements (db, "crypto", "platform", armms_crypto_statements);
  return ring;
}

static Keyring *
keyring_of (ArmmsWork *work)
{
  return armms_db_attach (armms_work_get_db (work), "crypto", keyring_new, keyring_free);
}

static void
broken_seal (GError **error, const char *what)
{
  armms_error_set (error, ARMMS_ERROR_INTERNAL, "crypto.broken_seal", "%s does not open: it was changed, moved, or its key is not here", what);
}

/* --- AES-256-GCM --- */

/* @out: as long as @size, then the tag. */
static gboolean
gcm_seal (const guint8 *key, const guint8 *nonce, const char *bound_to, const guint8 *plain, gsize size, guint8 *out)
{
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();
  int n = 0;
  gboolean done = context != NULL
    && EVP_EncryptInit_ex (context, EVP_aes_256_gcm (), NULL, key, nonce) == 1
    && EVP_EncryptUpdate (context, NULL, &n, (const guint8 *) bound_to, strlen (bound_to)) == 1
    && EVP_EncryptUpdate (context, out, &n, plain, size) == 1
    && EVP_EncryptFinal_ex (context, out + size, &n) == 1
    && EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_GCM_GET_TAG, TAG_SIZE, out + size) == 1;

  EVP_CIPHER_CTX_free (context);
  return done;
}

/* @sealed: @size bytes, then the tag. */
static gboolean
gcm_open (const guint8 *key, const guint8 *nonce, const char *bound_to, const guint8 *sealed, gsize size, guint8 *out)
{
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();
  int n = 0;
  gboolean done = context != NULL
    && EVP_DecryptInit_ex (context, EVP_aes_256_gcm (), NULL, key, nonce) == 1
    && EVP_DecryptUpdate (context, NULL, &n, (const guint8 *) bound_to, strlen (bound_to)) == 1
    && EVP_DecryptUpdate (context, out, &n, sealed, size) == 1
    && EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_GCM_SET_TAG, TAG_SIZE, (void *) (sealed + size)) == 1
    && EVP_DecryptFinal_ex (context, out + size, &n) == 1;

  EVP_CIPHER_CTX_free (context);
  return done;
}

static char *
bound_to (ArmmsWork *work, const char *table, const char *column, const ArmmsId *row_id)
{
  char tenant[ARMMS_ID_TEXT_SIZE];
  char row[ARMMS_ID_TEXT_SIZE];

  return g_strdup_printf ("%s|%s|%s|%s", armms_id_format (&armms_work_get_actor (work)->tenant_id, tenant), table, column, armms_id_format (row_id, row));
}

/* --- wrapping --- */

static void
master_mark (const guint8 *master, guint8 mark[MARK_SIZE])
{
  guint8 digest[SHA256_DIGEST_LENGTH];
  guint8 labelled[KEY_SIZE + 4] = "mark";

  memcpy (labelled + 4, master, KEY_SIZE);
  SHA256 (labelled, sizeof labelled, digest);
  memcpy (mark, digest, MARK_SIZE);
  sodium_memzero (labelled, sizeof labelled);
}

/* What a wrapped key is bound to: no key serves another tenant or purpose. */
static char *
wrap_bound_to (ArmmsWork *work, const char *purpose, gint64 number)
{
  char tenant[ARMMS_ID_TEXT_SIZE];

  return g_strdup_printf ("data-key|%s|%s|%" G_GINT64_FORMAT, armms_id_format (&armms_work_get_actor (work)->tenant_id, tenant), purpose, number);
}

static GBytes *
wrap (ArmmsWork *work, const char *purpose, gint64 number, const guint8 *key, GError **error)
{
  const guint8 *master = armms_config_secret (armms_db_get_config (armms_work_get_db (work)), "master-key", KEY_SIZE, NULL, error);
  g_autofree char *bound = wrap_bound_to (work, purpose, number);
  guint8 wrapped[WRAPPED_SIZE];

  if (master == NULL)
    return NULL;
  master_mark (master, wrapped);
  if (RAND_bytes (wrapped + MARK_SIZE, NONCE_SIZE) != 1
      || !gcm_seal (master, wrapped + MARK_SIZE, bound, key, KEY_SIZE, wrapped + MARK_SIZE + NONCE_SIZE))
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "crypto.failed", "a data key could not be wrapped");
      return NULL;
    }
  return g_bytes_new (wrapped, sizeof wrapped);
}

/* The master key of @mark: the present one or the one before. */
static const guint8 *
find_master (ArmmsWork *work, const guint8 *mark)
{
  static const char *const names[] = { "master-key", "master-key-previous" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const guint8 *master = armms_config_secret (armms_db_get_config (armms_work_get_db (work)), names[i], KEY_SIZE, NULL, NULL);
      guint8 its_mark[MARK_SIZE];

      if (master == NULL)
        continue;
      master_mark (master, its_mark);
      if (sodium_memcmp (its_mark, mark, MARK_SIZE) == 0)
        return master;
    }
  return NULL;
}

static gboolean
unwrap (ArmmsWork *work, const char *purpose, gint64 number, GBytes *wrapped, guint8 *key, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (wrapped, &size);
  g_autofree char *bound = wrap_bound_to (work, purpose, number);
  const guint8 *master = size == WRAPPED_SIZE ? find_master (work, bytes) : NULL;

  if (master != NULL && gcm_open (master, bytes + MARK_SIZE, bound, bytes + MARK_SIZE + NONCE_SIZE, KEY_SIZE, key))
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_INTERNAL, "crypto.master_key", "a data key of the tenant does not open with the master key of this server");
  return FALSE;
}

/* --- the keyring --- */

static char *
ring_name (ArmmsWork *work, const char *purpose)
{
  char tenant[ARMMS_ID_TEXT_SIZE];

  return g_strdup_printf ("%s/%s/%s", armms_work_get_database (work), armms_id_format (&armms_work_get_actor (work)->tenant_id, tenant), purpose);
}

static char *
key_name (const char *ring, gint64 number)
{
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT, ring, number);
}

/* Unwraps all keys that the tenant has of @purpose. *@ret_newest: 0 when there is none. */
static gboolean
load_keys (ArmmsWork *work, Keyring *ring, const char *purpose, gint64 *ret_newest, GError **error)
{
  g_autofree char *tenant_ring = ring_name (work, purpose);
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "crypto/keys", armms_params_text (armms_params_new (), purpose), error);

  if (rows == NULL)
    return FALSE;
  *ret_newest = 0;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      gint64 number = armms_rows_integer (rows, i, "key_no");
      g_autoptr(GBytes) wrapped = armms_rows_bytes (rows, i, "wrapped");
      Key *key = g_new0 (Key, 1);

      key->name = key_name (tenant_ring, number);
      key->bytes = sodium_malloc (KEY_SIZE);
      g_assert (key->bytes != NULL);
      if (!unwrap (work, purpose, number, wrapped, key->bytes, error))
        {
          key_free (key);
          return FALSE;
        }
      sodium_mprotect_readonly (key->bytes);
      *ret_newest = MAX (*ret_newest, number);
      g_mutex_lock (&ring->mutex);
      if (g_hash_table_contains (ring->keys, key->name))
        key_free (key);
      else
        g_hash_table_insert (ring->keys, key->name, key);
      g_mutex_unlock (&ring->mutex);
    }
  g_mutex_lock (&ring->mutex);
  g_hash_table_insert (ring->newest, g_steal_pointer (&tenant_ring), GINT_TO_POINTER ((int) *ret_newest));
  g_mutex_unlock (&ring->mutex);
  return TRUE;
}

typedef struct {
  const char *purpose;
  gint64 number;
} NewKey;

static gboolean
add_key (ArmmsWork *work, gpointer user_data, GError **error)
{
  const NewKey *wanted = user_data;
  guint8 key[KEY_SIZE];
  g_autoptr(GBytes) wrapped = NULL;

  if (RAND_bytes (key, sizeof key) != 1)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "crypto.failed", "the system gave no random bytes");
      return FALSE;
    }
  wrapped = wrap (work, wanted->purpose, wanted->number, key, error);
  sodium_memzero (key, sizeof key);
  if (wrapped == NULL)
    return FALSE;
  return armms_work_execute (work, "crypto/key-add",
                             armms_params_bytes (armms_params_integer (armms_params_text (armms_params_new (), wanted->purpose), wanted->number), wrapped),
                             NULL, error);
}

static gboolean
load_own_keys (ArmmsWork *work, gpointer user_data, GError **error)
{
  gint64 newest;

  return load_keys (work, keyring_of (work), user_data, &newest, error);
}

/* Committed before anything is sealed by it: a seal must never outlive its key. Read back in a unit of its own too, because
 * the caller's may see an earlier moment. */
static gboolean
make_key (ArmmsWork *work, const char *purpose, gint64 number, GError **error)
{
  ArmmsActor actor = *armms_work_get_actor (work);
  ArmmsDb *db = armms_work_get_db (work);
  const char *schema = armms_work_get_schema (work);
  NewKey wanted = { purpose, number };

  actor.detachments = NULL;
  actor.n_detachments = 0;
  return armms_work_run (db, schema, ARMMS_WORK_WRITE, &actor, add_key, &wanted, error)
         && armms_work_run (db, schema, ARMMS_WORK_READ_FRESH, &actor, load_own_keys, (gpointer) purpose, error);
}

static const guint8 *
look_up (Keyring *ring, const char *tenant_ring, gint64 number)
{
  const Key *key;
  g_autofree char *name = NULL;

  g_mutex_lock (&ring->mutex);
  if (number == 0)
    number = GPOINTER_TO_INT (g_hash_table_lookup (ring->newest, tenant_ring));
  name = key_name (tenant_ring, number);
  key = g_hash_table_lookup (ring->keys, name);
  g_mutex_unlock (&ring->mutex);
  return key != NULL ? key->bytes : NULL; /* never removed while the ArmmsDb lives */
}

/* The key of @number; 0: the newest, made when @make and there is none. */
static const guint8 *
find_key (ArmmsWork *work, const char *purpose, gint64 number, gboolean make, gint64 *ret_number, GError **error)
{
  Keyring *ring = keyring_of (work);
  g_autofree char *tenant_ring = ring_name (work, purpose);
  const guint8 *key = look_up (ring, tenant_ring, number);
  gint64 newest = 0;

  if (armms_id_is_nil (&armms_work_get_actor (work)->tenant_id))
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "crypto.no_tenant", "there are no data keys without a tenant");
      return NULL;
    }
  if (key == NULL)
    {
      if (!load_keys (work, ring, purpose, &newest, error))
        return NULL;
      if (newest == 0 && make && !make_key (work, purpose, 1, error))
        return NULL;
      key = look_up (ring, tenant_ring, number);
    }
  if (key == NULL)
    {
      if (number != 0)
        broken_seal (error, "a sealed value");
      else
        armms_error_set (error, ARMMS_ERROR_INTERNAL, "crypto.no_key", "the tenant has no data key");
      return NULL;
    }
  if (ret_number != NULL)
    {
      g_mutex_lock (&ring->mutex);
      *ret_number = number != 0 ? number : GPOINTER_TO_INT (g_hash_table_lookup (ring->newest, tenant_ring));
      g_mutex_unlock (&ring->mutex);
    }
  return key;
}

/* --- the door --- */

GBytes *
armms_crypto_seal (ArmmsWork *work, const char *table, const char *column, const ArmmsId *row_id, const char *text, GError **error)
{
  g_autofree char *bound = NULL;
  g_autofree guint8 *sealed = NULL;
  const guint8 *key;
  gint64 number;
  guint32 wire;
  gsize size;

  if (text == NULL)
    return NULL;
  key = find_key (work, "seal", 0, TRUE, &number, error);
  if (key == NULL)
    return NULL;
  size = strlen (text);
  bound = bound_to (work, table, column, row_id);
  sealed = g_malloc (HEADER_SIZE + NONCE_SIZE + size + TAG_SIZE);
  sealed[0] = VERSION;
  wire = GUINT32_TO_BE ((guint32) number);
  memcpy (sealed + 1, &wire, sizeof wire);
  if (RAND_bytes (sealed + HEADER_SIZE, NONCE_SIZE) != 1
      || !gcm_seal (key, sealed + HEADER_SIZE, bound, (const guint8 *) text, size, sealed + HEADER_SIZE + NONCE_SIZE))
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "crypto.failed", "%s.%s could not be sealed", table, column);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&sealed), HEADER_SIZE + NONCE_SIZE + size + TAG_SIZE);
}

char *
armms_crypto_open (ArmmsWork *work, const char *table, const char *column, const ArmmsId *row_id, GBytes *sealed, GError **error)
{
  g_autofree char *bound = NULL;
  g_autofree char *what = g_strconcat (table, ".", column, NULL);
  g_autofree char *text = NULL;
  const guint8 *bytes, *key;
  guint32 wire;
  gsize size;

  if (sealed == NULL)
    return NULL;
  bytes = g_bytes_get_data (sealed, &size);
  if (size < HEADER_SIZE + NONCE_SIZE + TAG_SIZE || bytes[0] != VERSION)
    {
      broken_seal (error, what);
      return NULL;
    }
  memcpy (&wire, bytes + 1, sizeof wire);
  if (wire == 0)
    {
      broken_seal (error, what);
      return NULL;
    }
  key = find_key (work, "seal", GUINT32_FROM_BE (wire), FALSE, NULL, error);
  if (key == NULL)
    return NULL;
  bound = bound_to (work, table, column, row_id);
  size -= HEADER_SIZE + NONCE_SIZE + TAG_SIZE;
  text = g_malloc0 (size + TAG_SIZE + 1);
  if (!gcm_open (key, bytes + HEADER_SIZE, bound, bytes + HEADER_SIZE + NONCE_SIZE, size, (guint8 *) text))
    {
      broken_seal (error, what);
      return NULL;
    }
  text[size] = '\0';
  return g_steal_pointer (&text);
}

GBytes *
armms_crypto_index (ArmmsWork *work, const char *table, const char *column, const char *text, GError **error)
{
  g_autofree char *message = NULL;
  const guint8 *key;
  guint8 digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;

  if (text == NULL)
    return NULL;
  key = find_key (work, "index", 0, TRUE, NULL, error);
  if (key == NULL)
    return NULL;
  message = g_strconcat (table, "|", column, "|", text, NULL);
  if (HMAC (EVP_sha256 (), key, KEY_SIZE, (const guint8 *) message, strlen (message), digest, &size) == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "crypto.failed", "%s.%s could not be hashed", table, column);
      return NULL;
    }
  return g_bytes_new (digest, INDEX_SIZE);
}

gboolean
armms_crypto_rotate (ArmmsWork *work, GError **error)
{
  gint64 newest = 0;

  return load_keys (work, keyring_of (work), "seal", &newest, error) && make_key (work, "seal", newest + 1, error);
}

gboolean
armms_crypto_rewrap (ArmmsWork *work, gint64 *ret_keys, GError **error)
{
  static const char *const purposes[] = { "seal", "index" };
  gint64 n = 0;

  keyring_of (work);
  for (gsize p = 0; p < G_N_ELEMENTS (purposes); p++)
    {
      g_autoptr(ArmmsRows) rows = armms_work_query (work, "crypto/keys", armms_params_text (armms_params_new (), purposes[p]), error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < armms_rows_count (rows); i++)
        {
          gint64 number = armms_rows_integer (rows, i, "key_no");
          g_autoptr(GBytes) old = armms_rows_bytes (rows, i, "wrapped");
          g_autoptr(GBytes) new = NULL;
          guint8 key[KEY_SIZE];

          if (!unwrap (work, purposes[p], number, old, key, error))
            return FALSE;
          new = wrap (work, purposes[p], number, key, error);
          sodium_memzero (key, sizeof key);
          if (new == NULL
              || !armms_work_execute (work, "crypto/key-rewrap",
                                      armms_params_bytes (armms_params_integer (armms_params_text (armms_params_new (), purposes[p]), number), new), NULL, error))
            return FALSE;
          n++;
        }
    }
  if (ret_keys != NULL)
    *ret_keys = n;
  return TRUE;
}
