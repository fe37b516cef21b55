/* What may be odd about a punch or a duty, and how bad it is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  ARMMS_ANOMALY_NO_ASSIGNMENT,
  ARMMS_ANOMALY_WRONG_DETACHMENT,
  ARMMS_ANOMALY_DUPLICATE,
  ARMMS_ANOMALY_MISSING_IN,
  ARMMS_ANOMALY_MISSING_OUT,
  ARMMS_ANOMALY_OUT_OF_ORDER,
  ARMMS_ANOMALY_OVERLAP,
  ARMMS_ANOMALY_OUTSIDE_WINDOW,
  ARMMS_ANOMALY_LATE,
  ARMMS_ANOMALY_UNDERTIME,
  ARMMS_ANOMALY_BREAK_OVERRUN,
  ARMMS_ANOMALY_UNPAIRED_BREAK,
  ARMMS_ANOMALY_TOO_LONG,
  ARMMS_ANOMALY_CLOCK_SKEW,
  ARMMS_ANOMALY_UNKNOWN_EMPLOYEE,
  ARMMS_ANOMALY_INACTIVE_EMPLOYEE,
  ARMMS_ANOMALY_UNKNOWN_DEVICE,
  ARMMS_ANOMALY_ON_LEAVE,
  ARMMS_ANOMALY_HOLIDAY_UNPLANNED,
  ARMMS_N_ANOMALY_CODES
} ArmmsAnomalyCode;

#define ARMMS_ANOMALY_BIT(code) (1u << ARMMS_ANOMALY_##code)

typedef enum {
  ARMMS_SEVERITY_INFO,
  ARMMS_SEVERITY_WARNING,
  ARMMS_SEVERITY_BLOCKING, /* no finalising while it is open */
} ArmmsSeverity;

const char *armms_anomaly_code_name (ArmmsAnomalyCode code);
ArmmsSeverity armms_anomaly_severity (ArmmsAnomalyCode code);
const char *armms_severity_name (ArmmsSeverity severity);
/* One sentence for people, with what to do. */
const char *armms_anomaly_advice (ArmmsAnomalyCode code);

G_END_DECLS
