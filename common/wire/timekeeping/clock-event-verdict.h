/* What became of one clock event of a request: accepted (on disk), duplicate (it was already), rejected (cannot be an event). */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId event_id;
  char *verdict;
  ArmmsId clock_event_id;
  char *code;
  char *message;
} ArmmsClockEventVerdict;

/* The answer to an array: one verdict per event, in the order they were sent. */
typedef struct {
  gint64 accepted;
  gint64 duplicate;
  gint64 rejected;
  GPtrArray *verdicts; /* owned, of ArmmsClockEventVerdict */
} ArmmsClockEventVerdicts;

extern const ArmmsRecordType armms_clock_event_verdict_type;
extern const ArmmsRecordType armms_clock_event_verdicts_type;

G_END_DECLS
