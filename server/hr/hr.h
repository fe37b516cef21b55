/* Who works for the tenant, as what, and where there is something to guard.
 *
 * Tables hr_core.employees, employments (effective-dated), departments, clients, detachments, positions, shifts.
 * Units  dates are the tenant's local days, valid_to is the last day; minutes of a shift count from midnight of the duty date.
 * Shape  everything of a kind is loaded at once, in one statement: callers keep it for the unit and look up by id.
 * Events tells armms.hr.EmployeeOnboarded.v1, armms.hr.EmployeeChanged.v1.
 */
#pragma once

#include "common/wire/hr/client-company.h"
#include "common/wire/hr/department.h"
#include "common/wire/hr/detachment.h"
#include "common/wire/hr/employee.h"
#include "common/wire/hr/position.h"
#include "common/wire/hr/shift.h"
#include "server/room.h"

G_BEGIN_DECLS

extern const ArmmsRoom armms_hr_room;

/* Sets, (transfer full): of ArmmsEmployee, sorted by employee_id. @n 0: all. The employment members are those in force on the
 * day of the unit, else the nearest; government numbers and the like stay absent. */
GPtrArray *armms_hr_load_employees (ArmmsWork *work, const ArmmsId *ids, gsize n, GError **error);
/* First and last day of employment; @separated_on NONE: he stays. */
typedef struct {
  ArmmsId employee_id;
  ArmmsDate hired_on, separated_on;
} ArmmsEmploymentDays;
/* Of ArmmsEmploymentDays, sorted by employee_id; who is not known is left out. In the hot path of timekeeping. (transfer full) */
GArray *armms_hr_load_employment_days (ArmmsWork *work, const ArmmsId *ids, gsize n, GError **error);
/* The same as armms_hr_load_employees(), by number; a number that nobody has is left out. */
GPtrArray *armms_hr_load_employees_by_no (ArmmsWork *work, const char *const *employee_nos, gsize n, GError **error);
/* Whose number or name holds @words: of ArmmsId, by number, at most @limit. (transfer full) */
GArray *armms_hr_search_employees (ArmmsWork *work, const char *words, guint limit, GError **error);
/* Of ArmmsEmployment, sorted by employee_id and valid_from: what was in force on some day of @from..@to. @n 0: everybody's. */
GPtrArray *armms_hr_load_employments (ArmmsWork *work, const ArmmsId *ids, gsize n, ArmmsDate from, ArmmsDate to, GError **error);
/* The member of @employments that holds on @date; NULL without one. (transfer none) */
const ArmmsEmployment *armms_hr_employment_on (const GPtrArray *employments, const ArmmsId *employee_id, ArmmsDate date);

/* One employee with everything, sealed members opened. NOT_FOUND "employee.unknown". (transfer full) */
ArmmsEmployee *armms_hr_load_employee (ArmmsWork *work, const ArmmsId *employee_id, GError **error);

/* All of the tenant's, sorted by id. (transfer full) */
GPtrArray *armms_hr_load_clients (ArmmsWork *work, GError **error);
GPtrArray *armms_hr_load_departments (ArmmsWork *work, GError **error);
GPtrArray *armms_hr_load_detachments (ArmmsWork *work, GError **error);
GPtrArray *armms_hr_load_positions (ArmmsWork *work, GError **error);
GPtrArray *armms_hr_load_shifts (ArmmsWork *work, GError **error);

/* Looks one up in what was loaded. (transfer none) (nullable) */
const ArmmsEmployee *armms_hr_find_employee (const GPtrArray *employees, const ArmmsId *id);
const ArmmsDetachment *armms_hr_find_detachment (const GPtrArray *detachments, const ArmmsId *id);
const ArmmsPosition *armms_hr_find_position (const GPtrArray *positions, const ArmmsId *id);
const ArmmsShift *armms_hr_find_shift (const GPtrArray *shifts, const ArmmsId *id);
/* "Dela Cruz, Juan P." (transfer full) */
char *armms_employee_name (const ArmmsEmployee *employee);

/* Sets in, for the first filling of a tenant and for imports: one statement each, all or nothing, events told. Ids are filled
 * in where nil; words that are NULL get their default. A code that exists is CONFLICT "already_exists". */
gboolean armms_hr_insert_clients (ArmmsWork *work, const GPtrArray *clients, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_hr_insert_departments (ArmmsWork *work, const GPtrArray *departments, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_hr_insert_detachments (ArmmsWork *work, const GPtrArray *detachments, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_hr_insert_positions (ArmmsWork *work, const GPtrArray *positions, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_hr_insert_shifts (ArmmsWork *work, const GPtrArray *shifts, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The employment starts on effective_on, or on hired_on when that is NONE. */
gboolean armms_hr_insert_employees (ArmmsWork *work, const GPtrArray *employees, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
