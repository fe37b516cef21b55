#include "client/model/paged-list.h"

#define FIRST_PAGE 100
#define FURTHER_PAGE 500
#define EAGER_ROWS 3000
/* How many empty rows stand after the last one while there are more: enough to scroll into. */
#define PLACEHOLDERS 40

struct _ArmmsPagedList
{
  GObject parent_instance;

  ArmmsApi *api;               /* owned */
  const ArmmsRecordType *type;
  ArmmsQuery *query;           /* owned, nullable */
  GPtrArray *rows;             /* owned ArmmsRow, placeholders not among them */
  guint n_placeholders;        /* empty rows after the last one: the server has more */

  GCancellable *cancellable;   /* owned: of the fetch under way; NULL: none is */
  char *cursor;                /* owned, nullable: of the next page */
  guint fetched;               /* rows of this reading that have come: less than rows->len while refreshing */
  gboolean refreshing;
  gboolean whole;
  guint wanted;                /* rows that somebody looks at, or all of them */
  guint eager;
  guint first_page, further_page;
  guint idle;                  /* source: look whether more is wanted */

  ArmmsListState state;
  GError *error;               /* owned, nullable */
};

static void list_model_iface_init (GListModelInterface *iface);
static void fetch (ArmmsPagedList *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (ArmmsPagedList, armms_paged_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static guint changed_signal;

static void
emit_changed (ArmmsPagedList *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
stop_fetch (ArmmsPagedList *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->idle, g_source_remove);
}

static gboolean
same_row (ArmmsRow *row, const ArmmsRecordType *type, gpointer record)
{
  const ArmmsId *old = armms_row_get_id (row);
  const ArmmsId *new_id = NULL;

  for (const ArmmsField *field = type->fields; field->name != NULL && new_id == NULL; field++)
    if (field->kind == ARMMS_FIELD_ID)
      new_id = G_STRUCT_MEMBER_P (record, field->offset);
  return old != NULL && new_id != NULL && armms_id_equal (old, new_id);
}

/* Puts a page where this reading stands: rows that are the same are renewed, runs that differ are replaced. */
static void
merge_page (ArmmsPagedList *self, GPtrArray *records)
{
  guint position = self->fetched;
  guint i = 0;

  g_ptr_array_set_free_func (records, NULL);
  while (i < records->len)
    {
      guint run = 0, removed;

      if (position < self->rows->len && same_row (g_ptr_array_index (self->rows, position), self->type, g_ptr_array_index (records, i)))
        {
          armms_row_set_record (g_ptr_array_index (self->rows, position), g_ptr_array_index (records, i));
          position++;
          i++;
          continue;
        }

      while (i + run < records->len &&
             !(position + run < self->rows->len &&
               same_row (g_ptr_array_index (self->rows, position + run), self->type, g_ptr_array_index (records, i + run))))
        run++;
      removed = MIN (run, self->rows->len - position);
      if (removed > 0)
        g_ptr_array_remove_range (self->rows, position, removed);
      for (guint k = 0; k < run; k++)
        g_ptr_array_insert (self->rows, (int) (position + k), armms_row_new (self->type, g_ptr_array_index (records, i + k)));
      g_list_model_items_changed (G_LIST_MODEL (self), position, removed, run);
      position += run;
      i += run;
    }
  self->fetched = position;
}

static void
set_placeholders (ArmmsPagedList *self, guint count)
{
  guint before = self->n_placeholders;

  if (before == count)
    return;
  self->n_placeholders = count;
  g_list_model_items_changed (G_LIST_MODEL (self), self->rows->len, before, count);
}

static void
drop_stale_tail (ArmmsPagedList *self)
{
  guint stale = self->rows->len - self->fetched;

  if (stale == 0)
    return;
  g_ptr_array_remove_range (self->rows, self->fetched, stale);
  g_list_model_items_changed (G_LIST_MODEL (self), self->fetched, stale, 0);
}

static gboolean
on_more_perhaps_wanted_cb (gpointer user_data)
{
  ArmmsPagedList *self = user_data;

  self->idle = 0;
  if (self->cancellable == NULL && !self->whole && self->state == ARMMS_LIST_READY &&
      (self->fetched < self->wanted || self->fetched < self->eager || self->refreshing))
    fetch (self);
  return G_SOURCE_REMOVE;
}

static void
look_later (ArmmsPagedList *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_more_perhaps_wanted_cb, self, NULL);
}

static void
on_page_come_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(ArmmsPagedList) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(ArmmsApiPage) page = armms_api_list_finish (ARMMS_API (source), result, &error);

  if (armms_api_is_cancelled (error) || self->cancellable == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;

  g_clear_object (&self->cancellable);
  if (page == NULL)
    {
      self->error = g_steal_pointer (&error);
      self->state = ARMMS_LIST_FAILED;
      set_placeholders (self, 0);
      emit_changed (self);
      return;
    }

  set_placeholders (self, 0);
  merge_page (self, page->records);
  g_free (self->cursor);
  self->cursor = g_steal_pointer (&page->next_cursor);
  self->whole = self->cursor == NULL;
  self->state = ARMMS_LIST_READY;
  if (self->whole)
    drop_stale_tail (self);
  if (self->fetched >= self->rows->len)
    self->refreshing = FALSE;
  if (!self->whole && !self->refreshing)
    set_placeholders (self, PLACEHOLDERS);
  emit_changed (self);
  look_later (self);
}

static void
fetch (ArmmsPagedList *self)
{
  self->cancellable = g_cancellable_new ();
  armms_api_list_async (self->api, self->query, self->type, self->fetched == 0 ? self->first_page : self->further_page, self->cursor,
                        self->cancellable, on_page_come_cb, g_object_ref (self));
}

/* From the first page on. @keep: the rows stay until the new ones come. */
static void
start (ArmmsPagedList *self, gboolean keep)
{
  stop_fetch (self);
  g_clear_error (&self->error);
  g_clear_pointer (&self->cursor, g_free);
  self->whole = FALSE;
  self->fetched = 0;
  set_placeholders (self, 0);
  if (!keep && self->rows->len > 0)
    {
      guint count = self->rows->len;
      g_ptr_array_set_size (self->rows, 0);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, count, 0);
    }
  if (!keep)
    self->wanted = 0;
  self->refreshing = self->rows->len > 0;
  self->state = self->query == NULL ? ARMMS_LIST_IDLE : self->rows->len > 0 ? ARMMS_LIST_READY : ARMMS_LIST_LOADING;
  if (self->query != NULL)
    fetch (self);
  emit_changed (self);
}

