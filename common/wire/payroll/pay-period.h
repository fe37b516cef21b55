/* A pay period: 1-15 or 16-end of a month by default. No two of one calendar overlap. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

#define ARMMS_PAY_PERIOD_KINDS "semi_monthly|monthly|weekly|biweekly"

typedef struct {
  ArmmsId pay_period_id;
  char *kind;
  ArmmsDate period_from;
  ArmmsDate period_to;
  ArmmsDate pay_date;
  gint64 cut_off;       /* 1 or 2 within the month; 0: the month is not cut */
  char *state;          /* OPEN, CLOSED */
  gint64 snapshots;     /* finalised timesheets that have arrived for it */
  ArmmsId payrun_id;    /* its regular payrun, when there is one */
  char *payrun_state;
  gint64 version;
} ArmmsPayPeriod;

/* POST /v1/pay-periods: opens the periods of the tenant's calendar that touch these days. */
typedef struct {
  ArmmsDate from;
  ArmmsDate to;
  gint64 pay_after_days; /* pay date: so many days after the last day */
} ArmmsPayPeriodOpening;

extern const ArmmsRecordType armms_pay_period_type;
extern const ArmmsRecordType armms_pay_period_opening_type;

G_END_DECLS
