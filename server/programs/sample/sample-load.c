/* The agency goes in through the rooms' doors, in sets: each room checks and tells its events as it would for people. */
#define G_LOG_DOMAIN "armms-sample"

#include "server/programs/sample/sample-private.h"

#include "server/audit/audit.h"
#include "server/benefits/benefits.h"
#include "server/hr/hr.h"
#include "server/iam/iam.h"
#include "server/obligations/obligations.h"
#include "server/rates/rates.h"
#include "server/scheduling/scheduling.h"
#include "server/statutory/statutory.h"
#include "server/tenant/tenant.h"
#include "server/timekeeping/timekeeping.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  ArmmsSample *sample;
  const char *statutory_folder;
  GPtrArray *keys;      /* of ArmmsApiKey, when they were made */
} Load;

static gboolean
load_tenant (ArmmsWork *work, gpointer user_data, GError **error)
{
  Load *load = user_data;
  ArmmsTenant *tenant = armms_record_new (&armms_tenant_type);
  ArmmsBranding *branding = armms_record_new (&armms_branding_type);
  gboolean ok;

  tenant->tenant_id = load->sample->tenant_id;
  tenant->code = g_strdup (ARMMS_SAMPLE_TENANT_CODE);
  tenant->name = g_strdup ("Bantay Sample Security Agency, Inc.");
  branding->legal_name = g_strdup ("Bantay Sample Security Agency, Inc.");
  branding->address = g_strdup ("1 Sample Street, Makati, Metro Manila");
  branding->accent_colour = g_strdup ("#1a5fb4");
  ok = armms_tenant_insert (work, tenant, error)
       && armms_tenant_set_branding (work, branding, error)
       /* Its month stays within reach, whatever today is: ten years. */
       && armms_tenant_change_settings (work, "{\"event_max_age_days\":3660,\"event_max_ahead\":1440,\"net_floor_kind\":\"LARGER\","
                                              "\"net_floor_percent_bp\":3000,\"net_floor_amount\":\"1500.00\",\"partial_deferral\":true}", error)
       && armms_iam_insert_default_roles (work, error)
       && armms_iam_insert_users (work, load->sample->users, error);
  armms_record_free (&armms_tenant_type, tenant);
  armms_record_free (&armms_branding_type, branding);
  return ok;
}

static gboolean
load_people (ArmmsWork *work, gpointer user_data, GError **error)
{
  ArmmsSample *sample = ((Load *) user_data)->sample;

  return armms_hr_insert_clients (work, sample->clients, error)
         && armms_hr_insert_departments (work, sample->departments, error)
         && armms_hr_insert_positions (work, sample->positions, error)
         && armms_hr_insert_shifts (work, sample->shifts, error)
         && armms_hr_insert_detachments (work, sample->detachments, error)
         && armms_hr_insert_employees (work, sample->employees, error);
}

static gboolean
load_plan (ArmmsWork *work, gpointer user_data, GError **error)
{
  ArmmsSample *sample = ((Load *) user_data)->sample;

  return armms_scheduling_insert_policies (work, sample->policies, error)
         && armms_scheduling_insert_holidays (work, sample->holidays, error)
         && armms_scheduling_insert_assignments (work, sample->assignments, error)
         && armms_scheduling_insert_relievers (work, sample->zone, sample->relievers, error);
}

static gboolean
load_devices (ArmmsWork *work, gpointer user_data, GError **error)
{
  Load *load = user_data;

  if (!armms_timekeeping_insert_devices (work, load->sample->devices, error) || !armms_timekeeping_schedule (work, error) || !armms_audit_schedule (work, error))
    return FALSE;
  g_ptr_array_set_size (load->keys, 0);
  for (guint i = 0; i < load->sample->devices->len; i++)
    {
      const ArmmsDevice *device = g_ptr_array_index (load->sample->devices, i);
      ArmmsApiKey *key = armms_record_new (&armms_api_key_type);

      key->kind = g_strdup ("DEVICE");
      key->name = g_strdup (device->name);
      key->device_id = device->device_id;
      g_ptr_array_add (load->keys, key);
    }
  return armms_iam_insert_keys (work, load->keys, error);
}

static gboolean
load_law (ArmmsWork *work, gpointer user_data, GError **error)
{
  Load *load = user_data;

  return armms_statutory_import (work, load->statutory_folder, NULL, error);
}

static gboolean
load_rates (ArmmsWork *work, gpointer user_data, GError **error)
{
  Load *load = user_data;

  return armms_rates_import_premiums (work, load->statutory_folder, NULL, error)
         && armms_rates_insert_cards (work, load->sample->cards, error);
}

static gboolean
load_obligations (ArmmsWork *work, gpointer user_data, GError **error)
{
  return armms_obligations_insert (work, ((Load *) user_data)->sample->obligations, error);
}

static gboolean
load_benefits (ArmmsWork *work, gpointer user_data, GError **error)
{
  return armms_benefits_insert (work, ((Load *) user_data)->sample->benefits, error);
}

/* The secrets are known only now: hashes stay in the database. */
static gboolean
write_keys (const GPtrArray *keys, const char *path, GError **error)
{
  g_autoptr(GString) out = g_string_new (NULL);
  int fd;
  gboolean ok;

  for (guint i = 0; i < keys->len; i++)
    {
      const ArmmsApiKey *key = g_ptr_array_index (keys, i);
      char device[ARMMS_ID_TEXT_SIZE], id[ARMMS_ID_TEXT_SIZE];

      g_string_append_printf (out, "%s,%s,%s\n", armms_id_format (&key->device_id, device), armms_id_format (&key->key_id, id), key->secret);
    }
  fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  ok = fd >= 0 && write (fd, out->str, out->len) == (gssize) out->len;
  if (fd >= 0)
    ok = close (fd) == 0 && ok;
  if (!ok)
    armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "sample.keys", "writing %s: %s", path, g_strerror (errno));
  return ok;
}

/* One unit: the whole agency, or nothing of it. */
static gboolean
load_all (ArmmsWork *work, gpointer user_data, GError **error)
{
  static const struct { const char *what; ArmmsWorkFunc func; } steps[] = {
    { "tenant, roles and users", load_tenant },
    { "clients, detachments and people", load_people },
    { "posts, relief and the calendar", load_plan },
    { "devices and their keys", load_devices },
    { "the law's tables", load_law },
    { "premiums and rate cards", load_rates },
    { "loans and advances", load_obligations },
    { "allowances", load_benefits },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const gint64 began = g_get_monotonic_time ();

      if (!steps[i].func (work, user_data, error))
        {
          g_prefix_error (error, "%s: ", steps[i].what);
          return FALSE;
        }
      g_debug ("%s: %" G_GINT64_FORMAT " ms", steps[i].what, (g_get_monotonic_time () - began) / 1000);
    }
  return TRUE;
}

gboolean
armms_sample_load (ArmmsSample *sample, ArmmsDb *db, const char *statutory_folder, const char *keys_path, GError **error)
{
  g_autoptr(GPtrArray) keys = armms_records_new (&armms_api_key_type);
  Load load = { sample, statutory_folder, keys };
  const ArmmsActor actor = { .tenant_id = sample->tenant_id, .request_id = "sample", .reason = "the sample agency" };

  return armms_work_run (db, "tenant", ARMMS_WORK_WRITE, &actor, load_all, &load, error)
         && write_keys (keys, keys_path, error);
}
