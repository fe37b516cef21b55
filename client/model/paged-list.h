/* A list of the server as a list model: rows come page by page as somebody looks at them.
 *
 * Shape  holds the rows that have come, then placeholders as long as the server has more. Asking for a placeholder
 *        fetches the next page; nothing ever waits. Up to #ArmmsPagedList:eager rows are fetched without being asked
 *        for, so that counts and sums of an ordinary list are whole at once.
 * Again  armms_paged_list_refresh() reads the same list anew and changes it in place: a row that is still there stays
 *        the same object, so selection and place stay. Another query starts from nothing.
 */
#pragma once

#include "client/api/api.h"
#include "client/model/row.h"

G_BEGIN_DECLS

#define ARMMS_TYPE_PAGED_LIST (armms_paged_list_get_type ())
G_DECLARE_FINAL_TYPE (ArmmsPagedList, armms_paged_list, ARMMS, PAGED_LIST, GObject)

typedef enum {
  ARMMS_LIST_IDLE,     /* no query yet */
  ARMMS_LIST_LOADING,  /* the first page is on its way, and there is nothing to show */
  ARMMS_LIST_READY,
  ARMMS_LIST_FAILED,   /* see armms_paged_list_get_error(); what has come stays */
} ArmmsListState;

/* Signal: "changed": state, error, count or wholeness changed. */
ArmmsPagedList *armms_paged_list_new (ArmmsApi *api, const ArmmsRecordType *type);

/* @query: without limit and cursor; NULL empties the list */
void armms_paged_list_set_query (ArmmsPagedList *self, const ArmmsQuery *query);
const ArmmsQuery *armms_paged_list_get_query (ArmmsPagedList *self); /* (nullable) */
void armms_paged_list_refresh (ArmmsPagedList *self);
/* Goes on after a failure, where it failed. */
void armms_paged_list_retry (ArmmsPagedList *self);
/* Fetches the rest. */
void armms_paged_list_load_all (ArmmsPagedList *self);
void armms_paged_list_set_eager (ArmmsPagedList *self, guint rows);
void armms_paged_list_set_page_size (ArmmsPagedList *self, guint first, guint further);

const ArmmsRecordType *armms_paged_list_get_record_type (ArmmsPagedList *self);
ArmmsListState armms_paged_list_get_state (ArmmsPagedList *self);
const GError *armms_paged_list_get_error (ArmmsPagedList *self); /* (nullable) */
guint armms_paged_list_get_n_loaded (ArmmsPagedList *self);      /* rows without placeholders */
gboolean armms_paged_list_is_whole (ArmmsPagedList *self);       /* the last page has come */
gboolean armms_paged_list_is_busy (ArmmsPagedList *self);
ArmmsRow *armms_paged_list_peek (ArmmsPagedList *self, guint position); /* (transfer none) (nullable); fetches nothing */
ArmmsRow *armms_paged_list_find (ArmmsPagedList *self, const ArmmsId *id); /* (transfer none) (nullable) */

G_END_DECLS
