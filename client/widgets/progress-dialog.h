/* A job while it runs, and when it is over what it left out and why.
 *
 * Keys   Escape closes the window; the job goes on and its page learns of its end. Cancel asks the server to stop it.
 * Upward "ended" when the job is over, with or without success.
 */
#pragma once

#include "client/model/job-watch.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define ARMMS_TYPE_PROGRESS_DIALOG (armms_progress_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ArmmsProgressDialog, armms_progress_dialog, ARMMS, PROGRESS_DIALOG, AdwWindow)

/* @doing: "Finalising timesheets"; @done: "Timesheets finalised" */
ArmmsProgressDialog *armms_progress_dialog_new (GtkWindow *parent, ArmmsJobWatch *job, const char *doing, const char *done);

G_END_DECLS
