/* Every tenant is an island: the linter over the catalogue, and a matrix of every table x login role x deed, made from the
 * catalogue, so that a new table is in it without anybody's doing. Each policy is then weakened in turn: the matrix must see it. */
#include "tests/support/test-database.h"

#include <string.h>

static const char *const roles[] = { "armms_server", "armms_worker", "armms_ingest", "armms_notify" };
static const char A[] = "aaaaaaaa-0000-7000-8000-000000000001";
static const char B[] = "bbbbbbbb-0000-7000-8000-000000000002";

typedef struct {
  char *name;        /* quoted, with schema */
  char *columns;     /* that can be written, quoted */
  char *values;      /* as SQL; %TENANT% where the tenant goes */
  char *detachment;  /* column of the restrictive policy, or "" */
  gboolean append_only;
} Table;

static ArmmsTestDatabase *database;
static GPtrArray *tables;

/* --- small things --- */

static PGresult *
run (PGconn *pg, const char *format, ...) G_GNUC_PRINTF (2, 3);

static PGresult *
run (PGconn *pg, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list list;

  va_start (list, format);
  sql = g_strdup_vprintf (format, list);
  va_end (list);
  return PQexec (pg, sql);
}

static gboolean
succeeded (PGresult *result)
{
  return PQresultStatus (result) == PGRES_COMMAND_OK || PQresultStatus (result) == PGRES_TUPLES_OK;
}

static const char *
state_of (PGresult *result)
{
  const char *state = PQresultErrorField (result, PG_DIAG_SQLSTATE);

  return state != NULL ? state : "00000";
}

static void
must (PGresult *result)
{
  if (!succeeded (result))
    g_error ("%s", PQresultErrorMessage (result));
  PQclear (result);
}

static gint64
number (PGresult *result)
{
  gint64 value = -1;

  if (PQresultStatus (result) == PGRES_TUPLES_OK)
    value = g_ascii_strtoll (PQgetvalue (result, 0, 0), NULL, 10);
  else if (succeeded (result))
    value = g_ascii_strtoll (PQcmdTuples (result), NULL, 10);
  PQclear (result);
  return value;
}

static void
begin_as (PGconn *pg, const char *tenant)
{
  must (run (pg, "begin"));
  must (run (pg, "select set_config('app.tenant_id', '%s', true), set_config('app.detachments', '', true)", tenant));
}

static void
roll_back (PGconn *pg)
{
  must (run (pg, "rollback"));
}

static char *
values_for (const Table *table, const char *tenant)
{
  GString *values = g_string_new (table->values);

  g_string_replace (values, "%TENANT%", tenant, 0);
  return g_string_free (values, FALSE);
}

/* --- the linter --- */

static void
test_lint (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("ARMMS_SOURCE_ROOT"), "tests/server/platform/db/tenancy-lint.sql", NULL);
  g_autofree char *sql = NULL;
  g_autoptr(GError) error = NULL;
  PGresult *result;

  g_assert_true (g_file_get_contents (path, &sql, NULL, &error));
  result = PQexec (armms_test_database_owner (database, "main"), sql);
  if (!succeeded (result))
    g_error ("%s", PQresultErrorMessage (result));
  for (int i = 0; i < PQntuples (result); i++)
    g_test_message ("%s: %s: %s", PQgetvalue (result, i, 0), PQgetvalue (result, i, 1), PQgetvalue (result, i, 2));
  if (PQntuples (result) > 0)
    g_test_fail_printf ("%d findings", PQntuples (result));
  PQclear (result);
}

