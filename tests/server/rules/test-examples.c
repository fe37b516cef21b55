/* Every worked example, published or derived, through the very rules that payroll runs, on the shipped tables. */
#include "server/statutory/rulebook/rulebook.h"

#include "server/statutory/law/csv.h"

#include <glib/gstdio.h>

#include <string.h>

static ArmmsRulebook *
open_book (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("ARMMS_SOURCE_ROOT"), "data", "statutory", "ph", NULL);
  g_autoptr(GError) error = NULL;
  ArmmsRulebook *book = armms_rulebook_new (folder, &error);

  g_assert_no_error (error);
  return book;
}

/* @data: the file, and how many examples it holds at least. */
typedef struct { const char *file; guint n; } Examples;
static const Examples worked = { "examples.csv", 43 };
static const Examples own = { "own-examples.csv", 105 };

static void
test_examples (gconstpointer data)
{
  const Examples *examples = data;
  g_autoptr(ArmmsRulebook) book = open_book ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "server", "rules", "data", examples->file, NULL);
  g_autoptr(GString) report = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  guint passed = 0, failed = 0;
  gboolean read;

  read = armms_rulebook_check (book, path, report, &passed, &failed, &error);
  g_assert_no_error (error);
  g_assert_true (read);
  if (failed > 0)
    g_test_message ("%s", report->str);
  g_assert_cmpuint (failed, ==, 0);
  g_assert_cmpuint (passed, >=, examples->n);
}

/* Runs @text as a file of examples. (transfer full): the report */
static char *
check_text (const char *text, guint *ret_passed, guint *ret_failed)
{
  g_autoptr(ArmmsRulebook) book = open_book ();
  g_autofree char *path = NULL;
  g_autoptr(GString) report = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  gint fd = g_file_open_tmp ("armms-examples-XXXXXX.csv", &path, &error);
  gboolean read;

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  read = armms_rulebook_check (book, path, report, ret_passed, ret_failed, &error);
  g_remove (path);
  g_assert_no_error (error);
  g_assert_true (read);
  return g_string_free (g_steal_pointer (&report), FALSE);
}

