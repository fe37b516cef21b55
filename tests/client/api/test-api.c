#include "client/api/api.h"

#include "client/session/problem.h"
#include "tests/client/fake-server.h"

typedef struct {
  ArmmsId thing_id;
  char *name;
  ArmmsMoney amount;
} Thing;

static const ArmmsField thing_fields[] = {
  ARMMS_FIELD (Thing, thing_id, ID),
  ARMMS_FIELD (Thing, name, TEXT, .flags = ARMMS_FIELD_SORT),
  ARMMS_FIELD (Thing, amount, MONEY),
  { NULL }
};

static const ArmmsRecordType thing_type = { "thing", sizeof (Thing), thing_fields };

#define THING "{\"thing_id\":\"01890000-0000-7000-8000-000000000007\",\"name\":\"boots\",\"amount\":\"1234.50\",\"new_member\":1}"

typedef struct {
  ArmmsFakeServer *server;
  ArmmsSession *session;
  ArmmsApi *api;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->server = armms_fake_server_new ();
  f->session = armms_fake_server_sign_in (f->server, NULL);
  f->api = armms_api_new (f->session);
  armms_api_set_retry_wait (f->api, 5);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->api);
  g_object_unref (f->session);
  armms_fake_server_free (f->server);
}

static ArmmsApiResult *
get (Fixture *f, const char *path, GError **error)
{
  g_autoptr(ArmmsQuery) query = armms_query_new ("%s", path);
  g_autoptr(GAsyncResult) result = NULL;

  armms_api_get_async (f->api, query, &thing_type, NULL, armms_keep_result_cb, &result);
  armms_wait_until (result != NULL);
  return armms_api_get_finish (f->api, result, error);
}

static ArmmsApiResult *
post (Fixture *f, const char *path, const char *body, const char *if_match, GError **error)
{
  g_autoptr(ArmmsQuery) query = armms_query_new ("%s", path);
  g_autoptr(GAsyncResult) result = NULL;

  armms_api_send_async (f->api, "POST", query, body, if_match, NULL, &thing_type, NULL, armms_keep_result_cb, &result);
  armms_wait_until (result != NULL);
  return armms_api_send_finish (f->api, result, error);
}

static void
reads_a_record (Fixture *f, gconstpointer data)
{
  g_autoptr(ArmmsApiResult) result = NULL;
  g_autoptr(GPtrArray) asked = NULL;
  GError *error = NULL;

  armms_fake_server_on (f->server, "GET", "/v1/things/7", 200, "ETag: \"3\"", THING);
  result = get (f, "/v1/things/7", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((Thing *) result->record)->name, ==, "boots");
  g_assert_cmpint (((Thing *) result->record)->amount.centavos, ==, 123450);
  g_assert_cmpstr (result->etag, ==, "\"3\"");
  asked = armms_fake_server_requests_to (f->server, "/v1/things/7");
  g_assert_cmpstr (((ArmmsFakeRequest *) asked->pdata[0])->authorization, ==, "Bearer access-1");
}

static void
lists_by_pages (Fixture *f, gconstpointer data)
{
  g_autoptr(ArmmsQuery) query = armms_query_new ("/v1/things");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(ArmmsApiPage) page = NULL;
  g_autoptr(GPtrArray) asked = NULL;
  GError *error = NULL;

  armms_fake_server_on (f->server, "GET", "/v1/things", 200, NULL, "{\"items\":[" THING "],\"next_cursor\":\"a/b=\"}");
  armms_query_set (query, "q", "boots & co");
  armms_api_list_async (f->api, query, &thing_type, 50, "x+y", NULL, armms_keep_result_cb, &result);
  armms_wait_until (result != NULL);
  page = armms_api_list_finish (f->api, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->records->len, ==, 1);
  g_assert_cmpstr (page->next_cursor, ==, "a/b=");
  asked = armms_fake_server_requests_to (f->server, "/v1/things");
  g_assert_cmpstr (((ArmmsFakeRequest *) asked->pdata[0])->query, ==, "q=boots%20%26%20co&limit=50&cursor=x%2By");
}

