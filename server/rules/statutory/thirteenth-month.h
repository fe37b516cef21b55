/* 13th month pay.
 *
 * Law    PD 851 and its rules: a twelfth of the basic salary earned within the calendar year, by 24 December, or pro rata on
 *        separation. Overtime, night differential, holiday premium and allowances are no basic salary.
 * Units  centavos.
 */
#pragma once

#include "server/rules/trace/trace.h"

G_BEGIN_DECLS

/* A twelfth of the basic pay earned in the calendar year, rounded once. FALSE with "money.overflow". */
gboolean armms_thirteenth_month (ArmmsMoney basic_earned, ArmmsMoney *ret_amount, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What accrues in this period: the twelfth after it less the twelfth before it, so that the year adds up to the centavo. */
gboolean armms_thirteenth_month_accrual (ArmmsMoney basic_before, ArmmsMoney basic_now, ArmmsMoney *ret_accrual, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How @accrual came about. The whole year's is the accrual after nothing. */
void armms_thirteenth_month_trace (ArmmsMoney basic_before, ArmmsMoney basic_now, ArmmsMoney accrual, ArmmsTrace *trace);

G_END_DECLS