/* A check that cannot fail proves nothing: one example each, and what is said of it. */
static const struct { const char *example, *said; } wrong[] = {
  { "a,sss,2026-11-30,\"{\"\"compensation_c\"\":1500000}\",\"{\"\"msc_c\"\":1500001,\"\"ee_ss_c\"\":75000,\"\"total_c\"\":1}\"",
    "a msc_c: expected 1500001, got 1500000\na total_c: expected 1, got 228000\n" },
  { "b,sss,2026-11-30,\"{\"\"compensation_c\"\":1500000}\",\"{\"\"no_such_figure_c\"\":0}\"", "b no_such_figure_c: expected a figure that sss does not have" },
  { "c,sss,2026-11-30,\"{\"\"compensation\"\":1500000}\",\"{\"\"msc_c\"\":1}\"", "sss has no input compensation;" },
  { "d,no_area,2026-11-30,{},\"{\"\"msc_c\"\":1}\"", "d area: there is no area no_area" },
  { "e,sss,2026-11-30,{},\"{\"\"msc_c\"\":1}\"", "input compensation_c is missing" },
  { "f,sss,1990-01-01,\"{\"\"compensation_c\"\":1500000}\",\"{\"\"msc_c\"\":1}\"", "no sss table is in force on 1990-01-01" },
  { "g,premium,2026-11-30,\"{\"\"daily_rate_c\"\":80000.5,\"\"day_type\"\":\"\"ordinary\"\",\"\"hours\"\":\"\"8\"\"}\",\"{\"\"amount_c\"\":1}\"", "input daily_rate_c is no whole number" },
  { "m,premium,2026-11-30,\"{\"\"daily_rate_c\"\":80000,\"\"day_type\"\":\"\"ordinary\"\",\"\"hours\"\":\"\"999.999999\"\"}\",\"{\"\"amount_c\"\":1}\"", "input hours is too fine" },
  { "n,premium,2026-11-30,\"{\"\"daily_rate_c\"\":80000,\"\"day_type\"\":\"\"ordinary\"\",\"\"hours\"\":1.2345678}\",\"{\"\"amount_c\"\":1}\"", "input hours is no number of at most six decimals" },
  { "o,premium,2026-11-30,\"{\"\"period_salary_c\"\":1305000,\"\"periods_per_year\"\":24,\"\"factor_days\"\":\"\"0\"\",\"\"day_type\"\":\"\"ordinary\"\",\"\"hours\"\":8}\",\"{\"\"amount_c\"\":1}\"", "input factor_days is not above zero" },
  { "p,premium,2026-11-30,\"{\"\"period_salary_c\"\":1305000,\"\"periods_per_year\"\":24,\"\"factor_days\"\":\"\"261.0001\"\",\"\"day_type\"\":\"\"ordinary\"\",\"\"hours\"\":8}\",\"{\"\"amount_c\"\":1}\"", "input factor_days has more than three decimals" },
  { "q,eemr,2026-11-30,\"{\"\"daily_rate_c\"\":80000,\"\"factor\"\":313,\"\"factor_days\"\":365}\",\"{\"\"monthly_c\"\":1}\"", "input factor_days says again what another input says" },
  { "r,sss,31/12/2026,\"{\"\"compensation_c\"\":1500000}\",\"{\"\"msc_c\"\":1}\"", "r on_date: expected a date" },
  { "s,sss,2026-11-30,\"{\"\"compensation_c\"\":\"\"15,000\"\"}\",\"{\"\"msc_c\"\":1}\"", "input compensation_c is no whole number" },
  { "t,wtax_cumulative,2026-11-30,\"{\"\"period\"\":\"\"monthly\"\",\"\"regular_c\"\":1,\"\"periods\"\":2}\",\"{\"\"tax_c\"\":1}\"", "input prior_taxable_c is missing" },
  { "u,basic_less_lwop,2026-11-30,\"{\"\"monthly_basic_c\"\":1,\"\"lwop_c\"\":1,\"\"days\"\":1}\",\"{\"\"amount_c\"\":1}\"", "input lwop_c says again" },
  { "x,sil,2026-12-31,\"{\"\"months\"\":12.5,\"\"daily_rate_c\"\":61000}\",\"{\"\"amount_c\"\":1}\"", "input months is more than a year" },
  { "y,sil,2026-12-31,\"{\"\"months\"\":10,\"\"days\"\":5,\"\"daily_rate_c\"\":61000}\",\"{\"\"amount_c\"\":1}\"", "input months says again" },
  { "v,shift_day,2026-02-25,\"{\"\"daily_rate_c\"\":80000,\"\"start\"\":\"\"2026-02-25T08:00\"\",\"\"end\"\":\"\"2026-02-25T16:00\"\",\"\"holidays\"\":{\"\"2026-02-25\"\":\"\"special_working\"\"}}\",\"{\"\"lines\"\":[[\"\"special\"\",480,80000]]}\"",
    "v lines: expected [[\"special\",480,80000]], got [[\"special_working\",480,80000]]" },
  { "w,shift_day,2026-02-25,\"{\"\"daily_rate_c\"\":80000,\"\"start\"\":\"\"2026-02-25T08:00\"\",\"\"end\"\":\"\"2026-02-25T16:00\"\"}\",\"{\"\"lines\"\":[]}\"",
    "w lines: expected [], got [[\"ordinary\",480,80000]]" },
  { "h,sss,2026-11-30,\"{\"\"compensation_c\"\":1500000}\",{}", "h: expects nothing" },
  { "i,sss,,\"{\"\"compensation_c\"\":1500000}\",\"{\"\"msc_c\"\":1}\"", "i on_date: expected a date" },
  { "j,sss,2026-11-30,[],\"{\"\"msc_c\"\":1}\"", "j inputs: expected a JSON object" },
  { "k,holiday_calendar,2024-05-01,{},\"{\"\"day_type\"\":\"\"regular\"\"}\"", "no holidays are loaded for the year" },
  { "l,holiday_eligibility,2026-11-30,\"{\"\"attendance\"\":{},\"\"holidays\"\":{\"\"2026-11-30\"\":\"\"regular\"\"},\"\"daily_rate_c\"\":75500}\",\"{\"\"pay_c\"\":{\"\"2026-11-30\"\":5}}\"",
    "l pay_c.2026-11-30: expected 5, got 0" },
};

