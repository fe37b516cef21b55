#include "tests/server/hr/agency.h"

#include "server/platform/resource/resource.h"
#include "server/scheduling/scheduling-private.h"
#include "server/tenant/tenant.h"

static const ArmmsRoom *const rooms[] = { &armms_tenant_room, &armms_hr_room, &armms_scheduling_room, NULL };

typedef struct {
  Agency agency;
  ArmmsZone *zone;
  ArmmsId alba, bono, cruz; /* ALBA and BONO by day at the mall, CRUZ by night; rest on Sunday, Monday, never */
} Fixture;

static ArmmsAssignment *
new_assignment (Fixture *f, ArmmsId employee, ArmmsId shift, const char *from, const char *to, const char *rest)
{
  ArmmsAssignment *assignment = armms_record_new (&armms_assignment_type);

  assignment->employee_id = employee;
  assignment->detachment_id = f->agency.site_id;
  assignment->shift_id = shift;
  assignment->position_id = f->agency.guard_id;
  assignment->valid_from = day (from);
  assignment->valid_to = to != NULL ? day (to) : ARMMS_DATE_NONE;
  assignment->rest_weekdays = g_strdup (rest);
  return assignment;
}

static ArmmsId
hire (Agency *agency, const char *no)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) one = armms_records_new (&armms_employee_type);
  ArmmsEmployee *employee = new_employee (no, no, "2025-01-01");
  ArmmsId id = employee->employee_id;
  ArmmsWork *work = begin (agency, "hr_core");

  g_ptr_array_add (one, employee);
  if (!armms_hr_insert_employees (work, one, &error))
    g_error ("%s", error->message);
  commit (work);
  return id;
}

static gboolean
assign (Fixture *f, ArmmsAssignment *assignment, GError **error)
{
  g_autoptr(GPtrArray) one = armms_records_new (&armms_assignment_type);
  ArmmsWork *work = begin (&f->agency, "scheduling");

  g_ptr_array_add (one, assignment);
  if (armms_scheduling_insert_assignments (work, one, error))
    {
      commit (work);
      return TRUE;
    }
  armms_work_free (work);
  return FALSE;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  agency_set_up (&f->agency, rooms);
  f->zone = armms_zone_new ("Asia/Manila");
  f->alba = hire (&f->agency, "ALBA");
  f->bono = hire (&f->agency, "BONO");
  f->cruz = hire (&f->agency, "CRUZ");
  g_assert_true (assign (f, new_assignment (f, f->alba, f->agency.day_id, "2026-01-01", NULL, "SUN"), &error));
  g_assert_true (assign (f, new_assignment (f, f->bono, f->agency.day_id, "2026-01-01", NULL, "MON"), &error));
  g_assert_true (assign (f, new_assignment (f, f->cruz, f->agency.night_id, "2026-01-01", NULL, NULL), &error));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  armms_zone_free (f->zone);
  agency_tear_down (&f->agency);
}

static GArray *
load (Fixture *f, const ArmmsId *ids, gsize n, const char *from, const char *to, GArray **ret_rest_days)
{
  g_autoptr(GError) error = NULL;
  ArmmsWork *work = begin (&f->agency, "scheduling");
  GArray *duties = armms_scheduling_load_duties (work, f->zone, ids, n, day (from), day (to), ret_rest_days, /* ret_relieved= */ NULL, &error);

  g_assert_no_error (error);
  commit (work);
  return duties;
}

#define DUTY(duties, i) (&g_array_index (duties, ArmmsPlannedDuty, i))

static void
assert_times (const ArmmsPlannedDuty *duty, const char *starts_at, const char *ends_at)
{
  char from[ARMMS_INSTANT_TEXT_SIZE], to[ARMMS_INSTANT_TEXT_SIZE];

  g_assert_cmpstr (armms_instant_format (duty->starts_at, from), ==, starts_at);
  g_assert_cmpstr (armms_instant_format (duty->ends_at, to), ==, ends_at);
}

