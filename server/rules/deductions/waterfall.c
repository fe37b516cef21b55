#include "server/rules/deductions/waterfall.h"

#include <stdlib.h>

#define BASIS_POINTS 10000

static const char *const floor_names[] = { "none", "percent", "amount", "larger" };

static const char reason_floor[] = "floor";
static const char reason_weekly_cap[] = "weekly_cap";
static const char reason_no_pay[] = "no_pay";

const char *
armms_floor_kind_name (ArmmsFloorKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (floor_names), NULL);

  return floor_names[kind];
}

gboolean
armms_floor_kind_parse (const char *name, ArmmsFloorKind *ret_kind)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (floor_names); kind++)
    if (g_strcmp0 (name, floor_names[kind]) == 0)
      {
        *ret_kind = (ArmmsFloorKind) kind;
        return TRUE;
      }
  return FALSE;
}

static int
compare_deductions (const void *a, const void *b)
{
  const ArmmsDeduction *left = a, *right = b;

  if (left->kind != right->kind)
    return left->kind < right->kind ? -1 : 1;
  if (left->priority != right->priority)
    return left->priority < right->priority ? -1 : 1;
  return armms_id_compare (&left->id, &right->id);
}

/* A correction of a closed month, and the tax of a whole year, may give money back. */
static gboolean
may_refund (const ArmmsDeduction *deduction)
{
  return deduction->kind != ARMMS_DEDUCTION_OBLIGATION;
}

static gboolean
check_deductions (const ArmmsDeduction *deductions, gsize n, GError **error)
{
  for (gsize i = 0; i < n; i++)
    {
      const ArmmsDeduction *deduction = &deductions[i];
      gint64 due = deduction->due.centavos, waived = deduction->waived.centavos;

      if ((due >= 0 || may_refund (deduction))
          && waived >= 0 && waived <= MAX (due, 0)
          && !(deduction->kind == ARMMS_DEDUCTION_TAX && waived != 0))
        continue;
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "deduction.invalid",
                       deduction->kind == ARMMS_DEDUCTION_TAX && waived != 0
                         ? "withholding tax cannot be waived" : "a deduction or its waiver is out of range");
      return FALSE;
    }
  return TRUE;
}

gboolean
armms_floor_amount (const ArmmsFloorPolicy *policy, ArmmsMoney gross, ArmmsMoney *ret_floor, GError **error)
{
  ArmmsMoney percent = ARMMS_MONEY (0), floor = ARMMS_MONEY (0);

  if (policy->kind == ARMMS_FLOOR_PERCENT || policy->kind == ARMMS_FLOOR_LARGER)
    {
      if (!armms_money_mul_div (gross, policy->percent_bp, BASIS_POINTS, ARMMS_ROUND_HALF_AWAY, &percent, error))
        return FALSE;
      floor = percent;
    }
  if (policy->kind == ARMMS_FLOOR_AMOUNT || (policy->kind == ARMMS_FLOOR_LARGER && policy->amount.centavos > percent.centavos))
    floor = policy->amount;
  *ret_floor = ARMMS_MONEY (CLAMP (floor.centavos, 0, MAX (gross.centavos, 0)));
  return TRUE;
}

/* A share of each week's wages, less what was taken in that week already. */
static gboolean
weekly_room (const ArmmsFloorPolicy *policy, const ArmmsWaterfallPay *pay, ArmmsMoney *ret_room, GError **error)
{
  gint64 room = 0;

  for (gsize week = 0; week < MAX (pay->n_weeks, 1); week++)
    {
      ArmmsMoney wages = pay->n_weeks > 0 ? pay->weekly_wages[week] : pay->gross;
      gint64 taken = pay->n_weeks > 0 && pay->weekly_taken != NULL ? pay->weekly_taken[week].centavos : 0;
      ArmmsMoney share;

      if (!armms_money_mul_div (wages, policy->weekly_cap_bp, BASIS_POINTS, ARMMS_ROUND_DOWN, &share, error))
        return FALSE;
      room += MAX (share.centavos - taken, 0);
    }
  *ret_room = ARMMS_MONEY (room);
  return TRUE;
}

