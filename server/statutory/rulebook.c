#include "server/statutory/rulebook.h"

#include "server/rules/pay/earnings.h"
#include "server/rules/time/classify.h"
#include "server/rules/time/holiday.h"
#include "server/statutory/csv.h"
#include "server/statutory/statutory.h"

#include <string.h>

#define MILLION 1000000
#define MINUTES_PER_DUTY_DAY 480
#define LOOK_BACK_DAYS 15

struct _ArmmsRulebook {
  ArmmsStatutoryTables *tables; /* owned */
  GArray *holiday_rows;         /* owned: Holiday */
  ArmmsZone *zone;              /* owned */
};

typedef struct {
  ArmmsDate date;
  const char *day_type, *scope; /* interned */
} Holiday;

/* One question on its way: the first thing that is wrong ends it. */
typedef struct {
  const ArmmsRulebook *book;
  const ArmmsStatutoryTables *tables;
  ArmmsDate on_date;
  JsonObject *inputs;
  JsonObject *figures;
  GString *traces; /* nullable */
  GError *error;
} Question;

/* -- inputs and figures -- */

static void
refuse (Question *question, const char *name, const char *why)
{
  if (question->error == NULL)
    armms_error_set (&question->error, ARMMS_ERROR_INVALID_INPUT, "rules.input", "input %s %s", name, why);
}

