/* The log: one JSON object a line on stderr, or fields in the journal when systemd listens.
 *
 * Shape  g_message(), g_info(), g_debug() and armms_log_event() anywhere; every line carries time, level, program, thread's
 *        request id. Library code returns errors: programs and the request loop log them, once.
 * Secret what looks like a password, a token or a key in a text is blacked out before it is written.
 */
#pragma once

#include "server/platform/config/config.h"

G_BEGIN_DECLS

/* Once, first thing in main(). [log] level=debug|info|message|warning (message), format=json|text (json). @config: (nullable) */
void armms_log_init (const char *program, ArmmsConfig *config);

/* The request or job that this thread works for; copied. NULL: none. */
void armms_log_set_request (const char *request_id);
const char *armms_log_get_request (void); /* (transfer none) (nullable) */

/* One event with fields: armms_log_event (G_LOG_LEVEL_MESSAGE, "http.request", "route", route, "status", "200", NULL).
 * A NULL value leaves its field out. */
void armms_log_event (GLogLevelFlags level, const char *event, const char *first_field, ...) G_GNUC_NULL_TERMINATED;

/* @text without what must not be told. (transfer full) */
char *armms_log_redact (const char *text);

G_END_DECLS
