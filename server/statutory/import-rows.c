/* Laws that are one row each: wage orders, ceilings of small benefits, single figures. */
#include "server/statutory/import-private.h"

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

static gboolean
delete_rows (ArmmsWork *work, const char *statement, const GArray *gone, gint64 *tables, GError **error)
{
  if (gone->len == 0)
    return TRUE;
  *tables += gone->len;
  return armms_work_execute (work, statement, armms_params_ids (armms_params_new (), (const ArmmsId *) gone->data, gone->len), NULL, error);
}

/* -- minimum wages -- */

static const ArmmsMinimumWageRow *
find_wage (const GArray *wages, ArmmsRows *rows, guint i, guint *ret_index)
{
  for (guint k = 0; k < wages->len; k++)
    {
      const ArmmsMinimumWageRow *row = &g_array_index (wages, ArmmsMinimumWageRow, k);

      if (row->from.days == armms_rows_date (rows, i, "valid_from").days
          && g_str_equal (row->region, armms_rows_text (rows, i, "region"))
          && g_str_equal (row->area, armms_rows_text (rows, i, "area"))
          && g_str_equal (row->sector, armms_rows_text (rows, i, "sector"))
          && g_str_equal (row->order, armms_rows_text (rows, i, "wage_order")))
        {
          *ret_index = k;
          return row;
        }
    }
  return NULL;
}

static gboolean
insert_wages (ArmmsWork *work, const GArray *wages, const gboolean *standing, gint64 *tables, GError **error)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GArray) row_nos = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) dailies = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) colas = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) in_force = g_array_new (FALSE, FALSE, sizeof (gboolean));
  g_autoptr(GArray) froms = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  g_autoptr(GArray) tos = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  g_autoptr(ArmmsParams) params = armms_params_new ();
  GPtrArray *columns[6]; /* region, area, sector, order, source, confidence */

  for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
    {
      columns[c] = g_ptr_array_new ();
      g_ptr_array_add (texts, columns[c]);
    }
  for (guint k = 0; k < wages->len; k++)
    {
      const ArmmsMinimumWageRow *row = &g_array_index (wages, ArmmsMinimumWageRow, k);
      const char *values[] = { row->region, row->area, row->sector, row->order, row->source, row->confidence };
      ArmmsId id = armms_id_new ();

      if (standing[k])
        continue;
      g_array_append_val (ids, id);
      add_number (row_nos, row->row);
      add_number (dailies, row->daily.centavos);
      add_number (colas, row->cola.centavos);
      g_array_append_val (in_force, row->in_force);
      g_array_append_val (froms, row->from);
      g_array_append_val (tos, row->to);
      for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
        g_ptr_array_add (columns[c], (gpointer) values[c]);
    }
  if (ids->len == 0)
    return TRUE;
  *tables += ids->len;
  armms_params_ids (params, (const ArmmsId *) ids->data, ids->len);
  take_numbers (params, row_nos);
  for (guint c = 0; c < 3; c++)
    armms_params_texts (params, (const char *const *) columns[c]->pdata, columns[c]->len);
  take_numbers (params, dailies);
  take_numbers (params, colas);
  armms_params_texts (params, (const char *const *) columns[3]->pdata, columns[3]->len);
  armms_params_booleans (params, (const gboolean *) in_force->data, in_force->len);
  armms_params_dates (params, (const ArmmsDate *) froms->data, froms->len);
  armms_params_dates (params, (const ArmmsDate *) tos->data, tos->len);
  armms_params_texts (params, (const char *const *) columns[4]->pdata, columns[4]->len);
  armms_params_texts (params, (const char *const *) columns[5]->pdata, columns[5]->len);
  return armms_work_execute (work, "statutory/minimum-wages-insert", g_steal_pointer (&params), NULL, error);
}