static JsonNode *
find_input (Question *question, const char *name)
{
  JsonNode *node = json_object_get_member (question->inputs, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static gint64
read_integer_or (Question *question, const char *name, gint64 fallback)
{
  JsonNode *node = find_input (question, name);

  if (node == NULL)
    return fallback;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    {
      refuse (question, name, "is no whole number");
      return fallback;
    }
  return json_node_get_int (node);
}

static gint64
read_integer (Question *question, const char *name)
{
  if (find_input (question, name) == NULL)
    refuse (question, name, "is missing");
  return read_integer_or (question, name, 0);
}

static ArmmsMoney
read_money (Question *question, const char *name)
{
  return ARMMS_MONEY (read_integer (question, name));
}

static ArmmsMoney
read_money_or_none (Question *question, const char *name)
{
  return ARMMS_MONEY (read_integer_or (question, name, 0));
}

static const char *
read_text (Question *question, const char *name)
{
  JsonNode *node = find_input (question, name);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  refuse (question, name, node == NULL ? "is missing" : "is no text");
  return "";
}

static gboolean
read_flag (Question *question, const char *name)
{
  JsonNode *node = find_input (question, name);

  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  return read_integer_or (question, name, 0) != 0;
}

/* "5.833", or a whole number: never a floating one. */
static ArmmsMultiplier
read_decimal (Question *question, const char *name)
{
  JsonNode *node = find_input (question, name);
  ArmmsMultiplier value = { 0 };

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    return (ArmmsMultiplier) { json_node_get_int (node) * MILLION };
  if (!armms_multiplier_parse (read_text (question, name), &value))
    refuse (question, name, "is no decimal text");
  return value;
}

/* "2026-11" or a date; else the date of the question. */
static ArmmsDate
read_month (Question *question)
{
  g_autofree char *first = NULL;
  ArmmsDate month = question->on_date;

  if (find_input (question, "month") == NULL)
    return month;
  first = g_strconcat (read_text (question, "month"), "-01", NULL);
  if (!armms_date_parse (first, &month) && !armms_date_parse (read_text (question, "month"), &month))
    refuse (question, "month", "is no month");
  return month;
}

static ArmmsTaxPeriod
read_tax_period (Question *question)
{
  ArmmsTaxPeriod period = ARMMS_TAX_MONTHLY;

  if (!armms_tax_period_parse (read_text (question, "period"), &period))
    refuse (question, "period", "is no pay period");
  return period;
}

static ArmmsDayType
read_day_type (Question *question, const char *text)
{
  ArmmsDayType day_type = ARMMS_DAY_ORDINARY;

  if (!armms_day_type_parse (text, &day_type))
    refuse (question, "day_type", "is no kind of day");
  return day_type;
}

static void
tell (Question *question, const char *name, ArmmsMoney figure)
{
  json_object_set_int_member (question->figures, name, figure.centavos);
}

static void
tell_trace (Question *question, const ArmmsTrace *trace)
{
  if (question->traces == NULL)
    return;
  armms_trace_append_text (trace, question->traces);
  g_string_append_c (question->traces, '\n');
}

/* -- contributions -- */

static gboolean
ask_contribution (Question *question, ArmmsScheme scheme, ArmmsMoney compensation, ArmmsContribution *ret_due)
{
  ArmmsTrace trace;

  if (question->error != NULL
      || !armms_contribution_due (&question->tables->contributions, scheme, compensation, read_month (question), ret_due, &question->error))
    return FALSE;
  armms_contribution_trace (ret_due, &trace);
  tell_trace (question, &trace);
  return TRUE;
}

static void
answer_sss (Question *question)
{
  ArmmsContribution due;

  if (!ask_contribution (question, ARMMS_SCHEME_SSS, read_money (question, "compensation_c"), &due))
    return;
  tell (question, "msc_c", due.base);
  tell (question, "ee_ss_c", ARMMS_MONEY (due.employee.centavos - due.employee_mpf.centavos));
  tell (question, "ee_mpf_c", due.employee_mpf);
  tell (question, "er_ss_c", ARMMS_MONEY (due.employer.centavos - due.employer_mpf.centavos - due.employer_ec.centavos));
  tell (question, "er_mpf_c", due.employer_mpf);
  tell (question, "er_ec_c", due.employer_ec);
  tell (question, "ee_total_c", due.employee);
  tell (question, "er_total_c", due.employer);
  tell (question, "total_c", ARMMS_MONEY (due.employee.centavos + due.employer.centavos));
}

static void
answer_philhealth (Question *question)
{
  ArmmsContribution due;
  ArmmsMoney basic;

  if (find_input (question, "monthly_basic_c") != NULL)
    basic = read_money (question, "monthly_basic_c");
  else if (!armms_equivalent_monthly (read_money (question, "daily_rate_c"), read_decimal (question, "factor"), &basic, &question->error))
    return;
  if (!ask_contribution (question, ARMMS_SCHEME_PHILHEALTH, basic, &due))
    return;
  tell (question, "premium_c", ARMMS_MONEY (due.employee.centavos + due.employer.centavos));
  tell (question, "ee_c", due.employee);
  tell (question, "er_c", due.employer);
}

static void
answer_pagibig (Question *question)
{
  ArmmsContribution due;

  if (!ask_contribution (question, ARMMS_SCHEME_HDMF, read_money (question, "compensation_c"), &due))
    return;
  tell (question, "ee_c", due.employee);
  tell (question, "er_c", due.employer);
}

/* -- tax -- */

static void
tell_tax (Question *question, const ArmmsTax *tax)
{
  ArmmsTrace trace;

  armms_tax_trace (tax, &trace);
  tell_trace (question, &trace);
  tell (question, "tax_c", tax->tax);
}

static ArmmsTaxable
read_taxable (Question *question)
{
  return (ArmmsTaxable) {
    .regular = read_money (question, "regular_c"), .supplementary = read_money_or_none (question, "supplementary_c"),
  };
}

static void
answer_table_tax (Question *question, ArmmsTaxPeriod period)
{
  ArmmsMoney taxable = read_money (question, "taxable_c");
  ArmmsTax tax;

  if (question->error == NULL
      && armms_tax_by_table (&question->tables->taxes, period, question->on_date, taxable, &tax, &question->error))
    tell_tax (question, &tax);
}

static void
answer_wtax (Question *question)
{
  answer_table_tax (question, read_tax_period (question));
}

static void
answer_annual_tax (Question *question)
{
  answer_table_tax (question, ARMMS_TAX_ANNUAL);
}

static void
answer_wtax_regular (Question *question)
{
  ArmmsTaxPeriod period = read_tax_period (question);
  ArmmsTaxable taxable = read_taxable (question);
  ArmmsTax tax;

  if (question->error == NULL
      && armms_tax_regular (&question->tables->taxes, period, question->on_date, &taxable, &tax, &question->error))
    tell_tax (question, &tax);
}

static void
answer_wtax_cumulative (Question *question)
{
  ArmmsTaxPeriod period = read_tax_period (question);
  ArmmsTaxable taxable = read_taxable (question);
  ArmmsTaxYear year = {
    .taxable = read_money (question, "prior_taxable_c"),
    .withheld = read_money (question, "prior_withheld_c"),
    .periods = (gint32) read_integer (question, "periods") - 1,
  };
  ArmmsTax tax;

  if (question->error != NULL
      || !armms_tax_cumulative (&question->tables->taxes, period, question->on_date, &taxable, &year, &tax, &question->error))
    return;
  tell_tax (question, &tax);
  tell (question, "average_c", tax.average);
  tell (question, "cumulative_tax_c", tax.cumulative_tax);
}

static void
answer_annualise (Question *question)
{
  ArmmsTaxable taxable = { 0 };
  ArmmsTaxYear year = {
    .taxable = read_money (question, "taxable_year_c"),
    .withheld = read_money (question, "withheld_here_c"),
    .withheld_elsewhere = read_money_or_none (question, "withheld_previous_c"),
  };
  ArmmsTax tax;

  if (question->error != NULL
      || !armms_tax_annualised (&question->tables->taxes, question->on_date, &taxable, &year, &tax, &question->error))
    return;
  tell_tax (question, &tax);
  tell (question, "tax_due_c", tax.cumulative_tax);
  tell (question, "adjustment_c", tax.tax);
}

static void
answer_mwe (Question *question)
{
  ArmmsTaxPay pay = {
    .basic = read_money (question, "total_compensation_c"),
    .overtime = read_money_or_none (question, "mwe_premiums_c"),
    .other_supplementary = read_money_or_none (question, "other_taxable_c"),
    .minimum_wage_earner = read_flag (question, "is_mwe"),
  };
  ArmmsTaxable taxable;
  ArmmsTax tax;

  if (question->error != NULL
      || !armms_tax_split (&pay, &taxable, &question->error)
      || !armms_tax_by_table (&question->tables->taxes, ARMMS_TAX_ANNUAL, question->on_date,
                              ARMMS_MONEY (taxable.regular.centavos + taxable.supplementary.centavos), &tax, &question->error))
    return;
  tell_tax (question, &tax);
  tell (question, "exempt_c", taxable.exempt);
}

static void
answer_netpay_month (Question *question)
{
  static const char *const names[ARMMS_N_SCHEMES] = { "sss_c", "philhealth_c", "pagibig_c" };
  ArmmsMoney basic = read_money (question, "monthly_basic_c");
  gint64 taxable = basic.centavos;
  ArmmsTax tax;

  for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
    {
      ArmmsContribution due;

      if (!ask_contribution (question, (ArmmsScheme) scheme, basic, &due))
        return;
      taxable -= due.employee.centavos;
      tell (question, names[scheme], due.employee);
    }
  if (!armms_tax_by_table (&question->tables->taxes, ARMMS_TAX_MONTHLY, question->on_date, ARMMS_MONEY (taxable), &tax, &question->error))
    return;
  tell_tax (question, &tax);
  tell (question, "taxable_c", ARMMS_MONEY (taxable));
  tell (question, "net_c", ARMMS_MONEY (taxable - tax.tax.centavos));
}

/* -- premiums -- */

/* An hour's price as a fraction: daily over 8, or hourly, or a salary over the hours of its factor. */
static ArmmsRate
read_rate (Question *question)
{
  ArmmsRate rate = { 0, MINUTES_PER_DUTY_DAY };

  if (find_input (question, "daily_rate_c") != NULL)
    rate.centavos = read_integer (question, "daily_rate_c");
  else if (find_input (question, "hourly_rate_c") != NULL)
    rate = (ArmmsRate) { read_integer (question, "hourly_rate_c"), ARMMS_MINUTES_PER_HOUR };
  else
    {
      gint64 salary = read_integer (question, "period_salary_c");
      gint64 periods = read_integer (question, "periods_per_year");
      ArmmsMultiplier factor = read_decimal (question, "factor_days");
      /* A factor has at most one decimal. */
      gint64 tenths = factor.millionths / (MILLION / 10);

      if (tenths <= 0)
        refuse (question, "factor_days", "is not above zero");
      else
        rate = (ArmmsRate) { salary * periods * 10, tenths * MINUTES_PER_DUTY_DAY };
    }
  return rate;
}

static ArmmsPremiumPart
read_part (Question *question)
{
  const char *pay = find_input (question, "pay") != NULL ? read_text (question, "pay") : "full";

  if (strcmp (pay, "premium_only") == 0)
    return ARMMS_PREMIUM_ABOVE_ONE;
  if (strcmp (pay, "nd_only") == 0)
    return ARMMS_PREMIUM_NIGHT_ONLY;
  if (strcmp (pay, "full") != 0)
    refuse (question, "pay", "is none of full, premium_only, nd_only");
  return ARMMS_PREMIUM_FULL;
}

static void
tell_pay (Question *question, const char *name, ArmmsCell cell, ArmmsPremiumPart part, ArmmsRate rate, gint64 minutes, ArmmsMoney *ret_pay)
{
  const ArmmsPremiumRow *row = armms_premium_find (&question->tables->premiums, cell, question->on_date);
  ArmmsMultiplier multiplier;
  ArmmsTrace trace;

  if (row == NULL)
    {
      refuse (question, "day_type", "has no premium row on that date");
      return;
    }
  multiplier = armms_premium_multiplier (row, cell, part);
  if (!armms_rate_pay (rate, ARMMS_MINUTES ((gint32) minutes), multiplier, ret_pay, &question->error))
    return;
  armms_trace_init (&trace, "pay.cell");
  armms_trace_text (&trace, "cell", armms_cell_name (cell));
  armms_trace_minutes (&trace, "minutes", minutes);
  armms_trace_rate (&trace, "rate", rate);
  armms_trace_multiplier (&trace, "multiplier", multiplier);
  armms_trace_row (&trace, "premium", row->row, row->from, row->source);
  armms_trace_fraction (&trace, (__int128) minutes * rate.centavos * multiplier.millionths, (__int128) rate.minutes * MILLION);
  trace.rounding = "half away from zero, once";
  trace.result = *ret_pay;
  tell_trace (question, &trace);
  if (name != NULL)
    tell (question, name, *ret_pay);
}

static void
answer_premium (Question *question)
{
  ArmmsRate rate = read_rate (question);
  ArmmsMultiplier hours = read_decimal (question, "hours");
  ArmmsDayType day_type = read_day_type (question, read_text (question, "day_type"));
  ArmmsCell cell = ARMMS_CELL (day_type, read_flag (question, "rest_day"), read_flag (question, "ot"), read_flag (question, "nd"));
  ArmmsPremiumPart part = read_part (question);
  gint64 scaled = hours.millionths * ARMMS_MINUTES_PER_HOUR;
  gint64 scale = 1;
  ArmmsMoney pay;

  /* Hours that are no whole minutes ("0.33") keep their fraction in the rate. */
  while (scaled % MILLION != 0 && scale < MILLION)
    {
      scaled *= 10;
      scale *= 10;
    }
  if (rate.minutes <= 0 || rate.minutes > G_MAXINT64 / scale)
    refuse (question, "hours", "is too fine");
  if (question->error != NULL)
    return;
  rate.minutes *= scale;
  tell_pay (question, "amount_c", cell, part, rate, scaled / MILLION, &pay);
}

static void
answer_holiday_unworked (Question *question)
{
  ArmmsRate rate = read_rate (question);
  ArmmsDayType day_type = read_day_type (question, read_text (question, "day_type"));
  ArmmsMoney pay;

  if (question->error != NULL)
    return;
  /* Only regular holidays are paid when not worked. */
  if (!read_flag (question, "qualified") || day_type < ARMMS_DAY_REGULAR)
    {
      tell (question, "amount_c", ARMMS_MONEY (0));
      return;
    }
  tell_pay (question, "amount_c", day_type == ARMMS_DAY_REGULAR ? ARMMS_CELL_REGULAR_UNWORKED : ARMMS_CELL_DOUBLE_REGULAR_UNWORKED,
            ARMMS_PREMIUM_FULL, rate, MINUTES_PER_DUTY_DAY, &pay);
}

/* -- days -- */

#define CALENDAR_DAYS 40

/* The day types around @first as the inputs tell them. */
static void
read_calendar (Question *question, ArmmsDate first, guint8 day_types[CALENDAR_DAYS])
{
  JsonNode *node = find_input (question, "holidays");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  memset (day_types, ARMMS_DAY_ORDINARY, CALENDAR_DAYS);
  if (node == NULL)
    return;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      refuse (question, "holidays", "is no object");
      return;
    }
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      ArmmsDate date;

      if (!armms_date_parse (name, &date) || json_node_get_value_type (value) != G_TYPE_STRING)
        refuse (question, "holidays", "holds no date with a kind of day");
      else if (date.days >= first.days && date.days < first.days + CALENDAR_DAYS)
        day_types[date.days - first.days] = (guint8) read_day_type (question, json_node_get_string (value));
    }
}

