/* Passwords: argon2id, its parameters in the hash, so that they can rise and old hashes still open.
 *
 * Bounds a hash takes tens of megabytes and a tenth of a second: at most as many at once as there are processors, a short
 *        queue behind them, then RATE_LIMITED "auth.busy".
 */
#pragma once

#include "common/base/error.h"

G_BEGIN_DECLS

#define ARMMS_PASSWORD_MIN_LETTERS 10
#define ARMMS_PASSWORD_MAX_BYTES 1024

/* What every password must be; one wrong field @field in @error when it is not. */
gboolean armms_password_check_rules (const char *password, const char *login, const char *field, GError **error) G_GNUC_WARN_UNUSED_RESULT;

char *armms_password_hash (const char *password, GError **error); /* (transfer full) */

/* @hash NULL (no such user): works as long as a real one and is never right.
 * @ret_weak: (optional): right, but of weaker parameters than today's: hash it again. */
gboolean armms_password_verify (const char *hash, const char *password, gboolean *ret_right, gboolean *ret_weak, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
