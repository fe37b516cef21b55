/* The waterfall: gross -> statutory -> tax -> obligations by priority -> net, with a floor under the net.
 *
 * Law    who may take from wages: Labor Code arts. 113-116; loss and damage at most a share of a week's wages: art. 114, Labor
 *        Advisory 11-14; tax cannot be waived: NIRC s.79. The floor is the tenant's policy.
 * Units  centavos; percentages in basis points (2000 = 20 %).
 * Shape  the caller gives one gross and an array of deductions and gets the same array back, filled: what is taken, what is
 *        deferred and why. For every deduction: due = waived + taken + deferred, always.
 */
#pragma once

#include "common/base/id.h"
#include "server/rules/trace/trace.h"

G_BEGIN_DECLS

typedef enum {
  ARMMS_DEDUCTION_STATUTORY,   /* employee share: taken first; deferred only by waiver, or by the floor where the policy says so */
  ARMMS_DEDUCTION_TAX,         /* after it: never waived, never deferred by the floor */
  ARMMS_DEDUCTION_OBLIGATION,  /* by priority, 1 first */
} ArmmsDeductionKind;

typedef struct {
  /* in */
  ArmmsDeductionKind kind;
  ArmmsId id;               /* instalment; the last word of the order */
  gint32 priority;          /* low numbers are taken first and deferred last */
  ArmmsMoney due;           /* >= 0; statutory and tax may be negative: a refund */
  ArmmsMoney waived;        /* by approved waivers, 0 .. due; not for tax */
  gboolean loss_or_damage;  /* under the weekly cap */
  gboolean whole_only;      /* taken whole or not at all, whatever the policy */
  gpointer tag;             /* the caller's */
  /* out */
  ArmmsMoney taken;         /* from pay */
  ArmmsMoney deferred;
  const char *reason;       /* why deferred: "floor", "weekly_cap", "no_pay"; NULL: nothing is deferred */
  ArmmsMoney pay;           /* statutory and tax: the pay that was left at its turn */
  ArmmsMoney weekly_room;   /* loss and damage: what the cap left at its turn */
  ArmmsMoney room;          /* what stood above the floor at its turn; negative: nothing */
  gboolean under_cap, under_floor; /* weekly_room, room held it */
  gboolean partial;         /* a part might be taken */
} ArmmsDeduction;

typedef enum { ARMMS_FLOOR_NONE, ARMMS_FLOOR_PERCENT, ARMMS_FLOOR_AMOUNT, ARMMS_FLOOR_LARGER } ArmmsFloorKind;

const char *armms_floor_kind_name (ArmmsFloorKind kind); /* "none", "percent", "amount", "larger" */
gboolean armms_floor_kind_parse (const char *name, ArmmsFloorKind *ret_kind) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  ArmmsFloorKind kind;
  gint32 percent_bp;          /* of gross: 0 .. 10000 */
  ArmmsMoney amount;          /* >= 0 */
  gboolean partial;           /* an instalment may be taken in part */
  gboolean defer_statutory;   /* when deferring all obligations is not enough */
  gint32 weekly_cap_bp;       /* loss and damage: of a week's wages, 0 .. 10000; 0: no cap */
} ArmmsFloorPolicy;

typedef struct {
  ArmmsMoney gross;           /* deductible pay of the period */
  ArmmsMoney untouchable;     /* paid out whatever happens (reimbursements): added to net, outside gross and floor */
  const ArmmsMoney *weekly_wages;   /* nullable: wages of each week that the period touches */
  const ArmmsMoney *weekly_taken;   /* nullable: already taken for loss and damage in that week */
  gsize n_weeks;              /* 0: the gross is taken as one week's */
} ArmmsWaterfallPay;

typedef struct {
  ArmmsMoney gross, untouchable, floor;
  ArmmsMoney statutory, tax, obligations; /* taken */
  ArmmsMoney waived, deferred;
  ArmmsMoney net;             /* gross - taken + untouchable */
  ArmmsMoney receivable;      /* statutory due less taken: the agency still remits it */
  ArmmsMoney tax_short;       /* tax that the pay could not bear: the agency remits it and settles with the employee */
  ArmmsMoney weekly_cap;      /* room for loss and damage */
  gboolean capped;            /* something was loss or damage under the cap */
  const ArmmsMoney *weekly_wages, *weekly_taken; /* borrowed from the pay: for the trace */
  gsize n_weeks;
  gboolean floor_missed;      /* by law: statutory and tax alone pass it */
} ArmmsWaterfall;

/* What the employee must take home of @gross under @policy; never above @gross. FALSE with "money.overflow". */
gboolean armms_floor_amount (const ArmmsFloorPolicy *policy, ArmmsMoney gross, ArmmsMoney *ret_floor, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * armms_waterfall:
 * @deductions: any order on entry; left in the order of the waterfall
 *
 * The same input in any order gives the same result. A refund adds to what the pay can bear. A higher floor never takes more. More
 * gross never takes less in total where parts may be taken; what is taken whole or not at all may give way to a higher priority
 * that the weekly cap begins to allow.
 *
 * Returns: %FALSE with INVALID_INPUT "deduction.invalid" for a negative due, a waiver above it, a waived tax; "deduction.policy"
 *   for a share outside 0 .. 10000 or a floor below zero; "money.overflow"; @deductions may then be in any order
 */
gboolean armms_waterfall (const ArmmsFloorPolicy  *policy,
                          const ArmmsWaterfallPay *pay,
                          ArmmsDeduction          *deductions,
                          gsize                    n,
                          ArmmsWaterfall          *ret_waterfall,
                          GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

/* The net: the floor follows from gross and policy, the weekly cap from each week's wages and what was taken before. */
void armms_waterfall_trace (const ArmmsWaterfall *waterfall, const ArmmsFloorPolicy *policy, ArmmsTrace *trace);
/* One deduction. With asked = due - waived: at most "pay" (statutory, tax), then "weekly_room" (loss and damage), then "room"; what
 * is above a limit is cut to it where "parts" is true, or else left out whole. A negative due is a refund and taken as it is. */
void armms_deduction_trace (const ArmmsDeduction *deduction, const ArmmsWaterfall *waterfall, ArmmsTrace *trace);
/* The same figures at the end of a trace that says how the due came about: of a contribution, of tax. At most 11 items. */
void armms_deduction_trace_limits (const ArmmsDeduction *deduction, const ArmmsWaterfall *waterfall, ArmmsTrace *trace);

G_END_DECLS
