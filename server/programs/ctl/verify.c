#include "server/programs/ctl/commands.h"

#include "server/payroll/payroll.h"

#include <json-glib/json-glib.h>

/* One thing that is looked at in every database: a query whose every row is something wrong, told in one text. */
typedef struct {
  const char *name, *title;
  const char *before; /* run first until it gives 0; nullable */
  const char *sql;
  const char *table;  /* nullable: only where it stands, and as each tenant */
  /* Nullable: for each row of @sql, which gives a tenant and an id, as that tenant; adds what is wrong. */
  gboolean (*look) (ArmmsDb *db, const ArmmsId *tenant, const ArmmsId *id, GPtrArray *findings, GError **error);
} Check;

static gboolean look_at_payrun (ArmmsDb *db, const ArmmsId *tenant, const ArmmsId *id, GPtrArray *findings, GError **error);

static const Check checks[] = {
  { "audit", "the audit log reads as it was written, and its seals follow one another",
    "select audit.seal(20000)",
    "select format('tenant %s, seal %s, row %s: %s', tenant_id, coalesce(seal_no::text, '-'), coalesce(audit_id::text, '-'), problem) from audit.verify()" },
  { "append-only", "append-only tables and all their partitions refuse changes",
    NULL,
    "select format('%s does not refuse changes', c.oid::regclass)"
    "  from platform.guarded_tables as g"
    "  join lateral (select format('%I.%I', g.schema_name, g.table_name)::regclass as oid"
    "                 union all"
    "                select i.inhrelid::regclass from pg_inherits as i where i.inhparent = format('%I.%I', g.schema_name, g.table_name)::regclass) as c on true"
    " where g.kind = 'append_only'"
    "   and not exists (select from pg_trigger as t where t.tgrelid = c.oid and t.tgfoid = 'platform.refuse_change'::regproc and t.tgenabled <> 'D')" },
  { "tenants", "row-level security is on and forced wherever a tenant's rows lie",
    NULL,
    "select format('%I.%I is open', g.schema_name, g.table_name)"
    "  from platform.guarded_tables as g"
    "  join pg_class as c on c.oid = format('%I.%I', g.schema_name, g.table_name)::regclass"
    " where not (c.relrowsecurity and c.relforcerowsecurity)"
    "    or not exists (select from pg_policy as p where p.polrelid = c.oid and p.polname = 'tenant')" },
  { "audited", "every audited table has its triggers",
    NULL,
    "select format('%I.%I is not audited', g.schema_name, g.table_name)"
    "  from platform.guarded_tables as g"
    " where g.kind in ('row', 'state')"
    "   and (select count(*) from pg_trigger as t where t.tgrelid = format('%I.%I', g.schema_name, g.table_name)::regclass"
    "           and t.tgname in ('audit_insert', 'audit_update', 'audit_delete') and t.tgenabled <> 'D') < 3" },
  { "months", "the coming months stand ready and no row lies in a default partition",
    NULL,
    "select format('%s: %s rows lie in the default partition', table_name, strays) from platform.keep_months() where strays > 0" },
  { "timesheets", "every sealed timesheet has the checksum that it was sealed with",
    NULL,
    "select format('tenant %s, timesheet %s, version %s', s.tenant_id, s.timesheet_id, s.version)"
    "  from timekeeping.timesheet_snapshots as s"
    " where sha256(convert_to(replace(s.payload, '\"sha256\":\"' || s.sha256 || '\",', ''), 'UTF8')) <> decode(s.sha256, 'hex')",
    "timekeeping.timesheet_snapshots" },
  { "snapshots", "every snapshot that payroll works from is the one that was sealed",
    NULL,
    "select format('tenant %s, timesheet %s, version %s', s.tenant_id, s.timesheet_id, s.version)"
    "  from payroll.snapshots as s"
    " where sha256(convert_to(s.payload, 'UTF8')) <> s.sha256",
    "payroll.snapshots" },
  { "payslips", "every payslip of a closed payrun says what it said when it was sealed",
    NULL,
    "select r.tenant_id::text, r.payrun_id::text from payroll.payruns as r where exists (select from payroll.payslips as s where s.payrun_id = r.payrun_id)",
    "payroll.payslips", look_at_payrun },
};

static gboolean
look_at_payrun (ArmmsDb *db, const ArmmsId *tenant, const ArmmsId *id, GPtrArray *findings, GError **error)
{
  ArmmsActor actor = { .tenant_id = *tenant, .request_id = "armmsctl-verify" };
  g_autoptr(ArmmsWork) work = armms_work_begin (db, "payroll", ARMMS_WORK_READ_FRESH, &actor, error);
  char text[ARMMS_ID_TEXT_SIZE];
  gint64 checked, broken;

  if (work == NULL || !armms_payroll_check_seals (work, id, &checked, &broken, error))
    return FALSE;
  if (broken > 0)
    g_ptr_array_add (findings, g_strdup_printf ("payrun %s: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " payslips", armms_id_format (id, text), broken, checked));
  return armms_work_commit (work, error);
}

static gboolean
run_before (PGconn *pg, const Check *check, GError **error)
{
  for (;;)
    {
      PGresult *result = PQexec (pg, check->before);
      gboolean done;

      if (PQresultStatus (result) != PGRES_TUPLES_OK)
        {
          armms_error_set (error, ARMMS_ERROR_INTERNAL, "verify.failed", "%s: %s", check->name, PQresultErrorMessage (result));
          PQclear (result);
          return FALSE;
        }
      done = g_str_equal (PQgetvalue (result, 0, 0), "0");
      PQclear (result);
      if (done)
        return TRUE;
    }
}

static gboolean
run_query (ArmmsDb *db, PGconn *pg, const char *database, const Check *check, GPtrArray *findings, GError **error)
{
  PGresult *result = PQexec (pg, check->sql);

  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "verify.failed", "%s: %s", check->name, PQresultErrorMessage (result));
      PQclear (result);
      return FALSE;
    }
  for (int i = 0; i < PQntuples (result); i++)
    {
      ArmmsId tenant, id;

      if (check->look == NULL)
        {
          g_ptr_array_add (findings, g_strdup_printf ("%s: %s", database, PQgetvalue (result, i, 0)));
        }
      else if (!armms_id_parse (PQgetvalue (result, i, 0), &tenant) || !armms_id_parse (PQgetvalue (result, i, 1), &id)
               || !check->look (db, &tenant, &id, findings, error))
        {
          PQclear (result);
          return FALSE;
        }
    }
  PQclear (result);
  return TRUE;
}

