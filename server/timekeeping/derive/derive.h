/* From clock events to time logs, DTR lines, anomalies and the totals of timesheets, for whoever was touched.
 *
 * Shape  sets in, sets out: a handful of statements whatever the number of employees; the rules in between are pure
 *        (server/rules/time). Only rows that differ are written. What is told, in which order, in how many portions, once or
 *        twice: the rows are the same.
 * Locks  one advisory lock for each slot of the employees, held until the unit ends: two who judge the same employee go one
 *        after the other, so that nobody writes what he read before the other wrote.
 */
#pragma once

#include "common/base/date.h"
#include "common/base/id.h"
#include "server/platform/work/work.h"
#include "server/timekeeping/settings.h"

G_BEGIN_DECLS

#define ARMMS_DERIVE_SLOTS 16

/* What gave cause to judge somebody again. */
typedef struct {
  ArmmsId employee_id;
  ArmmsInstant at;     /* a punch at that instant; NONE: */
  ArmmsDate from, to;  /* duty dates whose plan, leave, holiday or close has changed */
  gboolean sealed_span;/* exactly these duty dates and no more (closing of days, recomputation) */
} ArmmsTouch;

typedef struct {
  guint64 judged;      /* lines that were looked at */
  guint64 logs, lines, lines_gone, anomalies, anomalies_gone, timesheets; /* written, or, comparing, different */
} ArmmsDeriveFigures;

typedef enum { ARMMS_DERIVE_WRITE, ARMMS_DERIVE_COMPARE } ArmmsDeriveMode;

/* @touches: of ArmmsTouch, in any order; sorted here. @figures: added to. */
gboolean armms_derive (ArmmsWork *work, const ArmmsTimekeepingSettings *settings, GArray *touches, ArmmsDeriveMode mode,
                       ArmmsDeriveFigures *figures, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* An event of nobody we know: a time log and its anomaly. */
typedef struct {
  ArmmsId clock_event_id, device_id, event_id, detachment_id;
  ArmmsInstant event_ts;
  const char *type;         /* borrowed */
  const char *employee_ref; /* borrowed, nullable */
} ArmmsStrayEvent;
gboolean armms_derive_strays (ArmmsWork *work, const ArmmsTimekeepingSettings *settings, const ArmmsStrayEvent *events, gsize n,
                              ArmmsDeriveMode mode, ArmmsDeriveFigures *figures, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Taken first of all in a unit that derives or finalises. @n 0: all slots. */
gboolean armms_derive_lock (ArmmsWork *work, const ArmmsId *employees, gsize n, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Of which days absence is told: through is NONE, of none yet. */
typedef struct { ArmmsDate from, through; } ArmmsSwept;
gboolean armms_derive_load_swept (ArmmsWork *work, ArmmsSwept *ret_swept, GError **error) G_GNUC_WARN_UNUSED_RESULT;

ArmmsId armms_timesheet_id (const ArmmsId *employee_id, ArmmsDate period_from, const ArmmsId *detachment_id,
                            const ArmmsId *shift_id, const ArmmsId *position_id);

G_END_DECLS
