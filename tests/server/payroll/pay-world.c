#include "tests/server/payroll/pay-world.h"

#include "common/wire/json.h"
#include "server/approvals/approvals.h"
#include "server/tenant/tenant.h"

#include <string.h>

ArmmsDate
pay_day (const char *text)
{
  ArmmsDate date = ARMMS_DATE_NONE;

  g_assert_true (armms_date_parse (text, &date));
  return date;
}

char *
pay_id_text (const ArmmsId *id)
{
  return armms_id_to_string (id);
}

ArmmsWork *
pay_begin (PayWorld *world, const char *schema, const ArmmsActor *actor)
{
  g_autoptr(GError) error = NULL;
  ArmmsWork *work = armms_work_begin (world->db, schema, ARMMS_WORK_WRITE, actor, &error);

  g_assert_no_error (error);
  return work;
}

void
pay_commit (ArmmsWork *work)
{
  g_autoptr(GError) error = NULL;

  if (!armms_work_commit (work, &error))
    g_error ("commit: %s", error->message);
  armms_work_free (work);
}

#define MUST(call) G_STMT_START { g_autoptr(GError) error = NULL; if (!(call)) g_error ("%s: %s", #call, error != NULL ? error->message : "no error"); } G_STMT_END

/* ---- the agency ----------------------------------------------------------------------------------------------- */

static void
add_detachment (GPtrArray *detachments, ArmmsId id, ArmmsId client_id, const char *code, const char *region, const char *city)
{
  ArmmsDetachment *detachment = armms_record_new (&armms_detachment_type);

  detachment->detachment_id = id;
  detachment->client_id = client_id;
  detachment->code = g_strdup (code);
  detachment->name = g_strdup (code);
  detachment->region = g_strdup (region);
  detachment->city = g_strdup (city);
  g_ptr_array_add (detachments, detachment);
}

static void
add_position (GPtrArray *positions, ArmmsId id, const char *code)
{
  ArmmsPosition *position = armms_record_new (&armms_position_type);

  position->position_id = id;
  position->code = g_strdup (code);
  position->name = g_strdup (code);
  g_ptr_array_add (positions, position);
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
  g_ptr_array_add (shifts, shift);
}

static void
fill (PayWorld *world)
{
  g_autoptr(GPtrArray) clients = armms_records_new (&armms_client_company_type), detachments = armms_records_new (&armms_detachment_type);
  g_autoptr(GPtrArray) positions = armms_records_new (&armms_position_type), shifts = armms_records_new (&armms_shift_type);
  g_autofree char *folder = g_build_filename (g_getenv ("ARMMS_SOURCE_ROOT"), "data", "statutory", "ph", NULL);
  ArmmsClientCompany *client = armms_record_new (&armms_client_company_type);
  ArmmsTenant *tenant = armms_record_new (&armms_tenant_type);
  gint64 count;
  ArmmsWork *work;

  tenant->tenant_id = world->system.tenant_id;
  tenant->code = g_strdup ("agency");
  tenant->name = g_strdup ("Bantay Sample Agency");
  work = pay_begin (world, "tenant", &world->system);
  MUST (armms_tenant_insert (work, tenant, &error));
  /* 30 % of gross must be paid out; the last deduction that does not fit is taken in part. */
  MUST (armms_tenant_change_settings (work, "{\"net_floor_kind\":\"PERCENT\",\"net_floor_percent_bp\":3000,\"partial_deferral\":true}", &error));
  pay_commit (work);
  armms_record_free (&armms_tenant_type, tenant);

  work = pay_begin (world, "hr_core", &world->system);
  client->client_id = world->client_id;
  client->code = g_strdup ("ACME");
  client->name = g_strdup ("Acme Malls");
  g_ptr_array_add (clients, client);
  add_detachment (detachments, world->mall_id, world->client_id, "MALL", "NCR", "Manila");
  add_detachment (detachments, world->hq_id, world->client_id, "HQ", "VII", "Cebu City");
  add_position (positions, world->guard_id, "GUARD");
  add_position (positions, world->clerk_id, "CLERK");
  add_shift (shifts, world->day_id, "DAY", 360, 1080);
  add_shift (shifts, world->night_id, "NIGHT", 1080, 1800);
  add_shift (shifts, world->office_shift_id, "OFFICE", 480, 1020);
  MUST (armms_hr_insert_clients (work, clients, &error));
  MUST (armms_hr_insert_detachments (work, detachments, &error));
  MUST (armms_hr_insert_positions (work, positions, &error));
  MUST (armms_hr_insert_shifts (work, shifts, &error));
  pay_commit (work);

  work = pay_begin (world, "gov", &world->system);
  MUST (armms_statutory_import (work, folder, &count, &error));
  pay_commit (work);
  work = pay_begin (world, "finance_rates", &world->system);
  MUST (armms_rates_import_premiums (work, folder, &count, &error));
  pay_commit (work);
}