static void
test_wrong_example (gconstpointer data)
{
  const char *said = wrong[GPOINTER_TO_UINT (data)].said;
  g_autofree char *text = g_strdup_printf ("id,area,on_date,inputs,expected\n%s\n", wrong[GPOINTER_TO_UINT (data)].example);
  guint passed = 0, failed = 0;
  g_autofree char *report = check_text (text, &passed, &failed);

  g_test_message ("%s", report);
  g_assert_nonnull (strstr (report, said));
  g_assert_cmpuint (passed, ==, 0);
  g_assert_cmpuint (failed, ==, 1);
}

/* What others' files may hold: a mark of byte order, other columns in another order, rows of commas, breaks within cells, numbers
 * as text and as numbers, some figures only; a special working day by either name. */
static void
test_strange_file (void)
{
  static const char text[] =
    "\xef\xbb\xbf" "note,expected,extra,inputs,on_date,area,id\r\n"
    "\"two\r\nlines\",\"{\"\"total_c\"\":76000}\",,\"{\"\"compensation_c\"\":\"\"524999\"\",\r\n \"\"month\"\":null}\",2025-02-15,sss,a\r\n"
    ",,,,,,\r\n\r\n"
    ",\"{\"\"amount_c\"\":3125}\",,\"{\"\"hourly_rate_c\"\":10000,\"\"day_type\"\":\"\"ordinary\"\",\"\"hours\"\":2.5,\"\"ot\"\":1,\"\"nd\"\":true,\"\"pay\"\":\"\"nd_only\"\"}\",2026-11-30,premium,b\r\n"
    ",\"{\"\"amount_c\"\":60000}\",,\"{\"\"period_salary_c\"\":1200000,\"\"periods_per_year\"\":12,\"\"factor_days\"\":\"\"240\"\",\"\"day_type\"\":\"\"special_working\"\",\"\"hours\"\":8}\",2026-11-30,premium,c\r\n"
    ",\"{\"\"lines\"\":[[\"\"ordinary\"\",480,80000],[\"\"ordinary_ot\"\",60,12500]]}\",,\"{\"\"daily_rate_c\"\":80000,\"\"start\"\":\"\"2026-02-25T08:00\"\",\"\"end\"\":\"\"2026-02-25T17:00\"\",\"\"holidays\"\":{\"\"2026-02-25\"\":\"\"special_working\"\"}}\",2026-02-25,shift_day,d";
  guint passed = 0, failed = 0;
  g_autofree char *report = check_text (text, &passed, &failed);

  g_test_message ("%s", report);
  g_assert_cmpuint (passed, ==, 4);
  g_assert_cmpuint (failed, ==, 0);
}

