/* The door of events as devices meet it. */
#include "tests/support/test-server.h"

#include <string.h>

#define DEVICE "01900000-0000-7000-8000-0000000000d1"

static ArmmsTestDatabase *database;
static ArmmsTestServer *server;
static char *device_token;

static char *
event_json (guint number, const char *more)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr(GDateTime) then = g_date_time_add_hours (now, -24);
  g_autofree char *day = g_date_time_format (then, "%Y-%m-%d");

  return g_strdup_printf ("{\"event_id\":\"01900000-0000-7000-8000-%012u\",\"device_id\":\"" DEVICE "\",\"employee_no\":\"X-1\","
                          "\"ts\":\"%sT06:%02u:00+08:00\",\"type\":\"IN\"%s}", number, day, number % 60, more);
}

static guint
send (const char *body)
{
  return armms_test_server_call (server, "POST", "/v1/clock-events", device_token, body, NULL);
}

#define SEND(body, status) g_assert_cmpuint (send (body), ==, status)

static gint64
stored (void)
{
  return armms_test_database_integer (database, "select count(*) from timekeeping.clock_events");
}

static void
test_single (void)
{
  g_autofree char *body = event_json (1, ""), *other = event_json (1, ",\"seq\":7"), *old = NULL;
  g_autofree char *id = NULL;

  SEND (body, 202);
  g_assert_cmpstr (armms_test_server_text (server, "verdict"), ==, "accepted");
  id = g_strdup (armms_test_server_text (server, "clock_event_id"));
  SEND (body, 200);
  g_assert_cmpstr (armms_test_server_text (server, "verdict"), ==, "duplicate");
  g_assert_cmpstr (armms_test_server_text (server, "clock_event_id"), ==, id);
  SEND (other, 422);
  g_assert_cmpstr (armms_test_server_text (server, "code"), ==, "event.key_reused");
  SEND ("{\"type\":\"IN\"}", 422);
  SEND ("[{]", 400);
  g_assert_cmpint (stored (), ==, 1);
  /* A clock of 1970: kept apart, and told. */
  old = g_strdup ("{\"event_id\":\"01900000-0000-7000-8000-000000000099\",\"device_id\":\"" DEVICE "\",\"employee_no\":\"X-1\","
                  "\"ts\":\"1970-01-01T00:00:00Z\",\"type\":\"IN\"}");
  SEND (old, 202);
  g_assert_cmpstr (armms_test_server_text (server, "code"), ==, "event.too_old");
  SEND (old, 200);
  g_assert_cmpint (armms_test_database_integer (database, "select count(*) from timekeeping.clock_event_quarantine"), ==, 1);
  g_assert_cmpint (stored (), ==, 1);
}

static void
test_array (void)
{
  g_autofree char *first = event_json (11, ""), *second = event_json (12, ""), *known = event_json (1, ""), *body = NULL, *good = NULL;
  JsonArray *verdicts;
  static const char *const expected[] = { "accepted", "rejected", "duplicate", "accepted", "duplicate" };

  body = g_strdup_printf ("[%s,{\"type\":\"IN\"},%s,%s,%s]", first, known, second, first);
  SEND (body, 207);
  verdicts = json_object_get_array_member (armms_test_server_object (server), "verdicts");
  g_assert_cmpuint (json_array_get_length (verdicts), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (verdicts, i), "verdict"), ==, expected[i]);
  g_assert_cmpint (stored (), ==, 3);
  good = g_strdup_printf ("[%s,%s]", first, second);
  SEND (good, 200);
  SEND ("[]", 202);
}

static void
test_callers (void)
{
  g_autofree char *body = event_json (21, "");

  g_assert_cmpuint (armms_test_server_call (server, "POST", "/v1/clock-events", NULL, body, NULL), ==, 401);
  g_assert_cmpuint (armms_test_server_call (server, "POST", "/v1/clock-events", "Device 01900000-0000-7000-8000-000000000001:nonsense", body, NULL), ==, 401);
  /* A device sends events, and nothing else. */
  g_assert_cmpuint (armms_test_server_call (server, "GET", "/v1/timesheets", device_token, NULL, NULL), !=, 200);
}

int
main (int argc, char **argv)
{
  ArmmsId tenant;
  g_autofree char *key = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  database = armms_test_database_new ();
  server = armms_test_server_new (database);
  tenant = armms_test_server_add_tenant (server, "east");
  key = armms_test_server_add_device (server, &tenant);
  device_token = g_strconcat ("Device ", key, NULL);
  g_test_add_func ("/timekeeping/http/one event: taken, told again, under a used key, without sense", test_single);
  g_test_add_func ("/timekeeping/http/some at once: each has its verdict", test_array);
  g_test_add_func ("/timekeeping/http/who may send", test_callers);
  result = g_test_run ();
  armms_test_server_free (server);
  armms_test_database_free (database);
  g_free (device_token);
  return result;
}
