#include "server/statutory/import-private.h"

#include "server/timekeeping/timekeeping.h"

#define US_PER_DAY (ARMMS_US_PER_MINUTE * ARMMS_MINUTES_PER_DAY)

/* One kind of printed table: the same steps, other statements. */
typedef struct {
  const char *what;
  const char *spans, *spans_insert, *spans_update, *spans_delete;
  gboolean (*insert_rows) (ArmmsWork *work, const ArmmsLawFiles *files, const GArray *wanted, GError **error);
} Kind;

/* A span of the files that has rows to be written, under this id. */
typedef struct {
  const ArmmsLawSpan *span;
  ArmmsId id;
} Wanted;

gboolean
armms_import_refuse_past (GError **error, const char *what, const char *subject, ArmmsDate from, const char *why)
{
  char buffer[ARMMS_DATE_TEXT_SIZE];

  armms_error_set (error, ARMMS_ERROR_CONFLICT, "statutory.changed_past", "the %s %s from %s is in force and %s", what, subject,
                   armms_date_is_none (from) ? "the beginning" : armms_date_format (from, buffer), why);
  return FALSE;
}

ArmmsDate
armms_import_today (ArmmsWork *work)
{
  return (ArmmsDate) { (gint32) (armms_work_get_now (work).us / US_PER_DAY) };
}

gboolean
armms_import_is_past (ArmmsDate from, ArmmsDate today)
{
  return armms_date_is_none (from) || from.days <= today.days;
}

static void
add_number (GArray *column, gint64 value)
{
  g_array_append_val (column, value);
}

static ArmmsParams *
take_numbers (ArmmsParams *params, const GArray *column)
{
  return armms_params_integers (params, (const gint64 *) column->data, column->len);
}

#define CONTRIBUTION_COLUMNS 13

static gboolean
insert_contribution_rows (ArmmsWork *work, const ArmmsLawFiles *files, const GArray *wanted, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  ArmmsParams *params = armms_params_new ();

  for (guint k = 0; k < CONTRIBUTION_COLUMNS; k++)
    g_ptr_array_add (columns, g_array_new (FALSE, FALSE, sizeof (gint64)));
  for (guint i = 0; i < wanted->len; i++)
    {
      const Wanted *one = &g_array_index (wanted, Wanted, i);

      for (guint r = one->span->first; r < one->span->first + one->span->n_rows; r++)
        {
          const ArmmsContributionRow *row = &g_array_index (files->contributions, ArmmsContributionRow, r);
          const gint64 values[CONTRIBUTION_COLUMNS] = {
            row->row, row->at_least, row->below == G_MAXINT64 ? -1 : row->below - 1, row->credit.centavos,
            row->employee.centavos, row->employee_mpf.centavos, row->employer.centavos, row->employer_mpf.centavos,
            row->employer_ec.centavos, row->employee_rate.millionths, row->employer_rate.millionths,
            row->floor.centavos, row->ceiling.centavos,
          };

          g_array_append_val (ids, one->id);
          for (guint k = 0; k < CONTRIBUTION_COLUMNS; k++)
            add_number (columns->pdata[k], values[k]);
        }
    }
  armms_params_ids (params, (const ArmmsId *) ids->data, ids->len);
  for (guint k = 0; k < CONTRIBUTION_COLUMNS; k++)
    take_numbers (params, columns->pdata[k]);
  return armms_work_execute (work, "statutory/contribution-rows-insert", params, NULL, error);
}

#define TAX_COLUMNS 4

