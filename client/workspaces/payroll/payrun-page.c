#include "client/workspaces/payroll/payrun-page.h"

#include "client/model/job-watch.h"
#include "client/widgets/filter-bar.h"
#include "client/widgets/grid.h"
#include "client/widgets/notice.h"
#include "client/widgets/progress-dialog.h"
#include "client/widgets/trace-dialog.h"
#include "client/widgets/words.h"
#include "client/workspaces/shared/choices.h"
#include "common/wire/payroll/paysheet-line.h"
#include "common/wire/payroll/paysheet.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#define DETAIL_DELAY_MS 120

struct _ArmmsPayrunPage
{
  GtkWidget parent_instance;

  ArmmsNotice *notice; /* template children */
  ArmmsNotice *sheet_notice;
  AdwWindowTitle *title;
  GtkBox *step_box;
  GtkBox *summary;
  ArmmsFilterBar *filters;
  ArmmsGrid *grid;
  ArmmsGrid *lines_grid;
  GtkWidget *detail;
  GtkLabel *detail_label;

  ArmmsApi *api;             /* owned */
  GCancellable *cancellable; /* owned: everything under way for the page */
  ArmmsPayrun *payrun;       /* owned, nullable */
  guint detail_timer;
  GtkEditable *reason;       /* the reject dialog's */
  char *step_key;            /* owned, nullable: of the step that may be sent again */
  char *step;                /* owned, nullable */
};

/* What can be done with a payrun, by whom, in which states. */
typedef struct
{
  const char *id;
  const char *label;
  const char *scope;
  const char *states;        /* "OPEN|CALCULATED" */
  const char *question;      /* nullable: asked before */
} Step;

static const Step steps[] = {
  { "calculate", N_("_Calculate"), "payroll:calculate", "OPEN|CALCULATED|REJECTED", NULL },
  { "submit", N_("S_ubmit…"), "payroll:submit", "CALCULATED",
    N_("The payrun goes to the controller. It cannot be calculated again unless it is sent back.") },
  { "verify", N_("_Verify…"), "payroll:verify", "SUBMITTED", N_("You have looked at the payrun and it can be approved.") },
  { "approve", N_("_Approve…"), "payroll:approve", "VERIFIED", N_("The payrun will be paid as it stands.") },
  { "close", N_("C_lose…"), "payroll:close", "APPROVED",
    N_("Payslips are sealed, the journal is written, and instalments are marked as taken. This cannot be undone.") },
  { "reject", N_("_Reject…"), "payroll:verify", "SUBMITTED|VERIFIED", N_("Say why. The payrun goes back to the payroll officer.") },
};

G_DEFINE_FINAL_TYPE (ArmmsPayrunPage, armms_payrun_page, GTK_TYPE_WIDGET)

static guint left_signal;

static const ArmmsGridColumn columns[] = {
  { "employee_no", 9, FALSE, N_("Number") },
  { "employee_name", 18, TRUE, NULL },
  { "detachment_code", 10, FALSE, NULL },
  { "state", 9, FALSE, NULL },
  { "gross", 10, FALSE, NULL },
  { "net", 10, FALSE, NULL },
  { "sss", 8, FALSE, NULL },
  { "philhealth", 8, FALSE, NULL },
  { "hdmf", 7, FALSE, NULL },
  { "tax", 9, FALSE, NULL },
  { "obligations", 9, FALSE, N_("Loans") },
  { "deferred", 9, FALSE, NULL },
  { "worked_minutes", 9, FALSE, NULL },
  { "problems", 24, FALSE, NULL },
  { "warnings", 24, FALSE, NULL },
  { NULL }
};

static const ArmmsGridColumn line_columns[] = {
  { "line_no", 3, FALSE, NULL },
  { "kind", 10, FALSE, NULL },
  { "title", 26, TRUE, N_("Line") },
  { "minutes", 8, FALSE, NULL },
  { "rate", 9, FALSE, NULL },
  { "rate_minutes", 7, FALSE, NULL },
  { "multiplier", 7, FALSE, NULL },
  { "due", 10, FALSE, NULL },
  { "deferred", 9, FALSE, NULL },
  { "amount", 11, FALSE, NULL },
  { "detachment_code", 10, FALSE, NULL },
  { NULL }
};

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static const ArmmsPaysheet *
chosen_sheet (ArmmsPayrunPage *self)
{
  ArmmsRow *row = armms_grid_get_selected (self->grid);

  return row != NULL ? armms_row_get_record (row) : NULL;
}

