/* One line of a paysheet, with why it is what it is. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

#define ARMMS_PAYSHEET_LINE_KINDS "earning|adjustment|benefit|statutory|tax|obligation|employer|accrual|net"

typedef struct {
  ArmmsId paysheet_line_id;
  ArmmsId paysheet_id;
  gint64 line_no;
  char *kind;
  char *code;                /* "ordinary_ot_nd", "salary", "sss", "company_loan", ... */
  char *title;
  char *pay_class;           /* earnings: basic, holiday, overtime, night; benefits: regular, supplementary, exempt */
  ArmmsMinutes minutes;
  ArmmsMoney rate;           /* so many centavos ... */
  ArmmsMinutes rate_minutes; /* ... for so many minutes: 695.00 / 480 */
  ArmmsMultiplier multiplier;
  ArmmsMoney due;            /* deductions: what was asked for */
  ArmmsMoney waived;
  ArmmsMoney deferred;
  ArmmsMoney amount;         /* earnings: added to pay; deductions: taken from it; employer, accrual: beside it */
  ArmmsId source_id;         /* timesheet, instalment */
  ArmmsId detachment_id;     /* earnings: where */
  char *detachment_code;
  char *trace;               /* JSON: rule, in, row, exact, rounding, result */
} ArmmsPaysheetLine;

extern const ArmmsRecordType armms_paysheet_line_type;

G_END_DECLS
