#include "common/wire/tenant/tenant-settings.h"

#define CUT_OFF "FIRST|SECOND|BOTH"
#define F(member, Kind, ...) ARMMS_FIELD (ArmmsTenantSettings, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (time_zone, TEXT, .max = 60, .about = "Where its days begin (IANA name)"),
  F (event_max_age_days, INTEGER, .min = 1, .max = 3660, .about = "Clock events may be this many days old when they arrive", .title = "Oldest clock event (days)"),
  F (event_max_ahead, MINUTES, .min = 0, .max = 1440, .about = "and be this far ahead of the server's clock", .title = "Clock events ahead"),
  F (pay_period_kind, TEXT, .format = "SEMI_MONTHLY|WEEKLY|BIWEEKLY|MONTHLY", .about = "How long a pay period is"),
  F (sss_cut_off, TEXT, .format = CUT_OFF, .about = "In which half of the month SSS is taken", .title = "SSS cut-off"),
  F (philhealth_cut_off, TEXT, .format = CUT_OFF, .about = "In which half of the month PhilHealth is taken", .title = "PhilHealth cut-off"),
  F (hdmf_cut_off, TEXT, .format = CUT_OFF, .about = "In which half of the month Pag-IBIG is taken", .title = "Pag-IBIG cut-off"),
  F (net_floor_kind, TEXT, .format = "NONE|PERCENT|AMOUNT|LARGER", .about = "What a guard must take home at least", .title = "Net-pay floor"),
  F (net_floor_percent_bp, INTEGER, .min = 0, .max = 10000, .about = "of gross, in hundredths of a percent", .title = "Floor, percent"),
  F (net_floor_amount, MONEY, .min = 0, .max = 10000000, .about = "an amount per period", .title = "Floor, amount"),
  F (partial_deferral, BOOLEAN, .about = "The deduction that does not fit is taken in part, the rest deferred"),
  F (day_type_policy, TEXT, .format = "CALENDAR|DUTY", .about = "A minute's day type: of its calendar date, or of the duty date"),
  F (regular_and_special, TEXT, .format = "REGULAR|DOUBLE", .about = "A regular holiday and a special day on one date: the regular one counts and the calendar marks it for a person, or both do, as two regular holidays", .title = "Regular and special holiday"),
  F (same_person_two_gates, BOOLEAN, .about = "Who finalised timesheets may approve the payroll; the trail marks it"),
  F (payrun_verify, BOOLEAN, .about = "Payruns are verified before they are approved"),
  F (version, INTEGER, .flags = ARMMS_FIELD_READ_ONLY | ARMMS_FIELD_HIDDEN, .about = "Rises with every change (the ETag)"),
  { NULL }
};

const ArmmsRecordType armms_tenant_settings_type = { "tenant-settings", sizeof (ArmmsTenantSettings), fields };

ArmmsTenantSettings *
armms_tenant_settings_new (void)
{
  ArmmsTenantSettings *settings = armms_record_new (&armms_tenant_settings_type);

  *settings = (ArmmsTenantSettings) {
    .time_zone = g_strdup ("Asia/Manila"),
    .event_max_age_days = 90,
    .event_max_ahead = ARMMS_MINUTES (15),
    .pay_period_kind = g_strdup ("SEMI_MONTHLY"),
    .sss_cut_off = g_strdup ("SECOND"),
    .philhealth_cut_off = g_strdup ("SECOND"),
    .hdmf_cut_off = g_strdup ("FIRST"),
    .net_floor_kind = g_strdup ("PERCENT"),
    .net_floor_percent_bp = 2000,
    .net_floor_amount = ARMMS_MONEY (0),
    .partial_deferral = TRUE,
    .day_type_policy = g_strdup ("CALENDAR"),
    .regular_and_special = g_strdup ("REGULAR"),
    .same_person_two_gates = FALSE,
    .payrun_verify = TRUE,
    .version = 1,
  };
  return settings;
}

void
armms_tenant_settings_free (ArmmsTenantSettings *settings)
{
  armms_record_free (&armms_tenant_settings_type, settings);
}
