#include "client/widgets/grid.h"

#include "client/session/problem.h"
#include "client/widgets/words.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#define TOOLTIP_LETTERS 18

struct _ArmmsGrid
{
  GtkWidget parent_instance;

  /* template children */
  GtkStack *stack;
  GtkColumnView *view;
  GtkScrolledWindow *scrolled;
  AdwStatusPage *empty_page;
  AdwStatusPage *failed_page;
  GtkSpinner *loading_spinner;
  GtkSpinner *busy_spinner;
  GtkLabel *count_label;
  GtkLabel *sums_label;
  GtkButton *retry_button;

  char *title;                   /* owned, nullable */
  const ArmmsRecordType *type;
  GPtrArray *columns;            /* owned Column */
  ArmmsPagedList *list;          /* owned, nullable */
  GtkSortListModel *rows;        /* owned, nullable: the list, or rows given, sorted here where the server cannot */
  GtkMultiSelection *selection;  /* owned, nullable */
  ArmmsQuery *query;             /* owned, nullable */
  char **sums;                   /* owned, nullable */
  char *note;                    /* owned, nullable */
  char *sort;                    /* owned, nullable: "name" or "-name" */
  gboolean setting_sort;
  GtkWidget *menu;               /* owned by the view: what a right click shows */
};

/* What a column's factory and sorter know. Owned by the grid. */
typedef struct
{
  ArmmsGrid *grid;
  const ArmmsField *field;
  GtkColumnViewColumn *column; /* borrowed from the view */
} Column;

/* Two rows without records: the sorter of the view is asked about them, see find_sort(). */
typedef struct { gboolean asking; const Column *asked; } Probe;

enum { ROW_ACTIVATED, SELECTION_CHANGED, N_SIGNALS };

G_DEFINE_FINAL_TYPE (ArmmsGrid, armms_grid, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];
static Probe probe;

static const char *const styles[] = { "success", "warning", "error", "accent", "dim-label" };

static void
show_cell (GtkListItem *item)
{
  ArmmsRow *row = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  const ArmmsField *field = g_object_get_data (G_OBJECT (item), "armms-field");
  gpointer record = row != NULL ? armms_row_get_record (row) : NULL;
  g_autofree char *text = NULL;
  const char *style = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (label, styles[i]);
  text = record != NULL ? armms_cell_to_display (field, record, &style) : g_strdup ("…");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_label_set_text (GTK_LABEL (label), text);
  /* What may not fit can be read whole. */
  gtk_widget_set_tooltip_text (label, !armms_field_is_numeric (field) && g_utf8_strlen (text, -1) > TOOLTIP_LETTERS ? text : NULL);
}

static void
on_cell_set_up_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  GtkWidget *label = gtk_label_new (NULL);

  g_object_set_data (G_OBJECT (item), "armms-field", (gpointer) column->field);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), armms_field_is_numeric (column->field) ? 1.0f : 0.0f);
  if (armms_field_is_numeric (column->field) || column->field->kind == ARMMS_FIELD_DATE || column->field->kind == ARMMS_FIELD_INSTANT)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
on_cell_bound_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  g_signal_connect_object (gtk_list_item_get_item (item), "changed", G_CALLBACK (show_cell), item, G_CONNECT_SWAPPED);
  show_cell (item);
}

static void
on_cell_unbound_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_cell, item);
}

static int
compare_texts (const char *a, const char *b)
{
  return a == NULL || b == NULL ? (a != NULL) - (b != NULL) : g_utf8_collate (a, b);
}

