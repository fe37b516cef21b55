/* Passwords, tokens, proofs, lock-out: what opens and what does not. */
#include "server/platform/auth/lock-out.h"
#include "server/platform/auth/password.h"
#include "server/platform/auth/token.h"

#include <jwt.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static ArmmsTokens *
tokens_of (guint8 fill)
{
  g_autoptr(ArmmsConfig) config = armms_config_new ();
  g_autoptr(GError) error = NULL;
  guint8 key[32];
  ArmmsTokens *tokens;

  memset (key, fill, sizeof key);
  armms_config_set_secret (config, "jwt-key", key, sizeof key);
  tokens = armms_tokens_new (config, &error);
  g_assert_no_error (error);
  return tokens;
}

static ArmmsCaller *
some_caller (void)
{
  static const char *const scopes[] = { "hr:read", "payroll:read", NULL };
  ArmmsCaller *caller = armms_caller_new ();

  caller->tenant_id = armms_id_new ();
  caller->user_id = armms_id_new ();
  caller->session_id = armms_id_new ();
  caller->scopes = g_strdupv ((char **) scopes);
  return caller;
}

static void
assert_refused (ArmmsTokens *tokens, const char *token)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (armms_tokens_read (tokens, token, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "auth.token");
}

static void
test_token (void)
{
  g_autoptr(ArmmsTokens) tokens = tokens_of (1);
  g_autoptr(ArmmsTokens) others = tokens_of (2);
  g_autoptr(ArmmsCaller) caller = some_caller ();
  g_autofree char *token = armms_tokens_issue (tokens, caller, 900);
  g_autofree char *short_lived = armms_tokens_issue (tokens, caller, 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsCaller) read = armms_tokens_read (tokens, token, &error);

  g_assert_no_error (error);
  g_assert_true (armms_id_equal (&read->tenant_id, &caller->tenant_id));
  g_assert_true (armms_id_equal (&read->user_id, &caller->user_id));
  g_assert_true (armms_id_equal (&read->session_id, &caller->session_id));
  g_assert_true (armms_caller_has_scope (read, "payroll:read"));
  g_assert_false (armms_caller_has_scope (read, "payroll:close"));
  g_assert_cmpint (read->expires_at_us, <=, g_get_monotonic_time () + 900 * G_USEC_PER_SEC);
  assert_refused (others, token);
  /* every letter matters */
  for (gsize i = 0; i < strlen (token); i += 7)
    {
      g_autofree char *bent = g_strdup (token);

      bent[i] = bent[i] == 'A' ? 'B' : 'A';
      /* the last letters of a base64 part may hold bits that say nothing: those aside */
      if (bent[i + 1] != '.' && bent[i + 1] != '\0')
        assert_refused (tokens, bent);
    }
  g_usleep (2100000);
  assert_refused (tokens, short_lived);
}

/* Signed with the right key, and wrong all the same. @change: what to do to it. */
static char *
forge (const char *header_kid, jwt_alg_t alg, const char *issuer, const char *audience, long starts, long ends)
{
  jwt_t *jwt = NULL;
  guint8 root[32], key[32], id[16], secret[32];
  char kid[17];
  char *text, *copy;

  memset (secret, 1, sizeof secret);
  crypto_generichash (root, sizeof root, secret, sizeof secret, NULL, 0);
  crypto_generichash (key, sizeof key, (const guint8 *) "access-token-key", strlen ("access-token-key"), root, sizeof root);
  crypto_generichash (id, sizeof id, (const guint8 *) "key-id", 6, key, sizeof key);
  sodium_bin2hex (kid, sizeof kid, id, 8);
  g_assert_cmpint (jwt_new (&jwt), ==, 0);
  g_assert_cmpint (jwt_set_alg (jwt, alg, alg == JWT_ALG_NONE ? NULL : key, alg == JWT_ALG_NONE ? 0 : 32), ==, 0);
  jwt_add_header (jwt, "kid", header_kid != NULL ? header_kid : kid);
  jwt_add_grant (jwt, "iss", issuer);
  jwt_add_grant (jwt, "aud", audience);
  jwt_add_grant (jwt, "sub", "01900000-0000-7000-8000-000000000001");
  jwt_add_grant (jwt, "sid", "01900000-0000-7000-8000-000000000002");
  jwt_add_grant_int (jwt, "nbf", time (NULL) + starts);
  if (ends != 0)
    jwt_add_grant_int (jwt, "exp", time (NULL) + ends);
  text = jwt_encode_str (jwt);
  copy = g_strdup (text);
  free (text);
  jwt_free (jwt);
  return copy;
}

