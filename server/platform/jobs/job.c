#define G_LOG_DOMAIN "armms-jobs"

#include "server/platform/jobs/job.h"
#include "server/platform/jobs/job-private.h"

#include "server/platform/doorbell/doorbell.h"

#define DEFAULT_ATTEMPTS 5
#define DEFAULT_LEASE_SECONDS 60
#define PROGRESS_US (G_USEC_PER_SEC / 5)
#define MAX_PROBLEMS 10000
#define MAX_BACKOFF_MS (10 * 60 * 1000)

/* ---- sending ---------------------------------------------------------------------------------------------------- */

const ArmmsId *
armms_jobs_platform_tenant (void)
{
  static const ArmmsId platform = { { 0, 0, 0, 0, 0, 0, 0x80, 0, 0x80, 0, 0, 0, 0, 0, 0, 1 } };

  return &platform;
}

GPtrArray *
armms_jobs_schema_per_database (ArmmsDb *db)
{
  static const char *const schemas[] = { "queue", "tenant", "iam", "audit", "hr_core", "scheduling", "leave", "timekeeping", "gov", "finance_rates",
                                         "benefits", "obligations", "payroll", "filings", "reporting", "notifications" };
  GPtrArray *found = g_ptr_array_new ();
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (schemas); i++)
    {
      const char *name = armms_db_name_of_schema (db, schemas[i]);

      if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        continue;
      g_ptr_array_add (names, (gpointer) name);
      g_ptr_array_add (found, (gpointer) schemas[i]);
    }
  return found;
}

static char *
make_headers (const ArmmsActor *actor)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  if (actor->request_id != NULL)
    {
      json_builder_set_member_name (builder, "request_id");
      json_builder_add_string_value (builder, actor->request_id);
    }
  if (actor->reason != NULL)
    {
      json_builder_set_member_name (builder, "reason");
      json_builder_add_string_value (builder, actor->reason);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, /* pretty= */ FALSE);
}

gboolean
armms_jobs_send_later (ArmmsWork   *work,
                       const char  *kind,
                       const char  *payload_json,
                       const char  *unique_key,
                       gint64       delay_ms,
                       ArmmsId     *ret_job_id,
                       GError     **error)
{
  const ArmmsId job_id = armms_id_new ();
  g_autofree char *headers = make_headers (armms_work_get_actor (work));
  g_autoptr(ArmmsRows) rows = NULL;

  /* A kind that is new is written down first. A unique job that ends between the insert and the look is sent again. */
  for (int attempt = 0; attempt < 3; attempt++)
    {
      ArmmsParams *params;

      if (!armms_work_execute (work, "queue/queue-create", armms_params_text (armms_params_new (), kind), NULL, error))
        return FALSE;

      params = armms_params_new ();
      armms_params_id (params, &job_id);
      armms_params_text (params, kind);
      armms_params_json (params, payload_json != NULL ? payload_json : "{}");
      armms_params_text (params, unique_key);
      armms_params_integer (params, DEFAULT_ATTEMPTS);
      armms_params_json (params, headers);
      armms_params_integer (params, delay_ms);
      g_clear_pointer (&rows, armms_rows_free);
      rows = armms_work_query (work, "queue/job-send", params, error);
      if (rows == NULL)
        return FALSE;
      if (armms_rows_count (rows) > 0)
        break;
    }
  if (armms_rows_count (rows) == 0)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "db.serialization", "could not send job %s", kind);
      return FALSE;
    }
  if (ret_job_id != NULL)
    *ret_job_id = armms_rows_id (rows, 0, "job_id");
  armms_doorbell_ring (work, "jobs");
  return TRUE;
}

gboolean
armms_jobs_send (ArmmsWork   *work,
                 const char  *kind,
                 const char  *payload_json,
                 const char  *unique_key,
                 ArmmsId     *ret_job_id,
                 GError     **error)
{
  return armms_jobs_send_later (work, kind, payload_json, unique_key, /* delay_ms= */ 0, ret_job_id, error);
}

