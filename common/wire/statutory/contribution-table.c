#include "common/wire/statutory/contribution-table.h"

#define R(member, Kind, ...) ARMMS_FIELD (ArmmsContributionTableRow, member, Kind, .flags = ARMMS_FIELD_READ_ONLY, __VA_ARGS__)
#define F(member, Kind, ...) ARMMS_FIELD (ArmmsContributionTableRecord, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY

static const ArmmsField row_fields[] = {
  R (row_no, INTEGER, .about = "Row of the table"),
  R (at_least, MONEY, .about = "Compensation from"),
  R (not_over, MONEY, .about = "Compensation to; 0.00: no end"),
  R (credit, MONEY, .about = "Monthly salary credit"),
  R (employee, MONEY, .about = "Employee share, without MPF"),
  R (employee_mpf, MONEY, .about = "Employee share of the provident fund"),
  R (employer, MONEY, .about = "Employer share, without MPF and EC"),
  R (employer_mpf, MONEY, .about = "Employer share of the provident fund"),
  R (employer_ec, MONEY, .about = "Employees' compensation, employer only"),
  R (employee_rate, MULTIPLIER, .about = "Employee share of the base"),
  R (employer_rate, MULTIPLIER, .about = "Employer share of the base"),
  R (base_floor, MONEY, .about = "The base is at least this"),
  R (base_ceiling, MONEY, .about = "The base is at most this; 0.00: no ceiling"),
  { 0 }
};

const ArmmsRecordType armms_contribution_table_row_type = { "contribution-table-row", sizeof (ArmmsContributionTableRow), row_fields };

static const ArmmsField fields[] = {
  F (contribution_table_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (scheme, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "sss|philhealth|hdmf", .about = "The fund"),
  F (valid_from, DATE, .flags = MADE | ARMMS_FIELD_SORT, .about = "First applicable day", .title = "From"),
  F (valid_to, DATE, .flags = MADE, .about = "Last applicable day; empty: until changed", .title = "To"),
  F (source, TEXT, .flags = MADE, .about = "The document it was taken from"),
  F (reviewed_on, DATE, .flags = MADE, .about = "When it was last compared with the document"),
  F (row_count, INTEGER, .flags = MADE, .about = "How many rows it has", .title = "Rows"),
  F (sha256, TEXT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Checksum of its rows"),
  F (rows, RECORDS, .flags = MADE | ARMMS_FIELD_HIDDEN, .record = &armms_contribution_table_row_type, .about = "Its rows; only when one table is asked for"),
  { 0 }
};

const ArmmsRecordType armms_contribution_table_type = { "contribution-table", sizeof (ArmmsContributionTableRecord), fields };
