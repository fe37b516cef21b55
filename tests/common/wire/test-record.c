#include "common/wire/json.h"
#include "sample-record.h"

#define ID_TEXT "018f3a6c-7b1d-7000-8000-000000000001"

typedef struct { const char *name; const char *json; const char *wrong; /* "field:code ..." in order, or NULL: it is taken */ } Case;

static const Case cases[] = {
  { "only what must be there", "{\"code\":\"A1\"}", NULL },
  { "everything",
    "{\"code\":\"A1\",\"name\":\"Peña\",\"state\":\"OPEN\",\"count\":-5,\"rank\":3,\"active\":true,\"amount\":\"10000.00\",\"factor\":\"1.859\",\"grace_minutes\":60,"
    "\"due_on\":\"2026-05-01\",\"seen_at\":\"2026-05-01T06:00:00+08:00\",\"extra\":{\"b\":1,\"a\":[null]},\"tags\":[\"x\",\"y\"],\"members\":[\"" ID_TEXT "\"],"
    "\"main_part\":{\"label\":\"m\",\"amount\":\"1.00\"},\"parts\":[{\"label\":\"p\"}],\"secret\":\"s\",\"password\":\"pw\",\"starts\":\"18:00\",\"contact\":\"a@b.ph\"}", NULL },
  { "nothing", "{}", "code:required" },
  { "null is not there", "{\"code\":null}", "code:required" },
  { "blank is not there", "{\"code\":\"  \"}", "code:required" },
  { "null where none may be", "{\"code\":\"A1\",\"count\":null,\"amount\":null,\"active\":null}", "count:bad_type amount:bad_type active:bad_type" },
  { "null where there may be", "{\"code\":\"A1\",\"name\":null,\"rank\":null,\"due_on\":null,\"tags\":null,\"main_part\":null}", NULL },
  { "every wrong field at once",
    "{\"name\":\"x\",\"state\":\"open\",\"count\":6,\"amount\":\"-0.01\",\"due_on\":\"2026-02-30\",\"what\":1}",
    "name:too_short state:not_one_of count:out_of_range amount:out_of_range due_on:bad_format what:unknown code:required" },
  { "the server's own field", "{\"code\":\"A1\",\"sample_id\":\"" ID_TEXT "\"}", "sample_id:read_only" },
  { "a fraction is no whole number", "{\"code\":\"A1\",\"count\":1.0,\"grace_minutes\":1.5}", "count:bad_type grace_minutes:bad_type" },
  { "a number with an exponent is none either", "{\"code\":\"A1\",\"count\":1e0}", "count:bad_type" },
  { "a number in quotes is a text", "{\"code\":\"A1\",\"count\":\"1\"}", "count:bad_type" },
  { "money as a number is refused", "{\"code\":\"A1\",\"amount\":1.00}", "amount:bad_format" },
  { "money with one decimal is refused", "{\"code\":\"A1\",\"amount\":\"1.5\"}", "amount:bad_format" },
  { "one centavo too many", "{\"code\":\"A1\",\"amount\":\"10000.01\"}", "amount:out_of_range" },
  { "a factor past its bound", "{\"code\":\"A1\",\"factor\":\"5.000001\"}", "factor:out_of_range" },
  { "a factor with seven decimals", "{\"code\":\"A1\",\"factor\":\"1.0000001\"}", "factor:bad_format" },
  { "minutes below and above", "{\"code\":\"A1\",\"grace_minutes\":61}", "grace_minutes:out_of_range" },
  { "a rank below one", "{\"code\":\"A1\",\"rank\":-1}", "rank:out_of_range" },
  { "truth as a number", "{\"code\":\"A1\",\"active\":1}", "active:bad_type" },
  { "letters are counted, not bytes", "{\"code\":\"A1\",\"name\":\"ñññññ\"}", NULL },
  { "one letter too many", "{\"code\":\"A1\",\"name\":\"ññññññ\"}", "name:too_long" },
  { "a code with a space", "{\"code\":\"A 1\"}", "code:bad_format" },
  { "a code that is too long", "{\"code\":\"A12345678\"}", "code:too_long" },
  { "a control letter", "{\"code\":\"A1\",\"name\":\"a\\u0007b\"}", "name:bad_format" },
  { "a text that is a number", "{\"code\":5}", "code:bad_type" },
  { "an instant without zone", "{\"code\":\"A1\",\"seen_at\":\"2026-05-01T06:00:00\"}", "seen_at:bad_format" },
  { "free JSON past its bound", "{\"code\":\"A1\",\"extra\":{\"a\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}}", "extra:too_long" },
  { "too many tags", "{\"code\":\"A1\",\"tags\":[\"a\",\"b\",\"c\",\"d\"]}", "tags:too_long" },
  { "a tag that is none", "{\"code\":\"A1\",\"tags\":[\"a\",2]}", "tags[1]:bad_type" },
  { "a member that is no id", "{\"code\":\"A1\",\"members\":[\"" ID_TEXT "\",\"x\",null]}", "members[1]:bad_format members[2]:bad_format" },
  { "inside a part", "{\"code\":\"A1\",\"main_part\":{\"amount\":\"5000.00\",\"x\":1}}", "main_part.amount:out_of_range main_part.x:unknown main_part.label:required" },
  { "inside the second of the parts", "{\"code\":\"A1\",\"parts\":[{\"label\":\"a\"},{\"label\":\"\"}]}", "parts[1].label:required" },
  { "a part that is a text", "{\"code\":\"A1\",\"main_part\":\"x\",\"parts\":[\"x\"]}", "main_part:bad_type parts[0]:bad_type" },
  { "an array that is none", "{\"code\":\"A1\",\"tags\":\"a\",\"parts\":{}}", "tags:bad_type parts:bad_type" },
  { "24:00 is no time of day", "{\"code\":\"A1\",\"starts\":\"24:00\"}", "starts:bad_format" },
  { "an address without a host", "{\"code\":\"A1\",\"contact\":\"a@b\"}", "contact:bad_format" },
};