static GArray *
read_rest_days (Question *question)
{
  GArray *dates = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  JsonNode *node = find_input (question, "rest_days");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      ArmmsDate date;

      if (!armms_date_parse (json_array_get_string_element (array, i), &date))
        refuse (question, "rest_days", "holds no date");
      else
        g_array_append_val (dates, date);
    }
  return dates;
}

/* "2026-10-05T18:00", local, as minutes since 1970 UTC. */
static gint64
read_minute (Question *question, const char *text)
{
  g_autofree char *date_text = g_strndup (text, 10);
  ArmmsDate date;
  int hour, minute;

  if (!armms_date_parse (date_text, &date) || sscanf (text + strlen (date_text), "T%2d:%2d", &hour, &minute) != 2)
    {
      refuse (question, "start", "or end is no local time");
      return 0;
    }
  return armms_zone_instant (question->book->zone, date, hour * ARMMS_MINUTES_PER_HOUR + minute).us / ARMMS_US_PER_MINUTE;
}

static guint
read_stretches (Question *question, ArmmsStretch worked[2])
{
  JsonNode *node = find_input (question, "unpaid_break");
  gint64 start = read_minute (question, read_text (question, "start"));
  gint64 end = read_minute (question, read_text (question, "end"));
  JsonArray *pause;

  worked[0] = (ArmmsStretch) { start, end };
  if (end <= start || end - start > 2 * ARMMS_MINUTES_PER_DAY)
    refuse (question, "end", "is not within two days after start");
  if (node == NULL)
    return 1;
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) != 2)
    {
      refuse (question, "unpaid_break", "is no pair of times");
      return 1;
    }
  pause = json_node_get_array (node);
  worked[0].to = read_minute (question, json_array_get_string_element (pause, 0));
  worked[1] = (ArmmsStretch) { read_minute (question, json_array_get_string_element (pause, 1)), end };
  if (worked[0].to < start || worked[1].from < worked[0].to || worked[1].from > end)
    refuse (question, "unpaid_break", "does not lie within the duty");
  return 2;
}

