#include "server/rules/time/match.h"
#include "time-case.h"

#include <string.h>

/* Day duties 06:00-18:00 on the 4th and 5th at a, a relief night 18:00-06:00 on the 4th at b. */
typedef struct {
  const char *about;
  const char *punch;
  const char *duty;   /* "05-04 day", "" none */
  const char *status;
  const char *codes;
} Case;

static const Case cases[] = {
  { "an in at the start", "in 05-04 06:00@a", "05-04 06:00", "VALID", "" },
  { "an in at the edge of the early margin", "in 05-04 03:00@a", "05-04 06:00", "VALID", "" },
  { "an in before the early margin", "in 05-04 02:59@a", "", "UNMATCHED", "OUTSIDE_WINDOW" },
  { "an out at the edge of the late margin", "out 05-05 22:00@a", "05-05 06:00", "VALID", "" },
  { "an out after the late margin", "out 05-05 22:00:01@a", "", "UNMATCHED", "OUTSIDE_WINDOW" },
  { "between two duties an in is of the one that starts", "in 05-04 18:03@b", "05-04 18:00", "VALID", "" },
  { "between two duties an out is of the one that ends", "out 05-04 18:03@a", "05-04 06:00", "VALID", "" },
  { "without a site the nearest start decides", "in 05-04 18:03", "05-04 18:00", "VALID", "" },
  { "without a site the nearest end decides", "out 05-05 06:10", "05-04 18:00", "VALID", "" },
  { "a night duty belongs to the day it starts on", "out 05-05 06:00@b", "05-04 18:00", "VALID", "" },
  { "one's own site goes before a nearer other one", "in 05-04 17:00@a", "05-04 06:00", "VALID", "" },
  { "at a third site", "in 05-04 06:00@c", "05-04 06:00", "INVALID", "WRONG_DETACHMENT" },
  { "a day without any duty", "in 05-08 06:00@a", "", "UNMATCHED", "NO_ASSIGNMENT" },
  { "an unknown type goes to the nearest edge", "? 05-04 17:58@a", "05-04 06:00", "VALID", "" },
  { "an unknown type without a site, nearer to the next start", "? 05-05 05:59", "05-04 18:00", "VALID", "" },
  { "a break is of the duty it falls into", "rest 05-05 12:00@a", "05-05 06:00", "VALID", "" },
  { "a break at the very start is of that duty", "rest 05-05 06:00@a", "05-05 06:00", "VALID", "" },
  { "the end of a break after the duty is of the nearest one", "back 05-05 19:00@a", "05-05 06:00", "VALID", "" },
  { "the begin of a break before the duty is of the nearest one", "rest 05-05 05:00@a", "05-05 06:00", "VALID", "" },
  { "a nearer duty at another site does not take what one's own site can have", "out 05-05 05:59@a", "05-05 06:00", "VALID", "" },
  { "at a third site the nearest duty is the wrong one", "out 05-05 06:10@c", "05-04 18:00", "INVALID", "WRONG_DETACHMENT" },
  { "adjusted, it is valid by that", "in 05-04 06:00@a !adjusted", "05-04 06:00", "ADJUSTED", "" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  const ArmmsTimePolicy *policy = &armms_time_policy_default;
  ArmmsDuty duties[] = {
    time_case_duty ("05-04 06:00", 12, "a", policy),
    time_case_duty ("05-04 18:00", 12, "b", policy),
    time_case_duty ("05-05 06:00", 12, "a", policy),
  };
  ArmmsPunch punch = time_case_punch (c->punch, 0);
  g_autofree char *codes = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (duties); i++)
    armms_duty_open_window (&duties[i], time_case_zone ());
  armms_match_punches (&punch, 1, duties, G_N_ELEMENTS (duties), policy, time_case_zone ());
  codes = time_case_codes (punch.codes);
  g_assert_cmpstr (armms_log_status_name (punch.status), ==, c->status);
  g_assert_cmpstr (codes, ==, c->codes);
  if (c->duty[0] == '\0')
    g_assert_cmpint (punch.duty, ==, -1);
  else
    {
      g_assert_cmpint (punch.duty, >=, 0);
      g_assert_cmpint (duties[punch.duty].starts_at.us, ==, time_case_instant (c->duty).us);
    }
}

