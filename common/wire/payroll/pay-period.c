#include "common/wire/payroll/pay-period.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsPayPeriod, member, Kind, __VA_ARGS__)
#define O(member, Kind, ...) ARMMS_FIELD (ArmmsPayPeriodOpening, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY

static const ArmmsField fields[] = {
  F (pay_period_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (period_from, DATE, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_SORT, .about = "First day", .title = "From"),
  F (period_to, DATE, .flags = MADE, .about = "Last day", .title = "To"),
  F (pay_date, DATE, .flags = MADE, .about = "The day on which it is paid: the tax table in force then counts", .title = "Pay date"),
  F (cut_off, INTEGER, .flags = MADE, .min = 0, .max = 2, .about = "1 or 2 within the month; 0: the month is not cut", .title = "Cut-off"),
  F (kind, TEXT, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .format = ARMMS_PAY_PERIOD_KINDS, .about = "The calendar it belongs to"),
  F (state, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "OPEN|CLOSED", .about = "CLOSED: its regular payrun is closed"),
  F (snapshots, INTEGER, .flags = MADE, .about = "Finalised timesheets that have arrived for it", .title = "Timesheets"),
  F (payrun_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Its regular payrun"),
  F (payrun_state, TEXT, .flags = MADE, .about = "How far its regular payrun is", .title = "Payrun"),
  F (version, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The ETag"),
  { 0 }
};

const ArmmsRecordType armms_pay_period_type = { "pay-period", sizeof (ArmmsPayPeriod), fields };

static const ArmmsField opening_fields[] = {
  O (from, DATE, .flags = ARMMS_FIELD_REQUIRED, .about = "A day of the first period to open"),
  O (to, DATE, .flags = ARMMS_FIELD_REQUIRED, .about = "A day of the last period to open; at most 400 days later"),
  O (pay_after_days, INTEGER, .min = 0, .max = 31, .about = "Pay date: so many days after the last day"),
  { 0 }
};

const ArmmsRecordType armms_pay_period_opening_type = { "pay-period-opening", sizeof (ArmmsPayPeriodOpening), opening_fields };