/* Cells in the order in which their first minute is worked: the duty is classified minute by minute longer. */
static guint
order_cells (const ArmmsStretch *worked, guint n, const ArmmsDuty *duty, const GArray *rest_days, const ArmmsZone *zone,
             ArmmsCell order[ARMMS_N_WORKED_CELLS])
{
  gboolean seen[ARMMS_N_CELLS] = { FALSE };
  guint found = 0;

  for (guint k = 0; k < n; k++)
    for (gint64 until = worked[k].from + 1; until <= worked[k].to; until++)
      {
        ArmmsStretch part[2] = { worked[0], worked[1] };
        gint32 cells[ARMMS_N_CELLS] = { 0 };

        part[k].to = until;
        armms_classify (part, k + 1, /* before= */ 0, duty, (const ArmmsDate *) rest_days->data, rest_days->len, zone, cells);
        for (guint cell = 0; cell < ARMMS_N_WORKED_CELLS; cell++)
          if (cells[cell] > 0 && !seen[cell])
            {
              seen[cell] = TRUE;
              order[found++] = (ArmmsCell) cell;
            }
      }
  return found;
}

static void
answer_shift_day (Question *question)
{
  g_autoptr(GArray) rest_days = read_rest_days (question);
  g_autoptr(JsonArray) lines = json_array_new ();
  ArmmsRate rate = read_rate (question);
  guint8 day_types[CALENDAR_DAYS];
  ArmmsCalendar calendar = { .n = CALENDAR_DAYS, .day_types = day_types };
  ArmmsDuty duty = { .policy = &armms_time_policy_default, .calendar = &calendar };
  ArmmsStretch worked[2] = { { 0, 0 }, { 0, 0 } };
  ArmmsCell order[ARMMS_N_WORKED_CELLS];
  gint32 cells[ARMMS_N_CELLS] = { 0 };
  gint64 total = 0;
  guint n_worked, n;

  n_worked = read_stretches (question, worked);
  if (question->error != NULL)
    return;
  duty.duty_date = armms_zone_date (question->book->zone, (ArmmsInstant) { worked[0].from * ARMMS_US_PER_MINUTE });
  calendar.first = armms_date_add_days (duty.duty_date, -2);
  read_calendar (question, calendar.first, day_types);
  if (question->error != NULL)
    return;
  armms_classify (worked, n_worked, /* before= */ 0, &duty, (const ArmmsDate *) rest_days->data, rest_days->len, question->book->zone, cells);
  n = order_cells (worked, n_worked, &duty, rest_days, question->book->zone, order);
  for (guint i = 0; i < n && question->error == NULL; i++)
    {
      JsonArray *line = json_array_new ();
      ArmmsMoney pay = ARMMS_MONEY (0);

      tell_pay (question, NULL, order[i], ARMMS_PREMIUM_FULL, rate, cells[order[i]], &pay);
      json_array_add_string_element (line, armms_cell_name (order[i]));
      json_array_add_int_element (line, cells[order[i]]);
      json_array_add_int_element (line, pay.centavos);
      json_array_add_array_element (lines, line);
      total += pay.centavos;
    }
  json_object_set_array_member (question->figures, "lines", g_steal_pointer (&lines));
  tell (question, "total_c", ARMMS_MONEY (total));
}

