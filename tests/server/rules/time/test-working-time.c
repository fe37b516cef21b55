/* The law's hours by date, and what a tenant may better in them. */
#include "time-case.h"

#include "common/base/error.h"

/* Eight hours until 2026-06-30, seven from 2026-07-01 until the end of the year: nothing is known of the next one. */
static const ArmmsWorkingTime *
find (const char *text, GError **error)
{
  static ArmmsWorkingTime rows[2];
  const ArmmsWorkingTimeTable table = { rows, G_N_ELEMENTS (rows) };
  ArmmsDate date = ARMMS_DATE_NONE;

  rows[0] = rows[1] = time_case_law;
  rows[0].to = armms_date_from_ymd (2026, 6, 30);
  rows[1].from = armms_date_from_ymd (2026, 7, 1);
  rows[1].to = armms_date_from_ymd (2026, 12, 31);
  rows[1].regular_minutes = 420;
  g_assert_true (armms_date_parse (text, &date));
  return armms_working_time_find (&table, date, error);
}

typedef struct {
  const char *date;
  int regular_minutes;  /* 0: no table */
} Edge;

static const Edge edges[] = {
  { "1974-10-31", 0 },
  { "1974-11-01", 480 },
  { "2026-06-30", 480 },
  { "2026-07-01", 420 },
  { "2026-12-31", 420 },
  { "2027-01-01", 0 },
};

static void
test_edge (gconstpointer data)
{
  const Edge *edge = data;
  g_autoptr(GError) error = NULL;
  const ArmmsWorkingTime *law = find (edge->date, &error);

  if (edge->regular_minutes == 0)
    {
      g_autofree char *message = g_strconcat ("no working-time table is in force on ", edge->date, NULL);

      g_assert_null (law);
      g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_NOT_FOUND);
      g_assert_cmpstr (armms_error_get_code (error), ==, "statutory.no_table");
      g_assert_cmpstr (error->message, ==, message);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpint (law->regular_minutes, ==, edge->regular_minutes);
}

static void
test_open_end (void)
{
  const ArmmsWorkingTimeTable table = { &time_case_law, 1 };

  g_assert_true (armms_working_time_find (&table, armms_date_from_ymd (2999, 12, 31), /* error= */ NULL) == &time_case_law);
}

/* Regular minutes, night from and to, paid break: the tenant's own and what comes of them. */
typedef struct {
  const char *about;
  int own[4], result[4];
} Policy;

static const Policy policies[] = {
  { "who has none has the law's", { 0, 0, 0, 0 }, { 480, 1320, 360, 20 } },
  { "the law's own change nothing", { 480, 1320, 360, 20 }, { 480, 1320, 360, 20 } },
  { "seven hours before overtime are better than eight", { 420, 0, 0, 0 }, { 420, 1320, 360, 20 } },
  { "ten hours before overtime are not", { 600, 0, 0, 0 }, { 480, 1320, 360, 20 } },
  { "a night from 21:00 to 07:00 is longer", { 0, 1260, 420, 0 }, { 480, 1260, 420, 20 } },
  { "a night from 23:00 to 05:00 is too short", { 0, 1380, 300, 0 }, { 480, 1320, 360, 20 } },
  { "a night from midnight to 06:00 is too short", { 0, 0, 360, 0 }, { 480, 1320, 360, 20 } },
  { "a night from 01:00 to 07:00 begins too late", { 0, 60, 420, 0 }, { 480, 1320, 420, 20 } },
  { "each end of the night on its own", { 0, 1380, 420, 0 }, { 480, 1320, 420, 20 } },
  { "half an hour's rest is paid", { 0, 0, 0, 30 }, { 480, 1320, 360, 30 } },
};

static void
test_policy (gconstpointer data)
{
  const Policy *p = data;
  ArmmsTimePolicy policy = armms_time_policy_default;

  policy.regular_minutes = p->own[0];
  policy.night_from = p->own[1];
  policy.night_to = p->own[2];
  policy.paid_break_up_to = p->own[3];
  armms_working_time_apply (&time_case_law, &policy);
  g_assert_cmpint (policy.regular_minutes, ==, p->result[0]);
  g_assert_cmpint (policy.night_from, ==, p->result[1]);
  g_assert_cmpint (policy.night_to, ==, p->result[2]);
  g_assert_cmpint (policy.paid_break_up_to, ==, p->result[3]);
  g_assert_cmpint (policy.early_margin, ==, armms_time_policy_default.early_margin);
}

/* What a tenant chooses stands in C, what the law says does not. */
static void
test_default_has_no_law (void)
{
  g_assert_cmpint (armms_time_policy_default.regular_minutes, ==, 0);
  g_assert_cmpint (armms_time_policy_default.night_from, ==, 0);
  g_assert_cmpint (armms_time_policy_default.night_to, ==, 0);
  g_assert_cmpint (armms_time_policy_default.paid_break_up_to, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    g_test_add_data_func (g_strdup_printf ("/time/law/on %s", edges[i].date), &edges[i], test_edge);
  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    g_test_add_data_func (g_strdup_printf ("/time/law/%s", policies[i].about), &policies[i], test_policy);
  g_test_add_func ("/time/law/an open row holds for ever", test_open_end);
  g_test_add_func ("/time/law/a policy without law has none of its figures", test_default_has_no_law);
  return g_test_run ();
}
