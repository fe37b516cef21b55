/* All payruns, newest first. Enter opens one ("opened"); payruns.new makes one for a pay period. */
#pragma once

#include "client/model/row.h"
#include "client/api/api.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ARMMS_TYPE_PAYRUNS_PAGE (armms_payruns_page_get_type ())
G_DECLARE_FINAL_TYPE (ArmmsPayrunsPage, armms_payruns_page, ARMMS, PAYRUNS_PAGE, GtkWidget)

GtkWidget *armms_payruns_page_new (ArmmsApi *api);

G_END_DECLS
