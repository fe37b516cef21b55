/* What narrows a list: a search entry, choices with words, switches; each with its label and mnemonic.
 *
 * Shape  each filter has the name of a query parameter; armms_filter_bar_apply() writes them all. "changed" when a
 *        person changed one (a search waits until the typing pauses); "search-entered" when Enter ends the search.
 */
#pragma once

#include "client/api/query.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ARMMS_TYPE_FILTER_BAR (armms_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (ArmmsFilterBar, armms_filter_bar, ARMMS, FILTER_BAR, GtkWidget)

ArmmsFilterBar *armms_filter_bar_new (void);

/* @name: of the parameter ("q"). @placeholder: what can be searched */
void armms_filter_bar_add_search (ArmmsFilterBar *self, const char *name, const char *placeholder);
/* @label: with mnemonic: "_State" */
void armms_filter_bar_add_choice (ArmmsFilterBar *self, const char *name, const char *label);
/* @values, @labels: both closed by NULL; an empty value is "all". Keeps the chosen value when it is still there. */
void armms_filter_bar_set_choices (ArmmsFilterBar *self, const char *name, const char *const *values, const char *const *labels);
/* From a field's words: "DRAFT|READY", with @all in front. */
void armms_filter_bar_set_words (ArmmsFilterBar *self, const char *name, const char *format, const char *all);
/* A switch: sends @value while it is on. */
void armms_filter_bar_add_switch (ArmmsFilterBar *self, const char *name, const char *value, const char *label);
/* Anything else at the end of the bar. */
void armms_filter_bar_append (ArmmsFilterBar *self, GtkWidget *widget);

const char *armms_filter_bar_get (ArmmsFilterBar *self, const char *name); /* (nullable) */
/* Without "changed". */
void armms_filter_bar_choose (ArmmsFilterBar *self, const char *name, const char *value);
void armms_filter_bar_apply (ArmmsFilterBar *self, ArmmsQuery *query);
void armms_filter_bar_focus_search (ArmmsFilterBar *self);

G_END_DECLS
