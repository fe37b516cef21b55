#include "server/platform/http/door.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#define READ_SIZE 16384
#define LINGER_US (2 * G_USEC_PER_SEC)
#define LINGER_BYTES (1024 * 1024)
#define TICK_MS 500
#define ACCEPT_AT_ONCE 128

typedef enum { PHASE_HANDSHAKE, PHASE_OPEN, PHASE_LINGER, PHASE_CLOSED } Phase;

struct _ArmmsDoor {
  ArmmsDoorLimits limits;
  GTlsCertificate *certificate; /* owned, nullable */
  ArmmsBodyCap cap;
  ArmmsDoorFunc func;
  gpointer data;
  GSocket *listener;            /* owned, nullable */
  GSource *incoming;            /* owned, nullable */
  GHashTable *streams;          /* set of DoorStream, one reference each */
  GHashTable *peers;            /* address text -> GUINT count */
  guint tick;
  gboolean closing;
  ArmmsDoorFigures figures;
};

#define DOOR_TYPE_STREAM (door_stream_get_type ())
G_DECLARE_FINAL_TYPE (DoorStream, door_stream, DOOR, STREAM, GIOStream)
#define DOOR_TYPE_INPUT (door_input_get_type ())
G_DECLARE_FINAL_TYPE (DoorInput, door_input, DOOR, INPUT, GInputStream)

struct _DoorStream {
  GIOStream parent_instance;
  ArmmsDoor *door;              /* NULL once the door let go of it */
  GIOStream *base;              /* owned: the socket, or TLS over it */
  GSocket *socket;              /* owned */
  DoorInput *input;             /* owned */
  char *peer;                   /* owned */
  Phase phase;
  ArmmsFraming framing;
  ArmmsFramingState timed;      /* the state @deadline_us was set for */
  gint64 deadline_us;
  gsize lingered;
  GSource *linger;              /* owned, nullable */
};

struct _DoorInput {
  GInputStream parent_instance;
  DoorStream *stream;           /* its owner */
  GByteArray *bytes;            /* read from the base */
  gsize start;                  /* first byte not handed on */
  gsize ready;                  /* how many from @start may be */
  gboolean handed;              /* something of this message was */
  gboolean ended, farewell;
};

static void door_input_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE (DoorStream, door_stream, G_TYPE_IO_STREAM)
G_DEFINE_FINAL_TYPE_WITH_CODE (DoorInput, door_input, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, door_input_pollable_init))

static void
set_deadline (DoorStream *stream, guint seconds)
{
  stream->deadline_us = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
}

/* A new state has a new deadline; progress inside one has not, or a byte now and then would hold it for ever. */
static void
time_state (DoorStream *stream)
{
  ArmmsDoorLimits *limits = stream->door != NULL ? &stream->door->limits : NULL;

  if (limits == NULL || stream->timed == stream->framing.state)
    return;
  stream->timed = stream->framing.state;
  switch (stream->framing.state)
    {
    case ARMMS_FRAMING_IDLE: set_deadline (stream, limits->idle_seconds); break;
    case ARMMS_FRAMING_HEAD: set_deadline (stream, limits->head_seconds); break;
    case ARMMS_FRAMING_BODY: set_deadline (stream, limits->body_seconds); break;
    case ARMMS_FRAMING_DONE: set_deadline (stream, limits->answer_seconds); break;
    case ARMMS_FRAMING_REFUSED:
    default: break;
    }
}

static void
forget_peer (ArmmsDoor *door, const char *peer)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (door->peers, peer));

  if (count <= 1)
    g_hash_table_remove (door->peers, peer);
  else
    g_hash_table_replace (door->peers, g_strdup (peer), GUINT_TO_POINTER (count - 1));
}

static void
on_base_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_io_stream_close_finish (G_IO_STREAM (source), result, /* error= */ NULL);
}

