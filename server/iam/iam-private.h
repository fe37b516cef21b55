/* Between the files of the room. */
#pragma once

#include "server/iam/iam.h"
#include "server/platform/auth/lock-out.h"
#include "server/platform/auth/password.h"
#include "server/platform/auth/token.h"

G_BEGIN_DECLS

#define ARMMS_IAM_RECHECK_US (60 * (gint64) G_USEC_PER_SEC)
#define ARMMS_IAM_CHOICE_SECONDS 300

/* What the routes of this room and the authenticator share: the service "iam". */
typedef struct {
  ArmmsDb *db;               /* borrowed */
  ArmmsTokens *tokens;       /* owned */
  ArmmsCallerCache *cache;   /* owned */
  ArmmsLockOut *lock_out;    /* owned */
  gint64 refresh_days;
} ArmmsIam;

ArmmsIam *armms_iam_new (ArmmsConfig *config, ArmmsDb *db, GError **error);
void armms_iam_free (ArmmsIam *iam);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsIam, armms_iam_free)
gboolean armms_iam_serve (ArmmsServer *server, ArmmsConfig *config, ArmmsDb *db, GError **error);

/* iam-session.c */
ArmmsReply *armms_iam_login (ArmmsRequest *request, GError **error);
ArmmsReply *armms_iam_refresh (ArmmsRequest *request, GError **error);
ArmmsReply *armms_iam_logout (ArmmsRequest *request, GError **error);
ArmmsReply *armms_iam_choose_tenant (ArmmsRequest *request, GError **error);
ArmmsReply *armms_iam_me (ArmmsRequest *request, GError **error);
ArmmsReply *armms_iam_change_own_password (ArmmsRequest *request, GError **error);
ArmmsReply *armms_iam_set_password (ArmmsRequest *request, GError **error);

/* iam-caller.c */
ArmmsCaller *armms_iam_caller_from_rights (const ArmmsId *tenant_id, const ArmmsId *session_id, ArmmsRows *rights);
void armms_iam_forget_session (ArmmsIam *iam, const ArmmsId *session_id);
void armms_iam_forget_principal (ArmmsIam *iam, const ArmmsId *principal_id);

/* iam-store.c */
gboolean armms_iam_replace_roles (ArmmsWork *work, const ArmmsUser *user, GError **error);
gboolean armms_iam_insert_role (ArmmsWork *work, ArmmsRole *role, GError **error);

extern const ArmmsStatement armms_iam_statements[];

G_END_DECLS
