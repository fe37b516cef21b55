/* One error domain for the whole house.
 *
 * Shape  every GError of ours is ARMMS_ERROR with one of few kinds (each has one HTTP status), a stable
 *        dotted code for programs ("timesheet.blocked"), a message for people, and, for bad input, every
 *        bad field at once.
 * Use    a message says what was tried and on what, lower case, no full stop.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ARMMS_ERROR (armms_error_quark ())
GQuark armms_error_quark (void);

typedef enum {
  ARMMS_ERROR_INVALID_INPUT,         /* 422: well formed, but fields are wrong; see the field list */
  ARMMS_ERROR_MALFORMED,             /* 400: cannot be read at all (JSON, framing, parameter) */
  ARMMS_ERROR_UNAUTHENTICATED,       /* 401: who are you */
  ARMMS_ERROR_FORBIDDEN,             /* 403: known, but lacks the scope named in the message */
  ARMMS_ERROR_NOT_FOUND,             /* 404: unknown, or another tenant's */
  ARMMS_ERROR_CONFLICT,              /* 409: the state does not allow it, or it exists already */
  ARMMS_ERROR_STALE,                 /* 412: the row has moved on since it was read */
  ARMMS_ERROR_PRECONDITION_REQUIRED, /* 428: If-Match is missing */
  ARMMS_ERROR_TOO_LARGE,             /* 413 */
  ARMMS_ERROR_RATE_LIMITED,          /* 429 */
  ARMMS_ERROR_UNAVAILABLE,           /* 503: database away, disk full, shutting down: try again */
  ARMMS_ERROR_CANCELLED,             /* 499: the caller went away or a person cancelled */
  ARMMS_ERROR_INTERNAL,              /* 500: our own fault */
  ARMMS_ERROR_TIMED_OUT,             /* 504 */
} ArmmsErrorKind;

/* One wrong field of a request. All strings are owned by the error. */
typedef struct {
  char *field;   /* JSON path as the caller wrote it: "events[3].ts" */
  char *code;    /* "required", "too_long", "out_of_range", "bad_format", "unknown", ... */
  char *message; /* in the user's words */
} ArmmsFieldError;

/**
 * armms_error_set:
 * @error: (out) (optional): where to store it
 * @code: stable dotted code, interned by the callee
 */
void armms_error_set (GError        **error,
                      ArmmsErrorKind  kind,
                      const char     *code,
                      const char     *format,
                      ...) G_GNUC_PRINTF (4, 5);

GError *armms_error_new (ArmmsErrorKind  kind,
                         const char     *code,
                         const char     *format,
                         ...) G_GNUC_PRINTF (3, 4) G_GNUC_WARN_UNUSED_RESULT;

/**
 * armms_error_add_field:
 * @error: when *@error is %NULL, becomes INVALID_INPUT "request.invalid"; else the field is added to it
 *
 * Collects one wrong field; may be called many times with the same @error.
 */
void armms_error_add_field (GError     **error,
                            const char  *field,
                            const char  *code,
                            const char  *format,
                            ...) G_GNUC_PRINTF (4, 5);

/* (transfer none): "internal" for a GError of another domain */
const char *armms_error_get_code (const GError *error);

/* (transfer none) (element-type ArmmsFieldError) (nullable): NULL when there are none */
GPtrArray *armms_error_get_fields (const GError *error);

guint armms_error_get_http_status (const GError *error);

G_END_DECLS
