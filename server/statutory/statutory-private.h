/* Between the files of this room. */
#pragma once

#include "common/wire/statutory/contribution-table.h"
#include "common/wire/statutory/schedule.h"
#include "common/wire/statutory/setting.h"
#include "common/wire/statutory/tax-table.h"
#include "server/statutory/statutory.h"

G_BEGIN_DECLS

extern const ArmmsStatement armms_statutory_statements[];
extern const ArmmsRoute armms_statutory_routes[];

#define ARMMS_STATUTORY_WAIVER_SUBJECT "statutory-waiver"

/* As it comes from the wire; sets its change_id. */
gboolean armms_statutory_ask_waiver (ArmmsWork *work, ArmmsStatutoryWaiver *waiver, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_statutory_on_waiver_approved (ArmmsWork *work, const ArmmsId *schedule_id, const char *change_json, GError **error);

/* PayrunClosed: schedules, both books, and what follows for what was not taken. */
gboolean armms_statutory_on_payrun_closed (ArmmsWork *work, const GPtrArray *events, GError **error);

/* One table with its rows. (transfer full) */
ArmmsContributionTableRecord *armms_statutory_load_contribution_table (ArmmsWork *work, const ArmmsId *id, GError **error);
ArmmsTaxTableRecord *armms_statutory_load_tax_table (ArmmsWork *work, const ArmmsId *id, GError **error);

/* The limits in force on @on_date; NONE: of all dates. (element-type ArmmsLimitRow) (transfer full) */
GArray *armms_statutory_load_limits (ArmmsWork *work, ArmmsDate on_date, GError **error);

/* What the tenant has chosen, the rest as it stands by default; not settled for a date. */
gboolean armms_statutory_load_choices (ArmmsWork *work, ArmmsStatutorySettings *ret_settings, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* All settings, chosen or not, in the order of the list: of ArmmsStatutorySettingRecord. (transfer full) */
GPtrArray *armms_statutory_load_settings (ArmmsWork *work, GError **error);
gboolean armms_statutory_change_setting (ArmmsWork *work, const char *key, const char *value, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
