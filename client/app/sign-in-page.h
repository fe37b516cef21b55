/* Where the day begins: server, login, password; then the organisation when there is a choice.
 *
 * Shape  fills itself from the settings, writes them back when the sign-in worked. Emits "signed-in".
 */
#pragma once

#include "client/session/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ARMMS_TYPE_SIGN_IN_PAGE (armms_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (ArmmsSignInPage, armms_sign_in_page, ARMMS, SIGN_IN_PAGE, GtkWidget)

ArmmsSignInPage *armms_sign_in_page_new (void);
/* @tenant: (nullable): wanted by the command line, before the remembered one */
void armms_sign_in_page_set_session (ArmmsSignInPage *self, ArmmsSession *session, GSettings *settings, const char *tenant);
/* Tries what needs no typing: a sign-in file, else the keyring. @sign_in_file: (nullable) */
void armms_sign_in_page_resume (ArmmsSignInPage *self, const char *sign_in_file);
/* Why the page is shown again: "signed out elsewhere". (nullable) */
void armms_sign_in_page_show_reason (ArmmsSignInPage *self, const char *reason);
void armms_sign_in_page_focus (ArmmsSignInPage *self);

G_END_DECLS