/* Each rule is broken once on purpose: a linter that cannot find anything proves nothing. */
static const char *const sins[][2] = {
  { "rls", "create table leave.sin (tenant_id uuid not null primary key)" },
  { "rls", "alter table hr_core.employees no force row level security" },
  { "policy", "drop policy tenant on hr_core.employees" },
  { "policy", "create policy open on hr_core.employees for select using (true)" },
  { "policy", "alter policy tenant on hr_core.employees using (true)" },
  { "guard", "delete from platform.guarded_tables where table_name = 'employees'" },
  { "tenant", "alter table hr_core.employees drop constraint employees_pkey cascade; alter table hr_core.employees alter column tenant_id drop not null" },
  { "unique", "create unique index on hr_core.employees (employee_id)" },
  { "reference", "create table leave.sin (tenant_id uuid not null, x uuid, foreign key (tenant_id, x) references hr_core.employees)" },
  { "append only", "grant update on audit.audit_log to armms_room_audit" },
  { "append only", "drop trigger append_only on audit.audit_log" },
  { "audit", "alter table hr_core.employees disable trigger audit_delete" },
  { "grant", "grant select on hr_core.employees to armms_room_payroll" },
  { "grant", "grant select on hr_core.employees to public" },
  { "grant", "create materialized view hr_core.sin as select * from hr_core.employees; grant select on hr_core.sin to armms_room_hr" },
  { "view", "create view hr_core.sin as select * from hr_core.employees" },
  { "definer", "create function hr_core.sin() returns bigint language sql security definer as 'select count(*) from hr_core.employees'" },
  { "definer", "alter function audit.seal(integer) reset search_path" },
  { "definer", "grant execute on function audit.seal(integer) to public" },
  { "notify", "create function hr_core.sin() returns trigger language plpgsql as $$ begin perform pg_notify('x', 'y'); return null; end $$;"
              "create trigger sin after insert on hr_core.employees execute function hr_core.sin()" },
  { "role", "alter role armms_server bypassrls" },
  { "type", "alter table hr_core.employees add pay double precision" },
  { "columns", "alter table hr_core.employees drop column updated_by" },
};

static void
test_lint_finds (gconstpointer user_data)
{
  const char *const *sin = user_data;
  g_autofree char *path = g_build_filename (g_getenv ("ARMMS_SOURCE_ROOT"), "tests/server/platform/db/tenancy-lint.sql", NULL);
  g_autofree char *sql = NULL;
  PGconn *pg = armms_test_database_owner (database, "main");
  PGresult *result;
  gboolean found = FALSE;
  int before;

  g_assert_true (g_file_get_contents (path, &sql, NULL, NULL));
  result = PQexec (pg, sql);
  before = PQntuples (result);
  PQclear (result);
  must (run (pg, "begin"));
  must (run (pg, "create schema if not exists leave"));
  must (run (pg, "%s", sin[1]));
  result = PQexec (pg, sql);
  g_assert_true (succeeded (result));
  for (int i = 0; i < PQntuples (result); i++)
    found |= g_str_equal (PQgetvalue (result, i, 0), sin[0]);
  g_assert_true (found);
  g_assert_cmpint (PQntuples (result), >, before);
  PQclear (result);
  roll_back (pg);
}

/* --- the matrix --- */

static void
table_free (gpointer data)
{
  Table *table = data;

  g_free (table->name);
  g_free (table->columns);
  g_free (table->values);
  g_free (table->detachment);
  g_free (table);
}