static ArmmsAttended
attended_on (Question *question, JsonObject *attendance, ArmmsDate date)
{
  char buffer[ARMMS_DATE_TEXT_SIZE];
  const char *mark = json_object_get_string_member_with_default (attendance, armms_date_format (date, buffer), NULL);

  if (mark == NULL || strcmp (mark, "rest_day") == 0 || strcmp (mark, "holiday_unworked") == 0)
    return ARMMS_ATTENDED_NOT_PLANNED;
  if (strcmp (mark, "worked") == 0 || strcmp (mark, "holiday_worked_8h") == 0)
    return ARMMS_ATTENDED_WORKED;
  if (strcmp (mark, "paid_leave") == 0)
    return ARMMS_ATTENDED_PAID_LEAVE;
  if (strcmp (mark, "absent_unpaid") != 0)
    refuse (question, "attendance", "holds an unknown mark");
  return ARMMS_ATTENDED_ABSENT;
}

static gboolean
qualifies (Question *question, JsonObject *attendance, ArmmsDate holiday)
{
  ArmmsAttended attended[LOOK_BACK_DAYS];
  ArmmsDayType day_types[LOOK_BACK_DAYS];
  guint8 calendar[CALENDAR_DAYS];

  read_calendar (question, armms_date_add_days (holiday, -LOOK_BACK_DAYS), calendar);
  for (gint i = 0; i < LOOK_BACK_DAYS; i++)
    {
      attended[i] = attended_on (question, attendance, armms_date_add_days (holiday, -1 - i));
      day_types[i] = (ArmmsDayType) calendar[LOOK_BACK_DAYS - 1 - i];
    }
  return armms_holiday_qualifies (attended, day_types, LOOK_BACK_DAYS);
}

