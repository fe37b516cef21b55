#pragma once

#include "server/platform/db/statement.h"
#include "server/platform/outbox/outbox.h"

extern const ArmmsStatement armms_outbox_statements[]; /* with {schema} in them */

char *armms_outbox_statement (const char *schema, const char *name); /* (transfer full) */
