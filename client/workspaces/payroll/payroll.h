/* The payroll officer: payruns, the paysheets of one, their lines, and why every figure is what it is. */
#pragma once

#include "client/workspaces/workspace.h"

G_BEGIN_DECLS

extern const ArmmsWorkspace armms_payroll_workspace;

G_END_DECLS
