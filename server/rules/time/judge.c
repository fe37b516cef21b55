#include "server/rules/time/judge.h"

#include "server/rules/time/classify.h"
#include "server/rules/time/holiday.h"
#include "server/rules/time/match.h"
#include "server/rules/time/pair.h"

#include <stdlib.h>
#include <string.h>

static const char *const state_names[] = { "OPEN", "COMPLETE", "ABSENT", "LEAVE", "HOLIDAY" };

const char *
armms_day_state_name (ArmmsDayState state)
{
  return state_names[state];
}

static int
compare_punches (const void *a, const void *b)
{
  return armms_punch_compare (a, b);
}

static void
sort_punches (ArmmsPunch *punches, gsize n)
{
  for (gsize i = 1; i < n; i++)
    if (armms_punch_compare (&punches[i - 1], &punches[i]) > 0)
      {
        qsort (punches, n, sizeof (ArmmsPunch), compare_punches);
        return;
      }
}

static gboolean
is_closed (const ArmmsTimeFacts *facts, ArmmsDate date)
{
  return !armms_date_is_none (facts->closed_through) && date.days >= facts->closed_from.days && date.days <= facts->closed_through.days;
}

static void
mark_inactive (const ArmmsTimeFacts *facts)
{
  for (gsize i = 0; i < facts->n_punches; i++)
    armms_punch_mark_inactive (&facts->punches[i], facts->zone, facts->hired_on, facts->separated_on);
}

static const ArmmsLeave *
find_leave (const ArmmsTimeFacts *facts, ArmmsDate date)
{
  for (gsize i = 0; i < facts->n_leaves; i++)
    if (facts->leaves[i].duty_date.days == date.days)
      return &facts->leaves[i];
  return NULL;
}

/* Leave stands for what was not worked of the plan, at most as much as it was given for. */
static void
apply_leave (const ArmmsLeave *leave, ArmmsDayLine *line)
{
  gint32 granted = leave->minutes == 0 ? line->scheduled : MIN (leave->minutes, line->scheduled);
  gint32 missed = line->absent + line->late + line->undertime;
  gint32 taken = MIN (granted, missed), left = taken, part;

  if (line->worked > 0 && leave->minutes == 0)
    line->codes |= ARMMS_ANOMALY_BIT (ON_LEAVE);
  part = MIN (left, line->absent);
  line->absent -= part;
  left -= part;
  part = MIN (left, line->undertime);
  line->undertime -= part;
  left -= part;
  line->late -= left;
  if (line->undertime == 0)
    line->codes &= ~ARMMS_ANOMALY_BIT (UNDERTIME);
  if (line->late == 0)
    line->codes &= ~ARMMS_ANOMALY_BIT (LATE);
  *(leave->paid ? &line->leave_paid : &line->leave_unpaid) = taken;
  if (line->worked == 0)
    line->state = ARMMS_DAY_LEAVE;
}

static void
sum_cells (ArmmsDayLine *line)
{
  for (guint cell = 0; cell < ARMMS_N_WORKED_CELLS; cell++)
    {
      *((cell & ARMMS_CELL_OVERTIME) ? &line->overtime : &line->regular) += line->cells[cell];
      if (cell & ARMMS_CELL_NIGHT)
        line->night += line->cells[cell];
    }
}

static gboolean
has_open_punch_code (guint32 codes)
{
  return (codes & (ARMMS_ANOMALY_BIT (MISSING_IN) | ARMMS_ANOMALY_BIT (MISSING_OUT))) != 0;
}

/* A duty that somebody else stood a part of comes in parts: one duty, one count of hours, one line. */
static gboolean
is_same_duty (const ArmmsDuty *a, const ArmmsDuty *b)
{
  return a->duty_date.days == b->duty_date.days && armms_id_equal (&a->detachment_id, &b->detachment_id)
         && armms_id_equal (&a->shift_id, &b->shift_id) && armms_id_equal (&a->position_id, &b->position_id)
         && armms_id_equal (&a->relief_id, &b->relief_id);
}