static void
pay_holiday (Question *question, JsonObject *attendance, ArmmsDate date, ArmmsDayType day_type, const char *mark, ArmmsRate rate, JsonObject *pay)
{
  gboolean worked = strcmp (mark, "holiday_worked_8h") == 0 || strcmp (mark, "worked") == 0;
  ArmmsCell cell = worked ? ARMMS_CELL (day_type, FALSE, FALSE, FALSE)
                   : day_type == ARMMS_DAY_REGULAR ? ARMMS_CELL_REGULAR_UNWORKED : ARMMS_CELL_DOUBLE_REGULAR_UNWORKED;
  ArmmsMoney amount = ARMMS_MONEY (0);
  char buffer[ARMMS_DATE_TEXT_SIZE];

  if (worked || (day_type >= ARMMS_DAY_REGULAR && strcmp (mark, "absent_unpaid") != 0 && qualifies (question, attendance, date)))
    tell_pay (question, NULL, cell, ARMMS_PREMIUM_FULL, rate, MINUTES_PER_DUTY_DAY, &amount);
  json_object_set_int_member (pay, armms_date_format (date, buffer), amount.centavos);
}

static void
answer_holiday_eligibility (Question *question)
{
  g_autoptr(JsonObject) pay = json_object_new ();
  ArmmsRate rate = read_rate (question);
  JsonNode *attendance = find_input (question, "attendance");
  JsonNode *holidays = find_input (question, "holidays");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (attendance == NULL || !JSON_NODE_HOLDS_OBJECT (attendance) || holidays == NULL || !JSON_NODE_HOLDS_OBJECT (holidays))
    {
      refuse (question, "attendance", "or holidays is missing");
      return;
    }
  json_object_iter_init (&iter, json_node_get_object (holidays));
  while (json_object_iter_next (&iter, &name, &value) && question->error == NULL)
    {
      JsonObject *marks = json_node_get_object (attendance);
      const char *mark = json_object_get_string_member_with_default (marks, name, "holiday_unworked");
      ArmmsDayType day_type = read_day_type (question, json_node_get_string (value));
      ArmmsDate date;

      if (!armms_date_parse (name, &date))
        refuse (question, "holidays", "holds no date");
      else
        pay_holiday (question, marks, date, day_type, mark, rate, pay);
    }
  json_object_set_object_member (question->figures, "pay_c", g_steal_pointer (&pay));
}

static gboolean
scope_holds (const char *scope, const char *region, const char *city)
{
  return strcmp (scope, "national") == 0
         || (region != NULL && g_str_has_prefix (scope, "region:") && strcmp (scope + strlen ("region:"), region) == 0)
         || (city != NULL && g_str_has_prefix (scope, "city:") && strcmp (scope + strlen ("city:"), city) == 0);
}

static void
answer_holiday_calendar (Question *question)
{
  const char *region = find_input (question, "region") != NULL ? read_text (question, "region") : NULL;
  const char *city = find_input (question, "city") != NULL ? read_text (question, "city") : NULL;
  const char *found = NULL;
  ArmmsDate date = question->on_date;

  if (find_input (question, "date") != NULL && !armms_date_parse (read_text (question, "date"), &date))
    refuse (question, "date", "is no date");
  for (guint i = 0; i < question->book->holiday_rows->len; i++)
    {
      const Holiday *holiday = &g_array_index (question->book->holiday_rows, Holiday, i);

      if (holiday->date.days != date.days || !scope_holds (holiday->scope, region, city))
        continue;
      found = found == NULL ? holiday->day_type
                            : armms_day_type_name (armms_day_type_join (read_day_type (question, found), read_day_type (question, holiday->day_type)));
    }
  json_object_set_string_member (question->figures, "day_type", found != NULL ? found : "ordinary");
}

/* -- the smaller rules -- */

static void
answer_thirteenth (Question *question)
{
  ArmmsMoney basic = read_money (question, "basic_earned_c");
  ArmmsMoney other = read_money_or_none (question, "other_benefits_c");
  ArmmsMoney amount, exempt, taxable;

  if (question->error != NULL || !armms_thirteenth_month (basic, &amount, &question->error))
    return;
  armms_benefit_pool_split (ARMMS_MONEY (amount.centavos + other.centavos), question->tables->settings.benefit_pool, &exempt, &taxable);
  tell (question, "amount_c", amount);
  tell (question, "exempt_c", exempt);
  tell (question, "taxable_c", taxable);
}

static void
answer_sil (Question *question)
{
  ArmmsMultiplier days = read_decimal (question, "days");
  ArmmsMoney amount;

  if (question->error == NULL && armms_leave_conversion (days, read_money (question, "daily_rate_c"), &amount, &question->error))
    tell (question, "amount_c", amount);
}

