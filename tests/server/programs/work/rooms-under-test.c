#include "tests/server/programs/work/rooms-under-test.h"

#include "server/queue/queue.h"

const char armms_rooms_under_test_sql[] =
  "create schema if not exists filings; create schema if not exists reporting;"
  "select platform.make_outbox('filings'); select platform.make_outbox('reporting');"
  /* what the subscription does: one row per effect, in the order in which they came */
  "create table reporting.effects (tenant_id uuid not null, effect_id bigint generated always as identity, event_id uuid not null,"
  "  key text not null, version bigint not null, worker text, primary key (tenant_id, effect_id));"
  "select platform.guard_table('reporting.effects', 'derived');"
  "create table reporting.antidotes (tenant_id uuid not null, key text not null, primary key (tenant_id, key));"
  "select platform.guard_table('reporting.antidotes', 'derived');"
  "create table reporting.done (tenant_id uuid not null, done_id bigint generated always as identity, job_id uuid not null, n bigint not null,"
  "  at timestamptz not null default clock_timestamp(), primary key (tenant_id, done_id));"
  "select platform.guard_table('reporting.done', 'derived');"
  /* a stream: items are counted per slot */
  "create table filings.items (tenant_id uuid not null, event_id uuid not null, xid xid8 not null default pg_current_xact_id(),"
  "  slot smallint not null, primary key (tenant_id, event_id));"
  "select platform.guard_table('filings.items', 'append_only');"
  "select platform.open_stream('filings.items');"
  "create table filings.seen (tenant_id uuid not null, seen_id bigint generated always as identity, item_id uuid not null, worker text not null,"
  "  at timestamptz not null default clock_timestamp(), primary key (tenant_id, seen_id));"
  "select platform.guard_table('filings.seen', 'derived');";

static const ArmmsStatement statements[] = {
  { "effects", "insert into reporting.effects (tenant_id, event_id, key, version)"
               " select platform.current_tenant_id(), e.id, e.key, e.version from unnest($1::uuid[], $2::text[], $3::bigint[]) as e (id, key, version)" },
  { "antidotes", "select a.key from reporting.antidotes as a where a.key = any ($1::text[])" },
  { "done", "insert into reporting.done (tenant_id, job_id, n) values (platform.current_tenant_id(), $1, $2::bigint)" },
  { 0 },
};

static const ArmmsStatement stream_statements[] = {
  { "next", "select xid, id, tenant_id from filings.items_next($1::bigint::smallint, $2::bigint::text::xid8,"
            " coalesce($3::uuid, '00000000-0000-0000-0000-000000000000'), 50)" },
  { "see", "insert into filings.seen (tenant_id, item_id, worker) values (platform.current_tenant_id(), $1, $2)" },
  { 0 },
};

/* ---- the subscription: {"poison": true} fails until the key has its antidote ------------------------------------ */

static gboolean
on_events (ArmmsWork *work, const GPtrArray *events, GError **error)
{
  g_autofree ArmmsId *ids = g_new (ArmmsId, events->len);
  g_autofree const char **keys = g_new0 (const char *, events->len);
  g_autofree gint64 *versions = g_new (gint64, events->len);
  g_autoptr(ArmmsRows) antidotes = NULL;
  ArmmsParams *params;

  for (guint i = 0; i < events->len; i++)
    {
      ArmmsEvent *event = g_ptr_array_index (events, i);

      ids[i] = event->event_id;
      keys[i] = event->partition_key;
      versions[i] = event->aggregate_version;
    }
  antidotes = armms_work_query (work, "reporting/antidotes", armms_params_texts (armms_params_new (), keys, events->len), error);
  if (antidotes == NULL)
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    {
      ArmmsEvent *event = g_ptr_array_index (events, i);
      gboolean cured = FALSE;

      for (guint a = 0; a < armms_rows_count (antidotes); a++)
        cured = cured || g_str_equal (armms_rows_text (antidotes, a, "key"), event->partition_key);
      if (strstr (event->payload, "poison") != NULL && !cured)
        {
          armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "test.poison", "event %" G_GINT64_FORMAT " is poisoned", event->aggregate_version);
          return FALSE;
        }
    }
  params = armms_params_new ();
  armms_params_ids (params, ids, events->len);
  armms_params_texts (params, keys, events->len);
  armms_params_integers (params, versions, events->len);
  return armms_work_execute (work, "reporting/effects", params, NULL, error);
}

static const ArmmsSubscription subscriptions[] = {
  { "reporting.effects", "filings", "reporting", "armms.filings.TestHappened.v1", on_events },
  { 0 },
};

/* ---- the stream: slow when ARMMS_TEST_SLOW_MS says so ------------------------------------------------------------ */

