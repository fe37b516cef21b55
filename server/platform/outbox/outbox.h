/* Events: written in the transaction of the change they tell of, published at least once, in order per partition key,
 * consumed through an inbox in the transaction of their effect.
 *
 * Tables <schema>.<schema>_outbox (append-only, partitioned, xid8), <schema>.<schema>_inbox (processed event ids).
 *        Nothing is updated when an event is published: publishers and consumers keep cursors (platform/stream).
 */
#pragma once

#include "server/platform/stream/stream.h"
#include "server/platform/work/work.h"

G_BEGIN_DECLS

/* The envelope of domain.md §9. Strings owned. */
typedef struct {
  ArmmsId event_id;          /* UUIDv7 */
  char *schema;              /* "armms.timekeeping.TimesheetFinalized.v1" */
  ArmmsId tenant_id;
  char *aggregate_type;      /* "timesheet" */
  ArmmsId aggregate_id;
  gint64 aggregate_version;
  ArmmsInstant occurred_at;
  char *partition_key;       /* order is kept within it: usually the employee's or the aggregate's id */
  char *payload;             /* JSON object as text: kept letter for letter */
  guint64 xid;               /* when read: place in the outbox */
} ArmmsEvent;

/* Slots of every outbox: fixed, because they are stored with the rows. */
#define ARMMS_OUTBOX_SLOTS 8

extern const ArmmsRecordType armms_event_type;

/* Writes @events (GPtrArray of ArmmsEvent *) to the outbox of @schema in one statement; ids and tenant are filled in
 * where nil. An event of another tenant than the unit's, or without one, is refused (INTERNAL "event.tenant"). */
gboolean armms_outbox_append (ArmmsWork *work, const char *schema, const GPtrArray *events, GError **error) G_GNUC_WARN_UNUSED_RESULT;
ArmmsEvent *armms_event_new (const char *schema, const char *aggregate_type, const ArmmsId *aggregate_id,
                             gint64 aggregate_version, const ArmmsId *partition_key, char *payload /* (transfer full) */);
void armms_event_free (ArmmsEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsEvent, armms_event_free)

/* A room that listens: @on_events gets events of one tenant it has not seen (inbox rows are written around it, in the
 * same transaction of @consumer_schema's database). An error parks the events of that partition key with its reason
 * (after bisecting to the one that fails) and the others flow on. */
typedef struct {
  const char *name;            /* "payroll.snapshots": cursor and inbox key */
  const char *source_schema;   /* whose outbox: "timekeeping" */
  const char *consumer_schema; /* whose inbox: "payroll" */
  const char *event;           /* "armms.timekeeping.TimesheetFinalized.v1" */
  gboolean (*on_events) (ArmmsWork *work, const GPtrArray *events, GError **error);
} ArmmsSubscription;

/* Registers the outbox statements of @schema with @db: once per room that has an outbox, before first use. */
void armms_outbox_register (ArmmsDb *db, const char *schema);

/* The reader that serves @subscription: (transfer full), for the worker. */
ArmmsStreamReader *armms_subscription_reader_new (const ArmmsSubscription *subscription);
/* So that the job "queue.redrive" finds it by its name; borrowed for ever. */
void armms_subscription_announce (const ArmmsSubscription *subscription);
const ArmmsSubscription *armms_subscription_find (const char *name); /* (nullable) */
/* Tries again what waits behind @partition_key; the job "queue.redrive" does it. */
gboolean armms_subscription_redrive (ArmmsDb *db, const ArmmsSubscription *subscription, const ArmmsActor *actor, const char *partition_key,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
