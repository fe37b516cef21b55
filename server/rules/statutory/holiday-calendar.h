/* What kind of day a date is at a place.
 *
 * Law    proclamations and ordinances, by date and scope in data/statutory/ph/holidays.csv; Labor Code arts. 93-94. The holiday
 *        that counts is the one at the place of work. Two regular holidays, or two special days, on one date are a double one;
 *        for a regular holiday and a special day on one date no rule was found: the regular one counts, and a person looks.
 * Shape  pure: rows in, one answer out. A year without a national row was never loaded: nothing is said about its days.
 */
#pragma once

#include "server/rules/premium/cell.h"
#include "server/rules/trace/trace.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsDate date;
  const char *name;      /* interned */
  const char *day_type;  /* interned: "regular", "special", "special_working" */
  const char *scope;     /* interned: "national", "region:NCR", "city:Quezon City" */
  const char *source;    /* interned */
  gint32 row;
} ArmmsHolidayRow;

typedef struct {
  const ArmmsHolidayRow *rows; /* borrowed */
  gsize n_rows;
} ArmmsHolidayTable;

/* "regular", "special" or "special_working": what a proclamation can make of a day. */
gboolean armms_holiday_row_is_known (const char *day_type);

typedef struct {
  ArmmsDate date;
  ArmmsDayType day_type;     /* as pay sees it: a special working day is ordinary */
  const char *word;          /* static or interned: as the calendar says it, "special_working" too */
  gboolean for_a_person;     /* a regular holiday and a special day on one date */
  guint n_entries;           /* that hold at the place */
  const ArmmsHolidayRow *first, *second; /* borrowed; NULL: none */
} ArmmsHolidayOnDate;

/**
 * armms_holiday_calendar_find:
 * @region: nullable: only national holidays, and the city's
 * @city: nullable
 *
 * Returns: %FALSE with NOT_FOUND "statutory.no_table", which names the calendar's year, when that year has no national row
 */
gboolean armms_holiday_calendar_find (const ArmmsHolidayTable *table, ArmmsDate date, const char *region, const char *city,
                                      ArmmsHolidayOnDate *ret_day, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void armms_holiday_calendar_trace (const ArmmsHolidayOnDate *day, ArmmsTrace *trace);

G_END_DECLS