/* The connection is over: out of the door's books, and the socket goes. */
static void
let_go (DoorStream *stream)
{
  ArmmsDoor *door = g_steal_pointer (&stream->door);

  if (stream->linger != NULL)
    {
      g_source_destroy (stream->linger);
      g_clear_pointer (&stream->linger, g_source_unref);
    }
  if (stream->phase == PHASE_CLOSED)
    return;
  stream->phase = PHASE_CLOSED;
  if (G_IS_TLS_CONNECTION (stream->base))
    g_io_stream_close_async (stream->base, G_PRIORITY_DEFAULT, /* cancellable= */ NULL, on_base_closed_cb, NULL);
  else
    g_io_stream_close (stream->base, /* cancellable= */ NULL, /* error= */ NULL);
  if (door != NULL)
    {
      forget_peer (door, stream->peer);
      g_hash_table_remove (door->streams, stream);
    }
}

/* Ends a connection from our side; libsoup notices by the end of input, or by its next write. */
static void
cut (DoorStream *stream)
{
  stream->input->ended = TRUE;
  g_socket_shutdown (stream->socket, TRUE, TRUE, /* error= */ NULL);
}

static gboolean
on_linger_ready_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  DoorStream *stream = user_data;
  char waste[4096];
  gssize n = g_socket_receive_with_blocking (socket, waste, sizeof waste, FALSE, /* cancellable= */ NULL, /* error= */ NULL);

  if (n > 0 && (stream->lingered += (gsize) n) < LINGER_BYTES)
    return G_SOURCE_CONTINUE;
  let_go (stream);
  return G_SOURCE_REMOVE;
}

/* After a refusal: our half is closed and what still comes is thrown away for a while, or the answer would be lost. */
static void
linger (DoorStream *stream)
{
  stream->phase = PHASE_LINGER;
  stream->deadline_us = g_get_monotonic_time () + LINGER_US;
  g_socket_shutdown (stream->socket, FALSE, TRUE, /* error= */ NULL);
  stream->linger = g_socket_create_source (stream->socket, G_IO_IN | G_IO_HUP | G_IO_ERR, /* cancellable= */ NULL);
  g_source_set_callback (stream->linger, G_SOURCE_FUNC (on_linger_ready_cb), stream, NULL);
  g_source_attach (stream->linger, g_main_context_get_thread_default ());
}

static void
answer_refusal (GIOStream *base, const ArmmsRefusal *refusal)
{
  char request_id[ARMMS_ID_TEXT_SIZE];
  ArmmsId id = armms_id_new ();
  g_autofree char *answer = armms_refusal_to_answer (refusal, armms_id_format (&id, request_id));
  GOutputStream *output = g_io_stream_get_output_stream (base);

  g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (output), answer, strlen (answer),
                                              /* cancellable= */ NULL, /* error= */ NULL);
  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO, "ARMMS_REQUEST_ID", request_id, "ARMMS_CODE", refusal->code,
                    "MESSAGE", "a request was refused at the door: %s", refusal->detail);
}

static void
refuse_message (DoorStream *stream)
{
  stream->input->ended = TRUE;
  if (stream->door != NULL)
    stream->door->figures.refused++;
  answer_refusal (stream->base, &stream->framing.refusal);
}

/* door_input */

static void
check_more (DoorInput *self)
{
  DoorStream *stream = self->stream;

  self->ready = armms_framing_check (&stream->framing, self->bytes->data + self->start, self->bytes->len - self->start);
  if (stream->framing.state == ARMMS_FRAMING_REFUSED)
    refuse_message (stream);
  time_state (stream);
}

static gssize
hand_on (DoorInput *self, void *buffer, gsize count)
{
  gsize n = MIN (count, self->ready);

  memcpy (buffer, self->bytes->data + self->start, n);
  self->start += n;
  self->ready -= n;
  self->handed = TRUE;
  if (self->start == self->bytes->len)
    {
      g_byte_array_set_size (self->bytes, 0);
      self->start = 0;
    }
  return (gssize) n;
}

