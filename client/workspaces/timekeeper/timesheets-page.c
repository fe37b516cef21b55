#include "client/workspaces/timekeeper/timesheets-page.h"

#include "client/model/job-watch.h"
#include "client/widgets/filter-bar.h"
#include "client/widgets/grid.h"
#include "client/widgets/notice.h"
#include "client/widgets/progress-dialog.h"
#include "client/workspaces/shared/choices.h"
#include "client/workspaces/timekeeper/cells-dialog.h"
#include "client/workspaces/timekeeper/settle-dialog.h"
#include "common/wire/timekeeping/anomaly.h"
#include "common/wire/timekeeping/dtr-line.h"
#include "common/wire/timekeeping/time-log.h"
#include "common/wire/timekeeping/timesheet.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define PERIODS_SHOWN 24
#define DAYS_AHEAD 31
#define DETAIL_DELAY_MS 120

struct _ArmmsTimesheetsPage
{
  GtkWidget parent_instance;

  ArmmsNotice *notice; /* template children */
  ArmmsFilterBar *filters;
  ArmmsGrid *grid;
  ArmmsGrid *days_grid;
  ArmmsGrid *anomalies_grid;
  GtkWidget *detail;
  GtkLabel *detail_label;
  GtkStack *detail_stack;
  GtkWidget *settle_button;

