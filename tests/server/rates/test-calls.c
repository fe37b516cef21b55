/* The calls of statutory and rates over HTTP: lists with their orders, filters and pages; changes asked for, previewed, refused. */
#include "tests/server/api.h"
#include "tests/server/hr/agency.h"

#include "server/approvals/approvals.h"
#include "server/iam/iam.h"
#include "server/rates/rates-private.h"
#include "server/statutory/statutory-private.h"
#include "server/tenant/tenant.h"
#include "server/timekeeping/timekeeping.h"

static const ArmmsRoom *const rooms[] = {
  &armms_tenant_room, &armms_iam_room, &armms_approvals_room, &armms_hr_room, &armms_timekeeping_room, &armms_statutory_room, &armms_rates_room, NULL,
};
static const char *const scopes[] = { "payroll:waive", "rates:read", "rates:update", "statutory:read", "statutory:update", NULL };
/* Both rooms' subjects in one row: approvals asks for subjects only. */
static ArmmsApprovalSubject subjects[3];
static ArmmsRoom subject_rooms[2];

typedef struct {
  Agency agency;
  Api api;
} Fixture;

static void
insert_card (Agency *agency, gint64 amount, const char *from, const char *to)
{
  g_autoptr(GPtrArray) cards = armms_records_new (&armms_rate_card_type);
  g_autoptr(GError) error = NULL;
  ArmmsRateCard *card = armms_record_new (&armms_rate_card_type);
  ArmmsWork *work = begin (agency, "finance_rates");

  card->detachment_id = agency->site_id;
  card->shift_id = agency->day_id;
  card->position_id = agency->guard_id;
  card->basis = g_strdup ("daily");
  card->amount = ARMMS_MONEY (amount);
  card->valid_from = day (from);
  card->valid_to = to != NULL ? day (to) : ARMMS_DATE_NONE;
  g_ptr_array_add (cards, card);
  if (!armms_rates_insert_cards (work, cards, &error))
    g_error ("%s", error->message);
  commit (work);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *law = g_build_filename (g_getenv ("ARMMS_SOURCE_ROOT"), "data", "statutory", "ph", NULL);
  g_autoptr(GError) error = NULL;
  ArmmsTenant *tenant = armms_record_new (&armms_tenant_type);
  ArmmsWork *work;

  subjects[0] = armms_statutory_room.subjects[0];
  subjects[1] = armms_rates_room.subjects[0];
  subject_rooms[0] = (ArmmsRoom) { .name = "test", .subjects = subjects };
  armms_approvals_set_rooms (subject_rooms);
  agency_set_up (&f->agency, rooms);
  tenant->tenant_id = f->agency.actor.tenant_id;
  tenant->code = g_strdup ("test");
  tenant->name = g_strdup ("Test Agency");
  work = begin (&f->agency, "tenant");
  g_assert_true (armms_tenant_insert (work, tenant, &error));
  commit (work);
  armms_record_free (&armms_tenant_type, tenant);
  work = begin (&f->agency, "gov");
  g_assert_true (armms_statutory_import (work, law, NULL, &error));
  commit (work);
  work = begin (&f->agency, "finance_rates");
  g_assert_true (armms_rates_import_premiums (work, law, NULL, &error));
  commit (work);
  insert_card (&f->agency, 69500, "2026-01-01", "2026-05-10");
  insert_card (&f->agency, 72500, "2026-05-11", NULL);
  api_start (&f->api, f->agency.database, f->agency.db, rooms, &f->agency.actor.tenant_id, scopes);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  api_stop (&f->api);
  agency_tear_down (&f->agency);
}

