#include "server/rules/time/judge.h"

#include "server/rules/time/classify.h"
#include "server/rules/time/holiday.h"
#include "server/rules/time/match.h"
#include "server/rules/time/pair.h"

#include <stdlib.h>
#include <string.h>

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

static gboolean
is_employed (const ArmmsTimeFacts *facts, ArmmsDate date)
{
  return (armms_date_is_none (facts->hired_on) || date.days >= facts->hired_on.days)
         && (armms_date_is_none (facts->separated_on) || date.days <= facts->separated_on.days);
}

/* The last night duty ends on the day after the last day: a punch has the day of its duty. */
static void
mark_inactive (const ArmmsTimeFacts *facts)
{
  for (gsize i = 0; i < facts->n_punches; i++)
    {
      ArmmsPunch *punch = &facts->punches[i];
      ArmmsDate day = punch->duty >= 0 ? facts->duties[punch->duty].duty_date : armms_zone_date (facts->zone, punch->at);

      if (punch->status != ARMMS_LOG_DUPLICATE && !punch->voided && !is_employed (facts, day))
        punch->codes |= ARMMS_ANOMALY_BIT (INACTIVE_EMPLOYEE);
    }
}

/* Of two leaves on one date the paid one. */
static const ArmmsLeave *
find_leave (const ArmmsTimeFacts *facts, ArmmsDate date)
{
  const ArmmsLeave *found = NULL;

  for (gsize i = 0; i < facts->n_leaves; i++)
    if (facts->leaves[i].duty_date.days == date.days && (found == NULL || facts->leaves[i].paid))
      found = &facts->leaves[i];
  return found;
}

/* What somebody else stood by agreement is no duty of his, but that leave was given for it. */
static gboolean
is_his (const ArmmsTimeFacts *facts, const ArmmsDuty *duty)
{
  return duty->taken_over != ARMMS_TAKEN_OVER_EXCUSED || find_leave (facts, duty->duty_date) != NULL;
}

/* What each leave has to give: it is given once, also when there are two duties, or two parts of one, on its date. */
static gint32 *
open_leaves (const ArmmsTimeFacts *facts)
{
  gint32 *left = g_new (gint32, facts->n_leaves);

  for (gsize i = 0; i < facts->n_leaves; i++)
    left[i] = facts->leaves[i].minutes == 0 ? ARMMS_LEAVE_WHOLE : facts->leaves[i].minutes;
  return left;
}

/* Of a date: the whole of what is planned, said as such or in so many minutes, of one leave or of several. */
static gboolean
is_leave_whole (const ArmmsTimeFacts *facts, ArmmsDate date)
{
  gint64 given = 0, planned = 0;

  for (gsize i = 0; i < facts->n_leaves; i++)
    if (facts->leaves[i].duty_date.days == date.days)
      given += facts->leaves[i].minutes == 0 ? ARMMS_LEAVE_WHOLE : facts->leaves[i].minutes;
  for (gsize i = 0; i < facts->n_duties; i++)
    if (facts->duties[i].duty_date.days == date.days)
      planned += armms_duty_scheduled (&facts->duties[i]);
  return given > 0 && given >= planned;
}

/* Worked in spite of a whole day's leave is for a person to settle. */
static void
apply_leaves (const ArmmsTimeFacts *facts, ArmmsDayLine *line, gint32 *left)
{
  if (line->worked > 0 && is_leave_whole (facts, line->duty_date))
    line->codes |= ARMMS_ANOMALY_BIT (ON_LEAVE);
  for (gsize i = 0; i < facts->n_leaves; i++)
    if (facts->leaves[i].duty_date.days == line->duty_date.days)
      armms_day_line_apply_leave (line, facts->leaves[i].paid, &left[i]);
}

/* A duty that somebody else stood a part of comes in parts: one duty, one count of hours, one line. */
static gboolean
is_same_duty (const ArmmsDuty *a, const ArmmsDuty *b)
{
  return a->duty_date.days == b->duty_date.days && armms_id_equal (&a->detachment_id, &b->detachment_id)
         && armms_id_equal (&a->shift_id, &b->shift_id) && armms_id_equal (&a->position_id, &b->position_id)
         && armms_id_equal (&a->relief_id, &b->relief_id);
}

/* Minutes of the earlier parts of a duty. */
typedef struct { gint64 worked, planned; } Before;

static gint64
planned_minutes (const ArmmsDuty *duty)
{
  return (duty->ends_at.us - duty->starts_at.us) / ARMMS_US_PER_MINUTE;
}

