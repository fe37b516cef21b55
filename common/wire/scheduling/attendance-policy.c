#include "common/wire/scheduling/attendance-policy.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsAttendancePolicy, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (policy_id, ID, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (code, TEXT, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_SORT, .format = "code", .max = 32, .about = "Short name"),
  F (name, TEXT, .flags = ARMMS_FIELD_REQUIRED, .max = 100, .about = "Name"),
  F (detachment_id, ID, .flags = ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "The detachment it is for; all when there is none"),
  F (valid_from, DATE, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_SORT, .about = "First duty date", .title = "From"),
  F (valid_to, DATE, .about = "Last duty date; open when there is none", .title = "To"),
  F (early_margin_minutes, MINUTES, .min = 0, .max = 720, .about = "A punch this long before the start may still belong to the duty", .title = "Early margin"),
  F (late_margin_minutes, MINUTES, .min = 0, .max = 720, .about = "And this long after its end", .title = "Late margin"),
  F (duplicate_window_minutes, MINUTES, .min = 0, .max = 60, .about = "The same punch again within it counts once", .title = "Duplicates"),
  F (rounding_step_minutes, MINUTES, .flags = ARMMS_FIELD_HIDDEN, .min = 0, .max = 60, .about = "Paid time is rounded to steps of it; 0: not"),
  F (rounding, TEXT, .flags = ARMMS_FIELD_HIDDEN, .format = "NONE|NEAREST|INWARD|OUTWARD", .about = "How paid time is rounded"),
  F (longest_duty_minutes, MINUTES, .min = 0, .max = 2880, .about = "Worked longer is told; 0: never", .title = "Longest duty"),
  F (skew_tolerance_minutes, MINUTES, .flags = ARMMS_FIELD_HIDDEN, .min = 0, .max = 1440, .about = "A device's clock may be off by so much"),
  F (pay_before_start, BOOLEAN, .about = "Minutes before the planned start are paid"),
  F (pay_after_end, BOOLEAN, .about = "Minutes after the planned end are paid"),
  F (day_type_of_duty, BOOLEAN, .flags = ARMMS_FIELD_HIDDEN, .about = "Minutes after midnight keep the day type of the duty date"),
  F (regular_minutes, MINUTES, .flags = ARMMS_FIELD_HIDDEN, .min = 0, .max = 720, .about = "Of a duty, before overtime begins; 0: as the law says"),
  F (night_from_minute, MINUTES, .flags = ARMMS_FIELD_HIDDEN, .min = 0, .max = 1439, .about = "Night begins, minutes from midnight; both 0: as the law says"),
  F (night_to_minute, MINUTES, .flags = ARMMS_FIELD_HIDDEN, .min = 0, .max = 1439, .about = "Night ends, minutes from midnight"),
  F (version, INTEGER, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "Rises with every change (the ETag)"),
  { NULL }
};

const ArmmsRecordType armms_attendance_policy_type = { "attendance-policy", sizeof (ArmmsAttendancePolicy), fields };

ArmmsAttendancePolicy *
armms_attendance_policy_new (void)
{
  ArmmsAttendancePolicy *policy = armms_record_new (&armms_attendance_policy_type);

  policy->early_margin_minutes = ARMMS_MINUTES (180);
  policy->late_margin_minutes = ARMMS_MINUTES (240);
  policy->duplicate_window_minutes = ARMMS_MINUTES (5);
  policy->rounding = g_strdup ("NONE");
  policy->longest_duty_minutes = ARMMS_MINUTES (960);
  policy->skew_tolerance_minutes = ARMMS_MINUTES (5);
  return policy;
}
