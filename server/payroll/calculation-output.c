/* From sheets to rows: what differs from what stands is written, in one statement per table. */
#include "server/payroll/calculation.h"

#include <string.h>

static const char *const role_names[] = { "period", "late", "correction" };

/* Which of @sheets stand already with the same content: a table of the ids of those that do. */
static gboolean
load_existing (ArmmsWork *work, const ArmmsCalculation *calculation, const ArmmsId *first, const ArmmsId *last, const ArmmsSheetSet *sheets,
               GHashTable *ret_same, GArray *ret_gone, gboolean *ret_any, GError **error)
{
  ArmmsParams *params = armms_params_id (armms_params_new (), &calculation->facts.payrun_id);
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GHashTable) by_id = g_hash_table_new (armms_id_hash, armms_id_equal_func);

  rows = armms_work_query (work, "payroll/sheets-existing", armms_params_id (armms_params_id (params, first), last), error);
  if (rows == NULL)
    return FALSE;
  *ret_any = armms_rows_count (rows) > 0;
  if (!*ret_any)
    return TRUE;
  for (guint i = 0; i < sheets->sheets->len; i++)
    {
      ArmmsSheet *sheet = g_ptr_array_index (sheets->sheets, i);

      g_hash_table_insert (by_id, &sheet->paysheet_id, sheet);
    }
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId id = armms_rows_id (rows, i, "paysheet_id");
      ArmmsSheet *sheet = g_hash_table_lookup (by_id, &id);
      g_autoptr(GBytes) content = armms_rows_bytes (rows, i, "content_sha256");

      if (sheet != NULL && g_bytes_get_size (content) == sizeof sheet->content
          && memcmp (g_bytes_get_data (content, NULL), sheet->content, sizeof sheet->content) == 0)
        g_hash_table_add (ret_same, sheet);
      else if (sheet == NULL)
        g_array_append_val (ret_gone, id);
    }
  return TRUE;
}

static char *
join_lines (const GPtrArray *texts)
{
  GString *joined;

  if (texts->len == 0)
    return NULL;
  joined = g_string_new (NULL);
  for (guint i = 0; i < texts->len; i++)
    {
      if (i > 0)
        g_string_append_c (joined, '\n');
      g_string_append (joined, g_ptr_array_index (texts, i));
    }
  return g_string_free (joined, FALSE);
}

