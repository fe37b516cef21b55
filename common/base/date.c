#include "common/base/date.h"

#include <string.h>

#define DAYS_PER_ERA 146097   /* 400 years of the Gregorian calendar */
#define DAYS_BEFORE_1970 719468 /* from 0000-03-01 */
#define YEAR_MIN 1900
#define YEAR_MAX 9999
#define US_PER_SECOND G_GINT64_CONSTANT (1000000)
#define US_PER_DAY (G_GINT64_CONSTANT (86400) * US_PER_SECOND)

/* Years run from March here, so that the leap day is the last of its year. */
static gint32
days_of (int year, int month, int day)
{
  int y = month <= 2 ? year - 1 : year;
  int era = (y >= 0 ? y : y - 399) / 400;
  int year_of_era = y - era * 400;
  int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * DAYS_PER_ERA + day_of_era - DAYS_BEFORE_1970;
}

/* @n digits at @text, or -1. */
static int
read_digits (const char *text, int n)
{
  int value = 0;

  for (int i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return -1;
      value = value * 10 + (text[i] - '0');
    }
  return value;
}

/* Ten letters at @text; reads no further than the first that is wrong. */
static gboolean
read_date (const char *text, ArmmsDate *ret_date)
{
  int year, month, day;
  ArmmsDate date;

  if ((year = read_digits (text, 4)) < 0 || text[4] != '-'
      || (month = read_digits (text + 5, 2)) < 0 || text[7] != '-'
      || (day = read_digits (text + 8, 2)) < 0)
    return FALSE;
  date = armms_date_from_ymd (year, month, day);
  if (armms_date_is_none (date))
    return FALSE;
  *ret_date = date;
  return TRUE;
}

static char *
write_digits (char *out, int value, int n)
{
  for (int i = n - 1; i >= 0; i--, value /= 10)
    out[i] = (char) ('0' + value % 10);
  return out + n;
}

static char *
write_date (char *out, ArmmsDate date)
{
  int year, month, day;

  armms_date_to_ymd (date, &year, &month, &day);
  out = write_digits (out, CLAMP (year, 0, YEAR_MAX), 4);
  *out++ = '-';
  out = write_digits (out, month, 2);
  *out++ = '-';
  return write_digits (out, day, 2);
}

int
armms_date_days_in_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  g_return_val_if_fail (month >= 1 && month <= 12, 0);
  if (month == 2 && ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0))
    return 29;
  return days[month - 1];
}

ArmmsDate
armms_date_from_ymd (int year, int month, int day)
{
  if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1
      || day > armms_date_days_in_month (year, month))
    return ARMMS_DATE_NONE;
  return (ArmmsDate) { days_of (year, month, day) };
}

void
armms_date_to_ymd (ArmmsDate date, int *ret_year, int *ret_month, int *ret_day)
{
  gint64 z = (gint64) date.days + DAYS_BEFORE_1970;
  gint64 era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
  int day_of_era = (int) (z - era * DAYS_PER_ERA);
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month = (5 * day_of_year + 2) / 153;

  *ret_day = day_of_year - (153 * month + 2) / 5 + 1;
  *ret_month = month < 10 ? month + 3 : month - 9;
  *ret_year = (int) (year_of_era + era * 400) + (*ret_month <= 2);
}

int
armms_date_weekday (ArmmsDate date)
{
  /* 1970-01-01 was a Thursday. */
  int day = (int) (((gint64) date.days + 3) % 7);

  return (day < 0 ? day + 7 : day) + 1;
}

ArmmsDate
armms_date_add_days (ArmmsDate date, int days)
{
  if (armms_date_is_none (date))
    return date;
  return (ArmmsDate) { date.days + days };
}

gboolean
armms_date_is_none (ArmmsDate date)
{
  return date.days == G_MININT32;
}

gboolean
armms_date_parse (const char *text, ArmmsDate *ret_date)
{
  ArmmsDate date;

  if (text == NULL || !read_date (text, &date) || text[10] != '\0')
    return FALSE;
  *ret_date = date;
  return TRUE;
}

const char *
armms_date_format (ArmmsDate date, char buffer[ARMMS_DATE_TEXT_SIZE])
{
  buffer[0] = '\0';
  if (!armms_date_is_none (date))
    *write_date (buffer, date) = '\0';
  return buffer;
}

gboolean
armms_instant_is_none (ArmmsInstant instant)
{
  return instant.us == G_MININT64;
}

gboolean
armms_instant_parse (const char *text, ArmmsInstant *ret_instant)
{
  ArmmsDate date;
  int hour, minute, second, offset = 0;
  gint64 fraction = 0;
  const char *at;

  if (text == NULL || !read_date (text, &date) || (text[10] != 'T' && text[10] != 't'))
    return FALSE;
  at = text + 11;
  if ((hour = read_digits (at, 2)) < 0 || hour > 23 || at[2] != ':'
      || (minute = read_digits (at + 3, 2)) < 0 || minute > 59 || at[5] != ':'
      || (second = read_digits (at + 6, 2)) < 0 || second > 59)
    return FALSE;
  at += 8;
  if (*at == '.')
    {
      gint64 unit = US_PER_SECOND;

      if (!g_ascii_isdigit (*++at))
        return FALSE;
      for (; g_ascii_isdigit (*at); at++)
        {
          unit /= 10;
          if (unit == 0)
            return FALSE;
          fraction += (*at - '0') * unit;
        }
    }
  if (*at == 'Z' || *at == 'z')
    at++;
  else if (*at == '+' || *at == '-')
    {
      int hours = read_digits (at + 1, 2);
      int minutes = hours >= 0 && at[3] == ':' ? read_digits (at + 4, 2) : -1;

      if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return FALSE;
      offset = (hours * 60 + minutes) * (*at == '-' ? -1 : 1);
      at += 6;
    }
  else
    return FALSE;
  if (*at != '\0')
    return FALSE;
  ret_instant->us = date.days * US_PER_DAY + ((hour * 60 + minute - offset) * 60 + second) * US_PER_SECOND + fraction;
  return TRUE;
}

const char *
armms_instant_format (ArmmsInstant instant, char buffer[ARMMS_INSTANT_TEXT_SIZE])
{
  gint64 days, rest;
  char *out = buffer;
  int second, fraction;

  if (armms_instant_is_none (instant))
    {
      buffer[0] = '\0';
      return buffer;
    }
  days = instant.us / US_PER_DAY;
  rest = instant.us % US_PER_DAY;
  if (rest < 0)
    {
      rest += US_PER_DAY;
      days--;
    }
  second = (int) (rest / US_PER_SECOND);
  fraction = (int) (rest % US_PER_SECOND);
  out = write_date (out, (ArmmsDate) { (gint32) days });
  *out++ = 'T';
  out = write_digits (out, second / 3600, 2);
  *out++ = ':';
  out = write_digits (out, second / 60 % 60, 2);
  *out++ = ':';
  out = write_digits (out, second % 60, 2);
  if (fraction != 0)
    {
      *out++ = '.';
      out = write_digits (out, fraction, 6);
      while (out[-1] == '0')
        out--;
    }
  *out++ = 'Z';
  *out = '\0';
  return buffer;
}

ArmmsInstant
armms_instant_now (void)
{
  return (ArmmsInstant) { g_get_real_time () };
}
