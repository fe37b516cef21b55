/* The REST API as callers meet it: a real server, a real database. */
#include "tests/support/test-server.h"

#include <sodium.h>
#include <string.h>

typedef struct {
  ArmmsTestDatabase *database;
  ArmmsTestServer *server;
  ArmmsId east, west;
} World;

static World world;

static guint
call (const char *method, const char *path, const char *token, const char *body, const char *headers)
{
  return armms_test_server_call (world.server, method, path, token, body, headers);
}

#define CODE() armms_test_server_text (world.server, "code")
#define assert_answer(status, want, code) G_STMT_START { \
    guint got_ = (status); \
    if (got_ != (want)) g_error ("%s:%d: %u instead of %u: %s", __FILE__, __LINE__, got_, (guint) (want), armms_test_server_body (world.server)); \
    if ((code) != NULL) g_assert_cmpstr (CODE (), ==, (code)); } G_STMT_END

/* Signing in */

static guint
login (const char *user, const char *password, const char *more)
{
  g_autofree char *body = g_strdup_printf ("{\"login\":\"%s\",\"password\":\"%s\"%s}", user, password, more);

  return call ("POST", "/v1/auth/login", NULL, body, NULL);
}

static void
test_sign_in (void)
{
  g_autofree char *token = NULL;

  assert_answer (login ("Timekeeper@East", ARMMS_TEST_PASSWORD, ""), 200, NULL);
  g_assert_cmpstr (armms_test_server_text (world.server, "login"), ==, "timekeeper@east");
  g_assert_cmpstr (armms_test_server_text (world.server, "tenant_name"), ==, "east");
  g_assert_cmpstr (armms_test_server_text (world.server, "workspace"), ==, "timekeeper");
  g_assert_nonnull (strstr (armms_test_server_body (world.server), "timekeeping:finalize"));
  g_assert_null (strstr (armms_test_server_body (world.server), "payroll:close"));
  token = g_strdup (armms_test_server_text (world.server, "access_token"));

  assert_answer (call ("GET", "/v1/me", token, NULL, NULL), 200, NULL);
  g_assert_cmpstr (armms_test_server_text (world.server, "login"), ==, "timekeeper@east");
  assert_answer (call ("GET", "/v1/tenant", token, NULL, NULL), 200, NULL);
  g_assert_cmpstr (armms_test_server_text (world.server, "code"), ==, "east");
  assert_answer (call ("POST", "/v1/auth/logout", token, NULL, NULL), 204, NULL);
  assert_answer (call ("GET", "/v1/me", token, NULL, NULL), 401, "auth.session");
}

