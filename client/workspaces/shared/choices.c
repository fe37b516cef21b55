#include "client/workspaces/shared/choices.h"

#include "common/base/period.h"

#include <glib/gi18n.h>
#include <string.h>

/* As much of a detachment as a choice shows. */
typedef struct {
  ArmmsId detachment_id;
  char *code;
  char *name;
} Detachment;

static const ArmmsField detachment_fields[] = {
  ARMMS_FIELD (Detachment, detachment_id, ID),
  ARMMS_FIELD (Detachment, code, TEXT),
  ARMMS_FIELD (Detachment, name, TEXT),
  { NULL }
};

static const ArmmsRecordType detachment_type = { "detachment", sizeof (Detachment), detachment_fields };

typedef struct {
  ArmmsFilterBar *bar; /* owned */
  char *name;
  ArmmsQuery *query;
  GPtrArray *values;
  GPtrArray *labels;
  GCancellable *cancellable;
} Load;

static void
load_free (Load *load)
{
  g_object_unref (load->bar);
  g_free (load->name);
  armms_query_free (load->query);
  g_ptr_array_unref (load->values);
  g_ptr_array_unref (load->labels);
  g_clear_object (&load->cancellable);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static void
on_detachments_come_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Load) load = user_data;
  g_autoptr(ArmmsApiPage) page = armms_api_list_finish (ARMMS_API (source), result, /* error= */ NULL);
  char id[ARMMS_ID_TEXT_SIZE];

  /* Not allowed, or away: the list itself says so; its filter can do without. */
  if (page == NULL)
    return;
  for (guint i = 0; i < page->records->len; i++)
    {
      const Detachment *detachment = g_ptr_array_index (page->records, i);

      g_ptr_array_add (load->values, g_strdup (armms_id_format (&detachment->detachment_id, id)));
      g_ptr_array_add (load->labels, detachment->name != NULL ? g_strdup_printf ("%s  %s", detachment->code, detachment->name) : g_strdup (detachment->code));
    }
  if (page->next_cursor != NULL)
    {
      GCancellable *cancellable = load->cancellable;
      const ArmmsQuery *query = load->query;
      armms_api_list_async (ARMMS_API (source), query, &detachment_type, 500, page->next_cursor, cancellable, on_detachments_come_cb, g_steal_pointer (&load));
      return;
    }
  g_ptr_array_add (load->values, NULL);
  g_ptr_array_add (load->labels, NULL);
  armms_filter_bar_set_choices (load->bar, load->name, (const char *const *) load->values->pdata, (const char *const *) load->labels->pdata);
}

void
armms_choices_load_detachments (ArmmsApi *api, ArmmsFilterBar *bar, const char *name, GCancellable *cancellable)
{
  const char *values[] = { "", NULL }, *labels[] = { _("All"), NULL };
  Load *load = g_new0 (Load, 1);

  armms_filter_bar_set_choices (bar, name, values, labels);
  load->bar = g_object_ref (bar);
  load->name = g_strdup (name);
  load->query = armms_query_new ("/v1/detachments");
  load->values = g_ptr_array_new_with_free_func (g_free);
  load->labels = g_ptr_array_new_with_free_func (g_free);
  load->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  g_ptr_array_add (load->values, g_strdup (""));
  g_ptr_array_add (load->labels, g_strdup (_("All")));
  armms_api_list_async (api, load->query, &detachment_type, 500, NULL, cancellable, on_detachments_come_cb, load);
}

char *
armms_choices_show_period (ArmmsDate from, ArmmsDate to)
{
  int year, month, day, to_year, to_month, to_day;
  g_autoptr(GDateTime) date = NULL;
  g_autofree char *month_text = NULL;

  armms_date_to_ymd (from, &year, &month, &day);
  armms_date_to_ymd (to, &to_year, &to_month, &to_day);
  if (year != to_year || month != to_month)
    {
      char a[ARMMS_DATE_TEXT_SIZE], b[ARMMS_DATE_TEXT_SIZE];
      return g_strdup_printf ("%s – %s", armms_date_format (from, a), armms_date_format (to, b));
    }
  date = g_date_time_new_utc (year, month, 1, 0, 0, 0);
  month_text = g_date_time_format (date, "%B");
  /* Translators: first day, last day, month, year: "1–15 May 2026" */
  return g_strdup_printf (_("%d–%d %s %d"), day, to_day, month_text, year);
}

void
armms_choices_fill_periods (ArmmsFilterBar *bar, const char *name, ArmmsDate newest, ArmmsDate chosen, guint count)
{
  ArmmsPeriod wanted = armms_period_of (ARMMS_PERIOD_SEMI_MONTHLY, chosen, chosen);
  const char *value = "";
  g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  ArmmsPeriod period = armms_period_of (ARMMS_PERIOD_SEMI_MONTHLY, newest, newest);

  for (guint i = 0; i < count; i++)
    {
      char a[ARMMS_DATE_TEXT_SIZE], b[ARMMS_DATE_TEXT_SIZE];

      g_ptr_array_add (values, g_strdup_printf ("%s/%s", armms_date_format (period.from, a), armms_date_format (period.to, b)));
      g_ptr_array_add (labels, armms_choices_show_period (period.from, period.to));
      if (period.from.days == wanted.from.days)
        value = g_ptr_array_index (values, i);
      period = armms_period_of (ARMMS_PERIOD_SEMI_MONTHLY, newest, armms_date_add_days (period.from, -1));
    }
  g_ptr_array_add (values, g_strdup (""));
  g_ptr_array_add (labels, g_strdup (_("All periods")));
  g_ptr_array_add (values, NULL);
  g_ptr_array_add (labels, NULL);
  armms_filter_bar_set_choices (bar, name, (const char *const *) values->pdata, (const char *const *) labels->pdata);
  armms_filter_bar_choose (bar, name, value);
}

gboolean
armms_choices_parse_period (const char *value, ArmmsDate *ret_from, ArmmsDate *ret_to)
{
  g_auto(GStrv) parts = g_strsplit (value != NULL ? value : "", "/", 2);

  return parts[0] != NULL && parts[1] != NULL && armms_date_parse (parts[0], ret_from) && armms_date_parse (parts[1], ret_to);
}
