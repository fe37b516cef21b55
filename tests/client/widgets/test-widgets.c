/* The widgets on a real (if unseen) screen: run by headless.sh, with GTK_A11Y=test so that names and roles can be asked. */
#include "client/app/window.h"
#include "client/session/settings.h"
#include "client/widgets/filter-bar.h"
#include "client/widgets/grid.h"
#include "client/widgets/notice.h"
#include "client/widgets/progress-dialog.h"
#include "client/widgets/trace-dialog.h"
#include "client/widgets/words.h"
#include "client/workspaces/shared/choices.h"

#include "tests/client/fake-server.h"

#include <unistd.h>

typedef struct {
  ArmmsId thing_id;
  char *name;
  char *state;
  ArmmsMoney amount;
  ArmmsMinutes minutes;
} Thing;

static const ArmmsField thing_fields[] = {
  ARMMS_FIELD (Thing, thing_id, ID, .flags = ARMMS_FIELD_HIDDEN),
  ARMMS_FIELD (Thing, name, TEXT, .flags = ARMMS_FIELD_SORT, .title = "Name"),
  ARMMS_FIELD (Thing, state, TEXT, .format = "DRAFT|READY"),
  ARMMS_FIELD (Thing, amount, MONEY, .flags = ARMMS_FIELD_SORT),
  ARMMS_FIELD (Thing, minutes, MINUTES, .title = "Worked"),
  { NULL }
};

static const ArmmsRecordType thing_type = { "thing", sizeof (Thing), thing_fields };

typedef struct {
  ArmmsFakeServer *server;
  ArmmsSession *session;
  ArmmsApi *api;
  ArmmsGrid *grid;
  ArmmsPagedList *list;
  GtkWindow *window;
} Fixture;

#define ROWS "{\"items\":[" \
  "{\"thing_id\":\"01890000-0000-7000-8000-000000000001\",\"name\":\"boots, black\",\"state\":\"DRAFT\",\"amount\":\"1234.50\",\"minutes\":485}," \
  "{\"thing_id\":\"01890000-0000-7000-8000-000000000002\",\"name\":\"=cmd()\",\"state\":\"READY\",\"amount\":\"0.00\",\"minutes\":0}],\"next_cursor\":null}"

static void
set_up (Fixture *f, gconstpointer data)
{
  static const char *const sums[] = { "amount", "minutes", NULL };

  f->server = armms_fake_server_new ();
  f->session = armms_fake_server_sign_in (f->server, NULL);
  f->api = armms_api_new (f->session);
  armms_api_set_retry_wait (f->api, 5);
  f->list = armms_paged_list_new (f->api, &thing_type);
  f->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (f->window, 800, 400);
  f->grid = armms_grid_new ();
  armms_grid_set_columns (f->grid, "Things", &thing_type, NULL);
  armms_grid_set_sums (f->grid, sums);
  armms_grid_set_empty (f->grid, "view-list-symbolic", "No Things", "Nothing was found.");
  armms_grid_set_list (f->grid, f->list);
  gtk_window_set_child (f->window, GTK_WIDGET (f->grid));
  gtk_window_present (f->window);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gtk_window_destroy (f->window);
  g_object_unref (f->list);
  g_object_unref (f->api);
  g_object_unref (f->session);
  armms_fake_server_free (f->server);
}

static void
ask (Fixture *f)
{
  g_autoptr(ArmmsQuery) query = armms_query_new ("/v1/things");

  armms_grid_set_query (f->grid, query);
}

/* The first widget under @widget of @type that shows @text; NULL text: the first of the type. */
static GtkWidget *
find (GtkWidget *widget, GType type, const char *text)
{
  if (gtk_widget_get_child_visible (widget) && g_type_is_a (G_OBJECT_TYPE (widget), type))
    {
      if (text == NULL)
        return widget;
      if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
        return widget;
      if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL && strstr (gtk_button_get_label (GTK_BUTTON (widget)), text) != NULL)
        return widget;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_get_child_visible (child) ? find (child, type, text) : NULL;
      if (found != NULL)
        return found;
    }
  return NULL;
}

#define shows(f, text) (find (GTK_WIDGET ((f)->grid), GTK_TYPE_LABEL, text) != NULL)

