/* From sealed timesheets to closed payruns, with figures worked out by hand. May 2026, NCR minimum wage 695.00 a day.
 *
 * E001  guard, 800.00 a day. 1-15: 11 ordinary duties of 12 hours, and one on Labor Day, the 1st.
 *         8 h ordinary        11 x 800.00                     8,800.00
 *         4 h overtime        11 x 400.00 x 1.25              5,500.00
 *         holiday, 8 h        800.00 x 2.00                   1,600.00
 *         holiday, overtime   400.00 x 2.60                   1,040.00
 *         rice subsidy        (free of tax up to 2,500 a month) 1,000.00      gross 17,940.00
 *         HDMF                2 % of 10,000.00 (the month is worth 800.00 x 393.5 / 12)            200.00
 *         tax                 16,940.00 - 200.00 = 16,740.00; 937.50 + 20 % x 73.00                952.10
 *         company loan        10,000.00 at 2,500.00                                              2,500.00
 *         net                                                                                   14,287.90
 *         13th month          basic 8,800 + 800 (of the holiday) = 9,600 / 12                      800.00
 *       16-31: 13 ordinary duties, Eid'l Adha (27th) not worked but qualified.
 *         13 x 800 + 13 x 400 x 1.25 + 800 = 10,400 + 6,500 + 800, rice 1,000              gross 18,700.00
 *         SSS                 month 17,940 + 18,700 = 36,640: credit 35,000                      1,750.00 (employer 3,530.00)
 *         PhilHealth          26,233.33 x 5 % = 1,311.67; employer 655.84, employee                655.83
 *         tax                 17,700.00 - 2,405.83 = 15,294.17; 15 % x 4,877.17 = 731.5755         731.58
 *         loan 2,500.00; net  18,700 - 1,750 - 655.83 - 731.58 - 2,500                          13,062.59
 *         13th month          20,800 / 12 = 1,733.33, less 800.00                                  933.33
 *
 * E002  guard at the minimum wage, 695.00; three night duties 18:00-06:00; the floor is 30 % of gross.
 *         12 h ordinary day 347.50 x 3 = 1,042.50; night x 1.10 = 1,146.75; overtime night x 1.375 = 1,433.4375 -> 1,433.44
 *         gross 3,622.69, free of tax; HDMF 200.00; floor 1,086.807 -> 1,086.81
 *         SSS loan 1,000.00 first, of the cash advance's 3,000.00 only 1,335.88: 1,664.12 is put off; net 1,086.81
 *
 * E003  clerk, 30,000.00 a month, 261 days a year, absent for a day.
 *         15,000.00 - 30,000 x 12 / 261 = 1,379.3103 -> 1,379.31; gross 13,620.69; HDMF 200.00
 *         tax 13,420.69 - 10,417.00 = 3,003.69 x 15 % = 450.5535 -> 450.55; net 12,970.14
 *
 * E004  guard at a post without a rate card: an error on his paysheet, until the card is there. Then 700.00, HDMF 200.00, net 500.00.
 */
#include "tests/server/payroll/pay-world.h"

#include "server/approvals/approvals.h"
#include "server/tenant/tenant.h"

#include <string.h>

typedef struct {
  PayWorld world;
  ArmmsId e1, e2, e3, e4, sheet1, loan;
} Story;

#define FIRST_DAYS \
  "2026-05-01 regular=480 regular_ot=240;" \
  "2026-05-02 ordinary=480 ordinary_ot=240;2026-05-04 ordinary=480 ordinary_ot=240;2026-05-05 ordinary=480 ordinary_ot=240;" \
  "2026-05-06 ordinary=480 ordinary_ot=240;2026-05-07 ordinary=480 ordinary_ot=240;2026-05-08 ordinary=480 ordinary_ot=240;" \
  "2026-05-09 ordinary=480 ordinary_ot=240;2026-05-11 ordinary=480 ordinary_ot=240;2026-05-12 ordinary=480 ordinary_ot=240;" \
  "2026-05-13 ordinary=480 ordinary_ot=240;2026-05-14 ordinary=480 ordinary_ot=240"
#define SECOND_DAYS \
  "2026-05-16 ordinary=480 ordinary_ot=240;2026-05-18 ordinary=480 ordinary_ot=240;2026-05-19 ordinary=480 ordinary_ot=240;" \
  "2026-05-20 ordinary=480 ordinary_ot=240;2026-05-21 ordinary=480 ordinary_ot=240;2026-05-22 ordinary=480 ordinary_ot=240;" \
  "2026-05-23 ordinary=480 ordinary_ot=240;2026-05-25 ordinary=480 ordinary_ot=240;2026-05-26 ordinary=480 ordinary_ot=240;" \
  "2026-05-27 regular_unworked=480;" \
  "2026-05-28 ordinary=480 ordinary_ot=240;2026-05-29 ordinary=480 ordinary_ot=240;2026-05-30 ordinary=480 ordinary_ot=240;" \
  "2026-05-31 ordinary=480 ordinary_ot=240"

static void
tell (Story *s, ArmmsId *timesheet, gint64 version, const ArmmsId *employee, const char *no, gboolean second, const ArmmsId *detachment,
      const ArmmsId *shift, const ArmmsId *position, const char *days)
{
  ArmmsEvent *event = pay_world_timesheet (&s->world, timesheet, version, employee, no, second ? "2026-05-16" : "2026-05-01",
                                           second ? "2026-05-31" : "2026-05-15", detachment, shift, position, days);
  g_autoptr(GError) error = NULL;

  pay_world_deliver_timesheet (&s->world, event, &error);
  g_assert_no_error (error);
  armms_event_free (event);
}

