#include "server/platform/http/framing.h"

#include "framing-cases.h"

#include <string.h>

/* Shows @size bytes in steps; answers the status of the refusal, 0 for a whole message, 1 when it is not whole. */
static guint
show (const char *bytes, gsize size, gsize step, gsize *ret_handed_on)
{
  ArmmsFraming framing;
  gsize start = 0;

  armms_framing_init (&framing, NULL, NULL);
  for (gsize seen = 0; seen < size && framing.state != ARMMS_FRAMING_REFUSED && framing.state != ARMMS_FRAMING_DONE;)
    {
      gsize n;

      seen = MIN (size, seen + step);
      while ((n = armms_framing_check (&framing, (const guint8 *) bytes + start, seen - start)) > 0)
        start += n;
    }
  *ret_handed_on = start;
  return framing.state == ARMMS_FRAMING_REFUSED ? framing.refusal.status : framing.state == ARMMS_FRAMING_DONE ? 0 : 1;
}

static void
test_case (gconstpointer data)
{
  const FramingCase *c = data;
  gsize size = c->size > 0 ? (gsize) c->size : strlen (c->bytes);
  gsize whole = 0, split = 0;

  g_assert_cmpuint (show (c->bytes, size, size, &whole), ==, c->status);
  g_assert_cmpuint (show (c->bytes, size, 1, &split), ==, c->status);
  g_assert_cmpuint (whole, <=, split); /* once it is refused nothing more goes on */
  if (c->status == 0)
    g_assert_cmpuint (whole, ==, size);
  else
    {
      /* Nothing of a bad head is handed on; of a bad body only what was good. */
      const char *body = strstr (c->bytes, "\r\n\r\n");

      if (body == NULL || whole <= (gsize) (body - c->bytes))
        g_assert_cmpuint (whole, ==, 0);
    }
}

static void
test_head_bounds (void)
{
  g_autoptr(GString) head = g_string_new ("GET /health HTTP/1.1\r\nHost: a\r\n");
  g_autoptr(GString) many = g_string_new ("GET /health HTTP/1.1\r\nHost: a\r\n");
  g_autoptr(GString) target = g_string_new ("GET /");
  gsize handed_on;

  while (head->len <= ARMMS_FRAMING_MAX_HEAD)
    g_string_append (head, "X-A: 0123456789012345678901234567890123456789\r\n");
  for (guint i = 0; i < ARMMS_FRAMING_MAX_HEADERS; i++)
    g_string_append_printf (many, "X-%u: a\r\n", i);
  g_string_append (many, "\r\n");
  for (guint i = 0; i < ARMMS_FRAMING_MAX_TARGET; i++)
    g_string_append_c (target, 'a');
  g_string_append (target, " HTTP/1.1\r\nHost: a\r\n\r\n");
  g_assert_cmpuint (show (head->str, head->len, 1000, &handed_on), ==, 431);
  g_assert_cmpuint (show (many->str, many->len, 1000, &handed_on), ==, 431);
  g_assert_cmpuint (show (target->str, target->len, 1000, &handed_on), ==, 414);
}

static void
test_second_message_waits (void)
{
  static const char two[] = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}GET /b HTTP/1.1\r\nHost: a\r\n\r\n";
  ArmmsFraming framing;
  gsize n, start = 0;

  armms_framing_init (&framing, NULL, NULL);
  while ((n = armms_framing_check (&framing, (const guint8 *) two + start, sizeof two - 1 - start)) > 0)
    start += n;
  g_assert_cmpint (framing.state, ==, ARMMS_FRAMING_DONE);
  g_assert_cmpstr (two + start, ==, "GET /b HTTP/1.1\r\nHost: a\r\n\r\n");
  armms_framing_next (&framing);
  g_assert_cmpuint (armms_framing_check (&framing, (const guint8 *) two + start, sizeof two - 1 - start), ==, sizeof two - 1 - start);
  g_assert_cmpint (framing.state, ==, ARMMS_FRAMING_DONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (framing_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/http/framing/%s", framing_cases[i].name);

      g_strdelimit (path + strlen ("/http/framing/"), "/", '|');
      g_test_add_data_func (path, &framing_cases[i], test_case);
    }
  g_test_add_func ("/http/framing/what is too large", test_head_bounds);
  g_test_add_func ("/http/framing/a pipelined message waits", test_second_message_waits);
  return g_test_run ();
}
