/* The calculation of a whole payrun: chunks on some threads, each a unit of its own, then the totals. */
#include "server/payroll/payroll-private.h"

#include "common/wire/json.h"

#include <string.h>

#define MOST_THREADS 4

typedef struct {
  ArmmsDb *db;
  const ArmmsActor *actor;
  ArmmsJob *job;                  /* nullable */
  const ArmmsCalculation *calculation;
  const ArmmsId *employees;       /* all, by id */
  gsize n_employees;
  gsize chunk_size;
  GAsyncQueue *done;              /* of Chunk */
  gint stop;                      /* atomic */
} Run;

typedef struct {
  Run *run;
  gint64 chunk_no;
  const ArmmsId *employees;
  gsize n;
  gint64 written;
  gint64 errors;
  GError *error;                  /* owned */
} Chunk;

/* Is it still ours to calculate? Holds the payrun as it is until the unit ends. */
static gboolean
hold (ArmmsWork *work, const ArmmsCalculation *calculation, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query_one (work, "payroll/payrun-hold",
                                                    armms_params_id (armms_params_new (), &calculation->facts.payrun_id), "payrun", error);
  const char *state;

  if (rows == NULL)
    return FALSE;
  state = armms_rows_text (rows, 0, "state");
  if (armms_rows_integer (rows, 0, "calculation_no") != calculation->payrun->calculation_no)
    {
      armms_error_set (error, ARMMS_ERROR_CANCELLED, "payrun.calculated_anew", "another calculation of this payrun has begun");
      return FALSE;
    }
  if (strcmp (state, "OPEN") == 0 || strcmp (state, "CALCULATED") == 0 || strcmp (state, "REJECTED") == 0)
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_CONFLICT, "payrun.state", "a payrun that is %s is not calculated", state);
  return FALSE;
}

static gboolean
is_done (ArmmsWork *work, const Chunk *chunk, const guint8 *hash, gboolean *ret_done, GError **error)
{
  const ArmmsCalculation *calculation = chunk->run->calculation;
  ArmmsParams *params = armms_params_integer (armms_params_id (armms_params_new (), &calculation->facts.payrun_id), chunk->chunk_no);
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "payroll/chunk-one", params, error);
  g_autoptr(GBytes) input = NULL;
  ArmmsId first, last;

  if (rows == NULL)
    return FALSE;
  *ret_done = FALSE;
  if (armms_rows_count (rows) == 0)
    return TRUE;
  input = armms_rows_bytes (rows, 0, "input_sha256");
  first = armms_rows_id (rows, 0, "first_employee_id");
  last = armms_rows_id (rows, 0, "last_employee_id");
  *ret_done = armms_id_equal (&first, &chunk->employees[0]) && armms_id_equal (&last, &chunk->employees[chunk->n - 1])
              && armms_rows_integer (rows, 0, "employees") == (gint64) chunk->n && g_bytes_get_size (input) == ARMMS_DIGEST_SIZE
              && memcmp (g_bytes_get_data (input, NULL), hash, ARMMS_DIGEST_SIZE) == 0
              && armms_rows_integer (rows, 0, "calculation_no") == calculation->payrun->calculation_no;
  return TRUE;
}

