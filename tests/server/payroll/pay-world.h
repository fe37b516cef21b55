/* An agency with people, rates, the law's tables and schedules, whose finalised timesheets can be told: for tests of payruns. */
#pragma once

#include "server/payroll/payroll-private.h"
#include "tests/support/test-database.h"

typedef struct {
  ArmmsTestDatabase *database;
  ArmmsDb *db;
  ArmmsActor officer, controller, manager, system; /* one tenant */
  ArmmsId client_id, mall_id, hq_id, guard_id, clerk_id, day_id, night_id, office_shift_id;
  gboolean apart;
} PayWorld;

void pay_world_set_up (PayWorld *world, gboolean apart);
void pay_world_tear_down (PayWorld *world);

ArmmsDate pay_day (const char *text);
ArmmsWork *pay_begin (PayWorld *world, const char *schema, const ArmmsActor *actor);
void pay_commit (ArmmsWork *work);
char *pay_id_text (const ArmmsId *id);

/* An employee; (transfer none) never freed before the world. @monthly: 0: by the post's card. */
ArmmsId pay_world_hire (PayWorld *world, const char *no, const char *family);
void pay_world_set_card (PayWorld *world, const ArmmsId *detachment, const ArmmsId *shift, const ArmmsId *position, const char *basis, gint64 centavos,
                         const char *factor, gboolean salaried);
ArmmsId pay_world_lend (PayWorld *world, const ArmmsId *employee, const char *kind, gint64 principal, gint64 instalment, const char *starts_on);
void pay_world_allow (PayWorld *world, const ArmmsId *employee, const char *title, gint64 amount, const char *de_minimis, const char *valid_from);

/* @days: "2026-05-01 regular=480 regular_ot=240; 2026-05-02 ordinary=480"; other members of a day by their name: "absent=480".
 * @timesheet_id: nil: a new one. Returns the event, sealed; not delivered. (transfer full) */
ArmmsEvent *pay_world_timesheet (PayWorld *world, ArmmsId *timesheet_id, gint64 version, const ArmmsId *employee, const char *employee_no, const char *from,
                                 const char *to, const ArmmsId *detachment, const ArmmsId *shift, const ArmmsId *position, const char *days);
/* As the worker would. FALSE with the error of the room. */
gboolean pay_world_deliver (PayWorld *world, const ArmmsSubscription *subscription, ArmmsEvent *event, GError **error);
gboolean pay_world_deliver_timesheet (PayWorld *world, ArmmsEvent *event, GError **error);
/* Everything that payroll's and obligations' outboxes hold and that was not delivered yet, to all who listen. */
void pay_world_deliver_all (PayWorld *world);

ArmmsId pay_world_open (PayWorld *world, const char *from);       /* period and payrun */
gint64 pay_world_calculate (PayWorld *world, const ArmmsId *payrun); /* paysheets written */
/* The state afterwards, or "error:<code>". (transfer full) */
char *pay_world_step (PayWorld *world, const ArmmsActor *actor, const ArmmsId *payrun, const char *step, const char *reason);
void pay_world_close (PayWorld *world, const ArmmsId *payrun);    /* submit, verify, approve, close, and deliver */

/* As superuser, in the database of payroll. */
char *pay_value (PayWorld *world, const char *format, ...) G_GNUC_PRINTF (2, 3); /* (transfer full) */
void pay_exec (PayWorld *world, const char *sql);
/* One figure of the paysheet of an employee, in centavos. */
gint64 pay_figure (PayWorld *world, const ArmmsId *payrun, const char *employee_no, const char *column);
/* "kind code minutes amount" of every line, one a line. (transfer full) */
char *pay_lines (PayWorld *world, const ArmmsId *payrun, const char *employee_no);
/* What is closed is sealed, in balance, and adds up. */
void pay_check_books (PayWorld *world, const ArmmsId *payrun);
/* Everything a calculation writes, without what says when. (transfer full) */
char *pay_dump (PayWorld *world, const ArmmsId *payrun);
