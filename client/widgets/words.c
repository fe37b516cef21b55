#include "client/widgets/words.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct { const char *word; const char *shown; const char *style; } Word;

static const Word words[] = {
  { "DRAFT", N_("Draft"), "dim-label" },
  { "READY", N_("Ready"), "accent" },
  { "FINALIZED", N_("Finalised"), "success" },
  { "OPEN", N_("Open"), NULL },
  { "COMPLETE", N_("Complete"), NULL },
  { "ABSENT", N_("Absent"), "warning" },
  { "LEAVE", N_("Leave"), NULL },
  { "HOLIDAY", N_("Holiday"), NULL },
  { "CALCULATED", N_("Calculated"), "accent" },
  { "CALCULATING", N_("Calculating"), "accent" },
  { "SUBMITTED", N_("Submitted"), "accent" },
  { "VERIFIED", N_("Verified"), "accent" },
  { "APPROVED", N_("Approved"), "success" },
  { "CLOSED", N_("Closed"), "success" },
  { "REJECTED", N_("Rejected"), "error" },
  { "REQUESTED", N_("Requested"), "accent" },
  { "CANCELLED", N_("Cancelled"), "dim-label" },
  { "PLANNED", N_("Planned"), NULL },
  { "APPLIED", N_("Applied"), "success" },
  { "PARTIAL", N_("Partial"), "warning" },
  { "WAIVED", N_("Waived"), "warning" },
  { "DEFERRED", N_("Deferred"), "warning" },
  { "ERROR", N_("Error"), "error" },
  { "VALID", N_("Valid"), NULL },
  { "INVALID", N_("Invalid"), "error" },
  { "DUPLICATE", N_("Duplicate"), "dim-label" },
  { "UNMATCHED", N_("Unmatched"), "warning" },
  { "ADJUSTED", N_("Adjusted"), "accent" },
  { "info", N_("Info"), "dim-label" },
  { "warning", N_("Warning"), "warning" },
  { "blocking", N_("Blocking"), "error" },
  { "open", N_("Open"), NULL },
  { "settled", N_("Settled"), "success" },
  { "adjust", N_("Adjust"), NULL },
  { "accept", N_("Accept"), NULL },
  { "ignore", N_("Ignore"), NULL },
  { "NO_ASSIGNMENT", N_("No assignment"), NULL },
  { "WRONG_DETACHMENT", N_("Wrong detachment"), NULL },
  { "MISSING_IN", N_("Missing in"), NULL },
  { "MISSING_OUT", N_("Missing out"), NULL },
  { "OUT_OF_ORDER", N_("Out of order"), NULL },
  { "OVERLAP", N_("Two sites at once"), NULL },
  { "OUTSIDE_WINDOW", N_("Outside the shift's window"), NULL },
  { "LATE", N_("Late"), NULL },
  { "UNDERTIME", N_("Undertime"), NULL },
  { "BREAK_OVERRUN", N_("Break too long"), NULL },
  { "UNPAIRED_BREAK", N_("Break without end"), NULL },
  { "TOO_LONG", N_("Too long on duty"), NULL },
  { "CLOCK_SKEW", N_("Device clock is off"), NULL },
  { "UNKNOWN_EMPLOYEE", N_("Unknown employee"), NULL },
  { "INACTIVE_EMPLOYEE", N_("Inactive employee"), NULL },
  { "UNKNOWN_DEVICE", N_("Unknown device"), NULL },
  { "ON_LEAVE", N_("On leave"), NULL },
  { "HOLIDAY_UNPLANNED", N_("Unplanned work on a holiday"), NULL },
  { "timesheet.blocked", N_("Blocked by anomalies"), "error" },
  { "timesheet.open", N_("A day is still open"), "warning" },
  { "timesheet.changed", N_("Changed since it was sealed"), "warning" },
  { "timesheet.not_over", N_("The period is not over"), "warning" },
  { "timesheet.finalized", N_("Finalised already"), "dim-label" },
  { "earning", N_("Earning"), NULL },
  { "deduction", N_("Deduction"), NULL },
  { "statutory", N_("Statutory"), NULL },
  { "tax", N_("Tax"), NULL },
  { "obligation", N_("Obligation"), NULL },
  { "benefit", N_("Benefit"), NULL },
  { "COMPUTED", N_("Computed"), NULL },
  { "LEFT_OUT", N_("Left out"), "warning" },
  { "adjustment", N_("Adjustment"), NULL },
  { "employer", N_("Employer"), "dim-label" },
  { "accrual", N_("Accrual"), "dim-label" },
  { "net", N_("Net"), NULL },
  { "regular", N_("Regular"), NULL },
  { "off_cycle", N_("Off-cycle"), NULL },
  { "hourly", N_("Hourly"), NULL },
  { "daily", N_("Daily"), NULL },
  { "monthly", N_("Monthly"), NULL },
  { "OPEN_DAY", N_("Day still open"), NULL },
  { "CHANGED", N_("Changed since"), NULL },
};