/* Somebody with a calculator follows a figure from the inputs on: what the lines of a trace must say. */
static const struct { const char *name, *area, *inputs, *said; } followed[] = {
  { "a-day-of-a-salary", "premium",
    "{\"period_salary_c\":1305000,\"periods_per_year\":24,\"factor_days\":\"261\",\"day_type\":\"regular\",\"hours\":8,\"pay\":\"premium_only\"}",
    "pay.daily_of_salary: salary=13050.00 periods_per_year=24 factor=261 | 120000/1 -> 1200.00" },
  { "the-part-of-a-premium", "premium", "{\"hourly_rate_c\":10000,\"day_type\":\"ordinary\",\"hours\":8,\"nd\":true,\"pay\":\"nd_only\"}",
    "part=nd_only multiplier=0.1 " },
  { "the-part-above-one", "premium", "{\"hourly_rate_c\":10000,\"day_type\":\"regular\",\"hours\":8,\"pay\":\"premium_only\"}", "part=premium_only multiplier=1 " },
  { "what-is-taxable-of-a-month", "netpay_month", "{\"monthly_basic_c\":3000000}", "tax.taxable: basic=30000.00 contributions=2450.00 | -> 27550.00" },
  { "what-is-left-of-a-month", "netpay_month", "{\"monthly_basic_c\":3000000}", "pay.net: taxable=27550.00 tax=1007.55 | -> 26542.45" },
  { "leave-of-part-of-a-year", "sil", "{\"months\":10,\"daily_rate_c\":61000}",
    "leave.service_of_months: days_a_year=5 months=10 daily=610.00 | limits row " },
  { "a-minimum-wage-earner", "mwe", "{\"smw_c\":17500000,\"overtime_c\":4000000,\"commission_c\":2000000,\"is_mwe\":true}",
    "tax.minimum_wage_earner: is_mwe=true compensation=175000.00 premiums=40000.00 other_taxable=20000.00 contributions=0.00 exempt=215000.00" },
  { "benefits-and-their-pool", "mwe", "{\"total_compensation_c\":30000000,\"other_benefits_c\":9500000,\"is_mwe\":false}",
    "statutory.benefit_pool: pool=90000.00 before=0.00 amount=95000.00 taxable=5000.00" },
  { "the-day-before-a-holiday", "holiday_eligibility",
    "{\"attendance\":{\"2026-11-28\":\"absent_unpaid\",\"2026-11-29\":\"rest_day\"},\"holidays\":{\"2026-11-30\":\"regular\"},\"daily_rate_c\":75500}",
    "holiday=2026-11-30 days_looked_back=2 decided_by=2026-11-28 attendance=absent_unpaid qualifies=false" },
  { "a-day-that-nothing-is-said-of", "holiday_eligibility",
    "{\"attendance\":{},\"holidays\":{\"2026-11-30\":\"special\"},\"daily_rate_c\":75500}",
    "time.day: date=2026-11-30 day_type=special attendance=none | -> 0.00" },
  { "a-salary-less-absence", "basic_less_lwop", "{\"monthly_basic_c\":2610000,\"factor\":261,\"days\":1.5}",
    "pay.basic_less_absence: salary=26100.00 months=1 earned=26100.00 absence=1800.00 | -> 24300.00" },
};

static void
test_followed (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(ArmmsRulebook) book = open_book ();
  g_autoptr(JsonNode) inputs = json_from_string (followed[i].inputs, NULL);
  g_autoptr(GString) traces = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) figures = NULL;
  ArmmsDate date;

  g_assert_true (armms_date_parse ("2026-11-30", &date));
  figures = armms_rulebook_explain (book, followed[i].area, date, json_node_get_object (inputs), traces, &error);
  g_assert_no_error (error);
  g_assert_nonnull (figures);
  g_test_message ("%s", traces->str);
  g_assert_nonnull (strstr (traces->str, followed[i].said));
}

