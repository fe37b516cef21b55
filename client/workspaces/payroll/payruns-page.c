#include "client/workspaces/payroll/payruns-page.h"

#include "client/widgets/filter-bar.h"
#include "client/widgets/grid.h"
#include "client/widgets/notice.h"
#include "client/widgets/words.h"
#include "client/workspaces/shared/choices.h"
#include "common/wire/payroll/pay-period.h"
#include "common/wire/payroll/payrun.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _ArmmsPayrunsPage
{
  GtkWidget parent_instance;

  ArmmsNotice *notice; /* template children */
  ArmmsFilterBar *filters;
  ArmmsGrid *grid;

  ArmmsApi *api;             /* owned */
  GCancellable *cancellable; /* owned */
  GPtrArray *periods;        /* owned, nullable: what the open dialog offers, of ArmmsPayPeriod */
  GtkDropDown *choice;       /* the dialog's */
};

G_DEFINE_FINAL_TYPE (ArmmsPayrunsPage, armms_payruns_page, GTK_TYPE_WIDGET)

static guint opened_signal;

static const ArmmsGridColumn columns[] = {
  { "title", 24, TRUE, N_("Payrun") },
  { "period_from", 10, FALSE, NULL },
  { "period_to", 10, FALSE, NULL },
  { "state", 10, FALSE, NULL },
  { "paysheets", 8, FALSE, NULL },
  { "errors", 6, FALSE, NULL },
  { "gross", 13, FALSE, NULL },
  { "net", 13, FALSE, NULL },
  { "statutory", 12, FALSE, NULL },
  { "tax", 11, FALSE, NULL },
  { "obligations", 11, FALSE, NULL },
  { "deferred", 11, FALSE, NULL },
  { "pay_date", 10, FALSE, NULL },
  { "kind", 9, FALSE, NULL },
  { NULL }
};

static void
ask_list (ArmmsPayrunsPage *self)
{
  g_autoptr(ArmmsQuery) query = armms_query_new ("/v1/payruns");

  armms_filter_bar_apply (self->filters, query);
  armms_grid_set_query (self->grid, query);
}

static void
on_row_activated_cb (ArmmsPayrunsPage *self, ArmmsRow *row)
{
  g_signal_emit (self, opened_signal, 0, row);
}

/* A new payrun: which pay period? */

static void
on_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(ArmmsPayrunsPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsApiResult) answer = armms_api_send_finish (ARMMS_API (source), result, &error);
  g_autoptr(ArmmsRow) row = NULL;

  if (armms_api_is_cancelled (error))
    return;
  armms_notice_show_error (self->notice, error);
  if (answer == NULL || answer->record == NULL)
    return;
  armms_grid_refresh (self->grid);
  row = armms_row_new (&armms_payrun_type, armms_record_copy (&armms_payrun_type, answer->record));
  g_signal_emit (self, opened_signal, 0, row);
}

static void
on_period_chosen_cb (AdwMessageDialog *dialog, const char *response, ArmmsPayrunsPage *self)
{
  g_autoptr(ArmmsQuery) query = armms_query_new ("/v1/payruns");
  guint chosen = gtk_drop_down_get_selected (self->choice);
  g_autofree char *body = NULL;
  char id[ARMMS_ID_TEXT_SIZE];

  self->choice = NULL;
  if (!g_str_equal (response, "open") || chosen >= self->periods->len)
    return;
  armms_id_format (&((const ArmmsPayPeriod *) g_ptr_array_index (self->periods, chosen))->pay_period_id, id);
  body = g_strdup_printf ("{\"pay_period_id\":\"%s\",\"kind\":\"regular\"}", id);
  armms_api_send_async (self->api, "POST", query, body, NULL, NULL, &armms_payrun_type, self->cancellable, on_made_cb, g_object_ref (self));
}

static char *
describe_period (const ArmmsPayPeriod *period)
{
  g_autofree char *days = armms_choices_show_period (period->period_from, period->period_to);
  g_autofree char *state = armms_word_to_display (period->payrun_state);
  g_autofree char *count = armms_count_to_display (period->snapshots);

  if (period->payrun_state != NULL && *period->payrun_state != '\0')
    /* Translators: a period, how many timesheets, how far its payrun is */
    return g_strdup_printf (_("%s – %s timesheets – payrun: %s"), days, count, state);
  /* Translators: a period, how many timesheets */
  return g_strdup_printf (_("%s – %s timesheets"), days, count);
}

