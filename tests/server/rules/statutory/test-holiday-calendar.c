/* What kind of day a date is at a place. */
#include "../law-case.h"

#include <string.h>

typedef struct {
  const char *name, *date, *region, *city, *word;
  ArmmsDayType day_type;
} Case;

static const Case cases[] = {
  { "an ordinary day", "2026-05-04", "NCR", "Manila", "ordinary", ARMMS_DAY_ORDINARY },
  { "a regular holiday everywhere", "2026-05-01", "VII", NULL, "regular", ARMMS_DAY_REGULAR },
  { "the day before it", "2026-04-30", "VII", NULL, "ordinary", ARMMS_DAY_ORDINARY },
  { "the day after it", "2026-05-02", "VII", NULL, "ordinary", ARMMS_DAY_ORDINARY },
  { "a special day everywhere", "2026-12-24", NULL, NULL, "special", ARMMS_DAY_SPECIAL },
  { "a special working day keeps its word and is paid as ordinary", "2026-02-25", "NCR", NULL, "special_working", ARMMS_DAY_ORDINARY },
  { "a regional day in its region", "2026-11-16", "NCR", "Pasig", "special", ARMMS_DAY_SPECIAL },
  { "a regional day elsewhere", "2026-11-16", "III", NULL, "ordinary", ARMMS_DAY_ORDINARY },
  { "a regional day where the region is not known", "2026-11-16", NULL, NULL, "ordinary", ARMMS_DAY_ORDINARY },
  { "a city's day in the city", "2026-06-24", "NCR", "Manila", "special", ARMMS_DAY_SPECIAL },
  { "a city's day in the next city", "2026-06-24", "NCR", "Makati", "ordinary", ARMMS_DAY_ORDINARY },
  { "first day of the calendar", "2025-01-01", NULL, NULL, "regular", ARMMS_DAY_REGULAR },
  { "last day of the calendar", "2027-12-31", NULL, NULL, "special", ARMMS_DAY_SPECIAL },
};

static void
test_day (gconstpointer data)
{
  const Case *one = data;
  g_autoptr(GError) error = NULL;
  ArmmsHolidayOnDate day;
  gboolean found = armms_holiday_calendar_find (&law_tables ()->holidays, law_date (one->date), one->region, one->city, &day, &error);

  g_assert_no_error (error);
  g_assert_true (found);
  g_assert_cmpstr (day.word, ==, one->word);
  g_assert_cmpint (day.day_type, ==, one->day_type);
  g_assert_false (day.for_a_person);
}

static void
test_other_year (gconstpointer date)
{
  g_autoptr(GError) error = NULL;
  ArmmsHolidayOnDate day;

  g_assert_false (armms_holiday_calendar_find (&law_tables ()->holidays, law_date (date), "NCR", NULL, &day, &error));
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_NOT_FOUND);
  g_assert_cmpstr (armms_error_get_code (error), ==, "statutory.no_table");
  g_assert_nonnull (strstr (error->message, "holiday"));
}

#define ON "2026-03-20"
#define ROW(word, where) { .day_type = word, .scope = where, .name = word, .source = "made up", .row = 1 }

typedef struct {
  const char *name;
  ArmmsHolidayRow rows[3];
  const char *word;
  ArmmsDayType day_type;
  gboolean for_a_person;
  guint n_entries;
} Joined;

