/* Between the files of the room. */
#pragma once

#include "server/tenant/tenant.h"

G_BEGIN_DECLS

ArmmsTenant *armms_tenant_load (ArmmsWork *work, GError **error);
/* @version: what was read; 0: whatever it is */
gboolean armms_tenant_store_settings (ArmmsWork *work, JsonNode *change, gint64 version, GError **error);
gboolean armms_tenant_store_branding (ArmmsWork *work, const ArmmsBranding *branding, gint64 version, GError **error);

extern const ArmmsStatement armms_tenant_statements[];

G_END_DECLS