gboolean
armms_import_wages (ArmmsWork *work, const GArray *wages, gint64 *tables, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "statutory/minimum-wages", NULL, error);
  g_autofree gboolean *standing = g_new0 (gboolean, wages->len);
  g_autoptr(GArray) gone = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GArray) tos = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  g_autoptr(GArray) in_force = g_array_new (FALSE, FALSE, sizeof (gboolean));
  g_autoptr(GPtrArray) confidences = g_ptr_array_new ();
  ArmmsDate today = armms_import_today (work);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId id = armms_rows_id (rows, i, "minimum_wage_id");
      ArmmsDate from = armms_rows_date (rows, i, "valid_from");
      guint at = 0;
      const ArmmsMinimumWageRow *row = find_wage (wages, rows, i, &at);

      if (row != NULL && row->daily.centavos == armms_rows_integer (rows, i, "daily_centavos")
          && row->cola.centavos == armms_rows_integer (rows, i, "cola_centavos"))
        {
          standing[at] = TRUE;
          if (row->to.days == armms_rows_date (rows, i, "valid_to").days && row->in_force == armms_rows_boolean (rows, i, "in_force")
              && g_str_equal (row->confidence, armms_rows_text (rows, i, "confidence")))
            continue;
          g_array_append_val (ids, id);
          g_array_append_val (tos, row->to);
          g_array_append_val (in_force, row->in_force);
          g_ptr_array_add (confidences, (gpointer) row->confidence);
          continue;
        }
      if (armms_import_is_past (from, today))
        return armms_import_refuse_past (error, "wage order", armms_rows_text (rows, i, "wage_order"), from,
                            row == NULL ? "is no longer in the files" : "reads otherwise in the files");
      g_array_append_val (gone, id);
    }
  if (!delete_rows (work, "statutory/minimum-wages-delete", gone, tables, error))
    return FALSE;
  if (ids->len > 0)
    {
      ArmmsParams *params = armms_params_ids (armms_params_new (), (const ArmmsId *) ids->data, ids->len);

      *tables += ids->len;
      armms_params_dates (params, (const ArmmsDate *) tos->data, tos->len);
      armms_params_booleans (params, (const gboolean *) in_force->data, in_force->len);
      armms_params_texts (params, (const char *const *) confidences->pdata, confidences->len);
      if (!armms_work_execute (work, "statutory/minimum-wages-update", params, NULL, error))
        return FALSE;
    }
  return insert_wages (work, wages, standing, tables, error);
}

/* -- de minimis -- */

static gboolean
insert_de_minimis (ArmmsWork *work, const GArray *wanted, GError **error)
{
  guint n = wanted->len;
  g_autofree ArmmsId *ids = g_new (ArmmsId, n);
  g_autofree gint64 *row_nos = g_new (gint64, n);
  g_autofree gint64 *ceilings = g_new (gint64, n);
  g_autofree gint64 *shares = g_new (gint64, n);
  g_autofree gint64 *days = g_new (gint64, n);
  g_autofree ArmmsDate *froms = g_new (ArmmsDate, n);
  g_autofree ArmmsDate *tos = g_new (ArmmsDate, n);
  g_autofree const char **benefits = g_new (const char *, n);
  g_autofree const char **pers = g_new (const char *, n);
  g_autofree const char **sources = g_new (const char *, n);
  ArmmsParams *params = armms_params_new ();

  for (guint i = 0; i < n; i++)
    {
      const ArmmsDeMinimisRow *row = &g_array_index (wanted, ArmmsDeMinimisRow, i);

      ids[i] = armms_id_new ();
      row_nos[i] = row->row;
      benefits[i] = row->benefit;
      pers[i] = row->per;
      ceilings[i] = row->ceiling.centavos;
      shares[i] = row->of_minimum_wage.millionths;
      days[i] = row->days.millionths;
      froms[i] = row->from;
      tos[i] = row->to;
      sources[i] = row->source;
    }
  armms_params_ids (params, ids, n);
  armms_params_integers (params, row_nos, n);
  armms_params_texts (params, benefits, n);
  armms_params_texts (params, pers, n);
  armms_params_integers (params, ceilings, n);
  armms_params_integers (params, shares, n);
  armms_params_dates (params, froms, n);
  armms_params_dates (params, tos, n);
  armms_params_texts (params, sources, n);
  armms_params_integers (params, days, n);
  return armms_work_execute (work, "statutory/de-minimis-insert", params, NULL, error);
}

