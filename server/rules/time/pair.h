/* From punches to worked time: the stretches of one duty that count, and what is odd about them.
 *
 * Law    an IN opens, an OUT closes; of two in a row the first counts and the other is OUT_OF_ORDER, for a person to settle.
 *        Grace and rounding move the paid stretch, never the stored instants, and never make a minute count twice. Paid time
 *        lies within the planned duty unless the policy pays early and late minutes. Breaks: see ArmmsBreakMode.
 * Units  stretches are whole minutes since 1970-01-01T00:00Z, half-open; seconds are dropped.
 */
#pragma once

#include "server/rules/time/anomaly.h"
#include "server/rules/time/facts.h"

G_BEGIN_DECLS

typedef struct { gint64 from, to; } ArmmsStretch;

/* INs, and breaks, of one duty that are read; more are refused as odd. Every break may cut a stretch in two, so may the
 * automatic one. */
#define ARMMS_MAX_PAIRS 12
#define ARMMS_MAX_STRETCHES (2 * ARMMS_MAX_PAIRS + 1)

typedef struct {
  ArmmsStretch worked[ARMMS_MAX_STRETCHES]; /* paid, breaks taken out, in order */
  guint n_worked;
  gboolean touched;        /* a punch of the duty counts */
  gboolean open;           /* the last IN has no OUT yet */
  ArmmsInstant in_at, out_at; /* first IN and last OUT as clocked; NONE */
  gint32 scheduled;        /* of the plan, without an unpaid break */
  gint32 late;             /* scheduled minutes before he came */
  gint32 undertime;        /* and those missed after; time outside of the plan never makes up for it (Labor Code art. 88) */
  gint32 breaks;           /* clocked, paid or not, and what was taken out without a clock */
  gint32 overrun;          /* see ArmmsBreakMode */
  gint32 worked_minutes;
  guint32 codes;
} ArmmsPairing;

/* Minutes of @duty's plan, without an unpaid break. */
gint32 armms_duty_scheduled (const ArmmsDuty *duty);

/* @punches: all of the employee's, sorted and matched; those of duty @index are read, and marked when they are out of order.
 * @closed: nothing more is awaited for that day, so an IN without OUT is MISSING_OUT. */
void armms_pair_duty (ArmmsPunch *punches, gsize n_punches, const ArmmsDuty *duty, gint index, gboolean closed,
                      ArmmsPairing *ret_pairing);

G_END_DECLS
