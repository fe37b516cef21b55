#include "client/app/window.h"

#include "client/app/sign-in-page.h"
#include "client/session/settings.h"
#include "client/widgets/notice.h"
#include "client/workspaces/payroll/payroll.h"
#include "client/workspaces/timekeeper/timekeeper.h"

#include <glib/gi18n.h>

static const ArmmsWorkspace *const workspaces[] = {
  &armms_timekeeper_workspace,
  &armms_payroll_workspace,
};

struct _ArmmsWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts; /* template children */
  GtkStack *stack;
  ArmmsSignInPage *sign_in_page;
  AdwLeaflet *leaflet;
  GtkListBox *workspace_list;
  GtkStack *pages;
  GtkLabel *user_label;
  GtkLabel *server_label;
  GtkLabel *tenant_label;
  GtkMenuButton *menu_button;
  ArmmsNotice *notice;
  GMenu *main_menu;
  GMenu *tenant_section;

  ArmmsSession *session;   /* owned */
  ArmmsApi *api;           /* owned */
  GSettings *settings;     /* owned */
  char *workspace;         /* owned, nullable: to open first */
};

G_DEFINE_FINAL_TYPE (ArmmsWindow, armms_window, ADW_TYPE_APPLICATION_WINDOW)

static const ArmmsWorkspace *
workspace_of (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "armms-workspace") : NULL;
}

static void
open_workspace (ArmmsWindow *self, GtkListBoxRow *row)
{
  const ArmmsWorkspace *workspace = workspace_of (row);

  if (workspace == NULL)
    return;
  if (gtk_stack_get_child_by_name (self->pages, workspace->id) == NULL)
    gtk_stack_add_named (self->pages, workspace->create (self->api), workspace->id);
  gtk_list_box_select_row (self->workspace_list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row)); /* not on what lies behind: the keyboard goes on from here */
  gtk_stack_set_visible_child_name (self->pages, workspace->id);
  adw_leaflet_set_visible_child_name (self->leaflet, "content");
  g_settings_set_string (self->settings, ARMMS_SETTING_WORKSPACE, workspace->id);
}

static void
on_workspace_activated_cb (ArmmsWindow *self, GtkListBoxRow *row)
{
  open_workspace (self, row);
}

static GtkWidget *
make_row (const ArmmsWorkspace *workspace, guint number)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (workspace->icon_name);
  GtkWidget *title = gtk_label_new (_(workspace->title));
  g_autofree char *keys = g_strdup_printf ("Ctrl+%u", number);
  GtkWidget *hint = gtk_label_new (keys);

  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0.0f);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_add_css_class (hint, "caption");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _(workspace->title), -1);
  g_object_set_data (G_OBJECT (row), "armms-workspace", (gpointer) workspace);
  return row;
}

static void
clear_workspaces (ArmmsWindow *self)
{
  GtkWidget *row, *page;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->workspace_list))) != NULL)
    gtk_list_box_remove (self->workspace_list, row);
  gtk_stack_set_visible_child_name (self->pages, "none");
  for (guint i = 0; i < G_N_ELEMENTS (workspaces); i++)
    if ((page = gtk_stack_get_child_by_name (self->pages, workspaces[i]->id)) != NULL)
      gtk_stack_remove (self->pages, page);
}

/* The rows of what the user may see; the one to open: asked for, else remembered, else the first. */
static void
fill_workspaces (ArmmsWindow *self)
{
  g_autofree char *remembered = g_settings_get_string (self->settings, ARMMS_SETTING_WORKSPACE);
  const char *wanted = self->workspace != NULL ? self->workspace : *remembered != '\0' ? remembered : armms_session_get_workspace (self->session);
  GtkListBoxRow *open = NULL;
  guint number = 0;

  clear_workspaces (self);
  for (guint i = 0; i < G_N_ELEMENTS (workspaces); i++)
    {
      GtkWidget *row;

      if (!armms_session_has_scope (self->session, workspaces[i]->scope))
        continue;
      row = make_row (workspaces[i], ++number);
      gtk_list_box_append (self->workspace_list, row);
      if (open == NULL || g_strcmp0 (wanted, workspaces[i]->id) == 0)
        open = GTK_LIST_BOX_ROW (row);
    }
  if (open != NULL)
    open_workspace (self, open);
}

static void
fill_tenants (ArmmsWindow *self)
{
  const GPtrArray *tenants = armms_session_get_tenants (self->session);

  g_menu_remove_all (self->tenant_section);
  for (guint i = 0; tenants->len > 1 && i < tenants->len; i++)
    {
      const ArmmsSessionTenant *tenant = g_ptr_array_index (tenants, i);
      g_autoptr(GMenuItem) item = NULL;
      g_autofree char *label = NULL;
      char id[ARMMS_ID_TEXT_SIZE];

      /* Translators: an entry of the menu; %s is the name of an organisation */
      label = g_strdup_printf (_("Switch to %s"), tenant->name);
      item = g_menu_item_new (label, NULL);
      if (armms_id_equal (&tenant->tenant_id, armms_session_get_tenant_id (self->session)))
        continue;
      g_menu_item_set_action_and_target (item, "win.tenant", "s", armms_id_format (&tenant->tenant_id, id));
      g_menu_append_item (self->tenant_section, item);
    }
}