static gssize
read_base (DoorInput *self, gboolean blocking, GCancellable *cancellable, GError **error)
{
  GInputStream *base = g_io_stream_get_input_stream (self->stream->base);
  guint old;
  gssize n;

  if (self->start > 0)
    {
      g_byte_array_remove_range (self->bytes, 0, (guint) self->start);
      self->start = 0;
    }
  old = self->bytes->len;
  g_byte_array_set_size (self->bytes, old + READ_SIZE);
  n = g_pollable_stream_read (base, self->bytes->data + old, READ_SIZE, blocking, cancellable, error);
  g_byte_array_set_size (self->bytes, old + (n > 0 ? (guint) n : 0));
  return n;
}

/* libsoup asks for more after a whole message: the answer is out, the next message may begin. */
static void
begin_next (DoorInput *self)
{
  if (self->stream->framing.state != ARMMS_FRAMING_DONE || self->ready > 0)
    return;
  armms_framing_next (&self->stream->framing);
  self->handed = FALSE;
  time_state (self->stream);
}

/* The end, so that libsoup 3.2 lets go. Between messages it forgets a connection without closing it, unless a message has
 * begun: it gets a line that begins one, then an error. An error too inside a message: libsoup takes the end of input
 * inside a chunk's size line for the end of the body, and would give half a body to the handler. */
static gssize
say_farewell (DoorInput *self, char *buffer, gsize count, GError **error)
{
  if (!self->handed && !self->farewell && count >= 3)
    {
      self->farewell = TRUE;
      memcpy (buffer, "-\r\n", 3);
      return 3;
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "the connection ended, or its message was refused");
  return -1;
}

static gssize
read_checked (DoorInput *self, void *buffer, gsize count, gboolean blocking, GCancellable *cancellable, GError **error)
{
  DoorStream *stream = self->stream;
  g_autoptr(GError) problem = NULL;

  while (!self->ended && stream->phase == PHASE_OPEN)
    {
      gssize n;

      if (self->ready > 0)
        return hand_on (self, buffer, count);
      begin_next (self);
      if (self->bytes->len > self->start)
        {
          check_more (self);
          if (self->ready > 0 || self->ended)
            continue;
        }
      else if (stream->door != NULL && stream->door->closing && stream->framing.state == ARMMS_FRAMING_IDLE)
        break;
      n = read_base (self, blocking, cancellable, &problem);
      if (n < 0 && g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return -1;
        }
      g_clear_error (&problem);
      if (n <= 0)
        self->ended = TRUE;
      else
        check_more (self);
    }
  return say_farewell (self, buffer, count, error);
}

static gssize
door_input_read (GInputStream *input, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  return read_checked (DOOR_INPUT (input), buffer, count, TRUE, cancellable, error);
}

static gssize
door_input_read_nonblocking (GPollableInputStream *input, void *buffer, gsize count, GError **error)
{
  return read_checked (DOOR_INPUT (input), buffer, count, FALSE, /* cancellable= */ NULL, error);
}

/* Bytes that were read but are not handed on, and that nothing more needs to be read for. */
static gboolean
has_something (DoorInput *self)
{
  return self->ready > 0 || self->ended || self->stream->phase != PHASE_OPEN
         || (self->bytes->len > self->start && self->stream->framing.state == ARMMS_FRAMING_IDLE)
         || (self->stream->door != NULL && self->stream->door->closing && self->stream->framing.state == ARMMS_FRAMING_IDLE);
}

static gboolean
door_input_is_readable (GPollableInputStream *input)
{
  DoorInput *self = DOOR_INPUT (input);

  return has_something (self)
         || g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->stream->base)));
}

static GSource *
door_input_create_source (GPollableInputStream *input, GCancellable *cancellable)
{
  DoorInput *self = DOOR_INPUT (input);
  GInputStream *base = g_io_stream_get_input_stream (self->stream->base);
  g_autoptr(GSource) child = NULL;

  begin_next (self);
  if (has_something (self))
    child = g_timeout_source_new (0);
  else
    child = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (base), cancellable);
  return g_pollable_source_new_full (input, child, cancellable);
}

static void
door_input_finalize (GObject *object)
{
  DoorInput *self = DOOR_INPUT (object);

  g_byte_array_unref (self->bytes);
  G_OBJECT_CLASS (door_input_parent_class)->finalize (object);
}