static void
test_forged (void)
{
  static const struct { const char *name, *kid; jwt_alg_t alg; const char *issuer, *audience; long starts, ends; gboolean good; } cases[] = {
    { "as it should be", NULL, JWT_ALG_HS256, "armms", "armms-api", -5, 900, TRUE },
    { "no algorithm", NULL, JWT_ALG_NONE, "armms", "armms-api", -5, 900, FALSE },
    { "another algorithm of the same key", NULL, JWT_ALG_HS512, "armms", "armms-api", -5, 900, FALSE },
    { "an unknown key id", "0000000000000000", JWT_ALG_HS256, "armms", "armms-api", -5, 900, FALSE },
    { "another issuer", NULL, JWT_ALG_HS256, "evil", "armms-api", -5, 900, FALSE },
    { "another audience", NULL, JWT_ALG_HS256, "armms", "other", -5, 900, FALSE },
    { "expired", NULL, JWT_ALG_HS256, "armms", "armms-api", -905, -1, FALSE },
    { "not yet", NULL, JWT_ALG_HS256, "armms", "armms-api", 60, 900, FALSE },
    { "for ever", NULL, JWT_ALG_HS256, "armms", "armms-api", -5, 0, FALSE },
  };
  g_autoptr(ArmmsTokens) tokens = tokens_of (1);
  g_autofree char *long_one = g_strnfill (5000, 'a');

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *token = forge (cases[i].kid, cases[i].alg, cases[i].issuer, cases[i].audience, cases[i].starts, cases[i].ends);
      g_autoptr(ArmmsCaller) caller = armms_tokens_read (tokens, token, NULL);

      if ((caller != NULL) != cases[i].good)
        g_error ("%s", cases[i].name);
    }
  assert_refused (tokens, long_one);
  assert_refused (tokens, "");
  assert_refused (tokens, "..");
  assert_refused (tokens, "e30.e30.");
}

static void
test_previous_key (void)
{
  g_autoptr(ArmmsTokens) old = tokens_of (1);
  g_autoptr(ArmmsCaller) caller = some_caller ();
  g_autofree char *token = armms_tokens_issue (old, caller, 900);
  g_autoptr(ArmmsConfig) config = armms_config_new ();
  g_autoptr(ArmmsTokens) tokens = NULL;
  g_autoptr(ArmmsCaller) read = NULL;
  guint8 key[32], previous[32];

  memset (key, 2, sizeof key);
  memset (previous, 1, sizeof previous);
  armms_config_set_secret (config, "jwt-key", key, sizeof key);
  armms_config_set_secret (config, "jwt-key-previous", previous, sizeof previous);
  tokens = armms_tokens_new (config, NULL);
  read = armms_tokens_read (tokens, token, NULL);
  g_assert_nonnull (read);
}

static void
test_proof (void)
{
  g_autoptr(ArmmsTokens) tokens = tokens_of (1);
  g_autoptr(ArmmsTokens) others = tokens_of (2);
  g_autofree char *proof = armms_tokens_issue_device_proof (tokens, "ana");

  g_assert_true (armms_tokens_check_device_proof (tokens, "ana", proof));
  g_assert_false (armms_tokens_check_device_proof (tokens, "bea", proof));
  g_assert_false (armms_tokens_check_device_proof (others, "ana", proof));
  g_assert_false (armms_tokens_check_device_proof (tokens, "ana", NULL));
  g_assert_false (armms_tokens_check_device_proof (tokens, "ana", "AAAA"));
}

static void
test_secret (void)
{
  g_autofree char *secret = armms_secret_new ();
  g_autofree char *other = armms_secret_new ();
  g_autoptr(GBytes) hash = armms_secret_hash (secret);

  g_assert_cmpuint (strlen (secret), ==, 43);
  g_assert_true (armms_secret_matches (hash, secret));
  g_assert_false (armms_secret_matches (hash, other));
  g_assert_false (armms_secret_matches (NULL, secret));
}

