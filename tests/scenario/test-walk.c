/* The walk: a month of punches becomes paid, approved, explained payslips. Every figure here was worked out by hand from
 * the law and the two rate cards; a payroll officer can follow each with a calculator.
 *
 * May 2026, one mall in Manila (NCR, minimum wage 695.00). The 1st is a Friday and Labor Day, the 27th a Wednesday and
 * Eid'l Adha, both regular holidays. Day shift 06:00-18:00, night shift 18:00-06:00, the meal break is paid. Day guards
 * earn 750.00 for 8 hours until the 10th and 800.00 from the 11th, night guards 695.00. At least the larger of 30 % of
 * gross and 4,000.00 is paid out. SSS and PhilHealth are taken on the second half-month, HDMF on the first.
 *
 * A 12-hour day duty is 8 h and 4 h of overtime (x 1.25): at 750.00 that is 750.00 + 468.75, at 800.00 800.00 + 500.00.
 * On a regular holiday it is x 2.00 and 4 h x 2.60; on one's rest day x 1.30 and x 1.69.
 * PhilHealth: 800.00 x 393.5 / 12 = 26,233.33; 5 % = 1,311.67; employer 655.84, employee 655.83.
 *             695.00 x 393.5 / 12 = 22,790.21; 5 % = 1,139.51; employer 569.76, employee 569.75.
 * 13th month: basic pay so far / 12, less what was set aside before; premiums and overtime are not basic.
 *
 * W-1 ALON   day, rests on Sundays, always there.
 *   1-15   the 1st 1,500.00 + 375.00 x 2.60 = 975.00; seven duties at 750.00: 5,250.00 + 3,281.25; five at 800.00:
 *          4,000.00 + 2,500.00. Gross 17,506.25. HDMF 200.00. Tax 937.50 + 20 % x (17,306.25 - 16,667.00) = 1,065.35.
 *          Net 16,240.90. 13th month (750.00 + 5,250.00 + 4,000.00) / 12 = 833.33
 *   16-31  twelve duties 9,600.00 + 6,000.00; the 27th 1,600.00 + 1,040.00. Gross 18,240.00. Month 35,746.25: credit
 *          35,000, SSS 1,750.00 (employer 3,500.00 + 30.00). Tax 15 % x (15,834.17 - 10,417.00) = 812.58. Net 15,021.59
 *          13th month 20,400.00 / 12 = 1,700.00, less 833.33
 *
 * W-2 BUAN   night, rests on Sundays, at the minimum wage: free of tax. An hour is 86.875.
 *   A night duty is 4 h, 4 h of night (x 1.10), 4 h of overtime at night (x 1.375). On Saturdays its last 6 h lie on the
 *   rest day (2 h x 1.43, 4 h x 1.859). Into the holiday: 2 h x 2.20, 4 h x 2.86; out of it: 4 h x 2.00, 2 h x 2.20.
 *   The duty of 30 April runs into Labor Day, and belongs to the half-month in which it began.
 *   1-15   from the 1st (holiday until midnight), Saturdays the 2nd and 9th, ten more.
 *          4 h x 2.00 = 695.00; 2 h x 2.20 = 382.25; 48 h = 4,170.00; 46 h x 1.10 = 4,395.875; 44 h x 1.375 = 5,255.9375;
 *          4 h x 1.43 = 496.925; 8 h x 1.859 = 1,292.005. Gross 16,688.01. HDMF 200.00. Net 16,488.01
 *          13th month 13 x 695.00 = 9,035.00 / 12 = 752.92
 *   16-31  Saturdays the 16th, 23rd, 30th, the 26th (into the holiday), the 27th (out of it), eight more.
 *          48 h = 4,170.00; 42 h x 1.10 = 4,013.625; 36 h x 1.375 = 4,300.3125; 6 h x 1.43 = 745.3875;
 *          12 h x 1.859 = 1,938.0075; 4 h x 2.00 = 695.00; 4 h x 2.20 = 764.50; 4 h x 2.86 = 993.85. Gross 17,620.69
 *          Month 34,308.70: credit 34,500, SSS 1,725.00 (employer 3,450.00 + 30.00). Net 15,325.94
 *          13th month 18,070.00 / 12 = 1,505.83, less 752.92
 *
 * W-3 CRUZ   day, five duties in each half, an SSS loan (12,000.00 at 1,000.00) and a cash advance (3,000.00 at 1,500.00).
 *   1-15   3,750.00 + 2,343.75 = 6,093.75. HDMF 200.00. The floor leaves 6,093.75 - 200.00 - 4,000.00 = 1,893.75: the SSS
 *          loan whole, of the advance 893.75; 606.25 is put off. Net 4,000.00. 13th month 3,750.00 / 12 = 312.50
 *   16-31  4,000.00 + 2,500.00, and the 27th, not worked but he worked his last planned day before it: 800.00.
 *          Gross 7,300.00. Month 13,393.75: credit 13,500, SSS 675.00 (employer 1,350.00 + 10.00). The floor leaves
 *          7,300.00 - 1,330.83 - 4,000.00 = 1,969.17: the SSS loan, and of 1,500.00 + 606.25 = 2,106.25 969.17;
 *          1,137.08 goes to June. 893.75 + 969.17 + 1,137.08 = 3,000.00. Net 4,000.00
 *          13th month (3,750.00 + 4,800.00) / 12 = 712.50, less 312.50
 *
 * W-4 DIAZ   day, from the 11th; on the 13th he forgot to clock out, and left at 17:30: 8 h and 3.5 h of overtime.
 *   1-15   4,000.00 + 19.5 h x 100.00 x 1.25 = 2,437.50. Gross 6,437.50. HDMF 200.00. Net 6,237.50. 13th month 333.33
 *   16-31  as ALON 18,240.00. Month 24,677.50: credit 24,500, SSS 1,225.00 (employer 2,450.00 + 30.00).
 *          Tax 15 % x (16,359.17 - 10,417.00) = 891.33. Net 15,467.84. 13th month 14,400.00 / 12 = 1,200.00, less 333.33
 *
 * W-5 ENRIQUEZ  day, from the 11th, rests on Tuesdays; on Tuesday the 12th he stands in for FLORES.
 *   1-15   3,200.00 + 2,000.00; 800.00 x 1.30 = 1,040.00; 400.00 x 1.69 = 676.00. Gross 6,916.00. HDMF 200.00.
 *          Net 6,716.00. 13th month 4,000.00 / 12 = 333.33
 *   16-31  13 duties 10,400.00 + 6,500.00; the 27th 1,600.00 + 1,040.00. Gross 19,540.00. Month 26,456.00: credit 26,500,
 *          SSS 1,325.00 (employer 2,650.00 + 30.00). Tax 937.50 + 20 % x (17,559.17 - 16,667.00) = 1,115.93.
 *          Net 16,443.24. 13th month 15,200.00 / 12 = 1,266.67, less 333.33
 *
 * W-6 FLORES day, rests on Sundays. Worked on 30 April and stayed at home on Labor Day: it is paid. Sick on the 12th.
 *            Absent on the 26th and not there on the 27th: that holiday is not paid.
 *   1-15   750.00; seven duties 5,250.00 + 3,281.25; four 3,200.00 + 2,000.00. Gross 14,481.25. HDMF 200.00.
 *          Tax 15 % x (14,281.25 - 10,417.00) = 579.64. Net 13,701.61. 13th month 9,200.00 / 12 = 766.67
 *   16-31  eleven duties 8,800.00 + 5,500.00. Gross 14,300.00. Month 28,781.25: credit 29,000, SSS 1,450.00 (employer
 *          2,900.00 + 30.00). Tax 15 % x (12,194.17 - 10,417.00) = 266.58. Net 11,927.59
 *          13th month 18,000.00 / 12 = 1,500.00, less 766.67
 */
