/* Timesheets of a period: filters above, the grid, and below it the days and anomalies of the one that is chosen.
 *
 * Actions page.refresh, page.search, page.explain, timesheets.finalise (the chosen ones, or all that the filters name)
 */
#pragma once

#include "client/api/api.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ARMMS_TYPE_TIMESHEETS_PAGE (armms_timesheets_page_get_type ())
G_DECLARE_FINAL_TYPE (ArmmsTimesheetsPage, armms_timesheets_page, ARMMS, TIMESHEETS_PAGE, GtkWidget)

GtkWidget *armms_timesheets_page_new (ArmmsApi *api);

G_END_DECLS
