#include "client/model/job-watch.h"

#include "client/model/row.h"
#include "client/session/problem.h"
#include "common/wire/queue/job.h"

#include <glib/gi18n.h>
#include <string.h>

#define FIRST_WAIT_MS 150
#define LONGEST_WAIT_MS 1500

/* What was left out: the server names it by its id, people by the label that the page gives. */
typedef struct {
  ArmmsId item;
  char *label;
  char *code;
  char *message;
} Problem;

static const ArmmsField problem_fields[] = {
  ARMMS_FIELD (Problem, label, TEXT, .title = N_("Item")),
  ARMMS_FIELD (Problem, item, ID, .flags = ARMMS_FIELD_HIDDEN),
  ARMMS_FIELD (Problem, code, TEXT, .title = N_("Why")),
  ARMMS_FIELD (Problem, message, TEXT, .title = N_("What to do")),
  { NULL }
};

static const ArmmsRecordType problem_type = { "job-problem", sizeof (Problem), problem_fields };

struct _ArmmsJobWatch
{
  GObject parent_instance;

  ArmmsApi *api;             /* owned */
  char *path;                /* owned */
  GCancellable *cancellable; /* owned */
  ArmmsJobInfo *job;         /* owned, nullable: before the first answer */
  GListStore *problems;      /* owned, of ArmmsRow */
  GError *error;             /* owned, nullable */
  guint wait_ms;
  guint timer;
  gboolean over;
  gboolean cancelling;

  ArmmsJobLabel label;       /* nullable */
  gpointer label_data;
  GDestroyNotify label_destroy;
};

enum { CHANGED, ENDED, N_SIGNALS };

static void ask (ArmmsJobWatch *self);

G_DEFINE_FINAL_TYPE (ArmmsJobWatch, armms_job_watch, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
end (ArmmsJobWatch *self)
{
  if (self->over)
    return;
  self->over = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[ENDED], 0);
}

static void
add_problem (ArmmsJobWatch *self, JsonNode *node)
{
  Problem *problem = armms_record_from_json (&problem_type, node, ARMMS_DECODE_ANSWER, /* path= */ NULL, /* error= */ NULL);
  g_autoptr(ArmmsRow) row = NULL;

  if (problem == NULL)
    return;
  if (problem->label == NULL && self->label != NULL && !armms_id_is_nil (&problem->item))
    problem->label = self->label (&problem->item, self->label_data);
  if (problem->label == NULL && !armms_id_is_nil (&problem->item))
    problem->label = armms_id_to_string (&problem->item);
  row = armms_row_new (&problem_type, problem);
  g_list_store_append (self->problems, row);
}

/* (transfer full): @job. Problems only grow while a job runs. */
static void
take_job (ArmmsJobWatch *self, ArmmsJobInfo *job)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  JsonArray *array;

  armms_record_free (&armms_job_info_type, self->job);
  self->job = job;
  if (job->problems == NULL || !json_parser_load_from_data (parser, job->problems, -1, /* error= */ NULL) ||
      !JSON_NODE_HOLDS_ARRAY (json_parser_get_root (parser)))
    return;
  array = json_node_get_array (json_parser_get_root (parser));
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->problems)); i < json_array_get_length (array); i++)
    add_problem (self, json_array_get_element (array, i));
}

