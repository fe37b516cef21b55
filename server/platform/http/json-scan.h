/* A strict, bounded look at JSON text before anything else reads it.
 *
 * Law    RFC 8259, whole: one value, no trailing bytes, UTF-8 without overlong forms or surrogates, no raw control
 *        characters, no lone surrogate escapes, no NUL (raw or \u0000), no duplicate member names (as written after
 *        escapes are read), no byte order mark.
 * Shape  iterative, one pass, bounded in depth and tokens: a body of brackets costs nothing. Allocates only for objects.
 */
#pragma once

#include "common/base/error.h"

G_BEGIN_DECLS

typedef struct {
  guint max_depth;  /* 0: 32 */
  guint max_tokens; /* 0: 10,000; every value, member name, bracket pair counts one */
} ArmmsJsonLimits;

/* %FALSE with MALFORMED "json.<what>" and the byte offset in the message, or TOO_LARGE "json.too_deep" / "json.too_many". */
gboolean armms_json_scan (const char *text, gsize size, const ArmmsJsonLimits *limits, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