void
pay_world_set_up (PayWorld *world, gboolean apart)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsConfig) config = NULL;
  ArmmsId tenant_id = armms_id_new ();

  *world = (PayWorld) {
    .client_id = armms_id_new (), .mall_id = armms_id_new (), .hq_id = armms_id_new (), .guard_id = armms_id_new (), .clerk_id = armms_id_new (),
    .day_id = armms_id_new (), .night_id = armms_id_new (), .office_shift_id = armms_id_new (), .apart = apart,
  };
  world->database = apart ? armms_test_database_new_payroll_apart () : armms_test_database_new ();
  config = armms_test_database_config (world->database, "armms_server");
  world->db = armms_db_new (config, FALSE, &error);
  g_assert_no_error (error);
  armms_rooms_register (world->db);
  world->system = (ArmmsActor) { .tenant_id = tenant_id, .user_id = armms_id_new (), .request_id = "test" };
  world->officer = world->controller = world->manager = world->system;
  world->officer.user_id = armms_id_new ();
  world->controller.user_id = armms_id_new ();
  world->manager.user_id = armms_id_new ();
  fill (world);
}

void
pay_world_tear_down (PayWorld *world)
{
  armms_db_free (world->db);
  armms_test_database_free (world->database);
}

ArmmsId
pay_world_hire (PayWorld *world, const char *no, const char *family)
{
  g_autoptr(GPtrArray) employees = armms_records_new (&armms_employee_type);
  ArmmsEmployee *employee = armms_record_new (&armms_employee_type);
  ArmmsWork *work = pay_begin (world, "hr_core", &world->system);
  ArmmsId id = armms_id_new ();

  employee->employee_id = id;
  employee->employee_no = g_strdup (no);
  employee->family_name = g_strdup (family);
  employee->given_name = g_strdup ("Juan");
  employee->hired_on = pay_day ("2024-01-01");
  employee->position_id = world->guard_id;
  g_ptr_array_add (employees, employee);
  MUST (armms_hr_insert_employees (work, employees, &error));
  pay_commit (work);
  return id;
}

void
pay_world_set_card (PayWorld *world, const ArmmsId *detachment, const ArmmsId *shift, const ArmmsId *position, const char *basis, gint64 centavos,
                    const char *factor, gboolean salaried)
{
  g_autoptr(GPtrArray) cards = armms_records_new (&armms_rate_card_type);
  ArmmsRateCard *card = armms_record_new (&armms_rate_card_type);
  ArmmsWork *work = pay_begin (world, "finance_rates", &world->system);

  card->detachment_id = *detachment;
  card->shift_id = *shift;
  card->position_id = *position;
  card->basis = g_strdup (basis);
  card->amount = ARMMS_MONEY (centavos);
  card->salaried = salaried;
  card->valid_from = pay_day ("2025-01-01");
  card->reason = g_strdup ("test");
  if (factor != NULL)
    g_assert_true (armms_multiplier_parse (factor, &card->factor));
  g_ptr_array_add (cards, card);
  MUST (armms_rates_insert_cards (work, cards, &error));
  pay_commit (work);
}

