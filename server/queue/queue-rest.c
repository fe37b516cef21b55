#include "server/queue/queue.h"

#include "common/wire/queue/dead-letter.h"
#include "common/wire/queue/job.h"
#include "common/wire/queue/queue.h"

/* Jobs and letters lie in the database in which they were written, and an address does not say in which: all are asked. */
typedef gboolean (*Visit) (ArmmsWork *work, gpointer user_data, gboolean *ret_done, GError **error);

static gboolean
visit_databases (ArmmsRequest *request, ArmmsWorkMode mode, Visit visit, gpointer user_data, GError **error)
{
  ArmmsDb *db = armms_request_get_db (request);
  g_autoptr(GPtrArray) schemas = armms_jobs_schema_per_database (db);
  gboolean done = FALSE;

  for (guint i = 0; i < schemas->len && !done; i++)
    {
      g_autoptr(ArmmsWork) work = armms_work_begin (db, g_ptr_array_index (schemas, i), mode, armms_request_get_actor (request), error);

      if (work == NULL || !visit (work, user_data, &done, error) || !armms_work_commit (work, error))
        return FALSE;
    }
  return TRUE;
}

/* Ids rise with time: the newest first unless the caller wants it otherwise. */
static gboolean
is_oldest_first (const ArmmsPage *page)
{
  return page->sort != NULL && !page->descending;
}

typedef struct { gsize offset; gboolean oldest_first; } Order;

static int
compare_ids (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Order *order = user_data;
  const ArmmsId *x = G_STRUCT_MEMBER_P (*(gpointer *) a, order->offset), *y = G_STRUCT_MEMBER_P (*(gpointer *) b, order->offset);

  return order->oldest_first ? armms_id_compare (x, y) : armms_id_compare (y, x);
}

/* What came from several databases, as one page. */
static void
merge_pages (GPtrArray *records, gsize id_offset, const ArmmsPage *page)
{
  Order order = { id_offset, is_oldest_first (page) };

  g_ptr_array_sort_with_data (records, compare_ids, &order);
  if (records->len > page->limit + 1)
    g_ptr_array_set_size (records, (int) page->limit + 1);
}

/* ---- jobs ------------------------------------------------------------------------------------------------------- */

typedef struct {
  ArmmsRequest *request;
  ArmmsId id;
  const ArmmsPage *page;
  GPtrArray *records;
  gpointer record;
  gboolean discard;
} Look;

static gboolean
look_for_job (ArmmsWork *work, gpointer user_data, gboolean *ret_done, GError **error)
{
  Look *look = user_data;
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "queue/job-one", armms_params_id (armms_params_new (), &look->id), error);

  if (rows == NULL)
    return FALSE;
  if (armms_rows_count (rows) > 0)
    {
      look->record = armms_rows_record (rows, 0, &armms_job_info_type);
      *ret_done = TRUE;
    }
  return TRUE;
}

static ArmmsReply *
get_job (ArmmsRequest *request, GError **error)
{
  Look look = { .request = request };
  ArmmsReply *reply;

  if (!armms_request_get_id (request, "job", &look.id, error)
      || !visit_databases (request, ARMMS_WORK_READ_FRESH, look_for_job, &look, error))
    return NULL;
  if (look.record == NULL)
    {
      armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "job.unknown", "no such job");
      return NULL;
    }
  reply = armms_reply_new_record (200, &armms_job_info_type, look.record);
  armms_record_free (&armms_job_info_type, look.record);
  return reply;
}

static gboolean
page_jobs (ArmmsWork *work, gpointer user_data, gboolean *ret_done, GError **error)
{
  Look *look = user_data;
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) some = NULL;
  ArmmsParams *params = armms_params_new ();

  armms_params_text (params, armms_request_get_text (look->request, "state"));
  armms_params_text (params, armms_request_get_text (look->request, "kind"));
  armms_params_id (params, &look->page->after_id);
  armms_params_integer (params, look->page->limit + 1);
  armms_params_boolean (params, is_oldest_first (look->page));
  armms_params_text (params, look->page->q);
  rows = armms_work_query (work, "queue/job-page", params, error);
  if (rows == NULL)
    return FALSE;
  some = armms_rows_records (rows, &armms_job_info_type);
  g_ptr_array_extend_and_steal (look->records, g_steal_pointer (&some));
  return TRUE;
}

static ArmmsReply *
list_jobs (ArmmsRequest *request, GError **error)
{
  g_autoptr(GPtrArray) records = armms_records_new (&armms_job_info_type);
  Look look = { .request = request, .page = armms_request_get_page (request), .records = records };

  if (!visit_databases (request, ARMMS_WORK_READ_FRESH, page_jobs, &look, error))
    return NULL;
  merge_pages (records, G_STRUCT_OFFSET (ArmmsJobInfo, job_id), look.page);
  return armms_reply_new_list (&armms_job_info_type, records, look.page->limit, "created_at", "job_id");
}

