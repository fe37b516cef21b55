/* Personal data of an employee, sealed with the tenant's data key. A seal is bound to its table, column and row: moved elsewhere it
 * does not open. The four government numbers have a keyed hash beside them, for equality. */
#pragma once

#include "server/hr/hr.h"

G_BEGIN_DECLS

#define ARMMS_HR_SEALED_COLUMNS 11

/* In the order of the statements: each number and its hash, then bank account, birth date, address. NULL: none. */
typedef struct {
  GBytes *columns[ARMMS_HR_SEALED_COLUMNS];
} ArmmsSealedEmployee;

ArmmsSealedEmployee *armms_hr_seal (ArmmsWork *work, const ArmmsEmployee *employee, GError **error); /* (transfer full) */
void armms_sealed_employee_free (ArmmsSealedEmployee *sealed);
/* Fills in the sealed members of @employee from row 0 of @rows. */
gboolean armms_hr_open_sealed (ArmmsWork *work, ArmmsRows *rows, ArmmsEmployee *employee, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
