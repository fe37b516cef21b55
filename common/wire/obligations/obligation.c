#include "common/wire/obligations/obligation.h"
#include "common/wire/payroll/paysheet-waiver.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsObligation, member, Kind, __VA_ARGS__)
#define I(member, Kind, ...) ARMMS_FIELD (ArmmsObligationInstalment, member, Kind, __VA_ARGS__)
#define W(member, Kind, ...) ARMMS_FIELD (ArmmsObligationWaiver, member, Kind, __VA_ARGS__)
#define R(member, Kind, ...) ARMMS_FIELD (ArmmsObligationReschedule, member, Kind, __VA_ARGS__)
#define P(member, Kind, ...) ARMMS_FIELD (ArmmsObligationPlan, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY
#define HIDDEN ARMMS_FIELD_HIDDEN
#define MOST G_GINT64_CONSTANT (100000000000) /* a thousand million, in centavos */

static const ArmmsField fields[] = {
  F (obligation_id, ID, .flags = MADE | HIDDEN, .about = "The key"),
  F (employee_no, TEXT, .flags = MADE | ARMMS_FIELD_SORT, .about = "Whose, by number", .title = "Employee no."),
  F (employee_name, TEXT, .flags = MADE, .about = "Whose, by name", .title = "Employee"),
  F (employee_id, ID, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER | HIDDEN, .about = "Whose"),
  F (kind, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER, .format = ARMMS_OBLIGATION_KINDS, .about = "What it is; loss and damage stand under the weekly cap of the law"),
  F (title, TEXT, .max = 120, .about = "What people call it; it stands on the payslip"),
  F (reference_no, TEXT, .max = 60, .about = "The lender's or the incident's number", .title = "Reference"),
  F (principal, MONEY, .flags = ARMMS_FIELD_REQUIRED, .min = 1, .max = MOST, .about = "All that is to be taken"),
  F (instalment, MONEY, .min = 0, .max = MOST, .about = "Taken each time; the last one takes the rest. Or give periods"),
  F (periods, INTEGER, .flags = HIDDEN, .min = 0, .max = 480, .about = "So many equal instalments, odd centavos first"),
  F (starts_on, DATE, .flags = ARMMS_FIELD_REQUIRED, .about = "A day of its first pay period", .title = "Starts"),
  F (frequency, TEXT, .flags = HIDDEN, .format = ARMMS_INSTALMENT_FREQUENCIES, .about = "How often; every_period when left out"),
  F (priority, INTEGER, .min = 0, .max = 999, .about = "Low numbers are taken first and put off last; 0: by its kind"),
  F (whole_only, BOOLEAN, .flags = HIDDEN, .about = "An instalment is taken whole or not at all"),
  F (deferral_follow_up, TEXT, .flags = HIDDEN, .format = "carry_forward|append", .about = "What follows when the net-pay floor puts an instalment off"),
  F (state, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = ARMMS_OBLIGATION_STATES, .about = "PENDING: waits for approval"),
  F (taken, MONEY, .flags = MADE, .about = "Taken so far"),
  F (open, MONEY, .flags = MADE, .about = "Still to be taken"),
  F (forgiven, MONEY, .flags = MADE | HIDDEN, .about = "Cancelled: will not be taken"),
  F (next_period, DATE, .flags = MADE, .about = "First day of the next pay period that takes something", .title = "Next"),
  F (change_id, ID, .flags = MADE | HIDDEN, .about = "The change request that approves it"),
  F (version, INTEGER, .flags = MADE | HIDDEN, .about = "The ETag"),
  F (reason, TEXT, .flags = HIDDEN, .max = 500, .about = "Why it was made"),
  { 0 }
};

const ArmmsRecordType armms_obligation_type = { "obligation", sizeof (ArmmsObligation), fields };

