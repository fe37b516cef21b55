#include "server/hr/employee-seal.h"

#include "server/platform/crypto/crypto.h"


#define TABLE "hr_core.employees"

/* In the order of the statements. */
typedef struct {
  const char *field;
  const char *column;
  gboolean hashed; /* a keyed hash follows */
} SealedField;

static const SealedField sealed_fields[] = {
  { "sss_no", "sss_no_sealed", TRUE },
  { "philhealth_no", "philhealth_no_sealed", TRUE },
  { "hdmf_no", "hdmf_no_sealed", TRUE },
  { "tin", "tin_sealed", TRUE },
  { "bank_account", "bank_account_sealed", FALSE },
  { "birth_on", "birth_on_sealed", FALSE },
  { "address", "address_sealed", FALSE },
};

void
armms_sealed_employee_free (ArmmsSealedEmployee *sealed)
{
  if (sealed == NULL)
    return;
  for (guint c = 0; c < ARMMS_HR_SEALED_COLUMNS; c++)
    g_clear_pointer (&sealed->columns[c], g_bytes_unref);
  g_free (sealed);
}

/* (transfer full) (nullable) */
static char *
text_of (const ArmmsEmployee *employee, const char *name)
{
  const ArmmsField *field = armms_record_type_find (&armms_employee_type, name);
  g_autofree char *text = armms_field_to_display (field, employee);

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/* One number written with and without hyphens is the same number. */
static char *
digits_of (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      g_string_append_c (digits, *text);
  return g_string_free (digits, FALSE);
}

static gboolean
seal_field (ArmmsWork *work, const ArmmsEmployee *employee, const SealedField *field, GBytes **column, GError **error)
{
  g_autofree char *text = text_of (employee, field->field);
  g_autofree char *digits = NULL;

  if (text == NULL)
    return TRUE;
  column[0] = armms_crypto_seal (work, TABLE, field->column, &employee->employee_id, text, error);
  if (column[0] == NULL)
    return FALSE;
  if (!field->hashed)
    return TRUE;
  digits = digits_of (text);
  column[1] = armms_crypto_index (work, TABLE, field->column, digits, error);
  return column[1] != NULL;
}

ArmmsSealedEmployee *
armms_hr_seal (ArmmsWork *work, const ArmmsEmployee *employee, GError **error)
{
  ArmmsSealedEmployee *sealed = g_new0 (ArmmsSealedEmployee, 1);
  guint column = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sealed_fields); i++)
    {
      if (!seal_field (work, employee, &sealed_fields[i], &sealed->columns[column], error))
        {
          armms_sealed_employee_free (sealed);
          return NULL;
        }
      column += sealed_fields[i].hashed ? 2 : 1;
    }
  g_assert (column == ARMMS_HR_SEALED_COLUMNS);
  return sealed;
}

static gboolean
open_field (ArmmsWork *work, ArmmsRows *rows, ArmmsEmployee *employee, const SealedField *sealed, GError **error)
{
  const ArmmsField *field = armms_record_type_find (&armms_employee_type, sealed->field);
  g_autoptr(GBytes) bytes = armms_rows_bytes (rows, 0, sealed->column);
  g_autofree char *text = NULL;

  if (bytes == NULL)
    return TRUE;
  text = armms_crypto_open (work, TABLE, sealed->column, &employee->employee_id, bytes, error);
  if (text == NULL)
    return FALSE;
  if (field->kind != ARMMS_FIELD_DATE)
    {
      char **member = (char **) G_STRUCT_MEMBER_P (employee, field->offset);

      g_free (*member);
      *member = g_steal_pointer (&text);
      return TRUE;
    }
  if (armms_date_parse (text, (ArmmsDate *) G_STRUCT_MEMBER_P (employee, field->offset)))
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_INTERNAL, "crypto.broken_seal", "what is sealed as %s is no date", sealed->field);
  return FALSE;
}

gboolean
armms_hr_open_sealed (ArmmsWork *work, ArmmsRows *rows, ArmmsEmployee *employee, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (sealed_fields); i++)
    if (!open_field (work, rows, employee, &sealed_fields[i], error))
      return FALSE;
  return TRUE;
}