/* What cannot be answered is said, with the name of what is wrong: never an answer about something else. */
static const struct { const char *name, *area, *inputs, *said; } refused[] = {
  { "an-amount-beyond-any-payroll", "sss", "{\"compensation_c\":99999999999999999}", "input compensation_c is out of range" },
  { "hours-beyond-a-month", "premium", "{\"daily_rate_c\":80000,\"day_type\":\"ordinary\",\"hours\":1001}", "input hours is out of range" },
  { "a-decimal-beyond-a-million", "eemr", "{\"daily_rate_c\":80000,\"factor\":\"1000001\"}", "input factor is out of range" },
  { "a-list-where-dates-are-named", "holiday_eligibility",
    "{\"daily_rate_c\":80000,\"attendance\":[],\"holidays\":{}}",
    "input attendance is no object" },
  { "no-attendance", "holiday_eligibility", "{\"daily_rate_c\":80000,\"holidays\":{}}", "input attendance is missing" },
  { "a-mark-that-is-not-known", "holiday_eligibility",
    "{\"daily_rate_c\":80000,\"attendance\":{\"2026-11-29\":\"asleep\"},\"holidays\":{}}",
    "input attendance holds what is no date with a known word" },
  { "a-month-that-is-none", "sss", "{\"compensation_c\":1,\"month\":\"2026-13\"}", "input month is no month" },
  { "a-pay-period-that-is-none", "wtax", "{\"period\":\"yearly\",\"taxable_c\":1}", "input period is no pay period" },
  { "a-kind-of-day-that-is-none", "premium", "{\"daily_rate_c\":80000,\"day_type\":\"holiday\",\"hours\":8}", "input day_type is no kind of day" },
  { "no-rate", "premium", "{\"day_type\":\"ordinary\",\"hours\":8}", "input daily_rate_c is missing" },
  { "a-part-of-a-premium-that-is-none", "premium",
    "{\"daily_rate_c\":80000,\"day_type\":\"ordinary\",\"hours\":8,\"pay\":\"half\"}",
    "input pay is none of full, premium_only, nd_only" },
  { "a-salary-without-a-factor", "basic_less_lwop", "{\"monthly_basic_c\":1,\"days\":1}", "input factor is missing" },
  { "a-factor-of-nothing", "basic_less_lwop", "{\"monthly_basic_c\":1,\"days\":1,\"factor\":0}", "input factor is not above zero" },
  { "a-basis-that-is-none", "philhealth", "{\"daily_rate_c\":80000,\"factor\":313,\"basis\":\"monthly\"}", "input basis is not eemr" },
  { "no-compensation", "pagibig", "{}", "input compensation_c is missing" },
  { "no-basic", "netpay_month", "{}", "input monthly_basic_c is missing" },
  { "no-basic-of-a-year", "thirteenth", "{}", "input basic_earned_c is missing" },
  { "a-share-of-no-wage", "deminimis", "{\"benefit\":\"meal_ot_night\",\"per\":\"day\",\"amount_c\":1}", "input region_min_wage_c is missing" },
  { "a-ceiling-of-another-span", "deminimis",
    "{\"benefit\":\"rice_subsidy\",\"per\":\"year\",\"amount_c\":1}",
    "input per is not the span of that ceiling" },
  { "a-benefit-that-has-no-ceiling", "deminimis", "{\"benefit\":\"car\",\"per\":\"year\",\"amount_c\":1}", "no de minimis ceiling of car" },
  { "a-region-without-a-wage", "min_wage", "{\"region\":\"XX\"}", "no minimum wage of region XX" },
  { "a-date-that-is-none", "holiday_calendar", "{\"date\":\"2026-02-30\"}", "input date is no date" },
  { "nothing-of-the-year", "annualise", "{}", "input taxable_year_c is missing" },
  { "nothing-of-the-periods", "wtax_cumulative", "{}", "is missing" },
  { "nothing-of-a-minimum-wage-earner", "mwe", "{\"is_mwe\":true}", "input total_compensation_c is missing" },
  { "contributions-below-nothing", "mwe",
    "{\"total_compensation_c\":1,\"contributions_c\":-1,\"is_mwe\":true}",
    "contributions taken are below zero" },
  { "a-holiday-that-is-no-date", "shift_day",
    "{\"daily_rate_c\":80000,\"start\":\"2026-11-30T06:00\",\"end\":\"2026-11-30T18:00\",\"holidays\":{\"today\":\"regular\"}}",
    "input holidays holds no date with a kind of day" },
  { "holidays-that-are-a-list", "shift_day",
    "{\"daily_rate_c\":80000,\"start\":\"2026-11-30T06:00\",\"end\":\"2026-11-30T18:00\",\"holidays\":[]}",
    "input holidays is no object" },
  { "rest-days-that-are-no-list", "shift_day",
    "{\"daily_rate_c\":80000,\"start\":\"2026-11-30T06:00\",\"end\":\"2026-11-30T18:00\",\"rest_days\":\"2026-11-30\"}",
    "input rest_days is no list of dates" },
  { "a-rest-day-that-is-no-date", "shift_day",
    "{\"daily_rate_c\":80000,\"start\":\"2026-11-30T06:00\",\"end\":\"2026-11-30T18:00\",\"rest_days\":[\"Sunday\"]}",
    "input rest_days holds no date" },
  { "a-time-without-a-date", "shift_day",
    "{\"daily_rate_c\":80000,\"start\":\"06:00\",\"end\":\"2026-11-30T18:00\"}",
    "input start is no local time" },
  { "a-time-that-is-none", "shift_day",
    "{\"daily_rate_c\":80000,\"start\":\"2026-11-30T06:60\",\"end\":\"2026-11-30T18:00\"}",
    "input start is no time of a day" },
  { "an-end-before-the-start", "shift_day",
    "{\"daily_rate_c\":80000,\"start\":\"2026-11-30T06:00\",\"end\":\"2026-11-30T05:00\"}",
    "input end is not within two days after start" },
  { "three-ends-of-a-break", "shift_day",
    "{\"daily_rate_c\":80000,\"start\":\"2026-11-30T06:00\",\"end\":\"2026-11-30T18:00\",\"unpaid_break\":[\"2026-11-30T12:00\"]}",
    "input unpaid_break is no pair of times" },
  { "a-break-outside-of-the-duty", "shift_day",
    "{\"daily_rate_c\":80000,\"start\":\"2026-11-30T06:00\",\"end\":\"2026-11-30T18:00\",\"unpaid_break\":[\"2026-11-30T05:00\",\"2026-11-30T07:00\"]}",
    "input unpaid_break does not lie within the duty" },
};