static char *
figures_text (const ArmmsSheet *sheet)
{
  GString *text;
  const gint64 *figures = &sheet->statutory[0][0];
  gboolean any = FALSE;

  for (guint i = 0; i < ARMMS_N_SCHEMES * ARMMS_STATUTORY_FIGURES; i++)
    any = any || figures[i] != 0;
  if (!any)
    return g_strdup ("{}");
  text = g_string_new ("{");
  for (guint i = 0; i < ARMMS_N_SCHEMES * ARMMS_STATUTORY_FIGURES; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", figures[i]);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

/* One column of money: where it lies in the sheet. In the order of sheets-upsert.sql. */
static const gsize money_columns[] = {
  G_STRUCT_OFFSET (ArmmsSheet, gross), G_STRUCT_OFFSET (ArmmsSheet, basic), G_STRUCT_OFFSET (ArmmsSheet, allowances),
  G_STRUCT_OFFSET (ArmmsSheet, adjustments), G_STRUCT_OFFSET (ArmmsSheet, untouchable), G_STRUCT_OFFSET (ArmmsSheet, taxable),
  G_STRUCT_OFFSET (ArmmsSheet, regular), G_STRUCT_OFFSET (ArmmsSheet, supplementary), G_STRUCT_OFFSET (ArmmsSheet, exempt),
  G_STRUCT_OFFSET (ArmmsSheet, pool), G_STRUCT_OFFSET (ArmmsSheet, taken[ARMMS_SCHEME_SSS]), G_STRUCT_OFFSET (ArmmsSheet, taken[ARMMS_SCHEME_PHILHEALTH]),
  G_STRUCT_OFFSET (ArmmsSheet, taken[ARMMS_SCHEME_HDMF]), G_STRUCT_OFFSET (ArmmsSheet, tax), G_STRUCT_OFFSET (ArmmsSheet, obligations),
  G_STRUCT_OFFSET (ArmmsSheet, deductions), G_STRUCT_OFFSET (ArmmsSheet, net), G_STRUCT_OFFSET (ArmmsSheet, floor),
  G_STRUCT_OFFSET (ArmmsSheet, deferred), G_STRUCT_OFFSET (ArmmsSheet, waived), G_STRUCT_OFFSET (ArmmsSheet, receivable),
  G_STRUCT_OFFSET (ArmmsSheet, tax_short), G_STRUCT_OFFSET (ArmmsSheet, employer), G_STRUCT_OFFSET (ArmmsSheet, thirteenth_month),
  G_STRUCT_OFFSET (ArmmsSheet, previous_net),
};

static void
append_texts (ArmmsParams *params, char **texts, guint n)
{
  armms_params_texts (params, (const char *const *) texts, n);
  for (guint i = 0; i < n; i++)
    g_free (texts[i]);
}

static gboolean
write_sheets (ArmmsWork *work, const ArmmsCalculation *calculation, const GPtrArray *sheets, GError **error)
{
  const ArmmsPayrunFacts *facts = &calculation->facts;
  guint n = sheets->len;
  g_autofree ArmmsId *ids = g_new (ArmmsId, n);
  g_autofree gint64 *numbers = g_new (gint64, n);
  g_autofree gboolean *flags = g_new (gboolean, n);
  g_autofree const char **texts = g_new (const char *, n);
  g_autofree char **owned = g_new (char *, n);
  g_autofree GBytes **contents = g_new (GBytes *, n);
  ArmmsParams *params = armms_params_id (armms_params_new (), &facts->payrun_id);

#define SHEET(i) ((const ArmmsSheet *) g_ptr_array_index (sheets, i))
#define COLUMN(array, value, append) G_STMT_START { \
  for (guint i = 0; i < n; i++) { const ArmmsSheet *sheet = SHEET (i); array[i] = value; } \
  append (params, array, n); \
} G_STMT_END
  armms_params_date (params, facts->period.from);
  armms_params_date (params, facts->period.to);
  armms_params_date (params, facts->pay_date);
  armms_params_integer (params, calculation->payrun->calculation_no);
  COLUMN (ids, sheet->paysheet_id, armms_params_ids);
  COLUMN (ids, sheet->employee_id, armms_params_ids);
  COLUMN (texts, sheet->employee_no, armms_params_texts);
  COLUMN (texts, sheet->employee_name, armms_params_texts);
  COLUMN (ids, sheet->detachment_id, armms_params_ids);
  for (guint what = 0; what < 2; what++)
    {
      for (guint i = 0; i < n; i++)
        {
          const ArmmsDetachment *detachment = armms_hr_find_detachment (facts->detachments, &SHEET (i)->detachment_id);

          texts[i] = detachment == NULL ? NULL : what == 0 ? detachment->code : detachment->name;
        }
      armms_params_texts (params, texts, n);
    }
  for (guint what = 0; what < 2; what++)
    {
      for (guint i = 0; i < n; i++)
        {
          const ArmmsPosition *position = armms_hr_find_position (facts->positions, &SHEET (i)->position_id);

          texts[i] = position == NULL ? NULL : what == 0 ? position->code : position->name;
        }
      armms_params_texts (params, texts, n);
    }
  COLUMN (texts, sheet->problems->len > 0 ? "ERROR" : "COMPUTED", armms_params_texts);
  COLUMN (numbers, sheet->n_lines, armms_params_integers);
  COLUMN (numbers, sheet->worked_minutes, armms_params_integers);
  for (guint column = 0; column < G_N_ELEMENTS (money_columns); column++)
    COLUMN (numbers, G_STRUCT_MEMBER (gint64, sheet, money_columns[column]), armms_params_integers);
  COLUMN (texts, sheet->tax_method, armms_params_texts);
  COLUMN (flags, sheet->minimum_wage_earner, armms_params_booleans);
  COLUMN (flags, sheet->floor_missed, armms_params_booleans);
  COLUMN (owned, figures_text (sheet), append_texts);
  COLUMN (texts, sheet->de_minimis, armms_params_texts);
  COLUMN (owned, join_lines (sheet->problems), append_texts);
  COLUMN (owned, join_lines (sheet->warnings), append_texts);
  COLUMN (contents, g_bytes_new_static (sheet->content, sizeof sheet->content), armms_params_bytes_array);
  for (guint i = 0; i < n; i++)
    g_bytes_unref (contents[i]);
#undef COLUMN
  return armms_work_execute (work, "payroll/sheets-upsert", params, NULL, error);
}

static gboolean
write_lines (ArmmsWork *work, const ArmmsCalculation *calculation, const ArmmsSheetSet *set, const GPtrArray *sheets, GError **error)
{
  ArmmsParams *params = armms_params_date (armms_params_new (), calculation->facts.period.to);
  g_autofree ArmmsId *ids = NULL;
  g_autofree gint64 *numbers = NULL;
  g_autofree const char **texts = NULL;
  g_autofree const ArmmsPayLine **lines = NULL;
  guint n = 0, at = 0;

  for (guint i = 0; i < sheets->len; i++)
    n += SHEET (i)->n_lines;
  ids = g_new (ArmmsId, MAX (n, 1));
  numbers = g_new (gint64, MAX (n, 1));
  texts = g_new (const char *, MAX (n, 1));
  lines = g_new (const ArmmsPayLine *, MAX (n, 1));
  for (guint i = 0; i < sheets->len; i++)
    for (guint line = 0; line < SHEET (i)->n_lines; line++)
      {
        ids[at] = SHEET (i)->paysheet_id;
        numbers[at] = line + 1;
        lines[at++] = &g_array_index (set->lines, ArmmsPayLine, SHEET (i)->first_line + line);
      }
#define COLUMN(array, value, append) G_STMT_START { \
  for (guint i = 0; i < n; i++) { const ArmmsPayLine *line = lines[i]; array[i] = value; } \
  append (params, array, n); \
} G_STMT_END
  armms_params_ids (params, ids, n);
  armms_params_integers (params, numbers, n);
  COLUMN (texts, armms_line_kind_name (line->kind), armms_params_texts);
  COLUMN (texts, line->code, armms_params_texts);
  COLUMN (texts, line->title, armms_params_texts);
  COLUMN (texts, line->pay_class, armms_params_texts);
  COLUMN (numbers, line->minutes, armms_params_integers);
  COLUMN (numbers, line->rate, armms_params_integers);
  COLUMN (numbers, line->rate_minutes, armms_params_integers);
  COLUMN (numbers, line->multiplier, armms_params_integers);
  COLUMN (numbers, line->due, armms_params_integers);
  COLUMN (numbers, line->waived, armms_params_integers);
  COLUMN (numbers, line->deferred, armms_params_integers);
  COLUMN (numbers, line->amount, armms_params_integers);
  COLUMN (numbers, line->basic, armms_params_integers);
  COLUMN (ids, line->source_id, armms_params_ids);
  COLUMN (ids, line->detachment_id, armms_params_ids);
#undef COLUMN
  return armms_work_execute (work, "payroll/lines-insert", params, NULL, error);
}

