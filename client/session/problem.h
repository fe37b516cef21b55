/* The server's "application/problem+json" back into an error, and an error into words that say what to do.
 *
 * Shape  the one place in the client that knows HTTP statuses; the server's twin maps the other way.
 */
#pragma once

#include "common/base/error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * armms_problem_to_error:
 * @status: HTTP status, 400 and above
 * @body: what came, of any type and perhaps not JSON at all
 * @request_id: (nullable): from the answer's head, when the body names none
 * @retry_after: seconds from the answer's head, 0 when there is none
 *
 * Returns: (transfer full): never %NULL
 */
GError *armms_problem_to_error (guint status, GBytes *body, const char *request_id, guint retry_after) G_GNUC_WARN_UNUSED_RESULT;

/* Seconds that the server asked to wait before trying again; 0 when it did not. */
guint armms_problem_get_retry_after (const GError *error);

/* TRUE when the same call, sent again unchanged, may well succeed: unreachable, overloaded, timed out. */
gboolean armms_problem_is_passing (const GError *error);

/* One short line: "The server cannot be reached". (transfer full) */
char *armms_problem_title (const GError *error);

/* What happened, on what, and what to do next; wrong fields one a line; the request id last. (transfer full) */
char *armms_problem_detail (const GError *error);

G_END_DECLS