static void
test_wrong (void)
{
  assert_answer (login ("nobody@east", ARMMS_TEST_PASSWORD, ""), 401, "auth.wrong");
  assert_answer (login ("controller@east", "wrong password", ""), 401, "auth.wrong");
  assert_answer (login ("controller@east", ARMMS_TEST_PASSWORD, ",\"tenant\":\"west\""), 404, "tenant.unknown");
  assert_answer (call ("POST", "/v1/auth/login", NULL, "{\"login\":\"a\"}", NULL), 422, "request.invalid");
  assert_answer (call ("GET", "/v1/me", NULL, NULL, NULL), 401, "auth.missing");
  assert_answer (call ("GET", "/v1/me", "abc.def.ghi", NULL, NULL), 401, "auth.token");
  /* {"alg":"none"} and no signature */
  assert_answer (call ("GET", "/v1/me", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.", NULL, NULL), 401, "auth.token");
}

/* How long a wrong password takes must not tell whether the login exists. */
static gint64
median_of_wrong (const char *user)
{
  gint64 took[9];

  for (guint i = 0; i < G_N_ELEMENTS (took); i++)
    {
      gint64 start_us = g_get_monotonic_time ();
      g_autofree char *source = g_strdup_printf ("X-Forwarded-For: 198.51.100.%u", g_random_int_range (1, 255));
      g_autofree char *body = g_strdup_printf ("{\"login\":\"%s\",\"password\":\"wrong password\"}", user);

      assert_answer (call ("POST", "/v1/auth/login", NULL, body, source), 401, "auth.wrong");
      took[i] = g_get_monotonic_time () - start_us;
      for (guint j = i; j > 0 && took[j] < took[j - 1]; j--)
        {
          gint64 other = took[j];

          took[j] = took[j - 1];
          took[j - 1] = other;
        }
    }
  return took[G_N_ELEMENTS (took) / 2];
}

static void
test_timing (void)
{
  gint64 known, unknown;

  median_of_wrong ("ghost@east");
  known = median_of_wrong ("hr-officer@east");
  unknown = median_of_wrong ("phantom@east");
  g_test_message ("known %" G_GINT64_FORMAT " us, unknown %" G_GINT64_FORMAT " us", known, unknown);
  g_assert_cmpint (unknown * 10, >, known * 5);
  g_assert_cmpint (known * 10, >, unknown * 5);
}

static void
test_lock_out (void)
{
  static const char attacker[] = "X-Forwarded-For: 203.0.113.9", owner[] = "X-Forwarded-For: 203.0.113.10";
  g_autofree char *with_proof = NULL;
  guint status = 0;

  /* the owner has signed in from this device before */
  assert_answer (call ("POST", "/v1/auth/login", NULL, "{\"login\":\"employee@east\",\"password\":\"" ARMMS_TEST_PASSWORD "\"}", owner), 200, NULL);
  with_proof = g_strdup_printf ("{\"login\":\"employee@east\",\"password\":\"" ARMMS_TEST_PASSWORD "\",\"device_proof\":\"%s\"}",
                                armms_test_server_text (world.server, "device_proof"));
  for (guint i = 0; i < 8 && status != 429; i++)
    status = call ("POST", "/v1/auth/login", NULL, "{\"login\":\"employee@east\",\"password\":\"guess number one\"}", attacker);
  assert_answer (status, 429, "auth.locked");
  /* the guesser waits, even with the right password */
  assert_answer (call ("POST", "/v1/auth/login", NULL, "{\"login\":\"employee@east\",\"password\":\"" ARMMS_TEST_PASSWORD "\"}", attacker), 429, "auth.locked");
  /* the owner does not: from elsewhere, nor with the device's proof from the guesser's own address */
  assert_answer (call ("POST", "/v1/auth/login", NULL, "{\"login\":\"employee@east\",\"password\":\"" ARMMS_TEST_PASSWORD "\"}", owner), 200, NULL);
  assert_answer (call ("POST", "/v1/auth/login", NULL, with_proof, attacker), 200, NULL);
}

static void
test_refresh (void)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *token = NULL;

  assert_answer (login ("operations@east", ARMMS_TEST_PASSWORD, ""), 200, NULL);
  first = g_strdup_printf ("{\"refresh_token\":\"%s\"}", armms_test_server_text (world.server, "refresh_token"));
  assert_answer (call ("POST", "/v1/auth/refresh", NULL, first, NULL), 200, NULL);
  second = g_strdup_printf ("{\"refresh_token\":\"%s\"}", armms_test_server_text (world.server, "refresh_token"));
  token = g_strdup (armms_test_server_text (world.server, "access_token"));
  g_assert_cmpstr (first, !=, second);
  assert_answer (call ("GET", "/v1/me", token, NULL, NULL), 200, NULL);
  /* the old one again: somebody has a copy, and nobody goes on */
  assert_answer (call ("POST", "/v1/auth/refresh", NULL, first, NULL), 401, "auth.reuse");
  assert_answer (call ("POST", "/v1/auth/refresh", NULL, second, NULL), 401, "auth.session");
  assert_answer (call ("GET", "/v1/me", token, NULL, NULL), 401, "auth.session");
  assert_answer (call ("POST", "/v1/auth/refresh", NULL, "{\"refresh_token\":\"unknown\"}", NULL), 401, "auth.refresh");
  g_assert_cmpint (armms_test_database_integer (world.database, "select count(*) from iam.sessions where end_reason = 'REUSE'"), ==, 1);
  /* nothing that opens a session is stored as it is shown */
  g_assert_cmpint (armms_test_database_integer (world.database, "select count(*) from iam.refresh_tokens where octet_length(token_hash) <> 32"), ==, 0);
}

/* A hash of an older, weaker setting still opens, and is of today's strength afterwards. */
static void
test_rehash (void)
{
  static const char query[] = "select password_hash from iam.credentials c join iam.users u using (user_id) where u.login = 'finance-officer@west'";
  char weak[crypto_pwhash_STRBYTES];
  g_autofree char *sql = NULL;
  g_autofree char *after = NULL;

  g_assert_cmpint (crypto_pwhash_str_alg (weak, ARMMS_TEST_PASSWORD, strlen (ARMMS_TEST_PASSWORD), 1, 8 * 1024 * 1024, crypto_pwhash_ALG_ARGON2ID13), ==, 0);
  sql = g_strdup_printf ("update iam.credentials c set password_hash = '%s' from iam.users u where u.user_id = c.user_id and u.login = 'finance-officer@west'", weak);
  armms_test_database_exec (world.database, sql);
  assert_answer (login ("finance-officer@west", ARMMS_TEST_PASSWORD, ""), 200, NULL);
  after = armms_test_database_value (world.database, query);
  g_assert_true (g_str_has_prefix (after, "$argon2id$v=19$m=47104,t=1,p=1$"));
  assert_answer (login ("finance-officer@west", ARMMS_TEST_PASSWORD, ""), 200, NULL);
}

static void
test_password (void)
{
  g_autofree char *token = armms_test_server_sign_in (world.server, "hr-manager@west", NULL);
  g_autofree char *other = armms_test_server_sign_in (world.server, "hr-manager@west", NULL);
  g_autofree char *admin = armms_test_server_sign_in (world.server, "administrator@west", NULL);
  g_autofree char *path = NULL;

  assert_answer (call ("POST", "/v1/me/password", token, "{\"old_password\":\"nonsense\",\"new_password\":\"another long one\"}", NULL), 401, "auth.wrong");
  assert_answer (call ("POST", "/v1/me/password", token, "{\"old_password\":\"" ARMMS_TEST_PASSWORD "\",\"new_password\":\"short\"}", NULL), 422, "request.invalid");
  assert_answer (call ("POST", "/v1/me/password", token, "{\"old_password\":\"" ARMMS_TEST_PASSWORD "\",\"new_password\":\"another long one\"}", NULL), 204, NULL);
  assert_answer (login ("hr-manager@west", ARMMS_TEST_PASSWORD, ""), 401, "auth.wrong");
  assert_answer (login ("hr-manager@west", "another long one", ""), 200, NULL);
  path = g_strdup_printf ("/v1/users/%s/password", armms_test_server_text (world.server, "user_id"));
  assert_answer (call ("POST", path, admin, "{\"new_password\":\"" ARMMS_TEST_PASSWORD "\"}", NULL), 204, NULL);
  assert_answer (login ("hr-manager@west", ARMMS_TEST_PASSWORD, ""), 200, NULL);
  g_assert_true (json_object_get_boolean_member (armms_test_server_object (world.server), "must_change_password"));
  assert_answer (call ("GET", "/v1/me", other, NULL, NULL), 401, "auth.session");
}

/* Tenants */

static void
test_two_tenants (void)
{
  g_autofree char *none = NULL;
  g_autofree char *east = NULL;
  g_autofree char *west = NULL;
  g_autofree char *choose_west = NULL;
  g_autofree char *user = NULL;
  char id[ARMMS_ID_TEXT_SIZE];

  armms_test_server_add_user (world.server, &world.east, "both", "administrator");
  armms_test_server_add_user (world.server, &world.west, "both", "timekeeper");
  none = armms_test_server_sign_in (world.server, "both", NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (armms_test_server_object (world.server), "tenants")), ==, 2);

  /* without a tenant nothing is reached but the choice */
  assert_answer (call ("GET", "/v1/settings", none, NULL, NULL), 403, "auth.no_tenant");
  assert_answer (call ("GET", "/v1/users", none, NULL, NULL), 403, "auth.no_tenant");
  assert_answer (call ("GET", "/v1/me", none, NULL, NULL), 200, NULL);
  {
    g_autofree char *choose = g_strdup_printf ("{\"tenant_id\":\"%s\"}", armms_id_format (&world.east, id));

    assert_answer (call ("POST", "/v1/auth/tenant", none, choose, NULL), 200, NULL);
  }
  east = g_strdup (armms_test_server_text (world.server, "access_token"));
  choose_west = g_strdup_printf ("{\"tenant_id\":\"%s\"}", armms_id_format (&world.west, id));

  /* one tenant per request: what the roles of the other allow does not count */
  assert_answer (call ("GET", "/v1/users", east, NULL, NULL), 200, NULL);
  g_assert_null (strstr (armms_test_server_body (world.server), "@west"));
  user = g_strdup (armms_test_server_body (world.server));
  assert_answer (call ("POST", "/v1/auth/tenant", east, choose_west, NULL), 200, NULL);
  west = g_strdup (armms_test_server_text (world.server, "access_token"));
  assert_answer (call ("GET", "/v1/users", west, NULL, NULL), 403, "auth.scope");
  g_assert_nonnull (strstr (armms_test_server_body (world.server), "admin:users"));
  /* the session left behind has ended */
  assert_answer (call ("GET", "/v1/users", east, NULL, NULL), 401, "auth.session");
  /* a tenant that is not his */
  assert_answer (call ("POST", "/v1/auth/tenant", west, "{\"tenant_id\":\"01900000-0000-7000-8000-000000000000\"}", NULL), 404, "tenant.unknown");
}