static gboolean
state_is_one_of (const char *state, const char *states)
{
  g_auto(GStrv) words = g_strsplit (states, "|", -1);

  return state != NULL && g_strv_contains ((const char *const *) words, state);
}

static gboolean
step_is_open (ArmmsPayrunPage *self, const Step *step)
{
  ArmmsSession *session = armms_api_get_session (self->api);
  gboolean allowed = armms_session_has_scope (session, step->scope);

  if (g_str_equal (step->id, "reject"))
    allowed = allowed || armms_session_has_scope (session, "payroll:approve");
  return self->payrun != NULL && allowed && state_is_one_of (self->payrun->state, step->states);
}

static ArmmsQuery *
query_of_run (ArmmsPayrunPage *self, const char *rest)
{
  char id[ARMMS_ID_TEXT_SIZE];

  return armms_query_new ("/v1/payruns/%s%s", armms_id_format (&self->payrun->payrun_id, id), rest);
}

/* The line of figures, and the steps that are open. */

static void
add_figure (ArmmsPayrunPage *self, const char *name)
{
  const ArmmsField *field = armms_record_type_find (&armms_payrun_type, name);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *style = NULL;
  g_autofree char *heading = armms_field_to_heading (field);
  g_autofree char *value = armms_cell_to_display (field, self->payrun, &style);
  GtkWidget *caption = gtk_label_new (heading);
  GtkWidget *figure = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (caption), 0.0f);
  gtk_label_set_xalign (GTK_LABEL (figure), 0.0f);
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (figure, "figure");
  if (style != NULL)
    gtk_widget_add_css_class (figure, style);
  gtk_widget_set_tooltip_text (box, field->about);
  gtk_label_set_selectable (GTK_LABEL (figure), FALSE);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), figure);
  gtk_box_append (self->summary, box);
}

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
show_steps (ArmmsPayrunPage *self)
{
  gboolean suggested = FALSE;

  clear_box (self->step_box);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      GtkWidget *button;

      if (!step_is_open (self, &steps[i]))
        continue;
      /* Rejecting is in the menu. */
      if (g_str_equal (steps[i].id, "reject"))
        continue;
      button = gtk_button_new_with_mnemonic (_(steps[i].label));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "run.step");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", steps[i].id);
      /* What comes next stands out: calculating again is not it. */
      if (!suggested && !(g_str_equal (steps[i].id, "calculate") && state_is_one_of (self->payrun->state, "CALCULATED")))
        {
          gtk_widget_add_css_class (button, "suggested-action");
          suggested = TRUE;
        }
      gtk_box_append (self->step_box, button);
    }
}

static void
show_run (ArmmsPayrunPage *self)
{
  static const char *const figures[] = { "state", "paysheets", "errors", "gross", "statutory", "tax", "obligations", "net", "deferred", "receivable" };
  g_autofree char *period = armms_choices_show_period (self->payrun->period_from, self->payrun->period_to);
  g_autofree char *title = NULL;
  char date[ARMMS_DATE_TEXT_SIZE];

  adw_window_title_set_title (self->title, self->payrun->title != NULL && *self->payrun->title != '\0' ? self->payrun->title : period);
  /* Translators: a period, then a date */
  title = armms_date_is_none (self->payrun->pay_date) ? g_strdup (period)
          : g_strdup_printf (_("%s, paid on %s"), period, armms_date_format (self->payrun->pay_date, date));
  adw_window_title_set_subtitle (self->title, title);
  clear_box (self->summary);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    add_figure (self, figures[i]);
  show_steps (self);
  if (state_is_one_of (self->payrun->state, "REJECTED") && self->payrun->reason != NULL)
    {
      /* Translators: why somebody sent the payrun back */
      g_autofree char *text = g_strdup_printf (_("Sent back: %s"), self->payrun->reason);
      armms_notice_show (self->notice, "warning", text, NULL, NULL);
    }
}

static void
take_run (ArmmsPayrunPage *self, gpointer record)
{
  armms_record_free (&armms_payrun_type, self->payrun);
  self->payrun = record;
  show_run (self);
}

