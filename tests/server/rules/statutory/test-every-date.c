/* Every date of ten years is answered by a row that is in force on it, or refused with a reason: never yesterday's figure. */
#include "../law-case.h"

#include <string.h>

#define FIRST "2018-01-01"
#define LAST "2027-12-31"

/* Walks the years; @ask answers one date, with the row's span, or refuses it. Answered are exactly the days from @answered_from
 * (NULL: none) to @answered_to (NULL: the last). */
typedef gboolean (*Ask) (gconstpointer subject, ArmmsDate date, ArmmsDate *ret_from, ArmmsDate *ret_to, GError **error);

static void
walk (Ask ask, gconstpointer subject, const char *answered_from, const char *answered_to)
{
  ArmmsDate from = law_date (answered_from), to = law_date (answered_to != NULL ? answered_to : LAST), last = law_date (LAST);

  for (ArmmsDate date = law_date (FIRST); date.days <= last.days; date.days++)
    {
      g_autoptr(GError) error = NULL;
      ArmmsDate row_from = ARMMS_DATE_NONE, row_to = ARMMS_DATE_NONE;
      gboolean answered = ask (subject, date, &row_from, &row_to, &error);
      gboolean wanted = answered_from != NULL && date.days >= from.days && date.days <= to.days;
      char buffer[ARMMS_DATE_TEXT_SIZE];

      if (answered != wanted)
        g_error ("%s is %s", armms_date_format (date, buffer), answered ? "answered" : error->message);
      if (answered)
        {
          g_assert_no_error (error);
          g_assert_true (armms_date_is_none (row_from) || row_from.days <= date.days);
          g_assert_true (armms_date_is_none (row_to) || date.days <= row_to.days);
          continue;
        }
      g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_NOT_FOUND);
      g_assert_cmpstr (armms_error_get_code (error), ==, "statutory.no_table");
      g_assert_cmpuint (strlen (error->message), >, 20);
    }
}

static gboolean
ask_contribution (gconstpointer subject, ArmmsDate date, ArmmsDate *ret_from, ArmmsDate *ret_to, GError **error)
{
  ArmmsContribution due;

  if (!armms_contribution_due (&law_tables ()->contributions, GPOINTER_TO_UINT (subject), ARMMS_MONEY (2000000), date, &due, error))
    return FALSE;
  *ret_from = due.row->from;
  *ret_to = due.row->to;
  return due.employee.centavos > 0;
}

static void
test_contribution (void)
{
  walk (ask_contribution, GUINT_TO_POINTER (ARMMS_SCHEME_SSS), "2023-01-01", NULL);
  walk (ask_contribution, GUINT_TO_POINTER (ARMMS_SCHEME_PHILHEALTH), "2018-01-01", NULL);
  walk (ask_contribution, GUINT_TO_POINTER (ARMMS_SCHEME_HDMF), "2018-01-01", NULL);
}

static gboolean
ask_tax (gconstpointer subject, ArmmsDate date, ArmmsDate *ret_from, ArmmsDate *ret_to, GError **error)
{
  ArmmsTax tax;

  if (!armms_tax_by_table (&law_tables ()->taxes, GPOINTER_TO_UINT (subject), date, ARMMS_MONEY (100000000), &tax, error))
    return FALSE;
  *ret_from = tax.row->from;
  *ret_to = tax.row->to;
  return tax.tax.centavos > 0;
}

static void
test_tax (void)
{
  for (guint period = 0; period < ARMMS_N_TAX_PERIODS; period++)
    walk (ask_tax, GUINT_TO_POINTER (period), "2018-01-01", NULL);
}

static gboolean
ask_wage (gconstpointer region, ArmmsDate date, ArmmsDate *ret_from, ArmmsDate *ret_to, GError **error)
{
  ArmmsMinimumWage wage;

  if (!armms_minimum_wage_in_force (&law_tables ()->wages, region, NULL, "non-agriculture", date, &wage, error))
    return FALSE;
  g_assert_true (wage.lowest->in_force && wage.highest->in_force);
  g_assert_cmpint (wage.lowest->daily.centavos, <=, wage.highest->daily.centavos);
  *ret_from = wage.lowest->from;
  *ret_to = wage.highest->to;
  return TRUE;
}

