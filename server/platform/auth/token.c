#include "server/platform/auth/token.h"

#include <json-glib/json-glib.h>
#include <jwt.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define ISSUER "armms"
#define AUDIENCE "armms-api"
#define KEY_SIZE 32
#define MAX_KEYS 2
#define PROOF_NONCE 16
#define PROOF_MAC 16

typedef struct {
  guint8 bytes[KEY_SIZE];
  char id[17];
} Key;

struct _ArmmsTokens {
  Key *keys;          /* sodium memory */
  guint n_keys;
  guint8 *proof_key;  /* sodium memory, KEY_SIZE */
};

/* One secret, several keys: each hashed under its purpose. */
static void
derive (guint8 key[KEY_SIZE], const guint8 *secret, gsize size, const char *purpose)
{
  guint8 root[KEY_SIZE];

  crypto_generichash (root, sizeof root, secret, size, NULL, 0);
  crypto_generichash (key, KEY_SIZE, (const guint8 *) purpose, strlen (purpose), root, sizeof root);
  sodium_memzero (root, sizeof root);
}

static void
add_key (ArmmsTokens *tokens, const guint8 *secret, gsize size)
{
  Key *key = &tokens->keys[tokens->n_keys++];
  guint8 id[crypto_generichash_BYTES_MIN];

  derive (key->bytes, secret, size, "access-token-key");
  crypto_generichash (id, sizeof id, (const guint8 *) "key-id", 6, key->bytes, KEY_SIZE);
  sodium_bin2hex (key->id, sizeof key->id, id, sizeof key->id / 2);
}

ArmmsTokens *
armms_tokens_new (ArmmsConfig *config, GError **error)
{
  gsize size = 0;
  const guint8 *secret, *previous;
  ArmmsTokens *tokens;

  if (sodium_init () < 0)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "crypto.init", "libsodium cannot be used here");
      return NULL;
    }
  secret = armms_config_secret (config, "jwt-key", 32, &size, error);
  if (secret == NULL)
    return NULL;
  tokens = g_new0 (ArmmsTokens, 1);
  tokens->keys = sodium_allocarray (MAX_KEYS, sizeof (Key));
  tokens->proof_key = sodium_malloc (KEY_SIZE);
  g_assert (tokens->keys != NULL && tokens->proof_key != NULL);
  add_key (tokens, secret, size);
  derive (tokens->proof_key, secret, size, "device-proof-key");
  previous = armms_config_secret (config, "jwt-key-previous", 32, &size, /* error= */ NULL);
  if (previous != NULL)
    add_key (tokens, previous, size);
  return tokens;
}

void
armms_tokens_free (ArmmsTokens *tokens)
{
  if (tokens == NULL)
    return;
  sodium_free (tokens->keys);
  sodium_free (tokens->proof_key);
  g_free (tokens);
}

static char *
scopes_json (const ArmmsCaller *caller)
{
  GString *json = g_string_new ("{\"scopes\":[");

  for (gsize i = 0; caller->scopes != NULL && caller->scopes[i] != NULL; i++)
    g_string_append_printf (json, "%s\"%s\"", i > 0 ? "," : "", caller->scopes[i]);
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}

char *
armms_tokens_issue (ArmmsTokens *tokens, const ArmmsCaller *caller, guint seconds)
{
  char user[ARMMS_ID_TEXT_SIZE], tenant[ARMMS_ID_TEXT_SIZE], session[ARMMS_ID_TEXT_SIZE];
  g_autofree char *scopes = scopes_json (caller);
  const Key *key = &tokens->keys[0];
  long now = (long) (g_get_real_time () / G_USEC_PER_SEC);
  jwt_t *jwt = NULL;
  char *encoded;
  char *token = NULL;

  if (jwt_new (&jwt) != 0)
    g_error ("out of memory");
  if (jwt_set_alg (jwt, JWT_ALG_HS256, key->bytes, KEY_SIZE) == 0 && jwt_add_header (jwt, "kid", key->id) == 0
      && jwt_add_grant (jwt, "iss", ISSUER) == 0 && jwt_add_grant (jwt, "aud", AUDIENCE) == 0
      && jwt_add_grant (jwt, "sub", armms_id_format (&caller->user_id, user)) == 0
      && (armms_id_is_nil (&caller->tenant_id) || jwt_add_grant (jwt, "tid", armms_id_format (&caller->tenant_id, tenant)) == 0)
      && jwt_add_grant (jwt, "sid", armms_id_format (&caller->session_id, session)) == 0
      && jwt_add_grant_int (jwt, "iat", now) == 0 && jwt_add_grant_int (jwt, "nbf", now - 5) == 0
      && jwt_add_grant_int (jwt, "exp", now + (long) seconds) == 0 && jwt_add_grants_json (jwt, scopes) == 0)
    {
      encoded = jwt_encode_str (jwt);
      token = g_strdup (encoded);
      free (encoded);
    }
  jwt_free (jwt);
  return token;
}

