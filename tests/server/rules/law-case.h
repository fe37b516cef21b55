/* The shipped tables, and short words for tests of the law. */
#pragma once

#include "server/statutory/statutory.h"

G_BEGIN_DECLS

const ArmmsStatutoryTables *law_tables (void); /* read once; what the tenant leaves open as of 31 May 2026 */
ArmmsDate law_date (const char *text);
ArmmsCell law_cell (const char *name);

G_END_DECLS
