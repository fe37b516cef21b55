#include "common/wire/payroll/paysheet.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsPaysheet, member, Kind, __VA_ARGS__)
#define D(member, Kind, ...) ARMMS_FIELD (ArmmsPaysheetDecision, member, Kind, __VA_ARGS__)
#define T(member, Kind, ...) ARMMS_FIELD (ArmmsPaysheetDecided, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY
#define HIDDEN ARMMS_FIELD_HIDDEN

static const ArmmsField fields[] = {
  F (paysheet_id, ID, .flags = MADE | HIDDEN, .about = "The key"),
  F (payrun_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | HIDDEN, .about = "Its payrun"),
  F (employee_no, TEXT, .flags = MADE | ARMMS_FIELD_SORT, .about = "Whose, by number", .title = "Employee no."),
  F (employee_name, TEXT, .flags = MADE, .about = "Whose, by name", .title = "Employee"),
  F (employee_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | HIDDEN, .about = "Whose"),
  F (period_from, DATE, .flags = MADE | HIDDEN, .about = "First day of the pay period", .title = "From"),
  F (period_to, DATE, .flags = MADE | HIDDEN, .about = "Last day of the pay period", .title = "To"),
  F (pay_date, DATE, .flags = MADE | HIDDEN, .about = "The day on which it is paid"),
  F (detachment_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | HIDDEN, .about = "Where most of it was earned"),
  F (detachment_code, TEXT, .flags = MADE, .about = "Where most of it was earned", .title = "Detachment"),
  F (position_code, TEXT, .flags = MADE | HIDDEN, .about = "As what most of it was earned", .title = "Position"),
  F (state, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = ARMMS_PAYSHEET_STATES, .about = "How far it is"),
  F (version, INTEGER, .flags = MADE | HIDDEN, .about = "The ETag"),
  F (lines, INTEGER, .flags = MADE | HIDDEN, .about = "How many lines it has"),
  F (worked_minutes, MINUTES, .flags = MADE, .about = "Minutes worked", .title = "Worked"),
  F (gross, MONEY, .flags = MADE, .about = "All earnings"),
  F (allowances, MONEY, .flags = MADE | HIDDEN, .about = "Allowances, bonuses and reimbursements among them"),
  F (adjustments, MONEY, .flags = MADE | HIDDEN, .about = "Corrections of earlier periods among them"),
  F (taxable, MONEY, .flags = MADE | HIDDEN, .about = "What the tax was applied to"),
  F (sss, MONEY, .flags = MADE, .about = "Employee share of SSS taken from pay", .title = "SSS"),
  F (philhealth, MONEY, .flags = MADE, .about = "Employee share of PhilHealth taken from pay", .title = "PhilHealth"),
  F (hdmf, MONEY, .flags = MADE, .about = "Employee share of HDMF (Pag-IBIG) taken from pay", .title = "HDMF"),
  F (tax, MONEY, .flags = MADE, .about = "Withholding tax taken from pay", .title = "Tax"),
  F (obligations, MONEY, .flags = MADE, .about = "Loans and other obligations taken from pay"),
  F (deductions, MONEY, .flags = MADE | HIDDEN, .about = "Everything that was taken from pay"),
  F (net, MONEY, .flags = MADE, .about = "Paid out"),
  F (net_floor, MONEY, .flags = MADE | HIDDEN, .about = "What must at least be paid out, by the tenant's policy"),
  F (deferred, MONEY, .flags = MADE, .about = "Not taken, because of the net-pay floor or for want of pay"),
  F (waived, MONEY, .flags = MADE, .about = "Not taken, because it was waived"),
  F (receivable, MONEY, .flags = MADE | HIDDEN, .about = "Employee shares that were not taken from pay: the agency remits them all the same"),
  F (employer, MONEY, .flags = MADE | HIDDEN, .about = "The agency's own shares"),
  F (thirteenth_month, MONEY, .flags = MADE | HIDDEN, .about = "13th month pay accrued"),
  F (previous_net, MONEY, .flags = MADE | HIDDEN, .about = "Net pay of the payrun before this one"),
  F (minimum_wage_earner, BOOLEAN, .flags = MADE | HIDDEN, .about = "Paid at the minimum wage: free of tax"),
  F (floor_missed, BOOLEAN, .flags = MADE | HIDDEN, .about = "Law alone takes more than the floor leaves room for"),
  F (problems, TEXTS, .flags = MADE, .about = "Why it could not be calculated"),
  F (warnings, TEXTS, .flags = MADE, .about = "What a person should look at"),
  F (reason, TEXT, .flags = MADE, .about = "Why it was sent back"),
  F (sha256, TEXT, .flags = MADE | HIDDEN, .about = "The seal of the payslip"),
  { 0 }
};

const ArmmsRecordType armms_paysheet_type = { "paysheet", sizeof (ArmmsPaysheet), fields };

static const ArmmsField decision_fields[] = {
  D (line_no, INTEGER, .min = 0, .max = 32767, .about = "Only this line; 0 or left out: the whole paysheet"),
  D (reason, TEXT, .min = 3, .max = 500, .about = "Why; needed to reject"),
  { 0 }
};

const ArmmsRecordType armms_paysheet_decision_type = { "paysheet-decision", sizeof (ArmmsPaysheetDecision), decision_fields };

static const ArmmsField decided_fields[] = {
  T (decision_id, ID, .flags = MADE | HIDDEN, .about = "The key"),
  T (payrun_id, ID, .flags = MADE | HIDDEN, .about = "The payrun"),
  T (paysheet_id, ID, .flags = MADE | HIDDEN, .about = "The paysheet; empty: the payrun as a whole"),
  T (line_no, INTEGER, .flags = MADE, .about = "The line; 0: the whole paysheet", .title = "Line"),
  T (step, TEXT, .flags = MADE, .format = "submit|verify|approve|reject|close|cancel|leave_out", .about = "What was decided"),
  T (reason, TEXT, .flags = MADE, .about = "Why"),
  T (decided_by, ID, .flags = MADE | HIDDEN, .about = "Who"),
  T (decided_at, INSTANT, .flags = MADE | ARMMS_FIELD_SORT, .about = "When", .title = "When"),
  { 0 }
};

const ArmmsRecordType armms_paysheet_decided_type = { "paysheet-decided", sizeof (ArmmsPaysheetDecided), decided_fields };
