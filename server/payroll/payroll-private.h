/* Inside of the room only. */
#pragma once

#include "server/payroll/calculation.h"
#include "server/payroll/payroll.h"

G_BEGIN_DECLS

ArmmsPayrun *armms_payrun_hold (ArmmsWork *work, const ArmmsId *payrun_id, GError **error); /* (transfer full): held until the unit ends */
gboolean armms_payrun_close (ArmmsWork *work, const ArmmsPayrun *payrun, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_payrun_tell (ArmmsWork *work, const char *event, const ArmmsId *payrun_id, gint64 version, char *payload, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Who is limited to some detachments sees a part only: he must not decide about the whole. */
gboolean armms_payroll_need_whole_tenant (ArmmsWork *work, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_payrun_on_verified (ArmmsWork *work, const ArmmsId *payrun_id, const char *change, GError **error);
gboolean armms_payrun_on_approved (ArmmsWork *work, const ArmmsId *payrun_id, const char *change, GError **error);
gboolean armms_payrun_on_rejected (ArmmsWork *work, const ArmmsId *payrun_id, const char *change, const char *reason, GError **error);
ArmmsPaysheet *armms_paysheet_load (ArmmsWork *work, const ArmmsId *paysheet_id, GError **error);
ArmmsPaysheet *armms_paysheet_decide (ArmmsWork *work, const ArmmsId *paysheet_id, const char *step, const ArmmsPaysheetDecision *decision, GError **error);
/* Of ArmmsPaysheetLine, titles and traces filled in. @detachments: (nullable): for their codes. */
GPtrArray *armms_paysheet_load_lines (ArmmsWork *work, const ArmmsId *paysheets, const ArmmsDate *periods, gsize n, const GPtrArray *detachments, GError **error);
gboolean armms_paysheet_add_traces (ArmmsWork *work, const ArmmsId *paysheet_id, GPtrArray *lines, GError **error) G_GNUC_WARN_UNUSED_RESULT;

ArmmsSimulation *armms_payroll_simulate (ArmmsWork *work, const ArmmsId *payrun_id, const ArmmsSimulationRequest *request, GError **error);
ArmmsPaysheetWaived *armms_payroll_waive (ArmmsDb *db, const ArmmsActor *actor, const ArmmsId *paysheet_id, const ArmmsPaysheetWaiver *waiver, GError **error);

/* Documents. */
GBytes *armms_payslip_of (ArmmsWork *work, const ArmmsId *paysheet_id, char **ret_name, GError **error);
gboolean armms_payslips_make (ArmmsJob *job, GError **error);
GBytes *armms_register_csv (ArmmsWork *work, const ArmmsId *payrun_id, GError **error);

gboolean armms_payroll_on_timesheets_finalized (ArmmsWork *work, const GPtrArray *events, GError **error);
gboolean armms_payroll_on_loans_waived (ArmmsWork *work, const GPtrArray *events, GError **error);
gboolean armms_payroll_run_calculation (ArmmsJob *job, GError **error);

extern const ArmmsRoute armms_payroll_routes[];

G_END_DECLS
