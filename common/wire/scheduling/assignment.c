#include "common/wire/scheduling/assignment.h"

#include <string.h>

#define MADE ARMMS_FIELD_READ_ONLY
#define F(member, Kind, ...) ARMMS_FIELD (ArmmsAssignment, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (assignment_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  F (employee_id, ID, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "Who"),
  F (employee_no, TEXT, .flags = MADE, .about = "Who", .title = "Employee no."),
  F (employee_name, TEXT, .flags = MADE, .about = "Who", .title = "Employee"),
  F (detachment_id, ID, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "Where"),
  F (detachment_code, TEXT, .flags = MADE, .about = "Where", .title = "Detachment"),
  F (shift_id, ID, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "When in the day"),
  F (shift_code, TEXT, .flags = MADE, .about = "When in the day", .title = "Shift"),
  F (position_id, ID, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_FILTER | ARMMS_FIELD_HIDDEN, .about = "As what"),
  F (position_code, TEXT, .flags = MADE, .about = "As what", .title = "Position"),
  F (valid_from, DATE, .flags = ARMMS_FIELD_REQUIRED | ARMMS_FIELD_SORT, .about = "First day", .title = "From"),
  F (valid_to, DATE, .about = "Last day; until further notice when there is none", .title = "To"),
  F (rest_weekdays, TEXT, .max = 27, .about = "Weekly rest days, like SUN or SAT,SUN", .title = "Rest days"),
  F (note, TEXT, .flags = ARMMS_FIELD_HIDDEN, .max = 500, .about = "A remark"),
  F (version, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Rises with every change (the ETag)"),
  { NULL }
};

const ArmmsRecordType armms_assignment_type = { "assignment", sizeof (ArmmsAssignment), fields };

static const char weekdays[][4] = { "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN" };

gboolean
armms_weekdays_parse (const char *text, guint *ret_bits)
{
  guint bits = 0;

  while (text != NULL && *text != '\0')
    {
      guint day = 0;

      while (day < G_N_ELEMENTS (weekdays) && strncmp (text, weekdays[day], 3) != 0)
        day++;
      if (day == G_N_ELEMENTS (weekdays) || (bits & (1u << day)) != 0)
        return FALSE;
      bits |= 1u << day;
      text += 3;
      if (*text == ',' && text[1] != '\0')
        text++;
      else if (*text != '\0')
        return FALSE;
    }
  *ret_bits = bits;
  return TRUE;
}

char *
armms_weekdays_to_string (guint bits)
{
  GString *out = g_string_new (NULL);

  for (guint day = 0; day < G_N_ELEMENTS (weekdays); day++)
    if (bits & (1u << day))
      g_string_append_printf (out, "%s%s", out->len > 0 ? "," : "", weekdays[day]);
  return g_string_free (out, out->len == 0);
}
