/* The unit of work on a real database: what it sets, what it repeats, what it survives, and what never crosses. */
#include "server/platform/work/work.h"
#include "tests/support/test-database.h"

#include "server/platform/db/statement.h"

#include <string.h>

static ArmmsTestDatabase *database;
static ArmmsTestDatabase *apart;

static const ArmmsStatement statements[] = {
  { "add", "insert into reporting.things (thing_id, name, amount) values ($1, $2, $3)" },
  { "add-many", "insert into reporting.things (thing_id, name, amount) select * from unnest($1::uuid[], $2::text[], $3::bigint[])" },
  { "count", "select count(*) as n, count(*) filter (where tenant_id <> platform.current_tenant_id()) as strangers from reporting.things" },
  { "names", "select thing_id, name, amount, tenant_id from reporting.things order by name" },
  { "bump", "update reporting.things set amount = amount + 1 where thing_id = $1" },
  { "lock", "select amount from reporting.things where thing_id = $1 for update" },
  { "settings", "select current_setting('app.tenant_id') as tenant, current_setting('app.user_id') as who, current_setting('app.request_id') as request,"
                "       current_setting('app.reason') as reason, current_setting('app.detachments') as detachments,"
                "       current_setting('transaction_read_only') as read_only, current_setting('app.probe', true) as probe" },
  { "sleep", "select pg_sleep($1::bigint / 1000.0)::text as slept" },
  { "suicide", "select pg_terminate_backend(pg_backend_pid())" },
  { "last-wish", "insert into reporting.last_wishes (tenant_id) values (platform.current_tenant_id())" },
  { "fail", "select 1 / $1::bigint as one" },
  { "raise", "select reporting.refuse($1)" },
  { "bad", "select nothing from reporting.nowhere" },
  { "types", "select $1::uuid as id, $2::text as t, $3::bigint as i8, $4::integer as i4, $5::smallint as i2, $6::boolean as b, $7::date as d, $8::timestamptz as ts,"
             "       $9::jsonb as j, $10::json as js, $11::bytea as raw, $12::xid8 as x,"
             "       $13::uuid[] as ids, $14::text[] as ts_, $15::bigint[] as i8s, $16::integer[] as i4s, $17::date[] as ds, $18::varchar as v,"
             "       sum(1::bigint)::numeric * 12345678901 as big, -70000::numeric as small, 0::numeric as zero" },
  { NULL, NULL },
};
static const ArmmsStatement payroll_statements[] = {
  { "where", "select current_database()::text as name, current_setting('transaction_read_only') as read_only, current_setting('app.tenant_id') as tenant" },
  { NULL, NULL },
};

static const char ground[] =
  "create schema if not exists reporting; grant usage on schema reporting to armms_room_reporting;"
  "create table reporting.things (tenant_id uuid not null default platform.current_tenant_id(), thing_id uuid not null, name text not null check (name <> 'forbidden'), amount bigint not null default 0,"
  " created_at timestamptz not null default now(), created_by uuid default platform.current_user_id(), updated_at timestamptz not null default now(), updated_by uuid default platform.current_user_id(),"
  " primary key (tenant_id, thing_id), unique (tenant_id, name));"
  "select platform.guard_table('reporting.things', 'row');"
  "create table reporting.last_wishes (tenant_id uuid not null, n bigint generated always as identity, primary key (tenant_id, n));"
  "select platform.guard_table('reporting.last_wishes', 'derived');"
  /* At commit, the connection dies: nobody learns what became of it. */
  "create function reporting.die() returns trigger language plpgsql as $$ begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); return null; end $$;"
  "create constraint trigger die after insert on reporting.last_wishes deferrable initially deferred for each row execute function reporting.die();"
  "create function reporting.refuse(why text) returns text language plpgsql as $$ begin raise exception 'not like this: %', why using constraint = 'things.refused'; end $$;"
  "alter table reporting.things owner to armms_owner; alter table reporting.last_wishes owner to armms_owner";

static ArmmsDb *
open_db (ArmmsTestDatabase *where, const char *role, const char *pool, const char *wait_ms)
{
  g_autoptr(ArmmsConfig) config = armms_test_database_config (where, role);
  GError *error = NULL;
  ArmmsDb *db;

  if (pool != NULL)
    armms_config_set (config, "database", "pool", pool);
  if (wait_ms != NULL)
    armms_config_set (config, "database", "wait-ms", wait_ms);
  db = armms_db_new (config, FALSE, &error);
  g_assert_no_error (error);
  armms_db_add_statements (db, "test", "reporting", statements);
  armms_db_add_statements (db, "payroll", "payroll", payroll_statements);
  return db;
}

static ArmmsActor
actor_of (ArmmsId tenant)
{
  return (ArmmsActor) { .tenant_id = tenant, .request_id = "request-1" };
}

