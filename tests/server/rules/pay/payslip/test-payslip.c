/* A payslip in the order of the law, by hand. */
#include "pay-case.h"
#include "trace-case.h"

#include <string.h>

#define ROUNDS 600

static void
assemble (const ArmmsPayslipTerms *terms, const ArmmsPayslipFacts *facts, ArmmsPayslip *payslip)
{
  g_autoptr(GError) error = NULL;
  gboolean ok = armms_payslip_assemble (terms, facts, payslip, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  pay_case_check (payslip);
}

static void
assert_lines (const ArmmsPayslip *payslip, ArmmsLineKind kind, const char *expected)
{
  g_autofree char *lines = pay_case_lines (payslip, kind);

  g_assert_cmpstr (lines, ==, expected);
}

/* Ten days at 800.00 in the second half: 8,000.00, as in the first. SSS on 16,000.00; PhilHealth 5 % of 800.00 x 393.5 / 12 = 26,233.33. */
static void
test_second_cut_off (void)
{
  PayEntry entries[10];
  PayPost post;
  g_autoptr(ArmmsPayslip) payslip = armms_payslip_new ();
  g_autoptr(GArray) earnings = NULL;
  ArmmsPayslipTerms terms = pay_case_terms ();
  ArmmsPayslipFacts facts = { .month_gross = { 800000 }, .basic = { 15000000 } };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    entries[i] = (PayEntry) { "2026-09-16", "ordinary", 480 };
  pay_case_post (&post, 80000, entries, G_N_ELEMENTS (entries));
  earnings = pay_case_price (&post.post, 1);
  facts.earnings = (const ArmmsPostLine *) (gpointer) earnings->data;
  facts.n_earnings = earnings->len;
  facts.principal = post.cards;
  assemble (&terms, &facts, payslip);
  assert_lines (payslip, ARMMS_LINE_EARNING, "ordinary 8000.00");
  assert_lines (payslip, ARMMS_LINE_STATUTORY, "sss 800.00, philhealth 655.83");
  assert_lines (payslip, ARMMS_LINE_TAX, ""); /* 6,544.17 is below 10,417 */
  assert_lines (payslip, ARMMS_LINE_EMPLOYER, "sss_employer 1600.00, sss_ec 30.00, philhealth_employer 655.84");
  assert_lines (payslip, ARMMS_LINE_ACCRUAL, "thirteenth_month 666.67");
  assert_lines (payslip, ARMMS_LINE_NET, "net_pay 6544.17");
  g_assert_cmpint (payslip->totals.worked_minutes, ==, 4800);
  g_assert_cmpint (payslip->taxable.regular.centavos, ==, 654417);
}

/* Five days at 755.00 of somebody hired in mid-month. HDMF of 24,757.71, or of 3,775.00; PhilHealth by either factor. */
static void
test_choices (void)
{
  const struct { gboolean part; ArmmsHdmfPartMonthBase base; gint64 factor; const char *shares, *employer; } cases[] = {
    { TRUE, ARMMS_HDMF_BASE_EQUIVALENT, 393500000, "philhealth 618.94, hdmf 200.00", "philhealth_employer 618.95, hdmf_employer 200.00" },
    { TRUE, ARMMS_HDMF_BASE_EARNED, 393500000, "philhealth 618.94, hdmf 75.50", "philhealth_employer 618.95, hdmf_employer 75.50" },
    { FALSE, ARMMS_HDMF_BASE_EARNED, 393500000, "philhealth 618.94, hdmf 200.00", "philhealth_employer 618.95, hdmf_employer 200.00" },
    { FALSE, ARMMS_HDMF_BASE_EQUIVALENT, 313000000, "philhealth 492.32, hdmf 200.00", "philhealth_employer 492.33, hdmf_employer 200.00" },
  };
  PayEntry entries[5];
  PayPost post;
  g_autoptr(GArray) earnings = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    entries[i] = (PayEntry) { "2026-09-17", "ordinary", 480 };
  pay_case_post (&post, 75500, entries, G_N_ELEMENTS (entries));
  earnings = pay_case_price (&post.post, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(ArmmsPayslip) payslip = armms_payslip_new ();
      ArmmsPayslipTerms terms = pay_case_terms ();
      ArmmsPayslipFacts facts = {
        .earnings = (const ArmmsPostLine *) (gpointer) earnings->data, .n_earnings = earnings->len, .principal = post.cards, .part_month = cases[i].part,
      };

      terms.due[ARMMS_SCHEME_SSS] = FALSE;
      terms.due[ARMMS_SCHEME_HDMF] = TRUE;
      terms.hdmf_part_month_base = cases[i].base;
      terms.philhealth_factor = (ArmmsMultiplier) { cases[i].factor };
      assemble (&terms, &facts, payslip);
      assert_lines (payslip, ARMMS_LINE_STATUTORY, cases[i].shares);
      assert_lines (payslip, ARMMS_LINE_EMPLOYER, cases[i].employer);
    }
}

/* 30,000.00 and overtime of 5,000.00: SSS 1,750.00, taxable 33,250.00: 937.50 + 20 % above 16,667. */
static void
test_tax (void)
{
  ArmmsPostLine lines[] = { pay_case_line (ARMMS_PAY_CLASS_BASIC, 3000000, 3000000, FALSE), pay_case_line (ARMMS_PAY_CLASS_OVERTIME, 500000, 0, FALSE) };
  const ArmmsPayBenefit benefits[] = { { .code = "allowance", .amount = { 100000 }, .small_kind = "laundry" },
                                       { .code = "reimbursement", .amount = { 12345 }, .paid_back = TRUE } };
  ArmmsPayslipTerms terms = pay_case_terms ();
  ArmmsPayslipFacts facts = { .earnings = lines, .n_earnings = 2 };
  g_autoptr(ArmmsPayslip) payslip = armms_payslip_new ();

  lines[1].role = ARMMS_POST_LATE;
  assemble (&terms, &facts, payslip);
  assert_lines (payslip, ARMMS_LINE_EARNING, "ordinary 30000.00");
  assert_lines (payslip, ARMMS_LINE_ADJUSTMENT, "ordinary 5000.00");
  assert_lines (payslip, ARMMS_LINE_STATUTORY, "sss 1750.00");
  assert_lines (payslip, ARMMS_LINE_TAX, "withholding_tax 4254.10");
  assert_lines (payslip, ARMMS_LINE_NET, "net_pay 28995.90");
  g_assert_cmpint (payslip->totals.adjustments.centavos, ==, 500000);

  facts.benefits = benefits; /* 400.00 free by its ceiling, 600.00 in the pool; the reimbursement beside it all */
  facts.n_benefits = 2;
  assemble (&terms, &facts, payslip);
  assert_lines (payslip, ARMMS_LINE_BENEFIT, "allowance 1000.00, reimbursement 123.45");
  assert_lines (payslip, ARMMS_LINE_NET, "net_pay 30119.35");
  g_assert_cmpint (payslip->totals.gross.centavos, ==, 3600000);
  g_assert_cmpint (payslip->totals.pool.centavos, ==, 60000);
  g_assert_cmpint (payslip->totals.exempt.centavos, ==, 100000);
}

/* Half of what he earned is exempt: half of the contribution comes off the rest. SSS on 10,000.00 is 500.00. */
static void
test_minimum_wage (void)
{
  ArmmsPostLine lines[] = { pay_case_line (ARMMS_PAY_CLASS_BASIC, 500000, 500000, TRUE), pay_case_line (ARMMS_PAY_CLASS_BASIC, 500000, 500000, FALSE) };
  ArmmsPayBenefit bonus = { .code = "bonus", .amount = { 20000000 }, .tax_class = ARMMS_BENEFIT_SUPPLEMENTARY };
  ArmmsPayslipTerms terms = pay_case_terms ();
  ArmmsPayslipFacts facts = { .earnings = lines, .n_earnings = 2 };
  g_autoptr(ArmmsPayslip) payslip = armms_payslip_new ();

  assemble (&terms, &facts, payslip);
  g_assert_cmpint (payslip->tax_pay.contributions.centavos, ==, 25000);
  g_assert_cmpint (payslip->taxable.regular.centavos, ==, 475000);
  g_assert_cmpint (payslip->totals.exempt.centavos, ==, 500000);
  g_assert_false (payslip->totals.minimum_wage_earner);

  /* What a person saw: taxed pay was taken back beside exempt pay, and the payslip was refused for contributions below nothing. */
  lines[1].amount = lines[1].basic = lines[1].difference.after = lines[1].difference.amount = ARMMS_MONEY (-100000);
  assemble (&terms, &facts, payslip);
  g_assert_cmpint (payslip->tax_pay.contributions.centavos, ==, 0);
  lines[1] = lines[0];

  lines[1].minimum_wage = TRUE; /* all of it: then only what is no wage is taxed, on its own */
  facts.benefits = &bonus;
  facts.n_benefits = 1;
  assemble (&terms, &facts, payslip);
  g_assert_true (payslip->totals.minimum_wage_earner);
  g_assert_cmpint (payslip->taxable.regular.centavos, ==, 0);
  g_assert_cmpint (payslip->taxable.supplementary.centavos, ==, 20000000);
  g_assert_cmpint (payslip->totals.exempt.centavos, ==, 1000000);
}

static void
test_off_cycle (void)
{
  ArmmsPostLine line = pay_case_line (ARMMS_PAY_CLASS_BASIC, 100000, 100000, FALSE);
  ArmmsPayslipTerms terms = pay_case_terms ();
  ArmmsPayslipFacts facts = { .earnings = &line, .n_earnings = 1, .month_gross = { 1600000 } };
  g_autoptr(ArmmsPayslip) payslip = armms_payslip_new ();

  terms.off_cycle = TRUE; /* a correction of the closed month: SSS on 17,000.00 less what 16,000.00 asked for */
  facts.month[ARMMS_SCHEME_SSS].before = (ArmmsContribution) { .employee = { 80000 }, .employer = { 163000 }, .employer_ec = { 3000 } };
  assemble (&terms, &facts, payslip);
  assert_lines (payslip, ARMMS_LINE_STATUTORY, "sss 50.00");
  assert_lines (payslip, ARMMS_LINE_EMPLOYER, "sss_employer 100.00");
  line.amount = line.basic = line.difference.after = line.difference.amount = ARMMS_MONEY (-100000); /* and downwards */
  facts.benefits = &(ArmmsPayBenefit) { .code = "bonus", .amount = { 50000 }, .tax_class = ARMMS_BENEFIT_SUPPLEMENTARY };
  facts.n_benefits = 1;
  assemble (&terms, &facts, payslip); /* 15,500.00 */
  assert_lines (payslip, ARMMS_LINE_STATUTORY, "sss -25.00");
  g_assert_cmpint (payslip->tax_pay.contributions.centavos, ==, 0); /* of a refund there is nothing to take off */
}

/* HDMF comes on the other cut-off, but the last pay settles the month; what was carried is recovered after this month's. */
static void
test_last_pay (void)
{
  ArmmsPostLine line = pay_case_line (ARMMS_PAY_CLASS_BASIC, 1000000, 1000000, FALSE);
  ArmmsPayCard card = { .basis = ARMMS_BASIS_MONTHLY, .day_minutes = 480, .amount = { 2500000 }, .factor = { 313000000 } };
  ArmmsPayslipTerms terms = pay_case_terms ();
  ArmmsPayslipFacts facts = { .earnings = &line, .n_earnings = 1, .principal = &card, .last = TRUE };
  g_autoptr(ArmmsPayslip) payslip = armms_payslip_new ();

  facts.year = (ArmmsTaxYear) { .taxable = { 10000000 }, .withheld = { 100000 }, .taxable_elsewhere = { 1000 }, .withheld_elsewhere = { 50000 }, .periods = 17 };
  facts.month[ARMMS_SCHEME_HDMF] = (ArmmsPayslipMonth) { .carried = { 7000 } };
  facts.month[ARMMS_SCHEME_SSS].waived = ARMMS_MONEY (G_MAXINT64);
  assemble (&terms, &facts, payslip);
  assert_lines (payslip, ARMMS_LINE_STATUTORY, "sss 0.00, philhealth 625.00, hdmf 270.00");
  assert_lines (payslip, ARMMS_LINE_TAX, "withholding_tax -1000.00"); /* all that was withheld here; what another employer withheld is his */
  g_assert_cmpint (payslip->shares[ARMMS_SCHEME_HDMF].taken.centavos, ==, 20000);
  g_assert_cmpint (payslip->shares[ARMMS_SCHEME_HDMF].recovered.centavos, ==, 7000);
  g_assert_cmpint (payslip->waterfall.receivable.centavos, ==, 50000);
  g_assert_cmpint (payslip->tax.method, ==, ARMMS_TAX_METHOD_ANNUALISED);
}

static void
test_floor (void)
{
  ArmmsPostLine line = pay_case_line (ARMMS_PAY_CLASS_BASIC, 1000000, 1000000, FALSE);
  const ArmmsPayslipObligation obligations[] = {
    { .id = { .bytes = { 2 } }, .code = "cash_advance", .priority = 2, .due = { 300000 } },
    { .id = { .bytes = { 1 } }, .code = "company_loan", .priority = 1, .due = { 200000 }, .waived = { 50000 } },
    { .id = { .bytes = { 3 } }, .code = "damage", .priority = 3, .due = { 200000 }, .loss_or_damage = TRUE },
  };
  const ArmmsMoney weeks[] = { { 300000 }, { 700000 } };
  ArmmsPayslipTerms terms = pay_case_terms ();
  ArmmsPayslipFacts facts = { .earnings = &line, .n_earnings = 1, .obligations = obligations, .n_obligations = 3, .weekly_wages = weeks, .n_weeks = 2 };
  g_autoptr(ArmmsPayslip) payslip = armms_payslip_new ();

  terms.floor = (ArmmsFloorPolicy) { .kind = ARMMS_FLOOR_AMOUNT, .amount = { 600000 }, .partial = TRUE, .weekly_cap_bp = 1000 };
  assemble (&terms, &facts, payslip);
  assert_lines (payslip, ARMMS_LINE_OBLIGATION, "company_loan 1500.00, cash_advance 2000.00, damage 0.00"); /* 9,500.00 less the floor of 6,000.00 */
  assert_lines (payslip, ARMMS_LINE_NET, "net_pay 6000.00");
  g_assert_cmpint (payslip->waterfall.deferred.centavos, ==, 300000);
  g_assert_cmpint (payslip->waterfall.weekly_cap.centavos, ==, 100000);
}

/* ---- properties ----------------------------------------------------------------------------------------------- */

static ArmmsMoney
draw (GRand *chance, gint32 most)
{
  return ARMMS_MONEY (g_rand_boolean (chance) ? 0 : g_rand_int_range (chance, 0, most));
}

/* Whatever the facts: every trace computes its line, sums hold, and the payslip is the same when it is used again. */
static void
test_random (void)
{
  g_autoptr(GRand) chance = g_rand_new_with_seed (11199);
  g_autoptr(ArmmsPayslip) payslip = armms_payslip_new (), again = armms_payslip_new ();
  ArmmsPayCard card = { .basis = ARMMS_BASIS_DAILY, .day_minutes = 480, .amount = { 80000 } };

  for (guint round = 0; round < ROUNDS; round++)
    {
      ArmmsPayslipTerms terms = pay_case_terms ();
      ArmmsPostLine lines[6];
      ArmmsPayBenefit benefits[3] = { { .code = "allowance", .small_kind = "rice_subsidy" }, { .code = "bonus" }, { .code = "x", .exempt = TRUE } };
      ArmmsPayslipObligation obligations[3] = { 0 };
      ArmmsDeMinimisPaid small = { "rice_subsidy", draw (chance, 300000), draw (chance, 300000), draw (chance, 300000) };
      ArmmsPayslipFacts facts = {
        .earnings = lines, .n_earnings = G_N_ELEMENTS (lines), .benefits = benefits, .n_benefits = 3, .obligations = obligations, .n_obligations = 3,
        .principal = g_rand_boolean (chance) ? &card : NULL, .last = g_rand_int_range (chance, 0, 4) == 0, .month_gross = draw (chance, 2000000),
        .basic = draw (chance, 20000000), .pool = draw (chance, 10000000), .small = &small, .n_small = 1,
        .year = { draw (chance, 40000000), draw (chance, 2000000), draw (chance, 1000000), draw (chance, 100000), 17, g_rand_boolean (chance), FALSE },
      };

      for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
        {
          gint64 amount = g_rand_int_range (chance, i == 0 ? 0 : -200000, 1200000);

          lines[i] = pay_case_line ((ArmmsPayClass) g_rand_int_range (chance, 0, ARMMS_N_PAY_CLASSES), amount, i % 2 == 0 ? amount : 0,
                                    g_rand_int_range (chance, 0, 3) == 0);
          lines[i].role = g_rand_int_range (chance, 0, 3);
        }
      for (guint i = 0; i < 3; i++)
        {
          benefits[i].amount = draw (chance, 500000);
          benefits[i].tax_class = (ArmmsBenefitClass) g_rand_int_range (chance, 0, 3);
          obligations[i] = (ArmmsPayslipObligation) { .id = { .bytes = { (guint8) (i + 1) } }, .code = "loan", .due = draw (chance, 600000),
                                                      .priority = g_rand_int_range (chance, 1, 3), .loss_or_damage = g_rand_boolean (chance) };
          facts.month[i].carried = draw (chance, 20000);
          facts.month[i].waived = draw (chance, 100000);
          facts.month[i].before.employee = draw (chance, 50000);
          facts.month[i].before.employer = draw (chance, 50000);
          terms.due[i] = g_rand_boolean (chance);
        }
      terms.off_cycle = g_rand_int_range (chance, 0, 5) == 0;
      terms.last_of_year = g_rand_int_range (chance, 0, 5) == 0;
      terms.tax_method = (ArmmsTaxMethod) g_rand_int_range (chance, 0, 3);
      terms.premiums_are_supplementary = g_rand_boolean (chance);
      terms.floor = (ArmmsFloorPolicy) { .kind = (ArmmsFloorKind) g_rand_int_range (chance, 0, 4), .percent_bp = 3000, .amount = { 500000 },
                                         .partial = g_rand_boolean (chance), .defer_statutory = g_rand_boolean (chance), .weekly_cap_bp = 2000 };
      assemble (&terms, &facts, payslip);
      assemble (&terms, &facts, again);
      g_assert_cmpuint (again->lines->len, ==, payslip->lines->len);
      g_assert_cmpmem (again->lines->data, again->lines->len * sizeof (ArmmsPayslipLine), payslip->lines->data, payslip->lines->len * sizeof (ArmmsPayslipLine));
      if (payslip->totals.gross.centavos >= 0)
        g_assert_cmpint (payslip->waterfall.net.centavos, >=, 0);
    }
}

/* ---- refusals ------------------------------------------------------------------------------------------------- */

static void
refuse (const ArmmsPayslipTerms *terms, const ArmmsPayslipFacts *facts, const char *code)
{
  g_autoptr(ArmmsPayslip) payslip = armms_payslip_new ();
  g_autoptr(GError) error = NULL;

  g_assert_false (armms_payslip_assemble (terms, facts, payslip, &error));
  g_assert_cmpstr (armms_error_get_code (error), ==, code);
}

static void
test_refusals (void)
{
  ArmmsPayslipTerms terms = pay_case_terms (), early = terms, yearless = terms;
  ArmmsPostLine one = pay_case_line (ARMMS_PAY_CLASS_BASIC, 1000000, 1000000, FALSE);
  ArmmsPayBenefit wrong = { .code = "x", .amount = { -1 } };
  ArmmsPayslipObligation minus = { .code = "x", .due = { -1 } };
  const ArmmsPayCard nothing = { .basis = ARMMS_BASIS_DAILY, .day_minutes = 480, .from = ARMMS_DATE_NONE, .to = ARMMS_DATE_NONE };

  early.period.to = law_date ("1990-01-15");
  yearless.paid_on = law_date ("1990-01-15");
  refuse (&early, &(ArmmsPayslipFacts) { .earnings = &one, .n_earnings = 1 }, "statutory.no_table");
  refuse (&yearless, &(ArmmsPayslipFacts) { .earnings = &one, .n_earnings = 1 }, "statutory.no_table");
  refuse (&terms, &(ArmmsPayslipFacts) { .earnings = &one, .n_earnings = 1, .principal = &nothing }, "rate_card.amount");
  refuse (&terms, &(ArmmsPayslipFacts) { .benefits = &wrong, .n_benefits = 1 }, "benefit.invalid");
  refuse (&terms, &(ArmmsPayslipFacts) { .obligations = &minus, .n_obligations = 1 }, "deduction.invalid");
}

static void
test_overflow (void)
{
  ArmmsPayslipTerms terms = pay_case_terms ();
  ArmmsPostLine two[] = { pay_case_line (ARMMS_PAY_CLASS_BASIC, G_MAXINT64, 0, FALSE), pay_case_line (ARMMS_PAY_CLASS_BASIC, 1, 0, FALSE) };
  ArmmsPostLine apart[] = { pay_case_line (ARMMS_PAY_CLASS_OVERTIME, 0, G_MAXINT64, FALSE), pay_case_line (ARMMS_PAY_CLASS_HOLIDAY, 1, 0, FALSE) };
  ArmmsPostLine one = pay_case_line (ARMMS_PAY_CLASS_BASIC, 1, 1, TRUE);
  ArmmsPayBenefit back[] = { { .code = "a", .amount = { G_MAXINT64 }, .paid_back = TRUE }, { .code = "b", .amount = { 1 } } };

  memset (terms.due, 0, sizeof terms.due);
  refuse (&terms, &(ArmmsPayslipFacts) { .earnings = two, .n_earnings = 2 }, "money.overflow");
  refuse (&terms, &(ArmmsPayslipFacts) { .earnings = apart, .n_earnings = 2 }, "money.overflow");
  refuse (&terms, &(ArmmsPayslipFacts) { .benefits = back, .n_benefits = 2 }, "money.overflow");
  refuse (&terms, &(ArmmsPayslipFacts) { .earnings = &one, .n_earnings = 1, .basic = { G_MAXINT64 } }, "money.overflow");
  terms.due[ARMMS_SCHEME_SSS] = TRUE;
  refuse (&terms, &(ArmmsPayslipFacts) { .earnings = &one, .n_earnings = 1, .month_gross = { G_MAXINT64 } }, "money.overflow");
  refuse (&terms, &(ArmmsPayslipFacts) { .earnings = &one, .n_earnings = 1, .month = { { .carried = { G_MAXINT64 } } } }, "money.overflow");
}

static void
test_names (void)
{
  g_assert_cmpstr (armms_line_kind_name (ARMMS_LINE_EARNING), ==, "earning");
  g_assert_cmpstr (armms_line_kind_name (ARMMS_LINE_NET), ==, "net");
  armms_payslip_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/pay/payslip/the second cut-off of a month", test_second_cut_off);
  g_test_add_func ("/rules/pay/payslip/what the tenant chose of bases", test_choices);
  g_test_add_func ("/rules/pay/payslip/tax on what contributions leave", test_tax);
  g_test_add_func ("/rules/pay/payslip/a minimum wage earner, in part and whole", test_minimum_wage);
  g_test_add_func ("/rules/pay/payslip/an off-cycle payslip corrects the month", test_off_cycle);
  g_test_add_func ("/rules/pay/payslip/the last pay settles month and year", test_last_pay);
  g_test_add_func ("/rules/pay/payslip/the floor defers from the last priority upwards", test_floor);
  g_test_add_func ("/rules/pay/payslip/every trace computes its line, every sum holds", test_random);
  g_test_add_func ("/rules/pay/payslip/refusals", test_refusals);
  g_test_add_func ("/rules/pay/payslip/an overflow is an error", test_overflow);
  g_test_add_func ("/rules/pay/payslip/names", test_names);
  return g_test_run ();
}
