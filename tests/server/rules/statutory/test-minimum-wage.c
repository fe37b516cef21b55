/* The minimum wage of a place, a sector and a day, and who earns it. */
#include "../law-case.h"

#include <string.h>

static ArmmsMinimumWage
wage_in (const char *region, const char *area, const char *sector, const char *date)
{
  return armms_minimum_wage_find (&law_tables ()->wages, region, area, sector, law_date (date));
}

static const struct {
  const char *name, *region, *area, *sector, *date;
  gint64 lowest, highest;
} cases[] = {
  { "NCR before the order of 2025", "NCR", NULL, "non-agriculture", "2025-07-17", 64500, 64500 },
  { "NCR from the order of 2025", "NCR", NULL, "non-agriculture", "2025-07-18", 69500, 69500 },
  { "NCR in the sample month", "NCR", "Manila", "non-agriculture", "2026-05-31", 69500, 69500 },
  { "NCR while NCR-27 is stopped by the court", "NCR", NULL, "non-agriculture", "2026-09-25", 69500, 69500 },
  { "NCR from NCR-28", "NCR", NULL, "non-agriculture", "2026-09-26", 75500, 75500 },
  { "small establishments have their own row", "NCR", NULL, "agriculture", "2026-05-31", 65800, 65800 },
  { "Central Luzon without an area", "III", NULL, "non-agriculture", "2026-05-31", 56000, 60000 },
  { "Central Luzon, Bulacan", "III", "Bulacan", "non-agriculture", "2026-05-31", 60000, 60000 },
  { "Central Luzon, Aurora", "III", "Aurora", "non-agriculture", "2026-05-31", 56000, 56000 },
  { "Central Luzon before the tranche", "III", "Bulacan", "non-agriculture", "2026-04-15", 57000, 57000 },
  { "Central Visayas: a row for all sectors", "VII", "Class A", "non-agriculture", "2026-05-31", 54000, 54000 },
  { "an area that no order names is not known", "III", "Quezon City", "non-agriculture", "2026-05-31", 56000, 60000 },
  { "one of the areas of a row", "IV-A", "component cities", "non-agriculture", "2026-05-31", 60000, 60000 },
  { "an area inside another's name", "IV-A", "first-class municipalities", "non-agriculture", "2026-05-31", 55000, 55000 },
  { "sector: the whole cell", "NCR", NULL, "agriculture; retail/service <=15 workers; manufacturing <10 workers", "2026-05-31", 65800, 65800 },
  { "sector: its first part", "NCR", NULL, "agriculture", "2026-11-30", 71800, 71800 },
  { "sector: its last part", "NCR", NULL, "manufacturing <10 workers", "2026-11-30", 71800, 71800 },
  { "sector: a plain word", "NCR", NULL, "retail/service", "2026-11-30", 71800, 71800 },
  { "sector: a whole cell before a word", "III", "Bulacan", "retail/service", "2026-05-31", 59000, 59000 },
  { "sector: parts joined by and", "IX", NULL, "agriculture", "2026-05-31", 42600, 42600 },
  { "sector: the other side of and", "IX", NULL, "retail/service >=10 workers", "2026-06-01", 46400, 46400 },
  { "sector: the whole cell with and", "IX", NULL, "agriculture and retail/service <10 workers", "2026-06-01", 45100, 45100 },
  { "sector: a word in two rows", "IX", NULL, "retail/service", "2026-06-01", 45100, 46400 },
  { "sector: agriculture is not non-agriculture", "XI", NULL, "agriculture", "2026-09-01", 52500, 52500 },
  { "sector: non-agriculture before and after a tranche", "XI", NULL, "non-agriculture", "2026-08-31", 52500, 52500 },
  { "a row for all with a remark", "IV-B", NULL, "non-agriculture", "2026-05-31", 45500, 45500 },
  { "tiers without names: the lowest and the highest", "VI", NULL, "non-agriculture", "2026-05-31", 52000, 55000 },
  { "a tier by its name", "VI", NULL, "highest tier", "2026-05-31", 55000, 55000 },
  { "the day an order begins", "VIII", NULL, "non-agriculture", "2025-12-08", 45200, 45200 },
  { "the day before it", "VIII", NULL, "non-agriculture", "2025-12-07", 43500, 43500 },
};

