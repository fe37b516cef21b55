/* What work.c hands to libpq. */
#pragma once

#include "server/platform/db/params.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

/* The arrays live as long as @params and are valid until the next call that adds to it. */
guint armms_params_get (ArmmsParams *params, const Oid **ret_types, const char *const **ret_values, const int **ret_lengths, const int **ret_formats);

G_END_DECLS
