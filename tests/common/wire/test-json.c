#include "common/base/error.h"
#include "common/wire/json.h"

typedef struct { const char *name; const char *text; const char *canonical; } Case;

static const Case cases[] = {
  { "members by their bytes, no spaces", "{ \"b\": 1, \"a\" : [ 2 , true, null ], \"B\": {} }", "{\"B\":{},\"a\":[2,true,null],\"b\":1}" },
  { "nested objects too", "{\"z\":{\"y\":1,\"x\":{\"b\":0,\"a\":-1}}}", "{\"z\":{\"x\":{\"a\":-1,\"b\":0},\"y\":1}}" },
  { "letters beyond ASCII stay", "[\"Pe\\u00f1a ₱ \\ud83d\\ude00\"]", "[\"Peña ₱ 😀\"]" },
  { "controls and quotes are escaped", "[\"a\\\"b\\\\c\\n\\t\\u0001\"]", "[\"a\\\"b\\\\c\\n\\t\\u0001\"]" },
  { "the ends of the whole numbers", "[9223372036854775807,-9223372036854775808,0]", "[9223372036854775807,-9223372036854775808,0]" },
  { "a text alone", "\"x\"", "\"x\"" },
};

static void
test_canonical (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = armms_json_parse (c->text, &error);
  g_autoptr(JsonNode) again = NULL;
  g_autofree char *text = NULL, *twice = NULL;

  g_assert_no_error (error);
  text = armms_json_to_canonical (node);
  g_assert_cmpstr (text, ==, c->canonical);
  again = armms_json_parse (text, &error);
  g_assert_no_error (error);
  twice = armms_json_to_canonical (again);
  g_assert_cmpstr (twice, ==, text);
}

static void
test_refusals (void)
{
  static const char *const bad[] = { "{", "", "[1,]", "{\"a\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      g_assert_null (armms_json_parse (bad[i], &error));
      g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_MALFORMED);
      g_assert_cmpstr (armms_error_get_code (error), ==, "json.malformed");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/wire/json/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_canonical);
    }
  g_test_add_func ("/wire/json/what is no JSON is refused", test_refusals);
  return g_test_run ();
}
