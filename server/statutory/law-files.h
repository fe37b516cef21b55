/* The shipped files of data/statutory/ph as plain rows, checked for gaps and overlaps. Inside of the room only. */
#pragma once

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
  GArray *premiums;      /* owned: ArmmsPremiumRow */
  GArray *working_times; /* owned: ArmmsWorkingTime */
  GArray *final_pay;     /* owned: ArmmsFinalPayRow */
} ArmmsLawFiles;

ArmmsLawFiles *armms_law_files_new (const char *folder, GError **error);
void armms_law_files_free (ArmmsLawFiles *files);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsLawFiles, armms_law_files_free)

/* INVALID_INPUT "statutory.gap", "statutory.overlap", "statutory.bracket", "statutory.minutes" */
gboolean armms_law_files_check (const ArmmsLawFiles *files, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The tables over rows of those kinds; takes the arrays (NULL: none). (transfer full) */
ArmmsStatutoryTables *armms_statutory_tables_new (GArray *contributions, GArray *taxes, GArray *wages, GArray *de_minimis, GArray *premiums);

G_END_DECLS