static void
tell_new (Story *s, const ArmmsId *employee, const char *no, gboolean second, const ArmmsId *detachment, const ArmmsId *shift, const ArmmsId *position,
          const char *days)
{
  ArmmsId timesheet = ARMMS_ID_NIL;

  tell (s, &timesheet, 1, employee, no, second, detachment, shift, position, days);
}

static void
begin_story (Story *s, gboolean apart)
{
  PayWorld *w = &s->world;

  pay_world_set_up (w, apart);
  s->sheet1 = ARMMS_ID_NIL;
  s->e1 = pay_world_hire (w, "E001", "Dela Cruz");
  s->e2 = pay_world_hire (w, "E002", "Reyes");
  s->e3 = pay_world_hire (w, "E003", "Santos");
  s->e4 = pay_world_hire (w, "E004", "Bautista");
  pay_world_set_card (w, &w->mall_id, &w->day_id, &w->guard_id, "daily", 80000, NULL, FALSE);
  pay_world_set_card (w, &w->mall_id, &w->night_id, &w->guard_id, "daily", 69500, NULL, FALSE);
  pay_world_set_card (w, &w->hq_id, &w->office_shift_id, &w->clerk_id, "monthly", 3000000, "261", TRUE);
  s->loan = pay_world_lend (w, &s->e1, "company_loan", 1000000, 250000, "2026-05-01");
  pay_world_lend (w, &s->e2, "sss_loan", 1200000, 100000, "2026-05-01");
  pay_world_lend (w, &s->e2, "cash_advance", 600000, 300000, "2026-05-01");
  pay_world_allow (w, &s->e1, "Rice subsidy", 100000, "rice_subsidy", "2026-05-01");
  tell (s, &s->sheet1, 1, &s->e1, "E001", FALSE, &w->mall_id, &w->day_id, &w->guard_id, FIRST_DAYS);
  tell_new (s, &s->e2, "E002", FALSE, &w->mall_id, &w->night_id, &w->guard_id,
            "2026-05-04 ordinary=240 ordinary_nd=240 ordinary_ot_nd=240;2026-05-05 ordinary=240 ordinary_nd=240 ordinary_ot_nd=240;"
            "2026-05-06 ordinary=240 ordinary_nd=240 ordinary_ot_nd=240");
  tell_new (s, &s->e3, "E003", FALSE, &w->hq_id, &w->office_shift_id, &w->clerk_id, "2026-05-04 ordinary=480;2026-05-05 absent=480");
  tell_new (s, &s->e4, "E004", FALSE, &w->hq_id, &w->night_id, &w->guard_id, "2026-05-06 ordinary=480");
}

static void
end_story (Story *s)
{
  pay_world_tear_down (&s->world);
}

/* The missing card comes, and the first half-month is paid. */
static ArmmsId
pay_first_half (Story *s)
{
  PayWorld *w = &s->world;
  ArmmsId payrun = pay_world_open (w, "2026-05-01");

  pay_world_set_card (w, &w->hq_id, &w->night_id, &w->guard_id, "daily", 70000, NULL, FALSE);
  g_assert_cmpint (pay_world_calculate (w, &payrun), ==, 4);
  pay_world_close (w, &payrun);
  return payrun;
}

static void
check_first_half (PayWorld *w, const ArmmsId *payrun)
{
  g_autofree char *lines = pay_lines (w, payrun, "E001");
  g_autofree char *night = pay_lines (w, payrun, "E002");

  g_assert_cmpstr (lines, ==,
                   "earning regular 480 160000\n"
                   "earning regular_ot 240 104000\n"
                   "earning ordinary 5280 880000\n"
                   "earning ordinary_ot 2640 550000\n"
                   "benefit allowance - 100000\n"
                   "statutory hdmf - 20000\n"
                   "tax withholding_tax - 95210\n"
                   "obligation company_loan - 250000\n"
                   "employer hdmf_employer - 20000\n"
                   "accrual thirteenth_month - 80000\n"
                   "net net_pay - 1428790");
  g_assert_cmpint (pay_figure (w, payrun, "E001", "gross_centavos"), ==, 1794000);
  g_assert_cmpint (pay_figure (w, payrun, "E001", "taxable_centavos"), ==, 1674000);
  g_assert_cmpint (pay_figure (w, payrun, "E001", "net_centavos"), ==, 1428790);
  g_assert_cmpint (pay_figure (w, payrun, "E001", "thirteenth_month_centavos"), ==, 80000);

  g_assert_cmpstr (night, ==,
                   "earning ordinary 720 104250\n"
                   "earning ordinary_nd 720 114675\n"
                   "earning ordinary_ot_nd 720 143344\n"
                   "statutory hdmf - 20000\n"
                   "obligation sss_loan - 100000\n"
                   "obligation cash_advance - 133588\n"
                   "employer hdmf_employer - 20000\n"
                   "accrual thirteenth_month - 17375\n"
                   "net net_pay - 108681");
  g_assert_cmpint (pay_figure (w, payrun, "E002", "deferred_centavos"), ==, 166412);
  g_assert_cmpint (pay_figure (w, payrun, "E002", "net_centavos"), ==, 108681);
  g_assert_cmpint (pay_figure (w, payrun, "E002", "tax_centavos"), ==, 0);
  g_assert_cmpint (pay_figure (w, payrun, "E002", "minimum_wage_earner::int"), ==, 1);

  g_assert_cmpint (pay_figure (w, payrun, "E003", "gross_centavos"), ==, 1362069);
  g_assert_cmpint (pay_figure (w, payrun, "E003", "tax_centavos"), ==, 45055);
  g_assert_cmpint (pay_figure (w, payrun, "E003", "net_centavos"), ==, 1297014);
  g_assert_cmpint (pay_figure (w, payrun, "E004", "net_centavos"), ==, 50000);
}