static ArmmsWork *
begin (ArmmsDb *db, const ArmmsActor *actor, ArmmsWorkMode mode)
{
  GError *error = NULL;
  ArmmsWork *work = armms_work_begin (db, "reporting", mode, actor, &error);

  g_assert_no_error (error);
  return work;
}

static ArmmsParams *
thing (const ArmmsId *id, const char *name, gint64 amount)
{
  return armms_params_integer (armms_params_text (armms_params_id (armms_params_new (), id), name), amount);
}

static void
add_thing (ArmmsWork *work, const char *name)
{
  ArmmsId id = armms_id_new ();
  GError *error = NULL;
  gint64 n = 0;

  g_assert_true (armms_work_execute (work, "test/add", thing (&id, name, 0), &n, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 1);
}

static void
commit (ArmmsWork *work)
{
  GError *error = NULL;

  g_assert_true (armms_work_commit (work, &error));
  g_assert_no_error (error);
  armms_work_free (work);
}

static gint64
count_things (ArmmsDb *db, const ArmmsActor *actor)
{
  ArmmsWork *work = begin (db, actor, ARMMS_WORK_READ);
  GError *error = NULL;
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "test/count", NULL, &error);
  gint64 n;

  g_assert_no_error (error);
  g_assert_cmpint (armms_rows_integer (rows, 0, "strangers"), ==, 0);
  n = armms_rows_integer (rows, 0, "n");
  commit (work);
  return n;
}

#define assert_code(error, expected) \
  G_STMT_START { \
    g_assert_nonnull (error); \
    g_assert_cmpstr (armms_error_get_code (error), ==, expected); \
    g_clear_error (&error); \
  } G_STMT_END

/* --- what it sets --- */

static void
test_settings (void)
{
  g_autoptr(ArmmsDb) db = open_db (database, "armms_server", "1", NULL);
  ArmmsId detachments[2] = { armms_id_new (), armms_id_new () };
  ArmmsActor actor = { .tenant_id = armms_id_new (), .user_id = armms_id_new (), .request_id = "r-7", .reason = "the client asked",
                       .detachments = detachments, .n_detachments = 2 };
  ArmmsActor nobody = { 0 };
  char text[ARMMS_ID_TEXT_SIZE];
  GError *error = NULL;
  ArmmsWork *work = begin (db, &actor, ARMMS_WORK_WRITE);
  ArmmsRows *rows = armms_work_query (work, "test/settings", NULL, &error);
  ArmmsId other = armms_id_new ();

  g_assert_no_error (error);
  g_assert_cmpstr (armms_rows_text (rows, 0, "tenant"), ==, armms_id_format (&actor.tenant_id, text));
  g_assert_cmpstr (armms_rows_text (rows, 0, "who"), ==, armms_id_format (&actor.user_id, text));
  g_assert_cmpstr (armms_rows_text (rows, 0, "request"), ==, "r-7");
  g_assert_cmpstr (armms_rows_text (rows, 0, "reason"), ==, "the client asked");
  g_assert_cmpuint (strlen (armms_rows_text (rows, 0, "detachments")), ==, 73);
  g_assert_cmpstr (armms_rows_text (rows, 0, "read_only"), ==, "off");
  armms_rows_free (rows);
  g_assert_true (armms_work_set_reason (work, "another", &error));
  g_assert_true (armms_work_switch_tenant (work, &other, &error));
  g_assert_true (armms_work_set_local (work, "app.probe", "it's", &error));
  rows = armms_work_query (work, "test/settings", NULL, &error);
  g_assert_cmpstr (armms_rows_text (rows, 0, "reason"), ==, "another");
  g_assert_cmpstr (armms_rows_text (rows, 0, "tenant"), ==, armms_id_format (&other, text));
  g_assert_cmpstr (armms_rows_text (rows, 0, "probe"), ==, "it's");
  armms_rows_free (rows);
  commit (work);

  /* The same connection, and nobody: nothing is left over. */
  work = begin (db, &nobody, ARMMS_WORK_READ);
  rows = armms_work_query (work, "test/settings", NULL, &error);
  g_assert_cmpstr (armms_rows_text (rows, 0, "tenant"), ==, "");
  g_assert_cmpstr (armms_rows_text (rows, 0, "who"), ==, "");
  g_assert_cmpstr (armms_rows_text (rows, 0, "detachments"), ==, "");
  g_assert_cmpstr (armms_rows_text (rows, 0, "probe"), ==, "");
  g_assert_cmpstr (armms_rows_text (rows, 0, "read_only"), ==, "on");
  armms_rows_free (rows);
  commit (work);
}

static void
test_now (void)
{
  g_autoptr(ArmmsDb) db = open_db (database, "armms_server", NULL, NULL);
  ArmmsActor actor = actor_of (armms_id_new ());
  ArmmsWork *work = begin (db, &actor, ARMMS_WORK_WRITE);
  ArmmsInstant first = armms_work_get_now (work);

  g_assert_cmpint (ABS (armms_instant_now ().us - first.us), <, 60 * G_USEC_PER_SEC);
  add_thing (work, "a");
  g_assert_cmpint (armms_work_get_now (work).us, ==, first.us);
  commit (work);
}

