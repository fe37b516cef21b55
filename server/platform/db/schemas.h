/* Which room owns which schema: the same words as platform.rooms (a test compares them). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (nullable): NULL for an unknown room */
const char *armms_schema_of_room (const char *room);
/* Rooms in order; closed by NULL. */
const char *const *armms_room_names (void);

G_END_DECLS
