/* How work.c makes rows of libpq's answer. */
#pragma once

#include "server/platform/db/rows.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

ArmmsRows *armms_rows_new (PGresult *result); /* (transfer full) @result, binary columns */

G_END_DECLS
