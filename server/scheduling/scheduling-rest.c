/* The calls of this room: decode, one use case, encode. */
#include "server/scheduling/scheduling-private.h"

#include <libsoup/soup.h>

static ArmmsReply *list_assignments (ArmmsRequest *request, GError **error) { return armms_resource_list (&armms_scheduling_assignments, request, error); }
static ArmmsReply *get_assignment (ArmmsRequest *request, GError **error) { return armms_resource_get (&armms_scheduling_assignments, request, "assignment", error); }
static ArmmsReply *create_assignment (ArmmsRequest *request, GError **error) { return armms_resource_create (&armms_scheduling_assignments, request, error); }
static ArmmsReply *change_assignment (ArmmsRequest *request, GError **error) { return armms_resource_change (&armms_scheduling_assignments, request, "assignment", error); }

static ArmmsReply *list_instances (ArmmsRequest *request, GError **error) { return armms_resource_list (&armms_scheduling_instances, request, error); }
static ArmmsReply *get_instance (ArmmsRequest *request, GError **error) { return armms_resource_get (&armms_scheduling_instances, request, "instance", error); }
static ArmmsReply *create_instance (ArmmsRequest *request, GError **error) { return armms_resource_create (&armms_scheduling_instances, request, error); }
static ArmmsReply *change_instance (ArmmsRequest *request, GError **error) { return armms_resource_change (&armms_scheduling_instances, request, "instance", error); }

static ArmmsReply *list_holidays (ArmmsRequest *request, GError **error) { return armms_resource_list (&armms_scheduling_holidays, request, error); }
static ArmmsReply *get_holiday (ArmmsRequest *request, GError **error) { return armms_resource_get (&armms_scheduling_holidays, request, "holiday", error); }
static ArmmsReply *create_holiday (ArmmsRequest *request, GError **error) { return armms_resource_create (&armms_scheduling_holidays, request, error); }
static ArmmsReply *change_holiday (ArmmsRequest *request, GError **error) { return armms_resource_change (&armms_scheduling_holidays, request, "holiday", error); }

static ArmmsReply *list_policies (ArmmsRequest *request, GError **error) { return armms_resource_list (&armms_scheduling_policies, request, error); }
static ArmmsReply *get_policy (ArmmsRequest *request, GError **error) { return armms_resource_get (&armms_scheduling_policies, request, "policy", error); }
static ArmmsReply *create_policy (ArmmsRequest *request, GError **error) { return armms_resource_create (&armms_scheduling_policies, request, error); }
static ArmmsReply *change_policy (ArmmsRequest *request, GError **error) { return armms_resource_change (&armms_scheduling_policies, request, "policy", error); }

static ArmmsReply *
plan_instances (ArmmsRequest *request, GError **error)
{
  const ArmmsShiftInstanceSpan *span = armms_request_get_body (request);
  ArmmsWork *work = armms_request_get_work (request);
  g_autoptr(JsonBuilder) builder = NULL;
  gint64 made = 0;

  if (span->to.days < span->from.days || span->to.days - span->from.days >= ARMMS_SCHEDULING_SPAN_MAX)
    {
      armms_error_add_field (error, "to", "out_of_range", "must be from the first day to %d days on", ARMMS_SCHEDULING_SPAN_MAX);
      return NULL;
    }
  if (!armms_scheduling_plan_instances (work, span->from, span->to, &made, error))
    return NULL;
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "made");
  json_builder_add_int_value (builder, made);
  json_builder_end_object (builder);
  return armms_reply_new_json (SOUP_STATUS_OK, json_builder_get_root (builder));
}

/* Takes @relief. */
static ArmmsReply *
reply_relief (guint status, ArmmsReliever *relief)
{
  ArmmsReply *reply;

  if (relief == NULL)
    return NULL;
  reply = armms_reply_new_record (status, &armms_reliever_type, relief);
  armms_reply_set_version (reply, relief->version);
  armms_record_free (&armms_reliever_type, relief);
  return reply;
}