gboolean
armms_import_de_minimis (ArmmsWork *work, const GArray *files, gint64 *tables, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "statutory/de-minimis", NULL, error);
  g_autoptr(GArray) wanted = g_array_copy ((GArray *) files);
  g_autoptr(GArray) gone = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GArray) tos = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  ArmmsDate today = armms_import_today (work);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId id = armms_rows_id (rows, i, "de_minimis_id");
      ArmmsDate from = armms_rows_date (rows, i, "valid_from");
      gboolean stands = FALSE;

      for (guint k = 0; k < wanted->len && !stands; k++)
        {
          const ArmmsDeMinimisRow *row = &g_array_index (wanted, ArmmsDeMinimisRow, k);

          if (!g_str_equal (row->benefit, armms_rows_text (rows, i, "benefit")) || row->from.days != from.days
              || row->ceiling.centavos != armms_rows_integer (rows, i, "ceiling_centavos")
              || row->of_minimum_wage.millionths != armms_rows_integer (rows, i, "of_minimum_wage")
              || row->days.millionths != armms_rows_integer (rows, i, "ceiling_days") || !g_str_equal (row->per, armms_rows_text (rows, i, "per")))
            continue;
          if (row->to.days != armms_rows_date (rows, i, "valid_to").days)
            {
              g_array_append_val (ids, id);
              g_array_append_val (tos, row->to);
            }
          g_array_remove_index (wanted, k);
          stands = TRUE;
        }
      if (stands)
        continue;
      if (armms_import_is_past (from, today))
        return armms_import_refuse_past (error, "ceiling", armms_rows_text (rows, i, "benefit"), from, "reads otherwise in the files");
      g_array_append_val (gone, id);
    }
  if (!delete_rows (work, "statutory/de-minimis-delete", gone, tables, error))
    return FALSE;
  if (ids->len > 0)
    {
      ArmmsParams *params = armms_params_ids (armms_params_new (), (const ArmmsId *) ids->data, ids->len);

      *tables += ids->len;
      if (!armms_work_execute (work, "statutory/de-minimis-update",
                               armms_params_dates (params, (const ArmmsDate *) tos->data, tos->len), NULL, error))
        return FALSE;
    }
  *tables += wanted->len;
  return wanted->len == 0 || insert_de_minimis (work, wanted, error);
}

/* -- single figures -- */

static gboolean
insert_limits (ArmmsWork *work, const GArray *wanted, GError **error)
{
  guint n = wanted->len;
  g_autofree ArmmsId *ids = g_new (ArmmsId, n);
  g_autofree gint64 *row_nos = g_new (gint64, n);
  g_autofree gint64 *values = g_new (gint64, n);
  g_autofree ArmmsDate *froms = g_new (ArmmsDate, n);
  g_autofree ArmmsDate *tos = g_new (ArmmsDate, n);
  g_autofree ArmmsDate *reviews = g_new (ArmmsDate, n);
  g_autofree const char **names = g_new (const char *, n);
  g_autofree const char **units = g_new (const char *, n);
  g_autofree const char **sources = g_new (const char *, n);
  ArmmsParams *params = armms_params_new ();

  for (guint i = 0; i < n; i++)
    {
      const ArmmsLimitRow *row = &g_array_index (wanted, ArmmsLimitRow, i);

      ids[i] = armms_id_new ();
      row_nos[i] = row->row;
      names[i] = row->name;
      units[i] = armms_limit_unit_name (row->unit);
      values[i] = row->value;
      froms[i] = row->from;
      tos[i] = row->to;
      sources[i] = row->source;
      reviews[i] = row->reviewed_on;
    }
  armms_params_ids (params, ids, n);
  armms_params_integers (params, row_nos, n);
  armms_params_texts (params, names, n);
  armms_params_texts (params, units, n);
  armms_params_integers (params, values, n);
  armms_params_dates (params, froms, n);
  armms_params_dates (params, tos, n);
  armms_params_texts (params, sources, n);
  armms_params_dates (params, reviews, n);
  return armms_work_execute (work, "statutory/limits-insert", params, NULL, error);
}

