#pragma once

#include "server/timekeeping/timekeeping.h"

G_BEGIN_DECLS

extern const ArmmsRoute armms_timekeeping_routes[];

G_END_DECLS
