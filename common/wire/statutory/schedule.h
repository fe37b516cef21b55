/* One employee's contribution of one month: what is owed to the fund, and what was taken from pay. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId schedule_id;
  ArmmsId employee_id;
  ArmmsDate month;
  char *scheme;               /* sss | philhealth | hdmf */
  char *status;               /* PLANNED, APPLIED, PARTIAL, WAIVED, DEFERRED, CANCELLED */
  ArmmsMoney employee_due, employee_taken, receivable; /* the difference: remitted by the agency in advance */
  ArmmsMoney employer_due;
  gboolean waived_all;
  ArmmsMoney waived;
  char *follow_up;
  ArmmsMoney carried, recovered; /* of earlier months, in this one */
  gint64 version;
} ArmmsStatutoryScheduleRecord;

extern const ArmmsRecordType armms_statutory_schedule_type;

/* Asked for by a payroll officer, decided by another; the agency still remits both shares in full. */
typedef struct {
  ArmmsId change_id;
  ArmmsId employee_id;
  char *scheme;
  ArmmsDate month;            /* its first day */
  ArmmsMoney amount;          /* 0: all of it */
  char *follow_up;            /* carry_forward | respread | append | manual */
  gint64 periods;             /* respread: months */
  char *instalments;          /* manual: [{"month": "2026-07-01", "amount_centavos": 12500}] */
  char *reason;
} ArmmsStatutoryWaiver;

extern const ArmmsRecordType armms_statutory_waiver_type;

G_END_DECLS
