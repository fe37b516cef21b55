#include "time-case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const ArmmsWorkingTime time_case_law = {
  .from = { 1765 }, .to = ARMMS_DATE_NONE, .regular_minutes = 480, .night_from = 1320, .night_to = 360, .meal_break_minutes = 60,
  .paid_break_up_to = 20, .unworked_holiday_minutes = 480, .row = 1, .source = "Labor Code",
};

ArmmsZone *
time_case_zone (void)
{
  static ArmmsZone *zone = NULL;

  if (zone == NULL)
    zone = armms_zone_new ("Asia/Manila");
  g_assert_nonnull (zone);
  return zone;
}

ArmmsDate
time_case_date (const char *text)
{
  int year, month, day;

  if (sscanf (text, "%4d-%2d-%2d", &year, &month, &day) == 3)
    return armms_date_from_ymd (year, month, day);
  g_assert_cmpint (sscanf (text, "%2d-%2d", &month, &day), ==, 2);
  return armms_date_from_ymd (2026, month, day);
}

ArmmsInstant
time_case_instant (const char *text)
{
  int hour, minute, second = 0;
  const char *time = strchr (text, ' ');
  ArmmsInstant instant;

  g_assert_nonnull (time);
  g_assert_cmpint (sscanf (time, " %d:%d:%d", &hour, &minute, &second), >=, 2);
  instant = armms_zone_instant (time_case_zone (), time_case_date (text), hour * 60 + minute);
  instant.us += second * G_GINT64_CONSTANT (1000000);
  return instant;
}

ArmmsId
time_case_id (const char *name)
{
  ArmmsId id = ARMMS_ID_NIL;

  strncpy ((char *) id.bytes, name, sizeof id.bytes - 1);
  return id;
}

ArmmsDuty
time_case_duty (const char *start, int hours, const char *site, const ArmmsTimePolicy *policy)
{
  ArmmsDuty duty = { .policy = policy, .break_at = ARMMS_INSTANT_NONE };

  duty.starts_at = time_case_instant (start);
  duty.ends_at = (ArmmsInstant) { duty.starts_at.us + hours * 60 * ARMMS_US_PER_MINUTE };
  duty.duty_date = armms_zone_date (time_case_zone (), duty.starts_at);
  duty.detachment_id = time_case_id (site);
  duty.break_minutes = 60;
  return duty;
}

static void
mark_punch (ArmmsPunch *punch, const char *flag)
{
  punch->unknown_device |= g_str_equal (flag, "unknown");
  punch->voided |= g_str_equal (flag, "void");
  punch->adjusted |= g_str_equal (flag, "adjusted");
  if (g_str_has_prefix (flag, "skew="))
    punch->skew = atoi (flag + strlen ("skew="));
}

ArmmsPunch
time_case_punch (const char *text, guint number)
{
  ArmmsPunch punch = { .duty = -1 };
  g_auto(GStrv) parts = g_strsplit (text, " !", -1);
  g_auto(GStrv) words = g_strsplit (parts[0], " ", 2);
  const char *site = strchr (parts[0], '@');

  punch.kind = g_str_equal (words[0], "in") ? ARMMS_PUNCH_IN : g_str_equal (words[0], "out") ? ARMMS_PUNCH_OUT
               : g_str_equal (words[0], "rest") ? ARMMS_PUNCH_BREAK_START : g_str_equal (words[0], "back") ? ARMMS_PUNCH_BREAK_END
               : ARMMS_PUNCH_UNKNOWN;
  punch.at = time_case_instant (words[1]);
  punch.detachment_id = time_case_id (site == NULL ? "" : site + 1);
  punch.id.bytes[0] = punch.tie.bytes[0] = (guint8) (number + 1);
  for (guint i = 1; parts[i] != NULL; i++)
    mark_punch (&punch, parts[i]);
  return punch;
}

char *
time_case_cells (const gint32 *cells)
{
  GString *text = g_string_new (NULL);

  for (guint cell = 0; cell < ARMMS_N_CELLS; cell++)
    if (cells[cell] != 0)
      g_string_append_printf (text, "%s%s %d", text->len > 0 ? ", " : "", armms_cell_name ((ArmmsCell) cell), cells[cell]);
  return g_string_free (text, FALSE);
}

char *
time_case_codes (guint32 codes)
{
  GString *text = g_string_new (NULL);

  for (guint code = 0; code < ARMMS_N_ANOMALY_CODES; code++)
    if (codes & (1u << code))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", armms_anomaly_code_name (code));
  return g_string_free (text, FALSE);
}
