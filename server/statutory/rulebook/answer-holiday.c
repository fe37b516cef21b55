/* Which day a date is, and whether a holiday that was not worked is paid. */
#include "server/statutory/rulebook/rulebook-private.h"

#include "server/rules/time/holiday.h"

#include <string.h>

#define LOOK_BACK_DAYS 15

static const struct {
  const char *mark;
  ArmmsAttended attended;
} marks[] = {
  { "worked", ARMMS_ATTENDED_WORKED },
  { "holiday_worked_8h", ARMMS_ATTENDED_WORKED },
  { "paid_leave", ARMMS_ATTENDED_PAID_LEAVE },
  { "absent_unpaid", ARMMS_ATTENDED_ABSENT },
  { "rest_day", ARMMS_ATTENDED_NOT_PLANNED },
  { "holiday_unworked", ARMMS_ATTENDED_NOT_PLANNED },
};

/* The word that @dates holds for @date; NULL: none. */
static const char *
word_on (JsonObject *dates, ArmmsDate date)
{
  char buffer[ARMMS_DATE_TEXT_SIZE];
  JsonNode *node = json_object_get_member (dates, armms_date_format (date, buffer));

  return node != NULL ? json_node_get_string (node) : NULL;
}

static ArmmsAttended
attended_on (JsonObject *attendance, ArmmsDate date)
{
  const char *word = word_on (attendance, date);

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (marks); i++)
    if (strcmp (word, marks[i].mark) == 0)
      return marks[i].attended;
  return ARMMS_ATTENDED_NOT_PLANNED;
}

