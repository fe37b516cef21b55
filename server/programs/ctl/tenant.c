/* armmsctl tenant: a new organisation, and how it wants its rules applied. */
#include "server/programs/ctl/commands.h"

#include "server/audit/audit.h"
#include "server/iam/iam.h"
#include "server/statutory/statutory.h"
#include "server/tenant/tenant.h"
#include "server/timekeeping/timekeeping.h"

#include <string.h>

typedef struct {
  ArmmsCtl *ctl;
  ArmmsId tenant_id;
  const char *code, *name, *settings;
  GString *out;
} Run;

static gboolean
create (ArmmsWork *work, gpointer user_data, GError **error)
{
  Run *run = user_data;
  ArmmsTenant tenant = { .tenant_id = run->tenant_id, .code = (char *) run->code, .name = (char *) run->name };
  char id[ARMMS_ID_TEXT_SIZE];

  if (!armms_tenant_insert (work, &tenant, error) || !armms_iam_insert_default_roles (work, error))
    return FALSE;
  if (run->settings != NULL && !armms_tenant_change_settings (work, run->settings, error))
    return FALSE;
  armms_id_format (&run->tenant_id, id);
  g_string_printf (run->out, run->ctl->json ? "{\"tenant_id\":\"%s\"}" : "%s", id);
  return TRUE;
}

static gboolean
show (ArmmsWork *work, gpointer user_data, GError **error)
{
  Run *run = user_data;
  const ArmmsTenantSettings *settings;

  if (run->settings != NULL && !armms_tenant_change_settings (work, run->settings, error))
    return FALSE;
  settings = armms_tenant_get_settings (work, error);
  if (settings == NULL)
    return FALSE;
  g_string_truncate (run->out, 0);
  if (run->ctl->json)
    armms_record_append_json (&armms_tenant_settings_type, settings, /* scopes= */ NULL, run->out);
  else
    for (const ArmmsField *field = armms_tenant_settings_type.fields; field->name != NULL; field++)
      {
        g_autofree char *text = armms_field_to_display (field, settings);

        g_string_append_printf (run->out, "%s%-22s %s", run->out->len > 0 ? "\n" : "", field->name, text);
      }
  return TRUE;
}

/* Nothing is judged or paid without the law's tables: a new tenant has those that are shipped. */
static gboolean
load_law (ArmmsDb *db, const ArmmsActor *actor, GError **error)
{
  g_autofree char *folder = armms_statutory_find_folder ();
  char id[ARMMS_ID_TEXT_SIZE];
  ArmmsCtlLaw law;

  if (armms_ctl_load_law (db, actor, folder, &law, error))
    return TRUE;
  g_prefix_error (error, "the tenant %s is made, but its law is not loaded (armmsctl statutory load): ",
                  armms_id_format (&actor->tenant_id, id));
  return FALSE;
}

/* Days are closed and the audit log is looked at every night, from the first one on. */
static gboolean
plan_nights (ArmmsWork *work, gpointer user_data, GError **error)
{
  return armms_timekeeping_schedule (work, error) && armms_audit_schedule (work, error);
}

static int
run_command (ArmmsCtl *ctl, int argc, char **argv)
{
  g_autofree char *tenant = NULL;
  g_autofree char *code_text = NULL;
  g_autofree char *name = NULL;
  g_autofree char *settings = NULL;
  const GOptionEntry entries[] = {
    { "tenant", 0, 0, G_OPTION_ARG_STRING, &tenant, NULL, NULL },
    { "code", 0, 0, G_OPTION_ARG_STRING, &code_text, NULL, NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
    { "settings", 0, 0, G_OPTION_ARG_STRING, &settings, NULL, NULL },
    { NULL },
  };
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(ArmmsDb) db = NULL;
  g_autoptr(GError) error = NULL;
  Run run = { .ctl = ctl, .out = out };
  ArmmsActor actor = { .request_id = "armmsctl", .reason = "armmsctl tenant" };
  gboolean making;
  int code;

  if (!armms_ctl_parse (&armms_ctl_tenant, entries, &argc, &argv, &code))
    return code;
  making = argc == 2 && g_str_equal (argv[1], "create");
  if (argc != 2 || (!making && !g_str_equal (argv[1], "settings")) || (making && (code_text == NULL || name == NULL)) || (!making && tenant == NULL)
      || (tenant != NULL && !armms_id_parse (tenant, &run.tenant_id)))
    {
      g_printerr ("Usage: armmsctl tenant %s\n", armms_ctl_tenant.usage);
      return ARMMS_CTL_USAGE;
    }
  if (tenant == NULL)
    run.tenant_id = armms_id_new ();
  run.code = code_text;
  run.name = name;
  run.settings = settings;
  actor.tenant_id = run.tenant_id;
  db = armms_ctl_open_db (ctl, /* as_owner= */ FALSE);
  if (db == NULL)
    return ARMMS_CTL_FAILED;
  armms_rooms_register (db);
  if (!armms_work_run (db, "tenant", making || settings != NULL ? ARMMS_WORK_WRITE : ARMMS_WORK_READ_FRESH, &actor, making ? create : show, &run, &error))
    return armms_ctl_fail ("tenant", g_steal_pointer (&error));
  if (making && (!load_law (db, &actor, &error) || !armms_work_run (db, "timekeeping", ARMMS_WORK_WRITE, &actor, plan_nights, NULL, &error)))
    return armms_ctl_fail ("tenant", g_steal_pointer (&error));
  g_print ("%s\n", out->str);
  return ARMMS_CTL_DONE;
}

const ArmmsCtlCommand armms_ctl_tenant = {
  "tenant",
  "make a tenant with the usual roles and the law's tables; see and change its settings",
  "create --code CODE --name NAME [--tenant ID] [--settings JSON] | settings --tenant ID [--settings JSON]",
  "  create         a new tenant with the usual roles and the law's tables; prints its id. Then: armmsctl user add\n"
  "  settings       shows how the tenant wants its rules applied, after changing what --settings names\n\n"
  "  --code CODE    what people write at sign-in: small letters, digits, dashes\n"
  "  --name NAME    the organisation's name\n"
  "  --tenant ID    whose; for create: the id to use\n"
  "  --settings JSON  for example '{\"event_max_age_days\": 400}'",
  run_command,
};