static char *
wrong_fields (const GError *error)
{
  GString *out = g_string_new (NULL);
  GPtrArray *fields = armms_error_get_fields (error);

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const ArmmsFieldError *field = g_ptr_array_index (fields, i);
      g_string_append_printf (out, "%s%s:%s", i > 0 ? " " : "", field->field, field->code);
    }
  return g_string_free (out, FALSE);
}

static JsonNode *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = armms_json_parse (text, &error);

  g_assert_no_error (error);
  return node;
}

static void
test_decode (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = parse (c->json);
  Sample *sample = armms_record_from_json (&sample_type, node, ARMMS_DECODE_CREATE, NULL, &error);

  if (c->wrong == NULL)
    {
      g_assert_no_error (error);
      g_assert_nonnull (sample);
    }
  else
    {
      g_autofree char *wrong = wrong_fields (error);

      g_assert_null (sample);
      g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT);
      g_assert_cmpstr (wrong, ==, c->wrong);
    }
  armms_record_free (&sample_type, sample);
}

static const char full[] =
  "{\"sample_id\":\"" ID_TEXT "\",\"code\":\"A1\",\"name\":\"Pe\\\"a\",\"state\":\"OPEN\",\"count\":-5,\"rank\":null,\"active\":true,\"amount\":\"10000.00\","
  "\"factor\":\"1.859\",\"grace_minutes\":60,\"due_on\":\"2026-05-01\",\"seen_at\":\"2026-04-30T22:00:00Z\",\"extra\":{\"a\":[null],\"b\":1},"
  "\"tags\":[\"x\",\"y\"],\"members\":[\"" ID_TEXT "\"],\"main_part\":{\"label\":\"m\",\"amount\":\"1.00\"},\"parts\":[{\"label\":\"p\",\"amount\":\"0.00\"}],"
  "\"secret\":\"s\",\"starts\":\"18:00\",\"contact\":null}";