static gboolean
insert_tax_rows (ArmmsWork *work, const ArmmsLawFiles *files, const GArray *wanted, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  ArmmsParams *params = armms_params_new ();

  for (guint k = 0; k < TAX_COLUMNS; k++)
    g_ptr_array_add (columns, g_array_new (FALSE, FALSE, sizeof (gint64)));
  for (guint i = 0; i < wanted->len; i++)
    {
      const Wanted *one = &g_array_index (wanted, Wanted, i);

      for (guint r = one->span->first; r < one->span->first + one->span->n_rows; r++)
        {
          const ArmmsTaxRow *row = &g_array_index (files->taxes, ArmmsTaxRow, r);
          const gint64 values[TAX_COLUMNS] = { row->row, row->over.centavos, row->base.centavos, row->rate.millionths };

          g_array_append_val (ids, one->id);
          for (guint k = 0; k < TAX_COLUMNS; k++)
            add_number (columns->pdata[k], values[k]);
        }
    }
  armms_params_ids (params, (const ArmmsId *) ids->data, ids->len);
  for (guint k = 0; k < TAX_COLUMNS; k++)
    take_numbers (params, columns->pdata[k]);
  return armms_work_execute (work, "statutory/tax-brackets-insert", params, NULL, error);
}

static const Kind contribution_kind = {
  "contribution table", "statutory/contribution-spans", "statutory/contribution-spans-insert",
  "statutory/contribution-spans-update", "statutory/contribution-spans-delete", insert_contribution_rows,
};

static const Kind tax_kind = {
  "tax table", "statutory/tax-spans", "statutory/tax-spans-insert", "statutory/tax-spans-update", "statutory/tax-spans-delete",
  insert_tax_rows,
};

static gboolean
update_spans (ArmmsWork *work, const Kind *kind, const GArray *changed, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GArray) tos = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  g_autoptr(GArray) reviews = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  g_autoptr(GPtrArray) sources = g_ptr_array_new ();
  ArmmsParams *params = armms_params_new ();

  for (guint i = 0; i < changed->len; i++)
    {
      const Wanted *one = &g_array_index (changed, Wanted, i);

      g_array_append_val (ids, one->id);
      g_array_append_val (tos, one->span->to);
      g_array_append_val (reviews, one->span->reviewed_on);
      g_ptr_array_add (sources, (gpointer) one->span->source);
    }
  armms_params_ids (params, (const ArmmsId *) ids->data, ids->len);
  armms_params_dates (params, (const ArmmsDate *) tos->data, tos->len);
  armms_params_texts (params, (const char *const *) sources->pdata, sources->len);
  armms_params_dates (params, (const ArmmsDate *) reviews->data, reviews->len);
  return armms_work_execute (work, kind->spans_update, params, NULL, error);
}

static gboolean
insert_spans (ArmmsWork *work, const Kind *kind, const GArray *wanted, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GArray) froms = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  g_autoptr(GArray) tos = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  g_autoptr(GArray) reviews = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  g_autoptr(GArray) counts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GPtrArray) subjects = g_ptr_array_new ();
  g_autoptr(GPtrArray) sources = g_ptr_array_new ();
  g_autoptr(GPtrArray) checksums = g_ptr_array_new ();
  ArmmsParams *params = armms_params_new ();

  for (guint i = 0; i < wanted->len; i++)
    {
      const Wanted *one = &g_array_index (wanted, Wanted, i);

      g_array_append_val (ids, one->id);
      g_array_append_val (froms, one->span->from);
      g_array_append_val (tos, one->span->to);
      g_array_append_val (reviews, one->span->reviewed_on);
      add_number (counts, one->span->n_rows);
      g_ptr_array_add (subjects, (gpointer) one->span->subject);
      g_ptr_array_add (sources, (gpointer) one->span->source);
      g_ptr_array_add (checksums, one->span->sha256);
    }
  armms_params_ids (params, (const ArmmsId *) ids->data, ids->len);
  armms_params_texts (params, (const char *const *) subjects->pdata, subjects->len);
  armms_params_dates (params, (const ArmmsDate *) froms->data, froms->len);
  armms_params_dates (params, (const ArmmsDate *) tos->data, tos->len);
  armms_params_texts (params, (const char *const *) sources->pdata, sources->len);
  armms_params_dates (params, (const ArmmsDate *) reviews->data, reviews->len);
  take_numbers (params, counts);
  armms_params_texts (params, (const char *const *) checksums->pdata, checksums->len);
  return armms_work_execute (work, kind->spans_insert, params, NULL, error);
}

