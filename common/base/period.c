#include "common/base/period.h"

#include <string.h>

#define DAYS_PER_WEEK 7
#define FIRST_CUTOFF 15
#define FIRST_MONDAY 4 /* 1970-01-05 */

static const char *const kind_names[] = {
  [ARMMS_PERIOD_SEMI_MONTHLY] = "semi_monthly",
  [ARMMS_PERIOD_MONTHLY] = "monthly",
  [ARMMS_PERIOD_WEEKLY] = "weekly",
  [ARMMS_PERIOD_BIWEEKLY] = "biweekly",
};

static ArmmsPeriod
period_of_month (ArmmsDate date, gboolean halves)
{
  int year, month, day;
  int last;

  armms_date_to_ymd (date, &year, &month, &day);
  last = armms_date_days_in_month (year, month);
  return (ArmmsPeriod) {
    .from = armms_date_add_days (date, (halves && day > FIRST_CUTOFF ? FIRST_CUTOFF + 1 : 1) - day),
    .to = armms_date_add_days (date, (halves && day <= FIRST_CUTOFF ? FIRST_CUTOFF : last) - day),
  };
}

static ArmmsPeriod
period_of_days (ArmmsDate anchor, int length, ArmmsDate date)
{
  gint64 since = (gint64) date.days - (armms_date_is_none (anchor) ? FIRST_MONDAY : anchor.days);
  int into = (int) (since % length);

  if (into < 0)
    into += length;
  return (ArmmsPeriod) { armms_date_add_days (date, -into), armms_date_add_days (date, length - 1 - into) };
}

ArmmsPeriod
armms_period_of (ArmmsPeriodKind kind, ArmmsDate anchor, ArmmsDate date)
{
  switch (kind)
    {
    case ARMMS_PERIOD_MONTHLY:
      return period_of_month (date, /* halves= */ FALSE);
    case ARMMS_PERIOD_WEEKLY:
      return period_of_days (anchor, DAYS_PER_WEEK, date);
    case ARMMS_PERIOD_BIWEEKLY:
      return period_of_days (anchor, 2 * DAYS_PER_WEEK, date);
    case ARMMS_PERIOD_SEMI_MONTHLY:
      return period_of_month (date, /* halves= */ TRUE);
    }
  g_return_val_if_reached (period_of_month (date, TRUE));
}

gboolean
armms_period_kind_parse (const char *text, ArmmsPeriodKind *ret_kind)
{
  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (kind_names); i++)
    if (strcmp (text, kind_names[i]) == 0)
      {
        *ret_kind = (ArmmsPeriodKind) i;
        return TRUE;
      }
  return FALSE;
}

const char *
armms_period_kind_name (ArmmsPeriodKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);
  return kind_names[kind];
}
