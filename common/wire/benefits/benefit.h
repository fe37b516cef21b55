/* A benefit: anything that is added to pay on a schedule or once. Allowances and bonuses are the same record: a bonus is paid once. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

#define ARMMS_BENEFIT_KINDS "allowance|bonus|reward|reimbursement|thirteenth_month"
#define ARMMS_BENEFIT_STATES "PENDING|ACTIVE|ENDED|CANCELLED|REJECTED"
#define ARMMS_DE_MINIMIS_KINDS "rice_subsidy|uniform|laundry|medical_dependents|medical_actual|achievement_award|gifts|meal_ot_night|cba_productivity"

typedef struct {
  ArmmsId benefit_id;
  ArmmsId employee_id;
  char *employee_no;
  char *employee_name;
  char *kind;
  char *title;
  ArmmsMoney amount;       /* per pay period of the schedule */
  char *frequency;         /* every_period | first_cut_off | second_cut_off | once */
  ArmmsDate valid_from;
  ArmmsDate valid_to;      /* NONE: open */
  gboolean taxable;
  char *tax_class;         /* regular | supplementary | pool (13th month and other benefits) */
  char *de_minimis_kind;   /* free of tax up to its ceiling */
  char *state;
  ArmmsMoney paid;
  ArmmsId change_id;
  gint64 version;
  char *reason;
} ArmmsBenefit;

typedef struct {
  ArmmsId instalment_id;
  ArmmsId benefit_id;
  ArmmsDate period_from;
  ArmmsDate period_to;
  ArmmsMoney due;
  ArmmsMoney paid;
  char *status;
  ArmmsId payrun_id;
} ArmmsBenefitInstalment;

/* POST /v1/allowances/{allowance}/end */
typedef struct {
  ArmmsDate valid_to;
  char *reason;
} ArmmsBenefitEnd;

extern const ArmmsRecordType armms_benefit_type;
extern const ArmmsRecordType armms_benefit_instalment_type;
extern const ArmmsRecordType armms_benefit_end_type;

G_END_DECLS