static void
test_other_tenant (void)
{
  g_autofree char *east = armms_test_server_sign_in (world.server, "administrator@east", NULL);
  g_autofree char *west = armms_test_server_sign_in (world.server, "administrator@west", NULL);
  g_autofree char *path = NULL;
  g_autofree char *password = NULL;

  assert_answer (call ("GET", "/v1/users?q=hr-officer", west, NULL, NULL), 200, NULL);
  path = g_strdup_printf ("/v1/users/%s", json_object_get_string_member (json_array_get_object_element (json_object_get_array_member (armms_test_server_object (world.server), "items"), 0), "user_id"));
  password = g_strconcat (path, "/password", NULL);
  assert_answer (call ("GET", path, west, NULL, NULL), 200, NULL);
  assert_answer (call ("GET", path, east, NULL, NULL), 404, "user.unknown");
  assert_answer (call ("PATCH", path, east, "{\"name\":\"x\"}", "If-Match: \"1\""), 404, "user.unknown");
  assert_answer (call ("POST", password, east, "{\"new_password\":\"a password of east\"}", NULL), 404, "user.unknown");
  assert_answer (call ("GET", "/v1/users/not-an-id", east, NULL, NULL), 404, "not_found");
}

/* Writing */

static void
test_idempotency (void)
{
  g_autofree char *admin = armms_test_server_sign_in (world.server, "administrator@east", NULL);
  static const char body[] = "{\"code\":\"night-desk\",\"name\":\"Night desk\",\"features\":[\"inbox\"]}";
  static const char key[] = "Idempotency-Key: key-1";
  g_autofree char *first = NULL;

  assert_answer (call ("POST", "/v1/roles", admin, body, key), 201, NULL);
  first = g_strdup (armms_test_server_body (world.server));
  g_assert_null (armms_test_server_header (world.server, "Idempotency-Replayed"));
  assert_answer (call ("POST", "/v1/roles", admin, body, key), 201, NULL);
  g_assert_cmpstr (armms_test_server_body (world.server), ==, first);
  g_assert_cmpstr (armms_test_server_header (world.server, "Idempotency-Replayed"), ==, "true");
  g_assert_cmpstr (armms_test_server_header (world.server, "ETag"), ==, "\"1\"");
  assert_answer (call ("POST", "/v1/roles", admin, "{\"code\":\"other\",\"name\":\"Other\",\"features\":[\"inbox\"]}", key), 422, "request.key_reused");
  /* a refusal that will not change is kept too */
  assert_answer (call ("POST", "/v1/roles", admin, body, "Idempotency-Key: key-2"), 409, NULL);
  assert_answer (call ("POST", "/v1/roles", admin, body, "Idempotency-Key: key-2"), 409, NULL);
  g_assert_cmpstr (armms_test_server_header (world.server, "Idempotency-Replayed"), ==, "true");
  assert_answer (call ("POST", "/v1/roles", admin, body, "Idempotency-Key: "), 400, "request.idempotency_key");
  g_assert_cmpint (armms_test_database_integer (world.database, "select count(*) from iam.roles where code = 'night-desk'"), ==, 1);
}

