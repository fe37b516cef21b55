/* A month is settled, though somebody earned in its first half only. May 2026; SSS and PhilHealth are due on the second cut-off.
 *
 * G001  guard, 800.00 a day, works in both halves: five days each, 4,000.00 and 4,000.00.
 * G002  guard, 695.00 a day (the minimum wage), five days in the first half only: 3,475.00.
 *         SSS         of 3,475.00: credit 5,000: employee 250.00, employer 500.00 + 10.00
 *         PhilHealth  695.00 x 393.5 / 12 = 22,790.21; 5 % = 1,139.51: employer 569.76, employee 569.75
 *         HDMF        200.00 each on the first cut-off, as always
 *         second half: gross 0, both employee shares are a receivable: 819.75; a loan's instalment of 500.00 is put off
 *       June, second half: five days, 3,475.00. SSS 250.00 + 250.00 of May, PhilHealth 569.75 + 569.75 of May.
 * G003  guard, 695.00 a day, two days at the mall and one at 800.00 in the first half: the mall at night is the post that counts.
 *         gross 2,190.00; PhilHealth as G002's
 * G004  guard, 800.00, one day on the 4th; separated on the 10th: his last pay settles the month.
 *         SSS 250.00, PhilHealth 800.00 x 393.5 / 12 = 26,233.33; 1,311.67: employee 655.83, employer 655.84; HDMF 200.00
 * G005  nobody: an allowance of 300.00 in each half, work in the first one: his PhilHealth is that of the post where he worked.
 */
#include "tests/server/payroll/pay-world.h"

#include <string.h>

#define FIVE_DAYS(month, a, b, c, d, e) \
  "2026-" month "-" a " ordinary=480;2026-" month "-" b " ordinary=480;2026-" month "-" c " ordinary=480;2026-" month "-" d " ordinary=480;" \
  "2026-" month "-" e " ordinary=480"
#define FIRST_HALF FIVE_DAYS ("05", "04", "05", "06", "07", "08")
#define SECOND_HALF FIVE_DAYS ("05", "18", "19", "20", "21", "22")
#define JUNE FIVE_DAYS ("06", "16", "17", "18", "19", "20")

typedef struct {
  PayWorld world;
  ArmmsId g1, g2, g3, g4, g5, first;
} Story;

static void
tell (Story *s, const ArmmsId *employee, const char *no, const char *from, const char *to, const ArmmsId *shift, const char *days)
{
  ArmmsId timesheet = ARMMS_ID_NIL;
  ArmmsEvent *event = pay_world_timesheet (&s->world, &timesheet, 1, employee, no, from, to, &s->world.mall_id, shift, &s->world.guard_id, days);
  g_autoptr(GError) error = NULL;

  pay_world_deliver_timesheet (&s->world, event, &error);
  g_assert_no_error (error);
  armms_event_free (event);
}

static void
tell_first (Story *s, const ArmmsId *employee, const char *no, const ArmmsId *shift, const char *days)
{
  tell (s, employee, no, "2026-05-01", "2026-05-15", shift, days);
}

