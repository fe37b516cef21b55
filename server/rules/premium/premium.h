/* What an hour is worth on its day: the multiplier of the basic rate for a cell.
 *
 * Law    Labor Code arts. 86 (night), 87 (overtime), 91-94 (rest days, holidays); rows by date in
 *        data/statutory/ph/premium-matrix.csv; no number stands here.
 * Units  multipliers in millionths: 1.859 = 1859000.
 * Shape  facts in, result out: no I/O, no clock, nothing kept.
 */
#pragma once

#include "server/rules/premium/cell.h"
#include "server/rules/trace/trace.h"

G_BEGIN_DECLS

/* One kind of day in one span of time. */
typedef struct _ArmmsPremiumRow ArmmsPremiumRow;
struct _ArmmsPremiumRow {
  ArmmsDayType day_type;
  gboolean rest_day;
  ArmmsMultiplier unworked;       /* of a day's pay, when the guard qualifies; 0: no work, no pay */
  ArmmsMultiplier first8, overtime, first8_night, overtime_night;
  ArmmsDate from, to;             /* inclusive; NONE: open */
  const char *source;             /* interned */
  gint32 row;
  const ArmmsPremiumRow *law, *contract; /* borrowed: what the multipliers are the larger ones of (better.h); NULL: they are the row's own */
};

/* Rows in any order; resolved once by armms_premium_table_index() into the first row of each kind of day. */
typedef struct {
  const ArmmsPremiumRow *rows;    /* borrowed; sorted by (day type, rest day, from) */
  gsize n_rows;
  guint16 first[ARMMS_N_DAY_TYPES * 2 + 1]; /* rows of day type d, rest r: first[2d+r] .. first[2d+r+1] */
} ArmmsPremiumTable;

/* Sorts @rows in place and makes the index over them. */
void armms_premium_table_index (ArmmsPremiumTable *table, ArmmsPremiumRow *rows, gsize n_rows);

typedef enum {
  ARMMS_PREMIUM_FULL,       /* the whole multiplier */
  ARMMS_PREMIUM_ABOVE_ONE,  /* the part above 1.00: the basic is in the salary already */
  ARMMS_PREMIUM_NIGHT_ONLY, /* what the night adds */
} ArmmsPremiumPart;

/* The row in force on @date for the day of @cell; NULL: the matrix has none on that date, which is "premium.missing" and
 * never another day's figure. (transfer none) (nullable) */
const ArmmsPremiumRow *armms_premium_find (const ArmmsPremiumTable *table, ArmmsCell cell, ArmmsDate date);

/**
 * armms_premium_multiplier:
 * @row: what armms_premium_find() gave
 * @cell: a worked or an unworked cell; the other cells have 1.00 (paid leave) or 0
 */
ArmmsMultiplier armms_premium_multiplier (const ArmmsPremiumRow *row, ArmmsCell cell, ArmmsPremiumPart part);

G_END_DECLS