/* --- every type there and back --- */

static void
test_types (void)
{
  g_autoptr(ArmmsDb) db = open_db (database, "armms_server", NULL, NULL);
  ArmmsActor actor = actor_of (armms_id_new ());
  g_autoptr(ArmmsWork) work = begin (db, &actor, ARMMS_WORK_READ);
  ArmmsId id = armms_id_new ();
  ArmmsId ids[2] = { id, ARMMS_ID_NIL };
  const char *texts[3] = { "Peñaranda", "", NULL };
  gint64 integers[3] = { G_MININT64, 0, G_MAXINT64 };
  gint64 small[2] = { -5, 70000 };
  ArmmsDate date = armms_date_from_ymd (1969, 12, 31), dates[2] = { date, ARMMS_DATE_NONE };
  ArmmsInstant instant = { -1 };
  guint8 raw[4] = { 0, 1, 0xff, 0 };
  g_autoptr(GBytes) bytes = g_bytes_new (raw, sizeof raw);
  g_autoptr(GBytes) back = NULL;
  g_autoptr(GArray) ids_back = NULL;
  g_autoptr(GArray) i8s = NULL;
  g_autoptr(GArray) i4s = NULL;
  g_autoptr(GArray) ds = NULL;
  g_auto(GStrv) texts_back = NULL;
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params = armms_params_new ();
  GError *error = NULL;

  armms_params_integer (armms_params_text (armms_params_id (params, &id), "\"quoted\" \\ 'text'"), G_MAXINT64);
  armms_params_boolean (armms_params_integer (armms_params_integer (params, -70000), -7), TRUE);
  armms_params_instant (armms_params_date (params, date), instant);
  armms_params_bytes (armms_params_json (armms_params_json (params, "{\"b\":1,\"a\":2}"), "{\"b\":1,\"a\":2}"), bytes);
  armms_params_ids (armms_params_integer (params, 77), ids, 2);
  armms_params_integers (armms_params_texts (params, texts, 3), integers, 3);
  armms_params_text (armms_params_dates (armms_params_integers (params, small, 2), dates, 2), "v");
  rows = armms_work_query (work, "test/types", params, &error);
  g_assert_no_error (error);

  {
    ArmmsId got = armms_rows_id (rows, 0, "id");

    g_assert_true (armms_id_equal (&got, &id));
  }
  g_assert_cmpstr (armms_rows_text (rows, 0, "t"), ==, "\"quoted\" \\ 'text'");
  g_assert_cmpint (armms_rows_integer (rows, 0, "i8"), ==, G_MAXINT64);
  g_assert_cmpint (armms_rows_integer (rows, 0, "i4"), ==, -70000);
  g_assert_cmpint (armms_rows_integer (rows, 0, "i2"), ==, -7);
  g_assert_true (armms_rows_boolean (rows, 0, "b"));
  g_assert_cmpint (armms_rows_date (rows, 0, "d").days, ==, -1);
  g_assert_cmpint (armms_rows_instant (rows, 0, "ts").us, ==, -1);
  g_assert_cmpstr (armms_rows_text (rows, 0, "j"), ==, "{\"a\": 2, \"b\": 1}");
  g_assert_cmpstr (armms_rows_text (rows, 0, "js"), ==, "{\"b\":1,\"a\":2}"); /* json keeps the letters */
  back = armms_rows_bytes (rows, 0, "raw");
  g_assert_true (g_bytes_equal (back, bytes));
  g_assert_cmpint (armms_rows_integer (rows, 0, "x"), ==, 77);
  ids_back = armms_rows_ids (rows, 0, "ids");
  g_assert_cmpuint (ids_back->len, ==, 2);
  g_assert_true (armms_id_is_nil (&g_array_index (ids_back, ArmmsId, 1)));
  texts_back = armms_rows_texts (rows, 0, "ts_");
  g_assert_cmpstr (texts_back[0], ==, "Peñaranda");
  i8s = armms_rows_integers (rows, 0, "i8s");
  g_assert_cmpint (g_array_index (i8s, gint64, 0), ==, G_MININT64);
  i4s = armms_rows_integers (rows, 0, "i4s");
  g_assert_cmpint (g_array_index (i4s, gint64, 1), ==, 70000);
  ds = armms_rows_dates (rows, 0, "ds");
  g_assert_cmpint (g_array_index (ds, ArmmsDate, 0).days, ==, -1);
  g_assert_true (armms_date_is_none (g_array_index (ds, ArmmsDate, 1)));
  g_assert_cmpint (armms_rows_integer (rows, 0, "big"), ==, G_GINT64_CONSTANT (12345678901));
  g_assert_cmpint (armms_rows_integer (rows, 0, "small"), ==, -70000);
  g_assert_cmpint (armms_rows_integer (rows, 0, "zero"), ==, 0);
}

