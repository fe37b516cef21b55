/* Where sheets are gathered, what they are called, and how they are sealed. */
#include "server/payroll/compute/digest.h"


/* Codes that are no cell of the premium matrix. */
static const struct { const char *code, *title; } code_titles[] = {
  { "salary", "Salary" },
  { "cola", "Cost-of-living allowance" },
  { "absence_limit", "Absences beyond the salary" },
  { "allowance", "Allowance" },
  { "bonus", "Bonus" },
  { "reward", "Reward" },
  { "reimbursement", "Reimbursement" },
  { "thirteenth_month", "13th month pay" },
  { "sss", "SSS" },
  { "philhealth", "PhilHealth" },
  { "hdmf", "HDMF (Pag-IBIG)" },
  { "sss_employer", "SSS, employer" },
  { "sss_ec", "SSS, employees' compensation" },
  { "philhealth_employer", "PhilHealth, employer" },
  { "hdmf_employer", "HDMF (Pag-IBIG), employer" },
  { "withholding_tax", "Withholding tax" },
  { "company_loan", "Company loan" },
  { "sss_loan", "SSS loan" },
  { "hdmf_loan", "HDMF loan" },
  { "cash_advance", "Cash advance" },
  { "uniform", "Uniform" },
  { "damage", "Loss or damage" },
  { "other", "Other deduction" },
  { "net_pay", "Net pay" },
};

const char *
armms_pay_line_title (const char *kind, const char *code, const char *title)
{
  ArmmsCell cell;

  if (title != NULL)
    return title;
  if (g_strcmp0 (kind, "accrual") == 0 && g_strcmp0 (code, "thirteenth_month") == 0)
    return "13th month pay, accrued";
  for (guint i = 0; i < G_N_ELEMENTS (code_titles); i++)
    if (g_strcmp0 (code_titles[i].code, code) == 0)
      return code_titles[i].title;
  if (code != NULL && armms_cell_parse (code, &cell))
    return armms_earning_line_title (&(ArmmsEarningLine) { .kind = ARMMS_EARNING_CELL, .cell = cell });
  return code;
}

ArmmsId
armms_paysheet_id_of (const ArmmsId *payrun_id, const ArmmsId *employee_id)
{
  char name[ARMMS_ID_TEXT_SIZE];
  ArmmsId id = armms_id_from_name (payrun_id, armms_id_format (employee_id, name));

  id.bytes[14] = id.bytes[15] = 0;
  return id;
}

ArmmsId
armms_paysheet_line_id_of (const ArmmsId *paysheet_id, gint64 line_no)
{
  ArmmsId id = *paysheet_id;

  id.bytes[14] = (guint8) (line_no >> 8);
  id.bytes[15] = (guint8) line_no;
  return id;
}

static void
sheet_free (gpointer data)
{
  ArmmsSheet *sheet = data;

  g_free (sheet->employee_no);
  g_free (sheet->employee_name);
  g_free (sheet->de_minimis);
  g_free (sheet->traces);
  g_ptr_array_unref (sheet->problems);
  g_ptr_array_unref (sheet->warnings);
  g_free (sheet);
}

ArmmsSheetSet *
armms_sheet_set_new (void)
{
  ArmmsSheetSet *set = g_new0 (ArmmsSheetSet, 1);

  set->sheets = g_ptr_array_new_with_free_func (sheet_free);
  set->lines = g_array_new (FALSE, FALSE, sizeof (ArmmsPayLine));
  set->payslip = armms_payslip_new ();
  set->posts = g_array_new (FALSE, TRUE, sizeof (ArmmsPost));
  set->earnings = g_array_new (FALSE, FALSE, sizeof (ArmmsPostLine));
  set->benefits = g_array_new (FALSE, FALSE, sizeof (ArmmsPayBenefit));
  set->obligations = g_array_new (FALSE, FALSE, sizeof (ArmmsPayslipObligation));
  set->weeks = g_array_new (FALSE, FALSE, sizeof (ArmmsMoney));
  set->problems = g_array_new (FALSE, FALSE, sizeof (ArmmsPayProblem));
  set->kept = g_ptr_array_new_with_free_func (g_free);
  set->cards = g_array_new (FALSE, FALSE, sizeof (ArmmsPayCard));
  set->traces = g_string_sized_new (16384);
  return set;
}

