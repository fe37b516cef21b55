/* Which cell each worked minute falls into.
 *
 * Law    Labor Code arts. 86-94: the first 8 hours of a duty and what comes after; night from 22:00 to 06:00; day type and
 *        rest day by the calendar date of the minute (for a night duty they may change at midnight), or by the duty date
 *        where the tenant's policy says so.
 * Units  stretches in whole minutes since 1970 UTC, cells in minutes.
 */
#pragma once

#include "server/rules/time/facts.h"
#include "server/rules/time/pair.h"

G_BEGIN_DECLS

/* Adds to @cells (ARMMS_N_CELLS of them), each minute to one. @worked: in order of time, without overlap: the first
 * regular_minutes are counted along it. @before: minutes already worked of the same duty, when it comes in parts.
 * @rest_days: sorted. A night from 22:00 to 06:00 crosses midnight, one from 00:00 to 06:00 does not; from and to alike: none. */
void armms_classify (const ArmmsStretch *worked, guint n, gint64 before, const ArmmsDuty *duty, const ArmmsDate *rest_days, gsize n_rest_days,
                     const ArmmsZone *zone, gint32 *cells);

gboolean armms_is_rest_day (const ArmmsDate *rest_days, gsize n, ArmmsDate date);

G_END_DECLS
