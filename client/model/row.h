/* One row of a grid: a record of the server, or a placeholder until its page has come.
 *
 * Shape  emits "changed" when a refresh put a newer record into it: the row object, and so selection and focus, stay.
 */
#pragma once

#include "common/wire/record.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define ARMMS_TYPE_ROW (armms_row_get_type ())
G_DECLARE_FINAL_TYPE (ArmmsRow, armms_row, ARMMS, ROW, GObject)

/* @record: (transfer full) (nullable): NULL for a placeholder */
ArmmsRow *armms_row_new (const ArmmsRecordType *type, gpointer record);
void armms_row_set_record (ArmmsRow *self, gpointer record); /* (transfer full); emits "changed" */
gpointer armms_row_get_record (ArmmsRow *self);              /* (transfer none) (nullable) */
const ArmmsRecordType *armms_row_get_record_type (ArmmsRow *self);
/* The record's first ID field: what a row is known by over a refresh. (nullable) */
const ArmmsId *armms_row_get_id (ArmmsRow *self);

G_END_DECLS
