#include "server/rates/rates-private.h"

#include "server/rules/premium/better.h"
#include "server/statutory/law/law-files.h"

#include <string.h>

#define US_PER_DAY (ARMMS_US_PER_MINUTE * ARMMS_MINUTES_PER_DAY)

/* What is handed out, and what its rows are made of. */
typedef struct {
  ArmmsPremiumTable paid;
  ArmmsPremiumTable contract; /* owned: the tenant's rows as they are stored; the law's live as long as the process */
} Joined;

static gboolean
read_premium (ArmmsRows *rows, guint i, ArmmsPremiumRow *ret_row)
{
  *ret_row = (ArmmsPremiumRow) {
    .rest_day = armms_rows_boolean (rows, i, "rest_day"),
    .unworked = { armms_rows_integer (rows, i, "unworked") },
    .first8 = { armms_rows_integer (rows, i, "first8") },
    .overtime = { armms_rows_integer (rows, i, "overtime") },
    .first8_night = { armms_rows_integer (rows, i, "first8_night") },
    .overtime_night = { armms_rows_integer (rows, i, "overtime_night") },
    .from = armms_rows_date (rows, i, "valid_from"),
    .to = armms_rows_date (rows, i, "valid_to"),
  };
  return armms_day_type_parse (armms_rows_text (rows, i, "day_type"), &ret_row->day_type);
}

/* The shipped matrix, read once: a tenant's rows are compared with it, whatever was loaded for him. (transfer none) */
static const ArmmsPremiumTable *
law_premiums (GError **error)
{
  static ArmmsStatutoryTables *law;
  static GMutex mutex;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&mutex);

  if (law == NULL)
    {
      g_autofree char *folder = armms_statutory_find_folder ();

      law = armms_statutory_tables_new_from_folder (folder, error);
    }
  return law != NULL ? &law->premiums : NULL;
}

ArmmsPremiumTable *
armms_rates_load_premiums (ArmmsWork *work, ArmmsDate from, ArmmsDate to, GError **error)
{
  ArmmsParams *params = armms_params_date (armms_params_date (armms_params_new (), from), to);
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "rates/premiums-in-force", params, error);
  const ArmmsPremiumTable *law = rows != NULL ? law_premiums (error) : NULL;
  ArmmsPremiumRow *premiums;
  GArray *paid;
  Joined *joined;
  gsize n = 0;

  if (law == NULL)
    return NULL;
  premiums = g_new0 (ArmmsPremiumRow, armms_rows_count (rows));
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      if (!read_premium (rows, i, &premiums[n]))
        continue;
      premiums[n].row = (gint32) armms_rows_integer (rows, i, "row_no");
      premiums[n].source = g_intern_string (armms_rows_text (rows, i, "source"));
      n++;
    }
  joined = g_new0 (Joined, 1);
  armms_premium_table_index (&joined->contract, premiums, n);
  paid = g_array_new (FALSE, FALSE, sizeof (ArmmsPremiumRow));
  armms_premium_join (law, &joined->contract, paid);
  n = paid->len;
  armms_premium_table_index (&joined->paid, (ArmmsPremiumRow *) (gpointer) g_array_free (paid, FALSE), n);
  return &joined->paid;
}

void
armms_rates_premiums_free (ArmmsPremiumTable *table)
{
  Joined *joined = (Joined *) table; /* its first member */

  if (joined == NULL)
    return;
  g_free ((gpointer) joined->paid.rows);
  g_free ((gpointer) joined->contract.rows);
  g_free (joined);
}

static gboolean
insert_premiums (ArmmsWork *work, const GArray *wanted, GError **error)
{
  guint n = wanted->len;
  g_autofree ArmmsId *ids = g_new (ArmmsId, n);
  g_autofree const char **day_types = g_new (const char *, n);
  g_autofree const char **sources = g_new (const char *, n);
  g_autofree gboolean *rest_days = g_new (gboolean, n);
  g_autofree ArmmsDate *froms = g_new (ArmmsDate, n);
  g_autofree ArmmsDate *tos = g_new (ArmmsDate, n);
  g_autofree gint64 *numbers = g_new (gint64, 6 * n); /* row, unworked, first8, overtime, first8 night, overtime night */
  ArmmsParams *params = armms_params_new ();

  for (guint i = 0; i < n; i++)
    {
      const ArmmsPremiumRow *row = &g_array_index (wanted, ArmmsPremiumRow, i);
      const gint64 values[] = { row->row, row->unworked.millionths, row->first8.millionths, row->overtime.millionths,
                                row->first8_night.millionths, row->overtime_night.millionths };

      ids[i] = armms_id_new ();
      day_types[i] = armms_day_type_name (row->day_type);
      rest_days[i] = row->rest_day;
      froms[i] = row->from;
      tos[i] = row->to;
      sources[i] = row->source;
      for (guint k = 0; k < G_N_ELEMENTS (values); k++)
        numbers[k * n + i] = values[k];
    }
  armms_params_ids (params, ids, n);
  armms_params_integers (params, numbers, n);
  armms_params_texts (params, day_types, n);
  armms_params_booleans (params, rest_days, n);
  for (guint k = 1; k < 6; k++)
    armms_params_integers (params, numbers + k * n, n);
  armms_params_dates (params, froms, n);
  armms_params_dates (params, tos, n);
  armms_params_texts (params, sources, n);
  return armms_work_execute (work, "rates/premiums-insert", params, NULL, error);
}

