/* A question to the rulebook on its way: inputs read with their bounds, figures told, traces written. Inside of the folder only.
 *
 * Shape  the first thing that is wrong ends a question: readers then give harmless values, and what is told is thrown away.
 */
#pragma once

#include "server/rules/pay/earnings.h"
#include "server/rules/time/facts.h"
#include "server/statutory/rulebook/rulebook.h"
#include "server/statutory/statutory.h"

G_BEGIN_DECLS

#define ARMMS_MILLION 1000000

/* Names for one thing, for the areas of which the reference does not say how their inputs are called. */
#define FACTOR "factor factor_days days_per_year"
#define SIL_DAYS "days unused_days leave_days sil_days"
#define SALARY "monthly_basic_c period_salary_c monthly_salary_c monthly_rate_c monthly_c basic_c"
#define MWE_WAGE "total_compensation_c compensation_c basic_c basic_pay_c smw_c"
#define LOST_AMOUNT "lwop_c lwop_amount_c"
#define LOST "lwop_days days days_lwop absent_days days_absent unpaid_days lwop_hours hours"
/* And names of parts, which are added up. */
#define MWE_PREMIUMS "mwe_premiums_c premiums_c holiday_pay_c overtime_c overtime_pay_c night_differential_c night_pay_c hazard_pay_c"
#define MWE_OTHER "other_taxable_c other_compensation_c additional_compensation_c supplementary_c commission_c bonus_c"
#define MWE_BENEFITS "other_benefits_c thirteenth_month_c"

struct _ArmmsRulebook {
  ArmmsStatutoryTables *tables; /* owned */
  ArmmsZone *zone;              /* owned */
};

typedef struct {
  const ArmmsRulebook *book;          /* borrowed */
  const ArmmsStatutoryTables *tables; /* borrowed from the book */
  ArmmsDate on_date;
  JsonObject *inputs;                 /* borrowed */
  JsonObject *figures;                /* borrowed */
  GString *traces;                    /* borrowed, nullable */
  GError *error;                      /* owned: what is wrong first */
} ArmmsQuestion;

/* One area: its words, and who answers. */
typedef struct {
  const char *area;
  const char *inputs;  /* names, parted by blanks; another name is an error */
  const char *figures; /* what may be expected of it */
  void (*answer) (ArmmsQuestion *question);
} ArmmsRulebookArea;

const ArmmsRulebookArea *armms_rulebook_find_area (const char *area, GError **error); /* (transfer none) (nullable) */
/* Is @name one of "a b c"? */
gboolean armms_rulebook_has_word (const char *words, const char *name);

/* Inputs. @name is in the message: "input hours is missing". */
void armms_question_refuse (ArmmsQuestion *question, const char *name, const char *why);
JsonNode *armms_question_find (ArmmsQuestion *question, const char *name); /* (transfer none) (nullable) */
gboolean armms_question_has (ArmmsQuestion *question, const char *name);
/* Which of "a b c", names for one thing, is there; two of them are an error; none: the first, which is then missing. */
const char *armms_question_one_of (ArmmsQuestion *question, const char *names);
gint64 armms_question_integer (ArmmsQuestion *question, const char *name, gint64 at_least, gint64 at_most);
ArmmsMoney armms_question_money (ArmmsQuestion *question, const char *name);         /* must be there */
ArmmsMoney armms_question_money_or_none (ArmmsQuestion *question, const char *name); /* else 0.00 */
ArmmsMoney armms_question_sum (ArmmsQuestion *question, const char *names);          /* of those of "a b c" that are there */
const char *armms_question_text (ArmmsQuestion *question, const char *name);
const char *armms_question_text_or (ArmmsQuestion *question, const char *name, const char *fallback);
gboolean armms_question_flag (ArmmsQuestion *question, const char *name);            /* else FALSE */
ArmmsMultiplier armms_question_decimal (ArmmsQuestion *question, const char *name);  /* "5.833", 5.833 or 5: six decimals */
JsonObject *armms_question_object (ArmmsQuestion *question, const char *name);       /* (transfer none) (nullable): must be there */
ArmmsDate armms_question_month (ArmmsQuestion *question); /* "2026-11", or a date; else the question's */
ArmmsTaxPeriod armms_question_tax_period (ArmmsQuestion *question);
ArmmsDayType armms_question_day_type (ArmmsQuestion *question, const char *text);
/* The law's hours on @date; where there are none, that is what is wrong. (transfer none) */
const ArmmsWorkingTime *armms_question_working_time (ArmmsQuestion *question, ArmmsDate date);
/* A minute's price as a fraction: daily_rate_c, hourly_rate_c, or a salary of a period over the days of its factor. */
ArmmsRate armms_question_rate (ArmmsQuestion *question);

/* Figures. */
void armms_question_tell (ArmmsQuestion *question, const char *name, ArmmsMoney figure);
void armms_question_trace (ArmmsQuestion *question, const ArmmsTrace *trace);
/* Prices minutes of one cell on the date of the question, with its trace; @name: nullable. 0.00 when something is wrong. */
ArmmsMoney armms_question_price (ArmmsQuestion *question, const char *name, ArmmsCell cell, ArmmsPremiumPart part, ArmmsRate rate, gint64 minutes);

void armms_answer_sss (ArmmsQuestion *question);
void armms_answer_philhealth (ArmmsQuestion *question);
void armms_answer_pagibig (ArmmsQuestion *question);
void armms_answer_netpay_month (ArmmsQuestion *question);
void armms_answer_wtax (ArmmsQuestion *question);
void armms_answer_wtax_regular (ArmmsQuestion *question);
void armms_answer_wtax_cumulative (ArmmsQuestion *question);
void armms_answer_annual_tax (ArmmsQuestion *question);
void armms_answer_annualise (ArmmsQuestion *question);
void armms_answer_mwe (ArmmsQuestion *question);
void armms_answer_premium (ArmmsQuestion *question);
void armms_answer_holiday_unworked (ArmmsQuestion *question);
void armms_answer_basic_less_lwop (ArmmsQuestion *question);
void armms_answer_eemr (ArmmsQuestion *question);
void armms_answer_shift_day (ArmmsQuestion *question);
void armms_answer_holiday_eligibility (ArmmsQuestion *question);
void armms_answer_holiday_calendar (ArmmsQuestion *question);
void armms_answer_thirteenth (ArmmsQuestion *question);
void armms_answer_sil (ArmmsQuestion *question);
void armms_answer_deminimis (ArmmsQuestion *question);
void armms_answer_min_wage (ArmmsQuestion *question);

G_END_DECLS
