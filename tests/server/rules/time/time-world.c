#include "time-world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CALENDAR_FIRST "2025-12-01"

/* ---- the words of a world --------------------------------------------------------------------------------------- */

static void
set_holidays (TimeWorld *world, const char *value)
{
  g_auto(GStrv) days = g_strsplit (value, ",", -1);

  for (guint i = 0; days[i] != NULL; i++)
    {
      g_auto(GStrv) pair = g_strsplit (days[i], ":", 2);
      ArmmsDayType type;

      g_assert_true (armms_day_type_parse (pair[1], &type));
      world->day_types[time_case_date (pair[0]).days - world->calendar.first.days] = (guint8) type;
    }
}

static void
set_rest (TimeWorld *world, const char *value)
{
  g_auto(GStrv) days = g_strsplit (value, ",", -1);

  for (guint i = 0; days[i] != NULL; i++)
    world->rest_days[world->facts.n_rest_days++] = time_case_date (days[i]);
}

static void
set_leave (TimeWorld *world, const char *value)
{
  g_auto(GStrv) words = g_strsplit (value, ":", 3);

  world->leaves[world->facts.n_leaves++]
    = (ArmmsLeave) { time_case_date (words[0]), g_str_equal (words[1], "paid"), words[2] == NULL ? 0 : atoi (words[2]) };
}

static void
set_break (TimeWorld *world, const char *value)
{
  g_auto(GStrv) words = g_strsplit_set (value, ":@", 4);
  guint n = g_strv_length (words);

  world->break_mode = g_str_equal (words[0], "auto") ? ARMMS_BREAK_AUTO : g_str_equal (words[0], "punched") ? ARMMS_BREAK_PUNCHED : ARMMS_BREAK_PAID;
  world->break_minutes = atoi (words[1]);
  world->break_at = n == 4 ? atoi (words[2]) * 60 + atoi (words[3]) : -1;
}

static void
set_rounding (TimeWorld *world, const char *value)
{
  g_auto(GStrv) words = g_strsplit (value, ":", 2);

  world->policy.rounding = g_str_equal (words[0], "inward") ? ARMMS_ROUND_TIME_INWARD
                           : g_str_equal (words[0], "outward") ? ARMMS_ROUND_TIME_OUTWARD
                           : g_str_equal (words[0], "nearest") ? ARMMS_ROUND_TIME_NEAREST : ARMMS_ROUND_TIME_NONE;
  world->policy.rounding_step = atoi (words[1]);
}

static void
set_days (ArmmsDate *from, ArmmsDate *to, const char *value)
{
  g_auto(GStrv) words = g_strsplit (value, "..", 2);

  *from = time_case_date (words[0]);
  *to = time_case_date (words[1]);
}

static void
set_flag (TimeWorld *world, const char *word)
{
  if (g_str_equal (word, "early"))
    world->policy.pay_before_start = TRUE;
  else if (g_str_equal (word, "late"))
    world->policy.pay_after_end = TRUE;
  else if (g_str_equal (word, "dutyday"))
    world->policy.day_type_of_duty = TRUE;
  else if (g_str_equal (word, "through"))
    world->break_worked_through = TRUE;
  else
    g_error ("no such word: %s", word);
}

