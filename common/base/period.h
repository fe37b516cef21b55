/* Pay periods: half-months by default (1-15, 16-end), weekly, biweekly and monthly by tenant setting. */
#pragma once

#include "common/base/date.h"

G_BEGIN_DECLS

typedef enum {
  ARMMS_PERIOD_SEMI_MONTHLY,
  ARMMS_PERIOD_MONTHLY,
  ARMMS_PERIOD_WEEKLY,   /* counted from @anchor; from Mondays when it is NONE */
  ARMMS_PERIOD_BIWEEKLY,
} ArmmsPeriodKind;

typedef struct {
  ArmmsDate from;
  ArmmsDate to; /* the last day, inclusive */
} ArmmsPeriod;

/* The period that holds @date. @anchor: first day of some period of a weekly or biweekly calendar; else ignored. */
ArmmsPeriod armms_period_of (ArmmsPeriodKind kind, ArmmsDate anchor, ArmmsDate date);
gboolean armms_period_kind_parse (const char *text, ArmmsPeriodKind *ret_kind) G_GNUC_WARN_UNUSED_RESULT; /* "semi_monthly" ... */
const char *armms_period_kind_name (ArmmsPeriodKind kind);

G_END_DECLS
