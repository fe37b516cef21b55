/* Time worked: whole minutes, never fractions of hours. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct { gint32 count; } ArmmsMinutes;

#define ARMMS_MINUTES(n) ((ArmmsMinutes) { (n) })
#define ARMMS_MINUTES_PER_HOUR 60
#define ARMMS_MINUTES_PER_DAY 1440

/* "13h 05m" for people; "0h 00m" for none. */
char *armms_minutes_to_string (ArmmsMinutes minutes); /* (transfer full) */

G_END_DECLS