static void
on_run_come_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(ArmmsPayrunPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsApiResult) answer = armms_api_get_finish (ARMMS_API (source), result, &error);

  if (armms_api_is_cancelled (error))
    return;
  if (answer != NULL && answer->record != NULL)
    take_run (self, g_steal_pointer (&answer->record));
  else
    armms_notice_show_error (self->notice, error);
}

static void
ask_run (ArmmsPayrunPage *self)
{
  g_autoptr(ArmmsQuery) query = query_of_run (self, "");

  armms_api_get_async (self->api, query, &armms_payrun_type, self->cancellable, on_run_come_cb, g_object_ref (self));
}

static void
ask_sheets (ArmmsPayrunPage *self)
{
  g_autoptr(ArmmsQuery) query = query_of_run (self, "/paysheets");

  armms_filter_bar_apply (self->filters, query);
  armms_grid_set_query (self->grid, query);
}

/* The lines of the chosen paysheet. */

static void
show_problems (ArmmsPayrunPage *self, const ArmmsPaysheet *sheet)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; sheet->problems != NULL && sheet->problems[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", sheet->problems[i]);
  for (guint i = 0; sheet->warnings != NULL && sheet->warnings[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", sheet->warnings[i]);
  if (sheet->receivable.centavos > 0)
    {
      char money[ARMMS_MONEY_TEXT_SIZE];
      g_string_append (text, text->len > 0 ? "\n" : "");
      /* Translators: an amount of money */
      g_string_append_printf (text, _("Not taken from pay but remitted by the agency all the same: %s"), armms_money_format (sheet->receivable, money));
    }
  armms_notice_show (self->sheet_notice, sheet->problems != NULL && sheet->problems[0] != NULL ? "error" : "warning",
                     text->len > 0 ? text->str : NULL, NULL, NULL);
}

static void
show_detail (ArmmsPayrunPage *self)
{
  const ArmmsPaysheet *sheet = chosen_sheet (self);
  g_autoptr(ArmmsQuery) query = NULL;
  g_autofree char *net = NULL, *text = NULL;
  char id[ARMMS_ID_TEXT_SIZE];

  gtk_widget_set_visible (self->detail, sheet != NULL);
  if (sheet == NULL)
    return;
  net = armms_field_to_display (armms_record_type_find (&armms_paysheet_type, "net"), sheet);
  /* Translators: name, number, detachment, then an amount */
  text = g_strdup_printf (_("%s · %s · %s · net %s"), or_empty (sheet->employee_name), or_empty (sheet->employee_no),
                          sheet->detachment_code != NULL ? sheet->detachment_code : "–", net);
  gtk_label_set_text (self->detail_label, text);
  show_problems (self, sheet);
  query = armms_query_new ("/v1/paysheets/%s/lines", armms_id_format (&sheet->paysheet_id, id));
  armms_grid_set_query (self->lines_grid, query);
}

static gboolean
on_selection_rests_cb (gpointer user_data)
{
  ArmmsPayrunPage *self = user_data;

  self->detail_timer = 0;
  show_detail (self);
  return G_SOURCE_REMOVE;
}

static void
on_selection_changed_cb (ArmmsPayrunPage *self)
{
  g_clear_handle_id (&self->detail_timer, g_source_remove);
  self->detail_timer = g_timeout_add (DETAIL_DELAY_MS, on_selection_rests_cb, self);
}

static void
on_sheet_activated_cb (ArmmsPayrunPage *self, ArmmsRow *row)
{
  show_detail (self);
  armms_grid_focus (self->lines_grid);
}

static void
explain_line (ArmmsPayrunPage *self, const ArmmsPaysheetLine *line)
{
  const ArmmsPaysheet *sheet = chosen_sheet (self);
  g_autofree char *amount = armms_field_to_display (armms_record_type_find (&armms_paysheet_line_type, "amount"), line);
  g_autofree char *figure = g_strdup_printf ("%s: %s", or_empty (line->title), amount);
  g_autofree char *period = armms_choices_show_period (self->payrun->period_from, self->payrun->period_to);
  g_autofree char *context = sheet != NULL ? g_strdup_printf ("%s · %s · %s", or_empty (sheet->employee_name), or_empty (sheet->employee_no), period) : NULL;

  gtk_window_present (GTK_WINDOW (armms_trace_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), figure, context, line->trace)));
}

