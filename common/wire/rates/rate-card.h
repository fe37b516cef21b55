/* The price of a post: what an hour, a day or a month of one position on one shift of one detachment is worth, and from when. */
#pragma once

#include "common/wire/record.h"

G_BEGIN_DECLS

typedef struct {
  ArmmsId rate_card_id;
  ArmmsId detachment_id, shift_id, position_id;
  char *basis;                /* hourly | daily | monthly */
  ArmmsMoney amount;          /* an hour, a day of 8 hours, a month */
  ArmmsMultiplier factor;     /* monthly: paid days a year (393.5); else 0 */
  gboolean salaried;          /* monthly: paid whole less absences; else by the minute */
  gboolean covers_rest_days, covers_special_days; /* salaried: days that the factor holds */
  ArmmsDate valid_from, valid_to; /* inclusive; valid_to NONE: open */
  char *reason;               /* why it was made or changed */
  gint64 version;
  ArmmsInstant updated_at;
} ArmmsRateCard;

extern const ArmmsRecordType armms_rate_card_type;

/* PUT /v1/rate-cards/{rate_card}: the wanted terms of its post from a day on. With ?preview=true nothing is stored. */
typedef struct {
  char *basis;
  ArmmsMoney amount;
  ArmmsMultiplier factor;
  gboolean salaried;
  ArmmsDate valid_from, valid_to;
  char *reason;
} ArmmsRateCardChange;

extern const ArmmsRecordType armms_rate_card_change_type;

/* What a change would do: the timeline of the post before and after, and what a plain 12-hour day duty is worth. */
typedef struct {
  ArmmsId change_id;          /* the change request; nil in a preview */
  ArmmsId rate_card_id;
  GPtrArray *before, *after;  /* of ArmmsRateCard */
  ArmmsMoney day_before, day_after;       /* basic pay of 8 ordinary hours */
  ArmmsMoney duty_before, duty_after;     /* 8 hours and 4 hours of overtime on an ordinary day */
  GStrv warnings;             /* "minimum_wage.below: ..." */
} ArmmsRateCardPreview;

extern const ArmmsRecordType armms_rate_card_preview_type;

G_END_DECLS
