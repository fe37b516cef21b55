/* The one window: sign-in first, then the workspaces that the user's scopes allow. */
#pragma once

#include "client/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define ARMMS_TYPE_WINDOW (armms_window_get_type ())
G_DECLARE_FINAL_TYPE (ArmmsWindow, armms_window, ARMMS, WINDOW, AdwApplicationWindow)

/* @tenant, @workspace, @sign_in_file: (nullable): from the command line */
ArmmsWindow *armms_window_new (AdwApplication *application, ArmmsSession *session, GSettings *settings, const char *tenant,
                               const char *workspace, const char *sign_in_file);

G_END_DECLS
