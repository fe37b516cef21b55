#include "common/wire/statutory/schedule.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsStatutoryScheduleRecord, member, Kind, __VA_ARGS__)
#define W(member, Kind, ...) ARMMS_FIELD (ArmmsStatutoryWaiver, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY
#define NEEDED ARMMS_FIELD_REQUIRED

static const ArmmsField schedule_fields[] = {
  F (schedule_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (employee_id, ID, .flags = MADE | ARMMS_FIELD_FILTER, .about = "Whose", .title = "Employee"),
  F (month, DATE, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_SORT, .about = "First day of the applicable month"),
  F (scheme, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "sss|philhealth|hdmf", .about = "The fund"),
  F (status, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "PLANNED|APPLIED|PARTIAL|WAIVED|DEFERRED|CANCELLED", .about = "What became of it"),
  F (employee_due, MONEY, .flags = MADE, .about = "Employee share owed to the fund"),
  F (employee_taken, MONEY, .flags = MADE, .about = "of it, taken from pay"),
  F (receivable, MONEY, .flags = MADE, .about = "not taken from pay: the agency remits it in advance"),
  F (employer_due, MONEY, .flags = MADE, .about = "Employer share owed to the fund"),
  F (waived_all, BOOLEAN, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The whole employee share was waived for the month"),
  F (waived, MONEY, .flags = MADE, .about = "or this much of it"),
  F (follow_up, TEXT, .flags = MADE, .format = "carry_forward|respread|append|manual", .about = "What follows for what was not taken"),
  F (carried, MONEY, .flags = MADE, .about = "Of earlier months, to recover in this one"),
  F (recovered, MONEY, .flags = MADE, .about = "of it, recovered"),
  F (version, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Rises by one at every change"),
  { 0 }
};

const ArmmsRecordType armms_statutory_schedule_type = { "statutory-schedule", sizeof (ArmmsStatutoryScheduleRecord), schedule_fields };

static const ArmmsField waiver_fields[] = {
  W (change_id, ID, .flags = MADE, .about = "The change request that waits for its decision"),
  W (employee_id, ID, .flags = NEEDED, .about = "Whose", .title = "Employee"),
  W (scheme, TEXT, .flags = NEEDED, .format = "sss|philhealth|hdmf", .about = "The fund"),
  W (month, DATE, .flags = NEEDED, .about = "First day of the applicable month"),
  W (amount, MONEY, .min = 0, .max = 100000000, .about = "How much of the employee share; 0.00: all of it"),
  W (follow_up, TEXT, .flags = NEEDED, .format = "carry_forward|respread|append|manual", .about = "What follows: the next month takes both; spread over months; one more month; as given"),
  W (periods, INTEGER, .min = 0, .max = 120, .about = "respread: over how many months"),
  W (instalments, JSON, .about = "manual: [{\"month\": \"2026-07-01\", \"amount_centavos\": 12500}]"),
  W (reason, TEXT, .flags = NEEDED, .min = 3, .max = 500, .about = "Why"),
  { 0 }
};

const ArmmsRecordType armms_statutory_waiver_type = { "statutory-waiver", sizeof (ArmmsStatutoryWaiver), waiver_fields };
