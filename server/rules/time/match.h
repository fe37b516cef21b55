/* Which duty a punch belongs to.
 *
 * Law    candidates are the employee's duties whose window (start - early margin .. end + late margin, and never beyond the
 *        day before or after the duty date) holds the instant; the nearest start for an IN, the nearest end for an OUT,
 *        the duty it falls into for a break. A duty at the punch's own site goes before one at another site;
 *        what somebody else stood is no candidate.
 *        A night duty's day is the one on which it starts.
 *        The window's bound makes matching local: only duties of the day before, of the day and of the day after count.
 * Shape  facts in, verdict into the punches: no I/O, no clock, nothing kept.
 */
#pragma once

#include "server/rules/time/anomaly.h"
#include "server/rules/time/facts.h"

G_BEGIN_DECLS

/* Sets window_from and window_to. */
void armms_duty_open_window (ArmmsDuty *duty, const ArmmsZone *zone);

/* The order in which punches are read: instant, then the device's id, then ours. */
int armms_punch_compare (const ArmmsPunch *a, const ArmmsPunch *b);

/* @duties with open windows. Returns: the index, -1: none. @ret_elsewhere: the duty found is at another site. */
gint armms_match_duty (const ArmmsDuty *duties, gsize n, ArmmsInstant at, ArmmsPunchKind kind,
                       const ArmmsId *detachment_id, gboolean *ret_elsewhere);

/* Status, codes and duty of every punch, @punches sorted. A punch is a DUPLICATE when another of its type and site stands
 * within @policy's window before it, whatever became of that one: so it never matters in which order they were told. */
void armms_match_punches (ArmmsPunch *punches, gsize n_punches, const ArmmsDuty *duties, gsize n_duties,
                          const ArmmsTimePolicy *policy, const ArmmsZone *zone);

G_END_DECLS