/* A value of each column's type; what checks ask of it is out of the way here. */
static const char catalogue[] =
  "select t.oid::regclass::text,"
  "       string_agg(quote_ident(a.attname), ', ' order by a.attnum),"
  "       string_agg(case when a.attname = 'tenant_id' then '''%TENANT%''::uuid'"
  "                       when y.typcategory = 'A' then format('''{}''::%s', format_type(a.atttypid, null))"
  "                       when y.typname = 'uuid' then 'gen_random_uuid()'"
  "                       when y.typname in ('text', 'varchar', 'bpchar', 'name', 'char') then '''x'''"
  "                       when y.typname in ('int2', 'int4', 'int8', 'numeric') then '1'"
  "                       when y.typname = 'bool' then 'true'"
  "                       when y.typname = 'date' then 'current_date'"
  "                       when y.typname in ('timestamptz', 'timestamp') then 'now()'"
  "                       when y.typname in ('json', 'jsonb') then '''{}'''"
  "                       when y.typname = 'bytea' then '''\\x00'''"
  "                       when y.typname = 'xid8' then '''5'''"
  "                       when y.typname = 'interval' then '''1 minute'''"
  "                       when y.typname = 'time' then '''06:00'''"
  "                       when y.typname = 'daterange' then 'daterange(current_date, null)'"
  "                       when y.typname = 'tstzrange' then 'tstzrange(now(), null)'"
  "                       when y.typname = 'int4range' then 'int4range(0, 1)'"
  "                       when y.typname in ('inet', 'cidr') then '''127.0.0.1'''"
  "                       else 'null' end, ', ' order by a.attnum),"
  "       coalesce((select g.detachment_column from platform.guarded_tables as g where g.schema_name = n.nspname and g.table_name = t.relname), ''),"
  "       exists (select from platform.guarded_tables as g where g.schema_name = n.nspname and g.table_name = t.relname and g.kind = 'append_only')"
  "  from pg_class as t"
  "  join pg_namespace as n on n.oid = t.relnamespace and n.nspname in (select schema_name from platform.rooms)"
  "  join pg_attribute as a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''"
  "  join pg_type as y on y.oid = a.atttypid"
  " where t.relkind in ('r', 'p') and not t.relispartition"
  "   and exists (select from platform.guarded_tables as g where g.schema_name = n.nspname and g.table_name = t.relname)"
  " group by t.oid, t.relname, n.nspname order by 1";

/* One row of each tenant in each table, whatever checks and references say. */
static void
fill (void)
{
  PGconn *pg = armms_test_database_owner (database, "main");
  PGresult *result;

  must (run (pg, "do $$ declare k record; begin"
                 "  for k in select c.conrelid::regclass as t, c.conname from pg_constraint as c join pg_class as t on t.oid = c.conrelid"
                 "            join pg_namespace as n on n.oid = t.relnamespace"
                 "           where c.contype = 'c' and c.coninhcount = 0 and c.conrelid <> 0 and n.nspname in (select schema_name from platform.rooms) loop"
                 "    execute format('alter table %%s drop constraint %%I', k.t, k.conname);"
                 "  end loop; end $$"));
  result = run (pg, "%s", catalogue);
  if (!succeeded (result))
    g_error ("%s", PQresultErrorMessage (result));
  tables = g_ptr_array_new_with_free_func (table_free);
  must (run (pg, "set session_replication_role = replica"));
  for (int i = 0; i < PQntuples (result); i++)
    {
      Table *table = g_new0 (Table, 1);
      const char *const tenants[] = { A, B };

      table->name = g_strdup (PQgetvalue (result, i, 0));
      table->columns = g_strdup (PQgetvalue (result, i, 1));
      table->values = g_strdup (PQgetvalue (result, i, 2));
      table->detachment = g_strdup (PQgetvalue (result, i, 3));
      table->append_only = g_str_equal (PQgetvalue (result, i, 4), "t");
      g_ptr_array_add (tables, table);
      for (gsize t = 0; t < G_N_ELEMENTS (tenants); t++)
        {
          g_autofree char *values = values_for (table, tenants[t]);
          PGresult *inserted = run (pg, "insert into %s (%s) overriding system value values (%s)", table->name, table->columns, values);

          if (!succeeded (inserted))
            g_error ("%s: %s", table->name, PQresultErrorMessage (inserted));
          PQclear (inserted);
        }
    }
  must (run (pg, "set session_replication_role = origin"));
  PQclear (result);
}

static gboolean
may (PGconn *pg, const Table *table, const char *privilege)
{
  return number (run (pg, "select has_table_privilege('%s', '%s')::int", table->name, privilege)) == 1;
}

#define complain(table, role, ...) \
  G_STMT_START { \
    g_autofree char *what = g_strdup_printf (__VA_ARGS__); \
    g_test_message ("%s as %s: %s", (table)->name, role, what); \
    g_test_fail (); \
  } G_STMT_END

