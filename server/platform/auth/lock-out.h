/* Lock-out: the further guesses fail, the longer the guesser waits; nobody waits for another's guesses.
 *
 * Shape  failures are counted under who guesses: the proof of a device that signed in before (token.h), or else login and
 *        source address together. Five are free, then the wait doubles from two seconds to fifteen minutes; a good
 *        sign-in clears it, a day forgets it. In memory and bounded: a restart is an amnesty, not a hole.
 */
#pragma once

#include "common/base/error.h"

G_BEGIN_DECLS

typedef struct _ArmmsLockOut ArmmsLockOut;

ArmmsLockOut *armms_lock_out_new (void);
void armms_lock_out_free (ArmmsLockOut *lock_out);

/* @proof: (nullable): a device proof that was checked. FALSE with RATE_LIMITED "auth.locked" while the wait lasts. */
gboolean armms_lock_out_check (ArmmsLockOut *lock_out, const char *login, const char *source, const char *proof, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void armms_lock_out_failed (ArmmsLockOut *lock_out, const char *login, const char *source, const char *proof);
void armms_lock_out_succeeded (ArmmsLockOut *lock_out, const char *login, const char *source, const char *proof);

G_END_DECLS