/* Pages of two, there and back: every row once, in the opposite order. */
static guint
count_rows (Fixture *f, const char *path, const char *sort, const char *id_field)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *cursor = NULL;

  do
    {
      g_autofree char *where = cursor != NULL ? g_strdup_printf ("%s?sort=%s&limit=2&cursor=%s", path, sort, cursor) : g_strdup_printf ("%s?sort=%s&limit=2", path, sort);
      g_auto(ApiAnswer) answer = api_call (&f->api, "GET", where, NULL, NULL);
      JsonArray *items;

      g_assert_cmpuint (answer.status, ==, 200);
      items = api_items (&answer);
      g_assert_cmpuint (json_array_get_length (items), <=, 2);
      for (guint i = 0; i < json_array_get_length (items); i++)
        g_assert_true (g_hash_table_add (seen, g_strdup (json_object_get_string_member (json_array_get_object_element (items, i), id_field))));
      g_free (cursor);
      cursor = g_strdup (api_text (&answer, "next_cursor"));
    }
  while (*cursor != '\0');
  return g_hash_table_size (seen);
}

static guint
count_items (Fixture *f, const char *path)
{
  g_auto(ApiAnswer) answer = api_call (&f->api, "GET", path, NULL, NULL);

  g_assert_cmpuint (answer.status, ==, 200);
  return json_array_get_length (api_items (&answer));
}

static void
assert_status (Fixture *f, const char *method, const char *path, const char *body, const char *if_match, guint status)
{
  g_auto(ApiAnswer) answer = api_call (&f->api, method, path, body, if_match);

  g_assert_cmpuint (answer.status, ==, status);
}

static void
test_lists (Fixture *f, gconstpointer data)
{
  g_assert_cmpuint (count_rows (f, "/v1/contribution-tables", "valid_from", "contribution_table_id"), ==, 2 + 5 + 2);
  g_assert_cmpuint (count_rows (f, "/v1/contribution-tables", "-valid_from", "contribution_table_id"), ==, 9);
  g_assert_cmpuint (count_items (f, "/v1/contribution-tables?scheme=sss"), ==, 2);
  assert_status (f, "GET", "/v1/contribution-tables?scheme=gsis", NULL, NULL, 400);
  g_assert_cmpuint (count_rows (f, "/v1/tax-tables", "valid_from", "tax_table_id"), ==, 10);
  g_assert_cmpuint (count_rows (f, "/v1/tax-tables", "-valid_from", "tax_table_id"), ==, 10);
  g_assert_cmpuint (count_items (f, "/v1/tax-tables?period=semi_monthly&q=Annex"), ==, 2);
  g_assert_cmpuint (count_rows (f, "/v1/premiums", "row_no", "premium_id"), ==, 10);
  g_assert_cmpuint (count_rows (f, "/v1/premiums", "-row_no", "premium_id"), ==, 10);
  g_assert_cmpuint (count_items (f, "/v1/premiums?day_type=regular&rest_day=true&on=2026-05-01"), ==, 1);
  g_assert_cmpuint (count_rows (f, "/v1/rate-cards", "valid_from", "rate_card_id"), ==, 2);
  g_assert_cmpuint (count_rows (f, "/v1/rate-cards", "-valid_from", "rate_card_id"), ==, 2);
  g_assert_cmpuint (count_items (f, "/v1/rate-cards?on=2026-05-10"), ==, 1);
  g_assert_cmpuint (count_items (f, "/v1/rate-cards?basis=hourly"), ==, 0);
  g_assert_cmpuint (count_items (f, "/v1/statutory-schedules?month=2026-05-01&scheme=sss&status=APPLIED"), ==, 0);
  g_assert_cmpuint (count_items (f, "/v1/statutory-settings"), ==, 11);
}