/* ---- the scenario --------------------------------------------------------------------------------------------- */

static void
test_two_halves (gconstpointer data)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId first, second;
  g_autofree char *status = NULL, *deferred = NULL, *paid = NULL, *sss = NULL;

  begin_story (&s, GPOINTER_TO_INT (data));
  first = pay_first_half (&s);
  check_first_half (w, &first);
  pay_check_books (w, &first);

  /* What was taken and put off has reached the schedules: the cash advance's next instalment holds both. */
  status = armms_test_database_value (w->database, "select string_agg(status || ' ' || due_centavos || ' ' || taken_centavos, ', ' order by kind, period_from)"
                                                   " from obligations.instalments join obligations.obligations using (tenant_id, obligation_id)"
                                                   " where kind = 'cash_advance'");
  g_assert_cmpstr (status, ==, "PARTIAL 300000 133588, PLANNED 466412 0");
  deferred = armms_test_database_value (w->database, "select status || ' ' || taken_centavos from obligations.instalments where taken_centavos = 250000");
  g_assert_cmpstr (deferred, ==, "APPLIED 250000");
  paid = armms_test_database_value (w->database, "select string_agg(status, ',' order by period_from) from (select * from benefits.instalments order by period_from limit 2) i");
  g_assert_cmpstr (paid, ==, "APPLIED,PLANNED");

  tell_new (&s, &s.e1, "E001", TRUE, &w->mall_id, &w->day_id, &w->guard_id, SECOND_DAYS);
  second = pay_world_open (w, "2026-05-16");
  g_assert_cmpint (pay_world_calculate (w, &second), ==, 4); /* the others owe SSS and PhilHealth of the month: test-month.c */
  g_assert_cmpint (pay_figure (w, &second, "E001", "gross_centavos"), ==, 1870000);
  g_assert_cmpint (pay_figure (w, &second, "E001", "sss_centavos"), ==, 175000);
  g_assert_cmpint (pay_figure (w, &second, "E001", "philhealth_centavos"), ==, 65583);
  g_assert_cmpint (pay_figure (w, &second, "E001", "hdmf_centavos"), ==, 0);
  g_assert_cmpint (pay_figure (w, &second, "E001", "tax_centavos"), ==, 73158);
  g_assert_cmpint (pay_figure (w, &second, "E001", "net_centavos"), ==, 1306259);
  g_assert_cmpint (pay_figure (w, &second, "E001", "employer_centavos"), ==, 353000 + 65584);
  g_assert_cmpint (pay_figure (w, &second, "E001", "thirteenth_month_centavos"), ==, 93333);
  g_assert_cmpint (pay_figure (w, &second, "E001", "previous_net_centavos"), ==, 1428790);
  pay_world_close (w, &second);
  pay_check_books (w, &second);
  sss = armms_test_database_value (w->database, "select string_agg(scheme || ' ' || status, ', ' order by scheme) from gov.schedules where month = '2026-05-01'"
                                                " and employee_id = (select employee_id from hr_core.employees where employee_no = 'E001')");
  g_assert_cmpstr (sss, ==, "hdmf APPLIED, philhealth APPLIED, sss APPLIED");
  end_story (&s);
}

static void
test_missing_card (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId payrun;
  g_autofree char *problem = NULL, *refused = NULL, *before = NULL, *after = NULL, *again = NULL, *left_out = NULL, *pending = NULL;
  g_autofree char *id = NULL;

  begin_story (&s, FALSE);
  payrun = pay_world_open (w, "2026-05-01");
  id = pay_id_text (&payrun);
  g_assert_cmpint (pay_world_calculate (w, &payrun), ==, 4);
  problem = pay_value (w, "select problems[1] from payroll.paysheets where employee_no = 'E004' and state = 'ERROR'");
  g_assert_true (g_str_has_prefix (problem, "rate_card.missing: 2026-05-06 to 2026-05-06"));
  g_assert_nonnull (strstr (problem, "detachment HQ, shift NIGHT, position GUARD"));
  refused = pay_world_step (w, &w->officer, &payrun, "submit", NULL);
  g_assert_cmpstr (refused, ==, "error:payrun.errors");

  /* Repeating it changes nothing and writes nothing. */
  before = pay_dump (w, &payrun);
  g_assert_cmpint (pay_world_calculate (w, &payrun), ==, 0);
  after = pay_dump (w, &payrun);
  g_assert_cmpstr (before, ==, after);

  /* Left out: the others are paid, his timesheet stays due. */
  left_out = pay_world_step (w, &w->officer, &payrun, "submit", "leave out");
  g_assert_cmpstr (left_out, ==, "SUBMITTED");
  again = pay_world_step (w, &w->controller, &payrun, "verify", NULL);
  g_free (again);
  again = pay_world_step (w, &w->manager, &payrun, "approve", NULL);
  g_free (again);
  again = pay_world_step (w, &w->officer, &payrun, "close", NULL);
  g_assert_cmpstr (again, ==, "CLOSED");
  pay_world_deliver_all (w);
  pending = pay_value (w, "select string_agg(employee_id::text, ',') from payroll.timesheet_heads where version > paid_version");
  {
    g_autofree char *e4 = pay_id_text (&s.e4);

    g_assert_cmpstr (pending, ==, e4);
  }
  pay_check_books (w, &payrun);

  /* The card comes: the next payrun pays it. */
  {
    ArmmsId second = pay_world_open (w, "2026-05-16");
    g_autofree char *lines = NULL;

    pay_world_set_card (w, &w->hq_id, &w->night_id, &w->guard_id, "daily", 70000, NULL, FALSE);
    pay_world_calculate (w, &second);
    lines = pay_lines (w, &second, "E004");
    g_assert_true (g_str_has_prefix (lines, "adjustment ordinary 480 70000\n"));
  }
  end_story (&s);
}

