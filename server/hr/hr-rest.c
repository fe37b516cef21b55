/* The calls of this room: decode, one use case, encode. */
#include "server/hr/hr-private.h"

#include <libsoup/soup.h>

static ArmmsReply *list_clients (ArmmsRequest *request, GError **error) { return armms_resource_list (&armms_hr_clients, request, error); }
static ArmmsReply *get_client (ArmmsRequest *request, GError **error) { return armms_resource_get (&armms_hr_clients, request, "client", error); }
static ArmmsReply *create_client (ArmmsRequest *request, GError **error) { return armms_resource_create (&armms_hr_clients, request, error); }
static ArmmsReply *change_client (ArmmsRequest *request, GError **error) { return armms_resource_change (&armms_hr_clients, request, "client", error); }

static ArmmsReply *list_departments (ArmmsRequest *request, GError **error) { return armms_resource_list (&armms_hr_departments, request, error); }
static ArmmsReply *get_department (ArmmsRequest *request, GError **error) { return armms_resource_get (&armms_hr_departments, request, "department", error); }
static ArmmsReply *create_department (ArmmsRequest *request, GError **error) { return armms_resource_create (&armms_hr_departments, request, error); }
static ArmmsReply *change_department (ArmmsRequest *request, GError **error) { return armms_resource_change (&armms_hr_departments, request, "department", error); }

static ArmmsReply *list_detachments (ArmmsRequest *request, GError **error) { return armms_resource_list (&armms_hr_detachments, request, error); }
static ArmmsReply *get_detachment (ArmmsRequest *request, GError **error) { return armms_resource_get (&armms_hr_detachments, request, "detachment", error); }
static ArmmsReply *create_detachment (ArmmsRequest *request, GError **error) { return armms_resource_create (&armms_hr_detachments, request, error); }
static ArmmsReply *change_detachment (ArmmsRequest *request, GError **error) { return armms_resource_change (&armms_hr_detachments, request, "detachment", error); }

static ArmmsReply *list_positions (ArmmsRequest *request, GError **error) { return armms_resource_list (&armms_hr_positions, request, error); }
static ArmmsReply *get_position (ArmmsRequest *request, GError **error) { return armms_resource_get (&armms_hr_positions, request, "position", error); }
static ArmmsReply *create_position (ArmmsRequest *request, GError **error) { return armms_resource_create (&armms_hr_positions, request, error); }
static ArmmsReply *change_position (ArmmsRequest *request, GError **error) { return armms_resource_change (&armms_hr_positions, request, "position", error); }

static ArmmsReply *list_shifts (ArmmsRequest *request, GError **error) { return armms_resource_list (&armms_hr_shifts, request, error); }
static ArmmsReply *get_shift (ArmmsRequest *request, GError **error) { return armms_resource_get (&armms_hr_shifts, request, "shift", error); }
static ArmmsReply *create_shift (ArmmsRequest *request, GError **error) { return armms_resource_create (&armms_hr_shifts, request, error); }
static ArmmsReply *change_shift (ArmmsRequest *request, GError **error) { return armms_resource_change (&armms_hr_shifts, request, "shift", error); }

static const ArmmsResource employees = {
  .type = &armms_employee_type, .what = "employee", .id_field = "employee_id", .default_sort = "employee_no", .page = "hr/employees-page",
  .filters = (const char *const[]) { "employee_no", "status", "position_id", "department_id", "pay_basis", NULL },
};

static ArmmsReply *
list_employees (ArmmsRequest *request, GError **error)
{
  return armms_resource_list (&employees, request, error);
}

/* Takes @employee. */
static ArmmsReply *
reply_employee (guint status, ArmmsEmployee *employee)
{
  ArmmsReply *reply = armms_reply_new_record (status, &armms_employee_type, employee);

  armms_reply_set_version (reply, employee->version);
  if (status == SOUP_STATUS_CREATED)
    {
      g_autofree char *id = armms_id_to_string (&employee->employee_id);
      g_autofree char *location = g_strconcat ("/v1/employees/", id, NULL);

      armms_reply_set_location (reply, location);
    }
  armms_record_free (&armms_employee_type, employee);
  return reply;
}

static ArmmsReply *
get_employee (ArmmsRequest *request, GError **error)
{
  ArmmsEmployee *employee;
  ArmmsId id;

  if (!armms_request_get_id (request, "employee", &id, error))
    return NULL;
  employee = armms_hr_load_employee (armms_request_get_work (request), &id, error);
  return employee != NULL ? reply_employee (SOUP_STATUS_OK, employee) : NULL;
}

static ArmmsReply *
create_employee (ArmmsRequest *request, GError **error)
{
  ArmmsWork *work = armms_request_get_work (request);
  g_autoptr(GPtrArray) one = armms_records_new (&armms_employee_type);
  ArmmsEmployee *employee = armms_record_copy (&armms_employee_type, armms_request_get_body (request));

  g_ptr_array_add (one, employee);
  if (!armms_hr_onboard (work, one, error))
    return NULL;
  employee = armms_hr_load_employee (work, &employee->employee_id, error);
  return employee != NULL ? reply_employee (SOUP_STATUS_CREATED, employee) : NULL;
}

