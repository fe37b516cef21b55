/* What a handler gives back. Made, filled, returned: (transfer full). */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct _ArmmsReply ArmmsReply;

/* Encodes @record at once by the scopes of the reader; the record stays the caller's. */
ArmmsReply *armms_reply_new_record (guint status, const ArmmsRecordType *type, gconstpointer record);
/* {"items": [...], "next_cursor": ...}: @records holds up to limit+1 rows, the last one only says that there is more.
 * @sort_field, @id_field: which fields make the (signed) cursor. */
ArmmsReply *armms_reply_new_list (const ArmmsRecordType *type, const GPtrArray *records, guint limit,
                                  const char *sort_field, const char *id_field);
ArmmsReply *armms_reply_new_json (guint status, JsonNode *node);           /* (transfer full) node */
ArmmsReply *armms_reply_new_bytes (guint status, const char *content_type, GBytes *bytes, const char *file_name);
/* @text: (transfer full), @size bytes: JSON that was written by hand (the fast door). */
ArmmsReply *armms_reply_new_text (guint status, const char *content_type, char *text, gsize size);
ArmmsReply *armms_reply_new_empty (guint status);
ArmmsReply *armms_reply_new_job (const ArmmsId *job_id);                   /* 202, Location: /v1/jobs/{id} */
void armms_reply_set_version (ArmmsReply *reply, gint64 version);          /* ETag "N" */
void armms_reply_set_location (ArmmsReply *reply, const char *location);
void armms_reply_set_header (ArmmsReply *reply, const char *name, const char *value);
void armms_reply_free (ArmmsReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsReply, armms_reply_free)

G_END_DECLS
