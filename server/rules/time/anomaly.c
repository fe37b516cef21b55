#include "server/rules/time/anomaly.h"

typedef struct {
  const char *name;
  ArmmsSeverity severity;
  const char *advice;
} Row;

static const Row rows[ARMMS_N_ANOMALY_CODES] = {
  [ARMMS_ANOMALY_NO_ASSIGNMENT] = { "NO_ASSIGNMENT", ARMMS_SEVERITY_BLOCKING,
    "nobody planned this duty: record the assignment or the relief, or void the punch" },
  [ARMMS_ANOMALY_WRONG_DETACHMENT] = { "WRONG_DETACHMENT", ARMMS_SEVERITY_BLOCKING,
    "clocked at another site than planned: record the relief, or correct the site" },
  [ARMMS_ANOMALY_DUPLICATE] = { "DUPLICATE", ARMMS_SEVERITY_INFO, "clocked twice: the first one counts" },
  [ARMMS_ANOMALY_MISSING_IN] = { "MISSING_IN", ARMMS_SEVERITY_BLOCKING, "an out without an in: add the missing punch" },
  [ARMMS_ANOMALY_MISSING_OUT] = { "MISSING_OUT", ARMMS_SEVERITY_BLOCKING, "an in without an out: add the missing punch" },
  [ARMMS_ANOMALY_OUT_OF_ORDER] = { "OUT_OF_ORDER", ARMMS_SEVERITY_BLOCKING,
    "two ins or two outs in a row: correct the type, void it, or add what is missing" },
  [ARMMS_ANOMALY_OVERLAP] = { "OVERLAP", ARMMS_SEVERITY_BLOCKING, "on two duties at once: correct one of them" },
  [ARMMS_ANOMALY_OUTSIDE_WINDOW] = { "OUTSIDE_WINDOW", ARMMS_SEVERITY_BLOCKING,
    "too early or too late for the duty of that day: record the relief, correct the time, or void it" },
  [ARMMS_ANOMALY_LATE] = { "LATE", ARMMS_SEVERITY_INFO, "came after the grace time" },
  [ARMMS_ANOMALY_UNDERTIME] = { "UNDERTIME", ARMMS_SEVERITY_INFO, "worked less than planned" },
  [ARMMS_ANOMALY_BREAK_OVERRUN] = { "BREAK_OVERRUN", ARMMS_SEVERITY_WARNING, "the break was longer than allowed" },
  [ARMMS_ANOMALY_UNPAIRED_BREAK] = { "UNPAIRED_BREAK", ARMMS_SEVERITY_WARNING, "a break without its begin or its end" },
  [ARMMS_ANOMALY_TOO_LONG] = { "TOO_LONG", ARMMS_SEVERITY_BLOCKING, "longer than a duty may be: look for a missed out" },
  [ARMMS_ANOMALY_CLOCK_SKEW] = { "CLOCK_SKEW", ARMMS_SEVERITY_WARNING, "the device's clock was off: correct the time if it matters" },
  [ARMMS_ANOMALY_UNKNOWN_EMPLOYEE] = { "UNKNOWN_EMPLOYEE", ARMMS_SEVERITY_BLOCKING, "nobody is known by that number" },
  [ARMMS_ANOMALY_INACTIVE_EMPLOYEE] = { "INACTIVE_EMPLOYEE", ARMMS_SEVERITY_BLOCKING, "not employed on that day" },
  [ARMMS_ANOMALY_UNKNOWN_DEVICE] = { "UNKNOWN_DEVICE", ARMMS_SEVERITY_WARNING, "the device is not registered, or was put out of use" },
  [ARMMS_ANOMALY_ON_LEAVE] = { "ON_LEAVE", ARMMS_SEVERITY_BLOCKING, "worked while on leave: cancel the leave or void the punches" },
  [ARMMS_ANOMALY_HOLIDAY_UNPLANNED] = { "HOLIDAY_UNPLANNED", ARMMS_SEVERITY_WARNING, "worked on a holiday without a plan" },
};

static const char *const severity_names[] = { "info", "warning", "blocking" };

const char *
armms_anomaly_code_name (ArmmsAnomalyCode code)
{
  return rows[code].name;
}

ArmmsSeverity
armms_anomaly_severity (ArmmsAnomalyCode code)
{
  return rows[code].severity;
}

const char *
armms_severity_name (ArmmsSeverity severity)
{
  return severity_names[severity];
}

const char *
armms_anomaly_advice (ArmmsAnomalyCode code)
{
  return rows[code].advice;
}
