#include "common/base/minutes.h"

static void
test_text (void)
{
  static const struct { gint32 minutes; const char *text; } cases[] = {
    { 0, "0h 00m" }, { 5, "0h 05m" }, { 785, "13h 05m" }, { 1440, "24h 00m" }, { -65, "-1h 05m" }, { G_MININT32, "-35791394h 08m" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = armms_minutes_to_string (ARMMS_MINUTES (cases[i].minutes));
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/minutes/hours and minutes for people", test_text);
  return g_test_run ();
}
