/* Jobs and dead letters over HTTP: what people see of them, and who may take hold of them. */
#include "server/queue/queue.h"
#include "tests/support/test-server.h"

#include <string.h>

typedef struct {
  ArmmsTestDatabase *database;
  ArmmsTestServer *server;
  ArmmsId one, two;
  char *administrator, *officer, *stranger;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->database = armms_test_database_new ();
  f->server = armms_test_server_new (f->database);
  f->one = armms_test_server_add_tenant (f->server, "one");
  f->two = armms_test_server_add_tenant (f->server, "two");
  f->administrator = armms_test_server_sign_in (f->server, "administrator@one", "one");
  f->officer = armms_test_server_sign_in (f->server, "payroll-officer@one", "one");
  f->stranger = armms_test_server_sign_in (f->server, "administrator@two", "two");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->administrator);
  g_free (f->officer);
  g_free (f->stranger);
  armms_test_server_free (f->server);
  armms_test_database_free (f->database);
}

static ArmmsId
send_job (Fixture *f, const char *kind)
{
  g_autoptr(GError) error = NULL;
  const ArmmsActor actor = { .tenant_id = f->one, .request_id = "test" };
  g_autoptr(ArmmsWork) work = armms_work_begin (armms_test_server_get_db (f->server), "queue", ARMMS_WORK_WRITE, &actor, &error);
  ArmmsId id;

  g_assert_no_error (error);
  g_assert_true (armms_jobs_send (work, kind, "{\"secret\":\"for administrators\"}", NULL, &id, &error));
  g_assert_true (armms_work_commit (work, &error));
  return id;
}

static guint
call (Fixture *f, const char *method, const char *token, const char *path_format, const ArmmsId *id)
{
  char text[ARMMS_ID_TEXT_SIZE];
  g_auto(GStrv) parts = g_strsplit (path_format, "{}", 2);
  g_autofree char *path = id != NULL ? g_strconcat (parts[0], armms_id_format (id, text), parts[1], NULL) : g_strdup (path_format);

  return armms_test_server_call (f->server, method, path, token, strcmp (method, "POST") == 0 ? "{}" : NULL, NULL);
}

static guint
count_items (Fixture *f)
{
  return json_array_get_length (json_object_get_array_member (armms_test_server_object (f->server), "items"));
}

static void
a_job_is_seen_by_its_tenant_only (Fixture *f, gconstpointer data)
{
  const ArmmsId id = send_job (f, "test.job");

  g_assert_cmpuint (call (f, "GET", f->officer, "/v1/jobs/{}", &id), ==, 200);
  g_assert_cmpstr (armms_test_server_text (f->server, "state"), ==, "QUEUED");
  g_assert_null (strstr (armms_test_server_body (f->server), "for administrators"));
  g_assert_cmpuint (call (f, "GET", f->administrator, "/v1/jobs/{}", &id), ==, 200);
  g_assert_nonnull (strstr (armms_test_server_body (f->server), "for administrators"));
  g_assert_cmpuint (call (f, "GET", f->stranger, "/v1/jobs/{}", &id), ==, 404);
  g_assert_cmpuint (call (f, "GET", f->officer, "/v1/jobs", NULL), ==, 403);
  g_assert_cmpuint (call (f, "GET", f->stranger, "/v1/jobs", NULL), ==, 200);
  g_assert_cmpuint (count_items (f), ==, 0);
}

static void
pages_hold_every_job_once (Fixture *f, gconstpointer data)
{
  static const char *const orders[] = { "", "&sort=created_at", "&sort=-created_at" };

  for (int i = 0; i < 7; i++)
    send_job (f, i % 2 == 0 ? "test.even" : "test.odd");
  for (gsize o = 0; o < G_N_ELEMENTS (orders); o++)
    {
      g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autofree char *cursor = NULL, *before = NULL;

      do
        {
          g_autofree char *path = g_strconcat ("/v1/jobs?limit=3", orders[o], cursor != NULL ? "&cursor=" : NULL, cursor, NULL);
          JsonArray *items;

          g_assert_cmpuint (call (f, "GET", f->administrator, path, NULL), ==, 200);
          items = json_object_get_array_member (armms_test_server_object (f->server), "items");
          for (guint i = 0; i < json_array_get_length (items); i++)
            {
              const char *id = json_object_get_string_member (json_array_get_object_element (items, i), "job_id");

              g_assert_true (g_hash_table_add (seen, g_strdup (id)));
              if (before != NULL)
                g_assert_cmpint (strcmp (before, id) < 0 ? 1 : -1, ==, o == 1 ? 1 : -1);
              g_free (before);
              before = g_strdup (id);
            }
          g_free (cursor);
          cursor = g_strdup (armms_test_server_text (f->server, "next_cursor"));
        }
      while (*cursor != '\0');
      g_assert_cmpuint (g_hash_table_size (seen), ==, 7);
    }
  g_assert_cmpuint (call (f, "GET", f->administrator, "/v1/jobs?kind=test.odd", NULL), ==, 200);
  g_assert_cmpuint (count_items (f), ==, 3);
  g_assert_cmpuint (call (f, "GET", f->administrator, "/v1/jobs?q=EVEN", NULL), ==, 200);
  g_assert_cmpuint (count_items (f), ==, 4);
  g_assert_cmpuint (call (f, "GET", f->administrator, "/v1/jobs?state=NONSENSE", NULL), ==, 400);
}

