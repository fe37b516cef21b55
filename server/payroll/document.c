/* What people get to see of paysheets: lines with their words, payslips, the register. */
#include "server/payroll/payroll-private.h"

#include "common/wire/json.h"
#include "server/payroll/payslip/payslip-pdf.h"
#include "server/tenant/tenant.h"

#include <openssl/evp.h>
#include <string.h>

#define PAGE 500

/* ---- lines ---------------------------------------------------------------------------------------------------- */

GPtrArray *
armms_paysheet_load_lines (ArmmsWork *work, const ArmmsId *paysheets, const ArmmsDate *periods, gsize n, const GPtrArray *detachments, GError **error)
{
  ArmmsParams *params = armms_params_dates (armms_params_ids (armms_params_new (), paysheets, n), periods, n);
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "payroll/sheet-lines", params, error);
  GPtrArray *lines;

  if (rows == NULL)
    return NULL;
  lines = armms_rows_records (rows, &armms_paysheet_line_type);
  for (guint i = 0; i < lines->len; i++)
    {
      ArmmsPaysheetLine *line = g_ptr_array_index (lines, i);
      const ArmmsDetachment *detachment = detachments != NULL ? armms_hr_find_detachment (detachments, &line->detachment_id) : NULL;

      line->paysheet_line_id = armms_paysheet_line_id_of (&line->paysheet_id, line->line_no);
      if (line->title == NULL)
        line->title = g_strdup (armms_pay_line_title (line->kind, line->code, NULL));
      if (detachment != NULL)
        line->detachment_code = g_strdup (detachment->code);
    }
  return lines;
}

gboolean
armms_paysheet_add_traces (ArmmsWork *work, const ArmmsId *paysheet_id, GPtrArray *lines, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "payroll/sheet-traces", armms_params_id (armms_params_new (), paysheet_id), error);
  g_autoptr(JsonNode) node = NULL;
  JsonArray *traces;

  if (rows == NULL)
    return FALSE;
  if (armms_rows_count (rows) == 0)
    return TRUE;
  node = armms_json_parse (armms_rows_text (rows, 0, "traces"), error);
  if (node == NULL)
    return FALSE;
  traces = json_node_get_array (node);
  for (guint i = 0; i < lines->len; i++)
    {
      ArmmsPaysheetLine *line = g_ptr_array_index (lines, i);

      if (line->line_no >= 1 && line->line_no <= json_array_get_length (traces))
        line->trace = json_to_string (json_array_get_element (traces, (guint) line->line_no - 1), FALSE);
    }
  return TRUE;
}

/* ---- sheets of a run, page by page ---------------------------------------------------------------------------- */

static GPtrArray *
load_page (ArmmsWork *work, const ArmmsId *payrun_id, const ArmmsPaysheet *after, GError **error)
{
  ArmmsParams *params = armms_params_id (armms_params_new (), payrun_id);
  g_autoptr(ArmmsRows) rows = NULL;

  armms_params_text (params, after != NULL ? after->employee_no : NULL);
  armms_params_id (params, after != NULL ? &after->paysheet_id : NULL);
  rows = armms_work_query (work, "payroll/sheets-of-run", armms_params_integer (params, PAGE), error);
  return rows != NULL ? armms_rows_records (rows, &armms_paysheet_type) : NULL;
}

