#include "server/platform/db/schemas.h"

static const char *const rooms[] = {
  "platform", "queue", "tenant", "iam", "audit", "approvals", "hr", "scheduling", "leave", "timekeeping", "statutory",
  "rates", "benefits", "obligations", "payroll", "filings", "reporting", "notifications", NULL,
};
static const char *const schemas[] = {
  "platform", "queue", "tenant", "iam", "audit", "audit", "hr_core", "scheduling", "leave", "timekeeping", "gov",
  "finance_rates", "benefits", "obligations", "payroll", "filings", "reporting", "notifications", NULL,
};
G_STATIC_ASSERT (G_N_ELEMENTS (rooms) == G_N_ELEMENTS (schemas));

const char *
armms_schema_of_room (const char *room)
{
  for (gsize i = 0; rooms[i] != NULL; i++)
    if (g_str_equal (rooms[i], room))
      return schemas[i];
  return NULL;
}

const char *const *
armms_room_names (void)
{
  return rooms;
}
