#include "common/wire/hr/employee.h"

#define PAY_BASIS "HOURLY|DAILY|MONTHLY"
#define MADE ARMMS_FIELD_READ_ONLY
#define F(member, Kind, ...) ARMMS_FIELD (ArmmsEmployee, member, Kind, __VA_ARGS__)
#define H(member, Kind, ...) ARMMS_FIELD (ArmmsEmployment, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (employee_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (employee_no, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER | ARMMS_FIELD_SORT, .format = "employee-no", .max = 32,
     .about = "The number people and devices know the employee by", .title = "Employee no."),
  F (family_name, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_SORT, .max = 100, .about = "Family name"),
  F (given_name, TEXT, .flags = ARMMS_FIELD_REQUIRED, .max = 100, .about = "Given name"),
  F (middle_name, TEXT, .flags = ARMMS_FIELD_HIDDEN, .max = 100, .about = "Middle name"),
  F (status, TEXT, .flags = ARMMS_FIELD_FILTER, .format = "ACTIVE|ON_HOLD|SEPARATED", .about = "Only the active are planned and paid"),
  F (hired_on, DATE, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_SORT, .about = "First day of employment", .title = "Hired"),
  F (separated_on, DATE, .about = "Last day of employment", .title = "Separated"),
  F (effective_on, DATE, .flags = ARMMS_FIELD_HIDDEN,
     .about = "From when on position, department, pay basis and rate hold; on a change: from when on the change holds"),
  F (position_id, ID, .flags = ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "The position"),
  F (position_code, TEXT, .flags = MADE, .about = "The position", .title = "Position"),
  F (department_id, ID, .flags = ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "The department"),
  F (department_code, TEXT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The department", .title = "Department"),
  F (pay_basis, TEXT, .flags = ARMMS_FIELD_FILTER, .format = PAY_BASIS,
     .about = "By the hour or day at the rate of the post, or a monthly salary"),
  F (monthly_rate, MONEY, .flags = ARMMS_FIELD_HIDDEN | ARMMS_FIELD_OPTIONAL_ZERO, .max = 100000000000, .scope = "payroll:read",
     .about = "The salary of a monthly basis"),
  F (minimum_wage_earner, BOOLEAN, .flags = ARMMS_FIELD_HIDDEN, .about = "Paid not more than the minimum wage: exempt from tax on it"),
  F (sss_no, TEXT, .flags = ARMMS_FIELD_HIDDEN, .format = "digits", .max = 20, .scope = "hr:update", .about = "SSS number", .title = "SSS no."),
  F (philhealth_no, TEXT, .flags = ARMMS_FIELD_HIDDEN, .format = "digits", .max = 20, .scope = "hr:update", .about = "PhilHealth number",
     .title = "PhilHealth no."),
  F (hdmf_no, TEXT, .flags = ARMMS_FIELD_HIDDEN, .format = "digits", .max = 20, .scope = "hr:update", .about = "Pag-IBIG number",
     .title = "Pag-IBIG no."),
  F (tin, TEXT, .flags = ARMMS_FIELD_HIDDEN, .format = "digits", .max = 20, .scope = "hr:update", .about = "Taxpayer number", .title = "TIN"),
  F (bank_account, TEXT, .flags = ARMMS_FIELD_HIDDEN, .format = "digits", .max = 34, .scope = "hr:update", .about = "Where the pay is sent"),
  F (birth_on, DATE, .flags = ARMMS_FIELD_HIDDEN, .scope = "hr:update", .about = "Date of birth", .title = "Born"),
  F (address, TEXT, .flags = ARMMS_FIELD_HIDDEN, .max = 300, .scope = "hr:update", .about = "Home address"),
  F (email, TEXT, .flags = ARMMS_FIELD_HIDDEN, .format = "email", .max = 254, .about = "E-mail address"),
  F (phone, TEXT, .flags = ARMMS_FIELD_HIDDEN, .format = "phone", .max = 30, .about = "Telephone number"),
  F (version, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Rises with every change (the ETag)"),
  { NULL }
};

const ArmmsRecordType armms_employee_type = { "employee", sizeof (ArmmsEmployee), fields };

static const ArmmsField employment_fields[] = {
  H (employment_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  H (employee_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Whose"),
  H (valid_from, DATE, .flags = MADE | ARMMS_FIELD_SORT, .about = "First day", .title = "From"),
  H (valid_to, DATE, .flags = MADE, .about = "Last day; open when there is none", .title = "To"),
  H (position_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The position"),
  H (position_code, TEXT, .flags = MADE, .about = "The position", .title = "Position"),
  H (department_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The department"),
  H (department_code, TEXT, .flags = MADE, .about = "The department", .title = "Department"),
  H (pay_basis, TEXT, .flags = MADE, .format = PAY_BASIS, .about = "How the pay is reckoned"),
  H (monthly_rate, MONEY, .flags = MADE | ARMMS_FIELD_OPTIONAL_ZERO, .scope = "payroll:read", .about = "The salary of a monthly basis"),
  H (minimum_wage_earner, BOOLEAN, .flags = MADE, .about = "Paid not more than the minimum wage"),
  { NULL }
};

const ArmmsRecordType armms_employment_type = { "employment", sizeof (ArmmsEmployment), employment_fields };