static void
door_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = door_input_is_readable;
  iface->create_source = door_input_create_source;
  iface->read_nonblocking = door_input_read_nonblocking;
}

static void
door_input_class_init (DoorInputClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = door_input_read;
  G_OBJECT_CLASS (klass)->finalize = door_input_finalize;
}

static void
door_input_init (DoorInput *self)
{
  self->bytes = g_byte_array_new ();
}

/* door_stream */

static GInputStream *
door_stream_get_input (GIOStream *stream)
{
  return G_INPUT_STREAM (DOOR_STREAM (stream)->input);
}

static GOutputStream *
door_stream_get_output (GIOStream *stream)
{
  return g_io_stream_get_output_stream (DOOR_STREAM (stream)->base);
}

static gboolean
door_stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  DoorStream *self = DOOR_STREAM (stream);

  if (self->phase == PHASE_OPEN && self->framing.state == ARMMS_FRAMING_REFUSED && self->door != NULL)
    linger (self);
  else if (self->phase != PHASE_LINGER)
    let_go (self);
  return TRUE;
}

static void
on_close_idle_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
}

static void
door_stream_close_async (GIOStream *stream, int priority, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (stream, cancellable, callback != NULL ? callback : on_close_idle_cb, user_data);

  door_stream_close (stream, cancellable, /* error= */ NULL);
  g_task_return_boolean (task, TRUE);
}

static gboolean
door_stream_close_finish (GIOStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
door_stream_dispose (GObject *object)
{
  DoorStream *self = DOOR_STREAM (object);

  if (self->input != NULL)
    let_go (self);
  G_OBJECT_CLASS (door_stream_parent_class)->dispose (object);
}

static void
door_stream_finalize (GObject *object)
{
  DoorStream *self = DOOR_STREAM (object);

  g_clear_object (&self->input);
  g_clear_object (&self->base);
  g_clear_object (&self->socket);
  g_free (self->peer);
  G_OBJECT_CLASS (door_stream_parent_class)->finalize (object);
}

static void
door_stream_class_init (DoorStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  stream_class->get_input_stream = door_stream_get_input;
  stream_class->get_output_stream = door_stream_get_output;
  stream_class->close_fn = door_stream_close;
  stream_class->close_async = door_stream_close_async;
  stream_class->close_finish = door_stream_close_finish;
  G_OBJECT_CLASS (klass)->dispose = door_stream_dispose;
  G_OBJECT_CLASS (klass)->finalize = door_stream_finalize;
}

static void
door_stream_init (DoorStream *self)
{
  self->input = g_object_new (DOOR_TYPE_INPUT, NULL);
  self->input->stream = self;
}

/* ArmmsDoor */

static void
open_stream (DoorStream *stream)
{
  g_autoptr(GSocketAddress) local = g_socket_get_local_address (stream->socket, /* error= */ NULL);
  g_autoptr(GSocketAddress) remote = g_socket_get_remote_address (stream->socket, /* error= */ NULL);

  if (local == NULL || remote == NULL)
    {
      let_go (stream);
      return;
    }
  stream->phase = PHASE_OPEN;
  /* A connection that says nothing at all is as slow as one that says its head slowly. */
  set_deadline (stream, stream->door->limits.head_seconds);
  stream->timed = ARMMS_FRAMING_IDLE;
  stream->door->func (G_IO_STREAM (stream), local, remote, stream->door->data);
}

static void
on_handshake_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(DoorStream) stream = user_data;
  gboolean good = g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, /* error= */ NULL);

  if (stream->phase != PHASE_HANDSHAKE)
    return;
  if (good && stream->door != NULL)
    open_stream (stream);
  else
    let_go (stream);
}

static gboolean
wrap_in_tls (DoorStream *stream, GSocketConnection *connection, GTlsCertificate *certificate)
{
  static const char *const protocols[] = { "http/1.1", NULL };
  g_autoptr(GIOStream) tls = g_tls_server_connection_new (G_IO_STREAM (connection), certificate, /* error= */ NULL);

  if (tls == NULL)
    return FALSE;
  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (tls), protocols);
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  g_set_object (&stream->base, tls);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, /* cancellable= */ NULL,
                                    on_handshake_done_cb, g_object_ref (stream));
  return TRUE;
}

