#include "server/payroll/payslip/payslip-pdf.h"

#include <string.h>

typedef struct
{
  ArmmsPaysheet *paysheet;
  GPtrArray *lines;
} Slip;

static void
add (Slip *slip, const char *kind, const char *title, int minutes, gint64 rate, gint64 multiplier, gint64 amount)
{
  ArmmsPaysheetLine *line = armms_record_new (&armms_paysheet_line_type);

  line->line_no = slip->lines->len + 1;
  line->kind = g_strdup (kind);
  line->title = g_strdup (title);
  line->minutes = ARMMS_MINUTES (minutes);
  line->rate = ARMMS_MONEY (rate);
  line->rate_minutes = ARMMS_MINUTES (rate != 0 ? 480 : 0);
  line->multiplier.millionths = multiplier;
  line->amount = ARMMS_MONEY (amount);
  g_ptr_array_add (slip->lines, line);
}

/* 695.00 a day, 13 night duties: 13 x 240 minutes each of ordinary, night and night overtime. */
static Slip
make_slip (void)
{
  Slip slip = { armms_record_new (&armms_paysheet_type), armms_records_new (&armms_paysheet_line_type) };
  ArmmsPaysheetLine *loan;

  slip.paysheet->employee_no = g_strdup ("EMP0042");
  slip.paysheet->employee_name = g_strdup ("Dela Peña, Juan Miguel S.");
  slip.paysheet->detachment_code = g_strdup ("MKT-03");
  slip.paysheet->position_code = g_strdup ("GUARD");
  slip.paysheet->period_from = armms_date_from_ymd (2026, 5, 16);
  slip.paysheet->period_to = armms_date_from_ymd (2026, 5, 31);
  slip.paysheet->pay_date = armms_date_from_ymd (2026, 6, 5);
  slip.paysheet->worked_minutes = ARMMS_MINUTES (9360);
  add (&slip, "earning", "Ordinary day, first 8 hours", 3120, 69500, 1000000, 451750);
  add (&slip, "earning", "Ordinary day, night", 3120, 69500, 1100000, 496925);
  add (&slip, "earning", "Ordinary day, overtime, night", 3120, 69500, 1375000, 621156);
  add (&slip, "benefit", "Post allowance", 0, 0, 0, 50000);
  add (&slip, "statutory", "SSS", 0, 0, 0, 150000);
  add (&slip, "statutory", "PhilHealth", 0, 0, 0, 56979);
  add (&slip, "tax", "Withholding tax", 0, 0, 0, 0);
  add (&slip, "obligation", "Company loan", 0, 0, 0, 70000);
  loan = g_ptr_array_index (slip.lines, slip.lines->len - 1);
  loan->due = ARMMS_MONEY (100000);
  loan->deferred = ARMMS_MONEY (30000);
  add (&slip, "employer", "SSS, employer's share", 0, 0, 0, 303000);
  add (&slip, "accrual", "13th month", 0, 0, 0, 37646);
  slip.paysheet->gross = ARMMS_MONEY (451750 + 496925 + 621156 + 50000);
  slip.paysheet->deductions = ARMMS_MONEY (150000 + 56979 + 70000);
  slip.paysheet->net = ARMMS_MONEY (slip.paysheet->gross.centavos - slip.paysheet->deductions.centavos);
  slip.paysheet->sha256 = g_strdup ("4f2a9c01d87be633aa0011223344556677889900aabbccddeeff001122334455");
  return slip;
}

static void
slip_clear (Slip *slip)
{
  armms_record_free (&armms_paysheet_type, slip->paysheet);
  g_ptr_array_unref (slip->lines);
}

static guint
count (GBytes *bytes, const char *word)
{
  gsize size, length = strlen (word);
  const char *data = g_bytes_get_data (bytes, &size);
  guint n = 0;

  for (gsize i = 0; i + length <= size; i++)
    n += memcmp (data + i, word, length) == 0;
  return n;
}

static void
test_same_bytes (void)
{
  Slip slip = make_slip ();
  ArmmsPayslipDocument document = { "Bantay Lakas Security Agency, Inc.", "12 Kalayaan Avenue, Quezon City", NULL, slip.paysheet, slip.lines };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) first = armms_payslip_render (&document, 1, &error), again = NULL;
  const char *folder = g_getenv ("ARMMS_BUILD_ROOT");

  g_assert_no_error (error);
  again = armms_payslip_render (&document, 1, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (first, again));
  g_assert_cmpint (memcmp (g_bytes_get_data (first, NULL), "%PDF-", 5), ==, 0);
  if (folder != NULL)
    {
      g_autofree char *shots = g_build_filename (folder, "screenshots", NULL), *path = g_build_filename (shots, "payslip.pdf", NULL);
      gsize size;
      const char *data = g_bytes_get_data (first, &size);

      g_mkdir_with_parents (shots, 0755);
      g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
    }
  slip_clear (&slip);
}

static void
test_refuses_what_does_not_add_up (void)
{
  Slip slip = make_slip ();
  ArmmsPayslipDocument document = { "Agency", NULL, NULL, slip.paysheet, slip.lines };
  g_autoptr (GError) error = NULL;

  slip.paysheet->net.centavos += 1;
  g_assert_null (armms_payslip_render (&document, 1, &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_INTERNAL);
  g_assert_cmpstr (armms_error_get_code (error), ==, "payslip.does_not_add_up");
  g_assert_nonnull (strstr (error->message, "EMP0042"));
  slip_clear (&slip);
}

static void
test_pages (void)
{
  Slip slip = make_slip ();
  ArmmsPayslipDocument documents[3];
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  /* Seventy lines are three pages, and each of three documents begins a page of its own. */
  for (int i = 0; i < 60; i++)
    add (&slip, "benefit", "Meal", 0, 0, 0, 100);
  slip.paysheet->gross.centavos += 6000;
  slip.paysheet->net.centavos += 6000;
  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    documents[i] = (ArmmsPayslipDocument) { "Agency", NULL, NULL, slip.paysheet, slip.lines };
  bytes = armms_payslip_render (documents, G_N_ELEMENTS (documents), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (bytes, "/Type /Page") - count (bytes, "/Type /Pages"), ==, 9);
  slip_clear (&slip);
}

static void
test_bad_logo_is_left_out (void)
{
  Slip slip = make_slip ();
  g_autoptr (GBytes) logo = g_bytes_new_static ("no picture", 10);
  ArmmsPayslipDocument document = { "Agency", NULL, logo, slip.paysheet, slip.lines };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = armms_payslip_render (&document, 1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  slip_clear (&slip);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payslip/the-same-facts-give-the-same-bytes", test_same_bytes);
  g_test_add_func ("/payslip/lines-that-do-not-add-up-are-refused", test_refuses_what_does_not_add_up);
  g_test_add_func ("/payslip/a-long-one-goes-on-on-the-next-page", test_pages);
  g_test_add_func ("/payslip/a-logo-that-is-none-is-left-out", test_bad_logo_is_left_out);
  return g_test_run ();
}
