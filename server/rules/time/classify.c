#include "server/rules/time/classify.h"

/* A local day as it runs: the two instants at which night turns to day or day to night, and where the next one begins. */
typedef struct {
  ArmmsDate date;
  gboolean night_at_midnight; /* else the night lies between the two */
  gint64 first_edge, second_edge, ends;
} Day;

static gint64
minute_at (const ArmmsZone *zone, ArmmsDate date, gint32 minute_of_day)
{
  return armms_zone_instant (zone, date, minute_of_day).us / ARMMS_US_PER_MINUTE;
}

static Day
open_day (const ArmmsZone *zone, const ArmmsTimePolicy *policy, ArmmsDate date)
{
  return (Day) {
    .date = date,
    .night_at_midnight = policy->night_from > policy->night_to,
    .first_edge = minute_at (zone, date, MIN (policy->night_from, policy->night_to)),
    .second_edge = minute_at (zone, date, MAX (policy->night_from, policy->night_to)),
    .ends = minute_at (zone, armms_date_add_days (date, 1), 0),
  };
}

/* The next instant after @at where something changes. */
static gint64
next_edge (const Day *day, gint64 at)
{
  return at < day->first_edge ? day->first_edge : at < day->second_edge ? day->second_edge : day->ends;
}

static gboolean
is_night (const Day *day, gint64 at)
{
  return (at >= day->first_edge && at < day->second_edge) != day->night_at_midnight;
}

gboolean
armms_is_rest_day (const ArmmsDate *rest_days, gsize n, ArmmsDate date)
{
  gsize low = 0, high = n;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (rest_days[middle].days < date.days)
        low = middle + 1;
      else
        high = middle;
    }
  return low < n && rest_days[low].days == date.days;
}

void
armms_classify (const ArmmsStretch *worked, guint n, gint64 before, const ArmmsDuty *duty, const ArmmsDate *rest_days, gsize n_rest_days,
                const ArmmsZone *zone, gint32 *cells)
{
  const ArmmsTimePolicy *policy = duty->policy;
  gint64 counted = before;

  for (guint i = 0; i < n; i++)
    {
      gint64 at = worked[i].from;
      ArmmsDate date = armms_zone_date (zone, (ArmmsInstant) { at * ARMMS_US_PER_MINUTE });
      Day day = open_day (zone, policy, date);

      while (at < worked[i].to)
        {
          gboolean overtime = counted >= policy->regular_minutes;
          ArmmsDate decides;
          gboolean night;
          gint64 until;

          if (at >= day.ends)
            day = open_day (zone, policy, armms_date_add_days (day.date, 1));
          decides = policy->day_type_of_duty ? duty->duty_date : day.date;
          night = is_night (&day, at);
          until = MIN (worked[i].to, next_edge (&day, at));
          if (!overtime)
            until = MIN (until, at + policy->regular_minutes - counted);
          cells[ARMMS_CELL (armms_calendar_get (duty->calendar, decides),
                            armms_is_rest_day (rest_days, n_rest_days, decides), overtime, night)] += (gint32) (until - at);
          counted += until - at;
          at = until;
        }
    }
}
