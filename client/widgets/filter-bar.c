#include "client/widgets/filter-bar.h"

#include "client/widgets/words.h"

#include <string.h>

struct _ArmmsFilterBar
{
  GtkWidget parent_instance;

  GtkBox *box;          /* template child */
  GPtrArray *filters;   /* owned Filter */
  gboolean quiet;       /* the program changes it, not a person */
};

typedef struct
{
  char *name;
  GtkWidget *widget;    /* GtkSearchEntry, GtkDropDown or GtkToggleButton: the box's */
  char **values;        /* choices: one for each item; a switch: its value */
} Filter;

G_DEFINE_FINAL_TYPE (ArmmsFilterBar, armms_filter_bar, GTK_TYPE_WIDGET)

static guint changed_signal, search_entered_signal;

static void
filter_free (Filter *filter)
{
  g_free (filter->name);
  g_strfreev (filter->values);
  g_free (filter);
}

static Filter *
find (ArmmsFilterBar *self, const char *name)
{
  for (guint i = 0; i < self->filters->len; i++)
    {
      Filter *filter = g_ptr_array_index (self->filters, i);
      if (g_str_equal (filter->name, name))
        return filter;
    }
  return NULL;
}

static Filter *
add (ArmmsFilterBar *self, const char *name, GtkWidget *widget)
{
  Filter *filter = g_new0 (Filter, 1);

  filter->name = g_strdup (name);
  filter->widget = widget;
  g_ptr_array_add (self->filters, filter);
  return filter;
}

static const char *
value_of (const Filter *filter)
{
  if (GTK_IS_EDITABLE (filter->widget))
    return gtk_editable_get_text (GTK_EDITABLE (filter->widget));
  if (GTK_IS_TOGGLE_BUTTON (filter->widget))
    return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (filter->widget)) ? filter->values[0] : NULL;
  if (filter->values != NULL)
    {
      guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (filter->widget));
      return chosen < g_strv_length (filter->values) ? filter->values[chosen] : NULL;
    }
  return NULL;
}

static void
on_filter_changed_cb (ArmmsFilterBar *self)
{
  if (!self->quiet)
    g_signal_emit (self, changed_signal, 0);
}

static void
on_search_entered_cb (ArmmsFilterBar *self)
{
  g_signal_emit (self, search_entered_signal, 0);
}

static void
armms_filter_bar_dispose (GObject *object)
{
  ArmmsFilterBar *self = ARMMS_FILTER_BAR (object);

  self->quiet = TRUE;
  g_clear_pointer ((GtkWidget **) &self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (armms_filter_bar_parent_class)->dispose (object);
}

static void
armms_filter_bar_finalize (GObject *object)
{
  g_ptr_array_unref (ARMMS_FILTER_BAR (object)->filters);
  G_OBJECT_CLASS (armms_filter_bar_parent_class)->finalize (object);
}

static void
armms_filter_bar_class_init (ArmmsFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = armms_filter_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = armms_filter_bar_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/armms/Armms/widgets/filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ArmmsFilterBar, box);
  changed_signal = g_signal_new ("changed", ARMMS_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  search_entered_signal = g_signal_new ("search-entered", ARMMS_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
armms_filter_bar_init (ArmmsFilterBar *self)
{
  self->filters = g_ptr_array_new_with_free_func ((GDestroyNotify) filter_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

ArmmsFilterBar *
armms_filter_bar_new (void)
{
  return g_object_new (ARMMS_TYPE_FILTER_BAR, NULL);
}

void
armms_filter_bar_add_search (ArmmsFilterBar *self, const char *name, const char *placeholder)
{
  GtkWidget *entry = gtk_search_entry_new ();

  g_object_set (entry, "placeholder-text", placeholder, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, placeholder, -1);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 34);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 22);
  g_signal_connect_object (entry, "search-changed", G_CALLBACK (on_filter_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_search_entered_cb), self, G_CONNECT_SWAPPED);
  add (self, name, entry);
  gtk_box_append (self->box, entry);
}

void
armms_filter_bar_add_choice (ArmmsFilterBar *self, const char *name, const char *label)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *caption = gtk_label_new_with_mnemonic (label);
  GtkWidget *choice = gtk_drop_down_new (NULL, NULL);
  g_autofree char *plain = g_strdup (gtk_label_get_text (GTK_LABEL (caption)));

  gtk_label_set_mnemonic_widget (GTK_LABEL (caption), choice);
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, plain, -1);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (on_filter_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (group), caption);
  gtk_box_append (GTK_BOX (group), choice);
  gtk_box_append (self->box, group);
  add (self, name, choice);
}

void
armms_filter_bar_set_choices (ArmmsFilterBar *self, const char *name, const char *const *values, const char *const *labels)
{
  Filter *filter = find (self, name);
  g_autofree char *kept = g_strdup (value_of (filter));
  g_autoptr(GtkStringList) model = gtk_string_list_new (labels);
  guint chosen = 0;

  for (guint i = 0; values[i] != NULL; i++)
    if (g_strcmp0 (values[i], kept) == 0)
      chosen = i;

  self->quiet = TRUE;
  g_strfreev (filter->values);
  filter->values = g_strdupv ((char **) values);
  gtk_drop_down_set_model (GTK_DROP_DOWN (filter->widget), G_LIST_MODEL (model));
  if (g_strv_length (filter->values) > 12)
    {
      g_autoptr(GtkExpression) text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
      gtk_drop_down_set_expression (GTK_DROP_DOWN (filter->widget), text);
      gtk_drop_down_set_enable_search (GTK_DROP_DOWN (filter->widget), TRUE);
    }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (filter->widget), chosen);
  self->quiet = FALSE;
}