static void
test_nulls_and_misfits (void)
{
  g_autoptr(ArmmsDb) db = open_db (database, "armms_server", NULL, NULL);
  ArmmsActor actor = actor_of (armms_id_new ());
  g_autoptr(ArmmsWork) work = begin (db, &actor, ARMMS_WORK_READ);
  ArmmsParams *params = armms_params_new ();
  g_autoptr(ArmmsRows) rows = NULL;
  GError *error = NULL;

  for (int i = 0; i < 18; i++)
    armms_params_null (params);
  rows = armms_work_query (work, "test/types", params, &error);
  g_assert_no_error (error);
  g_assert_true (armms_rows_is_null (rows, 0, "id"));
  g_assert_null (armms_rows_text (rows, 0, "t"));
  g_assert_cmpint (armms_rows_integer (rows, 0, "i8"), ==, 0);
  g_assert_true (armms_date_is_none (armms_rows_date (rows, 0, "d")));
  g_assert_true (armms_instant_is_none (armms_rows_instant (rows, 0, "ts")));
  g_assert_cmpint (armms_rows_column (rows, "no such"), ==, -1);

  /* Too few, and what does not fit, is our own bug and is told before the server is asked. */
  g_assert_null (armms_work_query (work, "test/types", armms_params_null (armms_params_new ()), &error));
  assert_code (error, "db.parameters");
}

static void
test_too_big (void)
{
  g_autoptr(ArmmsDb) db = open_db (database, "armms_server", NULL, NULL);
  ArmmsActor actor = actor_of (armms_id_new ());
  g_autoptr(ArmmsWork) work = begin (db, &actor, ARMMS_WORK_READ);
  ArmmsParams *params = armms_params_new ();
  GError *error = NULL;

  for (int i = 0; i < 18; i++)
    if (i == 4)
      armms_params_integer (params, 40000); /* smallint */
    else
      armms_params_null (params);
  g_assert_null (armms_work_query (work, "test/types", params, &error));
  assert_code (error, "db.parameters");
}

/* --- errors --- */

static void
test_errors (void)
{
  static const struct { const char *statement; const char *name; gint64 number; const char *code; ArmmsErrorKind kind; } cases[] = {
    { "test/add", "twice", 0, "already_exists", ARMMS_ERROR_CONFLICT },
    { "test/add", "forbidden", 0, "check_failed", ARMMS_ERROR_INVALID_INPUT },
    { "test/add", NULL, 0, "required", ARMMS_ERROR_INVALID_INPUT },
  };
  g_autoptr(ArmmsDb) db = open_db (database, "armms_server", NULL, NULL);
  ArmmsActor actor = actor_of (armms_id_new ());
  ArmmsWork *work = begin (db, &actor, ARMMS_WORK_WRITE);
  GError *error = NULL;

  add_thing (work, "twice");
  commit (work);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ArmmsId id = armms_id_new ();

      work = begin (db, &actor, ARMMS_WORK_WRITE);
      g_assert_false (armms_work_execute (work, cases[i].statement, thing (&id, cases[i].name, 0), NULL, &error));
      g_assert_true (g_error_matches (error, ARMMS_ERROR, cases[i].kind));
      g_assert_null (strstr (error->message, "insert")); /* no SQL, no values */
      g_assert_null (strstr (error->message, "twice"));
      assert_code (error, cases[i].code);
      /* The unit has ended: what follows fails at once, and commit tells the same. */
      g_assert_false (armms_work_execute (work, "test/count", NULL, NULL, &error));
      assert_code (error, cases[i].code);
      g_assert_false (armms_work_commit (work, &error));
      assert_code (error, cases[i].code);
      armms_work_free (work);
    }
  work = begin (db, &actor, ARMMS_WORK_WRITE);
  g_assert_false (armms_work_execute (work, "test/raise", armms_params_text (armms_params_new (), "so"), NULL, &error));
  g_assert_nonnull (strstr (error->message, "not like this: so"));
  assert_code (error, "things.refused");
  armms_work_free (work);

  work = begin (db, &actor, ARMMS_WORK_READ);
  g_assert_false (armms_work_execute (work, "test/add", armms_params_integer (armms_params_text (armms_params_id (armms_params_new (), NULL), "x"), 1), NULL, &error));
  assert_code (error, "db.read_only");
  armms_work_free (work);

  work = begin (db, &actor, ARMMS_WORK_READ);
  g_assert_null (armms_work_query (work, "test/bad", NULL, &error));
  assert_code (error, "db.statement");
  armms_work_free (work);
  g_assert_cmpint (count_things (db, &actor), ==, 1);
}

