#include "server/statutory/law/law-files.h"

#include "server/statutory/settings.h"

#include <string.h>

static void
clear_span (gpointer data)
{
  g_free (((ArmmsLawSpan *) data)->sha256);
}

void
armms_law_files_free (ArmmsLawFiles *files)
{
  if (files == NULL)
    return;
  g_clear_pointer (&files->contributions, g_array_unref);
  g_clear_pointer (&files->contribution_spans, g_array_unref);
  g_clear_pointer (&files->taxes, g_array_unref);
  g_clear_pointer (&files->tax_spans, g_array_unref);
  g_clear_pointer (&files->wages, g_array_unref);
  g_clear_pointer (&files->de_minimis, g_array_unref);
  g_clear_pointer (&files->limits, g_array_unref);
  g_clear_pointer (&files->holidays, g_array_unref);
  g_clear_pointer (&files->premiums, g_array_unref);
  g_clear_pointer (&files->working_times, g_array_unref);
  g_clear_pointer (&files->final_pay, g_array_unref);
  g_free (files);
}

/* The span that a row belongs to: the last one when it goes on, else a new one. */
static ArmmsLawSpan *
span_of_row (GArray *spans, const char *subject, ArmmsCsv *csv, guint first)
{
  ArmmsDate from = armms_csv_date (csv, "effective_from");
  ArmmsLawSpan *last = spans->len > 0 ? &g_array_index (spans, ArmmsLawSpan, spans->len - 1) : NULL;
  ArmmsLawSpan span = { .subject = subject, .from = from, .first = first };

  if (last != NULL && last->subject == subject && last->from.days == from.days)
    {
      if (last->to.days != armms_csv_date (csv, "effective_to").days)
        armms_csv_refuse (csv, "effective_to", "differs within one table");
      last->n_rows++;
      return last;
    }
  span.to = armms_csv_date (csv, "effective_to");
  span.source = armms_csv_interned (csv, "source");
  span.reviewed_on = armms_csv_date (csv, "reviewed_on");
  span.n_rows = 1;
  g_array_append_val (spans, span);
  return &g_array_index (spans, ArmmsLawSpan, spans->len - 1);
}

static void
add_contribution (ArmmsLawFiles *files, ArmmsCsv *csv, ArmmsContributionRow row)
{
  const char *subject = g_intern_string (armms_scheme_name (row.scheme));
  ArmmsLawSpan *span = span_of_row (files->contribution_spans, subject, csv, files->contributions->len);

  row.from = span->from;
  row.to = span->to;
  row.source = armms_csv_interned (csv, "source");
  g_array_append_val (files->contributions, row);
}

static gint64
read_below (ArmmsCsv *csv)
{
  gint64 not_over = armms_csv_integer_or (csv, "not_over_c", G_MAXINT64);

  return not_over == G_MAXINT64 ? G_MAXINT64 : not_over + 1;
}

static void
read_sss_row (ArmmsCsv *csv, ArmmsLawFiles *files)
{
  add_contribution (files, csv, (ArmmsContributionRow) {
    .scheme = ARMMS_SCHEME_SSS,
    .row = (gint32) armms_csv_integer (csv, "row"),
    .at_least = armms_csv_integer (csv, "at_least_c"),
    .below = read_below (csv),
    .credit = { armms_csv_integer (csv, "credit_c") },
    .employee = { armms_csv_integer (csv, "ee_ss_c") },
    .employee_mpf = { armms_csv_integer (csv, "ee_mpf_c") },
    .employer = { armms_csv_integer (csv, "er_ss_c") },
    .employer_mpf = { armms_csv_integer (csv, "er_mpf_c") },
    .employer_ec = { armms_csv_integer (csv, "er_ec_c") },
  });
}

static void
read_philhealth_row (ArmmsCsv *csv, ArmmsLawFiles *files)
{
  add_contribution (files, csv, (ArmmsContributionRow) {
    .scheme = ARMMS_SCHEME_PHILHEALTH,
    .row = 1,
    .below = G_MAXINT64,
    .employee_rate = armms_csv_multiplier (csv, "ee_rate"),
    .employer_rate = armms_csv_multiplier (csv, "er_rate"),
    .floor = { armms_csv_integer (csv, "income_floor_c") },
    .ceiling = { armms_csv_integer (csv, "income_ceiling_c") },
  });
}

