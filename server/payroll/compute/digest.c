/* Inputs as a number: equal inputs need not be computed again. */
#include "server/payroll/compute/digest.h"

#include <openssl/evp.h>
#include <string.h>

struct _ArmmsDigest { EVP_MD_CTX *context; /* owned */ };

ArmmsDigest *
armms_digest_new (void)
{
  ArmmsDigest *digest = g_new0 (ArmmsDigest, 1);

  digest->context = EVP_MD_CTX_new ();
  EVP_DigestInit_ex (digest->context, EVP_sha256 (), NULL);
  return digest;
}

void
armms_digest_bytes (ArmmsDigest *digest, gconstpointer bytes, gsize size)
{
  EVP_DigestUpdate (digest->context, bytes, size);
}

void
armms_digest_number (ArmmsDigest *digest, gint64 number)
{
  guint64 fixed = GUINT64_TO_BE ((guint64) number);

  armms_digest_bytes (digest, &fixed, sizeof fixed);
}

void
armms_digest_text (ArmmsDigest *digest, const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  armms_digest_number (digest, text != NULL ? (gint64) length : -1);
  armms_digest_bytes (digest, text, length);
}

void
armms_digest_id (ArmmsDigest *digest, const ArmmsId *id)
{
  armms_digest_bytes (digest, id->bytes, sizeof id->bytes);
}

void
armms_digest_finish (ArmmsDigest *digest, guint8 *ret_hash)
{
  EVP_DigestFinal_ex (digest->context, ret_hash, NULL);
  EVP_MD_CTX_free (digest->context);
  g_free (digest);
}

#define NUMBER(value) armms_digest_number (digest, (gint64) (value))
#define TEXT(value) armms_digest_text (digest, value)

static void
take_tables (ArmmsDigest *digest, const ArmmsStatutoryTables *tables)
{
  const ArmmsStatutorySettings *settings = &tables->settings;

  NUMBER (settings->tax_method);
  NUMBER (settings->premiums_are_supplementary);
  NUMBER (settings->equivalent_factor.millionths);
  NUMBER (settings->philhealth_factor.millionths);
  NUMBER (settings->hdmf_part_month_base);
  NUMBER (settings->benefit_pool.centavos);
  TEXT (settings->wage_sector);
  for (gsize i = 0; i < tables->contributions.n_rows; i++)
    {
      const ArmmsContributionRow *row = &tables->contributions.rows[i];
      gint64 numbers[] = { row->scheme, row->from.days, row->to.days, row->row, row->at_least, row->below, row->credit.centavos, row->employee.centavos,
                           row->employee_mpf.centavos, row->employer.centavos, row->employer_mpf.centavos, row->employer_ec.centavos,
                           row->employee_rate.millionths, row->employer_rate.millionths, row->floor.centavos, row->ceiling.centavos };

      for (guint n = 0; n < G_N_ELEMENTS (numbers); n++)
        NUMBER (numbers[n]);
      TEXT (row->source);
    }
  for (gsize i = 0; i < tables->taxes.n_rows; i++)
    {
      const ArmmsTaxRow *row = &tables->taxes.rows[i];
      gint64 numbers[] = { row->period, row->from.days, row->to.days, row->row, row->over.centavos, row->base.centavos, row->rate.millionths };

      for (guint n = 0; n < G_N_ELEMENTS (numbers); n++)
        NUMBER (numbers[n]);
      TEXT (row->source);
    }
  for (gsize i = 0; i < tables->wages.n_rows; i++)
    {
      const ArmmsMinimumWageRow *row = &tables->wages.rows[i];

      TEXT (row->region);
      TEXT (row->area);
      TEXT (row->sector);
      TEXT (row->order);
      TEXT (row->confidence);
      NUMBER (row->daily.centavos);
      NUMBER (row->cola.centavos);
      NUMBER (row->from.days);
      NUMBER (row->to.days);
      NUMBER (row->in_force);
    }
  for (gsize i = 0; i < tables->de_minimis.n_rows; i++)
    {
      const ArmmsDeMinimisRow *row = &tables->de_minimis.rows[i];

      TEXT (row->benefit);
      TEXT (row->per);
      NUMBER (row->ceiling.centavos);
      NUMBER (row->of_minimum_wage.millionths);
      NUMBER (row->from.days);
      NUMBER (row->to.days);
    }
}

void
armms_digest_payrun (ArmmsDigest *digest, const ArmmsPayrunFacts *payrun)
{
  gint64 numbers[] = { ARMMS_COMPUTE_VERSION, payrun->period.from.days, payrun->period.to.days, payrun->pay_date.days, payrun->periods_per_year,
                       payrun->tax_period, payrun->off_cycle, payrun->last_of_year, payrun->floor.kind, payrun->floor.percent_bp,
                       payrun->floor.amount.centavos, payrun->floor.partial, payrun->floor.defer_statutory, payrun->floor.weekly_cap_bp };

  armms_digest_id (digest, &payrun->payrun_id);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    NUMBER (numbers[i]);
  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    NUMBER (payrun->due[scheme]);
  for (gsize i = 0; i < payrun->premiums->n_rows; i++)
    {
      const ArmmsPremiumRow *row = &payrun->premiums->rows[i];
      gint64 premium[] = { row->day_type, row->rest_day, row->unworked.millionths, row->first8.millionths, row->overtime.millionths,
                           row->first8_night.millionths, row->overtime_night.millionths, row->from.days, row->to.days, row->row };

      for (guint n = 0; n < G_N_ELEMENTS (premium); n++)
        NUMBER (premium[n]);
      TEXT (row->source);
    }
  take_tables (digest, payrun->tables);
  for (guint i = 0; payrun->positions != NULL && i < payrun->positions->len; i++)
    {
      const ArmmsPosition *position = g_ptr_array_index (payrun->positions, i);

      armms_digest_id (digest, &position->position_id);
      TEXT (position->code);
      NUMBER (position->exempt);
    }
  for (guint i = 0; payrun->detachments != NULL && i < payrun->detachments->len; i++)
    {
      const ArmmsDetachment *detachment = g_ptr_array_index (payrun->detachments, i);

      armms_digest_id (digest, &detachment->detachment_id);
      TEXT (detachment->code);
      TEXT (detachment->name);
    }
}