/* A post below the wage order of its region is said on the sheet, with the days; the order's allowance is paid beside the wage. */
static void
test_minimum_wage (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId payrun;
  g_autofree char *lines = NULL, *warning = NULL;

  begin_story (&s, FALSE);
  armms_test_database_exec (w->database, "update gov.minimum_wages set cola_centavos = 1000 where wage_order = 'ROVII-26'");
  pay_world_set_card (w, &w->hq_id, &w->night_id, &w->guard_id, "daily", 49900, NULL, FALSE);
  payrun = pay_world_open (w, "2026-05-01");
  pay_world_calculate (w, &payrun);
  warning = pay_value (w, "select warnings[1] from payroll.paysheets where employee_no = 'E004'");
  g_assert_cmpstr (warning, ==, "minimum_wage.undercut: 2026-05-06 to 2026-05-06, duty days 1, at HQ: 499.00 a day, the law asks for 500.00 (ROVII-26)");
  lines = pay_lines (w, &payrun, "E004");
  g_assert_true (g_str_has_prefix (lines, "earning ordinary 480 49900\nearning cola 480 1000\n"));
  g_assert_cmpint (pay_figure (w, &payrun, "E004", "gross_centavos"), ==, 50900);
  g_assert_cmpint (pay_figure (w, &payrun, "E004", "basic_centavos"), ==, 49900);
  end_story (&s);
}

/* Who is exempt from tax cannot be told there: it is said on his sheet, and the others are paid. */
static void
test_no_wage_order (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId payrun;
  g_autofree char *problem = NULL, *states = NULL;

  begin_story (&s, FALSE);
  armms_test_database_exec (w->database, "update gov.minimum_wages set region = 'nowhere' where region = 'VII'");
  pay_world_set_card (w, &w->hq_id, &w->night_id, &w->guard_id, "daily", 70000, NULL, FALSE);
  payrun = pay_world_open (w, "2026-05-01");
  pay_world_calculate (w, &payrun);
  problem = pay_value (w, "select problems[1] from payroll.paysheets where employee_no = 'E004'");
  g_assert_cmpstr (problem, ==, "statutory.no_table: no minimum wage of region VII for non-agriculture is in force on 2026-05-01");
  states = pay_value (w, "select string_agg(state, ' ' order by employee_no) from payroll.paysheets");
  g_assert_cmpstr (states, ==, "COMPUTED COMPUTED ERROR ERROR");
  end_story (&s);
}

/* What is not certain, and what the tenant chose, reaches the sheets: the doubt about a wage order, HDMF of a month begun late. */
static void
test_open_points (void)
{
  static const char one[] = "select string_agg(employee_no || ' ' || coalesce(warnings[1], '-'), '; ' order by employee_no) from payroll.paysheets where employee_no in ('E001', 'E004')";
  Story s;
  PayWorld *w = &s.world;
  ArmmsId payrun;
  g_autofree char *certain = NULL, *doubted = NULL;

  begin_story (&s, FALSE);
  pay_world_set_card (w, &w->hq_id, &w->night_id, &w->guard_id, "daily", 50000, NULL, FALSE);
  payrun = pay_world_open (w, "2026-05-01");
  pay_world_calculate (w, &payrun);
  certain = pay_value (w, one);
  g_assert_cmpstr (certain, ==, "E001 -; E004 -");
  g_assert_cmpint (pay_figure (w, &payrun, "E004", "hdmf_centavos"), ==, 20000);
  g_assert_cmpint (pay_figure (w, &payrun, "E004", "gross_centavos"), ==, 50000);
  armms_test_database_exec (w->database, "update gov.minimum_wages set confidence = 'published (range only)' where wage_order = 'ROVII-26'");
  armms_test_database_exec (w->database, "update hr_core.employees set hired_on = '2026-05-04' where employee_no = 'E004'");
  armms_test_database_exec (w->database, "insert into gov.settings (tenant_id, key, value) select distinct tenant_id, 'hdmf_part_month_base', 'earned' from gov.minimum_wages");
  pay_world_calculate (w, &payrun);
  doubted = pay_value (w, one);
  g_assert_cmpstr (doubted, ==, "E001 -; E004 minimum_wage.uncertain: at HQ: 500.00 a day of ROVII-26 was not read in the order: published (range only)");
  g_assert_cmpint (pay_figure (w, &payrun, "E004", "hdmf_centavos"), ==, 500); /* of 500.00 earned: 1 % up to 1,500 */
  end_story (&s);
}

