/* GET /v1/audit-log: pages both ways without gap or double, filters, another tenant's lines unseen. */
#include "tests/server/api.h"

#include "server/audit/audit.h"

static ArmmsTestDatabase *database;
static Api api;

static const ArmmsRoom *const rooms[] = { &armms_audit_room, NULL };

/* 25 departments made, 10 renamed, 5 deleted; and one of another tenant. */
static void
write_log (const ArmmsId *tenant)
{
  char id[ARMMS_ID_TEXT_SIZE];
  g_autofree char *sql = g_strdup_printf (
    "create schema if not exists reporting;"
    "create table reporting.things (tenant_id uuid not null, thing_id integer not null, name text, primary key (tenant_id, thing_id));"
    "select audit.attach('reporting.things', '{}', false);"
    "insert into reporting.things select '%1$s', n, 'n' || n from generate_series(1, 25) as n;"
    "update reporting.things set name = 'x' where thing_id <= 10; delete from reporting.things where thing_id <= 5;"
    "insert into reporting.things values ('bbbbbbbb-0000-7000-8000-00000000000b', 1, 'theirs')", armms_id_format (tenant, id));

  armms_test_database_exec (database, sql);
}

static guint
walk (const char *query, gint64 *ret_first, gint64 *ret_last)
{
  g_autofree char *cursor = NULL;
  gint64 before = 0;
  guint n = 0;

  *ret_first = *ret_last = 0;
  for (guint page = 0; page < 50; page++)
    {
      g_autofree char *path = g_strdup_printf ("/v1/audit-log?limit=7%s%s%s", query, cursor != NULL ? "&cursor=" : "", cursor != NULL ? cursor : "");
      g_auto(ApiAnswer) answer = api_call (&api, "GET", path, NULL, NULL);
      JsonArray *items;

      g_assert_cmpuint (answer.status, ==, 200);
      items = api_items (&answer);
      for (guint i = 0; i < json_array_get_length (items); i++, n++)
        {
          gint64 number = json_object_get_int_member (json_array_get_object_element (items, i), "audit_no");

          if (n == 0)
            *ret_first = number;
          else
            g_assert_true (strstr (query, "sort=audit_no") != NULL ? number > before : number < before);
          before = *ret_last = number;
        }
      g_clear_pointer (&cursor, g_free);
      if (json_object_get_null_member (api_object (&answer), "next_cursor"))
        return n;
      cursor = g_strdup (api_text (&answer, "next_cursor"));
    }
  g_assert_not_reached ();
}

static void
test_pages (void)
{
  gint64 first, last, first_back, last_back;

  g_assert_cmpuint (walk ("", &first, &last), ==, 40);
  g_assert_cmpint (first, >, last);
  g_assert_cmpuint (walk ("&sort=audit_no", &first_back, &last_back), ==, 40);
  g_assert_cmpint (first_back, ==, last);
  g_assert_cmpint (last_back, ==, first);
}

static void
test_filters (void)
{
  gint64 first, last;
  g_auto(ApiAnswer) wrong = { 0 };

  g_assert_cmpuint (walk ("&action=UPDATE", &first, &last), ==, 10);
  g_assert_cmpuint (walk ("&action=DELETE", &first, &last), ==, 5);
  g_assert_cmpuint (walk ("&table_name=things&row_key=3", &first, &last), ==, 3);
  g_assert_cmpuint (walk ("&table_name=others", &first, &last), ==, 0);
  g_assert_cmpuint (walk ("&from=2000-01-01&to=2000-01-02", &first, &last), ==, 0);
  g_assert_cmpuint (walk ("&from=2000-01-01", &first, &last), ==, 40);
  g_assert_cmpuint (walk ("&room=payroll", &first, &last), ==, 40); /* in the same database here */
  wrong = api_call (&api, "GET", "/v1/audit-log?action=WATCH", NULL, NULL);
  g_assert_cmpuint (wrong.status, ==, 400);
}

static void
test_line (void)
{
  g_auto(ApiAnswer) answer = api_call (&api, "GET", "/v1/audit-log?limit=1&action=UPDATE&row_key=10", NULL, NULL);
  JsonObject *line = json_array_get_object_element (api_items (&answer), 0);

  g_assert_cmpstr (json_object_get_string_member (line, "table_name"), ==, "things");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (line, "before"), "name"), ==, "n10");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (line, "after"), "name"), ==, "x");
  g_assert_cmpuint (json_object_get_size (json_object_get_object_member (line, "after")), ==, 1);
}

int
main (int argc, char **argv)
{
  static const char *const scopes[] = { "audit:read", NULL };
  g_autoptr(ArmmsConfig) config = NULL;
  ArmmsDb *db;
  ArmmsId tenant = armms_id_new ();
  GError *error = NULL;
  int code;

  g_test_init (&argc, &argv, NULL);
  database = armms_test_database_new ();
  config = armms_test_database_config (database, "armms_server");
  db = armms_db_new (config, FALSE, &error);
  g_assert_no_error (error);
  armms_db_add_statements (db, armms_audit_room.name, armms_audit_room.schema, armms_audit_room.statements);
  write_log (&tenant);
  api_start (&api, database, db, rooms, &tenant, scopes);
  g_test_add_func ("/audit-log/pages both ways, nothing twice", test_pages);
  g_test_add_func ("/audit-log/filters", test_filters);
  g_test_add_func ("/audit-log/a line tells before and after", test_line);
  code = g_test_run ();
  api_stop (&api);
  armms_db_free (db);
  armms_test_database_free (database);
  return code;
}
