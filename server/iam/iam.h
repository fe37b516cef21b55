/* Identity: users, what they may do in a tenant, and how they, devices and programs prove who they are.
 *
 * Tables iam.users, credentials, scopes, features (no tenant); memberships, roles, role_features, user_roles,
 *        detachment_limits, sessions, refresh_tokens, api_keys.
 * Doors  the authenticator of the HTTP server (registered by the room's serve); sets for the first filling of a tenant. How a row is seen before there is
 *        a tenant stands in README.md.
 */
#pragma once

#include "common/wire/iam/sign-in.h"
#include "common/wire/iam/user.h"
#include "common/wire/tenant/tenant.h"
#include "server/platform/http/server.h"
#include "server/room.h"

G_BEGIN_DECLS

extern const ArmmsRoom armms_iam_room;

/* In a writing unit of the tenant. */
/* The usual roles (operations, timekeeper, payroll-officer, controller, hr-officer, hr-manager, finance-officer, employee,
 * administrator); those that stand already stay as they are. */
gboolean armms_iam_insert_default_roles (ArmmsWork *work, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* @users: of ArmmsUser *: login, name, password (plain; hashed here) and roles by code; ids are filled in. A login that
 * exists already becomes a member too, with its own password. */
gboolean armms_iam_insert_users (ArmmsWork *work, const GPtrArray *users, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* @keys: of ArmmsApiKey *: kind, name, device_id, scopes (NULL for a device); key_id and secret are filled in. */
gboolean armms_iam_insert_keys (ArmmsWork *work, const GPtrArray *keys, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* An administrator's doing: sessions of the user end, the password must be changed at the next sign-in. */
gboolean armms_iam_reset_password (ArmmsWork *work, const ArmmsId *user_id, const char *password, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The tenants of a login, in a unit without tenant. (transfer full) (element-type ArmmsTenant): empty when there is no such login */
GPtrArray *armms_iam_load_tenants_of (ArmmsWork *work, const char *login, GError **error);

/* Names of users of the tenant, for reports and trails: ArmmsUser with id, login, name. @n 0: all. (transfer full) */
GPtrArray *armms_iam_load_users (ArmmsWork *work, const ArmmsId *ids, gsize n, GError **error);

G_END_DECLS