static void
test_refused (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(ArmmsRulebook) book = open_book ();
  g_autoptr(JsonNode) inputs = json_from_string (refused[i].inputs, NULL);
  g_autoptr(GError) error = NULL;
  ArmmsDate date;

  g_assert_true (armms_date_parse ("2026-11-30", &date));
  g_assert_null (armms_rulebook_explain (book, refused[i].area, date, json_node_get_object (inputs), NULL, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, refused[i].said));
}

/* The premiums begin in 2018: a day before it is refused, not guessed. */
static void
test_premium_before_the_tables (void)
{
  g_autoptr(ArmmsRulebook) book = open_book ();
  g_autoptr(JsonNode) inputs = json_from_string ("{\"daily_rate_c\":80000,\"day_type\":\"ordinary\",\"hours\":8}", NULL);
  g_autoptr(GError) error = NULL;
  ArmmsDate date;

  g_assert_true (armms_date_parse ("2017-12-31", &date));
  g_assert_null (armms_rulebook_explain (book, "premium", date, json_node_get_object (inputs), NULL, &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "no premium table is in force on 2017-12-31 for ordinary"));
}

/* What an area says that it takes and gives is what it takes and gives: every example of the two files, member by member. */
static void
test_words (void)
{
  static const char *const files[] = { "examples.csv", "own-examples.csv" };
  g_autoptr(ArmmsRulebook) book = open_book ();
  g_autoptr(GHashTable) asked = g_hash_table_new (g_str_hash, g_str_equal);
  const char *const *areas = armms_rulebook_get_areas ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "server", "rules", "data", files[i], NULL);
      g_autoptr(ArmmsCsv) csv = armms_csv_new_from_file (path, NULL);

      while (armms_csv_next (csv))
        {
          const char *area = armms_csv_interned (csv, "area");
          g_autoptr(JsonNode) inputs = json_from_string (armms_csv_text (csv, "inputs"), NULL);
          g_autoptr(JsonNode) figures = armms_rulebook_explain (book, area, armms_csv_date (csv, "on_date"), json_node_get_object (inputs), NULL, NULL);
          g_autoptr(GList) told = json_object_get_members (json_node_get_object (figures));
          const char *takes, *gives;

          g_assert_true (armms_rulebook_get_words (area, &takes, &gives));
          for (GList *name = told; name != NULL; name = name->next)
            g_assert_nonnull (strstr (gives, name->data));
          g_hash_table_add (asked, (char *) area);
        }
    }
  for (guint i = 0; areas[i] != NULL; i++)
    {
      g_test_message ("%s", areas[i]);
      g_assert_true (g_hash_table_contains (asked, areas[i]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/rules/examples/all-worked-examples-hold", &worked, test_examples);
  g_test_add_data_func ("/rules/examples/our-own-hold", &own, test_examples);
  g_test_add_func ("/rules/examples/every-area-says-what-it-takes-and-gives", test_words);
  g_test_add_func ("/rules/examples/files-of-others-are-read", test_strange_file);
  g_test_add_func ("/rules/examples/premiums-before-their-tables", test_premium_before_the_tables);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rules/examples/refused/%s", refused[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_refused);
    }
  for (guint i = 0; i < G_N_ELEMENTS (followed); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rules/examples/followed-with-a-calculator/%s", followed[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_followed);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rules/examples/a-wrong-example-is-told/%c", wrong[i].example[0]);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_wrong_example);
    }
  return g_test_run ();
}
