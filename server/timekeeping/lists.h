/* What is listed and read as it stands: one row per resource. */
#pragma once

#include "server/platform/resource/resource.h"

G_BEGIN_DECLS

extern const ArmmsResource armms_timekeeping_clock_events;
extern const ArmmsResource armms_timekeeping_time_logs;
extern const ArmmsResource armms_timekeeping_dtr_lines;
extern const ArmmsResource armms_timekeeping_anomalies;
extern const ArmmsResource armms_timekeeping_adjustments;
extern const ArmmsResource armms_timekeeping_timesheets;
extern const ArmmsResource armms_timekeeping_devices;

G_END_DECLS
