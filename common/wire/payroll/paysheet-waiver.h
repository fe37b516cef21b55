/* POST /v1/paysheets/{paysheet}/waive: asks that a deduction of this period is not taken, and says what follows. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

#define ARMMS_FOLLOW_UPS "carry_forward|respread|append|manual"

/* A given instalment of a manual follow-up, or a previewed one. */
typedef struct {
  ArmmsDate period_from;
  ArmmsMoney amount;
} ArmmsWaiverInstalment;

typedef struct {
  gint64 line_no;
  ArmmsMoney amount;      /* 0: all of it */
  char *reason_code;
  char *reason;
  char *follow_up;
  gint64 periods;         /* respread: over so many periods */
  GPtrArray *instalments; /* manual; of ArmmsWaiverInstalment */
  gboolean preview;       /* nothing is stored */
} ArmmsPaysheetWaiver;

/* What it comes to. */
typedef struct {
  ArmmsId change_id;      /* the change request; absent in a preview */
  ArmmsId paysheet_id;
  gint64 line_no;
  ArmmsMoney due;
  ArmmsMoney waived;
  ArmmsMoney net_before;
  ArmmsMoney net_after;
  GPtrArray *instalments; /* the open instalments afterwards; of ArmmsWaiverInstalment */
} ArmmsPaysheetWaived;

extern const ArmmsRecordType armms_waiver_instalment_type;
extern const ArmmsRecordType armms_paysheet_waiver_type;
extern const ArmmsRecordType armms_paysheet_waived_type;

G_END_DECLS