static void
explain_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsPayrunPage *self = ARMMS_PAYRUN_PAGE (widget);
  ArmmsRow *row = armms_grid_get_selected (self->lines_grid);

  if (row == NULL)
    gtk_widget_activate_action (widget, "win.notice", "s", _("Choose a paysheet, then one of its lines: F2 explains it."));
  else
    explain_line (self, armms_row_get_record (row));
}

static void
on_line_activated_cb (ArmmsPayrunPage *self, ArmmsRow *row)
{
  explain_line (self, armms_row_get_record (row));
}

/* Steps. */

static void
refresh_all (ArmmsPayrunPage *self)
{
  ask_run (self);
  armms_grid_refresh (self->grid);
  armms_grid_refresh (self->lines_grid);
}

static char *
label_sheet (const ArmmsId *id, gpointer user_data)
{
  ArmmsPayrunPage *self = user_data;
  ArmmsRow *row = armms_paged_list_find (armms_grid_get_list (self->grid), id);
  const ArmmsPaysheet *sheet = row != NULL ? armms_row_get_record (row) : NULL;

  return sheet != NULL ? g_strdup_printf ("%s %s", or_empty (sheet->employee_no), or_empty (sheet->employee_name)) : NULL;
}

static void
on_step_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(ArmmsPayrunPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsApiResult) answer = armms_api_send_finish (ARMMS_API (source), result, &error);
  g_autoptr(ArmmsJobWatch) job = NULL;
  gboolean calculating = g_strcmp0 (self->step, "calculate") == 0;
  ArmmsProgressDialog *dialog;

  if (armms_api_is_cancelled (error))
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "run.step", TRUE);
  armms_notice_show_error (self->notice, error);
  if (answer == NULL)
    {
      if (g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_STALE))
        ask_run (self);
      return;
    }
  g_clear_pointer (&self->step_key, g_free);
  if (answer->job == NULL)
    {
      refresh_all (self);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.notice", "s", _("Done."));
      return;
    }
  job = armms_job_watch_new (self->api, answer->job);
  armms_job_watch_set_labels (job, label_sheet, g_object_ref (self), g_object_unref);
  dialog = armms_progress_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), job,
                                      calculating ? _("Calculating the Payrun") : _("Closing the Payrun"),
                                      calculating ? _("Payrun Calculated") : _("Payrun Closed"));
  g_signal_connect_object (dialog, "ended", G_CALLBACK (refresh_all), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
send_step (ArmmsPayrunPage *self, const Step *step, const char *reason)
{
  g_autofree char *rest = g_strconcat ("/", step->id, NULL);
  g_autofree char *version = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", self->payrun->version);
  g_autoptr(ArmmsQuery) query = query_of_run (self, rest);
  ArmmsPayrunDecision *decision = armms_record_new (&armms_payrun_decision_type);
  g_autoptr(GString) body = g_string_new (NULL);

  if (g_strcmp0 (self->step, step->id) != 0 || self->step_key == NULL)
    {
      ArmmsId id = armms_id_new ();
      g_free (self->step);
      g_free (self->step_key);
      self->step = g_strdup (step->id);
      self->step_key = armms_id_to_string (&id);
    }
  decision->reason = g_strdup (reason);
  decision->leave_out_errors = g_str_equal (step->id, "submit") && self->payrun->errors > 0;
  armms_record_append_json (&armms_payrun_decision_type, decision, NULL, body);
  armms_record_free (&armms_payrun_decision_type, decision);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "run.step", FALSE);
  armms_api_send_async (self->api, "POST", query, g_str_equal (step->id, "calculate") ? NULL : body->str, version, self->step_key,
                        g_str_equal (step->id, "calculate") ? NULL : &armms_payrun_type, self->cancellable, on_step_done_cb, g_object_ref (self));
}

static const Step *
find_step (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].id, id))
      return &steps[i];
  return NULL;
}

static void
on_question_answered_cb (AdwMessageDialog *dialog, const char *response, ArmmsPayrunPage *self)
{
  const Step *step = find_step (response);
  g_autofree char *reason = self->reason != NULL ? g_strdup (gtk_editable_get_text (self->reason)) : NULL;

  self->reason = NULL;
  if (step != NULL)
    send_step (self, step, reason);
}

