/* Retro differences: what a later version of a priced period is worth less what an earlier one was.
 *
 * Law    wages are paid in full for the period that they were earned in (Labor Code arts. 102-103); a wage order or a rate card
 *        that reaches back, a corrected timesheet, make a difference and never a second payment. Contributions of a closed month:
 *        what is due on the corrected base less what was taken (RA 11199 s.8(f), RA 11223 s.10, RA 9679).
 * Units  centavos, minutes.
 * Shape  two versions in, lines out, one per (post, code, class), sorted by them whatever the order of the entries. What only one
 *        version holds counts as zero in the other. Exactly: the sum of the lines is gross(after) - gross(before), the other way
 *        round each line has the other sign, and differences of successive versions add up.
 */
#pragma once

#include "common/base/id.h"
#include "server/rules/pay/earnings.h"
#include "server/rules/statutory/contribution.h"

G_BEGIN_DECLS

/* What one version pays for one thing. Several of one key count together. */
typedef struct {
  ArmmsId post_id;         /* of the timesheet, or the card: what the versions have in common */
  const char *code;        /* of the cell, "salary", ...: interned or static; equal texts are one code */
  ArmmsPayClass pay_class; /* kept: tax and 13th month see the difference as they saw the pay */
  gint64 minutes;
  ArmmsMoney amount, basic;
} ArmmsRetroEntry;

typedef struct {
  ArmmsId post_id;
  const char *code;
  ArmmsPayClass pay_class;
  gint64 minutes_before, minutes_after;
  ArmmsMoney before, after;
  ArmmsMoney basic_before, basic_after;
  ArmmsMoney amount, basic; /* after less before: may be below 0 */
} ArmmsRetroLine;

ArmmsRetroEntry armms_retro_entry_of (const ArmmsId *post_id, const ArmmsEarningLine *earning);

/**
 * armms_retro_difference:
 * @lines: (element-type ArmmsRetroLine): appended; nothing for what is equal in minutes, amount and basic
 *
 * Returns: %FALSE with "money.overflow"; @lines is then as it was
 */
gboolean armms_retro_difference (const ArmmsRetroEntry *before, gsize n_before, const ArmmsRetroEntry *after, gsize n_after, GArray *lines,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

void armms_retro_line_trace (const ArmmsRetroLine *line, ArmmsTrace *trace);

/* A month's contribution, settled: @difference is still to take, or below 0 to give back, part by part. */
typedef struct {
  ArmmsContribution due, taken, difference;
} ArmmsRetroContribution;

/**
 * armms_retro_contribution:
 * @compensation: the corrected base of the whole month
 * @applicable: any day of that month: its own table counts, not today's
 * @taken: what earlier payslips of the month asked for
 *
 * Returns: %FALSE as armms_contribution_due()
 */
gboolean armms_retro_contribution (const ArmmsContributionTable *table, ArmmsScheme scheme, ArmmsMoney compensation, ArmmsDate applicable,
                                   const ArmmsContribution *taken, ArmmsRetroContribution *ret_contribution,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The employee's share: due, before, difference. */
void armms_retro_contribution_trace (const ArmmsRetroContribution *contribution, ArmmsTrace *trace);

G_END_DECLS
