#include "client/app/sign-in-page.h"

#include "client/session/problem.h"
#include "client/session/settings.h"
#include "client/widgets/notice.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _ArmmsSignInPage
{
  GtkWidget parent_instance;

  ArmmsNotice *notice; /* template children */
  GtkLabel *heading;
  GtkStack *stack;
  AdwEntryRow *server_row;
  AdwEntryRow *login_row;
  AdwPasswordEntryRow *password_row;
  AdwActionRow *certificate_row;
  GtkButton *certificate_clear_button;
  GtkButton *certificate_button;
  AdwComboRow *tenant_row;
  GtkSpinner *spinner;

  ArmmsSession *session;     /* owned */
  GSettings *settings;       /* owned */
  char *wanted_tenant;       /* owned, nullable */
  char *ca_file;             /* owned, nullable */
  GCancellable *cancellable; /* owned, nullable: of the sign-in under way */
  gboolean resuming;         /* by what was kept, not by a password */
};

G_DEFINE_FINAL_TYPE (ArmmsSignInPage, armms_sign_in_page, GTK_TYPE_WIDGET)

static guint signed_in_signal;

static void
show_page (ArmmsSignInPage *self, const char *page)
{
  gboolean busy = g_str_equal (page, "busy");

  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_label_set_text (self->heading, busy ? _("Signing In…") : g_str_equal (page, "tenant") ? _("Choose an Organisation") : _("Sign In"));
  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
show_certificate (ArmmsSignInPage *self)
{
  adw_action_row_set_subtitle (self->certificate_row, self->ca_file != NULL ? self->ca_file : _("Only for servers with a certificate of their own"));
  gtk_widget_set_visible (GTK_WIDGET (self->certificate_clear_button), self->ca_file != NULL);
}

static GCancellable *
new_cancellable (ArmmsSignInPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  return self->cancellable;
}

static void
remember (ArmmsSignInPage *self)
{
  char tenant[ARMMS_ID_TEXT_SIZE];

  g_settings_set_string (self->settings, ARMMS_SETTING_SERVER, armms_transport_get_server (armms_session_get_transport (self->session)));
  g_settings_set_string (self->settings, ARMMS_SETTING_CA_FILE, self->ca_file != NULL ? self->ca_file : "");
  if (armms_session_get_login (self->session) != NULL)
    g_settings_set_string (self->settings, ARMMS_SETTING_LOGIN, armms_session_get_login (self->session));
  if (armms_session_get_device_proof (self->session) != NULL)
    g_settings_set_string (self->settings, ARMMS_SETTING_DEVICE_PROOF, armms_session_get_device_proof (self->session));
  g_settings_set_string (self->settings, ARMMS_SETTING_TENANT, armms_id_format (armms_session_get_tenant_id (self->session), tenant));
}

static void
end_sign_in (ArmmsSignInPage *self)
{
  remember (self);
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
  armms_notice_show_error (self->notice, NULL);
  show_page (self, "password");
  g_signal_emit (self, signed_in_signal, 0);
}

static void
offer_tenants (ArmmsSignInPage *self)
{
  const GPtrArray *tenants = armms_session_get_tenants (self->session);
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = 0;

  for (guint i = 0; i < tenants->len; i++)
    {
      const ArmmsSessionTenant *tenant = g_ptr_array_index (tenants, i);

      gtk_string_list_append (names, tenant->name);
      if (armms_id_equal (&tenant->tenant_id, armms_session_get_tenant_id (self->session)))
        chosen = i;
    }
  adw_combo_row_set_model (self->tenant_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->tenant_row, chosen);
  show_page (self, "tenant");
  gtk_widget_grab_focus (GTK_WIDGET (self->tenant_row));
}

/* The organisation is still to be chosen: the server chose none, or took one that the person has not chosen here before. */
static gboolean
tenant_is_open (ArmmsSignInPage *self)
{
  g_autofree char *remembered = g_settings_get_string (self->settings, ARMMS_SETTING_TENANT);
  char current[ARMMS_ID_TEXT_SIZE];

  if (!armms_session_has_tenant (self->session))
    return TRUE;
  armms_id_format (armms_session_get_tenant_id (self->session), current);
  return armms_session_get_tenants (self->session)->len > 1 && self->wanted_tenant == NULL && g_strcmp0 (remembered, current) != 0;
}

/* The token that was kept is as good as before: no password is needed once the server is back. */
static void
offer_again (ArmmsSignInPage *self, const GError *error)
{
  g_autofree char *title = armms_problem_title (error);
  g_autofree char *detail = armms_problem_detail (error);
  g_autofree char *text = g_strconcat (title, ". ", detail, NULL);

  armms_notice_show (self->notice, "error", text, _("Try _Again"), "sign-in.resume");
}

static void
on_signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(ArmmsSignInPage) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean signed_in = armms_session_sign_in_finish (ARMMS_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    {
      if (self->stack != NULL)
        show_page (self, "password");
      return;
    }
  if (!signed_in)
    {
      show_page (self, "password");
      /* Nothing kept is no failure: the page simply asks. */
      if (!g_str_equal (armms_error_get_code (error), "client.no-token"))
        armms_notice_show_error (self->notice, error);
      if (self->resuming && armms_problem_is_passing (error))
        offer_again (self, error);
      armms_sign_in_page_focus (self);
      return;
    }
  if (tenant_is_open (self))
    offer_tenants (self);
  else
    end_sign_in (self);
}

static void
on_tenant_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(ArmmsSignInPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (armms_session_choose_tenant_finish (ARMMS_SESSION (source), result, &error))
    end_sign_in (self);
  else if (self->session != NULL)
    {
      armms_notice_show_error (self->notice, error);
      offer_tenants (self);
    }
}

/* Address and certificate into the transport; FALSE when they cannot be, and the page says why. */
static gboolean
take_server (ArmmsSignInPage *self)
{
  ArmmsTransport *transport = armms_session_get_transport (self->session);
  g_autoptr(GError) error = NULL;

  if (armms_transport_set_server (transport, gtk_editable_get_text (GTK_EDITABLE (self->server_row)), &error) &&
      armms_transport_set_ca_file (transport, self->ca_file, &error))
    return TRUE;
  armms_notice_show_error (self->notice, error);
  return FALSE;
}

static char *
tenant_to_ask (ArmmsSignInPage *self)
{
  g_autofree char *remembered = g_settings_get_string (self->settings, ARMMS_SETTING_TENANT);

  if (self->wanted_tenant != NULL)
    return g_strdup (self->wanted_tenant);
  return *remembered != '\0' ? g_steal_pointer (&remembered) : NULL;
}

static void
sign_in_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsSignInPage *self = ARMMS_SIGN_IN_PAGE (widget);
  const char *login = gtk_editable_get_text (GTK_EDITABLE (self->login_row));
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password_row));
  g_autofree char *last_login = g_settings_get_string (self->settings, ARMMS_SETTING_LOGIN);
  g_autofree char *tenant = NULL;

  armms_notice_show_error (self->notice, NULL);
  if (*login == '\0' || *password == '\0')
    {
      armms_notice_show (self->notice, "warning", _("Enter your login and your password."), NULL, NULL);
      gtk_widget_grab_focus (GTK_WIDGET (*login == '\0' ? GTK_WIDGET (self->login_row) : GTK_WIDGET (self->password_row)));
      return;
    }
  if (!take_server (self))
    return;
  self->resuming = FALSE;
  show_page (self, "busy");
  /* Where this person worked last; another one may be no member there. */
  tenant = g_str_equal (login, last_login) ? tenant_to_ask (self) : g_strdup (self->wanted_tenant);
  armms_session_sign_in_async (self->session, login, password, tenant, new_cancellable (self), on_signed_in_cb, g_object_ref (self));
}

