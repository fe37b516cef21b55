/* What filter bars offer: the periods around the newest one, and the detachments.
 *
 * Shape  a period's value is "2026-05-01/2026-05-15". Which one an office works on is seen from what is there: it is
 *        seldom today's. The others follow by the calendar of half-months.
 */
#pragma once

#include "client/api/api.h"
#include "client/widgets/filter-bar.h"

G_BEGIN_DECLS

/* Fills the choice @name of @bar with the periods up to @newest, "all" last, and chooses the one of @chosen. */
void armms_choices_fill_periods (ArmmsFilterBar *bar, const char *name, ArmmsDate newest, ArmmsDate chosen, guint count);
/* "2026-05-01/2026-05-15" into its days; FALSE when it is no period. */
gboolean armms_choices_parse_period (const char *value, ArmmsDate *ret_from, ArmmsDate *ret_to);
/* "1–15 May 2026". (transfer full) */
char *armms_choices_show_period (ArmmsDate from, ArmmsDate to);

/* Fetches the detachments and fills the choice @name; where the user may not see them, the choice stays with "all". */
void armms_choices_load_detachments (ArmmsApi *api, ArmmsFilterBar *bar, const char *name, GCancellable *cancellable);

G_END_DECLS