static void
test_late_version (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId second, third;
  g_autofree char *lines = NULL, *paid = NULL, *again = NULL;

  begin_story (&s, FALSE);
  pay_first_half (&s);
  /* A duty on the 15th was forgotten, and the overtime of the 14th was not. */
  tell (&s, &s.sheet1, 2, &s.e1, "E001", FALSE, &w->mall_id, &w->day_id, &w->guard_id, FIRST_DAYS ";2026-05-15 ordinary=480");
  second = pay_world_open (w, "2026-05-16");
  pay_world_calculate (w, &second);
  lines = pay_lines (w, &second, "E001");
  g_assert_true (g_str_has_prefix (lines, "adjustment ordinary 480 80000\n"));
  g_assert_cmpint (pay_figure (w, &second, "E001", "adjustments_centavos"), ==, 80000);
  pay_world_close (w, &second);
  pay_check_books (w, &second);
  paid = pay_value (w, "select version || ' ' || paid_version from payroll.timesheet_heads where version = 2");
  g_assert_cmpstr (paid, ==, "2 2");

  /* A third version that takes it back: less, against all that was paid for it so far. */
  tell (&s, &s.sheet1, 3, &s.e1, "E001", FALSE, &w->mall_id, &w->day_id, &w->guard_id, FIRST_DAYS);
  third = pay_world_open (w, "2026-06-01");
  pay_world_calculate (w, &third);
  again = pay_lines (w, &third, "E001");
  g_assert_true (g_str_has_prefix (again, "adjustment ordinary -480 -80000\n"));
  end_story (&s);
}

/* ---- refusals ------------------------------------------------------------------------------------------------- */

static void
check_step (PayWorld *w, const ArmmsActor *actor, const ArmmsId *payrun, const char *step, const char *reason, const char *wanted)
{
  g_autofree char *got = pay_world_step (w, actor, payrun, step, reason);

  g_assert_cmpstr (got, ==, wanted);
}

static void
test_refusals (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId payrun;
  ArmmsActor limited;

  begin_story (&s, FALSE);
  payrun = pay_world_open (w, "2026-05-01");
  check_step (w, &w->officer, &payrun, "submit", NULL, "error:payrun.state");
  check_step (w, &w->officer, &payrun, "close", NULL, "error:payrun.state");
  pay_world_set_card (w, &w->hq_id, &w->night_id, &w->guard_id, "daily", 70000, NULL, FALSE);
  pay_world_calculate (w, &payrun);
  check_step (w, &w->controller, &payrun, "verify", NULL, "error:payrun.state");
  check_step (w, &w->manager, &payrun, "approve", NULL, "error:payrun.state");

  /* A newer version makes what was calculated stale. */
  tell (&s, &s.sheet1, 2, &s.e1, "E001", FALSE, &w->mall_id, &w->day_id, &w->guard_id, FIRST_DAYS);
  check_step (w, &w->officer, &payrun, "submit", NULL, "error:payrun.stale");
  pay_world_calculate (w, &payrun);
  check_step (w, &w->officer, &payrun, "submit", NULL, "SUBMITTED");

  /* Nobody decides what he asked for, nor approves what he verified. */
  check_step (w, &w->officer, &payrun, "verify", NULL, "error:approvals.same_person");
  check_step (w, &w->manager, &payrun, "approve", NULL, "error:approvals.order");
  check_step (w, &w->controller, &payrun, "verify", NULL, "VERIFIED");
  check_step (w, &w->controller, &payrun, "approve", NULL, "error:approvals.same_person");
  check_step (w, &w->officer, &payrun, "approve", NULL, "error:approvals.same_person");
  check_step (w, &w->manager, &payrun, "reject", NULL, "error:request.invalid");
  check_step (w, &w->manager, &payrun, "approve", NULL, "APPROVED");
  check_step (w, &w->officer, &payrun, "cancel", "not wanted", "error:payrun.state");
  {
    g_autoptr(ArmmsWork) work = pay_begin (w, "payroll", &w->officer);
    g_autoptr(GError) error = NULL;

    /* Calculated no more, and a stale version of the row is refused. */
    g_assert_false (armms_payroll_start_calculation (work, &payrun, NULL, &error));
    g_assert_cmpstr (armms_error_get_code (error), ==, "payrun.state");
    g_clear_error (&error);
    g_assert_null (armms_payroll_decide (work, &payrun, 1, "close", NULL, &error));
    g_assert_true (g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_STALE));
  }
  limited = w->officer;
  limited.detachments = &w->mall_id;
  limited.n_detachments = 1;
  check_step (w, &limited, &payrun, "close", NULL, "error:payrun.whole_tenant");
  check_step (w, &w->officer, &payrun, "close", NULL, "CLOSED");
  check_step (w, &w->officer, &payrun, "close", NULL, "error:payrun.state");
  pay_check_books (w, &payrun);

  /* The next one waits until the schedules have heard of it. */
  {
    ArmmsId next = pay_world_open (w, "2026-05-16");
    ArmmsWork *work = pay_begin (w, "payroll", &w->officer);
    g_autoptr(GError) error = NULL;

    g_assert_true (armms_payroll_start_calculation (work, &next, NULL, NULL));
    pay_commit (work);
    g_assert_false (armms_payroll_calculate (w->db, &w->officer, &next, NULL, NULL, &error));
    g_assert_cmpstr (armms_error_get_code (error), ==, "payrun.unsettled");
  }
  end_story (&s);
}