static void
on_reason_changed_cb (GtkEditable *reason, AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "reject", strlen (gtk_editable_get_text (reason)) >= 3);
}

static void
ask_question (ArmmsPayrunPage *self, const Step *step)
{
  g_autofree char *plain = g_strdup (_(step->label));
  g_auto(GStrv) parts = g_strsplit (plain, "_", -1);
  g_autofree char *joined = g_strjoinv ("", parts);
  g_autofree char *bare = g_strndup (joined, strcspn (joined, "\xe2"));
  g_autofree char *heading = NULL;
  GtkWidget *dialog;

  /* Translators: %s is a step: "Submit", "Approve" */
  heading = g_strdup_printf (_("%s This Payrun?"), bare);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading, NULL);
  if (g_str_equal (step->id, "submit") && self->payrun->errors > 0)
    /* Translators: a question, then how many paysheets have errors */
    adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), ngettext ("%s\n\n%d paysheet with errors is left out; its timesheets come with the next run.",
                                                                           "%s\n\n%d paysheets with errors are left out; their timesheets come with the next run.",
                                                                           (gulong) self->payrun->errors), _(step->question), (int) self->payrun->errors);
  else
    adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), _(step->question));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), step->id, _(step->label), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), step->id,
                                              g_str_equal (step->id, "reject") || g_str_equal (step->id, "close") ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), g_str_equal (step->id, "close") ? "cancel" : step->id);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  if (g_str_equal (step->id, "reject"))
    {
      GtkWidget *entry = gtk_entry_new ();

      self->reason = GTK_EDITABLE (entry);
      gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("Reason"));
      gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Reason"), -1);
      adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
      g_signal_connect_object (entry, "changed", G_CALLBACK (on_reason_changed_cb), dialog, 0);
      on_reason_changed_cb (self->reason, ADW_MESSAGE_DIALOG (dialog));
    }
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_question_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsPayrunPage *self = ARMMS_PAYRUN_PAGE (widget);
  const Step *step = find_step (g_variant_get_string (parameter, NULL));

  if (step == NULL)
    return;
  if (!step_is_open (self, step))
    gtk_widget_activate_action (widget, "win.notice", "s", _("This step is not open in the payrun's state, or not to you."));
  else if (step->question != NULL)
    ask_question (self, step);
  else
    send_step (self, step, NULL);
}

/* Files: a payslip to look at or to keep, the register to keep. */

typedef struct
{
  ArmmsPayrunPage *page; /* owned */
  GFile *file;           /* owned; NULL: a passing one, to be opened */
  char *name;            /* owned: of the passing one */
} Download;

static void
download_free (Download *download)
{
  g_object_unref (download->page);
  g_clear_object (&download->file);
  g_free (download->name);
  g_free (download);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Download, download_free)

/* Payslips are private: the folder is the user's own and goes when the session ends. */
static GFile *
passing_file (const char *name, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "armms", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      armms_error_set (error, ARMMS_ERROR_INTERNAL, "client.file", _("the folder %s cannot be made"), folder);
      return NULL;
    }
  return g_file_new_for_path (path);
}

static void
on_downloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Download) download = user_data;
  ArmmsPayrunPage *self = download->page;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = armms_api_download_finish (ARMMS_API (source), result, &error);
  gboolean open = download->file == NULL;

  if (armms_api_is_cancelled (error))
    return;
  if (bytes != NULL && open)
    download->file = passing_file (download->name, &error);
  if (bytes == NULL || download->file == NULL ||
      !g_file_replace_contents (download->file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, FALSE,
                                G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, NULL, &error))
    {
      armms_notice_show_error (self->notice, error);
      return;
    }
  if (open)
    {
      g_autofree char *uri = g_file_get_uri (download->file);
      gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.notice", "s", _("Saved."));
}

/* @file: (transfer full) (nullable) */
static void
download (ArmmsPayrunPage *self, ArmmsQuery *query, const char *accept, GFile *file, const char *name)
{
  Download *order = g_new0 (Download, 1);

  order->page = g_object_ref (self);
  order->file = file;
  order->name = g_strdup (name);
  armms_api_download_async (self->api, query, accept, self->cancellable, on_downloaded_cb, order);
}

