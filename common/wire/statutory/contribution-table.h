/* The law's contribution tables: SSS, PhilHealth, HDMF, by date. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  gint64 row_no;
  ArmmsMoney at_least, not_over;   /* compensation, inclusive; not_over 0: no end */
  ArmmsMoney credit;
  ArmmsMoney employee, employee_mpf, employer, employer_mpf, employer_ec;
  ArmmsMultiplier employee_rate, employer_rate;
  ArmmsMoney base_floor, base_ceiling;
} ArmmsContributionTableRow;

extern const ArmmsRecordType armms_contribution_table_row_type;

typedef struct {
  ArmmsId contribution_table_id;
  char *scheme;                    /* sss | philhealth | hdmf */
  ArmmsDate valid_from, valid_to;
  char *source;
  ArmmsDate reviewed_on;
  gint64 row_count;
  char *sha256;
  GPtrArray *rows;                 /* of ArmmsContributionTableRow; only with one table */
} ArmmsContributionTableRecord;

extern const ArmmsRecordType armms_contribution_table_type;

G_END_DECLS
