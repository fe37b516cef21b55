#define G_LOG_DOMAIN "armms-worker"

#include "server/programs/work/worker-private.h"

#include <unistd.h>

#define KEEP_US (200 * 1000)
#define RENEW_US (4 * G_USEC_PER_SEC)
#define SHARE_US (2 * G_USEC_PER_SEC)
#define TICK_US (20 * G_USEC_PER_SEC)

/* ---- helpers ---------------------------------------------------------------------------------------------------- */

/* A unit of the platform itself: no tenant is set, so row-level security shows nothing of any. */
ArmmsWork *
armms_worker_begin (ArmmsWorker *worker, const Database *database, GError **error)
{
  const ArmmsActor actor = { .request_id = "worker" };

  return armms_work_begin (worker->db, database->schema, ARMMS_WORK_WRITE, &actor, error);
}

gint64
armms_worker_jitter (gint64 us)
{
  return us * g_random_int_range (800, 1200) / 1000;
}

static void
on_rung_cb (const char *topic, gpointer user_data)
{
  const Database *database = user_data;
  ArmmsWorker *worker = database->worker;

  if (topic == NULL || g_str_equal (topic, "jobs"))
    {
      g_mutex_lock (&worker->lock);
      worker->jobs_rung = TRUE;
      worker->claim_at = 0;
      g_cond_broadcast (&worker->jobs_changed);
      g_mutex_unlock (&worker->lock);
    }
  if (topic == NULL || !g_str_equal (topic, "jobs"))
    armms_worker_ring_slots (worker, database, topic);
}

/* ---- the table of what is to be done --------------------------------------------------------------------------- */

static Database *
database_of (ArmmsWorker *worker, const char *schema)
{
  const char *name = g_intern_string (armms_db_name_of_schema (worker->db, schema));
  Database *database;

  for (guint i = 0; i < worker->databases->len; i++)
    {
      database = g_ptr_array_index (worker->databases, i);
      if (database->name == name)
        return database;
    }
  database = g_new0 (Database, 1);
  database->worker = worker;
  database->name = name;
  database->schema = g_intern_string (schema);
  database->workers = 1;
  g_ptr_array_add (worker->databases, database);
  return database;
}

static void
database_free (gpointer data)
{
  Database *database = data;

  armms_doorbell_listener_free (database->listener);
  g_free (database);
}

static void
reader_free (gpointer data)
{
  Reader *reader = data;

  g_ptr_array_unref (reader->slots);
  g_free (reader->owned);
  g_free (reader);
}

static void
add_reader (ArmmsWorker *worker, const ArmmsStreamReader *stream_reader, ArmmsStreamReader *owned)
{
  Reader *reader = g_new0 (Reader, 1);

  reader->reader = stream_reader;
  reader->owned = owned;
  reader->source_schema = stream_reader->source_schema != NULL ? stream_reader->source_schema : stream_reader->schema;
  reader->database = database_of (worker, stream_reader->schema);
  reader->source = database_of (worker, reader->source_schema);
  reader->slots = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < stream_reader->slots; i++)
    {
      Slot *slot = g_new0 (Slot, 1);

      slot->reader = reader;
      slot->stream = (ArmmsStreamSlot) { .db = worker->db, .reader = stream_reader, .slot = i, .owner = worker->id };
      g_ptr_array_add (reader->slots, slot);
    }
  g_ptr_array_add (worker->readers, reader);
}

static void
add_room (ArmmsWorker *worker, const ArmmsRoom *room)
{
  database_of (worker, room->schema);
  for (const ArmmsStreamReader *reader = room->readers; reader != NULL && reader->name != NULL; reader++)
    add_reader (worker, reader, NULL);
  for (const ArmmsSubscription *subscription = room->subscriptions; subscription != NULL && subscription->name != NULL; subscription++)
    {
      ArmmsStreamReader *reader = armms_subscription_reader_new (subscription);

      armms_subscription_announce (subscription);
      add_reader (worker, reader, reader);
    }
  for (const ArmmsJobKind *kind = room->jobs; kind != NULL && kind->kind != NULL; kind++)
    g_hash_table_insert (worker->kinds, (gpointer) kind->kind, (gpointer) kind);
}

/* ---- the keeper ------------------------------------------------------------------------------------------------- */

