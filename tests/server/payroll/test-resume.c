/* A calculation that is killed goes on where it was, and gives what an undisturbed one gives. Obligations keep every centavo. */
#include "tests/server/payroll/pay-world.h"

#include "server/approvals/approvals.h"
#include "server/obligations/obligations-private.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>

#define GUARDS 260 /* enough for two chunks */

static void
fill (PayWorld *w)
{
  pay_world_set_card (w, &w->mall_id, &w->day_id, &w->guard_id, "daily", 80000, NULL, FALSE);
  for (guint i = 0; i < GUARDS; i++)
    {
      g_autofree char *no = g_strdup_printf ("G%03u", i);
      g_autofree char *days = g_strdup_printf ("2026-05-04 ordinary=480 ordinary_ot=%u;2026-05-05 ordinary=480", 1 + i);
      ArmmsId employee = pay_world_hire (w, no, "Family"), timesheet = ARMMS_ID_NIL;
      ArmmsEvent *event = pay_world_timesheet (w, &timesheet, 1, &employee, no, "2026-05-01", "2026-05-15", &w->mall_id, &w->day_id, &w->guard_id, days);

      g_assert_true (pay_world_deliver_timesheet (w, event, NULL));
      armms_event_free (event);
    }
}

/* The part of a worker that is killed: this program started again. */
static int
calculate_and_die (const char *config_path, const char *tenant, const char *user, const char *payrun)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsConfig) config = armms_config_load (config_path, &error);
  g_autoptr(ArmmsDb) db = config != NULL ? armms_db_new (config, FALSE, &error) : NULL;
  ArmmsActor actor = { .request_id = "killed" };
  ArmmsId payrun_id;

  if (db == NULL)
    g_error ("%s", error->message);
  armms_rooms_register (db);
  g_assert_true (armms_id_parse (tenant, &actor.tenant_id) && armms_id_parse (user, &actor.user_id) && armms_id_parse (payrun, &payrun_id));
  return armms_payroll_calculate (db, &actor, &payrun_id, NULL, NULL, &error) ? 0 : 1;
}

static void
test_killed (void)
{
  PayWorld world, *w = &world;
  ArmmsId payrun;
  g_autofree char *id = NULL, *tenant = NULL, *user = NULL, *killed = NULL, *whole = NULL, *sheets = NULL, *reset = NULL;
  g_autoptr(GSubprocess) child = NULL;
  g_autoptr(GError) error = NULL;
  ArmmsWork *work;
  gint64 written = -1;

  pay_world_set_up (w, FALSE);
  fill (w);
  payrun = pay_world_open (w, "2026-05-01");
  id = pay_id_text (&payrun);
  tenant = pay_id_text (&w->officer.tenant_id);
  user = pay_id_text (&w->officer.user_id);
  work = pay_begin (w, "payroll", &w->officer);
  g_assert_true (armms_payroll_start_calculation (work, &payrun, NULL, &error));
  pay_commit (work);

  /* The second chunk hangs just before it would be done, and the worker dies in the middle of it. */
  pay_exec (w, "create function public.hang() returns trigger language plpgsql as $$ begin if new.chunk_no = 1 then perform pg_sleep(60); end if; return new; end $$");
  pay_exec (w, "create trigger hang before insert on payroll.payrun_chunks for each row execute function public.hang()");
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "/proc/self/exe", "--calculate", armms_test_database_config_file (w->database, "armms_worker"),
                            tenant, user, id, NULL);
  g_assert_no_error (error);
  for (guint i = 0; i < 600; i++)
    {
      g_autofree char *done = pay_value (w, "select count(*) from payroll.payrun_chunks");
      g_autofree char *hanging = pay_value (w, "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()");

      if (g_str_equal (done, "1") && g_str_equal (hanging, "1"))
        break;
      g_assert_cmpuint (i, <, 599);
      g_usleep (50 * 1000);
    }
  g_subprocess_send_signal (child, SIGKILL);
  g_subprocess_wait (child, NULL, NULL);
  reset = pay_value (w, "select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()");
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *gone = pay_value (w, "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()");

      if (g_str_equal (gone, "0"))
        break;
      g_usleep (20 * 1000);
    }
  pay_exec (w, "drop trigger hang on payroll.payrun_chunks");
  sheets = pay_value (w, "select count(*) from payroll.paysheets where payrun_id = '%s'", id);
  g_assert_cmpint (g_ascii_strtoll (sheets, NULL, 10), ==, GUARDS / 2);

  /* The job comes again: only what was not committed is computed. */
  g_assert_true (armms_payroll_calculate (w->db, &w->officer, &payrun, NULL, &written, &error));
  g_assert_no_error (error);
  g_assert_cmpint (written, ==, GUARDS / 2);
  killed = pay_dump (w, &payrun);

  /* As if nothing had ever been calculated: the same rows. */
  pay_exec (w, "delete from payroll.paysheet_lines; delete from payroll.paysheets; delete from payroll.payrun_chunks");
  g_assert_cmpint (pay_world_calculate (w, &payrun), ==, GUARDS);
  whole = pay_dump (w, &payrun);
  g_assert_cmpstr (killed, ==, whole);

  /* An older calculation that wakes up late stops: the payrun is not its own any more. */
  pay_exec (w, "update payroll.payruns set state = 'SUBMITTED'");
  g_assert_false (armms_payroll_calculate (w->db, &w->officer, &payrun, NULL, NULL, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "payrun.state");
  pay_world_tear_down (w);
}

