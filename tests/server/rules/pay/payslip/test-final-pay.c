/* Final pay by Labor Advisory 06-2020, by hand. */
#include "pay-case.h"
#include "trace-case.h"

#define ROUNDS 400

static ArmmsFinalPayFacts
facts_of (const ArmmsPostLine *line)
{
  return (ArmmsFinalPayFacts) {
    .hired_on = law_date ("2020-03-01"), .separated_on = law_date ("2026-09-30"), .certificate_asked_on = ARMMS_DATE_NONE, .daily = { 80000 },
    .pay = { .earnings = line, .n_earnings = 1, .basic = { 15000000 } },
  };
}

static gint64
amount_of (const ArmmsFinalPay *f, const char *code)
{
  for (guint i = 0; i < f->payslip->lines->len; i++)
    {
      const ArmmsPayslipLine *line = &g_array_index (f->payslip->lines, ArmmsPayslipLine, i);

      if (line->kind != ARMMS_LINE_ACCRUAL && g_str_equal (line->code, code))
        return line->amount.centavos;
    }
  return 0;
}

/* gross + what is paid back - deductions = net - overpaid; nothing owed is lost; every trace computes its line. */
static void
check (const ArmmsFinalPay *f)
{
  const ArmmsPayslipTotals *totals = &f->payslip->totals;
  gint64 before = 0, taken = 0;

  g_assert_cmpint (totals->gross.centavos + totals->paid_back.centavos - totals->deductions.centavos, ==, f->net.centavos - f->overpaid.centavos);
  g_assert_cmpint (f->net.centavos, >=, 0);
  g_assert_cmpint (MIN (f->net.centavos, f->overpaid.centavos), ==, 0);
  for (gsize i = 0; i < f->pay.n_obligations; i++)
    before += f->pay.obligations[i].due.centavos - f->pay.obligations[i].waived.centavos;
  for (guint i = 0; i < f->payslip->lines->len; i++)
    {
      const ArmmsPayslipLine *line = &g_array_index (f->payslip->lines, ArmmsPayslipLine, i);
      ArmmsTrace trace;

      armms_final_pay_line_trace (f, line, &trace);
      g_assert_cmpint (trace.result.centavos, ==, line->amount.centavos);
      trace_case_check (&trace);
      if (line->kind == ARMMS_LINE_OBLIGATION)
        taken += line->amount.centavos;
      if (line->kind == ARMMS_LINE_NET)
        g_assert_cmpint (trace_case_get (&trace, "still_owed"), ==, f->owed.centavos);
    }
  g_assert_cmpint (taken + f->owed.centavos, ==, before);
}

static void
assemble (const ArmmsPayslipTerms *terms, const ArmmsFinalPayFacts *facts, ArmmsFinalPay *f)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (armms_final_pay_assemble (&law_tables ()->final_pay, terms, facts, f, &error));
  g_assert_no_error (error);
  check (f);
}

