/* SSS, PhilHealth, HDMF; and one monthly pay from basic to net. */
#include "server/statutory/rulebook/rulebook-private.h"

static gboolean
ask (ArmmsQuestion *question, ArmmsScheme scheme, ArmmsMoney compensation, ArmmsContribution *ret_due)
{
  ArmmsDate month = armms_question_month (question);
  ArmmsTrace trace;

  if (question->error != NULL
      || !armms_contribution_due (&question->tables->contributions, scheme, compensation, month, ret_due, &question->error))
    return FALSE;
  armms_contribution_trace (ret_due, &trace);
  armms_question_trace (question, &trace);
  return TRUE;
}

void
armms_answer_sss (ArmmsQuestion *question)
{
  ArmmsContribution due;

  if (!ask (question, ARMMS_SCHEME_SSS, armms_question_money (question, "compensation_c"), &due))
    return;
  armms_question_tell (question, "msc_c", due.base);
  armms_question_tell (question, "ee_ss_c", ARMMS_MONEY (due.employee.centavos - due.employee_mpf.centavos));
  armms_question_tell (question, "ee_mpf_c", due.employee_mpf);
  armms_question_tell (question, "er_ss_c",
                       ARMMS_MONEY (due.employer.centavos - due.employer_mpf.centavos - due.employer_ec.centavos));
  armms_question_tell (question, "er_mpf_c", due.employer_mpf);
  armms_question_tell (question, "er_ec_c", due.employer_ec);
  armms_question_tell (question, "ee_total_c", due.employee);
  armms_question_tell (question, "er_total_c", due.employer);
  armms_question_tell (question, "total_c", ARMMS_MONEY (due.employee.centavos + due.employer.centavos));
}

/* The monthly basic, or what a daily rate comes to by its factor. */
static ArmmsMoney
read_monthly_basic (ArmmsQuestion *question)
{
  ArmmsMoney basic = ARMMS_MONEY (0);
  ArmmsMoney daily;
  ArmmsMultiplier factor;
  ArmmsTrace trace;

  if (!armms_question_has (question, "daily_rate_c"))
    return armms_question_money (question, "monthly_basic_c");
  daily = armms_question_money (question, "daily_rate_c");
  factor = armms_question_decimal (question, armms_question_one_of (question, FACTOR));
  if (g_strcmp0 (armms_question_text_or (question, "basis", "eemr"), "eemr") != 0)
    armms_question_refuse (question, "basis", "is not eemr");
  if (question->error != NULL || !armms_equivalent_monthly (daily, factor, &basic, &question->error))
    return ARMMS_MONEY (0);
  armms_equivalent_monthly_trace (daily, factor, basic, &trace);
  armms_question_trace (question, &trace);
  return basic;
}

void
armms_answer_philhealth (ArmmsQuestion *question)
{
  ArmmsContribution due;

  if (!ask (question, ARMMS_SCHEME_PHILHEALTH, read_monthly_basic (question), &due))
    return;
  armms_question_tell (question, "premium_c", ARMMS_MONEY (due.employee.centavos + due.employer.centavos));
  armms_question_tell (question, "ee_c", due.employee);
  armms_question_tell (question, "er_c", due.employer);
}

void
armms_answer_pagibig (ArmmsQuestion *question)
{
  ArmmsContribution due;

  if (!ask (question, ARMMS_SCHEME_HDMF, armms_question_money (question, "compensation_c"), &due))
    return;
  armms_question_tell (question, "ee_c", due.employee);
  armms_question_tell (question, "er_c", due.employer);
}

/* What is left of @from after @less: a line of its own, so that the next one begins with a figure that was seen. */
static void
trace_left (ArmmsQuestion *question, const char *rule, const char *from_name, gint64 from, const char *less_name, gint64 less)
{
  ArmmsTrace trace;

  armms_trace_init (&trace, rule);
  armms_trace_money (&trace, from_name, ARMMS_MONEY (from));
  armms_trace_money (&trace, less_name, ARMMS_MONEY (less));
  trace.result = ARMMS_MONEY (from - less);
  armms_question_trace (question, &trace);
}

void
armms_answer_netpay_month (ArmmsQuestion *question)
{
  static const char *const names[ARMMS_N_SCHEMES] = { "sss_c", "philhealth_c", "pagibig_c" };
  ArmmsMoney basic = armms_question_money (question, "monthly_basic_c");
  gint64 taxable = basic.centavos;
  ArmmsTrace trace;
  ArmmsTax tax;

  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    {
      ArmmsContribution due;

      if (!ask (question, (ArmmsScheme) scheme, basic, &due))
        return;
      taxable -= due.employee.centavos;
      armms_question_tell (question, names[scheme], due.employee);
    }
  trace_left (question, "tax.taxable", "basic", basic.centavos, "contributions", basic.centavos - taxable);
  if (!armms_tax_by_table (&question->tables->taxes, ARMMS_TAX_MONTHLY, question->on_date, ARMMS_MONEY (taxable), &tax, &question->error))
    return;
  tax.regular = tax.taxable;
  armms_tax_trace (&tax, &trace);
  armms_question_trace (question, &trace);
  trace_left (question, "pay.net", "taxable", taxable, "tax", tax.tax.centavos);
  armms_question_tell (question, "taxable_c", ARMMS_MONEY (taxable));
  armms_question_tell (question, "tax_c", tax.tax);
  armms_question_tell (question, "net_c", ARMMS_MONEY (taxable - tax.tax.centavos));
}