  ArmmsApi *api;             /* owned */
  GCancellable *cancellable; /* owned: everything under way for this page */
  guint detail_timer;        /* waits until the selection rests */
  char *finalise_key;        /* owned, nullable: kept while the same order may be sent again */
  char *finalise_body;       /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (ArmmsTimesheetsPage, armms_timesheets_page, GTK_TYPE_WIDGET)

static const ArmmsGridColumn columns[] = {
  { "employee_no", 9, FALSE, N_("Number") },
  { "employee_name", 20, TRUE, NULL },
  { "detachment_code", 11, FALSE, NULL },
  { "shift_code", 7, FALSE, NULL },
  { "state", 9, FALSE, NULL },
  { "anomalies", 10, FALSE, NULL },
  { "blocking", 9, FALSE, NULL },
  { "days", 5, FALSE, NULL },
  { "worked_minutes", 9, FALSE, NULL },
  { "overtime_minutes", 9, FALSE, NULL },
  { "night_minutes", 9, FALSE, NULL },
  { "late_minutes", 8, FALSE, NULL },
  { "undertime_minutes", 10, FALSE, NULL },
  { "absent_minutes", 8, FALSE, NULL },
  { "regular_minutes", 9, FALSE, NULL },
  { "changed_since", 14, FALSE, NULL },
  { NULL }
};

static const ArmmsGridColumn day_columns[] = {
  { "duty_date", 10, FALSE, NULL },
  { "detachment_code", 11, FALSE, NULL },
  { "shift_code", 7, FALSE, NULL },
  { "state", 9, FALSE, NULL },
  { "in_at", 15, FALSE, NULL },
  { "out_at", 15, FALSE, NULL },
  { "worked_minutes", 9, FALSE, NULL },
  { "regular_minutes", 9, FALSE, NULL },
  { "overtime_minutes", 9, FALSE, NULL },
  { "night_minutes", 9, FALSE, NULL },
  { "late_minutes", 8, FALSE, NULL },
  { "undertime_minutes", 9, FALSE, NULL },
  { "absent_minutes", 8, FALSE, NULL },
  { "codes", 20, TRUE, NULL },
  { NULL }
};

static const ArmmsGridColumn anomaly_columns[] = {
  { "duty_date", 10, FALSE, NULL },
  { "code", 20, FALSE, N_("Anomaly") },
  { "severity", 9, FALSE, NULL },
  { "state", 8, FALSE, NULL },
  { "minutes", 8, FALSE, NULL },
  { "detachment_code", 11, FALSE, NULL },
  { "action", 9, FALSE, NULL },
  { "reason", 20, TRUE, NULL },
  { NULL }
};

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static const ArmmsTimesheet *
chosen_timesheet (ArmmsTimesheetsPage *self)
{
  ArmmsRow *row = armms_grid_get_selected (self->grid);

  return row != NULL ? armms_row_get_record (row) : NULL;
}

static void
set_date (ArmmsQuery *query, const char *name, ArmmsDate date)
{
  char text[ARMMS_DATE_TEXT_SIZE];

  armms_query_set (query, name, armms_date_format (date, text));
}

static void
set_id (ArmmsQuery *query, const char *name, const ArmmsId *id)
{
  char text[ARMMS_ID_TEXT_SIZE];

  if (!armms_id_is_nil (id))
    armms_query_set (query, name, armms_id_format (id, text));
}

static void
ask_list (ArmmsTimesheetsPage *self)
{
  g_autoptr(ArmmsQuery) query = armms_query_new ("/v1/timesheets");
  ArmmsDate from, to;

  armms_filter_bar_apply (self->filters, query);
  if (armms_choices_parse_period (armms_query_get (query, "period"), &from, &to))
    set_date (query, "period_from", from);
  armms_query_set (query, "period", NULL);
  armms_grid_set_query (self->grid, query);
}

static ArmmsQuery *
query_of_person (const char *path, const ArmmsTimesheet *timesheet)
{
  ArmmsQuery *query = armms_query_new ("%s", path);

  set_id (query, "employee_id", &timesheet->employee_id);
  set_date (query, "from", timesheet->period_from);
  set_date (query, "to", timesheet->period_to);
  return query;
}

static void
show_detail (ArmmsTimesheetsPage *self)
{
  const ArmmsTimesheet *timesheet = chosen_timesheet (self);
  g_autoptr(ArmmsQuery) days = NULL, anomalies = NULL;
  g_autofree char *period = NULL, *text = NULL;

  gtk_widget_set_visible (self->detail, timesheet != NULL);
  if (timesheet == NULL)
    return;

  period = armms_choices_show_period (timesheet->period_from, timesheet->period_to);
  text = g_strdup_printf ("%s · %s · %s · %s · %s", or_empty (timesheet->employee_name), or_empty (timesheet->employee_no),
                          or_empty (timesheet->detachment_code), or_empty (timesheet->shift_code), period);
  gtk_label_set_text (self->detail_label, text);
  days = query_of_person ("/v1/dtr", timesheet);
  anomalies = query_of_person ("/v1/anomalies", timesheet);
  armms_grid_set_query (self->days_grid, days);
  armms_grid_set_query (self->anomalies_grid, anomalies);
}

static gboolean
on_selection_rests_cb (gpointer user_data)
{
  ArmmsTimesheetsPage *self = user_data;

  self->detail_timer = 0;
  show_detail (self);
  return G_SOURCE_REMOVE;
}

static void
on_selection_changed_cb (ArmmsTimesheetsPage *self)
{
  g_clear_handle_id (&self->detail_timer, g_source_remove);
  self->detail_timer = g_timeout_add (DETAIL_DELAY_MS, on_selection_rests_cb, self);
}

static void
on_row_activated_cb (ArmmsTimesheetsPage *self, ArmmsRow *row)
{
  show_detail (self);
  armms_grid_focus (g_strcmp0 (gtk_stack_get_visible_child_name (self->detail_stack), "days") == 0 ? self->days_grid : self->anomalies_grid);
}

/* What the office works on: the period of the newest punch that counts. Plans reach further, wrong clocks too. */
static void
on_newest_known_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(ArmmsTimesheetsPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsApiPage) page = armms_api_list_finish (ARMMS_API (source), result, &error);
  ArmmsInstant now = armms_instant_now ();
  ArmmsDate newest = { (gint32) (now.us / ARMMS_US_PER_MINUTE / ARMMS_MINUTES_PER_DAY) };

  if (armms_api_is_cancelled (error))
    return;
  if (page != NULL && page->records->len > 0 && !armms_date_is_none (((const ArmmsTimeLog *) g_ptr_array_index (page->records, 0))->duty_date))
    newest = ((const ArmmsTimeLog *) g_ptr_array_index (page->records, 0))->duty_date;
  armms_choices_fill_periods (self->filters, "period", armms_date_add_days (newest, DAYS_AHEAD), newest, PERIODS_SHOWN);
  ask_list (self);
}

static void
begin (ArmmsTimesheetsPage *self)
{
  g_autoptr(ArmmsQuery) newest = armms_query_new ("/v1/time-logs");

  armms_query_set (newest, "status", "VALID");
  armms_query_set (newest, "sort", "-ts");
  armms_api_list_async (self->api, newest, &armms_time_log_type, 1, NULL, self->cancellable, on_newest_known_cb, g_object_ref (self));
  armms_choices_load_detachments (self->api, self->filters, "detachment_id", self->cancellable);
}

/* Finalising: what is chosen when it is more than one, else everything that period and detachment name. */

