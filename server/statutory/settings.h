/* The tenant's choices where the law leaves one: keys, defaults, meaning. Cut-offs and floor are settings of the tenant's own room and
 * only followed here. Inside of the room only. */
#pragma once

#include "common/wire/tenant/tenant-settings.h"
#include "server/statutory/statutory.h"

G_BEGIN_DECLS

typedef struct {
  const char *key;      /* "sss_cut_off" */
  const char *fallback; /* stands while the tenant has not chosen */
  const char *about;
  gboolean (*set) (ArmmsStatutorySettings *settings, const char *value);
} ArmmsStatutorySetting;

extern const ArmmsStatutorySetting armms_statutory_settings[]; /* closed by a NULL key */

void armms_statutory_settings_init (ArmmsStatutorySettings *settings); /* the fallbacks, and a tenant that says nothing */
void armms_statutory_settings_follow (ArmmsStatutorySettings *settings, const ArmmsTenantSettings *tenant);
/* FALSE with INVALID_INPUT for an unknown key or a value that does not fit it. */
gboolean armms_statutory_settings_set (ArmmsStatutorySettings *settings, const char *key, const char *value, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
