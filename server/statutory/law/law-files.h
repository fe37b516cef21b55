/* The shipped files of data/statutory/ph as plain rows, checked for gaps and overlaps. Inside of the room only. */
#pragma once

#include "server/statutory/law/csv.h"
#include "server/statutory/statutory.h"

G_BEGIN_DECLS

/* One span of one subject ("sss", "semi_monthly"): its rows stand together in the array of their kind. */
typedef struct {
  const char *subject;   /* interned */
  ArmmsDate from, to, reviewed_on;
  const char *source;    /* interned */
  guint first, n_rows;
  char *sha256;          /* owned: of the rows' canonical text */
} ArmmsLawSpan;

typedef struct {
  GArray *contributions; /* owned: ArmmsContributionRow, in order of spans */
  GArray *contribution_spans; /* owned: ArmmsLawSpan */
  GArray *taxes;         /* owned: ArmmsTaxRow */
  GArray *tax_spans;
  GArray *wages;         /* owned: ArmmsMinimumWageRow */
  GArray *de_minimis;    /* owned: ArmmsDeMinimisRow */
  GArray *limits;        /* owned: ArmmsLimitRow */
  GArray *holidays;      /* owned: ArmmsHolidayRow */
  GArray *premiums;      /* owned: ArmmsPremiumRow */
  GArray *working_times; /* owned: ArmmsWorkingTime */
  GArray *final_pay;     /* owned: ArmmsFinalPayRow */
} ArmmsLawFiles;

ArmmsLawFiles *armms_law_files_new (const char *folder, GError **error);
void armms_law_files_free (ArmmsLawFiles *files);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsLawFiles, armms_law_files_free)

/* INVALID_INPUT "statutory.gap", "statutory.overlap", "statutory.bracket", "statutory.minutes", "statutory.unit" */
gboolean armms_law_files_check (const ArmmsLawFiles *files, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Rows of files that are read one row at a time; what is wrong is refused at its cell. */
void armms_law_read_limit_row (ArmmsCsv *csv, ArmmsLawFiles *files);
void armms_law_read_holiday_row (ArmmsCsv *csv, ArmmsLawFiles *files);
void armms_law_read_working_time_row (ArmmsCsv *csv, ArmmsLawFiles *files);
void armms_law_read_final_pay_row (ArmmsCsv *csv, ArmmsLawFiles *files);

/* The tables over the rows of @files, whose arrays are taken (NULL: none of that kind). (transfer full) */
ArmmsStatutoryTables *armms_statutory_tables_new (ArmmsLawFiles *files);

G_END_DECLS