static void
take_source (ArmmsDigest *digest, const ArmmsPayrunFacts *payrun, const ArmmsPaySource *source)
{
  const ArmmsPayCard *cards;
  gsize n = 0;

  armms_digest_id (digest, &source->snapshot_id);
  NUMBER (source->version);
  NUMBER (source->role);
  /* The snapshot is sealed: its id stands for its content. */
  cards = armms_rate_card_set_find (payrun->cards, &source->detachment_id, &source->shift_id, &source->position_id, &n);
  for (gsize i = 0; i < n; i++)
    {
      gint64 numbers[] = { cards[i].from.days, cards[i].to.days, cards[i].basis, cards[i].amount.centavos, cards[i].factor.millionths, cards[i].salaried,
                           cards[i].covers_rest_days, cards[i].covers_special_days, cards[i].cola.centavos, cards[i].day_minutes };

      armms_digest_id (digest, &cards[i].rate_card_id);
      for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
        NUMBER (numbers[k]);
      TEXT (cards[i].source);
    }
  for (guint i = 0; source->paid != NULL && i < source->paid->len; i++)
    {
      const ArmmsPaidLine *paid = &g_array_index (source->paid, ArmmsPaidLine, i);

      TEXT (paid->code);
      NUMBER (paid->minutes);
      NUMBER (paid->amount);
      NUMBER (paid->basic);
    }
}

void
armms_digest_facts (ArmmsDigest *digest, const ArmmsPayrunFacts *payrun, const ArmmsPayFacts *facts)
{
  const ArmmsPayHistory *history = &facts->history;

  armms_digest_id (digest, &facts->employee_id);
  if (facts->employee != NULL)
    {
      TEXT (facts->employee->employee_no);
      TEXT (facts->employee->family_name);
      TEXT (facts->employee->given_name);
      TEXT (facts->employee->middle_name);
      NUMBER (facts->employee->hired_on.days);
      NUMBER (facts->employee->separated_on.days);
    }
  NUMBER (facts->sources->len);
  for (guint i = 0; i < facts->sources->len; i++)
    take_source (digest, payrun, g_ptr_array_index (facts->sources, i));
  NUMBER (facts->before->len);
  for (guint i = 0; i < facts->before->len; i++)
    take_source (digest, payrun, g_ptr_array_index (facts->before, i));
  NUMBER (facts->n_employments);
  for (gsize i = 0; i < facts->n_employments; i++)
    {
      NUMBER (facts->employments[i]->valid_from.days);
      NUMBER (facts->employments[i]->valid_to.days);
      NUMBER (facts->employments[i]->monthly_rate.centavos);
      TEXT (facts->employments[i]->pay_basis);
    }
  NUMBER (facts->n_benefits);
  for (gsize i = 0; i < facts->n_benefits; i++)
    {
      const ArmmsDueBenefit *benefit = &facts->benefits[i];

      armms_digest_id (digest, &benefit->instalment_id);
      TEXT (benefit->kind);
      TEXT (benefit->title);
      TEXT (benefit->tax_class);
      TEXT (benefit->de_minimis_kind);
      NUMBER (benefit->taxable);
      NUMBER (benefit->due.centavos);
    }
  NUMBER (facts->n_instalments);
  for (gsize i = 0; i < facts->n_instalments; i++)
    {
      const ArmmsDueInstalment *instalment = &facts->instalments[i];

      armms_digest_id (digest, &instalment->instalment_id);
      TEXT (instalment->kind);
      TEXT (instalment->title);
      NUMBER (instalment->due.centavos);
      NUMBER (instalment->waived.centavos);
      NUMBER (instalment->priority);
      NUMBER (instalment->whole_only);
    }
  NUMBER (facts->n_schedules);
  for (gsize i = 0; i < facts->n_schedules; i++)
    {
      NUMBER (facts->schedules[i].scheme);
      NUMBER (facts->schedules[i].waived.centavos);
      NUMBER (facts->schedules[i].carried.centavos);
    }
  NUMBER (history->year.taxable.centavos);
  NUMBER (history->year.withheld.centavos);
  NUMBER (history->year.periods);
  NUMBER (history->year.cumulative);
  NUMBER (history->basic);
  NUMBER (history->pool);
  NUMBER (history->month_gross);
  NUMBER (history->previous_net);
  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    for (guint i = 0; i < ARMMS_STATUTORY_FIGURES; i++)
      NUMBER (history->statutory[scheme][i]);
  for (guint i = 0; history->de_minimis != NULL && i < history->de_minimis->len; i++)
    {
      const ArmmsDeMinimisPaid *paid = &g_array_index (history->de_minimis, ArmmsDeMinimisPaid, i);

      TEXT (paid->kind);
      NUMBER (paid->month.centavos);
      NUMBER (paid->semester.centavos);
      NUMBER (paid->year.centavos);
    }
}
