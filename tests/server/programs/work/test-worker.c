/* What must hold of streams, outboxes and jobs when workers are killed, frozen, stopped, and when several run. */
#include "server/platform/doorbell/doorbell.h"
#include "server/programs/work/worker.h"
#include "server/queue/queue.h"
#include "tests/server/programs/work/rooms-under-test.h"
#include "tests/server/programs/work/database.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

/* ---- fixture ---------------------------------------------------------------------------------------------------- */

static ArmmsTestDatabase *database;
static ArmmsDb *db;              /* as armms_worker */
static PGconn *owner;            /* passes row-level security: for looking */
static ArmmsId tenant_a, tenant_b;

static void
sql (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
sql (const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;
  PGresult *result;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  result = PQexec (owner, text);
  if (PQresultStatus (result) != PGRES_COMMAND_OK && PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s: %s", text, PQerrorMessage (owner));
  PQclear (result);
}

static gint64 number (const char *format, ...) G_GNUC_PRINTF (1, 2);

static gint64
number (const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;
  PGresult *result;
  gint64 value;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  result = PQexec (owner, text);
  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s: %s", text, PQerrorMessage (owner));
  value = g_ascii_strtoll (PQgetvalue (result, 0, 0), NULL, 10);
  PQclear (result);
  return value;
}

/* Looks until it is so; a test that waits in vain says what it saw. */
#define wait_until(seconds, wanted, ...) \
  G_STMT_START { \
    gint64 deadline_ = g_get_monotonic_time () + (gint64) (seconds) * G_USEC_PER_SEC, seen_; \
    while ((seen_ = number (__VA_ARGS__)) != (wanted) && g_get_monotonic_time () < deadline_) \
      g_usleep (20 * 1000); \
    if (seen_ != (wanted)) \
      g_test_message ("waited in vain: %s", #__VA_ARGS__); \
    g_assert_cmpint (seen_, ==, wanted); \
  } G_STMT_END

static void
clean (void)
{
  /* A worker that was killed may have left a backend that still ends what it was told to. */
  wait_until (60, 0, "select count(*) from pg_stat_activity where datname = current_database() and backend_type = 'client backend'"
              " and state <> 'idle' and pid <> pg_backend_pid()");
  sql ("truncate reporting.effects, reporting.antidotes, reporting.done, filings.seen, queue.jobs, queue.jobs_history, queue.dead_letters,"
       " queue.blocked_keys, queue.workers");
}

static ArmmsActor
actor_of (const ArmmsId *tenant_id)
{
  return (ArmmsActor) { .tenant_id = *tenant_id, .request_id = "test" };
}

static void
send_jobs (const ArmmsId *tenant_id, const char *kind, guint n)
{
  g_autoptr(GError) error = NULL;
  const ArmmsActor actor = actor_of (tenant_id);
  g_autoptr(ArmmsWork) work = armms_work_begin (db, "reporting", ARMMS_WORK_WRITE, &actor, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    g_assert_true (armms_jobs_send (work, kind, NULL, NULL, NULL, &error));
  g_assert_true (armms_work_commit (work, &error));
}

static void
tell (const ArmmsId *tenant_id, const ArmmsId *key, gint64 first, gint64 n, const char *payload)
{
  g_autoptr(GError) error = NULL;
  const ArmmsActor actor = actor_of (tenant_id);
  g_autoptr(ArmmsWork) work = armms_work_begin (db, "filings", ARMMS_WORK_WRITE, &actor, &error);
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);

  g_assert_no_error (error);
  for (gint64 i = 0; i < n; i++)
    g_ptr_array_add (events, armms_event_new ("armms.filings.TestHappened.v1", "thing", key, first + i, key, g_strdup (payload)));
  if (!armms_outbox_append (work, "filings", events, &error))
    g_error ("%s", error->message);
  g_assert_true (armms_work_commit (work, &error));
}

static void
add_items (const ArmmsId *tenant_id, guint n)
{
  char id[ARMMS_ID_TEXT_SIZE];

  sql ("insert into filings.items (tenant_id, event_id, slot) select '%s', gen_random_uuid(), i %% 4 from generate_series(1, %u) as i",
       armms_id_format (tenant_id, id), n);
}

/* ---- workers as processes ---------------------------------------------------------------------------------------- */

static pid_t
spawn (const char *slow_ms)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "worker-process", NULL);
  const char *argv[] = { program, armms_test_database_get_config_path (database, "armms_worker"), NULL };
  g_auto(GStrv) environment = g_get_environ ();
  g_autoptr(GError) error = NULL;
  GPid pid;
  int out;
  char line[16];

  if (slow_ms != NULL)
    environment = g_environ_setenv (environment, "ARMMS_TEST_SLOW_MS", slow_ms, TRUE);
  if (!g_spawn_async_with_pipes (NULL, (char **) argv, environment, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out, NULL, &error))
    g_error ("%s", error->message);
  if (read (out, line, sizeof line) <= 0)
    g_error ("the worker did not start");
  return pid;
}

static void
end (pid_t pid, int signal_no)
{
  kill (pid, signal_no);
  if (signal_no == SIGKILL)
    kill (pid, SIGCONT);
  waitpid (pid, NULL, 0);
}

/* As if its time had passed: a test need not wait for it. */
static void
expire_leases (void)
{
  sql ("update platform.stream_slots set lease_until = clock_timestamp() - interval '1 second' where lease_owner is not null");
  sql ("update queue.jobs set vt = clock_timestamp() where lease_owner is not null");
}

/* ---- streams ---------------------------------------------------------------------------------------------------- */

static void
a_killed_worker_loses_and_doubles_nothing (void)
{
  pid_t first, second;

  clean ();
  add_items (&tenant_a, 400);
  add_items (&tenant_b, 400);
  first = spawn ("50");
  g_usleep (400 * 1000);
  end (first, SIGKILL);
  g_assert_cmpint (number ("select count(*) from filings.seen"), <, 800);
  /* A transaction that still runs elsewhere in the cluster hides what was written after its start. */
  wait_until (30, 800, "select platform.stream_behind('filings.items') + (select count(*) from filings.seen)");
  expire_leases ();
  second = spawn (NULL);
  wait_until (30, 800, "select count(distinct item_id) from filings.seen");
  g_assert_cmpint (number ("select count(*) from filings.seen"), ==, 800);
  end (second, SIGTERM);
}

static void
a_frozen_worker_cannot_move_its_cursor (void)
{
  pid_t first, second;

  clean ();
  first = spawn ("1500");
  wait_until (10, 4, "select count(*) from platform.stream_slots where reader = 'filings.items' and lease_until > now()");
  add_items (&tenant_a, 100);
  g_usleep (700 * 1000); /* it is in the middle of its units */
  kill (first, SIGSTOP);
  expire_leases ();
  /* Its open units hold no lock on the slots yet: another takes them over. */
  second = spawn (NULL);
  wait_until (30, 100, "select count(distinct item_id) from filings.seen");
  kill (first, SIGCONT);
  g_usleep (2500 * 1000);
  g_assert_cmpint (number ("select count(*) from filings.seen"), ==, 100);
  end (first, SIGTERM);
  end (second, SIGTERM);
}

/* It had nothing to do, so no refused commit told it; it must not sit on slots that are not its any more. */
static void
an_idle_worker_learns_what_it_lost (void)
{
  pid_t first, second;

  clean ();
  first = spawn (NULL);
  wait_until (10, 4, "select count(*) from platform.stream_slots where reader = 'filings.items' and lease_until > now()");
  kill (first, SIGSTOP);
  sql ("update platform.stream_slots set lease_owner = null, lease_until = '-infinity', lease_no = lease_no + 1");
  sql ("delete from queue.workers");
  second = spawn (NULL);
  wait_until (20, 4, "select count(*) from platform.stream_slots where reader = 'filings.items' and lease_until > now()");
  kill (first, SIGCONT);
  wait_until (30, 2, "select count(distinct lease_owner) from platform.stream_slots where reader = 'filings.items' and lease_until > now()");
  add_items (&tenant_a, 400);
  wait_until (20, 400, "select count(*) from filings.seen");
  end (first, SIGTERM);
  end (second, SIGTERM);
}

static void
two_workers_share_the_slots (void)
{
  pid_t first, second;

  clean ();
  first = spawn (NULL);
  second = spawn (NULL);
  wait_until (20, 2, "select count(distinct lease_owner) from platform.stream_slots where reader = 'filings.items' and lease_until > now()");
  wait_until (20, 2, "select max(n) from (select count(*) as n from platform.stream_slots where reader = 'filings.items'"
                     " and lease_until > now() group by lease_owner) as s");
  add_items (&tenant_a, 1000);
  wait_until (20, 1000, "select count(*) from filings.seen");
  g_assert_cmpint (number ("select count(distinct worker) from filings.seen"), ==, 2);
  /* One ends: the other takes up the rest. */
  end (first, SIGTERM);
  add_items (&tenant_b, 200);
  wait_until (20, 1200, "select count(*) from filings.seen");
  end (second, SIGTERM);
  g_assert_cmpint (number ("select count(*) from platform.stream_slots where lease_owner is not null"), ==, 0);
}

static void
a_slow_writer_is_not_skipped (void)
{
  PGconn *slow = armms_test_database_connect (database);
  pid_t worker;
  char id[ARMMS_ID_TEXT_SIZE];
  g_autofree char *insert = g_strdup_printf ("begin; insert into filings.items (tenant_id, event_id, slot) values ('%s', gen_random_uuid(), 1)",
                                             armms_id_format (&tenant_a, id));

  clean ();
  worker = spawn (NULL);
  PQclear (PQexec (slow, insert));
  add_items (&tenant_a, 40); /* later, and committed at once */
  g_usleep (2500 * 1000);
  g_assert_cmpint (number ("select count(*) from filings.seen"), ==, 0); /* the price of the bound */
  g_assert_cmpint (number ("select platform.stream_behind('filings.items')"), ==, 0); /* nothing may be read yet */
  PQclear (PQexec (slow, "commit"));
  wait_until (10, 41, "select count(*) from filings.seen");
  end (worker, SIGTERM);
  PQfinish (slow);
}

static void
a_held_snapshot_holds_up_nothing (void)
{
  PGconn *reader = armms_test_database_connect (database);
  pid_t worker;

  clean ();
  worker = spawn (NULL);
  PQclear (PQexec (reader, "begin isolation level repeatable read; select count(*) from filings.items"));
  add_items (&tenant_a, 1000);
  send_jobs (&tenant_a, "test.quick", 200);
  wait_until (10, 1000, "select count(*) from filings.seen");
  wait_until (20, 200, "select count(*) from reporting.done");
  PQfinish (reader);
  end (worker, SIGTERM);
}

static void
another_clusters_cursor_is_refused (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsWorker) worker = armms_worker_new (db, armms_rooms_under_test, NULL);

  clean ();
  sql ("update platform.stream_epoch set system_identifier = system_identifier + 1");
  g_assert_false (armms_worker_start (worker, &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_STALE);
  g_assert_cmpstr (armms_error_get_code (error), ==, "stream.rebase_needed");
  g_clear_error (&error);
  sql ("select platform.rebase_streams()");
  g_assert_true (armms_worker_start (worker, &error));
  /* What was consumed before is read again; the inbox makes it harmless, and new items come after the old ones. */
  add_items (&tenant_a, 10);
  wait_until (20, 0, "select count(*) from filings.items as i where not exists (select from filings.seen as s where s.item_id = i.event_id)");
  armms_worker_stop (worker);
}

/* ---- outbox ----------------------------------------------------------------------------------------------------- */

static void
events_have_their_effect_once_and_in_order (void)
{
  ArmmsId keys[7];
  pid_t worker;

  clean ();
  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    keys[k] = armms_id_new ();
  worker = spawn (NULL);
  for (gint64 round = 0; round < 10; round++)
    for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
      tell (k % 2 == 0 ? &tenant_a : &tenant_b, &keys[k], round * 10, 10, "{}");
  wait_until (20, 700, "select count(*) from reporting.effects");
  g_assert_cmpint (number ("select count(*) from (select version < lag(version) over (partition by tenant_id, key order by effect_id) as back"
                           " from reporting.effects) as e where back"), ==, 0);
  /* Read once more from the beginning: nothing happens twice. */
  end (worker, SIGTERM);
  sql ("update platform.stream_slots set cursor_xid = '0', cursor_id = '00000000-0000-0000-0000-000000000000' where reader = 'reporting.effects'");
  worker = spawn (NULL);
  wait_until (20, 0, "select count(*) from platform.stream_slots where reader = 'reporting.effects' and cursor_xid = '0'"
                     " and exists (select from filings.filings_outbox as o where o.slot = stream_slots.slot)");
  g_assert_cmpint (number ("select count(*) from reporting.effects"), ==, 700);
  end (worker, SIGTERM);
}

static void
an_event_of_another_tenant_is_refused (void)
{
  g_autoptr(GError) error = NULL;
  const ArmmsActor actor = actor_of (&tenant_a);
  const ArmmsId key = armms_id_new ();
  g_autoptr(ArmmsWork) work = armms_work_begin (db, "filings", ARMMS_WORK_WRITE, &actor, &error);
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_event_free);
  ArmmsEvent *event = armms_event_new ("armms.filings.TestHappened.v1", "thing", &key, 1, &key, g_strdup ("{}"));

  event->tenant_id = tenant_b;
  g_ptr_array_add (events, event);
  g_assert_false (armms_outbox_append (work, "filings", events, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "event.tenant");
}

static void
a_poisoned_key_waits_and_the_others_flow (void)
{
  const ArmmsId poisoned = armms_id_new ();
  char key[ARMMS_ID_TEXT_SIZE], tenant[ARMMS_ID_TEXT_SIZE];
  g_autoptr(GError) error = NULL;
  const ArmmsActor actor = actor_of (&tenant_a);
  pid_t worker;
  gint64 began;

  clean ();
  worker = spawn (NULL);
  began = g_get_monotonic_time ();
  tell (&tenant_a, &poisoned, 1, 2, "{}");
  tell (&tenant_a, &poisoned, 3, 1, "{\"poison\":true}");
  tell (&tenant_a, &poisoned, 4, 3, "{}");
  for (int i = 0; i < 20; i++)
    {
      const ArmmsId other = armms_id_new ();
      tell (&tenant_a, &other, 1, 50, "{}");
    }
  wait_until (10, 1002, "select count(*) from reporting.effects");
  g_test_message ("the others went through in %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - began) / 1000);
  armms_id_format (&poisoned, key);
  wait_until (5, 4, "select count(*) from queue.dead_letters where partition_key = '%s' and state = 'RETRYING'", key);
  /* It is tried again by itself, then it waits for a person. */
  wait_until (60, 1, "select count(*) from queue.dead_letters where state = 'PARKED' and code = 'test.poison'");
  g_assert_cmpint (number ("select count(*) from reporting.effects where key = '%s'", key), ==, 2);

  /* The cause is mended; a person sends it again; order is kept, also with what came meanwhile. */
  sql ("insert into reporting.antidotes values ('%s', '%s')", armms_id_format (&tenant_a, tenant), key);
  tell (&tenant_a, &poisoned, 7, 1, "{}");
  {
    g_autoptr(ArmmsWork) work = armms_work_begin (db, "reporting", ARMMS_WORK_WRITE, &actor, &error);
    ArmmsId letter;
    PGresult *result = PQexec (owner, "select dead_letter_id from queue.dead_letters where state = 'PARKED'");

    g_assert_true (armms_id_parse (PQgetvalue (result, 0, 0), &letter));
    PQclear (result);
    g_assert_true (armms_queue_resend (work, &letter, FALSE, &error));
    g_assert_false (armms_queue_resend (work, &letter, FALSE, &error));
    g_assert_cmpstr (armms_error_get_code (error), ==, "dead_letter.not_parked");
    g_assert_true (armms_work_commit (work, NULL));
  }
  wait_until (20, 7, "select count(*) from reporting.effects where key = '%s'", key);
  g_assert_cmpint (number ("select count(*) from (select version < lag(version) over (order by effect_id) as back from reporting.effects"
                           " where key = '%s') as e where back", key), ==, 0);
  wait_until (10, 0, "select count(*) from queue.blocked_keys");
  g_assert_cmpint (number ("select count(*) from queue.dead_letters where state in ('PARKED', 'RETRYING')"), ==, 0);
  end (worker, SIGTERM);
}

/* ---- jobs ------------------------------------------------------------------------------------------------------- */

static void
a_burst_of_jobs_is_done_once_each (void)
{
  pid_t first, second;
  gint64 began;

  clean ();
  began = g_get_monotonic_time ();
  for (int i = 0; i < 12; i++)
    send_jobs (i % 2 == 0 ? &tenant_a : &tenant_b, "test.quick", 1000);
  g_test_message ("12,000 jobs sent in %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - began) / 1000);
  began = g_get_monotonic_time ();
  first = spawn (NULL);
  second = spawn (NULL);
  wait_until (120, 12000, "select count(*) from queue.jobs_history where state = 'DONE'");
  g_test_message ("12,000 jobs done in %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - began) / 1000);
  g_assert_cmpint (number ("select count(*) from reporting.done"), ==, 12000);
  g_assert_cmpint (number ("select count(distinct job_id) from reporting.done"), ==, 12000);
  g_assert_cmpint (number ("select count(*) from queue.jobs"), ==, 0);
  end (first, SIGTERM);
  end (second, SIGTERM);
}

static void
no_tenant_starves_behind_another (void)
{
  pid_t worker;
  char b[ARMMS_ID_TEXT_SIZE];

  clean ();
  send_jobs (&tenant_a, "test.quick", 5000);
  worker = spawn (NULL);
  wait_until (10, 1, "select (count(*) > 100)::int from reporting.done");
  send_jobs (&tenant_b, "test.quick", 10);
  wait_until (10, 10, "select count(*) from reporting.done where tenant_id = '%s'", armms_id_format (&tenant_b, b));
  g_assert_cmpint (number ("select extract(epoch from (select max(at) from reporting.done where tenant_id = '%s')"
                           " - (select max(created_at) from queue.jobs_history where tenant_id = '%s'))::bigint", b, b), <=, 2);
  g_assert_cmpint (number ("select count(*) from queue.jobs"), >, 0);
  end (worker, SIGKILL);
}

static void
a_late_end_is_refused (void)
{
  pid_t first, second;

  clean ();
  first = spawn (NULL);
  g_usleep (1500 * 1000);
  send_jobs (&tenant_a, "test.frozen", 1);
  wait_until (10, 1, "select count(*) from queue.jobs where lease_owner is not null");
  kill (first, SIGSTOP);
  second = spawn (NULL);
  /* The lease of two seconds runs out; the other does it. */
  wait_until (20, 1, "select count(*) from queue.jobs_history where state = 'DONE'");
  kill (first, SIGCONT);
  g_usleep (1500 * 1000);
  g_assert_cmpint (number ("select count(*) from reporting.done"), ==, 1);
  g_assert_cmpint (number ("select count(*) from queue.jobs_history"), ==, 1);
  g_assert_cmpint (number ("select lease_no from queue.jobs_history"), ==, 2);
  end (first, SIGTERM);
  end (second, SIGTERM);
}

static void
one_live_job_per_key (void)
{
  g_autoptr(GError) error = NULL;
  const ArmmsActor a = actor_of (&tenant_a), b = actor_of (&tenant_b);
  ArmmsId first, again, other;

  clean ();
  {
    g_autoptr(ArmmsWork) work = armms_work_begin (db, "reporting", ARMMS_WORK_WRITE, &a, &error);
    g_assert_true (armms_jobs_send (work, "test.quick", NULL, "payrun-1", &first, &error));
    g_assert_true (armms_jobs_send (work, "test.quick", NULL, "payrun-1", &again, &error));
    g_assert_true (armms_work_commit (work, &error));
  }
  {
    g_autoptr(ArmmsWork) work = armms_work_begin (db, "reporting", ARMMS_WORK_WRITE, &b, &error);
    g_assert_true (armms_jobs_send (work, "test.quick", NULL, "payrun-1", &other, &error));
    g_assert_true (armms_work_commit (work, &error));
  }
  g_assert_true (armms_id_equal (&first, &again));
  g_assert_false (armms_id_equal (&first, &other));
  g_assert_cmpint (number ("select count(*) from queue.jobs"), ==, 2);
}

static void
what_fails_always_becomes_a_dead_letter (void)
{
  g_autoptr(GError) error = NULL;
  const ArmmsActor actor = actor_of (&tenant_a);
  pid_t worker;
  PGresult *result;
  ArmmsId letter;

  clean ();
  send_jobs (&tenant_a, "test.failing", 1);
  worker = spawn (NULL);
  wait_until (20, 1, "select count(*) from queue.dead_letters where source = 'job' and state = 'PARKED'");
  g_assert_cmpint (number ("select attempt from queue.jobs_history where state = 'FAILED'"), ==, 2);
  g_assert_cmpint (number ("select jsonb_array_length(problems) from queue.jobs_history"), ==, 2);
  end (worker, SIGTERM);

  result = PQexec (owner, "select dead_letter_id from queue.dead_letters");
  g_assert_true (armms_id_parse (PQgetvalue (result, 0, 0), &letter));
  PQclear (result);
  {
    g_autoptr(ArmmsWork) work = armms_work_begin (db, "reporting", ARMMS_WORK_WRITE, &actor, &error);
    g_assert_true (armms_queue_resend (work, &letter, FALSE, &error));
    g_assert_true (armms_work_commit (work, &error));
  }
  g_assert_cmpint (number ("select count(*) from queue.jobs where queue_name = 'test.failing'"), ==, 1);
  g_assert_cmpint (number ("select count(*) from queue.dead_letters where state = 'RESENT'"), ==, 1);
}

static void
a_stopped_worker_hands_its_jobs_back (void)
{
  pid_t worker;
  gint64 began;

  clean ();
  send_jobs (&tenant_a, "test.slow", 6);
  worker = spawn (NULL);
  wait_until (10, 1, "select (count(*) > 3)::int from reporting.done");
  began = g_get_monotonic_time ();
  end (worker, SIGTERM);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 3 * G_USEC_PER_SEC);
  /* All are ready at once, and no attempt is lost. */
  g_assert_cmpint (number ("select count(*) from queue.jobs where vt <= clock_timestamp() and lease_owner is null and attempt = 0"), ==, 6);
  /* How far they were is still to be seen. */
  g_assert_cmpint (number ("select max(done) from queue.jobs"), >, 0);
}

static void
progress_and_cancelling_are_seen (void)
{
  pid_t worker;

  clean ();
  send_jobs (&tenant_a, "test.slow", 1);
  worker = spawn (NULL);
  wait_until (10, 1, "select (max(done) between 2 and 39)::int from queue.jobs where total = 40");
  sql ("update queue.jobs set cancel_requested = true");
  wait_until (10, 1, "select count(*) from queue.jobs_history where state = 'CANCELLED' and done between 2 and 39");
  send_jobs (&tenant_a, "test.slow", 1);
  wait_until (10, 1, "select count(*) from queue.jobs_history where state = 'DONE' and done = 40 and result = '{\"steps\":40}'");
  end (worker, SIGTERM);
}

static void
a_tick_counts_once (void)
{
  clean ();
  sql ("delete from queue.ticks");
  g_assert_cmpint (number ("select queue.tick()"), ==, 3);
  g_assert_cmpint (number ("select queue.tick()"), ==, 0);
  g_assert_cmpint (number ("select count(*) from queue.jobs"), ==, 3);
}

static void
the_platforms_own_jobs_run (void)
{
  pid_t worker;

  clean ();
  sql ("delete from queue.ticks");
  g_assert_cmpint (number ("select queue.tick()"), ==, 3);
  worker = spawn (NULL);
  wait_until (30, 3, "select count(*) from queue.jobs_history where state = 'DONE'");
  end (worker, SIGTERM);
}

/* ---- the table's health ------------------------------------------------------------------------------------------ */

/* A new version of a row stays on its page (HOT) only while no index, by column, expression or predicate, holds what changes. */
static void
no_index_holds_what_claims_and_heartbeats_change (void)
{
  g_assert_cmpint (number ("select count(*) from pg_index as i join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)"
                           " where i.indrelid = 'queue.jobs'::regclass and a.attname in ('vt', 'attempt', 'lease_no', 'lease_owner', 'leased_at', 'started_at',"
                           " 'cancel_requested', 'total', 'done', 'failed', 'result', 'problems', 'last_error', 'updated_at')"), ==, 0);
  g_assert_cmpint (number ("select count(*) from pg_index as i where i.indrelid = 'queue.jobs'::regclass"
                           " and (i.indexprs is not null or coalesce(pg_get_expr(i.indpred, i.indrelid), '') not in ('', '(unique_key IS NOT NULL)'))"), ==, 0);
  /* And the live table holds live jobs only, with room on its pages and a vacuum that comes early. */
  g_assert_cmpint (number ("select count(*) from unnest((select reloptions from pg_class where oid = 'queue.jobs'::regclass)) as o"
                           " where o in ('fillfactor=70', 'autovacuum_vacuum_scale_factor=0.01', 'autovacuum_vacuum_cost_delay=0')"), ==, 3);
}

static void
no_trigger_notifies (void)
{
  g_assert_cmpint (number ("select count(*) from pg_trigger as t join pg_proc as p on p.oid = t.tgfoid where p.prosrc ~* '\\m(pg_)?notify\\M'"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsConfig) config = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  database = armms_test_database_new ();
  owner = armms_test_database_connect (database);
  sql ("set role armms_owner");
  sql ("%s", armms_rooms_under_test_sql);
  sql ("reset role");
  config = armms_config_load (armms_test_database_get_config_path (database, "armms_worker"), &error);
  db = config != NULL ? armms_db_new (config, FALSE, &error) : NULL;
  if (db == NULL)
    g_error ("%s", error->message);
  armms_rooms_under_test_register (db);
  tenant_a = armms_id_new ();
  tenant_b = armms_id_new ();

#define TEST(function) g_test_add_func ("/worker/" #function, function)
  TEST (a_killed_worker_loses_and_doubles_nothing);
  TEST (a_frozen_worker_cannot_move_its_cursor);
  TEST (an_idle_worker_learns_what_it_lost);
  TEST (two_workers_share_the_slots);
  TEST (a_slow_writer_is_not_skipped);
  TEST (a_held_snapshot_holds_up_nothing);
  TEST (another_clusters_cursor_is_refused);
  TEST (events_have_their_effect_once_and_in_order);
  TEST (an_event_of_another_tenant_is_refused);
  TEST (a_poisoned_key_waits_and_the_others_flow);
  TEST (a_burst_of_jobs_is_done_once_each);
  TEST (no_tenant_starves_behind_another);
  TEST (a_late_end_is_refused);
  TEST (one_live_job_per_key);
  TEST (what_fails_always_becomes_a_dead_letter);
  TEST (a_stopped_worker_hands_its_jobs_back);
  TEST (progress_and_cancelling_are_seen);
  TEST (a_tick_counts_once);
  TEST (the_platforms_own_jobs_run);
  TEST (no_index_holds_what_claims_and_heartbeats_change);
  TEST (no_trigger_notifies);
  result = g_test_run ();

  armms_doorbell_stop (db);
  armms_db_free (db);
  PQfinish (owner);
  armms_test_database_free (database);
  return result;
}
