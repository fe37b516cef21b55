/* The regional minimum wage in force on a day, and who is a minimum wage earner on it.
 *
 * Law    wage orders under RA 6727; NIRC s.24(A)(2), RA 9504. Rows by date in data/statutory/ph/minimum-wage.csv; an order that a
 *        court has stopped is kept there and never counts.
 * Units  centavos a day.
 * Shape  pure: the table comes in, one row or the two ends of what may apply come out.
 */
#pragma once

#include "server/rules/trace/trace.h"

G_BEGIN_DECLS

/* The order itself was read; anything else is news, a range, a derived amount. */
#define ARMMS_WAGE_PUBLISHED "published"
#define ARMMS_WAGE_UNCERTAIN "minimum_wage.uncertain"

typedef struct {
  const char *region, *area, *sector; /* interned; area and sector may list several, parted by "; " or " and " */
  ArmmsMoney daily, cola;
  ArmmsDate from, to;                 /* inclusive; NONE: open */
  gboolean in_force;                  /* FALSE: published, but stopped by a court */
  const char *order, *source;         /* interned */
  gint32 row;
  const char *confidence;             /* interned: ARMMS_WAGE_PUBLISHED, or what is not certain; "" or NULL: nobody said */
} ArmmsMinimumWageRow;

typedef struct {
  const ArmmsMinimumWageRow *rows;    /* borrowed */
  gsize n_rows;
} ArmmsMinimumWageTable;

/* Where the area is not known, orders may differ inside a region: the lowest and the highest that may apply. */
typedef struct {
  const ArmmsMinimumWageRow *lowest, *highest; /* borrowed */
} ArmmsMinimumWage;

/**
 * armms_minimum_wage_find:
 * @area: nullable: not known; also what no order names is not known
 * @sector: the whole text of a row ("agriculture and retail/service <10 workers"), one of its parts ("agriculture"), or the
 *   word that a part begins with ("retail/service"); the closest of the three counts. Rows for all sectors, and rows whose
 *   tiers were published without saying who is in which, serve the sectors that no other row names
 *
 * Returns: both rows %NULL when no order is in force
 */
ArmmsMinimumWage armms_minimum_wage_find (const ArmmsMinimumWageTable *table, const char *region, const char *area /* nullable */,
                                          const char *sector, ArmmsDate date);

/**
 * armms_minimum_wage_in_force:
 *
 * As armms_minimum_wage_find(), for callers that cannot go on without it.
 *
 * Returns: %FALSE with NOT_FOUND "statutory.no_table", which names region, sector and date, when no order is in force
 */
gboolean armms_minimum_wage_in_force (const ArmmsMinimumWageTable *table, const char *region, const char *area /* nullable */,
                                      const char *sector, ArmmsDate date, ArmmsMinimumWage *ret_wage, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Is @daily, without allowances, the pay of a minimum wage earner? Where the area is not known, not above the lowest. */
gboolean armms_minimum_wage_earner (const ArmmsMinimumWage *wage, ArmmsMoney daily);
/* Is @daily below what the law asks? Where the area is not known, below the lowest. */
gboolean armms_minimum_wage_undercut (const ArmmsMinimumWage *wage, ArmmsMoney daily);

gboolean armms_minimum_wage_is_certain (const ArmmsMinimumWageRow *row);

/**
 * armms_minimum_wage_doubts:
 * @dates: @n days in any order
 * @doubts: (element-type ArmmsMinimumWageRow*): each row that one of the days asks for and that is not certain is appended once;
 *   borrowed from @table
 *
 * The row counts all the same, for nothing better is known; a person should read the order, and load it.
 */
void armms_minimum_wage_doubts (const ArmmsMinimumWageTable *table, const char *region, const char *area /* nullable */, const char *sector,
                                const ArmmsDate *dates, gsize n, GArray *doubts);

/* Of a wage with rows; @sector as it was asked for. */
void armms_minimum_wage_trace (const ArmmsMinimumWage *wage, const char *sector, ArmmsTrace *trace);

G_END_DECLS