static void
rows_are_shown_in_words_and_figures (Fixture *f, gconstpointer data)
{
  GtkWidget *amount;

  armms_fake_server_on (f->server, "GET", "/v1/things", 200, NULL, ROWS);
  ask (f);
  g_assert_true (shows (f, "Loading"));
  armms_wait_until (shows (f, "boots, black"));
  g_assert_true (shows (f, "Draft"));
  g_assert_true (shows (f, "8h 05m"));
  amount = find (GTK_WIDGET (f->grid), GTK_TYPE_LABEL, "1,234.50");
  g_assert_nonnull (amount);
  g_assert_cmpfloat (gtk_label_get_xalign (GTK_LABEL (amount)), ==, 1.0f);
  g_assert_true (gtk_widget_has_css_class (amount, "numeric"));
  armms_wait_until (shows (f, "2 rows"));
  g_assert_true (shows (f, "Amount 1,234.50"));
  g_assert_true (shows (f, "Worked 8h 05m"));
}

static void
headings_of_figures_stand_right (Fixture *f, gconstpointer data)
{
  GtkWidget *view = find (GTK_WIDGET (f->grid), GTK_TYPE_COLUMN_VIEW, NULL);
  GtkWidget *header, *heading;

  armms_fake_server_on (f->server, "GET", "/v1/things", 200, NULL, ROWS);
  ask (f);
  armms_wait_until ((view = find (GTK_WIDGET (f->grid), GTK_TYPE_COLUMN_VIEW, NULL)) != NULL);
  header = gtk_widget_get_first_child (view);
  heading = find (header, GTK_TYPE_LABEL, "Amount");
  g_assert_nonnull (heading);
  g_assert_cmpfloat (gtk_label_get_xalign (GTK_LABEL (heading)), ==, 1.0f);
  heading = find (header, GTK_TYPE_LABEL, "Name");
  g_assert_cmpfloat (gtk_label_get_xalign (GTK_LABEL (heading)), <, 1.0f);
}

static void
the_grid_has_a_name_to_hear (Fixture *f, gconstpointer data)
{
  GtkWidget *view;

  armms_fake_server_on (f->server, "GET", "/v1/things", 200, NULL, ROWS);
  ask (f);
  armms_wait_until ((view = find (GTK_WIDGET (f->grid), GTK_TYPE_COLUMN_VIEW, NULL)) != NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, "Things");
}

static void
nothing_is_said_to_be_nothing (Fixture *f, gconstpointer data)
{
  armms_fake_server_on (f->server, "GET", "/v1/things", 200, NULL, "{\"items\":[],\"next_cursor\":null}");
  ask (f);
  armms_wait_until (shows (f, "No Things"));
  g_assert_true (shows (f, "0 rows"));
}

static void
a_failure_says_what_to_do_and_can_be_tried_again (Fixture *f, gconstpointer data)
{
  armms_fake_server_on (f->server, "GET", "/v1/things", 403, NULL, "{\"code\":\"scope.missing\",\"detail\":\"the scope things:read is missing\",\"request_id\":\"req-1\"}");
  armms_fake_server_on (f->server, "GET", "/v1/things", 200, NULL, ROWS);
  ask (f);
  armms_wait_until (shows (f, "You may not do this"));
  g_assert_true (shows (f, "Ask your administrator"));
  g_assert_true (shows (f, "Request req-1"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->grid), "grid.retry", NULL));
  armms_wait_until (shows (f, "boots, black"));
}

static void
a_heading_sorts_on_the_server (Fixture *f, gconstpointer data)
{
  GtkColumnView *view;
  GtkColumnViewColumn *amount;
  g_autoptr(GPtrArray) asked = NULL;

  armms_fake_server_on (f->server, "GET", "/v1/things", 200, NULL, ROWS);
  ask (f);
  armms_wait_until (shows (f, "boots, black"));
  view = GTK_COLUMN_VIEW (find (GTK_WIDGET (f->grid), GTK_TYPE_COLUMN_VIEW, NULL));
  amount = g_list_model_get_item (gtk_column_view_get_columns (view), 2);
  gtk_column_view_sort_by_column (view, amount, GTK_SORT_DESCENDING);
  armms_wait_until (armms_fake_server_get_requests (f->server)->len == 4);
  asked = armms_fake_server_requests_to (f->server, "/v1/things");
  g_assert_nonnull (strstr (((ArmmsFakeRequest *) asked->pdata[1])->query, "sort=-amount"));
  g_object_unref (amount);
}

static void
the_keyboard_can_sort (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) asked = NULL;

  armms_fake_server_on (f->server, "GET", "/v1/things", 200, NULL, ROWS);
  ask (f);
  armms_wait_until (shows (f, "boots, black"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->grid), "grid.sort", "s", "name"));
  armms_wait_until (armms_fake_server_get_requests (f->server)->len == 4);
  asked = armms_fake_server_requests_to (f->server, "/v1/things");
  g_assert_nonnull (strstr (((ArmmsFakeRequest *) asked->pdata[1])->query, "sort=name"));
}