typedef struct {
  const char *about;
  const char *punches[4];
  const char *statuses;
} Twice;

static const Twice twice[] = {
  { "the same within the window", { "in 05-04 06:00@a", "in 05-04 06:04@a" }, "VALID DUPLICATE" },
  { "exactly at the window's end", { "in 05-04 06:00@a", "in 05-04 06:05@a" }, "VALID DUPLICATE" },
  { "just outside of it", { "in 05-04 06:00@a", "in 05-04 06:05:01@a" }, "VALID VALID" },
  { "another type is no duplicate", { "in 05-04 06:00@a", "out 05-04 06:01@a" }, "VALID VALID" },
  { "a chain: each is near the one before", { "in 05-04 06:00@a", "in 05-04 06:04@a", "in 05-04 06:08@a" }, "VALID DUPLICATE DUPLICATE" },
  { "the same instant: the smaller key counts", { "in 05-04 06:00@a", "in 05-04 06:00@a" }, "VALID DUPLICATE" },
  { "at another site it is not the same", { "in 05-04 06:00@c", "in 05-04 06:01@a" }, "INVALID VALID" },
};

static void
test_twice (gconstpointer data)
{
  const Twice *c = data;
  const ArmmsTimePolicy *policy = &armms_time_policy_default;
  ArmmsDuty duty = time_case_duty ("05-04 06:00", 12, "a", policy);
  ArmmsPunch punches[4];
  guint n = 0;
  g_autoptr(GString) statuses = g_string_new (NULL);

  while (n < 4 && c->punches[n] != NULL)
    {
      punches[n] = time_case_punch (c->punches[n], n);
      n++;
    }
  armms_duty_open_window (&duty, time_case_zone ());
  armms_match_punches (punches, n, &duty, 1, policy, time_case_zone ());
  for (guint i = 0; i < n; i++)
    g_string_append_printf (statuses, "%s%s", i > 0 ? " " : "", armms_log_status_name (punches[i].status));
  g_assert_cmpstr (statuses->str, ==, c->statuses);
}

/* However wide the margins, a window ends with the day after and begins with the day before: so matching stays local. */
static void
test_window_bound (void)
{
  ArmmsTimePolicy wide = armms_time_policy_default;
  ArmmsDuty duty;

  wide.early_margin = wide.late_margin = 3000;
  duty = time_case_duty ("05-04 23:00", 12, "a", &wide);
  armms_duty_open_window (&duty, time_case_zone ());
  g_assert_cmpint (duty.window_from.us, ==, time_case_instant ("05-03 00:00").us);
  g_assert_cmpint (duty.window_to.us, ==, time_case_instant ("05-06 00:00").us - 1);
}

/* Two duties equally near: the earlier, then the smaller site, then the smaller shift; in whichever order they were told. */
static void
test_equally_near (void)
{
  const ArmmsTimePolicy *policy = &armms_time_policy_default;
  const ArmmsId nowhere = ARMMS_ID_NIL;
  ArmmsInstant at = time_case_instant ("05-04 08:00");
  const char *sites[] = { "a", "b" };
  gboolean elsewhere;

  for (guint first = 0; first < 2; first++)
    {
      ArmmsDuty duties[2] = { time_case_duty ("05-04 08:00", 8, sites[first], policy), time_case_duty ("05-04 08:00", 8, sites[1 - first], policy) };

      armms_duty_open_window (&duties[0], time_case_zone ());
      armms_duty_open_window (&duties[1], time_case_zone ());
      g_assert_cmpint (armms_match_duty (duties, 2, at, ARMMS_PUNCH_IN, &nowhere, &elsewhere), ==, first);
      duties[0].detachment_id = duties[1].detachment_id;
      duties[0].shift_id = time_case_id (sites[first]);
      duties[1].shift_id = time_case_id (sites[1 - first]);
      g_assert_cmpint (armms_match_duty (duties, 2, at, ARMMS_PUNCH_IN, &nowhere, &elsewhere), ==, first);
      duties[first].starts_at.us -= 60 * ARMMS_US_PER_MINUTE;
      duties[1 - first].starts_at.us += 60 * ARMMS_US_PER_MINUTE;
      g_assert_cmpint (armms_match_duty (duties, 2, at, ARMMS_PUNCH_IN, &nowhere, &elsewhere), ==, first);
      g_assert_false (elsewhere);
    }
}

