/* What the worker does for this room. */
#include "server/timekeeping/derive/reader.h"
#include "server/timekeeping/timekeeping.h"

extern const ArmmsStatement armms_timekeeping_statements[];

static const ArmmsStreamReader readers[] = {
  { .name = "timekeeping.derive", .schema = "timekeeping", .slots = ARMMS_DERIVE_SLOTS, .on_slot = armms_derive_on_slot, .table = "timekeeping.clock_events" },
  { 0 }
};

const ArmmsRoom armms_timekeeping_room = {
  .name = "timekeeping",
  .schema = "timekeeping",
  .statements = armms_timekeeping_statements,
  .subscriptions = armms_timekeeping_subscriptions,
  .readers = readers,
};
