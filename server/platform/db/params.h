/* Parameters of one statement, in the order of $1, $2, ...; binary, typed, arrays for sets.
 * Every call copies what it is given and returns @params, so that calls can be chained. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct _ArmmsParams ArmmsParams;

ArmmsParams *armms_params_new (void);
void armms_params_free (ArmmsParams *params);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsParams, armms_params_free)

ArmmsParams *armms_params_id (ArmmsParams *params, const ArmmsId *id);            /* nil or NULL: null */
ArmmsParams *armms_params_text (ArmmsParams *params, const char *text);           /* NULL: null */
ArmmsParams *armms_params_integer (ArmmsParams *params, gint64 value);
ArmmsParams *armms_params_boolean (ArmmsParams *params, gboolean value);
ArmmsParams *armms_params_money (ArmmsParams *params, ArmmsMoney money);
ArmmsParams *armms_params_date (ArmmsParams *params, ArmmsDate date);             /* NONE: null */
ArmmsParams *armms_params_instant (ArmmsParams *params, ArmmsInstant instant);    /* NONE: null */
ArmmsParams *armms_params_json (ArmmsParams *params, const char *json);           /* NULL: null */
ArmmsParams *armms_params_bytes (ArmmsParams *params, GBytes *bytes);             /* NULL: null */
ArmmsParams *armms_params_null (ArmmsParams *params);                             /* untyped null */

/* Arrays for unnest(); an element that is nil, NULL or NONE is a null element. */
ArmmsParams *armms_params_ids (ArmmsParams *params, const ArmmsId *ids, gsize n);
ArmmsParams *armms_params_texts (ArmmsParams *params, const char *const *texts, gsize n);
ArmmsParams *armms_params_integers (ArmmsParams *params, const gint64 *values, gsize n);
ArmmsParams *armms_params_booleans (ArmmsParams *params, const gboolean *values, gsize n);
ArmmsParams *armms_params_dates (ArmmsParams *params, const ArmmsDate *dates, gsize n);
ArmmsParams *armms_params_instants (ArmmsParams *params, const ArmmsInstant *instants, gsize n);
ArmmsParams *armms_params_jsons (ArmmsParams *params, const char *const *jsons, gsize n);
ArmmsParams *armms_params_bytes_array (ArmmsParams *params, GBytes *const *bytes, gsize n);

/* The named fields of one record, one parameter each. Close with NULL. */
ArmmsParams *armms_params_record (ArmmsParams *params, const ArmmsRecordType *type, gconstpointer record,
                                  const char *first_field, ...) G_GNUC_NULL_TERMINATED;
/* The named fields of many records, one array parameter each: the way of every bulk write. @records: pointers. */
ArmmsParams *armms_params_columns (ArmmsParams *params, const ArmmsRecordType *type, const GPtrArray *records,
                                   const char *first_field, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
