#include "server/approvals/approvals-private.h"

#include "server/tenant/tenant.h"

#include <string.h>

static const ArmmsRoom *known_rooms;

void
armms_approvals_set_rooms (const ArmmsRoom *rooms)
{
  known_rooms = rooms;
}

const ArmmsRoom *
armms_approvals_get_rooms (void)
{
  return known_rooms;
}

const ArmmsApprovalSubject *
armms_approvals_find_subject (const char *subject, const ArmmsRoom **ret_room)
{
  for (const ArmmsRoom *room = known_rooms; room != NULL && room->name != NULL; room++)
    for (const ArmmsApprovalSubject *row = room->subjects; row != NULL && row->subject != NULL; row++)
      if (strcmp (row->subject, subject) == 0)
        {
          if (ret_room != NULL)
            *ret_room = room;
          return row;
        }
  return NULL;
}

static gboolean
has_scope (const ArmmsActor *actor, const char *scope)
{
  return scope == NULL || actor->scopes == NULL || g_strv_contains (actor->scopes, scope);
}

static gboolean
is_among (const GArray *takers, const ArmmsId *user_id)
{
  for (guint i = 0; takers != NULL && i < takers->len; i++)
    if (armms_id_equal (&g_array_index (takers, ArmmsId, i), user_id))
      return TRUE;
  return FALSE;
}

const char *
armms_approvals_next_step (const ArmmsApprovalSubject *subject, const ArmmsActor *actor, const char *state, gboolean needs_verify, const GArray *takers)
{
  gboolean verify = needs_verify && strcmp (state, "REQUESTED") == 0;

  if ((strcmp (state, "REQUESTED") != 0 && strcmp (state, "VERIFIED") != 0) || is_among (takers, &actor->user_id))
    return NULL;
  if (!has_scope (actor, verify ? subject->verify_scope : subject->approve_scope))
    return NULL;
  return verify ? "verify" : "approve";
}

static const ArmmsApprovalSubject *
need_subject (const char *subject, GError **error)
{
  const ArmmsApprovalSubject *row = armms_approvals_find_subject (subject, /* ret_room= */ NULL);

  if (row == NULL)
    armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "approvals.subject", "there is no kind of change \"%s\"", subject);
  return row;
}

static gboolean
need_scope (ArmmsWork *work, const char *scope, GError **error)
{
  if (has_scope (armms_work_get_actor (work), scope))
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_FORBIDDEN, "auth.scope", "the scope %s is missing", scope);
  return FALSE;
}

static gboolean
store_step (ArmmsWork *work, const ArmmsId *change_id, const char *step, const char *reason, GError **error)
{
  const ArmmsId *who = &armms_work_get_actor (work)->user_id;
  ArmmsParams *params = armms_params_text (armms_params_id (armms_params_new (), change_id), step);

  armms_params_text (armms_params_id (params, who), reason);
  return armms_work_execute (work, "approvals/step-insert", armms_params_texts (params, NULL, 0), NULL, error);
}

/* A payrun is verified unless the tenant does without; every other subject as its owner says. */
static gboolean
is_verified (ArmmsWork *work, const ArmmsApprovalSubject *row, gboolean *ret_verified, GError **error)
{
  const ArmmsTenantSettings *settings;

  *ret_verified = row->verify_scope != NULL;
  if (!*ret_verified || strcmp (row->subject, "payrun") != 0)
    return TRUE;
  settings = armms_tenant_get_settings (work, error);
  if (settings == NULL)
    return FALSE;
  *ret_verified = settings->payrun_verify;
  return TRUE;
}

gboolean
armms_approvals_request (ArmmsWork *work, const char *subject, const ArmmsId *resource_id, const char *change_json, const char *reason,
                         ArmmsId *ret_id, GError **error)
{
  const ArmmsApprovalSubject *row = need_subject (subject, error);
  const ArmmsId *who = &armms_work_get_actor (work)->user_id;
  ArmmsId change_id = armms_id_new ();
  gboolean verified = FALSE;
  g_autoptr(ArmmsRows) open = NULL;
  ArmmsParams *params;

  if (row == NULL || !need_scope (work, row->request_scope, error) || !is_verified (work, row, &verified, error))
    return FALSE;
  if (armms_id_is_nil (who))
    {
      armms_error_set (error, ARMMS_ERROR_FORBIDDEN, "approvals.nobody", "a change must be asked for by somebody");
      return FALSE;
    }
  open = armms_work_query (work, "approvals/change-for-decision", armms_params_id (armms_params_text (armms_params_new (), subject), resource_id), error);
  if (open == NULL)
    return FALSE;
  if (armms_rows_count (open) > 0)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "approvals.open", "a change of this %s waits for its decision already", subject);
      return FALSE;
    }
  params = armms_params_id (armms_params_text (armms_params_id (armms_params_new (), &change_id), subject), resource_id);
  armms_params_boolean (armms_params_text (armms_params_json (params, change_json), reason), verified);
  if (!armms_work_execute (work, "approvals/change-insert", armms_params_id (params, who), NULL, error)
      || !store_step (work, &change_id, "request", reason, error))
    return FALSE;
  if (ret_id != NULL)
    *ret_id = change_id;
  return TRUE;
}

