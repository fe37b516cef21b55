/* The law's files: CSV (RFC 4180) with a heading, read by column name, wrong cells named by file, line and column.
 *
 * Shape  bounded: ARMMS_CSV_BYTES_MAX, _ROWS_MAX, _COLUMNS_MAX; UTF-8 without NUL, a byte order mark is passed over, and so
 *        are empty lines. Every row has as many cells as the heading, whose names are all different.
 */
#pragma once

#include "common/base/date.h"
#include "common/base/money.h"

G_BEGIN_DECLS

#define ARMMS_CSV_BYTES_MAX (16 * 1024 * 1024)
#define ARMMS_CSV_ROWS_MAX 200000
#define ARMMS_CSV_COLUMNS_MAX 64

typedef struct _ArmmsCsv ArmmsCsv;

ArmmsCsv *armms_csv_new_from_file (const char *path, GError **error); /* (transfer full) (nullable) */
/* MALFORMED "csv.quote", "csv.cells", "csv.empty", "csv.text", "csv.heading"; TOO_LARGE "csv.too_large". @name is for messages. */
ArmmsCsv *armms_csv_new_from_text (const char *name, const char *text, GError **error);
ArmmsCsv *armms_csv_new_from_bytes (const char *name, const char *bytes, gsize size, GError **error);
void armms_csv_free (ArmmsCsv *csv);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsCsv, armms_csv_free)

/* Goes to the next row; FALSE at the end, or once a cell was wrong. */
gboolean armms_csv_next (ArmmsCsv *csv);
/* After the last row: FALSE with the first wrong cell. */
gboolean armms_csv_finish (ArmmsCsv *csv, GError **error) G_GNUC_WARN_UNUSED_RESULT;
guint armms_csv_get_line (const ArmmsCsv *csv);

const char *armms_csv_text (ArmmsCsv *csv, const char *column);           /* (transfer none), "" when empty */
const char *armms_csv_interned (ArmmsCsv *csv, const char *column);       /* interned */
gint64 armms_csv_integer (ArmmsCsv *csv, const char *column);             /* must be there */
gint64 armms_csv_integer_or (ArmmsCsv *csv, const char *column, gint64 when_empty);
ArmmsMultiplier armms_csv_multiplier (ArmmsCsv *csv, const char *column); /* empty: 0 */
ArmmsDate armms_csv_date (ArmmsCsv *csv, const char *column);             /* empty: NONE */
/* The caller's own check failed on this row. */
void armms_csv_refuse (ArmmsCsv *csv, const char *column, const char *why);

G_END_DECLS
