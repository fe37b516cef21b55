/* An agency with plans, whose events can be told in any order: for tests of deriving. */
#pragma once

#include "server/timekeeping/derive/reader.h"
#include "server/timekeeping/ingest/directory.h"
#include "server/timekeeping/ingest/store.h"
#include "server/timekeeping/timekeeping.h"
#include "tests/server/hr/agency.h"

#define TK_EMPLOYEES 14

typedef struct {
  Agency agency;
  ArmmsDb *worker;              /* as armms_worker */
  ArmmsZone *zone;
  ArmmsId employees[TK_EMPLOYEES];
  ArmmsId device_id, stranger_device_id;
  GArray *events;               /* of ArmmsIngestEvent: the whole story */
  GArray *items;                /* of ArmmsIngestItem, as the batcher would make them */
  ArmmsStreamSlot slots[ARMMS_DERIVE_SLOTS];
} TkWorld;

void tk_world_set_up (TkWorld *world);
void tk_world_tear_down (TkWorld *world);

/* The law's hours from 1974 on, which the world begins with; and other ones in their place. */
extern const ArmmsWorkingTime tk_world_law;
void tk_world_load_law (TkWorld *world, const ArmmsWorkingTime *rows, gsize n);

/* Clocking of @employee; @ref: instead, a number that nobody has. */
void tk_world_tell (TkWorld *world, guint employee, const char *ref, ArmmsInstant ts, const char *type, const ArmmsId *detachment,
                    gboolean known_device);
/* What field devices do between two dates: early, late, doubled, missing, at the wrong site, by strangers. */
void tk_world_make_story (TkWorld *world, const char *from, const char *to);
/* Stores items [first, first + n) of @order as one flush. */
void tk_world_store (TkWorld *world, const guint *order, guint first, guint n);
/* Reads all slots, or one, until there is no more. */
void tk_world_derive (TkWorld *world);
gboolean tk_world_derive_slot (TkWorld *world, guint slot);
void tk_world_sweep (TkWorld *world, const char *through);
/* Everything derived, as one text without what says when: two worlds with the same facts give the same. (transfer full) */
char *tk_world_dump (TkWorld *world);
/* Nothing was ever told: events, derived rows and cursors gone. */
void tk_world_forget (TkWorld *world, gboolean events_too);
ArmmsDeriveFigures tk_world_recompute (TkWorld *world, ArmmsDeriveMode mode);
