#include "common/base/period.h"

typedef struct { const char *name; ArmmsPeriodKind kind; const char *anchor; const char *date; const char *from; const char *to; } Case;

static const Case cases[] = {
  { "the first half", ARMMS_PERIOD_SEMI_MONTHLY, NULL, "2026-05-01", "2026-05-01", "2026-05-15" },
  { "the 15th is of the first half", ARMMS_PERIOD_SEMI_MONTHLY, NULL, "2026-05-15", "2026-05-01", "2026-05-15" },
  { "the 16th is of the second", ARMMS_PERIOD_SEMI_MONTHLY, NULL, "2026-05-16", "2026-05-16", "2026-05-31" },
  { "the 31st is of the second", ARMMS_PERIOD_SEMI_MONTHLY, NULL, "2026-05-31", "2026-05-16", "2026-05-31" },
  { "a leap February's second half", ARMMS_PERIOD_SEMI_MONTHLY, NULL, "2024-02-20", "2024-02-16", "2024-02-29" },
  { "a February's second half", ARMMS_PERIOD_SEMI_MONTHLY, NULL, "2026-02-28", "2026-02-16", "2026-02-28" },
  { "a month", ARMMS_PERIOD_MONTHLY, NULL, "2026-04-30", "2026-04-01", "2026-04-30" },
  { "a week from Monday", ARMMS_PERIOD_WEEKLY, NULL, "2026-05-03", "2026-04-27", "2026-05-03" },
  { "a week from its anchor", ARMMS_PERIOD_WEEKLY, "2026-05-02", "2026-05-01", "2026-04-25", "2026-05-01" },
  { "two weeks from the anchor", ARMMS_PERIOD_BIWEEKLY, "2026-05-04", "2026-05-17", "2026-05-04", "2026-05-17" },
  { "two weeks before the anchor", ARMMS_PERIOD_BIWEEKLY, "2026-05-04", "2026-05-03", "2026-04-20", "2026-05-03" },
  { "two weeks over new year", ARMMS_PERIOD_BIWEEKLY, "2026-01-05", "2026-01-01", "2025-12-22", "2026-01-04" },
};

static void
test_period (gconstpointer data)
{
  const Case *c = data;
  ArmmsDate anchor = ARMMS_DATE_NONE, date = { 0 };
  char from[ARMMS_DATE_TEXT_SIZE], to[ARMMS_DATE_TEXT_SIZE];
  ArmmsPeriod period;

  if (c->anchor != NULL)
    g_assert_true (armms_date_parse (c->anchor, &anchor));
  g_assert_true (armms_date_parse (c->date, &date));
  period = armms_period_of (c->kind, anchor, date);
  g_assert_cmpstr (armms_date_format (period.from, from), ==, c->from);
  g_assert_cmpstr (armms_date_format (period.to, to), ==, c->to);
}

static void
test_names (void)
{
  for (int kind = ARMMS_PERIOD_SEMI_MONTHLY; kind <= ARMMS_PERIOD_BIWEEKLY; kind++)
    {
      ArmmsPeriodKind read = ARMMS_PERIOD_MONTHLY;

      g_assert_true (armms_period_kind_parse (armms_period_kind_name (kind), &read));
      g_assert_cmpint (read, ==, kind);
    }
  ArmmsPeriodKind kept = ARMMS_PERIOD_WEEKLY;
  g_assert_false (armms_period_kind_parse ("yearly", &kept));
  g_assert_false (armms_period_kind_parse (NULL, &kept));
  g_assert_cmpint (kept, ==, ARMMS_PERIOD_WEEKLY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/base/period/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_period);
    }
  g_test_add_func ("/base/period/names", test_names);
  return g_test_run ();
}