static gboolean
on_wait_over_cb (gpointer user_data)
{
  ArmmsJobWatch *self = user_data;

  self->timer = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
on_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(ArmmsJobWatch) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsApiResult) answer = armms_api_get_finish (ARMMS_API (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (answer == NULL && !armms_problem_is_passing (error))
    {
      self->error = g_steal_pointer (&error);
      end (self);
      return;
    }

  if (answer != NULL && answer->record != NULL)
    {
      take_job (self, g_steal_pointer (&answer->record));
      if (armms_job_info_is_over (self->job))
        {
          if (g_strcmp0 (self->job->state, "FAILED") == 0)
            self->error = armms_error_new (ARMMS_ERROR_CONFLICT, "job.failed", "%s",
                                           self->job->last_error != NULL ? self->job->last_error : _("the server gave no reason"));
          end (self);
          return;
        }
      g_signal_emit (self, signals[CHANGED], 0);
    }
  self->timer = g_timeout_add (self->wait_ms, on_wait_over_cb, self);
  self->wait_ms = MIN (self->wait_ms * 5 / 4, LONGEST_WAIT_MS);
}

static void
ask (ArmmsJobWatch *self)
{
  g_autoptr(ArmmsQuery) query = armms_query_new ("%s", self->path);

  armms_api_get_async (self->api, query, &armms_job_info_type, self->cancellable, on_answered_cb, g_object_ref (self));
}

static void
on_cancel_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(ArmmsJobWatch) self = user_data;
  g_autoptr(ArmmsApiResult) answer = armms_api_send_finish (ARMMS_API (source), result, /* error= */ NULL);

  /* When it failed, the job runs on: the button may be pressed again. */
  if (answer == NULL)
    self->cancelling = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
armms_job_watch_dispose (GObject *object)
{
  ArmmsJobWatch *self = ARMMS_JOB_WATCH (object);

  armms_job_watch_stop (self);
  g_clear_object (&self->api);
  g_clear_object (&self->problems);
  if (self->label_destroy != NULL)
    g_clear_pointer (&self->label_data, self->label_destroy);
  self->label = NULL;
  G_OBJECT_CLASS (armms_job_watch_parent_class)->dispose (object);
}

static void
armms_job_watch_finalize (GObject *object)
{
  ArmmsJobWatch *self = ARMMS_JOB_WATCH (object);

  armms_record_free (&armms_job_info_type, self->job);
  g_object_unref (self->cancellable);
  g_clear_error (&self->error);
  g_free (self->path);
  G_OBJECT_CLASS (armms_job_watch_parent_class)->finalize (object);
}

static void
armms_job_watch_class_init (ArmmsJobWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = armms_job_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = armms_job_watch_finalize;
  signals[CHANGED] = g_signal_new ("changed", ARMMS_TYPE_JOB_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", ARMMS_TYPE_JOB_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
armms_job_watch_init (ArmmsJobWatch *self)
{
  self->cancellable = g_cancellable_new ();
  self->problems = g_list_store_new (ARMMS_TYPE_ROW);
  self->wait_ms = FIRST_WAIT_MS;
}

ArmmsJobWatch *
armms_job_watch_new (ArmmsApi *api, const char *path)
{
  ArmmsJobWatch *self = g_object_new (ARMMS_TYPE_JOB_WATCH, NULL);

  self->api = g_object_ref (api);
  self->path = g_strdup (path);
  ask (self);
  return self;
}

void
armms_job_watch_set_labels (ArmmsJobWatch *self, ArmmsJobLabel label, gpointer user_data, GDestroyNotify destroy)
{
  self->label = label;
  self->label_data = user_data;
  self->label_destroy = destroy;
}

void
armms_job_watch_stop (ArmmsJobWatch *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
}

void
armms_job_watch_cancel (ArmmsJobWatch *self)
{
  g_autoptr(ArmmsQuery) query = armms_query_new ("%s/cancel", self->path);

  if (self->over || self->cancelling)
    return;
  self->cancelling = TRUE;
  armms_api_send_async (self->api, "POST", query, /* body= */ NULL, NULL, NULL, /* type= */ NULL, self->cancellable,
                        on_cancel_answered_cb, g_object_ref (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *
armms_job_watch_get_state (ArmmsJobWatch *self)
{
  return self->job != NULL && self->job->state != NULL ? self->job->state : "";
}

gint64
armms_job_watch_get_done (ArmmsJobWatch *self)
{
  return self->job != NULL ? self->job->done : 0;
}

gint64
armms_job_watch_get_total (ArmmsJobWatch *self)
{
  return self->job != NULL ? self->job->total : 0;
}

gint64
armms_job_watch_get_failed (ArmmsJobWatch *self)
{
  return self->job != NULL ? self->job->failed : 0;
}

gboolean
armms_job_watch_is_over (ArmmsJobWatch *self)
{
  return self->over;
}

gboolean
armms_job_watch_is_cancelling (ArmmsJobWatch *self)
{
  return self->cancelling;
}

const GError *
armms_job_watch_get_error (ArmmsJobWatch *self)
{
  return self->error;
}

GListModel *
armms_job_watch_get_problems (ArmmsJobWatch *self)
{
  return G_LIST_MODEL (self->problems);
}

const ArmmsRecordType *
armms_job_watch_get_problem_type (void)
{
  return &problem_type;
}
