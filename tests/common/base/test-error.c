#include "common/base/error.h"

static void
test_fields (void)
{
  g_autoptr(GError) error = NULL, copy = NULL;
  GPtrArray *fields;

  armms_error_add_field (&error, "employee_no", "required", "must be there");
  g_assert_error (error, ARMMS_ERROR, ARMMS_ERROR_INVALID_INPUT);
  g_assert_cmpstr (armms_error_get_code (error), ==, "request.invalid");
  g_assert_cmpstr (error->message, ==, "employee_no: must be there");
  armms_error_add_field (&error, "lines[2].amount", "bad_format", "%s is no money", "x");
  g_assert_cmpstr (error->message, ==, "employee_no: must be there, and 1 more");
  g_prefix_error (&error, "cannot store an employee: ");
  copy = g_error_copy (error);
  g_clear_error (&error);
  fields = armms_error_get_fields (copy);
  g_assert_cmpuint (fields->len, ==, 2);
  g_assert_cmpstr (((ArmmsFieldError *) fields->pdata[1])->field, ==, "lines[2].amount");
  g_assert_cmpstr (((ArmmsFieldError *) fields->pdata[1])->code, ==, "bad_format");
  g_assert_cmpstr (((ArmmsFieldError *) fields->pdata[1])->message, ==, "x is no money");
  g_assert_cmpstr (armms_error_get_code (copy), ==, "request.invalid");
  armms_error_add_field (NULL, "ignored", "required", "nobody asked");
}

static void
test_codes (void)
{
  static const struct { ArmmsErrorKind kind; guint status; } cases[] = {
    { ARMMS_ERROR_INVALID_INPUT, 422 }, { ARMMS_ERROR_MALFORMED, 400 }, { ARMMS_ERROR_UNAUTHENTICATED, 401 }, { ARMMS_ERROR_FORBIDDEN, 403 },
    { ARMMS_ERROR_NOT_FOUND, 404 }, { ARMMS_ERROR_CONFLICT, 409 }, { ARMMS_ERROR_STALE, 412 }, { ARMMS_ERROR_PRECONDITION_REQUIRED, 428 },
    { ARMMS_ERROR_TOO_LARGE, 413 }, { ARMMS_ERROR_RATE_LIMITED, 429 }, { ARMMS_ERROR_UNAVAILABLE, 503 }, { ARMMS_ERROR_CANCELLED, 499 },
    { ARMMS_ERROR_INTERNAL, 500 }, { ARMMS_ERROR_TIMED_OUT, 504 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      armms_error_set (&error, cases[i].kind, "timesheet.blocked", "%d anomalies are open", 3);
      g_assert_cmpuint (armms_error_get_http_status (error), ==, cases[i].status);
      g_assert_cmpstr (armms_error_get_code (error), ==, "timesheet.blocked");
      g_assert_cmpstr (error->message, ==, "3 anomalies are open");
      g_assert_null (armms_error_get_fields (error));
    }
}

static void
test_foreign (void)
{
  g_autoptr(GError) error = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOENT, "no such file");

  g_assert_cmpstr (armms_error_get_code (error), ==, "internal");
  g_assert_cmpuint (armms_error_get_http_status (error), ==, 500);
  g_assert_null (armms_error_get_fields (error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/error/every wrong field is kept", test_fields);
  g_test_add_func ("/base/error/one status for one kind", test_codes);
  g_test_add_func ("/base/error/another domain is our own fault", test_foreign);
  return g_test_run ();
}