static gboolean
calculate_chunk (ArmmsWork *work, gpointer user_data, GError **error)
{
  Chunk *chunk = user_data;
  const ArmmsCalculation *calculation = chunk->run->calculation;
  g_autoptr(ArmmsFactSet) facts = NULL;
  g_autoptr(ArmmsSheetSet) sheets = NULL;
  g_autoptr(GBytes) input = NULL;
  guint8 hash[ARMMS_DIGEST_SIZE];
  ArmmsParams *params;
  gboolean done;

  chunk->written = chunk->errors = 0;
  if (chunk->run->job != NULL && !armms_job_fence (chunk->run->job, work, error))
    return FALSE;
  if (!hold (work, calculation, error))
    return FALSE;
  facts = armms_fact_set_load (work, calculation, chunk->employees, chunk->n, error);
  if (facts == NULL)
    return FALSE;
  armms_fact_set_digest (facts, calculation, hash);
  if (!is_done (work, chunk, hash, &done, error))
    return FALSE;
  if (done)
    return TRUE;
  sheets = armms_sheet_set_new ();
  if (!armms_fact_set_compute (facts, calculation, sheets, error)
      || !armms_sheets_store (work, calculation, facts, sheets, &chunk->written, error))
    return FALSE;
  for (guint i = 0; i < sheets->sheets->len; i++)
    chunk->errors += ((const ArmmsSheet *) g_ptr_array_index (sheets->sheets, i))->problems->len > 0 ? 1 : 0;
  input = g_bytes_new (hash, sizeof hash);
  params = armms_params_integer (armms_params_id (armms_params_new (), &calculation->facts.payrun_id), chunk->chunk_no);
  armms_params_id (params, &chunk->employees[0]);
  armms_params_id (params, &chunk->employees[chunk->n - 1]);
  armms_params_integer (params, (gint64) chunk->n);
  armms_params_integer (params, calculation->payrun->calculation_no);
  return armms_work_execute (work, "payroll/chunk-done", armms_params_bytes (params, input), NULL, error);
}

static void
on_chunk_due_cb (gpointer data, gpointer user_data)
{
  Chunk *chunk = data;
  Run *run = chunk->run;

  if (g_atomic_int_get (&run->stop) != 0 || (run->job != NULL && armms_job_should_stop (run->job)))
    armms_error_set (&chunk->error, ARMMS_ERROR_CANCELLED, "job.stopped", "the calculation was stopped; it goes on from what is committed");
  else if (!armms_work_run (run->db, "payroll", ARMMS_WORK_WRITE, run->actor, calculate_chunk, chunk, &chunk->error))
    g_atomic_int_set (&run->stop, 1);
  g_async_queue_push (run->done, chunk);
}

/* All chunks; the first error that is not the echo of another. */
static gboolean
run_chunks (Run *run, gint64 *ret_written, GError **error)
{
  guint n_chunks = (guint) ((run->n_employees + run->chunk_size - 1) / run->chunk_size);
  g_autofree Chunk *chunks = g_new0 (Chunk, MAX (n_chunks, 1));
  GThreadPool *pool = g_thread_pool_new (on_chunk_due_cb, NULL, (gint) CLAMP (g_get_num_processors (), 1, MOST_THREADS), FALSE, error);
  g_autoptr(GError) first = NULL;

  if (pool == NULL)
    return FALSE;
  for (guint i = 0; i < n_chunks; i++)
    {
      chunks[i] = (Chunk) { .run = run, .chunk_no = i, .employees = run->employees + i * run->chunk_size };
      chunks[i].n = MIN (run->chunk_size, run->n_employees - i * run->chunk_size);
      g_thread_pool_push (pool, &chunks[i], NULL);
    }
  for (guint i = 0; i < n_chunks; i++)
    {
      Chunk *chunk = g_async_queue_pop (run->done);

      *ret_written += chunk->written;
      if (run->job != NULL && chunk->error == NULL)
        armms_job_advance (run->job, (gint64) chunk->n, chunk->errors);
      if (chunk->error != NULL && (first == NULL || g_error_matches (first, ARMMS_ERROR, ARMMS_ERROR_CANCELLED)))
        {
          g_clear_error (&first);
          first = g_steal_pointer (&chunk->error);
        }
      g_clear_error (&chunk->error);
    }
  g_thread_pool_free (pool, /* immediate= */ FALSE, /* wait= */ TRUE);
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static gboolean
drop_outside (ArmmsWork *work, const ArmmsCalculation *calculation, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "payroll/sheets-outside", armms_params_id (armms_params_new (), &calculation->facts.payrun_id), error);
  g_autofree ArmmsId *gone = NULL;
  guint n;

  if (rows == NULL)
    return FALSE;
  n = armms_rows_count (rows);
  gone = g_new (ArmmsId, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    gone[i] = armms_rows_id (rows, i, "paysheet_id");
  return armms_sheets_drop (work, gone, n, calculation->facts.period.to, error);
}

static gboolean
finish (ArmmsWork *work, gpointer user_data, GError **error)
{
  Run *run = user_data;
  const ArmmsCalculation *calculation = run->calculation;
  const ArmmsId *payrun_id = &calculation->facts.payrun_id;
  gint64 count = 0;

  if (run->job != NULL && !armms_job_fence (run->job, work, error))
    return FALSE;
  if (!hold (work, calculation, error))
    return FALSE;
  if (!armms_work_execute (work, "payroll/chunks-drop",
                           armms_params_integer (armms_params_id (armms_params_new (), payrun_id),
                                                 (gint64) ((run->n_employees + run->chunk_size - 1) / run->chunk_size)), NULL, error)
      || !drop_outside (work, calculation, error)
      || !armms_work_execute (work, "payroll/payrun-calculated",
                              armms_params_integer (armms_params_id (armms_params_new (), payrun_id), calculation->payrun->calculation_no), &count, error))
    return FALSE;
  if (count == 1)
    return armms_payrun_tell (work, "armms.payroll.PayrunCalculated.v1", payrun_id, calculation->payrun->version + 1,
                              g_strdup_printf ("{\"calculation_no\":%" G_GINT64_FORMAT ",\"employees\":%" G_GSIZE_FORMAT "}",
                                               calculation->payrun->calculation_no, run->n_employees), error);
  armms_error_set (error, ARMMS_ERROR_CONFLICT, "payrun.state", "the payrun has moved on while it was calculated");
  return FALSE;
}

/* What closed payruns took must have reached the schedules, else this one would take it twice. */
static gboolean
need_settled (ArmmsWork *work, const ArmmsCalculation *calculation, GError **error)
{
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "payroll/payruns-closed", armms_params_date (armms_params_new (), calculation->facts.period.from), error);
  g_autofree ArmmsId *payruns = NULL;
  gint64 obligations = 0, benefits = 0;
  guint n;

  if (rows == NULL)
    return FALSE;
  n = armms_rows_count (rows);
  if (n == 0)
    return TRUE;
  payruns = g_new (ArmmsId, n);
  for (guint i = 0; i < n; i++)
    payruns[i] = armms_rows_id (rows, i, "payrun_id");
  if (!armms_obligations_count_unsettled (work, payruns, n, &obligations, error)
      || !armms_benefits_count_unsettled (work, payruns, n, &benefits, error))
    return FALSE;
  if (obligations == 0 && benefits == 0)
    return TRUE;
  armms_error_set (error, ARMMS_ERROR_UNAVAILABLE, "payrun.unsettled", "what an earlier payrun took has not reached all schedules yet; try again in a moment");
  return FALSE;
}