static ArmmsReply *
page_of_reliefs (ArmmsRequest *request, const ArmmsId *shift_instance, GError **error)
{
  const ArmmsPage *page = armms_request_get_page (request);
  const char *sort = page->sort != NULL ? page->sort : armms_scheduling_relievers.default_sort;
  ArmmsParams *params = armms_params_id (armms_params_new (), shift_instance);
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) reliefs = NULL;
  static const char *const filters[] = { "reliever_id", "relieved_id", "status", "from", "to", NULL };

  armms_resource_append_filters (&armms_reliever_type, filters, request, params);
  armms_params_boolean (armms_params_text (armms_params_text (params, page->q), sort), page->descending);
  rows = armms_work_query (armms_request_get_work (request), "scheduling/relievers-page", armms_page_append_params (page, params), error);
  if (rows == NULL)
    return NULL;
  reliefs = armms_rows_records (rows, &armms_reliever_type);
  if (reliefs->len > 0 && !armms_scheduling_relievers.complete (armms_request_get_work (request), reliefs, error))
    return NULL;
  return armms_reply_new_list (&armms_reliever_type, reliefs, page->limit, sort, "relief_id");
}

static ArmmsReply *
list_relievers (ArmmsRequest *request, GError **error)
{
  return page_of_reliefs (request, /* shift_instance= */ NULL, error);
}

static ArmmsReply *
list_instance_relievers (ArmmsRequest *request, GError **error)
{
  ArmmsShiftInstance *instance;
  ArmmsId id;

  if (!armms_request_get_id (request, "instance", &id, error))
    return NULL;
  instance = armms_resource_load (&armms_scheduling_instances, armms_request_get_work (request), &id, error);
  if (instance == NULL)
    return NULL;
  armms_record_free (&armms_shift_instance_type, instance);
  return page_of_reliefs (request, &id, error);
}

static ArmmsReply *
assign_reliever (ArmmsRequest *request, GError **error)
{
  ArmmsId id;

  if (!armms_request_get_id (request, "instance", &id, error))
    return NULL;
  return reply_relief (SOUP_STATUS_CREATED, armms_scheduling_assign_reliever (armms_request_get_work (request), &id,
                                                                              armms_request_get_body (request), error));
}

static ArmmsReply *
release_reliever (ArmmsRequest *request, GError **error)
{
  ArmmsId id;

  if (!armms_request_get_id (request, "relief", &id, error))
    return NULL;
  return reply_relief (SOUP_STATUS_OK, armms_scheduling_release_reliever (armms_request_get_work (request), &id, error));
}

/* The roster is worked out and not stored, so its pages are cut here. */
static ArmmsReply *
list_roster (ArmmsRequest *request, GError **error)
{
  const ArmmsPage *page = armms_request_get_page (request);
  ArmmsWork *work = armms_request_get_work (request);
  ArmmsId detachment = armms_request_get_id_parameter (request, "detachment_id");
  g_autoptr(ArmmsZone) zone = armms_scheduling_zone (work, error);
  g_autoptr(GPtrArray) roster = NULL;
  g_autoptr(GPtrArray) shown = g_ptr_array_new ();

  if (zone == NULL)
    return NULL;
  roster = armms_scheduling_roster (work, zone, armms_request_get_date (request, "date"), &detachment, error);
  if (roster == NULL)
    return NULL;
  for (guint i = 0; i < roster->len && shown->len <= page->limit; i++)
    {
      const ArmmsRosterRow *row = roster->pdata[page->descending ? roster->len - 1 - i : i];
      int order = page->after_key != NULL ? g_strcmp0 (row->roster_key, page->after_key) : 1;

      if (page->q != NULL && (row->employee_name == NULL || strstr (row->employee_name, page->q) == NULL)
          && g_strcmp0 (row->employee_no, page->q) != 0)
        continue;
      if (page->descending ? order < 0 || page->after_key == NULL : order > 0)
        g_ptr_array_add (shown, (gpointer) row);
    }
  return armms_reply_new_list (&armms_roster_row_type, shown, page->limit, "roster_key", "employee_id");
}

static const ArmmsParameter on_parameters[] = {
  { "on", ARMMS_FIELD_DATE, NULL, FALSE, "Only what holds on this day" },
  { NULL }
};

static const ArmmsParameter span_parameters[] = {
  { "from", ARMMS_FIELD_DATE, NULL, FALSE, "From this day on" },
  { "to", ARMMS_FIELD_DATE, NULL, FALSE, "Up to this day" },
  { NULL }
};

static const ArmmsParameter roster_parameters[] = {
  { "date", ARMMS_FIELD_DATE, NULL, TRUE, "The duty date" },
  { "detachment_id", ARMMS_FIELD_ID, NULL, FALSE, "Only this detachment" },
  { NULL }
};

#define READ "scheduling:read"
#define UPDATE "scheduling:update"
#define LIST(path_, type_, handler_, summary_, parameters_) \
  { "GET", path_, READ, ARMMS_ACCESS_READ, ARMMS_ROUTE_LIST, NULL, &type_, handler_, summary_, .parameters = parameters_ }
