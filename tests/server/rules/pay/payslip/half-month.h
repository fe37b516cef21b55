/* One guard's half-month from punches to a payslip with every trace: what tests/bench/payslip.c times, and test-half-month.c checks.
 * Fifteen duties of twelve hours, 16 to 30 May 2026: by night but for two, one on a rest day, one into a regular holiday, one late. */
#pragma once

#include "pay-case.h"

#include "server/rules/time/judge.h"

G_BEGIN_DECLS

#define HALF_MONTH_DUTIES 15

typedef struct _HalfMonth HalfMonth;

/* @tables: borrowed. */
HalfMonth *half_month_new (const ArmmsStatutoryTables *tables);
void half_month_free (HalfMonth *h);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HalfMonth, half_month_free)

/* Judges, prices, assembles, writes: all of it again at each call. FALSE: our own bug. */
gboolean half_month_run (HalfMonth *h, GError **error) G_GNUC_WARN_UNUSED_RESULT;

const ArmmsPayslip *half_month_get_payslip (const HalfMonth *h);
/* A JSON array, one object a line. */
const char *half_month_get_traces (const HalfMonth *h);
/* Of ArmmsDayLine. */
const GArray *half_month_get_days (const HalfMonth *h);

G_END_DECLS
