/* What people tell beside the clock, and what the record says then: for tests of deriving. */
#pragma once

#include "tk-world.h"

/* 0 to @n - 1. (transfer full) */
guint *tk_in_order (guint n);
/* Shows what differs. */
void tk_assert_same_dump (const char *a, const char *b);
/* All was made again, and nothing was other than it stood. */
void tk_assert_no_difference (ArmmsDeriveFigures figures);
/* All events at once, in order, and the days closed through 9 May: the dump. (transfer full) */
char *tk_tell_plainly (TkWorld *world);
/* One of timekeeping's. */
const ArmmsSubscription *tk_subscription (const char *name);
/* @starts_at NULL: from the shift's begin. */
void tk_put_relief_from (TkWorld *world, guint reliever, guint relieved, const char *date, const char *reason, const char *starts_at);
void tk_put_relief (TkWorld *world, guint reliever, guint relieved, const char *date, const char *reason);
/* What a room has told is heard, all of it again each time. */
void tk_hear_of (TkWorld *world, const char *subscription_name);
/* An approved adjustment of a duty date; heard of as its approval would have it. */
void tk_put_adjustment (TkWorld *world, guint employee, const char *date, const char *kind, gboolean paid, const ArmmsId *detachment);
void tk_put_leave (TkWorld *world, guint employee, const char *date, gboolean paid);
/* Minutes of his timesheets of April. */
void tk_assert_sums (TkWorld *world, guint employee, const char *expected);
/* "ABSENT 0", or "HOLIDAY 480": the line of a day and what of it is an unworked holiday; "" without a line. */
void tk_assert_line (TkWorld *world, guint employee, const char *date, const char *expected);
/* In at 06:00 and out at 18:00 at the site. */
void tk_tell_day (TkWorld *world, guint employee, const char *date);
/* A guard by day at the site, without rest days. */
void tk_put_assignment (TkWorld *world, guint employee, const char *from, const char *to);
/* His last or first day, as hr has it from now on. */
void tk_change_employment (TkWorld *world, guint employee, const char *changes);
/* So many are told INACTIVE_EMPLOYEE. */
void tk_assert_inactive (TkWorld *world, gint64 n);
/* Of a day's line: minutes of the first hours, overtime and night. */
void tk_assert_minutes (TkWorld *world, guint employee, const char *date, const char *expected);
