/* What the program remembers between two starts: server, login, tenant, window size.
 *
 * Shape  the schema org.armms.Armms (data/), kept in a plain file in the user's configuration folder on every system.
 *        No secret is among them: the refresh token is the keyring's.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ARMMS_SETTING_SERVER "server"
#define ARMMS_SETTING_CA_FILE "ca-file"
#define ARMMS_SETTING_LOGIN "login"
#define ARMMS_SETTING_TENANT "tenant"
#define ARMMS_SETTING_DEVICE_PROOF "device-proof"
#define ARMMS_SETTING_WORKSPACE "workspace"
#define ARMMS_SETTING_WIDTH "window-width"
#define ARMMS_SETTING_HEIGHT "window-height"
#define ARMMS_SETTING_MAXIMIZED "window-maximized"

/* Finds the schema where it is installed, else beside the built program.
 * Returns: (transfer full) (nullable): NULL when the schema is nowhere: the installation is broken */
GSettings *armms_settings_new (void);

G_END_DECLS
