/* The calls of hr and scheduling over HTTP: each list with its orders and filters, each resource made, read, changed and refused. */
#include "tests/server/api.h"
#include "tests/server/hr/agency.h"

#include "server/scheduling/scheduling.h"
#include "server/tenant/tenant.h"

static const ArmmsRoom *const rooms[] = { &armms_tenant_room, &armms_hr_room, &armms_scheduling_room, NULL };
static const char *const scopes[] = { "hr:read", "hr:update", "payroll:read", "scheduling:read", "scheduling:update", NULL };

typedef struct {
  Agency agency;
  Api api;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  ArmmsTenant *tenant = armms_record_new (&armms_tenant_type);
  ArmmsWork *work;

  agency_set_up (&f->agency, rooms);
  tenant->tenant_id = f->agency.actor.tenant_id;
  tenant->code = g_strdup ("test");
  tenant->name = g_strdup ("Test Agency");
  work = begin (&f->agency, "tenant");
  if (!armms_tenant_insert (work, tenant, &error))
    g_error ("%s", error->message);
  commit (work);
  armms_record_free (&armms_tenant_type, tenant);
  api_start (&f->api, f->agency.database, f->agency.db, rooms, &f->agency.actor.tenant_id, scopes);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  api_stop (&f->api);
  agency_tear_down (&f->agency);
}

static void
assert_status (Fixture *f, const char *method, const char *path, const char *body, const char *if_match, guint status)
{
  g_auto(ApiAnswer) answer = api_call (&f->api, method, path, body, if_match);

  g_assert_cmpuint (answer.status, ==, status);
}

static void
walk_list (Fixture *f, const ArmmsRoute *route)
{
  const char *begin_with = strcmp (route->path, "/v1/rosters") == 0 ? "?date=2026-05-01&" : "?";

  for (const ArmmsField *field = route->response->fields; field->name != NULL; field++)
    {
      const char *value = field->kind == ARMMS_FIELD_ID ? "018f3a6c-7b1d-7000-8000-000000000001"
                          : field->kind == ARMMS_FIELD_DATE ? "2026-05-01" : field->format != NULL ? field->format : "X";
      g_autofree char *word = g_strndup (value, strcspn (value, "|"));
      g_autofree char *up = g_strconcat (route->path, begin_with, "sort=", field->name, NULL);
      g_autofree char *down = g_strconcat (route->path, begin_with, "q=x&limit=1&sort=-", field->name, NULL);
      g_autofree char *only = g_strconcat (route->path, begin_with, field->name, "=", word, NULL);

      assert_status (f, "GET", up, NULL, NULL, field->flags & ARMMS_FIELD_SORT ? 200 : 400);
      assert_status (f, "GET", down, NULL, NULL, field->flags & ARMMS_FIELD_SORT ? 200 : 400);
      if (field->flags & ARMMS_FIELD_FILTER)
        assert_status (f, "GET", only, NULL, NULL, 200);
    }
  for (const ArmmsParameter *parameter = route->parameters; parameter != NULL && parameter->name != NULL; parameter++)
    if (parameter->kind == ARMMS_FIELD_DATE && strcmp (begin_with, "?") == 0)
      {
        g_autofree char *dated = g_strconcat (route->path, "?", parameter->name, "=2026-05-01", NULL);
        assert_status (f, "GET", dated, NULL, NULL, 200);
      }
}

/* Every list in every order that it offers, forwards and backwards, with every filter. */
static void
test_lists (Fixture *f, gconstpointer data)
{
  const ArmmsRoom *const served[] = { &armms_hr_room, &armms_scheduling_room };

  for (guint r = 0; r < G_N_ELEMENTS (served); r++)
    for (const ArmmsRoute *route = served[r]->routes; route->method != NULL; route++)
      if ((route->flags & ARMMS_ROUTE_LIST) && strchr (route->path, '{') == NULL)
        walk_list (f, route);
}