/* The first half is paid. */
static void
begin_story (Story *s)
{
  PayWorld *w = &s->world;

  pay_world_set_up (w, FALSE);
  s->g1 = pay_world_hire (w, "G001", "Dela Cruz");
  s->g2 = pay_world_hire (w, "G002", "Reyes");
  s->g3 = pay_world_hire (w, "G003", "Santos");
  s->g4 = pay_world_hire (w, "G004", "Bautista");
  s->g5 = pay_world_hire (w, "G005", "Ocampo");
  armms_test_database_exec (w->database, "update hr_core.employees set separated_on = '2026-05-10', status = 'SEPARATED' where employee_no = 'G004'");
  pay_world_set_card (w, &w->mall_id, &w->day_id, &w->guard_id, "daily", 80000, NULL, FALSE);
  pay_world_set_card (w, &w->mall_id, &w->night_id, &w->guard_id, "daily", 69500, NULL, FALSE);
  pay_world_lend (w, &s->g2, "company_loan", 100000, 50000, "2026-05-16");
  pay_world_allow (w, &s->g5, "Allowance", 30000, NULL, "2026-05-01");
  tell_first (s, &s->g1, "G001", &w->day_id, FIRST_HALF);
  tell_first (s, &s->g2, "G002", &w->night_id, FIRST_HALF);
  tell_first (s, &s->g3, "G003", &w->night_id, "2026-05-04 ordinary=480;2026-05-05 ordinary=480");
  tell_first (s, &s->g3, "G003", &w->day_id, "2026-05-06 ordinary=480");
  tell_first (s, &s->g4, "G004", &w->day_id, "2026-05-04 ordinary=480");
  tell_first (s, &s->g5, "G005", &w->day_id, "2026-05-04 ordinary=480");
  s->first = pay_world_open (w, "2026-05-01");
  g_assert_cmpint (pay_world_calculate (w, &s->first), ==, 5);
  pay_world_close (w, &s->first);
}

static char *
figures (PayWorld *w, const ArmmsId *payrun, const char *no)
{
  g_autofree char *id = pay_id_text (payrun);

  return pay_value (w, "select concat_ws(' ', gross_centavos, sss_centavos, philhealth_centavos, hdmf_centavos, employer_centavos, receivable_centavos, net_centavos)"
                       " from payroll.paysheets where payrun_id = '%s' and employee_no = '%s'", id, no);
}

/* A scheme in both books: "remit 25000 51000, taken 25000 0". */
static char *
books (PayWorld *w, const char *no, const char *scheme, const char *month)
{
  g_autofree char *sql = g_strdup_printf ("select string_agg(l.book || ' ' || l.employee_centavos || ' ' || l.employer_centavos, ', ' order by l.book, l.paid_on)"
                                          " from gov.ledger l join hr_core.employees e using (tenant_id, employee_id)"
                                          " where e.employee_no = '%s' and l.scheme = '%s' and l.month = '%s'", no, scheme, month);

  return armms_test_database_value (w->database, sql);
}

static void
expect (char *got, const char *wanted)
{
  g_assert_cmpstr (got, ==, wanted);
  g_free (got);
}

static void
test_first_half_only (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId second;
  g_autofree char *id = NULL, *before = NULL, *after = NULL;

  begin_story (&s);
  tell (&s, &s.g1, "G001", "2026-05-16", "2026-05-31", &w->day_id, SECOND_HALF);
  second = pay_world_open (w, "2026-05-16");
  id = pay_id_text (&second);
  g_assert_cmpint (pay_world_calculate (w, &second), ==, 4);
  expect (pay_value (w, "select string_agg(employee_no, ' ' order by employee_no) from payroll.paysheets where payrun_id = '%s'", id), "G001 G002 G003 G005");
  expect (figures (w, &second, "G001"), "400000 40000 65583 0 146584 0 294417");

  expect (pay_lines (w, &second, "G002"),
          "statutory sss - 0\n"
          "statutory philhealth - 0\n"
          "obligation company_loan - 0\n"
          "employer sss_employer - 50000\n"
          "employer sss_ec - 1000\n"
          "employer philhealth_employer - 56976\n"
          "net net_pay - 0");
  expect (figures (w, &second, "G002"), "0 0 0 0 107976 81975 0");
  g_assert_cmpint (pay_figure (w, &second, "G002", "previous_net_centavos"), >, 0);
  g_assert_cmpint (pay_figure (w, &second, "G002", "deferred_centavos"), ==, 81975 + 50000);
  expect (pay_value (w, "select warnings[1] from payroll.paysheets where payrun_id = '%s' and employee_no = 'G002'", id),
          "statutory.receivable: 819.75 of employee shares was not taken from pay; the agency remits it all the same");
  expect (pay_value (w, "select t.traces::jsonb -> 0 -> 'in' ->> 'because' from payroll.paysheet_traces t join payroll.paysheets p using (tenant_id, paysheet_id)"
                        " where p.payrun_id = '%s' and p.employee_no = 'G002'", id), "no_pay");
  expect (pay_value (w, "select detachment_code from payroll.paysheets where payrun_id = '%s' and employee_no = 'G002'", id), "MALL");
  expect (pay_value (w, "select count(*) from payroll.paysheet_sources s join payroll.paysheets p using (tenant_id, paysheet_id)"
                        " where p.payrun_id = '%s' and p.employee_no <> 'G001'", id), "0");
  expect (figures (w, &second, "G003"), "0 0 0 0 107976 81975 0");
  /* SSS of 1,400.00, PhilHealth of 800.00 a day; the allowance bears both shares only as far as it goes. */
  expect (figures (w, &second, "G005"), "30000 25000 5000 0 116584 60583 0");

  before = pay_dump (w, &second);
  g_assert_cmpint (pay_world_calculate (w, &second), ==, 0);
  after = pay_dump (w, &second);
  g_assert_cmpstr (before, ==, after);
  pay_world_tear_down (w);
}

