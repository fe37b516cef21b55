/* SHA-256 of values: numbers in a fixed order of bytes, texts with their length, so that nothing can slide from one into the next. */
#pragma once

#include "server/payroll/compute/compute.h"

G_BEGIN_DECLS

#define ARMMS_DIGEST_SIZE 32

typedef struct _ArmmsDigest ArmmsDigest;

ArmmsDigest *armms_digest_new (void);
void armms_digest_number (ArmmsDigest *digest, gint64 number);
void armms_digest_text (ArmmsDigest *digest, const char *text); /* NULL differs from "" */
void armms_digest_id (ArmmsDigest *digest, const ArmmsId *id);
void armms_digest_bytes (ArmmsDigest *digest, gconstpointer bytes, gsize size);
void armms_digest_finish (ArmmsDigest *digest, guint8 *ret_hash); /* frees @digest; @ret_hash: ARMMS_DIGEST_SIZE bytes */

/* Everything that all paysheets of a payrun share. */
void armms_digest_payrun (ArmmsDigest *digest, const ArmmsPayrunFacts *payrun);
/* Everything that one paysheet is made from besides. */
void armms_digest_facts (ArmmsDigest *digest, const ArmmsPayrunFacts *payrun, const ArmmsPayFacts *facts);

G_END_DECLS