ArmmsId
pay_world_lend (PayWorld *world, const ArmmsId *employee, const char *kind, gint64 principal, gint64 instalment, const char *starts_on)
{
  g_autoptr(GPtrArray) obligations = armms_records_new (&armms_obligation_type);
  ArmmsObligation *obligation = armms_record_new (&armms_obligation_type);
  ArmmsWork *work = pay_begin (world, "obligations", &world->system);
  ArmmsId id;

  obligation->employee_id = *employee;
  obligation->kind = g_strdup (kind);
  obligation->principal = ARMMS_MONEY (principal);
  obligation->instalment = ARMMS_MONEY (instalment);
  obligation->starts_on = pay_day (starts_on);
  g_ptr_array_add (obligations, obligation);
  MUST (armms_obligations_insert (work, obligations, &error));
  id = obligation->obligation_id;
  pay_commit (work);
  return id;
}

void
pay_world_allow (PayWorld *world, const ArmmsId *employee, const char *title, gint64 amount, const char *de_minimis, const char *valid_from)
{
  g_autoptr(GPtrArray) benefits = armms_records_new (&armms_benefit_type);
  ArmmsBenefit *benefit = armms_record_new (&armms_benefit_type);
  ArmmsWork *work = pay_begin (world, "benefits", &world->system);

  benefit->employee_id = *employee;
  benefit->title = g_strdup (title);
  benefit->amount = ARMMS_MONEY (amount);
  benefit->taxable = TRUE;
  benefit->de_minimis_kind = g_strdup (de_minimis);
  benefit->valid_from = pay_day (valid_from);
  g_ptr_array_add (benefits, benefit);
  MUST (armms_benefits_insert (work, benefits, &error));
  pay_commit (work);
}

/* ---- timesheets ----------------------------------------------------------------------------------------------- */

ArmmsEvent *
pay_world_timesheet (PayWorld *world, ArmmsId *timesheet_id, gint64 version, const ArmmsId *employee, const char *employee_no, const char *from,
                     const char *to, const ArmmsId *detachment, const ArmmsId *shift, const ArmmsId *position, const char *days)
{
  g_autoptr(GString) json = g_string_new (NULL);
  g_auto(GStrv) each = g_strsplit (days, ";", -1);
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *canonical = NULL, *seal = NULL;
  g_autoptr(GError) error = NULL;
  char t[ARMMS_ID_TEXT_SIZE], e[ARMMS_ID_TEXT_SIZE], d[ARMMS_ID_TEXT_SIZE], s[ARMMS_ID_TEXT_SIZE], p[ARMMS_ID_TEXT_SIZE];
  gboolean mall = armms_id_equal (detachment, &world->mall_id);

  if (armms_id_is_nil (timesheet_id))
    *timesheet_id = armms_id_new ();
  g_string_append_printf (json, "{\"timesheet_id\":\"%s\",\"version\":%" G_GINT64_FORMAT ",\"employee_id\":\"%s\",\"employee_no\":\"%s\",\"period_from\":\"%s\","
                          "\"period_to\":\"%s\",\"detachment_id\":\"%s\",\"shift_id\":\"%s\",\"position_id\":\"%s\",\"region\":\"%s\",\"city\":\"%s\","
                          "\"finalized_at\":\"2026-06-01T00:00:00Z\",\"approvals\":[],\"totals\":{},\"days\":[",
                          armms_id_format (timesheet_id, t), version, armms_id_format (employee, e), employee_no, from, to,
                          armms_id_format (detachment, d), armms_id_format (shift, s), armms_id_format (position, p), mall ? "NCR" : "VII",
                          mall ? "Manila" : "Cebu City");
  for (guint i = 0; each[i] != NULL; i++)
    {
      g_auto(GStrv) words = g_strsplit (g_strstrip (each[i]), " ", -1);
      g_autoptr(GString) rest = g_string_new (NULL);
      gboolean first = TRUE;

      if (words[0] == NULL || words[0][0] == '\0')
        continue;
      g_string_append_printf (json, "%s{\"duty_date\":\"%s\",\"cells\":{", json->str[json->len - 1] == '[' ? "" : ",", words[0]);
      for (guint w = 1; words[w] != NULL; w++)
        {
          g_auto(GStrv) pair = g_strsplit (words[w], "=", 2);
          ArmmsCell cell;

          if (armms_cell_parse (pair[0], &cell) && cell < ARMMS_CELL_LEAVE_PAID)
            {
              g_string_append_printf (json, "%s\"%s\":%s", first ? "" : ",", pair[0], pair[1]);
              first = FALSE;
            }
          else
            g_string_append_printf (rest, ",\"%s\":%s", pair[0], pair[1]);
        }
      g_string_append_printf (json, "}%s,\"rest_day\":false}", rest->str);
    }
  g_string_append (json, "]}");
  node = armms_json_parse (json->str, &error);
  g_assert_no_error (error);
  canonical = armms_json_to_canonical (node);
  seal = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  json_object_set_string_member (json_node_get_object (node), "sha256", seal);
  return armms_event_new ("armms.timekeeping.TimesheetFinalized.v1", "timesheet", timesheet_id, version, employee, armms_json_to_canonical (node));
}

