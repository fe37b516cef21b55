#include "server/rules/time/holiday.h"

static const char *const attended_names[] = { "not_planned", "worked", "paid_leave", "absent_unpaid" };

const char *
armms_attended_name (ArmmsAttended attended)
{
  return attended_names[attended];
}

static gboolean
is_paid (ArmmsAttended attended)
{
  return attended == ARMMS_ATTENDED_WORKED || attended == ARMMS_ATTENDED_PAID_LEAVE;
}

gsize
armms_holiday_decided_by (const ArmmsAttended *attended, const ArmmsDayType *day_types, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (is_paid (attended[i]) || (attended[i] == ARMMS_ATTENDED_ABSENT && day_types[i] == ARMMS_DAY_ORDINARY))
      return i + 1;
  return 0;
}

gboolean
armms_holiday_qualifies (const ArmmsAttended *attended, const ArmmsDayType *day_types, gsize n)
{
  gsize before = armms_holiday_decided_by (attended, day_types, n);

  return before > 0 && is_paid (attended[before - 1]);
}

void
armms_holiday_trace (ArmmsDate holiday, const ArmmsAttended *attended, const ArmmsDayType *day_types, gsize n, ArmmsMoney pay,
                     ArmmsTrace *trace)
{
  gsize before = armms_holiday_decided_by (attended, day_types, n);

  armms_trace_init (trace, "time.holiday_unworked");
  armms_trace_date (trace, "holiday", holiday);
  armms_trace_count (trace, "days_looked_back", (gint64) (before > 0 ? before : n));
  if (before > 0)
    {
      armms_trace_date (trace, "decided_by", armms_date_add_days (holiday, -(int) before));
      armms_trace_text (trace, "attendance", armms_attended_name (attended[before - 1]));
    }
  armms_trace_flag (trace, "qualifies", armms_holiday_qualifies (attended, day_types, n));
  armms_trace_text (trace, "law", "Omnibus Rules Book III Rule IV ss. 6, 10");
  trace->result = pay;
}
