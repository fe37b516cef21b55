#include "server/queue/queue.h"

#include "common/wire/queue/dead-letter.h"

static gboolean
send_redrive (ArmmsWork *work, const ArmmsDeadLetter *letter, GError **error)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *payload = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "subscription");
  json_builder_add_string_value (builder, letter->name);
  json_builder_set_member_name (builder, "partition_key");
  json_builder_add_string_value (builder, letter->partition_key);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  payload = json_to_string (root, /* pretty= */ FALSE);
  return armms_jobs_send (work, "queue.redrive", payload, /* unique_key= */ NULL, NULL, error);
}

/* A stream's item is taken again by the job that its room names after the reader. */
static gboolean
send_item (ArmmsWork *work, const ArmmsDeadLetter *letter, GError **error)
{
  g_autofree char *kind = g_strconcat (letter->name, ".resend", NULL);
  g_autofree char *item = armms_id_to_string (&letter->item_id);
  g_autofree char *payload = g_strdup_printf ("{\"item_id\":\"%s\",\"message\":%s}", item, letter->message);

  return armms_jobs_send (work, kind, payload, item, NULL, error);
}

gboolean
armms_queue_resend (ArmmsWork *work, const ArmmsId *dead_letter_id, gboolean discard, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsDeadLetter *letter;
  ArmmsParams *params = armms_params_new ();
  gboolean ok;

  armms_params_id (params, dead_letter_id);
  armms_params_boolean (params, discard);
  rows = armms_work_query (work, "queue/dead-letter-resend", params, error);
  if (rows == NULL)
    return FALSE;
  if (armms_rows_count (rows) == 0)
    {
      g_autoptr(ArmmsRows) found = armms_work_query_one (work, "queue/dead-letter-one", armms_params_id (armms_params_new (), dead_letter_id),
                                                         "dead_letter", error);
      if (found != NULL)
        armms_error_set (error, ARMMS_ERROR_CONFLICT, "dead_letter.not_parked", "the dead letter is %s: nothing waits for a person",
                         armms_rows_text (found, 0, "state"));
      return FALSE;
    }
  letter = armms_rows_record (rows, 0, &armms_dead_letter_type);
  if (g_str_equal (letter->source, "event"))
    ok = send_redrive (work, letter, error); /* also when it was given up: what stands behind it may go on */
  else if (discard)
    ok = TRUE;
  else if (g_str_equal (letter->source, "job"))
    ok = armms_jobs_send (work, letter->name, letter->message, *letter->partition_key != '\0' ? letter->partition_key : NULL, NULL, error);
  else
    ok = send_item (work, letter, error);
  armms_record_free (&armms_dead_letter_type, letter);
  return ok;
}

const ArmmsRoom armms_queue_room = {
  .name = "queue",
  .schema = "queue",
  .statements = armms_queue_statements,
  .routes = armms_queue_routes,
  .jobs = armms_queue_jobs,
};
