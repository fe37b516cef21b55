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

/* ---- what is refused ------------------------------------------------------------------------------------------ */

static gboolean
is_share (gint32 basis_points)
{
  return basis_points >= 0 && basis_points <= BASIS_POINTS;
}

static gboolean
check_policy (const ArmmsFloorPolicy *policy, GError **error)
{
  if (is_share (policy->percent_bp) && is_share (policy->weekly_cap_bp) && policy->amount.centavos >= 0)
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "deduction.policy", "a floor is below zero, or a share is not between 0 and 100 %%");
  return FALSE;
}

/* A correction of a closed month, and the tax of a whole year, may give money back. */
static gboolean
is_in_range (const ArmmsDeduction *deduction)
{
  gint64 due = deduction->due.centavos, waived = deduction->waived.centavos;

  return (due >= 0 || deduction->kind != ARMMS_DEDUCTION_OBLIGATION) && waived >= 0 && waived <= MAX (due, 0);
}

static gboolean
check_deductions (const ArmmsDeduction *deductions, gsize n, GError **error)
{
  for (gsize i = 0; i < n; i++)
    {
      gboolean tax_waived = deductions[i].kind == ARMMS_DEDUCTION_TAX && deductions[i].waived.centavos != 0;

      if (is_in_range (&deductions[i]) && !tax_waived)
        continue;
      armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "deduction.invalid",
                       tax_waived ? "withholding tax cannot be waived" : "a deduction or its waiver is out of range");
      return FALSE;
    }
  return TRUE;
}

static gboolean
add_size (ArmmsMoney *sum, ArmmsMoney amount, GError **error)
{
  return amount.centavos < 0 ? armms_money_subtract (*sum, amount, sum, error) : armms_money_add (*sum, amount, sum, error);
}

/* Where all sizes together fit into 64 bits no sum of some of them can leave it: below here plain arithmetic is safe. The floor is
 * counted with the gross, which it never passes. */