static ArmmsZone *cells_zone;

static const Word *
find_word (const char *word)
{
  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, word))
      return &words[i];
  return NULL;
}

static char *
readable (const char *word)
{
  g_auto(GStrv) parts = g_strsplit (word, ".", -1);
  char *text = g_strjoinv (": ", parts);

  g_strdelimit (text, "_-", ' ');
  if (g_ascii_isupper (text[0]))
    for (char *c = text + 1; *c != '\0'; c++)
      *c = g_ascii_tolower (*c);
  text[0] = g_ascii_toupper (text[0]);
  return text;
}

char *
armms_word_to_display (const char *word)
{
  const Word *known = find_word (word);

  if (word == NULL || *word == '\0')
    return g_strdup ("");
  return known != NULL ? g_strdup (_(known->shown)) : readable (word);
}

char *
armms_minutes_cell_to_display (const char *cell)
{
  static const struct { const char *suffix, *shown; } suffixes[] = {
    { "_nd", N_("night") }, { "_ot", N_("overtime") }, { "_rest", N_("rest day") }, { "_unworked", N_("not worked") },
  };
  static const struct { const char *base, *shown; } bases[] = {
    { "ordinary", N_("Ordinary day") }, { "special", N_("Special day") }, { "double_special", N_("Double special day") },
    { "regular", N_("Regular holiday") }, { "double_regular", N_("Double regular holiday") },
  };
  g_autofree char *base = g_strdup (cell);
  g_autofree char *tail = g_strdup ("");

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (base, suffixes[i].suffix))
      {
        char *longer = g_strdup_printf (", %s%s", _(suffixes[i].shown), tail);

        base[strlen (base) - strlen (suffixes[i].suffix)] = '\0';
        g_free (tail);
        tail = longer;
      }
  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    if (g_str_equal (base, bases[i].base))
      return g_strconcat (_(bases[i].shown), tail, NULL);
  return armms_word_to_display (cell);
}

const char *
armms_word_to_style (const char *word)
{
  const Word *known = find_word (word);

  return known != NULL ? known->style : NULL;
}

gboolean
armms_field_is_words (const ArmmsField *field)
{
  return field->kind == ARMMS_FIELD_TEXT &&
         ((field->format != NULL && strchr (field->format, '|') != NULL) || g_str_equal (field->name, "code") ||
          g_str_equal (field->name, "state") || g_str_equal (field->name, "status"));
}

gboolean
armms_field_is_numeric (const ArmmsField *field)
{
  return field->kind == ARMMS_FIELD_INTEGER || field->kind == ARMMS_FIELD_MONEY || field->kind == ARMMS_FIELD_MULTIPLIER ||
         field->kind == ARMMS_FIELD_MINUTES;
}

/* Capitals and underscores: a code of ours and not somebody's text. */
static gboolean
looks_like_code (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isupper (*c) && *c != '_')
      return FALSE;
  return strlen (text) > 2;
}

static char *
join_words (char **texts)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      g_autofree char *shown = looks_like_code (texts[i]) ? armms_word_to_display (texts[i]) : g_strdup (texts[i]);
      if (i > 0)
        g_string_append (joined, ", ");
      g_string_append (joined, shown);
    }
  return g_string_free (joined, FALSE);
}

/* Codes inside a sentence of the server in the reader's language: "open anomalies: MISSING_IN". */
static char *
translate_codes (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (looks_like_code (parts[i]) && find_word (parts[i]) != NULL)
      {
        char *shown = g_strdup_printf ("%s%s", _(find_word (parts[i])->shown), parts[i + 1] != NULL ? "," : "");
        g_free (parts[i]);
        parts[i] = shown;
      }
  return g_strjoinv (" ", parts);
}