static gboolean
is_mark (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (strcmp (word, marks[i].mark) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_kind_of_day (const char *word)
{
  ArmmsDayType day_type;

  return armms_day_type_parse (word, &day_type);
}

/* Every member is a date with a word that is known. */
static JsonObject *
read_dates (ArmmsQuestion *question, const char *name, gboolean (*is_known) (const char *word))
{
  JsonObject *dates = armms_question_object (question, name);
  JsonObjectIter iter;
  const char *text;
  JsonNode *value;
  ArmmsDate date;

  if (dates == NULL)
    return NULL;
  json_object_iter_init (&iter, dates);
  while (json_object_iter_next (&iter, &text, &value))
    if (!armms_date_parse (text, &date) || !JSON_NODE_HOLDS_VALUE (value) || json_node_get_string (value) == NULL
        || !is_known (json_node_get_string (value)))
      armms_question_refuse (question, name, "holds what is no date with a known word");
  return dates;
}

/* What the days before a holiday were, the last one first. */
typedef struct {
  ArmmsAttended attended[LOOK_BACK_DAYS];
  ArmmsDayType day_types[LOOK_BACK_DAYS];
} Before;

static Before
look_back (ArmmsQuestion *question, JsonObject *attendance, JsonObject *holidays, ArmmsDate holiday)
{
  Before before;

  for (gint i = 0; i < LOOK_BACK_DAYS; i++)
    {
      ArmmsDate date = armms_date_add_days (holiday, -1 - i);
      const char *word = word_on (holidays, date);

      before.attended[i] = attended_on (attendance, date);
      before.day_types[i] = word != NULL ? armms_question_day_type (question, word) : ARMMS_DAY_ORDINARY;
    }
  return before;
}

/* What a day pays that was worked, or on which leave was paid: eight hours. */
static ArmmsMoney
pay_hours (ArmmsQuestion *question, ArmmsDayType day_type, ArmmsDate date, ArmmsRate rate)
{
  return armms_question_price (question, NULL, ARMMS_CELL (day_type, FALSE, FALSE, FALSE), ARMMS_PREMIUM_FULL, rate,
                               armms_question_working_time (question, date)->regular_minutes);
}

static ArmmsMoney
pay_unworked (ArmmsQuestion *question, ArmmsDayType day_type, ArmmsDate date, ArmmsRate rate)
{
  return armms_question_price (question, NULL,
                               day_type == ARMMS_DAY_REGULAR ? ARMMS_CELL_REGULAR_UNWORKED : ARMMS_CELL_DOUBLE_REGULAR_UNWORKED,
                               ARMMS_PREMIUM_FULL, rate, armms_question_working_time (question, date)->unworked_holiday_minutes);
}

static void
trace_day (ArmmsQuestion *question, ArmmsDate date, ArmmsDayType day_type, const char *mark, ArmmsMoney pay)
{
  ArmmsTrace trace;

  armms_trace_init (&trace, "time.day");
  armms_trace_date (&trace, "date", date);
  armms_trace_text (&trace, "day_type", armms_day_type_name (day_type));
  armms_trace_text (&trace, "attendance", mark != NULL ? mark : "none");
  trace.result = pay;
  armms_question_trace (question, &trace);
}

/* An absence on the holiday itself takes nothing from it: Rule IV s.6 asks about the working day before. */
static ArmmsMoney
pay_of_day (ArmmsQuestion *question, JsonObject *attendance, JsonObject *holidays, ArmmsDate date, ArmmsRate rate)
{
  const char *word = word_on (holidays, date), *mark = word_on (attendance, date);
  ArmmsDayType day_type = word != NULL ? armms_question_day_type (question, word) : ARMMS_DAY_ORDINARY;
  ArmmsAttended attended = attended_on (attendance, date);
  ArmmsMoney pay = ARMMS_MONEY (0);

  if (attended == ARMMS_ATTENDED_WORKED)
    pay = pay_hours (question, day_type, date, rate);
  else if (day_type >= ARMMS_DAY_REGULAR)
    {
      Before before = look_back (question, attendance, holidays, date);
      ArmmsTrace trace;

      if (armms_holiday_qualifies (before.attended, before.day_types, LOOK_BACK_DAYS))
        pay = pay_unworked (question, day_type, date, rate);
      armms_holiday_trace (date, before.attended, before.day_types, LOOK_BACK_DAYS, pay, &trace);
      armms_question_trace (question, &trace);
    }
  if (pay.centavos == 0 && attended == ARMMS_ATTENDED_PAID_LEAVE)
    pay = pay_hours (question, ARMMS_DAY_ORDINARY, date, rate);
  trace_day (question, date, day_type, mark, pay);
  return pay;
}

/* The pay of each date that @dates names. */
static void
pay_days (ArmmsQuestion *question, JsonObject *dates, JsonObject *attendance, JsonObject *holidays, ArmmsRate rate, JsonObject *pay)
{
  JsonObjectIter iter;
  const char *text;
  JsonNode *value;
  ArmmsDate date;

  json_object_iter_init_ordered (&iter, dates);
  while (json_object_iter_next_ordered (&iter, &text, &value))
    if (!json_object_has_member (pay, text) && armms_date_parse (text, &date))
      json_object_set_int_member (pay, text, pay_of_day (question, attendance, holidays, date, rate).centavos);
}

void
armms_answer_holiday_eligibility (ArmmsQuestion *question)
{
  ArmmsRate rate = armms_question_rate (question);
  JsonObject *attendance = read_dates (question, "attendance", is_mark);
  JsonObject *holidays = read_dates (question, "holidays", is_kind_of_day);
  JsonObject *pay;

  if (question->error != NULL)
    return;
  pay = json_object_new ();
  pay_days (question, attendance, attendance, holidays, rate, pay);
  pay_days (question, holidays, attendance, holidays, rate, pay);
  json_object_set_object_member (question->figures, "pay_c", pay);
}

void
armms_answer_holiday_calendar (ArmmsQuestion *question)
{
  const char *region = armms_question_text_or (question, "region", NULL);
  const char *city = armms_question_text_or (question, "city", NULL);
  ArmmsDate date = question->on_date;
  ArmmsHolidayOnDate day;
  ArmmsTrace trace;

  if (armms_question_has (question, "date") && !armms_date_parse (armms_question_text (question, "date"), &date))
    armms_question_refuse (question, "date", "is no date");
  if (question->error != NULL
      || !armms_holiday_calendar_find (&question->tables->holidays, date, region, city, &day, &question->error))
    return;
  armms_holiday_calendar_trace (&day, &trace);
  armms_question_trace (question, &trace);
  json_object_set_string_member (question->figures, "day_type", day.word);
}
