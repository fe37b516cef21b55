#include "common/wire/rates/premium.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsPremium, member, Kind, __VA_ARGS__)
#define TIMES(member, ...) F (member, MULTIPLIER, .flags = ARMMS_FIELD_REQUIRED, .min = 0, .max = 10000000, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (premium_id, ID, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (day_type, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER,
     .format = "ordinary|special|double_special|regular|double_regular", .about = "The kind of day"),
  F (rest_day, BOOLEAN, .flags = ARMMS_FIELD_FILTER, .about = "The employee's own rest day"),
  TIMES (unworked, .about = "Of a day's pay when not worked and qualified"),
  TIMES (first8, .about = "Of the hourly rate within the first 8 hours", .title = "First 8 hours"),
  TIMES (overtime, .about = "Beyond the first 8 hours"),
  TIMES (first8_night, .about = "Within the first 8 hours, at night", .title = "First 8 hours, night"),
  TIMES (overtime_night, .about = "Beyond the first 8 hours, at night", .title = "Overtime, night"),
  F (valid_from, DATE, .about = "First day in force", .title = "From"),
  F (valid_to, DATE, .about = "Last day in force; empty: until changed", .title = "To"),
  F (source, TEXT, .flags = ARMMS_FIELD_REQUIRED, .max = 500, .about = "The law or agreement it stands in"),
  F (row_no, INTEGER, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_SORT, .about = "Its row in the matrix"),
  { 0 }
};

const ArmmsRecordType armms_premium_type = { "premium", sizeof (ArmmsPremium), fields };
