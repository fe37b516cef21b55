/* armmsctl queue: jobs, streams and dead letters from a terminal. */
#include "server/programs/ctl/commands.h"

#include "common/wire/queue/dead-letter.h"
#include "common/wire/queue/job.h"
#include "common/wire/queue/queue.h"
#include "server/queue/queue.h"

typedef struct {
  ArmmsCtl *ctl;
  ArmmsDb *db;
  ArmmsActor actor;
  ArmmsId id;
  char *state, *name;
  int limit;
  guint found;
  gboolean discard;
  GString *json;
} Run;

typedef gboolean (*Visit) (ArmmsWork *work, Run *run, GError **error);

static void
tell_record (Run *run, const ArmmsRecordType *type, gpointer record, const char *const *columns)
{
  run->found++;
  if (run->ctl->json)
    {
      if (run->json->len > 0)
        g_string_append_c (run->json, ',');
      armms_record_append_json (type, record, NULL, run->json);
      return;
    }
  for (gsize i = 0; columns[i] != NULL; i++)
    {
      g_autofree char *text = armms_field_to_display (armms_record_type_find (type, columns[i]), record);
      g_print ("%s%s", i > 0 ? "  " : "", text);
    }
  g_print ("\n");
}

static gboolean
tell_rows (Run *run, ArmmsWork *work, const char *statement, ArmmsParams *params, const ArmmsRecordType *type, const char *const *columns, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, statement, params, error);
  g_autoptr(GPtrArray) records = NULL;

  if (rows == NULL)
    return FALSE;
  records = armms_rows_records (rows, type);
  for (guint i = 0; i < records->len; i++)
    tell_record (run, type, g_ptr_array_index (records, i), columns);
  return TRUE;
}

static gboolean
list_queues (ArmmsWork *work, Run *run, GError **error)
{
  static const char *const jobs[] = { "sort", "name", "waiting", "running", "delayed", "oldest_seconds", NULL };
  static const char *const streams[] = { "sort", "name", "slots", "held", "failures", "oldest_seconds", "last_error", NULL };

  return tell_rows (run, work, "queue/queue-depths", NULL, &armms_queue_info_type, jobs, error)
         && tell_rows (run, work, "queue/stream-figures", NULL, &armms_queue_info_type, streams, error);
}

static gboolean
show_job (ArmmsWork *work, Run *run, GError **error)
{
  static const char *const columns[] = { "kind", "state", "done", "total", "failed", "attempts", "last_error", "problems", "result", NULL };

  return tell_rows (run, work, "queue/job-one", armms_params_id (armms_params_new (), &run->id), &armms_job_info_type, columns, error);
}

static gboolean
list_jobs (ArmmsWork *work, Run *run, GError **error)
{
  static const char *const columns[] = { "job_id", "kind", "state", "done", "failed", "last_error", NULL };
  ArmmsParams *params = armms_params_new ();

  armms_params_text (params, run->state);
  armms_params_text (params, run->name);
  armms_params_id (params, NULL);
  armms_params_integer (params, run->limit);
  armms_params_boolean (params, FALSE);
  armms_params_text (params, NULL);
  return tell_rows (run, work, "queue/job-page", params, &armms_job_info_type, columns, error);
}

static gboolean
list_letters (ArmmsWork *work, Run *run, GError **error)
{
  static const char *const columns[] = { "dead_letter_id", "source", "name", "state", "attempts", "code", "reason", NULL };
  ArmmsParams *params = armms_params_new ();

  armms_params_text (params, run->state);
  armms_params_text (params, NULL);
  armms_params_text (params, run->name);
  armms_params_id (params, NULL);
  armms_params_integer (params, run->limit);
  armms_params_boolean (params, FALSE);
  armms_params_text (params, NULL);
  return tell_rows (run, work, "queue/dead-letter-page", params, &armms_dead_letter_type, columns, error);
}

static gboolean
take_letter (ArmmsWork *work, Run *run, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "queue/dead-letter-one", armms_params_id (armms_params_new (), &run->id), error);

  if (rows == NULL)
    return FALSE;
  if (armms_rows_count (rows) == 0)
    return TRUE;
  run->found++;
  return armms_queue_resend (work, &run->id, run->discard, error);
}

static gboolean
purge (ArmmsWork *work, Run *run, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "queue/queue-purge", armms_params_text (armms_params_new (), run->name), error);

  if (rows == NULL)
    return FALSE;
  run->found += (guint) armms_rows_integer (rows, 0, "gone");
  return TRUE;
}

static gboolean
visit (Run *run, ArmmsWorkMode mode, Visit func, GError **error)
{
  g_autoptr(GPtrArray) schemas = armms_jobs_schema_per_database (run->db);

  for (guint i = 0; i < schemas->len; i++)
    {
      g_autoptr(ArmmsWork) work = armms_work_begin (run->db, g_ptr_array_index (schemas, i), mode, &run->actor, error);

      if (work == NULL || !func (work, run, error) || !armms_work_commit (work, error))
        return FALSE;
    }
  return TRUE;
}

