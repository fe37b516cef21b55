/* Rows of a GArray as array parameters, a column at a time. */
#pragma once

#include "server/platform/db/params.h"

#define ARMMS_COLUMN(params, rows, Row, Type, append, expression) \
  G_STMT_START { \
    g_autofree Type *armms_values = g_new (Type, (rows)->len); \
    for (guint armms_i = 0; armms_i < (rows)->len; armms_i++) \
      { \
        const Row *row = &g_array_index ((rows), Row, armms_i); \
        armms_values[armms_i] = (expression); \
      } \
    append ((params), armms_values, (rows)->len); \
  } G_STMT_END

#define ARMMS_COLUMN_IDS(params, rows, Row, expression) ARMMS_COLUMN (params, rows, Row, ArmmsId, armms_params_ids, expression)
#define ARMMS_COLUMN_INTEGERS(params, rows, Row, expression) ARMMS_COLUMN (params, rows, Row, gint64, armms_params_integers, expression)
#define ARMMS_COLUMN_BOOLEANS(params, rows, Row, expression) ARMMS_COLUMN (params, rows, Row, gboolean, armms_params_booleans, expression)
#define ARMMS_COLUMN_DATES(params, rows, Row, expression) ARMMS_COLUMN (params, rows, Row, ArmmsDate, armms_params_dates, expression)
#define ARMMS_COLUMN_INSTANTS(params, rows, Row, expression) ARMMS_COLUMN (params, rows, Row, ArmmsInstant, armms_params_instants, expression)
#define ARMMS_COLUMN_TEXTS(params, rows, Row, expression) \
  ARMMS_COLUMN (params, rows, Row, char *, ARMMS_APPEND_TEXTS, (char *) (expression))
#define ARMMS_APPEND_TEXTS(params, values, n) armms_params_texts ((params), (const char *const *) (values), (n))
#define ARMMS_COLUMN_JSONS(params, rows, Row, expression) \
  ARMMS_COLUMN (params, rows, Row, char *, ARMMS_APPEND_JSONS, (char *) (expression))
#define ARMMS_APPEND_JSONS(params, values, n) armms_params_jsons ((params), (const char *const *) (values), (n))
