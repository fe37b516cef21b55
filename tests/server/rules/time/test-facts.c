#include "time-case.h"

/* Names as they are stored and told, and the calendar of a place. */

static void
test_punch_kinds (void)
{
  const char *names[] = { "IN", "OUT", "BREAK_START", "BREAK_END", "UNKNOWN" };
  ArmmsPunchKind kind = ARMMS_PUNCH_OUT;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpstr (armms_punch_kind_name ((ArmmsPunchKind) i), ==, names[i]);
      g_assert_true (armms_punch_kind_parse (names[i], &kind));
      g_assert_cmpint (kind, ==, i);
    }
  kind = ARMMS_PUNCH_OUT;
  g_assert_false (armms_punch_kind_parse ("in", &kind));
  g_assert_cmpint (kind, ==, ARMMS_PUNCH_OUT);
}

static void
test_names (void)
{
  const char *statuses[] = { "VALID", "INVALID", "DUPLICATE", "UNMATCHED", "ADJUSTED" };
  const char *states[] = { "OPEN", "COMPLETE", "ABSENT", "LEAVE", "HOLIDAY" };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    g_assert_cmpstr (armms_log_status_name ((ArmmsLogStatus) i), ==, statuses[i]);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_assert_cmpstr (armms_day_state_name ((ArmmsDayState) i), ==, states[i]);
}

static void
test_calendar (void)
{
  const guint8 types[] = { ARMMS_DAY_REGULAR, ARMMS_DAY_ORDINARY, ARMMS_DAY_SPECIAL };
  const ArmmsCalendar calendar = { time_case_date ("05-01"), G_N_ELEMENTS (types), types };

  g_assert_cmpint (armms_calendar_get (&calendar, time_case_date ("04-30")), ==, ARMMS_DAY_ORDINARY);
  g_assert_cmpint (armms_calendar_get (&calendar, time_case_date ("05-01")), ==, ARMMS_DAY_REGULAR);
  g_assert_cmpint (armms_calendar_get (&calendar, time_case_date ("05-03")), ==, ARMMS_DAY_SPECIAL);
  g_assert_cmpint (armms_calendar_get (&calendar, time_case_date ("05-04")), ==, ARMMS_DAY_ORDINARY);
  g_assert_cmpint (armms_calendar_get (&calendar, ARMMS_DATE_NONE), ==, ARMMS_DAY_ORDINARY);
  g_assert_cmpint (armms_calendar_get (NULL, time_case_date ("05-01")), ==, ARMMS_DAY_ORDINARY);
}

typedef struct {
  const char *about;
  ArmmsDayType a, b, both;
  ArmmsHolidayClash clash;
} Join;

static const Join joins[] = {
  { "nothing and nothing", ARMMS_DAY_ORDINARY, ARMMS_DAY_ORDINARY, ARMMS_DAY_ORDINARY },
  { "one special day", ARMMS_DAY_ORDINARY, ARMMS_DAY_SPECIAL, ARMMS_DAY_SPECIAL },
  { "two special days", ARMMS_DAY_SPECIAL, ARMMS_DAY_SPECIAL, ARMMS_DAY_DOUBLE_SPECIAL },
  { "one regular holiday", ARMMS_DAY_ORDINARY, ARMMS_DAY_REGULAR, ARMMS_DAY_REGULAR },
  { "two regular holidays", ARMMS_DAY_REGULAR, ARMMS_DAY_REGULAR, ARMMS_DAY_DOUBLE_REGULAR },
  { "a special day and a regular holiday", ARMMS_DAY_SPECIAL, ARMMS_DAY_REGULAR, ARMMS_DAY_REGULAR },
  { "a special day and a double regular holiday", ARMMS_DAY_SPECIAL, ARMMS_DAY_DOUBLE_REGULAR, ARMMS_DAY_DOUBLE_REGULAR },
  { "both count: a special day and a regular holiday", ARMMS_DAY_SPECIAL, ARMMS_DAY_REGULAR, ARMMS_DAY_DOUBLE_REGULAR, ARMMS_HOLIDAY_CLASH_DOUBLE },
  { "both count: two special days and a regular holiday", ARMMS_DAY_DOUBLE_SPECIAL, ARMMS_DAY_REGULAR, ARMMS_DAY_DOUBLE_REGULAR, ARMMS_HOLIDAY_CLASH_DOUBLE },
  { "both count: a special day and a double regular holiday", ARMMS_DAY_SPECIAL, ARMMS_DAY_DOUBLE_REGULAR, ARMMS_DAY_DOUBLE_REGULAR, ARMMS_HOLIDAY_CLASH_DOUBLE },
  { "both count: one regular holiday", ARMMS_DAY_ORDINARY, ARMMS_DAY_REGULAR, ARMMS_DAY_REGULAR, ARMMS_HOLIDAY_CLASH_DOUBLE },
  { "both count: two special days", ARMMS_DAY_SPECIAL, ARMMS_DAY_SPECIAL, ARMMS_DAY_DOUBLE_SPECIAL, ARMMS_HOLIDAY_CLASH_DOUBLE },
};

static void
test_join (gconstpointer data)
{
  const Join *join = data;

  g_assert_cmpint (armms_day_type_join (join->clash, join->a, join->b), ==, join->both);
  g_assert_cmpint (armms_day_type_join (join->clash, join->b, join->a), ==, join->both);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time/facts/kinds of punches by name", test_punch_kinds);
  g_test_add_func ("/time/facts/statuses and states by name", test_names);
  g_test_add_func ("/time/facts/a calendar is ordinary outside of its days", test_calendar);
  for (guint i = 0; i < G_N_ELEMENTS (joins); i++)
    {
      g_autofree char *name = g_strdup_printf ("/time/facts/one date: %s", joins[i].about);

      g_test_add_data_func (name, &joins[i], test_join);
    }
  return g_test_run ();
}
