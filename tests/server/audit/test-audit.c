/* The audit log: what it tells, who cannot touch it, and that a forged row is found and named. Tables by month beside it. */
#include "tests/support/test-database.h"

#include <string.h>
#include <sys/wait.h>

static ArmmsTestDatabase *database;

static const char TENANT[] = "aaaaaaaa-0000-7000-8000-00000000000a";
static const char OTHER[] = "bbbbbbbb-0000-7000-8000-00000000000b";

static const char ground[] =
  "create schema if not exists reporting authorization armms_owner; grant usage on schema reporting to armms_room_reporting;"
  "create table reporting.things (tenant_id uuid not null default platform.current_tenant_id(), thing_id integer not null, name text, secret text, document bytea,"
  " created_at timestamptz not null default now(), created_by uuid default platform.current_user_id(), updated_at timestamptz not null default now(), updated_by uuid default platform.current_user_id(),"
  " primary key (tenant_id, thing_id)); alter table reporting.things owner to armms_owner;"
  "create table reporting.states (like reporting.things including all); alter table reporting.states owner to armms_owner;"
  "create table reporting.notes (tenant_id uuid not null default platform.current_tenant_id(), note_id integer not null, primary key (tenant_id, note_id)); alter table reporting.notes owner to armms_owner;"
  "select platform.guard_table('reporting.things', 'row', null, '{secret}');"
  "select platform.guard_table('reporting.states', 'state');"
  "select platform.guard_table('reporting.notes', 'append_only')";

/* --- small things --- */

static PGresult *
query (PGconn *pg, const char *sql)
{
  PGresult *result = PQexec (pg, sql);

  if (PQresultStatus (result) != PGRES_TUPLES_OK && PQresultStatus (result) != PGRES_COMMAND_OK)
    g_error ("%s: %s", sql, PQresultErrorMessage (result));
  return result;
}

static void
must (PGconn *pg, const char *sql)
{
  PQclear (query (pg, sql));
}

static char *
value (PGconn *pg, const char *sql)
{
  PGresult *result = query (pg, sql);
  char *text = g_strdup (PQntuples (result) > 0 ? PQgetvalue (result, 0, 0) : "");

  PQclear (result);
  return text;
}

static void
assert_value (PGconn *pg, const char *sql, const char *expected)
{
  g_autofree char *text = value (pg, sql);

  g_assert_cmpstr (text, ==, expected);
}

static void
begin_as (PGconn *pg, const char *tenant)
{
  g_autofree char *sql = g_strdup_printf ("begin; select set_config('app.tenant_id', '%s', true), set_config('app.user_id', 'cccccccc-0000-7000-8000-00000000000c', true),"
                                          " set_config('app.request_id', 'req-9', true), set_config('app.reason', 'because', true)", tenant);

  must (pg, sql);
}

/* A clean log for each test: as the owner of the cluster, who alone can. */
static void
forget (void)
{
  armms_test_database_exec (database, "begin; set local session_replication_role = replica; truncate audit.audit_log, audit.seals, reporting.things, reporting.states;"
                                      "update audit.seal_cursor set last_xid = '0', last_id = 0, floor_id = 0, cluster_id = (select system_identifier from pg_control_system()); commit");
}

static gint64
seal (PGconn *worker)
{
  g_autofree char *n = value (worker, "select audit.seal()");

  return g_ascii_strtoll (n, NULL, 10);
}

/* Transaction ids are the cluster's: a transaction in another test's database holds the seal back as well, for a while. */
static void
assert_seals (PGconn *worker, gint64 expected)
{
  gint64 sealed = 0;

  for (int i = 0; i < 2000 && sealed < expected; i++)
    {
      sealed += seal (worker);
      if (sealed < expected)
        g_usleep (10000);
    }
  g_assert_cmpint (sealed, ==, expected);
}

static char *
problems (PGconn *worker)
{
  return value (worker, "select coalesce(string_agg(distinct problem, '; ' order by problem), '') from audit.verify()");
}

