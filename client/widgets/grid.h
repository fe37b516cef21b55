/* The one grid for all lists, made from a field table.
 *
 * Shape  columns by name and width; headings, alignment, sorting and formats come from the table. Numbers stand right,
 *        in figures of one width. Shows that it loads, that there is nothing, or what failed with a way to try again.
 *        Every column sorts: on the server where the table says so, else here, after the rest of the rows was fetched.
 *        The line below counts the rows, sums what is asked for, and sums the selection when there is one.
 * Keys   Enter opens a row, Ctrl+C copies, Ctrl+A selects all, Ctrl+E saves as CSV, F5 refreshes.
 * Upward "row-activated" (row), "selection-changed"; the actions grid.copy, grid.export, grid.refresh, grid.sort.
 */
#pragma once

#include "client/model/paged-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ARMMS_TYPE_GRID (armms_grid_get_type ())
G_DECLARE_FINAL_TYPE (ArmmsGrid, armms_grid, ARMMS, GRID, GtkWidget)

typedef struct {
  const char *name;     /* of the field; closed by NULL */
  int width;            /* in letters; 0: by kind */
  gboolean expand;      /* takes what is left */
  const char *title;    /* N_() text; NULL: the table's */
} ArmmsGridColumn;

ArmmsGrid *armms_grid_new (void);

/* @title: what the grid is, for those who hear it: "Timesheets". @columns: NULL: all that the table does not hide */
void armms_grid_set_columns (ArmmsGrid *self, const char *title, const ArmmsRecordType *type, const ArmmsGridColumn *columns);
/* Says what an empty list means. */
void armms_grid_set_empty (ArmmsGrid *self, const char *icon_name, const char *title, const char *description);
/* Fields (money, minutes, integers) that are summed below, closed by NULL. */
void armms_grid_set_sums (ArmmsGrid *self, const char *const *names);
/* @name: NULL: as the server likes; "-name": downward */
void armms_grid_set_sort (ArmmsGrid *self, const char *name);
/* A sum that the server gives, in place of ours: shown whole before the rows are. @text NULL takes it away */
void armms_grid_set_note (ArmmsGrid *self, const char *text);

void armms_grid_set_list (ArmmsGrid *self, ArmmsPagedList *list);
ArmmsPagedList *armms_grid_get_list (ArmmsGrid *self); /* (nullable) */
/* Rows that are here already, of ArmmsRow. */
void armms_grid_set_rows (ArmmsGrid *self, GListModel *rows);
/* The list's query without sort: the grid adds its own. NULL empties. */
void armms_grid_set_query (ArmmsGrid *self, const ArmmsQuery *query);
void armms_grid_refresh (ArmmsGrid *self);

ArmmsRow *armms_grid_get_selected (ArmmsGrid *self);          /* (transfer none) (nullable): the only or first one */
GPtrArray *armms_grid_get_selection (ArmmsGrid *self);        /* (transfer full) of ArmmsRow, without placeholders */
void armms_grid_select (ArmmsGrid *self, guint position);
/* The keyboard goes to the rows; the first one is chosen when none is. */
void armms_grid_focus (ArmmsGrid *self);
/* Rows that are here, as text: @separator '\t' or ','. (transfer full) */
char *armms_grid_to_text (ArmmsGrid *self, gboolean selection_only, char separator);

G_END_DECLS