/* As each tenant that the database knows, one transaction each. */
static gboolean
run_as_tenants (ArmmsDb *db, PGconn *pg, const char *database, const Check *check, GPtrArray *findings, GError **error)
{
  g_autofree char *question = g_strdup_printf ("select t::text from audit.known_tenants() as t where to_regclass('%s') is not null", check->table);
  PGresult *tenants = PQexec (pg, question);
  gboolean done = PQresultStatus (tenants) == PGRES_TUPLES_OK;

  if (!done)
    armms_error_set (error, ARMMS_ERROR_INTERNAL, "verify.failed", "%s: %s", check->name, PQresultErrorMessage (tenants));
  for (int i = 0; done && i < PQntuples (tenants); i++)
    {
      g_autofree char *begin = g_strdup_printf ("begin read only; select set_config('app.tenant_id', '%s', true)", PQgetvalue (tenants, i, 0));

      PQclear (PQexec (pg, begin));
      done = run_query (db, pg, database, check, findings, error);
      PQclear (PQexec (pg, "rollback"));
    }
  PQclear (tenants);
  return done;
}

static gboolean
run_check (ArmmsDb *db, PGconn *pg, const char *database, const Check *check, GPtrArray *findings, GError **error)
{
  if (check->before != NULL && !run_before (pg, check, error))
    return FALSE;
  if (check->table != NULL)
    return run_as_tenants (db, pg, database, check, findings, error);
  return run_query (db, pg, database, check, findings, error);
}

static void
add_to_json (JsonBuilder *builder, const Check *check, const GPtrArray *findings)
{
  json_builder_begin_object (builder);
  json_builder_add_string_value (json_builder_set_member_name (builder, "name"), check->name);
  json_builder_add_boolean_value (json_builder_set_member_name (builder, "ok"), findings->len == 0);
  json_builder_begin_array (json_builder_set_member_name (builder, "findings"));
  for (guint i = 0; i < findings->len; i++)
    json_builder_add_string_value (builder, findings->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_finding (const Check *check, const GPtrArray *findings)
{
  g_print ("%s  %s\n", findings->len == 0 ? "ok    " : "WRONG ", check->title);
  for (guint i = 0; i < findings->len; i++)
    g_print ("        %s\n", (char *) findings->pdata[i]);
}

static int
run_verify (ArmmsCtl *ctl, int argc, char **argv)
{
  g_autoptr(ArmmsDb) db = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) connections = g_ptr_array_new_with_free_func ((GDestroyNotify) PQfinish);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  const char *const *names;
  gboolean wrong = FALSE;
  int code;

  if (!armms_ctl_parse (&armms_ctl_verify, NULL, &argc, &argv, &code))
    return code;
  db = armms_ctl_open_db (ctl, FALSE);
  if (db == NULL)
    return ARMMS_CTL_FAILED;
  armms_rooms_register (db);
  names = armms_db_get_names (db);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      PGconn *pg = armms_db_connect (db, names[i], &error);

      if (pg == NULL)
        return armms_ctl_fail ("verify", g_steal_pointer (&error));
      PQclear (PQexec (pg, "set statement_timeout = 0"));
      g_ptr_array_add (connections, pg);
    }
  json_builder_begin_array (builder);
  for (gsize c = 0; c < G_N_ELEMENTS (checks); c++)
    {
      g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);

      for (guint i = 0; i < connections->len; i++)
        if (!run_check (db, connections->pdata[i], names[i], &checks[c], findings, &error))
          return armms_ctl_fail ("verify", g_steal_pointer (&error));
      wrong |= findings->len > 0;
      if (ctl->json)
        add_to_json (builder, &checks[c], findings);
      else
        print_finding (&checks[c], findings);
    }
  json_builder_end_array (builder);
  if (ctl->json)
    {
      g_autoptr(JsonNode) root = json_builder_get_root (builder);
      g_autofree char *text = json_to_string (root, FALSE);

      g_print ("%s\n", text);
    }
  return wrong ? ARMMS_CTL_FOUND : ARMMS_CTL_DONE;
}

const ArmmsCtlCommand armms_ctl_verify = {
  .name = "verify",
  .summary = "look whether what must not change has not changed",
  .usage = "",
  .help = "Seals the audit log as far as it goes, then reads it all again: a row that was changed, removed or slipped in after it\n"
          "was sealed is named, with its tenant. Also that append-only tables refuse changes, that row-level security is on and\n"
          "forced, that audited tables are audited, that no row lies outside the months that were made for it, and that every\n"
          "sealed timesheet, and the snapshot of it that payroll works from, still has its checksum, and that every payslip of a\n"
          "closed payrun says what it said when it was sealed.\n\n"
          "Runs as the worker's role in every configured database; ends with 3 when anything is wrong.",
  .run = run_verify,
};
