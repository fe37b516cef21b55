/* The law's hours of a tenant, stored by date. Inside of the room; the door to fill them is in timekeeping.h. */
#pragma once

#include "server/platform/work/work.h"
#include "server/rules/time/working-time.h"

G_BEGIN_DECLS

/* All rows, by date. (transfer full): of ArmmsWorkingTime */
GArray *armms_working_times_load (ArmmsWork *work, GError **error);

G_END_DECLS
