/* The pattern of approvals, on a real database, with a subject of the test's own. */
#include "server/approvals/approvals.h"
#include "server/iam/iam.h"
#include "server/platform/work/work.h"
#include "server/tenant/tenant.h"
#include "tests/support/test-database.h"

#include <string.h>

typedef struct {
  ArmmsTestDatabase *database;
  ArmmsConfig *config;
  ArmmsDb *db;
  ArmmsId tenant, other_tenant, asker, verifier, approver;
} World;

static World world;
static guint approved, rejected;
static gboolean refuse;

static gboolean
on_approved (ArmmsWork *work, const ArmmsId *resource_id, const char *change_json, GError **error)
{
  g_assert_nonnull (strstr (change_json, "after"));
  approved++;
  if (refuse)
    armms_error_set (error, ARMMS_ERROR_CONFLICT, "thing.moved", "the thing has moved on");
  return !refuse;
}

static gboolean
on_rejected (ArmmsWork *work, const ArmmsId *resource_id, const char *change_json, const char *reason, GError **error)
{
  g_assert_cmpstr (reason, ==, "no");
  rejected++;
  return TRUE;
}

static const ArmmsApprovalSubject subjects[] = {
  { "three-steps", "hr:update", "payroll:verify", "payroll:approve", on_approved, on_rejected },
  { "two-steps", "rates:update", NULL, "rates:approve", on_approved, on_rejected },
  { 0 },
};
static const ArmmsRoom rooms[] = { { .name = "things", .schema = "hr_core", .subjects = subjects }, { 0 } };

typedef enum { REQUEST, DECIDE } What;

/* One call in a unit of its own; gives the error's code, or "". */
static const char *
act (What what, const ArmmsId *tenant, const ArmmsId *who, const char *scopes, const char *subject, const ArmmsId *thing, const char *step, const char *reason)
{
  g_auto(GStrv) list = g_strsplit (scopes, " ", -1);
  ArmmsActor actor = { .tenant_id = *tenant, .user_id = *who, .request_id = "test", .scopes = (const char *const *) list };
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsWork) work = armms_work_begin (world.db, "hr_core", ARMMS_WORK_WRITE, &actor, &error);
  gboolean good;

  g_assert_no_error (error);
  good = what == REQUEST ? armms_approvals_request (work, subject, thing, "{\"before\":1,\"after\":2}", reason, NULL, &error)
                         : armms_approvals_decide (work, subject, thing, step, reason, &error);
  if (!good)
    return armms_error_get_code (error);
  good = armms_work_commit (work, &error);
  g_assert_no_error (error);
  g_assert_true (good);
  return "";
}

static char *
state_of (const char *subject, const ArmmsId *thing, guint *ret_steps)
{
  ArmmsActor actor = { .tenant_id = world.tenant, .user_id = world.asker };
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsWork) work = armms_work_begin (world.db, "hr_core", ARMMS_WORK_READ_FRESH, &actor, &error);
  ArmmsChange *change;
  char *state;

  g_assert_no_error (error);
  change = armms_approvals_find (work, subject, thing, &error);
  g_assert_no_error (error);
  if (change == NULL)
    return g_strdup ("");
  if (ret_steps != NULL)
    *ret_steps = change->steps->len;
  state = g_strdup (change->state);
  armms_record_free (&armms_change_type, change);
  return state;
}

static void
assert_state (const char *subject, const ArmmsId *thing, const char *want, guint want_steps)
{
  guint steps = 0;
  g_autofree char *state = state_of (subject, thing, &steps);

  g_assert_cmpstr (state, ==, want);
  g_assert_cmpuint (steps, ==, want_steps);
}

#define REQ(who, scopes, subject, thing) act (REQUEST, &world.tenant, &world.who, scopes, subject, thing, NULL, "please")
#define DEC(who, scopes, subject, thing, step, reason) act (DECIDE, &world.tenant, &world.who, scopes, subject, thing, step, reason)

static void
test_three_steps (void)
{
  ArmmsId thing = armms_id_new ();

  approved = 0;
  g_assert_cmpstr (REQ (asker, "hr:read", "three-steps", &thing), ==, "auth.scope");
  g_assert_cmpstr (REQ (asker, "hr:update", "unheard-of", &thing), ==, "approvals.subject");
  g_assert_cmpstr (REQ (asker, "hr:update", "three-steps", &thing), ==, "");
  g_assert_cmpstr (REQ (verifier, "hr:update", "three-steps", &thing), ==, "approvals.open");
  g_assert_cmpstr (DEC (approver, "payroll:approve", "three-steps", &thing, "approve", NULL), ==, "approvals.order");
  g_assert_cmpstr (DEC (verifier, "payroll:approve", "three-steps", &thing, "verify", NULL), ==, "auth.scope");
  g_assert_cmpstr (DEC (verifier, "payroll:verify", "three-steps", &thing, "verify", NULL), ==, "");
  assert_state ("three-steps", &thing, "VERIFIED", 2);
  g_assert_cmpstr (DEC (approver, "payroll:verify", "three-steps", &thing, "verify", NULL), ==, "approvals.order");
  g_assert_cmpuint (approved, ==, 0);
  g_assert_cmpstr (DEC (approver, "payroll:approve", "three-steps", &thing, "approve", NULL), ==, "");
  g_assert_cmpuint (approved, ==, 1);
  assert_state ("three-steps", &thing, "APPROVED", 3);
  g_assert_cmpstr (DEC (approver, "payroll:approve", "three-steps", &thing, "approve", NULL), ==, "approvals.unknown");
  /* decided: the next change of the same thing may be asked for */
  g_assert_cmpstr (REQ (asker, "hr:update", "three-steps", &thing), ==, "");
}

