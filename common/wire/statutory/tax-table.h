/* The law's withholding tax tables, by pay period and date. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  gint64 row_no;
  ArmmsMoney over, base_tax;
  ArmmsMultiplier rate;
} ArmmsTaxBracket;

extern const ArmmsRecordType armms_tax_bracket_type;

typedef struct {
  ArmmsId tax_table_id;
  char *period;                    /* daily | weekly | semi_monthly | monthly | annual */
  ArmmsDate valid_from, valid_to;
  char *source;
  ArmmsDate reviewed_on;
  gint64 row_count;
  char *sha256;
  GPtrArray *rows;                 /* of ArmmsTaxBracket; only with one table */
} ArmmsTaxTableRecord;

extern const ArmmsRecordType armms_tax_table_type;

G_END_DECLS
