#include "server/rules/time/match.h"

static gint64
distance (ArmmsInstant a, ArmmsInstant b)
{
  return a.us < b.us ? b.us - a.us : a.us - b.us;
}

static gint64
distance_from (const ArmmsDuty *duty, ArmmsInstant at, ArmmsPunchKind kind)
{
  gint64 from_start = distance (duty->starts_at, at);
  gint64 from_end = distance (duty->ends_at, at);

  switch (kind)
    {
    case ARMMS_PUNCH_IN:
      return from_start;
    case ARMMS_PUNCH_OUT:
      return from_end;
    case ARMMS_PUNCH_BREAK_START:
    case ARMMS_PUNCH_BREAK_END:
      return at.us >= duty->starts_at.us && at.us <= duty->ends_at.us ? 0 : MIN (from_start, from_end);
    case ARMMS_PUNCH_UNKNOWN:
    default:
      return MIN (from_start, from_end);
    }
}

static gboolean
window_holds (const ArmmsDuty *duty, ArmmsInstant at)
{
  return at.us >= duty->window_from.us && at.us <= duty->window_to.us;
}

static gboolean
is_same_site (const ArmmsId *a, const ArmmsId *b)
{
  return armms_id_is_nil (a) || armms_id_is_nil (b) || armms_id_equal (a, b);
}

/* The earlier duty, then the smaller key, when two are equally near. */
static gboolean
goes_before (const ArmmsDuty *a, const ArmmsDuty *b)
{
  int order;

  if (a->starts_at.us != b->starts_at.us)
    return a->starts_at.us < b->starts_at.us;
  order = armms_id_compare (&a->detachment_id, &b->detachment_id);
  if (order == 0)
    order = armms_id_compare (&a->shift_id, &b->shift_id);
  return order < 0;
}

static gboolean
is_duplicate (const ArmmsPunch *punches, gsize index, gint64 window_us)
{
  const ArmmsPunch *punch = &punches[index];

  for (gsize i = index; i-- > 0 && punch->at.us - punches[i].at.us <= window_us;)
    if (punches[i].kind == punch->kind && !punches[i].voided && is_same_site (&punches[i].detachment_id, &punch->detachment_id))
      return TRUE;
  return FALSE;
}

/* He has a duty on that day, or one that ran into it, but not near that hour. */
static gboolean
has_duty_of_day (const ArmmsDuty *duties, gsize n, ArmmsDate day, const ArmmsZone *zone)
{
  for (gsize i = 0; i < n; i++)
    if (duties[i].taken_over == ARMMS_TAKEN_OVER_NOT
        && (duties[i].duty_date.days == day.days || armms_zone_date (zone, (ArmmsInstant) { duties[i].ends_at.us - 1 }).days == day.days))
      return TRUE;
  return FALSE;
}

static gboolean
is_on_holiday (const ArmmsPunch *punch, const ArmmsDuty *duties, gsize n, ArmmsDate day)
{
  if (punch->calendar != NULL)
    return armms_calendar_get (punch->calendar, day) != ARMMS_DAY_ORDINARY;
  for (gsize i = 0; i < n; i++)
    if (ABS (duties[i].duty_date.days - day.days) <= 1 && armms_calendar_get (duties[i].calendar, day) != ARMMS_DAY_ORDINARY)
      return TRUE;
  return FALSE;
}

static guint32
codes_of_unmatched (const ArmmsPunch *punch, const ArmmsDuty *duties, gsize n, const ArmmsZone *zone)
{
  ArmmsDate day = armms_zone_date (zone, punch->at);
  guint32 code = has_duty_of_day (duties, n, day, zone) ? ARMMS_ANOMALY_BIT (OUTSIDE_WINDOW) : ARMMS_ANOMALY_BIT (NO_ASSIGNMENT);

  return code | (is_on_holiday (punch, duties, n, day) ? ARMMS_ANOMALY_BIT (HOLIDAY_UNPLANNED) : 0);
}

