#define G_LOG_DOMAIN "armms-worker"

#include "server/programs/work/worker-private.h"

#define CAREFUL_AFTER 5
#define RECHECKS 3
#define RECHECK_US (80 * 1000)

/* ---- leases ----------------------------------------------------------------------------------------------------- */

/* A cursor is a place among the transaction ids of one cluster: in another one it would mean nothing. */
static gboolean
bind_reader (ArmmsWorker *worker, Reader *reader, GError **error)
{
  gint64 system, epoch;

  {
    g_autoptr(ArmmsWork) work = armms_worker_begin (worker, reader->source, error);
    g_autoptr(ArmmsRows) rows = NULL;

    if (work == NULL)
      return FALSE;
    rows = armms_work_query_one (work, "queue/stream-source", NULL, "stream source", error);
    if (rows == NULL)
      return FALSE;
    system = armms_rows_integer (rows, 0, "here");
    epoch = armms_rows_integer (rows, 0, "epoch");
    if (armms_rows_integer (rows, 0, "recorded") != system)
      {
        armms_error_set (error, ARMMS_ERROR_STALE, "stream.rebase_needed",
                         "database %s was restored into another cluster: run armmsctl queue rebase", reader->source->name);
        return FALSE;
      }
  }
  {
    g_autoptr(ArmmsWork) work = armms_worker_begin (worker, reader->database, error);
    g_autoptr(ArmmsRows) rows = NULL;
    ArmmsParams *params;

    if (work == NULL)
      return FALSE;
    params = armms_params_new ();
    armms_params_text (params, reader->reader->name);
    armms_params_integer (params, reader->reader->slots);
    if (!armms_work_execute (work, "queue/stream-prepare", params, NULL, error))
      return FALSE;
    params = armms_params_new ();
    armms_params_text (params, reader->reader->name);
    armms_params_integer (params, system);
    armms_params_integer (params, epoch);
    armms_params_text (params, reader->reader->table);
    rows = armms_work_query (work, "queue/stream-bind", params, error);
    if (rows == NULL)
      return FALSE;
    for (guint i = 0; i < armms_rows_count (rows); i++)
      if (armms_rows_integer (rows, i, "source_system") != system || armms_rows_integer (rows, i, "source_epoch") != epoch)
        {
          armms_error_set (error, ARMMS_ERROR_STALE, "stream.rebase_needed",
                           "reader %s stands in another cluster's stream: run armmsctl queue rebase", reader->reader->name);
          return FALSE;
        }
    return armms_work_commit (work, error);
  }
}

gboolean
armms_worker_prepare_readers (ArmmsWorker *worker, GError **error)
{
  for (guint i = 0; i < worker->readers->len; i++)
    if (!bind_reader (worker, g_ptr_array_index (worker->readers, i), error))
      return FALSE;
  return TRUE;
}

static void
take_leases (ArmmsWorker *worker, Reader *reader, guint wanted)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsWork) work = armms_worker_begin (worker, reader->database, &error);
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params = armms_params_new ();

  armms_params_text (params, reader->reader->name);
  armms_params_text (params, worker->id);
  armms_params_integer (params, ARMMS_STREAM_LEASE_MS);
  armms_params_integer (params, wanted);
  if (work != NULL)
    rows = armms_work_query (work, "queue/stream-lease", g_steal_pointer (&params), &error);
  g_clear_pointer (&params, armms_params_free);
  if (rows == NULL || !armms_work_commit (work, &error))
    {
      g_info ("no slots of %s: %s", reader->reader->name, error->message);
      return;
    }

  g_mutex_lock (&worker->lock);
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      const guint number = (guint) armms_rows_integer (rows, i, "slot");
      Slot *slot;

      if (number >= reader->slots->len)
        continue; /* of an older deployment with more slots */
      slot = g_ptr_array_index (reader->slots, number);
      slot->stream.lease_no = armms_rows_integer (rows, i, "lease_no");
      slot->stream.after_xid = (guint64) armms_rows_integer (rows, i, "cursor_xid");
      slot->stream.after_id = armms_rows_id (rows, i, "cursor_id");
      slot->failures = (guint) armms_rows_integer (rows, i, "failures");
      slot->hiccups = 0;
      slot->due_at = 0;
      slot->release = FALSE;
      slot->taken_at = g_get_monotonic_time ();
      slot->held = TRUE;
    }
  g_cond_broadcast (&worker->slots_changed);
  g_mutex_unlock (&worker->lock);
}

