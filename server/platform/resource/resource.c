#include "server/platform/resource/resource.h"

#include <libsoup/soup.h>

static ArmmsId *
id_of (const ArmmsResource *resource, gpointer record)
{
  return (ArmmsId *) G_STRUCT_MEMBER_P (record, armms_record_type_find (resource->type, resource->id_field)->offset);
}

gint64
armms_resource_version (const ArmmsResource *resource, gconstpointer record)
{
  const ArmmsField *field = armms_record_type_find (resource->type, "version");

  return field != NULL ? *(const gint64 *) G_STRUCT_MEMBER_P (record, field->offset) : 0;
}

void
armms_resource_default (char **word, const char *value)
{
  if (*word == NULL)
    *word = g_strdup (value);
}

static gboolean
complete (const ArmmsResource *resource, ArmmsWork *work, GPtrArray *records, GError **error)
{
  return resource->complete == NULL || records->len == 0 || resource->complete (work, records, error);
}

static gboolean
set_stale (const ArmmsResource *resource, GError **error)
{
  g_autofree char *code = g_strconcat (resource->what, ".stale", NULL);

  armms_error_set (error, ARMMS_ERROR_STALE, code, "cannot change a %s: it has moved on since it was read", resource->what);
  return FALSE;
}

gpointer
armms_resource_load (const ArmmsResource *resource, ArmmsWork *work, const ArmmsId *id, GError **error)
{
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) records = NULL;

  rows = armms_work_query_one (work, resource->one, armms_params_id (armms_params_new (), id), resource->what, error);
  if (rows == NULL)
    return NULL;
  records = armms_rows_records (rows, resource->type);
  if (!complete (resource, work, records, error))
    return NULL;
  return g_ptr_array_steal_index (records, 0);
}

/* All are checked before the first is stored. */
static gboolean
check_records (const ArmmsResource *resource, ArmmsWork *work, gconstpointer before, const GPtrArray *records, GError **error)
{
  for (guint i = 0; resource->check != NULL && i < records->len; i++)
    if (!resource->check (work, before, records->pdata[i], error))
      return FALSE;
  return resource->check_set == NULL || resource->check_set (work, records, error);
}

gboolean
armms_resource_insert (const ArmmsResource *resource, ArmmsWork *work, const GPtrArray *records, GError **error)
{
  ArmmsParams *params;

  if (records->len == 0)
    return TRUE;
  for (guint i = 0; i < records->len; i++)
    {
      ArmmsId *id = id_of (resource, records->pdata[i]);

      if (armms_id_is_nil (id))
        *id = armms_id_new ();
    }
  if (!check_records (resource, work, /* before= */ NULL, records, error))
    return FALSE;
  params = armms_params_columns (armms_params_new (), resource->type, records, resource->id_field, NULL);
  for (guint i = 0; resource->columns[i] != NULL; i++)
    armms_params_columns (params, resource->type, records, resource->columns[i], NULL);
  if (!armms_work_execute (work, resource->insert, params, /* ret_count= */ NULL, error))
    {
      g_prefix_error (error, "cannot store a %s: ", resource->what);
      return FALSE;
    }
  return resource->stored == NULL || resource->stored (work, /* before= */ NULL, records, error);
}

gboolean
armms_resource_store (const ArmmsResource *resource, ArmmsWork *work, gconstpointer before, gpointer record, gint64 version, GError **error)
{
  const char *const *columns = resource->change_columns != NULL ? resource->change_columns : resource->columns;
  g_autoptr(GPtrArray) one = g_ptr_array_new ();
  ArmmsParams *params;
  gint64 touched = 0;

  g_ptr_array_add (one, record);
  if (!check_records (resource, work, before, one, error))
    return FALSE;
  params = armms_params_integer (armms_params_id (armms_params_new (), id_of (resource, record)), version);
  for (guint i = 0; columns[i] != NULL; i++)
    armms_params_record (params, resource->type, record, columns[i], NULL);
  if (!armms_work_execute (work, resource->change, params, &touched, error))
    {
      g_prefix_error (error, "cannot change a %s: ", resource->what);
      return FALSE;
    }
  if (touched == 0)
    return set_stale (resource, error);
  return resource->stored == NULL || resource->stored (work, before, one, error);
}

static void
append_filter (ArmmsParams *params, ArmmsRequest *request, const ArmmsField *field)
{
  ArmmsId id;

  switch (field->kind)
    {
    case ARMMS_FIELD_ID:
      id = armms_request_get_id_parameter (request, field->name);
      armms_params_id (params, &id);
      break;
    case ARMMS_FIELD_DATE:
      armms_params_date (params, armms_request_get_date (request, field->name));
      break;
    default:
      armms_params_text (params, armms_request_get_text (request, field->name));
      break;
    }
}

