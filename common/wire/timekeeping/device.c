#include "common/wire/timekeeping/device.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsDevice, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (device_id, ID, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "The key; a device names it in every event"),
  F (name, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_SORT | ARMMS_FIELD_FILTER, .min = 1, .max = 80, .about = "What people call it"),
  F (detachment_id, ID, .flags = ARMMS_FIELD_FILTER, .about = "Where it hangs", .title = "Detachment"),
  F (kind, TEXT, .flags = ARMMS_FIELD_FILTER, .format = "reader|phone|terminal|import", .about = "What it is"),
  F (active, BOOLEAN, .flags = ARMMS_FIELD_FILTER, .about = "Events of an inactive device are kept, and marked"),
  F (last_seen_at, INSTANT, .flags = ARMMS_FIELD_READ_ONLY, .about = "When it last sent something", .title = "Last seen"),
  F (clock_offset_seconds, INTEGER, .flags = ARMMS_FIELD_READ_ONLY, .about = "How far its clock was ahead of ours then", .title = "Clock off by"),
  F (version, INTEGER, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "Rises by one at every change (the ETag)"),
  { 0 }
};

const ArmmsRecordType armms_device_type = { "device", sizeof (ArmmsDevice), fields };
