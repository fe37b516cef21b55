/* Unused days of leave in money, and what of it is free of tax.
 *
 * Law    service incentive leave: Labor Code art. 95; a year's ceiling of days that are no taxable benefit: RR 29-2025 (a row of
 *        data/statutory/ph: an argument here; 0 for leave that it does not cover).
 * Units  days in millionths, centavos; days x daily rate rounded once, half away from zero.
 */
#pragma once

#include "server/rules/leave/days.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsLeaveDays days;
  ArmmsMoney daily;
  ArmmsLeaveDays exempt_a_year; /* the law's ceiling */
  ArmmsLeaveDays exempt_before; /* converted free of tax in the same year before */
  ArmmsLeaveDays exempt_days;   /* of @days: within what is left of the ceiling */
  ArmmsMoney amount;
  ArmmsMoney exempt, taxable;   /* together: @amount */
} ArmmsLeaveCash;

/* FALSE with INVALID_INPUT "leave.cash" when days or the rate are below zero; "money.overflow". */
gboolean armms_leave_cash (ArmmsLeaveDays days, ArmmsMoney daily, ArmmsLeaveDays exempt_a_year, ArmmsLeaveDays exempt_before,
                           ArmmsLeaveCash *ret_cash, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void armms_leave_cash_trace (const ArmmsLeaveCash *cash, ArmmsTrace *trace);

G_END_DECLS
