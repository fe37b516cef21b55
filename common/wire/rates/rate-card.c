#include "common/wire/rates/rate-card.h"

#define C(member, Kind, ...) ARMMS_FIELD (ArmmsRateCard, member, Kind, __VA_ARGS__)
#define W(member, Kind, ...) ARMMS_FIELD (ArmmsRateCardChange, member, Kind, __VA_ARGS__)
#define P(member, Kind, ...) ARMMS_FIELD (ArmmsRateCardPreview, member, Kind, __VA_ARGS__)
#define MADE ARMMS_FIELD_READ_ONLY
#define NEEDED ARMMS_FIELD_REQUIRED
#define AMOUNT_MAX G_GINT64_CONSTANT (10000000000)  /* a hundred million pesos */
#define FACTOR_MAX G_GINT64_CONSTANT (500000000)

static const ArmmsField card_fields[] = {
  C (rate_card_id, ID, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "The key"),
  C (detachment_id, ID, .flags = NEEDED | ARMMS_FIELD_FILTER, .about = "The site", .title = "Detachment"),
  C (shift_id, ID, .flags = NEEDED | ARMMS_FIELD_FILTER, .about = "The shift", .title = "Shift"),
  C (position_id, ID, .flags = NEEDED | ARMMS_FIELD_FILTER, .about = "The position", .title = "Position"),
  C (basis, TEXT, .flags = NEEDED | ARMMS_FIELD_FILTER, .format = "hourly|daily|monthly", .about = "What the amount pays for: an hour, a day of 8 hours, a month"),
  C (amount, MONEY, .flags = NEEDED, .min = 1, .max = AMOUNT_MAX, .about = "The rate"),
  C (factor, MULTIPLIER, .min = 0, .max = FACTOR_MAX, .about = "Monthly: days paid in a year (393.5, 313, 261 ...)"),
  C (salaried, BOOLEAN, .about = "Monthly: the salary is paid whole, less absences; else by the minute"),
  C (covers_rest_days, BOOLEAN, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Salaried: rest days are in the factor"),
  C (covers_special_days, BOOLEAN, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Salaried: special days are in the factor"),
  C (valid_from, DATE, .flags = NEEDED | ARMMS_FIELD_SORT, .about = "First day in force", .title = "From"),
  C (valid_to, DATE, .about = "Last day in force; empty: until changed", .title = "To"),
  C (reason, TEXT, .flags = NEEDED, .min = 3, .max = 500, .about = "Why it was made or changed"),
  C (version, INTEGER, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Rises by one at every change"),
  C (updated_at, INSTANT, .flags = MADE | ARMMS_FIELD_HIDDEN, .about = "Last change"),
  { 0 }
};

const ArmmsRecordType armms_rate_card_type = { "rate-card", sizeof (ArmmsRateCard), card_fields };

static const ArmmsField change_fields[] = {
  W (basis, TEXT, .flags = NEEDED, .format = "hourly|daily|monthly", .about = "What the amount pays for"),
  W (amount, MONEY, .flags = NEEDED, .min = 1, .max = AMOUNT_MAX, .about = "The wanted rate"),
  W (factor, MULTIPLIER, .min = 0, .max = FACTOR_MAX, .about = "Monthly: days paid in a year"),
  W (salaried, BOOLEAN, .about = "Monthly: paid whole, less absences"),
  W (valid_from, DATE, .flags = NEEDED, .about = "First day of the wanted rate"),
  W (valid_to, DATE, .about = "Last day of it; empty: until changed"),
  W (reason, TEXT, .flags = NEEDED, .min = 3, .max = 500, .about = "Why"),
  { 0 }
};

const ArmmsRecordType armms_rate_card_change_type = { "rate-card-change", sizeof (ArmmsRateCardChange), change_fields };

static const ArmmsField preview_fields[] = {
  P (change_id, ID, .flags = MADE, .about = "The change request that waits for approval; empty in a preview"),
  P (rate_card_id, ID, .flags = MADE, .about = "The rate card that the change would make"),
  P (before, RECORDS, .flags = MADE, .record = &armms_rate_card_type, .about = "The post's rates as they are"),
  P (after, RECORDS, .flags = MADE, .record = &armms_rate_card_type, .about = "The post's rates as they would be"),
  P (day_before, MONEY, .flags = MADE, .about = "8 ordinary hours under the rate in force before"),
  P (day_after, MONEY, .flags = MADE, .about = "8 ordinary hours under the wanted rate"),
  P (duty_before, MONEY, .flags = MADE, .about = "A 12-hour day duty before: 8 hours and 4 of overtime"),
  P (duty_after, MONEY, .flags = MADE, .about = "A 12-hour day duty after"),
  P (warnings, TEXTS, .flags = MADE, .about = "What to look at before asking"),
  { 0 }
};

const ArmmsRecordType armms_rate_card_preview_type = { "rate-card-preview", sizeof (ArmmsRateCardPreview), preview_fields };
