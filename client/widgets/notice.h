/* A strip across the page: something that people should know, and one thing that they can do about it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ARMMS_TYPE_NOTICE (armms_notice_get_type ())
G_DECLARE_FINAL_TYPE (ArmmsNotice, armms_notice, ARMMS, NOTICE, GtkWidget)

ArmmsNotice *armms_notice_new (void);
/* @text NULL hides it. @style: "error", "warning" or NULL. @button, @action: (nullable): a mnemonic label and its action */
void armms_notice_show (ArmmsNotice *self, const char *style, const char *text, const char *button, const char *action);
void armms_notice_show_error (ArmmsNotice *self, const GError *error); /* NULL hides it */

G_END_DECLS