static ArmmsReply *
change_employee (ArmmsRequest *request, GError **error)
{
  ArmmsEmployee *employee;
  ArmmsId id;

  if (!armms_request_get_id (request, "employee", &id, error))
    return NULL;
  employee = armms_hr_change_employee (armms_request_get_work (request), &id, armms_request_get_version (request),
                                       armms_request_get_json (request), error);
  return employee != NULL ? reply_employee (SOUP_STATUS_OK, employee) : NULL;
}

static ArmmsReply *
list_employments (ArmmsRequest *request, GError **error)
{
  const ArmmsPage *page = armms_request_get_page (request);
  ArmmsParams *params = armms_params_new ();
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) history = NULL;
  ArmmsId id;

  if (!armms_request_get_id (request, "employee", &id, error))
    {
      armms_params_free (params);
      return NULL;
    }
  armms_params_boolean (armms_params_id (params, &id), page->descending);
  rows = armms_work_query (armms_request_get_work (request), "hr/employments-page", armms_page_append_params (page, params), error);
  if (rows == NULL)
    return NULL;
  history = armms_rows_records (rows, &armms_employment_type);
  return armms_reply_new_list (&armms_employment_type, history, page->limit, "valid_from", "employment_id");
}

#define LIST(path_, type_, handler_, summary_) \
  { "GET", path_, "hr:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_LIST, NULL, &type_, handler_, summary_ }
#define GET(path_, type_, handler_, summary_) \
  { "GET", path_, "hr:read", ARMMS_ACCESS_READ, ARMMS_ROUTE_VERSIONED, NULL, &type_, handler_, summary_ }
#define CREATE(path_, type_, handler_, summary_) \
  { "POST", path_, "hr:update", ARMMS_ACCESS_WRITE, 0, &type_, &type_, handler_, summary_ }
#define CHANGE(path_, type_, handler_, summary_) \
  { "PATCH", path_, "hr:update", ARMMS_ACCESS_WRITE, ARMMS_ROUTE_VERSIONED, &type_, &type_, handler_, summary_, .decode = ARMMS_DECODE_CHANGE }

const ArmmsRoute armms_hr_routes[] = {
  LIST ("/v1/employees", armms_employee_type, list_employees, "Employees, with the employment in force"),
  CREATE ("/v1/employees", armms_employee_type, create_employee, "Onboard an employee"),
  GET ("/v1/employees/{employee}", armms_employee_type, get_employee, "One employee"),
  CHANGE ("/v1/employees/{employee}", armms_employee_type, change_employee,
          "Change an employee; position, department and pay with effective_on"),
  LIST ("/v1/employees/{employee}/employment", armms_employment_type, list_employments,
        "What an employee was employed as, and from when to when"),

  LIST ("/v1/departments", armms_department_type, list_departments, "Departments"),
  CREATE ("/v1/departments", armms_department_type, create_department, "Make a department"),
  GET ("/v1/departments/{department}", armms_department_type, get_department, "One department"),
  CHANGE ("/v1/departments/{department}", armms_department_type, change_department, "Change a department"),

  LIST ("/v1/clients", armms_client_company_type, list_clients, "Clients"),
  CREATE ("/v1/clients", armms_client_company_type, create_client, "Make a client"),
  GET ("/v1/clients/{client}", armms_client_company_type, get_client, "One client"),
  CHANGE ("/v1/clients/{client}", armms_client_company_type, change_client, "Change a client"),

  LIST ("/v1/detachments", armms_detachment_type, list_detachments, "Detachments and offices"),
  CREATE ("/v1/detachments", armms_detachment_type, create_detachment, "Make a detachment"),
  GET ("/v1/detachments/{detachment}", armms_detachment_type, get_detachment, "One detachment"),
  CHANGE ("/v1/detachments/{detachment}", armms_detachment_type, change_detachment, "Change a detachment"),

  LIST ("/v1/positions", armms_position_type, list_positions, "Positions"),
  CREATE ("/v1/positions", armms_position_type, create_position, "Make a position"),
  GET ("/v1/positions/{position}", armms_position_type, get_position, "One position"),
  CHANGE ("/v1/positions/{position}", armms_position_type, change_position, "Change a position"),

  LIST ("/v1/shifts", armms_shift_type, list_shifts, "The catalogue of shifts"),
  CREATE ("/v1/shifts", armms_shift_type, create_shift, "Make a shift"),
  GET ("/v1/shifts/{shift}", armms_shift_type, get_shift, "One shift"),
  CHANGE ("/v1/shifts/{shift}", armms_shift_type, change_shift, "Change a shift's name or status"),
  { NULL }
};

const ArmmsRoom armms_hr_room = {
  .name = "hr",
  .schema = ARMMS_HR_SCHEMA,
  .statements = armms_hr_statements,
  .routes = armms_hr_routes,
};
