/* Chance that is the same every time: a generator of its own for each subject, named by seed, word and number, so that one more
 * guard changes nobody else's days. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct { guint64 state; } ArmmsDice;

ArmmsDice armms_dice (guint64 seed, const char *word, guint64 number);
guint64 armms_dice_roll (ArmmsDice *dice);
/* @from..@to, both inclusive. */
gint32 armms_dice_between (ArmmsDice *dice, gint32 from, gint32 to);
/* True @per_mille times in a thousand. */
gboolean armms_dice_hits (ArmmsDice *dice, guint per_mille);
/* @n entries of @array, in another order. */
void armms_dice_shuffle (ArmmsDice *dice, GPtrArray *array, guint from, guint n);

G_END_DECLS