static void
on_finalising_ended_cb (ArmmsTimesheetsPage *self)
{
  armms_grid_refresh (self->grid);
  show_detail (self);
}

static char *
label_timesheet (const ArmmsId *id, gpointer user_data)
{
  ArmmsTimesheetsPage *self = user_data;
  ArmmsRow *row = armms_paged_list_find (armms_grid_get_list (self->grid), id);
  const ArmmsTimesheet *timesheet = row != NULL ? armms_row_get_record (row) : NULL;

  return timesheet != NULL ? g_strdup_printf ("%s %s, %s", or_empty (timesheet->employee_no), or_empty (timesheet->employee_name), or_empty (timesheet->detachment_code)) : NULL;
}

static void
on_finalise_ordered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(ArmmsTimesheetsPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsApiResult) answer = armms_api_send_finish (ARMMS_API (source), result, &error);
  g_autoptr(ArmmsJobWatch) job = NULL;
  ArmmsProgressDialog *dialog;

  if (armms_api_is_cancelled (error))
    return;
  armms_notice_show_error (self->notice, error);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timesheets.finalise", TRUE);
  if (answer == NULL)
    return;

  g_clear_pointer (&self->finalise_key, g_free);
  if (answer->job == NULL)
    {
      on_finalising_ended_cb (self);
      return;
    }
  job = armms_job_watch_new (self->api, answer->job);
  armms_job_watch_set_labels (job, label_timesheet, g_object_ref (self), g_object_unref);
  dialog = armms_progress_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), job,
                                      _("Finalising Timesheets"), _("Timesheets Finalised"));
  g_signal_connect_object (dialog, "ended", G_CALLBACK (on_finalising_ended_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static char *
order_of (ArmmsTimesheetsPage *self, GPtrArray *chosen)
{
  ArmmsTimesheetSelection *order = armms_record_new (&armms_timesheet_selection_type);
  const char *detachment = armms_filter_bar_get (self->filters, "detachment_id");
  GString *body = g_string_new (NULL);

  armms_choices_parse_period (armms_filter_bar_get (self->filters, "period"), &order->period_from, &order->period_to);
  if (chosen->len > 1)
    {
      order->timesheet_ids = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
      for (guint i = 0; i < chosen->len; i++)
        {
          const ArmmsTimesheet *timesheet = armms_row_get_record (g_ptr_array_index (chosen, i));
          g_array_append_val (order->timesheet_ids, timesheet->timesheet_id);
        }
    }
  else if (detachment == NULL || !armms_id_parse (detachment, &order->detachment_id))
    order->detachment_id = ARMMS_ID_NIL;
  armms_record_append_json (&armms_timesheet_selection_type, order, NULL, body);
  armms_record_free (&armms_timesheet_selection_type, order);
  return g_string_free (body, FALSE);
}

static void
on_finalise_answered_cb (AdwMessageDialog *dialog, const char *response, ArmmsTimesheetsPage *self)
{
  g_autoptr(ArmmsQuery) query = armms_query_new ("/v1/timesheets/finalize");

  if (!g_str_equal (response, "finalise"))
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timesheets.finalise", FALSE);
  armms_api_send_async (self->api, "POST", query, self->finalise_body, NULL, self->finalise_key, NULL, self->cancellable,
                        on_finalise_ordered_cb, g_object_ref (self));
}

/* What will be sealed, in a sentence. (transfer full) */
static char *
describe_order (ArmmsTimesheetsPage *self, guint chosen, const char *period)
{
  if (chosen > 1)
    /* Translators: how many timesheets, then the period */
    return g_strdup_printf (ngettext ("The %u chosen timesheet of %s will be sealed.", "The %u chosen timesheets of %s will be sealed.", chosen), chosen, period);
  if (armms_filter_bar_get (self->filters, "detachment_id") != NULL)
    /* Translators: a period */
    return g_strdup_printf (_("All timesheets of the chosen detachment for %s will be sealed."), period);
  /* Translators: a period */
  return g_strdup_printf (_("All timesheets of %s will be sealed."), period);
}

static void
finalise_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsTimesheetsPage *self = ARMMS_TIMESHEETS_PAGE (widget);
  g_autoptr(GPtrArray) chosen = NULL;
  g_autofree char *body = NULL, *what = NULL, *period = NULL;
  ArmmsDate from, to;
  ArmmsId id;
  GtkWidget *dialog;

  if (!armms_choices_parse_period (armms_filter_bar_get (self->filters, "period"), &from, &to))
    {
      armms_notice_show (self->notice, "warning", _("Choose one period first: timesheets are finalised period by period."), NULL, NULL);
      return;
    }
  /* The same order keeps its key, so that pressing again after a lost answer counts once. */
  chosen = armms_grid_get_selection (self->grid);
  body = order_of (self, chosen);
  if (g_strcmp0 (body, self->finalise_body) != 0 || self->finalise_key == NULL)
    {
      id = armms_id_new ();
      g_free (self->finalise_key);
      g_free (self->finalise_body);
      self->finalise_key = armms_id_to_string (&id);
      self->finalise_body = g_steal_pointer (&body);
    }

  period = armms_choices_show_period (from, to);
  what = describe_order (self, chosen->len, period);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), _("Finalise Timesheets?"), NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), "%s\n\n%s", what,
                                  _("Payroll works from sealed timesheets. Those with a blocking anomaly are left out, and you will see which and why."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "finalise", _("_Finalise"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "finalise", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "finalise");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_finalise_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Settling the chosen anomalies, or all that are shown when none is. */

static void
on_settled_cb (const GError *error, guint settled, gpointer user_data)
{
  ArmmsTimesheetsPage *self = user_data;

  armms_notice_show_error (self->notice, error);
  if (settled > 0)
    {
      armms_grid_refresh (self->anomalies_grid);
      armms_grid_refresh (self->grid);
    }
}

static void
settle_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsTimesheetsPage *self = ARMMS_TIMESHEETS_PAGE (widget);
  g_autoptr(GPtrArray) chosen = armms_grid_get_selection (self->anomalies_grid);

  if (chosen->len == 0)
    gtk_widget_activate_action (widget, "win.notice", "s", _("Choose one or more anomalies first."));
  else
    armms_settle_dialog_open (GTK_WINDOW (gtk_widget_get_root (widget)), self->api, chosen, self->cancellable, on_settled_cb,
                              g_object_ref (self), g_object_unref);
}

