/* Every worked example, published or derived, through the very rules that payroll runs, on the shipped tables. */
#include "server/statutory/rulebook.h"

#include <glib/gstdio.h>

static ArmmsRulebook *
open_book (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("ARMMS_SOURCE_ROOT"), "data", "statutory", "ph", NULL);
  g_autoptr(GError) error = NULL;
  ArmmsRulebook *book = armms_rulebook_new (folder, &error);

  g_assert_no_error (error);
  return book;
}

/* @data: the file, and how many examples it holds at least. */
typedef struct { const char *file; guint n; } Examples;
static const Examples worked = { "examples.csv", 43 };
static const Examples own = { "own-examples.csv", 15 };

static void
test_examples (gconstpointer data)
{
  const Examples *examples = data;
  g_autoptr(ArmmsRulebook) book = open_book ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "server", "rules", "data", examples->file, NULL);
  g_autoptr(GString) report = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  guint passed = 0, failed = 0;
  gboolean read;

  read = armms_rulebook_check (book, path, report, &passed, &failed, &error);
  g_assert_no_error (error);
  g_assert_true (read);
  if (failed > 0)
    g_test_message ("%s", report->str);
  g_assert_cmpuint (failed, ==, 0);
  g_assert_cmpuint (passed, >=, examples->n);
}

/* A check that cannot fail proves nothing. */
static void
test_wrong_figure_fails (void)
{
  g_autoptr(ArmmsRulebook) book = open_book ();
  g_autofree char *path = NULL;
  g_autoptr(GString) report = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  guint passed = 0, failed = 0;
  gint fd = g_file_open_tmp ("armms-examples-XXXXXX.csv", &path, &error);
  const char *text =
    "id,area,on_date,inputs,expected\n"
    "a,sss,2026-11-30,\"{\"\"compensation_c\"\":1500000}\",\"{\"\"msc_c\"\":1500000}\"\n"
    "b,sss,2026-11-30,\"{\"\"compensation_c\"\":1500000}\",\"{\"\"msc_c\"\":1500001}\"\n"
    "c,sss,2026-11-30,\"{\"\"compensation_c\"\":1500000}\",\"{\"\"no_such_figure_c\"\":0}\"\n"
    "d,no_area,2026-11-30,{},{}\n"
    "e,sss,2026-11-30,{},{}\n"
    "f,sss,1990-01-01,\"{\"\"compensation_c\"\":1500000}\",{}\n"
    "g,premium,2026-11-30,\"{\"\"daily_rate_c\"\":80000.5,\"\"day_type\"\":\"\"ordinary\"\",\"\"hours\"\":\"\"8\"\"}\",{}\n";

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_true (armms_rulebook_check (book, path, report, &passed, &failed, NULL));
  g_assert_cmpuint (passed, ==, 1);
  g_assert_cmpuint (failed, ==, 6);
  g_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/rules/examples/all-worked-examples-hold", &worked, test_examples);
  g_test_add_data_func ("/rules/examples/our-own-hold", &own, test_examples);
  g_test_add_func ("/rules/examples/a-wrong-figure-fails", test_wrong_figure_fails);
  return g_test_run ();
}