/* Where the server cannot sort, it is done here: the highest minutes first, then as names say. */
static void
other_columns_sort_here (Fixture *f, gconstpointer data)
{
  g_autofree char *up = NULL, *down = NULL;

  armms_fake_server_on (f->server, "GET", "/v1/things", 200, NULL, ROWS);
  ask (f);
  armms_wait_until (shows (f, "2 rows"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->grid), "grid.sort", "s", "minutes"));
  up = armms_grid_to_text (f->grid, FALSE, ',');
  g_assert_nonnull (strstr (up, "'=cmd(),Ready,0.00,0\r\n\"boots"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->grid), "grid.sort", "s", "-minutes"));
  down = armms_grid_to_text (f->grid, FALSE, ',');
  g_assert_nonnull (strstr (down, "485\r\n'=cmd()"));
  g_assert_cmpuint (armms_fake_server_get_requests (f->server)->len, ==, 3);
}

static void
rows_are_copied_for_spreadsheets (Fixture *f, gconstpointer data)
{
  g_autofree char *csv = NULL, *chosen = NULL;

  armms_fake_server_on (f->server, "GET", "/v1/things", 200, NULL, ROWS);
  ask (f);
  armms_wait_until (shows (f, "2 rows"));
  csv = armms_grid_to_text (f->grid, FALSE, ',');
  g_assert_cmpstr (csv, ==, "Name,State,Amount,Worked (min)\r\n\"boots, black\",Draft,1234.50,485\r\n'=cmd(),Ready,0.00,0\r\n");
  armms_grid_select (f->grid, 1);
  chosen = armms_grid_to_text (f->grid, TRUE, '\t');
  g_assert_cmpstr (chosen, ==, "Name\tState\tAmount\tWorked (min)\r\n'=cmd()\tReady\t0.00\t0\r\n");
}

static void
a_page_that_goes_takes_its_call_along (Fixture *f, gconstpointer data)
{
  armms_fake_server_set_delay (f->server, 60);
  armms_fake_server_on (f->server, "GET", "/v1/things", 200, NULL, ROWS);
  ask (f);
  gtk_window_set_child (f->window, NULL);
  for (guint i = 0; i < 150; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static void
ten_thousand_rows_are_light (Fixture *f, gconstpointer data)
{
  g_autoptr(GListStore) rows = g_list_store_new (ARMMS_TYPE_ROW);
  GtkWidget *view;
  guint widgets = 0;

  for (guint i = 0; i < 10000; i++)
    {
      Thing *thing = armms_record_new (&thing_type);
      g_autoptr(ArmmsRow) row = armms_row_new (&thing_type, thing);

      thing->name = g_strdup_printf ("thing %u", i);
      thing->amount.centavos = i;
      g_list_store_append (rows, row);
    }
  armms_grid_set_rows (f->grid, G_LIST_MODEL (rows));
  armms_wait_until (shows (f, "thing 0"));
  view = find (GTK_WIDGET (f->grid), GTK_TYPE_COLUMN_VIEW, NULL);
  for (GtkWidget *row = gtk_widget_get_first_child (gtk_widget_get_last_child (view)); row != NULL; row = gtk_widget_get_next_sibling (row))
    widgets++;
  g_assert_cmpuint (widgets, <, 500);
  g_assert_true (shows (f, "10000 rows") || shows (f, "10,000 rows"));
}

static void
on_bar_changed_cb (ArmmsFilterBar *bar, guint *count)
{
  (*count)++;
}

static void
filters_become_parameters (Fixture *f, gconstpointer data)
{
  ArmmsFilterBar *bar = armms_filter_bar_new ();
  g_autoptr(ArmmsQuery) query = armms_query_new ("/v1/things");
  g_autofree char *text = NULL;
  GtkWidget *choice;
  guint changes = 0;

  armms_filter_bar_add_search (bar, "q", "Search");
  armms_filter_bar_add_choice (bar, "state", "_State");
  armms_filter_bar_set_words (bar, "state", "DRAFT|READY", "All");
  armms_filter_bar_add_switch (bar, "with_anomalies", "true", "With A_nomalies");
  g_signal_connect (bar, "changed", G_CALLBACK (on_bar_changed_cb), &changes);
  gtk_window_set_child (f->window, GTK_WIDGET (bar));

  choice = find (GTK_WIDGET (bar), GTK_TYPE_DROP_DOWN, NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, "State");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), 2);
  g_assert_cmpuint (changes, ==, 1);
  armms_filter_bar_choose (bar, "q", "dela cruz");
  armms_filter_bar_choose (bar, "with_anomalies", "true");
  armms_filter_bar_apply (bar, query);
  text = armms_query_to_string (query);
  g_assert_cmpstr (text, ==, "/v1/things?q=dela%20cruz&state=READY&with_anomalies=true");
}

