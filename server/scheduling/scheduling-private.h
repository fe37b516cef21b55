/* What the files of this room share. */
#pragma once

#include "server/hr/hr.h"
#include "server/platform/resource/resource.h"
#include "server/scheduling/scheduling.h"

G_BEGIN_DECLS

#define ARMMS_SCHEDULING_SCHEMA "scheduling"
#define ARMMS_SCHEDULING_SPAN_MAX 92 /* days that one call may ask for */

extern const ArmmsStatement armms_scheduling_statements[];
extern const ArmmsRoute armms_scheduling_routes[];
extern const ArmmsResource armms_scheduling_assignments, armms_scheduling_holidays, armms_scheduling_policies, armms_scheduling_instances,
  armms_scheduling_relievers;

/* The tenant's zone. (transfer full) */
ArmmsZone *armms_scheduling_zone (ArmmsWork *work, GError **error);

/* What hr knows about the ids that rows name: loaded once for a set of rows. */
typedef struct {
  GPtrArray *employees, *detachments, *shifts, *positions; /* owned */
} ArmmsSchedulingNames;

/* @ids: of ArmmsId, the employees; nil ones do no harm. */
gboolean armms_scheduling_names_load (ArmmsSchedulingNames *names, ArmmsWork *work, const GArray *ids, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void armms_scheduling_names_clear (ArmmsSchedulingNames *names);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ArmmsSchedulingNames, armms_scheduling_names_clear)
/* Sets the strings to what the ids are called; NULL for a nil or unknown one. */
void armms_scheduling_name_employee (const ArmmsSchedulingNames *names, const ArmmsId *id, char **no, char **name);
void armms_scheduling_name_post (const ArmmsSchedulingNames *names, const ArmmsId *detachment, char **detachment_code,
                                 const ArmmsId *shift, char **shift_code, const ArmmsId *position, char **position_code);

/* A change that timekeeping has to hear of: whose days, from when to when. @n 0: everybody's. @to NONE: open. The payload
 * holds them and the record itself under @what with '-' as '_'. */
ArmmsEvent *armms_scheduling_event (const char *schema, const ArmmsRecordType *type, gconstpointer record, const ArmmsId *id, gint64 version,
                                    const ArmmsId *employees, guint n, ArmmsDate from, ArmmsDate to);
gboolean armms_scheduling_tell (ArmmsWork *work, GPtrArray *events, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *armms_scheduling_events_new (void);

/* Use cases. */
ArmmsReliever *armms_scheduling_assign_reliever (ArmmsWork *work, const ArmmsId *shift_instance_id, const ArmmsReliever *wanted, GError **error);
ArmmsReliever *armms_scheduling_release_reliever (ArmmsWork *work, const ArmmsId *relief_id, GError **error);
/* A relief told after the fact waits for approval, and then is assigned or rejected. */
#define ARMMS_SCHEDULING_RELIEF_SUBJECT "relief"
gboolean armms_scheduling_on_relief_approved (ArmmsWork *work, const ArmmsId *relief_id, const char *change_json, GError **error);
gboolean armms_scheduling_on_relief_rejected (ArmmsWork *work, const ArmmsId *relief_id, const char *change_json, const char *reason, GError **error);
/* Of ArmmsRosterRow, by roster_key: who stands where on @date; @detachment nil: everywhere. (transfer full) */
GPtrArray *armms_scheduling_roster (ArmmsWork *work, const ArmmsZone *zone, ArmmsDate date, const ArmmsId *detachment, GError **error);

G_END_DECLS
