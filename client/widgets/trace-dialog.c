#include "client/widgets/trace-dialog.h"

#include "client/widgets/words.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

struct _ArmmsTraceDialog
{
  AdwWindow parent_instance;

  AdwPreferencesPage *page; /* template children */
  AdwPreferencesGroup *inputs;
  AdwPreferencesGroup *rule;
  AdwPreferencesGroup *table;
  AdwPreferencesGroup *rounding;
  GtkLabel *figure_label;
  GtkLabel *context_label;
  GtkLabel *formula_label;

  GString *text;            /* owned: what is shown, as lines */
};

typedef struct { const char *code; const char *shown; } Known;

/* What each rule does, in a sentence. */
static const Known rules[] = {
  { "pay.cell", N_("Minutes worked × rate per minute × premium, rounded once") },
  { "pay.absence", N_("Minutes absent × rate per minute, taken off the salary, rounded once") },
  { "pay.salary", N_("Monthly salary for the days of the period") },
  { "pay.cola", N_("Cost-of-living allowance of the day, in proportion to the first eight hours, times the holiday's multiple") },
  { "pay.absence_limit", N_("Absences take no more than the salary: what is above it is given back") },
  { "pay.difference", N_("What the corrected timesheet comes to, less what was paid for it before") },
  { "pay.benefit", N_("A benefit that is due; what of it is free of tax, by its ceiling and the pool of the year") },
  { "pay.thirteenth_month", N_("A twelfth of the basic pay of the year, less what had accrued before") },
  { "statutory.sss", N_("SSS: the row of the contribution table for the month's salary credit") },
  { "statutory.philhealth", N_("PhilHealth: a rate of the monthly basic salary between floor and ceiling") },
  { "statutory.hdmf", N_("Pag-IBIG (HDMF): a rate of the monthly pay up to its ceiling") },
  { "tax.table", N_("Withholding tax by table: base tax plus the rate on what exceeds the bracket") },
  { "tax.regular", N_("Withholding tax: the bracket of regular pay, its rate on regular and supplementary pay") },
  { "tax.cumulative", N_("Withholding tax by the cumulative average method") },
  { "tax.annualised", N_("Withholding tax of the whole year, less what was withheld before") },
  { "tax.exempt", N_("Minimum-wage earner: exempt from withholding tax") },
  { "time.classify", N_("Every worked minute falls into one cell: first eight hours or overtime, day or night, by the day's kind") },
  { "deductions.waterfall", N_("Gross, less contributions, tax and obligations in their order, never below the net floor") },
  { "deductions.obligation", N_("Instalment due, as far as the net floor allows") },
  { "deductions.statutory", N_("Contribution due, as far as the net floor allows") },
  { "deductions.tax", N_("Withholding tax due, as far as there is pay") },
};

