/* Payroll: from sealed timesheets to payslips.
 *
 * Tables payroll.pay_periods, snapshots (append-only), timesheet_heads, payruns, payrun_chunks, paysheets, paysheet_lines (by month),
 *        paysheet_traces, paysheet_sources, decisions (append-only), journal_entries and pay_journal (append-only, by month),
 *        payslips (append-only), payslip_files.
 * Law    server/rules; here stands who decides, and in which order. OPEN -> CALCULATED -> SUBMITTED -> VERIFIED -> APPROVED -> CLOSED, or
 *        REJECTED back to the officer. What was closed is never changed: a later version of a timesheet is a difference in the next payrun.
 * Units  centavos and minutes.
 * Events hears armms.timekeeping.TimesheetFinalized.v1, armms.obligations.LoanWaived.v1; tells armms.payroll.PayrunOpened.v1,
 *        PayrunCalculated.v1, PayrunClosed.v1 (in parts).
 * Doors  subject "payrun" of room approvals.
 * Place  may stand in a database of its own: everything it needs of other rooms is read through their doors, everything it changes
 *        there goes by events.
 */
#pragma once

#include "common/wire/payroll/pay-period.h"
#include "common/wire/payroll/paysheet-line.h"
#include "common/wire/payroll/paysheet-waiver.h"
#include "common/wire/payroll/paysheet.h"
#include "common/wire/payroll/payrun.h"
#include "common/wire/payroll/simulation.h"
#include "server/room.h"

G_BEGIN_DECLS

extern const ArmmsRoom armms_payroll_room;

/* The tenant's calendar from @from to @to, opened where it is not yet. */
gboolean armms_payroll_open_periods (ArmmsWork *work, ArmmsDate from, ArmmsDate to, gint64 pay_after_days, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A new payrun: @wanted->pay_period_id or period_from, kind, title. (transfer full) */
ArmmsPayrun *armms_payroll_create_payrun (ArmmsWork *work, const ArmmsPayrun *wanted, GError **error);
ArmmsPayrun *armms_payroll_load_payrun (ArmmsWork *work, const ArmmsId *payrun_id, GError **error); /* (transfer full) */
/* Checks that it may be calculated and counts the calculation; the job, or armms_payroll_calculate(), then does it. */
gboolean armms_payroll_start_calculation (ArmmsWork *work, const ArmmsId *payrun_id, const ArmmsId *job_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Does it, in units of its own on some threads. @job: (nullable): progress, fence, stop. @ret_written: (out) (optional): paysheets that
 * were written because they differed. */
gboolean armms_payroll_calculate (ArmmsDb *db, const ArmmsActor *actor, const ArmmsId *payrun_id, ArmmsJob *job, gint64 *ret_written, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "submit", "verify", "approve", "reject", "close", "cancel". @decision: (nullable). @version: of the row that was read; 0: any.
 * (transfer full): the payrun afterwards. */
ArmmsPayrun *armms_payroll_decide (ArmmsWork *work, const ArmmsId *payrun_id, gint64 version, const char *step, const ArmmsPayrunDecision *decision, GError **error);

/* Reads and checks the seal of @n paysheets again. @ret_broken: how many are not as they were sealed. */
gboolean armms_payroll_check_seals (ArmmsWork *work, const ArmmsId *payrun_id, gint64 *ret_checked, gint64 *ret_broken, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
