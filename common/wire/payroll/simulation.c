#include "common/wire/payroll/simulation.h"
#include "common/wire/payroll/paysheet-line.h"

#define R(member, Kind, ...) ARMMS_FIELD (ArmmsSimulationRequest, member, Kind, __VA_ARGS__)
#define P(member, Kind, ...) ARMMS_FIELD (ArmmsSimulatedPaysheet, member, Kind, __VA_ARGS__)
#define F(member, Kind, ...) ARMMS_FIELD (ArmmsSimulation, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY

static const ArmmsField request_fields[] = {
  R (employee_ids, IDS, .about = "Only these employees, at most 500; left out: all, and only the totals are told"),
  R (waive_instalment_ids, IDS, .about = "As if these instalments were waived"),
  R (waive_schemes, TEXTS, .about = "As if these employee shares were waived: sss, philhealth, hdmf"),
  { 0 }
};

const ArmmsRecordType armms_simulation_request_type = { "simulation-request", sizeof (ArmmsSimulationRequest), request_fields };

static const ArmmsField paysheet_fields[] = {
  P (employee_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Whose"),
  P (employee_no, TEXT, .flags = MADE, .about = "Whose, by number", .title = "Employee no."),
  P (employee_name, TEXT, .flags = MADE, .about = "Whose, by name", .title = "Employee"),
  P (gross, MONEY, .flags = MADE, .about = "All earnings"),
  P (deductions, MONEY, .flags = MADE, .about = "Everything taken from pay"),
  P (deferred, MONEY, .flags = MADE, .about = "Not taken, because of the net-pay floor or for want of pay"),
  P (waived, MONEY, .flags = MADE, .about = "Not taken, because it is waived"),
  P (net, MONEY, .flags = MADE, .about = "Paid out"),
  P (net_before, MONEY, .flags = MADE, .about = "Paid out as it stands now", .title = "Net now"),
  P (net_floor, MONEY, .flags = MADE, .about = "What must at least be paid out"),
  P (problems, TEXTS, .flags = MADE, .about = "Why it cannot be calculated"),
  P (lines, RECORDS, .flags = MADE, .record = &armms_paysheet_line_type, .about = "Its lines; of at most 50 employees"),
  { 0 }
};

const ArmmsRecordType armms_simulated_paysheet_type = { "simulated-paysheet", sizeof (ArmmsSimulatedPaysheet), paysheet_fields };

static const ArmmsField fields[] = {
  F (payrun_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The payrun"),
  F (paysheets, INTEGER, .flags = MADE, .about = "How many paysheets"),
  F (errors, INTEGER, .flags = MADE, .about = "Paysheets that cannot be calculated"),
  F (gross, MONEY, .flags = MADE, .about = "All earnings"),
  F (statutory, MONEY, .flags = MADE, .about = "Employee shares taken"),
  F (tax, MONEY, .flags = MADE, .about = "Withholding tax taken"),
  F (obligations, MONEY, .flags = MADE, .about = "Obligations taken"),
  F (deferred, MONEY, .flags = MADE, .about = "Put off"),
  F (waived, MONEY, .flags = MADE, .about = "Waived"),
  F (employer, MONEY, .flags = MADE, .about = "The agency's own shares"),
  F (net, MONEY, .flags = MADE, .about = "Paid out"),
  F (net_before, MONEY, .flags = MADE, .about = "Paid out as it stands now", .title = "Net now"),
  F (items, RECORDS, .flags = MADE, .record = &armms_simulated_paysheet_type, .about = "One per employee asked for"),
  { 0 }
};

const ArmmsRecordType armms_simulation_type = { "simulation", sizeof (ArmmsSimulation), fields };
