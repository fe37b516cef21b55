#include "server/rules/time/line.h"

static const char *const state_names[] = { "OPEN", "COMPLETE", "ABSENT", "LEAVE", "HOLIDAY" };

const char *
armms_day_state_name (ArmmsDayState state)
{
  return state_names[state];
}

void
armms_day_line_sum_cells (ArmmsDayLine *line)
{
  for (guint cell = 0; cell < ARMMS_N_WORKED_CELLS; cell++)
    {
      *((cell & ARMMS_CELL_OVERTIME) ? &line->overtime : &line->regular) += line->cells[cell];
      if (cell & ARMMS_CELL_NIGHT)
        line->night += line->cells[cell];
    }
}

/* Takes up to @left from @minutes. */
static gint32
take (gint32 *minutes, gint32 left)
{
  gint32 taken = MIN (*minutes, left);

  *minutes -= taken;
  return taken;
}

void
armms_day_line_apply_leave (ArmmsDayLine *line, gboolean paid, gint32 *left)
{
  gboolean whole = *left == ARMMS_LEAVE_WHOLE;
  gint32 granted = MIN (*left, line->scheduled), taken;

  taken = take (&line->absent, granted);
  taken += take (&line->undertime, granted - taken);
  taken += take (&line->late, granted - taken);
  if (line->undertime == 0)
    line->codes &= ~ARMMS_ANOMALY_BIT (UNDERTIME);
  if (line->late == 0)
    line->codes &= ~ARMMS_ANOMALY_BIT (LATE);
  *(paid ? &line->leave_paid : &line->leave_unpaid) += taken;
  if (!whole)
    *left -= taken;
}

void
armms_day_line_merge (ArmmsDayLine *line, const ArmmsDayLine *part)
{
  /* In order: a part that is open leaves all of it open, and one that was stood is more than one that was not. */
  line->state = MIN (line->state, part->state);
  if (armms_instant_is_none (line->in_at))
    line->in_at = part->in_at;
  if (!armms_instant_is_none (part->out_at))
    line->out_at = part->out_at;
  line->scheduled += part->scheduled;
  line->worked += part->worked;
  line->regular += part->regular;
  line->overtime += part->overtime;
  line->night += part->night;
  line->late += part->late;
  line->undertime += part->undertime;
  line->absent += part->absent;
  line->leave_paid += part->leave_paid;
  line->leave_unpaid += part->leave_unpaid;
  line->breaks += part->breaks;
  line->overrun += part->overrun;
  line->codes |= part->codes;
  for (guint cell = 0; cell < ARMMS_N_CELLS; cell++)
    line->cells[cell] += part->cells[cell];
}

gint32
armms_day_line_code_minutes (const ArmmsDayLine *line, ArmmsAnomalyCode code)
{
  switch (code)
    {
    case ARMMS_ANOMALY_LATE:
      return line->late;
    case ARMMS_ANOMALY_UNDERTIME:
      return line->undertime;
    case ARMMS_ANOMALY_BREAK_OVERRUN:
      return line->overrun;
    case ARMMS_ANOMALY_TOO_LONG:
      return line->worked;
    case ARMMS_ANOMALY_NO_ASSIGNMENT: case ARMMS_ANOMALY_WRONG_DETACHMENT: case ARMMS_ANOMALY_DUPLICATE:
    case ARMMS_ANOMALY_MISSING_IN: case ARMMS_ANOMALY_MISSING_OUT: case ARMMS_ANOMALY_OUT_OF_ORDER:
    case ARMMS_ANOMALY_OVERLAP: case ARMMS_ANOMALY_OUTSIDE_WINDOW: case ARMMS_ANOMALY_UNPAIRED_BREAK:
    case ARMMS_ANOMALY_CLOCK_SKEW: case ARMMS_ANOMALY_UNKNOWN_EMPLOYEE: case ARMMS_ANOMALY_INACTIVE_EMPLOYEE:
    case ARMMS_ANOMALY_UNKNOWN_DEVICE: case ARMMS_ANOMALY_ON_LEAVE: case ARMMS_ANOMALY_HOLIDAY_UNPLANNED:
    case ARMMS_N_ANOMALY_CODES:
    default:
      return 0;
    }
}