static void
answer_eemr (Question *question)
{
  ArmmsMultiplier factor = read_decimal (question, "factor");
  ArmmsMoney monthly;

  if (question->error == NULL && armms_equivalent_monthly (read_money (question, "daily_rate_c"), factor, &monthly, &question->error))
    tell (question, "monthly_c", monthly);
}

/* A salary less days without pay, each at monthly x 12 / factor: the salary's line and the absence's, each rounded once. */
static void
answer_basic_less_lwop (Question *question)
{
  const char *salary_name = find_input (question, "monthly_basic_c") != NULL ? "monthly_basic_c" : "basic_c";
  const char *days_name = find_input (question, "lwop_days") != NULL ? "lwop_days" : "days";
  const char *factor_name = find_input (question, "factor_days") != NULL ? "factor_days" : "factor";
  ArmmsMoney salary = read_money (question, salary_name);
  ArmmsMultiplier days = read_decimal (question, days_name);
  ArmmsMoney lost;

  if (find_input (question, "daily_rate_c") != NULL)
    {
      if (!armms_leave_conversion (days, read_money (question, "daily_rate_c"), &lost, &question->error))
        return;
    }
  else
    {
      ArmmsMultiplier factor = read_decimal (question, factor_name);

      if (question->error != NULL || factor.millionths <= 0
          || !armms_money_mul_div (salary, 12 * days.millionths, factor.millionths, ARMMS_ROUND_HALF_AWAY, &lost, &question->error))
        return;
    }
  tell (question, "deduction_c", lost);
  tell (question, "amount_c", ARMMS_MONEY (salary.centavos - lost.centavos));
}

static void
answer_deminimis (Question *question)
{
  const char *benefit = read_text (question, "benefit");
  ArmmsMoney exempt, excess;

  if (question->error != NULL
      || !armms_de_minimis_split (&question->tables->de_minimis, benefit, question->on_date, read_money (question, "amount_c"),
                                  read_money_or_none (question, "region_min_wage_c"), &exempt, &excess, NULL, &question->error))
    return;
  tell (question, "exempt_c", exempt);
  tell (question, "excess_c", excess);
}

static void
answer_min_wage (Question *question)
{
  const char *region = read_text (question, "region");
  const char *sector = find_input (question, "sector") != NULL ? read_text (question, "sector") : "non-agriculture";
  const char *area = find_input (question, "area") != NULL ? read_text (question, "area") : NULL;
  ArmmsMinimumWage wage = armms_minimum_wage_find (&question->tables->wages, region, area, sector, question->on_date);
  ArmmsTrace trace;

  if (wage.lowest == NULL)
    {
      refuse (question, "region", "has no wage order in force on that date");
      return;
    }
  armms_trace_init (&trace, "statutory.minimum_wage");
  armms_trace_text (&trace, "region", region);
  armms_trace_text (&trace, "sector", wage.lowest->sector);
  armms_trace_text (&trace, "order", wage.lowest->order);
  armms_trace_money (&trace, "highest", wage.highest->daily);
  armms_trace_row (&trace, "minimum-wage", wage.lowest->row, wage.lowest->from, wage.lowest->source);
  trace.result = wage.lowest->daily;
  tell_trace (question, &trace);
  tell (question, "daily_rate_c", wage.lowest->daily);
  tell (question, "highest_rate_c", wage.highest->daily);
}

static const struct {
  const char *area;
  void (*answer) (Question *question);
} areas[] = {
  { "sss", answer_sss },
  { "philhealth", answer_philhealth },
  { "pagibig", answer_pagibig },
  { "wtax", answer_wtax },
  { "wtax_regular", answer_wtax_regular },
  { "wtax_cumulative", answer_wtax_cumulative },
  { "annual_tax", answer_annual_tax },
  { "annualise", answer_annualise },
  { "premium", answer_premium },
  { "shift_day", answer_shift_day },
  { "holiday_unworked", answer_holiday_unworked },
  { "holiday_eligibility", answer_holiday_eligibility },
  { "thirteenth", answer_thirteenth },
  { "sil", answer_sil },
  { "eemr", answer_eemr },
  { "basic_less_lwop", answer_basic_less_lwop },
  { "deminimis", answer_deminimis },
  { "netpay_month", answer_netpay_month },
  { "mwe", answer_mwe },
  { "min_wage", answer_min_wage },
  { "holiday_calendar", answer_holiday_calendar },
};