/* Whatever scopes he has. */
static void
test_same_person (void)
{
  static const char all[] = "hr:update payroll:verify payroll:approve rates:update rates:approve";
  ArmmsId thing = armms_id_new (), other = armms_id_new ();

  g_assert_cmpstr (REQ (asker, all, "three-steps", &thing), ==, "");
  g_assert_cmpstr (DEC (asker, all, "three-steps", &thing, "verify", NULL), ==, "approvals.same_person");
  g_assert_cmpstr (DEC (verifier, all, "three-steps", &thing, "verify", NULL), ==, "");
  g_assert_cmpstr (DEC (verifier, all, "three-steps", &thing, "approve", NULL), ==, "approvals.same_person");
  g_assert_cmpstr (DEC (asker, all, "three-steps", &thing, "approve", NULL), ==, "approvals.same_person");
  g_assert_cmpstr (REQ (asker, all, "two-steps", &other), ==, "");
  g_assert_cmpstr (DEC (asker, all, "two-steps", &other, "approve", NULL), ==, "approvals.same_person");
  g_assert_cmpstr (DEC (verifier, all, "two-steps", &other, "verify", NULL), ==, "approvals.order");
  g_assert_cmpstr (DEC (verifier, all, "two-steps", &other, "approve", NULL), ==, "");
}

static void
test_reject (void)
{
  ArmmsId thing = armms_id_new (), own = armms_id_new ();

  rejected = 0;
  g_assert_cmpstr (REQ (asker, "hr:update", "three-steps", &thing), ==, "");
  g_assert_cmpstr (DEC (verifier, "payroll:verify", "three-steps", &thing, "reject", NULL), ==, "request.invalid");
  g_assert_cmpstr (DEC (verifier, "hr:read", "three-steps", &thing, "reject", "no"), ==, "auth.scope");
  g_assert_cmpstr (DEC (verifier, "payroll:verify", "three-steps", &thing, "reject", "no"), ==, "");
  g_assert_cmpuint (rejected, ==, 1);
  assert_state ("three-steps", &thing, "REJECTED", 2);
  /* who asked may take it back */
  g_assert_cmpstr (REQ (asker, "hr:update", "three-steps", &own), ==, "");
  g_assert_cmpstr (DEC (asker, "hr:update", "three-steps", &own, "reject", "no"), ==, "");
}

/* The owner refuses at the last moment: no step was taken. */
static void
test_owner_refuses (void)
{
  ArmmsId thing = armms_id_new ();

  g_assert_cmpstr (REQ (asker, "rates:update", "two-steps", &thing), ==, "");
  refuse = TRUE;
  g_assert_cmpstr (DEC (approver, "rates:approve", "two-steps", &thing, "approve", NULL), ==, "thing.moved");
  refuse = FALSE;
  assert_state ("two-steps", &thing, "REQUESTED", 1);
}

static void
test_other_tenant (void)
{
  ArmmsId thing = armms_id_new ();

  g_assert_cmpstr (REQ (asker, "rates:update", "two-steps", &thing), ==, "");
  g_assert_cmpstr (act (DECIDE, &world.other_tenant, &world.approver, "rates:approve", "two-steps", &thing, "approve", NULL), ==, "approvals.unknown");
}

/* The trail is never changed, also not by who may write everything else of the room. */
static void
test_trail (void)
{
  PGconn *pg = armms_test_database_connect (world.database, "main", "armms_server");
  g_autofree char *set = NULL;
  char id[ARMMS_ID_TEXT_SIZE];
  static const char *const tries[] = { "update audit.change_steps set reason = 'x'", "delete from audit.change_steps" };

  set = g_strdup_printf ("select set_config('app.tenant_id', '%s', false)", armms_id_format (&world.tenant, id));
  PQclear (PQexec (pg, set));
  for (gsize i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      PGresult *result = PQexec (pg, tries[i]);

      g_assert_cmpint (PQresultStatus (result), ==, PGRES_FATAL_ERROR);
      g_assert_cmpstr (PQresultErrorField (result, PG_DIAG_SQLSTATE), ==, "42501");
      PQclear (result);
    }
  PQfinish (pg);
}

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  world.database = armms_test_database_new ();
  world.config = armms_test_database_config (world.database, "armms_server");
  world.db = armms_db_new (world.config, FALSE, &error);
  g_assert_no_error (error);
  armms_db_add_statements (world.db, "approvals", "audit", armms_approvals_room.statements);
  armms_db_add_statements (world.db, "tenant", "tenant", armms_tenant_room.statements);
  armms_approvals_set_rooms (rooms);
  world.tenant = armms_id_new ();
  world.other_tenant = armms_id_new ();
  world.asker = armms_id_new ();
  world.verifier = armms_id_new ();
  world.approver = armms_id_new ();
  g_test_add_func ("/approvals/request, verify, approve", test_three_steps);
  g_test_add_func ("/approvals/nobody decides about himself", test_same_person);
  g_test_add_func ("/approvals/reject and take back", test_reject);
  g_test_add_func ("/approvals/the owner refuses", test_owner_refuses);
  g_test_add_func ("/approvals/another tenant's change is not there", test_other_tenant);
  g_test_add_func ("/approvals/the trail stays", test_trail);
  result = g_test_run ();
  armms_db_free (world.db);
  armms_config_unref (world.config);
  armms_test_database_free (world.database);
  return result;
}