static void
show_alive (ArmmsWorker *worker)
{
  for (guint d = 0; d < worker->databases->len; d++)
    {
      Database *database = g_ptr_array_index (worker->databases, d);
      g_autoptr(GError) error = NULL;
      g_autoptr(ArmmsWork) work = armms_worker_begin (worker, database, &error);
      g_autoptr(ArmmsRows) rows = NULL;
      ArmmsParams *params = armms_params_new ();

      armms_params_text (params, worker->id);
      armms_params_json (params, "{}");
      if (work != NULL)
        rows = armms_work_query (work, "queue/worker-seen", g_steal_pointer (&params), &error);
      g_clear_pointer (&params, armms_params_free);
      if (rows == NULL)
        {
          g_info ("no alive sign in %s: %s", database->name, error->message);
          continue;
        }
      database->workers = (guint) MAX (1, armms_rows_integer (rows, 0, "workers"));
      if (!armms_work_commit (work, &error))
        g_info ("no alive sign in %s: %s", database->name, error->message);
    }
}

static void
tick (ArmmsWorker *worker)
{
  for (guint d = 0; d < worker->databases->len; d++)
    {
      const Database *database = g_ptr_array_index (worker->databases, d);
      g_autoptr(GError) error = NULL;
      g_autoptr(ArmmsWork) work = armms_worker_begin (worker, database, &error);
      g_autoptr(ArmmsRows) rows = NULL;

      if (work != NULL)
        rows = armms_work_query (work, "queue/tick", NULL, &error);
      if (rows == NULL || !armms_work_commit (work, &error))
        g_info ("the clock of %s does not tick: %s", database->name, error->message);
    }
}

static gpointer
keep_thread (gpointer data)
{
  ArmmsWorker *worker = data;
  gint64 renew_at = 0, share_at = 0, tick_at = 0;

  g_mutex_lock (&worker->lock);
  while (!worker->stopping)
    {
      gint64 now = g_get_monotonic_time ();

      worker->kept_at = now;
      g_mutex_unlock (&worker->lock);
      if (now >= renew_at)
        {
          armms_worker_renew_slots (worker);
          renew_at = now + RENEW_US;
        }
      if (now >= share_at)
        {
          show_alive (worker);
          armms_worker_share_slots (worker);
          share_at = now + armms_worker_jitter (SHARE_US);
        }
      if (now >= tick_at && !worker->options.no_schedule)
        {
          tick (worker);
          tick_at = now + armms_worker_jitter (TICK_US);
        }
      armms_worker_keep_jobs (worker);
      g_mutex_lock (&worker->lock);
      if (!worker->stopping)
        g_cond_wait_until (&worker->slots_changed, &worker->lock, now + KEEP_US);
      /* Others wake this condition too: the pace is ours. */
      while (!worker->stopping && g_get_monotonic_time () < now + KEEP_US)
        g_cond_wait_until (&worker->slots_changed, &worker->lock, now + KEEP_US);
    }
  g_mutex_unlock (&worker->lock);
  return NULL;
}

/* ---- life ------------------------------------------------------------------------------------------------------- */

ArmmsWorker *
armms_worker_new (ArmmsDb *db, const ArmmsRoom *rooms, const ArmmsWorkerOptions *options)
{
  ArmmsWorker *worker = g_new0 (ArmmsWorker, 1);

  worker->db = db;
  worker->rooms = rooms;
  if (options != NULL)
    worker->options = *options;
  if (worker->options.stream_threads == 0)
    worker->options.stream_threads = 2;
  if (worker->options.job_threads == 0)
    worker->options.job_threads = 2;
  if (worker->options.grace_seconds == 0)
    worker->options.grace_seconds = 25;
  worker->id = g_strdup_printf ("%s:%d:%08x", g_get_host_name (), (int) getpid (), g_random_int ());
  worker->databases = g_ptr_array_new_with_free_func (database_free);
  worker->readers = g_ptr_array_new_with_free_func (reader_free);
  worker->kinds = g_hash_table_new (g_str_hash, g_str_equal);
  worker->last_tenants = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  worker->live = g_ptr_array_new ();
  worker->threads = g_ptr_array_new ();
  worker->mean_job_us = G_USEC_PER_SEC / 10;
  g_queue_init (&worker->waiting);
  g_mutex_init (&worker->lock);
  g_cond_init (&worker->slots_changed);
  g_cond_init (&worker->jobs_changed);
  for (const ArmmsRoom *room = rooms; room->name != NULL; room++)
    add_room (worker, room);
  return worker;
}

