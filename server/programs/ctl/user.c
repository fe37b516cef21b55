/* armmsctl user: the first administrator of a tenant, and a way back in. */
#include "server/programs/ctl/commands.h"

#include "server/iam/iam.h"
#include "server/platform/auth/token.h"

#include <stdio.h>
#include <string.h>

typedef struct {
  ArmmsCtl *ctl;
  const char *login, *name;
  char **roles;
  char *password;       /* owned */
  gboolean made_up;     /* the password was not given */
  GString *out;
} Run;

static gboolean
fill_password (Run *run, const char *file, GError **error)
{
  if (file == NULL)
    {
      run->password = armms_secret_new ();
      run->password[20] = '\0';
      run->made_up = TRUE;
      return TRUE;
    }
  if (g_str_equal (file, "-"))
    {
      char line[1024] = "";

      run->password = fgets (line, sizeof line, stdin) != NULL ? g_strdup (line) : g_strdup ("");
    }
  else if (!g_file_get_contents (file, &run->password, NULL, error))
    return FALSE;
  run->password[strcspn (run->password, "\r\n")] = '\0';
  return TRUE;
}

static void
tell_user (Run *run, const ArmmsId *user_id)
{
  char id[ARMMS_ID_TEXT_SIZE];

  armms_id_format (user_id, id);
  if (run->ctl->json)
    g_string_printf (run->out, run->made_up ? "{\"user_id\":\"%s\",\"password\":\"%s\"}" : "{\"user_id\":\"%s\"}", id, run->password);
  else if (run->made_up)
    g_string_printf (run->out, "%s  password %s", id, run->password);
  else
    g_string_assign (run->out, id);
}

static gboolean
add (ArmmsWork *work, gpointer user_data, GError **error)
{
  Run *run = user_data;
  g_autoptr(GPtrArray) users = armms_records_new (&armms_user_type);
  ArmmsUser *user = armms_record_new (&armms_user_type);

  user->login = g_strdup (run->login);
  user->name = g_strdup (run->name != NULL ? run->name : run->login);
  user->password = g_strdup (run->password);
  user->roles = g_strdupv (run->roles);
  g_ptr_array_add (users, user);
  if (!armms_iam_insert_users (work, users, error))
    return FALSE;
  tell_user (run, &user->user_id);
  return TRUE;
}

static gboolean
reset (ArmmsWork *work, gpointer user_data, GError **error)
{
  Run *run = user_data;
  g_autoptr(GPtrArray) users = armms_iam_load_users (work, NULL, 0, error);

  for (guint i = 0; users != NULL && i < users->len; i++)
    {
      ArmmsUser *user = users->pdata[i];

      if (g_ascii_strcasecmp (user->login, run->login) != 0)
        continue;
      if (!armms_iam_reset_password (work, &user->user_id, run->password, error))
        return FALSE;
      tell_user (run, &user->user_id);
      return TRUE;
    }
  if (users != NULL)
    armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "user.unknown", "the tenant has no user %s", run->login);
  return FALSE;
}

static gboolean
list (ArmmsWork *work, gpointer user_data, GError **error)
{
  Run *run = user_data;
  g_autoptr(GPtrArray) users = armms_iam_load_users (work, NULL, 0, error);

  if (users == NULL)
    return FALSE;
  g_string_assign (run->out, run->ctl->json ? "[" : "");
  for (guint i = 0; i < users->len; i++)
    {
      ArmmsUser *user = users->pdata[i];
      g_autofree char *roles = user->roles != NULL ? g_strjoinv (" ", user->roles) : g_strdup ("");

      if (run->ctl->json)
        {
          g_string_append (run->out, i > 0 ? "," : "");
          armms_record_append_json (&armms_user_type, user, /* scopes= */ NULL, run->out);
        }
      else
        g_string_append_printf (run->out, "%s%-30s %-10s %s", i > 0 ? "\n" : "", user->login, user->status, roles);
    }
  g_string_append (run->out, run->ctl->json ? "]" : "");
  return TRUE;
}

