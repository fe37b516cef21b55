#include "server/rules/time/classify.h"

/* A local day as it runs: where it begins, where its night ends and begins again, where the next one begins. */
typedef struct {
  ArmmsDate date;
  gint64 begins, night_ends, night_begins, ends;
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
    .begins = minute_at (zone, date, 0),
    .night_ends = minute_at (zone, date, policy->night_to),
    .night_begins = minute_at (zone, date, policy->night_from),
    .ends = minute_at (zone, armms_date_add_days (date, 1), 0),
  };
}

/* The next instant after @at where something changes. */
static gint64
next_edge (const Day *day, gint64 at)
{
  return at < day->night_ends ? day->night_ends : at < day->night_begins ? day->night_begins : day->ends;
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
          night = at < day.night_ends || at >= day.night_begins;
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