/* Friday 1 to Monday 4 May 2026. */
static void
test_own_posts (Fixture *f, gconstpointer data)
{
  g_autoptr(GArray) rest_days = NULL;
  g_autoptr(GArray) duties = load (f, &f->alba, 1, "2026-05-01", "2026-05-04", &rest_days);
  g_autoptr(GArray) night = load (f, &f->cruz, 1, "2026-05-01", "2026-05-01", NULL);
  g_autoptr(GArray) everybody = load (f, NULL, 0, "2026-05-01", "2026-05-04", NULL);

  g_assert_cmpuint (duties->len, ==, 3);
  assert_times (DUTY (duties, 0), "2026-04-30T22:00:00Z", "2026-05-01T10:00:00Z");
  assert_times (DUTY (duties, 2), "2026-05-03T22:00:00Z", "2026-05-04T10:00:00Z");
  g_assert_cmpuint (rest_days->len, ==, 1);
  g_assert_cmpint (g_array_index (rest_days, ArmmsRestDay, 0).date.days, ==, day ("2026-05-03").days);
  g_assert_cmpint (DUTY (duties, 0)->break_mode, ==, ARMMS_PLANNED_BREAK_PAID);
  g_assert_false (DUTY (duties, 0)->rest_day);
  g_assert_true (armms_id_is_nil (&DUTY (duties, 0)->relief_id));
  g_assert_cmpuint (night->len, ==, 1);
  assert_times (DUTY (night, 0), "2026-05-01T10:00:00Z", "2026-05-01T22:00:00Z");
  g_assert_cmpint (DUTY (night, 0)->duty_date.days, ==, day ("2026-05-01").days);
  g_assert_cmpuint (everybody->len, ==, 3 + 3 + 4);
  for (guint i = 1; i < everybody->len; i++)
    {
      int order = armms_id_compare (&DUTY (everybody, i - 1)->employee_id, &DUTY (everybody, i)->employee_id);
      g_assert_true (order < 0 || (order == 0 && DUTY (everybody, i - 1)->starts_at.us < DUTY (everybody, i)->starts_at.us));
    }
}

/* The post changes on the 16th: each day is of one assignment. */
static void
test_effective_dates (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL, overlap = NULL;
  ArmmsId dizon = hire (&f->agency, "DIZON");
  g_autoptr(GArray) duties = NULL;

  g_assert_true (assign (f, new_assignment (f, dizon, f->agency.day_id, "2026-05-01", "2026-05-15", NULL), &error));
  g_assert_true (assign (f, new_assignment (f, dizon, f->agency.night_id, "2026-05-16", NULL, NULL), &error));
  g_assert_no_error (error);
  g_assert_false (assign (f, new_assignment (f, dizon, f->agency.day_id, "2026-05-15", "2026-05-15", NULL), &overlap));
  g_assert_error (overlap, ARMMS_ERROR, ARMMS_ERROR_CONFLICT);
  g_assert_cmpstr (armms_error_get_code (overlap), ==, "overlaps");
  duties = load (f, &dizon, 1, "2026-05-14", "2026-05-17", NULL);
  g_assert_cmpuint (duties->len, ==, 4);
  g_assert_true (armms_id_equal (&DUTY (duties, 1)->shift_id, &f->agency.day_id));
  g_assert_true (armms_id_equal (&DUTY (duties, 2)->shift_id, &f->agency.night_id));
}

static ArmmsReliever *
new_relief (Fixture *f, ArmmsId reliever, ArmmsId relieved, ArmmsId shift, const char *date)
{
  ArmmsReliever *relief = armms_record_new (&armms_reliever_type);

  relief->duty_date = day (date);
  relief->detachment_id = f->agency.site_id;
  relief->shift_id = shift;
  relief->position_id = f->agency.guard_id;
  relief->reliever_id = reliever;
  relief->relieved_id = relieved;
  relief->reason = g_strdup ("SICK");
  return relief;
}

