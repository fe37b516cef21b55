/* The tenant's choices where the law leaves one: keys, defaults, meaning. Cut-offs and floor are settings of the tenant's own room and
 * only followed here. Inside of the room only. */
#pragma once

#include "common/wire/tenant/tenant-settings.h"
#include "server/statutory/statutory.h"

G_BEGIN_DECLS

typedef struct {
  const char *key;      /* "sss_cut_off" */
  const char *fallback; /* stands while the tenant has not chosen; NULL: the row of the law that @limit names */
  const char *about;
  gboolean (*set) (ArmmsStatutorySettings *settings, const char *value);
  const char *limit;    /* of data/statutory/ph/limits.csv; NULL: none */
} ArmmsStatutorySetting;

extern const ArmmsStatutorySetting armms_statutory_settings[]; /* closed by a NULL key */

/* In place of a figure that the tenant has not chosen, until it is settled for a date. */
#define ARMMS_STATUTORY_POOL_OF_LAW ARMMS_MONEY (-1)
#define ARMMS_STATUTORY_CAP_OF_LAW (-1)
#define ARMMS_STATUTORY_DAYS_OF_LAW (-1)

void armms_statutory_settings_init (ArmmsStatutorySettings *settings); /* the fallbacks, and a tenant that says nothing */
/* What the tenant has not chosen reads as the law does on @date; pool and weekly cap are never above the law's. FALSE, and nothing
 * changed, with NOT_FOUND "statutory.no_table". */
gboolean armms_statutory_settings_settle (ArmmsStatutorySettings *settings, const ArmmsLimitTable *limits, ArmmsDate date, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* As the setting's value is written: "90000.00", "2000", "393.5". (transfer full) */
char *armms_statutory_setting_format_limit (const ArmmsLimitRow *row);
void armms_statutory_settings_follow (ArmmsStatutorySettings *settings, const ArmmsTenantSettings *tenant);
/* FALSE with INVALID_INPUT for an unknown key or a value that does not fit it. */
gboolean armms_statutory_settings_set (ArmmsStatutorySettings *settings, const char *key, const char *value, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
