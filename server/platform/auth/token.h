/* What callers show: access tokens (JWT), and secrets that are kept only as hashes (refresh tokens, device keys).
 *
 * Law    RFC 7519 and RFC 8725: one algorithm (HS256) per key id, never "none"; issuer, audience, expiry and not-before are
 *        checked; at most 4 KiB. An access token lives 15 minutes.
 * Shape  the keys come from the secret jwt-key, and jwt-key-previous while keys are changed: the first signs, both open.
 */
#pragma once

#include "common/base/error.h"
#include "common/base/id.h"
#include "server/platform/config/config.h"
#include "server/platform/http/caller.h"

G_BEGIN_DECLS

#define ARMMS_ACCESS_TOKEN_SECONDS 900
#define ARMMS_TOKEN_MAX_BYTES 4096

typedef struct _ArmmsTokens ArmmsTokens;

ArmmsTokens *armms_tokens_new (ArmmsConfig *config, GError **error);
void armms_tokens_free (ArmmsTokens *tokens);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsTokens, armms_tokens_free)

/* Signs who @caller is (tenant, user, session, scopes). (transfer full) */
char *armms_tokens_issue (ArmmsTokens *tokens, const ArmmsCaller *caller, guint seconds);
/* Signature, times, issuer, audience: (transfer full), expires_at_us set from exp; NULL with UNAUTHENTICATED "auth.token". */
ArmmsCaller *armms_tokens_read (ArmmsTokens *tokens, const char *token, GError **error);

/* Proof that a person signed in from this device before: failures of others do not lock it out. */
char *armms_tokens_issue_device_proof (ArmmsTokens *tokens, const char *login);           /* (transfer full) */
gboolean armms_tokens_check_device_proof (ArmmsTokens *tokens, const char *login, const char *proof);

/* 256 random bits as text, and what of them is stored: SHA-256 (they are no passwords: there is nothing to guess). */
char *armms_secret_new (void);                                   /* (transfer full) base64url, 43 letters */
GBytes *armms_secret_hash (const char *secret);                  /* (transfer full) 32 bytes */
char *armms_secret_hash_hex (const char *secret);                /* (transfer full) */
gboolean armms_secret_matches (GBytes *hash, const char *secret);/* in constant time */

/* Checked callers by what they showed, for a while: a signature is checked and a session asked for once. */
typedef struct _ArmmsCallerCache ArmmsCallerCache;
ArmmsCallerCache *armms_caller_cache_new (guint max);
void armms_caller_cache_free (ArmmsCallerCache *cache);
ArmmsCaller *armms_caller_cache_find (ArmmsCallerCache *cache, const char *authorization); /* (transfer full) (nullable) */
void armms_caller_cache_add (ArmmsCallerCache *cache, const char *authorization, ArmmsCaller *caller);
/* Whoever @matches says: a session that ended, a key that was revoked. */
void armms_caller_cache_forget (ArmmsCallerCache *cache, gboolean (*matches) (const ArmmsCaller *caller, gconstpointer data), gconstpointer data);

G_END_DECLS