static void
assert_problems (PGconn *worker, const char *expected)
{
  g_autofree char *found = problems (worker);

  g_assert_cmpstr (found, ==, expected);
}

static void
write_things (PGconn *server, const char *tenant, int from, int to)
{
  g_autofree char *sql = g_strdup_printf ("insert into reporting.things (thing_id, name, secret) select n, 'thing ' || n, 's' from generate_series(%d, %d) as n", from, to);

  begin_as (server, tenant);
  must (server, sql);
  must (server, "commit");
}

/* --- what it tells --- */

static void
test_tells (void)
{
  PGconn *server = armms_test_database_connect (database, "main", "armms_server");

  forget ();
  begin_as (server, TENANT);
  must (server, "insert into reporting.things (thing_id, name, secret, document) values (1, 'one', 'hidden', '\\x0102'), (2, 'two', null, null)");
  must (server, "update reporting.things set name = 'uno', secret = 'other' where thing_id = 1");
  must (server, "update reporting.things set thing_id = 3 where thing_id = 2");
  must (server, "delete from reporting.things");
  must (server, "commit");
  begin_as (server, TENANT);
  assert_value (server, "select string_agg(action || ' ' || row_key, ', ' order by audit_id) from audit.audit_log where action <> 'DELETE'", "INSERT 1, INSERT 2, UPDATE 1, UPDATE 3, UPDATE 2");
  assert_value (server, "select count(*) from audit.audit_log where action = 'DELETE' and before ->> 'name' in ('uno', 'two') and after is null", "2");
  assert_value (server, "select (after ->> 'secret') || ' ' || (after ->> 'document') || ' ' || (after ->> 'name') from audit.audit_log where action = 'INSERT' and row_key = '1'", "*** *** one");
  assert_value (server, "select after ->> 'secret' is null from audit.audit_log where action = 'INSERT' and row_key = '2'", "t");
  assert_value (server, "select before::text || after::text from audit.audit_log where action = 'UPDATE' and row_key = '1'",
                "{\"name\": \"one\", \"secret\": \"***\"}{\"name\": \"uno\", \"secret\": \"***\"}");
  assert_value (server, "select count(*) from audit.audit_log where actor_id = 'cccccccc-0000-7000-8000-00000000000c' and request_id = 'req-9' and reason = 'because'"
                        " and db_role = 'armms_server' and schema_name = 'reporting' and table_name = 'things'", "7");
  assert_value (server, "select count(*) from audit.audit_log where before::text like '%hidden%' or after::text like '%hidden%' or after::text like '%other%'", "0");
  must (server, "commit");
  begin_as (server, OTHER);
  assert_value (server, "select count(*) from audit.audit_log", "0");
  must (server, "commit");
  PQfinish (server);
}

static void
test_state_tells_changes_only (void)
{
  PGconn *server = armms_test_database_connect (database, "main", "armms_server");

  forget ();
  begin_as (server, TENANT);
  must (server, "insert into reporting.states (thing_id, name) values (1, 'one')");
  must (server, "update reporting.states set updated_at = now()");
  must (server, "update reporting.states set name = name");
  must (server, "update reporting.states set name = 'uno'");
  assert_value (server, "select string_agg(action, ' ' order by audit_id) from audit.audit_log", "INSERT UPDATE");
  must (server, "rollback");
  begin_as (server, TENANT);
  assert_value (server, "select count(*) from audit.audit_log", "0"); /* what did not happen is not told */
  must (server, "commit");
  PQfinish (server);
}

static void
test_touch (void)
{
  PGconn *server = armms_test_database_connect (database, "main", "armms_server");

  forget ();
  write_things (server, TENANT, 1, 1);
  begin_as (server, TENANT);
  must (server, "update reporting.things set name = 'x', updated_at = '2001-01-01', updated_by = null");
  assert_value (server, "select updated_at = now() and updated_by = 'cccccccc-0000-7000-8000-00000000000c' from reporting.things", "t");
  must (server, "commit");
  PQfinish (server);
}

