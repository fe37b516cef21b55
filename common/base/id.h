/* Keys: UUIDv7 (RFC 9562), made in C, so that they sort by time and need no round trip. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint8 bytes[16];
} ArmmsId;

#define ARMMS_ID_TEXT_SIZE 37 /* with the closing NUL */
#define ARMMS_ID_NIL ((ArmmsId) { { 0 } })

/* A new id; ids made by one process rise strictly, also within one millisecond and when the clock steps back. */
ArmmsId armms_id_new (void);

/* Name-based (UUIDv8, SHA-256 of @space and @name): the same input always gives the same id. */
ArmmsId armms_id_from_name (const ArmmsId *space, const char *name);

gboolean armms_id_parse (const char *text, ArmmsId *ret_id) G_GNUC_WARN_UNUSED_RESULT; /* strict 8-4-4-4-12 */
const char *armms_id_format (const ArmmsId *id, char buffer[ARMMS_ID_TEXT_SIZE]);      /* returns @buffer */
char *armms_id_to_string (const ArmmsId *id); /* (transfer full) */
gboolean armms_id_equal (const ArmmsId *a, const ArmmsId *b);
int armms_id_compare (const ArmmsId *a, const ArmmsId *b);
guint armms_id_hash (gconstpointer id);               /* for GHashTable keyed by const ArmmsId * */
gboolean armms_id_equal_func (gconstpointer a, gconstpointer b);
gboolean armms_id_is_nil (const ArmmsId *id);

G_END_DECLS