const char *const *
armms_rulebook_get_areas (void)
{
  static const char *names[G_N_ELEMENTS (areas) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    names[i] = areas[i].area;
  return names;
}

static GArray *
load_holidays (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "holidays.csv", NULL);
  g_autoptr(ArmmsCsv) csv = armms_csv_new_from_file (path, error);
  g_autoptr(GArray) holidays = g_array_new (FALSE, FALSE, sizeof (Holiday));

  if (csv == NULL)
    return NULL;
  while (armms_csv_next (csv))
    {
      Holiday holiday = { armms_csv_date (csv, "date"), armms_csv_interned (csv, "day_type"), armms_csv_interned (csv, "scope") };

      g_array_append_val (holidays, holiday);
    }
  return armms_csv_finish (csv, error) ? g_steal_pointer (&holidays) : NULL;
}

void
armms_rulebook_free (ArmmsRulebook *book)
{
  if (book == NULL)
    return;
  g_clear_pointer (&book->tables, armms_statutory_tables_free);
  g_clear_pointer (&book->holiday_rows, g_array_unref);
  g_clear_pointer (&book->zone, armms_zone_free);
  g_free (book);
}

ArmmsRulebook *
armms_rulebook_new (const char *folder, GError **error)
{
  g_autoptr(ArmmsRulebook) book = g_new0 (ArmmsRulebook, 1);

  book->tables = armms_statutory_tables_new_from_folder (folder, error);
  if (book->tables == NULL)
    return NULL;
  book->holiday_rows = load_holidays (folder, error);
  if (book->holiday_rows == NULL)
    return NULL;
  book->zone = armms_zone_new ("Asia/Manila");
  if (book->zone == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "zone.unknown", "this machine does not know the time zone Asia/Manila");
      return NULL;
    }
  return g_steal_pointer (&book);
}

JsonNode *
armms_rulebook_explain (ArmmsRulebook *book, const char *area, ArmmsDate on_date, JsonObject *inputs, GString *traces, GError **error)
{
  g_autoptr(JsonObject) figures = json_object_new ();
  Question question = {
    .book = book, .tables = book->tables, .on_date = on_date, .inputs = inputs, .figures = figures, .traces = traces,
  };
  JsonNode *node;

  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    {
      if (strcmp (area, areas[i].area) != 0)
        continue;
      areas[i].answer (&question);
      if (question.error != NULL)
        {
          g_propagate_prefixed_error (error, question.error, "%s: ", area);
          return NULL;
        }
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, g_steal_pointer (&figures));
      return node;
    }
  armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "rules.area", "there is no area %s", area);
  return NULL;
}

/* Every member of @wanted stands in @got with the same value; arrays and values are equal. */
static gboolean
holds (JsonNode *wanted, JsonNode *got)
{
  if (got == NULL || JSON_NODE_TYPE (wanted) != JSON_NODE_TYPE (got))
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (wanted))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      json_object_iter_init (&iter, json_node_get_object (wanted));
      while (json_object_iter_next (&iter, &name, &value))
        if (!holds (value, json_object_get_member (json_node_get_object (got), name)))
          return FALSE;
      return TRUE;
    }
  return json_node_equal (wanted, got);
}

static JsonNode *
read_json (ArmmsCsv *csv, const char *column)
{
  JsonNode *node = json_from_string (armms_csv_text (csv, column), NULL);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      armms_csv_refuse (csv, column, "is no JSON object");
      g_clear_pointer (&node, json_node_unref);
    }
  return node;
}

static gboolean
check_example (ArmmsRulebook *book, ArmmsCsv *csv, GString *report)
{
  g_autoptr(JsonNode) inputs = read_json (csv, "inputs");
  g_autoptr(JsonNode) wanted = read_json (csv, "expected");
  g_autoptr(JsonNode) got = NULL;
  g_autoptr(GString) traces = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (inputs == NULL || wanted == NULL)
    return FALSE;
  got = armms_rulebook_explain (book, armms_csv_text (csv, "area"), armms_csv_date (csv, "on_date"),
                                json_node_get_object (inputs), traces, &error);
  if (got != NULL && holds (wanted, got))
    return TRUE;
  if (report == NULL)
    return FALSE;
  text = got != NULL ? json_to_string (got, FALSE) : g_strdup (error->message);
  g_string_append_printf (report, "FAILED %s (%s): wanted %s, got %s\n", armms_csv_text (csv, "id"), armms_csv_text (csv, "area"),
                          armms_csv_text (csv, "expected"), text);
  g_string_append (report, traces->str);
  return FALSE;
}

gboolean
armms_rulebook_check (ArmmsRulebook *book, const char *path, GString *report, guint *ret_passed, guint *ret_failed, GError **error)
{
  g_autoptr(ArmmsCsv) csv = armms_csv_new_from_file (path, error);
  guint passed = 0, failed = 0;

  if (csv == NULL)
    return FALSE;
  while (armms_csv_next (csv))
    {
      if (check_example (book, csv, report))
        passed++;
      else
        failed++;
    }
  if (!armms_csv_finish (csv, error))
    return FALSE;
  *ret_passed = passed;
  *ret_failed = failed;
  return TRUE;
}
