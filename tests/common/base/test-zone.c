#include "common/base/date.h"

typedef struct { const char *name; const char *zone; const char *instant; const char *date; int minute; } LocalCase;

static const LocalCase locals[] = {
  { "Manila, midnight", "Asia/Manila", "2026-04-30T16:00:00Z", "2026-05-01", 0 },
  { "Manila, the minute before", "Asia/Manila", "2026-04-30T15:59:59.999999Z", "2026-04-30", 1439 },
  { "Manila, 18:00", "Asia/Manila", "2026-05-01T10:00:59Z", "2026-05-01", 1080 },
  { "UTC before the count of days", "UTC", "1969-12-31T23:59:00Z", "1969-12-31", 1439 },
  { "Berlin in winter", "Europe/Berlin", "2026-01-15T12:00:00Z", "2026-01-15", 780 },
  { "Berlin in summer", "Europe/Berlin", "2026-07-15T12:00:00Z", "2026-07-15", 840 },
  { "Berlin, last second of winter", "Europe/Berlin", "2026-03-29T00:59:59Z", "2026-03-29", 119 },
  { "Berlin, first second of summer", "Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29", 180 },
  { "New York, behind UTC", "America/New_York", "2026-01-01T03:00:00Z", "2025-12-31", 1320 },
};

static void
test_local (gconstpointer data)
{
  const LocalCase *c = data;
  g_autoptr(ArmmsZone) zone = armms_zone_new (c->zone);
  char buffer[ARMMS_DATE_TEXT_SIZE];
  ArmmsInstant instant = { 0 };

  g_assert_nonnull (zone);
  g_assert_true (armms_instant_parse (c->instant, &instant));
  g_assert_cmpstr (armms_date_format (armms_zone_date (zone, instant), buffer), ==, c->date);
  g_assert_cmpint (armms_zone_minute_of_day (zone, instant), ==, c->minute);
}

typedef struct { const char *name; const char *zone; const char *date; int minute; const char *instant; } InstantCase;

static const InstantCase instants[] = {
  { "Manila, 06:00", "Asia/Manila", "2026-05-01", 360, "2026-04-30T22:00:00Z" },
  { "Manila, 06:00 of the next day, counted on", "Asia/Manila", "2026-05-01", 1800, "2026-05-01T22:00:00Z" },
  { "Manila, an hour before the day", "Asia/Manila", "2026-05-01", -60, "2026-04-30T15:00:00Z" },
  { "Berlin, before the jump", "Europe/Berlin", "2026-03-29", 119, "2026-03-29T00:59:00Z" },
  { "Berlin, 02:30 does not exist: counted on to 03:30", "Europe/Berlin", "2026-03-29", 150, "2026-03-29T01:30:00Z" },
  { "Berlin, after the jump", "Europe/Berlin", "2026-03-29", 180, "2026-03-29T01:00:00Z" },
  { "Berlin, 02:30 twice: the first", "Europe/Berlin", "2026-10-25", 150, "2026-10-25T00:30:00Z" },
  { "Berlin, 03:00 once again", "Europe/Berlin", "2026-10-25", 180, "2026-10-25T02:00:00Z" },
};

static void
test_instant (gconstpointer data)
{
  const InstantCase *c = data;
  g_autoptr(ArmmsZone) zone = armms_zone_new (c->zone);
  char buffer[ARMMS_INSTANT_TEXT_SIZE];
  ArmmsDate date = { 0 };

  g_assert_nonnull (zone);
  g_assert_true (armms_date_parse (c->date, &date));
  g_assert_cmpstr (armms_instant_format (armms_zone_instant (zone, date, c->minute), buffer), ==, c->instant);
}

static void
test_refusals (void)
{
  static const char *const names[] = { "Asia/Nowhere", "+08:00", "", "/etc/localtime", "../etc/passwd", "Asia/Manila " };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_null (armms_zone_new (names[i]));
  g_assert_null (armms_zone_new (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (locals); i++)
    {
      g_autofree char *path = g_strconcat ("/base/zone/local/", locals[i].name, NULL);
      g_test_add_data_func (path, &locals[i], test_local);
    }
  for (guint i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      g_autofree char *path = g_strconcat ("/base/zone/instant/", instants[i].name, NULL);
      g_test_add_data_func (path, &instants[i], test_instant);
    }
  g_test_add_func ("/base/zone/what is no zone is refused", test_refusals);
  return g_test_run ();
}
