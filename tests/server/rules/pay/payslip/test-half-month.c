/* From punches to a payslip: one guard's half-month, worked out by hand. */
#include "half-month.h"
#include "trace-case.h"

#include <json-glib/json-glib.h>

/* At 800.00 a day. Nine plain nights of 4 + 4 + 4 hours, one of them late by 16 minutes (224 + 256 + 224); two days of 8 + 4; a night
 * into the rest day, 24 May, and one out of it; a night into the holiday, 27 May, and one out of it. In minutes: ordinary 3584, night
 * 2656, overtime 480, by night 2624, and 240 each of rest day and holiday, their nights and their overtime by night; 10784 of 10800.
 * Taxable 22,515.59 less 1,750.00 and 655.83: 937.50 + 20 % above 16,667. */
static void
test_figures (void)
{
  g_autoptr(HalfMonth) h = half_month_new (law_tables ());
  g_autoptr(GError) error = NULL;
  const ArmmsPayslip *payslip;
  g_autofree char *lines = NULL, *again = NULL, *statutory = NULL, *net = NULL;

  g_assert_true (half_month_run (h, &error));
  g_assert_no_error (error);
  payslip = half_month_get_payslip (h);
  pay_case_check (payslip);
  g_assert_cmpuint (half_month_get_days (h)->len, ==, HALF_MONTH_DUTIES);
  lines = pay_case_lines (payslip, ARMMS_LINE_EARNING);
  g_assert_cmpstr (lines, ==, "ordinary 5973.33, ordinary_nd 4869.33, ordinary_ot_nd 6013.33, ordinary_ot 1000.00, ordinary_rest_nd 572.00, "
                              "ordinary_rest_ot_nd 743.60, ordinary_rest 520.00, regular_nd 880.00, regular_ot_nd 1144.00, regular 800.00");
  statutory = pay_case_lines (payslip, ARMMS_LINE_STATUTORY);
  net = pay_case_lines (payslip, ARMMS_LINE_NET);
  g_assert_cmpint (payslip->totals.worked_minutes, ==, 10784);
  g_assert_cmpint (payslip->totals.gross.centavos, ==, 2351559);
  g_assert_cmpstr (statutory, ==, "sss 1750.00, philhealth 655.83");
  g_assert_cmpint (payslip->tax.tax.centavos, ==, 162605);
  g_assert_cmpstr (net, ==, "net_pay 18483.71");
  again = g_strdup (half_month_get_traces (h));
  g_assert_true (half_month_run (h, &error)); /* what was judged once is judged the same again */
  g_assert_cmpstr (half_month_get_traces (h), ==, again);
}

static void
test_traces (void)
{
  g_autoptr(HalfMonth) h = half_month_new (law_tables ());
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;

  g_assert_true (half_month_run (h, &error));
  g_assert_true (json_parser_load_from_data (parser, half_month_get_traces (h), -1, &error));
  g_assert_cmpuint (json_array_get_length (json_node_get_array (json_parser_get_root (parser))), ==, half_month_get_payslip (h)->lines->len);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/pay/half-month/fifteen duties from punches to net", test_figures);
  g_test_add_func ("/rules/pay/half-month/a trace for every line", test_traces);
  return g_test_run ();
}