gboolean
pay_world_deliver (PayWorld *world, const ArmmsSubscription *subscription, ArmmsEvent *event, GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new ();
  g_autoptr(ArmmsWork) work = pay_begin (world, subscription->consumer_schema, &world->system);

  g_ptr_array_add (events, event);
  if (armms_id_is_nil (&event->event_id))
    event->event_id = armms_id_new ();
  return subscription->on_events (work, events, error) && armms_work_commit (work, error);
}

gboolean
pay_world_deliver_timesheet (PayWorld *world, ArmmsEvent *event, GError **error)
{
  return pay_world_deliver (world, &armms_payroll_room.subscriptions[0], event, error);
}

static void
deliver_outbox (PayWorld *world, PGconn *owner, const char *schema)
{
  g_autofree char *sql = g_strdup_printf ("select event_id, event, aggregate_id, aggregate_version, payload from %s.%s_outbox order by event_id", schema, schema);
  g_autofree char *seen = g_strdup_printf ("create table if not exists public.%s_told (event_id uuid primary key)", schema);
  PGresult *result;

  PQclear (PQexec (owner, seen));
  result = PQexec (owner, sql);
  g_assert_cmpint (PQresultStatus (result), ==, PGRES_TUPLES_OK);
  for (int row = 0; row < PQntuples (result); row++)
    {
      g_autofree char *mark = g_strdup_printf ("insert into public.%s_told values ('%s') on conflict do nothing", schema, PQgetvalue (result, row, 0));
      PGresult *marked = PQexec (owner, mark);
      gboolean new_one = g_str_equal (PQcmdTuples (marked), "1");

      PQclear (marked);
      for (const ArmmsRoom *room = armms_rooms (); new_one && room->name != NULL; room++)
        for (const ArmmsSubscription *subscription = room->subscriptions; subscription != NULL && subscription->name != NULL; subscription++)
          {
            g_autoptr(GError) error = NULL;
            ArmmsId id, aggregate;
            ArmmsEvent *event;

            if (!g_str_equal (subscription->source_schema, schema) || !g_str_equal (subscription->event, PQgetvalue (result, row, 1)))
              continue;
            g_assert_true (armms_id_parse (PQgetvalue (result, row, 0), &id) && armms_id_parse (PQgetvalue (result, row, 2), &aggregate));
            event = armms_event_new (PQgetvalue (result, row, 1), "x", &aggregate, g_ascii_strtoll (PQgetvalue (result, row, 3), NULL, 10), &aggregate,
                                     g_strdup (PQgetvalue (result, row, 4)));
            event->event_id = id;
            if (!pay_world_deliver (world, subscription, event, &error))
              g_error ("%s: %s", subscription->name, error->message);
            armms_event_free (event);
          }
    }
  PQclear (result);
}