static gboolean
add_bad (ArmmsWork *work, gpointer user_data, GError **error)
{
  ArmmsId id = armms_id_new ();
  char name[ARMMS_ID_TEXT_SIZE];

  add_thing (work, armms_id_format (&id, name)); /* goes back with it */
  return armms_work_execute (work, "test/add", thing (&id, user_data, 0), NULL, error);
}

static void
test_savepoints (void)
{
  g_autoptr(ArmmsDb) db = open_db (database, "armms_server", NULL, NULL);
  ArmmsActor actor = actor_of (armms_id_new ());
  ArmmsWork *work = begin (db, &actor, ARMMS_WORK_WRITE);
  GError *error = NULL;

  g_assert_false (armms_work_try (work, add_bad, (gpointer) "forbidden", &error));
  assert_code (error, "check_failed");
  add_thing (work, "stays");
  g_assert_true (armms_work_try (work, add_bad, (gpointer) "fine", &error));
  g_assert_false (armms_work_try (work, add_bad, (gpointer) "fine", &error));
  assert_code (error, "already_exists");
  commit (work);
  g_assert_cmpint (count_things (db, &actor), ==, 3);
}

/* --- repeating --- */

typedef struct {
  ArmmsId first, second;
  gint runs;
  GMutex *mutex;
  GCond *cond;
  gint *ready; /* both hold their first row */
} Crossing;

static gboolean
bump_two (ArmmsWork *work, gpointer user_data, GError **error)
{
  Crossing *crossing = user_data;
  gint64 n = 0;

  crossing->runs++;
  if (!armms_work_execute (work, "test/bump", armms_params_id (armms_params_new (), &crossing->first), &n, error))
    return FALSE;
  g_assert_cmpint (n, ==, 1);
  g_mutex_lock (crossing->mutex);
  (*crossing->ready)++;
  g_cond_broadcast (crossing->cond);
  while (*crossing->ready < 2)
    g_cond_wait (crossing->cond, crossing->mutex);
  g_mutex_unlock (crossing->mutex);
  return armms_work_execute (work, "test/bump", armms_params_id (armms_params_new (), &crossing->second), NULL, error);
}

typedef struct {
  ArmmsDb *db;
  const ArmmsActor *actor;
  Crossing crossing;
} CrossingThread;

static gpointer
cross (gpointer user_data)
{
  CrossingThread *thread = user_data;
  GError *error = NULL;

  g_assert_true (armms_work_run (thread->db, "reporting", ARMMS_WORK_WRITE, thread->actor, bump_two, &thread->crossing, &error));
  g_assert_no_error (error);
  return NULL;
}

/* Two units lock the same two rows crosswise: one of them is the victim, is repeated, and both are counted. */
static void
test_deadlock_is_repeated (void)
{
  g_autoptr(ArmmsDb) db = open_db (database, "armms_server", NULL, NULL);
  ArmmsActor actor = actor_of (armms_id_new ());
  ArmmsWork *work = begin (db, &actor, ARMMS_WORK_WRITE);
  ArmmsId a = armms_id_new (), b = armms_id_new ();
  GMutex mutex;
  GCond cond;
  gint ready = 0;
  CrossingThread threads[2] = {
    { db, &actor, { a, b, 0, &mutex, &cond, &ready } },
    { db, &actor, { b, a, 0, &mutex, &cond, &ready } },
  };
  GThread *other;
  GError *error = NULL;
  g_autoptr(ArmmsRows) rows = NULL;

  g_mutex_init (&mutex);
  g_cond_init (&cond);
  g_assert_true (armms_work_execute (work, "test/add", thing (&a, "a", 0), NULL, &error));
  g_assert_true (armms_work_execute (work, "test/add", thing (&b, "b", 0), NULL, &error));
  commit (work);
  other = g_thread_new ("cross", cross, &threads[1]);
  cross (&threads[0]);
  g_thread_join (other);
  g_assert_cmpint (threads[0].crossing.runs + threads[1].crossing.runs, >=, 3);
  work = begin (db, &actor, ARMMS_WORK_READ);
  rows = armms_work_query (work, "test/names", NULL, &error);
  g_assert_cmpint (armms_rows_integer (rows, 0, "amount"), ==, 2);
  g_assert_cmpint (armms_rows_integer (rows, 1, "amount"), ==, 2);
  commit (work);
  g_mutex_clear (&mutex);
  g_cond_clear (&cond);
}

/* --- losing the connection --- */

static gboolean
die_once (ArmmsWork *work, gpointer user_data, GError **error)
{
  gint *runs = user_data;

  add_thing (work, "once");
  if (++*runs == 1 && armms_work_execute (work, "test/suicide", NULL, NULL, error))
    g_assert_not_reached ();
  return *runs > 1;
}

static void
test_lost_before_commit (void)
{
  g_autoptr(ArmmsDb) db = open_db (database, "armms_server", NULL, NULL);
  ArmmsActor actor = actor_of (armms_id_new ());
  gint runs = 0;
  GError *error = NULL;

  g_assert_true (armms_work_run (db, "reporting", ARMMS_WORK_WRITE, &actor, die_once, &runs, &error));
  g_assert_no_error (error);
  g_assert_cmpint (runs, ==, 2);
  g_assert_cmpint (count_things (db, &actor), ==, 1);
}

