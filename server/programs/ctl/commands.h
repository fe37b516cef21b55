/* The commands of armmsctl, each defined in the file of its name. */
#pragma once

#include "server/platform/work/work.h"
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

/* The law's tables of @folder into @actor's tenant, as `statutory load` and `tenant create` do: how many came or changed. */
typedef struct {
  gint64 tables, premiums, holidays;
} ArmmsCtlLaw;
gboolean armms_ctl_load_law (ArmmsDb *db, const ArmmsActor *actor, const char *folder, ArmmsCtlLaw *ret_law, GError **error) G_GNUC_WARN_UNUSED_RESULT;
