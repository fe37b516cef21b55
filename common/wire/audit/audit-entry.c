#include "common/wire/audit/audit-entry.h"

#define MADE ARMMS_FIELD_READ_ONLY
#define F(member, Kind, ...) ARMMS_FIELD (ArmmsAuditEntry, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (entry_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The line, for paging"),
  F (audit_no, INTEGER, .flags = MADE | ARMMS_FIELD_SORT | ARMMS_FIELD_HIDDEN, .about = "Its number: later lines have higher ones, gaps mean nothing"),
  F (occurred_at, INSTANT, .flags = MADE, .about = "When the transaction began", .title = "When"),
  F (actor_id, ID, .flags = MADE | ARMMS_FIELD_FILTER, .about = "The user who did it; none: the system", .title = "Who"),
  F (unit, TEXT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The program's database role"),
  F (request_id, TEXT, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "The request or job that it was part of"),
  F (reason, TEXT, .flags = MADE, .about = "Why, as the actor said"),
  F (schema_name, TEXT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Whose table"),
  F (table_name, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .about = "The table", .title = "What"),
  F (action, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "INSERT|UPDATE|DELETE", .about = "Made, changed or deleted", .title = "Deed"),
  F (row_key, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .about = "Key of the row", .title = "Row"),
  F (before, JSON, .flags = MADE, .about = "What changed, as it was; what is sensitive is masked"),
  F (after, JSON, .flags = MADE, .about = "What changed, as it became; what is sensitive is masked"),
  { NULL }
};

const ArmmsRecordType armms_audit_entry_type = { "audit-entry", sizeof (ArmmsAuditEntry), fields };