static void
release_slot (ArmmsWorker *worker, Slot *slot)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsWork) work = armms_worker_begin (worker, slot->reader->database, &error);
  ArmmsParams *params = armms_params_new ();
  gboolean ok = FALSE;

  armms_params_text (params, slot->reader->reader->name);
  armms_params_integer (params, slot->stream.slot);
  armms_params_integer (params, slot->stream.lease_no);
  if (work != NULL)
    ok = armms_work_execute (work, "queue/stream-release", g_steal_pointer (&params), NULL, &error) && armms_work_commit (work, &error);
  g_clear_pointer (&params, armms_params_free);
  if (!ok)
    g_info ("slot %u of %s was not handed back: %s", slot->stream.slot, slot->reader->reader->name, error->message);
}

/* Equal parts for all workers that live: takes what is free up to its part, gives back what is more. */
void
armms_worker_share_slots (ArmmsWorker *worker)
{
  for (guint i = 0; i < worker->readers->len; i++)
    {
      Reader *reader = g_ptr_array_index (worker->readers, i);
      const guint workers = MAX (1, reader->database->workers);
      const guint part = (reader->reader->slots + workers - 1) / workers;
      guint held = 0;
      gboolean stopping;

      g_mutex_lock (&worker->lock);
      stopping = worker->stopping;
      for (guint s = 0; s < reader->slots->len; s++)
        {
          Slot *slot = g_ptr_array_index (reader->slots, s);

          if (!slot->held)
            continue;
          /* What is too much is handed back by the stream thread, between two passes. */
          slot->release = held >= part;
          if (slot->release)
            slot->due_at = 0;
          else
            held++;
        }
      g_cond_broadcast (&worker->slots_changed);
      g_mutex_unlock (&worker->lock);
      if (held < part && !stopping)
        take_leases (worker, reader, part - held);
    }
}

/* What the database does not say is ours is not ours: while a slot had nothing to read, nobody would have told us. */
static void
forget_lost_slots (ArmmsWorker *worker, const Database *database, ArmmsRows *held)
{
  g_mutex_lock (&worker->lock);
  for (guint i = 0; i < worker->readers->len; i++)
    {
      Reader *reader = g_ptr_array_index (worker->readers, i);

      if (reader->database != database)
        continue;
      for (guint s = 0; s < reader->slots->len; s++)
        {
          Slot *slot = g_ptr_array_index (reader->slots, s);
          gboolean ours = FALSE;

          /* One that is busy finds out by itself; one that was taken while we asked has the newer number. */
          if (!slot->held || slot->busy || slot->taken_at >= worker->renewing_since)
            continue;
          for (guint r = 0; r < armms_rows_count (held) && !ours; r++)
            ours = armms_rows_integer (held, r, "slot") == slot->stream.slot && armms_rows_integer (held, r, "lease_no") == slot->stream.lease_no
                   && g_str_equal (armms_rows_text (held, r, "reader"), reader->reader->name);
          if (!ours)
            {
              g_message ("%s, slot %u: the lease was lost", reader->reader->name, slot->stream.slot);
              slot->held = FALSE;
            }
        }
    }
  g_mutex_unlock (&worker->lock);
}

