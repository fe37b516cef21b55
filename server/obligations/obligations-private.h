/* Inside of the room only. */
#pragma once

#include "server/obligations/obligations.h"

G_BEGIN_DECLS

/* A stored instalment on its way to what it becomes. */
typedef struct {
  ArmmsId instalment_id, obligation_id, employee_id;
  gint64 seq_no, last_no;
  ArmmsDate period_from, period_to;
  gint64 due, waived, taken;
  const char *status, *origin; /* interned */
  ArmmsFollowUp deferral_follow_up;
  ArmmsFrequency frequency;
  ArmmsId payrun_id;
  gboolean is_new, changed;
} ArmmsPlanRow;

/* All rows of the obligations that a change touches, and the calendar. */
typedef struct {
  GArray *rows;          /* owned; of ArmmsPlanRow, by obligation */
  ArmmsPeriodKind kind;
  ArmmsDate anchor;
} ArmmsPlan;

gboolean armms_plan_load (ArmmsWork *work, const ArmmsId *instalments, gsize n, const ArmmsId *obligations, gsize n_obligations,
                          ArmmsPlan *ret_plan, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void armms_plan_clear (ArmmsPlan *plan);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ArmmsPlan, armms_plan_clear)
ArmmsPlanRow *armms_plan_find (ArmmsPlan *plan, const ArmmsId *instalment_id); /* (nullable) */
/* Plans @amount of the obligation of row @index anew, after @period: rows change, new ones come. */
gboolean armms_plan_follow_up (ArmmsPlan *plan, const ArmmsId *obligation_id, ArmmsDate period, gint64 amount, const ArmmsFollowUpPlan *follow_up,
                               const char *origin, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_plan_store (ArmmsWork *work, ArmmsPlan *plan, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The open rows of one obligation, as people see them. (transfer full) */
ArmmsObligationPlan *armms_plan_to_record (const ArmmsPlan *plan, const ArmmsId *obligation_id);

gboolean armms_obligations_calendar (ArmmsWork *work, ArmmsPeriodKind *ret_kind, ArmmsDate *ret_anchor, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Appends the rows of a first schedule. */
gboolean armms_obligations_plan_schedule (const ArmmsObligation *obligation, ArmmsPeriodKind kind, ArmmsDate anchor, GArray *rows, GError **error) G_GNUC_WARN_UNUSED_RESULT;

ArmmsObligation *armms_obligations_load (ArmmsWork *work, const ArmmsId *id, GError **error);
ArmmsObligation *armms_obligations_create (ArmmsWork *work, const ArmmsObligation *wanted, GError **error);
ArmmsObligationPlan *armms_obligations_request_reschedule (ArmmsWork *work, const ArmmsId *id, const ArmmsObligationReschedule *wanted, GError **error);

gboolean armms_obligations_on_payrun_closed (ArmmsWork *work, const GPtrArray *events, GError **error);
gboolean armms_obligations_on_approved (ArmmsWork *work, const ArmmsId *id, const char *change, GError **error);
gboolean armms_obligations_on_rejected (ArmmsWork *work, const ArmmsId *id, const char *change, const char *reason, GError **error);
gboolean armms_waiver_on_approved (ArmmsWork *work, const ArmmsId *id, const char *change, GError **error);
gboolean armms_waiver_on_rejected (ArmmsWork *work, const ArmmsId *id, const char *change, const char *reason, GError **error);
gboolean armms_reschedule_on_approved (ArmmsWork *work, const ArmmsId *id, const char *change, GError **error);
gboolean armms_reschedule_on_rejected (ArmmsWork *work, const ArmmsId *id, const char *change, const char *reason, GError **error);

gboolean armms_obligations_tell (ArmmsWork *work, const char *event, const ArmmsId *obligation_id, const ArmmsId *employee_id, gint64 version,
                                 char *payload, GError **error) G_GNUC_WARN_UNUSED_RESULT;

extern const ArmmsRoute armms_obligations_routes[];

G_END_DECLS
