/* Who was planned where, who came, and who came instead. */
#include "server/programs/sample/sample-private.h"

#define ABSENT_PER_MILLE 12
#define RELIEVED_PER_MILLE 750
#define EXTRA_PER_MILLE 2

typedef enum { AWAY, RESTS, ON_DUTY, ABSENT, RELIEVED, RELIEVES } State;

typedef struct {
  ArmmsSample *sample;
  guint n_days;
  guint8 *states;     /* employee x day */
} Plan;

static guint8 *
state_of (Plan *plan, guint employee, guint day)
{
  return &plan->states[employee * plan->n_days + day];
}

/* Guards without a post in the month: they clock all the same. */
static gboolean
is_unassigned (ArmmsSample *sample, guint guard)
{
  return guard >= sample->n_guards - MAX (1, sample->n_guards / 200);
}

/* The first three of a site are its commander and its shifts-in-charge; half of all stand by day. */
static guint
shift_of_guard (ArmmsSample *sample, guint guard)
{
  const guint rank = guard / sample->n_sites;

  if (rank < 3)
    return rank == 2 ? SHIFT_NIGHT : SHIFT_DAY;
  return rank % 2 == 1 ? SHIFT_NIGHT : SHIFT_DAY;
}

static void
add_assignment (ArmmsSample *sample, guint number, guint detachment, guint shift, ArmmsDate from, ArmmsDate to, char *rest)
{
  const ArmmsEmployee *employee = g_ptr_array_index (sample->employees, number);
  ArmmsAssignment *assignment = armms_record_new (&armms_assignment_type);
  char day[ARMMS_DATE_TEXT_SIZE];
  g_autofree char *name = g_strdup_printf ("%s/%s", employee->employee_no, armms_date_format (from, day));

  assignment->assignment_id = armms_sample_id (sample->seed, "assignment", name);
  assignment->employee_id = employee->employee_id;
  assignment->detachment_id = ((ArmmsDetachment *) g_ptr_array_index (sample->detachments, detachment))->detachment_id;
  assignment->shift_id = ((ArmmsShift *) g_ptr_array_index (sample->shifts, shift))->shift_id;
  assignment->position_id = employee->position_id;
  assignment->valid_from = from;
  assignment->valid_to = to;
  assignment->rest_weekdays = rest;
  g_ptr_array_add (sample->assignments, assignment);
}

/* Posts end with the month: what the sample comes to does not hang on how far the real calendar has got. */
static void
make_assignments (ArmmsSample *sample)
{
  const ArmmsDate begin = FIRST_DUTY (sample);

  for (guint i = 0; i < sample->n_guards; i++)
    {
      const ArmmsEmployee *employee = g_ptr_array_index (sample->employees, i);
      const guint site = i % sample->n_sites, rank = i / sample->n_sites, shift = shift_of_guard (sample, i);
      const guint rest = 1u << ((rank + 2 * site) % 7);
      const ArmmsDate from = employee->hired_on.days > begin.days ? employee->hired_on : begin;

      if (is_unassigned (sample, i))
        continue;
      if (i % 101 == 50 && sample->n_sites > 1)
        {
          /* Moves to the next site in the middle of the first half: two timesheets, one paysheet. */
          const ArmmsDate moves = armms_date_add_days (sample->first, 10);

          add_assignment (sample, i, site, shift, begin, armms_date_add_days (moves, -1), armms_weekdays_to_string (rest));
          add_assignment (sample, i, (site + 1) % sample->n_sites, shift, moves, sample->last, armms_weekdays_to_string (rest));
        }
      else
        add_assignment (sample, i, site, shift, from, armms_date_is_none (employee->separated_on) ? sample->last : employee->separated_on,
                        armms_weekdays_to_string (rest));
    }
  for (guint i = 0; i < sample->n_staff; i++)
    add_assignment (sample, sample->n_guards + i, sample->n_sites, SHIFT_OFFICE + i % 3, begin, sample->last, g_strdup ("SAT,SUN"));
}