static int
compare_fields (const ArmmsField *field, gconstpointer a, gconstpointer b)
{
  gconstpointer x = G_STRUCT_MEMBER_P (a, field->offset), y = G_STRUCT_MEMBER_P (b, field->offset);

#define COMPARE(Type, member) ((((const Type *) x)->member > ((const Type *) y)->member) - (((const Type *) x)->member < ((const Type *) y)->member))
  switch (field->kind)
    {
    case ARMMS_FIELD_INTEGER: return (*(const gint64 *) x > *(const gint64 *) y) - (*(const gint64 *) x < *(const gint64 *) y);
    case ARMMS_FIELD_BOOLEAN: return *(const gboolean *) x - *(const gboolean *) y;
    case ARMMS_FIELD_MONEY: return COMPARE (ArmmsMoney, centavos);
    case ARMMS_FIELD_MULTIPLIER: return COMPARE (ArmmsMultiplier, millionths);
    case ARMMS_FIELD_MINUTES: return COMPARE (ArmmsMinutes, count);
    case ARMMS_FIELD_DATE: return COMPARE (ArmmsDate, days);
    case ARMMS_FIELD_INSTANT: return COMPARE (ArmmsInstant, us);
    case ARMMS_FIELD_TEXT: return compare_texts (*(char *const *) x, *(char *const *) y);
    default: return 0;
    }
#undef COMPARE
}

/* Sorts rows that are here; and tells find_sort() which column was asked first, by its answer which way. */
static int
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Column *column = user_data;
  gconstpointer first = armms_row_get_record ((ArmmsRow *) a), second = armms_row_get_record ((ArmmsRow *) b);

  if (probe.asking)
    {
      if (probe.asked == NULL)
        probe.asked = column;
      return a == b ? 0 : -1;
    }
  /* What has not come stands after what has. */
  if (first == NULL || second == NULL)
    return (first == NULL) - (second == NULL);
  return compare_fields (column->field, first, second);
}

/* "name" or "-name" of the heading that was clicked last. There is no call for it in GTK 4.8: the view's sorter is
 * asked to compare two rows, and the first column's sorter answers "smaller". (transfer full) (nullable) */
static char *
find_sort (ArmmsGrid *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);
  g_autoptr(ArmmsRow) first = armms_row_new (self->type, NULL);
  g_autoptr(ArmmsRow) second = armms_row_new (self->type, NULL);
  GtkOrdering ordering;

  probe = (Probe) { .asking = TRUE };
  ordering = gtk_sorter_compare (sorter, first, second);
  probe.asking = FALSE;
  if (probe.asked == NULL)
    return NULL;
  return g_strconcat (ordering == GTK_ORDERING_LARGER ? "-" : "", probe.asked->field->name, NULL);
}

/* Whether the server sorts by "name" or "-name"; else it is done here. */
static gboolean
server_sorts (ArmmsGrid *self, const char *sort)
{
  const ArmmsField *field = sort != NULL && self->type != NULL ? armms_record_type_find (self->type, sort + (sort[0] == '-')) : NULL;

  return self->list != NULL && field != NULL && (field->flags & ARMMS_FIELD_SORT);
}

/* With placeholders. */
static guint
count_rows (ArmmsGrid *self)
{
  return self->rows != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->rows)) : 0;
}

/* The view holds on to the row that it showed first; a list that was just sorted is read from its head. */
static void
scroll_to_head (ArmmsGrid *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view)); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child) && count_rows (self) > 0)
      gtk_widget_activate_action (child, "list.scroll-to-item", "u", 0);
}

/* Sorting here begins when the list is whole: a sorter looks at every row, also at those that have not come. A refresh
 * keeps it. */
static void
sort_here (ArmmsGrid *self)
{
  gboolean here = self->sort != NULL && !server_sorts (self, self->sort);
  gboolean empty = self->list != NULL && armms_paged_list_get_n_loaded (self->list) == 0;

  if (self->rows == NULL)
    return;
  if (!here || empty)
    gtk_sort_list_model_set_sorter (self->rows, NULL);
  else if ((self->list == NULL || armms_paged_list_is_whole (self->list)) && gtk_sort_list_model_get_sorter (self->rows) == NULL)
    {
      gtk_sort_list_model_set_sorter (self->rows, gtk_column_view_get_sorter (self->view));
      scroll_to_head (self);
    }
}

