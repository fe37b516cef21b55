#include "common/wire/scheduling/holiday.h"

#include <string.h>

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsHoliday, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (holiday_id, ID, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (on_date, DATE, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_SORT, .about = "The day", .title = "Date"),
  F (name, TEXT, .flags = ARMMS_FIELD_REQUIRED, .max = 200, .about = "What it is called"),
  F (day_type, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER, .format = "regular|special|special_working", .about = "What the law calls it"),
  F (scope, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER, .max = 120, .about = "national, region:NCR or city:Manila"),
  F (source, TEXT, .flags = ARMMS_FIELD_HIDDEN, .max = 200, .about = "The proclamation or ordinance"),
  F (status, TEXT, .flags = ARMMS_FIELD_FILTER, .format = "ACTIVE|CANCELLED", .about = "A cancelled one counts nowhere"),
  F (for_a_person, BOOLEAN, .flags = ARMMS_FIELD_READ_ONLY, .about = "A regular holiday and a special day are on this date where this one holds: look what the law says of them", .title = "For a person"),
  F (version, INTEGER, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "Rises with every change (the ETag)"),
  { NULL }
};

const ArmmsRecordType armms_holiday_type = { "holiday", sizeof (ArmmsHoliday), fields };

gboolean
armms_holiday_applies (const ArmmsHoliday *holiday, const char *region, const char *city)
{
  if (g_strcmp0 (holiday->status, "CANCELLED") == 0 || holiday->scope == NULL)
    return FALSE;
  if (strcmp (holiday->scope, "national") == 0)
    return TRUE;
  if (g_str_has_prefix (holiday->scope, "region:"))
    return g_strcmp0 (holiday->scope + strlen ("region:"), region) == 0;
  if (g_str_has_prefix (holiday->scope, "city:"))
    return g_strcmp0 (holiday->scope + strlen ("city:"), city) == 0;
  return FALSE;
}
