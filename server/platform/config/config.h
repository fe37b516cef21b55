/* Configuration: one key file, secrets from systemd credentials or the environment.
 *
 * Shape  INI groups: [server] listen, port, tls-certificate, tls-key, public, threads; [database] main, payroll (libpq
 *        conninfo without password), main-read, pool, roles; [schemas] payroll=payroll; [worker] slots, threads; [auth] ...
 *        A value NAME-file= or the credential/environment ARMMS_<GROUP>_<KEY> overrides; environment wins over file.
 *        Secrets (jwt-key, master-key, cursor-key, database passwords) only from $CREDENTIALS_DIRECTORY/<name>, ARMMS_<NAME>_FILE or environment;
 *        a secret found in the file, or a key file readable by others, is refused.
 */
#pragma once

#include "common/base/error.h"

G_BEGIN_DECLS

typedef struct _ArmmsConfig ArmmsConfig;

/* @path NULL: $ARMMS_CONFIG, else /etc/armms/armms.conf. Unknown groups or keys are errors. (transfer full) */
ArmmsConfig *armms_config_load (const char *path, GError **error);
ArmmsConfig *armms_config_ref (ArmmsConfig *config);
void armms_config_unref (ArmmsConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsConfig, armms_config_unref)

/* (transfer none) (nullable): @fallback when it is not set */
const char *armms_config_text (ArmmsConfig *config, const char *group, const char *key, const char *fallback);
gint64 armms_config_integer (ArmmsConfig *config, const char *group, const char *key, gint64 min, gint64 max, gint64 fallback);
gboolean armms_config_boolean (ArmmsConfig *config, const char *group, const char *key, gboolean fallback);
/* At least @min_bytes, base64 or raw; in locked memory. (transfer none); NULL with CONFIG error when missing. */
const guint8 *armms_config_secret (ArmmsConfig *config, const char *name, gsize min_bytes, gsize *ret_size, GError **error);

G_END_DECLS