/* --- who cannot touch it --- */

static void
test_nobody_writes (void)
{
  static const char *const roles[] = { "armms_server", "armms_worker", "armms_ingest" };
  static const char *const deeds[] = {
    "insert into audit.audit_log (tenant_id, db_role, schema_name, table_name, action, row_key) values (platform.current_tenant_id(), 'x', 'x', 'x', 'INSERT', '1')",
    "update audit.audit_log set reason = 'x'", "delete from audit.audit_log", "truncate audit.audit_log",
    "insert into audit.seals (tenant_id, seal_no, cluster_id, row_ids, row_marks, previous, seal) values (platform.current_tenant_id(), 1, 1, '{}', '', '', '')",
    "delete from audit.seals", "update audit.seal_cursor set last_id = 0", "select audit.rebase()", "set role armms_audit",
    "alter table audit.audit_log disable trigger all", "select audit.seal_block(1, '1', true)",
  };

  forget ();
  for (gsize r = 0; r < G_N_ELEMENTS (roles); r++)
    {
      PGconn *pg = armms_test_database_connect (database, "main", roles[r]);

      for (gsize d = 0; d < G_N_ELEMENTS (deeds); d++)
        {
          PGresult *result;

          begin_as (pg, TENANT);
          result = PQexec (pg, deeds[d]);
          if (PQresultStatus (result) != PGRES_FATAL_ERROR)
            g_error ("%s may: %s", roles[r], deeds[d]);
          g_assert_cmpstr (PQresultErrorField (result, PG_DIAG_SQLSTATE), ==, "42501");
          PQclear (result);
          must (pg, "rollback");
        }
      PQfinish (pg);
    }
}

/* The owner has the rights, and is refused all the same. */
static void
test_owner_is_refused (void)
{
  PGconn *pg = armms_test_database_owner (database, "main");
  static const char *const deeds[] = {
    "update audit.audit_log set reason = 'x'", "delete from audit.audit_log", "truncate audit.audit_log", "delete from audit.seals",
    "delete from audit.audit_log_default", "update reporting.notes set note_id = 1", "delete from reporting.notes",
  };

  for (gsize d = 0; d < G_N_ELEMENTS (deeds); d++)
    {
      PGresult *result = PQexec (pg, deeds[d]);

      g_assert_cmpint (PQresultStatus (result), ==, PGRES_FATAL_ERROR);
      g_assert_nonnull (strstr (PQresultErrorMessage (result), "append-only"));
      PQclear (result);
    }
}

/* --- seals --- */

/* An older transaction still runs: what younger ones wrote waits, so that the order of the seal is the order of the ids. */
static void
test_slow_writer (void)
{
  PGconn *slow = armms_test_database_connect (database, "main", "armms_server");
  PGconn *fast = armms_test_database_connect (database, "main", "armms_server");
  PGconn *worker = armms_test_database_connect (database, "main", "armms_worker");

  forget ();
  write_things (fast, TENANT, 1, 2);
  begin_as (slow, TENANT);
  must (slow, "insert into reporting.things (thing_id) values (100)");
  write_things (fast, TENANT, 3, 4);
  assert_seals (worker, 2);
  g_assert_cmpint (seal (worker), ==, 0);
  must (slow, "commit");
  assert_seals (worker, 3);
  assert_problems (worker, "");
  assert_value (armms_test_database_owner (database, "main"), "select array_length(row_ids, 1) || ' ' || seal_no from audit.seals where seal_no = 2", "3 2");
  PQfinish (slow);
  PQfinish (fast);
  PQfinish (worker);
}

static gpointer
seal_in_thread (gpointer data)
{
  PGconn *worker = armms_test_database_connect (database, "main", "armms_worker");
  gint *stop = data;

  while (!g_atomic_int_get (stop))
    seal (worker);
  PQfinish (worker);
  return NULL;
}

