/* A server put together: databases, rooms, their routes and services, ready to listen.
 *
 * Shape  armms-server serve takes all rooms, armms-server ingest those it names; tests start one in a thread of theirs.
 *        To be made, started and run in one thread.
 */
#pragma once

#include "server/platform/http/server.h"

G_BEGIN_DECLS

typedef struct _ArmmsServing ArmmsServing;

/* @rooms: (nullable): names of the rooms whose routes are answered, closed by NULL; statements of all are known. */
ArmmsServing *armms_serving_new (ArmmsConfig *config, const char *const *rooms, GError **error);
void armms_serving_free (ArmmsServing *serving);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsServing, armms_serving_free)

ArmmsServer *armms_serving_get_server (ArmmsServing *serving); /* (transfer none) */
ArmmsDb *armms_serving_get_db (ArmmsServing *serving);         /* (transfer none) */

/* Listens, tells systemd, runs until SIGTERM or SIGINT, drains; gives the exit code. @program: for messages. */
int armms_serving_run (const char *program, const char *role, const char *config_path, const char *const *rooms);

G_END_DECLS