static void
match_punch (ArmmsPunch *punch, const ArmmsDuty *duties, gsize n, const ArmmsZone *zone)
{
  gboolean elsewhere = FALSE;

  punch->duty = armms_match_duty (duties, n, punch->at, punch->kind, &punch->detachment_id, &elsewhere);
  if (punch->duty < 0)
    {
      punch->status = ARMMS_LOG_UNMATCHED;
      punch->codes |= codes_of_unmatched (punch, duties, n, zone);
    }
  else if (elsewhere)
    {
      punch->status = ARMMS_LOG_INVALID;
      punch->codes |= ARMMS_ANOMALY_BIT (WRONG_DETACHMENT);
    }
  else
    punch->status = punch->adjusted ? ARMMS_LOG_ADJUSTED : ARMMS_LOG_VALID;
}

void
armms_duty_open_window (ArmmsDuty *duty, const ArmmsZone *zone)
{
  ArmmsInstant first = armms_zone_instant (zone, armms_date_add_days (duty->duty_date, -1), 0);
  ArmmsInstant last = armms_zone_instant (zone, armms_date_add_days (duty->duty_date, 2), 0);

  duty->window_from.us = MAX (first.us, duty->starts_at.us - duty->policy->early_margin * ARMMS_US_PER_MINUTE);
  duty->window_to.us = MIN (last.us - 1, duty->ends_at.us + duty->policy->late_margin * ARMMS_US_PER_MINUTE);
}

int
armms_punch_compare (const ArmmsPunch *a, const ArmmsPunch *b)
{
  int order;

  if (a->at.us != b->at.us)
    return a->at.us < b->at.us ? -1 : 1;
  order = armms_id_compare (&a->tie, &b->tie);
  return order != 0 ? order : armms_id_compare (&a->id, &b->id);
}

gint
armms_match_duty (const ArmmsDuty *duties, gsize n, ArmmsInstant at, ArmmsPunchKind kind,
                  const ArmmsId *detachment_id, gboolean *ret_elsewhere)
{
  gint best = -1;
  gboolean best_elsewhere = FALSE;
  gint64 best_distance = 0;

  for (gsize i = 0; i < n; i++)
    {
      gboolean elsewhere;
      gint64 far;

      if (duties[i].taken_over != ARMMS_TAKEN_OVER_NOT || !window_holds (&duties[i], at))
        continue;
      elsewhere = !is_same_site (detachment_id, &duties[i].detachment_id);
      far = distance_from (&duties[i], at, kind);
      if (best >= 0 && elsewhere != best_elsewhere ? elsewhere
          : best >= 0 && (far > best_distance || (far == best_distance && !goes_before (&duties[i], &duties[best]))))
        continue;
      best = (gint) i;
      best_elsewhere = elsewhere;
      best_distance = far;
    }
  *ret_elsewhere = best_elsewhere;
  return best;
}

void
armms_match_punches (ArmmsPunch *punches, gsize n_punches, const ArmmsDuty *duties, gsize n_duties,
                     const ArmmsTimePolicy *policy, const ArmmsZone *zone)
{
  for (gsize i = 0; i < n_punches; i++)
    {
      ArmmsPunch *punch = &punches[i];
      const ArmmsTimePolicy *in_force = punch->policy != NULL ? punch->policy : policy;

      punch->codes = punch->unknown_device ? ARMMS_ANOMALY_BIT (UNKNOWN_DEVICE) : 0;
      if (ABS (punch->skew) > in_force->skew_tolerance)
        punch->codes |= ARMMS_ANOMALY_BIT (CLOCK_SKEW);
      match_punch (punch, duties, n_duties, zone);
      if (punch->voided)
        {
          punch->status = ARMMS_LOG_INVALID;
          punch->codes = 0;
        }
      else if (is_duplicate (punches, i, in_force->duplicate_window * ARMMS_US_PER_MINUTE))
        {
          punch->status = ARMMS_LOG_DUPLICATE;
          punch->codes = ARMMS_ANOMALY_BIT (DUPLICATE);
        }
    }
}