static gboolean
is_partial (const ArmmsDeduction *deduction, const ArmmsFloorPolicy *policy)
{
  return policy->partial && !deduction->whole_only;
}

/* Takes back @lack, or all of it where no part may be taken. Returns what was taken back. */
static gint64
defer (ArmmsDeduction *deduction, gint64 lack, gboolean partial, const char *reason)
{
  gint64 back = partial ? MIN (deduction->taken.centavos, lack) : deduction->taken.centavos;

  if (back <= 0)
    return 0;
  deduction->taken.centavos -= back;
  deduction->deferred.centavos += back;
  deduction->reason = reason;
  return back;
}

static void
hold_weekly_cap (const ArmmsFloorPolicy *policy, ArmmsDeduction *deductions, gsize n, gint64 room)
{
  for (gsize i = 0; i < n; i++)
    {
      ArmmsDeduction *deduction = &deductions[i];

      if (!deduction->loss_or_damage)
        continue;
      if (deduction->taken.centavos > room)
        defer (deduction, deduction->taken.centavos - room, is_partial (deduction, policy), reason_weekly_cap);
      room -= deduction->taken.centavos;
    }
}

/* From the lowest priority upwards, until nothing lacks. */
static gint64
defer_upwards (const ArmmsFloorPolicy *policy, ArmmsDeduction *deductions, gsize n, ArmmsDeductionKind kind, gint64 lack)
{
  for (gsize i = n; i > 0 && lack > 0; i--)
    if (deductions[i - 1].kind == kind)
      lack -= defer (&deductions[i - 1], lack, is_partial (&deductions[i - 1], policy), reason_floor);
  return lack;
}

/* What the pay cannot bear at all is not taken, tax included: net is never below nothing. */
static void
hold_to_pay (ArmmsDeduction *deductions, gsize n, gint64 gross)
{
  gint64 room = MAX (gross, 0);

  for (gsize i = 0; i < n && deductions[i].kind != ARMMS_DEDUCTION_OBLIGATION; i++)
    {
      ArmmsDeduction *deduction = &deductions[i];

      if (deduction->taken.centavos > room)
        defer (deduction, deduction->taken.centavos - room, /* partial= */ TRUE, reason_no_pay);
      room -= deduction->taken.centavos;
    }
}

static void
sum_up (const ArmmsDeduction *deductions, gsize n, ArmmsWaterfall *sum)
{
  for (gsize i = 0; i < n; i++)
    {
      const ArmmsDeduction *deduction = &deductions[i];

      sum->waived.centavos += deduction->waived.centavos;
      sum->deferred.centavos += deduction->deferred.centavos;
      switch (deduction->kind)
        {
        case ARMMS_DEDUCTION_STATUTORY:
          sum->statutory.centavos += deduction->taken.centavos;
          sum->receivable.centavos += deduction->due.centavos - deduction->taken.centavos;
          break;
        case ARMMS_DEDUCTION_TAX:
          sum->tax.centavos += deduction->taken.centavos;
          sum->tax_short.centavos += deduction->deferred.centavos;
          break;
        case ARMMS_DEDUCTION_OBLIGATION:
        default:
          sum->obligations.centavos += deduction->taken.centavos;
          break;
        }
    }
}

