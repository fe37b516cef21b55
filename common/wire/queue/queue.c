#include "common/wire/queue/queue.h"

#define MADE ARMMS_FIELD_READ_ONLY
#define F(member, Kind, ...) ARMMS_FIELD (ArmmsQueueInfo, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (name, TEXT, .flags = MADE | ARMMS_FIELD_SORT, .about = "Kind of job, subscription or reader"),
  F (sort, TEXT, .flags = MADE, .format = "jobs|stream", .about = "Jobs are queued; a stream is read"),
  F (waiting, INTEGER, .flags = MADE, .about = "Ready and not begun"),
  F (running, INTEGER, .flags = MADE, .about = "Held by a worker"),
  F (delayed, INTEGER, .flags = MADE, .about = "Not before a moment: delayed, or to be tried again"),
  F (dead, INTEGER, .flags = MADE, .about = "Failed for good: see dead-letters"),
  F (oldest_seconds, INTEGER, .flags = MADE, .about = "Age of the oldest that is ready; a stream: since its cursor moved", .title = "Oldest (s)"),
  F (slots, INTEGER, .flags = MADE | ARMMS_FIELD_OPTIONAL_ZERO, .about = "Slots of a stream"),
  F (held, INTEGER, .flags = MADE | ARMMS_FIELD_OPTIONAL_ZERO, .about = "Slots that a worker serves"),
  F (failures, INTEGER, .flags = MADE | ARMMS_FIELD_OPTIONAL_ZERO, .about = "Failures in a row of its worst slot"),
  F (last_error, TEXT, .flags = MADE, .about = "Why it failed last", .title = "Last error"),
  { NULL }
};

const ArmmsRecordType armms_queue_info_type = { "queue", sizeof (ArmmsQueueInfo), fields };