typedef struct { const char *token; guint created, replayed; } Racer;

static gpointer
race (gpointer data)
{
  Racer *racer = data;
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) armms_test_server_get_port (world.server), NULL, NULL);
  static const char body[] = "{\"code\":\"race\",\"name\":\"Race\",\"features\":[\"inbox\"]}";
  g_autofree char *request = g_strdup_printf ("POST /v1/roles HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nIdempotency-Key: race\r\n"
                                              "Authorization: Bearer %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", racer->token, strlen (body), body);
  g_autoptr(GString) answer = g_string_new (NULL);
  char buffer[4096];
  gssize n;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request), NULL, NULL, NULL);
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (answer, buffer, n);
  racer->created = g_str_has_prefix (answer->str, "HTTP/1.1 201");
  racer->replayed = strstr (answer->str, "Idempotency-Replayed: true") != NULL;
  return NULL;
}

static void
test_idempotency_race (void)
{
  g_autofree char *admin = armms_test_server_sign_in (world.server, "administrator@east", NULL);
  Racer racers[6];
  GThread *threads[6];
  guint created = 0, replayed = 0;

  for (guint i = 0; i < 6; i++)
    {
      racers[i] = (Racer) { .token = admin };
      threads[i] = g_thread_new ("racer", race, &racers[i]);
    }
  for (guint i = 0; i < 6; i++)
    {
      g_thread_join (threads[i]);
      created += racers[i].created;
      replayed += racers[i].replayed;
    }
  /* all six get the same answer, one of them as the first */
  g_assert_cmpuint (created, ==, 6);
  g_assert_cmpuint (replayed, ==, 5);
  g_assert_cmpint (armms_test_database_integer (world.database, "select count(*) from iam.roles where code = 'race'"), ==, 1);
}