/* A set of one through the bulk door. */
static void
put_relief (Fixture *f, ArmmsReliever *relief)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) one = armms_records_new (&armms_reliever_type);
  ArmmsWork *work = begin (&f->agency, "scheduling");

  g_ptr_array_add (one, relief);
  if (!armms_scheduling_insert_relievers (work, f->zone, one, &error))
    g_error ("%s", error->message);
  commit (work);
}

/* BONO comes on his rest day, Monday the 4th, for ALBA. */
static void
test_relief (Fixture *f, gconstpointer data)
{
  g_autoptr(GArray) alba = NULL, bono = NULL;

  put_relief (f, new_relief (f, f->bono, f->alba, f->agency.day_id, "2026-05-04"));
  alba = load (f, &f->alba, 1, "2026-05-04", "2026-05-05", NULL);
  g_assert_cmpuint (alba->len, ==, 1);
  g_assert_cmpint (DUTY (alba, 0)->duty_date.days, ==, day ("2026-05-05").days);
  bono = load (f, &f->bono, 1, "2026-05-04", "2026-05-05", NULL);
  g_assert_cmpuint (bono->len, ==, 2);
  g_assert_false (armms_id_is_nil (&DUTY (bono, 0)->relief_id));
  g_assert_false (armms_id_is_nil (&DUTY (bono, 0)->shift_instance_id));
  g_assert_true (armms_id_is_nil (&DUTY (bono, 0)->assignment_id));
  g_assert_true (DUTY (bono, 0)->rest_day);
  g_assert_false (DUTY (bono, 1)->rest_day);
  assert_times (DUTY (bono, 0), "2026-05-03T22:00:00Z", "2026-05-04T10:00:00Z");
}

/* Of the duties that somebody else stood it is told whether he was absent: "05-04 absent, 05-05"; with hours when not twelve. */
static char *
relieved_days_of (Fixture *f, ArmmsId employee, const char *from, const char *to)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) duties = NULL, relieved = NULL;
  GString *text = g_string_new (NULL);
  ArmmsWork *work = begin (&f->agency, "scheduling");

  duties = armms_scheduling_load_duties (work, f->zone, &employee, 1, day (from), day (to), /* ret_rest_days= */ NULL, &relieved, &error);
  g_assert_no_error (error);
  commit (work);
  for (guint i = 0; i < relieved->len; i++)
    {
      const ArmmsRelievedDuty *one = &g_array_index (relieved, ArmmsRelievedDuty, i);
      gint64 hours = (one->duty.ends_at.us - one->duty.starts_at.us) / (60 * ARMMS_US_PER_MINUTE);
      char date[ARMMS_DATE_TEXT_SIZE];

      g_assert_true (armms_id_equal (&one->duty.employee_id, &employee));
      g_assert_false (armms_id_is_nil (&one->duty.assignment_id));
      g_assert_true (armms_id_is_nil (&one->duty.relief_id));
      g_string_append_printf (text, "%s%s%s", i > 0 ? ", " : "", armms_date_format (one->duty.duty_date, date) + 5, one->absent ? " absent" : "");
      if (hours != 12)
        g_string_append_printf (text, " %d", (int) hours);
    }
  return g_string_free (text, FALSE);
}