static gint64
worked_before (const ArmmsTimeFacts *facts, const ArmmsDayLine *lines, gint index)
{
  gint64 sum = 0;

  for (gint i = index; i-- > 0 && facts->duties[index].duty_date.days - facts->duties[i].duty_date.days <= 1;)
    if (is_same_duty (&facts->duties[i], &facts->duties[index]))
      sum += lines[i].worked;
  return sum;
}

static void
merge_line (ArmmsDayLine *line, const ArmmsDayLine *part)
{
  line->state = line->state == ARMMS_DAY_OPEN || part->state == ARMMS_DAY_OPEN ? ARMMS_DAY_OPEN : MIN (line->state, part->state);
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

static void
append_line (const ArmmsTimeFacts *facts, GArray *out, guint first, const ArmmsDayLine *line)
{
  for (guint i = out->len; i-- > first;)
    {
      ArmmsDayLine *other = &g_array_index (out, ArmmsDayLine, i);

      if (!other->unplanned && is_same_duty (&facts->duties[other->duty], &facts->duties[line->duty]))
        {
          merge_line (other, line);
          return;
        }
    }
  g_array_append_val (out, *line);
}

/* A duty's line; FALSE when there is nothing to say about it yet. */
static gboolean
judge_duty (const ArmmsTimeFacts *facts, gint index, ArmmsPairing *pairing, ArmmsDayLine *lines)
{
  ArmmsDayLine *line = &lines[index];
  const ArmmsDuty *duty = &facts->duties[index];
  gboolean closed = is_closed (facts, duty->duty_date);
  const ArmmsLeave *leave = find_leave (facts, duty->duty_date);

  memset (line, 0, sizeof *line);
  armms_pair_duty (facts->punches, facts->n_punches, duty, index, closed, pairing);
  line->duty = index;
  line->duty_date = duty->duty_date;
  line->in_at = pairing->in_at;
  line->out_at = pairing->out_at;
  line->scheduled = pairing->scheduled;
  line->worked = pairing->worked_minutes;
  line->late = pairing->late;
  line->undertime = pairing->undertime;
  line->breaks = pairing->breaks;
  line->overrun = pairing->overrun;
  line->codes = pairing->codes;
  line->rest_day = armms_is_rest_day (facts->rest_days, facts->n_rest_days, duty->duty_date);
  line->state = pairing->n_worked > 0 || closed || has_open_punch_code (pairing->codes) ? ARMMS_DAY_COMPLETE : ARMMS_DAY_OPEN;
  if (pairing->open && !closed)
    line->state = ARMMS_DAY_OPEN;
  if (line->worked == 0 && (closed || leave != NULL))
    {
      line->late = line->undertime = 0;
      line->codes &= ~(ARMMS_ANOMALY_BIT (LATE) | ARMMS_ANOMALY_BIT (UNDERTIME));
      line->absent = line->scheduled;
      if (!pairing->touched)
        line->state = ARMMS_DAY_ABSENT;
    }
  if (leave != NULL)
    apply_leave (leave, line);
  armms_classify (pairing->worked, pairing->n_worked, worked_before (facts, lines, index), duty, facts->rest_days,
                  facts->n_rest_days, facts->zone, line->cells);
  sum_cells (line);
  return pairing->touched || closed || leave != NULL;
}

static gboolean
overlaps (const ArmmsPairing *a, const ArmmsPairing *b)
{
  for (guint i = 0; i < a->n_worked; i++)
    for (guint j = 0; j < b->n_worked; j++)
      if (a->worked[i].from < b->worked[j].to && b->worked[j].from < a->worked[i].to)
        return TRUE;
  return FALSE;
}

/* Two duties at once: told on the one that starts later. */
static void
mark_overlaps (const ArmmsTimeFacts *facts, const ArmmsPairing *pairings, ArmmsDayLine *lines)
{
  for (gsize i = 1; i < facts->n_duties; i++)
    for (gsize j = i; j-- > 0;)
      {
        if (facts->duties[i].duty_date.days - facts->duties[j].duty_date.days > ARMMS_TIME_CONTEXT_DAYS)
          break;
        if (overlaps (&pairings[i], &pairings[j]))
          lines[i].codes |= ARMMS_ANOMALY_BIT (OVERLAP);
      }
}

static gboolean
worked_on (const ArmmsTimeFacts *facts, const ArmmsPairing *pairings, ArmmsDate date)
{
  gint64 begins = armms_zone_instant (facts->zone, date, 0).us / ARMMS_US_PER_MINUTE;
  gint64 ends = armms_zone_instant (facts->zone, armms_date_add_days (date, 1), 0).us / ARMMS_US_PER_MINUTE;

  for (gsize i = 0; i < facts->n_duties; i++)
    {
      if (pairings[i].n_worked == 0)
        continue;
      if (facts->duties[i].duty_date.days == date.days)
        return TRUE;
      for (guint j = 0; j < pairings[i].n_worked && !facts->duties[i].policy->day_type_of_duty; j++)
        if (pairings[i].worked[j].from < ends && pairings[i].worked[j].to > begins)
          return TRUE;
    }
  return FALSE;
}

/* Nothing was left of his duty that day: what excused him decides, leave before anything else. */
static ArmmsAttended
attended_when_relieved (const ArmmsTimeFacts *facts, ArmmsDate date)
{
  const ArmmsLeave *leave = find_leave (facts, date);

  for (gsize i = 0; i < facts->n_relieved; i++)
    if (facts->relieved[i].duty_date.days == date.days)
      {
        if (leave != NULL)
          return leave->paid ? ARMMS_ATTENDED_PAID_LEAVE : ARMMS_ATTENDED_ABSENT;
        return facts->relieved[i].absent ? ARMMS_ATTENDED_ABSENT : ARMMS_ATTENDED_NOT_PLANNED;
      }
  return ARMMS_ATTENDED_NOT_PLANNED;
}

static ArmmsAttended
attended_on (const ArmmsTimeFacts *facts, const ArmmsDayLine *lines, ArmmsDate date)
{
  ArmmsAttended attended = ARMMS_ATTENDED_NOT_PLANNED;

  for (gsize i = 0; i < facts->n_duties; i++)
    {
      if (lines[i].duty_date.days != date.days)
        continue;
      if (lines[i].worked > 0)
        return ARMMS_ATTENDED_WORKED;
      if (lines[i].leave_paid > 0)
        attended = ARMMS_ATTENDED_PAID_LEAVE;
      else if (attended == ARMMS_ATTENDED_NOT_PLANNED)
        attended = ARMMS_ATTENDED_ABSENT;
    }
  return attended == ARMMS_ATTENDED_NOT_PLANNED ? attended_when_relieved (facts, date) : attended;
}

static gboolean
qualifies (const ArmmsTimeFacts *facts, const ArmmsDayLine *lines, const ArmmsCalendar *calendar, ArmmsDate holiday)
{
  ArmmsAttended attended[ARMMS_HOLIDAY_LOOK_BACK];
  ArmmsDayType day_types[ARMMS_HOLIDAY_LOOK_BACK];

  for (gint i = 0; i < ARMMS_HOLIDAY_LOOK_BACK; i++)
    {
      ArmmsDate date = armms_date_add_days (holiday, -1 - i);

      attended[i] = attended_on (facts, lines, date);
      day_types[i] = armms_calendar_get (calendar, date);
    }
  return armms_holiday_qualifies (attended, day_types, ARMMS_HOLIDAY_LOOK_BACK);
}

/* The duty whose keys the holiday gets: that of the date, else the last one before it. */
static gint
duty_for_holiday (const ArmmsTimeFacts *facts, ArmmsDate date)
{
  gint found = -1;

  for (gsize i = 0; i < facts->n_duties; i++)
    {
      if (facts->duties[i].duty_date.days == date.days)
        return (gint) i;
      if (facts->duties[i].duty_date.days < date.days && date.days - facts->duties[i].duty_date.days <= ARMMS_HOLIDAY_LOOK_BACK)
        found = (gint) i;
    }
  return found;
}

static void
grant_holiday (const ArmmsTimeFacts *facts, ArmmsDayLine *line, ArmmsDayType day_type)
{
  const ArmmsWorkingTime *law = armms_working_time_find (&facts->law, line->duty_date, /* error= */ NULL);

  g_assert (law != NULL);
  line->state = ARMMS_DAY_HOLIDAY;
  line->absent = 0;
  line->holiday_unworked = law->unworked_holiday_minutes;
  line->rest_day = armms_is_rest_day (facts->rest_days, facts->n_rest_days, line->duty_date);
  line->cells[day_type == ARMMS_DAY_REGULAR ? ARMMS_CELL_REGULAR_UNWORKED : ARMMS_CELL_DOUBLE_REGULAR_UNWORKED]
    = law->unworked_holiday_minutes;
}

/* The date's unworked holiday: into the planned duty's line, or TRUE with a line of its own. */
static gboolean
judge_holiday (const ArmmsTimeFacts *facts, const ArmmsPairing *pairings, ArmmsDayLine *lines, ArmmsDate date,
               ArmmsDayLine *ret_line)
{
  gint index = duty_for_holiday (facts, date);
  const ArmmsLeave *leave = find_leave (facts, date);
  ArmmsDayType day_type;

  if (index < 0 || leave != NULL || (!armms_date_is_none (facts->separated_on) && date.days > facts->separated_on.days))
    return FALSE;
  day_type = armms_calendar_get (facts->duties[index].calendar, date);
  if ((day_type != ARMMS_DAY_REGULAR && day_type != ARMMS_DAY_DOUBLE_REGULAR) || worked_on (facts, pairings, date)
      || !qualifies (facts, lines, facts->duties[index].calendar, date))
    return FALSE;
  if (facts->duties[index].duty_date.days == date.days)
    {
      grant_holiday (facts, &lines[index], day_type);
      return FALSE;
    }
  memset (ret_line, 0, sizeof *ret_line);
  ret_line->duty = index;
  ret_line->unplanned = TRUE;
  ret_line->duty_date = date;
  ret_line->in_at = ret_line->out_at = ARMMS_INSTANT_NONE;
  grant_holiday (facts, ret_line, day_type);
  return TRUE;
}

static void
judge_holidays (const ArmmsTimeFacts *facts, const ArmmsPairing *pairings, ArmmsDayLine *lines, GArray *out)
{
  for (ArmmsDate date = facts->from; date.days <= facts->to.days; date = armms_date_add_days (date, 1))
    {
      ArmmsDayLine line;

      if (is_closed (facts, date) && judge_holiday (facts, pairings, lines, date, &line))
        g_array_append_val (out, line);
    }
}

void
armms_punch_mark_inactive (ArmmsPunch *punch, const ArmmsZone *zone, ArmmsDate hired_on, ArmmsDate separated_on)
{
  ArmmsDate day = armms_zone_date (zone, punch->at);

  if (punch->status == ARMMS_LOG_DUPLICATE || punch->voided)
    return;
  if ((!armms_date_is_none (hired_on) && day.days < hired_on.days)
      || (!armms_date_is_none (separated_on) && day.days > separated_on.days))
    punch->codes |= ARMMS_ANOMALY_BIT (INACTIVE_EMPLOYEE);
}

void
armms_time_judge (const ArmmsTimeFacts *facts, GArray *out)
{
  g_autofree ArmmsPairing *pairings = g_new (ArmmsPairing, facts->n_duties);
  g_autofree ArmmsDayLine *lines = g_new (ArmmsDayLine, facts->n_duties);
  g_autofree gboolean *said = g_new (gboolean, facts->n_duties);
  guint first = out->len;

  sort_punches (facts->punches, facts->n_punches);
  for (gsize i = 0; i < facts->n_duties; i++)
    armms_duty_open_window (&facts->duties[i], facts->zone);
  armms_match_punches (facts->punches, facts->n_punches, facts->duties, facts->n_duties, facts->policy, facts->zone);
  mark_inactive (facts);
  for (gsize i = 0; i < facts->n_duties; i++)
    said[i] = judge_duty (facts, (gint) i, &pairings[i], lines);
  mark_overlaps (facts, pairings, lines);
  judge_holidays (facts, pairings, lines, out);
  for (gsize i = 0; i < facts->n_duties; i++)
    if (said[i] && lines[i].duty_date.days >= facts->from.days && lines[i].duty_date.days <= facts->to.days)
      append_line (facts, out, first, &lines[i]);
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
