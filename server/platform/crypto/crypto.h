/* Personal data at rest: sealed before it reaches the database, opened after it has left it.
 *
 * Shape  AES-256-GCM with a random nonce under the tenant's data key, which is wrapped by the master key (secret "master-key", 32
 *        bytes). A seal is bound to tenant, table, column and row: copied elsewhere it does not open. Its first bytes name
 *        the key, so that keys can change while old seals still open. Equality search goes by a keyed hash of 16 bytes.
 *        A tenant's keys are made at first use, in a transaction of their own, and kept in locked memory.
 * Errors INTERNAL "crypto.broken_seal" when a seal was changed, moved, or belongs to a key that is not there.
 * Threads all functions may be called from any.
 */
#pragma once

#include "server/platform/work/work.h"

G_BEGIN_DECLS

/* @table with its schema: "hr_core.employees". @text NULL: NULL without error. (transfer full) (nullable) */
GBytes *armms_crypto_seal (ArmmsWork *work, const char *table, const char *column, const ArmmsId *row_id, const char *text, GError **error);
/* @sealed NULL: NULL without error. (transfer full) (nullable) */
char *armms_crypto_open (ArmmsWork *work, const char *table, const char *column, const ArmmsId *row_id, GBytes *sealed, GError **error);
/* The keyed hash of @text, 16 bytes: equal texts of one tenant and column have equal hashes. The caller brings @text into one form
 * first (digits only). NULL: NULL without error. (transfer full) (nullable) */
GBytes *armms_crypto_index (ArmmsWork *work, const char *table, const char *column, const char *text, GError **error);

/* What is sealed from now on gets a new key; what was sealed before still opens. In a unit that writes. */
gboolean armms_crypto_rotate (ArmmsWork *work, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Wraps the tenant's keys by the present master key; needs the secret "master-key-previous" for those of the one before. */
gboolean armms_crypto_rewrap (ArmmsWork *work, gint64 *ret_keys, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