gboolean
armms_jobs_schedule (ArmmsWork   *work,
                     const char  *schedule_id,
                     const char  *kind,
                     gint64       every_minutes,
                     gint64       phase_minutes,
                     const char  *payload_json,
                     GError     **error)
{
  ArmmsParams *params;

  if (!armms_work_execute (work, "queue/queue-create", armms_params_text (armms_params_new (), kind), NULL, error))
    return FALSE;
  params = armms_params_new ();
  armms_params_text (params, schedule_id);
  armms_params_text (params, kind);
  armms_params_integer (params, every_minutes);
  armms_params_integer (params, phase_minutes);
  armms_params_json (params, payload_json != NULL ? payload_json : "{}");
  return armms_work_execute (work, "queue/schedule-set", params, NULL, error);
}

/* ---- what a running job sees ---------------------------------------------------------------------------------- */

guint
armms_job_kind_lease (const ArmmsJobKind *kind)
{
  return kind->lease_seconds > 0 ? kind->lease_seconds : DEFAULT_LEASE_SECONDS;
}

static char *
dup_member (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return g_strdup (json_node_get_string (node));
}

static JsonObject *
parse_object (const char *text)
{
  g_autoptr(JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return json_object_new ();
  return json_node_dup_object (node);
}

ArmmsJob *
armms_job_new (ArmmsDb *db, const char *schema, const ArmmsJobKind *kind, ArmmsRows *rows, guint row)
{
  ArmmsJob *job = g_new0 (ArmmsJob, 1);
  JsonObject *headers = parse_object (armms_rows_text (rows, row, "headers"));
  char id[ARMMS_ID_TEXT_SIZE];

  g_atomic_ref_count_init (&job->references);
  g_mutex_init (&job->lock);
  job->db = db;
  job->schema = g_intern_string (schema);
  job->kind = kind;
  job->job_id = armms_rows_id (rows, row, "job_id");
  job->attempt = armms_rows_integer (rows, row, "attempt");
  job->max_attempts = kind->max_attempts > 0 ? kind->max_attempts : armms_rows_integer (rows, row, "max_attempts");
  job->lease_no = armms_rows_integer (rows, row, "lease_no");
  job->payload = parse_object (armms_rows_text (rows, row, "message"));
  job->request_id = dup_member (headers, "request_id");
  if (job->request_id == NULL)
    job->request_id = g_strdup_printf ("job:%s", armms_id_format (&job->job_id, id));
  job->reason = dup_member (headers, "reason");
  json_object_unref (headers);
  job->actor = (ArmmsActor) {
    .tenant_id = armms_rows_id (rows, row, "tenant_id"),
    .user_id = armms_rows_id (rows, row, "created_by"),
    .request_id = job->request_id,
    .reason = job->reason,
  };
  job->problems = g_string_new (NULL);
  job->stored_at = g_get_monotonic_time ();
  return job;
}

ArmmsJob *
armms_job_ref (ArmmsJob *job)
{
  g_atomic_ref_count_inc (&job->references);
  return job;
}

void
armms_job_unref (ArmmsJob *job)
{
  if (job == NULL || !g_atomic_ref_count_dec (&job->references))
    return;
  g_free (job->request_id);
  g_free (job->reason);
  g_free (job->result);
  g_string_free (job->problems, TRUE);
  json_object_unref (job->payload);
  g_mutex_clear (&job->lock);
  g_free (job);
}

const ArmmsId *
armms_job_get_id (ArmmsJob *job)
{
  return &job->job_id;
}

const ArmmsActor *
armms_job_get_actor (ArmmsJob *job)
{
  return &job->actor;
}

JsonObject *
armms_job_get_payload (ArmmsJob *job)
{
  return job->payload;
}

ArmmsDb *
armms_job_get_db (ArmmsJob *job)
{
  return job->db;
}

const char *
armms_job_get_schema (ArmmsJob *job)
{
  return job->schema;
}

void
armms_job_set_total (ArmmsJob *job, gint64 total)
{
  g_mutex_lock (&job->lock);
  job->total = total;
  job->changed = TRUE;
  g_mutex_unlock (&job->lock);
}

void
armms_job_advance (ArmmsJob *job, gint64 done, gint64 failed)
{
  g_mutex_lock (&job->lock);
  job->done += done;
  job->failed += failed;
  job->changed = TRUE;
  g_mutex_unlock (&job->lock);
}

void
armms_job_add_problem (ArmmsJob *job, const ArmmsId *item, const char *code, const char *message)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;
  char id[ARMMS_ID_TEXT_SIZE];

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "item");
  if (item != NULL && !armms_id_is_nil (item))
    json_builder_add_string_value (builder, armms_id_format (item, id));
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "code");
  json_builder_add_string_value (builder, code);
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, message);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, /* pretty= */ FALSE);

  g_mutex_lock (&job->lock);
  /* A run over everything that goes wrong everywhere must not make a row of gigabytes. */
  if (job->problems->len < MAX_PROBLEMS * 100)
    {
      if (job->problems->len > 0)
        g_string_append_c (job->problems, ',');
      g_string_append (job->problems, text);
    }
  job->changed = TRUE;
  g_mutex_unlock (&job->lock);
}