static gboolean
is_office_holiday (ArmmsSample *sample, ArmmsDate date)
{
  for (guint i = 0; i < sample->holidays->len; i++)
    {
      const ArmmsHoliday *holiday = g_ptr_array_index (sample->holidays, i);

      if (holiday->on_date.days == date.days && armms_holiday_applies (holiday, "NCR", "Makati"))
        return TRUE;
    }
  return FALSE;
}

/* The assignments of an employee lie together, in order of date. */
typedef struct { guint first, n; } Span;

static Span *
index_assignments (ArmmsSample *sample)
{
  Span *spans = g_new0 (Span, sample->employees->len);
  g_autoptr(GHashTable) numbers = g_hash_table_new (armms_id_hash, armms_id_equal_func);

  for (guint i = 0; i < sample->employees->len; i++)
    g_hash_table_insert (numbers, &((ArmmsEmployee *) g_ptr_array_index (sample->employees, i))->employee_id, GUINT_TO_POINTER (i));
  for (guint a = 0; a < sample->assignments->len; a++)
    {
      Span *span = &spans[GPOINTER_TO_UINT (g_hash_table_lookup (numbers, &((ArmmsAssignment *) g_ptr_array_index (sample->assignments, a))->employee_id))];

      if (span->n++ == 0)
        span->first = a;
    }
  return spans;
}

static const ArmmsAssignment *
assignment_on (ArmmsSample *sample, const Span *span, ArmmsDate date)
{
  for (guint a = span->first; a < span->first + span->n; a++)
    {
      const ArmmsAssignment *assignment = g_ptr_array_index (sample->assignments, a);

      if (assignment->valid_from.days <= date.days && (armms_date_is_none (assignment->valid_to) || assignment->valid_to.days >= date.days))
        return assignment;
    }
  return NULL;
}

static guint
find_id (const GPtrArray *records, gsize offset, const ArmmsId *id)
{
  for (guint i = 0; i < records->len; i++)
    if (armms_id_equal (G_STRUCT_MEMBER_P (g_ptr_array_index (records, i), offset), id))
      return i;
  g_assert_not_reached ();
}

static void
add_relief (ArmmsSample *sample, const ArmmsAssignment *post, ArmmsDate date, guint reliever, const ArmmsEmployee *relieved, const char *reason)
{
  const ArmmsEmployee *comes = g_ptr_array_index (sample->employees, reliever);
  ArmmsReliever *relief = armms_record_new (&armms_reliever_type);
  char day[ARMMS_DATE_TEXT_SIZE];
  g_autofree char *name = g_strdup_printf ("%s/%s", comes->employee_no, armms_date_format (date, day));

  relief->relief_id = armms_sample_id (sample->seed, "relief", name);
  relief->duty_date = date;
  relief->detachment_id = post->detachment_id;
  relief->shift_id = post->shift_id;
  relief->position_id = post->position_id;
  relief->reliever_id = comes->employee_id;
  if (relieved != NULL)
    relief->relieved_id = relieved->employee_id;
  relief->reason = g_strdup (reason);
  g_ptr_array_add (sample->relievers, relief);
}

/* Somebody of the same site and shift who rests today. */
static gboolean
find_reliever (Plan *plan, const Span *spans, guint absent, guint day, ArmmsDate date, const ArmmsAssignment *post, guint *ret_reliever)
{
  ArmmsSample *sample = plan->sample;
  const guint step = sample->n_sites, same_site = (sample->n_guards + step - 1) / step;

  for (guint k = 1; k < same_site; k++)
    {
      const guint candidate = (absent + k * step) % (same_site * step);
      const ArmmsAssignment *own;

      if (candidate >= sample->n_guards || *state_of (plan, candidate, day) != RESTS)
        continue;
      own = assignment_on (sample, &spans[candidate], date);
      if (own == NULL || !armms_id_equal (&own->detachment_id, &post->detachment_id) || !armms_id_equal (&own->shift_id, &post->shift_id))
        continue;
      *ret_reliever = candidate;
      return TRUE;
    }
  return FALSE;
}