static gpointer
write_in_thread (gpointer data)
{
  PGconn *server = armms_test_database_connect (database, "main", "armms_server");
  int part = GPOINTER_TO_INT (data);

  for (int i = 0; i < 60; i++)
    write_things (server, i % 2 ? TENANT : OTHER, 100000 * part + 10 * i, 100000 * part + 10 * i + 4);
  PQfinish (server);
  return NULL;
}

static void
test_many_writers_and_sealers (void)
{
  PGconn *worker = armms_test_database_connect (database, "main", "armms_worker");
  GThread *sealers[2], *writers[3];
  gint stop = 0;

  forget ();
  for (gsize i = 0; i < G_N_ELEMENTS (sealers); i++)
    sealers[i] = g_thread_new ("seal", seal_in_thread, &stop);
  for (gsize i = 0; i < G_N_ELEMENTS (writers); i++)
    writers[i] = g_thread_new ("write", write_in_thread, GINT_TO_POINTER ((int) i + 1));
  for (gsize i = 0; i < G_N_ELEMENTS (writers); i++)
    g_thread_join (writers[i]);
  g_atomic_int_set (&stop, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (sealers); i++)
    g_thread_join (sealers[i]);
  for (int i = 0; i < 2000 && armms_test_database_integer (database, "select coalesce(sum(cardinality(row_ids)), 0) from audit.seals") < 900; i++)
    if (seal (worker) == 0)
      g_usleep (10000);
  assert_problems (worker, "");
  assert_value (armms_test_database_owner (database, "main"), "select sum(cardinality(row_ids)) from audit.seals", "900");
  PQfinish (worker);
}

/* What a forger with all rights could do to a sealed log, one deed a case. */
static const struct {
  const char *title, *forgery, *problems;
} forgeries[] = {
  { "the reason of a row", "update audit.audit_log set reason = 'another' where row_key = '5'", "row was changed; seal does not fit its rows" },
  { "the actor", "update audit.audit_log set actor_id = null where row_key = '5'", "row was changed; seal does not fit its rows" },
  { "the time, by a microsecond", "update audit.audit_log set occurred_at = occurred_at + interval '1 microsecond' where row_key = '5'", "row was changed; seal does not fit its rows" },
  { "one letter of what it tells", "update audit.audit_log set after = jsonb_set(after, '{name}', '\"thing 6\"') where row_key = '5'", "row was changed; seal does not fit its rows" },
  { "the deed", "update audit.audit_log set action = 'UPDATE' where row_key = '5'", "row was changed; seal does not fit its rows" },
  { "the transaction", "update audit.audit_log set xid = '3' where row_key = '5'", "row was changed; seal does not fit its rows" },
  { "a row removed", "delete from audit.audit_log where row_key = '5'", "row was removed; seal does not fit its rows" },
  { "the last row removed", "delete from audit.audit_log where audit_id = (select max(audit_id) from audit.audit_log)", "row was removed; seal does not fit its rows" },
  { "a row slipped in", "insert into audit.audit_log (tenant_id, xid, db_role, schema_name, table_name, action, row_key) values ('aaaaaaaa-0000-7000-8000-00000000000a', '3', 'x', 'x', 'x', 'INSERT', '1')",
    "row is older than the last seal and in none" },
  { "two rows exchanged", "update audit.audit_log set row_key = case row_key when '5' then '6' else '5' end where row_key in ('5', '6')", "row was changed; seal does not fit its rows" },
  { "a row given to another tenant", "update audit.audit_log set tenant_id = 'bbbbbbbb-0000-7000-8000-00000000000b' where row_key = '5'",
    "row is older than the last seal and in none; row was removed; seal does not fit its rows" },
  { "a seal's list of rows", "update audit.seals set row_ids = row_ids[2:] where seal_no = 1", "row is older than the last seal and in none; row was changed; seal does not fit its rows" },
  { "a whole seal removed", "delete from audit.seals where seal_no = 1",
    "a seal before this one is missing; row is older than the last seal and in none" },
  { "a seal made anew over a changed row", "update audit.audit_log set reason = 'another' where row_key = '5';"
    "update audit.seals as s set row_marks = n.marks, seal = audit.seal_hash(s.previous, s.tenant_id, s.seal_no, s.row_ids, n.hashes) from"
    " (select s2.seal_no, string_agg(substr(audit.row_hash(l), 1, 8), ''::bytea order by r.o) as marks, string_agg(audit.row_hash(l), ''::bytea order by r.o) as hashes"
    "    from audit.seals as s2 cross join lateral unnest(s2.row_ids) with ordinality as r (id, o) join audit.audit_log as l on l.audit_id = r.id where s2.seal_no = 1 group by s2.seal_no) as n"
    " where s.seal_no = n.seal_no", "does not follow from the seal before it" },
};

