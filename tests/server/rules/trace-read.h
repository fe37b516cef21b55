/* A trace as a stranger reads it: what stands in its JSON, and nothing else. For tests that compute a figure again. */
#pragma once

#include "server/rules/trace/trace.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct {
  JsonParser *parser; /* owned */
  JsonObject *root, *in;
} TraceRead;

TraceRead trace_read (const ArmmsTrace *trace); /* asserts that it is JSON; free with trace_read_clear() */
void trace_read_clear (TraceRead *read);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TraceRead, trace_read_clear)

gboolean trace_has (const TraceRead *read, const char *name);
gint64 trace_centavos (const TraceRead *read, const char *name);  /* 0 when it is not there */
gint64 trace_millionths (const TraceRead *read, const char *name); /* the same */
gint64 trace_number (const TraceRead *read, const char *name);    /* the same */
gboolean trace_flag (const TraceRead *read, const char *name);
const char *trace_text (const TraceRead *read, const char *name); /* "" when it is not there */
ArmmsDate trace_date (const TraceRead *read, const char *name);   /* NONE when it is not there */
gint64 trace_result_centavos (const TraceRead *read);
gint64 trace_result_millionths (const TraceRead *read);

G_END_DECLS