void
armms_job_set_result (ArmmsJob *job, const char *json)
{
  g_mutex_lock (&job->lock);
  g_free (job->result);
  job->result = g_strdup (json);
  g_mutex_unlock (&job->lock);
}

gboolean
armms_job_should_stop (ArmmsJob *job)
{
  return g_atomic_int_get (&job->stop) != ARMMS_JOB_GO_ON;
}

void
armms_job_set_stop (ArmmsJob *job, ArmmsJobStop stop)
{
  /* The first reason stays, but for a lost lease: then nothing may be stored any more. */
  if (stop == ARMMS_JOB_LEASE_LOST)
    g_atomic_int_set (&job->stop, stop);
  else
    g_atomic_int_compare_and_exchange (&job->stop, ARMMS_JOB_GO_ON, (gint) stop);
}

gboolean
armms_job_fence (ArmmsJob *job, ArmmsWork *work, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params = armms_params_new ();

  armms_params_id (params, &job->job_id);
  armms_params_integer (params, job->lease_no);
  rows = armms_work_query (work, "queue/job-fence", params, error);
  if (rows == NULL)
    return FALSE;
  if (armms_rows_count (rows) == 0)
    {
      armms_job_set_stop (job, ARMMS_JOB_LEASE_LOST);
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "job.lease_lost", "the lease of job %s is another worker's", job->kind->kind);
      return FALSE;
    }
  return TRUE;
}

/* ---- the worker's side ---------------------------------------------------------------------------------------- */

/* The system does it, for the tenant: the row's updated_by stays as it is. */
static ArmmsWork *
begin (ArmmsJob *job, GError **error)
{
  return armms_work_begin (job->db, job->schema, ARMMS_WORK_WRITE, &job->actor, error);
}

static gboolean
store_progress (ArmmsJob *job, GError **error)
{
  g_autoptr(ArmmsWork) work = NULL;
  g_autoptr(ArmmsRows) rows = NULL;
  g_autofree char *problems = NULL;
  ArmmsParams *params;
  gboolean lost, cancel;

  work = begin (job, error);
  if (work == NULL)
    return FALSE;

  params = armms_params_new ();
  armms_params_id (params, &job->job_id);
  armms_params_integer (params, job->lease_no);
  armms_params_integer (params, armms_job_kind_lease (job->kind));
  g_mutex_lock (&job->lock);
  armms_params_integer (params, job->total);
  armms_params_integer (params, job->done);
  armms_params_integer (params, job->failed);
  problems = g_strdup (job->problems->str);
  g_string_truncate (job->problems, 0);
  job->changed = FALSE;
  job->stored_at = g_get_monotonic_time ();
  g_mutex_unlock (&job->lock);
  {
    g_autofree char *list = g_strdup_printf ("[%s]", problems);
    armms_params_json (params, list);
  }

  rows = armms_work_query (work, "queue/job-progress", params, error);
  if (rows != NULL)
    {
      lost = armms_rows_count (rows) == 0;
      cancel = !lost && armms_rows_boolean (rows, 0, "cancel_requested");
      if (armms_work_commit (work, error))
        {
          if (lost)
            armms_job_set_stop (job, ARMMS_JOB_LEASE_LOST);
          else if (cancel)
            armms_job_set_stop (job, ARMMS_JOB_CANCELLED);
          return TRUE;
        }
    }

  /* Not stored: what was taken out goes back in front. */
  g_mutex_lock (&job->lock);
  if (*problems != '\0')
    {
      if (job->problems->len > 0)
        g_string_prepend_c (job->problems, ',');
      g_string_prepend (job->problems, problems);
    }
  job->changed = TRUE;
  g_mutex_unlock (&job->lock);
  return FALSE;
}

