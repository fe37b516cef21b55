/* Events of one portion into the database. */
#pragma once

#include "server/platform/work/work.h"
#include "server/timekeeping/ingest/decode.h"

G_BEGIN_DECLS

typedef enum {
  ARMMS_INGEST_PENDING,
  ARMMS_INGEST_ACCEPTED,
  ARMMS_INGEST_DUPLICATE,
  ARMMS_INGEST_REJECTED,
} ArmmsIngestOutcome;

/* One event on its way, with what is known about it here. */
typedef struct {
  const ArmmsIngestEvent *event; /* borrowed */
  ArmmsId tenant_id, sender_id;  /* sender: whose key or session, nil: nobody's */
  ArmmsId clock_event_id;        /* ours; of a duplicate that of the first */
  ArmmsId employee_id, detachment_id;
  ArmmsInstant received_at;
  gint64 clock_offset_seconds;
  ArmmsDate local_day;
  gboolean device_known;
  const char *quarantined;       /* NULL: no */
  guint slot;
  ArmmsIngestOutcome outcome;
  const char *code;              /* of a rejection or quarantine; static or interned */
} ArmmsIngestItem;

/* Writes @items (of ArmmsIngestItem *, sorted by tenant, device and event) in one unit and sets their outcomes; a portion that is
 * refused is halved. FALSE only when nothing could be written and it may be tried again later: then no outcome is set. */
gboolean armms_ingest_store (ArmmsDb *db, GPtrArray *items, GError **error) G_GNUC_WARN_UNUSED_RESULT;

int armms_ingest_item_compare (gconstpointer a, gconstpointer b); /* of ArmmsIngestItem ** */

G_END_DECLS