void
armms_sheet_set_free (ArmmsSheetSet *set)
{
  if (set == NULL)
    return;
  g_ptr_array_unref (set->sheets);
  g_array_unref (set->lines);
  armms_payslip_free (set->payslip);
  g_array_unref (set->posts);
  g_array_unref (set->earnings);
  g_array_unref (set->benefits);
  g_array_unref (set->obligations);
  g_array_unref (set->weeks);
  g_array_unref (set->problems);
  g_ptr_array_unref (set->kept);
  g_array_unref (set->cards);
  g_string_free (set->traces, TRUE);
  g_free (set);
}

void
armms_pay_source_free (ArmmsPaySource *source)
{
  if (source == NULL)
    return;
  g_clear_pointer (&source->duty_dates, g_array_unref);
  g_clear_pointer (&source->cells, g_array_unref);
  g_clear_pointer (&source->minutes, g_array_unref);
  g_clear_pointer (&source->paid, g_array_unref);
  g_free (source);
}

void
armms_pay_facts_clear (ArmmsPayFacts *facts)
{
  g_clear_pointer (&facts->sources, g_ptr_array_unref);
  g_clear_pointer (&facts->before, g_ptr_array_unref);
  g_clear_pointer (&facts->history.de_minimis, g_array_unref);
}

/* ---- the seal ------------------------------------------------------------------------------------------------- */

static void
take_line (ArmmsDigest *digest, const ArmmsPayLine *line)
{
  gint64 numbers[] = { line->minutes, line->rate, line->rate_minutes, line->multiplier, line->due, line->waived, line->deferred, line->amount, line->basic };

  armms_digest_text (digest, armms_line_kind_name (line->kind));
  armms_digest_text (digest, line->code);
  armms_digest_text (digest, line->title);
  armms_digest_text (digest, line->pay_class);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    armms_digest_number (digest, numbers[i]);
  armms_digest_id (digest, &line->source_id);
  armms_digest_id (digest, &line->detachment_id);
}

void
armms_sheet_seal (ArmmsSheet *sheet, const ArmmsPayLine *lines)
{
  ArmmsDigest *digest = armms_digest_new ();
  gint64 numbers[] = { sheet->worked_minutes, sheet->gross, sheet->basic, sheet->allowances, sheet->adjustments, sheet->untouchable,
                       sheet->taxable, sheet->regular, sheet->supplementary, sheet->exempt, sheet->pool, sheet->tax, sheet->obligations,
                       sheet->deductions, sheet->net, sheet->floor, sheet->deferred, sheet->waived, sheet->receivable, sheet->tax_short,
                       sheet->employer, sheet->thirteenth_month, sheet->minimum_wage_earner, sheet->floor_missed };

  armms_digest_id (digest, &sheet->paysheet_id);
  armms_digest_id (digest, &sheet->employee_id);
  armms_digest_text (digest, sheet->employee_no);
  armms_digest_text (digest, sheet->employee_name);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    armms_digest_number (digest, numbers[i]);
  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    for (guint i = 0; i < ARMMS_STATUTORY_FIGURES; i++)
      armms_digest_number (digest, sheet->statutory[scheme][i]);
  armms_digest_number (digest, sheet->n_lines);
  for (guint i = 0; i < sheet->n_lines; i++)
    take_line (digest, &lines[i]);
  armms_digest_text (digest, sheet->traces);
  for (guint i = 0; i < sheet->problems->len; i++)
    armms_digest_text (digest, g_ptr_array_index (sheet->problems, i));
  for (guint i = 0; i < sheet->warnings->len; i++)
    armms_digest_text (digest, g_ptr_array_index (sheet->warnings, i));
  armms_digest_finish (digest, sheet->content);
}