/* Pages of two, forwards and backwards, hold everybody once, in order. */
static void
test_pages (Fixture *f, gconstpointer data)
{
  static const char *const orders[] = { "employee_no", "-employee_no", "hired_on", "-family_name" };

  for (int i = 0; i < 5; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"employee_no\":\"G-%d\",\"family_name\":\"%c\",\"given_name\":\"Juan\",\"hired_on\":\"2025-01-0%d\"}",
                                               i, "EADBC"[i], i % 2 + 1);
      assert_status (f, "POST", "/v1/employees", body, NULL, 201);
    }
  for (guint o = 0; o < G_N_ELEMENTS (orders); o++)
    {
      g_autofree char *cursor = NULL;
      g_autofree char *last = NULL;
      guint seen = 0, pages = 0;
      const char *member = orders[o] + (orders[o][0] == '-');

      do
        {
          g_autofree char *path = g_strdup_printf ("/v1/employees?limit=2&sort=%s%s%s", orders[o], cursor != NULL ? "&cursor=" : "", cursor != NULL ? cursor : "");
          g_auto(ApiAnswer) answer = api_call (&f->api, "GET", path, NULL, NULL);
          JsonArray *items = api_items (&answer);

          g_assert_cmpuint (answer.status, ==, 200);
          for (guint i = 0; i < json_array_get_length (items); i++)
            {
              const char *key = json_object_get_string_member (json_array_get_object_element (items, i), member);

              if (last != NULL)
                g_assert_true (orders[o][0] == '-' ? strcmp (key, last) <= 0 : strcmp (key, last) >= 0);
              g_free (last);
              last = g_strdup (key);
              seen++;
            }
          g_free (cursor);
          cursor = g_strdup (api_text (&answer, "next_cursor"));
          pages++;
        }
      while (*cursor != '\0' && pages < 10);
      g_assert_cmpuint (seen, ==, 5);
      g_assert_cmpuint (pages, ==, 3);
    }
}

static void
test_employee (Fixture *f, gconstpointer data)
{
  g_auto(ApiAnswer) made = api_call (&f->api, "POST", "/v1/employees",
    "{\"employee_no\":\"G-1\",\"family_name\":\"Cruz\",\"given_name\":\"Juan\",\"hired_on\":\"2025-01-01\",\"sss_no\":\"34-1234567-8\"}", NULL);
  g_autofree char *path = g_strconcat ("/v1/employees/", api_text (&made, "employee_id"), NULL);
  g_autofree char *history = g_strconcat (path, "/employment?sort=-valid_from", NULL);
  g_auto(ApiAnswer) read = api_call (&f->api, "GET", path, NULL, NULL);
  g_auto(ApiAnswer) changed = api_call (&f->api, "PATCH", path,
    "{\"pay_basis\":\"MONTHLY\",\"monthly_rate\":\"20000.00\",\"effective_on\":\"2025-03-01\"}", made.etag);
  g_auto(ApiAnswer) wrong = api_call (&f->api, "POST", "/v1/employees",
    "{\"employee_no\":\"G 1\",\"hired_on\":\"2025-02-30\",\"status\":\"FIRED\",\"version\":7,\"shoe_size\":42}", NULL);
  g_auto(ApiAnswer) employments = api_call (&f->api, "GET", history, NULL, NULL);
  g_autofree char *problems = api_problems (&wrong);

  g_assert_cmpuint (made.status, ==, 201);
  g_assert_cmpstr (made.etag, ==, "\"1\"");
  g_assert_cmpuint (read.status, ==, 200);
  g_assert_cmpstr (api_text (&read, "sss_no"), ==, "34-1234567-8");
  g_assert_cmpuint (changed.status, ==, 200);
  g_assert_cmpstr (api_text (&changed, "monthly_rate"), ==, "20000.00");
  g_assert_cmpstr (changed.etag, ==, "\"2\"");
  g_assert_cmpuint (wrong.status, ==, 422);
  g_assert_cmpstr (problems, ==, "employee_no:bad_format hired_on:bad_format status:not_one_of version:read_only shoe_size:unknown "
                                 "family_name:required given_name:required");
  g_assert_cmpuint (json_array_get_length (api_items (&employments)), ==, 2);
  assert_status (f, "PATCH", path, "{\"given_name\":\"Juana\"}", "\"1\"", 412);
  assert_status (f, "PATCH", path, "{\"given_name\":\"Juana\"}", NULL, 428);
  assert_status (f, "POST", "/v1/employees", "{\"employee_no\":\"G-1\",\"family_name\":\"Cruz\",\"given_name\":\"Juan\",\"hired_on\":\"2025-01-01\"}", NULL, 409);
  assert_status (f, "GET", "/v1/employees/018f3a6c-7b1d-7000-8000-000000000001", NULL, NULL, 404);
}

