/* What the files of the field table share; nobody else includes it. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

#define ARMMS_FIELD_TEXT_MAX 4000   /* letters of a text without a bound of its own */
#define ARMMS_FIELD_ITEMS_MAX 10000 /* of an array without a bound of its own */
#define ARMMS_FIELD_JSON_MAX 65536  /* bytes of free-form JSON without a bound of its own */

/* @member of @record as an lvalue of @Type. */
#define ARMMS_FIELD_VALUE(Type, field, record) (*(Type *) G_STRUCT_MEMBER_P ((record), (field)->offset))

typedef struct {
  const char *name;
  const char *pattern; /* for people and OpenAPI: an ECMA regular expression */
  gboolean (*check) (const char *text);
  const char *message; /* "must be ..." */
} ArmmsFormat;

const ArmmsFormat *armms_format_find (const char *name); /* NULL for an enumeration */
gboolean armms_format_is_words (const char *format);
gboolean armms_format_has_word (const char *words, const char *text);

/* The value is nil, NULL or NONE, or zero where zero is none. */
gboolean armms_field_is_absent (const ArmmsField *field, gconstpointer record);
/* Frees the value and makes it absent. */
void armms_field_clear (const ArmmsField *field, gpointer record);
/* The bounds that hold, defaults filled in. */
void armms_field_get_bounds (const ArmmsField *field, gint64 *ret_min, gint64 *ret_max);

G_END_DECLS
