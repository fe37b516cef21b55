/* One payrun: what it comes to, its paysheets, the lines of the chosen one, and on one key why a figure is what it is.
 *
 * Actions page.refresh, page.search, page.explain, page.back; run.step(s): calculate, submit, verify, approve, reject, close;
 *         run.register; sheet.open-payslip, sheet.save-payslip. "left" when the person goes back.
 */
#pragma once

#include "client/api/api.h"
#include "common/wire/payroll/payrun.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ARMMS_TYPE_PAYRUN_PAGE (armms_payrun_page_get_type ())
G_DECLARE_FINAL_TYPE (ArmmsPayrunPage, armms_payrun_page, ARMMS, PAYRUN_PAGE, GtkWidget)

GtkWidget *armms_payrun_page_new (ArmmsApi *api);
void armms_payrun_page_open (ArmmsPayrunPage *self, const ArmmsPayrun *payrun);

G_END_DECLS