static void
test_round_trip (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = parse (full), tree = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *canonical = NULL, *wanted = NULL;
  Sample *sample = armms_record_from_json (&sample_type, node, ARMMS_DECODE_ANSWER, NULL, &error);
  Sample *copy;

  g_assert_no_error (error);
  g_assert_cmpint (sample->amount.centavos, ==, 1000000);
  g_assert_cmpint (sample->factor.millionths, ==, 1859000);
  g_assert_cmpuint (sample->members->len, ==, 1);
  copy = armms_record_copy (&sample_type, sample);
  armms_record_free (&sample_type, sample);
  copy->password = g_strdup ("never answered");
  armms_record_append_json (&sample_type, copy, NULL, text);
  g_assert_cmpstr (text->str, ==, full);
  tree = armms_record_to_json (&sample_type, copy, NULL);
  canonical = armms_json_to_canonical (tree);
  wanted = armms_json_to_canonical (node);
  g_assert_cmpstr (canonical, ==, wanted);
  armms_record_free (&sample_type, copy);
}

static void
test_scopes (void)
{
  const char *const scopes[] = { "hr:read", "secret:read", NULL };
  g_autoptr(GString) text = g_string_new (NULL);
  Sample *sample = armms_record_new (&sample_type);

  sample->secret = g_strdup ("seen");
  armms_record_append_json (&sample_type, sample, scopes, text);
  g_assert_nonnull (strstr (text->str, "\"secret\":\"seen\""));
  g_assert_null (strstr (text->str, "\"amount\""));
  g_assert_null (strstr (text->str, "\"password\""));
  g_assert_nonnull (strstr (text->str, "\"parts\":[]"));
  g_assert_nonnull (strstr (text->str, "\"due_on\":null"));
  armms_record_free (&sample_type, sample);
}