static void
read_pagibig_row (ArmmsCsv *csv, ArmmsLawFiles *files)
{
  add_contribution (files, csv, (ArmmsContributionRow) {
    .scheme = ARMMS_SCHEME_HDMF,
    .row = (gint32) armms_csv_integer (csv, "row"),
    .at_least = armms_csv_integer (csv, "at_least_c"),
    .below = read_below (csv),
    .employee_rate = armms_csv_multiplier (csv, "ee_rate"),
    .employer_rate = armms_csv_multiplier (csv, "er_rate"),
    .ceiling = { armms_csv_integer (csv, "max_fund_salary_c") },
  });
}

static void
read_tax_row (ArmmsCsv *csv, ArmmsLawFiles *files)
{
  ArmmsTaxRow row = { 0 };
  ArmmsLawSpan *span;

  if (!armms_tax_period_parse (armms_csv_text (csv, "period"), &row.period))
    {
      armms_csv_refuse (csv, "period", "is no pay period");
      return;
    }
  span = span_of_row (files->tax_spans, g_intern_string (armms_tax_period_name (row.period)), csv, files->taxes->len);
  row.row = (gint32) armms_csv_integer (csv, "bracket");
  row.over = ARMMS_MONEY (armms_csv_integer (csv, "over_c"));
  row.base = ARMMS_MONEY (armms_csv_integer (csv, "base_tax_c"));
  row.rate = armms_csv_multiplier (csv, "rate");
  row.from = span->from;
  row.to = span->to;
  row.source = armms_csv_interned (csv, "source");
  g_array_append_val (files->taxes, row);
}

static void
read_wage_row (ArmmsCsv *csv, ArmmsLawFiles *files)
{
  ArmmsMinimumWageRow row = {
    .region = armms_csv_interned (csv, "region"),
    .area = armms_csv_interned (csv, "area"),
    .sector = armms_csv_interned (csv, "sector"),
    .daily = { armms_csv_integer (csv, "daily_rate_c") },
    .cola = { armms_csv_integer (csv, "cola_c") },
    .order = armms_csv_interned (csv, "wage_order"),
    .from = armms_csv_date (csv, "effective_from"),
    .to = armms_csv_date (csv, "effective_to"),
    .in_force = strcmp (armms_csv_text (csv, "status"), "enjoined") != 0,
    .source = armms_csv_interned (csv, "source"),
    .confidence = armms_csv_interned (csv, "confidence"),
    .row = (gint32) files->wages->len + 1,
  };

  g_array_append_val (files->wages, row);
}

static void
read_de_minimis_row (ArmmsCsv *csv, ArmmsLawFiles *files)
{
  ArmmsDeMinimisRow row = {
    .benefit = armms_csv_interned (csv, "benefit"),
    .per = armms_csv_interned (csv, "per"),
    .ceiling = { armms_csv_integer (csv, "ceiling_c") },
    .of_minimum_wage = armms_csv_multiplier (csv, "of_minimum_wage"),
    .days = armms_csv_multiplier (csv, "days"),
    .from = armms_csv_date (csv, "effective_from"),
    .to = armms_csv_date (csv, "effective_to"),
    .source = armms_csv_interned (csv, "source"),
    .row = (gint32) files->de_minimis->len + 1,
  };

  g_array_append_val (files->de_minimis, row);
}

static void
read_premium_row (ArmmsCsv *csv, ArmmsLawFiles *files)
{
  ArmmsPremiumRow row = {
    .rest_day = armms_csv_integer (csv, "rest_day") != 0,
    .unworked = armms_csv_multiplier (csv, "unworked"),
    .first8 = armms_csv_multiplier (csv, "first8"),
    .overtime = armms_csv_multiplier (csv, "overtime"),
    .first8_night = armms_csv_multiplier (csv, "first8_night"),
    .overtime_night = armms_csv_multiplier (csv, "overtime_night"),
    .from = armms_csv_date (csv, "effective_from"),
    .to = armms_csv_date (csv, "effective_to"),
    .source = armms_csv_interned (csv, "source"),
    .row = (gint32) files->premiums->len + 1,
  };

  if (!armms_day_type_parse (armms_csv_text (csv, "day_type"), &row.day_type))
    armms_csv_refuse (csv, "day_type", "is no kind of day");
  g_array_append_val (files->premiums, row);
}

static gboolean
read_file (ArmmsLawFiles *files, const char *folder, const char *name, void (*read_row) (ArmmsCsv *, ArmmsLawFiles *), GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(ArmmsCsv) csv = armms_csv_new_from_file (path, error);

  if (csv == NULL)
    return FALSE;
  while (armms_csv_next (csv))
    read_row (csv, files);
  return armms_csv_finish (csv, error);
}

