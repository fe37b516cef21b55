/* The fast door of clock events: what arrives together is written by one commit.
 *
 * Shape  POST /v1/clock-events hands its bytes to the batcher and returns; a few flushers take whatever waits, decode it,
 *        look up whose it is, write it in one transaction (one insert per tenant) and answer every request after the commit.
 *        An idle line flushes at once; under load a flush waits a moment for company. One bad event never fails its
 *        neighbours: a portion that the database refuses is halved until the offender stands alone.
 * Law    an answer of 2xx means that the event is on disk. What the queue cannot hold is answered 503, to be sent again.
 * Config [ingest] flushers (3), queue (4096 requests), linger-ms (2).
 */
#pragma once

#include "server/platform/config/config.h"
#include "server/platform/http/route.h"
#include "server/platform/http/server.h"

G_BEGIN_DECLS

typedef struct _ArmmsIngest ArmmsIngest;

ArmmsIngest *armms_ingest_new (ArmmsConfig *config, ArmmsDb *db);
void armms_ingest_free (ArmmsIngest *ingest); /* finishes what it has taken first */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsIngest, armms_ingest_free)

/* Adds the service that the route needs. @ingest: (transfer full): freed with @server. */
void armms_ingest_serve (ArmmsIngest *ingest, ArmmsServer *server);

/* Only POST /v1/clock-events: all that armms-server ingest serves. */
extern const ArmmsRoute armms_ingest_routes[];
/* The handler of that route, for the room's own table. */
void armms_ingest_handle (ArmmsRequest *request);

typedef struct { guint64 requests, events, flushes, refused; guint waiting; } ArmmsIngestFigures;
void armms_ingest_get_figures (ArmmsIngest *ingest, ArmmsIngestFigures *ret_figures);

G_END_DECLS
