/* A holiday of the calendar: a date, its day type, and where it holds. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId holiday_id;
  ArmmsDate on_date;
  char *name;
  char *day_type;   /* regular, special, special_working */
  char *scope;      /* "national", "region:NCR", "city:Quezon City" */
  char *source;     /* the proclamation */
  char *status;     /* ACTIVE, CANCELLED */
  gboolean for_a_person; /* made by the server: a regular holiday and a special day on one date */
  gint64 version;
} ArmmsHoliday;

extern const ArmmsRecordType armms_holiday_type;

/* Whether it holds at a place. */
gboolean armms_holiday_applies (const ArmmsHoliday *holiday, const char *region, const char *city);

G_END_DECLS