/* The place in @wanted of the row for the same day and start; -1: none. Where the beginning of a row was open, the files may
 * have learnt it since: the first row of its kind. */
static int
find_premium (const GArray *wanted, const ArmmsPremiumRow *standing)
{
  int earliest = -1;

  for (guint i = 0; i < wanted->len; i++)
    {
      const ArmmsPremiumRow *row = &g_array_index (wanted, ArmmsPremiumRow, i);

      if (row->day_type != standing->day_type || !row->rest_day != !standing->rest_day)
        continue;
      if (row->from.days == standing->from.days)
        return (int) i;
      if (earliest < 0 || row->from.days < g_array_index (wanted, ArmmsPremiumRow, earliest).from.days)
        earliest = (int) i;
    }
  return armms_date_is_none (standing->from) ? earliest : -1;
}

static gboolean
says_the_same (const ArmmsPremiumRow *a, const ArmmsPremiumRow *b)
{
  return a->unworked.millionths == b->unworked.millionths && a->first8.millionths == b->first8.millionths
         && a->overtime.millionths == b->overtime.millionths && a->first8_night.millionths == b->first8_night.millionths
         && a->overtime_night.millionths == b->overtime_night.millionths;
}

static gboolean
refuse_past (GError **error, const ArmmsPremiumRow *row)
{
  armms_error_set (error, ARMMS_ERROR_CONFLICT, "statutory.changed_past", "the premium of %s%s is in force and reads otherwise in the files",
                   armms_day_type_name (row->day_type), row->rest_day ? " on rest day" : "");
  return FALSE;
}

gboolean
armms_rates_import_premiums (ArmmsWork *work, const char *folder, gint64 *ret_rows, GError **error)
{
  g_autoptr(ArmmsLawFiles) files = armms_law_files_new (folder, error);
  g_autoptr(ArmmsRows) rows = files != NULL ? armms_work_query (work, "rates/premiums", NULL, error) : NULL;
  g_autoptr(GArray) gone = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GArray) moved = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_autoptr(GArray) froms = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  g_autoptr(GArray) tos = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  gint64 today = armms_work_get_now (work).us / US_PER_DAY;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId id = armms_rows_id (rows, i, "premium_id");
      ArmmsPremiumRow standing;
      int at;

      if (!read_premium (rows, i, &standing))
        continue;
      at = find_premium (files->premiums, &standing);
      if (at >= 0 && says_the_same (&standing, &g_array_index (files->premiums, ArmmsPremiumRow, at)))
        {
          const ArmmsPremiumRow *row = &g_array_index (files->premiums, ArmmsPremiumRow, at);

          if (row->from.days != standing.from.days || row->to.days != standing.to.days)
            {
              g_array_append_val (moved, id);
              g_array_append_val (froms, row->from);
              g_array_append_val (tos, row->to);
            }
          g_array_remove_index (files->premiums, (guint) at);
          continue;
        }
      if (armms_date_is_none (standing.from) || standing.from.days <= today)
        return refuse_past (error, &standing);
      g_array_append_val (gone, id);
    }
  if (gone->len > 0
      && !armms_work_execute (work, "rates/premiums-delete", armms_params_ids (armms_params_new (), (const ArmmsId *) gone->data, gone->len), NULL, error))
    return FALSE;
  if (moved->len > 0)
    {
      ArmmsParams *params = armms_params_ids (armms_params_new (), (const ArmmsId *) moved->data, moved->len);

      armms_params_dates (params, (const ArmmsDate *) froms->data, froms->len);
      if (!armms_work_execute (work, "rates/premiums-update", armms_params_dates (params, (const ArmmsDate *) tos->data, tos->len), NULL, error))
        return FALSE;
    }
  if (files->premiums->len > 0 && !insert_premiums (work, files->premiums, error))
    return FALSE;
  if (ret_rows != NULL)
    *ret_rows = gone->len + moved->len + files->premiums->len;
  return TRUE;
}