static gboolean
wish (ArmmsWork *work, gpointer user_data, GError **error)
{
  (*(gint *) user_data)++;
  return armms_work_execute (work, "test/last-wish", NULL, NULL, error);
}

/* The answer to the commit never comes: the caller is told so, and nothing repeats it behind his back. */
static void
test_commit_unknown (void)
{
  g_autoptr(ArmmsDb) db = open_db (database, "armms_server", NULL, NULL);
  ArmmsActor actor = actor_of (armms_id_new ());
  gint runs = 0;
  GError *error = NULL;

  g_assert_false (armms_work_run (db, "reporting", ARMMS_WORK_WRITE, &actor, wish, &runs, &error));
  g_assert_cmpint (runs, ==, 1);
  g_assert_true (g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_UNAVAILABLE));
  assert_code (error, "db.commit_unknown");
  g_assert_cmpint (count_things (db, &actor), ==, 0); /* and the pool goes on */
}

typedef struct {
  ArmmsDb *db;
  ArmmsId tenant;
  gint *stop;
  guint done, failed;
  GError *error;
} Load;

static gboolean
add_one (ArmmsWork *work, gpointer user_data, GError **error)
{
  g_autofree char *name = g_strdup_printf ("n%u", *(guint *) user_data);
  ArmmsId id = armms_id_new ();

  return armms_work_execute (work, "test/add", thing (&id, name, 1), NULL, error);
}

static gpointer
load (gpointer user_data)
{
  Load *self = user_data;
  ArmmsActor actor = actor_of (self->tenant);

  while (!g_atomic_int_get (self->stop))
    {
      guint n = self->done + self->failed;
      GError *error = NULL;

      if (armms_work_run (self->db, "reporting", ARMMS_WORK_WRITE, &actor, add_one, &n, &error))
        self->done++;
      else
        {
          /* Only a commit in flight may be lost, and it says so. */
          if (g_strcmp0 (armms_error_get_code (error), "db.commit_unknown") != 0)
            self->error = g_error_copy (error);
          self->failed++;
          g_clear_error (&error);
        }
    }
  return NULL;
}

static void
test_backends_killed_under_load (void)
{
  g_autoptr(ArmmsDb) db = open_db (database, "armms_server", "4", NULL);
  Load loads[6];
  GThread *threads[6];
  gint stop = 0;
  ArmmsPoolFigures figures;
  guint done = 0, unknown = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (loads); i++)
    {
      loads[i] = (Load) { .db = db, .tenant = armms_id_new (), .stop = &stop };
      threads[i] = g_thread_new ("load", load, &loads[i]);
    }
  for (int round = 0; round < 12; round++)
    {
      g_usleep (60000);
      armms_test_database_exec (database, "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'armms_server' and datname = current_database()");
    }
  g_usleep (100000);
  g_atomic_int_set (&stop, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (loads); i++)
    {
      ArmmsActor actor = actor_of (loads[i].tenant);
      gint64 stored;

      g_thread_join (threads[i]);
      g_assert_no_error (loads[i].error);
      stored = count_things (db, &actor);
      g_assert_cmpint (stored, >=, loads[i].done);                    /* nothing acknowledged is lost */
      g_assert_cmpint (stored, <=, loads[i].done + loads[i].failed);  /* nothing is there twice */
      done += loads[i].done;
      unknown += loads[i].failed;
    }
  g_assert_cmpuint (done, >, 10);
  armms_db_get_figures (db, "main", FALSE, &figures);
  g_assert_cmpuint (figures.reconnects, >, 0);
  g_assert_cmpuint (figures.in_use, ==, 0);
  g_assert_cmpuint (figures.size, <=, 4);
  g_test_message ("%u connections were lost, %u commits unknown", (guint) figures.reconnects, unknown);
}

/* All idle connections are dead: the next unit notices nothing. */
static void
test_dead_while_idle (void)
{
  g_autoptr(ArmmsDb) db = open_db (database, "armms_server", "3", NULL);
  ArmmsActor actor = actor_of (armms_id_new ());
  ArmmsWork *units[3];
  GError *error = NULL;

  for (int i = 0; i < 3; i++)
    {
      units[i] = begin (db, &actor, ARMMS_WORK_WRITE);
      g_assert_true (armms_work_execute (units[i], "test/count", NULL, NULL, &error));
    }
  for (int i = 0; i < 3; i++)
    commit (units[i]);
  armms_test_database_exec (database, "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'armms_server' and datname = current_database()");
  g_usleep (50000);
  units[0] = begin (db, &actor, ARMMS_WORK_WRITE);
  add_thing (units[0], "after");
  commit (units[0]);
  g_assert_cmpint (count_things (db, &actor), ==, 1);
}

