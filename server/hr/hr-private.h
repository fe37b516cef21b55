/* What the files of this room share. */
#pragma once

#include "server/hr/hr.h"
#include "server/platform/resource/resource.h"

G_BEGIN_DECLS

#define ARMMS_HR_SCHEMA "hr_core"

extern const ArmmsStatement armms_hr_statements[];
extern const ArmmsRoute armms_hr_routes[];
extern const ArmmsResource armms_hr_clients, armms_hr_departments, armms_hr_detachments, armms_hr_positions, armms_hr_shifts;

/* Use cases: see employee.c. */
gboolean armms_hr_onboard (ArmmsWork *work, const GPtrArray *employees, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* @changes: the request as it came. (transfer full): as it is now */
ArmmsEmployee *armms_hr_change_employee (ArmmsWork *work, const ArmmsId *employee_id, gint64 version, JsonNode *changes, GError **error);

/* Store: see employee-store.c. */
ArmmsEmployee *armms_hr_store_read_employee (ArmmsWork *work, const ArmmsId *employee_id, GError **error);
gboolean armms_hr_store_insert_employees (ArmmsWork *work, const GPtrArray *employees, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_hr_store_change_employee (ArmmsWork *work, const ArmmsEmployee *employee, gint64 version, gboolean *ret_stale,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The employment members of @employee hold from effective_on on, until what was planned to follow. */
gboolean armms_hr_store_employ (ArmmsWork *work, const ArmmsEmployee *employee, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