static void
send_query (ArmmsGrid *self)
{
  g_autoptr(ArmmsQuery) sorted = NULL;

  if (self->list == NULL)
    return;
  if (self->query != NULL)
    {
      sorted = armms_query_copy (self->query);
      if (server_sorts (self, self->sort))
        armms_query_set (sorted, "sort", self->sort);
    }
  armms_paged_list_set_query (self->list, sorted);
}

static void
on_sorter_changed_cb (ArmmsGrid *self)
{
  char *sort;

  if (self->setting_sort)
    return;
  sort = find_sort (self);
  if (g_strcmp0 (sort, self->sort) == 0)
    {
      g_free (sort);
      return;
    }
  g_free (self->sort);
  self->sort = sort;
  sort_here (self);
  /* Half a list would be sorted wrongly. */
  if (self->list != NULL && sort != NULL && !server_sorts (self, sort))
    armms_paged_list_load_all (self->list);
  send_query (self);
}

/* How wide @text is drawn in the grid's font. */
static int
measure (ArmmsGrid *self, const char *text)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->view), text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static int
width_of (ArmmsGrid *self, const ArmmsField *field, const ArmmsGridColumn *wanted, const char *heading)
{
  int letters = wanted != NULL ? wanted->width : 0;
  int room = 46; /* padding, and the arrow of a sorted column */
  int content;

  if (letters == 0)
    switch (field->kind)
      {
      case ARMMS_FIELD_MONEY: letters = 13; break;
      case ARMMS_FIELD_MINUTES: letters = 8; break;
      case ARMMS_FIELD_INTEGER: letters = 6; break;
      case ARMMS_FIELD_DATE: letters = 10; break;
      case ARMMS_FIELD_INSTANT: letters = 16; break;
      case ARMMS_FIELD_BOOLEAN: letters = 5; break;
      default: letters = armms_field_is_words (field) ? 12 : 16; break;
      }
  content = measure (self, "0000000000") * letters / 10 + 20;
  return MAX (content, measure (self, heading) * 11 / 10 + room); /* headings are bold */
}

static void
add_column (ArmmsGrid *self, const ArmmsField *field, const ArmmsGridColumn *wanted)
{
  Column *column = g_new0 (Column, 1);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) made = NULL;
  g_autoptr(GtkSorter) sorter = NULL;
  g_autofree char *heading = wanted != NULL && wanted->title != NULL ? g_strdup (_(wanted->title)) : armms_field_to_heading (field);

  column->grid = self;
  column->field = field;
  g_signal_connect (factory, "setup", G_CALLBACK (on_cell_set_up_cb), column);
  g_signal_connect (factory, "bind", G_CALLBACK (on_cell_bound_cb), column);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_cell_unbound_cb), column);
  made = gtk_column_view_column_new (heading, factory);
  column->column = made;
  gtk_column_view_column_set_resizable (made, TRUE);
  gtk_column_view_column_set_fixed_width (made, width_of (self, field, wanted, heading));
  if (wanted != NULL && wanted->expand)
    gtk_column_view_column_set_expand (made, TRUE);
  sorter = GTK_SORTER (gtk_custom_sorter_new (compare_rows, column, NULL));
  gtk_column_view_column_set_sorter (made, sorter);
  g_ptr_array_add (self->columns, column);
  gtk_column_view_append_column (self->view, made);
}

static GtkLabel *
find_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return GTK_LABEL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkLabel *label = find_label (child);
      if (label != NULL)
        return label;
    }
  return NULL;
}

