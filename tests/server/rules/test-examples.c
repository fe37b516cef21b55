/* Every worked example, published or derived, through the very rules that payroll runs, on the shipped tables. */
#include "server/statutory/rulebook/rulebook.h"

#include "server/statutory/csv.h"

#include <glib/gstdio.h>

#include <string.h>

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

/* Runs @text as a file of examples. (transfer full): the report */
static char *
check_text (const char *text, guint *ret_passed, guint *ret_failed)
{
  g_autoptr(ArmmsRulebook) book = open_book ();
  g_autofree char *path = NULL;
  g_autoptr(GString) report = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  gint fd = g_file_open_tmp ("armms-examples-XXXXXX.csv", &path, &error);
  gboolean read;

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  read = armms_rulebook_check (book, path, report, ret_passed, ret_failed, &error);
  g_remove (path);
  g_assert_no_error (error);
  g_assert_true (read);
  return g_string_free (g_steal_pointer (&report), FALSE);
}

/* A check that cannot fail proves nothing: one example each, and what is said of it. */
static const struct { const char *example, *said; } wrong[] = {
  { "a,sss,2026-11-30,\"{\"\"compensation_c\"\":1500000}\",\"{\"\"msc_c\"\":1500001,\"\"ee_ss_c\"\":75000,\"\"total_c\"\":1}\"",
    "a msc_c: expected 1500001, got 1500000\na total_c: expected 1, got 228000\n" },
  { "b,sss,2026-11-30,\"{\"\"compensation_c\"\":1500000}\",\"{\"\"no_such_figure_c\"\":0}\"", "b no_such_figure_c: expected a figure that sss does not have" },
  { "c,sss,2026-11-30,\"{\"\"compensation\"\":1500000}\",\"{\"\"msc_c\"\":1}\"", "sss has no input compensation;" },
  { "d,no_area,2026-11-30,{},\"{\"\"msc_c\"\":1}\"", "d area: there is no area no_area" },
  { "e,sss,2026-11-30,{},\"{\"\"msc_c\"\":1}\"", "input compensation_c is missing" },
  { "f,sss,1990-01-01,\"{\"\"compensation_c\"\":1500000}\",\"{\"\"msc_c\"\":1}\"", "no sss table is in force on 1990-01-01" },
  { "g,premium,2026-11-30,\"{\"\"daily_rate_c\"\":80000.5,\"\"day_type\"\":\"\"ordinary\"\",\"\"hours\"\":\"\"8\"\"}\",\"{\"\"amount_c\"\":1}\"", "input daily_rate_c is no whole number" },
  { "m,premium,2026-11-30,\"{\"\"daily_rate_c\"\":80000,\"\"day_type\"\":\"\"ordinary\"\",\"\"hours\"\":\"\"999.999999\"\"}\",\"{\"\"amount_c\"\":1}\"", "input hours is too fine" },
  { "h,sss,2026-11-30,\"{\"\"compensation_c\"\":1500000}\",{}", "h: expects nothing" },
  { "i,sss,,\"{\"\"compensation_c\"\":1500000}\",\"{\"\"msc_c\"\":1}\"", "i on_date: expected a date" },
  { "j,sss,2026-11-30,[],\"{\"\"msc_c\"\":1}\"", "j inputs: expected a JSON object" },
  { "k,holiday_calendar,2024-05-01,{},\"{\"\"day_type\"\":\"\"regular\"\"}\"", "no holidays are loaded for the year" },
  { "l,holiday_eligibility,2026-11-30,\"{\"\"attendance\"\":{},\"\"holidays\"\":{\"\"2026-11-30\"\":\"\"regular\"\"},\"\"daily_rate_c\"\":75500}\",\"{\"\"pay_c\"\":{\"\"2026-11-30\"\":5}}\"",
    "l pay_c.2026-11-30: expected 5, got 0" },
};

static void
test_wrong_example (gconstpointer data)
{
  const char *said = wrong[GPOINTER_TO_UINT (data)].said;
  g_autofree char *text = g_strdup_printf ("id,area,on_date,inputs,expected\n%s\n", wrong[GPOINTER_TO_UINT (data)].example);
  guint passed = 0, failed = 0;
  g_autofree char *report = check_text (text, &passed, &failed);

  g_test_message ("%s", report);
  g_assert_nonnull (strstr (report, said));
  g_assert_cmpuint (passed, ==, 0);
  g_assert_cmpuint (failed, ==, 1);
}

/* What an area says that it takes and gives is what it takes and gives: every example of the two files, member by member. */
static void
test_words (void)
{
  static const char *const files[] = { "examples.csv", "own-examples.csv" };
  g_autoptr(ArmmsRulebook) book = open_book ();
  g_autoptr(GHashTable) asked = g_hash_table_new (g_str_hash, g_str_equal);
  const char *const *areas = armms_rulebook_get_areas ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "server", "rules", "data", files[i], NULL);
      g_autoptr(ArmmsCsv) csv = armms_csv_new_from_file (path, NULL);

      while (armms_csv_next (csv))
        {
          const char *area = armms_csv_interned (csv, "area");
          g_autoptr(JsonNode) inputs = json_from_string (armms_csv_text (csv, "inputs"), NULL);
          g_autoptr(JsonNode) figures = armms_rulebook_explain (book, area, armms_csv_date (csv, "on_date"), json_node_get_object (inputs), NULL, NULL);
          g_autoptr(GList) told = json_object_get_members (json_node_get_object (figures));
          const char *takes, *gives;

          g_assert_true (armms_rulebook_get_words (area, &takes, &gives));
          for (GList *name = told; name != NULL; name = name->next)
            g_assert_nonnull (strstr (gives, name->data));
          g_hash_table_add (asked, (char *) area);
        }
    }
  for (guint i = 0; areas[i] != NULL; i++)
    {
      g_test_message ("%s", areas[i]);
      g_assert_true (g_hash_table_contains (asked, areas[i]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/rules/examples/all-worked-examples-hold", &worked, test_examples);
  g_test_add_data_func ("/rules/examples/our-own-hold", &own, test_examples);
  g_test_add_func ("/rules/examples/every-area-says-what-it-takes-and-gives", test_words);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rules/examples/a-wrong-example-is-told/%c", wrong[i].example[0]);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_wrong_example);
    }
  return g_test_run ();
}
