#include "common/base/date.h"

#include <string.h>

#define SECONDS_PER_DAY 86400
#define US_PER_SECOND G_GINT64_CONSTANT (1000000)
#define US_PER_DAY (SECONDS_PER_DAY * US_PER_SECOND)
#define SCAN_FROM G_GINT64_CONSTANT (0)            /* 1970: nobody on a payroll clocked in before */
#define SCAN_TO (G_GINT64_CONSTANT (24837) * SECONDS_PER_DAY) /* 2038: later rules are guesses of today */

/* From @from_us on, local time is UTC + @offset_us. */
typedef struct {
  gint64 from_us;
  gint64 offset_us;
} Change;

struct _ArmmsZone {
  GArray *changes; /* of Change, the first from the beginning of time */
};

static gint32
offset_of_second (GTimeZone *zone, gint64 second)
{
  return g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, second));
}

/* The first second in (@before, @after] with another offset than @before has. */
static gint64
find_change (GTimeZone *zone, gint64 before, gint64 after, gint32 offset)
{
  while (after - before > 1)
    {
      gint64 middle = before + (after - before) / 2;

      if (offset_of_second (zone, middle) == offset)
        before = middle;
      else
        after = middle;
    }
  return after;
}

static GArray *
scan_changes (GTimeZone *zone)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (Change));
  gint32 offset = offset_of_second (zone, SCAN_FROM);
  Change change = { G_MININT64, offset * US_PER_SECOND };

  g_array_append_val (changes, change);
  for (gint64 day = SCAN_FROM; day < SCAN_TO; day += SECONDS_PER_DAY)
    {
      gint32 next = offset_of_second (zone, day + SECONDS_PER_DAY);

      if (next == offset)
        continue;
      change.from_us = find_change (zone, day, day + SECONDS_PER_DAY, offset) * US_PER_SECOND;
      change.offset_us = next * US_PER_SECOND;
      g_array_append_val (changes, change);
      offset = next;
    }
  return changes;
}

static gint64
offset_at (const ArmmsZone *zone, gint64 us)
{
  const Change *changes = (const Change *) (gpointer) zone->changes->data;
  guint low = 0, high = zone->changes->len - 1;

  /* Most instants are of today, and most zones of ours have not changed for decades. */
  if (us >= changes[high].from_us)
    return changes[high].offset_us;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (us >= changes[middle].from_us)
        low = middle;
      else
        high = middle;
    }
  return changes[low].offset_us;
}

static gint64
floor_day (gint64 us)
{
  gint64 day = us / US_PER_DAY;

  return us % US_PER_DAY < 0 ? day - 1 : day;
}

ArmmsZone *
armms_zone_new (const char *iana_name)
{
  g_autoptr(GTimeZone) zone = NULL;
  ArmmsZone *self;

  /* An offset ("+08:00") or a path is not a zone's name, although GLib would take it. */
  if (iana_name == NULL || !g_ascii_isalpha (iana_name[0])
      || strspn (iana_name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") != strlen (iana_name))
    return NULL;
  zone = g_time_zone_new_identifier (iana_name);
  if (zone == NULL)
    return NULL;
  self = g_new0 (ArmmsZone, 1);
  self->changes = scan_changes (zone);
  return self;
}

void
armms_zone_free (ArmmsZone *zone)
{
  if (zone == NULL)
    return;
  g_array_unref (zone->changes);
  g_free (zone);
}

ArmmsDate
armms_zone_date (const ArmmsZone *zone, ArmmsInstant instant)
{
  return (ArmmsDate) { (gint32) floor_day (instant.us + offset_at (zone, instant.us)) };
}

gint32
armms_zone_minute_of_day (const ArmmsZone *zone, ArmmsInstant instant)
{
  gint64 local = instant.us + offset_at (zone, instant.us);

  return (gint32) ((local - floor_day (local) * US_PER_DAY) / ARMMS_US_PER_MINUTE);
}

ArmmsInstant
armms_zone_instant (const ArmmsZone *zone, ArmmsDate date, gint32 minute_of_day)
{
  gint64 local = date.days * US_PER_DAY + minute_of_day * ARMMS_US_PER_MINUTE;
  gint64 before = offset_at (zone, local - US_PER_DAY);
  gint64 after = offset_at (zone, local + US_PER_DAY);

  /* Told twice, the first is meant; told never (the clock sprang), it is counted on from before the jump. */
  if (before == after || offset_at (zone, local - before) == before || offset_at (zone, local - after) != after)
    return (ArmmsInstant) { local - before };
  return (ArmmsInstant) { local - after };
}