static const ArmmsLawSpan *
find_span (const GArray *spans, const char *subject, ArmmsDate from)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const ArmmsLawSpan *span = &g_array_index (spans, ArmmsLawSpan, i);

      if (g_str_equal (span->subject, subject) && span->from.days == from.days)
        return span;
    }
  return NULL;
}

/* Sorts what stands into what stays, what ends, what goes; and the files' spans into what is new. */
static gboolean
compare_spans (ArmmsWork *work, const Kind *kind, const GArray *spans, GArray *changed, GArray *gone, GArray *wanted, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, kind->spans, NULL, error);
  g_autoptr(GHashTable) standing = g_hash_table_new (NULL, NULL);
  ArmmsDate today = armms_import_today (work);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      const char *subject = armms_rows_text (rows, i, "subject");
      ArmmsDate from = armms_rows_date (rows, i, "valid_from");
      const ArmmsLawSpan *span = find_span (spans, subject, from);
      Wanted one = { span, armms_rows_id (rows, i, "table_id") };

      if (span != NULL && g_str_equal (span->sha256, armms_rows_text (rows, i, "sha256")))
        {
          g_hash_table_add (standing, (gpointer) span);
          if (armms_rows_date (rows, i, "valid_to").days != span->to.days
              || armms_rows_date (rows, i, "reviewed_on").days != span->reviewed_on.days
              || !g_str_equal (armms_rows_text (rows, i, "source"), span->source))
            g_array_append_val (changed, one);
          continue;
        }
      if (armms_import_is_past (from, today))
        return armms_import_refuse_past (error, kind->what, subject, from, span == NULL ? "is no longer in the files" : "reads otherwise in the files");
      g_array_append_val (gone, one.id);
    }
  for (guint i = 0; i < spans->len; i++)
    {
      Wanted one = { &g_array_index (spans, ArmmsLawSpan, i), armms_id_new () };

      if (!g_hash_table_contains (standing, one.span))
        g_array_append_val (wanted, one);
    }
  return TRUE;
}

static gboolean
import_kind (ArmmsWork *work, const Kind *kind, const ArmmsLawFiles *files, const GArray *spans, gint64 *tables, GError **error)
{
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (Wanted));
  g_autoptr(GArray) gone = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GArray) wanted = g_array_new (FALSE, FALSE, sizeof (Wanted));

  if (!compare_spans (work, kind, spans, changed, gone, wanted, error))
    return FALSE;
  if (gone->len > 0
      && !armms_work_execute (work, kind->spans_delete, armms_params_ids (armms_params_new (), (const ArmmsId *) gone->data, gone->len),
                              NULL, error))
    return FALSE;
  if (changed->len > 0 && !update_spans (work, kind, changed, error))
    return FALSE;
  if (wanted->len > 0
      && (!insert_spans (work, kind, wanted, error) || !kind->insert_rows (work, files, wanted, error)))
    return FALSE;
  *tables += changed->len + gone->len + wanted->len;
  return TRUE;
}

/* The hours of work are timekeeping's to keep: only the file is read here. */
static gboolean
import_working_times (ArmmsWork *work, const GArray *times, gint64 *tables, GError **error)
{
  gint64 changed = 0;

  if (!armms_timekeeping_import_working_times (work, (const ArmmsWorkingTime *) (gpointer) times->data, times->len, &changed, error))
    return FALSE;
  *tables += changed;
  return TRUE;
}

gboolean
armms_statutory_import (ArmmsWork *work, const char *folder, gint64 *ret_tables, GError **error)
{
  g_autoptr(ArmmsLawFiles) files = armms_law_files_new (folder, error);
  gint64 tables = 0;

  if (files == NULL
      || !import_kind (work, &contribution_kind, files, files->contribution_spans, &tables, error)
      || !import_kind (work, &tax_kind, files, files->tax_spans, &tables, error)
      || !armms_import_wages (work, files->wages, &tables, error)
      || !armms_import_de_minimis (work, files->de_minimis, &tables, error)
      || !armms_import_limits (work, files->limits, &tables, error)
      || !import_working_times (work, files->working_times, &tables, error))
    return FALSE;
  if (ret_tables != NULL)
    *ret_tables = tables;
  return TRUE;
}
