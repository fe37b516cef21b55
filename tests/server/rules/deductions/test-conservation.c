/* Applied and open are the obligation, after every step of every story: payruns that cannot take all, waivers, new plans. */
#include "../law-case.h"

#include "server/rules/deductions/reschedule.h"
#include "server/rules/deductions/waterfall.h"

#define N_OBLIGATIONS 4
#define N_PERIODS 60

typedef struct {
  ArmmsId id;
  gint64 principal, applied;
  gint32 priority;
  gboolean loss_or_damage, whole_only;
  ArmmsFrequency frequency;
  GArray *open; /* owned; of ArmmsInstalment */
} Obligation;

typedef struct {
  ArmmsPeriodKind kind;
  ArmmsDate anchor;
  ArmmsFloorPolicy policy;
  Obligation obligations[N_OBLIGATIONS];
} Story;

static void
begin (Story *story)
{
  const ArmmsFloorPolicy policies[] = {
    { ARMMS_FLOOR_LARGER, 3000, { 150000 }, TRUE, FALSE, 2000 }, { ARMMS_FLOOR_PERCENT, 5000, { 0 }, FALSE, TRUE, 2000 },
    { ARMMS_FLOOR_AMOUNT, 0, { 500000 }, TRUE, TRUE, 0 }, { ARMMS_FLOOR_NONE, 0, { 0 }, TRUE, FALSE, 1000 },
  };

  story->kind = (ArmmsPeriodKind) g_test_rand_int_range (0, 4);
  story->anchor = g_test_rand_bit () ? law_date ("2025-12-31") : ARMMS_DATE_NONE;
  story->policy = policies[g_test_rand_int_range (0, G_N_ELEMENTS (policies))];
  for (guint i = 0; i < N_OBLIGATIONS; i++)
    {
      Obligation *one = &story->obligations[i];
      ArmmsScheduleTerms terms = { .kind = story->kind, .anchor = story->anchor };

      *one = (Obligation) {
        .id = armms_id_new (), .principal = g_test_rand_int_range (1, 3000000), .priority = g_test_rand_int_range (1, 4),
        .loss_or_damage = g_test_rand_bit (), .whole_only = g_test_rand_int_range (0, 5) == 0,
        .frequency = (ArmmsFrequency) g_test_rand_int_range (0, 3), .open = g_array_new (FALSE, FALSE, sizeof (ArmmsInstalment)),
      };
      terms.amount = ARMMS_MONEY (one->principal);
      terms.periods = g_test_rand_int_range (1, 25);
      terms.frequency = one->frequency;
      terms.starts_on = armms_date_add_days (law_date ("2026-01-01"), g_test_rand_int_range (0, 90));
      g_assert_true (armms_schedule_split (&terms, one->open, NULL));
    }
}

static void
check (const Obligation *one)
{
  gint64 open = 0;

  for (guint i = 0; i < one->open->len; i++)
    {
      const ArmmsInstalment *instalment = &g_array_index (one->open, ArmmsInstalment, i);

      g_assert_cmpint (instalment->amount.centavos, >, 0);
      g_assert_true (i == 0 || (instalment - 1)->period_from.days < instalment->period_from.days);
      open += instalment->amount.centavos;
    }
  g_assert_cmpint (one->applied + open, ==, one->principal);
}

/* Two dates given by hand: the period after this one, and one some periods later. */
static void
give_dates (const Story *story, ArmmsDate period, gint64 amount, ArmmsInstalment manual[2], ArmmsFollowUpPlan *plan)
{
  ArmmsDate later = armms_date_add_days (armms_period_of (story->kind, story->anchor, period).to, 1);

  manual[0] = (ArmmsInstalment) { .period_from = later, .amount = { amount - amount / 3 } };
  for (gint skip = g_test_rand_int_range (1, 6); skip > 0; skip--)
    later = armms_date_add_days (armms_period_of (story->kind, story->anchor, later).to, 1);
  manual[1] = (ArmmsInstalment) { .period_from = later, .amount = { amount / 3 } };
  plan->manual = manual;
  plan->n_manual = amount / 3 > 0 ? 2 : 1;
}