static void
resume_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  armms_notice_show_error (ARMMS_SIGN_IN_PAGE (widget)->notice, NULL);
  armms_sign_in_page_resume (ARMMS_SIGN_IN_PAGE (widget), /* sign_in_file= */ NULL);
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsSignInPage *self = ARMMS_SIGN_IN_PAGE (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
choose_tenant_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsSignInPage *self = ARMMS_SIGN_IN_PAGE (widget);
  const GPtrArray *tenants = armms_session_get_tenants (self->session);
  guint chosen = adw_combo_row_get_selected (self->tenant_row);
  const ArmmsSessionTenant *tenant = chosen < tenants->len ? g_ptr_array_index (tenants, chosen) : NULL;
  ArmmsId id;

  if (tenant == NULL)
    return;
  id = tenant->tenant_id;
  if (armms_id_equal (&id, armms_session_get_tenant_id (self->session)))
    {
      end_sign_in (self);
      return;
    }
  show_page (self, "busy");
  armms_session_choose_tenant_async (self->session, &id, new_cancellable (self), on_tenant_chosen_cb, g_object_ref (self));
}

static void
on_certificate_chosen_cb (GtkNativeDialog *dialog, int response, ArmmsSignInPage *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      g_free (self->ca_file);
      self->ca_file = g_file_get_path (file);
      show_certificate (self);
    }
  g_object_unref (dialog);
}