static const Known names[] = {
  { "cell", N_("Kind of minutes") },
  { "minutes", N_("Minutes") },
  { "rate", N_("Rate") },
  { "multiplier", N_("Premium") },
  { "part", N_("Part") },
  { "whole", N_("Premium with the basic") },
  { "law", N_("Premium by law") },
  { "contract", N_("Premium by contract") },
  { "won", N_("The larger is") },
  { "cola", N_("Allowance of a day") },
  { "order", N_("Wage order") },
  { "months_per_year", N_("Months of the year") },
  { "day_minutes", N_("Minutes of a day") },
  { "basis", N_("Basis of the rate card") },
  { "card", N_("Rate card") },
  { "factor", N_("Factor of the year") },
  { "rate_card", N_("Rate card, reference") },
  { "rate_card_from", N_("Rate card in force from") },
  { "monthly", N_("Monthly salary") },
  { "compensation", N_("Compensation of the month") },
  { "salary_credit", N_("Monthly salary credit") },
  { "base", N_("Base") },
  { "base_floor", N_("Floor of the base") },
  { "employee_rate", N_("Employee's rate") },
  { "employer_rate", N_("Employer's rate") },
  { "employer", N_("Employer's share") },
  { "employee_mpf", N_("Provident fund, employee") },
  { "employer_mpf", N_("Provident fund, employer") },
  { "employer_ec", N_("Employees' compensation, employer") },
  { "regular", N_("Regular pay") },
  { "supplementary", N_("Supplementary pay") },
  { "taxable", N_("Taxable pay") },
  { "over", N_("Bracket begins above") },
  { "table", N_("Table") },
  { "gross", N_("Gross pay") },
  { "statutory", N_("Contributions") },
  { "tax", N_("Withholding tax") },
  { "obligations", N_("Obligations") },
  { "waived", N_("Waived") },
  { "deferred", N_("Deferred") },
  { "floor", N_("Net floor") },
  { "floor_policy", N_("Floor policy") },
  { "floor_percent_bp", N_("Floor in hundredths of a percent of gross") },
  { "floor_amount", N_("Floor as an amount") },
  { "floor_missed", N_("Law alone takes more than the floor leaves") },
  { "receivable", N_("Remitted but not taken from pay") },
  { "periods", N_("Periods so far") },
  { "periods_per_year", N_("Periods of the year") },
  { "days", N_("Days") },
  { "period_days", N_("Days of the period") },
  { "average", N_("Average") },
  { "tax_of_year", N_("Tax of the year so far") },
  { "withheld_before", N_("Withheld before") },
  { "due", N_("Due") },
  { "priority", N_("Priority") },
  { "because", N_("Because") },
  { "exempt", N_("Free of tax") },
  { "tax_class", N_("Taxed as") },
  { "ceiling", N_("Ceiling") },
  { "pool", N_("Pool of the year") },
  { "before", N_("Before") },
  { "after", N_("After") },
};

G_DEFINE_FINAL_TYPE (ArmmsTraceDialog, armms_trace_dialog, ADW_TYPE_WINDOW)

static const char *
look_up (const Known *known, guint count, const char *code)
{
  for (guint i = 0; i < count; i++)
    if (g_str_equal (known[i].code, code))
      return _(known[i].shown);
  return NULL;
}

static char *
name_of (const char *code)
{
  const char *known = look_up (names, G_N_ELEMENTS (names), code);

  return known != NULL ? g_strdup (known) : armms_word_to_display (code);
}

static char *
value_of (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("–");
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? _("Yes") : _("No"));
  return json_to_string (node, FALSE);
}

/* "755.00/480" reads as an amount over minutes; cells and codes as words. (transfer full) */
static char *
show_value (const char *name, JsonNode *node)
{
  g_autofree char *raw = value_of (node);
  char *slash = strchr (raw, '/');

  if (g_str_equal (name, "cell"))
    return armms_minutes_cell_to_display (raw);
  if (g_str_equal (name, "basis") || g_str_equal (name, "part"))
    return armms_word_to_display (raw);
  if (slash != NULL && g_str_equal (name, "rate"))
    /* Translators: an amount of money, then a number of minutes: "755.00 over 480 minutes" */
    return g_strdup_printf (_("%.*s over %s minutes"), (int) (slash - raw), raw, slash + 1);
  return g_steal_pointer (&raw);
}

static void
add_row (ArmmsTraceDialog *self, AdwPreferencesGroup *group, const char *title, const char *value)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (value);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", title, value);

  g_object_set (row, "use-markup", FALSE, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 1.0f);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_widget_add_css_class (row, "armms-trace-row");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  adw_preferences_group_add (group, row);
  gtk_widget_set_visible (GTK_WIDGET (group), TRUE);
  g_string_append_printf (self->text, "%s\n", spoken);
}

