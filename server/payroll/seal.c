/* The seals of payslips, computed again from what stands: whoever changed a row afterwards is seen. */
#include "server/payroll/payroll-private.h"

#include <string.h>

#define PAGE 1000

static gint64
number_or_none (ArmmsRows *rows, guint row, const char *column)
{
  return armms_rows_is_null (rows, row, column) ? G_MININT64 : armms_rows_integer (rows, row, column);
}

static GPtrArray *
take_texts (ArmmsRows *rows, guint row, const char *column)
{
  g_auto(GStrv) texts = armms_rows_texts (rows, row, column);
  GPtrArray *taken = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    g_ptr_array_add (taken, g_strdup (texts[i]));
  return taken;
}

static GArray *
load_lines (ArmmsWork *work, const ArmmsId *ids, const ArmmsDate *periods, guint n, GHashTable *ret_first, GError **error)
{
  ArmmsParams *params = armms_params_dates (armms_params_ids (armms_params_new (), ids, n), periods, n);
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "payroll/sheet-lines", params, error);
  GArray *lines;

  if (rows == NULL)
    return NULL;
  lines = g_array_new (FALSE, FALSE, sizeof (ArmmsPayLine));
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId id = armms_rows_id (rows, i, "paysheet_id");
      const char *kind = armms_rows_text (rows, i, "kind");
      ArmmsPayLine line = {
        .code = g_intern_string (armms_rows_text (rows, i, "code")), .title = g_intern_string (armms_rows_text (rows, i, "title")),
        .pay_class = g_intern_string (armms_rows_text (rows, i, "pay_class")), .minutes = number_or_none (rows, i, "minutes"),
        .rate = number_or_none (rows, i, "rate_centavos"), .rate_minutes = number_or_none (rows, i, "rate_minutes"),
        .multiplier = number_or_none (rows, i, "multiplier"), .due = number_or_none (rows, i, "due_centavos"),
        .waived = number_or_none (rows, i, "waived_centavos"), .deferred = number_or_none (rows, i, "deferred_centavos"),
        .amount = armms_rows_integer (rows, i, "amount_centavos"), .basic = number_or_none (rows, i, "basic_centavos"),
        .source_id = armms_rows_id (rows, i, "source_id"), .detachment_id = armms_rows_id (rows, i, "detachment_id"),
      };

      while (line.kind < ARMMS_N_LINE_KINDS - 1 && g_strcmp0 (armms_line_kind_name (line.kind), kind) != 0)
        line.kind++;
      if (!g_hash_table_contains (ret_first, &id))
        g_hash_table_insert (ret_first, g_memdup2 (&id, sizeof id), GUINT_TO_POINTER (lines->len));
      g_array_append_val (lines, line);
    }
  return lines;
}

