#include "server/platform/http/json-scan.h"

#include <json-glib/json-glib.h>
#include <string.h>

typedef struct {
  const char *name;
  const char *text;
  gssize size;       /* 0: strlen */
  const char *code;  /* NULL: good */
} Case;

static const Case cases[] = {
  { "an object", "{\"a\":1}", 0, NULL },
  { "an empty object", "{}", 0, NULL },
  { "an empty array", "[]", 0, NULL },
  { "spaces all over", " \t\r\n{ \"a\" : [ 1 , 2 ] } \n", 0, NULL },
  { "a lone string", "\"a\"", 0, NULL },
  { "a lone number", "42", 0, NULL },
  { "a lone null", "null", 0, NULL },
  { "true and false", "[true,false]", 0, NULL },
  { "a negative zero", "[-0]", 0, NULL },
  { "numbers with fraction and exponent", "[1.5,-1.25e10,1E-3,0.1,1e+2]", 0, NULL },
  { "eighteen digits", "[999999999999999999]", 0, NULL },
  { "every escape", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\"]", 0, NULL },
  { "a surrogate pair", "[\"\\ud83d\\ude00\"]", 0, NULL },
  { "UTF-8 of two, three and four bytes", "[\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"]", 0, NULL },
  { "the last code point", "[\"\xf4\x8f\xbf\xbf\"]", 0, NULL },
  { "a delete character", "[\"\x7f\"]", 0, NULL },
  { "the same name in two objects", "[{\"a\":1},{\"a\":1}]", 0, NULL },
  { "the same name one level down", "{\"a\":{\"a\":1}}", 0, NULL },
  { "an empty name", "{\"\":1}", 0, NULL },
  { "a name with a dot", "{\"a.b\":1}", 0, NULL },

  { "nothing", "", 0, "json.empty" },
  { "only spaces", " \n", 0, "json.empty" },
  { "a name twice", "{\"a\":1,\"a\":2}", 0, "json.duplicate" },
  { "a name twice, once escaped", "{\"a\":1,\"\\u0061\":2}", 0, "json.duplicate" },
  { "a name twice among many", "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1,\"l\":1,\"m\":1,\"n\":1,\"b\":1}", 0, "json.duplicate" },
  { "an escaped NUL", "[\"\\u0000\"]", 0, "json.nul" },
  { "a raw NUL in a string", "[\"\0\"]", 5, "json.nul" },
  { "a NUL after the end", "[]\0", 3, "json.trailing" },
  { "a raw tab in a string", "[\"\t\"]", 0, "json.control" },
  { "a raw line end in a string", "[\"\n\"]", 0, "json.control" },
  { "single quotes", "['a']", 0, "json.syntax" },
  { "a bare name", "{a:1}", 0, "json.syntax" },
  { "a comma at the end of an array", "[1,]", 0, "json.syntax" },
  { "a comma at the end of an object", "{\"a\":1,}", 0, "json.syntax" },
  { "a comma first", "[,1]", 0, "json.syntax" },
  { "two commas", "[1,,2]", 0, "json.syntax" },
  { "no comma", "[1 2]", 0, "json.syntax" },
  { "no colon", "{\"a\" 1}", 0, "json.syntax" },
  { "two colons", "{\"a\"::1}", 0, "json.syntax" },
  { "no value", "{\"a\":}", 0, "json.syntax" },
  { "a number as name", "{1:1}", 0, "json.syntax" },
  { "the wrong bracket", "[1}", 0, "json.syntax" },
  { "an extra bracket", "[1]]", 0, "json.trailing" },
  { "two documents", "{}{}", 0, "json.trailing" },
  { "a comment", "[1]//x", 0, "json.trailing" },
  { "a comment inside", "[1/*x*/]", 0, "json.syntax" },
  { "an open array", "[1", 0, "json.unfinished" },
  { "an open object", "{\"a\":1", 0, "json.unfinished" },
  { "an open string", "[\"a", 0, "json.unfinished" },
  { "a colon and the end", "{\"a\":", 0, "json.unfinished" },
  { "a leading zero", "[01]", 0, "json.number" },
  { "a negative leading zero", "[-01]", 0, "json.number" },
  { "a hexadecimal number", "[0x10]", 0, "json.syntax" },
  { "a point first", "[.5]", 0, "json.syntax" },
  { "a point last", "[5.]", 0, "json.number" },
  { "a plus", "[+1]", 0, "json.syntax" },
  { "a minus alone", "[-]", 0, "json.number" },
  { "an exponent without digits", "[1e]", 0, "json.number" },
  { "an exponent with a sign only", "[1e+]", 0, "json.number" },
  { "infinity", "[Infinity]", 0, "json.syntax" },
  { "not a number", "[NaN]", 0, "json.syntax" },
  { "nineteen digits", "[1234567890123456789]", 0, "json.number_range" },
  { "a huge exponent", "[1e999]", 0, "json.number_range" },
  { "a word in capitals", "[TRUE]", 0, "json.syntax" },
  { "half a word", "[tru]", 0, "json.syntax" },
  { "a word that goes on", "[truex]", 0, "json.syntax" },
  { "an unknown escape", "[\"\\x41\"]", 0, "json.escape" },
  { "half a unicode escape", "[\"\\u00\"]", 0, "json.escape" },
  { "a unicode escape of no digits", "[\"\\u00zz\"]", 0, "json.escape" },
  { "a backslash last", "[\"\\", 0, "json.escape" },
  { "a high surrogate alone", "[\"\\ud83d\"]", 0, "json.surrogate" },
  { "a low surrogate alone", "[\"\\ude00\"]", 0, "json.surrogate" },
  { "two high surrogates", "[\"\\ud83d\\ud83d\"]", 0, "json.surrogate" },
  { "a raw surrogate", "[\"\xed\xa0\x80\"]", 0, "json.utf8" },
  { "an overlong slash", "[\"\xc0\xaf\"]", 0, "json.utf8" },
  { "an overlong euro", "[\"\xf0\x82\x82\xac\"]", 0, "json.utf8" },
  { "a lone continuation", "[\"\x80\"]", 0, "json.utf8" },
  { "half a sequence", "[\"\xe2\x82\"]", 0, "json.utf8" },
  { "over the last code point", "[\"\xf4\x90\x80\x80\"]", 0, "json.utf8" },
  { "latin 1", "[\"\xe9\"]", 0, "json.utf8" },
  { "a byte order mark", "\xef\xbb\xbf{}", 0, "json.syntax" },
  { "a space that is not ASCII", "[1\xc2\xa0]", 0, "json.syntax" },
  { "a form feed", "[1\f]", 0, "json.syntax" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  gsize size = c->size > 0 ? (gsize) c->size : strlen (c->text);
  g_autoptr(GError) error = NULL;
  gboolean good = armms_json_scan (c->text, size, /* limits= */ NULL, &error);

  if (c->code == NULL)
    {
      g_autoptr(JsonParser) parser = json_parser_new ();

      g_assert_no_error (error);
      g_assert_true (good);
      /* What passes here is read by json-glib as well. */
      g_assert_true (json_parser_load_from_data (parser, c->text, (gssize) size, NULL));
    }
  else
    {
      g_assert_false (good);
      g_assert_cmpstr (armms_error_get_code (error), ==, c->code);
    }
}

static void
test_depth (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  gint64 start_us;

  for (guint i = 0; i < 32; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < 32; i++)
    g_string_append_c (text, ']');
  g_assert_true (armms_json_scan (text->str, text->len, NULL, &error));
  g_string_truncate (text, 0);
  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (text, '[');
  start_us = g_get_monotonic_time ();
  g_assert_false (armms_json_scan (text->str, text->len, NULL, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "json.too_deep");
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 1000);
}

static void
test_tokens (void)
{
  g_autoptr(GString) text = g_string_new ("[");
  g_autoptr(GError) error = NULL;
  ArmmsJsonLimits more = { .max_tokens = 20000 };

  for (guint i = 0; i < 10000; i++)
    g_string_append (text, i > 0 ? ",1" : "1");
  g_string_append (text, "]");
  g_assert_false (armms_json_scan (text->str, text->len, NULL, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "json.too_many");
  g_assert_true (armms_json_scan (text->str, text->len, &more, NULL));
}

/* 9,000 different names must not cost the square of it. */
static void
test_many_names (void)
{
  g_autoptr(GString) text = g_string_new ("{");
  g_autoptr(GError) error = NULL;
  ArmmsJsonLimits more = { .max_tokens = 200000 };
  gint64 start_us;

  for (guint i = 0; i < 90000; i++)
    g_string_append_printf (text, "%s\"n%u\":1", i > 0 ? "," : "", i);
  g_string_append (text, "}");
  start_us = g_get_monotonic_time ();
  g_assert_true (armms_json_scan (text->str, text->len, &more, &error));
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 2 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/http/json/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/http/json/as deep as allowed, and a million deep", test_depth);
  g_test_add_func ("/http/json/too many parts", test_tokens);
  g_test_add_func ("/http/json/an object of many names", test_many_names);
  return g_test_run ();
}
