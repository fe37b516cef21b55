#include "server/rules/deductions/schedule.h"

static const char *const frequency_names[] = { "every_period", "first_cut_off", "second_cut_off" };

const char *
armms_frequency_name (ArmmsFrequency frequency)
{
  g_return_val_if_fail ((guint) frequency < G_N_ELEMENTS (frequency_names), NULL);

  return frequency_names[frequency];
}

gboolean
armms_frequency_parse (const char *name, ArmmsFrequency *ret_frequency)
{
  for (guint frequency = 0; frequency < G_N_ELEMENTS (frequency_names); frequency++)
    if (g_strcmp0 (name, frequency_names[frequency]) == 0)
      {
        *ret_frequency = (ArmmsFrequency) frequency;
        return TRUE;
      }
  return FALSE;
}

gboolean
armms_frequency_takes (ArmmsFrequency frequency, ArmmsPeriodKind kind, ArmmsDate period_from)
{
  int year, month, day;

  if (frequency == ARMMS_FREQUENCY_EVERY_PERIOD || kind != ARMMS_PERIOD_SEMI_MONTHLY)
    return TRUE;
  armms_date_to_ymd (period_from, &year, &month, &day);
  return (day == 1) == (frequency == ARMMS_FREQUENCY_FIRST_CUT_OFF);
}

static gboolean
refuse (GError **error, const char *why)
{
  armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "schedule.invalid", "%s", why);
  return FALSE;
}

/* How many instalments @terms come to. */
static gboolean
count_instalments (const ArmmsScheduleTerms *terms, gint64 *ret_count, GError **error)
{
  gint64 amount = terms->amount.centavos, size = terms->instalment.centavos;
  gint64 count;

  if (amount <= 0)
    return refuse (error, "the amount is not above zero");
  if (armms_date_is_none (terms->starts_on))
    return refuse (error, "the first pay period is not given");
  if (terms->periods <= 0 && size <= 0)
    return refuse (error, "an instalment or a number of periods is needed");
  count = terms->periods > 0 ? MIN (terms->periods, amount) : amount / size + (amount % size != 0 ? 1 : 0);
  if (count > ARMMS_INSTALMENTS_MAX)
    return refuse (error, "it would take more than 480 instalments");
  *ret_count = count;
  return TRUE;
}

static gint64
size_of (const ArmmsScheduleTerms *terms, gint64 i, gint64 rest)
{
  if (terms->periods <= 0)
    return MIN (terms->instalment.centavos, rest);
  return terms->amount.centavos / terms->periods + (i < terms->amount.centavos % terms->periods ? 1 : 0);
}

gboolean
armms_schedule_split (const ArmmsScheduleTerms *terms, GArray *instalments, GError **error)
{
  ArmmsPeriod period = { ARMMS_DATE_NONE, ARMMS_DATE_NONE };
  ArmmsDate next = terms->starts_on;
  gint64 count, rest = terms->amount.centavos;

  if (!count_instalments (terms, &count, error))
    return FALSE;
  for (gint64 i = 0; i < count; i++)
    {
      ArmmsInstalment instalment = { .id = ARMMS_ID_NIL, .changed = TRUE };

      do
        {
          period = armms_period_of (terms->kind, terms->anchor, next);
          next = armms_date_add_days (period.to, 1);
        }
      while (!armms_frequency_takes (terms->frequency, terms->kind, period.from));
      instalment.period_from = period.from;
      instalment.amount = ARMMS_MONEY (size_of (terms, i, rest));
      rest -= instalment.amount.centavos;
      g_array_append_val (instalments, instalment);
    }
  return TRUE;
}