void
armms_worker_renew_slots (ArmmsWorker *worker)
{
  for (guint d = 0; d < worker->databases->len; d++)
    {
      const Database *database = g_ptr_array_index (worker->databases, d);
      g_autoptr(GError) error = NULL;
      g_autoptr(ArmmsWork) work = NULL;
      g_autoptr(ArmmsRows) held = NULL;
      ArmmsParams *params = armms_params_new ();

      worker->renewing_since = g_get_monotonic_time ();
      work = armms_worker_begin (worker, database, &error);
      armms_params_text (params, worker->id);
      armms_params_integer (params, ARMMS_STREAM_LEASE_MS);
      if (work != NULL && armms_work_execute (work, "queue/stream-renew", g_steal_pointer (&params), NULL, &error))
        held = armms_work_query (work, "queue/stream-held", armms_params_text (armms_params_new (), worker->id), &error);
      g_clear_pointer (&params, armms_params_free);
      if (held == NULL || !armms_work_commit (work, &error))
        g_info ("leases in %s were not renewed: %s", database->name, error->message);
      else
        forget_lost_slots (worker, database, held);
    }
}

void
armms_worker_release_slots (ArmmsWorker *worker)
{
  for (guint i = 0; i < worker->readers->len; i++)
    {
      Reader *reader = g_ptr_array_index (worker->readers, i);

      for (guint s = 0; s < reader->slots->len; s++)
        {
          Slot *slot = g_ptr_array_index (reader->slots, s);

          if (slot->held && !slot->busy)
            {
              release_slot (worker, slot);
              slot->held = FALSE;
            }
        }
    }
}

/* A reader wakes when its own table has grown; one whose table has no name wakes with all. */
static gboolean
hears (const Reader *reader, const Database *database, const char *topic)
{
  return reader->source == database && (topic == NULL || reader->reader->table == NULL || g_str_equal (topic, reader->reader->table));
}

void
armms_worker_ring_slots (ArmmsWorker *worker, const Database *database, const char *topic)
{
  g_mutex_lock (&worker->lock);
  for (guint i = 0; i < worker->readers->len; i++)
    {
      Reader *reader = g_ptr_array_index (worker->readers, i);

      if (!hears (reader, database, topic))
        continue;
      for (guint s = 0; s < reader->slots->len; s++)
        {
          Slot *slot = g_ptr_array_index (reader->slots, s);

          slot->rung = TRUE;
          slot->rechecks = RECHECKS;
          if (slot->hiccups == 0)
            slot->due_at = 0;
        }
    }
  g_cond_broadcast (&worker->slots_changed);
  g_mutex_unlock (&worker->lock);
}

/* ---- passes ----------------------------------------------------------------------------------------------------- */

static gint64
backoff_us (guint hiccups)
{
  return armms_worker_jitter (MIN (G_GINT64_CONSTANT (200000) << MIN (hiccups, 8), 30 * G_USEC_PER_SEC));
}

/* The slot that has waited longest; NULL with the time of the next one. Under the lock. */
static Slot *
pick_slot (ArmmsWorker *worker, gint64 now, gint64 *ret_next)
{
  Slot *best = NULL;

  *ret_next = G_MAXINT64;
  for (guint i = 0; i < worker->readers->len; i++)
    {
      Reader *reader = g_ptr_array_index (worker->readers, i);

      for (guint s = 0; s < reader->slots->len; s++)
        {
          Slot *slot = g_ptr_array_index (reader->slots, s);

          if (!slot->held || slot->busy)
            continue;
          if (slot->due_at <= now && (best == NULL || slot->due_at < best->due_at))
            best = slot;
          *ret_next = MIN (*ret_next, slot->due_at);
        }
    }
  return best;
}