static const Joined joined[] = {
  { "two regular holidays are a double one", { ROW ("regular", "national"), ROW ("regular", "national") },
    "double_regular", ARMMS_DAY_DOUBLE_REGULAR, FALSE, 2 },
  { "two special days are a double one", { ROW ("special", "national"), ROW ("special", "city:Manila") },
    "double_special", ARMMS_DAY_DOUBLE_SPECIAL, FALSE, 2 },
  { "a regular and a special day are for a person", { ROW ("special", "national"), ROW ("regular", "region:NCR") },
    "regular", ARMMS_DAY_REGULAR, TRUE, 2 },
  { "the other way round too", { ROW ("regular", "national"), ROW ("special", "city:Manila") }, "regular", ARMMS_DAY_REGULAR, TRUE, 2 },
  { "a special working day beside a special day is a special day", { ROW ("special_working", "national"), ROW ("special", "national") },
    "special", ARMMS_DAY_SPECIAL, FALSE, 2 },
  { "a special working day beside a regular holiday is a regular one", { ROW ("regular", "national"), ROW ("special_working", "national") },
    "regular", ARMMS_DAY_REGULAR, FALSE, 2 },
  { "two special working days are one", { ROW ("special_working", "national"), ROW ("special_working", "city:Manila") },
    "special_working", ARMMS_DAY_ORDINARY, FALSE, 2 },
  { "what holds elsewhere counts nowhere here", { ROW ("regular", "national"), ROW ("special", "city:Cebu"), ROW ("special", "region:VII") },
    "regular", ARMMS_DAY_REGULAR, FALSE, 1 },
  { "three entries", { ROW ("regular", "national"), ROW ("regular", "region:NCR"), ROW ("special", "city:Manila") },
    "double_regular", ARMMS_DAY_DOUBLE_REGULAR, TRUE, 3 },
  { "a scope that nobody has", { ROW ("regular", "national"), ROW ("special", "barangay:1") }, "regular", ARMMS_DAY_REGULAR, FALSE, 1 },
};

static void
test_joined (gconstpointer data)
{
  const Joined *one = data;
  ArmmsHolidayRow rows[4] = { { .date = law_date ("2026-01-01"), .day_type = "regular", .scope = "national", .name = "New Year's Day" } };
  ArmmsHolidayTable table = { rows, 1 };
  g_autoptr(GString) text = g_string_new (NULL);
  ArmmsHolidayOnDate day;
  ArmmsTrace trace;

  for (guint i = 0; i < G_N_ELEMENTS (one->rows) && one->rows[i].day_type != NULL; i++)
    {
      rows[table.n_rows] = one->rows[i];
      rows[table.n_rows++].date = law_date (ON);
    }
  g_assert_true (armms_holiday_calendar_find (&table, law_date (ON), "NCR", "Manila", &day, NULL));
  g_assert_cmpstr (day.word, ==, one->word);
  g_assert_cmpint (day.day_type, ==, one->day_type);
  g_assert_cmpint (day.for_a_person, ==, one->for_a_person);
  g_assert_cmpuint (day.n_entries, ==, one->n_entries);
  armms_holiday_calendar_trace (&day, &trace);
  armms_trace_append_text (&trace, text);
  g_assert_cmpint (strstr (text->str, "for a person") != NULL, ==, one->for_a_person);
  g_assert_cmpint (strstr (text->str, " and=") != NULL, ==, one->n_entries > 1);
}

/* A year with local days only was never proclaimed to us. */
static void
test_local_year (void)
{
  ArmmsHolidayRow row = ROW ("special", "city:Manila");
  ArmmsHolidayTable table = { &row, 1 };
  ArmmsHolidayOnDate day;

  row.date = law_date ("2028-06-24");
  g_assert_false (armms_holiday_calendar_find (&table, row.date, "NCR", "Manila", &day, NULL));
}

static void
test_words (void)
{
  g_assert_true (armms_holiday_row_is_known ("regular"));
  g_assert_true (armms_holiday_row_is_known ("special"));
  g_assert_true (armms_holiday_row_is_known ("special_working"));
  g_assert_false (armms_holiday_row_is_known ("double_regular"));
  g_assert_false (armms_holiday_row_is_known ("ordinary"));
  g_assert_false (armms_holiday_row_is_known (NULL));
}

int
main (int argc, char **argv)
{
  static const char *const other_years[] = { "2024-12-31", "2028-01-01", "2018-05-01" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/holiday-calendar/", cases[i].name, NULL);
      g_test_add_data_func (g_strdelimit (path, " '", '-'), &cases[i], test_day);
    }
  for (guint i = 0; i < G_N_ELEMENTS (joined); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/holiday-calendar/", joined[i].name, NULL);
      g_test_add_data_func (g_strdelimit (path, " '", '-'), &joined[i], test_joined);
    }
  for (guint i = 0; i < G_N_ELEMENTS (other_years); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/holiday-calendar/no-calendar/", other_years[i], NULL);
      g_test_add_data_func (path, other_years[i], test_other_year);
    }
  g_test_add_func ("/rules/holiday-calendar/local-days-make-no-year", test_local_year);
  g_test_add_func ("/rules/holiday-calendar/words", test_words);
  return g_test_run ();
}
