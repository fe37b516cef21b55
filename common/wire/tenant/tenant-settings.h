/* How a tenant wants its rules applied. A setting is a line here, one in the field table, one in the defaults. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  char *time_zone;                 /* "Asia/Manila" */
  gint64 event_max_age_days;       /* older clock events are refused; the sample's holds its month */
  ArmmsMinutes event_max_ahead;    /* and those further ahead of the server's clock */
  char *pay_period_kind;           /* SEMI_MONTHLY, WEEKLY, BIWEEKLY, MONTHLY */
  char *sss_cut_off;               /* FIRST, SECOND, BOTH: the half of the month on which it is taken */
  char *philhealth_cut_off;
  char *hdmf_cut_off;
  char *net_floor_kind;            /* NONE, PERCENT, AMOUNT, LARGER */
  gint64 net_floor_percent_bp;     /* of gross, basis points */
  ArmmsMoney net_floor_amount;
  gboolean partial_deferral;       /* the last deduction that does not fit is taken in part */
  char *day_type_policy;           /* CALENDAR: by the date a minute falls on; DUTY: by the duty date */
  char *regular_and_special;       /* REGULAR: of the two on one date the regular one counts; DOUBLE: as two regular holidays */
  gboolean same_person_two_gates;  /* who finalised time may approve pay; marked in the trail */
  gboolean payrun_verify;          /* a payrun is verified before it is approved */
  gint64 version;
} ArmmsTenantSettings;

extern const ArmmsRecordType armms_tenant_settings_type;

/* A new record that holds what a tenant has that says nothing. (transfer full) */
ArmmsTenantSettings *armms_tenant_settings_new (void);
void armms_tenant_settings_free (ArmmsTenantSettings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ArmmsTenantSettings, armms_tenant_settings_free)

G_END_DECLS