static void
show_who (ArmmsWindow *self)
{
  const char *tenant = armms_session_get_tenant_name (self->session);
  const char *server = armms_transport_get_server (armms_session_get_transport (self->session));
  g_autofree char *title = NULL;

  gtk_label_set_text (self->user_label, armms_session_get_user_name (self->session) != NULL ? armms_session_get_user_name (self->session) : "");
  gtk_label_set_text (self->server_label, server != NULL ? server : "");
  gtk_label_set_text (self->tenant_label, tenant != NULL ? tenant : "");
  title = tenant != NULL ? g_strdup_printf ("ARMMS – %s", tenant) : g_strdup ("ARMMS");
  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
on_signed_in_cb (ArmmsWindow *self)
{
  show_who (self);
  fill_tenants (self);
  fill_workspaces (self);
  gtk_stack_set_visible_child_name (self->stack, "work");
}

static void
show_sign_in (ArmmsWindow *self, const char *reason)
{
  clear_workspaces (self);
  armms_notice_show_error (self->notice, NULL);
  gtk_stack_set_visible_child_name (self->stack, "sign-in");
  armms_sign_in_page_show_reason (self->sign_in_page, reason);
  armms_sign_in_page_focus (self->sign_in_page);
}

static void
on_session_ended_cb (ArmmsWindow *self, const char *message)
{
  show_sign_in (self, _("You were signed out by the server. Sign in again to go on."));
}

static void
on_notice_changed_cb (ArmmsWindow *self)
{
  const char *notice = armms_session_get_notice (self->session);
  g_autofree char *text = notice != NULL ? g_strdup_printf (_("You will have to sign in again next time: %s."), notice) : NULL;

  armms_notice_show (self->notice, "warning", text, NULL, NULL);
}

static GtkWidget *
current_page (ArmmsWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "work") == 0 ? gtk_stack_get_visible_child (self->pages) : NULL;
}

static void
forward (GtkWidget *widget, const char *action)
{
  GtkWidget *page = current_page (ARMMS_WINDOW (widget));

  /* A workspace of several pages is a stack of them. */
  while (GTK_IS_STACK (page))
    page = gtk_stack_get_visible_child (GTK_STACK (page));
  if (page != NULL)
    gtk_widget_activate_action (page, action, NULL);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  forward (widget, "page.refresh");
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  forward (widget, "page.search");
}

static void
explain_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  forward (widget, "page.explain");
}

static void
notice_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *safe = g_markup_escape_text (g_variant_get_string (parameter, NULL), -1);

  adw_toast_overlay_add_toast (ARMMS_WINDOW (widget)->toasts, adw_toast_new (safe));
}

static void
workspace_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsWindow *self = ARMMS_WINDOW (widget);

  open_workspace (self, gtk_list_box_get_row_at_index (self->workspace_list, g_variant_get_int32 (parameter)));
}

static void
show_sidebar_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_leaflet_set_visible_child_name (ARMMS_WINDOW (widget)->leaflet, "sidebar");
}

static void
sign_out_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsWindow *self = ARMMS_WINDOW (widget);

  armms_session_sign_out (self->session);
  show_sign_in (self, NULL);
}

static void
on_tenant_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(ArmmsWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  char id[ARMMS_ID_TEXT_SIZE];

  if (!armms_session_choose_tenant_finish (ARMMS_SESSION (source), result, &error))
    {
      armms_notice_show_error (self->notice, error);
      return;
    }
  g_settings_set_string (self->settings, ARMMS_SETTING_TENANT, armms_id_format (armms_session_get_tenant_id (self->session), id));
  on_signed_in_cb (self);
}

static void
tenant_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsWindow *self = ARMMS_WINDOW (widget);
  ArmmsId id;

  if (armms_id_parse (g_variant_get_string (parameter, NULL), &id))
    armms_session_choose_tenant_async (self->session, &id, NULL, on_tenant_chosen_cb, g_object_ref (self));
}

static void
on_folded_cb (ArmmsWindow *self)
{
  if (adw_leaflet_get_folded (self->leaflet))
    gtk_widget_add_css_class (GTK_WIDGET (self), "armms-folded");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "armms-folded");
}