/* A heading stands over its figures: GTK has no property for it, so the labels of the header row are found. */
static void
align_headings (ArmmsGrid *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  guint i = 0;

  for (GtkWidget *title = gtk_widget_get_first_child (header); title != NULL && i < self->columns->len;
       title = gtk_widget_get_next_sibling (title), i++)
    {
      const Column *column = g_ptr_array_index (self->columns, i);
      GtkLabel *label = find_label (title);

      if (label == NULL)
        continue;
      gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
      if (column->field->about != NULL)
        gtk_widget_set_tooltip_text (title, column->field->about);
      if (armms_field_is_numeric (column->field))
        {
          GtkWidget *box = gtk_widget_get_parent (GTK_WIDGET (label));
          GtkWidget *arrow = gtk_widget_get_next_sibling (GTK_WIDGET (label));

          /* The arrow before the heading, so that the heading ends where its figures end. */
          if (GTK_IS_BOX (box) && arrow != NULL)
            gtk_box_reorder_child_after (GTK_BOX (box), arrow, NULL);
          gtk_widget_set_hexpand (GTK_WIDGET (label), TRUE);
          gtk_label_set_xalign (label, 1.0f);
          gtk_widget_set_halign (GTK_WIDGET (label), GTK_ALIGN_FILL);
        }
    }
}

static const ArmmsField *
field_named (ArmmsGrid *self, const char *name)
{
  return armms_record_type_find (self->type, name);
}

static gint64
number_of (const ArmmsField *field, gconstpointer record)
{
  gconstpointer place = G_STRUCT_MEMBER_P (record, field->offset);

  switch (field->kind)
    {
    case ARMMS_FIELD_MONEY: return ((const ArmmsMoney *) place)->centavos;
    case ARMMS_FIELD_MINUTES: return ((const ArmmsMinutes *) place)->count;
    case ARMMS_FIELD_INTEGER: return *(const gint64 *) place;
    default: return 0;
    }
}

/* A sum shown as one field of an otherwise empty record, so that sums read like their columns. (transfer full) */
static char *
show_number (ArmmsGrid *self, const ArmmsField *field, gint64 number)
{
  gpointer record = armms_record_new (self->type);
  gpointer place = G_STRUCT_MEMBER_P (record, field->offset);
  char *text;

  switch (field->kind)
    {
    case ARMMS_FIELD_MONEY: ((ArmmsMoney *) place)->centavos = number; break;
    case ARMMS_FIELD_MINUTES: ((ArmmsMinutes *) place)->count = (gint32) CLAMP (number, G_MININT32, G_MAXINT32); break;
    case ARMMS_FIELD_INTEGER: *(gint64 *) place = number; break;
    default: break;
    }
  text = armms_field_to_display (field, record);
  armms_record_free (self->type, record);
  return text;
}

static void
append_sums (ArmmsGrid *self, GString *text, gboolean selection_only)
{
  guint count = count_rows (self);

  for (guint i = 0; self->sums != NULL && self->sums[i] != NULL; i++)
    {
      const ArmmsField *field = field_named (self, self->sums[i]);
      g_autofree char *heading = NULL, *shown = NULL;
      gint64 sum = 0;

      if (field == NULL)
        continue;
      for (guint k = 0; k < count; k++)
        {
          g_autoptr(ArmmsRow) row = NULL;

          if (selection_only && !gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), k))
            continue;
          row = g_list_model_get_item (G_LIST_MODEL (self->rows), k);
          if (armms_row_get_record (row) != NULL)
            sum += number_of (field, armms_row_get_record (row));
        }
      heading = armms_field_to_heading (field);
      shown = show_number (self, field, sum);
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? "     " : "", heading, shown);
    }
}

static guint
count_selected (ArmmsGrid *self)
{
  g_autoptr(GtkBitset) chosen = NULL;

  if (self->selection == NULL)
    return 0;
  chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  return (guint) gtk_bitset_get_size (chosen);
}