static void
test_one_table (Fixture *f, gconstpointer data)
{
  g_auto(ApiAnswer) list = api_call (&f->api, "GET", "/v1/contribution-tables?scheme=sss&sort=-valid_from&limit=1", NULL, NULL);
  JsonObject *head = json_array_get_object_element (api_items (&list), 0);
  g_autofree char *path = g_strconcat ("/v1/contribution-tables/", json_object_get_string_member (head, "contribution_table_id"), NULL);
  g_auto(ApiAnswer) one = api_call (&f->api, "GET", path, NULL, NULL);
  g_auto(ApiAnswer) taxes = api_call (&f->api, "GET", "/v1/tax-tables?period=monthly&sort=-valid_from&limit=1", NULL, NULL);
  g_autofree char *tax_path = g_strconcat ("/v1/tax-tables/", json_object_get_string_member (json_array_get_object_element (api_items (&taxes), 0), "tax_table_id"), NULL);
  g_auto(ApiAnswer) tax = api_call (&f->api, "GET", tax_path, NULL, NULL);
  JsonObject *row;

  g_assert_cmpuint (one.status, ==, 200);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (api_object (&one), "rows")), ==, 61);
  row = json_array_get_object_element (json_object_get_array_member (api_object (&tax), "rows"), 1);
  g_assert_cmpstr (json_object_get_string_member (row, "over"), ==, "20833.00");
  g_assert_cmpstr (json_object_get_string_member (row, "rate"), ==, "0.15");
  assert_status (f, "GET", "/v1/tax-tables/018f3a6c-7b1d-7000-8000-000000000001", NULL, NULL, 404);
}

static void
test_settings (Fixture *f, gconstpointer data)
{
  g_auto(ApiAnswer) put = api_call (&f->api, "PUT", "/v1/statutory-settings/tax_method", "{\"value\":\"regular\"}", NULL);

  g_assert_cmpuint (put.status, ==, 200);
  g_assert_cmpstr (api_text (&put, "value"), ==, "regular");
  g_assert_cmpstr (api_text (&put, "fallback"), ==, "table");
  assert_status (f, "PUT", "/v1/statutory-settings/tax_method", "{\"value\":\"annualised\"}", NULL, 422);
  assert_status (f, "PUT", "/v1/statutory-settings/no_such", "{\"value\":\"1\"}", NULL, 422);
  assert_status (f, "PUT", "/v1/statutory-settings/tax_method", "{}", NULL, 422);
}

static void
test_rate_cards (Fixture *f, gconstpointer data)
{
  g_auto(ApiAnswer) list = api_call (&f->api, "GET", "/v1/rate-cards?on=2026-05-11", NULL, NULL);
  g_autofree char *path = g_strconcat ("/v1/rate-cards/", json_object_get_string_member (json_array_get_object_element (api_items (&list), 0), "rate_card_id"), NULL);
  g_autofree char *preview_path = g_strconcat (path, "?preview=true", NULL);
  g_auto(ApiAnswer) one = api_call (&f->api, "GET", path, NULL, NULL);
  const char *change = "{\"basis\":\"daily\",\"amount\":\"750.00\",\"valid_from\":\"2026-06-01\",\"reason\":\"raised by the client\"}";
  g_auto(ApiAnswer) preview = api_call (&f->api, "PUT", preview_path, change, one.etag);
  g_auto(ApiAnswer) asked = api_call (&f->api, "PUT", path, change, one.etag);
  g_auto(ApiAnswer) wrong = api_call (&f->api, "PUT", path, "{\"basis\":\"monthly\",\"amount\":\"750.00\",\"valid_from\":\"2026-06-01\",\"reason\":\"a month\"}", one.etag);
  g_autofree char *problems = api_problems (&wrong);

  g_assert_cmpuint (one.status, ==, 200);
  g_assert_cmpstr (one.etag, ==, "\"1\"");
  g_assert_cmpuint (preview.status, ==, 200);
  g_assert_cmpstr (api_text (&preview, "change_id"), ==, "");
  g_assert_cmpstr (api_text (&preview, "day_before"), ==, "725.00");
  g_assert_cmpstr (api_text (&preview, "duty_after"), ==, "1218.75");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (api_object (&preview), "after")), ==, 3);
  g_assert_cmpuint (asked.status, ==, 202);
  g_assert_cmpstr (api_text (&asked, "change_id"), !=, "");
  g_assert_cmpuint (count_items (f, "/v1/rate-cards"), ==, 2);
  g_assert_cmpuint (wrong.status, ==, 422);
  g_assert_cmpstr (problems, ==, "factor:required");
  assert_status (f, "PUT", path, change, NULL, 428);
  assert_status (f, "PUT", path, change, "\"9\"", 412);
  assert_status (f, "PUT", "/v1/rate-cards/018f3a6c-7b1d-7000-8000-000000000001", change, "\"1\"", 404);
  assert_status (f, "POST", "/v1/rate-cards", "{}", NULL, 422);
}