static void
choose_certificate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Choose the Server's Certificate"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                                              GTK_FILE_CHOOSER_ACTION_OPEN, _("_Choose"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_certificate_chosen_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
clear_certificate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsSignInPage *self = ARMMS_SIGN_IN_PAGE (widget);

  g_clear_pointer (&self->ca_file, g_free);
  show_certificate (self);
}

static void
on_entry_activated_cb (ArmmsSignInPage *self, GtkWidget *row)
{
  if (row == GTK_WIDGET (self->server_row))
    gtk_widget_grab_focus (GTK_WIDGET (self->login_row));
  else if (row == GTK_WIDGET (self->login_row))
    gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "sign-in.sign-in", NULL);
}

static void
armms_sign_in_page_dispose (GObject *object)
{
  ArmmsSignInPage *self = ARMMS_SIGN_IN_PAGE (object);
  GtkWidget *child;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->stack = NULL;
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (armms_sign_in_page_parent_class)->dispose (object);
}

static void
armms_sign_in_page_finalize (GObject *object)
{
  ArmmsSignInPage *self = ARMMS_SIGN_IN_PAGE (object);

  g_free (self->wanted_tenant);
  g_free (self->ca_file);
  G_OBJECT_CLASS (armms_sign_in_page_parent_class)->finalize (object);
}

