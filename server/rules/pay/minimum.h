/* Is a post paid at least the minimum wage of its place, on every duty day?
 *
 * Law    RA 6727; the wage order in force at the detachment's region, area and sector on the day (data/statutory/ph/minimum-wage.csv).
 *        The basic wage of the day is compared, without premiums and allowances: the card's daily amount, hourly x 8, or
 *        monthly x 12 / factor, rounded once to the centavo as monthly wages themselves are.
 * Units  centavos a day of 8 hours.
 * Shape  facts in, findings out. Days without a card or without an order say nothing here.
 */
#pragma once

#include "server/rules/pay/earnings.h"
#include "server/rules/statutory/minimum-wage.h"

G_BEGIN_DECLS

#define ARMMS_WAGE_UNDERCUT "minimum_wage.undercut"

/* Duty days under one card and one order whose pay is too low. */
typedef struct {
  const ArmmsPayCard *card;         /* borrowed */
  const ArmmsMinimumWageRow *order; /* borrowed; where the area is not known, the lowest of the region */
  ArmmsMoney daily, required;
  ArmmsDate from, to;               /* first and last duty day */
  gint32 count;                     /* duty days, each once */
} ArmmsWageUndercut;

/**
 * armms_pay_check_minimum:
 * @cards: of the post, sorted by from
 * @wages: the wage orders, with the post's @region, @area (nullable), @sector
 * @duty_dates: @n days in any order, also more than once
 * @undercuts: (element-type ArmmsWageUndercut): appended in order of date; an order that comes into force in between splits them
 *
 * Returns: %FALSE when the price of a card cannot be told: then nothing is appended
 */
gboolean armms_pay_check_minimum (const ArmmsPayCard          *cards,
                                  gsize                        n_cards,
                                  const ArmmsMinimumWageTable *wages,
                                  const char                  *region,
                                  const char                  *area,
                                  const char                  *sector,
                                  const ArmmsDate             *duty_dates,
                                  gsize                        n,
                                  GArray                      *undercuts,
                                  GError                     **error) G_GNUC_WARN_UNUSED_RESULT;

/* Its result is what is short, a day. */
void armms_wage_undercut_trace (const ArmmsWageUndercut *undercut, ArmmsTrace *trace);

G_END_DECLS