static char *
payslip_name (const ArmmsPaysheet *sheet)
{
  char date[ARMMS_DATE_TEXT_SIZE];
  char *name = g_strdup_printf ("payslip-%s-%s.pdf", or_empty (sheet->employee_no), armms_date_format (sheet->period_from, date));

  return g_strdelimit (name, "/\\:*?\"<>| ", '-');
}

static ArmmsQuery *
payslip_query (const ArmmsPaysheet *sheet)
{
  char id[ARMMS_ID_TEXT_SIZE];

  return armms_query_new ("/v1/paysheets/%s/payslip.pdf", armms_id_format (&sheet->paysheet_id, id));
}

static void
open_payslip_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsPayrunPage *self = ARMMS_PAYRUN_PAGE (widget);
  const ArmmsPaysheet *sheet = chosen_sheet (self);
  g_autoptr(ArmmsQuery) query = sheet != NULL ? payslip_query (sheet) : NULL;
  g_autofree char *file = sheet != NULL ? payslip_name (sheet) : NULL;

  if (sheet != NULL)
    download (self, query, "application/pdf", NULL, file);
}

static void
on_save_chosen_cb (GtkNativeDialog *dialog, int response, ArmmsPayrunPage *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    download (self, g_object_get_data (G_OBJECT (dialog), "armms-query"), g_object_get_data (G_OBJECT (dialog), "armms-accept"),
              gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)), NULL);
  g_object_unref (dialog);
}

/* @query: (transfer full); @accept: static */
static void
save_as (ArmmsPayrunPage *self, const char *title, const char *name, ArmmsQuery *query, const char *accept)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                                              GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_object_set_data_full (G_OBJECT (dialog), "armms-query", query, (GDestroyNotify) armms_query_free);
  g_object_set_data (G_OBJECT (dialog), "armms-accept", (gpointer) accept);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_save_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
save_payslip_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsPayrunPage *self = ARMMS_PAYRUN_PAGE (widget);
  const ArmmsPaysheet *sheet = chosen_sheet (self);
  g_autofree char *file = sheet != NULL ? payslip_name (sheet) : NULL;

  if (sheet != NULL)
    save_as (self, _("Save Payslip"), file, payslip_query (sheet), "application/pdf");
}

static void
register_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsPayrunPage *self = ARMMS_PAYRUN_PAGE (widget);
  char date[ARMMS_DATE_TEXT_SIZE];
  g_autofree char *file = NULL;

  if (self->payrun == NULL)
    return;
  file = g_strdup_printf ("register-%s.csv", armms_date_format (self->payrun->period_from, date));
  save_as (self, _("Save Payroll Register"), file, query_of_run (self, "/register.csv"), "text/csv");
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsPayrunPage *self = ARMMS_PAYRUN_PAGE (widget);

  if (self->payrun == NULL)
    return;
  armms_notice_show_error (self->notice, NULL);
  refresh_all (self);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  armms_filter_bar_focus_search (ARMMS_PAYRUN_PAGE (widget)->filters);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, left_signal, 0);
}

static void
armms_payrun_page_dispose (GObject *object)
{
  ArmmsPayrunPage *self = ARMMS_PAYRUN_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->detail_timer, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->api);
  G_OBJECT_CLASS (armms_payrun_page_parent_class)->dispose (object);
}

static void
armms_payrun_page_finalize (GObject *object)
{
  ArmmsPayrunPage *self = ARMMS_PAYRUN_PAGE (object);

  g_object_unref (self->cancellable);
  armms_record_free (&armms_payrun_type, self->payrun);
  g_free (self->step);
  g_free (self->step_key);
  G_OBJECT_CLASS (armms_payrun_page_parent_class)->finalize (object);
}

