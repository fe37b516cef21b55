/* What days are worth: a daily rate as a month's pay, days of leave as money.
 *
 * Law    DOLE-BWC Handbook (estimated equivalent monthly rate: daily x paid days a year / 12; PhilHealth Circular 2018-0001);
 *        Labor Code art. 95 (unused service incentive leave is paid). The factor is an argument.
 * Units  centavos; factors and days in millionths.
 */
#pragma once

#include "server/rules/trace/trace.h"

G_BEGIN_DECLS

/* Unused days of service incentive leave in money, rounded once. FALSE with "money.overflow". */
gboolean armms_leave_conversion (ArmmsMultiplier days, ArmmsMoney daily, ArmmsMoney *ret_amount, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void armms_leave_conversion_trace (ArmmsMultiplier days, ArmmsMoney daily, ArmmsMoney amount, ArmmsTrace *trace);

/* Estimated equivalent monthly rate: daily x @factor paid days a year / 12, rounded once. FALSE with "money.overflow". */
gboolean armms_equivalent_monthly (ArmmsMoney daily, ArmmsMultiplier factor, ArmmsMoney *ret_monthly, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void armms_equivalent_monthly_trace (ArmmsMoney daily, ArmmsMultiplier factor, ArmmsMoney monthly, ArmmsTrace *trace);

G_END_DECLS