static GType
get_item_type (GListModel *model)
{
  return ARMMS_TYPE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  ArmmsPagedList *self = ARMMS_PAGED_LIST (model);

  return self->rows->len + self->n_placeholders;
}

static gpointer
get_item (GListModel *model, guint position)
{
  ArmmsPagedList *self = ARMMS_PAGED_LIST (model);

  if (position < self->rows->len)
    return g_object_ref (g_ptr_array_index (self->rows, position));
  if (position >= self->rows->len + self->n_placeholders)
    return NULL;

  if (self->wanted <= position)
    self->wanted = position + 1;
  look_later (self);
  return armms_row_new (self->type, /* record= */ NULL);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
armms_paged_list_dispose (GObject *object)
{
  ArmmsPagedList *self = ARMMS_PAGED_LIST (object);

  stop_fetch (self);
  g_clear_object (&self->api);

  G_OBJECT_CLASS (armms_paged_list_parent_class)->dispose (object);
}

static void
armms_paged_list_finalize (GObject *object)
{
  ArmmsPagedList *self = ARMMS_PAGED_LIST (object);

  armms_query_free (self->query);
  g_ptr_array_unref (self->rows);
  g_free (self->cursor);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (armms_paged_list_parent_class)->finalize (object);
}

static void
armms_paged_list_class_init (ArmmsPagedListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = armms_paged_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = armms_paged_list_finalize;

  changed_signal = g_signal_new ("changed", ARMMS_TYPE_PAGED_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
armms_paged_list_init (ArmmsPagedList *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->first_page = FIRST_PAGE;
  self->further_page = FURTHER_PAGE;
  self->eager = EAGER_ROWS;
}

ArmmsPagedList *
armms_paged_list_new (ArmmsApi *api, const ArmmsRecordType *type)
{
  ArmmsPagedList *self = g_object_new (ARMMS_TYPE_PAGED_LIST, NULL);

  self->api = g_object_ref (api);
  self->type = type;
  return self;
}

void
armms_paged_list_set_query (ArmmsPagedList *self, const ArmmsQuery *query)
{
  if (query != NULL && self->query != NULL && self->state != ARMMS_LIST_FAILED && armms_query_equal (query, self->query))
    return;
  if (query != self->query)
    {
      armms_query_free (self->query);
      self->query = query != NULL ? armms_query_copy (query) : NULL;
    }
  start (self, /* keep= */ FALSE);
}

const ArmmsQuery *
armms_paged_list_get_query (ArmmsPagedList *self)
{
  return self->query;
}

void
armms_paged_list_refresh (ArmmsPagedList *self)
{
  if (self->query != NULL)
    start (self, /* keep= */ TRUE);
}

void
armms_paged_list_retry (ArmmsPagedList *self)
{
  if (self->state != ARMMS_LIST_FAILED)
    return;
  g_clear_error (&self->error);
  self->state = self->rows->len > 0 ? ARMMS_LIST_READY : ARMMS_LIST_LOADING;
  fetch (self);
  emit_changed (self);
}

void
armms_paged_list_load_all (ArmmsPagedList *self)
{
  self->wanted = G_MAXUINT;
  look_later (self);
}

void
armms_paged_list_set_eager (ArmmsPagedList *self, guint rows)
{
  self->eager = rows;
}

void
armms_paged_list_set_page_size (ArmmsPagedList *self, guint first, guint further)
{
  self->first_page = first;
  self->further_page = further;
}

const ArmmsRecordType *
armms_paged_list_get_record_type (ArmmsPagedList *self)
{
  return self->type;
}

ArmmsListState
armms_paged_list_get_state (ArmmsPagedList *self)
{
  return self->state;
}

const GError *
armms_paged_list_get_error (ArmmsPagedList *self)
{
  return self->error;
}

guint
armms_paged_list_get_n_loaded (ArmmsPagedList *self)
{
  return self->rows->len;
}

gboolean
armms_paged_list_is_whole (ArmmsPagedList *self)
{
  return self->whole;
}

gboolean
armms_paged_list_is_busy (ArmmsPagedList *self)
{
  return self->cancellable != NULL;
}

ArmmsRow *
armms_paged_list_peek (ArmmsPagedList *self, guint position)
{
  return position < self->rows->len ? g_ptr_array_index (self->rows, position) : NULL;
}

ArmmsRow *
armms_paged_list_find (ArmmsPagedList *self, const ArmmsId *id)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      ArmmsRow *row = g_ptr_array_index (self->rows, i);
      const ArmmsId *known = armms_row_get_id (row);

      if (known != NULL && armms_id_equal (known, id))
        return row;
    }
  return NULL;
}
