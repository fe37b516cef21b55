/* Who and what a tenant knows, as the door of events needs it: looked up without a query.
 *
 * Shape  an immutable, counted picture of employees, devices, settings and months, renewed when it is old, or when a number is
 *        not in it (not more than once a second). What it does not know yet is no loss: the derivation looks again.
 */
#pragma once

#include "common/base/date.h"
#include "common/base/id.h"
#include "server/platform/work/work.h"

G_BEGIN_DECLS

typedef struct _ArmmsDirectory ArmmsDirectory;

typedef struct {
  ArmmsId device_id;
  ArmmsId detachment_id;
  gboolean active;
} ArmmsDirectoryDevice;

/* The picture of the tenant, fresh enough. (transfer full) */
ArmmsDirectory *armms_directory_get (ArmmsDb *db, const ArmmsId *tenant_id, GError **error);
/* The same after something was not found in @old: newer than it, when it may be. (transfer full); @old stays the caller's */
ArmmsDirectory *armms_directory_renew (ArmmsDb *db, const ArmmsId *tenant_id, ArmmsDirectory *old, GError **error);
void armms_directory_unref (ArmmsDirectory *directory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsDirectory, armms_directory_unref)

/* The employee of that number, nil: nobody. */
ArmmsId armms_directory_find_number (const ArmmsDirectory *directory, const char *employee_no);
gboolean armms_directory_has_employee (const ArmmsDirectory *directory, const ArmmsId *employee_id);
const ArmmsDirectoryDevice *armms_directory_find_device (const ArmmsDirectory *directory, const ArmmsId *device_id);
/* "too_old", "too_new" or NULL: within the tenant's bounds and with a month to lie in. */
const char *armms_directory_judge_time (const ArmmsDirectory *directory, ArmmsInstant ts, ArmmsInstant now);
ArmmsDate armms_directory_local_day (const ArmmsDirectory *directory, ArmmsInstant ts);

/* Programs that end, and tests. */
void armms_directory_forget_all (void);

G_END_DECLS