void
armms_job_beat (ArmmsJob *job, gboolean force)
{
  g_autoptr(GError) error = NULL;
  gint64 age;
  gboolean wanted;

  g_mutex_lock (&job->lock);
  age = g_get_monotonic_time () - job->stored_at;
  wanted = force || (job->changed && age >= PROGRESS_US)
           || age >= (gint64) armms_job_kind_lease (job->kind) * G_USEC_PER_SEC / 3;
  g_mutex_unlock (&job->lock);
  if (wanted && g_atomic_int_get (&job->stop) != ARMMS_JOB_LEASE_LOST && !store_progress (job, &error))
    g_info ("heartbeat of job %s: %s", job->kind->kind, error->message);
}

static gboolean
has_news (ArmmsJob *job)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&job->lock);

  return job->changed;
}

/* Jittered, doubling from two seconds. */
static gint64
backoff_ms (gint64 attempt)
{
  gint64 base = G_GINT64_CONSTANT (1000) << MIN (attempt, 12);

  base = MIN (base, MAX_BACKOFF_MS);
  return base / 2 + g_random_int_range (0, (gint32) base / 2 + 1);
}

static gboolean
retry (ArmmsJob *job, ArmmsWork *work, gint64 delay_ms, const char *message, gint64 *ret_count, GError **error)
{
  ArmmsParams *params = armms_params_new ();

  armms_params_id (params, &job->job_id);
  armms_params_integer (params, job->lease_no);
  armms_params_integer (params, delay_ms);
  armms_params_text (params, message);
  return armms_work_execute (work, "queue/job-retry", params, ret_count, error);
}

static gboolean
end (ArmmsJob *job, ArmmsWork *work, const char *state, const char *message, gboolean *ret_ended, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params = armms_params_new ();

  armms_params_id (params, &job->job_id);
  armms_params_integer (params, job->lease_no);
  armms_params_text (params, state);
  armms_params_json (params, job->result);
  armms_params_text (params, message);
  rows = armms_work_query (work, "queue/job-end", params, error);
  if (rows == NULL)
    return FALSE;
  *ret_ended = armms_rows_count (rows) > 0 && armms_rows_boolean (rows, 0, "ended");
  return TRUE;
}

static gboolean
bury (ArmmsJob *job, ArmmsWork *work, const GError *cause, GError **error)
{
  const ArmmsId dead_letter_id = armms_id_new ();
  const gint64 no_position = 0;
  const char *no_key = "";
  g_autoptr(JsonNode) node = json_node_alloc ();
  g_autofree char *payload = NULL;
  const char *message;
  ArmmsParams *params = armms_params_new ();

  json_node_init_object (node, job->payload);
  payload = json_to_string (node, /* pretty= */ FALSE);
  message = payload;
  armms_params_ids (params, &dead_letter_id, 1);
  armms_params_text (params, "job");
  armms_params_text (params, job->kind->kind);
  armms_params_ids (params, &job->job_id, 1);
  armms_params_texts (params, &no_key, 1);
  armms_params_integers (params, &no_position, 1);
  armms_params_text (params, "PARKED");
  armms_params_text (params, armms_error_get_code (cause));
  armms_params_text (params, cause->message);
  armms_params_integer (params, job->attempt);
  armms_params_jsons (params, &message, 1);
  return armms_work_execute (work, "queue/dead-letter-add", params, NULL, error);
}

/* Input that is wrong will be wrong again, and so will our own bugs: but a bug may hang on the moment, so it is tried again. */
static gboolean
is_hopeless (const GError *error)
{
  return g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT)
         || g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_MALFORMED)
         || g_error_matches (error, ARMMS_ERROR, ARMMS_ERROR_FORBIDDEN);
}