/* All paysheets of the run, and the lines of each in an array of its own. */
static gboolean
load_run (ArmmsWork *work, const ArmmsId *payrun_id, GPtrArray *sheets, GPtrArray *lines_of_sheets, GPtrArray *owned, GError **error)
{
  for (;;)
    {
      const ArmmsPaysheet *after = sheets->len > 0 ? g_ptr_array_index (sheets, sheets->len - 1) : NULL;
      g_autoptr(GPtrArray) page = load_page (work, payrun_id, after, error);
      g_autofree ArmmsId *ids = NULL;
      g_autofree ArmmsDate *periods = NULL;
      g_autoptr(GHashTable) place = g_hash_table_new (armms_id_hash, armms_id_equal_func);
      GPtrArray *lines;
      guint n;

      if (page == NULL)
        return FALSE;
      n = page->len;
      if (n == 0)
        return TRUE;
      ids = g_new (ArmmsId, n);
      periods = g_new (ArmmsDate, n);
      g_ptr_array_set_free_func (page, NULL);
      for (guint i = 0; i < n; i++)
        {
          ArmmsPaysheet *sheet = g_ptr_array_index (page, i);

          ids[i] = sheet->paysheet_id;
          periods[i] = sheet->period_to;
          g_ptr_array_add (sheets, sheet);
          g_ptr_array_add (lines_of_sheets, g_ptr_array_new ());
          g_hash_table_insert (place, &sheet->paysheet_id, g_ptr_array_index (lines_of_sheets, lines_of_sheets->len - 1));
        }
      lines = armms_paysheet_load_lines (work, ids, periods, n, NULL, error);
      if (lines == NULL)
        return FALSE;
      g_ptr_array_add (owned, lines);
      for (guint i = 0; i < lines->len; i++)
        {
          ArmmsPaysheetLine *line = g_ptr_array_index (lines, i);

          g_ptr_array_add (g_hash_table_lookup (place, &line->paysheet_id), line);
        }
      if (n < PAGE)
        return TRUE;
    }
}

/* ---- payslips ------------------------------------------------------------------------------------------------- */

static GBytes *
render (ArmmsWork *work, const GPtrArray *sheets, const GPtrArray *lines, GError **error)
{
  g_autofree ArmmsPayslipDocument *documents = g_new0 (ArmmsPayslipDocument, MAX (sheets->len, 1));
  g_autoptr(GBytes) logo = NULL;
  ArmmsBranding *branding = armms_tenant_get_branding (work, &logo, error);
  gboolean png = branding != NULL && g_strcmp0 (branding->logo_type, "image/png") == 0;
  GBytes *pdf;

  if (branding == NULL)
    return NULL;
  for (guint i = 0; i < sheets->len; i++)
    documents[i] = (ArmmsPayslipDocument) {
      .company = branding->legal_name != NULL ? branding->legal_name : branding->name, .address = branding->address, .logo_png = png ? logo : NULL,
      .paysheet = g_ptr_array_index (sheets, i), .lines = g_ptr_array_index (lines, i),
    };
  pdf = armms_payslip_render (documents, sheets->len, error);
  armms_record_free (&armms_branding_type, branding);
  return pdf;
}

GBytes *
armms_payslip_of (ArmmsWork *work, const ArmmsId *paysheet_id, char **ret_name, GError **error)
{
  g_autoptr(GPtrArray) sheets = armms_records_new (&armms_paysheet_type), all = g_ptr_array_new ();
  g_autoptr(GPtrArray) lines = NULL, detachments = NULL;
  ArmmsPaysheet *sheet = armms_paysheet_load (work, paysheet_id, error);
  char to[ARMMS_DATE_TEXT_SIZE];

  if (sheet == NULL)
    return NULL;
  g_ptr_array_add (sheets, sheet);
  if (strcmp (sheet->state, "ERROR") == 0 || strcmp (sheet->state, "LEFT_OUT") == 0)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "paysheet.state", "a paysheet that is %s has no payslip", sheet->state);
      return NULL;
    }
  detachments = armms_hr_load_detachments (work, error);
  if (detachments == NULL)
    return NULL;
  lines = armms_paysheet_load_lines (work, &sheet->paysheet_id, &sheet->period_to, 1, detachments, error);
  if (lines == NULL)
    return NULL;
  g_ptr_array_add (all, lines);
  *ret_name = g_strdup_printf ("payslip-%s-%s.pdf", sheet->employee_no, armms_date_format (sheet->period_to, to));
  return render (work, sheets, all, error);
}

typedef struct {
  ArmmsId payrun_id;
  GBytes *pdf;
  guint pages;
} File;

static gboolean
store_file (ArmmsWork *work, gpointer user_data, GError **error)
{
  File *file = user_data;
  guint8 hash[32];
  g_autoptr(GBytes) seal = NULL;
  ArmmsParams *params = armms_params_id (armms_params_new (), &file->payrun_id);

  EVP_Digest (g_bytes_get_data (file->pdf, NULL), g_bytes_get_size (file->pdf), hash, NULL, EVP_sha256 (), NULL);
  seal = g_bytes_new (hash, sizeof hash);
  armms_params_integer (armms_params_bytes (params, seal), file->pages);
  return armms_work_execute (work, "payroll/payslip-file-upsert", armms_params_bytes (params, file->pdf), NULL, error);
}

