#include "common/wire/statutory/setting.h"

#define F(member, Kind, ...) ARMMS_FIELD (ArmmsStatutorySettingRecord, member, Kind, __VA_ARGS__)

static const ArmmsField fields[] = {
  F (key, TEXT, .flags = ARMMS_FIELD_READ_ONLY, .about = "The choice", .title = "Setting"),
  F (value, TEXT, .flags = ARMMS_FIELD_REQUIRED, .min = 1, .max = 100, .about = "What stands"),
  F (fallback, TEXT, .flags = ARMMS_FIELD_READ_ONLY, .about = "What stands while the tenant has not chosen", .title = "Default"),
  F (chosen, BOOLEAN, .flags = ARMMS_FIELD_READ_ONLY, .about = "Chosen by the tenant; else the default stands"),
  F (about, TEXT, .flags = ARMMS_FIELD_READ_ONLY, .about = "What it means, and which values fit"),
  { 0 }
};

const ArmmsRecordType armms_statutory_setting_type = { "statutory-setting", sizeof (ArmmsStatutorySettingRecord), fields };