static gboolean
cancel_one (ArmmsWork *work, gpointer user_data, gboolean *ret_done, GError **error)
{
  Look *look = user_data;
  g_autoptr(ArmmsRows) rows = NULL, ended = NULL;
  ArmmsParams *params;

  if (!look_for_job (work, look, ret_done, error) || look->record == NULL)
    return look->record == NULL && (error == NULL || *error == NULL);
  if (!armms_request_has_scope (look->request, "admin:queues")
      && !armms_id_equal (&((ArmmsJobInfo *) look->record)->created_by, &armms_request_get_actor (look->request)->user_id))
    {
      armms_error_set (error, ARMMS_ERROR_FORBIDDEN, "forbidden", "another's job needs admin:queues to be cancelled");
      return FALSE;
    }
  rows = armms_work_query (work, "queue/job-cancel", armms_params_id (armms_params_new (), &look->id), error);
  if (rows == NULL)
    return FALSE;
  if (armms_rows_count (rows) > 0 && !armms_rows_boolean (rows, 0, "running"))
    {
      /* It waits: nobody would notice for a while, so it ends here. */
      params = armms_params_new ();
      armms_params_id (params, &look->id);
      armms_params_null (params);
      armms_params_text (params, "CANCELLED");
      armms_params_null (params);
      armms_params_text (params, "cancelled before it began");
      ended = armms_work_query (work, "queue/job-end", params, error);
      if (ended == NULL)
        return FALSE;
    }
  armms_record_free (&armms_job_info_type, g_steal_pointer (&look->record));
  return look_for_job (work, look, ret_done, error);
}

static ArmmsReply *
cancel_job (ArmmsRequest *request, GError **error)
{
  Look look = { .request = request };
  ArmmsReply *reply = NULL;

  if (armms_request_get_id (request, "job", &look.id, error)
      && visit_databases (request, ARMMS_WORK_WRITE, cancel_one, &look, error))
    {
      if (look.record != NULL)
        reply = armms_reply_new_record (200, &armms_job_info_type, look.record);
      else
        armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "job.unknown", "no such job");
    }
  armms_record_free (&armms_job_info_type, look.record);
  return reply;
}

/* ---- queues ----------------------------------------------------------------------------------------------------- */

static ArmmsQueueInfo *
find_queue (GPtrArray *records, const char *name)
{
  for (guint i = 0; i < records->len; i++)
    {
      ArmmsQueueInfo *queue = g_ptr_array_index (records, i);

      if (g_str_equal (queue->name, name))
        return queue;
    }
  return NULL;
}

static gboolean
look_at_queues (ArmmsWork *work, gpointer user_data, gboolean *ret_done, GError **error)
{
  Look *look = user_data;
  static const char *const statements[] = { "queue/queue-figures", "queue/stream-figures" };

  for (guint s = 0; s < G_N_ELEMENTS (statements); s++)
    {
      g_autoptr(ArmmsRows) rows = armms_work_query (work, statements[s], NULL, error);
      g_autoptr(GPtrArray) some = NULL;

      if (rows == NULL)
        return FALSE;
      some = armms_rows_records (rows, &armms_queue_info_type);
      for (guint i = 0; i < some->len; i++)
        {
          ArmmsQueueInfo *queue = g_ptr_array_index (some, i), *known = find_queue (look->records, queue->name);

          if (known == NULL)
            g_ptr_array_add (look->records, armms_record_copy (&armms_queue_info_type, queue));
          else
            {
              known->waiting += queue->waiting;
              known->running += queue->running;
              known->delayed += queue->delayed;
              known->dead += queue->dead;
              known->oldest_seconds = MAX (known->oldest_seconds, queue->oldest_seconds);
            }
        }
    }
  return TRUE;
}

/* A dozen rows: one page, always. */
static ArmmsReply *
list_queues (ArmmsRequest *request, GError **error)
{
  g_autoptr(GPtrArray) records = armms_records_new (&armms_queue_info_type);
  Look look = { .request = request, .records = records };
  g_autoptr(GString) out = g_string_new ("{\"items\":[");

  if (!visit_databases (request, ARMMS_WORK_READ_FRESH, look_at_queues, &look, error))
    return NULL;
  for (guint i = 0; i < records->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      armms_record_append_json (&armms_queue_info_type, g_ptr_array_index (records, i), NULL, out);
    }
  g_string_append (out, "],\"next_cursor\":null}");
  return armms_reply_new_bytes (200, "application/json", g_bytes_new (out->str, out->len), NULL);
}

/* ---- dead letters ----------------------------------------------------------------------------------------------- */

static gboolean
page_letters (ArmmsWork *work, gpointer user_data, gboolean *ret_done, GError **error)
{
  Look *look = user_data;
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) some = NULL;
  ArmmsParams *params = armms_params_new ();

  armms_params_text (params, armms_request_get_text (look->request, "state"));
  armms_params_text (params, armms_request_get_text (look->request, "source"));
  armms_params_text (params, armms_request_get_text (look->request, "name"));
  armms_params_id (params, &look->page->after_id);
  armms_params_integer (params, look->page->limit + 1);
  armms_params_boolean (params, is_oldest_first (look->page));
  armms_params_text (params, look->page->q);
  rows = armms_work_query (work, "queue/dead-letter-page", params, error);
  if (rows == NULL)
    return FALSE;
  some = armms_rows_records (rows, &armms_dead_letter_type);
  g_ptr_array_extend_and_steal (look->records, g_steal_pointer (&some));
  return TRUE;
}

