#include "server/programs/sample/sample-private.h"

#include <string.h>

#define MOST_SITES 60
#define LEAST_A_SITE 5

static const struct {
  const char *code, *name;
  gint32 start, end;
  const char *break_mode;
  gint32 break_minutes, break_start, grace_in;
} shifts[N_SHIFTS] = {
  [SHIFT_DAY] = { "D12", "Day, 06:00-18:00", 360, 1080, "PAID", 60, 0, 5 },
  [SHIFT_NIGHT] = { "N12", "Night, 18:00-06:00", 1080, 1800, "PAID", 60, 0, 5 },
  [SHIFT_OFFICE] = { "O8", "Office, 08:00-17:00", 480, 1020, "AUTO", 60, 720, 10 },
  [SHIFT_OFFICE_EARLY] = { "O7", "Office, 07:00-16:00", 420, 960, "AUTO", 60, 720, 10 },
  [SHIFT_OFFICE_LATE] = { "O10", "Office, 10:00-19:00", 600, 1140, "PUNCHED", 60, 0, 10 },
};

static const struct {
  const char *code, *name, *kind;
  gint64 rank;
  gboolean exempt;
} positions[N_POSITIONS] = {
  [POSITION_COMMANDER] = { "DC", "Detachment commander", "FIELD", 1, FALSE },
  [POSITION_IN_CHARGE] = { "SIC", "Shift-in-charge", "FIELD", 2, FALSE },
  [POSITION_GUARD] = { "GUARD", "Security guard", "FIELD", 3, FALSE },
  [POSITION_MANAGER] = { "MANAGER", "Manager", "OFFICE", 1, TRUE },
  [POSITION_OFFICER] = { "OFFICER", "Officer", "OFFICE", 2, FALSE },
  [POSITION_CLERK] = { "CLERK", "Clerk", "OFFICE", 3, FALSE },
};

static const struct { const char *code, *name; } departments[] = {
  { "OPS", "Operations" }, { "HR", "Human resources" }, { "FIN", "Finance and payroll" }, { "ADM", "Administration" },
};

