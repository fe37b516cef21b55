/* The better of law and contract: a guard is never paid below the law, and a better promise is kept.
 *
 * Law    Labor Code arts. 86-94 are the least that is due; art. 100: what was granted beyond them stays.
 * Units  multipliers in millionths.
 * Shape  rows in, rows out. A joined row borrows the rows that it was made of: they outlive it.
 */
#pragma once

#include "server/rules/premium/premium.h"

G_BEGIN_DECLS

/**
 * armms_premium_better:
 * @law: the law's row
 * @contract: a contract's row for the same kind of day, in force on some days of @law's
 *
 * Returns: the row of the days that both cover, each multiplier the larger of the two; where they are equal, the law's
 */
ArmmsPremiumRow armms_premium_better (const ArmmsPremiumRow *law, const ArmmsPremiumRow *contract);

/**
 * armms_premium_join:
 * @law: the law's matrix
 * @contract: the contract's; may be empty, or hold some kinds of day only
 * @rows: (element-type ArmmsPremiumRow): appended, to be indexed by the caller
 *
 * Days without a law's row get none, though a contract has one: nobody could say that it is not below the law. Of two
 * contracts on one day the one that began first counts. A contract that says what the law says is not mentioned.
 */
void armms_premium_join (const ArmmsPremiumTable *law, const ArmmsPremiumTable *contract, GArray *rows);

/* The row whose multiplier is paid for @cell: the law's, the contract's, or @row itself when it was not joined. (transfer none) */
const ArmmsPremiumRow *armms_premium_winner (const ArmmsPremiumRow *row, ArmmsCell cell);

/* Says which row of the matrix gave the multiplier of @cell and, where a contract was compared, both multipliers and who won. */
void armms_premium_trace (const ArmmsPremiumRow *row, ArmmsCell cell, ArmmsTrace *trace);

G_END_DECLS
