#include "server/rules/time/pair.h"

#include <string.h>

/* Two lists while the punches of a duty are read: when he was in, and when he was on a break. */
typedef struct {
  ArmmsStretch in[ARMMS_MAX_STRETCHES / 2];
  guint n_in;
  ArmmsStretch rest[ARMMS_MAX_STRETCHES / 2];
  guint n_rest;
  gboolean is_in, on_break;
  gint64 since, break_since;
  ArmmsPunch *last_in; /* borrowed: the one that is open */
  ArmmsPairing *result;
} Reader;

static gint64
minute_of (ArmmsInstant instant)
{
  gint64 minute = instant.us / ARMMS_US_PER_MINUTE;

  return instant.us % ARMMS_US_PER_MINUTE < 0 ? minute - 1 : minute;
}

static void
refuse (Reader *reader, ArmmsPunch *punch, guint32 code)
{
  punch->status = ARMMS_LOG_INVALID;
  punch->codes |= code;
  reader->result->codes |= code;
}

static void
read_in (Reader *reader, ArmmsPunch *punch)
{
  if (reader->is_in || reader->n_in == G_N_ELEMENTS (reader->in))
    {
      refuse (reader, punch, ARMMS_ANOMALY_BIT (OUT_OF_ORDER));
      return;
    }
  reader->is_in = TRUE;
  reader->since = minute_of (punch->at);
  reader->last_in = punch;
  if (armms_instant_is_none (reader->result->in_at))
    reader->result->in_at = punch->at;
}

static void
read_out (Reader *reader, ArmmsPunch *punch)
{
  if (!reader->is_in)
    {
      refuse (reader, punch, reader->n_in == 0 ? ARMMS_ANOMALY_BIT (MISSING_IN) : ARMMS_ANOMALY_BIT (OUT_OF_ORDER));
      return;
    }
  if (reader->on_break)
    reader->result->codes |= ARMMS_ANOMALY_BIT (UNPAIRED_BREAK);
  reader->on_break = FALSE;
  reader->in[reader->n_in++] = (ArmmsStretch) { reader->since, minute_of (punch->at) };
  reader->is_in = FALSE;
  reader->result->out_at = punch->at;
}

static void
read_break (Reader *reader, ArmmsPunch *punch, gboolean begins)
{
  if (!reader->is_in || reader->on_break == begins || reader->n_rest == G_N_ELEMENTS (reader->rest))
    {
      refuse (reader, punch, ARMMS_ANOMALY_BIT (UNPAIRED_BREAK));
      return;
    }
  if (begins)
    reader->break_since = minute_of (punch->at);
  else
    reader->rest[reader->n_rest++] = (ArmmsStretch) { reader->break_since, minute_of (punch->at) };
  reader->on_break = begins;
}

static void
read_punch (Reader *reader, ArmmsPunch *punch)
{
  switch (punch->kind)
    {
    case ARMMS_PUNCH_IN:
      read_in (reader, punch);
      break;
    case ARMMS_PUNCH_OUT:
      read_out (reader, punch);
      break;
    case ARMMS_PUNCH_BREAK_START:
    case ARMMS_PUNCH_BREAK_END:
      read_break (reader, punch, punch->kind == ARMMS_PUNCH_BREAK_START);
      break;
    case ARMMS_PUNCH_UNKNOWN:
    default:
      (reader->is_in ? read_out : read_in) (reader, punch);
      break;
    }
}

static void
read_punches (Reader *reader, ArmmsPunch *punches, gsize n, gint index, gboolean closed)
{
  for (gsize i = 0; i < n; i++)
    {
      if (punches[i].duty != index
          || (punches[i].status != ARMMS_LOG_VALID && punches[i].status != ARMMS_LOG_ADJUSTED))
        continue;
      reader->result->touched = TRUE;
      read_punch (reader, &punches[i]);
    }
  reader->result->open = reader->is_in;
  if (!reader->is_in || !closed)
    return;
  reader->result->codes |= ARMMS_ANOMALY_BIT (MISSING_OUT);
  if (reader->on_break)
    reader->result->codes |= ARMMS_ANOMALY_BIT (UNPAIRED_BREAK);
  reader->last_in->codes |= ARMMS_ANOMALY_BIT (MISSING_OUT);
}

