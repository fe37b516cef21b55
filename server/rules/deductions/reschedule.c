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

/* The next period after @period that takes instalments. */
static ArmmsDate
next_period (ArmmsPeriodKind kind, ArmmsDate anchor, ArmmsFrequency frequency, ArmmsDate period)
{
  do
    period = armms_date_add_days (armms_period_of (kind, anchor, period).to, 1);
  while (!armms_frequency_takes (frequency, kind, period));
  return period;
}

static const ArmmsInstalment *
instalment_at (const GArray *instalments, guint i)
{
  return &g_array_index (instalments, ArmmsInstalment, i);
}

/* Adds to the instalment of that period, or makes one. */
static void
add_to_period (GArray *open, ArmmsDate period, gint64 amount)
{
  ArmmsInstalment made = { ARMMS_ID_NIL, period, ARMMS_MONEY (amount), TRUE };
  guint at = 0;

  if (amount == 0)
    return;
  while (at < open->len && instalment_at (open, at)->period_from.days < period.days)
    at++;
  if (at < open->len && instalment_at (open, at)->period_from.days == period.days)
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
  ArmmsMoney sum = ARMMS_MONEY (0);

  for (gsize i = 0; i < plan->n_manual; i++)
    {
      ArmmsDate from = plan->manual[i].period_from;

      if (armms_date_is_none (from) || from.days <= period.days)
        return refuse (error, "an instalment is not after the period that was waived");
      if (armms_period_of (kind, anchor, from).from.days != from.days)
        return refuse (error, "an instalment does not stand on the first day of a pay period");
      if (plan->manual[i].amount.centavos <= 0)
        return refuse (error, "an instalment is not above zero");
      if (!armms_money_add (sum, plan->manual[i].amount, &sum, error))
        return FALSE;
    }
  return sum.centavos == deferred || refuse (error, "the instalments do not add up to what was waived");
}

/* What is open after it fits into an amount: then every instalment does. */
static gboolean
check_sum (const GArray *open, ArmmsMoney deferred, GError **error)
{
  ArmmsMoney sum = deferred;

  for (guint i = 0; i < open->len; i++)
    if (!armms_money_add (sum, instalment_at (open, i)->amount, &sum, error))
      return FALSE;
  return TRUE;
}

static gboolean
check (const GArray *open, ArmmsDate period, ArmmsPeriodKind kind, ArmmsDate anchor, ArmmsMoney deferred, const ArmmsFollowUpPlan *plan,
       GError **error)
{
  if (deferred.centavos < 0)
    return refuse (error, "what was waived is below zero");
  if ((guint) plan->follow_up >= G_N_ELEMENTS (follow_up_names))
    return refuse (error, "unknown follow-up");
  if (plan->follow_up == ARMMS_FOLLOW_UP_RESPREAD && (plan->periods < 1 || plan->periods > PERIODS_MAX))
    return refuse (error, "the number of periods is not between 1 and 120");
  return (plan->follow_up != ARMMS_FOLLOW_UP_MANUAL || check_manual (period, kind, anchor, deferred.centavos, plan, error))
         && check_sum (open, deferred, error);
}

static void
respread (GArray *open, ArmmsDate period, ArmmsPeriodKind kind, ArmmsDate anchor, gint64 deferred, const ArmmsFollowUpPlan *plan)
{
  gint64 share = deferred / plan->periods, odd = deferred % plan->periods;

  for (gint32 i = 0; i < plan->periods; i++)
    {
      period = next_period (kind, anchor, plan->frequency, period);
      add_to_period (open, period, share + (i < odd ? 1 : 0));
    }
}

gboolean
armms_reschedule (GArray *open, ArmmsDate period, ArmmsPeriodKind kind, ArmmsDate anchor, ArmmsMoney deferred,
                  const ArmmsFollowUpPlan *plan, GError **error)
{
  ArmmsDate last = open->len > 0 ? instalment_at (open, open->len - 1)->period_from : period;

  if (!check (open, period, kind, anchor, deferred, plan, error))
    return FALSE;
  if (plan->follow_up == ARMMS_FOLLOW_UP_CARRY && open->len > 0)
    add_to_period (open, instalment_at (open, 0)->period_from, deferred.centavos);
  else if (plan->follow_up == ARMMS_FOLLOW_UP_RESPREAD)
    respread (open, period, kind, anchor, deferred.centavos, plan);
  else if (plan->follow_up == ARMMS_FOLLOW_UP_MANUAL)
    for (gsize i = 0; i < plan->n_manual; i++)
      add_to_period (open, plan->manual[i].period_from, plan->manual[i].amount.centavos);
  else
    add_to_period (open, next_period (kind, anchor, plan->frequency, last), deferred.centavos);
  return TRUE;
}

static gint64
write_plan (GString *text, const GArray *instalments)
{
  char date[ARMMS_DATE_TEXT_SIZE], amount[ARMMS_MONEY_TEXT_SIZE];
  gint64 sum = 0;

  for (guint i = 0; i < instalments->len; i++)
    {
      const ArmmsInstalment *instalment = instalment_at (instalments, i);

      g_string_append (text, i > 0 ? ", " : "");
      g_string_append (text, armms_date_format (instalment->period_from, date));
      g_string_append_c (text, ' ');
      g_string_append (text, armms_money_format (instalment->amount, amount));
      sum += instalment->amount.centavos;
    }
  g_string_append_c (text, '\0');
  return sum;
}

void
armms_reschedule_trace (const GArray *before, const GArray *after, ArmmsDate period, ArmmsPeriodKind kind, ArmmsDate anchor,
                        ArmmsMoney deferred, const ArmmsFollowUpPlan *plan, GString *text, ArmmsTrace *trace)
{
  gsize before_at = text->len, after_at;
  gint64 open = write_plan (text, before);

  after_at = text->len;
  armms_trace_init (trace, "deductions.reschedule");
  trace->result = ARMMS_MONEY (write_plan (text, after));
  armms_trace_date (trace, "period", period);
  armms_trace_text (trace, "calendar", armms_period_kind_name (kind));
  if (!armms_date_is_none (anchor))
    armms_trace_date (trace, "anchor", anchor);
  armms_trace_text (trace, "frequency", armms_frequency_name (plan->frequency));
  armms_trace_money (trace, "open_before", ARMMS_MONEY (open));
  armms_trace_money (trace, "deferred", deferred);
  armms_trace_text (trace, "follow_up", armms_follow_up_name (plan->follow_up));
  if (plan->follow_up == ARMMS_FOLLOW_UP_RESPREAD)
    armms_trace_count (trace, "periods", plan->periods);
  armms_trace_text (trace, "before", text->str + before_at);
  armms_trace_text (trace, "after", text->str + after_at);
}