static char *
peer_of (GSocketConnection *connection)
{
  g_autoptr(GSocketAddress) remote = g_socket_connection_get_remote_address (connection, /* error= */ NULL);

  if (G_IS_INET_SOCKET_ADDRESS (remote))
    return g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
  return g_strdup ("local");
}

static void
turn_away (ArmmsDoor *door, GSocketConnection *connection)
{
  static const ArmmsRefusal full = { 503, "server.full", "too many connections are open" };

  door->figures.turned_away++;
  if (door->certificate == NULL)
    answer_refusal (G_IO_STREAM (connection), &full);
  g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, /* error= */ NULL);
}

static void
take_in (ArmmsDoor *door, GSocketConnection *connection)
{
  g_autofree char *peer = peer_of (connection);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (door->peers, peer));
  DoorStream *stream;

  door->figures.accepted++;
  if (door->closing || g_hash_table_size (door->streams) >= door->limits.max_connections || count >= door->limits.max_per_peer)
    {
      turn_away (door, connection);
      return;
    }
  stream = g_object_new (DOOR_TYPE_STREAM, NULL);
  stream->door = door;
  stream->base = g_object_ref (G_IO_STREAM (connection));
  stream->socket = g_object_ref (g_socket_connection_get_socket (connection));
  stream->peer = g_strdup (peer);
  armms_framing_init (&stream->framing, door->cap, door->data);
  g_socket_set_option (stream->socket, IPPROTO_TCP, TCP_NODELAY, TRUE, /* error= */ NULL);
  g_socket_set_option (stream->socket, IPPROTO_TCP, TCP_USER_TIMEOUT, 1000 * (int) door->limits.answer_seconds, /* error= */ NULL);
  g_hash_table_add (door->streams, stream);
  g_hash_table_replace (door->peers, g_steal_pointer (&peer), GUINT_TO_POINTER (count + 1));
  set_deadline (stream, door->limits.head_seconds);
  if (door->certificate == NULL)
    open_stream (stream);
  else if (!wrap_in_tls (stream, connection, door->certificate))
    let_go (stream);
}

/* Many at a time: a round of the main loop costs something for every open connection. */
static gboolean
on_incoming_cb (GSocket *listener, GIOCondition condition, gpointer user_data)
{
  ArmmsDoor *door = user_data;

  for (guint i = 0; i < ACCEPT_AT_ONCE && !door->closing; i++)
    {
      g_autoptr(GSocket) socket = g_socket_accept (listener, /* cancellable= */ NULL, /* error= */ NULL);
      g_autoptr(GSocketConnection) connection = NULL;

      if (socket == NULL)
        break;
      connection = g_socket_connection_factory_create_connection (socket);
      take_in (door, connection);
    }
  return G_SOURCE_CONTINUE;
}

static void
expire (ArmmsDoor *door, DoorStream *stream)
{
  static const ArmmsRefusal slow_head = { 408, "request.slow_head", "the head took too long" };
  static const ArmmsRefusal slow_body = { 408, "request.slow_body", "the body took too long" };

  door->figures.timed_out++;
  if (stream->phase == PHASE_LINGER || stream->phase == PHASE_HANDSHAKE)
    {
      g_socket_shutdown (stream->socket, TRUE, TRUE, /* error= */ NULL);
      let_go (stream);
      return;
    }
  if (stream->framing.state == ARMMS_FRAMING_HEAD)
    answer_refusal (stream->base, &slow_head);
  else if (stream->framing.state == ARMMS_FRAMING_BODY)
    answer_refusal (stream->base, &slow_body);
  stream->deadline_us = G_MAXINT64;
  cut (stream);
}

