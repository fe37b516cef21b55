#include "server/hr/employee-seal.h"

void
armms_sealed_employee_free (ArmmsSealedEmployee *sealed)
{
  if (sealed == NULL)
    return;
  for (guint c = 0; c < ARMMS_HR_SEALED_COLUMNS; c++)
    g_clear_pointer (&sealed->columns[c], g_bytes_unref);
  g_free (sealed);
}

/* Until the keys are there, what must be sealed is refused rather than lost or stored in the open. */
ArmmsSealedEmployee *
armms_hr_seal (ArmmsWork *work, const ArmmsEmployee *employee, GError **error)
{
  if (employee->sss_no != NULL || employee->philhealth_no != NULL || employee->hdmf_no != NULL || employee->tin != NULL
      || employee->bank_account != NULL || employee->address != NULL || !armms_date_is_none (employee->birth_on))
    {
      armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "crypto.no_key", "cannot seal the personal data of employee %s: no key",
                       employee->employee_no);
      return NULL;
    }
  return g_new0 (ArmmsSealedEmployee, 1);
}

gboolean
armms_hr_open_sealed (ArmmsWork *work, ArmmsRows *rows, ArmmsEmployee *employee, GError **error)
{
  return TRUE;
}