/* What a table says, whatever its file looks like: the dates are no part of it, so that an open table can be closed. */
static char *
checksum_contributions (const ArmmsLawFiles *files, const ArmmsLawSpan *span)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = span->first; i < span->first + span->n_rows; i++)
    {
      const ArmmsContributionRow *row = &g_array_index (files->contributions, ArmmsContributionRow, i);

      g_string_append_printf (text, "%d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, row->row, row->at_least, row->below);
      g_string_append_printf (text, " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                              row->credit.centavos, row->employee.centavos, row->employee_mpf.centavos,
                              row->employer.centavos, row->employer_mpf.centavos, row->employer_ec.centavos);
      g_string_append_printf (text, " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                              row->employee_rate.millionths, row->employer_rate.millionths,
                              row->floor.centavos, row->ceiling.centavos);
    }
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
}

static char *
checksum_taxes (const ArmmsLawFiles *files, const ArmmsLawSpan *span)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = span->first; i < span->first + span->n_rows; i++)
    {
      const ArmmsTaxRow *row = &g_array_index (files->taxes, ArmmsTaxRow, i);

      g_string_append_printf (text, "%d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                              row->row, row->over.centavos, row->base.centavos, row->rate.millionths);
    }
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
}

ArmmsLawFiles *
armms_law_files_new (const char *folder, GError **error)
{
  g_autoptr(ArmmsLawFiles) files = g_new0 (ArmmsLawFiles, 1);

  files->contributions = g_array_new (FALSE, FALSE, sizeof (ArmmsContributionRow));
  files->contribution_spans = g_array_new (FALSE, FALSE, sizeof (ArmmsLawSpan));
  files->taxes = g_array_new (FALSE, FALSE, sizeof (ArmmsTaxRow));
  files->tax_spans = g_array_new (FALSE, FALSE, sizeof (ArmmsLawSpan));
  files->wages = g_array_new (FALSE, FALSE, sizeof (ArmmsMinimumWageRow));
  files->de_minimis = g_array_new (FALSE, FALSE, sizeof (ArmmsDeMinimisRow));
  files->limits = g_array_new (FALSE, FALSE, sizeof (ArmmsLimitRow));
  files->holidays = g_array_new (FALSE, FALSE, sizeof (ArmmsHolidayRow));
  files->premiums = g_array_new (FALSE, FALSE, sizeof (ArmmsPremiumRow));
  files->working_times = g_array_new (FALSE, FALSE, sizeof (ArmmsWorkingTime));
  files->final_pay = g_array_new (FALSE, FALSE, sizeof (ArmmsFinalPayRow));
  g_array_set_clear_func (files->contribution_spans, clear_span);
  g_array_set_clear_func (files->tax_spans, clear_span);

  if (!read_file (files, folder, "sss.csv", read_sss_row, error)
      || !read_file (files, folder, "philhealth.csv", read_philhealth_row, error)
      || !read_file (files, folder, "pagibig.csv", read_pagibig_row, error)
      || !read_file (files, folder, "withholding-tax.csv", read_tax_row, error)
      || !read_file (files, folder, "minimum-wage.csv", read_wage_row, error)
      || !read_file (files, folder, "de-minimis.csv", read_de_minimis_row, error)
      || !read_file (files, folder, "limits.csv", armms_law_read_limit_row, error)
      || !read_file (files, folder, "holidays.csv", armms_law_read_holiday_row, error)
      || !read_file (files, folder, "premium-matrix.csv", read_premium_row, error)
      || !read_file (files, folder, "working-time.csv", armms_law_read_working_time_row, error)
      || !read_file (files, folder, "final-pay.csv", armms_law_read_final_pay_row, error)
      || !armms_law_files_check (files, error))
    {
      g_prefix_error (error, "read the law's tables in %s: ", folder);
      return NULL;
    }
  for (guint i = 0; i < files->contribution_spans->len; i++)
    {
      ArmmsLawSpan *span = &g_array_index (files->contribution_spans, ArmmsLawSpan, i);
      span->sha256 = checksum_contributions (files, span);
    }
  for (guint i = 0; i < files->tax_spans->len; i++)
    {
      ArmmsLawSpan *span = &g_array_index (files->tax_spans, ArmmsLawSpan, i);
      span->sha256 = checksum_taxes (files, span);
    }
  return g_steal_pointer (&files);
}

/* Moves the rows out of *@array (nullable). */
static gpointer
take_rows (GArray **array, gsize *ret_n)
{
  GArray *taken = g_steal_pointer (array);

  *ret_n = taken != NULL ? taken->len : 0;
  return taken != NULL ? g_array_free (taken, FALSE) : NULL;
}