/* As the owner: the cursors of a database that was restored into another cluster begin anew. */
static int
rebase (ArmmsCtl *ctl)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsDb) db = armms_ctl_open_db (ctl, /* as_owner= */ TRUE);
  gint64 total = 0;

  if (db == NULL)
    return ARMMS_CTL_FAILED;
  for (const char *const *name = armms_db_get_names (db); *name != NULL; name++)
    {
      PGconn *connection = armms_db_connect (db, *name, &error);
      PGresult *result;

      if (connection == NULL)
        return armms_ctl_fail ("queue rebase", g_steal_pointer (&error));
      result = PQexec (connection, "select platform.rebase_streams()");
      if (PQresultStatus (result) != PGRES_TUPLES_OK)
        armms_db_set_error (&error, result, connection, "re-basing the streams");
      else
        total += g_ascii_strtoll (PQgetvalue (result, 0, 0), NULL, 10);
      PQclear (result);
      PQfinish (connection);
      if (error != NULL)
        return armms_ctl_fail ("queue rebase", g_steal_pointer (&error));
    }
  g_print (ctl->json ? "{\"rows\":%" G_GINT64_FORMAT "}\n" : "%" G_GINT64_FORMAT " rows stand before all that is new; every reader begins anew\n", total);
  return ARMMS_CTL_DONE;
}

static int
run_command (ArmmsCtl *ctl, int argc, char **argv)
{
  static const struct { const char *name; Visit visit; ArmmsWorkMode mode; gboolean needs_tenant, needs_argument; } actions[] = {
    { "list", list_queues, ARMMS_WORK_READ_FRESH, FALSE, FALSE },
    { "jobs", list_jobs, ARMMS_WORK_READ_FRESH, TRUE, FALSE },
    { "show", show_job, ARMMS_WORK_READ_FRESH, TRUE, TRUE },
    { "dead", list_letters, ARMMS_WORK_READ_FRESH, TRUE, FALSE },
    { "resend", take_letter, ARMMS_WORK_WRITE, TRUE, TRUE },
    { "discard", take_letter, ARMMS_WORK_WRITE, TRUE, TRUE },
    { "purge", purge, ARMMS_WORK_WRITE, TRUE, TRUE },
  };
  char *tenant = NULL;
  Run run = { .ctl = ctl, .limit = 50 };
  const GOptionEntry entries[] = {
    { "tenant", 0, 0, G_OPTION_ARG_STRING, &tenant, NULL, NULL },
    { "state", 0, 0, G_OPTION_ARG_STRING, &run.state, NULL, NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING, &run.name, NULL, NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &run.limit, NULL, NULL },
    { NULL },
  };
  g_autoptr(ArmmsDb) db = NULL;
  g_autoptr(GError) error = NULL;
  int code;

  if (!armms_ctl_parse (&armms_ctl_queue, entries, &argc, &argv, &code))
    return code;
  if (argc == 2 && g_str_equal (argv[1], "rebase"))
    return rebase (ctl);
  for (gsize i = 0; argc >= 2 && i < G_N_ELEMENTS (actions); i++)
    {
      if (!g_str_equal (argv[1], actions[i].name) || argc != (actions[i].needs_argument ? 3 : 2))
        continue;
      run.actor = (ArmmsActor) { .request_id = "armmsctl", .reason = "armmsctl queue" };
      if (actions[i].needs_tenant && (tenant == NULL || !armms_id_parse (tenant, &run.actor.tenant_id)))
        {
          g_printerr ("armmsctl queue %s: whose? --tenant ID\n", argv[1]);
          return ARMMS_CTL_USAGE;
        }
      if (g_str_equal (argv[1], "purge"))
        run.name = argv[2];
      else if (actions[i].needs_argument && !armms_id_parse (argv[2], &run.id))
        {
          g_printerr ("armmsctl queue %s: %s is no id\n", argv[1], argv[2]);
          return ARMMS_CTL_USAGE;
        }
      db = run.db = armms_ctl_open_db (ctl, /* as_owner= */ FALSE);
      if (db == NULL)
        return ARMMS_CTL_FAILED;
      armms_rooms_register (db);
      run.discard = g_str_equal (argv[1], "discard");
      run.json = g_string_new (NULL);
      if (!visit (&run, actions[i].mode, actions[i].visit, &error))
        return armms_ctl_fail ("queue", g_steal_pointer (&error));
      if (ctl->json)
        g_print ("{\"found\":%u,\"items\":[%s]}\n", run.found, run.json->str);
      else if (run.found == 0 || actions[i].mode == ARMMS_WORK_WRITE)
        g_print ("%u found\n", run.found);
      g_string_free (run.json, TRUE);
      return run.found == 0 && actions[i].needs_argument ? ARMMS_CTL_FOUND : ARMMS_CTL_DONE;
    }
  g_printerr ("Usage: armmsctl queue %s\n", armms_ctl_queue.usage);
  return ARMMS_CTL_USAGE;
}

const ArmmsCtlCommand armms_ctl_queue = {
  "queue",
  "jobs, streams and dead letters",
  "list | jobs | show JOB | dead | resend LETTER | discard LETTER | purge KIND | rebase",
  "  list            queues and streams of all tenants in numbers\n"
  "  jobs, show JOB  a tenant's jobs, live and ended\n"
  "  dead            what failed for good, with the reason\n"
  "  resend, discard one dead letter: again, now that its cause is mended, or given up; what waits behind it goes on\n"
  "  purge KIND      drops a tenant's jobs of a kind that nobody has begun\n"
  "  rebase          after a restore into another cluster: readers begin anew (as the owner; workers stopped)\n\n"
  "  --tenant ID     whose (all but list and rebase)\n"
  "  --state, --name narrow a list; --limit N (50)",
  run_command,
};
