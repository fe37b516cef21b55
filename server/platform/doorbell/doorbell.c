#define G_LOG_DOMAIN "armms-doorbell"

#include "server/platform/doorbell/doorbell.h"

#include <glib-unix.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define SETTLE_US (20 * 1000)           /* so that the ringing transaction has most likely been committed */
#define GAP_US (100 * 1000)             /* ten times a second */
#define RETRY_US (5 * G_USEC_PER_SEC)   /* a connection that fails */

/* ---- ringing ---------------------------------------------------------------------------------------------------- */

typedef struct {
  ArmmsDb *db;           /* borrowed: only a key, never used by the thread */
  char *database;        /* owned */
  PGconn *connection;    /* owned, nullable; the thread's */
  GHashTable *topics;    /* owned: rung and not sent yet */
  gint64 due_at;         /* monotonic; 0: nothing to send */
  gint64 sent_at;
  gint64 failed_at;
  gboolean gone;
} Bell;

static GMutex bells_lock;
static GCond bells_changed;
static GPtrArray *bells;   /* of Bell, guarded */
static GThread *bells_thread;

static void
bell_free (gpointer data)
{
  Bell *bell = data;

  g_clear_pointer (&bell->connection, PQfinish);
  g_hash_table_unref (bell->topics);
  g_free (bell->database);
  g_free (bell);
}

static void
send_rings (PGconn *connection, char **topics)
{
  if (PQstatus (connection) != CONNECTION_OK)
    PQreset (connection);
  for (char **topic = topics; *topic != NULL; topic++)
    {
      const char *values[] = { ARMMS_DOORBELL_CHANNEL, *topic };
      PGresult *result = PQexecParams (connection, "select pg_notify($1, $2)", 2, NULL, values, NULL, NULL, 0);

      if (PQresultStatus (result) != PGRES_TUPLES_OK)
        g_info ("could not ring: %s", PQerrorMessage (connection));
      PQclear (result);
    }
}

/* Takes what is due of one bell and sends it without the lock. */
static void
serve_bell (Bell *bell, gint64 now)
{
  g_auto(GStrv) topics = NULL;
  guint n = 0;
  GHashTableIter iter;
  gpointer topic;

  topics = g_new0 (char *, g_hash_table_size (bell->topics) + 1);
  g_hash_table_iter_init (&iter, bell->topics);
  while (g_hash_table_iter_next (&iter, &topic, NULL))
    topics[n++] = g_strdup (topic);
  g_hash_table_remove_all (bell->topics);
  bell->due_at = 0;
  bell->sent_at = now;
  g_mutex_unlock (&bells_lock);
  send_rings (bell->connection, topics);
  g_mutex_lock (&bells_lock);
}

static gpointer
ring_thread (gpointer data)
{
  g_mutex_lock (&bells_lock);
  for (;;)
    {
      gint64 next = G_MAXINT64, now = g_get_monotonic_time ();
      gboolean served = FALSE;

      for (guint i = 0; i < bells->len; i++)
        {
          Bell *bell = g_ptr_array_index (bells, i);

          if (bell->gone)
            {
              g_ptr_array_remove_index_fast (bells, i);
              g_cond_broadcast (&bells_changed);
              served = TRUE;
              break;
            }
          if (bell->due_at == 0)
            continue;
          if (bell->due_at <= now)
            {
              serve_bell (bell, now);
              served = TRUE;
              break; /* the table may have changed while we were away */
            }
          next = MIN (next, bell->due_at);
        }
      if (served)
        continue;
      if (next == G_MAXINT64)
        g_cond_wait (&bells_changed, &bells_lock);
      else
        g_cond_wait_until (&bells_changed, &bells_lock, next);
    }
  return NULL;
}

static Bell *
find_bell (ArmmsDb *db, const char *database)
{
  for (guint i = 0; bells != NULL && i < bells->len; i++)
    {
      Bell *bell = g_ptr_array_index (bells, i);

      if (bell->db == db && !bell->gone && g_str_equal (bell->database, database))
        return bell;
    }
  return NULL;
}

static Bell *
add_bell (ArmmsDb *db, const char *database)
{
  Bell *bell = g_new0 (Bell, 1);

  bell->db = db;
  bell->database = g_strdup (database);
  bell->topics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (bells == NULL)
    bells = g_ptr_array_new_with_free_func (bell_free);
  g_ptr_array_add (bells, bell);
  if (bells_thread == NULL)
    bells_thread = g_thread_new ("doorbell", ring_thread, NULL);
  return bell;
}