static void
on_detail_page_changed_cb (ArmmsTimesheetsPage *self)
{
  gtk_widget_set_visible (self->settle_button, g_strcmp0 (gtk_stack_get_visible_child_name (self->detail_stack), "anomalies") == 0);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsTimesheetsPage *self = ARMMS_TIMESHEETS_PAGE (widget);

  armms_notice_show_error (self->notice, NULL);
  armms_grid_refresh (self->grid);
  armms_grid_refresh (self->days_grid);
  armms_grid_refresh (self->anomalies_grid);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  armms_filter_bar_focus_search (ARMMS_TIMESHEETS_PAGE (widget)->filters);
}

/* How the minutes of the chosen day fall into cells. */
static void
explain_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsRow *row = armms_grid_get_selected (ARMMS_TIMESHEETS_PAGE (widget)->days_grid);

  if (row == NULL)
    gtk_widget_activate_action (widget, "win.notice", "s", _("Choose a timesheet, then a day below it: F2 shows how its minutes fall."));
  else
    gtk_window_present (GTK_WINDOW (armms_cells_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), armms_row_get_record (row))));
}

static void
on_day_activated_cb (ArmmsTimesheetsPage *self, ArmmsRow *row)
{
  gtk_window_present (GTK_WINDOW (armms_cells_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), armms_row_get_record (row))));
}

static void
armms_timesheets_page_dispose (GObject *object)
{
  ArmmsTimesheetsPage *self = ARMMS_TIMESHEETS_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->detail_timer, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->api);
  G_OBJECT_CLASS (armms_timesheets_page_parent_class)->dispose (object);
}

static void
armms_timesheets_page_finalize (GObject *object)
{
  ArmmsTimesheetsPage *self = ARMMS_TIMESHEETS_PAGE (object);

  g_object_unref (self->cancellable);
  g_free (self->finalise_key);
  g_free (self->finalise_body);
  G_OBJECT_CLASS (armms_timesheets_page_parent_class)->finalize (object);
}

