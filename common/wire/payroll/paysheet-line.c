#include "common/wire/payroll/paysheet-line.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsPaysheetLine, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY
#define HIDDEN ARMMS_FIELD_HIDDEN

static const ArmmsField fields[] = {
  F (paysheet_line_id, ID, .flags = MADE | HIDDEN, .about = "The key"),
  F (paysheet_id, ID, .flags = MADE | HIDDEN, .about = "Its paysheet"),
  F (line_no, INTEGER, .flags = MADE | ARMMS_FIELD_SORT, .about = "Its place in the paysheet", .title = "No."),
  F (kind, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = ARMMS_PAYSHEET_LINE_KINDS, .about = "What it does to pay"),
  F (title, TEXT, .flags = MADE, .about = "What it is"),
  F (code, TEXT, .flags = MADE | HIDDEN, .about = "What it is, for programs"),
  F (pay_class, TEXT, .flags = MADE | HIDDEN, .about = "How the tax law sees it"),
  F (detachment_code, TEXT, .flags = MADE, .about = "Where it was earned", .title = "Detachment"),
  F (minutes, MINUTES, .flags = MADE | ARMMS_FIELD_OPTIONAL_ZERO, .about = "Minutes paid", .title = "Time"),
  F (rate, MONEY, .flags = MADE | ARMMS_FIELD_OPTIONAL_ZERO, .about = "The rate: so much ..."),
  F (rate_minutes, MINUTES, .flags = MADE | ARMMS_FIELD_OPTIONAL_ZERO, .about = "... for so many minutes", .title = "per"),
  F (multiplier, MULTIPLIER, .flags = MADE | ARMMS_FIELD_OPTIONAL_ZERO, .about = "The factor of the day, overtime and night", .title = "Factor"),
  F (due, MONEY, .flags = MADE, .about = "Deductions: what was asked for"),
  F (waived, MONEY, .flags = MADE | HIDDEN, .about = "Of it waived"),
  F (deferred, MONEY, .flags = MADE, .about = "Of it put off, because of the net-pay floor or for want of pay"),
  F (amount, MONEY, .flags = MADE, .about = "Added to pay, or taken from it; employer shares and accruals stand beside it"),
  F (source_id, ID, .flags = MADE | HIDDEN, .about = "The timesheet or the instalment that it comes from"),
  F (detachment_id, ID, .flags = MADE | HIDDEN, .about = "Where it was earned"),
  F (trace, JSON, .flags = MADE | HIDDEN, .about = "Why it is what it is: inputs, rule, row of the table, exact fraction, rounding"),
  { 0 }
};

const ArmmsRecordType armms_paysheet_line_type = { "paysheet-line", sizeof (ArmmsPaysheetLine), fields };
