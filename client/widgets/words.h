/* The server's words in the reader's language: states, anomaly codes, severities; and which of them wants a colour.
 *
 * Shape  a word that is not known here is shown as it is, made readable: "MISSING_IN" as "Missing in".
 */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

char *armms_word_to_display (const char *word); /* (transfer full) */

/* A cell of minutes, "ordinary_rest_ot_nd": "Ordinary day, rest day, overtime, night". (transfer full) */
char *armms_minutes_cell_to_display (const char *cell);

/* A style class that says what the word means, or NULL: "success", "warning", "error", "accent", "dim-label". Colour is
 * never the only sign: the word itself stands there. */
const char *armms_word_to_style (const char *word);

/* One field for a cell: words translated, nothing for nothing, a dash for no minutes. @ret_style: (optional) (nullable).
 * @zone: (nullable): for instants; NULL is UTC. (transfer full) */
char *armms_cell_to_display (const ArmmsField *field, gconstpointer record, const char **ret_style);

/* The same for another program: 1234.56, 485, 2026-05-01; text that a spreadsheet would take for a formula is quoted. (transfer full) */
char *armms_cell_to_export (const ArmmsField *field, gconstpointer record);

/* A number with the locale's grouping. (transfer full) */
char *armms_count_to_display (gint64 count);

/* Heading of a column, translated. (transfer full) */
char *armms_field_to_heading (const ArmmsField *field);

gboolean armms_field_is_numeric (const ArmmsField *field);
gboolean armms_field_is_words (const ArmmsField *field); /* its format is "one|of|these" */

/* Instants are shown in this zone (the tenant's, "Asia/Manila" until it is said). */
void armms_cells_set_zone (const char *iana_name);

G_END_DECLS