static void
test_change (void)
{
  g_autoptr(GError) error = NULL, refused = NULL, unreadable = NULL;
  g_autoptr(JsonNode) start = parse (full);
  g_autoptr(JsonNode) change = parse ("{\"name\":\"Cruz\",\"due_on\":null,\"parts\":[]}");
  g_autoptr(JsonNode) wrong = parse ("{\"name\":\"Reyes\",\"code\":null,\"count\":99}");
  g_autoptr(JsonNode) array = parse ("[]");
  g_autofree char *fields = NULL;
  Sample *sample = armms_record_from_json (&sample_type, start, ARMMS_DECODE_ANSWER, NULL, &error);

  g_assert_true (armms_record_update_from_json (&sample_type, sample, change, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (sample->name, ==, "Cruz");
  g_assert_cmpstr (sample->code, ==, "A1");
  g_assert_true (armms_date_is_none (sample->due_on));
  g_assert_cmpuint (sample->parts->len, ==, 0);
  g_assert_cmpint (sample->count, ==, -5);

  g_assert_false (armms_record_update_from_json (&sample_type, sample, wrong, &refused));
  fields = wrong_fields (refused);
  g_assert_cmpstr (fields, ==, "code:required count:out_of_range");
  g_assert_cmpstr (sample->name, ==, "Cruz");
  g_assert_cmpstr (sample->code, ==, "A1");
  g_assert_false (armms_record_update_from_json (&sample_type, sample, array, &unreadable));
  g_assert_error (unreadable, ARMMS_ERROR, ARMMS_ERROR_MALFORMED);
  armms_record_free (&sample_type, sample);
}

/* The client is older than the server: new members, new words and wider bounds do not stop it; another type does. */
static void
test_answer (void)
{
  g_autoptr(GError) error = NULL, refused = NULL;
  g_autoptr(JsonNode) node = parse ("{\"state\":\"PAUSED\",\"count\":7,\"newcomer\":{\"a\":1},\"name\":\"much longer\",\"contact\":null,\"rank\":null}");
  g_autoptr(JsonNode) other = parse ("{\"count\":\"seven\"}");
  Sample *sample = armms_record_from_json (&sample_type, node, ARMMS_DECODE_ANSWER, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (sample->state, ==, "PAUSED");
  g_assert_cmpint (sample->count, ==, 7);
  armms_record_free (&sample_type, sample);
  g_assert_null (armms_record_from_json (&sample_type, other, ARMMS_DECODE_ANSWER, NULL, &refused));
  g_assert_error (refused, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT);
}

static void
test_path (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = parse ("{\"main_part\":{}}");
  g_autofree char *fields = NULL;

  g_assert_null (armms_record_from_json (&sample_type, node, ARMMS_DECODE_CREATE, "items[3]", &error));
  fields = wrong_fields (error);
  g_assert_cmpstr (fields, ==, "items[3].main_part.label:required items[3].code:required");
}

/* A body made of wrong members is not answered member by member. */
static void
test_flood (void)
{
  g_autoptr(GString) text = g_string_new ("{");
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL;

  for (int i = 0; i < 5000; i++)
    g_string_append_printf (text, "\"m%d\":1,", i);
  g_string_append (text, "\"last\":1}");
  node = parse (text->str);
  g_assert_null (armms_record_from_json (&sample_type, node, ARMMS_DECODE_CREATE, NULL, &error));
  g_assert_cmpuint (armms_error_get_fields (error)->len, ==, 100);
}

static void
test_records (void)
{
  g_autoptr(GPtrArray) samples = armms_records_new (&sample_type);
  g_autoptr(GPtrArray) parts = armms_records_new (&part_type);
  Sample *sample = armms_record_new (&sample_type);
  Part *part = armms_record_new (&part_type);

  sample->parts = armms_records_new (&part_type);
  part->label = g_strdup ("freed with the array");
  g_ptr_array_add (parts, part);
  g_ptr_array_add (sample->parts, armms_record_copy (&part_type, part));
  g_ptr_array_add (samples, sample);
  g_assert_true (armms_date_is_none (sample->due_on));
  g_assert_true (armms_instant_is_none (sample->seen_at));
  armms_record_free (&sample_type, NULL);
  g_assert_null (armms_record_type_find (&sample_type, "nothing"));
  g_assert_cmpstr (armms_record_type_find (&sample_type, "due_on")->name, ==, "due_on");
}

static void
test_display (void)
{
  static const struct { const char *field; const char *text; } wanted[] = {
    { "amount", "10,000.00" }, { "grace_minutes", "1h 00m" }, { "due_on", "2026-05-01" }, { "tags", "x, y" }, { "rank", "" },
    { "active", "yes" }, { "count", "-5" }, { "factor", "1.859" }, { "parts", "1" }, { "contact", "" },
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = parse (full);
  Sample *sample = armms_record_from_json (&sample_type, node, ARMMS_DECODE_ANSWER, NULL, &error);
  static const struct { gint64 centavos; const char *text; } moneys[] = {
    { 0, "0.00" }, { -5, "-0.05" }, { 99999, "999.99" }, { -99999, "-999.99" }, { 100000, "1,000.00" }, { -123456789, "-1,234,567.89" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autofree char *text = armms_field_to_display (armms_record_type_find (&sample_type, wanted[i].field), sample);
      g_assert_cmpstr (text, ==, wanted[i].text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (moneys); i++)
    {
      sample->amount.centavos = moneys[i].centavos;
      g_autofree char *text = armms_field_to_display (armms_record_type_find (&sample_type, "amount"), sample);
      g_assert_cmpstr (text, ==, moneys[i].text);
    }
  armms_record_free (&sample_type, sample);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/wire/record/decode/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_decode);
    }
  g_test_add_func ("/wire/record/what is read is written the same", test_round_trip);
  g_test_add_func ("/wire/record/a reader sees what his scopes allow", test_scopes);
  g_test_add_func ("/wire/record/a change that is wrong changes nothing", test_change);
  g_test_add_func ("/wire/record/an answer is read tolerantly", test_answer);
  g_test_add_func ("/wire/record/a path stands before every name", test_path);
  g_test_add_func ("/wire/record/a flood of wrong members is cut", test_flood);
  g_test_add_func ("/wire/record/arrays free their records", test_records);
  g_test_add_func ("/wire/record/display", test_display);
  return g_test_run ();
}