static JsonObject *
object_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* The arithmetic as a line: "240 min × 755.00 ÷ 480 × 1.25 = 471.88". (transfer full) (nullable) */
static char *
formula_of (JsonObject *trace)
{
  JsonObject *in = object_member (trace, "in");
  const char *result = text_member (trace, "result");
  const char *rate = text_member (in, "rate");
  g_autofree char *minutes = NULL, *multiplier = NULL;
  const char *slash = rate != NULL ? strchr (rate, '/') : NULL;

  if (in == NULL || result == NULL)
    return NULL;
  if (slash != NULL && json_object_has_member (in, "minutes") && json_object_has_member (in, "multiplier"))
    {
      minutes = value_of (json_object_get_member (in, "minutes"));
      multiplier = value_of (json_object_get_member (in, "multiplier"));
      /* Translators: minutes, an amount, minutes, a multiplier, an amount */
      return g_strdup_printf (_("%s min × %.*s ÷ %s min × %s = %s"), minutes, (int) (slash - rate), rate, slash + 1, multiplier, result);
    }
  if (text_member (in, "base") != NULL && json_object_has_member (in, "employee_rate"))
    {
      multiplier = value_of (json_object_get_member (in, "employee_rate"));
      return g_strdup_printf ("%s × %s = %s", text_member (in, "base"), multiplier, result);
    }
  if (text_member (in, "taxable") != NULL && text_member (in, "over") != NULL && text_member (in, "base") != NULL && json_object_has_member (in, "rate"))
    {
      multiplier = value_of (json_object_get_member (in, "rate"));
      return g_strdup_printf ("%s + (%s − %s) × %s = %s", text_member (in, "base"), text_member (in, "taxable"), text_member (in, "over"), multiplier, result);
    }
  return NULL;
}

static void
show_input (ArmmsTraceDialog *self, JsonObject *in, const char *code)
{
  g_autofree char *name = name_of (code);
  g_autofree char *value = show_value (code, json_object_get_member (in, code));

  add_row (self, self->inputs, name, value);
}

/* Known ones in the order of the table above, which is the order of the arithmetic; then what is new. */
static void
show_inputs (ArmmsTraceDialog *self, JsonObject *in)
{
  g_autoptr(GList) members = json_object_get_members (in);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (json_object_has_member (in, names[i].code))
      show_input (self, in, names[i].code);
  for (GList *l = members; l != NULL; l = l->next)
    if (look_up (names, G_N_ELEMENTS (names), l->data) == NULL)
      show_input (self, in, l->data);
}