gboolean
armms_payroll_calculate (ArmmsDb *db, const ArmmsActor *actor, const ArmmsId *payrun_id, ArmmsJob *job, gint64 *ret_written, GError **error)
{
  g_autoptr(ArmmsWork) work = armms_work_begin (db, "payroll", ARMMS_WORK_READ_FRESH, actor, error);
  g_autoptr(ArmmsCalculation) calculation = NULL;
  g_autoptr(GArray) employees = NULL;
  g_autoptr(GAsyncQueue) done = g_async_queue_new ();
  gint64 written = 0;
  guint n_chunks;
  Run run;

  if (work == NULL)
    return FALSE;
  calculation = armms_calculation_new (work, payrun_id, error);
  if (calculation == NULL || !need_settled (work, calculation, error))
    return FALSE;
  employees = armms_calculation_load_employees (work, calculation, error);
  if (employees == NULL || !armms_work_commit (work, error))
    return FALSE;
  g_clear_pointer (&work, armms_work_free);

  run = (Run) { .db = db, .actor = actor, .job = job, .calculation = calculation, .employees = (const ArmmsId *) (gpointer) employees->data,
                .n_employees = employees->len, .done = done };
  /* Even parts, and at least two of a payrun that is worth it: one for each core. */
  n_chunks = MAX ((employees->len + ARMMS_CHUNK_EMPLOYEES - 1) / ARMMS_CHUNK_EMPLOYEES, employees->len >= ARMMS_CHUNK_EMPLOYEES / 4 ? 2 : 1);
  run.chunk_size = MAX ((employees->len + n_chunks - 1) / n_chunks, 1);
  if (job != NULL)
    armms_job_set_total (job, employees->len);
  if (!run_chunks (&run, &written, error)
      || !armms_work_run (db, "payroll", ARMMS_WORK_WRITE, actor, finish, &run, error))
    return FALSE;
  if (ret_written != NULL)
    *ret_written = written;
  return TRUE;
}

