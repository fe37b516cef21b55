#include "common/wire/payroll/paysheet-waiver.h"

#define I(member, Kind, ...) ARMMS_FIELD (ArmmsWaiverInstalment, member, Kind, __VA_ARGS__)
#define F(member, Kind, ...) ARMMS_FIELD (ArmmsPaysheetWaiver, member, Kind, __VA_ARGS__)
#define W(member, Kind, ...) ARMMS_FIELD (ArmmsPaysheetWaived, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY

static const ArmmsField instalment_fields[] = {
  I (period_from, DATE, .flags = ARMMS_FIELD_REQUIRED, .about = "First day of its pay period", .title = "Period from"),
  I (amount, MONEY, .flags = ARMMS_FIELD_REQUIRED, .min = 1, .max = G_GINT64_CONSTANT (100000000000), .about = "How much"),
  { 0 }
};

const ArmmsRecordType armms_waiver_instalment_type = { "waiver-instalment", sizeof (ArmmsWaiverInstalment), instalment_fields };

static const ArmmsField fields[] = {
  F (line_no, INTEGER, .flags = ARMMS_FIELD_REQUIRED, .min = 1, .max = 32767, .about = "The line of the deduction"),
  F (amount, MONEY, .min = 0, .max = G_GINT64_CONSTANT (100000000000), .about = "How much is not taken; 0 or left out: all of it"),
  F (reason_code, TEXT, .flags = ARMMS_FIELD_REQUIRED, .format = "low_pay|hardship|leave|error|other", .about = "Why, by code"),
  F (reason, TEXT, .flags = ARMMS_FIELD_REQUIRED, .min = 3, .max = 500, .about = "Why, in words"),
  F (follow_up, TEXT, .flags = ARMMS_FIELD_REQUIRED, .format = ARMMS_FOLLOW_UPS,
     .about = "carry_forward: the next period takes both; respread: over the next periods; append: at the end; manual: dates given"),
  F (periods, INTEGER, .min = 0, .max = 120, .about = "Respread: over so many periods"),
  F (instalments, RECORDS, .record = &armms_waiver_instalment_type, .about = "Manual: dates and amounts, which add up to what is waived"),
  F (preview, BOOLEAN, .about = "Only show what it would come to: nothing is stored"),
  { 0 }
};

const ArmmsRecordType armms_paysheet_waiver_type = { "paysheet-waiver", sizeof (ArmmsPaysheetWaiver), fields };

static const ArmmsField waived_fields[] = {
  W (change_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The change request that was opened"),
  W (paysheet_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The paysheet"),
  W (line_no, INTEGER, .flags = MADE, .about = "The line"),
  W (due, MONEY, .flags = MADE, .about = "What was asked for"),
  W (waived, MONEY, .flags = MADE, .about = "What is not taken"),
  W (net_before, MONEY, .flags = MADE, .about = "Net pay as it stands"),
  W (net_after, MONEY, .flags = MADE, .about = "Net pay with the waiver"),
  W (instalments, RECORDS, .flags = MADE, .record = &armms_waiver_instalment_type, .about = "What is still open afterwards"),
  { 0 }
};

const ArmmsRecordType armms_paysheet_waived_type = { "paysheet-waived", sizeof (ArmmsPaysheetWaived), waived_fields };
