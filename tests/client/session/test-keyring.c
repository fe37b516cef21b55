/* The system's keyring: run by headless.sh, once with a keyring that is unlocked, once with none that answers. */
#include "client/session/keyring.h"

#include "tests/client/fake-server.h"

#define SERVER "https://armms.example.com"

static gboolean
store (ArmmsKeyring *keyring, const char *token, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  armms_keyring_store_async (keyring, SERVER, "ana", token, NULL, armms_keep_result_cb, &result);
  armms_wait_until (result != NULL);
  return armms_keyring_store_finish (keyring, result, error);
}

static char *
look_up (ArmmsKeyring *keyring, const char *login, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  armms_keyring_lookup_async (keyring, SERVER, login, NULL, armms_keep_result_cb, &result);
  armms_wait_until (result != NULL);
  return armms_keyring_lookup_finish (keyring, result, error);
}

static void
a_token_is_kept_and_forgotten (void)
{
  g_autoptr(ArmmsKeyring) keyring = armms_keyring_new_system (0);
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *kept = NULL, *other = NULL, *gone = NULL;
  GError *error = NULL;

  g_assert_true (store (keyring, "first", &error));
  g_assert_no_error (error);
  g_assert_true (store (keyring, "second", &error));
  kept = look_up (keyring, "ana", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kept, ==, "second");
  other = look_up (keyring, "ben", &error);
  g_assert_no_error (error);
  g_assert_null (other);
  armms_keyring_forget_async (keyring, SERVER, "ana", NULL, armms_keep_result_cb, &result);
  armms_wait_until (result != NULL);
  g_assert_true (armms_keyring_forget_finish (keyring, result, &error));
  gone = look_up (keyring, "ana", &error);
  g_assert_no_error (error);
  g_assert_null (gone);
}

static void
a_silent_keyring_is_given_up (void)
{
  g_autoptr(ArmmsKeyring) keyring = armms_keyring_new_system (700);
  g_autoptr(GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  g_assert_false (store (keyring, "token", &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "client.keyring");
  g_assert_cmpint (g_get_monotonic_time () - began, <, 4 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_strcmp0 (g_getenv ("ARMMS_KEYRING"), "unlocked") == 0)
    g_test_add_func ("/client/keyring/a_token_is_kept_and_forgotten", a_token_is_kept_and_forgotten);
  else
    g_test_add_func ("/client/keyring/a_silent_keyring_is_given_up", a_silent_keyring_is_given_up);
  return g_test_run ();
}