/* ---- conservation --------------------------------------------------------------------------------------------- */

static gint64
conserved (PayWorld *w, const ArmmsId *obligation)
{
  g_autofree char *id = pay_id_text (obligation);
  g_autofree char *value = pay_value (w, "select sum(case when status = 'PLANNED' then due_centavos - waived_centavos else taken_centavos end) from obligations.instalments"
                                         " where obligation_id = '%s'", id);

  return g_ascii_strtoll (value, NULL, 10);
}

/* One random change of the plan; refused ones change nothing. */
static gboolean
waive_at_random (PayWorld *w, const ArmmsId *obligation)
{
  static const char *const follow_ups[] = { "carry_forward", "respread", "append", "manual" };
  g_autofree char *id = pay_id_text (obligation);
  g_autofree char *row = pay_value (w, "select instalment_id || ' ' || due_centavos - waived_centavos || ' ' || period_from from obligations.instalments"
                                       " where obligation_id = '%s' and status = 'PLANNED' order by random() limit 1", id);
  g_auto(GStrv) words = g_strsplit (row, " ", -1);
  g_autoptr(GPtrArray) manual = armms_records_new (&armms_waiver_instalment_type);
  g_autofree char *waiver_text = NULL;
  ArmmsObligationWaiver waiver = { .reason_code = (char *) "hardship", .reason = (char *) "at random" };
  gint64 open = g_ascii_strtoll (words[1], NULL, 10), amount;
  guint kind = (guint) g_test_rand_int_range (0, 4);
  g_autoptr(GError) error = NULL;
  ArmmsObligationPlan *plan;
  ArmmsId waiver_id;
  ArmmsWork *work;
  gboolean fine;

  g_assert_true (armms_id_parse (words[0], &waiver.instalment_id));
  amount = g_test_rand_int_range (1, (gint32) open + 1);
  waiver.amount = ARMMS_MONEY (amount);
  waiver.follow_up = (char *) follow_ups[kind];
  waiver.periods = g_test_rand_int_range (1, 7);
  if (kind == 3)
    {
      ArmmsWaiverInstalment *instalment = armms_record_new (&armms_waiver_instalment_type);
      ArmmsPeriod period = armms_period_of (ARMMS_PERIOD_SEMI_MONTHLY, ARMMS_DATE_NONE, armms_date_add_days (pay_day (words[2]), 16 * g_test_rand_int_range (1, 12)));

      instalment->period_from = period.from;
      /* Now and then they do not add up: refused. */
      instalment->amount = ARMMS_MONEY (amount + (g_test_rand_int_range (0, 5) == 0 ? 1 : 0));
      g_ptr_array_add (manual, instalment);
      waiver.instalments = manual;
    }
  work = pay_begin (w, "obligations", &w->officer);
  plan = armms_obligations_request_waiver (work, &waiver, &error);
  if (plan == NULL)
    {
      armms_work_free (work);
      return FALSE;
    }
  armms_record_free (&armms_obligation_plan_type, plan);
  pay_commit (work);
  waiver_text = pay_value (w, "select waiver_id from obligations.waivers where state = 'REQUESTED'");
  g_assert_true (armms_id_parse (waiver_text, &waiver_id));
  work = pay_begin (w, "obligations", &w->controller);
  g_assert_true (armms_approvals_decide (work, "obligation-waiver", &waiver_id, "verify", NULL, &error));
  pay_commit (work);
  work = pay_begin (w, "obligations", &w->manager);
  fine = g_test_rand_int_range (0, 4) == 0 ? armms_approvals_decide (work, "obligation-waiver", &waiver_id, "reject", "no", &error)
                                           : armms_approvals_decide (work, "obligation-waiver", &waiver_id, "approve", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (fine);
  pay_commit (work);
  return TRUE;
}

/* A payrun takes what it takes of everything that is due: all, some, nothing. */
static void
settle_at_random (PayWorld *w, const char *period)
{
  g_autofree char *rows = pay_value (w, "select coalesce(string_agg(instalment_id || ' ' || due_centavos - waived_centavos, ','), '') from obligations.instalments"
                                        " where status = 'PLANNED' and period_from <= '%s'", period);
  g_auto(GStrv) each = g_strsplit (rows, ",", -1);
  g_autoptr(GString) ids = g_string_new (NULL), taken = g_string_new (NULL);
  ArmmsId payrun = armms_id_new ();
  char text[ARMMS_ID_TEXT_SIZE];
  g_autoptr(GError) error = NULL;
  ArmmsEvent *event;

  for (guint i = 0; each[i] != NULL && each[i][0] != '\0'; i++)
    {
      g_auto(GStrv) words = g_strsplit (each[i], " ", -1);
      gint32 open = (gint32) g_ascii_strtoll (words[1], NULL, 10);
      gint32 kind = g_test_rand_int_range (0, 3);

      g_string_append_printf (ids, "%s\"%s\"", i > 0 ? "," : "", words[0]);
      g_string_append_printf (taken, "%s%d", i > 0 ? "," : "", kind == 0 ? open : kind == 1 ? 0 : g_test_rand_int_range (0, open + 1));
    }
  event = armms_event_new ("armms.payroll.PayrunClosed.v1", "payrun", &payrun, 1, &payrun,
                           g_strdup_printf ("{\"payrun_id\":\"%s\",\"period_from\":\"%s\",\"period_to\":\"%s\",\"part\":1,\"parts\":1,\"obligations\":{\"instalment_id\":[%s],"
                                            "\"taken\":[%s]}}", armms_id_format (&payrun, text), period, period, ids->str, taken->str));
  if (!pay_world_deliver (w, &armms_obligations_room.subscriptions[0], event, &error))
    g_error ("%s", error->message);
  armms_event_free (event);
}

static void
test_conserved (void)
{
  static const char *const periods[] = { "2026-05-01", "2026-05-16", "2026-06-01", "2026-06-16", "2026-07-01", "2026-07-16" };
  PayWorld world, *w = &world;
  ArmmsId employee, obligations[3];
  const gint64 principals[3] = { 1000000, 777777, 100 };
  guint refused = 0;

  pay_world_set_up (w, FALSE);
  employee = pay_world_hire (w, "E001", "Dela Cruz");
  obligations[0] = pay_world_lend (w, &employee, "company_loan", principals[0], 130000, "2026-05-01");
  obligations[1] = pay_world_lend (w, &employee, "cash_advance", principals[1], 99999, "2026-05-16");
  obligations[2] = pay_world_lend (w, &employee, "damage", principals[2], 7, "2026-05-01");
  for (guint p = 0; p < G_N_ELEMENTS (periods); p++)
    {
      for (guint i = 0; i < 8; i++)
        {
          guint which = (guint) g_test_rand_int_range (0, 3);
          g_autofree char *id = pay_id_text (&obligations[which]);
          g_autofree char *open = pay_value (w, "select count(*) from obligations.instalments where obligation_id = '%s' and status = 'PLANNED'", id);

          if (!g_str_equal (open, "0"))
            refused += waive_at_random (w, &obligations[which]) ? 0 : 1;
          for (guint o = 0; o < 3; o++)
            g_assert_cmpint (conserved (w, &obligations[o]), ==, principals[o]);
        }
      settle_at_random (w, periods[p]);
      for (guint o = 0; o < 3; o++)
        g_assert_cmpint (conserved (w, &obligations[o]), ==, principals[o]);
    }
  g_test_message ("%u changes were refused", refused);

  /* And whoever writes past the program is refused by the database. */
  {
    PGconn *owner = armms_test_database_owner (w->database, "main");
    PGresult *result = PQexec (owner, "update obligations.instalments set due_centavos = due_centavos + 1 where status = 'PLANNED'");

    g_assert_cmpint (PQresultStatus (result), ==, PGRES_FATAL_ERROR);
    g_assert_nonnull (strstr (PQerrorMessage (owner), "do not add up to the obligation"));
    PQclear (result);
  }
  pay_world_tear_down (w);
}

int
main (int argc, char **argv)
{
  if (argc == 6 && g_str_equal (argv[1], "--calculate"))
    return calculate_and_die (argv[2], argv[3], argv[4], argv[5]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payroll/resume/a killed calculation goes on and gives the same rows", test_killed);
  g_test_add_func ("/payroll/resume/random waivers and payruns keep every centavo of an obligation", test_conserved);
  return g_test_run ();
}
