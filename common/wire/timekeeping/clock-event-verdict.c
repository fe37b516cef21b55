#include "common/wire/timekeeping/clock-event-verdict.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsClockEventVerdict, member, Kind, __VA_ARGS__)
#define A(member, Kind, ...) ARMMS_FIELD (ArmmsClockEventVerdicts, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (event_id, ID, .flags = ARMMS_FIELD_READ_ONLY, .about = "The device's key, as far as it could be read"),
  F (verdict, TEXT, .flags = ARMMS_FIELD_READ_ONLY, .format = "accepted|duplicate|rejected", .about = "What became of it"),
  F (clock_event_id, ID, .flags = ARMMS_FIELD_READ_ONLY, .about = "Our key of the event; empty when it was rejected"),
  F (code, TEXT, .flags = ARMMS_FIELD_READ_ONLY, .about = "Why it was rejected or kept apart: a stable word for programs"),
  F (message, TEXT, .flags = ARMMS_FIELD_READ_ONLY, .about = "The same for people"),
  { 0 }
};

const ArmmsRecordType armms_clock_event_verdict_type = { "clock-event-verdict", sizeof (ArmmsClockEventVerdict), fields };

static const ArmmsField answer_fields[] = {
  A (accepted, INTEGER, .flags = ARMMS_FIELD_READ_ONLY, .about = "How many are new and on disk"),
  A (duplicate, INTEGER, .flags = ARMMS_FIELD_READ_ONLY, .about = "How many were there already"),
  A (rejected, INTEGER, .flags = ARMMS_FIELD_READ_ONLY, .about = "How many cannot be events"),
  A (verdicts, RECORDS, .flags = ARMMS_FIELD_READ_ONLY, .record = &armms_clock_event_verdict_type,
     .about = "One for each event, in the order they were sent"),
  { 0 }
};

const ArmmsRecordType armms_clock_event_verdicts_type = { "clock-event-verdicts", sizeof (ArmmsClockEventVerdicts), answer_fields };
