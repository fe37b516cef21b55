/* Tenants: the organisations, how they want their rules applied, how they look.
 *
 * Tables tenant.tenants, tenant.settings (what differs from the defaults), tenant.branding.
 * Doors  every room reads the settings of the unit's tenant here; nobody else reads the tables.
 */
#pragma once

#include "common/wire/tenant/tenant-settings.h"
#include "common/wire/tenant/tenant.h"
#include "server/room.h"

G_BEGIN_DECLS

extern const ArmmsRoom armms_tenant_room;

/* Settings of the unit's tenant, defaults filled in; read once per unit.
 * Returns: (transfer none) (nullable): lives as long as @work; NULL with an error */
const ArmmsTenantSettings *armms_tenant_get_settings (ArmmsWork *work, GError **error);

/* Name, address and logo for documents. @ret_logo: (out) (nullable) (optional): NULL when there is none. (transfer full) */
ArmmsBranding *armms_tenant_get_branding (ArmmsWork *work, GBytes **ret_logo, GError **error);

/* Changes the settings that @json (an object of fields of armms_tenant_settings_type) names. */
gboolean armms_tenant_change_settings (ArmmsWork *work, const char *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A new tenant, in a writing unit whose actor already names @tenant->tenant_id. */
gboolean armms_tenant_insert (ArmmsWork *work, const ArmmsTenant *tenant, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean armms_tenant_set_branding (ArmmsWork *work, const ArmmsBranding *branding, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* @type: "image/png" or "image/svg+xml"; checked against the bytes. */
gboolean armms_tenant_set_logo (ArmmsWork *work, const char *type, GBytes *logo, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sign-in only: the tenants of these ids, in a unit without tenant. (transfer full) (element-type ArmmsTenant) */
GPtrArray *armms_tenant_load_named (ArmmsWork *work, const ArmmsId *tenants, gsize n, GError **error);

G_END_DECLS
