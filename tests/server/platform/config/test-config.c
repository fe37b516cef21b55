/* The configuration: file, environment, and the secrets that neither file nor others may hold. */
#include "server/platform/config/config.h"

#include <glib/gstdio.h>

#include <string.h>

static char *
write_file (const char *text, int mode)
{
  char *path = NULL;
  int fd = g_file_open_tmp ("armms-config-XXXXXX", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_chmod (path, mode);
  return path;
}

static ArmmsConfig *
load (const char *text)
{
  g_autofree char *path = write_file (text, 0644);
  GError *error = NULL;
  ArmmsConfig *config = armms_config_load (path, &error);

  g_assert_no_error (error);
  g_unlink (path);
  return config;
}

static void
assert_refused (const char *text, const char *code)
{
  g_autofree char *path = write_file (text, 0644);
  g_autoptr(GError) error = NULL;

  g_assert_null (armms_config_load (path, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, code);
  g_unlink (path);
}

static void
test_values (void)
{
  g_autoptr(ArmmsConfig) config = load ("[server]\nlisten=127.0.0.1\nport=8443\npublic=true\n[database]\nmain=dbname=armms\npayroll=dbname=pay\n[schemas]\npayroll=payroll\n");
  g_auto(GStrv) databases = armms_config_keys (config, "database");

  g_assert_cmpstr (armms_config_text (config, "server", "listen", "x"), ==, "127.0.0.1");
  g_assert_cmpstr (armms_config_text (config, "server", "tls-key", "none"), ==, "none");
  g_assert_cmpint (armms_config_integer (config, "server", "port", 1, 65535, 1), ==, 8443);
  g_assert_cmpint (armms_config_integer (config, "server", "threads", 1, 64, 7), ==, 7);
  g_assert_true (armms_config_boolean (config, "server", "public", FALSE));
  g_assert_cmpuint (g_strv_length (databases), ==, 2);
  g_assert_cmpstr (databases[0], ==, "main");
  armms_config_set_default (config, "server", "listen", "other");
  armms_config_set_default (config, "server", "threads", "3");
  g_assert_cmpstr (armms_config_text (config, "server", "listen", NULL), ==, "127.0.0.1");
  g_assert_cmpint (armms_config_integer (config, "server", "threads", 1, 64, 7), ==, 3);
}

static void
test_environment_wins (void)
{
  g_autoptr(ArmmsConfig) config = load ("[server]\nport=1\n");
  g_auto(GStrv) databases = NULL;

  g_setenv ("ARMMS_SERVER_PORT", "2", TRUE);
  g_setenv ("ARMMS_DATABASE_MAIN_READ", "dbname=r", TRUE);
  g_assert_cmpint (armms_config_integer (config, "server", "port", 1, 65535, 1), ==, 2);
  g_assert_cmpstr (armms_config_text (config, "database", "main-read", NULL), ==, "dbname=r");
  databases = armms_config_keys (config, "database");
  g_assert_cmpstr (databases[0], ==, "main-read");
  g_unsetenv ("ARMMS_SERVER_PORT");
  g_unsetenv ("ARMMS_DATABASE_MAIN_READ");
  g_assert_cmpint (armms_config_integer (config, "server", "port", 1, 65535, 1), ==, 1);
}

static void
test_value_from_file (void)
{
  g_autofree char *value = write_file ("certificate\n", 0600);
  g_autofree char *text = g_strdup_printf ("[server]\ntls-certificate-file=%s\n", value);
  g_autoptr(ArmmsConfig) config = load (text);

  g_assert_cmpstr (armms_config_text (config, "server", "tls-certificate", NULL), ==, "certificate");
  g_unlink (value);
}

static void
test_refusals (void)
{
  g_autoptr(GError) error = NULL;

  assert_refused ("[server]\nprot=1\n", "config.unknown_key");
  assert_refused ("[servers]\nport=1\n", "config.unknown_key");
  assert_refused ("[auth]\njwt-key=abc\n", "config.secret_in_file");
  assert_refused ("[database]\ndatabase-password=abc\n", "config.secret_in_file");
  assert_refused ("[database]\nmain=dbname=x password=abc\n", "config.secret_in_file");
  assert_refused ("nonsense", "config.unreadable");
  g_assert_null (armms_config_load ("/nonexistent/armms.conf", &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "config.unreadable");
}

static void
test_secrets (void)
{
  g_autoptr(ArmmsConfig) config = armms_config_new ();
  g_autofree char *key = write_file ("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n", 0600);
  g_autofree char *open = write_file ("0123456789abcdef0123456789abcdef", 0644);
  GError *error = NULL;
  gsize size = 0;
  const guint8 *bytes;

  g_assert_null (armms_config_secret (config, "master-key", 32, &size, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "config.secret_missing");
  g_clear_error (&error);

  g_setenv ("ARMMS_MASTER_KEY_FILE", open, TRUE);
  g_assert_null (armms_config_secret (config, "master-key", 32, &size, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "config.secret_readable");
  g_clear_error (&error);

  g_setenv ("ARMMS_MASTER_KEY_FILE", key, TRUE);
  bytes = armms_config_secret (config, "master-key", 32, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (size, ==, 32);
  g_assert_cmpmem (bytes, size, "0123456789abcdef0123456789abcdef", 32); /* base64 is undone */
  g_assert_true (bytes == armms_config_secret (config, "master-key", 32, &size, &error)); /* read once */
  g_assert_null (armms_config_secret (config, "master-key", 64, &size, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "config.secret_short");
  g_clear_error (&error);

  g_setenv ("ARMMS_JWT_KEY", "a raw secret of more than thirty-two letters", TRUE);
  bytes = armms_config_secret (config, "jwt-key", 32, &size, &error);
  g_assert_cmpmem (bytes, size, "a raw secret of more than thirty-two letters", 44);
  g_unsetenv ("ARMMS_MASTER_KEY_FILE");
  g_unsetenv ("ARMMS_JWT_KEY");
  g_unlink (key);
  g_unlink (open);
}

static void
test_credentials (void)
{
  g_autofree char *folder = g_dir_make_tmp ("armms-credentials-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "cursor-key", NULL);
  g_autoptr(ArmmsConfig) config = armms_config_new ();
  g_autoptr(GError) error = NULL;
  gsize size = 0;

  g_assert_true (g_file_set_contents (path, "sixteen letters!", -1, NULL));
  g_chmod (path, 0440);
  g_setenv ("CREDENTIALS_DIRECTORY", folder, TRUE);
  g_assert_cmpmem (armms_config_secret (config, "cursor-key", 16, &size, &error), 16, "sixteen letters!", 16);
  g_unsetenv ("CREDENTIALS_DIRECTORY");
  g_unlink (path);
  g_rmdir (folder);
}

/* Ends the program with a message: going on with another number would hide the slip. */
static void
test_bad_number (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(ArmmsConfig) config = armms_config_new ();

      armms_config_set (config, "server", "port", "70000");
      armms_config_integer (config, "server", "port", 1, 65535, 8443);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*[server] port is \"70000\"*1 to 65535*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config/values, fallbacks and defaults", test_values);
  g_test_add_func ("/config/the environment wins", test_environment_wins);
  g_test_add_func ("/config/a value may stand in a file of its own", test_value_from_file);
  g_test_add_func ("/config/unknown words and secrets are refused", test_refusals);
  g_test_add_func ("/config/secrets come from outside, in locked memory", test_secrets);
  g_test_add_func ("/config/systemd's credentials", test_credentials);
  g_test_add_func ("/config/a number out of bounds ends the program", test_bad_number);
  return g_test_run ();
}