static void
test_finaliser_does_not_decide (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId payrun;
  g_autofree char *sql = NULL, *who = NULL;
  gboolean allowed;

  begin_story (&s, FALSE);
  pay_world_set_card (w, &w->hq_id, &w->night_id, &w->guard_id, "daily", 70000, NULL, FALSE);
  payrun = pay_world_open (w, "2026-05-01");
  pay_world_calculate (w, &payrun);
  check_step (w, &w->officer, &payrun, "submit", NULL, "SUBMITTED");
  who = pay_id_text (&w->controller.user_id);
  /* As if the controller had finalised them: the table refuses changes, also of its owner. */
  sql = g_strdup_printf ("set session_replication_role = replica; update payroll.snapshots set finalized_by = '%s'; set session_replication_role = origin", who);
  pay_exec (w, sql);
  {
    ArmmsWork *work = pay_begin (w, "tenant", &w->system);
    g_autoptr(GError) error = NULL;

    allowed = armms_tenant_change_settings (work, "{\"same_person_two_gates\":false}", &error);
    g_assert_no_error (error);
    g_assert_true (allowed);
    pay_commit (work);
  }
  check_step (w, &w->controller, &payrun, "verify", NULL, "error:payrun.same_person");
  check_step (w, &w->manager, &payrun, "verify", NULL, "VERIFIED");
  end_story (&s);
}

