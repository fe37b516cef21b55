/* What the tenant's settings say about time. */
#pragma once

#include "common/base/date.h"
#include "common/base/period.h"
#include "server/platform/work/work.h"
#include "server/rules/premium/cell.h"

G_BEGIN_DECLS

typedef struct {
  const ArmmsZone *zone;      /* of a cache, for the life of the process */
  ArmmsPeriodKind period_kind;
  ArmmsDate period_anchor;
  ArmmsInstant oldest_event;  /* what is older is quarantined */
  gint32 newest_event_minutes;/* and what is further ahead of our clock */
  ArmmsHolidayClash holiday_clash; /* a regular holiday and a special day on one date */
  gboolean day_type_of_duty;  /* minutes after midnight keep the day type of the duty date, whatever the policy says */
} ArmmsTimekeepingSettings;

gboolean armms_timekeeping_settings_load (ArmmsWork *work, ArmmsTimekeepingSettings *ret_settings, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