static void
test_relieved_days (Fixture *f, gconstpointer data)
{
  static const char *const reasons[] = { "ABSENT", "SICK", "LEAVE", "REST_DAY", "TRAINING", "OTHER" };
  g_autofree char *alba = NULL, *bono = NULL, *cruz = NULL;
  ArmmsReliever *relief;

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      ArmmsDate date = armms_date_add_days (day ("2026-05-04"), (gint) i);
      char text[ARMMS_DATE_TEXT_SIZE];

      relief = new_relief (f, f->cruz, f->alba, f->agency.day_id, armms_date_format (date, text));
      g_free (relief->reason);
      relief->reason = g_strdup (reasons[i]);
      put_relief (f, relief);
    }
  /* Sunday is ALBA's rest day: there is no duty of his that anybody could stand. */
  put_relief (f, new_relief (f, f->cruz, f->alba, f->agency.day_id, "2026-05-10"));
  /* Two on one day have each its own part; one of another shift is none of his. */
  relief = new_relief (f, f->cruz, f->alba, f->agency.day_id, "2026-05-11");
  relief->ends_at = at ("2026-05-11T08:00:00+08:00");
  put_relief (f, relief);
  relief = new_relief (f, f->bono, f->alba, f->agency.day_id, "2026-05-11");
  g_free (relief->reason);
  relief->reason = g_strdup ("OTHER");
  relief->starts_at = at ("2026-05-11T08:00:00+08:00");
  put_relief (f, relief);
  put_relief (f, new_relief (f, f->bono, f->alba, f->agency.night_id, "2026-05-12"));
  alba = relieved_days_of (f, f->alba, "2026-05-01", "2026-05-31");
  g_assert_cmpstr (alba, ==, "05-04 absent, 05-05 absent, 05-06, 05-07, 05-08, 05-09, 05-11 absent 2, 05-11 10");
  bono = relieved_days_of (f, f->bono, "2026-05-01", "2026-05-31");
  g_assert_cmpstr (bono, ==, "");
  cruz = relieved_days_of (f, f->cruz, "2026-05-01", "2026-05-31");
  g_assert_cmpstr (cruz, ==, "");
}

/* CRUZ stands in for ALBA from 08:00 to 10:00 on Friday the 1st. */
static void
test_relief_in_part (Fixture *f, gconstpointer data)
{
  g_autoptr(GArray) alba = NULL, cruz = NULL;
  ArmmsReliever *relief = new_relief (f, f->cruz, f->alba, f->agency.day_id, "2026-05-01");

  relief->starts_at = at ("2026-05-01T08:00:00+08:00");
  relief->ends_at = at ("2026-05-01T10:00:00+08:00");
  put_relief (f, relief);
  alba = load (f, &f->alba, 1, "2026-05-01", "2026-05-01", NULL);
  g_assert_cmpuint (alba->len, ==, 2);
  assert_times (DUTY (alba, 0), "2026-04-30T22:00:00Z", "2026-05-01T00:00:00Z");
  assert_times (DUTY (alba, 1), "2026-05-01T02:00:00Z", "2026-05-01T10:00:00Z");
  cruz = load (f, &f->cruz, 1, "2026-05-01", "2026-05-01", NULL);
  g_assert_cmpuint (cruz->len, ==, 2);
  assert_times (DUTY (cruz, 0), "2026-05-01T00:00:00Z", "2026-05-01T02:00:00Z");
  assert_times (DUTY (cruz, 1), "2026-05-01T10:00:00Z", "2026-05-01T22:00:00Z");
}

/* The hour off at 12:00 stays with the part of the duty that it lies in. */
static void
test_break_of_a_part (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) duties = NULL;
  ArmmsId clerk = hire (&f->agency, "CLERK");
  ArmmsReliever *relief;

  g_assert_true (assign (f, new_assignment (f, clerk, f->agency.office_shift_id, "2026-05-01", NULL, "SAT,SUN"), &error));
  relief = new_relief (f, f->cruz, clerk, f->agency.office_shift_id, "2026-05-04");
  relief->starts_at = at ("2026-05-04T14:00:00+08:00");
  put_relief (f, relief);
  duties = load (f, &clerk, 1, "2026-05-04", "2026-05-05", NULL);
  g_assert_cmpuint (duties->len, ==, 2);
  assert_times (DUTY (duties, 0), "2026-05-04T00:00:00Z", "2026-05-04T06:00:00Z");
  g_assert_cmpint (DUTY (duties, 0)->break_mode, ==, ARMMS_PLANNED_BREAK_AUTO);
  g_assert_cmpint (DUTY (duties, 0)->break_minutes, ==, 60);
  g_assert_cmpint (DUTY (duties, 0)->break_at.us, ==, at ("2026-05-04T12:00:00+08:00").us);
  g_assert_cmpint (DUTY (duties, 1)->break_minutes, ==, 60);
  g_clear_pointer (&duties, g_array_unref);
  duties = load (f, &f->cruz, 1, "2026-05-04", "2026-05-04", NULL);
  g_assert_cmpuint (duties->len, ==, 2);
  g_assert_cmpint (DUTY (duties, 0)->break_minutes, ==, 0);
}

