/* A room's row in the table of rooms (rooms.c): everything the programs need to know about it. */
#pragma once

#include "server/platform/db/statement.h"
#include "server/platform/http/route.h"
#include "server/platform/jobs/job.h"
#include "server/platform/outbox/outbox.h"
#include "server/platform/stream/stream.h"

G_BEGIN_DECLS

struct _ArmmsServer;

/* What may be put before others for approval (room approvals calls back the owner of the subject). */
typedef struct {
  const char *subject;       /* "payrun", "rate-card", "time-adjustment", ... */
  const char *request_scope, *verify_scope, *approve_scope; /* verify NULL: two steps */
  /* Called inside the approving unit when the last step is taken or it is rejected. @before_after: the change as JSON. */
  gboolean (*on_approved) (ArmmsWork *work, const ArmmsId *resource_id, const char *change_json, GError **error);
  gboolean (*on_rejected) (ArmmsWork *work, const ArmmsId *resource_id, const char *change_json, const char *reason, GError **error);
  gboolean (*on_verified) (ArmmsWork *work, const ArmmsId *resource_id, const char *change_json, GError **error); /* nullable */
} ArmmsApprovalSubject;

typedef struct {
  const char *name;                          /* "timekeeping": the folder */
  const char *schema;                        /* the database schema */
  const ArmmsStatement *statements;
  const ArmmsRoute *routes;                  /* closed by a NULL method; nullable */
  const ArmmsJobKind *jobs;                  /* closed by a NULL kind; nullable */
  const ArmmsSubscription *subscriptions;    /* closed by a NULL name; nullable */
  const ArmmsStreamReader *readers;          /* closed by a NULL name; nullable */
  const ArmmsApprovalSubject *subjects;      /* closed by a NULL subject; nullable */
  /* nullable: called once before a server listens, to register services and an authenticator (http/server.h) */
  gboolean (*serve) (struct _ArmmsServer *server, ArmmsConfig *config, ArmmsDb *db, GError **error);
} ArmmsRoom;

/* In the order of the arrows; closed by a NULL name. A room adds itself to the table in rooms.c. */
const ArmmsRoom *armms_rooms (void);
/* The statements of all rooms and of their outboxes: once for each ArmmsDb, before its first use. */
void armms_rooms_register (ArmmsDb *db);

G_END_DECLS