static void
test_forgery (gconstpointer user_data)
{
  const char *const *forgery = user_data;
  PGconn *server = armms_test_database_connect (database, "main", "armms_server");
  PGconn *worker = armms_test_database_connect (database, "main", "armms_worker");

  forget ();
  write_things (server, TENANT, 1, 10);
  assert_seals (worker, 10);
  write_things (server, TENANT, 11, 20);
  assert_seals (worker, 10);
  assert_problems (worker, "");
  armms_test_database_exec (database, "set session_replication_role = replica");
  armms_test_database_exec (database, forgery[1]);
  armms_test_database_exec (database, "set session_replication_role = origin");
  assert_problems (worker, forgery[2]);
  PQfinish (server);
  PQfinish (worker);
}

static void
test_the_row_is_named (void)
{
  PGconn *server = armms_test_database_connect (database, "main", "armms_server");
  PGconn *worker = armms_test_database_connect (database, "main", "armms_worker");
  g_autofree char *id = NULL, *named = NULL;
  g_autofree char *output = NULL, *command = NULL;
  const char *config = armms_test_database_config_file (database, "armms_worker");
  int status;

  forget ();
  write_things (server, TENANT, 1, 50);
  write_things (server, OTHER, 1, 50);
  assert_seals (worker, 100);
  id = value (armms_test_database_owner (database, "main"), "select audit_id from audit.audit_log where row_key = '33' and tenant_id = 'bbbbbbbb-0000-7000-8000-00000000000b'");
  armms_test_database_exec (database, "set session_replication_role = replica");
  armms_test_database_exec (database, "update audit.audit_log set after = after - 'name' where row_key = '33' and tenant_id = 'bbbbbbbb-0000-7000-8000-00000000000b'");
  armms_test_database_exec (database, "set session_replication_role = origin");
  named = value (worker, "select tenant_id || ' ' || audit_id from audit.verify() where problem = 'row was changed'");
  g_assert_true (g_str_has_prefix (named, OTHER));
  g_assert_true (g_str_has_suffix (named, id));
  /* A tenant that is set sees its own only. */
  begin_as (server, TENANT);
  assert_value (server, "select count(*) from audit.verify()", "0");
  must (server, "commit");

  command = g_strdup_printf ("%s/server/programs/armmsctl --config %s --json verify", g_getenv ("ARMMS_BUILD_ROOT"), config);
  g_assert_true (g_spawn_command_line_sync (command, &output, NULL, &status, NULL));
  g_assert_cmpint (WEXITSTATUS (status), ==, 3);
  g_assert_nonnull (strstr (output, "row was changed"));
  g_assert_nonnull (strstr (output, id));
  g_clear_pointer (&output, g_free);
  forget ();
  g_assert_true (g_spawn_command_line_sync (command, &output, NULL, &status, NULL));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  PQfinish (server);
  PQfinish (worker);
}

