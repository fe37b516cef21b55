/* A long piece of work on the server, watched: how far it is, how it ended, what it left out and why.
 *
 * Shape  asks GET /v1/jobs/{id} again and again, soon at first and slower later; a lost connection only makes it wait.
 *        Signals: "changed"; "ended" once, when the job is over or can no longer be watched.
 */
#pragma once

#include "client/api/api.h"

G_BEGIN_DECLS

#define ARMMS_TYPE_JOB_WATCH (armms_job_watch_get_type ())
G_DECLARE_FINAL_TYPE (ArmmsJobWatch, armms_job_watch, ARMMS, JOB_WATCH, GObject)

/* @path: "/v1/jobs/{id}", the Location of a 202. Begins at once. */
ArmmsJobWatch *armms_job_watch_new (ArmmsApi *api, const char *path);
/* How people call an item that was left out; NULL where it is not known. (transfer full) */
typedef char *(*ArmmsJobLabel) (const ArmmsId *item, gpointer user_data);
void armms_job_watch_set_labels (ArmmsJobWatch *self, ArmmsJobLabel label, gpointer user_data, GDestroyNotify destroy);
void armms_job_watch_stop (ArmmsJobWatch *self);   /* no more questions; the job itself goes on */
void armms_job_watch_cancel (ArmmsJobWatch *self); /* asks the server to stop the job */

const char *armms_job_watch_get_state (ArmmsJobWatch *self); /* the server's word; "" before the first answer */
gint64 armms_job_watch_get_done (ArmmsJobWatch *self);
gint64 armms_job_watch_get_total (ArmmsJobWatch *self);      /* 0: not known yet */
gint64 armms_job_watch_get_failed (ArmmsJobWatch *self);
gboolean armms_job_watch_is_over (ArmmsJobWatch *self);
gboolean armms_job_watch_is_cancelling (ArmmsJobWatch *self);
const GError *armms_job_watch_get_error (ArmmsJobWatch *self); /* (nullable): why it failed or cannot be watched */
/* What was left out, as rows for a grid (type armms_job_watch_problem_type). (transfer none) */
GListModel *armms_job_watch_get_problems (ArmmsJobWatch *self);
const ArmmsRecordType *armms_job_watch_get_problem_type (void);

G_END_DECLS
