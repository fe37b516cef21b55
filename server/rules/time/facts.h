/* What the rules of time are told: punches, planned duties, the calendar, the policy in force.
 *
 * Units  instants are microseconds UTC as everywhere; policies and results are whole minutes.
 * Shape  plain structs, filled by the caller for one employee and a span of days. The rules write only the members
 *        under "verdict".
 */
#pragma once

#include "common/base/date.h"
#include "common/base/id.h"
#include "server/rules/premium/cell.h"

G_BEGIN_DECLS

typedef enum {
  ARMMS_PUNCH_IN,
  ARMMS_PUNCH_OUT,
  ARMMS_PUNCH_BREAK_START,
  ARMMS_PUNCH_BREAK_END,
  ARMMS_PUNCH_UNKNOWN, /* a reader without keys: read as IN or OUT by what stands before it */
} ArmmsPunchKind;

const char *armms_punch_kind_name (ArmmsPunchKind kind);
gboolean armms_punch_kind_parse (const char *name, ArmmsPunchKind *ret_kind) G_GNUC_WARN_UNUSED_RESULT;

typedef enum {
  ARMMS_ROUND_TIME_NONE,
  ARMMS_ROUND_TIME_NEAREST,
  ARMMS_ROUND_TIME_INWARD,  /* a late in later, an early out earlier: full steps only */
  ARMMS_ROUND_TIME_OUTWARD, /* the other way: a begun step counts */
} ArmmsTimeRounding;

/* How a tenant reads its clocks. Minutes. */
typedef struct {
  gint32 early_margin;       /* a punch this long before the start may still belong to the duty */
  gint32 late_margin;        /* and this long after its end */
  gint32 duplicate_window;
  gint32 rounding_step;      /* 0 or 1: none */
  ArmmsTimeRounding rounding;
  gint32 longest_duty;       /* worked minutes above it, and above the plan, are TOO_LONG; 0: no limit */
  gint32 skew_tolerance;     /* a device's clock may be off by so much */
  gboolean pay_before_start; /* else paid time begins with the planned start */
  gboolean pay_after_end;    /* else it ends with the planned end */
  gboolean day_type_of_duty; /* every minute has the day type of the duty date, also after midnight */
  /* The law's figures, by armms_working_time_apply(); before it the tenant's own, 0: none. */
  gint32 regular_minutes;    /* of one duty, before overtime begins */
  gint32 night_from;         /* minute of the day */
  gint32 night_to;           /* minute of the day */
  gint32 paid_break_up_to;   /* a clocked break not longer than it is working time (Book III Rule I s.7) */
} ArmmsTimePolicy;

/* A tenant's choices only, without the law's figures: 3 h before, 4 h after, 5 min duplicates, no rounding, 16 h, 5 min skew,
 * planned time only, split at midnight. */
extern const ArmmsTimePolicy armms_time_policy_default;

/* Day types of one place: day_types[date - first]; ordinary outside of it. Borrowed. */
typedef struct {
  ArmmsDate first;
  guint n;
  const guint8 *day_types; /* ArmmsDayType */
} ArmmsCalendar;

ArmmsDayType armms_calendar_get (const ArmmsCalendar *calendar, ArmmsDate date); /* NULL: ordinary */

/* The meal break. In every mode a short rest (policy's paid_break_up_to) is working time: it is not taken out, uses up nothing
 * of the allowance and overruns nothing. BREAK_OVERRUN is what the longer breaks pass break_minutes by; it is never paid. */
typedef enum {
  ARMMS_BREAK_PAID,    /* worked through, or short: only what passes the allowance is taken out */
  ARMMS_BREAK_AUTO,    /* unpaid: what was clocked is taken out as it was clocked, what it lacks of break_minutes at the planned time */
  ARMMS_BREAK_PUNCHED, /* unpaid, taken out as it was clocked and no further */
} ArmmsBreakMode;

/* His own duty that somebody else stood. No punch belongs to it, so it is never worked. */
typedef enum {
  ARMMS_TAKEN_OVER_NOT,
  ARMMS_TAKEN_OVER_ABSENT,  /* because he did not come: an absence, or leave, as any other */
  ARMMS_TAKEN_OVER_EXCUSED, /* leave, a changed rest day, training: no duty of his but for the leave that is given for it */
} ArmmsTakenOver;

typedef struct {
  ArmmsDate duty_date; /* local day of the start */
  ArmmsId assignment_id, relief_id, detachment_id, shift_id, position_id;
  ArmmsInstant starts_at, ends_at;
  ArmmsBreakMode break_mode;
  gint32 break_minutes;   /* allowance (PAID, PUNCHED) or length (AUTO) */
  ArmmsInstant break_at;  /* when an unpaid one is planned; NONE: in the middle */
  gboolean break_worked_through; /* nobody relieved him: whatever the mode, the break is paid as in PAID */
  ArmmsTakenOver taken_over;
  gint32 grace_in, grace_out;
  const ArmmsTimePolicy *policy;  /* borrowed */
  const ArmmsCalendar *calendar;  /* borrowed: of the duty's place; NULL: all ordinary */
  ArmmsInstant window_from, window_to; /* set by armms_duty_open_window() */
} ArmmsDuty;

typedef enum {
  ARMMS_LOG_VALID,
  ARMMS_LOG_INVALID,
  ARMMS_LOG_DUPLICATE,
  ARMMS_LOG_UNMATCHED,
  ARMMS_LOG_ADJUSTED, /* valid by way of an approved adjustment */
} ArmmsLogStatus;

const char *armms_log_status_name (ArmmsLogStatus status);

typedef struct {
  ArmmsId id;
  ArmmsId tie;             /* orders punches of one instant: the device's own id of the event */
  ArmmsInstant at;         /* what counts, after adjustments */
  ArmmsPunchKind kind;
  ArmmsId detachment_id;   /* nil: not known where */
  gboolean adjusted;
  gboolean voided;         /* by an approved adjustment: kept, not counted */
  gboolean unknown_device;
  gint32 skew;             /* minutes the device's clock was off */
  const ArmmsTimePolicy *policy; /* borrowed: the tenant's on that day; NULL: the one of the whole judgement */
  const ArmmsCalendar *calendar; /* borrowed: of its site; NULL: not known where, the duties nearby say which days are holidays */
  gpointer data;           /* the caller's */

  /* verdict */
  ArmmsLogStatus status;
  guint32 codes;           /* of ArmmsAnomalyCode bits */
  gint duty;               /* index, -1: none */
} ArmmsPunch;

typedef struct {
  ArmmsDate duty_date;
  gboolean paid;
  gint32 minutes; /* 0: the whole duty */
} ArmmsLeave;

G_END_DECLS