/* What nobody took is remitted all the same, stands in the books, and is asked for a month later. */
static void
test_carried (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId second, june, paysheet;
  g_autofree char *id = NULL, *name = NULL;
  g_autoptr(GBytes) pdf = NULL;
  g_autoptr(GError) error = NULL;
  ArmmsWork *work;

  begin_story (&s);
  second = pay_world_open (w, "2026-05-16");
  id = pay_id_text (&second);
  g_assert_cmpint (pay_world_calculate (w, &second), ==, 4);
  expect (figures (w, &second, "G001"), "0 0 0 0 116584 90583 0"); /* he, too: SSS of 4,000.00, PhilHealth of 800.00 a day */
  pay_world_close (w, &second);
  pay_check_books (w, &second);
  expect (books (w, "G002", "sss", "2026-05-01"), "remit 25000 51000");
  expect (books (w, "G002", "philhealth", "2026-05-01"), "remit 56975 56976");
  expect (books (w, "G002", "hdmf", "2026-05-01"), "remit 20000 20000, taken 20000 0");
  expect (pay_value (w, "select string_agg(account || ' ' || debit_centavos || ' ' || credit_centavos, ', ' order by account) from payroll.pay_journal"
                        " where entry_id = (select paysheet_id from payroll.paysheets where payrun_id = '%s' and employee_no = 'G002')", id),
          "expense.philhealth_employer 56976 0, expense.sss_employer 51000 0, payable.philhealth 0 113951, payable.sss 0 76000, receivable.statutory 81975 0");
  expect (armms_test_database_value (w->database, "select string_agg(status || ' ' || due_centavos || ' ' || taken_centavos, ', ' order by period_from)"
                                                  " from obligations.instalments"), "DEFERRED 50000 0, PLANNED 100000 0");
  paysheet = armms_paysheet_id_of (&second, &s.g2);
  work = pay_begin (w, "payroll", &w->officer);
  pdf = armms_payslip_of (work, &paysheet, &name, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (pdf, NULL), 4, "%PDF", 4);
  pay_commit (work);

  tell (&s, &s.g2, "G002", "2026-06-16", "2026-06-30", &w->night_id, JUNE);
  june = pay_world_open (w, "2026-06-16");
  g_assert_cmpint (pay_world_calculate (w, &june), ==, 2); /* and G005 with his allowance */
  g_assert_cmpint (pay_figure (w, &june, "G002", "gross_centavos"), ==, 347500);
  g_assert_cmpint (pay_figure (w, &june, "G002", "sss_centavos"), ==, 2 * 25000);
  g_assert_cmpint (pay_figure (w, &june, "G002", "philhealth_centavos"), ==, 2 * 56975);
  g_assert_cmpint (pay_figure (w, &june, "G002", "receivable_centavos"), ==, 0);
  pay_world_close (w, &june);
  pay_check_books (w, &june);
  expect (books (w, "G002", "sss", "2026-06-01"), "recovered 25000 0, remit 25000 51000, taken 25000 0");
  expect (books (w, "G002", "philhealth", "2026-06-01"), "recovered 56975 0, remit 56975 56976, taken 56975 0");
  pay_world_tear_down (w);
}

