/* One pass of deriving: what was loaded for it, what came out. */
#pragma once

#include "server/hr/hr.h"
#include "server/rules/time/judge.h"
#include "server/scheduling/scheduling.h"
#include "server/timekeeping/derive/derive.h"

G_BEGIN_DECLS

/* One employee and the duty dates to judge, with how much must be known for it. */
typedef struct {
  ArmmsId employee_id;
  ArmmsDate from, to;               /* judged and written */
  ArmmsDate duties_from, duties_to; /* loaded */
  ArmmsInstant events_from, events_to; /* loaded, half-open */
  gboolean whole_days;              /* judged with whole days around it; else from the windows of few duties */
  guint first_touch, n_touches;     /* the punches that touched it (not @whole_days) */
  guint first_duty, n_duties;       /* in the pass's duties */
  guint first_rest, n_rest;         /* in the pass's rest days */
  guint first_punch, n_punches;     /* in the pass's punches */
  guint first_leave, n_leaves;
  guint first_line, n_lines;        /* in the pass's lines */
} ArmmsUnit;

/* The tenant's policies with the figures of one row of the law in them. */
typedef struct {
  ArmmsTimePolicy fallback; /* where the tenant has none */
  GHashTable *by_id;        /* policy id -> ArmmsTimePolicy */
} ArmmsLawPolicies;

/* Of a punch: what its time log needs beside the verdict. */
typedef struct {
  ArmmsId device_id, event_id, adjustment_id;
  ArmmsInstant event_ts;
  ArmmsPunchKind kind;      /* as sent */
  ArmmsId detachment_id;    /* as sent */
  gboolean added;           /* by an adjustment: no clock event, no time log */
  gboolean own;             /* his since it came: a time log that stands is among those loaded of his span */
} ArmmsPunchOrigin;

typedef struct {
  ArmmsWork *work;
  const ArmmsTimekeepingSettings *settings;
  ArmmsSwept swept;
  ArmmsDeriveMode mode;
  ArmmsDeriveFigures *figures;

  GPtrArray *holidays;      /* of ArmmsHoliday */
  GPtrArray *policies;      /* of ArmmsAttendancePolicy */
  GPtrArray *detachments;   /* of ArmmsDetachment */
  GArray *working_times;    /* of ArmmsWorkingTime: the law's, of all dates */
  GPtrArray *time_policies; /* of ArmmsLawPolicies: for each of them */
  GHashTable *calendars;    /* detachment id -> ArmmsCalendar */
  ArmmsDate calendar_from;
  guint calendar_days;

  GArray *touches;          /* of ArmmsTouch, borrowed */
  GArray *employment;       /* of ArmmsEmploymentDays: of everybody touched */
  GArray *units;            /* of ArmmsUnit, by employee and day */
  GArray *duties;           /* of ArmmsDuty */
  GArray *rest_days;        /* of ArmmsDate */
  GArray *punches;          /* of ArmmsPunch; data: index of its origin */
  GArray *origins;          /* of ArmmsPunchOrigin */
  GArray *leaves;           /* of ArmmsLeave */
  GArray *lines;            /* of ArmmsDayLine */
} ArmmsPass;

/* load-duties.c: calendar, policies and duties. */
/* NOT_FOUND "statutory.no_table" when the law's hours are not loaded for each of these days. */
gboolean armms_pass_load_calendar (ArmmsPass *pass, ArmmsDate from, ArmmsDate to, GError **error);
gboolean armms_pass_load_duties (ArmmsPass *pass, GError **error);
/* Of a detachment, known or not, on the days that were loaded; made once. (transfer none) */
const ArmmsCalendar *armms_pass_calendar_of (ArmmsPass *pass, const ArmmsId *detachment_id);
const ArmmsTimePolicy *armms_pass_policy_on (ArmmsPass *pass, ArmmsDate date);
ArmmsWorkingTimeTable armms_pass_law (const ArmmsPass *pass);

/* load-punches.c: clock events, approved adjustments, and who is employed. */
gboolean armms_pass_load_punches (ArmmsPass *pass, GError **error);
gboolean armms_pass_load_employment (ArmmsPass *pass, GError **error);
/* Of somebody who is not known, days that are NONE. (transfer none) */
const ArmmsEmploymentDays *armms_pass_employment_of (const ArmmsPass *pass, const ArmmsId *employee_id);

/* store/store.c: compares with what stands and writes what differs. */
gboolean armms_pass_store (ArmmsPass *pass, GError **error);

/* The day a punch is told under: of its duty, else its local day. */
ArmmsDate armms_pass_home_of (const ArmmsPass *pass, const ArmmsUnit *unit, const ArmmsPunch *punch);

G_END_DECLS