static void
test_password (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *hash = armms_password_hash ("a good long one", &error);
  gboolean right = FALSE, weak = TRUE;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (hash, "$argon2id$v=19$m=47104,t=1,p=1$"));
  g_assert_true (armms_password_verify (hash, "a good long one", &right, &weak, NULL));
  g_assert_true (right && !weak);
  g_assert_true (armms_password_verify (hash, "a good long two", &right, &weak, NULL));
  g_assert_true (!right && !weak);
  g_assert_true (armms_password_verify (NULL, "a good long one", &right, &weak, NULL));
  g_assert_false (right);
  g_assert_false (armms_password_check_rules ("short", NULL, "password", &error));
  g_clear_error (&error);
  g_assert_false (armms_password_check_rules ("long.enough@login", "long.enough@login", "password", &error));
}

static void
test_lock_out (void)
{
  ArmmsLockOut *lock_out = armms_lock_out_new ();

  for (guint i = 0; i < 4; i++)
    armms_lock_out_failed (lock_out, "ana", "198.51.100.1", NULL);
  g_assert_true (armms_lock_out_check (lock_out, "ana", "198.51.100.1", NULL, NULL));
  armms_lock_out_failed (lock_out, "ANA", "198.51.100.1", NULL);
  g_assert_false (armms_lock_out_check (lock_out, "ana", "198.51.100.1", NULL, NULL));
  g_assert_true (armms_lock_out_check (lock_out, "ana", "198.51.100.2", NULL, NULL));
  g_assert_true (armms_lock_out_check (lock_out, "bea", "198.51.100.1", NULL, NULL));
  g_assert_true (armms_lock_out_check (lock_out, "ana", "198.51.100.1", "proof", NULL));
  g_usleep (2100000);
  g_assert_true (armms_lock_out_check (lock_out, "ana", "198.51.100.1", NULL, NULL));
  /* the wait doubles */
  armms_lock_out_failed (lock_out, "ana", "198.51.100.1", NULL);
  g_usleep (2100000);
  g_assert_false (armms_lock_out_check (lock_out, "ana", "198.51.100.1", NULL, NULL));
  armms_lock_out_succeeded (lock_out, "ana", "198.51.100.1", NULL);
  g_assert_true (armms_lock_out_check (lock_out, "ana", "198.51.100.1", NULL, NULL));
  armms_lock_out_free (lock_out);
}

static gboolean
is_of (const ArmmsCaller *caller, gconstpointer data)
{
  return armms_id_equal (&caller->user_id, data);
}

static void
test_cache (void)
{
  ArmmsCallerCache *cache = armms_caller_cache_new (2);
  g_autoptr(ArmmsCaller) ana = some_caller ();
  g_autoptr(ArmmsCaller) bea = some_caller ();
  g_autoptr(ArmmsCaller) found = NULL;

  ana->expires_at_us = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  bea->expires_at_us = g_get_monotonic_time () - 1;
  armms_caller_cache_add (cache, "Bearer a", ana);
  armms_caller_cache_add (cache, "Bearer b", bea);
  found = armms_caller_cache_find (cache, "Bearer a");
  g_assert_true (found == ana);
  g_assert_null (armms_caller_cache_find (cache, "Bearer b"));
  g_assert_null (armms_caller_cache_find (cache, "Bearer c"));
  armms_caller_cache_forget (cache, is_of, &ana->user_id);
  g_assert_null (armms_caller_cache_find (cache, "Bearer a"));
  armms_caller_cache_free (cache);
}

/* Secrets are compared in constant time only: no memcmp or strcmp of them in the folder. */
static void
test_no_plain_compare (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("ARMMS_SOURCE_ROOT") != NULL ? g_getenv ("ARMMS_SOURCE_ROOT") : ".", "server/platform/auth", NULL);
  static const char *const files[] = { "token.c", "password.c", "lock-out.c" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i], NULL);
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_null (strstr (text, " memcmp ("));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/auth/a token says who and for how long", test_token);
  g_test_add_func ("/auth/forged tokens", test_forged);
  g_test_add_func ("/auth/the key before still opens", test_previous_key);
  g_test_add_func ("/auth/proof of a device", test_proof);
  g_test_add_func ("/auth/secrets", test_secret);
  g_test_add_func ("/auth/passwords", test_password);
  g_test_add_func ("/auth/lock-out", test_lock_out);
  g_test_add_func ("/auth/the cache of callers", test_cache);
  g_test_add_func ("/auth/no plain compare", test_no_plain_compare);
  return g_test_run ();
}