static void
armms_payrun_page_class_init (ArmmsPayrunPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = armms_payrun_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = armms_payrun_page_finalize;
  g_type_ensure (ARMMS_TYPE_GRID);
  g_type_ensure (ARMMS_TYPE_NOTICE);
  g_type_ensure (ARMMS_TYPE_FILTER_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/armms/Armms/workspaces/payroll/payrun-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ArmmsPayrunPage, notice);
  gtk_widget_class_bind_template_child (widget_class, ArmmsPayrunPage, sheet_notice);
  gtk_widget_class_bind_template_child (widget_class, ArmmsPayrunPage, title);
  gtk_widget_class_bind_template_child (widget_class, ArmmsPayrunPage, step_box);
  gtk_widget_class_bind_template_child (widget_class, ArmmsPayrunPage, summary);
  gtk_widget_class_bind_template_child (widget_class, ArmmsPayrunPage, filters);
  gtk_widget_class_bind_template_child (widget_class, ArmmsPayrunPage, grid);
  gtk_widget_class_bind_template_child (widget_class, ArmmsPayrunPage, lines_grid);
  gtk_widget_class_bind_template_child (widget_class, ArmmsPayrunPage, detail);
  gtk_widget_class_bind_template_child (widget_class, ArmmsPayrunPage, detail_label);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "page.explain", NULL, explain_action);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "run.step", "s", step_action);
  gtk_widget_class_install_action (widget_class, "run.register", NULL, register_action);
  gtk_widget_class_install_action (widget_class, "sheet.open-payslip", NULL, open_payslip_action);
  gtk_widget_class_install_action (widget_class, "sheet.save-payslip", NULL, save_payslip_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "page.back", NULL);
  left_signal = g_signal_new ("left", ARMMS_TYPE_PAYRUN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
armms_payrun_page_init (ArmmsPayrunPage *self)
{
  static const char *const sums[] = { "gross", "sss", "philhealth", "hdmf", "tax", "obligations", "net", NULL };

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->detail, FALSE);
  armms_filter_bar_add_search (self->filters, "q", _("Search name or number"));
  armms_filter_bar_add_choice (self->filters, "detachment_id", _("_Detachment"));
  armms_filter_bar_add_choice (self->filters, "state", _("_State"));
  armms_filter_bar_set_words (self->filters, "state", ARMMS_PAYSHEET_STATES, _("All"));
  g_signal_connect_object (self->filters, "changed", G_CALLBACK (ask_sheets), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filters, "search-entered", G_CALLBACK (armms_grid_focus), self->grid, G_CONNECT_SWAPPED);

  armms_grid_set_columns (self->grid, _("Paysheets"), &armms_paysheet_type, columns);
  armms_grid_set_sums (self->grid, sums);
  armms_grid_set_empty (self->grid, "accessories-calculator-symbolic", _("No Paysheets"), _("Calculate the payrun to fill it, or change the filters."));
  g_signal_connect_object (self->grid, "selection-changed", G_CALLBACK (on_selection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "row-activated", G_CALLBACK (on_sheet_activated_cb), self, G_CONNECT_SWAPPED);

  armms_grid_set_columns (self->lines_grid, _("Lines of the paysheet"), &armms_paysheet_line_type, line_columns);
  armms_grid_set_empty (self->lines_grid, "accessories-calculator-symbolic", _("No Lines"), _("This paysheet could not be calculated; its problems are named above."));
  g_signal_connect_object (self->lines_grid, "row-activated", G_CALLBACK (on_line_activated_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
armms_payrun_page_new (ArmmsApi *api)
{
  ArmmsPayrunPage *self = g_object_new (ARMMS_TYPE_PAYRUN_PAGE, NULL);
  g_autoptr(ArmmsPagedList) list = armms_paged_list_new (api, &armms_paysheet_type);
  g_autoptr(ArmmsPagedList) lines = armms_paged_list_new (api, &armms_paysheet_line_type);

  self->api = g_object_ref (api);
  armms_grid_set_list (self->grid, list);
  armms_grid_set_list (self->lines_grid, lines);
  armms_choices_load_detachments (api, self->filters, "detachment_id", self->cancellable);
  return GTK_WIDGET (self);
}

void
armms_payrun_page_open (ArmmsPayrunPage *self, const ArmmsPayrun *payrun)
{
  armms_notice_show_error (self->notice, NULL);
  armms_filter_bar_choose (self->filters, "q", NULL);
  armms_filter_bar_choose (self->filters, "state", NULL);
  armms_filter_bar_choose (self->filters, "detachment_id", NULL);
  gtk_widget_set_visible (self->detail, FALSE);
  take_run (self, armms_record_copy (&armms_payrun_type, payrun));
  ask_sheets (self);
  ask_run (self);
}