static void
plan_day (Plan *plan, const Span *spans, guint day)
{
  static const char *const reasons[] = { "SICK", "ABSENT", "LEAVE", "TRAINING" };
  ArmmsSample *sample = plan->sample;
  const ArmmsDate date = armms_date_add_days (FIRST_DUTY (sample), (int) day);
  const guint weekday = 1u << (armms_date_weekday (date) - 1);

  for (guint i = 0; i < sample->employees->len; i++)
    {
      const ArmmsAssignment *post = assignment_on (sample, &spans[i], date);
      guint rest = 0;

      if (post == NULL || !armms_weekdays_parse (post->rest_weekdays, &rest))
        continue;
      if ((rest & weekday) != 0 || (i >= sample->n_guards && is_office_holiday (sample, date)))
        *state_of (plan, i, day) = RESTS;
      else
        {
          ArmmsDice dice = armms_dice (sample->seed, "absence", i * 64 + day);
          *state_of (plan, i, day) = armms_dice_hits (&dice, ABSENT_PER_MILLE) ? ABSENT : ON_DUTY;
        }
    }
  for (guint i = 0; i < sample->n_guards; i++)
    {
      const ArmmsAssignment *post = assignment_on (sample, &spans[i], date);
      ArmmsDice dice = armms_dice (sample->seed, "relief", i * 64 + day);
      guint reliever;

      if (*state_of (plan, i, day) == ABSENT && armms_dice_hits (&dice, RELIEVED_PER_MILLE)
          && find_reliever (plan, spans, i, day, date, post, &reliever))
        {
          *state_of (plan, i, day) = RELIEVED;
          *state_of (plan, reliever, day) = RELIEVES;
          add_relief (sample, post, date, reliever, g_ptr_array_index (sample->employees, i), reasons[armms_dice_between (&dice, 0, 3)]);
        }
      else if (*state_of (plan, i, day) == RESTS && armms_dice_hits (&dice, EXTRA_PER_MILLE))
        {
          *state_of (plan, i, day) = RELIEVES;
          add_relief (sample, post, date, i, NULL, "EXTRA");
        }
    }
}

static void
list_duties (Plan *plan, const Span *spans)
{
  ArmmsSample *sample = plan->sample;

  for (guint i = 0; i < sample->employees->len; i++)
    for (guint day = 0; day < plan->n_days; day++)
      {
        const guint8 state = *state_of (plan, i, day);
        ArmmsSampleDuty duty = { .employee = i, .date = armms_date_add_days (FIRST_DUTY (sample), (int) day), .relief = state == RELIEVES };
        const ArmmsAssignment *post;

        if (state != ON_DUTY && state != RELIEVES)
          continue;
        post = assignment_on (sample, &spans[i], duty.date);
        duty.detachment = find_id (sample->detachments, G_STRUCT_OFFSET (ArmmsDetachment, detachment_id), &post->detachment_id);
        duty.shift = find_id (sample->shifts, G_STRUCT_OFFSET (ArmmsShift, shift_id), &post->shift_id);
        g_array_append_val (sample->duties, duty);
      }
}

void
sample_make_plan (ArmmsSample *sample)
{
  Plan plan = { .sample = sample, .n_days = (guint) (sample->last.days - FIRST_DUTY (sample).days) + 1 };
  g_autofree Span *spans = NULL;
  g_autofree guint8 *states = NULL;

  make_assignments (sample);
  spans = index_assignments (sample);
  plan.states = states = g_new0 (guint8, (gsize) sample->employees->len * plan.n_days);
  for (guint day = 0; day < plan.n_days; day++)
    plan_day (&plan, spans, day);
  list_duties (&plan, spans);
}
