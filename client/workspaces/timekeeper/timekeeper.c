#include "client/workspaces/timekeeper/timekeeper.h"

#include "client/workspaces/timekeeper/timesheets-page.h"

#include <glib/gi18n.h>

const ArmmsWorkspace armms_timekeeper_workspace = {
  .id = "timekeeper",
  .title = N_("Timesheets"),
  .icon_name = "x-office-calendar-symbolic",
  .scope = "timekeeping:read",
  .create = armms_timesheets_page_new,
};