/* Six years and seven months count as seven: 7 x 22.5 x 800.00. 13th month of 158,000.00 is 13,166.67, 10,000.00 of it was paid. */
static void
test_retirement (void)
{
  ArmmsPostLine line = pay_case_line (ARMMS_PAY_CLASS_BASIC, 800000, 800000, FALSE);
  const ArmmsPayslipObligation loans[] = { { .id = { .bytes = { 1 } }, .code = "company_loan", .priority = 1, .due = { 10000000 } },
                                           { .id = { .bytes = { 2 } }, .code = "cash_advance", .priority = 2, .due = { 5000000 }, .whole_only = FALSE } };
  ArmmsPayslipTerms terms = pay_case_terms ();
  ArmmsFinalPayFacts facts = facts_of (&line);
  g_autoptr(ArmmsFinalPay) f = armms_final_pay_new ();

  terms.floor = (ArmmsFloorPolicy) { .kind = ARMMS_FLOOR_PERCENT, .percent_bp = 5000 }; /* no next pay day: it does not hold */
  facts.certificate_asked_on = law_date ("2026-09-29");
  facts.unused_leave_days = (ArmmsMultiplier) { 3500000 };
  facts.free_leave_days = (ArmmsMultiplier) { 2000000 };
  facts.thirteenth_paid = ARMMS_MONEY (1000000);
  facts.separation = ARMMS_SEPARATION_RETIREMENT;
  facts.separation_exempt = TRUE;
  facts.deposits = ARMMS_MONEY (500000);
  facts.pay.obligations = loans;
  facts.pay.n_obligations = 2;
  facts.pay.pool = ARMMS_MONEY (1000000);
  facts.pay.year = (ArmmsTaxYear) { .taxable = { 14000000 }, .withheld = { 200000 }, .periods = 17 };
  assemble (&terms, &facts, f);

  g_assert_cmpint (f->service_years, ==, 7);
  g_assert_cmpint (amount_of (f, "retirement_pay"), ==, 12600000);
  g_assert_cmpint (amount_of (f, "thirteenth_month"), ==, 316667);
  g_assert_cmpint (amount_of (f, "leave_conversion"), ==, 280000);
  g_assert_cmpint (amount_of (f, "deposit_refund"), ==, 500000);
  g_assert_cmpint (f->payslip->totals.gross.centavos, ==, 13996667);
  g_assert_cmpint (amount_of (f, "sss"), ==, 70000);                 /* on 13,966.67: retirement is no pay for work */
  g_assert_cmpint (amount_of (f, "withholding_tax"), ==, -200000);   /* below 250,000 in the year: what was withheld comes back */
  g_assert_cmpint (amount_of (f, "company_loan"), ==, 10000000);
  g_assert_cmpint (amount_of (f, "cash_advance"), ==, 4126667);
  g_assert_cmpint (f->owed.centavos, ==, 873333);
  g_assert_cmpint (f->net.centavos, ==, 500000);                     /* the deposit is his own */
  g_assert_cmpint (f->release_by.days, ==, law_date ("2026-10-30").days);
  g_assert_cmpint (f->certificate_by.days, ==, law_date ("2026-10-02").days);
}

/* Months of service, both days worked: five years to the day, and half a year more or a day less. */
static void
test_service (void)
{
  static const struct { const char *hired_on; gint32 years; } cases[] = {
    { "2021-10-01", 5 }, { "2021-04-01", 6 }, { "2021-04-02", 5 }, { "2016-10-01", 10 }, { "2020-02-29", 7 },
  };
  ArmmsPostLine line = pay_case_line (ARMMS_PAY_CLASS_BASIC, 800000, 800000, FALSE);
  ArmmsPayslipTerms terms = pay_case_terms ();
  g_autoptr(ArmmsFinalPay) f = armms_final_pay_new ();
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ArmmsFinalPayFacts facts = facts_of (&line);

      facts.hired_on = law_date (cases[i].hired_on);
      facts.separation = ARMMS_SEPARATION_RETIREMENT;
      assemble (&terms, &facts, f);
      g_assert_cmpint (f->service_years, ==, cases[i].years);
      g_assert_cmpint (f->separation.centavos, ==, cases[i].years * G_GINT64_CONSTANT (1800000));
    }
  {
    ArmmsFinalPayFacts facts = facts_of (&line);

    facts.hired_on = law_date ("2021-10-02");
    facts.separation = ARMMS_SEPARATION_RETIREMENT;
    g_assert_false (armms_final_pay_assemble (&law_tables ()->final_pay, &terms, &facts, f, &error));
    g_assert_cmpstr (armms_error_get_code (error), ==, "final_pay.retirement");
  }
}

/* Separation pay as agreed, taxed; more 13th month was paid than was earned. */
static void
test_separation (void)
{
  ArmmsPostLine line = pay_case_line (ARMMS_PAY_CLASS_BASIC, 800000, 800000, FALSE);
  ArmmsPayBenefit rice = { .code = "allowance", .amount = { 100000 }, .small_kind = "rice_subsidy" };
  ArmmsPayslipTerms terms = pay_case_terms ();
  ArmmsFinalPayFacts facts = facts_of (&line);
  g_autoptr(ArmmsFinalPay) f = armms_final_pay_new ();

  facts.separation = ARMMS_SEPARATION_GIVEN;
  facts.separation_pay = ARMMS_MONEY (30000000);
  facts.thirteenth_paid = ARMMS_MONEY (2000000);
  facts.pay.benefits = &rice;
  facts.pay.n_benefits = 1;
  assemble (&terms, &facts, f);
  g_assert_cmpint (amount_of (f, "separation_pay"), ==, 30000000);
  g_assert_cmpint (amount_of (f, "thirteenth_month"), ==, 0);
  g_assert_cmpint (f->thirteenth_overpaid.centavos, ==, 683333);
  g_assert_cmpint (f->payslip->taxable.supplementary.centavos, ==, 30000000);
  g_assert_cmpint (amount_of (f, "withholding_tax"), ==, 863250);  /* 15 % of 7,550.00 + 300,000.00 - 250,000.00 */
  g_assert_cmpint (amount_of (f, "allowance"), ==, 100000);
  g_assert_true (armms_date_is_none (f->certificate_by));
}

