/* The month as the devices will tell it: mostly right, and wrong in all the ways of the field. */
#include "server/programs/sample/sample-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define BATCH_GAP (20 * MINUTE)   /* a burst at the gate is one request */
#define MOST_A_BATCH 200

typedef struct {
  ArmmsId event_id;
  guint device;
  const char *employee_no;  /* borrowed, or owned by the list of strangers */
  const char *type;
  gint64 happened;          /* true time, microseconds */
  gint64 told;              /* what the device's clock said */
  gint64 delivered;
  gint64 seq;
  gboolean resend;
} Event;

typedef struct {
  ArmmsSample *sample;
  GPtrArray *events;        /* owned, of Event */
  GPtrArray *strangers;     /* owned texts */
  ArmmsSampleEventFigures figures;
} Month;

static Event *
add_event (Month *month, guint device, const char *employee_no, const char *type, gint64 at, const char *what)
{
  Event *event = g_new0 (Event, 1);
  g_autofree char *name = g_strdup_printf ("%s/%s/%" G_GINT64_FORMAT "/%s", employee_no, type, at, what);

  event->event_id = armms_sample_id (month->sample->seed, "event", name);
  event->device = device;
  event->employee_no = employee_no;
  event->type = type;
  event->happened = event->told = event->delivered = at;
  g_ptr_array_add (month->events, event);
  return event;
}

/* One punch of a duty, with what may go wrong with it. */
static void
punch (Month *month, ArmmsDice *dice, const ArmmsSampleDuty *duty, const char *type, gint64 at, guint missing_per_mille)
{
  const ArmmsEmployee *employee = g_ptr_array_index (month->sample->employees, duty->employee);
  guint device = duty->detachment;
  Event *event;

  if (armms_dice_hits (dice, missing_per_mille))
    {
      month->figures.missing++;
      return;
    }
  if (month->sample->n_sites > 1 && duty->detachment < month->sample->n_sites && armms_dice_hits (dice, 2))
    {
      device = (duty->detachment + 1 + (guint) armms_dice_between (dice, 0, (gint32) month->sample->n_sites - 2)) % month->sample->n_sites;
      month->figures.wrong_site++;
    }
  event = add_event (month, device, employee->employee_no, type, at, "");
  event->resend = armms_dice_hits (dice, 15);
  if (armms_dice_hits (dice, 5))
    {
      event->delivered = at + armms_dice_between (dice, 5, 50) * MINUTE;
      month->figures.out_of_order++;
    }
  if (armms_dice_hits (dice, 10))
    {
      add_event (month, device, employee->employee_no, type, at + armms_dice_between (dice, 15, 150) * SECOND, "again");
      month->figures.double_punches++;
    }
}

static gint64
minutes_and_seconds (ArmmsDice *dice, gint32 from, gint32 to)
{
  return armms_dice_between (dice, from, to) * MINUTE + armms_dice_between (dice, 0, 59) * SECOND;
}

static void
tell_duty (Month *month, const ArmmsSampleDuty *duty)
{
  ArmmsSample *sample = month->sample;
  const ArmmsShift *shift = g_ptr_array_index (sample->shifts, duty->shift);
  ArmmsDice dice = armms_dice (sample->seed, "punch", (guint64) duty->employee * 64 + (guint64) (duty->date.days - FIRST_DUTY (sample).days));
  const gint64 start = armms_zone_instant (sample->zone, duty->date, shift->start_minute.count).us;
  const gint64 end = armms_zone_instant (sample->zone, duty->date, shift->end_minute.count).us;
  const gint32 in = armms_dice_between (&dice, 0, 99), out = armms_dice_between (&dice, 0, 99);

  punch (month, &dice, duty, "IN",
         in < 88 ? start - minutes_and_seconds (&dice, 1, 18) : in < 96 ? start + minutes_and_seconds (&dice, 0, 4) : start + minutes_and_seconds (&dice, 6, 40), 3);
  if (duty->shift == SHIFT_OFFICE_LATE)
    {
      const gint64 lunch = armms_zone_instant (sample->zone, duty->date, 780).us + armms_dice_between (&dice, -10, 10) * MINUTE;

      punch (month, &dice, duty, "BREAK_START", lunch, 0);
      punch (month, &dice, duty, "BREAK_END", lunch + armms_dice_between (&dice, 50, 68) * MINUTE, 4);
    }
  punch (month, &dice, duty, "OUT",
         out < 90 ? end + minutes_and_seconds (&dice, 0, 12) : out < 98 ? end + minutes_and_seconds (&dice, 13, 35) : end - minutes_and_seconds (&dice, 5, 40), 4);
}