/* Counts the failure where people and the next holder see it, and takes up the cursor that is in the database. */
static gboolean
recover_slot (ArmmsWorker *worker, Slot *slot, const GError *cause)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsWork) work = armms_worker_begin (worker, slot->reader->database, &error);
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params;

  if (work == NULL)
    return TRUE; /* away: the lease shows */
  if (!armms_stream_error_is_transient (cause))
    {
      params = armms_params_new ();
      armms_params_text (params, slot->reader->reader->name);
      armms_params_integer (params, slot->stream.slot);
      armms_params_integer (params, slot->stream.lease_no);
      armms_params_text (params, cause->message);
      if (!armms_work_execute (work, "queue/stream-failed", params, NULL, &error))
        return TRUE;
    }
  params = armms_params_new ();
  armms_params_text (params, slot->reader->reader->name);
  armms_params_integer (params, slot->stream.slot);
  armms_params_integer (params, slot->stream.lease_no);
  rows = armms_work_query (work, "queue/stream-cursor", params, &error);
  if (rows == NULL || !armms_work_commit (work, &error))
    return TRUE;
  if (armms_rows_count (rows) == 0)
    return FALSE;
  slot->stream.after_xid = (guint64) armms_rows_integer (rows, 0, "cursor_xid");
  slot->stream.after_id = armms_rows_id (rows, 0, "cursor_id");
  return TRUE;
}

static void
serve_slot (ArmmsWorker *worker, Slot *slot)
{
  g_autoptr(GError) error = NULL;
  const ArmmsStreamReader *reader = slot->reader->reader;
  const gboolean careful = slot->failures >= CAREFUL_AFTER;
  gboolean more = FALSE, ok, held = TRUE;

  slot->stream.next_xid = slot->stream.after_xid;
  slot->stream.next_id = slot->stream.after_id;
  ok = reader->on_slot (&slot->stream, careful, &more, &error);
  if (ok)
    {
      slot->stream.after_xid = slot->stream.next_xid;
      slot->stream.after_id = slot->stream.next_id;
    }
  else
    {
      g_warning ("%s, slot %u%s: %s", reader->name, slot->stream.slot, careful ? " (careful)" : "", error->message);
      held = !g_str_equal (armms_error_get_code (error), "stream.lease_lost") && recover_slot (worker, slot, error);
    }

  g_mutex_lock (&worker->lock);
  worker->figures.passes++;
  slot->busy = FALSE;
  if (!held)
    {
      g_warning ("%s, slot %u: the lease was lost", reader->name, slot->stream.slot);
      slot->held = FALSE;
    }
  if (ok)
    {
      slot->failures = slot->hiccups = 0;
      /* What came while it ran has rung, or is about to. */
      if (more || slot->rung)
        slot->due_at = 0;
      else if (slot->rechecks > 0)
        slot->due_at = g_get_monotonic_time () + (RECHECK_US << (RECHECKS - slot->rechecks--));
      else
        slot->due_at = g_get_monotonic_time () + armms_worker_jitter (ARMMS_WORKER_POLL_US);
    }
  else
    {
      worker->figures.pass_failures++;
      if (!armms_stream_error_is_transient (error))
        slot->failures++;
      slot->due_at = g_get_monotonic_time () + backoff_us (slot->hiccups++);
    }
  g_cond_broadcast (&worker->slots_changed);
  g_mutex_unlock (&worker->lock);
}

gpointer
armms_worker_stream_thread (gpointer data)
{
  ArmmsWorker *worker = data;

  g_mutex_lock (&worker->lock);
  while (!worker->stopping)
    {
      gint64 next;
      Slot *slot = pick_slot (worker, g_get_monotonic_time (), &next);

      if (slot == NULL)
        {
          if (next == G_MAXINT64)
            g_cond_wait (&worker->slots_changed, &worker->lock);
          else
            g_cond_wait_until (&worker->slots_changed, &worker->lock, next);
          continue;
        }
      slot->busy = TRUE;
      slot->rung = FALSE;
      g_mutex_unlock (&worker->lock);
      if (slot->release)
        {
          release_slot (worker, slot);
          g_mutex_lock (&worker->lock);
          slot->held = slot->busy = FALSE;
          continue;
        }
      serve_slot (worker, slot);
      g_mutex_lock (&worker->lock);
    }
  g_mutex_unlock (&worker->lock);
  return NULL;
}
