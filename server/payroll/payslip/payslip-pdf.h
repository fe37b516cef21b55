/* The payslip on paper: what was worked, at which rate, what was added and taken, what is left.
 *
 * Law    the employee gets the period, days and hours by kind, rates, each earning, each deduction and the net
 *        (ph-payroll reference §13). Employer shares stand apart: nothing of them is deducted.
 * Units  A5 portrait; figures come from the sealed paysheet as they are, nothing is computed here: a payslip whose lines
 *        do not add up to its totals is refused.
 * Shape  facts in, PDF bytes out: no SQL, no clock, no locale; the same facts give the same bytes.
 */
#pragma once

#include "common/wire/payroll/paysheet-line.h"
#include "common/wire/payroll/paysheet.h"

G_BEGIN_DECLS

typedef struct {
  const char *company;            /* the tenant's name on documents */
  const char *address;            /* nullable; lines divided by \n */
  GBytes *logo_png;               /* nullable; another format is left out */
  const ArmmsPaysheet *paysheet;  /* with employee_name and the rest */
  const GPtrArray *lines;         /* of ArmmsPaysheetLine *, in order of line_no */
} ArmmsPayslipDocument;

/* Each document begins a page of its own. (transfer full) (nullable): NULL with INTERNAL "payslip.does_not_add_up" naming the
 * employee, or "payslip.not_drawn". */
GBytes *armms_payslip_render (const ArmmsPayslipDocument *documents, gsize n, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Do the lines add up to gross, deductions and net of the paysheet? */
gboolean armms_payslip_adds_up (const ArmmsPaysheet *paysheet, const GPtrArray *lines);

G_END_DECLS
