#include "common/wire/timekeeping/anomaly.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsAnomaly, member, Kind, __VA_ARGS__)
#define R(member, Kind, ...) ARMMS_FIELD (ArmmsAnomalyResolution, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY

static const ArmmsField fields[] = {
  F (anomaly_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (duty_date, DATE, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_SORT, .about = "The day it concerns", .title = "Date"),
  F (code, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .max = 32, .about = "What it is"),
  F (severity, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "info|warning|blocking", .about = "blocking: no finalising while it is open"),
  F (state, TEXT, .flags = MADE | ARMMS_FIELD_FILTER, .format = "open|settled", .about = "Whether a person has decided"),
  F (employee_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "Whose; empty when nobody is known by that number"),
  F (employee_no, TEXT, .flags = MADE, .about = "Whose, by number", .title = "Employee no."),
  F (employee_name, TEXT, .flags = MADE, .about = "Whose, by name", .title = "Employee"),
  F (detachment_id, ID, .flags = MADE | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "The site"),
  F (detachment_code, TEXT, .flags = MADE, .about = "The site", .title = "Detachment"),
  F (shift_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The shift, where it is about a duty"),
  F (time_log_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The time log, where it is about one"),
  F (minutes, MINUTES, .flags = MADE, .about = "How much: minutes late, too long, overrun"),
  F (employee_ref, TEXT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The number that nobody is known by"),
  F (found_at, INSTANT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "When it was found"),
  F (action, TEXT, .flags = MADE, .format = "adjust|accept|ignore", .about = "What was decided", .title = "Decision"),
  F (reason, TEXT, .flags = MADE, .about = "Why it was decided so"),
  F (resolved_by, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "By whom"),
  F (resolved_at, INSTANT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "When"),
  { 0 }
};

const ArmmsRecordType armms_anomaly_type = { "anomaly", sizeof (ArmmsAnomaly), fields };

static const ArmmsField resolution_fields[] = {
  R (action, TEXT, .flags = ARMMS_FIELD_REQUIRED, .format = "adjust|accept|ignore",
     .about = "adjust: an adjustment puts it right; accept: it was so, and the figures stand; ignore: it does not matter"),
  R (reason, TEXT, .flags = ARMMS_FIELD_REQUIRED, .min = 3, .max = 500, .about = "Why"),
  { 0 }
};

const ArmmsRecordType armms_anomaly_resolution_type = { "anomaly-resolution", sizeof (ArmmsAnomalyResolution), resolution_fields };