static void
test_wage (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  ArmmsMinimumWage wage = wage_in (cases[i].region, cases[i].area, cases[i].sector, cases[i].date);

  g_assert_nonnull (wage.lowest);
  g_assert_cmpint (wage.lowest->daily.centavos, ==, cases[i].lowest);
  g_assert_cmpint (wage.highest->daily.centavos, ==, cases[i].highest);
}

static void
test_earner (void)
{
  ArmmsMinimumWage wage = wage_in ("NCR", NULL, "non-agriculture", "2026-05-31");
  ArmmsMinimumWage none = wage_in ("NCR", NULL, "non-agriculture", "1990-01-01");

  g_assert_true (armms_minimum_wage_earner (&wage, ARMMS_MONEY (69500)));
  g_assert_false (armms_minimum_wage_earner (&wage, ARMMS_MONEY (69501)));
  g_assert_true (armms_minimum_wage_undercut (&wage, ARMMS_MONEY (69499)));
  g_assert_false (armms_minimum_wage_undercut (&wage, ARMMS_MONEY (69500)));
  g_assert_null (none.lowest);
  g_assert_false (armms_minimum_wage_earner (&none, ARMMS_MONEY (1)));
  g_assert_false (armms_minimum_wage_undercut (&none, ARMMS_MONEY (1)));
}

/* A wage order turns a guard into a minimum wage earner: the status is of a date. */
static void
test_order_changes_status (void)
{
  ArmmsMinimumWage before = wage_in ("NCR", NULL, "non-agriculture", "2026-09-25");
  ArmmsMinimumWage after = wage_in ("NCR", NULL, "non-agriculture", "2026-09-26");

  g_assert_false (armms_minimum_wage_earner (&before, ARMMS_MONEY (74000)));
  g_assert_true (armms_minimum_wage_earner (&after, ARMMS_MONEY (74000)));
}

/* Stopped by a court: neither before nor after its date does it count, and with nothing else there is no wage. */
static void
test_stopped_order (void)
{
  ArmmsMinimumWageRow rows[] = {
    { "R", "all", "all", { 60000 }, { 0 }, law_date ("2025-01-01"), law_date ("2025-12-31"), TRUE, "R-1", "made up", 1 },
    { "R", "all", "all", { 70000 }, { 0 }, law_date ("2025-06-01"), ARMMS_DATE_NONE, FALSE, "R-2", "made up", 2 },
  };
  const ArmmsMinimumWageTable table = { rows, G_N_ELEMENTS (rows) };

  g_assert_cmpint (armms_minimum_wage_find (&table, "R", NULL, "agriculture", law_date ("2025-12-31")).highest->daily.centavos, ==, 60000);
  g_assert_null (armms_minimum_wage_find (&table, "R", NULL, "agriculture", law_date ("2026-01-01")).lowest);
  rows[1].in_force = TRUE;
  g_assert_cmpint (armms_minimum_wage_find (&table, "R", NULL, "agriculture", law_date ("2025-12-31")).highest->daily.centavos, ==, 70000);
  rows[0].from = ARMMS_DATE_NONE;
  g_assert_cmpint (armms_minimum_wage_find (&table, "R", NULL, "agriculture", law_date ("1990-01-01")).lowest->daily.centavos, ==, 60000);
}

static const struct { const char *region, *sector, *date; } missing[] = {
  { "NCR", "non-agriculture", "2023-07-15" },
  { "VIII", "non-agriculture", "2025-05-31" },
  { "XIV", "non-agriculture", "2026-05-31" },
  { "XIII", "agriculture", "2026-05-31" },
  { "NCR", "", "2026-05-31" },
  { NULL, "non-agriculture", "2026-05-31" },
};

static void
test_missing (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    {
      g_autoptr(GError) error = NULL;
      ArmmsMinimumWage wage = { 0 };

      g_assert_false (armms_minimum_wage_in_force (&law_tables ()->wages, missing[i].region, NULL, missing[i].sector,
                                                   law_date (missing[i].date), &wage, &error));
      g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_NOT_FOUND);
      g_assert_cmpstr (armms_error_get_code (error), ==, "statutory.no_table");
      g_assert_nonnull (strstr (error->message, missing[i].date));
      if (missing[i].region != NULL)
        g_assert_nonnull (strstr (error->message, missing[i].region));
      g_assert_null (wage.lowest);
    }
}