void
armms_filter_bar_set_words (ArmmsFilterBar *self, const char *name, const char *format, const char *all)
{
  g_auto(GStrv) words = g_strsplit (format, "|", -1);
  g_autoptr(GPtrArray) values = g_ptr_array_new ();
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (values, (char *) "");
  g_ptr_array_add (labels, g_strdup (all));
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_ptr_array_add (values, words[i]);
      g_ptr_array_add (labels, armms_word_to_display (words[i]));
    }
  g_ptr_array_add (values, NULL);
  g_ptr_array_add (labels, NULL);
  armms_filter_bar_set_choices (self, name, (const char *const *) values->pdata, (const char *const *) labels->pdata);
}

void
armms_filter_bar_add_switch (ArmmsFilterBar *self, const char *name, const char *value, const char *label)
{
  GtkWidget *button = gtk_toggle_button_new_with_mnemonic (label);
  GtkWidget *caption = gtk_button_get_child (GTK_BUTTON (button));
  Filter *filter = add (self, name, button);
  const char *values[] = { value, NULL };

  if (GTK_IS_LABEL (caption))
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_label_get_text (GTK_LABEL (caption)), -1);
  filter->values = g_strdupv ((char **) values);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_filter_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, button);
}

void
armms_filter_bar_append (ArmmsFilterBar *self, GtkWidget *widget)
{
  gtk_box_append (self->box, widget);
}

const char *
armms_filter_bar_get (ArmmsFilterBar *self, const char *name)
{
  Filter *filter = find (self, name);
  const char *value = filter != NULL ? value_of (filter) : NULL;

  return value != NULL && *value != '\0' ? value : NULL;
}

void
armms_filter_bar_choose (ArmmsFilterBar *self, const char *name, const char *value)
{
  Filter *filter = find (self, name);

  self->quiet = TRUE;
  if (GTK_IS_EDITABLE (filter->widget))
    gtk_editable_set_text (GTK_EDITABLE (filter->widget), value != NULL ? value : "");
  else if (GTK_IS_TOGGLE_BUTTON (filter->widget))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (filter->widget), g_strcmp0 (value, filter->values[0]) == 0);
  else
    for (guint i = 0; filter->values != NULL && filter->values[i] != NULL; i++)
      if (g_strcmp0 (filter->values[i], value != NULL ? value : "") == 0)
        gtk_drop_down_set_selected (GTK_DROP_DOWN (filter->widget), i);
  self->quiet = FALSE;
}

void
armms_filter_bar_apply (ArmmsFilterBar *self, ArmmsQuery *query)
{
  for (guint i = 0; i < self->filters->len; i++)
    {
      const Filter *filter = g_ptr_array_index (self->filters, i);
      armms_query_set (query, filter->name, value_of (filter));
    }
}

void
armms_filter_bar_focus_search (ArmmsFilterBar *self)
{
  for (guint i = 0; i < self->filters->len; i++)
    {
      const Filter *filter = g_ptr_array_index (self->filters, i);
      if (GTK_IS_SEARCH_ENTRY (filter->widget))
        {
          gtk_widget_grab_focus (filter->widget);
          return;
        }
    }
}
