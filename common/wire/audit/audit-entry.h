/* One line of the audit log: what was done to one row. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId entry_id;
  gint64 audit_no;
  ArmmsInstant occurred_at;
  ArmmsId actor_id;           /* nil: the system */
  char *unit;                 /* the login role: armms_server ... */
  char *request_id, *reason;
  char *schema_name, *table_name, *action, *row_key;
  char *before, *after;       /* JSON objects */
} ArmmsAuditEntry;

extern const ArmmsRecordType armms_audit_entry_type;

G_END_DECLS
