/* An employee: everybody on the payroll, guards and office staff alike. Government numbers, bank account, birth date and
 * address are sealed in the database; they are given for one employee, never in a list. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId employee_id;
  char *employee_no;
  char *family_name;
  char *given_name;
  char *middle_name;
  char *status;              /* ACTIVE, ON_HOLD, SEPARATED */
  ArmmsDate hired_on;
  ArmmsDate separated_on;    /* the last day; NONE while employed */
  /* The employment in force (ArmmsEmployment tells the others). */
  ArmmsDate effective_on;    /* from when on it holds */
  ArmmsId position_id;
  char *position_code;
  ArmmsId department_id;
  char *department_code;
  char *pay_basis;           /* HOURLY, DAILY: by the post's rate card; MONTHLY: a salary */
  ArmmsMoney monthly_rate;   /* of a MONTHLY basis; else 0 */
  gboolean minimum_wage_earner;
  char *sss_no;
  char *philhealth_no;
  char *hdmf_no;
  char *tin;
  char *bank_account;
  ArmmsDate birth_on;
  char *address;
  char *email;
  char *phone;
  gint64 version;
} ArmmsEmployee;

extern const ArmmsRecordType armms_employee_type;

/* What somebody was employed as, and from when to when: history, no two overlap. */
typedef struct {
  ArmmsId employment_id;
  ArmmsId employee_id;
  ArmmsDate valid_from;
  ArmmsDate valid_to;        /* the last day; NONE: open */
  ArmmsId position_id;
  char *position_code;
  ArmmsId department_id;
  char *department_code;
  char *pay_basis;
  ArmmsMoney monthly_rate;
  gboolean minimum_wage_earner;
} ArmmsEmployment;

extern const ArmmsRecordType armms_employment_type;

G_END_DECLS
