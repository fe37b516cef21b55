/* A clock event: what a device says happened. Never edited, never deleted.
 *
 * Shape  one table for both ways: what a device sends, and what a list shows. Which employee it was may be said by
 *        employee_no, employee_id or guard_id (the same thing under the field devices' old name).
 * Units  ts is the device's own instant; received_at ours; clock_offset_seconds how far the device's clock was ahead of
 *        ours when it sent (0 when it did not say).
 */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId clock_event_id;
  ArmmsId event_id;
  ArmmsId device_id;
  char *employee_no;
  ArmmsId employee_id;
  ArmmsId guard_id;
  ArmmsId detachment_id;
  ArmmsInstant ts;
  char *type;
  gint64 seq;
  char *payload;
  ArmmsInstant received_at;
  gint64 clock_offset_seconds;
  char *quarantined;
} ArmmsClockEvent;

extern const ArmmsRecordType armms_clock_event_type;

G_END_DECLS