#include "server/hr/hr.h"
#include "server/iam/iam.h"
#include "server/obligations/obligations.h"
#include "server/programs/work/worker.h"
#include "server/rates/rates.h"
#include "server/scheduling/scheduling.h"
#include "server/statutory/statutory.h"
#include "server/tenant/tenant.h"
#include "server/timekeeping/ingest/directory.h"
#include "server/timekeeping/timekeeping.h"
#include "tests/support/test-server.h"

#include <string.h>

typedef enum { ALON, BUAN, CRUZ, DIAZ, ENRIQUEZ, FLORES, N_GUARDS } Guard;

static const char *const names[N_GUARDS] = { "Alon", "Buan", "Cruz", "Diaz", "Enriquez", "Flores" };
static const char *const numbers[N_GUARDS] = { "W-1", "W-2", "W-3", "W-4", "W-5", "W-6" };

typedef enum { TIMEKEEPER, OFFICER, CONTROLLER, MANAGER, ADMINISTRATOR, N_USERS } User;

static const char *const roles[N_USERS] = { "timekeeper", "payroll-officer", "controller", "hr-manager", "administrator" };

typedef struct {
  ArmmsTestDatabase *database;
  ArmmsTestServer *server;
  ArmmsDb *worker_db;
  ArmmsWorker *worker;
  ArmmsZone *zone;
  ArmmsActor actor;
  ArmmsId client, mall, guard, day, night, device, employees[N_GUARDS];
  char *device_key;       /* "Device <id>:<secret>" */
  char *tokens[N_USERS];
  char *payruns[2];
} Walk;

static Walk walk;

#define MUST(call) G_STMT_START { g_autoptr(GError) error = NULL; if (!(call)) g_error ("%s: %s", #call, error != NULL ? error->message : "no error"); } G_STMT_END

static ArmmsDate
date (const char *text)
{
  ArmmsDate parsed = ARMMS_DATE_NONE;

  g_assert_true (armms_date_parse (text, &parsed));
  return parsed;
}

static ArmmsDate
may (int day)
{
  return armms_date_from_ymd (2026, 5, day);
}

/* ---- the agency goes in by the rooms' doors --------------------------------------------------------------------- */

static ArmmsWork *
begin (const char *schema)
{
  g_autoptr(GError) error = NULL;
  ArmmsWork *work = armms_work_begin (armms_test_server_get_db (walk.server), schema, ARMMS_WORK_WRITE, &walk.actor, &error);

  g_assert_no_error (error);
  return work;
}

static void
commit (ArmmsWork *work)
{
  MUST (armms_work_commit (work, &error));
  armms_work_free (work);
}

static void
add_shift (GPtrArray *shifts, ArmmsId id, const char *code, int start, int end)
{
  ArmmsShift *shift = armms_record_new (&armms_shift_type);

  shift->shift_id = id;
  shift->code = g_strdup (code);
  shift->name = g_strdup (code);
  shift->start_minute = ARMMS_MINUTES (start);
  shift->end_minute = ARMMS_MINUTES (end);
  shift->break_mode = g_strdup ("PAID");
  shift->break_minutes = ARMMS_MINUTES (60);
  shift->grace_in_minutes = ARMMS_MINUTES (5);
  g_ptr_array_add (shifts, shift);
}

static void
fill_people (void)
{
  g_autoptr(GPtrArray) clients = armms_records_new (&armms_client_company_type), detachments = armms_records_new (&armms_detachment_type);
  g_autoptr(GPtrArray) positions = armms_records_new (&armms_position_type), shifts = armms_records_new (&armms_shift_type);
  g_autoptr(GPtrArray) employees = armms_records_new (&armms_employee_type);
  ArmmsClientCompany *client = armms_record_new (&armms_client_company_type);
  ArmmsDetachment *mall = armms_record_new (&armms_detachment_type);
  ArmmsPosition *guard = armms_record_new (&armms_position_type);
  ArmmsWork *work = begin ("hr_core");

  client->client_id = walk.client;
  client->code = g_strdup ("ACME");
  client->name = g_strdup ("Acme Malls");
  g_ptr_array_add (clients, client);
  mall->detachment_id = walk.mall;
  mall->client_id = walk.client;
  mall->code = g_strdup ("MALL");
  mall->name = g_strdup ("The mall");
  mall->region = g_strdup ("NCR");
  mall->city = g_strdup ("Manila");
  g_ptr_array_add (detachments, mall);
  guard->position_id = walk.guard;
  guard->code = g_strdup ("GUARD");
  guard->name = g_strdup ("Security guard");
  g_ptr_array_add (positions, guard);
  add_shift (shifts, walk.day, "DAY", 360, 1080);
  add_shift (shifts, walk.night, "NIGHT", 1080, 1800);
  for (guint i = 0; i < N_GUARDS; i++)
    {
      ArmmsEmployee *employee = armms_record_new (&armms_employee_type);

      employee->employee_id = walk.employees[i] = armms_id_new ();
      employee->employee_no = g_strdup (numbers[i]);
      employee->family_name = g_strdup (names[i]);
      employee->given_name = g_strdup ("Juan");
      employee->hired_on = date ("2024-01-01");
      employee->position_id = walk.guard;
      g_ptr_array_add (employees, employee);
    }
  MUST (armms_hr_insert_clients (work, clients, &error));
  MUST (armms_hr_insert_detachments (work, detachments, &error));
  MUST (armms_hr_insert_positions (work, positions, &error));
  MUST (armms_hr_insert_shifts (work, shifts, &error));
  MUST (armms_hr_insert_employees (work, employees, &error));
  commit (work);
}

