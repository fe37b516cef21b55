#include "server/statutory/statutory-private.h"

#include "common/wire/events/payrun-closed.h"

#include <string.h>

/* The columns of one part of a closed payrun, as the event has them. */
typedef struct {
  ArmmsId payrun_id;
  ArmmsDate paid_on;
  GArray *employees; /* owned: ArmmsId */
  GArray *months;    /* owned: ArmmsDate */
  GPtrArray *schemes; /* owned array of interned names */
  GArray *base, *due, *taken, *employer, *mpf, *employer_mpf, *ec, *recovered; /* owned: gint64 */
} Part;

static void
part_clear (Part *part)
{
  GArray **columns[] = { &part->employees, &part->months, &part->base, &part->due, &part->taken, &part->employer, &part->mpf,
                         &part->employer_mpf, &part->ec, &part->recovered };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_clear_pointer (columns[i], g_array_unref);
  g_clear_pointer (&part->schemes, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Part, part_clear)

static gboolean
refuse_payload (GError **error, const char *what)
{
  armms_error_set (error, ARMMS_ERROR_INVALID_INPUT, "event.payload", "%s: %s is missing or does not fit", ARMMS_EVENT_PAYRUN_CLOSED, what);
  return FALSE;
}

static JsonArray *
find_column (JsonObject *columns, const char *name)
{
  JsonNode *node = json_object_get_member (columns, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* @optional: a column that is not there is all zero. */
static GArray *
read_numbers (JsonObject *columns, const char *name, guint n, gboolean optional, GError **error)
{
  JsonArray *column = find_column (columns, name);
  g_autoptr(GArray) numbers = g_array_sized_new (FALSE, /* clear= */ TRUE, sizeof (gint64), n);

  if (column == NULL && optional)
    return g_array_set_size (g_steal_pointer (&numbers), n);
  if (column == NULL || json_array_get_length (column) != n)
    {
      refuse_payload (error, name);
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (column, i);
      gint64 number;

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_INT64)
        {
          refuse_payload (error, name);
          return NULL;
        }
      number = json_node_get_int (element);
      g_array_append_val (numbers, number);
    }
  return g_steal_pointer (&numbers);
}

static const char *
text_at (JsonArray *column, guint i)
{
  JsonNode *element = json_array_get_element (column, i);

  return JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING ? json_node_get_string (element) : "";
}

static gboolean
read_keys (Part *part, JsonObject *columns, guint n, GError **error)
{
  JsonArray *employees = find_column (columns, "employee_id");
  JsonArray *schemes = find_column (columns, "scheme");
  JsonArray *months = find_column (columns, "month");

  if (schemes == NULL || months == NULL || json_array_get_length (schemes) != n || json_array_get_length (months) != n)
    return refuse_payload (error, "statutory.scheme or statutory.month");
  for (guint i = 0; i < n; i++)
    {
      ArmmsScheme scheme;
      ArmmsDate month;
      ArmmsId employee;

      if (!armms_id_parse (text_at (employees, i), &employee) || !armms_scheme_parse (text_at (schemes, i), &scheme)
          || !armms_date_parse (text_at (months, i), &month))
        return refuse_payload (error, "a row of statutory");
      g_array_append_val (part->employees, employee);
      g_array_append_val (part->months, month);
      g_ptr_array_add (part->schemes, (gpointer) armms_scheme_name (scheme));
    }
  return TRUE;
}

static gboolean
read_part (const ArmmsEvent *event, Part *part, GError **error)
{
  g_autoptr(JsonNode) node = json_from_string (event->payload, NULL);
  JsonObject *object, *columns;
  JsonArray *employees;
  guint n;

  part->employees = g_array_new (FALSE, FALSE, sizeof (ArmmsId));
  part->months = g_array_new (FALSE, FALSE, sizeof (ArmmsDate));
  part->schemes = g_ptr_array_new ();
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return refuse_payload (error, "the payload");
  object = json_node_get_object (node);
  if (!armms_id_parse (json_object_get_string_member_with_default (object, "payrun_id", ""), &part->payrun_id))
    return refuse_payload (error, "payrun_id");
  if (!armms_date_parse (json_object_get_string_member_with_default (object, "paid_on", ""), &part->paid_on))
    return refuse_payload (error, "paid_on");
  if (!json_object_has_member (object, "statutory") || !JSON_NODE_HOLDS_OBJECT (json_object_get_member (object, "statutory")))
    return refuse_payload (error, "statutory");
  columns = json_object_get_object_member (object, "statutory");
  employees = find_column (columns, "employee_id");
  if (employees == NULL)
    return refuse_payload (error, "statutory.employee_id");
  n = json_array_get_length (employees);
  if (!read_keys (part, columns, n, error))
    return FALSE;
  part->base = read_numbers (columns, "base", n, TRUE, error);
  part->due = part->base != NULL ? read_numbers (columns, "employee_due", n, FALSE, error) : NULL;
  part->taken = part->due != NULL ? read_numbers (columns, "employee_taken", n, FALSE, error) : NULL;
  part->employer = part->taken != NULL ? read_numbers (columns, "employer_due", n, FALSE, error) : NULL;
  part->mpf = part->employer != NULL ? read_numbers (columns, "employee_mpf", n, TRUE, error) : NULL;
  part->employer_mpf = part->mpf != NULL ? read_numbers (columns, "employer_mpf", n, TRUE, error) : NULL;
  part->ec = part->employer_mpf != NULL ? read_numbers (columns, "employer_ec", n, TRUE, error) : NULL;
  part->recovered = part->ec != NULL ? read_numbers (columns, "recovered", n, TRUE, error) : NULL;
  return part->recovered != NULL;
}

static ArmmsParams *
add_numbers (ArmmsParams *params, const GArray *column)
{
  return armms_params_integers (params, (const gint64 *) column->data, column->len);
}

static ArmmsParams *
add_new_ids (ArmmsParams *params, guint n)
{
  g_autofree ArmmsId *ids = g_new (ArmmsId, n);

  for (guint i = 0; i < n; i++)
    ids[i] = armms_id_new ();
  return armms_params_ids (params, ids, n);
}

static ArmmsParams *
add_keys (ArmmsParams *params, const Part *part)
{
  armms_params_ids (params, (const ArmmsId *) part->employees->data, part->employees->len);
  armms_params_dates (params, (const ArmmsDate *) part->months->data, part->months->len);
  return armms_params_texts (params, (const char *const *) part->schemes->pdata, part->schemes->len);
}

/* -- both books -- */

static gboolean
write_ledger (ArmmsWork *work, const ArmmsEvent *event, const Part *part, GError **error)
{
  static const char *const books[] = { "remit", "taken", "recovered" };
  const GArray *shares[] = { part->due, part->taken, part->recovered };
  guint n = part->employees->len;
  g_autofree const char **names = g_new (const char *, n);
  g_autofree gint64 *nothing = g_new0 (gint64, n);

  for (guint book = 0; book < G_N_ELEMENTS (books); book++)
    {
      ArmmsParams *params = add_new_ids (armms_params_new (), n);

      for (guint i = 0; i < n; i++)
        names[i] = books[book];
      armms_params_id (params, &event->event_id);
      armms_params_id (params, &part->payrun_id);
      add_keys (params, part);
      armms_params_texts (params, names, n);
      add_numbers (params, shares[book]);
      if (book == 0)
        add_numbers (params, part->employer);
      else
        armms_params_integers (params, nothing, n);
      armms_params_date (params, part->paid_on);
      if (!armms_work_execute (work, "statutory/ledger-insert", params, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* -- what follows -- */

static gboolean
read_plan (const char *follow_up, const char *plan_json, ArmmsFollowUpPlan *ret_plan, GArray *manual, GError **error)
{
  g_autoptr(JsonNode) node = plan_json != NULL ? json_from_string (plan_json, NULL) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *instalments = NULL;

  /* Deferred by the floor, not by a person: the next month takes both. */
  *ret_plan = (ArmmsFollowUpPlan) { .follow_up = ARMMS_FOLLOW_UP_CARRY };
  if (follow_up == NULL)
    return TRUE;
  if (!armms_follow_up_parse (follow_up, &ret_plan->follow_up))
    return refuse_payload (error, "follow_up");
  if (object == NULL)
    return TRUE;
  ret_plan->periods = (gint32) json_object_get_int_member_with_default (object, "periods", 0);
  instalments = find_column (object, "instalments");
  for (guint i = 0; instalments != NULL && i < json_array_get_length (instalments); i++)
    {
      JsonObject *one = json_array_get_object_element (instalments, i);
      ArmmsInstalment instalment = { .amount = { json_object_get_int_member_with_default (one, "amount_centavos", 0) } };

      if (!armms_date_parse (json_object_get_string_member_with_default (one, "month", ""), &instalment.period_from))
        return refuse_payload (error, "instalments");
      g_array_append_val (manual, instalment);
    }
  ret_plan->manual = (const ArmmsInstalment *) manual->data;
  ret_plan->n_manual = manual->len;
  return TRUE;
}

typedef struct {
  GArray *employees, *months; /* owned */
  GPtrArray *schemes;         /* owned */
  GArray *amounts;            /* owned */
} Carries;

static void
carries_clear (Carries *carries)
{
  g_clear_pointer (&carries->employees, g_array_unref);
  g_clear_pointer (&carries->months, g_array_unref);
  g_clear_pointer (&carries->amounts, g_array_unref);
  g_clear_pointer (&carries->schemes, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Carries, carries_clear)

/* Plans the recovery of one share that was not taken. */
static gboolean
plan_recovery (ArmmsRows *rows, guint row, gint64 deferred, Carries *carries, GError **error)
{
  g_autoptr(GArray) open = g_array_new (FALSE, FALSE, sizeof (ArmmsInstalment));
  g_autoptr(GArray) manual = g_array_new (FALSE, FALSE, sizeof (ArmmsInstalment));
  ArmmsId employee = armms_rows_id (rows, row, "employee_id");
  ArmmsScheme scheme = ARMMS_SCHEME_SSS;
  ArmmsFollowUpPlan plan;

  if (!armms_scheme_parse (armms_rows_text (rows, row, "scheme"), &scheme)
      || !read_plan (armms_rows_text (rows, row, "follow_up"), armms_rows_text (rows, row, "follow_up_plan"), &plan, manual, error))
    return FALSE;
  /* Dates and amounts given by hand may not fit what the month came to: then the next month takes it. */
  if (!armms_reschedule (open, armms_rows_date (rows, row, "month"), ARMMS_PERIOD_MONTHLY, ARMMS_DATE_NONE, ARMMS_MONEY (deferred), &plan, NULL))
    {
      plan.follow_up = ARMMS_FOLLOW_UP_CARRY;
      if (!armms_reschedule (open, armms_rows_date (rows, row, "month"), ARMMS_PERIOD_MONTHLY, ARMMS_DATE_NONE, ARMMS_MONEY (deferred), &plan, error))
        return FALSE;
    }
  for (guint i = 0; i < open->len; i++)
    {
      const ArmmsInstalment *instalment = &g_array_index (open, ArmmsInstalment, i);

      g_array_append_val (carries->employees, employee);
      g_array_append_val (carries->months, instalment->period_from);
      g_array_append_val (carries->amounts, instalment->amount.centavos);
      g_ptr_array_add (carries->schemes, (gpointer) armms_scheme_name (scheme));
    }
  return TRUE;
}

/* What this run asked for and did not take, by the key of its schedule. */
static gint64
find_deferred (const Part *part, GHashTable *index, ArmmsRows *rows, guint row)
{
  ArmmsId employee = armms_rows_id (rows, row, "employee_id");
  char id_text[ARMMS_ID_TEXT_SIZE];
  char date_text[ARMMS_DATE_TEXT_SIZE];
  g_autofree char *key = g_strjoin ("/", armms_id_format (&employee, id_text),
                                    armms_date_format (armms_rows_date (rows, row, "month"), date_text),
                                    armms_rows_text (rows, row, "scheme"), NULL);
  guint at = GPOINTER_TO_UINT (g_hash_table_lookup (index, key));

  return at == 0 ? 0 : g_array_index (part->due, gint64, at - 1) - g_array_index (part->taken, gint64, at - 1);
}

static GHashTable *
index_deferred (const Part *part)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < part->employees->len; i++)
    {
      char id_text[ARMMS_ID_TEXT_SIZE];
      char date_text[ARMMS_DATE_TEXT_SIZE];

      if (g_array_index (part->due, gint64, i) <= g_array_index (part->taken, gint64, i))
        continue;
      g_hash_table_insert (index,
                           g_strjoin ("/", armms_id_format (&g_array_index (part->employees, ArmmsId, i), id_text),
                                      armms_date_format (g_array_index (part->months, ArmmsDate, i), date_text),
                                      (const char *) part->schemes->pdata[i], NULL),
                           GUINT_TO_POINTER (i + 1));
    }
  return index;
}

static gboolean
carry_deferred (ArmmsWork *work, const Part *part, ArmmsRows *rows, GError **error)
{
  g_auto(Carries) carries = {
    g_array_new (FALSE, FALSE, sizeof (ArmmsId)), g_array_new (FALSE, FALSE, sizeof (ArmmsDate)), g_ptr_array_new (),
    g_array_new (FALSE, FALSE, sizeof (gint64)),
  };
  g_autoptr(GHashTable) index = index_deferred (part);
  ArmmsStatutorySettings settings;
  ArmmsParams *params;

  if (g_hash_table_size (index) == 0)
    return TRUE;
  if (!armms_statutory_load_choices (work, &settings, error))
    return FALSE;
  /* What the agency owes stands in the books; it stays the agency's. */
  if (!settings.recover_deferred_share)
    return TRUE;
  for (guint row = 0; row < armms_rows_count (rows); row++)
    {
      gint64 deferred = find_deferred (part, index, rows, row);

      if (deferred > 0 && !plan_recovery (rows, row, deferred, &carries, error))
        return FALSE;
    }
  params = add_new_ids (armms_params_new (), carries.employees->len);
  armms_params_ids (params, (const ArmmsId *) carries.employees->data, carries.employees->len);
  armms_params_dates (params, (const ArmmsDate *) carries.months->data, carries.months->len);
  armms_params_texts (params, (const char *const *) carries.schemes->pdata, carries.schemes->len);
  add_numbers (params, carries.amounts);
  return armms_work_execute (work, "statutory/schedules-carry", params, NULL, error);
}

/* The ids go with what has no row yet in this month. */
static gboolean
gather_open (ArmmsWork *work, const Part *part, GError **error)
{
  ArmmsParams *params = add_keys (add_new_ids (armms_params_new (), part->employees->len), part);

  return armms_work_execute (work, "statutory/schedules-gather", add_numbers (params, part->recovered), NULL, error);
}

static gboolean
apply_part (ArmmsWork *work, const ArmmsEvent *event, GError **error)
{
  g_auto(Part) part = { 0 };
  g_autoptr(ArmmsRows) rows = NULL;
  ArmmsParams *params;
  guint n;

  if (!read_part (event, &part, error))
    return FALSE;
  n = part.employees->len;
  if (n == 0)
    return TRUE;
  if (!gather_open (work, &part, error))
    return FALSE;
  params = add_keys (add_new_ids (armms_params_new (), n), &part);
  add_numbers (params, part.base);
  add_numbers (params, part.due);
  add_numbers (params, part.taken);
  add_numbers (params, part.employer);
  add_numbers (params, part.mpf);
  add_numbers (params, part.employer_mpf);
  add_numbers (params, part.ec);
  add_numbers (params, part.recovered);
  rows = armms_work_query (work, "statutory/schedules-apply", params, error);
  return rows != NULL && carry_deferred (work, &part, rows, error) && write_ledger (work, event, &part, error);
}

gboolean
armms_statutory_on_payrun_closed (ArmmsWork *work, const GPtrArray *events, GError **error)
{
  for (guint i = 0; i < events->len; i++)
    if (!apply_part (work, events->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* -- reading -- */

GArray *
armms_statutory_load_schedules (ArmmsWork *work, ArmmsDate month, const ArmmsId *employees, gsize n, GError **error)
{
  ArmmsParams *params = armms_params_date (armms_params_new (), month);
  g_autoptr(ArmmsRows) rows = NULL;
  GArray *schedules;

  if (n > 0)
    armms_params_ids (params, employees, n);
  else
    armms_params_null (params);
  rows = armms_work_query (work, "statutory/schedules-of-month", params, error);
  if (rows == NULL)
    return NULL;
  schedules = g_array_sized_new (FALSE, TRUE, sizeof (ArmmsStatutorySchedule), armms_rows_count (rows));
  for (guint i = 0; i < armms_rows_count (rows); i++)
    {
      ArmmsStatutorySchedule schedule = {
        .schedule_id = armms_rows_id (rows, i, "schedule_id"),
        .employee_id = armms_rows_id (rows, i, "employee_id"),
        .month = armms_rows_date (rows, i, "month"),
        .status = g_intern_string (armms_rows_text (rows, i, "status")),
        .waived = { armms_rows_boolean (rows, i, "waived_all") ? G_MAXINT64 : armms_rows_integer (rows, i, "waived_centavos") },
        .carried = armms_rows_money (rows, i, "carried"),
        .due = {
          .base = armms_rows_money (rows, i, "base_centavos"),
          .employee = armms_rows_money (rows, i, "employee_due_centavos"),
          .employer = armms_rows_money (rows, i, "employer_due_centavos"),
          .employee_mpf = armms_rows_money (rows, i, "employee_mpf_centavos"),
          .employer_mpf = armms_rows_money (rows, i, "employer_mpf_centavos"),
          .employer_ec = armms_rows_money (rows, i, "employer_ec_centavos"),
        },
      };

      if (!armms_scheme_parse (armms_rows_text (rows, i, "scheme"), &schedule.scheme))
        continue;
      schedule.due.scheme = schedule.scheme;
      schedule.taken = schedule.due;
      schedule.taken.employee = armms_rows_money (rows, i, "employee_taken_centavos");
      g_array_append_val (schedules, schedule);
    }
  return schedules;
}
