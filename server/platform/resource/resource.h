/* A plain resource: a table whose rows are listed, read, made and changed with nothing more to decide than whether they are right.
 *
 * Shape  a room fills one row (ArmmsResource) per such table and its handlers become one-liners; what needs a rule of its own gets
 *        a use case of its own instead.
 * SQL    page    $1.. what @filter appends, then the filters in the order of @filters; then q text, sort text, descending boolean, after_key text,
 *                after_id uuid, limit bigint
 *        one     $1 uuid id: the row as shown, "version" among its columns
 *        insert  $1 uuid[] ids, then one array per column of @columns
 *        change  $1 uuid id, $2 bigint version, then one value per column that may change: touches one row, or none when the row has moved on
 */
#pragma once

#include "server/platform/http/reply.h"
#include "server/platform/http/request.h"

G_BEGIN_DECLS

typedef struct {
  const ArmmsRecordType *type;
  const char *what;               /* "client": of messages, and of the code "client.unknown" */
  const char *path;               /* "/v1/clients": of Location; nullable */
  const char *id_field;
  const char *default_sort;
  const char *page, *one, *insert, *change; /* statements */
  const char *const *filters;     /* NULL at the end */
  const char *const *columns;     /* NULL at the end */
  const char *const *change_columns; /* what may change, NULL at the end; NULL: all of @columns */
  /* Fills in defaults and checks what hangs together, both sets may be NULL. @before: NULL for a new one. Wrong fields by
   * armms_error_add_field(). */
  gboolean (*check) (ArmmsWork *work, gconstpointer before, gpointer record, GError **error);
  /* The same for a set as a whole: whether what it names exists. */
  gboolean (*check_set) (ArmmsWork *work, const GPtrArray *records, GError **error);
  /* Appends filters of a list before @filters. */
  gboolean (*filter) (ArmmsRequest *request, ArmmsParams *params, GError **error);
  /* Completes rows that were read by what other rooms know (names). */
  gboolean (*complete) (ArmmsWork *work, GPtrArray *records, GError **error);
  /* Tells the others, after rows were stored. @before: NULL for new ones, else @records holds the one changed. */
  gboolean (*stored) (ArmmsWork *work, gconstpointer before, const GPtrArray *records, GError **error);
} ArmmsResource;

/* Handlers. @path_name: of the id in the route's path, "client". */
ArmmsReply *armms_resource_list (const ArmmsResource *resource, ArmmsRequest *request, GError **error);
ArmmsReply *armms_resource_get (const ArmmsResource *resource, ArmmsRequest *request, const char *path_name, GError **error);
ArmmsReply *armms_resource_create (const ArmmsResource *resource, ArmmsRequest *request, GError **error);
ArmmsReply *armms_resource_change (const ArmmsResource *resource, ArmmsRequest *request, const char *path_name, GError **error);

/* The same without HTTP. */
gpointer armms_resource_load (const ArmmsResource *resource, ArmmsWork *work, const ArmmsId *id, GError **error); /* (transfer full) */
/* Sets in: ids filled in where nil, checked, one statement, told. */
gboolean armms_resource_insert (const ArmmsResource *resource, ArmmsWork *work, const GPtrArray *records, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* @record: as read at @version, then changed; @before: as it was. STALE when the row has moved on. */
gboolean armms_resource_store (const ArmmsResource *resource, ArmmsWork *work, gconstpointer before, gpointer record, gint64 version,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 armms_resource_version (const ArmmsResource *resource, gconstpointer record);

/* One parameter per filter, from the request; a name that is no field of @type is a date parameter of the route. */
void armms_resource_append_filters (const ArmmsRecordType *type, const char *const *filters, ArmmsRequest *request, ArmmsParams *params);

/* A word that was not told gets its default. */
void armms_resource_default (char **word, const char *value);

G_END_DECLS
