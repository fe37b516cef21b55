#include "client/widgets/progress-dialog.h"

#include "client/session/problem.h"
#include "client/widgets/grid.h"
#include "client/widgets/words.h"

#include <glib/gi18n.h>

struct _ArmmsProgressDialog
{
  AdwWindow parent_instance;

  GtkLabel *heading; /* template children */
  GtkProgressBar *bar;
  GtkLabel *detail;
  GtkLabel *left_out_heading;
  ArmmsGrid *grid;
  GtkButton *cancel_button;
  GtkButton *close_button;

  ArmmsJobWatch *job; /* owned */
  char *doing;        /* owned */
  char *done;         /* owned */
};

G_DEFINE_FINAL_TYPE (ArmmsProgressDialog, armms_progress_dialog, ADW_TYPE_WINDOW)

static guint ended_signal;

static void
show_running (ArmmsProgressDialog *self)
{
  gint64 done = armms_job_watch_get_done (self->job), total = armms_job_watch_get_total (self->job);
  g_autofree char *done_text = armms_count_to_display (done), *total_text = armms_count_to_display (total);
  g_autofree char *text = NULL;

  gtk_label_set_text (self->heading, self->doing);
  if (total > 0)
    {
      gtk_progress_bar_set_fraction (self->bar, CLAMP ((double) done / (double) total, 0, 1));
      /* Translators: how many are done, of how many */
      text = g_strdup_printf (_("%s of %s"), done_text, total_text);
    }
  else
    {
      gtk_progress_bar_pulse (self->bar);
      text = g_strdup (_("Waiting for the server to begin…"));
    }
  gtk_label_set_text (self->detail, armms_job_watch_is_cancelling (self->job) ? _("Stopping at the next safe point…") : text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "progress.cancel", !armms_job_watch_is_cancelling (self->job));
}

static void
show_over (ArmmsProgressDialog *self)
{
  const GError *error = armms_job_watch_get_error (self->job);
  gint64 done = armms_job_watch_get_done (self->job), failed = armms_job_watch_get_failed (self->job);
  guint left_out = g_list_model_get_n_items (armms_job_watch_get_problems (self->job));
  gint64 missed = MAX (failed, (gint64) left_out);
  g_autofree char *done_text = armms_count_to_display (missed > 0 ? MAX (done - missed, 0) : done);
  g_autofree char *missed_text = armms_count_to_display (missed);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel_button), FALSE);
  if (error != NULL)
    {
      g_autofree char *title = armms_problem_title (error);
      gtk_label_set_text (self->heading, title);
      text = armms_problem_detail (error);
    }
  else if (g_ascii_strcasecmp (armms_job_watch_get_state (self->job), "cancelled") == 0)
    {
      gtk_label_set_text (self->heading, _("Stopped"));
      /* Translators: how many were done before the work was stopped */
      text = g_strdup_printf (_("%s were done before it was stopped."), done_text);
    }
  else
    {
      gtk_label_set_text (self->heading, self->done);
      if (missed > 0)
        /* Translators: how many are done, how many were left out */
        text = g_strdup_printf (_("%s done, %s left out. The list says why."), done_text, missed_text);
      else
        /* Translators: how many are done */
        text = g_strdup_printf (_("%s done, none left out."), done_text);
    }
  gtk_label_set_text (self->detail, text);
  gtk_widget_set_visible (GTK_WIDGET (self->grid), left_out > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->left_out_heading), left_out > 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->close_button));
}

static void
on_job_changed_cb (ArmmsProgressDialog *self)
{
  if (armms_job_watch_is_over (self->job))
    show_over (self);
  else
    show_running (self);
}

static void
on_job_ended_cb (ArmmsProgressDialog *self)
{
  g_signal_emit (self, ended_signal, 0);
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  armms_job_watch_cancel (ARMMS_PROGRESS_DIALOG (widget)->job);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
armms_progress_dialog_dispose (GObject *object)
{
  g_clear_object (&ARMMS_PROGRESS_DIALOG (object)->job);
  G_OBJECT_CLASS (armms_progress_dialog_parent_class)->dispose (object);
}

static void
armms_progress_dialog_finalize (GObject *object)
{
  ArmmsProgressDialog *self = ARMMS_PROGRESS_DIALOG (object);

  g_free (self->doing);
  g_free (self->done);
  G_OBJECT_CLASS (armms_progress_dialog_parent_class)->finalize (object);
}

static void
armms_progress_dialog_class_init (ArmmsProgressDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = armms_progress_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = armms_progress_dialog_finalize;
  g_type_ensure (ARMMS_TYPE_GRID);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/armms/Armms/widgets/progress-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ArmmsProgressDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, ArmmsProgressDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, ArmmsProgressDialog, detail);
  gtk_widget_class_bind_template_child (widget_class, ArmmsProgressDialog, left_out_heading);
  gtk_widget_class_bind_template_child (widget_class, ArmmsProgressDialog, grid);
  gtk_widget_class_bind_template_child (widget_class, ArmmsProgressDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, ArmmsProgressDialog, close_button);
  gtk_widget_class_install_action (widget_class, "progress.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "progress.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "progress.close", NULL);
  ended_signal = g_signal_new ("ended", ARMMS_TYPE_PROGRESS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
armms_progress_dialog_init (ArmmsProgressDialog *self)
{
  static const ArmmsGridColumn columns[] = {
    { "label", 28, FALSE, NULL }, { "code", 18, FALSE, NULL }, { "message", 20, TRUE, NULL }, { NULL }
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  armms_grid_set_columns (self->grid, _("Left out"), armms_job_watch_get_problem_type (), columns);
}

ArmmsProgressDialog *
armms_progress_dialog_new (GtkWindow *parent, ArmmsJobWatch *job, const char *doing, const char *done)
{
  ArmmsProgressDialog *self = g_object_new (ARMMS_TYPE_PROGRESS_DIALOG, "transient-for", parent, "title", doing, NULL);

  self->job = g_object_ref (job);
  self->doing = g_strdup (doing);
  self->done = g_strdup (done);
  armms_grid_set_rows (self->grid, armms_job_watch_get_problems (job));
  g_signal_connect_object (job, "changed", G_CALLBACK (on_job_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (job, "ended", G_CALLBACK (on_job_ended_cb), self, G_CONNECT_SWAPPED);
  on_job_changed_cb (self);
  return self;
}
