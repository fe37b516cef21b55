#include "client/model/job-watch.h"
#include "client/model/paged-list.h"

#include "tests/client/fake-server.h"

typedef struct {
  ArmmsId thing_id;
  char *name;
} Thing;

static const ArmmsField thing_fields[] = {
  ARMMS_FIELD (Thing, thing_id, ID),
  ARMMS_FIELD (Thing, name, TEXT, .flags = ARMMS_FIELD_SORT),
  { NULL }
};

static const ArmmsRecordType thing_type = { "thing", sizeof (Thing), thing_fields };

typedef struct {
  ArmmsFakeServer *server;
  ArmmsSession *session;
  ArmmsApi *api;
  ArmmsPagedList *list;
  guint shadow; /* what the announcements add up to */
} Fixture;

static void
on_items_changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *f)
{
  g_assert_cmpuint (position + removed, <=, f->shadow);
  f->shadow = f->shadow - removed + added;
  g_assert_cmpuint (f->shadow, ==, g_list_model_get_n_items (model));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->server = armms_fake_server_new ();
  f->session = armms_fake_server_sign_in (f->server, NULL);
  f->api = armms_api_new (f->session);
  armms_api_set_retry_wait (f->api, 5);
  f->list = armms_paged_list_new (f->api, &thing_type);
  armms_paged_list_set_eager (f->list, 0);
  g_signal_connect (f->list, "items-changed", G_CALLBACK (on_items_changed_cb), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (f->list, f);
  g_object_unref (f->list);
  g_object_unref (f->api);
  g_object_unref (f->session);
  armms_fake_server_free (f->server);
}

/* Things @first .. @last, in words that begin with @word; @next: the cursor or NULL. */
static void
lay_page (Fixture *f, guint first, guint last, const char *word, const char *next)
{
  g_autoptr(GString) body = g_string_new ("{\"items\":[");

  for (guint i = first; i <= last; i++)
    g_string_append_printf (body, "%s{\"thing_id\":\"01890000-0000-7000-8000-%012u\",\"name\":\"%s %u\"}", i > first ? "," : "", i, word, i);
  g_string_append_printf (body, "],\"next_cursor\":%s%s%s}", next != NULL ? "\"" : "", next != NULL ? next : "null", next != NULL ? "\"" : "");
  armms_fake_server_on (f->server, "GET", "/v1/things", 200, NULL, body->str);
}

static void
ask (Fixture *f)
{
  g_autoptr(ArmmsQuery) query = armms_query_new ("/v1/things");

  armms_paged_list_set_query (f->list, query);
}

static const char *
name_at (Fixture *f, guint position)
{
  g_autoptr(ArmmsRow) row = g_list_model_get_item (G_LIST_MODEL (f->list), position);
  Thing *thing = armms_row_get_record (row);

  return thing != NULL ? thing->name : NULL;
}

static void
pages_come_when_looked_at (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) asked = NULL;

  lay_page (f, 1, 3, "one", "c1");
  lay_page (f, 4, 5, "two", NULL);
  ask (f);
  g_assert_cmpint (armms_paged_list_get_state (f->list), ==, ARMMS_LIST_LOADING);
  armms_wait_until (armms_paged_list_get_state (f->list) == ARMMS_LIST_READY);
  g_assert_cmpuint (armms_paged_list_get_n_loaded (f->list), ==, 3);
  g_assert_false (armms_paged_list_is_whole (f->list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->list)), >, 3);

  g_assert_null (name_at (f, 3));
  armms_wait_until (armms_paged_list_is_whole (f->list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->list)), ==, 5);
  g_assert_cmpstr (name_at (f, 4), ==, "two 5");
  asked = armms_fake_server_requests_to (f->server, "/v1/things");
  g_assert_cmpuint (asked->len, ==, 2);
  g_assert_nonnull (strstr (((ArmmsFakeRequest *) asked->pdata[1])->query, "cursor=c1"));
}

static void
nobody_looks_nothing_is_fetched (Fixture *f, gconstpointer data)
{
  gint64 end;

  lay_page (f, 1, 3, "one", "c1");
  ask (f);
  armms_wait_until (armms_paged_list_get_state (f->list) == ARMMS_LIST_READY);
  for (end = g_get_monotonic_time () + 100000; g_get_monotonic_time () < end; g_usleep (1000))
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (armms_fake_server_get_requests (f->server)->len, ==, 3); /* two of them the sign-in's */
}

