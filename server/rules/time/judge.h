/* The whole judgement of one employee's time: from punches and plans to the lines of the daily time record.
 *
 * Shape  the one door of the rules of time. The result for a duty date hangs only on the facts around it
 *        (ARMMS_TIME_CONTEXT_* say how far), never on the order in which they were told, nor on the clock: absence, a
 *        missing out and an unworked holiday are found only up to @closed_through.
 */
#pragma once

#include "server/rules/time/anomaly.h"
#include "server/rules/time/facts.h"
#include "server/rules/time/line.h"
#include "server/rules/time/working-time.h"

G_BEGIN_DECLS

/* To judge a duty date: duties up to so many days beside it, punches one day further before. */
#define ARMMS_TIME_CONTEXT_DAYS 2
/* To judge a regular holiday: so many days before it as well. */
#define ARMMS_TIME_CONTEXT_HOLIDAY_DAYS 11

typedef struct {
  const ArmmsZone *zone;
  const ArmmsTimePolicy *policy;   /* the tenant's: duplicates, skew */
  ArmmsWorkingTimeTable law;       /* in force on all of these days, and in the duties' policies already: what a holiday is worth */
  ArmmsDate from, to;              /* duty dates to judge, inclusive */
  ArmmsDate closed_from;           /* NONE: from ever */
  ArmmsDate closed_through;        /* NONE: nothing is closed */
  ArmmsPunch *punches;             /* sorted here */
  gsize n_punches;
  ArmmsDuty *duties;               /* sorted by start; windows are opened here */
  gsize n_duties;
  const ArmmsDate *rest_days;      /* sorted */
  gsize n_rest_days;
  const ArmmsLeave *leaves;
  gsize n_leaves;
  ArmmsDate hired_on, separated_on; /* first and last day of employment, NONE: not known: outside of it nobody is absent, no
                                     * holiday is paid, and a punch is INACTIVE_EMPLOYEE */
} ArmmsTimeFacts;

/* Sets the verdict of every punch and appends the lines of [from, to] to @lines (of ArmmsDayLine): unplanned holidays first, then
 * the duties in order of start.
 * Punches whose duty (or, unmatched, whose local day) lies in [from, to] have their final verdict. */
void armms_time_judge (const ArmmsTimeFacts *facts, GArray *lines);

G_END_DECLS
