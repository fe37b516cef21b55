#include "common/wire/payroll/payrun.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsPayrun, member, Kind, __VA_ARGS__)
#define D(member, Kind, ...) ARMMS_FIELD (ArmmsPayrunDecision, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY

static const ArmmsField fields[] = {
  F (payrun_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (title, TEXT, .max = 120, .about = "What people call it; made from the period when it is left out"),
  F (pay_period_id, ID, .flags = ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "Its pay period; or give period_from"),
  F (period_from, DATE, .flags = ARMMS_FIELD_FILTER | ARMMS_FIELD_SORT, .about = "First day of its pay period", .title = "From"),
  F (period_to, DATE, .flags = MADE, .about = "Last day of its pay period", .title = "To"),
  F (pay_date, DATE, .flags = MADE, .about = "The day on which it is paid", .title = "Pay date"),
  F (cut_off, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "1 or 2 within the month; 0: the month is not cut"),
  F (kind, TEXT, .flags = ARMMS_FIELD_FILTER, .format = "regular|off_cycle", .about = "regular: the whole period; off_cycle: only what arrived late"),
  F (state, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = ARMMS_PAYRUN_STATES, .about = "How far it is"),
  F (version, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The ETag"),
  F (calculation_no, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "How often it was calculated"),
  F (job_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The calculation that runs now"),
  F (change_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The change request that approves it"),
  F (paysheets, INTEGER, .flags = MADE, .about = "How many paysheets it holds"),
  F (errors, INTEGER, .flags = MADE, .about = "Paysheets that could not be calculated"),
  F (warnings, INTEGER, .flags = MADE, .about = "Paysheets with a warning"),
  F (rejected, INTEGER, .flags = MADE, .about = "Paysheets that were sent back"),
  F (gross, MONEY, .flags = MADE, .about = "All earnings"),
  F (statutory, MONEY, .flags = MADE, .about = "Employee shares of SSS, PhilHealth and HDMF taken from pay"),
  F (tax, MONEY, .flags = MADE, .about = "Withholding tax taken from pay"),
  F (obligations, MONEY, .flags = MADE, .about = "Loans and other obligations taken from pay"),
  F (net, MONEY, .flags = MADE, .about = "Paid out"),
  F (deferred, MONEY, .flags = MADE, .about = "Not taken, because of the net-pay floor or for want of pay"),
  F (waived, MONEY, .flags = MADE, .about = "Not taken, because it was waived"),
  F (employer, MONEY, .flags = MADE, .about = "The agency's own shares", .title = "Employer shares"),
  F (receivable, MONEY, .flags = MADE, .about = "Employee shares that were not taken from pay: the agency remits them all the same"),
  F (thirteenth_month, MONEY, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "13th month pay accrued"),
  F (calculated_at, INSTANT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "When it was last calculated"),
  F (submitted_by, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Who submitted it"),
  F (submitted_at, INSTANT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "When it was submitted"),
  F (verified_by, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Who verified it"),
  F (verified_at, INSTANT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "When it was verified"),
  F (approved_by, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Who approved it"),
  F (approved_at, INSTANT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "When it was approved"),
  F (closed_by, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Who closed it"),
  F (closed_at, INSTANT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "When it was closed"),
  F (reason, TEXT, .flags = MADE, .about = "Why it was rejected or cancelled, the last time"),
  { 0 }
};

const ArmmsRecordType armms_payrun_type = { "payrun", sizeof (ArmmsPayrun), fields };

static const ArmmsField decision_fields[] = {
  D (reason, TEXT, .min = 3, .max = 500, .about = "Why; needed to reject and to cancel"),
  D (paysheet_ids, IDS, .about = "Reject: only these paysheets are wrong; left out: the payrun as a whole"),
  D (leave_out_errors, BOOLEAN, .about = "Submit: paysheets with errors are left out, their timesheets come with the next run"),
  { 0 }
};

const ArmmsRecordType armms_payrun_decision_type = { "payrun-decision", sizeof (ArmmsPayrunDecision), decision_fields };