static void
test_versions (void)
{
  g_autofree char *admin = armms_test_server_sign_in (world.server, "administrator@east", NULL);
  g_autofree char *tag = NULL;
  g_autofree char *match = NULL;
  g_autofree char *none_match = NULL;

  assert_answer (call ("GET", "/v1/settings", admin, NULL, NULL), 200, NULL);
  g_assert_cmpstr (armms_test_server_text (world.server, "time_zone"), ==, "Asia/Manila");
  tag = g_strdup (armms_test_server_header (world.server, "ETag"));
  match = g_strconcat ("If-Match: ", tag, NULL);
  none_match = g_strconcat ("If-None-Match: ", tag, NULL);
  assert_answer (call ("GET", "/v1/settings", admin, NULL, none_match), 304, NULL);
  assert_answer (call ("PATCH", "/v1/settings", admin, "{\"event_max_age_days\":400}", NULL), 428, "request.if_match");
  assert_answer (call ("PATCH", "/v1/settings", admin, "{\"event_max_age_days\":400}", "If-Match: \"999\""), 412, "tenant.stale");
  assert_answer (call ("PATCH", "/v1/settings", admin, "{\"event_max_age_days\":0,\"time_zone\":\"\"}", match), 422, "request.invalid");
  assert_answer (call ("PATCH", "/v1/settings", admin, "{\"time_zone\":\"Mars/Olympus\"}", match), 422, "request.invalid");
  assert_answer (call ("PATCH", "/v1/settings", admin, "{\"event_max_age_days\":400,\"net_floor_amount\":\"500.00\"}", match), 200, NULL);
  g_assert_cmpint (json_object_get_int_member (armms_test_server_object (world.server), "event_max_age_days"), ==, 400);
  g_assert_cmpstr (armms_test_server_text (world.server, "net_floor_amount"), ==, "500.00");
  assert_answer (call ("PATCH", "/v1/settings", admin, "{\"event_max_age_days\":401}", match), 412, "tenant.stale");
  assert_answer (call ("GET", "/v1/settings", admin, NULL, NULL), 200, NULL);
  g_assert_cmpint (json_object_get_int_member (armms_test_server_object (world.server), "event_max_age_days"), ==, 400);
}