static char *
show_instant (ArmmsInstant instant)
{
  ArmmsDate date;
  gint32 minute;
  char text[ARMMS_DATE_TEXT_SIZE];

  if (armms_instant_is_none (instant))
    return g_strdup ("");
  if (cells_zone == NULL)
    armms_cells_set_zone ("Asia/Manila");
  date = armms_zone_date (cells_zone, instant);
  minute = armms_zone_minute_of_day (cells_zone, instant);
  return g_strdup_printf ("%s %02d:%02d", armms_date_format (date, text), minute / 60, minute % 60);
}

char *
armms_cell_to_display (const ArmmsField *field, gconstpointer record, const char **ret_style)
{
  gconstpointer place = G_STRUCT_MEMBER_P (record, field->offset);
  const char *style = NULL;
  char *text = NULL;

  switch (field->kind)
    {
    case ARMMS_FIELD_TEXT:
      if (armms_field_is_words (field))
        {
          style = armms_word_to_style (*(char *const *) place);
          text = armms_word_to_display (*(char *const *) place);
        }
      else if (g_str_equal (field->name, "message") && *(char *const *) place != NULL)
        text = translate_codes (*(char *const *) place);
      break;
    case ARMMS_FIELD_TEXTS:
      text = join_words (*(char **const *) place);
      break;
    case ARMMS_FIELD_INSTANT:
      text = show_instant (*(const ArmmsInstant *) place);
      break;
    case ARMMS_FIELD_MINUTES:
      if (((const ArmmsMinutes *) place)->count == 0)
        {
          style = "dim-label";
          text = g_strdup ("–");
        }
      break;
    case ARMMS_FIELD_INTEGER:
      if (*(const gint64 *) place == 0)
        {
          style = "dim-label";
          text = g_strdup ("–");
        }
      else if (g_str_equal (field->name, "blocking") || g_str_equal (field->name, "errors"))
        style = "error";
      break;
    case ARMMS_FIELD_MONEY:
      if (((const ArmmsMoney *) place)->centavos == 0)
        style = "dim-label";
      break;
    case ARMMS_FIELD_BOOLEAN:
      text = g_strdup (*(const gboolean *) place ? _("Yes") : "");
      break;
    default:
      break;
    }

  if (text == NULL)
    text = armms_field_to_display (field, record);
  if (ret_style != NULL)
    *ret_style = style;
  return text != NULL ? text : g_strdup ("");
}

char *
armms_cell_to_export (const ArmmsField *field, gconstpointer record)
{
  gconstpointer place = G_STRUCT_MEMBER_P (record, field->offset);
  g_autofree char *text = NULL;
  char money[ARMMS_MONEY_TEXT_SIZE];

  switch (field->kind)
    {
    case ARMMS_FIELD_MONEY: return g_strdup (armms_money_format (*(const ArmmsMoney *) place, money));
    case ARMMS_FIELD_MINUTES: return g_strdup_printf ("%d", ((const ArmmsMinutes *) place)->count);
    case ARMMS_FIELD_INTEGER: return g_strdup_printf ("%" G_GINT64_FORMAT, *(const gint64 *) place);
    default: break;
    }

  text = armms_cell_to_display (field, record, NULL);
  if (!armms_field_is_numeric (field) && *text != '\0' && strchr ("=+-@\t\r", *text) != NULL)
    return g_strconcat ("'", text, NULL);
  return g_steal_pointer (&text);
}

char *
armms_count_to_display (gint64 count)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, count);
}

char *
armms_field_to_heading (const ArmmsField *field)
{
  char *title;

  if (field->title != NULL)
    return g_strdup (_(field->title));
  title = readable (field->name);
  if (g_strcmp0 (_(title), title) != 0)
    {
      char *translated = g_strdup (_(title));
      g_free (title);
      return translated;
    }
  return title;
}

void
armms_cells_set_zone (const char *iana_name)
{
  ArmmsZone *zone = armms_zone_new (iana_name);

  if (zone == NULL)
    return;
  armms_zone_free (cells_zone);
  cells_zone = zone;
}