static ArmmsReply *
list_letters (ArmmsRequest *request, GError **error)
{
  g_autoptr(GPtrArray) records = armms_records_new (&armms_dead_letter_type);
  Look look = { .request = request, .page = armms_request_get_page (request), .records = records };

  if (!visit_databases (request, ARMMS_WORK_READ_FRESH, page_letters, &look, error))
    return NULL;
  merge_pages (records, G_STRUCT_OFFSET (ArmmsDeadLetter, dead_letter_id), look.page);
  return armms_reply_new_list (&armms_dead_letter_type, records, look.page->limit, "created_at", "dead_letter_id");
}

static gboolean
look_for_letter (ArmmsWork *work, gpointer user_data, gboolean *ret_done, GError **error)
{
  Look *look = user_data;
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "queue/dead-letter-one", armms_params_id (armms_params_new (), &look->id), error);

  if (rows == NULL)
    return FALSE;
  if (armms_rows_count (rows) > 0)
    {
      armms_record_free (&armms_dead_letter_type, look->record);
      look->record = armms_rows_record (rows, 0, &armms_dead_letter_type);
      *ret_done = TRUE;
    }
  return TRUE;
}

static gboolean
take_letter (ArmmsWork *work, gpointer user_data, gboolean *ret_done, GError **error)
{
  Look *look = user_data;

  if (!look_for_letter (work, look, ret_done, error))
    return FALSE;
  return !*ret_done || (armms_queue_resend (work, &look->id, look->discard, error) && look_for_letter (work, look, ret_done, error));
}

static ArmmsReply *
answer_letter (ArmmsRequest *request, ArmmsWorkMode mode, Visit visit, gboolean discard, GError **error)
{
  Look look = { .request = request, .discard = discard };
  ArmmsReply *reply = NULL;

  if (armms_request_get_id (request, "dead_letter", &look.id, error) && visit_databases (request, mode, visit, &look, error))
    {
      if (look.record != NULL)
        reply = armms_reply_new_record (200, &armms_dead_letter_type, look.record);
      else
        armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "dead_letter.unknown", "no such dead letter");
    }
  armms_record_free (&armms_dead_letter_type, look.record);
  return reply;
}

static ArmmsReply *
get_letter (ArmmsRequest *request, GError **error)
{
  return answer_letter (request, ARMMS_WORK_READ_FRESH, look_for_letter, FALSE, error);
}

static ArmmsReply *
resend_letter (ArmmsRequest *request, GError **error)
{
  return answer_letter (request, ARMMS_WORK_WRITE, take_letter, FALSE, error);
}

static ArmmsReply *
discard_letter (ArmmsRequest *request, GError **error)
{
  return answer_letter (request, ARMMS_WORK_WRITE, take_letter, TRUE, error);
}

const ArmmsRoute armms_queue_routes[] = {
  { "GET", "/v1/jobs", "admin:queues", ARMMS_ACCESS_NONE, ARMMS_ROUTE_LIST, NULL, &armms_job_info_type, list_jobs,
    "Jobs, the newest first" },
  { "GET", "/v1/jobs/{job}", NULL, ARMMS_ACCESS_NONE, 0, NULL, &armms_job_info_type, get_job, "How far a job is" },
  { "POST", "/v1/jobs/{job}/cancel", NULL, ARMMS_ACCESS_NONE, ARMMS_ROUTE_NO_KEY, NULL, &armms_job_info_type, cancel_job,
    "Ask a job to stop at its next safe point" },
  { "GET", "/v1/queues", "admin:queues", ARMMS_ACCESS_NONE, 0, NULL, NULL, list_queues, "Queues and streams in numbers" },
  { "GET", "/v1/dead-letters", "admin:queues", ARMMS_ACCESS_NONE, ARMMS_ROUTE_LIST, NULL, &armms_dead_letter_type, list_letters,
    "What failed for good, the newest first" },
  { "GET", "/v1/dead-letters/{dead_letter}", "admin:queues", ARMMS_ACCESS_NONE, 0, NULL, &armms_dead_letter_type, get_letter,
    "One dead letter with what it was" },
  { "POST", "/v1/dead-letters/{dead_letter}/resend", "admin:queues", ARMMS_ACCESS_NONE, ARMMS_ROUTE_NO_KEY, NULL, &armms_dead_letter_type,
    resend_letter, "Send it again, now that its cause is mended" },
  { "POST", "/v1/dead-letters/{dead_letter}/discard", "admin:queues", ARMMS_ACCESS_NONE, ARMMS_ROUTE_NO_KEY, NULL, &armms_dead_letter_type,
    discard_letter, "Give it up; what waits behind it goes on" },
  { NULL },
};