typedef struct { ArmmsId payrun_id, job_id; } Stopped;

static gboolean
note_stopped (ArmmsWork *work, gpointer user_data, GError **error)
{
  const Stopped *stopped = user_data;
  ArmmsParams *params = armms_params_id (armms_params_new (), &stopped->payrun_id);

  return armms_work_execute (work, "payroll/payrun-stopped", armms_params_id (params, &stopped->job_id), NULL, error);
}

gboolean
armms_payroll_run_calculation (ArmmsJob *job, GError **error)
{
  g_autoptr(GError) local = NULL;
  ArmmsId payrun_id;

  if (!armms_id_parse (json_object_get_string_member_with_default (armms_job_get_payload (job), "payrun_id", ""), &payrun_id))
    {
      armms_error_set (error, ARMMS_ERROR_MALFORMED, "job.malformed", "the job names no payrun");
      return FALSE;
    }
  if (armms_payroll_calculate (armms_job_get_db (job), armms_job_get_actor (job), &payrun_id, job, NULL, &local))
    return TRUE;
  if (!g_error_matches (local, ARMMS_ERROR, ARMMS_ERROR_UNAVAILABLE) && !g_error_matches (local, ARMMS_ERROR, ARMMS_ERROR_CANCELLED))
    {
      Stopped stopped = { payrun_id, *armms_job_get_id (job) };

      /* Nothing comes after it: the payrun does not look as if it were still being calculated. */
      if (!armms_work_run (armms_job_get_db (job), "payroll", ARMMS_WORK_WRITE, armms_job_get_actor (job), note_stopped, &stopped, NULL))
        g_debug ("payrun: that its calculation has ended could not be noted");
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* ---- simulation ----------------------------------------------------------------------------------------------- */

#define MOST_SIMULATED 500
#define MOST_WITH_LINES 50

static gboolean
contains_id (const GArray *ids, const ArmmsId *id)
{
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (armms_id_equal (&g_array_index (ids, ArmmsId, i), id))
      return TRUE;
  return FALSE;
}

/* As if it were waived: the facts are our own copy. */
static void
assume_waivers (ArmmsFactSet *set, const ArmmsSimulationRequest *request, ArmmsDate month)
{
  for (guint i = 0; i < set->instalments->len; i++)
    {
      ArmmsDueInstalment *instalment = &g_array_index (set->instalments, ArmmsDueInstalment, i);

      if (contains_id (request->waive_instalment_ids, &instalment->instalment_id))
        instalment->waived = instalment->due;
    }
  if (request->waive_schemes == NULL || request->waive_schemes[0] == NULL)
    return;
  /* One row per employee and scheme, so that also those without a schedule are waived. */
  {
    g_autoptr(GArray) before = g_steal_pointer (&set->schedules);

    set->schedules = g_array_sized_new (FALSE, TRUE, sizeof (ArmmsStatutorySchedule), set->facts->len * ARMMS_N_SCHEMES);
    for (guint i = 0; i < set->facts->len; i++)
      for (guint scheme = 0; scheme < ARMMS_N_SCHEMES; scheme++)
        {
          ArmmsPayFacts *facts = &g_array_index (set->facts, ArmmsPayFacts, i);
          ArmmsStatutorySchedule row = { .employee_id = facts->employee_id, .month = month, .scheme = (ArmmsScheme) scheme, .status = "PLANNED" };

          for (guint k = 0; k < before->len; k++)
            if (armms_id_equal (&g_array_index (before, ArmmsStatutorySchedule, k).employee_id, &facts->employee_id)
                && g_array_index (before, ArmmsStatutorySchedule, k).scheme == (ArmmsScheme) scheme)
              row = g_array_index (before, ArmmsStatutorySchedule, k);
          if (g_strv_contains ((const char *const *) request->waive_schemes, armms_scheme_name ((ArmmsScheme) scheme)))
            row.waived = ARMMS_MONEY (G_MAXINT64);
          g_array_append_val (set->schedules, row);
        }
    for (guint i = 0; i < set->facts->len; i++)
      {
        ArmmsPayFacts *facts = &g_array_index (set->facts, ArmmsPayFacts, i);

        facts->schedules = &g_array_index (set->schedules, ArmmsStatutorySchedule, i * ARMMS_N_SCHEMES);
        facts->n_schedules = ARMMS_N_SCHEMES;
      }
  }
}

static ArmmsMoney
money_or_none (gint64 centavos)
{
  return ARMMS_MONEY (centavos == G_MININT64 ? 0 : centavos);
}

static GPtrArray *
lines_of (const ArmmsSheetSet *sheets, const ArmmsSheet *sheet, const ArmmsCalculation *calculation)
{
  GPtrArray *lines = armms_records_new (&armms_paysheet_line_type);
  g_autoptr(JsonNode) traces = armms_json_parse (sheet->traces, NULL);

  for (guint i = 0; i < sheet->n_lines; i++)
    {
      const ArmmsPayLine *from = &g_array_index (sheets->lines, ArmmsPayLine, sheet->first_line + i);
      const ArmmsDetachment *detachment = armms_hr_find_detachment (calculation->detachments, &from->detachment_id);
      ArmmsPaysheetLine *line = armms_record_new (&armms_paysheet_line_type);

      line->paysheet_line_id = armms_paysheet_line_id_of (&sheet->paysheet_id, i + 1);
      line->paysheet_id = sheet->paysheet_id;
      line->line_no = i + 1;
      line->kind = g_strdup (armms_line_kind_name (from->kind));
      line->code = g_strdup (from->code);
      line->title = g_strdup (armms_pay_line_title (line->kind, from->code, from->title));
      line->pay_class = g_strdup (from->pay_class);
      line->minutes = ARMMS_MINUTES ((gint32) (from->minutes == G_MININT64 ? 0 : from->minutes));
      line->rate = money_or_none (from->rate);
      line->rate_minutes = ARMMS_MINUTES ((gint32) (from->rate_minutes == G_MININT64 ? 0 : from->rate_minutes));
      line->multiplier = (ArmmsMultiplier) { from->multiplier == G_MININT64 ? 0 : from->multiplier };
      line->due = money_or_none (from->due);
      line->waived = money_or_none (from->waived);
      line->deferred = money_or_none (from->deferred);
      line->amount = ARMMS_MONEY (from->amount);
      line->source_id = from->source_id;
      line->detachment_id = from->detachment_id;
      line->detachment_code = detachment != NULL ? g_strdup (detachment->code) : NULL;
      if (traces != NULL && JSON_NODE_HOLDS_ARRAY (traces) && i < json_array_get_length (json_node_get_array (traces)))
        line->trace = armms_json_to_canonical (json_array_get_element (json_node_get_array (traces), i));
      g_ptr_array_add (lines, line);
    }
  return lines;
}

static GHashTable *
load_net_now (ArmmsWork *work, const ArmmsId *payrun_id, const ArmmsId *employees, gsize n, GError **error)
{
  g_autoptr(GHashTable) net = g_hash_table_new_full (armms_id_hash, armms_id_equal_func, g_free, g_free);
  ArmmsParams *params = armms_params_ids (armms_params_id (armms_params_new (), payrun_id), employees, n);
  g_autoptr(ArmmsRows) rows = armms_work_query (work, "payroll/sheets-net", params, error);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsId id = armms_rows_id (rows, i, "employee_id");
      gint64 amount = armms_rows_integer (rows, i, "net_centavos");

      g_hash_table_insert (net, g_memdup2 (&id, sizeof id), g_memdup2 (&amount, sizeof amount));
    }
  return g_steal_pointer (&net);
}

static GStrv
to_strv (const GPtrArray *texts)
{
  GStrv list = g_new0 (char *, texts->len + 1);

  for (guint i = 0; i < texts->len; i++)
    list[i] = g_strdup (g_ptr_array_index (texts, i));
  return list;
}

static gboolean
simulate_span (ArmmsWork *work, const ArmmsCalculation *calculation, const ArmmsSimulationRequest *request, const ArmmsId *employees, gsize n,
               ArmmsSimulation *result, GError **error)
{
  g_autoptr(ArmmsFactSet) facts = armms_fact_set_load (work, calculation, employees, n, error);
  g_autoptr(ArmmsSheetSet) sheets = armms_sheet_set_new ();
  g_autoptr(GHashTable) now = NULL;
  int year, month, day;

  if (facts == NULL)
    return FALSE;
  armms_date_to_ymd (calculation->facts.period.to, &year, &month, &day);
  if (n > 0)
    assume_waivers (facts, request, armms_date_from_ymd (year, month, 1));
  now = load_net_now (work, &calculation->facts.payrun_id, employees, n, error);
  if (now == NULL || !armms_fact_set_compute (facts, calculation, sheets, error))
    return FALSE;
  for (guint i = 0; i < sheets->sheets->len; i++)
    {
      const ArmmsSheet *sheet = g_ptr_array_index (sheets->sheets, i);
      const gint64 *net_now = g_hash_table_lookup (now, &sheet->employee_id);
      ArmmsSimulatedPaysheet *item;

      result->paysheets++;
      result->errors += sheet->problems->len > 0 ? 1 : 0;
      result->gross.centavos += sheet->gross + sheet->untouchable;
      result->statutory.centavos += sheet->taken[0] + sheet->taken[1] + sheet->taken[2];
      result->tax.centavos += sheet->tax;
      result->obligations.centavos += sheet->obligations;
      result->deferred.centavos += sheet->deferred;
      result->waived.centavos += sheet->waived;
      result->employer.centavos += sheet->employer;
      result->net.centavos += sheet->net;
      result->net_before.centavos += net_now != NULL ? *net_now : 0;
      if (request->employee_ids == NULL)
        continue;
      item = armms_record_new (&armms_simulated_paysheet_type);
      item->employee_id = sheet->employee_id;
      item->employee_no = g_strdup (sheet->employee_no);
      item->employee_name = g_strdup (sheet->employee_name);
      item->gross = ARMMS_MONEY (sheet->gross + sheet->untouchable);
      item->deductions = ARMMS_MONEY (sheet->deductions);
      item->deferred = ARMMS_MONEY (sheet->deferred);
      item->waived = ARMMS_MONEY (sheet->waived);
      item->net = ARMMS_MONEY (sheet->net);
      item->net_before = ARMMS_MONEY (net_now != NULL ? *net_now : 0);
      item->net_floor = ARMMS_MONEY (sheet->floor);
      item->problems = to_strv (sheet->problems);
      if (request->employee_ids->len <= MOST_WITH_LINES)
        item->lines = lines_of (sheets, sheet, calculation);
      g_ptr_array_add (result->items, item);
    }
  return TRUE;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return armms_id_compare (a, b);
}

ArmmsSimulation *
armms_payroll_simulate (ArmmsWork *work, const ArmmsId *payrun_id, const ArmmsSimulationRequest *request, GError **error)
{
  g_autoptr(ArmmsCalculation) calculation = NULL;
  g_autoptr(GArray) employees = NULL;
  ArmmsSimulation *result;

  if (request->employee_ids != NULL && request->employee_ids->len > MOST_SIMULATED)
    {
      armms_error_add_field (error, "employee_ids", "too_long", "at most %d employees at once", MOST_SIMULATED);
      return NULL;
    }
  calculation = armms_calculation_new (work, payrun_id, error);
  if (calculation == NULL)
    return NULL;
  employees = request->employee_ids != NULL ? g_array_copy (request->employee_ids) : armms_calculation_load_employees (work, calculation, error);
  if (employees == NULL)
    return NULL;
  g_array_sort (employees, compare_ids);
  result = armms_record_new (&armms_simulation_type);
  result->payrun_id = *payrun_id;
  result->items = armms_records_new (&armms_simulated_paysheet_type);
  for (gsize at = 0; at < employees->len; at += ARMMS_CHUNK_EMPLOYEES)
    if (!simulate_span (work, calculation, request, &g_array_index (employees, ArmmsId, at), MIN (ARMMS_CHUNK_EMPLOYEES, employees->len - at), result, error))
      {
        armms_record_free (&armms_simulation_type, result);
        return NULL;
      }
  return result;
}