/* @offset from the planned start or end, moved to a full step. */
static gint64
round_step (gint64 offset, gint64 step, gboolean up)
{
  gint64 rest = offset % step;

  if (rest < 0)
    rest += step;
  return rest == 0 ? offset : up ? offset + step - rest : offset - rest;
}

static gint64
round_offset (const ArmmsTimePolicy *policy, gint64 offset, gboolean is_in)
{
  gint64 step = policy->rounding_step;

  if (step <= 1 || policy->rounding == ARMMS_ROUND_TIME_NONE)
    return offset;
  if (policy->rounding == ARMMS_ROUND_TIME_NEAREST)
    return round_step (offset + (step - 1) / 2, step, FALSE);
  return round_step (offset, step, (policy->rounding == ARMMS_ROUND_TIME_INWARD) == is_in);
}

/* Grace first (within it he was punctual), then rounding, then the bounds of the plan. */
static void
settle_edges (const ArmmsDuty *duty, ArmmsStretch *stretches, guint n, gint64 start, gint64 end)
{
  for (guint i = 0; i < n; i++)
    {
      gint64 in = stretches[i].from - start, out = stretches[i].to - end;

      if (i == 0 && in > 0 && in <= duty->grace_in)
        in = 0;
      if (i == n - 1 && out < 0 && -out <= duty->grace_out)
        out = 0;
      in = round_offset (duty->policy, in, TRUE);
      out = round_offset (duty->policy, out, FALSE);
      if (!duty->policy->pay_before_start)
        in = MAX (in, 0);
      if (!duty->policy->pay_after_end)
        out = MIN (out, 0);
      stretches[i].from = start + in;
      stretches[i].to = MAX (end + out, stretches[i].from);
    }
}

static gint64
minutes_within (const ArmmsStretch *stretches, guint n)
{
  gint64 sum = 0;

  for (guint i = 0; i < n; i++)
    sum += stretches[i].to - stretches[i].from;
  return sum;
}

/* Takes @hole out of @pairing's worked stretches. */
static gint64
take_out (ArmmsPairing *pairing, ArmmsStretch hole)
{
  gint64 taken = 0;

  for (guint i = 0; i < pairing->n_worked; i++)
    {
      ArmmsStretch *worked = &pairing->worked[i];
      ArmmsStretch common = { MAX (worked->from, hole.from), MIN (worked->to, hole.to) };

      if (common.to <= common.from)
        continue;
      taken += common.to - common.from;
      if (common.from > worked->from && common.to < worked->to && pairing->n_worked < ARMMS_MAX_STRETCHES)
        {
          memmove (worked + 2, worked + 1, (pairing->n_worked - i - 1) * sizeof (ArmmsStretch));
          pairing->n_worked++;
          worked[1] = (ArmmsStretch) { common.to, worked->to };
          worked->to = common.from;
          i++;
        }
      else if (common.from > worked->from)
        worked->to = common.from;
      else
        worked->from = common.to;
    }
  return taken;
}

/* Only what passes the first @allowance minutes of the breaks is taken out. */
static void
take_out_beyond (ArmmsPairing *pairing, const ArmmsStretch *rest, guint n, gint64 allowance)
{
  for (guint i = 0; i < n; i++)
    {
      gint64 length = rest[i].to - rest[i].from;

      if (length > allowance)
        take_out (pairing, (ArmmsStretch) { rest[i].from + allowance, rest[i].to });
      allowance = MAX (0, allowance - length);
    }
}

static ArmmsStretch
planned_break (const ArmmsDuty *duty, gint64 start, gint64 end)
{
  gint64 from = armms_instant_is_none (duty->break_at) ? start + (end - start - duty->break_minutes) / 2
                                                       : minute_of (duty->break_at);

  return (ArmmsStretch) { from, from + duty->break_minutes };
}