#define GET(path_, type_, handler_, summary_) \
  { "GET", path_, READ, ARMMS_ACCESS_READ, ARMMS_ROUTE_VERSIONED, NULL, &type_, handler_, summary_ }
#define CREATE(path_, type_, handler_, summary_) \
  { "POST", path_, UPDATE, ARMMS_ACCESS_WRITE, 0, &type_, &type_, handler_, summary_ }
#define CHANGE(path_, type_, handler_, summary_) \
  { "PATCH", path_, UPDATE, ARMMS_ACCESS_WRITE, ARMMS_ROUTE_VERSIONED, &type_, &type_, handler_, summary_, .decode = ARMMS_DECODE_CHANGE }

const ArmmsRoute armms_scheduling_routes[] = {
  LIST ("/v1/assignments", armms_assignment_type, list_assignments, "Assignments", on_parameters),
  CREATE ("/v1/assignments", armms_assignment_type, create_assignment, "Assign an employee to a post"),
  GET ("/v1/assignments/{assignment}", armms_assignment_type, get_assignment, "One assignment"),
  CHANGE ("/v1/assignments/{assignment}", armms_assignment_type, change_assignment, "Change or end an assignment"),

  LIST ("/v1/shift-instances", armms_shift_instance_type, list_instances, "Shift instances with the heads wanted and planned", span_parameters),
  CREATE ("/v1/shift-instances", armms_shift_instance_type, create_instance, "Make one shift instance"),
  { "POST", "/v1/shift-instances/plan", UPDATE, ARMMS_ACCESS_WRITE, 0, &armms_shift_instance_span_type, NULL, plan_instances,
    "Make the shift instances that assignments want" },
  GET ("/v1/shift-instances/{instance}", armms_shift_instance_type, get_instance, "One shift instance"),
  CHANGE ("/v1/shift-instances/{instance}", armms_shift_instance_type, change_instance, "Change the heads wanted, or cancel"),

  LIST ("/v1/shift-instances/{instance}/relievers", armms_reliever_type, list_instance_relievers, "Who relieves whom on a shift instance",
        span_parameters),
  CREATE ("/v1/shift-instances/{instance}/relievers", armms_reliever_type, assign_reliever, "Put a reliever on a shift instance; once it has begun this waits for approval"),
  LIST ("/v1/relievers", armms_reliever_type, list_relievers, "Reliefs", span_parameters),
  { "POST", "/v1/relievers/{relief}/release", UPDATE, ARMMS_ACCESS_WRITE, 0, NULL, &armms_reliever_type, release_reliever,
    "Take a relief back" },

  LIST ("/v1/holidays", armms_holiday_type, list_holidays, "The calendar of holidays", span_parameters),
  CREATE ("/v1/holidays", armms_holiday_type, create_holiday, "Put a holiday into the calendar"),
  GET ("/v1/holidays/{holiday}", armms_holiday_type, get_holiday, "One holiday"),
  CHANGE ("/v1/holidays/{holiday}", armms_holiday_type, change_holiday, "Change or cancel a holiday"),

  LIST ("/v1/attendance-policies", armms_attendance_policy_type, list_policies, "How clocks are read", NULL),
  CREATE ("/v1/attendance-policies", armms_attendance_policy_type, create_policy, "Make an attendance policy"),
  GET ("/v1/attendance-policies/{policy}", armms_attendance_policy_type, get_policy, "One attendance policy"),
  CHANGE ("/v1/attendance-policies/{policy}", armms_attendance_policy_type, change_policy, "Change or end an attendance policy"),

  LIST ("/v1/rosters", armms_roster_row_type, list_roster, "Who stands where on a date", roster_parameters),
  { NULL }
};

static const ArmmsApprovalSubject subjects[] = {
  { .subject = ARMMS_SCHEDULING_RELIEF_SUBJECT, .request_scope = UPDATE, .approve_scope = "timekeeping:adjust",
    .on_approved = armms_scheduling_on_relief_approved, .on_rejected = armms_scheduling_on_relief_rejected },
  { NULL }
};

const ArmmsRoom armms_scheduling_room = {
  .name = "scheduling",
  .schema = ARMMS_SCHEDULING_SCHEMA,
  .statements = armms_scheduling_statements,
  .routes = armms_scheduling_routes,
  .subjects = subjects,
};