/* How many rows of @tenant are seen without any WHERE of one's own. */
static gint64
seen_of (PGconn *pg, const Table *table, const char *tenant)
{
  return number (run (pg, "select count(*) filter (where tenant_id = '%s') from %s", tenant, table->name));
}

static void
check_reading (PGconn *pg, const Table *table, const char *role)
{
  begin_as (pg, B);
  if (seen_of (pg, table, A) != 0)
    complain (table, role, "sees another tenant's row");
  if (seen_of (pg, table, B) != 1)
    complain (table, role, "does not see its own tenant's row");
  roll_back (pg);

  begin_as (pg, "");
  if (number (run (pg, "select count(*) from %s", table->name)) != 0)
    complain (table, role, "sees rows without a tenant");
  roll_back (pg);
  if (number (run (pg, "select count(*) from %s", table->name)) != 0)
    complain (table, role, "sees rows after a tenant's transaction");

  if (*table->detachment == '\0')
    return;
  begin_as (pg, B);
  must (run (pg, "select set_config('app.detachments', gen_random_uuid()::text || ',' || gen_random_uuid()::text, true)"));
  if (seen_of (pg, table, B) != 0)
    complain (table, role, "a user limited to other detachments sees the row");
  must (run (pg, "select set_config('app.detachments', '', true)"));
  must (run (pg, "select set_config('app.detachments', gen_random_uuid()::text || ',' || (select max(%s::text) from %s), true)", table->detachment, table->name));
  if (seen_of (pg, table, B) != 1)
    complain (table, role, "a user limited to this detachment does not see the row");
  roll_back (pg);
}

/* A deed that must not succeed for a row of @A while @B is set. */
static void
check_refused (PGconn *pg, const Table *table, const char *role, const char *tenant, const char *deed, const char *sql)
{
  PGresult *result;

  begin_as (pg, tenant);
  result = PQexec (pg, sql);
  if (succeeded (result))
    complain (table, role, "may %s", deed);
  PQclear (result);
  roll_back (pg);
}

static void
check_writing (PGconn *pg, const Table *table, const char *role)
{
  g_autofree char *values_a = values_for (table, A);
  g_autofree char *insert = g_strdup_printf ("insert into %s (%s) overriding system value values (%s)", table->name, table->columns, values_a);
  g_autofree char *move = g_strdup_printf ("update %s set tenant_id = '%s'", table->name, A);
  gint64 n;

  check_refused (pg, table, role, B, "insert a row of another tenant", insert);
  check_refused (pg, table, role, "", "insert a row without a tenant being set", insert);
  if (may (pg, table, "update"))
    {
      if (table->append_only)
        complain (table, role, "may change an append-only table");
      check_refused (pg, table, role, B, "move a row to another tenant", move);
      begin_as (pg, B);
      n = number (run (pg, "update %s set tenant_id = tenant_id", table->name));
      if (n > 1)
        complain (table, role, "an update without WHERE touched %d rows", (int) n);
      roll_back (pg);
    }
  if (may (pg, table, "delete"))
    {
      if (table->append_only)
        complain (table, role, "may delete from an append-only table");
      begin_as (pg, B);
      n = number (run (pg, "delete from %s", table->name));
      if (n > 1)
        complain (table, role, "a delete without WHERE took %d rows", (int) n);
      roll_back (pg);
      begin_as (pg, "");
      n = number (run (pg, "delete from %s", table->name));
      if (n > 0)
        complain (table, role, "a delete without a tenant took %d rows", (int) n);
      roll_back (pg);
    }
  if (may (pg, table, "truncate"))
    complain (table, role, "may truncate, which no policy guards");
}

