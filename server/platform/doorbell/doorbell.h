/* The doorbell: a hint that there is work, so that a worker need not wait for its next look (once a second).
 *
 * Shape  never inside a business transaction: NOTIFY there serialises all commits of the cluster. A ring only sets a
 *        flag; one thread of the process sends what was rung from its own tiny transaction, at most ten times a second
 *        for each database. A ring that is lost costs a second, nothing else: polling is the truth.
 * Topics "jobs", or the table that has grown ("timekeeping.clock_events"): who reads another one sleeps on.
 */
#pragma once

#include "server/platform/work/work.h"

G_BEGIN_DECLS

#define ARMMS_DOORBELL_CHANNEL "armms_doorbell"

/* Rings in the database that @work writes; sent a moment later, when it has most likely been committed. */
void armms_doorbell_ring (ArmmsWork *work, const char *topic);
/* The same outside of a unit. */
void armms_doorbell_ring_database (ArmmsDb *db, const char *database, const char *topic);
/* Before @db is freed: closes the connections that were used for it. */
void armms_doorbell_stop (ArmmsDb *db);

/* Hears the rings of one database on a connection of its own; connects again by itself.
 * @on_ring: on the listener's thread; @topic NULL: it was deaf for a while, look at everything. */
typedef struct _ArmmsDoorbellListener ArmmsDoorbellListener;
ArmmsDoorbellListener *armms_doorbell_listen (ArmmsDb *db, const char *database, void (*on_ring) (const char *topic, gpointer user_data),
                                              gpointer user_data);
void armms_doorbell_listener_free (ArmmsDoorbellListener *listener); /* waits for its thread */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsDoorbellListener, armms_doorbell_listener_free)

G_END_DECLS