static Before
sum_before (const ArmmsTimeFacts *facts, const ArmmsDayLine *lines, gint index)
{
  Before before = { 0, 0 };

  for (gint i = index; i-- > 0 && facts->duties[index].duty_date.days - facts->duties[i].duty_date.days <= 1;)
    if (facts->duties[i].taken_over == ARMMS_TAKEN_OVER_NOT && is_same_duty (&facts->duties[i], &facts->duties[index]))
      {
        before.worked += lines[i].worked;
        before.planned += planned_minutes (&facts->duties[i]);
      }
  return before;
}

/* A duty that is planned longer than the policy's longest (24 hours on one post) is not odd for that. */
static gboolean
is_too_long (const ArmmsDuty *duty, const ArmmsDayLine *line, const Before *before)
{
  gint64 longest = MAX (duty->policy->longest_duty, before->planned + planned_minutes (duty));

  return duty->policy->longest_duty > 0 && before->worked + line->worked > longest;
}

static void
append_line (const ArmmsTimeFacts *facts, GArray *out, guint first, const ArmmsDayLine *line)
{
  for (guint i = out->len; i-- > first;)
    {
      ArmmsDayLine *other = &g_array_index (out, ArmmsDayLine, i);

      if (!other->unplanned && is_same_duty (&facts->duties[other->duty], &facts->duties[line->duty]))
        {
          armms_day_line_merge (other, line);
          return;
        }
    }
  g_array_append_val (out, *line);
}

static void
open_line (const ArmmsTimeFacts *facts, gint index, const ArmmsPairing *pairing, ArmmsDayLine *line)
{
  const ArmmsDuty *duty = &facts->duties[index];

  *line = (ArmmsDayLine) {
    .duty = index,
    .duty_date = duty->duty_date,
    .in_at = pairing->in_at,
    .out_at = pairing->out_at,
    .scheduled = pairing->scheduled,
    .worked = pairing->worked_minutes,
    .late = pairing->late,
    .undertime = pairing->undertime,
    .breaks = pairing->breaks,
    .overrun = pairing->overrun,
    .codes = pairing->codes,
    .rest_day = armms_is_rest_day (facts->rest_days, facts->n_rest_days, duty->duty_date),
  };
}

/* Nothing was worked: all of the plan was missed, and is excused by leave or told as absence. Leave is known beforehand,
 * absence only when the day is closed. */
static void
settle_unworked (const ArmmsTimeFacts *facts, ArmmsDayLine *line, const ArmmsPairing *pairing, gboolean closed, gint32 *left)
{
  gboolean excused = facts->duties[line->duty].taken_over == ARMMS_TAKEN_OVER_EXCUSED;

  line->late = line->undertime = 0;
  line->codes &= ~(ARMMS_ANOMALY_BIT (LATE) | ARMMS_ANOMALY_BIT (UNDERTIME));
  line->absent = line->scheduled;
  apply_leaves (facts, line, left);
  if (excused)
    line->absent = 0;
  if (!pairing->touched && (closed || line->absent == 0))
    line->state = line->leave_paid + line->leave_unpaid > 0 ? ARMMS_DAY_LEAVE : ARMMS_DAY_ABSENT;
  if (!closed)
    line->absent = 0;
}

/* There is something to say when he was there, when the day is over, or when leave was given; of what somebody else stood by
 * agreement only the leave. */
static gboolean
is_told (const ArmmsTimeFacts *facts, const ArmmsDuty *duty, const ArmmsDayLine *line, const ArmmsPairing *pairing, gboolean known)
{
  if (duty->taken_over == ARMMS_TAKEN_OVER_EXCUSED && line->leave_paid + line->leave_unpaid == 0)
    return FALSE;
  return pairing->touched || (known && is_employed (facts, duty->duty_date));
}

/* A duty's line; FALSE when there is nothing to say about it yet, or ever: who is not employed is not absent from a plan that
 * nobody has ended. */