static gboolean
tenants (ArmmsWork *work, gpointer user_data, GError **error)
{
  Run *run = user_data;
  g_autoptr(GPtrArray) found = armms_iam_load_tenants_of (work, run->login, error);
  char id[ARMMS_ID_TEXT_SIZE];

  if (found == NULL)
    return FALSE;
  g_string_assign (run->out, run->ctl->json ? "[" : "");
  for (guint i = 0; i < found->len; i++)
    {
      ArmmsTenant *tenant = found->pdata[i];

      if (run->ctl->json)
        {
          g_string_append (run->out, i > 0 ? "," : "");
          armms_record_append_json (&armms_tenant_type, tenant, /* scopes= */ NULL, run->out);
        }
      else
        g_string_append_printf (run->out, "%s%s  %-20s %s", i > 0 ? "\n" : "", armms_id_format (&tenant->tenant_id, id), tenant->code, tenant->name);
    }
  g_string_append (run->out, run->ctl->json ? "]" : "");
  return TRUE;
}

static int
run_command (ArmmsCtl *ctl, int argc, char **argv)
{
  static const struct { const char *name; ArmmsWorkFunc func; ArmmsWorkMode mode; gboolean tenant, login, password; } actions[] = {
    { "add", add, ARMMS_WORK_WRITE, TRUE, TRUE, TRUE },
    { "password", reset, ARMMS_WORK_WRITE, TRUE, TRUE, TRUE },
    { "list", list, ARMMS_WORK_READ_FRESH, TRUE, FALSE, FALSE },
    { "tenants", tenants, ARMMS_WORK_READ_FRESH, FALSE, TRUE, FALSE },
  };
  g_autofree char *tenant = NULL;
  g_autofree char *login = NULL;
  g_autofree char *name = NULL;
  g_autofree char *file = NULL;
  g_auto(GStrv) roles = NULL;
  const GOptionEntry entries[] = {
    { "tenant", 0, 0, G_OPTION_ARG_STRING, &tenant, NULL, NULL },
    { "login", 0, 0, G_OPTION_ARG_STRING, &login, NULL, NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
    { "role", 0, 0, G_OPTION_ARG_STRING_ARRAY, &roles, NULL, NULL },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &file, NULL, NULL },
    { NULL },
  };
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(ArmmsDb) db = NULL;
  g_autoptr(GError) error = NULL;
  Run run = { .ctl = ctl, .out = out };
  ArmmsActor actor = { .request_id = "armmsctl", .reason = "armmsctl user" };
  int code;

  if (!armms_ctl_parse (&armms_ctl_user, entries, &argc, &argv, &code))
    return code;
  for (gsize i = 0; argc == 2 && i < G_N_ELEMENTS (actions); i++)
    {
      gboolean good;

      if (!g_str_equal (argv[1], actions[i].name))
        continue;
      if ((actions[i].tenant && (tenant == NULL || !armms_id_parse (tenant, &actor.tenant_id))) || (actions[i].login && login == NULL))
        break;
      run.login = login;
      run.name = name;
      run.roles = roles;
      if (actions[i].password && !fill_password (&run, file, &error))
        return armms_ctl_fail ("user", g_steal_pointer (&error));
      db = armms_ctl_open_db (ctl, /* as_owner= */ FALSE);
      if (db == NULL)
        return ARMMS_CTL_FAILED;
      armms_rooms_register (db);
      good = armms_work_run (db, "iam", actions[i].mode, &actor, actions[i].func, &run, &error);
      g_free (run.password);
      if (!good)
        return armms_ctl_fail ("user", g_steal_pointer (&error));
      g_print ("%s\n", out->str);
      return ARMMS_CTL_DONE;
    }
  g_printerr ("Usage: armmsctl user %s\n", armms_ctl_user.usage);
  return ARMMS_CTL_USAGE;
}

const ArmmsCtlCommand armms_ctl_user = {
  "user",
  "add users to a tenant, set a password, see who is there",
  "add --tenant ID --login LOGIN [--name NAME] [--role CODE ...] [--password-file FILE] | password --tenant ID --login LOGIN "
  "[--password-file FILE] | list --tenant ID | tenants --login LOGIN",
  "  add            a user of the tenant; a login that exists becomes a member with its own password\n"
  "  password       sets a password that must be changed at the next sign-in; sessions end\n"
  "  list           users of a tenant and their roles\n"
  "  tenants        ids of the tenants that a login belongs to\n\n"
  "  --role CODE    operations, timekeeper, payroll-officer, controller, hr-officer, hr-manager, finance-officer, employee,\n"
  "                 administrator, or the tenant's own; may be repeated\n"
  "  --password-file FILE  its first line (- for standard input); without it a password is made up and printed",
  run_command,
};