static void
test_pages (void)
{
  g_autofree char *admin = armms_test_server_sign_in (world.server, "administrator@east", NULL);
  g_autofree char *west = armms_test_server_sign_in (world.server, "administrator@west", NULL);
  g_autoptr(GString) seen = g_string_new (NULL);
  g_autofree char *path = g_strdup ("/v1/users?limit=4");
  guint pages = 0, users = 0;

  for (;;)
    {
      JsonArray *items;
      const char *cursor;

      assert_answer (call ("GET", path, admin, NULL, NULL), 200, NULL);
      items = json_object_get_array_member (armms_test_server_object (world.server), "items");
      for (guint i = 0; i < json_array_get_length (items); i++)
        {
          const char *name = json_object_get_string_member (json_array_get_object_element (items, i), "login");
          g_autofree char *mark = g_strdup_printf ("|%s|", name);

          g_assert_null (strstr (seen->str, mark));
          g_string_append (seen, mark);
          users++;
        }
      pages++;
      cursor = armms_test_server_text (world.server, "next_cursor");
      if (*cursor == '\0')
        break;
      g_free (path);
      path = g_strdup_printf ("/v1/users?limit=4&cursor=%s", cursor);
    }
  g_assert_cmpuint (pages, >, 2);
  g_assert_cmpint (users, ==, armms_test_database_integer (world.database, "select count(*) from iam.memberships m join tenant.tenants t using (tenant_id) where t.code = 'east'"));
  /* a cursor is of its list, its tenant and its order */
  assert_answer (call ("GET", path, west, NULL, NULL), 400, "parameter.cursor");
  assert_answer (call ("GET", "/v1/users?cursor=AAAA", admin, NULL, NULL), 400, "parameter.cursor");
  assert_answer (call ("GET", "/v1/users?limit=501", admin, NULL, NULL), 400, "parameter.invalid");
  assert_answer (call ("GET", "/v1/users?sort=password", admin, NULL, NULL), 400, "parameter.invalid");
  assert_answer (call ("GET", "/v1/users?status=GONE", admin, NULL, NULL), 400, "parameter.invalid");
  assert_answer (call ("GET", "/v1/users?colour=red", admin, NULL, NULL), 400, "parameter.invalid");
}

/* Rights */

static void
test_devices (void)
{
  g_autofree char *key = armms_test_server_add_device (world.server, &world.east);
  g_autofree char *device = g_strconcat ("Device ", key, NULL);
  g_autofree char *wrong = g_strconcat (device, "x", NULL);
  g_autofree char *admin = armms_test_server_sign_in (world.server, "administrator@east", NULL);
  g_autofree char *path = NULL;

  assert_answer (call ("GET", "/v1/settings", device, NULL, NULL), 403, "auth.device");
  assert_answer (call ("GET", "/v1/users", device, NULL, NULL), 403, "auth.device");
  assert_answer (call ("GET", "/v1/settings", wrong, NULL, NULL), 401, "auth.key");
  assert_answer (call ("GET", "/v1/settings", "Device nonsense", NULL, NULL), 401, "auth.key");
  /* made, shown once, revoked */
  assert_answer (call ("POST", "/v1/api-keys", admin, "{\"kind\":\"PROGRAM\",\"name\":\"export\",\"scopes\":[\"tenant:read\"]}", NULL), 201, NULL);
  g_free (device);
  device = g_strdup_printf ("Device %s:%s", armms_test_server_text (world.server, "key_id"), armms_test_server_text (world.server, "secret"));
  path = g_strdup_printf ("/v1/api-keys/%s/revoke", armms_test_server_text (world.server, "key_id"));
  assert_answer (call ("GET", "/v1/settings", device, NULL, NULL), 200, NULL);
  assert_answer (call ("GET", "/v1/users", device, NULL, NULL), 403, "auth.scope");
  assert_answer (call ("GET", "/v1/api-keys", admin, NULL, NULL), 200, NULL);
  g_assert_null (strstr (armms_test_server_body (world.server), strchr (device, ':') + 1));
  assert_answer (call ("POST", path, admin, NULL, "If-Match: \"1\""), 200, NULL);
  assert_answer (call ("GET", "/v1/settings", device, NULL, NULL), 401, "auth.key");
  assert_answer (call ("POST", "/v1/api-keys", admin, "{\"kind\":\"DEVICE\",\"name\":\"gate\",\"scopes\":[\"payroll:read\"]}", NULL), 422, "request.invalid");
}