void
armms_resource_append_filters (const ArmmsRecordType *type, const char *const *filters, ArmmsRequest *request, ArmmsParams *params)
{
  for (guint i = 0; filters != NULL && filters[i] != NULL; i++)
    {
      const ArmmsField *field = armms_record_type_find (type, filters[i]);

      /* a filter that is no field is a date of the route's own table: "from", "to" */
      if (field != NULL)
        append_filter (params, request, field);
      else
        armms_params_date (params, armms_request_get_date (request, filters[i]));
    }
}

ArmmsReply *
armms_resource_list (const ArmmsResource *resource, ArmmsRequest *request, GError **error)
{
  const ArmmsPage *page = armms_request_get_page (request);
  const char *sort = page->sort != NULL ? page->sort : resource->default_sort;
  ArmmsWork *work = armms_request_get_work (request);
  ArmmsParams *params = armms_params_new ();
  g_autoptr(ArmmsRows) rows = NULL;
  g_autoptr(GPtrArray) records = NULL;

  if (resource->filter != NULL && !resource->filter (request, params, error))
    {
      armms_params_free (params);
      return NULL;
    }
  armms_resource_append_filters (resource->type, resource->filters, request, params);
  armms_params_boolean (armms_params_text (armms_params_text (params, page->q), sort), page->descending);
  rows = armms_work_query (work, resource->page, armms_page_append_params (page, params), error);
  if (rows == NULL)
    return NULL;
  records = armms_rows_records (rows, resource->type);
  if (!complete (resource, work, records, error))
    return NULL;
  return armms_reply_new_list (resource->type, records, page->limit, sort, resource->id_field);
}

static ArmmsReply *
reply_with (const ArmmsResource *resource, guint status, gpointer record)
{
  ArmmsReply *reply = armms_reply_new_record (status, resource->type, record);

  armms_reply_set_version (reply, armms_resource_version (resource, record));
  if (status == SOUP_STATUS_CREATED && resource->path != NULL)
    {
      g_autofree char *id = armms_id_to_string (id_of (resource, record));
      g_autofree char *location = g_strconcat (resource->path, "/", id, NULL);

      armms_reply_set_location (reply, location);
    }
  armms_record_free (resource->type, record);
  return reply;
}

ArmmsReply *
armms_resource_get (const ArmmsResource *resource, ArmmsRequest *request, const char *path_name, GError **error)
{
  ArmmsId id;
  gpointer record;

  if (!armms_request_get_id (request, path_name, &id, error))
    return NULL;
  record = armms_resource_load (resource, armms_request_get_work (request), &id, error);
  return record != NULL ? reply_with (resource, SOUP_STATUS_OK, record) : NULL;
}

ArmmsReply *
armms_resource_create (const ArmmsResource *resource, ArmmsRequest *request, GError **error)
{
  ArmmsWork *work = armms_request_get_work (request);
  g_autoptr(GPtrArray) records = armms_records_new (resource->type);
  gpointer stored;

  g_ptr_array_add (records, armms_record_copy (resource->type, armms_request_get_body (request)));
  if (!armms_resource_insert (resource, work, records, error))
    return NULL;
  stored = armms_resource_load (resource, work, id_of (resource, records->pdata[0]), error);
  return stored != NULL ? reply_with (resource, SOUP_STATUS_CREATED, stored) : NULL;
}

ArmmsReply *
armms_resource_change (const ArmmsResource *resource, ArmmsRequest *request, const char *path_name, GError **error)
{
  ArmmsWork *work = armms_request_get_work (request);
  gint64 version = armms_request_get_version (request);
  g_autoptr(GPtrArray) records = armms_records_new (resource->type);
  gpointer before, after;
  ArmmsId id;

  if (!armms_request_get_id (request, path_name, &id, error))
    return NULL;
  before = armms_resource_load (resource, work, &id, error);
  if (before == NULL)
    return NULL;
  g_ptr_array_add (records, before);
  if (armms_resource_version (resource, before) != version)
    {
      set_stale (resource, error);
      return NULL;
    }
  after = armms_record_copy (resource->type, before);
  g_ptr_array_add (records, after);
  if (!armms_record_update_from_json (resource->type, after, armms_request_get_json (request), error)
      || !armms_resource_store (resource, work, before, after, version, error))
    return NULL;
  after = armms_resource_load (resource, work, &id, error);
  return after != NULL ? reply_with (resource, SOUP_STATUS_OK, after) : NULL;
}