static gboolean
check_sizes (const ArmmsWaterfallPay *pay, const ArmmsDeduction *deductions, gsize n, GError **error)
{
  ArmmsMoney sum = ARMMS_MONEY (0);

  if (!add_size (&sum, pay->gross, error) || !add_size (&sum, pay->gross, error) || !add_size (&sum, pay->untouchable, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!add_size (&sum, deductions[i].due, error))
      return FALSE;
  return TRUE;
}

/* ---- limits --------------------------------------------------------------------------------------------------- */

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

/* A share of one week's wages, less what was taken in that week already; never below nothing. Rounded down: the law's "not above". */
static gboolean
week_room (gint32 cap_bp, ArmmsMoney wages, ArmmsMoney taken, ArmmsMoney *ret_room, GError **error)
{
  ArmmsMoney share, room;

  if (!armms_money_mul_div (wages, cap_bp, BASIS_POINTS, ARMMS_ROUND_DOWN, &share, error)
      || !armms_money_subtract (share, taken, &room, error))
    return FALSE;
  *ret_room = ARMMS_MONEY (MAX (room.centavos, 0));
  return TRUE;
}

/* A week that has been passed already does not lessen the room of another. */
static gboolean
weekly_room (const ArmmsFloorPolicy *policy, const ArmmsWaterfallPay *pay, ArmmsMoney *ret_room, GError **error)
{
  ArmmsMoney room = ARMMS_MONEY (0), one;

  if (pay->n_weeks == 0)
    return week_room (policy->weekly_cap_bp, pay->gross, ARMMS_MONEY (0), ret_room, error);
  for (gsize week = 0; week < pay->n_weeks; week++)
    if (!week_room (policy->weekly_cap_bp, pay->weekly_wages[week], pay->weekly_taken != NULL ? pay->weekly_taken[week] : ARMMS_MONEY (0), &one, error)
        || !armms_money_add (room, one, &room, error))
      return FALSE;
  *ret_room = room;
  return TRUE;
}

/* ---- the waterfall -------------------------------------------------------------------------------------------- */

/* Lowers what is taken to @room, or to nothing where no part may be taken. */
static void
limit (ArmmsDeduction *deduction, gint64 room, gboolean partial, const char *reason)
{
  gint64 kept = partial ? MAX (room, 0) : 0;

  if (deduction->taken.centavos <= MAX (room, 0))
    return;
  deduction->deferred.centavos += deduction->taken.centavos - kept;
  deduction->taken.centavos = kept;
  deduction->reason = reason;
}

/* Everything is asked for at first. Returns what refunds add to the pay. */
static gint64
ask (const ArmmsFloorPolicy *policy, ArmmsDeduction *deductions, gsize n)
{
  gint64 refunds = 0;

  for (gsize i = 0; i < n; i++)
    {
      ArmmsDeduction *deduction = &deductions[i];

      deduction->taken = ARMMS_MONEY (deduction->due.centavos - deduction->waived.centavos);
      deduction->deferred = deduction->pay = deduction->room = deduction->weekly_room = ARMMS_MONEY (0);
      deduction->reason = NULL;
      deduction->partial = policy->partial && !deduction->whole_only;
      deduction->under_cap = deduction->under_floor = FALSE;
      refunds -= MIN (deduction->taken.centavos, 0);
    }
  return refunds;
}

/* What the pay cannot bear at all is not taken, tax included: net is never below nothing. Returns what is taken by law. */
static gint64
hold_to_pay (ArmmsDeduction *deductions, gsize n, gint64 pay)
{
  gint64 left = MAX (pay, 0);

  for (gsize i = 0; i < n && deductions[i].kind != ARMMS_DEDUCTION_OBLIGATION; i++)
    {
      ArmmsDeduction *deduction = &deductions[i];

      deduction->pay = ARMMS_MONEY (left);
      limit (deduction, left, /* partial= */ TRUE, reason_no_pay);
      left -= MAX (deduction->taken.centavos, 0);
    }
  return MAX (pay, 0) - left;
}

static gboolean
hold_weekly_cap (ArmmsDeduction *deductions, gsize n, gint64 room)
{
  gboolean capped = FALSE;

  for (gsize i = 0; i < n; i++)
    {
      ArmmsDeduction *deduction = &deductions[i];

      if (!deduction->loss_or_damage)
        continue;
      capped = deduction->under_cap = TRUE;
      deduction->weekly_room = ARMMS_MONEY (room);
      limit (deduction, room, deduction->partial, reason_weekly_cap);
      room -= deduction->taken.centavos;
    }
  return capped;
}

/* The lowest priority is deferred first: each sees only what those before it ask for, taken in the end or not. */
static void
hold_floor (ArmmsDeduction *deductions, gsize n, ArmmsDeductionKind kind, gint64 room)
{
  for (gsize i = 0; i < n; i++)
    {
      ArmmsDeduction *deduction = &deductions[i];
      gint64 asked = MAX (deduction->taken.centavos, 0);

      if (deduction->kind != kind || deduction->due.centavos < 0)
        continue;
      deduction->under_floor = TRUE;
      deduction->room = ARMMS_MONEY (room);
      limit (deduction, room, deduction->partial, reason_floor);
      room -= asked;
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
      if (deduction->kind == ARMMS_DEDUCTION_STATUTORY)
        {
          sum->statutory.centavos += deduction->taken.centavos;
          sum->receivable.centavos += deduction->due.centavos - deduction->taken.centavos;
        }
      else if (deduction->kind == ARMMS_DEDUCTION_TAX)
        {
          sum->tax.centavos += deduction->taken.centavos;
          sum->tax_short.centavos += deduction->deferred.centavos;
        }
      else
        sum->obligations.centavos += deduction->taken.centavos;
    }
}

static gint64
tax_taken (const ArmmsDeduction *deductions, gsize n)
{
  gint64 taken = 0;

  for (gsize i = 0; i < n; i++)
    if (deductions[i].kind == ARMMS_DEDUCTION_TAX)
      taken += MAX (deductions[i].taken.centavos, 0);
  return taken;
}

gboolean
armms_waterfall (const ArmmsFloorPolicy *policy, const ArmmsWaterfallPay *pay, ArmmsDeduction *deductions, gsize n,
                 ArmmsWaterfall *ret_waterfall, GError **error)
{
  ArmmsWaterfall result = {
    .gross = pay->gross, .untouchable = pay->untouchable,
    .weekly_wages = pay->weekly_wages, .weekly_taken = pay->weekly_taken, .n_weeks = pay->n_weeks,
  };
  gint64 bearable, above, by_law, kept;

  if (!check_policy (policy, error)
      || !check_deductions (deductions, n, error)
      || !check_sizes (pay, deductions, n, error)
      || !armms_floor_amount (policy, pay->gross, &result.floor, error)
      || !weekly_room (policy, pay, &result.weekly_cap, error))
    return FALSE;
  if (n > 1)
    qsort (deductions, n, sizeof *deductions, compare_deductions);
  bearable = pay->gross.centavos + ask (policy, deductions, n);
  above = bearable - result.floor.centavos;
  by_law = hold_to_pay (deductions, n, bearable);
  if (policy->weekly_cap_bp > 0)
    result.capped = hold_weekly_cap (deductions, n, result.weekly_cap.centavos);
  hold_floor (deductions, n, ARMMS_DEDUCTION_OBLIGATION, above - by_law);
  if (policy->defer_statutory)
    hold_floor (deductions, n, ARMMS_DEDUCTION_STATUTORY, above - tax_taken (deductions, n));

  sum_up (deductions, n, &result);
  kept = pay->gross.centavos - result.statutory.centavos - result.tax.centavos - result.obligations.centavos;
  result.floor_missed = kept < result.floor.centavos;
  result.net = ARMMS_MONEY (kept + pay->untouchable.centavos);
  *ret_waterfall = result;
  return TRUE;
}

/* ---- why ------------------------------------------------------------------------------------------------------ */

#define WEEKS_TRACED 6 /* a calendar month touches no more */

static const char *const week_wages_names[WEEKS_TRACED] = {
  "week_1_wages", "week_2_wages", "week_3_wages", "week_4_wages", "week_5_wages", "week_6_wages",
};
static const char *const week_taken_names[WEEKS_TRACED] = {
  "week_1_taken", "week_2_taken", "week_3_taken", "week_4_taken", "week_5_taken", "week_6_taken",
};

/* Weeks past the sixth, of late corrections, stand as the room that they gave together. */
static void
trace_weeks (const ArmmsWaterfall *waterfall, const ArmmsFloorPolicy *policy, ArmmsTrace *trace)
{
  ArmmsMoney told = ARMMS_MONEY (0), one = ARMMS_MONEY (0);

  armms_trace_count (trace, "weekly_cap_bp", policy->weekly_cap_bp);
  for (gsize week = 0; week < MIN (waterfall->n_weeks, WEEKS_TRACED); week++)
    {
      ArmmsMoney taken = waterfall->weekly_taken != NULL ? waterfall->weekly_taken[week] : ARMMS_MONEY (0);

      armms_trace_money (trace, week_wages_names[week], waterfall->weekly_wages[week]);
      if (taken.centavos != 0)
        armms_trace_money (trace, week_taken_names[week], taken);
      if (week_room (policy->weekly_cap_bp, waterfall->weekly_wages[week], taken, &one, NULL))
        told.centavos += one.centavos;
    }
  if (waterfall->n_weeks > WEEKS_TRACED)
    armms_trace_money (trace, "later_weeks_room", ARMMS_MONEY (waterfall->weekly_cap.centavos - told.centavos));
  armms_trace_money (trace, "weekly_cap", waterfall->weekly_cap);
}

void
armms_waterfall_trace (const ArmmsWaterfall *waterfall, const ArmmsFloorPolicy *policy, ArmmsTrace *trace)
{
  armms_trace_init (trace, "deductions.waterfall");
  armms_trace_money (trace, "gross", waterfall->gross);
  armms_trace_money (trace, "statutory", waterfall->statutory);
  armms_trace_money (trace, "tax", waterfall->tax);
  armms_trace_money (trace, "obligations", waterfall->obligations);
  if (waterfall->untouchable.centavos != 0)
    armms_trace_money (trace, "untouchable", waterfall->untouchable);
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
  if (waterfall->capped)
    trace_weeks (waterfall, policy, trace);
  trace->result = waterfall->net;
}

void
armms_deduction_trace_limits (const ArmmsDeduction *deduction, const ArmmsWaterfall *waterfall, ArmmsTrace *trace)
{
  armms_trace_money (trace, "due", deduction->due);
  if (deduction->waived.centavos != 0)
    armms_trace_money (trace, "waived", deduction->waived);
  if (deduction->kind != ARMMS_DEDUCTION_OBLIGATION)
    armms_trace_money (trace, "pay", deduction->pay);
  if (deduction->under_cap)
    {
      armms_trace_money (trace, "weekly_cap", waterfall->weekly_cap);
      armms_trace_money (trace, "weekly_room", deduction->weekly_room);
    }
  if (deduction->under_floor)
    armms_trace_money (trace, "room", deduction->room);
  if (deduction->under_cap || deduction->under_floor)
    armms_trace_flag (trace, "parts", deduction->partial);
  if (deduction->deferred.centavos != 0)
    {
      armms_trace_money (trace, "deferred", deduction->deferred);
      armms_trace_text (trace, "because", deduction->reason);
      armms_trace_money (trace, "floor", waterfall->floor);
    }
  trace->result = deduction->taken;
}

void
armms_deduction_trace (const ArmmsDeduction *deduction, const ArmmsWaterfall *waterfall, ArmmsTrace *trace)
{
  armms_trace_init (trace, deduction->kind == ARMMS_DEDUCTION_OBLIGATION ? "deductions.obligation"
                           : deduction->kind == ARMMS_DEDUCTION_TAX      ? "deductions.tax"
                                                                         : "deductions.statutory");
  armms_trace_count (trace, "priority", deduction->priority);
  armms_deduction_trace_limits (deduction, waterfall, trace);
}