static void
assign (GPtrArray *assignments, Guard who, const char *from, const char *to, const char *rest)
{
  ArmmsAssignment *assignment = armms_record_new (&armms_assignment_type);

  assignment->employee_id = walk.employees[who];
  assignment->detachment_id = walk.mall;
  assignment->shift_id = who == BUAN ? walk.night : walk.day;
  assignment->position_id = walk.guard;
  assignment->valid_from = date (from);
  assignment->valid_to = date (to);
  assignment->rest_weekdays = g_strdup (rest);
  g_ptr_array_add (assignments, assignment);
}

static void
add_holiday (GPtrArray *holidays, int day, const char *name)
{
  ArmmsHoliday *holiday = armms_record_new (&armms_holiday_type);

  holiday->on_date = may (day);
  holiday->name = g_strdup (name);
  holiday->day_type = g_strdup ("regular");
  holiday->scope = g_strdup ("national");
  g_ptr_array_add (holidays, holiday);
}

static void
fill_plans (void)
{
  g_autoptr(GPtrArray) assignments = armms_records_new (&armms_assignment_type), holidays = armms_records_new (&armms_holiday_type);
  g_autoptr(GPtrArray) relievers = armms_records_new (&armms_reliever_type);
  ArmmsReliever *relief = armms_record_new (&armms_reliever_type);
  ArmmsWork *work = begin ("scheduling");

  add_holiday (holidays, 1, "Labor Day");
  add_holiday (holidays, 27, "Eid'l Adha");
  assign (assignments, ALON, "2026-05-01", "2026-05-31", "SUN");
  assign (assignments, BUAN, "2026-04-30", "2026-05-31", "SUN");
  assign (assignments, CRUZ, "2026-05-04", "2026-05-08", "SUN");
  assign (assignments, CRUZ, "2026-05-18", "2026-05-22", "SUN");
  assign (assignments, DIAZ, "2026-05-11", "2026-05-31", "SUN");
  assign (assignments, ENRIQUEZ, "2026-05-11", "2026-05-31", "TUE");
  assign (assignments, FLORES, "2026-04-30", "2026-05-31", "SUN");
  relief->duty_date = may (12);
  relief->detachment_id = walk.mall;
  relief->shift_id = walk.day;
  relief->position_id = walk.guard;
  relief->reliever_id = walk.employees[ENRIQUEZ];
  relief->relieved_id = walk.employees[FLORES];
  relief->reason = g_strdup ("SICK");
  g_ptr_array_add (relievers, relief);
  MUST (armms_scheduling_insert_holidays (work, holidays, &error));
  MUST (armms_scheduling_insert_assignments (work, assignments, &error));
  MUST (armms_scheduling_insert_relievers (work, walk.zone, relievers, &error));
  commit (work);
}

static void
add_card (GPtrArray *cards, const ArmmsId *shift, gint64 centavos, const char *from, const char *to)
{
  ArmmsRateCard *card = armms_record_new (&armms_rate_card_type);

  card->detachment_id = walk.mall;
  card->shift_id = *shift;
  card->position_id = walk.guard;
  card->basis = g_strdup ("daily");
  card->amount = ARMMS_MONEY (centavos);
  card->valid_from = date (from);
  card->valid_to = to != NULL ? date (to) : ARMMS_DATE_NONE;
  card->reason = g_strdup ("contract");
  g_ptr_array_add (cards, card);
}

static void
lend (GPtrArray *obligations, const char *kind, gint64 principal, gint64 instalment)
{
  ArmmsObligation *obligation = armms_record_new (&armms_obligation_type);

  obligation->employee_id = walk.employees[CRUZ];
  obligation->kind = g_strdup (kind);
  obligation->principal = ARMMS_MONEY (principal);
  obligation->instalment = ARMMS_MONEY (instalment);
  obligation->starts_on = may (1);
  g_ptr_array_add (obligations, obligation);
}

static void
fill_pay (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("ARMMS_SOURCE_ROOT"), "data", "statutory", "ph", NULL);
  g_autoptr(GPtrArray) cards = armms_records_new (&armms_rate_card_type), obligations = armms_records_new (&armms_obligation_type);
  ArmmsWork *work = begin ("tenant");

  /* The month stays within reach for ten years, whatever today is. */
  MUST (armms_tenant_change_settings (work, "{\"event_max_age_days\":3660,\"net_floor_kind\":\"LARGER\",\"net_floor_percent_bp\":3000,"
                                            "\"net_floor_amount\":\"4000.00\",\"partial_deferral\":true}", &error));
  commit (work);
  work = begin ("gov");
  MUST (armms_statutory_import (work, folder, NULL, &error));
  commit (work);
  add_card (cards, &walk.day, 75000, "2026-01-01", "2026-05-10");
  add_card (cards, &walk.day, 80000, "2026-05-11", NULL);
  add_card (cards, &walk.night, 69500, "2026-01-01", NULL);
  work = begin ("finance_rates");
  MUST (armms_rates_import_premiums (work, folder, NULL, &error));
  MUST (armms_rates_insert_cards (work, cards, &error));
  commit (work);
  lend (obligations, "sss_loan", 1200000, 100000);
  lend (obligations, "cash_advance", 300000, 150000);
  work = begin ("obligations");
  MUST (armms_obligations_insert (work, obligations, &error));
  commit (work);
}

