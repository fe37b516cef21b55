/* Dates and instants.
 *
 * Units  ArmmsDate is days since 1970-01-01, without zone. ArmmsInstant is microseconds since
 *        1970-01-01T00:00:00Z. Both are plain values; nothing here reads a clock but armms_instant_now().
 * Shape  a local day comes from an instant only through an ArmmsZone. The Philippines keep UTC+8 without
 *        daylight saving; other tenants' zones may have it, so a zone is resolved once into a table of offsets.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct { gint32 days; } ArmmsDate;
typedef struct { gint64 us; } ArmmsInstant;

#define ARMMS_DATE_NONE ((ArmmsDate) { G_MININT32 })       /* an open end in effective-dated rows */
#define ARMMS_INSTANT_NONE ((ArmmsInstant) { G_MININT64 })
#define ARMMS_DATE_TEXT_SIZE 12
#define ARMMS_INSTANT_TEXT_SIZE 40
#define ARMMS_US_PER_MINUTE G_GINT64_CONSTANT (60000000)

ArmmsDate armms_date_from_ymd (int year, int month, int day); /* NONE when no such day; years 1900-9999 */
void armms_date_to_ymd (ArmmsDate date, int *ret_year, int *ret_month, int *ret_day);
int armms_date_weekday (ArmmsDate date);                       /* 1 Monday .. 7 Sunday (ISO) */
int armms_date_days_in_month (int year, int month);
ArmmsDate armms_date_add_days (ArmmsDate date, int days);
gboolean armms_date_is_none (ArmmsDate date);
gboolean armms_date_parse (const char *text, ArmmsDate *ret_date) G_GNUC_WARN_UNUSED_RESULT; /* "2026-05-01" only */
const char *armms_date_format (ArmmsDate date, char buffer[ARMMS_DATE_TEXT_SIZE]);

gboolean armms_instant_is_none (ArmmsInstant instant);
/* RFC 3339 with offset or Z, up to six decimals of a second. */
gboolean armms_instant_parse (const char *text, ArmmsInstant *ret_instant) G_GNUC_WARN_UNUSED_RESULT;
const char *armms_instant_format (ArmmsInstant instant, char buffer[ARMMS_INSTANT_TEXT_SIZE]); /* ...Z; decimals only when there are any */
ArmmsInstant armms_instant_now (void);

/* A time zone as a table of changes: (transfer full), free with armms_zone_free(); NULL for an unknown name. */
typedef struct _ArmmsZone ArmmsZone;
ArmmsZone *armms_zone_new (const char *iana_name);
void armms_zone_free (ArmmsZone *zone);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsZone, armms_zone_free)
ArmmsDate armms_zone_date (const ArmmsZone *zone, ArmmsInstant instant);          /* the local day */
gint32 armms_zone_minute_of_day (const ArmmsZone *zone, ArmmsInstant instant);    /* 0..1439, floor */
/* @minute_of_day may pass 1440 (the next day) or be negative (the day before). */
ArmmsInstant armms_zone_instant (const ArmmsZone *zone, ArmmsDate date, gint32 minute_of_day);

G_END_DECLS
