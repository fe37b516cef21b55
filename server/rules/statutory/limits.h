/* Single figures of the law by date: ceilings, shares and days that are no table.
 *
 * Law    each row names its document; data/statutory/ph/limits.csv. No number stands here.
 * Units  as the row says: centavos, basis points, days in millionths, whole months.
 */
#pragma once

#include "common/base/date.h"
#include "common/base/money.h"

G_BEGIN_DECLS

#define ARMMS_LIMIT_BENEFIT_POOL "benefit_pool"               /* centavos a year: 13th month and other benefits free of tax */
#define ARMMS_LIMIT_LOSS_WEEKLY_CAP "loss_weekly_cap"         /* basis points of a week's wages: loss and damage */
#define ARMMS_LIMIT_INCENTIVE_LEAVE "service_incentive_leave" /* days a year */
#define ARMMS_LIMIT_INCENTIVE_LEAVE_AFTER "service_incentive_leave_after" /* months of service */
#define ARMMS_LIMIT_EQUIVALENT_FACTOR "equivalent_factor"     /* paid days a year of daily-paid guards who work every day */
#define ARMMS_LIMIT_DEPOSIT_RETURN "deposit_return"           /* days from separation within which a cash deposit is given back */

typedef enum {
  ARMMS_LIMIT_CENTAVOS,
  ARMMS_LIMIT_BASIS_POINTS,
  ARMMS_LIMIT_DAYS,        /* value in millionths */
  ARMMS_LIMIT_MONTHS,
  ARMMS_N_LIMIT_UNITS
} ArmmsLimitUnit;

const char *armms_limit_unit_name (ArmmsLimitUnit unit); /* "centavos", "basis_points", "days", "months" */
gboolean armms_limit_unit_parse (const char *name, ArmmsLimitUnit *ret_unit) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  const char *name;        /* interned */
  ArmmsLimitUnit unit;
  gint64 value;
  ArmmsDate from, to;      /* inclusive; NONE: open */
  ArmmsDate reviewed_on;   /* last compared with the document */
  const char *source;      /* interned */
  gint32 row;
} ArmmsLimitRow;

typedef struct {
  const ArmmsLimitRow *rows; /* borrowed */
  gsize n_rows;
} ArmmsLimitTable;

/**
 * armms_limit_find:
 * @unit: what the caller counts in
 *
 * Returns: (transfer none): %NULL with NOT_FOUND "statutory.no_table", which names the limit and the date, when no row is in
 *   force; INTERNAL "statutory.unit" when it counts in something else
 */
const ArmmsLimitRow *armms_limit_find (const ArmmsLimitTable *table, const char *name, ArmmsLimitUnit unit, ArmmsDate date, GError **error);

G_END_DECLS
