/* Streams: readers of append-only tables, with a cursor (xid8, id) bounded by pg_snapshot_xmin, cut into slots, a lease
 * per slot. Nothing that is read is updated, so nothing bloats; nothing is skipped, however late a writer commits.
 *
 * Tables platform.stream_slots: (reader, slot) -> cursor_xid, cursor_id, lease_owner, lease_no, lease_until, failure counts.
 *        The cursor moves in the transaction of the effect, fenced by lease_no.
 */
#pragma once

#include "server/platform/work/work.h"

G_BEGIN_DECLS

/* One reader of one table. The dispatcher of armms-server work runs @on_slot for slots that it holds the lease of, on a
 * thread pool, again at once while it says that there is more. */
typedef struct {
  const char *name;    /* "timekeeping.derive" */
  const char *schema;  /* whose database */
  guint slots;         /* e.g. 16: fixed once deployed */
  /* Takes the next items of @slot after (@after_xid, @after_id), does their work in units of its own, and ends each by
   * armms_stream_advance() before commit. @ret_more: there may be more at once. An error leaves the cursor where it was;
   * the dispatcher backs off and, after 5 failures, calls @on_slot with @careful (one by one, parking what fails). */
  gboolean (*on_slot) (struct _ArmmsStreamSlot *slot, gboolean careful, gboolean *ret_more, GError **error);
} ArmmsStreamReader;

typedef struct _ArmmsStreamSlot {
  ArmmsDb *db;
  const ArmmsStreamReader *reader;
  guint slot;
  gint64 lease_no;
  guint64 after_xid;
  ArmmsId after_id;
  const char *owner;
} ArmmsStreamSlot;

/* Inside the unit that did the work: moves the cursor, fails with CONFLICT "stream.lease_lost" when the lease is another's. */
gboolean armms_stream_advance (ArmmsWork *work, ArmmsStreamSlot *slot, guint64 xid, const ArmmsId *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Slot of a key: FNV-1a of the id's bytes modulo @slots; stored with the row by its writer. */
guint armms_stream_slot_of (const ArmmsId *key, guint slots);

G_END_DECLS