static gboolean
judge_duty (const ArmmsTimeFacts *facts, gint index, ArmmsPairing *pairing, ArmmsDayLine *lines, gint32 *left)
{
  ArmmsDayLine *line = &lines[index];
  const ArmmsDuty *duty = &facts->duties[index];
  gboolean closed = is_closed (facts, duty->duty_date);
  gboolean on_leave = find_leave (facts, duty->duty_date) != NULL;
  Before before = sum_before (facts, lines, index);

  armms_pair_duty (facts->punches, facts->n_punches, duty, index, closed, pairing);
  open_line (facts, index, pairing, line);
  line->state = pairing->n_worked > 0 || closed || (pairing->codes & ARMMS_ANOMALY_BIT (MISSING_IN)) ? ARMMS_DAY_COMPLETE : ARMMS_DAY_OPEN;
  if (pairing->open && !closed)
    line->state = ARMMS_DAY_OPEN;
  if (line->worked == 0 && (closed || on_leave))
    settle_unworked (facts, line, pairing, closed, left);
  else
    apply_leaves (facts, line, left);
  if (is_too_long (duty, line, &before))
    line->codes |= ARMMS_ANOMALY_BIT (TOO_LONG);
  armms_classify (pairing->worked, pairing->n_worked, before.worked, duty, facts->rest_days, facts->n_rest_days, facts->zone, line->cells);
  armms_day_line_sum_cells (line);
  return is_told (facts, duty, line, pairing, closed || on_leave);
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

static ArmmsAttended
attended_on (const ArmmsTimeFacts *facts, const ArmmsDayLine *lines, ArmmsDate date)
{
  ArmmsAttended attended = ARMMS_ATTENDED_NOT_PLANNED;

  for (gsize i = 0; i < facts->n_duties; i++)
    {
      if (lines[i].duty_date.days != date.days || !is_his (facts, &facts->duties[i]))
        continue;
      if (lines[i].worked > 0)
        return ARMMS_ATTENDED_WORKED;
      if (lines[i].leave_paid > 0)
        attended = ARMMS_ATTENDED_PAID_LEAVE;
      else if (attended == ARMMS_ATTENDED_NOT_PLANNED)
        attended = ARMMS_ATTENDED_ABSENT;
    }
  return attended;
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
      if (!is_his (facts, &facts->duties[i]))
        continue;
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

/* A holiday is one, also when two duties, or two parts of one, were planned on it: the first has its minutes, none is an
 * absence. */
static void
excuse_others (const ArmmsTimeFacts *facts, ArmmsDayLine *lines, ArmmsDate date)
{
  for (gsize i = 0; i < facts->n_duties; i++)
    if (facts->duties[i].duty_date.days == date.days)
      {
        lines[i].state = ARMMS_DAY_HOLIDAY;
        lines[i].absent = lines[i].leave_unpaid = 0;
      }
}

/* The date's unworked holiday: into the planned duty's line, or TRUE with a line of its own. Unpaid leave on the holiday
 * itself takes nothing from it (Rule IV s.6(a) asks about the day before); paid leave is already pay for that day. */
static gboolean
judge_holiday (const ArmmsTimeFacts *facts, const ArmmsPairing *pairings, ArmmsDayLine *lines, ArmmsDate date,
               ArmmsDayLine *ret_line)
{
  gint index = duty_for_holiday (facts, date);
  const ArmmsLeave *leave = find_leave (facts, date);
  ArmmsDayType day_type;

  if (index < 0 || (leave != NULL && leave->paid) || !is_employed (facts, date))
    return FALSE;
  day_type = armms_calendar_get (facts->duties[index].calendar, date);
  if ((day_type != ARMMS_DAY_REGULAR && day_type != ARMMS_DAY_DOUBLE_REGULAR) || worked_on (facts, pairings, date)
      || !qualifies (facts, lines, facts->duties[index].calendar, date))
    return FALSE;
  if (facts->duties[index].duty_date.days == date.days)
    {
      excuse_others (facts, lines, date);
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
armms_time_judge (const ArmmsTimeFacts *facts, GArray *out)
{
  g_autofree ArmmsPairing *pairings = g_new (ArmmsPairing, facts->n_duties);
  g_autofree ArmmsDayLine *lines = g_new (ArmmsDayLine, facts->n_duties);
  g_autofree gboolean *said = g_new (gboolean, facts->n_duties);
  g_autofree gint32 *left = open_leaves (facts);
  guint first = out->len;

  sort_punches (facts->punches, facts->n_punches);
  for (gsize i = 0; i < facts->n_duties; i++)
    armms_duty_open_window (&facts->duties[i], facts->zone);
  armms_match_punches (facts->punches, facts->n_punches, facts->duties, facts->n_duties, facts->policy, facts->zone);
  mark_inactive (facts);
  for (gsize i = 0; i < facts->n_duties; i++)
    said[i] = judge_duty (facts, (gint) i, &pairings[i], lines, left);
  mark_overlaps (facts, pairings, lines);
  judge_holidays (facts, pairings, lines, out);
  for (gsize i = 0; i < facts->n_duties; i++)
    if (said[i] && lines[i].duty_date.days >= facts->from.days && lines[i].duty_date.days <= facts->to.days)
      append_line (facts, out, first, &lines[i]);
}