static void
test_matrix (gconstpointer user_data)
{
  const char *role = user_data;
  PGconn *pg = armms_test_database_connect (database, "main", role);
  guint readable = 0;

  g_assert_cmpuint (tables->len, >, 20);
  for (guint i = 0; i < tables->len; i++)
    {
      const Table *table = tables->pdata[i];

      if (number (run (pg, "select has_schema_privilege((select relnamespace from pg_class where oid = to_regclass('%s')), 'usage')::int", table->name)) != 1
          || !may (pg, table, "select"))
        continue;
      readable++;
      check_reading (pg, table, role);
      check_writing (pg, table, role);
    }
  g_test_message ("%u of %u tables can be read by %s", readable, tables->len, role);
  g_assert_cmpuint (readable, >, 3);
  PQfinish (pg);
}

/* The policies themselves, weakened one by one, as superuser in a transaction that goes back. */
static gboolean
leaks (PGconn *pg, const Table *table, const char *before, const char *after)
{
  gint64 seen;

  must (run (pg, "begin"));
  must (run (pg, "%s %s %s", before, table->name, after));
  must (run (pg, "set local role armms_server"));
  must (run (pg, "select set_config('app.tenant_id', '%s', true), set_config('app.detachments', '', true)", B));
  seen = seen_of (pg, table, A);
  roll_back (pg);
  return seen > 0;
}

static void
test_mutants (void)
{
  static const struct { const char *before, *after; } mutants[] = {
    { "alter policy tenant on", "using (true)" },
    { "alter table", "disable row level security" },
    { "create policy mutant on", "for select using (true)" },
    { "alter policy tenant on", "using (tenant_id is not null)" },
  };
  PGconn *pg = armms_test_database_owner (database, "main");
  guint killed = 0, all = 0;

  for (guint i = 0; i < tables->len; i++)
    {
      const Table *table = tables->pdata[i];

      if (number (run (pg, "select has_table_privilege('armms_server', '%s', 'select')::int", table->name)) != 1)
        continue;
      for (gsize m = 0; m < G_N_ELEMENTS (mutants); m++)
        {
          all++;
          if (leaks (pg, table, mutants[m].before, mutants[m].after))
            killed++;
          else
            complain (table, "armms_server", "the matrix does not see the mutant \"%s ... %s\"", mutants[m].before, mutants[m].after);
        }
    }
  g_test_message ("%u of %u mutants found", killed, all);
  g_assert_cmpuint (all, >, 80);
}

