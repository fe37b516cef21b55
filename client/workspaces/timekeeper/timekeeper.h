/* The timekeeper: the timesheets of a period, the days and anomalies behind one, finalising in bulk. */
#pragma once

#include "client/workspaces/workspace.h"

G_BEGIN_DECLS

extern const ArmmsWorkspace armms_timekeeper_workspace;

G_END_DECLS
