#define G_LOG_DOMAIN "armms-worker"

#include "server/programs/work/worker-private.h"

#define AHEAD_US (100 * 1000) /* so much work is claimed ahead of what runs: many small jobs at once, long ones singly */
#define MAX_CLAIM 100

static GPtrArray *
claim_from (ArmmsWorker *worker, const Database *database, guint quantity)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new ();
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autoptr(GArray) leases = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsWork) work = NULL;
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params;
  GHashTableIter iter;
  gpointer name, kind;

  g_hash_table_iter_init (&iter, worker->kinds);
  while (g_hash_table_iter_next (&iter, &name, &kind))
    {
      const gint64 lease = armms_job_kind_lease (kind);

      g_ptr_array_add (names, name);
      g_array_append_val (leases, lease);
    }
  work = armms_worker_begin (worker, database, &error);
  if (work == NULL)
    return g_steal_pointer (&jobs);
  params = armms_params_new ();
  armms_params_texts (params, (const char *const *) names->pdata, names->len);
  armms_params_integers (params, (const gint64 *) (gpointer) leases->data, leases->len);
  armms_params_text (params, worker->id);
  armms_params_integer (params, quantity);
  armms_params_id (params, g_hash_table_lookup (worker->last_tenants, database->name));
  rows = armms_work_query (work, "queue/job-claim", params, &error);
  if (rows == NULL || !armms_work_commit (work, &error))
    {
      g_info ("no jobs of %s: %s", database->name, error->message);
      return g_steal_pointer (&jobs);
    }
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      const ArmmsId tenant_id = armms_rows_id (rows, i, "tenant_id");
      ArmmsJobKind *found = g_hash_table_lookup (worker->kinds, armms_rows_text (rows, i, "queue_name"));

      g_ptr_array_add (jobs, armms_job_new (worker->db, database->schema, found, rows, i));
      g_hash_table_replace (worker->last_tenants, (gpointer) database->name, g_memdup2 (&tenant_id, sizeof tenant_id));
    }
  return g_steal_pointer (&jobs);
}

/* One thread at a time looks for jobs, for all. Called with the lock, which it lets go meanwhile. */
static void
claim (ArmmsWorker *worker)
{
  const guint idle = MAX (1, worker->options.job_threads - worker->running);
  const guint quantity = (guint) CLAMP (idle * MAX (1, AHEAD_US / MAX (1, worker->mean_job_us)), 1, MAX_CLAIM);
  g_autoptr(GPtrArray) all = g_ptr_array_new ();

  worker->claiming = TRUE;
  worker->jobs_rung = FALSE;
  g_mutex_unlock (&worker->lock);
  for (guint d = 0; d < worker->databases->len && all->len < quantity; d++)
    {
      g_autoptr(GPtrArray) some = claim_from (worker, g_ptr_array_index (worker->databases, d), quantity - all->len);

      for (guint i = 0; i < some->len; i++)
        g_ptr_array_add (all, g_ptr_array_index (some, i));
    }
  g_mutex_lock (&worker->lock);
  for (guint i = 0; i < all->len; i++)
    {
      g_queue_push_tail (&worker->waiting, g_ptr_array_index (all, i));
      g_ptr_array_add (worker->live, g_ptr_array_index (all, i));
    }
  worker->claiming = FALSE;
  worker->claim_at = all->len > 0 || worker->jobs_rung ? 0 : g_get_monotonic_time () + armms_worker_jitter (ARMMS_WORKER_POLL_US);
  g_cond_broadcast (&worker->jobs_changed);
}

static void
run_job (ArmmsWorker *worker, ArmmsJob *job)
{
  const gint64 began = g_get_monotonic_time ();
  gint64 took;

  armms_job_execute (job);
  took = g_get_monotonic_time () - began;

  g_mutex_lock (&worker->lock);
  worker->running--;
  worker->mean_job_us += (took - worker->mean_job_us) / 8;
  worker->figures.jobs_done++;
  g_ptr_array_remove_fast (worker->live, job);
  g_mutex_unlock (&worker->lock);
  armms_job_unref (job);
}

gpointer
armms_worker_job_thread (gpointer data)
{
  ArmmsWorker *worker = data;

  g_mutex_lock (&worker->lock);
  while (!worker->stopping)
    {
      ArmmsJob *job = g_queue_pop_head (&worker->waiting);
      const gint64 now = g_get_monotonic_time ();

      if (job != NULL)
        {
          worker->running++;
          g_mutex_unlock (&worker->lock);
          run_job (worker, job);
          g_mutex_lock (&worker->lock);
        }
      else if (!worker->claiming && worker->claim_at <= now)
        claim (worker);
      else if (worker->claiming)
        g_cond_wait (&worker->jobs_changed, &worker->lock);
      else
        g_cond_wait_until (&worker->jobs_changed, &worker->lock, worker->claim_at);
    }
  g_mutex_unlock (&worker->lock);
  return NULL;
}

/* Leases and progress of all that was claimed, also of what still waits here. */
void
armms_worker_keep_jobs (ArmmsWorker *worker)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) armms_job_unref);

  g_mutex_lock (&worker->lock);
  for (guint i = 0; i < worker->live->len; i++)
    g_ptr_array_add (jobs, armms_job_ref (g_ptr_array_index (worker->live, i)));
  g_mutex_unlock (&worker->lock);
  for (guint i = 0; i < jobs->len; i++)
    armms_job_beat (g_ptr_array_index (jobs, i), /* force= */ FALSE);
}

/* What has not begun goes back; what runs is asked to come to its next safe point. */
void
armms_worker_end_jobs (ArmmsWorker *worker)
{
  g_autoptr(GPtrArray) waiting = g_ptr_array_new ();
  ArmmsJob *job;

  g_mutex_lock (&worker->lock);
  while ((job = g_queue_pop_head (&worker->waiting)) != NULL)
    {
      g_ptr_array_add (waiting, job);
      g_ptr_array_remove_fast (worker->live, job);
    }
  for (guint i = 0; i < worker->live->len; i++)
    armms_job_set_stop (g_ptr_array_index (worker->live, i), ARMMS_JOB_ENDING);
  g_mutex_unlock (&worker->lock);

  for (guint i = 0; i < waiting->len; i++)
    {
      job = g_ptr_array_index (waiting, i);
      armms_job_hand_back (job);
      armms_job_unref (job);
    }
}
