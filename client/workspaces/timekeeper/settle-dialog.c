#include "client/workspaces/timekeeper/settle-dialog.h"

#include "common/wire/timekeeping/anomaly.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#define SHORTEST_REASON 3

static const char *const actions[] = { "accept", "ignore", "adjust" };

typedef struct
{
  ArmmsApi *api;             /* owned */
  GCancellable *cancellable; /* owned */
  GPtrArray *rows;           /* owned */
  guint next;
  char *body;                /* owned */
  GError *error;             /* owned, nullable */
  guint settled;
  GtkDropDown *action;       /* the dialog's */
  GtkEditable *reason;
  ArmmsSettled done;
  gpointer user_data;
  GDestroyNotify destroy;
} Settling;

static void send_next (Settling *settling);

static void
settling_free (Settling *settling)
{
  if (settling->destroy != NULL)
    settling->destroy (settling->user_data);
  g_object_unref (settling->api);
  g_object_unref (settling->cancellable);
  g_ptr_array_unref (settling->rows);
  g_clear_error (&settling->error);
  g_free (settling->body);
  g_free (settling);
}

static void
on_settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Settling *settling = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsApiResult) answer = armms_api_send_finish (ARMMS_API (source), result, &error);

  if (armms_api_is_cancelled (error))
    {
      settling_free (settling);
      return;
    }
  if (answer != NULL)
    settling->settled++;
  else if (settling->error == NULL)
    settling->error = g_steal_pointer (&error);
  send_next (settling);
}

static void
send_next (Settling *settling)
{
  g_autoptr(ArmmsQuery) query = NULL;
  char id[ARMMS_ID_TEXT_SIZE];

  if (settling->next >= settling->rows->len)
    {
      settling->done (settling->error, settling->settled, settling->user_data);
      settling_free (settling);
      return;
    }
  query = armms_query_new ("/v1/anomalies/%s/resolve", armms_id_format (armms_row_get_id (g_ptr_array_index (settling->rows, settling->next)), id));
  settling->next++;
  armms_api_send_async (settling->api, "POST", query, settling->body, NULL, NULL, &armms_anomaly_type, settling->cancellable, on_settled_cb, settling);
}

static void
on_answered_cb (AdwMessageDialog *dialog, const char *response, Settling *settling)
{
  ArmmsAnomalyResolution *resolution;
  GString *body;

  if (!g_str_equal (response, "settle"))
    {
      settling_free (settling);
      return;
    }
  resolution = armms_record_new (&armms_anomaly_resolution_type);
  resolution->action = g_strdup (actions[MIN (gtk_drop_down_get_selected (settling->action), G_N_ELEMENTS (actions) - 1)]);
  resolution->reason = g_strdup (gtk_editable_get_text (settling->reason));
  body = g_string_new (NULL);
  armms_record_append_json (&armms_anomaly_resolution_type, resolution, NULL, body);
  armms_record_free (&armms_anomaly_resolution_type, resolution);
  settling->body = g_string_free (body, FALSE);
  send_next (settling);
}

static void
on_reason_changed_cb (GtkEditable *reason, AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "settle", g_utf8_strlen (gtk_editable_get_text (reason), -1) >= SHORTEST_REASON);
}

static GtkWidget *
make_form (Settling *settling)
{
  static const char *const labels[] = {
    N_("Accept: it was so, and the figures stand"), N_("Ignore: it does not matter"), N_("Adjust: an adjustment puts it right"), NULL
  };
  g_autoptr(GtkStringList) choices = gtk_string_list_new (NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *reason = gtk_entry_new ();

  for (guint i = 0; labels[i] != NULL; i++)
    gtk_string_list_append (choices, _(labels[i]));
  settling->action = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&choices)), NULL));
  settling->reason = GTK_EDITABLE (reason);
  gtk_entry_set_placeholder_text (GTK_ENTRY (reason), _("Reason"));
  gtk_entry_set_activates_default (GTK_ENTRY (reason), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (settling->action), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Decision"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (reason), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Reason"), -1);
  gtk_box_append (GTK_BOX (box), reason);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (settling->action));
  return box;
}

void
armms_settle_dialog_open (GtkWindow *parent, ArmmsApi *api, GPtrArray *rows, GCancellable *cancellable, ArmmsSettled done, gpointer user_data,
                          GDestroyNotify destroy)
{
  Settling *settling = g_new0 (Settling, 1);
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Settle Anomalies"), NULL);

  settling->api = g_object_ref (api);
  settling->cancellable = g_object_ref (cancellable);
  settling->rows = g_ptr_array_ref (rows);
  settling->done = done;
  settling->user_data = user_data;
  settling->destroy = destroy;
  /* Translators: how many anomalies are settled */
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), ngettext ("%u anomaly is settled. The decision and its reason are kept.",
                                                                         "%u anomalies are settled alike. The decision and its reason are kept.", rows->len), rows->len);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_form (settling));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "settle", _("_Settle"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "settle", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "settle");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (settling->reason, "changed", G_CALLBACK (on_reason_changed_cb), dialog, 0);
  on_reason_changed_cb (settling->reason, ADW_MESSAGE_DIALOG (dialog));
  g_signal_connect (dialog, "response", G_CALLBACK (on_answered_cb), settling);
  gtk_window_present (GTK_WINDOW (dialog));
}