static void
show_count (ArmmsGrid *self)
{
  guint count = self->list != NULL ? armms_paged_list_get_n_loaded (self->list) : count_rows (self);
  guint selected = count_selected (self);
  gboolean whole = self->list == NULL || armms_paged_list_is_whole (self->list);
  gboolean failed = self->list != NULL && armms_paged_list_get_state (self->list) == ARMMS_LIST_FAILED;
  g_autoptr(GString) sums = g_string_new (NULL);
  g_autofree char *text = NULL;

  if (failed && count == 0)
    text = g_strdup ("");
  else if (failed)
    {
      g_autofree char *title = armms_problem_title (armms_paged_list_get_error (self->list));
      /* Translators: what went wrong, then how many rows are shown nevertheless */
      text = g_strdup_printf (ngettext ("%s; %'u row is shown", "%s; %'u rows are shown", count), title, count);
    }
  else if (selected > 1)
    text = g_strdup_printf (ngettext ("%'u of %'u row selected", "%'u of %'u rows selected", count), selected, count);
  else if (whole)
    text = g_strdup_printf (ngettext ("%'u row", "%'u rows", count), count);
  else
    text = g_strdup_printf (ngettext ("%'u row, more below", "%'u rows, more below", count), count);
  gtk_label_set_text (self->count_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->retry_button), failed && count > 0);

  if (selected > 1)
    append_sums (self, sums, /* selection_only= */ TRUE);
  else if (self->note != NULL)
    g_string_append (sums, self->note);
  else if (whole && count > 0)
    append_sums (self, sums, /* selection_only= */ FALSE);
  gtk_label_set_text (self->sums_label, sums->str);
}

static void
show_state (ArmmsGrid *self)
{
  ArmmsListState state = self->list != NULL ? armms_paged_list_get_state (self->list) : ARMMS_LIST_READY;
  guint count = count_rows (self);
  const char *page = "rows";

  sort_here (self);
  if (self->rows == NULL || state == ARMMS_LIST_IDLE)
    page = "idle";
  else if (state == ARMMS_LIST_LOADING)
    page = "loading";
  else if (state == ARMMS_LIST_FAILED && count == 0)
    page = "failed";
  else if (count == 0)
    page = "empty";

  if (g_str_equal (page, "failed"))
    {
      const GError *error = armms_paged_list_get_error (self->list);
      g_autofree char *title = armms_problem_title (error);
      g_autofree char *detail = armms_problem_detail (error);
      g_autofree char *safe = g_markup_escape_text (detail, -1);

      adw_status_page_set_title (self->failed_page, title);
      adw_status_page_set_description (self->failed_page, safe);
    }

  gtk_spinner_set_spinning (self->loading_spinner, g_str_equal (page, "loading"));
  gtk_spinner_set_spinning (self->busy_spinner, g_str_equal (page, "rows") && self->list != NULL && armms_paged_list_is_busy (self->list));
  gtk_stack_set_visible_child_name (self->stack, page);
  show_count (self);
}