/* Guards without a post who come all the same, and numbers that nobody has. */
static void
tell_strangers (Month *month, ArmmsDate from, ArmmsDate to)
{
  ArmmsSample *sample = month->sample;
  const guint n = MAX (1, sample->n_guards / 200);

  for (guint i = sample->n_guards - n; i < sample->n_guards; i++)
    for (gint32 day = MAX (from.days, sample->first.days); day <= to.days; day++)
      {
        const ArmmsEmployee *employee = g_ptr_array_index (sample->employees, i);
        ArmmsDice dice = armms_dice (sample->seed, "unassigned", (guint64) i * 64 + (guint64) (day - sample->first.days));
        const guint device = (guint) armms_dice_between (&dice, 0, (gint32) sample->n_sites - 1);
        const gint64 start = armms_zone_instant (sample->zone, (ArmmsDate) { day }, 360).us;

        if (!armms_dice_hits (&dice, 300))
          continue;
        add_event (month, device, employee->employee_no, "IN", start - minutes_and_seconds (&dice, 1, 18), "");
        add_event (month, device, employee->employee_no, "OUT", start + 720 * MINUTE + minutes_and_seconds (&dice, 0, 12), "");
        month->figures.unassigned += 2;
      }
  for (gint32 day = MAX (from.days, sample->first.days); day <= to.days; day++)
    {
      ArmmsDice dice = armms_dice (sample->seed, "stranger", (guint64) (day - sample->first.days));
      char *number;

      if (!armms_dice_hits (&dice, 350))
        continue;
      number = g_strdup_printf ("BG-9%04d", armms_dice_between (&dice, 0, 9999));
      g_ptr_array_add (month->strangers, number);
      add_event (month, (guint) armms_dice_between (&dice, 0, (gint32) sample->n_sites - 1), number, "IN",
                 armms_zone_instant (sample->zone, (ArmmsDate) { day }, 350).us + armms_dice_between (&dice, 0, 900) * SECOND, "");
      month->figures.unknown++;
    }
}

/* One reader's clock jumps ahead on a morning; each reader is cut off for some hours once and tells everything afterwards. */
static void
trouble_device (Month *month, guint device, GPtrArray *own)
{
  ArmmsSample *sample = month->sample;
  ArmmsDice dice = armms_dice (sample->seed, "trouble", device);
  const ArmmsDate jump_day = armms_date_add_days (sample->first, 11);
  const gint64 jump_from = armms_zone_instant (sample->zone, jump_day, 300).us, jump_to = armms_zone_instant (sample->zone, jump_day, 720).us;
  const gint64 cut = armms_zone_instant (sample->zone, armms_date_add_days (sample->first, armms_dice_between (&dice, 0, 29)),
                                         armms_dice_between (&dice, 0, 1439)).us;
  const gint64 back = cut + armms_dice_between (&dice, 4, 9) * 60 * MINUTE;
  gboolean late = FALSE;

  for (guint i = 0; i < own->len; i++)
    {
      Event *event = g_ptr_array_index (own, i);

      if (device == sample->n_sites / 3 && event->happened >= jump_from && event->happened < jump_to)
        {
          event->told = event->happened + 47 * MINUTE;
          month->figures.clock_jumps++;
        }
      if (event->delivered >= cut && event->delivered < back)
        {
          event->delivered = back;
          late = TRUE;
        }
    }
  month->figures.late_batches += late ? 1 : 0;
}

static int
compare_happened (gconstpointer a, gconstpointer b)
{
  const Event *x = *(Event *const *) a, *y = *(Event *const *) b;

  if (x->happened != y->happened)
    return x->happened < y->happened ? -1 : 1;
  return armms_id_compare (&x->event_id, &y->event_id);
}

static int
compare_delivered (gconstpointer a, gconstpointer b)
{
  const Event *x = *(Event *const *) a, *y = *(Event *const *) b;

  if (x->delivered != y->delivered)
    return x->delivered < y->delivered ? -1 : 1;
  return x->seq < y->seq ? -1 : x->seq > y->seq;
}

/* ---- writing ---------------------------------------------------------------------------------------------------- */

static void
append_event (GString *out, const Event *event, const ArmmsDevice *device)
{
  char id[ARMMS_ID_TEXT_SIZE], device_id[ARMMS_ID_TEXT_SIZE], ts[ARMMS_INSTANT_TEXT_SIZE];

  if (out->str[out->len - 1] != '[')
    g_string_append_c (out, ',');
  g_string_append_printf (out, "{\"event_id\":\"%s\",\"device_id\":\"%s\",\"employee_no\":\"%s\",\"ts\":\"%s\",\"type\":\"%s\",\"seq\":%" G_GINT64_FORMAT "}",
                          armms_id_format (&event->event_id, id), armms_id_format (&device->device_id, device_id), event->employee_no,
                          armms_instant_format ((ArmmsInstant) { event->told }, ts), event->type, event->seq);
}

