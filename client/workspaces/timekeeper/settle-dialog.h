/* What is decided about anomalies: adjusted, accepted as it was, or ignored; with a reason, which is kept. */
#pragma once

#include "client/api/api.h"
#include "client/model/row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * armms_settle_dialog_open:
 * @rows: (element-type ArmmsRow): anomalies, all decided in the same way
 * @done: called when all answers have come; @error is the first refusal, or %NULL
 *
 * Asks, then sends one decision after another.
 */
typedef void (*ArmmsSettled) (const GError *error, guint settled, gpointer user_data);
void armms_settle_dialog_open (GtkWindow *parent, ArmmsApi *api, GPtrArray *rows, GCancellable *cancellable, ArmmsSettled done, gpointer user_data,
                               GDestroyNotify destroy);

G_END_DECLS