void
pay_world_deliver_all (PayWorld *world)
{
  deliver_outbox (world, armms_test_database_owner (world->database, world->apart ? "payroll" : "main"), "payroll");
  deliver_outbox (world, armms_test_database_owner (world->database, "main"), "obligations");
}

/* ---- payruns -------------------------------------------------------------------------------------------------- */

ArmmsId
pay_world_open (PayWorld *world, const char *from)
{
  ArmmsWork *work = pay_begin (world, "payroll", &world->officer);
  ArmmsPayrun *wanted = armms_record_new (&armms_payrun_type), *payrun;
  g_autoptr(GError) error = NULL;
  ArmmsId id;

  g_assert_true (armms_payroll_open_periods (work, pay_day (from), pay_day (from), 0, NULL));
  wanted->period_from = pay_day (from);
  payrun = armms_payroll_create_payrun (work, wanted, &error);
  g_assert_no_error (error);
  id = payrun->payrun_id;
  armms_record_free (&armms_payrun_type, payrun);
  armms_record_free (&armms_payrun_type, wanted);
  pay_commit (work);
  return id;
}

gint64
pay_world_calculate (PayWorld *world, const ArmmsId *payrun)
{
  ArmmsWork *work = pay_begin (world, "payroll", &world->officer);
  gint64 written = -1;

  MUST (armms_payroll_start_calculation (work, payrun, NULL, &error));
  pay_commit (work);
  MUST (armms_payroll_calculate (world->db, &world->officer, payrun, NULL, &written, &error));
  return written;
}

char *
pay_world_step (PayWorld *world, const ArmmsActor *actor, const ArmmsId *payrun, const char *step, const char *reason)
{
  g_autoptr(ArmmsWork) work = pay_begin (world, "payroll", actor);
  g_autoptr(GError) error = NULL;
  ArmmsPayrunDecision decision = { .reason = (char *) reason, .leave_out_errors = g_strcmp0 (reason, "leave out") == 0 };
  ArmmsPayrun *after = armms_payroll_decide (work, payrun, 0, step, &decision, &error);
  char *state;

  if (after == NULL || !armms_work_commit (work, &error))
    {
      if (after != NULL)
        armms_record_free (&armms_payrun_type, after);
      g_test_message ("%s: %s", step, error->message);
      return g_strconcat ("error:", armms_error_get_code (error), NULL);
    }
  state = g_strdup (after->state);
  armms_record_free (&armms_payrun_type, after);
  return state;
}