static void
a_trace_explains_itself (Fixture *f, gconstpointer data)
{
  ArmmsTraceDialog *dialog = armms_trace_dialog_new (f->window, "Overtime: 434.38", "Dela Cruz, Juan",
    "{\"rule\":\"pay.cell\",\"in\":{\"cell\":\"ordinary_ot_nd\",\"minutes\":240,\"rate\":\"695.00/480\",\"multiplier\":\"1.25\"},"
    "\"row\":{\"table\":\"premium\",\"row\":2,\"from\":\"2018-01-01\",\"source\":\"Labor Code art. 87\"},"
    "\"exact\":\"86875/2\",\"rounding\":\"half away from zero, once\",\"result\":\"434.38\"}");
  g_autofree char *text = armms_trace_dialog_get_text (dialog);

  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_nonnull (strstr (text, "240 min × 695.00 ÷ 480 min × 1.25 = 434.38"));
  g_assert_nonnull (strstr (text, "Kind of minutes: Ordinary day, overtime, night"));
  g_assert_nonnull (strstr (text, "Source: Labor Code art. 87"));
  g_assert_nonnull (strstr (text, "Exact: 86875/2 centavos = 434.375000"));
  g_assert_nonnull (strstr (text, "How: half away from zero, once"));
  g_assert_nonnull (strstr (text, "Result: 434.38"));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
an_unknown_trace_is_shown_as_it_is (Fixture *f, gconstpointer data)
{
  ArmmsTraceDialog *odd = armms_trace_dialog_new (f->window, "1.00", NULL, "{\"rule\":\"new.rule\",\"in\":{\"new_input\":\"7\"}}");
  ArmmsTraceDialog *none = armms_trace_dialog_new (f->window, "1.00", NULL, NULL);
  g_autofree char *odd_text = armms_trace_dialog_get_text (odd);
  g_autofree char *none_text = armms_trace_dialog_get_text (none);

  g_assert_nonnull (strstr (odd_text, "New input: 7"));
  g_assert_nonnull (strstr (odd_text, "new.rule"));
  g_assert_nonnull (strstr (none_text, "No explanation"));
  gtk_window_destroy (GTK_WINDOW (odd));
  gtk_window_destroy (GTK_WINDOW (none));
}

static void
what_was_left_out_is_listed (Fixture *f, gconstpointer data)
{
  g_autoptr(ArmmsJobWatch) job = NULL;
  ArmmsProgressDialog *dialog;
  GtkWidget *window;

  armms_fake_server_on (f->server, "GET", "/v1/jobs/5", 200, NULL,
                        "{\"state\":\"DONE\",\"total\":10,\"done\":10,\"failed\":1,\"problems\":[{\"item\":\"01890000-0000-7000-8000-000000000001\","
                        "\"code\":\"MISSING_OUT\",\"message\":\"no clock-out on 2026-05-07\"}]}");
  job = armms_job_watch_new (f->api, "/v1/jobs/5");
  dialog = armms_progress_dialog_new (f->window, job, "Finalising", "Finalised");
  window = GTK_WIDGET (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  armms_wait_until (find (window, GTK_TYPE_LABEL, "9 done, 1 left out") != NULL);
  armms_wait_until (find (window, GTK_TYPE_LABEL, "no clock-out on 2026-05-07") != NULL);
  g_assert_nonnull (find (window, GTK_TYPE_LABEL, "Missing out"));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
periods_and_words_read_well (Fixture *f, gconstpointer data)
{
  g_autofree char *period = armms_choices_show_period (armms_date_from_ymd (2026, 5, 16), armms_date_from_ymd (2026, 5, 31));
  g_autofree char *cell = armms_minutes_cell_to_display ("double_regular_rest_ot_nd");
  g_autofree char *unknown = armms_word_to_display ("NEW_CODE");
  ArmmsDate from, to;

  g_assert_cmpstr (period, ==, "16–31 May 2026");
  g_assert_cmpstr (cell, ==, "Double regular holiday, rest day, overtime, night");
  g_assert_cmpstr (unknown, ==, "New code");
  g_assert_true (armms_choices_parse_period ("2026-05-16/2026-05-31", &from, &to));
  g_assert_cmpint (to.days - from.days, ==, 15);
  g_assert_false (armms_choices_parse_period ("", &from, &to));
}

/* The whole window, as the server's scopes let it be. */

#define EMPTY "{\"items\":[],\"next_cursor\":null}"

/* GTK (4.8 to 4.18) falls when a screen reader asks for a window that is hidden: the shortcuts come when asked for, and go. */
static void
no_window_waits_unseen (GtkWidget *window)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint count = g_list_model_get_n_items (windows);
  g_autoptr(GtkWindow) shortcuts = NULL;

  for (guint i = 0; i < count; i++)
    {
      g_autoptr(GtkWidget) shown = g_list_model_get_item (windows, i);
      g_assert_true (gtk_widget_get_visible (shown));
    }
  g_assert_true (gtk_widget_activate_action (window, "win.show-shortcuts", NULL));
  g_assert_cmpuint (g_list_model_get_n_items (windows), ==, count + 1);
  shortcuts = g_list_model_get_item (windows, count);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (shortcuts)));
  gtk_window_close (shortcuts);
  g_assert_cmpuint (g_list_model_get_n_items (windows), ==, count);
}

