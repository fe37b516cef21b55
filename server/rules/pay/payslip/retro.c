#include "server/rules/pay/payslip/retro.h"

#include <stdlib.h>
#include <string.h>

/* An entry and the version that it stands in. */
typedef struct {
  const ArmmsRetroEntry *entry;
  gboolean later;
} Side;

static int
compare_keys (const ArmmsRetroEntry *a, const ArmmsRetroEntry *b)
{
  int posts = armms_id_compare (&a->post_id, &b->post_id);
  int codes = posts != 0 ? posts : strcmp (a->code, b->code);

  return codes != 0 ? codes : (int) a->pay_class - (int) b->pay_class;
}

static int
compare_sides (const void *a, const void *b)
{
  return compare_keys (((const Side *) a)->entry, ((const Side *) b)->entry);
}

ArmmsRetroEntry
armms_retro_entry_of (const ArmmsId *post_id, const ArmmsEarningLine *earning)
{
  return (ArmmsRetroEntry) {
    .post_id = *post_id, .code = armms_earning_line_code (earning), .pay_class = earning->pay_class,
    .minutes = earning->minutes, .amount = earning->amount, .basic = earning->basic,
  };
}

static gboolean
take_side (ArmmsRetroLine *line, const Side *side, GError **error)
{
  const ArmmsRetroEntry *entry = side->entry;
  gint64 *minutes = side->later ? &line->minutes_after : &line->minutes_before;
  ArmmsMoney *amount = side->later ? &line->after : &line->before;
  ArmmsMoney *basic = side->later ? &line->basic_after : &line->basic_before;
  ArmmsMoney sum;

  if (!armms_money_add (ARMMS_MONEY (*minutes), ARMMS_MONEY (entry->minutes), &sum, error)
      || !armms_money_add (*amount, entry->amount, amount, error)
      || !armms_money_add (*basic, entry->basic, basic, error))
    return FALSE;
  *minutes = sum.centavos;
  return TRUE;
}

static gboolean
finish_line (ArmmsRetroLine *line, GArray *lines, GError **error)
{
  if (!armms_money_subtract (line->after, line->before, &line->amount, error)
      || !armms_money_subtract (line->basic_after, line->basic_before, &line->basic, error))
    return FALSE;
  if (line->amount.centavos != 0 || line->basic.centavos != 0 || line->minutes_after != line->minutes_before)
    g_array_append_val (lines, *line);
  return TRUE;
}

/* Sides of one key stand together: each run of them is a line. */
static gboolean
join_sides (const Side *sides, gsize n, GArray *lines, GError **error)
{
  gsize at = 0;

  while (at < n)
    {
      const ArmmsRetroEntry *key = sides[at].entry;
      ArmmsRetroLine line = { .post_id = key->post_id, .code = key->code, .pay_class = key->pay_class };

      for (; at < n && compare_keys (sides[at].entry, key) == 0; at++)
        if (!take_side (&line, &sides[at], error))
          return FALSE;
      if (!finish_line (&line, lines, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
armms_retro_difference (const ArmmsRetroEntry *before, gsize n_before, const ArmmsRetroEntry *after, gsize n_after, GArray *lines, GError **error)
{
  g_autofree Side *sides = g_new (Side, n_before + n_after + 1);
  guint first = lines->len;

  for (gsize i = 0; i < n_before; i++)
    sides[i] = (Side) { &before[i], FALSE };
  for (gsize i = 0; i < n_after; i++)
    sides[n_before + i] = (Side) { &after[i], TRUE };
  qsort (sides, n_before + n_after, sizeof *sides, compare_sides);
  if (join_sides (sides, n_before + n_after, lines, error))
    return TRUE;
  g_array_set_size (lines, first);
  return FALSE;
}

void
armms_retro_line_trace (const ArmmsRetroLine *line, ArmmsTrace *trace)
{
  armms_trace_init (trace, "pay.difference");
  armms_trace_text (trace, "code", line->code);
  armms_trace_text (trace, "class", armms_pay_class_name (line->pay_class));
  armms_trace_minutes (trace, "minutes_before", line->minutes_before);
  armms_trace_minutes (trace, "minutes_after", line->minutes_after);
  armms_trace_money (trace, "basic_before", line->basic_before);
  armms_trace_money (trace, "basic_after", line->basic_after);
  armms_trace_money (trace, "before", line->before);
  armms_trace_money (trace, "after", line->after);
  trace->result = line->amount;
}

gboolean
armms_retro_contribution (const ArmmsContributionTable *table, ArmmsScheme scheme, ArmmsMoney compensation, ArmmsDate applicable,
                          const ArmmsContribution *taken, ArmmsRetroContribution *ret_contribution, GError **error)
{
  ArmmsRetroContribution result = { .taken = *taken };

  if (!armms_contribution_due (table, scheme, compensation, applicable, &result.due, error)
      || !armms_contribution_subtract (&result.due, taken, &result.difference, error))
    return FALSE;
  *ret_contribution = result;
  return TRUE;
}

void
armms_retro_contribution_trace (const ArmmsRetroContribution *contribution, ArmmsTrace *trace)
{
  armms_contribution_trace (&contribution->due, trace);
  armms_trace_money (trace, "employee", contribution->due.employee);
  armms_trace_money (trace, "before", contribution->taken.employee);
  trace->result = contribution->difference.employee;
}