static gboolean
store_end (ArmmsJob *job, gboolean ok, const GError *cause, GError **error)
{
  const ArmmsJobStop stop = (ArmmsJobStop) g_atomic_int_get (&job->stop);
  const gboolean stopped = !ok && g_error_matches (cause, ARMMS_ERROR, ARMMS_ERROR_CANCELLED);
  g_autoptr(ArmmsWork) work = begin (job, error);
  gboolean ended = FALSE;
  gint64 count = 0;

  if (work == NULL)
    return FALSE;
  if (ok)
    {
      if (!end (job, work, "DONE", NULL, &ended, error))
        return FALSE;
    }
  else if (stopped && stop == ARMMS_JOB_CANCELLED)
    {
      if (!end (job, work, "CANCELLED", "cancelled", &ended, error))
        return FALSE;
    }
  else if (stopped && stop == ARMMS_JOB_ENDING)
    {
      if (!retry (job, work, /* delay_ms= */ 0, /* message= */ NULL, &count, error))
        return FALSE;
      ended = count > 0;
    }
  else if (is_hopeless (cause) || job->attempt >= job->max_attempts)
    {
      if (!end (job, work, "FAILED", cause->message, &ended, error))
        return FALSE;
      if (ended && !bury (job, work, cause, error))
        return FALSE;
    }
  else
    {
      if (!retry (job, work, backoff_ms (job->attempt), cause->message, &count, error))
        return FALSE;
      ended = count > 0;
    }
  if (!ended)
    {
      armms_job_set_stop (job, ARMMS_JOB_LEASE_LOST);
      return TRUE;
    }
  return armms_work_commit (work, error);
}

void
armms_job_execute (ArmmsJob *job)
{
  g_autoptr(GError) cause = NULL;
  char id[ARMMS_ID_TEXT_SIZE];
  gboolean ok;

  if (job->attempt > job->max_attempts)
    {
      ok = FALSE;
      armms_error_set (&cause, ARMMS_ERROR_INTERNAL, "job.worker_lost",
                       "its worker was lost %" G_GINT64_FORMAT " times", job->attempt - 1);
    }
  else
    ok = job->kind->run (job, &cause);

  if (!ok && cause == NULL)
    armms_error_set (&cause, ARMMS_ERROR_INTERNAL, "job.failed", "job %s failed and said nothing", job->kind->kind);
  if (!ok && !g_error_matches (cause, ARMMS_ERROR, ARMMS_ERROR_CANCELLED))
    g_warning ("job %s %s, attempt %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT ": %s", job->kind->kind,
               armms_id_format (&job->job_id, id), job->attempt, job->max_attempts, cause->message);

  /* The last numbers; then the end. A database that is away is waited for as long as the lease may still be ours. */
  if (g_atomic_int_get (&job->stop) != ARMMS_JOB_LEASE_LOST && has_news (job))
    armms_job_beat (job, /* force= */ TRUE);
  for (int attempt = 0; attempt < 20 && g_atomic_int_get (&job->stop) != ARMMS_JOB_LEASE_LOST; attempt++)
    {
      g_autoptr(GError) error = NULL;

      if (store_end (job, ok, cause, &error))
        break;
      g_warning ("end of job %s %s could not be stored: %s", job->kind->kind, armms_id_format (&job->job_id, id), error->message);
      g_usleep ((gulong) (G_USEC_PER_SEC / 10) << MIN (attempt, 5));
    }
  if (g_atomic_int_get (&job->stop) == ARMMS_JOB_LEASE_LOST)
    g_warning ("job %s %s: the lease was lost; its end is another worker's", job->kind->kind, armms_id_format (&job->job_id, id));
}

void
armms_job_hand_back (ArmmsJob *job)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsWork) work = begin (job, &error);

  if (work == NULL || !retry (job, work, /* delay_ms= */ 0, /* message= */ NULL, NULL, &error) || !armms_work_commit (work, &error))
    g_warning ("job %s was not handed back, its lease will run out: %s", job->kind->kind, error->message);
}