static gboolean
on_tick_cb (gpointer user_data)
{
  ArmmsDoor *door = user_data;
  gint64 now_us = g_get_monotonic_time ();
  g_autoptr(GPtrArray) late = NULL;
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, door->streams);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      DoorStream *stream = key;
      gboolean idle = stream->phase == PHASE_OPEN && stream->framing.state == ARMMS_FRAMING_IDLE && stream->input->bytes->len == 0;

      if (now_us < stream->deadline_us && !(door->closing && idle && !stream->input->ended))
        continue;
      if (late == NULL)
        late = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (late, g_object_ref (stream));
    }
  for (guint i = 0; late != NULL && i < late->len; i++)
    expire (door, late->pdata[i]);
  return G_SOURCE_CONTINUE;
}

ArmmsDoor *
armms_door_new (const ArmmsDoorLimits *limits, ArmmsBodyCap cap, ArmmsDoorFunc func, gpointer data)
{
  ArmmsDoor *door = g_new0 (ArmmsDoor, 1);
  GSource *tick = g_timeout_source_new (TICK_MS);

  door->limits = *limits;
  g_set_object (&door->certificate, limits->certificate);
  door->cap = cap;
  door->func = func;
  door->data = data;
  door->streams = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  door->peers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_source_set_callback (tick, on_tick_cb, door, NULL);
  door->tick = g_source_attach (tick, g_main_context_get_thread_default ());
  g_source_unref (tick);
  return door;
}

void
armms_door_free (ArmmsDoor *door)
{
  g_autoptr(GList) streams = NULL;
  GSource *tick;

  if (door == NULL)
    return;
  armms_door_close (door);
  tick = g_main_context_find_source_by_id (g_main_context_get_thread_default (), door->tick);
  if (tick != NULL)
    g_source_destroy (tick);
  streams = g_hash_table_get_keys (door->streams);
  for (GList *l = streams; l != NULL; l = l->next)
    {
      g_autoptr(DoorStream) stream = g_object_ref (l->data);

      cut (stream);
      let_go (stream);
    }
  g_hash_table_unref (door->streams);
  g_hash_table_unref (door->peers);
  g_clear_object (&door->certificate);
  g_free (door);
}

gboolean
armms_door_listen (ArmmsDoor *door, const char *address, guint port, guint *ret_port, GError **error)
{
  g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new_from_string (address, port);
  g_autoptr(GSocketAddress) effective = NULL;

  if (wanted == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "config.invalid", "\"%s\" is no address to listen on", address);
      return FALSE;
    }
  door->listener = g_socket_new (g_socket_address_get_family (wanted), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (door->listener == NULL)
    return FALSE;
  g_socket_set_blocking (door->listener, FALSE);
  g_socket_set_listen_backlog (door->listener, 4096);
  if (!g_socket_bind (door->listener, wanted, /* allow_reuse= */ TRUE, error) || !g_socket_listen (door->listener, error))
    {
      g_prefix_error (error, "listening on %s port %u: ", address, port);
      return FALSE;
    }
  effective = g_socket_get_local_address (door->listener, error);
  if (effective == NULL)
    return FALSE;
  *ret_port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  door->incoming = g_socket_create_source (door->listener, G_IO_IN, /* cancellable= */ NULL);
  g_source_set_callback (door->incoming, G_SOURCE_FUNC (on_incoming_cb), door, NULL);
  g_source_attach (door->incoming, g_main_context_get_thread_default ());
  return TRUE;
}

void
armms_door_close (ArmmsDoor *door)
{
  if (door->closing)
    return;
  door->closing = TRUE;
  if (door->incoming != NULL)
    {
      g_source_destroy (door->incoming);
      g_clear_pointer (&door->incoming, g_source_unref);
    }
  if (door->listener != NULL)
    g_socket_close (door->listener, /* error= */ NULL);
  g_clear_object (&door->listener);
  on_tick_cb (door);
}

gboolean
armms_door_is_closing (ArmmsDoor *door)
{
  return door->closing;
}

void
armms_door_get_figures (ArmmsDoor *door, ArmmsDoorFigures *ret_figures)
{
  *ret_figures = door->figures;
  ret_figures->connections = g_hash_table_size (door->streams);
}
