/* An attendance policy: how clocks are read, for the tenant or for one detachment, from a day to a day. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId policy_id;
  char *code;
  char *name;
  ArmmsId detachment_id;          /* nil: the tenant's */
  ArmmsDate valid_from;
  ArmmsDate valid_to;             /* the last day; NONE: open */
  ArmmsMinutes early_margin_minutes;
  ArmmsMinutes late_margin_minutes;
  ArmmsMinutes duplicate_window_minutes;
  ArmmsMinutes rounding_step_minutes; /* 0, 1: none */
  char *rounding;                 /* NONE, NEAREST, INWARD, OUTWARD */
  ArmmsMinutes longest_duty_minutes;  /* 0: no limit */
  ArmmsMinutes skew_tolerance_minutes;
  gboolean pay_before_start;
  gboolean pay_after_end;
  gboolean day_type_of_duty;      /* the day type of the duty date holds after midnight too */
  ArmmsMinutes regular_minutes;   /* of a duty, before overtime begins; 0: as the law says, which also goes before what is worse for the guard */
  ArmmsMinutes night_from_minute; /* with the next one; both 0: as the law says */
  ArmmsMinutes night_to_minute;
  gint64 version;
} ArmmsAttendancePolicy;

extern const ArmmsRecordType armms_attendance_policy_type;

/* A policy with the figures that hold when a tenant says nothing: 180 min before, 240 after, 5 min duplicates, no rounding,
 * 16 h, 5 min skew, planned time only, split at midnight, hours and night as the law says. (transfer full) */
ArmmsAttendancePolicy *armms_attendance_policy_new (void);

G_END_DECLS
