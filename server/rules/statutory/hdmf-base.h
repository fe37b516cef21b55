/* On what HDMF (Pag-IBIG) is computed in a month that is not worked whole.
 *
 * Law    RA 9679, HDMF Circular 460: of the monthly compensation. Taken on the first cut-off, when the month is not over, it is not
 *        regulated what that is for somebody hired or separated within the month: a choice of the tenant.
 * Units  centavos.
 * Shape  pure: two figures and a choice in, one of the two out.
 */
#pragma once

#include "common/base/date.h"
#include "common/base/money.h"

G_BEGIN_DECLS

typedef enum {
  ARMMS_HDMF_BASE_EQUIVALENT, /* the monthly equivalent of the rate, as in any other month */
  ARMMS_HDMF_BASE_EARNED,     /* what was earned in the month so far */
} ArmmsHdmfPartMonthBase;

/* "monthly_equivalent", "earned" */
gboolean armms_hdmf_part_month_base_parse (const char *name, ArmmsHdmfPartMonthBase *ret_base) G_GNUC_WARN_UNUSED_RESULT;

/* Does employment begin after the first day, or end before the last day, of the month that holds @date? NONE: it has no such end. */
gboolean armms_is_part_month (ArmmsDate hired_on, ArmmsDate separated_on, ArmmsDate date);

/* @monthly: the rate's equivalent; @earned: in the month so far, nothing or less: no base. */
ArmmsMoney armms_hdmf_base (ArmmsHdmfPartMonthBase choice, gboolean part_month, ArmmsMoney monthly, ArmmsMoney earned);

G_END_DECLS