/* "a,\"b c\",d" without quoted commas: these files are ours. */
static GStrv
split (const char *line)
{
  GStrv parts = g_strsplit (line, ",", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    if (parts[i][0] == '"')
      {
        char *joined = parts[i + 1] != NULL ? g_strjoin (",", parts[i], parts[i + 1], NULL) : g_strdup (parts[i]);

        g_free (parts[i]);
        parts[i] = g_strndup (joined + 1, strlen (joined) - 2);
        g_free (joined);
        if (parts[i + 1] != NULL)
          {
            g_free (parts[i + 1]);
            parts[i + 1] = NULL;
          }
        break;
      }
  return parts;
}

static void
add_device (ArmmsSample *sample, const ArmmsDetachment *detachment, const char *kind)
{
  ArmmsDevice *device = armms_record_new (&armms_device_type);

  device->name = g_strdup_printf ("%s-1", detachment->code);
  device->device_id = armms_sample_id (sample->seed, "device", device->name);
  device->detachment_id = detachment->detachment_id;
  device->kind = g_strdup (kind);
  device->active = TRUE;
  g_ptr_array_add (sample->devices, device);
}

static ArmmsDetachment *
add_detachment (ArmmsSample *sample, const char *code, const char *name, const char *client, const char *kind, const char *region, const char *city)
{
  ArmmsDetachment *detachment = armms_record_new (&armms_detachment_type);

  detachment->detachment_id = armms_sample_id (sample->seed, "detachment", code);
  detachment->code = g_strdup (code);
  detachment->name = g_strdup (name);
  detachment->client_id = armms_sample_id (sample->seed, "client", client);
  detachment->kind = g_strdup (kind);
  detachment->region = g_strdup (region);
  detachment->city = g_strdup (city);
  detachment->address = g_strdup_printf ("%s, Philippines", city);
  detachment->meal_break = g_strdup ("SHIFT");
  detachment->status = g_strdup ("ACTIVE");
  detachment->opened_on = armms_date_from_ymd (2024, 1, 1);
  g_ptr_array_add (sample->detachments, detachment);
  return detachment;
}

static void
add_client (ArmmsSample *sample, const char *code, const char *name)
{
  ArmmsClientCompany *client = armms_record_new (&armms_client_company_type);

  client->client_id = armms_sample_id (sample->seed, "client", code);
  client->code = g_strdup (code);
  client->name = g_strdup (name);
  client->status = g_strdup ("ACTIVE");
  g_ptr_array_add (sample->clients, client);
}

static void
make_catalogue (ArmmsSample *sample)
{
  for (gsize i = 0; i < N_SHIFTS; i++)
    {
      ArmmsShift *shift = armms_record_new (&armms_shift_type);

      shift->shift_id = armms_sample_id (sample->seed, "shift", shifts[i].code);
      shift->code = g_strdup (shifts[i].code);
      shift->name = g_strdup (shifts[i].name);
      shift->start_minute = ARMMS_MINUTES (shifts[i].start);
      shift->end_minute = ARMMS_MINUTES (shifts[i].end);
      shift->break_mode = g_strdup (shifts[i].break_mode);
      shift->break_minutes = ARMMS_MINUTES (shifts[i].break_minutes);
      shift->break_start_minute = ARMMS_MINUTES (shifts[i].break_start);
      shift->grace_in_minutes = ARMMS_MINUTES (shifts[i].grace_in);
      shift->grace_out_minutes = ARMMS_MINUTES (0);
      shift->status = g_strdup ("ACTIVE");
      g_ptr_array_add (sample->shifts, shift);
    }
  for (gsize i = 0; i < N_POSITIONS; i++)
    {
      ArmmsPosition *position = armms_record_new (&armms_position_type);

      position->position_id = armms_sample_id (sample->seed, "position", positions[i].code);
      position->code = g_strdup (positions[i].code);
      position->name = g_strdup (positions[i].name);
      position->kind = g_strdup (positions[i].kind);
      position->rank = positions[i].rank;
      position->exempt = positions[i].exempt;
      position->status = g_strdup ("ACTIVE");
      g_ptr_array_add (sample->positions, position);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (departments); i++)
    {
      ArmmsDepartment *department = armms_record_new (&armms_department_type);

      department->department_id = armms_sample_id (sample->seed, "department", departments[i].code);
      department->code = g_strdup (departments[i].code);
      department->name = g_strdup (departments[i].name);
      department->status = g_strdup ("ACTIVE");
      g_ptr_array_add (sample->departments, department);
    }
}

static void
add_holiday (ArmmsSample *sample, int month, int day, const char *name, const char *day_type, const char *scope, const char *source)
{
  ArmmsHoliday *holiday = armms_record_new (&armms_holiday_type);

  holiday->holiday_id = armms_sample_id (sample->seed, "holiday", name);
  holiday->on_date = armms_date_from_ymd (2026, month, day);
  holiday->name = g_strdup (name);
  holiday->day_type = g_strdup (day_type);
  holiday->scope = g_strdup (scope);
  holiday->source = g_strdup (source);
  holiday->status = g_strdup ("ACTIVE");
  g_ptr_array_add (sample->holidays, holiday);
}

static void
make_calendar (ArmmsSample *sample)
{
  ArmmsAttendancePolicy *policy = armms_attendance_policy_new ();

  add_holiday (sample, 5, 1, "Labor Day", "regular", "national", "Proclamation 1006 s.2025");
  add_holiday (sample, 5, 27, "Eid'l Adha", "regular", "national", "Proclamation 1264 s.2026");
  add_holiday (sample, 5, 20, "Region VII special day (sample)", "special", "region:VII", "made up for the sample agency");
  add_holiday (sample, 6, 12, "Independence Day", "regular", "national", "Proclamation 1006 s.2025");

  policy->policy_id = armms_sample_id (sample->seed, "policy", "STANDARD");
  g_free (policy->code);
  policy->code = g_strdup ("STANDARD");
  g_free (policy->name);
  policy->name = g_strdup ("Standard");
  policy->valid_from = armms_date_from_ymd (2026, 1, 1);
  g_ptr_array_add (sample->policies, policy);
}

gboolean
sample_make_places (ArmmsSample *sample, const char *data, GError **error)
{
  g_auto(GStrv) clients = sample_read_lines (data, "clients.csv", TRUE, error);
  g_auto(GStrv) sites = clients != NULL ? sample_read_lines (data, "sites.csv", TRUE, error) : NULL;
  guint n_sites;

  if (sites == NULL)
    return FALSE;
  make_catalogue (sample);
  make_calendar (sample);
  for (gsize i = 0; clients[i] != NULL; i++)
    {
      g_auto(GStrv) parts = split (clients[i]);
      add_client (sample, parts[0], parts[1]);
    }
  add_client (sample, "OWN", "Bantay Sample Security Agency, Inc.");

  /* Few guards: fewer sites, spread over the whole list so that all three regions stay in it. */
  n_sites = CLAMP (sample->n_guards / LEAST_A_SITE, 1, MIN (MOST_SITES, g_strv_length (sites)));
  sample->n_sites = n_sites;
  for (guint i = 0; i < n_sites; i++)
    {
      g_auto(GStrv) parts = split (sites[i * g_strv_length (sites) / n_sites]);
      add_device (sample, add_detachment (sample, parts[0], parts[1], parts[2], "SITE", parts[3], parts[4]), "reader");
    }
  add_device (sample, add_detachment (sample, "HO", "Head office", "OWN", "OFFICE", "NCR", "Makati"), "reader");
  return TRUE;
}
