/* Bytes to events: what each can be, and what it cannot. */
#include "server/timekeeping/ingest/decode.h"

#include <string.h>

#define IDS "\"event_id\":\"01900000-0000-7000-8000-000000000001\",\"device_id\":\"01900000-0000-7000-8000-000000000002\""
#define WHO "\"employee_no\":\"G-1\""
#define WHEN "\"ts\":\"2026-05-04T06:00:00+08:00\""
#define IN "\"type\":\"IN\""

typedef struct {
  const char *about;
  const char *body;
  const char *wrong; /* "field:code", "" none */
} Case;

static const Case cases[] = {
  { "the least that an event is", "{" IDS "," WHO "," WHEN "," IN "}", "" },
  { "in any order, with spaces", " { " IN " , " WHEN "\n,\t" WHO " , " IDS " } ", "" },
  { "by key of the employee", "{" IDS ",\"employee_id\":\"01900000-0000-7000-8000-000000000003\"," WHEN "," IN "}", "" },
  { "by the old name of it", "{" IDS ",\"guard_id\":\"01900000-0000-7000-8000-000000000003\"," WHEN "," IN "}", "" },
  { "what is not known is passed over", "{" IDS ",\"battery\":{\"level\":[1,2,{\"x\":\"}\"}]}," WHO "," WHEN "," IN "}", "" },
  { "null is as if it were not there", "{" IDS ",\"seq\":null," WHO "," WHEN "," IN "}", "" },
  { "no instant", "{" IDS "," WHO "," IN "}", "ts:required" },
  { "an instant without an offset", "{" IDS "," WHO ",\"ts\":\"2026-05-04T06:00:00\"," IN "}", "ts:bad_format" },
  { "no type", "{" IDS "," WHO "," WHEN "}", "type:required" },
  { "a type that there is not", "{" IDS "," WHO "," WHEN ",\"type\":\"in\"}", "type:unknown" },
  { "nobody", "{" IDS "," WHEN "," IN "}", "employee_no:required" },
  { "an empty number", "{" IDS ",\"employee_no\":\"\"," WHEN "," IN "}", "employee_no:required" },
  { "no key", "{\"device_id\":\"01900000-0000-7000-8000-000000000002\"," WHO "," WHEN "," IN "}", "event_id:required" },
  { "a key that is none", "{\"event_id\":\"17\",\"device_id\":\"01900000-0000-7000-8000-000000000002\"," WHO "," WHEN "," IN "}", "event_id:bad_format" },
  { "a number where a key belongs", "{\"event_id\":17,\"device_id\":\"01900000-0000-7000-8000-000000000002\"," WHO "," WHEN "," IN "}", "event_id:bad_format" },
  { "a running number below zero", "{" IDS ",\"seq\":-1," WHO "," WHEN "," IN "}", "seq:out_of_range" },
  { "a running number that is too great", "{" IDS ",\"seq\":99999999999," WHO "," WHEN "," IN "}", "seq:out_of_range" },
  { "no object at all", "[7]", "event:bad_format" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(GStringChunk) texts = g_string_chunk_new (64);
  g_autoptr(GArray) events = g_array_new (FALSE, FALSE, sizeof (ArmmsIngestEvent));
  g_autoptr(GError) error = NULL;
  g_autofree char *wrong = NULL;
  const ArmmsIngestEvent *event;
  gboolean is_array;

  g_assert_true (armms_ingest_decode (c->body, strlen (c->body), texts, events, &is_array, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 1);
  event = &g_array_index (events, ArmmsIngestEvent, 0);
  wrong = event->bad_field == NULL ? g_strdup ("") : g_strconcat (event->bad_field, ":", event->bad_code, NULL);
  g_assert_cmpstr (wrong, ==, c->wrong);
  if (event->bad_field == NULL)
    g_assert_cmpstr (event->type, ==, "IN");
}

static void
test_texts (void)
{
  const char body[] = "{" IDS ",\"employee_no\":\"\\u00d1-\\\"1\\ud83d\\ude00\"," WHEN "," IN ",\"seq\":12,\"payload\":{\"a\": [1, \"]\"]}}";
  g_autoptr(GStringChunk) texts = g_string_chunk_new (64);
  g_autoptr(GArray) events = g_array_new (FALSE, FALSE, sizeof (ArmmsIngestEvent));
  g_autoptr(GError) error = NULL;
  const ArmmsIngestEvent *event;
  gboolean is_array;

  g_assert_true (armms_ingest_decode (body, sizeof body - 1, texts, events, &is_array, &error));
  event = &g_array_index (events, ArmmsIngestEvent, 0);
  g_assert_cmpstr (event->employee_ref, ==, "\xc3\x91-\"1\xf0\x9f\x98\x80");
  g_assert_cmpstr (event->payload, ==, "{\"a\": [1, \"]\"]}");
  g_assert_cmpint (event->seq, ==, 12);
}

/* The same event has the same hash however it is written; another one has another. */
static void
test_hash (void)
{
  const char *bodies[] = { "{" IDS "," WHO "," WHEN "," IN "}", "{" IN "," WHEN ",  " WHO "," IDS "}",
                           "{" IDS "," WHO ",\"ts\":\"2026-05-03T22:00:00Z\"," IN "}", "{" IDS "," WHO "," WHEN ",\"type\":\"OUT\"}",
                           "{" IDS "," WHO "," WHEN "," IN ",\"seq\":0}" };
  gint64 hashes[G_N_ELEMENTS (bodies)];

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr(GStringChunk) texts = g_string_chunk_new (64);
      g_autoptr(GArray) events = g_array_new (FALSE, FALSE, sizeof (ArmmsIngestEvent));
      gboolean is_array;

      g_assert_true (armms_ingest_decode (bodies[i], strlen (bodies[i]), texts, events, &is_array, NULL));
      hashes[i] = g_array_index (events, ArmmsIngestEvent, 0).body_hash;
    }
  g_assert_cmpint (hashes[0], ==, hashes[1]);
  g_assert_cmpint (hashes[0], ==, hashes[2]);
  g_assert_cmpint (hashes[0], !=, hashes[3]);
  g_assert_cmpint (hashes[0], !=, hashes[4]);
}

static void
test_arrays (void)
{
  g_autoptr(GString) body = g_string_new ("[");
  g_autoptr(GStringChunk) texts = g_string_chunk_new (64);
  g_autoptr(GArray) events = g_array_new (FALSE, FALSE, sizeof (ArmmsIngestEvent));
  g_autoptr(GError) error = NULL;
  gboolean is_array;

  for (guint i = 0; i < ARMMS_INGEST_MOST_EVENTS; i++)
    g_string_append_printf (body, "%s{" IDS "," WHO "," WHEN "," IN "}", i > 0 ? "," : "");
  g_string_append_c (body, ']');
  g_assert_true (armms_ingest_decode (body->str, body->len, texts, events, &is_array, &error));
  g_assert_true (is_array);
  g_assert_cmpuint (events->len, ==, ARMMS_INGEST_MOST_EVENTS);
  g_string_truncate (body, body->len - 1);
  g_string_append (body, ",{}]");
  g_assert_false (armms_ingest_decode (body->str, body->len, texts, events, &is_array, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "event.too_many");
  g_clear_error (&error);
  g_array_set_size (events, 0);
  g_assert_true (armms_ingest_decode ("[]", 2, texts, events, &is_array, &error));
  g_assert_cmpuint (events->len, ==, 0);
  for (guint i = 0; i < 4; i++)
    {
      static const char *const broken[] = { "", "{", "[{}", "7" };

      g_assert_false (armms_ingest_decode (broken[i], strlen (broken[i]), texts, events, &is_array, &error));
      g_assert_true (g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_MALFORMED));
      g_clear_error (&error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (g_strdup_printf ("/timekeeping/decode/%s", cases[i].about), &cases[i], test_case);
  g_test_add_func ("/timekeeping/decode/texts with escapes, payload as it came", test_texts);
  g_test_add_func ("/timekeeping/decode/the hash is of what was said", test_hash);
  g_test_add_func ("/timekeeping/decode/arrays", test_arrays);
  return g_test_run ();
}