static void
test_new_rate_card (Fixture *f, gconstpointer data)
{
  char site[ARMMS_ID_TEXT_SIZE], shift[ARMMS_ID_TEXT_SIZE], position[ARMMS_ID_TEXT_SIZE];
  g_autofree char *body = g_strdup_printf ("{\"detachment_id\":\"%s\",\"shift_id\":\"%s\",\"position_id\":\"%s\",\"basis\":\"daily\",\"amount\":\"600.00\","
                                           "\"valid_from\":\"2026-05-01\",\"reason\":\"a new post\"}",
                                           armms_id_format (&f->agency.site_id, site), armms_id_format (&f->agency.night_id, shift),
                                           armms_id_format (&f->agency.guard_id, position));
  g_autofree char *nowhere = g_strdup_printf ("{\"detachment_id\":\"018f3a6c-7b1d-7000-8000-000000000001\",\"shift_id\":\"%s\",\"position_id\":\"%s\",\"basis\":\"daily\","
                                              "\"amount\":\"600.00\",\"valid_from\":\"2026-05-01\",\"reason\":\"a new post\"}", shift, position);
  g_auto(ApiAnswer) asked = api_call (&f->api, "POST", "/v1/rate-cards", body, NULL);
  g_auto(ApiAnswer) refused = api_call (&f->api, "POST", "/v1/rate-cards", nowhere, NULL);
  JsonArray *warnings;

  g_assert_cmpuint (asked.status, ==, 202);
  warnings = json_object_get_array_member (api_object (&asked), "warnings");
  g_assert_cmpuint (json_array_get_length (warnings), ==, 1);
  g_assert_true (g_str_has_prefix (json_array_get_string_element (warnings, 0), "minimum_wage.below"));
  g_assert_cmpuint (refused.status, ==, 422);
}

static void
test_waiver (Fixture *f, gconstpointer data)
{
  const char *body = "{\"employee_id\":\"018f3a6c-7b1d-7000-8000-000000000001\",\"scheme\":\"sss\",\"month\":\"2026-05-01\","
                     "\"follow_up\":\"manual\",\"instalments\":[{\"month\":\"2026-07-01\",\"amount_centavos\":12500}],\"reason\":\"five days of pay\"}";
  g_auto(ApiAnswer) asked = api_call (&f->api, "POST", "/v1/statutory-waivers", body, NULL);
  g_auto(ApiAnswer) again = api_call (&f->api, "POST", "/v1/statutory-waivers", body, NULL);

  g_assert_cmpuint (asked.status, ==, 202);
  g_assert_cmpstr (api_text (&asked, "change_id"), !=, "");
  g_assert_cmpuint (again.status, ==, 409);
  assert_status (f, "POST", "/v1/statutory-waivers", "{\"scheme\":\"tax\"}", NULL, 422);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/calls/lists-page-sort-and-filter", test_lists);
  ADD ("/calls/one-table-with-its-rows", test_one_table);
  ADD ("/calls/settings", test_settings);
  ADD ("/calls/rate-cards/previewed-asked-refused", test_rate_cards);
  ADD ("/calls/rate-cards/a-new-post", test_new_rate_card);
  ADD ("/calls/statutory-waivers", test_waiver);
  return g_test_run ();
}