static void
armms_sign_in_page_class_init (ArmmsSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = armms_sign_in_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = armms_sign_in_page_finalize;
  g_type_ensure (ARMMS_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/armms/Armms/app/sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ArmmsSignInPage, notice);
  gtk_widget_class_bind_template_child (widget_class, ArmmsSignInPage, heading);
  gtk_widget_class_bind_template_child (widget_class, ArmmsSignInPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ArmmsSignInPage, server_row);
  gtk_widget_class_bind_template_child (widget_class, ArmmsSignInPage, login_row);
  gtk_widget_class_bind_template_child (widget_class, ArmmsSignInPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, ArmmsSignInPage, certificate_row);
  gtk_widget_class_bind_template_child (widget_class, ArmmsSignInPage, certificate_clear_button);
  gtk_widget_class_bind_template_child (widget_class, ArmmsSignInPage, certificate_button);
  gtk_widget_class_bind_template_child (widget_class, ArmmsSignInPage, tenant_row);
  gtk_widget_class_bind_template_child (widget_class, ArmmsSignInPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated_cb);
  gtk_widget_class_install_action (widget_class, "sign-in.sign-in", NULL, sign_in_action);
  gtk_widget_class_install_action (widget_class, "sign-in.resume", NULL, resume_action);
  gtk_widget_class_install_action (widget_class, "sign-in.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "sign-in.choose-tenant", NULL, choose_tenant_action);
  gtk_widget_class_install_action (widget_class, "sign-in.choose-certificate", NULL, choose_certificate_action);
  gtk_widget_class_install_action (widget_class, "sign-in.clear-certificate", NULL, clear_certificate_action);
  signed_in_signal = g_signal_new ("signed-in", ARMMS_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* GTK finds no name for the entry inside a row by itself. */
static void
name_entry (AdwEntryRow *row, const char *name)
{
  GtkEditable *entry = gtk_editable_get_delegate (GTK_EDITABLE (row));

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (entry != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
armms_sign_in_page_init (ArmmsSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name_entry (self->server_row, _("Server address"));
  name_entry (self->login_row, _("Login"));
  name_entry (ADW_ENTRY_ROW (self->password_row), _("Password"));
}

ArmmsSignInPage *
armms_sign_in_page_new (void)
{
  return g_object_new (ARMMS_TYPE_SIGN_IN_PAGE, NULL);
}

void
armms_sign_in_page_set_session (ArmmsSignInPage *self, ArmmsSession *session, GSettings *settings, const char *tenant)
{
  g_autofree char *server = g_settings_get_string (settings, ARMMS_SETTING_SERVER);
  g_autofree char *login = g_settings_get_string (settings, ARMMS_SETTING_LOGIN);
  g_autofree char *ca_file = g_settings_get_string (settings, ARMMS_SETTING_CA_FILE);
  g_autofree char *proof = g_settings_get_string (settings, ARMMS_SETTING_DEVICE_PROOF);

  g_set_object (&self->session, session);
  g_set_object (&self->settings, settings);
  self->wanted_tenant = g_strdup (tenant);
  armms_session_set_device_proof (session, proof);
  if (*ca_file != '\0')
    self->ca_file = g_steal_pointer (&ca_file);
  gtk_editable_set_text (GTK_EDITABLE (self->server_row), server);
  gtk_editable_set_text (GTK_EDITABLE (self->login_row), login);
  show_certificate (self);
}

void
armms_sign_in_page_resume (ArmmsSignInPage *self, const char *sign_in_file)
{
  g_autofree char *login = g_settings_get_string (self->settings, ARMMS_SETTING_LOGIN);
  g_autofree char *tenant = tenant_to_ask (self);

  if (*gtk_editable_get_text (GTK_EDITABLE (self->server_row)) == '\0' || (sign_in_file == NULL && *login == '\0') || !take_server (self))
    {
      armms_sign_in_page_focus (self);
      return;
    }
  self->resuming = sign_in_file == NULL;
  show_page (self, "busy");
  if (sign_in_file != NULL)
    armms_session_resume_from_file_async (self->session, sign_in_file, self->wanted_tenant, new_cancellable (self), on_signed_in_cb, g_object_ref (self));
  else
    armms_session_resume_async (self->session, login, tenant, new_cancellable (self), on_signed_in_cb, g_object_ref (self));
}

void
armms_sign_in_page_show_reason (ArmmsSignInPage *self, const char *reason)
{
  armms_notice_show (self->notice, "warning", reason, NULL, NULL);
}

void
armms_sign_in_page_focus (ArmmsSignInPage *self)
{
  GtkWidget *rows[] = { GTK_WIDGET (self->server_row), GTK_WIDGET (self->login_row), GTK_WIDGET (self->password_row) };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (*gtk_editable_get_text (GTK_EDITABLE (rows[i])) == '\0' || i == G_N_ELEMENTS (rows) - 1)
      {
        gtk_widget_grab_focus (rows[i]);
        return;
      }
}
