#include "client/widgets/notice.h"

#include "client/session/problem.h"

struct _ArmmsNotice
{
  GtkWidget parent_instance;

  GtkRevealer *revealer; /* template children */
  GtkBox *box;
  GtkLabel *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (ArmmsNotice, armms_notice, GTK_TYPE_WIDGET)

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  armms_notice_show (ARMMS_NOTICE (widget), NULL, NULL, NULL, NULL);
}

static void
armms_notice_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (armms_notice_parent_class)->dispose (object);
}

static void
armms_notice_class_init (ArmmsNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = armms_notice_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/armms/Armms/widgets/notice.ui");
  gtk_widget_class_bind_template_child (widget_class, ArmmsNotice, revealer);
  gtk_widget_class_bind_template_child (widget_class, ArmmsNotice, box);
  gtk_widget_class_bind_template_child (widget_class, ArmmsNotice, label);
  gtk_widget_class_bind_template_child (widget_class, ArmmsNotice, button);
  gtk_widget_class_install_action (widget_class, "notice.close", NULL, close_action);
}

static void
armms_notice_init (ArmmsNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

ArmmsNotice *
armms_notice_new (void)
{
  return g_object_new (ARMMS_TYPE_NOTICE, NULL);
}

void
armms_notice_show (ArmmsNotice *self, const char *style, const char *text, const char *button, const char *action)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->box), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->box), "warning");
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->box), style);
  if (text != NULL)
    gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  if (button != NULL)
    {
      gtk_button_set_label (self->button, button);
      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->button), action);
    }
  gtk_revealer_set_reveal_child (self->revealer, text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}

void
armms_notice_show_error (ArmmsNotice *self, const GError *error)
{
  g_autofree char *title = NULL, *detail = NULL, *text = NULL;

  if (error == NULL)
    {
      armms_notice_show (self, NULL, NULL, NULL, NULL);
      return;
    }
  title = armms_problem_title (error);
  detail = armms_problem_detail (error);
  text = g_strconcat (title, ". ", detail, NULL);
  armms_notice_show (self, "error", text, NULL, NULL);
}