/* A shift of its own from 06:00 to 18:00 with an hour's break, which ALBA, BONO and CRUZ stand from 06:00 to @first, to @second and
 * to the end. "40 at 11:30, 20 at 12:10, 0": what each of them has of it. */
static char *
share_break (Fixture *f, const char *date, const char *mode, int break_start, const char *first, const char *second)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) shifts = armms_records_new (&armms_shift_type);
  ArmmsId guards[] = { hire (&f->agency, date), f->bono, f->cruz };
  g_autofree char *cuts[] = { g_strdup_printf ("%sT%s+08:00", date, first), g_strdup_printf ("%sT%s+08:00", date, second), NULL };
  ArmmsShift *shift = new_shift (armms_id_new (), date, 360, 1080);
  ArmmsId shift_id = shift->shift_id;
  GString *text = g_string_new (NULL);
  ArmmsWork *work = begin (&f->agency, "hr_core");

  shift->break_mode = g_strdup (mode);
  shift->break_minutes = ARMMS_MINUTES (60);
  shift->break_start_minute = ARMMS_MINUTES (break_start);
  g_ptr_array_add (shifts, shift);
  g_assert_true (armms_hr_insert_shifts (work, shifts, &error));
  commit (work);
  g_assert_true (assign (f, new_assignment (f, guards[0], shift_id, date, date, NULL), &error));
  for (guint i = 1; i < G_N_ELEMENTS (guards); i++)
    {
      ArmmsReliever *relief = new_relief (f, guards[i], guards[0], shift_id, date);

      relief->starts_at = at (cuts[i - 1]);
      if (i == 1)
        relief->ends_at = at (cuts[1]);
      put_relief (f, relief);
    }
  for (guint i = 0; i < G_N_ELEMENTS (guards); i++)
    {
      g_autoptr(GArray) duties = load (f, &guards[i], 1, date, date, NULL);

      for (guint j = 0; j < duties->len; j++)
        if (armms_id_equal (&DUTY (duties, j)->shift_id, &shift_id))
          {
            ArmmsInstant break_at = DUTY (duties, j)->break_at;
            char starts_at[ARMMS_INSTANT_TEXT_SIZE] = "";

            if (!armms_instant_is_none (break_at))
              armms_instant_format ((ArmmsInstant) { break_at.us + 8 * 60 * ARMMS_US_PER_MINUTE }, starts_at);
            g_string_append_printf (text, "%s%d%s%.5s", text->len > 0 ? ", " : "", DUTY (duties, j)->break_minutes,
                                    starts_at[0] != '\0' ? " at " : "", starts_at[0] != '\0' ? starts_at + 11 : "");
          }
    }
  return g_string_free (text, FALSE);
}