/* Each region of the file, from its first order on; before it nothing is known. */
static const struct { const char *region, *from; } regions[] = {
  { "NCR", "2023-07-16" }, { "III", "2025-10-30" }, { "IV-A", "2025-10-05" }, { "IV-B", "2026-01-01" }, { "VII", "2025-10-04" },
  { "IX", "2026-01-01" }, { "VIII", "2025-06-01" }, { "X", "2026-01-16" }, { "XI", "2026-03-13" }, { "XIII", "2026-01-03" },
  { "CAR", "2025-12-30" }, { "I", "2025-11-19" }, { "II", "2025-11-05" }, { "V", "2026-04-08" }, { "VI", "2025-11-19" },
  { "XII", "2025-12-15" }, { "BARMM", "2025-07-17" },
};

static void
test_wage (void)
{
  for (gsize i = 0; i < law_tables ()->wages.n_rows; i++)
    {
      gboolean listed = FALSE;

      for (guint k = 0; k < G_N_ELEMENTS (regions) && !listed; k++)
        listed = strcmp (regions[k].region, law_tables ()->wages.rows[i].region) == 0;
      g_assert_true (listed);
    }
  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    walk (ask_wage, regions[i].region, regions[i].from, NULL);
  walk (ask_wage, "no such region", NULL, NULL);
}

static gboolean
ask_de_minimis (gconstpointer benefit, ArmmsDate date, ArmmsDate *ret_from, ArmmsDate *ret_to, GError **error)
{
  ArmmsDeMinimisGift gift = { .benefit = benefit, .given_on = date, .amount = { 100 }, .minimum_wage = { 69500 }, .days = { 1000000 } };
  ArmmsDeMinimis split;

  if (!armms_de_minimis (&law_tables ()->de_minimis, &gift, &split, error))
    return FALSE;
  *ret_from = split.row->from;
  *ret_to = split.row->to;
  return split.exempt.centavos == 100;
}

static void
test_de_minimis (void)
{
  for (gsize i = 0; i < law_tables ()->de_minimis.n_rows; i++)
    walk (ask_de_minimis, law_tables ()->de_minimis.rows[i].benefit, "2018-01-01", NULL);
  walk (ask_de_minimis, "no_such_benefit", NULL, NULL);
}

static gboolean
ask_limit (gconstpointer subject, ArmmsDate date, ArmmsDate *ret_from, ArmmsDate *ret_to, GError **error)
{
  const ArmmsLimitRow *wanted = subject;
  const ArmmsLimitRow *row = armms_limit_find (&law_tables ()->limits, wanted->name, wanted->unit, date, error);

  if (row == NULL)
    return FALSE;
  *ret_from = row->from;
  *ret_to = row->to;
  return row->value > 0;
}

static void
test_limits (void)
{
  const ArmmsLimitRow none = { .name = "no_such_limit" };

  for (gsize i = 0; i < law_tables ()->limits.n_rows; i++)
    walk (ask_limit, &law_tables ()->limits.rows[i], "2018-01-01", NULL);
  walk (ask_limit, &none, NULL, NULL);
}

static gboolean
ask_holiday (gconstpointer region, ArmmsDate date, ArmmsDate *ret_from, ArmmsDate *ret_to, GError **error)
{
  ArmmsHolidayOnDate day;

  if (!armms_holiday_calendar_find (&law_tables ()->holidays, date, region, NULL, &day, error))
    return FALSE;
  g_assert_cmpint (day.date.days, ==, date.days);
  return day.word != NULL;
}

static void
test_holidays (void)
{
  walk (ask_holiday, "NCR", "2025-01-01", "2027-12-31");
  walk (ask_holiday, NULL, "2025-01-01", "2027-12-31");
}

static gboolean
ask_premium (gconstpointer subject, ArmmsDate date, ArmmsDate *ret_from, ArmmsDate *ret_to, GError **error)
{
  guint kind = GPOINTER_TO_UINT (subject);
  const ArmmsPremiumRow *row = armms_premium_find (&law_tables ()->premiums, ARMMS_CELL (kind / 2, kind % 2, FALSE, FALSE), date);

  if (row == NULL)
    return FALSE;
  *ret_from = row->from;
  *ret_to = row->to;
  return row->first8.millionths > 0;
}

static void
test_premiums (void)
{
  for (guint kind = 0; kind < ARMMS_N_DAY_TYPES * 2; kind++)
    walk (ask_premium, GUINT_TO_POINTER (kind), FIRST, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/law/every-date/contributions", test_contribution);
  g_test_add_func ("/law/every-date/tax", test_tax);
  g_test_add_func ("/law/every-date/minimum-wage", test_wage);
  g_test_add_func ("/law/every-date/de-minimis", test_de_minimis);
  g_test_add_func ("/law/every-date/limits", test_limits);
  g_test_add_func ("/law/every-date/holidays", test_holidays);
  g_test_add_func ("/law/every-date/premiums", test_premiums);
  return g_test_run ();
}