static void
offer_periods (ArmmsPayrunsPage *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("New Payrun"),
                                              _("For which pay period? Its finalised timesheets are taken in."));
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = 0;

  for (guint i = 0; i < self->periods->len; i++)
    {
      const ArmmsPayPeriod *period = g_ptr_array_index (self->periods, i);
      g_autofree char *name = describe_period (period);

      gtk_string_list_append (names, name);
      if (period->snapshots > 0 && armms_id_is_nil (&period->payrun_id))
        chosen = i;
    }
  self->choice = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL));
  gtk_drop_down_set_selected (self->choice, chosen);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Pay period"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), GTK_WIDGET (self->choice));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "open", _("_Open"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "open", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "open");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_period_chosen_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_periods_come_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(ArmmsPayrunsPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsApiPage) page = armms_api_list_finish (ARMMS_API (source), result, &error);

  if (armms_api_is_cancelled (error) || self->choice != NULL)
    return;
  armms_notice_show_error (self->notice, error);
  if (page == NULL)
    return;
  if (page->records->len == 0)
    {
      armms_notice_show (self->notice, "warning", _("There is no pay period yet. Periods appear when timesheets of theirs are finalised, or are opened by an administrator."), NULL, NULL);
      return;
    }
  g_clear_pointer (&self->periods, g_ptr_array_unref);
  self->periods = g_steal_pointer (&page->records);
  offer_periods (self);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsPayrunsPage *self = ARMMS_PAYRUNS_PAGE (widget);
  g_autoptr(ArmmsQuery) query = armms_query_new ("/v1/pay-periods");

  armms_query_set (query, "sort", "-period_from");
  armms_api_list_async (self->api, query, &armms_pay_period_type, 48, NULL, self->cancellable, on_periods_come_cb, g_object_ref (self));
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  armms_grid_refresh (ARMMS_PAYRUNS_PAGE (widget)->grid);
}

/* There is nothing to search: the keyboard goes to the rows. */
static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  armms_grid_focus (ARMMS_PAYRUNS_PAGE (widget)->grid);
}

static void
explain_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.notice", "s", _("Open a payrun with Enter and choose a line of a paysheet: F2 explains it."));
}

static void
armms_payruns_page_dispose (GObject *object)
{
  ArmmsPayrunsPage *self = ARMMS_PAYRUNS_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->api);
  G_OBJECT_CLASS (armms_payruns_page_parent_class)->dispose (object);
}

static void
armms_payruns_page_finalize (GObject *object)
{
  ArmmsPayrunsPage *self = ARMMS_PAYRUNS_PAGE (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->periods, g_ptr_array_unref);
  G_OBJECT_CLASS (armms_payruns_page_parent_class)->finalize (object);
}

static void
armms_payruns_page_class_init (ArmmsPayrunsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = armms_payruns_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = armms_payruns_page_finalize;
  g_type_ensure (ARMMS_TYPE_GRID);
  g_type_ensure (ARMMS_TYPE_NOTICE);
  g_type_ensure (ARMMS_TYPE_FILTER_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/armms/Armms/workspaces/payroll/payruns-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ArmmsPayrunsPage, notice);
  gtk_widget_class_bind_template_child (widget_class, ArmmsPayrunsPage, filters);
  gtk_widget_class_bind_template_child (widget_class, ArmmsPayrunsPage, grid);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "page.explain", NULL, explain_action);
  gtk_widget_class_install_action (widget_class, "payruns.new", NULL, new_action);
  opened_signal = g_signal_new ("opened", ARMMS_TYPE_PAYRUNS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, ARMMS_TYPE_ROW);
}

static void
armms_payruns_page_init (ArmmsPayrunsPage *self)
{
  static const char *const sums[] = { "gross", "net", NULL };

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  armms_filter_bar_add_choice (self->filters, "state", _("_State"));
  armms_filter_bar_set_words (self->filters, "state", ARMMS_PAYRUN_STATES, _("All"));
  g_signal_connect_object (self->filters, "changed", G_CALLBACK (ask_list), self, G_CONNECT_SWAPPED);
  armms_grid_set_columns (self->grid, _("Payruns"), &armms_payrun_type, columns);
  armms_grid_set_sums (self->grid, sums);
  armms_grid_set_sort (self->grid, "-period_from");
  armms_grid_set_empty (self->grid, "accessories-calculator-symbolic", _("No Payruns"), _("Finalise the timesheets of a period, then open a payrun for it."));
  g_signal_connect_object (self->grid, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
armms_payruns_page_new (ArmmsApi *api)
{
  ArmmsPayrunsPage *self = g_object_new (ARMMS_TYPE_PAYRUNS_PAGE, NULL);
  g_autoptr(ArmmsPagedList) list = armms_paged_list_new (api, &armms_payrun_type);

  self->api = g_object_ref (api);
  armms_grid_set_list (self->grid, list);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "payruns.new", armms_session_has_scope (armms_api_get_session (api), "payroll:calculate"));
  ask_list (self);
  return GTK_WIDGET (self);
}
