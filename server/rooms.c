/* The table of rooms: a room that lands adds its header, its row, and its _dep in server/programs/meson.build. */
#include "server/room.h"

#include "server/approvals/approvals.h"
#include "server/audit/audit.h"
#include "server/benefits/benefits.h"
#include "server/hr/hr.h"
#include "server/iam/iam.h"
#include "server/obligations/obligations.h"
#include "server/payroll/payroll.h"
#include "server/queue/queue.h"
#include "server/rates/rates.h"
#include "server/scheduling/scheduling.h"
#include "server/statutory/statutory.h"
#include "server/tenant/tenant.h"
#include "server/timekeeping/timekeeping.h"

/* In the order of the arrows: a room may call those above it. */
static const ArmmsRoom *const table[] = {
  &armms_queue_room,
  &armms_tenant_room,
  &armms_iam_room,
  &armms_audit_room,
  &armms_approvals_room,
  &armms_hr_room,
  &armms_scheduling_room,
  &armms_timekeeping_room,
  &armms_statutory_room,
  &armms_rates_room,
  &armms_benefits_room,
  &armms_obligations_room,
  &armms_payroll_room,
};

const ArmmsRoom *
armms_rooms (void)
{
  static ArmmsRoom rooms[G_N_ELEMENTS (table) + 1];
  static gsize done;

  if (g_once_init_enter (&done))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
        rooms[i] = *table[i];
      armms_approvals_set_rooms (rooms);
      g_once_init_leave (&done, 1);
    }
  return rooms;
}

void
armms_rooms_register (ArmmsDb *db)
{
  for (const ArmmsRoom *room = armms_rooms (); room->name != NULL; room++)
    {
      armms_db_add_statements (db, room->name, room->schema, room->statements);
      armms_outbox_register (db, room->schema);
    }
}