static void
test_break_in_parts (Fixture *f, gconstpointer data)
{
  static const struct { const char *date, *mode; int break_start; const char *first, *second, *expected; } cases[] = {
    { "2026-05-05", "PUNCHED", 0, "10:00:00", "13:00:00", "0, 60 at 11:30, 0" },
    { "2026-05-06", "PUNCHED", 720, "12:00:00", "15:00:00", "0, 60 at 12:00, 0" },
    { "2026-05-07", "PUNCHED", 720, "12:01:00", "12:59:00", "1 at 12:00, 58 at 12:01, 1 at 12:59" },
    { "2026-05-08", "PAID", 0, "11:00:00", "12:00:00", "0, 30 at 11:30, 30 at 12:00" },
    { "2026-05-09", "PAID", 960, "10:00:00", "13:00:00", "0, 0, 60 at 16:00" },
    { "2026-05-12", "AUTO", 720, "12:20:30", "12:40:30", "20 at 12:00, 20 at 12:20, 20 at 12:40" },
    { "2026-05-13", "AUTO", 720, "13:00:00", "14:00:00", "60 at 12:00, 0, 0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shares = share_break (f, cases[i].date, cases[i].mode, cases[i].break_start, cases[i].first, cases[i].second);

      g_assert_cmpstr (shares, ==, cases[i].expected);
    }
}

static ArmmsShiftInstance *
new_instance (Fixture *f, ArmmsId shift, const char *date, const char *status)
{
  ArmmsShiftInstance *instance = armms_record_new (&armms_shift_instance_type);

  instance->duty_date = day (date);
  instance->detachment_id = f->agency.site_id;
  instance->shift_id = shift;
  instance->headcount = 2;
  instance->status = g_strdup (status);
  return instance;
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) one = armms_records_new (&armms_shift_instance_type);
  g_autoptr(GArray) duties = NULL;
  ArmmsWork *work = begin (&f->agency, "scheduling");

  g_ptr_array_add (one, new_instance (f, f->agency.day_id, "2026-05-01", "CANCELLED"));
  g_assert_true (armms_resource_insert (&armms_scheduling_instances, work, one, &error));
  commit (work);
  duties = load (f, NULL, 0, "2026-05-01", "2026-05-01", NULL);
  g_assert_cmpuint (duties->len, ==, 1);
  g_assert_true (armms_id_equal (&DUTY (duties, 0)->employee_id, &f->cruz));
  g_assert_cmpint (armms_test_database_integer (f->agency.database,
    "select count(*) from scheduling.scheduling_outbox where event = 'armms.scheduling.ShiftInstanceChanged.v1'"), ==, 1);
}

static ArmmsAttendancePolicy *
new_policy (const char *code, ArmmsId detachment, const char *from, const char *to)
{
  ArmmsAttendancePolicy *policy = armms_attendance_policy_new ();

  policy->code = g_strdup (code);
  policy->name = g_strdup (code);
  policy->detachment_id = detachment;
  policy->valid_from = day (from);
  policy->valid_to = to != NULL ? day (to) : ARMMS_DATE_NONE;
  return policy;
}

static void
test_policies (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL, overlap = NULL;
  g_autoptr(GPtrArray) policies = armms_records_new (&armms_attendance_policy_type);
  g_autoptr(GPtrArray) again = armms_records_new (&armms_attendance_policy_type);
  g_autoptr(GPtrArray) loaded = NULL;
  g_autoptr(GArray) duties = NULL;
  ArmmsWork *work = begin (&f->agency, "scheduling");

  g_ptr_array_add (policies, new_policy ("ALL", ARMMS_ID_NIL, "2026-01-01", NULL));
  g_ptr_array_add (policies, new_policy ("MALL", f->agency.site_id, "2026-05-02", "2026-05-31"));
  g_assert_true (armms_scheduling_insert_policies (work, policies, &error));
  g_assert_no_error (error);
  commit (work);
  duties = load (f, &f->cruz, 1, "2026-05-01", "2026-05-02", NULL);
  g_assert_true (armms_id_equal (&DUTY (duties, 0)->policy_id, &((ArmmsAttendancePolicy *) policies->pdata[0])->policy_id));
  g_assert_true (armms_id_equal (&DUTY (duties, 1)->policy_id, &((ArmmsAttendancePolicy *) policies->pdata[1])->policy_id));
  work = begin (&f->agency, "scheduling");
  loaded = armms_scheduling_load_policies (work, day ("2026-05-01"), day ("2026-05-31"), &error);
  g_assert_cmpuint (loaded->len, ==, 2);
  g_assert_cmpint (((ArmmsAttendancePolicy *) loaded->pdata[0])->night_from_minute.count, ==, 0);
  g_assert_cmpstr (armms_scheduling_policy_on (loaded, &f->agency.office_id, day ("2026-05-10"))->code, ==, "ALL");
  g_assert_null (armms_scheduling_policy_on (loaded, &f->agency.office_id, day ("2025-12-31")));
  g_ptr_array_add (again, new_policy ("MALL2", f->agency.site_id, "2026-05-31", NULL));
  g_assert_false (armms_scheduling_insert_policies (work, again, &overlap));
  g_assert_cmpstr (armms_error_get_code (overlap), ==, "overlaps");
  armms_work_free (work);
}