static void
fill_device (void)
{
  g_autoptr(GPtrArray) devices = armms_records_new (&armms_device_type), keys = armms_records_new (&armms_api_key_type);
  ArmmsDevice *device = armms_record_new (&armms_device_type);
  ArmmsApiKey *key = armms_record_new (&armms_api_key_type);
  char id[ARMMS_ID_TEXT_SIZE];
  ArmmsWork *work = begin ("timekeeping");

  device->device_id = walk.device;
  device->name = g_strdup ("gate");
  device->detachment_id = walk.mall;
  device->kind = g_strdup ("reader");
  device->active = TRUE;
  g_ptr_array_add (devices, device);
  MUST (armms_timekeeping_insert_devices (work, devices, &error));
  commit (work);
  work = begin ("iam");
  key->kind = g_strdup ("DEVICE");
  key->name = g_strdup ("gate");
  key->device_id = walk.device;
  g_ptr_array_add (keys, key);
  MUST (armms_iam_insert_keys (work, keys, &error));
  commit (work);
  walk.device_key = g_strdup_printf ("Device %s:%s", armms_id_format (&key->key_id, id), key->secret);
}

static void
start_worker (void)
{
  g_autoptr(ArmmsConfig) config = armms_test_database_config (walk.database, "armms_worker");
  ArmmsWorkerOptions options = { .no_schedule = TRUE };

  MUST ((walk.worker_db = armms_db_new (config, FALSE, &error)) != NULL);
  armms_rooms_register (walk.worker_db);
  walk.worker = armms_worker_new (walk.worker_db, armms_rooms (), &options);
  MUST (armms_worker_start (walk.worker, &error));
}

/* ---- calls ------------------------------------------------------------------------------------------------------ */

/* Status wanted: 2xx. The answer stays with the server until the next call. */
static void
call (User who, const char *method, const char *path, const char *body, const char *headers)
{
  guint status = armms_test_server_call (walk.server, method, path, walk.tokens[who], body, headers);

  if (status < 200 || status > 299)
    g_error ("%s %s as %s: %u %s", method, path, roles[who], status, armms_test_server_body (walk.server));
}

/* Reads, then does what hangs on the version that was read. Returns the status. */
static guint
change (User who, const char *path, const char *step)
{
  g_autofree char *whole = g_strconcat (path, "/", step, NULL), *match = NULL;

  call (who, "GET", path, NULL, NULL);
  match = g_strconcat ("If-Match: ", armms_test_server_header (walk.server, "ETag"), NULL);
  return armms_test_server_call (walk.server, "POST", whole, walk.tokens[who], "{}", match);
}

static void
await_job (User who)
{
  g_autofree char *location = g_strdup (armms_test_server_header (walk.server, "Location"));
  gint64 until = g_get_monotonic_time () + 120 * G_USEC_PER_SEC;

  g_assert_nonnull (location);
  for (;;)
    {
      const char *path = strstr (location, "/v1/");
      const char *state;

      call (who, "GET", path, NULL, NULL);
      state = armms_test_server_text (walk.server, "state");
      if (g_str_equal (state, "DONE"))
        return;
      if (g_str_equal (state, "FAILED") || g_get_monotonic_time () > until)
        g_error ("%s: %s", location, armms_test_server_body (walk.server));
      g_usleep (20000);
    }
}

/* Streams show, and count as waiting, only what no running transaction may still precede, and the cluster's other databases
 * have theirs: waits until whatever runs now is over. */
static void
await_transactions (gint64 until)
{
  gint64 next = armms_test_database_integer (walk.database, "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint");

  while (armms_test_database_integer (walk.database, "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint") < next)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_usleep (20000);
    }
}

/* Until no stream is behind and no job waits, twice in a row. */
static void
await_idle (void)
{
  gint64 until = g_get_monotonic_time () + 120 * G_USEC_PER_SEC;

  for (guint quiet = 0; quiet < 2;)
    {
      await_transactions (until);
      JsonArray *items;
      gint64 waiting = 0;

      call (ADMINISTRATOR, "GET", "/v1/queues", NULL, NULL);
      items = json_object_get_array_member (armms_test_server_object (walk.server), "items");
      for (guint i = 0; i < json_array_get_length (items); i++)
        {
          JsonObject *item = json_array_get_object_element (items, i);

          if (g_str_equal (json_object_get_string_member_with_default (item, "name", ""), "queue.seal"))
            continue;
          waiting += json_object_get_int_member_with_default (item, "waiting", 0);
          if (g_str_equal (json_object_get_string_member_with_default (item, "sort", ""), "jobs"))
            waiting += json_object_get_int_member_with_default (item, "running", 0);
        }
      quiet = waiting == 0 ? quiet + 1 : 0;
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_usleep (50000);
    }
}

/* ---- punches ---------------------------------------------------------------------------------------------------- */

static void
punch (GString *out, Guard who, ArmmsDate day, int minute, const char *type)
{
  ArmmsId id = armms_id_new ();
  char event[ARMMS_ID_TEXT_SIZE], device[ARMMS_ID_TEXT_SIZE], at[ARMMS_DATE_TEXT_SIZE];

  if (minute >= 1440)
    {
      day = armms_date_add_days (day, 1);
      minute -= 1440;
    }
  g_string_append_printf (out, "%s{\"event_id\":\"%s\",\"device_id\":\"%s\",\"employee_no\":\"%s\",\"ts\":\"%sT%02d:%02d:00+08:00\",\"type\":\"%s\"}",
                          out->len > 0 ? "," : "", armms_id_format (&id, event), armms_id_format (&walk.device, device), numbers[who],
                          armms_date_format (day, at), minute / 60, minute % 60, type);
}

