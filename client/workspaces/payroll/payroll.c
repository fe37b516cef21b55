#include "client/workspaces/payroll/payroll.h"

#include "client/workspaces/payroll/payrun-page.h"
#include "client/workspaces/payroll/payruns-page.h"

#include <glib/gi18n.h>

static void
on_run_opened_cb (GtkStack *stack, ArmmsRow *row)
{
  ArmmsPayrunPage *page = ARMMS_PAYRUN_PAGE (gtk_stack_get_child_by_name (stack, "run"));

  armms_payrun_page_open (page, armms_row_get_record (row));
  gtk_stack_set_visible_child (stack, GTK_WIDGET (page));
}

static void
on_run_left_cb (GtkStack *stack)
{
  GtkWidget *runs = gtk_stack_get_child_by_name (stack, "runs");

  gtk_stack_set_visible_child (stack, runs);
  gtk_widget_activate_action (runs, "page.refresh", NULL);
}

static GtkWidget *
create (ArmmsApi *api)
{
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *runs = armms_payruns_page_new (api);
  GtkWidget *run = armms_payrun_page_new (api);

  gtk_stack_set_transition_type (GTK_STACK (stack), GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT_RIGHT);
  gtk_stack_add_named (GTK_STACK (stack), runs, "runs");
  gtk_stack_add_named (GTK_STACK (stack), run, "run");
  g_signal_connect_object (runs, "opened", G_CALLBACK (on_run_opened_cb), stack, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "left", G_CALLBACK (on_run_left_cb), stack, G_CONNECT_SWAPPED);
  return stack;
}

const ArmmsWorkspace armms_payroll_workspace = {
  .id = "payroll",
  .title = N_("Payroll"),
  .icon_name = "accessories-calculator-symbolic",
  .scope = "payroll:read",
  .create = create,
};
