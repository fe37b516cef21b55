/* Why a figure is what it is: the inputs, the rule, the row of the law's table, the exact fraction, the rounding.
 *
 * Shape  a plain value without allocations: every text is static, interned or borrowed from the table that was used,
 *        and lives as long as that table. Rules give results; each result has a function that makes its trace, so that
 *        nothing is paid for a trace that nobody writes down.
 * Units  money in centavos, multipliers and rates in millionths, both told apart by the kind of the item.
 */
#pragma once

#include "common/base/date.h"
#include "common/base/money.h"

G_BEGIN_DECLS

typedef enum {
  ARMMS_TRACE_MONEY,      /* value: centavos                       755.00      */
  ARMMS_TRACE_RATE,       /* value centavos over @over minutes     755.00/480  */
  ARMMS_TRACE_MINUTES,    /*                                       480         */
  ARMMS_TRACE_MULTIPLIER, /* value: millionths                     1.859       */
  ARMMS_TRACE_COUNT,      /*                                       3           */
  ARMMS_TRACE_DATE,       /* value: days                           2026-05-01  */
  ARMMS_TRACE_FLAG,       /* value: 0 or 1                         false, true */
  ARMMS_TRACE_TEXT,       /* @text                                 regular_ot  */
} ArmmsTraceKind;

typedef struct {
  const char *name;
  ArmmsTraceKind kind;
  gint64 value;
  gint64 over;      /* RATE only */
  const char *text; /* TEXT only */
} ArmmsTraceItem;

#define ARMMS_TRACE_ITEMS 32

typedef struct {
  const char *rule;     /* "pay.cell", "statutory.sss", ...: the register is server/rules/README.md */
  ArmmsTraceItem items[ARMMS_TRACE_ITEMS]; /* inputs, and what was found on the way, in order */
  guint n_items;
  const char *table;    /* "premium", "contribution", "tax", "rate-card"; NULL: no table was read */
  gint32 row;           /* its row, counted from 1; 0: unknown */
  ArmmsDate version;    /* in force from: NONE when it has no beginning */
  const char *source;   /* the document that the row was taken from */
  gint64 numerator, denominator; /* the exact result before rounding, in centavos, reduced; denominator 0: none */
  const char *rounding; /* "half away from zero, once"; NULL: nothing was rounded */
  ArmmsMoney result;
} ArmmsTrace;

void armms_trace_init (ArmmsTrace *trace, const char *rule);
/* Items beyond ARMMS_TRACE_ITEMS are our own bug. */
void armms_trace_money (ArmmsTrace *trace, const char *name, ArmmsMoney value);
void armms_trace_rate (ArmmsTrace *trace, const char *name, ArmmsRate value);
void armms_trace_minutes (ArmmsTrace *trace, const char *name, gint64 minutes);
void armms_trace_multiplier (ArmmsTrace *trace, const char *name, ArmmsMultiplier value);
void armms_trace_count (ArmmsTrace *trace, const char *name, gint64 count);
void armms_trace_date (ArmmsTrace *trace, const char *name, ArmmsDate date);
void armms_trace_flag (ArmmsTrace *trace, const char *name, gboolean flag);
void armms_trace_text (ArmmsTrace *trace, const char *name, const char *text);
void armms_trace_row (ArmmsTrace *trace, const char *table, gint32 row, ArmmsDate version, const char *source);
/* @numerator / @denominator centavos, reduced here; left out when it does not fit into 64 bits. */
void armms_trace_fraction (ArmmsTrace *trace, __int128 numerator, __int128 denominator);

/* One line for people:
 * pay.cell: cell=ordinary_ot minutes=240 rate=695.00/480 multiplier=1.25 | premium row 2 from 2018-01-01 (Labor Code art. 87) | 8687500/200 -> 434.38 half away from zero, once */
void armms_trace_append_text (const ArmmsTrace *trace, GString *out);

/* The same, compact, for the trace column (an object; no spaces):
 * {"rule":"pay.cell","in":{"cell":"ordinary_ot",...},"row":{"table":"premium","row":2,"from":"2018-01-01","source":"..."},"exact":"8687500/200","rounding":"...","result":"434.38"} */
void armms_trace_append_json (const ArmmsTrace *trace, GString *out);

G_END_DECLS
