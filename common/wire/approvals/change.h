/* A change that waits for others, and the steps taken on it. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  char *step;          /* request, verify, approve, reject */
  ArmmsId taken_by;
  ArmmsInstant taken_at;
  char *reason;
  GStrv marks;
} ArmmsChangeStep;

extern const ArmmsRecordType armms_change_step_type;

typedef struct {
  ArmmsId change_id;
  char *subject;       /* "payrun", "rate-card", ... */
  ArmmsId resource_id;
  char *change;        /* JSON: before and after */
  char *reason;
  char *state;         /* REQUESTED, VERIFIED, APPROVED, REJECTED */
  char *next_step;     /* what the reader may do next: "verify", "approve"; NULL: nothing */
  ArmmsId requested_by;
  ArmmsInstant requested_at;
  ArmmsInstant decided_at;
  GPtrArray *steps;    /* ArmmsChangeStep; not in lists */
  gint64 version;
} ArmmsChange;

extern const ArmmsRecordType armms_change_type;

typedef struct {
  char *step;          /* verify, approve, reject */
  char *reason;        /* needed to reject */
} ArmmsDecision;

extern const ArmmsRecordType armms_decision_type;

G_END_DECLS