static void
show_table (ArmmsTraceDialog *self, JsonObject *row)
{
  static const Known labels[] = {
    { "table", N_("Table") }, { "row", N_("Row") }, { "from", N_("In force from") }, { "source", N_("Source") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (json_object_has_member (row, labels[i].code))
      {
        g_autofree char *raw = value_of (json_object_get_member (row, labels[i].code));
        g_autofree char *value = g_str_equal (labels[i].code, "table") ? armms_word_to_display (raw) : g_steal_pointer (&raw);
        add_row (self, self->table, _(labels[i].shown), value);
      }
}

static void
show_exact (ArmmsTraceDialog *self, const char *exact)
{
  g_autofree char *text = NULL;
  gint64 numerator, denominator;
  char *end = NULL;

  numerator = g_ascii_strtoll (exact, &end, 10);
  denominator = end != NULL && *end == '/' ? g_ascii_strtoll (end + 1, NULL, 10) : 0;
  if (denominator > 0)
    {
      /* Four decimals of a centavo, cut: integers only, as everywhere near money. */
      __int128 scaled = (__int128) ABS (numerator) * 10000 / denominator;
      gint64 centavos = (gint64) (scaled / 10000);

      g_autofree char *amount = g_strdup_printf ("%s%" G_GINT64_FORMAT ".%02d%04d", numerator < 0 ? "-" : "", centavos / 100,
                                                 (int) (centavos % 100), (int) (scaled % 10000));

      /* Translators: a fraction of centavos, then the same as an amount with many decimals */
      text = g_strdup_printf (_("%s centavos = %s"), exact, amount);
    }
  add_row (self, self->rounding, _("Exact"), text != NULL ? text : exact);
}

static void
show_trace (ArmmsTraceDialog *self, JsonObject *trace)
{
  const char *rule = text_member (trace, "rule");
  g_autofree char *formula = formula_of (trace);

  if (formula != NULL)
    {
      gtk_label_set_text (self->formula_label, formula);
      gtk_widget_set_visible (GTK_WIDGET (self->formula_label), TRUE);
      g_string_append_printf (self->text, "%s\n", formula);
    }
  if (object_member (trace, "in") != NULL)
    show_inputs (self, object_member (trace, "in"));
  if (rule != NULL)
    {
      const char *sentence = look_up (rules, G_N_ELEMENTS (rules), rule);
      if (sentence != NULL)
        add_row (self, self->rule, _("What it does"), sentence);
      add_row (self, self->rule, _("Name"), rule);
    }
  if (object_member (trace, "row") != NULL)
    show_table (self, object_member (trace, "row"));
  if (text_member (trace, "exact") != NULL)
    show_exact (self, text_member (trace, "exact"));
  if (text_member (trace, "rounding") != NULL)
    add_row (self, self->rounding, _("How"), text_member (trace, "rounding"));
  if (text_member (trace, "result") != NULL)
    add_row (self, self->rounding, _("Result"), text_member (trace, "result"));
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), ARMMS_TRACE_DIALOG (widget)->text->str);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
armms_trace_dialog_finalize (GObject *object)
{
  g_string_free (ARMMS_TRACE_DIALOG (object)->text, TRUE);
  G_OBJECT_CLASS (armms_trace_dialog_parent_class)->finalize (object);
}

static void
armms_trace_dialog_class_init (ArmmsTraceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = armms_trace_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/armms/Armms/widgets/trace-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ArmmsTraceDialog, page);
  gtk_widget_class_bind_template_child (widget_class, ArmmsTraceDialog, inputs);
  gtk_widget_class_bind_template_child (widget_class, ArmmsTraceDialog, rule);
  gtk_widget_class_bind_template_child (widget_class, ArmmsTraceDialog, table);
  gtk_widget_class_bind_template_child (widget_class, ArmmsTraceDialog, rounding);
  gtk_widget_class_bind_template_child (widget_class, ArmmsTraceDialog, figure_label);
  gtk_widget_class_bind_template_child (widget_class, ArmmsTraceDialog, context_label);
  gtk_widget_class_bind_template_child (widget_class, ArmmsTraceDialog, formula_label);
  gtk_widget_class_install_action (widget_class, "trace.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "trace.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "trace.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "trace.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "trace.copy", NULL);
}

static void
armms_trace_dialog_init (ArmmsTraceDialog *self)
{
  self->text = g_string_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self->formula_label), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->inputs), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->rule), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->table), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->rounding), FALSE);
}

ArmmsTraceDialog *
armms_trace_dialog_new (GtkWindow *parent, const char *figure, const char *context, const char *trace)
{
  ArmmsTraceDialog *self = g_object_new (ARMMS_TYPE_TRACE_DIALOG, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root = NULL;

  gtk_label_set_text (self->figure_label, figure);
  gtk_label_set_text (self->context_label, context != NULL ? context : "");
  gtk_widget_set_visible (GTK_WIDGET (self->context_label), context != NULL);
  g_string_append_printf (self->text, "%s\n%s\n", figure, context != NULL ? context : "");
  if (trace != NULL && json_parser_load_from_data (parser, trace, -1, /* error= */ NULL))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    show_trace (self, json_node_get_object (root));
  else
    add_row (self, self->rule, _("No explanation"), trace != NULL ? trace : _("The server stored none with this figure."));
  return self;
}

char *
armms_trace_dialog_get_text (ArmmsTraceDialog *self)
{
  return g_strdup (self->text->str);
}