static void
on_selection_changed_cb (ArmmsGrid *self)
{
  show_count (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
on_items_changed_cb (ArmmsGrid *self)
{
  show_state (self);
}

static void
on_row_activated_cb (ArmmsGrid *self, guint position)
{
  g_autoptr(ArmmsRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  if (row != NULL && armms_row_get_record (row) != NULL)
    g_signal_emit (self, signals[ROW_ACTIVATED], 0, row);
}

static void
take_rows (ArmmsGrid *self, GListModel *rows)
{
  gtk_column_view_set_model (self->view, NULL);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  if (self->rows != NULL)
    g_signal_handlers_disconnect_by_data (self->rows, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->rows);
  if (rows == NULL)
    return;

  self->rows = gtk_sort_list_model_new (g_object_ref (rows), /* sorter= */ NULL);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (on_selection_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
}

static void
append_quoted (GString *out, const char *text, char separator)
{
  if (strchr (text, separator) == NULL && strpbrk (text, "\"\r\n") == NULL)
    {
      g_string_append (out, text);
      return;
    }
  g_string_append_c (out, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *c);
    }
  g_string_append_c (out, '"');
}

char *
armms_grid_to_text (ArmmsGrid *self, gboolean selection_only, char separator)
{
  GString *out = g_string_new (NULL);
  guint count = count_rows (self);

  for (guint c = 0; c < self->columns->len; c++)
    {
      const Column *column = g_ptr_array_index (self->columns, c);
      g_autofree char *heading = g_strdup (gtk_column_view_column_get_title (column->column));

      if (c > 0)
        g_string_append_c (out, separator);
      append_quoted (out, heading, separator);
      if (column->field->kind == ARMMS_FIELD_MINUTES)
        /* Translators: after the heading of a column of minutes in a saved table */
        g_string_append (out, _(" (min)"));
    }
  g_string_append (out, "\r\n");

  for (guint i = 0; i < count; i++)
    {
      g_autoptr(ArmmsRow) row = NULL;

      if (selection_only && !gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), i))
        continue;
      row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
      if (armms_row_get_record (row) == NULL)
        continue;
      for (guint c = 0; c < self->columns->len; c++)
        {
          const Column *column = g_ptr_array_index (self->columns, c);
          g_autofree char *text = armms_cell_to_export (column->field, armms_row_get_record (row));

          if (c > 0)
            g_string_append_c (out, separator);
          append_quoted (out, text, separator);
        }
      g_string_append (out, "\r\n");
    }
  return g_string_free (out, FALSE);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsGrid *self = ARMMS_GRID (widget);
  g_autofree char *text = armms_grid_to_text (self, count_selected (self) > 0, '\t');

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
on_file_chosen_cb (GtkNativeDialog *dialog, int response, ArmmsGrid *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *text = armms_grid_to_text (self, count_selected (self) > 1, ',');
      g_autofree char *marked = g_strconcat ("\xef\xbb\xbf", text, NULL); /* so that spreadsheets read it as UTF-8 */
      g_autoptr(GError) error = NULL;

      if (!g_file_replace_contents (file, marked, strlen (marked), NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, NULL, &error))
        gtk_widget_activate_action (GTK_WIDGET (self), "win.notice", "s", error->message);
    }
  g_object_unref (dialog);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsGrid *self = ARMMS_GRID (widget);
  GtkFileChooserNative *dialog;
  g_autofree char *suggested = NULL;

  if (self->list != NULL && !armms_paged_list_is_whole (self->list))
    {
      armms_paged_list_load_all (self->list);
      gtk_widget_activate_action (widget, "win.notice", "s", _("The rest of the rows is being fetched; save again when the count is whole."));
      return;
    }
  dialog = gtk_file_chooser_native_new (_("Save as CSV"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  suggested = g_strdup_printf ("%s.csv", self->title != NULL ? self->title : "armms");
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), suggested);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  armms_grid_refresh (ARMMS_GRID (widget));
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsGrid *self = ARMMS_GRID (widget);

  if (self->list != NULL)
    armms_paged_list_retry (self->list);
}

static void
sort_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsGrid *self = ARMMS_GRID (widget);

  armms_grid_set_sort (self, g_variant_get_string (parameter, NULL));
  if (self->list != NULL && !server_sorts (self, self->sort))
    armms_paged_list_load_all (self->list);
  send_query (self);
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ArmmsGrid *self = ARMMS_GRID (widget);
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) sorts = g_menu_new ();

  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = g_ptr_array_index (self->columns, i);
      const char *heading = gtk_column_view_column_get_title (column->column);
      g_autofree char *up = NULL, *down = NULL, *up_action = NULL, *down_action = NULL;

      /* Translators: an entry of the menu of a grid; %s is the heading of a column */
      up = g_strdup_printf (_("Sort by %s, upward"), heading);
      /* Translators: an entry of the menu of a grid; %s is the heading of a column */
      down = g_strdup_printf (_("Sort by %s, downward"), heading);
      up_action = g_strdup_printf ("grid.sort::%s", column->field->name);
      down_action = g_strdup_printf ("grid.sort::-%s", column->field->name);
      g_menu_append (sorts, up, up_action);
      g_menu_append (sorts, down, down_action);
    }
  g_menu_append (menu, _("_Copy"), "grid.copy");
  g_menu_append (menu, _("_Save as CSV…"), "grid.export");
  g_menu_append (menu, _("_Refresh"), "grid.refresh");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (sorts));

  if (self->menu != NULL)
    gtk_widget_unparent (self->menu);
  self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_widget_set_parent (self->menu, widget);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_right_click_cb (GtkGestureClick *gesture, int n_press, double x, double y, ArmmsGrid *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "grid.menu", NULL);
  if (self->menu != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
}

