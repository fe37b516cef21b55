/* A path with its parameters: "/v1/timesheets" + state=READY + sort=-period_from, escaped once, here. */
#pragma once

#include "common/base/date.h"
#include "common/base/id.h"

G_BEGIN_DECLS

typedef struct _ArmmsQuery ArmmsQuery;

ArmmsQuery *armms_query_new (const char *path_format, ...) G_GNUC_PRINTF (1, 2);
ArmmsQuery *armms_query_copy (const ArmmsQuery *query);
void armms_query_free (ArmmsQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsQuery, armms_query_free)

/* Takes the place of an earlier value of @name; NULL or "" takes it away. */
void armms_query_set (ArmmsQuery *query, const char *name, const char *value);
void armms_query_set_integer (ArmmsQuery *query, const char *name, gint64 value);
const char *armms_query_get (const ArmmsQuery *query, const char *name); /* (nullable) */
const char *armms_query_get_path (const ArmmsQuery *query);
gboolean armms_query_equal (const ArmmsQuery *a, const ArmmsQuery *b);
char *armms_query_to_string (const ArmmsQuery *query); /* (transfer full) */

G_END_DECLS