/* Restored into another cluster, transaction ids start low again: sealing refuses until it is re-based, then goes on. */
static void
test_rebase (void)
{
  PGconn *server = armms_test_database_connect (database, "main", "armms_server");
  PGconn *worker = armms_test_database_connect (database, "main", "armms_worker");
  PGresult *result;

  forget ();
  write_things (server, TENANT, 1, 10);
  assert_seals (worker, 10);
  write_things (server, TENANT, 11, 15);
  armms_test_database_exec (database, "update audit.seal_cursor set cluster_id = 1, last_xid = '99999999999'");
  result = PQexec (worker, "select audit.seal()");
  g_assert_cmpint (PQresultStatus (result), ==, PGRES_FATAL_ERROR);
  g_assert_nonnull (strstr (PQresultErrorMessage (result), "restored"));
  PQclear (result);
  g_assert_cmpint (armms_test_database_integer (database, "select audit.rebase()"), ==, 5);
  write_things (server, TENANT, 16, 20);
  assert_seals (worker, 5);
  assert_problems (worker, "");
  armms_test_database_exec (database, "set session_replication_role = replica; delete from audit.audit_log where row_key = '13'");
  armms_test_database_exec (database, "set session_replication_role = origin");
  assert_problems (worker, "row was removed; seal does not fit its rows");
  PQfinish (server);
  PQfinish (worker);
}

static void
test_pace (void)
{
  PGconn *server = armms_test_database_connect (database, "main", "armms_server");
  PGconn *worker = armms_test_database_connect (database, "main", "armms_worker");
  gint64 started, written, sealed, verified;

  forget ();
  started = g_get_monotonic_time ();
  write_things (server, TENANT, 1, 20000);
  written = g_get_monotonic_time ();
  assert_seals (worker, 20000);
  sealed = g_get_monotonic_time ();
  assert_problems (worker, "");
  verified = g_get_monotonic_time ();
  g_test_message ("20,000 rows: %.0f written and audited/s, %.0f sealed/s, %.0f verified/s",
                  20000e6 / (written - started), 20000e6 / (sealed - written), 20000e6 / (verified - sealed));
  PQfinish (server);
  PQfinish (worker);
}

/* --- by month --- */

static void
test_months (void)
{
  PGconn *owner = armms_test_database_owner (database, "main");
  PGconn *server = armms_test_database_connect (database, "main", "armms_server");
  PGconn *worker = armms_test_database_connect (database, "main", "armms_worker");

  must (owner, "set role armms_owner; create table reporting.punches (tenant_id uuid not null default platform.current_tenant_id(), at timestamptz not null, primary key (tenant_id, at)) partition by range (at);"
               "create table reporting.days (tenant_id uuid not null default platform.current_tenant_id(), day date not null, primary key (tenant_id, day)) partition by range (day);"
               "select platform.guard_table('reporting.punches', 'append_only'); select platform.partition_by_month('reporting.punches', 'at');"
               "select platform.guard_table('reporting.days', 'derived'); select platform.partition_by_month('reporting.days', 'day'); reset role");
  begin_as (server, TENANT);
  must (server, "insert into reporting.punches (at) values ('2026-04-30 23:59:59.999999+00'), ('2026-05-01 00:00+00'), ('2026-05-01 07:59+08'), ('2026-05-31 23:59:58+00'), ('2026-06-01 07:59:59+08')");
  must (server, "insert into reporting.days (day) values ('2026-04-30'), ('2026-05-01'), ('2026-05-31'), ('2026-06-01')");
  must (server, "commit");
  assert_value (owner, "select string_agg(p || ' ' || n, ', ' order by p) from (select tableoid::regclass::text as p, count(*) as n from reporting.punches group by 1) as x",
                "reporting.punches_p2026_04 2, reporting.punches_p2026_05 3");
  assert_value (owner, "select string_agg(p || ' ' || n, ', ' order by p) from (select tableoid::regclass::text as p, count(*) as n from reporting.days group by 1) as x",
                "reporting.days_p2026_04 1, reporting.days_p2026_05 2, reporting.days_p2026_06 1");

  /* A hostile clock: kept, but where it is noticed. */
  assert_value (worker, "select sum(strays) from platform.keep_months()", "0");
  begin_as (server, TENANT);
  must (server, "insert into reporting.punches (at) values ('1970-01-01 00:00+00'), ('2099-12-31 23:59+00')");
  must (server, "commit");
  assert_value (worker, "select strays from platform.keep_months() where table_name = 'reporting.punches'", "2");
  assert_value (server, "select has_table_privilege('reporting.punches_default', 'select')", "f");

  /* A month that was lost is made again, guarded like the others. */
  must (owner, "do $$ begin execute format('drop table reporting.days_p%s', to_char(now() + interval '2 months', 'YYYY_MM')); end $$");
  assert_value (worker, "select made from platform.keep_months() where table_name = 'reporting.days'", "1");
  assert_value (worker, "select made from platform.keep_months() where table_name = 'reporting.days'", "0");
  assert_value (owner, "select bool_and(c.relrowsecurity) from pg_inherits as i join pg_class as c on c.oid = i.inhrelid where i.inhparent = 'reporting.days'::regclass", "t");
  assert_value (owner, "select count(*) > 0 from platform.monthly_tables where by_partman or not exists (select from pg_extension where extname = 'pg_partman')", "t");
  must (owner, "set role armms_owner; drop table reporting.punches, reporting.days; delete from platform.monthly_tables where schema_name = 'reporting';"
               "delete from platform.guarded_tables where table_name in ('punches', 'days'); reset role; delete from partman.part_config where parent_table like 'reporting.%'");
  PQfinish (server);
  PQfinish (worker);
}

