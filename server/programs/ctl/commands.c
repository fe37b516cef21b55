#include "server/programs/ctl/commands.h"

/* In the order in which --help lists them. */
const ArmmsCtlCommand *const armms_ctl_commands[] = {
  &armms_ctl_migrate,
  &armms_ctl_verify,
  &armms_ctl_queue,
  &armms_ctl_recompute,
  &armms_ctl_rules,
  &armms_ctl_sample,
  &armms_ctl_statutory,
  &armms_ctl_tenant,
  &armms_ctl_user,
  NULL,
};
