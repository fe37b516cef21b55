/* A line of the daily time record: one duty of one date, its minutes and what is odd about it.
 *
 * Units  minutes.
 */
#pragma once

#include "server/rules/time/anomaly.h"
#include "server/rules/time/facts.h"

G_BEGIN_DECLS

typedef enum {
  ARMMS_DAY_OPEN,
  ARMMS_DAY_COMPLETE,
  ARMMS_DAY_ABSENT,
  ARMMS_DAY_LEAVE,
  ARMMS_DAY_HOLIDAY, /* regular holiday, not worked, paid */
} ArmmsDayState;

const char *armms_day_state_name (ArmmsDayState state);

/* A line of the daily time record. */
typedef struct {
  ArmmsDate duty_date;
  gint duty;                    /* whose keys the line has; the plan's own duty unless @unplanned */
  gboolean unplanned;           /* an unworked holiday without a plan: keys of the last duty before */
  ArmmsDayState state;
  ArmmsInstant in_at, out_at;
  gint32 scheduled, worked, regular, overtime, night, late, undertime, absent, leave_paid, leave_unpaid, breaks,
    holiday_unworked, overrun;
  gboolean rest_day;
  guint32 codes;
  gint32 cells[ARMMS_N_CELLS];  /* worked cells and the unworked holidays'; the others have members of their own */
} ArmmsDayLine;

/* How many minutes a code is about (late, undertime, overrun, worked); 0: none. */
gint32 armms_day_line_code_minutes (const ArmmsDayLine *line, ArmmsAnomalyCode code);

/* Sets regular, overtime and night from the worked cells. */
void armms_day_line_sum_cells (ArmmsDayLine *line);

/* @left: what this leave still has to give on its date, lowered by what the line takes; ARMMS_LEAVE_WHOLE: the whole duty.
 * It stands for what was not worked of the plan: absence first, then undertime, then late. */
#define ARMMS_LEAVE_WHOLE G_MAXINT32
void armms_day_line_apply_leave (ArmmsDayLine *line, gboolean paid, gint32 *left);

/* Adds a later part of the same duty. */
void armms_day_line_merge (ArmmsDayLine *line, const ArmmsDayLine *part);

G_END_DECLS