ArmmsStatutoryTables *
armms_statutory_tables_new (ArmmsLawFiles *files)
{
  ArmmsStatutoryTables *tables = g_new0 (ArmmsStatutoryTables, 1);
  gpointer rows;
  gsize n;

  armms_statutory_settings_init (&tables->settings);
  rows = take_rows (&files->contributions, &n);
  armms_contribution_table_index (&tables->contributions, rows, n);
  rows = take_rows (&files->taxes, &n);
  armms_tax_table_index (&tables->taxes, rows, n);
  rows = take_rows (&files->premiums, &n);
  armms_premium_table_index (&tables->premiums, rows, n);
  tables->wages.rows = take_rows (&files->wages, &tables->wages.n_rows);
  tables->de_minimis.rows = take_rows (&files->de_minimis, &tables->de_minimis.n_rows);
  tables->limits.rows = take_rows (&files->limits, &tables->limits.n_rows);
  tables->holidays.rows = take_rows (&files->holidays, &tables->holidays.n_rows);
  tables->working_time.rows = take_rows (&files->working_times, &tables->working_time.n_rows);
  tables->final_pay.rows = take_rows (&files->final_pay, &tables->final_pay.n_rows);
  return tables;
}

ArmmsStatutoryTables *
armms_statutory_tables_new_from_folder (const char *folder, GError **error)
{
  g_autoptr(ArmmsLawFiles) files = armms_law_files_new (folder, error);

  return files != NULL ? armms_statutory_tables_new (files) : NULL;
}

void
armms_statutory_tables_free (ArmmsStatutoryTables *tables)
{
  if (tables == NULL)
    return;
  g_free ((gpointer) tables->contributions.rows);
  g_free ((gpointer) tables->taxes.rows);
  g_free ((gpointer) tables->premiums.rows);
  g_free ((gpointer) tables->wages.rows);
  g_free ((gpointer) tables->de_minimis.rows);
  g_free ((gpointer) tables->limits.rows);
  g_free ((gpointer) tables->holidays.rows);
  g_free ((gpointer) tables->working_time.rows);
  g_free ((gpointer) tables->final_pay.rows);
  g_free (tables);
}

gboolean
armms_statutory_tables_settle (ArmmsStatutoryTables *tables, ArmmsDate date, GError **error)
{
  return armms_statutory_settings_settle (&tables->settings, &tables->limits, date, error);
}

char *
armms_statutory_find_folder (void)
{
  const char *data = g_getenv ("ARMMS_DATA_DIR");
  g_autofree char *source = NULL;

  if (data != NULL && *data != '\0')
    return g_build_filename (data, "statutory", "ph", NULL);
  source = g_build_filename (ARMMS_SOURCE_DATA_DIR, "statutory", "ph", NULL);
  if (g_file_test (source, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&source);
  return g_build_filename (ARMMS_INSTALLED_DATA_DIR, "statutory", "ph", NULL);
}

typedef struct { gint64 factor; gboolean rest_days, special_days; } Cover;

static gpointer
load_covers (gpointer unused)
{
  g_autofree char *folder = armms_statutory_find_folder ();
  g_autofree char *path = g_build_filename (folder, "equivalent-factors.csv", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsCsv) csv = armms_csv_new_from_file (path, &error);
  GArray *covers = g_array_new (FALSE, FALSE, sizeof (Cover));

  while (csv != NULL && armms_csv_next (csv))
    {
      Cover cover = { armms_csv_multiplier (csv, "factor").millionths, armms_csv_integer (csv, "covers_rest_days") != 0,
                      armms_csv_integer (csv, "covers_special_days") != 0 };

      g_array_append_val (covers, cover);
    }
  if (csv == NULL || !armms_csv_finish (csv, &error))
    g_warning ("no factor is known: %s", error->message);
  return covers;
}

gboolean
armms_statutory_factor_cover (ArmmsMultiplier factor, gboolean *ret_rest_days, gboolean *ret_special_days)
{
  static GOnce once = G_ONCE_INIT;
  const GArray *covers = g_once (&once, load_covers, NULL);

  *ret_rest_days = *ret_special_days = FALSE;
  for (guint i = 0; i < covers->len; i++)
    {
      const Cover *cover = &g_array_index (covers, Cover, i);

      if (cover->factor != factor.millionths)
        continue;
      *ret_rest_days = cover->rest_days;
      *ret_special_days = cover->special_days;
      return TRUE;
    }
  return FALSE;
}