/* Two months in which pay came in the first half only, one in which none came: what was left open is asked for when there is pay. */
static void
test_carried_on (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId payrun;

  begin_story (&s);
  payrun = pay_world_open (w, "2026-05-16");
  pay_world_calculate (w, &payrun);
  pay_world_close (w, &payrun);
  tell (&s, &s.g2, "G002", "2026-06-01", "2026-06-15", &w->night_id, FIVE_DAYS ("06", "01", "02", "03", "04", "05"));
  payrun = pay_world_open (w, "2026-06-01");
  pay_world_calculate (w, &payrun);
  pay_world_close (w, &payrun);
  payrun = pay_world_open (w, "2026-06-16");
  pay_world_calculate (w, &payrun);
  g_assert_cmpint (pay_figure (w, &payrun, "G002", "receivable_centavos"), ==, 2 * 81975);
  pay_world_close (w, &payrun);
  pay_check_books (w, &payrun);
  expect (books (w, "G002", "sss", "2026-06-01"), "remit 25000 51000");

  /* No July at all. */
  tell (&s, &s.g2, "G002", "2026-08-16", "2026-08-31", &w->night_id, FIVE_DAYS ("08", "17", "18", "19", "20", "21"));
  payrun = pay_world_open (w, "2026-08-16");
  pay_world_calculate (w, &payrun);
  g_assert_cmpint (pay_figure (w, &payrun, "G002", "sss_centavos"), ==, 3 * 25000);
  g_assert_cmpint (pay_figure (w, &payrun, "G002", "philhealth_centavos"), ==, 3 * 56975);
  pay_world_close (w, &payrun);
  expect (books (w, "G002", "sss", "2026-08-01"), "recovered 50000 0, remit 25000 51000, taken 25000 0");
  expect (armms_test_database_value (w->database, "select string_agg(month || ' ' || carried_centavos || ' ' || recovered_centavos, ', ' order by month) from gov.schedules"
                                                  " where scheme = 'sss' and employee_id = (select employee_id from hr_core.employees where employee_no = 'G002')"),
          "2026-05-01 0 0, 2026-06-01 0 0, 2026-07-01 0 0, 2026-08-01 50000 50000");

  /* And not a second time. */
  tell (&s, &s.g2, "G002", "2026-09-16", "2026-09-30", &w->night_id, FIVE_DAYS ("09", "17", "18", "21", "22", "23"));
  payrun = pay_world_open (w, "2026-09-16");
  pay_world_calculate (w, &payrun);
  g_assert_cmpint (pay_figure (w, &payrun, "G002", "sss_centavos"), ==, 25000);
  pay_world_tear_down (w);
}