/* Hours of one's own: none (as the law says), or an hour at least. */
static void
test_policy_hours (Fixture *f, gconstpointer data)
{
  static const struct { int minutes; const char *wrong; } cases[] = { { 0, "" }, { 59, "regular_minutes:out_of_range" }, { 60, "" }, { 420, "" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) one = armms_records_new (&armms_attendance_policy_type);
      ArmmsAttendancePolicy *policy = new_policy ("HOURS", ARMMS_ID_NIL, "2026-01-01", NULL);
      g_autofree char *wrong = NULL;
      ArmmsWork *work = begin (&f->agency, "scheduling");

      policy->regular_minutes = ARMMS_MINUTES (cases[i].minutes);
      g_ptr_array_add (one, policy);
      g_assert_cmpint (armms_scheduling_insert_policies (work, one, &error), ==, *cases[i].wrong == '\0');
      wrong = error != NULL ? wrong_fields (error) : g_strdup ("");
      g_assert_cmpstr (wrong, ==, cases[i].wrong);
      armms_work_free (work);
    }
}

static ArmmsHoliday *
new_holiday (const char *date, const char *name, const char *scope)
{
  ArmmsHoliday *holiday = armms_record_new (&armms_holiday_type);

  holiday->on_date = day (date);
  holiday->name = g_strdup (name);
  holiday->day_type = g_strdup ("regular");
  holiday->scope = g_strdup (scope);
  return holiday;
}

static void
test_holidays (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL, bad = NULL;
  g_autoptr(GPtrArray) holidays = armms_records_new (&armms_holiday_type);
  g_autoptr(GPtrArray) wrong = armms_records_new (&armms_holiday_type);
  g_autoptr(GPtrArray) loaded = NULL;
  g_autofree char *fields = NULL;
  ArmmsWork *work = begin (&f->agency, "scheduling");

  g_ptr_array_add (holidays, new_holiday ("2026-05-01", "Labor Day", "national"));
  g_ptr_array_add (holidays, new_holiday ("2026-05-08", "Regional day", "region:VII"));
  g_ptr_array_add (holidays, new_holiday ("2026-06-24", "Manila Day", "city:Manila"));
  g_assert_true (armms_scheduling_insert_holidays (work, holidays, &error));
  commit (work);
  work = begin (&f->agency, "scheduling");
  loaded = armms_scheduling_load_holidays (work, day ("2026-05-01"), day ("2026-06-30"), &error);
  g_assert_cmpuint (loaded->len, ==, 3);
  g_assert_true (armms_holiday_applies (loaded->pdata[0], "NCR", "Manila"));
  g_assert_false (armms_holiday_applies (loaded->pdata[1], "NCR", "Manila"));
  g_assert_true (armms_holiday_applies (loaded->pdata[1], "VII", "Cebu City"));
  g_assert_true (armms_holiday_applies (loaded->pdata[2], "NCR", "Manila"));
  g_assert_false (armms_holiday_applies (loaded->pdata[2], "NCR", "Quezon City"));
  g_ptr_array_add (wrong, new_holiday ("2026-05-01", "Nowhere", "planet:Mars"));
  g_assert_false (armms_scheduling_insert_holidays (work, wrong, &bad));
  fields = wrong_fields (bad);
  g_assert_cmpstr (fields, ==, "scope:bad_format");
  armms_work_free (work);
}

