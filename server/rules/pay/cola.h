/* Cost-of-living allowance: added once a day beside the wage, outside of premium, overtime and night base.
 *
 * Law    the wage orders that grant one; DOLE Labor Advisories 13-2016, 13-2020, 27-2020, 8-2022 and the DOLE-BWC Handbook:
 *        a worked regular holiday pays (basic + COLA) x 200 %, on a rest day the 30 % on top are of the basic alone; a double
 *        one x 300 %; not worked x 100 % and x 200 %; a special day or a rest day pays the COLA once. The multiples of a
 *        holiday are those of the law's premium matrix, the day taken as no rest day; what a contract promises beyond
 *        them is of the basic.
 * Units  centavos a day of 8 hours; multipliers in millionths; minutes.
 * Shape  facts in, result out. In proportion below 8 hours, once a duty date above; no work, no allowance, but on days that
 *        are paid without work: a qualified regular holiday, paid leave. It is regular pay for the withholding tax (exempt
 *        with a minimum wage earner's pay, whose minimum wage it is part of) and no basic pay for the 13th month.
 */
#pragma once

#include "server/rules/pay/earnings.h"
#include "server/rules/statutory/minimum-wage.h"

G_BEGIN_DECLS

/**
 * armms_cola_multiplier:
 * @premium: the row in force for ARMMS_CELL (day type, FALSE, FALSE, FALSE) or for the unworked cell; NULL: not a regular holiday
 * @cell: a cell within the first 8 hours, an unworked holiday, paid leave; the others carry no allowance
 *
 * Returns: what the day's allowance is taken times for minutes of @cell
 */
ArmmsMultiplier armms_cola_multiplier (const ArmmsPremiumRow *premium, ArmmsCell cell);

/**
 * armms_cola_due:
 * @order: the order in force; NULL: none
 * @daily: the basic wage of a day
 *
 * What the order's allowance adds to @daily: all of it at the minimum wage, above it what wage and allowance of the order
 * are more than @daily, which is credited.
 */
ArmmsMoney armms_cola_due (const ArmmsMinimumWageRow *order, ArmmsMoney daily);

/**
 * armms_cola_cards:
 * @cards: of a post, sorted by from
 * @wages: the wage orders, with the post's @region, @area (nullable), @sector
 * @from, @to: the days of interest
 * @ret_cards: (element-type ArmmsPayCard): appended: @cards cut where the allowance changes, the larger of their own and the order's
 *
 * Returns: %FALSE when the price of a card cannot be told: then nothing is appended
 */
gboolean armms_cola_cards (const ArmmsPayCard          *cards,
                           gsize                        n_cards,
                           const ArmmsMinimumWageTable *wages,
                           const char                  *region,
                           const char                  *area,
                           const char                  *sector,
                           ArmmsDate                    from,
                           ArmmsDate                    to,
                           GArray                      *ret_cards,
                           GError                     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