/* --- bounds --- */

static void
test_busy (void)
{
  g_autoptr(ArmmsDb) db = open_db (database, "armms_server", "1", "100");
  ArmmsActor actor = actor_of (armms_id_new ());
  ArmmsWork *holder = begin (db, &actor, ARMMS_WORK_WRITE);
  ArmmsWork *waiter;
  gint64 started;
  GError *error = NULL;

  add_thing (holder, "held");
  waiter = begin (db, &actor, ARMMS_WORK_WRITE);
  started = g_get_monotonic_time ();
  g_assert_false (armms_work_execute (waiter, "test/count", NULL, NULL, &error));
  g_assert_true (g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_UNAVAILABLE));
  assert_code (error, "db.busy");
  g_assert_cmpint (g_get_monotonic_time () - started, <, 2 * G_USEC_PER_SEC);
  armms_work_free (waiter);
  commit (holder);
  g_assert_cmpint (count_things (db, &actor), ==, 1);
}

static void
test_away (void)
{
  g_autoptr(ArmmsConfig) config = armms_config_new ();
  g_autoptr(ArmmsDb) db = NULL;
  ArmmsActor actor = actor_of (armms_id_new ());
  g_autoptr(ArmmsWork) work = NULL;
  GError *error = NULL;

  armms_config_set (config, "database", "main", "host=/nonexistent dbname=x");
  armms_config_set (config, "database", "wait-ms", "200");
  db = armms_db_new (config, FALSE, &error);
  g_assert_no_error (error);
  armms_db_add_statements (db, "test", "reporting", statements);
  work = begin (db, &actor, ARMMS_WORK_WRITE);
  g_assert_false (armms_work_execute (work, "test/count", NULL, NULL, &error));
  g_assert_true (g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_UNAVAILABLE));
  assert_code (error, "db.unreachable");

  /* Whoever repeats does not wait six times for it. */
  {
    gint64 started = g_get_monotonic_time ();
    guint n = 0;

    g_assert_false (armms_work_run (db, "reporting", ARMMS_WORK_WRITE, &actor, add_one, &n, &error));
    assert_code (error, "db.unreachable");
    g_assert_cmpint (g_get_monotonic_time () - started, <, 2 * G_USEC_PER_SEC);
  }
}

static void
test_timeout (void)
{
  g_autoptr(ArmmsConfig) config = armms_test_database_config (database, "armms_server");
  g_autoptr(ArmmsDb) db = NULL;
  ArmmsActor actor = actor_of (armms_id_new ());
  g_autoptr(ArmmsWork) work = NULL;
  GError *error = NULL;

  armms_config_set (config, "database", "statement-timeout-ms", "50");
  db = armms_db_new (config, FALSE, &error);
  armms_db_add_statements (db, "test", "reporting", statements);
  work = begin (db, &actor, ARMMS_WORK_WRITE);
  g_assert_false (armms_work_execute (work, "test/sleep", armms_params_integer (armms_params_new (), 2000), NULL, &error));
  assert_code (error, "db.timed_out");
}

/* A role that could pass row-level security is refused before it is used. */
static void
test_strong_roles_are_refused (void)
{
  static const char *const strong[] = { "postgres", "armms_strong" };

  armms_test_database_exec (database, "do $$ begin if not exists (select from pg_roles where rolname = 'armms_strong') then create role armms_strong login bypassrls; end if; end $$;"
                                      "do $$ begin execute format('grant connect on database %I to armms_strong', current_database()); end $$");
  for (gsize i = 0; i < G_N_ELEMENTS (strong); i++)
    {
      g_autoptr(ArmmsDb) db = open_db (database, strong[i], NULL, NULL);
      ArmmsActor actor = actor_of (armms_id_new ());
      g_autoptr(ArmmsWork) work = begin (db, &actor, ARMMS_WORK_WRITE);
      GError *error = NULL;

      g_assert_false (armms_work_execute (work, "test/count", NULL, NULL, &error));
      assert_code (error, "db.role");
      g_clear_pointer (&work, armms_work_free);
    }
  armms_test_database_exec (database, "do $$ begin execute format('revoke connect on database %I from armms_strong', current_database()); end $$; drop role armms_strong");
}

/* --- many tenants over few connections --- */

typedef struct {
  ArmmsDb *db;
  const ArmmsId *tenants;
  gsize n_tenants;
  guint seed;
  guint64 units;
} Hygiene;

