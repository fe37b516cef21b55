#include "pay-case.h"
#include "trace-case.h"

ArmmsPostTerms
pay_case_post_terms (void)
{
  const ArmmsStatutoryTables *tables = law_tables ();

  return (ArmmsPostTerms) { &tables->premiums, &tables->wages, tables->settings.wage_sector, 24 };
}

ArmmsPayslipTerms
pay_case_terms (void)
{
  const ArmmsStatutoryTables *tables = law_tables ();

  return (ArmmsPayslipTerms) {
    .period = { law_date ("2026-09-16"), law_date ("2026-09-30") }, .paid_on = law_date ("2026-10-05"), .tax_period = ARMMS_TAX_SEMI_MONTHLY,
    .due = { [ARMMS_SCHEME_SSS] = TRUE, [ARMMS_SCHEME_PHILHEALTH] = TRUE },
    .contributions = &tables->contributions, .taxes = &tables->taxes, .ceilings = &tables->de_minimis, .tax_method = ARMMS_TAX_METHOD_TABLE,
    .equivalent_factor = tables->settings.equivalent_factor, .philhealth_factor = tables->settings.philhealth_factor,
    .hdmf_part_month_base = tables->settings.hdmf_part_month_base, .benefit_pool = tables->settings.benefit_pool,
  };
}

static void
fill (PayPost *post, const PayEntry *entries, gsize n)
{
  g_assert_cmpuint (n, <=, G_N_ELEMENTS (post->dates));
  for (gsize i = 0; i < n; i++)
    {
      post->dates[i] = law_date (entries[i].date);
      post->cells[i] = law_cell (entries[i].cell);
      post->minutes[i] = entries[i].minutes;
    }
  post->post = (ArmmsPost) {
    .period = { law_date ("2026-09-16"), law_date ("2026-09-30") }, .cards = post->cards, .n_cards = 1, .duty_dates = post->dates,
    .cells = post->cells, .minutes = post->minutes, .n = n, .region = "NCR", .version = 1, .post_id = { .bytes = { 1 } },
    .employed_from = ARMMS_DATE_NONE, .employed_to = ARMMS_DATE_NONE,
  };
}

void
pay_case_post (PayPost *post, gint64 centavos, const PayEntry *entries, gsize n)
{
  fill (post, entries, n);
  post->cards[0] = (ArmmsPayCard) {
    .basis = ARMMS_BASIS_DAILY, .day_minutes = 480, .amount = { centavos }, .from = law_date ("2026-01-01"), .to = ARMMS_DATE_NONE, .source = "card",
  };
}

void
pay_case_salary (PayPost *post, gint64 monthly_centavos, const PayEntry *entries, gsize n)
{
  fill (post, entries, n);
  post->cards[0] = (ArmmsPayCard) {
    .basis = ARMMS_BASIS_MONTHLY, .day_minutes = 480, .amount = { monthly_centavos }, .factor = { 313000000 }, .salaried = TRUE, .from = law_date ("2026-01-01"),
    .to = ARMMS_DATE_NONE, .source = "card",
  };
}

GArray *
pay_case_price (const ArmmsPost *posts, gsize n)
{
  ArmmsPostTerms terms = pay_case_post_terms ();
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (ArmmsPostLine));
  g_autoptr(GArray) problems = g_array_new (FALSE, FALSE, sizeof (ArmmsPayProblem));
  g_autoptr(GError) error = NULL;
  ArmmsPostWage wage;

  for (gsize i = 0; i < n; i++)
    {
      g_assert_true (armms_post_price (&terms, &posts[i], (guint) i, lines, problems, &wage, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (problems->len, ==, 0);
  return lines;
}

/* A line that no timesheet stands behind, for tests of what comes after earnings. */
ArmmsPostLine
pay_case_line (ArmmsPayClass pay_class, gint64 amount, gint64 basic, gboolean minimum_wage)
{
  return (ArmmsPostLine) {
    .kind = ARMMS_POST_LINE_DIFFERENCE, .role = ARMMS_POST_PERIOD, .code = "ordinary", .pay_class = pay_class, .amount = { amount },
    .basic = { basic }, .minimum_wage = minimum_wage, .period_from = law_date ("2026-09-16"), .version = 1,
    .difference = { .code = "ordinary", .pay_class = pay_class, .after = { amount }, .basic_after = { basic }, .amount = { amount }, .basic = { basic } },
  };
}

void
pay_case_check (const ArmmsPayslip *payslip)
{
  gint64 sums[ARMMS_N_LINE_KINDS] = { 0 }, left;
  ArmmsLineKind last = ARMMS_LINE_EARNING;

  for (guint i = 0; i < payslip->lines->len; i++)
    {
      const ArmmsPayslipLine *line = &g_array_index (payslip->lines, ArmmsPayslipLine, i);
      ArmmsTrace trace;

      /* Earnings and adjustments stand post by post; from there on kind by kind. */
      g_assert_true (line->kind >= last || line->kind == ARMMS_LINE_EARNING);
      last = MAX (line->kind, last);
      sums[line->kind] += line->amount.centavos;
      armms_payslip_line_trace (payslip, line, &trace);
      g_assert_cmpint (trace.result.centavos, ==, line->amount.centavos);
      trace_case_check (&trace);
    }
  g_assert_cmpint (sums[ARMMS_LINE_EARNING] + sums[ARMMS_LINE_ADJUSTMENT] + sums[ARMMS_LINE_BENEFIT], ==,
                   payslip->totals.gross.centavos + payslip->totals.paid_back.centavos);
  left = sums[ARMMS_LINE_EARNING] + sums[ARMMS_LINE_ADJUSTMENT] + sums[ARMMS_LINE_BENEFIT] - sums[ARMMS_LINE_STATUTORY] - sums[ARMMS_LINE_TAX]
         - sums[ARMMS_LINE_OBLIGATION];
  g_assert_cmpint (left, ==, sums[ARMMS_LINE_NET]);
  g_assert_cmpint (sums[ARMMS_LINE_EMPLOYER], ==, payslip->totals.employer.centavos);
  for (guint i = 0; i < payslip->deductions->len; i++)
    {
      const ArmmsDeduction *deduction = &g_array_index (payslip->deductions, ArmmsDeduction, i);

      g_assert_cmpint (deduction->due.centavos, ==, deduction->waived.centavos + deduction->taken.centavos + deduction->deferred.centavos);
    }
}

char *
pay_case_lines (const ArmmsPayslip *payslip, ArmmsLineKind kind)
{
  GString *text = g_string_new (NULL);
  char amount[ARMMS_MONEY_TEXT_SIZE];

  for (guint i = 0; i < payslip->lines->len; i++)
    {
      const ArmmsPayslipLine *line = &g_array_index (payslip->lines, ArmmsPayslipLine, i);

      if (line->kind == kind)
        g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", line->code, armms_money_format (line->amount, amount));
    }
  return g_string_free (text, FALSE);
}