static const ArmmsField instalment_fields[] = {
  I (instalment_id, ID, .flags = MADE | HIDDEN, .about = "The key"),
  I (obligation_id, ID, .flags = MADE | HIDDEN, .about = "The obligation"),
  I (seq_no, INTEGER, .flags = MADE, .about = "In the order in which they were made", .title = "No."),
  I (period_from, DATE, .flags = MADE | ARMMS_FIELD_SORT, .about = "First day of its pay period", .title = "From"),
  I (period_to, DATE, .flags = MADE, .about = "Last day of its pay period", .title = "To"),
  I (due, MONEY, .flags = MADE, .about = "To be taken"),
  I (waived, MONEY, .flags = MADE, .about = "Of it waived: planned again elsewhere"),
  I (taken, MONEY, .flags = MADE, .about = "Taken"),
  I (status, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = ARMMS_INSTALMENT_STATUSES, .about = "How far it is"),
  I (origin, TEXT, .flags = MADE | HIDDEN, .about = "What made it"),
  I (payrun_id, ID, .flags = MADE | HIDDEN, .about = "The payrun that took it"),
  { 0 }
};

const ArmmsRecordType armms_obligation_instalment_type = { "obligation-instalment", sizeof (ArmmsObligationInstalment), instalment_fields };

static const ArmmsField waiver_fields[] = {
  W (instalment_id, ID, .flags = ARMMS_FIELD_REQUIRED, .about = "The instalment"),
  W (amount, MONEY, .min = 0, .max = MOST, .about = "How much is not taken; 0 or left out: all of it"),
  W (reason_code, TEXT, .flags = ARMMS_FIELD_REQUIRED, .format = "low_pay|hardship|leave|error|other", .about = "Why, by code"),
  W (reason, TEXT, .flags = ARMMS_FIELD_REQUIRED, .min = 3, .max = 500, .about = "Why, in words"),
  W (follow_up, TEXT, .flags = ARMMS_FIELD_REQUIRED, .format = ARMMS_FOLLOW_UPS, .about = "What follows"),
  W (periods, INTEGER, .min = 0, .max = 120, .about = "Respread: over so many periods"),
  W (instalments, RECORDS, .record = &armms_waiver_instalment_type, .about = "Manual: dates and amounts, which add up to what is waived"),
  W (preview, BOOLEAN, .about = "Only show what it would come to"),
  { 0 }
};

const ArmmsRecordType armms_obligation_waiver_type = { "obligation-waiver", sizeof (ArmmsObligationWaiver), waiver_fields };

static const ArmmsField reschedule_fields[] = {
  R (starts_on, DATE, .about = "A day of the first pay period of the new plan"),
  R (instalment, MONEY, .min = 0, .max = MOST, .about = "Taken each period; or give periods, or instalments"),
  R (periods, INTEGER, .min = 0, .max = 480, .about = "So many equal instalments"),
  R (instalments, RECORDS, .record = &armms_waiver_instalment_type, .about = "Dates and amounts, which add up to what is open"),
  R (reason, TEXT, .flags = ARMMS_FIELD_REQUIRED, .min = 3, .max = 500, .about = "Why"),
  R (preview, BOOLEAN, .about = "Only show what it would come to"),
  { 0 }
};

const ArmmsRecordType armms_obligation_reschedule_type = { "obligation-reschedule", sizeof (ArmmsObligationReschedule), reschedule_fields };

static const ArmmsField plan_fields[] = {
  P (change_id, ID, .flags = MADE | HIDDEN, .about = "The change request that was opened"),
  P (obligation_id, ID, .flags = MADE | HIDDEN, .about = "The obligation"),
  P (open, MONEY, .flags = MADE, .about = "Still to be taken: the same as before"),
  P (instalments, RECORDS, .flags = MADE, .record = &armms_obligation_instalment_type, .about = "The open instalments as they would stand"),
  { 0 }
};

const ArmmsRecordType armms_obligation_plan_type = { "obligation-plan", sizeof (ArmmsObligationPlan), plan_fields };
