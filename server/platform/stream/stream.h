/* Streams: readers of append-only tables, with a cursor (xid8, id) bounded by pg_snapshot_xmin, cut into slots, a lease
 * per slot. Nothing that is read is updated, so nothing bloats; nothing is skipped, however late a writer commits.
 *
 * SQL    select platform.open_stream ('timekeeping.clock_events') in a migration, after guard_table, makes
 *        timekeeping.clock_events_next (slot smallint, after_xid xid8, after_id uuid, max integer) -> (xid, id, tenant_id): what
 *        may be read, in order, of all tenants, without content. Read the content as each tenant (armms_work_switch_tenant),
 *        by the same range of (slot, xid, id), which has an index. The table needs xid xid8 default pg_current_xact_id(),
 *        slot smallint and a uuid; other names are arguments.
 *
 * Tables platform.stream_slots: (reader, slot) -> cursor_xid, cursor_id, lease_owner, lease_no, lease_until, failure counts.
 *        The cursor moves in the transaction of the effect, fenced by lease_no.
 */
#pragma once

#include "server/platform/work/work.h"

G_BEGIN_DECLS

typedef struct _ArmmsStreamSlot ArmmsStreamSlot;

/* One reader of one table. The dispatcher of armms-server work runs @on_slot for slots that it holds the lease of, on a
 * thread pool, again at once while it says that there is more. */
typedef struct {
  const char *name;    /* "timekeeping.derive" */
  const char *schema;  /* whose database */
  guint slots;         /* e.g. 16: fixed once deployed */
  /* Takes the next items of @slot after (@after_xid, @after_id), does their work in units of its own, and ends each by
   * armms_stream_advance() before commit. @ret_more: there may be more at once. An error leaves the cursor where it was;
   * the dispatcher backs off and, after 5 failures, calls @on_slot with @careful (one by one, parking what fails). */
  gboolean (*on_slot) (ArmmsStreamSlot *slot, gboolean careful, gboolean *ret_more, GError **error);
  const char *source_schema; /* NULL: @schema; whose database gives the transaction ids of the cursor */
  gconstpointer data;        /* what @on_slot may want to know */
  const char *table;         /* "timekeeping.clock_events", opened by platform.open_stream(): how far it is behind is shown; nullable */
} ArmmsStreamReader;

struct _ArmmsStreamSlot {
  ArmmsDb *db;
  const ArmmsStreamReader *reader;
  guint slot;
  gint64 lease_no;
  guint64 after_xid;
  ArmmsId after_id;
  const char *owner;
  guint64 next_xid;      /* set by armms_stream_advance(): where it stands when the unit has been committed */
  ArmmsId next_id;
};

/* The lease of a slot; every advance renews it, and the worker's keeper does three times in it. */
#define ARMMS_STREAM_LEASE_MS 15000

/* Inside the unit that did the work: moves the cursor, fails with CONFLICT "stream.lease_lost" when the lease is another's. */
gboolean armms_stream_advance (ArmmsWork *work, ArmmsStreamSlot *slot, guint64 xid, const ArmmsId *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* For a careful reader: an item that cannot be taken is parked with the reason, in the unit that moves the cursor past it.
 * @message_json: what a person needs to see. Shown under /v1/dead-letters. */
gboolean armms_stream_park (ArmmsWork *work, ArmmsStreamSlot *slot, const ArmmsId *item, const char *key, const char *message_json,
                            const GError *cause, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Away, busy, cancelled, serialization: will pass by itself, so nothing is parked for it. */
gboolean armms_stream_error_is_transient (const GError *error);

/* Slot of a key: FNV-1a of the id's bytes modulo @slots; stored with the row by its writer. */
guint armms_stream_slot_of (const ArmmsId *key, guint slots);

G_END_DECLS