static char *
id_text (const ArmmsId *id)
{
  return armms_id_to_string (id);
}

static void
test_plain_resources (Fixture *f, gconstpointer data)
{
  g_autofree char *client = id_text (&f->agency.client_id);
  g_autofree char *detachment = g_strdup_printf ("{\"code\":\"BANK\",\"name\":\"Bank\",\"client_id\":\"%s\",\"region\":\"NCR\"}", client);
  const struct { const char *path, *id, *body, *change, *wrong; } cases[] = {
    { "/v1/clients", "client_id", "{\"code\":\"BETA\",\"name\":\"Beta\"}", "{\"name\":\"Beta Corp\"}", "{\"name\":\"\"}" },
    { "/v1/departments", "department_id", "{\"code\":\"OPS\",\"name\":\"Operations\"}", "{\"status\":\"INACTIVE\"}", "{\"status\":\"GONE\"}" },
    { "/v1/detachments", "detachment_id", detachment, "{\"city\":\"Manila\",\"meal_break\":\"AUTO\"}", "{\"region\":null}" },
    { "/v1/positions", "position_id", "{\"code\":\"SIC\",\"name\":\"Shift-in-charge\",\"rank\":2}", "{\"rank\":null}", "{\"rank\":100}" },
    { "/v1/shifts", "shift_id", "{\"code\":\"N12\",\"name\":\"Night\",\"start_minute\":1080,\"end_minute\":1800}", "{\"name\":\"Night duty\"}", "{\"start_minute\":1020}" },
    { "/v1/holidays", "holiday_id", "{\"on_date\":\"2026-05-01\",\"name\":\"Labor Day\",\"day_type\":\"regular\",\"scope\":\"national\"}", "{\"status\":\"CANCELLED\"}", "{\"scope\":\"everywhere\"}" },
    { "/v1/attendance-policies", "policy_id", "{\"code\":\"STD\",\"name\":\"Standard\",\"valid_from\":\"2026-01-01\",\"early_margin_minutes\":180}", "{\"late_margin_minutes\":240}", "{\"early_margin_minutes\":721}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(ApiAnswer) made = api_call (&f->api, "POST", cases[i].path, cases[i].body, NULL);
      g_autofree char *path = g_strconcat (cases[i].path, "/", api_text (&made, cases[i].id), NULL);

      g_assert_cmpuint (made.status, ==, 201);
      assert_status (f, "POST", cases[i].path, cases[i].body, NULL, 409);
      assert_status (f, "GET", path, NULL, NULL, 200);
      assert_status (f, "PATCH", path, cases[i].wrong, made.etag, 422);
      assert_status (f, "PATCH", path, cases[i].change, made.etag, 200);
      assert_status (f, "PATCH", path, cases[i].change, made.etag, 412);
    }
  assert_status (f, "POST", "/v1/detachments",
                 "{\"code\":\"LOST\",\"name\":\"Lost\",\"client_id\":\"018f3a6c-7b1d-7000-8000-000000000001\",\"region\":\"NCR\"}", NULL, 422);
}

/* A regular holiday and a special day on one date are marked on both, where both may hold; a cancelled one is none. */
static void
test_for_a_person (Fixture *f, gconstpointer data)
{
  const struct { const char *body; gboolean marked; } days[] = {
    { "{\"on_date\":\"2026-11-30\",\"name\":\"Bonifacio Day\",\"day_type\":\"regular\",\"scope\":\"national\"}", TRUE },
    { "{\"on_date\":\"2026-11-30\",\"name\":\"Town day\",\"day_type\":\"special\",\"scope\":\"city:Manila\"}", TRUE },
    { "{\"on_date\":\"2026-11-30\",\"name\":\"Fair\",\"day_type\":\"special_working\",\"scope\":\"national\"}", FALSE },
    { "{\"on_date\":\"2026-06-24\",\"name\":\"Manila Day\",\"day_type\":\"special\",\"scope\":\"city:Manila\"}", FALSE },
    { "{\"on_date\":\"2026-06-24\",\"name\":\"Cebu Day\",\"day_type\":\"regular\",\"scope\":\"city:Cebu City\"}", FALSE },
    { "{\"on_date\":\"2026-11-02\",\"name\":\"All Souls' Day\",\"day_type\":\"special\",\"scope\":\"national\"}", FALSE },
    { "{\"on_date\":\"2026-11-02\",\"name\":\"Barangay elections\",\"day_type\":\"special\",\"scope\":\"national\"}", FALSE },
    { "{\"on_date\":\"2026-12-30\",\"name\":\"Rizal Day\",\"day_type\":\"regular\",\"scope\":\"national\"}", FALSE },
    { "{\"on_date\":\"2026-12-30\",\"name\":\"Withdrawn\",\"day_type\":\"special\",\"scope\":\"national\",\"status\":\"CANCELLED\"}", FALSE },
  };
  char *paths[G_N_ELEMENTS (days)];

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_auto(ApiAnswer) made = api_call (&f->api, "POST", "/v1/holidays", days[i].body, NULL);

      g_assert_cmpuint (made.status, ==, 201);
      paths[i] = g_strconcat ("/v1/holidays/", api_text (&made, "holiday_id"), NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_auto(ApiAnswer) read = api_call (&f->api, "GET", paths[i], NULL, NULL);

      g_assert_cmpuint (read.status, ==, 200);
      g_assert_cmpint (json_object_get_boolean_member (json_node_get_object (read.json), "for_a_person"), ==, days[i].marked);
      g_free (paths[i]);
    }
  assert_status (f, "POST", "/v1/holidays",
                 "{\"on_date\":\"2026-11-03\",\"name\":\"Mine\",\"day_type\":\"special\",\"scope\":\"national\",\"for_a_person\":true}", NULL, 422);
}

static char *
hire (Fixture *f, const char *no)
{
  g_autofree char *body = g_strdup_printf ("{\"employee_no\":\"%s\",\"family_name\":\"%s\",\"given_name\":\"Juan\",\"hired_on\":\"2019-01-01\"}", no, no);
  g_auto(ApiAnswer) made = api_call (&f->api, "POST", "/v1/employees", body, NULL);

  g_assert_cmpuint (made.status, ==, 201);
  return g_strdup (api_text (&made, "employee_id"));
}

/* From an assignment to the roster of a day with a relief on it. */
static void
test_plan (Fixture *f, gconstpointer data)
{
  char fri[ARMMS_DATE_TEXT_SIZE], sun[ARMMS_DATE_TEXT_SIZE], later[ARMMS_DATE_TEXT_SIZE];
  ArmmsDate start = friday (4);
  g_autofree char *span = g_strdup_printf ("{\"from\":\"%s\",\"to\":\"%s\"}", armms_date_format (start, fri),
                                           armms_date_format (armms_date_add_days (start, 2), sun));
  g_autofree char *too_long = g_strdup_printf ("{\"from\":\"%s\",\"to\":\"%s\"}", fri, armms_date_format (armms_date_add_days (start, 200), later));
  g_autofree char *listed = g_strdup_printf ("/v1/shift-instances?from=%s&to=%s", fri, later);
  g_autofree char *board = g_strdup_printf ("/v1/rosters?date=%s&limit=1", fri);
  g_autofree char *searched = g_strdup_printf ("/v1/assignments?q=alb&on=%s", later);
  g_autofree char *ended = g_strdup_printf ("{\"valid_to\":\"%s\"}", later);
  g_autofree char *alba = hire (f, "ALBA"), *bono = hire (f, "BONO");
  g_autofree char *site = id_text (&f->agency.site_id), *shift = id_text (&f->agency.day_id), *position = id_text (&f->agency.guard_id);
  g_autofree char *body = g_strdup_printf ("{\"employee_id\":\"%s\",\"detachment_id\":\"%s\",\"shift_id\":\"%s\",\"position_id\":\"%s\","
                                           "\"valid_from\":\"2020-05-01\",\"rest_weekdays\":\"SUN,SAT\"}", alba, site, shift, position);
  g_autofree char *relief = g_strdup_printf ("{\"reliever_id\":\"%s\",\"relieved_id\":\"%s\",\"reason\":\"SICK\"}", bono, alba);
  g_auto(ApiAnswer) made = api_call (&f->api, "POST", "/v1/assignments", body, NULL);
  g_autofree char *assignment = g_strconcat ("/v1/assignments/", api_text (&made, "assignment_id"), NULL);
  g_auto(ApiAnswer) planned = api_call (&f->api, "POST", "/v1/shift-instances/plan", span, NULL);
  g_auto(ApiAnswer) instances = api_call (&f->api, "GET", listed, NULL, NULL);
  JsonObject *first = json_array_get_object_element (api_items (&instances), 0);
  g_autofree char *relievers = g_strconcat ("/v1/shift-instances/", json_object_get_string_member (first, "shift_instance_id"), "/relievers", NULL);
  g_auto(ApiAnswer) assigned = api_call (&f->api, "POST", relievers, relief, NULL);
  g_autofree char *release = g_strconcat ("/v1/relievers/", api_text (&assigned, "relief_id"), "/release", NULL);
  g_auto(ApiAnswer) roster = api_call (&f->api, "GET", board, NULL, NULL);
  g_autofree char *next = g_strconcat (board, "&cursor=", api_text (&roster, "next_cursor"), NULL);
  g_auto(ApiAnswer) second = api_call (&f->api, "GET", next, NULL, NULL);
  g_auto(ApiAnswer) found = api_call (&f->api, "GET", searched, NULL, NULL);
  g_auto(ApiAnswer) none = api_call (&f->api, "GET", "/v1/assignments?q=zzz", NULL, NULL);
  g_auto(ApiAnswer) reliefs = api_call (&f->api, "GET", relievers, NULL, NULL);

  g_assert_cmpuint (made.status, ==, 201);
  g_assert_cmpstr (api_text (&made, "rest_weekdays"), ==, "SAT,SUN");
  g_assert_cmpstr (api_text (&made, "employee_name"), ==, "ALBA, Juan");
  g_assert_cmpint (json_object_get_int_member (api_object (&planned), "made"), ==, 3);
  g_assert_cmpuint (json_array_get_length (api_items (&instances)), ==, 3);
  g_assert_cmpint (json_object_get_int_member (first, "headcount"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (first, "planned"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (api_items (&instances), 1), "planned"), ==, 0);
  g_assert_cmpuint (assigned.status, ==, 201);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (api_items (&roster), 0), "duty"), ==, "RELIEVED");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (api_items (&second), 0), "duty"), ==, "RELIEF");
  g_assert_cmpuint (json_array_get_length (api_items (&found)), ==, 1);
  g_assert_cmpuint (json_array_get_length (api_items (&none)), ==, 0);
  g_assert_cmpuint (json_array_get_length (api_items (&reliefs)), ==, 1);
  assert_status (f, "POST", relievers, relief, NULL, 409);
  assert_status (f, "POST", release, NULL, NULL, 200);
  assert_status (f, "POST", release, NULL, NULL, 409);
  assert_status (f, "POST", "/v1/assignments", body, NULL, 409);
  assert_status (f, "PATCH", assignment, ended, made.etag, 200);
  assert_status (f, "PATCH", assignment, "{\"valid_to\":\"2020-04-15\"}", "\"2\"", 422);
  assert_status (f, "GET", "/v1/rosters", NULL, NULL, 400);
  assert_status (f, "POST", "/v1/shift-instances/plan", too_long, NULL, 422);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/scheduling/calls/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("every list in every order, with every filter", test_lists);
  ADD ("pages hold everybody once", test_pages);
  ADD ("an employee", test_employee);
  ADD ("what is plain is made, read, changed and refused", test_plain_resources);
  ADD ("two holidays on one date are marked for a person", test_for_a_person);
  ADD ("from an assignment to the roster", test_plan);
  return g_test_run ();
}