void
pay_world_close (PayWorld *world, const ArmmsId *payrun)
{
  const struct { const ArmmsActor *actor; const char *step, *state; } steps[] = {
    { &world->officer, "submit", "SUBMITTED" }, { &world->controller, "verify", "VERIFIED" },
    { &world->manager, "approve", "APPROVED" }, { &world->officer, "close", "CLOSED" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *state = pay_world_step (world, steps[i].actor, payrun, steps[i].step, NULL);

      g_assert_cmpstr (state, ==, steps[i].state);
    }
  pay_world_deliver_all (world);
}

/* ---- looking behind ------------------------------------------------------------------------------------------- */

char *
pay_value (PayWorld *world, const char *format, ...)
{
  PGconn *owner = armms_test_database_owner (world->database, world->apart ? "payroll" : "main");
  g_autofree char *sql = NULL;
  PGresult *result;
  char *value;
  va_list arguments;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  result = PQexec (owner, sql);
  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s: %s", sql, PQerrorMessage (owner));
  value = g_strdup (PQntuples (result) > 0 ? PQgetvalue (result, 0, 0) : "");
  PQclear (result);
  return value;
}

void
pay_exec (PayWorld *world, const char *sql)
{
  PGconn *owner = armms_test_database_owner (world->database, world->apart ? "payroll" : "main");
  PGresult *result = PQexec (owner, sql);

  if (PQresultStatus (result) != PGRES_COMMAND_OK && PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s: %s", sql, PQerrorMessage (owner));
  PQclear (result);
}

gint64
pay_figure (PayWorld *world, const ArmmsId *payrun, const char *employee_no, const char *column)
{
  g_autofree char *id = pay_id_text (payrun);
  g_autofree char *value = pay_value (world, "select %s from payroll.paysheets where payrun_id = '%s' and employee_no = '%s'", column, id, employee_no);

  return g_ascii_strtoll (value, NULL, 10);
}

char *
pay_lines (PayWorld *world, const ArmmsId *payrun, const char *employee_no)
{
  g_autofree char *id = pay_id_text (payrun);

  return pay_value (world, "select string_agg(format('%%s %%s %%s %%s', l.kind, l.code, coalesce(l.minutes::text, '-'), l.amount_centavos), E'\\n' order by l.line_no)"
                           "  from payroll.paysheets p join payroll.paysheet_lines l using (tenant_id, paysheet_id)"
                           " where p.payrun_id = '%s' and p.employee_no = '%s'", id, employee_no);
}

char *
pay_dump (PayWorld *world, const ArmmsId *payrun)
{
  g_autofree char *id = pay_id_text (payrun);

  return pay_value (world, "select coalesce(string_agg(row_text, E'\\n' order by row_text), '') from ("
                           "select (to_jsonb(p) - '{version,calculation_no,created_at,updated_at,created_by,updated_by}'::text[])::text as row_text from payroll.paysheets p where p.payrun_id = '%s'"
                           " union all select (to_jsonb(l) - '{created_at,updated_at,created_by,updated_by}'::text[])::text from payroll.paysheet_lines l join payroll.paysheets p using (tenant_id, paysheet_id) where p.payrun_id = '%s'"
                           " union all select (to_jsonb(t) - '{created_at,updated_at,created_by,updated_by}'::text[])::text from payroll.paysheet_traces t join payroll.paysheets p using (tenant_id, paysheet_id) where p.payrun_id = '%s'"
                           " union all select (to_jsonb(s) - '{created_at,updated_at,created_by,updated_by}'::text[])::text from payroll.paysheet_sources s join payroll.paysheets p using (tenant_id, paysheet_id) where p.payrun_id = '%s') as d",
                    id, id, id, id);
}

void
pay_check_books (PayWorld *w, const ArmmsId *payrun)
{
  g_autofree char *id = pay_id_text (payrun);
  g_autofree char *unbalanced = pay_value (w, "select count(*) from (select entry_id from payroll.pay_journal group by entry_id having sum(debit_centavos) <> sum(credit_centavos)) u");
  g_autofree char *net = pay_value (w, "select coalesce(sum(j.credit_centavos - j.debit_centavos), 0) - (select sum(net_centavos) from payroll.paysheets where payrun_id = '%s' and state = 'CLOSED')"
                                       " from payroll.pay_journal j join payroll.journal_entries e using (tenant_id, entry_id) where e.payrun_id = '%s' and account = 'payable.net_pay'", id, id);
  g_autofree char *entries = pay_value (w, "select count(*) - (select count(*) from payroll.paysheets where payrun_id = '%s' and state = 'CLOSED' and (gross_centavos <> 0 or employer_centavos <> 0))"
                                           " from payroll.journal_entries where payrun_id = '%s'", id, id);
  g_autofree char *lines = pay_value (w, "select count(*) from payroll.paysheets p where p.payrun_id = '%s' and p.state = 'CLOSED' and p.gross_centavos + p.untouchable_centavos <>"
                                         " (select sum(amount_centavos) from payroll.paysheet_lines l where l.paysheet_id = p.paysheet_id and kind in ('earning', 'adjustment', 'benefit'))", id);
  g_autoptr(ArmmsWork) work = pay_begin (w, "payroll", &w->system);
  gint64 checked, broken;

  g_assert_cmpstr (unbalanced, ==, "0");
  g_assert_cmpstr (net, ==, "0");
  g_assert_cmpstr (entries, ==, "0");
  g_assert_cmpstr (lines, ==, "0");
  g_assert_true (armms_payroll_check_seals (work, payrun, &checked, &broken, NULL));
  g_assert_cmpint (checked, >, 0);
  g_assert_cmpint (broken, ==, 0);
}