static void
armms_window_unmap (GtkWidget *widget)
{
  ArmmsWindow *self = ARMMS_WINDOW (widget);
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, ARMMS_SETTING_WIDTH, width);
  g_settings_set_int (self->settings, ARMMS_SETTING_HEIGHT, height);
  g_settings_set_boolean (self->settings, ARMMS_SETTING_MAXIMIZED, gtk_window_is_maximized (GTK_WINDOW (self)));
  GTK_WIDGET_CLASS (armms_window_parent_class)->unmap (widget);
}

static void
armms_window_dispose (GObject *object)
{
  ArmmsWindow *self = ARMMS_WINDOW (object);

  g_clear_object (&self->api);
  g_clear_object (&self->session);
  g_clear_pointer (&self->workspace, g_free);
  G_OBJECT_CLASS (armms_window_parent_class)->dispose (object);
}

static void
armms_window_finalize (GObject *object)
{
  g_clear_object (&ARMMS_WINDOW (object)->settings);
  G_OBJECT_CLASS (armms_window_parent_class)->finalize (object);
}

/* Made when it is asked for and gone when it is closed. As a help overlay of the application it would stand hidden among the
 * windows from the start, and GTK (4.8 to 4.18) takes a hidden window for the one that an assistive program asks for after a dialog has
 * closed, and falls. */
static void
show_shortcuts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr(GtkBuilder) builder = gtk_builder_new_from_resource ("/org/armms/Armms/app/shortcuts-window.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts_window"));

  gtk_window_set_transient_for (window, GTK_WINDOW (widget));
  gtk_window_present (window);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F1, GDK_CONTROL_MASK, "win.show-shortcuts", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question, GDK_CONTROL_MASK, "win.show-shortcuts", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.show-shortcuts", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "win.refresh", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "win.refresh", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "win.explain", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_i, GDK_CONTROL_MASK, "win.explain", NULL);
  for (guint i = 0; i < 9; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, GDK_CONTROL_MASK, "win.workspace", "i", (gint32) i);
}

static void
armms_window_class_init (ArmmsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = armms_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = armms_window_finalize;
  widget_class->unmap = armms_window_unmap;
  g_type_ensure (ARMMS_TYPE_SIGN_IN_PAGE);
  g_type_ensure (ARMMS_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/armms/Armms/app/window.ui");
  gtk_widget_class_bind_template_child (widget_class, ArmmsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ArmmsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ArmmsWindow, sign_in_page);
  gtk_widget_class_bind_template_child (widget_class, ArmmsWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, ArmmsWindow, workspace_list);
  gtk_widget_class_bind_template_child (widget_class, ArmmsWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, ArmmsWindow, user_label);
  gtk_widget_class_bind_template_child (widget_class, ArmmsWindow, server_label);
  gtk_widget_class_bind_template_child (widget_class, ArmmsWindow, tenant_label);
  gtk_widget_class_bind_template_child (widget_class, ArmmsWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, ArmmsWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, ArmmsWindow, main_menu);
  gtk_widget_class_bind_template_child (widget_class, ArmmsWindow, tenant_section);
  gtk_widget_class_bind_template_callback (widget_class, on_workspace_activated_cb);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.show-shortcuts", NULL, show_shortcuts_action);
  gtk_widget_class_install_action (widget_class, "win.explain", NULL, explain_action);
  gtk_widget_class_install_action (widget_class, "win.notice", "s", notice_action);
  gtk_widget_class_install_action (widget_class, "win.workspace", "i", workspace_action);
  gtk_widget_class_install_action (widget_class, "win.show-sidebar", NULL, show_sidebar_action);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, sign_out_action);
  gtk_widget_class_install_action (widget_class, "win.tenant", "s", tenant_action);
  add_keys (widget_class);
}

static void
armms_window_init (ArmmsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (self->main_menu));
  g_signal_connect_object (self->leaflet, "notify::folded", G_CALLBACK (on_folded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sign_in_page, "signed-in", G_CALLBACK (on_signed_in_cb), self, G_CONNECT_SWAPPED);
}

ArmmsWindow *
armms_window_new (AdwApplication *application, ArmmsSession *session, GSettings *settings, const char *tenant,
                  const char *workspace, const char *sign_in_file)
{
  ArmmsWindow *self = g_object_new (ARMMS_TYPE_WINDOW, "application", application, NULL);

  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  self->api = armms_api_new (session);
  self->workspace = g_strdup (workspace);
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, ARMMS_SETTING_WIDTH), g_settings_get_int (settings, ARMMS_SETTING_HEIGHT));
  if (g_settings_get_boolean (settings, ARMMS_SETTING_MAXIMIZED))
    gtk_window_maximize (GTK_WINDOW (self));
  g_signal_connect_object (session, "ended", G_CALLBACK (on_session_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::notice", G_CALLBACK (on_notice_changed_cb), self, G_CONNECT_SWAPPED);
  armms_sign_in_page_set_session (self->sign_in_page, session, settings, tenant);
  armms_sign_in_page_resume (self->sign_in_page, sign_in_file);
  return self;
}
