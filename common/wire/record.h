/* The field table: one static table per resource, from which everything else about it is made.
 *
 * Shape  a resource is a plain C struct; its ArmmsRecordType lists each member once: name (the JSON member, the
 *        SQL column and the screen's name are the same word), type, offset, bounds, meaning. From the table come
 *        JSON decoding with validation (all wrong fields at once), JSON encoding, SQL parameters and rows by
 *        column name, the OpenAPI schema, the default columns of a client grid, the checks of a client form.
 *        Nobody writes a JSON getter or a column number by hand.
 * Units  money is "1234.56" in JSON and bigint centavos in SQL under the column name with "_centavos" added
 *        unless the name ends so already; minutes are integers; instants RFC 3339 in UTC; dates ISO 8601.
 * Owner  every pointer member is owned by the record (GLib allocated) and freed by armms_record_free().
 */
#pragma once

#include "common/base/date.h"
#include "common/base/error.h"
#include "common/base/id.h"
#include "common/base/minutes.h"
#include "common/base/money.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum {
  ARMMS_FIELD_ID,         /* ArmmsId; nil is absent                      uuid          */
  ARMMS_FIELD_TEXT,       /* char *, NULL is absent; @min/@max letters   text          */
  ARMMS_FIELD_INTEGER,    /* gint64; @min/@max                           bigint        */
  ARMMS_FIELD_BOOLEAN,    /* gboolean                                    boolean       */
  ARMMS_FIELD_MONEY,      /* ArmmsMoney; @min/@max centavos              bigint        */
  ARMMS_FIELD_MULTIPLIER, /* ArmmsMultiplier, "1.25" in JSON             bigint, millionths */
  ARMMS_FIELD_MINUTES,    /* ArmmsMinutes; @min/@max                     bigint or integer */
  ARMMS_FIELD_DATE,       /* ArmmsDate; NONE is absent                   date          */
  ARMMS_FIELD_INSTANT,    /* ArmmsInstant; NONE is absent                timestamptz   */
  ARMMS_FIELD_JSON,       /* char *, canonical JSON text, NULL is absent jsonb         */
  ARMMS_FIELD_TEXTS,      /* GStrv, NULL is absent (array of strings)    text[]        */
  ARMMS_FIELD_IDS,        /* GArray of ArmmsId, NULL is absent           uuid[]        */
  ARMMS_FIELD_RECORD,     /* pointer to a nested record, NULL is absent  not in SQL    */
  ARMMS_FIELD_RECORDS,    /* GPtrArray of nested records                 not in SQL    */
} ArmmsFieldKind;

typedef enum {
  ARMMS_FIELD_REQUIRED = 1 << 0,  /* must be there in a create request */
  ARMMS_FIELD_READ_ONLY = 1 << 1, /* made by the server: refused in a request */
  ARMMS_FIELD_WRITE_ONLY = 1 << 2,/* never answered (a password) */
  ARMMS_FIELD_FILTER = 1 << 3,    /* a list may be filtered by it */
  ARMMS_FIELD_SORT = 1 << 4,      /* a list may be sorted by it */
  ARMMS_FIELD_HIDDEN = 1 << 5,    /* no column in a grid by default */
  ARMMS_FIELD_OPTIONAL_ZERO = 1 << 6, /* numbers: 0 is written as null */
} ArmmsFieldFlags;

typedef struct _ArmmsRecordType ArmmsRecordType;

typedef struct {
  const char *name;
  ArmmsFieldKind kind;
  gsize offset;
  ArmmsFieldFlags flags;
  gint64 min, max;          /* both 0: no bound of its own (texts: at most 4,000 letters) */
  const char *format;       /* "employee-no", "email", "code", "time-of-day"; or "one|of|these|words"; or NULL */
  const char *scope;        /* needed to see it, or NULL */
  const char *about;        /* one line for people: OpenAPI description, tooltip */
  const char *title;        /* grid heading; NULL: the name with spaces and a capital */
  const ArmmsRecordType *record; /* for RECORD and RECORDS */
} ArmmsField;

struct _ArmmsRecordType {
  const char *name;         /* "timesheet": singular, kebab-case; OpenAPI schema name in CamelCase is made from it */
  gsize size;
  const ArmmsField *fields; /* closed by a row whose name is NULL */
};

/* ARMMS_FIELD (Timesheet, regular_minutes, MINUTES, .about = "...") keeps the table short. */
#define ARMMS_FIELD(Struct, member, Kind, ...) \
  { .name = #member, .kind = ARMMS_FIELD_##Kind, .offset = G_STRUCT_OFFSET (Struct, member), __VA_ARGS__ }

gpointer armms_record_new (const ArmmsRecordType *type);              /* zeroed; dates and instants NONE */
void armms_record_free (const ArmmsRecordType *type, gpointer record); /* NULL is fine */
gpointer armms_record_copy (const ArmmsRecordType *type, gconstpointer record);
/* A GPtrArray that frees its records of @type. (transfer full) */
GPtrArray *armms_records_new (const ArmmsRecordType *type);

typedef enum {
  ARMMS_DECODE_CREATE, /* REQUIRED fields must be there, READ_ONLY refused, unknown members refused */
  ARMMS_DECODE_CHANGE, /* fields that are not there stay as they are */
  ARMMS_DECODE_ANSWER, /* the client reading the server: everything taken, unknown members ignored */
} ArmmsDecodeMode;

/* Returns: (transfer full) (nullable): NULL with every wrong field in @error. @path: prefix of field names or NULL. */
gpointer armms_record_from_json (const ArmmsRecordType *type, JsonNode *node, ArmmsDecodeMode mode,
                                 const char *path, GError **error);
/* As above, into a record that exists (PATCH): unchanged when it fails. */
gboolean armms_record_update_from_json (const ArmmsRecordType *type, gpointer record, JsonNode *node, GError **error);

/* @scopes: what the reader may see; NULL: everything. (transfer full) */
JsonNode *armms_record_to_json (const ArmmsRecordType *type, gconstpointer record, const char *const *scopes);
/* The same as text, appended, without building a tree: the way of lists. */
void armms_record_append_json (const ArmmsRecordType *type, gconstpointer record, const char *const *scopes, GString *out);

/* The JSON Schema (OpenAPI 3.1) of @type; nested types by $ref to #/components/schemas/Name. (transfer full) */
JsonNode *armms_record_schema (const ArmmsRecordType *type);

const ArmmsField *armms_record_type_find (const ArmmsRecordType *type, const char *name); /* (nullable) */
/* One field as text for a screen ("1,234.56", "13h 05m", "2026-05-01"). (transfer full) */
char *armms_field_to_display (const ArmmsField *field, gconstpointer record);

G_END_DECLS
