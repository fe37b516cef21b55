#include "server/rules/time/pair.h"

#include <string.h>

/* Two lists while the punches of a duty are read: when he was in, and when he was on a break. */
typedef struct {
  ArmmsStretch in[ARMMS_MAX_PAIRS];
  guint n_in;
  ArmmsStretch rest[ARMMS_MAX_PAIRS];
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

/* The first stretch that reaches into the plan, and the last one that does: the others were paid early or late at most. */
static void
find_edges (const ArmmsStretch *stretches, guint n, gint64 start, gint64 end, guint *ret_first, guint *ret_last)
{
  *ret_first = 0;
  *ret_last = n - 1;
  while (*ret_first < n - 1 && stretches[*ret_first].to <= start)
    ++*ret_first;
  while (*ret_last > *ret_first && stretches[*ret_last].from >= end)
    --*ret_last;
}

/* Grace first (within it he was punctual), then rounding, then the bounds of the plan. */
static void
settle_edges (const ArmmsDuty *duty, ArmmsStretch *stretches, guint n, gint64 start, gint64 end)
{
  guint first, last;

  find_edges (stretches, n, start, end, &first, &last);
  for (guint i = 0; i < n; i++)
    {
      gint64 in = stretches[i].from - start, out = stretches[i].to - end;

      if (i == first && in > 0 && in <= duty->grace_in)
        in = 0;
      if (i == last && out < 0 && -out <= duty->grace_out)
        out = 0;
      in = round_offset (duty->policy, in, TRUE);
      out = round_offset (duty->policy, out, FALSE);
      if (!duty->policy->pay_before_start)
        in = MAX (in, 0);
      if (!duty->policy->pay_after_end)
        out = MIN (out, 0);
      stretches[i].from = start + in;
      /* Rounded outward, the end of one and the begin of the next may have passed one another. */
      if (i > 0)
        stretches[i].from = MAX (stretches[i].from, stretches[i - 1].to);
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
static void
take_out (ArmmsPairing *pairing, ArmmsStretch hole)
{
  for (guint i = 0; i < pairing->n_worked; i++)
    {
      ArmmsStretch *worked = &pairing->worked[i];
      ArmmsStretch common = { MAX (worked->from, hole.from), MIN (worked->to, hole.to) };

      if (common.to <= common.from)
        continue;
      if (common.from > worked->from && common.to < worked->to)
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
}

/* Takes the first @wanted worked minutes out of @hole, as far as there are so many. Returns: how many. */
static gint64
take_out_first (ArmmsPairing *pairing, ArmmsStretch hole, gint64 wanted)
{
  gint64 left = wanted;

  for (guint i = 0; i < pairing->n_worked && left > 0; i++)
    {
      gint64 from = MAX (pairing->worked[i].from, hole.from);
      gint64 length = CLAMP (MIN (pairing->worked[i].to, hole.to) - from, 0, left);

      left -= length;
      if (left == 0)
        hole.to = from + length;
    }
  take_out (pairing, hole);
  return wanted - left;
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

/* The breaks that are more than a short rest, as far as they fall into the paid interval. */
static guint
find_long_breaks (const ArmmsDuty *duty, const Reader *reader, ArmmsStretch breaks[ARMMS_MAX_PAIRS])
{
  gint64 begin = reader->in[0].from, end = reader->in[reader->n_in - 1].to;
  guint n = 0;

  for (guint i = 0; i < reader->n_rest; i++)
    {
      ArmmsStretch rest = { MAX (reader->rest[i].from, begin), MIN (reader->rest[i].to, end) };

      if (reader->rest[i].to - reader->rest[i].from > duty->policy->paid_break_up_to && rest.to > rest.from)
        breaks[n++] = rest;
    }
  return n;
}

static void
settle_breaks (const ArmmsDuty *duty, const Reader *reader, ArmmsPairing *pairing, gint64 start, gint64 end)
{
  ArmmsBreakMode mode = duty->break_worked_through ? ARMMS_BREAK_PAID : duty->break_mode;
  ArmmsStretch breaks[ARMMS_MAX_PAIRS];
  guint n = find_long_breaks (duty, reader, breaks);
  gint64 clocked = minutes_within (breaks, n);

  pairing->breaks = (gint32) minutes_within (reader->rest, reader->n_rest);
  pairing->overrun = (gint32) MAX (0, clocked - duty->break_minutes);
  if (pairing->overrun > 0)
    pairing->codes |= ARMMS_ANOMALY_BIT (BREAK_OVERRUN);
  take_out_beyond (pairing, breaks, n, mode == ARMMS_BREAK_PAID ? duty->break_minutes : 0);
  if (mode == ARMMS_BREAK_AUTO && clocked < duty->break_minutes)
    pairing->breaks += (gint32) take_out_first (pairing, planned_break (duty, start, end), duty->break_minutes - clocked);
}

/* Minutes of the plan before @first; an unpaid break among them was nobody's working time. */
static gint32
late_minutes (const ArmmsDuty *duty, gint64 first, gint64 start, gint64 end)
{
  gint64 late = MAX (0, MIN (first, end) - start);
  ArmmsStretch rest = planned_break (duty, start, end);

  if (duty->break_mode == ARMMS_BREAK_PAID)
    return (gint32) late;
  return (gint32) (late - MAX (0, MIN (rest.to, start + late) - MAX (rest.from, start)));
}

static void
compare_with_plan (const ArmmsDuty *duty, const Reader *reader, ArmmsPairing *pairing, gint64 start, gint64 end)
{
  gint64 within = 0;
  guint first, last;

  for (guint i = 0; i < pairing->n_worked; i++)
    within += MAX (0, MIN (pairing->worked[i].to, end) - MAX (pairing->worked[i].from, start));
  find_edges (reader->in, reader->n_in, start, end, &first, &last);
  pairing->late = MIN (late_minutes (duty, reader->in[first].from, start, end), pairing->scheduled);
  pairing->undertime = (gint32) MAX (0, pairing->scheduled - pairing->late - within);
  if (pairing->late > 0)
    pairing->codes |= ARMMS_ANOMALY_BIT (LATE);
  if (pairing->undertime > 0)
    pairing->codes |= ARMMS_ANOMALY_BIT (UNDERTIME);
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

gint32
armms_duty_scheduled (const ArmmsDuty *duty)
{
  gint32 planned = (gint32) (minute_of (duty->ends_at) - minute_of (duty->starts_at));

  return MAX (0, planned - (duty->break_mode == ARMMS_BREAK_PAID ? 0 : duty->break_minutes));
}

void
armms_pair_duty (ArmmsPunch *punches, gsize n_punches, const ArmmsDuty *duty, gint index, gboolean closed,
                 ArmmsPairing *ret_pairing)
{
  Reader reader = { .result = ret_pairing };
  gint64 start = minute_of (duty->starts_at), end = minute_of (duty->ends_at);

  memset (ret_pairing, 0, sizeof *ret_pairing);
  ret_pairing->in_at = ret_pairing->out_at = ARMMS_INSTANT_NONE;
  ret_pairing->scheduled = armms_duty_scheduled (duty);
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
    compare_with_plan (duty, &reader, ret_pairing, start, end);
}
