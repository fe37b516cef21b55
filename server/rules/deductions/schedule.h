/* The first plan of an obligation: an amount split over pay periods.
 *
 * Law    none: what employee and agency agreed in writing (Labor Code art. 113). Not a centavo is lost: the instalments always add up.
 * Units  centavos; a period is named by its first day.
 * Shape  terms in, instalments out; the caller stores them. A cut-off means half-months only: other calendars take every period.
 */
#pragma once

#include "common/base/id.h"
#include "common/base/money.h"
#include "common/base/period.h"

G_BEGIN_DECLS

typedef enum {
  ARMMS_FREQUENCY_EVERY_PERIOD,
  ARMMS_FREQUENCY_FIRST_CUT_OFF,  /* 1-15 */
  ARMMS_FREQUENCY_SECOND_CUT_OFF, /* 16-end */
} ArmmsFrequency;

const char *armms_frequency_name (ArmmsFrequency frequency); /* "every_period", "first_cut_off", "second_cut_off" */
gboolean armms_frequency_parse (const char *name, ArmmsFrequency *ret_frequency) G_GNUC_WARN_UNUSED_RESULT;
/* Does the period that begins on @period_from take an instalment? */
gboolean armms_frequency_takes (ArmmsFrequency frequency, ArmmsPeriodKind kind, ArmmsDate period_from);

typedef struct {
  ArmmsId id;            /* nil: new */
  ArmmsDate period_from; /* first day of its pay period */
  ArmmsMoney amount;
  gboolean changed;      /* out: new, or another amount than before */
} ArmmsInstalment;

#define ARMMS_INSTALMENTS_MAX 480

typedef struct {
  ArmmsMoney amount;      /* above zero */
  gint64 periods;         /* above zero: so many instalments, odd centavos first; fewer where there are fewer centavos */
  ArmmsMoney instalment;  /* without @periods: of this size, the last takes the rest */
  ArmmsDate starts_on;    /* any day of the first period */
  ArmmsFrequency frequency;
  ArmmsPeriodKind kind;   /* the tenant's calendar of pay periods */
  ArmmsDate anchor;
} ArmmsScheduleTerms;

/**
 * armms_schedule_split:
 * @instalments: (element-type ArmmsInstalment): gets them appended, in order of time; untouched on failure
 *
 * Returns: %FALSE with INVALID_INPUT "schedule.invalid" when amount or start are missing, when there is neither a number of periods
 *   nor an instalment, or when it would take more than ARMMS_INSTALMENTS_MAX
 */
gboolean armms_schedule_split (const ArmmsScheduleTerms *terms, GArray *instalments, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