/* A line per request, in the order of delivery. What is sent again goes with the batch after. */
static void
append_batches (Month *month, guint device, GPtrArray *own, GString *out)
{
  const ArmmsDevice *sender = g_ptr_array_index (month->sample->devices, device);
  ArmmsDice dice = armms_dice (month->sample->seed, "batch", device);
  g_autoptr(GPtrArray) again = g_ptr_array_new ();

  for (guint i = 0; i < own->len;)
    {
      const Event *first = g_ptr_array_index (own, i);
      guint n = 1;

      while (i + n < own->len && n < MOST_A_BATCH && ((Event *) g_ptr_array_index (own, i + n))->delivered - first->delivered < BATCH_GAP)
        n++;
      /* A reader that was cut off tells its memory in any order. */
      if (armms_dice_hits (&dice, 80))
        armms_dice_shuffle (&dice, own, i, n);
      g_string_append_c (out, '[');
      for (guint e = 0; e < again->len; e++)
        append_event (out, g_ptr_array_index (again, e), sender);
      g_ptr_array_set_size (again, 0);
      for (guint e = i; e < i + n; e++)
        {
          Event *event = g_ptr_array_index (own, e);

          append_event (out, event, sender);
          if (event->resend)
            {
              g_ptr_array_add (again, event);
              month->figures.resent++;
            }
        }
      g_string_append (out, "]\n");
      month->figures.batches++;
      i += n;
    }
  if (again->len > 0)
    {
      g_string_append_c (out, '[');
      for (guint e = 0; e < again->len; e++)
        append_event (out, g_ptr_array_index (again, e), sender);
      g_string_append (out, "]\n");
      month->figures.batches++;
    }
}

static gboolean
write_device (Month *month, guint device, const char *folder, GString *manifest, GError **error)
{
  const ArmmsDevice *sender = g_ptr_array_index (month->sample->devices, device);
  g_autoptr(GPtrArray) own = g_ptr_array_new ();
  g_autoptr(GString) out = g_string_new (NULL);
  g_autofree char *path = g_strdup_printf ("%s/%s.jsonl", folder, sender->name);
  char id[ARMMS_ID_TEXT_SIZE];

  for (guint i = 0; i < month->events->len; i++)
    if (((Event *) g_ptr_array_index (month->events, i))->device == device)
      g_ptr_array_add (own, g_ptr_array_index (month->events, i));
  g_ptr_array_sort (own, compare_happened);
  for (guint i = 0; i < own->len; i++)
    ((Event *) g_ptr_array_index (own, i))->seq = i + 1;
  trouble_device (month, device, own);
  g_ptr_array_sort (own, compare_delivered);
  append_batches (month, device, own, out);
  g_string_append_printf (manifest, "%s\n    {\"device_id\": \"%s\", \"name\": \"%s\", \"file\": \"%s.jsonl\", \"events\": %u}", device > 0 ? "," : "",
                          armms_id_format (&sender->device_id, id), sender->name, sender->name, own->len);
  return g_file_set_contents (path, out->str, (gssize) out->len, error);
}

gboolean
armms_sample_write_events (ArmmsSample *sample, const char *folder, ArmmsDate from, ArmmsDate to, ArmmsSampleEventFigures *ret_figures, GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) strangers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) manifest = g_string_new ("{\n  \"devices\": [");
  g_autofree char *path = g_build_filename (folder, "manifest.json", NULL);
  Month month = { .sample = sample, .events = events, .strangers = strangers };
  const ArmmsSampleEventFigures *figures = &month.figures;

  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "sample.folder", "making %s: %s", folder, g_strerror (errno));
      return FALSE;
    }
  for (guint i = 0; i < sample->duties->len; i++)
    {
      const ArmmsSampleDuty *duty = &g_array_index (sample->duties, ArmmsSampleDuty, i);

      if (duty->date.days >= from.days && duty->date.days <= to.days)
        tell_duty (&month, duty);
    }
  tell_strangers (&month, from, to);
  month.figures.events = events->len;
  for (guint device = 0; device < sample->devices->len; device++)
    if (!write_device (&month, device, folder, manifest, error))
      return FALSE;
  g_string_append_printf (manifest,
                          "\n  ],\n  \"events\": %" G_GUINT64_FORMAT ",\n  \"resent\": %" G_GUINT64_FORMAT ",\n  \"batches\": %" G_GUINT64_FORMAT
                          ",\n  \"double_punches\": %" G_GUINT64_FORMAT ",\n  \"missing\": %" G_GUINT64_FORMAT ",\n  \"out_of_order\": %" G_GUINT64_FORMAT
                          ",\n  \"wrong_site\": %" G_GUINT64_FORMAT ",\n  \"unassigned\": %" G_GUINT64_FORMAT ",\n  \"unknown\": %" G_GUINT64_FORMAT
                          ",\n  \"clock_jumps\": %" G_GUINT64_FORMAT ",\n  \"late_batches\": %" G_GUINT64_FORMAT "\n}\n",
                          figures->events, figures->resent, figures->batches, figures->double_punches, figures->missing, figures->out_of_order,
                          figures->wrong_site, figures->unassigned, figures->unknown, figures->clock_jumps, figures->late_batches);
  if (!g_file_set_contents (path, manifest->str, (gssize) manifest->len, error))
    return FALSE;
  *ret_figures = month.figures;
  return TRUE;
}
