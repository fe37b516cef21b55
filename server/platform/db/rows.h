/* Rows of an answer, read by column name (binary; the name is looked up once per answer and cached).
 * A column that is not there, or of another type, is our own bug: g_error() in a debug build, INTERNAL in the log. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct _ArmmsRows ArmmsRows;

void armms_rows_free (ArmmsRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsRows, armms_rows_free)

guint armms_rows_count (const ArmmsRows *rows);
/* -1 when there is none. Use it once before a loop over many rows, then the _at forms. */
int armms_rows_column (ArmmsRows *rows, const char *column);

gboolean armms_rows_is_null (ArmmsRows *rows, guint row, const char *column);
ArmmsId armms_rows_id (ArmmsRows *rows, guint row, const char *column);             /* null: nil */
const char *armms_rows_text (ArmmsRows *rows, guint row, const char *column);       /* (transfer none): null: NULL; text, jsonb, char */
gint64 armms_rows_integer (ArmmsRows *rows, guint row, const char *column);         /* int2, int4, int8, oid, xid8; null: 0 */
gboolean armms_rows_boolean (ArmmsRows *rows, guint row, const char *column);       /* null: FALSE */
ArmmsMoney armms_rows_money (ArmmsRows *rows, guint row, const char *column);
ArmmsDate armms_rows_date (ArmmsRows *rows, guint row, const char *column);         /* null, infinity: NONE */
ArmmsInstant armms_rows_instant (ArmmsRows *rows, guint row, const char *column);
GBytes *armms_rows_bytes (ArmmsRows *rows, guint row, const char *column);          /* (transfer full) (nullable) */
GArray *armms_rows_integers (ArmmsRows *rows, guint row, const char *column);       /* (transfer full) gint64; int2[]/int4[]/int8[] */
GArray *armms_rows_ids (ArmmsRows *rows, guint row, const char *column);            /* (transfer full) ArmmsId */
GArray *armms_rows_dates (ArmmsRows *rows, guint row, const char *column);          /* (transfer full) ArmmsDate */
GStrv armms_rows_texts (ArmmsRows *rows, guint row, const char *column);            /* (transfer full) */

/* The same by column number, for hot loops: @column from armms_rows_column(). */
ArmmsId armms_rows_id_at (ArmmsRows *rows, guint row, int column);
const char *armms_rows_text_at (ArmmsRows *rows, guint row, int column);
gint64 armms_rows_integer_at (ArmmsRows *rows, guint row, int column);
ArmmsDate armms_rows_date_at (ArmmsRows *rows, guint row, int column);
ArmmsInstant armms_rows_instant_at (ArmmsRows *rows, guint row, int column);

/* A new record of @type from row @row: every field that has a column of its name (money: <name> or <name>_centavos);
 * fields without a column stay zero. (transfer full) */
gpointer armms_rows_record (ArmmsRows *rows, guint row, const ArmmsRecordType *type);
GPtrArray *armms_rows_records (ArmmsRows *rows, const ArmmsRecordType *type); /* (transfer full) all rows */

G_END_DECLS