static gboolean
came (Guard who, ArmmsDate day)
{
  int weekday = armms_date_weekday (day), d = day.days - may (1).days + 1;

  switch (who)
    {
    case ALON:
      return d >= 1 && weekday != 7;
    case BUAN:
      return weekday != 7;
    case CRUZ:
      return (d >= 4 && d <= 8) || (d >= 18 && d <= 22);
    case DIAZ:
      return d >= 11 && weekday != 7;
    case ENRIQUEZ:
      return d >= 11 && (weekday != 2 || d == 12);
    case FLORES:
      return weekday != 7 && d != 1 && d != 12 && d != 26 && d != 27;
    case N_GUARDS:
      break;
    }
  g_assert_not_reached ();
}

/* A few minutes early, a few minutes late: within the plan, so it pays the plan. */
static char *
punches_between (ArmmsDate from, ArmmsDate to)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (ArmmsDate day = from; day.days <= to.days; day = armms_date_add_days (day, 1))
    for (guint who = 0; who < N_GUARDS; who++)
      {
        int starts = who == BUAN ? 1080 : 360;

        if (!came (who, day))
          continue;
        punch (out, who, day, starts - 7, "IN");
        if (who != DIAZ || day.days != may (13).days)
          punch (out, who, day, starts + 720 + 4, "OUT");
      }
  return g_strdup_printf ("[%s]", out->str);
}

static gint64
told (const char *member)
{
  return json_object_get_int_member_with_default (armms_test_server_object (walk.server), member, -1);
}

static void
send_punches (ArmmsDate from, ArmmsDate to, gint64 expected)
{
  g_autofree char *body = punches_between (from, to);

  g_assert_cmpuint (armms_test_server_call (walk.server, "POST", "/v1/clock-events", walk.device_key, body, NULL) / 100, ==, 2);
  g_assert_cmpint (told ("accepted"), ==, expected);
  g_assert_cmpint (told ("rejected"), ==, 0);
  /* The answer got lost; the reader sends it all again. */
  g_assert_cmpuint (armms_test_server_call (walk.server, "POST", "/v1/clock-events", walk.device_key, body, NULL) / 100, ==, 2);
  g_assert_cmpint (told ("duplicate"), ==, expected);
}

/* The second half comes first, as of a reader that was without a line. 30 April: 2 men. 1-15: ALON 13, BUAN 13, CRUZ 5,
 * DIAZ 5 (an OUT missing), ENRIQUEZ 5, FLORES 11. 16-31: ALON 13, BUAN 13, CRUZ 5, DIAZ 13, ENRIQUEZ 14, FLORES 11. */
static void
test_punches (void)
{
  send_punches (may (16), may (31), 2 * (13 + 13 + 5 + 13 + 14 + 11));
  send_punches (date ("2026-04-30"), may (15), 2 * (2 + 13 + 13 + 5 + 5 + 5 + 11) - 1);
  await_idle ();
  g_assert_cmpint (armms_test_database_integer (walk.database, "select count(*) from timekeeping.clock_events"), ==, 138 + 107);
  g_assert_cmpint (armms_test_database_integer (walk.database, "select count(*) from timekeeping.time_logs"), ==, 138 + 107);
}

/* ---- the daily time record -------------------------------------------------------------------------------------- */

static void
assert_day (Guard who, const char *day, const char *state, const char *cells)
{
  g_autofree char *sql = g_strdup_printf ("select l.state || coalesce((select string_agg(' ' || key || '=' || value, '' order by key)"
                                          " from jsonb_each_text(l.cells) where value <> '0'), '')"
                                          " from timekeeping.dtr_lines l join hr_core.employees e using (tenant_id, employee_id)"
                                          " where e.employee_no = '%s' and l.duty_date = '%s'", numbers[who], day);
  g_autofree char *found = armms_test_database_value (walk.database, sql);
  g_autofree char *expected = g_strconcat (state, *cells != '\0' ? " " : "", cells, NULL);

  g_test_message ("%s %s: %s", names[who], day, found);
  g_assert_cmpstr (found, ==, expected);
}

/* All minutes of the cells of one half-month. */
static void
assert_cells (Guard who, const char *from, const char *to, const char *cells)
{
  g_autofree char *sql = g_strdup_printf ("select string_agg(cell || '=' || minutes, ' ' order by cell) from ("
                                          "select key as cell, sum(value::int) as minutes from timekeeping.dtr_lines l"
                                          " join hr_core.employees e using (tenant_id, employee_id), jsonb_each_text(l.cells)"
                                          " where e.employee_no = '%s' and l.duty_date between '%s' and '%s' group by key having sum(value::int) > 0) c",
                                          numbers[who], from, to);
  g_autofree char *found = armms_test_database_value (walk.database, sql);

  g_assert_cmpstr (found, ==, cells);
}

static void
test_days (void)
{
  assert_day (ALON, "2026-05-01", "COMPLETE", "regular=480 regular_ot=240");
  assert_day (ALON, "2026-05-02", "COMPLETE", "ordinary=480 ordinary_ot=240");
  assert_day (BUAN, "2026-04-30", "COMPLETE", "ordinary=240 ordinary_nd=120 regular_nd=120 regular_ot_nd=240");
  assert_day (BUAN, "2026-05-01", "COMPLETE", "ordinary_nd=120 ordinary_ot_nd=240 regular=240 regular_nd=120");
  assert_day (BUAN, "2026-05-02", "COMPLETE", "ordinary=240 ordinary_nd=120 ordinary_rest_nd=120 ordinary_rest_ot_nd=240");
  assert_day (BUAN, "2026-05-04", "COMPLETE", "ordinary=240 ordinary_nd=240 ordinary_ot_nd=240");
  assert_day (BUAN, "2026-05-26", "COMPLETE", "ordinary=240 ordinary_nd=120 regular_nd=120 regular_ot_nd=240");
  assert_day (BUAN, "2026-05-27", "COMPLETE", "ordinary_nd=120 ordinary_ot_nd=240 regular=240 regular_nd=120");
  assert_day (DIAZ, "2026-05-12", "COMPLETE", "ordinary=480 ordinary_ot=240");
  assert_day (ENRIQUEZ, "2026-05-12", "COMPLETE", "ordinary_rest=480 ordinary_rest_ot=240");
}