static void
workspaces_follow_the_scopes (Fixture *f, gconstpointer data)
{
  g_autoptr(AdwApplication) application = ADW_APPLICATION (adw_application_new ("org.armms.Test", G_APPLICATION_NON_UNIQUE));
  g_autoptr(ArmmsFakeServer) server = armms_fake_server_new ();
  g_autoptr(ArmmsTransport) transport = armms_transport_new ();
  g_autoptr(ArmmsSession) session = armms_session_new (transport, NULL);
  g_autoptr(GSettings) settings = armms_settings_new ();
  g_autofree char *path = NULL;
  GtkWidget *window, *list;
  guint rows = 0;

  g_assert_nonnull (settings);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  armms_fake_server_on (server, "POST", "/v1/auth/refresh", 200, NULL,
                        "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"user_id\":\"01890000-0000-7000-8000-000000000001\",\"login\":\"ana\",\"name\":\"Ana Reyes\","
                        "\"tenant_id\":\"01890000-0000-7000-8000-0000000000aa\",\"scopes\":[\"payroll:read\"],"
                        "\"tenants\":[{\"tenant_id\":\"01890000-0000-7000-8000-0000000000aa\",\"code\":\"sample\",\"name\":\"Sample Agency\"}]}");
  armms_fake_server_on (server, "GET", "/v1/payruns", 200, NULL, EMPTY);
  armms_fake_server_on (server, "GET", "/v1/detachments", 200, NULL, EMPTY);
  g_settings_set_string (settings, ARMMS_SETTING_SERVER, armms_fake_server_get_uri (server));
  close (g_file_open_tmp ("armms-XXXXXX", &path, NULL));
  g_assert_true (g_file_set_contents_full (path, "token", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));

  window = GTK_WIDGET (armms_window_new (application, session, settings, NULL, NULL, path));
  gtk_window_present (GTK_WINDOW (window));
  armms_wait_until (find (window, GTK_TYPE_LABEL, "No Payruns") != NULL);
  list = find (find (window, ADW_TYPE_LEAFLET, NULL), GTK_TYPE_LIST_BOX, NULL);
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    rows++;
  g_assert_cmpuint (rows, ==, 1);
  g_assert_nonnull (find (window, GTK_TYPE_LABEL, "Ana Reyes"));
  g_assert_null (find (window, GTK_TYPE_LABEL, "Timesheets"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "ARMMS – Sample Agency");
  no_window_waits_unseen (window);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define TEST(name) g_test_add ("/client/widgets/" #name, Fixture, NULL, set_up, name, tear_down)
  TEST (rows_are_shown_in_words_and_figures);
  TEST (headings_of_figures_stand_right);
  TEST (the_grid_has_a_name_to_hear);
  TEST (nothing_is_said_to_be_nothing);
  TEST (a_failure_says_what_to_do_and_can_be_tried_again);
  TEST (a_heading_sorts_on_the_server);
  TEST (the_keyboard_can_sort);
  TEST (other_columns_sort_here);
  TEST (rows_are_copied_for_spreadsheets);
  TEST (a_page_that_goes_takes_its_call_along);
  TEST (ten_thousand_rows_are_light);
  TEST (filters_become_parameters);
  TEST (a_trace_explains_itself);
  TEST (an_unknown_trace_is_shown_as_it_is);
  TEST (what_was_left_out_is_listed);
  TEST (periods_and_words_read_well);
  TEST (workspaces_follow_the_scopes);
  return g_test_run ();
}