static void
test_forget_keys (void)
{
  PGconn *worker = armms_test_database_connect (database, "main", "armms_worker");

  armms_test_database_exec (database, "insert into platform.idempotency_keys (tenant_id, principal_id, idempotency_key, fingerprint, created_at)"
                                      " select 'aaaaaaaa-0000-7000-8000-00000000000a', 'cccccccc-0000-7000-8000-00000000000c', n::text, '', now() - make_interval(days => n) from generate_series(0, 99) as n");
  assert_value (worker, "select platform.forget_idempotency_keys()", "10");
  assert_value (worker, "select platform.forget_idempotency_keys('0')", "89"); /* never those of today */
  g_assert_cmpint (armms_test_database_integer (database, "select count(*) from platform.idempotency_keys"), ==, 1);
  PQfinish (worker);
}

int
main (int argc, char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  database = armms_test_database_new ();
  armms_test_database_exec (database, ground);
  g_test_add_func ("/audit/tells who changed what, when and why", test_tells);
  g_test_add_func ("/audit/a state tells changes only", test_state_tells_changes_only);
  g_test_add_func ("/audit/a change is dated by the database", test_touch);
  g_test_add_func ("/audit/no unit writes, changes or deletes it", test_nobody_writes);
  g_test_add_func ("/audit/the owner is refused too", test_owner_is_refused);
  g_test_add_func ("/audit/a slow writer holds the seal back", test_slow_writer);
  g_test_add_func ("/audit/many writers and sealers leave one chain", test_many_writers_and_sealers);
  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++)
    {
      g_autofree char *path = g_strdup_printf ("/audit/forged: %s", forgeries[i].title);

      g_test_add_data_func (path, &forgeries[i], test_forgery);
    }
  g_test_add_func ("/audit/the forged row is named, with its tenant", test_the_row_is_named);
  g_test_add_func ("/audit/restored elsewhere, it is re-based", test_rebase);
  g_test_add_func ("/audit/pace", test_pace);
  g_test_add_func ("/months/edges, strays and lost months", test_months);
  g_test_add_func ("/idempotency/old answers are forgotten", test_forget_keys);
  code = g_test_run ();
  armms_test_database_free (database);
  return code;
}