static void
test_trace (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  ArmmsMinimumWage wage;
  ArmmsTrace trace;

  g_assert_true (armms_minimum_wage_in_force (&law_tables ()->wages, "III", NULL, "non-agriculture", law_date ("2026-05-31"), &wage, NULL));
  armms_minimum_wage_trace (&wage, "non-agriculture", &trace);
  armms_trace_append_text (&trace, text);
  g_assert_cmpstr (text->str, ==,
                   "statutory.minimum_wage: region=III area=Aurora asked=non-agriculture sector=non-agriculture order=RBIII-26 cola=0.00 highest=600.00"
                   " | minimum-wage row 20 from 2026-04-16 (Wage Order RBIII-26) | -> 560.00");
}

/* Which rows of a fortnight somebody should read the order of. */
static const struct {
  const char *name, *region, *area, *dates[3], *orders;
} doubted[] = {
  { "NCR before the order that is from news", "NCR", NULL, { "2026-09-16", "2026-09-25" }, "" },
  { "NCR from its first day on", "NCR", "Manila", { "2026-09-25", "2026-09-26", "2026-09-26" }, "NCR-28" },
  { "Central Luzon was read", "III", NULL, { "2026-05-16", "2026-05-31" }, "" },
  { "both tiers of a range", "VI", NULL, { "2026-05-31", "2026-05-30" }, "RBVI-29 RBVI-29" },
  { "a single figure whose tranches were not read", "V", NULL, { "2026-05-31" }, "RBV-23 (final tranche)" },
  { "a tranche that was worked out", "X", "category I", { "2026-04-30", "2026-05-01" }, "RX-24" },
  { "no order, no doubt", "XIV", NULL, { "2026-05-31" }, "" },
  { "no day, no doubt", "VI", NULL, { NULL }, "" },
};

static void
test_doubts (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data), n = 0;
  g_autoptr(GArray) doubts = g_array_new (FALSE, FALSE, sizeof (const ArmmsMinimumWageRow *));
  g_autoptr(GString) orders = g_string_new (NULL);
  ArmmsDate dates[G_N_ELEMENTS (doubted[i].dates)];

  for (; n < G_N_ELEMENTS (dates) && doubted[i].dates[n] != NULL; n++)
    dates[n] = law_date (doubted[i].dates[n]);
  armms_minimum_wage_doubts (&law_tables ()->wages, doubted[i].region, doubted[i].area, "non-agriculture", dates, n, doubts);
  for (guint k = 0; k < doubts->len; k++)
    g_string_append_printf (orders, "%s%s", k > 0 ? " " : "", g_array_index (doubts, const ArmmsMinimumWageRow *, k)->order);
  g_assert_cmpstr (orders->str, ==, doubted[i].orders);
}

/* What nobody said is no certainty, and the trace says what is not certain. */
static void
test_confidence (void)
{
  ArmmsMinimumWageRow row = {
    .region = "R", .area = "all", .sector = "all", .daily = { 60000 }, .from = law_date ("2026-01-01"), .to = ARMMS_DATE_NONE,
    .in_force = TRUE, .order = "R-1", .source = "made up", .row = 1,
  };
  static const struct { const char *confidence, *said; } words[] = {
    { NULL, "confidence= cola" }, { "", "confidence= cola" }, { "published (range only)", "confidence=published (range only) cola" }, { "published", "order=R-1 cola" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      ArmmsMinimumWage wage = { &row, &row };
      g_autoptr(GString) text = g_string_new (NULL);
      ArmmsTrace trace;

      row.confidence = words[i].confidence;
      g_assert_cmpint (armms_minimum_wage_is_certain (&row), ==, i == 3);
      armms_minimum_wage_trace (&wage, "all", &trace);
      armms_trace_append_text (&trace, text);
      g_assert_nonnull (strstr (text->str, words[i].said));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (cases[i].name), " :,/;'", '-');
      g_autofree char *path = g_strconcat ("/rules/wage/", name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_wage);
    }
  for (guint i = 0; i < G_N_ELEMENTS (doubted); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/wage/doubts/", doubted[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_doubts);
    }
  g_test_add_func ("/rules/wage/what-is-not-certain-is-said", test_confidence);
  g_test_add_func ("/rules/wage/earner-and-undercut", test_earner);
  g_test_add_func ("/rules/wage/an-order-changes-the-status", test_order_changes_status);
  g_test_add_func ("/rules/wage/a-stopped-order-never-counts", test_stopped_order);
  g_test_add_func ("/rules/wage/no-order-no-wage", test_missing);
  g_test_add_func ("/rules/wage/a-wage-explains-itself", test_trace);
  return g_test_run ();
}