gboolean
armms_waterfall (const ArmmsFloorPolicy *policy, const ArmmsWaterfallPay *pay, ArmmsDeduction *deductions, gsize n,
                 ArmmsWaterfall *ret_waterfall, GError **error)
{
  ArmmsWaterfall result = { .gross = pay->gross };
  gint64 taken = 0, lack;

  if (!check_deductions (deductions, n, error)
      || !armms_floor_amount (policy, pay->gross, &result.floor, error)
      || !weekly_room (policy, pay, &result.weekly_cap, error))
    return FALSE;
  if (n > 1)
    qsort (deductions, n, sizeof *deductions, compare_deductions);
  for (gsize i = 0; i < n; i++)
    {
      deductions[i].taken = ARMMS_MONEY (deductions[i].due.centavos - deductions[i].waived.centavos);
      deductions[i].deferred = ARMMS_MONEY (0);
      deductions[i].reason = NULL;
    }
  hold_to_pay (deductions, n, pay->gross.centavos);
  if (policy->weekly_cap_bp > 0)
    hold_weekly_cap (policy, deductions, n, result.weekly_cap.centavos);

  for (gsize i = 0; i < n; i++)
    if (!armms_money_add (ARMMS_MONEY (taken), deductions[i].taken, &(ArmmsMoney) { 0 }, error))
      return FALSE;
    else
      taken += deductions[i].taken.centavos;
  lack = result.floor.centavos - (pay->gross.centavos - taken);
  lack = defer_upwards (policy, deductions, n, ARMMS_DEDUCTION_OBLIGATION, lack);
  if (lack > 0 && policy->defer_statutory)
    lack = defer_upwards (policy, deductions, n, ARMMS_DEDUCTION_STATUTORY, lack);
  result.floor_missed = lack > 0;

  sum_up (deductions, n, &result);
  result.net = ARMMS_MONEY (pay->gross.centavos - result.statutory.centavos - result.tax.centavos - result.obligations.centavos
                            + pay->untouchable.centavos);
  *ret_waterfall = result;
  return TRUE;
}

void
armms_waterfall_trace (const ArmmsWaterfall *waterfall, const ArmmsFloorPolicy *policy, ArmmsTrace *trace)
{
  armms_trace_init (trace, "deductions.waterfall");
  armms_trace_money (trace, "gross", waterfall->gross);
  armms_trace_money (trace, "statutory", waterfall->statutory);
  armms_trace_money (trace, "tax", waterfall->tax);
  armms_trace_money (trace, "obligations", waterfall->obligations);
  armms_trace_money (trace, "waived", waterfall->waived);
  armms_trace_money (trace, "deferred", waterfall->deferred);
  armms_trace_money (trace, "floor", waterfall->floor);
  armms_trace_text (trace, "floor_policy", armms_floor_kind_name (policy->kind));
  if (policy->kind == ARMMS_FLOOR_PERCENT || policy->kind == ARMMS_FLOOR_LARGER)
    armms_trace_count (trace, "floor_percent_bp", policy->percent_bp);
  if (policy->kind == ARMMS_FLOOR_AMOUNT || policy->kind == ARMMS_FLOOR_LARGER)
    armms_trace_money (trace, "floor_amount", policy->amount);
  if (waterfall->receivable.centavos != 0)
    armms_trace_money (trace, "receivable", waterfall->receivable);
  if (waterfall->tax_short.centavos != 0)
    armms_trace_money (trace, "tax_short", waterfall->tax_short);
  armms_trace_flag (trace, "floor_missed", waterfall->floor_missed);
  trace->result = waterfall->net;
}

void
armms_deduction_trace (const ArmmsDeduction *deduction, const ArmmsWaterfall *waterfall, ArmmsTrace *trace)
{
  armms_trace_init (trace, deduction->kind == ARMMS_DEDUCTION_OBLIGATION ? "deductions.obligation"
                           : deduction->kind == ARMMS_DEDUCTION_TAX      ? "deductions.tax"
                                                                         : "deductions.statutory");
  armms_trace_count (trace, "priority", deduction->priority);
  armms_trace_money (trace, "due", deduction->due);
  if (deduction->waived.centavos != 0)
    armms_trace_money (trace, "waived", deduction->waived);
  if (deduction->deferred.centavos != 0)
    {
      armms_trace_money (trace, "deferred", deduction->deferred);
      armms_trace_text (trace, "because", deduction->reason);
      armms_trace_money (trace, "floor", waterfall->floor);
    }
  if (deduction->loss_or_damage)
    armms_trace_money (trace, "weekly_cap", waterfall->weekly_cap);
  trace->result = deduction->taken;
}