/* A correction takes back more than there is: net is nothing, the rest is told. */
static void
test_overpaid (void)
{
  ArmmsPostLine line = pay_case_line (ARMMS_PAY_CLASS_BASIC, -800000, -800000, FALSE);
  const ArmmsPayslipObligation loan = { .code = "company_loan", .due = { 100000 } };
  ArmmsPayslipTerms terms = pay_case_terms ();
  ArmmsFinalPayFacts facts = facts_of (&line);
  g_autoptr(ArmmsFinalPay) f = armms_final_pay_new ();

  facts.pay.basic = ARMMS_MONEY (0);
  facts.pay.obligations = &loan;
  facts.pay.n_obligations = 1;
  assemble (&terms, &facts, f);
  g_assert_cmpint (f->net.centavos, ==, 0);
  g_assert_cmpint (f->overpaid.centavos, ==, 800000);
  g_assert_cmpint (f->owed.centavos, ==, 100000);
}

static void
test_random (void)
{
  g_autoptr(GRand) chance = g_rand_new_with_seed (62020);
  g_autoptr(ArmmsFinalPay) f = armms_final_pay_new ();
  gint64 owed = -1;

  for (guint round = 0; round < ROUNDS; round++)
    {
      gint64 amount = g_rand_int_range (chance, -300000, 2000000);
      ArmmsPostLine line = pay_case_line (ARMMS_PAY_CLASS_BASIC, amount, amount, g_rand_boolean (chance));
      ArmmsPayslipObligation loans[3] = { 0 };
      ArmmsPayslipTerms terms = pay_case_terms ();
      ArmmsFinalPayFacts facts = facts_of (&line);
      gint64 first;

      for (guint i = 0; i < 3; i++)
        loans[i] = (ArmmsPayslipObligation) { .id = { .bytes = { (guint8) i } }, .code = "loan", .priority = (gint32) i,
                                              .due = { g_rand_int_range (chance, 0, 2000000) }, .loss_or_damage = i == 2 };
      terms.floor.weekly_cap_bp = 2000;
      facts.pay.obligations = loans;
      facts.pay.n_obligations = 3;
      facts.pay.year = (ArmmsTaxYear) { .taxable = { g_rand_int_range (chance, 0, 90000000) }, .withheld = { g_rand_int_range (chance, 0, 9000000) }, .periods = 17 };
      facts.unused_leave_days.millionths = g_rand_int_range (chance, 0, 6000000);
      facts.free_leave_days.millionths = g_rand_int_range (chance, 0, 6000000);
      facts.thirteenth_paid = ARMMS_MONEY (g_rand_int_range (chance, 0, 2000000));
      facts.deposits = ARMMS_MONEY (g_rand_int_range (chance, 0, 500000));
      facts.separation = (ArmmsSeparation) g_rand_int_range (chance, 0, 3);
      facts.separation_pay = ARMMS_MONEY (g_rand_int_range (chance, 0, 5000000));
      assemble (&terms, &facts, f);
      if (amount_of (f, "withholding_tax") < 0)
        g_assert_cmpint (-amount_of (f, "withholding_tax"), <=, facts.pay.year.withheld.centavos);

      first = f->owed.centavos; /* whoever owes a peso more, and had nothing left, owes a peso more after it */
      loans[0].due.centavos += 100;
      owed = f->net.centavos == facts.deposits.centavos && f->payslip->totals.gross.centavos >= 0 ? first : -1;
      assemble (&terms, &facts, f);
      if (owed >= 0 && loans[2].due.centavos == 0)
        g_assert_cmpint (f->owed.centavos, ==, first + 100);
      g_assert_cmpint (f->owed.centavos, >=, first);
    }
}

