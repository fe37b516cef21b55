#include "server/programs/sample/sample-private.h"

#include <string.h>

ArmmsId
armms_sample_id (guint64 seed, const char *kind, const char *name)
{
  g_autofree char *text = g_strdup_printf ("armms sample %" G_GUINT64_FORMAT "/%s/%s", seed, kind, name);

  return armms_id_from_name (&ARMMS_ID_NIL, text);
}

GStrv
sample_read_lines (const char *folder, const char *name, gboolean skip_header, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    {
      g_prefix_error (error, "reading the sample's data: ");
      return NULL;
    }
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  if (skip_header && lines[0] != NULL)
    {
      g_free (lines[0]);
      memmove (lines, lines + 1, g_strv_length (lines + 1) * sizeof *lines + sizeof *lines);
    }
  return g_steal_pointer (&lines);
}

ArmmsSample *
armms_sample_new (guint64 seed, guint n_guards, const char *data, GError **error)
{
  g_autoptr(ArmmsSample) sample = g_new0 (ArmmsSample, 1);

  sample->seed = seed;
  sample->n_guards = n_guards;
  sample->n_staff = 25;
  sample->first = armms_date_from_ymd (2026, 5, 1);
  sample->last = armms_date_from_ymd (2026, 5, 31);
  sample->tenant_id = armms_sample_id (seed, "tenant", ARMMS_SAMPLE_TENANT_CODE);
  sample->zone = armms_zone_new ("Asia/Manila");
  sample->clients = armms_records_new (&armms_client_company_type);
  sample->departments = armms_records_new (&armms_department_type);
  sample->detachments = armms_records_new (&armms_detachment_type);
  sample->positions = armms_records_new (&armms_position_type);
  sample->shifts = armms_records_new (&armms_shift_type);
  sample->employees = armms_records_new (&armms_employee_type);
  sample->assignments = armms_records_new (&armms_assignment_type);
  sample->holidays = armms_records_new (&armms_holiday_type);
  sample->policies = armms_records_new (&armms_attendance_policy_type);
  sample->relievers = armms_records_new (&armms_reliever_type);
  sample->cards = armms_records_new (&armms_rate_card_type);
  sample->obligations = armms_records_new (&armms_obligation_type);
  sample->benefits = armms_records_new (&armms_benefit_type);
  sample->devices = armms_records_new (&armms_device_type);
  sample->users = armms_records_new (&armms_user_type);
  sample->duties = g_array_new (FALSE, TRUE, sizeof (ArmmsSampleDuty));
  if (n_guards < 20 || n_guards > 50000)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "sample.guards", "20 to 50,000 guards, not %u", n_guards);
      return NULL;
    }
  if (!sample_make_places (sample, data, error) || !sample_make_people (sample, data, error))
    return NULL;
  sample_make_plan (sample);
  sample_make_pay (sample);
  return g_steal_pointer (&sample);
}

void
armms_sample_free (ArmmsSample *sample)
{
  GPtrArray *arrays[] = { sample->clients, sample->departments, sample->detachments, sample->positions, sample->shifts, sample->employees,
                          sample->assignments, sample->holidays, sample->policies, sample->relievers, sample->cards, sample->obligations,
                          sample->benefits, sample->devices, sample->users };

  for (gsize i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_ptr_array_unref (arrays[i]);
  g_array_unref (sample->duties);
  armms_zone_free (sample->zone);
  g_free (sample);
}
