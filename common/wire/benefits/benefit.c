#include "common/wire/benefits/benefit.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsBenefit, member, Kind, __VA_ARGS__)
#define I(member, Kind, ...) ARMMS_FIELD (ArmmsBenefitInstalment, member, Kind, __VA_ARGS__)
#define E(member, Kind, ...) ARMMS_FIELD (ArmmsBenefitEnd, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY
#define HIDDEN ARMMS_FIELD_HIDDEN

static const ArmmsField fields[] = {
  F (benefit_id, ID, .flags = MADE | HIDDEN, .about = "The key"),
  F (employee_no, TEXT, .flags = MADE | ARMMS_FIELD_SORT, .about = "Whose, by number", .title = "Employee no."),
  F (employee_name, TEXT, .flags = MADE, .about = "Whose, by name", .title = "Employee"),
  F (employee_id, ID, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER | HIDDEN, .about = "Whose"),
  F (kind, TEXT, .flags = ARMMS_FIELD_FILTER, .format = ARMMS_BENEFIT_KINDS, .about = "What it is; reimbursements stand outside gross pay"),
  F (title, TEXT, .flags = ARMMS_FIELD_REQUIRED, .min = 2, .max = 120, .about = "What people call it; it stands on the payslip"),
  F (amount, MONEY, .flags = ARMMS_FIELD_REQUIRED, .min = 1, .max = G_GINT64_CONSTANT (10000000000), .about = "Paid each time"),
  F (frequency, TEXT, .format = "every_period|first_cut_off|second_cut_off|once", .about = "How often; allowances: every_period, bonuses: once, when left out"),
  F (valid_from, DATE, .flags = ARMMS_FIELD_REQUIRED, .about = "From this day", .title = "From"),
  F (valid_to, DATE, .about = "To this day; empty: until it is ended", .title = "To"),
  F (taxable, BOOLEAN, .about = "Part of taxable pay, beyond what the law lets free"),
  F (tax_class, TEXT, .flags = HIDDEN, .format = "regular|supplementary|pool", .about = "pool: 13th month and other benefits, free up to the year's ceiling"),
  F (de_minimis_kind, TEXT, .flags = HIDDEN, .format = ARMMS_DE_MINIMIS_KINDS, .about = "A small benefit: free of tax up to its ceiling, the rest goes to the pool"),
  F (state, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = ARMMS_BENEFIT_STATES, .about = "PENDING: waits for approval"),
  F (paid, MONEY, .flags = MADE, .about = "Paid so far"),
  F (change_id, ID, .flags = MADE | HIDDEN, .about = "The change request that approves it"),
  F (version, INTEGER, .flags = MADE | HIDDEN, .about = "The ETag"),
  F (reason, TEXT, .flags = HIDDEN, .max = 500, .about = "Why it is given"),
  { 0 }
};

const ArmmsRecordType armms_benefit_type = { "benefit", sizeof (ArmmsBenefit), fields };

static const ArmmsField instalment_fields[] = {
  I (instalment_id, ID, .flags = MADE | HIDDEN, .about = "The key"),
  I (benefit_id, ID, .flags = MADE | HIDDEN, .about = "The benefit"),
  I (period_from, DATE, .flags = MADE | ARMMS_FIELD_SORT, .about = "First day of its pay period", .title = "From"),
  I (period_to, DATE, .flags = MADE, .about = "Last day of its pay period", .title = "To"),
  I (due, MONEY, .flags = MADE, .about = "To be paid"),
  I (paid, MONEY, .flags = MADE, .about = "Paid"),
  I (status, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "PLANNED|APPLIED|PARTIAL|WAIVED|DEFERRED|CANCELLED", .about = "How far it is"),
  I (payrun_id, ID, .flags = MADE | HIDDEN, .about = "The payrun that paid it"),
  { 0 }
};

const ArmmsRecordType armms_benefit_instalment_type = { "benefit-instalment", sizeof (ArmmsBenefitInstalment), instalment_fields };

static const ArmmsField end_fields[] = {
  E (valid_to, DATE, .flags = ARMMS_FIELD_REQUIRED, .about = "Its last day"),
  E (reason, TEXT, .flags = ARMMS_FIELD_REQUIRED, .min = 3, .max = 500, .about = "Why it ends"),
  { 0 }
};

const ArmmsRecordType armms_benefit_end_type = { "benefit-end", sizeof (ArmmsBenefitEnd), end_fields };
