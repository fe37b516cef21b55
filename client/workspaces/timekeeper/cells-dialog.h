/* Why a day's minutes are what they are: in and out, what was planned, and every minute in its cell. */
#pragma once

#include "common/wire/timekeeping/dtr-line.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* (transfer floating): a window to present */
GtkWidget *armms_cells_dialog_new (GtkWindow *parent, const ArmmsDtrLine *line);

G_END_DECLS
