/* One employee's time as a table of words: the plan, the punches, and what the record says of them.
 *
 * Shape  a case is text on both sides, so that a timekeeper can read it. Every case is judged twice, the punches in order and
 *        reversed, and its sums are looked at: see time_world_check().
 */
#pragma once

#include "time-case.h"

#define TIME_WORLD_DAYS 1200
#define TIME_WORLD_DUTIES 80
#define TIME_WORLD_PUNCHES 160

typedef struct {
  ArmmsTimeFacts facts;
  ArmmsCalendar calendar;
  guint8 day_types[TIME_WORLD_DAYS];
  ArmmsDate rest_days[TIME_WORLD_DAYS];
  ArmmsDuty duties[TIME_WORLD_DUTIES];
  ArmmsPunch punches[TIME_WORLD_PUNCHES];
  ArmmsLeave leaves[8];
  ArmmsTimePolicy policy;
  ArmmsBreakMode break_mode;
  gint32 break_minutes, break_at, grace; /* break_at: minute of the duty date; -1: in the middle */
  gboolean break_worked_through;
} TimeWorld;

/* @words, each after a blank: holidays=05-05:regular,05-06:special rest=05-05 leave=05-04:paid:360 closed=05-04 (from ever;
 * or 05-01..05-04) hired=05-04 separated=05-04 judge=05-01..05-15 break=auto:60@12:00 through short=20 grace=5 round=inward:15
 * early late dutyday longest=960 margins=180:240 window=5 skew=5 night=1320-360 regular=480. The law's hours, but short=0.
 * (transfer full), g_free() */
TimeWorld *time_world_new (const char *words);
/* "05-04 06:00 12 a": start, hours (or 12:30), site; then a shift's name, when it is another one; "relief..." is a relief duty,
 * and last "absent" or "excused", when somebody else stood it. */
ArmmsDuty *time_world_add_duty (TimeWorld *world, const char *text);
void time_world_add_punch (TimeWorld *world, const char *text);
GArray *time_world_judge (TimeWorld *world); /* of ArmmsDayLine; (transfer full) */
GArray *time_world_judge_days (TimeWorld *world, const char *from, const char *to);
/* "05-04 COMPLETE of 720: ordinary 480, ordinary_ot 234; late 6; LATE": what is 0 is left out, lines are parted by " / ", and
 * after them what became of a punch that is not simply valid: "#2 DUPLICATE DUPLICATE". (transfer full) */
char *time_world_tell (const TimeWorld *world, const GArray *lines);
/* Each worked minute is in one cell, and regular, overtime and night are the sums of theirs. */
void time_world_check (const ArmmsDayLine *line);

typedef struct {
  const char *about;
  const char *words;
  const char *duties;  /* parted by ", " */
  const char *punches; /* parted by ", " */
  const char *expected;
} TimeCase;

void time_cases_add (const char *path, const TimeCase *cases, guint n);