static gboolean
update_limits (ArmmsWork *work, const GArray *ids, const GArray *changed, GError **error)
{
  guint n = changed->len;
  g_autofree ArmmsDate *tos = g_new (ArmmsDate, n);
  g_autofree ArmmsDate *reviews = g_new (ArmmsDate, n);
  g_autofree const char **sources = g_new (const char *, n);
  ArmmsParams *params;

  for (guint i = 0; i < n; i++)
    {
      const ArmmsLimitRow *row = &g_array_index (changed, ArmmsLimitRow, i);

      tos[i] = row->to;
      sources[i] = row->source;
      reviews[i] = row->reviewed_on;
    }
  params = armms_params_dates (armms_params_ids (armms_params_new (), (const ArmmsId *) ids->data, n), tos, n);
  params = armms_params_dates (armms_params_texts (params, sources, n), reviews, n);
  return armms_work_execute (work, "statutory/limits-update", params, NULL, error);
}

/* The place in @wanted of the figure that stands in row @i; -1: none says the same. */
static int
find_limit (const GArray *wanted, ArmmsRows *rows, guint i)
{
  for (guint k = 0; k < wanted->len; k++)
    {
      const ArmmsLimitRow *row = &g_array_index (wanted, ArmmsLimitRow, k);

      if (g_str_equal (row->name, armms_rows_text (rows, i, "name")) && row->from.days == armms_rows_date (rows, i, "valid_from").days
          && row->value == armms_rows_integer (rows, i, "value")
          && g_str_equal (armms_limit_unit_name (row->unit), armms_rows_text (rows, i, "unit")))
        return (int) k;
    }
  return -1;
}

gboolean
armms_import_limits (ArmmsWork *work, const GArray *files, gint64 *tables, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "statutory/limits", NULL, error);
  g_autoptr(GArray) wanted = g_array_copy ((GArray *) files);
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (ArmmsLimitRow));
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GArray) gone = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  ArmmsDate today = armms_import_today (work);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId id = armms_rows_id (rows, i, "limit_id");
      ArmmsDate from = armms_rows_date (rows, i, "valid_from");
      int at = find_limit (wanted, rows, i);

      if (at >= 0)
        {
          ArmmsLimitRow row = g_array_index (wanted, ArmmsLimitRow, at);

          g_array_remove_index (wanted, (guint) at);
          if (row.to.days == armms_rows_date (rows, i, "valid_to").days && g_str_equal (row.source, armms_rows_text (rows, i, "source"))
              && row.reviewed_on.days == armms_rows_date (rows, i, "reviewed_on").days)
            continue;
          g_array_append_val (changed, row);
          g_array_append_val (ids, id);
          continue;
        }
      if (armms_import_is_past (from, today))
        return armms_import_refuse_past (error, "limit", armms_rows_text (rows, i, "name"), from, "reads otherwise in the files");
      g_array_append_val (gone, id);
    }
  *tables += changed->len + wanted->len;
  return delete_rows (work, "statutory/limits-delete", gone, tables, error)
         && (changed->len == 0 || update_limits (work, ids, changed, error))
         && (wanted->len == 0 || insert_limits (work, wanted, error));
}
