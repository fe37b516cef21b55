/* Computes a line again from nothing but the JSON of its trace, as a person with a calculator would. */
#pragma once

#include "server/rules/trace/trace.h"

G_BEGIN_DECLS

/* Writes @trace, reads it, computes it again; asserts that figures found on the way are the ones told, and that the result is. */
void trace_case_check (const ArmmsTrace *trace);
/* A member of "in" in centavos, or what a number without unit says; 0 where it is not told. */
gint64 trace_case_get (const ArmmsTrace *trace, const char *name);

G_END_DECLS