static gboolean
armms_grid_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ARMMS_GRID (widget)->view));
}

static void
armms_grid_dispose (GObject *object)
{
  ArmmsGrid *self = ARMMS_GRID (object);
  GtkWidget *child;

  if (self->view != NULL)
    {
      g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
      take_rows (self, NULL);
    }
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->view = NULL;

  G_OBJECT_CLASS (armms_grid_parent_class)->dispose (object);
}

static void
armms_grid_finalize (GObject *object)
{
  ArmmsGrid *self = ARMMS_GRID (object);

  g_ptr_array_unref (self->columns);
  armms_query_free (self->query);
  g_strfreev (self->sums);
  g_free (self->note);
  g_free (self->sort);
  g_free (self->title);

  G_OBJECT_CLASS (armms_grid_parent_class)->finalize (object);
}

static void
armms_grid_class_init (ArmmsGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = armms_grid_dispose;
  object_class->finalize = armms_grid_finalize;
  widget_class->grab_focus = armms_grid_grab_focus;

  g_type_ensure (ADW_TYPE_STATUS_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/armms/Armms/widgets/grid.ui");
  gtk_widget_class_bind_template_child (widget_class, ArmmsGrid, stack);
  gtk_widget_class_bind_template_child (widget_class, ArmmsGrid, view);
  gtk_widget_class_bind_template_child (widget_class, ArmmsGrid, scrolled);
  gtk_widget_class_bind_template_child (widget_class, ArmmsGrid, empty_page);
  gtk_widget_class_bind_template_child (widget_class, ArmmsGrid, failed_page);
  gtk_widget_class_bind_template_child (widget_class, ArmmsGrid, loading_spinner);
  gtk_widget_class_bind_template_child (widget_class, ArmmsGrid, busy_spinner);
  gtk_widget_class_bind_template_child (widget_class, ArmmsGrid, count_label);
  gtk_widget_class_bind_template_child (widget_class, ArmmsGrid, sums_label);
  gtk_widget_class_bind_template_child (widget_class, ArmmsGrid, retry_button);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);

  gtk_widget_class_install_action (widget_class, "grid.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "grid.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "grid.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "grid.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "grid.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "grid.sort", "s", sort_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "grid.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "grid.export", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "grid.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "grid.menu", NULL);

  signals[ROW_ACTIVATED] = g_signal_new ("row-activated", ARMMS_TYPE_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, ARMMS_TYPE_ROW);
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", ARMMS_TYPE_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
armms_grid_init (ArmmsGrid *self)
{
  GtkGesture *click;

  self->columns = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (on_sorter_changed_cb), self, G_CONNECT_SWAPPED);

  click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_right_click_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
}

ArmmsGrid *
armms_grid_new (void)
{
  return g_object_new (ARMMS_TYPE_GRID, NULL);
}

void
armms_grid_set_columns (ArmmsGrid *self, const char *title, const ArmmsRecordType *type, const ArmmsGridColumn *columns)
{
  g_return_if_fail (self->columns->len == 0);

  self->type = type;
  self->title = g_strdup (title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  if (columns != NULL)
    for (guint i = 0; columns[i].name != NULL; i++)
      {
        const ArmmsField *field = armms_record_type_find (type, columns[i].name);
        g_return_if_fail (field != NULL);
        add_column (self, field, &columns[i]);
      }
  else
    for (const ArmmsField *field = type->fields; field->name != NULL; field++)
      if (!(field->flags & ARMMS_FIELD_HIDDEN))
        add_column (self, field, NULL);
  align_headings (self);
}

void
armms_grid_set_empty (ArmmsGrid *self, const char *icon_name, const char *title, const char *description)
{
  adw_status_page_set_icon_name (self->empty_page, icon_name);
  adw_status_page_set_title (self->empty_page, title);
  adw_status_page_set_description (self->empty_page, description);
}

void
armms_grid_set_sums (ArmmsGrid *self, const char *const *names)
{
  g_strfreev (self->sums);
  self->sums = g_strdupv ((char **) names);
  show_count (self);
}

void
armms_grid_set_sort (ArmmsGrid *self, const char *name)
{
  gboolean down = name != NULL && name[0] == '-';

  g_free (self->sort);
  self->sort = g_strdup (name);
  self->setting_sort = TRUE;
  for (guint i = 0; name != NULL && i < self->columns->len; i++)
    {
      const Column *column = g_ptr_array_index (self->columns, i);
      if (g_str_equal (column->field->name, name + (down ? 1 : 0)) && gtk_column_view_column_get_sorter (column->column) != NULL)
        gtk_column_view_sort_by_column (self->view, column->column, down ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
    }
  self->setting_sort = FALSE;
  sort_here (self);
}

void
armms_grid_set_note (ArmmsGrid *self, const char *text)
{
  g_free (self->note);
  self->note = g_strdup (text);
  show_count (self);
}

void
armms_grid_set_list (ArmmsGrid *self, ArmmsPagedList *list)
{
  take_rows (self, G_LIST_MODEL (list));
  self->list = g_object_ref (list);
  sort_here (self);
  g_signal_connect_object (list, "changed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
}

ArmmsPagedList *
armms_grid_get_list (ArmmsGrid *self)
{
  return self->list;
}

void
armms_grid_set_rows (ArmmsGrid *self, GListModel *rows)
{
  take_rows (self, rows);
  if (rows != NULL)
    g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (on_items_changed_cb), self, G_CONNECT_SWAPPED);
  sort_here (self);
  show_state (self);
}

void
armms_grid_set_query (ArmmsGrid *self, const ArmmsQuery *query)
{
  ArmmsQuery *kept = query != NULL ? armms_query_copy (query) : NULL;

  armms_query_free (self->query);
  self->query = kept;
  send_query (self);
}

void
armms_grid_refresh (ArmmsGrid *self)
{
  if (self->list == NULL)
    return;
  if (armms_paged_list_get_state (self->list) == ARMMS_LIST_FAILED)
    armms_paged_list_retry (self->list);
  else
    armms_paged_list_refresh (self->list);
}

ArmmsRow *
armms_grid_get_selected (ArmmsGrid *self)
{
  g_autoptr(GtkBitset) chosen = NULL;
  g_autoptr(ArmmsRow) row = NULL;

  if (self->selection == NULL)
    return NULL;
  chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (gtk_bitset_is_empty (chosen))
    return NULL;
  row = g_list_model_get_item (G_LIST_MODEL (self->rows), gtk_bitset_get_minimum (chosen));
  /* The model keeps it: borrowing is safe until the model changes. */
  return row != NULL && armms_row_get_record (row) != NULL ? row : NULL;
}

GPtrArray *
armms_grid_get_selection (ArmmsGrid *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GtkBitset) chosen = NULL;

  if (self->selection == NULL)
    return rows;
  chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  for (guint64 i = 0; i < gtk_bitset_get_size (chosen); i++)
    {
      g_autoptr(ArmmsRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), gtk_bitset_get_nth (chosen, (guint) i));
      if (row != NULL && armms_row_get_record (row) != NULL)
        g_ptr_array_add (rows, g_steal_pointer (&row));
    }
  return rows;
}

void
armms_grid_select (ArmmsGrid *self, guint position)
{
  if (self->selection != NULL)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, /* unselect_rest= */ TRUE);
}

void
armms_grid_focus (ArmmsGrid *self)
{
  if (self->selection != NULL && count_selected (self) == 0 && count_rows (self) > 0)
    armms_grid_select (self, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