static void
test_rejected_paysheet_returns (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId payrun, paysheet;
  ArmmsPaysheetDecision decision = { .line_no = 2, .reason = (char *) "the holiday overtime was not ordered" };
  g_autofree char *state = NULL, *sheet = NULL, *reason = NULL, *back = NULL, *count = NULL, *id = NULL;
  g_autoptr(GError) error = NULL;
  ArmmsPaysheet *after;
  ArmmsWork *work;

  begin_story (&s, FALSE);
  pay_world_set_card (w, &w->hq_id, &w->night_id, &w->guard_id, "daily", 70000, NULL, FALSE);
  payrun = pay_world_open (w, "2026-05-01");
  id = pay_id_text (&payrun);
  pay_world_calculate (w, &payrun);
  check_step (w, &w->officer, &payrun, "submit", NULL, "SUBMITTED");
  paysheet = armms_paysheet_id_of (&payrun, &s.e1);
  work = pay_begin (w, "payroll", &w->controller);
  after = armms_paysheet_decide (work, &paysheet, "reject", &decision, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (after->state, ==, "REJECTED");
  armms_record_free (&armms_paysheet_type, after);
  pay_commit (work);
  state = pay_value (w, "select state || ' ' || rejected from payroll.payruns where payrun_id = '%s'", id);
  g_assert_cmpstr (state, ==, "REJECTED 1");
  reason = pay_value (w, "select reason from payroll.paysheets where state = 'REJECTED'");
  g_assert_cmpstr (reason, ==, "line 2: the holiday overtime was not ordered");
  count = pay_value (w, "select count(*) from payroll.decisions where step = 'reject' and line_no = 2 and paysheet_id is not null");
  g_assert_cmpstr (count, ==, "1");
  check_step (w, &w->manager, &payrun, "approve", NULL, "error:payrun.state");

  /* The timekeeper corrects it; it is calculated again and goes its way. */
  tell (&s, &s.sheet1, 2, &s.e1, "E001", FALSE, &w->mall_id, &w->day_id, &w->guard_id, "2026-05-01 regular=480;2026-05-02 ordinary=480 ordinary_ot=240");
  g_assert_cmpint (pay_world_calculate (w, &payrun), ==, 1);
  back = pay_value (w, "select string_agg(distinct state, ',') from payroll.paysheets");
  g_assert_cmpstr (back, ==, "COMPUTED");
  g_assert_cmpint (pay_figure (w, &payrun, "E001", "gross_centavos"), ==, 160000 + 80000 + 50000 + 100000);
  pay_world_close (w, &payrun);
  pay_check_books (w, &payrun);
  end_story (&s);
}

static void
test_waiver (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId payrun, paysheet, waiver_id;
  ArmmsPaysheetWaiver waiver = { .line_no = 6, .reason_code = (char *) "low_pay", .reason = (char *) "three duties only", .follow_up = (char *) "respread", .periods = 2,
                                 .preview = TRUE };
  ArmmsPaysheetWaived *waived;
  g_autofree char *text = NULL, *plan = NULL, *entries = NULL;
  g_autoptr(GError) error = NULL;
  ArmmsWork *work;

  begin_story (&s, FALSE);
  pay_world_set_card (w, &w->hq_id, &w->night_id, &w->guard_id, "daily", 70000, NULL, FALSE);
  payrun = pay_world_open (w, "2026-05-01");
  pay_world_calculate (w, &payrun);
  paysheet = armms_paysheet_id_of (&payrun, &s.e2);

  waived = armms_payroll_waive (w->db, &w->officer, &paysheet, &waiver, &error);
  g_assert_no_error (error);
  g_assert_cmpint (waived->net_after.centavos, ==, 108681 + 133588);
  g_assert_cmpuint (waived->instalments->len, ==, 2);
  g_assert_true (armms_id_is_nil (&waived->change_id));
  armms_record_free (&armms_paysheet_waived_type, waived);

  waiver.preview = FALSE;
  waived = armms_payroll_waive (w->db, &w->officer, &paysheet, &waiver, &error);
  g_assert_no_error (error);
  g_assert_false (armms_id_is_nil (&waived->change_id));
  armms_record_free (&armms_paysheet_waived_type, waived);
  /* Not twice at once; and a tax not at all. */
  g_assert_null (armms_payroll_waive (w->db, &w->officer, &paysheet, &waiver, &error));
  g_clear_error (&error);
  paysheet = armms_paysheet_id_of (&payrun, &s.e1);
  waiver.line_no = 7;
  g_assert_null (armms_payroll_waive (w->db, &w->officer, &paysheet, &waiver, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "waiver.tax");
  g_clear_error (&error);

  text = armms_test_database_value (w->database, "select waiver_id from obligations.waivers");
  g_assert_true (armms_id_parse (text, &waiver_id));
  work = pay_begin (w, "obligations", &w->controller);
  g_assert_true (armms_approvals_decide (work, "obligation-waiver", &waiver_id, "verify", NULL, &error));
  pay_commit (work);
  work = pay_begin (w, "obligations", &w->manager);
  g_assert_true (armms_approvals_decide (work, "obligation-waiver", &waiver_id, "approve", NULL, &error));
  pay_commit (work);
  plan = armms_test_database_value (w->database, "select string_agg(i.status || ' ' || i.due_centavos, ', ' order by i.period_from) from obligations.instalments i"
                                                 " join obligations.obligations o using (tenant_id, obligation_id) where o.kind = 'cash_advance'");
  g_assert_cmpstr (plan, ==, "WAIVED 300000, PLANNED 450000, PLANNED 150000");
  g_assert_cmpint (pay_world_calculate (w, &payrun), ==, 1);
  g_assert_cmpint (pay_figure (w, &payrun, "E002", "net_centavos"), ==, 362269 - 20000 - 100000);
  g_assert_cmpint (pay_figure (w, &payrun, "E002", "waived_centavos"), ==, 300000);
  pay_world_close (w, &payrun);
  entries = pay_value (w, "select string_agg(account || ' ' || debit_centavos || ' ' || credit_centavos, ', ' order by posting_no) from payroll.pay_journal"
                          " join payroll.journal_entries using (tenant_id, entry_id) where kind = 'waiver'");
  g_assert_cmpstr (entries, ==, "memo.instalment_deferred 300000 0, memo.instalment_due 0 300000");
  end_story (&s);
}

static void
test_wrong_seal (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId timesheet = ARMMS_ID_NIL;
  ArmmsEvent *event;
  g_autofree char *count = NULL, *wrong = NULL;
  g_autoptr(GError) error = NULL;
  char *at;

  begin_story (&s, FALSE);
  event = pay_world_timesheet (w, &timesheet, 1, &s.e1, "E001", "2026-05-16", "2026-05-31", &w->mall_id, &w->day_id, &w->guard_id, "2026-05-18 ordinary=480");
  at = strstr (event->payload, "\"ordinary\":480");
  g_assert_nonnull (at);
  memcpy (at, "\"ordinary\":481", strlen ("\"ordinary\":481"));
  g_assert_false (pay_world_deliver_timesheet (w, event, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "snapshot.seal");
  armms_event_free (event);
  count = pay_value (w, "select count(*) from payroll.snapshots where period_from = '2026-05-16'");
  g_assert_cmpstr (count, ==, "0");

  /* The same version again counts once; with another content it is refused. */
  tell (&s, &s.sheet1, 1, &s.e1, "E001", FALSE, &w->mall_id, &w->day_id, &w->guard_id, FIRST_DAYS);
  event = pay_world_timesheet (w, &s.sheet1, 1, &s.e1, "E001", "2026-05-01", "2026-05-15", &w->mall_id, &w->day_id, &w->guard_id, "2026-05-04 ordinary=480");
  g_clear_error (&error);
  g_assert_false (pay_world_deliver_timesheet (w, event, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, "snapshot.changed");
  armms_event_free (event);
  end_story (&s);
}

/* The books refuse what does not balance and what changes them. */
static void
test_books_refuse (void)
{
  Story s;
  PayWorld *w = &s.world;
  PGconn *worker;
  g_autofree char *tenant = NULL, *set = NULL;
  static const char *const tries[] = {
    "insert into payroll.pay_journal (tenant_id, posted_on, entry_id, posting_no, account, debit_centavos) select platform.current_tenant_id(), posted_on, entry_id, 99, 'expense.basic', 5 from payroll.journal_entries limit 1",
    "update payroll.pay_journal set debit_centavos = debit_centavos + 1",
    "delete from payroll.journal_entries",
    "update payroll.snapshots set payload = ''",
    "delete from payroll.payslips",
  };

  begin_story (&s, FALSE);
  pay_first_half (&s);
  worker = armms_test_database_connect (w->database, "main", "armms_worker");
  tenant = pay_id_text (&w->system.tenant_id);
  set = g_strdup_printf ("set app.tenant_id = '%s'", tenant);
  PQclear (PQexec (worker, set));
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      PGresult *result = PQexec (worker, tries[i]);

      g_test_message ("%s: %s", tries[i], PQerrorMessage (worker));
      g_assert_cmpint (PQresultStatus (result), ==, PGRES_FATAL_ERROR);
      PQclear (result);
    }
  PQfinish (worker);
  end_story (&s);
}

/* A changed line is seen: the seal does not fit any more. */
static void
test_seal_tells (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId payrun;
  gint64 checked, broken;

  begin_story (&s, FALSE);
  payrun = pay_first_half (&s);
  pay_exec (w, "update payroll.paysheet_lines set amount_centavos = amount_centavos + 1 where code = 'regular_ot'");
  {
    g_autoptr(ArmmsWork) work = pay_begin (w, "payroll", &w->system);

    g_assert_true (armms_payroll_check_seals (work, &payrun, &checked, &broken, NULL));
  }
  g_assert_cmpint (checked, ==, 4);
  g_assert_cmpint (broken, ==, 1);
  end_story (&s);
}

/* ---- documents ------------------------------------------------------------------------------------------------ */

static void
test_documents (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId payrun, paysheet;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) pdf = NULL, csv = NULL;
  g_autofree char *name = NULL, *file = NULL;
  g_autoptr(GPtrArray) lines = NULL;
  const char *text;
  ArmmsDate to = pay_day ("2026-05-15");
  ArmmsWork *work;

  begin_story (&s, FALSE);
  payrun = pay_first_half (&s);
  paysheet = armms_paysheet_id_of (&payrun, &s.e1);
  work = pay_begin (w, "payroll", &w->officer);
  pdf = armms_payslip_of (work, &paysheet, &name, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "payslip-E001-2026-05-15.pdf");
  g_assert_cmpmem (g_bytes_get_data (pdf, NULL), 4, "%PDF", 4);
  file = g_build_filename (g_getenv ("ARMMS_BUILD_ROOT"), "payslip-E001.pdf", NULL);
  g_file_set_contents (file, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), NULL);

  csv = armms_register_csv (work, &payrun, &error);
  g_assert_no_error (error);
  text = g_bytes_get_data (csv, NULL);
  g_assert_nonnull (strstr (text, "\"E001\",\"Dela Cruz, Juan\",\"MALL\",\"GUARD\",8640,17940.00,1000.00,0.00,16740.00,0.00,0.00,200.00,952.10,2500.00,3652.10,14287.90,"));

  lines = armms_paysheet_load_lines (work, &paysheet, &to, 1, NULL, &error);
  g_assert_true (armms_paysheet_add_traces (work, &paysheet, lines, &error));
  g_assert_cmpuint (lines->len, ==, 11);
  g_assert_cmpstr (((ArmmsPaysheetLine *) lines->pdata[3])->title, ==, "Overtime");
  g_assert_nonnull (strstr (((ArmmsPaysheetLine *) lines->pdata[3])->trace, "\"multiplier\":\"1.25\""));
  g_assert_nonnull (strstr (((ArmmsPaysheetLine *) lines->pdata[6])->trace, "\"rule\":\"tax.table\""));
  pay_commit (work);
  end_story (&s);
}

static void
test_simulation (void)
{
  Story s;
  PayWorld *w = &s.world;
  ArmmsId payrun, instalment;
  ArmmsSimulationRequest request = { 0 };
  ArmmsSimulation *simulation;
  g_autofree char *before = NULL, *after = NULL, *text = NULL;
  g_autoptr(GError) error = NULL;
  ArmmsWork *work;
  char *schemes[] = { (char *) "hdmf", NULL };

  begin_story (&s, FALSE);
  payrun = pay_world_open (w, "2026-05-01");
  pay_world_calculate (w, &payrun);
  before = pay_dump (w, &payrun);
  text = armms_test_database_value (w->database, "select instalment_id from obligations.instalments i join obligations.obligations o using (tenant_id, obligation_id)"
                                                 " where o.kind = 'sss_loan' and i.period_from = '2026-05-01'");
  g_assert_true (armms_id_parse (text, &instalment));
  request.employee_ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_array_append_val (request.employee_ids, s.e2);
  request.waive_instalment_ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  g_array_append_val (request.waive_instalment_ids, instalment);
  request.waive_schemes = schemes;
  work = pay_begin (w, "payroll", &w->officer);
  simulation = armms_payroll_simulate (work, &payrun, &request, &error);
  g_assert_no_error (error);
  /* Without SSS loan and HDMF, all that the floor leaves goes to the cash advance: 3,622.69 - 1,086.81 = 2,535.88. */
  g_assert_cmpint (simulation->paysheets, ==, 1);
  g_assert_cmpint (simulation->obligations.centavos, ==, 253588);
  g_assert_cmpint (simulation->waived.centavos, ==, 100000 + 20000);
  g_assert_cmpint (simulation->net.centavos, ==, 108681);
  g_assert_cmpint (simulation->net_before.centavos, ==, 108681);
  armms_record_free (&armms_simulation_type, simulation);
  pay_commit (work);
  after = pay_dump (w, &payrun);
  g_assert_cmpstr (before, ==, after);
  g_array_unref (request.employee_ids);
  g_array_unref (request.waive_instalment_ids);
  end_story (&s);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/payroll/payrun/two half-months, by hand", GINT_TO_POINTER (FALSE), test_two_halves);
  g_test_add_data_func ("/payroll/payrun/the same with payroll in a database of its own", GINT_TO_POINTER (TRUE), test_two_halves);
  g_test_add_func ("/payroll/payrun/a missing rate card is an error, not a zero", test_missing_card);
  g_test_add_func ("/payroll/payrun/what the law leaves open is said and chosen", test_open_points);
  g_test_add_func ("/payroll/payrun/below the minimum wage, and its allowance", test_minimum_wage);
  g_test_add_func ("/payroll/payrun/a region without a wage order is told", test_no_wage_order);
  g_test_add_func ("/payroll/payrun/a later version is a difference in the next payrun", test_late_version);
  g_test_add_func ("/payroll/payrun/steps out of order, by the same person, on stale rows are refused", test_refusals);
  g_test_add_func ("/payroll/payrun/who finalised time does not decide about pay", test_finaliser_does_not_decide);
  g_test_add_func ("/payroll/payrun/a rejected paysheet returns", test_rejected_paysheet_returns);
  g_test_add_func ("/payroll/payrun/a waived instalment is planned again and in the journal", test_waiver);
  g_test_add_func ("/payroll/payrun/a wrong seal is refused", test_wrong_seal);
  g_test_add_func ("/payroll/payrun/the books refuse what does not balance and what changes them", test_books_refuse);
  g_test_add_func ("/payroll/payrun/a changed line breaks its seal", test_seal_tells);
  g_test_add_func ("/payroll/payrun/payslip, register, traces", test_documents);
  g_test_add_func ("/payroll/payrun/a simulation stores nothing", test_simulation);
  return g_test_run ();
}
