/* The commands of armmsctl, each defined in the file of its name. */
#pragma once

#include "server/programs/ctl/ctl.h"

extern const ArmmsCtlCommand armms_ctl_migrate;
extern const ArmmsCtlCommand armms_ctl_verify;
extern const ArmmsCtlCommand armms_ctl_queue;
extern const ArmmsCtlCommand armms_ctl_recompute;
extern const ArmmsCtlCommand armms_ctl_rules;
extern const ArmmsCtlCommand armms_ctl_sample;
extern const ArmmsCtlCommand armms_ctl_statutory;
extern const ArmmsCtlCommand armms_ctl_tenant;
extern const ArmmsCtlCommand armms_ctl_user;