static void
finalise (const char *from, const char *to, gint64 sealed)
{
  g_autofree char *body = g_strdup_printf ("{\"period_from\":\"%s\",\"period_to\":\"%s\"}", from, to);
  g_autofree char *sql = g_strdup_printf ("select count(*) from timekeeping.timesheets where period_from = '%s' and state = 'FINALIZED'", from);

  call (TIMEKEEPER, "POST", "/v1/timesheets/finalize", body, NULL);
  await_job (TIMEKEEPER);
  await_idle ();
  g_assert_cmpint (armms_test_database_integer (walk.database, sql), ==, sealed);
}

/* He forgot to clock out: his timesheet is left out until an adjustment, asked for by one and approved by another, tells when he left. */
static void
test_forgotten (void)
{
  g_autofree char *odd = NULL, *body = NULL, *path = NULL;
  char employee[ARMMS_ID_TEXT_SIZE], site[ARMMS_ID_TEXT_SIZE];

  finalise ("2026-05-01", "2026-05-15", 5);
  odd = armms_test_database_value (walk.database, "select string_agg(e.employee_no || ' ' || a.duty_date || ' ' || a.code, ', ') from timekeeping.anomalies a"
                                                  " join hr_core.employees e using (tenant_id, employee_id) where a.severity = 'blocking'");
  g_assert_cmpstr (odd, ==, "W-4 2026-05-13 MISSING_OUT");
  body = g_strdup_printf ("{\"kind\":\"add\",\"employee_id\":\"%s\",\"duty_date\":\"2026-05-13\",\"ts\":\"2026-05-13T17:30:00+08:00\",\"type\":\"OUT\","
                          "\"detachment_id\":\"%s\",\"reason\":\"the post's log book says 17:30\"}",
                          armms_id_format (&walk.employees[DIAZ], employee), armms_id_format (&walk.mall, site));
  call (TIMEKEEPER, "POST", "/v1/adjustments", body, NULL);
  path = g_strconcat ("/v1/approvals/time-adjustment/", armms_test_server_text (walk.server, "adjustment_id"), NULL);
  g_assert_cmpuint (armms_test_server_call (walk.server, "POST", path, walk.tokens[TIMEKEEPER], "{\"step\":\"approve\"}", NULL), ==, 403);
  await_idle ();
  assert_day (DIAZ, "2026-05-13", "COMPLETE", "");
  call (MANAGER, "POST", path, "{\"step\":\"approve\"}", NULL);
  await_idle ();
  assert_day (DIAZ, "2026-05-13", "COMPLETE", "ordinary=480 ordinary_ot=210");
  g_assert_cmpint (armms_test_database_integer (walk.database, "select undertime_minutes from timekeeping.dtr_lines where duty_date = '2026-05-13'"
                                                               " and undertime_minutes > 0"), ==, 30);
  finalise ("2026-05-01", "2026-05-15", 6);
  finalise ("2026-05-16", "2026-05-31", 6);
}

/* What only a closed day can tell, and the sums that payroll prices. */
static void
test_minutes (void)
{
  assert_day (FLORES, "2026-05-01", "HOLIDAY", "regular_unworked=480");
  assert_day (FLORES, "2026-05-12", "ABSENT", "");
  assert_day (FLORES, "2026-05-26", "ABSENT", "");
  assert_day (FLORES, "2026-05-27", "ABSENT", "");
  assert_day (CRUZ, "2026-05-27", "HOLIDAY", "regular_unworked=480");

  assert_cells (ALON, "2026-05-01", "2026-05-15", "ordinary=5760 ordinary_ot=2880 regular=480 regular_ot=240");
  assert_cells (BUAN, "2026-05-01", "2026-05-15",
                "ordinary=2880 ordinary_nd=2760 ordinary_ot_nd=2640 ordinary_rest_nd=240 ordinary_rest_ot_nd=480 regular=240 regular_nd=120");
  assert_cells (BUAN, "2026-05-16", "2026-05-31",
                "ordinary=2880 ordinary_nd=2520 ordinary_ot_nd=2160 ordinary_rest_nd=360 ordinary_rest_ot_nd=720 regular=240 regular_nd=240 regular_ot_nd=240");
  assert_cells (CRUZ, "2026-05-01", "2026-05-15", "ordinary=2400 ordinary_ot=1200");
  assert_cells (CRUZ, "2026-05-16", "2026-05-31", "ordinary=2400 ordinary_ot=1200 regular_unworked=480");
  assert_cells (DIAZ, "2026-05-01", "2026-05-15", "ordinary=2400 ordinary_ot=1170");
  assert_cells (ENRIQUEZ, "2026-05-01", "2026-05-15", "ordinary=1920 ordinary_ot=960 ordinary_rest=480 ordinary_rest_ot=240");
  assert_cells (ENRIQUEZ, "2026-05-16", "2026-05-31", "ordinary=6240 ordinary_ot=3120 regular=480 regular_ot=240");
  assert_cells (FLORES, "2026-05-01", "2026-05-15", "ordinary=5280 ordinary_ot=2640 regular_unworked=480");
  assert_cells (FLORES, "2026-05-16", "2026-05-31", "ordinary=5280 ordinary_ot=2640");
  /* What was sealed has reached payroll: six guards, two half-months. */
  g_assert_cmpint (armms_test_database_integer (walk.database, "select count(*) from payroll.snapshots"), ==, 12);
}

/* ---- pay -------------------------------------------------------------------------------------------------------- */

static void
open_and_calculate (guint half)
{
  static const char *const spans[] = { "{\"from\":\"2026-05-01\",\"to\":\"2026-05-15\",\"pay_after_days\":5}",
                                       "{\"from\":\"2026-05-16\",\"to\":\"2026-05-31\",\"pay_after_days\":5}" };
  static const char *const firsts[] = { "{\"period_from\":\"2026-05-01\",\"kind\":\"regular\"}", "{\"period_from\":\"2026-05-16\",\"kind\":\"regular\"}" };
  g_autofree char *path = NULL;

  call (OFFICER, "POST", "/v1/pay-periods", spans[half], NULL);
  call (OFFICER, "POST", "/v1/payruns", firsts[half], NULL);
  walk.payruns[half] = g_strdup (armms_test_server_text (walk.server, "payrun_id"));
  path = g_strconcat ("/v1/payruns/", walk.payruns[half], NULL);
  g_assert_cmpuint (change (OFFICER, path, "calculate"), ==, 202);
  await_job (OFFICER);
  call (OFFICER, "GET", path, NULL, NULL);
  g_assert_cmpstr (armms_test_server_text (walk.server, "state"), ==, "CALCULATED");
  g_assert_cmpint (told ("paysheets"), ==, N_GUARDS);
  g_assert_cmpint (told ("errors"), ==, 0);
}