static gboolean
on_slot (ArmmsStreamSlot *slot, gboolean careful, gboolean *ret_more, GError **error)
{
  const ArmmsActor actor = { .request_id = "test" };
  const char *slow = g_getenv ("ARMMS_TEST_SLOW_MS");
  g_autoptr(ArmmsWork) work = armms_work_begin (slot->db, "filings", ARMMS_WORK_WRITE, &actor, error);
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params;
  ArmmsId id = ARMMS_ID_NIL;
  guint64 xid = 0;

  if (work == NULL)
    return FALSE;
  params = armms_params_new ();
  armms_params_integer (params, slot->slot);
  armms_params_integer (params, (gint64) slot->after_xid);
  armms_params_id (params, &slot->after_id);
  rows = armms_work_query (work, "filings/next", params, error);
  if (rows == NULL)
    return FALSE;
  *ret_more = armms_rows_count (rows) == 50;
  if (armms_rows_count (rows) == 0)
    return TRUE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      const ArmmsId tenant_id = armms_rows_id (rows, i, "tenant_id");

      id = armms_rows_id (rows, i, "id");
      xid = (guint64) armms_rows_integer (rows, i, "xid");
      if (!armms_work_switch_tenant (work, &tenant_id, error)
          || !armms_work_execute (work, "filings/see", armms_params_text (armms_params_id (armms_params_new (), &id), slot->owner), NULL, error))
        return FALSE;
    }
  if (slow != NULL)
    g_usleep ((gulong) atoi (slow) * 1000);
  return armms_stream_advance (work, slot, xid, &id, error) && armms_work_commit (work, error);
}

static const ArmmsStreamReader readers[] = {
  { .name = "filings.items", .schema = "filings", .slots = 4, .on_slot = on_slot, .table = "filings.items" },
  { 0 },
};

/* ---- jobs -------------------------------------------------------------------------------------------------------- */

static gboolean
note (ArmmsJob *job, gint64 n, GError **error)
{
  g_autoptr(ArmmsWork) work = armms_work_begin (armms_job_get_db (job), "reporting", ARMMS_WORK_WRITE, armms_job_get_actor (job), error);

  return work != NULL && armms_job_fence (job, work, error)
         && armms_work_execute (work, "reporting/done", armms_params_integer (armms_params_id (armms_params_new (), armms_job_get_id (job)), n), NULL, error)
         && armms_work_commit (work, error);
}

static gboolean
run_quick (ArmmsJob *job, GError **error)
{
  return note (job, 1, error);
}

/* Forty steps of 50 ms, each its own unit; stops at any step. */
static gboolean
run_slow (ArmmsJob *job, GError **error)
{
  armms_job_set_total (job, 40);
  for (gint64 i = 0; i < 40; i++)
    {
      if (armms_job_should_stop (job))
        {
          armms_error_set (error, ARMMS_ERROR_CANCELLED, "job.stopped", "asked to stop");
          return FALSE;
        }
      if (!note (job, i, error))
        return FALSE;
      g_usleep (50 * 1000);
      armms_job_advance (job, 1, 0);
    }
  armms_job_set_result (job, "{\"steps\":40}");
  return TRUE;
}

static gboolean
run_failing (ArmmsJob *job, GError **error)
{
  armms_job_add_problem (job, armms_job_get_id (job), "test.problem", "it will not work");
  armms_error_set (error, ARMMS_ERROR_INTERNAL, "test.fails", "it always fails");
  return FALSE;
}

/* Says nothing for ten seconds: only the fence can tell that the lease has run out. */
static gboolean
run_frozen (ArmmsJob *job, GError **error)
{
  g_usleep (500 * 1000);
  return note (job, 1, error);
}

static const ArmmsJobKind jobs[] = {
  { .kind = "test.quick", .run = run_quick },
  { .kind = "test.slow", .run = run_slow, .lease_seconds = 3 },
  { .kind = "test.failing", .run = run_failing, .max_attempts = 2 },
  { .kind = "test.frozen", .run = run_frozen, .lease_seconds = 2 },
  { 0 },
};

const ArmmsRoom armms_rooms_under_test[] = {
  { .name = "queue", .schema = "queue", .jobs = armms_queue_jobs },
  { .name = "filings", .schema = "filings", .readers = readers },
  { .name = "reporting", .schema = "reporting", .subscriptions = subscriptions, .jobs = jobs },
  { 0 },
};

void
armms_rooms_under_test_register (ArmmsDb *db)
{
  armms_db_add_statements (db, "queue", "queue", armms_queue_statements);
  armms_db_add_statements (db, "reporting", "reporting", statements);
  armms_db_add_statements (db, "filings", "filings", stream_statements);
  armms_outbox_register (db, "filings");
  armms_outbox_register (db, "reporting");
}
