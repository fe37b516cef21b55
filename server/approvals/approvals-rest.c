#include "server/approvals/approvals-private.h"

#include <string.h>

/* A change stands in the database of its resource; the inbox looks into each database once. */

static gboolean
has_to_do_with (ArmmsRequest *request, const ArmmsApprovalSubject *row)
{
  return (row->request_scope != NULL && armms_request_has_scope (request, row->request_scope))
         || (row->verify_scope != NULL && armms_request_has_scope (request, row->verify_scope))
         || (row->approve_scope != NULL && armms_request_has_scope (request, row->approve_scope));
}

/* Subjects of the rooms whose schemas stand in @database and that the reader has to do with. */
static GPtrArray *
subjects_in (ArmmsRequest *request, const char *database, const char **ret_schema)
{
  GPtrArray *subjects = g_ptr_array_new ();

  for (const ArmmsRoom *room = armms_approvals_get_rooms (); room != NULL && room->name != NULL; room++)
    {
      if (room->subjects == NULL || strcmp (armms_db_name_of_schema (armms_request_get_db (request), room->schema), database) != 0)
        continue;
      *ret_schema = room->schema;
      for (const ArmmsApprovalSubject *row = room->subjects; row->subject != NULL; row++)
        if (has_to_do_with (request, row))
          g_ptr_array_add (subjects, (gpointer) row->subject);
    }
  return subjects;
}

static gboolean
load_page (ArmmsRequest *request, const char *schema, const GPtrArray *subjects, GPtrArray *changes, GError **error)
{
  const ArmmsPage *page = armms_request_get_page (request);
  const ArmmsActor *actor = armms_request_get_actor (request);
  g_autoptr(ArmmsWork) work = armms_work_begin (armms_request_get_db (request), schema, ARMMS_WORK_READ, actor, error);
  ArmmsParams *params = armms_params_texts (armms_params_new (), (const char *const *) subjects->pdata, subjects->len);
  ArmmsId resource = armms_request_get_id_parameter (request, "resource_id"), asker = armms_request_get_id_parameter (request, "requested_by");
  g_autoptr(ArmmsRows) rows = NULL;

  armms_params_text (armms_params_text (params, armms_request_get_text (request, "subject")), armms_request_get_text (request, "state"));
  armms_page_append_params (page, armms_params_id (armms_params_id (params, &resource), &asker));
  if (work == NULL)
    {
      armms_params_free (params);
      return FALSE;
    }
  rows = armms_work_query (work, "approvals/changes-page", params, error);
  if (rows == NULL)
    return FALSE;
  for (guint row = 0; row < armms_rows_count (rows); row++)
    {
      ArmmsChange *change = armms_rows_record (rows, row, &armms_change_type);
      g_autoptr(GArray) takers = armms_rows_ids (rows, row, "takers");

      change->next_step = g_strdup (armms_approvals_next_step (armms_approvals_find_subject (change->subject, NULL), actor, change->state,
                                                               armms_rows_boolean (rows, row, "needs_verify"), takers));
      g_ptr_array_add (changes, change);
    }
  return TRUE;
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const ArmmsChange *left = *(ArmmsChange *const *) a, *right = *(ArmmsChange *const *) b;

  if (left->requested_at.us != right->requested_at.us)
    return left->requested_at.us < right->requested_at.us ? -1 : 1;
  return armms_id_compare (&left->change_id, &right->change_id);
}

static ArmmsReply *
list_changes (ArmmsRequest *request, GError **error)
{
  const ArmmsPage *page = armms_request_get_page (request);
  g_autoptr(GPtrArray) changes = armms_records_new (&armms_change_type);

  for (const char *const *database = armms_db_get_names (armms_request_get_db (request)); *database != NULL; database++)
    {
      const char *schema = NULL;
      g_autoptr(GPtrArray) subjects = subjects_in (request, *database, &schema);

      if (subjects->len > 0 && !load_page (request, schema, subjects, changes, error))
        return NULL;
    }
  g_ptr_array_sort (changes, compare_changes);
  if (changes->len > page->limit + 1)
    g_ptr_array_set_size (changes, (int) page->limit + 1);
  return armms_reply_new_list (&armms_change_type, changes, page->limit, "requested_at", "change_id");
}

