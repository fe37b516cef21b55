/* armms: the desktop program. */
#include "client/app/window.h"
#include "client/session/settings.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdlib.h>

#define APPLICATION_ID "org.armms.Armms"

typedef struct {
  char *server, *tenant, *login, *workspace, *ca_file, *sign_in_file; /* owned, nullable: the command line */
  gboolean version;
  GSettings *settings;   /* owned */
  ArmmsSession *session; /* owned */
} Program;

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  adw_show_about_window (gtk_application_get_active_window (application),
                         "application-name", "ARMMS",
                         "application-icon", APPLICATION_ID,
                         "version", ARMMS_VERSION,
                         "comments", _("Time, attendance and payroll for people who work in shifts"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: put your names here, one a line */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  GtkWindow *window = gtk_application_get_active_window (application);

  if (window != NULL)
    gtk_window_close (window);
  else
    g_application_quit (application);
}

/* The command line goes before what is remembered; it is remembered itself once the sign-in has worked. */
static void
take_options (Program *program)
{
  const struct { const char *value, *setting; } options[] = {
    { program->server != NULL ? program->server : g_getenv ("ARMMS_SERVER"), ARMMS_SETTING_SERVER },
    { program->ca_file != NULL ? program->ca_file : g_getenv ("ARMMS_CA_FILE"), ARMMS_SETTING_CA_FILE },
    { program->login, ARMMS_SETTING_LOGIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].value != NULL)
      g_settings_set_string (program->settings, options[i].setting, options[i].value);
}

static void
on_activate_cb (GApplication *application, Program *program)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  g_autoptr(ArmmsTransport) transport = NULL;
  g_autoptr(ArmmsKeyring) keyring = NULL;

  if (window == NULL)
    {
      transport = armms_transport_new ();
      keyring = armms_keyring_new_system (0);
      program->session = armms_session_new (transport, keyring);
      take_options (program);
      window = GTK_WINDOW (armms_window_new (ADW_APPLICATION (application), program->session, program->settings,
                                             program->tenant, program->workspace, program->sign_in_file));
    }
  gtk_window_present (window);
}

static void
on_startup_cb (GApplication *application, Program *program)
{
  static const GActionEntry actions[] = { { "about", about_action, NULL, NULL, NULL, { 0 } }, { "quit", quit_action, NULL, NULL, NULL, { 0 } } };
  static const char *const quit_keys[] = { "<Primary>q", NULL };

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.quit", quit_keys);
  gtk_window_set_default_icon_name (APPLICATION_ID);
}

static int
on_local_options_cb (GApplication *application, GVariantDict *dict, Program *program)
{
  if (program->version)
    {
      g_print ("armms %s\n", ARMMS_VERSION);
      return EXIT_SUCCESS;
    }
  program->settings = armms_settings_new ();
  if (program->settings == NULL)
    {
      g_printerr (_("The settings schema %s is not installed. Install the program whole, or name the folder of gschemas.compiled in ARMMS_SCHEMA_DIR.\n"), APPLICATION_ID);
      return EXIT_FAILURE;
    }
  return -1;
}

static void
program_clear (Program *program)
{
  g_clear_object (&program->session);
  g_clear_object (&program->settings);
  g_free (program->server);
  g_free (program->tenant);
  g_free (program->login);
  g_free (program->workspace);
  g_free (program->ca_file);
  g_free (program->sign_in_file);
}

int
main (int argc, char **argv)
{
  Program program = { 0 };
  const GOptionEntry options[] = {
    { "server", 0, 0, G_OPTION_ARG_STRING, &program.server, N_("Address of the server"), "URL" },
    { "tenant", 0, 0, G_OPTION_ARG_STRING, &program.tenant, N_("Organisation to work in: its code, name or key"), N_("TENANT") },
    { "login", 0, 0, G_OPTION_ARG_STRING, &program.login, N_("Login name"), N_("NAME") },
    { "workspace", 0, 0, G_OPTION_ARG_STRING, &program.workspace, N_("Workspace to open: timekeeper, payroll"), N_("NAME") },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &program.ca_file, N_("Certificates to trust, besides none of the system's (PEM)"), N_("FILE") },
    { "sign-in-file", 0, 0, G_OPTION_ARG_FILENAME, &program.sign_in_file, N_("Sign in by the refresh token in this file (mode 0600); it is removed"), N_("FILE") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &program.version, N_("Say the version and end"), NULL },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL }
  };
  const char *locale_dir = g_getenv ("ARMMS_LOCALE_DIR");
  AdwApplication *application;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : ARMMS_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("armms");
  g_set_application_name ("ARMMS");

  application = adw_application_new (APPLICATION_ID, G_APPLICATION_NON_UNIQUE);
  g_application_set_resource_base_path (G_APPLICATION (application), "/org/armms/Armms");
  g_application_add_main_option_entries (G_APPLICATION (application), options);
  g_signal_connect (application, "handle-local-options", G_CALLBACK (on_local_options_cb), &program);
  g_signal_connect (application, "startup", G_CALLBACK (on_startup_cb), &program);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate_cb), &program);
  status = g_application_run (G_APPLICATION (application), argc, argv);
  g_object_unref (application);
  program_clear (&program);
  return status;
}
