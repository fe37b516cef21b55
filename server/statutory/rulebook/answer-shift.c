/* One duty, from its clock times to the lines that pay it. */
#include "server/statutory/rulebook/rulebook-private.h"

#include "server/rules/time/classify.h"

#include <string.h>

#define CALENDAR_DAYS 5   /* from the day before the duty on */
#define DUTY_DAYS_MAX 2
#define REST_DAYS_MAX 366
#define LINES_MAX (2 * ARMMS_N_WORKED_CELLS)

static const char SPECIAL_WORKING[] = "special_working";

typedef struct {
  guint8 day_types[CALENDAR_DAYS];
  gboolean special_working[CALENDAR_DAYS]; /* priced as ordinary, but its lines bear its name */
  ArmmsCalendar calendar;
  ArmmsTimePolicy policy;
  ArmmsDuty duty;
  ArmmsStretch worked[2];
  guint n_worked;
  GArray *rest_days; /* owned: ArmmsDate, sorted */
} Shift;

static void
clear_shift (Shift *shift)
{
  g_clear_pointer (&shift->rest_days, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shift, clear_shift)

static void
read_calendar (ArmmsQuestion *question, Shift *shift)
{
  JsonObject *holidays;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!armms_question_has (question, "holidays"))
    return;
  holidays = armms_question_object (question, "holidays");
  if (holidays == NULL)
    return;
  json_object_iter_init (&iter, holidays);
  while (json_object_iter_next (&iter, &name, &value))
    {
      ArmmsDate date;
      ArmmsDayType day_type;

      if (!armms_date_parse (name, &date) || !JSON_NODE_HOLDS_VALUE (value))
        {
          armms_question_refuse (question, "holidays", "holds no date with a kind of day");
          return;
        }
      day_type = armms_question_day_type (question, json_node_get_string (value));
      if (date.days >= shift->calendar.first.days && date.days < shift->calendar.first.days + CALENDAR_DAYS)
        {
          shift->day_types[date.days - shift->calendar.first.days] = (guint8) day_type;
          shift->special_working[date.days - shift->calendar.first.days] = g_str_equal (json_node_get_string (value), SPECIAL_WORKING);
        }
    }
}

static int
compare_dates (gconstpointer a, gconstpointer b)
{
  return ((const ArmmsDate *) a)->days - ((const ArmmsDate *) b)->days;
}

static void
read_rest_days (ArmmsQuestion *question, Shift *shift)
{
  JsonNode *node = armms_question_find (question, "rest_days");
  JsonArray *array;

  shift->rest_days = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  if (node == NULL)
    return;
  array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  if (array == NULL || json_array_get_length (array) > REST_DAYS_MAX)
    {
      armms_question_refuse (question, "rest_days", "is no list of dates");
      return;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      ArmmsDate date;

      if (!JSON_NODE_HOLDS_VALUE (element) || !armms_date_parse (json_node_get_string (element), &date))
        armms_question_refuse (question, "rest_days", "holds no date");
      else
        g_array_append_val (shift->rest_days, date);
    }
  g_array_sort (shift->rest_days, compare_dates);
}

/* "2026-10-05T18:00", local, as minutes since 1970 UTC. */
static gint64
minute_of_text (ArmmsQuestion *question, const char *name, const char *text)
{
  g_autofree char *day = g_strndup (text != NULL ? text : "", ARMMS_DATE_TEXT_SIZE - 2);
  const char *clock = text != NULL && strlen (text) == strlen ("2026-10-05T18:00") ? text + strlen (day) : "";
  ArmmsDate date;
  int hour, minute;

  if (!armms_date_parse (day, &date) || clock[0] != 'T' || clock[3] != ':'
      || !g_ascii_isdigit (clock[1]) || !g_ascii_isdigit (clock[2]) || !g_ascii_isdigit (clock[4]) || !g_ascii_isdigit (clock[5]))
    {
      armms_question_refuse (question, name, "is no local time like 2026-10-05T18:00");
      return 0;
    }
  hour = g_ascii_digit_value (clock[1]) * 10 + g_ascii_digit_value (clock[2]);
  minute = g_ascii_digit_value (clock[4]) * 10 + g_ascii_digit_value (clock[5]);
  if (hour > 24 || minute > 59 || (hour == 24 && minute > 0))
    armms_question_refuse (question, name, "is no time of a day");
  return armms_zone_instant (question->book->zone, date, hour * ARMMS_MINUTES_PER_HOUR + minute).us / ARMMS_US_PER_MINUTE;
}