static void
settle_breaks (const ArmmsDuty *duty, const Reader *reader, ArmmsPairing *pairing, gint64 start, gint64 end)
{
  gint64 clocked = minutes_within (reader->rest, reader->n_rest);

  pairing->breaks = (gint32) clocked;
  pairing->overrun = (gint32) MAX (0, clocked - duty->break_minutes);
  if (pairing->overrun > 0)
    pairing->codes |= ARMMS_ANOMALY_BIT (BREAK_OVERRUN);
  switch (duty->break_mode)
    {
    case ARMMS_BREAK_PUNCHED:
      take_out_beyond (pairing, reader->rest, reader->n_rest, 0);
      break;
    case ARMMS_BREAK_AUTO:
      take_out_beyond (pairing, reader->rest, reader->n_rest, duty->break_minutes);
      if (duty->break_minutes > 0)
        pairing->breaks = MAX (pairing->breaks, (gint32) take_out (pairing, planned_break (duty, start, end)));
      break;
    case ARMMS_BREAK_PAID:
    default:
      take_out_beyond (pairing, reader->rest, reader->n_rest, duty->break_minutes);
      break;
    }
}

static void
compare_with_plan (const ArmmsDuty *duty, ArmmsPairing *pairing, gint64 first, gint64 start, gint64 end)
{
  ArmmsStretch plan = { start, end };
  gint64 within = 0, late = MAX (0, first - start);

  for (guint i = 0; i < pairing->n_worked; i++)
    within += MAX (0, MIN (pairing->worked[i].to, plan.to) - MAX (pairing->worked[i].from, plan.from));
  /* An unpaid break that fell into the late minutes was not missed twice. */
  pairing->late = (gint32) MIN (late, pairing->scheduled);
  pairing->undertime = (gint32) MAX (0, pairing->scheduled - pairing->late - within);
  if (pairing->late > 0)
    pairing->codes |= ARMMS_ANOMALY_BIT (LATE);
  if (pairing->undertime > 0)
    pairing->codes |= ARMMS_ANOMALY_BIT (UNDERTIME);
  if (duty->policy->longest_duty > 0 && pairing->worked_minutes > duty->policy->longest_duty)
    pairing->codes |= ARMMS_ANOMALY_BIT (TOO_LONG);
}

static void
drop_empty (ArmmsPairing *pairing)
{
  guint kept = 0;

  for (guint i = 0; i < pairing->n_worked; i++)
    if (pairing->worked[i].to > pairing->worked[i].from)
      pairing->worked[kept++] = pairing->worked[i];
  pairing->n_worked = kept;
}

void
armms_pair_duty (ArmmsPunch *punches, gsize n_punches, const ArmmsDuty *duty, gint index, gboolean closed,
                 ArmmsPairing *ret_pairing)
{
  Reader reader = { .result = ret_pairing };
  gint64 start = minute_of (duty->starts_at), end = minute_of (duty->ends_at);

  memset (ret_pairing, 0, sizeof *ret_pairing);
  ret_pairing->in_at = ret_pairing->out_at = ARMMS_INSTANT_NONE;
  ret_pairing->scheduled = (gint32) (end - start) - (duty->break_mode == ARMMS_BREAK_PAID ? 0 : duty->break_minutes);
  read_punches (&reader, punches, n_punches, index, closed);
  if (reader.n_in == 0)
    return;
  settle_edges (duty, reader.in, reader.n_in, start, end);
  memcpy (ret_pairing->worked, reader.in, reader.n_in * sizeof (ArmmsStretch));
  ret_pairing->n_worked = reader.n_in;
  settle_breaks (duty, &reader, ret_pairing, start, end);
  drop_empty (ret_pairing);
  ret_pairing->worked_minutes = (gint32) minutes_within (ret_pairing->worked, ret_pairing->n_worked);
  if (!ret_pairing->open || closed)
    compare_with_plan (duty, ret_pairing, reader.in[0].from, start, end);
}