/* His last pay settled the month: no second sheet, whoever asks. A run off the cycle asks nobody. */
static void
test_settled (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId second, off_cycle;
  ArmmsPayrun *wanted = armms_record_new (&armms_payrun_type), *payrun;
  ArmmsSimulationRequest request = { 0 };
  ArmmsSimulation *simulation;
  g_autofree char *id = NULL;
  g_autoptr(GError) error = NULL;
  ArmmsWork *work;

  begin_story (&s);
  expect (figures (w, &s.first, "G004"), "80000 25000 55000 0 136584 30583 0");
  second = pay_world_open (w, "2026-05-16");
  pay_world_calculate (w, &second);
  id = pay_id_text (&second);
  expect (pay_value (w, "select count(*) from payroll.paysheets where payrun_id = '%s' and employee_no = 'G004'", id), "0");
  request.employee_ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_array_append_val (request.employee_ids, s.g4);
  work = pay_begin (w, "payroll", &w->officer);
  simulation = armms_payroll_simulate (work, &second, &request, &error);
  g_assert_no_error (error);
  g_assert_cmpint (simulation->paysheets, ==, 0);
  armms_record_free (&armms_simulation_type, simulation);
  g_array_unref (request.employee_ids);
  pay_commit (work);
  pay_world_close (w, &second);

  work = pay_begin (w, "payroll", &w->officer);
  wanted->period_from = pay_day ("2026-05-16");
  g_free (wanted->kind);
  wanted->kind = g_strdup ("off_cycle");
  payrun = armms_payroll_create_payrun (work, wanted, &error);
  g_assert_no_error (error);
  off_cycle = payrun->payrun_id;
  armms_record_free (&armms_payrun_type, payrun);
  armms_record_free (&armms_payrun_type, wanted);
  pay_commit (work);
  g_assert_cmpint (pay_world_calculate (w, &off_cycle), ==, 0);
  pay_world_tear_down (w);
}

/* Where all work in both halves nobody is added, and where nothing is due nobody is asked. */
static void
test_nobody_added (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId second, june;
  g_autofree char *id = NULL;

  begin_story (&s);
  tell (&s, &s.g1, "G001", "2026-05-16", "2026-05-31", &w->day_id, SECOND_HALF);
  tell (&s, &s.g2, "G002", "2026-05-16", "2026-05-31", &w->night_id, SECOND_HALF);
  tell (&s, &s.g3, "G003", "2026-05-16", "2026-05-31", &w->night_id, SECOND_HALF);
  second = pay_world_open (w, "2026-05-16");
  id = pay_id_text (&second);
  g_assert_cmpint (pay_world_calculate (w, &second), ==, 4);
  expect (pay_value (w, "select string_agg(employee_no, ' ' order by employee_no) from payroll.paysheets where payrun_id = '%s' and gross_centavos > 0", id),
          "G001 G002 G003 G005");
  pay_world_close (w, &second);
  /* HDMF of June, on the first cut-off: nobody was paid in June yet. */
  june = pay_world_open (w, "2026-06-01");
  g_assert_cmpint (pay_world_calculate (w, &june), ==, 1);
  pay_world_tear_down (w);
}

/* A sheet that stood only for the month goes when the month was settled after all. */
static void
test_sheet_goes (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId second;
  g_autofree char *id = NULL;

  begin_story (&s);
  second = pay_world_open (w, "2026-05-16");
  id = pay_id_text (&second);
  g_assert_cmpint (pay_world_calculate (w, &second), ==, 4);
  pay_exec (w, "update payroll.paysheets p set statutory[1] = 25000, statutory[2] = 51000, statutory[9] = 56975, statutory[10] = 56976"
               " where employee_no = 'G002' and state = 'CLOSED'");
  g_assert_cmpint (pay_world_calculate (w, &second), ==, 0);
  expect (pay_value (w, "select string_agg(employee_no, ' ' order by employee_no) from payroll.paysheets where payrun_id = '%s'", id), "G001 G003 G005");
  pay_world_tear_down (w);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payroll/month/paid in the first half only: both shares are owed", test_first_half_only);
  g_test_add_func ("/payroll/month/the employee's share is asked for a month later", test_carried);
  g_test_add_func ("/payroll/month/the employee's share waits for pay that can bear it", test_carried_on);
  g_test_add_func ("/payroll/month/what a last pay has settled is not asked for twice", test_settled);
  g_test_add_func ("/payroll/month/nobody is added where all were paid", test_nobody_added);
  g_test_add_func ("/payroll/month/a sheet goes when the month was settled", test_sheet_goes);
  return g_test_run ();
}