/* A reference to another tenant's row and to one that does not exist must look the same. */
static void
test_references_tell_nothing (void)
{
  PGconn *owner = armms_test_database_owner (database, "main");
  PGconn *pg = armms_test_database_connect (database, "main", "armms_server");
  guint conclusive = 0;
  /* child, constraint, its columns but the tenant's, the parent's */
  PGresult *list = run (owner,
    "select k.conrelid::regclass::text, k.conname, k.confrelid::regclass::text,"
    "       (select string_agg(quote_ident(a.attname), ',' order by s) from generate_subscripts(k.conkey, 1) as s join pg_attribute as a on a.attrelid = k.conrelid and a.attnum = k.conkey[s] where a.attname <> 'tenant_id'),"
    "       (select string_agg(quote_ident(a.attname), ',' order by s) from generate_subscripts(k.confkey, 1) as s join pg_attribute as a on a.attrelid = k.confrelid and a.attnum = k.confkey[s] where a.attname <> 'tenant_id')"
    "  from pg_constraint as k"
    "  join pg_class as c on c.oid = k.conrelid and not c.relispartition"
    "  join pg_namespace as n on n.oid = c.relnamespace and n.nspname in (select schema_name from platform.rooms)"
    " where k.contype = 'f' and cardinality(k.conkey) = 2 and k.conparentid = 0"
    "   and has_table_privilege('armms_server', k.conrelid, 'insert')"
    "   and exists (select from pg_attribute as a where a.attrelid = k.confrelid and a.attname = 'tenant_id')");

  g_assert_true (succeeded (list));
  for (int i = 0; i < PQntuples (list); i++)
    {
      const char *child = PQgetvalue (list, i, 0);
      const char *constraint = PQgetvalue (list, i, 1);
      const char *column = PQgetvalue (list, i, 3);
      g_autofree char *parent_key = NULL;
      g_autofree char *seen[2] = { NULL, NULL };
      const Table *table = NULL;

      for (guint t = 0; t < tables->len && table == NULL; t++)
        if (g_str_equal (((Table *) tables->pdata[t])->name, child))
          table = tables->pdata[t];
      if (table == NULL || strchr (column, ',') != NULL)
        continue;
      {
        PGresult *key = run (owner, "select quote_literal(%s::text) from %s where tenant_id = '%s'", PQgetvalue (list, i, 4), PQgetvalue (list, i, 2), A);

        if (succeeded (key) && PQntuples (key) == 1)
          parent_key = g_strdup (PQgetvalue (key, 0, 0));
        PQclear (key);
      }
      if (parent_key == NULL || !g_str_has_prefix (parent_key, "'") || strlen (parent_key) != 38)
        continue;
      for (int probe = 0; probe < 2; probe++)
        {
          g_autofree char *values = values_for (table, B);
          PGresult *result;

          begin_as (pg, B);
          /* The row as it would be, with this one column as wanted. */
          result = run (pg, "insert into %s (%s) overriding system value select %s from (select %s) as v (%s)", child, table->columns, table->columns, values, table->columns);
          PQclear (result);
          roll_back (pg);
          {
            GString *picked = g_string_new (NULL);
            g_auto(GStrv) names = g_strsplit (table->columns, ", ", -1);

            for (gsize n = 0; names[n] != NULL; n++)
              {
                if (n > 0)
                  g_string_append (picked, ", ");
                if (g_str_equal (names[n], column))
                  g_string_append_printf (picked, "%s::uuid", probe == 0 ? parent_key : "'99999999-9999-7999-8999-999999999999'");
                else
                  g_string_append (picked, names[n]);
              }
            begin_as (pg, B);
            result = run (pg, "insert into %s (%s) overriding system value select %s from (select %s) as v (%s)", child, table->columns, picked->str, values, table->columns);
            seen[probe] = g_strdup_printf ("%s %s", state_of (result), PQresultErrorField (result, PG_DIAG_CONSTRAINT_NAME) ? PQresultErrorField (result, PG_DIAG_CONSTRAINT_NAME) : "");
            if (succeeded (result))
              complain (table, "armms_server", "may refer to another tenant's row by %s", constraint);
            if (g_str_equal (state_of (result), "23503") && g_strcmp0 (PQresultErrorField (result, PG_DIAG_CONSTRAINT_NAME), constraint) == 0)
              conclusive++;
            PQclear (result);
            roll_back (pg);
            g_string_free (picked, TRUE);
          }
        }
      if (!g_str_equal (seen[0], seen[1]))
        complain (table, "armms_server", "%s tells another tenant's row (%s) from none (%s)", constraint, seen[0], seen[1]);
    }
  g_test_message ("%u of %d probes reached their reference", conclusive, 2 * PQntuples (list));
  g_assert_cmpuint (conclusive, >, 0);
  PQclear (list);
  PQfinish (pg);
}

int
main (int argc, char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  database = armms_test_database_new ();
  g_test_add_func ("/tenancy/the linter finds nothing", test_lint);
  for (gsize i = 0; i < G_N_ELEMENTS (sins); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tenancy/the linter finds %s, case %d", sins[i][0], (int) i + 1);

      g_test_add_data_func (path, sins[i], test_lint_finds);
    }
  fill ();
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tenancy/two tenants, every table, as %s", roles[i]);

      g_test_add_data_func (path, roles[i], test_matrix);
    }
  g_test_add_func ("/tenancy/every weakened policy is noticed", test_mutants);
  g_test_add_func ("/tenancy/references tell nothing of other tenants", test_references_tell_nothing);
  code = g_test_run ();
  g_ptr_array_unref (tables);
  armms_test_database_free (database);
  return code;
}