gboolean
armms_worker_start (ArmmsWorker *worker, GError **error)
{
  g_return_val_if_fail (!worker->started, FALSE);

  if (!armms_worker_prepare_readers (worker, error))
    return FALSE;
  worker->started = TRUE;
  worker->kept_at = g_get_monotonic_time ();
  for (guint d = 0; d < worker->databases->len; d++)
    {
      Database *database = g_ptr_array_index (worker->databases, d);

      database->listener = armms_doorbell_listen (worker->db, database->name, on_rung_cb, database);
    }
  for (guint i = 0; i < worker->options.stream_threads; i++)
    g_ptr_array_add (worker->threads, g_thread_new ("streams", armms_worker_stream_thread, worker));
  for (guint i = 0; i < worker->options.job_threads; i++)
    g_ptr_array_add (worker->threads, g_thread_new ("jobs", armms_worker_job_thread, worker));
  worker->keeper = g_thread_new ("keeper", keep_thread, worker);
  return TRUE;
}

/* Threads that do not come to rest in time are left to the end of the process: their leases run out. */
static gboolean
wait_for_rest (ArmmsWorker *worker)
{
  const gint64 deadline = g_get_monotonic_time () + (gint64) worker->options.grace_seconds * G_USEC_PER_SEC;
  gboolean rest = FALSE;

  while (!rest && g_get_monotonic_time () < deadline)
    {
      g_mutex_lock (&worker->lock);
      rest = worker->running == 0 && !worker->claiming;
      for (guint i = 0; rest && i < worker->readers->len; i++)
        {
          Reader *reader = g_ptr_array_index (worker->readers, i);

          for (guint s = 0; rest && s < reader->slots->len; s++)
            rest = !((Slot *) g_ptr_array_index (reader->slots, s))->busy;
        }
      g_mutex_unlock (&worker->lock);
      if (!rest)
        {
          armms_worker_keep_jobs (worker);
          g_usleep (20 * 1000);
        }
    }
  return rest;
}

static void
say_goodbye (ArmmsWorker *worker)
{
  for (guint d = 0; d < worker->databases->len; d++)
    {
      const Database *database = g_ptr_array_index (worker->databases, d);
      g_autoptr(GError) error = NULL;
      g_autoptr(ArmmsWork) work = armms_worker_begin (worker, database, &error);

      if (work == NULL
          || !armms_work_execute (work, "queue/worker-gone", armms_params_text (armms_params_new (), worker->id), NULL, &error)
          || !armms_work_commit (work, &error))
        g_info ("%s: %s", database->name, error->message);
    }
}

void
armms_worker_stop (ArmmsWorker *worker)
{
  gboolean rest;

  if (!worker->started)
    return;
  g_mutex_lock (&worker->lock);
  worker->stopping = TRUE;
  g_cond_broadcast (&worker->slots_changed);
  g_cond_broadcast (&worker->jobs_changed);
  g_mutex_unlock (&worker->lock);

  for (guint d = 0; d < worker->databases->len; d++)
    g_clear_pointer (&((Database *) g_ptr_array_index (worker->databases, d))->listener, armms_doorbell_listener_free);
  g_thread_join (g_steal_pointer (&worker->keeper));
  armms_worker_end_jobs (worker);
  rest = wait_for_rest (worker);
  if (rest)
    armms_worker_end_jobs (worker); /* what a claim brought in meanwhile */
  else
    g_warning ("not all work came to rest in %u s: its leases will run out", worker->options.grace_seconds);
  armms_worker_release_slots (worker);
  say_goodbye (worker);
  for (guint i = 0; rest && i < worker->threads->len; i++)
    g_thread_join (g_ptr_array_index (worker->threads, i));
  worker->started = !rest;
}

void
armms_worker_free (ArmmsWorker *worker)
{
  if (worker == NULL)
    return;
  armms_worker_stop (worker);
  if (worker->started)
    return; /* a thread still uses it */
  g_ptr_array_unref (worker->threads);
  g_ptr_array_unref (worker->live);
  g_ptr_array_unref (worker->readers);
  g_ptr_array_unref (worker->databases);
  g_hash_table_unref (worker->kinds);
  g_hash_table_unref (worker->last_tenants);
  g_mutex_clear (&worker->lock);
  g_cond_clear (&worker->slots_changed);
  g_cond_clear (&worker->jobs_changed);
  g_free (worker->id);
  g_free (worker);
}

void
armms_worker_get_figures (ArmmsWorker *worker, ArmmsWorkerFigures *ret_figures)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&worker->lock);

  *ret_figures = worker->figures;
  ret_figures->jobs_running = worker->running;
  for (guint i = 0; i < worker->readers->len; i++)
    {
      Reader *reader = g_ptr_array_index (worker->readers, i);

      for (guint s = 0; s < reader->slots->len; s++)
        ret_figures->slots_held += ((Slot *) g_ptr_array_index (reader->slots, s))->held ? 1 : 0;
    }
}

gint64
armms_worker_get_silence (ArmmsWorker *worker)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&worker->lock);

  return g_get_monotonic_time () - worker->kept_at;
}