static void
eager_lists_fetch_by_themselves (Fixture *f, gconstpointer data)
{
  armms_paged_list_set_eager (f->list, 100);
  lay_page (f, 1, 3, "one", "c1");
  lay_page (f, 4, 6, "two", "c2");
  lay_page (f, 7, 7, "three", NULL);
  ask (f);
  armms_wait_until (armms_paged_list_is_whole (f->list));
  g_assert_cmpuint (armms_paged_list_get_n_loaded (f->list), ==, 7);
}

static void
on_row_changed_cb (ArmmsRow *row, guint *count)
{
  (*count)++;
}

static void
a_refresh_keeps_the_rows (Fixture *f, gconstpointer data)
{
  g_autoptr(ArmmsRow) second = NULL;
  guint changes = 0;

  lay_page (f, 1, 3, "old", NULL);
  lay_page (f, 1, 4, "new", NULL);
  ask (f);
  armms_wait_until (armms_paged_list_is_whole (f->list));
  second = g_list_model_get_item (G_LIST_MODEL (f->list), 1);
  g_signal_connect (second, "changed", G_CALLBACK (on_row_changed_cb), &changes);
  armms_paged_list_refresh (f->list);
  g_assert_cmpuint (armms_paged_list_get_n_loaded (f->list), ==, 3);
  armms_wait_until (armms_paged_list_get_n_loaded (f->list) == 4);
  g_assert_true (armms_paged_list_peek (f->list, 1) == second);
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpstr (name_at (f, 1), ==, "new 2");
}

static void
rows_that_are_gone_go (Fixture *f, gconstpointer data)
{
  g_autoptr(ArmmsRow) third = NULL;

  lay_page (f, 1, 5, "old", NULL);
  lay_page (f, 3, 4, "new", NULL);
  ask (f);
  armms_wait_until (armms_paged_list_is_whole (f->list));
  armms_paged_list_refresh (f->list);
  armms_wait_until (armms_paged_list_get_n_loaded (f->list) == 2);
  g_assert_cmpstr (name_at (f, 0), ==, "new 3");
  g_assert_cmpstr (name_at (f, 1), ==, "new 4");
}

static void
a_failure_is_kept_and_can_be_tried_again (Fixture *f, gconstpointer data)
{
  armms_fake_server_on (f->server, "GET", "/v1/things", 403, NULL, "{\"code\":\"scope.missing\",\"detail\":\"things:read is missing\"}");
  lay_page (f, 1, 2, "one", NULL);
  ask (f);
  armms_wait_until (armms_paged_list_get_state (f->list) == ARMMS_LIST_FAILED);
  g_assert_error (armms_paged_list_get_error (f->list), ARMMS_ERROR, ARMMS_ERROR_FORBIDDEN);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->list)), ==, 0);
  armms_paged_list_retry (f->list);
  armms_wait_until (armms_paged_list_get_state (f->list) == ARMMS_LIST_READY);
  g_assert_cmpuint (armms_paged_list_get_n_loaded (f->list), ==, 2);
}