void
armms_doorbell_ring_database (ArmmsDb *db, const char *database, const char *topic)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&bells_lock);
  const gint64 now = g_get_monotonic_time ();
  Bell *bell = find_bell (db, database);

  if (bell == NULL)
    bell = add_bell (db, database);
  if (bell->connection == NULL)
    {
      g_autoptr(GError) error = NULL;

      if (bell->failed_at != 0 && now - bell->failed_at < RETRY_US)
        return;
      bell->connection = armms_db_connect (db, database, &error);
      if (bell->connection == NULL)
        {
          bell->failed_at = now;
          g_info ("no doorbell for %s: %s", database, error->message);
          return;
        }
    }
  g_hash_table_add (bell->topics, g_strdup (topic));
  if (bell->due_at == 0)
    {
      bell->due_at = MAX (now + SETTLE_US, bell->sent_at + GAP_US);
      g_cond_broadcast (&bells_changed);
    }
}

void
armms_doorbell_ring (ArmmsWork *work, const char *topic)
{
  armms_doorbell_ring_database (armms_work_get_db (work), armms_work_get_database (work), topic);
}

void
armms_doorbell_stop (ArmmsDb *db)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&bells_lock);
  gboolean waiting;

  do
    {
      waiting = FALSE;
      for (guint i = 0; bells != NULL && i < bells->len; i++)
        {
          Bell *bell = g_ptr_array_index (bells, i);

          if (bell->db == db)
            {
              bell->gone = TRUE;
              waiting = TRUE;
            }
        }
      if (waiting)
        {
          g_cond_broadcast (&bells_changed);
          g_cond_wait (&bells_changed, &bells_lock);
        }
    }
  while (waiting);
}

/* ---- hearing ---------------------------------------------------------------------------------------------------- */

struct _ArmmsDoorbellListener {
  ArmmsDb *db;       /* borrowed */
  char *database;    /* owned */
  void (*on_ring) (const char *topic, gpointer user_data);
  gpointer user_data;
  int stop_fd;
  GThread *thread;
};

/* TRUE when it is time to end. */
static gboolean
wait_for (ArmmsDoorbellListener *self, int fd, int timeout_ms)
{
  struct pollfd fds[] = { { .fd = self->stop_fd, .events = POLLIN }, { .fd = fd, .events = POLLIN } };

  (void) poll (fds, fd >= 0 ? 2 : 1, timeout_ms);
  return (fds[0].revents & POLLIN) != 0;
}

static PGconn *
connect_and_listen (ArmmsDoorbellListener *self)
{
  g_autoptr(GError) error = NULL;
  PGconn *connection = armms_db_connect (self->db, self->database, &error);
  PGresult *result;

  if (connection == NULL)
    {
      g_info ("cannot listen to %s: %s", self->database, error->message);
      return NULL;
    }
  result = PQexec (connection, "listen " ARMMS_DOORBELL_CHANNEL);
  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    g_clear_pointer (&connection, PQfinish);
  PQclear (result);
  return connection;
}

static gpointer
listen_thread (gpointer data)
{
  ArmmsDoorbellListener *self = data;
  PGconn *connection = NULL;
  guint failures = 0;

  for (;;)
    {
      PGnotify *notify;

      if (connection == NULL)
        {
          connection = connect_and_listen (self);
          if (connection == NULL)
            {
              if (wait_for (self, -1, (int) MIN (200u << MIN (failures++, 5u), 5000u) + g_random_int_range (0, 200)))
                break;
              continue;
            }
          failures = 0;
          self->on_ring (NULL, self->user_data);
        }
      if (wait_for (self, PQsocket (connection), 5000))
        break;
      if (!PQconsumeInput (connection) || PQstatus (connection) != CONNECTION_OK)
        {
          g_clear_pointer (&connection, PQfinish);
          continue;
        }
      while ((notify = PQnotifies (connection)) != NULL)
        {
          self->on_ring (notify->extra, self->user_data);
          PQfreemem (notify);
        }
    }
  g_clear_pointer (&connection, PQfinish);
  return NULL;
}

ArmmsDoorbellListener *
armms_doorbell_listen (ArmmsDb     *db,
                       const char  *database,
                       void       (*on_ring) (const char *topic, gpointer user_data),
                       gpointer     user_data)
{
  ArmmsDoorbellListener *self = g_new0 (ArmmsDoorbellListener, 1);

  self->db = db;
  self->database = g_strdup (database);
  self->on_ring = on_ring;
  self->user_data = user_data;
  self->stop_fd = eventfd (0, EFD_CLOEXEC);
  self->thread = g_thread_new ("doorbell-listen", listen_thread, self);
  return self;
}

void
armms_doorbell_listener_free (ArmmsDoorbellListener *listener)
{
  const guint64 one = 1;

  if (listener == NULL)
    return;
  if (write (listener->stop_fd, &one, sizeof one) < 0)
    g_warning ("cannot stop the doorbell");
  g_thread_join (listener->thread);
  close (listener->stop_fd);
  g_free (listener->database);
  g_free (listener);
}