gboolean
armms_payslips_make (ArmmsJob *job, GError **error)
{
  g_autoptr(GPtrArray) sheets = armms_records_new (&armms_paysheet_type);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr(ArmmsWork) work = NULL;
  g_autoptr(GBytes) pdf = NULL;
  File file = { 0 };

  if (!armms_id_parse (json_object_get_string_member_with_default (armms_job_get_payload (job), "payrun_id", ""), &file.payrun_id))
    {
      armms_error_set (error, ARMMS_ERROR_MALFORMED, "job.malformed", "the job names no payrun");
      return FALSE;
    }
  work = armms_work_begin (armms_job_get_db (job), "payroll", ARMMS_WORK_READ, armms_job_get_actor (job), error);
  if (work == NULL || !load_run (work, &file.payrun_id, sheets, lines, owned, error))
    return FALSE;
  armms_job_set_total (job, sheets->len);
  pdf = render (work, sheets, lines, error);
  if (pdf == NULL || !armms_work_commit (work, error))
    return FALSE;
  file.pdf = pdf;
  file.pages = sheets->len;
  if (!armms_work_run (armms_job_get_db (job), "payroll", ARMMS_WORK_WRITE, armms_job_get_actor (job), store_file, &file, error))
    return FALSE;
  armms_job_advance (job, sheets->len, 0);
  return TRUE;
}

/* ---- the register --------------------------------------------------------------------------------------------- */

/* A spreadsheet takes what begins with = + - @ for a formula: such text gets an apostrophe before it. */
static void
append_cell (GString *out, const char *text)
{
  gboolean formula = text != NULL && text[0] != '\0' && strchr ("=+-@\t\r", text[0]) != NULL;

  g_string_append_c (out, '"');
  if (formula)
    g_string_append_c (out, '\'');
  for (const char *at = text != NULL ? text : ""; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *at);
    }
  g_string_append_c (out, '"');
}

static void
append_money (GString *out, ArmmsMoney money)
{
  char text[ARMMS_MONEY_TEXT_SIZE];

  g_string_append_c (out, ',');
  g_string_append (out, armms_money_format (money, text));
}

static void
append_sheet (GString *out, const ArmmsPaysheet *sheet)
{
  const ArmmsMoney figures[] = { sheet->gross, sheet->allowances, sheet->adjustments, sheet->taxable, sheet->sss, sheet->philhealth, sheet->hdmf,
                                 sheet->tax, sheet->obligations, sheet->deductions, sheet->net, sheet->deferred, sheet->waived, sheet->receivable,
                                 sheet->employer, sheet->thirteenth_month };

  append_cell (out, sheet->employee_no);
  g_string_append_c (out, ',');
  append_cell (out, sheet->employee_name);
  g_string_append_c (out, ',');
  append_cell (out, sheet->detachment_code);
  g_string_append_c (out, ',');
  append_cell (out, sheet->position_code);
  g_string_append_printf (out, ",%d", sheet->worked_minutes.count);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    append_money (out, figures[i]);
  g_string_append (out, "\r\n");
}

GBytes *
armms_register_csv (ArmmsWork *work, const ArmmsId *payrun_id, GError **error)
{
  GString *out = g_string_new ("employee_no,employee_name,detachment,position,worked_minutes,gross,allowances,adjustments,taxable,sss,philhealth,hdmf,"
                               "withholding_tax,obligations,deductions,net,deferred,waived,receivable,employer_shares,thirteenth_month\r\n");
  ArmmsPaysheet *after = NULL;
  guint n;

  do
    {
      g_autoptr(GPtrArray) page = load_page (work, payrun_id, after, error);

      if (after != NULL)
        armms_record_free (&armms_paysheet_type, after);
      after = NULL;
      if (page == NULL)
        {
          g_string_free (out, TRUE);
          return NULL;
        }
      n = page->len;
      for (guint i = 0; i < n; i++)
        append_sheet (out, g_ptr_array_index (page, i));
      if (n > 0)
        after = armms_record_copy (&armms_paysheet_type, g_ptr_array_index (page, n - 1));
    }
  while (n == PAGE);
  if (after != NULL)
    armms_record_free (&armms_paysheet_type, after);
  return g_string_free_to_bytes (out);
}