static void
a_newer_question_wins (Fixture *f, gconstpointer data)
{
  g_autoptr(ArmmsQuery) other = armms_query_new ("/v1/things");
  GString *body = g_string_new ("{\"items\":[{\"thing_id\":\"01890000-0000-7000-8000-000000000009\",\"name\":\"late\"}]}");

  armms_fake_server_on (f->server, "GET", "/v1/things", 200, NULL, body->str);
  lay_page (f, 1, 2, "right", NULL);
  armms_fake_server_set_delay (f->server, 30);
  ask (f);
  armms_query_set (other, "q", "right");
  armms_paged_list_set_query (f->list, other);
  armms_wait_until (armms_paged_list_is_whole (f->list));
  for (guint i = 0; i < 100; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpuint (armms_paged_list_get_n_loaded (f->list), <=, 2);
  g_string_free (body, TRUE);
}

static char *
label_item (const ArmmsId *id, gpointer data)
{
  return g_strdup ("G-0001 Dela Cruz");
}

static void
on_ended_cb (ArmmsJobWatch *job, guint *count)
{
  (*count)++;
}

static void
a_job_is_watched_to_its_end (Fixture *f, gconstpointer data)
{
  g_autoptr(ArmmsJobWatch) job = NULL;
  g_autoptr(ArmmsRow) row = NULL;
  const ArmmsField *label;
  guint ended = 0;

  armms_fake_server_on (f->server, "GET", "/v1/jobs/5", 200, NULL, "{\"state\":\"RUNNING\",\"total\":10,\"done\":4,\"failed\":0}");
  armms_fake_server_on (f->server, "GET", "/v1/jobs/5", 503, NULL, "{\"code\":\"server.busy\"}");
  armms_fake_server_on (f->server, "GET", "/v1/jobs/5", 200, NULL,
                        "{\"state\":\"DONE\",\"total\":10,\"done\":10,\"failed\":1,\"problems\":[{\"item\":\"01890000-0000-7000-8000-000000000001\","
                        "\"code\":\"timesheet.blocked\",\"message\":\"missing in\"}]}");
  job = armms_job_watch_new (f->api, "/v1/jobs/5");
  armms_job_watch_set_labels (job, label_item, NULL, NULL);
  g_signal_connect (job, "ended", G_CALLBACK (on_ended_cb), &ended);
  armms_wait_until (armms_job_watch_get_done (job) == 4);
  g_assert_false (armms_job_watch_is_over (job));
  armms_wait_until (armms_job_watch_is_over (job));
  g_assert_cmpuint (ended, ==, 1);
  g_assert_no_error (armms_job_watch_get_error (job));
  g_assert_cmpint (armms_job_watch_get_failed (job), ==, 1);
  row = g_list_model_get_item (armms_job_watch_get_problems (job), 0);
  label = armms_record_type_find (armms_job_watch_get_problem_type (), "label");
  g_assert_cmpstr (*(char **) G_STRUCT_MEMBER_P (armms_row_get_record (row), label->offset), ==, "G-0001 Dela Cruz");
}

static void
a_job_can_be_stopped (Fixture *f, gconstpointer data)
{
  g_autoptr(ArmmsJobWatch) job = NULL;
  g_autoptr(GPtrArray) asked = NULL;

  armms_fake_server_on (f->server, "GET", "/v1/jobs/5", 200, NULL, "{\"state\":\"RUNNING\",\"total\":10,\"done\":4}");
  armms_fake_server_on (f->server, "GET", "/v1/jobs/5", 200, NULL, "{\"state\":\"CANCELLED\",\"total\":10,\"done\":6}");
  armms_fake_server_on (f->server, "POST", "/v1/jobs/5/cancel", 200, NULL, "{}");
  job = armms_job_watch_new (f->api, "/v1/jobs/5");
  armms_wait_until (armms_job_watch_get_done (job) == 4);
  armms_job_watch_cancel (job);
  armms_wait_until (armms_job_watch_is_over (job));
  g_assert_cmpstr (armms_job_watch_get_state (job), ==, "CANCELLED");
  asked = armms_fake_server_requests_to (f->server, "/v1/jobs/5/cancel");
  g_assert_cmpuint (asked->len, ==, 1);
}

static void
a_failed_job_says_why (Fixture *f, gconstpointer data)
{
  g_autoptr(ArmmsJobWatch) job = NULL;

  armms_fake_server_on (f->server, "GET", "/v1/jobs/5", 200, NULL, "{\"state\":\"FAILED\",\"last_error\":\"no premium table on 2026-05-01\"}");
  job = armms_job_watch_new (f->api, "/v1/jobs/5");
  armms_wait_until (armms_job_watch_is_over (job));
  g_assert_nonnull (strstr (armms_job_watch_get_error (job)->message, "no premium table"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define TEST(name) g_test_add ("/client/model/" #name, Fixture, NULL, set_up, name, tear_down)
  TEST (pages_come_when_looked_at);
  TEST (nobody_looks_nothing_is_fetched);
  TEST (eager_lists_fetch_by_themselves);
  TEST (a_refresh_keeps_the_rows);
  TEST (rows_that_are_gone_go);
  TEST (a_failure_is_kept_and_can_be_tried_again);
  TEST (a_newer_question_wins);
  TEST (a_job_is_watched_to_its_end);
  TEST (a_job_can_be_stopped);
  TEST (a_failed_job_says_why);
  return g_test_run ();
}