static void
test_unknown_references (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL, days = NULL;
  g_autofree char *fields = NULL, *rest = NULL;
  ArmmsAssignment *assignment = new_assignment (f, armms_id_new (), f->agency.day_id, "2026-05-01", NULL, NULL);

  assignment->detachment_id = armms_id_new ();
  assignment->position_id = ARMMS_ID_NIL;
  g_assert_false (assign (f, assignment, &error));
  fields = wrong_fields (error);
  g_assert_cmpstr (fields, ==, "employee_id:unknown_reference detachment_id:unknown_reference position_id:unknown_reference");
  g_assert_false (assign (f, new_assignment (f, f->alba, f->agency.day_id, "2026-05-01", NULL, "SUNDAY"), &days));
  rest = wrong_fields (days);
  g_assert_cmpstr (rest, ==, "rest_weekdays:bad_format");
}

/* The hot path of the worker: an agency of 1,200, four days. */
static void
test_many (Fixture *f, gconstpointer data)
{
  enum { GUARDS = 1200, DAYS = 4 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) employees = armms_records_new (&armms_employee_type);
  g_autoptr(GPtrArray) assignments = armms_records_new (&armms_assignment_type);
  g_autofree ArmmsId *ids = g_new (ArmmsId, GUARDS);
  static const char *const weekdays[] = { "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN" };
  ArmmsWork *work = begin (&f->agency, "hr_core");
  gint64 best_us = G_MAXINT64;

  for (int i = 0; i < GUARDS; i++)
    {
      g_autofree char *no = g_strdup_printf ("M-%04d", i);
      ArmmsEmployee *employee = new_employee (no, "Many", "2025-01-01");

      ids[i] = employee->employee_id;
      g_ptr_array_add (employees, employee);
      g_ptr_array_add (assignments, new_assignment (f, ids[i], i % 2 ? f->agency.day_id : f->agency.night_id, "2026-01-01", NULL, weekdays[i % 7]));
    }
  g_assert_true (armms_hr_insert_employees (work, employees, &error));
  commit (work);
  work = begin (&f->agency, "scheduling");
  if (!armms_scheduling_insert_assignments (work, assignments, &error))
    g_error ("%s", error->message);
  commit (work);
  for (int round = 0; round < 5; round++)
    {
      g_autoptr(GArray) duties = NULL;
      gint64 start_us = g_get_monotonic_time ();

      duties = load (f, ids, GUARDS, "2026-05-01", "2026-05-04", NULL);
      best_us = MIN (best_us, g_get_monotonic_time () - start_us);
      g_assert_cmpuint (duties->len, >, GUARDS * DAYS * 5 / 7);
    }
  g_test_message ("%d guards x %d days: %.1f ms", GUARDS, DAYS, (double) best_us / 1000);
  g_assert_cmpint (best_us, <, 200 * 1000); /* a guard against a query per employee; the figure itself is the benchmark's */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/scheduling/duties/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("a weekly rest day has none, a night begins on its date", test_own_posts);
  ADD ("each day is of one assignment", test_effective_dates);
  ADD ("who is relieved has none, the reliever has one", test_relief);
  ADD ("a relieved day says whether he was absent", test_relieved_days);
  ADD ("a relief in part leaves the rest", test_relief_in_part);
  ADD ("a planned break stays with its part", test_break_of_a_part);
  ADD ("the parts of a duty share its break, and no more", test_break_in_parts);
  ADD ("nobody stands on a cancelled shift instance", test_cancelled);
  ADD ("the policy of the place and day holds", test_policies);
  ADD ("hours of its own are an hour at least", test_policy_hours);
  ADD ("a holiday holds where it is in force", test_holidays);
  ADD ("what is not known is refused", test_unknown_references);
  ADD ("many at once are quick", test_many);
  return g_test_run ();
}