static void
a_waiting_job_is_cancelled_at_once (Fixture *f, gconstpointer data)
{
  const ArmmsId id = send_job (f, "test.job");

  g_assert_cmpuint (call (f, "POST", f->officer, "/v1/jobs/{}/cancel", &id), ==, 403);
  g_assert_cmpuint (call (f, "POST", f->stranger, "/v1/jobs/{}/cancel", &id), ==, 404);
  g_assert_cmpuint (call (f, "POST", f->administrator, "/v1/jobs/{}/cancel", &id), ==, 200);
  g_assert_cmpstr (armms_test_server_text (f->server, "state"), ==, "CANCELLED");
  g_assert_cmpuint (call (f, "POST", f->administrator, "/v1/jobs/{}/cancel", &id), ==, 200);
  g_assert_cmpint (armms_test_database_integer (f->database, "select count(*) from queue.jobs"), ==, 0);
  g_assert_cmpint (armms_test_database_integer (f->database, "select count(*) from queue.jobs_history where state = 'CANCELLED'"), ==, 1);
}

static void
dead_letters_are_sent_again_or_given_up (Fixture *f, gconstpointer data)
{
  const ArmmsId first = armms_id_new (), second = armms_id_new ();
  char tenant[ARMMS_ID_TEXT_SIZE], a[ARMMS_ID_TEXT_SIZE], b[ARMMS_ID_TEXT_SIZE];
  g_autofree char *insert = g_strdup_printf (
    "insert into queue.dead_letters (tenant_id, dead_letter_id, source, name, item_id, code, reason, message) values"
    " ('%1$s', '%2$s', 'job', 'test.job', gen_random_uuid(), 'test.broken', 'it broke', '{\"n\": 1}'),"
    " ('%1$s', '%3$s', 'job', 'test.job', gen_random_uuid(), 'test.broken', 'it broke too', '{\"n\": 2}')",
    armms_id_format (&f->one, tenant), armms_id_format (&first, a), armms_id_format (&second, b));

  armms_test_database_exec (f->database, insert);
  g_assert_cmpuint (call (f, "GET", f->officer, "/v1/dead-letters", NULL), ==, 403);
  g_assert_cmpuint (call (f, "GET", f->administrator, "/v1/dead-letters?state=PARKED", NULL), ==, 200);
  g_assert_cmpuint (count_items (f), ==, 2);
  g_assert_cmpuint (call (f, "GET", f->stranger, "/v1/dead-letters", NULL), ==, 200);
  g_assert_cmpuint (count_items (f), ==, 0);
  g_assert_cmpuint (call (f, "GET", f->stranger, "/v1/dead-letters/{}", &first), ==, 404);

  g_assert_cmpuint (call (f, "POST", f->stranger, "/v1/dead-letters/{}/resend", &first), ==, 404);
  g_assert_cmpuint (call (f, "POST", f->administrator, "/v1/dead-letters/{}/resend", &first), ==, 200);
  g_assert_cmpstr (armms_test_server_text (f->server, "state"), ==, "RESENT");
  g_assert_cmpuint (call (f, "POST", f->administrator, "/v1/dead-letters/{}/resend", &first), ==, 409);
  g_assert_cmpstr (armms_test_server_text (f->server, "code"), ==, "dead_letter.not_parked");
  g_assert_cmpint (armms_test_database_integer (f->database, "select count(*) from queue.jobs where queue_name = 'test.job' and message = '{\"n\": 1}'"), ==, 1);

  g_assert_cmpuint (call (f, "POST", f->administrator, "/v1/dead-letters/{}/discard", &second), ==, 200);
  g_assert_cmpstr (armms_test_server_text (f->server, "state"), ==, "PURGED");
  g_assert_cmpint (armms_test_database_integer (f->database, "select count(*) from queue.jobs where message = '{\"n\": 2}'"), ==, 0);
}

static void
queues_are_numbers (Fixture *f, gconstpointer data)
{
  JsonArray *items;
  gboolean found = FALSE;

  send_job (f, "test.job");
  send_job (f, "test.job");
  g_assert_cmpuint (call (f, "GET", f->officer, "/v1/queues", NULL), ==, 403);
  g_assert_cmpuint (call (f, "GET", f->administrator, "/v1/queues", NULL), ==, 200);
  items = json_object_get_array_member (armms_test_server_object (f->server), "items");
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *queue = json_array_get_object_element (items, i);

      if (g_str_equal (json_object_get_string_member (queue, "name"), "test.job"))
        {
          g_assert_cmpint (json_object_get_int_member (queue, "waiting"), ==, 2);
          found = TRUE;
        }
    }
  g_assert_true (found);
}

/* One server for all: each test begins with empty queues. */
static Fixture shared;

static void
run_test (gconstpointer data)
{
  void (*function) (Fixture *f, gconstpointer data) = data;

  armms_test_database_exec (shared.database, "truncate queue.jobs, queue.jobs_history, queue.dead_letters, queue.blocked_keys");
  function (&shared, NULL);
}

int
main (int argc, char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  set_up (&shared, NULL);
#define TEST(function) g_test_add_data_func ("/queue/" #function, function, run_test)
  TEST (a_job_is_seen_by_its_tenant_only);
  TEST (pages_hold_every_job_once);
  TEST (a_waiting_job_is_cancelled_at_once);
  TEST (dead_letters_are_sent_again_or_given_up);
  TEST (queues_are_numbers);
  code = g_test_run ();
  tear_down (&shared, NULL);
  return code;
}
