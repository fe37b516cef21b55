/* A paysheet: one employee in one payrun. A timesheet with money. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

#define ARMMS_PAYSHEET_STATES "COMPUTED|ERROR|REJECTED|APPROVED|CLOSED|LEFT_OUT"

typedef struct {
  ArmmsId paysheet_id;
  ArmmsId payrun_id;
  ArmmsId employee_id;
  char *employee_no;
  char *employee_name;
  ArmmsDate period_from;
  ArmmsDate period_to;
  ArmmsDate pay_date;
  ArmmsId detachment_id;     /* where most of it was earned */
  char *detachment_code;
  char *position_code;
  char *state;
  gint64 version;
  gint64 lines;
  ArmmsMinutes worked_minutes;
  ArmmsMoney gross;
  ArmmsMoney allowances;     /* of the gross, and reimbursements */
  ArmmsMoney adjustments;    /* of the gross: corrections of earlier periods */
  ArmmsMoney taxable;
  ArmmsMoney sss;
  ArmmsMoney philhealth;
  ArmmsMoney hdmf;
  ArmmsMoney tax;
  ArmmsMoney obligations;
  ArmmsMoney deductions;     /* all that was taken */
  ArmmsMoney net;
  ArmmsMoney net_floor;
  ArmmsMoney deferred;
  ArmmsMoney waived;
  ArmmsMoney receivable;     /* employee shares due but not taken */
  ArmmsMoney employer;       /* the agency's own shares */
  ArmmsMoney thirteenth_month;
  ArmmsMoney previous_net;   /* of the same employee's payrun before this one; 0: none */
  gboolean minimum_wage_earner;
  gboolean floor_missed;
  GStrv problems;            /* "rate_card.missing: ..."; not empty: state ERROR */
  GStrv warnings;
  char *reason;              /* why it was sent back */
  char *sha256;              /* the seal of the payslip */
} ArmmsPaysheet;

/* POST /v1/paysheets/{paysheet}/approve, reject. */
typedef struct {
  gint64 line_no;            /* only this line; 0: the whole paysheet */
  char *reason;              /* needed to reject */
} ArmmsPaysheetDecision;

/* What was decided about a paysheet, in order. */
typedef struct {
  ArmmsId decision_id;
  ArmmsId payrun_id;
  ArmmsId paysheet_id;
  gint64 line_no;
  char *step;
  char *reason;
  ArmmsId decided_by;
  ArmmsInstant decided_at;
} ArmmsPaysheetDecided;

extern const ArmmsRecordType armms_paysheet_type;
extern const ArmmsRecordType armms_paysheet_decision_type;
extern const ArmmsRecordType armms_paysheet_decided_type;

G_END_DECLS