static void
set_number (TimeWorld *world, const char *key, const char *value)
{
  const struct { const char *key; gint32 *number; } numbers[] = {
    { "short", &world->policy.paid_break_up_to }, { "grace", &world->grace }, { "longest", &world->policy.longest_duty },
    { "window", &world->policy.duplicate_window }, { "skew", &world->policy.skew_tolerance }, { "regular", &world->policy.regular_minutes },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (g_str_equal (key, numbers[i].key))
      {
        *numbers[i].number = atoi (value);
        return;
      }
  g_error ("no such word: %s", key);
}

static void
set_word (TimeWorld *world, const char *key, const char *value)
{
  if (g_str_equal (key, "holidays"))
    set_holidays (world, value);
  else if (g_str_equal (key, "rest"))
    set_rest (world, value);
  else if (g_str_equal (key, "leave"))
    set_leave (world, value);
  else if (g_str_equal (key, "break"))
    set_break (world, value);
  else if (g_str_equal (key, "round"))
    set_rounding (world, value);
  else if (g_str_equal (key, "judge"))
    set_days (&world->facts.from, &world->facts.to, value);
  else if (g_str_equal (key, "closed") && strstr (value, "..") != NULL)
    set_days (&world->facts.closed_from, &world->facts.closed_through, value);
  else if (g_str_equal (key, "closed"))
    world->facts.closed_through = time_case_date (value);
  else if (g_str_equal (key, "hired"))
    world->facts.hired_on = time_case_date (value);
  else if (g_str_equal (key, "separated"))
    world->facts.separated_on = time_case_date (value);
  else if (g_str_equal (key, "margins"))
    g_assert_cmpint (sscanf (value, "%d:%d", &world->policy.early_margin, &world->policy.late_margin), ==, 2);
  else if (g_str_equal (key, "night"))
    g_assert_cmpint (sscanf (value, "%d-%d", &world->policy.night_from, &world->policy.night_to), ==, 2);
  else
    set_number (world, key, value);
}

TimeWorld *
time_world_new (const char *words)
{
  TimeWorld *world = g_new0 (TimeWorld, 1);
  g_auto(GStrv) list = g_strsplit (words, " ", -1);

  world->policy = armms_time_policy_default;
  armms_working_time_apply (&time_case_law, &world->policy);
  world->policy.paid_break_up_to = 0;
  world->calendar = (ArmmsCalendar) { time_case_date (CALENDAR_FIRST), TIME_WORLD_DAYS, world->day_types };
  world->break_minutes = 60;
  world->break_at = -1;
  world->grace = 5;
  world->facts = (ArmmsTimeFacts) {
    .zone = time_case_zone (), .policy = &world->policy, .from = ARMMS_DATE_NONE, .to = ARMMS_DATE_NONE,
    .closed_from = ARMMS_DATE_NONE, .closed_through = ARMMS_DATE_NONE, .hired_on = ARMMS_DATE_NONE, .separated_on = ARMMS_DATE_NONE,
    .punches = world->punches, .duties = world->duties, .rest_days = world->rest_days, .leaves = world->leaves,
    .law = { &time_case_law, 1 },
  };
  for (guint i = 0; list[i] != NULL; i++)
    {
      g_auto(GStrv) pair = g_strsplit (list[i], "=", 2);

      if (list[i][0] == '\0')
        continue;
      if (pair[1] == NULL)
        set_flag (world, pair[0]);
      else
        set_word (world, pair[0], pair[1]);
    }
  return world;
}

/* ---- plan and punches ------------------------------------------------------------------------------------------- */

ArmmsDuty *
time_world_add_duty (TimeWorld *world, const char *text)
{
  ArmmsDuty *duty = &world->duties[world->facts.n_duties++];
  g_auto(GStrv) words = g_strsplit (text, " ", -1);
  g_autofree char *start = g_strdup_printf ("%s %s", words[0], words[1]);
  guint last = g_strv_length (words) - 1;
  ArmmsTakenOver taken_over = g_str_equal (words[last], "absent") ? ARMMS_TAKEN_OVER_ABSENT
                              : g_str_equal (words[last], "excused") ? ARMMS_TAKEN_OVER_EXCUSED : ARMMS_TAKEN_OVER_NOT;
  int hours, minutes = 0;

  g_assert_cmpuint (world->facts.n_duties, <=, TIME_WORLD_DUTIES);
  g_assert_cmpint (sscanf (words[2], "%d:%d", &hours, &minutes), >=, 1);
  *duty = time_case_duty (start, hours, words[3], &world->policy);
  duty->ends_at.us += minutes * ARMMS_US_PER_MINUTE;
  if (taken_over != ARMMS_TAKEN_OVER_NOT)
    g_clear_pointer (&words[last], g_free);
  duty->taken_over = taken_over;
  duty->shift_id = time_case_id (words[4] == NULL ? "" : words[4]);
  if (words[4] != NULL && g_str_has_prefix (words[4], "relief"))
    duty->relief_id = time_case_id (words[4]);
  duty->break_mode = world->break_mode;
  duty->break_minutes = world->break_minutes;
  duty->break_worked_through = world->break_worked_through;
  if (world->break_at >= 0)
    duty->break_at = armms_zone_instant (world->facts.zone, duty->duty_date, world->break_at);
  duty->grace_in = duty->grace_out = world->grace;
  duty->calendar = &world->calendar;
  return duty;
}

void
time_world_add_punch (TimeWorld *world, const char *text)
{
  g_assert_cmpuint (world->facts.n_punches, <, TIME_WORLD_PUNCHES);
  world->punches[world->facts.n_punches] = time_case_punch (text, (guint) world->facts.n_punches);
  world->facts.n_punches++;
}

GArray *
time_world_judge (TimeWorld *world)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (ArmmsDayLine));
  gsize n = world->facts.n_duties;

  if (armms_date_is_none (world->facts.from) && n > 0)
    {
      ArmmsDate last = world->duties[n - 1].duty_date;

      world->facts.from = world->duties[0].duty_date;
      world->facts.to = armms_date_is_none (world->facts.closed_through) || last.days > world->facts.closed_through.days
                        ? last : world->facts.closed_through;
    }
  armms_time_judge (&world->facts, lines);
  return lines;
}

GArray *
time_world_judge_days (TimeWorld *world, const char *from, const char *to)
{
  world->facts.from = time_case_date (from);
  world->facts.to = time_case_date (to);
  return time_world_judge (world);
}