static gboolean
write_traces (ArmmsWork *work, const GPtrArray *sheets, GError **error)
{
  guint n = sheets->len;
  g_autofree ArmmsId *ids = g_new (ArmmsId, n);
  g_autofree const char **texts = g_new (const char *, n);
  ArmmsParams *params = armms_params_new ();

  for (guint i = 0; i < n; i++)
    {
      ids[i] = SHEET (i)->paysheet_id;
      texts[i] = SHEET (i)->traces;
    }
  return armms_work_execute (work, "payroll/traces-upsert", armms_params_texts (armms_params_ids (params, ids, n), texts, n), NULL, error);
}

static gboolean
write_sources (ArmmsWork *work, const ArmmsFactSet *facts, const ArmmsSheetSet *set, GError **error)
{
  g_autoptr(GArray) sheets = g_array_new (FALSE, FALSE, sizeof (ArmmsId)), timesheets = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GArray) snapshots = g_array_new (FALSE, FALSE, sizeof (ArmmsId)), versions = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GPtrArray) roles = g_ptr_array_new ();
  ArmmsParams *params = armms_params_new ();

  /* Facts and sheets are in one order: at most one sheet each. */
  for (guint i = 0, at = 0; i < set->sheets->len; i++, at++)
    {
      const ArmmsSheet *sheet = g_ptr_array_index (set->sheets, i);
      const ArmmsPayFacts *of = &g_array_index (facts->facts, ArmmsPayFacts, at);

      while (!armms_id_equal (&of->employee_id, &sheet->employee_id))
        of = &g_array_index (facts->facts, ArmmsPayFacts, ++at);
      for (guint s = 0; s < of->sources->len; s++)
        {
          const ArmmsPaySource *source = g_ptr_array_index (of->sources, s);

          g_array_append_val (sheets, sheet->paysheet_id);
          g_array_append_val (timesheets, source->timesheet_id);
          g_array_append_val (snapshots, source->snapshot_id);
          g_array_append_val (versions, source->version);
          g_ptr_array_add (roles, (gpointer) role_names[source->role]);
        }
    }
  armms_params_ids (params, (const ArmmsId *) (gpointer) sheets->data, sheets->len);
  armms_params_ids (params, (const ArmmsId *) (gpointer) timesheets->data, timesheets->len);
  armms_params_ids (params, (const ArmmsId *) (gpointer) snapshots->data, snapshots->len);
  armms_params_integers (params, (const gint64 *) (gpointer) versions->data, versions->len);
  armms_params_texts (params, (const char *const *) roles->pdata, roles->len);
  return armms_work_execute (work, "payroll/sources-insert", params, NULL, error);
}

