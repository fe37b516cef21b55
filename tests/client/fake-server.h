/* A server in the test's own process: answers in the order they were laid down, and remembers what was asked.
 *
 * Shape  armms_fake_server_on() lays an answer for a method and path; several answers for one are given one after the
 *        other, the last one again and again. What was not laid down answers 404.
 */
#pragma once

#include "client/api/api.h"

#include <libsoup/soup.h>

typedef struct _ArmmsFakeServer ArmmsFakeServer;

/* One request that came. */
typedef struct {
  char *method;
  char *path;
  char *query;             /* "" when there is none */
  char *body;
  char *authorization;
  char *idempotency_key;
  char *if_match;
} ArmmsFakeRequest;

ArmmsFakeServer *armms_fake_server_new (void);
void armms_fake_server_free (ArmmsFakeServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsFakeServer, armms_fake_server_free)
const char *armms_fake_server_get_uri (ArmmsFakeServer *server);
/* @status 0: hangs up without an answer. @headers: "Name: value\n..." or NULL */
void armms_fake_server_on (ArmmsFakeServer *server, const char *method, const char *path, guint status, const char *headers, const char *body);
/* Milliseconds that every further answer waits. */
void armms_fake_server_set_delay (ArmmsFakeServer *server, guint milliseconds);
GPtrArray *armms_fake_server_get_requests (ArmmsFakeServer *server);
/* The ones to @path, oldest first. (transfer container) */
GPtrArray *armms_fake_server_requests_to (ArmmsFakeServer *server, const char *path);
/* Sign-in of "ana" with every scope, and her /v1/me; one tenant. */
void armms_fake_server_lay_sign_in (ArmmsFakeServer *server);

/* A session that has signed in there. (transfer full) */
ArmmsSession *armms_fake_server_sign_in (ArmmsFakeServer *server, ArmmsKeyring *keyring);

/* Runs the main loop until @condition is TRUE: a failure after ten seconds. */
#define armms_wait_until(condition) \
  G_STMT_START { \
    gint64 end_ = g_get_monotonic_time () + 10 * G_USEC_PER_SEC; \
    while (!(condition)) \
      { \
        if (g_get_monotonic_time () > end_) \
          g_error ("%s:%d: waited in vain for %s", __FILE__, __LINE__, #condition); \
        if (!g_main_context_iteration (NULL, FALSE)) \
          g_usleep (1000); \
      } \
  } G_STMT_END

/* Keeps the result of a call that the test waits for. */
void armms_keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data /* GAsyncResult ** */);
