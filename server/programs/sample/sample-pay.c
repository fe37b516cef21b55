/* What posts are worth, what is taken from pay and what is added to it. */
#include "server/programs/sample/sample-private.h"

static const struct { const char *region; gint64 minimum; } minimum_wages[] = { { "NCR", 69500 }, { "IV-A", 60000 }, { "VII", 54000 } };

static ArmmsRateCard *
add_card (ArmmsSample *sample, const ArmmsDetachment *detachment, guint shift, guint position, const char *basis, gint64 centavos,
          ArmmsDate from, ArmmsDate to)
{
  ArmmsRateCard *card = armms_record_new (&armms_rate_card_type);
  const ArmmsShift *on_shift = g_ptr_array_index (sample->shifts, shift);
  const ArmmsPosition *as = g_ptr_array_index (sample->positions, position);
  char day[ARMMS_DATE_TEXT_SIZE];
  g_autofree char *name = g_strdup_printf ("%s/%s/%s/%s", detachment->code, on_shift->code, as->code, armms_date_format (from, day));

  card->rate_card_id = armms_sample_id (sample->seed, "rate-card", name);
  card->detachment_id = detachment->detachment_id;
  card->shift_id = on_shift->shift_id;
  card->position_id = as->position_id;
  card->basis = g_strdup (basis);
  card->amount = ARMMS_MONEY (centavos);
  card->valid_from = from;
  card->valid_to = to;
  card->reason = g_strdup ("contract of the sample agency");
  g_ptr_array_add (sample->cards, card);
  return card;
}

static void
make_cards (ArmmsSample *sample)
{
  static const gint64 above[N_POSITIONS] = { [POSITION_COMMANDER] = 9000, [POSITION_IN_CHARGE] = 4500, [POSITION_GUARD] = 0 };
  static const gint64 monthly[N_POSITIONS] = { [POSITION_MANAGER] = 6500000, [POSITION_OFFICER] = 3400000, [POSITION_CLERK] = 2250000 };
  const ArmmsDate from = armms_date_from_ymd (2026, 4, 16), raised_on = armms_date_add_days (sample->first, 10);
  const ArmmsDetachment *office = g_ptr_array_index (sample->detachments, sample->n_sites);

  for (guint site = 0; site < sample->n_sites; site++)
    {
      const ArmmsDetachment *detachment = g_ptr_array_index (sample->detachments, site);
      gint64 daily = 0;

      for (gsize r = 0; r < G_N_ELEMENTS (minimum_wages); r++)
        if (g_str_equal (detachment->region, minimum_wages[r].region))
          daily = minimum_wages[r].minimum;
      /* Every other client pays the minimum, the others more. */
      if (site % 2 == 1)
        daily += 1500 + 500 * (site % 5);
      for (guint shift = SHIFT_DAY; shift <= SHIFT_NIGHT; shift++)
        for (guint position = POSITION_COMMANDER; position <= POSITION_GUARD; position++)
          {
            const gint64 amount = daily + above[position] + (shift == SHIFT_NIGHT && site % 6 == 3 ? 500 : 0);

            /* One contract is raised inside the first half. */
            if (site == sample->n_sites / 2)
              {
                add_card (sample, detachment, shift, position, "daily", amount, from, armms_date_add_days (raised_on, -1));
                add_card (sample, detachment, shift, position, "daily", amount + 3000, raised_on, ARMMS_DATE_NONE);
              }
            else
              add_card (sample, detachment, shift, position, "daily", amount, from, ARMMS_DATE_NONE);
          }
    }
  for (guint shift = SHIFT_OFFICE; shift <= SHIFT_OFFICE_LATE; shift++)
    for (guint position = POSITION_MANAGER; position <= POSITION_CLERK; position++)
      {
        ArmmsRateCard *card = add_card (sample, office, shift, position, "monthly", monthly[position], from, ARMMS_DATE_NONE);

        card->factor = (ArmmsMultiplier) { 261000000 };
        card->salaried = TRUE;
      }
}

static void
add_obligation (ArmmsSample *sample, const ArmmsEmployee *employee, const char *kind, const char *title, gint64 principal, gint64 periods, gint64 priority)
{
  ArmmsObligation *obligation = armms_record_new (&armms_obligation_type);
  g_autofree char *name = g_strdup_printf ("%s/%s", employee->employee_no, kind);

  obligation->obligation_id = armms_sample_id (sample->seed, "obligation", name);
  obligation->employee_id = employee->employee_id;
  obligation->kind = g_strdup (kind);
  obligation->title = g_strdup (title);
  obligation->reference_no = g_strdup_printf ("S-%s", employee->employee_no);
  obligation->principal = ARMMS_MONEY (principal);
  obligation->periods = periods;
  obligation->starts_on = sample->first;
  obligation->priority = priority;
  g_ptr_array_add (sample->obligations, obligation);
}

static void
add_benefit (ArmmsSample *sample, const ArmmsEmployee *employee, const char *title, gint64 amount, const char *frequency, gboolean taxable, const char *de_minimis)
{
  ArmmsBenefit *benefit = armms_record_new (&armms_benefit_type);
  g_autofree char *name = g_strdup_printf ("%s/%s", employee->employee_no, title);

  benefit->benefit_id = armms_sample_id (sample->seed, "benefit", name);
  benefit->employee_id = employee->employee_id;
  benefit->kind = g_strdup ("allowance");
  benefit->title = g_strdup (title);
  benefit->amount = ARMMS_MONEY (amount);
  benefit->frequency = g_strdup (frequency);
  benefit->valid_from = sample->first;
  benefit->taxable = taxable;
  benefit->de_minimis_kind = g_strdup (de_minimis);
  g_ptr_array_add (sample->benefits, benefit);
}

void
sample_make_pay (ArmmsSample *sample)
{
  make_cards (sample);
  for (guint i = 0; i < sample->employees->len; i++)
    {
      const ArmmsEmployee *employee = g_ptr_array_index (sample->employees, i);
      ArmmsDice dice = armms_dice (sample->seed, "pay", i);

      /* Who has been here a while has loans; some have more than their pay can carry, and the floor must hold. */
      if (armms_dice_hits (&dice, 220))
        add_obligation (sample, employee, "sss_loan", "SSS salary loan", 2400000, 48, 10);
      if (armms_dice_hits (&dice, 180))
        add_obligation (sample, employee, "hdmf_loan", "Pag-IBIG multi-purpose loan", 1800000, 48, 20);
      if (armms_dice_hits (&dice, 120))
        add_obligation (sample, employee, "company_loan", "Company loan", armms_dice_between (&dice, 10, 30) * 100000, 24, 30);
      if (armms_dice_hits (&dice, 80))
        add_obligation (sample, employee, "cash_advance", "Cash advance", armms_dice_between (&dice, 2, 8) * 50000, 2, 40);
      if (armms_dice_hits (&dice, 60))
        add_obligation (sample, employee, "uniform", "Uniform", 180000, 6, 50);
      if (armms_dice_hits (&dice, 8))
        add_obligation (sample, employee, "other", "Medical advance", 3000000, 2, 60);

      if (i < sample->n_guards && armms_dice_hits (&dice, 400))
        add_benefit (sample, employee, "Laundry allowance", 20000, "every_period", FALSE, "laundry");
      if (i >= sample->n_guards)
        add_benefit (sample, employee, "Rice subsidy", 200000, "second_cut_off", FALSE, "rice_subsidy");
      if (i < sample->n_guards && i / sample->n_sites < 3)
        add_benefit (sample, employee, "Responsibility allowance", 75000, "every_period", TRUE, NULL);
    }
}
