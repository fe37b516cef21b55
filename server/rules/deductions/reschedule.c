#include "server/rules/deductions/reschedule.h"

#define PERIODS_MAX 120

static const char *const follow_up_names[] = { "carry_forward", "respread", "append", "manual" };

const char *
armms_follow_up_name (ArmmsFollowUp follow_up)
{
  g_return_val_if_fail ((guint) follow_up < G_N_ELEMENTS (follow_up_names), NULL);

  return follow_up_names[follow_up];
}

gboolean
armms_follow_up_parse (const char *name, ArmmsFollowUp *ret_follow_up)
{
  for (guint follow_up = 0; follow_up < G_N_ELEMENTS (follow_up_names); follow_up++)
    if (g_strcmp0 (name, follow_up_names[follow_up]) == 0)
      {
        *ret_follow_up = (ArmmsFollowUp) follow_up;
        return TRUE;
      }
  return FALSE;
}

static ArmmsDate
next_period (ArmmsPeriodKind kind, ArmmsDate anchor, ArmmsDate period)
{
  return armms_date_add_days (armms_period_of (kind, anchor, period).to, 1);
}

/* Adds to the instalment of that period, or makes one. */
static void
add_to_period (GArray *open, ArmmsDate period, gint64 amount)
{
  ArmmsInstalment made = { ARMMS_ID_NIL, period, ARMMS_MONEY (amount), TRUE };
  guint at = 0;

  if (amount == 0)
    return;
  while (at < open->len && g_array_index (open, ArmmsInstalment, at).period_from.days < period.days)
    at++;
  if (at < open->len && g_array_index (open, ArmmsInstalment, at).period_from.days == period.days)
    {
      ArmmsInstalment *found = &g_array_index (open, ArmmsInstalment, at);

      found->amount.centavos += amount;
      found->changed = TRUE;
      return;
    }
  g_array_insert_val (open, at, made);
}

static gboolean
refuse (GError **error, const char *why)
{
  armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "reschedule.invalid", "%s", why);
  return FALSE;
}

static gboolean
check_manual (ArmmsDate period, ArmmsPeriodKind kind, ArmmsDate anchor, gint64 deferred, const ArmmsFollowUpPlan *plan, GError **error)
{
  gint64 sum = 0;

  for (gsize i = 0; i < plan->n_manual; i++)
    {
      ArmmsDate from = plan->manual[i].period_from;

      if (armms_date_is_none (from) || from.days <= period.days)
        return refuse (error, "an instalment is not after the period that was waived");
      if (armms_period_of (kind, anchor, from).from.days != from.days)
        return refuse (error, "an instalment does not stand on the first day of a pay period");
      if (plan->manual[i].amount.centavos <= 0)
        return refuse (error, "an instalment is not above zero");
      if (__builtin_add_overflow (sum, plan->manual[i].amount.centavos, &sum))
        return refuse (error, "instalments are too large");
    }
  return sum == deferred || refuse (error, "the instalments do not add up to what was waived");
}

static void
respread (GArray *open, ArmmsDate period, ArmmsPeriodKind kind, ArmmsDate anchor, gint64 deferred, gint32 periods)
{
  gint64 share = deferred / periods, odd = deferred % periods;

  for (gint32 i = 0; i < periods; i++)
    {
      period = next_period (kind, anchor, period);
      add_to_period (open, period, share + (i < odd ? 1 : 0));
    }
}

gboolean
armms_reschedule (GArray *open, ArmmsDate period, ArmmsPeriodKind kind, ArmmsDate anchor, ArmmsMoney deferred,
                  const ArmmsFollowUpPlan *plan, GError **error)
{
  ArmmsDate last = open->len > 0 ? g_array_index (open, ArmmsInstalment, open->len - 1).period_from : period;

  if (deferred.centavos < 0)
    return refuse (error, "what was waived is below zero");
  switch (plan->follow_up)
    {
    case ARMMS_FOLLOW_UP_CARRY:
      add_to_period (open,
                     open->len > 0 ? g_array_index (open, ArmmsInstalment, 0).period_from : next_period (kind, anchor, period),
                     deferred.centavos);
      return TRUE;
    case ARMMS_FOLLOW_UP_RESPREAD:
      if (plan->periods < 1 || plan->periods > PERIODS_MAX)
        return refuse (error, "the number of periods is not between 1 and 120");
      respread (open, period, kind, anchor, deferred.centavos, plan->periods);
      return TRUE;
    case ARMMS_FOLLOW_UP_APPEND:
      add_to_period (open, next_period (kind, anchor, last), deferred.centavos);
      return TRUE;
    case ARMMS_FOLLOW_UP_MANUAL:
      if (!check_manual (period, kind, anchor, deferred.centavos, plan, error))
        return FALSE;
      for (gsize i = 0; i < plan->n_manual; i++)
        add_to_period (open, plan->manual[i].period_from, plan->manual[i].amount.centavos);
      return TRUE;
    default:
      return refuse (error, "unknown follow-up");
    }
}