static const char *
text_element (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static void
read_stretches (ArmmsQuestion *question, Shift *shift)
{
  gint64 start = minute_of_text (question, "start", armms_question_text (question, "start"));
  gint64 end = minute_of_text (question, "end", armms_question_text (question, "end"));
  JsonNode *node = armms_question_find (question, "unpaid_break");
  JsonArray *pause;

  shift->worked[0] = (ArmmsStretch) { start, end };
  shift->n_worked = 1;
  if (end <= start || end - start > (gint64) DUTY_DAYS_MAX * ARMMS_MINUTES_PER_DAY)
    armms_question_refuse (question, "end", "is not within two days after start");
  if (node == NULL)
    return;
  pause = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  if (pause == NULL || json_array_get_length (pause) != 2)
    {
      armms_question_refuse (question, "unpaid_break", "is no pair of times");
      return;
    }
  shift->n_worked = 2;
  shift->worked[0].to = minute_of_text (question, "unpaid_break", text_element (pause, 0));
  shift->worked[1] = (ArmmsStretch) { minute_of_text (question, "unpaid_break", text_element (pause, 1)), end };
  if (shift->worked[0].to < start || shift->worked[1].from < shift->worked[0].to || shift->worked[1].from > end)
    armms_question_refuse (question, "unpaid_break", "does not lie within the duty");
}

static gboolean
read_shift (ArmmsQuestion *question, Shift *shift)
{
  read_stretches (question, shift);
  if (question->error != NULL)
    return FALSE;
  shift->duty.duty_date = armms_zone_date (question->book->zone, (ArmmsInstant) { shift->worked[0].from * ARMMS_US_PER_MINUTE });
  shift->calendar = (ArmmsCalendar) { armms_date_add_days (shift->duty.duty_date, -1), CALENDAR_DAYS, shift->day_types };
  shift->duty.calendar = &shift->calendar;
  shift->policy = armms_time_policy_default;
  armms_working_time_apply (armms_question_working_time (question, shift->duty.duty_date), &shift->policy);
  shift->duty.policy = &shift->policy;
  read_calendar (question, shift);
  read_rest_days (question, shift);
  return question->error == NULL;
}

static void
classify (ArmmsQuestion *question, const Shift *shift, gint64 until, gint32 cells[ARMMS_N_CELLS])
{
  ArmmsStretch worked[2] = { shift->worked[0], shift->worked[1] };
  guint n = 0;

  memset (cells, 0, ARMMS_N_CELLS * sizeof *cells);
  while (n < shift->n_worked && worked[n].from < until)
    {
      worked[n].to = MIN (worked[n].to, until);
      n++;
    }
  armms_classify (worked, n, /* before= */ 0, &shift->duty, (const ArmmsDate *) shift->rest_days->data, shift->rest_days->len,
                  question->book->zone, cells);
}

/* Minutes of one name: those of a special working day stand apart from those of an ordinary one, at the same price. */
typedef struct {
  ArmmsCell cell;
  gboolean special_working;
  gint32 minutes;
} Line;

static void
add_minute (Line *lines, guint *n, ArmmsCell cell, gboolean special_working)
{
  guint i = 0;

  while (i < *n && (lines[i].cell != cell || lines[i].special_working != special_working))
    i++;
  if (i == *n)
    lines[(*n)++] = (Line) { cell, special_working, 0 };
  lines[i].minutes++;
}

/* Lines in the order in which their first minute is worked: the duty is classified minute by minute longer, and what a minute
 * adds is its cell. */
static guint
collect_lines (ArmmsQuestion *question, const Shift *shift, Line lines[LINES_MAX])
{
  gint32 before[ARMMS_N_CELLS] = { 0 }, cells[ARMMS_N_CELLS];
  guint n = 0;

  for (gint64 minute = shift->worked[0].from; minute < shift->worked[shift->n_worked - 1].to; minute++)
    {
      ArmmsDate date = armms_zone_date (question->book->zone, (ArmmsInstant) { minute * ARMMS_US_PER_MINUTE });

      classify (question, shift, minute + 1, cells);
      for (guint cell = 0; cell < ARMMS_N_WORKED_CELLS; cell++)
        if (cells[cell] > before[cell])
          add_minute (lines, &n, (ArmmsCell) cell, shift->special_working[date.days - shift->calendar.first.days]);
      memcpy (before, cells, sizeof before);
    }
  return n;
}

/* (transfer full): "ordinary_ot", or "special_working_ot" */
static char *
name_line (const Line *line)
{
  const char *name = armms_cell_name (line->cell);

  return line->special_working ? g_strconcat (SPECIAL_WORKING, name + strlen ("ordinary"), NULL) : g_strdup (name);
}

void
armms_answer_shift_day (ArmmsQuestion *question)
{
  g_auto(Shift) shift = { .n_worked = 0 };
  JsonArray *lines;
  ArmmsRate rate = armms_question_rate (question);
  Line found[LINES_MAX];
  gint64 total = 0;
  guint n;

  if (!read_shift (question, &shift))
    return;
  n = collect_lines (question, &shift, found);
  lines = json_array_new ();
  for (guint i = 0; i < n; i++)
    {
      ArmmsMoney pay = armms_question_price (question, NULL, found[i].cell, ARMMS_PREMIUM_FULL, rate, found[i].minutes);
      g_autofree char *name = name_line (&found[i]);
      JsonArray *line = json_array_new ();

      json_array_add_string_element (line, name);
      json_array_add_int_element (line, found[i].minutes);
      json_array_add_int_element (line, pay.centavos);
      json_array_add_array_element (lines, line);
      total += pay.centavos;
    }
  json_object_set_array_member (question->figures, "lines", lines);
  armms_question_tell (question, "total_c", ARMMS_MONEY (total));
}
