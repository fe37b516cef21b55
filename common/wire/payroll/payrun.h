/* A payrun: one pay period, or an off-cycle run, of one tenant.
 *
 * OPEN -> CALCULATED -> SUBMITTED -> VERIFIED -> APPROVED -> CLOSED; from SUBMITTED or VERIFIED back to the officer: REJECTED,
 * which is calculated again. CANCELLED: given up before it was closed.
 */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

#define ARMMS_PAYRUN_STATES "OPEN|CALCULATED|SUBMITTED|VERIFIED|APPROVED|CLOSED|REJECTED|CANCELLED"

typedef struct {
  ArmmsId payrun_id;
  ArmmsId pay_period_id;
  char *kind;             /* regular | off_cycle */
  char *title;
  ArmmsDate period_from;
  ArmmsDate period_to;
  ArmmsDate pay_date;
  gint64 cut_off;
  char *state;
  gint64 version;
  gint64 calculation_no;  /* how often it was calculated */
  ArmmsId job_id;         /* the calculation that runs now; nil: none does */
  ArmmsId change_id;      /* the change request that approves it */
  gint64 paysheets;
  gint64 errors;          /* paysheets that could not be calculated */
  gint64 warnings;        /* paysheets with a warning */
  gint64 rejected;        /* paysheets that were sent back */
  ArmmsMoney gross;
  ArmmsMoney statutory;   /* employee shares taken */
  ArmmsMoney tax;
  ArmmsMoney obligations;
  ArmmsMoney net;
  ArmmsMoney deferred;
  ArmmsMoney waived;
  ArmmsMoney employer;    /* the agency's own shares */
  ArmmsMoney receivable;  /* employee shares due but not taken from pay: the agency remits them all the same */
  ArmmsMoney thirteenth_month; /* accrued */
  ArmmsInstant calculated_at;
  ArmmsId submitted_by;
  ArmmsInstant submitted_at;
  ArmmsId verified_by;
  ArmmsInstant verified_at;
  ArmmsId approved_by;
  ArmmsInstant approved_at;
  ArmmsId closed_by;
  ArmmsInstant closed_at;
  char *reason;           /* of the last rejection or cancellation */
} ArmmsPayrun;

/* POST /v1/payruns/{payrun}/submit, verify, approve, reject, close, cancel. */
typedef struct {
  char *reason;             /* needed to reject and to cancel */
  GArray *paysheet_ids;     /* reject: only these are wrong; NULL: the run as a whole. Owned, of ArmmsId */
  gboolean leave_out_errors;/* submit: paysheets with errors are left out; their timesheets come with the next run */
} ArmmsPayrunDecision;

extern const ArmmsRecordType armms_payrun_type;
extern const ArmmsRecordType armms_payrun_decision_type;

G_END_DECLS
