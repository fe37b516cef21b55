#include "common/wire/approvals/change.h"

#define S(member, Kind, ...) ARMMS_FIELD (ArmmsChangeStep, member, Kind, __VA_ARGS__)
#define C(member, Kind, ...) ARMMS_FIELD (ArmmsChange, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY

static const ArmmsField step_fields[] = {
  S (step, TEXT, .flags = MADE, .about = "request, verify, approve or reject"),
  S (taken_by, ID, .flags = MADE, .about = "Who"),
  S (taken_at, INSTANT, .flags = MADE, .about = "When"),
  S (reason, TEXT, .flags = MADE, .about = "Why"),
  S (marks, TEXTS, .flags = MADE, .about = "same-person: somebody stood at two gates"),
  { NULL }
};
const ArmmsRecordType armms_change_step_type = { "change-step", sizeof (ArmmsChangeStep), step_fields };

static const ArmmsField fields[] = {
  C (change_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  C (subject, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .about = "What kind of thing is to change"),
  C (resource_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "Which one"),
  C (change, JSON, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Before and after"),
  C (reason, TEXT, .flags = MADE, .about = "Why it was asked for"),
  C (state, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "REQUESTED|VERIFIED|APPROVED|REJECTED", .about = "Where it stands"),
  C (next_step, TEXT, .flags = MADE, .about = "What the reader may do next: verify, approve; nothing when it is for others"),
  C (requested_by, ID, .flags = MADE | ARMMS_FIELD_FILTER, .about = "Who asked"),
  C (requested_at, INSTANT, .flags = MADE | ARMMS_FIELD_SORT, .about = "When"),
  C (decided_at, INSTANT, .flags = MADE, .about = "When it was approved or rejected"),
  C (steps, RECORDS, .flags = MADE | ARMMS_FIELD_HIDDEN, .record = &armms_change_step_type, .about = "The trail"),
  C (version, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Rises with every step"),
  { NULL }
};
const ArmmsRecordType armms_change_type = { "change", sizeof (ArmmsChange), fields };

static const ArmmsField decision_fields[] = {
  ARMMS_FIELD (ArmmsDecision, step, TEXT, .flags = ARMMS_FIELD_REQUIRED, .format = "verify|approve|reject", .about = "The step to take"),
  ARMMS_FIELD (ArmmsDecision, reason, TEXT, .max = 1000, .about = "Why; needed to reject"),
  { NULL }
};
const ArmmsRecordType armms_decision_type = { "decision", sizeof (ArmmsDecision), decision_fields };
