/* Statutory: the law's tables by date, the tenant's reading of what the law leaves open, and what is taken from pay against
 * what is owed to the agencies.
 *
 * Tables gov.contribution_tables, contribution_rows, tax_tables, tax_brackets, minimum_wages, de_minimis, limits: effective-dated,
 *        loaded from data/statutory/ph, never changed once in force. gov.settings: the tenant's choices. gov.schedules: one
 *        row per employee, month and scheme; gov.ledger: append-only, what was taken and what is to be remitted.
 * Law    the files of data/statutory/ph name the document of each row.
 * Events hears armms.payroll.PayrunClosed.v1; tells armms.statutory.ShareWaived.v1 (common/wire/events).
 */
#pragma once

#include "server/rules/deductions/reschedule.h"
#include "server/rules/deductions/waterfall.h"
#include "server/rules/pay/payslip/final-pay.h"
#include "server/rules/premium/premium.h"
#include "server/rules/statutory/contribution.h"
#include "server/rules/statutory/de-minimis.h"
#include "server/rules/statutory/equivalent.h"
#include "server/rules/statutory/hdmf-base.h"
#include "server/rules/statutory/holiday-calendar.h"
#include "server/rules/statutory/limits.h"
#include "server/rules/statutory/minimum-wage.h"
#include "server/rules/statutory/tax.h"
#include "server/rules/statutory/thirteenth-month.h"
#include "server/rules/time/working-time.h"
#include "server/room.h"

G_BEGIN_DECLS

extern const ArmmsRoom armms_statutory_room;

/* A bit for each half of the month. */
typedef enum { ARMMS_CUT_OFF_FIRST = 1, ARMMS_CUT_OFF_SECOND = 2, ARMMS_CUT_OFF_BOTH = 3 } ArmmsCutOff;

/* What the law or the client leaves open: each has a stated default (README). Where it is a figure of the law by date, it is open
 * until armms_statutory_tables_settle() has read it for a date. */
typedef struct {
  ArmmsCutOff cut_off[ARMMS_N_SCHEMES];  /* the tenant's: on which half of the month; HDMF first, SSS and PhilHealth second */
  ArmmsTaxMethod tax_method;             /* TABLE */
  gboolean premiums_are_supplementary;   /* holiday and night pay beside overtime: TRUE */
  ArmmsMultiplier equivalent_factor;     /* days a year of the equivalent monthly rate: bases of PhilHealth and HDMF; 0: the law's */
  ArmmsMultiplier philhealth_factor;     /* another one for PhilHealth alone; 0: the one above */
  ArmmsHdmfPartMonthBase hdmf_part_month_base; /* EQUIVALENT */
  gboolean recover_deferred_share;       /* an employee share that was not taken is taken from later pay: TRUE */
  gint32 deposit_return_days;            /* after separation; below 0: the law's on that day */
  ArmmsMoney benefit_pool;               /* 13th month and other benefits free of tax a year; below 0: the law's */
  ArmmsFloorPolicy floor;                /* the tenant's net-pay floor; and from here: statutory not deferred, weekly cap on loss (below 0: the law's) */
  const char *wage_sector;               /* "non-agriculture" */
} ArmmsStatutorySettings;

/* Everything in force around a date, as the rules want it. Immutable: may be read from many threads. */
typedef struct {
  ArmmsContributionTable contributions;
  ArmmsTaxTable taxes;
  ArmmsMinimumWageTable wages;
  ArmmsDeMinimisTable de_minimis;
  ArmmsLimitTable limits;
  ArmmsPremiumTable premiums;            /* the law's, from files only: a tenant's own come from room rates */
  ArmmsHolidayTable holidays;            /* from files only: a tenant's own stand in room scheduling */
  ArmmsWorkingTimeTable working_time;    /* from files only: timekeeping keeps a tenant's */
  ArmmsFinalPayTable final_pay;          /* from files only */
  ArmmsStatutorySettings settings;
} ArmmsStatutoryTables;

void armms_statutory_tables_free (ArmmsStatutoryTables *tables);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsStatutoryTables, armms_statutory_tables_free)

/* The tables of the tenant that are in force on @on_date; NONE: of all dates. (transfer full)
 * Never fails for a missing table: the rule that misses it says so. */
ArmmsStatutoryTables *armms_statutory_load_tables (ArmmsWork *work, ArmmsDate on_date, GError **error);

/* Reads what the tenant has not chosen from the law's limits in force on @date; a pool or weekly cap above the law's is the law's.
 * Before the tables go to other threads. FALSE with NOT_FOUND "statutory.no_table", which names the limit and the date. */
gboolean armms_statutory_tables_settle (ArmmsStatutoryTables *tables, ArmmsDate date, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* By when the cash deposit of somebody who was separated is given back: the tenant's days, or the law's on that day. FALSE with NOT_FOUND
 * "statutory.no_table" where neither says. */
gboolean armms_statutory_deposit_return_by (const ArmmsStatutoryTables *tables, ArmmsDate separated_on, ArmmsDate *ret_by, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The shipped tables, all dates, with the default settings: data/statutory/ph. (transfer full) */
ArmmsStatutoryTables *armms_statutory_tables_new_from_folder (const char *folder, GError **error);
/* Where the shipped tables stand: $ARMMS_DATA_DIR/statutory/ph, the source tree, or the installed place. (transfer full) */
char *armms_statutory_find_folder (void);

/* Loads the shipped tables for the tenant of @work (the hours of work into timekeeping's table). Repeating it changes nothing; a table in force that reads otherwise
 * than before is CONFLICT "statutory.changed_past"; gaps and overlaps are INVALID_INPUT "statutory.gap", "statutory.overlap". */
gboolean armms_statutory_import (ArmmsWork *work, const char *folder, gint64 *ret_tables, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Which days a factor of paid days a year holds besides workdays and regular holidays (data/statutory/ph/equivalent-factors.csv).
 * FALSE for a factor that is not listed: nothing else is then taken to be in the salary. */
gboolean armms_statutory_factor_cover (ArmmsMultiplier factor, gboolean *ret_rest_days, gboolean *ret_special_days);

/* One employee's contribution of one month, as planned, waived and taken so far. */
typedef struct {
  ArmmsId schedule_id;
  ArmmsId employee_id;
  ArmmsDate month;           /* its first day */
  ArmmsScheme scheme;
  const char *status;        /* "PLANNED", "APPLIED", "PARTIAL", "WAIVED", "DEFERRED", "CANCELLED"; interned */
  ArmmsMoney waived;         /* of the employee share, approved; G_MAXINT64: all of it */
  ArmmsContribution due;     /* as last closed */
  ArmmsContribution taken;   /* from pay so far */
  ArmmsMoney carried;        /* employee share of earlier months to recover in this one */
} ArmmsStatutorySchedule;

/* The rows of @month for @employees (n=0: all), sorted by employee and scheme; only those that exist.
 * (element-type ArmmsStatutorySchedule) (transfer full) */
GArray *armms_statutory_load_schedules (ArmmsWork *work, ArmmsDate month, const ArmmsId *employees, gsize n, GError **error);

/* Asks for a waiver of an employee share of one month; what the agency owes stays owed. Subject "statutory-waiver" of room
 * approvals. @amount: centavos, or G_MAXINT64 for all of it. Tax has no schedule and cannot be waived. */
gboolean armms_statutory_request_waiver (ArmmsWork *work, const ArmmsId *employee_id, ArmmsScheme scheme, ArmmsDate month,
                                         ArmmsMoney amount, const ArmmsFollowUpPlan *plan, const char *reason,
                                         ArmmsId *ret_change_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
