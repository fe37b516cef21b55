/* A workspace: what one role does all day, as one page of the window.
 *
 * Shape  a row per workspace; the window shows those whose scope the user holds, in this order. The page is made on the
 *        first visit. A page answers these actions as far as they mean something there:
 *          page.refresh (F5)  page.search (Ctrl+F)  page.explain (F2, Ctrl+I)
 *        and asks upward: win.notice (s) shows a line at the foot of the window.
 */
#pragma once

#include "client/api/api.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct {
  const char *id;          /* "timekeeper": --workspace, and the remembered one */
  const char *title;       /* N_() text */
  const char *icon_name;
  const char *scope;
  GtkWidget *(*create) (ArmmsApi *api); /* (transfer floating) */
} ArmmsWorkspace;

G_END_DECLS