/* One resource's change */

static ArmmsReply *
reply_change (ArmmsWork *work, const char *subject, const ArmmsId *resource_id, GError **error)
{
  g_autoptr(GError) problem = NULL;
  ArmmsChange *change = armms_approvals_find (work, subject, resource_id, &problem);
  ArmmsReply *reply;

  if (change == NULL)
    {
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      else
        armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "approvals.unknown", "there is no change of this %s", subject);
      return NULL;
    }
  reply = armms_reply_new_record (200, &armms_change_type, change);
  armms_record_free (&armms_change_type, change);
  return reply;
}

static const ArmmsRoom *
room_of (ArmmsRequest *request, const char **ret_subject, ArmmsId *ret_resource, GError **error)
{
  const ArmmsRoom *room = NULL;
  const ArmmsApprovalSubject *row;

  *ret_subject = armms_request_get_path_text (request, "resource");
  row = armms_approvals_find_subject (*ret_subject, &room);
  if (row == NULL || !has_to_do_with (request, row))
    {
      armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "approvals.subject", "there is no kind of change \"%s\"", *ret_subject);
      return NULL;
    }
  return armms_request_get_id (request, "id", ret_resource, error) ? room : NULL;
}

static ArmmsReply *
get_change (ArmmsRequest *request, GError **error)
{
  const char *subject;
  ArmmsId resource_id;
  const ArmmsRoom *room = room_of (request, &subject, &resource_id, error);
  g_autoptr(ArmmsWork) work = NULL;

  if (room == NULL)
    return NULL;
  work = armms_work_begin (armms_request_get_db (request), room->schema, ARMMS_WORK_READ_FRESH, armms_request_get_actor (request), error);
  return work != NULL ? reply_change (work, subject, &resource_id, error) : NULL;
}

static ArmmsReply *
decide (ArmmsRequest *request, GError **error)
{
  const ArmmsDecision *decision = armms_request_get_body (request);
  ArmmsWork *work = armms_request_get_work (request);
  const char *subject;
  ArmmsId resource_id;

  if (room_of (request, &subject, &resource_id, error) == NULL)
    return NULL;
  if (!armms_approvals_decide (work, subject, &resource_id, decision->step, decision->reason, error))
    return NULL;
  return reply_change (work, subject, &resource_id, error);
}

/* The unit must be of the resource's database: the dispatcher asks whose. */
static const char *
schema_of_decision (ArmmsRequest *request)
{
  const ArmmsRoom *room = NULL;

  armms_approvals_find_subject (armms_request_get_path_text (request, "resource"), &room);
  return room != NULL ? room->schema : "audit";
}

static const ArmmsRoute routes[] = {
  { .method = "GET", .path = "/v1/approvals", .scope = "approvals:read", .access = ARMMS_ACCESS_NONE, .flags = ARMMS_ROUTE_LIST,
    .response = &armms_change_type, .handler = list_changes, .summary = "Changes that wait, of the kinds that the reader has to do with" },
  { .method = "GET", .path = "/v1/approvals/{resource}/{id}", .scope = "approvals:read", .access = ARMMS_ACCESS_NONE,
    .response = &armms_change_type, .handler = get_change, .summary = "The last change of one resource, with its trail" },
  { .method = "POST", .path = "/v1/approvals/{resource}/{id}", .scope = "approvals:read", .access = ARMMS_ACCESS_WRITE,
    .request = &armms_decision_type, .response = &armms_change_type, .handler = decide, .schema_of = schema_of_decision,
    .summary = "Verify, approve or reject: the scope of the step is the subject's" },
  { 0 },
};

const ArmmsRoom armms_approvals_room = {
  .name = "approvals",
  .schema = "audit",
  .statements = armms_approvals_statements,
  .routes = routes,
};