static void
says_what_is_wrong (Fixture *f, gconstpointer data)
{
  g_autoptr(ArmmsApiResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *title = NULL, *detail = NULL;

  armms_fake_server_on (f->server, "POST", "/v1/things", 422, NULL,
                        "{\"title\":\"invalid\",\"status\":422,\"code\":\"request.invalid\",\"detail\":\"two fields are wrong\",\"request_id\":\"req-9\","
                        "\"errors\":[{\"field\":\"name\",\"code\":\"required\",\"message\":\"must be there\"},{\"field\":\"amount\",\"code\":\"bad_format\",\"message\":\"is no amount\"}]}");
  result = post (f, "/v1/things", "{}", NULL, &error);
  g_assert_null (result);
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT);
  g_assert_cmpstr (armms_error_get_code (error), ==, "request.invalid");
  g_assert_cmpuint (armms_error_get_fields (error)->len, ==, 2);
  title = armms_problem_title (error);
  detail = armms_problem_detail (error);
  g_assert_cmpstr (title, ==, "Some entries are not right");
  g_assert_nonnull (strstr (detail, "Two fields are wrong."));
  g_assert_nonnull (strstr (detail, "amount: is no amount"));
  g_assert_nonnull (strstr (detail, "Request req-9"));
}

static void
sends_again_with_the_same_key (Fixture *f, gconstpointer data)
{
  g_autoptr(ArmmsApiResult) result = NULL;
  g_autoptr(GPtrArray) asked = NULL;
  GError *error = NULL;
  const ArmmsFakeRequest *first, *second, *third;

  armms_fake_server_on (f->server, "POST", "/v1/things", 0, NULL, NULL);
  armms_fake_server_on (f->server, "POST", "/v1/things", 503, NULL, "{\"code\":\"server.busy\",\"detail\":\"busy\"}");
  armms_fake_server_on (f->server, "POST", "/v1/things", 201, "Idempotency-Replayed: true", THING);
  result = post (f, "/v1/things", "{\"name\":\"boots\"}", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (result->replayed);

  asked = armms_fake_server_requests_to (f->server, "/v1/things");
  g_assert_cmpuint (asked->len, >=, 3);
  first = asked->pdata[0];
  second = asked->pdata[1];
  third = asked->pdata[asked->len - 1];
  g_assert_nonnull (first->idempotency_key);
  g_assert_cmpstr (first->idempotency_key, ==, second->idempotency_key);
  g_assert_cmpstr (first->idempotency_key, ==, third->idempotency_key);
  g_assert_cmpstr (first->body, ==, third->body);
}

static void
two_writes_have_two_keys (Fixture *f, gconstpointer data)
{
  g_autoptr(ArmmsApiResult) one = NULL, two = NULL;
  g_autoptr(GPtrArray) asked = NULL;

  armms_fake_server_on (f->server, "POST", "/v1/things", 201, NULL, THING);
  one = post (f, "/v1/things", "{}", NULL, NULL);
  two = post (f, "/v1/things", "{}", NULL, NULL);
  asked = armms_fake_server_requests_to (f->server, "/v1/things");
  g_assert_cmpstr (((ArmmsFakeRequest *) asked->pdata[0])->idempotency_key, !=, ((ArmmsFakeRequest *) asked->pdata[1])->idempotency_key);
}

static void
refusals_are_not_sent_again (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) asked = NULL;
  g_autoptr(GError) error = NULL;

  armms_fake_server_on (f->server, "POST", "/v1/things", 412, NULL, "{\"code\":\"request.stale\",\"detail\":\"it has moved on\"}");
  g_assert_null (post (f, "/v1/things", "{}", "\"3\"", &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_STALE);
  asked = armms_fake_server_requests_to (f->server, "/v1/things");
  g_assert_cmpuint (asked->len, ==, 1);
  g_assert_cmpstr (((ArmmsFakeRequest *) asked->pdata[0])->if_match, ==, "\"3\"");
}

static void
a_lost_connection_is_said (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *detail = NULL;

  armms_fake_server_on (f->server, "GET", "/v1/things/7", 0, NULL, NULL);
  g_assert_null (get (f, "/v1/things/7", &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_UNAVAILABLE);
  g_assert_cmpstr (armms_error_get_code (error), ==, "client.unreachable");
  detail = armms_problem_detail (error);
  g_assert_nonnull (strstr (detail, "Check the network and the server address"));
}

static void
the_wait_asked_for_is_kept (Fixture *f, gconstpointer data)
{
  g_autoptr(ArmmsApiResult) result = NULL;
  gint64 began = g_get_monotonic_time ();

  armms_fake_server_on (f->server, "GET", "/v1/things/7", 429, "Retry-After: 1", "{\"code\":\"rate.limited\",\"detail\":\"slower\"}");
  armms_fake_server_on (f->server, "GET", "/v1/things/7", 200, NULL, THING);
  result = get (f, "/v1/things/7", NULL);
  g_assert_nonnull (result);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, G_USEC_PER_SEC);
}

static void
a_stale_token_is_renewed_once_for_all (Fixture *f, gconstpointer data)
{
  g_autoptr(ArmmsQuery) query = armms_query_new ("/v1/things/7");
  g_autoptr(GAsyncResult) one = NULL, two = NULL;
  g_autoptr(ArmmsApiResult) first = NULL, second = NULL;
  g_autoptr(GPtrArray) refreshes = NULL, asked = NULL;
  GError *error = NULL;

  armms_fake_server_on (f->server, "GET", "/v1/things/7", 401, NULL, "{\"code\":\"token.expired\",\"detail\":\"expired\"}");
  armms_fake_server_on (f->server, "GET", "/v1/things/7", 401, NULL, "{\"code\":\"token.expired\",\"detail\":\"expired\"}");
  armms_fake_server_on (f->server, "GET", "/v1/things/7", 200, NULL, THING);
  armms_fake_server_on (f->server, "POST", "/v1/auth/refresh", 200, NULL, "{\"access_token\":\"access-2\",\"refresh_token\":\"refresh-2\"}");
  armms_fake_server_set_delay (f->server, 20);
  armms_api_get_async (f->api, query, &thing_type, NULL, armms_keep_result_cb, &one);
  armms_api_get_async (f->api, query, &thing_type, NULL, armms_keep_result_cb, &two);
  armms_wait_until (one != NULL && two != NULL);
  first = armms_api_get_finish (f->api, one, &error);
  g_assert_no_error (error);
  second = armms_api_get_finish (f->api, two, &error);
  g_assert_no_error (error);

  refreshes = armms_fake_server_requests_to (f->server, "/v1/auth/refresh");
  g_assert_cmpuint (refreshes->len, ==, 1);
  g_assert_cmpstr (((ArmmsFakeRequest *) refreshes->pdata[0])->body, ==, "{\"refresh_token\":\"refresh-1\"}");
  asked = armms_fake_server_requests_to (f->server, "/v1/things/7");
  g_assert_cmpuint (asked->len, ==, 4);
  g_assert_cmpstr (((ArmmsFakeRequest *) asked->pdata[3])->authorization, ==, "Bearer access-2");
}

static void
on_ended_cb (ArmmsSession *session, const char *message, guint *count)
{
  (*count)++;
}

static void
an_ended_session_is_told (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  guint ended = 0;

  g_signal_connect (f->session, "ended", G_CALLBACK (on_ended_cb), &ended);
  armms_fake_server_on (f->server, "GET", "/v1/things/7", 401, NULL, "{\"code\":\"token.expired\",\"detail\":\"expired\"}");
  armms_fake_server_on (f->server, "POST", "/v1/auth/refresh", 401, NULL, "{\"code\":\"token.reused\",\"detail\":\"signed out elsewhere\"}");
  g_assert_null (get (f, "/v1/things/7", &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_UNAUTHENTICATED);
  g_assert_cmpuint (ended, ==, 1);
  g_assert_false (armms_session_is_signed_in (f->session));
}

static void
a_job_is_a_place_to_look (Fixture *f, gconstpointer data)
{
  g_autoptr(ArmmsApiResult) result = NULL;
  GError *error = NULL;

  armms_fake_server_on (f->server, "POST", "/v1/things", 202, "Location: /v1/jobs/5", "");
  result = post (f, "/v1/things", "{}", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (result->job, ==, "/v1/jobs/5");
  g_assert_null (result->record);
}

static void
who_goes_away_is_not_answered (Fixture *f, gconstpointer data)
{
  g_autoptr(ArmmsQuery) query = armms_query_new ("/v1/things/7");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  armms_fake_server_on (f->server, "GET", "/v1/things/7", 200, NULL, THING);
  armms_fake_server_set_delay (f->server, 200);
  armms_api_get_async (f->api, query, &thing_type, cancellable, armms_keep_result_cb, &result);
  g_cancellable_cancel (cancellable);
  armms_wait_until (result != NULL);
  g_assert_null (armms_api_get_finish (f->api, result, &error));
  g_assert_true (armms_api_is_cancelled (error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define TEST(name) g_test_add ("/client/api/" #name, Fixture, NULL, set_up, name, tear_down)
  TEST (reads_a_record);
  TEST (lists_by_pages);
  TEST (says_what_is_wrong);
  TEST (sends_again_with_the_same_key);
  TEST (two_writes_have_two_keys);
  TEST (refusals_are_not_sent_again);
  TEST (a_lost_connection_is_said);
  TEST (the_wait_asked_for_is_kept);
  TEST (a_stale_token_is_renewed_once_for_all);
  TEST (an_ended_session_is_told);
  TEST (a_job_is_a_place_to_look);
  TEST (who_goes_away_is_not_answered);
  return g_test_run ();
}
