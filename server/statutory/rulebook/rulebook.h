/* The rules and the shipped tables together, asked by name: what `armmsctl rules` does.
 *
 * Shape  an area ("sss", "wtax", "shift_day") takes inputs as JSON, runs the very rules that payroll runs on the tables of
 *        data/statutory/ph in force on a date, and gives its figures as JSON and the traces of how it came to them.
 * Units  centavos in members that end in _c; minutes; factors and hours as decimal strings.
 */
#pragma once

#include "common/base/date.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _ArmmsRulebook ArmmsRulebook;

ArmmsRulebook *armms_rulebook_new (const char *folder, GError **error); /* (transfer full) (nullable) */
void armms_rulebook_free (ArmmsRulebook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsRulebook, armms_rulebook_free)

/* Names of the areas. (transfer none) */
const char *const *armms_rulebook_get_areas (void);
/* What an area takes and gives: names parted by blanks. FALSE: no such area. (transfer none) */
gboolean armms_rulebook_get_words (const char *area, const char **ret_inputs, const char **ret_figures);

/**
 * armms_rulebook_explain:
 * @traces: nullable: one line of text per figure is appended
 *
 * Returns: (transfer full) (nullable): an object; NULL with INVALID_INPUT for an unknown area, an unknown, missing or
 *   wrong input, and with the rule's own error where no table is in force
 */
JsonNode *armms_rulebook_explain (ArmmsRulebook *book, const char *area, ArmmsDate on_date, JsonObject *inputs, GString *traces, GError **error);

/**
 * armms_rulebook_check:
 * @path: CSV with id, area, on_date, inputs (JSON), expected (JSON); `expected` may name some figures only
 * @report: a line for each figure that differs: "ID KEY: expected X, got Y"; and for each example that could not be asked
 *
 * Returns: %FALSE when the file cannot be read; failed examples are counted, not errors
 */
gboolean armms_rulebook_check (ArmmsRulebook *book, const char *path, GString *report, guint *ret_passed, guint *ret_failed, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