static gboolean
fits (ArmmsRows *rows, guint row, const GArray *lines, GHashTable *first)
{
  ArmmsSheet sheet = {
    .paysheet_id = armms_rows_id (rows, row, "paysheet_id"), .employee_id = armms_rows_id (rows, row, "employee_id"),
    .employee_no = (char *) armms_rows_text (rows, row, "employee_no"), .employee_name = (char *) armms_rows_text (rows, row, "employee_name"),
    .n_lines = (guint) armms_rows_integer (rows, row, "lines"), .worked_minutes = armms_rows_integer (rows, row, "worked_minutes"),
    .gross = armms_rows_integer (rows, row, "gross_centavos"), .basic = armms_rows_integer (rows, row, "basic_centavos"),
    .allowances = armms_rows_integer (rows, row, "allowances_centavos"), .adjustments = armms_rows_integer (rows, row, "adjustments_centavos"),
    .untouchable = armms_rows_integer (rows, row, "untouchable_centavos"), .taxable = armms_rows_integer (rows, row, "taxable_centavos"),
    .regular = armms_rows_integer (rows, row, "regular_centavos"), .supplementary = armms_rows_integer (rows, row, "supplementary_centavos"),
    .exempt = armms_rows_integer (rows, row, "exempt_centavos"), .pool = armms_rows_integer (rows, row, "pool_centavos"),
    .tax = armms_rows_integer (rows, row, "tax_centavos"), .obligations = armms_rows_integer (rows, row, "obligations_centavos"),
    .deductions = armms_rows_integer (rows, row, "deductions_centavos"), .net = armms_rows_integer (rows, row, "net_centavos"),
    .floor = armms_rows_integer (rows, row, "net_floor_centavos"), .deferred = armms_rows_integer (rows, row, "deferred_centavos"),
    .waived = armms_rows_integer (rows, row, "waived_centavos"), .receivable = armms_rows_integer (rows, row, "receivable_centavos"),
    .tax_short = armms_rows_integer (rows, row, "tax_short_centavos"), .employer = armms_rows_integer (rows, row, "employer_centavos"),
    .thirteenth_month = armms_rows_integer (rows, row, "thirteenth_month_centavos"),
    .minimum_wage_earner = armms_rows_boolean (rows, row, "minimum_wage_earner"), .floor_missed = armms_rows_boolean (rows, row, "floor_missed"),
    .traces = (char *) armms_rows_text (rows, row, "traces"),
  };
  g_autoptr(GArray) statutory = armms_rows_integers (rows, row, "statutory");
  g_autoptr(GPtrArray) problems = take_texts (rows, row, "problems"), warnings = take_texts (rows, row, "warnings");
  g_autoptr(GBytes) seal = armms_rows_bytes (rows, row, "sha256");
  guint from = GPOINTER_TO_UINT (g_hash_table_lookup (first, &sheet.paysheet_id));

  sheet.problems = problems;
  sheet.warnings = warnings;
  for (guint i = 0; statutory != NULL && i < statutory->len && i < ARMMS_N_SCHEMES * ARMMS_STATUTORY_FIGURES; i++)
    sheet.statutory[i / ARMMS_STATUTORY_FIGURES][i % ARMMS_STATUTORY_FIGURES] = g_array_index (statutory, gint64, i);
  if (from + sheet.n_lines > lines->len)
    return FALSE;
  armms_sheet_seal (&sheet, sheet.n_lines > 0 ? &g_array_index (lines, ArmmsPayLine, from) : NULL);
  return g_bytes_get_size (seal) == sizeof sheet.content && memcmp (g_bytes_get_data (seal, NULL), sheet.content, sizeof sheet.content) == 0;
}

gboolean
armms_payroll_check_seals (ArmmsWork *work, const ArmmsId *payrun_id, gint64 *ret_checked, gint64 *ret_broken, GError **error)
{
  ArmmsId after = ARMMS_ID_NIL;
  guint n;

  *ret_checked = *ret_broken = 0;
  do
    {
      ArmmsParams *params = armms_params_id (armms_params_id (armms_params_new (), payrun_id), &after);
      g_autoptr(ArmmsRows) rows = armms_work_query (work, "payroll/seals-page", armms_params_integer (params, PAGE), error);
      g_autoptr(GHashTable) first = g_hash_table_new_full (armms_id_hash, armms_id_equal_func, g_free, NULL);
      g_autoptr(GArray) lines = NULL;
      g_autofree ArmmsId *ids = NULL;
      g_autofree ArmmsDate *periods = NULL;

      if (rows == NULL)
        return FALSE;
      n = armms_rows_count (rows);
      if (n == 0)
        return TRUE;
      ids = g_new (ArmmsId, n);
      periods = g_new (ArmmsDate, n);
      for (guint i = 0; i < n; i++)
        {
          ids[i] = armms_rows_id (rows, i, "paysheet_id");
          periods[i] = armms_rows_date (rows, i, "period_to");
        }
      lines = load_lines (work, ids, periods, n, first, error);
      if (lines == NULL)
        return FALSE;
      for (guint i = 0; i < n; i++)
        *ret_broken += fits (rows, i, lines, first) ? 0 : 1;
      *ret_checked += n;
      after = ids[n - 1];
    }
  while (n == PAGE);
  return TRUE;
}
