/* The sample agency is the same in every run, and its month is one that could have been. */
#include "server/programs/sample/sample.h"

#include "common/wire/hr/employee.h"
#include "common/wire/hr/shift.h"
#include "common/wire/scheduling/assignment.h"
#include "common/wire/scheduling/reliever.h"
#include "common/wire/timekeeping/clock-event.h"

#include <glib/gstdio.h>

static ArmmsSample *
make (guint64 seed, guint guards)
{
  g_autofree char *data = g_build_filename (g_getenv ("ARMMS_SOURCE_ROOT"), "data", "sample", NULL);
  g_autoptr(GError) error = NULL;
  ArmmsSample *sample = armms_sample_new (seed, guards, data, &error);

  g_assert_no_error (error);
  return sample;
}

static char *
write_month (ArmmsSample *sample, ArmmsSampleEventFigures *figures)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp ("armms-sample-XXXXXX", &error);

  g_assert_true (armms_sample_write_events (sample, folder, armms_date_add_days (sample->first, -1), sample->last, figures, &error));
  return folder;
}

static void
remove_folder (char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

static char *
fingerprint (const char *folder)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL), *text = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &text, &size, NULL));
      g_checksum_update (sum, (const guchar *) text, (gssize) size);
    }
  return g_strdup (g_checksum_get_string (sum));
}

static void
the_same_seed_gives_the_same_month (void)
{
  g_autoptr(ArmmsSample) a = make (7, 200), b = make (7, 200), c = make (8, 200);
  ArmmsSampleEventFigures x, y, z;
  char *folders[] = { write_month (a, &x), write_month (b, &y), write_month (c, &z) };
  g_autofree char *first = fingerprint (folders[0]), *second = fingerprint (folders[1]), *third = fingerprint (folders[2]);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, third);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    remove_folder (folders[i]);
}

static void
the_agency_has_its_size (void)
{
  g_autoptr(ArmmsSample) sample = make (ARMMS_SAMPLE_SEED, ARMMS_SAMPLE_GUARDS);

  g_assert_cmpuint (sample->n_sites, ==, 60);
  g_assert_cmpuint (sample->employees->len, ==, 1225);
  g_assert_cmpuint (sample->shifts->len, ==, 5);
  g_assert_cmpuint (sample->relievers->len, >, 100);
  g_assert_cmpuint (sample->obligations->len, >, 300);
  g_assert_cmpuint (sample->benefits->len, >, 300);
  g_assert_cmpuint (sample->users->len, >=, 9);
}

/* Nobody has two duties that overlap, and nobody works before he is hired or after he has gone. */
static void
nobody_is_at_two_posts_at_once (void)
{
  g_autoptr(ArmmsSample) sample = make (3, 600);
  gint64 ended = G_MININT64;
  guint last = G_MAXUINT;

  for (guint i = 0; i < sample->duties->len; i++)
    {
      const ArmmsSampleDuty *duty = &g_array_index (sample->duties, ArmmsSampleDuty, i);
      const ArmmsShift *shift = g_ptr_array_index (sample->shifts, duty->shift);
      const ArmmsEmployee *employee = g_ptr_array_index (sample->employees, duty->employee);
      const gint64 starts = (gint64) duty->date.days * 1440 + shift->start_minute.count;

      if (duty->employee != last)
        ended = G_MININT64;
      g_assert_cmpint (starts, >=, ended);
      ended = (gint64) duty->date.days * 1440 + shift->end_minute.count;
      last = duty->employee;
      g_assert_cmpint (duty->date.days, >=, employee->hired_on.days);
      if (!armms_date_is_none (employee->separated_on))
        g_assert_cmpint (duty->date.days, <=, employee->separated_on.days);
    }
}

static void
assignments_of_one_never_overlap (void)
{
  g_autoptr(ArmmsSample) sample = make (3, 600);

  for (guint i = 1; i < sample->assignments->len; i++)
    {
      const ArmmsAssignment *before = g_ptr_array_index (sample->assignments, i - 1), *after = g_ptr_array_index (sample->assignments, i);

      if (armms_id_equal (&before->employee_id, &after->employee_id))
        {
          g_assert_false (armms_date_is_none (before->valid_to));
          g_assert_cmpint (before->valid_to.days, <, after->valid_from.days);
        }
    }
}

/* Each line is a request that the API can read; ids do not repeat but where a reader tells again. */
static void
every_batch_is_a_request (void)
{
  g_autoptr(ArmmsSample) sample = make (11, 300);
  ArmmsSampleEventFigures figures;
  char *folder = write_month (sample, &figures);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (armms_id_hash, armms_id_equal_func, g_free, NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint64 told = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL), *text = NULL;
      g_auto(GStrv) lines = NULL;

      if (!g_str_has_suffix (name, ".jsonl"))
        continue;
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      lines = g_strsplit (g_strchomp (text), "\n", -1);
      for (gsize i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
        {
          g_autoptr(GError) error = NULL;
          g_autoptr(JsonNode) node = json_from_string (lines[i], &error);
          JsonArray *batch;

          g_assert_no_error (error);
          batch = json_node_get_array (node);
          g_assert_cmpuint (json_array_get_length (batch), <=, 1000);
          for (guint e = 0; e < json_array_get_length (batch); e++)
            {
              ArmmsClockEvent *event = armms_record_from_json (&armms_clock_event_type, json_array_get_element (batch, e), ARMMS_DECODE_CREATE, NULL, &error);

              g_assert_no_error (error);
              g_hash_table_add (seen, g_memdup2 (&event->event_id, sizeof event->event_id));
              told++;
              armms_record_free (&armms_clock_event_type, event);
            }
        }
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, figures.events);
  g_assert_cmpuint (told, ==, figures.events + figures.resent);
  g_assert_cmpuint (figures.double_punches, >, 0);
  g_assert_cmpuint (figures.missing, >, 0);
  g_assert_cmpuint (figures.wrong_site, >, 0);
  g_assert_cmpuint (figures.unassigned, >, 0);
  g_assert_cmpuint (figures.clock_jumps, >, 0);
  g_assert_cmpuint (figures.late_batches, >, 0);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sample/the-same-seed-gives-the-same-month", the_same_seed_gives_the_same_month);
  g_test_add_func ("/sample/the-agency-has-its-size", the_agency_has_its_size);
  g_test_add_func ("/sample/nobody-is-at-two-posts-at-once", nobody_is_at_two_posts_at_once);
  g_test_add_func ("/sample/assignments-of-one-never-overlap", assignments_of_one_never_overlap);
  g_test_add_func ("/sample/every-batch-is-a-request", every_batch_is_a_request);
  return g_test_run ();
}
