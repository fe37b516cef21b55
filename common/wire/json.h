/* JSON text without a tree, and canonical JSON: members sorted by their bytes, no spaces, so that equal values are equal bytes
 * (checksums of snapshots, idempotency, comparison). */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* @text in quotes, escaped; NULL: null. */
void armms_json_append_string (GString *out, const char *text);
void armms_json_append_integer (GString *out, gint64 value);
void armms_json_append_canonical (GString *out, JsonNode *node); /* NULL: null */
char *armms_json_to_canonical (JsonNode *node);                  /* (transfer full) */

/* Reads text that we wrote ourselves or PostgreSQL gave; NULL with MALFORMED "json.malformed". Bytes of strangers pass the
 * strict scanner of the server first. (transfer full) */
JsonNode *armms_json_parse (const char *text, GError **error);

G_END_DECLS
