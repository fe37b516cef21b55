#include "common/wire/queue/dead-letter.h"

#define MADE ARMMS_FIELD_READ_ONLY
#define F(member, Kind, ...) ARMMS_FIELD (ArmmsDeadLetter, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (dead_letter_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (source, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "job|event|stream", .about = "What sort of thing failed"),
  F (name, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .about = "Kind of job, subscription or reader"),
  F (item_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The job, the event, the item"),
  F (partition_key, TEXT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Events of one key wait behind the first that failed"),
  F (state, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "RETRYING|PARKED|RESENT|PURGED", .about = "PARKED waits for a person"),
  F (code, TEXT, .flags = MADE, .about = "Why, for programs"),
  F (reason, TEXT, .flags = MADE, .about = "Why, for people"),
  F (attempts, INTEGER, .flags = MADE, .about = "Times it was tried"),
  F (message, JSON, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "What it was"),
  F (created_at, INSTANT, .flags = MADE | ARMMS_FIELD_SORT, .about = "When it failed first", .title = "Since"),
  F (updated_at, INSTANT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "When it was last tried"),
  F (resent_at, INSTANT, .flags = MADE, .about = "When it was sent again", .title = "Sent again"),
  { NULL }
};

const ArmmsRecordType armms_dead_letter_type = { "dead-letter", sizeof (ArmmsDeadLetter), fields };
