#include "server/statutory/rulebook/rulebook-private.h"

#include <string.h>

#define RATE "daily_rate_c hourly_rate_c period_salary_c periods_per_year factor_days"

static const ArmmsRulebookArea areas[] = {
  { "sss", "compensation_c month",
    "msc_c ee_ss_c ee_mpf_c er_ss_c er_mpf_c er_ec_c ee_total_c er_total_c total_c", armms_answer_sss },
  { "philhealth", "monthly_basic_c month daily_rate_c " FACTOR " basis", "premium_c ee_c er_c", armms_answer_philhealth },
  { "pagibig", "compensation_c month", "ee_c er_c", armms_answer_pagibig },
  { "wtax", "period taxable_c", "tax_c", armms_answer_wtax },
  { "wtax_regular", "period regular_c supplementary_c", "tax_c", armms_answer_wtax_regular },
  { "wtax_cumulative", "period regular_c supplementary_c prior_taxable_c prior_withheld_c periods",
    "average_c cumulative_tax_c tax_c", armms_answer_wtax_cumulative },
  { "annual_tax", "taxable_c", "tax_c", armms_answer_annual_tax },
  { "annualise", "taxable_year_c withheld_here_c withheld_previous_c", "tax_due_c adjustment_c tax_c", armms_answer_annualise },
  { "premium", RATE " day_type rest_day ot nd hours pay", "amount_c", armms_answer_premium },
  { "shift_day", RATE " start end holidays rest_days unpaid_break", "lines total_c", armms_answer_shift_day },
  { "holiday_unworked", RATE " day_type qualified", "amount_c", armms_answer_holiday_unworked },
  { "holiday_eligibility", RATE " attendance holidays", "pay_c", armms_answer_holiday_eligibility },
  { "thirteenth", "basic_earned_c other_benefits_c", "amount_c exempt_c taxable_c", armms_answer_thirteenth },
  { "sil", SIL_DAYS " months daily_rate_c", "amount_c", armms_answer_sil },
  { "eemr", "daily_rate_c " FACTOR, "monthly_c", armms_answer_eemr },
  { "basic_less_lwop",
    SALARY " months periods_per_year daily_rate_c " FACTOR " " LOST " " LOST_AMOUNT,
    "amount_c deduction_c", armms_answer_basic_less_lwop },
  { "deminimis", "benefit per amount_c days region_min_wage_c", "exempt_c excess_c", armms_answer_deminimis },
  { "netpay_month", "monthly_basic_c month", "sss_c philhealth_c pagibig_c taxable_c tax_c net_c", armms_answer_netpay_month },
  { "mwe", MWE_WAGE " " MWE_PREMIUMS " " MWE_OTHER " " MWE_BENEFITS " contributions_c is_mwe period",
    "tax_c exempt_c taxable_c", armms_answer_mwe },
  { "min_wage", "region area sector", "daily_rate_c highest_rate_c", armms_answer_min_wage },
  { "holiday_calendar", "date region city", "day_type", armms_answer_holiday_calendar },
};

const char *const *
armms_rulebook_get_areas (void)
{
  static const char *names[G_N_ELEMENTS (areas) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    names[i] = areas[i].area;
  return names;
}

gboolean
armms_rulebook_get_words (const char *area, const char **ret_inputs, const char **ret_figures)
{
  const ArmmsRulebookArea *found = armms_rulebook_find_area (area, NULL);

  if (found == NULL)
    return FALSE;
  *ret_inputs = found->inputs;
  *ret_figures = found->figures;
  return TRUE;
}

const ArmmsRulebookArea *
armms_rulebook_find_area (const char *area, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    if (strcmp (area, areas[i].area) == 0)
      return &areas[i];
  armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "rules.area", "there is no area %s", area);
  return NULL;
}

void
armms_rulebook_free (ArmmsRulebook *book)
{
  if (book == NULL)
    return;
  g_clear_pointer (&book->tables, armms_statutory_tables_free);
  g_clear_pointer (&book->zone, armms_zone_free);
  g_free (book);
}

ArmmsRulebook *
armms_rulebook_new (const char *folder, GError **error)
{
  g_autoptr(ArmmsRulebook) book = g_new0 (ArmmsRulebook, 1);

  book->tables = armms_statutory_tables_new_from_folder (folder, error);
  if (book->tables == NULL)
    return NULL;
  book->zone = armms_zone_new ("Asia/Manila");
  if (book->zone == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "zone.unknown", "this machine does not know the time zone Asia/Manila");
      return NULL;
    }
  return g_steal_pointer (&book);
}

/* A misspelt input would be read as one that is missing, and the answer be about something else. */
static gboolean
check_inputs (const ArmmsRulebookArea *area, JsonObject *inputs, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, inputs);
  while (json_object_iter_next (&iter, &name, &value))
    if (!armms_rulebook_has_word (area->inputs, name))
      {
        armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "rules.unknown_input", "%s has no input %s; it takes %s", area->area, name,
                         area->inputs);
        return FALSE;
      }
  return TRUE;
}

JsonNode *
armms_rulebook_explain (ArmmsRulebook *book, const char *area, ArmmsDate on_date, JsonObject *inputs, GString *traces, GError **error)
{
  const ArmmsRulebookArea *found = armms_rulebook_find_area (area, error);
  g_autoptr(JsonObject) figures = json_object_new ();
  ArmmsQuestion question = {
    .book = book, .tables = book->tables, .on_date = on_date, .inputs = inputs, .figures = figures, .traces = traces,
  };
  JsonNode *node;

  if (found == NULL || !check_inputs (found, inputs, error))
    return NULL;
  found->answer (&question);
  if (question.error != NULL)
    {
      g_propagate_prefixed_error (error, question.error, "%s: ", area);
      return NULL;
    }
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, g_steal_pointer (&figures));
  return node;
}
