/* The hours that the law gives: how long a day's work is, when it is night, which breaks are paid, what a holiday is worth.
 *
 * Law    Labor Code art. 83 (eight hours), art. 85 (meal break), art. 86 (night), art. 94 (regular holiday); Omnibus Rules Book
 *        III Rule I s.7 (short breaks). The figures are dated rows of data/statutory/ph/working-time.csv.
 * Units  minutes; of the day where they say when.
 * Shape  rows in, the one in force out; nothing kept.
 */
#pragma once

#include "server/rules/time/facts.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsDate from, to;               /* duty dates, inclusive; to NONE: until changed */
  gint32 regular_minutes;           /* of a duty, before overtime begins (art. 83) */
  gint32 night_from, night_to;      /* minutes of the day (art. 86) */
  gint32 meal_break_minutes;        /* the least (art. 85) */
  gint32 paid_break_up_to;          /* a break no longer than this is working time (Rule I s.7) */
  gint32 unworked_holiday_minutes;  /* what a qualified guard is paid for (art. 94) */
  gint32 row;                       /* of the file */
  const char *source;               /* interned */
} ArmmsWorkingTime;

typedef struct {
  const ArmmsWorkingTime *rows;     /* borrowed */
  gsize n_rows;
} ArmmsWorkingTimeTable;

/* The row in force on @date. (transfer none); NULL with NOT_FOUND "statutory.no_table" where there is none. */
const ArmmsWorkingTime *armms_working_time_find (const ArmmsWorkingTimeTable *table, ArmmsDate date, GError **error);

/* Puts the law's figures into a tenant's @policy. Where the tenant has figures of its own (not 0), the better ones for the
 * guard hold: fewer regular minutes, a longer night. */
void armms_working_time_apply (const ArmmsWorkingTime *law, ArmmsTimePolicy *policy);

G_END_DECLS