static char *
of_paysheet (guint half, Guard who, const char *what)
{
  g_autofree char *sql = g_strdup_printf ("select %s from payroll.paysheets p where p.payrun_id = '%s' and p.employee_no = '%s'", what, walk.payruns[half], numbers[who]);

  return armms_test_database_value (walk.database, sql);
}

/* @earnings: "code minutes amount, ..." by code and amount. @figures: gross, sss, philhealth, hdmf, tax, obligations, deferred, net,
 * employer, 13th month. */
static void
assert_pay (guint half, Guard who, const char *earnings, const char *figures)
{
  g_autofree char *lines = of_paysheet (half, who, "(select string_agg(format('%s %s %s', l.code, l.minutes, (l.amount_centavos / 100.0)::numeric(12,2)), ', '"
                                                   " order by l.code collate \"C\", l.amount_centavos) from payroll.paysheet_lines l"
                                                   " where l.tenant_id = p.tenant_id and l.paysheet_id = p.paysheet_id and l.kind = 'earning')");
  g_autofree char *sums = of_paysheet (half, who, "(select string_agg((c / 100.0)::numeric(12,2)::text, ' ' order by n) from unnest(array[gross_centavos, sss_centavos,"
                                                  " philhealth_centavos, hdmf_centavos, tax_centavos, obligations_centavos, deferred_centavos, net_centavos,"
                                                  " employer_centavos, thirteenth_month_centavos]) with ordinality as f (c, n))");

  g_test_message ("%s: %s | %s", names[who], lines, sums);
  g_assert_cmpstr (lines, ==, earnings);
  g_assert_cmpstr (sums, ==, figures);
}

/* Each step by somebody else; who may not, is refused. */
static void
close_payrun (guint half)
{
  g_autofree char *path = g_strconcat ("/v1/payruns/", walk.payruns[half], NULL);
  static const struct { User who; const char *step, *state; } steps[] = {
    { OFFICER, "submit", "SUBMITTED" }, { CONTROLLER, "verify", "VERIFIED" }, { MANAGER, "approve", "APPROVED" }, { OFFICER, "close", "CLOSED" },
  };

  g_assert_cmpuint (change (CONTROLLER, path, "verify"), ==, 409);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      guint status = change (steps[i].who, path, steps[i].step);

      if (status / 100 != 2)
        g_error ("%s: %u %s", steps[i].step, status, armms_test_server_body (walk.server));
      if (status == 202)
        await_job (steps[i].who);
      call (OFFICER, "GET", path, NULL, NULL);
      g_assert_cmpstr (armms_test_server_text (walk.server, "state"), ==, steps[i].state);
      if (i == 0)
        g_assert_cmpuint (change (OFFICER, path, "verify"), ==, 403);
    }
  await_idle ();
}

static void
assert_books (guint half)
{
  g_autofree char *unbalanced = armms_test_database_value (walk.database, "select count(*) from (select entry_id from payroll.pay_journal group by entry_id"
                                                                          " having sum(debit_centavos) <> sum(credit_centavos)) u");
  g_autofree char *sql = g_strdup_printf ("select coalesce(sum(j.credit_centavos - j.debit_centavos), 0) - (select sum(net_centavos) from payroll.paysheets"
                                          " where payrun_id = '%s') from payroll.pay_journal j join payroll.journal_entries e using (tenant_id, entry_id)"
                                          " where e.payrun_id = '%s' and account = 'payable.net_pay'", walk.payruns[half], walk.payruns[half]);

  g_assert_cmpstr (unbalanced, ==, "0");
  g_assert_cmpint (armms_test_database_integer (walk.database, sql), ==, 0);
  for (guint who = 0; who < N_GUARDS; who++)
    {
      g_autofree char *paysheet = of_paysheet (half, who, "p.paysheet_id");
      g_autofree char *path = g_strconcat ("/v1/paysheets/", paysheet, "/payslip.pdf", NULL);

      call (OFFICER, "GET", path, NULL, NULL);
      g_assert_true (g_str_has_prefix (armms_test_server_body (walk.server), "%PDF-"));
    }
}

/* "status due taken" of the instalments so far and of the next one; taken and open together are the principal. */
static void
assert_obligation (const char *kind, int n, const char *expected, gint64 principal)
{
  g_autofree char *sql = g_strdup_printf ("select string_agg(period_from || ' ' || status || ' ' || due_centavos || ' ' || taken_centavos, ', ' order by period_from)"
                                          " from (select * from obligations.instalments join obligations.obligations using (tenant_id, obligation_id)"
                                          " where kind = '%s' order by period_from limit %d) i", kind, n);
  g_autofree char *sum = g_strdup_printf ("select sum(case when i.status = 'PLANNED' then i.due_centavos else i.taken_centavos end)"
                                          " from obligations.instalments i join obligations.obligations using (tenant_id, obligation_id) where kind = '%s'", kind);
  g_autofree char *found = armms_test_database_value (walk.database, sql);

  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpint (armms_test_database_integer (walk.database, sum), ==, principal);
}