/* ---- what the record says --------------------------------------------------------------------------------------- */

static void
tell_number (GString *text, const char *name, gint32 minutes)
{
  if (minutes != 0)
    g_string_append_printf (text, "; %s %d", name, minutes);
}

static void
tell_line (GString *text, const ArmmsDayLine *line)
{
  g_autofree char *cells = time_case_cells (line->cells), *codes = time_case_codes (line->codes);
  char date[ARMMS_DATE_TEXT_SIZE];

  armms_date_format (line->duty_date, date);
  g_string_append_printf (text, "%s%s %s", text->len > 0 ? " / " : "", g_str_has_prefix (date, "2026-") ? date + 5 : date,
                          armms_day_state_name (line->state));
  if (line->scheduled > 0)
    g_string_append_printf (text, " of %d", line->scheduled);
  if (cells[0] != '\0')
    g_string_append_printf (text, ": %s", cells);
  tell_number (text, "late", line->late);
  tell_number (text, "undertime", line->undertime);
  tell_number (text, "absent", line->absent);
  tell_number (text, "paid leave", line->leave_paid);
  tell_number (text, "unpaid leave", line->leave_unpaid);
  tell_number (text, "breaks", line->breaks);
  tell_number (text, "overrun", line->overrun);
  if (codes[0] != '\0')
    g_string_append_printf (text, "; %s", codes);
}

char *
time_world_tell (const TimeWorld *world, const GArray *lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    tell_line (text, &g_array_index (lines, ArmmsDayLine, i));
  for (gsize i = 0; i < world->facts.n_punches; i++)
    {
      const ArmmsPunch *punch = &world->punches[i];
      g_autofree char *codes = time_case_codes (punch->codes);

      if (punch->codes == 0 && punch->status == ARMMS_LOG_VALID)
        continue;
      g_string_append_printf (text, "%s#%d %s%s%s", text->len > 0 ? " / " : "", punch->id.bytes[0], armms_log_status_name (punch->status),
                              codes[0] != '\0' ? " " : "", codes);
    }
  return g_string_free (text, FALSE);
}

void
time_world_check (const ArmmsDayLine *line)
{
  gint32 worked = 0, night = 0, overtime = 0;

  for (guint cell = 0; cell < ARMMS_N_WORKED_CELLS; cell++)
    {
      g_assert_cmpint (line->cells[cell], >=, 0);
      worked += line->cells[cell];
      night += (cell & ARMMS_CELL_NIGHT) ? line->cells[cell] : 0;
      overtime += (cell & ARMMS_CELL_OVERTIME) ? line->cells[cell] : 0;
    }
  g_assert_cmpint (line->worked, ==, worked);
  g_assert_cmpint (line->night, ==, night);
  g_assert_cmpint (line->overtime, ==, overtime);
  g_assert_cmpint (line->regular, ==, worked - overtime);
  g_assert_cmpint (MIN (MIN (line->late, line->undertime), MIN (line->absent, line->scheduled)), >=, 0);
  g_assert_cmpint (line->late + line->undertime + line->absent + line->leave_paid + line->leave_unpaid, <=, line->scheduled);
}

/* ---- tables ----------------------------------------------------------------------------------------------------- */

static void
reverse_punches (TimeWorld *world)
{
  for (gsize i = 0; i < world->facts.n_punches / 2; i++)
    {
      ArmmsPunch punch = world->punches[i];

      world->punches[i] = world->punches[world->facts.n_punches - 1 - i];
      world->punches[world->facts.n_punches - 1 - i] = punch;
    }
}

static void
judge_and_compare (TimeWorld *world, const char *expected)
{
  g_autoptr(GArray) lines = time_world_judge (world);
  g_autofree char *told = time_world_tell (world, lines);

  g_assert_cmpstr (told, ==, expected);
  for (guint i = 0; i < lines->len; i++)
    time_world_check (&g_array_index (lines, ArmmsDayLine, i));
}

static void
test_case (gconstpointer data)
{
  const TimeCase *c = data;
  g_autofree TimeWorld *world = time_world_new (c->words);
  g_auto(GStrv) duties = g_strsplit (c->duties, ", ", -1);
  g_auto(GStrv) punches = g_strsplit (c->punches, ", ", -1);

  for (guint i = 0; duties[i] != NULL; i++)
    time_world_add_duty (world, duties[i]);
  for (guint i = 0; punches[i] != NULL; i++)
    time_world_add_punch (world, punches[i]);
  judge_and_compare (world, c->expected);
  /* Told the other way round, the record is the same. */
  reverse_punches (world);
  judge_and_compare (world, c->expected);
}

void
time_cases_add (const char *path, const TimeCase *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/%s", path, cases[i].about);

      g_test_add_data_func (name, &cases[i], test_case);
    }
}