static void
armms_timesheets_page_class_init (ArmmsTimesheetsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = armms_timesheets_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = armms_timesheets_page_finalize;
  g_type_ensure (ARMMS_TYPE_GRID);
  g_type_ensure (ARMMS_TYPE_NOTICE);
  g_type_ensure (ARMMS_TYPE_FILTER_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/armms/Armms/workspaces/timekeeper/timesheets-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ArmmsTimesheetsPage, notice);
  gtk_widget_class_bind_template_child (widget_class, ArmmsTimesheetsPage, filters);
  gtk_widget_class_bind_template_child (widget_class, ArmmsTimesheetsPage, grid);
  gtk_widget_class_bind_template_child (widget_class, ArmmsTimesheetsPage, days_grid);
  gtk_widget_class_bind_template_child (widget_class, ArmmsTimesheetsPage, anomalies_grid);
  gtk_widget_class_bind_template_child (widget_class, ArmmsTimesheetsPage, detail);
  gtk_widget_class_bind_template_child (widget_class, ArmmsTimesheetsPage, detail_label);
  gtk_widget_class_bind_template_child (widget_class, ArmmsTimesheetsPage, detail_stack);
  gtk_widget_class_bind_template_child (widget_class, ArmmsTimesheetsPage, settle_button);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "page.explain", NULL, explain_action);
  gtk_widget_class_install_action (widget_class, "timesheets.finalise", NULL, finalise_action);
  gtk_widget_class_install_action (widget_class, "timesheets.settle", NULL, settle_action);
}

static void
armms_timesheets_page_init (ArmmsTimesheetsPage *self)
{
  static const char *const sums[] = { "worked_minutes", "overtime_minutes", "night_minutes", "anomalies", "blocking", NULL };

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->detail, FALSE);
  g_signal_connect_object (self->detail_stack, "notify::visible-child-name", G_CALLBACK (on_detail_page_changed_cb), self, G_CONNECT_SWAPPED);

  armms_filter_bar_add_search (self->filters, "q", _("Search name or number"));
  armms_filter_bar_add_choice (self->filters, "period", _("_Period"));
  armms_filter_bar_add_choice (self->filters, "detachment_id", _("_Detachment"));
  armms_filter_bar_add_choice (self->filters, "state", _("_State"));
  armms_filter_bar_set_words (self->filters, "state", "DRAFT|READY|FINALIZED", _("All"));
  armms_filter_bar_add_switch (self->filters, "with_anomalies", "true", _("With A_nomalies"));
  g_signal_connect_object (self->filters, "changed", G_CALLBACK (ask_list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filters, "search-entered", G_CALLBACK (armms_grid_focus), self->grid, G_CONNECT_SWAPPED);

  armms_grid_set_columns (self->grid, _("Timesheets"), &armms_timesheet_type, columns);
  armms_grid_set_sums (self->grid, sums);
  armms_grid_set_sort (self->grid, "employee_no");
  armms_grid_set_empty (self->grid, "x-office-calendar-symbolic", _("No Timesheets"), _("There are none for this period and these filters."));
  g_signal_connect_object (self->grid, "selection-changed", G_CALLBACK (on_selection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);

  armms_grid_set_columns (self->days_grid, _("Days"), &armms_dtr_line_type, day_columns);
  armms_grid_set_empty (self->days_grid, "x-office-calendar-symbolic", _("No Days"), _("No duty was planned or worked in this period."));
  g_signal_connect_object (self->days_grid, "row-activated", G_CALLBACK (on_day_activated_cb), self, G_CONNECT_SWAPPED);
  armms_grid_set_columns (self->anomalies_grid, _("Anomalies"), &armms_anomaly_type, anomaly_columns);
  armms_grid_set_empty (self->anomalies_grid, "emblem-ok-symbolic", _("No Anomalies"), _("Nothing odd in this period."));
}

GtkWidget *
armms_timesheets_page_new (ArmmsApi *api)
{
  ArmmsTimesheetsPage *self = g_object_new (ARMMS_TYPE_TIMESHEETS_PAGE, NULL);
  g_autoptr(ArmmsPagedList) list = armms_paged_list_new (api, &armms_timesheet_type);
  g_autoptr(ArmmsPagedList) days = armms_paged_list_new (api, &armms_dtr_line_type);
  g_autoptr(ArmmsPagedList) anomalies = armms_paged_list_new (api, &armms_anomaly_type);

  self->api = g_object_ref (api);
  armms_grid_set_list (self->grid, list);
  armms_grid_set_list (self->days_grid, days);
  armms_grid_set_list (self->anomalies_grid, anomalies);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timesheets.finalise",
                                 armms_session_has_scope (armms_api_get_session (api), "timekeeping:finalize"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timesheets.settle",
                                 armms_session_has_scope (armms_api_get_session (api), "timekeeping:resolve"));
  begin (self);
  return GTK_WIDGET (self);
}