/* The order of steps, and that nobody decides about himself. */
static gboolean
check_step (const char *step, const char *state, gboolean needs_verify, const GArray *takers, const ArmmsId *who, const char *reason, GError **error)
{
  gboolean verify = strcmp (step, "verify") == 0, approve = strcmp (step, "approve") == 0, reject = strcmp (step, "reject") == 0;

  if (!verify && !approve && !reject)
    {
      armms_error_add_field (error, "step", "unknown", "must be verify, approve or reject");
      return FALSE;
    }
  if (reject && (reason == NULL || *reason == '\0'))
    {
      armms_error_add_field (error, "reason", "required", "a rejection says why");
      return FALSE;
    }
  if (verify && (!needs_verify || strcmp (state, "REQUESTED") != 0))
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "approvals.order", "there is nothing to verify");
      return FALSE;
    }
  if (approve && needs_verify && strcmp (state, "VERIFIED") != 0)
    {
      armms_error_set (error, ARMMS_ERROR_CONFLICT, "approvals.order", "it must be verified first");
      return FALSE;
    }
  /* Who asked may take it back by a rejection; he may not let it pass. */
  if (!reject && is_among (takers, who))
    {
      armms_error_set (error, ARMMS_ERROR_FORBIDDEN, "approvals.same_person", "who asked for a change or verified it cannot %s it", step);
      return FALSE;
    }
  if (armms_id_is_nil (who))
    {
      armms_error_set (error, ARMMS_ERROR_FORBIDDEN, "approvals.nobody", "a change is decided by somebody");
      return FALSE;
    }
  return TRUE;
}

static gboolean
need_step_scope (ArmmsWork *work, const ArmmsApprovalSubject *row, const char *step, gboolean own, GError **error)
{
  const ArmmsActor *actor = armms_work_get_actor (work);

  if (strcmp (step, "verify") == 0)
    return need_scope (work, row->verify_scope, error);
  if (strcmp (step, "approve") == 0 || !(own || (row->verify_scope != NULL && has_scope (actor, row->verify_scope))))
    return need_scope (work, row->approve_scope, error);
  return TRUE;
}

gboolean
armms_approvals_decide (ArmmsWork *work, const char *subject, const ArmmsId *resource_id, const char *step, const char *reason, GError **error)
{
  const ArmmsApprovalSubject *row = need_subject (subject, error);
  const ArmmsId *who = &armms_work_get_actor (work)->user_id;
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GArray) takers = NULL;
  g_autofree char *change = NULL;
  ArmmsId change_id, requested_by;
  ArmmsParams *params;
  const char *state;
  gboolean decided;

  if (row == NULL)
    return FALSE;
  rows = armms_work_query (work, "approvals/change-for-decision", armms_params_id (armms_params_text (armms_params_new (), subject), resource_id), error);
  if (rows == NULL)
    return FALSE;
  if (armms_rows_count (rows) == 0)
    {
      armms_error_set (error, ARMMS_ERROR_NOT_FOUND, "approvals.unknown", "no change of this %s waits for a decision", subject);
      return FALSE;
    }
  change_id = armms_rows_id (rows, 0, "change_id");
  requested_by = armms_rows_id (rows, 0, "requested_by");
  takers = armms_rows_ids (rows, 0, "takers");
  change = g_strdup (armms_rows_text (rows, 0, "change"));
  if (!need_step_scope (work, row, step, armms_id_equal (&requested_by, who), error)
      || !check_step (step, armms_rows_text (rows, 0, "state"), armms_rows_boolean (rows, 0, "needs_verify"), takers, who, reason, error))
    return FALSE;

  state = strcmp (step, "verify") == 0 ? "VERIFIED" : strcmp (step, "approve") == 0 ? "APPROVED" : "REJECTED";
  decided = strcmp (step, "verify") != 0;
  params = armms_params_boolean (armms_params_text (armms_params_id (armms_params_new (), &change_id), state), decided);
  if (!store_step (work, &change_id, step, reason, error) || !armms_work_execute (work, "approvals/change-move", params, NULL, error))
    return FALSE;
  if (strcmp (step, "verify") == 0 && row->on_verified != NULL)
    return row->on_verified (work, resource_id, change, error);
  if (strcmp (step, "approve") == 0 && row->on_approved != NULL)
    return row->on_approved (work, resource_id, change, error);
  if (strcmp (step, "reject") == 0 && row->on_rejected != NULL)
    return row->on_rejected (work, resource_id, change, reason, error);
  return TRUE;
}

ArmmsChange *
armms_approvals_find (ArmmsWork *work, const char *subject, const ArmmsId *resource_id, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "approvals/change-of-resource", armms_params_id (armms_params_text (armms_params_new (), subject), resource_id), error);
  g_autoptr(ArmmsRows) steps = NULL;
  ArmmsChange *change;

  if (rows == NULL || armms_rows_count (rows) == 0)
    return NULL;
  change = armms_rows_record (rows, 0, &armms_change_type);
  steps = armms_work_query (work, "approvals/steps-of-change", armms_params_id (armms_params_new (), &change->change_id), error);
  if (steps == NULL)
    {
      armms_record_free (&armms_change_type, change);
      return NULL;
    }
  change->steps = armms_rows_records (steps, &armms_change_step_type);
  return change;
}
