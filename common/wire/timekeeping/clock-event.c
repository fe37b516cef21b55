#include "common/wire/timekeeping/clock-event.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsClockEvent, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (clock_event_id, ID, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "Our key of the event"),
  F (ts, INSTANT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_SORT, .about = "The instant by the device's clock", .title = "Time"),
  F (type, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER, .format = "IN|OUT|BREAK_START|BREAK_END|UNKNOWN",
     .about = "What was pressed"),
  F (employee_no, TEXT, .flags = ARMMS_FIELD_FILTER, .max = 64, .about = "Whose event, by employee number, as it was sent",
     .title = "Employee"),
  F (employee_id, ID, .flags = ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "Whose event, by key; empty while it is nobody we know"),
  F (guard_id, ID, .flags = ARMMS_FIELD_HIDDEN | ARMMS_FIELD_WRITE_ONLY, .about = "Another word for employee_id"),
  F (detachment_id, ID, .flags = ARMMS_FIELD_FILTER, .about = "The site, when the device says it; else the device's own site",
     .title = "Detachment"),
  F (device_id, ID, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER, .about = "The device that sent it", .title = "Device"),
  F (event_id, ID, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_HIDDEN,
     .about = "The device's key of the event: sent again it counts once"),
  F (seq, INTEGER, .flags = ARMMS_FIELD_HIDDEN | ARMMS_FIELD_OPTIONAL_ZERO, .min = 0, .max = G_MAXINT32, .about = "The device's running number"),
  F (payload, JSON, .flags = ARMMS_FIELD_HIDDEN, .about = "Anything else the device knows: method, score, place"),
  F (received_at, INSTANT, .flags = ARMMS_FIELD_READ_ONLY, .about = "When it reached us", .title = "Received"),
  F (clock_offset_seconds, INTEGER, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN,
     .about = "How far the device's clock was ahead of ours when it sent"),
  F (quarantined, TEXT, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "Why it is kept apart and not counted; empty: it is not"),
  { 0 }
};

const ArmmsRecordType armms_clock_event_type = { "clock-event", sizeof (ArmmsClockEvent), fields };