static gpointer
interleave (gpointer user_data)
{
  Hygiene *self = user_data;
  GRand *rand = g_rand_new_with_seed (self->seed);

  for (int i = 0; i < 1250; i++)
    {
      ArmmsActor actor = actor_of (self->tenants[g_rand_int_range (rand, 0, self->n_tenants)]);
      gboolean writing = g_rand_int_range (rand, 0, 3) == 0;
      ArmmsWork *work = begin (self->db, &actor, writing ? ARMMS_WORK_WRITE : ARMMS_WORK_READ);
      g_autoptr(ArmmsRows) rows = NULL;
      GError *error = NULL;

      if (writing)
        {
          g_autofree char *name = g_strdup_printf ("%u-%d", self->seed, i);

          add_thing (work, name);
        }
      rows = armms_work_query (work, "test/count", NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (armms_rows_integer (rows, 0, "strangers"), ==, 0);
      switch (g_rand_int_range (rand, 0, 4))
        {
        case 0: /* left in the middle */
          armms_work_free (work);
          break;
        case 1: /* a statement fails */
          g_assert_false (armms_work_execute (work, "test/fail", armms_params_integer (armms_params_new (), 0), NULL, NULL));
          armms_work_free (work);
          break;
        default:
          commit (work);
        }
      self->units++;
    }
  g_rand_free (rand);
  return NULL;
}

static void
test_pool_hygiene (void)
{
  g_autoptr(ArmmsDb) db = open_db (database, "armms_server", "4", "30000");
  ArmmsId tenants[50];
  Hygiene parts[8];
  GThread *threads[8];
  guint64 units = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (tenants); i++)
    tenants[i] = armms_id_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      parts[i] = (Hygiene) { db, tenants, G_N_ELEMENTS (tenants), i + 1, 0 };
      threads[i] = g_thread_new ("hygiene", interleave, &parts[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_thread_join (threads[i]);
      units += parts[i].units;
    }
  g_assert_cmpuint (units, ==, 10000);
}

/* --- two databases --- */

static void
test_payroll_apart (void)
{
  g_autoptr(ArmmsDb) db = open_db (apart, "armms_server", NULL, NULL);
  ArmmsActor actor = actor_of (armms_id_new ());
  char tenant[ARMMS_ID_TEXT_SIZE];
  GError *error = NULL;
  ArmmsWork *work;
  ArmmsRows *rows;

  g_assert_cmpstr (armms_db_name_of_schema (db, "payroll"), ==, "payroll");
  g_assert_cmpstr (armms_db_name_of_schema (db, "timekeeping"), ==, "main");
  work = begin (db, &actor, ARMMS_WORK_WRITE);
  g_assert_cmpstr (armms_work_get_database (work), ==, "main");
  rows = armms_work_query (work, "payroll/where", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (armms_rows_text (rows, 0, "name"), "_payroll"));
  g_assert_cmpstr (armms_rows_text (rows, 0, "read_only"), ==, "on"); /* at most one database is written */
  g_assert_cmpstr (armms_rows_text (rows, 0, "tenant"), ==, armms_id_format (&actor.tenant_id, tenant));
  armms_rows_free (rows);
  commit (work);

  work = armms_work_begin (db, "payroll", ARMMS_WORK_WRITE, &actor, &error);
  rows = armms_work_query (work, "payroll/where", NULL, &error);
  g_assert_cmpstr (armms_rows_text (rows, 0, "read_only"), ==, "off");
  armms_rows_free (rows);
  commit (work);
}

int
main (int argc, char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  database = armms_test_database_new ();
  armms_test_database_exec (database, ground);
  apart = armms_test_database_new_payroll_apart ();
  g_test_add_func ("/work/settings are set, changed and gone afterwards", test_settings);
  g_test_add_func ("/work/one instant for the whole unit", test_now);
  g_test_add_func ("/work/every type there and back", test_types);
  g_test_add_func ("/work/nulls, and parameters that are too few", test_nulls_and_misfits);
  g_test_add_func ("/work/a number too big for its column", test_too_big);
  g_test_add_func ("/work/errors have kinds and tell no values", test_errors);
  g_test_add_func ("/work/a savepoint undoes its part only", test_savepoints);
  g_test_add_func ("/work/a deadlock's victim is repeated", test_deadlock_is_repeated);
  g_test_add_func ("/work/lost before the commit: repeated", test_lost_before_commit);
  g_test_add_func ("/work/lost during the commit: unknown, not repeated", test_commit_unknown);
  g_test_add_func ("/work/backends killed under load: nothing lost, nothing twice", test_backends_killed_under_load);
  g_test_add_func ("/work/dead while idle: not noticed", test_dead_while_idle);
  g_test_add_func ("/work/no connection free in time: busy", test_busy);
  g_test_add_func ("/work/no database: away", test_away);
  g_test_add_func ("/work/a statement that takes too long", test_timeout);
  g_test_add_func ("/work/roles that pass row-level security are refused", test_strong_roles_are_refused);
  g_test_add_func ("/work/10,000 units of 50 tenants over 4 connections", test_pool_hygiene);
  g_test_add_func ("/work/payroll in a database of its own", test_payroll_apart);
  code = g_test_run ();
  armms_test_database_free (database);
  armms_test_database_free (apart);
  return code;
}
