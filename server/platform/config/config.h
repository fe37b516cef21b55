/* Configuration: one key file, secrets from systemd credentials or the environment.
 *
 * Shape  INI groups: [server] listen, port, tls-certificate, tls-key, public, threads; [database] main, payroll (libpq
 *        conninfo without password), main-read, pool, user; [schemas] payroll=payroll; [worker] slots, threads; [auth] ...
 *        A value NAME-file= or the credential/environment ARMMS_<GROUP>_<KEY> overrides; environment wins over file.
 *        Secrets (jwt-key, master-key, cursor-key, database-password) only from $CREDENTIALS_DIRECTORY/<name>, ARMMS_<NAME>_FILE or environment;
 *        a secret found in the file, or a key file readable by others, is refused.
 * Adding a key: a row of the table in config.c, or the file is refused.
 */
#pragma once

#include "common/base/error.h"

G_BEGIN_DECLS

typedef struct _ArmmsConfig ArmmsConfig;

/* @path NULL: $ARMMS_CONFIG, else /etc/armms/armms.conf. Unknown groups or keys are errors. (transfer full) */
ArmmsConfig *armms_config_load (const char *path, GError **error);
/* An empty one, for tests and for programs that are told everything by the environment. (transfer full) */
ArmmsConfig *armms_config_new (void);
ArmmsConfig *armms_config_ref (ArmmsConfig *config);
void armms_config_unref (ArmmsConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsConfig, armms_config_unref)

/* Before it is shared between threads. NULL: not set. An environment variable still wins. */
void armms_config_set (ArmmsConfig *config, const char *group, const char *key, const char *value);
/* As above, when neither file nor environment says anything: what a program wants for itself. */
void armms_config_set_default (ArmmsConfig *config, const char *group, const char *key, const char *value);
/* Gives @name the value of a secret (tests). */
void armms_config_set_secret (ArmmsConfig *config, const char *name, const guint8 *bytes, gsize size);

/* (transfer none) (nullable): @fallback when it is not set */
const char *armms_config_text (ArmmsConfig *config, const char *group, const char *key, const char *fallback);
/* A value that is no number, or out of bounds, ends the program at start with a message: call it before threads start. */
gint64 armms_config_integer (ArmmsConfig *config, const char *group, const char *key, gint64 min, gint64 max, gint64 fallback);
gboolean armms_config_boolean (ArmmsConfig *config, const char *group, const char *key, gboolean fallback);
/* The keys of @group, from file and environment, sorted. (transfer full) */
GStrv armms_config_keys (ArmmsConfig *config, const char *group);
/* At least @min_bytes, base64 or raw; in locked memory. (transfer none); NULL with CONFIG error when missing. */
const guint8 *armms_config_secret (ArmmsConfig *config, const char *name, gsize min_bytes, gsize *ret_size, GError **error);

G_END_DECLS