static int
compare_sheets (gconstpointer a, gconstpointer b)
{
  return armms_id_compare (&(*(const ArmmsSheet *const *) a)->paysheet_id, &(*(const ArmmsSheet *const *) b)->paysheet_id);
}

gboolean
armms_sheets_drop (ArmmsWork *work, const ArmmsId *paysheets, gsize n, ArmmsDate period_to, GError **error)
{
  return n == 0
         || (armms_work_execute (work, "payroll/lines-drop", armms_params_date (armms_params_ids (armms_params_new (), paysheets, n), period_to), NULL, error)
             && armms_work_execute (work, "payroll/sheets-drop", armms_params_ids (armms_params_new (), paysheets, n), NULL, error));
}

gboolean
armms_sheets_store (ArmmsWork *work, const ArmmsCalculation *calculation, const ArmmsFactSet *facts, const ArmmsSheetSet *set, gint64 *ret_written,
                    GError **error)
{
  g_autoptr(GHashTable) same = g_hash_table_new (NULL, NULL);
  g_autoptr(GPtrArray) changed = g_ptr_array_new ();
  g_autoptr(GArray) gone = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autofree ArmmsId *ids = g_new (ArmmsId, MAX (set->sheets->len, 1));
  const ArmmsPayFacts *first, *last;
  gboolean any;
  guint n_same = 0;

  *ret_written = 0;
  if (facts->facts->len == 0)
    return TRUE;
  first = &g_array_index (facts->facts, ArmmsPayFacts, 0);
  last = &g_array_index (facts->facts, ArmmsPayFacts, facts->facts->len - 1);
  if (!load_existing (work, calculation, &first->employee_id, &last->employee_id, set, same, gone, &any, error))
    return FALSE;
  for (guint i = 0; i < set->sheets->len; i++)
    {
      ArmmsSheet *sheet = g_ptr_array_index (set->sheets, i);

      if (g_hash_table_contains (same, sheet))
        ids[n_same++] = sheet->paysheet_id;
      else
        g_ptr_array_add (changed, sheet);
    }
  /* Rows in the order of their keys: locks and index pages are taken one way. */
  g_ptr_array_sort (changed, compare_sheets);
  *ret_written = changed->len;

  if (any)
    {
      if (!armms_sheets_drop (work, (const ArmmsId *) (gpointer) gone->data, gone->len, calculation->facts.period.to, error))
        return FALSE;
      if (n_same > 0
          && !armms_work_execute (work, "payroll/sheets-unchanged",
                                  armms_params_integer (armms_params_ids (armms_params_new (), ids, n_same), calculation->payrun->calculation_no), NULL, error))
        return FALSE;
      for (guint i = 0; i < changed->len; i++)
        ids[i] = ((const ArmmsSheet *) g_ptr_array_index (changed, i))->paysheet_id;
      if (changed->len > 0
          && !armms_work_execute (work, "payroll/lines-drop",
                                  armms_params_date (armms_params_ids (armms_params_new (), ids, changed->len), calculation->facts.period.to), NULL, error))
        return FALSE;
      for (guint i = 0; i < set->sheets->len; i++)
        ids[i] = ((const ArmmsSheet *) g_ptr_array_index (set->sheets, i))->paysheet_id;
      if (!armms_work_execute (work, "payroll/sources-drop", armms_params_ids (armms_params_new (), ids, set->sheets->len), NULL, error))
        return FALSE;
    }
  if (changed->len > 0
      && (!write_sheets (work, calculation, changed, error)
          || !write_lines (work, calculation, set, changed, error)
          || !write_traces (work, changed, error)))
    return FALSE;
  return write_sources (work, facts, set, error); /* also of sheets that a newer version left as they were */
}
