/* The database is restarted while devices send: whatever was answered 2xx is there, once.
 *
 * A cluster of its own, so that nobody else's is restarted. */
#include "tests/support/test-server.h"

#include <libsoup/soup.h>
#include <string.h>

#define SENDERS 4
#define RUN_US (4 * G_USEC_PER_SEC)

typedef struct {
  guint number, port;
  const char *token;
  gint64 until;
  GPtrArray *taken; /* event ids that were answered 2xx */
  guint refused;
} Sender;

static char *folder;

static void
cluster (const char *command, char **ret_output)
{
  g_autofree char *script = g_build_filename (g_getenv ("ARMMS_SOURCE_ROOT"), "packaging", "cluster.sh", NULL);
  const char *argv[] = { script, command, folder, "--fast", NULL };
  g_autoptr(GError) error = NULL;
  g_autofree char *output = NULL, *errors = NULL;
  int status;

  if (!g_str_equal (command, "start"))
    argv[3] = NULL;
  if (!g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, &output, &errors, &status, &error) || !g_spawn_check_wait_status (status, &error))
    g_error ("cluster.sh %s: %s %s", command, error->message, errors);
  if (ret_output != NULL)
    *ret_output = g_steal_pointer (&output);
}

/* SOCKET=... and PORT=... of the answer become those of the tests. */
static void
start_cluster (void)
{
  g_autofree char *output = NULL;
  g_auto(GStrv) lines = NULL;

  folder = g_dir_make_tmp ("armms-restart-XXXXXX", NULL);
  cluster ("start", &output);
  lines = g_strsplit (output, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "SOCKET="))
      g_setenv ("ARMMS_TEST_SOCKET", lines[i] + strlen ("SOCKET="), TRUE);
    else if (g_str_has_prefix (lines[i], "PORT="))
      g_setenv ("ARMMS_TEST_PORT", lines[i] + strlen ("PORT="), TRUE);
}

static guint
send_one (SoupSession *session, const Sender *sender, const char *event_id)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/v1/clock-events", sender->port);
  g_autoptr(SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *ts = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *body = g_strdup_printf ("{\"event_id\":\"%s\",\"device_id\":\"01900000-0000-7000-8000-0000000000d1\",\"employee_no\":\"X-1\",\"ts\":\"%s\",\"type\":\"IN\"}",
                                           event_id, ts);
  g_autoptr(GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr(GBytes) answer = NULL;

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", sender->token);
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  answer = soup_session_send_and_read (session, message, NULL, NULL);
  return answer == NULL ? 0 : soup_message_get_status (message);
}

static gpointer
run_sender (gpointer data)
{
  Sender *sender = data;
  g_autoptr(SoupSession) session = soup_session_new ();

  while (g_get_monotonic_time () < sender->until)
    {
      g_autofree char *id = g_uuid_string_random ();
      guint status = send_one (session, sender, id);

      if (status == 202 || status == 200)
        g_ptr_array_add (sender->taken, g_steal_pointer (&id));
      else
        {
          sender->refused++;
          g_usleep (20000);
        }
    }
  return NULL;
}

static void
test_restart (void)
{
  ArmmsTestDatabase *database = armms_test_database_new ();
  ArmmsTestServer *server = armms_test_server_new (database);
  ArmmsId tenant = armms_test_server_add_tenant (server, "east");
  g_autofree char *key = armms_test_server_add_device (server, &tenant), *token = g_strconcat ("Device ", key, NULL), *missing = NULL, *sql = NULL;
  g_autoptr(GString) values = g_string_new (NULL);
  Sender senders[SENDERS];
  GThread *threads[SENDERS];
  PGconn *connection;
  PGresult *result;
  guint taken = 0;

  for (guint i = 0; i < SENDERS; i++)
    {
      senders[i] = (Sender) { .number = i, .port = armms_test_server_get_port (server), .token = token, .until = g_get_monotonic_time () + RUN_US,
                              .taken = g_ptr_array_new_with_free_func (g_free) };
      threads[i] = g_thread_new ("sender", run_sender, &senders[i]);
    }
  g_usleep (RUN_US / 3);
  cluster ("restart", NULL);
  for (guint i = 0; i < SENDERS; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < SENDERS; i++)
    for (guint j = 0; j < senders[i].taken->len; j++)
      g_string_append_printf (values, "%s('%s'::uuid)", taken++ > 0 ? "," : "", (char *) g_ptr_array_index (senders[i].taken, j));
  g_test_message ("%u were taken", taken);
  g_assert_cmpuint (taken, >, 20);
  /* The fixture's own connection went with the old server. */
  connection = armms_test_database_connect (database, "main", "postgres");
  sql = g_strdup_printf ("select count(*), (select count(*) from (values %s) as t (id) where (select count(*) from timekeeping.clock_events as e where e.event_id = t.id) <> 1)"
                         " from timekeeping.clock_events where received_at > (select pg_postmaster_start_time())", values->str);
  result = PQexec (connection, sql);
  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s", PQerrorMessage (connection));
  g_assert_cmpstr (PQgetvalue (result, 0, 1), ==, "0");
  g_assert_cmpint (atoi (PQgetvalue (result, 0, 0)), >, 0); /* and it went on afterwards */
  PQclear (result);
  PQfinish (connection);
  for (guint i = 0; i < SENDERS; i++)
    g_ptr_array_unref (senders[i].taken);
  armms_test_server_free (server);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  if (g_getenv ("ARMMS_TEST_SOCKET") == NULL)
    {
      g_print ("1..0 # SKIP use tests/run.sh\n");
      return 77;
    }
  start_cluster ();
  g_test_add_func ("/timekeeping/http/the database is restarted under load: every 2xx event is there", test_restart);
  result = g_test_run ();
  cluster ("stop", NULL);
  {
    g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);

    if (system (command) != 0)
      g_printerr ("could not remove %s\n", folder);
  }
  return result;
}