static void
test_first_half (void)
{
  open_and_calculate (0);
  assert_pay (0, ALON, "ordinary 2400 4000.00, ordinary 3360 5250.00, ordinary_ot 1200 2500.00, ordinary_ot 1680 3281.25, regular 480 1500.00, regular_ot 240 975.00",
              "17506.25 0.00 0.00 200.00 1065.35 0.00 0.00 16240.90 200.00 833.33");
  assert_pay (0, BUAN, "ordinary 2880 4170.00, ordinary_nd 2760 4395.88, ordinary_ot_nd 2640 5255.94, ordinary_rest_nd 240 496.93, ordinary_rest_ot_nd 480 1292.01,"
                       " regular 240 695.00, regular_nd 120 382.25",
              "16688.01 0.00 0.00 200.00 0.00 0.00 0.00 16488.01 200.00 752.92");
  assert_pay (0, CRUZ, "ordinary 2400 3750.00, ordinary_ot 1200 2343.75", "6093.75 0.00 0.00 200.00 0.00 1893.75 606.25 4000.00 200.00 312.50");
  assert_pay (0, DIAZ, "ordinary 2400 4000.00, ordinary_ot 1170 2437.50", "6437.50 0.00 0.00 200.00 0.00 0.00 0.00 6237.50 200.00 333.33");
  assert_pay (0, ENRIQUEZ, "ordinary 1920 3200.00, ordinary_ot 960 2000.00, ordinary_rest 480 1040.00, ordinary_rest_ot 240 676.00",
              "6916.00 0.00 0.00 200.00 0.00 0.00 0.00 6716.00 200.00 333.33");
  assert_pay (0, FLORES, "ordinary 1920 3200.00, ordinary 3360 5250.00, ordinary_ot 960 2000.00, ordinary_ot 1680 3281.25, regular_unworked 480 750.00",
              "14481.25 0.00 0.00 200.00 579.64 0.00 0.00 13701.61 200.00 766.67");
  close_payrun (0);
  assert_books (0);
  assert_obligation ("sss_loan", 2, "2026-05-01 APPLIED 100000 100000, 2026-05-16 PLANNED 100000 0", 1200000);
  assert_obligation ("cash_advance", 9, "2026-05-01 PARTIAL 150000 89375, 2026-05-16 PLANNED 210625 0", 300000);
}

static void
test_second_half (void)
{
  open_and_calculate (1);
  assert_pay (1, ALON, "ordinary 5760 9600.00, ordinary_ot 2880 6000.00, regular 480 1600.00, regular_ot 240 1040.00",
              "18240.00 1750.00 655.83 0.00 812.58 0.00 0.00 15021.59 4185.84 866.67");
  assert_pay (1, BUAN, "ordinary 2880 4170.00, ordinary_nd 2520 4013.63, ordinary_ot_nd 2160 4300.31, ordinary_rest_nd 360 745.39, ordinary_rest_ot_nd 720 1938.01,"
                       " regular 240 695.00, regular_nd 240 764.50, regular_ot_nd 240 993.85",
              "17620.69 1725.00 569.75 0.00 0.00 0.00 0.00 15325.94 4049.76 752.91");
  assert_pay (1, CRUZ, "ordinary 2400 4000.00, ordinary_ot 1200 2500.00, regular_unworked 480 800.00",
              "7300.00 675.00 655.83 0.00 0.00 1969.17 1137.08 4000.00 2015.84 400.00");
  assert_pay (1, DIAZ, "ordinary 5760 9600.00, ordinary_ot 2880 6000.00, regular 480 1600.00, regular_ot 240 1040.00",
              "18240.00 1225.00 655.83 0.00 891.33 0.00 0.00 15467.84 3135.84 866.67");
  assert_pay (1, ENRIQUEZ, "ordinary 6240 10400.00, ordinary_ot 3120 6500.00, regular 480 1600.00, regular_ot 240 1040.00",
              "19540.00 1325.00 655.83 0.00 1115.93 0.00 0.00 16443.24 3335.84 933.34");
  assert_pay (1, FLORES, "ordinary 5280 8800.00, ordinary_ot 2640 5500.00", "14300.00 1450.00 655.83 0.00 266.58 0.00 0.00 11927.59 3585.84 733.33");
  close_payrun (1);
  assert_books (1);
  assert_obligation ("sss_loan", 3, "2026-05-01 APPLIED 100000 100000, 2026-05-16 APPLIED 100000 100000, 2026-06-01 PLANNED 100000 0", 1200000);
  assert_obligation ("cash_advance", 9, "2026-05-01 PARTIAL 150000 89375, 2026-05-16 PARTIAL 210625 96917, 2026-06-01 PLANNED 113708 0", 300000);
}

/* ---- */

static void
set_up (void)
{
  walk = (Walk) { .client = armms_id_new (), .mall = armms_id_new (), .guard = armms_id_new (), .day = armms_id_new (), .night = armms_id_new (),
                  .device = armms_id_new () };
  walk.database = armms_test_database_new ();
  walk.server = armms_test_server_new (walk.database);
  walk.zone = armms_zone_new ("Asia/Manila");
  walk.actor = (ArmmsActor) { .tenant_id = armms_test_server_add_tenant (walk.server, "bantay"), .request_id = "walk", .reason = "the walk" };
  fill_people ();
  fill_plans ();
  fill_pay ();
  fill_device ();
  for (guint i = 0; i < N_USERS; i++)
    {
      g_autofree char *login = g_strconcat (roles[i], "@bantay", NULL);

      walk.tokens[i] = armms_test_server_sign_in (walk.server, login, NULL);
    }
  start_worker ();
}

static void
tear_down (void)
{
  armms_worker_free (walk.worker);
  armms_db_free (walk.worker_db);
  armms_test_server_free (walk.server);
  armms_directory_forget_all ();
  armms_test_database_free (walk.database);
  armms_zone_free (walk.zone);
  g_free (walk.device_key);
  for (guint i = 0; i < N_USERS; i++)
    g_free (walk.tokens[i]);
  g_free (walk.payruns[0]);
  g_free (walk.payruns[1]);
}

/* One story: each chapter stands on the one before. */
int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  set_up ();
  g_test_add_func ("/scenario/walk/1 punches come out of order and twice, and count once", test_punches);
  g_test_add_func ("/scenario/walk/2 each minute lies in its cell", test_days);
  g_test_add_func ("/scenario/walk/3 a forgotten OUT waits for an approved adjustment", test_forgotten);
  g_test_add_func ("/scenario/walk/4 holidays not worked, and the sums that are sealed", test_minutes);
  g_test_add_func ("/scenario/walk/5 the first half-month, by hand, to closed books", test_first_half);
  g_test_add_func ("/scenario/walk/6 the second half-month, by hand, to closed books", test_second_half);
  failed = g_test_run ();
  tear_down ();
  return failed;
}