/* "{x}" replaced by an id that is nobody's */
static char *
fill_path (const char *template)
{
  g_auto(GStrv) parts = g_strsplit (template, "/", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    if (*parts[i] == '{')
      {
        g_free (parts[i]);
        parts[i] = g_strdup ("01900000-0000-7000-8000-000000000000");
      }
  return g_strjoinv ("/", parts);
}

/* Every route with every role: 403 exactly where the scope is missing, 401 without a token, and never our own fault. */
static void
test_matrix (void)
{
  static const char *const roles[] = { "operations", "timekeeper", "payroll-officer", "controller", "hr-officer", "hr-manager",
                                       "finance-officer", "employee", "administrator" };
  gsize n = 0;
  const ArmmsServerRoute *routes = armms_server_get_routes (armms_test_server_get_server (world.server), &n);
  g_autofree char *device_key = armms_test_server_add_device (world.server, &world.west);
  g_autofree char *device = g_strconcat ("Device ", device_key, NULL);
  guint allowed = 0, refused = 0;

  for (gsize role = 0; role < G_N_ELEMENTS (roles); role++)
    {
      g_autofree char *name = g_strdup_printf ("%s@west", roles[role]);
      g_autofree char *token = armms_test_server_sign_in (world.server, name, NULL);
      JsonArray *granted = json_array_ref (json_object_get_array_member (armms_test_server_object (world.server), "scopes"));

      for (gsize i = 0; i < n; i++)
        {
          const ArmmsRoute *route = routes[i].route;
          g_autofree char *path = fill_path (route->path);
          gboolean may = route->scope == NULL;
          gboolean body = g_str_equal (route->method, "POST") || g_str_equal (route->method, "PUT") || g_str_equal (route->method, "PATCH");
          guint status;

          if ((route->flags & ARMMS_ROUTE_OPEN) || g_str_equal (route->path, "/v1/auth/logout") || g_str_has_prefix (route->path, "/v1/me/"))
            continue;
          for (guint s = 0; s < json_array_get_length (granted) && !may; s++)
            may = g_strcmp0 (json_array_get_string_element (granted, s), route->scope) == 0;
          status = call (route->method, path, token, body ? "{}" : NULL, "If-Match: \"1\"");
          if (may ? status == 401 || status >= 500 : status != 403)
            g_error ("%s %s as %s: %u %s", route->method, route->path, roles[role], status, armms_test_server_body (world.server));
          if (!may)
            g_assert_nonnull (strstr (armms_test_server_body (world.server), route->scope));
          /* 403 may also come from a handler, but then it is not for want of the route's scope */
          if (may && status == 403)
            g_assert_null (strstr (armms_test_server_body (world.server), route->scope != NULL ? route->scope : "auth.scope"));
          allowed += may;
          refused += !may;
        }
      json_array_unref (granted);
    }
  for (gsize i = 0; i < n; i++)
    {
      const ArmmsRoute *route = routes[i].route;
      g_autofree char *path = fill_path (route->path);
      gboolean body = g_str_equal (route->method, "POST") || g_str_equal (route->method, "PUT") || g_str_equal (route->method, "PATCH");

      if (route->flags & ARMMS_ROUTE_OPEN)
        continue;
      g_assert_cmpuint (call (route->method, path, NULL, body ? "{}" : NULL, NULL), ==, 401);
      if (!(route->flags & ARMMS_ROUTE_DEVICE))
        g_assert_cmpuint (call (route->method, path, device, body ? "{}" : NULL, NULL), ==, 403);
    }
  g_test_message ("%u allowed, %u refused", allowed, refused);
  g_assert_cmpuint (allowed, >, 50);
  g_assert_cmpuint (refused, >, 50);
}

/* Who has chosen no tenant is refused on every route before anything is read. */
static void
test_no_tenant (void)
{
  gsize n = 0;
  const ArmmsServerRoute *routes = armms_server_get_routes (armms_test_server_get_server (world.server), &n);
  g_autofree char *none = NULL;
  guint walked = 0;

  armms_test_server_add_user (world.server, &world.east, "undecided", "administrator");
  armms_test_server_add_user (world.server, &world.west, "undecided", "administrator");
  none = armms_test_server_sign_in (world.server, "undecided", NULL);
  for (gsize i = 0; i < n; i++)
    {
      const ArmmsRoute *route = routes[i].route;
      g_autofree char *path = fill_path (route->path);
      gboolean body = g_str_equal (route->method, "POST") || g_str_equal (route->method, "PUT") || g_str_equal (route->method, "PATCH");

      if (route->flags & (ARMMS_ROUTE_OPEN | ARMMS_ROUTE_NO_TENANT))
        continue;
      if (call (route->method, path, none, body ? "{}" : NULL, "If-Match: \"1\"") != 403)
        g_error ("%s %s without a tenant: %s", route->method, route->path, armms_test_server_body (world.server));
      g_assert_cmpstr (CODE (), ==, "auth.no_tenant");
      walked++;
    }
  g_assert_cmpuint (walked, >, 50);
}

static void
test_every_route_is_described (void)
{
  gsize n = 0;
  const ArmmsServerRoute *routes = armms_server_get_routes (armms_test_server_get_server (world.server), &n);

  assert_answer (call ("GET", "/openapi.json", NULL, NULL, NULL), 200, NULL);
  for (gsize i = 0; i < n; i++)
    {
      JsonObject *paths = json_object_get_object_member (armms_test_server_object (world.server), "paths");
      g_autofree char *method = g_ascii_strdown (routes[i].route->method, -1);

      g_assert_true (json_object_has_member (paths, routes[i].route->path));
      g_assert_true (json_object_has_member (json_object_get_object_member (paths, routes[i].route->path), method));
      g_assert_nonnull (routes[i].route->summary);
      /* nothing is reached without a scope by accident: only what any signed-in user may do */
      if (routes[i].route->scope == NULL && !(routes[i].route->flags & ARMMS_ROUTE_OPEN))
        g_test_message ("any user: %s %s", routes[i].route->method, routes[i].route->path);
    }
  assert_answer (call ("GET", "/ready", NULL, NULL, NULL), 200, NULL);
  assert_answer (call ("GET", "/metrics", NULL, NULL, NULL), 200, NULL);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  world.database = armms_test_database_new ();
  world.server = armms_test_server_new (world.database);
  world.east = armms_test_server_add_tenant (world.server, "east");
  world.west = armms_test_server_add_tenant (world.server, "west");
  g_test_add_func ("/api/sign-in and out", test_sign_in);
  g_test_add_func ("/api/wrong sign-ins", test_wrong);
  g_test_add_func ("/api/a wrong password takes as long as an unknown login", test_timing);
  g_test_add_func ("/api/lock-out locks out the guesser only", test_lock_out);
  g_test_add_func ("/api/a refresh token is good once", test_refresh);
  g_test_add_func ("/api/a weak hash becomes a strong one", test_rehash);
  g_test_add_func ("/api/passwords are changed", test_password);
  g_test_add_func ("/api/a user of two tenants acts in one", test_two_tenants);
  g_test_add_func ("/api/another tenant's row is not there", test_other_tenant);
  g_test_add_func ("/api/a replay gets the first answer", test_idempotency);
  g_test_add_func ("/api/six at once under one key", test_idempotency_race);
  g_test_add_func ("/api/versions", test_versions);
  g_test_add_func ("/api/pages", test_pages);
  g_test_add_func ("/api/devices and programs", test_devices);
  g_test_add_func ("/api/every route with every role", test_matrix);
  g_test_add_func ("/api/every route without a tenant", test_no_tenant);
  g_test_add_func ("/api/every route is described", test_every_route_is_described);
  result = g_test_run ();
  armms_test_server_free (world.server);
  armms_test_database_free (world.database);
  return result;
}
