/* armms-server serve as systemd sees it: ready, alive, stopping, ended well, and what ran was finished. */
#include "tests/support/test-database.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

typedef struct {
  GSocket *notify;
  GString *heard;
  GPid pid;
  guint port;
  char *path;   /* of the socket that systemd would have */
} Process;

static gboolean
hears (Process *process, const char *word, gint64 seconds)
{
  gint64 until_us = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  while (strstr (process->heard->str, word) == NULL && g_get_monotonic_time () < until_us)
    {
      char buffer[1024];
      gssize n;

      if (!g_socket_condition_timed_wait (process->notify, G_IO_IN, 100000, NULL, NULL))
        continue;
      n = g_socket_receive (process->notify, buffer, sizeof buffer, NULL, NULL);
      if (n > 0)
        {
          g_string_append_len (process->heard, buffer, n);
          g_string_append_c (process->heard, '\n');
        }
    }
  return strstr (process->heard->str, word) != NULL;
}

/* A test that fails leaves no server behind. */
static void
die_with_us (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
start (Process *process, const char *config)
{
  g_autofree char *path = g_strdup_printf ("/tmp/armms-notify-%08x", g_random_int ());
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (path);
  g_autofree char *server = g_build_filename (g_getenv ("ARMMS_BUILD_ROOT"), "server/programs/armms-server", NULL);
  g_auto(GStrv) environment = g_environ_setenv (g_get_environ (), "NOTIFY_SOCKET", path, TRUE);
  char *argv[] = { server, (char *) "serve", (char *) "--config", (char *) config, NULL };
  g_autoptr(GError) error = NULL;
  const char *at;

  environment = g_environ_setenv (environment, "WATCHDOG_USEC", "400000", TRUE);
  process->heard = g_string_new (NULL);
  process->notify = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_DEFAULT, &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_bind (process->notify, address, FALSE, &error));
  g_spawn_async (NULL, argv, environment, G_SPAWN_DO_NOT_REAP_CHILD, die_with_us, NULL, &process->pid, &error);
  g_assert_no_error (error);
  g_assert_true (hears (process, "READY=1", 20));
  at = strstr (process->heard->str, "listening on port ");
  g_assert_nonnull (at);
  process->port = (guint) atoi (at + strlen ("listening on port "));
  process->path = g_steal_pointer (&path);
}

static GSocketConnection *
dial (Process *process)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();

  return g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) process->port, NULL, NULL);
}

static char *
hear_answer (GSocketConnection *connection)
{
  GString *text = g_string_new (NULL);
  char buffer[2048];
  gssize n;

  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (text, buffer, n);
  return g_string_free (text, FALSE);
}

static void
test_process (void)
{
  ArmmsTestDatabase *database = armms_test_database_new ();
  const char *given = armms_test_database_config_file (database, "armms_server");
  g_autofree char *text = NULL;
  g_autofree char *more = NULL;
  g_autofree char *config = NULL;
  g_autoptr(GSocketConnection) idle = NULL;
  g_autoptr(GSocketConnection) asking = NULL;
  g_autofree char *ready = NULL;
  static const char login[] = "{\"login\":\"nobody\",\"password\":\"nothing at all\"}";
  g_autofree char *request = g_strdup_printf ("POST /v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s", strlen (login), login);
  g_autofree char *answer = NULL;
  Process process = { 0 };
  int status = 0;

  g_assert_true (g_file_get_contents (given, &text, NULL, NULL));
  more = g_strconcat (text, "[server]\nport=0\ndrain-seconds=10\n", NULL);
  config = g_strdup_printf ("%s.serve", given);
  g_assert_true (g_file_set_contents_full (config, more, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  start (&process, config);

  asking = dial (&process);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (asking)), "GET /ready HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 51, NULL, NULL, NULL);
  ready = hear_answer (asking);
  g_test_message ("%s", ready);
  g_assert_true (g_str_has_prefix (ready, "HTTP/1.1 200"));
  g_assert_nonnull (strstr (ready, "\"queue\""));
  g_assert_true (hears (&process, "WATCHDOG=1", 5));

  /* one connection idle, one with a call on its way (a password is hashed meanwhile) */
  idle = dial (&process);
  g_clear_object (&asking);
  asking = dial (&process);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (asking)), request, strlen (request), NULL, NULL, NULL);
  g_usleep (5000);
  kill (process.pid, SIGTERM);
  g_assert_true (hears (&process, "STOPPING=1", 5));
  answer = hear_answer (asking);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 401"));
  g_assert_cmpint (waitpid (process.pid, &status, 0), ==, process.pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_assert_null (dial (&process));

  g_object_unref (process.notify);
  g_string_free (process.heard, TRUE);
  g_unlink (process.path);
  g_free (process.path);
  g_unlink (config);
  armms_test_database_free (database);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serve/ready, alive, stopping, ended", test_process);
  return g_test_run ();
}