static void
put_off (const Story *story, Obligation *one, ArmmsDate period, gint64 amount)
{
  ArmmsFollowUpPlan plan = {
    .follow_up = (ArmmsFollowUp) g_test_rand_int_range (0, 4), .periods = g_test_rand_int_range (1, 13), .frequency = one->frequency,
  };
  ArmmsInstalment manual[2];

  if (amount == 0)
    return;
  give_dates (story, period, amount, manual, &plan);
  g_assert_true (armms_reschedule (one->open, period, story->kind, story->anchor, ARMMS_MONEY (amount), &plan, NULL));
}

/* What stands in this period; some of it is waived before the payrun, and planned anew. */
static ArmmsDeduction
take_due (const Story *story, Obligation *one, ArmmsDate period)
{
  ArmmsDeduction due = {
    .kind = ARMMS_DEDUCTION_OBLIGATION, .id = one->id, .priority = one->priority, .loss_or_damage = one->loss_or_damage,
    .whole_only = one->whole_only, .tag = one,
  };

  if (one->open->len > 0 && g_array_index (one->open, ArmmsInstalment, 0).period_from.days == period.days)
    {
      due.due = g_array_index (one->open, ArmmsInstalment, 0).amount;
      g_array_remove_index (one->open, 0);
    }
  if (g_test_rand_int_range (0, 6) == 0)
    due.waived = ARMMS_MONEY (g_test_rand_bit () ? due.due.centavos : g_test_rand_int_range (0, (gint32) due.due.centavos + 1));
  put_off (story, one, period, due.waived.centavos);
  return due;
}

static void
run_period (Story *story, ArmmsDate period)
{
  ArmmsWaterfallPay pay = { .gross = { g_test_rand_int_range (0, 4) == 0 ? 0 : g_test_rand_int_range (0, 1800000) } };
  ArmmsDeduction deductions[N_OBLIGATIONS + 2];
  ArmmsWaterfall result;

  for (guint i = 0; i < N_OBLIGATIONS; i++)
    deductions[i] = take_due (story, &story->obligations[i], period);
  deductions[N_OBLIGATIONS] = (ArmmsDeduction) { .kind = ARMMS_DEDUCTION_STATUTORY, .due = { g_test_rand_int_range (-5000, 150000) } };
  deductions[N_OBLIGATIONS + 1] = (ArmmsDeduction) { .kind = ARMMS_DEDUCTION_TAX, .due = { g_test_rand_int_range (-5000, 150000) } };
  g_assert_true (armms_waterfall (&story->policy, &pay, deductions, G_N_ELEMENTS (deductions), &result, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (deductions); i++)
    {
      Obligation *one = deductions[i].tag;

      if (one == NULL)
        continue;
      one->applied += deductions[i].taken.centavos;
      put_off (story, one, period, deductions[i].deferred.centavos);
    }
  for (guint i = 0; i < N_OBLIGATIONS; i++)
    check (&story->obligations[i]);
}

static void
test_stories (void)
{
  for (guint round = 0; round < 300; round++)
    {
      Story story;
      ArmmsDate period;

      begin (&story);
      period = armms_period_of (story.kind, story.anchor, law_date ("2026-01-01")).from;
      for (guint i = 0; i < N_PERIODS; i++)
        {
          run_period (&story, period);
          period = armms_date_add_days (armms_period_of (story.kind, story.anchor, period).to, 1);
        }
      for (guint i = 0; i < N_OBLIGATIONS; i++)
        g_array_unref (story.obligations[i].open);
    }
}

/* With pay enough and nobody waiving, all of it is taken in the end. */
static void
test_settles (void)
{
  Story story;
  ArmmsDate period = law_date ("2026-01-01");

  begin (&story);
  for (guint i = 0; i < 200; i++)
    {
      for (guint j = 0; j < N_OBLIGATIONS; j++)
        {
          Obligation *one = &story.obligations[j];

          if (one->open->len == 0 || g_array_index (one->open, ArmmsInstalment, 0).period_from.days > period.days)
            continue;
          one->applied += g_array_index (one->open, ArmmsInstalment, 0).amount.centavos;
          g_array_remove_index (one->open, 0);
        }
      period = armms_date_add_days (armms_period_of (story.kind, story.anchor, period).to, 1);
    }
  for (guint i = 0; i < N_OBLIGATIONS; i++)
    {
      g_assert_cmpint (story.obligations[i].applied, ==, story.obligations[i].principal);
      g_array_unref (story.obligations[i].open);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/conservation/applied-and-open-are-the-obligation", test_stories);
  g_test_add_func ("/rules/conservation/settled-in-the-end", test_settles);
  return g_test_run ();
}