/* One instant: the device's own number of the event decides, then ours. */
static void
test_order_of_punches (void)
{
  ArmmsPunch a = time_case_punch ("in 05-04 06:00@a", 0), b = time_case_punch ("out 05-04 06:00@a", 1);

  g_assert_cmpint (armms_punch_compare (&a, &b), <, 0);
  g_assert_cmpint (armms_punch_compare (&b, &a), >, 0);
  b.tie = a.tie;
  g_assert_cmpint (armms_punch_compare (&a, &b), <, 0);
  b.id = a.id;
  g_assert_cmpint (armms_punch_compare (&a, &b), ==, 0);
  b.at.us -= 1;
  g_assert_cmpint (armms_punch_compare (&a, &b), >, 0);
  g_assert_cmpint (armms_punch_compare (&b, &a), <, 0);
}

/* A punch is read by the policy of its own day. */
static void
test_own_policy (void)
{
  const ArmmsTimePolicy *policy = &armms_time_policy_default;
  ArmmsTimePolicy lenient = *policy;
  ArmmsDuty duty = time_case_duty ("05-04 06:00", 12, "a", policy);
  ArmmsPunch punches[] = { time_case_punch ("in 05-04 06:00@a", 0), time_case_punch ("in 05-04 06:09@a", 1) };

  lenient.duplicate_window = lenient.skew_tolerance = 10;
  armms_duty_open_window (&duty, time_case_zone ());
  punches[1].policy = &lenient;
  punches[0].skew = punches[1].skew = 9;
  armms_match_punches (punches, 2, &duty, 1, policy, time_case_zone ());
  g_assert_cmpint (punches[0].codes, ==, ARMMS_ANOMALY_BIT (CLOCK_SKEW));
  g_assert_cmpint (punches[1].status, ==, ARMMS_LOG_DUPLICATE);
}

static void
test_marks (void)
{
  const ArmmsTimePolicy *policy = &armms_time_policy_default;
  ArmmsDuty duty = time_case_duty ("05-04 06:00", 12, "a", policy);
  ArmmsPunch punches[] = { time_case_punch ("in 05-04 06:00@a", 0), time_case_punch ("in 05-04 06:03@a", 1) };
  g_autofree char *codes = NULL;

  armms_duty_open_window (&duty, time_case_zone ());
  punches[0].unknown_device = TRUE;
  punches[0].skew = -6;
  armms_match_punches (punches, 2, &duty, 1, policy, time_case_zone ());
  codes = time_case_codes (punches[0].codes);
  g_assert_cmpstr (codes, ==, "CLOCK_SKEW UNKNOWN_DEVICE");
  /* A voided punch neither counts nor makes another one a duplicate. */
  punches[0].voided = TRUE;
  armms_match_punches (punches, 2, &duty, 1, policy, time_case_zone ());
  g_assert_cmpint (punches[0].status, ==, ARMMS_LOG_INVALID);
  g_assert_cmpint (punches[1].status, ==, ARMMS_LOG_VALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/time/match/%s", cases[i].about);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  for (guint i = 0; i < G_N_ELEMENTS (twice); i++)
    {
      g_autofree char *name = g_strdup_printf ("/time/duplicate/%s", twice[i].about);

      g_test_add_data_func (name, &twice[i], test_twice);
    }
  g_test_add_func ("/time/match/a window never reaches beyond the days beside it", test_window_bound);
  g_test_add_func ("/time/match/two duties equally near", test_equally_near);
  g_test_add_func ("/time/match/two punches of one instant", test_order_of_punches);
  g_test_add_func ("/time/match/the policy of the punch's own day", test_own_policy);
  g_test_add_func ("/time/match/device and clock are marked, voided is left out", test_marks);
  return g_test_run ();
}
