/* The id maker with its clock given: for armms_id_new() and its test only. */
#pragma once

#include "common/base/id.h"

G_BEGIN_DECLS

/* @unix_ms may lie before that of an earlier id: the new id still sorts after it. */
ArmmsId armms_id_new_at (gint64 unix_ms);

G_END_DECLS
