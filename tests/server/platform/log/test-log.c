/* The log: one JSON object a line, with its request, and without what must not be told. */
#include "server/platform/log/log.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include <stdio.h>
#include <string.h>

/* Runs this test again as a process of its own and gives what it wrote: its last line as an object. */
static JsonObject *
last_line (JsonParser *parser)
{
  g_auto(GStrv) lines = NULL;
  g_autofree char *output = NULL;
  JsonObject *found = NULL;

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();

  if (g_file_get_contents (g_getenv ("ARMMS_LOG_TEST"), &output, NULL, NULL))
    {
      lines = g_strsplit (output, "\n", -1);
      for (gsize i = 0; lines[i] != NULL; i++)
        if (*lines[i] == '{')
          {
            g_assert_true (json_parser_load_from_data (parser, lines[i], -1, NULL));
            found = json_node_get_object (json_parser_get_root (parser));
          }
    }
  g_assert_nonnull (found);
  return found;
}

static void
to_file (void)
{
  g_assert_nonnull (freopen (g_getenv ("ARMMS_LOG_TEST"), "w", stderr));
  setvbuf (stderr, NULL, _IONBF, 0);
  armms_log_init ("armms-test", NULL);
}

static void
test_line (void)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  JsonObject *line;

  if (g_test_subprocess ())
    {
      to_file ();
      armms_log_set_request ("req-1");
      armms_log_event (G_LOG_LEVEL_MESSAGE, "http.request", "route", "/v1/\"x\"\n", "status", "200", "nothing", NULL, NULL);
      return;
    }
  line = last_line (parser);
  g_assert_cmpstr (json_object_get_string_member (line, "message"), ==, "http.request");
  g_assert_cmpstr (json_object_get_string_member (line, "level"), ==, "message");
  g_assert_cmpstr (json_object_get_string_member (line, "program"), ==, "armms-test");
  g_assert_cmpstr (json_object_get_string_member (line, "request_id"), ==, "req-1");
  g_assert_cmpstr (json_object_get_string_member (line, "route"), ==, "/v1/\"x\"\n");
  g_assert_cmpstr (json_object_get_string_member (line, "status"), ==, "200");
  g_assert_true (g_str_has_suffix (json_object_get_string_member (line, "time"), "Z"));
}

static void
test_bad_bytes (void)
{
  g_autoptr(JsonParser) parser = json_parser_new ();

  if (g_test_subprocess ())
    {
      to_file ();
      armms_log_event (G_LOG_LEVEL_MESSAGE, "bytes", "text", "a\xff\xfe\x01z", NULL);
      g_info ("too quiet to be written");
      return;
    }
  g_assert_cmpstr (json_object_get_string_member (last_line (parser), "message"), ==, "bytes");
}

static void
test_redaction (void)
{
  static const char *const texts[][2] = {
    { "password=hunter2 host=x", "password=*** host=x" },
    { "Authorization: Bearer eyJhbGciOi.J9.x", "Authorization: Bearer ***" },
    { "{\"password\":\"hunter2\",\"a\":1}", "{\"password\":\"***\",\"a\":1}" },
    { "refresh_token=abc&x=1", "refresh_token=***&x=1" },
    { "Authorization: Device 01890a5d-ac96-774b-bcce-b302099a8057:s3cret", "Authorization: Device ***" },
    { "nothing to hide: 42", "nothing to hide: 42" },
  };

  if (g_test_subprocess ())
    {
      armms_log_init ("armms-test", NULL);
      for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        {
          g_autofree char *redacted = armms_log_redact (texts[i][0]);

          if (g_strcmp0 (redacted, texts[i][1]) != 0)
            g_error ("%s became %s", texts[i][0], redacted);
        }
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  int code;

  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("ARMMS_LOG_TEST") == NULL)
    {
      path = g_build_filename (g_get_tmp_dir (), "armms-log-test.txt", NULL);
      g_setenv ("ARMMS_LOG_TEST", path, TRUE);
    }
  g_test_add_func ("/log/a line is an object with its request", test_line);
  g_test_add_func ("/log/bytes that are no text", test_bad_bytes);
  g_test_add_func ("/log/secrets are blacked out", test_redaction);
  code = g_test_run ();
  if (path != NULL)
    g_unlink (path);
  return code;
}