static void
refuse (const ArmmsFinalPayFacts *facts, const char *code)
{
  ArmmsPayslipTerms terms = pay_case_terms ();
  g_autoptr(ArmmsFinalPay) f = armms_final_pay_new ();
  g_autoptr(GError) error = NULL;

  g_assert_false (armms_final_pay_assemble (&law_tables ()->final_pay, &terms, facts, f, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, code);
}

#define REFUSE(member, value, code) G_STMT_START { \
  ArmmsFinalPayFacts refused = facts_of (&line); \
  refused.member = value; \
  refuse (&refused, code); \
} G_STMT_END

static void
test_refusals (void)
{
  ArmmsPostLine line = pay_case_line (ARMMS_PAY_CLASS_BASIC, 800000, 800000, FALSE), twice[2] = { line, line };
  const ArmmsPayslipObligation huge[] = { { .code = "a", .due = { G_MAXINT64 / 2 + 1 } }, { .code = "b", .due = { G_MAXINT64 / 2 + 1 } } };
  ArmmsFinalPayFacts facts = facts_of (twice);

  REFUSE (hired_on, law_date ("2026-10-01"), "final_pay.invalid");
  REFUSE (hired_on, ARMMS_DATE_NONE, "final_pay.invalid");
  REFUSE (separated_on, ARMMS_DATE_NONE, "final_pay.invalid");
  REFUSE (daily, ARMMS_MONEY (-1), "final_pay.invalid");
  REFUSE (deposits, ARMMS_MONEY (-1), "final_pay.invalid");
  REFUSE (thirteenth_paid, ARMMS_MONEY (-1), "final_pay.invalid");
  REFUSE (unused_leave_days, ((ArmmsMultiplier) { -1 }), "final_pay.invalid");
  REFUSE (pay.basic, ARMMS_MONEY (G_MAXINT64), "money.overflow");
  twice[0].basic = twice[1].basic = ARMMS_MONEY (G_MAXINT64);
  facts.pay.n_earnings = 2;
  refuse (&facts, "money.overflow");
  facts = facts_of (&line);
  facts.daily = ARMMS_MONEY (G_MAXINT64);
  facts.unused_leave_days = (ArmmsMultiplier) { 2000000 };
  refuse (&facts, "money.overflow");
  facts = facts_of (&line);
  facts.hired_on = law_date ("2010-01-01");
  facts.separated_on = law_date ("2019-12-31");
  refuse (&facts, "statutory.no_table");
  facts = facts_of (&line);
  facts.pay.obligations = huge;
  facts.pay.n_obligations = 2;
  refuse (&facts, "money.overflow");
  armms_final_pay_free (NULL);
}

/* The figures stand in the file, with their document. */
static void
test_table (void)
{
  g_autoptr(GError) error = NULL;
  const ArmmsFinalPayRow *row = armms_final_pay_find (&law_tables ()->final_pay, law_date ("2026-09-30"), &error);
  const ArmmsFinalPayRow closed[] = { { .from = ARMMS_DATE_NONE, .to = law_date ("2026-01-31"), .row = 1 }, { .from = law_date ("2026-02-01"), .to = ARMMS_DATE_NONE, .row = 2 } };
  const ArmmsFinalPayTable table = { closed, 2 };

  g_assert_cmpint (row->release_within_days, ==, 30);
  g_assert_cmpint (row->certificate_within_days, ==, 3);
  g_assert_cmpint (row->retirement_days_per_year.millionths, ==, 22500000);
  g_assert_cmpint (armms_final_pay_find (&table, law_date ("2026-01-31"), &error)->row, ==, 1);
  g_assert_cmpint (armms_final_pay_find (&table, law_date ("2026-02-01"), &error)->row, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/pay/final-pay/a guard retires and owes more than there is", test_retirement);
  g_test_add_func ("/rules/pay/final-pay/years of service", test_service);
  g_test_add_func ("/rules/pay/final-pay/separation pay, and 13th month paid too much", test_separation);
  g_test_add_func ("/rules/pay/final-pay/what corrections take too much is told", test_overpaid);
  g_test_add_func ("/rules/pay/final-pay/nothing is lost, net is never below nothing", test_random);
  g_test_add_func ("/rules/pay/final-pay/refusals", test_refusals);
  g_test_add_func ("/rules/pay/final-pay/the row by date", test_table);
  return g_test_run ();
}
