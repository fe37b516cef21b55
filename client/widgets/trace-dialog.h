/* Why a figure is what it is: result, formula, inputs, rule, the row of the law's table, the exact fraction, rounding.
 *
 * Shape  reads the trace that the server stored with the figure: {"rule", "in": {...}, "row": {...}, "exact", "rounding",
 *        "result"}. What it does not know it shows as it stands: a newer server never makes an empty window.
 * Keys   Escape or F2 closes; Ctrl+C copies the whole explanation as text.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ARMMS_TYPE_TRACE_DIALOG (armms_trace_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ArmmsTraceDialog, armms_trace_dialog, ARMMS, TRACE_DIALOG, AdwWindow)

/* @figure: what is explained: "Overtime, ordinary day: 1,734.38". @context: whose, when. @trace: JSON, or NULL when none was stored */
ArmmsTraceDialog *armms_trace_dialog_new (GtkWindow *parent, const char *figure, const char *context, const char *trace);
/* The explanation as lines of text, for the clipboard and for tests. (transfer full) */
char *armms_trace_dialog_get_text (ArmmsTraceDialog *self);

G_END_DECLS
