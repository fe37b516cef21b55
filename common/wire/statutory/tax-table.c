#include "common/wire/statutory/tax-table.h"

#define R(member, Kind, ...) ARMMS_FIELD (ArmmsTaxBracket, member, Kind, .flags = ARMMS_FIELD_READ_ONLY, __VA_ARGS__)
#define F(member, Kind, ...) ARMMS_FIELD (ArmmsTaxTableRecord, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY

static const ArmmsField row_fields[] = {
  R (row_no, INTEGER, .about = "Bracket"),
  R (over, MONEY, .about = "Taxable pay over"),
  R (base_tax, MONEY, .about = "Tax up to there"),
  R (rate, MULTIPLIER, .about = "Rate on what is over"),
  { 0 }
};

const ArmmsRecordType armms_tax_bracket_type = { "tax-bracket", sizeof (ArmmsTaxBracket), row_fields };

static const ArmmsField fields[] = {
  F (tax_table_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (period, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "daily|weekly|semi_monthly|monthly|annual", .about = "The pay period it is for"),
  F (valid_from, DATE, .flags = MADE | ARMMS_FIELD_SORT, .about = "First day of payment", .title = "From"),
  F (valid_to, DATE, .flags = MADE, .about = "Last day of payment; empty: until changed", .title = "To"),
  F (source, TEXT, .flags = MADE, .about = "The document it was taken from"),
  F (reviewed_on, DATE, .flags = MADE, .about = "When it was last compared with the document"),
  F (row_count, INTEGER, .flags = MADE, .about = "How many brackets it has", .title = "Brackets"),
  F (sha256, TEXT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Checksum of its brackets"),
  F (rows, RECORDS, .flags = MADE | ARMMS_FIELD_HIDDEN, .record = &armms_tax_bracket_type, .about = "Its brackets; only when one table is asked for"),
  { 0 }
};

const ArmmsRecordType armms_tax_table_type = { "tax-table", sizeof (ArmmsTaxTableRecord), fields };
