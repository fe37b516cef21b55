#include "common/base/date.h"

typedef struct { const char *name; int year, month, day; gboolean good; int weekday; } DayCase;

static const DayCase days[] = {
  { "the first of the count was a Thursday", 1970, 1, 1, TRUE, 4 },
  { "Labor Day 2026 is a Friday", 2026, 5, 1, TRUE, 5 },
  { "a leap day", 2024, 2, 29, TRUE, 4 },
  { "no leap day in 2026", 2026, 2, 29, FALSE, 0 },
  { "2000 was a leap year", 2000, 2, 29, TRUE, 2 },
  { "1900 was not", 1900, 2, 29, FALSE, 0 },
  { "2100 will not be", 2100, 2, 29, FALSE, 0 },
  { "the first we count", 1900, 1, 1, TRUE, 1 },
  { "the last we count", 9999, 12, 31, TRUE, 5 },
  { "before the count", 1899, 12, 31, FALSE, 0 },
  { "no day 0", 2026, 5, 0, FALSE, 0 },
  { "no month 13", 2026, 13, 1, FALSE, 0 },
  { "no 31st of April", 2026, 4, 31, FALSE, 0 },
};

static void
test_day (gconstpointer data)
{
  const DayCase *c = data;
  ArmmsDate date = armms_date_from_ymd (c->year, c->month, c->day);
  int year, month, day;

  g_assert_cmpint (!armms_date_is_none (date), ==, c->good);
  if (!c->good)
    return;
  armms_date_to_ymd (date, &year, &month, &day);
  g_assert_cmpint (year, ==, c->year);
  g_assert_cmpint (month, ==, c->month);
  g_assert_cmpint (day, ==, c->day);
  g_assert_cmpint (armms_date_weekday (date), ==, c->weekday);
}

/* Every day of four hundred years follows the one before it. */
static void
test_every_day (void)
{
  ArmmsDate date = armms_date_from_ymd (1900, 1, 1);
  int weekday = armms_date_weekday (date);

  for (int year = 1900; year < 2300; year++)
    for (int month = 1; month <= 12; month++)
      for (int day = 1; day <= armms_date_days_in_month (year, month); day++)
        {
          g_assert_cmpint (armms_date_from_ymd (year, month, day).days, ==, date.days);
          g_assert_cmpint (armms_date_weekday (date), ==, weekday);
          date = armms_date_add_days (date, 1);
          weekday = weekday % 7 + 1;
        }
  g_assert_true (armms_date_is_none (armms_date_add_days (ARMMS_DATE_NONE, 1)));
}

typedef struct { const char *text; gboolean good; const char *written; } TextCase;

static const TextCase dates[] = {
  { "2026-05-01", TRUE, "2026-05-01" }, { "2024-02-29", TRUE, "2024-02-29" },
  { "2026-5-1", FALSE, NULL }, { "20260501", FALSE, NULL }, { "2026-05-01 ", FALSE, NULL }, { " 2026-05-01", FALSE, NULL },
  { "2026-02-30", FALSE, NULL }, { "2026-05-01T00:00:00Z", FALSE, NULL }, { "01-05-2026", FALSE, NULL }, { "", FALSE, NULL }, { "2026-05-", FALSE, NULL },
};

static void
test_date_text (gconstpointer data)
{
  const TextCase *c = data;
  char buffer[ARMMS_DATE_TEXT_SIZE];
  ArmmsDate date = { 7 };

  g_assert_cmpint (armms_date_parse (c->text, &date), ==, c->good);
  if (c->good)
    g_assert_cmpstr (armms_date_format (date, buffer), ==, c->written);
  else
    g_assert_cmpint (date.days, ==, 7);
}

static const TextCase instants[] = {
  { "2026-05-01T06:00:00Z", TRUE, "2026-05-01T06:00:00Z" },
  { "2026-05-01T06:00:00+08:00", TRUE, "2026-04-30T22:00:00Z" },
  { "2026-05-01T06:00:00-03:30", TRUE, "2026-05-01T09:30:00Z" },
  { "2026-05-01t06:00:00z", TRUE, "2026-05-01T06:00:00Z" },
  { "2026-05-01T06:00:00.5Z", TRUE, "2026-05-01T06:00:00.5Z" },
  { "2026-05-01T06:00:00.000001Z", TRUE, "2026-05-01T06:00:00.000001Z" },
  { "2026-05-01T06:00:00.000Z", TRUE, "2026-05-01T06:00:00Z" },
  { "1969-12-31T23:59:59.75Z", TRUE, "1969-12-31T23:59:59.75Z" },
  { "2026-05-01T24:00:00Z", FALSE, NULL }, { "2026-05-01T06:60:00Z", FALSE, NULL }, { "2026-05-01T06:00:60Z", FALSE, NULL },
  { "2026-05-01T06:00:00", FALSE, NULL }, { "2026-05-01 06:00:00Z", FALSE, NULL }, { "2026-05-01T06:00Z", FALSE, NULL },
  { "2026-05-01T06:00:00.Z", FALSE, NULL }, { "2026-05-01T06:00:00.0000001Z", FALSE, NULL }, { "2026-05-01T06:00:00+0800", FALSE, NULL },
  { "2026-05-01T06:00:00+24:00", FALSE, NULL }, { "2026-05-01T06:00:00Zx", FALSE, NULL }, { "2026-02-29T06:00:00Z", FALSE, NULL }, { "1777615200", FALSE, NULL },
};

static void
test_instant_text (gconstpointer data)
{
  const TextCase *c = data;
  char buffer[ARMMS_INSTANT_TEXT_SIZE];
  ArmmsInstant instant = { 7 };

  g_assert_cmpint (armms_instant_parse (c->text, &instant), ==, c->good);
  if (c->good)
    g_assert_cmpstr (armms_instant_format (instant, buffer), ==, c->written);
  else
    g_assert_cmpint (instant.us, ==, 7);
}

int
main (int argc, char **argv)
{
  char buffer[ARMMS_INSTANT_TEXT_SIZE];

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpstr (armms_instant_format (ARMMS_INSTANT_NONE, buffer), ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *path = g_strconcat ("/base/date/", days[i].name, NULL);
      g_test_add_data_func (path, &days[i], test_day);
    }
  g_test_add_func ("/base/date/every day follows the one before", test_every_day);
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *path = g_strdup_printf ("/base/date/text/%s “%s”", dates[i].good ? "takes" : "refuses", dates[i].text);
      g_test_add_data_func (path, &dates[i], test_date_text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      g_autofree char *path = g_strdup_printf ("/base/instant/text/%s “%s”", instants[i].good ? "takes" : "refuses", instants[i].text);
      g_test_add_data_func (path, &instants[i], test_instant_text);
    }
  return g_test_run ();
}