/* The header says which key: read by ourselves, before anything in it is believed. */
static const Key *
find_key (ArmmsTokens *tokens, const char *token)
{
  g_autofree guint8 *header = g_malloc0 (ARMMS_TOKEN_MAX_BYTES + 1);
  gsize size = 0, letters = strcspn (token, ".");
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object;
  const char *kid, *alg;

  if (sodium_base642bin (header, ARMMS_TOKEN_MAX_BYTES, token, letters, NULL, &size, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
    return NULL;
  node = size < 512 ? json_from_string ((const char *) header, NULL) : NULL;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  object = json_node_get_object (node);
  alg = json_object_get_string_member_with_default (object, "alg", "");
  kid = json_object_get_string_member_with_default (object, "kid", "");
  if (g_strcmp0 (alg, "HS256") != 0)
    return NULL;
  for (guint i = 0; i < tokens->n_keys; i++)
    if (g_strcmp0 (tokens->keys[i].id, kid) == 0)
      return &tokens->keys[i];
  return NULL;
}

static gboolean
read_id (jwt_t *jwt, const char *name, ArmmsId *ret_id)
{
  const char *text = jwt_get_grant (jwt, name);

  return text != NULL && armms_id_parse (text, ret_id);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GStrv
read_scopes (jwt_t *jwt)
{
  char *text = jwt_get_grants_json (jwt, "scopes");
  g_autoptr(JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;
  g_autoptr(GPtrArray) scopes = g_ptr_array_new_with_free_func (g_free);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      {
        const char *scope = json_array_get_string_element (json_node_get_array (node), i);

        if (scope != NULL)
          g_ptr_array_add (scopes, g_strdup (scope));
      }
  free (text);
  g_ptr_array_sort (scopes, compare_texts);
  g_ptr_array_add (scopes, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&scopes), FALSE);
}

static ArmmsCaller *
read_claims (jwt_t *jwt)
{
  g_autoptr(ArmmsCaller) caller = armms_caller_new ();
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 expires = jwt_get_grant_int (jwt, "exp");

  if (jwt_get_alg (jwt) != JWT_ALG_HS256 || g_strcmp0 (jwt_get_grant (jwt, "iss"), ISSUER) != 0
      || g_strcmp0 (jwt_get_grant (jwt, "aud"), AUDIENCE) != 0 || expires <= now || jwt_get_grant_int (jwt, "nbf") > now
      || !read_id (jwt, "sub", &caller->user_id) || !read_id (jwt, "sid", &caller->session_id))
    return NULL;
  if (jwt_get_grant (jwt, "tid") != NULL && !read_id (jwt, "tid", &caller->tenant_id))
    return NULL;
  caller->principal_id = caller->user_id;
  caller->scopes = read_scopes (jwt);
  caller->expires_at_us = g_get_monotonic_time () + (expires - now) * G_USEC_PER_SEC;
  return g_steal_pointer (&caller);
}

ArmmsCaller *
armms_tokens_read (ArmmsTokens *tokens, const char *token, GError **error)
{
  const Key *key = strlen (token) <= ARMMS_TOKEN_MAX_BYTES ? find_key (tokens, token) : NULL;
  ArmmsCaller *caller = NULL;
  jwt_t *jwt = NULL;

  if (key != NULL && jwt_decode (&jwt, token, key->bytes, KEY_SIZE) == 0)
    {
      caller = read_claims (jwt);
      jwt_free (jwt);
    }
  if (caller == NULL)
    armms_error_set (error, ARMMS_ERROR_UNAUTHENTICATED, "auth.token", "the access token is not valid, or no longer: refresh it or sign in");
  return caller;
}

/* Device proofs */

static void
sign_proof (ArmmsTokens *tokens, const char *login, const guint8 nonce[PROOF_NONCE], guint8 mac[PROOF_MAC])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, tokens->proof_key, KEY_SIZE, PROOF_MAC);
  crypto_generichash_update (&state, nonce, PROOF_NONCE);
  crypto_generichash_update (&state, (const guint8 *) login, strlen (login));
  crypto_generichash_final (&state, mac, PROOF_MAC);
}

char *
armms_tokens_issue_device_proof (ArmmsTokens *tokens, const char *login)
{
  guint8 bytes[PROOF_NONCE + PROOF_MAC];
  gsize room = sodium_base64_ENCODED_LEN (sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);

  randombytes_buf (bytes, PROOF_NONCE);
  sign_proof (tokens, login, bytes, bytes + PROOF_NONCE);
  return sodium_bin2base64 (g_malloc (room), room, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

gboolean
armms_tokens_check_device_proof (ArmmsTokens *tokens, const char *login, const char *proof)
{
  guint8 bytes[PROOF_NONCE + PROOF_MAC + 4], mac[PROOF_MAC];
  gsize size = 0;

  if (proof == NULL || sodium_base642bin (bytes, sizeof bytes, proof, strlen (proof), NULL, &size, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0
      || size != PROOF_NONCE + PROOF_MAC)
    return FALSE;
  sign_proof (tokens, login, bytes, mac);
  return sodium_memcmp (mac, bytes + PROOF_NONCE, PROOF_MAC) == 0;
}

/* Secrets */

char *
armms_secret_new (void)
{
  guint8 bytes[32];
  gsize room = sodium_base64_ENCODED_LEN (sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);

  randombytes_buf (bytes, sizeof bytes);
  return sodium_bin2base64 (g_malloc (room), room, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

GBytes *
armms_secret_hash (const char *secret)
{
  guint8 hash[crypto_hash_sha256_BYTES];

  crypto_hash_sha256 (hash, (const guint8 *) secret, strlen (secret));
  return g_bytes_new (hash, sizeof hash);
}

char *
armms_secret_hash_hex (const char *secret)
{
  g_autoptr(GBytes) hash = armms_secret_hash (secret);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (hash, &size);

  return sodium_bin2hex (g_malloc (2 * size + 1), 2 * size + 1, bytes, size);
}

gboolean
armms_secret_matches (GBytes *hash, const char *secret)
{
  g_autoptr(GBytes) shown = armms_secret_hash (secret);

  return hash != NULL && g_bytes_get_size (hash) == g_bytes_get_size (shown)
         && sodium_memcmp (g_bytes_get_data (hash, NULL), g_bytes_get_data (shown, NULL), g_bytes_get_size (shown)) == 0;
}

/* The cache */

typedef struct { guint8 bytes[crypto_hash_sha256_BYTES]; } Digest;

struct _ArmmsCallerCache {
  GRWLock lock;
  GHashTable *callers; /* Digest -> ArmmsCaller */
  guint max;
};

static guint
hash_digest (gconstpointer key)
{
  guint hash;

  memcpy (&hash, key, sizeof hash);
  return hash;
}

static gboolean
equal_digests (gconstpointer a, gconstpointer b)
{
  return sodium_memcmp (a, b, sizeof (Digest)) == 0;
}

static Digest
digest_of (const char *authorization)
{
  Digest digest;

  crypto_hash_sha256 (digest.bytes, (const guint8 *) authorization, strlen (authorization));
  return digest;
}

ArmmsCallerCache *
armms_caller_cache_new (guint max)
{
  ArmmsCallerCache *cache = g_new0 (ArmmsCallerCache, 1);

  g_rw_lock_init (&cache->lock);
  cache->callers = g_hash_table_new_full (hash_digest, equal_digests, g_free, (GDestroyNotify) armms_caller_unref);
  cache->max = max;
  return cache;
}

void
armms_caller_cache_free (ArmmsCallerCache *cache)
{
  if (cache == NULL)
    return;
  g_hash_table_unref (cache->callers);
  g_rw_lock_clear (&cache->lock);
  g_free (cache);
}

ArmmsCaller *
armms_caller_cache_find (ArmmsCallerCache *cache, const char *authorization)
{
  Digest digest = digest_of (authorization);
  ArmmsCaller *caller;

  g_rw_lock_reader_lock (&cache->lock);
  caller = g_hash_table_lookup (cache->callers, &digest);
  if (caller != NULL)
    caller = caller->expires_at_us > g_get_monotonic_time () ? armms_caller_ref (caller) : NULL;
  g_rw_lock_reader_unlock (&cache->lock);
  return caller;
}

static gboolean
is_over (gpointer key, gpointer value, gpointer now_us)
{
  return ((ArmmsCaller *) value)->expires_at_us <= *(gint64 *) now_us;
}

void
armms_caller_cache_add (ArmmsCallerCache *cache, const char *authorization, ArmmsCaller *caller)
{
  Digest digest = digest_of (authorization);
  gint64 now_us = g_get_monotonic_time ();

  g_rw_lock_writer_lock (&cache->lock);
  if (g_hash_table_size (cache->callers) >= cache->max)
    g_hash_table_foreach_remove (cache->callers, is_over, &now_us);
  if (g_hash_table_size (cache->callers) >= cache->max)
    g_hash_table_remove_all (cache->callers);
  g_hash_table_replace (cache->callers, g_memdup2 (&digest, sizeof digest), armms_caller_ref (caller));
  g_rw_lock_writer_unlock (&cache->lock);
}

void
armms_caller_cache_forget (ArmmsCallerCache *cache, gboolean (*matches) (const ArmmsCaller *, gconstpointer), gconstpointer data)
{
  GHashTableIter iter;
  gpointer value;

  g_rw_lock_writer_lock (&cache->lock);
  g_hash_table_iter_init (&iter, cache->callers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (matches (value, data))
      g_hash_table_iter_remove (&iter);
  g_rw_lock_writer_unlock (&cache->lock);
}
